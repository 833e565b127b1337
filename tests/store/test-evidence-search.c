/* test-evidence-search.c: what is found by which words, and by whom, where and when it was said. */

#include "evidence-fixture.h"
#include "vantage-db.h"

static const char *const lines[] = {
  "U1: Deploy of payments-api failed with ERR_5012",
  "U2: the payment gateway is slow, see /var/log/payments/api.log",
  "U1: 支付服务又挂了",
  "U3: PaymentGateway threw err5012 🔥",
  "U2: She said \"roll back NEAR midnight\"",
  "U3: Café déjà vu — naïve plan",
  "U1: 決済サービスが停止しました",
  "U2: отказ сервиса, ждём",
  "U3: AND OR NOT (a:b) * ^ -x {col}:y",
  "U1: rollback rolled rolling",
  NULL,
};

typedef struct
{
  const char *name, *words;
  int n;
} Case;

/* clang-format off */
static const Case cases[] = {
  { "a-word",                       "deploy",              1 },
  { "no-such-word",                 "banana",              0 },
  { "case-does-not-matter",         "DEPLOY",              1 },
  { "all-words-are-needed",         "payment slow",        1 },
  { "all-words-are-needed-2",       "payment deploy",      0 },
  { "code-word-whole",              "payments-api",        2 },
  { "code-word-part",               "payments",            2 },
  { "code-word-other-part",         "5012",                2 },
  { "code-word-with-underscore",    "ERR_5012",            2 },
  { "code-word-lower",              "err_5012",            2 },
  { "mixed-word-whole",             "err5012",             1 },
  { "camel-part",                   "gateway",             2 },
  { "camel-whole",                  "paymentgateway",      1 },
  { "path",                         "/var/log/payments",   1 },
  { "phrase",                       "\"payment gateway\"", 2 },
  { "phrase-in-order",              "\"gateway payment\"", 0 },
  { "phrase-and-word",              "\"payment gateway\" slow", 1 },
  { "open-quote",                   "\"payment gateway",   2 },
  { "prefix",                       "roll*",               2 },
  { "prefix-is-asked-for",          "rollb",               0 },
  { "prefix-in-quotes",             "\"payment gate\"*",   2 },
  { "chinese",                      "支付",                1 },
  { "chinese-middle",               "付服务",              1 },
  { "chinese-single",               "挂",                  1 },
  { "chinese-last",                 "了",                  1 },
  { "chinese-not-there",            "付支",                0 },
  { "japanese",                     "決済サービス",        1 },
  { "japanese-end",                 "しました",            1 },
  { "accents-do-not-matter",        "cafe deja",           1 },
  { "accents-do-not-matter-2",      "naïve",               1 },
  { "cyrillic",                     "ОТКАЗ",               1 },
  { "emoji",                        "🔥",                  1 },
  { "emoji-not-there",              "🚀",                  0 },
  { "near-is-a-word",               "NEAR",                1 },
  { "near-between-words",           "roll NEAR midnight",  1 },
  { "and-is-a-word",                "AND",                 1 },
  { "column-syntax-is-words",       "a:b",                 1 },
  { "minus-is-nothing",             "-deploy",             1 },
  { "only-signs",                   "*** \"\" ^",          0 },
  { "quote-in-word",                "roll\"back",          1 },
  { "blank-is-no-question",         "  ",                  10 },
};
/* clang-format on */

static void
test_words (Fixture *fixture, gconstpointer data)
{
  g_autofree char *source = import_lines (fixture, fixture->review, "payments", lines);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 n = count_words (fixture, cases[i].words);

      if (n != cases[i].n)
        g_test_message ("%s: %s", cases[i].name, cases[i].words);
      g_assert_cmpint (n, ==, cases[i].n);
    }
}

static GPtrArray *
ask (Fixture *fixture, const VantageItemQuery *query, guint limit, guint64 offset)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *items = vantage_library_query_items (fixture->library, fixture->review, query, limit,
                                                  offset, NULL, &error);

  g_assert_no_error (error);
  return items;
}

static void
test_filters (Fixture *fixture, gconstpointer data)
{
  static const char *const more[] = { "U1: deploy again", NULL };
  g_autofree char *source = import_lines (fixture, fixture->review, "payments", lines);
  g_autofree char *second = import_lines (fixture, fixture->review, "random", more);
  VantageItemQuery query = VANTAGE_ITEM_QUERY_INIT;
  g_autoptr (VantagePerson) person =
      vantage_library_find_person (fixture->library, fixture->review, "U1", NULL);
  g_autoptr (GPtrArray) items = NULL;

  query.text = "deploy";
  items = ask (fixture, &query, 0, 0);
  g_assert_cmpuint (items->len, ==, 2);

  query.channel = "random";
  g_ptr_array_unref (items);
  items = ask (fixture, &query, 0, 0);
  g_assert_cmpuint (items->len, ==, 1);
  g_assert_cmpstr (((VantageItem *) items->pdata[0])->channel_name, ==, "random");

  query.channel = NULL;
  query.text = NULL;
  query.person = person->id;
  g_ptr_array_unref (items);
  items = ask (fixture, &query, 0, 0);
  g_assert_cmpuint (items->len, ==, 5);

  query.since_us = T0 + G_USEC_PER_SEC;
  query.until_us = T0 + 7 * G_USEC_PER_SEC;
  g_ptr_array_unref (items);
  items = ask (fixture, &query, 0, 0);
  g_assert_cmpuint (items->len, ==, 2);

  query = (VantageItemQuery) VANTAGE_ITEM_QUERY_INIT;
  query.source = second;
  g_ptr_array_unref (items);
  items = ask (fixture, &query, 0, 0);
  g_assert_cmpuint (items->len, ==, 1);

  query.source = NULL;
  query.kind = VANTAGE_ITEM_TICKET;
  g_ptr_array_unref (items);
  items = ask (fixture, &query, 0, 0);
  g_assert_cmpuint (items->len, ==, 0);
}

static void
test_order_and_pages (Fixture *fixture, gconstpointer data)
{
  g_autofree char *source = import_lines (fixture, fixture->review, "payments", lines);
  VantageItemQuery query = VANTAGE_ITEM_QUERY_INIT;
  g_autoptr (GPtrArray) items = ask (fixture, &query, 2, 3);

  g_assert_cmpuint (items->len, ==, 2);
  g_assert_cmpint (((VantageItem *) items->pdata[0])->line, ==, 4);

  query.newest_first = TRUE;
  g_ptr_array_unref (items);
  items = ask (fixture, &query, 3, 0);
  g_assert_cmpuint (items->len, ==, 3);
  g_assert_cmpint (((VantageItem *) items->pdata[0])->line, ==, 10);
}

/* A number out of search.db, as it stands in the file. */
static gint64
ask_index (Fixture *fixture, const char *sql)
{
  g_autofree char *path = g_build_filename (fixture->folder, "search.db", NULL);
  g_autoptr (VantageDb) db = vantage_db_open (path, VANTAGE_DB_READ_ONLY, VANTAGE_DB_NORMAL, NULL);
  g_auto (VantageStmt) stmt = vantage_db_prepare (db, sql, NULL);

  return vantage_stmt_step (&stmt, NULL) ? vantage_stmt_get_int (&stmt, 0) : -1;
}

/* A large import's words go in while it is under way: nobody finds them before it is kept, and none
 * stays when it is dropped. */
static void
test_words_ahead_of_time (Fixture *fixture, gconstpointer data)
{
  g_autofree char *source = import_lines (fixture, fixture->review, "payments", lines);
  gboolean keep = GPOINTER_TO_INT (data);
  g_autoptr (VantageChannel) channel = make_channel ("large");
  VantageImportRun *run = begin_run (fixture, fixture->review, channel);
  g_autoptr (VantageImportResult) result = NULL;

  for (int i = 0; i < 140000; i++)
    {
      char local[16];

      g_snprintf (local, sizeof local, "%d", i);
      add_item (run, make_item (channel, local, "U1", i, "deploy ahead"));
    }
  while (ask_index (fixture, "SELECT count (*) FROM progress") < 2)
    g_thread_yield ();
  g_assert_cmpint (count_words (fixture, "deploy"), ==, 1);
  g_assert_cmpint (count_words (fixture, "ahead"), ==, 0);

  if (keep)
    {
      result = keep_run (run, make_facts ("a.zip"));
      g_assert_cmpint (count_words (fixture, "ahead"), ==, 140000);
      assert_verified (fixture);
      return;
    }

  g_object_unref (run);
  fixture_reopen (fixture);
  g_assert_cmpint (count_words (fixture, "deploy"), ==, 1);
  g_assert_cmpint (ask_index (fixture, "SELECT sum (n) FROM progress"), ==, 10);
  g_assert_cmpint (ask_index (fixture, "SELECT count (*) FROM fts WHERE fts MATCH 'ahead'"), ==, 0);
  assert_verified (fixture);
}

/* Whatever the blocks and the order in the file, a page is what sorting all would give. @ordered:
 * the sources follow one another in time, the last imported first. */
static void
check_pages (Fixture *fixture, gboolean ordered)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (guint source = 0; source < 3; source++)
    {
      g_autoptr (VantageChannel) channel = make_channel ("payments");
      VantageImportRun *run = begin_run (fixture, fixture->review, channel);
      g_autoptr (VantageImportResult) result = NULL;

      for (int i = 0; i < 6000; i++)
        {
          g_autofree char *local = g_strdup_printf ("s%u.%d", source, i);
          int second = ordered ? (2 - (int) source) * 6000 + i : g_rand_int_range (rand, 0, 3000);
          VantageItem *item = make_item (channel, local, "U1", second,
                                         i % 50 == 0                    ? "deploy rare"
                                         : source == 1 && i / 1500 == 1 ? "deploy burst"
                                                                        : "deploy");

          if (i % 1000 == 7)
            item->time_us = VANTAGE_TIME_NONE;
          add_item (run, item);
        }
      result = keep_run (run, make_facts ("a.zip"));
    }

  for (guint i = 0; i < 24; i++)
    {
      static const char *const words[] = { "deploy", "rare", "burst" };
      static const guint n_words[] = { 18000, 360, 1470 };
      VantageItemQuery query = VANTAGE_ITEM_QUERY_INIT;
      guint offset = i < 12 ? 0 : (guint) g_rand_int_range (rand, 0, 300);
      g_autoptr (GPtrArray) all = NULL;
      g_autoptr (GPtrArray) page = NULL;

      query.text = words[i % 3];
      query.newest_first = i % 2 == 0;
      all = ask (fixture, &query, 0, 0);
      page = ask (fixture, &query, 40, offset);
      g_assert_cmpuint (all->len, ==, n_words[i % 3]);
      g_assert_cmpuint (page->len, ==, 40);
      for (guint j = 0; j < page->len; j++)
        g_assert_cmpint (((VantageItem *) page->pdata[j])->row, ==,
                         ((VantageItem *) all->pdata[offset + j])->row);
    }
}

static void
test_pages_are_parts_of_the_whole (Fixture *fixture, gconstpointer data)
{
  check_pages (fixture, FALSE);
}

static void
test_pages_of_sources_in_order (Fixture *fixture, gconstpointer data)
{
  check_pages (fixture, TRUE);
}

static void
test_index_comes_back_when_lost (Fixture *fixture, gconstpointer data)
{
  g_autofree char *source = import_lines (fixture, fixture->review, "payments", lines);
  g_autofree char *path = g_build_filename (fixture->folder, "search.db", NULL);

  g_assert_cmpint (count_words (fixture, "deploy"), ==, 1);
  g_clear_object (&fixture->library);
  g_assert_true (g_file_set_contents (path,
                                      "this is no database, and longer than a header of one"
                                      " would be, so that it is looked at ..............",
                                      -1, NULL));
  fixture_reopen (fixture);
  g_assert_cmpint (count_words (fixture, "deploy"), ==, 1);
  assert_verified (fixture);
}

/* ---- lists ---- */

static const VantageItem *
get_row (GListModel *list, guint position, gboolean *out_reply)
{
  g_autoptr (VantageItemRow) row = g_list_model_get_item (list, position);

  if (out_reply != NULL)
    *out_reply = vantage_item_row_is_reply (row);
  return vantage_item_row_get_item (row);
}

static void
test_list_positions (Fixture *fixture, gconstpointer data)
{
  g_autoptr (VantageChannel) channel = make_channel ("payments");
  VantageImportRun *run = begin_run (fixture, fixture->review, channel);
  g_autoptr (VantageImportResult) result = NULL;
  VantageItemQuery query = VANTAGE_ITEM_QUERY_INIT;
  g_autoptr (GListModel) list = NULL;
  g_autofree char *uid = vantage_channel_dup_id (channel);
  g_autofree char *id = g_strconcat (uid, ".n1234", NULL);

  for (int i = 0; i < 10000; i++)
    {
      g_autofree char *local = g_strdup_printf ("n%d", i);

      add_item (run, make_item (channel, local, "U1", 2 * i, "hello"));
    }
  result = keep_run (run, make_facts ("a.zip"));

  list = vantage_library_get_item_list (fixture->library, fixture->review, &query, FALSE, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 10000);
  g_assert_cmpstr (get_row (list, 9999, NULL)->local, ==, "n9999");
  g_assert_cmpstr (get_row (list, 257, NULL)->local, ==, "n257");
  g_assert_null (g_list_model_get_item (list, 10000));
  g_assert_cmpint (vantage_item_list_find (list, id), ==, 1234);
  g_assert_cmpint (vantage_item_list_find (list, "0123456789abcdef.x"), ==, -1);
  g_assert_cmpint (vantage_item_list_find_time (list, T0 + 101 * G_USEC_PER_SEC), ==, 51);
  g_assert_cmpint (vantage_item_list_find_time (list, T0 + 100 * G_USEC_PER_SEC), ==, 50);
  g_assert_cmpint (vantage_item_list_find_time (list, T0 - 5), ==, 0);
  g_assert_cmpint (vantage_item_list_find_time (list, T0 * 2), ==, -1);
}

static void
add_threaded (VantageImportRun *run, const VantageChannel *channel, const char *local, int second,
              const char *thread)
{
  VantageItem *item = make_item (channel, local, "U1", second, local);

  item->thread = g_strdup (thread);
  add_item (run, item);
}

static void
test_replies_follow_their_root (Fixture *fixture, gconstpointer data)
{
  static const char *const wanted[] = { "a", "a1", "a2", "b", "z1", "z2", "c", "y", "y1" };
  g_autoptr (VantageChannel) channel = make_channel ("payments");
  VantageImportRun *run = begin_run (fixture, fixture->review, channel);
  g_autoptr (VantageImportResult) result = NULL;
  VantageItemQuery query = VANTAGE_ITEM_QUERY_INIT;
  g_autoptr (GListModel) list = NULL;
  gboolean reply;

  add_threaded (run, channel, "a", 0, "a");
  add_threaded (run, channel, "b", 1, NULL);
  add_threaded (run, channel, "a1", 2, "a");
  add_threaded (run, channel, "z1", 3, "z");
  add_threaded (run, channel, "c", 4, NULL);
  add_threaded (run, channel, "z2", 5, "z");
  add_threaded (run, channel, "a2", 6, "a");
  add_threaded (run, channel, "y1", 7, "y"); /* a clock that was wrong: before its root */
  add_threaded (run, channel, "y", 8, "y");
  result = keep_run (run, make_facts ("a.zip"));
  g_assert_cmpuint (result->n_threads, ==, 3);

  list = vantage_library_get_item_list (fixture->library, fixture->review, &query, TRUE, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, G_N_ELEMENTS (wanted));
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      g_assert_cmpstr (get_row (list, i, &reply)->local, ==, wanted[i]);
      g_assert_cmpint (reply, ==, i == 1 || i == 2 || i == 4 || i == 5 || i == 8);
    }
  g_assert_cmpint (vantage_item_list_get_time_before (list, 0), ==, VANTAGE_TIME_NONE);
  g_assert_cmpint (vantage_item_list_get_time_before (list, 3), ==, T0);
  g_assert_cmpint (vantage_item_list_get_time_before (list, 6), ==, T0 + G_USEC_PER_SEC);
  g_assert_cmpint (vantage_item_list_find_time (list, T0 + 2), ==, 1);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/store/evidence-search/" path, Fixture, NULL, fixture_set_up, func,                 \
              fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("words", test_words);
  ADD ("filters", test_filters);
  ADD ("order-and-pages", test_order_and_pages);
  ADD ("pages-are-parts-of-the-whole", test_pages_are_parts_of_the_whole);
  g_test_add ("/store/evidence-search/kept-words-go-in-ahead-of-time", Fixture,
              GINT_TO_POINTER (TRUE), fixture_set_up, test_words_ahead_of_time, fixture_tear_down);
  g_test_add ("/store/evidence-search/dropped-words-go-out-again", Fixture, GINT_TO_POINTER (FALSE),
              fixture_set_up, test_words_ahead_of_time, fixture_tear_down);
  ADD ("pages-of-sources-in-order", test_pages_of_sources_in_order);
  ADD ("index-comes-back-when-lost", test_index_comes_back_when_lost);
  ADD ("list-positions", test_list_positions);
  ADD ("replies-follow-their-root", test_replies_follow_their_root);
  return g_test_run ();
}
