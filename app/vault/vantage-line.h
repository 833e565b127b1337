/* vantage-line.h: one line of interview notes, as a list shows it. Only the vault changes it. */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  VANTAGE_LINE_ANSWER, /* what the person said; a new line is one */
  VANTAGE_LINE_QUESTION,
  VANTAGE_LINE_OBSERVATION, /* what the interviewer noticed */
} VantageLineSort;

/* Bit n is the n-th word of vantage_line_marks[], and the n-th of the keys Ctrl+1 … Ctrl+8. */
typedef enum
{
  VANTAGE_MARK_NONE = 0,
  VANTAGE_MARK_QUOTE = 1 << 0,
  VANTAGE_MARK_SURPRISE = 1 << 1,
  VANTAGE_MARK_THEORY = 1 << 2,
  VANTAGE_MARK_HOW_IT_WORKS = 1 << 3,
  VANTAGE_MARK_WONDER = 1 << 4,
  VANTAGE_MARK_FOLLOW_UP = 1 << 5,
  VANTAGE_MARK_FEELING = 1 << 6,
  VANTAGE_MARK_TIME = 1 << 7,
} VantageLineMarks;

#define VANTAGE_N_LINE_MARKS 8

/* "answer", "question", "observation". */
const char *vantage_line_sort_to_text (VantageLineSort sort);
gboolean vantage_line_sort_from_text (const char *text, VantageLineSort *out);
/* One mark's word, as in vantage_line_marks[]. */
const char *vantage_line_mark_to_text (VantageLineMarks one);
gboolean vantage_line_mark_from_text (const char *text, VantageLineMarks *out);

/* What a new line is made of; strings lent; NULL reads as "". */
typedef struct
{
  const char *text;
  VantageLineSort sort;
  VantageLineMarks marks;
  const char *phase;    /* id of the question bank */
  const char *question; /* id of the question bank */
  gint64 begun_us;      /* when its first key was pressed */
  double sound_s;       /* second in the recording; < 0: none */
} VantageLineFields;

#define VANTAGE_LINE_FIELDS_INIT                                                                   \
  {                                                                                                \
    .sound_s = -1                                                                                  \
  }

#define VANTAGE_TYPE_LINE (vantage_line_get_type ())
G_DECLARE_FINAL_TYPE (VantageLine, vantage_line, VANTAGE, LINE, GObject)

/* Properties, read-only, notifying: "id", "interview", "text", "original", "sort" (uint), "marks"
 * (uint), "phase", "question", "begun-us" (int64), "sound-s" (double). */

const char *vantage_line_get_id (VantageLine *self);
const char *vantage_line_get_interview (VantageLine *self);
const char *vantage_line_get_text (VantageLine *self);
/* The first text that was kept; equal to the text when it was never changed. */
const char *vantage_line_get_original (VantageLine *self);
VantageLineSort vantage_line_get_sort (VantageLine *self);
VantageLineMarks vantage_line_get_marks (VantageLine *self);
const char *vantage_line_get_phase (VantageLine *self);
const char *vantage_line_get_question (VantageLine *self);
gint64 vantage_line_get_begun_us (VantageLine *self);
double vantage_line_get_sound_s (VantageLine *self);

G_END_DECLS
