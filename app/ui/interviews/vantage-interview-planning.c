/* vantage-interview-planning.c: beginning an interview. */

#include "config.h"

#include "vantage-interview-planning.h"

#include <glib/gi18n.h>

#define DEPTH 2

char *
vantage_interview_plan (VantageReviewContext *context, const char *person, GPtrArray *reasons)
{
  VantageLibrary *library = vantage_review_context_get_library (context);
  g_autoptr (VantageEdit) edit = vantage_review_context_begin (context, _ ("Plan Interview"));
  g_autofree char *id = g_strdup (vantage_edit_create (edit, "interview"));
  g_autofree char *by = vantage_library_dup_profile (library, "name");

  vantage_edit_set_ref (edit, "interview", id, "person", person);
  vantage_edit_set_text (edit, "interview", id, "state", "planned");
  vantage_edit_set_int (edit, "interview", id, "minutes", VANTAGE_INTERVIEW_MINUTES);
  if (by != NULL && by[0] != '\0')
    vantage_edit_set_member (edit, "interview", id, "by", by, TRUE);
  for (guint i = 0; reasons != NULL && i < reasons->len; i++)
    vantage_edit_set_member (edit, "interview", id, "reasons", reasons->pdata[i], TRUE);
  if (reasons == NULL)
    vantage_edit_set_member (edit, "interview", id, "reasons", "chosen", TRUE);
  return vantage_review_context_commit (context, edit) ? g_steal_pointer (&id) : NULL;
}

/* Somebody else who was there, for questions about the others. */
static const char *
find_other (VantageReviewContext *context, const char *person)
{
  GPtrArray *people = vantage_review_context_get_people (context);

  for (guint i = 0; i < people->len; i++)
    {
      const VantagePerson *other = people->pdata[i];

      if (g_strcmp0 (other->id, person) != 0 && g_strcmp0 (other->sort, "human") == 0 &&
          other->n_items > 0)
        return vantage_review_context_get_person_name (context, other->id);
    }
  return NULL;
}

static char *
dup_system (VantageReviewContext *context)
{
  VantageEntity *review = vantage_review_context_get_review (context);
  g_autoptr (GPtrArray) services =
      review != NULL ? vantage_entity_list_set (review, "services") : NULL;

  return services != NULL && services->len > 0 ? g_strdup (services->pdata[0]) : NULL;
}

GHashTable *
vantage_interview_dup_known (VantageReviewContext *context, const char *person)
{
  GHashTable *known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const char *other = find_other (context, person);
  char *system = dup_system (context);

  g_hash_table_insert (known, g_strdup ("incident"),
                       g_strdup (vantage_review_context_get_title (context)));
  g_hash_table_insert (known, g_strdup ("recording_mode"), g_strdup (_ ("take notes")));
  if (other != NULL)
    g_hash_table_insert (known, g_strdup ("person"), g_strdup (other));
  if (system != NULL)
    g_hash_table_insert (known, g_strdup ("system"), system);
  return known;
}

static int
get_minutes (VantageInterviewRoom *room)
{
  VantageEntity *interview = vantage_interview_room_get_interview (room);

  return interview != NULL
             ? (int) vantage_entity_get_int (interview, "minutes", VANTAGE_INTERVIEW_MINUTES)
             : VANTAGE_INTERVIEW_MINUTES;
}

static VantageGuide *
build (VantageInterviewRoom *room, int depth, int minutes)
{
  g_autoptr (GHashTable) known = vantage_interview_dup_known (
      vantage_interview_room_get_context (room), vantage_interview_room_get_person (room));

  return vantage_guide_build (vantage_question_bank_get_builtin (), depth, minutes, known);
}

void
vantage_interview_ensure_guide (VantageInterviewRoom *room)
{
  if (vantage_interview_room_get_guide (room)->phases->len == 0)
    vantage_interview_room_take_guide (room, build (room, DEPTH, get_minutes (room)),
                                       _ ("Make Guide"));
}

static gboolean
has_question (VantageGuide *guide, const VantageGuideQuestion *question)
{
  for (guint i = 0; i < guide->phases->len; i++)
    {
      const VantageGuidePhase *phase = guide->phases->pdata[i];

      for (guint j = 0; j < phase->questions->len; j++)
        if (g_str_equal (((VantageGuideQuestion *) phase->questions->pdata[j])->text,
                         question->text))
          return TRUE;
    }
  return FALSE;
}

void
vantage_interview_rebuild_guide (VantageInterviewRoom *room, int depth, int minutes)
{
  VantageGuide *old = vantage_interview_room_get_guide (room);
  VantageGuide *guide = build (room, depth, minutes);

  for (guint i = 0; i < old->phases->len; i++)
    {
      const VantageGuidePhase *phase = old->phases->pdata[i];

      for (guint j = 0; j < phase->questions->len; j++)
        {
          const VantageGuideQuestion *question = phase->questions->pdata[j];
          gboolean own = question->question[0] == '\0' || question->item != NULL;
          VantageGuideQuestion *kept;

          if ((!own && !question->asked) || has_question (guide, question))
            continue;
          kept = vantage_guide_add (guide, phase->phase, -1, question->question, question->text,
                                    (const char *const *) question->follow_ups, question->item);
          kept->asked = question->asked;
        }
    }
  vantage_interview_room_take_guide (room, guide, _ ("Make Guide Anew"));
}
