/* vantage-github-event.c: what happened to a ticket: closed, labeled, assigned, referred to. */

#include "vantage-github-private.h"

#include <string.h>

char *
vantage_github_dup_event (VantageNode *node)
{
  const char *name = vantage_node_get_member (node, "event");
  const char *type = vantage_node_get_member (node, "eventType");
  GString *text;

  if (name != NULL)
    return g_strdup (name);
  if (type == NULL)
    type = vantage_node_get_member (node, "__typename");
  if (type == NULL || !g_str_has_suffix (type, "Event"))
    return NULL;
  text = g_string_new (NULL);
  for (const char *p = type; *p != '\0' && strcmp (p, "Event") != 0; p++)
    {
      if (g_ascii_isupper (*p) && p > type)
        g_string_append_c (text, '_');
      g_string_append_c (text, g_ascii_tolower (*p));
    }
  return g_string_free (text, FALSE);
}

const char *
vantage_github_get_account (VantageNode *node, const char *member)
{
  VantageNode *author = vantage_node_get (node, member);
  const char *login = author == NULL ? NULL
                      : author->type == VANTAGE_NODE_OBJECT
                          ? vantage_node_get_member (author, "login")
                          : vantage_node_get_text (author);

  return login != NULL && *login != '\0' && strcmp (login, "ghost") != 0 ? login : NULL;
}

VantageItemKind
vantage_github_describe_event (const char *event, VantageItem *item)
{
  static const struct
  {
    const char *event;
    VantageItemKind kind;
    const char *field;
  } kinds[] = {
    { "closed", VANTAGE_ITEM_STATUS, NULL },
    { "reopened", VANTAGE_ITEM_STATUS, NULL },
    { "merged", VANTAGE_ITEM_STATUS, NULL },
    { "ready_for_review", VANTAGE_ITEM_STATUS, NULL },
    { "convert_to_draft", VANTAGE_ITEM_STATUS, NULL },
    { "converted_to_draft", VANTAGE_ITEM_STATUS, NULL },
    { "labeled", VANTAGE_ITEM_FIELD, "label" },
    { "unlabeled", VANTAGE_ITEM_FIELD, "label" },
    { "milestoned", VANTAGE_ITEM_FIELD, "milestone" },
    { "demilestoned", VANTAGE_ITEM_FIELD, "milestone" },
    { "renamed", VANTAGE_ITEM_FIELD, "title" },
    { "renamed_title", VANTAGE_ITEM_FIELD, "title" },
    { "assigned", VANTAGE_ITEM_ASSIGNMENT, NULL },
    { "unassigned", VANTAGE_ITEM_ASSIGNMENT, NULL },
    { "review_requested", VANTAGE_ITEM_ASSIGNMENT, NULL },
    { "review_request_removed", VANTAGE_ITEM_ASSIGNMENT, NULL },
    { "referenced", VANTAGE_ITEM_LINK, NULL },
    { "cross-referenced", VANTAGE_ITEM_LINK, NULL },
    { "cross_referenced", VANTAGE_ITEM_LINK, NULL },
    { "connected", VANTAGE_ITEM_LINK, NULL },
    { "marked_as_duplicate", VANTAGE_ITEM_LINK, NULL },
    { "committed", VANTAGE_ITEM_COMMIT, NULL },
    { "head_ref_force_pushed", VANTAGE_ITEM_COMMIT, NULL },
    { "deployed", VANTAGE_ITEM_DEPLOY, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].event, event) == 0)
      {
        if (kinds[i].field != NULL)
          vantage_item_add_extra (item, "field", kinds[i].field);
        return kinds[i].kind;
      }
  return VANTAGE_ITEM_OTHER;
}

static void
add_change (VantageItem *item, const char *event, const char *value)
{
  gboolean gone = g_str_has_prefix (event, "un") || g_str_has_prefix (event, "de") ||
                  g_str_has_suffix (event, "_removed");

  if (value != NULL)
    vantage_item_add_extra (item, gone ? "from" : "to", value);
}

char *
vantage_github_dup_event_text (VantageNode *node, const char *event, VantageItem *item)
{
  VantageNode *rename = vantage_node_get_object (node, "rename");
  const char *label = vantage_node_get_member (vantage_node_get_object (node, "label"), "name");
  const char *milestone =
      vantage_node_get_member (vantage_node_get_object (node, "milestone"), "title");
  const char *assignee = vantage_github_get_account (node, "assignee");
  const char *message = vantage_node_get_member (node, "message");
  const char *value = label != NULL ? label : milestone != NULL ? milestone : assignee;
  g_autofree char *words = g_strdelimit (g_strdup (event), "_-", ' ');

  if (assignee == NULL && value == NULL)
    value = vantage_github_get_account (node, "requested_reviewer");
  if (rename != NULL)
    {
      vantage_item_add_extra (item, "from", vantage_node_get_member (rename, "from"));
      vantage_item_add_extra (item, "to", vantage_node_get_member (rename, "to"));
      value = vantage_node_get_member (rename, "to");
    }
  else
    add_change (item, event, value);
  if (message != NULL)
    return vantage_github_plain (message);
  return value != NULL ? g_strdup_printf ("%s: %s", words, value) : g_steal_pointer (&words);
}
