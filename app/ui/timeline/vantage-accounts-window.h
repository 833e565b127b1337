/* vantage-accounts-window.h: moments that two accounts, or an account and the record, may tell
 * differently: tied, or left apart. */

#pragma once

#include "vantage-timeline-feed.h"

G_BEGIN_DECLS

/* A window over @parent; it owns itself. */
GtkWindow *vantage_accounts_window_show (GtkWindow *parent, VantageTimelineFeed *feed);

G_END_DECLS
