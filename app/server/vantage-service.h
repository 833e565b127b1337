/* vantage-service.h: what the server answers: a request in, a reply out. No sockets: the driver in
 * vantage-http.c calls it from one thread, tests call it directly. */

#pragma once

#include "vantage-backend.h"

G_BEGIN_DECLS

typedef struct
{
  const char *method;       /* "GET" */
  const char *path;         /* "/v1/hello", decoded */
  GHashTable *query;        /* (nullable) (element-type utf8 utf8) */
  const char *token;        /* (nullable): what follows "Bearer " */
  const char *content_type; /* (nullable): without parameters */
  GBytes *body;             /* (nullable) */
} VantageRequest;

typedef struct
{
  guint status;
  const char *content_type;
  GBytes *body;
  gint64 retry_after_ms; /* 0: none */
} VantageReply;

VantageReply *vantage_reply_new (guint status, const char *content_type, GBytes *body);
/* A refusal: {"error": …}. */
VantageReply *vantage_reply_refuse (guint status, const char *code, const char *message);
void vantage_reply_free (VantageReply *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageReply, vantage_reply_free)

typedef struct _VantageService VantageService;

typedef gint64 (*VantageServiceNow) (gpointer user_data); /* UTC µs */

/* @backend: lent. @now: (nullable): the clock; NULL: the computer's. */
VantageService *vantage_service_new (VantageBackend *backend, VantageServiceNow now,
                                     gpointer now_data);
void vantage_service_free (VantageService *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageService, vantage_service_free)

/* Never NULL. What the storage could not do is a 503, its cause is logged. */
VantageReply *vantage_service_handle (VantageService *self, const VantageRequest *request);

/* A new token for @user and its text; only its hash is kept. NULL with @error. (transfer full) */
char *vantage_service_make_token (VantageService *self, const char *user, GError **error);
/* 1 to 64 of [A-Za-z0-9._@+-]. */
gboolean vantage_service_is_user_name (const char *name);
gboolean vantage_service_is_user_role (const char *role);
gboolean vantage_service_is_review_role (const char *role);

G_END_DECLS
