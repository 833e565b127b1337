/* vantage-text.c: repairing, comparing and cutting text. */

#include "vantage-text.h"

#include <string.h>

#define REPLACEMENT "\357\277\275" /* U+FFFD */
#define ELLIPSIS "\342\200\246"    /* U+2026 */
#define ZERO_WIDTH_JOINER 0x200d

static gboolean
is_ascii (const char *text, gsize length)
{
  gsize i = 0;

  for (; i + sizeof (guint64) <= length; i += sizeof (guint64))
    {
      guint64 word;

      memcpy (&word, text + i, sizeof word);
      if ((word & G_GUINT64_CONSTANT (0x8080808080808080)) != 0)
        return FALSE;
    }
  for (; i < length; i++)
    {
      if ((guchar) text[i] >= 0x80)
        return FALSE;
    }
  return TRUE;
}

/* How many of the bytes at @at, which begin no character, one replacement stands for: a surrogate
 * that was written in three bytes is one loss, not three. */
static gsize
measure_bad (const char *at, gsize left)
{
  const guchar *byte = (const guchar *) at;

  if (left >= 3 && byte[0] == 0xed && byte[1] >= 0xa0 && byte[1] <= 0xbf &&
      (byte[2] & 0xc0) == 0x80)
    return 3;
  return 1;
}

char *
vantage_text_repair (const char *bytes, gsize length, guint *out_replaced)
{
  const char *end = bytes + length;
  const char *at = bytes;
  const char *bad;
  g_autoptr (GString) out = NULL;
  guint n = 0;

  if (out_replaced != NULL)
    *out_replaced = 0;
  if (length == 0)
    return g_strdup ("");
  if (g_utf8_validate_len (bytes, length, &bad))
    return g_strndup (bytes, length);

  out = g_string_sized_new (length + 16);
  while (!g_utf8_validate_len (at, (gsize) (end - at), &bad))
    {
      g_string_append_len (out, at, bad - at);
      g_string_append (out, REPLACEMENT);
      at = bad + measure_bad (bad, (gsize) (end - bad));
      n++;
    }
  g_string_append_len (out, at, end - at);

  if (out_replaced != NULL)
    *out_replaced = n;
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
vantage_text_nfc (const char *text)
{
  gsize length = strlen (text);
  char *normal;

  if (is_ascii (text, length))
    return g_strndup (text, length);
  normal = g_utf8_normalize (text, (gssize) length, G_NORMALIZE_NFC);
  return normal != NULL ? normal : g_strndup (text, length);
}

/* Whether @c belongs to the character before it: accents, joined and coloured emoji, flags. */
static gboolean
is_joined (gunichar before, gunichar c, guint n_flag_letters)
{
  if (g_unichar_ismark (c) || c == ZERO_WIDTH_JOINER || before == ZERO_WIDTH_JOINER)
    return TRUE;
  if (c >= 0x1f3fb && c <= 0x1f3ff)
    return TRUE;
  return c >= 0x1f1e6 && c <= 0x1f1ff && n_flag_letters % 2 == 1;
}

static char *
join_white_space (const char *text)
{
  g_autoptr (GString) line = g_string_sized_new (strlen (text));
  gboolean pending = FALSE;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isspace (c) || c < 0x20)
        {
          pending = line->len > 0;
          continue;
        }
      if (pending)
        g_string_append_c (line, ' ');
      pending = FALSE;
      g_string_append_len (line, at, g_utf8_next_char (at) - at);
    }
  return g_string_free (g_steal_pointer (&line), FALSE);
}

/* Bytes of the longest start of @line that has at most @max_chars and cuts no character in two. */
static gsize
find_cut (const char *line, guint max_chars)
{
  gunichar before = 0;
  guint n = 0, n_flag_letters = 0;
  gsize cut = 0;

  for (const char *at = line; n <= max_chars; at = g_utf8_next_char (at), n++)
    {
      gunichar c = g_utf8_get_char (at);

      if (!is_joined (before, c, n_flag_letters))
        cut = (gsize) (at - line);
      if (c == 0)
        break;
      n_flag_letters = c >= 0x1f1e6 && c <= 0x1f1ff ? n_flag_letters + 1 : 0;
      before = c;
    }
  while (cut > 0 && line[cut - 1] == ' ')
    cut--;
  return cut;
}

char *
vantage_text_shorten (const char *text, guint max_chars)
{
  g_autofree char *line = join_white_space (text);
  gsize cut;

  if (g_utf8_strlen (line, -1) <= (glong) max_chars)
    return g_steal_pointer (&line);
  if (max_chars == 0)
    return g_strdup ("");
  cut = find_cut (line, max_chars - 1);
  line[cut] = '\0';
  return g_strconcat (line, ELLIPSIS, NULL);
}

char *
vantage_text_bones (const char *text)
{
  char *bones = g_malloc (strlen (text) + 1);
  char *out = bones;

  for (const char *at = text; *at != '\0';)
    {
      const char *next = g_utf8_next_char (at);
      gboolean keep =
          (guchar) *at < 0x80 ? g_ascii_isalnum (*at) : g_unichar_isalnum (g_utf8_get_char (at));

      for (; at < next && *at != '\0'; at++)
        {
          if (keep)
            *out++ = *at;
        }
    }
  *out = '\0';
  return bones;
}

/* Accents that change how a letter sounds, not which letter it is. Vowel signs of Indic and Thai
 * scripts are marks too, but dropping them would make different words equal. */
static gboolean
is_accent (gunichar c)
{
  static const struct
  {
    gunichar first, last;
  } ranges[] = {
    { 0x0300, 0x036f }, { 0x0591, 0x05c7 }, { 0x064b, 0x065f }, { 0x1ab0, 0x1aff },
    { 0x1dc0, 0x1dff }, { 0x20d0, 0x20ff }, { 0xfe00, 0xfe0f }, { 0xfe20, 0xfe2f },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      if (c >= ranges[i].first && c <= ranges[i].last)
        return TRUE;
    }
  return FALSE;
}

char *
vantage_text_fold (const char *text)
{
  g_autofree char *wide = NULL;
  g_autofree char *folded = NULL;
  g_autoptr (GString) out = NULL;

  if (is_ascii (text, strlen (text)))
    return g_ascii_strdown (text, -1);

  folded = g_utf8_casefold (text, -1);
  wide = g_utf8_normalize (folded, -1, G_NORMALIZE_NFKD);
  if (wide == NULL)
    return g_steal_pointer (&folded);

  out = g_string_sized_new (strlen (wide));
  for (const char *at = wide; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (!is_accent (c))
        g_string_append_unichar (out, g_unichar_tolower (c));
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
vantage_text_slice (const char *text, guint from, guint to)
{
  const char *begin = text;
  const char *end;
  guint n = 0;

  for (; n < from && *begin != '\0'; n++)
    begin = g_utf8_next_char (begin);
  for (end = begin; n < to && *end != '\0'; n++)
    end = g_utf8_next_char (end);
  return g_strndup (begin, (gsize) (end - begin));
}

char *
vantage_text_initials (const char *name)
{
  g_autofree char *normal = vantage_text_nfc (name);
  g_autoptr (GString) out = g_string_new (NULL);
  gunichar first = 0, last = 0;
  gboolean in_word = FALSE;

  for (const char *at = normal; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      /* What follows in brackets or after a bar is no name: "(she/her)", "| on call". */
      if (first != 0 && (c == '(' || c == '[' || c == '|'))
        break;
      if (!g_unichar_isalnum (c))
        {
          in_word = in_word && (g_unichar_ismark (c) || c == '\'' || c == 0x2019);
          continue;
        }
      if (!in_word)
        {
          if (first == 0)
            first = c;
          else
            last = c;
        }
      in_word = TRUE;
    }

  if (first != 0)
    g_string_append_unichar (out, g_unichar_toupper (first));
  if (last != 0)
    g_string_append_unichar (out, g_unichar_toupper (last));
  return g_string_free (g_steal_pointer (&out), FALSE);
}
