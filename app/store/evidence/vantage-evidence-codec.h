/* vantage-evidence-codec.h: the rarer parts of an item as one compact column, and the whole of it
 * as a row. Only for app/store. */

#pragma once

#include "vantage-db.h"
#include "vantage-evidence-sink.h"
#include "vantage-hash.h"

G_BEGIN_DECLS

#define VANTAGE_ROW_NO_TIME G_MAXINT64 /* in time columns: so that it comes last */

enum
{
  VANTAGE_ROW_DELETED = 1,
  VANTAGE_ROW_TWICE = 2,
  VANTAGE_ROW_RAW_IS_LOCAL = 4,
  VANTAGE_ROW_ZONE_CHOSEN = 16,
  VANTAGE_ROW_ZONE_ASSUMED = 32,
};

/* A row of `item` or `item_other`. Strings and bytes are lent. */
typedef struct
{
  gint64 row, item, content, source, channel, account; /* account 0: none */
  int kind, precision, flags;
  gint64 time_us, base_us; /* as stored; VANTAGE_TIME_NONE for a NULL base */
  const char *local, *thread, *reply_to, *text;
  const guint8 *detail, *origin;
  gsize n_detail, n_origin;
} VantageEvidenceRow;

/* Columns that both tables have, in the order in which the functions below read and write them. */
#define VANTAGE_ROW_COLUMNS                                                                        \
  "content, source, kind, time_us, base_us, precision, flags, account, thread, reply_to, text, "   \
  "detail, origin"
#define VANTAGE_ROW_N_COLUMNS 13

/* Where a record stands in its source. */
typedef struct
{
  gint64 place, line, offset, length;
} VantageEvidenceOrigin;

/* Empties the arrays first. */
void vantage_evidence_encode_detail (const VantageItem *item, GByteArray *out);
void vantage_evidence_encode_origin (const VantageEvidenceOrigin *origin, GByteArray *out);
/* Behind what is in the array. */
void vantage_evidence_append_detail (const VantageItem *item, GByteArray *out);
int vantage_evidence_encode_flags (const VantageItem *item);
/* FALSE: damaged bytes; what could be read is set. */
gboolean vantage_evidence_decode_detail (const guint8 *bytes, gsize size, VantageItem *item);
gboolean vantage_evidence_decode_origin (const guint8 *bytes, gsize size,
                                         VantageEvidenceOrigin *out);

/* From the shared columns, of which the first is @first. `local`, `channel`, `row`, `item` are the
 * caller's. Lent until the next step. */
void vantage_evidence_row_read (VantageEvidenceRow *self, VantageStmt *stmt, int first);
/* Bytes are not copied: they must live until the statement has run. */
void vantage_evidence_row_bind (const VantageEvidenceRow *self, VantageStmt *stmt, int first);
/* What a row holds, without names of people, channels and paths, which are other tables'.
 * (transfer full) */
VantageItem *vantage_evidence_row_dup_item (const VantageEvidenceRow *self);
/* Adds the bytes that the digest of a block stands for: all but the times, which follow from
 * choices, and the place, which another source may lend. */
void vantage_evidence_row_hash (const VantageEvidenceRow *self, VantageHash *hash);

/* Takes reactions, attachments, mentions, thread, reply and url that @more knows and @item does
 * not. TRUE: there were some. */
gboolean vantage_evidence_item_take_over (VantageItem *item, const VantageItem *more);

G_END_DECLS
