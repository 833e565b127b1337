/* vantage-irc-time.h: when the lines of one log were written: what a line lacks of its time comes
 * from the lines before it, from the file's name, or from a person. */

#pragma once

#include "vantage-irc-line.h"
#include "vantage-reader.h"

G_BEGIN_DECLS

typedef struct
{
  /* of the line last resolved */
  char *raw; /* as the file writes it, the day carried along; NULL: none yet */
  gint64 wall_us;
  gboolean has_zone; /* then wall_us is an instant */
  VantagePrecision precision;

  gboolean has_day;    /* of a clock alone */
  gboolean day_chosen; /* by a person: then not part of what the file writes */
  gint64 day_us;
  gint64 previous_clock_us; /* -1: none since the day was set */
  int year;                 /* for stamps without one; 0: none */
  gboolean year_chosen;
  gint64
      year_near_us; /* the day it was last seen with; VANTAGE_TIME_NONE: take the year as it is */
} VantageIrcTime;

typedef enum
{
  VANTAGE_IRC_TIME_KNOWN,
  VANTAGE_IRC_TIME_BAD,      /* no calendar has the day */
  VANTAGE_IRC_TIME_NONE,     /* the line has none, nor has any before it */
  VANTAGE_IRC_TIME_NO_START, /* a person must say the day or year */
} VantageIrcTimeResult;

/* At the beginning of a file: what its name and a person say. @out_wrong: its name has a day that
 * is in no calendar. */
void vantage_irc_time_begin (VantageIrcTime *self, VantageReading *reading, const char *path,
                             gboolean *out_wrong);
void vantage_irc_time_clear (VantageIrcTime *self);
/* A line of the log itself, which says what day it is. */
void vantage_irc_time_take_day (VantageIrcTime *self, const VantageIrcStamp *stamp);
/* The time of a line with this stamp, or none. */
VantageIrcTimeResult vantage_irc_time_resolve (VantageIrcTime *self, const VantageIrcStamp *stamp);

G_END_DECLS
