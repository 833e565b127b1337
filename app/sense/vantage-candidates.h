/* vantage-candidates.h: whom to talk to, with the reasons and what each rests on. */

#pragma once

#include "vantage-participation.h"
#include "vantage-times.h"

G_BEGIN_DECLS

typedef enum
{
  VANTAGE_REASON_FIRST_TO_ACT,
  VANTAGE_REASON_JOINED_LATE,
  VANTAGE_REASON_ONLY_WATCHED,
  VANTAGE_REASON_ASKED_UNANSWERED,
  VANTAGE_REASON_HANDED_OVER,
  VANTAGE_REASON_NEW_TO_TEAM,
  VANTAGE_REASON_SURPRISED,
  VANTAGE_REASON_CONTRADICTS_RECORD,
  VANTAGE_REASON_ABSENT_BUT_AFFECTED,
  VANTAGE_REASON_CHOSEN,
  VANTAGE_N_REASONS,
} VantageReason;

/* "first-to-act" …: the words of the record. */
const char *vantage_reason_to_text (VantageReason reason);
gboolean vantage_reason_from_text (const char *text, VantageReason *out);

typedef struct
{
  VantageReason reason;
  gint64 time_us;    /* of the first thing it rests on; VANTAGE_TIME_NONE */
  GPtrArray *items;  /* (element-type utf8): item ids, at most 20, in order of time */
  GPtrArray *others; /* (element-type utf8): ids of events, links, statements, conditions */
} VantageCandidateReason;

typedef struct
{
  char *person;       /* id */
  GPtrArray *reasons; /* (element-type VantageCandidateReason), in the order of the codes */
} VantageCandidate;

void vantage_candidate_free (VantageCandidate *self);

/**
 * vantage_candidates_find:
 * @entities: (element-type VantageEntity) (nullable): persons, events, links, conditions,
 *   interviews … of the review; others are passed over
 * @times: (nullable): for accounts that were set aside against a record
 *
 * Only humans: persons whose sort is automation or system are left out. Merged persons count as the
 * one they were merged into, provided the acts were built so.
 *
 * Returns: (transfer full) (element-type VantageCandidate): those with a reason, most reasons
 * first, then by name of the id: an order to read in, not a rank
 */
GPtrArray *vantage_candidates_find (VantageActs *acts, VantageParticipation *participation,
                                    GPtrArray *entities, VantageTimes *times);

G_END_DECLS
