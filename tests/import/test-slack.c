/* One small story in every container of Slack: the same items with the same ids. All of it is made
 * up. */

#include "collect.h"
#include "make-zip.h"
#include "vantage-id.h"

#include <string.h>

#define CHANNEL "C0PAYOPS01"

/* In the order of time; the third and fifth answer the second. */
static const char *const messages[] = {
  "{\"type\":\"message\",\"subtype\":\"channel_join\",\"user\":\"U0MARA01\",\"inviter\":"
  "\"U0TOMAS1\","
  "\"text\":\"<@U0MARA01> has joined the channel\",\"ts\":\"1709258400.000100\"}",

  "{\"type\":\"message\",\"user\":\"U0TOMAS1\",\"text\":\"payments &amp; refunds are down, "
  "<@U0MARA01> <https:\\/\\/status.example.com|status>\",\"ts\":\"1709258460.000200\","
  "\"thread_ts\":\"1709258460.000200\",\"reply_count\":2,\"replies\":[{\"user\":\"U0MARA01\","
  "\"ts\":\"1709258520.000300\"},{\"user\":\"U0GUEST1\",\"ts\":\"1709345000.000500\"}],"
  "\"reactions\":[{\"name\":\"eyes\",\"users\":[\"U0MARA01\",\"U0GUEST1\"],\"count\":3}],"
  "\"edited\":{\"user\":\"U0TOMAS1\",\"ts\":\"1709258470.000000\"}}",

  "{\"type\":\"message\",\"user\":\"U0MARA01\",\"text\":\"on it\",\"ts\":\"1709258520.000300\","
  "\"thread_ts\":\"1709258460.000200\",\"parent_user_id\":\"U0TOMAS1\"}",

  "{\"type\":\"message\",\"subtype\":\"bot_message\",\"bot_id\":\"B0ALERT1\",\"username\":"
  "\"Pager\","
  "\"text\":\"\",\"attachments\":[{\"title\":\"High error rate\",\"text\":\"on "
  "&lt;checkout&gt;\"}],"
  "\"ts\":\"1709258700.000400\"}",

  "{\"type\":\"message\",\"subtype\":\"thread_broadcast\",\"user\":\"U0GUEST1\",\"text\":\"all "
  "clear\","
  "\"ts\":\"1709345000.000500\",\"thread_ts\":\"1709258460.000200\",\"root\":{\"type\":\"message\","
  "\"user\":\"U0TOMAS1\",\"ts\":\"1709258460.000200\"},\"user_profile\":{\"display_name\":\"\","
  "\"real_name\":\"Gus Ferrer\",\"name\":\"gus\"}}",

  "{\"type\":\"message\",\"user\":\"U0MARA01\",\"text\":\"\",\"files\":[{\"id\":\"F1\",\"name\":"
  "\"graph.png\",\"mimetype\":\"image/png\",\"size\":2048,\"url_private\":"
  "\"https://files.slack.com/a/graph.png?t=xoxe-1234567890-secret\"},{\"id\":\"F2\",\"mode\":"
  "\"tombstone\"}],\"ts\":\"1709345060.000600\"}",

  "{\"type\":\"message\",\"subtype\":\"tombstone\",\"user\":\"USLACKBOT\",\"text\":\"This message "
  "was "
  "deleted.\",\"ts\":\"1709345120.000700\",\"thread_ts\":\"1709345120.000700\"}",

  "{\"type\":\"message\",\"subtype\":\"channel_topic\",\"user\":\"U0TOMAS1\",\"topic\":\"calm\","
  "\"text\":\"set the channel topic: calm\",\"ts\":\"1709345180.000800\"}",

  "{\"type\":\"message\",\"subtype\":\"something_new\",\"user\":\"U0TOMAS1\",\"text\":\"did a "
  "thing\","
  "\"ts\":\"1709345240.000900\"}",
};

#define N_MESSAGES G_N_ELEMENTS (messages)
#define FIRST_DAY 4 /* messages of the first day file */

static const char users[] =
    "[{\"id\":\"U0MARA01\",\"name\":\"mara\",\"real_name\":\"Mara Lind\",\"tz\":\"Europe/Berlin\","
    "\"is_bot\":false,\"profile\":{\"display_name\":\"\",\"real_name\":\"Mara Lind\",\"email\":"
    "\"mara@example.com\",\"title\":\"Payments\"}},"
    "{\"id\":\"U0TOMAS1\",\"name\":\"tomas\",\"deleted\":true,\"profile\":{\"display_name\":"
    "\"tomas k\"}},"
    "{\"id\":\"U0SILENT\",\"name\":\"silent\",\"profile\":{\"real_name\":\"Sil Ent\"}},"
    "{\"id\":\"U0NOWHERE\",\"name\":\"nowhere\",\"profile\":{}}]";

static const char channels[] =
    "[{\"id\":\"" CHANNEL "\",\"name\":\"payments-ops\",\"created\":1600000000,\"members\":"
    "[\"U0MARA01\",\"U0TOMAS1\",\"U0SILENT\",\"U0UNKNOWN\"],\"topic\":{\"value\":\"calm\"},"
    "\"purpose\":{\"value\":\"money\"}}]";

/* ---- containers ---- */

static char *
join (guint from, guint to, gboolean backwards)
{
  g_autoptr (GString) out = g_string_new ("[\n");

  for (guint i = from; i < to; i++)
    {
      if (i > from)
        g_string_append (out, ",\n");
      g_string_append (out, messages[backwards ? to - 1 - (i - from) : i]);
    }
  g_string_append (out, "\n]");
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
write_and_forget (const char *folder, const char *name, const char *content)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_free (scratch_write (path, content, -1));
}

static void
write_days (const char *folder)
{
  g_autofree char *first = join (0, FIRST_DAY, FALSE);
  g_autofree char *second = join (FIRST_DAY, N_MESSAGES, FALSE);

  write_and_forget (folder, "2024-02-29.json", first);
  write_and_forget (folder, "2024-03-01.json", second);
}

static char *
make_export_folder (const char *name)
{
  g_autofree char *folder = g_build_filename (name, "payments-ops", NULL);

  write_and_forget (name, "channels.json", channels);
  write_and_forget (name, "users.json", users);
  write_and_forget (name, "integration_logs.json", "[{\"date\":1709258400}]");
  write_and_forget (name, "canvases.json", "[\"\"]");
  write_days (folder);
  write_and_forget (folder, "canvas_in_the_conversation.json", "{\"id\":\"F0\"}");
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
  g_autoptr (GString) out = g_string_new ("{\"channel_id\":\"" CHANNEL "\",\"messages\":[");
  gboolean first = TRUE;

  for (guint i = 0; i < N_MESSAGES; i++)
    {
      if (i == 2 || i == 4)
        continue;
      g_string_append (out, first ? "" : ",");
      first = FALSE;
      g_string_append (out, messages[i]);
      if (i != 1)
        continue;
      g_string_truncate (out, out->len - 1);
      g_string_append_printf (out, ",\"slackdump_thread_replies\":[%s,%s]}", messages[2],
                              messages[4]);
    }
  g_string_append (out, "],\"name\":\"payments-ops\"}");
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
make_dump (void)
{
  g_autofree char *text = make_dump_text ();

  return scratch_write ("one-dump/" CHANNEL ".json", text, -1);
}

static char *
make_dump_folder (void)
{
  g_autofree char *text = make_dump_text ();

  write_and_forget ("dumps", CHANNEL ".json", text);
  write_and_forget ("dumps/" CHANNEL, "notes-F1.txt", "an attached file");
  write_and_forget ("dumps", "users.json", users);
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

  g_string_append (out,
                   "{\"t\":0,\"ts\":1,\"id\":\"" CHANNEL "\",\"n\":3,\"m\":[{\"type\":\"message\","
                   "\"user\":\"U0TOMAS1\",\"text\":\"before the edit\",\"ts\":"
                   "\"1709258460.000200\"}");
  for (guint i = 0; i < N_MESSAGES; i++)
    if (i != 1 && i != 2)
      g_string_append_printf (out, ",%s", messages[i]);
  g_string_append (out, "]}\n");
  g_string_append_printf (out,
                          "{\"t\":1,\"ts\":2,\"id\":\"" CHANNEL "\",\"r\":\"1709258460.000200\","
                          "\"p\":%s,\"m\":[%s,%s]}\n",
                          messages[1], messages[2], messages[4]);
  g_string_append (out, "{\"t\":5,\"ts\":3,\"id\":\"" CHANNEL "\",\"ci\":");
  g_string_append_len (out, channels + 1, (gssize) strlen (channels) - 2);
  g_string_append (out, "}\n");
  write_gzip ("archive/" CHANNEL ".json.gz", out->str);
  g_string_printf (out, "{\"t\":3,\"ts\":4,\"n\":4,\"u\":%s}\n", users);
  write_gzip ("archive/users.json.gz", out->str);
  write_gzip ("archive/workspace.json.gz",
              "{\"t\":6,\"ts\":5,\"w\":{\"url\":\"https://example.slack.com/\",\"team\":\"x\"}}\n");
  return g_build_filename (scratch_folder (), "archive", NULL);
}

static char *
make_perceval (void)
{
  g_autoptr (GString) out = g_string_new ("[");

  for (guint i = 0; i < N_MESSAGES; i++)
    {
      g_autofree char *open = g_strndup (messages[i], strlen (messages[i]) - 1);

      g_string_append_printf (out,
                              "%s{\"backend_name\":\"Slack\",\"data\":%s,\"channel_info\":{\"id\":"
                              "\"" CHANNEL "\",\"name\":\"payments-ops\"}}}",
                              i > 0 ? "," : "", open);
    }
  g_string_append (out, "]");
  return scratch_write ("items.json", out->str, -1);
}

static char *
make_page (gboolean more)
{
  g_autofree char *list = join (0, N_MESSAGES, TRUE);
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
  g_assert_cmpuint (other->items->len, ==, N_MESSAGES);
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
                   "https://example.slack.com/archives/" CHANNEL
                   "/p1709258520000300?thread_ts=1709258460.000200&cid=" CHANNEL);
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

  write_days ("bare/payments-ops");
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
  g_assert_cmpuint (whole->items->len, ==, N_MESSAGES);
  g_assert_cmpuint (one->items->len, ==, FIRST_DAY);
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

  g_assert_cmpuint (first->items->len, ==, N_MESSAGES);
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
      g_assert_cmpstr (content + item->offset, ==, messages[i]);
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

  g_assert_cmpstr (channel->key, ==, CHANNEL);
  g_assert_cmpstr (channel->topic, ==, "calm");
  g_assert_cmpstr (channel->purpose, ==, "money");
  g_assert_false (channel->weak);
  g_assert_cmpuint (g_strv_length (channel->members), ==, 4);
}

/* ---- what is odd ---- */

static char *
make_odd_export (void)
{
  write_and_forget ("odd", "channels.json", channels);
  write_and_forget ("odd", "users.json", users);
  write_and_forget (
      "odd/payments-ops", "2024-03-02.json",
      "[{\"type\":\"message\",\"user\":\"U1\",\"text\":\"a\",\"ts\":1709400000.0001},null,"
      "{\"type\":\"message\",\"text\":\"no time\"},{\"type\":\"message\",\"ts\":\"soon\"},"
      "{\"type\":\"message\",\"ts\":\"0000000000.000000\"},7,"
      "{\"type\":\"message\",\"ts\":\"1709400001.000000\",\"text\":null,\"user\":null,"
      "\"reactions\":{},\"files\":\"x\",\"thread_ts\":false,\"edited\":[],\"blocks\":3}]");
  write_and_forget (
      "odd/payments-ops", "2024-03-03.json",
      "[{\"type\":\"message\",\"user\":\"U1\",\"ts\":\"1709486400.000100\",\"text\":\"kept\"},"
      "{\"type\":\"message\",\"user\":\"U1\",\"ts\":\"17094864");
  write_and_forget ("odd/payments-ops", "2024-03-04.json", "");
  write_and_forget (
      "odd/payments-ops", "2024-03-05.json",
      "[{\"type\":\"message\",\"user\":\"U1\",\"ts\":\"1709486400.000100\",\"text\":\"kept\"},"
      "{\"type\":\"message\",\"user\":\"U1\",\"ts\":\"1709500000.000100\",\"text\":\"lost "
      "root\",\"thread_ts\":\"1600000000.000100\"},"
      "{\"type\":\"message\",\"user\":\"U1\",\"ts\":\"1709500000.000200\",\"text\":\"odd "
      "\\ud83d\"}]");
  write_and_forget (
      "odd/unlisted \xc3\xa9", "2024-03-05.json",
      "[{\"type\":\"message\",\"user\":\"U1\",\"ts\":\"1709500000.000100\",\"text\":\"same "
      "time\"}]");
  return g_build_filename (scratch_folder (), "odd", NULL);
}

static void
test_one_bad_record_costs_one_record (void)
{
  g_autofree char *path = make_odd_export ();
  g_autoptr (Collected) odd = collect_ok (path, NULL);

  g_assert_cmpuint (odd->items->len, ==, 6);
  g_assert_nonnull (collected_find (odd, "1709400000.000100"));
  g_assert_cmpstr (collected_find (odd, "1709400001.000000")->text, ==, "");
  g_assert_null (collected_find (odd, "1709400001.000000")->account);
  g_assert_cmpstr (collected_find (odd, "1709500000.000200")->text, ==, "odd \xef\xbf\xbd");
  g_assert_cmpuint (collected_count (odd, "bad-record"), ==, 2);
  g_assert_cmpuint (collected_count (odd, "no-time"), ==, 1);
  g_assert_cmpuint (collected_count (odd, "bad-time"), ==, 2);
  g_assert_cmpuint (collected_count (odd, "cut-off"), ==, 1);
  g_assert_cmpuint (collected_count (odd, "empty-file"), ==, 1);
  g_assert_cmpuint (collected_count (odd, "duplicate"), ==, 1);
  g_assert_cmpuint (collected_count (odd, "no-parent"), ==, 1);
  g_assert_cmpuint (collected_count (odd, "bad-encoding"), ==, 1);
  g_assert_cmpuint (collected_count (odd, "unlisted-channel"), ==, 1);
  g_assert_cmpuint (collected_count_skipped (odd), ==, 6);
  g_assert_false (odd->facts->complete);
}

static void
test_a_later_edit_of_a_message_is_another_version (void)
{
  g_autofree char *path = g_build_filename (scratch_folder (), "versions", NULL);
  g_autoptr (Collected) both = NULL;

  write_and_forget (
      "versions", "2024-03-01.json",
      "[{\"type\":\"message\",\"user\":\"U1\",\"ts\":\"1709500000.000100\",\"text\":\"one\"}]");
  write_and_forget (
      "versions", "2024-03-02.json",
      "[{\"type\":\"message\",\"user\":\"U1\",\"ts\":\"1709500000.000100\",\"text\":\"two\","
      "\"edited\":{\"ts\":\"1709500060.000000\"}},{\"type\":\"message\",\"user\":\"U1\","
      "\"ts\":\"1709500000.000100\",\"text\":\"one\"}]");
  both = collect_ok (path, NULL);
  g_assert_cmpuint (both->items->len, ==, 2);
  g_assert_cmpstr (((VantageItem *) both->items->pdata[1])->text, ==, "two");
}

static void
test_direct_messages_only_when_asked (void)
{
  g_autofree char *path = g_build_filename (scratch_folder (), "direct", NULL);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autoptr (Collected) without = NULL, with = NULL;

  write_and_forget ("direct", "users.json", users);
  write_and_forget ("direct", "channels.json", channels);
  write_and_forget (
      "direct", "dms.json",
      "[{\"id\":\"D0PRIVATE1\",\"created\":1,\"members\":[\"U0MARA01\",\"U0TOMAS1\"]}]");
  write_and_forget ("direct", "mpims.json",
                    "[{\"id\":\"G0PRIVATE1\",\"name\":\"mpdm-mara--tomas-1\",\"members\":[]}]");
  write_days ("direct/payments-ops");
  write_and_forget (
      "direct/D0PRIVATE1", "2024-03-01.json",
      "[{\"type\":\"message\",\"user\":\"U0MARA01\",\"ts\":\"1709500000.000100\",\"text\":"
      "\"psst\"}]");
  write_and_forget (
      "direct/mpdm-mara--tomas-1", "2024-03-01.json",
      "[{\"type\":\"message\",\"user\":\"U0MARA01\",\"ts\":\"1709500000.000200\",\"text\":"
      "\"psst all\"}]");
  without = collect_ok (path, NULL);
  options.direct = TRUE;
  with = collect_ok (path, &options);
  g_assert_cmpuint (without->items->len, ==, N_MESSAGES);
  g_assert_cmpuint (collected_count (without, "direct-left-out"), ==, 1);
  g_assert_cmpuint (with->items->len, ==, N_MESSAGES + 2);
  g_assert_nonnull (collected_find_channel (with, "Mara Lind, tomas k"));
}

/* ---- choosing ---- */

static void
test_channel_and_time_are_chosen (void)
{
  g_autofree char *path = make_odd_export ();
  const char *const one[] = { "payments-ops", NULL };
  const char *const by_id[] = { CHANNEL, NULL };
  const char *const none[] = { "kitchen", NULL };
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autoptr (Collected) named = NULL, numbered = NULL, timed = NULL, nothing = NULL;
  g_autoptr (GError) error = NULL;

  options.channels = one;
  named = collect_ok (path, &options);
  options.channels = by_id;
  numbered = collect_ok (path, &options);
  g_assert_cmpuint (named->items->len, ==, 5);
  g_assert_cmpuint (numbered->items->len, ==, 5);
  options.since_us = G_GINT64_CONSTANT (1709400001000000);
  options.until_us = G_GINT64_CONSTANT (1709500000000100);
  timed = collect_ok (path, &options);
  g_assert_cmpuint (timed->items->len, ==, 2);
  options.channels = none;
  nothing = collect (path, &options, &error);
  g_assert_null (nothing);
  g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_EMPTY);
}

/* ---- cut anywhere ---- */

static void
test_cut_at_every_byte (void)
{
  g_autofree char *text = join (0, 4, FALSE);
  gsize length = strlen (text);
  gsize ends[4];

  for (guint i = 0; i < 4; i++)
    ends[i] = (gsize) (strstr (text, messages[i]) - text) + strlen (messages[i]);
  for (gsize cut = 0; cut <= length; cut += 3)
    {
      g_autofree char *path =
          scratch_write ("cut/payments-ops/2024-02-29.json", text, (gssize) cut);
      VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
      g_autoptr (GError) error = NULL;
      g_autoptr (Collected) part = NULL;
      gsize expected = 0;

      options.format = "slack";
      for (guint i = 0; i < 4; i++)
        expected += cut >= ends[i];
      part = collect (path, &options, &error);
      if (expected == 0)
        {
          g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_EMPTY);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpuint (part->items->len, ==, expected);
      g_assert_cmpuint (collected_count (part, "cut-off"), ==, cut < length ? 1 : 0);
    }
}

/* ---- nearly an export ---- */

static void
test_near_misses_say_what_to_do (void)
{
  static const struct
  {
    const char *name, *content, *words;
  } cases[] = {
    { "near/channels.json", channels, "whole export" },
    { "near/users.json", users, "whole export" },
    { "near/event.json", "{\"event\":{\"type\":\"message\",\"text\":\"x\",\"user\":\"U1\"}}",
      "event" },
    { "near/error.json", "{\"ok\":false,\"error\":\"channel_not_found\"}", "without messages" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = scratch_write (cases[i].name, cases[i].content, -1);
      g_autoptr (GError) error = NULL;
      g_autoptr (Collected) nothing = collect (path, NULL, &error);

      g_assert_null (nothing);
      g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEAR_MISS);
      g_assert_nonnull (strstr (error->message, cases[i].words));
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
  ADD ("one-bad-record-costs-one-record", test_one_bad_record_costs_one_record);
  ADD ("a-later-edit-is-another-version", test_a_later_edit_of_a_message_is_another_version);
  ADD ("direct-messages-only-when-asked", test_direct_messages_only_when_asked);
  ADD ("channel-and-time-are-chosen", test_channel_and_time_are_chosen);
  ADD ("cut-at-every-byte", test_cut_at_every_byte);
  ADD ("near-misses-say-what-to-do", test_near_misses_say_what_to_do);
  return g_test_run ();
}
