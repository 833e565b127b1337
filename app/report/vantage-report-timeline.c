/* vantage-report-timeline.c: what happened, by day and time; who was there; what it meant for
 * others.
 */

#include "vantage-report-private.h"

#include <string.h>

/* ---- timeline ---- */

typedef struct
{
  VantageEntity *event;
  VantageReportTime time;
} TimedEvent;

static void
clear_timed (gpointer data)
{
  vantage_report_time_clear (&((TimedEvent *) data)->time);
}

static int
compare_timed (gconstpointer a, gconstpointer b)
{
  const TimedEvent *one = a;
  const TimedEvent *other = b;

  if (one->time.sort_us != other->time.sort_us)
    {
      if (one->time.sort_us == VANTAGE_TIME_NONE)
        return 1;
      if (other->time.sort_us == VANTAGE_TIME_NONE)
        return -1;
      return one->time.sort_us < other->time.sort_us ? -1 : 1;
    }
  return strcmp (vantage_entity_get_id (one->event), vantage_entity_get_id (other->event));
}

/* For everyone: only what findings speak of. */
static gboolean
shows_event (GHashTable *spoken_of, VantageEntity *event)
{
  return g_strcmp0 (vantage_entity_get_text (event, "claim"), "imagined") != 0 &&
         (spoken_of == NULL || g_hash_table_contains (spoken_of, vantage_entity_get_id (event)));
}

static GHashTable *
list_spoken_of (VantageReportBuilder *self)
{
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) findings = vantage_report_list (self, "finding");

  for (guint i = 0; i < findings->len; i++)
    {
      g_autoptr (GPtrArray) events = vantage_entity_list_set (findings->pdata[i], "events");

      for (guint j = 0; j < events->len; j++)
        g_hash_table_add (ids, g_strdup (events->pdata[j]));
    }
  return ids;
}

void
vantage_report_plan_timeline (VantageReportBuilder *self)
{
  g_autoptr (GPtrArray) events = vantage_report_list (self, "event");
  g_autoptr (GHashTable) spoken_of =
      self->options.audience == VANTAGE_REPORT_EVERYONE ? list_spoken_of (self) : NULL;

  for (guint i = 0; i < events->len; i++)
    if (shows_event (spoken_of, events->pdata[i]))
      {
        const char *id = vantage_entity_get_id (events->pdata[i]);

        g_hash_table_insert (self->anchors, g_strdup (id), g_strconcat ("event-", id, NULL));
      }
}

static void
add_heading_cell (VantageNode *row, const char *text)
{
  vantage_node_add (vantage_node_add (row, VANTAGE_NODE_CELL, NULL), VANTAGE_NODE_TEXT, text);
}

static VantageNode *
begin_table (VantageNode *parent, const char *caption, const char *const *headings)
{
  VantageNode *table = vantage_node_add (parent, VANTAGE_NODE_TABLE, caption);
  VantageNode *row = vantage_node_add (table, VANTAGE_NODE_ROW, NULL);

  for (guint i = 0; headings[i] != NULL; i++)
    add_heading_cell (row, headings[i]);
  return table;
}

static void
add_actors (VantageReportBuilder *self, VantageNode *cell, VantageEntity *event)
{
  g_autoptr (GPtrArray) actors = vantage_entity_list_set (event, "actors");
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < actors->len; i++)
    {
      const char *name = vantage_report_name (self, actors->pdata[i]);

      if (!g_hash_table_add (seen, (char *) name))
        continue;
      if (g_hash_table_size (seen) > 1)
        vantage_node_add (cell, VANTAGE_NODE_TEXT, ", ");
      vantage_node_add (cell, VANTAGE_NODE_TEXT, name);
    }
}

/* What a claim rests on: its kind, whose account it is, and the evidence. */
static void
add_ground (VantageReportBuilder *self, VantageNode *cell, VantageEntity *event)
{
  const char *claim = vantage_entity_get_text (event, "claim");
  const char *account = vantage_entity_get_ref (event, "account");

  if (claim != NULL)
    vantage_node_add (cell, VANTAGE_NODE_TEXT, vantage_report_word (self, "claim", claim));
  if (account != NULL)
    {
      /* translators: %s: a person whose account something rests on */
      g_autofree char *by = g_strdup_printf (_ ("told by %s"), vantage_report_name (self, account));

      vantage_node_add (cell, VANTAGE_NODE_TEXT, claim != NULL ? ", " : "");
      vantage_node_add (cell, VANTAGE_NODE_TEXT, by);
    }
  {
    g_autoptr (GArray) cites = vantage_entity_list_cites (event);

    if (!vantage_node_is_empty (cell) && cites->len > 0)
      vantage_node_add (cell, VANTAGE_NODE_TEXT, " ");
  }
  vantage_report_add_cites (self, cell, event);
}

static void
add_event_row (VantageReportBuilder *self, VantageNode *table, const TimedEvent *timed)
{
  VantageEntity *event = timed->event;
  const char *id = vantage_entity_get_id (event);
  const char *kind = vantage_entity_get_text (event, "kind");
  VantageNode *row = vantage_node_add (table, VANTAGE_NODE_ROW, NULL);
  VantageNode *cell;

  row->id = g_strconcat ("event-", id, NULL);
  cell = vantage_node_add (row, VANTAGE_NODE_CELL, NULL);
  vantage_node_add (cell, VANTAGE_NODE_TEXT, timed->time.text != NULL ? timed->time.text : "–");
  add_actors (self, vantage_node_add (row, VANTAGE_NODE_CELL, NULL), event);
  cell = vantage_node_add (row, VANTAGE_NODE_CELL, NULL);
  if (kind != NULL && g_strcmp0 (kind, "other") != 0)
    {
      vantage_node_add (cell, VANTAGE_NODE_EMPHASIS,
                        vantage_report_word (self, "event-kind", kind));
      vantage_node_add (cell, VANTAGE_NODE_TEXT, " · ");
    }
  vantage_report_add_text (self, cell, vantage_entity_get_title (event), "event", id);
  if (self->options.audience == VANTAGE_REPORT_TEAM)
    {
      g_autoptr (VantageNode) body = vantage_node_new (VANTAGE_NODE_PARAGRAPH, NULL);

      if (vantage_report_add_prose_inline (self, body, event, "body"))
        {
          vantage_node_add (cell, VANTAGE_NODE_TEXT, "\n");
          while (body->children->len > 0)
            vantage_node_append (cell, g_ptr_array_steal_index (body->children, 0));
        }
    }
  add_ground (self, vantage_node_add (row, VANTAGE_NODE_CELL, NULL), event);
}

void
vantage_report_add_timeline (VantageReportBuilder *self)
{
  const char *headings[] = { _ ("Time"), _ ("Who"), _ ("What"), _ ("How we know"), NULL };
  g_autoptr (GPtrArray) events = vantage_report_list (self, "event");
  g_autoptr (GArray) timed = g_array_new (FALSE, FALSE, sizeof (TimedEvent));
  VantageNode *section = vantage_report_add_section (self->root, 2, _ ("Timeline"), "timeline");
  VantageNode *table = NULL;
  const char *day = NULL;

  g_array_set_clear_func (timed, clear_timed);
  for (guint i = 0; i < events->len; i++)
    if (g_hash_table_contains (self->anchors, vantage_entity_get_id (events->pdata[i])))
      {
        TimedEvent one = { .event = events->pdata[i] };

        vantage_report_read_time (self, one.event, &one.time);
        g_array_append_val (timed, one);
      }
  g_array_sort (timed, compare_timed);
  for (guint i = 0; i < timed->len; i++)
    {
      const TimedEvent *one = &g_array_index (timed, TimedEvent, i);

      if (table == NULL || g_strcmp0 (one->time.day, day) != 0)
        {
          g_autofree char *caption = one->time.day != NULL
                                         ? vantage_report_dup_long_day (self, one->time.sort_us)
                                         : g_strdup (_ ("Time not known"));

          table = begin_table (vantage_report_add_section (section, 3, caption, NULL), caption,
                               headings);
          day = one->time.day;
        }
      add_event_row (self, table, one);
    }
  vantage_report_end_section (self->root, section);
}

/* ---- people ---- */

void
vantage_report_add_people (VantageReportBuilder *self)
{
  const char *headings[] = { _ ("Who"), _ ("Team"), _ ("Role"), NULL };
  g_autoptr (GPtrArray) persons = vantage_report_list (self, "person");
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  VantageNode *section;
  VantageNode *table = NULL;

  if (self->options.audience == VANTAGE_REPORT_EVERYONE)
    return;
  section = vantage_report_add_section (self->root, 2, _ ("Who was there"), "people");
  for (guint i = 0; i < persons->len; i++)
    {
      VantageEntity *person = persons->pdata[i];
      const char *team = vantage_entity_get_text (person, "team");
      const char *role = vantage_entity_get_text (person, "role");
      const char *name;
      VantageNode *row;

      if (vantage_entity_get_ref (person, "into") != NULL)
        continue;
      name = vantage_report_name (self, vantage_entity_get_id (person));
      if (!g_hash_table_add (seen, (char *) name))
        continue;
      if (table == NULL)
        table = begin_table (section, _ ("People, systems and automations"), headings);
      row = vantage_node_add (table, VANTAGE_NODE_ROW, NULL);
      add_heading_cell (row, name);
      add_heading_cell (row, team != NULL ? team : "");
      add_heading_cell (row, role != NULL ? role : "");
    }
  vantage_report_end_section (self->root, section);
}

/* ---- impact ---- */

static void
add_impact_point (VantageReportBuilder *self, VantageNode *list, VantageEntity *point,
                  const char *unit)
{
  VantageNode *item = vantage_node_add (list, VANTAGE_NODE_ITEM, NULL);
  VantageWhen when;
  gint64 us;
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *at = NULL;
  g_autofree char *text = NULL;

  vantage_entity_get_when (point, "at", &when);
  us = vantage_report_get_instant (self, &when);
  at = us != VANTAGE_TIME_NONE ? vantage_report_dup_instant (self, us)
                               : g_strdup (_ ("Time not known"));
  g_ascii_formatd (number, sizeof number, "%.10g", vantage_entity_get_number (point, "value", 0));
  text = g_strdup_printf ("%s: %s %s", at, number, unit != NULL ? unit : "");
  vantage_node_add (item, VANTAGE_NODE_TEXT, g_strchomp (text));
  vantage_report_add_cites (self, item, point);
}

void
vantage_report_add_impact (VantageReportBuilder *self)
{
  g_autoptr (GPtrArray) impacts = vantage_report_list (self, "impact");
  g_autoptr (GPtrArray) points = vantage_report_list (self, "impact_point");
  VantageNode *section = vantage_report_add_section (self->root, 2, _ ("Impact"), "impact");

  for (guint i = 0; i < impacts->len; i++)
    {
      VantageEntity *impact = impacts->pdata[i];
      const char *unit = vantage_entity_get_text (impact, "unit");
      VantageNode *paragraph = vantage_node_add (section, VANTAGE_NODE_PARAGRAPH, NULL);
      VantageNode *list = NULL;

      vantage_report_add_text (self, paragraph, vantage_entity_get_title (impact), "impact",
                               vantage_entity_get_id (impact));
      vantage_report_add_cites (self, paragraph, impact);
      for (guint j = 0; j < points->len; j++)
        if (g_strcmp0 (vantage_entity_get_ref (points->pdata[j], "impact"),
                       vantage_entity_get_id (impact)) == 0)
          {
            if (list == NULL)
              list = vantage_node_add (section, VANTAGE_NODE_LIST, NULL);
            add_impact_point (self, list, points->pdata[j], unit);
          }
    }
  vantage_report_end_section (self->root, section);
}
