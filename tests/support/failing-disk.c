#include "failing-disk.h"

#include <sqlite3.h>
#include <string.h>

#include "vantage-db.h"

typedef struct
{
  sqlite3_file base;
  sqlite3_file *real; /* right behind this struct */
} DiskFile;

static sqlite3_vfs *real_vfs;
static sqlite3_vfs failing_vfs;
static gint n_calls;
static guint fails_at;
static gboolean fails_for_good;
static FailingDiskSort fails_how;

static sqlite3_file *
get_real (sqlite3_file *file)
{
  return ((DiskFile *) file)->real;
}

static int
meet_fate (int io_error)
{
  guint call = (guint) g_atomic_int_add (&n_calls, 1) + 1;

  if (fails_at == 0 || call < fails_at || (call > fails_at && !fails_for_good))
    return SQLITE_OK;
  return fails_how == FAILING_DISK_FULL ? SQLITE_FULL : io_error;
}

static int
disk_close (sqlite3_file *file)
{
  return get_real (file)->pMethods->xClose (get_real (file));
}

static int
disk_read (sqlite3_file *file, void *data, int n, sqlite3_int64 offset)
{
  return get_real (file)->pMethods->xRead (get_real (file), data, n, offset);
}

static int
disk_write (sqlite3_file *file, const void *data, int n, sqlite3_int64 offset)
{
  int fate = meet_fate (SQLITE_IOERR_WRITE);

  /* Half of it arrives. */
  if (fate != SQLITE_OK && n > 1)
    get_real (file)->pMethods->xWrite (get_real (file), data, n / 2, offset);
  return fate != SQLITE_OK ? fate
                           : get_real (file)->pMethods->xWrite (get_real (file), data, n, offset);
}

static int
disk_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  int fate = meet_fate (SQLITE_IOERR_TRUNCATE);

  return fate != SQLITE_OK ? fate : get_real (file)->pMethods->xTruncate (get_real (file), size);
}

static int
disk_sync (sqlite3_file *file, int flags)
{
  int fate = meet_fate (SQLITE_IOERR_FSYNC);

  return fate != SQLITE_OK ? fate : get_real (file)->pMethods->xSync (get_real (file), flags);
}

static int
disk_file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  return get_real (file)->pMethods->xFileSize (get_real (file), size);
}

static int
disk_lock (sqlite3_file *file, int level)
{
  return get_real (file)->pMethods->xLock (get_real (file), level);
}

static int
disk_unlock (sqlite3_file *file, int level)
{
  return get_real (file)->pMethods->xUnlock (get_real (file), level);
}

static int
disk_check_reserved_lock (sqlite3_file *file, int *out)
{
  return get_real (file)->pMethods->xCheckReservedLock (get_real (file), out);
}

static int
disk_file_control (sqlite3_file *file, int what, void *data)
{
  return get_real (file)->pMethods->xFileControl (get_real (file), what, data);
}

static int
disk_sector_size (sqlite3_file *file)
{
  return get_real (file)->pMethods->xSectorSize (get_real (file));
}

static int
disk_characteristics (sqlite3_file *file)
{
  return get_real (file)->pMethods->xDeviceCharacteristics (get_real (file));
}

static int
disk_shm_map (sqlite3_file *file, int page, int size, int extend, void volatile **out)
{
  return get_real (file)->pMethods->xShmMap (get_real (file), page, size, extend, out);
}

static int
disk_shm_lock (sqlite3_file *file, int offset, int n, int flags)
{
  return get_real (file)->pMethods->xShmLock (get_real (file), offset, n, flags);
}

static void
disk_shm_barrier (sqlite3_file *file)
{
  get_real (file)->pMethods->xShmBarrier (get_real (file));
}

static int
disk_shm_unmap (sqlite3_file *file, int delete)
{
  return get_real (file)->pMethods->xShmUnmap (get_real (file), delete);
}

static const sqlite3_io_methods disk_methods = {
  .iVersion = 2,
  .xClose = disk_close,
  .xRead = disk_read,
  .xWrite = disk_write,
  .xTruncate = disk_truncate,
  .xSync = disk_sync,
  .xFileSize = disk_file_size,
  .xLock = disk_lock,
  .xUnlock = disk_unlock,
  .xCheckReservedLock = disk_check_reserved_lock,
  .xFileControl = disk_file_control,
  .xSectorSize = disk_sector_size,
  .xDeviceCharacteristics = disk_characteristics,
  .xShmMap = disk_shm_map,
  .xShmLock = disk_shm_lock,
  .xShmBarrier = disk_shm_barrier,
  .xShmUnmap = disk_shm_unmap,
};

static int
disk_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
  DiskFile *self = (DiskFile *) file;
  int result;

  self->real = (sqlite3_file *) (self + 1);
  self->base.pMethods = NULL;
  result = real_vfs->xOpen (real_vfs, name, self->real, flags, out_flags);
  if (self->real->pMethods != NULL)
    self->base.pMethods = &disk_methods;
  return result;
}

void
failing_disk_install (void)
{
  vantage_db_init_process ();
  real_vfs = sqlite3_vfs_find (NULL);
  failing_vfs = *real_vfs;
  failing_vfs.zName = "failing-disk";
  failing_vfs.szOsFile = real_vfs->szOsFile + (int) sizeof (DiskFile);
  failing_vfs.xOpen = disk_open;
  sqlite3_vfs_register (&failing_vfs, 1);
}

void
failing_disk_arm (guint k, FailingDiskSort sort, gboolean for_good)
{
  fails_at = k;
  fails_how = sort;
  fails_for_good = for_good;
  g_atomic_int_set (&n_calls, 0);
}

guint
failing_disk_get_calls (void)
{
  return (guint) g_atomic_int_get (&n_calls);
}
