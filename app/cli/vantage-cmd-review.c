/* vantage-cmd-review.c: reviews: new, list, show, set, delete, stage, intake. */

#include "config.h"

#include "vantage-cli.h"
#include "vantage-words.h"

#include <string.h>

static VantageExit
run_new (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *kind = NULL;
  g_autofree char *id = NULL;
  g_autoptr (VantageEdit) edit = NULL;
  g_autoptr (JsonBuilder) builder = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "kind", 0, 0, G_OPTION_ARG_STRING, &kind, NULL, NULL },
    { NULL },
  };

  if (!vantage_cli_parse (cli, command, &argc, &argv, entries, 1, 1))
    return VANTAGE_EXIT_USAGE;
  if (kind != NULL && !g_strv_contains (vantage_review_kinds, kind))
    return vantage_cli_usage (command, _ ("“%s” is no kind of review."), kind);
  if (vantage_cli_open (cli) == NULL)
    return VANTAGE_EXIT_FAILED;

  edit = vantage_library_begin (cli->library, NULL, _ ("New Review"));
  id = g_strdup (vantage_edit_create (edit, "review"));
  vantage_edit_set_text (edit, "review", id, "title", argv[1]);
  vantage_edit_set_text (edit, "review", id, "kind", kind != NULL ? kind : "incident");
  vantage_edit_set_text (edit, "review", id, "stage", "intake");
  if (!vantage_edit_commit (edit, &error))
    return vantage_cli_fail (error);
  if (!cli->json)
    return vantage_cli_print_id (cli, id);

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  vantage_cli_add_text (builder, "id", id);
  vantage_cli_add_text (builder, "title", argv[1]);
  json_builder_end_object (builder);
  return vantage_cli_print_builder (cli, g_steal_pointer (&builder));
}

static void
add_due (JsonBuilder *builder, VantageEntity *review)
{
  g_autoptr (GPtrArray) registers = vantage_entity_list_registers (review);

  json_builder_set_member_name (builder, "due");
  json_builder_begin_array (builder);
  for (guint i = 0; i < registers->len; i++)
    {
      const char *name = g_ptr_array_index (registers, i);
      gint64 date;

      if (!g_str_has_prefix (name, "due/") ||
          !vantage_value_get_time (vantage_entity_get_value (review, name), &date))
        continue;
      json_builder_begin_object (builder);
      vantage_cli_add_text (builder, "what", name + strlen ("due/"));
      vantage_cli_add_time (builder, "date", date);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* How many items, people and events a review has; -1 with @error. */
static gboolean
count_review (VantageCli *cli, const char *review, gint64 *items, guint *people, guint *events,
              GError **error)
{
  const VantageItemQuery all = VANTAGE_ITEM_QUERY_INIT;
  g_autoptr (GPtrArray) persons = NULL;
  g_autoptr (GPtrArray) cards = NULL;

  *items = vantage_library_count_items (cli->library, review, &all, NULL, error);
  if (*items < 0)
    return FALSE;
  persons = vantage_library_list_people (cli->library, review, error);
  cards = persons != NULL ? vantage_library_list (cli->library, review, "event", error) : NULL;
  if (cards == NULL)
    return FALSE;
  *people = persons->len;
  *events = cards->len;
  return TRUE;
}

static gboolean
add_review (VantageCli *cli, JsonBuilder *builder, VantageTable *table, VantageEntity *review,
            GError **error)
{
  const char *id = vantage_entity_get_id (review);
  gint64 items;
  guint people, events;
  g_autofree char *counts = NULL;

  if (!count_review (cli, id, &items, &people, &events, error))
    return FALSE;

  json_builder_begin_object (builder);
  vantage_cli_add_text (builder, "id", id);
  vantage_cli_add_text (builder, "title", vantage_entity_get_title (review));
  vantage_cli_add_text (builder, "kind", vantage_entity_get_text (review, "kind"));
  vantage_cli_add_text (builder, "stage", vantage_entity_get_text (review, "stage"));
  vantage_cli_add_text (builder, "investigator", vantage_entity_get_text (review, "investigator"));
  vantage_cli_add_time (builder, "created", vantage_entity_get_created_us (review));
  add_due (builder, review);
  vantage_cli_add_int (builder, "items", items);
  vantage_cli_add_int (builder, "people", people);
  vantage_cli_add_int (builder, "events", events);
  json_builder_end_object (builder);

  counts = g_strdup_printf (_ ("%d items, %d people, %d events"), (int) items, (int) people,
                            (int) events);
  vantage_table_add (table, id, vantage_entity_get_title (review),
                     vantage_words_choice ("stage", vantage_entity_get_text (review, "stage")),
                     counts);
  return TRUE;
}

static VantageExit
run_list (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (VantageTable) table = vantage_table_new (4);
  g_autoptr (GListModel) reviews = NULL;
  g_autoptr (GError) error = NULL;

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 0, 0))
    return VANTAGE_EXIT_USAGE;
  if (vantage_cli_open (cli) == NULL)
    return VANTAGE_EXIT_FAILED;

  reviews = vantage_library_get_reviews (cli->library);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "reviews");
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (reviews); i++)
    {
      g_autoptr (VantageEntity) review = g_list_model_get_item (reviews, i);

      if (!add_review (cli, builder, table, review, &error))
        return vantage_cli_fail (error);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  if (cli->json)
    return vantage_cli_print_builder (cli, g_steal_pointer (&builder));
  vantage_table_print (table);
  return VANTAGE_EXIT_DONE;
}

static VantageExit
run_show (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *review = NULL;
  g_autoptr (VantageEntity) entity = NULL;
  g_autoptr (GError) error = NULL;

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 1, 1))
    return VANTAGE_EXIT_USAGE;
  review = vantage_cli_find_review (cli, argv[1]);
  if (review == NULL)
    return VANTAGE_EXIT_FAILED;
  entity = vantage_library_get (cli->library, review, "review", review, &error);
  if (entity == NULL)
    return vantage_cli_fail (error);
  return vantage_cli_print_entity (cli, entity);
}

static VantageExit
run_set (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *review = NULL;
  g_autoptr (VantageEdit) edit = NULL;
  g_autoptr (GError) error = NULL;

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 2, -1))
    return VANTAGE_EXIT_USAGE;
  review = vantage_cli_find_review (cli, argv[1]);
  if (review == NULL)
    return VANTAGE_EXIT_FAILED;
  edit = vantage_library_begin (cli->library, review, _ ("Change Review"));
  if (!vantage_cli_assign (cli, edit, review, "review", review, argv + 2, &error) ||
      !vantage_edit_commit (edit, &error))
    return vantage_cli_fail (error);
  return vantage_cli_print_id (cli, review);
}

static VantageExit
run_stage (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *review = NULL;
  g_autoptr (VantageEdit) edit = NULL;

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 2, 2))
    return VANTAGE_EXIT_USAGE;
  if (!g_strv_contains (vantage_stages, argv[2]))
    {
      g_autofree char *stages = g_strjoinv (", ", (char **) vantage_stages);

      return vantage_cli_usage (command, _ ("“%s” is no stage. There are: %s."), argv[2], stages);
    }
  review = vantage_cli_find_review (cli, argv[1]);
  if (review == NULL)
    return VANTAGE_EXIT_FAILED;
  edit = vantage_library_begin (cli->library, review, _ ("Change Stage"));
  vantage_edit_set_text (edit, "review", review, "stage", argv[2]);
  return vantage_cli_commit (cli, edit, review);
}

static VantageExit
run_delete (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  gboolean yes = FALSE;
  g_autofree char *review = NULL;
  g_autoptr (VantageEdit) edit = NULL;
  const GOptionEntry entries[] = {
    { "yes", 0, 0, G_OPTION_ARG_NONE, &yes, NULL, NULL },
    { NULL },
  };

  if (!vantage_cli_parse (cli, command, &argc, &argv, entries, 1, 1))
    return VANTAGE_EXIT_USAGE;
  if (!yes)
    return vantage_cli_usage (command, _ ("Deleting a review needs --yes."));
  review = vantage_cli_find_review (cli, argv[1]);
  if (review == NULL)
    return VANTAGE_EXIT_FAILED;
  edit = vantage_library_begin (cli->library, review, _ ("Delete Review"));
  vantage_edit_delete (edit, "review", review);
  return vantage_cli_commit (cli, edit, review);
}

const VantageCommand vantage_commands_review[] = {
  { "review new", "TITLE [--kind KIND]", N_ ("begin a review"), run_new },
  { "review list", "", N_ ("all reviews of the library"), run_list },
  { "review show", "REVIEW", N_ ("one review, every field"), run_show },
  { "review set", "REVIEW KEY=VALUE…", N_ ("change fields of a review"), run_set },
  { "review stage", "REVIEW STAGE", N_ ("say how far a review has come"), run_stage },
  { "review delete", "REVIEW --yes", N_ ("put a review into the bin"), run_delete },
  { NULL, NULL, NULL, NULL },
};
