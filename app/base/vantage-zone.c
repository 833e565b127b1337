/* vantage-zone.c: time zones. GTimeZone knows the rules but walks its list from the front for each
 * question; the changes of the years that matter are found once and then searched by halves. */

#include "vantage-time.h"

#include <string.h>

#include "vantage-calendar.h"

/* Years in which people keep logs; outside them GTimeZone is asked each time. */
#define TABLE_FIRST_S G_GINT64_CONSTANT (-315619200) /* 1960-01-01 */
#define TABLE_LAST_S G_GINT64_CONSTANT (2840140800)  /* 2060-01-01 */

/* No clock was ever changed twice within this, nor by more than half of it. */
#define NEAR_CHANGE_US (2 * US_PER_DAY)

typedef struct
{
  gint64 begin_us; /* first instant of the offset */
  int offset_s;
} Period;

struct _VantageZone
{
  gatomicrefcount refs;
  char *name;
  GTimeZone *rules; /* NULL: always fixed_offset_s */
  int fixed_offset_s;
  GArray *periods; /* of Period, by begin; the first begins at TABLE_FIRST_S; NULL when fixed */
};

/* Every zone ever asked for, for good: there are some hundreds of names. */
static GMutex zones_lock;
static GHashTable *zones; /* (element-type utf8 VantageZone) */

static int
ask_rules (VantageZone *self, gint64 at_s)
{
  return g_time_zone_get_offset (
      self->rules, g_time_zone_find_interval (self->rules, G_TIME_TYPE_UNIVERSAL, at_s));
}

static void
add_period (VantageZone *self, gint64 begin_s, int interval)
{
  Period period = { begin_s * US_PER_SECOND, g_time_zone_get_offset (self->rules, interval) };
  guint n = self->periods->len;

  /* A mere change of the abbreviation is none of the clock. */
  if (n == 0 || g_array_index (self->periods, Period, n - 1).offset_s != period.offset_s)
    g_array_append_val (self->periods, period);
}

/* Adds each interval that begins in (from_s, until_s], by halving; depth ≤ 33. */
static void
find_changes (VantageZone *self, gint64 from_s, int from, gint64 until_s, int until)
{
  gint64 middle_s;
  int middle;

  if (from == until)
    return;
  if (until_s - from_s == 1)
    {
      add_period (self, until_s, until);
      return;
    }
  middle_s = from_s + (until_s - from_s) / 2;
  middle = g_time_zone_find_interval (self->rules, G_TIME_TYPE_UNIVERSAL, middle_s);
  find_changes (self, from_s, from, middle_s, middle);
  find_changes (self, middle_s, middle, until_s, until);
}

static void
fill_table (VantageZone *self)
{
  int first = g_time_zone_find_interval (self->rules, G_TIME_TYPE_UNIVERSAL, TABLE_FIRST_S);
  int last = g_time_zone_find_interval (self->rules, G_TIME_TYPE_UNIVERSAL, TABLE_LAST_S);

  self->periods = g_array_new (FALSE, FALSE, sizeof (Period));
  add_period (self, TABLE_FIRST_S, first);
  find_changes (self, TABLE_FIRST_S, first, TABLE_LAST_S, last);
}

/* "+02:00", "-0330", "+05": what g_time_zone_new_identifier takes for offsets is wider. */
static gboolean
read_fixed_offset (const char *name, int *out_offset_s)
{
  gsize length = strlen (name);
  int digits[4] = { 0 };
  int n = 0;

  if ((name[0] != '+' && name[0] != '-') || (length != 3 && length != 5 && length != 6))
    return FALSE;
  for (const char *at = name + 1; *at != '\0'; at++)
    {
      if (length == 6 && at == name + 3 && *at == ':')
        continue;
      if (!g_ascii_isdigit (*at) || n == 4)
        return FALSE;
      digits[n++] = *at - '0';
    }
  if (n == 3 || digits[0] * 10 + digits[1] > 23 || digits[2] > 5)
    return FALSE;

  *out_offset_s = ((digits[0] * 10 + digits[1]) * 60 + digits[2] * 10 + digits[3]) *
                  (name[0] == '-' ? -60 : 60);
  return TRUE;
}

/* Names reach a file system: nothing but the letters of the IANA list, and a file there must be.
 * "right/…" counts leap seconds and would shift everything. */
static gboolean
is_known_name (const char *name)
{
  const char *folder = g_getenv ("TZDIR");
  g_autofree char *path = NULL;

  if (!g_ascii_isalpha (name[0]) || strlen (name) > 64 || g_str_has_prefix (name, "right/"))
    return FALSE;
  for (const char *at = name; *at != '\0'; at++)
    {
      if (!g_ascii_isalnum (*at) && strchr ("_+-/", *at) == NULL)
        return FALSE;
    }
  path = g_build_filename (folder != NULL ? folder : "/usr/share/zoneinfo", name, NULL);
  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

static VantageZone *
make_zone (const char *name, GTimeZone *rules, int fixed_offset_s)
{
  VantageZone *self = g_new0 (VantageZone, 1);

  g_atomic_ref_count_init (&self->refs);
  self->name = g_strdup (name);
  self->fixed_offset_s = fixed_offset_s;
  if (rules != NULL)
    {
      self->rules = g_time_zone_ref (rules);
      fill_table (self);
    }
  return self;
}

/* Whether there is one; @out_rules stays NULL for a fixed offset. */
static gboolean
find_rules (const char *name, GTimeZone **out_rules, int *out_offset_s)
{
  if (strcmp (name, "UTC") == 0 || read_fixed_offset (name, out_offset_s))
    return TRUE;
  if (!is_known_name (name))
    return FALSE;
  *out_rules = g_time_zone_new_identifier (name);
  return *out_rules != NULL;
}

static VantageZone *
intern_zone (const char *name, GTimeZone *rules, int fixed_offset_s)
{
  VantageZone *self = make_zone (name, rules, fixed_offset_s);

  g_hash_table_insert (zones, self->name, self);
  return self;
}

VantageZone *
vantage_zone_new (const char *name)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&zones_lock);
  g_autoptr (GTimeZone) rules = NULL;
  int offset_s = 0;
  VantageZone *self;

  if (strcmp (name, "Z") == 0)
    name = "UTC";
  if (zones == NULL)
    zones = g_hash_table_new (g_str_hash, g_str_equal);
  self = g_hash_table_lookup (zones, name);
  if (self == NULL)
    {
      if (!find_rules (name, &rules, &offset_s))
        return NULL;
      self = intern_zone (name, rules, offset_s);
    }
  return vantage_zone_ref (self);
}

VantageZone *
vantage_zone_new_utc (void)
{
  return vantage_zone_new ("UTC");
}

VantageZone *
vantage_zone_new_local (void)
{
  g_autoptr (GTimeZone) rules = g_time_zone_new_local ();
  const char *name = g_time_zone_get_identifier (rules);
  VantageZone *self = vantage_zone_new (name);

  /* A machine may have rules that go by no name of the list. */
  if (self == NULL)
    {
      g_mutex_lock (&zones_lock);
      self = vantage_zone_ref (intern_zone (name, rules, 0));
      g_mutex_unlock (&zones_lock);
    }
  return self;
}

VantageZone *
vantage_zone_ref (VantageZone *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
vantage_zone_unref (VantageZone *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_pointer (&self->rules, g_time_zone_unref);
  g_clear_pointer (&self->periods, g_array_unref);
  g_free (self->name);
  g_free (self);
}

const char *
vantage_zone_get_name (VantageZone *self)
{
  return self->name;
}

/* Index of the period of @us, which must not be before the first. */
static guint
find_period (const GArray *periods, gint64 us)
{
  guint low = 0;
  guint high = periods->len;

  while (high - low > 1)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (periods, Period, middle).begin_us <= us)
        low = middle;
      else
        high = middle;
    }
  return low;
}

static gboolean
is_in_table (gint64 us)
{
  return us >= TABLE_FIRST_S * US_PER_SECOND && us < TABLE_LAST_S * US_PER_SECOND;
}

int
vantage_zone_get_offset_s (VantageZone *self, gint64 us)
{
  if (self->rules == NULL)
    return self->fixed_offset_s;
  if (is_in_table (us))
    return g_array_index (self->periods, Period, find_period (self->periods, us)).offset_s;
  return ask_rules (self, divide_down (us, US_PER_SECOND));
}

/* TRUE when @wall_us lies so deep in one period that no change can touch it. */
static gboolean
resolve_in_period (VantageZone *self, gint64 wall_us, gint64 *out_us)
{
  const Period *period;
  guint index;

  if (!is_in_table (wall_us - NEAR_CHANGE_US) || !is_in_table (wall_us + NEAR_CHANGE_US))
    return FALSE;
  index = find_period (self->periods, wall_us);
  period = &g_array_index (self->periods, Period, index);
  if (wall_us - NEAR_CHANGE_US < period->begin_us ||
      (index + 1 < self->periods->len && wall_us + NEAR_CHANGE_US >= period[1].begin_us))
    return FALSE;

  *out_us = wall_us - period->offset_s * US_PER_SECOND;
  return TRUE;
}

/* The first instant in (@from_us, @until_us] whose offset is not that of @from_us; whole seconds.
 */
static gint64
find_jump (VantageZone *self, gint64 from_us, gint64 until_us)
{
  gint64 low = divide_down (from_us, US_PER_SECOND);
  gint64 high = divide_down (until_us, US_PER_SECOND) + 1;
  int before = vantage_zone_get_offset_s (self, low * US_PER_SECOND);

  while (high - low > 1)
    {
      gint64 middle = low + (high - low) / 2;

      if (vantage_zone_get_offset_s (self, middle * US_PER_SECOND) == before)
        low = middle;
      else
        high = middle;
    }
  return high * US_PER_SECOND;
}

/* Tries the offsets of the days around: an instant counts when its own offset leads back. */
static gboolean
resolve_near_change (VantageZone *self, gint64 wall_us, gint64 *out_us, gboolean *out_twice)
{
  gint64 earliest = G_MAXINT64, latest = G_MININT64;
  int offset_before = vantage_zone_get_offset_s (self, wall_us - US_PER_DAY);
  int offset_after = vantage_zone_get_offset_s (self, wall_us + US_PER_DAY);
  int offsets[] = { offset_before, vantage_zone_get_offset_s (self, wall_us), offset_after };

  for (guint i = 0; i < G_N_ELEMENTS (offsets); i++)
    {
      gint64 us = wall_us - offsets[i] * US_PER_SECOND;

      if (vantage_zone_get_offset_s (self, us) != offsets[i])
        continue;
      earliest = MIN (earliest, us);
      latest = MAX (latest, us);
    }

  *out_twice = earliest < latest && latest != G_MININT64;
  if (earliest == G_MAXINT64)
    {
      *out_us = find_jump (self, wall_us - MAX (offset_before, offset_after) * US_PER_SECOND,
                           wall_us - MIN (offset_before, offset_after) * US_PER_SECOND);
      return FALSE;
    }
  *out_us = earliest;
  return TRUE;
}

gboolean
vantage_zone_resolve (VantageZone *self, gint64 wall_us, gint64 *out_us, gboolean *out_twice)
{
  gboolean twice = FALSE;
  gboolean shown = TRUE;

  if (self->rules == NULL)
    *out_us = wall_us - self->fixed_offset_s * US_PER_SECOND;
  else if (!resolve_in_period (self, wall_us, out_us))
    shown = resolve_near_change (self, wall_us, out_us, &twice);

  *out_us = CLAMP (*out_us, VANTAGE_TIME_MIN, VANTAGE_TIME_MAX);
  if (out_twice != NULL)
    *out_twice = twice;
  return shown;
}

void
vantage_zone_get_wall (VantageZone *self, gint64 us, VantageWall *out)
{
  int offset_s = vantage_zone_get_offset_s (self, us);

  wall_from_us (us + offset_s * US_PER_SECOND, out);
  out->offset_s = offset_s;
}

static void
append_offset (GString *text, int offset_s)
{
  int size = ABS (offset_s);

  g_string_append_printf (text, " %c%02d:%02d", offset_s < 0 ? '-' : '+', size / 3600,
                          size / 60 % 60);
  if (size % 60 != 0)
    g_string_append_printf (text, ":%02d", size % 60);
}

char *
vantage_zone_format (VantageZone *self, gint64 us, VantageShow show)
{
  g_autoptr (GString) text = g_string_sized_new (40);
  VantageWall wall;

  vantage_zone_get_wall (self, us, &wall);
  if (show == VANTAGE_SHOW_DAY || show == VANTAGE_SHOW_DAY_MINUTE || show == VANTAGE_SHOW_FULL)
    g_string_append_printf (text, "%04d-%02d-%02d", wall.year, wall.month, wall.day);
  if (show == VANTAGE_SHOW_DAY)
    return g_string_free (g_steal_pointer (&text), FALSE);

  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append_printf (text, "%02d:%02d", wall.hour, wall.minute);
  if (show == VANTAGE_SHOW_SECOND || show == VANTAGE_SHOW_MILLISECOND || show == VANTAGE_SHOW_FULL)
    g_string_append_printf (text, ":%02d", wall.second);
  if (show == VANTAGE_SHOW_MILLISECOND ||
      (show == VANTAGE_SHOW_FULL && wall.us != 0 && wall.us % 1000 == 0))
    g_string_append_printf (text, ".%03d", wall.us / 1000);
  else if (show == VANTAGE_SHOW_FULL && wall.us != 0)
    g_string_append_printf (text, ".%06d", wall.us);
  if (show == VANTAGE_SHOW_FULL)
    append_offset (text, wall.offset_s);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
