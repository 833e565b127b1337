/* vantage-desk-source.h: what has been made of a source: what would be left hanging without it. */

#pragma once

#include "vantage-evidence.h"

G_BEGIN_DECLS

typedef struct
{
  guint n_events;   /* that cite it or take their time from it */
  guint n_findings; /* that cite it */
  guint n_others;   /* wonders, links, statements … */
} VantageResting;

/**
 * vantage_desk_count_resting:
 * @source: entity id
 *
 * Counts what cites items that are shown as this source's. The thread of @library; the cost is a
 * look-up for each citation of the review.
 */
gboolean vantage_desk_count_resting (VantageLibrary *library, const char *review,
                                     const char *source, VantageResting *out, GError **error);

G_END_DECLS
