/* test-copy.c: events carried within a review and to another. */

#include <string.h>

#include "vantage-desk-copy.h"
#include "vantage-desk.h"

typedef struct
{
  VantageLibrary *library;
  char *other; /* an empty review */
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "library", NULL);
  g_autofree char *files = g_test_build_filename (G_TEST_DIST, "..", "data", NULL);
  g_autoptr (VantageEdit) edit = NULL;
  g_autoptr (GError) error = NULL;

  g_setenv ("VANTAGE_DATA", files, TRUE);
  f->library = vantage_library_open (folder, NULL, NULL, &error);
  g_assert_no_error (error);
  vantage_desk_open_sample (f->library, &error);
  g_assert_no_error (error);
  edit = vantage_library_begin (f->library, NULL, "New Review");
  f->other = g_strdup (vantage_edit_create (edit, "review"));
  vantage_edit_set_text (edit, "review", f->other, "title", "Another night");
  g_assert_true (vantage_edit_commit (edit, &error));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  vantage_library_close (f->library);
  g_object_unref (f->library);
  g_free (f->other);
}

static char *
copy_all (Fixture *f, guint *out_n)
{
  g_autoptr (GPtrArray) events =
      vantage_library_list (f->library, VANTAGE_SAMPLE_REVIEW, "event", NULL);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < events->len; i++)
    g_ptr_array_add (ids, (gpointer) vantage_entity_get_id (events->pdata[i]));
  *out_n = ids->len;
  g_ptr_array_add (ids, NULL);
  return vantage_desk_copy_events (f->library, VANTAGE_SAMPLE_REVIEW,
                                   (const char *const *) ids->pdata);
}

static guint
count (Fixture *f, const char *review, const char *kind)
{
  g_autoptr (GPtrArray) list = vantage_library_list (f->library, review, kind, NULL);

  return list->len;
}

static void
test_within_a_review_nothing_is_lost (Fixture *f, gconstpointer data)
{
  guint n, n_links = count (f, VANTAGE_SAMPLE_REVIEW, "link");
  g_autofree char *text = copy_all (f, &n);
  g_autoptr (VantageEdit) edit = vantage_library_begin (f->library, VANTAGE_SAMPLE_REVIEW, "Paste");
  g_autoptr (VantagePasted) pasted =
      vantage_desk_paste_events (f->library, VANTAGE_SAMPLE_REVIEW, text, edit);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (pasted);
  g_assert_cmpuint (pasted->n_people_lost, ==, 0);
  g_assert_cmpuint (pasted->n_items_lost, ==, 0);
  g_assert_true (vantage_edit_commit (edit, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count (f, VANTAGE_SAMPLE_REVIEW, "event"), ==, 2 * n);
  g_assert_cmpuint (count (f, VANTAGE_SAMPLE_REVIEW, "link"), ==, 2 * n_links);
}

static void
test_another_review_takes_what_it_can (Fixture *f, gconstpointer data)
{
  guint n;
  g_autofree char *text = copy_all (f, &n);
  g_autoptr (VantageEdit) edit = vantage_library_begin (f->library, f->other, "Paste");
  g_autoptr (VantagePasted) pasted = vantage_desk_paste_events (f->library, f->other, text, edit);
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GError) error = NULL;
  guint n_timed = 0;

  g_assert_nonnull (pasted);
  g_assert_cmpuint (pasted->n_people_lost, >, 0);
  g_assert_cmpuint (pasted->n_items_lost, >, 0);
  g_assert_true (vantage_edit_commit (edit, &error));
  g_assert_no_error (error);
  events = vantage_library_list (f->library, f->other, "event", NULL);
  g_assert_cmpuint (events->len, ==, n);
  for (guint i = 0; i < events->len; i++)
    {
      g_autoptr (GArray) cites = vantage_entity_list_cites (events->pdata[i]);
      VantageWhen when;

      g_assert_cmpuint (cites->len, ==, 0);
      vantage_entity_get_when (events->pdata[i], "start", &when);
      g_assert_cmpint (when.sort, !=, VANTAGE_WHEN_ITEM);
      n_timed += when.sort == VANTAGE_WHEN_AT;
    }
  g_assert_cmpuint (n_timed, >, n / 2);
}

static void
test_other_text_is_nothing (Fixture *f, gconstpointer data)
{
  static const char *const texts[] = { "",
                                       "hello",
                                       "{}",
                                       "[1]",
                                       "{\"events\":1,\"people\":{}}",
                                       "{\"events\":[],\"people\":[]}",
                                       "{\"events\":[{\"id\":1}]" };
  static const char *const odd[] = {
    "{\"events\":[1,null,{\"id\":2},{\"registers\":{\"start\":\"x\",\"actors/\":true,\"cites/\":"
    "true},\"times\":{}}],\"links\":[{\"registers\":{\"from\":1}}],\"people\":{},\"review\":\"r\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (VantageEdit) edit = vantage_library_begin (f->library, f->other, "Paste");

      g_assert_null (vantage_desk_paste_events (f->library, f->other, texts[i], edit));
    }
  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autoptr (VantageEdit) edit = vantage_library_begin (f->library, f->other, "Paste");
      g_autoptr (VantagePasted) pasted =
          vantage_desk_paste_events (f->library, f->other, odd[i], edit);

      g_assert_nonnull (pasted);
    }
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/desk/copy/within-a-review-nothing-is-lost", test_within_a_review_nothing_is_lost);
  ADD ("/desk/copy/another-review-takes-what-it-can", test_another_review_takes_what_it_can);
  ADD ("/desk/copy/other-text-is-nothing", test_other_text_is_nothing);
  return g_test_run ();
}
