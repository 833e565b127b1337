/* vantage-report-preview.h: the report as Export writes it, shown here: first what to look at
 * before it is given to others, then the document. */

#pragma once

#include "vantage-report.h"
#include "vantage-review-context.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_REPORT_PREVIEW (vantage_report_preview_get_type ())
G_DECLARE_FINAL_TYPE (VantageReportPreview, vantage_report_preview, VANTAGE, REPORT_PREVIEW,
                      GtkWidget)

/* (transfer floating) */
GtkWidget *vantage_report_preview_new (VantageReviewContext *context);
/* @report: (transfer full) (nullable) */
void vantage_report_preview_take (VantageReportPreview *self, VantageReport *report);
/* Rows of the document, warnings first. (element-type GObject) */
GListModel *vantage_report_preview_get_rows (VantageReportPreview *self);
guint vantage_report_preview_get_n_warnings (VantageReportPreview *self);

G_END_DECLS
