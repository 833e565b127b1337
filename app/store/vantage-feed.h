/* vantage-feed.h: telling the main context what has changed, whoever changed it. */

#pragma once

#include "vantage-library-private.h"

G_BEGIN_DECLS

/* Notes where things stand and begins to look twice a second. On the owner's thread. */
void vantage_feed_start (VantageLibrary *self);
void vantage_feed_stop (VantageLibrary *self);
/* A review is not here any more: lists are read anew and all who look are told. */
void vantage_feed_tell_gone (VantageLibrary *self, const char *review);

G_END_DECLS
