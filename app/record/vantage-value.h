/* vantage-value.h: one value of one field, as it stands in an op. Immutable, reference counted. */

#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct _VantageValue VantageValue;
#define VANTAGE_TYPE_VALUE (vantage_value_get_type ())
GType vantage_value_get_type (void);

/* How a time is known: the field type *when*. */
typedef enum
{
  VANTAGE_WHEN_UNKNOWN, /* JSON null */
  VANTAGE_WHEN_ITEM,    /* {"item": ID}: the time of that item, whatever zone is chosen for it */
  VANTAGE_WHEN_AT,      /* {"at": T, "pm": µs} */
  VANTAGE_WHEN_BETWEEN, /* {"between": [A, B]} */
} VantageWhenSort;

typedef struct
{
  VantageWhenSort sort;
  const char *item;     /* ITEM; lent by the value it came from */
  gint64 at_us;         /* AT; A of BETWEEN */
  gint64 plus_minus_us; /* AT; ≥ 0 */
  gint64 until_us;      /* B of BETWEEN */
} VantageWhen;

/* All (transfer full). Text is repaired to UTF-8 by the caller. */
VantageValue *vantage_value_new_null (void);
VantageValue *vantage_value_new_text (const char *text);
VantageValue *vantage_value_new_yesno (gboolean yes);
/* Integer within ±2^53. */
VantageValue *vantage_value_new_int (gint64 number);
/* A decimal, kept as the string "0.25" so that every machine reads the same. */
VantageValue *vantage_value_new_decimal (double number);
VantageValue *vantage_value_new_time (gint64 us);
VantageValue *vantage_value_new_duration (gint64 us);
VantageValue *vantage_value_new_when (const VantageWhen *when);
VantageValue *vantage_value_new_ref (const char *id);
/* The value of a `cites/…` register: the quoted words and the version they were taken from; both
 * NULL gives plain true. */
VantageValue *vantage_value_new_cite (const char *quote, const char *version);
VantageValue *vantage_value_new_json (JsonNode *node);
/* From the JSON text of an op; checked. */
VantageValue *vantage_value_parse (const char *json, gssize length, GError **error);

VantageValue *vantage_value_ref (VantageValue *self);
void vantage_value_unref (VantageValue *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageValue, vantage_value_unref)

/* Canonical JSON text; lent. Equal values have equal text. */
const char *vantage_value_get_json (VantageValue *self);
gboolean vantage_value_equal (VantageValue *a, VantageValue *b);
gboolean vantage_value_is_null (VantageValue *self);

/* Readers: FALSE or NULL when the value is of another shape. */
const char *vantage_value_get_text (VantageValue *self);
gboolean vantage_value_get_yesno (VantageValue *self);
gboolean vantage_value_get_int (VantageValue *self, gint64 *out);
gboolean vantage_value_get_double (VantageValue *self, double *out);
gboolean vantage_value_get_time (VantageValue *self, gint64 *out_us);
/* TRUE for null too, which is UNKNOWN. `item` is lent. */
gboolean vantage_value_get_when (VantageValue *self, VantageWhen *out);
/* A set or cite register that is on: true, or an object with a quote. */
gboolean vantage_value_is_member (VantageValue *self);
/* Of a cite register; each lent, nullable. */
void vantage_value_get_cite (VantageValue *self, const char **out_quote, const char **out_version);

G_END_DECLS
