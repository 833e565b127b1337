/* vantage-http.h: the service on a socket: limits at the door, one thread that answers. */

#pragma once

#include <gio/gio.h>
#include "vantage-service.h"

G_BEGIN_DECLS

typedef struct _VantageHttp VantageHttp;

/* @certificate: (nullable): speak TLS with it. @service: lent; used on a thread of this one's until
 * vantage_http_free (). */
VantageHttp *vantage_http_new (VantageService *service, GTlsCertificate *certificate);
/* @address: "127.0.0.1:8930", "[::1]:0". Sets CONFIG when it cannot be listened on. */
gboolean vantage_http_listen (VantageHttp *self, const char *address, GError **error);
/* "http://127.0.0.1:43211" (transfer full) */
char *vantage_http_dup_url (VantageHttp *self);
/* Takes no more requests, answers those under way. */
void vantage_http_free (VantageHttp *self);

/* Whether @address is of this computer alone. */
gboolean vantage_http_is_loopback (const char *address);

G_END_DECLS
