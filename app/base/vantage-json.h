/* vantage-json.h: the one gate for JSON from outside, and small helpers over json-glib. */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  VANTAGE_JSON_ERROR_SYNTAX,
  VANTAGE_JSON_ERROR_TOO_LARGE,
  VANTAGE_JSON_ERROR_TOO_DEEP,
  VANTAGE_JSON_ERROR_SHAPE, /* valid JSON, but not what the caller needs */
} VantageJsonError;

#define VANTAGE_JSON_ERROR (vantage_json_error_quark ())
GQuark vantage_json_error_quark (void);

typedef struct
{
  gsize max_bytes;
  guint max_depth;
  guint max_tokens;
} VantageJsonLimits;

/* What the sync protocol allows: 4 MiB, 16 deep, 200,000 tokens. */
extern const VantageJsonLimits vantage_json_wire_limits;
/* For files of our own and small imported ones: 64 MiB, 64 deep, 20,000,000 tokens. */
extern const VantageJsonLimits vantage_json_file_limits;

/**
 * vantage_json_check:
 *
 * Strict and iterative, and run before json-glib sees anything: valid UTF-8, one value and nothing
 * after it, no comments, no single quotes, no doubled keys, no "\u0000", integers within ±2^53, and
 * @limits. Lone surrogates are refused. O(@length), constant stack.
 * The error message names the byte offset.
 */
gboolean vantage_json_check (const char *text, gsize length, const VantageJsonLimits *limits,
                             GError **error);

/* Checks, then parses. (transfer full): NULL with @error. */
JsonNode *vantage_json_parse (const char *text, gssize length, const VantageJsonLimits *limits,
                              GError **error);

/* Members by name that never fail: the fallback when absent, null or of another type. Lent. */
const char *vantage_json_get_text (JsonObject *object, const char *name, const char *fallback);
gint64 vantage_json_get_int (JsonObject *object, const char *name, gint64 fallback);
double vantage_json_get_double (JsonObject *object, const char *name, double fallback);
gboolean vantage_json_get_bool (JsonObject *object, const char *name, gboolean fallback);
JsonObject *vantage_json_get_object (JsonObject *object, const char *name); /* (nullable) */
JsonArray *vantage_json_get_array (JsonObject *object, const char *name);   /* (nullable) */

/* Canonical text: members in byte order of their names, no spaces, the shortest escapes, UTF-8 as
 * it is. Equal values give equal bytes. (transfer full) */
char *vantage_json_canonical (JsonNode *node);
/* Appends @text as a JSON string with its quotes. @text must be valid UTF-8. */
void vantage_json_append_string (GString *out, const char *text, gssize length);
/* Two spaces a level, for people and diffs; ends without newline. (transfer full) */
char *vantage_json_pretty (JsonNode *node);

G_END_DECLS
