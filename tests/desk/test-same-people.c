/* test-same-people.c: who may be one person, in the sample incident. */

#include "vantage-desk-people.h"
#include "vantage-desk.h"
#include "vantage-edit.h"

typedef struct
{
  VantageLibrary *library;
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
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  vantage_library_close (fixture->library);
  g_object_unref (fixture->library);
}

static guint
count_proposals (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) people =
      vantage_library_list_people (fixture->library, VANTAGE_SAMPLE_REVIEW, &error);
  g_autoptr (GPtrArray) proposals =
      vantage_desk_propose_same (fixture->library, VANTAGE_SAMPLE_REVIEW, people, &error);

  g_assert_no_error (error);
  return proposals->len;
}

/* Splits every account of Dana off again. */
static void
split (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VantagePerson) person =
      vantage_library_find_person (fixture->library, VANTAGE_SAMPLE_REVIEW, "Dana Okafor", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (person->identities->len, >, 1);
  for (guint i = 1; i < person->identities->len; i++)
    {
      g_autofree char *identity = vantage_identity_dup_id (person->identities->pdata[i]);

      vantage_library_split_person (fixture->library, VANTAGE_SAMPLE_REVIEW, person->id, identity,
                                    "Split", &error);
      g_assert_no_error (error);
    }
}

static void
test_what_is_merged_is_not_proposed (Fixture *fixture, gconstpointer data)
{
  guint before = count_proposals (fixture);

  split (fixture);
  g_assert_cmpuint (count_proposals (fixture), >, before);
}

static void
test_what_was_dismissed_stays_away_until_undone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (GPtrArray) proposals = NULL;
  const VantageSameProposal *first;
  guint n;

  split (fixture);
  people = vantage_library_list_people (fixture->library, VANTAGE_SAMPLE_REVIEW, &error);
  proposals = vantage_desk_propose_same (fixture->library, VANTAGE_SAMPLE_REVIEW, people, &error);
  n = proposals->len;
  g_assert_cmpuint (n, >, 0);
  first = g_ptr_array_index (proposals, 0);
  g_assert_true (vantage_desk_dismiss_same (fixture->library, VANTAGE_SAMPLE_REVIEW, first->other,
                                            first->person, "Keep apart", &error));
  {
    g_autoptr (GPtrArray) after =
        vantage_desk_propose_same (fixture->library, VANTAGE_SAMPLE_REVIEW, people, &error);

    for (guint i = 0; i < after->len; i++)
      {
        const VantageSameProposal *p = g_ptr_array_index (after, i);

        g_assert_false (g_str_equal (p->person, first->person) &&
                        g_str_equal (p->other, first->other));
      }
  }
  g_assert_true (
      vantage_library_undo (fixture->library, VANTAGE_SAMPLE_REVIEW, NULL, NULL, &error));
  g_assert_cmpuint (count_proposals (fixture), ==, n);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/desk/same-people/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("what-is-merged-is-not-proposed", test_what_is_merged_is_not_proposed);
  ADD ("what-was-dismissed-stays-away-until-undone",
       test_what_was_dismissed_stays_away_until_undone);
  return g_test_run ();
}
