/* vantage-library.h: all reviews on this machine: a folder of four databases. One way in. */

#pragma once

#include <gio/gio.h>
#include "vantage-entity.h"
#include "vantage-op.h"

G_BEGIN_DECLS

typedef enum
{
  VANTAGE_STORE_ERROR_FAILED,
  VANTAGE_STORE_ERROR_NOT_FOUND, /* no such review, entity, item … */
  VANTAGE_STORE_ERROR_AMBIGUOUS, /* more than one fits */
  VANTAGE_STORE_ERROR_TOO_NEW,   /* a file of a newer version; untouched */
  VANTAGE_STORE_ERROR_DAMAGED,
  VANTAGE_STORE_ERROR_NO_SPACE,
  VANTAGE_STORE_ERROR_READ_ONLY,
  VANTAGE_STORE_ERROR_LOCKED,  /* another program holds the folder too long */
  VANTAGE_STORE_ERROR_NOTHING, /* nothing to undo, redo, restore */
  VANTAGE_STORE_ERROR_CHANGED, /* a step cannot be undone: somebody changed it since */
  VANTAGE_STORE_ERROR_INVALID,
  VANTAGE_STORE_ERROR_STREAM, /* a page of a stream does not follow what is here */
  VANTAGE_STORE_ERROR_REUSED, /* another library writes under this library's device */
} VantageStoreError;

#define VANTAGE_STORE_ERROR (vantage_store_error_quark ())
GQuark vantage_store_error_quark (void);

#define VANTAGE_TYPE_LIBRARY (vantage_library_get_type ())
G_DECLARE_FINAL_TYPE (VantageLibrary, vantage_library, VANTAGE, LIBRARY, GObject)

/* Wall clock in µs; tests give their own. */
typedef gint64 (*VantageNow) (gpointer user_data);

/**
 * vantage_library_open:
 * @folder: made when missing, mode 0700
 * @now: (nullable): the clock; NULL = g_get_real_time
 *
 * Opens or creates, recovers what a crash left half done, migrates after a backup. Blocking.
 * Not for the main thread of a window when the library may be large: use the async twin.
 * Sets @error to VANTAGE_STORE_ERROR_TOO_NEW, DAMAGED, NO_SPACE, READ_ONLY, LOCKED.
 */
VantageLibrary *vantage_library_open (const char *folder, VantageNow now, gpointer now_data,
                                      GError **error);
void vantage_library_open_async (const char *folder, GAsyncReadyCallback callback,
                                 gpointer user_data);
VantageLibrary *vantage_library_open_finish (GAsyncResult *result, GError **error);
/* Waits for writers, checkpoints when alone. Idempotent; the last unref closes too. */
void vantage_library_close (VantageLibrary *self);

const char *vantage_library_get_folder (VantageLibrary *self);
const char *vantage_library_get_device (VantageLibrary *self);
gint64 vantage_library_now_us (VantageLibrary *self);
/* Sentences about what opening had to repair; NULL-terminated, mostly empty. Codes of `words/`. */
const char *const *vantage_library_get_notes (VantageLibrary *self);

/*
 * Signals, on the main context that opened it:
 *   "changed" (const char *review, VantageChange *change): entities came, changed or went, by this
 * process, another one or sync; once per transaction. "evidence-changed" (const char *review):
 * sources or items came or went. "saved" (gint64 when_us): an edit of this process is on disk.
 */
typedef struct
{
  GPtrArray
      *entities; /* (element-type VantageEntity): their state now; deleted ones are marked so */
  gboolean everything; /* so much changed that reading anew is cheaper; `entities` is empty */
} VantageChange;

/* Looks for what other processes wrote; also runs by itself twice a second while a main loop runs.
 */
void vantage_library_poll (VantageLibrary *self);

/* Reading. From the thread that opened it; reads what is committed; fast (one row by key). */

/* @kind: (nullable): which of two kinds with one id (person/particulars, interview/consent); NULL =
 * the one in the team stream. Deleted entities are found too. NULL without error: there is none.
 * (transfer full) */
VantageEntity *vantage_library_get (VantageLibrary *self, const char *review, const char *kind,
                                    const char *id, GError **error);
/* Everything of a kind that is not deleted, by (pos, id). (transfer full) (element-type
 * VantageEntity) */
GPtrArray *vantage_library_list (VantageLibrary *self, const char *review, const char *kind,
                                 GError **error);
/* The same as a live GListModel, kept in step with every change, shared by all who ask. (transfer
 * full) */
GListModel *vantage_library_get_model (VantageLibrary *self, const char *review, const char *kind);
/* All reviews, newest first, live. (transfer full) */
GListModel *vantage_library_get_reviews (VantageLibrary *self);
/* An id, a unique start of one, or a unique title → the id. NOT_FOUND, AMBIGUOUS. (transfer full)
 */
char *vantage_library_find_review (VantageLibrary *self, const char *words, GError **error);
/* What points at @id in any ref, set or cite register. (transfer full) (element-type VantageEntity)
 */
GPtrArray *vantage_library_list_pointing (VantageLibrary *self, const char *review, const char *id,
                                          GError **error);
/* The blocks of a prose field in order, joined by empty lines; "" when none. (transfer full) */
char *vantage_library_dup_prose (VantageLibrary *self, const char *review, const char *entity,
                                 const char *slot, GError **error);
/* Deleted entities of a review, newest first: the bin. (transfer full) (element-type VantageEntity)
 */
GPtrArray *vantage_library_list_bin (VantageLibrary *self, const char *review, GError **error);
/* Removes for good what is in the bin: payloads are overwritten, references read "removed". */
gboolean vantage_library_empty_bin (VantageLibrary *self, const char *review, GError **error);
/* The same for one deleted entity: what was withdrawn goes at once. Nothing when it is not deleted.
 */
gboolean vantage_library_purge (VantageLibrary *self, const char *review, const char *id,
                                GError **error);

/* Who I am: name, email, handles: used for `author`. */
char *vantage_library_dup_profile (VantageLibrary *self, const char *key);
gboolean vantage_library_set_profile (VantageLibrary *self, const char *key, const char *value,
                                      GError **error);
/* State of this machine that is no entity: last page, zoom, folds … (transfer full) (nullable) */
char *vantage_library_dup_local (VantageLibrary *self, const char *review, const char *key);
void vantage_library_set_local (VantageLibrary *self, const char *review, const char *key,
                                const char *value);

G_END_DECLS
