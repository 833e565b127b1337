/* vantage-canvas-texts.c: what is written on the canvas beside cards, shaped before it is drawn. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-canvas-parts.h"
#include "vantage-time-text.h"
#include "vantage-words.h"

#define LABEL_PX 62
#define MAX_LABELS 400 /* kept */

PangoLayout *
vantage_canvas_new_text (VantageCanvas *self, const char *text, double scale, gboolean bold)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (scale));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  if (bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  return layout;
}

static int
find_offset (gint64 us, gpointer zone)
{
  return vantage_zone_get_offset_s (zone, us);
}

/* ---- ruler ---- */

static char *
dup_tick_text (VantageZone *zone, const VantageTick *tick)
{
  const gint64 second_us = G_USEC_PER_SEC, day_us = 24 * 60 * 60 * second_us;
  VantageWall wall;
  g_autoptr (GDateTime) date = NULL;

  vantage_zone_get_wall (zone, tick->us, &wall);
  if (tick->sort == VANTAGE_TICK_MAJOR && tick->step_us < day_us)
    {
      if (tick->step_us < second_us)
        return vantage_zone_format (zone, tick->us, VANTAGE_SHOW_MILLISECOND);
      return vantage_zone_format (zone, tick->us,
                                  tick->step_us < 60 * second_us ? VANTAGE_SHOW_SECOND
                                                                 : VANTAGE_SHOW_MINUTE);
    }
  date = g_date_time_new_utc (wall.year, wall.month, wall.day, 0, 0, 0);
  if (date == NULL)
    return g_strdup ("");
  if (tick->step_us >= 365 * day_us)
    return g_strdup_printf ("%d", wall.year);
  if (tick->step_us >= 28 * day_us)
    /* translators: a month and its year */
    return g_date_time_format (date, C_ ("ruler", "%b %Y"));
  /* translators: a day on the ruler: "14 Mar" */
  return g_date_time_format (date, C_ ("ruler", "%-d %b"));
}

void
vantage_canvas_label_free (gpointer data)
{
  VantageCanvasLabel *label = data;

  g_clear_pointer (&label->node, gsk_render_node_unref);
  g_free (label);
}

static VantageCanvasLabel *
new_label (VantageCanvas *self, VantageZone *zone, const VantageTick *tick)
{
  gboolean day = tick->sort == VANTAGE_TICK_DAY;
  g_autofree char *text = dup_tick_text (zone, tick);
  g_autoptr (PangoLayout) layout = vantage_canvas_new_text (self, text, 0.82, day);
  VantageCanvasLabel *label = g_new0 (VantageCanvasLabel, 1);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GdkRGBA colour;

  vantage_canvas_get_colour (self, "window_fg_color", day ? 0.95 : 0.7, &colour);
  gtk_snapshot_append_layout (snapshot, layout, &colour);
  label->node = gtk_snapshot_free_to_node (snapshot);
  pango_layout_get_pixel_size (layout, &label->width, &label->height);
  return label;
}

/* The label of a tick is the same as long as it is at the same instant and the step says as much.
 */
static const VantageCanvasLabel *
get_label (VantageCanvas *self, VantageZone *zone, const VantageTick *tick)
{
  const gint64 hour_us = 3600 * (gint64) G_USEC_PER_SEC;
  const gint64 steps_us[] = { G_USEC_PER_SEC, hour_us / 60, 24 * hour_us, 28 * 24 * hour_us,
                              365 * 24 * hour_us };
  gint64 key = tick->us * 16 + tick->sort;
  VantageCanvasLabel *label;

  for (guint i = 0; i < G_N_ELEMENTS (steps_us); i++)
    key += tick->step_us >= steps_us[i] ? 3 : 0;
  label = g_hash_table_lookup (self->tick_labels, &key);
  if (label == NULL)
    {
      label = new_label (self, zone, tick);
      g_hash_table_insert (self->tick_labels, g_memdup2 (&key, sizeof key), label);
    }
  return label;
}

static void
label_ruler (VantageCanvas *self, const VantageTimeScale *scale)
{
  VantageZone *zone =
      vantage_review_context_get_zone (vantage_timeline_feed_get_context (self->feed));
  g_autoptr (GArray) ticks =
      vantage_ticks_find (scale, self->area.size.width, LABEL_PX, find_offset, zone);

  if (self->labels_stale || g_hash_table_size (self->tick_labels) > MAX_LABELS)
    g_hash_table_remove_all (self->tick_labels);
  self->labels_stale = FALSE;
  g_clear_pointer (&self->ticks, g_array_unref);
  self->ticks = g_array_sized_new (FALSE, FALSE, sizeof (VantageCanvasTick), ticks->len);
  for (guint i = 0; i < ticks->len; i++)
    {
      const VantageTick *tick = &g_array_index (ticks, VantageTick, i);
      VantageCanvasTick out = { tick->x, tick->sort, NULL };

      if (tick->sort != VANTAGE_TICK_MINOR)
        out.label = get_label (self, zone, tick);
      g_array_append_val (self->ticks, out);
    }
}

static char *
dup_day_text (VantageCanvas *self)
{
  VantageZone *zone =
      vantage_review_context_get_zone (vantage_timeline_feed_get_context (self->feed));
  VantageWall wall;
  g_autoptr (GDateTime) date = NULL;
  g_autofree char *day = NULL;
  g_autofree char *name = NULL;
  const char *place = strrchr (vantage_zone_get_name (zone), '/');

  vantage_zone_get_wall (zone, vantage_canvas_get_us (self, self->area.origin.x), &wall);
  date = g_date_time_new_utc (wall.year, wall.month, wall.day, 0, 0, 0);
  if (date == NULL)
    return g_strdup ("");
  name =
      g_strdelimit (g_strdup (place != NULL ? place + 1 : vantage_zone_get_name (zone)), "_", ' ');
  if (self->heads_area.size.width < 100)
    return g_date_time_format (date, C_ ("ruler", "%-d %b"));
  /* translators: the day at the left end of the ruler */
  day = g_date_time_format (date, C_ ("ruler", "%a %-d %B"));
  /* translators: a day and the place whose clock is shown: "Fri 14 March · Berlin" */
  return g_strdup_printf (_ ("%s · %s"), day, name);
}

/* ---- folds ---- */

static void
label_folds (VantageCanvas *self)
{
  guint n;
  const VantageCanvasFold *folds = vantage_canvas_layout_get_folds (self->layout, &n);

  for (guint i = 0; i < n; i++)
    {
      const gint64 minute_us = 60 * (gint64) G_USEC_PER_SEC;
      gint64 long_us = folds[i].stretch.end_us - folds[i].stretch.begin_us;
      g_autofree char *length = vantage_words_duration (long_us / minute_us * minute_us);
      /* translators: how long a stretch of time is that was folded away */
      g_autofree char *text = g_strdup_printf (_ ("%s folded"), length);

      if (i >= self->fold_labels->len)
        g_ptr_array_add (self->fold_labels, vantage_canvas_new_text (self, text, 0.82, FALSE));
      else if (strcmp (pango_layout_get_text (self->fold_labels->pdata[i]), text) != 0)
        pango_layout_set_text (self->fold_labels->pdata[i], text, -1);
    }
  g_ptr_array_set_size (self->fold_labels, (int) MIN (n, self->fold_labels->len));
}

/* ---- volume ---- */

static gint64
choose_bin (double us_per_px)
{
  static const int minutes[] = { 1, 2, 5, 10, 15, 30, 60, 120, 360, 720, 1440 };

  for (guint i = 0; i < G_N_ELEMENTS (minutes); i++)
    {
      gint64 bin_us = minutes[i] * 60 * (gint64) G_USEC_PER_SEC;

      if ((double) bin_us >= us_per_px * 6)
        return bin_us;
    }
  return 1440 * 60 * (gint64) G_USEC_PER_SEC;
}

static void
find_greatest (VantageCanvas *self)
{
  gint64 begin = G_MININT64;
  double sum = 0;

  self->volume_greatest = 1;
  for (guint i = 0; i < self->volume->len; i++)
    {
      const VantageVolume *bin = &g_array_index (self->volume, VantageVolume, i);

      sum = bin->begin_us == begin ? sum + bin->count : bin->count;
      begin = bin->begin_us;
      self->volume_greatest = MAX (self->volume_greatest, sum);
    }
}

static void
count_volume (VantageCanvas *self, const VantageTimeScale *scale)
{
  VantageSurvey *survey = vantage_timeline_feed_get_survey (self->feed);
  gint64 bin_us = choose_bin (scale->us_per_px);
  g_autofree char *length = NULL;
  g_autofree char *text = NULL;

  if (survey == NULL || (self->volume != NULL && bin_us == self->volume_bin_us))
    return;
  g_clear_pointer (&self->volume, g_array_unref);
  self->volume_bin_us = bin_us;
  self->volume = vantage_participation_list_volume (
      vantage_survey_get_acts (survey), bin_us,
      vantage_review_context_get_zone (vantage_timeline_feed_get_context (self->feed)));
  find_greatest (self);
  length = vantage_words_duration (bin_us);
  /* translators: what a bar counts: "Messages in 2 min" */
  text = g_strdup_printf (_ ("Messages in %s"), length);
  pango_layout_set_text (self->volume_label, text, -1);
}

/* ---- shelf and drag ---- */

static void
label_rest (VantageCanvas *self)
{
  GPtrArray *impacts = vantage_timeline_feed_get_impacts (self->feed);
  g_autofree char *day = dup_day_text (self);
  int room = (int) MAX (self->heads_area.size.width - 24, 1) * PANGO_SCALE;
  PangoLayout *layouts[] = { self->day_label, self->volume_label, self->impact_label,
                             self->shelf_label, self->shelf_detail };

  if (g_strcmp0 (pango_layout_get_text (self->day_label), day) != 0)
    pango_layout_set_text (self->day_label, day, -1);
  if (impacts->len > 0)
    pango_layout_set_text (self->impact_label, ((VantageTimelineImpact *) impacts->pdata[0])->name,
                           -1);
  for (guint i = 0; i < G_N_ELEMENTS (layouts); i++)
    {
      pango_layout_set_width (layouts[i], room);
      pango_layout_set_ellipsize (layouts[i], PANGO_ELLIPSIZE_END);
    }
  if (self->drag.sort >= VANTAGE_DRAG_CARDS && self->drag.sort != VANTAGE_DRAG_MARQUEE &&
      self->drag.us != VANTAGE_TIME_NONE)
    {
      VantageZone *zone =
          vantage_review_context_get_zone (vantage_timeline_feed_get_context (self->feed));
      g_autofree char *time = vantage_zone_format (zone, self->drag.us, VANTAGE_SHOW_SECOND);

      pango_layout_set_text (self->drag_label, time, -1);
    }
}

void
vantage_canvas_label (VantageCanvas *self, const VantageTimeScale *scale)
{
  label_ruler (self, scale);
  label_folds (self);
  vantage_canvas_find_nights (self, scale);
  count_volume (self, scale);
  label_rest (self);
}
