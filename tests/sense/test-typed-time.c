/* Times as they are typed, on Thursday 14 March 2024 in Berlin (UTC+1). */

#include "vantage-typed-time.h"

#include "sense-night.h"

#include <string.h>

#define MIDNIGHT (PAGE - 3 * HOUR - 3 * MINUTE) /* 2024-03-14T00:00:00+01:00 */
#define AT(h, m, s) (MIDNIGHT + (h) *HOUR + (m) *MINUTE + (s) *SECOND)
#define OPEN VANTAGE_DURATION_OPEN

typedef struct
{
  const char *text;
  VantageTypedSort sort;
  gint64 a, b; /* AT: time, ±; BETWEEN: from, until; else least, most */
  VantageWhenSort when;
  VantageTimeRel rel;
  const char *object;
} Case;

/* clang-format off */
static const Case cases[] = {
  { "02:14",                     VANTAGE_TYPED_WHEN, AT (2, 14, 0), 0, VANTAGE_WHEN_AT },
  { "02:14:07",                  VANTAGE_TYPED_WHEN, AT (2, 14, 7), 0, VANTAGE_WHEN_AT },
  { "2:14:07.25",                VANTAGE_TYPED_WHEN, AT (2, 14, 7) + 250000, 0, VANTAGE_WHEN_AT },
  { "2 pm",                      VANTAGE_TYPED_WHEN, AT (14, 0, 0), 0, VANTAGE_WHEN_AT },
  { "2:10pm",                    VANTAGE_TYPED_WHEN, AT (14, 10, 0), 0, VANTAGE_WHEN_AT },
  { "12:30 am",                  VANTAGE_TYPED_WHEN, AT (0, 30, 0), 0, VANTAGE_WHEN_AT },
  { "noon",                      VANTAGE_TYPED_WHEN, AT (12, 0, 0), 0, VANTAGE_WHEN_AT },
  { "about 02:10",               VANTAGE_TYPED_WHEN, AT (2, 10, 0), 5 * MINUTE, VANTAGE_WHEN_AT },
  { "≈ 02:10",                   VANTAGE_TYPED_WHEN, AT (2, 10, 0), 5 * MINUTE, VANTAGE_WHEN_AT },
  { "~2",                        VANTAGE_TYPED_WHEN, AT (2, 0, 0), 30 * MINUTE, VANTAGE_WHEN_AT },
  { "around 02:14:07",           VANTAGE_TYPED_WHEN, AT (2, 14, 7), 30 * SECOND, VANTAGE_WHEN_AT },
  { "02:10 or so",               VANTAGE_TYPED_WHEN, AT (2, 10, 0), 5 * MINUTE, VANTAGE_WHEN_AT },
  { "02:10 ± 2 min",             VANTAGE_TYPED_WHEN, AT (2, 10, 0), 2 * MINUTE, VANTAGE_WHEN_AT },
  { "At 2",                      VANTAGE_TYPED_WHEN, AT (2, 0, 0), 0, VANTAGE_WHEN_AT },
  { "yesterday 23:50",           VANTAGE_TYPED_WHEN, AT (-1, 50, 0), 0, VANTAGE_WHEN_AT },
  { "23:50 yesterday",           VANTAGE_TYPED_WHEN, AT (-1, 50, 0), 0, VANTAGE_WHEN_AT },
  { "tomorrow at 3",             VANTAGE_TYPED_WHEN, AT (27, 0, 0), 0, VANTAGE_WHEN_AT },
  { "2024-03-13 23:50",          VANTAGE_TYPED_WHEN, AT (-1, 50, 0), 0, VANTAGE_WHEN_AT },
  { "13 March 23:50",            VANTAGE_TYPED_WHEN, AT (-1, 50, 0), 0, VANTAGE_WHEN_AT },
  { "Mar 13, 2024, 23:50",       VANTAGE_TYPED_WHEN, AT (-1, 50, 0), 0, VANTAGE_WHEN_AT },
  { "2024-03-14T02:03:00Z",      VANTAGE_TYPED_WHEN, PAGE, 0, VANTAGE_WHEN_AT },
  { "2024-03-14T02:03:00+01:00", VANTAGE_TYPED_WHEN, PAGE - HOUR, 0, VANTAGE_WHEN_AT },
  { "2024-03-14T02:03",          VANTAGE_TYPED_WHEN, AT (2, 3, 0), 0, VANTAGE_WHEN_AT },
  { "between 2 and 3",           VANTAGE_TYPED_WHEN, AT (2, 0, 0), AT (3, 0, 0), VANTAGE_WHEN_BETWEEN },
  { "between 2 and 3 pm",        VANTAGE_TYPED_WHEN, AT (14, 0, 0), AT (15, 0, 0), VANTAGE_WHEN_BETWEEN },
  { "02:10–02:20",               VANTAGE_TYPED_WHEN, AT (2, 10, 0), AT (2, 20, 0), VANTAGE_WHEN_BETWEEN },
  { "from 23:50 to 00:10",       VANTAGE_TYPED_WHEN, AT (23, 50, 0), AT (24, 10, 0), VANTAGE_WHEN_BETWEEN },
  { "between yesterday 23:50 and 00:10", VANTAGE_TYPED_WHEN, AT (-1, 50, 0), AT (0, 10, 0), VANTAGE_WHEN_BETWEEN },
  { "some time at 02:14",        VANTAGE_TYPED_WHEN, AT (2, 14, 0), AT (2, 15, 0) - 1, VANTAGE_WHEN_BETWEEN },
  { "yesterday",                 VANTAGE_TYPED_WHEN, AT (-24, 0, 0), AT (0, 0, 0) - 1, VANTAGE_WHEN_BETWEEN },
  { "before 02:10",              VANTAGE_TYPED_WHEN, AT (0, 0, 0), AT (2, 10, 0), VANTAGE_WHEN_BETWEEN },
  { "after 22:10",               VANTAGE_TYPED_WHEN, AT (22, 10, 0), AT (24, 0, 0) - 1, VANTAGE_WHEN_BETWEEN },
  { "before the page",           VANTAGE_TYPED_RELATION, 0, OPEN, 0, VANTAGE_REL_BEFORE, "the page" },
  { "10 min before the Page",    VANTAGE_TYPED_RELATION, 10 * MINUTE, 10 * MINUTE, 0, VANTAGE_REL_BEFORE, "the Page" },
  { "about 10 min before X",     VANTAGE_TYPED_RELATION, 5 * MINUTE, 15 * MINUTE, 0, VANTAGE_REL_BEFORE, "X" },
  { "ten minutes or so before Kim joined", VANTAGE_TYPED_RELATION, 5 * MINUTE, 15 * MINUTE, 0, VANTAGE_REL_BEFORE, "Kim joined" },
  { "5–10 minutes after it",     VANTAGE_TYPED_RELATION, 5 * MINUTE, 10 * MINUTE, 0, VANTAGE_REL_AFTER, "it" },
  { "an hour and 10 min after it", VANTAGE_TYPED_RELATION, 70 * MINUTE, 70 * MINUTE, 0, VANTAGE_REL_AFTER, "it" },
  { "1h30 after it",             VANTAGE_TYPED_RELATION, 90 * MINUTE, 90 * MINUTE, 0, VANTAGE_REL_AFTER, "it" },
  { "within 5 min after it",     VANTAGE_TYPED_RELATION, 0, 5 * MINUTE, 0, VANTAGE_REL_AFTER, "it" },
  { "at least half an hour before it", VANTAGE_TYPED_RELATION, 30 * MINUTE, OPEN, 0, VANTAGE_REL_BEFORE, "it" },
  { "just after it",             VANTAGE_TYPED_RELATION, 0, 5 * MINUTE, 0, VANTAGE_REL_AFTER, "it" },
  { "during the call",           VANTAGE_TYPED_RELATION, 0, OPEN, 0, VANTAGE_REL_DURING, "the call" },
  { "same time as “Ärger”",      VANTAGE_TYPED_RELATION, 0, 0, 0, VANTAGE_REL_SAME, "“Ärger”" },
  { "within 2 min of it",        VANTAGE_TYPED_RELATION, 2 * MINUTE, 2 * MINUTE, 0, VANTAGE_REL_SAME, "it" },
  { "10 min before",             VANTAGE_TYPED_RELATION, 10 * MINUTE, 10 * MINUTE, 0, VANTAGE_REL_BEFORE, "" },
  { "for 90 s",                  VANTAGE_TYPED_LASTS, 90 * SECOND, 90 * SECOND, 0, VANTAGE_REL_LASTS },
  { "took 1 h 30",               VANTAGE_TYPED_LASTS, 90 * MINUTE, 90 * MINUTE, 0, VANTAGE_REL_LASTS },
  { "lasted 5 to 10 minutes",    VANTAGE_TYPED_LASTS, 5 * MINUTE, 10 * MINUTE, 0, VANTAGE_REL_LASTS },
  { "no idea",                   VANTAGE_TYPED_UNKNOWN },
  { "?",                         VANTAGE_TYPED_UNKNOWN },
};

static const char *const refused[] = {
  "", " ", "2", "25:00", "02:60", "2:14:70", "soonish", "02:14 the page", "13 pm", "31 February 02:10",
  "2024-02-30 02:10", "between 2", "about", "for", "10 min", "2:1:1:1", "99999999999999999999", "for ever",
  "a", "at", "-", "99 99", "2024-13-01 02:10", "about the page",
};
/* clang-format on */

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (VantageZone) berlin = vantage_zone_new ("Europe/Berlin");
  VantageTypedTime t;

  g_assert_true (vantage_typed_time_parse (c->text, PAGE, berlin, &t));
  g_assert_cmpint (t.sort, ==, c->sort);
  if (c->sort == VANTAGE_TYPED_WHEN)
    {
      g_assert_cmpint (t.when.sort, ==, c->when);
      g_assert_cmpint (t.when.at_us, ==, c->a);
      g_assert_cmpint (c->when == VANTAGE_WHEN_AT ? t.when.plus_minus_us : t.when.until_us, ==,
                       c->b);
      return;
    }
  g_assert_cmpint (t.min_us, ==, c->a);
  g_assert_cmpint (t.max_us, ==, c->b);
  g_assert_cmpint (t.rel, ==, c->rel);
  g_assert_cmpstr (t.object, ==, c->object);
}

static void
test_others_are_refused (void)
{
  g_autoptr (VantageZone) berlin = vantage_zone_new ("Europe/Berlin");
  VantageTypedTime t = { .min_us = 77 };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_test_message ("%s", refused[i]);
      g_assert_false (vantage_typed_time_parse (refused[i], PAGE, berlin, &t));
      g_assert_cmpint (t.min_us, ==, 77);
    }
}

static void
test_changes_of_the_clock_are_told (void)
{
  g_autoptr (VantageZone) berlin = vantage_zone_new ("Europe/Berlin");
  VantageTypedTime t;

  g_assert_true (vantage_typed_time_parse ("2024-03-31 02:30", PAGE, berlin, &t));
  g_assert_true (t.skipped);
  g_assert_cmpint (t.when.at_us, ==, G_GINT64_CONSTANT (1711846800000000));
  g_assert_true (vantage_typed_time_parse ("2024-10-27 02:30", PAGE, berlin, &t));
  g_assert_true (t.twice);
  g_assert_cmpint (t.when.at_us, ==, G_GINT64_CONSTANT (1729989000000000));
  g_assert_true (vantage_typed_time_parse ("2024-10-27 02:30 ± 1 min", PAGE, berlin, &t));
  g_assert_false (t.skipped);
}

static void
test_random_lines_are_harmless (void)
{
  static const char *const pieces[] = { "about ", "2",        ":",     "14",         "before ",
                                        "after ", "between ", " and ", "min ",       "h",
                                        "-",      "–",        "±",     "yesterday ", "march ",
                                        "2024",   " ",        "pm",    "Ä",          "half an ",
                                        "for ",   "within ",  "T",     "Z",          "." };
  g_autoptr (VantageZone) berlin = vantage_zone_new ("Europe/Berlin");
  g_autoptr (GRand) rand = g_rand_new_with_seed (61);

  for (int i = 0; i < 20000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      VantageTypedTime t;

      for (int j = g_rand_int_range (rand, 0, 9); j > 0; j--)
        g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
      if (!vantage_typed_time_parse (text->str, PAGE, berlin, &t))
        continue;
      if (t.sort == VANTAGE_TYPED_WHEN && t.when.sort == VANTAGE_WHEN_BETWEEN)
        g_assert_cmpint (t.when.at_us, <=, t.when.until_us);
      if (t.sort == VANTAGE_TYPED_RELATION)
        {
          g_assert_cmpint (t.min_us, <=, t.max_us == 0 ? t.min_us : t.max_us);
          g_assert_true (t.object >= text->str && t.object <= text->str + text->len);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/sense/typed-time/%s", cases[i].text);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/sense/typed-time/others-are-refused", test_others_are_refused);
  g_test_add_func ("/sense/typed-time/changes-of-the-clock-are-told",
                   test_changes_of_the_clock_are_told);
  g_test_add_func ("/sense/typed-time/random-lines-are-harmless", test_random_lines_are_harmless);
  return g_test_run ();
}
