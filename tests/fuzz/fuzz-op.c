/* fuzz-op.c: bytes that are taken as an op keep every promise of its struct. */

#include "vantage-fuzz.h"

#include "vantage-id.h"
#include "vantage-json.h"
#include "vantage-kind.h"
#include "vantage-op.h"

#include <string.h>

#define HEAD                                                                                       \
  "{\"d\":\"0123456789abcdef\",\"n\":17,\"t\":\"018e000000000001\",\"e\":"                         \
  "\"018e00000000aaaaaaaaaaaaaaaaaaaa\","

const char *const vantage_fuzz_seeds[] = {
  HEAD "\"k\":\"event\",\"f\":\"title\",\"v\":\"a "
       "\\\"b\\\"\",\"p\":[\"fedcba9876543210:3\"],\"g\":[16,3],\"sv\":1}",
  HEAD "\"k\":\"event\",\"f\":\"#del\",\"v\":true,\"seen\":{\"fedcba9876543210\":3},\"p\":[],\"g\":"
       "[17,1],\"sv\":1}",
  HEAD "\"k\":\"event\",\"f\":\"start\",\"v\":{\"at\":\"2024-03-01T02:14:07.000000Z\",\"pm\":5},"
       "\"p\":[],\"g\":[17,1],\"sv\":1}",
  HEAD "\"k\":\"event\",\"f\":\"start\",\"v\":{\"between\":[\"2024-03-01T02:14:07.000000Z\",\"2024-"
       "03-01T02:15:07.000000Z\"]},\"p\":[],\"g\":[17,1],\"sv\":1}",
  HEAD "\"k\":\"event\",\"f\":\"cites/"
       "0123456789abcdef.1@4-9\",\"v\":{\"q\":\"w\",\"h\":\"0\"},\"p\":[],\"g\":[17,1],\"sv\":1,"
       "\"x\":[1]}",
  NULL,
};

static void
check_value (VantageOp *op)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VantageValue) again =
      vantage_value_parse (vantage_value_get_json (op->value), -1, &error);
  g_autoptr (JsonNode) node =
      vantage_json_parse (vantage_value_get_json (op->value), -1, &vantage_json_wire_limits, NULL);
  g_autofree char *canonical = vantage_json_canonical (node);
  const VantageKind *kind = vantage_kind_find (op->kind);
  const char *quote, *version;
  VantageWhen when;
  double number;

  g_assert_no_error (error);
  g_assert_true (vantage_value_equal (again, op->value));
  g_assert_cmpstr (vantage_value_get_json (op->value), ==, canonical);
  g_assert_true (vantage_value_get_text (op->value) == NULL ||
                 strlen (vantage_value_get_text (op->value)) <= VANTAGE_OP_MAX_TEXT);
  vantage_value_get_when (op->value, &when);
  vantage_value_get_double (op->value, &number);
  vantage_value_get_cite (op->value, &quote, &version);
  if (kind != NULL)
    vantage_kind_validate (kind, op->field, op->value, NULL);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VantageOp) op = vantage_op_parse ((const char *) data, size, &error);

  if (op == NULL)
    {
      g_assert_true (error != NULL && error->domain == VANTAGE_RECORD_ERROR);
      return 0;
    }
  g_assert_no_error (error);
  g_assert_cmpmem (op->bytes, op->n_bytes, data, size);
  g_assert_true (vantage_device_is_valid (op->id.device));
  g_assert_true (vantage_id_is_valid (op->entity));
  g_assert_cmpint (op->id.n, >=, op->group_first);
  g_assert_cmpint (op->id.n, <, op->group_first + op->group_count);
  g_assert_cmpuint (op->n_previous, <=, VANTAGE_OP_MAX_PREVIOUS);
  check_value (op);
  return 0;
}
