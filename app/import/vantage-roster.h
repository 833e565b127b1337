/* vantage-roster.h: a list of people as a table: who belongs to which team, where, since when. It
 * is no evidence of what happened; it says who those are that the evidence names. */

#pragma once

#include <gio/gio.h>
#include "vantage-time.h"

G_BEGIN_DECLS

/* NULL where the table has nothing. */
typedef struct
{
  char *name, *email, *handle;
  char *team, *role;
  char *zone;      /* a name that this computer knows */
  char *tenure;    /* as written */
  gint64 since_us; /* when the tenure is a day: that; else VANTAGE_TIME_NONE */
  gint64 line;     /* in the table, from 1 */
} VantageRosterRow;

void vantage_roster_row_free (VantageRosterRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageRosterRow, vantage_roster_row_free)

/**
 * vantage_roster_read:
 * @path: a table of text with a header: a comma, semicolon, tab or bar between the columns
 * @diagnostics: (element-type VantageDiagnostic): gets what was left out, and why
 *
 * Columns are told by their names: name (or first and last name), email, handle, team, role, zone,
 * tenure, and the names that tables usually give these.
 *
 * Returns: (transfer full) (element-type VantageRosterRow): NULL with VANTAGE_IMPORT_ERROR;
 *   NEEDS_MAPPING when no column names people or none says anything of them
 */
GPtrArray *vantage_roster_read (const char *path, GPtrArray *diagnostics, GCancellable *cancellable,
                                GError **error);

G_END_DECLS
