/* vantage-google-chat-date.c: dates written out in the language of whoever made the archive.
 *
 * The form differs by language, the parts do not: a year of four digits, a month by name or mark, a
 * day, a clock. So the parts are told apart by what they are, in any order.
 */

#include "vantage-google-chat-private.h"

#include <string.h>

/* Names as they stand in a date (with their case endings), small letters, "|" between them. Names
 * that mean different months in different languages are left out. */
static const char *const months[12] = {
  "|january|jan|januar|jänner|janvier|enero|gennaio|janeiro|januari|tammikuuta|tammikuu|stycznia|"
  "ledna|leden|января|січня|ocak|január|januára|ianuarie|gener|ιανουαρίου|sausio|janvāris|jaanuar|"
  "ינואר|يناير|มกราคม|",
  "|february|feb|februar|feber|février|febrero|febbraio|fevereiro|februari|helmikuuta|helmikuu|"
  "lutego|února|únor|февраля|лютого|şubat|február|februára|februarie|febrer|φεβρουαρίου|vasario|"
  "februāris|veebruar|פברואר|فبراير|กุมภาพันธ์|",
  "|march|märz|mars|marzo|março|maart|marts|maaliskuuta|maaliskuu|marca|března|březen|марта|"
  "березня|mart|március|martie|març|μαρτίου|kovo|märts|מרץ|مارس|มีนาคม|maret|mac|",
  "|april|apr|avril|abril|aprile|huhtikuuta|huhtikuu|kwietnia|dubna|duben|апреля|квітня|nisan|"
  "április|apríla|aprilie|απριλίου|balandžio|aprīlis|aprill|אפריל|أبريل|เมษายน|",
  "|may|mai|mayo|maggio|maio|mei|maj|toukokuuta|toukokuu|maja|května|květen|мая|травня|mayıs|május|"
  "mája|maig|μαΐου|gegužės|maijs|מאי|مايو|พฤษภาคม|",
  "|june|jun|juni|juin|junio|giugno|junho|kesäkuuta|kesäkuu|czerwca|června|červen|июня|червня|"
  "haziran|június|júna|iunie|juny|ιουνίου|birželio|jūnijs|juuni|יוני|يونيو|มิถุนายน|",
  "|july|jul|juli|juillet|julio|luglio|julho|heinäkuuta|heinäkuu|lipca|července|červenec|июля|"
  "липня|"
  "temmuz|július|júla|iulie|juliol|ιουλίου|liepos|jūlijs|juuli|יולי|يوليو|กรกฎาคม|",
  "|august|aug|août|agosto|augustus|augusti|elokuuta|elokuu|sierpnia|srpen|августа|серпня|ağustos|"
  "augusztus|augusta|agost|αυγούστου|rugpjūčio|augusts|אוגוסט|أغسطس|สิงหาคม|agustus|ogos|",
  "|september|sep|sept|septembre|septiembre|settembre|setembro|syyskuuta|syyskuu|września|září|"
  "сентября|вересня|eylül|szeptember|septembra|septembrie|setembre|σεπτεμβρίου|rugsėjo|septembris|"
  "ספטמבר|سبتمبر|กันยายน|",
  "|october|oct|oktober|octobre|octubre|ottobre|outubro|lokakuuta|lokakuu|października|října|říjen|"
  "октября|жовтня|ekim|október|októbra|octombrie|οκτωβρίου|spalio|oktobris|oktoober|אוקטובר|"
  "أكتوبر|ตุลาคม|",
  "|november|nov|novembre|noviembre|novembro|marraskuuta|marraskuu|listopadu|ноября|листопада|"
  "kasım|"
  "novembra|noiembrie|νοεμβρίου|lapkričio|novembris|נובמבר|نوفمبر|พฤศจิกายน|",
  "|december|dec|dezember|décembre|diciembre|dicembre|dezembro|joulukuuta|joulukuu|grudnia|"
  "prosince|"
  "prosinec|декабря|грудня|aralık|decembra|decembrie|desembre|desember|δεκεμβρίου|gruodžio|"
  "decembris|detsember|דצמבר|ديسمبر|ธันวาคม|disember|",
};

typedef struct
{
  int year, month, day, hour, minute, second;
  gboolean forenoon, afternoon, zone;
  gboolean month_follows; /* "tháng 3" */
} Parts;

/* ---- words ---- */

static const char *const forenoons[] = { "am", "a.m", "π.μ", "오전", "上午", "午前", "sa", NULL };
static const char *const afternoons[] = { "pm", "p.m", "μ.μ", "오후", "下午", "午後", "ch", NULL };

static void
take_word (Parts *parts, const char *word)
{
  g_autofree char *lower = g_utf8_strdown (word, -1);
  g_autofree char *mark = NULL;

  while (*lower != '\0' && lower[strlen (lower) - 1] == '.')
    lower[strlen (lower) - 1] = '\0';
  if (g_strv_contains (forenoons, lower))
    parts->forenoon = TRUE;
  else if (g_strv_contains (afternoons, lower))
    parts->afternoon = TRUE;
  else if (strcmp (lower, "utc") == 0 || strcmp (lower, "gmt") == 0 || strcmp (lower, "z") == 0)
    parts->zone = TRUE;
  else if (strcmp (lower, "tháng") == 0)
    parts->month_follows = TRUE;
  mark = g_strdup_printf ("|%s|", lower);
  for (int month = 0; month < 12 && parts->month == 0 && *lower != '\0'; month++)
    if (strstr (months[month], mark) != NULL)
      parts->month = month + 1;
}

/* ---- numbers ---- */

static int
read_number (const char **at, guint *out_digits)
{
  int value = 0;
  guint n = 0;

  for (; g_unichar_isdigit (g_utf8_get_char (*at)) && n < 9; *at = g_utf8_next_char (*at), n++)
    value = value * 10 + g_unichar_digit_value (g_utf8_get_char (*at));
  *out_digits = n;
  return value;
}

/* "14:02:11", "14.02.11", "14:02": a clock whose first number was read. FALSE: @at is none. */
static gboolean
read_clock (Parts *parts, int hour, const char **at)
{
  const char *next = *at;
  char mark = *next;
  guint digits;
  int minute, second = 0;

  if ((mark != ':' && mark != '.') || parts->hour >= 0 || hour > 23)
    return FALSE;
  next++;
  minute = read_number (&next, &digits);
  if (digits != 2 || minute > 59)
    return FALSE;
  if (*next == mark && g_unichar_isdigit (g_utf8_get_char (next + 1)))
    {
      next++;
      second = read_number (&next, &digits);
      if (digits != 2 || second > 60)
        return FALSE;
    }
  else if (mark == '.')
    return FALSE;
  parts->hour = hour;
  parts->minute = minute;
  parts->second = second;
  *at = next;
  return TRUE;
}

/* Marks that say what the number before them is. */
static const struct
{
  const char *mark;
  gsize field;
} marks[] = {
  { "年", G_STRUCT_OFFSET (Parts, year) },   { "년", G_STRUCT_OFFSET (Parts, year) },
  { "月", G_STRUCT_OFFSET (Parts, month) },  { "월", G_STRUCT_OFFSET (Parts, month) },
  { "日", G_STRUCT_OFFSET (Parts, day) },    { "일", G_STRUCT_OFFSET (Parts, day) },
  { "시", G_STRUCT_OFFSET (Parts, hour) },   { "时", G_STRUCT_OFFSET (Parts, hour) },
  { "時", G_STRUCT_OFFSET (Parts, hour) },   { "분", G_STRUCT_OFFSET (Parts, minute) },
  { "分", G_STRUCT_OFFSET (Parts, minute) }, { "초", G_STRUCT_OFFSET (Parts, second) },
  { "秒", G_STRUCT_OFFSET (Parts, second) },
};

static void
take_number (Parts *parts, int value, guint digits, const char **at)
{
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_str_has_prefix (*at, marks[i].mark))
      {
        G_STRUCT_MEMBER (int, parts, marks[i].field) = value;
        *at += strlen (marks[i].mark);
        return;
      }
  if (digits <= 2 && read_clock (parts, value, at))
    return;
  if (digits == 4 && parts->year == 0)
    parts->year = value;
  else if (digits <= 2 && parts->month_follows && parts->month == 0)
    parts->month = value;
  else if (digits <= 2 && parts->day == 0)
    parts->day = value;
}

/* ---- the whole ---- */

static gboolean
is_part_of_word (gunichar c)
{
  return g_unichar_isalpha (c) || g_unichar_ismark (c);
}

static void
read_parts (Parts *parts, const char *text)
{
  const char *at = text;

  while (*at != '\0')
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isdigit (c))
        {
          guint digits;
          int value = read_number (&at, &digits);

          take_number (parts, value, digits, &at);
        }
      else if (is_part_of_word (c))
        {
          const char *begin = at;
          g_autofree char *word = NULL;

          /* A full stop belongs to a word that goes on behind it: "p.m." */
          while (is_part_of_word (g_utf8_get_char (at)) ||
                 (*at == '.' && is_part_of_word (g_utf8_get_char (at + 1))))
            at = g_utf8_next_char (at);
          word = g_strndup (begin, (gsize) (at - begin));
          take_word (parts, word);
        }
      else
        at = g_utf8_next_char (at);
    }
}

gboolean
vantage_google_chat_parse_date (const char *text, gint64 *out_us, gboolean *out_has_zone)
{
  Parts parts = { .hour = -1 };
  g_autofree char *written = NULL;

  if (text == NULL || strlen (text) > 200)
    return FALSE;
  read_parts (&parts, text);
  if (parts.year < 1990 || parts.month < 1 || parts.day < 1 || parts.hour < 0)
    return FALSE;
  if ((parts.forenoon || parts.afternoon) && parts.hour > 12)
    parts.forenoon = parts.afternoon = FALSE;
  if (parts.forenoon && parts.hour == 12)
    parts.hour = 0;
  else if (parts.afternoon && parts.hour < 12)
    parts.hour += 12;
  written = g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02dZ", parts.year, parts.month, parts.day,
                             parts.hour, parts.minute, parts.second);
  *out_has_zone = parts.zone;
  return vantage_time_parse (written, -1, out_us, NULL, NULL);
}
