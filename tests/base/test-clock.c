/* test-clock.c: the clock that never runs back, and identifiers. */

#include "vantage-clock.h"
#include "vantage-hash.h"
#include "vantage-id.h"

#include <string.h>

#define MS G_GINT64_CONSTANT (1000)
#define NOW (1709259247000 * MS)
#define FIVE_MINUTES (300000 * MS)

/* Three machines whose wall clocks jump about and who hear of each other's stamps. */
static void
test_never_back (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  VantageClock clocks[3] = { 0 };
  gint64 now[3] = { NOW, NOW, NOW };
  VantageStamp given[3] = { 0 };

  for (guint i = 0; i < 200000; i++)
    {
      guint k = (guint) g_rand_int_range (random, 0, 3);
      guint other = (guint) g_rand_int_range (random, 0, 3);
      VantageStamp stamp;

      now[k] += g_rand_int_range (random, -2000000, 2000100);
      if (now[other] - now[k] < FIVE_MINUTES)
        vantage_clock_receive (&clocks[k], given[other], now[k]);
      stamp = vantage_clock_tick (&clocks[k], now[k]);
      g_assert_cmpuint (stamp, >, given[k]);
      g_assert_cmpuint (stamp, >=, clocks[k].last);
      given[k] = stamp;
    }
}

static void
test_wall_time (void)
{
  VantageClock clock = { 0 };
  VantageStamp first = vantage_clock_tick (&clock, NOW + 999);
  VantageStamp second = vantage_clock_tick (&clock, NOW);

  g_assert_cmpint (vantage_stamp_get_us (first), ==, NOW);
  g_assert_cmpuint (second, ==, first + 1);
  g_assert_cmpint (vantage_stamp_get_us (vantage_clock_tick (&clock, NOW + MS)), ==, NOW + MS);

  /* A full counter goes on into the next millisecond. */
  clock.last |= 0xffff;
  g_assert_cmpint (vantage_stamp_get_us (vantage_clock_tick (&clock, NOW)), ==, NOW + 2 * MS);
  g_assert_cmpuint (vantage_clock_tick (&(VantageClock){ 0 }, -5), ==, 1);
}

static void
test_far_ahead (void)
{
  VantageClock clock = { 0 };

  vantage_clock_receive (&clock, G_MAXUINT64, NOW);
  g_assert_cmpint (vantage_stamp_get_us (clock.last), ==, NOW + FIVE_MINUTES);
  vantage_clock_receive (&clock, 1, NOW);
  g_assert_cmpint (vantage_stamp_get_us (clock.last), ==, NOW + FIVE_MINUTES);
  g_assert_cmpint (vantage_stamp_get_us (vantage_clock_tick (&clock, NOW)), ==, NOW + FIVE_MINUTES);
}

static void
test_stamp_text (void)
{
  static const char *const wrong[] = {
    "", "018e", "018E000000000001", "018e0000000000011", "018e00000000000g", " 18e000000000001"
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (2);
  char text[VANTAGE_STAMP_LENGTH + 1], last_text[VANTAGE_STAMP_LENGTH + 1] = "0000000000000000";
  VantageStamp last = 0, back;

  for (guint i = 0; i < 10000; i++)
    {
      VantageStamp stamp = (VantageStamp) g_rand_int (random) << 32 | g_rand_int (random);

      vantage_stamp_to_text (stamp, text);
      g_assert_true (vantage_stamp_from_text (text, &back));
      g_assert_cmpuint (back, ==, stamp);
      g_assert_cmpint (strcmp (text, last_text) < 0, ==, stamp < last);
      strcpy (last_text, text);
      last = stamp;
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (vantage_stamp_from_text (wrong[i], &back));
}

static void
test_made_ids (void)
{
  g_autofree char *last = vantage_id_new (NOW);
  g_autofree char *device = vantage_device_new ();
  g_autofree char *other = vantage_device_new ();

  for (guint i = 1; i < 1000; i++)
    {
      char *id = vantage_id_new (NOW + i * MS);

      g_assert_true (vantage_id_is_valid (id));
      g_assert_cmpstr (last, <, id);
      g_free (last);
      last = id;
    }
  g_assert_true (vantage_device_is_valid (device));
  g_assert_cmpstr (device, !=, other);
  g_assert_false (vantage_id_is_valid (device));
  g_assert_false (vantage_id_is_valid (NULL));
  g_assert_false (vantage_id_is_valid ("018E00000000AAAAAAAAAAAAAAAAAAAA"));
}

/* Worked out elsewhere, with sha256sum: other programs must get the same. */
static void
test_computed_ids (void)
{
  g_autofree char *channel = vantage_channel_id ("slack", "", "C024BE91L");
  g_autofree char *identity = vantage_identity_id ("jira", "example.org", "name:Ren\303\251");
  g_autofree char *decomposed = vantage_identity_id ("jira", "example.org", "name:Rene\314\201");
  g_autofree char *no_system = vantage_channel_id ("slack", NULL, "C024BE91L");
  g_autofree char *author = vantage_author_id ("0123456789abcdef");
  g_autofree char *person = vantage_person_id ("r", "i");

  g_assert_cmpstr (channel, ==, "a791ca7ed2c9f536");
  g_assert_cmpstr (no_system, ==, channel);
  g_assert_cmpstr (identity, ==, "53a6f9ead0bb851c47b6bd9db1b3d6e5");
  g_assert_cmpstr (decomposed, ==, identity);
  g_assert_cmpstr (author, ==, "39db0f56b9e1da134fdafed0de560096");
  g_assert_cmpstr (person, ==, "5cd7e4249ac0f43338cb4ec9833064c9");
}

static void
test_hash (void)
{
  static const char abc[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  static const char empty[] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  g_autoptr (VantageHash) hash = vantage_hash_new ();
  g_autofree char *whole = vantage_hash_data_text ("abc", 3);
  g_autofree char *nothing = vantage_hash_data_text (NULL, 0);
  g_autofree char *parts = NULL;
  g_autofree char *again = NULL;
  guint8 bytes[3];

  vantage_hash_update (hash, "a", 1);
  vantage_hash_update (hash, NULL, 0);
  vantage_hash_update (hash, "bc", 2);
  parts = vantage_hash_finish_text (hash);
  again = vantage_hash_finish_text (hash);
  g_assert_cmpstr (whole, ==, abc);
  g_assert_cmpstr (parts, ==, abc);
  g_assert_cmpstr (again, ==, empty);
  g_assert_cmpstr (nothing, ==, empty);

  g_assert_true (vantage_hex_decode ("00ffA0", bytes, 3));
  g_assert_cmpmem (bytes, 3, "\x00\xff\xa0", 3);
  g_assert_false (vantage_hex_decode ("00ffA", bytes, 3));
  g_assert_false (vantage_hex_decode ("00ffA00", bytes, 3));
  g_assert_false (vantage_hex_decode ("00fg00", bytes, 3));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/base/clock/never-runs-back", test_never_back);
  g_test_add_func ("/base/clock/follows-the-wall", test_wall_time);
  g_test_add_func ("/base/clock/is-not-pulled-far-ahead", test_far_ahead);
  g_test_add_func ("/base/clock/stamps-read-back-and-order", test_stamp_text);
  g_test_add_func ("/base/id/made-ones-are-in-time-order", test_made_ids);
  g_test_add_func ("/base/id/computed-ones-agree-everywhere", test_computed_ids);
  g_test_add_func ("/base/hash/is-sha-256", test_hash);
  return g_test_run ();
}
