/* vantage-language-mask.c: quotations and code are covered, byte for byte, before patterns look. */

#include "vantage-language-mask.h"

#include <string.h>

#define COVER '\1'
#define MAX_QUOTE 2000 /* bytes: a quotation mark that is never closed covers nothing */

static void
cover (char *text, gsize begin, gsize end)
{
  memset (text + begin, COVER, end - begin);
}

static gsize
find_line_end (const char *text, gsize at, gsize length)
{
  const char *end = memchr (text + at, '\n', length - at);

  return end != NULL ? (gsize) (end - text) : length;
}

static gboolean
is_digits (const char *text, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (!g_ascii_isdigit (text[i]))
      return FALSE;
  return TRUE;
}

/* "2024-03-14 02:04:31 …" or "02:04:31 …" or "[2024-…": a line of a log. */
static gboolean
is_log_line (const char *line, gsize n)
{
  if (n > 0 && line[0] == '[')
    return is_log_line (line + 1, n - 1);
  if (n >= 11 && is_digits (line, 4) && line[4] == '-' && is_digits (line + 5, 2) &&
      line[7] == '-' && is_digits (line + 8, 2) && (line[10] == ' ' || line[10] == 'T'))
    return n >= 13 && is_digits (line + 11, 2);
  return n >= 9 && is_digits (line, 2) && line[2] == ':' && is_digits (line + 3, 2) &&
         line[5] == ':' && is_digits (line + 6, 2);
}

/* Quoted, indented and fenced lines, and lines of a log. */
static void
cover_lines (char *text, gsize length)
{
  gboolean fenced = FALSE;

  for (gsize at = 0, end; at < length; at = end + 1)
    {
      gsize first = at;
      gboolean fence;

      end = find_line_end (text, at, length);
      while (first < end && (text[first] == ' ' || text[first] == '\t'))
        first++;
      fence = end - first >= 3 && strncmp (text + first, "```", 3) == 0;
      if (fenced || fence || (first < end && text[first] == '>') || first - at >= 4 ||
          (first > at && text[at] == '\t') || is_log_line (text + first, end - first))
        cover (text, first, end);
      fenced ^= fence;
    }
}

/* From @begin, an opening mark, to the next @closing in the same paragraph. */
static gsize
find_closing (const char *text, gsize begin, gsize length, const char *closing)
{
  gsize n = strlen (closing), last = MIN (length, begin + MAX_QUOTE);

  for (gsize i = begin; i + n <= last; i++)
    {
      if (text[i] == '\n' && i + 1 < length && text[i + 1] == '\n')
        return 0;
      if (strncmp (text + i, closing, n) == 0)
        return i + n;
    }
  return 0;
}

static void
cover_pairs (char *text, gsize length)
{
  static const char *const pairs[][2] = { { "`", "`" }, { "[[", "]]" }, { "\"", "\"" },
                                          { "“", "”" }, { "„", "“" },   { "«", "»" } };

  for (gsize i = 0; i < length; i++)
    for (gsize j = 0; j < G_N_ELEMENTS (pairs); j++)
      {
        gsize n = strlen (pairs[j][0]), end;

        if (i + n > length || strncmp (text + i, pairs[j][0], n) != 0)
          continue;
        end = find_closing (text, i + n, length, pairs[j][1]);
        if (end == 0)
          continue;
        cover (text, i, end);
        i = end - 1;
        break;
      }
}

/* Addresses, paths, names with underscores, calls with parentheses. */
static gboolean
is_code_word (const char *word, gsize n)
{
  guint slashes = 0, dots = 0;

  if (n >= 3 && g_strstr_len (word, (gssize) n, "://") != NULL)
    return TRUE;
  for (gsize i = 0; i < n; i++)
    {
      if (word[i] == '_' && i > 0 && i + 1 < n)
        return TRUE;
      slashes += word[i] == '/';
      dots += word[i] == '.' && i + 1 < n && g_ascii_isalnum (word[i + 1]);
    }
  if (slashes > 1 || (slashes == 1 && (dots > 0 || word[0] == '/' || word[0] == '~')))
    return TRUE;
  return g_strstr_len (word, (gssize) n, "::") != NULL ||
         g_strstr_len (word, (gssize) n, "()") != NULL;
}

static void
cover_words (char *text, gsize length)
{
  gsize begin = 0;

  for (gsize i = 0; i <= length; i++)
    {
      if (i < length && !g_ascii_isspace (text[i]))
        continue;
      if (i > begin && is_code_word (text + begin, i - begin))
        cover (text, begin, i);
      begin = i + 1;
    }
}

static void
join_lines (char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      gboolean ends_paragraph = i + 1 < length && (text[i + 1] == '\n' || text[i + 1] == '-' ||
                                                   text[i + 1] == '*' || text[i + 1] == '#');

      if (text[i] == '\n' && !ends_paragraph && !(i > 0 && text[i - 1] == '\n'))
        text[i] = ' ';
      else if (text[i] == '\r' || text[i] == '\t' || text[i] == '\0')
        text[i] = ' ';
    }
}

char *
vantage_language_mask (const char *text, gsize length)
{
  char *masked = g_strndup (text, length);

  cover_lines (masked, length);
  cover_pairs (masked, length);
  cover_words (masked, length);
  join_lines (masked, length);
  return masked;
}

char *
vantage_language_join_lines (const char *text, gsize length)
{
  char *joined = g_strndup (text, length);

  join_lines (joined, length);
  return joined;
}

/* A full stop, question or exclamation mark with white space after it, a wide one, or a line end.
 */
static gsize
get_end_mark (const char *text, gsize at, gsize length)
{
  if (text[at] == '\n')
    return 1;
  if (strchr (".!?", text[at]) != NULL && text[at] != '\0')
    return at + 1 == length || g_ascii_isspace (text[at + 1]) ||
                   (strchr (")\"'", text[at + 1]) != NULL &&
                    (at + 2 == length || g_ascii_isspace (text[at + 2])))
               ? 1
               : 0;
  if (at + 3 <= length && (strncmp (text + at, "。", 3) == 0 || strncmp (text + at, "？", 3) == 0 ||
                           strncmp (text + at, "！", 3) == 0))
    return 3;
  return 0;
}

GArray *
vantage_language_split (const char *text, gsize length)
{
  GArray *sentences = g_array_new (FALSE, FALSE, sizeof (VantageSentence));
  gsize begin = 0, i = 0;

  while (i <= length)
    {
      gsize mark = i < length ? get_end_mark (text, i, length) : 0;

      if (i < length && mark == 0)
        {
          i++;
          continue;
        }
      while (begin < i && (g_ascii_isspace (text[begin]) || text[begin] == COVER))
        begin++;
      i = MIN (i + mark, length);
      if (begin < i)
        g_array_append_val (sentences, ((VantageSentence){ begin, i }));
      begin = i;
      if (mark == 0)
        break;
    }
  return sentences;
}
