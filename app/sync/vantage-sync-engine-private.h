/* vantage-sync-engine-private.h: the parts of the engine among themselves. */

#pragma once

#include "vantage-sync-engine.h"
#include "vantage-wire-ops.h"

G_BEGIN_DECLS

/* What is done with one stream, in this order. */
typedef enum
{
  VANTAGE_PHASE_CHECK,
  VANTAGE_PHASE_PULL,
  VANTAGE_PHASE_DOWNLOAD,
  VANTAGE_PHASE_PREPARE,
  VANTAGE_PHASE_UPLOAD,
  VANTAGE_PHASE_PUSH,
  VANTAGE_PHASE_NEXT,
} VantagePhase;

typedef gboolean (*VantageAnswer) (VantageSyncEngine *self, GBytes *body, GError **error);
/* TRUE: it is dealt with. FALSE without @error: leave it to the general rules. */
typedef gboolean (*VantageRefused) (VantageSyncEngine *self, guint status,
                                    const VantageWireRefusal *refusal, GError **error);

struct _VantageSyncEngine
{
  VantageSyncStore *store;
  char *only_review;
  VantageSyncReport *report;

  VantageSyncRequest *request; /* waits for its answer */
  VantageAnswer answered;
  VantageRefused refused;
  gboolean began;
  gboolean ask_again; /* for heads, once the offers are made */
  gint64 now_us, retry_after_ms;

  char *epoch;
  GPtrArray *offers; /* (element-type utf8): reviews to tell the server of */
  guint n_rounds;    /* of asking for heads */

  /* Streams to go through; a pass may be followed by another. */
  GPtrArray *streams; /* (element-type VantageWireStream) */
  guint at;
  guint pass;
  gboolean moved; /* something was sent in this pass */
  VantagePhase phase;
  gint64 head;      /* of the stream at hand, as last told */
  guint n_resets;   /* of the stream at hand */
  guint n_bad;      /* pages of it that did not fit */
  guint n_renumber; /* of it */
  guint limit;      /* of the next push */
  GPtrArray *sent;  /* (element-type VantageOp): the push that waits */
  char *device;     /* whose */

  /* The blob at hand. */
  GPtrArray *blobs; /* (element-type utf8): still to do */
  VantageWireBlob *blob;
  GHashTable *missing; /* chunks of it that the server lacks; NULL: not asked */
  guint place;
};

VantageWireStream *vantage_engine_get_stream (VantageSyncEngine *self);
/* @path: (transfer full). @body: (transfer full) (nullable): JSON. */
void vantage_engine_ask (VantageSyncEngine *self, const char *method, char *path, GBytes *body,
                         VantageAnswer answered, VantageRefused refused);
/* "/v1/streams/<id of the stream at hand><rest>" (transfer full) */
char *vantage_engine_dup_path (VantageSyncEngine *self, const char *rest);
void vantage_engine_add_problem (VantageSyncEngine *self, const char *code, const char *message);
/* Gives up on the stream at hand; the others go on. TRUE always. */
gboolean vantage_engine_leave_stream (VantageSyncEngine *self, const char *code,
                                      const char *message);

/* Each makes a request, or moves to another phase. */
gboolean vantage_engine_check (VantageSyncEngine *self, GError **error);
gboolean vantage_engine_pull (VantageSyncEngine *self, GError **error);
gboolean vantage_engine_push (VantageSyncEngine *self, GError **error);
gboolean vantage_engine_download (VantageSyncEngine *self, GError **error);
gboolean vantage_engine_upload (VantageSyncEngine *self, GError **error);
/* Asks what the server holds, and begins the stream anew by it. */
gboolean vantage_engine_begin_anew (VantageSyncEngine *self);
void vantage_engine_drop_blob (VantageSyncEngine *self);

G_END_DECLS
