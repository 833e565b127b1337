/* vantage-timeline-page-private.h: what the page and its actions share. */

#pragma once

#include "vantage-canvas.h"
#include "vantage-event-details.h"
#include "vantage-filter-popover.h"
#include "vantage-standing-list.h"
#include "vantage-standing-strip.h"
#include "vantage-timeline-outline.h"
#include "vantage-timeline-page.h"
#include "vantage-views-popover.h"

G_BEGIN_DECLS

struct _VantageTimelinePage
{
  VantagePage parent_instance;

  VantageTimelineFeed *feed;
  VantageTimelineSelection *selection;
  VantageCanvas *canvas;           /* lent by the stack */
  VantageTimelineOutline *outline; /* lent by the stack */
  GtkStack *side;                  /* lent by the flap: details, and why */
  VantageEventDetails *details;    /* lent by the stack */
  VantageStandingList *why;        /* lent by the stack */
  GHashTable *later; /* char *event → char *words: what rests on later knowledge; NULL: not known */
  guint later_at;    /* the next one to show */
  guint contradiction; /* the next one to show */

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

  GtkWidget *bar, *filter_strip;
  GtkLabel *filter_label;
  VantageFilterPopover *filter; /* children of the view button */
  VantageViewsPopover *views;

  gboolean presenting;
  guint step;         /* the one that is presented, from 0 */
  GtkWidget *caption; /* lent by the overlay */
  GtkLabel *step_label;
};

void vantage_timeline_page_add_actions (VantageTimelinePage *self);
/* Those of the vantage point. */
void vantage_timeline_page_add_standing (VantageTimelinePage *self);
/* Those of the clipboard, and of tags, notes and wonders. */
void vantage_timeline_page_add_clipboard (VantageTimelinePage *self);
/* Text from another program: references to evidence, or a line for each event. */
void vantage_timeline_page_paste_text (VantageTimelinePage *self, const char *text);
/* Those of filter, saved views and presenting. */
void vantage_timeline_page_add_views (VantageTimelinePage *self);
/* Ids of the events that the filter leaves; NULL: there is no filter. (transfer full) */
GHashTable *vantage_timeline_page_list_kept (VantageTimelinePage *self);
/* FALSE: nothing was presented. */
gboolean vantage_timeline_page_stop_presenting (VantageTimelinePage *self);
/* What of the event rests on later knowledge; NULL: nothing. Lent. */
const char *vantage_timeline_page_get_later (VantageTimelinePage *self, const char *event);
/* Details of what has the focus, or the page's other panes. */
void vantage_timeline_page_show_side (VantageTimelinePage *self, const char *name);
/* Where a popover about an event points: its card, or the middle of the page. */
GtkWidget *vantage_timeline_page_get_anchor (VantageTimelinePage *self, const char *id,
                                             GdkRectangle *out);
/* Status line and details, when what they tell is another. */
void vantage_timeline_page_show_focus (VantageTimelinePage *self);
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
