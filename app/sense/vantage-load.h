/* vantage-load.h: what a person carried at a moment: on call since when, pages, hours on, hours
 * awake. Estimates from the record, each with what it rests on; what was said of it goes first. */

#pragma once

#include "vantage-acts.h"
#include "vantage-time.h"

G_BEGIN_DECLS

typedef enum
{
  VANTAGE_LOAD_ON_CALL,  /* a shift of theirs was on */
  VANTAGE_LOAD_PAGES,    /* pages they got in the 24 hours before */
  VANTAGE_LOAD_AT_ONCE,  /* the most different pages of these within 15 minutes */
  VANTAGE_LOAD_HOURS_ON, /* since the first act after a pause of six hours or more */
  VANTAGE_LOAD_AWAKE,    /* at least: since the first act after a pause to sleep in */
  VANTAGE_N_LOADS,
} VantageLoadSort;

/* "on-call", "pages", "at-once", "hours-on", "awake". */
const char *vantage_load_to_text (VantageLoadSort sort);
/* The key of the condition that says the same in somebody's own words; NULL: there is none. */
const char *vantage_load_get_key (VantageLoadSort sort);
/* What a dismissal about the person is `of` when this estimate is hidden: "load:awake". */
const char *vantage_load_get_pattern (VantageLoadSort sort);

typedef struct
{
  VantageLoadSort sort;
  gboolean estimated; /* worked out here; FALSE: @condition says it */
  gint64 since_us; /* begin of the shift, the hours, the first page; VANTAGE_TIME_NONE: not told */
  gint64 until_us; /* on call: end of the shift; VANTAGE_TIME_NONE: not told */
  gint64 unbroken_us; /* on call: begin of the first of the shifts that follow without a gap */
  guint count;        /* pages */
  guint night;        /* of these, between 22:00 and 06:00 of the person's clock */
  GPtrArray *items;   /* (element-type utf8): item ids it rests on, at most 20, by time */
  char *condition;    /* id; NULL when estimated */
} VantageLoad;

void vantage_load_free (VantageLoad *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageLoad, vantage_load_free)

/**
 * vantage_load_find:
 * @person: index among @acts; VANTAGE_NOBODY: only what was said of @id
 * @id: the person's id; conditions of persons merged into it count too
 * @moment_us: nothing that came after it is looked at
 * @zone: (nullable): the clock the person lives by; UTC when not known
 * @entities: (element-type VantageEntity) (nullable): persons, conditions, dismissals; others are
 *   passed over
 *
 * A condition that holds at the moment is given instead of the estimate of its kind: told by the
 * person before a record, a record before a guess somebody wrote down, the newest of equals. Hidden
 * conditions and dismissed estimates are left out, and so is what the record shows nothing of: no
 * row says "none". Times that are known to the day only show no waking.
 *
 * A shift is the plan, not the proof that it was kept; a nap shorter than three hours, or by day
 * than six, does not show; so all of it is an estimate. O(acts).
 *
 * Returns: (transfer full) (element-type VantageLoad): in the order of the codes
 */
GPtrArray *vantage_load_find (VantageActs *acts, guint32 person, const char *id, gint64 moment_us,
                              VantageZone *zone, GPtrArray *entities);

G_END_DECLS
