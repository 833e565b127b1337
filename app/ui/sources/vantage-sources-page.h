/* vantage-sources-page.h: what was brought in, to read and to search. */

#pragma once

#include "vantage-page.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_SOURCES_PAGE (vantage_sources_page_get_type ())
G_DECLARE_FINAL_TYPE (VantageSourcesPage, vantage_sources_page, VANTAGE, SOURCES_PAGE, VantagePage)

/* How many items there are, for the list of sections. (transfer full) (nullable) */
char *vantage_sources_page_dup_count (VantageReviewContext *context);

G_END_DECLS
