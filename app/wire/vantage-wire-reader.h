/* vantage-wire-reader.h: members of checked JSON, read strictly: what is missing or of another type
 * is an error that names it. Only for app/wire. */

#pragma once

#include "vantage-json-walk.h"
#include "vantage-wire.h"

G_BEGIN_DECLS

/* Checks @body against the limits of the wire and finds the members @names (NULL-terminated) of its
 * one object. @out: one span each; length 0 where a member is missing. Members with other names are
 * passed over. */
gboolean vantage_wire_open (GBytes *body, const char *const *names, VantageJsonSpan *out,
                            GError **error);
/* The same for an object inside a checked text. */
gboolean vantage_wire_enter (const VantageJsonSpan *object, const char *const *names,
                             VantageJsonSpan *out, GError **error);

/* Each sets SHAPE and names @name when the span does not hold what is asked. */
gboolean vantage_wire_need_int (const VantageJsonSpan *span, const char *name, gint64 min,
                                gint64 *out, GError **error);
gboolean vantage_wire_need_bool (const VantageJsonSpan *span, const char *name, gboolean *out,
                                 GError **error);
/* At most @max_bytes. (transfer full) */
char *vantage_wire_need_text (const VantageJsonSpan *span, const char *name, gsize max_bytes,
                              GError **error);
/* Exactly @size bytes in hex. */
gboolean vantage_wire_need_hex (const VantageJsonSpan *span, const char *name, guint8 *out,
                                gsize size, GError **error);
/* 32 hex digits; (transfer full). */
char *vantage_wire_need_id (const VantageJsonSpan *span, const char *name, GError **error);
char *vantage_wire_need_device (const VantageJsonSpan *span, const char *name, GError **error);
/* An array or object that can be walked. */
gboolean vantage_wire_need_array (const VantageJsonSpan *span, const char *name,
                                  VantageJsonWalk *out, GError **error);
gboolean vantage_wire_need_object (const VantageJsonSpan *span, const char *name,
                                   VantageJsonWalk *out, GError **error);
gboolean vantage_wire_refuse (const char *name, const char *what, GError **error);

/* Writing: "name":…, with a comma before it unless it is the first of its object. */
void vantage_wire_add_text (GString *out, const char *name, const char *text);
void vantage_wire_add_int (GString *out, const char *name, gint64 number);
void vantage_wire_add_bool (GString *out, const char *name, gboolean yes);
void vantage_wire_add_hex (GString *out, const char *name, const guint8 *data, gsize size);
void vantage_wire_add_name (GString *out, const char *name);
/* The comma before a further element. */
void vantage_wire_add_comma (GString *out);
GBytes *vantage_wire_take (GString *out);

G_END_DECLS
