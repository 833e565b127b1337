/* vantage-rhythm.h: when it was loud and who was called upon: counts over time by whatever groups,
 * people others turned to, and teams that spoke to one another for the first time. Places to look,
 * never a measure of anybody.
 */

#pragma once

#include "vantage-acts.h"

G_BEGIN_DECLS

/* How many acts of a sort of counting fell into each group in each stretch of time. */
typedef struct
{
  guint n_bins, n_groups;
  guint *counts; /* n_bins rows of n_groups */
  guint *totals; /* of each group */
  guint most;    /* greatest sum of a row */
} VantageRhythm;

/**
 * vantage_rhythm_new:
 * @group_of: for each item its group, or VANTAGE_NOBODY to leave it out
 * @edges: n_bins + 1 instants, ascending: a bin is [edge, next edge), the last with its end
 *
 * Counts what was said and done (no comings, goings and shifts). O(items × log bins). (transfer
 * full)
 */
VantageRhythm *vantage_rhythm_new (VantageActs *acts, const guint32 *group_of, guint n_groups,
                                   const gint64 *edges, guint n_bins);
void vantage_rhythm_free (VantageRhythm *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageRhythm, vantage_rhythm_free)

/* Somebody others turned to: named, brought in, paged, given something. */
typedef struct
{
  guint32 person;
  guint n_people;  /* different ones who turned to them */
  GArray *items;   /* (element-type guint32): indices of the items that show it, by time */
  gint64 first_us; /* VANTAGE_TIME_NONE: no time was recorded */
} VantageReliedOn;

void vantage_relied_on_free (VantageReliedOn *self);

/* Those that at least @min_people different people turned to, by first time: the order says nothing
 * about anybody. (transfer full) (element-type VantageReliedOn) */
GPtrArray *vantage_rhythm_list_relied_on (VantageActs *acts, guint min_people);

/* Two teams whose members spoke to one another: answered, named or brought in. */
typedef struct
{
  const char *team, *other; /* in the order of their names; lent from @team_of */
  gint64 first_us;
  guint32 item; /* that shows the first time */
  guint n;      /* exchanges in all */
  /* Both had been writing for at least a week before without a word to one another. */
  gboolean is_new;
} VantageMeeting;

/* The team a person is of; NULL: not known. */
typedef const char *(*VantageTeamFunc) (guint32 person, gpointer user_data);

/* By first time. (transfer full) (element-type VantageMeeting) */
GArray *vantage_rhythm_list_meetings (VantageActs *acts, VantageTeamFunc team_of,
                                      gpointer user_data);

G_END_DECLS
