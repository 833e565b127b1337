/* vantage-cli-source.c: sources, and what was left out of them, as JSON or a table. */

#include "config.h"

#include "vantage-cli-item.h"

#include "vantage-words.h"

#include <string.h>

void
vantage_cli_add_skipped (JsonBuilder *builder, GPtrArray *diagnostics, guint64 n_skipped)
{
  json_builder_set_member_name (builder, "skipped");
  json_builder_begin_array (builder);
  for (guint i = 0; diagnostics != NULL && i < diagnostics->len; i++)
    {
      const VantageDiagnostic *diagnostic = g_ptr_array_index (diagnostics, i);
      g_autofree char *reason = vantage_words_diagnostic (diagnostic->code, diagnostic->text);

      if (!diagnostic->skipped)
        continue;
      json_builder_begin_object (builder);
      vantage_cli_add_text (builder, "path", diagnostic->path);
      vantage_cli_add_line (builder, "line", diagnostic->line);
      vantage_cli_add_int (builder, "offset", diagnostic->offset);
      vantage_cli_add_text (builder, "reason", reason);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  vantage_cli_add_int (builder, "skipped_total", (gint64) n_skipped);
}

void
vantage_cli_add_notes (JsonBuilder *builder, GPtrArray *diagnostics, const char *missing)
{
  json_builder_set_member_name (builder, "notes");
  json_builder_begin_array (builder);
  for (guint i = 0; diagnostics != NULL && i < diagnostics->len; i++)
    {
      const VantageDiagnostic *diagnostic = g_ptr_array_index (diagnostics, i);
      g_autofree char *words = vantage_words_diagnostic (diagnostic->code, diagnostic->text);
      g_autofree char *text = diagnostic->path != NULL && *diagnostic->path != '\0'
                                  ? g_strdup_printf ("%s: %s", diagnostic->path, words)
                                  : NULL;

      if (diagnostic->skipped)
        continue;
      json_builder_begin_object (builder);
      vantage_cli_add_text (builder, "code", diagnostic->code);
      vantage_cli_add_text (builder, "text", text != NULL ? text : words);
      json_builder_end_object (builder);
    }
  if (missing != NULL && *missing != '\0')
    {
      json_builder_begin_object (builder);
      vantage_cli_add_text (builder, "code", "missing");
      vantage_cli_add_text (builder, "text", missing);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static gint64
get_count (VantageEntity *source, const char *key)
{
  VantageValue *value = vantage_entity_get_key (source, "counts", key);
  gint64 number;

  return value != NULL && vantage_value_get_int (value, &number) ? number : 0;
}

static void
add_source_kinds (JsonBuilder *builder, VantageEntity *source)
{
  json_builder_set_member_name (builder, "kinds");
  json_builder_begin_object (builder);
  for (guint k = 0; k < VANTAGE_N_ITEM_KINDS; k++)
    {
      const char *kind = vantage_item_kind_to_text (k);
      g_autofree char *key = g_strconcat ("kind.", kind, NULL);
      gint64 n = get_count (source, key);

      if (n > 0)
        vantage_cli_add_int (builder, kind, n);
    }
  json_builder_end_object (builder);
}

/* In the shape that an import prints. What only this computer knows of it may be missing: it was
 * imported elsewhere. */
static gboolean
add_source (VantageCli *cli, JsonBuilder *builder, const char *review, VantageEntity *source,
            GError **error)
{
  g_autofree char *missing = vantage_library_dup_prose (
      cli->library, review, vantage_entity_get_id (source), "missing", NULL);
  g_autoptr (GError) failed = NULL;
  g_autoptr (VantageSourceDetail) detail = vantage_library_get_source_detail (
      cli->library, review, vantage_entity_get_id (source), &failed);

  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  json_builder_begin_object (builder);
  vantage_cli_add_text (builder, "id", vantage_entity_get_id (source));
  vantage_cli_add_text (builder, "path",
                        detail != NULL ? detail->path : vantage_entity_get_title (source));
  vantage_cli_add_text (builder, "format",
                        detail != NULL ? detail->format
                                       : vantage_entity_get_text (source, "family"));
  vantage_cli_add_text (builder, "sha256", vantage_entity_get_text (source, "sha256"));
  vantage_cli_add_int (builder, "items", get_count (source, "items"));
  vantage_cli_add_int (builder, "new_items", get_count (source, "new_items"));
  vantage_cli_add_int (builder, "people", get_count (source, "people"));
  vantage_cli_add_int (builder, "channels", get_count (source, "channels"));
  vantage_cli_add_int (builder, "threads", get_count (source, "threads"));
  vantage_cli_add_time (builder, "first", vantage_entity_get_time (source, "first"));
  vantage_cli_add_time (builder, "last", vantage_entity_get_time (source, "last"));
  add_source_kinds (builder, source);
  vantage_cli_add_skipped (builder, detail != NULL ? detail->diagnostics : NULL,
                           detail != NULL ? detail->n_skipped
                                          : (guint64) get_count (source, "skipped"));
  vantage_cli_add_bool (builder, "complete", vantage_entity_get_yesno (source, "complete"));
  vantage_cli_add_notes (builder, detail != NULL ? detail->diagnostics : NULL, missing);
  json_builder_end_object (builder);
  return TRUE;
}

VantageExit
vantage_cli_print_sources (VantageCli *cli, const char *review)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sources = vantage_library_list (cli->library, review, "source", &error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (VantageTable) table = vantage_table_new (4);

  if (sources == NULL)
    return vantage_cli_fail (error);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "sources");
  json_builder_begin_array (builder);
  for (guint i = 0; i < sources->len; i++)
    {
      VantageEntity *source = g_ptr_array_index (sources, i);
      g_autofree char *n = vantage_words_count ((guint64) get_count (source, "items"));
      g_autofree char *items = g_strdup_printf (_ ("%s items"), n);

      if (!add_source (cli, builder, review, source, &error))
        return vantage_cli_fail (error);
      vantage_table_add (table, vantage_entity_get_id (source), vantage_entity_get_title (source),
                         vantage_entity_get_text (source, "family"), items);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  if (cli->json)
    return vantage_cli_print_builder (cli, g_steal_pointer (&builder));
  vantage_table_print (table);
  return VANTAGE_EXIT_DONE;
}
