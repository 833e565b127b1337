/* test-google-chat.c: archives of conversations and lists of the interface. All of it is made up.
 */

#include "collect.h"
#include "hurt.h"

#include <string.h>

#include "vantage-google-chat-private.h"

typedef struct
{
  const char *name, *text;
  const char *iso; /* NULL: no date */
} DateCase;

/* clang-format off */
static const DateCase date_cases[] = {
  { "en", "Tuesday, March 5, 2024 at 2:02:11 PM UTC", "2024-03-05T14:02:11Z" },
  { "en-narrow-blank", "Tuesday, March 5, 2024 at 2:02:11\xe2\x80\xafPM UTC", "2024-03-05T14:02:11Z" },
  { "en-midnight", "Tuesday, March 5, 2024 at 12:02:11 AM UTC", "2024-03-05T00:02:11Z" },
  { "en-noon", "Tuesday, March 5, 2024 at 12:02:11 PM UTC", "2024-03-05T12:02:11Z" },
  { "en-gb", "Tuesday, 5 March 2024 at 14:02:11 UTC", "2024-03-05T14:02:11Z" },
  { "en-au", "Tuesday 5 March 2024 at 2:02:11 pm UTC", "2024-03-05T14:02:11Z" },
  { "de", "Dienstag, 5. März 2024 um 14:02:11 UTC", "2024-03-05T14:02:11Z" },
  { "fr", "mardi 5 mars 2024 à 14:02:11 UTC", "2024-03-05T14:02:11Z" },
  { "es", "martes, 5 de marzo de 2024, 14:02:11 UTC", "2024-03-05T14:02:11Z" },
  { "es-mx", "martes, 5 de agosto de 2024, 2:02:11 p.m. UTC", "2024-08-05T14:02:11Z" },
  { "it", "martedì 5 marzo 2024 alle ore 14:02:11 UTC", "2024-03-05T14:02:11Z" },
  { "pt", "terça-feira, 5 de março de 2024 às 14:02:11 UTC", "2024-03-05T14:02:11Z" },
  { "nl", "dinsdag 5 maart 2024 om 14:02:11 UTC", "2024-03-05T14:02:11Z" },
  { "sv", "tisdag 5 mars 2024 kl. 14:02:11 UTC", "2024-03-05T14:02:11Z" },
  { "da", "tirsdag den 5. marts 2024 kl. 14.02.11 UTC", "2024-03-05T14:02:11Z" },
  { "nb", "tirsdag 5. mars 2024 kl. 14:02:11 UTC", "2024-03-05T14:02:11Z" },
  { "fi", "tiistaina 5. maaliskuuta 2024 klo 14.02.11 UTC", "2024-03-05T14:02:11Z" },
  { "pl", "wtorek, 5 marca 2024 14:02:11 UTC", "2024-03-05T14:02:11Z" },
  { "cs", "úterý 5. března 2024 v 14:02:11 UTC", "2024-03-05T14:02:11Z" },
  { "ru", "вторник, 5 марта 2024 г. в 14:02:11 UTC", "2024-03-05T14:02:11Z" },
  { "uk", "вівторок, 5 березня 2024 р. о 14:02:11 UTC", "2024-03-05T14:02:11Z" },
  { "tr", "5 Mart 2024 Salı 14:02:11 UTC", "2024-03-05T14:02:11Z" },
  { "hu", "2024. március 5., kedd 14:02:11 UTC", "2024-03-05T14:02:11Z" },
  { "el", "Τρίτη 5 Μαρτίου 2024 στις 2:02:11 μ.μ. UTC", "2024-03-05T14:02:11Z" },
  { "ja", "2024年3月5日火曜日 14:02:11 UTC", "2024-03-05T14:02:11Z" },
  { "zh", "2024年3月5日星期二 UTC 14:02:11", "2024-03-05T14:02:11Z" },
  { "zh-tw", "2024年3月5日 星期二 下午2:02:11 UTC", "2024-03-05T14:02:11Z" },
  { "ko", "2024년 3월 5일 화요일 오후 2시 2분 11초 UTC", "2024-03-05T14:02:11Z" },
  { "id", "Selasa, 5 Maret 2024 pukul 14.02.11 UTC", "2024-03-05T14:02:11Z" },
  { "vi", "lúc 14:02:11 UTC Thứ Ba, 5 tháng 3, 2024", "2024-03-05T14:02:11Z" },
  { "arabic-digits", "٥ مارس ٢٠٢٤ 14:02:11 UTC", "2024-03-05T14:02:11Z" },
  { "no-zone", "Tuesday, March 5, 2024 at 2:02:11 PM", "2024-03-05T14:02:11" },
  { "unknown-language", "Dé Máirt 5 Márta 2024 14:02:11 UTC", NULL },
  { "no-such-day", "Friday, February 30, 2024 at 2:02:11 PM UTC", NULL },
  { "no-clock", "Tuesday, March 5, 2024", NULL },
  { "empty", "", NULL },
};
/* clang-format on */

static void
test_dates (gconstpointer data)
{
  const DateCase *c = data;
  gint64 us = 0, expected = 0;
  gboolean has_zone = FALSE, zone = FALSE;

  if (c->iso == NULL)
    {
      g_assert_false (vantage_google_chat_parse_date (c->text, &us, &has_zone));
      return;
    }
  g_assert_true (vantage_google_chat_parse_date (c->text, &us, &has_zone));
  g_assert_true (vantage_time_parse (c->iso, -1, &expected, NULL, &zone));
  g_assert_cmpint (us, ==, expected);
  g_assert_cmpint (has_zone, ==, zone);
}

#define MIRA "{\"name\":\"Mira Dahl\",\"email\":\"Mira@x.test\",\"user_type\":\"Human\"}"
#define KAI "{\"name\":\"Kai\",\"email\":\"kai@x.test\",\"user_type\":\"Human\"}"
#define BOT "{\"name\":\"Alerts\",\"email\":\"alerts@x.test\",\"user_type\":\"Bot\"}"
#define GROUP(name) "{" name "\"members\":[" MIRA "," KAI "," BOT "]}"
#define ROOT                                                                                       \
  "{\"creator\":" MIRA ",\"created_date\":\"Tuesday, March 5, 2024 at 2:02:11\xe2\x80\xafPM UTC\"" \
  ",\"updated_date\":\"Tuesday, March 5, 2024 at 2:05:00\xe2\x80\xafPM UTC\",\"text\":"            \
  "\"\xf0\x9f\x94\xa5 @Kai look\",\"annotations\":[{\"start_index\":0,\"length\":2,"               \
  "\"format_metadata\":{\"format_type\":\"BOLD\"}},{\"start_index\":3,\"length\":4,"               \
  "\"user_mention_metadata\":{\"type\":\"MENTION\",\"user\":" KAI "}}],\"topic_id\":\"T1\","       \
  "\"message_id\":\"SP1/T1/T1\",\"attached_files\":[{\"original_name\":\"image.png\","             \
  "\"export_name\":\"File-image(1).png\"}],\"reactions\":[{\"emoji\":{\"unicode\":"                \
  "\"\xf0\x9f\x91\x80\"},\"reactor_emails\":[\"kai@x.test\",\"alerts@x.test\"]}]}"
#define REPLY                                                                                      \
  "{\"creator\":" BOT ",\"created_date\":\"Tuesday, March 5, 2024 at 2:03:11 PM UTC\",\"text\":"   \
  "\"ok & <done>\",\"topic_id\":\"T1\",\"message_id\":\"SP1/T1/M2\"}"
#define GONE                                                                                       \
  "{\"created_date\":\"Tuesday, March 5, 2024 at 2:04:11 PM UTC\",\"topic_id\":\"T3\","            \
  "\"message_id\":\"SP1/T3/T3\",\"message_state\":\"DELETED\",\"deletion_metadata\":{"             \
  "\"deletion_type\":\"CREATOR\"}}"
#define MESSAGES "{\"messages\":[" ROOT "," REPLY "," GONE "]}"

static Collected *
read_takeout (const char *name, gboolean direct)
{
  g_autofree char *space = g_strconcat (name, "/Takeout/Google Chat/Groups/Space SP1/", NULL);
  g_autofree char *dm = g_strconcat (name, "/Takeout/Google Chat/Groups/DM SP2/", NULL);
  const struct
  {
    const char *folder, *name, *text;
  } files[] = {
    { space, "group_info.json", GROUP ("\"name\":\"Incidents\",") },
    { space, "messages.json", MESSAGES },
    { space, "File-image(1).png", "x" },
    { dm, "group_info.json", GROUP ("") },
    { dm, "messages.json",
      "{\"messages\":[{\"creator\":" KAI
      ",\"created_date\":\"2024年3月5日火曜日 14:02:11 UTC\",\"text\":\"psst\",\"topic_id\":"
      "\"T9\",\"message_id\":\"SP2/T9/T9\"}]}" },
  };
  g_autofree char *folder = g_build_filename (scratch_folder (), name, NULL);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;

  options.direct = direct;
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_strconcat (files[i].folder, files[i].name, NULL);
      g_autofree char *written = scratch_write (path, files[i].text, -1);
    }
  return collect_ok (folder, &options);
}

static Collected *
read_text (const char *text)
{
  static guint n;
  g_autofree char *name = g_strdup_printf ("google-chat-%u.json", n++);
  g_autofree char *path = scratch_write (name, text, -1);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;

  options.direct = TRUE;
  return collect_ok (path, &options);
}

static void
test_archive (void)
{
  g_autoptr (Collected) all = read_takeout ("gchat", FALSE);
  VantageItem *root = collected_find (all, "T1.T1");
  VantageItem *reply = collected_find (all, "T1.M2");
  VantageItem *gone = collected_find (all, "T3.T3");
  VantageReaction *eyes = root->reactions->pdata[0];

  g_assert_cmpstr (all->facts->format, ==, "google-chat");
  g_assert_cmpuint (all->items->len, ==, 3);
  g_assert_cmpuint (collected_count (all, "direct-left-out"), ==, 1);
  g_assert_cmpstr (root->text, ==, "\xf0\x9f\x94\xa5 @kai@x.test look");
  g_assert_cmpstr (root->mentions[0], ==, "kai@x.test");
  g_assert_cmpstr (root->account, ==, "mira@x.test");
  g_assert_cmpstr (root->raw_time, ==, "Tuesday, March 5, 2024 at 2:02:11\xe2\x80\xafPM UTC");
  g_assert_cmpint (root->time_us, ==, G_GINT64_CONSTANT (1709647331000000));
  g_assert_cmpint (root->precision, ==, VANTAGE_PRECISION_S);
  g_assert_cmpint (root->edited_us, ==, G_GINT64_CONSTANT (1709647500000000));
  g_assert_cmpstr (root->thread, ==, root->local);
  g_assert_cmpint (eyes->count, ==, 2);
  g_assert_null (eyes->times_us);
  g_assert_cmpstr (((VantageAttachment *) root->attachments->pdata[0])->name, ==, "image.png");
  g_assert_cmpstr (reply->thread, ==, root->local);
  g_assert_cmpstr (reply->text, ==, "ok & <done>");
  g_assert_cmpint (gone->kind, ==, VANTAGE_ITEM_DELETE);
  g_assert_true (gone->deleted);
  g_assert_null (gone->account);
  g_assert_true (collected_find_identity (all, "alerts@x.test")->bot);
  g_assert_cmpstr (collected_find_identity (all, "mira@x.test")->name, ==, "Mira Dahl");
  g_assert_nonnull (collected_find_channel (all, "Incidents"));
}

static void
test_direct_only_when_asked_for (void)
{
  g_autoptr (Collected) all = read_takeout ("gchat-dm", TRUE);

  g_assert_cmpuint (all->items->len, ==, 4);
  g_assert_nonnull (collected_find_channel (all, "Mira Dahl, Kai, Alerts"));
  g_assert_cmpint (collected_find (all, "T9.T9")->time_us, ==,
                   G_GINT64_CONSTANT (1709647331000000));
}

/* A message has the same id in an archive and in a list of the interface. */
static void
test_interface (void)
{
  g_autoptr (Collected) archived = read_text (MESSAGES);
  g_autoptr (Collected) all = read_text (
      "{\"messages\":[{\"name\":\"spaces/SP1/messages/T1.T1\",\"sender\":{\"name\":\"users/1\","
      "\"displayName\":\"Mira\",\"type\":\"HUMAN\"},\"createTime\":\"2024-03-05T14:02:11.123456Z\","
      "\"lastUpdateTime\":\"2024-03-05T14:02:11.123456Z\",\"text\":\"hi\",\"thread\":{\"name\":"
      "\"spaces/SP1/threads/T1\"},\"space\":{\"name\":\"spaces/SP1\",\"displayName\":\"Incidents\","
      "\"spaceType\":\"SPACE\"},\"emojiReactionSummaries\":[{\"emoji\":{\"unicode\":\"x\"},"
      "\"reactionCount\":3}],\"attachment\":[{\"contentName\":\"a.pdf\",\"contentType\":"
      "\"application/pdf\"}]},{\"name\":\"spaces/SP1/messages/T1.M2\",\"sender\":{\"name\":"
      "\"users/2\",\"type\":\"BOT\"},\"createTime\":\"2024-03-05T14:03:00Z\",\"cardsV2\":[{"
      "\"card\":{\"header\":{\"title\":\"Disk full\"},\"sections\":[{\"widgets\":[{"
      "\"textParagraph\":{\"text\":\"on <b>db1</b>\"}}]}]}}]}],\"nextPageToken\":\"n\"}");
  VantageItem *root = collected_find (all, "T1.T1"), *card = collected_find (all, "T1.M2");

  g_assert_cmpuint (all->items->len, ==, 2);
  g_assert_cmpint (root->time_us, ==, G_GINT64_CONSTANT (1709647331123456));
  g_assert_cmpint (root->edited_us, ==, VANTAGE_TIME_NONE);
  g_assert_cmpint (((VantageReaction *) root->reactions->pdata[0])->count, ==, 3);
  g_assert_cmpstr (card->text, ==, "Disk full\non db1");
  g_assert_cmpstr (card->thread, ==, "T1.T1");
  g_assert_cmpstr (root->channel, ==, collected_find (archived, "T1.T1")->channel);
  g_assert_cmpuint (collected_count (all, "more-pages"), ==, 1);
}

static void
test_odd_fields_are_borne (void)
{
  g_autoptr (Collected) all = read_text (
      "{\"messages\":[{\"creator\":null,\"created_date\":\"Tuesday, March 5, 2024 at 2:02:11 PM "
      "UTC\",\"text\":[],\"topic_id\":3,\"message_id\":\"odd id\",\"annotations\":[1,null,{"
      "\"user_mention_metadata\":5},{\"start_index\":-4,\"length\":99999999999,"
      "\"user_mention_metadata\":" KAI "}],\"attached_files\":[2],\"reactions\":[{},{\"emoji\":{"
      "\"unicode\":\"x\"},\"reactor_emails\":[null]}],\"quoted_message_metadata\":{\"message_id\":"
      "\"SP1/T1/M9\"}},{\"creator\":{},\"created_date\":\"soon\"},{\"creator\":{},"
      "\"created_date\":7},null,{\"creator\":{\"name\":\"Ana\"},\"created_date\":\"Tuesday, March "
      "5, 2024 at 2:02:11 PM UTC\",\"text\":\"a\"}]}");
  VantageItem *odd = all->items->pdata[0], *last = all->items->pdata[1];

  g_assert_cmpuint (all->items->len, ==, 2);
  g_assert_cmpstr (odd->reply_to, ==, "T1.M9");
  g_assert_cmpint (((VantageReaction *) odd->reactions->pdata[0])->count, ==, 1);
  g_assert_cmpstr (last->account, ==, "name:Ana");
  g_assert_cmpuint (collected_count (all, "bad-time"), ==, 1);
  g_assert_cmpuint (collected_count (all, "no-time"), ==, 1);
  g_assert_cmpuint (collected_count (all, "bad-record"), ==, 1);
}

static void
test_near_misses_say_what_to_do (void)
{
  static const char *const texts[] = {
    "{\"botName\":\"B\",\"mention\":{\"commonEventObject\":{},\"chat\":{\"messagePayload\":{}}}}",
    "{\"type\":\"MESSAGE\",\"eventTime\":\"2024-03-05T14:02:11Z\",\"space\":{\"name\":"
    "\"spaces/SP1\"},\"message\":{\"text\":\"a\"}}",
    GROUP ("\"name\":\"Incidents\","),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *path = scratch_write ("google-chat-miss.json", texts[i], -1);
      VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
      g_autoptr (GError) error = NULL;

      g_assert_null (collect (path, &options, &error));
      g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEAR_MISS);
      g_assert_nonnull (strstr (error->message, "Takeout"));
    }
}

static void
test_cut_off_anywhere (void)
{
  hurt_cut_everywhere ("google-chat", "cut-gchat.json", MESSAGES);
}

static void
test_changed_bytes (void)
{
  hurt_flip_bytes ("google-chat", "flip-gchat.json", MESSAGES, 17, 2000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (date_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/import/google-chat/date/", date_cases[i].name, NULL);

      g_test_add_data_func (path, &date_cases[i], test_dates);
    }
  g_test_add_func ("/import/google-chat/archive", test_archive);
  g_test_add_func ("/import/google-chat/direct-only-when-asked-for",
                   test_direct_only_when_asked_for);
  g_test_add_func ("/import/google-chat/interface", test_interface);
  g_test_add_func ("/import/google-chat/odd-fields-are-borne", test_odd_fields_are_borne);
  g_test_add_func ("/import/google-chat/near-misses-say-what-to-do",
                   test_near_misses_say_what_to_do);
  g_test_add_func ("/import/google-chat/cut-off-anywhere", test_cut_off_anywhere);
  g_test_add_func ("/import/google-chat/changed-bytes", test_changed_bytes);
  return g_test_run ();
}
