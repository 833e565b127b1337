/* test-telegram.c: exports of Telegram Desktop: one chat, all chats, old and new ways of telling
 * times and people. */

#include "chat.h"
#include "hurt.h"

#include <string.h>

/* clang-format off */
#define MESSAGES \
  "{\"id\":1,\"type\":\"service\",\"date\":\"2024-03-04T15:02:10\",\"date_unixtime\":\"1709560930\",\"actor\":\"Mara\",\"actor_id\":\"user1\",\"action\":\"create_group\",\"title\":\"Ops\",\"members\":[\"Mara\",\"Tomas\"],\"text\":\"\"}," \
  "{\"id\":2,\"type\":\"service\",\"date_unixtime\":\"1709560931\",\"actor\":\"Mara\",\"actor_id\":\"user1\",\"action\":\"invite_members\",\"members\":[\"Tomas\"],\"text\":\"\"}," \
  "{\"id\":3,\"type\":\"message\",\"date_unixtime\":\"1709560932\",\"from\":\"Tomas\",\"from_id\":\"user2\",\"text\":[\"see \",{\"type\":\"text_link\",\"text\":\"graph\",\"href\":\"https://x/?token=abcdef\"},\" \",{\"type\":\"mention_name\",\"text\":\"Mara\",\"user_id\":1}]," \
    "\"reactions\":[{\"type\":\"emoji\",\"count\":3,\"emoji\":\"\xf0\x9f\x91\x8d\",\"recent\":[{\"from\":\"Mara\",\"from_id\":\"user1\",\"date\":\"2024-03-04T15:03:00\"}]}]}," \
  "{\"id\":4,\"type\":\"message\",\"date_unixtime\":\"1709560933\",\"edited_unixtime\":\"1709560999\",\"from\":\"Mara\",\"from_id\":\"user1\",\"text\":\"on it\",\"reply_to_message_id\":3}," \
  "{\"id\":5,\"type\":\"message\",\"date_unixtime\":\"1709560934\",\"from\":null,\"from_id\":\"user9\",\"text\":\"gone\",\"reply_to_message_id\":4}," \
  "{\"id\":6,\"type\":\"message\",\"date_unixtime\":\"1709560935\",\"from\":\"Mara\",\"from_id\":\"user1\",\"photo\":\"(File not included. Change data exporting settings to download.)\",\"text\":\"\"}," \
  "{\"id\":7,\"type\":\"message\",\"date_unixtime\":\"1709560936\",\"from\":\"Mara\",\"from_id\":\"user1\",\"file\":\"files/log.txt\",\"mime_type\":\"text/plain\",\"text\":\"\"}," \
  "{\"id\":8,\"type\":\"message\",\"date_unixtime\":\"1709560937\",\"from\":\"Mara\",\"from_id\":\"user1\",\"poll\":{\"question\":\"Roll back?\",\"answers\":[{\"text\":\"yes\"},{\"text\":\"no\"}]},\"text\":\"\"}," \
  "{\"id\":9,\"type\":\"service\",\"date_unixtime\":\"1709560938\",\"actor\":\"Mara\",\"actor_id\":\"user1\",\"action\":\"remove_members\",\"members\":[\"Tomas\"],\"text\":\"\"}," \
  "{\"id\":10,\"type\":\"service\",\"date_unixtime\":\"1709560939\",\"actor\":\"Mara\",\"actor_id\":\"user1\",\"action\":\"phone_call\",\"duration_seconds\":56,\"text\":\"\"}"

static const char one[] =
  "{\"name\":\"Ops\",\"type\":\"private_supergroup\",\"id\":9745673451,\"messages\":[" MESSAGES "]}";
static const char all_of_it[] =
  "{\"about\":\"x\",\"chats\":{\"about\":\"y\",\"list\":[{\"type\":\"personal_chat\",\"id\":5,\"name\":\"Lin\",\"messages\":["
  "{\"id\":1,\"type\":\"message\",\"date\":\"2024-03-04T15:02:10\",\"from\":\"Lin\",\"from_id\":\"user5\",\"text\":\"hush\"}]},"
  "{\"messages\":[" MESSAGES "],\"name\":\"Ops\",\"type\":\"private_supergroup\",\"id\":9745673451}]}}";

static const char lines[] =
  "other|2024-03-04T14:02:10.000000Z|user1|create group: Ops\n"
  "join|2024-03-04T14:02:11.000000Z|user2|invite members: Tomas\n"
  "message|2024-03-04T14:02:12.000000Z|user2|see graph (https://x/?token=xxxxxx) @user1\n"
  "message|2024-03-04T14:02:13.000000Z|user1|on it\n"
  "message|2024-03-04T14:02:14.000000Z|user9|gone\n"
  "message|2024-03-04T14:02:15.000000Z|user1|\n"
  "message|2024-03-04T14:02:16.000000Z|user1|\n"
  "message|2024-03-04T14:02:17.000000Z|user1|Roll back?\n- yes\n- no\n"
  "leave|2024-03-04T14:02:18.000000Z|user2|remove members: Tomas\n"
  "call|2024-03-04T14:02:19.000000Z|user1|phone call, 56 s\n";
/* clang-format on */

static void
test_a_chat_is_read (void)
{
  g_autoptr (Collected) all = chat_read ("result.json", one, NULL, NULL);
  g_autofree char *got = chat_dup_lines (all);
  VantageItem *third = collected_find (all, "3"), *fourth = collected_find (all, "4");
  VantageItem *fifth = collected_find (all, "5");
  const VantageReaction *reaction = third->reactions->pdata[0];

  g_assert_cmpstr (all->facts->format, ==, "telegram");
  g_assert_cmpstr (got, ==, lines);
  g_assert_cmpuint (collected_count_skipped (all), ==, 0);
  g_assert_cmpint (reaction->count, ==, 3);
  g_assert_cmpstr (reaction->by[0], ==, "user1");
  g_assert_cmpstr (third->mentions[0], ==, "user1");
  g_assert_cmpstr (third->thread, ==, "3");
  g_assert_cmpstr (fourth->thread, ==, "3");
  g_assert_cmpstr (fifth->thread, ==, "3");
  g_assert_cmpstr (fifth->reply_to, ==, "4");
  g_assert_cmpint (fourth->edited_us, ==, G_GINT64_CONSTANT (1709560999000000));
  g_assert_cmpstr (collected_find_identity (all, "user2")->name, ==, "Tomas");
  g_assert_cmpuint (collected_find (all, "6")->attachments->len, ==, 1);
  g_assert_cmpstr (((VantageAttachment *) collected_find (all, "7")->attachments->pdata[0])->name,
                   ==, "log.txt");
}

static void
test_all_chats_hold_the_same_one (void)
{
  g_autoptr (Collected) single = chat_read ("one.json", one, NULL, NULL);
  g_autoptr (Collected) all = chat_read ("all.json", all_of_it, NULL, NULL);
  g_autofree char *ids = collected_dup_ids (single);
  g_autofree char *all_ids = collected_dup_ids (all);

  g_assert_cmpstr (ids, ==, all_ids);
  g_assert_cmpuint (collected_count (all, "direct-left-out"), ==, 1);
}

static void
test_local_dates_need_a_zone (void)
{
  static const char old[] =
      "{\"name\":\"Ops\",\"type\":\"private_group\",\"id\":7,\"messages\":[{\"id\":1,\"type\":"
      "\"message\",\"date\":\"2019-07-05T16:55:32\",\"edited\":\"1970-01-01T01:00:00\",\"from\":"
      "\"Mara\",\"from_id\":4294967303,\"text\":\"x\"},{\"id\":2,\"type\":\"message\",\"date\":"
      "\"2019-07-05T16:55:33Z\",\"from\":\"Tomas\",\"from_id\":12,\"text\":\"y\"}]}";
  g_autofree char *path = scratch_write ("old.json", old, -1);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (Collected) all = NULL;
  g_autofree char *got = NULL;

  g_assert_null (collect (path, &options, &error));
  g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEEDS_ZONE);
  options.zone = "Europe/Berlin";
  all = collect_ok (path, &options);
  got = chat_dup_lines (all);
  g_assert_cmpstr (got, ==,
                   "message|2019-07-05T14:55:32.000000Z|chat7|x\n"
                   "message|2019-07-05T16:55:33.000000Z|user12|y\n");
  g_assert_cmpint (((VantageItem *) all->items->pdata[0])->edited_us, ==, VANTAGE_TIME_NONE);
}

static void
test_hurt (void)
{
  hurt_cut_everywhere ("telegram", "cut.json", one);
  hurt_flip_bytes ("telegram", "flip.json", one, 5, 200);
}

static void
test_near_misses (void)
{
  static const char *const texts[] = {
    "{\"ok\":true,\"result\":[{\"update_id\":1,\"message\":{\"message_id\":1,\"chat\":{\"id\":1},"
    "\"date\":1,\"text\":\"x\"}}]}",
    "[{\"backend_name\":\"Telegram\",\"data\":{\"update_id\":1}}]",
    "<!DOCTYPE html><html><body><div class=\"page_wrap\"><div class=\"page_header\">Ops</div>",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *path = scratch_write ("near", texts[i], -1);
      g_autoptr (GError) error = NULL;

      g_assert_null (collect (path, NULL, &error));
      g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEAR_MISS);
      g_assert_nonnull (strstr (error->message, "result.json"));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/import/telegram/a-chat-is-read", test_a_chat_is_read);
  g_test_add_func ("/import/telegram/all-chats-hold-the-same-one",
                   test_all_chats_hold_the_same_one);
  g_test_add_func ("/import/telegram/local-dates-need-a-zone", test_local_dates_need_a_zone);
  g_test_add_func ("/import/telegram/hurt", test_hurt);
  g_test_add_func ("/import/telegram/near-misses", test_near_misses);
  return g_test_run ();
}
