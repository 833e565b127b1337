/* Slack's markup as plain text. */

#include "vantage-slack-text.h"

#include <string.h>

typedef struct
{
  const char *name;
  const char *input;
  const char *text;
  const char *mentions; /* keys, joined by spaces */
} Case;

/* clang-format off */
static const Case cases[] = {
  { "plain",                      "nothing to undo",                    "nothing to undo",                "" },
  { "entities",                   "a &lt;b&gt; &amp; c",                "a <b> & c",                      "" },
  { "entities-once",              "&amp;lt; &amp;amp;",                 "&lt; &amp;",                     "" },
  { "other-entities-stay",        "&quot;x&quot; &nbsp; &",             "&quot;x&quot; &nbsp; &",         "" },
  { "person",                     "<@U01AB> look",                      "@U01AB look",                    "U01AB" },
  { "person-with-label",          "<@U01AB|mara> look",                 "@U01AB look",                    "U01AB" },
  { "person-twice",               "<@U1> and <@U2> and <@U1>",          "@U1 and @U2 and @U1",            "U1 U2" },
  { "channel-with-name",          "see <#C01|payments-ops>",            "see #payments-ops",              "" },
  { "channel-with-empty-name",    "see <#C01|>",                        "see #C01",                       "" },
  { "channel-without-name",       "see <#C01>",                         "see #C01",                       "" },
  { "everybody",                  "<!here> <!channel> <!everyone>",     "@here @channel @everyone",       "" },
  { "here-with-label",            "<!here|@here> <!here|here>",         "@here @here",                    "" },
  { "group-of-people",            "<!subteam^S01|@oncall>",             "@oncall",                        "" },
  { "group-without-name",         "<!subteam^S01>",                     "@S01",                           "" },
  { "date",                       "<!date^1700000000^{date_num} {time}|14 Nov 22:13>", "14 Nov 22:13",    "" },
  { "link",                       "<https://example.com/a?b=1&amp;c=2>", "https://example.com/a?b=1&c=2", "" },
  { "link-with-label",            "<https://example.com|the graph>",    "the graph (https://example.com)", "" },
  { "link-label-is-the-address",  "<https://example.com|https://example.com>", "https://example.com",     "" },
  { "link-label-without-scheme",  "<http://example.com/|example.com>",  "example.com",                    "" },
  { "label-is-only-the-end",      "<https://example.com/graph|graph>",  "graph (https://example.com/graph)", "" },
  { "mail",                       "<mailto:mara@example.com|mara@example.com>", "mara@example.com",       "" },
  { "mail-with-name",             "<mailto:mara@example.com|Mara>",     "Mara (mara@example.com)",        "" },
  { "escaped-inside-label",       "<https://example.com|a &lt;b&gt;>",  "a <b> (https://example.com)",    "" },
  { "escaped-marks-stay-text",    "&lt;@U1&gt; is no mention",          "<@U1> is no mention",            "" },
  { "quote",                      "&gt; said before",                   "> said before",                  "" },
  { "emoji-and-marks-stay",       ":eyes: *b* _i_ ~s~ `c`",             ":eyes: *b* _i_ ~s~ `c`",         "" },
  { "open-mark-to-the-end",       "a <b and no end",                    "a <b and no end",                "" },
  { "empty-mark",                 "a <> b",                             "a <> b",                         "" },
  { "mention-of-nobody",          "a <@> b <#> c <!> d",                "a <@> b <#> c <!> d",            "" },
  { "empty",                      "",                                   "",                               "" },
};

static const Case block_cases[] = {
  { "rich-text",
    "[{'type':'rich_text','elements':[{'type':'rich_text_section','elements':["
    "{'type':'text','text':'ask '},{'type':'user','user_id':'U1'},{'type':'text','text':' in '},"
    "{'type':'channel','channel_id':'C1'},{'type':'emoji','name':'eyes'},"
    "{'type':'broadcast','range':'here'},{'type':'link','url':'https://example.com','text':'graph'}]}]}]",
    "ask @U1 in #C1:eyes:@heregraph (https://example.com)", "U1" },
  { "list",
    "[{'type':'rich_text','elements':[{'type':'rich_text_section','elements':[{'type':'text','text':'Steps'}]},"
    "{'type':'rich_text_list','style':'ordered','indent':0,'elements':["
    "{'type':'rich_text_section','elements':[{'type':'text','text':'one'}]},"
    "{'type':'rich_text_section','elements':[{'type':'text','text':'two'}]}]},"
    "{'type':'rich_text_list','style':'bullet','indent':1,'elements':["
    "{'type':'rich_text_section','elements':[{'type':'text','text':'three'}]}]}]}]",
    "Steps\n1. one\n2. two\n  \xe2\x80\xa2 three", "" },
  { "quote-and-code",
    "[{'type':'rich_text','elements':[{'type':'rich_text_quote','elements':[{'type':'text','text':'a\\nb'}]},"
    "{'type':'rich_text_preformatted','elements':[{'type':'text','text':'select 1'}]}]}]",
    "> a\n> b\nselect 1", "" },
  { "sections",
    "[{'type':'header','text':{'type':'plain_text','text':'Checkout &amp; pay'}},{'type':'divider'},"
    "{'type':'section','text':{'type':'mrkdwn','text':'by <@U2> &amp; co'},"
    "'fields':[{'type':'mrkdwn','text':'*Severity*: 2'}]},"
    "{'type':'context','elements':[{'type':'mrkdwn','text':'now'}]},"
    "{'type':'image','alt_text':'a graph'}]",
    "Checkout &amp; pay\nby @U2 & co\n*Severity*: 2\nnow\na graph", "U2" },
  { "odd", "[null,3,'x',{},{'type':'rich_text'},{'type':'rich_text','elements':[null,{'elements':3}]}]", "", "" },
};

static const Case attachment_cases[] = {
  { "fields",
    "[{'fallback':'no','pretext':'Firing','title':'High error rate','text':'on &lt;checkout&gt;',"
    "'fields':[{'title':'Value','value':'0.37'},{'value':'alone'}]}]",
    "Firing\nHigh error rate\non <checkout>\nValue: 0.37\nalone", "" },
  { "fallback", "[{'fallback':'[FIRING:1] HighErrorRate'},{'fallback':'and <@U3>'}]",
    "[FIRING:1] HighErrorRate\nand @U3", "U3" },
  { "odd", "[null,[],{'fields':[null,{'title':3}]}]", "3", "" },
};
/* clang-format on */

static void
check (const Case *c, GString *text, GPtrArray *mentions)
{
  g_autofree char *joined = NULL;

  g_ptr_array_add (mentions, NULL);
  joined = g_strjoinv (" ", (char **) mentions->pdata);
  g_assert_cmpstr (text->str, ==, c->text);
  g_assert_cmpstr (joined, ==, c->mentions);
}

static void
test_markup (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) mentions = g_ptr_array_new_with_free_func (g_free);

  vantage_slack_text_append (text, c->input, strlen (c->input), mentions);
  check (c, text, mentions);
}

static void
test_nodes (const Case *c, void (*append) (GString *, VantageNode *, GPtrArray *))
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) mentions = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *json = g_strdelimit (g_strdup (c->input), "'", '"');
  g_autoptr (VantageTokens) tokens = vantage_tokens_new_for_data (json, strlen (json));
  VantageNode *node = vantage_tokens_read (tokens);

  g_assert_nonnull (node);
  append (text, node, mentions);
  check (c, text, mentions);
}

static void
test_blocks (gconstpointer data)
{
  test_nodes (data, vantage_slack_text_append_blocks);
}

static void
test_attachments (gconstpointer data)
{
  test_nodes (data, vantage_slack_text_append_attachments);
}

static void
add_cases (const char *folder, const Case *list, gsize n, GTestDataFunc function)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *path = g_strconcat ("/import/slack-text/", folder, "/", list[i].name, NULL);

      g_test_add_data_func (path, &list[i], function);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_cases ("markup", cases, G_N_ELEMENTS (cases), test_markup);
  add_cases ("blocks", block_cases, G_N_ELEMENTS (block_cases), test_blocks);
  add_cases ("attachments", attachment_cases, G_N_ELEMENTS (attachment_cases), test_attachments);
  return g_test_run ();
}
