/* vantage-timeline-page-private.h: what the page and its actions share. */

#pragma once

#include "vantage-canvas.h"
#include "vantage-event-details.h"
#include "vantage-standing-strip.h"
#include "vantage-timeline-outline.h"
#include "vantage-timeline-page.h"

G_BEGIN_DECLS

struct _VantageTimelinePage
{
  VantagePage parent_instance;

  VantageTimelineFeed *feed;
  VantageTimelineSelection *selection;
  VantageCanvas *canvas;           /* lent by the stack */
  VantageTimelineOutline *outline; /* lent by the stack */
  VantageEventDetails *details;    /* lent by the flap */
  guint contradiction;             /* the next one to show */

  GtkWidget *canvas_button, *outline_button;
  GtkWidget *zoom_out_button, *zoom_in_button, *fit_button;
  GtkWidget *add_button, *link_button, *details_button;
  GtkMenuButton *view_button;
  GtkWidget *find_bar, *find_entry;
  GtkLabel *find_count;
  GtkWidget *strip;
  GtkLabel *strip_label;
  AdwFlap *flap;
  GtkOverlay *overlay;
  VantageStandingStrip *standing; /* lent by the overlay */
  GtkStack *stack;
  GtkWidget *empty;
  GtkLabel *status;
  GtkWidget *menu;
};

void vantage_timeline_page_add_actions (VantageTimelinePage *self);
/* Greys out what needs a selection. */
void vantage_timeline_page_update_actions (VantageTimelinePage *self);
gboolean vantage_timeline_page_is_outline (VantageTimelinePage *self);
/* Selects it and brings it into view, in canvas and outline. */
gboolean vantage_timeline_page_reveal (VantageTimelinePage *self, const char *id);
/* Asks for the title of a new event there. */
void vantage_timeline_page_ask_event (VantageTimelinePage *self, guint32 lane, gint64 us);
void vantage_timeline_page_find_next (VantageTimelinePage *self);
void vantage_timeline_page_popup_menu (VantageTimelinePage *self, double x, double y);

G_END_DECLS
