/* vantage-picture-top.c: what stands above the lanes of a picture, its folds, and its legend. */

#include <math.h>
#include <string.h>

#include "vantage-picture-private.h"
#include "vantage-report-private.h"
#include "vantage-ticks.h"

#define LABEL_PX 64

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
    return vantage_zone_format (zone, tick->us,
                                tick->step_us < second_us        ? VANTAGE_SHOW_MILLISECOND
                                : tick->step_us < 60 * second_us ? VANTAGE_SHOW_SECOND
                                                                 : VANTAGE_SHOW_MINUTE);
  date = g_date_time_new_utc (wall.year, wall.month, wall.day, 0, 0, 0);
  if (date == NULL)
    return g_strdup ("");
  if (tick->step_us >= 365 * day_us)
    return g_strdup_printf ("%d", wall.year);
  if (tick->step_us >= 28 * day_us)
    /* translators: a month and its year on the ruler */
    return g_date_time_format (date, _ ("%b %Y"));
  return g_date_time_format (date, _ ("%-d %b"));
}

static gboolean
is_in_fold (VantagePicturePlan *self, double left, double right)
{
  guint n;
  const VantageCanvasFold *folds = vantage_canvas_layout_get_folds (self->layout, &n);

  for (guint i = 0; i < n; i++)
    if (right >= folds[i].x - 2 && left <= folds[i].x + folds[i].width + 2)
      return TRUE;
  return FALSE;
}

static void
draw_ticks (VantagePicturePlan *self, VantageSheet *sheet, double y)
{
  const VantagePictureLook *look = self->picture->look;
  VantageZone *zone = self->picture->scene->zone;
  double room = self->width - VANTAGE_PICTURE_HEADS, last = 0;
  g_autoptr (GArray) ticks = vantage_ticks_find (&self->scale, room, LABEL_PX, find_offset, zone);

  for (guint i = 0; i < ticks->len; i++)
    {
      const VantageTick *tick = &g_array_index (ticks, VantageTick, i);
      gboolean major = tick->sort != VANTAGE_TICK_MINOR;
      VantageLetters letters = { 11, tick->sort == VANTAGE_TICK_DAY };
      g_autofree char *text = NULL;
      double width, foot = y + VANTAGE_PICTURE_RULER - 1;

      if (is_in_fold (self, tick->x, tick->x))
        continue;
      vantage_sheet_rect (sheet, VANTAGE_PICTURE_HEADS + floor (tick->x), foot - (major ? 7 : 4), 1,
                          major ? 7 : 4, 0, &(VantageStroke){ .fill = look->faint });
      if (!major)
        continue;
      text = dup_tick_text (zone, tick);
      width = vantage_lettering_measure (self->picture->lettering, &letters, text);
      if (tick->x - width / 2 < last || tick->x + width / 2 > room ||
          is_in_fold (self, tick->x - width / 2, tick->x + width / 2))
        continue;
      last = tick->x + width / 2 + 8;
      vantage_sheet_text (sheet, VANTAGE_PICTURE_HEADS + tick->x - width / 2, y + 8, width + 1,
                          text, &letters, look->text);
    }
}

/* ---- strips ---- */

static void
draw_impact (VantagePicturePlan *self, VantageSheet *sheet, const VantageSceneImpact *impact,
             double y)
{
  double room = self->width - VANTAGE_PICTURE_HEADS, high = VANTAGE_PICTURE_STRIP - 8;
  double base = y + VANTAGE_PICTURE_STRIP - 2, last = base, x = 0;

  vantage_sheet_open (sheet, VANTAGE_PART_FIGURE, NULL, impact->name, NULL);
  vantage_sheet_text (sheet, 14, y + 10, VANTAGE_PICTURE_HEADS - 24, impact->name,
                      &vantage_letters_faint, self->picture->look->text);
  vantage_sheet_clip (sheet, VANTAGE_PICTURE_HEADS, y, room, VANTAGE_PICTURE_STRIP);
  for (guint i = 0; i < impact->times_us->len; i++)
    {
      double value = g_array_index (impact->values, double, i);
      double top = base - (impact->greatest > 0 ? high * value / impact->greatest : 0);

      x = VANTAGE_PICTURE_HEADS +
          CLAMP (
              vantage_time_scale_get_x (&self->scale, g_array_index (impact->times_us, gint64, i)),
              -9, room + 9);
      if (i == 0)
        vantage_sheet_move (sheet, x, base);
      else
        vantage_sheet_line (sheet, x, last);
      vantage_sheet_line (sheet, x, top);
      last = top;
    }
  vantage_sheet_line (sheet, x, base);
  vantage_sheet_stroke (sheet, &self->picture->look->impact);
  vantage_sheet_unclip (sheet);
  vantage_sheet_close (sheet);
}

static gint64
choose_bin (double us_per_px)
{
  static const int minutes[] = { 1, 2, 5, 10, 15, 30, 60, 120, 360, 720, 1440 };
  guint i = 0;

  while (i + 1 < G_N_ELEMENTS (minutes) && minutes[i] * 60e6 < us_per_px * 6)
    i++;
  return minutes[i] * 60 * (gint64) G_USEC_PER_SEC;
}

static gint64
find_bin (gint64 us, gint64 bin_us)
{
  return us - (us % bin_us + bin_us) % bin_us;
}

typedef struct
{
  gint64 us;
  guint counts[2];
} Bin;

/* By bin in view; @out_greatest: the most of any. */
static GArray *
count_messages (VantagePicturePlan *self, gint64 bin_us, guint *out_greatest)
{
  const VantagePictureOptions *options = &self->picture->options;
  GArray *bins = g_array_new (FALSE, TRUE, sizeof (Bin));
  gint64 begin = vantage_time_scale_get_us (&self->scale, 0);
  gint64 end = vantage_time_scale_get_us (&self->scale, self->width - VANTAGE_PICTURE_HEADS);

  *out_greatest = 1;
  for (guint i = 0; i < options->n_messages; i++)
    {
      gint64 us = find_bin (options->messages[i].us, bin_us);
      Bin *bin;

      if (us < begin || us > end)
        continue;
      if (bins->len == 0 || g_array_index (bins, Bin, bins->len - 1).us != us)
        g_array_append_val (bins, ((Bin){ us, { 0, 0 } }));
      bin = &g_array_index (bins, Bin, bins->len - 1);
      bin->counts[options->messages[i].channel % 2]++;
      *out_greatest = MAX (*out_greatest, bin->counts[0] + bin->counts[1]);
    }
  return bins;
}

static void
draw_volume (VantagePicturePlan *self, VantageSheet *sheet, double y)
{
  gint64 bin_us = choose_bin (self->scale.us_per_px);
  guint greatest;
  g_autoptr (GArray) bins = count_messages (self, bin_us, &greatest);
  g_autofree char *length = vantage_scene_dup_length (bin_us);
  /* translators: what a bar counts, and the highest: "Messages in 2 min, at most 14" */
  g_autofree char *name = g_strdup_printf (_ ("Messages in %s, at most %u"), length, greatest);
  double high = VANTAGE_PICTURE_STRIP - 8, base = y + VANTAGE_PICTURE_STRIP - 3;
  double room = self->width - VANTAGE_PICTURE_HEADS;

  vantage_sheet_open (sheet, VANTAGE_PART_FIGURE, NULL, name, NULL);
  vantage_sheet_text (sheet, 14, y + 10, VANTAGE_PICTURE_HEADS - 24, name, &vantage_letters_faint,
                      self->picture->look->text);
  for (guint i = 0; i < bins->len; i++)
    {
      const Bin *bin = &g_array_index (bins, Bin, i);
      double x0 = MAX (vantage_time_scale_get_x (&self->scale, bin->us), 0);
      double x1 = MIN (vantage_time_scale_get_x (&self->scale, bin->us + bin_us), room);
      double foot = base;

      if (is_in_fold (self, x0, x1))
        continue;
      for (guint j = 0; j < 2; j++)
        {
          double tall = high * bin->counts[j] / greatest;

          vantage_sheet_rect (sheet, VANTAGE_PICTURE_HEADS + x0, foot - tall, MAX (x1 - x0 - 1, 1),
                              tall, 0, &self->picture->look->volume[j]);
          foot -= tall;
        }
    }
  vantage_sheet_close (sheet);
}

static char *
dup_ruler_name (VantagePicturePlan *self)
{
  VantageZone *zone = self->picture->scene->zone;
  g_autofree char *place = vantage_scene_dup_zone (zone, self->begin_us);
  VantageWall wall;
  g_autoptr (GDateTime) date = NULL;
  g_autofree char *day = NULL;

  vantage_zone_get_wall (zone, self->begin_us, &wall);
  date = g_date_time_new_utc (wall.year, wall.month, wall.day, 0, 0, 0);
  if (date == NULL)
    return g_steal_pointer (&place);
  /* translators: the day at the left end of the ruler: "Fri 14 March" */
  day = g_date_time_format (date, _ ("%a %-d %B"));
  return g_strdup_printf ("%s · %s", day, place);
}

void
vantage_picture_draw_top (VantagePicturePlan *self, VantageSheet *sheet, double y)
{
  const VantagePictureLook *look = self->picture->look;
  const VantageStroke line = { .fill = look->line };
  VantageScene *scene = self->picture->scene;
  g_autofree char *name = dup_ruler_name (self);
  g_autofree char *span = vantage_picture_dup_span (self->picture, self->begin_us, self->end_us);

  vantage_sheet_open (sheet, VANTAGE_PART_FIGURE, NULL, span, NULL);
  vantage_sheet_rect (sheet, 0, y, self->width, 1, 0, &line);
  vantage_sheet_text (sheet, 14, y + 9, VANTAGE_PICTURE_HEADS - 20, name, &vantage_letters_small,
                      look->faint);
  draw_ticks (self, sheet, y);
  vantage_sheet_close (sheet);
  y += VANTAGE_PICTURE_RULER;
  vantage_sheet_rect (sheet, 0, y - 1, self->width, 1, 0, &line);
  for (guint i = 0; i < scene->impacts->len; i++, y += VANTAGE_PICTURE_STRIP)
    draw_impact (self, sheet, scene->impacts->pdata[i], y);
  if (self->picture->options.n_messages > 0)
    {
      draw_volume (self, sheet, y);
      y += VANTAGE_PICTURE_STRIP;
    }
  vantage_sheet_rect (sheet, 0, y - 1, self->width, 1, 0, &line);
}

/* ---- folds: torn paper ---- */

static void
tear (VantageSheet *sheet, double x, double y, double height, const VantageStroke *stroke)
{
  gboolean right = FALSE;

  vantage_sheet_move (sheet, x, y);
  for (double at = y; at < y + height; right = !right)
    {
      at = MIN (at + 4, y + height);
      vantage_sheet_line (sheet, right ? x + 3 : x - 3, at);
    }
  vantage_sheet_stroke (sheet, stroke);
}

void
vantage_picture_draw_folds (VantagePicturePlan *self, VantageSheet *sheet, double y, double height)
{
  const VantagePictureLook *look = self->picture->look;
  const VantageStroke line = { .stroke = look->faint, .width = 0.8 };
  guint n;
  const VantageCanvasFold *folds = vantage_canvas_layout_get_folds (self->layout, &n);

  for (guint i = 0; i < n; i++)
    {
      double x = VANTAGE_PICTURE_HEADS + folds[i].x, width = folds[i].width, wide;
      g_autofree char *length =
          vantage_scene_dup_length (folds[i].stretch.end_us - folds[i].stretch.begin_us);
      /* translators: how long a stretch of time is that was folded away */
      g_autofree char *text = g_strdup_printf (_ ("%s folded"), length);

      vantage_sheet_open (sheet, VANTAGE_PART_FIGURE, NULL, text, NULL);
      vantage_sheet_rect (sheet, x + 3, y, width - 6, height, 0,
                          &(VantageStroke){ .fill = look->paper });
      tear (sheet, x + 4, y, height, &line);
      tear (sheet, x + width - 4, y, height, &line);
      wide = vantage_lettering_measure (self->picture->lettering, &vantage_letters_small, text);
      vantage_sheet_text_upwards (sheet, x + width / 2 - 7, y + (height + MIN (wide, height)) / 2,
                                  height - 6, text, &vantage_letters_small, look->faint);
      vantage_sheet_close (sheet);
    }
}

/* ---- legend ---- */

typedef struct
{
  VantageTimelinePicture *picture;
  VantageSheet *sheet; /* NULL: measures */
  double x, y, first_x, width;
} Legend;

/* Room for one sign and its words; moves on to the next line where needed. Returns where it is. */
static double
place_sign (Legend *legend, double sign_width, const char *text)
{
  double wide =
      sign_width + 8 +
      vantage_lettering_measure (legend->picture->lettering, &vantage_letters_faint, text) + 22;
  double x;

  if (legend->x + wide > legend->width && legend->x > legend->first_x)
    {
      legend->x = legend->first_x;
      legend->y += 24;
    }
  x = legend->x;
  if (legend->sheet != NULL)
    vantage_sheet_text (legend->sheet, x + sign_width + 8, legend->y + 4,
                        legend->width - x - sign_width, text, &vantage_letters_faint,
                        legend->picture->look->text);
  legend->x += wide;
  return x;
}

static void
explain_claims (Legend *legend, VantageScene *scene)
{
  const struct
  {
    const char *claim, *text;
  } claims[] = {
    { "record", _ ("record") },
    { "recall", _ ("recall: somebody's account") },
    { "inference", _ ("inference") },
    { "judgement", _ ("judgement") },
    { "unknown", _ ("not said how it is known") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (claims); i++)
    for (guint j = 0; j < scene->events->len; j++)
      if (strcmp (((VantageSceneEvent *) scene->events->pdata[j])->claim, claims[i].claim) == 0)
        {
          double x = place_sign (legend, 6, claims[i].text);

          if (legend->sheet != NULL)
            vantage_picture_draw_edge (legend->sheet, claims[i].claim, x, legend->y + 2, 18,
                                       legend->picture->look->text);
          break;
        }
}

static void
explain_time (Legend *legend, VantageScene *scene)
{
  const VantagePictureLook *look = legend->picture->look;
  gboolean soft = FALSE, lasted = FALSE, disputed = FALSE;
  double x;

  for (guint i = 0; i < scene->events->len; i++)
    {
      const VantageSceneEvent *event = scene->events->pdata[i];
      gint64 us, end;

      lasted = lasted || (event->shape.flags & VANTAGE_CANVAS_SPAN) != 0;
      disputed = disputed || event->contradicted;
      soft = soft || (vantage_canvas_event_is_soft (&event->shape) &&
                      vantage_canvas_event_get_place (&event->shape, &us, &end));
    }
  if (soft)
    {
      x = place_sign (legend, 40, _ ("somewhere in this time"));
      if (legend->sheet != NULL)
        vantage_sheet_rect (
            legend->sheet, x, legend->y + 8, 40, 6, 0,
            &(VantageStroke){ .fill = (look->people[7] & 0xffffff00) | 0x90, .soft = TRUE });
    }
  if (disputed)
    /* translators: explains a warning sign in a picture */
    place_sign (legend, 0, _ ("▲ accounts of its time cannot all be true"));
  x = place_sign (legend, 26, _ ("night, where the person lives"));
  if (legend->sheet != NULL)
    {
      vantage_sheet_rect (legend->sheet, x, legend->y + 3, 26, 15, 0, &look->night);
      vantage_sheet_rect (legend->sheet, x + 0.5, legend->y + 3.5, 25, 14, 0,
                          &(VantageStroke){ .stroke = look->line, .width = 1 });
    }
}

static void
explain_links (Legend *legend, VantageScene *scene)
{
  g_autoptr (GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < scene->links->len; i++)
    {
      const VantageSceneLink *link = &g_array_index (scene->links, VantageSceneLink, i);
      g_autofree char *word = NULL;
      double x;

      if (g_hash_table_size (told) >= 8 || !g_hash_table_add (told, link->kind))
        continue;
      word = g_utf8_strdown (link->word, -1);
      x = place_sign (legend, 34, word);
      if (legend->sheet != NULL)
        vantage_picture_draw_line (legend->picture, legend->sheet, link->kind, x, legend->y + 11,
                                   34);
    }
}

double
vantage_picture_draw_legend (VantageTimelinePicture *picture, VantageSheet *sheet, double y,
                             double width)
{
  Legend legend = { picture, sheet, 18, y + 12, 18, width - 18 };

  if (sheet != NULL)
    vantage_sheet_open (sheet, VANTAGE_PART_LIST, NULL, _ ("What the Signs Mean"), NULL);
  explain_claims (&legend, picture->scene);
  explain_time (&legend, picture->scene);
  explain_links (&legend, picture->scene);
  if (sheet != NULL)
    vantage_sheet_close (sheet);
  return legend.y + 24 + 10 - y;
}
