/* vantage-item-list.c: items as a list model: row keys in memory, the rest fetched as it is looked
 * at. */

#include <string.h>

#include "vantage-evidence-query.h"
#include "vantage-search.h"

#define BLOCK_SIZE 32
#define MAX_BLOCKS 128

struct _VantageItemRow
{
  GObject parent_instance;

  VantageItem *item;
  gboolean is_reply;
};

G_DEFINE_FINAL_TYPE (VantageItemRow, vantage_item_row, G_TYPE_OBJECT)

static void
vantage_item_row_finalize (GObject *object)
{
  VantageItemRow *self = VANTAGE_ITEM_ROW (object);

  g_clear_pointer (&self->item, vantage_item_unref);
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

  return self->item;
}

gboolean
vantage_item_row_is_reply (VantageItemRow *self)
{
  g_return_val_if_fail (VANTAGE_IS_ITEM_ROW (self), FALSE);

  return self->is_reply;
}

/* ---- the list ---- */

#define VANTAGE_TYPE_ITEM_LIST (vantage_item_list_get_type ())
G_DECLARE_FINAL_TYPE (VantageItemList, vantage_item_list, VANTAGE, ITEM_LIST, GObject)

/* Rows that were looked at, in the order of the list. */
typedef struct
{
  guint index;
  guint used; /* when, for the one to let go of */
  GPtrArray *rows;
} Block;

struct _VantageItemList
{
  GObject parent_instance;

  VantageLibrary *library;
  char *review;
  gboolean threads;
  gboolean newest_first;
  GArray *keys; /* gint64 */
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

  g_ptr_array_unref (block->rows);
  g_free (block);
}

static VantageItemRow *
new_row (VantageItem *item)
{
  VantageItemRow *row = g_object_new (VANTAGE_TYPE_ITEM_ROW, NULL);

  row->item = item;
  row->is_reply = item->thread != NULL && g_strcmp0 (item->thread, item->local) != 0;
  return row;
}

/* A row that cannot be read any more is shown as an empty item, never left out: positions hold. */
static VantageItemRow *
read_row (VantageEvidenceReading *reading, gint64 key)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      reading->db, "SELECT " VANTAGE_ITEM_COLUMNS " FROM item i WHERE i.row = ?", NULL);
  VantageItem *item;

  vantage_stmt_bind_int (&stmt, 1, key);
  if (vantage_stmt_step (&stmt, NULL))
    item = vantage_evidence_read_item (&stmt, reading->db, reading->map);
  else
    item = vantage_item_new (VANTAGE_ITEM_OTHER);

  return new_row (item);
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
      block->rows = g_ptr_array_new_with_free_func (g_object_unref);
      open = vantage_evidence_reading_begin (&reading, self->library, self->review, NULL, NULL);
      for (guint i = index * BLOCK_SIZE; i < end; i++)
        g_ptr_array_add (block->rows,
                         open ? read_row (&reading, g_array_index (self->keys, gint64, i))
                              : new_row (vantage_item_new (VANTAGE_ITEM_OTHER)));
      if (open)
        vantage_evidence_reading_end (&reading, NULL);
      g_hash_table_insert (self->blocks, GUINT_TO_POINTER (index), block);
    }

  block->used = ++self->clock;
  return block;
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

  if (position >= self->keys->len)
    return NULL;

  return g_object_ref (
      fetch_block (self, position / BLOCK_SIZE)->rows->pdata[position % BLOCK_SIZE]);
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
  self->keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->blocks = g_hash_table_new_full (NULL, NULL, NULL, free_block);
}

/* ---- the keys ---- */

/* A thread while rows come in: its root, and what follows it. */
typedef struct
{
  gboolean has_root;
  GArray *replies;
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
      thread->replies = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_hash_table_insert (threads, g_strdup (name), thread);
    }

  return thread;
}

/* Sorts rows by thread. @heads: rows that stand for themselves, negative ones are indices into
 * @names: a thread. A thread whose root is not among the rows stands where its first reply does. */
static gboolean
collect_threads (VantageStmt *stmt, GArray *heads, GPtrArray *names, GHashTable *threads,
                 GError **error)
{
  while (vantage_stmt_step (stmt, error))
    {
      gint64 row = vantage_stmt_get_int (stmt, 0);
      const char *local = vantage_stmt_get_text (stmt, 2);
      const char *root = vantage_stmt_get_text (stmt, 3);
      g_autofree char *name = NULL;
      Thread *thread;
      gint64 head;

      if (root == NULL)
        {
          g_array_append_val (heads, row);
          continue;
        }

      name = g_strdup_printf ("%" G_GINT64_FORMAT ".%s", vantage_stmt_get_int (stmt, 1), root);
      thread = ensure_thread (threads, name);
      if (strcmp (root, local) != 0)
        {
          g_array_append_val (thread->replies, row);
          g_ptr_array_add (names, g_steal_pointer (&name));
          head = -(gint64) names->len;
          g_array_append_val (heads, head);
          continue;
        }

      thread->has_root = TRUE;
      g_array_append_val (heads, row);
      g_ptr_array_add (names, g_steal_pointer (&name));
      head = -(gint64) names->len;
      g_array_append_val (heads, head);
    }

  return !stmt->failed;
}

static void
append_thread (GArray *keys, GHashTable *threads, const char *name, gboolean at_root)
{
  Thread *thread = g_hash_table_lookup (threads, name);

  if (thread == NULL || (thread->has_root && !at_root))
    return;

  g_array_append_vals (keys, thread->replies->data, thread->replies->len);
  g_hash_table_remove (threads, name);
}

static void
append_grouped (GArray *keys, const GArray *heads, GPtrArray *names, GHashTable *threads)
{
  for (guint i = 0; i < heads->len; i++)
    {
      gint64 head = g_array_index (heads, gint64, i);
      gboolean at_root = i > 0 && g_array_index (heads, gint64, i - 1) > 0;

      if (head > 0)
        g_array_append_val (keys, head);
      else
        append_thread (keys, threads, names->pdata[-head - 1], at_root);
    }
}

static gboolean
read_grouped (VantageItemList *self, VantageStmt *stmt, GError **error)
{
  g_autoptr (GArray) heads = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) threads =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_thread);

  if (!collect_threads (stmt, heads, names, threads, error))
    return FALSE;

  append_grouped (self->keys, heads, names, threads);
  return TRUE;
}

static gboolean
read_plain (VantageItemList *self, VantageStmt *stmt, GError **error)
{
  while (vantage_stmt_step (stmt, error))
    {
      gint64 row = vantage_stmt_get_int (stmt, 0);

      g_array_append_val (self->keys, row);
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
      &filter, reading->db, self->threads ? "i.row, i.channel, i.local, i.thread" : "i.row",
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
    if (g_array_index (self->keys, gint64, i) == row)
      return i;

  return -1;
}

static gint64
get_time (VantageItemList *self, guint position)
{
  const VantageItemRow *row =
      fetch_block (self, position / BLOCK_SIZE)->rows->pdata[position % BLOCK_SIZE];

  return row->item->time_us == VANTAGE_TIME_NONE ? VANTAGE_ROW_NO_TIME : row->item->time_us;
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
