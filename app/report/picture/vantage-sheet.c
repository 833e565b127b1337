/* vantage-sheet.c: collects what is drawn. */

#include "vantage-sheet.h"

G_DEFINE_QUARK (vantage_sheet_error, vantage_sheet_error)

static void
clear_step (gpointer data)
{
  VantageSheetStep *step = data;

  g_free (step->id);
  g_free (step->text);
  g_free (step->more);
}

VantageSheet *
vantage_sheet_new (double width, double height, const char *title, const char *description)
{
  VantageSheet *self = g_new0 (VantageSheet, 1);

  self->width = width;
  self->height = height;
  self->title = g_strdup (title);
  self->description = g_strdup (description);
  self->lettering = vantage_lettering_new ();
  self->steps = g_array_new (FALSE, TRUE, sizeof (VantageSheetStep));
  g_array_set_clear_func (self->steps, clear_step);
  self->points = g_array_new (FALSE, FALSE, sizeof (VantageSheetPoint));
  return self;
}

void
vantage_sheet_free (VantageSheet *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_free (self->description);
  g_free (self->language);
  vantage_lettering_free (self->lettering);
  g_array_unref (self->steps);
  g_array_unref (self->points);
  g_free (self);
}

static void
add (VantageSheet *self, const VantageSheetStep *step)
{
  g_array_append_vals (self->steps, step, 1);
}

void
vantage_sheet_open (VantageSheet *self, VantageSheetPart part, const char *id, const char *title,
                    const char *description)
{
  add (self, &(VantageSheetStep){ .op = VANTAGE_SHEET_OPEN,
                                  .part = part,
                                  .id = g_strdup (id),
                                  .text = g_strdup (title),
                                  .more = g_strdup (description) });
}

void
vantage_sheet_close (VantageSheet *self)
{
  add (self, &(VantageSheetStep){ .op = VANTAGE_SHEET_CLOSE });
}

void
vantage_sheet_clip (VantageSheet *self, double x, double y, double width, double height)
{
  add (self, &(VantageSheetStep){
                 .op = VANTAGE_SHEET_CLIP, .x = x, .y = y, .width = width, .height = height });
}

void
vantage_sheet_unclip (VantageSheet *self)
{
  add (self, &(VantageSheetStep){ .op = VANTAGE_SHEET_UNCLIP });
}

void
vantage_sheet_rect (VantageSheet *self, double x, double y, double width, double height,
                    double radius, const VantageStroke *stroke)
{
  if (width <= 0 || height <= 0)
    return;
  add (self, &(VantageSheetStep){ .op = VANTAGE_SHEET_RECT,
                                  .x = x,
                                  .y = y,
                                  .width = width,
                                  .height = height,
                                  .radius = radius,
                                  .stroke = *stroke });
}

static void
add_point (VantageSheet *self, char verb, double x, double y)
{
  const VantageSheetPoint point = { verb, x, y };

  g_array_append_val (self->points, point);
}

void
vantage_sheet_move (VantageSheet *self, double x, double y)
{
  add_point (self, 'M', x, y);
}

void
vantage_sheet_line (VantageSheet *self, double x, double y)
{
  add_point (self, 'L', x, y);
}

void
vantage_sheet_curve (VantageSheet *self, double x1, double y1, double x2, double y2, double x,
                     double y)
{
  add_point (self, 'C', x1, y1);
  add_point (self, ',', x2, y2);
  add_point (self, ',', x, y);
}

void
vantage_sheet_finish (VantageSheet *self)
{
  add_point (self, 'Z', 0, 0);
}

void
vantage_sheet_stroke (VantageSheet *self, const VantageStroke *stroke)
{
  guint first = self->path_first;

  self->path_first = self->points->len;
  if (self->points->len > first)
    add (self, &(VantageSheetStep){ .op = VANTAGE_SHEET_PATH,
                                    .first = first,
                                    .n = self->points->len - first,
                                    .stroke = *stroke });
}

static double
add_text (VantageSheet *self, double x, double y, double max_width, const char *text,
          const VantageLetters *letters, VantageInk ink, gboolean upwards)
{
  g_autofree char *fitted = vantage_lettering_fit (self->lettering, letters, text, max_width);
  double width = vantage_lettering_measure (self->lettering, letters, fitted);

  if (fitted[0] == '\0')
    return 0;
  add (self, &(VantageSheetStep){ .op = VANTAGE_SHEET_TEXT,
                                  .x = x,
                                  .y = y,
                                  .width = width,
                                  .height = vantage_lettering_get_height (letters),
                                  .letters = *letters,
                                  .rtl = vantage_lettering_is_rtl (self->lettering, fitted),
                                  .upwards = upwards,
                                  .stroke = { .fill = ink },
                                  .text = g_steal_pointer (&fitted) });
  return width;
}

double
vantage_sheet_text (VantageSheet *self, double x, double y, double max_width, const char *text,
                    const VantageLetters *letters, VantageInk ink)
{
  return add_text (self, x, y, max_width, text, letters, ink, FALSE);
}

double
vantage_sheet_text_upwards (VantageSheet *self, double x, double y, double max_width,
                            const char *text, const VantageLetters *letters, VantageInk ink)
{
  return add_text (self, x, y, max_width, text, letters, ink, TRUE);
}

const double *
vantage_dash_get_lengths (VantageDash dash)
{
  static const double lengths[VANTAGE_N_DASHES][2] = { { 0, 0 }, { 2, 3 }, { 1, 3 }, { 9, 5 } };

  return dash == VANTAGE_DASH_NONE ? NULL : lengths[dash];
}
