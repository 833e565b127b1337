/* test-irc.c: logs of IRC in the dialects of the programs that keep them. */

#include "chat.h"

#include <string.h>

typedef struct
{
  const char *name, *file, *dialect, *text, *lines, *channel;
} Case;

/* clang-format off */
static const Case cases[] = {
  { "irssi", "2024-03-04.log", "irssi",
    "14:02 <@mara> all red\n"
    "14:03 < tomas> looking > now -> x\n"
    "14:03  * tomas opens the graph\n"
    "14:04 -!- lin[x]` [~lin@host.example] has joined #ops\n"
    "14:05 -!- lin[x]` is now known as lin\n"
    "14:06 -!- mode/#ops [+o lin] by mara\n"
    "14:07 -!- mara changed the topic of #ops to: quiet\n"
    "14:08 -!- tomas was kicked from #ops by mara [later]\n"
    "14:09 -!- lin [~lin@host.example] has quit [Ping timeout]\n"
    "14:10 -mara:#ops- heads up\n"
    "14:11 something else\n",
    "message|2024-03-04T14:02:00.000000Z|name:mara|all red\n"
    "message|2024-03-04T14:03:00.000000Z|name:tomas|looking > now -> x\n"
    "message|2024-03-04T14:03:00.000000Z|name:tomas|opens the graph\n"
    "join|2024-03-04T14:04:00.000000Z|name:lin[x]`|lin[x]` [~lin@host.example] has joined #ops\n"
    "other|2024-03-04T14:05:00.000000Z|name:lin[x]`|lin[x]` is now known as lin\n"
    "other|2024-03-04T14:06:00.000000Z|name:mara|mode/#ops [+o lin] by mara\n"
    "topic|2024-03-04T14:07:00.000000Z|name:mara|mara changed the topic of #ops to: quiet\n"
    "leave|2024-03-04T14:08:00.000000Z|name:tomas|tomas was kicked from #ops by mara [later]\n"
    "leave|2024-03-04T14:09:00.000000Z|name:lin|lin [~lin@host.example] has quit [Ping timeout]\n"
    "message|2024-03-04T14:10:00.000000Z|name:mara|heads up\n"
    "other|2024-03-04T14:11:00.000000Z|-|something else\n", "#ops" },
  { "irssi-days", "autolog", "irssi",
    "--- Log opened Mon Mar 04 23:50:11 2024\n"
    "23:59 < mara> late\n"
    "--- Day changed Tue Mar 05 2024\n"
    "00:01 < mara> later\n"
    "00:01 < mara> later\n"
    "--- Log closed Tue Mar 05 00:02:00 2024\n",
    "message|2024-03-04T23:59:00.000000Z|name:mara|late\n"
    "message|2024-03-05T00:01:00.000000Z|name:mara|later\n"
    "message|2024-03-05T00:01:00.000000Z|name:mara|later\n", NULL },
  { "midnight-without-a-day-line", "2024-10-27.log", "irssi",
    "01:59 < mara> a\n" "01:05 < mara> clock went back\n" "23:59 < mara> b\n" "00:10 < mara> next day\n",
    "message|2024-10-27T01:59:00.000000Z|name:mara|a\n"
    "message|2024-10-27T01:05:00.000000Z|name:mara|clock went back\n"
    "message|2024-10-27T23:59:00.000000Z|name:mara|b\n"
    "message|2024-10-28T00:10:00.000000Z|name:mara|next day\n", NULL },
  { "weechat", "irc.libera.#ops.weechatlog", "WeeChat",
    "2024-03-04 14:02:11\t@mara\tall red\n"
    "2024-03-04 14:02:12\t *\tmara opens the graph\n"
    "2024-03-04 14:02:13\t-->\tlin (~lin@host) has joined #ops\n"
    "2024-03-04 14:02:14\t--\tlin is now known as lin_\n"
    "2024-03-04 14:02:15\t<--\tlin_ (~lin@host) has quit (Quit: bye)\n"
    "2024-03-04 14:02:16\t<--\tmara has kicked tomas (later)\n"
    "2024-03-04 14:02:17\t--\tmara has changed topic for #ops from \"a\" to \"b\"\n",
    "message|2024-03-04T14:02:11.000000Z|name:mara|all red\n"
    "message|2024-03-04T14:02:12.000000Z|name:mara|opens the graph\n"
    "join|2024-03-04T14:02:13.000000Z|name:lin|lin (~lin@host) has joined #ops\n"
    "other|2024-03-04T14:02:14.000000Z|name:lin|lin is now known as lin_\n"
    "leave|2024-03-04T14:02:15.000000Z|name:lin_|lin_ (~lin@host) has quit (Quit: bye)\n"
    "leave|2024-03-04T14:02:16.000000Z|name:tomas|mara has kicked tomas (later)\n"
    "topic|2024-03-04T14:02:17.000000Z|name:mara|mara has changed topic for #ops from \"a\" to \"b\"\n", "#ops" },
  { "znc", "#ops_20240304.log", "ZNC",
    "[14:02:11] <mara> all red\n"
    "[14:02:12] * mara has quit smoking\n"
    "[14:02:13] *** Joins: lin (~lin@ )\n"
    "[14:02:14] *** Quits: lin (~lin@ ) (Ping timeout: 240 seconds)\n"
    "[14:02:15] *** Parts: tomas (~t@h) ()\n"
    "[14:02:16] *** mara sets mode: +o lin\n"
    "[14:02:17] *** mara changes topic to 'quiet'\n"
    "[14:02:18] *** tomas was kicked by mara (later)\n"
    "[14:02:19] -tomas- psst\n"
    "[14:02:61] <mara> no time\n",
    "message|2024-03-04T14:02:11.000000Z|name:mara|all red\n"
    "message|2024-03-04T14:02:12.000000Z|name:mara|has quit smoking\n"
    "join|2024-03-04T14:02:13.000000Z|name:lin|Joins: lin (~lin@ )\n"
    "leave|2024-03-04T14:02:14.000000Z|name:lin|Quits: lin (~lin@ ) (Ping timeout: 240 seconds)\n"
    "leave|2024-03-04T14:02:15.000000Z|name:tomas|Parts: tomas (~t@h) ()\n"
    "other|2024-03-04T14:02:16.000000Z|name:mara|mara sets mode: +o lin\n"
    "topic|2024-03-04T14:02:17.000000Z|name:mara|mara changes topic to 'quiet'\n"
    "leave|2024-03-04T14:02:18.000000Z|name:tomas|tomas was kicked by mara (later)\n"
    "message|2024-03-04T14:02:19.000000Z|name:tomas|psst\n", "#ops" },
  { "hexchat", "ops.log", "HexChat or XChat",
    "**** BEGIN LOGGING AT Sun Dec 31 23:58:00 2023\n\n"
    "Dec 31 23:58:11 *\tNow talking on #ops\n"
    "Dec 31 23:58:12 <mara>\tall red\n"
    "Dec 31 23:58:13 *\tmara opens the graph\n"
    "Jan 01 00:00:13 *\tlin (~lin@host) has joined\n"
    "Jan 01 00:00:14 *\tlin is now known as lin_\n"
    "Jan 01 00:00:15 *\tlin_ has quit (Quit: bye)\n"
    "**** ENDING LOGGING AT Mon Jan  1 00:01:00 2024\n",
    "other|2023-12-31T23:58:11.000000Z|-|Now talking on #ops\n"
    "message|2023-12-31T23:58:12.000000Z|name:mara|all red\n"
    "message|2023-12-31T23:58:13.000000Z|name:mara|opens the graph\n"
    "join|2024-01-01T00:00:13.000000Z|name:lin|lin (~lin@host) has joined\n"
    "other|2024-01-01T00:00:14.000000Z|name:lin|lin is now known as lin_\n"
    "leave|2024-01-01T00:00:15.000000Z|name:lin_|lin_ has quit (Quit: bye)\n", "#ops" },
  { "ubuntu", "2024-03-04-%23ops.txt", "irclogs.ubuntu.com",
    "=== early is now known as bird\n"
    "[14:02] <mara>  /join #ops\n"
    "[14:02]  * mara waits\n"
    "=== lin [~lin@host] has joined #ops\n"
    "[14:03] <mara> x\n",
    "other|2024-03-04T00:00:00.000000Z|name:early|early is now known as bird\n"
    "message|2024-03-04T14:02:00.000000Z|name:mara| /join #ops\n"
    "message|2024-03-04T14:02:00.000000Z|name:mara|waits\n"
    "join|2024-03-04T14:02:00.000000Z|name:lin|lin [~lin@host] has joined #ops\n"
    "message|2024-03-04T14:03:00.000000Z|name:mara|x\n", "#ops" },
  { "limnoria", "log", "Supybot, Limnoria or irclog2html",
    "2024-03-04T14:02:11+0100  <mara> all red\n"
    "2024-03-04T14:02:12+0100  * mara \x02waits\x0f \x03" "04,12red\x03 \x1b[1mx\x1b[0m\n"
    "2024-03-04T14:02:13+0100  *** lin <lin!~l@h> has joined #ops\n"
    "2024-03-04T14:02:14 0100  *** lin has left #ops\n"
    "2024-02-30T14:02:14+0100  *** lin has left #ops\n"
    "2024-03-04T14:02:15+0100  *** lin has quit IRC\n"
    "2024-03-04T14:02:16+0100  mara no form\n"
    "2024-03-04T14:02:17+0100  <mara> \n",
    "message|2024-03-04T13:02:11.000000Z|name:mara|all red\n"
    "message|2024-03-04T13:02:12.000000Z|name:mara|waits red x\n"
    "join|2024-03-04T13:02:13.000000Z|name:lin|lin <lin!~l@h> has joined #ops\n"
    "leave|2024-03-04T13:02:15.000000Z|name:lin|lin has quit IRC\n"
    "other|2024-03-04T13:02:16.000000Z|-|mara no form\n"
    "message|2024-03-04T13:02:17.000000Z|name:mara|\n", "#ops" },
  { "dircproxy", "2009-12-31-x.log", "dircproxy",
    "[31 Dec 12:37] <mara!n=m@h> +all red\n"
    "[31 Dec 12:38] * mara waits\n"
    "[31 Dec 12:39] --> lin (n=l@h) joined the channel\n"
    "[ 1 Jan 00:39] *** You disconnected\n"
    "[1 Jan 12:39] <-- lin quit (x)\n"
    "[30 Feb 12:39] <lin!n@h> -never\n",
    "message|2009-12-31T12:37:00.000000Z|name:mara|all red\n"
    "message|2009-12-31T12:38:00.000000Z|name:mara|waits\n"
    "join|2009-12-31T12:39:00.000000Z|name:lin|lin (n=l@h) joined the channel\n"
    "other|2010-01-01T00:39:00.000000Z|-|You disconnected\n"
    "leave|2010-01-01T12:39:00.000000Z|name:lin|lin quit (x)\n", NULL },
  { "mirc", "x.log", "mIRC",
    "Session Start: Mon Mar 04 14:02:11 2024\n"
    "Session Ident: #ops\n"
    "[14:02] <mara> all red\n"
    "[14:02] * mara waits\n"
    "[14:03] * lin (~l@h) has joined #ops\n"
    "[14:04] * lin is now known as lin_\n"
    "[14:05] * lin_ (~l@h) Quit (bye)\n"
    "[14:06] * mara sets mode: +o tomas\n"
    "Session Close: Mon Mar 04 14:07:11 2024\n",
    "message|2024-03-04T14:02:00.000000Z|name:mara|all red\n"
    "message|2024-03-04T14:02:00.000000Z|name:mara|waits\n"
    "join|2024-03-04T14:03:00.000000Z|name:lin|lin (~l@h) has joined #ops\n"
    "other|2024-03-04T14:04:00.000000Z|name:lin|lin is now known as lin_\n"
    "leave|2024-03-04T14:05:00.000000Z|name:lin_|lin_ (~l@h) Quit (bye)\n"
    "other|2024-03-04T14:06:00.000000Z|name:mara|mara sets mode: +o tomas\n", "#ops" },
  { "eggdrop", "ops.log.04Mar2024", "eggdrop",
    "[00:00] --- Mon Mar  4 2024\n"
    "[14:02] <mara> all red\n"
    "[14:02] Action: mara waits\n"
    "[14:03] lin (~l@h) joined #ops.\n"
    "[14:04] Nick change: lin -> lin_\n"
    "[14:05] lin_ (~l@h) left irc: bye\n"
    "[14:06] tomas kicked from #ops by mara: later\n"
    "[14:07] #ops: mode change '+o tomas' by mara!m@h\n",
    "message|2024-03-04T14:02:00.000000Z|name:mara|all red\n"
    "message|2024-03-04T14:02:00.000000Z|name:mara|waits\n"
    "join|2024-03-04T14:03:00.000000Z|name:lin|lin (~l@h) joined #ops.\n"
    "other|2024-03-04T14:04:00.000000Z|name:lin|Nick change: lin -> lin_\n"
    "leave|2024-03-04T14:05:00.000000Z|name:lin_|lin_ (~l@h) left irc: bye\n"
    "leave|2024-03-04T14:06:00.000000Z|name:tomas|tomas kicked from #ops by mara: later\n"
    "other|2024-03-04T14:07:00.000000Z|name:mara|#ops: mode change '+o tomas' by mara!m@h\n", "#ops" },
};
/* clang-format on */

static void
test_dialect (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *name = g_strconcat (c->name, "/", c->file, NULL);
  g_autoptr (Collected) all = chat_read (name, c->text, "UTC", NULL);
  g_autofree char *lines = chat_dup_lines (all);
  gboolean told = FALSE;

  g_assert_cmpstr (all->facts->format, ==, "irc");
  g_assert_cmpstr (lines, ==, c->lines);
  for (guint i = 0; i < all->diagnostics->len; i++)
    {
      const VantageDiagnostic *d = all->diagnostics->pdata[i];

      if (strcmp (d->code, "dialect") == 0)
        told = strstr (d->text, c->dialect) != NULL;
    }
  g_assert_true (told);
  g_assert_cmpuint (all->channels->len, ==, 1);
  if (c->channel != NULL)
    g_assert_nonnull (collected_find_channel (all, c->channel));
}

static void
test_hurt (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *name = g_strconcat ("hurt/", c->name, "/", c->file, NULL);

  chat_hurt (name, c->text, strlen (c->text), "irc", TRUE);
}

static void
test_a_line_at_a_time_its_charset (void)
{
  g_autoptr (Collected) all = chat_read ("2024-03-04.txt",
                                         "14:02 <a> caf\xc3\xa9\r\n14:03 <a> caf\xe9 \x80 \x81\n"
                                         "14:04 <a> \xc3\xbc",
                                         "UTC", NULL);
  g_autofree char *lines = chat_dup_lines (all);

  g_assert_cmpstr (lines, ==,
                   "message|2024-03-04T14:02:00.000000Z|name:a|café\n"
                   "message|2024-03-04T14:03:00.000000Z|name:a|café € \xef\xbf\xbd\n"
                   "message|2024-03-04T14:04:00.000000Z|name:a|ü\n");
  g_assert_cmpuint (collected_count (all, "recoded"), ==, 1);
}

static void
test_zone_and_day_are_asked_for (void)
{
  static const char text[] = "14:02 <a> x\n00:10 <a> y\n";
  g_autofree char *dated = scratch_write ("ask/2024-03-04.log", text, -1);
  g_autofree char *plain = scratch_write ("ask/ops.log", text, -1);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autoptr (GError) no_zone = NULL;
  g_autoptr (GError) no_day = NULL;
  g_autoptr (Collected) all = NULL;
  g_autoptr (VantagePreview) preview = NULL;
  VantageItem *second;

  g_assert_null (collect (dated, &options, &no_zone));
  g_assert_error (no_zone, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEEDS_ZONE);
  options.zone = "Europe/Berlin";
  g_assert_null (collect (plain, &options, &no_day));
  g_assert_error (no_day, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEEDS_START);
  preview = vantage_import_preview (plain, &options, NULL, NULL, NULL, NULL);
  g_assert_true (preview->needs_start);
  g_assert_cmpuint (preview->n_items, ==, 2);

  options.zero_us = G_GINT64_CONSTANT (1709506800) * G_USEC_PER_SEC; /* 2024-03-04 00:00 there */
  all = collect_ok (plain, &options);
  second = all->items->pdata[1];
  g_assert_cmpint (second->time_us, ==, G_GINT64_CONSTANT (1709593800) * G_USEC_PER_SEC);
  g_assert_cmpstr (second->raw_time, ==, "00:10");
  g_assert_cmpint (second->precision, ==, VANTAGE_PRECISION_MIN);
}

static void
test_ids_hold_in_file_and_folder_and_zone (void)
{
  static const char text[] = "[14:02:11] <mara> x\n[14:02:11] <mara> x\n";
  g_autofree char *alone = scratch_write ("ids/one/#ops_20240304.log", text, -1);
  g_autofree char *other = scratch_write ("ids/one/#ops_20240305.log", text, -1);
  g_autofree char *folder = g_path_get_dirname (alone);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autoptr (Collected) first = NULL;
  g_autoptr (Collected) both = NULL;
  g_autofree char *ids = NULL;
  g_autofree char *all_ids = NULL;

  options.zone = "UTC";
  first = collect_ok (alone, &options);
  options.zone = "Asia/Tokyo";
  both = collect_ok (folder, &options);
  ids = collected_dup_ids (first);
  all_ids = collected_dup_ids (both);
  g_assert_cmpuint (both->items->len, ==, 4);
  g_assert_cmpuint (both->channels->len, ==, 1);
  for (guint i = 0; i < first->items->len; i++)
    {
      g_autofree char *id = vantage_item_dup_id (first->items->pdata[i]);

      g_assert_nonnull (strstr (all_ids, id));
    }
}

static void
test_who_is_spoken_to_is_a_mention (void)
{
  g_autoptr (Collected) all = chat_read ("m/2024-03-04.log",
                                         "14:02 < a> b: look\n14:03 < b> c: no such nick\n"
                                         "14:04 < b> relay\n14:05 < a> <x> hi\n",
                                         "UTC", NULL);
  VantageItem *first = all->items->pdata[0], *second = all->items->pdata[1];

  g_assert_cmpstr (first->mentions[0], ==, "name:b");
  g_assert_null (second->mentions);
}

static void
test_bridges_are_unwrapped_when_asked (void)
{
  g_autofree char *path = scratch_write ("bridge/2024-03-04.log",
                                         "14:02 < tg> <mara> hi <x> there\n14:03 < tg> y\n", -1);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autoptr (Collected) all = NULL;
  g_autofree char *lines = NULL;

  options.zone = "UTC";
  options.mapping = "bridge=tg,dialect=irssi";
  all = collect_ok (path, &options);
  lines = chat_dup_lines (all);
  g_assert_cmpstr (lines, ==,
                   "message|2024-03-04T14:02:00.000000Z|name:mara|hi <x> there\n"
                   "message|2024-03-04T14:03:00.000000Z|name:tg|y\n");
}

static void
test_other_text_is_left_to_others (void)
{
  static const char *const texts[] = {
    "Mar  4 14:02:11 host sshd[1]: accepted\nMar  4 14:02:12 host sshd[1]: closed\n",
    "time,user,text\n2024-03-04T14:02:11Z,a,b\n",
    "time\tuser\ttext\n2024-03-04 14:02:11\ta\tb\n2024-03-04 14:02:12\ta\tc\n",
    "Some words.\n14:02 is when it began.\nThen it stopped.\n",
    "<html><body>[14:02] &lt;a&gt; x</body></html>\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *path = scratch_write ("else/x.log", texts[i], -1);
      g_autoptr (VantagePreview) preview =
          vantage_import_preview (path, NULL, NULL, NULL, NULL, NULL);

      g_assert_true (preview == NULL || strcmp (preview->facts->format, "irc") != 0);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/import/irc/dialects/", cases[i].name, NULL);
      g_autofree char *hurt = g_strconcat ("/import/irc/hurt/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_dialect);
      g_test_add_data_func (hurt, &cases[i], test_hurt);
    }
  g_test_add_func ("/import/irc/a-line-at-a-time-its-charset", test_a_line_at_a_time_its_charset);
  g_test_add_func ("/import/irc/zone-and-day-are-asked-for", test_zone_and_day_are_asked_for);
  g_test_add_func ("/import/irc/ids-hold-in-file-and-folder-and-zone",
                   test_ids_hold_in_file_and_folder_and_zone);
  g_test_add_func ("/import/irc/who-is-spoken-to-is-a-mention", test_who_is_spoken_to_is_a_mention);
  g_test_add_func ("/import/irc/bridges-are-unwrapped-when-asked",
                   test_bridges_are_unwrapped_when_asked);
  g_test_add_func ("/import/irc/other-text-is-left-to-others", test_other_text_is_left_to_others);
  return g_test_run ();
}
