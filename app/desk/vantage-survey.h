/* vantage-survey.h: one review's evidence read once and worked out: who was there, when things can
 * have happened, whom to talk to. The same answers for windows and command line. */

#pragma once

#include "vantage-candidates.h"
#include "vantage-cues.h"
#include "vantage-evidence.h"
#include "vantage-load.h"
#include "vantage-participation.h"
#include "vantage-times.h"
#include "vantage-vantage-point.h"

G_BEGIN_DECLS

/* Immutable once made, reference counted; may be read by any thread. */
typedef struct _VantageSurvey VantageSurvey;

/**
 * vantage_survey_new:
 *
 * Reads people, entities and every item of @review. Blocking: a second or two a million items. From
 * the thread of @library; windows use the async twin.
 */
VantageSurvey *vantage_survey_new (VantageLibrary *library, const char *review,
                                   GCancellable *cancellable, GError **error);
void vantage_survey_new_async (VantageLibrary *library, const char *review,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data);
VantageSurvey *vantage_survey_new_finish (GAsyncResult *result, GError **error);

VantageSurvey *vantage_survey_ref (VantageSurvey *self);
void vantage_survey_unref (VantageSurvey *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageSurvey, vantage_survey_unref)

/* (element-type VantagePerson): by first act; lent. */
GPtrArray *vantage_survey_get_people (VantageSurvey *self);
/* By id, merges followed; lent; NULL: nobody. */
const VantagePerson *vantage_survey_find_person (VantageSurvey *self, const char *person);
VantageActs *vantage_survey_get_acts (VantageSurvey *self);
VantageParticipation *vantage_survey_get_participation (VantageSurvey *self);
/* NULL when the person is not among the acts. Lent. */
const VantageParticipant *vantage_survey_get_participant (VantageSurvey *self, const char *person);
/* The part somebody chose for the person, else the one worked out. */
VantagePart vantage_survey_get_part (VantageSurvey *self, const char *person);
/* The zone a person lives in; NULL unknown. Lent. */
VantageZone *vantage_survey_get_zone (VantageSurvey *self, const char *person);
VantageTimes *vantage_survey_get_times (VantageSurvey *self);
/* (element-type VantageEntity): persons, events, links, conditions, statements, interviews,
 * dismissals; lent. */
GPtrArray *vantage_survey_get_entities (VantageSurvey *self);
/* (transfer full) (element-type VantageCandidate) */
GPtrArray *vantage_survey_list_candidates (VantageSurvey *self);
/* What the person carried at the moment; nothing for automation and systems. @entities: (nullable):
 * newer than those that were read. (transfer full) (element-type VantageLoad) */
GPtrArray *vantage_survey_list_load (VantageSurvey *self, const char *person, gint64 moment_us,
                                     GPtrArray *entities);
/* Lent; made at the first call. */
VantageStanding *vantage_survey_get_standing (VantageSurvey *self);

G_END_DECLS
