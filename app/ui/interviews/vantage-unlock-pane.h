/* vantage-unlock-pane.h: what stands in place of private notes while they cannot be read: why, and
 * the one thing to do. */

#pragma once

#include <adwaita.h>
#include "vantage-private-notes.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_UNLOCK_PANE (vantage_unlock_pane_get_type ())
G_DECLARE_FINAL_TYPE (VantageUnlockPane, vantage_unlock_pane, VANTAGE, UNLOCK_PANE, AdwBin)

GtkWidget *vantage_unlock_pane_new (VantagePrivateNotes *notes);

G_END_DECLS
