/* vantage-cmd-entity.c: entities of any kind: get, set, delete, undelete, list, bin; undo, redo,
 * history. */

#include "config.h"

#include "vantage-cli.h"
#include "vantage-words.h"

#include <string.h>

/* REVIEW and one entity, the beginning of most of these. FALSE: *out_exit says how to end. */
static gboolean
find_both (VantageCli *cli, char **argv, char **out_review, VantageEntity **out_entity)
{
  *out_review = vantage_cli_find_review (cli, argv[1]);
  if (*out_review == NULL)
    return FALSE;
  *out_entity = vantage_cli_find_entity (cli, *out_review, NULL, argv[2]);
  return *out_entity != NULL;
}

static VantageExit
run_get (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *review = NULL;
  g_autoptr (VantageEntity) entity = NULL;

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 2, 2))
    return VANTAGE_EXIT_USAGE;
  if (!find_both (cli, argv, &review, &entity))
    return VANTAGE_EXIT_FAILED;
  return vantage_cli_print_entity (cli, entity);
}

/* A field of the twin of a computed id (particulars of a person, consent of an interview) is
 * written there. */
static const char *
choose_kind (VantageEntity *entity, const char *assignment)
{
  const char *kind = vantage_entity_get_kind_name (entity);
  const char *twin = strcmp (kind, "person") == 0      ? "particulars"
                     : strcmp (kind, "interview") == 0 ? "consent"
                                                       : NULL;
  g_autofree char *field = g_strndup (assignment, strcspn (assignment, "="));

  if (twin != NULL && vantage_kind_find_field (vantage_kind_find (kind), field) == NULL &&
      vantage_kind_find_field (vantage_kind_find (twin), field) != NULL)
    return twin;
  return kind;
}

static VantageExit
run_set (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *review = NULL;
  g_autoptr (VantageEntity) entity = NULL;
  g_autoptr (VantageEdit) edit = NULL;
  g_autoptr (GError) error = NULL;

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 3, -1))
    return VANTAGE_EXIT_USAGE;
  if (!find_both (cli, argv, &review, &entity))
    return VANTAGE_EXIT_FAILED;

  edit = vantage_library_begin (cli->library, review, _ ("Change"));
  for (char **a = argv + 3; *a != NULL; a++)
    {
      char *one[] = { *a, NULL };

      if (!vantage_cli_assign (cli, edit, review, choose_kind (entity, *a),
                               vantage_entity_get_id (entity), one, &error))
        return vantage_cli_fail (error);
    }
  return vantage_cli_commit (cli, edit, vantage_entity_get_id (entity));
}

static VantageExit
delete_or_not (VantageCli *cli, const VantageCommand *command, int argc, char **argv, gboolean gone)
{
  g_autofree char *review = NULL;
  g_autoptr (VantageEntity) entity = NULL;
  g_autoptr (VantageEdit) edit = NULL;

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 2, 2))
    return VANTAGE_EXIT_USAGE;
  if (!find_both (cli, argv, &review, &entity))
    return VANTAGE_EXIT_FAILED;

  edit = vantage_library_begin (cli->library, review, gone ? _ ("Delete") : _ ("Bring Back"));
  if (gone)
    vantage_edit_delete (edit, vantage_entity_get_kind_name (entity),
                         vantage_entity_get_id (entity));
  else
    vantage_edit_undelete (edit, vantage_entity_get_kind_name (entity),
                           vantage_entity_get_id (entity));
  return vantage_cli_commit (cli, edit, vantage_entity_get_id (entity));
}

static VantageExit
run_delete (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  return delete_or_not (cli, command, argc, argv, TRUE);
}

static VantageExit
run_undelete (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  return delete_or_not (cli, command, argc, argv, FALSE);
}

/* {"<name>": [entities]} or a table of id and title. Takes @entities. */
static VantageExit
print_list (VantageCli *cli, const char *name, GPtrArray *entities)
{
  g_autoptr (GPtrArray) owned = entities;
  g_autoptr (JsonBuilder) builder = NULL;
  g_autoptr (VantageTable) table = NULL;

  if (cli->json)
    {
      builder = json_builder_new ();
      json_builder_begin_object (builder);
      vantage_cli_add_entities (cli, builder, name, owned);
      json_builder_end_object (builder);
      return vantage_cli_print_builder (cli, g_steal_pointer (&builder));
    }
  table = vantage_table_new (3);
  for (guint i = 0; i < owned->len; i++)
    {
      VantageEntity *entity = g_ptr_array_index (owned, i);

      vantage_table_add (table, vantage_entity_get_id (entity),
                         vantage_words_kind (vantage_entity_get_kind_name (entity)),
                         vantage_entity_get_title (entity));
    }
  vantage_table_print (table);
  return VANTAGE_EXIT_DONE;
}

VantageExit
vantage_cli_print_list (VantageCli *cli, const char *review, const char *kind)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strconcat (kind, "s", NULL);
  GPtrArray *entities = vantage_library_list (cli->library, review, kind, &error);

  return entities != NULL ? print_list (cli, name, entities) : vantage_cli_fail (error);
}

static VantageExit
run_list (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *review = NULL;

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 2, 2))
    return VANTAGE_EXIT_USAGE;
  if (vantage_kind_find (argv[2]) == NULL)
    return vantage_cli_usage (command, _ ("“%s” is no kind of entity."), argv[2]);
  review = vantage_cli_find_review (cli, argv[1]);
  return review != NULL ? vantage_cli_print_list (cli, review, argv[2]) : VANTAGE_EXIT_FAILED;
}

static VantageExit
run_bin (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *review = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *entities;

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 2, 2))
    return VANTAGE_EXIT_USAGE;
  if (strcmp (argv[2], "list") != 0 && strcmp (argv[2], "empty") != 0)
    return vantage_cli_usage (command, _ ("“%s” is neither “list” nor “empty”."), argv[2]);
  review = vantage_cli_find_review (cli, argv[1]);
  if (review == NULL)
    return VANTAGE_EXIT_FAILED;

  if (strcmp (argv[2], "list") == 0)
    {
      entities = vantage_library_list_bin (cli->library, review, &error);
      return entities != NULL ? print_list (cli, "bin", entities) : vantage_cli_fail (error);
    }
  if (!vantage_library_empty_bin (cli->library, review, &error))
    return vantage_cli_fail (error);
  return vantage_cli_print_nothing (cli);
}

typedef gboolean (*StepFunc) (VantageLibrary *, const char *, char **, GPtrArray **, GError **);

static VantageExit
step (VantageCli *cli, const VantageCommand *command, int argc, char **argv, const char *name,
      StepFunc func)
{
  g_autofree char *review = NULL;
  g_autofree char *what = NULL;
  g_autoptr (GPtrArray) entities = NULL;
  g_autoptr (JsonBuilder) builder = NULL;
  g_autoptr (GError) error = NULL;

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 1, 1))
    return VANTAGE_EXIT_USAGE;
  review = vantage_cli_find_review (cli, argv[1]);
  if (review == NULL)
    return VANTAGE_EXIT_FAILED;
  if (!func (cli->library, review, &what, &entities, &error))
    return vantage_cli_fail (error);
  if (!cli->json)
    {
      if (!cli->quiet)
        g_print ("%s\n", what);
      return VANTAGE_EXIT_DONE;
    }

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  vantage_cli_add_text (builder, name, what);
  json_builder_set_member_name (builder, "entities");
  json_builder_begin_array (builder);
  for (guint i = 0; i < entities->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (entities, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return vantage_cli_print_builder (cli, g_steal_pointer (&builder));
}

static VantageExit
run_undo (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  return step (cli, command, argc, argv, "undone", vantage_library_undo);
}

static VantageExit
run_redo (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  return step (cli, command, argc, argv, "redone", vantage_library_redo);
}

/* A value as it stands in an op. (transfer full) */
static JsonNode *
value_to_node (VantageValue *value)
{
  JsonNode *node = value != NULL ? json_from_string (vantage_value_get_json (value), NULL) : NULL;

  return node != NULL ? node : json_node_new (JSON_NODE_NULL);
}

static void
add_change (JsonBuilder *builder, const VantageHistoryChange *change)
{
  json_builder_begin_object (builder);
  vantage_cli_add_text (builder, "entity", change->entity);
  vantage_cli_add_text (builder, "kind", change->kind);
  vantage_cli_add_text (builder, "field", change->field);
  json_builder_set_member_name (builder, "before");
  json_builder_add_value (builder, value_to_node (change->before));
  json_builder_set_member_name (builder, "after");
  json_builder_add_value (builder, value_to_node (change->after));
  json_builder_end_object (builder);
}

static void
add_edit (JsonBuilder *builder, const VantageHistoryEdit *edit)
{
  json_builder_begin_object (builder);
  vantage_cli_add_text (builder, "id", edit->id);
  vantage_cli_add_time (builder, "time", edit->time_us);
  vantage_cli_add_text (builder, "by", edit->by);
  vantage_cli_add_text (builder, "what", edit->what);
  json_builder_set_member_name (builder, "changes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < edit->changes->len; i++)
    add_change (builder, g_ptr_array_index (edit->changes, i));
  json_builder_end_array (builder);
  vantage_cli_add_bool (builder, "undone", edit->undone);
  json_builder_end_object (builder);
}

static void
print_history (VantageCli *cli, const char *review, GPtrArray *edits)
{
  g_autoptr (VantageZone) zone = vantage_cli_get_zone (cli, review);
  g_autoptr (VantageTable) table = vantage_table_new (4);

  for (guint i = 0; i < edits->len; i++)
    {
      const VantageHistoryEdit *edit = g_ptr_array_index (edits, i);
      g_autofree char *when = vantage_zone_format (zone, edit->time_us, VANTAGE_SHOW_FULL);
      g_autofree char *changes = g_strdup_printf (
          ngettext ("%d change", "%d changes", edit->changes->len), (int) edit->changes->len);

      vantage_table_add (table, when, *edit->by_name != '\0' ? edit->by_name : edit->by,
                         edit->undone ? _ ("(undone)") : edit->what, changes);
    }
  vantage_table_print (table);
}

static VantageExit
run_history (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *review = NULL;
  g_autoptr (VantageEntity) entity = NULL;
  g_autoptr (GPtrArray) edits = NULL;
  g_autoptr (JsonBuilder) builder = NULL;
  g_autoptr (GError) error = NULL;

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 1, 2))
    return VANTAGE_EXIT_USAGE;
  review = vantage_cli_find_review (cli, argv[1]);
  if (review == NULL)
    return VANTAGE_EXIT_FAILED;
  entity = argc > 2 ? vantage_cli_find_entity (cli, review, NULL, argv[2]) : NULL;
  if (argc > 2 && entity == NULL)
    return VANTAGE_EXIT_FAILED;
  edits = vantage_library_list_history (
      cli->library, review, entity != NULL ? vantage_entity_get_id (entity) : NULL, 0, &error);
  if (edits == NULL)
    return vantage_cli_fail (error);
  if (!cli->json)
    {
      print_history (cli, review, edits);
      return VANTAGE_EXIT_DONE;
    }

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "edits");
  json_builder_begin_array (builder);
  for (guint i = 0; i < edits->len; i++)
    add_edit (builder, g_ptr_array_index (edits, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return vantage_cli_print_builder (cli, g_steal_pointer (&builder));
}

const VantageCommand vantage_commands_entity[] = {
  { "get", "REVIEW ENTITY", N_ ("one entity, every field"), run_get },
  { "set", "REVIEW ENTITY KEY=VALUE…", N_ ("change fields of an entity"), run_set },
  { "delete", "REVIEW ENTITY", N_ ("put an entity into the bin"), run_delete },
  { "undelete", "REVIEW ENTITY", N_ ("bring an entity back from the bin"), run_undelete },
  { "list", "REVIEW KIND", N_ ("all entities of a kind"), run_list },
  { "bin", "REVIEW list|empty", N_ ("what was deleted; or delete it for good"), run_bin },
  { "undo", "REVIEW", N_ ("take the last edit back"), run_undo },
  { "redo", "REVIEW", N_ ("do again what was undone"), run_redo },
  { "history", "REVIEW [ENTITY]", N_ ("every edit ever made"), run_history },
  { NULL, NULL, NULL, NULL },
};
