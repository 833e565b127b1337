#include "vantage-zip-name.h"

#include <string.h>

#include "vantage-import.h"

/* Whether the absolute, the drive or a ".." leads out of the folder. */
static gboolean
leads_outside (const char *name)
{
  g_auto (GStrv) parts = NULL;

  if (name[0] == '/' || (g_ascii_isalpha (name[0]) && name[1] == ':'))
    return TRUE;
  parts = g_strsplit (name, "/", -1);
  return g_strv_contains ((const char *const *) parts, "..");
}

char *
vantage_zip_name_read (const char *bytes, gsize length, GError **error)
{
  g_autofree char *name = NULL;

  if (memchr (bytes, '\0', length) != NULL)
    {
      g_set_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_DAMAGED,
                   "a name in the archive is broken");
      return NULL;
    }
  if (g_utf8_validate_len (bytes, length, NULL))
    name = g_utf8_normalize (bytes, (gssize) length, G_NORMALIZE_NFC);
  else
    name = g_convert (bytes, (gssize) length, "UTF-8", "CP437", NULL, NULL, NULL);
  if (name == NULL)
    name = g_utf8_make_valid (bytes, (gssize) length);
  if (strchr (name, '/') == NULL)
    g_strdelimit (name, "\\", '/');
  if (leads_outside (name))
    {
      g_set_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_UNSAFE,
                   "“%s” in the archive leads out of it: no export has such names, so it was not "
                   "opened",
                   name);
      return NULL;
    }
  while (g_str_has_prefix (name, "./"))
    memmove (name, name + 2, strlen (name + 2) + 1);
  return g_steal_pointer (&name);
}

gboolean
vantage_zip_name_is_litter (const char *path)
{
  const char *slash = strrchr (path, '/');
  const char *base = slash != NULL ? slash + 1 : path;

  return g_str_has_prefix (path, "__MACOSX/") || strstr (path, "/__MACOSX/") != NULL ||
         g_str_has_prefix (base, "._") || g_str_equal (base, ".DS_Store") ||
         g_ascii_strcasecmp (base, "Thumbs.db") == 0 ||
         g_ascii_strcasecmp (base, "desktop.ini") == 0;
}
