/* vantage-line.c: one line of interview notes, as a list shows it. */

#include "vantage-line.h"

#include "vantage-json.h"
#include "vantage-kind.h"
#include "vantage-line-private.h"

struct _VantageLine
{
  GObject parent;
  char *id;
  char *interview;
  char *pos;
  char *text;
  char *original;
  char *phase;
  char *question;
  VantageLineSort sort;
  VantageLineMarks marks;
  gint64 begun_us;
  double sound_s;
};

enum
{
  PROP_ID = 1,
  PROP_INTERVIEW,
  PROP_TEXT,
  PROP_ORIGINAL,
  PROP_SORT,
  PROP_MARKS,
  PROP_PHASE,
  PROP_QUESTION,
  PROP_BEGUN_US,
  PROP_SOUND_S,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (VantageLine, vantage_line, G_TYPE_OBJECT)

static const char *const sort_names[] = { "answer", "question", "observation" };

const char *
vantage_line_sort_to_text (VantageLineSort sort)
{
  return (guint) sort < G_N_ELEMENTS (sort_names) ? sort_names[sort] : sort_names[0];
}

gboolean
vantage_line_sort_from_text (const char *text, VantageLineSort *out)
{
  for (guint i = 0; i < G_N_ELEMENTS (sort_names); i++)
    if (g_strcmp0 (text, sort_names[i]) == 0)
      {
        *out = i;
        return TRUE;
      }
  return FALSE;
}

const char *
vantage_line_mark_to_text (VantageLineMarks one)
{
  for (guint i = 0; i < VANTAGE_N_LINE_MARKS; i++)
    if (one == 1u << i)
      return vantage_line_marks[i];
  return NULL;
}

gboolean
vantage_line_mark_from_text (const char *text, VantageLineMarks *out)
{
  for (guint i = 0; i < VANTAGE_N_LINE_MARKS && vantage_line_marks[i] != NULL; i++)
    if (g_strcmp0 (text, vantage_line_marks[i]) == 0)
      {
        *out = 1u << i;
        return TRUE;
      }
  return FALSE;
}

static JsonArray *
marks_to_json (VantageLineMarks marks)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < VANTAGE_N_LINE_MARKS; i++)
    if (marks & (1u << i))
      json_array_add_string_element (array, vantage_line_marks[i]);
  return array;
}

static VantageLineMarks
marks_from_json (JsonArray *array)
{
  guint marks = 0;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      VantageLineMarks one;
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (node) &&
          vantage_line_mark_from_text (json_node_get_string (node), &one))
        marks |= one;
    }
  return marks;
}

static void
set_text_member (JsonObject *object, const char *name, const char *text)
{
  if (text != NULL && *text != '\0')
    json_object_set_string_member (object, name, text);
}

JsonNode *
vantage_line_fields_to_json (const VantageLineFields *fields, const char *original)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "text", fields->text != NULL ? fields->text : "");
  if (original != NULL)
    json_object_set_string_member (object, "original", original);
  json_object_set_string_member (object, "sort", vantage_line_sort_to_text (fields->sort));
  if (fields->marks != 0)
    json_object_set_array_member (object, "marks", marks_to_json (fields->marks));
  set_text_member (object, "phase", fields->phase);
  set_text_member (object, "question", fields->question);
  if (fields->sound_s >= 0)
    {
      char text[G_ASCII_DTOSTR_BUF_SIZE];

      json_object_set_string_member (object, "sound",
                                     g_ascii_dtostr (text, sizeof text, fields->sound_s));
    }
  json_node_take_object (node, object);
  return node;
}

void
vantage_line_fields_from_json (JsonObject *data, gint64 begun_us, VantageLineFields *out,
                               const char **out_original)
{
  const char *sound = vantage_json_get_text (data, "sound", NULL);

  *out = (VantageLineFields) VANTAGE_LINE_FIELDS_INIT;
  out->text = vantage_json_get_text (data, "text", "");
  vantage_line_sort_from_text (vantage_json_get_text (data, "sort", ""), &out->sort);
  out->marks = marks_from_json (vantage_json_get_array (data, "marks"));
  out->phase = vantage_json_get_text (data, "phase", "");
  out->question = vantage_json_get_text (data, "question", "");
  out->begun_us = begun_us;
  if (sound != NULL)
    out->sound_s = g_ascii_strtod (sound, NULL);
  *out_original = vantage_json_get_text (data, "original", out->text);
}

static void
put_text (VantageLine *self, char **slot, const char *text, guint prop)
{
  if (g_strcmp0 (*slot, text) == 0)
    return;
  g_free (*slot);
  *slot = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

void
vantage_line_take_row (VantageLine *self, const char *pos, gint64 begun_us, JsonObject *data)
{
  VantageLineFields fields;
  const char *original;

  vantage_line_fields_from_json (data, begun_us, &fields, &original);
  g_object_freeze_notify (G_OBJECT (self));
  if (g_strcmp0 (self->pos, pos) != 0)
    {
      g_free (self->pos);
      self->pos = g_strdup (pos);
    }
  put_text (self, &self->text, fields.text, PROP_TEXT);
  put_text (self, &self->original, original, PROP_ORIGINAL);
  put_text (self, &self->phase, fields.phase, PROP_PHASE);
  put_text (self, &self->question, fields.question, PROP_QUESTION);
  if (self->sort != fields.sort)
    {
      self->sort = fields.sort;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SORT]);
    }
  if (self->marks != fields.marks)
    {
      self->marks = fields.marks;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MARKS]);
    }
  if (self->begun_us != fields.begun_us)
    {
      self->begun_us = fields.begun_us;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BEGUN_US]);
    }
  if (self->sound_s != fields.sound_s)
    {
      self->sound_s = fields.sound_s;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SOUND_S]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

static void
vantage_line_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  VantageLine *self = VANTAGE_LINE (object);

  switch (id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_INTERVIEW:
      g_value_set_string (value, self->interview);
      break;
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_ORIGINAL:
      g_value_set_string (value, self->original);
      break;
    case PROP_SORT:
      g_value_set_uint (value, self->sort);
      break;
    case PROP_MARKS:
      g_value_set_uint (value, self->marks);
      break;
    case PROP_PHASE:
      g_value_set_string (value, self->phase);
      break;
    case PROP_QUESTION:
      g_value_set_string (value, self->question);
      break;
    case PROP_BEGUN_US:
      g_value_set_int64 (value, self->begun_us);
      break;
    case PROP_SOUND_S:
      g_value_set_double (value, self->sound_s);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
vantage_line_finalize (GObject *object)
{
  VantageLine *self = VANTAGE_LINE (object);

  g_free (self->id);
  g_free (self->interview);
  g_free (self->pos);
  g_free (self->text);
  g_free (self->original);
  g_free (self->phase);
  g_free (self->question);
  G_OBJECT_CLASS (vantage_line_parent_class)->finalize (object);
}

static void
vantage_line_class_init (VantageLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = vantage_line_get_property;
  object_class->finalize = vantage_line_finalize;
  props[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  props[PROP_INTERVIEW] = g_param_spec_string ("interview", NULL, NULL, NULL, flags);
  props[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  props[PROP_ORIGINAL] = g_param_spec_string ("original", NULL, NULL, NULL, flags);
  props[PROP_SORT] = g_param_spec_uint ("sort", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_MARKS] = g_param_spec_uint ("marks", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_PHASE] = g_param_spec_string ("phase", NULL, NULL, NULL, flags);
  props[PROP_QUESTION] = g_param_spec_string ("question", NULL, NULL, NULL, flags);
  props[PROP_BEGUN_US] =
      g_param_spec_int64 ("begun-us", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  props[PROP_SOUND_S] = g_param_spec_double ("sound-s", NULL, NULL, -1, G_MAXDOUBLE, -1, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
vantage_line_init (VantageLine *self)
{
  self->sound_s = -1;
}

VantageLine *
vantage_line_new (const char *id, const char *interview)
{
  VantageLine *self = g_object_new (VANTAGE_TYPE_LINE, NULL);

  self->id = g_strdup (id);
  self->interview = g_strdup (interview);
  return self;
}

const char *
vantage_line_get_id (VantageLine *self)
{
  return self->id;
}

const char *
vantage_line_get_interview (VantageLine *self)
{
  return self->interview;
}

const char *
vantage_line_get_pos (VantageLine *self)
{
  return self->pos;
}

const char *
vantage_line_get_text (VantageLine *self)
{
  return self->text;
}

const char *
vantage_line_get_original (VantageLine *self)
{
  return self->original;
}

VantageLineSort
vantage_line_get_sort (VantageLine *self)
{
  return self->sort;
}

VantageLineMarks
vantage_line_get_marks (VantageLine *self)
{
  return self->marks;
}

const char *
vantage_line_get_phase (VantageLine *self)
{
  return self->phase;
}

const char *
vantage_line_get_question (VantageLine *self)
{
  return self->question;
}

gint64
vantage_line_get_begun_us (VantageLine *self)
{
  return self->begun_us;
}

double
vantage_line_get_sound_s (VantageLine *self)
{
  return self->sound_s;
}
