/* vantage-gitlab-record.c: issues, merge requests and notes, as the interface answers them and as
 * an exported project has them. */

#include "vantage-gitlab-private.h"

#include <string.h>

/* ---- recognising ---- */

gboolean
vantage_gitlab_is_webhook (VantageNode *node)
{
  return vantage_node_get_member (node, "object_kind") != NULL &&
         vantage_node_get (node, "object_attributes") != NULL;
}

/* An author may be gone; an address or a project is then what tells it from other things with a
 * title. Milestones have both. */
static gboolean
is_ticket (VantageNode *node)
{
  const char *url = vantage_node_get_member (node, "web_url");

  return vantage_node_get (node, "iid") != NULL && vantage_node_get (node, "created_at") != NULL &&
         vantage_node_get_member (node, "title") != NULL &&
         (vantage_node_get (node, "author") != NULL ||
          vantage_node_get (node, "author_id") != NULL ||
          (url != NULL && strstr (url, "/milestones/") == NULL));
}

static gboolean
is_note (VantageNode *node)
{
  return vantage_node_get (node, "noteable_type") != NULL &&
         vantage_node_get (node, "created_at") != NULL &&
         (vantage_node_get (node, "body") != NULL || vantage_node_get (node, "note") != NULL);
}

/* What collectors keep beside tickets and is no record of a night. */
static gboolean
is_other (VantageNode *node)
{
  return vantage_node_get (node, "awardable_id") != NULL ||
         vantage_node_get (node, "path_with_namespace") != NULL ||
         vantage_node_get (node, "base_commit_sha") != NULL ||
         vantage_node_get (node, "parent_ids") != NULL;
}

static gboolean
is_record (VantageNode *node)
{
  return vantage_gitlab_is_webhook (node) || is_ticket (node) || is_note (node) ||
         (vantage_gitlab_is_event (node) && vantage_node_get (node, "resource_type") != NULL) ||
         is_other (node);
}

int
vantage_gitlab_score_record (VantageNode *node)
{
  if (vantage_gitlab_is_webhook (node) || is_other (node))
    return 0;
  if (is_ticket (node))
    return vantage_node_get (node, "project_id") != NULL ||
                   vantage_node_get (node, "web_url") != NULL
               ? 92
               : 70;
  return is_note (node) && vantage_node_get (node, "system") != NULL ? 90 : 80;
}

/* ---- where it belongs ---- */

typedef struct
{
  char *root;             /* local id of the ticket */
  const char *url;        /* of the ticket; NULL unknown */
  GHashTable *threads;    /* char *discussion id → char *local id of its first note */
  VantageNode *events[3]; /* lists of events beside the notes; NULL */
} Ticket;

static gboolean
is_merge_request (VantageNode *node)
{
  return vantage_node_get (node, "source_branch") != NULL ||
         vantage_node_get (node, "merge_status") != NULL;
}

/* "group/project" of "https://host/group/project/-/issues/12". (transfer full) (nullable) */
static char *
dup_path (const char *url)
{
  static const char *const ends[] = { "/-/", "/issues/", "/merge_requests/" };
  const char *host = url != NULL ? strstr (url, "://") : NULL;
  const char *path = host != NULL ? strchr (host + 3, '/') : NULL;
  const char *end = NULL;

  if (path == NULL)
    return NULL;
  path++;
  for (gsize i = 0; i < G_N_ELEMENTS (ends) && end == NULL; i++)
    end = strstr (path, ends[i]);
  if (end == NULL)
    end = path + strcspn (path, "?#");
  return end > path ? g_strndup (path, (gsize) (end - path)) : NULL;
}

/* The channel of a record: the project its address is in, else its number, else the file. */
static gboolean
enter (VantageGitlab *self, VantageNode *node, VantageNode *outer, GError **error)
{
  VantageInput *input = self->tracker.reading->input;
  const char *url = vantage_node_get_member (node, "web_url");
  const char *full = vantage_node_get_member (vantage_node_get_object (node, "references"), "full");
  const char *project = vantage_node_get_member (node, "project_id");
  const char *folder = vantage_input_get_folder (input);
  g_autofree char *host = NULL;
  g_autofree char *path = NULL;
  g_autofree char *key = NULL;

  if (project == NULL)
    project = vantage_node_get_member (node, "target_project_id");
  url = url != NULL ? url : vantage_node_get_member (outer, "origin");
  host = vantage_tracker_dup_host (url);
  path = dup_path (url);
  if (path == NULL && full != NULL)
    path = g_strndup (full, strcspn (full, "#!"));
  key = path != NULL      ? g_utf8_strdown (path, -1)
        : project != NULL ? g_strconcat ("project:", project, NULL)
                          : g_strdup (vantage_input_get_name (input));
  if (path == NULL && vantage_input_get_sort (input) == VANTAGE_INPUT_FILE)
    folder = NULL;
  return vantage_tracker_enter (&self->tracker, host != NULL ? host : "", key,
                                path != NULL     ? path
                                : folder != NULL ? folder
                                                 : vantage_input_get_name (input),
                                error);
}

static VantageGitlabCount *
get_count (VantageGitlab *self, const char *root)
{
  g_autofree char *key = g_strconcat (self->tracker.channel, ".", root, NULL);
  VantageGitlabCount *count = g_hash_table_lookup (self->counts, key);

  if (count != NULL)
    return count;
  count = g_new0 (VantageGitlabCount, 1);
  g_hash_table_insert (self->counts, g_steal_pointer (&key), count);
  return count;
}

/* ---- notes ---- */

static void
set_edited (VantageNode *note, VantageItem *item)
{
  const char *edited = vantage_node_get_member (note, "last_edited_at");

  /* a note's last change is also that somebody resolved its thread */
  if (edited == NULL && vantage_node_get (note, "resolved_at") == NULL &&
      !vantage_node_get_true (note, "resolved"))
    edited = vantage_node_get_member (note, "updated_at");
  vantage_tracker_set_edited (item, edited);
}

/* The first note of a discussion is what the others answer. */
static void
set_reply (VantageItem *item, const char *discussion, const Ticket *ticket)
{
  const char *first;

  if (discussion == NULL || ticket->threads == NULL)
    return;
  first = g_hash_table_lookup (ticket->threads, discussion);
  if (first == NULL)
    g_hash_table_insert (ticket->threads, g_strdup (discussion), g_strdup (item->local));
  else if (strcmp (first, item->local) != 0)
    item->reply_to = g_strdup (first);
}

/* Whether an event beside the notes says the same: by the same person, within two seconds. */
static gboolean
is_told_by_event (const VantageItem *item, VantageNode *note, const Ticket *ticket)
{
  VantageNode *author = vantage_node_get_object (note, "author");
  const char *who = vantage_node_get_member (note, "author_id");

  who = who != NULL ? who : vantage_node_get_member (author, "id");
  for (gsize i = 0; i < G_N_ELEMENTS (ticket->events); i++)
    for (VantageNode *at = ticket->events[i] != NULL ? vantage_node_first (ticket->events[i])
                                                     : NULL;
         at != NULL; at = vantage_node_next (ticket->events[i], at))
      {
        const char *user = vantage_node_get_member (at, "user_id");
        const char *created = vantage_node_get_member (at, "created_at");
        gboolean state = vantage_node_get (at, "action") == NULL;
        VantageCellTime time;

        user = user != NULL ? user
                            : vantage_node_get_member (vantage_node_get_object (at, "user"), "id");
        if (created == NULL || g_strcmp0 (user, who) != 0 ||
            state != (item->kind == VANTAGE_ITEM_STATUS) ||
            !vantage_tracker_parse_time (created, VANTAGE_DATE_ORDER_UNKNOWN, &time))
          continue;
        if (!state &&
            g_strcmp0 (vantage_item_get_extra (item, "field"),
                       vantage_node_get (at, "milestone") != NULL ? "milestone" : "label") != 0)
          continue;
        if (ABS (time.us - item->time_us) <= 2 * G_USEC_PER_SEC)
          return TRUE;
      }
  return FALSE;
}

static gboolean
take_note (VantageGitlab *self, VantageNode *note, const char *discussion, const Ticket *ticket,
           GError **error)
{
  const char *id = vantage_node_get_member (note, "id");
  const char *body = vantage_node_get_member (note, "body");
  gboolean system = vantage_node_get_true (note, "system");
  g_autoptr (VantageItem) item = NULL;
  g_autofree char *suffix = NULL;
  g_autofree char *url = NULL;
  const char *account;

  body = body != NULL ? body : vantage_node_get_member (note, "note");
  body = body != NULL ? body : "";
  if (!vantage_gitlab_meet (self, note, "author", "author_id", &account, error) ||
      !vantage_tracker_begin (&self->tracker, VANTAGE_ITEM_COMMENT,
                              vantage_node_get_member (note, "created_at"),
                              VANTAGE_DATE_ORDER_UNKNOWN, &item, error))
    return FALSE;
  if (item == NULL)
    return TRUE;
  item->account = g_strdup (account);
  vantage_tracker_take_text (item, vantage_tracker_plain (body));
  if (system)
    item->kind = vantage_gitlab_describe_note (note, body, item);
  else
    set_edited (note, item);
  if (system && (item->kind == VANTAGE_ITEM_STATUS || item->kind == VANTAGE_ITEM_FIELD) &&
      is_told_by_event (item, note, ticket))
    return TRUE;
  if (vantage_node_get_true (note, "internal") || vantage_node_get_true (note, "confidential"))
    vantage_tracker_add_fact (item, "internal", "yes");
  if (id != NULL)
    {
      suffix = g_strconcat ("c", id, NULL);
      vantage_tracker_set_local (item, ticket->root, suffix);
      url = ticket->url != NULL ? g_strdup_printf ("%s#note_%s", ticket->url, id) : NULL;
    }
  else
    vantage_tracker_set_content_local (&self->tracker, item, ticket->root);
  vantage_tracker_set_url (item, url);
  set_reply (item,
             discussion != NULL ? discussion : vantage_node_get_member (note, "discussion_id"),
             ticket);
  vantage_tracker_take_mentions (item);
  vantage_gitlab_take_files (item);
  vantage_gitlab_take_awards (self, vantage_node_get_array (note, "award_emoji"), item);
  if (!system)
    get_count (self, ticket->root)->seen++;
  return vantage_tracker_add (&self->tracker, g_steal_pointer (&item), error);
}

/* Notes, and discussions with notes in them. */
static gboolean
take_notes (VantageGitlab *self, VantageNode *list, const char *discussion, const Ticket *ticket,
            GError **error)
{
  for (VantageNode *at = list != NULL ? vantage_node_first (list) : NULL; at != NULL;
       at = vantage_node_next (list, at))
    {
      VantageNode *inner = vantage_node_get_array (at, "notes");
      gboolean ok = TRUE;

      if (inner != NULL && discussion == NULL)
        ok = take_notes (self, inner, vantage_node_get_member (at, "id"), ticket, error);
      else if (at->type == VANTAGE_NODE_OBJECT)
        ok = take_note (self, at, discussion, ticket, error);
      else if (at->type != VANTAGE_NODE_NULL)
        ok = vantage_tracker_skip (&self->tracker, "bad-record", error, "a note is no JSON object");
      if (!ok)
        return FALSE;
    }
  return TRUE;
}

/* What somebody wrote on an incident's own timeline, at the time it is about. */
static gboolean
take_moments (VantageGitlab *self, VantageNode *list, const Ticket *ticket, GError **error)
{
  for (VantageNode *at = list != NULL ? vantage_node_first (list) : NULL; at != NULL;
       at = vantage_node_next (list, at))
    {
      const char *id = vantage_node_get_member (at, "id");
      const char *occurred = vantage_node_get_member (at, "occurred_at");
      g_autoptr (VantageItem) item = NULL;
      g_autofree char *suffix = NULL;
      const char *account;

      if (occurred == NULL)
        occurred = vantage_node_get_member (at, "occurredAt");
      if (!vantage_gitlab_meet (self, at, "author", "author_id", &account, error) ||
          !vantage_tracker_begin (&self->tracker, VANTAGE_ITEM_COMMENT, occurred,
                                  VANTAGE_DATE_ORDER_UNKNOWN, &item, error))
        return FALSE;
      if (item == NULL)
        continue;
      item->account = g_strdup (account);
      vantage_tracker_take_text (item,
                                 vantage_tracker_plain (vantage_node_get_member (at, "note")));
      vantage_tracker_add_fact (item, "field", "timeline");
      if (id != NULL)
        {
          suffix = g_strconcat ("tl", strrchr (id, '/') != NULL ? strrchr (id, '/') + 1 : id, NULL);
          vantage_tracker_set_local (item, ticket->root, suffix);
        }
      else
        vantage_tracker_set_content_local (&self->tracker, item, ticket->root);
      if (!vantage_tracker_add (&self->tracker, g_steal_pointer (&item), error))
        return FALSE;
    }
  return TRUE;
}

/* ---- tickets ---- */

static void
add_facts (VantageNode *node, VantageItem *item)
{
  static const char *const named[] = { "state", "severity", "issue_type" };
  static const char *const lists[][2] = { { "label", "labels" },
                                          { "label", "label_links" },
                                          { "assignee", "assignees" } };

  for (gsize i = 0; i < G_N_ELEMENTS (named); i++)
    vantage_tracker_add_fact (item, named[i], vantage_node_get_member (node, named[i]));
  vantage_tracker_add_fact (
      item, "milestone",
      vantage_node_get_member (vantage_node_get_object (node, "milestone"), "title"));
  if (vantage_node_get_true (node, "confidential"))
    vantage_tracker_add_fact (item, "internal", "yes");
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      VantageNode *list = vantage_node_get_array (node, lists[i][1]);

      for (VantageNode *at = list != NULL ? vantage_node_first (list) : NULL; at != NULL;
           at = vantage_node_next (list, at))
        {
          VantageNode *label = vantage_node_get_object (at, "label");
          const char *name = at->type != VANTAGE_NODE_OBJECT ? vantage_node_get_text (at)
                             : label != NULL ? vantage_node_get_member (label, "title")
                                             : vantage_node_get_member (at, "username");

          if (name == NULL)
            name = vantage_node_get_member (at, "name");
          vantage_tracker_add_fact (item, lists[i][0], name);
        }
    }
}

static gboolean
take_head (VantageGitlab *self, VantageNode *node, const Ticket *ticket, GError **error)
{
  g_autoptr (VantageItem) item = NULL;
  VantageNode *awards = vantage_node_get_array (node, "award_emoji");
  const char *account;

  if (!vantage_gitlab_meet (self, node, "author", "author_id", &account, error) ||
      !vantage_tracker_begin (&self->tracker, VANTAGE_ITEM_TICKET,
                              vantage_node_get_member (node, "created_at"),
                              VANTAGE_DATE_ORDER_UNKNOWN, &item, error))
    return FALSE;
  if (item == NULL)
    return TRUE;
  item->account = g_strdup (account);
  vantage_tracker_take_text (item,
                             vantage_tracker_join (vantage_node_get_member (node, "title"),
                                                   vantage_node_get_member (node, "description")));
  vantage_tracker_set_local (item, ticket->root, NULL);
  vantage_tracker_set_url (item, ticket->url);
  vantage_tracker_set_edited (item, vantage_node_get_member (node, "last_edited_at"));
  add_facts (node, item);
  vantage_tracker_take_mentions (item);
  vantage_gitlab_take_files (item);
  vantage_gitlab_take_awards (
      self, awards != NULL ? awards : vantage_node_get_array (node, "award_emoji_data"), item);
  return vantage_tracker_add (&self->tracker, g_steal_pointer (&item), error);
}

static gboolean
take_events (VantageGitlab *self, const Ticket *ticket, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ticket->events); i++)
    for (VantageNode *at = ticket->events[i] != NULL ? vantage_node_first (ticket->events[i])
                                                     : NULL;
         at != NULL; at = vantage_node_next (ticket->events[i], at))
      if (at->type == VANTAGE_NODE_OBJECT &&
          !vantage_gitlab_take_event (self, at, ticket->root, ticket->url, error))
        return FALSE;
  return TRUE;
}

static void
declare (VantageGitlab *self, VantageNode *node, const Ticket *ticket)
{
  const char *full = vantage_node_get_member (vantage_node_get_object (node, "references"), "full");
  VantageGitlabCount *count = get_count (self, ticket->root);

  count->declared = vantage_node_get_int (node, "user_notes_count", 0);
  g_free (count->name);
  count->name = full != NULL ? g_strdup (full) : g_strconcat ("#", ticket->root, NULL);
}

static gboolean
take_ticket (VantageGitlab *self, VantageNode *node, const VantageRecordPlace *place,
             GError **error)
{
  static const char *const notes[] = { "notes", "notes_data", "discussions" };
  g_autoptr (GHashTable) threads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *root = g_strconcat (is_merge_request (node) ? "mr" : "",
                                       vantage_node_get_member (node, "iid"), NULL);
  const Ticket ticket = { root,
                          vantage_node_get_member (node, "web_url"),
                          threads,
                          { vantage_node_get_array (node, "resource_label_events"),
                            vantage_node_get_array (node, "resource_state_events"),
                            vantage_node_get_array (node, "resource_milestone_events") } };

  if (!enter (self, node, place->outer, error) || !take_head (self, node, &ticket, error))
    return FALSE;
  declare (self, node, &ticket);
  for (gsize i = 0; i < G_N_ELEMENTS (notes); i++)
    if (!take_notes (self, vantage_node_get_array (node, notes[i]), NULL, &ticket, error))
      return FALSE;
  return take_events (self, &ticket, error) &&
         take_moments (self, vantage_node_get_array (node, "timeline_events"), &ticket, error);
}

/* A note or an event that came without its ticket: it names it by number. */
static gboolean
take_lone (VantageGitlab *self, VantageNode *node, const VantageRecordPlace *place, GError **error)
{
  const char *type = vantage_node_get_member (node, "noteable_type");
  const char *iid = vantage_node_get_member (node, "noteable_iid");
  gboolean merge = g_strcmp0 (type, "MergeRequest") == 0;
  g_autofree char *root = NULL;
  const char *discussion =
      g_strcmp0 (place->way, "notes") == 0 ? vantage_node_get_member (place->outer, "id") : NULL;
  Ticket ticket = { NULL, NULL, NULL, { NULL } };

  if (type == NULL)
    {
      type = vantage_node_get_member (node, "resource_type");
      iid = vantage_node_get_member (node, "resource_iid");
      merge = g_strcmp0 (type, "MergeRequest") == 0;
      root = iid == NULL && vantage_node_get (node, "resource_id") != NULL
                 ? g_strconcat (merge ? "mrid" : "id",
                                vantage_node_get_member (node, "resource_id"), NULL)
                 : NULL;
    }
  else if (iid == NULL && vantage_node_get (node, "noteable_id") != NULL)
    root = g_strconcat (merge ? "mrid" : "id", vantage_node_get_member (node, "noteable_id"), NULL);
  if (root == NULL && iid != NULL)
    root = g_strconcat (merge ? "mr" : "", iid, NULL);
  if (root == NULL)
    return vantage_tracker_skip (&self->tracker, "no-parent", error,
                                 "a note does not say which issue it belongs to");
  ticket.root = root;
  if (!enter (self, node, place->outer, error))
    return FALSE;
  return is_note (node) ? take_note (self, node, discussion, &ticket, error)
                        : vantage_gitlab_take_event (self, node, root, NULL, error);
}

static gboolean
take (VantageReading *reading, VantageNode *record, const VantageRecordPlace *place,
      gpointer user_data, GError **error)
{
  VantageGitlab *self = user_data;

  vantage_tracker_place (&self->tracker, place->entry, 0, place->offset, place->length);
  if (vantage_gitlab_is_webhook (record))
    return vantage_tracker_skip (&self->tracker, "bad-record", error,
                                 "a webhook message tells of one change only");
  if (is_ticket (record))
    return take_ticket (self, record, place, error);
  return is_other (record) || take_lone (self, record, place, error);
}

static const char *const ways[] = { "notes", "issues", "merge_requests", "items", "nodes", NULL };

const VantageRecordShape vantage_gitlab_shape = { is_record, ways, take, FALSE };
