/* vantage-upkeep-private.h: the parts of upkeep that opening and closing call. */

#pragma once

#include "vantage-upkeep.h"

G_BEGIN_DECLS

/* Completes or takes back a restore that was cut off between two renames. The lock is held. */
gboolean vantage_upkeep_finish_restore (VantageLibrary *self, GError **error);
/* Copies library.db to backups/ before its schema is raised. The lock is held. */
gboolean vantage_upkeep_backup_before_migration (VantageLibrary *self, GError **error);
/* Waits for the copy that runs in the background. */
void vantage_upkeep_join (VantageLibrary *self);

G_END_DECLS
