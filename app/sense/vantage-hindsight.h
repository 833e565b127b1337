/* vantage-hindsight.h: what is written about a moment and rests on what was only known later. */

#pragma once

#include "vantage-entity.h"
#include "vantage-vantage-point.h"

G_BEGIN_DECLS

/* One thing that an event rests on and that its person could not have known at its time. */
typedef struct
{
  char *person;    /* whose event it is */
  char *item;      /* the evidence */
  gint64 first_us; /* when they could first have known; VANTAGE_TIME_NONE: never */
} VantageLater;

/**
 * vantage_hindsight_find:
 * @standing: of the review
 * @times: when its events can have been
 * @event: the entity of one
 *
 * Only what says something of a mind is asked: that somebody knew, noticed, believed, expected,
 * felt, decided, held a theory or looked at something; and what the investigator infers or judges,
 * of whatever kind. What the person wrote or told about it afterwards is their own account, and no
 * hindsight. A time that is half known counts with its latest moment.
 *
 * Returns: (transfer full) (element-type VantageLater): in order of persons and items; empty when
 * there is nothing of the kind
 */
GArray *vantage_hindsight_find (VantageStanding *standing, VantageActs *acts, VantageTimes *times,
                                VantageEntity *event);

G_END_DECLS
