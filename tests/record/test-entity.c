/* test-entity.c: values and entities. */

#include "vantage-entity.h"
#include "vantage-json.h"
#include "vantage-time.h"

#define REVIEW "018e00000000bbbbbbbbbbbbbbbbbbbb"
#define EVENT "018e00000000aaaaaaaaaaaaaaaaaaaa"
#define KIM "018e00000000cccccccccccccccccccc"
#define ITEM "0123456789abcdef.1709259247.000100"

static GHashTable *
make_registers (void)
{
  GHashTable *registers =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) vantage_value_unref);
  VantageWhen start = { VANTAGE_WHEN_AT, .at_us = 1709259247000000, .plus_minus_us = 1500000 };
  VantageWhen end = { VANTAGE_WHEN_BETWEEN, .at_us = 1709259247000000,
                      .until_us = 1709259307000000 };

  g_hash_table_insert (registers, (char *) "title", vantage_value_new_text ("Kim restarts"));
  g_hash_table_insert (registers, (char *) "kind", vantage_value_new_text ("did"));
  g_hash_table_insert (registers, (char *) "value", vantage_value_new_null ());
  g_hash_table_insert (registers, (char *) "helped", vantage_value_new_yesno (FALSE));
  g_hash_table_insert (registers, (char *) "actors/" KIM, vantage_value_new_yesno (TRUE));
  g_hash_table_insert (registers, (char *) "actors/" EVENT, vantage_value_new_yesno (FALSE));
  g_hash_table_insert (registers, (char *) "tools/psql", vantage_value_new_yesno (TRUE));
  g_hash_table_insert (registers, (char *) "tools/a tool", vantage_value_new_yesno (TRUE));
  g_hash_table_insert (registers, (char *) "cites/" ITEM, vantage_value_new_yesno (TRUE));
  g_hash_table_insert (registers, (char *) "cites/" ITEM "@4-9",
                       vantage_value_new_cite ("hello", "00112233aabbccdd"));
  g_hash_table_insert (registers, (char *) "start", vantage_value_new_when (&start));
  g_hash_table_insert (registers, (char *) "end", vantage_value_new_when (&end));
  return registers;
}

static VantageEntity *
make_event (void)
{
  g_autoptr (GHashTable) registers = make_registers ();
  const char *const conflicts[] = { "title", NULL };

  return vantage_entity_new (REVIEW, "event", EVENT, registers, 1709259247000000, 1709259248000000,
                             "0123456789abcdef", conflicts, FALSE);
}

static void
test_fields (void)
{
  g_autoptr (VantageEntity) event = make_event ();
  g_autoptr (GPtrArray) tools = vantage_entity_list_set (event, "tools");
  g_autoptr (GPtrArray) actors = vantage_entity_list_set (event, "actors");
  g_autoptr (GPtrArray) names = vantage_entity_list_registers (event);
  g_autofree char *title = NULL;
  VantageWhen when;

  g_assert_cmpstr (vantage_entity_get_text (event, "title"), ==, "Kim restarts");
  g_assert_cmpstr (vantage_entity_get_title (event), ==, "Kim restarts");
  g_object_get (event, "title", &title, NULL);
  g_assert_cmpstr (title, ==, "Kim restarts");
  g_assert_null (vantage_entity_get_text (event, "value"));
  g_assert_null (vantage_entity_get_text (event, "body"));
  g_assert_null (vantage_entity_get_text (event, "start"));
  g_assert_cmpint (vantage_entity_get_time (event, "placed"), ==, VANTAGE_TIME_NONE);
  g_assert_cmpint (vantage_entity_get_int (event, "title", 7), ==, 7);

  vantage_entity_get_when (event, "start", &when);
  g_assert_cmpint (when.sort, ==, VANTAGE_WHEN_AT);
  g_assert_cmpint (when.plus_minus_us, ==, 1500000);
  vantage_entity_get_when (event, "placed", &when);
  g_assert_cmpint (when.sort, ==, VANTAGE_WHEN_UNKNOWN);

  g_assert_cmpuint (tools->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (tools, 0), ==, "a tool");
  g_assert_cmpstr (g_ptr_array_index (tools, 1), ==, "psql");
  g_assert_cmpuint (actors->len, ==, 1);
  g_assert_true (vantage_entity_has_member (event, "actors", KIM));
  g_assert_false (vantage_entity_has_member (event, "actors", EVENT));
  g_assert_cmpuint (names->len, ==, 10);
  g_assert_cmpstr (vantage_entity_get_conflicts (event)[0], ==, "title");
}

static void
test_cites (void)
{
  g_autoptr (VantageEntity) event = make_event ();
  g_autoptr (GArray) cites = vantage_entity_list_cites (event);
  const VantageCite *whole = &g_array_index (cites, VantageCite, 0);
  const VantageCite *part = &g_array_index (cites, VantageCite, 1);

  g_assert_cmpuint (cites->len, ==, 2);
  g_assert_cmpstr (whole->item, ==, ITEM);
  g_assert_cmpint (whole->from, ==, -1);
  g_assert_null (whole->quote);
  g_assert_cmpstr (part->item, ==, ITEM);
  g_assert_cmpint (part->from, ==, 4);
  g_assert_cmpint (part->to, ==, 9);
  g_assert_cmpstr (part->quote, ==, "hello");
  g_assert_cmpstr (part->version, ==, "00112233aabbccdd");
}

static void
test_json (void)
{
  g_autoptr (VantageEntity) event = make_event ();
  g_autoptr (JsonNode) node = vantage_entity_to_json (event);
  g_autofree char *text = vantage_json_canonical (node);

  g_assert_cmpstr (
      text, ==,
      "{\"actors\":[\"" KIM "\"],\"by\":\"39db0f56b9e1da134fdafed0de560096\","
      "\"changed\":\"2024-03-01T02:14:08.000000Z\","
      "\"cites\":[\"" ITEM "\",\"" ITEM "@4-9\"],\"conflicts\":[\"title\"],"
      "\"created\":\"2024-03-01T02:14:07.000000Z\","
      "\"end\":{\"between\":[\"2024-03-01T02:14:07.000000Z\",\"2024-03-01T02:15:07.000000Z\"]},"
      "\"entity\":\"event\",\"helped\":false,\"id\":\"" EVENT "\",\"kind\":\"did\","
      "\"quotes\":{\"" ITEM "@4-9\":{\"quote\":\"hello\",\"version\":\"00112233aabbccdd\"}},"
      "\"start\":{\"at\":\"2024-03-01T02:14:07.000000Z\",\"plus_minus\":1.5},"
      "\"title\":\"Kim restarts\",\"tools\":[\"a tool\",\"psql\"]}");
}

static void
test_unknown_kind (void)
{
  g_autoptr (GHashTable) registers = make_registers ();
  g_autoptr (VantageEntity) comet =
      vantage_entity_new (REVIEW, "comet", EVENT, registers, 0, 0, "0123456789abcdef", NULL, TRUE);
  g_autoptr (JsonNode) node = vantage_entity_to_json (comet);
  JsonObject *object = json_node_get_object (node);

  g_assert_null (vantage_entity_get_kind (comet));
  g_assert_cmpstr (vantage_entity_get_kind_name (comet), ==, "comet");
  g_assert_cmpstr (vantage_entity_get_title (comet), ==, "");
  g_assert_true (vantage_entity_is_deleted (comet));
  g_assert_cmpstr (json_object_get_string_member (object, "kind"), ==, "comet");
  g_assert_cmpstr (json_object_get_string_member (object, "title"), ==, "Kim restarts");
  g_assert_true (vantage_entity_has_member (comet, "actors", KIM));
}

typedef struct
{
  const char *json;
  const char *canonical;
  VantageWhenSort sort; /* -1: no *when* */
} ValueCase;

/* clang-format off */
static const ValueCase values[] = {
  { "null",                    "null",      VANTAGE_WHEN_UNKNOWN },
  { " true ",                  "true",      -1 },
  { "42",                      "42",        -1 },
  { "-0",                      "0",         -1 },
  { "4.50",                    "4.5",       -1 },
  { "\"\\u0041\\/\"",          "\"A/\"",    -1 },
  { "[ 1 , 2 ]",               "[1,2]",     -1 },
  { "{\"item\": \"x.y\"}",     "{\"item\":\"x.y\"}", VANTAGE_WHEN_ITEM },
  { "{\"pm\":5,\"at\":\"2024-03-01T02:14:07.000000Z\"}", "{\"at\":\"2024-03-01T02:14:07.000000Z\",\"pm\":5}", VANTAGE_WHEN_AT },
  { "{\"at\":\"2024-03-01T02:14:07.000000Z\"}", "{\"at\":\"2024-03-01T02:14:07.000000Z\"}", VANTAGE_WHEN_AT },
  { "{\"at\":\"2024-03-01T02:14:07\"}", "{\"at\":\"2024-03-01T02:14:07\"}", -1 },
  { "{\"at\":\"2024-03-01T02:14:07Z\",\"pm\":-5}", "{\"at\":\"2024-03-01T02:14:07Z\",\"pm\":-5}", -1 },
  { "{\"between\":[\"2024-03-01T02:14:07Z\",\"2024-03-01T02:15:07Z\"]}", "{\"between\":[\"2024-03-01T02:14:07Z\",\"2024-03-01T02:15:07Z\"]}", VANTAGE_WHEN_BETWEEN },
  { "{\"between\":[\"2024-03-01T02:15:07Z\",\"2024-03-01T02:14:07Z\"]}", "{\"between\":[\"2024-03-01T02:15:07Z\",\"2024-03-01T02:14:07Z\"]}", -1 },
  { "{\"between\":[\"2024-03-01T02:15:07Z\"]}", "{\"between\":[\"2024-03-01T02:15:07Z\"]}", -1 },
  { "{}",                      "{}",        -1 },
};
/* clang-format on */

static void
test_values (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      const ValueCase *c = &values[i];
      g_autoptr (GError) error = NULL;
      g_autoptr (VantageValue) value = vantage_value_parse (c->json, -1, &error);
      g_autoptr (VantageValue) again = NULL;
      VantageWhen when;

      g_test_message ("%s", c->json);
      g_assert_no_error (error);
      g_assert_cmpstr (vantage_value_get_json (value), ==, c->canonical);
      again = vantage_value_parse (vantage_value_get_json (value), -1, NULL);
      g_assert_true (vantage_value_equal (value, again));
      if (vantage_value_get_when (value, &when))
        g_assert_cmpint (when.sort, ==, c->sort);
      else
        g_assert_cmpint (-1, ==, (int) c->sort);
    }
}

static void
test_values_differ (void)
{
  g_autoptr (VantageValue) text = vantage_value_new_text ("true");
  g_autoptr (VantageValue) yes = vantage_value_new_yesno (TRUE);
  g_autoptr (VantageValue) decimal = vantage_value_new_decimal (0.25);
  g_autoptr (VantageValue) odd = vantage_value_new_text ("0x10");
  double number;

  g_assert_false (vantage_value_equal (text, yes));
  g_assert_cmpstr (vantage_value_get_json (decimal), ==, "\"0.25\"");
  g_assert_true (vantage_value_get_double (decimal, &number));
  g_assert_cmpfloat (number, ==, 0.25);
  g_assert_false (vantage_value_get_double (odd, &number));
  g_assert_false (vantage_value_get_double (text, &number));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/record/entity/fields-are-typed", test_fields);
  g_test_add_func ("/record/entity/cites-come-apart", test_cites);
  g_test_add_func ("/record/entity/prints-as-promised", test_json);
  g_test_add_func ("/record/entity/unknown-kinds-are-kept", test_unknown_kind);
  g_test_add_func ("/record/value/shapes-are-recognised", test_values);
  g_test_add_func ("/record/value/shapes-are-kept-apart", test_values_differ);
  return g_test_run ();
}
