/* vantage-people-list.h: everybody as rows under one time axis, with idle accounts folded into one
 * row and whom to talk to below (or above, when that is what is asked for). */

#pragma once

#include "vantage-attendee.h"

G_BEGIN_DECLS

typedef enum
{
  VANTAGE_WHO_EVERYONE,
  VANTAGE_WHO_TOOK_PART,
  VANTAGE_WHO_TO_TALK_TO,
} VantageWho;

#define VANTAGE_TYPE_PEOPLE_LIST (vantage_people_list_get_type ())
G_DECLARE_FINAL_TYPE (VantagePeopleList, vantage_people_list, VANTAGE, PEOPLE_LIST, GtkWidget)

/* Signals: "activated" (const char *person); "selected": another person is, or nobody. */

/* @cards: what stands under the rows; "page.show-idle" is what the row of idle accounts does.
 * (transfer floating) */
GtkWidget *vantage_people_list_new (VantagePresenceFrame *frame, GtkWidget *cards);

/* @attendees: (element-type VantageAttendee): rows that say the same stay as they are. @candidates:
 * (element-type utf8): set of ids of those to talk to. */
void vantage_people_list_set_attendees (VantagePeopleList *self, GPtrArray *attendees,
                                        GHashTable *candidates);
void vantage_people_list_set_who (VantagePeopleList *self, VantageWho who);
/* Words that name, detail, part or account must contain; "" for all. */
void vantage_people_list_set_search (VantagePeopleList *self, const char *words);
void vantage_people_list_set_show_idle (VantagePeopleList *self, gboolean show);
void vantage_people_list_set_show_cards (VantagePeopleList *self, gboolean show);

/* How many people are shown; idle ones not counted. */
guint vantage_people_list_count (VantagePeopleList *self);
/* NULL: nobody. Lent. */
const char *vantage_people_list_get_selected (VantagePeopleList *self);
/* Selects and scrolls to a person; FALSE when not shown. NULL: nobody. */
gboolean vantage_people_list_select (VantagePeopleList *self, const char *person);

G_END_DECLS
