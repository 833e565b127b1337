/* What a person carried at a moment: on call, pages, hours on, hours awake; said before estimated.
 */

#include "vantage-load.h"

#include "sense-night.h"

#define DAY (24 * HOUR)

typedef struct
{
  VantageActs *acts;
  GPtrArray *entities;
  GPtrArray *loads; /* of the last look */
  guint n;          /* items given */
} Fixture;

static void
setup (Fixture *f, gconstpointer data)
{
  f->acts = vantage_acts_new (get_night_person, NULL, NULL);
  f->entities = g_ptr_array_new_with_free_func (g_object_unref);
  vantage_acts_add_person (f->acts, "dana");
}

static void
teardown (Fixture *f, gconstpointer data)
{
  g_clear_pointer (&f->loads, g_ptr_array_unref);
  g_ptr_array_unref (f->entities);
  vantage_acts_free (f->acts);
}

static VantageItem *
make_next (Fixture *f, VantageItemKind kind, gint64 at_us, const char *who)
{
  g_autofree char *local = g_strdup_printf ("%u", ++f->n);

  return make_item (OPS, local, kind, at_us, who, "words");
}

static void
shift (Fixture *f, const char *who, gint64 at_us, const char *duration)
{
  VantageItem *item = make_next (f, VANTAGE_ITEM_SHIFT, at_us, who);

  if (duration != NULL)
    vantage_item_add_extra (item, "duration", duration);
  give (f->acts, item);
}

/* @about: (nullable): local id of what it is about */
static void
page (Fixture *f, const char *who, gint64 at_us, const char *about)
{
  VantageItem *item = make_next (f, VANTAGE_ITEM_PAGE, at_us, "pager");

  vantage_item_add_extra (item, "to", who);
  item->thread = g_strdup (about);
  give (f->acts, item);
}

static void
act (Fixture *f, const char *who, gint64 at_us)
{
  give (f->acts, make_next (f, VANTAGE_ITEM_MESSAGE, at_us, who));
}

static void
look (Fixture *f, gint64 moment_us, const char *zone_name)
{
  g_autoptr (VantageZone) zone = zone_name != NULL ? vantage_zone_new (zone_name) : NULL;

  g_clear_pointer (&f->loads, g_ptr_array_unref);
  f->loads = vantage_load_find (f->acts, vantage_acts_find_person (f->acts, "dana"), "dana",
                                moment_us, zone, f->entities);
}

static const VantageLoad *
get (Fixture *f, VantageLoadSort sort)
{
  for (guint i = 0; i < f->loads->len; i++)
    if (((VantageLoad *) f->loads->pdata[i])->sort == sort)
      return f->loads->pdata[i];
  return NULL;
}

static gint64
get_since (Fixture *f, VantageLoadSort sort)
{
  const VantageLoad *load = get (f, sort);

  return load != NULL ? load->since_us : VANTAGE_TIME_NONE;
}

/* ---- on call ---- */

static void
test_a_shift_says_since_when_until_when (Fixture *f, gconstpointer data)
{
  const struct
  {
    gint64 moment_us, since_us, until_us, unbroken_us;
    guint n_items;
  } table[] = {
    { PAGE - 1, VANTAGE_TIME_NONE, 0, 0, 0 },
    { PAGE, PAGE, PAGE + 8 * HOUR, PAGE, 1 },
    { PAGE + 8 * HOUR - 1, PAGE, PAGE + 8 * HOUR, PAGE, 1 },
    { PAGE + 8 * HOUR, PAGE + 8 * HOUR, PAGE + 16 * HOUR, PAGE, 1 },
    { PAGE + 13 * HOUR, PAGE + 8 * HOUR, PAGE + 18 * HOUR, PAGE, 2 },
    { PAGE + 18 * HOUR, VANTAGE_TIME_NONE, 0, 0, 0 },
    { PAGE + 20 * HOUR, PAGE + 20 * HOUR, PAGE + 21 * HOUR, PAGE + 20 * HOUR, 1 },
    { PAGE + 30 * HOUR, VANTAGE_TIME_NONE, 0, 0, 0 },
  };

  shift (f, "dana", PAGE, "28800");
  shift (f, "dana", PAGE + 8 * HOUR, "28800");
  shift (f, "dana", PAGE + 12 * HOUR, "21600");
  shift (f, "dana", PAGE + 20 * HOUR, "3600");
  shift (f, "dana", PAGE + 22 * HOUR, NULL); /* nobody knows until when */
  shift (f, "dana", PAGE + 23 * HOUR, "-3600");
  shift (f, "ilse", PAGE + 29 * HOUR, "7200");
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const VantageLoad *load;

      look (f, table[i].moment_us, NULL);
      load = get (f, VANTAGE_LOAD_ON_CALL);
      if (table[i].since_us == VANTAGE_TIME_NONE)
        {
          g_assert_null (load);
          continue;
        }
      g_assert_nonnull (load);
      g_assert_true (load->estimated);
      g_assert_cmpint (load->since_us, ==, table[i].since_us);
      g_assert_cmpint (load->until_us, ==, table[i].until_us);
      g_assert_cmpint (load->unbroken_us, ==, table[i].unbroken_us);
      g_assert_cmpuint (load->items->len, ==, table[i].n_items);
    }
}

static void
test_an_end_is_never_guessed (Fixture *f, gconstpointer data)
{
  const struct
  {
    const char *duration, *end;
    gboolean on_call;
  } table[] = {
    { "3600", "2024-03-14T02:04:00Z", TRUE },
    { NULL, "2024-03-14T05:00:00+01:00", TRUE },
    { NULL, "2024-03-14T05:00:00", FALSE },
    { NULL, "2024-03-14T01:00:00Z", FALSE },
    { "9223372036854775807", NULL, TRUE },
    { "99999999999999999999", NULL, FALSE },
    { "0", NULL, FALSE },
    { "an hour", "later", FALSE },
    { "", "", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      Fixture one = { 0 };
      VantageItem *item;

      setup (&one, NULL);
      item = make_next (&one, VANTAGE_ITEM_SHIFT, PAGE, "dana");
      vantage_item_add_extra (item, "duration", table[i].duration);
      vantage_item_add_extra (item, "end", table[i].end);
      give (one.acts, item);
      look (&one, PAGE + 30 * MINUTE, NULL);
      g_assert_cmpint (get (&one, VANTAGE_LOAD_ON_CALL) != NULL, ==, table[i].on_call);
      teardown (&one, NULL);
    }
}

/* ---- pages ---- */

static void
test_pages_are_counted_by_day_and_night (Fixture *f, gconstpointer data)
{
  const VantageLoad *load;

  give (f->acts, make_item (OPS, "a", VANTAGE_ITEM_ALERT, PAGE - DAY, "lagwatch", "lag"));
  page (f, "dana", PAGE - DAY, "a");       /* a day ago to the microsecond: no more */
  page (f, "dana", PAGE - 5 * HOUR, NULL); /* 21:03 of London, 02:33 of Kolkata */
  page (f, "dana", PAGE - 10 * MINUTE, "a");
  page (f, "dana", PAGE - 10 * MINUTE + 5 * SECOND, "a"); /* the same ring, by mail */
  page (f, "dana", PAGE - 2 * MINUTE, "a");
  page (f, "dana", PAGE, NULL);
  page (f, "ilse", PAGE, NULL);
  page (f, "dana", PAGE + 1, NULL);

  look (f, PAGE, NULL);
  load = get (f, VANTAGE_LOAD_PAGES);
  g_assert_nonnull (load);
  g_assert_cmpuint (load->count, ==, 4);
  g_assert_cmpuint (load->night, ==, 3);
  g_assert_cmpuint (load->items->len, ==, 4);
  g_assert_cmpint (load->since_us, ==, PAGE - 5 * HOUR);
  load = get (f, VANTAGE_LOAD_AT_ONCE);
  g_assert_nonnull (load);
  g_assert_cmpuint (load->count, ==, 2);
  g_assert_cmpuint (load->items->len, ==, 3);

  look (f, PAGE, "Asia/Kolkata"); /* 07:33 there */
  g_assert_cmpuint (get (f, VANTAGE_LOAD_PAGES)->night, ==, 1);
  look (f, PAGE - MINUTE, NULL);
  g_assert_null (get (f, VANTAGE_LOAD_AT_ONCE));
  look (f, PAGE - 3 * DAY, NULL);
  g_assert_null (get (f, VANTAGE_LOAD_PAGES));
}

static void
test_a_storm_of_pages_is_bounded (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 2000; i++)
    page (f, "dana", PAGE + i * 10 * SECOND, NULL);
  look (f, PAGE + 2000 * 10 * SECOND, NULL);
  g_assert_cmpuint (get (f, VANTAGE_LOAD_PAGES)->count, ==, 2000);
  g_assert_cmpuint (get (f, VANTAGE_LOAD_PAGES)->items->len, ==, 20);
  g_assert_cmpuint (get (f, VANTAGE_LOAD_AT_ONCE)->count, ==, 91);
  g_assert_cmpint (get_since (f, VANTAGE_LOAD_AT_ONCE), ==, PAGE);
}

/* ---- pauses ---- */

static void
test_pauses_end_hours_on_and_waking (Fixture *f, gconstpointer data)
{
  /* The evening before, by the clock of UTC: 22 is NOON + 10 * HOUR. */
  const gint64 noon = PAGE - 3 * MINUTE - 14 * HOUR;
  const struct
  {
    gint64 acts[5]; /* after noon; 0: no more */
    gint64 moment;
    gint64 on, awake; /* 0: no estimate */
  } table[] = {
    { { HOUR, 2 * HOUR }, 3 * HOUR, HOUR, HOUR },
    { { HOUR }, HOUR, 0, 0 },               /* just come */
    { { HOUR }, 7 * HOUR - 1, HOUR, HOUR }, /* a pause by day is none to sleep in */
    { { HOUR }, 7 * HOUR, 0, 0 },           /* … until it is six hours long */
    { { HOUR, 7 * HOUR }, 8 * HOUR, 7 * HOUR, 7 * HOUR },
    { { HOUR, 6 * HOUR, 10 * HOUR }, 11 * HOUR, HOUR, HOUR },      /* four hours in the evening */
    { { 10 * HOUR, 13 * HOUR }, 14 * HOUR, 10 * HOUR, 13 * HOUR }, /* three hours at night */
    { { 10 * HOUR, 13 * HOUR - 1 }, 14 * HOUR, 10 * HOUR, 10 * HOUR },
    { { 9 * HOUR, 13 * HOUR - 1 }, 14 * HOUR, 9 * HOUR, 9 * HOUR },
    { { 6 * HOUR, 11 * HOUR }, 14 * HOUR, 6 * HOUR, 0 }, /* may be asleep again */
    { { 15 * HOUR }, 14 * HOUR, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      Fixture one = { 0 };

      setup (&one, NULL);
      for (guint j = 0; j < 5 && table[i].acts[j] != 0; j++)
        act (&one, "dana", noon + table[i].acts[j]);
      look (&one, noon + table[i].moment, NULL);
      g_assert_cmpint (get_since (&one, VANTAGE_LOAD_HOURS_ON), ==,
                       table[i].on != 0 ? noon + table[i].on : VANTAGE_TIME_NONE);
      g_assert_cmpint (get_since (&one, VANTAGE_LOAD_AWAKE), ==,
                       table[i].awake != 0 ? noon + table[i].awake : VANTAGE_TIME_NONE);
      teardown (&one, NULL);
    }
}

static void
test_what_others_do_wakes_nobody (Fixture *f, gconstpointer data)
{
  VantageItem *item = make_next (f, VANTAGE_ITEM_JOIN, PAGE, "dana");
  const char *const by[] = { "dana", NULL };

  vantage_item_add_extra (item, "by", "ilse");
  give (f->acts, item);
  shift (f, "dana", PAGE, "28800");
  page (f, "dana", PAGE, NULL);
  item = make_next (f, VANTAGE_ITEM_MESSAGE, PAGE, "ilse");
  item->mentions = g_strdupv ((char *[]){ (char *) "dana", NULL });
  vantage_item_add_reaction (item, "eyes", 1, by); /* nobody knows when */
  give (f->acts, item);
  item = make_next (f, VANTAGE_ITEM_MESSAGE, PAGE, "dana");
  item->precision = VANTAGE_PRECISION_DAY;
  give (f->acts, item);
  look (f, PAGE + HOUR, NULL);
  g_assert_null (get (f, VANTAGE_LOAD_HOURS_ON));
  g_assert_null (get (f, VANTAGE_LOAD_AWAKE));
  g_assert_nonnull (get (f, VANTAGE_LOAD_ON_CALL));

  give (f->acts, make_next (f, VANTAGE_ITEM_JOIN, PAGE + MINUTE, "dana"));
  look (f, PAGE + HOUR, NULL);
  g_assert_cmpint (get_since (f, VANTAGE_LOAD_AWAKE), ==, PAGE + MINUTE);
}

/* ---- what was said ---- */

static void
say_condition (Fixture *f, const char *id, const char *who, const char *key, gint64 from_us,
               const char *by, const char *state)
{
  const VantageWhen from = { .sort = from_us != 0 ? VANTAGE_WHEN_AT : VANTAGE_WHEN_UNKNOWN,
                             .at_us = from_us };

  g_ptr_array_add (f->entities,
                   make_entity ("condition", id, FALSE, "person", vantage_value_new_ref (who),
                                "key", vantage_value_new_text (key), "from",
                                vantage_value_new_when (&from), "by", vantage_value_new_text (by),
                                "state", vantage_value_new_text (state), NULL));
}

static void
give_night (Fixture *f)
{
  shift (f, "dana", PAGE - HOUR, "28800");
  page (f, "dana", PAGE, NULL);
  page (f, "dana", PAGE + MINUTE, NULL);
  act (f, "dana", PAGE + 2 * MINUTE);
}

static void
test_what_was_said_goes_first (Fixture *f, gconstpointer data)
{
  const VantageLoad *load;

  give_night (f);
  look (f, PAGE + HOUR, NULL);
  g_assert_cmpuint (f->loads->len, ==, VANTAGE_N_LOADS);

  say_condition (f, "c1", "dana", "awake_since", PAGE - 20 * HOUR, "estimate", "estimate");
  say_condition (f, "c2", "old", "awake_since", PAGE - 21 * HOUR, "account", "confirmed");
  say_condition (f, "c3", "dana", "awake_since", PAGE - 22 * HOUR, "record", "confirmed");
  say_condition (f, "c4", "dana", "awake_since", PAGE + 2 * HOUR, "account", "confirmed");
  say_condition (f, "c5", "ilse", "awake_since", PAGE - 2 * HOUR, "account", "confirmed");
  say_condition (f, "c6", "dana", "pages", 0, "account", "confirmed");
  g_ptr_array_add (f->entities, make_entity ("person", "old", FALSE, "into",
                                             vantage_value_new_ref ("dana"), NULL));
  look (f, PAGE + HOUR, NULL);
  load = get (f, VANTAGE_LOAD_AWAKE);
  g_assert_nonnull (load);
  g_assert_false (load->estimated);
  g_assert_cmpstr (load->condition, ==, "c2");
  g_assert_cmpint (load->since_us, ==, PAGE - 21 * HOUR);
  load = get (f, VANTAGE_LOAD_PAGES);
  g_assert_cmpstr (load->condition, ==, "c6");
  g_assert_cmpint (load->since_us, ==, VANTAGE_TIME_NONE);
  g_assert_null (get (f, VANTAGE_LOAD_AT_ONCE));
  g_assert_true (get (f, VANTAGE_LOAD_ON_CALL)->estimated);
}

static void
test_what_is_hidden_is_left_out (Fixture *f, gconstpointer data)
{
  give_night (f);
  say_condition (f, "c1", "dana", "awake_since", PAGE - 20 * HOUR, "account", "hidden");
  for (guint sort = 0; sort < VANTAGE_N_LOADS; sort++)
    if (sort != VANTAGE_LOAD_AWAKE && sort != VANTAGE_LOAD_PAGES)
      g_ptr_array_add (f->entities,
                       make_entity ("dismissal", "d", sort == VANTAGE_LOAD_AT_ONCE, "of",
                                    vantage_value_new_text (vantage_load_get_pattern (sort)),
                                    "about", vantage_value_new_ref ("dana"), NULL));
  g_ptr_array_add (f->entities, make_entity ("dismissal", "d", FALSE, "of",
                                             vantage_value_new_text ("load:pages"), "about",
                                             vantage_value_new_ref ("ilse"), NULL));
  look (f, PAGE + HOUR, NULL);
  g_assert_cmpuint (f->loads->len, ==, 2);
  g_assert_nonnull (get (f, VANTAGE_LOAD_PAGES));
  g_assert_nonnull (get (f, VANTAGE_LOAD_AT_ONCE)); /* its dismissal was taken back */

  /* What is said in the open is shown though the estimate is hidden. */
  say_condition (f, "c2", "dana", "on_call_since", PAGE - 3 * HOUR, "account", "confirmed");
  look (f, PAGE + HOUR, NULL);
  g_assert_cmpstr (get (f, VANTAGE_LOAD_ON_CALL)->condition, ==, "c2");
}

static void
test_nobody_in_the_record_still_speaks (Fixture *f, gconstpointer data)
{
  say_condition (f, "c1", "boss", "awake_since", PAGE, "account", "confirmed");
  f->loads = vantage_load_find (f->acts, VANTAGE_NOBODY, "boss", PAGE + HOUR, NULL, f->entities);
  g_assert_cmpuint (f->loads->len, ==, 1);
}

/* ---- any night ---- */

static gboolean
is_equal (const VantageLoad *a, const VantageLoad *b)
{
  return a->sort == b->sort && a->since_us == b->since_us && a->until_us == b->until_us &&
         a->unbroken_us == b->unbroken_us && a->count == b->count && a->night == b->night &&
         a->items->len == b->items->len;
}

static void
check_load (Fixture *f, const VantageLoad *load, gint64 moment_us)
{
  guint32 n_items;
  const VantageActItem *items = vantage_acts_get_items (f->acts, &n_items);

  g_assert_true (load->estimated);
  g_assert_cmpint (load->since_us, <=, moment_us);
  g_assert_cmpuint (load->night, <=, MAX (load->count, load->items->len));
  g_assert_cmpuint (load->items->len, >, 0);
  for (guint i = 0; i < load->items->len; i++)
    {
      guint32 item = vantage_acts_find_item (f->acts, load->items->pdata[i]);

      g_assert_cmpuint (item, <, n_items);
      g_assert_cmpint (items[item].time_us, <=, moment_us);
    }
  if (load->sort == VANTAGE_LOAD_ON_CALL)
    {
      g_assert_cmpint (load->until_us, >, moment_us);
      g_assert_cmpint (load->unbroken_us, <=, load->since_us);
    }
}

static void
give_any (Fixture *f, GRand *rand, gint64 from_us, gint64 until_us)
{
  const char *who = g_rand_boolean (rand) ? "dana" : "ilse";
  gint64 us = from_us + g_rand_int_range (rand, 0, (int) ((until_us - from_us) / SECOND)) * SECOND;
  g_autofree char *duration = g_strdup_printf ("%d", g_rand_int_range (rand, 1, 12) * 3600);

  switch (g_rand_int_range (rand, 0, 4))
    {
    case 0:
      shift (f, who, us, duration);
      break;
    case 1:
      page (f, who, us, NULL);
      break;
    default:
      act (f, who, us);
      break;
    }
}

static void
test_any_night_keeps_the_rules (Fixture *f, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1710);

  for (guint round = 0; round < 100; round++)
    {
      Fixture one = { 0 };
      gint64 moment_us = PAGE + g_rand_int_range (rand, 0, 86400) * SECOND;
      g_autoptr (GPtrArray) before = NULL;

      setup (&one, NULL);
      for (int i = g_rand_int_range (rand, 0, 60); i > 0; i--)
        give_any (&one, rand, moment_us - 2 * DAY, moment_us);
      look (&one, moment_us, "America/New_York");
      for (guint i = 0; i < one.loads->len; i++)
        check_load (&one, one.loads->pdata[i], moment_us);
      if (get (&one, VANTAGE_LOAD_AWAKE) != NULL)
        g_assert_cmpint (get_since (&one, VANTAGE_LOAD_AWAKE), >=,
                         get_since (&one, VANTAGE_LOAD_HOURS_ON));
      if (get (&one, VANTAGE_LOAD_AT_ONCE) != NULL)
        g_assert_cmpuint (get (&one, VANTAGE_LOAD_AT_ONCE)->count, <=,
                          get (&one, VANTAGE_LOAD_PAGES)->count);

      /* What comes later is not known yet. */
      before = g_steal_pointer (&one.loads);
      for (guint i = 0; i < 20; i++)
        give_any (&one, rand, moment_us + SECOND, moment_us + DAY);
      look (&one, moment_us, "America/New_York");
      g_assert_cmpuint (one.loads->len, ==, before->len);
      for (guint i = 0; i < before->len; i++)
        g_assert_true (is_equal (one.loads->pdata[i], before->pdata[i]));
      teardown (&one, NULL);
    }
}

#define ADD(name, function)                                                                        \
  g_test_add ("/sense/load/" name, Fixture, NULL, setup, function, teardown)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("a-shift-says-since-when-until-when", test_a_shift_says_since_when_until_when);
  ADD ("an-end-is-never-guessed", test_an_end_is_never_guessed);
  ADD ("pages-are-counted-by-day-and-night", test_pages_are_counted_by_day_and_night);
  ADD ("a-storm-of-pages-is-bounded", test_a_storm_of_pages_is_bounded);
  ADD ("pauses-end-hours-on-and-waking", test_pauses_end_hours_on_and_waking);
  ADD ("what-others-do-wakes-nobody", test_what_others_do_wakes_nobody);
  ADD ("what-was-said-goes-first", test_what_was_said_goes_first);
  ADD ("what-is-hidden-is-left-out", test_what_is_hidden_is_left_out);
  ADD ("nobody-in-the-record-still-speaks", test_nobody_in_the_record_still_speaks);
  ADD ("any-night-keeps-the-rules", test_any_night_keeps_the_rules);
  return g_test_run ();
}
