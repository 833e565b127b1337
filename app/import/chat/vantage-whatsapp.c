/* vantage-whatsapp.c: chats that WhatsApp exports as text, by itself or in a zip with the media.
 * How dates, clocks and notices are written follows the phone, so the whole file is looked at
 * first. */

#include "vantage-chat-lines.h"
#include "vantage-chat-room.h"

#include <string.h>

#include "vantage-whatsapp-private.h"

typedef enum
{
  ORDER_UNKNOWN,
  ORDER_DMY,
  ORDER_MDY,
  ORDER_YMD,
} Order;

typedef struct
{
  int numbers[3];
  gboolean year_first; /* four digits in the first */
  char mark;           /* between them */
  gint64 clock_us;
  VantagePrecision precision;
  const char *text; /* as written; lent */
  gsize length;
} Stamp;

/* What the dates of a file tell of their order. */
typedef struct
{
  gboolean first_over_12, second_over_12, year_first, dots, differ;
  gint64 previous[2]; /* days, read either way */
  guint backwards[2]; /* how often the next line would be of an earlier day */
  guint n;
} Dates;

typedef struct
{
  VantageChatRoom room;
  VantageReading *reading;
  const VantageEntry *entry;
  Order chosen;

  /* of the file */
  Order order;
  const char *channel;
  VantageItem *item; /* being gathered */
  GString *text;
  gint64 line, offset, length;
} VantageWhatsapp;

/* ---- the beginning of a line ---- */

static const char *
pass_blank (const char *at)
{
  for (;;)
    {
      const char *next = vantage_whatsapp_pass_marks (at);

      if (*next == ' ')
        next++;
      else if (strncmp (next, "\xe2\x80\xaf", 3) == 0)
        next += 3;
      else if (strncmp (next, "\xc2\xa0", 2) == 0)
        next += 2;
      if (next == at)
        return at;
      at = next;
    }
}

static const char *
scan_number (const char *at, int *out, gsize *out_digits)
{
  gsize n = strspn (at, "0123456789");

  *out_digits = n;
  *out = 0;
  for (gsize i = 0; i < n && n <= 4; i++)
    *out = *out * 10 + (at[i] - '0');
  return n == 1 || n == 2 || n == 4 ? at + n : NULL;
}

static const char *
scan_date (const char *at, Stamp *out)
{
  gsize digits[3];

  for (guint i = 0; i < 3; i++)
    {
      at = scan_number (at, &out->numbers[i], &digits[i]);
      /* "0001" is no short way to write 2001 */
      if (at == NULL || (digits[i] == 4 && out->numbers[i] < 100))
        return NULL;
      if (i == 0)
        out->mark = *at;
      if (i == 2)
        break;
      if (*at != out->mark || strchr ("/.-", *at) == NULL || *at == '\0')
        return NULL;
      at++;
      while (*at == ' ') /* "12. 9. 2020" */
        at++;
    }
  out->year_first = digits[0] == 4;
  if (digits[1] == 4 || digits[2] == (out->year_first ? 4 : 1))
    return NULL;
  return *at == '.' ? at + 1 : at;
}

/* Halves of the day that stand before the clock. */
static const struct
{
  const char *word;
  gboolean later;
} halves[] = {
  { "上午", FALSE }, { "凌晨", FALSE }, { "早上", FALSE }, { "下午", TRUE }, { "晚上", TRUE },
  { "午前", FALSE }, { "午後", TRUE },  { "오전", FALSE }, { "오후", TRUE },
};

/* What stands between the date and the clock: a comma, a space, a short word. */
static const char *
pass_between (const char *at, int *out_half)
{
  const char *word;
  gsize n;

  *out_half = 0;
  if (*at == ',')
    at++;
  at = pass_blank (at);
  for (gsize i = 0; i < G_N_ELEMENTS (halves); i++)
    if (g_str_has_prefix (at, halves[i].word))
      {
        *out_half = halves[i].later ? 2 : 1;
        return pass_blank (at + strlen (halves[i].word));
      }
  word = at;
  while (*at != '\0' && !g_ascii_isdigit (*at) && *at != ' ' && *at != '-' && at - word < 6)
    at++;
  n = (gsize) (at - word);
  return n > 0 && *at == ' ' ? pass_blank (at) : word;
}

/* "12/9/20, 23:55 - " and "[12/09/2020, 23:55:01] ": what follows, or NULL. */
static const char *
scan_stamp (const char *line, Stamp *out)
{
  const char *at = vantage_whatsapp_pass_marks (line), *end;
  gboolean brackets = *at == '[';
  int half;

  if (brackets)
    at = vantage_whatsapp_pass_marks (at + 1);
  out->text = at;
  at = scan_date (at, out);
  if (at == NULL)
    return NULL;
  at = pass_between (at, &half);
  end = vantage_chat_scan_clock (at, &out->clock_us, &out->precision);
  if (end == NULL)
    return NULL;
  if (half == 2 && out->clock_us < 12 * G_TIME_SPAN_HOUR)
    out->clock_us += 12 * G_TIME_SPAN_HOUR;
  else if (half == 1 && out->clock_us >= 12 * G_TIME_SPAN_HOUR)
    out->clock_us -= 12 * G_TIME_SPAN_HOUR;
  out->length = (gsize) (end - out->text);
  if (brackets)
    return *end == ']' ? pass_blank (end + 1) : NULL;
  if (g_str_has_prefix (end, " Uhr"))
    end += strlen (" Uhr");
  return g_str_has_prefix (end, " - ") ? vantage_whatsapp_pass_marks (end + 3) : NULL;
}

/* ---- which of the numbers is the day ---- */

static gboolean
get_day (const Stamp *stamp, Order order, gint64 *out_us)
{
  static const guint8 places[][3] = { { 2, 1, 0 }, { 2, 1, 0 }, { 2, 0, 1 }, { 0, 1, 2 } };
  const guint8 *place = places[order];
  int year = stamp->numbers[place[0]];

  return vantage_chat_day_us (year < 100 ? 2000 + year : year, stamp->numbers[place[1]],
                              stamp->numbers[place[2]], out_us);
}

static void
look_at_date (Dates *self, const Stamp *stamp)
{
  static const Order orders[] = { ORDER_DMY, ORDER_MDY };

  self->n++;
  self->year_first |= stamp->year_first;
  self->dots |= stamp->mark == '.';
  if (stamp->year_first)
    return;
  self->first_over_12 |= stamp->numbers[0] > 12;
  self->second_over_12 |= stamp->numbers[1] > 12;
  self->differ |= stamp->numbers[0] != stamp->numbers[1];
  for (guint i = 0; i < 2; i++)
    {
      gint64 us;

      if (!get_day (stamp, orders[i], &us))
        continue;
      if (self->n > 1 && us < self->previous[i])
        self->backwards[i]++;
      self->previous[i] = us;
    }
}

static Order
judge_dates (const Dates *self)
{
  if (self->year_first)
    return ORDER_YMD;
  if (self->first_over_12 && self->second_over_12)
    return self->dots ? ORDER_DMY : ORDER_UNKNOWN;
  if (self->first_over_12 || self->dots || !self->differ)
    return ORDER_DMY;
  if (self->second_over_12)
    return ORDER_MDY;
  if (self->backwards[0] == 0 && self->backwards[1] > 0)
    return ORDER_DMY;
  if (self->backwards[1] == 0 && self->backwards[0] > 0)
    return ORDER_MDY;
  return ORDER_UNKNOWN;
}

/* ---- recognising ---- */

static gboolean
looks_right (const char *head, gsize length)
{
  g_autoptr (VantageChatLines) lines = vantage_chat_lines_new_for_data (head, length);
  const VantageChatLine *line;
  guint n = 0, n_stamps = 0;
  gboolean first = FALSE;

  if (length == 0 || memchr (head, '\0', length) != NULL)
    return FALSE;
  while (n < 100 && (line = vantage_chat_lines_next (lines, NULL)) != NULL)
    {
      Stamp stamp;

      if (*pass_blank (line->text) == '\0')
        continue;
      n++;
      if (scan_stamp (line->text, &stamp) == NULL)
        continue;
      first |= n == 1;
      n_stamps++;
    }
  return first && (n_stamps * 3 >= n || n_stamps >= 5);
}

static int
score (VantageSniff *sniff)
{
  VantageInput *input = vantage_sniff_get_input (sniff);
  guint n_looks = 0;

  for (guint i = 0; i < vantage_input_get_n_entries (input) && n_looks < 8; i++)
    {
      const VantageEntry *entry = vantage_input_get_entry (input, i);
      gsize length;
      const char *head;

      if (vantage_input_get_sort (input) != VANTAGE_INPUT_FILE &&
          !g_str_has_suffix (entry->path, ".txt") && !g_str_has_suffix (entry->path, ".txt.gz"))
        continue;
      n_looks++;
      head = vantage_sniff_get_text (sniff, entry, &length);
      if (looks_right (head, length))
        return 85;
    }
  return 0;
}

/* ---- items ---- */

static gboolean
flush (VantageWhatsapp *self, GError **error)
{
  if (self->item == NULL)
    return TRUE;
  while (self->text->len > 0 && self->text->str[self->text->len - 1] == '\n')
    g_string_truncate (self->text, self->text->len - 1);
  vantage_whatsapp_finish_text (self->item, self->text);
  self->item->channel = g_strdup (self->channel);
  vantage_reading_place_item (self->item, self->entry, self->line, self->offset, self->length);
  return vantage_chat_room_add_item (&self->room, g_steal_pointer (&self->item), error);
}

/* A copy without marks of direction. */
static char *
dup_name (const char *from, gsize n)
{
  GString *name = g_string_new (NULL);
  char *copy;

  for (const char *at = from; at < from + n;)
    {
      gsize mark = vantage_whatsapp_get_mark (at);

      if (mark == 0)
        g_string_append_c (name, *at);
      at += mark > 0 ? mark : 1;
    }
  copy = g_strstrip (g_string_free (name, FALSE));
  if (*copy == '~')
    memmove (copy, copy + 1, strlen (copy));
  return g_strstrip (copy);
}

/* "Name: text". NULL: a notice of the program. */
static const char *
find_text (const char *rest, char **out_name)
{
  const char *colon = strstr (rest, ": ");
  gsize n = strlen (rest);
  g_autofree char *name = NULL;

  if (colon == NULL && n > 1 && rest[n - 1] == ':')
    colon = rest + n - 1;
  if (colon == NULL || colon == rest || colon - rest > 200)
    return NULL;
  name = dup_name (rest, (gsize) (colon - rest));
  /* a quotation mark before the colon: a notice that quotes the name of the group */
  if (*name == '\0' || strchr (name, '"') != NULL || strstr (name, "“") != NULL ||
      strstr (name, "„") != NULL || strstr (name, "«") != NULL)
    return NULL;
  *out_name = g_steal_pointer (&name);
  return colon[1] == ' ' ? colon + 2 : colon + 1;
}

static gboolean
begin_item (VantageWhatsapp *self, const VantageChatLine *line, const Stamp *stamp,
            const char *rest, GError **error)
{
  g_autofree char *raw = g_strndup (stamp->text, stamp->length);
  g_autofree char *name = NULL;
  const char *text = find_text (rest, &name);
  gint64 day_us;

  if (!get_day (stamp, self->order, &day_us))
    return vantage_reading_skip (self->reading, "bad-time", self->entry, line->line, line->offset,
                                 error, "no calendar has the day of “%s”", raw);
  self->item = vantage_item_new (VANTAGE_ITEM_MESSAGE);
  self->line = line->line;
  self->offset = line->offset;
  self->length = line->n_bytes;
  if (!vantage_reading_set_wall_time (self->reading, self->item, raw, day_us + stamp->clock_us,
                                      stamp->precision, error))
    return FALSE;
  g_string_assign (self->text, text != NULL ? text : rest);
  if (text != NULL)
    return vantage_chat_room_add_name (&self->room, name, &self->item->account, error);
  return vantage_whatsapp_take_notice (&self->room, rest, self->item, error);
}

static gboolean
take_line (VantageWhatsapp *self, const VantageChatLine *line, GError **error)
{
  Stamp stamp;
  const char *rest = scan_stamp (line->text, &stamp);

  if (line->cut_off)
    return vantage_reading_skip (self->reading, "cut-off", self->entry, line->line, line->offset,
                                 error, "the file ends inside a character");
  if (line->too_long && !vantage_reading_note (self->reading, "long-line", self->entry, line->line,
                                               line->offset, error,
                                               "a line is longer than any that is written, and "
                                               "was cut"))
    return FALSE;
  if (rest != NULL)
    return flush (self, error) && begin_item (self, line, &stamp, rest, error);
  if (self->item == NULL)
    return *pass_blank (line->text) == '\0' ||
           vantage_reading_skip (self->reading, "no-time", self->entry, line->line, line->offset,
                                 error, "no message stands before it: “%.60s”", line->text);
  if (self->text->len + line->length > VANTAGE_CHAT_LINE_MAX)
    return vantage_reading_skip (self->reading, "too-large", self->entry, line->line, line->offset,
                                 error, "a message is longer than any that is written");
  g_string_append_c (self->text, '\n');
  g_string_append (self->text, line->text);
  self->length = line->offset + line->n_bytes - self->offset;
  return TRUE;
}

/* ---- files ---- */

static VantageChatLines *
open_lines (VantageWhatsapp *self, GError **failure)
{
  g_autoptr (GInputStream) stream = vantage_reading_open (self->reading, self->entry, failure);

  return stream != NULL ? vantage_chat_lines_new (stream, self->reading->cancellable) : NULL;
}

/* First pass: how dates are written, and what the group was called. */
static gboolean
look_through (VantageWhatsapp *self, VantageChatLines *lines, Dates *dates, char **out_group,
              GError **error)
{
  const VantageChatLine *line;

  while ((line = vantage_chat_lines_next (lines, error)) != NULL)
    {
      Stamp stamp;
      const char *rest = scan_stamp (line->text, &stamp);

      if (rest != NULL)
        {
          look_at_date (dates, &stamp);
          if (*out_group == NULL)
            *out_group = vantage_whatsapp_dup_group (rest);
        }
      if (line->line % 1024 == 0 && !vantage_reading_go_on (self->reading, error))
        return FALSE;
    }
  return *error == NULL;
}

static gboolean
begin_channel (VantageWhatsapp *self, const char *group, GError **error)
{
  static const char *const words[] = {
    "WhatsApp Chat with ",   "WhatsApp Chat - ",
    "WhatsApp Chat mit ",    "WhatsApp-Chat mit ",
    "Chat de WhatsApp con ", "Discussion WhatsApp avec ",
    "Chat WhatsApp con ",    "Conversa do WhatsApp com ",
    "WhatsApp-chat met ",    NULL,
  };
  const VantageEntry *entry = self->entry;
  VantageEntry outer = { .path = (char *) "", .size = 0 };
  g_autofree char *name = NULL;

  /* the one name that says nothing */
  if (g_str_has_suffix (entry->path, "_chat.txt"))
    entry = &outer;
  name = vantage_chat_dup_channel_name (self->reading, entry, words);
  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_has_prefix (name, words[i]))
      memmove (name, name + strlen (words[i]), strlen (name + strlen (words[i])) + 1);
  if (group == NULL)
    group = name;
  self->channel =
      vantage_chat_room_add_channel (&self->room, group, group, VANTAGE_CHANNEL_CHAT, TRUE, error);
  return self->channel != NULL;
}

static gboolean
settle_order (VantageWhatsapp *self, const Dates *dates, GError **error)
{
  self->order = judge_dates (dates);
  if (self->order == ORDER_UNKNOWN)
    self->order = self->chosen;
  if (self->order != ORDER_UNKNOWN)
    return TRUE;
  self->order = ORDER_DMY;
  self->reading->needs_mapping = TRUE;
  if (self->reading->preview)
    return TRUE;
  g_set_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEEDS_ORDER,
               "dates such as 03/04 in “%s” can be read in two ways: say order=dmy or order=mdy",
               self->entry->path);
  return FALSE;
}

static gboolean
read_entry (VantageWhatsapp *self, const VantageEntry *entry, GError **error)
{
  g_autoptr (VantageChatLines) first = NULL;
  g_autoptr (VantageChatLines) second = NULL;
  g_autofree char *group = NULL;
  const VantageChatLine *line;
  GError *failure = NULL;
  Dates dates = { 0 };

  self->entry = entry;
  first = open_lines (self, &failure);
  if (first == NULL || !look_through (self, first, &dates, &group, &failure))
    return vantage_reading_take_failure (self->reading, entry, failure, error);
  if (!settle_order (self, &dates, error) || !begin_channel (self, group, error))
    return FALSE;
  vantage_chat_room_begin_file (&self->room);
  second = open_lines (self, &failure);
  while (second != NULL && (line = vantage_chat_lines_next (second, &failure)) != NULL)
    if (!take_line (self, line, error))
      return FALSE;
  if (!flush (self, error))
    return FALSE;
  return failure == NULL || vantage_reading_take_failure (self->reading, entry, failure, error);
}

static gboolean
read_files (VantageWhatsapp *self, GError **error)
{
  VantageInput *input = self->reading->input;

  for (guint i = 0; i < vantage_input_get_n_entries (input); i++)
    {
      const VantageEntry *entry = vantage_input_get_entry (input, i);
      g_autoptr (GBytes) head = vantage_reader_peek_text (input, entry);
      gsize length;
      const char *data = g_bytes_get_data (head, &length);

      /* the rest are the files that the messages name */
      if (vantage_input_get_n_entries (input) > 1 && !looks_right (data, length))
        continue;
      if (!read_entry (self, entry, error))
        return FALSE;
    }
  return vantage_chat_room_finish (&self->room, error);
}

static gboolean
read_all (VantageReading *reading, GError **error)
{
  VantageWhatsapp self = { .reading = reading };
  const char *mapping = reading->options->mapping;
  gboolean ok;

  if (mapping != NULL && strstr (mapping, "mdy") != NULL)
    self.chosen = ORDER_MDY;
  else if (mapping != NULL && strstr (mapping, "dmy") != NULL)
    self.chosen = ORDER_DMY;
  if (self.chosen != ORDER_UNKNOWN)
    reading->facts->mapping =
        g_strdup_printf ("{\"order\":\"%s\"}", self.chosen == ORDER_MDY ? "mdy" : "dmy");
  vantage_chat_room_init (&self.room, reading);
  self.text = g_string_new (NULL);
  ok = read_files (&self, error);
  vantage_chat_room_clear (&self.room);
  g_clear_pointer (&self.item, vantage_item_unref);
  g_string_free (self.text, TRUE);
  return ok;
}

const VantageReader vantage_whatsapp_reader = {
  .format = { "whatsapp", "WhatsApp chat", "txt zip" },
  .family = "whatsapp",
  .score = score,
  .read = read_all,
};
