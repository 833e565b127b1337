/* vantage-folder-lock.c: flock() between programs, a mutex between threads of one. */

#include "vantage-folder-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "vantage-db.h"

#define WAIT_US (10 * G_USEC_PER_SEC)
#define LONGEST_NAP_US 8000

struct _VantageFolderLock
{
  GRecMutex mutex;
  int fd;
  guint depth; /* guarded by the mutex */
  char *path;
};

VantageFolderLock *
vantage_folder_lock_new (const char *path, GError **error)
{
  g_autoptr (VantageFolderLock) self = g_new0 (VantageFolderLock, 1);

  g_rec_mutex_init (&self->mutex);
  self->path = g_strdup (path);
  self->fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->fd < 0)
    {
      int code = errno == ENOSPC                                       ? VANTAGE_DB_ERROR_FULL
                 : errno == EROFS || errno == EACCES || errno == EPERM ? VANTAGE_DB_ERROR_READ_ONLY
                                                                       : VANTAGE_DB_ERROR_OPEN;

      g_set_error (error, VANTAGE_DB_ERROR, code, "%s: %s", path, g_strerror (errno));
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
vantage_folder_lock_free (VantageFolderLock *self)
{
  if (self == NULL)
    return;

  if (self->fd >= 0)
    close (self->fd);
  g_rec_mutex_clear (&self->mutex);
  g_free (self->path);
  g_free (self);
}

static gboolean
wait_for_file (VantageFolderLock *self, GError **error)
{
  gint64 until_us = g_get_monotonic_time () + WAIT_US;
  gulong nap_us = 200;

  while (flock (self->fd, LOCK_EX | LOCK_NB) != 0)
    {
      if ((errno != EWOULDBLOCK && errno != EINTR) || g_get_monotonic_time () > until_us)
        {
          g_set_error (error, VANTAGE_DB_ERROR, VANTAGE_DB_ERROR_BUSY, "%s: %s", self->path,
                       g_strerror (errno));
          return FALSE;
        }
      g_usleep (nap_us);
      nap_us = MIN (nap_us * 2, LONGEST_NAP_US);
    }
  return TRUE;
}

gboolean
vantage_folder_lock_take (VantageFolderLock *self, GError **error)
{
  g_rec_mutex_lock (&self->mutex);
  if (self->depth == 0 && !wait_for_file (self, error))
    {
      g_rec_mutex_unlock (&self->mutex);
      return FALSE;
    }
  self->depth++;
  return TRUE;
}

void
vantage_folder_lock_give_back (VantageFolderLock *self)
{
  if (--self->depth == 0)
    flock (self->fd, LOCK_UN);
  g_rec_mutex_unlock (&self->mutex);
}
