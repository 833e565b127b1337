/* vantage-presence-frame.c: the stretch of time that rows of presence share. */

#include "config.h"

#include "vantage-presence-frame.h"

#include <glib/gi18n.h>

#include "vantage-time-text.h"
#include "vantage-words.h"

#define MINUTE_US G_GINT64_CONSTANT (60000000)
#define HOUR_US (60 * MINUTE_US)
#define DAY_US (24 * HOUR_US)
#define FOLD_PX 18.0
#define MAX_FOLDS 6
#define FOLD_SHARE 12 /* a gap is worth folding from this part of the whole */
#define LABEL_PX 60.0
#define MIN_QUIET_US (20 * MINUTE_US)
#define MAX_QUIET 3 /* told in words */

struct _VantagePresenceFrame
{
  GObject parent_instance;

  gint64 begin_us, end_us; /* VANTAGE_TIME_NONE: empty */
  VantageZone *zone;       /* (nullable) */
  VantageAxis *axis;
  int width_px; /* what scale and ticks are made for; 0: none */
  VantageTimeScale scale;
  GArray *ticks;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (VantagePresenceFrame, vantage_presence_frame, G_TYPE_OBJECT)

static void
vantage_presence_frame_finalize (GObject *object)
{
  VantagePresenceFrame *self = VANTAGE_PRESENCE_FRAME (object);

  g_clear_pointer (&self->zone, vantage_zone_unref);
  g_clear_pointer (&self->axis, vantage_axis_unref);
  g_clear_pointer (&self->ticks, g_array_unref);
  G_OBJECT_CLASS (vantage_presence_frame_parent_class)->finalize (object);
}

static void
vantage_presence_frame_class_init (VantagePresenceFrameClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vantage_presence_frame_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
vantage_presence_frame_init (VantagePresenceFrame *self)
{
  self->begin_us = self->end_us = VANTAGE_TIME_NONE;
}

VantagePresenceFrame *
vantage_presence_frame_new (void)
{
  return g_object_new (VANTAGE_TYPE_PRESENCE_FRAME, NULL);
}

/* ---- range and folds ---- */

/* Times of items inside the window, ascending, with the ends of the window. A rota tells what was
 * planned, for weeks perhaps: it counts only where there is nothing else. */
static GArray *
list_times (VantageSurvey *survey, gint64 from_us, gint64 until_us)
{
  GArray *times = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint32 n;
  VantageActs *acts = vantage_survey_get_acts (survey);
  const VantageActItem *items = vantage_acts_get_items (acts, &n);
  gint64 first_us, last_us;
  gboolean happened = vantage_acts_get_span (acts, &first_us, &last_us);

  if (from_us != VANTAGE_TIME_NONE)
    g_array_append_val (times, from_us);
  for (guint32 i = 0; i < n; i++)
    {
      gint64 us = items[i].time_us;

      if ((happened && items[i].kind == VANTAGE_ITEM_SHIFT) || us == VANTAGE_TIME_NONE ||
          (from_us != VANTAGE_TIME_NONE && us < from_us) ||
          (until_us != VANTAGE_TIME_NONE && us > until_us))
        continue;
      g_array_append_val (times, us);
    }
  if (until_us != VANTAGE_TIME_NONE)
    g_array_append_val (times, until_us);
  return times;
}

static int
compare_by_length (gconstpointer a, gconstpointer b)
{
  const VantageStretch *x = a, *y = b;
  gint64 length = x->end_us - x->begin_us, other = y->end_us - y->begin_us;

  return length > other ? -1 : length < other;
}

/* The longest stretches of quiet, as far as they are a good part of the whole. */
static VantageAxis *
fold_quiet (GArray *times)
{
  gint64 whole_us =
      g_array_index (times, gint64, times->len - 1) - g_array_index (times, gint64, 0);
  const VantageFoldRule rule = { MAX (whole_us / FOLD_SHARE, 30 * MINUTE_US), 4, 50 };
  g_autoptr (GArray) folds =
      vantage_axis_propose_folds ((const gint64 *) (void *) times->data, times->len, &rule);

  g_array_sort (folds, compare_by_length);
  return vantage_axis_new ((const VantageStretch *) (void *) folds->data,
                           MIN (folds->len, MAX_FOLDS), FOLD_PX);
}

void
vantage_presence_frame_set (VantagePresenceFrame *self, VantageSurvey *survey, gint64 from_us,
                            gint64 until_us, VantageZone *zone)
{
  g_autoptr (GArray) times = list_times (survey, from_us, until_us);

  g_clear_pointer (&self->axis, vantage_axis_unref);
  g_clear_pointer (&self->ticks, g_array_unref);
  g_clear_pointer (&self->zone, vantage_zone_unref);
  self->zone = vantage_zone_ref (zone);
  self->width_px = 0;
  self->begin_us = self->end_us = VANTAGE_TIME_NONE;
  if (times->len > 0)
    {
      self->begin_us = g_array_index (times, gint64, 0);
      /* One moment alone is shown in a minute of its own. */
      self->end_us =
          MAX (g_array_index (times, gint64, times->len - 1), self->begin_us + MINUTE_US);
      self->axis = fold_quiet (times);
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- asking ---- */

gboolean
vantage_presence_frame_is_empty (VantagePresenceFrame *self)
{
  return self->axis == NULL;
}

gint64
vantage_presence_frame_get_begin (VantagePresenceFrame *self)
{
  return self->begin_us;
}

gint64
vantage_presence_frame_get_end (VantagePresenceFrame *self)
{
  return self->end_us;
}

VantageZone *
vantage_presence_frame_get_zone (VantagePresenceFrame *self)
{
  return self->zone;
}

const VantageStretch *
vantage_presence_frame_get_folds (VantagePresenceFrame *self, guint *out_n)
{
  *out_n = 0;
  return self->axis != NULL ? vantage_axis_get_stretches (self->axis, out_n) : NULL;
}

static void
fit (VantagePresenceFrame *self, int width_px)
{
  const VantageStretch *folds;
  guint n;
  gint64 plain_us = self->end_us - self->begin_us;
  double room_px;

  if (self->width_px == width_px)
    return;
  g_clear_pointer (&self->ticks, g_array_unref);
  folds = vantage_presence_frame_get_folds (self, &n);
  for (guint i = 0; i < n; i++)
    plain_us -= folds[i].end_us - folds[i].begin_us;
  room_px = MAX (width_px - n * FOLD_PX, 1);
  self->scale =
      (VantageTimeScale){ self->axis, self->begin_us,
                          CLAMP ((double) MAX (plain_us, 1) / room_px, VANTAGE_SCALE_MIN_US_PER_PX,
                                 VANTAGE_SCALE_MAX_US_PER_PX) };
  self->width_px = width_px;
}

double
vantage_presence_frame_get_x (VantagePresenceFrame *self, gint64 us, int width_px)
{
  if (self->axis == NULL)
    return 0;
  fit (self, width_px);
  if (us <= self->begin_us)
    return 0;
  if (us >= self->end_us)
    return width_px;
  return CLAMP (vantage_time_scale_get_x (&self->scale, us), 0, width_px);
}

static int
get_offset (gint64 us, gpointer user_data)
{
  return vantage_zone_get_offset_s (user_data, us);
}

GArray *
vantage_presence_frame_get_ticks (VantagePresenceFrame *self, int width_px)
{
  g_return_val_if_fail (self->axis != NULL, NULL);

  fit (self, width_px);
  if (self->ticks == NULL)
    self->ticks = vantage_ticks_find (&self->scale, width_px, LABEL_PX, get_offset, self->zone);
  return self->ticks;
}

gboolean
vantage_presence_frame_contains (VantagePresenceFrame *self, gint64 us)
{
  return self->axis != NULL && us >= self->begin_us && us <= self->end_us;
}

char *
vantage_presence_frame_dup_clock (VantagePresenceFrame *self, gint64 us)
{
  g_autofree char *clock = vantage_zone_format (self->zone, us, VANTAGE_SHOW_MINUTE);
  g_autofree char *day = NULL;

  if (vantage_presence_frame_contains (self, us) && self->end_us - self->begin_us <= DAY_US)
    return g_steal_pointer (&clock);
  /* Told as from a month later: a date, with the year when it is another one. */
  day = vantage_time_text_day (self->zone, us,
                               (self->axis != NULL ? self->end_us : us) + 30 * DAY_US);
  /* translators: a day and a time of that day: "14 Mar 02:14" */
  return g_strdup_printf (C_ ("day and time", "%s %s"), day, clock);
}

/* ---- silence ---- */

static int
compare_lengths (gconstpointer a, gconstpointer b)
{
  const VantageQuiet *first = a, *second = b;
  gint64 x = first->end_us - first->begin_us, y = second->end_us - second->begin_us;

  return x > y ? -1 : x < y;
}

static int
compare_begins (gconstpointer a, gconstpointer b)
{
  const VantageQuiet *first = a, *second = b;

  return first->begin_us < second->begin_us ? -1 : first->begin_us > second->begin_us;
}

char *
vantage_presence_frame_dup_quiet (VantagePresenceFrame *self, VantageSurvey *survey)
{
  g_autoptr (GArray) all =
      vantage_participation_list_quiet (vantage_survey_get_acts (survey), MIN_QUIET_US);
  g_autoptr (GArray) told = g_array_new (FALSE, FALSE, sizeof (VantageQuiet));
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < all->len; i++)
    {
      const VantageQuiet *quiet = &g_array_index (all, VantageQuiet, i);

      if (vantage_presence_frame_contains (self, quiet->begin_us) &&
          vantage_presence_frame_contains (self, quiet->end_us))
        g_array_append_val (told, *quiet);
    }
  if (told->len == 0)
    return NULL;
  g_array_sort (told, compare_lengths);
  g_array_set_size (told, MIN (told->len, MAX_QUIET));
  g_array_sort (told, compare_begins);
  for (guint i = 0; i < told->len; i++)
    {
      const VantageQuiet *quiet = &g_array_index (told, VantageQuiet, i);
      g_autofree char *range = vantage_time_text_range (vantage_presence_frame_get_zone (self),
                                                        quiet->begin_us, quiet->end_us);
      g_autofree char *length = vantage_words_duration (quiet->end_us - quiet->begin_us);

      /* translators: from when until when it was quiet, and how long that is */
      g_string_append_printf (text, _ ("%s%s (%s)"), i > 0 ? "; " : "", range, length);
    }
  /* translators: the longest stretches in which nobody wrote */
  return g_strdup_printf (_ ("Longest quiet: %s"), text->str);
}
