/* vantage-review-card.h: one review in the list: title, kind and stage, facts, when. */

#pragma once

#include <gtk/gtk.h>
#include "vantage-library.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_REVIEW_CARD (vantage_review_card_get_type ())
G_DECLARE_FINAL_TYPE (VantageReviewCard, vantage_review_card, VANTAGE, REVIEW_CARD, GtkWidget)

/* (transfer floating) */
GtkWidget *vantage_review_card_new (VantageLibrary *library);
/* Counts what the facts line says. @review: (nullable) */
void vantage_review_card_set_review (VantageReviewCard *self, VantageEntity *review);
/* Counts again. */
void vantage_review_card_refresh (VantageReviewCard *self);
VantageEntity *vantage_review_card_get_review (VantageReviewCard *self);
/* What a screen reader says for it. Lent. */
const char *vantage_review_card_get_spoken (VantageReviewCard *self);

/* The earliest day on which something of @review is due; VANTAGE_TIME_NONE: nothing.
 * Fiction is never due: the days of the sample are long past. */
gint64 vantage_review_get_due_us (VantageEntity *review);

G_END_DECLS
