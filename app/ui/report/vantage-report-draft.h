/* vantage-report-draft.h: the text of a report as it is written in a review: where it is kept, how
 * it is begun, and the document that is made of it. */

#pragma once

#include "vantage-report.h"
#include "vantage-review-context.h"

G_BEGIN_DECLS

/* The slot of a report whose blocks are its text. */
#define VANTAGE_REPORT_SLOT "body"

/* "team", "everyone". Lent. */
const char *vantage_report_audience_to_text (VantageReportAudience audience);

/* Id of the text for @audience; NULL: none is begun. (transfer full) (nullable) */
char *vantage_report_draft_find (VantageReviewContext *context, VantageReportAudience audience);
/* Begins a text with sections that fit what the review holds: findings, experiments, open
 * questions; one undo step. NULL: it could not be saved, and that was told. (transfer full)
 * (nullable) */
char *vantage_report_draft_begin (VantageReviewContext *context, VantageReportAudience audience);
/* Its blocks in order. (transfer full) (element-type VantageEntity) */
GPtrArray *vantage_report_draft_list_blocks (VantageReviewContext *context, const char *report);
/* The document that Export writes. (transfer full) (nullable): NULL: the review is gone. */
VantageReport *vantage_report_draft_build (VantageReviewContext *context,
                                           VantageReportAudience audience,
                                           VantageReportNames names);

G_END_DECLS
