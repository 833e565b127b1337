/* Whole exports against a count of their own, made with another parser: a made-up workspace always,
 * and real exports where VANTAGE_SHARED_DATA names a folder that has them. */

#include "collect.h"
#include "vantage-json.h"

#include <gio/gio.h>
#include <string.h>

/* ---- the other count ---- */

typedef struct
{
  GHashTable *messages; /* "<where>/<ts>", once each */
  GHashTable *authors;
  guint n_with_reactions, n_replies;
} Count;

static void
count_free (Count *self)
{
  g_hash_table_unref (self->messages);
  g_hash_table_unref (self->authors);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Count, count_free)

static Count *
count_new (void)
{
  Count *self = g_new0 (Count, 1);

  self->messages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->authors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

static const char *
find_author (JsonObject *message)
{
  const char *author = vantage_json_get_text (message, "user", NULL);
  JsonObject *comment = vantage_json_get_object (message, "comment");

  if (author == NULL)
    author = vantage_json_get_text (message, "bot_id", NULL);
  if (author == NULL && comment != NULL)
    author = vantage_json_get_text (comment, "user", NULL);
  return author;
}

static void count_array (Count *self, const char *where, JsonArray *array);

static void
count_message (Count *self, const char *where, JsonObject *message)
{
  const char *ts = vantage_json_get_text (message, "ts", NULL);
  const char *thread = vantage_json_get_text (message, "thread_ts", NULL);
  const char *author = find_author (message);
  JsonArray *replies = vantage_json_get_array (message, "slackdump_thread_replies");

  if (ts != NULL && g_ascii_strtoull (ts, NULL, 10) > 0 &&
      g_hash_table_add (self->messages, g_strdup_printf ("%s/%s", where, ts)))
    {
      self->n_with_reactions += vantage_json_get_array (message, "reactions") != NULL;
      self->n_replies += thread != NULL && strcmp (thread, ts) != 0;
      if (author != NULL)
        g_hash_table_add (self->authors, g_strdup (author));
    }
  if (replies != NULL)
    count_array (self, where, replies);
}

static void
count_array (Count *self, const char *where, JsonArray *array)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        count_message (self, where, json_node_get_object (node));
    }
}

static JsonNode *
parse_file (const char *path)
{
  g_autofree char *content = NULL;
  gsize length;

  if (!g_file_get_contents (path, &content, &length, NULL))
    return NULL;
  return vantage_json_parse (content, (gssize) length, &vantage_json_file_limits, NULL);
}

/* Day files of an export folder. */
static void
count_days (Count *self, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *channel = g_build_filename (folder, name, NULL);
      g_autoptr (GDir) days = g_dir_open (channel, 0, NULL);
      const char *day;

      while (days != NULL && (day = g_dir_read_name (days)) != NULL)
        {
          g_autofree char *path = g_build_filename (channel, day, NULL);
          g_autoptr (JsonNode) root = parse_file (path);

          if (root != NULL && JSON_NODE_HOLDS_ARRAY (root))
            count_array (self, name, json_node_get_array (root));
        }
    }
}

static void
count_page (Count *self, const char *path)
{
  g_autoptr (JsonNode) root = parse_file (path);

  g_assert_nonnull (root);
  count_array (self, "page", vantage_json_get_array (json_node_get_object (root), "messages"));
}

static void
count_chunk (Count *self, JsonObject *chunk)
{
  gint64 sort = vantage_json_get_int (chunk, "t", -1);
  const char *where = vantage_json_get_text (chunk, "id", "");
  JsonArray *list = vantage_json_get_array (chunk, "m");
  JsonObject *parent = vantage_json_get_object (chunk, "p");

  if (sort != 0 && sort != 1)
    return;
  if (list != NULL)
    count_array (self, where, list);
  if (parent != NULL)
    count_message (self, where, parent);
}

static void
count_chunks (Count *self, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GInputStream) raw = G_INPUT_STREAM (g_file_read (file, NULL, NULL));
  g_autoptr (GZlibDecompressor) unpacker = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (GInputStream) stream = g_converter_input_stream_new (raw, G_CONVERTER (unpacker));
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (stream);
  char *line;

  while ((line = g_data_input_stream_read_line (lines, NULL, NULL, NULL)) != NULL)
    {
      /* Not through the gate: its numbers end at 2^53, and these are nanoseconds. */
      g_autoptr (JsonNode) root = json_from_string (line, NULL);

      if (root != NULL)
        count_chunk (self, json_node_get_object (root));
      g_free (line);
    }
}

static void
assert_counted (const char *path, Count *count)
{
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autoptr (Collected) kept = NULL;
  g_autoptr (VantagePreview) preview = NULL;
  guint n_with_reactions = 0, n_replies = 0;
  GHashTableIter iter;
  gpointer author;

  options.direct = TRUE;
  kept = collect_ok (path, &options);
  preview = vantage_import_preview (path, &options, NULL, NULL, NULL, NULL);
  g_assert_cmpuint (kept->items->len, ==, g_hash_table_size (count->messages));
  g_assert_cmpuint (preview->n_items, ==, kept->items->len);
  for (guint i = 0; i < kept->items->len; i++)
    {
      VantageItem *item = kept->items->pdata[i];

      n_with_reactions += item->reactions != NULL;
      n_replies += item->reply_to != NULL;
      g_assert_true (g_utf8_validate (item->text, -1, NULL));
      g_assert_null (strstr (item->text, "xoxe"));
    }
  g_assert_cmpuint (n_with_reactions, ==, count->n_with_reactions);
  g_assert_cmpuint (n_replies, ==, count->n_replies);
  g_hash_table_iter_init (&iter, count->authors);
  while (g_hash_table_iter_next (&iter, &author, NULL))
    g_assert_nonnull (collected_find_identity (kept, author));
}

/* ---- a made-up workspace ---- */

static void
append_made_message (GString *out, GRand *random, guint second, const char *root)
{
  static const char *const texts[] = { "looking now", "<@U3> can you see the queue?",
                                       "rolled back &amp; watching",
                                       "\\u00e9t\\u00e9 \\ud83d\\udd25",
                                       "<https://example.com|graph> up" };

  g_string_append_printf (
      out, "{\"type\":\"message\",\"user\":\"U%u\",\"text\":\"%s\",\"ts\":\"%u.%06u\"",
      (guint) g_rand_int_range (random, 0, 9),
      texts[g_rand_int_range (random, 0, G_N_ELEMENTS (texts))], second,
      (guint) g_rand_int_range (random, 0, 1000000));
  if (root != NULL && g_rand_int_range (random, 0, 3) == 0)
    g_string_append_printf (out, ",\"thread_ts\":\"%s\"", root);
  if (g_rand_int_range (random, 0, 5) == 0)
    g_string_append (out, ",\"reactions\":[{\"name\":\"eyes\",\"users\":[\"U1\"],\"count\":1}]");
  g_string_append (out, "}");
}

static void
test_made_up_workspace_is_counted (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  g_autofree char *path = g_build_filename (scratch_folder (), "workspace", NULL);
  g_autoptr (Count) count = count_new ();

  for (guint day = 1; day < 20; day++)
    for (guint channel = 0; channel < 4; channel++)
      {
        g_autofree char *name =
            g_strdup_printf ("workspace/team-%u/2024-03-%02u.json", channel, day);
        g_autoptr (GString) text = g_string_new ("[");
        guint n = (guint) g_rand_int_range (random, 1, 30);

        for (guint i = 0; i < n; i++)
          {
            g_string_append (text, i > 0 ? ",\n" : "");
            append_made_message (text, random, 1709251200 + day * 86400 + i * 300,
                                 "1709251200.000001");
          }
        g_string_append (text, "]");
        g_free (scratch_write (name, text->str, (gssize) text->len));
      }
  count_days (count, path);
  g_assert_cmpuint (g_hash_table_size (count->messages), >, 500);
  assert_counted (path, count);
}

/* ---- real exports ---- */

static char *
find_shared (const char *name)
{
  return g_build_filename (g_getenv ("VANTAGE_SHARED_DATA"), name, NULL);
}

static void
test_real_export_folder (gconstpointer data)
{
  g_autofree char *path = find_shared (data);
  g_autoptr (Count) count = count_new ();

  count_days (count, path);
  g_assert_cmpuint (g_hash_table_size (count->messages), >, 0);
  assert_counted (path, count);
}

static void
test_real_page (gconstpointer data)
{
  g_autofree char *path = find_shared (data);
  g_autoptr (Count) count = count_new ();

  count_page (count, path);
  assert_counted (path, count);
}

static void
test_real_archive (gconstpointer data)
{
  g_autofree char *path = find_shared (data);
  g_autoptr (Count) count = count_new ();

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
      const char *name;

      while ((name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *file = g_build_filename (path, name, NULL);

          count_chunks (count, file);
        }
    }
  else
    count_chunks (count, path);
  g_assert_cmpuint (g_hash_table_size (count->messages), >, 0);
  assert_counted (path, count);
}

static void
assert_same_ids (const char *name, const char *other)
{
  g_autofree char *path = find_shared (name);
  g_autofree char *other_path = find_shared (other);
  g_autoptr (Collected) one = collect_ok (path, NULL);
  g_autoptr (Collected) two = collect_ok (other_path, NULL);
  g_autofree char *ids = collected_dup_ids (one);
  g_autofree char *other_ids = collected_dup_ids (two);

  g_assert_cmpstr (ids, ==, other_ids);
}

static void
test_real_containers_agree (void)
{
  assert_same_ids ("slack/slackdump/source_export_dir", "slack/slackdump/source_export.zip");
  assert_same_ids ("slack/slackdump/source_dump_dir", "slack/slackdump/source_dump.zip");
}

/* Whatever a file is: it is read, or a sentence says why not. */
static guint
look_at_all (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (VantagePreview) preview = NULL;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          n += look_at_all (path);
          continue;
        }
      n++;
      preview = vantage_import_preview (path, NULL, NULL, NULL, NULL, &error);
      g_assert_true ((preview == NULL) == (error != NULL));
      if (error != NULL)
        g_assert_cmpuint (error->domain, ==, VANTAGE_IMPORT_ERROR);
      else
        g_assert_nonnull (preview->facts->sha256);
    }
  return n;
}

static void
test_every_real_file_ends_well (void)
{
  g_assert_cmpuint (look_at_all (g_getenv ("VANTAGE_SHARED_DATA")), >, 0);
}

static void
add_real (void)
{
  g_test_add_data_func ("/import/exports/real/modern-export", "slack/bcneng-2020",
                        test_real_export_folder);
  g_test_add_data_func ("/import/exports/real/tool-export", "slack/slackdump/source_export_dir",
                        test_real_export_folder);
  g_test_add_data_func ("/import/exports/real/dump", "slack/slackdump/CHY5HUESG.json",
                        test_real_page);
  g_test_add_data_func ("/import/exports/real/page", "slack/perceval-api/slack_history.json",
                        test_real_page);
  g_test_add_data_func ("/import/exports/real/archive", "slack/slackdump/source_archive",
                        test_real_archive);
  g_test_add_data_func ("/import/exports/real/chunks", "slack/slackdump/chunks.jsonl.gz",
                        test_real_archive);
  g_test_add_func ("/import/exports/real/containers-agree", test_real_containers_agree);
  g_test_add_func ("/import/exports/real/every-file-ends-well", test_every_real_file_ends_well);
}

int
main (int argc, char *argv[])
{
  const char *shared = g_getenv ("VANTAGE_SHARED_DATA");

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/import/exports/made-up-workspace-is-counted",
                   test_made_up_workspace_is_counted);
  if (shared != NULL && g_file_test (shared, G_FILE_TEST_IS_DIR))
    add_real ();
  return g_test_run ();
}
