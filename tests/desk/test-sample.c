/* test-sample.c: the sample incident, built by the real importers: what it cites is there. */

#include <string.h>

#include "vantage-desk.h"
#include "vantage-times.h"

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

static GPtrArray *
list (Fixture *fixture, const char *kind)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *all = vantage_library_list (fixture->library, VANTAGE_SAMPLE_REVIEW, kind, &error);

  g_assert_no_error (error);
  return all;
}

static void
test_it_holds_what_the_page_promises (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *kind;
    guint n;
  } counts[] = { { "event", 120 },   { "finding", 6 },    { "experiment", 2 }, { "report", 2 },
                 { "interview", 4 }, { "statement", 14 }, { "source", 4 },     { "wonder", 8 } };

  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autoptr (GPtrArray) all = list (fixture, counts[i].kind);

      g_test_message ("%s", counts[i].kind);
      g_assert_cmpuint (all->len, ==, counts[i].n);
    }
}

static void
test_accounts_of_one_person_are_one (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) people =
      vantage_library_list_people (fixture->library, VANTAGE_SAMPLE_REVIEW, NULL);
  guint humans = 0, automations = 0;

  for (guint i = 0; i < people->len; i++)
    {
      VantagePerson *person = people->pdata[i];

      g_test_message ("%s, %u accounts, %s", person->name, person->identities->len, person->sort);
      humans += g_str_equal (person->sort, "human");
      automations += g_str_equal (person->sort, "automation");
      if (g_str_equal (person->name, "Dana Okafor"))
        g_assert_cmpuint (person->identities->len, ==, 3);
    }
  g_assert_cmpuint (humans, ==, 7);
  g_assert_cmpuint (automations, ==, 2);
}

static void
assert_item (Fixture *fixture, VantageEntity *entity, const char *id)
{
  g_autoptr (GError) error = NULL;
  VantageItem *item =
      vantage_library_get_item (fixture->library, VANTAGE_SAMPLE_REVIEW, id, &error);

  g_assert_no_error (error);
  if (item == NULL)
    g_error ("%s “%s” cites %s, which was not imported", vantage_entity_get_kind_name (entity),
             vantage_entity_get_title (entity), id);
  vantage_item_unref (item);
}

/* Cited words stand where they are said to. */
static void
assert_cites (Fixture *fixture, VantageEntity *entity)
{
  g_autoptr (GArray) cites = vantage_entity_list_cites (entity);

  for (guint i = 0; i < cites->len; i++)
    {
      const VantageCite *cite = &g_array_index (cites, VantageCite, i);
      VantageItem *item;
      g_autofree char *words = NULL;

      assert_item (fixture, entity, cite->item);
      if (cite->from < 0)
        continue;
      item = vantage_library_get_item (fixture->library, VANTAGE_SAMPLE_REVIEW, cite->item, NULL);
      words = g_utf8_substring (item->text, cite->from, cite->to);
      g_assert_cmpstr (words, ==, cite->quote);
      vantage_item_unref (item);
    }
}

static void
test_every_cited_item_was_imported (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "event",  "statement", "link",         "finding",
                                       "wonder", "condition", "impact_point", NULL };
  guint n = 0;

  for (gsize i = 0; kinds[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) all = list (fixture, kinds[i]);

      for (guint j = 0; j < all->len; j++)
        {
          static const char *const fields[] = { "start", "end", "from", "until", "at" };

          assert_cites (fixture, all->pdata[j]);
          for (gsize k = 0; k < G_N_ELEMENTS (fields); k++)
            {
              VantageWhen when = { VANTAGE_WHEN_UNKNOWN };

              if (vantage_kind_find_field (vantage_entity_get_kind (all->pdata[j]), fields[k]) ==
                      NULL ||
                  g_str_equal (kinds[i], "link"))
                continue;
              vantage_entity_get_when (all->pdata[j], fields[k], &when);
              if (when.sort == VANTAGE_WHEN_ITEM)
                assert_item (fixture, all->pdata[j], when.item);
              n++;
            }
        }
    }
  g_assert_cmpuint (n, >, 200);
}

static gboolean
find_item_time (const char *id, gint64 *out_us, VantagePrecision *out_precision, gpointer user_data)
{
  Fixture *fixture = user_data;
  VantageItem *item = vantage_library_get_item (fixture->library, VANTAGE_SAMPLE_REVIEW, id, NULL);

  if (item == NULL)
    return FALSE;
  *out_us = item->time_us;
  *out_precision = item->precision;
  vantage_item_unref (item);
  return TRUE;
}

static VantageTimes *
make_times (Fixture *fixture)
{
  static const char *const kinds[] = { "event", "statement" };
  VantageTimes *times = vantage_times_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GPtrArray) all = list (fixture, kinds[i]);

      for (guint j = 0; j < all->len; j++)
        vantage_times_take_entity (times, all->pdata[j], find_item_time, fixture);
    }
  return times;
}

/* Two things that Dana said about time, against the record and against Ilse; all else fits. */
static void
test_two_accounts_cannot_hold (Fixture *fixture, gconstpointer data)
{
  g_autoptr (VantageTimes) times = make_times (fixture);
  GPtrArray *contradictions = vantage_times_get_contradictions (times);

  g_assert_cmpuint (contradictions->len, ==, 2);
  for (guint i = 0; i < contradictions->len; i++)
    {
      const VantageContradiction *one = contradictions->pdata[i];
      g_autoptr (VantageEntity) statement = vantage_library_get (
          fixture->library, VANTAGE_SAMPLE_REVIEW, "statement", one->set_aside->id, NULL);
      g_autofree char *who = NULL;

      g_assert_nonnull (statement);
      who = vantage_library_dup_person_name (fixture->library, VANTAGE_SAMPLE_REVIEW,
                                             vantage_entity_get_ref (statement, "account"));
      g_assert_cmpstr (who, ==, "Dana Okafor");
    }
}

static void
test_opening_again_changes_nothing (Fixture *fixture, gconstpointer data)
{
  VantageItemQuery query = VANTAGE_ITEM_QUERY_INIT;
  gint64 before =
      vantage_library_count_items (fixture->library, VANTAGE_SAMPLE_REVIEW, &query, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (before, >, 250);
  vantage_desk_open_sample (fixture->library, &error);
  g_assert_no_error (error);
  g_assert_cmpint (
      vantage_library_count_items (fixture->library, VANTAGE_SAMPLE_REVIEW, &query, NULL, NULL), ==,
      before);
}

/* The folder and the archive made from it are one thing. */
static void
test_the_folder_brings_nothing_new (Fixture *fixture, gconstpointer data)
{
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "..", "data", "sample", "export", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (VantageImportResult) result =
      vantage_desk_import (fixture->library, VANTAGE_SAMPLE_REVIEW, path, &options, "Import", NULL,
                           NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (result->n_items, ==, 185);
  g_assert_cmpuint (result->n_new, ==, 0);
  g_assert_cmpuint (result->n_versions, ==, 0);
  g_assert_cmpuint (result->n_skipped, ==, 0);
}

/* One finding has no ground, and says so; nothing else in the report asks for a look. */
static void
test_its_report_can_be_given_away (Fixture *fixture, gconstpointer data)
{
  VantageReportOptions options = { .audience = VANTAGE_REPORT_TEAM,
                                   .names = VANTAGE_NAMES_NAME,
                                   .now_us = VANTAGE_TIME_NONE };
  g_autoptr (GPtrArray) reports = list (fixture, "report");
  g_autoptr (VantageReport) report = NULL;
  g_autofree char *text = NULL;
  VantageReportInput input;
  GPtrArray *warnings;

  options.report = vantage_entity_get_id (reports->pdata[0]);
  vantage_desk_fill_report_input (&input, fixture->library, VANTAGE_SAMPLE_REVIEW);
  report = vantage_report_new (&input, &options);
  warnings = vantage_report_get_warnings (report);
  g_assert_cmpuint (warnings->len, ==, 1);
  g_assert_cmpint (((VantageReportWarning *) warnings->pdata[0])->sort, ==,
                   VANTAGE_REPORT_WARN_NO_GROUND);
  text = vantage_report_to_markdown (report);
  g_assert_nonnull (strstr (text, "## Where accounts differ\n"));
  g_assert_nonnull (strstr (text, "as Dana Okafor saw it\\\nRestart, the workers"));
  g_clear_pointer (&report, vantage_report_free);
  vantage_desk_clear_report_input (&input);
}

#define add_case(path, func)                                                                       \
  g_test_add ("/desk/sample/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_case ("holds-what-the-page-promises", test_it_holds_what_the_page_promises);
  add_case ("accounts-of-one-person-are-one", test_accounts_of_one_person_are_one);
  add_case ("every-cited-item-was-imported", test_every_cited_item_was_imported);
  add_case ("two-accounts-cannot-hold", test_two_accounts_cannot_hold);
  add_case ("opening-again-changes-nothing", test_opening_again_changes_nothing);
  add_case ("the-folder-brings-nothing-new", test_the_folder_brings_nothing_new);
  add_case ("its-report-can-be-given-away", test_its_report_can_be_given_away);
  return g_test_run ();
}
