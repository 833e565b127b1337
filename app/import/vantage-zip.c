#include "vantage-zip.h"

#include <errno.h>
#include <libdeflate.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vantage-entry-stream.h"
#include "vantage-import.h"
#include "vantage-zip-name.h"

#define END_SIZE 22
#define END64_SIZE 56
#define LOCATOR64_SIZE 20
#define CENTRAL_SIZE 46
#define LOCAL_SIZE 30
#define MAX_COMMENT 65535

#define MAX_DIRECTORY (256 * 1024 * 1024)
#define MAX_WHOLE (2 * 1024 * 1024) /* up to here an entry is unpacked in one go */
/* No export of text comes near this; a file made to fill the disk does. */
#define MAX_RATIO 300
#define RATIO_MATTERS_FROM (64 * 1024 * 1024)

void
vantage_zip_entry_clear (VantageZipEntry *self)
{
  g_clear_pointer (&self->name, g_free);
}

static guint16
get_16 (const guint8 *at)
{
  return (guint16) (at[0] | at[1] << 8);
}

static guint32
get_32 (const guint8 *at)
{
  return get_16 (at) | (guint32) get_16 (at + 2) << 16;
}

static guint64
get_64 (const guint8 *at)
{
  return get_32 (at) | (guint64) get_32 (at + 4) << 32;
}

gboolean
vantage_zip_is_head (const guint8 *head, gsize size)
{
  return size >= 4 && (memcmp (head, "PK\3\4", 4) == 0 || memcmp (head, "PK\5\6", 4) == 0);
}

static gboolean
damaged (GError **error, const char *what)
{
  g_set_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_DAMAGED,
               "the zip file is damaged or incomplete: %s", what);
  return FALSE;
}

static gboolean
read_at (int fd, guint64 offset, guint8 *into, gsize size, GError **error)
{
  while (size > 0)
    {
      ssize_t n = pread (fd, into, size, (off_t) offset);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          g_set_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_UNREADABLE,
                       "cannot be read: %s", g_strerror (errno));
          return FALSE;
        }
      if (n == 0)
        return damaged (error, "it ends too early");
      into += n;
      size -= (gsize) n;
      offset += (guint64) n;
    }
  return TRUE;
}

/* Where the central directory is. */
typedef struct
{
  guint64 offset, size, n_entries;
  guint64 end; /* where what describes it begins: the directory ends at or before it */
} Directory;

static gboolean
read_end_64 (int fd, guint64 end_at, Directory *directory, GError **error)
{
  guint8 locator[LOCATOR64_SIZE], end[END64_SIZE];
  guint64 at;

  if (end_at < LOCATOR64_SIZE)
    return TRUE;
  if (!read_at (fd, end_at - LOCATOR64_SIZE, locator, sizeof locator, error))
    return FALSE;
  if (memcmp (locator, "PK\6\7", 4) != 0)
    return TRUE;
  at = get_64 (locator + 8);
  if (at > end_at || end_at - at < END64_SIZE + LOCATOR64_SIZE)
    return damaged (error, "its directory is not where it says");
  if (!read_at (fd, at, end, sizeof end, error))
    return FALSE;
  if (memcmp (end, "PK\6\6", 4) != 0)
    return damaged (error, "its directory is not where it says");
  directory->n_entries = get_64 (end + 32);
  directory->size = get_64 (end + 40);
  directory->offset = get_64 (end + 48);
  directory->end = at;
  return TRUE;
}

/* The last "end of central directory" record whose comment fits the end of the file. */
static gboolean
find_end (const guint8 *tail, gsize size, gsize *out_at)
{
  if (size < END_SIZE)
    return FALSE;
  for (gsize at = size - END_SIZE + 1; at-- > 0;)
    if (memcmp (tail + at, "PK\5\6", 4) == 0 && at + END_SIZE + get_16 (tail + at + 20) <= size)
      {
        *out_at = at;
        return TRUE;
      }
  return FALSE;
}

static gboolean
read_end (int fd, guint64 file_size, Directory *directory, GError **error)
{
  gsize tail_size = (gsize) MIN (file_size, (guint64) END_SIZE + MAX_COMMENT);
  g_autofree guint8 *tail = g_malloc (tail_size + 1);
  gsize at = 0;

  if (!read_at (fd, file_size - tail_size, tail, tail_size, error))
    return FALSE;
  if (!find_end (tail, tail_size, &at))
    return damaged (error, "it has no directory; perhaps the download did not finish");
  directory->n_entries = get_16 (tail + at + 10);
  directory->size = get_32 (tail + at + 12);
  directory->offset = get_32 (tail + at + 16);
  directory->end = file_size - tail_size + at;
  if (!read_end_64 (fd, directory->end, directory, error))
    return FALSE;
  if (directory->size > directory->end || directory->size > MAX_DIRECTORY)
    return damaged (error, "its directory is not where it says");
  return TRUE;
}

/* What the zip64 extra field says in place of a field that is all ones. */
static gboolean
read_extra_64 (const guint8 *extra, gsize size, VantageZipEntry *entry)
{
  guint64 *const fields[] = { &entry->size, &entry->packed_size, &entry->header };

  while (size >= 4)
    {
      gsize length = get_16 (extra + 2);

      if (length > size - 4)
        return FALSE;
      if (get_16 (extra) == 1)
        {
          const guint8 *at = extra + 4;

          for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
            if (*fields[i] == G_MAXUINT32)
              {
                if (at + 8 > extra + 4 + length)
                  return FALSE;
                *fields[i] = get_64 (at);
                at += 8;
              }
          return TRUE;
        }
      extra += 4 + length;
      size -= 4 + length;
    }
  return TRUE;
}

static gboolean
is_link (const guint8 *central)
{
  guint32 mode = get_32 (central + 38) >> 16;
  guint8 maker = central[5];

  return (maker == 3 || maker == 19) && (mode & S_IFMT) != 0 && (mode & S_IFMT) != S_IFREG &&
         (mode & S_IFMT) != S_IFDIR;
}

static gboolean
check_entry (const VantageZipEntry *entry, guint64 file_size, GError **error)
{
  if (entry->header > file_size || entry->packed_size > file_size - entry->header)
    return damaged (error, "an entry lies outside of it");
  if (entry->size > RATIO_MATTERS_FROM && entry->size / MAX_RATIO > entry->packed_size)
    {
      g_set_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_UNSAFE,
                   "“%s” in the zip would unpack to %" G_GUINT64_FORMAT
                   " bytes from %" G_GUINT64_FORMAT ": no export does that, so it was not opened",
                   entry->name, entry->size, entry->packed_size);
      return FALSE;
    }
  return TRUE;
}

/* Reads the entry at @at of the directory; @out_length is how far the next one is. */
static gboolean
read_central (const guint8 *at, gsize left, VantageZipEntry *entry, gsize *out_length,
              GError **error)
{
  gsize name, extra, length;

  if (left < CENTRAL_SIZE || memcmp (at, "PK\1\2", 4) != 0)
    return damaged (error, "its directory is broken");
  name = get_16 (at + 28);
  extra = get_16 (at + 30);
  length = CENTRAL_SIZE + name + extra + get_16 (at + 32);
  if (length > left)
    return damaged (error, "its directory is broken");
  *out_length = length;
  entry->method = get_16 (at + 10);
  entry->crc = get_32 (at + 16);
  entry->packed_size = get_32 (at + 20);
  entry->size = get_32 (at + 24);
  entry->header = get_32 (at + 42);
  if (!read_extra_64 (at + CENTRAL_SIZE + name, extra, entry))
    return damaged (error, "its directory is broken");
  entry->name = vantage_zip_name_read ((const char *) at + CENTRAL_SIZE, name, error);
  if (entry->name == NULL)
    return FALSE;
  if (is_link (at))
    {
      g_set_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_UNSAFE,
                   "“%s” in the zip is a link, which no export has: it was not opened",
                   entry->name);
      return FALSE;
    }
  if (get_16 (at + 8) & 1)
    {
      g_set_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_UNSAFE,
                   "the zip file is encrypted: unpack it with its password and import the folder");
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_directory (const guint8 *bytes, const Directory *directory, guint64 shift, guint64 file_size,
                GArray *entries, GError **error)
{
  guint64 packed = 0, unpacked = 0;
  gsize at = 0;

  while (at + 4 <= directory->size && memcmp (bytes + at, "PK\1\2", 4) == 0)
    {
      VantageZipEntry entry = { NULL };
      gsize length = 0;
      gboolean ok = read_central (bytes + at, directory->size - at, &entry, &length, error);

      entry.header += shift;
      if (!ok || !check_entry (&entry, file_size, error))
        {
          vantage_zip_entry_clear (&entry);
          return FALSE;
        }
      at += length;
      packed += entry.packed_size;
      unpacked += entry.size;
      if (g_str_has_suffix (entry.name, "/") || *entry.name == '\0')
        vantage_zip_entry_clear (&entry);
      else
        g_array_append_val (entries, entry);
    }
  if (at != directory->size)
    return damaged (error, "its directory is broken");
  if (packed > file_size)
    {
      g_set_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_UNSAFE,
                   "entries of the zip share their bytes, as in files made to fill a disk: it was "
                   "not opened");
      return FALSE;
    }
  if (unpacked > RATIO_MATTERS_FROM && unpacked / MAX_RATIO > file_size)
    {
      g_set_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_UNSAFE,
                   "the zip would unpack to %" G_GUINT64_FORMAT
                   " bytes: no export does that, so it was not opened",
                   unpacked);
      return FALSE;
    }
  return TRUE;
}

GArray *
vantage_zip_list (int fd, guint64 file_size, GError **error)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (VantageZipEntry));
  g_autofree guint8 *bytes = NULL;
  Directory directory = { 0 };
  guint64 at;

  g_array_set_clear_func (entries, (GDestroyNotify) vantage_zip_entry_clear);
  if (!read_end (fd, file_size, &directory, error))
    return NULL;
  /* Something may stand before the zip, as in self-extracting ones: trust the distance. */
  at = directory.end - directory.size;
  if (directory.offset > at)
    {
      damaged (error, "its directory is not where it says");
      return NULL;
    }
  bytes = g_malloc (directory.size + 4);
  if (!read_at (fd, at, bytes, directory.size, error) ||
      !read_directory (bytes, &directory, at - directory.offset, file_size, entries, error))
    return NULL;
  return g_steal_pointer (&entries);
}

/* Offset of the entry's first byte. */
static gboolean
find_data (int fd, guint64 file_size, const VantageZipEntry *entry, guint64 *out, GError **error)
{
  guint8 local[LOCAL_SIZE];
  guint64 at;

  if (!read_at (fd, entry->header, local, sizeof local, error))
    return FALSE;
  if (memcmp (local, "PK\3\4", 4) != 0)
    return damaged (error, "an entry is not where the directory says");
  at = entry->header + LOCAL_SIZE + get_16 (local + 26) + get_16 (local + 28);
  if (at > file_size || entry->packed_size > file_size - at)
    return damaged (error, "an entry lies outside of it");
  *out = at;
  return TRUE;
}

static GInputStream *
open_whole (int fd, guint64 at, const VantageZipEntry *entry, GError **error)
{
  static GPrivate decompressors = G_PRIVATE_INIT ((GDestroyNotify) libdeflate_free_decompressor);
  struct libdeflate_decompressor *decompressor = g_private_get (&decompressors);
  g_autofree guint8 *packed = g_malloc (entry->packed_size + 1);
  g_autofree guint8 *unpacked = g_malloc (entry->size + 1);
  size_t size = 0;

  if (decompressor == NULL)
    {
      decompressor = libdeflate_alloc_decompressor ();
      g_private_set (&decompressors, decompressor);
    }
  if (!read_at (fd, at, packed, entry->packed_size, error))
    return NULL;
  if (libdeflate_deflate_decompress (decompressor, packed, entry->packed_size, unpacked,
                                     entry->size + 1, &size) != LIBDEFLATE_SUCCESS ||
      size != entry->size || libdeflate_crc32 (0, unpacked, size) != entry->crc)
    {
      g_set_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_DAMAGED,
                   "“%s” in the zip was changed or damaged: it cannot be unpacked", entry->name);
      return NULL;
    }
  return g_memory_input_stream_new_from_data (g_steal_pointer (&unpacked), (gssize) size, g_free);
}

GInputStream *
vantage_zip_open (int fd, guint64 file_size, const VantageZipEntry *entry,
                  GCancellable *cancellable, GError **error)
{
  g_autoptr (GInputStream) packed = NULL;
  g_autoptr (GInputStream) unpacked = NULL;
  guint64 at = 0;

  if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
      !find_data (fd, file_size, entry, &at, error))
    return NULL;
  if (entry->method != 0 && entry->method != 8)
    {
      g_set_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_DAMAGED,
                   "“%s” in the zip is packed in a way that is not read here (method %u): unpack "
                   "the zip and import the folder",
                   entry->name, entry->method);
      return NULL;
    }
  if (entry->method == 8 && entry->size <= MAX_WHOLE && entry->packed_size <= MAX_WHOLE)
    return open_whole (fd, at, entry, error);

  packed = vantage_stretch_stream_new (fd, at, entry->packed_size);
  if (entry->method == 0)
    unpacked = g_steal_pointer (&packed);
  else
    unpacked = vantage_inflate_stream_new (packed);
  return vantage_checked_stream_new (unpacked, entry->size, entry->crc, entry->name);
}
