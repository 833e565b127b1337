/* vantage-desk-roster.h: a list of people makes persons of a review, or tells more of those whom
 * the evidence names. For windows and command line alike. */

#pragma once

#include "vantage-evidence.h"

G_BEGIN_DECLS

typedef struct
{
  guint n_rows;
  guint n_new;            /* persons that nobody had named yet */
  guint n_changed;        /* of whom something new is known */
  guint n_same;           /* of whom all was known */
  GPtrArray *diagnostics; /* (element-type VantageDiagnostic) */
} VantageRosterResult;

void vantage_roster_result_free (VantageRosterResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageRosterResult, vantage_roster_result_free)

/**
 * vantage_desk_import_roster:
 * @path: the table, or "-"
 * @what: the undo step, translated
 * @keep: FALSE: only says what it would do
 *
 * A row is of the person with its e-mail address, else its handle, else its name, when there is
 * exactly one; of nobody known: a new person. Where several have the name, the row is left out and
 * said. All rows are one undo step; the same table again changes nothing. The thread of @library.
 */
VantageRosterResult *vantage_desk_import_roster (VantageLibrary *library, const char *review,
                                                 const char *path, const char *what, gboolean keep,
                                                 GCancellable *cancellable, GError **error);

G_END_DECLS
