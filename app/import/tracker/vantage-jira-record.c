/* vantage-jira-record.c: issues, comments and changes as the REST interface answers them. */

#include "vantage-jira-private.h"

#include <string.h>

/* ---- recognising ---- */

gboolean
vantage_jira_is_webhook (VantageNode *node)
{
  static const char *const marks[] = { "webhookEvent", "issue_event_type_name", "transition",
                                       "timestamp" };

  if (vantage_node_get (node, "webhookEvent") != NULL)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (vantage_node_get (node, marks[i]) != NULL &&
        vantage_node_get_object (vantage_node_get_object (node, "issue"), "fields") != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
is_issue (VantageNode *node)
{
  VantageNode *fields = vantage_node_get_object (node, "fields");

  return fields != NULL && vantage_node_get_member (node, "key") != NULL &&
         strchr (vantage_node_get_member (node, "key"), '-') != NULL &&
         (vantage_node_get (fields, "summary") != NULL ||
          vantage_node_get (fields, "created") != NULL ||
          vantage_node_get (fields, "issuetype") != NULL);
}

static gboolean
is_comment (VantageNode *node)
{
  return vantage_node_get (node, "body") != NULL && vantage_node_get (node, "created") != NULL &&
         vantage_node_get (node, "id") != NULL &&
         (vantage_node_get (node, "updateAuthor") != NULL ||
          strstr (vantage_node_get_member (node, "self") != NULL
                      ? vantage_node_get_member (node, "self")
                      : "",
                  "/comment/") != NULL);
}

/* An entry of the list of fields, which collectors keep beside the issues. */
static gboolean
is_field (VantageNode *node)
{
  return vantage_node_get (node, "navigable") != NULL &&
         vantage_node_get (node, "searchable") != NULL;
}

static gboolean
is_record (VantageNode *node)
{
  return vantage_jira_is_webhook (node) || is_issue (node) || is_comment (node) || is_field (node);
}

int
vantage_jira_score_record (VantageNode *node)
{
  if (vantage_jira_is_webhook (node) || is_field (node))
    return 0;
  if (is_issue (node))
    return 95;
  return vantage_node_get (node, "updateAuthor") != NULL ? 90 : 70;
}

/* ---- addresses ---- */

/* "https://host/base" of "https://host/base/rest/api/…". (transfer full) (nullable) */
static char *
dup_base (VantageNode *node)
{
  static const char *const places[] = { "self", "fields.project.self", "fields.status.self",
                                        "fields.reporter.self", "fields.creator.self" };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      const char *self = vantage_node_get_text (vantage_node_find (node, places[i]));
      const char *rest = self != NULL ? strstr (self, "/rest/") : NULL;

      if (rest != NULL && g_str_has_prefix (self, "http"))
        return g_strndup (self, (gsize) (rest - self));
    }
  return NULL;
}

/* The number of the issue in ".../issue/10016/comment/10022". (transfer full) (nullable) */
static char *
dup_issue_of (VantageNode *node)
{
  const char *self = vantage_node_get_member (node, "self");
  const char *at = self != NULL ? strstr (self, "/issue/") : NULL;
  gsize length;

  if (at == NULL)
    return NULL;
  at += strlen ("/issue/");
  length = strcspn (at, "/?");
  return length > 0 ? g_strndup (at, length) : NULL;
}

/* ---- people ---- */

static gboolean
meet (VantageJira *self, VantageNode *user, const char **out_account, GError **error)
{
  static const char *const keys[] = { "accountId", "name", "key" };
  VantageTrackerPerson person = { NULL };
  const char *type;

  *out_account = NULL;
  if (user == NULL || user->type != VANTAGE_NODE_OBJECT)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (keys) && person.key == NULL; i++)
    person.key = vantage_node_get_member (user, keys[i]);
  person.name = vantage_node_get_member (user, "displayName");
  person.handle = vantage_node_get_member (user, "name");
  person.email = vantage_node_get_member (user, "emailAddress");
  type = vantage_node_get_member (user, "accountType");
  person.bot = g_strcmp0 (type, "app") == 0;
  if (g_strcmp0 (person.name, "Former user") == 0)
    return TRUE;
  return vantage_tracker_meet (&self->tracker, &person, out_account, error);
}

/* ---- texts ---- */

/* Wiki markup or a document. (transfer full) */
static char *
dup_text (VantageNode *node, VantageItem *item)
{
  if (node == NULL)
    return g_strdup ("");
  if (node->type == VANTAGE_NODE_OBJECT)
    return vantage_jira_adf (node, item);
  if (node->type == VANTAGE_NODE_STRING)
    return vantage_jira_wiki (vantage_node_get_text (node), item);
  return g_strdup ("");
}

static void
add_names (VantageItem *item, const char *fact, VantageNode *list)
{
  for (VantageNode *child = list != NULL ? vantage_node_first (list) : NULL; child != NULL;
       child = vantage_node_next (list, child))
    vantage_tracker_add_fact (item, fact,
                              child->type == VANTAGE_NODE_OBJECT
                                  ? vantage_node_get_member (child, "name")
                                  : vantage_node_get_text (child));
}

/* ---- comments ---- */

typedef struct
{
  const char *root; /* local id of the ticket */
  const char *key;  /* "INC-12"; NULL unknown */
  const char *base; /* address of the site; NULL unknown */
} Ticket;

static gboolean
take_comment (VantageJira *self, VantageNode *node, const Ticket *ticket, GError **error)
{
  const char *id = vantage_node_get_member (node, "id");
  g_autoptr (VantageItem) item = NULL;
  g_autofree char *suffix = NULL;
  const char *account;

  if (!meet (self, vantage_node_get (node, "author"), &account, error) ||
      !vantage_tracker_begin (&self->tracker, VANTAGE_ITEM_COMMENT,
                              vantage_node_get_member (node, "created"), VANTAGE_DATE_ORDER_UNKNOWN,
                              &item, error))
    return FALSE;
  if (item == NULL)
    return TRUE;
  item->account = g_strdup (account);
  vantage_tracker_take_text (item, dup_text (vantage_node_get (node, "body"), item));
  vantage_tracker_set_edited (item, vantage_node_get_member (node, "updated"));
  if (vantage_node_get (node, "jsdPublic") != NULL && !vantage_node_get_true (node, "jsdPublic"))
    vantage_tracker_add_fact (item, "internal", "yes");
  vantage_tracker_add_fact (
      item, "visibility",
      vantage_node_get_member (vantage_node_get_object (node, "visibility"), "value"));
  if (id != NULL)
    {
      suffix = g_strconcat ("c", id, NULL);
      vantage_tracker_set_local (item, ticket->root, suffix);
    }
  else
    vantage_tracker_set_content_local (&self->tracker, item, ticket->root);
  vantage_jira_set_url (item, ticket->base, ticket->key, id);
  return vantage_tracker_add (&self->tracker, g_steal_pointer (&item), error);
}

/* ---- changes ---- */

static VantageItemKind
kind_of_change (const char *field)
{
  static const char *const links[] = {
    "link",       "issuelinks",      "issueparentassociation", "parent",      "epic link",
    "epic child", "remoteissuelink", "remoteworkitemlink",     "parent link", NULL
  };
  g_autofree char *lower = g_utf8_strdown (field, -1);

  if (strcmp (lower, "status") == 0)
    return VANTAGE_ITEM_STATUS;
  if (strcmp (lower, "assignee") == 0)
    return VANTAGE_ITEM_ASSIGNMENT;
  return g_strv_contains (links, lower) ? VANTAGE_ITEM_LINK : VANTAGE_ITEM_FIELD;
}

/* The words of a side of a change; the id where there are none. */
static const char *
get_side (VantageNode *change, const char *words, const char *id)
{
  const char *text = vantage_node_get_member (change, words);

  return text != NULL && *text != '\0' ? text : vantage_node_get_member (change, id);
}

static gboolean
take_change (VantageJira *self, VantageNode *history, VantageNode *change, guint index,
             const char *account, const Ticket *ticket, GError **error)
{
  const char *id = vantage_node_get_member (history, "id");
  const char *field = vantage_node_get_member (change, "field");
  const char *field_id = vantage_node_get_member (change, "fieldId");
  const char *name = field != NULL ? field : field_id;
  g_autoptr (VantageItem) item = NULL;
  g_autofree char *suffix = NULL;

  if (name == NULL)
    return vantage_tracker_skip (&self->tracker, "bad-record", error, "a change names no field");
  if (!vantage_tracker_begin (&self->tracker,
                              kind_of_change (g_strcmp0 (field_id, "status") == 0 ||
                                                      g_strcmp0 (field_id, "assignee") == 0
                                                  ? field_id
                                                  : name),
                              vantage_node_get_member (history, "created"),
                              VANTAGE_DATE_ORDER_UNKNOWN, &item, error))
    return FALSE;
  if (item == NULL)
    return TRUE;
  item->account = g_strdup (account);
  vantage_tracker_set_change (item, name, get_side (change, "fromString", "from"),
                              get_side (change, "toString", "to"));
  if (id != NULL)
    {
      suffix = g_strdup_printf ("h%s.%u", id, index);
      vantage_tracker_set_local (item, ticket->root, suffix);
    }
  else
    vantage_tracker_set_content_local (&self->tracker, item, ticket->root);
  vantage_jira_set_url (item, ticket->base, ticket->key, NULL);
  return vantage_tracker_add (&self->tracker, g_steal_pointer (&item), error);
}

static gboolean
take_history (VantageJira *self, VantageNode *history, const Ticket *ticket, GError **error)
{
  VantageNode *changes = vantage_node_get_array (history, "items");
  const char *account;
  guint index = 0;

  if (!meet (self, vantage_node_get (history, "author"), &account, error))
    return FALSE;
  for (VantageNode *change = changes != NULL ? vantage_node_first (changes) : NULL; change != NULL;
       change = vantage_node_next (changes, change), index++)
    if (change->type == VANTAGE_NODE_OBJECT &&
        !take_change (self, history, change, index, account, ticket, error))
      return FALSE;
  return TRUE;
}

/* ---- work and files ---- */

static gboolean
take_worklog (VantageJira *self, VantageNode *node, const Ticket *ticket, GError **error)
{
  const char *id = vantage_node_get_member (node, "id");
  const char *created = vantage_node_get_member (node, "created");
  const char *spent = vantage_node_get_member (node, "timeSpent");
  g_autoptr (VantageItem) item = NULL;
  g_autofree char *suffix = NULL;
  g_autofree char *words = NULL;
  g_autofree char *text = NULL;
  const char *account;

  if (created == NULL)
    created = vantage_node_get_member (node, "started");
  if (!meet (self, vantage_node_get (node, "author"), &account, error) ||
      !vantage_tracker_begin (&self->tracker, VANTAGE_ITEM_OTHER, created,
                              VANTAGE_DATE_ORDER_UNKNOWN, &item, error))
    return FALSE;
  if (item == NULL)
    return TRUE;
  item->account = g_strdup (account);
  text = dup_text (vantage_node_get (node, "comment"), item);
  words = g_strdup_printf ("Work logged: %s", spent != NULL ? spent : "");
  vantage_tracker_take_text (item, vantage_tracker_join (words, text));
  vantage_tracker_add_fact (item, "field", "worklog");
  vantage_tracker_add_fact (item, "spent", spent);
  vantage_tracker_add_fact (item, "started", vantage_node_get_member (node, "started"));
  vantage_tracker_set_edited (item, vantage_node_get_member (node, "updated"));
  if (id != NULL)
    {
      suffix = g_strconcat ("w", id, NULL);
      vantage_tracker_set_local (item, ticket->root, suffix);
    }
  else
    vantage_tracker_set_content_local (&self->tracker, item, ticket->root);
  vantage_jira_set_url (item, ticket->base, ticket->key, NULL);
  return vantage_tracker_add (&self->tracker, g_steal_pointer (&item), error);
}

static gboolean
take_attachment (VantageJira *self, VantageNode *node, const Ticket *ticket, GError **error)
{
  VantageJiraFile file = {
    .id = vantage_node_get_member (node, "id"),
    .name = vantage_node_get_member (node, "filename"),
    .type = vantage_node_get_member (node, "mimeType"),
    .url = vantage_node_get_member (node, "content"),
    .created = vantage_node_get_member (node, "created"),
    .size = vantage_node_get_int (node, "size", -1),
  };

  return meet (self, vantage_node_get (node, "author"), &file.account, error) &&
         vantage_jira_add_file (self, ticket->root, &file, VANTAGE_DATE_ORDER_UNKNOWN, error);
}

/* ---- an issue ---- */

typedef gboolean (*TakePart) (VantageJira *self, VantageNode *node, const Ticket *ticket,
                              GError **error);

/* A list of an issue, which may be a page of it: {"total": 120, "<name>": […]}. */
static gboolean
take_list (VantageJira *self, VantageNode *page, const char *name, const char *what, TakePart take,
           const Ticket *ticket, GError **error)
{
  VantageNode *list =
      page != NULL && page->type == VANTAGE_NODE_ARRAY ? page : vantage_node_get_array (page, name);
  gint64 n = 0;

  for (VantageNode *child = list != NULL ? vantage_node_first (list) : NULL; child != NULL;
       child = vantage_node_next (list, child), n++)
    if (child->type == VANTAGE_NODE_OBJECT
            ? !take (self, child, ticket, error)
            : child->type != VANTAGE_NODE_NULL &&
                  !vantage_tracker_skip (&self->tracker, "bad-record", error,
                                         "a record of %s is no JSON object", self->ticket))
      return FALSE;
  return vantage_tracker_note_part (&self->tracker, self->ticket, what, n,
                                    vantage_node_get_int (page, "total", 0), error);
}

static void
add_facts (VantageItem *item, VantageNode *issue, VantageNode *fields)
{
  static const char *const named[][2] = {
    { "type", "issuetype.name" },
    { "status", "status.name" },
    { "state", "status.statusCategory.key" },
    { "priority", "priority.name" },
    { "resolution", "resolution.name" },
    { "resolved", "resolutiondate" },
    { "assignee", "assignee.displayName" },
    { "parent", "parent.key" },
  };

  vantage_tracker_add_fact (item, "key", vantage_node_get_member (issue, "key"));
  vantage_tracker_add_fact (
      item, "project",
      vantage_node_get_member (vantage_node_get_object (fields, "project"), "key"));
  for (gsize i = 0; i < G_N_ELEMENTS (named); i++)
    vantage_tracker_add_fact (item, named[i][0],
                              vantage_node_get_text (vantage_node_find (fields, named[i][1])));
  add_names (item, "label", vantage_node_get_array (fields, "labels"));
  add_names (item, "component", vantage_node_get_array (fields, "components"));
}

static gboolean
take_ticket (VantageJira *self, VantageNode *issue, VantageNode *fields, const Ticket *ticket,
             GError **error)
{
  g_autoptr (VantageItem) item = NULL;
  g_autofree char *body = NULL;
  const char *account, *assignee;

  if (!meet (self, vantage_node_get (fields, "assignee"), &assignee, error) ||
      !meet (self, vantage_node_get (fields, "reporter"), &account, error))
    return FALSE;
  if (account == NULL && !meet (self, vantage_node_get (fields, "creator"), &account, error))
    return FALSE;
  if (!vantage_tracker_begin (&self->tracker, VANTAGE_ITEM_TICKET,
                              vantage_node_get_member (fields, "created"),
                              VANTAGE_DATE_ORDER_UNKNOWN, &item, error))
    return FALSE;
  if (item == NULL)
    return TRUE;
  item->account = g_strdup (account);
  body = dup_text (vantage_node_get (fields, "description"), item);
  vantage_tracker_take_text (
      item, vantage_tracker_join (vantage_node_get_member (fields, "summary"), body));
  add_facts (item, issue, fields);
  vantage_tracker_set_local (item, ticket->root, NULL);
  vantage_jira_set_url (item, ticket->base, ticket->key, NULL);
  return vantage_tracker_add (&self->tracker, g_steal_pointer (&item), error);
}

/* The name of a project; its key where it has none. */
static const char *
get_project (VantageNode *fields)
{
  VantageNode *project = vantage_node_get_object (fields, "project");
  const char *name = vantage_node_get_member (project, "name");

  return name != NULL && *name != '\0' ? name : vantage_node_get_member (project, "key");
}

static gboolean
take_issue (VantageJira *self, VantageNode *issue, GError **error)
{
  VantageNode *fields = vantage_node_get_object (issue, "fields");
  g_autofree char *base = dup_base (issue);
  g_autofree char *host = vantage_tracker_dup_host (base);
  g_autofree char *root = vantage_jira_dup_root (self, vantage_node_get_member (issue, "id"),
                                                 vantage_node_get_member (issue, "key"));
  const Ticket ticket = { root, vantage_node_get_member (issue, "key"), base };
  VantageNode *comments = vantage_node_get (fields, "comment");

  self->ticket = ticket.key;
  if (comments == NULL)
    comments = vantage_node_get (issue, "comments_data");
  return vantage_jira_enter (self, host, get_project (fields), error) &&
         take_ticket (self, issue, fields, &ticket, error) &&
         take_list (self, comments, "comments", "comments", take_comment, &ticket, error) &&
         take_list (self, vantage_node_get (issue, "changelog"), "histories", "changes",
                    take_history, &ticket, error) &&
         take_list (self, vantage_node_get (fields, "worklog"), "worklogs", "entries of work",
                    take_worklog, &ticket, error) &&
         take_list (self, vantage_node_get (fields, "attachment"), "attachments", "attachments",
                    take_attachment, &ticket, error);
}

/* A comment that came without its issue. */
static gboolean
take_lone_comment (VantageJira *self, VantageNode *node, GError **error)
{
  g_autofree char *base = dup_base (node);
  g_autofree char *host = vantage_tracker_dup_host (base);
  g_autofree char *id = dup_issue_of (node);
  g_autofree char *root = vantage_jira_dup_root (self, id, NULL);
  const Ticket ticket = { root, NULL, base };

  if (root == NULL)
    return vantage_tracker_skip (&self->tracker, "no-parent", error,
                                 "a comment does not say which issue it belongs to");
  return vantage_jira_enter (self, host, NULL, error) && take_comment (self, node, &ticket, error);
}

static gboolean
take (VantageReading *reading, VantageNode *record, const VantageRecordPlace *place,
      gpointer user_data, GError **error)
{
  VantageJira *self = user_data;

  vantage_tracker_place (&self->tracker, place->entry, 0, place->offset, place->length);
  if (vantage_jira_is_webhook (record))
    return vantage_tracker_skip (&self->tracker, "bad-record", error,
                                 "a webhook message tells of one change only");
  if (is_issue (record))
    return take_issue (self, record, error);
  if (is_field (record))
    return TRUE;
  return take_lone_comment (self, record, error);
}

static const char *const ways[] = { "issues", "comments", "issue", "values", NULL };

const VantageRecordShape vantage_jira_shape = { is_record, ways, take, FALSE };
