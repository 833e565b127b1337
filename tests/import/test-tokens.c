/* The JSON tokeniser against json-glib, which sees every text only after the strict check of base/.
 */

#include "vantage-scan.h"
#include "vantage-tokens.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include "vantage-json.h"

/* ---- the tree as canonical text, to compare with the other parser's ---- */

/* Numbers stay text and a name may come twice: the stricter parser refuses both, so they count as
 * refused here too. */
static gboolean beyond_strict;

static void
check_number (const char *text)
{
  double value = g_ascii_strtod (text, NULL);

  if (!isfinite (value) || (strpbrk (text, ".eE") == NULL && fabs (value) > 9007199254740992.0))
    beyond_strict = TRUE;
}

static void
check_name (VantageNode *object, VantageNode *name)
{
  for (VantageNode *at = vantage_node_first (object); at != name;
       at = vantage_node_next (object, at))
    if (g_strcmp0 (vantage_node_get_text (at), vantage_node_get_text (name)) == 0)
      beyond_strict = TRUE;
}

static void
append_node (GString *out, VantageNode *node)
{
  VantageNode *at;
  gboolean first = TRUE;

  switch (node->type)
    {
    case VANTAGE_NODE_NULL:
      g_string_append (out, "null");
      break;
    case VANTAGE_NODE_TRUE:
      g_string_append (out, "true");
      break;
    case VANTAGE_NODE_FALSE:
      g_string_append (out, "false");
      break;
    case VANTAGE_NODE_NUMBER:
      check_number (vantage_node_get_text (node));
      g_string_append_printf (out, "%.12g",
                              0.0 + g_ascii_strtod (vantage_node_get_text (node), NULL));
      break;
    case VANTAGE_NODE_STRING:
      vantage_json_append_string (out, vantage_node_get_text (node), -1);
      break;
    default:
      g_string_append_c (out, node->type == VANTAGE_NODE_OBJECT ? '{' : '[');
      for (at = vantage_node_first (node); at != NULL; at = vantage_node_next (node, at))
        {
          if (!first)
            g_string_append_c (out, ',');
          first = FALSE;
          if (node->type == VANTAGE_NODE_OBJECT)
            check_name (node, at);
          append_node (out, at);
          if (node->type == VANTAGE_NODE_OBJECT)
            {
              g_string_append_c (out, ':');
              append_node (out, vantage_node_value (at));
            }
        }
      g_string_append_c (out, node->type == VANTAGE_NODE_OBJECT ? '}' : ']');
    }
}

static void append_json (GString *out, JsonNode *node);

static void
append_json_object (GString *out, JsonObject *object)
{
  g_autoptr (GList) names = json_object_get_members (object);

  g_string_append_c (out, '{');
  for (GList *at = names; at != NULL; at = at->next)
    {
      if (at != names)
        g_string_append_c (out, ',');
      vantage_json_append_string (out, at->data, -1);
      g_string_append_c (out, ':');
      append_json (out, json_object_get_member (object, at->data));
    }
  g_string_append_c (out, '}');
}

static void
append_json_array (GString *out, JsonArray *array)
{
  g_string_append_c (out, '[');
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      append_json (out, json_array_get_element (array, i));
    }
  g_string_append_c (out, ']');
}

static void
append_json (GString *out, JsonNode *node)
{
  if (JSON_NODE_HOLDS_NULL (node))
    g_string_append (out, "null");
  else if (JSON_NODE_HOLDS_OBJECT (node))
    append_json_object (out, json_node_get_object (node));
  else if (JSON_NODE_HOLDS_ARRAY (node))
    append_json_array (out, json_node_get_array (node));
  else if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
  else if (json_node_get_value_type (node) == G_TYPE_STRING)
    vantage_json_append_string (out, json_node_get_string (node), -1);
  else
    g_string_append_printf (out, "%.12g", 0.0 + json_node_get_double (node));
}

/* What the tokeniser makes of @text as one strict document: NULL when it refuses. */
static char *
tokenise (const char *text, gsize length)
{
  g_autoptr (VantageTokens) tokens = vantage_tokens_new_for_data (text, length);
  g_autoptr (GString) out = g_string_new (NULL);
  VantageNode *node = vantage_tokens_read (tokens);

  if (node == NULL)
    return NULL;
  beyond_strict = FALSE;
  append_node (out, node);
  if (beyond_strict || vantage_tokens_get_n_repaired (tokens) > 0 ||
      vantage_tokens_get_n_bad_bytes (tokens) > 0 ||
      vantage_tokens_peek (tokens) != VANTAGE_TOKEN_END)
    return NULL;
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* The same document walked token by token must be accepted and refused alike. */
static gboolean
walk (const char *text, gsize length)
{
  g_autoptr (VantageTokens) tokens = vantage_tokens_new_for_data (text, length);
  VantageToken token;

  if (vantage_tokens_peek (tokens) < VANTAGE_TOKEN_VALUE || !vantage_tokens_skip (tokens))
    return FALSE;
  token = vantage_tokens_peek (tokens);
  return token == VANTAGE_TOKEN_END;
}

static char *
parse_elsewhere (const char *text, gsize length)
{
  const VantageJsonLimits limits = { 1 << 20, 100, 100000 };
  g_autoptr (JsonNode) root = vantage_json_parse (text, (gssize) length, &limits, NULL);
  g_autoptr (GString) out = NULL;

  if (root == NULL)
    return NULL;
  out = g_string_new (NULL);
  append_json (out, root);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* ---- made and spoiled documents ---- */

static void
append_made_string (GString *out, GRand *random)
{
  static const char *const pieces[] = {
    "a",      "checkout", "é",     "日本",    "\xf0\x9f\x94\xa5",
    "\\n",    "\\\"",     "\\\\",  "\\u00e9", "\\ud83d\\ude00",
    "\\/",    "<@U1>",    "&amp;", " ",       "0123456789abcdef",
    "\\u2028"
  };
  guint n = g_rand_int_range (random, 0, 12);

  g_string_append_c (out, '"');
  for (guint i = 0; i < n; i++)
    g_string_append (out, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
  g_string_append_c (out, '"');
}

static void
append_space (GString *out, GRand *random)
{
  if (g_rand_int_range (random, 0, 4) == 0)
    for (int n = g_rand_int_range (random, 0, 24); n > 0; n--)
      g_string_append_c (out, n % 5 == 0 ? '\n' : ' ');
}

static void
append_made (GString *out, GRand *random, guint depth)
{
  static const char *const plain[] = {
    "null", "true", "false", "0", "-1", "12.5", "1e3", "-0.25E-2", "1736478514.897649", "{}", "[]"
  };
  int sort = g_rand_int_range (random, 0, depth > 5 ? 6 : 10);

  append_space (out, random);
  if (sort < 3)
    append_made_string (out, random);
  else if (sort < 6)
    g_string_append (out, plain[g_rand_int_range (random, 0, G_N_ELEMENTS (plain))]);
  else
    {
      gboolean object = sort < 8;
      guint n = g_rand_int_range (random, 0, 6);

      g_string_append_c (out, object ? '{' : '[');
      for (guint i = 0; i < n; i++)
        {
          if (i > 0)
            g_string_append_c (out, ',');
          append_space (out, random);
          if (object)
            g_string_append_printf (out, "\"k%u\" :", i);
          append_made (out, random, depth + 1);
        }
      append_space (out, random);
      g_string_append_c (out, object ? '}' : ']');
    }
  append_space (out, random);
}

static void
spoil (GString *text, GRand *random)
{
  static const char bytes[] = "{}[]\",:\\u0019-+.eE \n\t\x01\x7f\xc3\xff"
                              "tfn'/";
  guint n = g_rand_int_range (random, 1, 4);

  while (n-- > 0 && text->len > 0)
    {
      gsize at = (gsize) g_rand_int_range (random, 0, (gint32) text->len);
      char byte = bytes[g_rand_int_range (random, 0, sizeof bytes)];

      switch (g_rand_int_range (random, 0, 4))
        {
        case 0:
          g_string_erase (text, (gssize) at, 1);
          break;
        case 1:
          g_string_insert_c (text, (gssize) at, byte);
          break;
        case 2:
          text->str[at] = byte;
          break;
        default:
          g_string_truncate (text, at);
        }
    }
}

static void
compare (const char *text, gsize length)
{
  g_autofree char *ours = tokenise (text, length);
  g_autofree char *theirs = parse_elsewhere (text, length);

  if (g_strcmp0 (ours, theirs) != 0)
    g_test_message ("differs on: %.*s", (int) length, text);
  g_assert_cmpstr (ours, ==, theirs);
}

static void
test_made_documents_agree (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint i = 0; i < 4000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      append_made (text, random, 0);
      compare (text->str, text->len);
      g_assert_true (walk (text->str, text->len));
    }
}

static void
test_spoiled_documents_agree (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  guint n_refused = 0;

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *ours = NULL;

      append_made (text, random, 2);
      spoil (text, random);
      compare (text->str, text->len);
      ours = tokenise (text->str, text->len);
      n_refused += ours == NULL;
    }
  g_assert_cmpuint (n_refused, >, 5000);
}

/* ---- single rules ---- */

typedef struct
{
  const char *name;
  const char *text;
  gboolean ok;
} Case;

/* clang-format off */
static const Case cases[] = {
  { "empty",                     "",                      FALSE },
  { "only-space",                " \n\t ",                FALSE },
  { "leading-zero",              "01",                    FALSE },
  { "minus-alone",               "-",                     FALSE },
  { "plus",                      "+1",                    FALSE },
  { "point-without-digits",      "1.",                    FALSE },
  { "exponent-without-digits",   "1e",                    FALSE },
  { "number-at-the-end",         "-12.5e+3",              TRUE  },
  { "trailing-comma-array",      "[1,]",                  FALSE },
  { "trailing-comma-object",     "{\"a\":1,}",            FALSE },
  { "single-quotes",             "{'a':1}",               FALSE },
  { "comment",                   "/* no */ 1",            FALSE },
  { "raw-tab-in-string",         "\"a\tb\"",              FALSE },
  { "unknown-escape",            "\"\\x41\"",             FALSE },
  { "short-unicode-escape",      "\"\\u12\"",             FALSE },
  { "bracket-of-the-other-kind", "[1}",                   FALSE },
  { "two-values",                "1 2",                   FALSE },
  { "nothing-after-colon",       "{\"a\":}",              FALSE },
  { "word-cut-off",              "tru",                   FALSE },
  { "word-too-long",             "truex",                 FALSE },
  { "empty-name",                "{\"\":0}",              TRUE  },
  { "byte-order-mark",           "\xef\xbb\xbf[1]",       TRUE  },
};
/* clang-format on */

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *ours = tokenise (c->text, strlen (c->text));

  g_assert_cmpint (ours != NULL, ==, c->ok);
  g_assert_cmpint (walk (c->text, strlen (c->text)), ==, c->ok);
}

static void
test_surrogates_are_repaired_and_counted (void)
{
  const char *text = "[\"a\\ud83d b\",\"\\ude00\",\"\\ud83d\\ud83d\\ude00\",\"\\u0000\"]";
  g_autoptr (VantageTokens) tokens = vantage_tokens_new_for_data (text, strlen (text));
  VantageNode *list = vantage_tokens_read (tokens), *at;
  const char *const expected[] = { "a\xef\xbf\xbd b", "\xef\xbf\xbd",
                                   "\xef\xbf\xbd\xf0\x9f\x98\x80", "\xef\xbf\xbd" };
  guint i = 0;

  g_assert_nonnull (list);
  for (at = vantage_node_first (list); at != NULL; at = vantage_node_next (list, at))
    g_assert_cmpstr (vantage_node_get_text (at), ==, expected[i++]);
  g_assert_cmpuint (i, ==, 4);
  g_assert_cmpuint (vantage_tokens_get_n_repaired (tokens), ==, 4);
}

static void
test_bytes_that_are_no_text_are_repaired (void)
{
  const char *text = "{\"a\":\"x\xff\\n\xc3\x28\",\"b\":1}";
  g_autoptr (VantageTokens) tokens = vantage_tokens_new_for_data (text, strlen (text));
  VantageNode *record = vantage_tokens_read (tokens);

  g_assert_nonnull (record);
  g_assert_true (g_utf8_validate (vantage_node_get_member (record, "a"), -1, NULL));
  g_assert_cmpstr (vantage_node_get_member (record, "a"), ==, "x\xef\xbf\xbd\n\xef\xbf\xbd(");
  g_assert_cmpstr (vantage_node_get_member (record, "b"), ==, "1");
  g_assert_cmpuint (vantage_tokens_get_n_bad_bytes (tokens), ==, 1);
}

static void
test_values_back_to_back_are_a_sequence (void)
{
  const char *text = "{\"a\":1}{\"a\":2}\n[3]4 5\"six\"";
  g_autoptr (VantageTokens) tokens = vantage_tokens_new_for_data (text, strlen (text));
  g_autoptr (GString) out = g_string_new (NULL);

  while (vantage_tokens_peek (tokens) >= VANTAGE_TOKEN_VALUE)
    {
      append_node (out, vantage_tokens_read (tokens));
      g_string_append_c (out, '|');
    }
  g_assert_cmpint (vantage_tokens_peek (tokens), ==, VANTAGE_TOKEN_END);
  g_assert_cmpstr (out->str, ==, "{\"a\":1}|{\"a\":2}|[3]|4|5|\"six\"|");
}

static void
test_a_bad_line_costs_one_line (void)
{
  const char *text = "{\"n\":1}\n{\"n\":oops}\n{\"n\":[3\n{\"n\":4}\n{\"n\":5}\n";
  g_autoptr (VantageTokens) tokens = vantage_tokens_new_for_data (text, strlen (text));
  g_autoptr (GString) out = g_string_new (NULL);

  for (;;)
    {
      VantageToken token = vantage_tokens_peek (tokens);
      VantageNode *node = token >= VANTAGE_TOKEN_VALUE ? vantage_tokens_read (tokens) : NULL;

      if (node != NULL)
        g_string_append (out, vantage_node_get_member (node, "n"));
      else if (token == VANTAGE_TOKEN_END || !vantage_tokens_recover_line (tokens))
        break;
    }
  g_assert_cmpstr (out->str, ==, "145");
}

static void
test_every_cut_gives_the_records_before_it (void)
{
  const char *text = "[{\"ts\":\"1\",\"b\":[1,2]},\n {\"ts\":\"2\\n\"}, {\"ts\":\"3\"}]";
  gsize ends[3], length = strlen (text);

  ends[0] = (gsize) (strstr (text, "},\n") + 1 - text);
  ends[1] = (gsize) (strstr (text, "}, {") + 1 - text);
  ends[2] = length - 1;
  for (gsize cut = 0; cut < length; cut++)
    {
      g_autoptr (VantageTokens) tokens = vantage_tokens_new_for_data (text, cut);
      gsize n = 0, expected = 0;

      if (vantage_tokens_next (tokens) == VANTAGE_TOKEN_BEGIN_ARRAY)
        while (vantage_tokens_peek (tokens) >= VANTAGE_TOKEN_VALUE &&
               vantage_tokens_read (tokens) != NULL)
          n++;
      for (guint i = 0; i < 3; i++)
        expected += cut >= ends[i];
      g_assert_cmpuint (n, ==, expected);
      if (cut > 0)
        {
          g_assert_true (vantage_tokens_is_cut_off (tokens));
          g_assert_cmpint (vantage_tokens_get_offset (tokens), ==, (gint64) cut);
        }
    }
}

/* A stream that gives few bytes at a time makes every token straddle a refill. */
static void
test_records_larger_than_the_window_are_read (void)
{
  g_autoptr (GString) text = g_string_new ("{\"meta\":{\"deep\":[1,[2,{\"x\":3}]]},\"messages\":[");
  g_autoptr (VantageTokens) tokens = NULL;
  gint64 offset, length;
  guint n = 0;

  for (guint i = 0; i < 5; i++)
    {
      g_string_append_printf (text, "%s{\"n\":%u,\"text\":\"", i > 0 ? "," : "", i);
      for (guint k = 0; k < 90000; k++)
        g_string_append (text, "\\n\xc3\xa9 ab");
      g_string_append (text, "\"}");
    }
  g_string_append (text, "]}");
  tokens = vantage_tokens_new_for_data (text->str, text->len);
  g_assert_cmpint (vantage_tokens_next (tokens), ==, VANTAGE_TOKEN_BEGIN_OBJECT);
  g_assert_cmpint (vantage_tokens_next (tokens), ==, VANTAGE_TOKEN_KEY);
  g_assert_true (vantage_tokens_skip (tokens));
  g_assert_cmpint (vantage_tokens_next (tokens), ==, VANTAGE_TOKEN_KEY);
  g_assert_cmpstr (vantage_tokens_get_key (tokens), ==, "messages");
  g_assert_cmpint (vantage_tokens_next (tokens), ==, VANTAGE_TOKEN_BEGIN_ARRAY);
  while (vantage_tokens_peek (tokens) >= VANTAGE_TOKEN_VALUE)
    {
      VantageNode *record = vantage_tokens_read (tokens);

      g_assert_nonnull (record);
      g_assert_cmpint (vantage_node_get_int (record, "n", -1), ==, n++);
      g_assert_cmpuint (strlen (vantage_node_get_member (record, "text")), ==, 90000 * 6);
      vantage_tokens_get_extent (tokens, &offset, &length);
      g_assert_cmpint (text->str[offset], ==, '{');
      g_assert_cmpint (text->str[offset + length - 1], ==, '}');
    }
  g_assert_cmpuint (n, ==, 5);
  g_assert_cmpint (vantage_tokens_next (tokens), ==, VANTAGE_TOKEN_END_ARRAY);
  g_assert_cmpint (vantage_tokens_next (tokens), ==, VANTAGE_TOKEN_END_OBJECT);
  g_assert_cmpint (vantage_tokens_next (tokens), ==, VANTAGE_TOKEN_END);
}

static void
test_a_record_beyond_the_limits_is_passed_over (void)
{
  const VantageTokensLimits limits = { 64, 8, 4 };
  const char *text = "[{\"n\":1},[1,2,3,4,5,6,7,8,9,\"]\\\"]\"],[[[[[[[[0]]]]]]]],{\"n\":2}]";
  g_autoptr (VantageTokens) tokens = vantage_tokens_new_for_data (text, strlen (text));
  guint n_read = 0, n_passed = 0;

  vantage_tokens_set_limits (tokens, &limits);
  vantage_tokens_next (tokens);
  while (vantage_tokens_peek (tokens) >= VANTAGE_TOKEN_VALUE)
    {
      if (vantage_tokens_read (tokens) != NULL)
        n_read++;
      else if (vantage_tokens_get_passed_over (tokens))
        n_passed++;
      else
        break;
    }
  g_assert_no_error (vantage_tokens_get_error (tokens));
  g_assert_cmpuint (n_read, ==, 2);
  g_assert_cmpuint (n_passed, ==, 2);
}

static void
test_nesting_without_end_is_refused (void)
{
  g_autofree char *text = g_strnfill (1000000, '[');
  g_autoptr (VantageTokens) tokens = vantage_tokens_new_for_data (text, 1000000);

  g_assert_false (vantage_tokens_skip (tokens));
  g_assert_nonnull (vantage_tokens_get_error (tokens));
}

static void
test_utf_16_is_read (void)
{
  const char *text = "[{\"a\":\"h\xc3\xa9 \xf0\x9f\x98\x80\"}]";
  static const char *const charsets[] = { "UTF-16LE", "UTF-16BE" };
  static const char *const marks[] = { "\xff\xfe", "\xfe\xff" };

  for (guint i = 0; i < 2; i++)
    {
      gsize length;
      g_autofree char *wide = g_convert (text, -1, charsets[i], "UTF-8", NULL, &length, NULL);
      g_autoptr (GString) all = g_string_new_len (marks[i], 2);
      g_autofree char *ours = NULL;

      g_string_append_len (all, wide, (gssize) length);
      ours = tokenise (all->str, all->len);
      g_assert_cmpstr (ours, ==, text);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/import/tokens/rule/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/import/tokens/made-documents-agree", test_made_documents_agree);
  g_test_add_func ("/import/tokens/spoiled-documents-agree", test_spoiled_documents_agree);
  g_test_add_func ("/import/tokens/surrogates-are-repaired-and-counted",
                   test_surrogates_are_repaired_and_counted);
  g_test_add_func ("/import/tokens/bytes-that-are-no-text-are-repaired",
                   test_bytes_that_are_no_text_are_repaired);
  g_test_add_func ("/import/tokens/values-back-to-back-are-a-sequence",
                   test_values_back_to_back_are_a_sequence);
  g_test_add_func ("/import/tokens/a-bad-line-costs-one-line", test_a_bad_line_costs_one_line);
  g_test_add_func ("/import/tokens/every-cut-gives-the-records-before-it",
                   test_every_cut_gives_the_records_before_it);
  g_test_add_func ("/import/tokens/records-larger-than-the-window-are-read",
                   test_records_larger_than_the_window_are_read);
  g_test_add_func ("/import/tokens/a-record-beyond-the-limits-is-passed-over",
                   test_a_record_beyond_the_limits_is_passed_over);
  g_test_add_func ("/import/tokens/nesting-without-end-is-refused",
                   test_nesting_without_end_is_refused);
  g_test_add_func ("/import/tokens/utf-16-is-read", test_utf_16_is_read);
  return g_test_run ();
}
