/* Exports that are damaged, cut, nearly exports, or only partly wanted. All of it is made up. */

#include <string.h>

#include "collect.h"
#include "story.h"

/* ---- what is odd ---- */

static char *
make_odd_export (void)
{
  story_write ("odd", "channels.json", story_channels);
  story_write ("odd", "users.json", story_users);
  story_write ("odd/payments-ops", "2024-03-02.json",
               "[{\"type\":\"message\",\"user\":\"U1\",\"text\":\"a\",\"ts\":1709400000.0001},null,"
               "{\"type\":\"message\",\"text\":\"no time\"},{\"type\":\"message\",\"ts\":\"soon\"},"
               "{\"type\":\"message\",\"ts\":\"0000000000.000000\"},7,"
               "{\"type\":\"message\",\"ts\":\"1709400001.000000\",\"text\":null,\"user\":null,"
               "\"reactions\":{},\"files\":\"x\",\"thread_ts\":false,\"edited\":[],\"blocks\":3}]");
  story_write (
      "odd/payments-ops", "2024-03-03.json",
      "[{\"type\":\"message\",\"user\":\"U1\",\"ts\":\"1709486400.000100\",\"text\":\"kept\"},"
      "{\"type\":\"message\",\"user\":\"U1\",\"ts\":\"17094864");
  story_write ("odd/payments-ops", "2024-03-04.json", "");
  story_write (
      "odd/payments-ops", "2024-03-05.json",
      "[{\"type\":\"message\",\"user\":\"U1\",\"ts\":\"1709486400.000100\",\"text\":\"kept\"},"
      "{\"type\":\"message\",\"user\":\"U1\",\"ts\":\"1709500000.000100\",\"text\":\"lost "
      "root\",\"thread_ts\":\"1600000000.000100\"},"
      "{\"type\":\"message\",\"user\":\"U1\",\"ts\":\"1709500000.000200\",\"text\":\"odd "
      "\\ud83d\"}]");
  story_write (
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

  story_write (
      "versions", "2024-03-01.json",
      "[{\"type\":\"message\",\"user\":\"U1\",\"ts\":\"1709500000.000100\",\"text\":\"one\"}]");
  story_write (
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

  story_write ("direct", "users.json", story_users);
  story_write ("direct", "channels.json", story_channels);
  story_write ("direct", "dms.json",
               "[{\"id\":\"D0PRIVATE1\",\"created\":1,\"members\":[\"U0MARA01\",\"U0TOMAS1\"]}]");
  story_write ("direct", "mpims.json",
               "[{\"id\":\"G0PRIVATE1\",\"name\":\"mpdm-mara--tomas-1\",\"members\":[]}]");
  story_write_days ("direct/payments-ops");
  story_write ("direct/D0PRIVATE1", "2024-03-01.json",
               "[{\"type\":\"message\",\"user\":\"U0MARA01\",\"ts\":\"1709500000.000100\",\"text\":"
               "\"psst\"}]");
  story_write ("direct/mpdm-mara--tomas-1", "2024-03-01.json",
               "[{\"type\":\"message\",\"user\":\"U0MARA01\",\"ts\":\"1709500000.000200\",\"text\":"
               "\"psst all\"}]");
  without = collect_ok (path, NULL);
  options.direct = TRUE;
  with = collect_ok (path, &options);
  g_assert_cmpuint (without->items->len, ==, STORY_N);
  g_assert_cmpuint (collected_count (without, "direct-left-out"), ==, 1);
  g_assert_cmpuint (with->items->len, ==, STORY_N + 2);
  g_assert_nonnull (collected_find_channel (with, "Mara Lind, tomas k"));
}

/* ---- choosing ---- */

static void
test_channel_and_time_are_chosen (void)
{
  g_autofree char *path = make_odd_export ();
  const char *const one[] = { "payments-ops", NULL };
  const char *const by_id[] = { STORY_CHANNEL, NULL };
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
  g_autofree char *text = story_join (0, 4, FALSE);
  gsize length = strlen (text);
  gsize ends[4];

  for (guint i = 0; i < 4; i++)
    ends[i] = (gsize) (strstr (text, story_messages[i]) - text) + strlen (story_messages[i]);
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
    { "near/channels.json", story_channels, "whole export" },
    { "near/users.json", story_users, "whole export" },
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
#define ADD(name, function) g_test_add_func ("/import/slack-odd/" name, function)
  ADD ("one-bad-record-costs-one-record", test_one_bad_record_costs_one_record);
  ADD ("a-later-edit-is-another-version", test_a_later_edit_of_a_message_is_another_version);
  ADD ("direct-messages-only-when-asked", test_direct_messages_only_when_asked);
  ADD ("channel-and-time-are-chosen", test_channel_and_time_are_chosen);
  ADD ("cut-at-every-byte", test_cut_at_every_byte);
  ADD ("near-misses-say-what-to-do", test_near_misses_say_what_to_do);
  return g_test_run ();
}
