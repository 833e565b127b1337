/* vantage-txn.h: one write transaction on library.db: the folder's lock, the clock, and the
 * entities it touches, whose cached rows are written once at its end. Only for app/store. */

#pragma once

#include "vantage-library-private.h"
#include "vantage-op.h"

G_BEGIN_DECLS

typedef struct
{
  VantageLibrary *library;
  VantageDb *db;
  gint64 now_us;
  VantageClock clock;
  gint64 touched;
  GHashTable *states; /* (element-type utf8 VantageEntityState): "stream:entity" */
  gboolean open;      /* not yet committed or rolled back */
} VantageTxn;

/* Takes the lock and begins. Errors are of VANTAGE_STORE_ERROR. */
VantageTxn *vantage_txn_begin (VantageLibrary *library, GError **error);
/* Writes what is left to write and commits. On failure nothing was written. Afterwards only
 * vantage_txn_free () may be called. */
gboolean vantage_txn_commit (VantageTxn *self, GError **error);
/* Rolls back unless committed; gives the lock back. */
void vantage_txn_free (VantageTxn *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageTxn, vantage_txn_free)

/* The local number of a stream; 0 when there is none, or with @error. */
gint64 vantage_txn_find_stream (VantageTxn *self, const char *id, GError **error);
/* The same, made when missing. */
gint64 vantage_txn_ensure_stream (VantageTxn *self, const char *id, const char *review,
                                  VantageStreamSort sort, GError **error);
/* The stream of @review in which @sort of kinds live, made when missing. "" is org. */
gint64 vantage_txn_ensure_review_stream (VantageTxn *self, const char *review,
                                         VantageStreamSort sort, GError **error);
/* Greatest n that @device used in @stream; 0: none; -1 with @error. */
gint64 vantage_txn_get_last_n (VantageTxn *self, gint64 stream, const char *device, GError **error);

G_END_DECLS
