/* vantage-value.c: values. Text, by far the most, is kept as it means and written as JSON only when
 * asked; everything else is kept as its canonical JSON and decoded once. One allocation each. */

#include "vantage-value.h"

#include <math.h>
#include <string.h>

#include "vantage-json-walk.h"
#include "vantage-json.h"
#include "vantage-time.h"

#define MAX_INTEGER G_GINT64_CONSTANT (9007199254740992) /* 2^53 */

typedef enum
{
  SHAPE_NULL,
  SHAPE_YESNO,
  SHAPE_INT,
  SHAPE_TEXT,
  SHAPE_WHEN,
  SHAPE_CITE,
  SHAPE_OTHER, /* JSON of no use to this version, kept as it is */
} Shape;

typedef struct
{
  char *quote;   /* (nullable) */
  char *version; /* (nullable) */
} Cite;

struct _VantageValue
{
  gatomicrefcount refs;
  Shape shape;
  char *json; /* canonical; NULL until asked for, and then set once, when the shape is text */
  union
  {
    gint64 number; /* yes is 1 */
    VantageWhen when;
    Cite cite;
  } as;
  char data[]; /* text: as it means; else the JSON */
};

G_DEFINE_BOXED_TYPE (VantageValue, vantage_value, vantage_value_ref, vantage_value_unref)

static VantageValue *
allocate (Shape shape, gsize length)
{
  VantageValue *self = g_malloc (sizeof (VantageValue) + length + 1);

  memset (self, 0, sizeof (VantageValue));
  g_atomic_ref_count_init (&self->refs);
  self->shape = shape;
  return self;
}

static VantageValue *
new_with_json (Shape shape, const char *json, gsize length)
{
  VantageValue *self = allocate (shape, length);

  memcpy (self->data, json, length);
  self->data[length] = '\0';
  self->json = self->data;
  return self;
}

VantageValue *
vantage_value_ref (VantageValue *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
vantage_value_unref (VantageValue *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  if (self->json != self->data)
    g_free (self->json);
  if (self->shape == SHAPE_WHEN)
    g_free ((char *) self->as.when.item);
  if (self->shape == SHAPE_CITE)
    {
      g_free (self->as.cite.quote);
      g_free (self->as.cite.version);
    }
  g_free (self);
}

VantageValue *
vantage_value_new_null (void)
{
  return new_with_json (SHAPE_NULL, "null", 4);
}

VantageValue *
vantage_value_new_text (const char *text)
{
  gsize length = strlen (text);
  VantageValue *self = allocate (SHAPE_TEXT, length);

  memcpy (self->data, text, length + 1);
  return self;
}

VantageValue *
vantage_value_new_yesno (gboolean yes)
{
  VantageValue *self =
      yes ? new_with_json (SHAPE_YESNO, "true", 4) : new_with_json (SHAPE_YESNO, "false", 5);

  self->as.number = yes != FALSE;
  return self;
}

VantageValue *
vantage_value_new_int (gint64 number)
{
  char json[24];
  int length;
  VantageValue *self;

  g_return_val_if_fail (number >= -MAX_INTEGER && number <= MAX_INTEGER, NULL);

  length = g_snprintf (json, sizeof json, "%" G_GINT64_FORMAT, number);
  self = new_with_json (SHAPE_INT, json, (gsize) length);
  self->as.number = number;
  return self;
}

VantageValue *
vantage_value_new_decimal (double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_return_val_if_fail (isfinite (number), NULL);

  for (int digits = 15; digits <= 17; digits++)
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%dg", digits);
      g_ascii_formatd (text, sizeof text, format, number);
      if (g_ascii_strtod (text, NULL) == number)
        break;
    }
  return vantage_value_new_text (text);
}

VantageValue *
vantage_value_new_time (gint64 us)
{
  char text[VANTAGE_TIME_TEXT_SIZE];

  return vantage_value_new_text (vantage_time_format (us, text));
}

VantageValue *
vantage_value_new_duration (gint64 us)
{
  return vantage_value_new_int (us);
}

VantageValue *
vantage_value_new_when (const VantageWhen *when)
{
  g_autoptr (GString) json = g_string_new (NULL);
  char at[VANTAGE_TIME_TEXT_SIZE], until[VANTAGE_TIME_TEXT_SIZE];
  VantageValue *self;

  switch (when->sort)
    {
    case VANTAGE_WHEN_ITEM:
      g_string_append (json, "{\"item\":");
      vantage_json_append_string (json, when->item, -1);
      g_string_append_c (json, '}');
      break;
    case VANTAGE_WHEN_AT:
      g_string_append_printf (json, "{\"at\":\"%s\",\"pm\":%" G_GINT64_FORMAT "}",
                              vantage_time_format (when->at_us, at), when->plus_minus_us);
      break;
    case VANTAGE_WHEN_BETWEEN:
      g_string_append_printf (json, "{\"between\":[\"%s\",\"%s\"]}",
                              vantage_time_format (when->at_us, at),
                              vantage_time_format (when->until_us, until));
      break;
    case VANTAGE_WHEN_UNKNOWN:
    default:
      return vantage_value_new_null ();
    }
  self = new_with_json (SHAPE_WHEN, json->str, json->len);
  self->as.when = *when;
  self->as.when.item = when->sort == VANTAGE_WHEN_ITEM ? g_strdup (when->item) : NULL;
  return self;
}

VantageValue *
vantage_value_new_ref (const char *id)
{
  return vantage_value_new_text (id);
}

VantageValue *
vantage_value_new_cite (const char *quote, const char *version)
{
  g_autoptr (GString) json = NULL;
  VantageValue *self;

  if (quote == NULL && version == NULL)
    return vantage_value_new_yesno (TRUE);

  json = g_string_new ("{");
  if (version != NULL)
    {
      g_string_append (json, "\"h\":");
      vantage_json_append_string (json, version, -1);
    }
  if (quote != NULL)
    {
      g_string_append (json, version != NULL ? ",\"q\":" : "\"q\":");
      vantage_json_append_string (json, quote, -1);
    }
  g_string_append_c (json, '}');

  self = new_with_json (SHAPE_CITE, json->str, json->len);
  self->as.cite.quote = g_strdup (quote);
  self->as.cite.version = g_strdup (version);
  return self;
}

static gboolean
read_time_span (const VantageJsonSpan *span, gint64 *out_us)
{
  gboolean has_zone;

  /* Without escapes: a time has none, and what has is another shape. */
  return vantage_json_span_is_string (span) &&
         vantage_time_parse (span->at + 1, (gssize) span->length - 2, out_us, NULL, &has_zone) &&
         has_zone;
}

static gboolean
read_between (const VantageJsonSpan *span, VantageWhen *when)
{
  VantageJsonWalk walk;
  VantageJsonSpan first, second;

  return span->at[0] == '[' && vantage_json_walk_enter (&walk, span) &&
         vantage_json_walk_next (&walk, NULL, &first) &&
         vantage_json_walk_next (&walk, NULL, &second) &&
         !vantage_json_walk_next (&walk, NULL, &(VantageJsonSpan){ 0 }) &&
         read_time_span (&first, &when->at_us) && read_time_span (&second, &when->until_us) &&
         when->at_us <= when->until_us;
}

/* Recognises a *when* or the value of a cite; any other object stays SHAPE_OTHER. */
static void
decode_object (VantageValue *self, const VantageJsonSpan *whole)
{
  VantageJsonWalk walk;
  VantageJsonSpan name, value;
  VantageJsonSpan item = { 0 }, at = { 0 }, plus_minus = { 0 }, between = { 0 };
  VantageJsonSpan quote = { 0 }, version = { 0 };
  guint n = 0;
  VantageWhen when = { VANTAGE_WHEN_UNKNOWN };

  if (!vantage_json_walk_enter (&walk, whole))
    return;
  for (; vantage_json_walk_next (&walk, &name, &value); n++)
    {
      if (vantage_json_span_is (&name, "\"item\""))
        item = value;
      else if (vantage_json_span_is (&name, "\"at\""))
        at = value;
      else if (vantage_json_span_is (&name, "\"pm\""))
        plus_minus = value;
      else if (vantage_json_span_is (&name, "\"between\""))
        between = value;
      else if (vantage_json_span_is (&name, "\"q\""))
        quote = value;
      else if (vantage_json_span_is (&name, "\"h\""))
        version = value;
    }

  if (n == 1 && vantage_json_span_is_string (&item))
    when = (VantageWhen){ VANTAGE_WHEN_ITEM, vantage_json_span_dup_text (&item) };
  else if (n == 2 && at.at != NULL && plus_minus.at != NULL && read_time_span (&at, &when.at_us) &&
           vantage_json_span_get_int (&plus_minus, &when.plus_minus_us) && when.plus_minus_us >= 0)
    when.sort = VANTAGE_WHEN_AT;
  else if (n == 1 && at.at != NULL && read_time_span (&at, &when.at_us))
    when.sort = VANTAGE_WHEN_AT;
  else if (n == 1 && between.at != NULL && read_between (&between, &when))
    when.sort = VANTAGE_WHEN_BETWEEN;
  else if (n > 0 && n == (quote.at != NULL) + (guint) (version.at != NULL) &&
           (quote.at == NULL || vantage_json_span_is_string (&quote)) &&
           (version.at == NULL || vantage_json_span_is_string (&version)))
    {
      self->shape = SHAPE_CITE;
      self->as.cite.quote = quote.at != NULL ? vantage_json_span_dup_text (&quote) : NULL;
      self->as.cite.version = version.at != NULL ? vantage_json_span_dup_text (&version) : NULL;
      return;
    }
  if (when.sort != VANTAGE_WHEN_UNKNOWN)
    {
      self->shape = SHAPE_WHEN;
      self->as.when = when;
    }
}

static VantageValue *
new_from_canonical (const char *json, gsize length)
{
  VantageJsonSpan whole = vantage_json_walk_whole (json, length);
  VantageValue *self;
  gint64 number;

  if (vantage_json_span_is (&whole, "null"))
    return vantage_value_new_null ();
  if (vantage_json_span_is (&whole, "true") || vantage_json_span_is (&whole, "false"))
    return vantage_value_new_yesno (whole.at[0] == 't');
  if (vantage_json_span_get_int (&whole, &number))
    return vantage_value_new_int (number);

  if (vantage_json_span_is_string (&whole))
    {
      self = allocate (SHAPE_TEXT, whole.length);
      vantage_json_span_decode (&whole, self->data);
      return self;
    }
  self = new_with_json (SHAPE_OTHER, whole.at, whole.length);
  whole.at = self->data;
  if (self->data[0] == '{')
    decode_object (self, &whole);
  return self;
}

VantageValue *
vantage_value_new_json (JsonNode *node)
{
  g_autofree char *json = vantage_json_canonical (node);

  return new_from_canonical (json, strlen (json));
}

/* Byte order of two names, which stand in quotes. */
static gboolean
is_name_before (const VantageJsonSpan *a, const VantageJsonSpan *b)
{
  int order = memcmp (a->at + 1, b->at + 1, MIN (a->length, b->length) - 2);

  return order < 0 || (order == 0 && a->length < b->length);
}

/* Whether checked JSON already stands as it would be written: nearly every op does, since it was
 * written so, and then needs no tree. FALSE when that would take more than a look. */
static gboolean
is_canonical (const VantageJsonSpan *span)
{
  VantageJsonSpan name, value, last = { 0 };
  VantageJsonWalk walk;
  gsize length = 1;
  gint64 number;

  if (vantage_json_span_is_string (span))
    return memchr (span->at, '\\', span->length) == NULL;
  if (span->at[0] != '{' && span->at[0] != '[')
    return g_ascii_isalpha (span->at[0]) ||
           (vantage_json_span_get_int (span, &number) && !vantage_json_span_is (span, "-0"));

  vantage_json_walk_enter (&walk, span);
  while (vantage_json_walk_next (&walk, &name, &value))
    {
      gboolean in_object = name.length > 0;

      if (!is_canonical (&value) ||
          (in_object && (memchr (name.at, '\\', name.length) != NULL ||
                         (last.at != NULL && !is_name_before (&last, &name)))))
        return FALSE;
      last = in_object ? name : last;
      /* With its colon, and the comma or bracket after it. */
      length += (in_object ? name.length + 1 : 0) + value.length + 1;
    }
  return span->length == MAX (length, 2);
}

/* @json is checked: scalars need no tree to become canonical. */
static VantageValue *
new_from_checked (const char *json, gsize length, GError **error)
{
  VantageJsonSpan whole = vantage_json_walk_whole (json, length);
  g_autoptr (JsonNode) node = NULL;
  gint64 number;

  if (vantage_json_span_is_string (&whole) || vantage_json_span_get_int (&whole, &number) ||
      g_ascii_isalpha (whole.at[0]) || is_canonical (&whole))
    return new_from_canonical (whole.at, whole.length);

  node = vantage_json_parse (json, (gssize) length, &vantage_json_wire_limits, error);
  return node != NULL ? vantage_value_new_json (node) : NULL;
}

VantageValue *
vantage_value_parse (const char *json, gssize length, GError **error)
{
  gsize size = length < 0 ? strlen (json) : (gsize) length;

  if (!vantage_json_check (json, size, &vantage_json_wire_limits, error))
    return NULL;
  return new_from_checked (json, size, error);
}

const char *
vantage_value_get_json (VantageValue *self)
{
  char *json = g_atomic_pointer_get (&self->json);
  g_autoptr (GString) written = NULL;

  if (json != NULL)
    return json;

  written = g_string_sized_new (strlen (self->data) + 8);
  vantage_json_append_string (written, self->data, -1);
  json = g_string_free (g_steal_pointer (&written), FALSE);
  if (!g_atomic_pointer_compare_and_exchange (&self->json, NULL, json))
    {
      /* Another thread was first; its text is the same. */
      g_free (json);
      json = g_atomic_pointer_get (&self->json);
    }
  return json;
}

gboolean
vantage_value_equal (VantageValue *a, VantageValue *b)
{
  if (a == b)
    return TRUE;
  /* An object means the same whatever shape it was recognised as. */
  if ((a->shape == SHAPE_TEXT) != (b->shape == SHAPE_TEXT))
    return FALSE;
  return strcmp (a->data, b->data) == 0;
}

gboolean
vantage_value_is_null (VantageValue *self)
{
  return self->shape == SHAPE_NULL;
}

const char *
vantage_value_get_text (VantageValue *self)
{
  return self->shape == SHAPE_TEXT ? self->data : NULL;
}

gboolean
vantage_value_get_yesno (VantageValue *self)
{
  return self->shape == SHAPE_YESNO && self->as.number != 0;
}

gboolean
vantage_value_get_int (VantageValue *self, gint64 *out)
{
  if (self->shape != SHAPE_INT)
    return FALSE;
  *out = self->as.number;
  return TRUE;
}

gboolean
vantage_value_get_double (VantageValue *self, double *out)
{
  VantageJsonSpan span;
  gint64 number;

  if (vantage_value_get_int (self, &number))
    {
      *out = (double) number;
      return TRUE;
    }
  if (self->shape != SHAPE_TEXT)
    return FALSE;

  /* A decimal is what JSON calls a number, so that "0x1p3", "inf" and " 1" are none. */
  span = (VantageJsonSpan){ self->data, strlen (self->data) };
  if (span.length == 0 || (!g_ascii_isdigit (span.at[0]) && span.at[0] != '-') ||
      g_ascii_isspace (span.at[span.length - 1]) ||
      !vantage_json_check (span.at, span.length, &vantage_json_wire_limits, NULL))
    return FALSE;
  *out = g_ascii_strtod (self->data, NULL);
  return TRUE;
}

gboolean
vantage_value_get_time (VantageValue *self, gint64 *out_us)
{
  gboolean has_zone;
  gint64 us;

  if (self->shape != SHAPE_TEXT || !vantage_time_parse (self->data, -1, &us, NULL, &has_zone) ||
      !has_zone)
    return FALSE;
  *out_us = us;
  return TRUE;
}

gboolean
vantage_value_get_when (VantageValue *self, VantageWhen *out)
{
  if (self->shape == SHAPE_NULL)
    *out = (VantageWhen){ VANTAGE_WHEN_UNKNOWN };
  else if (self->shape == SHAPE_WHEN)
    *out = self->as.when;
  else
    return FALSE;
  return TRUE;
}

gboolean
vantage_value_is_member (VantageValue *self)
{
  return self->shape == SHAPE_CITE || (self->shape == SHAPE_YESNO && self->as.number != 0);
}

void
vantage_value_get_cite (VantageValue *self, const char **out_quote, const char **out_version)
{
  *out_quote = self->shape == SHAPE_CITE ? self->as.cite.quote : NULL;
  *out_version = self->shape == SHAPE_CITE ? self->as.cite.version : NULL;
}
