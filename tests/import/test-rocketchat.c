/* test-rocketchat.c: messages of Rocket.Chat in their wrappings. */

#include "chat.h"
#include "hurt.h"

#include <string.h>

#define MARA "\"u\":{\"_id\":\"userMara00000001\",\"username\":\"mara\",\"name\":\"Mara\"}"
#define MESSAGE(id, ts, rest)                                                                      \
  "{\"_id\":\"" id "\",\"rid\":\"room1\",\"ts\":" ts "," MARA                                      \
  ",\"_updatedAt\":\"2024-03-05T00:00:00.000Z\"," rest "}"

/* clang-format off */
static const char list[] =
  "[" MESSAGE ("m5", "\"2024-03-04T14:03:00.000Z\"", "\"msg\":\"tomas\",\"t\":\"ru\"") ","
  MESSAGE ("m4", "\"2024-03-04T14:02:14.000Z\"", "\"msg\":\"[ ](https://chat/channel/ops?msg=m1) \xc3\xbc""berholt\",\"tmid\":\"m1\","
           "\"attachments\":[{\"message_link\":\"https://chat/channel/ops?msg=m2\",\"text\":\"quoted\"}],\"mentions\":[{\"_id\":\"u2\",\"username\":\"tomas\"},{\"_id\":\"all\"}]") ","
  MESSAGE ("m3", "{\"$date\":1709560933000}", "\"msg\":\"\",\"alias\":\"Alarm\",\"bot\":{\"i\":\"x\"},\"attachments\":[{\"title\":\"disk\",\"text\":\"full\"}]") ","
  MESSAGE ("m2h", "\"2024-03-04T14:02:12.000Z\"", "\"msg\":\"before\",\"_hidden\":true,\"parent\":\"m2\"") ","
  MESSAGE ("m2", "\"2024-03-04T14:02:12.000Z\"", "\"msg\":\"after\",\"editedAt\":\"2024-03-04T14:05:00.000Z\",\"file\":{\"_id\":\"f\",\"name\":\"a.png\",\"type\":\"image/png\"}") ","
  MESSAGE ("m1", "\"2024-03-04T14:02:11.123Z\"", "\"msg\":\"all red\",\"tcount\":1,\"replies\":[\"u2\"],\"reactions\":{\":eyes:\":{\"usernames\":[\"mara\",\"lin\"]}}") ","
  MESSAGE ("m0", "\"2024-03-04T14:02:10.000Z\"", "\"msg\":\"mara\",\"t\":\"uj\"") "]";

static const char lines[] =
  "leave|2024-03-04T14:03:00.000000Z|u2|tomas\n"
  "message|2024-03-04T14:02:14.000000Z|userMara00000001|überholt\n"
  "message|2024-03-04T14:02:13.000000Z|name:Alarm|disk\nfull\n"
  "message|2024-03-04T14:02:12.000000Z|userMara00000001|after\n"
  "message|2024-03-04T14:02:11.123000Z|userMara00000001|all red\n"
  "join|2024-03-04T14:02:10.000000Z|userMara00000001|mara\n";
/* clang-format on */

static char *
dup_page (void)
{
  return g_strdup_printf ("{\"messages\":%s,\"count\":7,\"offset\":0,\"total\":9,\"success\":true}",
                          list);
}

static void
test_a_page_is_read (void)
{
  g_autofree char *page = dup_page ();
  g_autoptr (Collected) all = chat_read ("page.json", page, NULL, NULL);
  g_autofree char *got = chat_dup_lines (all);
  VantageItem *first = collected_find (all, "m1"), *second = collected_find (all, "m2");
  VantageItem *fourth = collected_find (all, "m4");
  const VantageReaction *reaction = first->reactions->pdata[0];

  g_assert_cmpstr (all->facts->format, ==, "rocketchat");
  g_assert_cmpstr (got, ==, lines);
  g_assert_false (all->facts->complete);
  g_assert_cmpuint (collected_count (all, "more-pages"), ==, 1);
  g_assert_cmpuint (collected_count (all, "older-wordings"), ==, 1);
  g_assert_cmpstr (reaction->name, ==, "eyes");
  g_assert_cmpint (reaction->count, ==, 2);
  g_assert_cmpstr (reaction->by[0], ==, "userMara00000001");
  g_assert_cmpstr (reaction->by[1], ==, "name:lin");
  g_assert_cmpint (second->edited_us, ==, G_GINT64_CONSTANT (1709561100000000));
  g_assert_cmpuint (second->attachments->len, ==, 1);
  g_assert_cmpint (first->edited_us, ==, VANTAGE_TIME_NONE);
  g_assert_cmpstr (first->thread, ==, "m1");
  g_assert_cmpstr (fourth->thread, ==, "m1");
  g_assert_cmpstr (fourth->reply_to, ==, "m2");
  g_assert_cmpuint (g_strv_length (fourth->mentions), ==, 1);
  g_assert_true (collected_find_identity (all, "name:Alarm")->bot);
}

static void
test_rooms_beside_it_give_names (void)
{
  static const char info[] = "{\"channel\":{\"_id\":\"room1\",\"name\":\"ops\",\"fname\":\"Ops\","
                             "\"t\":\"c\",\"msgs\":3,\"topic\":\"quiet\"},\"success\":true}";
  g_autofree char *page = dup_page ();
  g_autofree char *a = scratch_write ("folder/a.json", info, -1);
  g_autofree char *b = scratch_write ("folder/b.json", page, -1);
  g_autofree char *folder = g_path_get_dirname (a);
  g_autoptr (Collected) both = collect_ok (folder, NULL);
  g_autoptr (Collected) alone = collect_ok (b, NULL);
  g_autofree char *ids = collected_dup_ids (both);
  g_autofree char *alone_ids = collected_dup_ids (alone);

  g_assert_cmpstr (ids, ==, alone_ids);
  g_assert_nonnull (collected_find_channel (both, "Ops"));
  g_assert_cmpstr (collected_find_channel (both, "Ops")->topic, ==, "quiet");
}

static void
test_direct_rooms_are_left_out (void)
{
  static const char text[] = "[{\"_id\":\"m1\",\"rid\":\"userMara00000001userTomas0000001\","
                             "\"ts\":\"2024-03-04T14:02:10.000Z\",\"msg\":\"hush\"," MARA "}]";
  g_autofree char *path = scratch_write ("direct.json", text, -1);
  g_autoptr (GError) error = NULL;

  g_assert_null (collect (path, NULL, &error));
  g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_DIRECT_ONLY);
}

static void
test_hurt (void)
{
  g_autofree char *page = dup_page ();

  hurt_cut_everywhere ("rocketchat", "cut.json", page);
  hurt_flip_bytes ("rocketchat", "flip.json", page, 4, 200);
}

static void
test_dumps_and_rooms_alone_are_refused (void)
{
  static const char bson[] = "\x20\x00\x00\x00\x02_id\x00\x03\x00\x00\x00"
                             "ab\x00\x00more of it";
  static const char room[] =
      "{\"channel\":{\"_id\":\"r\",\"name\":\"ops\",\"t\":\"c\",\"msgs\":3}}";
  g_autofree char *dump = scratch_write ("rocketchat_message.bson", bson, sizeof bson);
  g_autofree char *alone = scratch_write ("room.json", room, -1);
  g_autoptr (GError) first = NULL;
  g_autoptr (GError) second = NULL;

  g_assert_null (collect (dump, NULL, &first));
  g_assert_error (first, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEAR_MISS);
  g_assert_nonnull (strstr (first->message, "bsondump"));
  g_assert_null (collect (alone, NULL, &second));
  g_assert_error (second, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEAR_MISS);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/import/rocketchat/a-page-is-read", test_a_page_is_read);
  g_test_add_func ("/import/rocketchat/rooms-beside-it-give-names",
                   test_rooms_beside_it_give_names);
  g_test_add_func ("/import/rocketchat/direct-rooms-are-left-out", test_direct_rooms_are_left_out);
  g_test_add_func ("/import/rocketchat/hurt", test_hurt);
  g_test_add_func ("/import/rocketchat/dumps-and-rooms-alone-are-refused",
                   test_dumps_and_rooms_alone_are_refused);
  return g_test_run ();
}
