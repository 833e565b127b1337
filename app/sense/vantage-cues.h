/* vantage-cues.h: moments of the record worth asking somebody about, and a question's placeholders
 * filled from them. */

#pragma once

#include "vantage-participation.h"

G_BEGIN_DECLS

/* An item is a cue for the first of these that fits. */
typedef enum
{
  VANTAGE_CUE_FIRST_ACT,    /* the first thing this person wrote or did */
  VANTAGE_CUE_BROUGHT_IN,   /* was paged, added, called or named, and came */
  VANTAGE_CUE_ACKNOWLEDGED, /* acknowledged an alert or a page */
  VANTAGE_CUE_HANDED_OVER,  /* gave something to somebody else */
  VANTAGE_CUE_UNANSWERED,   /* asked something nobody answered */
  VANTAGE_CUE_ASKED,        /* asked something */
  VANTAGE_CUE_WAS_ASKED,    /* was named in a question */
  VANTAGE_CUE_AFTER_QUIET,  /* wrote after a long silence of everybody */
  VANTAGE_CUE_BEFORE_TURN,  /* the last thing before much more was going on */
  VANTAGE_CUE_LAST_ACT,
  VANTAGE_N_CUES,
} VantageCueReason;

/* "first-act" … */
const char *vantage_cue_reason_to_text (VantageCueReason reason);

typedef struct
{
  guint32 item;
  guint32 person;
  guint32 other; /* who else it is about; VANTAGE_NOBODY */
  gint64 time_us;
  gint64 until_us; /* end of the silence …; VANTAGE_TIME_NONE */
  VantageCueReason reason;
} VantageCue;

/* Cues for @person (VANTAGE_NOBODY: everybody), by time; each item once a person, under its first
 * reason; at most @max a person (0: all), spread over the whole. (transfer full) (element-type
 * VantageCue) */
GArray *vantage_cues_find (VantageActs *acts, VantageParticipation *participation, guint32 person,
                           guint max);

/* What a question's placeholders stand for; NULL: not known. */
typedef struct
{
  const char *name; /* "time", "message", "person" … */
  const char *value;
} VantageFilling;

/**
 * vantage_cue_fill:
 * @template: a question with {placeholders}; "{{" is a brace
 * @fillings: (array length=n_fillings):
 * @out_missing: (out) (optional) (transfer full): names without a value, NULL-terminated; they stay
 *   in the text as they are
 *
 * Returns: (transfer full): the question
 */
char *vantage_cue_fill (const char *template, const VantageFilling *fillings, guint n_fillings,
                        char ***out_missing);

/* The time, words and channel of a cue as fillings are made from them: the time in @zone to the
 * minute, words without line ends and shortened to @max_chars. (transfer full) */
char *vantage_cue_dup_time (VantageActs *acts, const VantageCue *cue, VantageZone *zone);
char *vantage_cue_dup_message (VantageActs *acts, const VantageCue *cue, guint max_chars);

G_END_DECLS
