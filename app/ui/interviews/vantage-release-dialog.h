/* vantage-release-dialog.h: letting words leave this computer, exactly those shown, with the
 * person's yes; and taking them back. */

#pragma once

#include <adwaita.h>
#include "vantage-interview-room.h"

G_BEGIN_DECLS

void vantage_release_dialog_open (GtkWindow *parent, VantageInterviewRoom *room,
                                  const VantagePrivatePassage *passage);
void vantage_withdraw_dialog_open (GtkWindow *parent, VantageInterviewRoom *room,
                                   const VantagePrivatePassage *passage);

G_END_DECLS
