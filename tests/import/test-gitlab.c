/* test-gitlab.c: issues, notes and events as answers, exported projects and tables. All made up. */

#include "collect.h"
#include "hurt.h"

#include <string.h>

#include "vantage-time.h"

#define HOST "https://git.acme.test"
#define ADA "{\"id\":4,\"username\":\"ada\",\"name\":\"Ada Lund\"}"
#define NOTES                                                                                      \
  "[{\"id\":71,\"body\":\"restarted @bo\\r\\n![graph](/uploads/ab12/g.png)\",\"author\":" ADA ","  \
  "\"created_at\":\"2025-03-14T02:20:00.001Z\",\"updated_at\":\"2025-03-14T02:25:00.001Z\","       \
  "\"system\":false,\"noteable_type\":\"Issue\",\"noteable_iid\":12,\"internal\":true},"           \
  "{\"id\":72,\"body\":\"closed\",\"author\":" ADA ",\"created_at\":\"2025-03-14T03:00:01.000Z\"," \
  "\"updated_at\":\"2025-03-14T03:00:01.000Z\",\"system\":true,\"noteable_type\":\"Issue\"},"      \
  "{\"id\":73,\"body\":\"mentioned in merge request !3\",\"author\":{\"id\":9,\"username\":"       \
  "\"ghost\"},\"created_at\":\"2025-03-14T04:00:00.000-05:00\",\"system\":true,\"noteable_type\":" \
  "\"Issue\"}]"
#define EVENTS                                                                                     \
  "\"resource_label_events\":[{\"id\":5,\"user\":" ADA ",\"created_at\":"                          \
  "\"2025-03-14T02:30:00.000Z\",\"action\":\"add\",\"label\":{\"name\":\"sev2\"}}],"               \
  "\"resource_state_events\":[{\"id\":5,\"user\":" ADA ",\"created_at\":"                          \
  "\"2025-03-14T03:00:00.000Z\",\"state\":\"closed\"}]"
#define ISSUE                                                                                      \
  "{\"id\":900,\"iid\":12,\"project_id\":3,\"title\":\"Payments time out\",\"description\":"       \
  "\"See "                                                                                         \
  "[b](/uploads/cd/b.log)\",\"state\":\"closed\",\"created_at\":\"2025-03-14T02:11:09.250Z\","     \
  "\"updated_at\":\"2025-03-15T00:00:00.000Z\",\"author\":" ADA ",\"labels\":[\"sev2\"],"          \
  "\"issue_type\":\"incident\",\"severity\":\"CRITICAL\",\"user_notes_count\":1,\"web_url\":"      \
  "\"" HOST "/Acme/shop/-/issues/12\",\"award_emoji\":[{\"name\":\"eyes\",\"user\":" ADA ","       \
  "\"created_at\":\"2025-03-14T02:12:00.000Z\"},{\"name\":\"eyes\",\"user\":null}],"               \
  "\"notes\":" NOTES "," EVENTS "}"

static Collected *
read_named (const char *ending, const char *text)
{
  static guint n;
  g_autofree char *name = g_strdup_printf ("gitlab-%u.%s", n++, ending);
  g_autofree char *path = scratch_write (name, text, -1);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  Collected *all = collect_ok (path, &options);

  g_assert_cmpstr (all->facts->format, ==, "gitlab");
  return all;
}

static gint64
at (const char *text)
{
  gint64 us;

  g_assert_true (vantage_time_parse (text, -1, &us, NULL, NULL));
  return us;
}

static void
check (Collected *all, const char *local, VantageItemKind kind, const char *text)
{
  VantageItem *item = collected_find (all, local);

  g_assert_nonnull (item);
  g_assert_cmpint (item->kind, ==, kind);
  g_assert_cmpstr (item->text, ==, text);
}

static void
test_issue_with_notes_and_events (void)
{
  g_autoptr (Collected) all = read_named ("json", "[" ISSUE "]");
  VantageItem *item = collected_find (all, "12");
  VantageReaction *eyes = item->reactions->pdata[0];

  g_assert_cmpuint (all->items->len, ==, 5);
  check (all, "12", VANTAGE_ITEM_TICKET, "Payments time out\n\nSee [b](/uploads/cd/b.log)");
  g_assert_cmpint (item->edited_us, ==, VANTAGE_TIME_NONE);
  g_assert_cmpstr (item->account, ==, "ada");
  g_assert_cmpstr (vantage_item_get_extra (item, "severity"), ==, "CRITICAL");
  g_assert_cmpuint (item->attachments->len, ==, 1);
  g_assert_cmpint (eyes->count, ==, 2);
  g_assert_cmpstr (eyes->by[0], ==, "ada");
  g_assert_cmpint (eyes->times_us[0], ==, at ("2025-03-14T02:12:00Z"));
  item = collected_find (all, "12.c71");
  check (all, "12.c71", VANTAGE_ITEM_COMMENT, "restarted @bo\n![graph](/uploads/ab12/g.png)");
  g_assert_cmpint (item->edited_us - item->time_us, ==, 300 * G_USEC_PER_SEC);
  g_assert_cmpstr (vantage_item_get_extra (item, "internal"), ==, "yes");
  g_assert_cmpstr (item->mentions[0], ==, "bo");
  g_assert_cmpstr (item->url, ==, HOST "/Acme/shop/-/issues/12#note_71");
  /* the system's note says what the event says: one of the two is kept */
  g_assert_null (collected_find (all, "12.c72"));
  check (all, "12.es5", VANTAGE_ITEM_STATUS, "state: → closed");
  check (all, "12.el5", VANTAGE_ITEM_FIELD, "label: → sev2");
  check (all, "12.c73", VANTAGE_ITEM_LINK, "mentioned in merge request !3");
  item = collected_find (all, "12.c73");
  g_assert_null (item->account);
  g_assert_cmpint (item->time_us, ==, at ("2025-03-14T09:00:00Z"));
  g_assert_nonnull (collected_find_channel (all, "Acme/shop"));
  g_assert_true (all->facts->complete);
}

static void
test_discussions_are_threads (void)
{
  g_autoptr (Collected) all = read_named (
      "json", "{\"iid\":3,\"title\":\"t\",\"source_branch\":\"b\",\"created_at\":\"2025-03-14T02:"
              "11:09Z\",\"author\":null,"
              "\"web_url\":\"" HOST
              "/a/b/merge_requests/3\",\"user_notes_count\":7,\"discussions\":[{\"id\":\"d1\","
              "\"notes\":[{\"id\":1,\"body\":\"x\",\"created_at\":\"2025-03-14T03:00:00Z\","
              "\"noteable_type\":\"MergeRequest\"},"
              "{\"id\":2,\"body\":\"y\",\"created_at\":\"2025-03-14T03:01:00Z\",\"noteable_type\":"
              "\"MergeRequest\"}]}]}");

  g_assert_cmpuint (all->items->len, ==, 3);
  g_assert_cmpstr (collected_find (all, "mr3.c2")->reply_to, ==, "mr3.c1");
  g_assert_null (collected_find (all, "mr3.c1")->reply_to);
  g_assert_cmpuint (collected_count (all, "more-pages"), ==, 1);
  g_assert_false (all->facts->complete);
}

static void
test_lone_notes_name_their_issue (void)
{
  g_autoptr (Collected) all = read_named ("json", NOTES);

  g_assert_nonnull (collected_find (all, "12.c71"));
  g_assert_cmpuint (all->items->len + collected_count_skipped (all), ==, 3);
  g_assert_cmpuint (collected_count (all, "no-parent"), ==, 2);
}

static void
test_exported_project (void)
{
  g_autofree char *issues = scratch_write (
      "export/tree/project/issues.ndjson",
      "{\"iid\":1,\"title\":\"t\",\"author_id\":4,\"project_id\":8,\"created_at\":\"2025-03-14T02:"
      "11:09.1Z\","
      "\"notes\":[{\"id\":5,\"note\":\"hi\",\"author_id\":6,\"author\":{\"name\":\"Bo\"},"
      "\"noteable_type\":\"Issue\","
      "\"discussion_id\":\"q\",\"created_at\":\"2025-03-14T03:00:00Z\",\"system\":false},{\"id\":6,"
      "\"note\":\"v2\","
      "\"author_id\":4,\"noteable_type\":\"Issue\",\"discussion_id\":\"q\",\"created_at\":\"2025-"
      "03-14T03:02:00Z\","
      "\"system\":true,\"system_note_metadata\":{\"action\":\"assignee\"}}],\"resource_state_"
      "events\":[{\"id\":2,"
      "\"user_id\":4,\"state\":\"reopened\",\"created_at\":\"2025-03-14T05:00:00Z\"}]}\n",
      -1);
  g_autofree char *members =
      scratch_write ("export/tree/project/project_members.ndjson",
                     "{\"user_id\":4,\"user\":{\"id\":4,\"username\":\"ada\",\"name\":\"Ada "
                     "Lund\"}}\nnull\n{\"user\":{}}\n",
                     -1);
  g_autofree char *labels = scratch_write ("export/tree/project/labels.ndjson", "", -1);
  g_autofree char *boards = scratch_write ("export/tree/project/boards.ndjson", "{\"id\":1}\n", -1);
  g_autofree char *folder = g_build_filename (scratch_folder (), "export", NULL);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autoptr (Collected) all = collect_ok (folder, &options);

  g_assert_cmpstr (all->facts->format, ==, "gitlab");
  g_assert_cmpuint (all->items->len, ==, 4);
  g_assert_cmpstr (collected_find (all, "1")->account, ==, "ada");
  g_assert_cmpstr (collected_find (all, "1.c5")->account, ==, "id:6");
  g_assert_cmpstr (collected_find_identity (all, "id:6")->name, ==, "Bo");
  g_assert_cmpint (collected_find (all, "1.c6")->kind, ==, VANTAGE_ITEM_ASSIGNMENT);
  g_assert_cmpstr (collected_find (all, "1.c6")->reply_to, ==, "1.c5");
  check (all, "1.es2", VANTAGE_ITEM_STATUS, "state: → reopened");
  g_assert_cmpuint (collected_count_skipped (all), ==, 0);
}

static void
test_table_is_in_utc (void)
{
  g_autoptr (Collected) all = read_named (
      "csv",
      "Title,Description,Issue ID,URL,State,Author,Author Username,Created At (UTC),Labels\n"
      "t,\"a\nb\",12," HOST "/Acme/shop/-/issues/12,Closed,Ada Lund,ada,2025-03-14 02:11:09,sev2\n"
      "u,,,,Open,,,2025-03-14 02:11:09,\n");
  g_autoptr (Collected) answers = read_named ("json", ISSUE);
  VantageItem *item = collected_find (all, "12");

  g_assert_cmpuint (all->items->len, ==, 1);
  g_assert_cmpuint (collected_count (all, "bad-record"), ==, 1);
  g_assert_cmpint (item->time_us, ==, at ("2025-03-14T02:11:09Z"));
  g_assert_cmpstr (item->raw_time, ==, "2025-03-14 02:11:09");
  g_assert_cmpstr (item->channel, ==, collected_find (answers, "12")->channel);
  g_assert_cmpstr (item->account, ==, "ada");
}

static void
test_odd_records_cost_only_themselves (void)
{
  static const struct
  {
    const char *record;
    guint items, skipped;
  } cases[] = {
    { "{\"iid\":\"7\",\"title\":\"t\",\"created_at\":\"2025-03-14T02:11:09Z\",\"author\":{},"
      "\"labels\":7}",
      1, 0 },
    { "{\"iid\":8,\"title\":\"t\",\"created_at\":\"never\",\"author\":{}}", 0, 1 },
    { "{\"iid\":9,\"title\":\"t\",\"created_at\":\"2025-03-14T02:11:09Z\",\"author\":{},\"notes\":["
      "null,1,"
      "{\"note\":5,\"created_at\":\"2025-03-14T02:11:09Z\"},{\"id\":3}],\"award_emoji\":[{}],"
      "\"resource_state_events\":[{},null]}",
      2, 3 },
    { "7", 0, 1 },
    { "{\"title\":\"no issue\"}", 0, 1 },
    { "{\"object_kind\":\"issue\",\"object_attributes\":{}}", 0, 1 },
    { "{\"iid\":2,\"title\":\"17.1\",\"project_id\":3,\"created_at\":\"2025-03-14T02:11:09Z\","
      "\"web_url\":\"" HOST "/a/b/-/milestones/2\"}",
      0, 1 },
    { "{\"awardable_id\":4,\"name\":\"map\"}", 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("[%s,%s]", ISSUE, cases[i].record);
      g_autoptr (Collected) all = read_named ("json", text);

      g_assert_cmpuint (all->items->len, ==, 5 + cases[i].items);
      g_assert_cmpuint (collected_count_skipped (all), ==, cases[i].skipped);
    }
}

static void
test_webhook_says_what_to_export (void)
{
  g_autofree char *path = scratch_write (
      "gitlab-hook.json",
      "{\"object_kind\":\"note\",\"object_attributes\":{\"note\":\"x\",\"created_at\":\"2025-03-14 "
      "02:11:09 UTC\"},\"issue\":{\"iid\":1}}",
      -1);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (Collected) all = collect (path, &options, &error);

  g_assert_null (all);
  g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEAR_MISS);
  g_assert_nonnull (strstr (error->message, "GitLab"));
}

static void
test_hurt_files (void)
{
  hurt_cut_everywhere ("gitlab", "gitlab-hurt.json", "[" ISSUE "]");
  hurt_flip_bytes ("gitlab", "gitlab-hurt.json", ISSUE "\n" ISSUE, 11, 300);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define CASE(path, function) g_test_add_func ("/import/gitlab/" path, function)
  CASE ("issue-with-notes-and-events", test_issue_with_notes_and_events);
  CASE ("discussions-are-threads", test_discussions_are_threads);
  CASE ("lone-notes-name-their-issue", test_lone_notes_name_their_issue);
  CASE ("exported-project", test_exported_project);
  CASE ("table-is-in-utc", test_table_is_in_utc);
  CASE ("odd-records-cost-only-themselves", test_odd_records_cost_only_themselves);
  CASE ("webhook-says-what-to-export", test_webhook_says_what_to_export);
  CASE ("hurt-files", test_hurt_files);
#undef CASE
  return g_test_run ();
}
