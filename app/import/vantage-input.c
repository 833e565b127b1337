#include "vantage-input.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vantage-entry-stream.h"
#include "vantage-hash.h"
#include "vantage-import.h"
#include "vantage-zip-name.h"
#include "vantage-zip.h"

#define MAX_ENTRIES (2 * 1000 * 1000)
#define MAX_FOLDER_DEPTH 32
#define MAX_ZIP_IN_ZIP 2
#define MAX_PEEKS 64
#define GZIP_MAX_RATIO 1000

typedef struct
{
  VantageEntry entry;
  char *disk; /* path of a file on disk; NULL: in the zip, or the input's own file */
  VantageZipEntry zip;
} Entry;

struct _VantageInput
{
  VantageInputSort sort;
  char *path, *name, *folder;
  int fd; /* of the file or zip; -1 for a folder */
  guint64 file_size;
  int given_fd; /* of the file as given, when that is a zip around the zip that is read */
  GArray *entries;
  GHashTable *peeks;
};

static void
entry_clear (Entry *self)
{
  g_free (self->entry.path);
  g_free (self->disk);
  vantage_zip_entry_clear (&self->zip);
}

void
vantage_input_free (VantageInput *self)
{
  if (self == NULL)
    return;
  if (self->given_fd >= 0 && self->given_fd != self->fd)
    close (self->given_fd);
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->path);
  g_free (self->name);
  g_free (self->folder);
  g_array_unref (self->entries);
  g_hash_table_unref (self->peeks);
  g_free (self);
}

static gboolean
fail_errno (GError **error, const char *path, int number)
{
  g_set_error (error, VANTAGE_IMPORT_ERROR,
               number == ENOENT || number == ENOTDIR ? VANTAGE_IMPORT_ERROR_NOT_FOUND
                                                     : VANTAGE_IMPORT_ERROR_UNREADABLE,
               "“%s” cannot be opened: %s", path, g_strerror (number));
  return FALSE;
}

/* ---- what kinds of input list ---- */

static void
add_entry (VantageInput *self, const char *path, guint64 size, char *disk, VantageZipEntry *zip)
{
  Entry entry = { .disk = disk };

  entry.entry.path = g_utf8_normalize (path, -1, G_NORMALIZE_NFC);
  if (entry.entry.path == NULL)
    entry.entry.path = g_utf8_make_valid (path, -1);
  entry.entry.size = size;
  if (zip != NULL)
    {
      entry.zip = *zip;
      zip->name = NULL;
    }
  g_array_append_val (self->entries, entry);
}

/* A file with nothing of its kind around it: a temporary one that nobody else can name. */
static int
open_nameless (GError **error)
{
  g_autofree char *name = NULL;
  int fd = g_file_open_tmp ("vantage-XXXXXX", &name, error);

  if (fd >= 0)
    unlink (name);
  return fd;
}

static gboolean
write_all (int fd, const char *bytes, gsize size, GError **error)
{
  while (size > 0)
    {
      ssize_t n = write (fd, bytes, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          g_set_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_UNREADABLE,
                       "there is no room for a temporary copy: %s", g_strerror (errno));
          return FALSE;
        }
      bytes += n;
      size -= (gsize) n;
    }
  return TRUE;
}

/* Copies @stream to a nameless file. */
static int
spool (GInputStream *stream, GCancellable *cancellable, GError **error)
{
  g_autofree char *buffer = g_malloc (256 * 1024);
  int fd = open_nameless (error);

  if (fd < 0)
    return -1;
  for (;;)
    {
      gssize n = g_input_stream_read (stream, buffer, 256 * 1024, cancellable, error);

      if (n == 0)
        return fd;
      if (n < 0 || !write_all (fd, buffer, (gsize) n, error))
        {
          close (fd);
          return -1;
        }
    }
}

static gboolean
list_folder (VantageInput *self, const char *disk, const char *prefix, guint depth,
             GCancellable *cancellable, GError **error)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  dir = g_dir_open (disk, 0, NULL);
  if (dir == NULL)
    return fail_errno (error, disk, errno);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (disk, name, NULL);
      g_autofree char *shown = g_filename_display_name (name);
      g_autofree char *path = g_strconcat (prefix, shown, NULL);
      struct stat status;

      /* Links are not followed: what they lead to is not part of the export. */
      if (lstat (child, &status) != 0)
        continue;
      if (S_ISDIR (status.st_mode))
        {
          g_autofree char *below = g_strconcat (path, "/", NULL);

          if (g_str_equal (name, "__MACOSX") || depth >= MAX_FOLDER_DEPTH)
            continue;
          if (!list_folder (self, child, below, depth + 1, cancellable, error))
            return FALSE;
        }
      else if (S_ISREG (status.st_mode) && !vantage_zip_name_is_litter (path))
        add_entry (self, path, (guint64) status.st_size, g_steal_pointer (&child), NULL);
      if (self->entries->len > MAX_ENTRIES)
        {
          g_set_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_UNREADABLE,
                       "“%s” holds more files than any export: choose the folder of the export",
                       self->path);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
is_zip_file (int fd)
{
  guint8 head[4];

  return pread (fd, head, sizeof head, 0) == sizeof head && vantage_zip_is_head (head, sizeof head);
}

/* The zip inside when @found holds nothing else: exports are sometimes mailed twice packed. */
static const VantageZipEntry *
find_only_zip (GArray *found)
{
  const VantageZipEntry *only = NULL;

  for (guint i = 0; i < found->len; i++)
    {
      const VantageZipEntry *entry = &g_array_index (found, VantageZipEntry, i);

      if (vantage_zip_name_is_litter (entry->name))
        continue;
      if (only != NULL || !g_str_has_suffix (entry->name, ".zip"))
        return NULL;
      only = entry;
    }
  return only;
}

static gboolean
list_zip (VantageInput *self, guint depth, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) found = vantage_zip_list (self->fd, self->file_size, error);
  const VantageZipEntry *only;

  if (found == NULL)
    return FALSE;
  only = find_only_zip (found);
  if (only != NULL && depth < MAX_ZIP_IN_ZIP)
    {
      g_autoptr (GInputStream) stream =
          vantage_zip_open (self->fd, self->file_size, only, cancellable, error);
      int inner = stream != NULL ? spool (stream, cancellable, error) : -1;
      struct stat status;

      if (inner < 0)
        return FALSE;
      if (fstat (inner, &status) == 0 && is_zip_file (inner))
        {
          if (self->fd != self->given_fd)
            close (self->fd);
          self->fd = inner;
          self->file_size = (guint64) status.st_size;
          return list_zip (self, depth + 1, cancellable, error);
        }
      close (inner);
    }
  for (guint i = 0; i < found->len; i++)
    {
      VantageZipEntry *entry = &g_array_index (found, VantageZipEntry, i);

      if (!vantage_zip_name_is_litter (entry->name))
        add_entry (self, entry->name, entry->size, NULL, entry);
    }
  return TRUE;
}

/* ---- the list as a whole ---- */

static gint
compare_entries (gconstpointer a, gconstpointer b)
{
  return strcmp (((const Entry *) a)->entry.path, ((const Entry *) b)->entry.path);
}

/* Takes the one folder that wraps every entry out of their paths. */
static void
unwrap (VantageInput *self)
{
  const char *first, *slash;
  gsize length;

  if (self->entries->len == 0)
    return;
  first = g_array_index (self->entries, Entry, 0).entry.path;
  slash = strchr (first, '/');
  if (slash == NULL)
    return;
  length = (gsize) (slash - first) + 1;
  for (guint i = 1; i < self->entries->len; i++)
    if (strncmp (g_array_index (self->entries, Entry, i).entry.path, first, length) != 0)
      return;

  g_free (self->folder);
  self->folder = g_strndup (first, length - 1);
  for (guint i = 0; i < self->entries->len; i++)
    {
      char *path = g_array_index (self->entries, Entry, i).entry.path;

      memmove (path, path + length, strlen (path + length) + 1);
    }
}

static char *
dup_folder_of (const char *path)
{
  g_autofree char *whole = g_canonicalize_filename (path, NULL);
  g_autofree char *folder = g_path_get_dirname (whole);
  g_autofree char *base = g_path_get_basename (folder);

  return g_filename_display_name (base);
}

static gboolean
open_file (VantageInput *self, GCancellable *cancellable, GError **error)
{
  struct stat status;

  if (self->fd < 0)
    self->fd = open (self->path, O_RDONLY | O_CLOEXEC);
  if (self->fd < 0 || fstat (self->fd, &status) != 0)
    return fail_errno (error, self->path, errno);
  self->given_fd = self->fd;
  self->file_size = (guint64) status.st_size;
  if (is_zip_file (self->fd))
    {
      self->sort = VANTAGE_INPUT_ZIP;
      g_clear_pointer (&self->folder, g_free);
      return list_zip (self, 0, cancellable, error);
    }
  self->sort = VANTAGE_INPUT_FILE;
  add_entry (self, self->name, self->file_size, NULL, NULL);
  return TRUE;
}

static gboolean
open_standard_input (VantageInput *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GInputStream) stream = g_unix_input_stream_new (STDIN_FILENO, FALSE);

  self->fd = spool (stream, cancellable, error);
  return self->fd >= 0 && open_file (self, cancellable, error);
}

VantageInput *
vantage_input_new (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (VantageInput) self = g_new0 (VantageInput, 1);
  g_autofree char *base = g_path_get_basename (path);
  gboolean standard = g_str_equal (path, "-");
  gboolean ok;

  self->fd = self->given_fd = -1;
  self->path = g_strdup (path);
  self->name = standard ? g_strdup ("-") : g_filename_display_name (base);
  self->folder = standard ? NULL : dup_folder_of (path);
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (self->entries, (GDestroyNotify) entry_clear);
  self->peeks = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_bytes_unref);
  if (standard)
    ok = open_standard_input (self, cancellable, error);
  else if (g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_autofree char *whole = g_canonicalize_filename (path, NULL);
      g_autofree char *last = g_path_get_basename (whole);

      g_free (self->name);
      self->name = g_filename_display_name (last);
      g_free (self->folder);
      self->folder = g_strdup (self->name);
      self->sort = VANTAGE_INPUT_FOLDER;
      ok = list_folder (self, path, "", 0, cancellable, error);
    }
  else
    ok = open_file (self, cancellable, error);
  if (!ok)
    return NULL;
  g_array_sort (self->entries, compare_entries);
  unwrap (self);
  return g_steal_pointer (&self);
}

VantageInputSort
vantage_input_get_sort (VantageInput *self)
{
  return self->sort;
}

const char *
vantage_input_get_name (VantageInput *self)
{
  return self->name;
}

const char *
vantage_input_get_folder (VantageInput *self)
{
  return self->folder;
}

guint
vantage_input_get_n_entries (VantageInput *self)
{
  return self->entries->len;
}

const VantageEntry *
vantage_input_get_entry (VantageInput *self, guint index)
{
  return &g_array_index (self->entries, Entry, index).entry;
}

const VantageEntry *
vantage_input_find (VantageInput *self, const char *path)
{
  Entry wanted = { .entry = { .path = (char *) path } };
  guint index;

  if (!g_array_binary_search (self->entries, &wanted, compare_entries, &index))
    return NULL;
  return vantage_input_get_entry (self, index);
}

guint64
vantage_input_get_total (VantageInput *self)
{
  guint64 total = 0;

  for (guint i = 0; i < self->entries->len; i++)
    total += vantage_input_get_entry (self, i)->size;
  return total;
}

/* ---- content ---- */

/* Takes @raw; undoes gzip when it begins as gzip does. */
static GInputStream *
undo_gzip (GInputStream *raw, const VantageEntry *entry, GCancellable *cancellable, GError **error)
{
  g_autoptr (GInputStream) base = raw;
  g_autoptr (GInputStream) buffered = NULL;
  GBufferedInputStream *buffer;
  const guint8 *head;
  gsize available = 0;

  if (!g_str_has_suffix (entry->path, ".gz") && strchr (entry->path, '.') != NULL &&
      !g_str_equal (entry->path, "-"))
    return g_steal_pointer (&base);
  buffered = g_buffered_input_stream_new_sized (base, 64 * 1024);
  buffer = G_BUFFERED_INPUT_STREAM (buffered);
  if (g_buffered_input_stream_fill (buffer, -1, cancellable, error) < 0)
    return NULL;
  head = g_buffered_input_stream_peek_buffer (buffer, &available);
  if (available < 2 || head[0] != 0x1f || head[1] != 0x8b)
    return g_steal_pointer (&buffered);
  return vantage_gunzip_stream_new (
      buffered, MAX (G_GUINT64_CONSTANT (64) * 1024 * 1024, entry->size * GZIP_MAX_RATIO),
      entry->path);
}

static GInputStream *
open_raw (VantageInput *self, Entry *entry, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = NULL;

  if (self->sort == VANTAGE_INPUT_ZIP)
    return vantage_zip_open (self->fd, self->file_size, &entry->zip, cancellable, error);
  if (self->sort == VANTAGE_INPUT_FILE)
    return vantage_stretch_stream_new (self->fd, 0, self->file_size);
  file = g_file_new_for_path (entry->disk);
  return G_INPUT_STREAM (g_file_read (file, cancellable, error));
}

GInputStream *
vantage_input_open (VantageInput *self, const VantageEntry *entry, GCancellable *cancellable,
                    GError **error)
{
  GInputStream *raw = open_raw (self, (Entry *) entry, cancellable, error);

  return raw != NULL ? undo_gzip (raw, entry, cancellable, error) : NULL;
}

GBytes *
vantage_input_load (VantageInput *self, const VantageEntry *entry, gsize max_size,
                    GCancellable *cancellable, GError **error)
{
  g_autoptr (GInputStream) stream = vantage_input_open (self, entry, cancellable, error);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree guint8 *buffer = g_malloc (64 * 1024);

  if (stream == NULL)
    return NULL;
  for (;;)
    {
      gssize n = g_input_stream_read (stream, buffer, 64 * 1024, cancellable, error);

      if (n < 0)
        return NULL;
      if (n == 0)
        return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
      if (bytes->len + (gsize) n > max_size)
        {
          g_set_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_DAMAGED,
                       "“%s” is larger than a file of its kind can be", entry->path);
          return NULL;
        }
      g_byte_array_append (bytes, buffer, (guint) n);
    }
}

GBytes *
vantage_input_peek (VantageInput *self, const VantageEntry *entry)
{
  GBytes *kept = g_hash_table_lookup (self->peeks, entry);
  g_autoptr (GInputStream) stream = NULL;
  g_autofree guint8 *buffer = NULL;
  gsize n = 0;

  if (kept != NULL)
    return g_bytes_ref (kept);
  buffer = g_malloc (VANTAGE_INPUT_PEEK);
  stream = vantage_input_open (self, entry, NULL, NULL);
  if (stream != NULL)
    g_input_stream_read_all (stream, buffer, VANTAGE_INPUT_PEEK, &n, NULL, NULL);
  kept = g_bytes_new_take (g_steal_pointer (&buffer), n);
  if (g_hash_table_size (self->peeks) < MAX_PEEKS)
    g_hash_table_insert (self->peeks, (gpointer) entry, g_bytes_ref (kept));
  return kept;
}

/* ---- the hash ---- */

static gboolean
hash_stream (VantageHash *hash, GInputStream *stream, GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *buffer = g_malloc (256 * 1024);

  for (;;)
    {
      gssize n = g_input_stream_read (stream, buffer, 256 * 1024, cancellable, error);

      if (n <= 0)
        return n == 0;
      vantage_hash_update (hash, buffer, (gsize) n);
    }
}

static char *
hash_folder (VantageInput *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (VantageHash) all = vantage_hash_new ();
  g_autoptr (VantageHash) one = vantage_hash_new ();

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = &g_array_index (self->entries, Entry, i);
      g_autoptr (GInputStream) stream = open_raw (self, entry, cancellable, error);
      g_autofree char *text = NULL;

      if (stream == NULL || !hash_stream (one, stream, cancellable, error))
        return NULL;
      text = vantage_hash_finish_text (one);
      vantage_hash_update (all, entry->entry.path, strlen (entry->entry.path));
      vantage_hash_update (all, "\n", 1);
      vantage_hash_update (all, text, strlen (text));
      vantage_hash_update (all, "\n", 1);
    }
  return vantage_hash_finish_text (all);
}

char *
vantage_input_hash (VantageInput *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (VantageHash) hash = NULL;
  g_autoptr (GInputStream) stream = NULL;
  struct stat status;

  if (self->sort == VANTAGE_INPUT_FOLDER)
    return hash_folder (self, cancellable, error);
  if (fstat (self->given_fd, &status) != 0)
    {
      fail_errno (error, self->path, errno);
      return NULL;
    }
  hash = vantage_hash_new ();
  stream = vantage_stretch_stream_new (self->given_fd, 0, (guint64) status.st_size);
  return hash_stream (hash, stream, cancellable, error) ? vantage_hash_finish_text (hash) : NULL;
}
