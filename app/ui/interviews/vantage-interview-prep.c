/* vantage-interview-prep.c: the private preparation of an interview, to and from JSON. */

#include "config.h"

#include "vantage-interview-prep.h"

#include "vantage-json.h"

static void
cue_free (gpointer data)
{
  VantageRoomCue *cue = data;

  g_free (cue->item);
  g_free (cue->question);
  g_free (cue);
}

void
vantage_interview_prep_add_cue (VantageInterviewPrep *self, const char *item, const char *question,
                                gboolean used)
{
  VantageRoomCue *cue = g_new0 (VantageRoomCue, 1);

  cue->item = g_strdup (item);
  cue->question = g_strdup (question != NULL ? question : "");
  cue->used = used;
  g_ptr_array_add (self->cues, cue);
}

/* A cue is an item id, or an object of it and the question to go with it. */
static void
read_cue (VantageInterviewPrep *self, JsonNode *node)
{
  JsonObject *object;
  const char *item;

  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    {
      vantage_interview_prep_add_cue (self, json_node_get_string (node), NULL, FALSE);
      return;
    }
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return;
  object = json_node_get_object (node);
  item = vantage_json_get_text (object, "item", NULL);
  if (item != NULL)
    vantage_interview_prep_add_cue (
        self, item, vantage_json_get_text (object, "question", ""),
        json_object_get_boolean_member_with_default (object, "used", FALSE));
}

static gint64
read_time (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_INT64)
    return VANTAGE_TIME_NONE;
  return json_node_get_int (node);
}

void
vantage_interview_prep_read (VantageInterviewPrep *self, JsonNode *node)
{
  JsonObject *object =
      node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonArray *cues = object != NULL ? vantage_json_get_array (object, "cues") : NULL;

  vantage_interview_prep_clear (self);
  self->rest = object != NULL ? json_object_ref (object) : json_object_new ();
  if (object != NULL && json_object_has_member (object, "guide"))
    self->guide = vantage_guide_from_json (json_object_get_member (object, "guide"), NULL);
  if (self->guide == NULL)
    self->guide = vantage_guide_new ();
  self->cues = g_ptr_array_new_with_free_func (cue_free);
  for (guint i = 0; cues != NULL && i < json_array_get_length (cues); i++)
    read_cue (self, json_array_get_element (cues, i));
  self->reasons = g_strdup (object != NULL ? vantage_json_get_text (object, "reasons", "") : "");
  self->started_us = read_time (object, "started_us");
  self->finished_us = read_time (object, "finished_us");
}

static JsonNode *
cue_to_json (const VantageRoomCue *cue)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "item", cue->item);
  json_object_set_string_member (object, "question", cue->question);
  json_object_set_boolean_member (object, "used", cue->used);
  json_node_take_object (node, object);
  return node;
}

static void
set_time (JsonObject *object, const char *name, gint64 us)
{
  if (us == VANTAGE_TIME_NONE)
    json_object_remove_member (object, name);
  else
    json_object_set_int_member (object, name, us);
}

JsonNode *
vantage_interview_prep_to_json (const VantageInterviewPrep *self)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *cues = json_array_new ();
  g_autoptr (GList) names = json_object_get_members (self->rest);

  for (GList *l = names; l != NULL; l = l->next)
    json_object_set_member (object, l->data,
                            json_node_copy (json_object_get_member (self->rest, l->data)));
  for (guint i = 0; i < self->cues->len; i++)
    json_array_add_element (cues, cue_to_json (self->cues->pdata[i]));
  json_object_set_member (object, "guide", vantage_guide_to_json (self->guide));
  json_object_set_array_member (object, "cues", cues);
  json_object_set_string_member (object, "reasons", self->reasons);
  set_time (object, "started_us", self->started_us);
  set_time (object, "finished_us", self->finished_us);
  json_node_take_object (node, object);
  return node;
}

void
vantage_interview_prep_clear (VantageInterviewPrep *self)
{
  g_clear_pointer (&self->guide, vantage_guide_free);
  g_clear_pointer (&self->cues, g_ptr_array_unref);
  g_clear_pointer (&self->reasons, g_free);
  g_clear_pointer (&self->rest, json_object_unref);
  self->started_us = self->finished_us = VANTAGE_TIME_NONE;
}
