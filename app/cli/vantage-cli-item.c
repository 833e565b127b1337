/* vantage-cli-item.c: items and sources as JSON, CSV, or lines for a person. */

#include "config.h"

#include "vantage-cli-item.h"

#include "vantage-json.h"
#include "vantage-report.h"
#include "vantage-text.h"
#include "vantage-words.h"

#include <string.h>

static void
add_reactions (JsonBuilder *builder, const VantageItem *item)
{
  json_builder_set_member_name (builder, "reactions");
  json_builder_begin_array (builder);
  for (guint i = 0; item->reactions != NULL && i < item->reactions->len; i++)
    {
      const VantageReaction *reaction = g_ptr_array_index (item->reactions, i);

      json_builder_begin_object (builder);
      vantage_cli_add_text (builder, "name", reaction->name);
      vantage_cli_add_int (builder, "count", reaction->count);
      json_builder_set_member_name (builder, "by");
      json_builder_begin_array (builder);
      for (char **by = reaction->by; by != NULL && *by != NULL; by++)
        json_builder_add_string_value (builder, *by);
      json_builder_end_array (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_attachments (JsonBuilder *builder, const VantageItem *item)
{
  json_builder_set_member_name (builder, "attachments");
  json_builder_begin_array (builder);
  for (guint i = 0; item->attachments != NULL && i < item->attachments->len; i++)
    {
      const VantageAttachment *attachment = g_ptr_array_index (item->attachments, i);

      json_builder_begin_object (builder);
      vantage_cli_add_text (builder, "name", attachment->name);
      vantage_cli_add_text (builder, "type", attachment->type);
      vantage_cli_add_text (builder, "url", attachment->url);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_mentions (JsonBuilder *builder, const VantageItem *item)
{
  json_builder_set_member_name (builder, "mentions");
  json_builder_begin_array (builder);
  for (char **mention = item->mentions; mention != NULL && *mention != NULL; mention++)
    json_builder_add_string_value (builder, *mention);
  json_builder_end_array (builder);
}

static void
add_origin (JsonBuilder *builder, const VantageItem *item)
{
  json_builder_set_member_name (builder, "origin");
  json_builder_begin_object (builder);
  vantage_cli_add_text (builder, "path", item->path);
  vantage_cli_add_int (builder, "line", item->line);
  vantage_cli_add_int (builder, "offset", item->offset);
  json_builder_end_object (builder);
}

/* The id of another item of the same channel. (transfer full) (nullable) */
static char *
sibling_id (const VantageItem *item, const char *local)
{
  return local != NULL ? g_strconcat (item->channel, ".", local, NULL) : NULL;
}

JsonNode *
vantage_cli_item_to_json (const VantageItem *item)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *id = vantage_item_dup_id (item);
  g_autofree char *thread = sibling_id (item, item->thread);
  g_autofree char *reply_to = sibling_id (item, item->reply_to);
  g_autofree char *digest = vantage_item_digest (item);

  json_builder_begin_object (builder);
  vantage_cli_add_text (builder, "id", id);
  vantage_cli_add_text (builder, "source", item->source);
  vantage_cli_add_text (builder, "kind", vantage_item_kind_to_text (item->kind));
  vantage_cli_add_time (builder, "time", item->time_us);
  vantage_cli_add_time (builder, "edited", item->edited_us);
  vantage_cli_add_text (builder, "person", item->person);
  vantage_cli_add_text (builder, "identity", item->identity);
  vantage_cli_add_text (builder, "channel", item->channel_name);
  vantage_cli_add_text (builder, "thread", thread);
  vantage_cli_add_text (builder, "reply_to", reply_to);
  vantage_cli_add_text (builder, "text", vantage_item_get_shown (item));
  vantage_cli_add_text (builder, "url", item->url);
  add_reactions (builder, item);
  add_attachments (builder, item);
  add_mentions (builder, item);
  add_origin (builder, item);
  vantage_cli_add_text (builder, "sha256", digest);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static void
print_line (const VantageItem *item, VantageZone *zone)
{
  g_autofree char *when = item->time_us != VANTAGE_TIME_NONE
                              ? vantage_zone_format (zone, item->time_us, VANTAGE_SHOW_FULL)
                              : g_strdup (_ ("(no time)"));
  g_autofree char *text = vantage_text_shorten (vantage_item_get_shown (item), 200);

  g_print ("%s  %s  %s: %s\n", when, item->channel_name != NULL ? item->channel_name : "",
           item->person_name != NULL ? item->person_name : "", text);
}

static VantageExit
print_json (VantageCli *cli, GPtrArray *items, gint64 total)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  vantage_cli_add_int (builder, "total", total);
  json_builder_set_member_name (builder, "items");
  json_builder_begin_array (builder);
  for (guint i = 0; i < items->len; i++)
    json_builder_add_value (builder, vantage_cli_item_to_json (g_ptr_array_index (items, i)));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return vantage_cli_print_builder (cli, g_steal_pointer (&builder));
}

static gboolean
print_one_json (VantageItem *item, gpointer user_data)
{
  g_autoptr (JsonNode) node = vantage_cli_item_to_json (item);
  g_autofree char *text = json_to_string (node, FALSE);

  g_print ("%s\n", text);
  return TRUE;
}

VantageExit
vantage_cli_print_items (VantageCli *cli, const char *review, const VantageItemQuery *query,
                         guint limit, guint64 offset, const char *shape)
{
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (VantageZone) zone = vantage_cli_get_zone (cli, review);
  g_autofree char *csv = NULL;
  gint64 total;
  g_autoptr (GError) error = NULL;

  if (g_strcmp0 (shape, "ndjson") == 0 && limit == 0 && offset == 0)
    return vantage_library_each_item (cli->library, review, query, print_one_json, NULL, NULL,
                                      &error)
               ? VANTAGE_EXIT_DONE
               : vantage_cli_fail (error);

  total = vantage_library_count_items (cli->library, review, query, NULL, &error);
  if (total >= 0)
    items = vantage_library_query_items (cli->library, review, query, limit, offset, NULL, &error);
  if (items == NULL)
    return vantage_cli_fail (error);
  if (g_strcmp0 (shape, "json") == 0)
    return print_json (cli, items, total);
  if (g_strcmp0 (shape, "csv") == 0)
    {
      csv = vantage_export_items_csv (items);
      g_print ("%s", csv);
      return VANTAGE_EXIT_DONE;
    }
  for (guint i = 0; i < items->len; i++)
    if (shape != NULL)
      print_one_json (g_ptr_array_index (items, i), NULL);
    else
      print_line (g_ptr_array_index (items, i), zone);
  return VANTAGE_EXIT_DONE;
}

/* ---- sources ---- */

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
      gint64 n = get_count (source, kind);

      if (n > 0)
        vantage_cli_add_int (builder, kind, n);
    }
  json_builder_end_object (builder);
}

static void
add_empty_array (JsonBuilder *builder, const char *name)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  json_builder_end_array (builder);
}

static void
add_source (VantageCli *cli, JsonBuilder *builder, const char *review, VantageEntity *source)
{
  g_autofree char *missing = vantage_library_dup_prose (
      cli->library, review, vantage_entity_get_id (source), "missing", NULL);

  json_builder_begin_object (builder);
  vantage_cli_add_text (builder, "id", vantage_entity_get_id (source));
  vantage_cli_add_text (builder, "path", vantage_entity_get_text (source, "title"));
  vantage_cli_add_text (builder, "format", vantage_entity_get_text (source, "family"));
  vantage_cli_add_text (builder, "sha256", vantage_entity_get_text (source, "sha256"));
  vantage_cli_add_int (builder, "items", get_count (source, "items"));
  vantage_cli_add_int (builder, "new_items", get_count (source, "new_items"));
  vantage_cli_add_int (builder, "people", get_count (source, "people"));
  vantage_cli_add_int (builder, "channels", get_count (source, "channels"));
  vantage_cli_add_int (builder, "threads", get_count (source, "threads"));
  vantage_cli_add_time (builder, "first", vantage_entity_get_time (source, "first"));
  vantage_cli_add_time (builder, "last", vantage_entity_get_time (source, "last"));
  add_source_kinds (builder, source);
  add_empty_array (builder, "skipped");
  vantage_cli_add_int (builder, "skipped_total", get_count (source, "skipped"));
  vantage_cli_add_bool (builder, "complete", vantage_entity_get_yesno (source, "complete"));
  add_empty_array (builder, "notes");
  if (missing != NULL && *missing != '\0')
    vantage_cli_add_text (builder, "missing", missing);
  json_builder_end_object (builder);
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

      add_source (cli, builder, review, source);
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
