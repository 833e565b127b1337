/* vantage-wire.h: requests and answers of the protocol as structs, written as JSON and read back,
 * for both ends. What every member means stands in PROTOCOL.md. Reading is strict and bounded: a
 * member that is missing, of another type or out of bounds is an error; members with unknown names
 * are passed over. */

#pragma once

#include <glib.h>
#include "vantage-hash.h"

G_BEGIN_DECLS

typedef enum
{
  VANTAGE_WIRE_ERROR_JSON,  /* no JSON, or over the limits of the protocol */
  VANTAGE_WIRE_ERROR_SHAPE, /* JSON, but not what stands in the protocol */
} VantageWireError;

#define VANTAGE_WIRE_ERROR (vantage_wire_error_quark ())
GQuark vantage_wire_error_quark (void);

#define VANTAGE_WIRE_API 1
#define VANTAGE_WIRE_PAGE_OPS 1000
#define VANTAGE_WIRE_PAGE_BYTES (2 * 1024 * 1024)
#define VANTAGE_WIRE_BODY_BYTES (4 * 1024 * 1024)
#define VANTAGE_WIRE_CHUNK_BYTES (1024 * 1024)
#define VANTAGE_WIRE_BLOB_CHUNKS 1024
#define VANTAGE_WIRE_MAX_STREAMS 20000
#define VANTAGE_WIRE_MAX_AHEAD_US (5 * G_TIME_SPAN_MINUTE)
#define VANTAGE_WIRE_JSON "application/json"
#define VANTAGE_WIRE_BYTES "application/octet-stream"

/* ---- hello ---- */

typedef struct
{
  char *server_id; /* 32 hex digits */
  char *epoch;     /* 16 hex digits */
  gint64 time_ms;
  gint64 api;
} VantageWireHello;

GBytes *vantage_wire_hello_write (const VantageWireHello *self);
VantageWireHello *vantage_wire_hello_read (GBytes *body, GError **error);
void vantage_wire_hello_free (VantageWireHello *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageWireHello, vantage_wire_hello_free)

/* ---- streams ---- */

typedef struct
{
  char *id;
  char *review; /* "" of org */
  char *kind;   /* team, core, org */
  char *role;   /* lead, editor, commenter, viewer */
  gint64 head;
  guint8 digest[VANTAGE_HASH_SIZE];
  gint64 purge_gen;
} VantageWireStream;

/* The streams that an account may read: of GET /v1/streams, and those that changed in an answer of
 * /v1/heads. */
typedef struct
{
  char *user;         /* the name by which the server calls the account */
  GPtrArray *streams; /* (element-type VantageWireStream) */
  GPtrArray *gone;    /* (element-type utf8): ids that were asked for and may not be read */
} VantageWireStreams;

VantageWireStream *vantage_wire_stream_new (const char *id, const char *review, const char *kind,
                                            const char *role, gint64 head);
void vantage_wire_stream_free (VantageWireStream *self);
VantageWireStreams *vantage_wire_streams_new (const char *user);
void vantage_wire_streams_free (VantageWireStreams *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageWireStreams, vantage_wire_streams_free)
GBytes *vantage_wire_streams_write (const VantageWireStreams *self);
VantageWireStreams *vantage_wire_streams_read (GBytes *body, GError **error);

/* What the asking side has: stream id → head, both (element-type utf8 gint64*). */
GBytes *vantage_wire_have_write (GHashTable *have);
GHashTable *vantage_wire_have_read (GBytes *body, GError **error);

/* Device → greatest n of it that the server holds. */
GBytes *vantage_wire_vector_write (const char *epoch, GHashTable *vector);
GHashTable *vantage_wire_vector_read (GBytes *body, char **out_epoch, GError **error);

/* {"id": …}: a review to be kept by the server. */
GBytes *vantage_wire_review_write (const char *review);
char *vantage_wire_review_read (GBytes *body, GError **error);

/* ---- chunks ---- */

/* {"chunks":[…]} asks and {"missing":[…]} answers; @member is that name. SHA-256 in hex.
 * (element-type utf8) */
GBytes *vantage_wire_names_write (const char *member, GPtrArray *names);
GPtrArray *vantage_wire_names_read (const char *member, GBytes *body, GError **error);

/* A blob is its chunks in order. */
typedef struct
{
  gint64 size;       /* of the whole */
  GPtrArray *chunks; /* (element-type utf8): SHA-256 in hex */
} VantageWireBlob;

VantageWireBlob *vantage_wire_blob_new (gint64 size);
void vantage_wire_blob_free (VantageWireBlob *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageWireBlob, vantage_wire_blob_free)
GBytes *vantage_wire_blob_write (const VantageWireBlob *self);
VantageWireBlob *vantage_wire_blob_read (GBytes *body, GError **error);

/* ---- refusals ---- */

/* {"error":{"code","message","index","expected","retry_after_ms"}} */
typedef struct
{
  char *code; /* stable: see PROTOCOL.md */
  char *message;
  gint64 index;          /* of the op that was refused; -1: none */
  gint64 expected;       /* the n that would follow, of a gap; 0 otherwise */
  gint64 retry_after_ms; /* 0: not told */
} VantageWireRefusal;

GBytes *vantage_wire_refusal_write (const VantageWireRefusal *self);
/* NULL without @error being about the network: the body is no refusal of ours. */
VantageWireRefusal *vantage_wire_refusal_read (GBytes *body, GError **error);
void vantage_wire_refusal_free (VantageWireRefusal *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageWireRefusal, vantage_wire_refusal_free)

G_END_DECLS
