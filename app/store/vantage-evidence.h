/* vantage-evidence.h: sources, items, identities, channels of a review; keeping and finding them.
 */

#pragma once

#include "vantage-evidence-sink.h"
#include "vantage-library.h"

G_BEGIN_DECLS

/* ---- importing ---- */

#define VANTAGE_TYPE_IMPORT_RUN (vantage_import_run_get_type ())
/* Implements VantageEvidenceSink: rows go in under a pending source that nobody else sees. */
G_DECLARE_FINAL_TYPE (VantageImportRun, vantage_import_run, VANTAGE, IMPORT_RUN, GObject)

/* May be called on any thread; the run writes on the library's evidence thread. */
VantageImportRun *vantage_library_begin_import (VantageLibrary *library, const char *review,
                                                GError **error);

/* The same for what another library imported as @source and sent in the bundle @bundle (both entity
 * ids): keeping it makes no `source` entity, for there is one; the items are shown as that source's
 * and follow the choices made about it. Once per bundle. */
VantageImportRun *vantage_library_begin_bundle (VantageLibrary *library, const char *review,
                                                const char *bundle, const char *source,
                                                GError **error);

typedef struct
{
  char *source;       /* entity id; NULL: nothing new was found, no source was made */
  guint64 n_items;    /* that were read */
  guint64 n_new;      /* that were not there */
  guint64 n_versions; /* known items that came with other content: both are kept */
  guint64 n_people, n_channels, n_threads;
  guint64 kinds[VANTAGE_N_ITEM_KINDS];
  guint64 n_skipped;
  GPtrArray *diagnostics;   /* (element-type VantageDiagnostic): the first 1,000 */
  gint64 first_us, last_us; /* VANTAGE_TIME_NONE when no item has a time */
} VantageImportResult;

void vantage_import_result_free (VantageImportResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageImportResult, vantage_import_result_free)

/* Keeps it all by one commit and writes the `source` entity as one undo step named @what.
 * @original: (nullable): file or folder copied to originals/, tokens masked. Blocking; any thread.
 * (transfer full) */
VantageImportResult *vantage_import_run_keep (VantageImportRun *self,
                                              const VantageSourceFacts *facts, const char *original,
                                              const char *what, GCancellable *cancellable,
                                              GError **error);
/* Drops it; returns at once, rows are freed afterwards. A run that is finalised unkept is dropped.
 */
void vantage_import_run_drop (VantageImportRun *self);

/* ---- reading ---- */

typedef struct
{
  const char *text;          /* search words: "a b", "\"a phrase\"", "pre*"; NULL */
  const char *person;        /* person id; merges are followed */
  const char *channel;       /* channel id or shown name */
  int kind;                  /* VantageItemKind, or -1 */
  const char *source;        /* entity id */
  gint64 since_us, until_us; /* [since, until); VANTAGE_TIME_NONE: open */
  const char *thread;        /* item id of the root */
  gboolean newest_first;
} VantageItemQuery;

#define VANTAGE_ITEM_QUERY_INIT                                                                    \
  {                                                                                                \
    .kind = -1, .since_us = VANTAGE_TIME_NONE, .until_us = VANTAGE_TIME_NONE                       \
  }

/* A query with strings of its own, for work that outlives the caller's; to be cleared once. */
void vantage_item_query_copy (const VantageItemQuery *query, VantageItemQuery *out);
void vantage_item_query_clear (VantageItemQuery *copy);

/* By time, then by place in the file. @limit 0: all. (transfer full) (element-type VantageItem) */
GPtrArray *vantage_library_query_items (VantageLibrary *self, const char *review,
                                        const VantageItemQuery *query, guint limit, guint64 offset,
                                        GCancellable *cancellable, GError **error);
/* How many there are; -1 with @error. */
gint64 vantage_library_count_items (VantageLibrary *self, const char *review,
                                    const VantageItemQuery *query, GCancellable *cancellable,
                                    GError **error);
/* Calls back for each item without holding them all. Stops when @each returns FALSE. */
typedef gboolean (*VantageItemFunc) (VantageItem *item, gpointer user_data);
gboolean vantage_library_each_item (VantageLibrary *self, const char *review,
                                    const VantageItemQuery *query, VantageItemFunc each,
                                    gpointer user_data, GCancellable *cancellable, GError **error);
/* By item id, aliases followed. NULL without error: not on this computer. (transfer full) */
VantageItem *vantage_library_get_item (VantageLibrary *self, const char *review, const char *id,
                                       GError **error);
/* All versions of an item that were imported, shown one first. (transfer full) (element-type
 * VantageItem) */
GPtrArray *vantage_library_list_versions (VantageLibrary *self, const char *review, const char *id,
                                          GError **error);
/* What is known of a channel by id, as its newest kept source says. NULL without error: it is not
 * on this computer. (transfer full) */
VantageChannel *vantage_library_get_channel (VantageLibrary *self, const char *review,
                                             const char *channel, GError **error);
/* Brings what its `source` entity says now into items that came in bundles of it. */
gboolean vantage_library_follow_source (VantageLibrary *self, const char *review,
                                        const char *source, GError **error);
/* The original record as it stands in originals/, tokens masked; NULL without error: not kept. */
char *vantage_library_dup_original (VantageLibrary *self, const VantageItem *item, GError **error);

/* Off the main thread; results on the caller's context. A new search on the same @slot interrupts
 * the old. */
void vantage_library_query_items_async (VantageLibrary *self, const char *review,
                                        const VantageItemQuery *query, guint limit, guint64 offset,
                                        GCancellable *cancellable, GAsyncReadyCallback callback,
                                        gpointer user_data);
GPtrArray *vantage_library_query_items_finish (VantageLibrary *self, GAsyncResult *result,
                                               GError **error);

/* A GListModel of VantageItemRow over millions: row keys and times in memory (16 bytes each), items
 * fetched in blocks when their row is first asked for one, so that a view may hold many rows that
 * nobody looks at. Grouping of threads: roots in time order, replies after their root when
 * @threads. */
#define VANTAGE_TYPE_ITEM_ROW (vantage_item_row_get_type ())
G_DECLARE_FINAL_TYPE (VantageItemRow, vantage_item_row, VANTAGE, ITEM_ROW, GObject)
const VantageItem *vantage_item_row_get_item (VantageItemRow *self);
gboolean vantage_item_row_is_reply (VantageItemRow *self);
/* In the list that it came from. */
guint vantage_item_row_get_position (VantageItemRow *self);
GListModel *vantage_library_get_item_list (VantageLibrary *self, const char *review,
                                           const VantageItemQuery *query, gboolean threads,
                                           GError **error);
/* The same, found off the main thread: words may have to wait until they are in the index. Strings
 * of @query are copied; what is cancelled stops within a moment. */
void vantage_library_get_item_list_async (VantageLibrary *self, const char *review,
                                          const VantageItemQuery *query, gboolean threads,
                                          GCancellable *cancellable, GAsyncReadyCallback callback,
                                          gpointer user_data);
/* (transfer full) */
GListModel *vantage_library_get_item_list_finish (VantageLibrary *self, GAsyncResult *result,
                                                  GError **error);
/* Position of an item in such a list, or of the first at or after a time; -1: not in it. */
gint64 vantage_item_list_find (GListModel *list, const char *item_id);
gint64 vantage_item_list_find_time (GListModel *list, gint64 us);
/* Time of the last row before @position, in a grouped list the last that is no reply;
 * VANTAGE_TIME_NONE: there is none, or it has none. Reads no item. */
gint64 vantage_item_list_get_time_before (GListModel *list, guint position);

typedef struct
{
  char *id; /* channel id */
  char *name;
  char *family;
  VantageChannelSort sort;
  char *topic;
  guint64 n_items, n_threads;
  gint64 first_us, last_us;
} VantageChannelSummary;

void vantage_channel_summary_free (VantageChannelSummary *self);
/* By sort and name. (transfer full) */
GPtrArray *vantage_library_list_channels (VantageLibrary *self, const char *review, GError **error);

/* ---- people ---- */

/* Every identity is a person from the start; merges (`person.into`) make several one. */
typedef struct
{
  char *id;              /* the person that the others were merged into */
  char *name;            /* particulars.name, else the identities' shown name, else "somebody" */
  char *label;           /* "Responder 1"; NULL before the first share */
  GPtrArray *identities; /* (element-type VantageIdentity) */
  char *email, *team, *role, *zone; /* from the entity, else from an identity; NULL */
  const char *sort;                 /* human, automation, system, vendor, group */
  char *part;                       /* chosen by somebody; NULL: to be worked out */
  guint64 n_items;
  gint64 first_us, last_us;
  char **merged; /* ids of persons merged into this one; NULL-terminated */
} VantagePerson;

void vantage_person_free (VantagePerson *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantagePerson, vantage_person_free)
/* By first act. (transfer full) (element-type VantagePerson) */
GPtrArray *vantage_library_list_people (VantageLibrary *self, const char *review, GError **error);
/* By id (merges followed), unique start of one, or unique name. NOT_FOUND, AMBIGUOUS. (transfer
 * full) */
VantagePerson *vantage_library_find_person (VantageLibrary *self, const char *review,
                                            const char *words, GError **error);
/* Name of a person id for showing: never an empty string. (transfer full) */
char *vantage_library_dup_person_name (VantageLibrary *self, const char *review, const char *id);
/* The edits. Each one undo step. */
gboolean vantage_library_merge_people (VantageLibrary *self, const char *review, const char *into,
                                       const char *from, const char *what, GError **error);
gboolean vantage_library_split_person (VantageLibrary *self, const char *review, const char *person,
                                       const char *identity_id, const char *what, GError **error);

/* ---- sources ---- */

/* What is known of a source besides its entity; on this computer only. */
typedef struct
{
  char *format; /* reader's name */
  char *path;   /* as it was given */
  guint64 n_skipped;
  GPtrArray *diagnostics; /* (element-type VantageDiagnostic): the first 1,000 */
  gboolean has_original;  /* kept in originals/ */
} VantageSourceDetail;

void vantage_source_detail_free (VantageSourceDetail *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageSourceDetail, vantage_source_detail_free)
/* NULL without error: it was not imported here. @source: entity id. (transfer full) */
VantageSourceDetail *vantage_library_get_source_detail (VantageLibrary *self, const char *review,
                                                        const char *source, GError **error);

/* Changes zone, zero or shift of a source: moves every item of it; one undo step. Values as on the
 * entity; NULL and VANTAGE_TIME_NONE leave it as it is. A shift of 0 takes a shift back. */
gboolean vantage_library_set_source_time (VantageLibrary *self, const char *review,
                                          const char *source, const char *zone, gint64 zero_us,
                                          gint64 shift_us, const char *what, GError **error);

G_END_DECLS
