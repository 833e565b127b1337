/* vantage-make-dialog.h: making an event, a statement about time, a finding or a wonder from words
 * that were picked out. What is written here is shared with the team; the words themselves stay. */

#pragma once

#include <adwaita.h>
#include "vantage-interview-room.h"

G_BEGIN_DECLS

/* @kind: event, statement, finding or wonder. */
void vantage_make_dialog_open (GtkWindow *parent, VantageInterviewRoom *room,
                               const VantagePrivatePassage *passage, const char *kind);

G_END_DECLS
