/* vantage-pagerduty.c: incidents, log entries, notes and alerts as PagerDuty's interface answers
 * with them, and messages of its webhooks. */

#include "vantage-pagerduty-private.h"

#include "vantage-chat.h"

#include <string.h>

#define MAX_RUN 10000 /* entries of one second that are put into order */

typedef struct
{
  VantagePaging paging;
  GPtrArray *run;     /* VantageItem: log entries of one instant, in the order of the file */
  GArray *places;     /* (element-type Place) of them */
  gboolean ascending; /* what the list before the run showed */
} Pagerduty;

typedef struct
{
  const VantageEntry *entry;
  gint64 offset, length;
} Place;

/* ---- recognising ---- */

static gboolean
is_record (VantageNode *node)
{
  return vantage_pagerduty_classify (node) != VANTAGE_PAGERDUTY_NOTHING;
}

static const char *const ways[] = {
  "incidents", "incident",       "log_entries", "log_entry",     "notes", "note", "alerts",
  "alert",     "status_updates", "messages",    "status_update", "event", NULL
};

static gboolean
is_makers_address (const char *url)
{
  return url != NULL && strstr (url, ".pagerduty.com/") != NULL;
}

static gboolean
names_maker (VantageNode *node)
{
  static const char *const inside[] = { "agent", "service", "user", "incident", "sender" };

  if (is_makers_address (vantage_paging_get (node, "self")) ||
      is_makers_address (vantage_paging_get (node, "html_url")))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (inside); i++)
    {
      VantageNode *child = vantage_node_get_object (node, inside[i]);

      if (is_makers_address (vantage_paging_get (child, "self")) ||
          is_makers_address (vantage_paging_get (child, "html_url")))
        return TRUE;
    }
  return FALSE;
}

static int
score_record (VantageNode *node)
{
  if (names_maker (node))
    return 95;
  switch (vantage_pagerduty_classify (node))
    {
    case VANTAGE_PAGERDUTY_MESSAGE:
    case VANTAGE_PAGERDUTY_EVENT:
    case VANTAGE_PAGERDUTY_ENTRY:
      return 85;
    case VANTAGE_PAGERDUTY_INCIDENT:
      return vantage_node_get (node, "urgency") != NULL ||
                     vantage_node_get_object (node, "service") != NULL
                 ? 80
                 : 45;
    case VANTAGE_PAGERDUTY_ALERT:
      return vantage_node_get (node, "alert_key") != NULL ? 75 : 30;
    case VANTAGE_PAGERDUTY_NOTE:
    case VANTAGE_PAGERDUTY_UPDATE:
      return 30;
    case VANTAGE_PAGERDUTY_NOTHING:
    default:
      return 0;
    }
}

static gboolean take (VantageReading *reading, VantageNode *record, const VantageRecordPlace *place,
                      gpointer user_data, GError **error);

static const VantageRecordShape shape = { is_record, ways, take, FALSE };

static int
score (VantageSniff *sniff)
{
  VantageNode *record = vantage_chat_sniff (sniff, &shape);
  VantageInput *input = vantage_sniff_get_input (sniff);

  if (record != NULL)
    return score_record (record);
  for (guint i = 0; i < MIN (vantage_input_get_n_entries (input), 8); i++)
    if (vantage_pagerduty_is_table (input, vantage_input_get_entry (input, i)))
      return 85;
  return 0;
}

/* Lists of PagerDuty's that tell of no incident. */
static gboolean
is_directory (VantageNode *node)
{
  static const char *const kinds[] = { "service",  "team",     "user",
                                       "priority", "schedule", "escalation_policy" };
  const char *type = vantage_paging_get (node, "type");

  if (type == NULL || !is_makers_address (vantage_paging_get (node, "self")))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_prefix (type, kinds[i]))
      return TRUE;
  return FALSE;
}

static char *
near_miss (VantageSniff *sniff)
{
  static const char *const lists[] = { "services",   "teams",     "users",
                                       "priorities", "schedules", "escalation_policies",
                                       NULL };
  static const VantageRecordShape directory = { is_directory, lists, NULL, FALSE };

  if (vantage_chat_sniff (sniff, &directory) == NULL)
    return NULL;
  return g_strdup ("this is a list from PagerDuty of services, teams, users or the like, which "
                   "tells of no incident: export the incidents (`GET /incidents`) and their log "
                   "entries (`GET /incidents/ID/log_entries?include[]=channels`)");
}

/* ---- log entries of one second ---- */

static gboolean
give_run (Pagerduty *self, gboolean ascending, GError **error)
{
  VantagePaging *paging = &self->paging;
  const Place now = { paging->entry, paging->offset, paging->length };

  for (guint i = 0; i < self->run->len; i++)
    {
      guint at = ascending ? i : self->run->len - 1 - i;
      const Place *place = &g_array_index (self->places, Place, at);

      paging->entry = place->entry;
      paging->offset = place->offset;
      paging->length = place->length;
      if (!vantage_paging_take (paging, vantage_item_ref (self->run->pdata[at]), error))
        return FALSE;
    }
  paging->entry = now.entry;
  paging->offset = now.offset;
  paging->length = now.length;
  g_ptr_array_set_size (self->run, 0);
  g_array_set_size (self->places, 0);
  return TRUE;
}

/* The interface lists the newest first. Entries of the same second must not turn round for it: they
 * are held back until another second shows which way the list goes. */
static gboolean
hold_entry (Pagerduty *self, VantageItem *item, GError **error)
{
  const Place place = { self->paging.entry, self->paging.offset, self->paging.length };

  if (self->run->len > 0)
    {
      gint64 run_us = ((VantageItem *) self->run->pdata[0])->time_us;

      if (run_us != item->time_us || self->run->len >= MAX_RUN)
        {
          if (run_us != item->time_us)
            self->ascending = item->time_us > run_us;
          if (!give_run (self, self->ascending, error))
            {
              vantage_item_unref (item);
              return FALSE;
            }
        }
    }
  g_ptr_array_add (self->run, item);
  g_array_append_val (self->places, place);
  return TRUE;
}

/* At the end of a list nothing follows; what came before shows the way, else it is newest first. */
static gboolean
end_list (Pagerduty *self, GError **error)
{
  gboolean ok = give_run (self, self->ascending, error);

  self->ascending = FALSE;
  return ok;
}

/* ---- reading ---- */

static gboolean
take_one (Pagerduty *self, VantagePagerdutySort sort, VantageNode *record, VantageNode *outer,
          GError **error)
{
  VantageItem *item;

  if (!vantage_pagerduty_make (&self->paging, sort, record, outer, &item, error))
    return FALSE;
  if (item == NULL)
    return TRUE;
  return sort == VANTAGE_PAGERDUTY_ENTRY ? hold_entry (self, item, error)
                                         : vantage_paging_take (&self->paging, item, error);
}

/* A webhook's second version carries log entries whole: they are what the interface lists too. */
static gboolean
take_message (Pagerduty *self, VantageNode *record, GError **error)
{
  VantageNode *entries = vantage_node_get_array (record, "log_entries");
  guint n = 0;

  for (VantageNode *at = entries != NULL ? vantage_node_first (entries) : NULL; at != NULL;
       at = vantage_node_next (entries, at))
    if (at->type == VANTAGE_NODE_OBJECT &&
        vantage_pagerduty_classify (at) == VANTAGE_PAGERDUTY_ENTRY)
      {
        n++;
        if (!take_one (self, VANTAGE_PAGERDUTY_ENTRY, at, record, error))
          return FALSE;
      }
  return n > 0 ? end_list (self, error)
               : take_one (self, VANTAGE_PAGERDUTY_MESSAGE, record, NULL, error);
}

static gboolean
take (VantageReading *reading, VantageNode *record, const VantageRecordPlace *place,
      gpointer user_data, GError **error)
{
  Pagerduty *self = user_data;
  VantagePagerdutySort sort = vantage_pagerduty_classify (record);

  if (self->paging.entry != place->entry && !end_list (self, error))
    return FALSE;
  vantage_paging_set_place (&self->paging, place);
  if (sort == VANTAGE_PAGERDUTY_MESSAGE)
    return take_message (self, record, error);
  return take_one (self, sort, record, place->outer, error);
}

static gboolean
read_entries (Pagerduty *self, VantageRecords *records, GError **error)
{
  VantageReading *reading = self->paging.reading;
  guint n = vantage_input_get_n_entries (reading->input);

  for (guint i = 0; i < n; i++)
    {
      const VantageEntry *entry = vantage_input_get_entry (reading->input, i);
      gboolean ok;

      if (vantage_records_is_json (reading, entry))
        ok = vantage_records_walk (records, entry, error) && end_list (self, error);
      else if (vantage_pagerduty_is_table (reading->input, entry))
        ok = vantage_pagerduty_read_table (&self->paging, entry, error);
      else
        ok = n == 1 || vantage_reading_note (reading, "unknown-file", entry, 0, -1, error,
                                             "it is neither JSON nor a table of incidents");
      if (!ok)
        return FALSE;
    }
  return vantage_records_finish (records, error);
}

static gboolean
read_all (VantageReading *reading, GError **error)
{
  Pagerduty self = { .ascending = FALSE };
  g_autoptr (VantageRecords) records = vantage_records_new (reading, &shape, &self);
  gboolean ok;

  vantage_paging_init (&self.paging, reading);
  self.run = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_item_unref);
  self.places = g_array_new (FALSE, FALSE, sizeof (Place));
  vantage_paging_find_system (&self.paging, ".pagerduty.com");
  ok = read_entries (&self, records, error) &&
       vantage_paging_finish (&self.paging, "records", error);
  g_ptr_array_unref (self.run);
  g_array_unref (self.places);
  vantage_paging_clear (&self.paging);
  return ok;
}

const VantageReader vantage_pagerduty_reader = {
  .format = { "pagerduty", "PagerDuty incidents and log entries", "json jsonl csv zip" },
  .family = "pagerduty",
  .score = score,
  .near_miss = near_miss,
  .read = read_all,
};
