/* vantage-service-private.h: the parts of the service among themselves. */

#pragma once

#include "vantage-service.h"

G_BEGIN_DECLS

struct _VantageService
{
  VantageBackend *backend;
  VantageServiceNow now;
  gpointer now_data;
  char *server_id, *epoch;
  GHashTable *rates; /* token's hash in hex → Rate */
};

/* A request of a known account, and what its path names. */
typedef struct
{
  VantageService *service;
  VantageBackend *backend;
  const VantageRequest *request;
  const char *user;
  const char *user_role;
  VantageStoredStream *stream; /* of /v1/streams/{id}/…, which the account may read; else NULL */
  const char *name;            /* what follows: the hash of a chunk or blob; else NULL */
  gint64 now_us;
} VantageCall;

/* NULL with @error when storage failed. */
typedef VantageReply *(*VantageRoute) (VantageCall *call, GError **error);

VantageReply *vantage_route_push (VantageCall *call, GError **error);
VantageReply *vantage_route_pull (VantageCall *call, GError **error);
VantageReply *vantage_route_vector (VantageCall *call, GError **error);
VantageReply *vantage_route_missing (VantageCall *call, GError **error);
VantageReply *vantage_route_put_chunk (VantageCall *call, GError **error);
VantageReply *vantage_route_get_chunk (VantageCall *call, GError **error);
VantageReply *vantage_route_put_blob (VantageCall *call, GError **error);
VantageReply *vantage_route_get_blob (VantageCall *call, GError **error);

/* Answers for a body that could not be read; takes @error. */
VantageReply *vantage_reply_malformed (GError *error);
VantageReply *vantage_reply_json (guint status, GBytes *body);
/* Whether the account may write to the call's stream at all. */
gboolean vantage_call_may_write (const VantageCall *call);

G_END_DECLS
