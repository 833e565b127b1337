/* vantage-intake-rows.h: is it worth it? Nine questions, and an advice that follows the answers. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_INTAKE_ROWS (vantage_intake_rows_get_type ())
G_DECLARE_FINAL_TYPE (VantageIntakeRows, vantage_intake_rows, VANTAGE, INTAKE_ROWS, GtkWidget)

void vantage_intake_rows_bind (VantageIntakeRows *self, VantageReviewContext *context);

/* "full", "short" or "note" from the answers of @review; NULL while fewer than three questions have
 * one. Never a measure of how bad it was. Lent. */
const char *vantage_intake_advise (VantageEntity *review);

G_END_DECLS
