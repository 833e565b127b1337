/* test-github.c: issues, comments, reviews and events in every wrapping. All of it is made up. */

#include "collect.h"

#include <string.h>

#define ISSUE                                                                                      \
  "{\"number\":12,\"id\":9001,\"title\":\"Checkout holds "                                         \
  "payments\",\"state\":\"closed\",\"user\":"                                                      \
  "{\"login\":\"mira\",\"type\":\"User\"},\"body\":\"Seen since two.\\r\\n<!-- from a form -->\"," \
  "\"comments\":2,\"created_at\":\"2025-03-14T01:02:03Z\",\"updated_at\":\"2025-03-15T00:00:"      \
  "00Z\","                                                                                         \
  "\"labels\":[{\"name\":\"incident\"}],\"html_url\":\"https://github.com/Acme/Shop/issues/12\","  \
  "\"author_association\":\"MEMBER\",\"reactions\":{\"+1\":2,\"total_count\":2}}"
#define COMMENT                                                                                    \
  "{\"id\":77,\"user\":{\"login\":\"deploy[bot]\",\"type\":\"Bot\"},\"body\":\"rolled back, "      \
  "@mira "                                                                                         \
  "![graph](https://x.test/a.png?token=abcdef)\",\"created_at\":\"2025-03-14T02:00:00Z\","         \
  "\"updated_at\":\"2025-03-14T02:05:00Z\",\"author_association\":\"NONE\","                       \
  "\"html_url\":\"https://github.com/Acme/Shop/issues/12#issuecomment-77\"}"
#define EVENT                                                                                      \
  "{\"id\":501,\"event\":\"labeled\",\"actor\":{\"login\":\"mira\"},\"created_at\":"               \
  "\"2025-03-14T03:00:00Z\",\"label\":{\"name\":\"sev2\"},\"url\":"                                \
  "\"https://api.github.com/repos/Acme/Shop/issues/events/501\",\"issue\":{\"number\":12}}"

static Collected *
read_text (const char *text)
{
  static guint n;
  g_autofree char *name = g_strdup_printf ("github-%u.json", n++);
  g_autofree char *path = scratch_write (name, text, -1);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;

  return collect_ok (path, &options);
}

static void
test_issue_is_a_ticket (void)
{
  g_autoptr (Collected) all = read_text (ISSUE);
  VantageItem *item = collected_find (all, "12");
  VantageReaction *reaction;

  g_assert_nonnull (item);
  g_assert_cmpint (item->kind, ==, VANTAGE_ITEM_TICKET);
  g_assert_cmpstr (item->text, ==, "Checkout holds payments\n\nSeen since two.");
  g_assert_cmpstr (item->account, ==, "mira");
  g_assert_cmpstr (item->thread, ==, "12");
  g_assert_cmpstr (item->raw_time, ==, "2025-03-14T01:02:03Z");
  g_assert_cmpint (item->edited_us, ==, VANTAGE_TIME_NONE);
  g_assert_cmpstr (vantage_item_get_extra (item, "label"), ==, "incident");
  g_assert_cmpstr (vantage_item_get_extra (item, "state"), ==, "closed");
  reaction = g_ptr_array_index (item->reactions, 0);
  g_assert_cmpstr (reaction->name, ==, "+1");
  g_assert_cmpint (reaction->count, ==, 2);
  g_assert_nonnull (collected_find_channel (all, "Acme/Shop"));
  g_assert_cmpuint (collected_count (all, "missing-comments"), ==, 1);
  g_assert_false (all->facts->complete);
}

static void
test_comment_belongs_to_its_issue (void)
{
  g_autoptr (Collected) all = read_text (COMMENT);
  VantageItem *item = collected_find (all, "12.c77");
  VantageAttachment *picture;

  g_assert_nonnull (item);
  g_assert_cmpint (item->kind, ==, VANTAGE_ITEM_COMMENT);
  g_assert_cmpstr (item->thread, ==, "12");
  g_assert_cmpint (item->edited_us - item->time_us, ==, 300 * G_USEC_PER_SEC);
  g_assert_cmpstr (item->mentions[0], ==, "mira");
  picture = g_ptr_array_index (item->attachments, 0);
  g_assert_cmpstr (picture->name, ==, "graph");
  g_assert_null (strstr (picture->url, "abcdef"));
  g_assert_true (collected_find_identity (all, "deploy[bot]")->bot);
}

static void
test_event_says_what_changed (void)
{
  g_autoptr (Collected) all = read_text ("[" EVENT "]");
  VantageItem *item = collected_find (all, "12.e501");

  g_assert_nonnull (item);
  g_assert_cmpint (item->kind, ==, VANTAGE_ITEM_FIELD);
  g_assert_cmpstr (item->text, ==, "labeled: sev2");
  g_assert_cmpstr (vantage_item_get_extra (item, "to"), ==, "sev2");
}

/* Whatever is wrapped around them, the same records have the same ids. */
static void
test_wrappings_give_the_same_ids (void)
{
  static const char *const wrapped[] = {
    "[" ISSUE "," COMMENT "]",
    "[" ISSUE "][" COMMENT "]",
    ISSUE "\n" COMMENT "\n",
    "{\"total_count\":2,\"items\":[" ISSUE "," COMMENT "]}",
    "[{\"method\":\"get\",\"path\":\"/repos/acme/shop/issues/12\",\"response\":" ISSUE "},"
    "{\"method\":\"get\",\"path\":\"/repos/acme/shop/issues/12/comments\",\"response\":[" COMMENT
    "]}]",
    "[{\"backend_name\":\"GitHub\",\"origin\":\"https://github.com/Acme/Shop\",\"data\":" ISSUE "},"
    "{\"backend_name\":\"GitHub\",\"origin\":\"https://github.com/Acme/Shop\",\"data\":" COMMENT
    "}]",
  };
  g_autoptr (Collected) first = read_text (wrapped[0]);
  g_autofree char *ids = collected_dup_ids (first);

  g_assert_cmpuint (first->items->len, ==, 2);
  for (gsize i = 1; i < G_N_ELEMENTS (wrapped); i++)
    {
      g_autoptr (Collected) other = read_text (wrapped[i]);
      g_autofree char *others = collected_dup_ids (other);

      g_assert_cmpstr (others, ==, ids);
    }
}

static void
test_command_line_client (void)
{
  g_autoptr (Collected) all = read_text (
      "{\"number\":3,\"title\":\"T\",\"body\":null,\"author\":{\"login\":\"kai\",\"name\":\"Kai\","
      "\"is_bot\":false},\"state\":\"OPEN\",\"createdAt\":\"2025-01-01T00:00:00Z\","
      "\"url\":\"https://github.com/a/b/pull/3\",\"comments\":[{\"id\":\"IC_x\",\"author\":"
      "{\"login\":\"ghost\"},\"authorAssociation\":\"NONE\",\"body\":\"hm\",\"createdAt\":"
      "\"2025-01-01T01:00:00Z\",\"includesCreatedEdit\":true,\"url\":"
      "\"https://github.com/a/b/pull/3#issuecomment-44\",\"reactionGroups\":[{\"content\":"
      "\"THUMBS_UP\",\"users\":{\"totalCount\":3}}]}],\"reviews\":[{\"id\":\"PRR_x\",\"author\":"
      "{\"login\":\"kai\"},\"body\":\"\",\"state\":\"APPROVED\",\"submittedAt\":"
      "\"2025-01-01T02:00:00Z\"},{\"author\":{\"login\":\"kai\"},\"body\":\"\",\"state\":"
      "\"PENDING\"}]}");
  VantageItem *comment = collected_find (all, "3.c44");

  g_assert_cmpuint (all->items->len, ==, 3);
  g_assert_nonnull (comment);
  g_assert_null (comment->account);
  g_assert_cmpint (((VantageReaction *) g_ptr_array_index (comment->reactions, 0))->count, ==, 3);
  g_assert_cmpstr (((VantageItem *) g_ptr_array_index (all->items, 2))->text, ==, "approved");
  g_assert_cmpuint (collected_count (all, "no-time"), ==, 1);
  g_assert_cmpstr (collected_find_identity (all, "kai")->name, ==, "Kai");
}

/* Records without an id of their own, twice the same. */
static void
test_archive_without_ids (void)
{
  const char *archive =
      "{\"magic\":\"E!vIA5L86J2I\",\"repo\":\"wg/drafts\",\"issues\":[{\"number\":1,\"id\":\"I_x\","
      "\"title\":\"T\",\"url\":\"https://github.com/wg/drafts/issues/1\",\"state\":\"OPEN\","
      "\"author\":\"ana\",\"authorAssociation\":\"NONE\",\"body\":\"b\",\"createdAt\":"
      "\"2020-01-01T00:00:00Z\",\"comments\":[{\"author\":\"ana\",\"body\":\"same\",\"createdAt\":"
      "\"2020-01-01T00:01:00Z\"},{\"author\":\"ana\",\"body\":\"same\",\"createdAt\":"
      "\"2020-01-01T00:01:00Z\"}]}],\"pulls\":[{\"number\":2,\"title\":\"P\",\"author\":\"bo\","
      "\"body\":\"\",\"createdAt\":\"2020-01-02T00:00:00Z\",\"state\":\"MERGED\",\"comments\":[],"
      "\"reviews\":[{\"id\":\"R_x\",\"author\":\"cy\",\"state\":\"COMMENTED\",\"body\":\"\","
      "\"createdAt\":\"2020-01-02T01:00:00Z\",\"comments\":[{\"originalPosition\":3,\"body\":"
      "\"nit\",\"createdAt\":\"2020-01-02T01:00:00Z\"}]}]}]}";
  g_autoptr (Collected) all = read_text (archive);
  g_autoptr (Collected) again = read_text (archive);
  g_autofree char *ids = collected_dup_ids (all);
  g_autofree char *ids_again = collected_dup_ids (again);
  VantageItem *second = g_ptr_array_index (all->items, 2);
  VantageItem *remark = g_ptr_array_index (all->items, 5);

  g_assert_cmpuint (all->items->len, ==, 6);
  g_assert_true (g_str_has_suffix (second->local, "-2"));
  g_assert_cmpstr (remark->account, ==, "cy");
  g_assert_cmpstr (remark->thread, ==, "2");
  g_assert_cmpstr (ids, ==, ids_again);
}

static void
test_webhook_is_refused_with_a_way_out (void)
{
  g_autofree char *path = scratch_write (
      "hook.json", "{\"action\":\"edited\",\"issue\":" ISSUE ",\"repository\":{},\"sender\":{}}",
      -1);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (Collected) all = collect (path, &options, &error);

  g_assert_null (all);
  g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEAR_MISS);
  g_assert_nonnull (strstr (error->message, "gh issue view"));
}

/* Cut off anywhere: what came whole before is kept, and nothing falls over. */
static void
test_cut_off_anywhere (void)
{
  const char *whole = "[" ISSUE "," COMMENT "," EVENT "]";
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;

  options.format = "github";
  for (gsize length = 0; length < strlen (whole); length += 7)
    {
      g_autofree char *path = scratch_write ("cut.json", whole, (gssize) length);
      g_autoptr (GError) error = NULL;
      g_autoptr (Collected) all = collect (path, &options, &error);

      if (length > strlen (ISSUE) + 1)
        g_assert_nonnull (collected_find (all, "12"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/import/github/issue-is-a-ticket", test_issue_is_a_ticket);
  g_test_add_func ("/import/github/comment-belongs-to-its-issue",
                   test_comment_belongs_to_its_issue);
  g_test_add_func ("/import/github/event-says-what-changed", test_event_says_what_changed);
  g_test_add_func ("/import/github/wrappings-give-the-same-ids", test_wrappings_give_the_same_ids);
  g_test_add_func ("/import/github/command-line-client", test_command_line_client);
  g_test_add_func ("/import/github/archive-without-ids", test_archive_without_ids);
  g_test_add_func ("/import/github/webhook-is-refused-with-a-way-out",
                   test_webhook_is_refused_with_a_way_out);
  g_test_add_func ("/import/github/cut-off-anywhere", test_cut_off_anywhere);
  return g_test_run ();
}
