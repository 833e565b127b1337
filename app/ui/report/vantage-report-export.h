/* vantage-report-export.h: a report as a file. */

#pragma once

#include <gtk/gtk.h>

#include "vantage-report.h"
#include "vantage-review-context.h"

G_BEGIN_DECLS

typedef enum
{
  VANTAGE_EXPORT_MARKDOWN,
  VANTAGE_EXPORT_HTML,
} VantageExportFormat;

/* Asks where, writes the report as it is then, and tells the name of the file; also when names are
 * hidden but one stands in the text. */
void vantage_report_export (GtkWindow *parent, VantageReviewContext *context,
                            VantageReportAudience audience, VantageReportNames names,
                            VantageExportFormat format);

G_END_DECLS
