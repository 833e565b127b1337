/* vantage-originals.c: what was imported, kept as it was given but for the tokens in its links. */

#include "vantage-originals.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vantage-hash.h"
#include "vantage-library.h"
#include "vantage-text.h"

#define CHUNK (1024 * 1024)
/* Bytes kept back between two chunks, so that a token on the seam is seen whole. */
#define SEAM 4096
#define MAX_RECORD (16 * 1024 * 1024)
#define MAX_DEPTH 64

/* ---- one stream of bytes ---- */

typedef gboolean (*WriteFunc) (gpointer user_data, const void *bytes, gsize size, GError **error);
/* Bytes read, 0 at the end, -1 with @error. */
typedef gssize (*ReadFunc) (gpointer user_data, void *buffer, gsize size, GError **error);

static gboolean
set_errno (GError **error, const char *what)
{
  int code = errno == ENOSPC || errno == EDQUOT ? VANTAGE_STORE_ERROR_NO_SPACE
                                                : VANTAGE_STORE_ERROR_FAILED;

  g_set_error (error, VANTAGE_STORE_ERROR, code, "%s: %s", what, g_strerror (errno));
  return FALSE;
}

static gboolean
set_archive_error (GError **error, struct archive *archive, const char *what)
{
  int code =
      archive_errno (archive) == ENOSPC ? VANTAGE_STORE_ERROR_NO_SPACE : VANTAGE_STORE_ERROR_FAILED;

  g_set_error (error, VANTAGE_STORE_ERROR, code, "%s: %s", what,
               archive_error_string (archive) != NULL ? archive_error_string (archive) : "unknown");
  return FALSE;
}

/* Where to cut @size bytes so that no token is torn: after the last byte that cannot be in one. */
static gsize
find_cut (const char *bytes, gsize size)
{
  for (gsize i = size; i > size - SEAM; i--)
    if (strchr (" \n\t\"<>'", bytes[i - 1]) != NULL && bytes[i - 1] != '\0')
      return i;

  return size;
}

static gboolean
copy_masked (ReadFunc read_bytes, gpointer from, WriteFunc write_bytes, gpointer to,
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

/* ---- plain files ---- */

static gssize
read_fd (gpointer user_data, void *buffer, gsize size, GError **error)
{
  gssize n;

  do
    n = read (GPOINTER_TO_INT (user_data), buffer, size);
  while (n < 0 && errno == EINTR);

  if (n < 0)
    set_errno (error, "reading");
  return n;
}

static gboolean
write_fd (gpointer user_data, const void *bytes, gsize size, GError **error)
{
  const char *at = bytes;

  while (size > 0)
    {
      gssize n = write (GPOINTER_TO_INT (user_data), at, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return set_errno (error, "writing");
      at += n;
      size -= (gsize) n;
    }

  return TRUE;
}

static gboolean
keep_plain (const char *path, int out, GCancellable *cancellable, GError **error)
{
  int in = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gboolean ok;

  if (in < 0)
    return set_errno (error, path);

  ok = copy_masked (read_fd, GINT_TO_POINTER (in), write_fd, GINT_TO_POINTER (out), cancellable,
                    error);
  close (in);
  return ok;
}

/* ---- archives ---- */

static gssize
read_entry (gpointer user_data, void *buffer, gsize size, GError **error)
{
  gssize n = archive_read_data (user_data, buffer, size);

  /* A damaged entry is kept as far as it can be read: its reader said already what was lost. */
  return MAX (n, 0);
}

static gboolean
write_entry (gpointer user_data, const void *bytes, gsize size, GError **error)
{
  if (archive_write_data (user_data, bytes, size) == (gssize) size)
    return TRUE;

  return set_archive_error (error, user_data, "packing");
}

/* Fast rather than small: the file is kept for being read from, once in a while. */
static struct archive *
new_zip (int fd, GError **error)
{
  struct archive *zip = archive_write_new ();

  if (archive_write_set_format_zip (zip) == ARCHIVE_OK &&
      archive_write_set_options (zip, "zip:compression-level=1") == ARCHIVE_OK &&
      archive_write_open_fd (zip, fd) == ARCHIVE_OK)
    return zip;

  set_archive_error (error, zip, "packing");
  archive_write_free (zip);
  return NULL;
}

static gboolean
begin_entry (struct archive *zip, const char *name, gint64 size, gint64 mtime, GError **error)
{
  struct archive_entry *entry = archive_entry_new ();
  gboolean ok;

  archive_entry_set_pathname_utf8 (entry, name);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0600);
  archive_entry_set_mtime (entry, mtime, 0);
  if (size >= 0)
    archive_entry_set_size (entry, size);
  ok = archive_write_header (zip, entry) == ARCHIVE_OK;
  archive_entry_free (entry);

  return ok || set_archive_error (error, zip, "packing");
}

static struct archive *
open_archive (const char *path)
{
  struct archive *archive = archive_read_new ();

  archive_read_support_format_zip_seekable (archive);
  archive_read_support_format_tar (archive);
  archive_read_support_filter_gzip (archive);
  if (archive_read_open_filename (archive, path, CHUNK) == ARCHIVE_OK)
    return archive;

  archive_read_free (archive);
  return NULL;
}

static char *
dup_entry_name (struct archive_entry *entry)
{
  const char *name = archive_entry_pathname_utf8 (entry);

  if (name == NULL)
    name = archive_entry_pathname (entry);
  return name != NULL ? vantage_text_repair (name, strlen (name), NULL) : NULL;
}

static gboolean
repack (struct archive *from, struct archive_entry *entry, struct archive *zip,
        GCancellable *cancellable, GError **error)
{
  int result = ARCHIVE_OK;

  while (result == ARCHIVE_OK || result == ARCHIVE_WARN)
    {
      g_autofree char *name = dup_entry_name (entry);
      gint64 size = archive_entry_size_is_set (entry) ? archive_entry_size (entry) : -1;

      if (name != NULL && archive_entry_filetype (entry) == AE_IFREG &&
          (!begin_entry (zip, name, size, archive_entry_mtime (entry), error) ||
           !copy_masked (read_entry, from, write_entry, zip, cancellable, error)))
        return FALSE;

      result = archive_read_next_header (from, &entry);
    }

  return TRUE;
}

/* FALSE without error: @path is no archive. */
static gboolean
keep_archive (const char *path, int out, gboolean *out_is, GCancellable *cancellable,
              GError **error)
{
  struct archive *from = open_archive (path);
  struct archive_entry *entry;
  struct archive *zip;
  gboolean ok = FALSE;

  *out_is = from != NULL && archive_read_next_header (from, &entry) == ARCHIVE_OK;
  if (!*out_is)
    {
      archive_read_free (from);
      return FALSE;
    }

  zip = new_zip (out, error);
  if (zip != NULL)
    {
      ok = repack (from, entry, zip, cancellable, error);
      if (ok && archive_write_close (zip) != ARCHIVE_OK)
        ok = set_archive_error (error, zip, "packing");
      archive_write_free (zip);
    }

  archive_read_free (from);
  return ok;
}

/* ---- folders ---- */

static gboolean
pack_file (struct archive *zip, const char *path, const char *name, const struct stat *info,
           GCancellable *cancellable, GError **error)
{
  int in = g_open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0);
  gboolean ok;

  if (in < 0)
    return set_errno (error, path);

  ok = begin_entry (zip, name, info->st_size, info->st_mtime, error) &&
       copy_masked (read_fd, GINT_TO_POINTER (in), write_entry, zip, cancellable, error);
  close (in);
  return ok;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Links are left alone: they may lead out of the folder. */
static gboolean
pack_folder (struct archive *zip, const char *path, const char *prefix, guint depth,
             GCancellable *cancellable, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *entry;

  if (dir == NULL)
    return FALSE;

  while ((entry = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (entry));
  g_ptr_array_sort (names, compare_names);

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *child = g_build_filename (path, names->pdata[i], NULL);
      g_autofree char *name = g_strconcat (prefix, names->pdata[i], NULL);
      g_autofree char *below = g_strconcat (name, "/", NULL);
      struct stat info;

      if (lstat (child, &info) != 0)
        continue;
      if (S_ISREG (info.st_mode) && !pack_file (zip, child, name, &info, cancellable, error))
        return FALSE;
      if (S_ISDIR (info.st_mode) && depth < MAX_DEPTH &&
          !pack_folder (zip, child, below, depth + 1, cancellable, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
keep_folder (const char *path, int out, GCancellable *cancellable, GError **error)
{
  struct archive *zip = new_zip (out, error);
  gboolean ok;

  if (zip == NULL)
    return FALSE;

  ok = pack_folder (zip, path, "", 0, cancellable, error);
  if (ok && archive_write_close (zip) != ARCHIVE_OK)
    ok = set_archive_error (error, zip, "packing");
  archive_write_free (zip);
  return ok;
}

/* ---- putting in place ---- */

static gboolean
keep_any (const char *path, int out, GCancellable *cancellable, GError **error)
{
  gboolean is_archive;

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return keep_folder (path, out, cancellable, error);
  if (keep_archive (path, out, &is_archive, cancellable, error))
    return TRUE;
  if (is_archive)
    return FALSE;

  return keep_plain (path, out, cancellable, error);
}

static char *
dup_file_hash (const char *path, GError **error)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, error);

  if (file == NULL)
    return NULL;

  return vantage_hash_data_text (g_mapped_file_get_contents (file),
                                 g_mapped_file_get_length (file));
}

static void
sync_folder (const char *folder)
{
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (fd < 0)
    return;

  fsync (fd);
  close (fd);
}

static gboolean
write_and_sync (const char *path, int fd, GCancellable *cancellable, GError **error)
{
  if (!keep_any (path, fd, cancellable, error))
    return FALSE;

  return fsync (fd) == 0 || set_errno (error, "saving the original");
}

gboolean
vantage_originals_keep (const char *folder, const char *name, const char *path, char **out_sha256,
                        GCancellable *cancellable, GError **error)
{
  g_autofree char *target = g_build_filename (folder, name, NULL);
  g_autofree char *draft = g_build_filename (folder, ".draft-XXXXXX", NULL);
  gboolean ok;
  int fd;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return set_errno (error, folder);
  if (g_file_test (target, G_FILE_TEST_IS_REGULAR))
    {
      *out_sha256 = dup_file_hash (target, error);
      return *out_sha256 != NULL;
    }

  fd = g_mkstemp_full (draft, O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0)
    return set_errno (error, draft);

  ok = write_and_sync (path, fd, cancellable, error);
  close (fd);
  if (ok)
    *out_sha256 = dup_file_hash (draft, error);
  if (ok && *out_sha256 != NULL && g_rename (draft, target) == 0)
    {
      sync_folder (folder);
      return TRUE;
    }

  if (ok && *out_sha256 != NULL)
    set_errno (error, target);
  g_unlink (draft);
  return FALSE;
}

/* ---- reading a record ---- */

/* Skips to the record and reads it: by bytes, or by lines when @line is given. */
static char *
read_record (ReadFunc read_bytes, gpointer from, gint64 line, gint64 offset, gint64 length,
             GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *buffer = g_malloc (CHUNK);
  gboolean by_line = length <= 0;
  gint64 at_line = 1;
  gint64 at = 0;
  gssize n;

  while ((n = read_bytes (from, buffer, CHUNK, error)) > 0)
    {
      for (gssize i = 0; i < n; i++, at++)
        {
          if (by_line ? at_line == line : at >= offset && at < offset + length)
            g_string_append_c (out, buffer[i]);
          if (buffer[i] == '\n')
            at_line++;
        }
      if (out->len > MAX_RECORD || (by_line ? at_line > line : at >= offset + length))
        break;
    }

  if (n < 0 || out->len == 0)
    return NULL;
  return vantage_text_repair (out->str, out->len, NULL);
}

static char *
read_from_archive (struct archive *archive, const char *name, gint64 line, gint64 offset,
                   gint64 length, GError **error)
{
  struct archive_entry *entry;

  while (archive_read_next_header (archive, &entry) == ARCHIVE_OK)
    {
      g_autofree char *found = dup_entry_name (entry);

      if (g_strcmp0 (found, name) == 0)
        return read_record (read_entry, archive, line, offset, length, error);
    }

  return NULL;
}

char *
vantage_originals_dup_record (const char *file, const char *entry, gint64 line, gint64 offset,
                              gint64 length, GError **error)
{
  struct archive *archive = NULL;
  struct archive_entry *first;
  char *record;
  int fd;

  if ((line <= 0 && length <= 0) || !g_file_test (file, G_FILE_TEST_IS_REGULAR))
    return NULL;

  archive = open_archive (file);
  if (archive != NULL && archive_read_next_header (archive, &first) == ARCHIVE_OK)
    {
      g_autofree char *name = dup_entry_name (first);

      record = g_strcmp0 (name, entry) == 0
                   ? read_record (read_entry, archive, line, offset, length, error)
                   : read_from_archive (archive, entry, line, offset, length, error);
      archive_read_free (archive);
      return record;
    }
  archive_read_free (archive);

  fd = g_open (file, O_RDONLY | O_CLOEXEC, 0);
  if (fd < 0)
    return NULL;

  record = read_record (read_fd, GINT_TO_POINTER (fd), line, offset, length, error);
  close (fd);
  return record;
}
