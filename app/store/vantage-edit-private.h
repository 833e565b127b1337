/* vantage-edit-private.h: what an edit gathers, and how it becomes ops. Only for app/store. */

#pragma once

#include "vantage-edit.h"
#include "vantage-oplog.h"

G_BEGIN_DECLS

/* One register to be written; the last value of several wins. */
typedef struct
{
  VantageStreamSort sort;
  char *kind, *entity, *field;
  VantageValue *value;
  gboolean made;    /* stands for an entity that was made without any field */
  VantageOp *stead; /* (nullable): the op of uninterrupted typing in whose place it comes */
} VantageWrite;

VantageWrite *vantage_write_new (VantageStreamSort sort, const char *kind, const char *entity,
                                 const char *field, VantageValue *value);
void vantage_write_free (gpointer self);

struct _VantageEdit
{
  VantageLibrary *library;
  char *review; /* "" for org */
  char *what;
  char *typing_key;
  gboolean makes_review;
  gboolean unlisted;    /* undo passes it over */
  GPtrArray *writes;    /* (element-type VantageWrite) */
  GHashTable *by_name;  /* "sort\nentity\nfield" → VantageWrite of `writes` */
  GHashTable *made_ids; /* ids that this edit makes; owned */
  GError *error;        /* the first */
};

/* Puts a write in, replacing an earlier one of the same register. @write: (transfer full). */
void vantage_edit_add_write (VantageEdit *self, VantageWrite *write);

/* What kind of step an edit row is. */
typedef enum
{
  VANTAGE_STEP_EDIT,
  VANTAGE_STEP_UNDO,
  VANTAGE_STEP_REDO,
} VantageStepSort;

/* What became of an edit. */
typedef enum
{
  VANTAGE_STEP_DONE,
  VANTAGE_STEP_UNDONE,
  VANTAGE_STEP_UNDONE_FOR_GOOD,
  VANTAGE_STEP_SKIPPED,
} VantageStepState;

/* Writes @writes as groups of ops under edit row @edit. @out_n: how many ops. */
gboolean vantage_txn_write_groups (VantageTxn *txn, const char *review, gint64 edit,
                                   GPtrArray *writes, guint *out_n, GError **error);
/* A new edit row; -1 with @error. */
gint64 vantage_txn_insert_step (VantageTxn *txn, const char *review, const char *what,
                                VantageStepSort sort, gint64 undoes, GError **error);
/* Writes who writes here, when the review does not know it yet. */
gboolean vantage_txn_introduce_author (VantageTxn *txn, const char *review, GError **error);
/* Ops of an edit in the order in which they were written. (element-type VantageOp) (transfer full)
 * @out_streams: (element-type gint64): the stream of each. */
GPtrArray *vantage_db_load_step_ops (VantageDb *db, gint64 edit, GArray **out_streams,
                                     GError **error);
/* After a commit: tells of the save and passes the change on. */
void vantage_edit_announce (VantageLibrary *library, gint64 now_us);

G_END_DECLS
