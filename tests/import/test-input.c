/* What is given: folders, zips, gzips; and zips made to do harm. */

#include "vantage-input.h"

#include <string.h>
#include <unistd.h>

#include "collect.h"
#include "make-zip.h"
#include "vantage-hash.h"
#include "vantage-zip-name.h"

static char *
write_zip (const char *name, ZipMaker *maker, gboolean zip64)
{
  g_autoptr (GBytes) zip = zip_maker_finish (maker, zip64);

  return scratch_write (name, g_bytes_get_data (zip, NULL), (gssize) g_bytes_get_size (zip));
}

static char *
dup_paths (VantageInput *input)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < vantage_input_get_n_entries (input); i++)
    g_string_append_printf (out, "%s%s", i > 0 ? " " : "",
                            vantage_input_get_entry (input, i)->path);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static VantageInput *
open_ok (const char *path)
{
  g_autoptr (GError) error = NULL;
  VantageInput *input = vantage_input_new (path, NULL, &error);

  g_assert_no_error (error);
  return input;
}

static void
assert_content (VantageInput *input, const char *path, const char *content)
{
  const VantageEntry *entry = vantage_input_find (input, path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_assert_nonnull (entry);
  bytes = vantage_input_load (input, entry, 1 << 20, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), content,
                   strlen (content));
}

/* ---- kinds of input ---- */

static void
test_folder_and_zip_list_alike (void)
{
  g_autofree char *folder = g_build_filename (scratch_folder (), "given", NULL);
  g_autofree char *zip = NULL, *paths = NULL, *zip_paths = NULL;
  g_autoptr (VantageInput) disk = NULL, packed = NULL;
  ZipMaker *maker = zip_maker_new ();

  g_free (scratch_write ("given/wrap/b.json", "bee", -1));
  g_free (scratch_write ("given/wrap/a/c.json", "sea", -1));
  g_free (scratch_write ("given/wrap/a/.DS_Store", "x", -1));
  g_free (scratch_write ("given/__MACOSX/wrap/._b.json", "x", -1));
  zip_maker_add_folder (maker, folder, "", ZIP_PLAIN);
  zip = write_zip ("given.zip", maker, FALSE);
  disk = open_ok (folder);
  packed = open_ok (zip);
  paths = dup_paths (disk);
  zip_paths = dup_paths (packed);
  g_assert_cmpstr (paths, ==, "a/c.json b.json");
  g_assert_cmpstr (zip_paths, ==, paths);
  g_assert_cmpstr (vantage_input_get_folder (disk), ==, "wrap");
  g_assert_cmpstr (vantage_input_get_folder (packed), ==, "wrap");
  assert_content (disk, "a/c.json", "sea");
  assert_content (packed, "a/c.json", "sea");
  g_assert_cmpuint (vantage_input_get_total (packed), ==, 6);
}

static void
test_links_in_a_folder_are_not_followed (void)
{
  g_autofree char *folder = g_build_filename (scratch_folder (), "links", NULL);
  g_autofree char *link = g_build_filename (folder, "secret.json", NULL);
  g_autofree char *loop = g_build_filename (folder, "loop", NULL);
  g_autofree char *paths = NULL;
  g_autoptr (VantageInput) input = NULL;

  g_free (scratch_write ("links/real.json", "1", -1));
  g_assert_cmpint (symlink ("/etc/passwd", link), ==, 0);
  g_assert_cmpint (symlink (folder, loop), ==, 0);
  input = open_ok (folder);
  paths = dup_paths (input);
  g_assert_cmpstr (paths, ==, "real.json");
}

static char *
gzip (const char *text, gsize *out_length)
{
  g_autoptr (GZlibCompressor) packer = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6);
  char *out = g_malloc (strlen (text) + 100);
  gsize n_read;
  g_autoptr (GError) error = NULL;

  g_converter_convert (G_CONVERTER (packer), text, strlen (text), out, strlen (text) + 100,
                       G_CONVERTER_INPUT_AT_END, &n_read, out_length, &error);
  g_assert_no_error (error);
  return out;
}

static void
test_gzip_of_several_members_is_undone (void)
{
  gsize n_first, n_second;
  g_autofree char *first = gzip ("one\n", &n_first);
  g_autofree char *second = gzip ("two\n", &n_second);
  g_autoptr (GByteArray) both = g_byte_array_new ();
  g_autofree char *path = NULL, *cut = NULL;
  g_autoptr (VantageInput) input = NULL, short_input = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) nothing = NULL;

  g_byte_array_append (both, (guint8 *) first, (guint) n_first);
  g_byte_array_append (both, (guint8 *) second, (guint) n_second);
  path = scratch_write ("two.json.gz", (char *) both->data, (gssize) both->len);
  cut = scratch_write ("cut.json.gz", (char *) both->data, (gssize) both->len - 9);
  input = open_ok (path);
  assert_content (input, "two.json.gz", "one\ntwo\n");
  short_input = open_ok (cut);
  nothing =
      vantage_input_load (short_input, vantage_input_get_entry (short_input, 0), 100, NULL, &error);
  g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_DAMAGED);
}

static void
test_hash_is_of_the_file_as_given (void)
{
  ZipMaker *maker = zip_maker_new ();
  g_autofree char *path = NULL, *content = NULL, *hash = NULL, *expected = NULL;
  g_autofree char *folder = g_build_filename (scratch_folder (), "hashed", NULL);
  g_autofree char *folder_hash = NULL, *again = NULL, *text = NULL, *one = NULL, *other = NULL;
  g_autofree char *folder_expected = NULL;
  g_autoptr (VantageInput) input = NULL, disk = NULL, disk_again = NULL;
  gsize size;

  zip_maker_add (maker, "a.json", "1", 1, ZIP_PLAIN);
  path = write_zip ("hashed.zip", maker, FALSE);
  input = open_ok (path);
  hash = vantage_input_hash (input, NULL, NULL);
  g_assert_true (g_file_get_contents (path, &content, &size, NULL));
  expected = vantage_hash_data_text (content, size);
  g_assert_cmpstr (hash, ==, expected);

  g_free (scratch_write ("hashed/b.json", "two", -1));
  g_free (scratch_write ("hashed/a.json", "one", -1));
  one = vantage_hash_data_text ("one", 3);
  other = vantage_hash_data_text ("two", 3);
  text = g_strdup_printf ("a.json\n%s\nb.json\n%s\n", one, other);
  folder_expected = vantage_hash_data_text (text, strlen (text));
  disk = open_ok (folder);
  folder_hash = vantage_input_hash (disk, NULL, NULL);
  g_assert_cmpstr (folder_hash, ==, folder_expected);
}

static void
test_what_is_not_there_is_said (void)
{
  g_autofree char *path = g_build_filename (scratch_folder (), "nowhere.zip", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (vantage_input_new (path, NULL, &error));
  g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NOT_FOUND);
}

/* ---- zips ---- */

static void
test_large_entries_are_streamed (void)
{
  const gsize size = 20 * 1024 * 1024;
  g_autofree char *data = g_malloc (size);
  ZipMaker *maker = zip_maker_new ();
  g_autofree char *path = NULL;
  g_autoptr (VantageInput) input = NULL;
  g_autoptr (GBytes) bytes = NULL;
  guint32 state = 1;

  for (gsize i = 0; i < size; i++)
    {
      state = state * 1664525 + 1013904223;
      data[i] = (char) ('a' + (state >> 28));
    }
  zip_maker_add (maker, "large.json", data, size, ZIP_PLAIN);
  zip_maker_add (maker, "stored.json", data, 1000, ZIP_STORED | ZIP_64);
  path = write_zip ("large.zip", maker, TRUE);
  input = open_ok (path);
  bytes = vantage_input_load (input, vantage_input_find (input, "large.json"), size, NULL, NULL);
  g_assert_nonnull (bytes);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), data, size);
  data[1000] = '\0';
  assert_content (input, "stored.json", data);
}

static void
test_names_are_read (void)
{
  g_autofree char *utf8 = vantage_zip_name_read ("caf\xc3\xa9-\xe6\x8a\x80/x.json", 16, NULL);
  g_autofree char *loose = vantage_zip_name_read ("cafe\xcc\x81", 6, NULL);
  g_autofree char *old = vantage_zip_name_read ("caf\x82", 4, NULL);
  g_autofree char *windows = vantage_zip_name_read ("a\\b\\c.json", 10, NULL);

  g_assert_cmpstr (utf8, ==, "caf\xc3\xa9-\xe6\x8a\x80/x.json");
  g_assert_cmpstr (loose, ==, "caf\xc3\xa9");
  g_assert_cmpstr (old, ==, "caf\xc3\xa9");
  g_assert_cmpstr (windows, ==, "a/b/c.json");
}

typedef struct
{
  const char *name, *entry;
  ZipFlags flags;
  gboolean opens; /* the list is there, only the entry is not */
  VantageImportError code;
} Attack;

/* clang-format off */
static const Attack attacks[] = {
  { "parent",           "../evil.json",       ZIP_PLAIN,      FALSE, VANTAGE_IMPORT_ERROR_UNSAFE },
  { "parent-inside",    "a/../../evil.json",  ZIP_PLAIN,      FALSE, VANTAGE_IMPORT_ERROR_UNSAFE },
  { "parent-backslash", "..\\evil.json",      ZIP_PLAIN,      FALSE, VANTAGE_IMPORT_ERROR_UNSAFE },
  { "absolute",         "/etc/evil.json",     ZIP_PLAIN,      FALSE, VANTAGE_IMPORT_ERROR_UNSAFE },
  { "drive",            "C:\\evil.json",      ZIP_PLAIN,      FALSE, VANTAGE_IMPORT_ERROR_UNSAFE },
  { "link",             "link.json",          ZIP_LINK,       FALSE, VANTAGE_IMPORT_ERROR_UNSAFE },
  { "encrypted",        "a.json",             ZIP_ENCRYPTED,  FALSE, VANTAGE_IMPORT_ERROR_UNSAFE },
  { "wrong-crc",        "a.json",             ZIP_WRONG_CRC,  TRUE,  VANTAGE_IMPORT_ERROR_DAMAGED },
  { "wrong-crc-stored", "a.json",             ZIP_WRONG_CRC | ZIP_STORED, TRUE, VANTAGE_IMPORT_ERROR_DAMAGED },
  { "odd-method",       "a.json",             ZIP_ODD_METHOD, TRUE,  VANTAGE_IMPORT_ERROR_DAMAGED },
};
/* clang-format on */

static void
test_attack (gconstpointer data)
{
  const Attack *attack = data;
  ZipMaker *maker = zip_maker_new ();
  g_autofree char *path = NULL;
  g_autoptr (VantageInput) input = NULL;
  g_autoptr (GError) error = NULL;

  zip_maker_add (maker, attack->entry, "[1,2,3]", 7, attack->flags);
  path = write_zip ("attack.zip", maker, FALSE);
  input = vantage_input_new (path, NULL, &error);
  g_assert_cmpint (input != NULL, ==, attack->opens);
  if (input != NULL)
    g_assert_null (
        vantage_input_load (input, vantage_input_get_entry (input, 0), 100, NULL, &error));
  g_assert_error (error, VANTAGE_IMPORT_ERROR, (int) attack->code);
}

static void
assert_unsafe (ZipMaker *maker)
{
  g_autofree char *path = write_zip ("bomb.zip", maker, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (VantageInput) input = vantage_input_new (path, NULL, &error);

  g_assert_null (input);
  g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_UNSAFE);
}

static void
test_bombs_are_not_opened (void)
{
  g_autofree char *zeros = g_malloc0 (1024 * 1024);
  ZipMaker *one = zip_maker_new (), *many = zip_maker_new ();

  zip_maker_add_claiming (one, "bomb.json", zeros, 1024 * 1024, G_GUINT64_CONSTANT (1) << 40,
                          ZIP_64);
  assert_unsafe (one);
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.json", i);

      zip_maker_add (many, name, zeros, 1024 * 1024, ZIP_PLAIN);
    }
  assert_unsafe (many);
}

/* What says it is small and is not: the reading stops where the directory says it ends. */
static void
test_more_than_was_said_is_damage (void)
{
  g_autofree char *zeros = g_malloc0 (1024 * 1024);

  for (guint i = 0; i < 2; i++)
    {
      ZipMaker *maker = zip_maker_new ();
      g_autofree char *path = NULL;
      g_autoptr (VantageInput) input = NULL;
      g_autoptr (GError) error = NULL;

      zip_maker_add_claiming (maker, "a.json", zeros, 1024 * 1024, i == 0 ? 100 : 2 * 1024 * 1024,
                              ZIP_PLAIN);
      path = write_zip ("liar.zip", maker, FALSE);
      input = open_ok (path);
      g_assert_null (
          vantage_input_load (input, vantage_input_get_entry (input, 0), 1 << 30, NULL, &error));
      g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_DAMAGED);
    }
}

/* Nothing that is cut or spoiled may crash or hang; an error says so. */
static void
test_spoiled_zips_are_refused_or_read (void)
{
  ZipMaker *maker = zip_maker_new ();
  g_autoptr (GBytes) zip = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  const guint8 *bytes;
  gsize size;

  zip_maker_add (maker, "a/b.json", "[1,2,3]", 7, ZIP_PLAIN);
  zip_maker_add (maker, "a/c.json", "{\"x\":\"yyyyyyyyyyyyyyyyyyyyyyy\"}", 31, ZIP_64);
  zip = zip_maker_finish (maker, TRUE);
  bytes = g_bytes_get_data (zip, &size);
  for (guint i = 0; i < size * 2; i++)
    {
      g_autofree char *copy = g_memdup2 (bytes, size);
      g_autofree char *path = NULL;
      g_autoptr (VantageInput) input = NULL;
      g_autoptr (GError) error = NULL;
      gsize length = i < size ? i : size;

      if (i >= size)
        copy[i - size] = (char) g_rand_int (random);
      path = scratch_write ("spoiled.zip", copy, (gssize) length);
      input = vantage_input_new (path, NULL, &error);
      g_assert_true ((input == NULL) == (error != NULL));
      for (guint k = 0; input != NULL && k < vantage_input_get_n_entries (input); k++)
        {
          g_autoptr (GBytes) content =
              vantage_input_load (input, vantage_input_get_entry (input, k), 1 << 20, NULL, NULL);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, function) g_test_add_func ("/import/input/" name, function)
  ADD ("folder-and-zip-list-alike", test_folder_and_zip_list_alike);
  ADD ("links-in-a-folder-are-not-followed", test_links_in_a_folder_are_not_followed);
  ADD ("gzip-of-several-members-is-undone", test_gzip_of_several_members_is_undone);
  ADD ("hash-is-of-the-file-as-given", test_hash_is_of_the_file_as_given);
  ADD ("what-is-not-there-is-said", test_what_is_not_there_is_said);
  ADD ("large-entries-are-streamed", test_large_entries_are_streamed);
  ADD ("names-are-read", test_names_are_read);
  ADD ("bombs-are-not-opened", test_bombs_are_not_opened);
  ADD ("more-than-was-said-is-damage", test_more_than_was_said_is_damage);
  ADD ("spoiled-zips-are-refused-or-read", test_spoiled_zips_are_refused_or_read);
  for (guint i = 0; i < G_N_ELEMENTS (attacks); i++)
    {
      g_autofree char *path = g_strconcat ("/import/input/attack/", attacks[i].name, NULL);

      g_test_add_data_func (path, &attacks[i], test_attack);
    }
  return g_test_run ();
}
