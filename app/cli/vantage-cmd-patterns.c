/* vantage-cmd-patterns.c: what came up in more than one review, each with the things that show it.
 * Nothing is counted against anybody: it says where to look again. */

#include "config.h"

#include "vantage-cli.h"
#include "vantage-evidence.h"
#include "vantage-words.h"

#include <string.h>

/* One thing of one review that shows it. */
typedef struct
{
  char *review;
  char *entity;
} Trace;

typedef struct
{
  const char *sort; /* "person", "team", "service", "finding", "theme" */
  char *key;        /* by which it is known again */
  char *text;       /* as it is shown */
  GPtrArray *traces;
  guint n_reviews; /* traces come review by review */
} Pattern;

typedef struct
{
  VantageCli *cli;
  GHashTable *by_key;
  GPtrArray *all;
} Patterns;

static void
free_trace (gpointer data)
{
  g_free (((Trace *) data)->review);
  g_free (((Trace *) data)->entity);
  g_free (data);
}

static void
free_pattern (gpointer data)
{
  Pattern *self = data;

  g_free (self->key);
  g_free (self->text);
  g_ptr_array_unref (self->traces);
  g_free (self);
}

static void
take (Patterns *self, const char *sort, const char *known_by, const char *text, const char *review,
      const char *entity)
{
  g_autofree char *folded = g_utf8_casefold (known_by, -1);
  g_autofree char *key = g_strdup_printf ("%s:%s", sort, folded);
  Pattern *pattern = g_hash_table_lookup (self->by_key, key);
  const Trace *before;
  Trace *trace;

  if (*known_by == '\0')
    return;
  if (pattern == NULL)
    {
      pattern = g_new0 (Pattern, 1);
      pattern->sort = sort;
      pattern->key = g_strdup (key);
      pattern->text = g_strdup (text);
      pattern->traces = g_ptr_array_new_with_free_func (free_trace);
      g_hash_table_insert (self->by_key, pattern->key, pattern);
      g_ptr_array_add (self->all, pattern);
    }
  before = pattern->traces->len > 0 ? g_ptr_array_index (pattern->traces, pattern->traces->len - 1)
                                    : NULL;
  if (before == NULL || strcmp (before->review, review) != 0)
    pattern->n_reviews++;
  trace = g_new0 (Trace, 1);
  trace->review = g_strdup (review);
  trace->entity = g_strdup (entity);
  g_ptr_array_add (pattern->traces, trace);
}

/* Who was there, by address or account; a name alone could be somebody else's too. */
static gboolean
take_people (Patterns *self, const char *review, GError **error)
{
  g_autoptr (GPtrArray) people = vantage_library_list_people (self->cli->library, review, error);

  for (guint i = 0; people != NULL && i < people->len; i++)
    {
      const VantagePerson *person = g_ptr_array_index (people, i);
      const VantageIdentity *first = person->identities != NULL && person->identities->len > 0
                                         ? g_ptr_array_index (person->identities, 0)
                                         : NULL;
      const char *known_by = person->email != NULL ? person->email
                             : first != NULL       ? first->key
                                                   : NULL;

      if (g_strcmp0 (person->sort, "human") != 0 && person->sort != NULL)
        continue;
      if (known_by != NULL && person->n_items > 0)
        take (self, "person", known_by, person->name, review, person->id);
      if (person->team != NULL && person->n_items > 0)
        take (self, "team", person->team, person->team, review, person->id);
    }
  return people != NULL;
}

static void
take_set (Patterns *self, const char *sort, VantageEntity *entity, const char *field,
          const char *vocabulary)
{
  g_autoptr (GPtrArray) elements = vantage_entity_list_set (entity, field);

  for (guint i = 0; i < elements->len; i++)
    {
      const char *element = g_ptr_array_index (elements, i);

      take (self, sort, element,
            vocabulary != NULL ? vantage_words_choice (vocabulary, element) : element,
            vantage_entity_get_review (entity), vantage_entity_get_id (entity));
    }
}

static gboolean
take_review (Patterns *self, VantageEntity *review, GError **error)
{
  const char *id = vantage_entity_get_id (review);
  g_autoptr (GPtrArray) findings = NULL;

  take_set (self, "service", review, "services", NULL);
  if (!take_people (self, id, error))
    return FALSE;
  findings = vantage_library_list (self->cli->library, id, "finding", error);
  for (guint i = 0; findings != NULL && i < findings->len; i++)
    {
      take_set (self, "finding", g_ptr_array_index (findings, i), "kinds", "finding-kind");
      take_set (self, "theme", g_ptr_array_index (findings, i), "themes", NULL);
    }
  return findings != NULL;
}

static int
compare_patterns (gconstpointer a, gconstpointer b)
{
  const Pattern *x = *(Pattern *const *) a, *y = *(Pattern *const *) b;
  int order = strcmp (x->sort, y->sort);

  if (order == 0 && x->n_reviews != y->n_reviews)
    return x->n_reviews > y->n_reviews ? -1 : 1;
  return order != 0 ? order : strcmp (x->key, y->key);
}

static void
add_pattern (JsonBuilder *builder, const Pattern *pattern)
{
  json_builder_begin_object (builder);
  vantage_cli_add_text (builder, "sort", pattern->sort);
  vantage_cli_add_text (builder, "text", pattern->text);
  vantage_cli_add_int (builder, "reviews", pattern->n_reviews);
  json_builder_set_member_name (builder, "shown_by");
  json_builder_begin_array (builder);
  for (guint i = 0; i < pattern->traces->len; i++)
    {
      const Trace *trace = g_ptr_array_index (pattern->traces, i);

      json_builder_begin_object (builder);
      vantage_cli_add_text (builder, "review", trace->review);
      vantage_cli_add_text (builder, "id", trace->entity);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static VantageExit
print_patterns (VantageCli *cli, GPtrArray *all)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (VantageTable) table = vantage_table_new (3);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "patterns");
  json_builder_begin_array (builder);
  for (guint i = 0; i < all->len; i++)
    {
      const Pattern *pattern = g_ptr_array_index (all, i);
      g_autofree char *n = g_strdup_printf (
          ngettext ("%d review", "%d reviews", pattern->n_reviews), (int) pattern->n_reviews);

      if (pattern->n_reviews < 2)
        continue;
      add_pattern (builder, pattern);
      vantage_table_add (table, pattern->sort, pattern->text, n);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  if (cli->json)
    return vantage_cli_print_builder (cli, g_steal_pointer (&builder));
  vantage_table_print (table);
  return VANTAGE_EXIT_DONE;
}

VantageExit
vantage_cli_run_patterns (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autoptr (GHashTable) by_key = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (free_pattern);
  Patterns self = { cli, by_key, all };
  g_autoptr (GListModel) reviews = NULL;
  g_autoptr (GError) error = NULL;

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 0, 0))
    return VANTAGE_EXIT_USAGE;
  if (vantage_cli_open (cli) == NULL)
    return VANTAGE_EXIT_FAILED;

  reviews = vantage_library_get_reviews (cli->library);
  for (guint i = 0; i < g_list_model_get_n_items (reviews); i++)
    {
      g_autoptr (VantageEntity) review = g_list_model_get_item (reviews, i);

      /* The sample is fiction. */
      if (!vantage_entity_get_yesno (review, "sample") && !take_review (&self, review, &error))
        return vantage_cli_fail (error);
    }
  g_ptr_array_sort (all, compare_patterns);
  return print_patterns (cli, all);
}
