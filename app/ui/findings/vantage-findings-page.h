/* vantage-findings-page.h: what was learned: findings, what nobody could tell yet, and what is
 * worth trying. */

#pragma once

#include "vantage-page.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_FINDINGS_PAGE (vantage_findings_page_get_type ())
G_DECLARE_FINAL_TYPE (VantageFindingsPage, vantage_findings_page, VANTAGE, FINDINGS_PAGE,
                      VantagePage)

/* How many findings there are, for the list of sections. (transfer full) (nullable) */
char *vantage_findings_page_dup_count (VantageReviewContext *context);

G_END_DECLS
