/* vantage-sheet-svg.c: a sheet as SVG: words stay words, and what means something has a title. */

#include <math.h>
#include <string.h>

#include "vantage-sheet.h"

/* Two decimals at most, a point whatever the locale, no trailing zeros. */
static void
put_number (GString *out, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  double rounded = round (value * 100) / 100;

  g_ascii_formatd (buffer, sizeof buffer, "%.2f", rounded == 0 ? 0 : rounded);
  for (gsize n = strlen (buffer); n > 0 && (buffer[n - 1] == '0' || buffer[n - 1] == '.'); n--)
    {
      gboolean point = buffer[n - 1] == '.';

      buffer[n - 1] = '\0';
      if (point)
        break;
    }
  g_string_append (out, buffer);
}

static void
put (GString *out, const char *name, double value)
{
  g_string_append_printf (out, " %s=\"", name);
  put_number (out, value);
  g_string_append_c (out, '"');
}

/* What XML 1.0 cannot hold at all is left out. */
static void
put_escaped (GString *out, const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == '&')
        g_string_append (out, "&amp;");
      else if (c == '<')
        g_string_append (out, "&lt;");
      else if (c == '>')
        g_string_append (out, "&gt;");
      else if (c == '"')
        g_string_append (out, "&quot;");
      else if (c == '\n' || c == '\t')
        g_string_append_c (out, ' ');
      else if (c >= 0x20 && c != 0xfffe && c != 0xffff && c != 0x7f)
        g_string_append_unichar (out, c);
    }
}

static void
put_text (GString *out, const char *name, const char *text)
{
  if (text == NULL)
    return;
  g_string_append_printf (out, " %s=\"", name);
  put_escaped (out, text);
  g_string_append_c (out, '"');
}

static void
put_element (GString *out, const char *name, const char *text)
{
  if (text == NULL)
    return;
  g_string_append_printf (out, "<%s>", name);
  put_escaped (out, text);
  g_string_append_printf (out, "</%s>", name);
}

static void
put_ink (GString *out, const char *name, VantageInk ink)
{
  g_string_append_printf (out, " %s=\"#%06x\"", name, ink >> 8);
  if ((ink & 0xff) != 0xff)
    {
      g_autofree char *opacity = g_strdup_printf ("%s-opacity", name);

      put (out, opacity, (ink & 0xff) / 255.0);
    }
}

static void
put_stroke (GString *out, const VantageStroke *stroke)
{
  const double *dash = vantage_dash_get_lengths (stroke->dash);

  if (stroke->fill == 0)
    g_string_append (out, " fill=\"none\"");
  else if (stroke->hatch != VANTAGE_HATCH_NONE)
    g_string_append_printf (out, " fill=\"url(#hatch-%d-%08x)\"", stroke->hatch, stroke->fill);
  else if (stroke->soft)
    g_string_append_printf (out, " fill=\"url(#soft-%08x)\"", stroke->fill);
  else
    put_ink (out, "fill", stroke->fill);
  if (stroke->stroke == 0)
    return;
  put_ink (out, "stroke", stroke->stroke);
  put (out, "stroke-width", stroke->width);
  if (dash != NULL)
    {
      g_string_append (out, " stroke-dasharray=\"");
      put_number (out, dash[0]);
      g_string_append_c (out, ' ');
      put_number (out, dash[1]);
      g_string_append_c (out, '"');
    }
}

/* ---- fills that are defined once ---- */

static void
put_hatch (GString *out, const char *id, VantageHatch hatch, VantageInk ink)
{
  g_string_append_printf (
      out, "<pattern id=\"%s\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">", id);
  if (hatch == VANTAGE_HATCH_DOTS)
    {
      g_string_append (out, "<circle cx=\"3\" cy=\"3\" r=\"1\"");
      put_ink (out, "fill", ink);
    }
  else
    {
      g_string_append (out, hatch == VANTAGE_HATCH_RISING
                                ? "<path d=\"M-1 7L7 -1M-1 1L1 -1M5 7L7 5\""
                                : "<path d=\"M-1 -1L7 7M5 -1L7 1M-1 5L1 7\"");
      put_ink (out, "stroke", ink);
    }
  g_string_append (out, "/></pattern>\n");
}

static void
put_soft (GString *out, const char *id, VantageInk ink)
{
  static const double stops[4][2] = { { 0, 0 }, { 0.25, 1 }, { 0.75, 1 }, { 1, 0 } };

  g_string_append_printf (out, "<linearGradient id=\"%s\">", id);
  for (guint i = 0; i < G_N_ELEMENTS (stops); i++)
    {
      g_string_append (out, "<stop");
      put (out, "offset", stops[i][0]);
      g_string_append_printf (out, " stop-color=\"#%06x\"", ink >> 8);
      put (out, "stop-opacity", stops[i][1] * (ink & 0xff) / 255.0);
      g_string_append (out, "/>");
    }
  g_string_append (out, "</linearGradient>\n");
}

static void
put_definitions (GString *out, VantageSheet *self)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_string_append (out, "<defs>\n");
  for (guint i = 0; i < self->steps->len; i++)
    {
      const VantageSheetStep *step = &g_array_index (self->steps, VantageSheetStep, i);
      const VantageStroke *stroke = &step->stroke;
      g_autofree char *id = NULL;

      if (step->op == VANTAGE_SHEET_CLIP)
        {
          g_string_append_printf (out, "<clipPath id=\"clip-%u\"><rect", i);
          put (out, "x", step->x);
          put (out, "y", step->y);
          put (out, "width", step->width);
          put (out, "height", step->height);
          g_string_append (out, "/></clipPath>\n");
        }
      if ((step->op != VANTAGE_SHEET_RECT && step->op != VANTAGE_SHEET_PATH) || stroke->fill == 0)
        continue;
      if (stroke->hatch != VANTAGE_HATCH_NONE)
        id = g_strdup_printf ("hatch-%d-%08x", stroke->hatch, stroke->fill);
      else if (stroke->soft)
        id = g_strdup_printf ("soft-%08x", stroke->fill);
      if (id == NULL || g_hash_table_contains (known, id))
        continue;
      if (stroke->hatch != VANTAGE_HATCH_NONE)
        put_hatch (out, id, stroke->hatch, stroke->fill);
      else
        put_soft (out, id, stroke->fill);
      g_hash_table_add (known, g_steal_pointer (&id));
    }
  g_string_append (out, "</defs>\n");
}

/* ---- steps ---- */

static void
put_open (GString *out, const VantageSheetStep *step)
{
  static const char *const roles[] = { NULL, "heading", "list", "listitem", "group" };

  g_string_append (out, "<g");
  put_text (out, "id", step->id);
  if (step->part != VANTAGE_PART_PLAIN)
    put_text (out, "role", roles[step->part]);
  else if (step->text == NULL)
    put_text (out, "aria-hidden", "true");
  if (step->part == VANTAGE_PART_HEADING)
    put_text (out, "aria-level", "1");
  g_string_append_c (out, '>');
  put_element (out, "title", step->text);
  put_element (out, "desc", step->more);
  g_string_append_c (out, '\n');
}

static void
put_path (GString *out, VantageSheet *self, const VantageSheetStep *step)
{
  g_string_append (out, "<path d=\"");
  for (guint i = 0; i < step->n; i++)
    {
      const VantageSheetPoint *point =
          &g_array_index (self->points, VantageSheetPoint, step->first + i);

      g_string_append_c (out, point->verb == ',' ? ' ' : point->verb);
      if (point->verb == 'Z')
        continue;
      put_number (out, point->x);
      g_string_append_c (out, ' ');
      put_number (out, point->y);
    }
  g_string_append_c (out, '"');
  put_stroke (out, &step->stroke);
  g_string_append (out, "/>\n");
}

static void
put_rect (GString *out, const VantageSheetStep *step)
{
  g_string_append (out, "<rect");
  put (out, "x", step->x);
  put (out, "y", step->y);
  put (out, "width", step->width);
  put (out, "height", step->height);
  if (step->radius > 0)
    put (out, "rx", step->radius);
  put_stroke (out, &step->stroke);
  g_string_append (out, "/>\n");
}

/* The width is told, so that another font takes no more room. Arabic and its like are left to
 * their own joints. */
static void
put_words (GString *out, const VantageSheetStep *step)
{
  double baseline = step->y + vantage_lettering_get_ascent (&step->letters);

  g_string_append (out, "<text");
  if (step->upwards)
    {
      double x = step->x + vantage_lettering_get_ascent (&step->letters);

      g_string_append (out, " transform=\"translate(");
      put_number (out, x);
      g_string_append_c (out, ' ');
      put_number (out, step->y);
      g_string_append (out, ") rotate(-90)\"");
    }
  else
    {
      put (out, "x", step->x);
      put (out, "y", baseline);
    }
  put (out, "font-size", step->letters.px);
  if (step->letters.bold)
    put_text (out, "font-weight", "bold");
  if (step->rtl)
    g_string_append (out, " direction=\"rtl\" text-anchor=\"end\"");
  else
    put (out, "textLength", step->width);
  put_ink (out, "fill", step->stroke.fill);
  g_string_append_c (out, '>');
  put_escaped (out, step->text);
  g_string_append (out, "</text>\n");
}

static void
put_step (GString *out, VantageSheet *self, guint at)
{
  const VantageSheetStep *step = &g_array_index (self->steps, VantageSheetStep, at);

  switch (step->op)
    {
    case VANTAGE_SHEET_OPEN:
      put_open (out, step);
      break;
    case VANTAGE_SHEET_CLIP:
      g_string_append_printf (out, "<g clip-path=\"url(#clip-%u)\">\n", at);
      break;
    case VANTAGE_SHEET_CLOSE:
    case VANTAGE_SHEET_UNCLIP:
      g_string_append (out, "</g>\n");
      break;
    case VANTAGE_SHEET_RECT:
      put_rect (out, step);
      break;
    case VANTAGE_SHEET_PATH:
      put_path (out, self, step);
      break;
    case VANTAGE_SHEET_TEXT:
    default:
      put_words (out, step);
      break;
    }
}

char *
vantage_sheet_to_svg (VantageSheet *self)
{
  GString *out = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                               "<svg xmlns=\"http://www.w3.org/2000/svg\"");

  put (out, "width", self->width);
  put (out, "height", self->height);
  g_string_append (out, " viewBox=\"0 0 ");
  put_number (out, self->width);
  g_string_append_c (out, ' ');
  put_number (out, self->height);
  g_string_append_c (out, '"');
  put_text (out, "xml:lang", self->language);
  put_text (out, "role", "graphics-document");
  put_text (out, "aria-labelledby", "picture-title picture-description");
  put_text (out, "font-family", VANTAGE_LETTERING_FAMILY);
  g_string_append (out,
                   " style=\"font-variant-numeric:tabular-nums\">\n<title id=\"picture-title\">");
  put_escaped (out, self->title);
  g_string_append (out, "</title>\n<desc id=\"picture-description\">");
  put_escaped (out, self->description);
  g_string_append (out, "</desc>\n");
  put_definitions (out, self);
  for (guint i = 0; i < self->steps->len; i++)
    put_step (out, self, i);
  g_string_append (out, "</svg>\n");
  return g_string_free (out, FALSE);
}
