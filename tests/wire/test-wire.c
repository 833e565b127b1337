/* test-wire.c: what is written reads back the same; what was damaged is refused or reads as
 * something whole; the bytes of ops pass through untouched. */

#include <string.h>

#include "vantage-id.h"
#include "vantage-wire-bundle.h"
#include "vantage-wire-ops.h"

#define ID "0190c3b27e0000000000000000000001"
#define OTHER "0190c3b27e0000000000000000000002"
#define DEVICE "00112233445566ff"
#define HASH "a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90"

static GBytes *
new_bytes (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

/* ---- each message, written ---- */

static GBytes *
write_hello (void)
{
  VantageWireHello hello = { (char *) ID, (char *) DEVICE, 1700000000000, 1 };

  return vantage_wire_hello_write (&hello);
}

static GBytes *
write_streams (void)
{
  g_autoptr (VantageWireStreams) streams = vantage_wire_streams_new ("dana");

  g_ptr_array_add (streams->streams, vantage_wire_stream_new (ID, ID, "team", "lead", 120));
  g_ptr_array_add (streams->streams, vantage_wire_stream_new (OTHER, ID, "core", "lead", 0));
  g_ptr_array_add (streams->gone, g_strdup (OTHER));
  return vantage_wire_streams_write (streams);
}

static GBytes *
write_have (void)
{
  g_autoptr (GHashTable) have = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  gint64 n = 17;

  g_hash_table_insert (have, (gpointer) ID, g_memdup2 (&n, sizeof n));
  return vantage_wire_have_write (have);
}

static GBytes *
write_vector (void)
{
  g_autoptr (GHashTable) vector = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  gint64 n = 17;

  g_hash_table_insert (vector, (gpointer) DEVICE, g_memdup2 (&n, sizeof n));
  return vantage_wire_vector_write (DEVICE, vector);
}

static GBytes *
write_review (void)
{
  return vantage_wire_review_write (ID);
}

static GBytes *
write_names (void)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  g_ptr_array_add (names, (gpointer) HASH);
  return vantage_wire_names_write ("chunks", names);
}

static GBytes *
write_blob (void)
{
  g_autoptr (VantageWireBlob) blob = vantage_wire_blob_new (1234567);

  g_ptr_array_add (blob->chunks, g_strdup (HASH));
  g_ptr_array_add (blob->chunks, g_strdup (HASH));
  return vantage_wire_blob_write (blob);
}

static GBytes *
write_refusal (void)
{
  VantageWireRefusal refusal = { (char *) "gap", (char *) "changes are “missing”", 3, 17, 30000 };

  return vantage_wire_refusal_write (&refusal);
}

static GBytes *
write_push (void)
{
  g_autoptr (VantageWirePush) push = vantage_wire_push_new (DEVICE, DEVICE);

  g_ptr_array_add (push->ops, new_bytes ("{ \"n\" :1,  \"v\":\"}]\\\"{\" }"));
  g_ptr_array_add (push->ops, new_bytes ("{\"n\":2,\"new\":[1.0,{\"x\":null}]}"));
  return vantage_wire_push_write (push);
}

static GBytes *
write_pushed (void)
{
  VantageWirePushed pushed = { 121, 17, 120, 2, (char *) "dana" };

  return vantage_wire_pushed_write (&pushed);
}

static GBytes *
write_page (void)
{
  g_autoptr (VantageWirePage) page = vantage_wire_page_new (DEVICE, 121);
  g_autoptr (GBytes) op = new_bytes ("{ \"n\" :1,  \"v\":\"}]\\\"{\" }");

  vantage_wire_page_add (page, 120, "dana", 1700000000000, op);
  vantage_wire_page_add (page, 121, "eli", 1700000000001, op);
  memset (page->digest, 0xa5, sizeof page->digest);
  page->more = TRUE;
  return vantage_wire_page_write (page);
}

/* ---- each message, read and written again: NULL when refused ---- */

static GBytes *
again_hello (GBytes *body)
{
  g_autoptr (VantageWireHello) hello = vantage_wire_hello_read (body, NULL);

  return hello != NULL ? vantage_wire_hello_write (hello) : NULL;
}

static GBytes *
again_streams (GBytes *body)
{
  g_autoptr (VantageWireStreams) streams = vantage_wire_streams_read (body, NULL);

  return streams != NULL ? vantage_wire_streams_write (streams) : NULL;
}

static GBytes *
again_have (GBytes *body)
{
  g_autoptr (GHashTable) have = vantage_wire_have_read (body, NULL);

  return have != NULL ? vantage_wire_have_write (have) : NULL;
}

static GBytes *
again_vector (GBytes *body)
{
  g_autofree char *epoch = NULL;
  g_autoptr (GHashTable) vector = vantage_wire_vector_read (body, &epoch, NULL);

  return vector != NULL ? vantage_wire_vector_write (epoch, vector) : NULL;
}

static GBytes *
again_review (GBytes *body)
{
  g_autofree char *review = vantage_wire_review_read (body, NULL);

  return review != NULL ? vantage_wire_review_write (review) : NULL;
}

static GBytes *
again_names (GBytes *body)
{
  g_autoptr (GPtrArray) names = vantage_wire_names_read ("chunks", body, NULL);

  return names != NULL ? vantage_wire_names_write ("chunks", names) : NULL;
}

static GBytes *
again_blob (GBytes *body)
{
  g_autoptr (VantageWireBlob) blob = vantage_wire_blob_read (body, NULL);

  return blob != NULL ? vantage_wire_blob_write (blob) : NULL;
}

static GBytes *
again_refusal (GBytes *body)
{
  g_autoptr (VantageWireRefusal) refusal = vantage_wire_refusal_read (body, NULL);

  return refusal != NULL ? vantage_wire_refusal_write (refusal) : NULL;
}

static GBytes *
again_push (GBytes *body)
{
  g_autoptr (VantageWirePush) push = vantage_wire_push_read (body, NULL);

  return push != NULL ? vantage_wire_push_write (push) : NULL;
}

static GBytes *
again_pushed (GBytes *body)
{
  g_autoptr (VantageWirePushed) pushed = vantage_wire_pushed_read (body, NULL);

  return pushed != NULL ? vantage_wire_pushed_write (pushed) : NULL;
}

static GBytes *
again_page (GBytes *body)
{
  g_autoptr (VantageWirePage) page = vantage_wire_page_read (body, NULL);

  return page != NULL ? vantage_wire_page_write (page) : NULL;
}

static const struct
{
  const char *name;
  GBytes *(*write) (void);
  GBytes *(*again) (GBytes *body);
} messages[] = {
  { "hello", write_hello, again_hello },    { "streams", write_streams, again_streams },
  { "have", write_have, again_have },       { "vector", write_vector, again_vector },
  { "review", write_review, again_review }, { "names", write_names, again_names },
  { "blob", write_blob, again_blob },       { "refusal", write_refusal, again_refusal },
  { "push", write_push, again_push },       { "pushed", write_pushed, again_pushed },
  { "page", write_page, again_page },
};

static void
test_round_trip (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_autoptr (GBytes) first = messages[i].write ();
      g_autoptr (GBytes) second = messages[i].again (first);

      g_test_message ("%s", messages[i].name);
      g_assert_nonnull (second);
      g_assert_true (g_bytes_equal (first, second));
    }
}

static void
test_cut_off (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_autoptr (GBytes) whole = messages[i].write ();

      for (gsize n = 0; n < g_bytes_get_size (whole); n++)
        {
          g_autoptr (GBytes) part = g_bytes_new_from_bytes (whole, 0, n);

          g_assert_null (messages[i].again (part));
        }
    }
}

static guint8
roll_byte (GRand *dice)
{
  static const char marks[] = "{}[]\",:0123456789-.eE\\ untrf";

  return g_rand_boolean (dice) ? (guint8) marks[g_rand_int_range (dice, 0, sizeof marks - 1)]
                               : (guint8) g_rand_int_range (dice, 0, 256);
}

/* What still reads must read the same once written again: nothing is half understood. */
static void
test_mutation (void)
{
  g_autoptr (GRand) dice = g_rand_new_with_seed (5);

  for (guint round = 0; round < 60000; round++)
    {
      guint i = round % G_N_ELEMENTS (messages);
      g_autoptr (GBytes) whole = messages[i].write ();
      gsize size;
      guint8 *data = g_bytes_unref_to_data (g_steal_pointer (&whole), &size);
      g_autoptr (GBytes) damaged = NULL;
      g_autoptr (GBytes) first = NULL;
      g_autoptr (GBytes) second = NULL;

      for (int n = g_rand_int_range (dice, 1, 4); n > 0; n--)
        data[g_rand_int_range (dice, 0, (int) size)] = roll_byte (dice);
      damaged = g_bytes_new_take (data, size);
      first = messages[i].again (damaged);
      if (first == NULL)
        continue;
      second = messages[i].again (first);
      g_assert_nonnull (second);
      g_assert_true (g_bytes_equal (first, second));
    }
}

static void
test_refused (void)
{
  static const char *const bodies[] = {
    "{\"epoch\":\"" DEVICE "\",\"device\":\"nobody\",\"ops\":[]}",
    "{\"epoch\":\"" DEVICE "\",\"device\":\"" DEVICE "\",\"ops\":{}}",
    "{\"epoch\":\"" DEVICE "\",\"device\":\"" DEVICE "\",\"ops\":[1]}",
    "{\"epoch\":\"" DEVICE "\",\"device\":\"" DEVICE "\",\"ops\":[[]]}",
    "{\"epoch\":\"" DEVICE "\",\"device\":\"" DEVICE "\"}",
    "{\"epoch\":1,\"device\":\"" DEVICE "\",\"ops\":[]}",
    "{\"epoch\":\"" DEVICE "\",\"device\":\"" DEVICE "\",\"ops\":[]} x",
    "{\"epoch\":\"" DEVICE "\",\"epoch\":\"" DEVICE "\",\"device\":\"" DEVICE "\",\"ops\":[]}",
    "[]",
    "null",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GBytes) body = new_bytes (bodies[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (vantage_wire_push_read (body, &error));
      g_assert_true (error != NULL && error->domain == VANTAGE_WIRE_ERROR);
    }
}

static void
test_too_many (void)
{
  g_autoptr (VantageWirePush) push = vantage_wire_push_new (DEVICE, DEVICE);
  g_autoptr (GBytes) fits = NULL;
  g_autoptr (GBytes) over = NULL;

  for (guint i = 0; i < VANTAGE_WIRE_PAGE_OPS; i++)
    g_ptr_array_add (push->ops, new_bytes ("{}"));
  fits = vantage_wire_push_write (push);
  g_ptr_array_add (push->ops, new_bytes ("{}"));
  over = vantage_wire_push_write (push);
  g_assert_nonnull (again_push (fits));
  g_assert_null (again_push (over));
}

static void
test_unknown_members (void)
{
  g_autoptr (GBytes) body = new_bytes ("{\"later\":{\"x\":[1,2]},\"id\":\"" ID "\",\"more\":null}");
  g_autofree char *review = vantage_wire_review_read (body, NULL);

  g_assert_cmpstr (review, ==, ID);
}

/* ---- bundles ---- */

static VantageWireBundle *
new_bundle (void)
{
  VantageWireBundle *bundle = vantage_wire_bundle_new (ID, OTHER);
  VantageChannel *channel = vantage_channel_new ("slack", "", "C1", VANTAGE_CHANNEL_CHAT);
  VantageIdentity *identity = vantage_identity_new ("slack", "", "U1");
  VantageItem *item = vantage_item_new (VANTAGE_ITEM_MESSAGE);
  VantageReaction *reaction;

  g_free (channel->name);
  channel->name = g_strdup ("ops \"night\"");
  channel->topic = g_strdup ("line\nbreak");
  identity->email = g_strdup ("dana@example.org");
  identity->bot = TRUE;
  item->channel = vantage_channel_dup_id (channel);
  item->local = g_strdup ("1700000000.000100");
  item->account = g_strdup ("U1");
  item->raw_time = g_strdup ("1700000000.000100");
  item->time_us = G_GINT64_CONSTANT (9100000000000000000);
  item->zone_origin = VANTAGE_ZONE_CHOSEN;
  g_free (item->text);
  item->text = g_strdup ("is this us? 🙈");
  item->edited_us = -5;
  item->mentions = g_strsplit ("U1 U2", " ", -1);
  reaction = vantage_item_add_reaction (item, "eyes", 3, (const char *const[]){ "U1", "U2", NULL });
  reaction->times_us = g_new0 (gint64, 3);
  reaction->times_us[1] = VANTAGE_TIME_NONE;
  vantage_item_add_attachment (item, NULL, "image/png", "https://files.example/1", 12345);
  vantage_item_add_extra (item, "from", "");
  g_ptr_array_add (bundle->channels, channel);
  g_ptr_array_add (bundle->identities, identity);
  g_ptr_array_add (bundle->items, item);
  bundle->zone = g_strdup ("Europe/Paris");
  return bundle;
}

static void
test_bundle (void)
{
  g_autoptr (VantageWireBundle) bundle = new_bundle ();
  g_autoptr (GBytes) lines = vantage_wire_bundle_write (bundle);
  g_autoptr (GBytes) small = vantage_wire_deflate (lines, NULL);
  g_autoptr (GBytes) large = vantage_wire_inflate (small, VANTAGE_WIRE_BUNDLE_BYTES, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (VantageWireBundle) read = vantage_wire_bundle_read (large, &error);
  g_autoptr (GBytes) again = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (lines, large));
  again = vantage_wire_bundle_write (read);
  g_assert_true (g_bytes_equal (lines, again));
  before = vantage_item_digest (bundle->items->pdata[0]);
  after = vantage_item_digest (read->items->pdata[0]);
  g_assert_cmpstr (before, ==, after);
}

static void
test_bundle_bombs (void)
{
  g_autofree char *zeros = g_malloc0 (20 * 1024 * 1024);
  g_autoptr (GBytes) large = g_bytes_new_static (zeros, 20 * 1024 * 1024);
  g_autoptr (GBytes) small = vantage_wire_deflate (large, NULL);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (small, 0, g_bytes_get_size (small) / 2);
  g_autoptr (GBytes) lines = new_bytes ("{\"item\":{}}\n");
  g_autoptr (GBytes) unended = new_bytes ("{\"bundle\":{\"version\":1}}");
  g_autoptr (GError) error = NULL;

  g_assert_null (vantage_wire_inflate (small, 8 * 1024 * 1024, NULL));
  g_assert_null (vantage_wire_inflate (small, 64 * 1024 * 1024, NULL));
  g_assert_null (vantage_wire_inflate (cut, 64 * 1024 * 1024, NULL));
  g_assert_null (vantage_wire_bundle_read (lines, &error));
  g_assert_error (error, VANTAGE_WIRE_ERROR, VANTAGE_WIRE_ERROR_SHAPE);
  g_assert_null (vantage_wire_bundle_read (unended, NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/wire/messages/read-back-as-written", test_round_trip);
  g_test_add_func ("/wire/messages/cut-off-anywhere-are-refused", test_cut_off);
  g_test_add_func ("/wire/messages/damaged-are-refused-or-whole", test_mutation);
  g_test_add_func ("/wire/messages/other-shapes-are-refused", test_refused);
  g_test_add_func ("/wire/messages/too-many-ops-are-refused", test_too_many);
  g_test_add_func ("/wire/messages/unknown-members-are-passed-over", test_unknown_members);
  g_test_add_func ("/wire/bundle/reads-back-as-written", test_bundle);
  g_test_add_func ("/wire/bundle/bombs-and-scraps-are-refused", test_bundle_bombs);
  return g_test_run ();
}
