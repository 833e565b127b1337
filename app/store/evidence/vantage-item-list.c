/* vantage-item-list.c: items as a list model: row keys in memory, the rest fetched as it is looked
 * at. */

#include <string.h>

#include "vantage-evidence-query.h"
#include "vantage-search.h"

#define BLOCK_SIZE 32
#define MAX_BLOCKS 128

#define VANTAGE_TYPE_ITEM_LIST (vantage_item_list_get_type ())
G_DECLARE_FINAL_TYPE (VantageItemList, vantage_item_list, VANTAGE, ITEM_LIST, GObject)

static VantageItem *dup_item (VantageItemList *self, guint position);

struct _VantageItemRow
{
  GObject parent_instance;

  VantageItem *item;     /* NULL until somebody asks for it */
  VantageItemList *list; /* that it can be read from; NULL once it was, or when the list is gone */
  guint position;        /* in the list */
  gboolean is_grouped;   /* the list knows whether it is a reply */
  gboolean is_reply;
};

G_DEFINE_FINAL_TYPE (VantageItemRow, vantage_item_row, G_TYPE_OBJECT)

static void
vantage_item_row_finalize (GObject *object)
{
  VantageItemRow *self = VANTAGE_ITEM_ROW (object);

  g_clear_pointer (&self->item, vantage_item_unref);
  g_clear_object (&self->list);
  G_OBJECT_CLASS (vantage_item_row_parent_class)->finalize (object);
}

static void
vantage_item_row_class_init (VantageItemRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vantage_item_row_finalize;
}

static void
vantage_item_row_init (VantageItemRow *self)
{
}

const VantageItem *
vantage_item_row_get_item (VantageItemRow *self)
{
  g_return_val_if_fail (VANTAGE_IS_ITEM_ROW (self), NULL);

  if (self->item == NULL)
    {
      self->item = dup_item (self->list, self->position);
      g_clear_object (&self->list);
    }
  return self->item;
}

gboolean
vantage_item_row_is_reply (VantageItemRow *self)
{
  const VantageItem *item;

  g_return_val_if_fail (VANTAGE_IS_ITEM_ROW (self), FALSE);

  if (self->is_grouped)
    return self->is_reply;
  item = vantage_item_row_get_item (self);
  return item->thread != NULL && g_strcmp0 (item->thread, item->local) != 0;
}

guint
vantage_item_row_get_position (VantageItemRow *self)
{
  g_return_val_if_fail (VANTAGE_IS_ITEM_ROW (self), 0);

  return self->position;
}

/* ---- the list ---- */

/* What is known of a place in the list without reading its item. */
typedef struct
{
  gint64 row : 62;
  guint64 is_reply : 1; /* of a grouped list */
  gint64 time_us;       /* as the table has it: VANTAGE_ROW_NO_TIME sorts where such items stand */
} Key;

/* Items that were looked at, in the order of the list. */
typedef struct
{
  guint index;
  guint used; /* when, for the one to let go of */
  GPtrArray *items;
} Block;

struct _VantageItemList
{
  GObject parent_instance;

  VantageLibrary *library;
  char *review;
  gboolean threads;
  gboolean newest_first;
  GArray *keys; /* Key */
  GHashTable *blocks;
  guint clock;
};

static void vantage_item_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (VantageItemList, vantage_item_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      vantage_item_list_model_init))

static void
free_block (gpointer data)
{
  Block *block = data;

  g_ptr_array_unref (block->items);
  g_free (block);
}

/* One that cannot be read any more is shown as an empty item, never left out: positions hold. */
static VantageItem *
read_item (VantageEvidenceReading *reading, gint64 row)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      reading->db, "SELECT " VANTAGE_ITEM_COLUMNS " FROM item i WHERE i.row = ?", NULL);

  vantage_stmt_bind_int (&stmt, 1, row);
  if (vantage_stmt_step (&stmt, NULL))
    return vantage_evidence_read_item (&stmt, reading->db, reading->map);
  return vantage_item_new (VANTAGE_ITEM_OTHER);
}

static void
forget_oldest (VantageItemList *self)
{
  GHashTableIter iter;
  gpointer value;
  const Block *oldest = NULL;

  if (g_hash_table_size (self->blocks) < MAX_BLOCKS)
    return;

  g_hash_table_iter_init (&iter, self->blocks);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (oldest == NULL || ((Block *) value)->used < oldest->used)
      oldest = value;
  g_hash_table_remove (self->blocks, GUINT_TO_POINTER (oldest->index));
}

static Block *
fetch_block (VantageItemList *self, guint index)
{
  Block *block = g_hash_table_lookup (self->blocks, GUINT_TO_POINTER (index));
  VantageEvidenceReading reading;
  guint end = MIN ((index + 1) * BLOCK_SIZE, self->keys->len);
  gboolean open;

  if (block == NULL)
    {
      forget_oldest (self);
      block = g_new0 (Block, 1);
      block->index = index;
      block->items = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_item_unref);
      open = vantage_evidence_reading_begin (&reading, self->library, self->review, NULL, NULL);
      for (guint i = index * BLOCK_SIZE; i < end; i++)
        g_ptr_array_add (block->items,
                         open ? read_item (&reading, g_array_index (self->keys, Key, i).row)
                              : vantage_item_new (VANTAGE_ITEM_OTHER));
      if (open)
        vantage_evidence_reading_end (&reading, NULL);
      g_hash_table_insert (self->blocks, GUINT_TO_POINTER (index), block);
    }

  block->used = ++self->clock;
  return block;
}

static VantageItem *
dup_item (VantageItemList *self, guint position)
{
  return vantage_item_ref (
      fetch_block (self, position / BLOCK_SIZE)->items->pdata[position % BLOCK_SIZE]);
}

static GType
vantage_item_list_get_item_type (GListModel *model)
{
  return VANTAGE_TYPE_ITEM_ROW;
}

static guint
vantage_item_list_get_n_items (GListModel *model)
{
  return VANTAGE_ITEM_LIST (model)->keys->len;
}

static gpointer
vantage_item_list_get_item (GListModel *model, guint position)
{
  VantageItemList *self = VANTAGE_ITEM_LIST (model);
  VantageItemRow *row;

  if (position >= self->keys->len)
    return NULL;

  row = g_object_new (VANTAGE_TYPE_ITEM_ROW, NULL);
  row->list = g_object_ref (self);
  row->position = position;
  row->is_grouped = self->threads;
  row->is_reply = g_array_index (self->keys, Key, position).is_reply;
  return row;
}

static void
vantage_item_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = vantage_item_list_get_item_type;
  iface->get_n_items = vantage_item_list_get_n_items;
  iface->get_item = vantage_item_list_get_item;
}

static void
vantage_item_list_finalize (GObject *object)
{
  VantageItemList *self = VANTAGE_ITEM_LIST (object);

  g_hash_table_unref (self->blocks);
  g_array_unref (self->keys);
  g_free (self->review);
  g_object_unref (self->library);

  G_OBJECT_CLASS (vantage_item_list_parent_class)->finalize (object);
}

static void
vantage_item_list_class_init (VantageItemListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vantage_item_list_finalize;
}

static void
vantage_item_list_init (VantageItemList *self)
{
  self->keys = g_array_new (FALSE, FALSE, sizeof (Key));
  self->blocks = g_hash_table_new_full (NULL, NULL, NULL, free_block);
}

/* ---- the keys ---- */

/* A thread while rows come in: its root, and what follows it. */
typedef struct
{
  gboolean has_root;
  gboolean is_placed;
  GArray *replies; /* Key */
} Thread;

static void
free_thread (gpointer data)
{
  Thread *thread = data;

  g_array_unref (thread->replies);
  g_free (thread);
}

static Thread *
ensure_thread (GHashTable *threads, const char *name)
{
  Thread *thread = g_hash_table_lookup (threads, name);

  if (thread == NULL)
    {
      thread = g_new0 (Thread, 1);
      thread->replies = g_array_new (FALSE, FALSE, sizeof (Key));
      g_hash_table_insert (threads, g_strdup (name), thread);
    }

  return thread;
}

/* What stands in the list's order: a row, or the replies of a thread, which stand after its root,
 * or, when that is not among the rows, where the first of them does. */
typedef struct
{
  Key key;
  Thread *replies; /* NULL: @key */
  gboolean after_root;
} Head;

static void
append_head (GArray *heads, const Key *key, Thread *replies, gboolean after_root)
{
  Head head = { .replies = replies, .after_root = after_root };

  if (key != NULL)
    head.key = *key;
  g_array_append_val (heads, head);
}

static void
sort_into_thread (GArray *heads, Key *key, Thread *thread, gboolean is_root)
{
  if (is_root)
    {
      thread->has_root = TRUE;
      append_head (heads, key, NULL, FALSE);
      append_head (heads, NULL, thread, TRUE);
      return;
    }
  key->is_reply = TRUE;
  if (thread->replies->len == 0)
    append_head (heads, NULL, thread, FALSE);
  g_array_append_val (thread->replies, *key);
}

static gboolean
collect_threads (VantageStmt *stmt, GArray *heads, GHashTable *threads, GError **error)
{
  while (vantage_stmt_step (stmt, error))
    {
      Key key = { .row = vantage_stmt_get_int (stmt, 0),
                  .time_us = vantage_stmt_get_int (stmt, 1) };
      const char *local = vantage_stmt_get_text (stmt, 3);
      const char *root = vantage_stmt_get_text (stmt, 4);
      g_autofree char *name = NULL;

      if (root == NULL)
        {
          append_head (heads, &key, NULL, FALSE);
          continue;
        }
      name = g_strdup_printf ("%" G_GINT64_FORMAT ".%s", vantage_stmt_get_int (stmt, 2), root);
      sort_into_thread (heads, &key, ensure_thread (threads, name), strcmp (root, local) == 0);
    }

  return !stmt->failed;
}

static void
append_grouped (GArray *keys, const GArray *heads)
{
  for (guint i = 0; i < heads->len; i++)
    {
      const Head *head = &g_array_index (heads, Head, i);
      Thread *thread = head->replies;

      if (thread == NULL)
        g_array_append_val (keys, head->key);
      else if (!thread->is_placed && (head->after_root || !thread->has_root))
        {
          g_array_append_vals (keys, thread->replies->data, thread->replies->len);
          thread->is_placed = TRUE;
        }
    }
}

static gboolean
read_grouped (VantageItemList *self, VantageStmt *stmt, GError **error)
{
  g_autoptr (GArray) heads = g_array_new (FALSE, FALSE, sizeof (Head));
  g_autoptr (GHashTable) threads =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_thread);

  if (!collect_threads (stmt, heads, threads, error))
    return FALSE;

  append_grouped (self->keys, heads);
  return TRUE;
}

static gboolean
read_plain (VantageItemList *self, VantageStmt *stmt, GError **error)
{
  while (vantage_stmt_step (stmt, error))
    {
      Key key = { .row = vantage_stmt_get_int (stmt, 0),
                  .time_us = vantage_stmt_get_int (stmt, 1) };

      g_array_append_val (self->keys, key);
    }

  return !stmt->failed;
}

static gboolean
read_keys (VantageItemList *self, VantageEvidenceReading *reading, const VantageItemQuery *query,
           GCancellable *cancellable, GError **error)
{
  g_auto (VantageEvidenceFilter) filter = { 0 };

  if (!vantage_evidence_filter_make (&filter, reading->store, reading->map, query, cancellable,
                                     error))
    return FALSE;
  if (filter.empty)
    return TRUE;

  g_auto (VantageStmt) stmt = vantage_evidence_filter_prepare (
      &filter, reading->db,
      self->threads ? "i.row, i.time_us, i.channel, i.local, i.thread" : "i.row, i.time_us",
      query->newest_first ? " ORDER BY i.time_us DESC, i.row DESC" : " ORDER BY i.time_us, i.row",
      error);

  return self->threads ? read_grouped (self, &stmt, error) : read_plain (self, &stmt, error);
}

static GListModel *
make_list (VantageLibrary *library, const char *review, const VantageItemQuery *query,
           gboolean threads, GCancellable *cancellable, GError **error)
{
  g_autoptr (VantageItemList) self = g_object_new (VANTAGE_TYPE_ITEM_LIST, NULL);
  g_autoptr (GError) local_error = NULL;
  VantageEvidenceReading reading;
  gboolean ok;

  self->library = g_object_ref (library);
  self->review = g_strdup (review);
  self->threads = threads;
  self->newest_first = query->newest_first;

  if (!vantage_evidence_reading_begin (&reading, library, review, cancellable, error))
    return NULL;

  ok = read_keys (self, &reading, query, cancellable, &local_error);
  vantage_evidence_reading_end (&reading, &local_error);
  if (ok)
    return G_LIST_MODEL (g_steal_pointer (&self));

  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

GListModel *
vantage_library_get_item_list (VantageLibrary *library, const char *review,
                               const VantageItemQuery *query, gboolean threads, GError **error)
{
  return make_list (library, review, query, threads, NULL, error);
}

/* ---- off the main thread ---- */

typedef struct
{
  char *review;
  VantageItemQuery query; /* strings owned */
  gboolean threads;
} Question;

static void
free_question (gpointer data)
{
  Question *question = data;

  g_free (question->review);
  vantage_item_query_clear (&question->query);
  g_free (question);
}

static void
make_list_in_thread (GTask *task, gpointer library, gpointer data, GCancellable *cancellable)
{
  const Question *question = data;
  GError *error = NULL;
  GListModel *list = make_list (library, question->review, &question->query, question->threads,
                                cancellable, &error);

  if (list != NULL)
    g_task_return_pointer (task, list, g_object_unref);
  else
    g_task_return_error (task, error);
}

void
vantage_library_get_item_list_async (VantageLibrary *self, const char *review,
                                     const VantageItemQuery *query, gboolean threads,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Question *question = g_new0 (Question, 1);

  question->review = g_strdup (review);
  vantage_item_query_copy (query, &question->query);
  question->threads = threads;
  g_task_set_task_data (task, question, free_question);
  g_task_run_in_thread (task, make_list_in_thread);
}

GListModel *
vantage_library_get_item_list_finish (VantageLibrary *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

gint64
vantage_item_list_find (GListModel *list, const char *item_id)
{
  VantageItemList *self = VANTAGE_ITEM_LIST (list);
  VantageEvidenceReading reading;
  gint64 row;

  if (!vantage_evidence_reading_begin (&reading, self->library, self->review, NULL, NULL))
    return -1;

  row = vantage_evidence_find_row (reading.db, reading.map, item_id);
  vantage_evidence_reading_end (&reading, NULL);

  for (guint i = 0; row != 0 && i < self->keys->len; i++)
    if (g_array_index (self->keys, Key, i).row == row)
      return i;

  return -1;
}

static gint64
get_time (VantageItemList *self, guint position)
{
  return g_array_index (self->keys, Key, position).time_us;
}

gint64
vantage_item_list_get_time_before (GListModel *list, guint position)
{
  VantageItemList *self = VANTAGE_ITEM_LIST (list);

  for (guint i = MIN (position, self->keys->len); i > 0; i--)
    {
      const Key *key = &g_array_index (self->keys, Key, i - 1);

      if (!key->is_reply)
        return key->time_us == VANTAGE_ROW_NO_TIME ? VANTAGE_TIME_NONE : key->time_us;
    }

  return VANTAGE_TIME_NONE;
}

/* Replies stand out of order; the first in the list that is late enough is what a reader expects.
 */
static gint64
scan_for_time (VantageItemList *self, gint64 us)
{
  for (guint i = 0; i < self->keys->len; i++)
    if (get_time (self, i) >= us)
      return i;

  return -1;
}

gint64
vantage_item_list_find_time (GListModel *list, gint64 us)
{
  VantageItemList *self = VANTAGE_ITEM_LIST (list);
  guint low = 0, high = self->keys->len;

  if (self->threads)
    return scan_for_time (self, us);

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      gboolean before =
          self->newest_first ? get_time (self, middle) >= us : get_time (self, middle) < us;

      if (before)
        low = middle + 1;
      else
        high = middle;
    }

  /* Newest first: the last that is late enough is the first at or after in time. */
  if (self->newest_first)
    return (gint64) low - 1;
  return low < self->keys->len ? (gint64) low : -1;
}
