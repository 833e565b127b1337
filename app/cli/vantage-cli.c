/* vantage-cli.c: arguments, finding things by words, and printing: what every command shares. */

#include "config.h"

#include "vantage-cli.h"

#include "vantage-json.h"
#include "vantage-words.h"

#include <glib/gstdio.h>
#include <string.h>

VantageExit
vantage_cli_usage (const VantageCommand *command, const char *format, ...)
{
  va_list args;
  g_autofree char *message = NULL;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);

  g_printerr ("vantagectl: %s\n", message);
  if (command != NULL)
    g_printerr (_ ("It is called so: vantagectl %s %s\n"), command->name, command->usage);
  return VANTAGE_EXIT_USAGE;
}

VantageExit
vantage_cli_fail (const GError *error)
{
  g_autofree char *sentence = vantage_words_error (error);

  g_printerr ("vantagectl: %s\n", sentence);
  return VANTAGE_EXIT_FAILED;
}

/* What this command is and how it is called, for --help after it. */
static void
print_help (const VantageCommand *command)
{
  g_print ("vantagectl %s%s%s\n\n%s\n", command->name, *command->usage != '\0' ? " " : "",
           command->usage, _ (command->summary));
}

gboolean
vantage_cli_parse (VantageCli *cli, const VantageCommand *command, int *argc, char ***argv,
                   const GOptionEntry *entries, int n_min, int n_max)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  int n;

  for (int i = 1; i < *argc; i++)
    if (strcmp ((*argv)[i], "--help") == 0)
      {
        print_help (command);
        exit (VANTAGE_EXIT_DONE);
      }

  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_help_enabled (context, FALSE);
  if (!g_option_context_parse (context, argc, argv, &error))
    {
      vantage_cli_usage (command, "%s", error->message);
      return FALSE;
    }
  if (*argc > 1 && strcmp ((*argv)[1], "--") == 0)
    {
      (*argv)++;
      (*argc)--;
    }

  n = *argc - 1;
  if (n >= n_min && (n_max < 0 || n <= n_max))
    return TRUE;
  vantage_cli_usage (command, n < n_min ? _ ("something is missing.") : _ ("that is too much."));
  return FALSE;
}

VantageLibrary *
vantage_cli_open (VantageCli *cli)
{
  g_autoptr (GError) error = NULL;
  const char *const *notes;

  if (cli->library != NULL)
    return cli->library;

  cli->library = vantage_library_open (cli->folder, NULL, NULL, &error);
  if (cli->library == NULL)
    {
      vantage_cli_fail (error);
      return NULL;
    }
  notes = vantage_library_get_notes (cli->library);
  for (gsize i = 0; notes != NULL && notes[i] != NULL; i++)
    {
      g_autofree char *sentence = vantage_words_note (notes[i]);

      g_printerr ("vantagectl: %s\n", sentence);
    }
  return cli->library;
}

char *
vantage_cli_find_review (VantageCli *cli, const char *words)
{
  g_autoptr (GError) error = NULL;
  VantageLibrary *library = vantage_cli_open (cli);
  char *review = NULL;

  if (library == NULL)
    return NULL;
  review = vantage_library_find_review (library, words, &error);
  if (review == NULL)
    vantage_cli_fail (error);
  return review;
}

VantagePerson *
vantage_cli_find_person (VantageCli *cli, const char *review, const char *words)
{
  g_autoptr (GError) error = NULL;
  VantagePerson *person = vantage_library_find_person (cli->library, review, words, &error);

  if (person == NULL)
    vantage_cli_fail (error);
  return person;
}

/* The one entity of any kind whose id begins with @words. */
static VantageEntity *
find_by_start (VantageCli *cli, const char *review, const char *kind, const char *words,
               GError **error)
{
  g_autoptr (VantageEntity) found = NULL;

  for (const VantageKind *k = vantage_kinds (); k->name != NULL; k++)
    {
      g_autoptr (GPtrArray) entities = NULL;

      if (kind != NULL ? strcmp (kind, k->name) != 0 : k->stream != VANTAGE_STREAM_TEAM)
        continue;
      entities = vantage_library_list (cli->library, review, k->name, error);
      if (entities == NULL)
        return NULL;
      for (guint i = 0; i < entities->len; i++)
        {
          VantageEntity *entity = g_ptr_array_index (entities, i);

          if (!g_str_has_prefix (vantage_entity_get_id (entity), words))
            continue;
          if (found != NULL)
            {
              g_set_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_AMBIGUOUS,
                           _ ("more than one thing has an id that begins with “%s”"), words);
              return NULL;
            }
          found = g_object_ref (entity);
        }
    }
  return g_steal_pointer (&found);
}

VantageEntity *
vantage_cli_find_entity (VantageCli *cli, const char *review, const char *kind, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VantageEntity) entity = NULL;

  entity = vantage_library_get (cli->library, review, kind, words, &error);
  if (entity == NULL && error == NULL && kind == NULL)
    entity = vantage_library_get (cli->library, review, "particulars", words, &error);
  if (entity == NULL && error == NULL && strlen (words) >= 4)
    entity = find_by_start (cli, review, kind, words, &error);
  if (entity == NULL && error == NULL)
    g_set_error (&error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_NOT_FOUND,
                 _ ("nothing in this review has the id “%s”"), words);
  if (error != NULL)
    {
      vantage_cli_fail (error);
      return NULL;
    }
  return g_steal_pointer (&entity);
}

VantageZone *
vantage_cli_get_zone (VantageCli *cli, const char *review)
{
  g_autoptr (VantageEntity) entity =
      vantage_library_get (cli->library, review, "review", review, NULL);
  const char *name = entity != NULL ? vantage_entity_get_text (entity, "zone") : NULL;
  VantageZone *zone = name != NULL ? vantage_zone_new (name) : NULL;

  return zone != NULL ? zone : vantage_zone_new_utc ();
}

gboolean
vantage_cli_parse_time (VantageCli *cli, const char *review, const char *text, gint64 *out_us)
{
  gboolean has_zone;

  if (!vantage_time_parse (text, -1, out_us, NULL, &has_zone))
    {
      g_printerr (_ ("vantagectl: “%s” is not a time. Write it as 2024-03-01T02:14:07Z or "
                     "2024-03-01 02:14.\n"),
                  text);
      return FALSE;
    }
  if (!has_zone)
    {
      g_autoptr (VantageZone) zone = vantage_cli_get_zone (cli, review);

      vantage_zone_resolve (zone, *out_us, out_us, NULL);
    }
  return TRUE;
}

VantageExit
vantage_cli_print (VantageCli *cli, JsonNode *node)
{
  g_autoptr (JsonNode) owned = node;
  g_autofree char *text = vantage_json_pretty (owned);

  g_print ("%s\n", text);
  return VANTAGE_EXIT_DONE;
}

VantageExit
vantage_cli_print_builder (VantageCli *cli, JsonBuilder *builder)
{
  g_autoptr (JsonBuilder) owned = builder;

  return vantage_cli_print (cli, json_builder_get_root (owned));
}

VantageExit
vantage_cli_print_nothing (VantageCli *cli)
{
  if (cli->json)
    g_print ("{}\n");
  return VANTAGE_EXIT_DONE;
}

VantageExit
vantage_cli_print_id (VantageCli *cli, const char *id)
{
  g_autoptr (JsonBuilder) builder = NULL;

  if (!cli->json)
    {
      if (!cli->quiet)
        g_print ("%s\n", id);
      return VANTAGE_EXIT_DONE;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  vantage_cli_add_text (builder, "id", id);
  json_builder_end_object (builder);
  return vantage_cli_print_builder (cli, g_steal_pointer (&builder));
}

VantageExit
vantage_cli_commit (VantageCli *cli, VantageEdit *edit, const char *id)
{
  g_autoptr (GError) error = NULL;

  return vantage_edit_commit (edit, &error) ? vantage_cli_print_id (cli, id)
                                            : vantage_cli_fail (error);
}

void
vantage_cli_add_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

void
vantage_cli_add_int (JsonBuilder *builder, const char *name, gint64 number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, number);
}

void
vantage_cli_add_line (JsonBuilder *builder, const char *name, gint64 line)
{
  if (line > 0)
    vantage_cli_add_int (builder, name, line);
  else
    vantage_cli_add_text (builder, name, NULL);
}

void
vantage_cli_add_bool (JsonBuilder *builder, const char *name, gboolean yes)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, yes);
}

void
vantage_cli_add_time (JsonBuilder *builder, const char *name, gint64 us)
{
  char text[VANTAGE_TIME_TEXT_SIZE];

  vantage_cli_add_text (builder, name,
                        us != VANTAGE_TIME_NONE ? vantage_time_format (us, text) : NULL);
}

JsonNode *
vantage_cli_entity_to_json (VantageCli *cli, VantageEntity *entity)
{
  JsonNode *node = vantage_entity_to_json (entity);
  const VantageKind *kind = vantage_entity_get_kind (entity);

  for (const VantageField *field = kind != NULL ? kind->fields : NULL;
       field != NULL && field->name != NULL; field++)
    if (field->type == VANTAGE_FIELD_PROSE)
      {
        g_autofree char *prose =
            vantage_library_dup_prose (cli->library, vantage_entity_get_review (entity),
                                       vantage_entity_get_id (entity), field->name, NULL);

        if (prose != NULL && *prose != '\0')
          json_object_set_string_member (json_node_get_object (node), field->name, prose);
      }
  return node;
}

void
vantage_cli_add_entities (VantageCli *cli, JsonBuilder *builder, const char *name,
                          GPtrArray *entities)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < entities->len; i++)
    json_builder_add_value (builder,
                            vantage_cli_entity_to_json (cli, g_ptr_array_index (entities, i)));
  json_builder_end_array (builder);
}

/* "2024-03-01 02:14:07 +01:00" of the RFC 3339 text of a document. (transfer full) */
static char *
show_time (VantageZone *zone, const char *text)
{
  gint64 us;

  return text != NULL && vantage_time_parse (text, -1, &us, NULL, NULL)
             ? vantage_zone_format (zone, us, VANTAGE_SHOW_FULL)
             : g_strdup (text);
}

/* A *when* in words, or NULL where it is none. (transfer full) */
static char *
show_when (VantageZone *zone, JsonObject *when)
{
  JsonArray *between = vantage_json_get_array (when, "between");
  const char *at = vantage_json_get_text (when, "at", NULL);
  const char *item = vantage_json_get_text (when, "item", NULL);
  double plus_minus = vantage_json_get_double (when, "plus_minus", 0);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  if (item != NULL)
    /* translators: the id of an item */
    return g_strdup_printf (_ ("when %s was"), item);
  if (at != NULL)
    {
      first = show_time (zone, at);
      second = vantage_words_duration ((gint64) (plus_minus * G_USEC_PER_SEC));
      return plus_minus > 0 ? g_strdup_printf ("%s ± %s", first, second) : g_steal_pointer (&first);
    }
  if (between == NULL || json_array_get_length (between) != 2)
    return NULL;
  first = show_time (zone, json_array_get_string_element (between, 0));
  second = show_time (zone, json_array_get_string_element (between, 1));
  /* translators: two times */
  return g_strdup_printf (_ ("between %s and %s"), first, second);
}

static char *
join_members (JsonArray *array)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (array); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                            json_array_get_string_element (array, i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* A member as a person reads it. (transfer full) */
static char *
member_to_text (VantageEntity *entity, VantageZone *zone, const char *name, JsonNode *node)
{
  const VantageKind *kind = vantage_entity_get_kind (entity);
  const VantageField *field = kind != NULL ? vantage_kind_find_field (kind, name) : NULL;
  gboolean time = field != NULL ? field->type == VANTAGE_FIELD_TIME
                                : strcmp (name, "created") == 0 || strcmp (name, "changed") == 0;
  char *when = NULL;

  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return time ? show_time (zone, json_node_get_string (node)) : json_node_dup_string (node);
  if (JSON_NODE_HOLDS_ARRAY (node))
    return join_members (json_node_get_array (node));
  if (JSON_NODE_HOLDS_OBJECT (node))
    when = show_when (zone, json_node_get_object (node));
  return when != NULL ? when : vantage_json_canonical (node);
}

VantageExit
vantage_cli_print_entity (VantageCli *cli, VantageEntity *entity)
{
  g_autoptr (JsonNode) node = vantage_cli_entity_to_json (cli, entity);
  g_autoptr (VantageZone) zone = NULL;
  g_autoptr (VantageTable) table = vantage_table_new (2);
  g_autoptr (GList) members = NULL;

  if (cli->json)
    return vantage_cli_print (cli, g_steal_pointer (&node));

  zone = vantage_cli_get_zone (cli, vantage_entity_get_review (entity));
  members = json_object_get_members (json_node_get_object (node));
  for (GList *m = members; m != NULL; m = m->next)
    {
      JsonNode *member = json_object_get_member (json_node_get_object (node), m->data);
      g_autofree char *text = member_to_text (entity, zone, m->data, member);

      if (*text != '\0')
        vantage_table_add (table, m->data, text);
    }
  vantage_table_print (table);
  return VANTAGE_EXIT_DONE;
}
