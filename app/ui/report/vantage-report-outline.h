/* vantage-report-outline.h: the text of a report as its headings and what stands below them: to see
 * its shape and change it. A heading moves with all that is below it. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_REPORT_OUTLINE (vantage_report_outline_get_type ())
G_DECLARE_FINAL_TYPE (VantageReportOutline, vantage_report_outline, VANTAGE, REPORT_OUTLINE,
                      GtkWidget)

/* Signals: "activated" (guint block): the person wants to write there; "selected". */

/* (transfer floating) */
GtkWidget *vantage_report_outline_new (VantageReviewContext *context);
/* @report: (nullable): its id. Reads anew and keeps what is selected. */
void vantage_report_outline_show (VantageReportOutline *self, const char *report);
gboolean vantage_report_outline_has_selection (VantageReportOutline *self);
/* @by: -1 up, 1 down: one paragraph, or one heading with all below it. */
void vantage_report_outline_move_selected (VantageReportOutline *self, int by);
/* Moves the row at @from, a heading with all below it, before the one at @to. */
void vantage_report_outline_move (VantageReportOutline *self, guint from, guint to);
void vantage_report_outline_delete_selected (VantageReportOutline *self);
/* After what is selected, else at the end. @style: of a block. */
void vantage_report_outline_insert (VantageReportOutline *self, const char *style,
                                    const char *text);

G_END_DECLS
