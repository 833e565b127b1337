/* vantage-cli-item.c: items as JSON, CSV, or lines for a person. */

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
  vantage_cli_add_line (builder, "line", item->line);
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

typedef struct
{
  VantageZone *zone;
  gboolean first;
} Printing;

static gboolean
print_line (VantageItem *item, gpointer user_data)
{
  const Printing *printing = user_data;
  g_autofree char *when =
      item->time_us != VANTAGE_TIME_NONE
          ? vantage_zone_format (printing->zone, item->time_us, VANTAGE_SHOW_FULL)
          : g_strdup (_ ("(no time)"));
  g_autofree char *text = vantage_text_shorten (vantage_item_get_shown (item), 200);
  g_autofree char *name = vantage_table_make_cell (item->person_name);
  g_autofree char *channel = vantage_table_make_cell (item->channel_name);
  g_autofree char *words = vantage_table_make_cell (text);

  g_print ("%s  %s  %s: %s\n", when, channel, name, words);
  return TRUE;
}

static gboolean
print_ndjson (VantageItem *item, gpointer user_data)
{
  g_autoptr (JsonNode) node = vantage_cli_item_to_json (item);
  g_autofree char *text = vantage_json_canonical (node);

  g_print ("%s\n", text);
  return TRUE;
}

/* One of the array: each on a line of its own, so that millions need no memory. */
static gboolean
print_element (VantageItem *item, gpointer user_data)
{
  Printing *printing = user_data;
  g_autoptr (JsonNode) node = vantage_cli_item_to_json (item);
  g_autofree char *text = vantage_json_canonical (node);

  g_print ("%s\n    %s", printing->first ? "" : ",", text);
  printing->first = FALSE;
  return TRUE;
}

/* All of them as a stream, or the page that was asked for. */
static gboolean
each_item (VantageCli *cli, const char *review, const VantageItemQuery *query, int limit,
           guint64 offset, VantageItemFunc each, gpointer user_data, GError **error)
{
  g_autoptr (GPtrArray) items = NULL;

  if (limit == 0)
    return TRUE;
  if (limit < 0 && offset == 0)
    return vantage_library_each_item (cli->library, review, query, each, user_data, NULL, error);
  items = vantage_library_query_items (cli->library, review, query, limit < 0 ? 0 : (guint) limit,
                                       offset, NULL, error);
  for (guint i = 0; items != NULL && i < items->len; i++)
    each (g_ptr_array_index (items, i), user_data);
  return items != NULL;
}

static VantageExit
print_json (VantageCli *cli, const char *review, const VantageItemQuery *query, int limit,
            guint64 offset)
{
  g_autoptr (GError) error = NULL;
  gint64 total = vantage_library_count_items (cli->library, review, query, NULL, &error);
  Printing printing = { .first = TRUE };

  if (total < 0)
    return vantage_cli_fail (error);
  g_print ("{\n  \"total\": %" G_GINT64_FORMAT ",\n  \"items\": [", total);
  if (!each_item (cli, review, query, limit, offset, print_element, &printing, &error))
    return vantage_cli_fail (error);
  g_print ("%s]\n}\n", printing.first ? "" : "\n  ");
  return VANTAGE_EXIT_DONE;
}

static VantageExit
print_csv (VantageCli *cli, const char *review, const VantageItemQuery *query, int limit,
           guint64 offset)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autofree char *csv = NULL;

  items = limit == 0
              ? g_ptr_array_new ()
              : vantage_library_query_items (cli->library, review, query,
                                             limit < 0 ? 0 : (guint) limit, offset, NULL, &error);
  if (items == NULL)
    return vantage_cli_fail (error);
  csv = vantage_export_items_csv (items);
  g_print ("%s", csv);
  return VANTAGE_EXIT_DONE;
}

VantageExit
vantage_cli_print_items (VantageCli *cli, const char *review, const VantageItemQuery *query,
                         int limit, guint64 offset, const char *shape)
{
  g_autoptr (VantageZone) zone = vantage_cli_get_zone (cli, review);
  Printing printing = { .zone = zone };
  g_autoptr (GError) error = NULL;

  if (g_strcmp0 (shape, "json") == 0)
    return print_json (cli, review, query, limit, offset);
  if (g_strcmp0 (shape, "csv") == 0)
    return print_csv (cli, review, query, limit, offset);
  return each_item (cli, review, query, limit, offset, shape != NULL ? print_ndjson : print_line,
                    &printing, &error)
             ? VANTAGE_EXIT_DONE
             : vantage_cli_fail (error);
}
