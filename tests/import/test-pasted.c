/* test-pasted.c: text copied out of chat programs, in the forms in which they copy it. */

#include "chat.h"

#include <string.h>

typedef struct
{
  const char *name, *text, *lines;
} Case;

/* clang-format off */
static const Case cases[] = {
  { "slack",
    "Monday, March 4th\n"
    "Mara Kline  2:02 PM\n"
    "all red\n"
    "see https://x/?token=abcdef\n"
    "2:03\n"
    "still red (edited)\n"
    "Opsbot\xc2\xa0" "APP  2:03 PM\n"
    "disk full\n\n"
    "Tomas :house:  2:05 PM\n"
    "looking\n"
    "Tuesday, March 5th\n"
    "Mara Kline  12:10 AM\n"
    "done at 12:05\n",
    "message|2024-03-04T14:02:00.000000Z|name:Mara Kline|all red\nsee https://x/?token=xxxxxx\n"
    "message|2024-03-04T14:03:00.000000Z|name:Mara Kline|still red\n"
    "message|2024-03-04T14:03:00.000000Z|name:Opsbot|disk full\n"
    "message|2024-03-04T14:05:00.000000Z|name:Tomas|looking\n"
    "message|2024-03-05T00:10:00.000000Z|name:Mara Kline|done at 12:05\n" },
  { "slack-two-lines",
    "Mara Kline\n  2:02 PM\nall red\nok\nTomas\n  2:05 PM\nlooking\n",
    "message|2024-03-04T14:02:00.000000Z|name:Mara Kline|all red\nok\n"
    "message|2024-03-04T14:05:00.000000Z|name:Tomas|looking\n" },
  { "teams",
    "[14:02] Kline, Mara\nall red\n\n[14:03] Tomas\nlooking\n[3/25/2024 1:05 PM] Tomas: later\n",
    "message|2024-03-04T14:02:00.000000Z|name:Kline, Mara|all red\n"
    "message|2024-03-04T14:03:00.000000Z|name:Tomas|looking\n"
    "message|2024-03-25T13:05:00.000000Z|name:Tomas|later\n" },
  { "discord",
    "mara — Yesterday at 23:59\nall red\ntomas — Today at 00:01\nlooking\n[00:02]mara: ok\n",
    "message|2024-03-03T23:59:00.000000Z|name:mara|all red\n"
    "message|2024-03-04T00:01:00.000000Z|name:tomas|looking\n"
    "message|2024-03-04T00:02:00.000000Z|name:mara|ok\n" },
  { "discord-three-lines",
    "mara\n — Today at 10:42 AM\nall red\ntomas\n — Today at 10:43 AM\nlooking\n",
    "message|2024-03-04T10:42:00.000000Z|name:mara|all red\n"
    "message|2024-03-04T10:43:00.000000Z|name:tomas|looking\n" },
  { "zoom",
    "14:02:11\t From Mara Kline to Everyone : all red\n14:02:12 From Tomas To Everyone: looking: yes\n",
    "message|2024-03-04T14:02:11.000000Z|name:Mara Kline|all red\n"
    "message|2024-03-04T14:02:12.000000Z|name:Tomas|looking: yes\n" },
  { "whatsapp",
    "[14:02, 25/3/2024] Mara: all red\n[14:03, 25/3/2024] +1 555 010: looking\n",
    "message|2024-03-25T14:02:00.000000Z|name:Mara|all red\n"
    "message|2024-03-25T14:03:00.000000Z|name:+1 555 010|looking\n" },
  { "led-by-the-time",
    "23:59 Mara: all red\n00:10 Tomas: looking\n",
    "message|2024-03-04T23:59:00.000000Z|name:Mara|all red\n"
    "message|2024-03-05T00:10:00.000000Z|name:Tomas|looking\n" },
};
/* clang-format on */

static const VantageImportOptions *
get_options (void)
{
  static VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;

  options.zone = "UTC";
  options.format = "pasted";
  options.zero_us = G_GINT64_CONSTANT (1709510400) * G_USEC_PER_SEC; /* 2024-03-04 */
  return &options;
}

static void
test_form (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *path = scratch_write (c->name, c->text, -1);
  g_autoptr (Collected) all = collect_ok (path, get_options ());
  g_autofree char *lines = chat_dup_lines (all);
  VantageImportOptions unnamed = *get_options ();
  g_autoptr (Collected) found = NULL;

  g_assert_cmpstr (lines, ==, c->lines);
  g_assert_cmpuint (collected_count_skipped (all), ==, 0);
  unnamed.format = NULL;
  found = collect_ok (path, &unnamed);
  g_assert_cmpstr (found->facts->format, ==, "pasted");
}

static void
test_hurt (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *name = g_strconcat ("hurt-", c->name, NULL);

  chat_hurt (name, c->text, strlen (c->text), "pasted", TRUE);
}

static void
test_day_is_asked_for (void)
{
  g_autofree char *path = scratch_write ("ask", cases[2].text, -1);
  VantageImportOptions options = *get_options ();
  g_autoptr (GError) error = NULL;
  g_autoptr (VantagePreview) preview = NULL;

  options.zero_us = VANTAGE_TIME_NONE;
  g_assert_null (collect (path, &options, &error));
  g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEEDS_START);
  preview = vantage_import_preview (path, &options, NULL, NULL, NULL, NULL);
  g_assert_true (preview->needs_start);
  g_assert_cmpuint (preview->n_items, ==, 3);
}

static void
test_written_days_need_no_start (void)
{
  g_autofree char *path = scratch_write (
      "written", "Mara  2024-03-04 14:02\nall red\nTomas  5 March 2024 14:03\nx\n", -1);
  VantageImportOptions options = *get_options ();
  g_autoptr (Collected) all = NULL;
  g_autofree char *lines = NULL;

  options.zero_us = VANTAGE_TIME_NONE;
  all = collect_ok (path, &options);
  lines = chat_dup_lines (all);
  g_assert_cmpstr (lines, ==,
                   "message|2024-03-04T14:02:00.000000Z|name:Mara|all red\n"
                   "message|2024-03-05T14:03:00.000000Z|name:Tomas|x\n");
}

static void
test_order_is_asked_for (void)
{
  g_autofree char *path = scratch_write ("order", "[3/4/2024 1:05 PM] Mara: x\n", -1);
  VantageImportOptions options = *get_options ();
  g_autoptr (GError) error = NULL;
  g_autoptr (Collected) all = NULL;
  g_autofree char *lines = NULL;

  g_assert_null (collect (path, &options, &error));
  g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEEDS_ORDER);
  options.mapping = "order=mdy,channel=ops";
  all = collect_ok (path, &options);
  lines = chat_dup_lines (all);
  g_assert_cmpstr (lines, ==, "message|2024-03-04T13:05:00.000000Z|name:Mara|x\n");
  g_assert_nonnull (collected_find_channel (all, "ops"));
}

static void
test_what_stands_before_a_name_is_told (void)
{
  g_autofree char *path = scratch_write ("lead", "half a message\nand more.\nMara  14:02\nx\n", -1);
  g_autoptr (Collected) all = collect_ok (path, get_options ());

  g_assert_cmpuint (all->items->len, ==, 1);
  g_assert_cmpuint (collected_count (all, "no-time"), ==, 2);
}

static void
test_prose_is_no_chat (void)
{
  static const char *const texts[] = {
    "We met at 10:42.\nThen we left, 11:00 or so.\n",
    "Agenda\n10:00\nReview\n",
    "Dear all,\n\nthe service was down.\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *path = scratch_write ("prose", texts[i], -1);
      g_autoptr (VantagePreview) preview =
          vantage_import_preview (path, NULL, NULL, NULL, NULL, NULL);

      g_assert_null (preview);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/import/pasted/forms/", cases[i].name, NULL);
      g_autofree char *hurt = g_strconcat ("/import/pasted/hurt/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_form);
      g_test_add_data_func (hurt, &cases[i], test_hurt);
    }
  g_test_add_func ("/import/pasted/day-is-asked-for", test_day_is_asked_for);
  g_test_add_func ("/import/pasted/written-days-need-no-start", test_written_days_need_no_start);
  g_test_add_func ("/import/pasted/order-is-asked-for", test_order_is_asked_for);
  g_test_add_func ("/import/pasted/what-stands-before-a-name-is-told",
                   test_what_stands_before_a_name_is_told);
  g_test_add_func ("/import/pasted/prose-is-no-chat", test_prose_is_no_chat);
  return g_test_run ();
}
