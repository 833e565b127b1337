/* test-kind.c: the table, what may be written, and what a person may type. */

#include "vantage-kind.h"
#include "vantage-rule.h"

#include <string.h>

#define ID "018e00000000aaaaaaaaaaaaaaaaaaaa"
#define OTHER "018e00000000bbbbbbbbbbbbbbbbbbbb"
#define THIRD "018e00000000cccccccccccccccccccc"
#define ITEM "0123456789abcdef.1709259247.000100"

/* What every kind must have, so that code driven by the table can rely on it. */
static void
test_table (void)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (const VantageKind *kind = vantage_kinds (); kind->name != NULL; kind++)
    {
      g_autoptr (GHashTable) fields = g_hash_table_new (g_str_hash, g_str_equal);

      g_assert_true (g_hash_table_add (names, (char *) kind->name));
      g_assert_true (vantage_kind_find (kind->name) == kind);
      for (const VantageField *field = kind->fields; field->name != NULL; field++)
        {
          gboolean is_set = vantage_field_is_set (field);

          g_assert_true (g_hash_table_add (fields, (char *) field->name));
          g_assert_true (vantage_kind_find_field (kind, field->name) == field);
          if (field->type == VANTAGE_FIELD_CHOICE || field->type == VANTAGE_FIELD_CHOICES)
            g_assert_nonnull (field->choices);
          if (field->ref_kind != NULL)
            g_assert_nonnull (vantage_kind_find (field->ref_kind));
          if (is_set && field->merge != VANTAGE_MERGE_ONCE)
            g_assert_cmpint (field->merge, ==, VANTAGE_MERGE_OR);
          if (field->type == VANTAGE_FIELD_POS || field->type == VANTAGE_FIELD_COLOUR)
            g_assert_cmpint (field->merge, ==, VANTAGE_MERGE_QUIET);
        }
      g_assert_true (g_hash_table_contains (fields, "tags"));
      if (kind->title != NULL)
        g_assert_cmpint (vantage_kind_find_field (kind, kind->title)->type, ==, VANTAGE_FIELD_TEXT);
    }
  g_assert_null (vantage_kind_find ("comet"));
}

static void
test_classes (void)
{
  static const struct
  {
    const char *kind, *name;
    VantageMergeClass merge;
  } table[] = {
    { "event", "title", VANTAGE_MERGE_FLAG },
    { "event", "pos", VANTAGE_MERGE_QUIET },
    { "event", "placed", VANTAGE_MERGE_QUIET },
    { "event", "actors/" ID, VANTAGE_MERGE_OR },
    { "event", "cites/" ITEM, VANTAGE_MERGE_OR },
    { "link", "from", VANTAGE_MERGE_ONCE },
    { "source", "counts/items", VANTAGE_MERGE_ONCE },
    { "review", "intake/teams", VANTAGE_MERGE_FLAG },
    { "event", "glow", VANTAGE_MERGE_FLAG },
    { "comet", "tail", VANTAGE_MERGE_FLAG },
    { "event", "title/x", VANTAGE_MERGE_FLAG },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    g_assert_cmpint (vantage_kind_get_merge (table[i].kind, table[i].name), ==, table[i].merge);
  g_assert_null (vantage_kind_find_field (vantage_kind_find ("event"), "title/x"));
  g_assert_null (vantage_kind_find_field (vantage_kind_find ("event"), "titl"));
}

typedef struct
{
  const char *kind, *name, *json;
  int code; /* -1: may be written */
} WriteCase;

/* clang-format off */
static const WriteCase writes[] = {
  { "event",  "title",             "\"Restart\"",                       -1 },
  { "event",  "title",             "null",                              -1 },
  { "event",  "title",             "7",                                 VANTAGE_RECORD_ERROR_VALUE },
  { "event",  "glow",              "\"x\"",                             VANTAGE_RECORD_ERROR_FIELD },
  { "event",  "body",              "\"x\"",                             VANTAGE_RECORD_ERROR_FIELD },
  { "event",  "kind",              "\"decided\"",                       -1 },
  { "event",  "kind",              "\"guessed\"",                       VANTAGE_RECORD_ERROR_VALUE },
  { "event",  "claim",             "\"recall\"",                        -1 },
  { "event",  "claim",             "\"imagined\"",                      VANTAGE_RECORD_ERROR_RULE },
  { "passage", "claim",            "\"imagined\"",                      -1 },
  { "event",  "helped",            "true",                              -1 },
  { "event",  "helped",            "\"yes\"",                           VANTAGE_RECORD_ERROR_VALUE },
  { "event",  "account",           "\"" ID "\"",                        -1 },
  { "event",  "account",           "\"Kim\"",                           VANTAGE_RECORD_ERROR_VALUE },
  { "finding", "earlier/" ID "/" OTHER, "true",                         -1 },
  { "event",  "actors/" ID,        "true",                              -1 },
  { "event",  "actors/" ID,        "false",                             -1 },
  { "event",  "actors/" ID,        "\"x\"",                             VANTAGE_RECORD_ERROR_VALUE },
  { "event",  "actors/Kim",        "true",                              VANTAGE_RECORD_ERROR_VALUE },
  { "event",  "actors",            "true",                              VANTAGE_RECORD_ERROR_FIELD },
  { "event",  "actors/",           "true",                              VANTAGE_RECORD_ERROR_VALUE },
  { "event",  "tools/psql 15",     "true",                              -1 },
  { "event",  "tools/a\nb",        "true",                              VANTAGE_RECORD_ERROR_VALUE },
  { "event",  "cites/" ITEM,       "true",                              -1 },
  { "event",  "cites/" ITEM "@0-5", "{\"q\":\"hello\",\"h\":\"00\"}",   -1 },
  { "event",  "cites/" ITEM "@5-5", "true",                             VANTAGE_RECORD_ERROR_VALUE },
  { "event",  "cites/" ITEM "@05-7", "true",                            VANTAGE_RECORD_ERROR_VALUE },
  { "event",  "cites/" ID,         "true",                              VANTAGE_RECORD_ERROR_VALUE },
  { "event",  "start",             "{\"item\":\"" ITEM "\"}",           -1 },
  { "event",  "start",             "{\"item\":\"x\"}",                  VANTAGE_RECORD_ERROR_VALUE },
  { "event",  "start",             "{\"at\":\"2024-03-01T02:14:07.000000Z\",\"pm\":0}", -1 },
  { "event",  "start",             "\"2024-03-01T02:14:07.000000Z\"",   VANTAGE_RECORD_ERROR_VALUE },
  { "event",  "placed",            "\"2024-03-01T02:14:07.000000Z\"",   -1 },
  { "event",  "placed",            "\"2024-03-01T02:14:07Z\"",          VANTAGE_RECORD_ERROR_VALUE },
  { "event",  "placed",            "\"2024-03-01T02:14:07.000000+00:00\"", VANTAGE_RECORD_ERROR_VALUE },
  { "event",  "pos",               "\"Vabc\"",                          -1 },
  { "event",  "pos",               "\"V abc\"",                         VANTAGE_RECORD_ERROR_VALUE },
  { "event",  "#del",              "true",                              -1 },
  { "event",  "#del",              "1",                                 VANTAGE_RECORD_ERROR_VALUE },
  { "event",  "#gone",             "true",                              VANTAGE_RECORD_ERROR_FIELD },
  { "review", "intake/teams",      "\"unknown\"",                       -1 },
  { "review", "intake/teams",      "\"perhaps\"",                       VANTAGE_RECORD_ERROR_VALUE },
  { "review", "intake/weather",    "\"yes\"",                           VANTAGE_RECORD_ERROR_VALUE },
  { "review", "intake",            "\"yes\"",                           VANTAGE_RECORD_ERROR_FIELD },
  { "review", "due/report",        "\"2024-03-01T02:14:07.000000Z\"",   -1 },
  { "source", "shift",             "-3600000000",                       -1 },
  { "source", "counts/items",      "12",                                -1 },
  { "impact_point", "value",       "\"0.25\"",                          -1 },
  { "impact_point", "value",       "\"a lot\"",                         VANTAGE_RECORD_ERROR_VALUE },
};
/* clang-format on */

static void
test_writes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (writes); i++)
    {
      const WriteCase *c = &writes[i];
      g_autoptr (VantageValue) value = vantage_value_parse (c->json, -1, NULL);
      g_autoptr (GError) error = NULL;
      gboolean ok = vantage_kind_validate (vantage_kind_find (c->kind), c->name, value, &error);

      g_test_message ("case %u", i);
      if (c->code < 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, VANTAGE_RECORD_ERROR, c->code);
      g_assert_cmpint (ok, ==, c->code < 0);
    }
}

static void
test_too_long (void)
{
  g_autofree char *text = g_strnfill (16 * 1024 + 1, 'x');
  g_autoptr (VantageValue) value = vantage_value_new_text (text);
  g_autoptr (GError) error = NULL;

  g_assert_false (vantage_kind_validate (vantage_kind_find ("event"), "title", value, &error));
  g_assert_error (error, VANTAGE_RECORD_ERROR, VANTAGE_RECORD_ERROR_TOO_LONG);
}

typedef struct
{
  const char *kind, *name, *text;
  const char *json; /* NULL: refused */
} TypedCase;

/* clang-format off */
static const TypedCase typed[] = {
  { "event",  "title",      "Restart",                     "\"Restart\"" },
  { "event",  "title",      "",                            "null" },
  { "event",  "kind",       "decided",                     "\"decided\"" },
  { "event",  "kind",       "Decided",                     NULL },
  { "event",  "claim",      "imagined",                    "\"imagined\"" },
  { "event",  "helped",     "yes",                         "true" },
  { "event",  "helped",     "false",                       "false" },
  { "event",  "helped",     "maybe",                       NULL },
  { "event",  "body",       "x",                           NULL },
  { "event",  "start",      "2024-03-01T03:14:07+01:00",   "{\"at\":\"2024-03-01T02:14:07.000000Z\",\"pm\":0}" },
  { "event",  "start",      "{\"at\":\"2024-03-01T02:14:07Z\",\"plus_minus\":1.5}", "{\"at\":\"2024-03-01T02:14:07.000000Z\",\"pm\":1500000}" },
  { "event",  "start",      "{\"at\":\"2024-03-01T02:14:07Z\",\"plus_minus\":-1}", NULL },
  { "event",  "start",      "{\"between\":[\"2024-03-01T02:14:07Z\",\"2024-03-01T02:15:07Z\"]}", "{\"between\":[\"2024-03-01T02:14:07.000000Z\",\"2024-03-01T02:15:07.000000Z\"]}" },
  { "event",  "start",      "{\"between\":[\"2024-03-01T02:15:07Z\",\"2024-03-01T02:14:07Z\"]}", NULL },
  { "event",  "start",      "{\"between\":[1,2]}",         NULL },
  { "event",  "start",      "{\"item\":\"" ITEM "\"}",     "{\"item\":\"" ITEM "\"}" },
  { "event",  "start",      "unknown",                     "null" },
  { "event",  "start",      "soon",                        NULL },
  { "event",  "start",      "2024-03-01T03:14:07",         NULL },
  { "event",  "account",    ID,                            "\"" ID "\"" },
  { "event",  "account",    "Kim",                         NULL },
  { "event",  "actors",     ID,                            "true" },
  { "event",  "actors",     "Kim",                         NULL },
  { "finding", "kinds",     "few-know",                    "true" },
  { "finding", "kinds",     "few",                         NULL },
  { "source", "shift",      "-0.25",                       "-250000" },
  { "source", "shift",      "1e300",                       NULL },
  { "source", "shift",      "ten",                         NULL },
  { "source", "zero",       "2024-03-01",                  "\"2024-03-01T00:00:00.000000Z\"" },
  { "interview", "minutes", "45",                          "45" },
  { "interview", "minutes", "45.5",                        "\"45.5\"" },
  { "interview", "minutes", "45 min",                      NULL },
  { "review", "intake",     "yes",                         "\"yes\"" },
  { "review", "intake",     "perhaps",                     NULL },
};
/* clang-format on */

static void
test_typed (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      const TypedCase *c = &typed[i];
      g_autoptr (GError) error = NULL;
      const VantageField *field = vantage_kind_find_field (vantage_kind_find (c->kind), c->name);
      g_autoptr (VantageValue) value = vantage_field_read_text (field, c->text, &error);

      g_test_message ("case %u: %s", i, c->text);
      g_assert_cmpint (value == NULL, ==, c->json == NULL);
      g_assert_cmpint (error != NULL, ==, c->json == NULL);
      if (value != NULL)
        g_assert_cmpstr (vantage_value_get_json (value), ==, c->json);
    }
}

/* "id register" → value. */
static VantageValue *
look_up (const char *id, const char *register_name, gpointer user_data)
{
  g_autofree char *key = g_strconcat (id, " ", register_name, NULL);

  return g_hash_table_lookup (user_data, key);
}

static void
put (GHashTable *record, const char *key, const char *json)
{
  g_hash_table_insert (record, (char *) key, vantage_value_parse (json, -1, NULL));
}

typedef struct
{
  const char *kind, *name, *json;
  gboolean ok;
} RuleCase;

/* clang-format off */
static const RuleCase rules[] = {
  { "source", "family",  "\"slack\"",    TRUE },
  { "source", "family",  "\"jira\"",     FALSE },
  { "source", "family",  "null",         TRUE },
  { "source", "sha256",  "\"00\"",       TRUE },
  { "group",  "parent",  "\"" ID "\"",   FALSE },
  { "group",  "parent",  "\"" OTHER "\"", FALSE },
  { "group",  "parent",  "\"018e00000000dddddddddddddddddddd\"", TRUE },
  { "group",  "parent",  "null",         TRUE },
  { "person", "into",    "\"" ID "\"",   FALSE },
  { "event",  "group",   "\"" ID "\"",   TRUE },
  { "review", "until",   "\"2024-03-01T00:00:00.000000Z\"", FALSE },
  { "review", "until",   "\"2024-03-02T00:00:00.000000Z\"", TRUE },
  { "event",  "end",     "{\"at\":\"2024-03-01T02:14:06.000000Z\",\"pm\":0}",        FALSE },
  { "event",  "end",     "{\"at\":\"2024-03-01T02:14:06.000000Z\",\"pm\":1000000}",  TRUE },
  { "event",  "end",     "{\"item\":\"" ITEM "\"}", TRUE },
  { "event",  "end",     "{\"between\":[\"2024-03-01T02:14:00.000000Z\",\"2024-03-01T02:14:06.000000Z\"]}", FALSE },
  { "event",  "start",   "{\"at\":\"2024-03-02T02:14:06.000000Z\",\"pm\":0}",        TRUE },
  { "statement", "min",  "6000000",      FALSE },
  { "statement", "min",  "5000000",      TRUE },
  { "redaction", "to",   "3",            FALSE },
};
/* clang-format on */

static void
test_rules (void)
{
  g_autoptr (GHashTable) record =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) vantage_value_unref);

  put (record, ID " family", "\"slack\"");
  put (record, OTHER " parent", "\"" THIRD "\"");
  put (record, THIRD " parent", "\"" ID "\"");
  /* A circle that came from elsewhere must not hold the check up. */
  put (record, "018e00000000dddddddddddddddddddd parent", "\"018e00000000eeeeeeeeeeeeeeeeeeee\"");
  put (record, "018e00000000eeeeeeeeeeeeeeeeeeee parent", "\"018e00000000dddddddddddddddddddd\"");
  put (record, ID " from", "\"2024-03-01T12:00:00.000000Z\"");
  put (record, ID " start", "{\"at\":\"2024-03-01T02:14:07.000000Z\",\"pm\":0}");
  put (record, ID " max", "5000000");

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      const RuleCase *c = &rules[i];
      g_autoptr (VantageValue) value = vantage_value_parse (c->json, -1, NULL);
      g_autoptr (GError) error = NULL;

      g_test_message ("case %u: %s", i, c->name);
      if (strcmp (c->kind, "redaction") == 0)
        put (record, ID " from", "4");
      g_assert_cmpint (vantage_rule_check (vantage_kind_find (c->kind), ID, c->name, value, look_up,
                                           record, &error),
                       ==, c->ok);
      if (!c->ok)
        g_assert_error (error, VANTAGE_RECORD_ERROR, VANTAGE_RECORD_ERROR_RULE);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/record/kind/table-is-whole", test_table);
  g_test_add_func ("/record/kind/classes-are-the-types-own-or-named", test_classes);
  g_test_add_func ("/record/kind/only-what-fits-is-written", test_writes);
  g_test_add_func ("/record/kind/long-text-is-told", test_too_long);
  g_test_add_func ("/record/kind/typed-text-is-read-or-refused", test_typed);
  g_test_add_func ("/record/rule/registers-that-belong-together", test_rules);
  return g_test_run ();
}
