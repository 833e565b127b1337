/* vantage-bugzilla-xml.c: bugs as show_bug.cgi writes them as XML. */

#include "vantage-bugzilla-private.h"

#include "vantage-xml.h"

#include <string.h>

static const char *const roots[] = { "bugzilla", NULL };

gboolean
vantage_bugzilla_is_xml (const char *head, gsize length)
{
  return vantage_xml_find (head, length, roots) != NULL;
}

/* "<who name="Ada Lund">ada@acme.test</who>": the account is the text. */
static gboolean
meet (VantageBugzilla *self, VantageNode *node, const char *element, const char **out_account,
      GError **error)
{
  const char *name = vantage_node_get_member (vantage_node_get_object (node, element), "@name");
  const char *account = vantage_xml_get_text (node, element);
  const VantageTrackerPerson person = {
    .key = account,
    .name = name,
    .handle = account,
    .email = account != NULL && strchr (account, '@') != NULL ? account : NULL,
  };

  return vantage_tracker_meet (&self->tracker, &person, out_account, error);
}

static gboolean
is_private (VantageNode *node)
{
  return g_strcmp0 (vantage_node_get_member (node, "@isprivate"), "1") == 0;
}

/* The comment that is the bug's own text: the one with the number 0, else the first. */
static VantageNode *
find_description (VantageNode *bug)
{
  VantageNode *first = NULL;

  for (VantageNode *at = vantage_node_first (bug); at != NULL; at = vantage_node_next (bug, at))
    {
      VantageNode *comment = vantage_node_value (at);

      if (!vantage_node_is (at, "long_desc") || comment->type != VANTAGE_NODE_OBJECT)
        continue;
      if (g_strcmp0 (vantage_xml_get_text (comment, "comment_count"), "0") == 0)
        return comment;
      if (first == NULL && vantage_xml_get_text (comment, "comment_count") == NULL)
        first = comment;
    }
  return first;
}

static void
add_facts (VantageItem *item, VantageNode *bug)
{
  static const char *const named[][2] = {
    { "product", "product" },       { "component", "component" }, { "status", "bug_status" },
    { "resolution", "resolution" }, { "priority", "priority" },   { "severity", "bug_severity" },
    { "assignee", "assigned_to" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (named); i++)
    vantage_tracker_add_fact (item, named[i][0], vantage_xml_get_text (bug, named[i][1]));
}

static gboolean
take_ticket (VantageBugzilla *self, VantageNode *bug, const char *id, const char *base,
             VantageNode *description, GError **error)
{
  g_autoptr (VantageItem) item = NULL;
  const char *account, *assignee;

  if (!meet (self, bug, "assigned_to", &assignee, error) ||
      !meet (self, bug, "reporter", &account, error) ||
      !vantage_tracker_begin (&self->tracker, VANTAGE_ITEM_TICKET,
                              vantage_xml_get_text (bug, "creation_ts"), VANTAGE_DATE_ORDER_UNKNOWN,
                              &item, error))
    return FALSE;
  if (item == NULL)
    return TRUE;
  item->account = g_strdup (account);
  vantage_tracker_take_text (item,
                             vantage_tracker_join (vantage_xml_get_text (bug, "short_desc"),
                                                   vantage_xml_get_text (description, "thetext")));
  add_facts (item, bug);
  if (description != NULL && is_private (description))
    vantage_tracker_add_fact (item, "internal", "yes");
  vantage_tracker_set_local (item, id, NULL);
  vantage_bugzilla_set_url (item, base, id, NULL);
  return vantage_tracker_add (&self->tracker, g_steal_pointer (&item), error);
}

static gboolean
take_comment (VantageBugzilla *self, VantageNode *node, const char *id, const char *base,
              GError **error)
{
  VantageBugzillaComment comment = {
    .bug = id,
    .id = vantage_xml_get_text (node, "commentid"),
    .time = vantage_xml_get_text (node, "bug_when"),
    .text = vantage_xml_get_text (node, "thetext"),
    .number = vantage_xml_get_text (node, "comment_count"),
    .base = base,
    .internal = is_private (node),
  };

  return meet (self, node, "who", &comment.account, error) &&
         vantage_bugzilla_add_comment (self, &comment, error);
}

static gboolean
take_file (VantageBugzilla *self, VantageNode *node, const char *id, GError **error)
{
  VantageBugzillaFile file = {
    .bug = id,
    .id = vantage_xml_get_text (node, "attachid"),
    .time = vantage_xml_get_text (node, "date"),
    .name = vantage_xml_get_text (node, "filename"),
    .type = vantage_xml_get_text (node, "type"),
    .words = vantage_xml_get_text (node, "desc"),
    .size = vantage_node_get_int (node, "size", -1),
    .internal = is_private (node),
  };

  return meet (self, node, "attacher", &file.account, error) &&
         vantage_bugzilla_add_file (self, &file, error);
}

static gboolean
take_bug (VantageBugzilla *self, VantageNode *bug, const char *base, GError **error)
{
  const char *failure = vantage_node_get_member (bug, "@error");
  const char *id = vantage_xml_get_text (bug, "bug_id");
  g_autofree char *host = vantage_tracker_dup_host (base);
  VantageNode *description = find_description (bug);

  if (failure != NULL)
    return vantage_tracker_skip (&self->tracker, "bad-record", error,
                                 "the server did not give bug %s: %s", id != NULL ? id : "",
                                 failure);
  if (id == NULL || *id == '\0')
    return vantage_tracker_skip (&self->tracker, "bad-record", error, "a bug has no number");
  if (!vantage_bugzilla_enter (self, host, vantage_xml_get_text (bug, "product"), error) ||
      !take_ticket (self, bug, id, base, description, error))
    return FALSE;
  for (VantageNode *at = vantage_node_first (bug); at != NULL; at = vantage_node_next (bug, at))
    {
      VantageNode *value = vantage_node_value (at);

      if (value->type != VANTAGE_NODE_OBJECT || value == description)
        continue;
      if (vantage_node_is (at, "long_desc") && !take_comment (self, value, id, base, error))
        return FALSE;
      if (vantage_node_is (at, "attachment") && !take_file (self, value, id, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
vantage_bugzilla_read_xml (VantageBugzilla *self, const VantageEntry *entry, GError **error)
{
  static const char *const dropped[] = { "data", "token", NULL };
  VantageReading *reading = self->tracker.reading;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (VantageXml) xml = NULL;
  GError *failure = NULL;
  VantageNode *node;
  const char *name;

  stream = vantage_reading_open (reading, entry, &failure);
  if (stream == NULL)
    return vantage_reading_take_failure (reading, entry, failure, error);
  xml = vantage_xml_new (stream, roots, dropped, reading->cancellable);
  while ((name = vantage_xml_next (xml, &node, &failure)) != NULL)
    {
      vantage_tracker_place (&self->tracker, entry, vantage_xml_get_line (xml), -1, 0);
      if (strcmp (name, "bug") == 0 && node->type == VANTAGE_NODE_OBJECT &&
          !take_bug (self, node, vantage_xml_get_attribute (xml, "bugzilla", "urlbase"), error))
        return FALSE;
    }
  return vantage_reading_close_xml (reading, xml, entry, failure, error);
}
