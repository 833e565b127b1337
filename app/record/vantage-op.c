/* vantage-op.c: the bytes of an op. They are written in one place and read back in one other; a new
 * op is read back from its own bytes, so nothing can be written that would not be read. */

#include "vantage-op.h"

#include <string.h>

#include "vantage-id.h"
#include "vantage-json-walk.h"
#include "vantage-json.h"
#include "vantage-kind.h"

#define MAX_NUMBER G_GINT64_CONSTANT (9007199254740992) /* 2^53 */
#define MAX_KIND 64
#define MAX_FIELD 1024

static const VantageJsonLimits op_limits = { VANTAGE_OP_MAX_BYTES, 16, 200000 };

/* The members as they stand in the bytes. */
typedef struct
{
  VantageJsonSpan d, n, t, e, k, f, v, p, g, sv, seen;
} Members;

G_GNUC_PRINTF (3, 4)
static gboolean
refuse (GError **error, int code, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, VANTAGE_RECORD_ERROR, code, "no op: %s", what);
  return FALSE;
}

/* A string of at most @size - 1 bytes into @out. */
static gboolean
read_text (const VantageJsonSpan *span, char *out, gsize size)
{
  /* Escapes only ever shrink; kinds, fields and ids that are longer as written are refused too. */
  if (!vantage_json_span_is_string (span) || span->length - 1 > size)
    return FALSE;
  vantage_json_span_decode (span, out);
  return TRUE;
}

static gboolean
read_number (const VantageJsonSpan *span, gint64 least, gint64 most, gint64 *out)
{
  return vantage_json_span_get_int (span, out) && *out >= least && *out <= most;
}

static gboolean
is_kind_name (const char *name)
{
  if (!g_ascii_islower (name[0]))
    return FALSE;
  for (const char *at = name; *at != '\0'; at++)
    {
      if (!g_ascii_islower (*at) && !g_ascii_isdigit (*at) && *at != '_' && *at != '-')
        return FALSE;
    }
  return TRUE;
}

/* "title", "actors/…", "#del": a name, then anything that one line of text can hold. */
static gboolean
is_register_name (const char *name)
{
  const char *at = name[0] == '#' ? name + 1 : name;

  if (!g_ascii_islower (*at))
    return FALSE;
  for (; *at != '\0' && *at != '/'; at++)
    {
      if (!g_ascii_islower (*at) && !g_ascii_isdigit (*at) && *at != '_' && *at != '-')
        return FALSE;
    }
  if (*at == '/' && (at[1] == '\0' || name[0] == '#'))
    return FALSE;
  for (; *at != '\0'; at++)
    {
      if ((guchar) *at < 0x20 || *at == 0x7f)
        return FALSE;
    }
  return TRUE;
}

static gboolean
find_members (const char *bytes, gsize n_bytes, Members *out, GError **error)
{
  VantageJsonSpan whole = vantage_json_walk_whole (bytes, n_bytes);
  VantageJsonSpan name, value;
  VantageJsonWalk walk;
  const struct
  {
    const char *name;
    VantageJsonSpan *span;
  } known[] = {
    { "\"d\"", &out->d }, { "\"n\"", &out->n },   { "\"t\"", &out->t },       { "\"e\"", &out->e },
    { "\"k\"", &out->k }, { "\"f\"", &out->f },   { "\"v\"", &out->v },       { "\"p\"", &out->p },
    { "\"g\"", &out->g }, { "\"sv\"", &out->sv }, { "\"seen\"", &out->seen },
  };

  if (whole.at[0] != '{')
    return refuse (error, VANTAGE_RECORD_ERROR_OP, "an object is needed");
  vantage_json_walk_enter (&walk, &whole);
  while (vantage_json_walk_next (&walk, &name, &value))
    {
      for (guint i = 0; i < G_N_ELEMENTS (known); i++)
        {
          if (vantage_json_span_is (&name, known[i].name))
            *known[i].span = value;
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (known) - 1; i++)
    {
      if (known[i].span->at == NULL)
        return refuse (error, VANTAGE_RECORD_ERROR_OP, "%s is missing", known[i].name);
    }
  return TRUE;
}

static gboolean
read_previous (const VantageJsonSpan *span, VantageOpId *out, guint *out_n, GError **error)
{
  VantageJsonSpan element;
  VantageJsonWalk walk;
  char text[VANTAGE_DEVICE_LENGTH + 20];
  guint n = 0;

  if (span->at[0] != '[' || !vantage_json_walk_enter (&walk, span))
    return refuse (error, VANTAGE_RECORD_ERROR_OP, "\"p\" is no list");
  for (; vantage_json_walk_next (&walk, NULL, &element); n++)
    {
      if (n == VANTAGE_OP_MAX_PREVIOUS)
        return refuse (error, VANTAGE_RECORD_ERROR_TOO_LONG, "\"p\" lists more than %d ops",
                       VANTAGE_OP_MAX_PREVIOUS);
      if (!read_text (&element, text, sizeof text) || !vantage_op_id_from_text (text, &out[n]))
        return refuse (error, VANTAGE_RECORD_ERROR_OP, "\"p\" holds something that is no op id");
      for (guint i = 0; i < n; i++)
        {
          if (vantage_op_id_equal (&out[i], &out[n]))
            return refuse (error, VANTAGE_RECORD_ERROR_OP, "\"p\" names one op twice");
        }
    }
  *out_n = n;
  return TRUE;
}

static gboolean
read_group (const VantageJsonSpan *span, VantageOp *op, GError **error)
{
  VantageJsonSpan first, count;
  VantageJsonWalk walk;
  gint64 n;

  if (span->at[0] != '[' || !vantage_json_walk_enter (&walk, span) ||
      !vantage_json_walk_next (&walk, NULL, &first) ||
      !vantage_json_walk_next (&walk, NULL, &count) ||
      vantage_json_walk_next (&walk, NULL, &(VantageJsonSpan){ 0 }) ||
      !read_number (&first, 1, MAX_NUMBER, &op->group_first) ||
      !read_number (&count, 1, VANTAGE_GROUP_MAX, &n))
    return refuse (error, VANTAGE_RECORD_ERROR_OP, "\"g\" is not [first, 1 to %d]",
                   VANTAGE_GROUP_MAX);
  if (op->id.n < op->group_first || op->id.n - op->group_first >= n)
    return refuse (error, VANTAGE_RECORD_ERROR_OP, "its number is outside its group");
  op->group_count = (guint) n;
  return TRUE;
}

static gboolean
read_seen (const VantageJsonSpan *span, VantageOp *op, GError **error)
{
  VantageJsonSpan name, value;
  VantageJsonWalk walk;
  char device[VANTAGE_DEVICE_LENGTH + 1];
  gint64 n;

  op->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (span->at[0] != '{' || !vantage_json_walk_enter (&walk, span))
    return refuse (error, VANTAGE_RECORD_ERROR_OP, "\"seen\" is no object");
  while (vantage_json_walk_next (&walk, &name, &value))
    {
      if (!read_text (&name, device, sizeof device) || !vantage_device_is_valid (device) ||
          !read_number (&value, 1, MAX_NUMBER, &n))
        return refuse (error, VANTAGE_RECORD_ERROR_OP, "\"seen\" does not give a number by device");
      g_hash_table_insert (op->seen, g_strdup (device), g_memdup2 (&n, sizeof n));
    }
  return TRUE;
}

static gboolean
read_value (const VantageJsonSpan *span, VantageOp *op, GError **error)
{
  const char *text;
  gsize size;

  op->value = vantage_value_parse (span->at, (gssize) span->length, error);
  if (op->value == NULL)
    return FALSE;
  text = vantage_value_get_text (op->value);
  size = text != NULL ? strlen (text) : span->length;
  if (size > VANTAGE_OP_MAX_TEXT)
    return refuse (error, VANTAGE_RECORD_ERROR_TOO_LONG,
                   "its value has %" G_GSIZE_FORMAT " bytes, at most %d are kept in one", size,
                   VANTAGE_OP_MAX_TEXT);
  return TRUE;
}

/* Everything but the strings, which need to know where they will stand. */
static gboolean
read_members (const Members *members, VantageOp *op, GError **error)
{
  char stamp[VANTAGE_STAMP_LENGTH + 1];
  gint64 vocabulary;

  if (!read_text (&members->d, op->id.device, sizeof op->id.device) ||
      !vantage_device_is_valid (op->id.device))
    return refuse (error, VANTAGE_RECORD_ERROR_OP, "\"d\" is no device id");
  if (!read_number (&members->n, 1, MAX_NUMBER, &op->id.n))
    return refuse (error, VANTAGE_RECORD_ERROR_OP, "\"n\" is no number from 1");
  if (!read_text (&members->t, stamp, sizeof stamp) || !vantage_stamp_from_text (stamp, &op->stamp))
    return refuse (error, VANTAGE_RECORD_ERROR_OP, "\"t\" is no time stamp");
  if (!read_number (&members->sv, 1, G_MAXINT, &vocabulary))
    return refuse (error, VANTAGE_RECORD_ERROR_OP, "\"sv\" is no version");
  op->vocabulary = (int) vocabulary;
  return read_group (&members->g, op, error) && read_value (&members->v, op, error);
}

typedef struct
{
  char entity[VANTAGE_ID_LENGTH + 1];
  char kind[MAX_KIND + 1];
  char field[MAX_FIELD + 1];
} Names;

static gboolean
read_names (const Members *members, Names *out, GError **error)
{
  if (!read_text (&members->e, out->entity, sizeof out->entity) ||
      !vantage_id_is_valid (out->entity))
    return refuse (error, VANTAGE_RECORD_ERROR_OP, "\"e\" is no entity id");
  if (!read_text (&members->k, out->kind, sizeof out->kind) || !is_kind_name (out->kind))
    return refuse (error, VANTAGE_RECORD_ERROR_OP, "\"k\" cannot name a kind");
  if (!read_text (&members->f, out->field, sizeof out->field) || !is_register_name (out->field))
    return refuse (error, VANTAGE_RECORD_ERROR_OP, "\"f\" cannot name a field");
  return TRUE;
}

/* A deletion says what it had seen, and nothing else does. */
static gboolean
check_deletion (const Members *members, const VantageOp *op, GError **error)
{
  gboolean deletes = strcmp (op->field, VANTAGE_OP_FIELD_DELETE) == 0;

  if (members->seen.at != NULL && !deletes)
    return refuse (error, VANTAGE_RECORD_ERROR_OP, "\"seen\" belongs to a deletion");
  if (members->seen.at == NULL && deletes && vantage_value_get_yesno (op->value))
    return refuse (error, VANTAGE_RECORD_ERROR_OP, "a deletion must tell what it had \"seen\"");
  return TRUE;
}

static void
clear_op (gpointer data)
{
  VantageOp *op = data;

  g_clear_pointer (&op->value, vantage_value_unref);
  g_clear_pointer (&op->seen, g_hash_table_unref);
}

static char *
place (char **room, const char *text, gsize length)
{
  char *at = *room;

  memcpy (at, text, length);
  at[length] = '\0';
  *room += length + 1;
  return at;
}

/* One block for the op, what it lists, its bytes and its names. */
static VantageOp *
allocate (const char *bytes, gsize n_bytes, const Names *names, const VantageOpId *previous,
          guint n_previous)
{
  gsize list_size = n_previous * sizeof (VantageOpId);
  gsize kind_length = strlen (names->kind);
  gsize field_length = strlen (names->field);
  VantageOp *op =
      g_atomic_rc_box_alloc0 (sizeof (VantageOp) + list_size + n_bytes + 1 + VANTAGE_ID_LENGTH + 1 +
                              kind_length + 1 + field_length + 1);
  char *room = (char *) (op + 1);

  op->n_previous = n_previous;
  op->previous = (VantageOpId *) (void *) room;
  if (n_previous > 0)
    memcpy (room, previous, list_size);
  room += list_size;
  op->bytes = place (&room, bytes, n_bytes);
  op->n_bytes = n_bytes;
  op->entity = place (&room, names->entity, VANTAGE_ID_LENGTH);
  op->kind = place (&room, names->kind, kind_length);
  op->field = place (&room, names->field, field_length);
  return op;
}

VantageOp *
vantage_op_parse (const char *bytes, gsize n_bytes, GError **error)
{
  g_autoptr (VantageOp) op = NULL;
  g_autoptr (GError) reason = NULL;
  VantageOpId previous[VANTAGE_OP_MAX_PREVIOUS];
  Members members = { 0 };
  guint n_previous = 0;
  Names names;

  if (!vantage_json_check (bytes, n_bytes, &op_limits, &reason))
    {
      refuse (error,
              g_error_matches (reason, VANTAGE_JSON_ERROR, VANTAGE_JSON_ERROR_TOO_LARGE)
                  ? VANTAGE_RECORD_ERROR_TOO_LONG
                  : VANTAGE_RECORD_ERROR_OP,
              "%s", reason->message);
      return NULL;
    }
  if (!find_members (bytes, n_bytes, &members, error) || !read_names (&members, &names, error) ||
      !read_previous (&members.p, previous, &n_previous, error))
    return NULL;

  op = allocate (bytes, n_bytes, &names, previous, n_previous);
  if (!read_members (&members, op, error) || !check_deletion (&members, op, error) ||
      (members.seen.at != NULL && !read_seen (&members.seen, op, error)))
    return NULL;
  for (guint i = 0; i < n_previous; i++)
    {
      if (vantage_op_id_equal (&op->previous[i], &op->id))
        {
          refuse (error, VANTAGE_RECORD_ERROR_OP, "it replaces itself");
          return NULL;
        }
    }
  vantage_hash_data (bytes, n_bytes, op->hash);
  return g_steal_pointer (&op);
}

static void
append_seen (GString *json, GHashTable *seen)
{
  g_autoptr (GList) devices =
      g_list_sort (g_hash_table_get_keys (seen), (GCompareFunc) (void (*) (void)) strcmp);

  g_string_append (json, ",\"seen\":{");
  for (GList *l = devices; l != NULL; l = l->next)
    {
      if (l != devices)
        g_string_append_c (json, ',');
      vantage_json_append_string (json, l->data, -1);
      g_string_append_printf (json, ":%" G_GINT64_FORMAT,
                              *(const gint64 *) g_hash_table_lookup (seen, l->data));
    }
  g_string_append_c (json, '}');
}

VantageOp *
vantage_op_new (const VantageOpDraft *draft, GError **error)
{
  g_autoptr (GString) json = g_string_sized_new (256);
  char stamp[VANTAGE_STAMP_LENGTH + 1];

  vantage_stamp_to_text (draft->stamp, stamp);
  g_string_append_printf (json, "{\"d\":\"%s\",\"n\":%" G_GINT64_FORMAT ",\"t\":\"%s\",\"e\":",
                          draft->id.device, draft->id.n, stamp);
  vantage_json_append_string (json, draft->entity, -1);
  g_string_append (json, ",\"k\":");
  vantage_json_append_string (json, draft->kind, -1);
  g_string_append (json, ",\"f\":");
  vantage_json_append_string (json, draft->field, -1);
  g_string_append (json, ",\"v\":");
  g_string_append (json, vantage_value_get_json (draft->value));
  if (draft->seen != NULL)
    append_seen (json, draft->seen);
  g_string_append (json, ",\"p\":[");
  for (guint i = 0; i < draft->n_previous; i++)
    g_string_append_printf (json, "%s\"%s:%" G_GINT64_FORMAT "\"", i > 0 ? "," : "",
                            draft->previous[i].device, draft->previous[i].n);
  g_string_append_printf (json, "],\"g\":[%" G_GINT64_FORMAT ",%u],\"sv\":%d}", draft->group_first,
                          draft->group_count, VANTAGE_VOCABULARY);
  return vantage_op_parse (json->str, json->len, error);
}

VantageOp *
vantage_op_ref (VantageOp *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
vantage_op_unref (VantageOp *self)
{
  g_atomic_rc_box_release_full (self, clear_op);
}

int
vantage_op_compare (const VantageOp *a, const VantageOp *b)
{
  int order;

  if (a->stamp != b->stamp)
    return a->stamp < b->stamp ? -1 : 1;
  order = strcmp (a->id.device, b->id.device);
  if (order != 0)
    return order;
  return (a->id.n > b->id.n) - (a->id.n < b->id.n);
}

gboolean
vantage_op_id_equal (const VantageOpId *a, const VantageOpId *b)
{
  return a->n == b->n && strcmp (a->device, b->device) == 0;
}

char *
vantage_op_id_to_text (const VantageOpId *self)
{
  return g_strdup_printf ("%s:%" G_GINT64_FORMAT, self->device, self->n);
}

gboolean
vantage_op_id_from_text (const char *text, VantageOpId *out)
{
  char device[VANTAGE_DEVICE_LENGTH + 1];
  VantageJsonSpan number;
  gint64 n;

  if (strnlen (text, VANTAGE_DEVICE_LENGTH + 1) <= VANTAGE_DEVICE_LENGTH ||
      text[VANTAGE_DEVICE_LENGTH] != ':')
    return FALSE;
  memcpy (device, text, VANTAGE_DEVICE_LENGTH);
  device[VANTAGE_DEVICE_LENGTH] = '\0';

  /* One text for one id: no leading zero, no sign. */
  number.at = text + VANTAGE_DEVICE_LENGTH + 1;
  number.length = strlen (number.at);
  if (!vantage_device_is_valid (device) || number.at[0] == '0' || number.at[0] == '-' ||
      !read_number (&number, 1, MAX_NUMBER, &n))
    return FALSE;

  memcpy (out->device, device, sizeof device);
  out->n = n;
  return TRUE;
}
