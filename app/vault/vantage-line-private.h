/* vantage-line-private.h: how the vault makes and changes a line object. */

#pragma once

#include <json-glib/json-glib.h>

#include "vantage-line.h"

G_BEGIN_DECLS

VantageLine *vantage_line_new (const char *id, const char *interview);
/* Takes over what a row says; notifies of what is different. */
void vantage_line_take_row (VantageLine *self, const char *pos, gint64 begun_us, JsonObject *data);
const char *vantage_line_get_pos (VantageLine *self);

/* Payload of a row from fields. @original: (nullable): NULL = the text. (transfer full) */
JsonNode *vantage_line_fields_to_json (const VantageLineFields *fields, const char *original);
/* Strings lent by @data. */
void vantage_line_fields_from_json (JsonObject *data, gint64 begun_us, VantageLineFields *out,
                                    const char **out_original);

G_END_DECLS
