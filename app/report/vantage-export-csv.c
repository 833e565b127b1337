/* vantage-export-csv.c: events and items as rows. A cell that a spreadsheet would run as a formula
 * gets an apostrophe in front. */

#include "vantage-report-private.h"

#include <string.h>

/* Quoted where it must be (RFC 4180). */
static void
add_cell (GString *out, const char *text, gboolean last)
{
  const char *shown = text != NULL ? text : "";
  gboolean runs = *shown != '\0' && strchr ("=+-@\t\r", *shown) != NULL;

  if (!runs && strpbrk (shown, ",\"\r\n") == NULL)
    g_string_append (out, shown);
  else
    {
      g_string_append_c (out, '"');
      if (runs)
        g_string_append_c (out, '\'');
      for (const char *p = shown; *p != '\0'; p++)
        {
          if (*p == '"')
            g_string_append_c (out, '"');
          g_string_append_c (out, *p);
        }
      g_string_append_c (out, '"');
    }
  g_string_append (out, last ? "\r\n" : ",");
}

static void
add_row (GString *out, const char *const *cells, guint n_cells)
{
  for (guint i = 0; i < n_cells; i++)
    add_cell (out, cells[i], i + 1 == n_cells);
}

static char *
join_actors (VantageReportBuilder *builder, VantageEntity *event)
{
  g_autoptr (GPtrArray) actors = vantage_entity_list_set (event, "actors");
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < actors->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? "; " : "",
                            vantage_report_name (builder, actors->pdata[i]));
  return g_string_free (names, FALSE);
}

static char *
join_cites (VantageEntity *event)
{
  g_autoptr (GArray) cites = vantage_entity_list_cites (event);
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < cites->len; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? "; " : "",
                            g_array_index (cites, VantageCite, i).item);
  return g_string_free (ids, FALSE);
}

/* The first and the last instant of a *when*; "" where not known. */
static void
read_bounds (VantageReportBuilder *builder, VantageEntity *event, const char *field, char **first,
             char **last)
{
  VantageWhen when;
  gint64 us;

  vantage_entity_get_when (event, field, &when);
  us = vantage_report_get_instant (builder, &when);
  *first = *last = NULL;
  if (us == VANTAGE_TIME_NONE)
    return;
  if (when.sort == VANTAGE_WHEN_AT)
    {
      *first = vantage_time_to_text (CLAMP (us - when.plus_minus_us, VANTAGE_TIME_MIN, us));
      *last = vantage_time_to_text (us + MIN (when.plus_minus_us, VANTAGE_TIME_MAX - us));
      return;
    }
  *first = vantage_time_to_text (us);
  *last = vantage_time_to_text (when.sort == VANTAGE_WHEN_BETWEEN ? when.until_us : us);
}

static void
add_event (GString *out, VantageReportBuilder *builder, VantageEntity *event)
{
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  g_autofree char *end_first = NULL;
  g_autofree char *end_last = NULL;
  g_autofree char *actors = join_actors (builder, event);
  g_autofree char *cites = join_cites (event);
  const char *account = vantage_entity_get_ref (event, "account");

  read_bounds (builder, event, "start", &first, &last);
  read_bounds (builder, event, "end", &end_first, &end_last);
  {
    const char *const cells[] = { vantage_entity_get_id (event),
                                  first,
                                  last,
                                  end_first,
                                  end_last,
                                  vantage_entity_get_title (event),
                                  vantage_entity_get_text (event, "kind"),
                                  vantage_entity_get_text (event, "claim"),
                                  vantage_entity_get_text (event, "confidence"),
                                  actors,
                                  account != NULL ? vantage_report_name (builder, account) : NULL,
                                  cites };

    add_row (out, cells, G_N_ELEMENTS (cells));
  }
}

char *
vantage_export_events_csv (const VantageReportInput *input, const VantageReportOptions *options)
{
  static const char *const headings[] = { "id",         "earliest", "latest",  "end_earliest",
                                          "end_latest", "title",    "kind",    "claim",
                                          "confidence", "actors",   "account", "evidence" };
  g_autoptr (VantageReportBuilder) builder = vantage_report_builder_new (input, options);
  g_autoptr (GPtrArray) events = vantage_report_list (builder, "event");
  GString *out = g_string_new (NULL);

  add_row (out, headings, G_N_ELEMENTS (headings));
  for (guint i = 0; i < events->len; i++)
    add_event (out, builder, events->pdata[i]);
  return g_string_free (out, FALSE);
}

char *
vantage_export_items_csv (GPtrArray *items)
{
  static const char *const headings[] = { "id",     "time", "kind", "person", "channel",
                                          "thread", "text", "url",  "path",   "line" };
  GString *out = g_string_new (NULL);

  add_row (out, headings, G_N_ELEMENTS (headings));
  for (guint i = 0; i < items->len; i++)
    {
      const VantageItem *item = items->pdata[i];
      g_autofree char *id = vantage_item_dup_id (item);
      g_autofree char *time =
          item->time_us != VANTAGE_TIME_NONE ? vantage_time_to_text (item->time_us) : NULL;
      g_autofree char *thread =
          item->thread != NULL ? g_strconcat (item->channel, ".", item->thread, NULL) : NULL;
      g_autofree char *line =
          item->line > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, item->line) : NULL;
      const char *const cells[] = { id,
                                    time,
                                    vantage_item_kind_to_text (item->kind),
                                    item->person_name,
                                    item->channel_name != NULL ? item->channel_name : item->channel,
                                    thread,
                                    vantage_item_get_shown (item),
                                    item->url,
                                    item->path,
                                    line };

      add_row (out, cells, G_N_ELEMENTS (cells));
    }
  return g_string_free (out, FALSE);
}
