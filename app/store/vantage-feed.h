/* vantage-feed.h: telling the main context what has changed, whoever changed it. */

#pragma once

#include "vantage-library-private.h"

G_BEGIN_DECLS

/* Notes where things stand and begins to look twice a second. On the owner's thread. */
void vantage_feed_start (VantageLibrary *self);
void vantage_feed_stop (VantageLibrary *self);

G_END_DECLS
