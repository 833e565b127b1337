/* vantage-evidence-store.h: what the parts of the evidence side share. Only for app/store. */

#pragma once

#include "vantage-db.h"
#include "vantage-evidence-private.h"
#include "vantage-evidence.h"
#include "vantage-folder-lock.h"
#include "vantage-library-private.h"

G_BEGIN_DECLS

typedef struct _VantageIndexer VantageIndexer;
typedef struct _VantagePeopleMap VantagePeopleMap;

/* What has become of a source. As stored. */
typedef enum
{
  VANTAGE_SOURCE_PENDING,
  VANTAGE_SOURCE_KEPT,
  VANTAGE_SOURCE_HIDDEN,
  VANTAGE_SOURCE_DROPPED,
} VantageSourceState;

struct _VantageEvidenceStore
{
  VantageLibrary *library; /* lent */
  char *path;              /* evidence.db */
  char *search_path;

  VantageFolderLock *lock; /* held for each transaction on `db` */
  VantageDb *db;           /* the evidence thread's alone */
  GThreadPool *thread;     /* one thread, jobs in order */

  GMutex mutex; /* guards the rest; of the indexer only that it is there */
  GCond cond;
  GQueue readers;     /* (element-type VantageDb): idle connections */
  guint n_queued;     /* jobs that readers must wait for, to see what was decided before them */
  GHashTable *people; /* review → VantagePeopleMap */
  guint generation;   /* of what the maps were made from */
  gint64 seen_version;

  VantageIndexer *indexer;
  gulong changed_handler;
};

/* Rows of `source` that hold what came in a bundle of another library: `entity` is the bundle's,
 * `path` names the source whose items they are. */
#define VANTAGE_BUNDLE_FORMAT "bundle"
/* The `source` entity that a row of `source` stands for. */
#define VANTAGE_SOURCE_ENTITY                                                                      \
  "CASE WHEN source.format = 'bundle' THEN source.path ELSE source.entity END"

/* A piece of work on the evidence thread: the only place where `db` is used. */
typedef gboolean (*VantageEvidenceJob) (VantageEvidenceStore *self, gpointer data, GError **error);

/* Does it and waits. Errors are of this folder's domain. */
gboolean vantage_evidence_run (VantageEvidenceStore *self, VantageEvidenceJob job, gpointer data,
                               GError **error);
/* Does it some time; @free_data afterwards. @settles: readers wait for it. */
void vantage_evidence_queue (VantageEvidenceStore *self, VantageEvidenceJob job, gpointer data,
                             GDestroyNotify free_data, gboolean settles);
/* Waits until what readers must see is done. Not on the evidence thread. */
void vantage_evidence_wait_settled (VantageEvidenceStore *self);

/* One transaction of the evidence thread, under the lock on the folder. */
gboolean vantage_evidence_begin (VantageEvidenceStore *self, GError **error);
gboolean vantage_evidence_commit (VantageEvidenceStore *self, GError **error);
void vantage_evidence_rollback (VantageEvidenceStore *self);

/* A reading connection with search.db attached as `search`, for the time between the calls. */
VantageDb *vantage_evidence_take_reader (VantageEvidenceStore *self, GError **error);
void vantage_evidence_give_reader (VantageEvidenceStore *self, VantageDb *reader);

/* A statement whose text is made up at run time: not cached, freed on finish. */
VantageStmt vantage_evidence_prepare (VantageDb *db, const char *sql, GError **error);
/* The first column of the first row of a query with text parameters (NULL-terminated); @fallback
 * when there is none. */
gint64 vantage_evidence_number (VantageDb *db, gint64 fallback, const char *sql,
                                ...) G_GNUC_NULL_TERMINATED;
/* Runs a statement with integer parameters. */
gboolean vantage_evidence_exec_ints (VantageDb *db, GError **error, const char *sql, guint n, ...);

/* Evidence of a review came, went or moved: drops what was worked out from it and tells. */
void vantage_evidence_changed (VantageEvidenceStore *self, const char *review);

/* Brings what a `source` entity says (deleted, zone, zero, shift) into the rows; waits. */
gboolean vantage_evidence_follow_source (VantageEvidenceStore *self, VantageEntity *entity,
                                         GError **error);
/* The same, later, for many entities. (element-type VantageEntity) */
void vantage_evidence_queue_follow (VantageEvidenceStore *self, GPtrArray *entities);
/* Frees what an import that was not kept wrote; on the evidence thread. */
gboolean vantage_evidence_drop_source (VantageEvidenceStore *self, gint64 source, GError **error);
/* Makes a pending source visible; within a transaction of the evidence thread. */
gboolean vantage_evidence_show_source (VantageEvidenceStore *self, gint64 source, GError **error);
/* Finishes and drops what a crash left; when opening. */
gboolean vantage_evidence_recover (VantageEvidenceStore *self, GError **error);
/* Writes the entity of a kept source from the facts in `import_run`, as one undo step, and forgets
 * them. Any thread. */
gboolean vantage_evidence_write_entity (VantageEvidenceStore *self, const char *entity,
                                        GError **error);
/* Indices that a big first import was made without. */
gboolean vantage_evidence_ensure_indices (VantageEvidenceStore *self, GError **error);

/* Takes the lock of an import; FALSE when another one holds it. -1 in @out_fd on failure. */
gboolean vantage_evidence_lock_run (VantageEvidenceStore *self, const char *name, int *out_fd);
void vantage_evidence_unlock_run (VantageEvidenceStore *self, const char *name, int fd);

G_END_DECLS
