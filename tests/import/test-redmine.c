/* test-redmine.c: issues with their journals, as JSON and as XML. All of it is made up. */

#include "collect.h"
#include "hurt.h"

#include <string.h>

#include "vantage-time.h"

#define BASE "https://red.acme.test/tracker"
#define JOURNALS                                                                                   \
  "[{\"id\":51,\"user\":{\"id\":2,\"name\":\"Ada Lund\"},\"notes\":\"restarted\\r\\n\","           \
  "\"created_on\":\"2025-03-14T02:20:00Z\",\"updated_on\":\"2025-03-14T02:25:00Z\","               \
  "\"private_notes\":true,\"details\":[{\"property\":\"attr\",\"name\":\"status_id\","             \
  "\"old_value\":\"1\",\"new_value\":\"3\"},{\"property\":\"cf\",\"name\":\"7\",\"new_value\":"    \
  "\"x\"}]},{\"id\":52,\"user\":{\"id\":3,\"name\":\"Bo\"},\"notes\":\"\",\"created_on\":"         \
  "\"2025-03-14T02:30:00Z\",\"details\":[{\"property\":\"attr\",\"name\":\"assigned_to_id\","      \
  "\"old_value\":null,\"new_value\":\"3\"},{\"property\":\"relation\",\"name\":\"blocks\","        \
  "\"new_value\":\"9\"}]}]"
#define ISSUE_WITH(journals)                                                                       \
  "{\"id\":7,\"project\":{\"id\":1,\"name\":\"Shop\"},\"tracker\":{\"id\":1,\"name\":\"Bug\"},"    \
  "\"status\":{\"id\":3,\"name\":\"Solved\"},\"author\":{\"id\":2,\"name\":\"Ada Lund\"},"         \
  "\"subject\":\"Down\",\"description\":\"*since* two\",\"created_on\":\"2025-03-14T02:11:00Z\","  \
  "\"updated_on\":\"2025-03-15T02:11:00Z\"" journals ",\"attachments\":[{\"id\":9,\"filename\":"   \
  "\"a.log\",\"filesize\":14,\"content_url\":\"" BASE "/attachments/download/9/a.log\","           \
  "\"author\":{\"id\":2,\"name\":\"Ada Lund\"},\"created_on\":\"2025-03-14T02:12:00Z\"}],"         \
  "\"changesets\":[{\"revision\":\"ab12\",\"user\":{\"id\":3,\"name\":\"Bo\"},\"comments\":"       \
  "\"fix\",\"committed_on\":\"2025-03-14T02:40:00Z\"}]}"
#define ISSUE "{\"issue\":" ISSUE_WITH (",\"journals\":" JOURNALS) "}"
#define XML                                                                                        \
  "<issue><id>7</id><project id=\"1\" name=\"Shop\"/>"                                             \
  "<author id=\"2\" name=\"Ada Lund\"/><subject>Down</subject><description>*since* two"            \
  "</description><created_on>2025-03-14T02:11:00Z</created_on><journals type=\"array\"><journal "  \
  "id=\"51\"><user id=\"2\" name=\"Ada Lund\"/><notes>restarted</notes><created_on>"               \
  "2025-03-14T02:20:00Z</created_on><details type=\"array\"><detail property=\"attr\" "            \
  "name=\"status_id\"><old_value>1</old_value><new_value>3</new_value></detail></details>"         \
  "</journal></journals><attachments type=\"array\"><attachment><id>9</id><filename>a.log"         \
  "</filename><filesize>14</filesize><content_url>" BASE "/attachments/download/9/a.log"           \
  "</content_url><author id=\"2\" name=\"Ada Lund\"/><created_on>2025-03-14T02:12:00Z"             \
  "</created_on></attachment></attachments></issue>"

static Collected *
read_text (const char *text)
{
  static guint n;
  g_autofree char *name = g_strdup_printf ("redmine-%u", n++);
  g_autofree char *path = scratch_write (name, text, -1);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  Collected *all = collect_ok (path, &options);

  g_assert_cmpstr (all->facts->format, ==, "redmine");
  return all;
}

static void
test_issue_with_its_journals (void)
{
  g_autoptr (Collected) all = read_text (ISSUE);
  VantageItem *item = collected_find (all, "7.j51");

  g_assert_cmpuint (all->items->len, ==, 8);
  collected_check (all, "7", VANTAGE_ITEM_TICKET, "Down\n\n*since* two", "2025-03-14T02:11:00Z");
  collected_check (all, "7.j51", VANTAGE_ITEM_COMMENT, "restarted", "2025-03-14T02:20:00Z");
  collected_check (all, "7.j51.0", VANTAGE_ITEM_STATUS, "status_id: 1 → 3", "2025-03-14T02:20:00Z");
  collected_check (all, "7.j51.1", VANTAGE_ITEM_FIELD, "custom field 7: → x",
                   "2025-03-14T02:20:00Z");
  collected_check (all, "7.j52.0", VANTAGE_ITEM_ASSIGNMENT, "assigned_to_id: → 3",
                   "2025-03-14T02:30:00Z");
  collected_check (all, "7.j52.1", VANTAGE_ITEM_LINK, "blocks: → 9", "2025-03-14T02:30:00Z");
  collected_check (all, "7.a9", VANTAGE_ITEM_FILE, "a.log", "2025-03-14T02:12:00Z");
  collected_check (all, "7.rab12", VANTAGE_ITEM_COMMIT, "fix", "2025-03-14T02:40:00Z");
  g_assert_cmpint (item->edited_us - item->time_us, ==, 300 * G_USEC_PER_SEC);
  g_assert_cmpstr (item->url, ==, BASE "/issues/7#note-1");
  g_assert_cmpstr (vantage_item_get_extra (item, "internal"), ==, "yes");
  g_assert_cmpstr (item->account, ==, "2");
  g_assert_cmpstr (collected_find_identity (all, "2")->name, ==, "Ada Lund");
  g_assert_nonnull (collected_find_channel (all, "Shop"));
  g_assert_true (all->facts->complete);
}

static void
test_xml_has_the_same_ids (void)
{
  g_autoptr (Collected) all = read_text ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" XML);
  g_autoptr (Collected) json = read_text (ISSUE);

  g_assert_cmpuint (all->items->len, ==, 4);
  for (guint i = 0; i < all->items->len; i++)
    {
      VantageItem *item = all->items->pdata[i];
      VantageItem *same = collected_find (json, item->local);

      g_assert_nonnull (same);
      g_assert_cmpstr (item->channel, ==, same->channel);
      g_assert_cmpstr (item->text, ==, same->text);
      g_assert_cmpstr (item->account, ==, same->account);
    }
}

static void
test_lists_lack_journals (void)
{
  g_autoptr (Collected) list =
      read_text ("{\"issues\":[" ISSUE_WITH ("") "],\"total_count\":3,\"offset\":0,\"limit\":1}");
  g_autoptr (Collected) both =
      read_text ("{\"issues\":[" ISSUE_WITH ("") "],\"total_count\":1}\n" ISSUE);

  g_assert_cmpuint (collected_count (list, "more-pages"), ==, 2);
  g_assert_false (list->facts->complete);
  g_assert_true (both->facts->complete);
}

static void
test_odd_issues_cost_only_themselves (void)
{
  static const struct
  {
    const char *issue;
    guint items, skipped;
  } cases[] = {
    { "{\"id\":8,\"subject\":\"\",\"created_on\":\"2025-03-14T02:11:00Z\",\"author\":{},"
      "\"journals\":[null,7,{},"
      "{\"notes\":\"x\"},{\"created_on\":\"2025-03-14T02:11:00Z\",\"details\":[{},null]}]}",
      1, 2 },
    { "{\"id\":8,\"subject\":\"x\",\"created_on\":\"14 o'clock\",\"author\":7,\"journals\":[]}", 0,
      1 },
    { "{\"id\":[],\"subject\":\"x\",\"created_on\":\"2025-03-14T02:11:00Z\",\"author\":7,"
      "\"journals\":[]}",
      0, 1 },
    { "null", 0, 1 },
    { "{\"login\":\"ada\",\"firstname\":\"Ada\"}", 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("[%s,%s]", ISSUE, cases[i].issue);
      g_autoptr (Collected) all = read_text (text);

      g_assert_cmpuint (all->items->len, ==, 8 + cases[i].items);
      g_assert_cmpuint (collected_count_skipped (all), ==, cases[i].skipped);
    }
}

static void
test_hurt_files (void)
{
  hurt_cut_everywhere ("redmine", "redmine-hurt.xml", "<issues>" XML "</issues>");
  hurt_cut_everywhere ("redmine", "redmine-hurt.json", "[" ISSUE "]");
  hurt_flip_bytes ("redmine", "redmine-hurt.xml", XML, 41, 300);
  hurt_flip_bytes ("redmine", "redmine-hurt.json", ISSUE, 42, 300);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define CASE(path, function) g_test_add_func ("/import/redmine/" path, function)
  CASE ("issue-with-its-journals", test_issue_with_its_journals);
  CASE ("xml-has-the-same-ids", test_xml_has_the_same_ids);
  CASE ("lists-lack-journals", test_lists_lack_journals);
  CASE ("odd-issues-cost-only-themselves", test_odd_issues_cost_only_themselves);
  CASE ("hurt-files", test_hurt_files);
#undef CASE
  return g_test_run ();
}
