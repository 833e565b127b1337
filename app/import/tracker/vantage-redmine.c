/* vantage-redmine.c: Redmine's issues with their journals, as JSON and as XML of the same names. */

#include "vantage-tracker.h"

#include "vantage-records.h"
#include "vantage-text.h"
#include "vantage-xml.h"

#include <string.h>

typedef struct
{
  VantageTracker tracker;
  GHashTable *issues;         /* char *number → whether its journals were there */
  const VantageEntry *listed; /* where the first without them stood */
} Redmine;

static const char *const roots[] = { "issues", "issue", NULL };
static const char *const wrappings[] = { "issues", NULL };

/* ---- fields, of JSON and of XML ---- */

/* An attribute in XML, a member in JSON. */
static const char *
get_part (VantageNode *node, const char *name)
{
  g_autofree char *attribute = g_strconcat ("@", name, NULL);
  const char *text = vantage_node_get_member (node, name);

  return text != NULL ? text : vantage_node_get_member (node, attribute);
}

/* Text of a member, with or without attributes. */
static const char *
get_text (VantageNode *node, const char *name)
{
  return vantage_xml_get_text (node, name);
}

/* The list @name: an array, or in XML an object of elements. */
static VantageNode *
get_list (VantageNode *node, const char *name)
{
  VantageNode *list = vantage_node_get (node, name);

  return list != NULL && list->type >= VANTAGE_NODE_ARRAY ? list : NULL;
}

static VantageNode *
list_first (VantageNode *list)
{
  return list != NULL ? vantage_node_first (list) : NULL;
}

/* The element that @at stands for: in an object it is the name of one. NULL for an attribute. */
static VantageNode *
list_value (VantageNode *list, VantageNode *at)
{
  VantageNode *value = list->type == VANTAGE_NODE_OBJECT ? vantage_node_value (at) : at;

  return value->type == VANTAGE_NODE_OBJECT ? value : NULL;
}

/* ---- recognising ---- */

static gboolean
is_issue (VantageNode *node)
{
  return vantage_node_get (node, "id") != NULL && vantage_node_get (node, "subject") != NULL &&
         vantage_node_get (node, "created_on") != NULL &&
         (vantage_node_get (node, "project") != NULL ||
          vantage_node_get (node, "tracker") != NULL || vantage_node_get (node, "author") != NULL);
}

/* What collectors keep beside issues. */
static gboolean
is_user (VantageNode *node)
{
  return vantage_node_get (node, "login") != NULL && vantage_node_get (node, "firstname") != NULL;
}

static gboolean
is_record (VantageNode *node)
{
  return is_issue (node) || is_user (node);
}

static gboolean
is_xml (const char *head, gsize length)
{
  return vantage_xml_find (head, length, roots) != NULL &&
         g_strstr_len (head, (gssize) length, "<subject>") != NULL &&
         g_strstr_len (head, (gssize) length, "<created_on>") != NULL;
}

static const VantageRecordShape *get_shape (void);

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

      if ((record != NULL && is_issue (record)) || is_xml (head, length))
        best = 91;
    }
  return best;
}

/* ---- people and places ---- */

static gboolean
meet (Redmine *self, VantageNode *node, const char *member, const char **out_account,
      GError **error)
{
  VantageNode *user = vantage_node_get_object (node, member);
  const VantageTrackerPerson person = { .key = get_part (user, "id"),
                                        .name = get_part (user, "name") };

  return vantage_tracker_meet (&self->tracker, &person, out_account, error);
}

/* Where it is: an attachment tells, or the envelope of a collector. (transfer full) (nullable) */
static char *
dup_base (VantageNode *issue, VantageNode *outer)
{
  VantageNode *files = get_list (issue, "attachments");

  for (VantageNode *at = list_first (files); at != NULL; at = vantage_node_next (files, at))
    {
      const char *url = get_text (list_value (files, at), "content_url");
      const char *path = url != NULL ? strstr (url, "/attachments/") : NULL;

      if (path != NULL && g_str_has_prefix (url, "http"))
        return g_strndup (url, (gsize) (path - url));
    }
  return g_strdup (vantage_node_get_member (outer, "origin"));
}

typedef struct
{
  const char *id;
  char *base; /* "https://host/redmine"; NULL unknown */
} Issue;

static void
set_url (VantageItem *item, const Issue *issue, guint note)
{
  g_autofree char *url = NULL;

  if (issue->base == NULL)
    return;
  url = note > 0 ? g_strdup_printf ("%s/issues/%s#note-%u", issue->base, issue->id, note)
                 : g_strdup_printf ("%s/issues/%s", issue->base, issue->id);
  vantage_tracker_set_url (item, url);
}

/* ---- parts ---- */

/* An item under the issue; its id is @mark and the record's, else its content. */
static gboolean
finish (Redmine *self, VantageItem *taken, const Issue *issue, const char *suffix, GError **error)
{
  g_autoptr (VantageItem) item = taken;

  if (suffix != NULL)
    vantage_tracker_set_local (item, issue->id, suffix);
  else
    vantage_tracker_set_content_local (&self->tracker, item, issue->id);
  return vantage_tracker_add (&self->tracker, g_steal_pointer (&item), error);
}

static VantageItemKind
kind_of_change (const char *property, const char *name)
{
  if (strcmp (property, "relation") == 0 || strcmp (name, "parent_id") == 0)
    return VANTAGE_ITEM_LINK;
  if (strcmp (property, "attr") != 0)
    return VANTAGE_ITEM_FIELD;
  return strcmp (name, "status_id") == 0        ? VANTAGE_ITEM_STATUS
         : strcmp (name, "assigned_to_id") == 0 ? VANTAGE_ITEM_ASSIGNMENT
                                                : VANTAGE_ITEM_FIELD;
}

static gboolean
take_detail (Redmine *self, VantageNode *journal, VantageNode *detail, const char *account,
             const Issue *issue, guint index, GError **error)
{
  const char *id = get_part (journal, "id");
  const char *property = get_part (detail, "property");
  const char *name = get_part (detail, "name");
  g_autoptr (VantageItem) item = NULL;
  g_autofree char *field = NULL;
  g_autofree char *suffix = NULL;

  property = property != NULL ? property : "attr";
  if (name == NULL)
    return vantage_tracker_skip (&self->tracker, "bad-record", error, "a change names no field");
  if (!vantage_tracker_begin (&self->tracker, kind_of_change (property, name),
                              get_text (journal, "created_on"), VANTAGE_DATE_ORDER_UNKNOWN, &item,
                              error))
    return FALSE;
  if (item == NULL)
    return TRUE;
  item->account = g_strdup (account);
  /* a custom field and a file are named by number alone */
  field = strcmp (property, "attr") == 0 || strcmp (property, "relation") == 0
              ? g_strdup (name)
              : g_strdup_printf ("%s %s", strcmp (property, "cf") == 0 ? "custom field" : property,
                                 name);
  vantage_tracker_set_change (item, field, get_text (detail, "old_value"),
                              get_text (detail, "new_value"));
  suffix = id != NULL ? g_strdup_printf ("j%s.%u", id, index) : NULL;
  return finish (self, g_steal_pointer (&item), issue, suffix, error);
}

static gboolean
take_note (Redmine *self, VantageNode *journal, const char *account, const Issue *issue,
           guint number, GError **error)
{
  const char *id = get_part (journal, "id");
  const char *notes = get_text (journal, "notes");
  const char *hidden = get_text (journal, "private_notes");
  g_autoptr (VantageItem) item = NULL;
  g_autofree char *suffix = id != NULL ? g_strconcat ("j", id, NULL) : NULL;
  g_autofree char *text = vantage_tracker_plain (notes);

  if (strspn (text, " \t\r\n") == strlen (text))
    return TRUE;
  if (!vantage_tracker_begin (&self->tracker, VANTAGE_ITEM_COMMENT,
                              get_text (journal, "created_on"), VANTAGE_DATE_ORDER_UNKNOWN, &item,
                              error))
    return FALSE;
  if (item == NULL)
    return TRUE;
  item->account = g_strdup (account);
  vantage_tracker_take_text (item, g_steal_pointer (&text));
  vantage_tracker_set_edited (item, get_text (journal, "updated_on"));
  if (vantage_node_get_true (journal, "private_notes") || g_strcmp0 (hidden, "true") == 0)
    vantage_tracker_add_fact (item, "internal", "yes");
  set_url (item, issue, number);
  return finish (self, g_steal_pointer (&item), issue, suffix, error);
}

static gboolean
take_journal (Redmine *self, VantageNode *journal, const Issue *issue, guint number, GError **error)
{
  VantageNode *details = get_list (journal, "details");
  const char *account;
  guint index = 0;

  if (!meet (self, journal, "user", &account, error) ||
      !take_note (self, journal, account, issue, number, error))
    return FALSE;
  for (VantageNode *at = list_first (details); at != NULL; at = vantage_node_next (details, at))
    if (list_value (details, at) != NULL &&
        !take_detail (self, journal, list_value (details, at), account, issue, index++, error))
      return FALSE;
  return TRUE;
}

static gboolean
take_file (Redmine *self, VantageNode *file, const Issue *issue, guint number, GError **error)
{
  const char *id = get_text (file, "id");
  const char *name = get_text (file, "filename");
  const char *url = get_text (file, "content_url");
  g_autoptr (VantageItem) item = NULL;
  g_autofree char *suffix = id != NULL ? g_strconcat ("a", id, NULL) : NULL;
  g_autofree char *masked = g_strdup (url);
  const char *size = get_text (file, "filesize");
  const char *account;

  if (!meet (self, file, "author", &account, error) ||
      !vantage_tracker_begin (&self->tracker, VANTAGE_ITEM_FILE, get_text (file, "created_on"),
                              VANTAGE_DATE_ORDER_UNKNOWN, &item, error))
    return FALSE;
  if (item == NULL)
    return TRUE;
  item->account = g_strdup (account);
  vantage_tracker_take_text (item, vantage_tracker_join (get_text (file, "description"), name));
  if (masked != NULL)
    vantage_text_mask_tokens (masked, strlen (masked));
  vantage_item_add_attachment (
      item, name, get_text (file, "content_type"), masked,
      size != NULL && g_ascii_isdigit (*size) ? g_ascii_strtoll (size, NULL, 10) : -1);
  return finish (self, g_steal_pointer (&item), issue, suffix, error);
}

static gboolean
take_changeset (Redmine *self, VantageNode *change, const Issue *issue, guint number,
                GError **error)
{
  const char *revision = get_part (change, "revision");
  g_autoptr (VantageItem) item = NULL;
  g_autofree char *suffix = revision != NULL ? g_strconcat ("r", revision, NULL) : NULL;
  const char *account;

  if (!meet (self, change, "user", &account, error) ||
      !vantage_tracker_begin (&self->tracker, VANTAGE_ITEM_COMMIT,
                              get_text (change, "committed_on"), VANTAGE_DATE_ORDER_UNKNOWN, &item,
                              error))
    return FALSE;
  if (item == NULL)
    return TRUE;
  item->account = g_strdup (account);
  vantage_tracker_take_text (item, vantage_tracker_plain (get_text (change, "comments")));
  vantage_tracker_add_fact (item, "revision", revision);
  return finish (self, g_steal_pointer (&item), issue, suffix, error);
}

/* ---- an issue ---- */

typedef gboolean (*TakePart) (Redmine *self, VantageNode *node, const Issue *issue, guint number,
                              GError **error);

static gboolean
take_list (Redmine *self, VantageNode *node, const char *name, TakePart take, const Issue *issue,
           GError **error)
{
  VantageNode *list = get_list (node, name);
  guint number = 0;

  for (VantageNode *at = list_first (list); at != NULL; at = vantage_node_next (list, at))
    if (list_value (list, at) != NULL &&
        !take (self, list_value (list, at), issue, ++number, error))
      return FALSE;
  return TRUE;
}

static gboolean
take_head (Redmine *self, VantageNode *node, const Issue *issue, GError **error)
{
  static const char *const facts[] = { "project",  "tracker",     "status",
                                       "priority", "assigned_to", "category" };
  g_autoptr (VantageItem) item = NULL;
  const char *account, *assignee;

  if (!meet (self, node, "assigned_to", &assignee, error) ||
      !meet (self, node, "author", &account, error) ||
      !vantage_tracker_begin (&self->tracker, VANTAGE_ITEM_TICKET, get_text (node, "created_on"),
                              VANTAGE_DATE_ORDER_UNKNOWN, &item, error))
    return FALSE;
  if (item == NULL)
    return TRUE;
  item->account = g_strdup (account);
  vantage_tracker_take_text (
      item, vantage_tracker_join (get_text (node, "subject"), get_text (node, "description")));
  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    vantage_tracker_add_fact (item, strcmp (facts[i], "assigned_to") == 0 ? "assignee" : facts[i],
                              get_part (vantage_node_get_object (node, facts[i]), "name"));
  set_url (item, issue, 0);
  vantage_tracker_set_local (item, issue->id, NULL);
  return vantage_tracker_add (&self->tracker, g_steal_pointer (&item), error);
}

static gboolean
take_issue (Redmine *self, VantageNode *node, VantageNode *outer, GError **error)
{
  VantageNode *project = vantage_node_get_object (node, "project");
  const char *key = get_part (project, "id");
  g_autofree char *base = dup_base (node, outer);
  g_autofree char *host = vantage_tracker_dup_host (base);
  const Issue issue = { get_text (node, "id"), base };

  if (issue.id == NULL || *issue.id == '\0')
    return vantage_tracker_skip (&self->tracker, "bad-record", error, "an issue has no number");
  if (base != NULL && g_str_has_suffix (base, "/"))
    base[strlen (base) - 1] = '\0';
  if (get_list (node, "journals") != NULL)
    g_hash_table_replace (self->issues, g_strdup (issue.id), GINT_TO_POINTER (1));
  else if (!g_hash_table_contains (self->issues, issue.id))
    {
      g_hash_table_insert (self->issues, g_strdup (issue.id), NULL);
      self->listed = self->listed != NULL ? self->listed : self->tracker.entry;
    }
  return vantage_tracker_enter (&self->tracker, host != NULL ? host : "",
                                key != NULL ? key : "site", get_part (project, "name"), error) &&
         take_head (self, node, &issue, error) &&
         take_list (self, node, "journals", take_journal, &issue, error) &&
         take_list (self, node, "attachments", take_file, &issue, error) &&
         take_list (self, node, "changesets", take_changeset, &issue, error);
}

static gboolean
take (VantageReading *reading, VantageNode *node, const VantageRecordPlace *place,
      gpointer user_data, GError **error)
{
  Redmine *self = user_data;

  vantage_tracker_place (&self->tracker, place->entry, 0, place->offset, place->length);
  return is_user (node) || take_issue (self, node, place->outer, error);
}

static const char *const ways[] = { "issues", "issue", "user", "users", NULL };

static const VantageRecordShape *
get_shape (void)
{
  static const VantageRecordShape shape = { is_record, ways, take, FALSE };

  return &shape;
}

/* ---- the whole ---- */

static gboolean
note_pages (Redmine *self, VantageXml *xml, const VantageEntry *entry, gint64 n, GError **error)
{
  const char *total = vantage_xml_get_attribute (xml, "issues", "total_count");
  gint64 count = total != NULL ? g_ascii_strtoll (total, NULL, 10) : 0;

  if (count <= n)
    return TRUE;
  self->tracker.reading->facts->complete = FALSE;
  return vantage_reading_note (self->tracker.reading, "more-pages", entry, 0, -1, error,
                               "the list says that there are %" G_GINT64_FORMAT
                               " issues, of which %" G_GINT64_FORMAT " are here",
                               count, n);
}

static gboolean
read_xml (Redmine *self, const VantageEntry *entry, GError **error)
{
  VantageReading *reading = self->tracker.reading;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (VantageXml) xml = NULL;
  GError *failure = NULL;
  VantageNode *node;
  gint64 n = 0;

  stream = vantage_reading_open (reading, entry, &failure);
  if (stream == NULL)
    return vantage_reading_take_failure (reading, entry, failure, error);
  xml = vantage_xml_new (stream, wrappings, NULL, reading->cancellable);
  for (; vantage_xml_next (xml, &node, &failure) != NULL; n++)
    {
      vantage_tracker_place (&self->tracker, entry, vantage_xml_get_line (xml), -1, 0);
      if (is_issue (node) ? !take_issue (self, node, NULL, error)
                          : !vantage_tracker_skip (&self->tracker, "bad-record", error,
                                                   "an element is no issue"))
        return FALSE;
    }
  return note_pages (self, xml, entry, n, error) &&
         vantage_reading_close_xml (reading, xml, entry, failure, error);
}

static gboolean
read_entry (VantageRecords *records, const VantageEntry *entry, gpointer user_data, GError **error)
{
  Redmine *self = user_data;
  VantageReading *reading = self->tracker.reading;
  g_autoptr (GBytes) bytes = vantage_reader_peek_text (reading->input, entry);
  gsize length;
  const char *head = g_bytes_get_data (bytes, &length);

  if (vantage_records_is_json (reading, entry))
    return vantage_records_walk (records, entry, error);
  if (is_xml (head, length))
    return read_xml (self, entry, error);
  return vantage_reading_note (reading, length == 0 ? "empty-file" : "unknown-file", entry, 0, -1,
                               error, "it holds no issues of Redmine as JSON or XML");
}

/* Lists of issues never have what happened to them. */
static gboolean
note_lists (Redmine *self, GError **error)
{
  GHashTableIter iter;
  gpointer whole;
  guint n = 0;

  g_hash_table_iter_init (&iter, self->issues);
  while (g_hash_table_iter_next (&iter, NULL, &whole))
    n += whole == NULL;
  if (n == 0)
    return TRUE;
  self->tracker.reading->facts->complete = FALSE;
  return vantage_reading_note (self->tracker.reading, "more-pages", self->listed, 0, -1, error,
                               "%u issues are here without their journals, which only "
                               "issues/N.json?include=journals,attachments,changesets has",
                               n);
}

static gboolean
read_all (VantageReading *reading, GError **error)
{
  Redmine self = { .listed = NULL };
  g_autoptr (VantageRecords) records = vantage_records_new (reading, get_shape (), &self);
  gboolean ok;

  vantage_tracker_init (&self.tracker, reading);
  self.issues = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  ok = vantage_records_read_all (records, read_entry, error) && note_lists (&self, error);
  g_hash_table_unref (self.issues);
  vantage_tracker_clear (&self.tracker);
  return ok;
}

const VantageReader vantage_redmine_reader = {
  .format = { "redmine", "Redmine issues", "json xml zip" },
  .family = "redmine",
  .score = score,
  .read = read_all,
};
