/* One small story in every container of Slack: the same items with the same ids. */

#include <string.h>

#include "collect.h"
#include "make-zip.h"
#include "story.h"
#include "vantage-id.h"

/* ---- containers ---- */

static char *
make_export_folder (const char *name)
{
  g_autofree char *folder = g_build_filename (name, "payments-ops", NULL);

  story_write (name, "channels.json", story_channels);
  story_write (name, "users.json", story_users);
  story_write (name, "integration_logs.json", "[{\"date\":1709258400}]");
  story_write (name, "canvases.json", "[\"\"]");
  story_write_days (folder);
  story_write (folder, "canvas_in_the_conversation.json", "{\"id\":\"F0\"}");
  return g_build_filename (scratch_folder (), name, NULL);
}

static char *
make_export_zip (const char *name, const char *prefix, ZipFlags flags, gboolean zip64)
{
  g_autofree char *folder = make_export_folder ("for-zip");
  ZipMaker *maker = zip_maker_new ();
  g_autoptr (GBytes) zip = NULL;

  zip_maker_add_folder (maker, folder, prefix, flags);
  zip_maker_add (maker, "__MACOSX/._x", "\0\5", 2, ZIP_STORED);
  zip_maker_add (maker, "export/.DS_Store", "x", 1, ZIP_STORED);
  zip = zip_maker_finish (maker, zip64);
  return scratch_write (name, g_bytes_get_data (zip, NULL), (gssize) g_bytes_get_size (zip));
}

static char *
make_zip_in_zip (void)
{
  g_autofree char *inner = make_export_zip ("inner.zip", "export/", ZIP_PLAIN, FALSE);
  g_autofree char *content = NULL;
  gsize size;
  ZipMaker *maker = zip_maker_new ();
  g_autoptr (GBytes) zip = NULL;

  g_assert_true (g_file_get_contents (inner, &content, &size, NULL));
  zip_maker_add (maker, "export.zip", content, size, ZIP_PLAIN);
  zip = zip_maker_finish (maker, FALSE);
  return scratch_write ("outer.zip", g_bytes_get_data (zip, NULL), (gssize) g_bytes_get_size (zip));
}

/* The thread's replies stand inside the message that they answer. */
static char *
make_dump_text (void)
{
  g_autoptr (GString) out = g_string_new ("{\"channel_id\":\"" STORY_CHANNEL "\",\"messages\":[");
  gboolean first = TRUE;

  for (guint i = 0; i < STORY_N; i++)
    {
      if (i == 2 || i == 4)
        continue;
      g_string_append (out, first ? "" : ",");
      first = FALSE;
      g_string_append (out, story_messages[i]);
      if (i != 1)
        continue;
      g_string_truncate (out, out->len - 1);
      g_string_append_printf (out, ",\"slackdump_thread_replies\":[%s,%s]}", story_messages[2],
                              story_messages[4]);
    }
  g_string_append (out, "],\"name\":\"payments-ops\"}");
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
make_dump (void)
{
  g_autofree char *text = make_dump_text ();

  return scratch_write ("one-dump/" STORY_CHANNEL ".json", text, -1);
}

static char *
make_dump_folder (void)
{
  g_autofree char *text = make_dump_text ();

  story_write ("dumps", STORY_CHANNEL ".json", text);
  story_write ("dumps/" STORY_CHANNEL, "notes-F1.txt", "an attached file");
  story_write ("dumps", "users.json", story_users);
  return g_build_filename (scratch_folder (), "dumps", NULL);
}

static void
write_gzip (const char *name, const char *text)
{
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GZlibCompressor) packer = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6);
  g_autoptr (GOutputStream) packed = g_converter_output_stream_new (memory, G_CONVERTER (packer));
  GMemoryOutputStream *bytes = G_MEMORY_OUTPUT_STREAM (memory);

  g_assert_true (g_output_stream_write_all (packed, text, strlen (text), NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (packed, NULL, NULL));
  g_free (scratch_write (name, g_memory_output_stream_get_data (bytes),
                         (gssize) g_memory_output_stream_get_data_size (bytes)));
}

/* Messages come twice, once without the edit; people and channels after them. */
static char *
make_archive (void)
{
  g_autoptr (GString) out = g_string_new (NULL);

  g_string_append (out, "{\"t\":0,\"ts\":1,\"id\":\"" STORY_CHANNEL
                        "\",\"n\":3,\"m\":[{\"type\":\"message\","
                        "\"user\":\"U0TOMAS1\",\"text\":\"before the edit\",\"ts\":"
                        "\"1709258460.000200\"}");
  for (guint i = 0; i < STORY_N; i++)
    if (i != 1 && i != 2)
      g_string_append_printf (out, ",%s", story_messages[i]);
  g_string_append (out, "]}\n");
  g_string_append_printf (out,
                          "{\"t\":1,\"ts\":2,\"id\":\"" STORY_CHANNEL
                          "\",\"r\":\"1709258460.000200\","
                          "\"p\":%s,\"m\":[%s,%s]}\n",
                          story_messages[1], story_messages[2], story_messages[4]);
  g_string_append (out, "{\"t\":5,\"ts\":3,\"id\":\"" STORY_CHANNEL "\",\"ci\":");
  g_string_append_len (out, story_channels + 1, (gssize) strlen (story_channels) - 2);
  g_string_append (out, "}\n");
  write_gzip ("archive/" STORY_CHANNEL ".json.gz", out->str);
  g_string_printf (out, "{\"t\":3,\"ts\":4,\"n\":4,\"u\":%s}\n", story_users);
  write_gzip ("archive/users.json.gz", out->str);
  write_gzip ("archive/workspace.json.gz",
              "{\"t\":6,\"ts\":5,\"w\":{\"url\":\"https://example.slack.com/\",\"team\":\"x\"}}\n");
  return g_build_filename (scratch_folder (), "archive", NULL);
}

static char *
make_perceval (void)
{
  g_autoptr (GString) out = g_string_new ("[");

  for (guint i = 0; i < STORY_N; i++)
    {
      g_autofree char *open = g_strndup (story_messages[i], strlen (story_messages[i]) - 1);

      g_string_append_printf (out,
                              "%s{\"backend_name\":\"Slack\",\"data\":%s,\"channel_info\":{\"id\":"
                              "\"" STORY_CHANNEL "\",\"name\":\"payments-ops\"}}}",
                              i > 0 ? "," : "", open);
    }
  g_string_append (out, "]");
  return scratch_write ("items.json", out->str, -1);
}

static char *
make_page (gboolean more)
{
  g_autofree char *list = story_join (0, STORY_N, TRUE);
  g_autofree char *text = g_strdup_printf ("{\"ok\":true,\"messages\":%s,\"has_more\":%s}", list,
                                           more ? "true" : "false");

  return scratch_write (more ? "pages/part.json" : "pages/payments-ops.json", text, -1);
}

/* ---- the story, told by the export folder, and by each other container ---- */

static Collected *
get_told (void)
{
  static Collected *told;

  if (told == NULL)
    {
      g_autofree char *path = make_export_folder ("export-folder");

      told = collect_ok (path, NULL);
    }
  return told;
}

static void
assert_same_story (Collected *other)
{
  Collected *told = get_told ();
  g_autofree char *ids = collected_dup_ids (told);
  g_autofree char *other_ids = collected_dup_ids (other);

  g_assert_cmpstr (other_ids, ==, ids);
  for (guint i = 0; i < told->items->len; i++)
    {
      VantageItem *item = told->items->pdata[i];
      VantageItem *same = collected_find (other, item->local);
      g_autofree char *version = vantage_item_version (item);
      g_autofree char *other_version = vantage_item_version (same);

      g_assert_cmpstr (other_version, ==, version);
      g_assert_cmpstr (same->thread, ==, item->thread);
      g_assert_cmpstr (same->reply_to, ==, item->reply_to);
      g_assert_cmpstr (same->account, ==, item->account);
      g_assert_cmpint (same->time_us, ==, item->time_us);
    }
}

static void
check_container (char *path)
{
  g_autofree char *owned = path;
  g_autoptr (Collected) other = collect_ok (path, NULL);

  g_assert_cmpstr (other->facts->format, ==, "slack");
  g_assert_cmpuint (other->items->len, ==, STORY_N);
  assert_same_story (other);
}

static void
test_zip (void)
{
  check_container (make_export_zip ("plain.zip", "", ZIP_PLAIN, FALSE));
}

static void
test_zip_with_wrapping_folder (void)
{
  check_container (make_export_zip ("wrapped.zip", "export/", ZIP_STORED, FALSE));
}

static void
test_zip64 (void)
{
  check_container (make_export_zip ("large.zip", "export/", ZIP_64, TRUE));
}

static void
test_zip_in_zip (void)
{
  check_container (make_zip_in_zip ());
}

static void
test_dump (void)
{
  check_container (make_dump ());
}

static void
test_dump_folder (void)
{
  check_container (make_dump_folder ());
}

static void
test_archive (void)
{
  g_autofree char *path = make_archive ();
  g_autoptr (Collected) other = collect_ok (path, NULL);

  check_container (g_strdup (path));
  g_assert_cmpstr (collected_find (other, "1709258520.000300")->url, ==,
                   "https://example.slack.com/archives/" STORY_CHANNEL
                   "/p1709258520000300?thread_ts=1709258460.000200&cid=" STORY_CHANNEL);
  g_assert_cmpuint (collected_count (other, "duplicate"), ==, 1);
}

static void
test_perceval (void)
{
  check_container (make_perceval ());
}

/* Without the channel's id the items have the folder's name to go by; among themselves they agree.
 */
static void
test_bare_folder_day_and_zip_agree (void)
{
  g_autofree char *folder = g_build_filename (scratch_folder (), "bare/payments-ops", NULL);
  g_autofree char *day = g_build_filename (folder, "2024-02-29.json", NULL);
  g_autofree char *ids = NULL, *zipped_ids = NULL, *weak = NULL, *zip_path = NULL;
  g_autoptr (Collected) whole = NULL, one = NULL, zipped = NULL;
  g_autoptr (GBytes) zip = NULL;
  ZipMaker *maker = zip_maker_new ();

  story_write_days ("bare/payments-ops");
  zip_maker_add_folder (maker, folder, "payments-ops/", ZIP_PLAIN);
  zip = zip_maker_finish (maker, FALSE);
  zip_path =
      scratch_write ("bare.zip", g_bytes_get_data (zip, NULL), (gssize) g_bytes_get_size (zip));
  whole = collect_ok (folder, NULL);
  one = collect_ok (day, NULL);
  zipped = collect_ok (zip_path, NULL);
  ids = collected_dup_ids (whole);
  zipped_ids = collected_dup_ids (zipped);
  weak = vantage_channel_id ("slack", "", "payments-ops");

  g_assert_cmpstr (ids, ==, zipped_ids);
  g_assert_cmpuint (whole->items->len, ==, STORY_N);
  g_assert_cmpuint (one->items->len, ==, STORY_FIRST_DAY);
  for (guint i = 0; i < one->items->len; i++)
    g_assert_cmpstr (((VantageItem *) one->items->pdata[i])->channel, ==, weak);
  g_assert_cmpstr (((VantageItem *) whole->items->pdata[0])->channel, ==, weak);
  g_assert_true (((VantageChannel *) whole->channels->pdata[0])->weak);
}

static void
test_page_says_when_there_is_more (void)
{
  g_autofree char *part = make_page (TRUE);
  g_autofree char *all = make_page (FALSE);
  g_autoptr (Collected) first = collect_ok (part, NULL);
  g_autoptr (Collected) whole = collect_ok (all, NULL);

  g_assert_cmpuint (first->items->len, ==, STORY_N);
  g_assert_false (first->facts->complete);
  g_assert_nonnull (first->facts->missing);
  g_assert_cmpuint (collected_count (first, "more-pages"), ==, 1);
  g_assert_true (whole->facts->complete);
  g_assert_cmpstr (((VantageChannel *) whole->channels->pdata[0])->name, ==, "payments-ops");
}

/* ---- what the items say ---- */

static void
test_messages_become_items (void)
{
  static const struct
  {
    const char *local, *kind, *account, *thread, *reply_to, *text;
  } expected[] = {
    { "1709258400.000100", "join", "U0MARA01", NULL, NULL, "@U0MARA01 has joined the channel" },
    { "1709258460.000200", "message", "U0TOMAS1", "1709258460.000200", NULL,
      "payments & refunds are down, @U0MARA01 status (https://status.example.com)" },
    { "1709258520.000300", "message", "U0MARA01", "1709258460.000200", "1709258460.000200",
      "on it" },
    { "1709258700.000400", "message", "B0ALERT1", NULL, NULL, "High error rate\non <checkout>" },
    { "1709345000.000500", "message", "U0GUEST1", "1709258460.000200", "1709258460.000200",
      "all clear" },
    { "1709345060.000600", "message", "U0MARA01", NULL, NULL, "graph.png" },
    { "1709345120.000700", "delete", "USLACKBOT", "1709345120.000700", NULL,
      "This message was deleted." },
    { "1709345180.000800", "topic", "U0TOMAS1", NULL, NULL, "set the channel topic: calm" },
    { "1709345240.000900", "other", "U0TOMAS1", NULL, NULL, "did a thing" },
  };
  Collected *told = get_told ();

  g_assert_cmpuint (told->items->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      VantageItem *item = told->items->pdata[i];

      g_assert_cmpstr (item->local, ==, expected[i].local);
      g_assert_cmpstr (item->raw_time, ==, expected[i].local);
      g_assert_cmpstr (vantage_item_kind_to_text (item->kind), ==, expected[i].kind);
      g_assert_cmpstr (item->account, ==, expected[i].account);
      g_assert_cmpstr (item->thread, ==, expected[i].thread);
      g_assert_cmpstr (item->reply_to, ==, expected[i].reply_to);
      g_assert_cmpstr (item->text, ==, expected[i].text);
      g_assert_cmpint (item->precision, ==, VANTAGE_PRECISION_US);
    }
}

static void
test_details_are_kept (void)
{
  Collected *told = get_told ();
  VantageItem *root = collected_find (told, "1709258460.000200");
  VantageItem *files = collected_find (told, "1709345060.000600");
  VantageReaction *eyes = root->reactions->pdata[0];
  VantageAttachment *graph = files->attachments->pdata[0];

  g_assert_cmpint (root->time_us, ==, G_GINT64_CONSTANT (1709258460000200));
  g_assert_cmpint (root->edited_us, ==, G_GINT64_CONSTANT (1709258470000000));
  g_assert_cmpstr (root->mentions[0], ==, "U0MARA01");
  g_assert_cmpuint (root->reactions->len, ==, 1);
  g_assert_cmpstr (eyes->name, ==, "eyes");
  g_assert_cmpint (eyes->count, ==, 3);
  g_assert_cmpuint (g_strv_length (eyes->by), ==, 2);
  g_assert_cmpuint (files->attachments->len, ==, 2);
  g_assert_cmpstr (graph->name, ==, "graph.png");
  g_assert_cmpstr (graph->url, ==, "https://files.slack.com/a/graph.png");
  g_assert_cmpint (graph->size, ==, 2048);
  g_assert_cmpstr (vantage_item_get_extra (collected_find (told, "1709258400.000100"), "by"), ==,
                   "U0TOMAS1");
  g_assert_true (collected_find (told, "1709345120.000700")->deleted);
}

static void
test_the_place_in_the_file_is_the_record (void)
{
  Collected *told = get_told ();

  for (guint i = 0; i < told->items->len; i++)
    {
      VantageItem *item = told->items->pdata[i];
      g_autofree char *path =
          g_build_filename (scratch_folder (), "export-folder", item->path, NULL);
      g_autofree char *content = NULL;

      g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
      content[item->offset + item->length] = '\0';
      g_assert_cmpstr (content + item->offset, ==, story_messages[i]);
    }
}

static void
test_people_are_named (void)
{
  Collected *told = get_told ();
  VantageIdentity *mara = collected_find_identity (told, "U0MARA01");
  VantageIdentity *bot = collected_find_identity (told, "B0ALERT1");

  g_assert_cmpstr (mara->name, ==, "Mara Lind");
  g_assert_cmpstr (mara->handle, ==, "mara");
  g_assert_cmpstr (mara->email, ==, "mara@example.com");
  g_assert_cmpstr (mara->zone, ==, "Europe/Berlin");
  g_assert_cmpstr (mara->title, ==, "Payments");
  g_assert_false (mara->bot);
  g_assert_cmpstr (collected_find_identity (told, "U0TOMAS1")->name, ==, "tomas k");
  g_assert_cmpstr (collected_find_identity (told, "U0GUEST1")->name, ==, "Gus Ferrer");
  g_assert_false (collected_find_identity (told, "U0GUEST1")->placeholder);
  g_assert_cmpstr (bot->name, ==, "Pager");
  g_assert_true (bot->bot);
  g_assert_true (collected_find_identity (told, "USLACKBOT")->bot);
  /* A silent member was there; somebody of the workspace who was not in the channel was not. */
  g_assert_nonnull (collected_find_identity (told, "U0SILENT"));
  g_assert_null (collected_find_identity (told, "U0NOWHERE"));
  g_assert_null (collected_find_identity (told, "U0UNKNOWN"));
}

static void
test_channels_are_described (void)
{
  VantageChannel *channel = collected_find_channel (get_told (), "payments-ops");

  g_assert_cmpstr (channel->key, ==, STORY_CHANNEL);
  g_assert_cmpstr (channel->topic, ==, "calm");
  g_assert_cmpstr (channel->purpose, ==, "money");
  g_assert_false (channel->weak);
  g_assert_cmpuint (g_strv_length (channel->members), ==, 4);
}

/* Whatever way it stands in the text: a token in an address does not get further than here. */
static void
test_tokens_in_texts_are_hidden (void)
{
  static const char *const texts[] = {
    "see https:\\/\\/files.slack.com\\/a?t=s3cr3t&amp;x=1",
    "<https:\\/\\/files.slack.com\\/a?t=s3cr3t|the graph>",
    "no mark https://h/b?x=1#token=s3cr3t",
    "xoxb-s3cr3t-1234567 by itself",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *day = g_strdup_printf (
          "[{\"type\":\"message\",\"user\":\"U1\",\"ts\":\"1700000000.000100\",\"text\":\"%s\"}]",
          texts[i]);
      g_autofree char *path = scratch_write ("tokens/general/2023-11-14.json", day, -1);
      g_autoptr (Collected) told = collect_ok (path, NULL);
      const VantageItem *item = told->items->pdata[0];

      g_assert_cmpuint (told->items->len, ==, 1);
      g_assert_null (strstr (item->text, "s3cr3t"));
      g_assert_nonnull (strstr (item->text, "xxxxxx"));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, function) g_test_add_func ("/import/slack/" name, function)
  ADD ("same-items/zip", test_zip);
  ADD ("same-items/zip-with-wrapping-folder", test_zip_with_wrapping_folder);
  ADD ("same-items/zip64", test_zip64);
  ADD ("same-items/zip-in-zip", test_zip_in_zip);
  ADD ("same-items/dump", test_dump);
  ADD ("same-items/dump-folder", test_dump_folder);
  ADD ("same-items/archive", test_archive);
  ADD ("same-items/perceval", test_perceval);
  ADD ("same-items/bare-folder-day-and-zip-agree", test_bare_folder_day_and_zip_agree);
  ADD ("page-says-when-there-is-more", test_page_says_when_there_is_more);
  ADD ("messages-become-items", test_messages_become_items);
  ADD ("details-are-kept", test_details_are_kept);
  ADD ("the-place-in-the-file-is-the-record", test_the_place_in_the_file_is_the_record);
  ADD ("people-are-named", test_people_are_named);
  ADD ("channels-are-described", test_channels_are_described);
  ADD ("tokens-in-texts-are-hidden", test_tokens_in_texts_are_hidden);
  return g_test_run ();
}
