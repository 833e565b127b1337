/* Edits, what they leave, undo and redo, live lists: the library as its callers see it. */

#include "store-fixture.h"

static void
test_what_is_committed_is_there_after_reopening (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *event = store_new_event (fixture->library, fixture->review, "Pager rings");
  g_autofree char *title = NULL;

  store_fixture_reopen (fixture);
  title = store_get_title (fixture->library, fixture->review, event);
  g_assert_cmpstr (title, ==, "Pager rings");
  g_assert_cmpstr (vantage_library_get_notes (fixture->library)[0], ==, NULL);
  store_assert_whole (fixture->library);
}

static void
test_an_edit_with_an_error_writes_nothing (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = store_dump (fixture->library);
  g_autofree char *after = NULL;
  g_autoptr (VantageEdit) edit = vantage_library_begin (fixture->library, fixture->review, "Add");
  const char *id = vantage_edit_create (edit, "event");

  vantage_edit_set_text (edit, "event", id, "title", "fine");
  vantage_edit_set_text (edit, "event", id, "no-such-field", "not fine");
  g_assert_false (vantage_edit_commit (edit, &error));
  g_assert_nonnull (error);
  after = store_dump (fixture->library);
  g_assert_cmpstr (before, ==, after);
}

static void
test_a_dropped_edit_is_forgotten (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *before = store_dump (fixture->library);
  g_autofree char *after = NULL;
  VantageEdit *edit = vantage_library_begin (fixture->library, fixture->review, "Add");

  vantage_edit_set_text (edit, "event", vantage_edit_create (edit, "event"), "title", "gone");
  vantage_edit_free (edit);
  after = store_dump (fixture->library);
  g_assert_cmpstr (before, ==, after);
}

static void
test_writing_the_same_again_is_no_step (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *event = store_new_event (fixture->library, fixture->review, "Pager rings");
  g_autofree char *name = NULL;

  store_set_title (fixture->library, fixture->review, event, "Pager rings");
  name = vantage_library_dup_undo_name (fixture->library, fixture->review);
  g_assert_cmpstr (name, ==, "Add Event");
}

static void
test_undo_and_redo_walk_back_and_forth (StoreFixture *fixture, gconstpointer data)
{
  static const char *const titles[] = { "one", "two", "three" };
  g_autofree char *event = store_new_event (fixture->library, fixture->review, "zero");

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    store_set_title (fixture->library, fixture->review, event, titles[i]);

  for (guint round = 0; round < 3; round++)
    {
      for (int i = 1; i >= -1; i--)
        {
          g_autofree char *title = NULL;

          store_undo (fixture->library, fixture->review);
          title = store_get_title (fixture->library, fixture->review, event);
          g_assert_cmpstr (title, ==, i >= 0 ? titles[i] : "zero");
        }
      store_undo (fixture->library, fixture->review);
      {
        g_autofree char *title = store_get_title (fixture->library, fixture->review, event);

        g_assert_cmpstr (title, ==, "");
      }
      store_fixture_reopen (fixture);
      for (guint i = 0; i < 4; i++)
        store_redo (fixture->library, fixture->review);
      {
        g_autofree char *title = store_get_title (fixture->library, fixture->review, event);

        g_assert_cmpstr (title, ==, "three");
      }
    }
  store_assert_whole (fixture->library);
}

static void
test_a_new_edit_ends_redo (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *event = store_new_event (fixture->library, fixture->review, "zero");
  g_autoptr (GError) error = NULL;

  store_set_title (fixture->library, fixture->review, event, "one");
  store_undo (fixture->library, fixture->review);
  store_set_title (fixture->library, fixture->review, event, "other");
  g_assert_null (vantage_library_dup_redo_name (fixture->library, fixture->review));
  g_assert_false (vantage_library_redo (fixture->library, fixture->review, NULL, NULL, &error));
  g_assert_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_NOTHING);
}

/* Another library's edit of the same field, brought here by its ops. */
static void
change_elsewhere (StoreFixture *fixture, const char *event, const char *title)
{
  StoreFixture other = { .now_us = fixture->now_us };
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) ours = store_load_ops (fixture->library);
  g_autoptr (GHashTable) theirs = NULL;

  other.folder = store_make_folder ();
  other.library = store_fixture_open_another (&other);
  vantage_library_set_profile (other.library, "name", "Ada", NULL);
  vantage_library_apply (other.library, fixture->review,
                         g_hash_table_lookup (ours, fixture->review), &error);
  g_assert_no_error (error);
  store_set_title (other.library, fixture->review, event, title);
  theirs = store_load_ops (other.library);
  fixture->now_us = other.now_us;
  vantage_library_apply (fixture->library, fixture->review,
                         g_hash_table_lookup (theirs, fixture->review), &error);
  g_assert_no_error (error);
  vantage_library_close (other.library);
  g_object_unref (other.library);
  store_remove_folder (other.folder);
  g_free (other.folder);
}

static void
test_a_step_that_others_changed_is_named_and_skipped (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *event = store_new_event (fixture->library, fixture->review, "zero");
  g_autofree char *quiet = store_new_event (fixture->library, fixture->review, "quiet");
  g_autofree char *title = NULL;
  g_autoptr (GError) error = NULL;

  store_set_title (fixture->library, fixture->review, event, "mine");
  change_elsewhere (fixture, event, "theirs");
  title = store_get_title (fixture->library, fixture->review, event);
  g_assert_cmpstr (title, ==, "theirs");

  g_assert_false (vantage_library_undo (fixture->library, fixture->review, NULL, NULL, &error));
  g_assert_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_CHANGED);
  g_assert_nonnull (strstr (error->message, "Ada"));
  g_assert_nonnull (strstr (error->message, "Rename Event"));

  /* The next one is the step before it. */
  store_undo (fixture->library, fixture->review);
  g_free (title);
  title = store_get_title (fixture->library, fixture->review, quiet);
  g_assert_cmpstr (title, ==, "");
  store_assert_whole (fixture->library);
}

static void
test_typing_is_one_step_until_it_ends (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *event = store_new_event (fixture->library, fixture->review, "zero");
  g_autofree char *title = NULL;
  g_autoptr (GHashTable) ops = NULL;
  guint n_before, n_after;

  ops = store_load_ops (fixture->library);
  n_before = ((GPtrArray *) g_hash_table_lookup (ops, fixture->review))->len;
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (VantageEdit) edit =
          vantage_library_begin (fixture->library, fixture->review, "Type");
      g_autofree char *text = g_strdup_printf ("typed %u", i);

      vantage_edit_set_text (edit, "event", event, "title", text);
      vantage_edit_set_typing (edit, "title");
      g_assert_true (vantage_edit_commit (edit, NULL));
    }
  g_hash_table_unref (ops);
  ops = store_load_ops (fixture->library);
  n_after = ((GPtrArray *) g_hash_table_lookup (ops, fixture->review))->len;
  g_assert_cmpuint (n_after, ==, n_before + 1);
  store_assert_whole (fixture->library);

  store_undo (fixture->library, fixture->review);
  title = store_get_title (fixture->library, fixture->review, event);
  g_assert_cmpstr (title, ==, "zero");
}

static void
test_typing_after_its_end_is_another_step (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *event = store_new_event (fixture->library, fixture->review, "zero");
  g_autofree char *title = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (VantageEdit) edit =
          vantage_library_begin (fixture->library, fixture->review, "Type");

      vantage_edit_set_text (edit, "event", event, "title", i == 0 ? "first" : "second");
      vantage_edit_set_typing (edit, "title");
      g_assert_true (vantage_edit_commit (edit, NULL));
      vantage_library_end_typing (fixture->library);
    }
  store_undo (fixture->library, fixture->review);
  title = store_get_title (fixture->library, fixture->review, event);
  g_assert_cmpstr (title, ==, "first");
}

static void
test_prose_keeps_the_ids_of_what_stays (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *event = store_new_event (fixture->library, fixture->review, "zero");
  static const char *const texts[] = {
    "First.\n\nSecond.\n\nThird.",
    "First.\n\nNew one.\n\nSecond.\n\nThird, reworded.",
    "# Head\n\n> said\n\n- a\n- b\n\nThird, reworded.",
    "Third, reworded.",
    "",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (VantageEdit) edit =
          vantage_library_begin (fixture->library, fixture->review, "Write");
      g_autofree char *prose = NULL;

      vantage_edit_set_prose (edit, "event", event, "body", texts[i]);
      g_assert_true (vantage_edit_commit (edit, NULL));
      prose = vantage_library_dup_prose (fixture->library, fixture->review, event, "body", NULL);
      g_assert_cmpstr (prose, ==, texts[i]);
    }
  for (int i = G_N_ELEMENTS (texts) - 2; i >= 0; i--)
    {
      g_autofree char *prose = NULL;

      store_undo (fixture->library, fixture->review);
      prose = vantage_library_dup_prose (fixture->library, fixture->review, event, "body", NULL);
      g_assert_cmpstr (prose, ==, texts[i]);
    }
  store_assert_whole (fixture->library);
}

static void
test_unchanged_paragraphs_stay_the_same_blocks (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *event = store_new_event (fixture->library, fixture->review, "zero");
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (VantageEdit) edit =
          vantage_library_begin (fixture->library, fixture->review, "Write");

      vantage_edit_set_prose (edit, "event", event, "body",
                              i == 0 ? "A\n\nB\n\nC" : "A\n\nX\n\nB\n\nC!");
      g_assert_true (vantage_edit_commit (edit, NULL));
      *(i == 0 ? &before : &after) =
          vantage_library_list (fixture->library, fixture->review, "block", NULL);
    }
  g_assert_cmpuint (before->len, ==, 3);
  g_assert_cmpuint (after->len, ==, 4);
  g_assert_cmpstr (vantage_entity_get_id (before->pdata[0]), ==,
                   vantage_entity_get_id (after->pdata[0]));
  g_assert_cmpstr (vantage_entity_get_id (before->pdata[1]), ==,
                   vantage_entity_get_id (after->pdata[2]));
  g_assert_cmpstr (vantage_entity_get_id (before->pdata[2]), ==,
                   vantage_entity_get_id (after->pdata[3]));
}

typedef struct
{
  guint n_signals, n_entities;
} Seen;

static void
changed_cb (VantageLibrary *library, const char *review, VantageChange *change, Seen *seen)
{
  seen->n_signals++;
  seen->n_entities += change->entities->len;
}

static void
test_one_edit_is_one_notification (StoreFixture *fixture, gconstpointer data)
{
  Seen seen = { 0 };
  g_autoptr (VantageEdit) edit = vantage_library_begin (fixture->library, fixture->review, "Add");

  g_signal_connect (fixture->library, "changed", G_CALLBACK (changed_cb), &seen);
  for (guint i = 0; i < 3; i++)
    vantage_edit_set_text (edit, "event", vantage_edit_create (edit, "event"), "title", "e");
  g_assert_true (vantage_edit_commit (edit, NULL));
  g_assert_cmpuint (seen.n_signals, ==, 1);
  g_assert_cmpuint (seen.n_entities, ==, 3);
  g_signal_handlers_disconnect_by_data (fixture->library, &seen);
}

/* Keeps a copy of a list by its signals alone. */
static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, GPtrArray *copy)
{
  for (guint i = 0; i < removed; i++)
    g_ptr_array_remove_index (copy, position);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (copy, (int) (position + i), g_list_model_get_item (model, position + i));
}

static void
assert_equal_lists (GPtrArray *copy, GPtrArray *list)
{
  g_assert_cmpuint (copy->len, ==, list->len);
  for (guint i = 0; i < list->len; i++)
    {
      g_assert_cmpstr (vantage_entity_get_id (copy->pdata[i]), ==,
                       vantage_entity_get_id (list->pdata[i]));
      g_assert_cmpstr (vantage_entity_get_title (copy->pdata[i]), ==,
                       vantage_entity_get_title (list->pdata[i]));
    }
}

static void
test_a_live_list_says_exactly_what_changed (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (GListModel) model =
      vantage_library_get_model (fixture->library, fixture->review, "event");
  g_autoptr (GPtrArray) copy = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  g_signal_connect (model, "items-changed", G_CALLBACK (items_changed_cb), copy);
  for (guint i = 0; i < 60; i++)
    {
      g_autoptr (VantageEdit) edit =
          vantage_library_begin (fixture->library, fixture->review, "Change");
      guint choice = g_rand_int_range (rand, 0, 4);
      g_autoptr (GPtrArray) list = NULL;

      if (ids->len == 0 || choice == 0)
        {
          g_ptr_array_add (ids, g_strdup (vantage_edit_create (edit, "event")));
          vantage_edit_set_text (edit, "event", ids->pdata[ids->len - 1], "title", "new");
        }
      else
        {
          const char *id = ids->pdata[g_rand_int_range (rand, 0, (int) ids->len)];
          g_autofree char *text = g_strdup_printf ("%c%u", 'a' + g_rand_int_range (rand, 0, 26), i);

          if (choice == 1)
            vantage_edit_set_text (edit, "event", id, "title", text);
          else if (choice == 2)
            vantage_edit_set (edit, "event", id, "pos", vantage_value_new_text (text));
          else
            vantage_edit_delete (edit, "event", id);
        }
      g_assert_true (vantage_edit_commit (edit, NULL));
      list = vantage_library_list (fixture->library, fixture->review, "event", NULL);
      assert_equal_lists (copy, list);
    }
}

static void
test_two_libraries_on_one_folder_see_each_other (StoreFixture *fixture, gconstpointer data)
{
  VantageLibrary *other = store_fixture_open_another (fixture);
  g_autoptr (GListModel) model = vantage_library_get_model (other, fixture->review, "event");
  g_autofree char *event = store_new_event (fixture->library, fixture->review, "Seen by both");
  g_autofree char *name = NULL;

  vantage_library_poll (other);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 1);
  name = vantage_library_dup_undo_name (other, fixture->review);
  g_assert_cmpstr (name, ==, "Add Event");
  store_undo (other, fixture->review);
  vantage_library_poll (fixture->library);
  g_free (name);
  name = store_get_title (fixture->library, fixture->review, event);
  g_assert_cmpstr (name, ==, "");
  g_clear_object (&model);
  g_assert_finalize_object (other);
}

static void
test_history_tells_before_after_and_who (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *event = store_new_event (fixture->library, fixture->review, "zero");
  g_autoptr (GPtrArray) history = NULL;
  VantageHistoryEdit *newest;
  VantageHistoryChange *change;

  vantage_library_set_profile (fixture->library, "name", "Grace", NULL);
  store_set_title (fixture->library, fixture->review, event, "one");
  history = vantage_library_list_history (fixture->library, fixture->review, event, 0, NULL);
  g_assert_cmpuint (history->len, ==, 2);
  newest = history->pdata[0];
  g_assert_cmpstr (newest->what, ==, "Rename Event");
  g_assert_cmpstr (newest->by_name, ==, "Grace");
  g_assert_cmpuint (newest->changes->len, ==, 1);
  change = newest->changes->pdata[0];
  g_assert_cmpstr (vantage_value_get_text (change->before), ==, "zero");
  g_assert_cmpstr (vantage_value_get_text (change->after), ==, "one");
}

static void
test_a_large_edit_is_one_step (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (VantageEdit) edit = vantage_library_begin (fixture->library, fixture->review, "Many");
  g_autoptr (GPtrArray) list = NULL;

  for (guint i = 0; i < 1200; i++)
    vantage_edit_set_text (edit, "event", vantage_edit_create (edit, "event"), "title", "many");
  g_assert_true (vantage_edit_commit (edit, NULL));
  list = vantage_library_list (fixture->library, fixture->review, "event", NULL);
  g_assert_cmpuint (list->len, ==, 1200);
  store_undo (fixture->library, fixture->review);
  g_ptr_array_unref (list);
  list = vantage_library_list (fixture->library, fixture->review, "event", NULL);
  g_assert_cmpuint (list->len, ==, 0);
  store_assert_whole (fixture->library);
}

static void
test_a_rebuilt_cache_is_the_same (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *event = store_new_event (fixture->library, fixture->review, "zero");
  g_autofree char *before = NULL, *after = NULL;

  store_set_title (fixture->library, fixture->review, event, "one");
  store_undo (fixture->library, fixture->review);
  before = store_dump (fixture->library);
  g_assert_true (vantage_library_rebuild (fixture->library, NULL));
  after = store_dump (fixture->library);
  g_assert_cmpstr (before, ==, after);
  store_assert_whole (fixture->library);
}

#define ADD(path, function)                                                                        \
  g_test_add ("/store/edits/" path, StoreFixture, NULL, store_fixture_set_up, function,            \
              store_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("what-is-committed-is-there-after-reopening",
       test_what_is_committed_is_there_after_reopening);
  ADD ("an-edit-with-an-error-writes-nothing", test_an_edit_with_an_error_writes_nothing);
  ADD ("a-dropped-edit-is-forgotten", test_a_dropped_edit_is_forgotten);
  ADD ("writing-the-same-again-is-no-step", test_writing_the_same_again_is_no_step);
  ADD ("undo-and-redo-walk-back-and-forth", test_undo_and_redo_walk_back_and_forth);
  ADD ("a-new-edit-ends-redo", test_a_new_edit_ends_redo);
  ADD ("a-step-that-others-changed-is-named-and-skipped",
       test_a_step_that_others_changed_is_named_and_skipped);
  ADD ("typing-is-one-step-until-it-ends", test_typing_is_one_step_until_it_ends);
  ADD ("typing-after-its-end-is-another-step", test_typing_after_its_end_is_another_step);
  ADD ("prose-keeps-the-ids-of-what-stays", test_prose_keeps_the_ids_of_what_stays);
  ADD ("unchanged-paragraphs-stay-the-same-blocks", test_unchanged_paragraphs_stay_the_same_blocks);
  ADD ("one-edit-is-one-notification", test_one_edit_is_one_notification);
  ADD ("a-live-list-says-exactly-what-changed", test_a_live_list_says_exactly_what_changed);
  ADD ("two-libraries-on-one-folder-see-each-other",
       test_two_libraries_on_one_folder_see_each_other);
  ADD ("history-tells-before-after-and-who", test_history_tells_before_after_and_who);
  ADD ("a-large-edit-is-one-step", test_a_large_edit_is_one_step);
  ADD ("a-rebuilt-cache-is-the-same", test_a_rebuilt_cache_is_the_same);

  return g_test_run ();
}
