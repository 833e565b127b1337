/* failing-disk.h: a file system layer for SQLite whose k-th write, sync or cut fails. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  FAILING_DISK_IO,   /* the call fails with an input/output error */
  FAILING_DISK_FULL, /* there is no space left */
} FailingDiskSort;

/* Stands in for the ordinary layer from now on; before the first connection. */
void failing_disk_install (void);
/* From now the @k-th call fails, and with @for_good every one after it. 0: none fails. */
void failing_disk_arm (guint k, FailingDiskSort sort, gboolean for_good);
/* Calls since it was armed. */
guint failing_disk_get_calls (void);

G_END_DECLS
