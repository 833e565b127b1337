/* vantage-sample.h: the sample review, with the private notes that belong to it. */

#pragma once

#include "vantage-desk.h"

G_BEGIN_DECLS

/**
 * vantage_sample_open:
 *
 * Builds the sample review unless it is there, brings it back when it was deleted, and puts the
 * notes of its interviews into the vault of @library's folder. Blocking, below 2 s; on the thread
 * of @library. Its id is VANTAGE_SAMPLE_REVIEW.
 */
gboolean vantage_sample_open (VantageLibrary *library, GError **error);
/* The same as on the first day: all that was made of it goes, on this computer and for good.
 * INVALID of the store when it was shared. */
gboolean vantage_sample_renew (VantageLibrary *library, GError **error);

G_END_DECLS
