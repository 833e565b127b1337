/* test-escape.c: whatever stands in any field stays text: no tag, attribute, script or Markdown of
 * it comes to life. */

#include "report-fixture.h"

static const char *const corpus[] = {
  "<script>alert(1)</script>",
  "\"><img src=x onerror=alert(1)>",
  "' onmouseover='alert(1)",
  "</title><svg/onload=alert(1)>",
  "</style><script>alert(1)</script>",
  "<!-- --><iframe src=javascript:alert(1)>",
  "&lt;script&gt;",
  "[x](javascript:alert(1))",
  "![x](https://tracker.invalid/p.png)",
  "<https://evil.invalid>",
  "a | b | c",
  "# heading\n## more\n- list\n1. one\n> quote\n---\n===\n***\n",
  "```\ncode\n```",
  "    indented\n\tcode",
  "line one\n\n\nline two\r\nthree\r",
  "\\\\ `tick` *star* _under_ ~~gone~~ $math$",
  "[[event:../../etc]] [[item:<b>|<i>x</i>]] [[finding:x|[y](z)]]",
  "]] [[ |",
  "\x01\x02\x1b[31m\x7f\xc2\x85 \xe2\x80\xa8 \xe2\x80\xae rtl",
  "{{template}} <%= x %> {% y %}",
};

/* Every field of a review that a report reads. */
static void
fill_with (Fixture *fixture, const char *text)
{
  VantageItem *item;

  set_name (fixture, "ana", text);
  fixture->input.review =
      add_entity (fixture, "review", "review", "title", T (text), "investigator", T (text), "kind",
                  T (text), "story_why", T (text), NULL);
  item = add_item (fixture, "a", 10, "ana", text);
  g_free (item->channel_name);
  item->channel_name = g_strdup (text);
  item->url = g_strconcat ("https://example.invalid/", text, NULL);
  item = add_item (fixture, "b", 11, "ana", text);
  item->url = g_strconcat ("javascript:alert(1)//", text, NULL);
  add_entity (fixture, "person", "ana", "role", T (text), "team", T (text), "label", T (text),
              NULL);
  add_entity (fixture, "event", "e", "title", T (text), "kind", T (text), "claim", T (text),
              "start", at (1, 0), "account", REF ("ana"), member (fixture, "actors", "ana"), YES,
              "cites/" ITEM_A, YES, "cites/" ITEM_GONE, vantage_value_new_cite (text, NULL), NULL);
  add_entity (fixture, "passage", "p", "words", T (text), "form", T ("role"), "shown_as", T (text),
              NULL);
  add_entity (fixture, "model", "m", "subject", T (text), "person", REF ("ana"), NULL);
  add_entity (fixture, "finding", "f", "title", T (text), "cites/" ITEM_B, YES,
              member (fixture, "passages", "p"), YES, member (fixture, "events", "e"), YES,
              member (fixture, "models", "m"), YES, NULL);
  add_entity (fixture, "wonder", "w", "text", T (text), NULL);
  add_entity (fixture, "experiment", "x", "hypothesis", T (text), "probe", T (text), "signal",
              T (text), "stop_rule", T (text), "owner", T (text), "outcome", T (text),
              member (fixture, "from", "f"), YES, NULL);
  add_entity (fixture, "readiness", "r", "text", T (text), NULL);
  add_entity (fixture, "impact", "i", "name", T (text), "unit", T (text), NULL);
  add_entity (fixture, "impact_point", "ip", "impact", REF ("i"), "value",
              vantage_value_new_int (3), NULL);
  add_entity (fixture, "report", "own", "title", T (text), NULL);
  fixture->options.report = id_of (fixture, "own");
  {
    static const char *const slots[][2] = { { "review", "summary" }, { "review", "purpose" },
                                            { "f", "text" },         { "e", "body" },
                                            { "m", "text" },         { "w", "answer" },
                                            { "x", "result" },       { "r", "why" },
                                            { "own", "text" } };
    static const char *const styles[] = { "text", "heading", "quote", "list", "code", "picture" };

    for (guint i = 0; i < G_N_ELEMENTS (slots); i++)
      for (guint j = 0; j < G_N_ELEMENTS (styles); j++)
        {
          g_autofree char *name = g_strdup_printf ("block %u %u", i, j);

          add_block (fixture, name, slots[i][0], slots[i][1], styles[j], text);
        }
  }
}

/* Tags and attributes that the writer itself uses. */
static void
check_html (const char *html)
{
  static const char *const tags[] = {
    "html",       "head", "meta",   "title",      "style",    "body",  "main",    "nav",
    "section",    "h1",   "h2",     "h3",         "h4",       "h5",    "h6",      "p",
    "ul",         "ol",   "li",     "a",          "em",       "div",   "pre",     "code",
    "blockquote", "br",   "figure", "figcaption", "strong",   "table", "caption", "thead",
    "tbody",      "tr",   "th",     "td",         "!DOCTYPE", NULL
  };
  static const char *const attributes[] = {
    "lang", "charset",  "name",  "content", "http-equiv", "dir",
    "id",   "class",    "href",  "rel",     "aria-label", "aria-labelledby",
    "role", "tabindex", "scope", "html",    NULL
  };
  const char *style_end = strstr (html, "</style>");

  for (const char *p = strchr (html, '<'); p != NULL; p = strchr (p, '<'))
    {
      const char *end = strchr (p, '>');
      g_autofree char *inner = NULL;
      g_autofree char *name = NULL;
      const char *at_attribute;

      g_assert_nonnull (end);
      inner = g_strndup (p + 1, (gsize) (end - p - 1));
      at_attribute = *inner == '/' ? inner + 1 : inner;
      name = g_strndup (at_attribute, strcspn (at_attribute, " \n"));
      if (!g_strv_contains (tags, name))
        g_error ("a tag <%s> came to life", inner);
      at_attribute += strlen (name);
      while (*(at_attribute += strspn (at_attribute, " ")) != '\0')
        {
          gsize length = strcspn (at_attribute, "= ");
          g_autofree char *attribute = g_strndup (at_attribute, length);

          if (!g_strv_contains (attributes, attribute))
            g_error ("an attribute came to life in <%s>", inner);
          at_attribute += length;
          if (*at_attribute != '=')
            continue;
          g_assert_true (at_attribute[1] == '"');
          if (g_str_equal (attribute, "href"))
            g_assert_true (at_attribute[2] == '#' ||
                           g_str_has_prefix (at_attribute + 2, "https://"));
          at_attribute = strchr (at_attribute + 2, '"') + 1;
        }
      p = end;
    }
  g_assert_null (strstr (style_end + 1, "</style>"));
  for (const char *p = html; *p != '\0'; p++)
    g_assert_true ((guchar) *p >= 0x20 || *p == '\n' || *p == '\t');
}

static void
test_html_stays_text (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (corpus); i++)
    for (guint audience = 0; audience < 2; audience++)
      {
        Fixture own = { 0 };
        g_autofree char *html = NULL;

        begin (&own, NULL);
        own.options.audience = audience;
        fill_with (&own, corpus[i]);
        html = write_html (&own);
        g_assert_true (g_utf8_validate (html, -1, NULL));
        check_html (html);
        end (&own, NULL);
      }
}

/* Outside of code, a character that could open a tag or a link of Markdown is escaped. */
static void
check_markdown (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *fence = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = lines[i];

      if (fence != NULL)
        {
          if (g_str_equal (line, fence))
            g_clear_pointer (&fence, g_free);
          continue;
        }
      if (g_str_has_prefix (line, "```"))
        {
          fence = g_strdup (line);
          continue;
        }
      for (const char *p = line; *p != '\0'; p++)
        {
          if (*p == '\\')
            {
              if (p[1] != '\0')
                p++;
              continue;
            }
          if (*p == '<')
            g_assert_true (g_str_has_prefix (p, "<a id=\"") || g_str_has_prefix (p, "<br>") ||
                           g_str_has_prefix (p, "</a>") || g_str_has_prefix (p, "<https://"));
          if (*p == ']' && p[1] == '(')
            g_assert_true (p[2] == '#' || g_str_has_prefix (p + 2, "<https://"));
          if (*p == '!')
            g_assert_true (p[1] != '[');
          g_assert_true (*p != '`');
        }
      g_assert_false (g_str_has_prefix (line, "---"));
      g_assert_false (g_str_has_prefix (line, "==="));
      g_assert_false (g_str_has_prefix (line, "    "));
    }
  g_assert_null (fence);
}

static void
test_markdown_stays_text (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (corpus); i++)
    {
      Fixture own = { 0 };
      g_autofree char *text = NULL;

      begin (&own, NULL);
      fill_with (&own, corpus[i]);
      text = write_markdown (&own);
      g_assert_true (g_utf8_validate (text, -1, NULL));
      check_markdown (text);
      end (&own, NULL);
    }
}

static void
test_tables_keep_their_columns (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_rows = 0;

  set_name (fixture, "ana", "A | B");
  add_entity (fixture, "event", "e", "title", T ("one | two\nthree || four"), "start", at (1, 0),
              member (fixture, "actors", "ana"), YES, NULL);
  text = write_markdown (fixture);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      guint n = 0;

      if (lines[i][0] != '|')
        continue;
      n_rows++;
      for (const char *p = lines[i]; *p != '\0'; p++)
        n += *p == '|' && (p == lines[i] || p[-1] != '\\');
      g_assert_cmpuint (n, ==, 5);
    }
  g_assert_cmpuint (n_rows, ==, 3);
}

static void
test_addresses_of_other_kinds_are_no_links (Fixture *fixture, gconstpointer data)
{
  VantageItem *item;
  g_autofree char *html = NULL;

  item = add_item (fixture, "a", 1, NULL, "x");
  item->url = g_strdup ("JavaScript:alert(1)");
  item = add_item (fixture, "b", 1, NULL, "y");
  item->url = g_strdup ("https://example.invalid/?a=\"&b='<");
  add_entity (fixture, "finding", "f", "title", T ("f"), "cites/" ITEM_A, YES, "cites/" ITEM_B, YES,
              NULL);
  html = write_html (fixture);
  assert_lacks (html, "alert");
  assert_holds (html, "href=\"https://example.invalid/?a=&quot;&amp;b=&#39;&lt;\"");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_case ("escape/html-stays-text", test_html_stays_text);
  add_case ("escape/markdown-stays-text", test_markdown_stays_text);
  add_case ("escape/tables-keep-their-columns", test_tables_keep_their_columns);
  add_case ("escape/addresses-of-other-kinds-are-no-links",
            test_addresses_of_other_kinds_are_no_links);
  return g_test_run ();
}
