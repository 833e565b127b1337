/* vantage-load-list.h: what a person carried at a moment of the incident: on call, pages, hours on,
 * hours awake. Estimates that say so, each one step from its items, to correct or hide. */

#pragma once

#include "vantage-presence-frame.h"
#include "vantage-review-context.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_LOAD_LIST (vantage_load_list_get_type ())
G_DECLARE_FINAL_TYPE (VantageLoadList, vantage_load_list, VANTAGE, LOAD_LIST, GtkWidget)

/* @frame: whose begin and end can be chosen as the moment. (transfer floating) */
GtkWidget *vantage_load_list_new (VantageReviewContext *context, VantagePresenceFrame *frame);
/* Where the moment is chosen; it belongs beside the title of the list. Lent. */
GtkWidget *vantage_load_list_get_chooser (VantageLoadList *self);
/* @person: (nullable): shows anew what there is. Not for automation and systems: they are hidden.
 */
void vantage_load_list_set_person (VantageLoadList *self, VantageSurvey *survey,
                                   const char *person);

G_END_DECLS
