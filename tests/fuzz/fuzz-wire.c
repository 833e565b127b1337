/* fuzz-wire.c: bytes that claim to be a message of the sync protocol or a bundle of evidence are
 * refused, or read as something that reads the same once written again. */

#include "vantage-fuzz.h"

#include "vantage-wire-bundle.h"
#include "vantage-wire-ops.h"

#define ID "0190c3b27e0000000000000000000001"
#define HASH ID ID

const char *const vantage_fuzz_seeds[] = {
  "{\"server_id\":\"" ID "\",\"epoch\":\"00112233445566ff\",\"time_ms\":1,\"api\":1}",
  "{\"user\":\"dana\",\"streams\":[{\"id\":\"" ID "\",\"review\":\"" ID
  "\",\"kind\":\"team\",\"role\":\"lead\",\"head\":1,\"digest\":\"" HASH
  "\",\"purge_gen\":0}],\"gone\":[\"" ID "\"]}",
  "{\"epoch\":\"00112233445566ff\",\"device\":\"00112233445566ff\",\"ops\":[{\"n\":1},{}]}",
  "{\"epoch\":\"00112233445566ff\",\"head\":1,\"digest_at_end\":\"" HASH
  "\",\"more\":false,\"ops\":[{\"seq\":1,\"by\":\"dana\",\"rx\":1,\"op\":{\"n\":1}}]}",
  "{\"error\":{\"code\":\"gap\",\"message\":\"m\",\"index\":1,\"expected\":2}}",
  "{\"size\":3,\"chunks\":[\"" HASH "\"]}",
  "{\"bundle\":{\"version\":1,\"review\":\"" ID "\",\"source\":\"" ID "\",\"zone\":\"UTC\"}}\n"
  "{\"channel\":{\"family\":\"slack\",\"system\":\"\",\"key\":\"C1\",\"name\":\"ops\"}}\n"
  "{\"identity\":{\"family\":\"slack\",\"key\":\"U1\",\"bot\":true}}\n"
  "{\"item\":{\"channel\":\"0123456789abcdef\",\"local\":\"1.0\",\"kind\":\"message\",\"time\":"
  "\"5\",\"text\":\"t\",\"reactions\":[{\"name\":\"x\",\"count\":1,\"by\":[\"U1\"],\"times\":["
  "\"1\"]}],\"extra\":[{\"name\":\"a\",\"value\":\"b\"}],\"attachments\":[{\"name\":\"f\"}]}}\n",
  NULL,
};

static void
try_page (GBytes *body)
{
  g_autoptr (VantageWirePage) page = vantage_wire_page_read (body, NULL);
  g_autoptr (GBytes) first = page != NULL ? vantage_wire_page_write (page) : NULL;
  g_autoptr (VantageWirePage) again = first != NULL ? vantage_wire_page_read (first, NULL) : NULL;

  g_assert_true ((page == NULL) == (again == NULL));
}

static void
try_push (GBytes *body)
{
  g_autoptr (VantageWirePush) push = vantage_wire_push_read (body, NULL);
  g_autoptr (GBytes) first = push != NULL ? vantage_wire_push_write (push) : NULL;
  g_autoptr (VantageWirePush) again = first != NULL ? vantage_wire_push_read (first, NULL) : NULL;

  g_assert_true ((push == NULL) == (again == NULL));
}

static void
try_rest (GBytes *body)
{
  g_autofree char *epoch = NULL;
  g_autoptr (VantageWireHello) hello = vantage_wire_hello_read (body, NULL);
  g_autoptr (VantageWireStreams) streams = vantage_wire_streams_read (body, NULL);
  g_autoptr (GHashTable) have = vantage_wire_have_read (body, NULL);
  g_autoptr (GHashTable) vector = vantage_wire_vector_read (body, &epoch, NULL);
  g_autoptr (VantageWireBlob) blob = vantage_wire_blob_read (body, NULL);
  g_autoptr (VantageWireRefusal) refusal = vantage_wire_refusal_read (body, NULL);
  g_autoptr (VantageWirePushed) pushed = vantage_wire_pushed_read (body, NULL);
  g_autofree char *review = vantage_wire_review_read (body, NULL);
}

static void
try_bundle (GBytes *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VantageWireBundle) bundle = vantage_wire_bundle_read (body, &error);
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) second = NULL;
  g_autoptr (VantageWireBundle) again = NULL;
  g_autoptr (GBytes) inflated = vantage_wire_inflate (body, 1024 * 1024, NULL);

  g_assert_true ((bundle == NULL) == (error != NULL));
  if (bundle == NULL)
    return;
  first = vantage_wire_bundle_write (bundle);
  again = vantage_wire_bundle_read (first, NULL);
  g_assert_nonnull (again);
  second = vantage_wire_bundle_write (again);
  g_assert_true (g_bytes_equal (first, second));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) body = g_bytes_new (data, size);

  try_page (body);
  try_push (body);
  try_rest (body);
  try_bundle (body);
  return 0;
}
