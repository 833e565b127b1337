#include "make-zip.h"

#include <libdeflate.h>
#include <string.h>

struct _ZipMaker
{
  GByteArray *body, *directory;
  guint n_entries;
};

ZipMaker *
zip_maker_new (void)
{
  ZipMaker *self = g_new0 (ZipMaker, 1);

  self->body = g_byte_array_new ();
  self->directory = g_byte_array_new ();
  return self;
}

static void
put (GByteArray *out, guint64 value, guint n_bytes)
{
  for (guint i = 0; i < n_bytes; i++)
    {
      guint8 byte = (guint8) (value >> (8 * i));

      g_byte_array_append (out, &byte, 1);
    }
}

static void
put_text (GByteArray *out, const char *text)
{
  g_byte_array_append (out, (const guint8 *) text, (guint) strlen (text));
}

static gsize
pack (const void *data, gsize size, guint8 **out)
{
  struct libdeflate_compressor *compressor = libdeflate_alloc_compressor (6);
  gsize bound = libdeflate_deflate_compress_bound (compressor, size), n;

  *out = g_malloc (bound);
  n = libdeflate_deflate_compress (compressor, data, size, *out, bound);
  libdeflate_free_compressor (compressor);
  return n;
}

typedef struct
{
  const char *name;
  guint16 flags, method;
  guint32 crc, mode;
  guint64 packed, size, offset;
  gboolean zip64;
} Head;

static void
put_common (GByteArray *out, const Head *head)
{
  put (out, head->zip64 ? 45 : 20, 2);
  put (out, head->flags, 2);
  put (out, head->method, 2);
  put (out, 0, 4);
  put (out, head->crc, 4);
  put (out, head->zip64 ? G_MAXUINT32 : head->packed, 4);
  put (out, head->zip64 ? G_MAXUINT32 : head->size, 4);
  put (out, strlen (head->name), 2);
}

static void
put_local (GByteArray *out, const Head *head)
{
  put_text (out, "PK\3\4");
  put_common (out, head);
  put (out, head->zip64 ? 20 : 0, 2);
  put_text (out, head->name);
  if (head->zip64)
    {
      put (out, 1, 2);
      put (out, 16, 2);
      put (out, head->size, 8);
      put (out, head->packed, 8);
    }
}

static void
put_central (GByteArray *out, const Head *head)
{
  put_text (out, "PK\1\2");
  put (out, 3 << 8 | 20, 2);
  put_common (out, head);
  put (out, head->zip64 ? 28 : 0, 2);
  put (out, 0, 2);
  put (out, 0, 2);
  put (out, 0, 2);
  put (out, (guint64) head->mode << 16, 4);
  put (out, head->zip64 ? G_MAXUINT32 : head->offset, 4);
  put_text (out, head->name);
  if (head->zip64)
    {
      put (out, 1, 2);
      put (out, 24, 2);
      put (out, head->size, 8);
      put (out, head->packed, 8);
      put (out, head->offset, 8);
    }
}

void
zip_maker_add_claiming (ZipMaker *self, const char *name, const void *data, gsize size,
                        guint64 claimed, ZipFlags flags)
{
  g_autofree guint8 *deflated = NULL;
  Head head = { .name = name, .mode = 0100644, .size = claimed, .offset = self->body->len };
  const void *bytes = data;

  head.packed = size;
  if (!(flags & ZIP_STORED))
    {
      head.packed = pack (data, size, &deflated);
      head.method = 8;
      bytes = deflated;
    }
  if (flags & ZIP_ODD_METHOD)
    head.method = 14;
  if (flags & ZIP_ENCRYPTED)
    head.flags |= 1;
  if (flags & ZIP_UTF8_FLAG)
    head.flags |= 1 << 11;
  if (flags & ZIP_LINK)
    head.mode = 0120777;
  head.crc = libdeflate_crc32 (0, data, size) ^ (flags & ZIP_WRONG_CRC ? 1 : 0);
  head.zip64 = (flags & ZIP_64) != 0;
  put_local (self->body, &head);
  g_byte_array_append (self->body, bytes, (guint) head.packed);
  put_central (self->directory, &head);
  self->n_entries++;
}

void
zip_maker_add (ZipMaker *self, const char *name, const void *data, gsize size, ZipFlags flags)
{
  zip_maker_add_claiming (self, name, data, size, size, flags);
}

static void
put_end_64 (ZipMaker *self, guint64 offset)
{
  guint64 at = self->body->len;

  put_text (self->body, "PK\6\6");
  put (self->body, 44, 8);
  put (self->body, 45, 2);
  put (self->body, 45, 2);
  put (self->body, 0, 8);
  put (self->body, self->n_entries, 8);
  put (self->body, self->n_entries, 8);
  put (self->body, self->directory->len, 8);
  put (self->body, offset, 8);
  put_text (self->body, "PK\6\7");
  put (self->body, 0, 4);
  put (self->body, at, 8);
  put (self->body, 1, 4);
}

GBytes *
zip_maker_finish (ZipMaker *self, gboolean zip64)
{
  guint64 offset = self->body->len;
  GBytes *bytes;

  g_byte_array_append (self->body, self->directory->data, self->directory->len);
  if (zip64)
    put_end_64 (self, offset);
  put_text (self->body, "PK\5\6");
  put (self->body, 0, 4);
  put (self->body, zip64 ? 0xffff : self->n_entries, 2);
  put (self->body, zip64 ? 0xffff : self->n_entries, 2);
  put (self->body, zip64 ? G_MAXUINT32 : self->directory->len, 4);
  put (self->body, zip64 ? G_MAXUINT32 : offset, 4);
  put (self->body, 0, 2);
  bytes = g_byte_array_free_to_bytes (self->body);
  g_byte_array_unref (self->directory);
  g_free (self);
  return bytes;
}

void
zip_maker_add_folder (ZipMaker *self, const char *folder, const char *prefix, ZipFlags flags)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (folder, name, NULL);
      g_autofree char *path = g_strconcat (prefix, name, NULL);
      g_autofree char *content = NULL;
      gsize size;

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        {
          g_autofree char *below = g_strconcat (path, "/", NULL);

          zip_maker_add_folder (self, child, below, flags);
          continue;
        }
      g_assert_true (g_file_get_contents (child, &content, &size, NULL));
      zip_maker_add (self, path, content, size, flags);
    }
}
