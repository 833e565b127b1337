/* vantage-sync-engine.h: one sync, from hello to the end, as a machine that says what to ask and is
 * told the answer. It knows no socket and no clock. Calls block for small transactions of the
 * store; one thread at a time.
 *
 * What was done stays done when a sync breaks off anywhere: the next one begins at hello and goes
 * on from there. */

#pragma once

#include "vantage-sync-store.h"

G_BEGIN_DECLS

typedef enum
{
  VANTAGE_SYNC_ERROR_NETWORK,      /* not reached, broken off, or an answer that is not Vantage's */
  VANTAGE_SYNC_ERROR_UNAUTHORIZED, /* the token is wrong or has ended */
  VANTAGE_SYNC_ERROR_FORBIDDEN,    /* the account may not do this */
  VANTAGE_SYNC_ERROR_TOO_OLD,      /* the server speaks a newer protocol */
  VANTAGE_SYNC_ERROR_BUSY,         /* the server asks to come back later */
  VANTAGE_SYNC_ERROR_REFUSED,      /* the server did not take something; the message says what */
  VANTAGE_SYNC_ERROR_NO_SERVER,    /* no server is set */
  VANTAGE_SYNC_ERROR_ADDRESS,      /* the server's address cannot be used */
  VANTAGE_SYNC_ERROR_SECRET,       /* the token cannot be kept or read */
  VANTAGE_SYNC_ERROR_SAMPLE,       /* the sample is not for sharing */
} VantageSyncError;

#define VANTAGE_SYNC_ERROR (vantage_sync_error_quark ())
GQuark vantage_sync_error_quark (void);

/* What is to be sent. */
typedef struct
{
  const char *method;
  char *path;               /* "/v1/hello", with its query */
  GBytes *body;             /* (nullable) */
  const char *content_type; /* of the body */
  const char *expects;      /* content type of a good answer */
  gboolean open;            /* goes without the token */
} VantageSyncRequest;

void vantage_sync_request_free (VantageSyncRequest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageSyncRequest, vantage_sync_request_free)

/* Something that stays as it is until a person looks at it. */
typedef struct
{
  char *review;
  char *code; /* of the server: "clock_ahead", "forbidden" …; or "digest" */
  char *message;
} VantageSyncProblem;

/* What one sync did. */
typedef struct
{
  guint64 pushed, pulled; /* changes of people here sent, and of others received */
  guint64 n_reviews_came; /* reviews that were not here before */
  guint64 bundles_up, bundles_down;
  guint64 bytes_up, bytes_down; /* bodies as they went over the wire: the driver counts */
  gint64 clock_offset_ms;       /* of the server's clock to this one's */
  char *user;                   /* as the server calls the account; NULL: not reached */
  GPtrArray *problems;          /* (element-type VantageSyncProblem) */
} VantageSyncReport;

void vantage_sync_report_free (VantageSyncReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageSyncReport, vantage_sync_report_free)

typedef struct _VantageSyncEngine VantageSyncEngine;

/* @store: lent. @review: (nullable): only this one. */
VantageSyncEngine *vantage_sync_engine_new (VantageSyncStore *store, const char *review);
void vantage_sync_engine_free (VantageSyncEngine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageSyncEngine, vantage_sync_engine_free)

/* The next request; NULL without @error: the sync is done. (transfer full). Asking again before the
 * answer gives the same. */
VantageSyncRequest *vantage_sync_engine_next (VantageSyncEngine *self, GError **error);
/* The answer to it. @content_type: (nullable), without parameters. @now_us: the clock when it came.
 * FALSE: the sync ends here. */
gboolean vantage_sync_engine_answer (VantageSyncEngine *self, guint status,
                                     const char *content_type, GBytes *body, gint64 now_us,
                                     GError **error);
/* After BUSY: how long the server asks to be left alone; 0: it did not say. */
gint64 vantage_sync_engine_get_retry_after_ms (VantageSyncEngine *self);
/* What was done so far; lent. */
VantageSyncReport *vantage_sync_engine_get_report (VantageSyncEngine *self);

G_END_DECLS
