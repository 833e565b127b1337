/* vantage-sheet-cairo.c: sheets as pixels, and as pages of a document. */

#include <cairo-pdf.h>
#include <math.h>

#include "vantage-sheet.h"
#include "vantage-time.h"

#define MAX_SIDE 32000
#define MAX_PIXELS 250e6

static void
set_ink (cairo_t *cr, VantageInk ink)
{
  cairo_set_source_rgba (cr, (ink >> 24) / 255.0, (ink >> 16 & 0xff) / 255.0,
                         (ink >> 8 & 0xff) / 255.0, (ink & 0xff) / 255.0);
}

/* ---- fills ---- */

/* Lines over what is filled, cut to it. */
static void
hatch (cairo_t *cr, const VantageStroke *stroke)
{
  double x1, y1, x2, y2;

  cairo_save (cr);
  cairo_clip (cr);
  cairo_clip_extents (cr, &x1, &y1, &x2, &y2);
  set_ink (cr, stroke->fill);
  cairo_set_line_width (cr, 1);
  if (stroke->hatch == VANTAGE_HATCH_DOTS)
    {
      for (double y = floor (y1 / 6) * 6 + 3; y < y2 + 6; y += 6)
        for (double x = floor (x1 / 6) * 6 + 3; x < x2 + 6; x += 6)
          {
            cairo_new_sub_path (cr);
            cairo_arc (cr, x, y, 1, 0, 2 * G_PI);
          }
      cairo_fill (cr);
    }
  else
    {
      double high = y2 - y1;

      for (double x = floor ((x1 - high) / 6) * 6; x < x2 + 6; x += 6)
        if (stroke->hatch == VANTAGE_HATCH_RISING)
          {
            cairo_move_to (cr, x, y2);
            cairo_line_to (cr, x + high, y1);
          }
        else
          {
            cairo_move_to (cr, x, y1);
            cairo_line_to (cr, x + high, y2);
          }
      cairo_stroke (cr);
    }
  cairo_restore (cr);
}

static void
soften (cairo_t *cr, VantageInk ink)
{
  static const double stops[4][2] = { { 0, 0 }, { 0.25, 1 }, { 0.75, 1 }, { 1, 0 } };
  double x1, y1, x2, y2;
  cairo_pattern_t *pattern;

  cairo_fill_extents (cr, &x1, &y1, &x2, &y2);
  pattern = cairo_pattern_create_linear (x1, 0, x2, 0);
  for (guint i = 0; i < G_N_ELEMENTS (stops); i++)
    cairo_pattern_add_color_stop_rgba (pattern, stops[i][0], (ink >> 24) / 255.0,
                                       (ink >> 16 & 0xff) / 255.0, (ink >> 8 & 0xff) / 255.0,
                                       stops[i][1] * (ink & 0xff) / 255.0);
  cairo_set_source (cr, pattern);
  cairo_pattern_destroy (pattern);
}

/* Fills and strokes the path that is there. */
static void
paint (cairo_t *cr, const VantageStroke *stroke)
{
  const double *dash = vantage_dash_get_lengths (stroke->dash);

  if (stroke->fill != 0 && stroke->hatch != VANTAGE_HATCH_NONE)
    {
      cairo_path_t *path = cairo_copy_path (cr);

      hatch (cr, stroke);
      cairo_new_path (cr);
      cairo_append_path (cr, path);
      cairo_path_destroy (path);
    }
  else if (stroke->fill != 0)
    {
      if (stroke->soft)
        soften (cr, stroke->fill);
      else
        set_ink (cr, stroke->fill);
      cairo_fill_preserve (cr);
    }
  if (stroke->stroke != 0)
    {
      set_ink (cr, stroke->stroke);
      cairo_set_line_width (cr, stroke->width);
      cairo_set_dash (cr, dash, dash != NULL ? 2 : 0, 0);
      cairo_stroke_preserve (cr);
    }
  cairo_new_path (cr);
}

/* ---- steps ---- */

static void
trace_rect (cairo_t *cr, const VantageSheetStep *step)
{
  double r = MIN (step->radius, MIN (step->width, step->height) / 2);
  double right = step->x + step->width, bottom = step->y + step->height;

  if (r <= 0)
    {
      cairo_rectangle (cr, step->x, step->y, step->width, step->height);
      return;
    }
  cairo_new_sub_path (cr);
  cairo_arc (cr, right - r, step->y + r, r, -G_PI_2, 0);
  cairo_arc (cr, right - r, bottom - r, r, 0, G_PI_2);
  cairo_arc (cr, step->x + r, bottom - r, r, G_PI_2, G_PI);
  cairo_arc (cr, step->x + r, step->y + r, r, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
}

static void
trace_path (cairo_t *cr, VantageSheet *self, const VantageSheetStep *step)
{
  const VantageSheetPoint *p = &g_array_index (self->points, VantageSheetPoint, step->first);

  for (guint i = 0; i < step->n; i++)
    switch (p[i].verb)
      {
      case 'M':
        cairo_move_to (cr, p[i].x, p[i].y);
        break;
      case 'L':
        cairo_line_to (cr, p[i].x, p[i].y);
        break;
      case 'C':
        cairo_curve_to (cr, p[i].x, p[i].y, p[i + 1].x, p[i + 1].y, p[i + 2].x, p[i + 2].y);
        i += 2;
        break;
      default:
        cairo_close_path (cr);
        break;
      }
}

static void
show_text (cairo_t *cr, VantageSheet *self, const VantageSheetStep *step)
{
  g_autoptr (PangoLayout) line =
      vantage_lettering_new_line (self->lettering, &step->letters, step->text);
  double ascent = vantage_lettering_get_ascent (&step->letters);
  double baseline = (double) pango_layout_get_baseline (line) / PANGO_SCALE;

  cairo_save (cr);
  if (step->upwards)
    {
      cairo_translate (cr, step->x + ascent, step->y);
      cairo_rotate (cr, -G_PI_2);
      cairo_translate (cr, 0, -baseline);
    }
  else
    cairo_translate (cr, step->x, step->y + ascent - baseline);
  set_ink (cr, step->stroke.fill);
  pango_cairo_update_layout (cr, line);
  cairo_move_to (cr, 0, 0);
  pango_cairo_show_layout (cr, line);
  cairo_restore (cr);
}

/* Structure of the document: what stands in a group that says something is read as one. */
static const char *
get_tag (const VantageSheetStep *step)
{
  switch (step->part)
    {
    case VANTAGE_PART_HEADING:
      return "H1";
    case VANTAGE_PART_LIST:
      return "Sect";
    case VANTAGE_PART_ITEM:
    case VANTAGE_PART_FIGURE:
      return "P";
    default:
      return NULL;
    }
}

static void
play (cairo_t *cr, VantageSheet *self, gboolean tagged)
{
  g_autoptr (GPtrArray) tags = g_ptr_array_new ();

  for (guint i = 0; i < self->steps->len; i++)
    {
      const VantageSheetStep *step = &g_array_index (self->steps, VantageSheetStep, i);
      const char *tag;

      switch (step->op)
        {
        case VANTAGE_SHEET_OPEN:
          tag = tagged ? get_tag (step) : NULL;
          g_ptr_array_add (tags, (gpointer) tag);
          if (tag != NULL)
            cairo_tag_begin (cr, tag, NULL);
          break;
        case VANTAGE_SHEET_CLOSE:
          tag = g_ptr_array_steal_index (tags, tags->len - 1);
          if (tag != NULL)
            cairo_tag_end (cr, tag);
          break;
        case VANTAGE_SHEET_CLIP:
          cairo_save (cr);
          cairo_rectangle (cr, step->x, step->y, step->width, step->height);
          cairo_clip (cr);
          break;
        case VANTAGE_SHEET_UNCLIP:
          cairo_restore (cr);
          break;
        case VANTAGE_SHEET_RECT:
          trace_rect (cr, step);
          paint (cr, &step->stroke);
          break;
        case VANTAGE_SHEET_PATH:
          trace_path (cr, self, step);
          paint (cr, &step->stroke);
          break;
        case VANTAGE_SHEET_TEXT:
        default:
          show_text (cr, self, step);
          break;
        }
    }
}

/* ---- writers ---- */

static cairo_status_t
take_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

GBytes *
vantage_sheet_to_png (VantageSheet *self, double scale, GError **error)
{
  double width = ceil (self->width * scale), height = ceil (self->height * scale);
  GByteArray *bytes;
  cairo_surface_t *surface;
  cairo_status_t status;
  cairo_t *cr;

  if (width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS)
    {
      g_set_error (error, VANTAGE_SHEET_ERROR, VANTAGE_SHEET_ERROR_SIZE,
                   "a picture of %.0f × %.0f pixels is too large", width, height);
      return NULL;
    }
  bytes = g_byte_array_new ();
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) width, (int) height);
  cr = cairo_create (surface);
  cairo_scale (cr, scale, scale);
  play (cr, self, FALSE);
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream (surface, take_bytes, bytes);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_byte_array_unref (bytes);
      g_set_error_literal (error, VANTAGE_SHEET_ERROR, VANTAGE_SHEET_ERROR_WRITE,
                           cairo_status_to_string (status));
      return NULL;
    }
  return g_byte_array_free_to_bytes (bytes);
}

static void
set_metadata (cairo_surface_t *surface, const VantagePaper *paper)
{
  char now[VANTAGE_TIME_TEXT_SIZE];
  g_autofree char *date = NULL;

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Vantage");
  if (paper->title != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, paper->title);
  if (paper->author != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_AUTHOR, paper->author);
  vantage_time_format (paper->now_us != VANTAGE_TIME_NONE ? paper->now_us : 0, now);
  date = g_strdup_printf ("%.19sZ", now);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
}

static void
add_page (cairo_surface_t *surface, cairo_t *cr, VantageSheet *sheet, const VantagePaper *paper,
          guint number)
{
  double room_x = paper->width_pt - 2 * paper->margin_pt;
  double room_y = paper->height_pt - 2 * paper->margin_pt;
  double scale = MIN (room_x / sheet->width, room_y / sheet->height);
  g_autofree char *target = g_strdup_printf ("page=%u pos=[0 0]", number);
  g_autofree char *label = g_strdup_printf ("%u", number);

  cairo_save (cr);
  cairo_translate (cr, paper->margin_pt, paper->margin_pt);
  cairo_scale (cr, scale, scale);
  play (cr, sheet, TRUE);
  cairo_restore (cr);
  cairo_pdf_surface_set_page_label (surface, label);
  cairo_pdf_surface_add_outline (surface, CAIRO_PDF_OUTLINE_ROOT, sheet->description, target,
                                 CAIRO_PDF_OUTLINE_FLAG_OPEN);
  cairo_show_page (cr);
}

GBytes *
vantage_sheets_to_pdf (GPtrArray *sheets, const VantagePaper *paper, GError **error)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface =
      cairo_pdf_surface_create_for_stream (take_bytes, bytes, paper->width_pt, paper->height_pt);
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  set_metadata (surface, paper);
  for (guint i = 0; i < sheets->len; i++)
    add_page (surface, cr, sheets->pdata[i], paper, i + 1);
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_byte_array_unref (bytes);
      g_set_error_literal (error, VANTAGE_SHEET_ERROR, VANTAGE_SHEET_ERROR_WRITE,
                           cairo_status_to_string (status));
      return NULL;
    }
  return g_byte_array_free_to_bytes (bytes);
}
