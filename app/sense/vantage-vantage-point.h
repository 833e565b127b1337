/* vantage-vantage-point.h: what a person knew, could have seen, and could not have known, at a
 * moment. */

#pragma once

#include "vantage-participation.h"
#include "vantage-times.h"

G_BEGIN_DECLS

typedef enum
{
  VANTAGE_VIEW_KNEW,
  VANTAGE_VIEW_COULD_HAVE_SEEN,
  VANTAGE_VIEW_COULD_NOT_HAVE_KNOWN,
} VantageViewClass;

/* Why. */
typedef enum
{
  /* knew */
  VANTAGE_WHY_WROTE,
  VANTAGE_WHY_ACTED,
  VANTAGE_WHY_REPLIED,
  VANTAGE_WHY_REACTED,
  VANTAGE_WHY_ASSIGNED,
  VANTAGE_WHY_ACKNOWLEDGED,
  VANTAGE_WHY_TOLD,    /* a told, prompted or informed link leads to an event of theirs */
  VANTAGE_WHY_ASKED,   /* was asked */
  VANTAGE_WHY_ACCOUNT, /* their own account says so */
  VANTAGE_WHY_CITED,   /* an event, by an item it rests on */
  /* could have seen */
  VANTAGE_WHY_PRESENT,           /* was where it was posted */
  VANTAGE_WHY_PRESENT_ESTIMATED, /* … as far as their own acts there show */
  VANTAGE_WHY_MEMBER,            /* the source lists them as a member */
  VANTAGE_WHY_REACTED_UNTIMED,   /* reacted; when was not recorded */
  /* could not have known */
  VANTAGE_WHY_LATER,       /* it was not yet */
  VANTAGE_WHY_NOT_PRESENT, /* was not where it was posted */
  VANTAGE_WHY_NOT_POSTED,  /* an event that no item tells of and no link leads from */
  VANTAGE_WHY_NO_TIME,     /* nothing says when it was */
  VANTAGE_N_WHYS,
} VantageWhy;

const char *vantage_view_class_to_text (VantageViewClass view); /* "knew" … */
const char *vantage_why_to_text (VantageWhy why);               /* "wrote", "later" … */

/* One item or event, in exactly one class. */
typedef struct
{
  const char *id; /* lent by the standing */
  gboolean is_event;
  VantageViewClass view;
  VantageWhy why;
  gint64 since_us;         /* KNEW: from when; COULD_HAVE_SEEN: earliest; else VANTAGE_TIME_NONE */
  const char *rests_on[3]; /* ids of items, events, links; NULL-terminated by absence; lent */
} VantageSight;

/* Everything about a review that the question needs, read once; asked for many moments. */
typedef struct _VantageStanding VantageStanding;

/**
 * vantage_standing_new:
 * @acts, @participation, @times: lent for as long as the standing lives, and not changed meanwhile
 * @entities: (element-type VantageEntity) (nullable): events and links of the review
 */
VantageStanding *vantage_standing_new (VantageActs *acts, VantageParticipation *participation,
                                       VantageTimes *times, GPtrArray *entities);
void vantage_standing_free (VantageStanding *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageStanding, vantage_standing_free)

/* Where @person stood at @moment_us: every item and event once, items by time, then events by id.
 * (transfer full) (element-type VantageSight) */
GArray *vantage_standing_look (VantageStanding *self, const char *person, gint64 moment_us);
/* When @person could first have known of an item or event: the earliest moment at which it is not
 * "could not have known"; VANTAGE_TIME_NONE: never. @out_knew_us (optional): when they first knew.
 */
gint64 vantage_standing_when_known (VantageStanding *self, const char *person, const char *id,
                                    gint64 *out_knew_us);
/* The person's own acts and events before and after a moment, for stepping; VANTAGE_TIME_NONE. */
gint64 vantage_standing_next_act (VantageStanding *self, const char *person, gint64 moment_us);
gint64 vantage_standing_previous_act (VantageStanding *self, const char *person, gint64 moment_us);

G_END_DECLS
