/* vantage-id.h: identifiers: made ones in time order, and computed ones that agree everywhere. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define VANTAGE_ID_LENGTH 32     /* characters of an entity, review or stream id: 16 bytes in hex */
#define VANTAGE_DEVICE_LENGTH 16 /* characters of a device id: 8 random bytes in hex */

/* A new entity id: six bytes of creation time in ms, ten random ones; so order by id is order by
 * time of making. @now_us comes from the caller's clock. (transfer full) */
char *vantage_id_new (gint64 now_us);
/* 8 random bytes in hex. (transfer full) */
char *vantage_device_new (void);
/* Whether @text is 32 lower-case hex digits. */
gboolean vantage_id_is_valid (const char *text);
gboolean vantage_device_is_valid (const char *text);

/* First @n_hex hex digits (even, ≤ 64) of SHA-256 over @first and the further strings, each after a
 * "\n": the recipe of every computed id. NULL-terminated; strings are used as they are, so callers
 * normalise to NFC first. (transfer full) */
char *vantage_id_compute (guint n_hex, const char *first, ...) G_GNUC_NULL_TERMINATED;

/* The computed ids of the model. All (transfer full). */
char *vantage_channel_id (const char *family, const char *system, const char *key);  /* 16 digits */
char *vantage_identity_id (const char *family, const char *system, const char *key); /* 32 digits */
char *vantage_person_id (const char *review_id, const char *identity_id);            /* 32 digits */
char *vantage_author_id (const char *device);                                        /* 32 digits */
/* A review has two streams: `team`, whose id is the review's, and `core`. */
char *vantage_core_stream_id (const char *review_id);

G_END_DECLS
