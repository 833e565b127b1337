/* vantage-report-names.c: how people are called in a report, and that nobody is called otherwise.
 */

#include "vantage-report-private.h"

#include <string.h>

#include "vantage-text.h"

#define MAX_MERGES 100
#define SHORTEST_NAME 3

static gboolean
hides_names (VantageReportBuilder *self)
{
  return self->options.names != VANTAGE_NAMES_NAME;
}

static gboolean
has_text (const char *text)
{
  return text != NULL && *text != '\0';
}

/* The person that this one was merged into. */
static const char *
follow_merges (VantageReportBuilder *self, const char *person)
{
  for (guint i = 0; i < MAX_MERGES; i++)
    {
      VantageEntity *entity = vantage_report_find (self, person);
      const char *into = entity != NULL ? vantage_entity_get_ref (entity, "into") : NULL;

      if (into == NULL)
        break;
      person = into;
    }
  return person;
}

/* Systems and automations have no privacy to keep. */
static gboolean
is_human (VantageEntity *person)
{
  const char *sort = person != NULL ? vantage_entity_get_text (person, "sort") : NULL;

  return !has_text (sort) || g_str_equal (sort, "human");
}

static char *
choose_name (VantageReportBuilder *self, const char *person, const char *real)
{
  VantageEntity *entity = vantage_report_find (self, person);
  const char *label = entity != NULL ? vantage_entity_get_text (entity, "label") : NULL;
  const char *role = entity != NULL ? vantage_entity_get_text (entity, "role") : NULL;

  if ((!hides_names (self) || !is_human (entity)) && has_text (real))
    return g_strdup (real);
  if (self->options.names == VANTAGE_NAMES_ROLE && has_text (role))
    return g_strdup (role);
  if (has_text (label))
    return g_strdup (label);
  if (!hides_names (self))
    return g_strdup (_ ("somebody"));
  /* translators: stands for a person whose name is not shown; %u counts them */
  return g_strdup_printf (_ ("Participant %u"), ++self->n_unnamed);
}

/* First names that are words too: written small, they mean the word. */
static const char *const words_too[] = {
  "al",   "amber", "april",  "art",  "august", "bill",  "bob",   "chase", "chip",
  "dale", "dawn",  "dean",   "don",  "drew",   "earl",  "faith", "fay",   "frank",
  "gene", "grace", "grant",  "guy",  "hope",   "iris",  "ivy",   "jack",  "joy",
  "june", "lily",  "mark",   "max",  "may",    "miles", "misty", "nick",  "pat",
  "page", "penny", "ray",    "rich", "rob",    "rose",  "ruby",  "sandy", "skip",
  "sky",  "sue",   "summer", "tag",  "van",    "will",  NULL
};

static void
learn_one (VantageReportBuilder *self, const char *real, const char *shown)
{
  g_autofree char *small = g_utf8_strdown (real, -1);

  if (g_utf8_strlen (real, -1) < SHORTEST_NAME)
    return;
  if (!g_hash_table_contains (self->real_names, real))
    g_hash_table_insert (self->real_names, g_strdup (real), g_strdup (shown));
  if (!g_strv_contains (words_too, small) && !g_hash_table_contains (self->real_names, small))
    g_hash_table_insert (self->real_names, g_strdup (small), g_strdup (shown));
}

/* The whole name, its first and its last word; as written and all small, as people type. */
static void
learn_name (VantageReportBuilder *self, const char *real, const char *shown)
{
  g_auto (GStrv) parts = NULL;
  guint n;

  if (!has_text (real) || g_str_equal (real, shown))
    return;
  parts = g_strsplit (real, " ", -1);
  n = g_strv_length (parts);
  learn_one (self, real, shown);
  learn_one (self, parts[0], shown);
  if (n > 1)
    learn_one (self, parts[n - 1], shown);
}

const char *
vantage_report_name (VantageReportBuilder *self, const char *person)
{
  const char *own = follow_merges (self, person);
  const char *known = g_hash_table_lookup (self->shown_names, own);
  g_autofree char *real = NULL;
  char *shown;

  if (known != NULL)
    return known;
  real = self->input->find_name (own, self->input->user_data);
  shown = choose_name (self, own, real);
  if (hides_names (self) && is_human (vantage_report_find (self, own)))
    learn_name (self, real, shown);
  g_hash_table_insert (self->shown_names, g_strdup (own), shown);
  return shown;
}

char *
vantage_report_name_passage (VantageReportBuilder *self, VantageEntity *passage)
{
  const char *form = vantage_entity_get_text (passage, "form");
  const char *shown_as = vantage_entity_get_text (passage, "shown_as");
  const char *person = vantage_entity_get_ref (passage, "person");

  if (g_strcmp0 (form, "name") == 0 && person != NULL)
    return g_strdup (vantage_report_name (self, person));
  if (has_text (shown_as))
    return g_strdup (shown_as);
  if (person != NULL)
    {
      VantageEntity *entity = vantage_report_find (self, follow_merges (self, person));
      const char *role = entity != NULL ? vantage_entity_get_text (entity, "role") : NULL;
      const char *label = entity != NULL ? vantage_entity_get_text (entity, "label") : NULL;

      if (g_strcmp0 (form, "role") == 0 && has_text (role))
        return g_strdup (role);
      if (has_text (label))
        return g_strdup (label);
    }
  return g_strdup (_ ("a participant"));
}

/* ---- names in texts ---- */

static gboolean
is_word_char (gunichar c)
{
  return g_unichar_isalnum (c) || c == '_';
}

/* Whether the @length bytes at @at stand alone in @text. */
static gboolean
stands_alone (const char *text, const char *at, gsize length)
{
  const char *end = at + length;

  return (at == text || !is_word_char (g_utf8_get_char (g_utf8_prev_char (at)))) &&
         (*end == '\0' || !is_word_char (g_utf8_get_char (end)));
}

static const char *
find_word (const char *text, const char *word)
{
  gsize length = strlen (word);

  for (const char *at = strstr (text, word); at != NULL; at = strstr (at + 1, word))
    if (stands_alone (text, at, length))
      return at;
  return NULL;
}

static int
compare_longest_first (gconstpointer a, gconstpointer b)
{
  const char *one = *(const char *const *) a;
  const char *other = *(const char *const *) b;
  gsize n_one = strlen (one);
  gsize n_other = strlen (other);

  return n_one != n_other ? (n_one > n_other ? -1 : 1) : strcmp (one, other);
}

static GPtrArray *
list_real_names (VantageReportBuilder *self)
{
  GPtrArray *names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, self->real_names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names, name);
  g_ptr_array_sort (names, compare_longest_first);
  return names;
}

char *
vantage_report_mask_names (VantageReportBuilder *self, const char *text)
{
  g_autoptr (GPtrArray) names = list_real_names (self);
  char *masked = g_strdup (text);

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = names->pdata[i];
      const char *shown = g_hash_table_lookup (self->real_names, name);
      const char *rest = masked;
      GString *out;

      if (find_word (masked, name) == NULL)
        continue;
      out = g_string_new (NULL);
      for (const char *at = find_word (rest, name); at != NULL; at = find_word (rest, name))
        {
          g_string_append_len (out, rest, at - rest);
          g_string_append (out, shown);
          rest = at + strlen (name);
        }
      g_string_append (out, rest);
      g_free (masked);
      masked = g_string_free (out, FALSE);
    }
  return masked;
}

static void
mask_node (VantageReportBuilder *self, VantageNode *node, gboolean holds_days)
{
  /* names of days stand in no text that people wrote, and some are names of people */
  gboolean is_day = node->sort == VANTAGE_NODE_TABLE ||
                    (holds_days && node->sort == VANTAGE_NODE_SECTION && node->id == NULL);

  if (!is_day && *node->text != '\0')
    {
      char *masked = vantage_report_mask_names (self, node->text);

      g_free (node->text);
      node->text = masked;
    }
  if (node->sort == VANTAGE_NODE_QUOTE && node->target != NULL)
    {
      char *masked = vantage_report_mask_names (self, node->target);

      g_free (node->target);
      node->target = masked;
    }
  for (guint i = 0; !vantage_node_is_empty (node) && i < node->children->len; i++)
    mask_node (self, node->children->pdata[i], g_strcmp0 (node->id, "timeline") == 0);
}

void
vantage_report_mask_document (VantageReportBuilder *self)
{
  if (g_hash_table_size (self->real_names) > 0)
    mask_node (self, self->root, FALSE);
}

void
vantage_report_check_names (VantageReportBuilder *self)
{
  g_autoptr (GPtrArray) names = list_real_names (self);

  for (guint i = 0; i < self->prose->len; i++)
    {
      const VantageReportProse *prose = self->prose->pdata[i];

      for (guint j = 0; j < names->len; j++)
        if (find_word (prose->text, names->pdata[j]) != NULL)
          {
            const char *name = names->pdata[j];

            /* translators: a name, and what is printed instead of it; the report is without names
             */
            vantage_report_warn (
                self, VANTAGE_REPORT_WARN_NAME_IN_TEXT, prose->kind, prose->entity,
                g_strdup_printf (_ ("“%s” stands in the text; “%s” is printed in its place."), name,
                                 (const char *) g_hash_table_lookup (self->real_names, name)));
            break;
          }
    }
}
