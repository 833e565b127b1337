/* test-mattermost.c: exports, pages and wrapped posts. All of it is made up. */

#include "collect.h"
#include "hurt.h"

#include <string.h>

#define HEAD                                                                                       \
  "{\"type\":\"version\",\"version\":1}\n"                                                         \
  "{\"type\":\"team\",\"team\":{\"name\":\"ops\",\"display_name\":\"Ops\",\"type\":\"O\"}}\n"      \
  "{\"type\":\"channel\",\"channel\":{\"team\":\"ops\",\"name\":\"inc-7\",\"display_name\":"       \
  "\"Incident 7\",\"type\":\"P\",\"header\":\"bridge\",\"purpose\":\"checkout\"}}\n"               \
  "{\"type\":\"user\",\"user\":{\"username\":\"mira\",\"email\":\"mira@x.test\",\"nickname\":"     \
  "\"\",\"first_name\":\"Mira\",\"last_name\":\"Dahl\",\"position\":\"SRE\",\"teams\":null}}\n"
#define POSTS                                                                                      \
  "{\"type\":\"post\",\"post\":{\"team\":\"ops\",\"channel\":\"inc-7\",\"user\":\"mira\","         \
  "\"message\":\"rolling back, @mira.\",\"create_at\":1700000000123,\"edit_at\":1700000060000,"    \
  "\"reactions\":[{\"user\":\"kai\",\"create_at\":1700000001000,\"emoji_name\":\"eyes\"},"         \
  "{\"user\":\"mira\",\"create_at\":1700000002000,\"emoji_name\":\"eyes\"}],\"replies\":[{"        \
  "\"user\":\"kai\",\"message\":\"ok\",\"create_at\":1700000005000,\"attachments\":[{\"path\":"    \
  "\"data/20240101/graph.png\"}]},{\"user\":\"kai\",\"message\":\"ok\",\"create_at\":"             \
  "1700000005000}]}}\n"                                                                            \
  "{\"type\":\"post\",\"post\":{\"team\":\"ops\",\"channel\":\"inc-7\",\"user\":\"bot\","          \
  "\"type\":\"slack_attachment\",\"message\":\"\",\"props\":{\"from_webhook\":\"true\","           \
  "\"override_username\":\"Alerts\",\"attachments\":[{\"title\":\"Disk full\",\"fields\":[{"       \
  "\"title\":\"host\",\"value\":\"db1\"}]}]},\"create_at\":1700000009000,\"reactions\":null,"      \
  "\"replies\":null}}\n"                                                                           \
  "{\"type\":\"direct_post\",\"direct_post\":{\"channel_members\":[\"mira\",\"kai\"],\"user\":"    \
  "\"kai\",\"message\":\"between us\",\"create_at\":1700000010000}}\n"                             \
  "{\"type\":\"direct_post\",\"direct_post\":{\"channel_members\":[\"kai\",\"mira\"],\"user\":"    \
  "\"mira\",\"message\":\"sure\",\"create_at\":1700000011000}}\n"
#define POST(id, more)                                                                             \
  "{\"id\":\"" id "\",\"create_at\":1700000000123,\"update_at\":1700009999000,\"edit_at\":0,"      \
  "\"delete_at\":0,\"user_id\":\"uuu1\",\"channel_id\":\"ccc1\",\"message\":\"hello @mira\","      \
  "\"props\":{}" more "}"

static Collected *
read_text (const char *text, gboolean direct)
{
  static guint n;
  g_autofree char *name = g_strdup_printf ("mattermost-%u.json", n++);
  g_autofree char *path = scratch_write (name, text, -1);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;

  options.direct = direct;
  return collect_ok (path, &options);
}

static void
test_export_has_posts_replies_and_reactions (void)
{
  g_autoptr (Collected) all = read_text (HEAD POSTS, FALSE);
  VantageItem *root = all->items->pdata[0], *reply = all->items->pdata[1];
  VantageItem *again = all->items->pdata[2], *alert = all->items->pdata[3];
  VantageReaction *eyes = root->reactions->pdata[0];
  VantageAttachment *file = reply->attachments->pdata[0];
  g_autofree char *second = g_strconcat (reply->local, "-2", NULL);

  g_assert_cmpstr (all->facts->format, ==, "mattermost");
  g_assert_cmpuint (all->items->len, ==, 4);
  g_assert_cmpstr (root->raw_time, ==, "1700000000123");
  g_assert_cmpint (root->time_us, ==, G_GINT64_CONSTANT (1700000000123000));
  g_assert_cmpint (root->precision, ==, VANTAGE_PRECISION_MS);
  g_assert_cmpint (root->edited_us, ==, G_GINT64_CONSTANT (1700000060000000));
  g_assert_cmpstr (root->mentions[0], ==, "mira");
  g_assert_cmpint (eyes->count, ==, 2);
  g_assert_cmpint (eyes->times_us[1], ==, G_GINT64_CONSTANT (1700000002000000));
  g_assert_cmpstr (root->thread, ==, root->local);
  g_assert_cmpstr (reply->thread, ==, root->local);
  g_assert_cmpstr (file->name, ==, "graph.png");
  g_assert_cmpstr (again->local, ==, second);
  g_assert_cmpstr (alert->text, ==, "Disk full\nhost: db1");
  g_assert_cmpstr (alert->account, ==, "name:Alerts");
  g_assert_true (collected_find_identity (all, "name:Alerts")->bot);
  g_assert_cmpstr (collected_find_identity (all, "mira")->name, ==, "Mira Dahl");
  g_assert_cmpstr (collected_find_channel (all, "Incident 7")->topic, ==, "bridge");
}

static void
test_direct_posts_only_when_asked_for (void)
{
  g_autoptr (Collected) few = read_text (HEAD POSTS, FALSE);
  g_autoptr (Collected) all = read_text (HEAD POSTS, TRUE);
  VantageItem *first = all->items->pdata[4], *second = all->items->pdata[5];

  g_assert_cmpuint (collected_count (few, "direct-left-out"), ==, 1);
  g_assert_cmpuint (all->items->len, ==, 6);
  g_assert_cmpstr (first->channel, ==, second->channel);
  g_assert_cmpint (collected_find_channel (all, "kai, Mira Dahl")->sort, ==,
                   VANTAGE_CHANNEL_DIRECT);
}

/* Whatever is wrapped around a post, it has the same id. */
static void
test_wrappings_give_the_same_ids (void)
{
  static const char *const wrapped[] = {
    "{\"order\":[\"ppp1\",\"ppp2\"],\"posts\":{\"ppp1\":" POST ("ppp1", "") ",\"ppp2\":" POST (
        "ppp2", ",\"root_id\":\"ppp1\"") "}}",
    "{\"order\":[],\"posts\":[" POST ("ppp2", ",\"root_id\":\"ppp1\"") "," POST ("ppp1", "") "]}",
    "[{\"backend_name\":\"Mattermost\",\"origin\":\"https://chat.x.test/ccc1\",\"data\":" POST (
        "ppp1",
        "") "},{\"backend_name\":\"Mattermost\",\"data\":" POST ("ppp2",
                                                                 ",\"root_id\":\"\",\"parent_id\":"
                                                                 "\"ppp1\"") "}]",
    POST ("ppp1", "") "\n" POST ("ppp2", ",\"root_id\":\"ppp1\"") "\n" POST ("ppp1", ""),
  };
  g_autoptr (Collected) first = read_text (wrapped[0], FALSE);
  g_autofree char *ids = collected_dup_ids (first);

  g_assert_cmpuint (first->items->len, ==, 2);
  for (gsize i = 0; i < G_N_ELEMENTS (wrapped); i++)
    {
      g_autoptr (Collected) other = read_text (wrapped[i], FALSE);
      g_autofree char *others = collected_dup_ids (other);

      g_assert_cmpstr (others, ==, ids);
      g_assert_cmpstr (collected_find (other, "ppp1")->thread, ==, "ppp1");
      g_assert_cmpstr (collected_find (other, "ppp2")->reply_to, ==, "ppp1");
      g_assert_cmpint (collected_find (other, "ppp1")->edited_us, ==, VANTAGE_TIME_NONE);
    }
}

static void
test_server_gives_the_address (void)
{
  g_autoptr (Collected) all =
      read_text ("[{\"backend_name\":\"Mattermost\",\"origin\":\"https://chat.x.test/ccc1\","
                 "\"data\":" POST ("ppp1", "") "}]",
                 FALSE);

  g_assert_cmpstr (collected_find (all, "ppp1")->url, ==, "https://chat.x.test/_redirect/pl/ppp1");
}

typedef struct
{
  const char *name, *members;
  VantageItemKind kind;
  const char *account, *by;
} KindCase;

/* clang-format off */
static const KindCase kind_cases[] = {
  { "join", ",\"type\":\"system_join_channel\"", VANTAGE_ITEM_JOIN, "uuu1", NULL },
  { "team", ",\"type\":\"system_join_team\"", VANTAGE_ITEM_JOIN, "uuu1", NULL },
  { "added", ",\"type\":\"system_add_to_channel\",\"props\":{\"userId\":\"uuu1\",\"addedUserId\":\"uuu2\","
    "\"addedUsername\":\"kai\"}", VANTAGE_ITEM_JOIN, "uuu2", "uuu1" },
  { "leave", ",\"type\":\"system_leave_channel\"", VANTAGE_ITEM_LEAVE, "uuu1", NULL },
  { "removed", ",\"type\":\"system_remove_from_channel\",\"props\":{\"removedUserId\":\"uuu3\"}",
    VANTAGE_ITEM_LEAVE, "uuu3", "uuu1" },
  { "header", ",\"type\":\"system_header_change\",\"props\":{\"old_header\":\"a\",\"new_header\":\"b\"}",
    VANTAGE_ITEM_TOPIC, "uuu1", NULL },
  { "plugin", ",\"type\":\"custom_run_update\"", VANTAGE_ITEM_OTHER, "uuu1", NULL },
  { "call", ",\"type\":\"custom_calls\"", VANTAGE_ITEM_CALL, "uuu1", NULL },
  { "combined", ",\"type\":\"system_combined_user_activity\"", VANTAGE_ITEM_OTHER, "uuu1", NULL },
  { "odd-type", ",\"type\":7", VANTAGE_ITEM_MESSAGE, "uuu1", NULL },
  { "null-type", ",\"type\":null", VANTAGE_ITEM_MESSAGE, "uuu1", NULL },
  { "nobody", ",\"user_id\":null", VANTAGE_ITEM_MESSAGE, NULL, NULL },
  { "tombstone", ",\"delete_at\":1700000000999,\"message\":\"\"", VANTAGE_ITEM_DELETE, "uuu1", NULL },
};
/* clang-format on */

static void
test_kinds (gconstpointer data)
{
  const KindCase *c = data;
  g_autofree char *post = g_strdup_printf (
      "{\"id\":\"ppp1\",\"create_at\":1700000000123,\"edit_at\":0,\"user_id\":\"uuu1\","
      "\"channel_id\":\"ccc1\",\"message\":\"m\"%s}",
      c->members);
  g_autoptr (Collected) all = read_text (post, FALSE);
  VantageItem *item = collected_find (all, "ppp1");

  g_assert_nonnull (item);
  g_assert_cmpint (item->kind, ==, c->kind);
  g_assert_cmpstr (item->account, ==, c->account);
  g_assert_cmpstr (vantage_item_get_extra (item, "by"), ==, c->by);
}

static void
test_odd_fields_are_borne (void)
{
  g_autoptr (Collected) all = read_text (
      HEAD
      "{\"type\":\"post\",\"post\":{\"channel\":\"inc-7\",\"user\":5,\"message\":{},\"create_at\":"
      "\"1700000000123\",\"reactions\":{},\"replies\":[null,3,{\"create_at\":0},{\"create_at\":"
      "1700000000124}],\"attachments\":[null,{\"path\":3}],\"props\":[]}}\n"
      "{\"type\":\"post\",\"post\":{\"channel\":\"inc-7\",\"create_at\":\"yesterday\",\"message\":"
      "\"x\"}}\n"
      "{\"type\":\"post\",\"post\":{\"message\":\"x\",\"create_at\":1700000000123}}\n"
      "{\"type\":\"direct_post\",\"direct_post\":{\"create_at\":1700000000123}}\n"
      "{\"type\":\"poem\",\"poem\":{}}\n7\n",
      FALSE);

  g_assert_cmpuint (all->items->len, ==, 2);
  g_assert_cmpuint (collected_count (all, "bad-time"), ==, 2);
  g_assert_cmpuint (collected_count (all, "bad-record"), ==, 6);
}

static void
test_pages_say_that_there_are_more (void)
{
  g_autoptr (Collected) one = read_text (
      "{\"order\":[\"ppp1\"],\"posts\":{\"ppp1\":" POST ("ppp1", "") "},\"prev_post_id\":\"ppp0\"}",
      FALSE);
  g_autoptr (Collected) both =
      read_text ("{\"order\":[\"ppp1\"],\"posts\":{\"ppp1\":" POST (
                     "ppp1", "") "},\"prev_post_id\":\"ppp0\",\"next_post_id\":\"\"}"
                                 "{\"order\":[\"ppp0\"],\"posts\":{\"ppp0\":" POST (
                                     "ppp0", "") "},\"next_post_id\":\"ppp1\"}",
                 FALSE);

  g_assert_cmpuint (collected_count (one, "more-pages"), ==, 1);
  g_assert_false (one->facts->complete);
  g_assert_cmpuint (collected_count (both, "more-pages"), ==, 0);
  g_assert_true (both->facts->complete);
}

static void
test_a_missing_root_is_told (void)
{
  g_autoptr (Collected) all = read_text (POST ("ppp2", ",\"root_id\":\"ppp1\""), FALSE);

  g_assert_cmpuint (collected_count (all, "no-parent"), ==, 1);
  g_assert_cmpstr (collected_find (all, "ppp2")->thread, ==, "ppp1");
}

static void
test_near_misses_say_what_to_do (void)
{
  static const char *const texts[] = {
    "{\"id\":\"api.context.permissions.app_error\",\"message\":\"no\",\"status_code\":403}",
    "[{\"id\":\"uuu1\",\"username\":\"mira\",\"roles\":\"system_user\",\"create_at\":1}]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *path = scratch_write ("mattermost-miss.json", texts[i], -1);
      VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
      g_autoptr (GError) error = NULL;

      g_assert_null (collect (path, &options, &error));
      g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEAR_MISS);
      g_assert_nonnull (strstr (error->message, "mmctl export"));
    }
}

static void
test_cut_off_anywhere (void)
{
  hurt_cut_everywhere ("mattermost", "cut.jsonl", HEAD POSTS);
  hurt_cut_everywhere ("mattermost", "cut.json",
                       "[" POST ("ppp1", "") "," POST ("ppp2", ",\"root_id\":\"ppp1\"") "]");
}

static void
test_changed_bytes (void)
{
  hurt_flip_bytes ("mattermost", "flip.jsonl", HEAD POSTS, 7, 1500);
  hurt_flip_bytes ("mattermost", "flip.json",
                   "{\"order\":[\"ppp1\"],\"posts\":{\"ppp1\":" POST ("ppp1", "") "}}", 8, 1500);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/import/mattermost/export-has-posts-replies-and-reactions",
                   test_export_has_posts_replies_and_reactions);
  g_test_add_func ("/import/mattermost/direct-posts-only-when-asked-for",
                   test_direct_posts_only_when_asked_for);
  g_test_add_func ("/import/mattermost/wrappings-give-the-same-ids",
                   test_wrappings_give_the_same_ids);
  g_test_add_func ("/import/mattermost/server-gives-the-address", test_server_gives_the_address);
  for (gsize i = 0; i < G_N_ELEMENTS (kind_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/import/mattermost/kind/", kind_cases[i].name, NULL);

      g_test_add_data_func (path, &kind_cases[i], test_kinds);
    }
  g_test_add_func ("/import/mattermost/odd-fields-are-borne", test_odd_fields_are_borne);
  g_test_add_func ("/import/mattermost/pages-say-that-there-are-more",
                   test_pages_say_that_there_are_more);
  g_test_add_func ("/import/mattermost/a-missing-root-is-told", test_a_missing_root_is_told);
  g_test_add_func ("/import/mattermost/near-misses-say-what-to-do",
                   test_near_misses_say_what_to_do);
  g_test_add_func ("/import/mattermost/cut-off-anywhere", test_cut_off_anywhere);
  g_test_add_func ("/import/mattermost/changed-bytes", test_changed_bytes);
  return g_test_run ();
}
