/* vantage-statuspage.c: what customers were told: each update of each incident of a status page. */

#include "vantage-paging.h"

#include "vantage-chat.h"

#include <string.h>

typedef struct
{
  VantagePaging paging;
  GHashTable *pages;         /* page id → its name */
  const VantageEntry *known; /* the file whose page was looked for */
} Statuspage;

static gboolean
is_incident (VantageNode *node)
{
  return vantage_node_get_array (node, "incident_updates") != NULL &&
         vantage_node_get (node, "id") != NULL;
}

static gboolean
is_component (VantageNode *node)
{
  return vantage_node_get_object (node, "component_update") != NULL;
}

static gboolean
is_record (VantageNode *node)
{
  return is_incident (node) || is_component (node);
}

/* ---- the page ---- */

static void
learn_page (Statuspage *self, VantageNode *page)
{
  const char *id = vantage_paging_get (page, "id"), *name = vantage_paging_get (page, "name");

  if (id != NULL && name != NULL)
    g_hash_table_replace (self->pages, g_strdup (id), g_strdup (name));
}

/* A list of incidents is read one by one; the page stands before it. */
static void
look_for_page (Statuspage *self, const VantageEntry *entry)
{
  g_autoptr (GBytes) head = vantage_input_peek (self->paging.reading->input, entry);
  gsize length;
  const char *bytes = g_bytes_get_data (head, &length);
  g_autoptr (VantageTokens) tokens = vantage_tokens_new_for_data (bytes, length);
  VantageNode *node = vantage_tokens_read_head (tokens);

  self->known = entry;
  if (node != NULL && node->type == VANTAGE_NODE_OBJECT)
    learn_page (self, vantage_node_get_object (node, "page"));
}

/* The page is the channel, and what speaks: no person is ever named. */
static gboolean
tell_page (Statuspage *self, const char *id, VantageItem *item, GError **error)
{
  const char *key = id != NULL ? id : "statuspage";
  const char *name = g_hash_table_lookup (self->pages, key);

  if (name == NULL)
    name = id != NULL ? id : "Statuspage";
  item->account = g_strdup (key);
  return vantage_paging_tell_channel (&self->paging, VANTAGE_CHANNEL_ALERTS, key, name,
                                      &item->channel, error) &&
         vantage_paging_tell_person (&self->paging, key, name, NULL, TRUE, error);
}

/* ---- words ---- */

/* "<br />" and "</p>" end lines, other marks say nothing; entities are undone once. (transfer full)
 */
static char *
dup_plain (const char *html)
{
  static const struct
  {
    const char *entity, *text;
  } entities[] = {
    { "&amp;", "&" }, { "&lt;", "<" },   { "&gt;", ">" },   { "&quot;", "\"" },
    { "&#39;", "'" }, { "&apos;", "'" }, { "&nbsp;", " " },
  };
  GString *out = g_string_new (NULL);

  for (const char *at = html != NULL ? html : ""; *at != '\0';)
    {
      const char *end =
          *at == '<' && (g_ascii_isalpha (at[1]) || at[1] == '/') ? strchr (at, '>') : NULL;
      gsize taken = 0;

      if (end != NULL && end - at < 200)
        {
          if (g_ascii_strncasecmp (at, "<br", 3) == 0 || g_ascii_strncasecmp (at, "</p", 3) == 0 ||
              g_ascii_strncasecmp (at, "</li", 4) == 0)
            g_string_append_c (out, '\n');
          at = end + 1;
          continue;
        }
      for (gsize i = 0; *at == '&' && taken == 0 && i < G_N_ELEMENTS (entities); i++)
        if (g_str_has_prefix (at, entities[i].entity))
          {
            g_string_append (out, entities[i].text);
            taken = strlen (entities[i].entity);
          }
      if (taken == 0)
        g_string_append_c (out, *at);
      at += taken > 0 ? taken : 1;
    }
  return g_strstrip (g_string_free (out, FALSE));
}

/* Components whose state changed. */
static void
add_components (VantageItem *item, VantageNode *components)
{
  for (VantageNode *at = components != NULL ? vantage_node_first (components) : NULL; at != NULL;
       at = vantage_node_next (components, at))
    {
      const char *name = vantage_paging_get (at, "name");
      const char *from = vantage_paging_get (at, "old_status");
      const char *to = vantage_paging_get (at, "new_status");
      g_autofree char *line = NULL;

      if (name == NULL || to == NULL)
        continue;
      vantage_item_add_extra (item, "component", name);
      if (g_strcmp0 (from, to) == 0)
        continue;
      line = from != NULL ? g_strdup_printf ("%s: %s → %s", name, from, to)
                          : g_strdup_printf ("%s: %s", name, to);
      vantage_paging_add_text (item, line);
    }
}

static VantageItemKind
kind_of (const char *status)
{
  return g_strcmp0 (status, "resolved") == 0     ? VANTAGE_ITEM_RESOLVE
         : g_strcmp0 (status, "postmortem") == 0 ? VANTAGE_ITEM_COMMENT
                                                 : VANTAGE_ITEM_STATUS;
}

static void
add_incident_facts (VantageItem *item, VantageNode *incident, const char *status)
{
  const char *impact = vantage_paging_get (incident, "impact");

  vantage_paging_add_extra (item, "status", status);
  vantage_paging_add_extra (item, "impact", impact);
  vantage_paging_add_extra (item, "scheduled_for", vantage_paging_get (incident, "scheduled_for"));
  vantage_paging_set_url (item, vantage_paging_get (incident, "shortlink"));
}

/* ---- items ---- */

static void
set_edited (VantageItem *item, VantageNode *update)
{
  const char *created = vantage_paging_get (update, "created_at");
  const char *updated = vantage_paging_get (update, "updated_at");
  VantagePrecision precision;
  gboolean has_zone;
  gint64 us;

  if (created != NULL && updated != NULL && strcmp (created, updated) != 0 &&
      vantage_paging_read_time (updated, &us, &precision, &has_zone) == VANTAGE_PAGING_TIME_OK &&
      has_zone)
    item->edited_us = us;
}

/* @letter "" and @id NULL: of the incident itself. */
static gboolean
take_words (Statuspage *self, VantageNode *incident, VantageNode *update, const char *raw,
            const char *status, const char *letter, const char *body, VantageItemKind kind,
            GError **error)
{
  VantagePaging *paging = &self->paging;
  g_autoptr (VantageItem) item = vantage_item_new (kind);
  const char *id = vantage_paging_get (update, "id");
  g_autofree char *local =
      g_strconcat (vantage_paging_get (incident, "id"), letter, *letter != '\0' ? id : NULL, NULL);
  g_autofree char *plain = dup_plain (body);
  const char *created = vantage_paging_get (update, "created_at");
  gboolean ok;

  if (!vantage_paging_set_time (paging, item, raw, &ok, error) ||
      (ok && !tell_page (self, vantage_paging_get (incident, "page_id"), item, error)))
    return FALSE;
  if (!ok)
    return TRUE;
  item->thread = vantage_chat_dup_local (vantage_paging_get (incident, "id"));
  item->local = *letter != '\0' && id == NULL ? NULL : vantage_chat_dup_local (local);
  vantage_paging_add_text (item, vantage_paging_get (incident, "name"));
  vantage_paging_add_text (item, plain);
  add_components (item, vantage_node_get_array (update, "affected_components"));
  add_incident_facts (item, incident, status);
  if (created != NULL && strcmp (created, raw) != 0)
    vantage_item_add_extra (item, "created_at", created);
  set_edited (item, update);
  return vantage_paging_take (paging, g_steal_pointer (&item), error);
}

static gboolean
take_update (Statuspage *self, VantageNode *incident, VantageNode *update, GError **error)
{
  static const char *const times[] = { "display_at", "created_at", NULL };
  const char *status = vantage_paging_get (update, "status");

  if (update->type != VANTAGE_NODE_OBJECT)
    return vantage_paging_skip (&self->paging, "bad-record", error, "an update is no JSON object");
  return take_words (self, incident, update, vantage_paging_get_any (update, times), status, ".u",
                     vantage_paging_get (update, "body"), kind_of (status), error);
}

/* The newest comes first: they are told in the order in which they were read. */
static gboolean
take_updates (Statuspage *self, VantageNode *incident, GError **error)
{
  VantageNode *updates = vantage_node_get_array (incident, "incident_updates");
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  gboolean rising = FALSE;

  for (VantageNode *at = vantage_node_first (updates); at != NULL;
       at = vantage_node_next (updates, at))
    g_ptr_array_add (list, at);
  if (list->len > 1)
    {
      const char *first = vantage_paging_get (list->pdata[0], "created_at");
      const char *last = vantage_paging_get (list->pdata[list->len - 1], "created_at");

      rising = first != NULL && last != NULL && strcmp (first, last) < 0;
    }
  for (guint i = 0; i < list->len; i++)
    if (!take_update (self, incident, list->pdata[rising ? i : list->len - 1 - i], error))
      return FALSE;
  return TRUE;
}

static gboolean
take_incident (Statuspage *self, VantageNode *incident, GError **error)
{
  static const char *const times[] = { "started_at", "created_at", NULL };
  VantageNode *updates = vantage_node_get_array (incident, "incident_updates");
  const char *after = vantage_paging_get (incident, "postmortem_body");
  const char *published = vantage_paging_get (incident, "postmortem_published_at");
  gboolean told = FALSE;

  for (VantageNode *at = vantage_node_first (updates); at != NULL;
       at = vantage_node_next (updates, at))
    told = told || g_strcmp0 (vantage_paging_get (at, "status"), "postmortem") == 0;
  if (vantage_node_first (updates) == NULL &&
      !take_words (self, incident, incident, vantage_paging_get_any (incident, times),
                   vantage_paging_get (incident, "status"), "", NULL, VANTAGE_ITEM_TICKET, error))
    return FALSE;
  if (!take_updates (self, incident, error))
    return FALSE;
  return told || after == NULL || published == NULL ||
         take_words (self, incident, incident, published, "postmortem", ".p", after,
                     VANTAGE_ITEM_COMMENT, error);
}

static gboolean
take_component (Statuspage *self, VantageNode *node, GError **error)
{
  VantagePaging *paging = &self->paging;
  VantageNode *update = vantage_node_get (node, "component_update");
  VantageNode *component = vantage_node_get_object (node, "component");
  const char *name = vantage_paging_get (component, "name");
  const char *page = vantage_paging_get (component, "page_id");
  g_autoptr (VantageItem) item = vantage_item_new (VANTAGE_ITEM_STATUS);
  const char *from = vantage_paging_get (update, "old_status");
  const char *to = vantage_paging_get (update, "new_status");
  g_autofree char *local = g_strconcat ("c", vantage_paging_get (update, "id"), NULL);
  g_autofree char *words = g_strdup_printf ("%s: %s → %s", name != NULL ? name : "",
                                            from != NULL ? from : "", to != NULL ? to : "");
  gboolean ok;

  learn_page (self, vantage_node_get_object (node, "page"));
  if (page == NULL)
    page = vantage_paging_get (vantage_node_get (node, "page"), "id");
  if (!vantage_paging_set_time (paging, item, vantage_paging_get (update, "created_at"), &ok,
                                error) ||
      (ok && !tell_page (self, page, item, error)))
    return FALSE;
  if (!ok)
    return TRUE;
  item->local = local[1] != '\0' ? vantage_chat_dup_local (local) : NULL;
  vantage_paging_add_text (item, words);
  vantage_paging_add_extra (item, "component", name);
  vantage_paging_add_extra (item, "from", from);
  vantage_paging_add_extra (item, "to", to);
  return vantage_paging_take (paging, g_steal_pointer (&item), error);
}

static gboolean
take (VantageReading *reading, VantageNode *record, const VantageRecordPlace *place,
      gpointer user_data, GError **error)
{
  Statuspage *self = user_data;

  vantage_paging_set_place (&self->paging, place);
  if (self->known != place->entry)
    look_for_page (self, place->entry);
  if (place->outer != NULL)
    learn_page (self, vantage_node_get_object (place->outer, "page"));
  return is_incident (record) ? take_incident (self, record, error)
                              : take_component (self, record, error);
}

/* ---- recognising ---- */

static const char *const ways[] = { "incidents", "incident", "scheduled_maintenances", NULL };
static const VantageRecordShape shape = { is_record, ways, take, FALSE };

static int
score (VantageSniff *sniff)
{
  VantageNode *record = vantage_chat_sniff (sniff, &shape);

  return record == NULL ? 0 : is_incident (record) ? 90 : 88;
}

/* What a page shows now: its state, its components. */
static gboolean
is_summary (VantageNode *node)
{
  VantageNode *page = vantage_node_get_object (node, "page");

  return page != NULL && vantage_node_get (page, "id") != NULL &&
         (vantage_node_get_array (node, "components") != NULL ||
          vantage_node_get (vantage_node_get_object (node, "status"), "indicator") != NULL);
}

static char *
near_miss (VantageSniff *sniff)
{
  static const VantageRecordShape summary = { is_summary, NULL, NULL, FALSE };
  const VantageEntry *entry = vantage_sniff_get_entry (sniff);
  gsize length;
  const char *head = entry != NULL ? vantage_sniff_get_head (sniff, entry, &length) : NULL;
  gboolean feed = head != NULL && (g_strstr_len (head, (gssize) length, "<feed") != NULL ||
                                   g_strstr_len (head, (gssize) length, "<rss") != NULL);

  if (feed && g_strstr_len (head, (gssize) length, "statuspage") != NULL)
    return g_strdup ("this is the news feed of a status page, which has its words and little else: "
                     "save the page's `/api/v2/incidents.json` instead");
  if (vantage_chat_sniff (sniff, &summary) == NULL)
    return NULL;
  return g_strdup ("this says what a status page shows now, not what happened: save the page's "
                   "`/api/v2/incidents.json` instead");
}

static gboolean
read_all (VantageReading *reading, GError **error)
{
  Statuspage self = { .known = NULL };
  g_autoptr (VantageRecords) records = vantage_records_new (reading, &shape, &self);
  gboolean ok;

  vantage_paging_init (&self.paging, reading);
  self.pages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  ok = vantage_records_walk_all (records, error) &&
       vantage_paging_finish (&self.paging, "updates", error);
  g_hash_table_unref (self.pages);
  vantage_paging_clear (&self.paging);
  return ok;
}

const VantageReader vantage_statuspage_reader = {
  .format = { "statuspage", "Statuspage incidents", "json jsonl zip" },
  .family = "statuspage",
  .score = score,
  .near_miss = near_miss,
  .read = read_all,
};
