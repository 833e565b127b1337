/* Streams as sync uses them: what waits, what was acknowledged, pages, renaming, purges. */

#include "store-fixture.h"

#include <string.h>

#include "vantage-stream.h"

static GPtrArray *
take (StoreFixture *fixture, guint limit, char **out_device)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *ops =
      vantage_library_take_unsent (fixture->library, fixture->review, limit, out_device, &error);

  g_assert_no_error (error);
  return ops;
}

static guint64
count_unsent (StoreFixture *fixture)
{
  VantageStreamInfo *info = vantage_library_get_stream (fixture->library, fixture->review, NULL);
  guint64 n = info->n_unsent;

  vantage_stream_info_free (info);
  return n;
}

static void
test_own_changes_wait_until_acknowledged (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *event = store_new_event (fixture->library, fixture->review, "zero");
  g_autofree char *device = NULL;
  g_autoptr (GPtrArray) ops = take (fixture, 1000, &device);
  VantageStreamInfo *info;
  VantageOp *last = ops->pdata[ops->len - 1];

  g_assert_cmpstr (device, ==, vantage_library_get_device (fixture->library));
  g_assert_cmpuint (ops->len, ==, count_unsent (fixture));
  for (guint i = 0; i < ops->len; i++)
    g_assert_cmpint (((VantageOp *) ops->pdata[i])->id.n, ==, i + 1);

  for (guint i = 0; i < 2; i++)
    g_assert_true (vantage_library_acknowledge (fixture->library, fixture->review, device,
                                                last->id.n, 1, ops->len, "ada", NULL));
  g_assert_cmpuint (count_unsent (fixture), ==, 0);
  info = vantage_library_get_stream (fixture->library, fixture->review, NULL);
  g_assert_cmpint (info->cursor, ==, ops->len);
  vantage_stream_info_free (info);
}

static void
test_typing_does_not_touch_what_was_taken (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *event = store_new_event (fixture->library, fixture->review, "zero");
  g_autofree char *device = NULL;
  g_autoptr (GPtrArray) taken = NULL;
  g_autoptr (GHashTable) streams = NULL;
  GPtrArray *all;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (VantageEdit) edit =
          vantage_library_begin (fixture->library, fixture->review, "Type");

      vantage_edit_set_text (edit, "event", event, "title", i == 0 ? "first" : "second");
      vantage_edit_set_typing (edit, "key");
      g_assert_true (vantage_edit_commit (edit, NULL));
      if (i == 0)
        taken = take (fixture, 1000, &device);
    }
  streams = store_load_ops (fixture->library);
  all = g_hash_table_lookup (streams, fixture->review);
  g_assert_cmpuint (all->len, ==, taken->len + 1);
  for (guint i = 0; i < taken->len; i++)
    g_assert_cmpstr (((VantageOp *) all->pdata[i])->bytes, ==,
                     ((VantageOp *) taken->pdata[i])->bytes);
}

static void
test_a_group_is_never_cut (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *device = NULL;
  g_autoptr (VantageEdit) edit = vantage_library_begin (fixture->library, fixture->review, "Many");
  g_autoptr (GPtrArray) first = NULL;

  for (guint i = 0; i < 30; i++)
    vantage_edit_set_text (edit, "event", vantage_edit_create (edit, "event"), "title", "many");
  g_assert_true (vantage_edit_commit (edit, NULL));
  first = take (fixture, 10, &device);
  /* The review's own group comes first and fits; the next does not. */
  g_assert_cmpuint (first->len, ==, ((VantageOp *) first->pdata[0])->group_count);
}

/* ---- pages ---- */

typedef struct
{
  GArray *envelopes; /* (element-type VantageEnvelope) */
  GPtrArray *ops;
  guint8 digest[VANTAGE_HASH_SIZE];
} Page;

/* A server's page of everything that @from has. */
static void
make_page (StoreFixture *from, Page *page)
{
  g_autoptr (GHashTable) streams = store_load_ops (from->library);
  g_autoptr (VantageHash) hash = vantage_hash_new ();

  page->ops = g_ptr_array_ref (g_hash_table_lookup (streams, from->review));
  page->envelopes = g_array_new (FALSE, TRUE, sizeof (VantageEnvelope));
  memset (page->digest, 0, sizeof page->digest);
  for (guint i = 0; i < page->ops->len; i++)
    {
      VantageOp *op = page->ops->pdata[i];
      VantageEnvelope envelope = {
        .seq = i + 1, .by = "ada", .rx_ms = 5, .bytes = op->bytes, .n_bytes = op->n_bytes
      };
      guint64 place = GUINT64_TO_BE ((guint64) i + 1);

      vantage_hash_update (hash, page->digest, sizeof page->digest);
      vantage_hash_update (hash, &place, sizeof place);
      vantage_hash_update (hash, "ada", 3);
      vantage_hash_update (hash, op->hash, sizeof op->hash);
      vantage_hash_finish (hash, page->digest);
      g_array_append_val (page->envelopes, envelope);
    }
}

static void
clear_page (Page *page)
{
  g_array_unref (page->envelopes);
  g_ptr_array_unref (page->ops);
}

static gboolean
apply (StoreFixture *to, const char *stream, Page *page, guint first, guint n, const guint8 *digest,
       GError **error)
{
  return vantage_library_apply_page (to->library, stream, "epoch",
                                     &g_array_index (page->envelopes, VantageEnvelope, first), n,
                                     digest, error);
}

static void
test_pages_follow_each_other_or_are_refused (StoreFixture *fixture, gconstpointer data)
{
  StoreFixture other = { 0 };
  g_autofree char *event = store_new_event (fixture->library, fixture->review, "zero");
  g_autofree char *mine = NULL, *theirs = NULL, *before = NULL, *after = NULL;
  g_autoptr (GError) error = NULL;
  guint8 wrong[VANTAGE_HASH_SIZE] = { 1 };
  Page page;

  store_fixture_set_up (&other, NULL);
  make_page (fixture, &page);
  g_assert_true (vantage_library_add_stream (other.library, fixture->review, fixture->review,
                                             VANTAGE_STREAM_TEAM, NULL));
  before = store_dump (other.library);

  g_assert_false (apply (&other, fixture->review, &page, 1, 1, NULL, &error));
  g_assert_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_STREAM);
  g_clear_error (&error);
  g_assert_false (apply (&other, fixture->review, &page, 0, page.ops->len, wrong, &error));
  g_assert_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_STREAM);
  after = store_dump (other.library);
  g_assert_cmpstr (before, ==, after);

  g_assert_true (apply (&other, fixture->review, &page, 0, 1, NULL, NULL));
  g_assert_true (apply (&other, fixture->review, &page, 1, page.ops->len - 1, page.digest, NULL));
  mine = store_get_title (fixture->library, fixture->review, event);
  theirs = store_get_title (other.library, fixture->review, event);
  g_assert_cmpstr (mine, ==, theirs);
  store_assert_whole (other.library);
  clear_page (&page);
  store_fixture_tear_down (&other, NULL);
}

static void
test_what_cannot_be_read_is_kept_and_counted (StoreFixture *fixture, gconstpointer data)
{
  static const char bytes[] = "{\"d\":\"who knows\"}";
  VantageEnvelope envelope = { .seq = 1, .by = "ada", .bytes = bytes, .n_bytes = sizeof bytes - 1 };
  g_autoptr (GPtrArray) list = NULL;
  VantageStreamInfo *info;

  g_assert_true (vantage_library_apply_page (fixture->library, fixture->review, "epoch", &envelope,
                                             1, NULL, NULL));
  list = vantage_library_list_quarantine (fixture->library, NULL);
  g_assert_cmpuint (list->len, ==, 1);
  info = vantage_library_get_stream (fixture->library, fixture->review, NULL);
  g_assert_cmpint (info->cursor, ==, 1);
  vantage_stream_info_free (info);
  store_assert_whole (fixture->library);
}

static void
test_a_new_device_takes_unsent_changes_along (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *event = store_new_event (fixture->library, fixture->review, "zero");
  g_autofree char *old = g_strdup (vantage_library_get_device (fixture->library));
  g_autofree char *device = NULL, *title = NULL;
  g_autoptr (GHashTable) streams = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *ops;

  store_set_title (fixture->library, fixture->review, event, "one");
  device = vantage_library_renumber (fixture->library, fixture->review, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (device, !=, old);
  g_assert_cmpstr (device, ==, vantage_library_get_device (fixture->library));
  streams = store_load_ops (fixture->library);
  ops = g_hash_table_lookup (streams, fixture->review);
  for (guint i = 0; i < ops->len; i++)
    g_assert_cmpstr (((VantageOp *) ops->pdata[i])->id.device, ==, device);
  store_assert_whole (fixture->library);

  store_undo (fixture->library, fixture->review);
  title = store_get_title (fixture->library, fixture->review, event);
  g_assert_cmpstr (title, ==, "zero");
}

static void
test_an_emptied_bin_holds_no_words (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *event = store_new_event (fixture->library, fixture->review, "a secret word");
  g_autofree char *kept = store_new_event (fixture->library, fixture->review, "kept");
  g_autofree char *dump = NULL, *title = NULL;
  g_autoptr (GHashTable) streams = NULL;
  g_autoptr (GPtrArray) bin = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *ops;

  {
    g_autoptr (VantageEdit) edit =
        vantage_library_begin (fixture->library, fixture->review, "Delete");

    vantage_edit_delete (edit, "event", event);
    g_assert_true (vantage_edit_commit (edit, NULL));
  }
  bin = vantage_library_list_bin (fixture->library, fixture->review, NULL);
  g_assert_cmpuint (bin->len, ==, 1);
  vantage_library_empty_bin (fixture->library, fixture->review, &error);
  g_assert_no_error (error);
  g_clear_pointer (&bin, g_ptr_array_unref);
  bin = vantage_library_list_bin (fixture->library, fixture->review, NULL);
  g_assert_cmpuint (bin->len, ==, 0);

  streams = store_load_ops (fixture->library);
  ops = g_hash_table_lookup (streams, fixture->review);
  for (guint i = 0; i < ops->len; i++)
    g_assert_null (strstr (((VantageOp *) ops->pdata[i])->bytes, "secret"));
  dump = store_dump (fixture->library);
  g_assert_null (strstr (dump, "secret"));
  title = store_get_title (fixture->library, fixture->review, kept);
  g_assert_cmpstr (title, ==, "kept");
  store_assert_whole (fixture->library);
}

#define ADD(path, function)                                                                        \
  g_test_add ("/store/streams/" path, StoreFixture, NULL, store_fixture_set_up, function,          \
              store_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("own-changes-wait-until-acknowledged", test_own_changes_wait_until_acknowledged);
  ADD ("typing-does-not-touch-what-was-taken", test_typing_does_not_touch_what_was_taken);
  ADD ("a-group-is-never-cut", test_a_group_is_never_cut);
  ADD ("pages-follow-each-other-or-are-refused", test_pages_follow_each_other_or_are_refused);
  ADD ("what-cannot-be-read-is-kept-and-counted", test_what_cannot_be_read_is_kept_and_counted);
  ADD ("a-new-device-takes-unsent-changes-along", test_a_new_device_takes_unsent_changes_along);
  ADD ("an-emptied-bin-holds-no-words", test_an_emptied_bin_holds_no_words);

  return g_test_run ();
}
