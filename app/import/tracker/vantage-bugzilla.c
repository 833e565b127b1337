/* vantage-bugzilla.c: Bugzilla's bugs as XML and as answers of its interface: bugs, comments,
 * histories and files, each in a file of its own or together. */

#include "vantage-bugzilla-private.h"

#include "vantage-tracker-table.h"

#include <string.h>

/* ---- recognising ---- */

static gboolean
is_bug (VantageNode *node)
{
  return vantage_node_get (node, "id") != NULL && vantage_node_get (node, "summary") != NULL &&
         vantage_node_get (node, "product") != NULL && vantage_node_get (node, "status") != NULL;
}

static gboolean
is_history (VantageNode *node)
{
  return vantage_node_get (node, "id") != NULL && vantage_node_get_array (node, "history") != NULL;
}

static gboolean
is_comment (VantageNode *node)
{
  return vantage_node_get (node, "bug_id") != NULL && vantage_node_get (node, "text") != NULL &&
         (vantage_node_get (node, "time") != NULL ||
          vantage_node_get (node, "creation_time") != NULL);
}

static gboolean
is_file (VantageNode *node)
{
  return vantage_node_get (node, "bug_id") != NULL && vantage_node_get (node, "file_name") != NULL;
}

/* Lists by the number of their bug: {"1273442": {"comments": […]}}, {"1273442": [files]}. */
static gboolean
is_keyed (VantageNode *node)
{
  VantageNode *name = vantage_node_first (node);
  const char *number = name != NULL ? vantage_node_get_text (name) : NULL;

  if (number == NULL || *number == '\0' || strspn (number, "0123456789") != strlen (number))
    return FALSE;
  return vantage_node_value (name)->type == VANTAGE_NODE_ARRAY ||
         vantage_node_get_array (vantage_node_value (name), "comments") != NULL;
}

static gboolean
is_record (VantageNode *node)
{
  return is_bug (node) || is_history (node) || is_comment (node) || is_file (node) ||
         is_keyed (node);
}

static const VantageRecordShape *get_shape (void);

static gboolean
is_list_of_bugs (const char *const *names)
{
  return g_strv_contains (names, "bug_id") &&
         (g_strv_contains (names, "bug_status") || g_strv_contains (names, "short_desc") ||
          g_strv_contains (names, "product"));
}

static int
score (VantageSniff *sniff)
{
  VantageInput *input = vantage_sniff_get_input (sniff);
  guint n = MIN (vantage_input_get_n_entries (input), 8);
  int best = 0;

  for (guint i = 0; i < n && best < 90; i++)
    {
      const VantageEntry *entry = vantage_input_get_entry (input, i);
      VantageNode *record = vantage_records_sniff (sniff, entry, get_shape ());
      gsize length;
      const char *head = vantage_sniff_get_text (sniff, entry, &length);

      if (vantage_bugzilla_is_xml (head, length))
        best = 95;
      else if (record != NULL)
        best = MAX (best, is_bug (record) || is_comment (record) ? 91
                          : is_keyed (record)                    ? 70
                                                                 : 75);
    }
  return best;
}

static char *
near_miss (VantageSniff *sniff)
{
  const VantageEntry *entry = vantage_sniff_get_entry (sniff);
  VantageNode *node = entry != NULL ? vantage_sniff_get_json (sniff, entry) : NULL;
  g_auto (GStrv) header = entry != NULL ? vantage_tracker_table_sniff (sniff, entry) : NULL;

  if (header != NULL && is_list_of_bugs ((const char *const *) header))
    return g_strdup ("this is a list of bugs from Bugzilla, which has neither comments nor times "
                     "with a zone: export the bugs as XML instead, with the list's XML button or "
                     "show_bug.cgi?ctype=xml");
  if (node != NULL && vantage_node_get_true (node, "error") &&
      vantage_node_get (node, "code") != NULL && vantage_node_get (node, "message") != NULL)
    return g_strdup ("this is an error that Bugzilla answered, not a list of bugs: ask again with "
                     "an API key, or export the bugs as XML");
  return NULL;
}

/* ---- shared ---- */

gboolean
vantage_bugzilla_enter (VantageBugzilla *self, const char *host, const char *product,
                        GError **error)
{
  return vantage_tracker_enter (&self->tracker, host != NULL ? host : "", "site", product, error);
}

void
vantage_bugzilla_set_url (VantageItem *item, const char *base, const char *bug, const char *comment)
{
  g_autofree char *url = NULL;
  const char *slash = base != NULL && g_str_has_suffix (base, "/") ? "" : "/";

  if (base == NULL || *base == '\0')
    return;
  url = comment != NULL ? g_strdup_printf ("%s%sshow_bug.cgi?id=%s#c%s", base, slash, bug, comment)
                        : g_strdup_printf ("%s%sshow_bug.cgi?id=%s", base, slash, bug);
  vantage_tracker_set_url (item, url);
}

gboolean
vantage_bugzilla_add_comment (VantageBugzilla *self, const VantageBugzillaComment *comment,
                              GError **error)
{
  g_autoptr (VantageItem) item = NULL;
  g_autofree char *suffix = NULL;

  if (!vantage_tracker_begin (&self->tracker, VANTAGE_ITEM_COMMENT, comment->time,
                              VANTAGE_DATE_ORDER_UNKNOWN, &item, error))
    return FALSE;
  if (item == NULL)
    return TRUE;
  item->account = g_strdup (comment->account);
  vantage_tracker_take_text (item, vantage_tracker_join (NULL, comment->text));
  if (comment->internal)
    vantage_tracker_add_fact (item, "internal", "yes");
  if (comment->id != NULL && *comment->id != '\0')
    {
      suffix = g_strconcat ("c", comment->id, NULL);
      vantage_tracker_set_local (item, comment->bug, suffix);
    }
  else
    vantage_tracker_set_content_local (&self->tracker, item, comment->bug);
  vantage_bugzilla_set_url (item, comment->base, comment->bug, comment->number);
  return vantage_tracker_add (&self->tracker, g_steal_pointer (&item), error);
}

gboolean
vantage_bugzilla_add_file (VantageBugzilla *self, const VantageBugzillaFile *file, GError **error)
{
  g_autoptr (VantageItem) item = NULL;
  g_autofree char *suffix = NULL;
  gboolean told =
      file->words != NULL && *file->words != '\0' && g_strcmp0 (file->words, file->name) != 0;

  if (!vantage_tracker_begin (&self->tracker, VANTAGE_ITEM_FILE, file->time,
                              VANTAGE_DATE_ORDER_UNKNOWN, &item, error))
    return FALSE;
  if (item == NULL)
    return TRUE;
  item->account = g_strdup (file->account);
  vantage_tracker_take_text (item, vantage_tracker_join (told ? file->words : NULL, file->name));
  vantage_item_add_attachment (item, file->name, file->type, NULL, file->size);
  if (file->internal)
    vantage_tracker_add_fact (item, "internal", "yes");
  if (file->id != NULL && *file->id != '\0')
    {
      suffix = g_strconcat ("a", file->id, NULL);
      vantage_tracker_set_local (item, file->bug, suffix);
    }
  else
    vantage_tracker_set_content_local (&self->tracker, item, file->bug);
  return vantage_tracker_add (&self->tracker, g_steal_pointer (&item), error);
}

/* ---- answers ---- */

/* The account in a member, with what its detail knows of it. */
static gboolean
meet (VantageBugzilla *self, VantageNode *node, const char *member, const char *other,
      const char **out_account, GError **error)
{
  g_autofree char *detailed = g_strconcat (member, "_detail", NULL);
  VantageNode *detail = vantage_node_get_object (node, detailed);
  const char *account = vantage_node_get_member (node, member);
  VantageTrackerPerson person = { .name = vantage_node_get_member (detail, "real_name"),
                                  .email = vantage_node_get_member (detail, "email") };

  if (account == NULL && other != NULL)
    account = vantage_node_get_member (node, other);
  person.key = person.handle = account;
  return vantage_tracker_meet (&self->tracker, &person, out_account, error);
}

/* True, or 1. */
static gboolean
is_set (VantageNode *node, const char *member)
{
  return vantage_node_get_true (node, member) || vantage_node_get_int (node, member, 0) == 1;
}

static gboolean
take_comment (VantageBugzilla *self, VantageNode *node, const char *bug, GError **error)
{
  VantageBugzillaComment comment = {
    .bug = bug,
    .id = vantage_node_get_member (node, "id"),
    .time = vantage_node_get_member (node, "creation_time"),
    .text = vantage_node_get_member (node, "text"),
    .internal = is_set (node, "is_private"),
  };

  if (comment.time == NULL)
    comment.time = vantage_node_get_member (node, "time");
  return meet (self, node, "creator", "author", &comment.account, error) &&
         vantage_bugzilla_add_comment (self, &comment, error);
}

static gboolean
take_file (VantageBugzilla *self, VantageNode *node, const char *bug, GError **error)
{
  VantageBugzillaFile file = {
    .bug = bug,
    .id = vantage_node_get_member (node, "id"),
    .time = vantage_node_get_member (node, "creation_time"),
    .name = vantage_node_get_member (node, "file_name"),
    .type = vantage_node_get_member (node, "content_type"),
    .words = vantage_node_get_member (node, "summary"),
    .size = vantage_node_get_int (node, "size", -1),
    .internal = is_set (node, "is_private"),
  };

  return meet (self, node, "creator", "attacher", &file.account, error) &&
         vantage_bugzilla_add_file (self, &file, error);
}

static VantageItemKind
kind_of_change (const char *field)
{
  static const char *const links[] = {
    "depends_on",   "blocks",       "dependson",   "blocked",    "see_also", "dupe_of",
    "bug_see_also", "regressed_by", "regressions", "duplicates", NULL
  };

  if (strcmp (field, "status") == 0 || strcmp (field, "bug_status") == 0)
    return VANTAGE_ITEM_STATUS;
  if (strcmp (field, "assigned_to") == 0)
    return VANTAGE_ITEM_ASSIGNMENT;
  return g_strv_contains (links, field) ? VANTAGE_ITEM_LINK : VANTAGE_ITEM_FIELD;
}

static gboolean
take_change (VantageBugzilla *self, VantageNode *change, const char *when, const char *account,
             const char *bug, guint index, GError **error)
{
  const char *field = vantage_node_get_member (change, "field_name");
  g_autoptr (VantageItem) item = NULL;
  g_autoptr (GString) suffix = g_string_new ("h");

  if (field == NULL)
    return vantage_tracker_skip (&self->tracker, "bad-record", error, "a change names no field");
  if (!vantage_tracker_begin (&self->tracker, kind_of_change (field), when,
                              VANTAGE_DATE_ORDER_UNKNOWN, &item, error))
    return FALSE;
  if (item == NULL)
    return TRUE;
  item->account = g_strdup (account);
  vantage_tracker_set_change (item, field, vantage_node_get_member (change, "removed"),
                              vantage_node_get_member (change, "added"));
  /* a history has no ids: the moment, and which of its changes */
  g_string_append_printf (suffix, "%" G_GINT64_FORMAT ".%u", item->time_us / G_USEC_PER_SEC, index);
  vantage_tracker_set_local (item, bug, suffix->str);
  return vantage_tracker_add (&self->tracker, g_steal_pointer (&item), error);
}

static gboolean
take_history (VantageBugzilla *self, VantageNode *list, const char *bug, GError **error)
{
  g_autofree char *last = NULL;
  guint index = 0;

  for (VantageNode *at = list != NULL ? vantage_node_first (list) : NULL; at != NULL;
       at = vantage_node_next (list, at))
    {
      VantageNode *changes = vantage_node_get_array (at, "changes");
      const char *when = vantage_node_get_member (at, "when");
      const char *account;

      if (!meet (self, at, "who", NULL, &account, error))
        return FALSE;
      if (g_strcmp0 (when, last) != 0)
        index = 0;
      g_free (last);
      last = g_strdup (when);
      for (VantageNode *change = changes != NULL ? vantage_node_first (changes) : NULL;
           change != NULL; change = vantage_node_next (changes, change), index++)
        if (!take_change (self, change, when, account, bug, index, error))
          return FALSE;
    }
  return TRUE;
}

typedef gboolean (*TakePart) (VantageBugzilla *self, VantageNode *node, const char *bug,
                              GError **error);

static gboolean
take_list (VantageBugzilla *self, VantageNode *list, const char *bug, TakePart take, GError **error)
{
  for (VantageNode *at = list != NULL ? vantage_node_first (list) : NULL; at != NULL;
       at = vantage_node_next (list, at))
    if (at->type == VANTAGE_NODE_OBJECT
            ? !take (self, at, bug, error)
            : at->type != VANTAGE_NODE_NULL &&
                  !vantage_tracker_skip (&self->tracker, "bad-record", error,
                                         "a record of bug %s is no JSON object", bug))
      return FALSE;
  return TRUE;
}

static gboolean
take_head (VantageBugzilla *self, VantageNode *node, const char *bug, GError **error)
{
  static const char *const facts[] = { "product",  "component", "status",     "resolution",
                                       "priority", "severity",  "assigned_to" };
  g_autoptr (VantageItem) item = NULL;
  const char *account, *assignee;

  if (!meet (self, node, "assigned_to", NULL, &assignee, error) ||
      !meet (self, node, "creator", "reporter", &account, error) ||
      !vantage_tracker_begin (&self->tracker, VANTAGE_ITEM_TICKET,
                              vantage_node_get_member (node, "creation_time"),
                              VANTAGE_DATE_ORDER_UNKNOWN, &item, error))
    return FALSE;
  if (item == NULL)
    return TRUE;
  item->account = g_strdup (account);
  vantage_tracker_take_text (item,
                             vantage_tracker_join (vantage_node_get_member (node, "summary"),
                                                   vantage_node_get_member (node, "description")));
  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    vantage_tracker_add_fact (item, strcmp (facts[i], "assigned_to") == 0 ? "assignee" : facts[i],
                              vantage_node_get_member (node, facts[i]));
  vantage_tracker_set_local (item, bug, NULL);
  return vantage_tracker_add (&self->tracker, g_steal_pointer (&item), error);
}

static gboolean
take_bug (VantageBugzilla *self, VantageNode *node, VantageNode *outer, GError **error)
{
  const char *bug = vantage_node_get_member (node, "id");
  g_autofree char *host = vantage_tracker_dup_host (vantage_node_get_member (outer, "origin"));

  if (bug == NULL)
    return vantage_tracker_skip (&self->tracker, "bad-record", error, "a bug has no number");
  if (!vantage_bugzilla_enter (self, host, vantage_node_get_member (node, "product"), error))
    return FALSE;
  if (is_bug (node) && !take_head (self, node, bug, error))
    return FALSE;
  return take_list (self, vantage_node_get_array (node, "comments"), bug, take_comment, error) &&
         take_history (self, vantage_node_get_array (node, "history"), bug, error) &&
         take_list (self, vantage_node_get_array (node, "attachments"), bug, take_file, error);
}

static gboolean
take_keyed (VantageBugzilla *self, VantageNode *node, GError **error)
{
  if (!vantage_bugzilla_enter (self, NULL, NULL, error))
    return FALSE;
  for (VantageNode *at = vantage_node_first (node); at != NULL; at = vantage_node_next (node, at))
    {
      VantageNode *value = vantage_node_value (at);
      const char *bug = vantage_node_get_text (at);

      if (value->type == VANTAGE_NODE_ARRAY
              ? !take_list (self, value, bug, take_file, error)
              : !take_list (self, vantage_node_get_array (value, "comments"), bug, take_comment,
                            error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
take (VantageReading *reading, VantageNode *node, const VantageRecordPlace *place,
      gpointer user_data, GError **error)
{
  VantageBugzilla *self = user_data;
  const char *bug = vantage_node_get_member (node, "bug_id");

  vantage_tracker_place (&self->tracker, place->entry, 0, place->offset, place->length);
  if (is_bug (node) || is_history (node))
    return take_bug (self, node, place->outer, error);
  if (is_keyed (node))
    return take_keyed (self, node, error);
  if (bug == NULL)
    return vantage_tracker_skip (&self->tracker, "no-parent", error,
                                 "a record does not say which bug it belongs to");
  if (!vantage_bugzilla_enter (self, NULL, NULL, error))
    return FALSE;
  return is_comment (node) ? take_comment (self, node, bug, error)
                           : take_file (self, node, bug, error);
}

static const char *const ways[] = { "bugs", "comments", "attachments", NULL };

static const VantageRecordShape *
get_shape (void)
{
  static const VantageRecordShape shape = { is_record, ways, take, FALSE };

  return &shape;
}

/* ---- the whole ---- */

static gboolean
read_entry (VantageRecords *records, const VantageEntry *entry, gpointer user_data, GError **error)
{
  VantageBugzilla *self = user_data;
  VantageReading *reading = self->tracker.reading;
  g_autoptr (GBytes) bytes = vantage_reader_peek_text (reading->input, entry);
  gsize length;
  const char *head = g_bytes_get_data (bytes, &length);

  if (vantage_records_is_json (reading, entry))
    return vantage_records_walk (records, entry, error);
  if (vantage_bugzilla_is_xml (head, length))
    return vantage_bugzilla_read_xml (self, entry, error);
  return vantage_reading_note (reading, length == 0 ? "empty-file" : "unknown-file", entry, 0, -1,
                               error, "it holds no bugs of Bugzilla as XML or JSON");
}

static gboolean
read_all (VantageReading *reading, GError **error)
{
  VantageBugzilla self = { { NULL } };
  g_autoptr (VantageRecords) records = vantage_records_new (reading, get_shape (), &self);
  gboolean ok;

  vantage_tracker_init (&self.tracker, reading);
  ok = vantage_records_read_all (records, read_entry, error);
  vantage_tracker_clear (&self.tracker);
  return ok;
}

const VantageReader vantage_bugzilla_reader = {
  .format = { "bugzilla", "Bugzilla bugs", "xml json zip" },
  .family = "bugzilla",
  .score = score,
  .near_miss = near_miss,
  .read = read_all,
};
