/* vantage-gitlab-event.c: what happened to a ticket, as notes of the system and as events; files
 * and reactions beside the words. */

#include "vantage-gitlab-private.h"

#include "vantage-text.h"

#include <string.h>

/* ---- people ---- */

static gboolean
is_bot (VantageNode *user, const char *username)
{
  return vantage_node_get_true (user, "bot") ||
         ((g_str_has_prefix (username, "project_") || g_str_has_prefix (username, "group_")) &&
          strstr (username, "_bot") != NULL) ||
         strcmp (username, "alert-bot") == 0 || strcmp (username, "support-bot") == 0 ||
         strcmp (username, "GitLab-Automation-Bot") == 0;
}

gboolean
vantage_gitlab_meet (VantageGitlab *self, VantageNode *node, const char *member,
                     const char *id_member, const char **out_account, GError **error)
{
  VantageNode *user = vantage_node_get_object (node, member);
  const char *username = vantage_node_get_member (user, "username");
  const char *id = vantage_node_get_member (node, id_member);
  VantageTrackerPerson person = { .name = vantage_node_get_member (user, "name") };
  const char *known;
  g_autofree char *key = NULL;

  *out_account = NULL;
  id = id != NULL ? id : vantage_node_get_member (user, "id");
  known = id != NULL ? g_hash_table_lookup (self->members, id) : NULL;
  if (username == NULL && known != NULL)
    {
      key = g_strndup (known, strcspn (known, "\n"));
      username = key;
      person.name = person.name != NULL ? person.name : strchr (known, '\n') + 1;
    }
  if (g_strcmp0 (username, "ghost") == 0)
    return TRUE;
  if (username != NULL)
    {
      person.key = person.handle = username;
      person.bot = is_bot (user, username);
    }
  else if (id != NULL)
    person.key = key = g_strconcat ("id:", id, NULL);
  return vantage_tracker_meet (&self->tracker, &person, out_account, error);
}

/* ---- notes of the system ---- */

VantageItemKind
vantage_gitlab_describe_note (VantageNode *note, const char *body, VantageItem *item)
{
  static const struct
  {
    const char *begin; /* of the action, or of the words */
    VantageItemKind kind;
    const char *field;
  } kinds[] = {
    { "closed", VANTAGE_ITEM_STATUS, NULL },
    { "reopened", VANTAGE_ITEM_STATUS, NULL },
    { "merged", VANTAGE_ITEM_STATUS, NULL },
    { "opened", VANTAGE_ITEM_STATUS, NULL },
    { "status", VANTAGE_ITEM_STATUS, NULL },
    { "changed the status", VANTAGE_ITEM_STATUS, NULL },
    { "changed the incident status", VANTAGE_ITEM_STATUS, NULL },
    { "assigned", VANTAGE_ITEM_ASSIGNMENT, NULL },
    { "unassigned", VANTAGE_ITEM_ASSIGNMENT, NULL },
    { "assignee", VANTAGE_ITEM_ASSIGNMENT, NULL },
    { "changed assignee", VANTAGE_ITEM_ASSIGNMENT, NULL },
    { "removed assignee", VANTAGE_ITEM_ASSIGNMENT, NULL },
    { "reviewer", VANTAGE_ITEM_ASSIGNMENT, NULL },
    { "requested review", VANTAGE_ITEM_ASSIGNMENT, NULL },
    { "label", VANTAGE_ITEM_FIELD, "label" },
    { "added ~", VANTAGE_ITEM_FIELD, "label" },
    { "removed ~", VANTAGE_ITEM_FIELD, "label" },
    { "milestone", VANTAGE_ITEM_FIELD, "milestone" },
    { "changed milestone", VANTAGE_ITEM_FIELD, "milestone" },
    { "removed milestone", VANTAGE_ITEM_FIELD, "milestone" },
    { "changed title", VANTAGE_ITEM_FIELD, "title" },
    { "title", VANTAGE_ITEM_FIELD, "title" },
    { "changed the description", VANTAGE_ITEM_FIELD, "description" },
    { "description", VANTAGE_ITEM_FIELD, "description" },
    { "severity", VANTAGE_ITEM_FIELD, "severity" },
    { "changed the severity", VANTAGE_ITEM_FIELD, "severity" },
    { "set the severity", VANTAGE_ITEM_FIELD, "severity" },
    { "changed due date", VANTAGE_ITEM_FIELD, "due date" },
    { "due_date", VANTAGE_ITEM_FIELD, "due date" },
    { "changed weight", VANTAGE_ITEM_FIELD, "weight" },
    { "weight", VANTAGE_ITEM_FIELD, "weight" },
    { "made the issue", VANTAGE_ITEM_FIELD, "confidential" },
    { "confidential", VANTAGE_ITEM_FIELD, "confidential" },
    { "visible", VANTAGE_ITEM_FIELD, "confidential" },
    { "time_tracking", VANTAGE_ITEM_FIELD, "time" },
    { "mentioned in", VANTAGE_ITEM_LINK, NULL },
    { "cross_reference", VANTAGE_ITEM_LINK, NULL },
    { "moved", VANTAGE_ITEM_LINK, NULL },
    { "relate", VANTAGE_ITEM_LINK, NULL },
    { "marked this", VANTAGE_ITEM_LINK, NULL },
    { "duplicate", VANTAGE_ITEM_LINK, NULL },
    { "commit", VANTAGE_ITEM_COMMIT, NULL },
  };
  const char *action =
      vantage_node_get_member (vantage_node_get_object (note, "system_note_metadata"), "action");

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_prefix (action != NULL ? action : body, kinds[i].begin))
      {
        vantage_tracker_add_fact (item, "field", kinds[i].field);
        return kinds[i].kind;
      }
  if (g_str_has_prefix (body, "added ") && strstr (body, " commit") != NULL)
    return VANTAGE_ITEM_COMMIT;
  return VANTAGE_ITEM_OTHER;
}

/* ---- events ---- */

gboolean
vantage_gitlab_is_event (VantageNode *node)
{
  return vantage_node_get (node, "created_at") != NULL && vantage_node_get (node, "iid") == NULL &&
         vantage_node_get (node, "noteable_type") == NULL &&
         ((vantage_node_get (node, "action") != NULL &&
           (vantage_node_get (node, "label") != NULL ||
            vantage_node_get (node, "milestone") != NULL)) ||
          (vantage_node_get_member (node, "state") != NULL &&
           vantage_node_get (node, "title") == NULL &&
           (vantage_node_get (node, "user") != NULL ||
            vantage_node_get (node, "user_id") != NULL)));
}

static const char *
get_title (VantageNode *node, const char *member)
{
  VantageNode *object = vantage_node_get_object (node, member);
  const char *name = vantage_node_get_member (object, "name");

  return name != NULL ? name : vantage_node_get_member (object, "title");
}

gboolean
vantage_gitlab_take_event (VantageGitlab *self, VantageNode *event, const char *root,
                           const char *url, GError **error)
{
  const char *id = vantage_node_get_member (event, "id");
  const char *state = vantage_node_get_member (event, "state");
  const char *label = get_title (event, "label");
  const char *milestone = get_title (event, "milestone");
  gboolean gone = g_strcmp0 (vantage_node_get_member (event, "action"), "remove") == 0;
  gboolean is_state = vantage_node_get (event, "action") == NULL && state != NULL;
  const char *field = is_state                                        ? "state"
                      : vantage_node_get (event, "milestone") != NULL ? "milestone"
                                                                      : "label";
  const char *value = is_state ? state : label != NULL ? label : milestone;
  g_autoptr (VantageItem) item = NULL;
  g_autofree char *suffix = NULL;
  const char *account;

  if (!vantage_gitlab_meet (self, event, "user", "user_id", &account, error) ||
      !vantage_tracker_begin (&self->tracker, is_state ? VANTAGE_ITEM_STATUS : VANTAGE_ITEM_FIELD,
                              vantage_node_get_member (event, "created_at"),
                              VANTAGE_DATE_ORDER_UNKNOWN, &item, error))
    return FALSE;
  if (item == NULL)
    return TRUE;
  item->account = g_strdup (account);
  vantage_tracker_set_change (item, field, gone ? value : NULL, gone ? NULL : value);
  if (id != NULL)
    {
      suffix = g_strdup_printf ("e%c%s", *field, id);
      vantage_tracker_set_local (item, root, suffix);
    }
  else
    vantage_tracker_set_content_local (&self->tracker, item, root);
  vantage_tracker_set_url (item, url);
  return vantage_tracker_add (&self->tracker, g_steal_pointer (&item), error);
}

/* ---- files and reactions ---- */

/* "[name](/uploads/…)" and "![name](/uploads/…)". */
void
vantage_gitlab_take_files (VantageItem *item)
{
  for (const char *p = strstr (item->text, "](/uploads/"); p != NULL;
       p = strstr (p + 1, "](/uploads/"))
    {
      const char *open = p;
      gsize length = strcspn (p + 2, ") \n");
      g_autofree char *name = NULL;
      g_autofree char *url = NULL;

      while (open > item->text && *open != '[' && p - open < 500)
        open--;
      if (*open != '[' || p[2 + length] != ')' || length > 2000)
        continue;
      name = g_strndup (open + 1, (gsize) (p - open - 1));
      url = g_strndup (p + 2, length);
      vantage_text_mask_tokens (url, strlen (url));
      vantage_item_add_attachment (item, *name != '\0' ? name : NULL, NULL, url, -1);
    }
}

static void
add_award (VantageItem *item, const char *name, const char *account, gint64 us)
{
  VantageReaction *reaction = NULL;
  guint n;

  for (guint i = 0; item->reactions != NULL && i < item->reactions->len; i++)
    if (strcmp (((VantageReaction *) item->reactions->pdata[i])->name, name) == 0)
      reaction = item->reactions->pdata[i];
  if (reaction == NULL)
    reaction = vantage_item_add_reaction (item, name, 0, NULL);
  reaction->count++;
  if (account == NULL)
    return;
  n = g_strv_length (reaction->by);
  reaction->by = g_renew (char *, reaction->by, n + 2);
  reaction->by[n] = g_strdup (account);
  reaction->by[n + 1] = NULL;
  reaction->times_us = g_renew (gint64, reaction->times_us, n + 1);
  reaction->times_us[n] = us;
}

void
vantage_gitlab_take_awards (VantageGitlab *self, VantageNode *awards, VantageItem *item)
{
  for (VantageNode *award = awards != NULL ? vantage_node_first (awards) : NULL; award != NULL;
       award = vantage_node_next (awards, award))
    {
      const char *name = vantage_node_get_member (award, "name");
      const char *created = vantage_node_get_member (award, "created_at");
      const char *account = NULL;
      VantageCellTime time = { .us = VANTAGE_TIME_NONE };

      if (name == NULL || !vantage_gitlab_meet (self, award, "user", "user_id", &account, NULL))
        continue;
      if (created != NULL)
        vantage_tracker_parse_time (created, VANTAGE_DATE_ORDER_UNKNOWN, &time);
      add_award (item, name, account, time.us);
    }
}
