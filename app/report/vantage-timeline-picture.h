/* vantage-timeline-picture.h: the timeline as something to give to others: a picture (SVG, PNG,
 * PDF) or a JSON Canvas. No display is needed; the same review gives the same bytes. */

#pragma once

#include "vantage-axis.h"
#include "vantage-report.h"

G_BEGIN_DECLS

/* Somebody who can have a lane, in the order of their first act. All text is lent. */
typedef struct
{
  const char *id;
  const char *team, *role, *zone; /* nullable */
  const char *pos;                /* (nullable): where people put the lane */
  gboolean is_system;             /* stands in the lane of systems */
  gboolean is_human;              /* has a colour */
  const char *const *merged;      /* (nullable): ids that mean this person too */
} VantagePicturePerson;

/* When a message was written, and how its channel is told apart: 0, 1, … */
typedef struct
{
  gint64 us;
  guint channel;
} VantagePictureMessage;

#define VANTAGE_PICTURE_SYSTEMS "systems" /* names of the two lanes that are nobody's */
#define VANTAGE_PICTURE_NOBODY "nobody"

typedef struct
{
  const VantagePicturePerson *people;
  guint n_people;
  const VantagePictureMessage *messages; /* by time; NULL: no bars above the lanes */
  guint n_messages;

  gint64 since_us, until_us; /* what meets this stretch; VANTAGE_TIME_NONE: open */
  const char *lane;          /* a person, or one of the two above; NULL: all */
  GHashTable *only; /* (nullable) (element-type utf8): ids of events; others are left out */
  const VantageStretch *stretches; /* folds and spreads to use; NULL: those proposed */
  guint n_stretches;
  gboolean is_linear; /* no folds at all */
  double width_px;    /* of the picture; 0: as the content wants it */
  gboolean print;     /* no colour: shapes, patterns and words alone */
} VantagePictureOptions;

typedef struct _VantageTimelinePicture VantageTimelinePicture;

/* @input, @report: lent for as long as the picture lives; @report tells zone, names and now. */
VantageTimelinePicture *vantage_timeline_picture_new (const VantageReportInput *input,
                                                      const VantageReportOptions *report,
                                                      const VantagePictureOptions *options);
void vantage_timeline_picture_free (VantageTimelinePicture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageTimelinePicture, vantage_timeline_picture_free)

/* How many events are in it. */
guint vantage_timeline_picture_get_n_events (VantageTimelinePicture *self);

/* Words as text in the given font families; each lane, event and link with a title and what is
 * known of it. (transfer full) */
char *vantage_timeline_picture_to_svg (VantageTimelinePicture *self);
/* @scale: 2 for paper. NULL with @error: VANTAGE_SHEET_ERROR when it would be too large. */
GBytes *vantage_timeline_picture_to_png (VantageTimelinePicture *self, double scale,
                                         GError **error);
/* A4, landscape; as many pages as its events need to be read, each with its own stretch of time,
 * in the outline. Text is text. */
GBytes *vantage_timeline_picture_to_pdf (VantageTimelinePicture *self, GError **error);
/* jsoncanvas.org, 1.0: lanes are groups, events are text, links are edges. (transfer full) */
char *vantage_timeline_picture_to_json_canvas (VantageTimelinePicture *self);

G_END_DECLS
