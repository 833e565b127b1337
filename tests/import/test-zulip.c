/* test-zulip.c: exports of an organisation and lists of its interface. All of it is made up. */

#include "collect.h"
#include "hurt.h"

#include <string.h>

#define REALM                                                                                      \
  "{\"zerver_client\":[{\"id\":8,\"name\":\"web\"}],\"zerver_realm\":[{\"id\":1,\"string_id\":"    \
  "\"ops\",\"name\":\"Ops\"}],\"zerver_userprofile\":[{\"id\":11,\"full_name\":\"Mira Dahl\","     \
  "\"email\":\"user11@x.test\",\"delivery_email\":\"mira@x.test\",\"is_bot\":false,\"timezone\":"  \
  "\"Europe/Berlin\"},{\"id\":12,\"full_name\":\"Kai\",\"email\":\"kai@x.test\",\"is_bot\":false}" \
  "],\"zerver_userprofile_crossrealm\":[{\"id\":13,\"full_name\":\"Notification Bot\",\"is_bot\":" \
  "true}],\"zerver_stream\":[{\"id\":21,\"name\":\"incidents\",\"description\":\"bridge\"}],"      \
  "\"zerver_recipient\":[{\"id\":31,\"type\":2,\"type_id\":21},{\"id\":32,\"type\":1,\"type_id\":" \
  "11},{\"id\":33,\"type\":1,\"type_id\":12},{\"id\":34,\"type\":3,\"type_id\":41}],"              \
  "\"zerver_subscription\":[{\"id\":1,\"recipient\":34,\"user_profile\":11},{\"id\":2,"            \
  "\"recipient\":34,\"user_profile\":12},{\"id\":3,\"recipient\":34,\"user_profile\":13}],"        \
  "\"zerver_reaction\":[{\"id\":1,\"message\":102,\"user_profile\":12,\"emoji_name\":\"eyes\"},"   \
  "{\"id\":2,\"message\":102,\"user_profile\":11,\"emoji_name\":\"eyes\"}]}"
#define FILES                                                                                      \
  "{\"zerver_attachment\":[{\"id\":1,\"file_name\":\"graph.png\",\"path_id\":\"2/ab/x/graph.png\"" \
  ",\"messages\":[102],\"size\":12}]}"
#define MESSAGE(id, sender, recipient, topic, content, more)                                       \
  "{\"id\":" id ",\"sender\":" sender ",\"recipient\":" recipient ",\"subject\":\"" topic          \
  "\",\"content\":\"" content                                                                      \
  "\",\"date_sent\":1700000000.1234560013,\"last_edit_time\":null" more "}"
#define FIRST                                                                                      \
  "{\"zerver_message\":[" MESSAGE (                                                                \
      "102", "11", "31", "\xe2\x9c\x94 Checkout down",                                             \
      "@**Kai** @**Mira Dahl|11** @**all** #**incidents>db** <time:2024-03-01T14:00:00Z> "         \
      "`@**Kai**`",                                                                                \
      ",\"edit_history\":\"[{\\\"prev_content\\\":\\\"before\\\",\\\"timestamp\\\":1700000100}]"   \
      "\"") "," MESSAGE ("103", "12", "31", "other", "x [a.txt](/user_uploads/2/cd/a.txt)",        \
                         "") "]}"
#define SECOND                                                                                                                        \
  "{\"zerver_message\":[" MESSAGE ("101", "12", "31", "checkout DOWN", "is it up?", ",\"last_edit_time\":1700000050.5") "," MESSAGE ( \
      "104", "11", "33", "", "a",                                                                                                     \
      "") "," MESSAGE ("105", "12", "32", "", "b",                                                                                    \
                       "") "," MESSAGE ("106", "12", "34", "", "c",                                                                   \
                                        "") "," MESSAGE ("107", "13", "31", "", "(deleted)",                                          \
                                                         "") "],\"zerver_usermessage\":[{\"id\":"                                     \
                                                             "1}]}"

static Collected *
read_folder (const char *name, gboolean realm, gboolean direct)
{
  static const struct
  {
    const char *name, *text;
  } files[] = { { "messages-000001.json", FIRST },
                { "messages-000002.json", SECOND },
                { "attachment.json", FILES },
                { "analytics.json", "{\"analytics_realmcount\":[]}" },
                { "realm.json", REALM } };
  g_autofree char *folder = g_build_filename (scratch_folder (), name, NULL);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;

  options.direct = direct;
  for (guint i = 0; i < G_N_ELEMENTS (files) - (realm ? 0 : 1); i++)
    {
      g_autofree char *path = g_build_filename (name, files[i].name, NULL);
      g_autofree char *written = scratch_write (path, files[i].text, -1);
    }
  return collect_ok (folder, &options);
}

static Collected *
read_text (const char *text, gboolean direct)
{
  static guint n;
  g_autofree char *name = g_strdup_printf ("zulip-%u.json", n++);
  g_autofree char *path = scratch_write (name, text, -1);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;

  options.direct = direct;
  return collect_ok (path, &options);
}

static void
test_export (void)
{
  g_autoptr (Collected) all = read_folder ("zulip-export", TRUE, FALSE);
  VantageItem *answer = collected_find (all, "102");
  VantageItem *root = collected_find (all, "101");
  VantageItem *other = collected_find (all, "103");
  VantageItem *gone = collected_find (all, "107");
  VantageReaction *eyes = answer->reactions->pdata[0];
  VantageAttachment *graph = answer->attachments->pdata[0];
  VantageIdentity *mira = collected_find_identity (all, "11");

  g_assert_cmpuint (all->items->len, ==, 4);
  g_assert_cmpstr (all->facts->system, ==, "ops");
  g_assert_cmpstr (answer->text, ==, "@12 @11 @all #incidents>db 2024-03-01T14:00:00Z `@**Kai**`");
  g_assert_cmpint (answer->time_us, ==, G_GINT64_CONSTANT (1700000000123456));
  g_assert_cmpstr (answer->raw_time, ==, "1700000000.1234560013");
  g_assert_cmpint (answer->precision, ==, VANTAGE_PRECISION_US);
  g_assert_cmpint (answer->edited_us, ==, VANTAGE_TIME_NONE);
  g_assert_cmpstr (vantage_item_get_extra (answer, "earlier text"), ==, "before");
  g_assert_cmpstr (vantage_item_get_extra (answer, "topic"), ==, "\xe2\x9c\x94 Checkout down");
  g_assert_cmpstr (answer->thread, ==, "101");
  g_assert_cmpstr (root->thread, ==, "101");
  g_assert_cmpint (root->edited_us, ==, G_GINT64_CONSTANT (1700000050500000));
  g_assert_cmpstr (other->thread, ==, "103");
  g_assert_cmpstr (((VantageAttachment *) other->attachments->pdata[0])->name, ==, "a.txt");
  g_assert_cmpint (eyes->count, ==, 2);
  g_assert_null (eyes->times_us);
  g_assert_cmpstr (graph->name, ==, "graph.png");
  g_assert_cmpint (graph->size, ==, 12);
  g_assert_cmpint (gone->kind, ==, VANTAGE_ITEM_DELETE);
  g_assert_true (gone->deleted);
  g_assert_null (gone->thread);
  g_assert_cmpstr (mira->email, ==, "mira@x.test");
  g_assert_cmpstr (mira->zone, ==, "Europe/Berlin");
  g_assert_true (collected_find_identity (all, "13")->bot);
  g_assert_cmpstr (collected_find_channel (all, "incidents")->purpose, ==, "bridge");
  g_assert_true (all->facts->complete);
}

static void
test_conversations_only_when_asked_for (void)
{
  g_autoptr (Collected) all = read_folder ("zulip-direct", TRUE, TRUE);

  g_assert_cmpuint (all->items->len, ==, 7);
  g_assert_cmpuint (all->channels->len, ==, 3);
  g_assert_cmpstr (collected_find (all, "104")->channel, ==, collected_find (all, "105")->channel);
  g_assert_nonnull (collected_find_channel (all, "Mira Dahl, Kai"));
  g_assert_nonnull (collected_find_channel (all, "Mira Dahl, Kai, Notification Bot"));
}

static void
test_without_tables_it_is_told (void)
{
  g_autoptr (Collected) all = read_folder ("zulip-bare", FALSE, FALSE);
  g_autoptr (Collected) old =
      read_text ("{\"zerver_message\":[{\"id\":5,\"pub_date\":1500000000}]}", FALSE);

  g_assert_cmpuint (all->items->len, ==, 7);
  g_assert_cmpuint (collected_count (all, "no-tables"), ==, 1);
  g_assert_false (all->facts->complete);
  g_assert_cmpint (collected_find (old, "5")->precision, ==, VANTAGE_PRECISION_S);
}

#define API(more)                                                                                  \
  "{\"result\":\"success\",\"found_oldest\":true," more "\"messages\":[{\"id\":102,\"sender_id\":" \
  "11,\"sender_full_name\":\"Mira Dahl\",\"sender_email\":\"mira@x.test\",\"type\":\"stream\","    \
  "\"stream_id\":21,\"display_recipient\":\"incidents\",\"subject\":\"Down\",\"timestamp\":"       \
  "1700000000,\"content\":\"<p><span class=\\\"user-mention\\\" data-user-id=\\\"12\\\">@Kai"      \
  "</span> look &amp; <a href=\\\"/user_uploads/2/ab/g.png\\\">g.png</a></p>\",\"content_type\":"  \
  "\"text/html\",\"reactions\":[{\"emoji_name\":\"eyes\",\"user_id\":12,\"user\":{\"id\":12,"      \
  "\"full_name\":\"Kai\"}}],\"last_edit_timestamp\":1700000009},{\"id\":103,\"sender_id\":12,"     \
  "\"sender_full_name\":\"Kai\",\"type\":\"private\",\"display_recipient\":[{\"id\":11,"           \
  "\"full_name\":\"Mira "                                                                          \
  "Dahl\"},{\"id\":12,\"full_name\":\"Kai\"}],\"subject\":\"\",\"timestamp\":"                     \
  "1700000001,\"content\":\"hi\",\"content_type\":\"text/x-markdown\"}]}"

static void
test_interface (void)
{
  g_autoptr (Collected) all = read_text (API (""), TRUE);
  g_autoptr (Collected) more = read_text (API ("\"found_newest\": false,"), FALSE);
  VantageItem *item = collected_find (all, "102");

  g_assert_cmpuint (all->items->len, ==, 2);
  g_assert_cmpstr (item->text, ==, "@12 look & g.png");
  g_assert_cmpstr (item->mentions[0], ==, "12");
  g_assert_cmpstr (item->account, ==, "11");
  g_assert_cmpint (item->edited_us, ==, G_GINT64_CONSTANT (1700000009000000));
  g_assert_cmpint (item->precision, ==, VANTAGE_PRECISION_S);
  g_assert_cmpuint (item->attachments->len, ==, 1);
  g_assert_cmpstr (((VantageReaction *) item->reactions->pdata[0])->by[0], ==, "12");
  g_assert_nonnull (collected_find_channel (all, "incidents"));
  g_assert_true (all->facts->complete);
  g_assert_cmpuint (more->items->len, ==, 1);
  g_assert_cmpuint (collected_count (more, "more-pages"), ==, 1);
  g_assert_false (more->facts->complete);
}

typedef struct
{
  const char *name, *time;
  gint64 us;
  VantagePrecision precision;
} TimeCase;

/* clang-format off */
static const TimeCase time_cases[] = {
  { "seconds", "1700000000", G_GINT64_CONSTANT (1700000000000000), VANTAGE_PRECISION_S },
  { "milliseconds", "1700000000123", G_GINT64_CONSTANT (1700000000123000), VANTAGE_PRECISION_MS },
  { "text", "\"1700000000.5\"", G_GINT64_CONSTANT (1700000000500000), VANTAGE_PRECISION_MS },
  { "binary-digits-below", "1516804142.5267388821", G_GINT64_CONSTANT (1516804142526739), VANTAGE_PRECISION_US },
  { "binary-digits-above", "1516804142.5267391", G_GINT64_CONSTANT (1516804142526739), VANTAGE_PRECISION_US },
  { "carry", "1516804142.9999999", G_GINT64_CONSTANT (1516804143000000), VANTAGE_PRECISION_US },
  { "scientific", "1.516803814696259e9", G_GINT64_CONSTANT (1516803814696259), VANTAGE_PRECISION_US },
};
/* clang-format on */

static void
test_times (gconstpointer data)
{
  const TimeCase *c = data;
  g_autofree char *text = g_strdup_printf ("[{\"id\":5,\"date_sent\":%s}]", c->time);
  g_autoptr (Collected) all = read_text (text, FALSE);
  VantageItem *item = collected_find (all, "5");

  g_assert_cmpint (item->time_us, ==, c->us);
  g_assert_cmpint (item->precision, ==, c->precision);
}

static void
test_odd_fields_are_borne (void)
{
  g_autoptr (Collected) all = read_text (
      "{\"zerver_message\":[{\"id\":1,\"date_sent\":0},{\"id\":2,\"date_sent\":\"x\"},{\"id\":3,"
      "\"date_sent\":1700000000,\"sender\":[],\"recipient\":{},\"subject\":5,\"content\":null,"
      "\"rendered_content\":\"<p>a</p>\",\"edit_history\":\"[{\",\"reactions\":[1,{}],"
      "\"last_edit_time\":\"never\"},null,7,{\"id\":4},{\"id\":5,\"date_sent\":1e400},{\"id\":6,"
      "\"date_sent\":99999999999999999999}],\"zerver_reaction\":[1,{\"message\":3},{\"message\":3,"
      "\"emoji_name\":\"a\"}],\"zerver_attachment\":{}}",
      FALSE);
  VantageItem *item = collected_find (all, "3");

  g_assert_cmpuint (all->items->len, ==, 1);
  g_assert_cmpstr (item->text, ==, "a");
  g_assert_cmpint (((VantageReaction *) item->reactions->pdata[0])->count, ==, 1);
  g_assert_cmpuint (collected_count (all, "bad-time"), ==, 4);
  g_assert_cmpuint (collected_count (all, "bad-record"), ==, 3);
}

static void
test_tables_alone_are_a_near_miss (void)
{
  g_autofree char *path = scratch_write ("zulip-realm.json", REALM, -1);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;

  g_assert_null (collect (path, &options, &error));
  g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEAR_MISS);
  g_assert_nonnull (strstr (error->message, "whole folder"));
}

static void
test_cut_off_anywhere (void)
{
  hurt_cut_everywhere ("zulip", "cut-export.json", SECOND);
  hurt_cut_everywhere ("zulip", "cut-api.json", API (""));
}

static void
test_changed_bytes (void)
{
  hurt_flip_bytes ("zulip", "flip-export.json", FIRST, 14, 1200);
  hurt_flip_bytes ("zulip", "flip-api.json", API (""), 15, 1200);
  hurt_flip_bytes ("zulip", "flip-realm.json", REALM, 16, 600);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/import/zulip/export", test_export);
  g_test_add_func ("/import/zulip/conversations-only-when-asked-for",
                   test_conversations_only_when_asked_for);
  g_test_add_func ("/import/zulip/without-tables-it-is-told", test_without_tables_it_is_told);
  g_test_add_func ("/import/zulip/interface", test_interface);
  for (gsize i = 0; i < G_N_ELEMENTS (time_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/import/zulip/time/", time_cases[i].name, NULL);

      g_test_add_data_func (path, &time_cases[i], test_times);
    }
  g_test_add_func ("/import/zulip/odd-fields-are-borne", test_odd_fields_are_borne);
  g_test_add_func ("/import/zulip/tables-alone-are-a-near-miss", test_tables_alone_are_a_near_miss);
  g_test_add_func ("/import/zulip/cut-off-anywhere", test_cut_off_anywhere);
  g_test_add_func ("/import/zulip/changed-bytes", test_changed_bytes);
  return g_test_run ();
}
