/* test-zone.c: wall clocks, and what happens when they are changed. */

#include "vantage-time.h"

static gint64
read_us (const char *text)
{
  gint64 us;

  g_assert_true (vantage_time_parse (text, -1, &us, NULL, NULL));
  return us;
}

typedef struct
{
  const char *zone;
  const char *wall;
  const char *instant;
  gboolean shown;
  gboolean twice;
} ResolveCase;

/* clang-format off */
static const ResolveCase cases[] = {
  { "Europe/Berlin",       "2024-03-01 03:14:07", "2024-03-01T02:14:07Z", TRUE,  FALSE },
  { "Europe/Berlin",       "2024-07-01 03:14:07", "2024-07-01T01:14:07Z", TRUE,  FALSE },
  { "Europe/Berlin",       "2024-03-31 01:59:59", "2024-03-31T00:59:59Z", TRUE,  FALSE },
  { "Europe/Berlin",       "2024-03-31 02:00:00", "2024-03-31T01:00:00Z", FALSE, FALSE },
  { "Europe/Berlin",       "2024-03-31 02:30:00", "2024-03-31T01:00:00Z", FALSE, FALSE },
  { "Europe/Berlin",       "2024-03-31 03:00:00", "2024-03-31T01:00:00Z", TRUE,  FALSE },
  { "Europe/Berlin",       "2024-10-27 01:59:59", "2024-10-26T23:59:59Z", TRUE,  FALSE },
  { "Europe/Berlin",       "2024-10-27 02:00:00", "2024-10-27T00:00:00Z", TRUE,  TRUE  },
  { "Europe/Berlin",       "2024-10-27 02:59:59", "2024-10-27T00:59:59Z", TRUE,  TRUE  },
  { "Europe/Berlin",       "2024-10-27 03:00:00", "2024-10-27T02:00:00Z", TRUE,  FALSE },
  { "America/New_York",    "2024-03-10 02:30:00", "2024-03-10T07:00:00Z", FALSE, FALSE },
  { "America/New_York",    "2024-11-03 01:30:00", "2024-11-03T05:30:00Z", TRUE,  TRUE  },
  { "Australia/Lord_Howe", "2024-04-07 01:45:00", "2024-04-06T14:45:00Z", TRUE,  TRUE  },
  { "Australia/Lord_Howe", "2024-10-06 02:15:00", "2024-10-05T15:30:00Z", FALSE, FALSE },
  { "Pacific/Apia",        "2011-12-30 12:00:00", "2011-12-30T10:00:00Z", FALSE, FALSE },
  { "Pacific/Apia",        "2011-12-31 00:00:00", "2011-12-30T10:00:00Z", TRUE,  FALSE },
  { "Asia/Kolkata",        "2024-03-01 05:30:00", "2024-03-01T00:00:00Z", TRUE,  FALSE },
  { "Asia/Kathmandu",      "2024-03-01 05:45:00", "2024-03-01T00:00:00Z", TRUE,  FALSE },
  { "UTC",                 "2024-03-31 02:30:00", "2024-03-31T02:30:00Z", TRUE,  FALSE },
  { "+05:30",              "2024-03-31 02:30:00", "2024-03-30T21:00:00Z", TRUE,  FALSE },
  { "-0330",               "2024-03-31 02:30:00", "2024-03-31T06:00:00Z", TRUE,  FALSE },
};
/* clang-format on */

static void
test_resolve (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const ResolveCase *c = &cases[i];
      g_autoptr (VantageZone) zone = vantage_zone_new (c->zone);
      g_autofree char *text = NULL;
      gboolean twice, shown;
      gint64 us;

      g_test_message ("%s %s", c->zone, c->wall);
      g_assert_nonnull (zone);
      shown = vantage_zone_resolve (zone, read_us (c->wall), &us, &twice);
      text = vantage_time_to_text (us);
      g_assert_cmpint (us, ==, read_us (c->instant));
      g_assert_cmpint (shown, ==, c->shown);
      g_assert_cmpint (twice, ==, c->twice);
    }
}

/* What a clock shows at an instant leads back to it, or to the earlier of two. */
static void
test_there_and_back (void)
{
  static const char *const names[] = { "Europe/London",    "America/Sao_Paulo", "Asia/Tehran",
                                       "Pacific/Apia",     "Africa/Casablanca", "America/St_Johns",
                                       "Antarctica/Troll", "Pacific/Chatham" };
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (VantageZone) zone = vantage_zone_new (names[i]);

      g_assert_nonnull (zone);
      for (guint k = 0; k < 5000; k++)
        {
          gint64 us = (gint64) (g_rand_double_range (random, -1e9, 4e9) * 1e6);
          gint64 wall_us = us + (gint64) G_USEC_PER_SEC * vantage_zone_get_offset_s (zone, us);
          gboolean twice;
          gint64 back;

          g_assert_true (vantage_zone_resolve (zone, wall_us, &back, &twice));
          g_assert_cmpint (back, <=, us);
          g_assert_true (back == us || twice);
          g_assert_cmpint (back + (gint64) G_USEC_PER_SEC * vantage_zone_get_offset_s (zone, back),
                           ==, wall_us);
        }
    }
}

/* The table of changes agrees with the rules it was made from, at every quarter of an hour that a
 * change may fall on and just before. */
static void
test_offsets (void)
{
  static const char *const names[] = { "Europe/Berlin", "Australia/Lord_Howe", "Asia/Gaza" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (VantageZone) zone = vantage_zone_new (names[i]);
      g_autoptr (GTimeZone) rules = g_time_zone_new_identifier (names[i]);

      for (gint64 s = -400000000; s < 3000000000; s += 86400 * 3 + 1800)
        {
          int interval = g_time_zone_find_interval (rules, G_TIME_TYPE_UNIVERSAL, s);

          g_assert_cmpint (vantage_zone_get_offset_s (zone, s * (gint64) G_USEC_PER_SEC), ==,
                           g_time_zone_get_offset (rules, interval));
        }
    }
}

static void
test_names (void)
{
  static const char *const unknown[] = {
    "",       "Nowhere/Town", "../../etc/passwd", "/etc/localtime", "Europe",
    "+25:00", "+1",           "right/UTC",        "+05:3",          "+0a:00",
    "+05:60", "UTC+2",        "Europe/",          "Ber lin",        "+123",
    "ABC5"
  };
  g_autoptr (VantageZone) berlin = vantage_zone_new ("Europe/Berlin");
  g_autoptr (VantageZone) again = vantage_zone_new ("Europe/Berlin");
  g_autoptr (VantageZone) zulu = vantage_zone_new ("Z");
  g_autoptr (VantageZone) local = vantage_zone_new_local ();

  g_assert_true (berlin == again);
  g_assert_cmpstr (vantage_zone_get_name (berlin), ==, "Europe/Berlin");
  g_assert_cmpstr (vantage_zone_get_name (zulu), ==, "UTC");
  g_assert_nonnull (local);
  for (guint i = 0; i < G_N_ELEMENTS (unknown); i++)
    {
      g_test_message ("'%s'", unknown[i]);
      g_assert_null (vantage_zone_new (unknown[i]));
    }
}

typedef struct
{
  const char *zone;
  const char *instant;
  VantageShow show;
  const char *text;
} ShowCase;

/* clang-format off */
static const ShowCase shows[] = {
  { "Europe/Berlin", "2024-03-01T02:14:07.25Z",     VANTAGE_SHOW_MINUTE,      "03:14" },
  { "Europe/Berlin", "2024-03-01T02:14:07.25Z",     VANTAGE_SHOW_SECOND,      "03:14:07" },
  { "Europe/Berlin", "2024-03-01T02:14:07.25Z",     VANTAGE_SHOW_MILLISECOND, "03:14:07.250" },
  { "Europe/Berlin", "2024-03-01T23:14:07Z",        VANTAGE_SHOW_DAY,         "2024-03-02" },
  { "Europe/Berlin", "2024-03-01T02:14:07Z",        VANTAGE_SHOW_DAY_MINUTE,  "2024-03-01 03:14" },
  { "Europe/Berlin", "2024-03-01T02:14:07Z",        VANTAGE_SHOW_FULL,        "2024-03-01 03:14:07 +01:00" },
  { "Europe/Berlin", "2024-03-01T02:14:07.25Z",     VANTAGE_SHOW_FULL,        "2024-03-01 03:14:07.250 +01:00" },
  { "Europe/Berlin", "2024-03-01T02:14:07.000001Z", VANTAGE_SHOW_FULL,        "2024-03-01 03:14:07.000001 +01:00" },
  { "-03:30",        "2024-03-01T02:14:07Z",        VANTAGE_SHOW_FULL,        "2024-02-29 22:44:07 -03:30" },
  { "UTC",           "0001-01-01T00:00:00Z",        VANTAGE_SHOW_FULL,        "0001-01-01 00:00:00 +00:00" },
  { "UTC",           "9999-12-31T23:59:59Z",        VANTAGE_SHOW_FULL,        "9999-12-31 23:59:59 +00:00" },
};
/* clang-format on */

static void
test_shown (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (shows); i++)
    {
      g_autoptr (VantageZone) zone = vantage_zone_new (shows[i].zone);
      g_autofree char *text = vantage_zone_format (zone, read_us (shows[i].instant), shows[i].show);

      g_assert_cmpstr (text, ==, shows[i].text);
      if (shows[i].show == VANTAGE_SHOW_FULL)
        g_assert_cmpint (read_us (text), ==, read_us (shows[i].instant));
    }
}

/* The ends of time, in zones that lead beyond them, are no trap. */
static void
test_ends_of_time (void)
{
  static const char *const names[] = { "Pacific/Kiritimati", "Pacific/Niue", "+23:59", "-23:59" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (VantageZone) zone = vantage_zone_new (names[i]);
      g_autofree char *first = vantage_zone_format (zone, VANTAGE_TIME_MIN, VANTAGE_SHOW_FULL);
      g_autofree char *last = vantage_zone_format (zone, VANTAGE_TIME_MAX, VANTAGE_SHOW_FULL);
      gint64 us;

      g_assert_nonnull (first);
      g_assert_nonnull (last);
      vantage_zone_resolve (zone, VANTAGE_TIME_MIN, &us, NULL);
      g_assert_cmpint (us, >=, VANTAGE_TIME_MIN);
      vantage_zone_resolve (zone, VANTAGE_TIME_MAX, &us, NULL);
      g_assert_cmpint (us, <=, VANTAGE_TIME_MAX);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/base/zone/skipped-and-doubled-readings-are-told", test_resolve);
  g_test_add_func ("/base/zone/readings-lead-back", test_there_and_back);
  g_test_add_func ("/base/zone/table-agrees-with-rules", test_offsets);
  g_test_add_func ("/base/zone/unknown-names-are-refused", test_names);
  g_test_add_func ("/base/zone/shown-as-promised", test_shown);
  g_test_add_func ("/base/zone/ends-of-time-are-no-trap", test_ends_of_time);
  return g_test_run ();
}
