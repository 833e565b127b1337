/* test-chat-html.c: the markup of chat messages as text. */

#include <glib.h>
#include <string.h>

#include "vantage-chat-html.h"

typedef struct
{
  const char *name, *html, *text;
} Case;

/* clang-format off */
static const Case cases[] = {
  { "plain", "all quiet", "all quiet" },
  { "blocks-end-lines", "<p>one</p><p>two</p><div>three</div>", "one\ntwo\nthree" },
  { "breaks", "a<br>b<br/>\nc<br><br><br>d", "a\nb\nc\n\nd" },
  { "white-space-is-one-blank", "  a \r\n\t b  ", "a b" },
  { "inline-tags-go", "<strong>b</strong>o<em>l</em>d<span style=\"x>y\">!</span>", "bold!" },
  { "lists", "<ul><li>a</li><li>b<ol><li>c</li><li>d</li></ol></li></ul>e", "• a\n• b\n  1. c\n  2. d\ne" },
  { "item-without-list", "<li>a", "• a" },
  { "quote", "<blockquote><p>a</p>b</blockquote>c", "> a\n> b\nc" },
  { "quote-in-quote", "<blockquote>a<blockquote>b</blockquote></blockquote>", "> a\n> > b" },
  { "code", "run <code>a  &lt;b&gt;</code> now", "run `a <b>` now" },
  { "fences", "<pre>one\n  two</pre>x", "```\none\n  two\n```\nx" },
  { "codeblock", "<codeblock class=\"Sql\"><code>select 1<br>from t</code></codeblock>", "```\nselect 1\nfrom t\n```" },
  { "open-fence-is-closed", "<pre>a", "```\na\n```" },
  { "link-says-more", "<a href=\"https://x.test/a?b=1&amp;c=2\">graph</a>.", "graph (https://x.test/a?b=1&c=2)." },
  { "link-is-its-words", "<a href='https://x.test/'>x.test</a>", "x.test" },
  { "link-without-words", "<a href=https://x.test/></a>", "https://x.test/" },
  { "link-that-leads-nowhere", "<a href=\"javascript:alert(1)\">press</a>", "press" },
  { "picture", "a <img src=\"https://x/hostedContents/1/$value\" alt=\"graph\">", "a [graph]" },
  { "picture-without-words", "<img src=x>", "[image]" },
  { "emoji", "<emoji id=\"smile\" alt=\"\xf0\x9f\x98\x80\" title=\"Smile\"></emoji>ok", "\xf0\x9f\x98\x80ok" },
  { "emoji-picture", "<img itemtype=\"http://schema.skype.com/Emoji\" alt=\"\xf0\x9f\x98\x80\">", "\xf0\x9f\x98\x80" },
  { "mention", "<at id=\"0\">Mira D.</at> look", "@U-1 look" },
  { "mention-of-nobody", "<at id=\"7\">Everyone</at>!", "@Everyone!" },
  { "open-mention-loses-nothing", "<at id=\"0\">Mira look at this", "@U-1Mira look at this" },
  { "attachment", "see <attachment id=\"f\"></attachment>.", "see plan.pdf." },
  { "unknown-attachment", "see <attachment id=\"g\"></attachment>", "see" },
  { "event-mark", "<systemEventMessage/>", "" },
  { "table", "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a | b\nc" },
  { "entities-once", "&amp;lt;b&amp;gt; &lt;i&gt; &quot;&#39;&#x27;&apos;&nbsp;&hellip;", "&lt;b&gt; <i> \"''' \u2026" },
  { "entities-that-are-none", "a & b &foo; &#0; &#xd800; &#99999999999;&", "a & b &foo; \ufffd \ufffd &#99999999999;&" },
  { "less-than-is-no-tag", "1 < 2 <3 a<", "1 < 2 <3 a<" },
  { "tag-without-end", "a <b", "a <b" },
  { "quote-without-end", "a <b c=\"> d", "a d" },
  { "comment", "a<!-- <p>b</p> -->c<!-- d", "ac" },
  { "script-and-style", "a<script>x<y</script><STYLE>b{}</STYLE>c<script>d", "ac" },
  { "capitals", "<P>a</P><BR><UL><LI>b</LI></UL>", "a\n\n• b" },
  { "stray-ends", "</p></ul></blockquote></pre></at></a>a", "a" },
  { "declaration", "<!DOCTYPE html><?xml version='1'?>a", "a" },
  { "control-characters", "a\x01\x0b" "b", "ab" },
};
/* clang-format on */

static const char *
find_mention (const char *id, gpointer user_data)
{
  return strcmp (id, "0") == 0 ? "U-1" : NULL;
}

static char *
find_attachment (const char *id, gpointer user_data)
{
  return strcmp (id, "f") == 0 ? g_strdup ("plan.pdf") : NULL;
}

static const VantageChatHtmlHooks hooks = { find_mention, find_attachment };

static void
test_text (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *text = vantage_chat_html_to_text (c->html, &hooks, NULL);

  g_assert_cmpstr (text, ==, c->text);
}

/* Random pieces of markup, put together in any order: valid text comes out, and no more of it than
 * a bounded multiple of what went in. */
static void
test_any_markup (void)
{
  static const char *const pieces[] = { "<p>",
                                        "</p>",
                                        "<ul>",
                                        "<li>",
                                        "</ul>",
                                        "<pre>",
                                        "</pre>",
                                        "<a href='https://x/'>",
                                        "</a>",
                                        "<at id=\"0\">",
                                        "</at>",
                                        "<blockquote>",
                                        "</blockquote>",
                                        "&lt;",
                                        "&#",
                                        "<",
                                        ">",
                                        "\"",
                                        "'",
                                        "word",
                                        " ",
                                        "\n",
                                        "<br>",
                                        "<!--",
                                        "-->",
                                        "<code>",
                                        "</code>",
                                        "<attachment id=f>",
                                        "\xc3\xa4",
                                        "<img alt='x'>" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  for (guint round = 0; round < 4000; round++)
    {
      g_autoptr (GString) html = g_string_new (NULL);
      g_autofree char *text = NULL;

      for (int n = g_rand_int_range (rand, 0, 60); n > 0; n--)
        g_string_append (html, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
      text = vantage_chat_html_to_text (html->str, &hooks, NULL);
      g_assert_true (g_utf8_validate (text, -1, NULL));
      g_assert_cmpuint (strlen (text), <=, 64 * (html->len + 1));
    }
}

/* Input that would be read again and again by a careless reader. */
static void
test_hostile_markup_takes_no_time (void)
{
  static const char *const units[] = { "<a '\"",   "<a '\">", "<",         "<!--",
                                       "<script>", "&",       "<at id=0>", "<ul>" };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autoptr (GString) html = g_string_new (NULL);
      g_autofree char *text = NULL;

      while (html->len < 400000)
        g_string_append (html, units[i]);
      text = vantage_chat_html_to_text (html->str, &hooks, NULL);
      g_assert_true (g_utf8_validate (text, -1, NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/import/chat-html/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_text);
    }
  g_test_add_func ("/import/chat-html/any-markup", test_any_markup);
  g_test_add_func ("/import/chat-html/hostile-markup-takes-no-time",
                   test_hostile_markup_takes_no_time);
  return g_test_run ();
}
