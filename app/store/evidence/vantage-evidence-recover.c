/* vantage-evidence-recover.c: what a crash left of an import is finished when its evidence was
 * kept, and dropped when it was not. */

#include <glib/gstdio.h>
#include <unistd.h>

#include "vantage-evidence-source.h"
#include "vantage-originals.h"

typedef struct
{
  gint64 source;
  VantageSourceState state;
  char *entity, *lock;
} Left;

static void
free_left (gpointer data)
{
  Left *left = data;

  g_free (left->entity);
  g_free (left->lock);
  g_free (left);
}

static gboolean
list_job (VantageEvidenceStore *self, gpointer data, GError **error)
{
  GPtrArray *list = data;
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      self->db,
      "SELECT s.id, s.state, s.entity, r.lock FROM import_run r JOIN source s ON s.id = r.source"
      " ORDER BY s.id",
      error);

  while (vantage_stmt_step (&stmt, error))
    {
      Left *left = g_new0 (Left, 1);

      left->source = vantage_stmt_get_int (&stmt, 0);
      left->state = (VantageSourceState) vantage_stmt_get_int (&stmt, 1);
      left->entity = g_strdup (vantage_stmt_get_text (&stmt, 2));
      left->lock = g_strdup (vantage_stmt_get_text (&stmt, 3));
      g_ptr_array_add (list, left);
    }

  return !stmt.failed;
}

static gboolean
drop_job (VantageEvidenceStore *self, gpointer data, GError **error)
{
  const Left *left = data;

  return vantage_evidence_drop_source (self, left->source, error);
}

/* The copy of the original that it had begun. */
static void
remove_draft (VantageEvidenceStore *self, const Left *left)
{
  g_autofree char *folder =
      g_build_filename (vantage_library_get_folder (self->library), "originals", NULL);
  g_autofree char *draft = vantage_original_dup_draft (folder, left->entity);

  g_unlink (draft);
}

/* One that another program is busy with has its lock taken, and is let alone. */
static gboolean
recover_one (VantageEvidenceStore *self, Left *left, GError **error)
{
  gboolean ok;
  int fd;

  if (!vantage_evidence_lock_run (self, left->lock, &fd))
    return TRUE;

  remove_draft (self, left);
  if (left->state == VANTAGE_SOURCE_KEPT || left->state == VANTAGE_SOURCE_HIDDEN)
    ok = vantage_evidence_write_entity (self, left->entity, error);
  else
    ok = vantage_evidence_run (self, drop_job, left, error);

  if (ok)
    vantage_evidence_unlock_run (self, left->lock, fd);
  else
    close (fd);
  return ok;
}

static gboolean
indices_job (VantageEvidenceStore *self, gpointer data, GError **error)
{
  return vantage_evidence_ensure_indices (self, error);
}

gboolean
vantage_evidence_recover (VantageEvidenceStore *self, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (free_left);
  gboolean busy = FALSE;

  if (!vantage_evidence_run (self, list_job, list, error))
    return FALSE;

  for (guint i = 0; i < list->len; i++)
    if (!recover_one (self, list->pdata[i], error))
      return FALSE;

  g_ptr_array_set_size (list, 0);
  if (!vantage_evidence_run (self, list_job, list, error))
    return FALSE;

  /* A first import that goes on elsewhere makes them at its end. */
  busy = list->len > 0;
  return busy || vantage_evidence_run (self, indices_job, NULL, error);
}
