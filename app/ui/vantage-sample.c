/* vantage-sample.c: the sample review, with the private notes that belong to it. */

#include "vantage-sample.h"

#include "vantage-upkeep.h"
#include "vantage-vault.h"

/* A vault that is locked keeps its notes for the next time. */
static gboolean
read_notes (VantageLibrary *library, GError **error)
{
  static const VantageVaultOptions options = { NULL };
  g_autofree char *path = vantage_desk_find_data ("sample/interviews.json");
  g_autofree char *json = NULL;
  g_autoptr (VantageVault) vault = NULL;
  gsize length;

  if (!g_file_get_contents (path, &json, &length, error))
    return FALSE;
  vault = vantage_vault_open (vantage_library_get_folder (library), &options, error);
  if (vault == NULL)
    return FALSE;
  return vantage_vault_is_locked (vault) ||
         vantage_vault_read_notes (vault, json, (gssize) length, error);
}

gboolean
vantage_sample_open (VantageLibrary *library, GError **error)
{
  return vantage_desk_open_sample (library, error) && read_notes (library, error);
}

/* What was written in the sample's interviews on this computer. */
static gboolean
forget_notes (VantageLibrary *library, GError **error)
{
  static const VantageVaultOptions options = { NULL };
  g_autoptr (GPtrArray) interviews =
      vantage_library_list (library, VANTAGE_SAMPLE_REVIEW, "interview", error);
  g_autoptr (VantageVault) vault = NULL;

  if (interviews == NULL)
    return FALSE;
  vault = vantage_vault_open (vantage_library_get_folder (library), &options, error);
  if (vault == NULL)
    return FALSE;
  if (vantage_vault_is_locked (vault))
    return TRUE;
  for (guint i = 0; i < interviews->len; i++)
    if (!vantage_vault_forget (vault, vantage_entity_get_id (interviews->pdata[i]), error))
      return FALSE;
  return TRUE;
}

gboolean
vantage_sample_renew (VantageLibrary *library, GError **error)
{
  return forget_notes (library, error) &&
         vantage_library_forget_review (library, VANTAGE_SAMPLE_REVIEW, error) &&
         vantage_sample_open (library, error);
}
