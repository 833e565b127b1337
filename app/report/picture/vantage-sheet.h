/* vantage-sheet.h: a drawing as a list of what is on it, with a name for each thing that means
 * something. Made once; written as SVG, PNG or PDF, so that all three show and say the same. */

#pragma once

#include "vantage-lettering.h"

G_BEGIN_DECLS

/* 0xRRGGBBAA; 0: nothing. */
typedef guint32 VantageInk;

typedef enum
{
  VANTAGE_HATCH_NONE,
  VANTAGE_HATCH_RISING,  /* thin lines from lower left to upper right */
  VANTAGE_HATCH_FALLING, /* the other way */
  VANTAGE_HATCH_DOTS,
  VANTAGE_N_HATCHES,
} VantageHatch;

typedef enum
{
  VANTAGE_DASH_NONE,
  VANTAGE_DASH_DOTS,
  VANTAGE_DASH_FINE,
  VANTAGE_DASH_LONG,
  VANTAGE_N_DASHES,
} VantageDash;

typedef struct
{
  VantageInk fill;
  VantageHatch hatch; /* of `fill`: lines of it instead of a plane */
  gboolean soft;      /* `fill` fades towards the left and right ends */
  VantageInk stroke;
  double width; /* of the stroke, px */
  VantageDash dash;
} VantageStroke;

/* What a group is, for who hears the picture. */
typedef enum
{
  VANTAGE_PART_PLAIN,   /* no meaning of its own: skipped */
  VANTAGE_PART_HEADING, /* its text is a heading */
  VANTAGE_PART_LIST,    /* a lane */
  VANTAGE_PART_ITEM,    /* an event, a link */
  VANTAGE_PART_FIGURE,  /* axis, impact */
} VantageSheetPart;

typedef enum
{
  VANTAGE_SHEET_OPEN,  /* a group: `text` its title, `more` its description, `id` */
  VANTAGE_SHEET_CLOSE, /* … ends */
  VANTAGE_SHEET_CLIP,  /* to the rectangle, until */
  VANTAGE_SHEET_UNCLIP,
  VANTAGE_SHEET_RECT,
  VANTAGE_SHEET_PATH, /* points first … first + n of the sheet */
  VANTAGE_SHEET_TEXT, /* `text` with its upper left corner at x, y */
} VantageSheetOp;

typedef struct
{
  char verb; /* 'M', 'L', 'C' (three points follow each other as C, ',' and ','), 'Z' */
  double x, y;
} VantageSheetPoint;

typedef struct
{
  VantageSheetOp op;
  VantageSheetPart part;
  double x, y, width, height; /* RECT, CLIP; TEXT: width is what it takes */
  double radius;
  VantageStroke stroke;
  VantageLetters letters; /* TEXT; its ink is `stroke.fill` */
  gboolean rtl;           /* TEXT: runs from right to left */
  gboolean upwards;       /* TEXT: turned by a quarter, read from below */
  guint first, n;         /* PATH */
  char *id, *text, *more;
} VantageSheetStep;

typedef struct
{
  double width, height;
  char *title, *description; /* of the whole */
  char *language;            /* (nullable): of its words, "en-GB" */
  VantageLettering *lettering;
  GArray *steps;  /* (element-type VantageSheetStep) */
  GArray *points; /* (element-type VantageSheetPoint) */
  guint path_first;
} VantageSheet;

VantageSheet *vantage_sheet_new (double width, double height, const char *title,
                                 const char *description);
void vantage_sheet_free (VantageSheet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageSheet, vantage_sheet_free)

/* @id, @title, @description: nullable. */
void vantage_sheet_open (VantageSheet *self, VantageSheetPart part, const char *id,
                         const char *title, const char *description);
void vantage_sheet_close (VantageSheet *self);
void vantage_sheet_clip (VantageSheet *self, double x, double y, double width, double height);
void vantage_sheet_unclip (VantageSheet *self);
void vantage_sheet_rect (VantageSheet *self, double x, double y, double width, double height,
                         double radius, const VantageStroke *stroke);
/* A path: moves, lines and curves, then its stroke. */
void vantage_sheet_move (VantageSheet *self, double x, double y);
void vantage_sheet_line (VantageSheet *self, double x, double y);
void vantage_sheet_curve (VantageSheet *self, double x1, double y1, double x2, double y2, double x,
                          double y);
void vantage_sheet_finish (VantageSheet *self);
void vantage_sheet_stroke (VantageSheet *self, const VantageStroke *stroke);
/* As one line, cut to @max_width. Returns how wide it came out. */
double vantage_sheet_text (VantageSheet *self, double x, double y, double max_width,
                           const char *text, const VantageLetters *letters, VantageInk ink);
/* Read from below: @y is where it begins, at the foot. */
double vantage_sheet_text_upwards (VantageSheet *self, double x, double y, double max_width,
                                   const char *text, const VantageLetters *letters, VantageInk ink);

/* ---- writers ---- */

/* One SVG file: text as text, a title and description on each group that has one, roles. The same
 * sheet gives the same bytes. (transfer full) */
char *vantage_sheet_to_svg (VantageSheet *self);
/* @scale: pixels for each pixel of the sheet. NULL with @error: VANTAGE_SHEET_ERROR_SIZE. */
GBytes *vantage_sheet_to_png (VantageSheet *self, double scale, GError **error);

typedef struct
{
  const char *title, *author; /* nullable */
  gint64 now_us;              /* when it was made; VANTAGE_TIME_NONE: not told */
  double margin_pt;
  double width_pt, height_pt; /* of the paper */
} VantagePaper;

/* Each sheet fills one page; text can be copied and is tagged, each page is in the outline by its
 * description. @sheets: (element-type VantageSheet) */
GBytes *vantage_sheets_to_pdf (GPtrArray *sheets, const VantagePaper *paper, GError **error);

typedef enum
{
  VANTAGE_SHEET_ERROR_SIZE, /* more pixels than a picture can have */
  VANTAGE_SHEET_ERROR_WRITE,
} VantageSheetError;

#define VANTAGE_SHEET_ERROR (vantage_sheet_error_quark ())
GQuark vantage_sheet_error_quark (void);

/* Lengths of dash and gap; NULL for a plain line. */
const double *vantage_dash_get_lengths (VantageDash dash);

G_END_DECLS
