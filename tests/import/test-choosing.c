/* test-choosing.c: which reader takes a file, in whatever encoding and wrapping, and what is said
 * of a file that none takes. */

#include "collect.h"
#include "make-zip.h"

#include <glib/gstdio.h>
#include <string.h>

#define ONE_MESSAGE                                                                                \
  "[{\"type\":\"message\",\"user\":\"U1\",\"ts\":\"1709258400.000100\",\"text\":\"hi\"}]"

/* Every text has two records at most, and says something beyond ASCII. */
static const struct
{
  const char *name, *format;
  guint n_items;
  const char *text;
} texts[] = {
  { "a.json", "slack", 1,
    "[{\"type\":\"message\",\"user\":\"U1\",\"ts\":\"1709258400.000100\",\"text\":\"zoë\"}]" },
  { "b.json", "github", 1,
    "[{\"number\":1,\"title\":\"zoë\",\"state\":\"OPEN\",\"url\":\"https://github.com/o/r/issues/"
    "1\","
    "\"author\":{\"login\":\"m\"},\"createdAt\":\"2024-03-01T02:14:07Z\",\"comments\":[]}]" },
  { "c.xml", "bugzilla", 1,
    "<bugzilla version=\"5\" urlbase=\"https://b/\"><bug><bug_id>1</bug_id>"
    "<creation_ts>2024-03-01 02:14:07 +0000</creation_ts><short_desc>zoë</short_desc>"
    "<product>P</product><reporter>m</reporter></bug></bugzilla>" },
  { "d.ics", "ics", 1,
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20240301T000000Z\r\n"
    "DTEND:20240302T000000Z\r\nSUMMARY:Zoë\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n" },
  { "e.log", "irc", 2,
    "--- Log opened Mon Mar 04 14:02:11 2024\n14:02 <@mara> zoë\n14:04 < bo> more\n" },
  { "f.txt", "whatsapp", 2,
    "[25/03/2024, 14:02:11] Zoë: hello\n[25/03/2024, 14:03:11] Bo: there\n" },
  { "g.vtt", "vtt", 1, "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v Zoë>hello</v>\n" },
  { "h.csv", "csv", 1, "time,author,text\n2024-03-01T02:14:07Z,mara,zoë\n" },
};

static Collected *
read_in_utc (const char *path, GError **error)
{
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;

  options.zone = "UTC";
  options.zero_us = G_GINT64_CONSTANT (1709258400000000);
  return collect (path, &options, error);
}

static void
check_read (const char *path, guint of)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Collected) all = read_in_utc (path, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (all->facts->format, ==, texts[of].format);
  g_assert_cmpuint (all->items->len, ==, texts[of].n_items);
}

static void
test_wide_text_is_read (void)
{
  static const char *const charsets[] = { "UTF-16LE", "UTF-16BE" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (guint k = 0; k < G_N_ELEMENTS (charsets); k++)
      {
        g_autofree char *marked = g_strconcat ("\xef\xbb\xbf", texts[i].text, NULL);
        gsize length;
        g_autofree char *wide = g_convert (marked, -1, charsets[k], "UTF-8", NULL, &length, NULL);
        g_autofree char *name = g_strconcat (charsets[k], "/", texts[i].name, NULL);
        g_autofree char *path = scratch_write (name, wide, (gssize) length);

        check_read (path, i);
      }
}

/* A file packed by itself, in an archive. */
static void
test_packed_twice (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GConverter) squeeze =
          G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6));
      g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
      g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, squeeze);
      g_autofree char *packed = g_strconcat (texts[i].name, ".gz", NULL);
      g_autofree char *name = g_strconcat (texts[i].name, ".zip", NULL);
      g_autofree char *path = NULL;
      g_autoptr (GBytes) zip = NULL;
      ZipMaker *maker = zip_maker_new ();

      g_assert_true (g_output_stream_write_all (stream, texts[i].text, strlen (texts[i].text), NULL,
                                                NULL, NULL));
      g_assert_true (g_output_stream_close (stream, NULL, NULL));
      zip_maker_add (
          maker, packed, g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (memory)),
          g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (memory)), ZIP_PLAIN);
      zip = zip_maker_finish (maker, FALSE);
      path = scratch_write (name, g_bytes_get_data (zip, NULL), (gssize) g_bytes_get_size (zip));
      check_read (path, i);
    }
}

static void
check_refused (const char *path, int code, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Collected) all = read_in_utc (path, &error);

  g_assert_null (all);
  g_assert_error (error, VANTAGE_IMPORT_ERROR, code);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
}

static void
test_refused_in_words (void)
{
  static const struct
  {
    const char *text, *words;
    int code;
  } cases[] = {
    { "[]", "JSON with nothing in it", VANTAGE_IMPORT_ERROR_UNKNOWN },
    { " {\n}", "JSON with nothing in it", VANTAGE_IMPORT_ERROR_UNKNOWN },
    { "[[[[", "JSON, but of no kind", VANTAGE_IMPORT_ERROR_UNKNOWN },
    { "{\"a\":{\"b\":1}}", "JSON, but of no kind", VANTAGE_IMPORT_ERROR_UNKNOWN },
    { "[half past two] nothing of note\n", "text of no kind", VANTAGE_IMPORT_ERROR_UNKNOWN },
    /* a year of four digits is never one of two */
    { "[25/03/0001, 14:02:11] Mara: hello\n", "is not recognised", VANTAGE_IMPORT_ERROR_UNKNOWN },
    /* a guess at a table would make messages of them */
    { "[{\"id\":1,\"content\":\"+1\",\"created_at\":\"2016-11-26T11:37:39Z\","
      "\"user\":{\"login\":\"mara\"}}]",
      "list of reactions from GitHub", VANTAGE_IMPORT_ERROR_NEAR_MISS },
    { "{\"token\":\"\",\"type\":\"event_callback\",\"event_time\":1709258400,\"event\":{\"type\":"
      "\"message\",\"subtype\":\"message_changed\",\"message\":{\"text\":\"x\"}}}",
      "one event as Slack sends it", VANTAGE_IMPORT_ERROR_NEAR_MISS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = scratch_write ("refused.json", cases[i].text, -1);

      check_refused (path, cases[i].code, cases[i].words);
    }
}

/* What cannot be unpacked is not called an unknown kind. */
static void
test_damage_is_called_damage (void)
{
  static const struct
  {
    ZipFlags flags;
    const char *words;
  } cases[] = {
    { ZIP_WRONG_CRC, "damaged" },
    { ZIP_ODD_METHOD, "packed in a way" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ZipMaker *maker = zip_maker_new ();
      g_autoptr (GBytes) zip = NULL;
      g_autofree char *path = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (Collected) all = NULL;

      zip_maker_add (maker, "ops/2024-03-01.json", ONE_MESSAGE, strlen (ONE_MESSAGE),
                     cases[i].flags);
      zip = zip_maker_finish (maker, FALSE);
      path = scratch_write ("damaged.zip", g_bytes_get_data (zip, NULL),
                            (gssize) g_bytes_get_size (zip));
      all = read_in_utc (path, &error);
      g_assert_null (all);
      g_assert_nonnull (error);
      if (strstr (error->message, cases[i].words) == NULL)
        g_error ("“%s” does not say “%s”", error->message, cases[i].words);
    }
}

static void
test_log_after_a_power_cut (void)
{
  static const char log[] = "--- Log opened Mon Mar 04 14:02:11 2024\n14:02 <@mara> hel\0lo there\n"
                            "14:04 < bo> more words than bytes that went missing\n";
  g_autofree char *path = scratch_write ("cut.log", log, sizeof log - 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (Collected) all = read_in_utc (path, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (all->items->len, ==, 2);
  g_assert_cmpstr (((VantageItem *) all->items->pdata[0])->text, ==, "hel\xef\xbf\xbdlo there");
}

/* Nothing is left out or cut in silence. */
static void
test_too_large_is_said (void)
{
  g_autoptr (GString) lines =
      g_string_new ("{\"time\":\"2024-03-01T02:14:07Z\",\"message\":\"a\"}\n"
                    "{\"time\":\"2024-03-01T02:14:08Z\",\"message\":");
  g_autoptr (GString) table = g_string_new ("time,message\n2024-03-01T02:14:07Z,");
  g_autofree char *lines_path = NULL;
  g_autofree char *table_path = NULL;
  g_autoptr (Collected) from_lines = NULL;
  g_autoptr (Collected) from_table = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append_c (lines, '[');
  for (guint i = 0; i < 100000; i++)
    g_string_append_c (lines, ']');
  g_string_append (lines, "}\n{\"time\":\"2024-03-01T02:14:09Z\",\"message\":\"c\"}\n");
  for (guint i = 0; i < 17 * 1024; i++)
    g_string_append_printf (table, "%01024d", 7);
  g_string_append (table, "\n2024-03-01T02:14:09Z,c\n");

  lines_path = scratch_write ("large.jsonl", lines->str, (gssize) lines->len);
  table_path = scratch_write ("large.csv", table->str, (gssize) table->len);
  from_lines = read_in_utc (lines_path, NULL);
  from_table = read_in_utc (table_path, NULL);
  g_assert_cmpuint (from_lines->items->len, ==, 2);
  g_assert_cmpuint (collected_count_skipped (from_lines), ==, 1);
  g_assert_cmpuint (collected_count (from_lines, "too-large"), ==, 1);
  g_assert_cmpuint (from_table->items->len, ==, 2);
  g_assert_cmpuint (collected_count (from_table, "long-line"), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/import/choosing/wide-text-is-read", test_wide_text_is_read);
  g_test_add_func ("/import/choosing/packed-twice", test_packed_twice);
  g_test_add_func ("/import/choosing/refused-in-words", test_refused_in_words);
  g_test_add_func ("/import/choosing/damage-is-called-damage", test_damage_is_called_damage);
  g_test_add_func ("/import/choosing/log-after-a-power-cut", test_log_after_a_power_cut);
  g_test_add_func ("/import/choosing/too-large-is-said", test_too_large_is_said);
  return g_test_run ();
}
