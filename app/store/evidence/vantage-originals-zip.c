/* vantage-originals-zip.c: the quick way of keeping a zip. Every entry is unpacked, for a token may
 * stand anywhere, but only those that had one are packed again. Sizes and places in the file are
 * believed only as far as they were checked. */

#include "vantage-originals-zip.h"

#include <errno.h>
#include <isa-l/igzip_lib.h>
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
/* Up to here an entry is unpacked in one go; beyond, piece by piece. */
#define MAX_WHOLE (1024 * 1024)
/* Bytes read at once, and those kept back between two reads, so that a token on the seam is seen
 * whole. */
#define CHUNK (256 * 1024)
#define SEAM 4096
/* Beyond these, sizes and counts need the wider fields of zip64. */
#define MAX_FILE (G_GUINT64_CONSTANT (3) * 1024 * 1024 * 1024)
#define MAX_ENTRIES 65000

#define METHOD_STORED 0
#define METHOD_DEFLATED 8
#define FLAG_ENCRYPTED 1
#define FLAG_SIZES_FOLLOW 8
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
  struct isal_zstream packer;
  guint8 *packer_memory;
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

/* ---- without tokens ---- */

/* Where to cut @size bytes so that no token is torn: after the last byte that cannot be in one. */
static gsize
find_cut (const char *bytes, gsize size)
{
  for (gsize i = size; i > size - SEAM; i--)
    if (strchr (" \n\t\"<>'", bytes[i - 1]) != NULL && bytes[i - 1] != '\0')
      return i;

  return size;
}

gboolean
vantage_originals_copy_masked (VantageOriginalsRead read_bytes, gpointer from,
                               VantageOriginalsWrite write_bytes, gpointer to,
                               GCancellable *cancellable, GError **error)
{
  g_autofree char *buffer = g_malloc (CHUNK + SEAM);
  gsize held = 0;

  while (TRUE)
    {
      gssize n = read_bytes (from, buffer + held, CHUNK, error);
      gsize size = held + (gsize) MAX (n, 0);
      gsize cut = size;

      if (n < 0 || g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (n > 0 && size > SEAM)
        cut = find_cut (buffer, size);
      else if (n > 0)
        cut = 0;

      vantage_text_mask_tokens (buffer, cut);
      if (cut > 0 && !write_bytes (to, buffer, cut, error))
        return FALSE;
      held = size - cut;
      memmove (buffer, buffer + cut, held);
      if (n == 0)
        return TRUE;
    }
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
         out->packed_size < G_MAXUINT32 && out->size < G_MAXUINT32 && out->header < file_size &&
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

/* Where the entry's packed bytes begin; FALSE: they are not there. */
static gboolean
find_packed (Copy *self, const Entry *entry, guint64 *out)
{
  guint8 local[LOCAL_SIZE];

  if (!read_at (self->in, entry->header, local, sizeof local) || memcmp (local, "PK\3\4", 4) != 0)
    return FALSE;

  *out = (guint64) entry->header + LOCAL_SIZE + get_16 (local + 26) + get_16 (local + 28);
  return *out + entry->packed_size <= self->file_size;
}

/* NULL: it is not there. */
static guint8 *
read_packed (Copy *self, const Entry *entry)
{
  guint8 *packed = reserve (&self->packed, (gsize) entry->packed_size + 1);
  guint64 at;

  return find_packed (self, entry, &at) && read_at (self->in, at, packed, entry->packed_size)
             ? packed
             : NULL;
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

/* What is said about an entry of the copy. */
typedef struct
{
  guint method, flags;
  guint32 crc, packed_size, size;
} Kept;

static guint
flags_of_name (const Entry *entry)
{
  for (gsize i = 0; i < entry->n_name; i++)
    if ((guint8) entry->name[i] >= 0x80)
      return FLAG_UTF8;
  return 0;
}

/* The fields that both headers have, from "version needed" to the length of the name. */
static void
fill_header (guint8 out[24], const Entry *entry, const Kept *kept)
{
  set_16 (out, 20);
  set_16 (out + 2, kept->flags);
  set_16 (out + 4, kept->method);
  memcpy (out + 6, entry->central + 12, 4); /* when it was changed */
  set_32 (out + 10, kept->crc);
  set_32 (out + 14, kept->packed_size);
  set_32 (out + 18, kept->size);
  set_16 (out + 22, (guint) entry->n_name);
}

static gboolean
put_local (Copy *self, const Entry *entry, const Kept *kept, GError **error)
{
  guint8 local[LOCAL_SIZE] = "PK\3\4";

  fill_header (local + 4, entry, kept);
  return put (self, local, sizeof local, error) && put (self, entry->name, entry->n_name, error);
}

/* @header: where the entry begins in the copy. */
static void
add_to_directory (Copy *self, const Entry *entry, const Kept *kept, guint64 header)
{
  guint8 central[CENTRAL_SIZE] = "PK\1\2";

  set_16 (central + 4, 3 << 8 | 20); /* made as on Unix, for the permissions */
  fill_header (central + 6, entry, kept);
  set_32 (central + 38, (guint32) (S_IFREG | 0600) << 16);
  set_32 (central + 42, (guint32) header);
  g_byte_array_append (self->directory, central, sizeof central);
  g_byte_array_append (self->directory, (const guint8 *) entry->name, (guint) entry->n_name);
  self->n_entries++;
}

static gboolean
put_entry (Copy *self, const Entry *entry, guint method, guint32 crc, const guint8 *bytes,
           guint32 size, GError **error)
{
  const Kept kept = { method, flags_of_name (entry), crc, size, entry->size };

  add_to_directory (self, entry, &kept, self->written);
  return put_local (self, entry, &kept, error) && put (self, bytes, size, error);
}

static void
begin_packing (Copy *self)
{
  if (self->packer_memory == NULL)
    self->packer_memory = g_malloc (ISAL_DEF_LVL1_DEFAULT);
  isal_deflate_init (&self->packer);
  self->packer.level = 1;
  self->packer.level_buf = self->packer_memory;
  self->packer.level_buf_size = ISAL_DEF_LVL1_DEFAULT;
}

static gboolean
pack_again (Copy *self, const Entry *entry, guint8 *content, GError **error)
{
  guint32 crc = libdeflate_crc32 (0, content, entry->size);
  guint8 *again = reserve (&self->again, (gsize) entry->size + 1);

  begin_packing (self);
  self->packer.next_in = content;
  self->packer.avail_in = entry->size;
  self->packer.end_of_stream = 1;
  self->packer.next_out = again;
  self->packer.avail_out = entry->size;
  if (isal_deflate (&self->packer) == COMP_OK && self->packer.internal_state.state == ZSTATE_END)
    return put_entry (self, entry, METHOD_DEFLATED, crc, again, self->packer.total_out, error);

  return put_entry (self, entry, METHOD_STORED, crc, content, entry->size, error);
}

/* ---- one entry, piece by piece ---- */

/* An entry on its way: unpacked here, packed again there. */
typedef struct
{
  Copy *copy;
  guint64 at, left; /* of the packed bytes */
  gboolean deflated;
  struct inflate_state unpacker;

  guint32 crc_given, crc_kept;
  guint64 size;
} Pieces;

/* What comes next of the packed bytes, into the copy's buffer. */
static gsize
read_piece (Pieces *self)
{
  gsize n = (gsize) MIN (self->left, (guint64) CHUNK);

  if (n == 0 || !read_at (self->copy->in, self->at, reserve (&self->copy->packed, CHUNK), n))
    return 0;

  self->at += n;
  self->left -= n;
  return n;
}

static gssize
read_stored (Pieces *self, void *buffer, gsize size)
{
  gsize n = MIN (read_piece (self), size);

  memcpy (buffer, self->copy->packed.data, n);
  return (gssize) n;
}

/* An entry that is damaged ends early, which its length tells. */
static gssize
read_deflated (Pieces *self, void *buffer, gsize size)
{
  struct inflate_state *unpacker = &self->unpacker;

  unpacker->next_out = buffer;
  unpacker->avail_out = (guint32) size;
  while (unpacker->avail_out > 0 && unpacker->block_state != ISAL_BLOCK_FINISH)
    {
      guint32 before = unpacker->avail_out;

      if (unpacker->avail_in == 0)
        {
          unpacker->avail_in = (guint32) read_piece (self);
          unpacker->next_in = self->copy->packed.data;
        }
      if (isal_inflate (unpacker) != ISAL_DECOMP_OK ||
          (unpacker->avail_out == before && unpacker->avail_in == 0 && self->left == 0))
        break;
    }
  return (gssize) (size - unpacker->avail_out);
}

static gssize
read_unpacked (gpointer user_data, void *buffer, gsize size, GError **error)
{
  Pieces *self = user_data;
  gssize n = self->deflated ? read_deflated (self, buffer, MIN (size, CHUNK))
                            : read_stored (self, buffer, MIN (size, CHUNK));

  self->crc_given = libdeflate_crc32 (self->crc_given, buffer, (gsize) n);
  return n;
}

static gboolean
pack_piece (Copy *copy, const void *bytes, gsize size, gboolean last, GError **error)
{
  struct isal_zstream *packer = &copy->packer;

  packer->next_in = (guint8 *) bytes;
  packer->avail_in = (guint32) size;
  packer->end_of_stream = last;
  do
    {
      packer->next_out = reserve (&copy->again, CHUNK);
      packer->avail_out = CHUNK;
      if (isal_deflate (packer) != COMP_OK)
        {
          copy->odd = TRUE;
          return TRUE;
        }
      if (!put (copy, copy->again.data, CHUNK - packer->avail_out, error))
        return FALSE;
    }
  while (packer->avail_out == 0);

  return TRUE;
}

static gboolean
write_again (gpointer user_data, const void *bytes, gsize size, GError **error)
{
  Pieces *self = user_data;

  self->crc_kept = libdeflate_crc32 (self->crc_kept, bytes, size);
  self->size += size;
  return pack_piece (self->copy, bytes, size, FALSE, error);
}

/* Its sizes are known only behind it, and stand there. */
static gboolean
copy_in_pieces (Copy *self, const Entry *entry, GCancellable *cancellable, GError **error)
{
  g_autofree Pieces *pieces = g_new0 (Pieces, 1);
  Kept kept = { METHOD_DEFLATED, flags_of_name (entry) | FLAG_SIZES_FOLLOW, 0, 0, 0 };
  guint8 after[16] = "PK\7\10";
  guint64 header = self->written;
  guint64 begin;

  pieces->copy = self;
  pieces->left = entry->packed_size;
  pieces->deflated = entry->method == METHOD_DEFLATED;
  isal_inflate_init (&pieces->unpacker);
  begin_packing (self);
  if (!find_packed (self, entry, &pieces->at))
    {
      self->odd = TRUE;
      return TRUE;
    }
  if (!put_local (self, entry, &kept, error))
    return FALSE;

  begin = self->written;
  if (!vantage_originals_copy_masked (read_unpacked, pieces, write_again, pieces, cancellable,
                                      error) ||
      !pack_piece (self, "", 0, TRUE, error))
    return FALSE;

  self->odd |= pieces->size != entry->size || pieces->crc_given != entry->crc;
  kept.crc = pieces->crc_kept;
  kept.packed_size = (guint32) (self->written - begin);
  kept.size = entry->size;
  add_to_directory (self, entry, &kept, header);
  set_32 (after + 4, kept.crc);
  set_32 (after + 8, kept.packed_size);
  set_32 (after + 12, kept.size);
  return put (self, after, sizeof after, error);
}

/* ---- all ---- */

static gboolean
copy_entry (Copy *self, const Entry *entry, GCancellable *cancellable, GError **error)
{
  guint8 *packed, *content;

  if (entry->size > MAX_WHOLE || entry->packed_size > MAX_WHOLE)
    return copy_in_pieces (self, entry, cancellable, error);

  packed = read_packed (self, entry);
  content = packed != NULL ? unpack (self, entry, packed) : NULL;
  if (content == NULL)
    {
      self->odd = TRUE;
      return TRUE;
    }
  if (vantage_text_mask_tokens ((char *) content, entry->size) > 0)
    return pack_again (self, entry, content, error);
  return put_entry (self, entry, entry->method, entry->crc, packed, entry->packed_size, error);
}

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
          !copy_entry (self, &entry, cancellable, error))
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
  ok = copy_entries (&self, directory, size, cancellable, error);
  *out_done = ok && !self.odd;

  libdeflate_free_decompressor (self.unpacker);
  g_byte_array_unref (self.directory);
  g_free (self.packed.data);
  g_free (self.unpacked.data);
  g_free (self.again.data);
  g_free (self.packer_memory);
  return ok;
}
