/* test-discord.c: exports of channels, threads and tables. All of it is made up. */

#include "collect.h"
#include "hurt.h"

#include <string.h>

#define HEAD(type, id, category)                                                                   \
  "{\"guild\":{\"id\":\"700000000000000001\",\"name\":\"Ops\"},\"channel\":{\"id\":\"" id          \
  "\",\"type\":\"" type "\",\"categoryId\":\"" category                                            \
  "\",\"category\":\"incidents\",\"name\":\"inc-7\",\"topic\":\"bridge\"},\"dateRange\":{"         \
  "\"after\":null,\"before\":null},\"exportedAt\":\"2024-01-01T00:00:00+00:00\",\"messages\":["
#define CHANNEL HEAD ("GuildTextChat", "900000000000000001", "800000000000000001")
#define THREAD HEAD ("GuildPublicThread", "910000000000000001", "900000000000000001")
#define MIRA                                                                                       \
  "\"author\":{\"id\":\"500000000000000001\",\"name\":\"mira\",\"discriminator\":\"0000\","        \
  "\"nickname\":\"Mira D\",\"isBot\":false,\"roles\":[{\"id\":\"600000000000000001\",\"name\":"    \
  "\"sre\"}]}"
#define KAI                                                                                        \
  "{\"id\":\"500000000000000002\",\"name\":\"kai\",\"discriminator\":\"0000\",\"nickname\":"       \
  "\"Kai\",\"isBot\":true}"
#define MESSAGE(id, type, more)                                                                    \
  "{\"id\":\"" id "\",\"type\":\"" type                                                            \
  "\",\"timestamp\":\"2023-11-14T14:13:20.1234567-08:00\",\"timestampEdited\":null," MIRA more "}"
#define FIRST                                                                                      \
  MESSAGE ("910000000000000001", "Default",                                                        \
           ",\"content\":\"<@500000000000000002> see <#900000000000000001> "                       \
           "<@&600000000000000001> <:fire:1234567> <t:1700000000:R> </deploy:77> `<@5>` @Kai\","   \
           "\"mentions\":[" KAI "],\"attachments\":[{\"id\":\"1\",\"url\":"                        \
           "\"https://cdn.test/a/graph.png?ex=1&is=2&hm=secretsecret\",\"fileName\":"              \
           "\"graph.png\",\"fileSizeBytes\":12}],\"reactions\":[{\"emoji\":{\"id\":\"\",\"name\":" \
           "\"\xf0\x9f\x91\x80\",\"code\":\"eyes\"},\"count\":3,\"users\":[" KAI "]}]")
#define ANSWER                                                                                     \
  "{\"id\":\"920000000000000001\",\"type\":\"Reply\",\"timestamp\":\"2023-11-14T22:14:20+00:00\"," \
  "\"timestampEdited\":\"2023-11-14T22:15:00+00:00\",\"author\":" KAI                              \
  ",\"content\":\"\",\"embeds\":[{\"title\":\"Disk full\",\"description\":\"on db1\",\"fields\":[" \
  "{\"name\":\"use\",\"value\":\"99 %\"}]}],\"reference\":{\"messageId\":\"910000000000000001\","  \
  "\"channelId\":\"900000000000000001\",\"guildId\":null}}"
#define END(n) "],\"messageCount\":" n "}"

static Collected *
read_named (const char *name, const char *text, gboolean direct, const char *zone)
{
  g_autofree char *path = scratch_write (name, text, -1);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;

  options.direct = direct;
  options.zone = zone;
  return collect_ok (path, &options);
}

static void
test_messages (void)
{
  g_autoptr (Collected) all =
      read_named ("d1.json", CHANNEL FIRST "," ANSWER END ("2"), FALSE, NULL);
  VantageItem *first = collected_find (all, "910000000000000001");
  VantageItem *answer = collected_find (all, "920000000000000001");
  VantageReaction *eyes = first->reactions->pdata[0];
  VantageAttachment *graph = first->attachments->pdata[0];

  g_assert_cmpuint (all->items->len, ==, 2);
  g_assert_cmpstr (first->text, ==,
                   "@500000000000000002 see #inc-7 @sre :fire: 2023-11-14 22:13:20 UTC /deploy "
                   "`<@5>` @500000000000000002");
  g_assert_cmpstr (first->raw_time, ==, "2023-11-14T14:13:20.1234567-08:00");
  g_assert_cmpint (first->time_us, ==, G_GINT64_CONSTANT (1700000000123456));
  g_assert_cmpint (first->precision, ==, VANTAGE_PRECISION_US);
  g_assert_cmpstr (first->url, ==,
                   "https://discord.com/channels/700000000000000001/900000000000000001/"
                   "910000000000000001");
  g_assert_cmpint (eyes->count, ==, 3);
  g_assert_cmpuint (g_strv_length (eyes->by), ==, 1);
  g_assert_cmpstr (graph->name, ==, "graph.png");
  g_assert_null (strstr (graph->url, "secretsecret"));
  g_assert_cmpstr (answer->text, ==, "Disk full\non db1\nuse: 99 %");
  g_assert_cmpstr (answer->reply_to, ==, first->local);
  g_assert_null (answer->thread);
  g_assert_cmpint (answer->edited_us, ==, G_GINT64_CONSTANT (1700000100000000));
  g_assert_cmpstr (collected_find_identity (all, "500000000000000001")->name, ==, "Mira D");
  g_assert_true (collected_find_identity (all, "500000000000000002")->bot);
  g_assert_cmpstr (collected_find_channel (all, "inc-7")->topic, ==, "bridge");
}

/* A thread is a file of its own and belongs to the channel around it. */
static void
test_thread_belongs_to_its_channel (void)
{
  g_autofree char *channel = scratch_write ("threads/a.json", CHANNEL FIRST END ("1"), -1);
  g_autofree char *thread = scratch_write (
      "threads/b.json",
      THREAD MESSAGE ("930000000000000001", "Default", ",\"content\":\"in it\"") "," MESSAGE (
          "940000000000000001", "21",
          ",\"content\":\"\",\"reference\":{\"messageId\":\"910000000000000001\",\"channelId\":"
          "\"900000000000000001\"}") END ("2"),
      -1);
  g_autofree char *folder = g_path_get_dirname (thread);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autoptr (Collected) all = collect_ok (folder, &options);
  VantageItem *root = collected_find (all, "910000000000000001");
  VantageItem *said = collected_find (all, "930000000000000001");
  VantageItem *starter = collected_find (all, "940000000000000001");

  g_assert_cmpuint (all->items->len, ==, 3);
  g_assert_cmpuint (all->channels->len, ==, 1);
  g_assert_cmpstr (root->thread, ==, root->local);
  g_assert_cmpstr (said->thread, ==, root->local);
  g_assert_cmpstr (said->channel, ==, root->channel);
  g_assert_cmpstr (starter->reply_to, ==, root->local);
  g_assert_cmpint (starter->kind, ==, VANTAGE_ITEM_OTHER);
}

static void
test_thread_that_is_not_here_is_told (void)
{
  g_autoptr (Collected) all =
      read_named ("d2.json",
                  CHANNEL MESSAGE ("950000000000000001", "ThreadCreated",
                                   ",\"content\":\"rollback\",\"reference\":{\"channelId\":"
                                   "\"950000000000000002\",\"messageId\":null}") END ("1"),
                  FALSE, NULL);

  g_assert_cmpuint (collected_count (all, "missing-thread"), ==, 1);
  g_assert_false (all->facts->complete);
  g_assert_cmpstr (collected_find (all, "950000000000000001")->thread, ==, "950000000000000002");
}

typedef struct
{
  const char *name, *message;
  VantageItemKind kind;
  const char *account, *text;
} KindCase;

#define ID "920000000000000009"

/* clang-format off */
static const KindCase kind_cases[] = {
  { "join", MESSAGE (ID, "GuildMemberJoin", ",\"content\":\"Joined the server.\""), VANTAGE_ITEM_JOIN, "500000000000000001", "Joined the server." },
  { "added", MESSAGE (ID, "RecipientAdd", ",\"content\":\"Added Kai to the group.\",\"mentions\":[" KAI "]"), VANTAGE_ITEM_JOIN, "500000000000000001", "Added Kai to the group." },
  { "removed", MESSAGE (ID, "2", ",\"content\":\"Left\""), VANTAGE_ITEM_LEAVE, "500000000000000001", "Left" },
  { "call", MESSAGE (ID, "Call", ",\"content\":\"Started a call\",\"callEndedTimestamp\":\"2023-11-14T23:00:00Z\""), VANTAGE_ITEM_CALL, "500000000000000001", "Started a call" },
  { "renamed", MESSAGE (ID, "ChannelNameChange", ",\"content\":\"x\""), VANTAGE_ITEM_TOPIC, "500000000000000001", "x" },
  { "pinned", MESSAGE (ID, "ChannelPinnedMessage", ",\"content\":\"x\""), VANTAGE_ITEM_OTHER, "500000000000000001", "x" },
  { "boost", MESSAGE (ID, "8", ",\"content\":\"x\""), VANTAGE_ITEM_OTHER, "500000000000000001", "x" },
  { "command", MESSAGE (ID, "20", ",\"content\":\"x\",\"interaction\":{\"id\":\"1\",\"name\":\"deploy\",\"user\":" KAI "}"), VANTAGE_ITEM_MESSAGE, "500000000000000001", "x" },
  { "sticker", MESSAGE (ID, "Default", ",\"content\":\"\",\"stickers\":[{\"name\":\"Laugh\"}]"), VANTAGE_ITEM_MESSAGE, "500000000000000001", "[Laugh]" },
  { "forwarded", MESSAGE (ID, "Default", ",\"content\":\"\",\"reference\":{\"type\":\"Forward\",\"messageId\":\"1\"},\"forwardedMessage\":{\"content\":\"a\\nb\"}"),
    VANTAGE_ITEM_MESSAGE, "500000000000000001", "> a\n> b" },
  { "empty-forward", MESSAGE (ID, "Default", ",\"content\":\"\""), VANTAGE_ITEM_MESSAGE, "500000000000000001", "" },
  { "deleted-account", "{\"id\":\"" ID "\",\"type\":\"Default\",\"timestamp\":\"2023-11-14T22:13:20Z\",\"content\":\"x\",\"author\":{\"id\":\"456226577798135808\",\"name\":\"Deleted User\"}}",
    VANTAGE_ITEM_MESSAGE, NULL, "x" },
  { "time-from-the-id", "{\"id\":\"" ID "\",\"type\":7,\"timestamp\":\"soon\",\"content\":\"x\",\"author\":null}", VANTAGE_ITEM_JOIN, NULL, "x" },
  { "odd-fields", "{\"id\":\"" ID "\",\"type\":{},\"timestamp\":\"2023-11-14T22:13:20Z\",\"content\":[],\"author\":[],\"attachments\":{},\"embeds\":[1,null,{\"fields\":[2]}],"
    "\"reactions\":[3,{\"emoji\":{}},{\"emoji\":{\"name\":\"a\"},\"count\":\"x\",\"users\":[null]}],\"mentions\":[4],\"stickers\":[5],\"reference\":6}", VANTAGE_ITEM_MESSAGE, NULL, "" },
};
/* clang-format on */

static void
test_kinds (gconstpointer data)
{
  const KindCase *c = data;
  g_autofree char *text = g_strconcat (CHANNEL, c->message, END ("1"), NULL);
  g_autoptr (Collected) all = read_named ("d3.json", text, FALSE, NULL);
  VantageItem *item = collected_find (all, ID);

  g_assert_nonnull (item);
  g_assert_cmpint (item->kind, ==, c->kind);
  g_assert_cmpstr (item->account, ==, c->account);
  g_assert_cmpstr (item->text, ==, c->text);
  g_assert_null (item->reply_to);
  if (strcmp (c->name, "time-from-the-id") == 0)
    {
      g_assert_cmpstr (item->raw_time, ==, ID);
      g_assert_cmpint (item->time_us, ==, G_GINT64_CONSTANT (1639415492773000));
    }
}

static void
test_numbers_of_messages_are_checked (void)
{
  g_autoptr (Collected) few = read_named ("d4.json", CHANNEL ANSWER END ("2"), FALSE, NULL);
  g_autoptr (Collected) cut = read_named ("d5.json", CHANNEL ANSWER ",{\"id\":\"9", FALSE, NULL);
  g_autoptr (Collected) twice =
      read_named ("d6.json", CHANNEL ANSWER "," ANSWER END ("2"), FALSE, NULL);

  g_assert_cmpuint (collected_count (few, "message-count"), ==, 1);
  g_assert_false (few->facts->complete);
  g_assert_cmpuint (cut->items->len, ==, 1);
  g_assert_cmpuint (collected_count (cut, "cut-off"), ==, 1);
  g_assert_false (cut->facts->complete);
  g_assert_cmpuint (twice->items->len, ==, 1);
  g_assert_cmpuint (collected_count (twice, "duplicate"), ==, 1);
  g_assert_true (twice->facts->complete);
}

static void
test_direct_messages_only_when_asked_for (void)
{
  const char *text = "{\"guild\":{\"id\":\"0\",\"name\":\"Direct Messages\"},\"channel\":{\"id\":"
                     "\"900000000000000001\",\"type\":\"DirectTextChat\",\"name\":\"Kai\"},"
                     "\"messages\":[" ANSWER END ("1");
  g_autofree char *path = scratch_write ("dm.json", text, -1);
  g_autoptr (Collected) all = read_named ("dm.json", text, TRUE, NULL);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;

  g_assert_null (collect (path, &options, &error));
  g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_DIRECT_ONLY);
  g_assert_cmpuint (all->items->len, ==, 1);
  g_assert_cmpstr (((VantageItem *) all->items->pdata[0])->url, ==,
                   "https://discord.com/channels/@me/900000000000000001/920000000000000001");
}

/* ---- tables ---- */

#define OLD                                                                                        \
  "AuthorID;Author;Date;Content;Attachments;Reactions;\n"                                          \
  "\"500000000000000001\";\"mira#3763\";\"14-Mar-19 12:09 PM\";\"down; \"\"again\"\"\nsince "      \
  "noon\";\"\";\"\";\n"                                                                            \
  "\"500000000000000001\";\"mira#3763\";\"14-Mar-19 12:09 PM\";\"same\";\"\";\"\";\n"              \
  "\"500000000000000001\";\"mira#3763\";\"14-Mar-19 12:09 PM\";\"same\";"                          \
  "\"https://cdn.test/a/b.png?hm=secretsecret\";\"eyes (3), \xf0\x9f\x91\x8d (12)\";\n"
#define NEW                                                                                        \
  "AuthorID,Author,Date,Content,Attachments,Reactions\n"                                           \
  "500000000000000001,mira,2023-11-14T14:13:20.1230000-08:00,hello,,\n"

static void
test_old_table_asks_for_a_zone (void)
{
  g_autofree char *path = scratch_write ("old/240.csv", OLD, -1);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (Collected) all = read_named ("old/240.csv", OLD, FALSE, "America/New_York");
  VantageItem *first = all->items->pdata[0], *second = all->items->pdata[1];
  VantageItem *third = all->items->pdata[2];
  g_autofree char *local = g_strconcat (second->local, "-2", NULL);

  g_assert_null (collect (path, &options, &error));
  g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEEDS_ZONE);
  g_assert_cmpstr (all->facts->format, ==, "discord");
  g_assert_cmpuint (all->items->len, ==, 3);
  g_assert_cmpstr (first->text, ==, "down; \"again\"\nsince noon");
  g_assert_cmpstr (first->raw_time, ==, "14-Mar-19 12:09 PM");
  g_assert_cmpint (first->precision, ==, VANTAGE_PRECISION_MIN);
  g_assert_cmpint (first->time_us, ==, G_GINT64_CONSTANT (1552579740000000));
  g_assert_cmpint (first->line, ==, 2);
  g_assert_cmpstr (third->local, ==, local);
  g_assert_cmpuint (third->reactions->len, ==, 2);
  g_assert_cmpint (((VantageReaction *) third->reactions->pdata[1])->count, ==, 12);
  g_assert_cmpstr (((VantageAttachment *) third->attachments->pdata[0])->name, ==, "b.png");
  g_assert_null (strstr (((VantageAttachment *) third->attachments->pdata[0])->url, "secret"));
  g_assert_cmpstr (collected_find_identity (all, "500000000000000001")->name, ==, "mira");
  g_assert_nonnull (collected_find_channel (all, "old"));
}

static void
test_new_table (void)
{
  g_autoptr (Collected) all =
      read_named ("Ops - incidents - inc-7 [900000000000000001].csv", NEW, FALSE, NULL);
  g_autoptr (Collected) json = read_named ("d7.json", CHANNEL ANSWER END ("1"), FALSE, NULL);
  VantageItem *item = all->items->pdata[0];

  g_assert_cmpint (item->time_us, ==, G_GINT64_CONSTANT (1700000000123000));
  g_assert_cmpint (item->zone_origin, ==, VANTAGE_ZONE_IN_FILE);
  g_assert_nonnull (collected_find_channel (all, "inc-7"));
  g_assert_cmpstr (item->channel, ==, ((VantageItem *) json->items->pdata[0])->channel);
}

static void
test_month_comes_first_with_clocks_of_twelve_hours (void)
{
  g_autoptr (Collected) all = read_named (
      "d8.csv",
      "AuthorID,Author,Date,Content,Attachments,Reactions\n1,a,10/6/2023 12:37 AM,x,,\n,,,,,\n1,b,"
      "never,y,,\n",
      FALSE, "UTC");

  g_assert_cmpuint (all->items->len, ==, 1);
  g_assert_cmpint (((VantageItem *) all->items->pdata[0])->time_us, ==,
                   G_GINT64_CONSTANT (1696552620000000));
  g_assert_cmpuint (collected_count (all, "bad-time"), ==, 1);
}

static void
test_near_misses_say_what_to_do (void)
{
  static const char *const texts[] = {
    "[{\"id\":\"1\",\"channel_id\":\"2\",\"content\":\"a\",\"type\":0,\"timestamp\":"
    "\"2023-11-14T22:13:20+00:00\",\"author\":{\"username\":\"mira\"}}]",
    "{\"mention\":{\"type\":\"GATEWAY_MESSAGE_CREATE\",\"data\":{\"channel_id\":\"2\",\"content\":"
    "\"a\",\"author\":{\"username\":\"mira\"}}}}",
    "[{\"ID\":1,\"Timestamp\":\"2023-11-14 22:13:20\",\"Contents\":\"a\",\"Attachments\":\"\"}]",
    "==============================================================\nGuild: Ops\nChannel: inc-7\n"
    "==============================================================\n\n[14-Mar-19 12:09 PM] "
    "mira#3763\ndown\n\n[14-Mar-19 12:09 PM] mira#3763\ndown\n\n",
    "<!DOCTYPE html><html><div class=\"chatlog__message\"></div></html>",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *path = scratch_write ("discord-miss.json", texts[i], -1);
      VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
      g_autoptr (GError) error = NULL;

      g_assert_null (collect (path, &options, &error));
      g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEAR_MISS);
      g_assert_nonnull (strstr (error->message, "DiscordChatExporter"));
    }
}

static void
test_cut_off_anywhere (void)
{
  hurt_cut_everywhere ("discord", "cut.json", CHANNEL FIRST "," ANSWER END ("2"));
}

static void
test_changed_bytes (void)
{
  hurt_flip_bytes ("discord", "flip.json", CHANNEL FIRST "," ANSWER END ("2"), 12, 1500);
  hurt_flip_bytes ("discord", "flip.csv", OLD, 13, 1500);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/import/discord/messages", test_messages);
  g_test_add_func ("/import/discord/thread-belongs-to-its-channel",
                   test_thread_belongs_to_its_channel);
  g_test_add_func ("/import/discord/thread-that-is-not-here-is-told",
                   test_thread_that_is_not_here_is_told);
  for (gsize i = 0; i < G_N_ELEMENTS (kind_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/import/discord/kind/", kind_cases[i].name, NULL);

      g_test_add_data_func (path, &kind_cases[i], test_kinds);
    }
  g_test_add_func ("/import/discord/numbers-of-messages-are-checked",
                   test_numbers_of_messages_are_checked);
  g_test_add_func ("/import/discord/direct-messages-only-when-asked-for",
                   test_direct_messages_only_when_asked_for);
  g_test_add_func ("/import/discord/old-table-asks-for-a-zone", test_old_table_asks_for_a_zone);
  g_test_add_func ("/import/discord/new-table", test_new_table);
  g_test_add_func ("/import/discord/month-comes-first-with-clocks-of-twelve-hours",
                   test_month_comes_first_with_clocks_of_twelve_hours);
  g_test_add_func ("/import/discord/near-misses-say-what-to-do", test_near_misses_say_what_to_do);
  g_test_add_func ("/import/discord/cut-off-anywhere", test_cut_off_anywhere);
  g_test_add_func ("/import/discord/changed-bytes", test_changed_bytes);
  return g_test_run ();
}
