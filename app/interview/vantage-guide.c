/* vantage-guide.c: what one interview is to go through. */

#include "vantage-guide.h"

#include <string.h>

#include "vantage-json.h"

#define SHORTEST 10
#define LONGEST 180
#define WITHOUT_OPTIONAL_BELOW 45
#define BARE_BELOW 25
#define MINUTES_PER_QUESTION 2
#define MAX_QUESTIONS 1000

/* Left out when there is little time, and what remains when there is hardly any. */
static const char *const optional_phases[] = { "vary", "explore", NULL };
static const char *const bare_phases[] = { "open", "recall", "deepen", "close", NULL };

static void
free_question (gpointer data)
{
  VantageGuideQuestion *question = data;

  g_free (question->question);
  g_free (question->text);
  g_strfreev (question->follow_ups);
  g_free (question->item);
  g_free (question);
}

static void
free_phase (gpointer data)
{
  VantageGuidePhase *phase = data;

  g_free (phase->phase);
  g_ptr_array_unref (phase->questions);
  g_free (phase);
}

VantageGuide *
vantage_guide_new (void)
{
  VantageGuide *self = g_new0 (VantageGuide, 1);

  self->phases = g_ptr_array_new_with_free_func (free_phase);
  return self;
}

void
vantage_guide_free (VantageGuide *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->phases);
  g_free (self);
}

static VantageGuidePhase *
add_phase (VantageGuide *self, const char *id, int minutes)
{
  VantageGuidePhase *phase = g_new0 (VantageGuidePhase, 1);

  phase->phase = g_strdup (id);
  phase->minutes = minutes;
  phase->questions = g_ptr_array_new_with_free_func (free_question);
  g_ptr_array_add (self->phases, phase);
  return phase;
}

static VantageGuideQuestion *
new_question (const char *question, const char *text, const char *const *follow_ups,
              const char *item)
{
  static const char *const none[] = { NULL };
  VantageGuideQuestion *made = g_new0 (VantageGuideQuestion, 1);

  made->question = g_strdup (question != NULL ? question : "");
  made->text = g_strdup (text);
  made->follow_ups = g_strdupv ((char **) (follow_ups != NULL ? follow_ups : none));
  made->item = g_strdup (item);
  return made;
}

VantageGuide *
vantage_guide_copy (const VantageGuide *self)
{
  VantageGuide *copy = vantage_guide_new ();

  copy->minutes = self->minutes;
  for (guint i = 0; i < self->phases->len; i++)
    {
      const VantageGuidePhase *from = self->phases->pdata[i];
      VantageGuidePhase *phase = add_phase (copy, from->phase, from->minutes);

      for (guint j = 0; j < from->questions->len; j++)
        {
          const VantageGuideQuestion *question = from->questions->pdata[j];
          VantageGuideQuestion *made =
              new_question (question->question, question->text,
                            (const char *const *) question->follow_ups, question->item);

          made->asked = question->asked;
          g_ptr_array_add (phase->questions, made);
        }
    }
  return copy;
}

/* ---- building ---- */

static gboolean
takes_phase (const VantagePhase *phase, int minutes)
{
  if (phase->minutes == 0)
    return FALSE;
  if (minutes < BARE_BELOW)
    return g_strv_contains (bare_phases, phase->id);
  return minutes >= WITHOUT_OPTIONAL_BELOW || !g_strv_contains (optional_phases, phase->id);
}

/* Largest remainders, so that the parts add up to the whole; no phase gets less than a minute. */
static void
share_minutes (VantageGuide *self, GPtrArray *taken)
{
  int weight = 0;
  int given = 0;

  for (guint i = 0; i < taken->len; i++)
    weight += ((const VantagePhase *) taken->pdata[i])->minutes;
  for (guint i = 0; i < taken->len; i++)
    {
      const VantagePhase *phase = taken->pdata[i];
      int minutes = MAX (1, phase->minutes * self->minutes / weight);

      given += minutes;
      add_phase (self, phase->id, minutes);
    }
  while (given != self->minutes)
    {
      int step = given < self->minutes ? 1 : -1;
      guint best = 0;
      int most = G_MININT;

      for (guint i = 0; i < taken->len; i++)
        {
          int own = ((const VantagePhase *) taken->pdata[i])->minutes;
          int has = ((VantageGuidePhase *) self->phases->pdata[i])->minutes;
          int lacks = step * (own * self->minutes - has * weight);

          if ((step > 0 || has > 1) && lacks > most)
            {
              most = lacks;
              best = i;
            }
        }
      if (most == G_MININT)
        break;
      ((VantageGuidePhase *) self->phases->pdata[best])->minutes += step;
      given += step;
    }
}

static void
add_questions (VantageGuidePhase *phase, VantageQuestionBank *bank, int depth, GHashTable *known)
{
  GPtrArray *questions = vantage_question_bank_get_questions (bank);
  guint room = (guint) MAX (1, (phase->minutes + 1) / MINUTES_PER_QUESTION);

  for (guint i = 0; i < questions->len && phase->questions->len < room; i++)
    {
      const VantageQuestion *question = questions->pdata[i];
      g_autofree char *text = NULL;
      g_autoptr (GStrvBuilder) follow_ups = g_strv_builder_new ();
      VantageGuideQuestion *made;

      if (!g_str_equal (question->phase, phase->phase) || question->depth > depth ||
          !vantage_question_can_ask (question, known))
        continue;
      text = vantage_question_fill (question->text, known);
      made = new_question (question->id, text, NULL, NULL);
      for (guint j = 0; question->follow_ups[j] != NULL; j++)
        {
          g_autofree char *filled = vantage_question_fill (question->follow_ups[j], known);

          g_strv_builder_add (follow_ups, filled);
        }
      g_strfreev (made->follow_ups);
      made->follow_ups = g_strv_builder_end (follow_ups);
      g_ptr_array_add (phase->questions, made);
    }
}

VantageGuide *
vantage_guide_build (VantageQuestionBank *bank, int depth, int minutes, GHashTable *known)
{
  GPtrArray *phases = vantage_question_bank_get_phases (bank);
  g_autoptr (GPtrArray) taken = g_ptr_array_new ();
  VantageGuide *self = vantage_guide_new ();

  self->minutes = CLAMP (minutes, SHORTEST, LONGEST);
  for (guint i = 0; i < phases->len; i++)
    if (takes_phase (phases->pdata[i], self->minutes))
      g_ptr_array_add (taken, phases->pdata[i]);
  share_minutes (self, taken);
  for (guint i = 0; i < self->phases->len; i++)
    add_questions (self->phases->pdata[i], bank, CLAMP (depth, 1, 3), known);
  return self;
}

/* ---- JSON ---- */

static JsonObject *
question_to_json (const VantageGuideQuestion *question)
{
  JsonObject *object = json_object_new ();
  JsonArray *follow_ups = json_array_new ();

  for (guint i = 0; question->follow_ups[i] != NULL; i++)
    json_array_add_string_element (follow_ups, question->follow_ups[i]);
  if (*question->question != '\0')
    json_object_set_string_member (object, "question", question->question);
  json_object_set_string_member (object, "text", question->text);
  json_object_set_array_member (object, "follow_ups", follow_ups);
  if (question->item != NULL)
    json_object_set_string_member (object, "item", question->item);
  if (question->asked)
    json_object_set_boolean_member (object, "asked", TRUE);
  return object;
}

JsonNode *
vantage_guide_to_json (const VantageGuide *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *phases = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  for (guint i = 0; i < self->phases->len; i++)
    {
      const VantageGuidePhase *phase = self->phases->pdata[i];
      JsonObject *entry = json_object_new ();
      JsonArray *questions = json_array_new ();

      for (guint j = 0; j < phase->questions->len; j++)
        json_array_add_object_element (questions, question_to_json (phase->questions->pdata[j]));
      json_object_set_string_member (entry, "phase", phase->phase);
      json_object_set_int_member (entry, "minutes", phase->minutes);
      json_object_set_array_member (entry, "questions", questions);
      json_array_add_object_element (phases, entry);
    }
  json_object_set_int_member (object, "minutes", self->minutes);
  json_object_set_array_member (object, "phases", phases);
  json_node_take_object (node, object);
  return node;
}

static JsonObject *
get_entry (JsonArray *array, guint index)
{
  JsonNode *node = json_array_get_element (array, index);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static VantageGuideQuestion *
question_from_json (JsonObject *object)
{
  JsonArray *array = vantage_json_get_array (object, "follow_ups");
  g_autoptr (GPtrArray) follow_ups = g_ptr_array_new ();
  VantageGuideQuestion *question;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_string (node) != NULL)
        g_ptr_array_add (follow_ups, (char *) json_node_get_string (node));
    }
  g_ptr_array_add (follow_ups, NULL);
  question = new_question (
      vantage_json_get_text (object, "question", ""), vantage_json_get_text (object, "text", ""),
      (const char *const *) follow_ups->pdata, vantage_json_get_text (object, "item", NULL));
  question->asked = vantage_json_get_bool (object, "asked", FALSE);
  return question;
}

VantageGuide *
vantage_guide_from_json (JsonNode *node, GError **error)
{
  g_autoptr (VantageGuide) self = vantage_guide_new ();
  JsonObject *object =
      node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonArray *phases = object != NULL ? vantage_json_get_array (object, "phases") : NULL;
  guint n = 0;

  if (phases == NULL)
    {
      g_set_error (error, VANTAGE_INTERVIEW_ERROR, VANTAGE_INTERVIEW_ERROR_GUIDE,
                   "a guide is an object with a list of phases");
      return NULL;
    }
  self->minutes = (int) CLAMP (vantage_json_get_int (object, "minutes", 60), SHORTEST, LONGEST);
  for (guint i = 0; i < json_array_get_length (phases); i++)
    {
      JsonObject *entry = get_entry (phases, i);
      JsonArray *questions = vantage_json_get_array (entry, "questions");
      VantageGuidePhase *phase =
          add_phase (self, vantage_json_get_text (entry, "phase", ""),
                     (int) CLAMP (vantage_json_get_int (entry, "minutes", 0), 0, LONGEST));

      for (guint j = 0; questions != NULL && j < json_array_get_length (questions); j++)
        if (n++ < MAX_QUESTIONS)
          g_ptr_array_add (phase->questions, question_from_json (get_entry (questions, j)));
    }
  return g_steal_pointer (&self);
}

/* ---- changing ---- */

int
vantage_guide_find_phase (const VantageGuide *self, const char *phase)
{
  for (guint i = 0; i < self->phases->len; i++)
    if (g_strcmp0 (((VantageGuidePhase *) self->phases->pdata[i])->phase, phase) == 0)
      return (int) i;
  return -1;
}

VantageGuideQuestion *
vantage_guide_add (VantageGuide *self, const char *phase, int at, const char *question,
                   const char *text, const char *const *follow_ups, const char *item)
{
  int index = vantage_guide_find_phase (self, phase);
  VantageGuidePhase *where =
      index >= 0 ? self->phases->pdata[index] : add_phase (self, phase, MINUTES_PER_QUESTION);
  VantageGuideQuestion *made = new_question (question, text, follow_ups, item);

  if (at < 0 || (guint) at > where->questions->len)
    at = (int) where->questions->len;
  g_ptr_array_insert (where->questions, at, made);
  return made;
}

void
vantage_guide_remove (VantageGuide *self, guint phase, guint question)
{
  VantageGuidePhase *where;

  g_return_if_fail (phase < self->phases->len);
  where = self->phases->pdata[phase];
  g_return_if_fail (question < where->questions->len);
  g_ptr_array_remove_index (where->questions, question);
}

void
vantage_guide_move (VantageGuide *self, guint phase, guint question, guint to_phase, guint to)
{
  VantageGuidePhase *from, *into;
  VantageGuideQuestion *moved;

  g_return_if_fail (phase < self->phases->len && to_phase < self->phases->len);
  from = self->phases->pdata[phase];
  into = self->phases->pdata[to_phase];
  g_return_if_fail (question < from->questions->len);
  moved = g_ptr_array_steal_index (from->questions, question);
  g_ptr_array_insert (into->questions, (int) MIN (to, into->questions->len), moved);
}

guint
vantage_guide_get_due_phase (const VantageGuide *self, double elapsed_s, double *out_left_s)
{
  double until_s = 0;
  guint i = 0;

  for (; i < self->phases->len; i++)
    {
      until_s += 60.0 * ((VantageGuidePhase *) self->phases->pdata[i])->minutes;
      if (elapsed_s < until_s || i + 1 == self->phases->len)
        break;
    }
  if (out_left_s != NULL)
    *out_left_s = until_s - elapsed_s;
  return i;
}
