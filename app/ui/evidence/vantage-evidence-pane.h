/* vantage-evidence-pane.h: what was imported, beside what is written about it: the item in hand
 * with what stands around it, and the pinned ones. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_EVIDENCE_PANE (vantage_evidence_pane_get_type ())
G_DECLARE_FINAL_TYPE (VantageEvidencePane, vantage_evidence_pane, VANTAGE, EVIDENCE_PANE, GtkWidget)

/* Follows "item-id" and the pins of @context. (transfer floating) */
GtkWidget *vantage_evidence_pane_new (VantageReviewContext *context);

G_END_DECLS
