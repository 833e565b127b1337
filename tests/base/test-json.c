/* test-json.c: the strict gate for JSON, and canonical writing. */

#include "vantage-json.h"

#include <string.h>

static const VantageJsonLimits small_limits = { 1000, 4, 12 };

/* clang-format off */
static const char *const taken[] = {
  "null", "true", " false ", "0", "-0", "-1", "1.5", "1e5", "1E-5", "-0.0e+1", "\"\"", "\"a\\u00e4\\ud83d\\ude00\"",
  "[]", "{}", "[[[1]]]", "{\"a\":1,\"b\":[true,null]}", "{\"a\":1,\"A\":2}", "{\"\":0}", "[1 , 2\t,\r\n3]",
  "9007199254740992", "-9007199254740992", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "{\"a\":{\"a\":{\"a\":1}}}", "1e308",
  "\"\xef\xbb\xbf\"", "1.7976931348623157e308",
};

typedef struct { const char *text; int code; const char *where; } Refusal;

static const Refusal refused[] = {
  { "",                          VANTAGE_JSON_ERROR_SYNTAX,    "byte 0" },
  { "  ",                        VANTAGE_JSON_ERROR_SYNTAX,    "byte 2" },
  { "nul",                       VANTAGE_JSON_ERROR_SYNTAX,    "byte 0" },
  { "[1,]",                      VANTAGE_JSON_ERROR_SYNTAX,    "byte 3" },
  { "[,1]",                      VANTAGE_JSON_ERROR_SYNTAX,    "byte 1" },
  { "[1 2]",                     VANTAGE_JSON_ERROR_SYNTAX,    "byte 3" },
  { "[1",                        VANTAGE_JSON_ERROR_SYNTAX,    "byte 2" },
  { "[1}",                       VANTAGE_JSON_ERROR_SYNTAX,    "byte 2" },
  { "{\"a\":1]",                 VANTAGE_JSON_ERROR_SYNTAX,    "byte 6" },
  { "{\"a\"}",                   VANTAGE_JSON_ERROR_SYNTAX,    "byte 4" },
  { "{\"a\":}",                  VANTAGE_JSON_ERROR_SYNTAX,    "byte 5" },
  { "{\"a\":1,}",                VANTAGE_JSON_ERROR_SYNTAX,    "byte 7" },
  { "{a:1}",                     VANTAGE_JSON_ERROR_SYNTAX,    "byte 1" },
  { "{'a':1}",                   VANTAGE_JSON_ERROR_SYNTAX,    "byte 1" },
  { "'a'",                       VANTAGE_JSON_ERROR_SYNTAX,    "byte 0" },
  { "// x\n1",                   VANTAGE_JSON_ERROR_SYNTAX,    "byte 0" },
  { "1 /* x */",                 VANTAGE_JSON_ERROR_SYNTAX,    "byte 2" },
  { "var x = 1",                 VANTAGE_JSON_ERROR_SYNTAX,    "byte 0" },
  { "1 2",                       VANTAGE_JSON_ERROR_SYNTAX,    "byte 2" },
  { "01",                        VANTAGE_JSON_ERROR_SYNTAX,    "byte 1" },
  { "+1",                        VANTAGE_JSON_ERROR_SYNTAX,    "byte 0" },
  { ".5",                        VANTAGE_JSON_ERROR_SYNTAX,    "byte 0" },
  { "1.",                        VANTAGE_JSON_ERROR_SYNTAX,    "byte 2" },
  { "1e",                        VANTAGE_JSON_ERROR_SYNTAX,    "byte 2" },
  { "-",                         VANTAGE_JSON_ERROR_SYNTAX,    "byte 1" },
  { "0x10",                      VANTAGE_JSON_ERROR_SYNTAX,    "byte 1" },
  { "NaN",                       VANTAGE_JSON_ERROR_SYNTAX,    "byte 0" },
  { "9007199254740993",          VANTAGE_JSON_ERROR_SYNTAX,    "byte 0" },
  { "-9007199254740993",         VANTAGE_JSON_ERROR_SYNTAX,    "byte 0" },
  { "[18446744073709551616]",    VANTAGE_JSON_ERROR_SYNTAX,    "byte 1" },
  { "1e309",                     VANTAGE_JSON_ERROR_SYNTAX,    "byte 0" },
  { "\"a",                       VANTAGE_JSON_ERROR_SYNTAX,    "byte 2" },
  { "\"a\\",                     VANTAGE_JSON_ERROR_SYNTAX,    "byte 3" },
  { "\"\\x41\"",                 VANTAGE_JSON_ERROR_SYNTAX,    "byte 2" },
  { "\"\\u12\"",                 VANTAGE_JSON_ERROR_SYNTAX,    "byte 3" },
  { "\"\\u0000\"",               VANTAGE_JSON_ERROR_SYNTAX,    "NUL" },
  { "\"\\ud83d\"",               VANTAGE_JSON_ERROR_SYNTAX,    "surrogate" },
  { "\"\\ude00\"",               VANTAGE_JSON_ERROR_SYNTAX,    "surrogate" },
  { "\"\\ud83d\\u0041\"",        VANTAGE_JSON_ERROR_SYNTAX,    "surrogate" },
  { "\"a\nb\"",                  VANTAGE_JSON_ERROR_SYNTAX,    "byte 2" },
  { "\"\x01\"",                  VANTAGE_JSON_ERROR_SYNTAX,    "byte 1" },
  { "\"\xff\"",                  VANTAGE_JSON_ERROR_SYNTAX,    "byte 1" },
  { "\"\xed\xa0\x80\"",          VANTAGE_JSON_ERROR_SYNTAX,    "byte 1" },
  { "\xef\xbb\xbf" "1",          VANTAGE_JSON_ERROR_SYNTAX,    "byte 0" },
  { "{\"a\":1,\"a\":2}",         VANTAGE_JSON_ERROR_SYNTAX,    "byte 7" },
  { "{\"a\":1,\"\\u0061\":2}",   VANTAGE_JSON_ERROR_SYNTAX,    "byte 7" },
  { "{\"a\":[{\"b\":1,\"b\":2}]}", VANTAGE_JSON_ERROR_SYNTAX,  "byte 13" },
  { "[[[[[1]]]]]",               VANTAGE_JSON_ERROR_TOO_DEEP,  "byte 4" },
  { "[1,2,3,4,5,6,7,8,9,10,11,12]", VANTAGE_JSON_ERROR_TOO_LARGE, "too many" },
};
/* clang-format on */

static void
test_taken (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (taken); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = NULL;

      g_test_message ("%s", taken[i]);
      g_assert_true (vantage_json_check (taken[i], strlen (taken[i]), &small_limits, &error));
      g_assert_no_error (error);
      node = vantage_json_parse (taken[i], -1, &small_limits, &error);
      g_assert_no_error (error);
      g_assert_nonnull (node);
    }
}

static void
test_refused (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("case %u: %s", i, refused[i].where);
      g_assert_null (vantage_json_parse (refused[i].text, -1, &small_limits, &error));
      g_assert_error (error, VANTAGE_JSON_ERROR, refused[i].code);
      g_assert_nonnull (strstr (error->message, refused[i].where));
    }
}

static void
test_embedded_nul (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (vantage_json_check ("\"a\0b\"", 5, &small_limits, &error));
  g_assert_error (error, VANTAGE_JSON_ERROR, VANTAGE_JSON_ERROR_SYNTAX);
}

static void
test_too_large (void)
{
  g_autofree char *text = g_strnfill (1001, ' ');
  g_autoptr (GError) error = NULL;

  text[1000] = '1';
  g_assert_false (vantage_json_check (text, 1001, &small_limits, &error));
  g_assert_error (error, VANTAGE_JSON_ERROR, VANTAGE_JSON_ERROR_TOO_LARGE);
  g_assert_true (vantage_json_check (text + 1, 1000, &small_limits, NULL));
}

/* A million open brackets and a hundred thousand names cost neither stack nor patience. */
static void
test_hostile (void)
{
  g_autofree char *deep = g_strnfill (1000000, '[');
  g_autoptr (GString) wide = g_string_new ("{");
  VantageJsonLimits limits = { 64 * 1024 * 1024, 2000000, 20000000 };
  g_autoptr (GError) error = NULL;

  g_assert_false (vantage_json_check (deep, 1000000, &limits, &error));
  g_assert_error (error, VANTAGE_JSON_ERROR, VANTAGE_JSON_ERROR_SYNTAX);

  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (wide, "\"%u\":0,", i);
  g_string_append (wide, "\"77777\":0}");
  g_clear_error (&error);
  g_assert_false (vantage_json_check (wide->str, wide->len, &vantage_json_file_limits, &error));
  g_assert_nonnull (strstr (error->message, "twice"));
}

static void
test_members (void)
{
  g_autoptr (JsonNode) node = vantage_json_parse (
      "{\"t\":\"x\",\"i\":7,\"d\":0.5,\"w\":3.0,\"b\":true,\"n\":null,\"o\":{},\"a\":[]}", -1,
      &vantage_json_wire_limits, NULL);
  JsonObject *object = json_node_get_object (node);

  g_assert_cmpstr (vantage_json_get_text (object, "t", "no"), ==, "x");
  g_assert_cmpstr (vantage_json_get_text (object, "i", "no"), ==, "no");
  g_assert_cmpstr (vantage_json_get_text (object, "n", "no"), ==, "no");
  g_assert_cmpstr (vantage_json_get_text (object, "absent", "no"), ==, "no");
  g_assert_cmpstr (vantage_json_get_text (NULL, "t", "no"), ==, "no");
  g_assert_cmpint (vantage_json_get_int (object, "i", -1), ==, 7);
  g_assert_cmpint (vantage_json_get_int (object, "w", -1), ==, 3);
  g_assert_cmpint (vantage_json_get_int (object, "d", -1), ==, -1);
  g_assert_cmpint (vantage_json_get_int (object, "t", -1), ==, -1);
  g_assert_cmpfloat (vantage_json_get_double (object, "d", -1), ==, 0.5);
  g_assert_cmpfloat (vantage_json_get_double (object, "i", -1), ==, 7);
  g_assert_true (vantage_json_get_bool (object, "b", FALSE));
  g_assert_true (vantage_json_get_bool (object, "i", TRUE));
  g_assert_nonnull (vantage_json_get_object (object, "o"));
  g_assert_null (vantage_json_get_object (object, "a"));
  g_assert_nonnull (vantage_json_get_array (object, "a"));
  g_assert_null (vantage_json_get_array (object, "n"));
}

static void
test_canonical (void)
{
  static const struct
  {
    const char *in, *out;
  } table[] = {
    { "{ \"b\" : 1, \"a\" : [ 1.0 , 1.50, -0.0, 1e2 ] }", "{\"a\":[1,1.5,0,100],\"b\":1}" },
    { "\"\\u0041\\/\\u00e4\\u001f\\n\\u007f\"", "\"A/\xc3\xa4\\u001f\\n\x7f\"" },
    { "0.1", "0.1" },
    { "{\"\\u00e4\":1,\"z\":2,\"Z\":3}", "{\"Z\":3,\"z\":2,\"\xc3\xa4\":1}" },
    { "null", "null" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (JsonNode) node =
          vantage_json_parse (table[i].in, -1, &vantage_json_wire_limits, NULL);
      g_autofree char *text = vantage_json_canonical (node);

      g_assert_cmpstr (text, ==, table[i].out);
    }
}

static void
test_pretty (void)
{
  g_autoptr (JsonNode) node =
      vantage_json_parse ("{\"b\":[1,{}],\"a\":[]}", -1, &vantage_json_wire_limits, NULL);
  g_autofree char *text = vantage_json_pretty (node);

  g_assert_cmpstr (text, ==, "{\n  \"b\": [\n    1,\n    {}\n  ],\n  \"a\": []\n}");
}

static JsonNode *
make_tree (GRand *random, guint depth)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);
  gint32 sort = g_rand_int_range (random, 0, depth > 0 ? 7 : 5);
  g_autofree char *text = NULL;

  if (sort == 0)
    json_node_set_int (node, g_rand_int_range (random, -100000, 100000));
  else if (sort == 1)
    json_node_set_double (node, g_rand_double_range (random, -1e6, 1e6));
  else if (sort == 2)
    json_node_set_boolean (node, g_rand_boolean (random));
  else if (sort < 5)
    {
      text = g_strdup_printf ("\"a\\ %c", g_rand_int_range (random, ' ', 127));
      json_node_set_string (node, text);
    }
  else
    {
      guint n = (guint) g_rand_int_range (random, 0, 4);
      JsonArray *array = json_array_new ();
      JsonObject *object = json_object_new ();

      for (guint i = 0; i < n; i++)
        {
          g_autofree char *name = g_strdup_printf ("%u\n", i);

          json_array_add_element (array, make_tree (random, depth - 1));
          json_object_set_member (object, name, make_tree (random, depth - 1));
        }
      json_node_unref (node);
      node = json_node_new (sort == 5 ? JSON_NODE_ARRAY : JSON_NODE_OBJECT);
      if (sort == 5)
        json_node_set_array (node, array);
      else
        json_node_set_object (node, object);
      json_array_unref (array);
      json_object_unref (object);
    }
  return node;
}

/* What json-glib writes is taken (but for U+001F, which it forgets to escape); what is taken after
 * one byte was changed, json-glib reads too. */
static void
test_against_json_glib (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (4);
  guint n_taken = 0;

  for (guint i = 0; i < 5000; i++)
    {
      g_autoptr (JsonNode) tree = make_tree (random, 4);
      g_autofree char *text = json_to_string (tree, g_rand_boolean (random));
      gsize length = strlen (text);
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonParser) parser = json_parser_new ();

      g_assert_true (vantage_json_check (text, length, &vantage_json_wire_limits, &error));
      g_assert_no_error (error);
      text[g_rand_int_range (random, 0, (gint32) length)] =
          "{}[]\",:\\0189.-eatn"[g_rand_int_range (random, 0, 17)];
      if (!vantage_json_check (text, length, &vantage_json_wire_limits, NULL))
        continue;
      n_taken++;
      g_assert_true (json_parser_load_from_data (parser, text, (gssize) length, &error));
      g_assert_no_error (error);
      g_assert_nonnull (json_parser_get_root (parser));
    }
  g_assert_cmpuint (n_taken, >, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/base/json/json-is-taken", test_taken);
  g_test_add_func ("/base/json/anything-else-is-refused-with-its-place", test_refused);
  g_test_add_func ("/base/json/nul-byte-is-refused", test_embedded_nul);
  g_test_add_func ("/base/json/size-is-bounded", test_too_large);
  g_test_add_func ("/base/json/hostile-shapes-are-cheap", test_hostile);
  g_test_add_func ("/base/json/stricter-than-json-glib-and-never-wider", test_against_json_glib);
  g_test_add_func ("/base/json/members-fall-back", test_members);
  g_test_add_func ("/base/json/equal-values-have-equal-text", test_canonical);
  g_test_add_func ("/base/json/pretty-keeps-the-order", test_pretty);
  return g_test_run ();
}
