/* vantage-interviews-page.h: conversations, one by one: prepared, held, gone through; and the list
 * of them. */

#pragma once

#include "vantage-page.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_INTERVIEWS_PAGE (vantage_interviews_page_get_type ())
G_DECLARE_FINAL_TYPE (VantageInterviewsPage, vantage_interviews_page, VANTAGE, INTERVIEWS_PAGE,
                      VantagePage)

/* "2/4": held of all; NULL when there are none. (transfer full) (nullable) */
char *vantage_interviews_page_dup_count (VantageReviewContext *context);

G_END_DECLS
