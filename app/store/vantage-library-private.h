/* vantage-library-private.h: what the parts of an open library share. Only for app/store. */

#pragma once

#include "vantage-db.h"
#include "vantage-evidence-private.h"
#include "vantage-folder-lock.h"
#include "vantage-library.h"

G_BEGIN_DECLS

struct _VantageLibrary
{
  GObject parent_instance;

  char *folder;
  VantageNow now;
  gpointer now_data;
  GMainContext *context; /* signals are emitted on it */
  GThread *owner;        /* the thread that reads and that runs the context */

  VantageFolderLock *lock; /* of library.db; hold it to use `db` */
  VantageDb *db;           /* the one that writes */
  GRecMutex reader_mutex;  /* hold it to use `reader` */
  VantageDb *reader;
  char *device;     /* guarded by `lock`; minted anew rarely, old values live in `old_devices` */
  GPtrArray *notes; /* (element-type utf8): NULL-terminated once open */

  VantageEvidenceStore *evidence;

  /* Watching; on the owner's thread. */
  GSource *poll_source;
  gint64 seen_version; /* data_version of `reader` at the last look */
  gint64 seen_touched; /* entity.touched up to which changes were delivered */
  GHashTable *models;  /* "review\nkind" → VantageEntityModel, not owned */
  gboolean looking;    /* delivering right now */
  gboolean look_again; /* and there may be more */
  int feed_queued;     /* atomic: a look is on its way to the context */

  /* The step that typing may still replace; guarded by `lock`. 0: none. */
  char *typing_key;
  gint64 typing_edit;

  GPtrArray *old_devices; /* keeps lent device ids alive */
  GThread *backup_thread;
  VantageDb *backup_db;
  gboolean closed;
};

/* The statements of schema/<database>/NNNN-….sql in order; NULL-terminated. (transfer full) */
char **vantage_store_dup_schema (const char *database);
/* Turns an error of db/ into one of this folder, in place. FALSE always. */
gboolean vantage_store_convert_error (GError **error);
/* Another reading connection to library.db, for one worker thread. (transfer full) */
VantageDb *vantage_library_open_reader (VantageLibrary *self, GError **error);
/* A sentence for vantage_library_get_notes (); only while opening. @code: of `words/`. */
void vantage_library_add_note (VantageLibrary *self, const char *code);
/* Runs the look for changes on the main context: at once when called there, else soon. */
void vantage_library_queue_feed (VantageLibrary *self);
/* Emits "evidence-changed" on the main context; from any thread. */
void vantage_library_emit_evidence_changed (VantageLibrary *self, const char *review);

G_END_DECLS
