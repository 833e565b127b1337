/* vantage-overview-page.h: the first section: what happened, how far the review is, what is next.
 */

#pragma once

#include "vantage-page.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_OVERVIEW_PAGE (vantage_overview_page_get_type ())
G_DECLARE_FINAL_TYPE (VantageOverviewPage, vantage_overview_page, VANTAGE, OVERVIEW_PAGE,
                      VantagePage)

G_END_DECLS
