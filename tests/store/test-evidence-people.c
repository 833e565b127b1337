/* test-evidence-people.c: who is who, merging, splitting and taking that back. */

#include "evidence-fixture.h"

#include "vantage-id.h"

static const char *const lines[] = { "U1: one", "U2: two", "U3: three", "U1: four", NULL };

static char *
person_of (Fixture *fixture, const char *key)
{
  g_autofree char *identity = vantage_identity_id ("slack", "", key);

  return vantage_person_id (fixture->review, identity);
}

static GPtrArray *
list_people (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *people = vantage_library_list_people (fixture->library, fixture->review, &error);

  g_assert_no_error (error);
  return people;
}

static void
assert_people (Fixture *fixture, guint n)
{
  g_autoptr (GPtrArray) people = list_people (fixture);

  g_assert_cmpuint (people->len, ==, n);
}

static gboolean
merge (Fixture *fixture, const char *into, const char *from, GError **error)
{
  g_autofree char *a = person_of (fixture, into);
  g_autofree char *b = person_of (fixture, from);

  return vantage_library_merge_people (fixture->library, fixture->review, a, b, "Merge People",
                                       error);
}

static gboolean
split (Fixture *fixture, const char *person, const char *key, GError **error)
{
  g_autofree char *a = person_of (fixture, person);
  g_autofree char *identity = vantage_identity_id ("slack", "", key);

  return vantage_library_split_person (fixture->library, fixture->review, a, identity,
                                       "Split Person", error);
}

static void
test_every_account_is_a_person (Fixture *fixture, gconstpointer data)
{
  g_autofree char *source = import_lines (fixture, fixture->review, "payments", lines);
  g_autofree char *first = person_of (fixture, "U1");
  g_autoptr (GPtrArray) people = list_people (fixture);
  const VantagePerson *person = people->pdata[0];

  g_assert_cmpuint (people->len, ==, 3);
  g_assert_cmpstr (person->id, ==, first);
  g_assert_cmpstr (person->name, ==, "U1");
  g_assert_cmpuint (person->n_items, ==, 2);
  g_assert_cmpint (person->first_us, ==, T0);
  g_assert_cmpint (person->last_us, ==, T0 + 3 * G_USEC_PER_SEC);
  g_assert_cmpstr (person->sort, ==, "human");
}

static void
test_merged_count_together (Fixture *fixture, gconstpointer data)
{
  g_autofree char *source = import_lines (fixture, fixture->review, "payments", lines);
  g_autofree char *first = person_of (fixture, "U1");
  g_autofree char *second = person_of (fixture, "U2");
  g_autoptr (VantagePerson) person = NULL;
  VantageItemQuery query = VANTAGE_ITEM_QUERY_INIT;

  g_assert_true (merge (fixture, "U1", "U2", NULL));
  assert_people (fixture, 2);
  person = vantage_library_find_person (fixture->library, fixture->review, second, NULL);
  g_assert_cmpstr (person->id, ==, first);
  g_assert_cmpuint (person->n_items, ==, 3);
  g_assert_cmpuint (person->identities->len, ==, 2);

  query.person = second;
  g_assert_cmpint (
      vantage_library_count_items (fixture->library, fixture->review, &query, NULL, NULL), ==, 3);
  query.text = "two";
  g_assert_cmpint (
      vantage_library_count_items (fixture->library, fixture->review, &query, NULL, NULL), ==, 1);

  g_assert_true (vantage_library_undo (fixture->library, fixture->review, NULL, NULL, NULL));
  assert_people (fixture, 3);
  g_assert_true (vantage_library_redo (fixture->library, fixture->review, NULL, NULL, NULL));
  assert_people (fixture, 2);
}

static void
test_merging_twice_is_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *source = import_lines (fixture, fixture->review, "payments", lines);
  g_autoptr (GError) error = NULL;

  g_assert_true (merge (fixture, "U1", "U2", NULL));
  g_assert_false (merge (fixture, "U2", "U1", &error));
  g_assert_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_INVALID);
}

static void
test_splitting (Fixture *fixture, gconstpointer data)
{
  g_autofree char *source = import_lines (fixture, fixture->review, "payments", lines);

  g_assert_true (merge (fixture, "U1", "U2", NULL));
  g_assert_true (merge (fixture, "U1", "U3", NULL));
  assert_people (fixture, 1);

  g_assert_true (split (fixture, "U1", "U3", NULL));
  assert_people (fixture, 2);
  g_assert_true (vantage_library_undo (fixture->library, fixture->review, NULL, NULL, NULL));
  assert_people (fixture, 1);

  /* The account the others were merged into leaves: they stay together. */
  g_assert_true (split (fixture, "U1", "U1", NULL));
  assert_people (fixture, 2);
}

static void
test_splitting_keeps_those_merged_through (Fixture *fixture, gconstpointer data)
{
  g_autofree char *source = import_lines (fixture, fixture->review, "payments", lines);
  g_autoptr (VantagePerson) person = NULL;
  g_autofree char *third = person_of (fixture, "U3");
  g_autofree char *first = person_of (fixture, "U1");

  g_assert_true (merge (fixture, "U2", "U3", NULL));
  g_assert_true (merge (fixture, "U1", "U2", NULL));
  assert_people (fixture, 1);
  g_assert_true (split (fixture, "U1", "U2", NULL));
  assert_people (fixture, 2);

  person = vantage_library_find_person (fixture->library, fixture->review, third, NULL);
  g_assert_cmpstr (person->id, ==, first);
}

static void
test_rings_have_one_root (Fixture *fixture, gconstpointer data)
{
  g_autofree char *source = import_lines (fixture, fixture->review, "payments", lines);
  g_autofree char *first = person_of (fixture, "U1");
  g_autofree char *second = person_of (fixture, "U2");
  g_autoptr (VantageEdit) edit = vantage_library_begin (fixture->library, fixture->review, "Ring");

  vantage_edit_set_ref (edit, "person", first, "into", second);
  vantage_edit_set_ref (edit, "person", second, "into", first);
  g_assert_true (vantage_edit_commit (edit, NULL));
  assert_people (fixture, 2);
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  g_autofree char *source = import_lines (fixture, fixture->review, "payments", lines);
  g_autofree char *first = person_of (fixture, "U1");
  g_autofree char *name = NULL;
  g_autofree char *nobody = NULL;
  g_autoptr (VantageEdit) edit = vantage_library_begin (fixture->library, fixture->review, "Name");
  g_autoptr (VantagePerson) person = NULL;
  g_autoptr (GError) error = NULL;

  vantage_edit_set_text (edit, "particulars", first, "name", "Ana Lima");
  g_assert_true (vantage_edit_commit (edit, NULL));
  name = vantage_library_dup_person_name (fixture->library, fixture->review, first);
  g_assert_cmpstr (name, ==, "Ana Lima");
  nobody = vantage_library_dup_person_name (fixture->library, fixture->review, "gone");
  g_assert_cmpstr (nobody, ==, "somebody");

  person = vantage_library_find_person (fixture->library, fixture->review, "Ana Lima", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (person->id, ==, first);
  g_assert_null (vantage_library_find_person (fixture->library, fixture->review, "Nobody", &error));
  g_assert_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_NOT_FOUND);
}

static void
test_better_facts_win (Fixture *fixture, gconstpointer data)
{
  g_autoptr (VantageChannel) channel = make_channel ("payments");
  VantageImportRun *run = begin_run (fixture, fixture->review, channel);
  g_autoptr (VantageIdentity) known = vantage_identity_new ("slack", "", "U1");
  g_autoptr (VantageImportResult) result = NULL;
  g_autoptr (GPtrArray) people = NULL;

  add_item (run, make_item (channel, "1", "U1", 0, "hello"));
  known->name = g_strdup ("Ana Lima");
  known->email = g_strdup ("ana@example.org");
  g_assert_true (vantage_evidence_sink_add_identity (VANTAGE_EVIDENCE_SINK (run), known, NULL));
  add_item (run, make_item (channel, "2", "U1", 1, "again"));
  result = keep_run (run, make_facts ("a.zip"));

  people = list_people (fixture);
  g_assert_cmpuint (people->len, ==, 1);
  g_assert_cmpstr (((VantagePerson *) people->pdata[0])->name, ==, "Ana Lima");
  g_assert_cmpstr (((VantagePerson *) people->pdata[0])->email, ==, "ana@example.org");
}

/* ---- times of a source ---- */

static gint64
first_time (Fixture *fixture)
{
  VantageItemQuery query = VANTAGE_ITEM_QUERY_INIT;
  g_autoptr (GPtrArray) items =
      vantage_library_query_items (fixture->library, fixture->review, &query, 1, 0, NULL, NULL);

  g_assert_cmpuint (items->len, ==, 1);
  return ((VantageItem *) items->pdata[0])->time_us;
}

static char *
import_in_zone (Fixture *fixture, VantageZoneOrigin origin)
{
  g_autoptr (VantageChannel) channel = make_channel ("payments");
  VantageImportRun *run = begin_run (fixture, fixture->review, channel);
  VantageItem *item = make_item (channel, "1", "U1", 0, "hello");
  VantageSourceFacts *facts = make_facts ("a.csv");
  g_autoptr (VantageImportResult) result = NULL;

  item->zone_origin = origin;
  add_item (run, item);
  facts->zone = g_strdup ("UTC");
  facts->zone_origin = origin;
  result = keep_run (run, facts);
  return g_strdup (result->source);
}

static void
test_zone_moves_items (Fixture *fixture, gconstpointer data)
{
  g_autofree char *source = import_in_zone (fixture, VANTAGE_ZONE_CHOSEN);
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (GError) error = NULL;

  /* 02:14 in Berlin is 01:14 UTC. */
  g_assert_true (vantage_library_set_source_time (fixture->library, fixture->review, source,
                                                  "Europe/Berlin", VANTAGE_TIME_NONE,
                                                  VANTAGE_TIME_NONE, "Change Time Zone", &error));
  g_assert_no_error (error);
  g_assert_cmpint (first_time (fixture), ==, T0 - (gint64) 3600 * G_USEC_PER_SEC);
  people = list_people (fixture);
  g_assert_cmpint (((VantagePerson *) people->pdata[0])->first_us, ==,
                   T0 - (gint64) 3600 * G_USEC_PER_SEC);

  g_assert_true (vantage_library_undo (fixture->library, fixture->review, NULL, NULL, NULL));
  g_assert_cmpint (first_time (fixture), ==, T0);
  g_assert_true (vantage_library_redo (fixture->library, fixture->review, NULL, NULL, NULL));
  g_assert_cmpint (first_time (fixture), ==, T0 - (gint64) 3600 * G_USEC_PER_SEC);

  g_assert_false (vantage_library_set_source_time (fixture->library, fixture->review, source,
                                                   "Nowhere/City", VANTAGE_TIME_NONE,
                                                   VANTAGE_TIME_NONE, "Change Time Zone", &error));
  g_assert_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_INVALID);
}

static void
test_own_zone_only_shifts (Fixture *fixture, gconstpointer data)
{
  g_autofree char *source = import_in_zone (fixture, VANTAGE_ZONE_IN_FILE);

  g_assert_true (vantage_library_set_source_time (fixture->library, fixture->review, source,
                                                  "Europe/Berlin", VANTAGE_TIME_NONE,
                                                  90 * G_USEC_PER_SEC, "Shift", NULL));
  g_assert_cmpint (first_time (fixture), ==, T0 + 90 * G_USEC_PER_SEC);
  g_assert_true (vantage_library_set_source_time (fixture->library, fixture->review, source, NULL,
                                                  VANTAGE_TIME_NONE, 0, "Shift", NULL));
  g_assert_cmpint (first_time (fixture), ==, T0);
  g_assert_true (vantage_library_undo (fixture->library, fixture->review, NULL, NULL, NULL));
  g_assert_cmpint (first_time (fixture), ==, T0 + 90 * G_USEC_PER_SEC);
  g_assert_true (vantage_library_undo (fixture->library, fixture->review, NULL, NULL, NULL));
  g_assert_cmpint (first_time (fixture), ==, T0);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/store/evidence-people/" path, Fixture, NULL, fixture_set_up, func,                 \
              fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("every-account-is-a-person", test_every_account_is_a_person);
  ADD ("merged-count-together", test_merged_count_together);
  ADD ("merging-twice-is-refused", test_merging_twice_is_refused);
  ADD ("splitting", test_splitting);
  ADD ("splitting-keeps-those-merged-through", test_splitting_keeps_those_merged_through);
  ADD ("rings-have-one-root", test_rings_have_one_root);
  ADD ("names", test_names);
  ADD ("better-facts-win", test_better_facts_win);
  ADD ("zone-moves-items", test_zone_moves_items);
  ADD ("own-zone-only-shifts", test_own_zone_only_shifts);
  return g_test_run ();
}
