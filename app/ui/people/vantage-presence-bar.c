/* vantage-presence-bar.c: one person's presence, drawn. */

#include "config.h"

#include "vantage-presence-bar.h"

#include <glib/gi18n.h>

#include "vantage-avatar.h"

#define BAR_PX 20.0
#define TICK_PX 18.0
#define TICK_WIDTH_PX 2.0
#define REACTION_PX 8.0
#define ARRIVAL_PX 28.0
#define ARRIVAL_WIDTH_PX 3.0
#define RADIUS_PX 4.0

struct _VantagePresenceBar
{
  GtkWidget parent_instance;

  VantagePresenceFrame *frame;
  VantageAttendee *attendee; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (VantagePresenceBar, vantage_presence_bar, GTK_TYPE_WIDGET)

static void
get_colours (GtkWidget *widget, GdkRGBA *own, GdkRGBA *text)
{
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), own);
  gtk_style_context_get_color (gtk_widget_get_style_context (gtk_widget_get_parent (widget)), text);
}

static GdkRGBA
fade (GdkRGBA colour, float alpha)
{
  colour.alpha *= alpha;
  return colour;
}

static void
append_rect (GtkSnapshot *snapshot, const GdkRGBA *colour, double x, double y, double width,
             double height)
{
  gtk_snapshot_append_color (
      snapshot, colour, &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height));
}

/* The lines of the ruler, and what is folded, behind everything. */
static void
snapshot_ground (VantagePresenceBar *self, GtkSnapshot *snapshot, const GdkRGBA *text)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  GArray *ticks = vantage_presence_frame_get_ticks (self->frame, width);
  const GdkRGBA line = fade (*text, 0.12f), fold = fade (*text, 0.05f);
  guint n;
  const VantageStretch *folds = vantage_presence_frame_get_folds (self->frame, &n);

  for (guint i = 0; i < n; i++)
    {
      double x = vantage_presence_frame_get_x (self->frame, folds[i].begin_us, width);

      append_rect (snapshot, &fold, x, 0,
                   vantage_presence_frame_get_x (self->frame, folds[i].end_us, width) - x, height);
    }
  for (guint i = 0; i < ticks->len; i++)
    {
      const VantageTick *tick = &g_array_index (ticks, VantageTick, i);

      if (tick->sort != VANTAGE_TICK_MINOR)
        append_rect (snapshot, &line, (int) tick->x, 0, 1, height);
    }
}

/* A wash where they were; with an outline where joins and lists say so. */
static void
snapshot_stays (VantagePresenceBar *self, GtkSnapshot *snapshot, GArray *stays, const GdkRGBA *wash,
                const GdkRGBA *edge)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  double top = (gtk_widget_get_height (GTK_WIDGET (self)) - BAR_PX) / 2;
  const float widths[4] = { 1, 1, 1, 1 };

  for (guint i = 0; i < stays->len; i++)
    {
      const VantageSpan *stay = &g_array_index (stays, VantageSpan, i);
      double x = vantage_presence_frame_get_x (self->frame, stay->begin_us, width);
      double end = vantage_presence_frame_get_x (self->frame, stay->end_us, width);
      GskRoundedRect outline;

      if (stay->end_us <= vantage_presence_frame_get_begin (self->frame) ||
          stay->begin_us >= vantage_presence_frame_get_end (self->frame))
        continue;
      gsk_rounded_rect_init_from_rect (
          &outline, &GRAPHENE_RECT_INIT ((float) x, (float) top, (float) MAX (end - x, 3), BAR_PX),
          RADIUS_PX);
      if (edge != NULL)
        {
          const GdkRGBA edges[4] = { *edge, *edge, *edge, *edge };

          gtk_snapshot_append_border (snapshot, &outline, widths, edges);
          continue;
        }
      gtk_snapshot_push_rounded_clip (snapshot, &outline);
      gtk_snapshot_append_color (snapshot, wash, &outline.bounds);
      gtk_snapshot_pop (snapshot);
    }
}

/* First of the times at or after @us. */
static guint
find_first (GArray *times, gint64 us)
{
  guint low = 0, high = times->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (times, gint64, middle) < us)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* One tick a pixel at most, whatever the number of acts. */
static void
snapshot_ticks (VantagePresenceBar *self, GtkSnapshot *snapshot, GArray *times,
                const GdkRGBA *colour, double tick_width, double tick_height)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  double middle = gtk_widget_get_height (GTK_WIDGET (self)) / 2.0;
  gint64 end_us = vantage_presence_frame_get_end (self->frame);
  int last = G_MININT;

  for (guint i = find_first (times, vantage_presence_frame_get_begin (self->frame));
       i < times->len && g_array_index (times, gint64, i) <= end_us; i++)
    {
      int x =
          (int) vantage_presence_frame_get_x (self->frame, g_array_index (times, gint64, i), width);

      if (x == last)
        continue;
      last = x;
      append_rect (snapshot, colour, MIN (x, width - tick_width), middle - tick_height / 2,
                   tick_width, tick_height);
    }
}

static void
vantage_presence_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  VantagePresenceBar *self = VANTAGE_PRESENCE_BAR (widget);
  const VantageAttendeeFacts *facts;
  GdkRGBA own, text, wash, edge;

  if (vantage_presence_frame_is_empty (self->frame) || gtk_widget_get_width (widget) < 1)
    return;
  get_colours (widget, &own, &text);
  snapshot_ground (self, snapshot, &text);
  if (self->attendee == NULL)
    return;
  facts = vantage_attendee_get_facts (self->attendee);
  wash = fade (own, 0.16f);
  edge = fade (own, 0.55f);
  snapshot_stays (self, snapshot, facts->stays, &wash, NULL);
  snapshot_stays (self, snapshot, facts->recorded, NULL, &edge);
  snapshot_ticks (self, snapshot, facts->reactions, &own, TICK_WIDTH_PX, REACTION_PX);
  snapshot_ticks (self, snapshot, facts->acts, &own, TICK_WIDTH_PX, TICK_PX);
  snapshot_ticks (self, snapshot, facts->arrivals, &text, ARRIVAL_WIDTH_PX, ARRIVAL_PX);
}

static void
vantage_presence_bar_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                              int *minimum, int *natural, int *minimum_baseline,
                              int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 60 : (int) ARRIVAL_PX;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 400 : (int) ARRIVAL_PX;
}

static void
vantage_presence_bar_dispose (GObject *object)
{
  VantagePresenceBar *self = VANTAGE_PRESENCE_BAR (object);

  g_clear_object (&self->frame);
  g_clear_object (&self->attendee);
  G_OBJECT_CLASS (vantage_presence_bar_parent_class)->dispose (object);
}

static void
vantage_presence_bar_class_init (VantagePresenceBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vantage_presence_bar_dispose;
  widget_class->snapshot = vantage_presence_bar_snapshot;
  widget_class->measure = vantage_presence_bar_measure;
  gtk_widget_class_set_css_name (widget_class, "presence");
  /* What it shows is said by the row. */
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
vantage_presence_bar_init (VantagePresenceBar *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
vantage_presence_bar_new (VantagePresenceFrame *frame)
{
  VantagePresenceBar *self = g_object_new (VANTAGE_TYPE_PRESENCE_BAR, NULL);

  self->frame = g_object_ref (frame);
  g_signal_connect_object (frame, "changed", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
vantage_presence_bar_set_attendee (VantagePresenceBar *self, VantageAttendee *attendee)
{
  g_set_object (&self->attendee, attendee);
  if (attendee != NULL)
    vantage_avatar_set_class (GTK_WIDGET (self), vantage_attendee_get_facts (attendee)->colour);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---- ruler ---- */

struct _VantagePresenceRuler
{
  GtkWidget parent_instance;

  VantagePresenceFrame *frame;
  GPtrArray *labels; /* (element-type PangoLayout): of the ticks that have one; NULL: to be made */
  GArray *places;    /* (element-type double): x of each label's middle */
  int width_px;      /* what they are made for */
};

G_DEFINE_FINAL_TYPE (VantagePresenceRuler, vantage_presence_ruler, GTK_TYPE_WIDGET)

static char *
dup_tick_label (const VantageTick *tick)
{
  g_autoptr (GDateTime) wall = g_date_time_new_from_unix_utc (tick->wall_us / G_USEC_PER_SEC);

  if (wall == NULL)
    return g_strdup ("");
  if (tick->step_us >= G_GINT64_CONSTANT (300) * 86400 * G_USEC_PER_SEC)
    return g_date_time_format (wall, "%Y");
  if (tick->sort == VANTAGE_TICK_DAY || tick->step_us >= G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)
    /* translators: a day on the time axis: "14 Mar" */
    return g_date_time_format (wall, C_ ("axis", "%-d %b"));
  if (tick->step_us < 60 * G_USEC_PER_SEC)
    return g_date_time_format (wall, "%H:%M:%S");
  return g_date_time_format (wall, "%H:%M");
}

static void
make_labels (VantagePresenceRuler *self, int width)
{
  GArray *ticks = vantage_presence_frame_get_ticks (self->frame, width);

  g_ptr_array_set_size (self->labels, 0);
  g_array_set_size (self->places, 0);
  for (guint i = 0; i < ticks->len; i++)
    {
      const VantageTick *tick = &g_array_index (ticks, VantageTick, i);
      g_autofree char *text = NULL;

      if (tick->sort == VANTAGE_TICK_MINOR)
        continue;
      text = dup_tick_label (tick);
      g_ptr_array_add (self->labels, gtk_widget_create_pango_layout (GTK_WIDGET (self), text));
      g_array_append_val (self->places, tick->x);
    }
  self->width_px = width;
}

static void
vantage_presence_ruler_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  VantagePresenceRuler *self = VANTAGE_PRESENCE_RULER (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  int last_end = G_MININT;
  GdkRGBA text, line;

  if (vantage_presence_frame_is_empty (self->frame) || width < 1)
    return;
  if (self->width_px != width)
    make_labels (self, width);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &text);
  line = fade (text, 0.2f);
  for (guint i = 0; i < self->labels->len; i++)
    {
      PangoLayout *layout = self->labels->pdata[i];
      double at = g_array_index (self->places, double, i);
      int label_width, label_height, x;

      pango_layout_get_pixel_size (layout, &label_width, &label_height);
      x = (int) at - label_width / 2;
      append_rect (snapshot, &line, (int) at, height - 5, 1, 5);
      if (x < last_end + 6)
        continue;
      last_end = x + label_width;
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (
          snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) (height - 8 - label_height)));
      gtk_snapshot_append_layout (snapshot, layout, &text);
      gtk_snapshot_restore (snapshot);
    }
}

static void
vantage_presence_ruler_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                                int *minimum, int *natural, int *minimum_baseline,
                                int *natural_baseline)
{
  g_autoptr (PangoLayout) layout = NULL;
  int height;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 60;
      *natural = 400;
      return;
    }
  layout = gtk_widget_create_pango_layout (widget, "00:00");
  pango_layout_get_pixel_size (layout, NULL, &height);
  *minimum = *natural = height + 12;
}

static void
forget_labels (VantagePresenceRuler *self)
{
  self->width_px = 0;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
vantage_presence_ruler_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (vantage_presence_ruler_parent_class)->css_changed (widget, change);
  VANTAGE_PRESENCE_RULER (widget)->width_px = 0;
}

/* What is folded away is told where the pointer rests. */
static gboolean
vantage_presence_ruler_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard,
                                      GtkTooltip *tooltip)
{
  VantagePresenceRuler *self = VANTAGE_PRESENCE_RULER (widget);
  int width = gtk_widget_get_width (widget);
  guint n;
  const VantageStretch *folds = vantage_presence_frame_get_folds (self->frame, &n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *begin = NULL;
      g_autofree char *end = NULL;
      g_autofree char *text = NULL;

      if (x < vantage_presence_frame_get_x (self->frame, folds[i].begin_us, width) ||
          x > vantage_presence_frame_get_x (self->frame, folds[i].end_us, width))
        continue;
      begin = vantage_presence_frame_dup_clock (self->frame, folds[i].begin_us);
      end = vantage_presence_frame_dup_clock (self->frame, folds[i].end_us);
      /* translators: two times: a stretch without messages that takes no room on the axis */
      text = g_strdup_printf (_ ("Quiet from %s to %s, folded away"), begin, end);
      gtk_tooltip_set_text (tooltip, text);
      return TRUE;
    }
  return FALSE;
}

static void
vantage_presence_ruler_dispose (GObject *object)
{
  VantagePresenceRuler *self = VANTAGE_PRESENCE_RULER (object);

  g_clear_object (&self->frame);
  g_clear_pointer (&self->labels, g_ptr_array_unref);
  g_clear_pointer (&self->places, g_array_unref);
  G_OBJECT_CLASS (vantage_presence_ruler_parent_class)->dispose (object);
}

static void
vantage_presence_ruler_class_init (VantagePresenceRulerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vantage_presence_ruler_dispose;
  widget_class->snapshot = vantage_presence_ruler_snapshot;
  widget_class->measure = vantage_presence_ruler_measure;
  widget_class->css_changed = vantage_presence_ruler_css_changed;
  widget_class->query_tooltip = vantage_presence_ruler_query_tooltip;
  gtk_widget_class_set_css_name (widget_class, "presenceruler");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
vantage_presence_ruler_init (VantagePresenceRuler *self)
{
  self->labels = g_ptr_array_new_with_free_func (g_object_unref);
  self->places = g_array_new (FALSE, FALSE, sizeof (double));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "faint");
}

GtkWidget *
vantage_presence_ruler_new (VantagePresenceFrame *frame)
{
  VantagePresenceRuler *self = g_object_new (VANTAGE_TYPE_PRESENCE_RULER, NULL);

  self->frame = g_object_ref (frame);
  g_signal_connect_object (frame, "changed", G_CALLBACK (forget_labels), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
