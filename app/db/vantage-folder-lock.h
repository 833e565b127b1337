/* vantage-folder-lock.h: turns at writing one database, between threads and between programs. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _VantageFolderLock VantageFolderLock;

/* @path: the lock file; made when missing, never removed. Sets @error to VANTAGE_DB_ERROR. */
VantageFolderLock *vantage_folder_lock_new (const char *path, GError **error);
void vantage_folder_lock_free (VantageFolderLock *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageFolderLock, vantage_folder_lock_free)

/* Waits its turn, at most ten seconds, then VANTAGE_DB_ERROR_BUSY. One thread may take it
 * several times and gives it back as often. Hold it for one transaction or checkpoint, no longer.
 */
gboolean vantage_folder_lock_take (VantageFolderLock *self, GError **error);
void vantage_folder_lock_give_back (VantageFolderLock *self);

G_END_DECLS
