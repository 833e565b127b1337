/* vantage-timeline-page.h: the section where what happened is laid out in time. */

#pragma once

#include "vantage-page.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_TIMELINE_PAGE (vantage_timeline_page_get_type ())
G_DECLARE_FINAL_TYPE (VantageTimelinePage, vantage_timeline_page, VANTAGE, TIMELINE_PAGE,
                      VantagePage)

/* How many events there are, for the list of sections. (transfer full) (nullable) */
char *vantage_timeline_page_dup_count (VantageReviewContext *context);

G_END_DECLS
