/* vantage-upkeep.h: backups, restoring them, and looking whether a library is whole. */

#pragma once

#include "vantage-library.h"

G_BEGIN_DECLS

/* Copies the four databases and originals to @folder (made when missing), each checked. private.db
 * is copied as it is: its payloads stay encrypted. (transfer full): path of the new backup. */
char *vantage_library_backup (VantageLibrary *self, const char *folder, GCancellable *cancellable,
                              GError **error);
/* Replaces the library in @folder by the backup @from, keeping the present one beside it under a
 * dated name. The library must not be open here. */
gboolean vantage_library_restore (const char *folder, const char *from, GError **error);
/* The daily copy, when none was made today; keeps seven. Called by open; harmless to call again. */
gboolean vantage_library_backup_daily (VantageLibrary *self, GError **error);

typedef struct
{
  gboolean ok;
  guint64 n_items, n_changes;
  GPtrArray *problems; /* (element-type utf8): English, one fact each */
} VantageVerifyResult;

void vantage_verify_result_free (VantageVerifyResult *self);
/* Hashes of sources, blocks of items and ops; indexes; foreign keys; entity cache against ops;
 * search against items. @review: (nullable): all. Changes nothing. (transfer full) */
VantageVerifyResult *vantage_library_verify (VantageLibrary *self, const char *review,
                                             GCancellable *cancellable, GError **error);
/* Drops the entity cache and builds it anew from the ops. */
gboolean vantage_library_rebuild (VantageLibrary *self, GError **error);
/* Takes a sample out of the library as if it had never been: what was written, imported and undone.
 * There is no way back. INVALID when it is no sample or a server has met it; NOT_FOUND. Other
 * reviews stay as they are. The thread that opened the library. */
gboolean vantage_library_forget_review (VantageLibrary *self, const char *review, GError **error);

G_END_DECLS
