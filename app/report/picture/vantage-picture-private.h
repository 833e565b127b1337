/* vantage-picture-private.h: what the parts that make a picture share. */

#pragma once

#include "vantage-canvas-layout.h"
#include "vantage-scene.h"
#include "vantage-sheet.h"

G_BEGIN_DECLS

#define VANTAGE_PICTURE_HEADS 188
#define VANTAGE_PICTURE_HEADER 66
#define VANTAGE_PICTURE_RULER 34
#define VANTAGE_PICTURE_STRIP 36
#define VANTAGE_PICTURE_MARGIN 16 /* free room left and right of what happened */

extern const VantageLetters vantage_letters_page;   /* title of the picture */
extern const VantageLetters vantage_letters_strong; /* names, titles of cards */
extern const VantageLetters vantage_letters_plain;
extern const VantageLetters vantage_letters_faint; /* second lines */
extern const VantageLetters vantage_letters_small; /* ruler, labels */

/* All inks of one form of the picture. */
typedef struct
{
  VantageInk paper, text, faint, line, band, accent, alarm;
  VantageInk people[8]; /* the last: nobody's */
  VantageStroke night, impact, volume[2], span;
  double accent_width; /* of the links that led to something */
} VantagePictureLook;

const VantagePictureLook *vantage_picture_get_look (gboolean print);

struct _VantageTimelinePicture
{
  const VantageReportInput *input;
  VantageReportOptions report;
  VantagePictureOptions options;
  VantageScene *scene;
  const VantagePictureLook *look;
  VantageLettering *lettering;
  guint n_timed; /* events that have a time: the first ones */
};

/* A stretch of the events, laid out at a width. */
typedef struct
{
  VantageTimelinePicture *picture;
  guint first, n;           /* events of the scene with a time */
  guint waiting, n_waiting; /* and those without */
  double width;             /* of all, heads included */
  double height;            /* of the lanes */
  gint64 begin_us, end_us;
  VantageAxis *axis;
  VantageTimeScale scale;
  VantageCanvasLayout *layout;
  GArray *events; /* (element-type guint): index in the scene, by index in the layout */
  GArray *links;  /* (element-type guint): the same for links */
} VantagePicturePlan;

VantagePicturePlan *vantage_picture_plan_new (VantageTimelinePicture *picture, guint first, guint n,
                                              guint waiting, guint n_waiting, double width);
void vantage_picture_plan_free (VantagePicturePlan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantagePicturePlan, vantage_picture_plan_free)
const VantageSceneEvent *vantage_picture_plan_get_event (VantagePicturePlan *self, guint32 event);
/* Of ruler and strips. */
double vantage_picture_get_top (VantageTimelinePicture *picture);
/* Of all but the page's legend. */
double vantage_picture_plan_get_height (VantagePicturePlan *self);

/* Draws it below @y. */
void vantage_picture_draw_header (VantageTimelinePicture *picture, VantageSheet *sheet,
                                  const char *title, const char *detail, const char *right);
void vantage_picture_draw (VantagePicturePlan *self, VantageSheet *sheet, double y);
/* What the signs mean. Returns its height; NULL sheet: measures. */
double vantage_picture_draw_legend (VantageTimelinePicture *picture, VantageSheet *sheet, double y,
                                    double width);
/* When: "Friday, 14 March 2025, 01:00 – 03:15". (transfer full) */
char *vantage_picture_dup_span (VantageTimelinePicture *picture, gint64 begin_us, gint64 end_us);

/* ---- shared by the parts that draw ---- */

void vantage_picture_draw_top (VantagePicturePlan *self, VantageSheet *sheet, double y);
void vantage_picture_draw_folds (VantagePicturePlan *self, VantageSheet *sheet, double y,
                                 double height);
void vantage_picture_draw_links (VantagePicturePlan *self, VantageSheet *sheet, double y);
void vantage_picture_draw_link_labels (VantagePicturePlan *self, VantageSheet *sheet, double y);
void vantage_picture_draw_edge (VantageSheet *sheet, const char *claim, double x, double y,
                                double height, VantageInk ink);
/* A link's line from left to right, for the legend. */
void vantage_picture_draw_line (VantageTimelinePicture *picture, VantageSheet *sheet,
                                const char *kind, double x, double y, double width);
VantageInk vantage_picture_get_ink (VantageTimelinePicture *picture, guint32 lane);

G_END_DECLS
