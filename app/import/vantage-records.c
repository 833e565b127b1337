/* vantage-records.c: walking from a document's outside to its records. */

#include "vantage-records.h"

#include <string.h>

#include "vantage-hash.h"

#define MAX_DEPTH 16
#define SNIFFED_ENTRIES 8

/* What the pages of one folder say of one another. */
typedef struct
{
  const VantageEntry *first; /* the first that says that more follow */
  gint64 offset;
  guint more, last;     /* pages that say that another follows; that do not */
  gint64 total, listed; /* records that are said to be; that were listed. -1: not said */
} Chain;

/* One page while it is read. */
typedef struct
{
  gboolean more, said;  /* whether it says that more follow; whether it says anything of it */
  gint64 total, listed; /* -1: not said */
  char list[128];       /* which list of the service the page is of, where it says so */
} Page;

#define PAGE_INIT                                                                                  \
  {                                                                                                \
    FALSE, FALSE, -1, 0, ""                                                                        \
  }

struct _VantageRecords
{
  VantageReading *reading;
  const VantageRecordShape *shape;
  gpointer user_data;
  GHashTable *chains; /* folder of the entry and list of the service → Chain */
  VantageRecordPlace place;
  gboolean quiet;
};

VantageRecords *
vantage_records_new (VantageReading *reading, const VantageRecordShape *shape, gpointer user_data)
{
  VantageRecords *self = g_new0 (VantageRecords, 1);

  self->reading = reading;
  self->shape = shape;
  self->user_data = user_data;
  self->chains = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
vantage_records_free (VantageRecords *self)
{
  g_hash_table_unref (self->chains);
  g_free (self);
}

void
vantage_records_set_quiet (VantageRecords *self, gboolean quiet)
{
  self->quiet = quiet;
}

static gboolean
is_way (const VantageRecordShape *shape, const char *name)
{
  static const char *const common[] = { "data", "response", "Response", "body", "value", NULL };

  return name != NULL && ((shape->ways != NULL && g_strv_contains (shape->ways, name)) ||
                          g_strv_contains (common, name));
}

static gboolean
is_record (const VantageRecordShape *shape, VantageNode *node)
{
  return node != NULL && node->type == VANTAGE_NODE_OBJECT && shape->is_record (node);
}

/* ---- pages ---- */

static gboolean
is_address (VantageNode *node)
{
  const char *text = node->type == VANTAGE_NODE_STRING ? vantage_node_get_text (node) : NULL;

  return text != NULL && *text != '\0';
}

static void
digest_list (VantageNode *node, char list[128])
{
  const char *text = vantage_node_get_text (node);
  g_autofree char *hash = vantage_hash_data_text (text, strlen (text));

  g_strlcpy (list, hash, 128);
}

/* What one member of a wrapping object says of further pages. */
static void
page_see (Page *page, const char *name, VantageNode *node)
{
  static const char *const flags[] = { "more",        "has_more",        "hasMore",
                                       "hasNextPage", "history_limited", NULL };
  static const char *const addresses[] = { "@odata.nextLink", "nextPageToken", "next_page_token",
                                           NULL };
  static const char *const totals[] = { "total", "total_count", NULL };

  if (g_strv_contains (flags, name))
    {
      page->said = TRUE;
      page->more |= node->type == VANTAGE_NODE_TRUE;
    }
  else if (g_strv_contains (addresses, name) ||
           (strcmp (name, "next") == 0 && node->type == VANTAGE_NODE_STRING))
    {
      page->said = TRUE;
      page->more |= is_address (node);
    }
  else if (strcmp (name, "@odata.context") == 0 && is_address (node))
    {
      /* Such a page says by the lack of an address that it is the last. */
      page->said = TRUE;
      digest_list (node, page->list);
    }
  else if (strcmp (name, "isLast") == 0 || strcmp (name, "found_oldest") == 0 ||
           strcmp (name, "found_newest") == 0)
    {
      page->said = TRUE;
      page->more |= node->type == VANTAGE_NODE_FALSE;
    }
  else if (g_strv_contains (totals, name) && node->type == VANTAGE_NODE_NUMBER)
    page->total = g_ascii_strtoll (vantage_node_get_text (node), NULL, 10);
  else if (node->type == VANTAGE_NODE_OBJECT &&
           (strcmp (name, "pageInfo") == 0 || strcmp (name, "paging") == 0 ||
            strcmp (name, "links") == 0 || strcmp (name, "response_metadata") == 0))
    for (VantageNode *at = vantage_node_first (node); at != NULL; at = vantage_node_next (node, at))
      page_see (page, vantage_node_get_text (at), vantage_node_value (at));
}

static void
keep_page (VantageRecords *self, const Page *page)
{
  g_autofree char *in = g_path_get_dirname (self->place.entry->path);
  g_autofree char *folder = g_strconcat (in, "\n", page->list, NULL);
  Chain *chain;

  if (self->quiet || (!page->said && page->total < 0))
    return;
  chain = g_hash_table_lookup (self->chains, folder);
  if (chain == NULL)
    {
      chain = g_new0 (Chain, 1);
      chain->total = -1;
      g_hash_table_insert (self->chains, g_steal_pointer (&folder), chain);
    }
  if (chain->first == NULL)
    {
      chain->first = self->place.entry;
      chain->offset = self->place.offset;
    }
  if (page->said && page->more)
    chain->more++;
  else if (page->said)
    chain->last++;
  chain->total = MAX (chain->total, page->total);
  chain->listed += page->total >= 0 ? page->listed : 0;
}

static int
compare_folders (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

gboolean
vantage_records_finish (VantageRecords *self, GError **error)
{
  g_autoptr (GList) folders = g_list_sort (g_hash_table_get_keys (self->chains), compare_folders);

  for (GList *folder = folders; folder != NULL; folder = folder->next)
    {
      const Chain *chain = g_hash_table_lookup (self->chains, folder->data);
      gboolean ok = TRUE;

      if (chain->total > chain->listed)
        {
          self->reading->facts->complete = FALSE;
          ok = vantage_reading_note (self->reading, "more-pages", chain->first, 0, chain->offset,
                                     error,
                                     "the export says that there are %" G_GINT64_FORMAT
                                     " records, of which %" G_GINT64_FORMAT " are here",
                                     chain->total, chain->listed);
        }
      else if (chain->more > 0 && chain->last == 0)
        {
          self->reading->facts->complete = FALSE;
          ok = vantage_reading_note (self->reading, "more-pages", chain->first, 0, chain->offset,
                                     error,
                                     "the answer says that there are more pages than this one");
        }
      if (!ok)
        return FALSE;
    }
  return TRUE;
}

/* ---- in a tree ---- */

static gboolean walk_node (VantageRecords *self, VantageNode *node, guint depth, guint *found,
                           GError **error);

static gboolean
skip (VantageRecords *self, const char *code, GError **error, const char *sentence)
{
  if (self->quiet)
    return vantage_reading_go_on (self->reading, error);
  return self->quiet || vantage_reading_skip (self->reading, code, self->place.entry, 0,
                                              self->place.offset, error, "%s", sentence);
}

static gboolean
take (VantageRecords *self, VantageNode *record, guint *found, GError **error)
{
  (*found)++;
  return self->shape->take (self->reading, record, &self->place, self->user_data, error);
}

/* An element of a list: a record, a wrapping of some, or something that is neither. */
static gboolean
walk_element (VantageRecords *self, VantageNode *node, guint depth, GError **error)
{
  guint found = 0;

  if (!walk_node (self, node, depth, &found, error))
    return FALSE;
  if (found > 0 || self->shape->mixed)
    return TRUE;
  return skip (self, "bad-record", error,
               node->type == VANTAGE_NODE_OBJECT ? "a record is of no kind that this format has"
                                                 : "a record is no JSON object");
}

static gboolean
walk_array (VantageRecords *self, VantageNode *node, guint depth, guint *found, GError **error)
{
  (*found)++; /* an empty list is no bad record */
  for (VantageNode *child = vantage_node_first (node); child != NULL;
       child = vantage_node_next (node, child))
    if (!walk_element (self, child, depth + 1, error))
      return FALSE;
  return vantage_reading_go_on (self->reading, error);
}

/* JSON that stands in a string, as recordings of answers have it. */
static gboolean
walk_string (VantageRecords *self, VantageNode *node, guint depth, guint *found, GError **error)
{
  gsize length;
  const char *text = vantage_node_get_text_length (node, &length);
  g_autoptr (VantageTokens) tokens = NULL;
  VantageNode *inner;

  while (length > 0 && g_ascii_isspace (*text))
    text++, length--;
  if (length == 0 || (*text != '{' && *text != '['))
    return TRUE;
  tokens = vantage_tokens_new_for_data (text, length);
  while ((inner = vantage_tokens_read (tokens)) != NULL)
    if (!walk_node (self, inner, depth + 1, found, error))
      return FALSE;
  if (vantage_tokens_get_error (tokens) == NULL)
    return TRUE;
  (*found)++;
  return skip (self, "bad-json", error, "the JSON inside a text is damaged");
}

static gboolean
walk_object (VantageRecords *self, VantageNode *node, guint depth, guint *found, GError **error)
{
  const VantageRecordPlace outer = self->place;
  Page page = PAGE_INIT;
  gboolean ok = TRUE;

  if (is_record (self->shape, node))
    return take (self, node, found, error);
  for (VantageNode *at = vantage_node_first (node); ok && at != NULL;
       at = vantage_node_next (node, at))
    {
      VantageNode *value = vantage_node_value (at);
      const char *name = vantage_node_get_text (at);

      if (name == NULL)
        continue;
      page_see (&page, name, value);
      if (!is_way (self->shape, name))
        continue;
      self->place.way = name;
      self->place.outer = node;
      if (value->type == VANTAGE_NODE_ARRAY)
        page.listed += value->length;
      ok = value->type == VANTAGE_NODE_STRING ? walk_string (self, value, depth, found, error)
                                              : walk_node (self, value, depth + 1, found, error);
    }
  self->place = outer;
  if (ok)
    keep_page (self, &page);
  return ok;
}

static gboolean
walk_node (VantageRecords *self, VantageNode *node, guint depth, guint *found, GError **error)
{
  if (depth > MAX_DEPTH)
    return TRUE;
  if (node->type == VANTAGE_NODE_OBJECT)
    return walk_object (self, node, depth, found, error);
  if (node->type == VANTAGE_NODE_ARRAY)
    return walk_array (self, node, depth, found, error);
  return TRUE;
}

/* ---- in a document ---- */

static gboolean walk_wrapping (VantageRecords *self, VantageTokens *tokens, VantageNode *head,
                               guint depth, GError **error);

/* The value that comes next, read whole. */
static gboolean
walk_next (VantageRecords *self, VantageTokens *tokens, guint depth, gboolean element,
           GError **error)
{
  VantageNode *node = vantage_tokens_read (tokens);
  guint found = 0;

  if (node == NULL)
    {
      self->place.offset = vantage_tokens_get_offset (tokens);
      return !vantage_tokens_get_passed_over (tokens) ||
             skip (self, "too-large", error, "a record is too large to be read");
    }
  vantage_tokens_get_extent (tokens, &self->place.offset, &self->place.length);
  return element ? walk_element (self, node, depth, error)
                 : walk_node (self, node, depth, &found, error);
}

static gboolean
walk_elements (VantageRecords *self, VantageTokens *tokens, guint depth, gint64 *out_n,
               GError **error)
{
  *out_n = 0;
  vantage_tokens_next (tokens);
  while (vantage_tokens_peek (tokens) >= VANTAGE_TOKEN_VALUE)
    {
      (*out_n)++;
      if (!walk_next (self, tokens, depth, TRUE, error))
        return FALSE;
    }
  if (vantage_tokens_peek (tokens) == VANTAGE_TOKEN_END_ARRAY)
    vantage_tokens_next (tokens);
  return TRUE;
}

/* One member of a wrapping. @head is the value as far as the document's head has it. */
static gboolean
walk_member (VantageRecords *self, VantageTokens *tokens, VantageNode *head, Page *page,
             guint depth, GError **error)
{
  VantageToken token = vantage_tokens_peek (tokens);
  gint64 n;

  if (!is_way (self->shape, self->place.way))
    {
      VantageNode *node = token == VANTAGE_TOKEN_BEGIN_ARRAY ? NULL : vantage_tokens_read (tokens);

      if (node != NULL)
        page_see (page, self->place.way, node);
      else if (token == VANTAGE_TOKEN_BEGIN_ARRAY)
        vantage_tokens_skip (tokens);
      return TRUE;
    }
  if (token == VANTAGE_TOKEN_BEGIN_ARRAY)
    {
      if (!walk_elements (self, tokens, depth + 1, &n, error))
        return FALSE;
      page->listed += n;
      return TRUE;
    }
  if (token == VANTAGE_TOKEN_BEGIN_OBJECT && head != NULL && depth < MAX_DEPTH &&
      !is_record (self->shape, head))
    return walk_wrapping (self, tokens, head, depth + 1, error);
  if (token == VANTAGE_TOKEN_VALUE)
    {
      VantageNode *node = vantage_tokens_read (tokens);
      guint found = 0;

      if (node == NULL)
        return TRUE;
      page_see (page, self->place.way, node);
      vantage_tokens_get_extent (tokens, &self->place.offset, &self->place.length);
      return node->type != VANTAGE_NODE_STRING || walk_string (self, node, depth, &found, error);
    }
  return walk_next (self, tokens, depth, FALSE, error);
}

/* An object that only wraps may be larger than memory: its members are taken one by one. */
static gboolean
walk_wrapping (VantageRecords *self, VantageTokens *tokens, VantageNode *head, guint depth,
               GError **error)
{
  const VantageRecordPlace outer = self->place;
  Page page = PAGE_INIT;
  gboolean ok = TRUE;

  vantage_tokens_next (tokens);
  while (ok && vantage_tokens_next (tokens) == VANTAGE_TOKEN_KEY)
    {
      g_autofree char *key = g_strdup (vantage_tokens_get_key (tokens));

      self->place.way = key;
      self->place.outer = NULL;
      ok = walk_member (self, tokens, vantage_node_get (head, key), &page, depth, error);
    }
  self->place.way = outer.way;
  self->place.outer = outer.outer;
  if (ok)
    keep_page (self, &page);
  return ok;
}

static gboolean
walk_document (VantageRecords *self, VantageTokens *tokens, VantageNode *head, GError **error)
{
  gint64 n;

  while (vantage_tokens_peek (tokens) >= VANTAGE_TOKEN_VALUE)
    {
      VantageToken token = vantage_tokens_peek (tokens);
      gboolean wraps = token == VANTAGE_TOKEN_BEGIN_OBJECT && head != NULL &&
                       head->type == VANTAGE_NODE_OBJECT && !is_record (self->shape, head);
      gboolean ok = token == VANTAGE_TOKEN_BEGIN_ARRAY ? walk_elements (self, tokens, 1, &n, error)
                    : wraps ? walk_wrapping (self, tokens, head, 0, error)
                            : walk_next (self, tokens, 0, TRUE, error);

      if (!ok)
        return FALSE;
      head = NULL;
    }
  return TRUE;
}

gboolean
vantage_records_walk (VantageRecords *self, const VantageEntry *entry, GError **error)
{
  g_autoptr (GBytes) bytes = vantage_input_peek (self->reading->input, entry);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autoptr (VantageTokens) peeked = vantage_tokens_new_for_data (data, size);
  g_autoptr (VantageTokens) tokens = NULL;
  GError *failure = NULL;

  self->place = (VantageRecordPlace){ .entry = entry };
  tokens = vantage_reading_open_tokens (self->reading, entry, &failure);
  if (tokens == NULL && self->quiet)
    {
      g_error_free (failure);
      return vantage_reading_go_on (self->reading, error);
    }
  if (tokens == NULL && self->quiet)
    {
      g_clear_error (&failure);
      return vantage_reading_go_on (self->reading, error);
    }
  if (tokens == NULL)
    return vantage_reading_take_failure (self->reading, entry, failure, error);
  if (!walk_document (self, tokens, vantage_tokens_read_head (peeked), error))
    return FALSE;
  return self->quiet ? vantage_reading_go_on (self->reading, error)
                     : vantage_reading_close_tokens (self->reading, tokens, entry, error);
}

gboolean
vantage_records_scan (VantageRecords *self, const VantageEntry *entry, GError **error)
{
  gboolean ok;

  self->quiet = TRUE;
  ok = vantage_records_walk (self, entry, error);
  self->quiet = FALSE;
  return ok;
}

gboolean
vantage_records_is_json (VantageReading *reading, const VantageEntry *entry)
{
  g_autoptr (GBytes) head = vantage_input_peek (reading->input, entry);
  gsize size;
  const char *data = g_bytes_get_data (head, &size);
  gsize at = 0;

  /* White space, and what a byte order mark and UTF-16 put before and between the characters. */
  while (at < size && (g_ascii_isspace (data[at]) || (guchar) data[at] >= 0xbb || data[at] == '\0'))
    at++;
  return at < size && (data[at] == '{' || data[at] == '[');
}

gboolean
vantage_records_read_all (VantageRecords *self, VantageRecordsEntryFunc read, GError **error)
{
  guint n = vantage_input_get_n_entries (self->reading->input);

  for (guint i = 0; i < n; i++)
    if (!read (self, vantage_input_get_entry (self->reading->input, i), self->user_data, error))
      return FALSE;
  return vantage_records_finish (self, error);
}

static gboolean
walk_json (VantageRecords *self, const VantageEntry *entry, gpointer user_data, GError **error)
{
  if (vantage_records_is_json (self->reading, entry))
    return vantage_records_walk (self, entry, error);
  return vantage_input_get_n_entries (self->reading->input) == 1 ||
         vantage_reading_note (self->reading, "unknown-file", entry, 0, -1, error,
                               "it holds no JSON");
}

gboolean
vantage_records_walk_all (VantageRecords *self, GError **error)
{
  return vantage_records_read_all (self, walk_json, error);
}

/* ---- recognising ---- */

static VantageNode *
find_record (const VantageRecordShape *shape, VantageNode *node, guint depth)
{
  if (node == NULL || depth > MAX_DEPTH)
    return NULL;
  if (is_record (shape, node))
    return node;
  if (node->type == VANTAGE_NODE_ARRAY)
    return find_record (shape, vantage_node_first (node), depth + 1);
  if (node->type != VANTAGE_NODE_OBJECT)
    return NULL;
  for (VantageNode *at = vantage_node_first (node); at != NULL; at = vantage_node_next (node, at))
    {
      VantageNode *found = is_way (shape, vantage_node_get_text (at))
                               ? find_record (shape, vantage_node_value (at), depth + 1)
                               : NULL;

      if (found != NULL)
        return found;
    }
  return NULL;
}

VantageNode *
vantage_records_sniff (VantageSniff *sniff, const VantageEntry *entry,
                       const VantageRecordShape *shape)
{
  return find_record (shape, vantage_sniff_get_json (sniff, entry), 0);
}

VantageNode *
vantage_records_sniff_any (VantageSniff *sniff, const VantageRecordShape *shape)
{
  VantageInput *input = vantage_sniff_get_input (sniff);
  guint n = MIN (vantage_input_get_n_entries (input), SNIFFED_ENTRIES);

  for (guint i = 0; i < n; i++)
    {
      VantageNode *found = vantage_records_sniff (sniff, vantage_input_get_entry (input, i), shape);

      if (found != NULL)
        return found;
    }
  return NULL;
}
