/* vantage-op.h: an op: who, when, which entity and field, what value, which earlier ops it
 * replaces. Its exact bytes are written once, hashed, stored and sent as they are; nobody writes
 * them again. */

#pragma once

#include <glib.h>
#include "vantage-clock.h"
#include "vantage-hash.h"
#include "vantage-value.h"

G_BEGIN_DECLS

#define VANTAGE_OP_MAX_BYTES (64 * 1024)
#define VANTAGE_OP_MAX_TEXT (16 * 1024)
#define VANTAGE_OP_MAX_PREVIOUS 32
#define VANTAGE_GROUP_MAX 500
#define VANTAGE_VOCABULARY 1 /* `sv` that this version writes */

#define VANTAGE_OP_FIELD_DELETE "#del"
#define VANTAGE_OP_FIELD_VOID "#void"
#define VANTAGE_OP_FIELD_WITHDRAW "#withdraw"

/* An op id: device and number within (device, stream). */
typedef struct
{
  char device[17];
  gint64 n;
} VantageOpId;

/* Immutable, reference counted. */
typedef struct
{
  VantageOpId id;
  VantageStamp stamp;
  char *entity;
  char *kind;
  char *field; /* a register name: "title", "actors/<id>", "#del" */
  VantageValue *value;
  VantageOpId *previous; /* n_previous */
  guint n_previous;
  gint64
      group_first; /* `g`: ops [group_first, group_first + group_count) of this device and stream */
  guint group_count;
  GHashTable
      *seen; /* of `#del`: char *device → gint64 *n, the entity's ops that were known; else NULL */
  int vocabulary;
  char *bytes; /* the exact JSON text */
  gsize n_bytes;
  guint8 hash[VANTAGE_HASH_SIZE];
} VantageOp;

/* What a new op is made from; strings are lent. */
typedef struct
{
  VantageOpId id;
  VantageStamp stamp;
  const char *entity, *kind, *field;
  VantageValue *value;
  const VantageOpId *previous;
  guint n_previous;
  gint64 group_first;
  guint group_count;
  GHashTable *seen;
} VantageOpDraft;

/* Writes the bytes. Refuses what is over the limits. (transfer full) */
VantageOp *vantage_op_new (const VantageOpDraft *draft, GError **error);
/* Reads bytes from anywhere: strict, bounded; unknown members are kept in the bytes. Unknown kinds,
 * fields and vocabularies are no error. (transfer full) */
VantageOp *vantage_op_parse (const char *bytes, gsize n_bytes, GError **error);
VantageOp *vantage_op_ref (VantageOp *self);
void vantage_op_unref (VantageOp *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageOp, vantage_op_unref)

/* Order of winners: stamp, then device, then n. <0, 0, >0. */
int vantage_op_compare (const VantageOp *a, const VantageOp *b);
gboolean vantage_op_id_equal (const VantageOpId *a, const VantageOpId *b);
/* "device:n". */
char *vantage_op_id_to_text (const VantageOpId *self);
gboolean vantage_op_id_from_text (const char *text, VantageOpId *out);

G_END_DECLS
