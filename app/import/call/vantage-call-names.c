/* vantage-call-names.c: names written into the words, judged over the whole file. */

#include "vantage-call-names.h"

#include <string.h>

#define MAX_NAME_CHARS 60
#define MAX_NAME_WORDS 6
#define MAX_NAMES 20000 /* what a call cannot have; beyond, no new ones are taken */

struct _VantageCallNames
{
  GHashTable *marked; /* name → how often with a colon or in brackets */
  GHashTable *lines;  /* name → how often on a line of its own */
  guint n_cues, n_lines;
};

VantageCallNames *
vantage_call_names_new (void)
{
  VantageCallNames *self = g_new0 (VantageCallNames, 1);

  self->marked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
vantage_call_names_free (VantageCallNames *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->marked);
  g_hash_table_unref (self->lines);
  g_free (self);
}

/* ---- what can be a name ---- */

/* "Dr.", "J.": a full stop that ends no sentence. */
static gboolean
is_short_form (const char *begin, const char *stop)
{
  const char *word = stop;

  while (word > begin && !g_ascii_isspace (word[-1]))
    word--;
  return stop - word <= 3;
}

/* Sounds that captions put into brackets. */
static gboolean
is_sound (const char *name)
{
  static const char *const sounds[] = { "music",   "applause",  "laughter",   "laughs",
                                        "silence", "inaudible", "crosstalk",  "noise",
                                        "pause",   "cough",     "background", "unintelligible" };
  g_autofree char *lower = g_utf8_strdown (name, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (sounds); i++)
    if (g_str_has_prefix (lower, sounds[i]))
      return TRUE;
  return FALSE;
}

/* The bytes at @begin as a name; NULL when they cannot be one. (transfer full) */
static char *
cut_name (const char *begin, const char *end)
{
  g_autofree char *name = g_strstrip (g_strndup (begin, (gsize) (end - begin)));
  guint n_chars = 0, n_words = 1;
  gboolean letters = FALSE;

  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      letters = letters || g_unichar_isalpha (c);
      n_words += c == ' ' ? 1 : 0;
      if (++n_chars > MAX_NAME_CHARS || n_words > MAX_NAME_WORDS || c == '\n' || c == '"' ||
          c == '?' || c == '!' || c == ';' || c == 0x2026)
        return NULL;
      if (c == '.' && (at[1] == ' ' || at[1] == '\0') && !is_short_form (name, at))
        return NULL;
    }
  return letters ? g_steal_pointer (&name) : NULL;
}

static const char *
pass_space (const char *at)
{
  return at + strspn (at, " \t\n");
}

/* "[Name] words", "(Name) words". */
static char *
read_bracketed (const char *text, const char **out_words)
{
  const char *close = *text == '[' ? strchr (text, ']') : *text == '(' ? strchr (text, ')') : NULL;
  g_autofree char *name = NULL;

  if (close == NULL || close - text > MAX_NAME_CHARS * 4)
    return NULL;
  name = cut_name (text + 1, close);
  close += close[1] == ':' ? 2 : 1;
  *out_words = pass_space (close);
  if (name == NULL || **out_words == '\0' || is_sound (name) ||
      g_unichar_islower (g_utf8_get_char (name)))
    return NULL;
  return g_steal_pointer (&name);
}

/* "Name: words". */
static char *
read_prefixed (const char *text, const char **out_words)
{
  gsize length = strcspn (text, ":\n");

  if (text[length] != ':' || length > MAX_NAME_CHARS * 4)
    return NULL;
  if (text[length + 1] != ' ' && text[length + 1] != '\n' && text[length + 1] != '\t')
    return NULL;
  *out_words = pass_space (text + length + 1);
  return **out_words != '\0' ? cut_name (text, text + length) : NULL;
}

static char *
read_marked (const char *text, const char **out_words)
{
  if (g_str_has_prefix (text, ">>"))
    text = pass_space (text + strspn (text, ">"));
  return *text == '[' || *text == '(' ? read_bracketed (text, out_words)
                                      : read_prefixed (text, out_words);
}

/* "Name" and a line end. Each of its words begins with a capital where the script has them. */
static char *
read_line (const char *text, const char **out_words)
{
  const char *end = strchr (text, '\n');
  g_autofree char *name = NULL;

  if (end == NULL || end - text > MAX_NAME_CHARS * 4)
    return NULL;
  name = cut_name (text, end);
  *out_words = pass_space (end);
  if (name == NULL || **out_words == '\0' || strpbrk (name, ",:([-") != NULL)
    return NULL;
  for (const char *at = name; at != NULL && *at != '\0';)
    {
      gunichar c = g_utf8_get_char (at);

      if (!g_unichar_isalpha (c) || g_unichar_islower (c))
        return NULL;
      at = strchr (at, ' ');
      at = at != NULL ? pass_space (at) : NULL;
    }
  return g_steal_pointer (&name);
}

/* ---- over the file ---- */

static guint
get_count (GHashTable *names, const char *name)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (names, name));
}

static void
count (GHashTable *names, char *name)
{
  guint n = get_count (names, name);

  if (n == 0 && g_hash_table_size (names) >= MAX_NAMES)
    g_free (name);
  else
    g_hash_table_replace (names, name, GUINT_TO_POINTER (n + 1));
}

void
vantage_call_names_look (VantageCallNames *self, const char *text)
{
  const char *words;
  char *name = read_marked (text, &words);

  self->n_cues++;
  if (name != NULL)
    {
      count (self->marked, name);
      return;
    }
  name = read_line (text, &words);
  if (name == NULL)
    return;
  self->n_lines++;
  count (self->lines, name);
}

char *
vantage_call_names_take (VantageCallNames *self, const char *text, const char **out_words)
{
  g_autofree char *name = read_marked (text, out_words);

  if (name != NULL && get_count (self->marked, name) >= 2)
    return g_steal_pointer (&name);
  g_clear_pointer (&name, g_free);
  /* First lines that could be names are plenty in captions of any kind: only where most cues have
   * one are they names. */
  if (self->n_lines * 2 > self->n_cues)
    {
      name = read_line (text, out_words);
      if (name != NULL && get_count (self->lines, name) >= 2)
        return g_steal_pointer (&name);
    }
  *out_words = text;
  return NULL;
}

guint
vantage_call_names_get_n_once (VantageCallNames *self)
{
  GHashTableIter iter;
  gpointer n;
  guint once = 0;

  g_hash_table_iter_init (&iter, self->marked);
  while (g_hash_table_iter_next (&iter, NULL, &n))
    once += GPOINTER_TO_UINT (n) == 1;
  return once;
}
