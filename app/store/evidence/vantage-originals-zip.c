/* vantage-originals-zip.c: the quick way of keeping a zip. Every entry is unpacked, for a token may
 * stand anywhere, but only those that had one are packed again. Sizes and places in the file are
 * believed only as far as they were checked. */

#include "vantage-originals-zip.h"

#include <errno.h>
#include <libdeflate.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vantage-library.h"
#include "vantage-text.h"

#define END_SIZE 22
#define CENTRAL_SIZE 46
#define LOCAL_SIZE 30
#define MAX_COMMENT 65535
#define MAX_DIRECTORY (64 * 1024 * 1024)
#define MAX_ENTRY (16 * 1024 * 1024)
/* Beyond these, sizes and counts need the wider fields of zip64. */
#define MAX_FILE (G_GUINT64_CONSTANT (3) * 1024 * 1024 * 1024)
#define MAX_ENTRIES 65000

#define METHOD_STORED 0
#define METHOD_DEFLATED 8
#define FLAG_ENCRYPTED 1
#define FLAG_UTF8 0x800

/* One entry, as the directory of the given file has it. */
typedef struct
{
  const guint8 *central;
  const char *name; /* not terminated */
  gsize n_name;
  guint method;
  guint32 crc, packed_size, size, header;
} Entry;

/* Bytes that grow as they are needed. */
typedef struct
{
  guint8 *data;
  gsize allocated;
} Buffer;

typedef struct
{
  int in;
  guint64 file_size;
  VantageOriginalsWrite write_bytes;
  gpointer user_data;

  struct libdeflate_decompressor *unpacker;
  struct libdeflate_compressor *packer;
  Buffer packed, unpacked, again;

  guint64 written;
  GByteArray *directory; /* of the copy */
  guint n_entries;
  gboolean odd; /* something that is left to the other way */
} Copy;

static guint
get_16 (const guint8 *at)
{
  return at[0] | (guint) at[1] << 8;
}

static guint32
get_32 (const guint8 *at)
{
  return get_16 (at) | (guint32) get_16 (at + 2) << 16;
}

static void
set_16 (guint8 *at, guint value)
{
  at[0] = (guint8) value;
  at[1] = (guint8) (value >> 8);
}

static void
set_32 (guint8 *at, guint32 value)
{
  set_16 (at, value & 0xffff);
  set_16 (at + 2, value >> 16);
}

static guint8 *
reserve (Buffer *self, gsize size)
{
  if (self->allocated < size)
    {
      g_free (self->data);
      self->allocated = size + size / 2;
      self->data = g_malloc (self->allocated);
    }
  return self->data;
}

/* FALSE: the file is shorter than it says, or cannot be read. */
static gboolean
read_at (int fd, guint64 offset, guint8 *into, gsize size)
{
  while (size > 0)
    {
      ssize_t n = pread (fd, into, size, (off_t) offset);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      into += n;
      size -= (gsize) n;
      offset += (guint64) n;
    }
  return TRUE;
}

/* ---- the directory ---- */

/* The directory's bytes; NULL: not a zip that is copied here. (transfer full) */
static guint8 *
read_directory (int fd, guint64 file_size, gsize *out_size)
{
  gsize n_tail = (gsize) MIN (file_size, (guint64) END_SIZE + MAX_COMMENT);
  g_autofree guint8 *tail = g_malloc (n_tail + 1);
  g_autofree guint8 *directory = NULL;
  gsize at = n_tail;
  guint32 size, offset;

  if (n_tail < END_SIZE || !read_at (fd, file_size - n_tail, tail, n_tail))
    return NULL;
  for (at = n_tail - END_SIZE; at > 0 && memcmp (tail + at, "PK\5\6", 4) != 0; at--)
    ;
  if (memcmp (tail + at, "PK\5\6", 4) != 0 || get_16 (tail + at + 10) >= MAX_ENTRIES)
    return NULL;

  size = get_32 (tail + at + 12);
  offset = get_32 (tail + at + 16);
  if (size == 0 || size > MAX_DIRECTORY || (guint64) offset + size != file_size - n_tail + at)
    return NULL;
  directory = g_malloc (size);
  if (!read_at (fd, offset, directory, size))
    return NULL;

  *out_size = size;
  return g_steal_pointer (&directory);
}

static gboolean
is_plain_file (const guint8 *central, const char *name, gsize n_name)
{
  guint32 mode = get_32 (central + 38) >> 16;
  gboolean unix_made = central[5] == 3 || central[5] == 19;

  if (n_name == 0 || name[n_name - 1] == '/')
    return FALSE;
  return !unix_made || (mode & S_IFMT) == 0 || (mode & S_IFMT) == S_IFREG;
}

/* The entry at @at; FALSE: the directory is broken, or the entry nothing for here. */
static gboolean
read_entry (const guint8 *at, gsize left, guint64 file_size, Entry *out, gsize *out_length)
{
  gsize length;

  if (left < CENTRAL_SIZE || memcmp (at, "PK\1\2", 4) != 0)
    return FALSE;
  *out = (Entry){ .central = at,
                  .name = (const char *) at + CENTRAL_SIZE,
                  .n_name = get_16 (at + 28),
                  .method = get_16 (at + 10),
                  .crc = get_32 (at + 16),
                  .packed_size = get_32 (at + 20),
                  .size = get_32 (at + 24),
                  .header = get_32 (at + 42) };
  length = CENTRAL_SIZE + out->n_name + get_16 (at + 30) + get_16 (at + 32);
  if (length > left)
    return FALSE;

  *out_length = length;
  return (get_16 (at + 8) & FLAG_ENCRYPTED) == 0 &&
         (out->method == METHOD_STORED || out->method == METHOD_DEFLATED) &&
         out->packed_size <= MAX_ENTRY && out->size <= MAX_ENTRY && out->header < file_size &&
         memchr (out->name, '\0', out->n_name) == NULL &&
         g_utf8_validate_len (out->name, out->n_name, NULL);
}

/* ---- one entry ---- */

static gboolean
put (Copy *self, const void *bytes, gsize size, GError **error)
{
  self->written += size;
  return self->write_bytes (self->user_data, bytes, size, error);
}

/* What is packed at the entry's place; NULL: it is not there. */
static guint8 *
read_packed (Copy *self, const Entry *entry)
{
  guint8 local[LOCAL_SIZE];
  guint64 at;
  guint8 *packed;

  if (!read_at (self->in, entry->header, local, sizeof local) || memcmp (local, "PK\3\4", 4) != 0)
    return NULL;
  at = (guint64) entry->header + LOCAL_SIZE + get_16 (local + 26) + get_16 (local + 28);
  if (at + entry->packed_size > self->file_size)
    return NULL;

  packed = reserve (&self->packed, (gsize) entry->packed_size + 1);
  return read_at (self->in, at, packed, entry->packed_size) ? packed : NULL;
}

/* The content; NULL: damaged. */
static guint8 *
unpack (Copy *self, const Entry *entry, const guint8 *packed)
{
  guint8 *unpacked = reserve (&self->unpacked, (gsize) entry->size + 1);
  size_t size = entry->packed_size;

  if (entry->method == METHOD_STORED)
    {
      if (entry->packed_size != entry->size)
        return NULL;
      memcpy (unpacked, packed, size);
    }
  else if (libdeflate_deflate_decompress (self->unpacker, packed, entry->packed_size, unpacked,
                                          (gsize) entry->size + 1, &size) != LIBDEFLATE_SUCCESS)
    return NULL;

  return size == entry->size && libdeflate_crc32 (0, unpacked, size) == entry->crc ? unpacked
                                                                                   : NULL;
}

/* Local header and content, and the directory's line about it. */
static gboolean
put_entry (Copy *self, const Entry *entry, guint method, guint32 crc, const guint8 *bytes,
           guint32 size, GError **error)
{
  guint8 local[LOCAL_SIZE] = "PK\3\4";
  guint8 central[CENTRAL_SIZE] = "PK\1\2";
  guint flags = 0;

  for (gsize i = 0; i < entry->n_name; i++)
    if ((guint8) entry->name[i] >= 0x80)
      flags = FLAG_UTF8;

  set_16 (local + 4, 20);
  set_16 (local + 6, flags);
  set_16 (local + 8, method);
  memcpy (local + 10, entry->central + 12, 4); /* when it was changed */
  set_32 (local + 14, crc);
  set_32 (local + 18, size);
  set_32 (local + 22, entry->size);
  set_16 (local + 26, (guint) entry->n_name);

  set_16 (central + 4, 3 << 8 | 20); /* made as on Unix, for the permissions */
  memcpy (central + 6, local + 4, 24);
  set_32 (central + 38, (guint32) (S_IFREG | 0600) << 16);
  set_32 (central + 42, (guint32) self->written);
  g_byte_array_append (self->directory, central, sizeof central);
  g_byte_array_append (self->directory, (const guint8 *) entry->name, (guint) entry->n_name);
  self->n_entries++;

  return put (self, local, sizeof local, error) && put (self, entry->name, entry->n_name, error) &&
         put (self, bytes, size, error);
}

static gboolean
pack_again (Copy *self, const Entry *entry, guint8 *content, GError **error)
{
  guint32 crc = libdeflate_crc32 (0, content, entry->size);
  gsize bound = libdeflate_deflate_compress_bound (self->packer, entry->size);
  guint8 *again = reserve (&self->again, bound + 1);
  gsize size = libdeflate_deflate_compress (self->packer, content, entry->size, again, bound);

  if (size == 0 || size >= entry->size)
    return put_entry (self, entry, METHOD_STORED, crc, content, entry->size, error);
  return put_entry (self, entry, METHOD_DEFLATED, crc, again, (guint32) size, error);
}

static gboolean
copy_entry (Copy *self, const Entry *entry, GError **error)
{
  guint8 *packed = read_packed (self, entry);
  guint8 *content = packed != NULL ? unpack (self, entry, packed) : NULL;

  if (content == NULL)
    {
      self->odd = TRUE;
      return TRUE;
    }
  if (vantage_text_mask_tokens ((char *) content, entry->size) > 0)
    return pack_again (self, entry, content, error);
  return put_entry (self, entry, entry->method, entry->crc, packed, entry->packed_size, error);
}

/* ---- all ---- */

static gboolean
put_directory (Copy *self, GError **error)
{
  guint8 end[END_SIZE] = "PK\5\6";

  set_16 (end + 8, self->n_entries);
  set_16 (end + 10, self->n_entries);
  set_32 (end + 12, self->directory->len);
  set_32 (end + 16, (guint32) self->written);
  return put (self, self->directory->data, self->directory->len, error) &&
         put (self, end, sizeof end, error);
}

static gboolean
copy_entries (Copy *self, const guint8 *directory, gsize size, GCancellable *cancellable,
              GError **error)
{
  gsize at = 0;

  while (at < size)
    {
      Entry entry;
      gsize length = 0;

      self->odd |= !read_entry (directory + at, size - at, self->file_size, &entry, &length) ||
                   self->written > MAX_FILE;
      if (self->odd)
        return TRUE;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (is_plain_file (entry.central, entry.name, entry.n_name) &&
          !copy_entry (self, &entry, error))
        return FALSE;
      if (self->odd)
        return TRUE;
      at += length;
    }
  return put_directory (self, error);
}

gboolean
vantage_originals_copy_zip (int in, VantageOriginalsWrite write_bytes, gpointer user_data,
                            gboolean *out_done, GCancellable *cancellable, GError **error)
{
  Copy self = { .in = in, .write_bytes = write_bytes, .user_data = user_data };
  g_autofree guint8 *directory = NULL;
  struct stat info;
  gsize size = 0;
  gboolean ok;

  *out_done = FALSE;
  if (fstat (in, &info) != 0 || !S_ISREG (info.st_mode) || (guint64) info.st_size > MAX_FILE)
    return TRUE;
  self.file_size = (guint64) info.st_size;
  directory = read_directory (in, self.file_size, &size);
  if (directory == NULL)
    return TRUE;

  self.directory = g_byte_array_new ();
  self.unpacker = libdeflate_alloc_decompressor ();
  self.packer = libdeflate_alloc_compressor (1);
  ok = copy_entries (&self, directory, size, cancellable, error);
  *out_done = ok && !self.odd;

  libdeflate_free_decompressor (self.unpacker);
  libdeflate_free_compressor (self.packer);
  g_byte_array_unref (self.directory);
  g_free (self.packed.data);
  g_free (self.unpacked.data);
  g_free (self.again.data);
  return ok;
}
