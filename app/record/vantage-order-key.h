/* vantage-order-key.h: order as text: keys between which another always fits (fractional indexing).
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define VANTAGE_ORDER_KEY_MAX 64

/* A base-62 key strictly between @before and @after (either may be NULL: no bound), plus three
 * random characters. NULL when they are equal or out of order: give both new keys. (transfer full)
 * (nullable) */
char *vantage_order_key_between (const char *before, const char *after);
/* @n keys in order between the two, sharing one random prefix, for things pasted together.
 * (transfer full): NULL-terminated. */
char **vantage_order_keys_between (const char *before, const char *after, guint n);

G_END_DECLS
