/* test-call.c: transcripts of calls: who said what, and when after the start. All of it is made up.
 */

#include "collect.h"

#include <string.h>

#include "vantage-call-cue.h"

#define ZERO "2024-03-04T14:00:00Z"

static gint64
us_of (const char *time)
{
  gint64 us;

  g_assert_true (vantage_time_parse (time, -1, &us, NULL, NULL));
  return us;
}

static Collected *
read_named (const char *name, const char *text, gssize length)
{
  g_autofree char *path = scratch_write (name, text, length);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;

  options.zero_us = us_of (ZERO);
  return collect (path, &options, &error);
}

static Collected *
read_text (const char *text)
{
  Collected *all = read_named ("bridge.vtt", text, -1);

  g_assert_nonnull (all);
  return all;
}

static const VantageItem *
item_at (Collected *all, guint i)
{
  g_assert_cmpuint (i, <, all->items->len);
  return all->items->pdata[i];
}

/* ---- times ---- */

typedef struct
{
  const char *line;
  VantageCueLine sort;
  gint64 begin_us, counted_us;
} Timing;

/* clang-format off */
static const Timing timings[] = {
  { "00:00:05.250 --> 00:00:07.000", VANTAGE_CUE_TIMING, 5250000, 5250000 },
  { "00:05.250 --> 00:07.000 align:start position:0%", VANTAGE_CUE_TIMING, 5250000, 5250000 },
  { "00:00:05,250 --> 00:00:07,000", VANTAGE_CUE_TIMING, 5250000, 5250000 },
  { "120:00:00.000 --> 120:00:01.000", VANTAGE_CUE_TIMING, G_GINT64_CONSTANT (432000000000), G_GINT64_CONSTANT (432000000000) },
  { "0:0:7.90 --> 0:0:7.780", VANTAGE_CUE_TIMING, 7900000, 7090000 },
  { "0:1:2.5-->0:1:3.0", VANTAGE_CUE_TIMING, 62500000, 62005000 },
  { "00:00:01.1234567 --> 00:00:02.0", VANTAGE_CUE_TIMING, 1123456, 1123456 },
  { "00:00:05 --> 00:00:07", VANTAGE_CUE_TIMING, 5000000, 5000000 },
  { "00:00:05.250 --> 00:00:1d.000", VANTAGE_CUE_BAD_TIMING, 0, 0 },
  { "00:00:61.000 --> 00:01:02.000", VANTAGE_CUE_BAD_TIMING, 0, 0 },
  { "00:61:00.000 --> 00:62:00.000", VANTAGE_CUE_BAD_TIMING, 0, 0 },
  { "1:2:3:4.000 --> 1:2:3:5.000", VANTAGE_CUE_BAD_TIMING, 0, 0 },
  { "00:00:05.250 -> 00:00:07.000", VANTAGE_CUE_NO_TIMING, 0, 0 },
  { "5 --> 6 replicas", VANTAGE_CUE_NO_TIMING, 0, 0 },
  { "blue --> green", VANTAGE_CUE_NO_TIMING, 0, 0 },
  { "", VANTAGE_CUE_NO_TIMING, 0, 0 },
};
/* clang-format on */

static void
test_times (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (timings); i++)
    {
      VantageCueTime begin, end;

      g_assert_cmpint (vantage_cue_read_timing (timings[i].line, &begin, &end), ==,
                       timings[i].sort);
      if (timings[i].sort != VANTAGE_CUE_TIMING)
        continue;
      g_assert_cmpint (vantage_cue_time_get_us (&begin, FALSE), ==, timings[i].begin_us);
      g_assert_cmpint (vantage_cue_time_get_us (&begin, TRUE), ==, timings[i].counted_us);
    }
}

/* ---- marks ---- */

typedef struct
{
  const char *text;
  const char *said; /* "speaker|text" of each, joined by "/" */
} Marked;

/* clang-format off */
static const Marked marked[] = {
  { "plain words", "|plain words" },
  { "<v Ada Bell>checkout is down</v>", "Ada Bell|checkout is down" },
  { "<v Ada Bell>not closed", "Ada Bell|not closed" },
  { "<v.loud Ada Bell>loud", "Ada Bell|loud" },
  { "<v Ada>one</v> <v Bo>two", "Ada|one/Bo|two" },
  { "<v Ada>one</v> and all", "Ada|one/|and all" },
  { "before <v Ada>after", "|before/Ada|after" },
  { "<v >nobody", "|nobody" },
  { "<v A &amp; B>x", "A & B|x" },
  { "<b>bold</b> <i>it</i><c.colorE5E5E5>c</c> <00:00:01.500>now", "|bold itc now" },
  { "a &lt;b&gt; &amp;lt; &nbsp;c &#39;d&#x27; &what; &", "|a <b> &lt;  c 'd' &what; &" },
  { "if a < b and c > d", "|if a < b and c > d" },
  { "run <user> now", "|run <user> now" },
  { "  \n ", "" },
  { "<v Ada></v>", "" },
  { "<v Ada", "|<v Ada" },
};
/* clang-format on */

static void
test_marks (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (marked); i++)
    {
      gboolean open;
      g_autoptr (GPtrArray) all = vantage_cue_read_text (marked[i].text, &open);
      g_autoptr (GString) said = g_string_new (NULL);

      for (guint j = 0; j < all->len; j++)
        {
          VantageCueSpeech *speech = all->pdata[j];

          g_string_append_printf (said, "%s%s|%s", j > 0 ? "/" : "",
                                  speech->speaker != NULL ? speech->speaker : "", speech->text);
        }
      g_assert_cmpstr (said->str, ==, marked[i].said);
      g_assert_cmpint (open, ==, g_str_equal (marked[i].text, "<v Ada"));
    }
}

/* ---- whole files ---- */

typedef struct
{
  const char *text;
  guint n_items, n_people, n_skipped;
  const char *first, *account; /* text and account of the first item */
} File;

/* clang-format off */
static const File files[] = {
  { "WEBVTT\n\n1\n00:01.000 --> 00:02.000\nAda Bell: hi\n\n2\n00:03.000 --> 00:04.000\nAda Bell: still\n\n"
    "3\n00:05.000 --> 00:06.000\nNote: we saw it\n", 3, 1, 0, "hi", "name:Ada Bell" },
  { "\xef\xbb\xbfWEBVTT - a call\r\nKind: captions\r\n\r\nNOTE\r\nmade by hand\r\n\r\nSTYLE\r\n::cue {}\r\n\r\n"
    "00:01.000 --> 00:02.000\r\n<v Ada>one\r\ntwo</v>\r\n", 1, 1, 0, "one\ntwo", "name:Ada" },
  { "WEBVTT\r\r00:01.000 --> 00:02.000\rold ends\r\r00:03.000 --> 00:04.000\rmore\r", 2, 0, 0, "old ends", NULL },
  { "WEBVTT\n00:01.000 --> 00:02.000\nno blank line\n00:03.000 --> 00:04.000\nnext\n", 2, 0, 0, "no blank line", NULL },
  { "WEBVTT\n\n00:01.000 --> 00:02.000\n[Ada] one\n\n00:03.000 --> 00:04.000\n[Ada] two\n\n"
    "00:05.000 --> 00:06.000\n[Music] la\n\n00:07.000 --> 00:08.000\n[Music] la\n", 4, 1, 0, "one", "name:Ada" },
  { "WEBVTT\n\n00:01.000 --> 00:02.000\n>> ADA: one\n\n00:03.000 --> 00:04.000\n>> ADA: two\n", 2, 1, 0, "one", "name:ADA" },
  { "WEBVTT\n\n00:01.000 --> 00:02.000\nAda Bell\none\n\n00:03.000 --> 00:04.000\nAda Bell\ntwo\n", 2, 1, 0, "one", "name:Ada Bell" },
  { "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Unknown Speaker>one</v>\n", 1, 0, 0, "one", NULL },
  { "WEBVTT\n\n00:01.000 --> 00:02.000\nsee https://x.test: it\n\n00:01.000 --> 00:02.000\nsee https://x.test: it\n",
    2, 0, 0, "see https://x.test: it", NULL },
  { "WEBVTT\n\n00:01.000 --> 00:02.000\n\n00:03.000 --> 00:04.000\nx\n\nloose words\n\n"
    "00:05.000 --> 00:0x.000\nlost\n", 1, 0, 3, "x", NULL },
  { "1\n00:00:01,000 --> 00:00:02,000\n<i>one</i>\n\n2\n00:00:03,000 --> 00:00:04,000\ntwo\n3\n"
    "00:00:05,000 --> 00:00:06,000\nthree\n", 3, 0, 0, "one", NULL },
  { "1\n00:00:01,000 --> 00:00:02,000\ncaf\xe9\n", 1, 0, 0, "caf\xc3\xa9", NULL },
};
/* clang-format on */

static void
test_files (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (Collected) all = read_text (files[i].text);
      const VantageItem *item = item_at (all, 0);

      g_test_message ("file %" G_GSIZE_FORMAT, i);
      g_assert_cmpuint (all->items->len, ==, files[i].n_items);
      g_assert_cmpuint (all->identities->len, ==, files[i].n_people);
      g_assert_cmpuint (collected_count_skipped (all), ==, files[i].n_skipped);
      g_assert_cmpstr (item->text, ==, files[i].first);
      g_assert_cmpstr (item->account, ==, files[i].account);
      g_assert_cmpint (item->kind, ==, VANTAGE_ITEM_UTTERANCE);
      g_assert_cmpstr (((VantageChannel *) all->channels->pdata[0])->name, ==, "bridge");
    }
}

/* One digit for a part means that the fraction is a number too: .90 are 90 ms. */
static void
test_numbers_without_noughts (void)
{
  g_autoptr (Collected) all =
      read_text ("WEBVTT\n\n0:0:7.90 --> 0:0:7.780\n"
                 "<v 88b66bf7-d0d1-4ed1-bb80-ce79d271ac2a@72f988bf-86f1-41af-91ab-2d7cd011db47>"
                 "yes</v>\n\n0:0:12.10 --> 0:0:13.0\n<v Ada>well\n");
  const VantageItem *item = item_at (all, 0);

  g_assert_cmpint (item->time_us, ==, us_of ("2024-03-04T14:00:07.090Z"));
  g_assert_cmpstr (item->raw_time, ==, "0:0:7.90");
  g_assert_cmpint (item->precision, ==, VANTAGE_PRECISION_MS);
  g_assert_cmpint (item->zone_origin, ==, VANTAGE_ZONE_CHOSEN);
  g_assert_cmpstr (vantage_item_get_extra (item, "end"), ==, "0:0:7.780");
  g_assert_cmpstr (item->account, ==,
                   "88b66bf7-d0d1-4ed1-bb80-ce79d271ac2a@72f988bf-86f1-41af-91ab-2d7cd011db47");
  g_assert_null (collected_find_identity (all, item->account)->name);
  g_assert_cmpint (item_at (all, 1)->time_us, ==, us_of ("2024-03-04T14:00:12.010Z"));
}

#define SIMPLE "WEBVTT\n\n00:01.500 --> 00:02.000\nwords\n"

static void
test_start_is_asked_for (void)
{
  g_autofree char *path = scratch_write ("no-start.vtt", SIMPLE, -1);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (Collected) none = collect (path, &options, &error);
  g_autoptr (VantagePreview) preview = NULL;
  g_autoptr (Collected) all = NULL;
  g_autoptr (Collected) later = NULL;
  g_autofree char *ids = NULL;
  g_autofree char *later_ids = NULL;

  g_assert_null (none);
  g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEEDS_START);
  preview = vantage_import_preview (path, &options, NULL, NULL, NULL, NULL);
  g_assert_nonnull (preview);
  g_assert_true (preview->needs_start);
  g_assert_cmpuint (preview->n_items, ==, 1);

  options.zero_us = us_of (ZERO);
  all = collect_ok (path, &options);
  g_assert_cmpint (item_at (all, 0)->time_us, ==, us_of ("2024-03-04T14:00:01.5Z"));
  g_assert_cmpint (all->facts->zero_us, ==, options.zero_us);
  options.zero_us += G_USEC_PER_SEC;
  later = collect_ok (path, &options);
  ids = collected_dup_ids (all);
  later_ids = collected_dup_ids (later);
  g_assert_cmpstr (ids, ==, later_ids);
}

static void
test_start_that_the_file_tells (void)
{
  static const struct
  {
    const char *name, *text, *time;
  } told[] = {
    { "GMT20240304-140211_Recording.transcript.vtt", SIMPLE, "2024-03-04T14:02:12.5Z" },
    { "Meeting-20240304_140211UTC-x.vtt", SIMPLE, "2024-03-04T14:02:12.5Z" },
    { "c.vtt",
      "WEBVTT\n\nNOTE Recording started 2024-03-04T15:02:11+01:00\n\n00:01.500 --> 00:02.000\nx\n",
      "2024-03-04T14:02:12.5Z" },
    { "20240304_140211.vtt", SIMPLE, NULL },
    { "GMT20241304-140211.vtt", SIMPLE, NULL },
    { "d.vtt", "WEBVTT\n\nNOTE Exported 2024-03-04T15:02:11Z\n\n00:01.500 --> 00:02.000\nx\n",
      NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (told); i++)
    {
      g_autofree char *path = scratch_write (told[i].name, told[i].text, -1);
      VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
      g_autoptr (GError) error = NULL;
      g_autoptr (Collected) all = collect (path, &options, &error);

      if (told[i].time == NULL)
        {
          g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEEDS_START);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpint (item_at (all, 0)->time_us, ==, us_of (told[i].time));
      g_assert_cmpuint (collected_count (all, "start-from-name"), ==, 1);
      g_assert_cmpint (item_at (all, 0)->zone_origin, ==, VANTAGE_ZONE_ASSUMED);
    }
}

static void
test_near_misses (void)
{
  static const struct
  {
    const char *text;
    int code;
  } wrong[] = {
    { "00:01.500 --> 00:02.000\nwords\n", VANTAGE_IMPORT_ERROR_NEAR_MISS },
    { "0:00:01.500,0:00:02.000\nwords\n", VANTAGE_IMPORT_ERROR_NEAR_MISS },
    { "WEBVTTX\n\nwords\n", VANTAGE_IMPORT_ERROR_UNKNOWN },
    { "1\nwords\n", VANTAGE_IMPORT_ERROR_UNKNOWN },
    { "WEBVTT", VANTAGE_IMPORT_ERROR_EMPTY },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *path = scratch_write ("wrong.vtt", wrong[i].text, -1);
      VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
      g_autoptr (GError) error = NULL;
      g_autoptr (Collected) all = collect (path, &options, &error);

      g_assert_null (all);
      g_assert_error (error, VANTAGE_IMPORT_ERROR, wrong[i].code);
    }
}

static void
test_wide_text (void)
{
  gsize length;
  g_autofree char *wide =
      g_convert ("\xef\xbb\xbfWEBVTT\n\n00:01.000 --> 00:02.000\n<v Zoë>здесь\n", -1, "UTF-16LE",
                 "UTF-8", NULL, &length, NULL);
  g_autoptr (Collected) all = read_named ("wide.vtt", wide, (gssize) length);

  g_assert_nonnull (all);
  g_assert_cmpstr (item_at (all, 0)->text, ==, "здесь");
  g_assert_cmpstr (item_at (all, 0)->account, ==, "name:Zoë");
}

static const char long_one[] =
    "WEBVTT\n\nNOTE x\n\n1\n00:00:01.000 --> 00:00:02.000\n<v Ada Bell>one &amp; all</v>\n\n"
    "2\n00:00:03.000 --> 00:00:04.000\n<v Bo>two</v>\n\n3\n00:00:05.000 --> 00:00:06.000\n"
    "<v Ada Bell>three</v> <v Bo>four</v>\n";

/* Wherever a file is cut off, what is kept was said so, but for the last words. */
static void
test_cut_off_anywhere (void)
{
  g_autoptr (Collected) whole = read_text (long_one);

  for (gsize length = 0; length < strlen (long_one); length++)
    {
      g_autoptr (Collected) part = read_named ("cut.vtt", long_one, (gssize) length);

      for (guint i = 0; part != NULL && i + 1 < part->items->len; i++)
        {
          g_assert_cmpstr (item_at (part, i)->text, ==, item_at (whole, i)->text);
          g_assert_cmpstr (item_at (part, i)->account, ==, item_at (whole, i)->account);
        }
      if (part != NULL)
        {
          const VantageItem *last = item_at (part, part->items->len - 1);

          g_assert_cmpstr (last->account, ==, item_at (whole, part->items->len - 1)->account);
          g_assert_true (
              g_str_has_prefix (item_at (whole, part->items->len - 1)->text, last->text) ||
              strchr (last->text, '&') != NULL);
        }
    }
}

static void
test_flipped_bytes (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  for (guint n = 0; n < 400; n++)
    {
      g_autofree char *bytes = g_strdup (long_one);
      g_autoptr (Collected) all = NULL;

      for (guint i = 0; i < 3; i++)
        bytes[g_rand_int_range (rand, 0, (gint32) strlen (long_one))] =
            (char) g_rand_int_range (rand, 1, 256);
      all = read_named ("flipped.vtt", bytes, -1);
      for (guint i = 0; all != NULL && i < all->items->len; i++)
        {
          g_assert_true (g_utf8_validate (item_at (all, i)->text, -1, NULL));
          g_assert_cmpuint (strlen (item_at (all, i)->local), <=, 80);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/import/call/times", test_times);
  g_test_add_func ("/import/call/marks", test_marks);
  g_test_add_func ("/import/call/files", test_files);
  g_test_add_func ("/import/call/numbers-without-noughts", test_numbers_without_noughts);
  g_test_add_func ("/import/call/start-is-asked-for", test_start_is_asked_for);
  g_test_add_func ("/import/call/start-that-the-file-tells", test_start_that_the_file_tells);
  g_test_add_func ("/import/call/near-misses-say-what-to-do", test_near_misses);
  g_test_add_func ("/import/call/wide-text", test_wide_text);
  g_test_add_func ("/import/call/cut-off-anywhere", test_cut_off_anywhere);
  g_test_add_func ("/import/call/flipped-bytes", test_flipped_bytes);
  return g_test_run ();
}
