/* vantage-language.c: patterns from a document, tried on one sentence at a time. */

#include "vantage-language.h"

#include "vantage-json.h"
#include "vantage-language-mask.h"
#include "vantage-language-resources.h"

#include <string.h>

#define FORMAT "vantage-language-patterns"
#define VERSION 1
#define MAX_TEXT (1024 * 1024)
#define MAX_EXPANDED (64 * 1024)
#define NAMES_MACRO "%names%"
#define MIND_READING "mind_reading"

struct _VantageLanguage
{
  JsonNode *document; /* owns most strings */
  GArray *patterns;   /* (element-type VantageLanguagePattern) */
  GPtrArray *regexes; /* (element-type GRegex), by pattern */
  GHashTable *off;    /* set of categories */
  char *names;        /* alternatives for the names of this review; "" when there are none */
};

G_DEFINE_QUARK (vantage_language_error, vantage_language_error)

static void
clear_pattern (gpointer data)
{
  VantageLanguagePattern *pattern = data;

  g_free ((gpointer) pattern->rephrase);
  g_free ((gpointer) pattern->matches);
  g_free ((gpointer) pattern->ignores);
}

void
vantage_language_free (VantageLanguage *self)
{
  g_clear_pointer (&self->document, json_node_unref);
  g_array_unref (self->patterns);
  g_ptr_array_unref (self->regexes);
  g_hash_table_unref (self->off);
  g_free (self->names);
  g_free (self);
}

/* ---- reading the document ---- */

/* Strings of an array; the array is new, the strings are lent. */
static const char **
read_texts (JsonObject *object, const char *member)
{
  JsonArray *array = vantage_json_get_array (object, member);
  guint n = array != NULL ? json_array_get_length (array) : 0;
  GPtrArray *texts = g_ptr_array_new ();

  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        g_ptr_array_add (texts, (gpointer) json_node_get_string (node));
    }
  g_ptr_array_add (texts, NULL);
  return (const char **) g_ptr_array_free (texts, FALSE);
}

static char *
join_names (const char *const *names)
{
  GString *joined = g_string_new (NULL);

  for (; names != NULL && *names != NULL; names++)
    {
      g_autofree char *escaped = g_regex_escape_string (*names, -1);

      if (**names == '\0')
        continue;
      if (joined->len > 0)
        g_string_append_c (joined, '|');
      g_string_append (joined, escaped);
    }
  return g_string_free (joined, FALSE);
}

/* Names go in as alternatives; without any, the place for them goes with its bar. */
static void
put_names (VantageLanguage *self, GString *pattern)
{
  if (self->names[0] != '\0')
    {
      g_string_replace (pattern, NAMES_MACRO, self->names, 0);
      return;
    }
  g_string_replace (pattern, "|" NAMES_MACRO, "", 0);
  g_string_replace (pattern, NAMES_MACRO "|", "", 0);
  g_string_replace (pattern, NAMES_MACRO, "(?!)", 0);
}

static char *
expand (VantageLanguage *self, JsonObject *root, const char *pattern)
{
  JsonObject *macros = vantage_json_get_object (root, "macros");
  g_autofree const char **order = read_texts (root, "expand_order");
  GString *expanded = g_string_new (pattern);

  for (guint i = 0; order[i] != NULL && macros != NULL; i++)
    {
      const char *with = vantage_json_get_text (macros, order[i], NULL);

      if (with != NULL && strcmp (order[i], NAMES_MACRO) != 0 && expanded->len < MAX_EXPANDED)
        g_string_replace (expanded, order[i], with, 0);
    }
  put_names (self, expanded);
  return g_string_free (expanded, FALSE);
}

static VantageLanguageSeverity
read_severity (JsonObject *object)
{
  const char *text = vantage_json_get_text (object, "severity", "note");

  if (strcmp (text, "strong") == 0)
    return VANTAGE_SEVERITY_STRONG;
  return strcmp (text, "suggest") == 0 ? VANTAGE_SEVERITY_SUGGEST : VANTAGE_SEVERITY_NOTE;
}

static guint
read_contexts (JsonObject *object)
{
  static const char *const words[] = { "author", "question", "action", "interviewee" };
  g_autofree const char **texts = read_texts (object, "contexts");
  guint contexts = 0;

  for (guint i = 0; texts[i] != NULL; i++)
    for (guint j = 0; j < G_N_ELEMENTS (words); j++)
      if (strcmp (texts[i], words[j]) == 0)
        contexts |= 1u << j;
  return contexts;
}

static gboolean
add_pattern (VantageLanguage *self, JsonObject *root, JsonObject *object, GError **error)
{
  VantageLanguagePattern pattern = { .id = vantage_json_get_text (object, "id", NULL),
                                     .category = vantage_json_get_text (object, "category", ""),
                                     .severity = read_severity (object),
                                     .contexts = read_contexts (object),
                                     .reason = vantage_json_get_text (object, "reason", ""),
                                     .ask = vantage_json_get_text (object, "ask", "") };
  const char *text = vantage_json_get_text (object, "pattern", NULL);
  g_autofree char *expanded = NULL;
  g_autoptr (GError) local = NULL;
  GRegex *regex;

  if (pattern.id == NULL || text == NULL)
    {
      g_set_error_literal (error, VANTAGE_LANGUAGE_ERROR, VANTAGE_LANGUAGE_ERROR_PATTERN,
                           "a pattern has no id or no expression");
      return FALSE;
    }
  expanded = expand (self, root, text);
  regex = g_regex_new (expanded, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, &local);
  if (regex == NULL)
    {
      g_set_error (error, VANTAGE_LANGUAGE_ERROR, VANTAGE_LANGUAGE_ERROR_PATTERN,
                   "pattern \"%s\": %s", pattern.id, local->message);
      return FALSE;
    }
  pattern.rephrase = read_texts (object, "rephrase");
  pattern.matches = read_texts (object, "matches");
  pattern.ignores = read_texts (object, "ignores");
  g_array_append_val (self->patterns, pattern);
  g_ptr_array_add (self->regexes, regex);
  return TRUE;
}

static gboolean
read_document (VantageLanguage *self, GError **error)
{
  JsonObject *root =
      JSON_NODE_HOLDS_OBJECT (self->document) ? json_node_get_object (self->document) : NULL;
  JsonArray *patterns = root != NULL ? vantage_json_get_array (root, "patterns") : NULL;
  g_autofree const char **off = NULL;

  if (patterns == NULL || g_strcmp0 (vantage_json_get_text (root, "format", NULL), FORMAT) != 0 ||
      vantage_json_get_int (root, "version", 0) != VERSION)
    {
      g_set_error_literal (error, VANTAGE_LANGUAGE_ERROR, VANTAGE_LANGUAGE_ERROR_DOCUMENT,
                           "this is no document of language patterns of version 1");
      return FALSE;
    }
  off = read_texts (root, "default_off");
  for (guint i = 0; off[i] != NULL; i++)
    g_hash_table_add (self->off, g_strdup (off[i]));
  for (guint i = 0; i < json_array_get_length (patterns); i++)
    {
      JsonNode *node = json_array_get_element (patterns, i);

      if (JSON_NODE_HOLDS_OBJECT (node) &&
          !add_pattern (self, root, json_node_get_object (node), error))
        return FALSE;
    }
  return TRUE;
}

VantageLanguage *
vantage_language_new (const char *json, const char *const *names, GError **error)
{
  g_autoptr (VantageLanguage) self = g_new0 (VantageLanguage, 1);
  g_autoptr (GError) local = NULL;

  self->patterns = g_array_new (FALSE, TRUE, sizeof (VantageLanguagePattern));
  g_array_set_clear_func (self->patterns, clear_pattern);
  self->regexes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_regex_unref);
  self->off = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->names = join_names (names);
  self->document = vantage_json_parse (json, -1, &vantage_json_file_limits, &local);
  if (self->document == NULL)
    {
      g_set_error_literal (error, VANTAGE_LANGUAGE_ERROR, VANTAGE_LANGUAGE_ERROR_DOCUMENT,
                           local->message);
      return NULL;
    }
  if (!read_document (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

VantageLanguage *
vantage_language_new_built_in (const char *const *names, GError **error)
{
  static gsize registered;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *json = NULL;

  if (g_once_init_enter (&registered))
    {
      vantage_sense_register_resource ();
      g_once_init_leave (&registered, 1);
    }
  bytes = g_resources_lookup_data ("/org/vantage/sense/language-patterns.json",
                                   G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (bytes == NULL)
    return NULL;
  json = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return vantage_language_new (json, names, error);
}

/* ---- asking ---- */

guint
vantage_language_get_n_patterns (VantageLanguage *self)
{
  return self->patterns->len;
}

const VantageLanguagePattern *
vantage_language_get_pattern (VantageLanguage *self, guint i)
{
  g_return_val_if_fail (i < self->patterns->len, NULL);

  return &g_array_index (self->patterns, VantageLanguagePattern, i);
}

const char *
vantage_language_get_category (VantageLanguage *self, const char *category)
{
  JsonObject *categories =
      vantage_json_get_object (json_node_get_object (self->document), "categories");

  return categories != NULL ? vantage_json_get_text (categories, category, NULL) : NULL;
}

void
vantage_language_set_enabled (VantageLanguage *self, const char *category, gboolean enabled)
{
  if (enabled)
    g_hash_table_remove (self->off, category);
  else
    g_hash_table_add (self->off, g_strdup (category));
}

typedef struct
{
  const char *prepared; /* covered text */
  VantageSentence sentence;
  gboolean has_reference;
  guint contexts;
  GArray *hits; /* in bytes */
} Look;

static void
try_pattern (VantageLanguage *self, guint i, const Look *look)
{
  const VantageLanguagePattern *pattern = vantage_language_get_pattern (self, i);
  g_autoptr (GMatchInfo) info = NULL;
  int start, end;

  if ((pattern->contexts & look->contexts) == 0 ||
      g_hash_table_contains (self->off, pattern->category) ||
      (look->has_reference && strcmp (pattern->category, MIND_READING) == 0))
    return;
  g_regex_match_full (g_ptr_array_index (self->regexes, i), look->prepared + look->sentence.begin,
                      (gssize) (look->sentence.end - look->sentence.begin), 0, 0, &info, NULL);
  for (; g_match_info_matches (info); g_match_info_next (info, NULL))
    if (g_match_info_fetch_pos (info, 0, &start, &end) && end > start)
      {
        VantageLanguageHit hit = { .start = (guint) (look->sentence.begin + (gsize) start),
                                   .end = (guint) (look->sentence.begin + (gsize) end),
                                   .sentence_start = (guint) look->sentence.begin,
                                   .sentence_end = (guint) look->sentence.end,
                                   .pattern = pattern };

        g_array_append_val (look->hits, hit);
      }
}

static int
compare_hits (gconstpointer a, gconstpointer b)
{
  const VantageLanguageHit *x = a, *y = b;

  if (x->start != y->start)
    return x->start < y->start ? -1 : 1;
  if (x->pattern->severity != y->pattern->severity)
    return (int) x->pattern->severity - (int) y->pattern->severity;
  return strcmp (x->pattern->id, y->pattern->id);
}

/* Bytes into code points; hits are in order, so one walk over the text is enough for most. */
static void
count_characters (const char *text, GArray *hits)
{
  gsize at = 0;
  guint n = 0;

  for (guint i = 0; i < hits->len; i++)
    {
      VantageLanguageHit *hit = &g_array_index (hits, VantageLanguageHit, i);
      guint start = hit->start, end = hit->end, first = hit->sentence_start,
            last = hit->sentence_end;

      n += (guint) g_utf8_strlen (text + at, (gssize) (start - at));
      at = start;
      hit->start = n;
      hit->end = n + (guint) g_utf8_strlen (text + start, (gssize) (end - start));
      hit->sentence_start = n - (guint) g_utf8_strlen (text + first, (gssize) (start - first));
      hit->sentence_end = n + (guint) g_utf8_strlen (text + start, (gssize) (last - start));
    }
}

GArray *
vantage_language_check (VantageLanguage *self, const char *text, guint contexts)
{
  GArray *hits = g_array_new (FALSE, FALSE, sizeof (VantageLanguageHit));
  gsize length = strlen (text);
  gboolean spoken = (contexts & ~(guint) VANTAGE_LANGUAGE_INTERVIEWEE) == 0;
  g_autofree char *prepared = NULL;
  g_autoptr (GArray) sentences = NULL;

  g_return_val_if_fail (g_utf8_validate (text, -1, NULL), hits);

  if (length > MAX_TEXT)
    length = (gsize) (g_utf8_find_prev_char (text, text + MAX_TEXT) - text);
  prepared =
      spoken ? vantage_language_join_lines (text, length) : vantage_language_mask (text, length);
  sentences = vantage_language_split (prepared, length);
  for (guint i = 0; i < sentences->len; i++)
    {
      VantageSentence sentence = g_array_index (sentences, VantageSentence, i);
      gsize size = sentence.end - sentence.begin;
      Look look = { prepared, sentence, FALSE, contexts, hits };

      look.has_reference = g_strstr_len (text + sentence.begin, (gssize) size, "[[") != NULL;
      for (guint j = 0; j < self->patterns->len; j++)
        try_pattern (self, j, &look);
    }
  g_array_sort (hits, compare_hits);
  count_characters (text, hits);
  return hits;
}
