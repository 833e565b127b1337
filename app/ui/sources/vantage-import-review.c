/* vantage-import-review.c: what an import needs of a review, and writes to it. */

#include "config.h"

#include "vantage-import-review.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-edit.h"

char *
vantage_import_review_begin (VantageLibrary *library, const char *path, GError **error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (VantageEdit) edit = vantage_library_begin (library, NULL, _ ("New Review"));
  g_autofree char *id = g_strdup (vantage_edit_create (edit, "review"));
  char *dot = strrchr (name, '.');

  if (dot != NULL && dot != name)
    *dot = '\0';
  vantage_edit_set_text (edit, "review", id, "title", name);
  vantage_edit_set_text (edit, "review", id, "kind", "incident");
  vantage_edit_set_text (edit, "review", id, "stage", "sources");
  return vantage_edit_commit (edit, error) ? g_steal_pointer (&id) : NULL;
}

static char *
dup_zone (VantageLibrary *library, const char *review)
{
  g_autoptr (VantageEntity) entity =
      review != NULL ? vantage_library_get (library, review, "review", review, NULL) : NULL;

  return entity != NULL ? g_strdup (vantage_entity_get_text (entity, "zone")) : NULL;
}

void
vantage_import_review_settle_zone (VantageLibrary *library, const char *review, const char *zone)
{
  g_autofree char *known = dup_zone (library, review);
  g_autoptr (VantageZone) local = vantage_zone_new_local ();
  g_autoptr (VantageEdit) edit = NULL;

  if (known != NULL)
    return;
  edit = vantage_library_begin (library, review, _ ("Choose Time Zone"));
  vantage_edit_set_text (edit, "review", review, "zone",
                         zone != NULL ? zone : vantage_zone_get_name (local));
  vantage_edit_commit (edit, NULL);
}

VantageZone *
vantage_import_review_find_zone (VantageLibrary *library, const char *review, const char *chosen)
{
  g_autofree char *own = dup_zone (library, review);
  const char *name = own != NULL ? own : chosen;
  VantageZone *zone = name != NULL ? vantage_zone_new (name) : NULL;

  return zone != NULL ? zone : vantage_zone_new_local ();
}
