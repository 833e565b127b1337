/* vantage-json-walk.h: stepping through JSON text that vantage_json_check has passed, in place and
 * without building a tree: for what is read a hundred thousand times. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The text of one value, without the space around it. Lent by the checked text. */
typedef struct
{
  const char *at;
  gsize length;
} VantageJsonSpan;

typedef struct
{
  const char *at;
  const char *end;
} VantageJsonWalk;

/* The one value of a checked text. */
VantageJsonSpan vantage_json_walk_whole (const char *text, gsize length);
/* Begins at the members of an object or the elements of an array; FALSE when @value is neither. */
gboolean vantage_json_walk_enter (VantageJsonWalk *self, const VantageJsonSpan *value);
/* FALSE at the end. @out_name: (optional): the member's name with its quotes; empty in an array. */
gboolean vantage_json_walk_next (VantageJsonWalk *self, VantageJsonSpan *out_name,
                                 VantageJsonSpan *out_value);

/* Whether the text is exactly @literal: "true", "\"name\"". */
gboolean vantage_json_span_is (const VantageJsonSpan *self, const char *literal);
/* An integer; FALSE when it is anything else, 1.0 too. */
gboolean vantage_json_span_get_int (const VantageJsonSpan *self, gint64 *out);
gboolean vantage_json_span_is_string (const VantageJsonSpan *self);
/* Decodes a string into @out, which holds at least self->length - 1 bytes; NUL-terminated.
 * Returns: its bytes without the NUL */
gsize vantage_json_span_decode (const VantageJsonSpan *self, char *out);
/* The decoded string; NULL when the value is none. (transfer full) (nullable) */
char *vantage_json_span_dup_text (const VantageJsonSpan *self);

G_END_DECLS
