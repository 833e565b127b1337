/* vantage-call-cue.h: what one cue of a transcript says: its times, and its text without marks, by
 * speaker. Pure. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One time as it is written. */
typedef struct
{
  const char *text; /* lent from the line */
  gsize length;
  gint64 whole_s;
  guint32 fraction;  /* its digits as a number, nine at most */
  guint n_digits;    /* of the fraction */
  gboolean unpadded; /* minutes or seconds of one digit */
} VantageCueTime;

typedef enum
{
  VANTAGE_CUE_NO_TIMING,  /* an ordinary line */
  VANTAGE_CUE_BAD_TIMING, /* an arrow between what nearly are times */
  VANTAGE_CUE_TIMING,
} VantageCueLine;

/* "00:00:05.000 --> 00:00:07.500 settings": hours may be left out, parts may have any number of
 * digits, the fraction may stand after a comma. */
VantageCueLine vantage_cue_read_timing (const char *line, VantageCueTime *out_begin,
                                        VantageCueTime *out_end);
/* Microseconds since the recording began. @counted: the fraction is a number of milliseconds and
 * not of decimal places, as where a file writes its parts without leading noughts. */
gint64 vantage_cue_time_get_us (const VantageCueTime *time, gboolean counted);

/* What one person says in a cue. */
typedef struct
{
  char *speaker; /* as marked; NULL: unmarked */
  char *text;    /* plain, without white space around it, never empty */
} VantageCueSpeech;

/**
 * vantage_cue_read_text:
 * @text: the lines of a cue
 * @out_open: (out): it ends inside a mark, as when a file is cut off
 *
 * Undoes marks (`<v Name>`, `<b>`, `<00:00:01.000>` …) and entities, once. A "<" that begins no
 * known mark is text.
 *
 * Returns: (transfer full) (element-type VantageCueSpeech): empty when nothing is said
 */
GPtrArray *vantage_cue_read_text (const char *text, gboolean *out_open);

G_END_DECLS
