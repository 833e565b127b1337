/* vantage-attendee.h: one row of who was there: a person with when, as what and how they came. */

#pragma once

#include "vantage-presence-frame.h"
#include "vantage-review-context.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;
  char *name;
  char *detail;   /* role and team; "" when nothing is known */
  char *part;     /* "acted", "watched", "absent", "automation" */
  char *how;      /* "joined 02:45, wrote nothing" */
  char *accounts; /* handles and addresses, for searching */
  VantagePart role;
  gboolean machine; /* automation or system */
  gboolean on_call; /* named by no one, but the rota had them on call */
  gboolean idle;    /* nothing in the record was done by or with this account */
  gboolean outside; /* no sign of them in the time that is shown */
  int colour;
  gint64 came_us; /* first sign of them in the frame, else at all; VANTAGE_TIME_NONE: not known */
  GArray *acts;   /* (element-type gint64): ascending */
  GArray *reactions; /* (element-type gint64) */
  GArray *arrivals;  /* (element-type gint64) */
  /* Where they were, in whatever channel: ascending, none meets another. Ends may be
   * VANTAGE_TIME_MIN and MAX. */
  GArray *stays;    /* (element-type VantageSpan): told by joins and lists, or by what they wrote */
  GArray *recorded; /* (element-type VantageSpan): told by joins and lists alone */
} VantageAttendeeFacts;

#define VANTAGE_TYPE_ATTENDEE (vantage_attendee_get_type ())
G_DECLARE_FINAL_TYPE (VantageAttendee, vantage_attendee, VANTAGE, ATTENDEE, GObject)

/* Lent. */
const VantageAttendeeFacts *vantage_attendee_get_facts (VantageAttendee *self);
/* The whole row as a sentence, for those who do not see it. (transfer full) */
char *vantage_attendee_dup_spoken (VantageAttendee *self);
/* Whether both say the same. */
gboolean vantage_attendee_equal (VantageAttendee *self, VantageAttendee *other);

/**
 * vantage_attendees_list:
 *
 * Everybody, in the order in which they came; those who were only named after them, then those who
 * came at another time than is shown; automation and systems last; idle accounts at the very end.
 *
 * Returns: (transfer full) (element-type VantageAttendee)
 */
GPtrArray *vantage_attendees_list (VantageSurvey *survey, VantageReviewContext *context,
                                   VantagePresenceFrame *frame);

/* "6 acted · 4 watched · 1 named but absent · 3 teams": humans only. (transfer full) */
char *vantage_attendees_dup_summary (GPtrArray *attendees, VantageReviewContext *context);

G_END_DECLS
