/* test-ics.c: on-call rotations: who, from when to when, by whatever clock. All of it is made up.
 */

#include "hurt.h"

#include <string.h>

#define CALENDAR(events) "BEGIN:VCALENDAR\r\nX-WR-CALNAME:Primary\r\n" events "END:VCALENDAR\r\n"
#define EVENT(lines) "BEGIN:VEVENT\r\n" lines "END:VEVENT\r\n"
#define BERLIN(time) ";TZID=Europe/Berlin:" time

static gint64
us_of (const char *time)
{
  gint64 us;

  g_assert_true (vantage_time_parse (time, -1, &us, NULL, NULL));
  return us;
}

static Collected *
read_range (const char *text, const char *since, const char *until, const char *zone,
            GError **error)
{
  static guint n;
  g_autofree char *name = g_strdup_printf ("rota-%u.ics", n++);
  g_autofree char *path = scratch_write (name, text, -1);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;

  if (since != NULL)
    options.since_us = us_of (since);
  if (until != NULL)
    options.until_us = us_of (until);
  options.zone = zone;
  return collect (path, &options, error);
}

static Collected *
read_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  Collected *all = read_range (text, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return all;
}

/* ---- when ---- */

typedef struct
{
  const char *name, *text;
  const char *times; /* of all shifts, in order */
} When;

/* clang-format off */
static const When whens[] = {
  { "utc", CALENDAR (EVENT ("UID:a\r\nDTSTART:20240304T140211Z\r\nDTEND:20240304T150000Z\r\nSUMMARY:ada\r\n")),
    "2024-03-04T14:02:11" },
  { "named-zone", CALENDAR (EVENT ("UID:a\r\nDTSTART" BERLIN ("20240304T090000") "\r\nSUMMARY:ada\r\n")), "2024-03-04T08:00:00" },
  { "nine-stays-nine", CALENDAR (EVENT ("UID:a\r\nDTSTART" BERLIN ("20240325T090000") "\r\nDURATION:P7D\r\n"
    "RRULE:FREQ=WEEKLY;COUNT=3\r\nSUMMARY:ada\r\n")), "2024-03-25T08:00:00 2024-04-01T07:00:00 2024-04-08T07:00:00" },
  { "until-in-utc", CALENDAR (EVENT ("UID:a\r\nDTSTART" BERLIN ("20240304T090000") "\r\nRRULE:FREQ=DAILY;UNTIL=20240306T080000Z\r\n")),
    "2024-03-04T08:00:00 2024-03-05T08:00:00 2024-03-06T08:00:00" },
  { "until-as-date", CALENDAR (EVENT ("UID:a\r\nDTSTART:20240304T090000Z\r\nRRULE:FREQ=DAILY;UNTIL=20240305\r\n")),
    "2024-03-04T09:00:00 2024-03-05T09:00:00" },
  { "until-without-zone", CALENDAR (EVENT ("UID:a\r\nDTSTART" BERLIN ("20240304T090000") "\r\nRRULE:FREQ=DAILY;UNTIL=20240305T090000\r\n")),
    "2024-03-04T08:00:00 2024-03-05T08:00:00" },
  { "every-twelve-hours", CALENDAR (EVENT ("UID:a\r\nDTSTART:20240304T090000Z\r\nRRULE:FREQ=HOURLY;INTERVAL=12;COUNT=3\r\n")),
    "2024-03-04T09:00:00 2024-03-04T21:00:00 2024-03-05T09:00:00" },
  { "left-out", CALENDAR (EVENT ("UID:a\r\nDTSTART" BERLIN ("20240304T090000") "\r\nRRULE:FREQ=DAILY;COUNT=4\r\n"
    "EXDATE:20240305T080000Z\r\nEXDATE;VALUE=DATE:20240306\r\n")), "2024-03-04T08:00:00 2024-03-07T08:00:00" },
  { "added", CALENDAR (EVENT ("UID:a\r\nDTSTART:20240304T090000Z\r\nRDATE:20240307T090000Z,20240304T090000Z\r\n"
    "RDATE;VALUE=PERIOD:20240308T090000Z/PT2H\r\n")), "2024-03-04T09:00:00 2024-03-07T09:00:00 2024-03-08T09:00:00" },
  { "moved", CALENDAR (EVENT ("UID:a\r\nRECURRENCE-ID:20240305T080000Z\r\nDTSTART:20240305T120000Z\r\nSUMMARY:bo\r\n")
    EVENT ("UID:a\r\nDTSTART" BERLIN ("20240304T090000") "\r\nRRULE:FREQ=DAILY;COUNT=2\r\nSUMMARY:ada\r\n")),
    "2024-03-04T08:00:00 2024-03-05T12:00:00" },
  { "cancelled", CALENDAR (EVENT ("UID:a\r\nDTSTART:20240304T090000Z\r\nRRULE:FREQ=DAILY;COUNT=2\r\n")
    EVENT ("UID:a\r\nRECURRENCE-ID:20240305T090000Z\r\nDTSTART:20240305T090000Z\r\nSTATUS:CANCELLED\r\n")), "2024-03-04T09:00:00" },
  { "override-alone", CALENDAR (EVENT ("UID:a\r\nRECURRENCE-ID:20240305T090000Z\r\nDTSTART:20240305T100000Z\r\n")), "2024-03-05T10:00:00" },
  { "calendar-zone", "BEGIN:VCALENDAR\nX-WR-TIMEZONE:America/New_York\n" EVENT ("UID:a\nDTSTART:20240304T090000\n") "END:VCALENDAR\n",
    "2024-03-04T14:00:00" },
  { "all-day", "BEGIN:VCALENDAR\nX-WR-TIMEZONE:Europe/Berlin\n" EVENT ("UID:a\nDTSTART;VALUE=DATE:20240304\n") "END:VCALENDAR\n",
    "2024-03-03T23:00:00" },
  { "name-of-windows", CALENDAR (EVENT ("UID:a\r\nDTSTART;TZID=\"W. Europe Standard Time\":20240704T090000\r\n")), "2024-07-04T07:00:00" },
  { "name-with-a-front", CALENDAR (EVENT ("UID:a\r\nDTSTART;TZID=/x.org/2019_1/Europe/Berlin:20240704T090000\r\n")), "2024-07-04T07:00:00" },
  { "rules-of-the-file", CALENDAR ("BEGIN:VTIMEZONE\r\nTZID:Office\r\nBEGIN:STANDARD\r\nDTSTART:19701025T030000\r\n"
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nTZOFFSETFROM:+0300\r\nTZOFFSETTO:+0200\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\n"
    "DTSTART:19700329T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0300\r\n"
    "END:DAYLIGHT\r\nEND:VTIMEZONE\r\n" EVENT ("UID:a\r\nDTSTART;TZID=Office:20240304T090000\r\nRDATE;TZID=Office:20240704T090000\r\n")),
    "2024-03-04T07:00:00 2024-07-04T06:00:00" },
  { "folded", "BEGIN:VCALENDAR\r\n" EVENT ("UID:a\r\nDTSTART:2024\r\n 0304T09\r\n\t0000Z\r\n") "END:VCALENDAR\r\n", "2024-03-04T09:00:00" },
  { "several-calendars", CALENDAR (EVENT ("UID:a\r\nDTSTART:20240304T090000Z\r\n")) CALENDAR (EVENT ("UID:b\r\nDTSTART:20240305T090000Z\r\n")),
    "2024-03-04T09:00:00 2024-03-05T09:00:00" },
  { "bad-rule", CALENDAR (EVENT ("UID:a\r\nDTSTART:20240304T090000Z\r\nRRULE:FREQ=OFTEN\r\n")), "2024-03-04T09:00:00" },
  { "every-second", CALENDAR (EVENT ("UID:a\r\nDTSTART:20240304T090000Z\r\nRRULE:FREQ=SECONDLY;BYMONTH=13\r\n")), "2024-03-04T09:00:00" },
  { "never-again", CALENDAR (EVENT ("UID:a\r\nDTSTART:20240304T090000Z\r\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\r\n")), "2024-03-04T09:00:00" },
};
/* clang-format on */

static void
test_when (gconstpointer data)
{
  const When *when = data;
  g_autoptr (Collected) all = read_text (when->text);
  g_autoptr (GString) times = g_string_new (NULL);

  for (guint i = 0; i < all->items->len; i++)
    {
      VantageItem *item = all->items->pdata[i];
      char text[VANTAGE_TIME_TEXT_SIZE];

      g_assert_cmpint (item->kind, ==, VANTAGE_ITEM_SHIFT);
      g_string_append_printf (times, "%s%.19s", i > 0 ? " " : "",
                              vantage_time_format (item->time_us, text));
    }
  g_assert_cmpstr (times->str, ==, when->times);
}

/* ---- who ---- */

static void
test_who (void)
{
  static const struct
  {
    const char *lines, *keys;
  } whos[] = {
    { "SUMMARY:ada\r\n", "name:ada" },
    { "SUMMARY:@Ada Bell\r\n", "name:Ada Bell" },
    { "SUMMARY:[L1] ada\r\n", "name:ada" },
    { "SUMMARY:Ada@Example.ORG\r\n", "ada@example.org" },
    { "SUMMARY:On Call - Ada Bell - Payments\r\n", "name:Ada Bell" },
    { "SUMMARY:On-call: Ada Bell\r\n", "name:Ada Bell" },
    { "SUMMARY:ada\\, bo\r\n", "name:ada name:bo" },
    { "SUMMARY:on call\r\n", "name:on call" },
    { "SUMMARY:Week 9\r\nATTENDEE;CN=Ada Bell:mailto:Ada@example.org\r\n", "ada@example.org" },
    { "SUMMARY:x\r\nATTENDEE;CN=\"Bell, "
      "Ada\":mailto:a@x.org\r\nATTENDEE;CUTYPE=ROOM;CN=R:mailto:r@x\r\n",
      "a@x.org" },
    { "DESCRIPTION:nobody\r\n", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (whos); i++)
    {
      g_autofree char *text = g_strdup_printf (
          CALENDAR (EVENT ("UID:a\r\nDTSTART:20240304T090000Z\r\n%s")), whos[i].lines);
      g_autoptr (Collected) all = read_text (text);
      g_autoptr (GString) keys = g_string_new (NULL);

      for (guint k = 0; k < all->items->len; k++)
        {
          const char *key = ((VantageItem *) all->items->pdata[k])->account;

          g_string_append_printf (keys, "%s%s", k > 0 ? " " : "", key != NULL ? key : "");
        }
      g_assert_cmpstr (keys->str, ==, whos[i].keys);
    }
}

static void
test_shift_says_its_end (void)
{
  g_autoptr (Collected) all = read_text (
      CALENDAR (EVENT ("UID:night-1\r\nDTSTART" BERLIN ("20240304T210000") "\r\nDTEND" BERLIN (
          "20240305T090000") "\r\nSUMMARY:[L2] ada\r\nDESCRIPTION:first\\nsecond\r\n")));
  VantageItem *item = collected_find (all, "night-1");

  g_assert_cmpstr (item->raw_time, ==, "20240304T210000");
  g_assert_cmpint (item->precision, ==, VANTAGE_PRECISION_S);
  g_assert_cmpint (item->zone_origin, ==, VANTAGE_ZONE_IN_FILE);
  g_assert_cmpstr (vantage_item_get_extra (item, "end"), ==, "20240305T090000");
  g_assert_cmpstr (vantage_item_get_extra (item, "duration"), ==, "43200");
  g_assert_cmpstr (vantage_item_get_extra (item, "level"), ==, "L2");
  g_assert_cmpstr (item->text, ==, "[L2] ada\nfirst\nsecond");
  g_assert_cmpint (((VantageChannel *) all->channels->pdata[0])->sort, ==, VANTAGE_CHANNEL_ROTA);
  g_assert_nonnull (collected_find_channel (all, "Primary"));
}

static const char endless[] =
    CALENDAR (EVENT ("UID:a\r\nDTSTART:20240101T090000Z\r\nDTEND:20240108T090000Z\r\n"
                     "RRULE:FREQ=WEEKLY\r\nSUMMARY:ada\r\n"));

/* A shift that began before the range lasts into it. */
static void
test_range (void)
{
  g_autoptr (Collected) all =
      read_range (endless, "2024-03-06T00:00:00Z", "2024-03-12T00:00:00Z", NULL, NULL);
  g_autoptr (Collected) much = read_text (endless);

  g_assert_cmpuint (all->items->len, ==, 2);
  g_assert_nonnull (collected_find (all, "a.20240304T090000Z"));
  g_assert_nonnull (collected_find (all, "a.20240311T090000Z"));
  g_assert_cmpuint (collected_count (all, "endless-rule"), ==, 0);
  g_assert_cmpuint (much->items->len, ==, 2000);
  g_assert_cmpuint (collected_count (much, "endless-rule"), ==, 1);
}

static void
test_zone_is_asked_for (void)
{
  static const char *const unsure[] = {
    CALENDAR (EVENT ("UID:a\r\nDTSTART:20240304T090000\r\nSUMMARY:ada\r\n")),
    CALENDAR (EVENT ("UID:a\r\nDTSTART;VALUE=DATE:20240304\r\nSUMMARY:ada\r\n")),
    CALENDAR (EVENT ("UID:a\r\nDTSTART;TZID=Nowhere:20240304T090000\r\nSUMMARY:ada\r\n")),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (unsure); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (Collected) none = read_range (unsure[i], NULL, NULL, NULL, &error);
      g_autoptr (Collected) all = read_range (unsure[i], NULL, NULL, "Asia/Tokyo", NULL);
      VantageItem *item = collected_find (all, "a");

      g_assert_null (none);
      g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEEDS_ZONE);
      g_assert_cmpint (item->time_us, ==,
                       us_of (i == 1 ? "2024-03-03T15:00:00Z" : "2024-03-04T00:00:00Z"));
      g_assert_cmpint (item->precision, ==, i == 1 ? VANTAGE_PRECISION_DAY : VANTAGE_PRECISION_S);
      g_assert_cmpint (item->zone_origin, ==, VANTAGE_ZONE_CHOSEN);
    }
}

static void
test_odd_events (void)
{
  static const char *const odd[] = {
    EVENT (""),
    EVENT ("UID:b\r\n"),
    EVENT ("UID:b\r\nDTSTART:\r\n"),
    EVENT ("UID:b\r\nDTSTART:yesterday\r\n"),
    EVENT ("UID:b\r\nDTSTART:20241304T090000Z\r\n"),
    EVENT ("UID:b\r\nDTSTART:20240304T090000Z\r\nDTEND:late\r\n"),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autofree char *text =
          g_strdup_printf (CALENDAR (EVENT ("UID:a\r\nDTSTART:20240304T090000Z\r\n") "%s"), odd[i]);
      g_autoptr (Collected) all = read_text (text);

      g_assert_cmpuint (all->items->len, ==, 1);
      g_assert_cmpuint (collected_count_skipped (all), ==, 1);
    }
}

static void
test_near_misses (void)
{
  static const char *const wrong[] = { "BEGIN:VCARD\r\nFN:Ada\r\nEND:VCARD\r\n",
                                       EVENT ("DTSTART:20240304T090000Z\r\n") };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (Collected) all = read_range (wrong[i], NULL, NULL, NULL, &error);

      g_assert_null (all);
      g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEAR_MISS);
    }
}

static const char hurt[] =
    CALENDAR (EVENT (
        "UID:a\r\nDTSTART" BERLIN ("20240304T090000") "\r\nRRULE:FREQ=DAILY;COUNT=3\r\n"
                                                      "EXDATE:20240305T080000Z\r\nSUMMARY:ada\r\n")
                  EVENT ("UID:b\r\nDTSTART:20240304T090000Z\r\nDURATION:PT8H\r\nSUMMARY:bo\r\n"));

static void
test_hurt (void)
{
  hurt_cut_everywhere ("ics", "cut.ics", hurt);
  hurt_flip_bytes ("ics", "flipped.ics", hurt, 41, 300);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (whens); i++)
    {
      g_autofree char *path = g_strdup_printf ("/import/ics/when/%s", whens[i].name);

      g_test_add_data_func (path, &whens[i], test_when);
    }
  g_test_add_func ("/import/ics/who-is-on-call", test_who);
  g_test_add_func ("/import/ics/shift-says-its-end", test_shift_says_its_end);
  g_test_add_func ("/import/ics/range-has-what-lasts-into-it", test_range);
  g_test_add_func ("/import/ics/zone-is-asked-for", test_zone_is_asked_for);
  g_test_add_func ("/import/ics/odd-events-are-told", test_odd_events);
  g_test_add_func ("/import/ics/near-misses-say-what-to-export", test_near_misses);
  g_test_add_func ("/import/ics/hurt-files", test_hurt);
  return g_test_run ();
}
