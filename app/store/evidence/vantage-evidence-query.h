/* vantage-evidence-query.h: a question about items as a statement, and its rows as items. Only for
 * app/store. */

#pragma once

#include "vantage-evidence-codec.h"
#include "vantage-people-map.h"

G_BEGIN_DECLS

/* What a question becomes. */
typedef struct
{
  gboolean empty;   /* it can have no answer: nothing to prepare */
  gboolean words;   /* it asks the full text: `search.fts AS f` is there too */
  GString *from;    /* "FROM … WHERE …" over `item i` */
  GPtrArray *texts; /* (element-type utf8): values of its parameters, in order */
} VantageEvidenceFilter;

void vantage_evidence_filter_clear (VantageEvidenceFilter *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VantageEvidenceFilter, vantage_evidence_filter_clear)
/* Waits for the full text when words are asked for. */
gboolean vantage_evidence_filter_make (VantageEvidenceFilter *self, VantageEvidenceStore *store,
                                       VantagePeopleMap *map, const VantageItemQuery *query,
                                       GCancellable *cancellable, GError **error);
/* SELECT @columns and the filter and @tail, parameters bound. */
VantageStmt vantage_evidence_filter_prepare (VantageEvidenceFilter *self, VantageDb *db,
                                             const char *columns, const char *tail, GError **error);

/* Columns for vantage_evidence_read_item (). */
#define VANTAGE_ITEM_COLUMNS                                                                       \
  "i.row, i.channel, i.local, i.content, i.source, i.kind, i.time_us, i.base_us, i.precision,"     \
  " i.flags, i.account, i.thread, i.reply_to, i.text, i.detail, i.origin"
/* The item of the present row with all its names. (transfer full) */
VantageItem *vantage_evidence_read_item (VantageStmt *stmt, VantageDb *db, VantagePeopleMap *map);
/* Row of an item id, aliases followed; 0: not here. */
gint64 vantage_evidence_find_row (VantageDb *db, VantagePeopleMap *map, const char *id);

/* Everything for one question: connection, names; interrupts when cancelled. */
typedef struct
{
  VantageEvidenceStore *store;
  VantageDb *db;
  VantagePeopleMap *map;
  GCancellable *cancellable;
  gulong handler;
} VantageEvidenceReading;

gboolean vantage_evidence_reading_begin (VantageEvidenceReading *self, VantageLibrary *library,
                                         const char *review, GCancellable *cancellable,
                                         GError **error);
/* FALSE always: the error, if any, in this folder's domain. */
gboolean vantage_evidence_reading_end (VantageEvidenceReading *self, GError **error);

/* A page of the answer to a question with words, found without looking at all of it. Only while the
 * times in the map's sources are those of the import. */
gboolean vantage_evidence_query_first (VantageEvidenceReading *reading,
                                       VantageEvidenceFilter *filter, gboolean newest_first,
                                       guint limit, guint offset, GPtrArray *items, GError **error);

G_END_DECLS
