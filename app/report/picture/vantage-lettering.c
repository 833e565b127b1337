/* vantage-lettering.c: widths of words by Pango, at sizes in pixels and with no hinting, so that a
 * picture is the same at every scale. */

#include "vantage-lettering.h"

#include <string.h>

#define ASCENT 0.98 /* of the size; lines stand by it whatever font is found for a script */
#define HEIGHT 1.3

struct _VantageLettering
{
  PangoContext *context;
  PangoLayout *line;
};

VantageLettering *
vantage_lettering_new (void)
{
  VantageLettering *self = g_new0 (VantageLettering, 1);
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  self->context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  pango_cairo_context_set_font_options (self->context, options);
  pango_cairo_context_set_resolution (self->context, 96);
  pango_context_set_round_glyph_positions (self->context, FALSE);
  cairo_font_options_destroy (options);
  self->line = pango_layout_new (self->context);
  return self;
}

void
vantage_lettering_free (VantageLettering *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->line);
  g_object_unref (self->context);
  g_free (self);
}

static void
set_letters (PangoLayout *layout, const VantageLetters *letters)
{
  PangoFontDescription *font = pango_font_description_new ();
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_font_description_set_family_static (font, VANTAGE_LETTERING_FAMILY);
  pango_font_description_set_absolute_size (font, letters->px * PANGO_SCALE);
  pango_font_description_set_weight (font, letters->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_font_description (layout, font);
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_font_description_free (font);
}

char *
vantage_lettering_flatten (const char *text)
{
  GString *out = g_string_sized_new (strlen (text));
  gboolean space = FALSE;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isspace (c) || g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029)
        {
          space = out->len > 0;
          continue;
        }
      if (space)
        g_string_append_c (out, ' ');
      space = FALSE;
      g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

static double
measure_flat (VantageLettering *self, const char *flat, gssize length)
{
  int width;

  pango_layout_set_text (self->line, flat, (int) length);
  pango_layout_get_size (self->line, &width, NULL);
  return (double) width / PANGO_SCALE;
}

double
vantage_lettering_measure (VantageLettering *self, const VantageLetters *letters, const char *text)
{
  g_autofree char *flat = vantage_lettering_flatten (text);

  set_letters (self->line, letters);
  return measure_flat (self, flat, -1);
}

/* Byte offsets at which @flat can be cut, by what people see as one character. */
static GArray *
list_cuts (VantageLettering *self, const char *flat)
{
  GArray *cuts = g_array_new (FALSE, FALSE, sizeof (gsize));
  const PangoLogAttr *attributes;
  int n;
  const char *at = flat;

  pango_layout_set_text (self->line, flat, -1);
  attributes = pango_layout_get_log_attrs_readonly (self->line, &n);
  for (int i = 0; i < n && *at != '\0'; i++, at = g_utf8_next_char (at))
    if (attributes[i].is_cursor_position)
      {
        gsize offset = (gsize) (at - flat);

        g_array_append_val (cuts, offset);
      }
  return cuts;
}

static char *
cut_at (const char *flat, gsize length)
{
  g_autofree char *head = g_strndup (flat, length);

  return g_strconcat (g_strchomp (head), "…", NULL);
}

char *
vantage_lettering_fit (VantageLettering *self, const VantageLetters *letters, const char *text,
                       double width_px)
{
  g_autofree char *flat = vantage_lettering_flatten (text);
  g_autoptr (GArray) cuts = NULL;
  guint low = 0, high;

  set_letters (self->line, letters);
  if (measure_flat (self, flat, -1) <= width_px)
    return g_steal_pointer (&flat);
  cuts = list_cuts (self, flat);
  high = cuts->len; /* how many cuts are known not to fit from here */
  while (low + 1 < high)
    {
      guint middle = (low + high) / 2;
      g_autofree char *some = cut_at (flat, g_array_index (cuts, gsize, middle));

      if (measure_flat (self, some, -1) <= width_px)
        low = middle;
      else
        high = middle;
    }
  if (low == 0)
    return g_strdup (measure_flat (self, "…", -1) <= width_px ? "…" : "");
  return cut_at (flat, g_array_index (cuts, gsize, low));
}

char **
vantage_lettering_wrap (VantageLettering *self, const VantageLetters *letters, const char *text,
                        double width_px, guint max_lines)
{
  g_autofree char *flat = vantage_lettering_flatten (text);
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  g_autoptr (PangoLayout) layout = pango_layout_new (self->context);
  guint n;

  set_letters (layout, letters);
  pango_layout_set_width (layout, (int) (width_px * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, flat, -1);
  n = (guint) pango_layout_get_line_count (layout);
  for (guint i = 0; i < MIN (n, max_lines); i++)
    {
      PangoLayoutLine *line = pango_layout_get_line_readonly (layout, (int) i);
      gboolean last = i + 1 == max_lines && n > max_lines;
      g_autofree char *words = last ? g_strdup (flat + line->start_index)
                                    : g_strndup (flat + line->start_index, (gsize) line->length);
      g_autofree char *fitted = vantage_lettering_fit (self, letters, words, width_px);

      g_strv_builder_add (lines, fitted);
    }
  return g_strv_builder_end (lines);
}

double
vantage_lettering_get_ascent (const VantageLetters *letters)
{
  return letters->px * ASCENT;
}

double
vantage_lettering_get_height (const VantageLetters *letters)
{
  return letters->px * HEIGHT;
}

gboolean
vantage_lettering_is_rtl (VantageLettering *self, const char *text)
{
  pango_layout_set_text (self->line, text, -1);
  return pango_layout_get_line_readonly (self->line, 0)->resolved_dir == PANGO_DIRECTION_RTL;
}

PangoLayout *
vantage_lettering_new_line (VantageLettering *self, const VantageLetters *letters, const char *text)
{
  PangoLayout *layout = pango_layout_new (self->context);

  set_letters (layout, letters);
  pango_layout_set_text (layout, text, -1);
  return layout;
}
