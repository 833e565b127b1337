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
#include "vantage-originals-zip.h"
#include "vantage-text.h"

#define CHUNK (1024 * 1024)
#define MAX_RECORD (16 * 1024 * 1024)
#define MAX_DEPTH 64

/* ---- one stream of bytes ---- */

typedef VantageOriginalsWrite WriteFunc;
typedef VantageOriginalsRead ReadFunc;

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

/* Where the copy goes, and what it hashes to. */
typedef struct
{
  int fd;
  VantageHash *hash;
} Out;

static gboolean
write_out (gpointer user_data, const void *bytes, gsize size, GError **error)
{
  Out *out = user_data;
  const char *at = bytes;

  vantage_hash_update (out->hash, bytes, size);
  while (size > 0)
    {
      gssize n = write (out->fd, at, size);

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
keep_plain (int in, Out *out, GCancellable *cancellable, GError **error)
{
  return vantage_originals_copy_masked (read_fd, GINT_TO_POINTER (in), write_out, out, cancellable,
                                        error);
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

static la_ssize_t
write_packed (struct archive *zip, void *user_data, const void *bytes, size_t size)
{
  g_autoptr (GError) error = NULL;

  if (write_out (user_data, bytes, size, &error))
    return (la_ssize_t) size;

  archive_set_error (zip, errno, "%s", error->message);
  return -1;
}

/* Fast rather than small: the file is kept for being read from, once in a while. */
static struct archive *
new_zip (Out *out, GError **error)
{
  struct archive *zip = archive_write_new ();

  if (archive_write_set_format_zip (zip) == ARCHIVE_OK &&
      archive_write_set_options (zip, "zip:compression-level=1") == ARCHIVE_OK &&
      archive_write_set_bytes_in_last_block (zip, 1) == ARCHIVE_OK &&
      archive_write_open (zip, out, NULL, write_packed, NULL) == ARCHIVE_OK)
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

static gboolean
is_there (int result)
{
  return result == ARCHIVE_OK || result == ARCHIVE_WARN;
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

  while (is_there (result))
    {
      g_autofree char *name = dup_entry_name (entry);
      gint64 size = archive_entry_size_is_set (entry) ? archive_entry_size (entry) : -1;

      if (name != NULL && archive_entry_filetype (entry) == AE_IFREG &&
          (!begin_entry (zip, name, size, archive_entry_mtime (entry), error) ||
           !vantage_originals_copy_masked (read_entry, from, write_entry, zip, cancellable, error)))
        return FALSE;

      result = archive_read_next_header (from, &entry);
    }

  return TRUE;
}

/* FALSE without error: @path is no archive. */
static gboolean
keep_archive (const char *path, Out *out, gboolean *out_is, GCancellable *cancellable,
              GError **error)
{
  struct archive *from = open_archive (path);
  struct archive_entry *entry;
  struct archive *zip;
  gboolean ok = FALSE;

  *out_is = from != NULL && is_there (archive_read_next_header (from, &entry));
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
       vantage_originals_copy_masked (read_fd, GINT_TO_POINTER (in), write_entry, zip, cancellable,
                                      error);
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
keep_folder (const char *path, Out *out, GCancellable *cancellable, GError **error)
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

/* What was written before counts for nothing. */
static gboolean
begin_again (Out *out, GError **error)
{
  vantage_hash_free (out->hash);
  out->hash = vantage_hash_new ();

  return (ftruncate (out->fd, 0) == 0 && lseek (out->fd, 0, SEEK_SET) == 0) ||
         set_errno (error, "writing");
}

static gboolean
keep_file (const char *path, int in, Out *out, GCancellable *cancellable, GError **error)
{
  gboolean done, is_archive;

  if (!vantage_originals_copy_zip (in, write_out, out, &done, cancellable, error))
    return FALSE;
  if (done)
    return TRUE;

  if (!begin_again (out, error))
    return FALSE;
  if (keep_archive (path, out, &is_archive, cancellable, error))
    return TRUE;
  return !is_archive && keep_plain (in, out, cancellable, error);
}

static gboolean
keep_any (const char *path, Out *out, GCancellable *cancellable, GError **error)
{
  gboolean ok;
  int in;

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return keep_folder (path, out, cancellable, error);

  in = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  if (in < 0)
    return set_errno (error, path);
  ok = keep_file (path, in, out, cancellable, error);
  close (in);

  return ok;
}

static char *
dup_file_hash (const char *path, GError **error)
{
  g_autofree char *buffer = g_malloc (CHUNK);
  VantageHash *hash = vantage_hash_new ();
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gssize n = -1;
  char *text = NULL;

  while (fd >= 0 && (n = read_fd (GINT_TO_POINTER (fd), buffer, CHUNK, NULL)) > 0)
    vantage_hash_update (hash, buffer, (gsize) n);
  if (n < 0)
    set_errno (error, path);
  else
    text = vantage_hash_finish_text (hash);

  if (fd >= 0)
    close (fd);
  vantage_hash_free (hash);
  return text;
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

struct _VantageOriginal
{
  char *folder, *draft, *path;
  GCancellable *stop;
  GThread *thread;

  /* the thread's until it is joined */
  int fd; /* -1: there is no draft */
  char *sha256;
  GError *error;
};

char *
vantage_original_dup_draft (const char *folder, const char *import)
{
  g_autofree char *name = g_strconcat (".draft-", import, NULL);

  return g_build_filename (folder, name, NULL);
}

static gpointer
run_copy (gpointer data)
{
  VantageOriginal *self = data;
  Out out = { .fd = -1 };

  if (g_mkdir_with_parents (self->folder, 0700) == 0)
    out.fd = g_open (self->draft, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  self->fd = out.fd;
  if (out.fd < 0)
    {
      set_errno (&self->error, self->draft);
      return NULL;
    }

  out.hash = vantage_hash_new ();
  if (keep_any (self->path, &out, self->stop, &self->error))
    {
      self->sha256 = vantage_hash_finish_text (out.hash);
      /* So that there is little left to wait for when it is kept. */
      sync_file_range (out.fd, 0, 0, SYNC_FILE_RANGE_WRITE);
    }
  vantage_hash_free (out.hash);
  return NULL;
}

VantageOriginal *
vantage_original_begin (const char *folder, const char *import, const char *path)
{
  VantageOriginal *self = g_new0 (VantageOriginal, 1);

  self->folder = g_strdup (folder);
  self->draft = vantage_original_dup_draft (folder, import);
  self->path = g_strdup (path);
  self->stop = g_cancellable_new ();
  self->fd = -1;
  self->thread = g_thread_new ("vantage-copy", run_copy, self);

  return self;
}

void
vantage_original_free (VantageOriginal *self)
{
  if (self == NULL)
    return;

  g_cancellable_cancel (self->stop);
  if (self->thread != NULL)
    g_thread_join (self->thread);
  if (self->fd >= 0)
    {
      close (self->fd);
      g_unlink (self->draft);
    }
  g_object_unref (self->stop);
  g_clear_error (&self->error);
  g_free (self->sha256);
  g_free (self->folder);
  g_free (self->draft);
  g_free (self->path);
  g_free (self);
}

static void
cancelled_cb (GCancellable *cancellable, gpointer stop)
{
  g_cancellable_cancel (stop);
}

static gboolean
put_in_place (VantageOriginal *self, const char *target, GError **error)
{
  if (fsync (self->fd) != 0)
    return set_errno (error, "saving the original");
  if (g_rename (self->draft, target) != 0)
    return set_errno (error, target);

  close (self->fd);
  self->fd = -1;
  sync_folder (self->folder);
  return TRUE;
}

gboolean
vantage_original_keep (VantageOriginal *self, const char *name, char **out_sha256,
                       GCancellable *cancellable, GError **error)
{
  g_autofree char *target = g_build_filename (self->folder, name, NULL);
  gulong handler = 0;

  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), self->stop, NULL);
  g_thread_join (g_steal_pointer (&self->thread));
  if (handler != 0)
    g_cancellable_disconnect (cancellable, handler);

  if (self->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->error));
      return FALSE;
    }
  if (g_file_test (target, G_FILE_TEST_IS_REGULAR))
    {
      *out_sha256 = dup_file_hash (target, error);
      return *out_sha256 != NULL;
    }

  *out_sha256 = g_steal_pointer (&self->sha256);
  return put_in_place (self, target, error);
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

  /* A warning tells that a name cannot be shown in this locale. */
  while (is_there (archive_read_next_header (archive, &entry)))
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
  if (archive != NULL && is_there (archive_read_next_header (archive, &first)))
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
