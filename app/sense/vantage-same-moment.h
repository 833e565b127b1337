/* vantage-same-moment.h: which events may be one moment seen differently: by two accounts, or by an
 * account and the record. */

#pragma once

#include "vantage-times.h"

G_BEGIN_DECLS

typedef struct
{
  const char *a, *b; /* ids of events, lent by their entities; in byte order */
  guint n_words;     /* that both titles have */
} VantageSameMoment;

/**
 * vantage_same_moment_find:
 * @entities: (element-type VantageEntity): events, links and dismissals of a review
 * @times: when its events can have been
 *
 * Two events are proposed when somebody takes part in both, different authorities tell them, both
 * can have been within the same minute or windows that meet, and their titles share two words of
 * four letters or more, or half the words of the shorter. Those that are tied, contradict each
 * other by a link, or were dismissed as "same-moment:A:B" are not proposed.
 *
 * Returns: (transfer full) (element-type VantageSameMoment): those with most words in common first
 */
GArray *vantage_same_moment_find (GPtrArray *entities, VantageTimes *times);
/* The name by which a pair is dismissed, whichever is named first. (transfer full) */
char *vantage_same_moment_key (const char *a, const char *b);

G_END_DECLS
