/* vantage-interview-prep.h: the private preparation of an interview, to and from the JSON that the
 * vault keeps. Members it does not know pass through untouched. */

#pragma once

#include "vantage-interview-room.h"

G_BEGIN_DECLS

typedef struct
{
  VantageGuide *guide; /* never NULL */
  GPtrArray *cues;     /* (element-type VantageRoomCue) */
  char *reasons;
  gint64 started_us, finished_us; /* VANTAGE_TIME_NONE: not yet */
  JsonObject *rest;
} VantageInterviewPrep;

/* @self: all zero, or read before. @node: (nullable) */
void vantage_interview_prep_read (VantageInterviewPrep *self, JsonNode *node);
JsonNode *vantage_interview_prep_to_json (const VantageInterviewPrep *self);
void vantage_interview_prep_clear (VantageInterviewPrep *self);
void vantage_interview_prep_add_cue (VantageInterviewPrep *self, const char *item,
                                     const char *question, gboolean used);

G_END_DECLS
