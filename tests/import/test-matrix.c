/* test-matrix.c: rooms of Matrix as Element exports them, and events as the interface gives them.
 */

#include "chat.h"
#include "hurt.h"

#include <string.h>

#define EVENT(id, ms, type, rest)                                                                  \
  "{\"type\":\"" type "\",\"event_id\":\"$" id "\",\"room_id\":\"!r:ex.org\","                     \
  "\"sender\":\"@mara:ex.org\",\"origin_server_ts\":" ms "," rest "}"
#define TEXT(body) "\"content\":{\"msgtype\":\"m.text\",\"body\":\"" body "\"}"

/* clang-format off */
static const char room[] =
  "{\"room_name\":\"Ops\",\"room_creator\":\"Mara\",\"topic\":\"x\",\"export_date\":\"4. M\xc3\xa4rz\",\"exported_by\":\"@mara:ex.org\",\"messages\":["
  EVENT ("j1", "1709560931000", "m.room.member", "\"state_key\":\"@mara:ex.org\",\"content\":{\"membership\":\"join\",\"displayname\":\"Mara\"}") ","
  EVENT ("n1", "1709560931001", "m.room.name", "\"state_key\":\"\",\"content\":{\"name\":\"Ops\"}") ","
  EVENT ("m1", "1709560931123", "m.room.message", TEXT ("all red")
         ",\"unsigned\":{\"age\":5,\"m.relations\":{\"m.replace\":{\"event_id\":\"$e\",\"origin_server_ts\":1709560940000}}}") ","
  EVENT ("m2", "1709560932000", "m.room.message",
         "\"content\":{\"msgtype\":\"m.text\",\"body\":\"> <@mara:ex.org> all red\\n\\nlooking\",\"m.relates_to\":{\"m.in_reply_to\":{\"event_id\":\"$m1\"}},"
         "\"m.mentions\":{\"user_ids\":[\"@tomas:ex.org\"]}}") ","
  EVENT ("m3", "1709560933000", "m.room.message",
         "\"content\":{\"msgtype\":\"m.notice\",\"body\":\"in thread\",\"m.relates_to\":{\"rel_type\":\"m.thread\",\"event_id\":\"$m1\",\"is_falling_back\":true,"
         "\"m.in_reply_to\":{\"event_id\":\"$m2\"}}}") ","
  EVENT ("i1", "1709560934000", "m.room.message",
         "\"content\":{\"msgtype\":\"m.image\",\"body\":\"graph.png\",\"url\":\"mxc://ex.org/abc\",\"info\":{\"mimetype\":\"image/png\",\"size\":12}}") ","
  EVENT ("d1", "1709560935000", "m.room.message", "\"content\":{},\"unsigned\":{\"redacted_because\":{\"type\":\"m.room.redaction\"}}") ","
  EVENT ("r1", "1709560936000", "m.reaction", "\"content\":{\"m.relates_to\":{\"rel_type\":\"m.annotation\",\"event_id\":\"$m1\",\"key\":\"eyes\"}}") ","
  EVENT ("x1", "1709560937000", "m.room.encrypted", "\"content\":{\"ciphertext\":\"zz\"}") ","
  EVENT ("c1", "1709560938000", "m.call.invite", "\"content\":{}") ","
  EVENT ("l1", "1709560939000", "m.room.member",
         "\"state_key\":\"@tomas:ex.org\",\"content\":{\"membership\":\"leave\",\"reason\":\"later\"},\"unsigned\":{\"prev_content\":{\"membership\":\"join\"}}") ","
  EVENT ("p1", "1709560939500", "m.room.member",
         "\"state_key\":\"@mara:ex.org\",\"content\":{\"membership\":\"join\",\"displayname\":\"Mara K\"},\"prev_content\":{\"membership\":\"join\"}") ","
  EVENT ("e1", "1709560941000", "m.room.message",
         "\"content\":{\"msgtype\":\"m.text\",\"body\":\"* looked\",\"m.new_content\":{\"msgtype\":\"m.text\",\"body\":\"looked\"},"
         "\"m.relates_to\":{\"rel_type\":\"m.replace\",\"event_id\":\"$m2\"}}")
  "]}";

static const char lines[] =
  "join|2024-03-04T14:02:11.000000Z|@mara:ex.org|\n"
  "topic|2024-03-04T14:02:11.001000Z|@mara:ex.org|Ops\n"
  "message|2024-03-04T14:02:11.123000Z|@mara:ex.org|all red\n"
  "message|2024-03-04T14:02:12.000000Z|@mara:ex.org|looking\n"
  "message|2024-03-04T14:02:13.000000Z|@mara:ex.org|in thread\n"
  "message|2024-03-04T14:02:14.000000Z|@mara:ex.org|\n"
  "delete|2024-03-04T14:02:15.000000Z|@mara:ex.org|\n"
  "message|2024-03-04T14:02:17.000000Z|@mara:ex.org|(encrypted message)\n"
  "call|2024-03-04T14:02:18.000000Z|@mara:ex.org|\n"
  "leave|2024-03-04T14:02:19.000000Z|@tomas:ex.org|later\n"
  "other|2024-03-04T14:02:19.500000Z|@mara:ex.org|\n"
  "edit|2024-03-04T14:02:21.000000Z|@mara:ex.org|looked\n";
/* clang-format on */

static void
test_a_room_is_read (void)
{
  g_autoptr (Collected) all = chat_read ("room.json", room, NULL, NULL);
  g_autofree char *got = chat_dup_lines (all);
  VantageItem *first = collected_find (all, "m1"), *second = collected_find (all, "m2");
  VantageItem *third = collected_find (all, "m3"), *image = collected_find (all, "i1");
  const VantageReaction *reaction;

  g_assert_cmpstr (all->facts->format, ==, "matrix");
  g_assert_cmpstr (got, ==, lines);
  g_assert_cmpuint (collected_count_skipped (all), ==, 0);
  g_assert_nonnull (collected_find_channel (all, "Ops"));
  g_assert_cmpint (first->edited_us, ==, G_GINT64_CONSTANT (1709560940000000));
  g_assert_cmpint (second->edited_us, ==, G_GINT64_CONSTANT (1709560941000000));
  g_assert_cmpstr (first->url, ==, "https://matrix.to/#/!r:ex.org/$m1");
  g_assert_cmpstr (second->reply_to, ==, "m1");
  g_assert_cmpstr (second->mentions[0], ==, "@tomas:ex.org");
  g_assert_cmpstr (third->thread, ==, "m1");
  g_assert_cmpstr (first->thread, ==, "m1");
  g_assert_null (third->reply_to);
  g_assert_cmpuint (image->attachments->len, ==, 1);
  g_assert_cmpstr (((VantageAttachment *) image->attachments->pdata[0])->name, ==, "graph.png");
  reaction = first->reactions->pdata[0];
  g_assert_cmpstr (reaction->name, ==, "eyes");
  g_assert_cmpstr (reaction->by[0], ==, "@mara:ex.org");
  g_assert_cmpstr (collected_find_identity (all, "@mara:ex.org")->name, ==, "Mara K");
  g_assert_cmpstr (collected_find_identity (all, "@mara:ex.org")->handle, ==, "mara");
}

/* Bare lists, pages that begin with the newest, and lines hold the same events. */
static void
test_wrappings_say_the_same (void)
{
  const char *begin = strchr (room, '[');
  const char *end = strrchr (room, ']');
  g_autofree char *list = g_strndup (begin, (gsize) (end - begin + 1));
  g_autofree char *page = g_strdup_printf ("{\"chunk\":%s,\"start\":\"a\",\"end\":\"b\"}", list);
  g_autoptr (Collected) whole = chat_read ("whole.json", room, NULL, NULL);
  g_autoptr (Collected) bare = chat_read ("bare.json", list, NULL, NULL);
  g_autoptr (Collected) paged = chat_read ("page.json", page, NULL, NULL);
  g_autofree char *ids = collected_dup_ids (whole);
  g_autofree char *bare_ids = collected_dup_ids (bare);
  g_autofree char *paged_ids = collected_dup_ids (paged);

  g_assert_cmpstr (bare_ids, ==, ids);
  g_assert_cmpstr (paged_ids, ==, ids);
}

static void
test_direct_rooms_are_left_out (void)
{
  static const char direct[] = "[" EVENT (
      "j1", "1709560931000", "m.room.member",
      "\"state_key\":\"@mara:ex.org\",\"content\":{\"membership\":\"join\","
      "\"is_direct\":true}") "," EVENT ("m1", "1709560932000", "m.room.message", TEXT ("hush")) "]";
  g_autofree char *path = scratch_write ("direct.json", direct, -1);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (Collected) all = NULL;

  g_assert_null (collect (path, &options, &error));
  g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_DIRECT_ONLY);
  options.direct = TRUE;
  all = collect_ok (path, &options);
  g_assert_cmpuint (all->items->len, ==, 2);
}

static void
test_bad_times_are_told (void)
{
  static const char text[] =
      "[" EVENT ("m1", "1709560931000", "m.room.message", TEXT ("a")) "," EVENT (
          "m2", "\"soon\"", "m.room.message",
          TEXT ("b")) ",null,7," EVENT ("m3", "-1", "m.room.message", TEXT ("c")) "]";
  g_autoptr (Collected) all = chat_read ("times.json", text, NULL, NULL);

  g_assert_cmpuint (all->items->len, ==, 1);
  g_assert_cmpuint (collected_count (all, "bad-time"), ==, 2);
  g_assert_cmpuint (collected_count (all, "bad-record"), ==, 2);
}

static void
test_hurt (void)
{
  hurt_cut_everywhere ("matrix", "cut.json", room);
  hurt_flip_bytes ("matrix", "flip.json", room, 3, 200);
}

static void
test_near_misses (void)
{
  static const char *const texts[] = {
    "{\"room_name\":\"Ops\",\"exported_by\":\"@a:b\",\"messages\":[]}",
    "<!DOCTYPE html><html><body class=\"mx_Export_Body\">x</body></html>",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *path = scratch_write ("near", texts[i], -1);
      g_autoptr (GError) error = NULL;

      g_assert_null (collect (path, NULL, &error));
      g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEAR_MISS);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/import/matrix/a-room-is-read", test_a_room_is_read);
  g_test_add_func ("/import/matrix/wrappings-say-the-same", test_wrappings_say_the_same);
  g_test_add_func ("/import/matrix/direct-rooms-are-left-out", test_direct_rooms_are_left_out);
  g_test_add_func ("/import/matrix/bad-times-are-told", test_bad_times_are_told);
  g_test_add_func ("/import/matrix/hurt", test_hurt);
  g_test_add_func ("/import/matrix/near-misses", test_near_misses);
  return g_test_run ();
}
