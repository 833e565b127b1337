/* vantage-zip-name.h: names inside an archive: their encoding, and whether they are safe. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* UTF-8 when the bytes are valid UTF-8, whatever the archive claims, else code page 437; NFC; "\"
 * becomes "/" where no "/" is. NULL with VANTAGE_IMPORT_ERROR_UNSAFE for a name that leads outside,
 * VANTAGE_IMPORT_ERROR_DAMAGED for one with a NUL. (transfer full) */
char *vantage_zip_name_read (const char *bytes, gsize length, GError **error);

/* Files that systems leave behind and no export means: `__MACOSX/`, `.DS_Store`, `._name` … */
gboolean vantage_zip_name_is_litter (const char *path);

G_END_DECLS
