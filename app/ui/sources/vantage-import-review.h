/* vantage-import-review.h: the review that an import goes into: begun when there is none, and its
 * zone. */

#pragma once

#include "vantage-library.h"
#include "vantage-time.h"

G_BEGIN_DECLS

/* A review for evidence that belongs to none yet, named after the file at @path. (transfer full):
 * its id; NULL with @error */
char *vantage_import_review_begin (VantageLibrary *library, const char *path, GError **error);
/* The zone of a review is that of its first import: @zone, which a person chose, else (NULL) this
 * computer's. A review that has one keeps it. */
void vantage_import_review_settle_zone (VantageLibrary *library, const char *review,
                                        const char *zone);
/* In which zone times are shown and typed: that of @review (nullable), else @chosen (nullable),
 * else this computer's. (transfer full) */
VantageZone *vantage_import_review_find_zone (VantageLibrary *library, const char *review,
                                              const char *chosen);

G_END_DECLS
