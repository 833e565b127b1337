/* vantage-event-card.h: one event on the canvas: edge by claim, sign by kind, title, and a faint
 * line of time and authority. Draws its text itself; can have the focus. */

#pragma once

#include "vantage-timeline-feed.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_EVENT_CARD (vantage_event_card_get_type ())
G_DECLARE_FINAL_TYPE (VantageEventCard, vantage_event_card, VANTAGE, EVENT_CARD, GtkWidget)

/* How a card looks from where somebody stands. */
typedef enum
{
  VANTAGE_CARD_PLAIN,
  VANTAGE_CARD_COULD_HAVE_SEEN,
  VANTAGE_CARD_UNKNOWN_THEN,
} VantageCardView;

GtkWidget *vantage_event_card_new (void);
/* @lane: the one the card stands in. @colour: of that lane. NULL: forgets the event. */
void vantage_event_card_set_event (VantageEventCard *self, VantageTimelineFeed *feed,
                                   VantageTimelineEvent *event, guint32 lane, int colour);
VantageTimelineEvent *vantage_event_card_get_event (VantageEventCard *self);
guint32 vantage_event_card_get_lane (VantageEventCard *self);
void vantage_event_card_set_selected (VantageEventCard *self, gboolean selected);
/* @why: (nullable): told as tooltip and to screen readers. */
void vantage_event_card_set_view (VantageEventCard *self, VantageCardView view, const char *why);
/* How far right the text begins, so that it stays in view. */
void vantage_event_card_set_text_x (VantageEventCard *self, double x);
/* Icon for a kind of event; NULL: none. Lent. */
const char *vantage_event_kind_get_icon (const char *kind);
/* Width a card wants for this title, in @widget's font. */
double vantage_event_card_measure_title (GtkWidget *widget, const char *title);

G_END_DECLS
