/* test-teams.c: messages and events of channels and chats. All of it is made up. */

#include "collect.h"
#include "hurt.h"

#include <string.h>

#define CHANNEL                                                                                    \
  "\"channelIdentity\":{\"teamId\":\"t-1\",\"channelId\":\"19:abc@thread.tacv2\"},\"chatId\":null"
#define MIRA                                                                                       \
  "\"from\":{\"application\":null,\"device\":null,\"user\":{\"id\":\"u-mira\",\"displayName\":"    \
  "\"Mira Dahl\",\"userIdentityType\":\"aadUser\"}}"
#define ROOT                                                                                       \
  "{\"id\":\"1700000000123\",\"replyToId\":null,\"messageType\":\"message\",\"createdDateTime\":"  \
  "\"2023-11-14T22:13:20.123Z\",\"lastModifiedDateTime\":\"2023-11-15T00:00:00Z\","                \
  "\"lastEditedDateTime\":null,\"deletedDateTime\":null,\"subject\":\"Checkout\"," MIRA            \
  ",\"body\":{\"contentType\":\"html\",\"content\":\"<p>rolling back, <at id=\\\"0\\\">Kai</at>"   \
  "</p><attachment id=\\\"a1\\\"></attachment>\"},\"webUrl\":"                                     \
  "\"https://teams.test/l/message/19%3Aabc/1700000000123?token=abcdefgh\"," CHANNEL                \
  ",\"mentions\":[{\"id\":0,\"mentionText\":\"Kai\",\"mentioned\":{\"user\":{\"id\":\"u-kai\","    \
  "\"displayName\":\"Kai\"}}}],\"attachments\":[{\"id\":\"a1\",\"contentType\":\"reference\","     \
  "\"contentUrl\":\"https://files.test/plan.docx?tempauth=secretsecret\",\"name\":\"plan.docx\""   \
  "}],\"reactions\":[{\"reactionType\":\"like\",\"createdDateTime\":\"2023-11-14T22:14:00.5Z\","   \
  "\"user\":{\"user\":{\"id\":\"u-kai\",\"displayName\":\"Kai\"}}},{\"reactionType\":\"like\","    \
  "\"createdDateTime\":\"2023-11-14T22:15:00Z\",\"user\":{\"user\":{\"id\":\"u-ana\","             \
  "\"displayName\":null}}}]}"
#define REPLY                                                                                      \
  "{\"id\":\"1700000060000\",\"replyToId\":\"1700000000123\",\"messageType\":\"message\","         \
  "\"createdDateTime\":\"2023-11-14T22:14:20.1234567+00:00\",\"lastEditedDateTime\":"              \
  "\"2023-11-14T22:20:00Z\",\"from\":{\"application\":{\"id\":\"app-1\",\"displayName\":"          \
  "\"Alerts\"},\"user\":null},\"body\":{\"contentType\":\"text\",\"content\":\"a <b> "             \
  "&amp;\"}," CHANNEL "}"
#define EVENT(detail)                                                                              \
  "{\"id\":\"1700000090000\",\"messageType\":\"systemEventMessage\",\"createdDateTime\":"          \
  "\"2023-11-14T22:14:50Z\",\"from\":null,\"body\":{\"contentType\":\"html\",\"content\":"         \
  "\"<systemEventMessage/>\"}," CHANNEL ",\"eventDetail\":{" detail                                \
  ",\"initiator\":{\"user\":{\"id\":\"u-mira\",\"displayName\":null}}}}"
#define PAGE(context, more, list)                                                                  \
  "{\"@odata.context\":\"https://graph.test/$metadata#" context "\",\"@odata.count\":2" more       \
  ",\"value\":[" list "]}"

static Collected *
read_text (const char *text, gboolean direct)
{
  static guint n;
  g_autofree char *name = g_strdup_printf ("teams-%u.json", n++);
  g_autofree char *path = scratch_write (name, text, -1);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;

  options.direct = direct;
  return collect_ok (path, &options);
}

static void
test_message (void)
{
  g_autoptr (Collected) all = read_text (PAGE ("messages", "", ROOT "," REPLY), FALSE);
  VantageItem *root = collected_find (all, "1700000000123");
  VantageItem *reply = collected_find (all, "1700000060000");
  VantageReaction *like = root->reactions->pdata[0];
  VantageAttachment *plan = root->attachments->pdata[0];

  g_assert_cmpstr (all->facts->format, ==, "teams");
  g_assert_cmpuint (all->items->len, ==, 2);
  g_assert_cmpstr (root->text, ==, "Checkout\n\nrolling back, @u-kai\nplan.docx");
  g_assert_cmpstr (root->mentions[0], ==, "u-kai");
  g_assert_cmpstr (root->account, ==, "u-mira");
  g_assert_cmpstr (root->thread, ==, root->local);
  g_assert_cmpint (root->edited_us, ==, VANTAGE_TIME_NONE);
  g_assert_cmpint (root->precision, ==, VANTAGE_PRECISION_MS);
  g_assert_cmpint (like->count, ==, 2);
  g_assert_cmpint (like->times_us[0], ==, G_GINT64_CONSTANT (1700000040500000));
  g_assert_cmpstr (plan->name, ==, "plan.docx");
  g_assert_null (strstr (root->url, "abcdefgh"));
  g_assert_cmpint (reply->time_us, ==, G_GINT64_CONSTANT (1700000060123456));
  g_assert_cmpint (reply->precision, ==, VANTAGE_PRECISION_US);
  g_assert_cmpstr (reply->raw_time, ==, "2023-11-14T22:14:20.1234567+00:00");
  g_assert_cmpstr (reply->text, ==, "a <b> &amp;");
  g_assert_cmpstr (reply->thread, ==, root->local);
  g_assert_cmpint (reply->edited_us, ==, G_GINT64_CONSTANT (1700000400000000));
  g_assert_true (collected_find_identity (all, "app-1")->bot);
  g_assert_cmpstr (collected_find_identity (all, "u-mira")->name, ==, "Mira Dahl");
  g_assert_cmpuint (collected_count (all, "missing-replies"), ==, 0);
}

/* Whatever is wrapped around a message, it has the same id. */
static void
test_wrappings_give_the_same_ids (void)
{
  g_autofree char *page = g_strdup (PAGE ("messages", "", REPLY "," ROOT));
  g_autofree char *escaped = g_strescape (page, NULL);
  g_autofree char *recorded = g_strdup_printf (
      "{\"IsSuccessStatusCode\":true,\"StatusCode\":200,\"Headers\":{},\"Response\":\"%s\"}",
      escaped);
  const char *wrapped[] = {
    page,
    recorded,
    "[" ROOT "," REPLY "]",
    ROOT "\n" REPLY "\n",
    "[" ROOT "," REPLY "," ROOT "]",
    "{\"data\":" ROOT "}\n{\"data\":" REPLY "}",
  };
  g_autoptr (Collected) first = read_text (wrapped[0], FALSE);
  g_autofree char *ids = collected_dup_ids (first);

  g_assert_cmpuint (first->items->len, ==, 2);
  for (gsize i = 0; i < G_N_ELEMENTS (wrapped); i++)
    {
      g_autoptr (Collected) other = read_text (wrapped[i], FALSE);
      g_autofree char *others = collected_dup_ids (other);

      g_assert_cmpstr (others, ==, ids);
      g_assert_cmpstr (collected_find (other, "1700000060000")->reply_to, ==, "1700000000123");
    }
}

/* Export tools write the same fields with capitals. */
static void
test_any_case_of_names (void)
{
  g_autoptr (Collected) all = read_text (
      "[{\"Id\":\"1700000000123\",\"ReplyToId\":null,\"MessageType\":\"message\","
      "\"CreatedDateTime\":\"2023-11-14T22:13:20.123Z\",\"From\":{\"User\":{\"Id\":\"u-mira\","
      "\"DisplayName\":\"Mira\"}},\"Body\":{\"ContentType\":\"html\",\"Content\":\"<p>a</p>\"},"
      "\"ChannelIdentity\":{\"TeamId\":\"t-1\",\"ChannelId\":\"19:abc@thread.tacv2\"}}]",
      FALSE);
  g_autoptr (Collected) same = read_text (ROOT, FALSE);
  VantageItem *item = collected_find (all, "1700000000123");

  g_assert_nonnull (item);
  g_assert_cmpstr (item->text, ==, "a");
  g_assert_cmpstr (item->account, ==, "u-mira");
  g_assert_cmpstr (item->channel, ==, ((VantageItem *) same->items->pdata[0])->channel);
}

typedef struct
{
  const char *name, *record;
  VantageItemKind kind;
  const char *account, *text;
} EventCase;

/* clang-format off */
static const EventCase event_cases[] = {
  { "added", EVENT ("\"@odata.type\":\"#microsoft.graph.membersAddedEventMessageDetail\",\"members\":[{\"id\":\"u-kai\"},{\"id\":\"u-ana\"}]"),
    VANTAGE_ITEM_JOIN, "u-mira", "members added: @u-kai, @u-ana" },
  { "left", EVENT ("\"@odata.type\":\"#microsoft.graph.membersDeletedEventMessageDetail\",\"members\":[null,{\"id\":\"u-kai\"}]"),
    VANTAGE_ITEM_LEAVE, "u-mira", "members deleted: @u-kai" },
  { "call", EVENT ("\"@odata.type\":\"#microsoft.graph.callEndedEventMessageDetail\",\"callDuration\":\"PT4M\",\"callParticipants\":[{\"participant\":{\"user\":{\"id\":\"u-kai\"}}}]"),
    VANTAGE_ITEM_CALL, "u-mira", "call ended: PT4M, @u-kai" },
  { "renamed", EVENT ("\"@odata.type\":\"#microsoft.graph.chatRenamedEventMessageDetail\",\"chatDisplayName\":\"Bridge\""),
    VANTAGE_ITEM_TOPIC, "u-mira", "chat renamed: Bridge" },
  { "archived", EVENT ("\"@odata.type\":\"#microsoft.graph.teamArchivedEventMessageDetail\""),
    VANTAGE_ITEM_OTHER, "u-mira", "team archived" },
  { "unnamed", EVENT ("\"x\":1"), VANTAGE_ITEM_OTHER, "u-mira", "" },
  { "hidden-event", "{\"id\":\"1700000090000\",\"messageType\":\"unknownFutureValue\",\"from\":null,\"body\":{\"content\":\"<systemEventMessage/>\"},"
    "\"createdDateTime\":\"2023-11-14T22:14:50Z\"," CHANNEL "}", VANTAGE_ITEM_OTHER, NULL, "" },
  { "deleted", "{\"id\":\"1700000090000\",\"messageType\":\"message\"," MIRA ",\"deletedDateTime\":\"2023-11-15T00:00:00Z\","
    "\"createdDateTime\":\"2023-11-14T22:14:50Z\",\"body\":{\"contentType\":\"html\",\"content\":\"\"}," CHANNEL "}", VANTAGE_ITEM_DELETE, "u-mira", "" },
  { "never-deleted", "{\"id\":\"1700000090000\",\"messageType\":\"message\"," MIRA ",\"deletedDateTime\":\"0001-01-01T00:00:00Z\","
    "\"createdDateTime\":\"2023-11-14T22:14:50Z\",\"body\":{\"contentType\":\"html\",\"content\":\"\"}," CHANNEL "}", VANTAGE_ITEM_MESSAGE, "u-mira", "" },
  { "id-is-the-time", "{\"id\":\"1700000090000\",\"messageType\":\"message\",\"createdDateTime\":null,\"from\":{\"user\":{\"id\":null,\"displayName\":\"Guest\"}},"
    "\"body\":{\"contentType\":7,\"content\":\"a\"}," CHANNEL "}", VANTAGE_ITEM_MESSAGE, "name:Guest", "a" },
  { "shell-time", "{\"id\":\"1700000090000\",\"messageType\":\"message\",\"createdDateTime\":\"/Date(1700000090000)/\",\"from\":{},"
    "\"body\":\"<i>a</i>\"," CHANNEL "}", VANTAGE_ITEM_MESSAGE, NULL, "a" },
  { "card", "{\"id\":\"1700000090000\",\"messageType\":\"message\",\"createdDateTime\":\"2023-11-14T22:14:50Z\"," MIRA ",\"body\":{\"contentType\":\"html\","
    "\"content\":\"<attachment id=\\\"5\\\"></attachment>\"},\"attachments\":[{\"id\":5,\"contentType\":\"application/vnd.microsoft.card.adaptive\",\"content\":"
    "\"{\\\"type\\\":\\\"AdaptiveCard\\\",\\\"body\\\":[{\\\"type\\\":\\\"TextBlock\\\",\\\"text\\\":\\\"Disk full\\\"},{\\\"type\\\":\\\"FactSet\\\",\\\"facts\\\":"
    "[{\\\"title\\\":\\\"host:\\\",\\\"value\\\":\\\"db1\\\"}]}],\\\"actions\\\":[{\\\"title\\\":\\\"Open\\\"}]}\"}]," CHANNEL "}",
    VANTAGE_ITEM_MESSAGE, "u-mira", "Disk full\nhost: db1\nOpen" },
  { "damaged-card", "{\"id\":\"1700000090000\",\"messageType\":\"message\",\"createdDateTime\":\"2023-11-14T22:14:50Z\"," MIRA ",\"body\":{\"contentType\":\"html\","
    "\"content\":\"x<attachment id=5></attachment>\"},\"attachments\":[3,null,{\"id\":\"5\",\"content\":\"{\\\"body\",\"name\":\"card\"}]," CHANNEL "}",
    VANTAGE_ITEM_MESSAGE, "u-mira", "xcard" },
  { "quoted", "{\"id\":\"1700000090000\",\"messageType\":\"message\",\"createdDateTime\":\"2023-11-14T22:14:50Z\"," MIRA ",\"body\":{\"contentType\":\"html\","
    "\"content\":\"<attachment id=\\\"1700000000123\\\"></attachment><p>yes</p>\"},\"attachments\":[{\"id\":\"1700000000123\",\"contentType\":\"messageReference\","
    "\"content\":\"{\\\"messageId\\\":\\\"1700000000123\\\",\\\"messagePreview\\\":\\\"is it up?\\\",\\\"messageSender\\\":{\\\"user\\\":{\\\"displayName\\\":\\\"Kai\\\"}}}\"}],"
    "\"chatId\":\"19:g@thread.v2\"}", VANTAGE_ITEM_MESSAGE, "u-mira", "> Kai: is it up?\nyes" },
};
/* clang-format on */

static void
test_kinds (gconstpointer data)
{
  const EventCase *c = data;
  g_autoptr (Collected) all = read_text (c->record, FALSE);
  VantageItem *item = collected_find (all, "1700000090000");

  g_assert_nonnull (item);
  g_assert_cmpint (item->kind, ==, c->kind);
  g_assert_cmpstr (item->account, ==, c->account);
  g_assert_cmpstr (item->text, ==, c->text);
  g_assert_cmpint (item->time_us, ==, G_GINT64_CONSTANT (1700000090000000));
  if (strcmp (c->name, "quoted") == 0)
    {
      g_assert_cmpstr (item->reply_to, ==, "1700000000123");
      g_assert_null (item->attachments);
    }
}

static void
test_pages_and_missing_answers_are_told (void)
{
  g_autoptr (Collected) one = read_text (
      PAGE ("messages", ",\"@odata.nextLink\":\"https://graph.test/next\"", ROOT), FALSE);
  g_autoptr (Collected) both =
      read_text (PAGE ("messages", ",\"@odata.nextLink\":\"https://graph.test/next\"", ROOT)
                     PAGE ("messages", "", REPLY),
                 FALSE);
  g_autoptr (Collected) lists =
      read_text (PAGE ("a/messages", ",\"@odata.nextLink\":\"https://graph.test/next\"", ROOT)
                     PAGE ("b/replies", "", REPLY),
                 FALSE);

  g_assert_cmpuint (collected_count (one, "more-pages"), ==, 1);
  g_assert_cmpuint (collected_count (one, "missing-replies"), ==, 1);
  g_assert_false (one->facts->complete);
  g_assert_cmpuint (collected_count (both, "more-pages"), ==, 0);
  g_assert_true (both->facts->complete);
  g_assert_cmpuint (collected_count (lists, "more-pages"), ==, 1);
}

static void
test_answers_inside_their_post (void)
{
  g_autoptr (Collected) all = read_text (
      "[{\"id\":\"1700000000123\",\"messageType\":\"message\",\"createdDateTime\":"
      "\"2023-11-14T22:13:20.123Z\"," CHANNEL ",\"body\":{\"content\":\"a\"},\"replies\":[" REPLY
      ",null],\"replies@odata.nextLink\":\"https://graph.test/next\"}]",
      FALSE);

  g_assert_cmpuint (all->items->len, ==, 2);
  g_assert_cmpstr (collected_find (all, "1700000060000")->thread, ==, "1700000000123");
  g_assert_cmpuint (collected_count (all, "missing-replies"), ==, 1);
  g_assert_cmpuint (collected_count (all, "bad-record"), ==, 1);
}

static void
test_conversation_of_two_only_when_asked_for (void)
{
  const char *text = "[{\"id\":\"1700000000123\",\"messageType\":\"message\",\"createdDateTime\":"
                     "\"2023-11-14T22:13:20Z\",\"chatId\":\"19:a_b@unq.gbl.spaces\",\"body\":{"
                     "\"content\":\"secret\"}}," ROOT "]";
  g_autoptr (Collected) few = read_text (text, FALSE);
  g_autoptr (Collected) all = read_text (text, TRUE);

  g_assert_cmpuint (few->items->len, ==, 1);
  g_assert_cmpuint (collected_count (few, "direct-left-out"), ==, 1);
  g_assert_cmpuint (all->items->len, ==, 2);
}

/* A list of channels in the same folder gives their names. */
static void
test_lists_give_names (void)
{
  g_autofree char *messages = scratch_write ("tdx/teams/t-1/messages_t-1.json", ROOT, -1);
  g_autofree char *channels = scratch_write (
      "tdx/teams/channels_t-1.json",
      "[{\"Id\":\"19:abc@thread.tacv2\",\"DisplayName\":\"Incidents\",\"Description\":\"d\"}]", -1);
  g_autofree char *people = scratch_write (
      "tdx/users/usersList.json",
      "[{\"Id\":\"u-kai\",\"DisplayName\":\"Kai Berg\",\"UserPrincipalName\":\"kai@x.test\"}]", -1);
  g_autofree char *folder = g_build_filename (scratch_folder (), "tdx", NULL);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autoptr (Collected) all = collect_ok (folder, &options);

  g_assert_cmpuint (all->items->len, ==, 1);
  g_assert_nonnull (collected_find_channel (all, "Incidents"));
  g_assert_cmpstr (collected_find_identity (all, "u-kai")->name, ==, "Kai Berg");
}

static void
test_odd_fields_are_borne (void)
{
  g_autoptr (Collected) all = read_text (
      "[{\"id\":\"x\",\"messageType\":\"message\",\"createdDateTime\":\"never\",\"body\":{}},"
      "{\"id\":\"y\",\"messageType\":\"message\",\"body\":null},{\"id\":1700000000123,"
      "\"messageType\":\"message\",\"createdDateTime\":\"2023-11-14T22:13:20Z\",\"from\":[],"
      "\"body\":[],\"mentions\":{},\"attachments\":\"\",\"reactions\":[1,{\"reactionType\":null},"
      "{\"reactionType\":\"\xf0\x9f\x91\x8d\",\"user\":null}],\"subject\":{},\"channelIdentity\":3,"
      "\"eventDetail\":null},7,null]",
      FALSE);
  VantageItem *item = collected_find (all, "1700000000123");

  g_assert_cmpuint (all->items->len, ==, 1);
  g_assert_cmpint (((VantageReaction *) item->reactions->pdata[0])->count, ==, 1);
  g_assert_cmpuint (collected_count (all, "bad-time"), ==, 1);
  g_assert_cmpuint (collected_count (all, "no-time"), ==, 1);
}

static void
test_near_misses_say_what_to_do (void)
{
  static const char *const texts[] = {
    "{\"type\":\"message\",\"id\":\"1\",\"channelId\":\"msteams\",\"serviceUrl\":\"https://x\","
    "\"from\":{\"id\":\"29:1\"},\"conversation\":{\"id\":\"19:a\"},\"text\":\"a\"}",
    "{\"botName\":\"B\",\"mention\":{\"channelId\":\"msteams\",\"text\":\"a\"}}",
    "{\"value\":[{\"subscriptionId\":\"s\",\"changeType\":\"created\",\"resource\":\"teams\"}]}",
    "{\"@odata.context\":\"https://graph.test/$metadata#channels\",\"value\":[{\"id\":\"19:a\","
    "\"displayName\":\"General\"}]}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *path = scratch_write ("teams-miss.json", texts[i], -1);
      VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
      g_autoptr (GError) error = NULL;

      g_assert_null (collect (path, &options, &error));
      g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEAR_MISS);
      g_assert_nonnull (strstr (error->message, "Microsoft Graph"));
    }
}

static void
test_cut_off_anywhere (void)
{
  hurt_cut_everywhere ("teams", "cut.json", PAGE ("messages", "", REPLY "," ROOT));
}

static void
test_changed_bytes (void)
{
  hurt_flip_bytes ("teams", "flip.json", PAGE ("messages", "", REPLY "," ROOT), 9, 1500);
  hurt_flip_bytes ("teams", "flip.json", event_cases[11].record, 10, 1500);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/import/teams/message", test_message);
  g_test_add_func ("/import/teams/wrappings-give-the-same-ids", test_wrappings_give_the_same_ids);
  g_test_add_func ("/import/teams/any-case-of-names", test_any_case_of_names);
  for (gsize i = 0; i < G_N_ELEMENTS (event_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/import/teams/kind/", event_cases[i].name, NULL);

      g_test_add_data_func (path, &event_cases[i], test_kinds);
    }
  g_test_add_func ("/import/teams/pages-and-missing-answers-are-told",
                   test_pages_and_missing_answers_are_told);
  g_test_add_func ("/import/teams/answers-inside-their-post", test_answers_inside_their_post);
  g_test_add_func ("/import/teams/conversation-of-two-only-when-asked-for",
                   test_conversation_of_two_only_when_asked_for);
  g_test_add_func ("/import/teams/lists-give-names", test_lists_give_names);
  g_test_add_func ("/import/teams/odd-fields-are-borne", test_odd_fields_are_borne);
  g_test_add_func ("/import/teams/near-misses-say-what-to-do", test_near_misses_say_what_to_do);
  g_test_add_func ("/import/teams/cut-off-anywhere", test_cut_off_anywhere);
  g_test_add_func ("/import/teams/changed-bytes", test_changed_bytes);
  return g_test_run ();
}
