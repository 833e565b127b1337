/* vantage-people-page.h: the section of people: who was there and when, whom to talk to, who is one
 * with whom. */

#pragma once

#include "vantage-page.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_PEOPLE_PAGE (vantage_people_page_get_type ())
G_DECLARE_FINAL_TYPE (VantagePeoplePage, vantage_people_page, VANTAGE, PEOPLE_PAGE, VantagePage)

/* How many people there are, for the list of sections. (transfer full) (nullable) */
char *vantage_people_page_dup_count (VantageReviewContext *context);

G_END_DECLS
