/* vantage-report-page.h: what is told to others: its shape, its text, and how it will look. */

#pragma once

#include "vantage-page.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_REPORT_PAGE (vantage_report_page_get_type ())
G_DECLARE_FINAL_TYPE (VantageReportPage, vantage_report_page, VANTAGE, REPORT_PAGE, VantagePage)

G_END_DECLS
