/* vantage-typed-time.c: what a typed line says: a time, a relation, a duration, or that nobody
 * knows. */

#include "vantage-typed-time.h"

#include "vantage-typed-time-private.h"

#include <string.h>

#define SECOND VANTAGE_TYPED_SECOND
#define MINUTE VANTAGE_TYPED_MINUTE
#define HOUR VANTAGE_TYPED_HOUR
#define DAY VANTAGE_TYPED_DAY
#define SHORTLY_US (5 * MINUTE)
#define MAX_LENGTH 1000

static const char *const hedges[] = { "about",   "around", "approximately", "approx.", "approx",
                                      "roughly", "circa",  "ca.",           "ca",      "c.",
                                      "~",       "maybe",  "probably",      NULL };
static const char *const afterthoughts[] = { "or so",        "ish",     "-ish",
                                             "more or less", "roughly", "approximately",
                                             "give or take", NULL };

typedef struct
{
  const char *given; /* as typed */
  GArray *places;    /* (element-type guint): byte of `given` for each byte of the plain text */
  char *plain;
  VantageZone *zone;
  gint64 today; /* wall midnight of the day that is meant */
} Line;

/* ---- plain text ---- */

static void
append_plain (Line *line, GString *out, const char *with, guint place)
{
  for (; *with != '\0'; with++)
    {
      g_string_append_c (out, *with);
      g_array_append_val (line->places, place);
    }
}

static const char *
get_plain (gunichar c)
{
  switch (c)
    {
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2212:
      return "-";
    case 0x2248:
      return "~";
    case 0x00b1:
      return "+-";
    case 0x2019:
      return "'";
    default:
      return g_unichar_isspace (c) ? " " : NULL;
    }
}

static void
make_plain (Line *line)
{
  GString *out = g_string_new (NULL);

  for (const char *p = line->given; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      const char *with = get_plain (c);
      char letters[7] = { 0 };

      g_unichar_to_utf8 (c < 0x80 ? (gunichar) g_ascii_tolower ((char) c) : c, letters);
      append_plain (line, out, with != NULL ? with : letters, (guint) (p - line->given));
    }
  append_plain (line, out, "\n", (guint) strlen (line->given));
  g_string_truncate (out, out->len - 1);
  line->plain = g_string_free (out, FALSE);
}

static const char *
get_given (const Line *line, VantageCursor at)
{
  while (*at == ' ')
    at++;
  return line->given + g_array_index (line->places, guint, (guint) (at - line->plain));
}

/* ---- times ---- */

static gint64
resolve (const Line *line, const VantageTypedClock *clock, gint64 wall_us, VantageTypedTime *out)
{
  gboolean twice = FALSE;
  gint64 us;

  if (clock->is_instant)
    return clock->instant_us;
  if (!vantage_zone_resolve (line->zone, wall_us, &us, &twice))
    out->skipped = TRUE;
  out->twice |= twice;
  return us;
}

static gint64
get_wall (const VantageTypedClock *clock)
{
  return clock->day_us + clock->of_day_us;
}

static gint64
get_default_spread (const VantageTypedClock *clock)
{
  if (clock->unit_us >= HOUR)
    return 30 * MINUTE;
  return clock->unit_us >= MINUTE ? 5 * MINUTE : 30 * SECOND;
}

static void
set_between (VantageTypedTime *out, gint64 begin_us, gint64 end_us)
{
  out->sort = VANTAGE_TYPED_WHEN;
  out->when = (VantageWhen){ .sort = VANTAGE_WHEN_BETWEEN,
                             .at_us = CLAMP (begin_us, VANTAGE_TIME_MIN, VANTAGE_TIME_MAX),
                             .until_us = CLAMP (end_us, VANTAGE_TIME_MIN, VANTAGE_TIME_MAX) };
}

static gboolean
read_plus_minus (VantageCursor *at, gint64 *out)
{
  static const char *const signs[] = { "+-",         "+/-",          "plus or minus",
                                       "plus minus", "give or take", NULL };
  VantageCursor p = *at;

  if (!vantage_typed_accept_any (&p, signs) || !vantage_typed_read_duration (&p, out))
    return FALSE;
  *at = p;
  return TRUE;
}

/* One time with or without a hedge. */
static gboolean
read_at (const Line *line, VantageTypedTime *out)
{
  VantageCursor at = line->plain;
  gboolean some_time =
      vantage_typed_accept (&at, "some time") || vantage_typed_accept (&at, "sometime");
  gboolean hedged = vantage_typed_accept_any (&at, hedges);
  gint64 plus_minus = 0;
  VantageTypedClock clock;

  if (!vantage_typed_read_clock (&at, hedged || some_time, line->today, &clock))
    return FALSE;
  if (read_plus_minus (&at, &plus_minus))
    hedged = FALSE;
  else
    hedged |= vantage_typed_accept_any (&at, afterthoughts);
  if (!vantage_typed_at_end (at))
    return FALSE;
  out->sort = VANTAGE_TYPED_WHEN;
  if (clock.is_day)
    {
      set_between (out, resolve (line, &clock, clock.day_us, out),
                   resolve (line, &clock, clock.day_us + DAY, out) - 1);
      return TRUE;
    }
  out->when = (VantageWhen){ .sort = VANTAGE_WHEN_AT,
                             .at_us = resolve (line, &clock, get_wall (&clock), out),
                             .plus_minus_us = hedged ? get_default_spread (&clock) : plus_minus };
  if (some_time && plus_minus == 0)
    set_between (out, out->when.at_us, out->when.at_us + clock.unit_us - 1);
  return TRUE;
}

/* "between 2 and 3", "from 2 to 3", "2:10-2:20" */
static gboolean
read_between (const Line *line, VantageTypedTime *out)
{
  static const char *const middles[] = { "and", "to", "until", "till", "-", NULL };
  VantageCursor at = line->plain;
  gboolean worded = vantage_typed_accept (&at, "some time between") ||
                    vantage_typed_accept (&at, "sometime between") ||
                    vantage_typed_accept (&at, "between") || vantage_typed_accept (&at, "from");
  VantageTypedClock begin, end;
  gint64 from, until;

  if (!vantage_typed_read_clock (&at, worded, line->today, &begin) ||
      !vantage_typed_accept_any (&at, middles) ||
      !vantage_typed_read_clock (&at, worded, begin.has_day ? begin.day_us : line->today, &end) ||
      !vantage_typed_at_end (at))
    return FALSE;
  /* "between 2 and 3 pm": the half of the day is that of both */
  if (!begin.has_half && end.of_day_us >= 12 * HOUR && begin.of_day_us < 12 * HOUR &&
      end.of_day_us - begin.of_day_us > 12 * HOUR && end.has_half)
    begin.of_day_us += 12 * HOUR;
  from = resolve (line, &begin, get_wall (&begin), out);
  until =
      resolve (line, &end, get_wall (&end) + (end.is_day ? DAY : 0), out) - (end.is_day ? 1 : 0);
  if (until < from && !end.has_day && !end.is_instant)
    {
      end.day_us += DAY;
      until = resolve (line, &end, get_wall (&end), out);
    }
  if (until < from)
    return FALSE;
  set_between (out, from, until);
  return TRUE;
}

/* "before 02:10": the rest of that day is left open. */
static gboolean
read_one_sided (const Line *line, VantageTypedTime *out)
{
  static const char *const before[] = { "before", "by", "until", "no later than", NULL };
  static const char *const after[] = { "after",           "since",      "from",
                                       "no earlier than", "not before", NULL };
  VantageCursor at = line->plain;
  gboolean is_after = vantage_typed_accept_any (&at, after);
  VantageTypedClock clock;
  gint64 us;

  if (!is_after && !vantage_typed_accept_any (&at, before))
    return FALSE;
  if (!vantage_typed_read_clock (&at, FALSE, line->today, &clock) || !vantage_typed_at_end (at) ||
      clock.is_day)
    return FALSE;
  us = resolve (line, &clock, get_wall (&clock), out);
  if (is_after)
    set_between (out, us, MAX (us, resolve (line, &clock, clock.day_us + DAY, out) - 1));
  else
    set_between (out, MIN (us, resolve (line, &clock, clock.day_us, out)), us);
  return TRUE;
}

/* ---- relations ---- */

static void
loosen (gboolean hedged, gint64 *min_us, gint64 *max_us)
{
  if (!hedged || *min_us != *max_us)
    return;
  *max_us = *min_us + *min_us / 2;
  *min_us = *min_us - *min_us / 2;
}

/* How far; "within", "at least" and "just" too. */
static gboolean
read_distance (VantageCursor *at, gint64 *out_min, gint64 *out_max)
{
  static const char *const within[] = { "within", "less than", "at most", "up to", "under", NULL };
  static const char *const least[] = { "at least", "more than", "over", NULL };
  static const char *const shortly[] = { "just", "right", "shortly", "immediately", "soon", NULL };
  static const char *const long_before[] = { "sometime", "some time", "well", NULL };
  gboolean hedged;

  *out_min = 0;
  *out_max = VANTAGE_DURATION_OPEN;
  if (vantage_typed_accept_any (at, within))
    return vantage_typed_read_duration (at, out_max);
  if (vantage_typed_accept_any (at, least))
    return vantage_typed_read_duration (at, out_min);
  if (vantage_typed_accept_any (at, shortly))
    {
      *out_max = SHORTLY_US;
      return TRUE;
    }
  if (vantage_typed_accept_any (at, long_before))
    return TRUE;
  hedged = vantage_typed_accept_any (at, hedges);
  if (!vantage_typed_read_range (at, out_min, out_max))
    {
      *out_min = 0;
      *out_max = VANTAGE_DURATION_OPEN;
      return !hedged;
    }
  hedged |= vantage_typed_accept_any (at, afterthoughts);
  loosen (hedged, out_min, out_max);
  return TRUE;
}

static gboolean
read_relation (const Line *line, VantageTypedTime *out)
{
  static const char *const same[] = { "at the same time as",
                                      "at the same moment as",
                                      "same time as",
                                      "same moment as",
                                      "together with",
                                      "with",
                                      NULL };
  static const char *const during[] = { "during", "while", "in the middle of", NULL };
  static const char *const before[] = { "before", "ahead of", "until", NULL };
  static const char *const after[] = { "after", "later than", "since", "following", NULL };
  static const char *const of[] = { "of", NULL };
  VantageCursor at = line->plain;
  gint64 min, max;

  if (!read_distance (&at, &min, &max))
    return FALSE;
  if (vantage_typed_accept_any (&at, before))
    out->rel = VANTAGE_REL_BEFORE;
  else if (vantage_typed_accept_any (&at, after))
    out->rel = VANTAGE_REL_AFTER;
  else if (min == 0 && max == VANTAGE_DURATION_OPEN && vantage_typed_accept_any (&at, during))
    out->rel = VANTAGE_REL_DURING;
  else if (min == 0 && max == VANTAGE_DURATION_OPEN && vantage_typed_accept_any (&at, same))
    {
      out->rel = VANTAGE_REL_SAME;
      max = 0;
    }
  else if (min == 0 && max != VANTAGE_DURATION_OPEN && vantage_typed_accept_any (&at, of))
    {
      out->rel = VANTAGE_REL_SAME;
      min = max;
    }
  else
    return FALSE;
  out->sort = VANTAGE_TYPED_RELATION;
  out->min_us = min;
  out->max_us = max;
  out->object = get_given (line, at);
  return TRUE;
}

static gboolean
read_lasts (const Line *line, VantageTypedTime *out)
{
  static const char *const starts[] = { "for", "lasted", "lasts", "took", "takes", NULL };
  VantageCursor at = line->plain;

  if (!vantage_typed_accept_any (&at, starts) || !read_distance (&at, &out->min_us, &out->max_us) ||
      !vantage_typed_at_end (at) || (out->min_us == 0 && out->max_us == VANTAGE_DURATION_OPEN))
    return FALSE;
  out->sort = VANTAGE_TYPED_LASTS;
  out->rel = VANTAGE_REL_LASTS;
  return TRUE;
}

static gboolean
read_unknown (const Line *line, VantageTypedTime *out)
{
  static const char *const words[] = { "unknown",     "not known", "no idea", "don't know",
                                       "do not know", "no time",   "?",       NULL };
  VantageCursor at = line->plain;

  if (!vantage_typed_accept_any (&at, words) || !vantage_typed_at_end (at))
    return FALSE;
  out->sort = VANTAGE_TYPED_UNKNOWN;
  return TRUE;
}

static gint64
find_today (VantageZone *zone, gint64 day_us)
{
  gint64 wall = day_us + vantage_zone_get_offset_s (zone, day_us) * SECOND;
  gint64 rest = wall % DAY;

  return wall - (rest < 0 ? rest + DAY : rest);
}

gboolean
vantage_typed_time_parse (const char *text, gint64 day_us, VantageZone *zone, VantageTypedTime *out)
{
  static gboolean (*const readers[]) (const Line *, VantageTypedTime *) = {
    read_unknown, read_between, read_at, read_one_sided, read_lasts, read_relation
  };
  Line line = { .given = text, .zone = zone };
  gboolean ok = FALSE;

  if (strlen (text) > MAX_LENGTH || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  line.today = find_today (zone, day_us);
  line.places = g_array_new (FALSE, FALSE, sizeof (guint));
  make_plain (&line);
  for (gsize i = 0; !ok && i < G_N_ELEMENTS (readers); i++)
    {
      VantageTypedTime tried = { 0 };

      ok = readers[i](&line, &tried);
      if (ok)
        *out = tried;
    }
  g_array_unref (line.places);
  g_free (line.plain);
  return ok;
}
