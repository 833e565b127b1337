/* A sample goes whole, comes back whole, and nothing else is touched. */

#include <glib/gstdio.h>
#include <string.h>

#include "evidence-fixture.h"
#include "vantage-stream.h"
#include "vantage-upkeep.h"

static const char *const lines[] = { "ana: is this us?", "ben: looking at the broker", NULL };
static const char *const others[] = { "chen: quite another night", "ana: the broker again", NULL };

static void
mark_sample (Fixture *fixture, const char *review)
{
  g_autoptr (VantageEdit) edit = vantage_library_begin (fixture->library, review, "Mark");

  vantage_edit_set_yesno (edit, "review", review, "sample", TRUE);
  g_assert_true (vantage_edit_commit (edit, NULL));
}

static char *
add_event (Fixture *fixture, const char *review, const char *title)
{
  g_autoptr (VantageEdit) edit = vantage_library_begin (fixture->library, review, "Add Event");
  char *id = g_strdup (vantage_edit_create (edit, "event"));

  vantage_edit_set_text (edit, "event", id, "title", title);
  g_assert_true (vantage_edit_commit (edit, NULL));
  return id;
}

static guint
count_reviews (Fixture *fixture)
{
  g_autoptr (GListModel) reviews = vantage_library_get_reviews (fixture->library);

  return g_list_model_get_n_items (reviews);
}

static void
test_sample_goes_whole (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other = fixture_add_review (fixture, "Another night");
  g_autofree char *event = add_event (fixture, other, "Kept");
  g_autofree char *gone = add_event (fixture, fixture->review, "Gone");
  g_autofree char *source = import_lines (fixture, fixture->review, "ops", lines);
  g_autofree char *stays = import_lines (fixture, other, "ops", others);
  g_autoptr (GListModel) live = vantage_library_get_reviews (fixture->library);
  guint before = g_list_model_get_n_items (live);
  g_autoptr (GError) error = NULL;
  g_autoptr (VantageEntity) review = NULL;
  g_autoptr (VantageEntity) kept = NULL;

  mark_sample (fixture, fixture->review);
  vantage_library_set_local (fixture->library, fixture->review, "page", "sources");
  g_assert_true (vantage_library_forget_review (fixture->library, fixture->review, &error));
  g_assert_no_error (error);

  review = vantage_library_get (fixture->library, fixture->review, "review", fixture->review, NULL);
  g_assert_null (review);
  g_assert_cmpuint (g_list_model_get_n_items (live), ==, before - 1);
  g_assert_cmpint (count_all (fixture, fixture->review), ==, 0);
  g_assert_null (vantage_library_dup_undo_name (fixture->library, fixture->review));
  g_assert_null (vantage_library_dup_local (fixture->library, fixture->review, "page"));

  kept = vantage_library_get (fixture->library, other, "event", event, NULL);
  g_assert_cmpstr (vantage_entity_get_title (kept), ==, "Kept");
  g_assert_cmpint (count_all (fixture, other), ==, 2);
  assert_verified (fixture);
  fixture_reopen (fixture);
  g_assert_cmpint (count_all (fixture, other), ==, 2);
  assert_verified (fixture);
}

static void
test_what_comes_after_is_found (Fixture *fixture, gconstpointer data)
{
  g_autofree char *source = import_lines (fixture, fixture->review, "ops", lines);
  g_autofree char *again = NULL;
  g_autofree char *review = NULL;

  g_assert_cmpint (count_words (fixture, "broker"), ==, 1);
  mark_sample (fixture, fixture->review);
  g_assert_true (vantage_library_forget_review (fixture->library, fixture->review, NULL));
  g_assert_cmpint (count_words (fixture, "broker"), ==, 0);

  review = g_steal_pointer (&fixture->review);
  fixture->review = fixture_add_review (fixture, "The sample, anew");
  again = import_lines (fixture, fixture->review, "ops", lines);
  g_assert_cmpint (count_words (fixture, "broker"), ==, 1);
  assert_verified (fixture);
}

static void
test_only_a_sample_can_go (Fixture *fixture, gconstpointer data)
{
  g_autofree char *source = import_lines (fixture, fixture->review, "ops", lines);
  guint before = count_reviews (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_false (vantage_library_forget_review (fixture->library, fixture->review, &error));
  g_assert_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (vantage_library_forget_review (fixture->library, "nobody", &error));
  g_assert_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_NOT_FOUND);
  g_assert_cmpuint (count_reviews (fixture), ==, before);
  g_assert_cmpint (count_all (fixture, fixture->review), ==, 2);
}

static void
test_one_that_left_cannot_go (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) ops = NULL;
  g_autofree char *device = NULL;

  mark_sample (fixture, fixture->review);
  ops = vantage_library_take_unsent (fixture->library, fixture->review, 10, &device, NULL);
  g_assert_cmpuint (ops->len, >, 0);
  g_assert_false (vantage_library_forget_review (fixture->library, fixture->review, &error));
  g_assert_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_INVALID);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/store/evidence-forget/" name, Fixture, NULL, fixture_set_up, function,             \
              fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("sample-goes-whole", test_sample_goes_whole);
  ADD ("what-comes-after-is-found", test_what_comes_after_is_found);
  ADD ("only-a-sample-can-go", test_only_a_sample_can_go);
  ADD ("one-that-left-cannot-go", test_one_that_left_cannot_go);
  return g_test_run ();
}
