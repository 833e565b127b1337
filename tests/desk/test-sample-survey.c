/* test-sample-survey.c: what is worked out from the sample is the story that it tells. */

#include <string.h>

#include "vantage-desk.h"
#include "vantage-survey.h"

typedef struct
{
  VantageLibrary *library;
  VantageSurvey *survey;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "library", NULL);
  g_autofree char *files = g_test_build_filename (G_TEST_DIST, "..", "data", NULL);
  g_autoptr (GError) error = NULL;

  g_setenv ("VANTAGE_DATA", files, TRUE);
  fixture->library = vantage_library_open (folder, NULL, NULL, &error);
  g_assert_no_error (error);
  vantage_desk_open_sample (fixture->library, &error);
  g_assert_no_error (error);
  fixture->survey = vantage_survey_new (fixture->library, VANTAGE_SAMPLE_REVIEW, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  vantage_survey_unref (fixture->survey);
  vantage_library_close (fixture->library);
  g_object_unref (fixture->library);
}

static char *
find_person (Fixture *fixture, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VantagePerson) person =
      vantage_library_find_person (fixture->library, VANTAGE_SAMPLE_REVIEW, name, &error);

  g_assert_no_error (error);
  return g_strdup (person->id);
}

/* The only event of this title. */
static char *
find_event (Fixture *fixture, const char *title)
{
  g_autoptr (GPtrArray) all =
      vantage_library_list (fixture->library, VANTAGE_SAMPLE_REVIEW, "event", NULL);

  for (guint i = 0; i < all->len; i++)
    if (g_str_equal (vantage_entity_get_title (all->pdata[i]), title))
      return g_strdup (vantage_entity_get_id (all->pdata[i]));
  g_error ("there is no event “%s”", title);
}

static void
test_parts_are_told_apart (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *name;
    VantagePart part;
  } parts[] = {
    { "Dana Okafor", VANTAGE_PART_PARTICIPANT }, { "Noor Haddad", VANTAGE_PART_PARTICIPANT },
    { "Ilse Brandt", VANTAGE_PART_PARTICIPANT }, { "Ravi Menon", VANTAGE_PART_PARTICIPANT },
    { "Søren Aagaard", VANTAGE_PART_OBSERVER },  { "Li Jun", VANTAGE_PART_OBSERVER },
    { "Marek Dvořák", VANTAGE_PART_ABSENT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *person = find_person (fixture, parts[i].name);

      g_test_message ("%s", parts[i].name);
      g_assert_cmpint (vantage_survey_get_part (fixture->survey, person), ==, parts[i].part);
    }
}

static gboolean
has_reason (GPtrArray *candidates, const char *person, VantageReason reason)
{
  for (guint i = 0; i < candidates->len; i++)
    {
      VantageCandidate *candidate = candidates->pdata[i];

      for (guint j = 0; g_str_equal (candidate->person, person) && j < candidate->reasons->len; j++)
        if (((VantageCandidateReason *) candidate->reasons->pdata[j])->reason == reason)
          return TRUE;
    }
  return FALSE;
}

static void
test_it_says_whom_to_talk_to (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *name;
    VantageReason reason;
  } reasons[] = {
    { "Dana Okafor", VANTAGE_REASON_FIRST_TO_ACT },
    { "Dana Okafor", VANTAGE_REASON_CONTRADICTS_RECORD },
    { "Ravi Menon", VANTAGE_REASON_ASKED_UNANSWERED },
    { "Søren Aagaard", VANTAGE_REASON_ONLY_WATCHED },
    { "Marek Dvořák", VANTAGE_REASON_ABSENT_BUT_AFFECTED },
  };
  g_autoptr (GPtrArray) candidates = vantage_survey_list_candidates (fixture->survey);

  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      g_autofree char *person = find_person (fixture, reasons[i].name);

      g_test_message ("%s, %s", reasons[i].name, vantage_reason_to_text (reasons[i].reason));
      g_assert_true (has_reason (candidates, person, reasons[i].reason));
    }
}

/* At 02:37:00 Berlin time. */
#define MOMENT_US G_GINT64_CONSTANT (1741916220000000)

static VantageViewClass
look_at (Fixture *fixture, const char *name, const char *title)
{
  g_autofree char *person = find_person (fixture, name);
  g_autofree char *event = find_event (fixture, title);
  g_autoptr (GArray) sights =
      vantage_standing_look (vantage_survey_get_standing (fixture->survey), person, MOMENT_US);

  for (guint i = 0; i < sights->len; i++)
    {
      const VantageSight *sight = &g_array_index (sights, VantageSight, i);

      if (g_str_equal (sight->id, event))
        return sight->view;
    }
  g_error ("“%s” is in no class", title);
}

static void
test_people_stand_in_different_places (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *name, *title;
    VantageViewClass view;
  } sights[] = {
    { "Dana Okafor", "Woken by the page, acknowledges by phone", VANTAGE_VIEW_KNEW },
    { "Dana Okafor", "Three callers, same error", VANTAGE_VIEW_COULD_HAVE_SEEN },
    { "Dana Okafor", "Finds 311 in the deploy log", VANTAGE_VIEW_COULD_NOT_HAVE_KNOWN },
    { "Ravi Menon", "Three callers, same error", VANTAGE_VIEW_KNEW },
    { "Ravi Menon", "Drops the theory: “not the chef thing, or not only”",
      VANTAGE_VIEW_COULD_NOT_HAVE_KNOWN },
    { "Ilse Brandt", "Sees lag falling, waits", VANTAGE_VIEW_COULD_NOT_HAVE_KNOWN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sights); i++)
    {
      g_test_message ("%s: %s", sights[i].name, sights[i].title);
      g_assert_cmpint (look_at (fixture, sights[i].name, sights[i].title), ==, sights[i].view);
    }
}

#define add_case(path, func)                                                                       \
  g_test_add ("/desk/sample-survey/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_case ("parts-are-told-apart", test_parts_are_told_apart);
  add_case ("it-says-whom-to-talk-to", test_it_says_whom_to_talk_to);
  add_case ("people-stand-in-different-places", test_people_stand_in_different_places);
  return g_test_run ();
}
