/* vantage-txn.c: begins and ends write transactions; streams and their local numbers. */

#include "vantage-txn.h"

#include "vantage-entity-cache.h"
#include "vantage-id.h"
#include "vantage-oplog.h"

static gboolean
read_library_row (VantageTxn *self, GError **error)
{
  VantageLibrary *library = self->library;
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (self->db, "SELECT device, clock, touched FROM library", error);

  if (!vantage_stmt_step (&stmt, error))
    {
      if (!stmt.failed)
        g_set_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_DAMAGED,
                     "library.db has lost its first row");
      return FALSE;
    }
  /* Sync in another program may have taken a new name for this library. */
  if (g_strcmp0 (library->device, vantage_stmt_get_text (&stmt, 0)) != 0)
    {
      g_ptr_array_add (library->old_devices, library->device);
      library->device = g_strdup (vantage_stmt_get_text (&stmt, 0));
    }
  self->clock.last = (VantageStamp) vantage_stmt_get_int (&stmt, 1);
  self->touched = vantage_stmt_get_int (&stmt, 2);
  return TRUE;
}

static gboolean
write_library_row (VantageTxn *self, GError **error)
{
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (self->db, "UPDATE library SET clock = ?, touched = ?", error);

  vantage_stmt_bind_int (&stmt, 1, (gint64) self->clock.last);
  vantage_stmt_bind_int (&stmt, 2, self->touched);
  return vantage_stmt_run (&stmt, error);
}

VantageTxn *
vantage_txn_begin (VantageLibrary *library, GError **error)
{
  VantageTxn *self = NULL;

  if (library->closed)
    {
      g_set_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_FAILED, "the library is closed");
      return NULL;
    }
  if (!vantage_folder_lock_take (library->lock, error))
    return NULL;

  self = g_new0 (VantageTxn, 1);
  self->library = library;
  self->db = library->db;
  self->now_us = vantage_library_now_us (library);
  self->states = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, vantage_entity_state_free);
  self->open = vantage_db_begin (self->db, error);
  if (self->open && read_library_row (self, error))
    return self;

  vantage_store_convert_error (error);
  vantage_txn_free (self);
  return NULL;
}

gboolean
vantage_txn_commit (VantageTxn *self, GError **error)
{
  if (!vantage_txn_flush (self, error) || !write_library_row (self, error))
    return vantage_store_convert_error (error);

  self->open = FALSE;
  return vantage_db_commit (self->db, error) || vantage_store_convert_error (error);
}

void
vantage_txn_free (VantageTxn *self)
{
  if (self == NULL)
    return;

  if (self->open)
    vantage_db_rollback (self->db);
  vantage_folder_lock_give_back (self->library->lock);
  g_hash_table_unref (self->states);
  g_free (self);
}

gint64
vantage_txn_find_stream (VantageTxn *self, const char *id, GError **error)
{
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (self->db, "SELECT number FROM stream WHERE id = ?", error);

  vantage_stmt_bind_text (&stmt, 1, id);
  return vantage_stmt_step (&stmt, error) ? vantage_stmt_get_int (&stmt, 0) : 0;
}

gint64
vantage_txn_ensure_stream (VantageTxn *self, const char *id, const char *review,
                           VantageStreamSort sort, GError **error)
{
  GError *local_error = NULL;
  gint64 number = vantage_txn_find_stream (self, id, &local_error);

  if (number == 0 && local_error == NULL)
    {
      g_auto (VantageStmt) stmt = vantage_db_prepare (
          self->db, "INSERT INTO stream (id, review, sort) VALUES (?, ?, ?)", &local_error);

      vantage_stmt_bind_text (&stmt, 1, id);
      vantage_stmt_bind_text (&stmt, 2, review);
      vantage_stmt_bind_int (&stmt, 3, sort);
      if (vantage_stmt_run (&stmt, &local_error))
        number = sqlite3_last_insert_rowid (vantage_db_get_handle (self->db));
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      vantage_store_convert_error (error);
      return 0;
    }
  return number;
}

gint64
vantage_txn_ensure_review_stream (VantageTxn *self, const char *review, VantageStreamSort sort,
                                  GError **error)
{
  g_autofree char *id = vantage_store_dup_stream_id (review, sort);

  if (sort == VANTAGE_STREAM_ORG)
    review = "";
  else if (*review == '\0')
    {
      g_set_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_INVALID,
                   "this kind of thing belongs to a review, and none was named");
      return 0;
    }
  return vantage_txn_ensure_stream (self, id, review, sort, error);
}

gint64
vantage_txn_get_last_n (VantageTxn *self, gint64 stream, const char *device, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      self->db, "SELECT ifnull (max (n), 0) FROM op WHERE stream = ? AND d = ?", error);

  vantage_stmt_bind_int (&stmt, 1, stream);
  vantage_stmt_bind_text (&stmt, 2, device);
  return vantage_stmt_step (&stmt, error) ? vantage_stmt_get_int (&stmt, 0) : -1;
}
