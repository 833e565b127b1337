/* vantage-search.c: how a text falls into words, the same for what is kept and for what is looked
 * for. */

#include "vantage-search.h"

#include <glib/gstdio.h>
#include <string.h>

typedef enum
{
  SORT_NONE, /* parts words */
  SORT_WORD,
  SORT_MARK, /* belongs to the letter before it */
  SORT_PAIR, /* of a script without spaces */
  SORT_SIGN, /* an emoji or another picture: a word by itself */
} CharSort;

static gboolean
is_written_without_spaces (gunichar c)
{
  switch (g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_HANGUL:
    case G_UNICODE_SCRIPT_THAI:
    case G_UNICODE_SCRIPT_LAO:
    case G_UNICODE_SCRIPT_KHMER:
    case G_UNICODE_SCRIPT_MYANMAR:
      return TRUE;
    default:
      return c == 0x30fc; /* the long vowel sign, shared by two scripts */
    }
}

static CharSort
sort_of (gunichar c)
{
  if (c < 0x80)
    return g_ascii_isalnum ((char) c) ? SORT_WORD : SORT_NONE;

  switch (g_unichar_type (c))
    {
    case G_UNICODE_NON_SPACING_MARK:
    case G_UNICODE_SPACING_MARK:
    case G_UNICODE_ENCLOSING_MARK:
      return SORT_MARK;
    case G_UNICODE_OTHER_SYMBOL:
      return SORT_SIGN;
    default:
      break;
    }

  if (!g_unichar_isalnum (c))
    return c == 0x30fc ? SORT_PAIR : SORT_NONE;
  return is_written_without_spaces (c) ? SORT_PAIR : SORT_WORD;
}

static void
begin_word (GString *out)
{
  if (out->len > 0 && out->str[out->len - 1] != ' ')
    g_string_append_c (out, ' ');
}

/* Case and accents go. Accents only where they are accents: the signs of Indic and other scripts
 * are letters of their own. */
static void
append_folded_anew (GString *out, const char *text, gsize length)
{
  g_autofree char *decomposed = g_utf8_normalize (text, (gssize) length, G_NORMALIZE_ALL);
  g_autofree char *folded = NULL;

  if (decomposed == NULL)
    return;

  folded = g_utf8_casefold (decomposed, -1);
  for (const char *at = folded; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if ((c >= 0x300 && c <= 0x36f) || (c >= 0xfe00 && c <= 0xfe0f))
        continue;
      if (c < 0x80 && !g_ascii_isalnum ((char) c))
        continue;
      g_string_append_unichar (out, c);
    }
}

/* Folding is slow and the same words come again and again, so each thread remembers some. */
#define LONGEST_REMEMBERED 30
#define N_REMEMBERED 1024

typedef struct
{
  guint8 n_text, n_folded;
  char text[LONGEST_REMEMBERED], folded[LONGEST_REMEMBERED];
} Fold;

static void
append_folded (GString *out, const char *text, gsize length)
{
  static _Thread_local Fold folds[N_REMEMBERED];
  guint32 hash = 2166136261u;
  gsize before = out->len;
  Fold *fold;

  if (length == 0 || length > LONGEST_REMEMBERED)
    {
      append_folded_anew (out, text, length);
      return;
    }

  for (gsize i = 0; i < length; i++)
    hash = (hash ^ (guint8) text[i]) * 16777619u;
  fold = &folds[(hash ^ hash >> 15) % N_REMEMBERED];
  if (fold->n_text == length && memcmp (fold->text, text, length) == 0)
    {
      g_string_append_len (out, fold->folded, fold->n_folded);
      return;
    }

  append_folded_anew (out, text, length);
  if (out->len - before > LONGEST_REMEMBERED)
    return;
  fold->n_text = (guint8) length;
  fold->n_folded = (guint8) (out->len - before);
  memcpy (fold->text, text, length);
  memcpy (fold->folded, out->str + before, fold->n_folded);
}

static gboolean
is_ascii (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if ((guint8) text[i] >= 0x80)
      return FALSE;

  return TRUE;
}

/* Where a word in mixed writing breaks: aB, a1, 1a, and the last capital of ABc. */
static gboolean
breaks_before (const char *word, gsize i, gsize length)
{
  char before = word[i - 1];
  char here = word[i];

  if (g_ascii_isdigit (before) != g_ascii_isdigit (here))
    return TRUE;
  if (g_ascii_islower (before) && g_ascii_isupper (here))
    return TRUE;

  return g_ascii_isupper (before) && g_ascii_isupper (here) && i + 1 < length &&
         g_ascii_islower (word[i + 1]);
}

static void
append_parts (GString *parts, const char *word, gsize length)
{
  gboolean broken = FALSE;

  for (gsize i = 1; i < length && !broken; i++)
    broken = breaks_before (word, i, length);
  if (!broken)
    return;

  begin_word (parts);
  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && breaks_before (word, i, length))
        g_string_append_c (parts, ' ');
      g_string_append_c (parts, g_ascii_tolower (word[i]));
    }
}

/* Room for @n more bytes; where they go. */
static char *
reserve (GString *out, gsize n)
{
  gsize length = out->len;

  if (out->allocated_len - length <= n)
    {
      g_string_set_size (out, length + n);
      g_string_truncate (out, length);
    }
  return out->str + length;
}

/* By far the most words are plain ASCII: one pass, and a look at their parts only where the writing
 * is mixed. NULL: the word goes on with other letters. */
static const char *
take_plain_word (const char *at, GString *words, GString *parts)
{
  const char *end = at;
  gboolean digits = FALSE, letters = FALSE, capitals = FALSE;
  char *out;

  for (; g_ascii_isalnum (*end); end++)
    {
      digits |= *end <= '9';
      letters |= *end > '9';
      capitals |= *end <= 'Z' && *end >= 'A' && end > at;
    }
  if ((guint8) *end >= 0x80)
    return NULL;

  begin_word (words);
  out = reserve (words, (gsize) (end - at));
  for (const char *from = at; from < end; from++)
    *out++ = (char) (*from >= 'A' && *from <= 'Z' ? *from | 0x20 : *from);
  *out = '\0';
  words->len = (gsize) (out - words->str);
  if (parts != NULL && (capitals || (digits && letters)))
    append_parts (parts, at, (gsize) (end - at));

  return end;
}

static const char *
take_word (const char *at, GString *words, GString *parts)
{
  const char *end = at;
  gsize length;

  while (*end != '\0')
    {
      CharSort sort = sort_of (g_utf8_get_char (end));

      if (sort != SORT_WORD && sort != SORT_MARK)
        break;
      end = g_utf8_next_char (end);
    }

  length = (gsize) (end - at);
  begin_word (words);
  if (!is_ascii (at, length))
    {
      append_folded (words, at, length);
      return end;
    }

  for (gsize i = 0; i < length; i++)
    g_string_append_c (words, g_ascii_tolower (at[i]));
  if (parts != NULL)
    append_parts (parts, at, length);

  return end;
}

/* The end of the letter at @at with the marks that belong to it. */
static const char *
end_of_letter (const char *at)
{
  at = g_utf8_next_char (at);
  while (*at != '\0' && sort_of (g_utf8_get_char (at)) == SORT_MARK)
    at = g_utf8_next_char (at);

  return at;
}

/* A run of letters without spaces: "abc" gives "ab bc c". The last letter alone lets a single
 * letter be found by its beginning wherever it stands. */
static const char *
take_pairs (const char *at, GString *words)
{
  while (*at != '\0' && sort_of (g_utf8_get_char (at)) == SORT_PAIR)
    {
      const char *next = end_of_letter (at);
      const char *end = next;

      if (*next != '\0' && sort_of (g_utf8_get_char (next)) == SORT_PAIR)
        end = end_of_letter (next);
      begin_word (words);
      append_folded (words, at, (gsize) (end - at));
      at = next;
    }

  return at;
}

void
vantage_search_cut (const char *text, GString *words, GString *parts)
{
  const char *at = text;

  while (at != NULL && *at != '\0')
    {
      const char *end = NULL;
      gunichar c;

      if ((guint8) *at < 0x80)
        end = g_ascii_isalnum (*at) ? take_plain_word (at, words, parts) : at + 1;
      if (end != NULL)
        {
          at = end;
          continue;
        }

      c = g_utf8_get_char (at);
      switch (sort_of (c))
        {
        case SORT_WORD:
          at = take_word (at, words, parts);
          break;
        case SORT_PAIR:
          at = take_pairs (at, words);
          break;
        case SORT_SIGN:
          begin_word (words);
          g_string_append_printf (words, "u%x", c);
          at = g_utf8_next_char (at);
          break;
        default:
          at = g_utf8_next_char (at);
        }
    }
}

/* ---- queries ---- */

/* The last letter of a run stands by itself in the index, not before what follows in a phrase. */
static gboolean
is_single_pair_letter (const char *word)
{
  gunichar c = g_utf8_get_char (word);

  return sort_of (c) == SORT_PAIR && *end_of_letter (word) == '\0';
}

static void
append_phrase (GString *out, char **words, guint n, gboolean prefix)
{
  if (out->len > 0)
    g_string_append (out, " AND ");

  g_string_append (out, "{text parts} : \"");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? " " : "", words[i]);
  g_string_append_c (out, '"');
  if (prefix)
    g_string_append (out, " *");
}

/* One term of a query: @text as it was typed between spaces or quotes. */
static void
append_term (GString *out, const char *text, gboolean prefix)
{
  g_autoptr (GString) cut = g_string_new (NULL);
  g_auto (GStrv) words = NULL;
  guint n;

  vantage_search_cut (text, cut, NULL);
  if (cut->len == 0)
    return;

  words = g_strsplit (g_strchomp (cut->str), " ", -1);
  n = g_strv_length (words);
  if (n == 1 && is_single_pair_letter (words[0]))
    prefix = TRUE;
  else if (n > 1 && is_single_pair_letter (words[n - 1]) &&
           sort_of (g_utf8_get_char (words[n - 2])) == SORT_PAIR)
    {
      /* The pairs before it hold it already. */
      n--;
      prefix = FALSE;
    }

  append_phrase (out, words, n, prefix);
}

static const char *
find_end_of_word (const char *at)
{
  while (*at != '\0' && *at != '"' && !g_unichar_isspace (g_utf8_get_char (at)))
    at = g_utf8_next_char (at);

  return at;
}

char *
vantage_search_dup_expression (const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *at = text;

  while (*at != '\0')
    {
      gboolean quoted = *at == '"';
      const char *begin = quoted ? at + 1 : at;
      const char *end;
      g_autofree char *term = NULL;

      if (!quoted && g_unichar_isspace (g_utf8_get_char (at)))
        {
          at = g_utf8_next_char (at);
          continue;
        }

      end = quoted ? strchr (begin, '"') : find_end_of_word (begin);
      if (end == NULL)
        end = begin + strlen (begin);

      term = g_strndup (begin, (gsize) (end - begin));
      at = quoted && *end == '"' ? end + 1 : end;
      append_term (out, term, (!quoted && g_str_has_suffix (term, "*")) || (quoted && *at == '*'));
      if (quoted && *at == '*')
        at++;
    }

  if (out->len == 0)
    return NULL;

  return g_string_free (g_steal_pointer (&out), FALSE);
}

void
vantage_search_remove_files (const char *path)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *file = g_strconcat (path, suffixes[i], NULL);

      g_unlink (file);
    }
}
