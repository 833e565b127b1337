/* vantage-people-page-private.h: what the files of the page share. */

#pragma once

#include "vantage-people-list.h"
#include "vantage-people-page.h"
#include "vantage-person-view.h"
#include "vantage-rhythm-view.h"

G_BEGIN_DECLS

struct _VantagePeoplePage
{
  VantagePage parent_instance;

  VantagePresenceFrame *frame;
  VantageSurvey *survey; /* (nullable): the last one read */
  GPtrArray *attendees;  /* (nullable) (element-type VantageAttendee): as shown */
  GPtrArray *candidates; /* (nullable) (element-type VantageCandidate) */
  char *fingerprint;     /* of what the survey rests on: who is merged with whom … */
  GCancellable *reading; /* (nullable): of the survey being read */
  guint soon;            /* timeout: many changes, one reading */
  gboolean stale;        /* something changed while the page was away */
  gboolean reread;       /* the next look reads the evidence anew */
  VantageWho who;
  char *wanted; /* (nullable): the person to open when people are there */

  AdwLeaflet *leaflet;
  GtkStack *states;
  GtkLabel *summary, *quiet;
  GtkWidget *window_toggle, *add_button, *roster_button;
  GtkRevealer *proposals_revealer;
  GtkLabel *proposals_label;
  GtkWidget *proposals_button;
  GtkWidget *search_bar;
  GtkEditable *search;
  AdwBin *list_bin;
  AdwBin *empty_bin;
  AdwBin *rhythm_bin;
  VantageRhythmView *rhythm;
  gboolean rhythm_shown; /* in place of the list */
  GtkStack *found;
  VantagePeopleList *list;
  GtkWidget *cards_box;
  GtkWidget *cards;
  VantagePersonView *person; /* beside the list, or alone when there is no room */
};

/* Reads again soon. @evidence: items or merges may be others; else only words and entities. */
void vantage_people_page_refresh (VantagePeoplePage *self, gboolean evidence);
/* The person that commands are about: the one in detail, else the selected one. NULL: nobody. */
const char *vantage_people_page_get_subject (VantagePeoplePage *self);
void vantage_people_page_open (VantagePeoplePage *self, const char *person);
/* FALSE: nobody was open. */
gboolean vantage_people_page_close_person (VantagePeoplePage *self);
/* The list, or when it was loud and quiet, or that nobody was found. */
void vantage_people_page_show_found (VantagePeoplePage *self);
/* Adds the commands. */
void vantage_people_page_add_actions (VantagePeoplePage *self);
/* Enables what can be done now. */
void vantage_people_page_update_actions (VantagePeoplePage *self);
/* The interview with a person, the newest of several; NULL: none. (transfer full) (nullable) */
VantageEntity *vantage_people_page_find_interview (VantagePeoplePage *self, const char *person);

G_END_DECLS
