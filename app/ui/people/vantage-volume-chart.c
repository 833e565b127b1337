/* vantage-volume-chart.c: stacked bars over time. */

#include "config.h"

#include "vantage-volume-chart.h"

#include <glib/gi18n.h>

#include "vantage-rhythm.h"
#include "vantage-words.h"

#define HEIGHT_PX 190
#define TOP_PX 18.0 /* for the number of the highest bar */
#define BAR_PX 8.0
#define GAP_PX 1.0
#define MAX_BINS 3000
#define SWATCH_PX 14
#define QUIET_US (G_GINT64_CONSTANT (20) * 60 * G_USEC_PER_SEC)
#define QUIET_ROOM_PX 8 /* beside the words for a silence */

struct _VantageVolumeChart
{
  GtkWidget parent_instance;

  VantagePresenceFrame *frame;
  VantageSurvey *survey; /* (nullable) */
  guint32 *group_of;
  char **names;
  GArray *quiet; /* (nullable) (element-type VantageQuiet) */

  int width_px; /* what bins are made for; 0: none */
  GArray *edges;
  VantageRhythm *rhythm; /* (nullable) */
  int current;           /* bin that keys are at; -1: none */
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (VantageVolumeChart, vantage_volume_chart, GTK_TYPE_WIDGET)

/* ---- looks ---- */

static const char *const colours[VANTAGE_VOLUME_GROUPS] = { "#1c71d8", "#f66151", "#26a269",
                                                            "#e5a50a", "#9141ac", "#9a9996" };

/* Lines that are left out of the colour: none, rising, dots, falling, level, upright. */
static void
draw_pattern (cairo_t *cr, guint group, double x, double y, double width, double height)
{
  const double step = 5;

  cairo_save (cr);
  cairo_rectangle (cr, x, y, width, height);
  cairo_clip (cr);
  cairo_set_source_rgba (cr, 1, 1, 1, 0.75);
  cairo_set_line_width (cr, 1.4);
  for (double at = -height; (group == 1 || group == 3) && at < width + height; at += step)
    {
      cairo_move_to (cr, x + at, group == 1 ? y + height : y);
      cairo_line_to (cr, x + at + height, group == 1 ? y : y + height);
    }
  for (double at = step / 2; group == 4 && at < height; at += 4)
    {
      cairo_move_to (cr, x, y + height - at);
      cairo_line_to (cr, x + width, y + height - at);
    }
  for (double at = step / 2; group == 5 && at < width; at += 3)
    {
      cairo_move_to (cr, x + at, y);
      cairo_line_to (cr, x + at, y + height);
    }
  cairo_stroke (cr);
  for (double down = 2; group == 2 && down < height; down += 4)
    for (double right = 2; right < width; right += 4)
      {
        cairo_arc (cr, x + right, y + height - down, 0.9, 0, 2 * G_PI);
        cairo_fill (cr);
      }
  cairo_restore (cr);
}

static void
draw_part (cairo_t *cr, guint group, double x, double y, double width, double height)
{
  GdkRGBA colour;

  gdk_rgba_parse (&colour, colours[group % VANTAGE_VOLUME_GROUPS]);
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_rectangle (cr, x, y, width, height);
  cairo_fill (cr);
  draw_pattern (cr, group % VANTAGE_VOLUME_GROUPS, x, y, width, height);
}

static void
draw_swatch_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  draw_part (cr, GPOINTER_TO_UINT (data), 0, 0, width, height);
}

GtkWidget *
vantage_volume_chart_new_swatch (guint group)
{
  GtkWidget *area = gtk_drawing_area_new ();

  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), SWATCH_PX);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), SWATCH_PX);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_swatch_cb, GUINT_TO_POINTER (group),
                                  NULL);
  gtk_widget_set_valign (area, GTK_ALIGN_CENTER);
  return area;
}

/* ---- bins ---- */

static gint64
choose_bin (VantagePresenceFrame *frame, int width)
{
  static const int minutes[] = { 1,   2,   5,   10,      15,      30,          60,          120,
                                 180, 360, 720, 24 * 60, 48 * 60, 7 * 24 * 60, 28 * 24 * 60 };
  gint64 begin_us = vantage_presence_frame_get_begin (frame);
  gint64 whole_us = vantage_presence_frame_get_end (frame) - begin_us, plain_us = whole_us;
  guint n;
  const VantageStretch *folds = vantage_presence_frame_get_folds (frame, &n);

  for (guint i = 0; i < n; i++)
    plain_us -= folds[i].end_us - folds[i].begin_us;
  for (gsize i = 0; i < G_N_ELEMENTS (minutes); i++)
    {
      gint64 bin_us = minutes[i] * 60 * (gint64) G_USEC_PER_SEC;

      if ((double) plain_us / (double) bin_us * BAR_PX <= width && whole_us / bin_us < MAX_BINS)
        return bin_us;
    }
  return MAX (plain_us / MAX ((gint64) (width / BAR_PX), 1), whole_us / MAX_BINS + 1);
}

/* Bins begin at round times of the clock that the ruler shows, whatever it does in spring. */
static void
make_edges (VantageVolumeChart *self, gint64 bin_us)
{
  VantageZone *zone = vantage_presence_frame_get_zone (self->frame);
  gint64 begin_us = vantage_presence_frame_get_begin (self->frame);
  gint64 end_us = vantage_presence_frame_get_end (self->frame);
  gint64 offset_us = vantage_zone_get_offset_s (zone, begin_us) * (gint64) G_USEC_PER_SEC;
  gint64 wall_us = begin_us + offset_us;
  gint64 edge_us;

  wall_us -= ((wall_us % bin_us) + bin_us) % bin_us;
  edge_us = wall_us - offset_us;
  g_array_set_size (self->edges, 0);
  g_array_append_val (self->edges, edge_us);
  while (edge_us <= end_us)
    {
      gint64 next_us;

      wall_us += bin_us;
      offset_us = vantage_zone_get_offset_s (zone, wall_us - offset_us) * (gint64) G_USEC_PER_SEC;
      next_us = wall_us - offset_us;
      if (next_us <= edge_us)
        continue;
      edge_us = next_us;
      g_array_append_val (self->edges, edge_us);
    }
}

static void
forget_bins (VantageVolumeChart *self)
{
  self->width_px = 0;
  self->current = -1;
  g_clear_pointer (&self->rhythm, vantage_rhythm_free);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
ensure_bins (VantageVolumeChart *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));

  if (self->survey == NULL || self->names[0] == NULL ||
      vantage_presence_frame_is_empty (self->frame) || width < 1)
    return FALSE;
  if (self->width_px == width)
    return self->rhythm != NULL;
  forget_bins (self);
  self->width_px = width;
  make_edges (self, choose_bin (self->frame, width));
  if (self->edges->len > 1)
    self->rhythm = vantage_rhythm_new (
        vantage_survey_get_acts (self->survey), self->group_of, g_strv_length (self->names),
        (const gint64 *) (void *) self->edges->data, self->edges->len - 1);
  return self->rhythm != NULL;
}

static gint64
get_edge (VantageVolumeChart *self, guint i)
{
  return g_array_index (self->edges, gint64, i);
}

static guint
get_count (VantageVolumeChart *self, guint bin, guint group)
{
  return self->rhythm->counts[(gsize) bin * self->rhythm->n_groups + group];
}

static guint
get_sum (VantageVolumeChart *self, guint bin)
{
  guint sum = 0;

  for (guint group = 0; group < self->rhythm->n_groups; group++)
    sum += get_count (self, bin, group);
  return sum;
}

/* ---- drawing ---- */

static double
get_x (VantageVolumeChart *self, gint64 us)
{
  return vantage_presence_frame_get_x (self->frame, us, self->width_px);
}

static void
draw_bar (VantageVolumeChart *self, cairo_t *cr, guint bin, double bottom, double scale)
{
  double x = get_x (self, get_edge (self, bin));
  double width = MAX (get_x (self, get_edge (self, bin + 1)) - x - GAP_PX, 2);
  double y = bottom;

  for (guint group = 0; group < self->rhythm->n_groups; group++)
    {
      double height = get_count (self, bin, group) * scale;

      if (height <= 0)
        continue;
      y -= height;
      draw_part (cr, group, x, y, width, height);
    }
}

static void
draw_quiet (VantageVolumeChart *self, cairo_t *cr, const GdkRGBA *text, const VantageQuiet *quiet,
            double bottom)
{
  double x = get_x (self, quiet->begin_us), end = get_x (self, quiet->end_us);
  g_autofree char *length = vantage_words_duration (quiet->end_us - quiet->begin_us);
  /* translators: on a stretch of a chart in which nobody wrote: "quiet 2 h 10 min" */
  g_autofree char *words = g_strdup_printf (_ ("quiet %s"), length);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), words);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  if (end - x < width + QUIET_ROOM_PX)
    return;
  cairo_set_source_rgba (cr, text->red, text->green, text->blue, 0.06);
  cairo_rectangle (cr, x, TOP_PX, end - x, bottom - TOP_PX);
  cairo_fill (cr);
  cairo_set_source_rgba (cr, text->red, text->green, text->blue, 0.6);
  cairo_move_to (cr, x + (end - x - width) / 2, (TOP_PX + bottom - height) / 2);
  pango_cairo_show_layout (cr, layout);
}

static void
draw_measure (VantageVolumeChart *self, cairo_t *cr, const GdkRGBA *text, double bottom)
{
  g_autofree char *most = vantage_words_count (self->rhythm->most);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), most);
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  cairo_set_source_rgba (cr, text->red, text->green, text->blue, 0.15);
  cairo_rectangle (cr, 0, TOP_PX, self->width_px, 1);
  cairo_rectangle (cr, 0, bottom, self->width_px, 1);
  cairo_fill (cr);
  cairo_set_source_rgba (cr, text->red, text->green, text->blue, 0.6);
  cairo_move_to (cr, 0, TOP_PX - height);
  pango_cairo_show_layout (cr, layout);
}

static void
draw_current (VantageVolumeChart *self, cairo_t *cr, const GdkRGBA *text, double bottom)
{
  double x, width;

  if (self->current < 0 || !gtk_widget_has_focus (GTK_WIDGET (self)))
    return;
  x = get_x (self, get_edge (self, (guint) self->current));
  width = MAX (get_x (self, get_edge (self, (guint) self->current + 1)) - x - GAP_PX, 2);
  gdk_cairo_set_source_rgba (cr, text);
  cairo_set_line_width (cr, 2);
  cairo_rectangle (cr, x - 2, TOP_PX - 1, width + 4, bottom - TOP_PX + 2);
  cairo_stroke (cr);
}

static void
vantage_volume_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  VantageVolumeChart *self = VANTAGE_VOLUME_CHART (widget);
  int height = gtk_widget_get_height (widget);
  double bottom = height - 1;
  GdkRGBA text;
  cairo_t *cr;

  if (!ensure_bins (self))
    return;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &text);
  cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) self->width_px, (float) height));
  for (guint i = 0; i < self->quiet->len; i++)
    draw_quiet (self, cr, &text, &g_array_index (self->quiet, VantageQuiet, i), bottom);
  draw_measure (self, cr, &text, bottom);
  for (guint bin = 0; self->rhythm->most > 0 && bin < self->rhythm->n_bins; bin++)
    draw_bar (self, cr, bin, bottom, (bottom - TOP_PX) / self->rhythm->most);
  draw_current (self, cr, &text, bottom);
  cairo_destroy (cr);
}

/* ---- asking ---- */

static int
find_bin (VantageVolumeChart *self, double x)
{
  for (guint bin = 0; bin < self->rhythm->n_bins; bin++)
    if (x < get_x (self, get_edge (self, bin + 1)))
      return x >= get_x (self, get_edge (self, bin)) ? (int) bin : -1;
  return -1;
}

/* "14 Mar 02:10 to 02:20, 34 items: payments-ops 20, support 14". (transfer full) */
static char *
dup_words (VantageVolumeChart *self, guint bin)
{
  g_autofree char *from = vantage_presence_frame_dup_clock (self->frame, get_edge (self, bin));
  g_autofree char *until = vantage_presence_frame_dup_clock (self->frame, get_edge (self, bin + 1));
  guint sum = get_sum (self, bin);
  GString *words = g_string_new (NULL);

  g_string_append_printf (
      words,
      /* translators: a bar of a chart: from when until when, and how much was said */
      ngettext ("%s to %s: %u item", "%s to %s: %u items", sum), from, until, sum);
  for (guint group = 0; group < self->rhythm->n_groups; group++)
    if (get_count (self, bin, group) > 0)
      g_string_append_printf (words, "\n%s %u", self->names[group], get_count (self, bin, group));
  return g_string_free (words, FALSE);
}

static gboolean
vantage_volume_chart_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard,
                                    GtkTooltip *tooltip)
{
  VantageVolumeChart *self = VANTAGE_VOLUME_CHART (widget);
  int bin = keyboard ? self->current : ensure_bins (self) ? find_bin (self, x) : -1;
  g_autofree char *words = NULL;

  if (bin < 0 || self->rhythm == NULL || get_sum (self, (guint) bin) == 0)
    return FALSE;
  words = dup_words (self, (guint) bin);
  gtk_tooltip_set_text (tooltip, words);
  return TRUE;
}

static void
choose (VantageVolumeChart *self, guint bin)
{
  guint32 n;
  const VantageActItem *items = vantage_acts_get_items (vantage_survey_get_acts (self->survey), &n);

  for (guint32 i = 0; i < n; i++)
    if (items[i].time_us != VANTAGE_TIME_NONE && items[i].time_us >= get_edge (self, bin) &&
        items[i].time_us < get_edge (self, bin + 1) && self->group_of[i] < self->rhythm->n_groups)
      {
        g_signal_emit (self, signals[CHOSEN], 0, items[i].id);
        return;
      }
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, gpointer data)
{
  VantageVolumeChart *self = data;
  int bin = ensure_bins (self) ? find_bin (self, x) : -1;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (bin >= 0)
    choose (self, (guint) bin);
}

static void
tell_current (VantageVolumeChart *self)
{
  g_autofree char *words = self->current >= 0 ? dup_words (self, (guint) self->current) : NULL;

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  words != NULL ? words : "", -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The next bar with something in it. */
static gboolean
step (VantageVolumeChart *self, int by)
{
  int n = (int) self->rhythm->n_bins;
  int at = self->current < 0 && by < 0 ? n : self->current;

  for (at += by; at >= 0 && at < n; at += by)
    if (get_sum (self, (guint) at) > 0)
      {
        self->current = at;
        tell_current (self);
        return TRUE;
      }
  return FALSE;
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, gpointer data)
{
  VantageVolumeChart *self = data;
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 || !ensure_bins (self))
    return FALSE;
  switch (key)
    {
    case GDK_KEY_Left:
      return step (self, mirrored ? 1 : -1);
    case GDK_KEY_Right:
      return step (self, mirrored ? -1 : 1);
    case GDK_KEY_Home:
      self->current = -1;
      return step (self, 1);
    case GDK_KEY_End:
      self->current = -1;
      return step (self, -1);
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_space:
      if (self->current >= 0)
        choose (self, (guint) self->current);
      return self->current >= 0;
    default:
      return FALSE;
    }
}

/* ---- object ---- */

static void
vantage_volume_chart_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                              int *minimum, int *natural, int *minimum_baseline,
                              int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 120 : HEIGHT_PX;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 600 : HEIGHT_PX;
}

static void
vantage_volume_chart_dispose (GObject *object)
{
  VantageVolumeChart *self = VANTAGE_VOLUME_CHART (object);

  g_clear_object (&self->frame);
  g_clear_pointer (&self->survey, vantage_survey_unref);
  g_clear_pointer (&self->group_of, g_free);
  g_clear_pointer (&self->names, g_strfreev);
  g_clear_pointer (&self->quiet, g_array_unref);
  g_clear_pointer (&self->edges, g_array_unref);
  g_clear_pointer (&self->rhythm, vantage_rhythm_free);
  G_OBJECT_CLASS (vantage_volume_chart_parent_class)->dispose (object);
}

static void
vantage_volume_chart_class_init (VantageVolumeChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vantage_volume_chart_dispose;
  widget_class->snapshot = vantage_volume_chart_snapshot;
  widget_class->measure = vantage_volume_chart_measure;
  widget_class->query_tooltip = vantage_volume_chart_query_tooltip;
  gtk_widget_class_set_css_name (widget_class, "volumechart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
vantage_volume_chart_init (VantageVolumeChart *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->edges = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->current = -1;
  g_signal_connect (click, "released", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "volume-chart");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("How much was said when. Arrow keys go from bar to bar, "
                                     "Enter shows what was said"),
                                  -1);
}

GtkWidget *
vantage_volume_chart_new (VantagePresenceFrame *frame)
{
  VantageVolumeChart *self = g_object_new (VANTAGE_TYPE_VOLUME_CHART, NULL);

  self->frame = g_object_ref (frame);
  g_signal_connect_object (frame, "changed", G_CALLBACK (forget_bins), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
vantage_volume_chart_set (VantageVolumeChart *self, VantageSurvey *survey, guint32 *group_of,
                          char **names)
{
  if (survey != self->survey)
    {
      g_clear_pointer (&self->survey, vantage_survey_unref);
      g_clear_pointer (&self->quiet, g_array_unref);
      self->survey = vantage_survey_ref (survey);
      self->quiet = vantage_participation_list_quiet (vantage_survey_get_acts (survey), QUIET_US);
    }
  g_free (self->group_of);
  g_strfreev (self->names);
  self->group_of = group_of;
  self->names = names;
  forget_bins (self);
}
