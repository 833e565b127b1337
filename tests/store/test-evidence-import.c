/* test-evidence-import.c: what an import keeps, adds and leaves alone. */

#include "evidence-fixture.h"

static VantageItem *
get_item (Fixture *fixture, const VantageChannel *channel, const char *local)
{
  g_autofree char *uid = vantage_channel_dup_id (channel);
  g_autofree char *id = g_strconcat (uid, ".", local, NULL);
  g_autoptr (GError) error = NULL;
  VantageItem *item = vantage_library_get_item (fixture->library, fixture->review, id, &error);

  g_assert_no_error (error);
  return item;
}

static void
test_nothing_is_seen_before_keeping (Fixture *fixture, gconstpointer data)
{
  g_autoptr (VantageChannel) channel = make_channel ("payments");
  VantageImportRun *run = begin_run (fixture, fixture->review, channel);
  g_autoptr (VantageImportResult) result = NULL;

  for (int i = 0; i < 5000; i++)
    {
      g_autofree char *local = g_strdup_printf ("%d", i);

      add_item (run, make_item (channel, local, "U1", i, "hello"));
    }
  g_assert_cmpint (count_all (fixture, fixture->review), ==, 0);

  result = keep_run (run, make_facts ("a.zip"));
  g_assert_cmpint (count_all (fixture, fixture->review), ==, 5000);
  g_assert_cmpuint (result->n_items, ==, 5000);
  g_assert_cmpuint (result->n_new, ==, 5000);
  g_assert_cmpuint (result->n_people, ==, 1);
  g_assert_cmpuint (result->kinds[VANTAGE_ITEM_MESSAGE], ==, 5000);
  assert_verified (fixture);
}

static void
test_dropped_leaves_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (VantageChannel) channel = make_channel ("payments");
  VantageImportRun *run = begin_run (fixture, fixture->review, channel);

  for (int i = 0; i < 5000; i++)
    {
      g_autofree char *local = g_strdup_printf ("%d", i);

      add_item (run, make_item (channel, local, "U1", i, "hello"));
    }
  vantage_import_run_drop (run);
  g_object_unref (run);

  g_assert_cmpint (count_all (fixture, fixture->review), ==, 0);
  fixture_reopen (fixture);
  g_assert_cmpint (count_all (fixture, fixture->review), ==, 0);
  assert_verified (fixture);
}

static void
test_the_same_again_adds_nothing (Fixture *fixture, gconstpointer data)
{
  static const char *const lines[] = { "U1: one", "U2: two", "U1: three", NULL };
  g_autofree char *first = import_lines (fixture, fixture->review, "payments", lines);
  g_autofree char *again = import_lines (fixture, fixture->review, "payments", lines);

  g_assert_nonnull (first);
  g_assert_null (again);
  g_assert_cmpint (count_all (fixture, fixture->review), ==, 3);
  assert_verified (fixture);
}

static void
test_other_words_keep_both_versions (Fixture *fixture, gconstpointer data)
{
  static const char *const before[] = { "U1: rolling back now", "U2: ok", NULL };
  static const char *const after[] = { "U1: rolled back at two", "U2: ok", "U3: new here", NULL };
  g_autoptr (VantageChannel) channel = make_channel ("payments");
  g_autofree char *first = import_lines (fixture, fixture->review, "payments", before);
  g_autofree char *second = import_lines (fixture, fixture->review, "payments", after);
  g_autoptr (VantageItem) shown = get_item (fixture, channel, "1709259247.000100");
  g_autofree char *id = vantage_item_dup_id (shown);
  g_autoptr (GPtrArray) versions =
      vantage_library_list_versions (fixture->library, fixture->review, id, NULL);

  g_assert_nonnull (second);
  g_assert_cmpint (count_all (fixture, fixture->review), ==, 3);
  g_assert_cmpstr (shown->text, ==, "rolled back at two");
  g_assert_cmpstr (shown->source, ==, second);
  g_assert_cmpuint (versions->len, ==, 2);
  g_assert_cmpstr (((VantageItem *) versions->pdata[1])->text, ==, "rolling back now");
  g_assert_cmpint (count_words (fixture, "rolling"), ==, 0);
  g_assert_cmpint (count_words (fixture, "rolled"), ==, 1);
  assert_verified (fixture);

  /* Taking the newer import back shows the older words again; bringing it back, the newer. */
  g_assert_true (vantage_library_undo (fixture->library, fixture->review, NULL, NULL, NULL));
  g_assert_cmpint (count_all (fixture, fixture->review), ==, 2);
  g_assert_cmpint (count_words (fixture, "rolling"), ==, 1);
  g_assert_cmpint (count_words (fixture, "rolled"), ==, 0);
  assert_verified (fixture);
  g_assert_true (vantage_library_redo (fixture->library, fixture->review, NULL, NULL, NULL));
  g_assert_cmpint (count_all (fixture, fixture->review), ==, 3);
  g_assert_cmpint (count_words (fixture, "rolled"), ==, 1);
  assert_verified (fixture);
}

static void
test_new_reactions_are_taken_over (Fixture *fixture, gconstpointer data)
{
  static const char *const by[] = { "U2", NULL };
  static const char *const lines[] = { "U1: one", NULL };
  g_autoptr (VantageChannel) channel = make_channel ("payments");
  g_autofree char *first = import_lines (fixture, fixture->review, "payments", lines);
  VantageImportRun *run = begin_run (fixture, fixture->review, channel);
  VantageItem *item = make_item (channel, "1709259247.000100", "U1", 0, "one");
  g_autoptr (VantageImportResult) result = NULL;
  g_autoptr (VantageItem) shown = NULL;

  vantage_item_add_reaction (item, "eyes", 1, by);
  add_item (run, item);
  result = keep_run (run, make_facts ("b.zip"));
  shown = get_item (fixture, channel, "1709259247.000100");

  g_assert_nonnull (result->source);
  g_assert_cmpuint (result->n_new, ==, 0);
  g_assert_cmpuint (result->n_versions, ==, 0);
  g_assert_cmpuint (shown->reactions->len, ==, 1);
  assert_verified (fixture);
}

static void
test_undo_hides_and_redo_shows (Fixture *fixture, gconstpointer data)
{
  static const char *const lines[] = { "U1: one", "U2: two", NULL };
  g_autofree char *source = import_lines (fixture, fixture->review, "payments", lines);
  g_autoptr (GPtrArray) people = NULL;

  g_assert_true (vantage_library_undo (fixture->library, fixture->review, NULL, NULL, NULL));
  g_assert_cmpint (count_all (fixture, fixture->review), ==, 0);
  g_assert_cmpint (count_words (fixture, "one"), ==, 0);
  people = vantage_library_list_people (fixture->library, fixture->review, NULL);
  g_assert_cmpuint (people->len, ==, 0);

  g_assert_true (vantage_library_redo (fixture->library, fixture->review, NULL, NULL, NULL));
  g_assert_cmpint (count_all (fixture, fixture->review), ==, 2);
  g_assert_cmpint (count_words (fixture, "one"), ==, 1);
}

static void
test_reviews_are_apart (Fixture *fixture, gconstpointer data)
{
  static const char *const lines[] = { "U1: one", "U2: two", NULL };
  g_autofree char *other = fixture_add_review (fixture, "Another");
  g_autofree char *first = import_lines (fixture, fixture->review, "payments", lines);
  g_autofree char *second = import_lines (fixture, other, "payments", lines);
  g_autoptr (GPtrArray) here = NULL;
  g_autoptr (GPtrArray) there = NULL;

  g_assert_nonnull (second);
  g_assert_cmpint (count_all (fixture, fixture->review), ==, 2);
  g_assert_cmpint (count_all (fixture, other), ==, 2);
  g_assert_cmpint (count_words (fixture, "one"), ==, 1);

  here = vantage_library_list_people (fixture->library, fixture->review, NULL);
  there = vantage_library_list_people (fixture->library, other, NULL);
  g_assert_cmpuint (here->len, ==, 2);
  g_assert_cmpstr (((VantagePerson *) here->pdata[0])->id, !=,
                   ((VantagePerson *) there->pdata[0])->id);
}

/* ---- every field comes back ---- */

static VantageItem *
make_random_item (GRand *rand, const VantageChannel *channel, int n)
{
  static const char *const texts[] = { "", "shipping the fix", "服务又挂了", "🔥 ERR_5012\nat two" };
  g_autofree char *local = g_strdup_printf ("%d.%06d", n, g_rand_int_range (rand, 0, 999999));
  g_autofree char *account = g_strdup_printf ("U%d", g_rand_int_range (rand, 0, 40));
  VantageItem *item = make_item (channel, local, account, n, texts[g_rand_int_range (rand, 0, 4)]);

  item->kind = g_rand_int_range (rand, 0, VANTAGE_N_ITEM_KINDS);
  item->deleted = g_rand_boolean (rand);
  item->twice = g_rand_boolean (rand);
  item->zone_origin = g_rand_int_range (rand, 0, 3);
  item->offset = g_rand_int_range (rand, -1, 100000);
  item->length = g_rand_int_range (rand, 0, 1000);
  if (g_rand_int_range (rand, 0, 4) == 0)
    g_clear_pointer (&item->account, g_free);
  if (g_rand_boolean (rand))
    item->edited_us = item->time_us + g_rand_int (rand);
  if (g_rand_boolean (rand))
    item->thread = g_strdup (g_rand_boolean (rand) ? local : "7.000001");
  if (g_rand_boolean (rand))
    item->url = g_strdup_printf ("https://example.org/%d", n);
  if (g_rand_int_range (rand, 0, 10) == 0)
    {
      item->time_us = VANTAGE_TIME_NONE;
      item->precision = VANTAGE_PRECISION_NONE;
      g_clear_pointer (&item->raw_time, g_free);
    }
  if (g_rand_boolean (rand))
    {
      const char *const by[] = { "U1", "U7", NULL };
      VantageReaction *reaction = vantage_item_add_reaction (item, "eyes", 3, by);

      if (g_rand_boolean (rand))
        {
          reaction->times_us = g_new (gint64, 2);
          reaction->times_us[0] = T0;
          reaction->times_us[1] = VANTAGE_TIME_NONE;
        }
    }
  if (g_rand_boolean (rand))
    vantage_item_add_attachment (item, g_rand_boolean (rand) ? "graph.png" : NULL, "image/png",
                                 "https://example.org/f", g_rand_int_range (rand, -1, 5000));
  if (g_rand_boolean (rand))
    {
      vantage_item_add_extra (item, "field", "status");
      vantage_item_add_extra (item, "to", "");
    }
  if (g_rand_boolean (rand))
    {
      const char *const mentions[] = { "U3", "U4", NULL };

      item->mentions = g_strdupv ((char **) mentions);
    }
  return item;
}

static gboolean
compare_item (VantageItem *item, gpointer user_data)
{
  GHashTable *made = user_data;
  const VantageItem *wanted = g_hash_table_lookup (made, item->local);
  g_autofree char *digest = vantage_item_digest (item);
  g_autofree char *wanted_digest = vantage_item_digest (wanted);

  g_assert_cmpstr (digest, ==, wanted_digest);
  g_assert_cmpstr (item->channel, ==, wanted->channel);
  g_assert_cmpstr (item->text, ==, wanted->text);
  g_assert_cmpstr (item->raw_time, ==, wanted->raw_time);
  g_assert_cmpint (item->time_us, ==, wanted->time_us);
  g_assert_cmpint (item->twice, ==, wanted->twice);
  g_assert_cmpint (item->zone_origin, ==, wanted->zone_origin);
  g_assert_cmpstr (item->path, ==, wanted->path);
  g_assert_cmpint (item->line, ==, wanted->line);
  g_assert_cmpint (item->offset, ==, wanted->offset);
  g_assert_cmpint (item->length, ==, wanted->length);
  g_hash_table_remove (made, item->local);
  return TRUE;
}

static void
test_every_field_comes_back (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (VantageChannel) channel = make_channel ("payments");
  g_autoptr (GHashTable) made =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) vantage_item_unref);
  VantageImportRun *run = begin_run (fixture, fixture->review, channel);
  VantageItemQuery query = VANTAGE_ITEM_QUERY_INIT;
  g_autoptr (VantageImportResult) result = NULL;

  for (int i = 0; i < 100000; i++)
    {
      VantageItem *item = make_random_item (rand, channel, i);

      g_hash_table_insert (made, item->local, vantage_item_ref (item));
      add_item (run, item);
    }
  result = keep_run (run, make_facts ("big.zip"));
  g_assert_cmpuint (result->n_new, ==, 100000);

  g_assert_true (vantage_library_each_item (fixture->library, fixture->review, &query, compare_item,
                                            made, NULL, NULL));
  g_assert_cmpuint (g_hash_table_size (made), ==, 0);
  assert_verified (fixture);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/store/evidence-import/" path, Fixture, NULL, fixture_set_up, func,                 \
              fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("nothing-is-seen-before-keeping", test_nothing_is_seen_before_keeping);
  ADD ("dropped-leaves-nothing", test_dropped_leaves_nothing);
  ADD ("the-same-again-adds-nothing", test_the_same_again_adds_nothing);
  ADD ("other-words-keep-both-versions", test_other_words_keep_both_versions);
  ADD ("new-reactions-are-taken-over", test_new_reactions_are_taken_over);
  ADD ("undo-hides-and-redo-shows", test_undo_hides_and_redo_shows);
  ADD ("reviews-are-apart", test_reviews_are_apart);
  ADD ("every-field-comes-back", test_every_field_comes_back);
  return g_test_run ();
}
