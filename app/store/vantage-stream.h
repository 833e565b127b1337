/* vantage-stream.h: the library as sync sees it: streams, what waits to be sent, pages that come.
 *
 * A stream is a set of ops. Here it is kept in three stages:
 *   - an op made here has no number (`seq`) and is *unsent* until it was acknowledged;
 *   - the server's numbers run 1, 2, 3 … without holes; `cursor` is the number up to which all are
 *     here, and `digest` is the chain over 1..cursor:
 *         D(0) = 32 zero bytes,  D(s) = SHA-256 (D(s-1) ‖ s as 8 bytes, big end first ‖ by ‖ hash)
 *     where `by` is the user's name as the server gives it and `hash` the op's;
 *   - cursor and digest move only inside the transaction that stores what they cover.
 * All calls block for one small transaction or query and may come from any thread. Whatever changed
 * is told by the library's own signals. */

#pragma once

#include "vantage-hash.h"
#include "vantage-kind.h"
#include "vantage-library.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;
  char *review; /* "" for org */
  VantageStreamSort sort;
  char *epoch; /* (nullable): never met a server */
  gint64 cursor;
  guint8 digest[VANTAGE_HASH_SIZE];
  gint64 purge_gen;
  guint64 n_unsent;
} VantageStreamInfo;

void vantage_stream_info_free (VantageStreamInfo *self);

/* @review: (nullable): of all. (transfer full) (element-type VantageStreamInfo) */
GPtrArray *vantage_library_list_streams (VantageLibrary *library, const char *review,
                                         GError **error);
/* NULL without error: there is none. (transfer full) */
VantageStreamInfo *vantage_library_get_stream (VantageLibrary *library, const char *stream,
                                               GError **error);
/* A stream that the server told of. One that is here already is left as it is. */
gboolean vantage_library_add_stream (VantageLibrary *library, const char *stream,
                                     const char *review, VantageStreamSort sort, GError **error);

/* ---- sending ---- */

/**
 * vantage_library_take_unsent:
 * @limit: at most so many; at most VANTAGE_STREAM_PAGE
 * @out_device: (out) (transfer full) (nullable): whose they are; NULL: nothing is waiting
 *
 * The next ops to push, of one device, in order of n without holes. They are sealed: typing no
 * longer replaces them. Groups are never cut, save one that alone is over @limit. Devices that this
 * library had before (it was copied or restored) come first.
 *
 * Returns: (transfer full) (element-type VantageOp)
 */
#define VANTAGE_STREAM_PAGE 1000
GPtrArray *vantage_library_take_unsent (VantageLibrary *library, const char *stream, guint limit,
                                        char **out_device, GError **error);

/**
 * vantage_library_acknowledge:
 * @device, @acked_n: the server has all ops of this device up to this n
 * @first_seq, @count: the numbers that the last @count of them got; 0, 0 when it did not say
 * @by: the user's name as the server knows it
 *
 * Takes ops out of the queue. When @first_seq follows the cursor, cursor and digest move along, so
 * that one's own ops need not be pulled. Harmless when repeated.
 */
gboolean vantage_library_acknowledge (VantageLibrary *library, const char *stream,
                                      const char *device, gint64 acked_n, gint64 first_seq,
                                      guint count, const char *by, GError **error);

/* The answer to `op_id_reused`: another library writes under the same name. Takes a new device for
 * this library and gives the unsent ops of @stream new numbers under it, with the references
 * among them; the old ones are gone. (transfer full): the new device. */
char *vantage_library_renumber (VantageLibrary *library, const char *stream, GError **error);

/* ---- receiving ---- */

/* One op as the server gives it. */
typedef struct
{
  gint64 seq;
  const char *by;
  gint64 rx_ms;
  const char *bytes; /* exact; of a purged op: {"purged":…} */
  gsize n_bytes;
  const guint8 *hash; /* (nullable): of a purged op, whose bytes no longer tell it */
  const char *device; /* (nullable): of a purged op */
  gint64 n;           /* of a purged op */
} VantageEnvelope;

/**
 * vantage_library_apply_page:
 * @epoch: of the answer
 * @envelopes: (array length=n_envelopes): numbers follow the cursor without holes
 * @digest: (nullable): of the chain at the page's end
 *
 * One transaction: ops, entities, cursor, digest. Ops that cannot be read are put in quarantine,
 * and count. STREAM when epoch, numbers or digest do not fit (nothing was written: discard the
 * page, ask again); REUSED when an unsent op of this library bears the name of another op in the
 * page: vantage_library_renumber (), then apply the page again.
 */
gboolean vantage_library_apply_page (VantageLibrary *library, const char *stream, const char *epoch,
                                     const VantageEnvelope *envelopes, guint n_envelopes,
                                     const guint8 *digest, GError **error);

/* The server was restored or is another one. Numbers, cursor and digest begin anew; own ops that
 * @vector (element-type utf8 gint64*: device → n) does not hold wait to be sent again; nothing
 * local goes. */
gboolean vantage_library_reset_stream (VantageLibrary *library, const char *stream,
                                       const char *epoch, GHashTable *vector, GError **error);

/* Carries out purges of the server: @ids (element-type VantageOpId) lose their payload here too. */
gboolean vantage_library_purge_ops (VantageLibrary *library, const char *stream, GArray *ids,
                                    const char *code, gint64 purge_gen, GError **error);

/* ---- what did not fit ---- */

typedef struct
{
  char *stream;
  gint64 seq; /* 0: came without */
  char *why;  /* English */
  GBytes *bytes;
} VantageQuarantined;

void vantage_quarantined_free (VantageQuarantined *self);
/* (transfer full) (element-type VantageQuarantined) */
GPtrArray *vantage_library_list_quarantine (VantageLibrary *library, GError **error);

G_END_DECLS
