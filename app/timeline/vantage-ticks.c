/* vantage-ticks.c: round wall clock times along each stretch of the axis. */

#include "vantage-ticks.h"

#include <math.h>

#define SECOND G_GINT64_CONSTANT (1000000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define FIRST_US G_GINT64_CONSTANT (-62135596800000000) /* year 1 */
#define LAST_US G_GINT64_CONSTANT (253402300799999999)  /* year 9999 */
#define MAX_TICKS 20000

/* Distance of ticks: microseconds, or months when those are not 0. */
typedef struct
{
  gint64 us;
  gint64 minor_us;
  int months;
  int minor_months;
} Step;

/* clang-format off */
static const Step steps[] = {
  { 1000, 1000 },                 { 2000, 1000 },                 { 5000, 1000 },
  { 10000, 2000 },                { 20000, 5000 },                { 50000, 10000 },
  { 100000, 20000 },              { 200000, 50000 },              { 500000, 100000 },
  { SECOND, 200000 },             { 2 * SECOND, 500000 },         { 5 * SECOND, SECOND },
  { 10 * SECOND, 2 * SECOND },    { 15 * SECOND, 5 * SECOND },    { 30 * SECOND, 10 * SECOND },
  { MINUTE, 15 * SECOND },        { 2 * MINUTE, 30 * SECOND },    { 5 * MINUTE, MINUTE },
  { 10 * MINUTE, 2 * MINUTE },    { 15 * MINUTE, 5 * MINUTE },    { 30 * MINUTE, 10 * MINUTE },
  { HOUR, 15 * MINUTE },          { 2 * HOUR, 30 * MINUTE },      { 3 * HOUR, HOUR },
  { 6 * HOUR, HOUR },             { 12 * HOUR, 3 * HOUR },        { DAY, 6 * HOUR },
  { 2 * DAY, DAY },               { 7 * DAY, DAY },
  { 30 * DAY, 0, 1, 1 },          { 90 * DAY, 0, 3, 1 },          { 180 * DAY, 0, 6, 1 },
  { 365 * DAY, 0, 12, 3 },        { 730 * DAY, 0, 24, 12 },       { 1825 * DAY, 0, 60, 12 },
  { 3650 * DAY, 0, 120, 24 },     { 7300 * DAY, 0, 240, 60 },     { 18250 * DAY, 0, 600, 120 },
  { 36500 * DAY, 0, 1200, 240 },  { 182500 * DAY, 0, 6000, 1200 }, { 365000 * DAY, 0, 12000, 2400 },
};
/* clang-format on */

typedef struct
{
  const VantageTimeScale *scale;
  VantageOffsetFunc offset;
  gpointer user_data;
  const Step *step;
  GArray *ticks;
} Work;

static gint64
get_offset_us (VantageOffsetFunc offset, gpointer user_data, gint64 us)
{
  return offset != NULL ? offset (us, user_data) * SECOND : 0;
}

static gint64
floor_to (gint64 value, gint64 unit)
{
  gint64 rest = value % unit;

  return value - (rest < 0 ? rest + unit : rest);
}

static const Step *
choose_step (double us_per_px, double min_px)
{
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if ((double) steps[i].us / us_per_px >= min_px)
      return &steps[i];
  return &steps[G_N_ELEMENTS (steps) - 1];
}

/* Where in (@low, @high] the offset stops being that of @low. */
static gint64
find_jump (VantageOffsetFunc offset, gpointer user_data, gint64 low, gint64 high)
{
  gint64 before = get_offset_us (offset, user_data, low);

  while (high - low > 1)
    {
      gint64 middle = low + (high - low) / 2;

      if (get_offset_us (offset, user_data, middle) == before)
        low = middle;
      else
        high = middle;
    }
  return high;
}

gint64
vantage_ticks_resolve_wall (gint64 wall_us, VantageOffsetFunc offset, gpointer user_data)
{
  gint64 before, after;

  if (offset == NULL)
    return wall_us;
  before = get_offset_us (offset, user_data, wall_us - DAY);
  after = get_offset_us (offset, user_data, wall_us + DAY);
  if (get_offset_us (offset, user_data, wall_us - before) == before)
    return wall_us - before;
  if (get_offset_us (offset, user_data, wall_us - after) == after)
    return wall_us - after;
  return find_jump (offset, user_data, wall_us - DAY, wall_us + DAY);
}

static void
add_tick (Work *work, gint64 us, gint64 wall_us, VantageTickSort sort)
{
  VantageTick tick = { .us = us, .wall_us = wall_us, .step_us = work->step->us, .sort = sort };

  if (work->ticks->len >= MAX_TICKS ||
      (work->ticks->len > 0 &&
       g_array_index (work->ticks, VantageTick, work->ticks->len - 1).us >= us))
    return;
  tick.x = vantage_time_scale_get_x (work->scale, us);
  g_array_append_val (work->ticks, tick);
}

/* Ticks of less than a day within [begin, end), where the offset does not change. */
static void
add_clock_ticks (Work *work, gint64 begin, gint64 end, gint64 offset_us)
{
  const Step *step = work->step;
  gint64 first = floor_to (begin + offset_us, step->minor_us);

  for (gint64 wall = first; wall - offset_us < end; wall += step->minor_us)
    {
      VantageTickSort sort = VANTAGE_TICK_MINOR;

      if (wall - offset_us < begin)
        continue;
      if (floor_to (wall, DAY) == wall &&
          vantage_ticks_resolve_wall (wall, work->offset, work->user_data) == wall - offset_us)
        sort = VANTAGE_TICK_DAY;
      else if (floor_to (wall, step->us) == wall)
        sort = VANTAGE_TICK_MAJOR;
      add_tick (work, wall - offset_us, wall, sort);
    }
}

/* A day whose midnight the clock jumped over begins where it jumped. */
static void
add_jumped_midnight (Work *work, gint64 jump, gint64 before_us, gint64 after_us)
{
  gint64 midnight = floor_to (jump + after_us, DAY);

  if (jump + before_us <= midnight && midnight < jump + after_us)
    add_tick (work, jump, jump + after_us, VANTAGE_TICK_DAY);
}

static void
add_ticks_of_hours (Work *work, gint64 begin, gint64 end)
{
  gint64 at = begin;
  gint64 offset_us = get_offset_us (work->offset, work->user_data, begin);

  while (at < end)
    {
      gint64 until = at;
      gint64 after_us = offset_us;

      /* walk by days to the next change of the clock */
      while (until < end && after_us == offset_us)
        {
          gint64 next = MIN (until + DAY, end);

          after_us = get_offset_us (work->offset, work->user_data, next);
          if (after_us != offset_us)
            {
              next = find_jump (work->offset, work->user_data, until, next);
              after_us = get_offset_us (work->offset, work->user_data, next);
            }
          until = next;
        }
      add_clock_ticks (work, at, until, offset_us);
      if (after_us != offset_us && until < end)
        add_jumped_midnight (work, until, offset_us, after_us);
      at = until;
      offset_us = after_us;
    }
}

static gboolean
is_day_of_step (gint64 wall, gint64 step_us)
{
  if (step_us == 7 * DAY) /* Mondays; day 0 was a Thursday */
    return floor_to (wall + 3 * DAY, 7 * DAY) == wall + 3 * DAY;
  return floor_to (wall, step_us) == wall;
}

static void
add_ticks_of_days (Work *work, gint64 begin, gint64 end)
{
  const Step *step = work->step;
  gint64 wall =
      floor_to (begin + get_offset_us (work->offset, work->user_data, begin), MAX (step->us, DAY));

  for (;; wall += step->minor_us)
    {
      gint64 us = vantage_ticks_resolve_wall (wall, work->offset, work->user_data);
      gint64 shown;

      if (us >= end)
        return;
      if (us < begin)
        continue;
      shown = us + get_offset_us (work->offset, work->user_data, us);
      add_tick (work, us, shown,
                is_day_of_step (wall, step->us) ? VANTAGE_TICK_MAJOR : VANTAGE_TICK_MINOR);
    }
}

/* Days from 1970-01-01 to the first of a month; months are counted from January of year 0. */
static gint64
get_day_of_month (gint64 months)
{
  gint64 year = months / 12, month = months % 12 + 1;
  gint64 y = month <= 2 ? year - 1 : year;
  gint64 era = (y >= 0 ? y : y - 399) / 400;
  gint64 year_of_era = y - era * 400;
  gint64 day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5;
  gint64 day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

  return era * 146097 + day_of_era - 719468;
}

/* The month in which a wall clock time lies; 30.44 days are a first guess. */
static gint64
find_month (gint64 wall)
{
  gint64 day = floor_to (wall, DAY) / DAY;
  gint64 months = (gint64) floor ((double) day / 30.436875) + 1970 * 12;

  while (get_day_of_month (months) > day)
    months--;
  while (get_day_of_month (months + 1) <= day)
    months++;
  return months;
}

static void
add_ticks_of_months (Work *work, gint64 begin, gint64 end)
{
  const Step *step = work->step;
  gint64 wall_begin = begin + get_offset_us (work->offset, work->user_data, begin);
  gint64 months = floor_to (find_month (wall_begin), step->minor_months);

  for (;; months += step->minor_months)
    {
      gint64 wall = get_day_of_month (months) * DAY;
      gint64 us = vantage_ticks_resolve_wall (wall, work->offset, work->user_data);

      if (us >= end || us > LAST_US)
        return;
      if (us >= begin)
        add_tick (work, us, us + get_offset_us (work->offset, work->user_data, us),
                  months % step->months == 0 ? VANTAGE_TICK_MAJOR : VANTAGE_TICK_MINOR);
    }
}

/* Where two labels would meet, a day wins over a time, else the earlier one. */
static void
thin_labels (GArray *ticks, double min_px)
{
  VantageTick *last = NULL;

  for (guint i = 0; i < ticks->len; i++)
    {
      VantageTick *tick = &g_array_index (ticks, VantageTick, i);

      if (tick->sort == VANTAGE_TICK_MINOR)
        continue;
      if (last != NULL && tick->x - last->x < 0.75 * min_px)
        {
          if (tick->sort == VANTAGE_TICK_DAY && last->sort != VANTAGE_TICK_DAY)
            last->sort = VANTAGE_TICK_MINOR;
          else
            {
              tick->sort = VANTAGE_TICK_MINOR;
              continue;
            }
        }
      last = tick;
    }
}

GArray *
vantage_ticks_find (const VantageTimeScale *scale, double width_px, double min_px,
                    VantageOffsetFunc offset, gpointer user_data)
{
  GArray *ticks = g_array_new (FALSE, FALSE, sizeof (VantageTick));
  Work work = { scale, offset, user_data, NULL, ticks };
  gint64 at = MAX (vantage_time_scale_get_us (scale, 0), FIRST_US);
  gint64 end = MIN (vantage_time_scale_get_us (scale, width_px), LAST_US);

  g_return_val_if_fail (min_px >= 1, ticks);

  end = end < G_MAXINT64 ? end + 1 : end;
  while (at < end)
    {
      VantageStretch stretch = { G_MININT64, G_MAXINT64, VANTAGE_STRETCH_PLAIN, 1 };
      gint64 until;

      if (scale->axis != NULL)
        vantage_axis_find (scale->axis, at, &stretch);
      until = MIN (stretch.end_us, end);
      if (stretch.sort != VANTAGE_STRETCH_FOLD)
        {
          work.step = choose_step (scale->us_per_px / stretch.factor, min_px);
          if (work.step->months != 0)
            add_ticks_of_months (&work, at, until);
          else if (work.step->us >= DAY)
            add_ticks_of_days (&work, at, until);
          else
            add_ticks_of_hours (&work, at, until);
        }
      at = until;
    }
  thin_labels (ticks, min_px);
  return ticks;
}

GArray *
vantage_ticks_find_nights (gint64 begin_us, gint64 end_us, int from_hour, int until_hour,
                           VantageOffsetFunc offset, gpointer user_data)
{
  GArray *nights = g_array_new (FALSE, FALSE, sizeof (VantageSpan));
  gint64 length = (until_hour - from_hour + (until_hour <= from_hour ? 24 : 0)) * HOUR;
  gint64 wall;

  begin_us = MAX (begin_us, FIRST_US + 3 * DAY);
  end_us = MIN (end_us, LAST_US - 3 * DAY);
  if (end_us <= begin_us || end_us - begin_us > 366 * DAY)
    return nights;
  wall = floor_to (begin_us, DAY) - 2 * DAY + from_hour * HOUR;
  for (;; wall += DAY)
    {
      VantageSpan night = { vantage_ticks_resolve_wall (wall, offset, user_data),
                            vantage_ticks_resolve_wall (wall + length, offset, user_data) };

      if (night.begin_us >= end_us)
        return nights;
      if (night.end_us > begin_us)
        g_array_append_val (nights, night);
    }
}

gint64
vantage_ticks_get_step (const VantageTimeScale *scale, gint64 at_us, double min_px)
{
  VantageStretch stretch = { G_MININT64, G_MAXINT64, VANTAGE_STRETCH_PLAIN, 1 };
  const Step *step;

  if (scale->axis != NULL)
    vantage_axis_find (scale->axis, at_us, &stretch);
  step = choose_step (scale->us_per_px / stretch.factor, min_px);
  return step->months != 0 ? step->minor_months * 30 * DAY : step->minor_us;
}
