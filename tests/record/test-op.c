/* test-op.c: the bytes of ops. */

#include "vantage-kind.h"
#include "vantage-op.h"

#include <string.h>

#define DEVICE "0123456789abcdef"
#define OTHER "fedcba9876543210"
#define ENTITY "018e00000000aaaaaaaaaaaaaaaaaaaa"

static VantageOp *
make_op (const char *field, VantageValue *value, GHashTable *seen, GError **error)
{
  g_autoptr (VantageValue) owned = value;
  VantageOpId previous[] = { { OTHER, 3 }, { DEVICE, 16 } };
  VantageOpDraft draft = { .id = { DEVICE, 17 },
                           .stamp = 0x018e000000000001,
                           .entity = ENTITY,
                           .kind = "event",
                           .field = field,
                           .value = owned,
                           .previous = previous,
                           .n_previous = 2,
                           .group_first = 16,
                           .group_count = 3,
                           .seen = seen };

  return vantage_op_new (&draft, error);
}

/* The very bytes are a promise to every other machine. */
static void
test_bytes (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (VantageOp) title = make_op ("title", vantage_value_new_text ("a \"b\""), NULL, NULL);
  g_autoptr (VantageOp) deletion = NULL;
  gint64 three = 3, sixteen = 16;

  g_assert_cmpstr (title->bytes, ==,
                   "{\"d\":\"" DEVICE "\",\"n\":17,\"t\":\"018e000000000001\",\"e\":\"" ENTITY
                   "\",\"k\":\"event\",\"f\":\"title\",\"v\":\"a \\\"b\\\"\",\"p\":[\"" OTHER
                   ":3\",\"" DEVICE ":16\"],\"g\":[16,3],\"sv\":1}");
  g_assert_cmpuint (title->n_bytes, ==, strlen (title->bytes));

  g_hash_table_insert (seen, (char *) OTHER, &three);
  g_hash_table_insert (seen, (char *) DEVICE, &sixteen);
  deletion = make_op (VANTAGE_OP_FIELD_DELETE, vantage_value_new_yesno (TRUE), seen, NULL);
  g_assert_nonnull (
      strstr (deletion->bytes, "\"v\":true,\"seen\":{\"" DEVICE "\":16,\"" OTHER "\":3},\"p\":"));
}

static void
test_reads_back (void)
{
  g_autoptr (VantageOp) written =
      make_op ("services/a/b", vantage_value_new_yesno (TRUE), NULL, NULL);
  g_autoptr (VantageOp) read = vantage_op_parse (written->bytes, written->n_bytes, NULL);

  g_assert_cmpstr (read->id.device, ==, DEVICE);
  g_assert_cmpint (read->id.n, ==, 17);
  g_assert_cmpuint (read->stamp, ==, 0x018e000000000001);
  g_assert_cmpstr (read->entity, ==, ENTITY);
  g_assert_cmpstr (read->kind, ==, "event");
  g_assert_cmpstr (read->field, ==, "services/a/b");
  g_assert_true (vantage_value_get_yesno (read->value));
  g_assert_cmpuint (read->n_previous, ==, 2);
  g_assert_cmpstr (read->previous[1].device, ==, DEVICE);
  g_assert_cmpint (read->previous[1].n, ==, 16);
  g_assert_cmpint (read->group_first, ==, 16);
  g_assert_cmpuint (read->group_count, ==, 3);
  g_assert_null (read->seen);
  g_assert_cmpint (read->vocabulary, ==, VANTAGE_VOCABULARY);
  g_assert_cmpmem (read->hash, VANTAGE_HASH_SIZE, written->hash, VANTAGE_HASH_SIZE);
}

/* A newer version may say more; its bytes stay as they came. */
static void
test_newer_version (void)
{
  static const char bytes[] = " { \"sv\":9, \"why\":[1,{\"d\":2}], "
                              "\"g\":[1,1],\"p\":[],\"v\":{\"x\":[0.50]},\"f\":\"glow\","
                              "\"k\":\"comet\",\"e\":\"" ENTITY
                              "\",\"t\":\"018e000000000001\",\"n\":1,\"d\":\"" DEVICE "\" } ";
  g_autoptr (GError) error = NULL;
  g_autoptr (VantageOp) op = vantage_op_parse (bytes, strlen (bytes), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (op->bytes, ==, bytes);
  g_assert_cmpint (op->vocabulary, ==, 9);
  g_assert_cmpstr (vantage_value_get_json (op->value), ==, "{\"x\":[0.5]}");
}

typedef struct
{
  const char *what;
  const char *from;
  const char *to;
} Spoiling;

/* Each takes a good op and spoils one thing. */
/* clang-format off */
static const Spoiling spoilings[] = {
  { "device too short",         "\"d\":\"" DEVICE "\"", "\"d\":\"0123\"" },
  { "device in capitals",       "\"d\":\"" DEVICE "\"", "\"d\":\"0123456789ABCDEF\"" },
  { "device missing",           "\"d\":\"" DEVICE "\",", "" },
  { "number zero",              "\"n\":17", "\"n\":0" },
  { "number negative",          "\"n\":17", "\"n\":-17" },
  { "number a fraction",        "\"n\":17", "\"n\":17.0" },
  { "number a string",          "\"n\":17", "\"n\":\"17\"" },
  { "number too large",         "\"n\":17", "\"n\":9007199254740993" },
  { "stamp in capitals",        "018e000000000001", "018E000000000001" },
  { "stamp too short",          "018e000000000001", "018e" },
  { "entity is no id",          "\"e\":\"" ENTITY "\"", "\"e\":\"018e\"" },
  { "kind empty",               "\"k\":\"event\"", "\"k\":\"\"" },
  { "kind with a space",        "\"k\":\"event\"", "\"k\":\"e vent\"" },
  { "kind endless",             "\"k\":\"event\"", "\"k\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"" },
  { "field empty",              "\"f\":\"title\"", "\"f\":\"\"" },
  { "field with a line break",  "\"f\":\"title\"", "\"f\":\"tools/a\\nb\"" },
  { "field without element",    "\"f\":\"title\"", "\"f\":\"tools/\"" },
  { "value missing",            "\"v\":\"x\",", "" },
  { "previous no list",         "\"p\":[", "\"p\":{\"a\":[" },
  { "previous no id",           OTHER ":3", OTHER },
  { "previous with zeros",      OTHER ":3", OTHER ":03" },
  { "previous twice",           OTHER ":3", DEVICE ":16" },
  { "previous is itself",       DEVICE ":16", DEVICE ":17" },
  { "group elsewhere",          "\"g\":[16,3]", "\"g\":[18,3]" },
  { "group over before",        "\"g\":[16,3]", "\"g\":[14,3]" },
  { "group too large",          "\"g\":[16,3]", "\"g\":[16,501]" },
  { "group of three",           "\"g\":[16,3]", "\"g\":[16,3,1]" },
  { "vocabulary zero",          "\"sv\":1", "\"sv\":0" },
  { "seen without deletion",    "\"sv\":1", "\"sv\":1,\"seen\":{}" },
  { "deletion without seen",    "\"f\":\"title\",\"v\":\"x\"", "\"f\":\"#del\",\"v\":true" },
  { "seen with a wrong device", "\"f\":\"title\",\"v\":\"x\"", "\"f\":\"#del\",\"seen\":{\"a\":1},\"v\":true" },
  { "name twice",               "\"sv\":1", "\"sv\":1,\"sv\":1" },
  { "something after",          "\"sv\":1}", "\"sv\":1}{}" },
  { "cut short",                "\"sv\":1}", "\"sv\":1" },
};
/* clang-format on */

static void
test_refused (void)
{
  g_autoptr (VantageOp) good = make_op ("title", vantage_value_new_text ("x"), NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (spoilings); i++)
    {
      const Spoiling *s = &spoilings[i];
      const char *at = strstr (good->bytes, s->from);
      g_autofree char *bad = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", s->what);
      g_assert_nonnull (at);
      bad = g_strdup_printf ("%.*s%s%s", (int) (at - good->bytes), good->bytes, s->to,
                             at + strlen (s->from));
      g_assert_null (vantage_op_parse (bad, strlen (bad), &error));
      g_assert_error (error, VANTAGE_RECORD_ERROR, VANTAGE_RECORD_ERROR_OP);
    }
}

static void
test_limits (void)
{
  g_autofree char *text = g_strnfill (VANTAGE_OP_MAX_TEXT, 'x');
  g_autofree char *longer = g_strnfill (VANTAGE_OP_MAX_TEXT + 1, 'x');
  g_autofree char *huge = g_strnfill (VANTAGE_OP_MAX_BYTES + 1, ' ');
  g_autoptr (GError) error = NULL;
  g_autoptr (VantageOp) op = make_op ("title", vantage_value_new_text (text), NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (vantage_value_get_text (op->value), ==, text);

  g_assert_null (make_op ("title", vantage_value_new_text (longer), NULL, &error));
  g_assert_error (error, VANTAGE_RECORD_ERROR, VANTAGE_RECORD_ERROR_TOO_LONG);
  g_clear_error (&error);
  g_assert_null (vantage_op_parse (huge, VANTAGE_OP_MAX_BYTES + 1, &error));
  g_assert_error (error, VANTAGE_RECORD_ERROR, VANTAGE_RECORD_ERROR_TOO_LONG);
}

static void
test_order (void)
{
  const VantageOp ops[] = { { .id = { OTHER, 9 }, .stamp = 1 },
                            { .id = { DEVICE, 1 }, .stamp = 2 },
                            { .id = { DEVICE, 2 }, .stamp = 2 },
                            { .id = { OTHER, 1 }, .stamp = 2 } };

  for (guint i = 0; i < G_N_ELEMENTS (ops); i++)
    for (guint j = 0; j < G_N_ELEMENTS (ops); j++)
      {
        int order = vantage_op_compare (&ops[i], &ops[j]);

        g_assert_cmpint ((order > 0) - (order < 0), ==, (i > j) - (i < j));
      }
}

static void
test_ids (void)
{
  static const char *const wrong[] = {
    "",           DEVICE,       DEVICE ":",      DEVICE ":0",  DEVICE ":-1",
    DEVICE ":1x", DEVICE " :1", "x" DEVICE ":1", DEVICE ":01", DEVICE ":99999999999999999999"
  };
  VantageOpId id;
  g_autofree char *text = NULL;

  g_assert_true (vantage_op_id_from_text (DEVICE ":42", &id));
  text = vantage_op_id_to_text (&id);
  g_assert_cmpstr (text, ==, DEVICE ":42");
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (vantage_op_id_from_text (wrong[i], &id));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/record/op/bytes-are-as-promised", test_bytes);
  g_test_add_func ("/record/op/what-is-written-reads-back", test_reads_back);
  g_test_add_func ("/record/op/newer-versions-keep-their-bytes", test_newer_version);
  g_test_add_func ("/record/op/anything-else-is-refused", test_refused);
  g_test_add_func ("/record/op/sizes-are-bounded", test_limits);
  g_test_add_func ("/record/op/winners-are-ordered", test_order);
  g_test_add_func ("/record/op/ids-have-one-text", test_ids);
  return g_test_run ();
}
