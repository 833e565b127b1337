/* vantage-question-bank.c: questions that can be asked, read from JSON that is not trusted. */

#include "vantage-question-bank.h"

#include <string.h>

#include "vantage-interview-resources.h"
#include "vantage-json.h"
#include "vantage-text.h"

#define FORMAT "vantage-question-bank"
#define FORM_VERSION 1
#define MAX_PHASES 100
#define MAX_QUESTIONS 5000

G_DEFINE_QUARK (vantage_interview_error, vantage_interview_error)

struct _VantageQuestionBank
{
  gint refs;
  int version;
  GPtrArray *phases;
  GPtrArray *questions;
  char **preparation;
  GHashTable *by_id; /* id lent by the question → VantageQuestion */
};

static void
free_phase (gpointer data)
{
  VantagePhase *phase = data;

  g_free (phase->id);
  g_free (phase->title);
  g_free (phase->aim);
  g_strfreev (phase->conduct);
  g_free (phase);
}

static void
free_question (gpointer data)
{
  VantageQuestion *question = data;

  g_free (question->id);
  g_free (question->phase);
  g_free (question->purpose);
  g_free (question->method);
  g_free (question->anchor);
  g_free (question->text);
  g_strfreev (question->needs);
  g_strfreev (question->follow_ups);
  g_free (question->listen_for);
  g_free (question->note);
  g_free (question);
}

static char **
read_texts (JsonObject *object, const char *name)
{
  JsonArray *array = vantage_json_get_array (object, name);
  GPtrArray *texts = g_ptr_array_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_string (node) != NULL)
        g_ptr_array_add (texts, g_strdup (json_node_get_string (node)));
    }
  g_ptr_array_add (texts, NULL);
  return (char **) g_ptr_array_free (texts, FALSE);
}

static char *
read_text (JsonObject *object, const char *name)
{
  return g_strdup (vantage_json_get_text (object, name, ""));
}

static gboolean fail (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
fail (GError **error, const char *format, ...)
{
  va_list args;
  g_autofree char *text = NULL;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, VANTAGE_INTERVIEW_ERROR, VANTAGE_INTERVIEW_ERROR_BANK, text);
  return FALSE;
}

static JsonObject *
get_entry (JsonArray *array, guint index)
{
  JsonNode *node = json_array_get_element (array, index);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static gboolean
read_phases (VantageQuestionBank *self, JsonArray *array, GError **error)
{
  if (array == NULL || json_array_get_length (array) > MAX_PHASES)
    return fail (error, "no list of at most %d phases", MAX_PHASES);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *entry = get_entry (array, i);
      VantagePhase *phase = g_new0 (VantagePhase, 1);

      g_ptr_array_add (self->phases, phase);
      phase->id = read_text (entry, "id");
      phase->title = read_text (entry, "title");
      phase->minutes = (int) CLAMP (vantage_json_get_int (entry, "minutes", 0), 0, 600);
      phase->aim = read_text (entry, "aim");
      phase->conduct = read_texts (entry, "conduct");
      if (*phase->id == '\0' || vantage_question_bank_find_phase (self, phase->id) != phase)
        return fail (error, "phase %u has no id of its own", i + 1);
    }
  return TRUE;
}

/* Every placeholder in @text must be among @needs. */
static gboolean
check_placeholders (const VantageQuestion *question, const char *text, GError **error)
{
  for (const char *open = strchr (text, '{'); open != NULL; open = strchr (open + 1, '{'))
    {
      const char *close = strchr (open, '}');
      g_autofree char *name = NULL;

      if (close == NULL)
        return fail (error, "question %s: a brace is not closed", question->id);
      name = g_strndup (open + 1, (gsize) (close - open - 1));
      if (!g_strv_contains ((const char *const *) question->needs, name))
        return fail (error, "question %s uses {%s} and does not need it", question->id, name);
    }
  return TRUE;
}

static gboolean
check_question (VantageQuestionBank *self, const VantageQuestion *question, GError **error)
{
  if (*question->id == '\0' || g_hash_table_contains (self->by_id, question->id))
    return fail (error, "a question has no id of its own (%s)", question->id);
  if (vantage_question_bank_find_phase (self, question->phase) == NULL)
    return fail (error, "question %s is of no phase (%s)", question->id, question->phase);
  if (*question->text == '\0' || !check_placeholders (question, question->text, error))
    return *question->text == '\0' ? fail (error, "question %s has no text", question->id) : FALSE;
  for (guint i = 0; question->follow_ups[i] != NULL; i++)
    if (!check_placeholders (question, question->follow_ups[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
read_questions (VantageQuestionBank *self, JsonArray *array, GError **error)
{
  if (array == NULL || json_array_get_length (array) > MAX_QUESTIONS)
    return fail (error, "no list of at most %d questions", MAX_QUESTIONS);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *entry = get_entry (array, i);
      VantageQuestion *question = g_new0 (VantageQuestion, 1);

      g_ptr_array_add (self->questions, question);
      question->id = read_text (entry, "id");
      question->phase = read_text (entry, "phase");
      question->order = (int) CLAMP (vantage_json_get_int (entry, "order", 0), 0, 100000);
      question->purpose = read_text (entry, "purpose");
      question->method = read_text (entry, "method");
      question->depth = (int) CLAMP (vantage_json_get_int (entry, "depth", 1), 1, 3);
      question->anchor = g_strdup (vantage_json_get_text (entry, "anchor", "none"));
      question->text = read_text (entry, "text");
      question->needs = read_texts (entry, "needs");
      question->follow_ups = read_texts (entry, "follow_ups");
      question->listen_for = read_text (entry, "listen_for");
      question->note = read_text (entry, "note");
      if (!check_question (self, question, error))
        return FALSE;
      g_hash_table_insert (self->by_id, question->id, question);
    }
  return TRUE;
}

static int
find_phase_index (VantageQuestionBank *self, const char *id)
{
  for (guint i = 0; i < self->phases->len; i++)
    if (g_strcmp0 (((VantagePhase *) self->phases->pdata[i])->id, id) == 0)
      return (int) i;
  return -1;
}

static int
compare_questions (gconstpointer a, gconstpointer b, gpointer data)
{
  const VantageQuestion *one = *(const VantageQuestion *const *) a;
  const VantageQuestion *other = *(const VantageQuestion *const *) b;
  int order = find_phase_index (data, one->phase) - find_phase_index (data, other->phase);

  if (order == 0)
    order = one->order - other->order;
  return order != 0 ? order : strcmp (one->id, other->id);
}

VantageQuestionBank *
vantage_question_bank_new (GBytes *json, GError **error)
{
  gsize size = 0;
  const char *text = g_bytes_get_data (json, &size);
  g_autoptr (GError) failure = NULL;
  g_autoptr (JsonNode) root =
      vantage_json_parse (text, (gssize) size, &vantage_json_file_limits, &failure);
  g_autoptr (VantageQuestionBank) self = NULL;
  JsonObject *object;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      fail (error, "a bank of questions is a JSON object: %s",
            failure != NULL ? failure->message : "this is another value");
      return NULL;
    }
  object = json_node_get_object (root);
  if (g_strcmp0 (vantage_json_get_text (object, "format", NULL), FORMAT) != 0 ||
      vantage_json_get_int (object, "version", 0) != FORM_VERSION)
    {
      fail (error, "\"format\" and \"version\" are to be %s and %d", FORMAT, FORM_VERSION);
      return NULL;
    }
  self = g_new0 (VantageQuestionBank, 1);
  self->refs = 1;
  self->version = FORM_VERSION;
  self->phases = g_ptr_array_new_with_free_func (free_phase);
  self->questions = g_ptr_array_new_with_free_func (free_question);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->preparation = read_texts (object, "preparation");
  if (!read_phases (self, vantage_json_get_array (object, "phases"), error) ||
      !read_questions (self, vantage_json_get_array (object, "questions"), error))
    return NULL;
  g_ptr_array_sort_with_data (self->questions, compare_questions, self);
  return g_steal_pointer (&self);
}

VantageQuestionBank *
vantage_question_bank_get_builtin (void)
{
  static gsize bank = 0;

  if (g_once_init_enter (&bank))
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) json = NULL;
      VantageQuestionBank *made = NULL;

      vantage_interview_register_resource ();
      json = g_resources_lookup_data ("/org/vantage/interview/questions.json",
                                      G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
      if (json != NULL)
        made = vantage_question_bank_new (json, &error);
      if (made == NULL)
        g_error ("the bank of questions that was built in: %s", error->message);
      g_once_init_leave (&bank, (gsize) made);
    }
  return (VantageQuestionBank *) bank;
}

VantageQuestionBank *
vantage_question_bank_ref (VantageQuestionBank *self)
{
  g_atomic_int_inc (&self->refs);
  return self;
}

void
vantage_question_bank_unref (VantageQuestionBank *self)
{
  if (!g_atomic_int_dec_and_test (&self->refs))
    return;
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->questions);
  g_ptr_array_unref (self->phases);
  g_strfreev (self->preparation);
  g_free (self);
}

int
vantage_question_bank_get_version (VantageQuestionBank *self)
{
  return self->version;
}

GPtrArray *
vantage_question_bank_get_phases (VantageQuestionBank *self)
{
  return self->phases;
}

GPtrArray *
vantage_question_bank_get_questions (VantageQuestionBank *self)
{
  return self->questions;
}

const char *const *
vantage_question_bank_get_preparation (VantageQuestionBank *self)
{
  return (const char *const *) self->preparation;
}

const VantagePhase *
vantage_question_bank_find_phase (VantageQuestionBank *self, const char *id)
{
  int index = find_phase_index (self, id);

  return index >= 0 ? self->phases->pdata[index] : NULL;
}

const VantageQuestion *
vantage_question_bank_find (VantageQuestionBank *self, const char *id)
{
  return g_hash_table_lookup (self->by_id, id);
}

static char *
fold_question (const VantageQuestion *question)
{
  g_autofree char *follow_ups = g_strjoinv (" ", question->follow_ups);
  g_autofree char *all = g_strconcat (question->text, " ", question->purpose, " ",
                                      question->listen_for, " ", follow_ups, NULL);

  return vantage_text_fold (all);
}

GPtrArray *
vantage_question_bank_search (VantageQuestionBank *self, const char *phase, const char *words)
{
  g_autofree char *folded = vantage_text_fold (words);
  g_auto (GStrv) parts = g_strsplit_set (folded, " \t\n", -1);
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < self->questions->len; i++)
    {
      VantageQuestion *question = self->questions->pdata[i];
      g_autofree char *text = NULL;
      gboolean fits = phase == NULL || g_str_equal (question->phase, phase);

      if (!fits)
        continue;
      text = fold_question (question);
      for (guint j = 0; fits && parts[j] != NULL; j++)
        fits = strstr (text, parts[j]) != NULL;
      if (fits)
        g_ptr_array_add (found, question);
    }
  return found;
}

static const char *
look_up (GHashTable *known, const char *name)
{
  const char *text = known != NULL ? g_hash_table_lookup (known, name) : NULL;

  return text != NULL && *text != '\0' ? text : NULL;
}

gboolean
vantage_question_can_ask (const VantageQuestion *self, GHashTable *known)
{
  for (guint i = 0; self->needs[i] != NULL; i++)
    if (look_up (known, self->needs[i]) == NULL)
      return FALSE;
  return TRUE;
}

char *
vantage_question_fill (const char *text, GHashTable *known)
{
  GString *out = g_string_new (NULL);

  while (*text != '\0')
    {
      const char *open = strchr (text, '{');
      const char *close = open != NULL ? strchr (open, '}') : NULL;
      g_autofree char *name = NULL;
      const char *fact;

      if (close == NULL)
        break;
      name = g_strndup (open + 1, (gsize) (close - open - 1));
      fact = look_up (known, name);
      g_string_append_len (out, text, open - text);
      g_string_append (out, fact != NULL ? fact : "…");
      text = close + 1;
    }
  g_string_append (out, text);
  return g_string_free (out, FALSE);
}
