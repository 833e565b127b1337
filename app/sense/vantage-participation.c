/* vantage-participation.c: acts of each person into part, presence, joining and rhythm. */

#include "vantage-participation.h"

#include <string.h>

#define SECOND_US G_GINT64_CONSTANT (1000000)
#define HOUR_US (3600 * SECOND_US)
#define DAY_US (24 * HOUR_US)
#define AFTERGLOW_US HOUR_US           /* presence assumed after the last act */
#define BROUGHT_IN_US HOUR_US          /* a page or mention this long before counts as the way in */
#define PAUSE_US (45 * 60 * SECOND_US) /* a longer one ends a stretch of work */
#define NIGHT_FROM 22
#define NIGHT_UNTIL 6
#define QUIET_MEDIANS 8
#define QUIET_AROUND 50

struct _VantageParticipation
{
  VantageActs *acts;
  GArray *people; /* (element-type VantageParticipant) */
};

static const char *const part_words[] = { "participant", "observer", "absent" };
static const char *const how_words[] = { "joined", "added",  "mentioned",
                                         "paged",  "called", "unknown" };

const char *
vantage_part_to_text (VantagePart part)
{
  return part_words[part];
}

gboolean
vantage_part_from_text (const char *text, VantagePart *out)
{
  for (guint i = 0; i < G_N_ELEMENTS (part_words); i++)
    if (g_strcmp0 (text, part_words[i]) == 0)
      {
        *out = (VantagePart) i;
        return TRUE;
      }
  return FALSE;
}

const char *
vantage_joined_how_to_text (VantageJoinedHow how)
{
  return how_words[how];
}

/* Said or did something. */
static gboolean
is_work (const VantageAct *act)
{
  return act->sort == VANTAGE_ACT_WROTE || act->sort == VANTAGE_ACT_DID ||
         act->sort == VANTAGE_ACT_ACKED;
}

/* Shows that the person was there at that moment. */
static gboolean
is_sign_of_presence (const VantageAct *act)
{
  return act->time_us != VANTAGE_TIME_NONE && (is_work (act) || act->sort == VANTAGE_ACT_REACTED);
}

static gboolean
is_join_or_leave (const VantageAct *act)
{
  return act->sort == VANTAGE_ACT_JOINED || act->sort == VANTAGE_ACT_LEFT;
}

/* ---- presence ---- */

/* Ends the last presence at @us, unless it ended before. */
static void
close_last (VantageParticipant *p, gint64 us)
{
  VantagePresence *last = &g_array_index (p->presence, VantagePresence, p->presence->len - 1);

  last->end_us = MIN (last->end_us, us);
  if (last->end_us <= last->begin_us)
    last->end_us = last->begin_us + 1;
}

static void
open_presence (VantageParticipant *p, const VantageAct *act, gint64 end_us, gboolean recorded)
{
  VantagePresence presence = { act->time_us, end_us, act->channel, recorded, act->item };

  g_array_append_val (p->presence, presence);
}

/* From the acts of one person in one channel, in order of time. */
static void
find_presence (VantageParticipant *p, const VantageAct *const *acts, guint n)
{
  enum
  {
    AWAY,
    ESTIMATED,
    RECORDED
  } state = AWAY;

  for (guint i = 0; i < n; i++)
    {
      const VantageAct *act = acts[i];

      if (act->time_us == VANTAGE_TIME_NONE)
        break;
      if (act->sort == VANTAGE_ACT_JOINED && state != RECORDED)
        {
          if (state == ESTIMATED)
            close_last (p, act->time_us);
          open_presence (p, act, VANTAGE_TIME_MAX, TRUE);
          state = RECORDED;
        }
      else if (act->sort == VANTAGE_ACT_LEFT)
        {
          if (state == AWAY)
            open_presence (p, act, act->time_us + 1, TRUE);
          else
            close_last (p, act->time_us);
          state = AWAY;
        }
      else if (is_sign_of_presence (act) && state == AWAY)
        {
          open_presence (p, act, act->time_us + AFTERGLOW_US, FALSE);
          state = ESTIMATED;
        }
      else if (is_sign_of_presence (act) && state == ESTIMATED)
        g_array_index (p->presence, VantagePresence, p->presence->len - 1).end_us =
            act->time_us + AFTERGLOW_US;
    }
}

/* ---- how they came ---- */

/* The last page or mention of the person before @us that can have brought them in. */
static const VantageAct *
find_call (GPtrArray *acts, gint64 us)
{
  const VantageAct *found = NULL;

  for (guint i = 0; i < acts->len; i++)
    {
      const VantageAct *act = g_ptr_array_index (acts, i);

      if (act->time_us == VANTAGE_TIME_NONE || act->time_us > us)
        break;
      if (act->time_us >= us - BROUGHT_IN_US &&
          (act->sort == VANTAGE_ACT_PAGED || act->sort == VANTAGE_ACT_MENTIONED))
        found = act;
    }
  return found;
}

static void
add_joined (VantageParticipant *p, const VantageAct *act, GPtrArray *all_acts,
            const VantageActChannel *channel)
{
  const VantageAct *call = find_call (all_acts, act->time_us);
  VantageJoined joined = { act->time_us, VANTAGE_JOINED_UNKNOWN, act->channel, act->by, act->item };

  if (act->sort == VANTAGE_ACT_JOINED)
    joined.how = act->by == VANTAGE_NOBODY ? VANTAGE_JOINED_JOINED
                 : channel->is_call        ? VANTAGE_JOINED_CALLED
                                           : VANTAGE_JOINED_ADDED;
  if (joined.by == VANTAGE_NOBODY && call != NULL)
    {
      joined.how =
          call->sort == VANTAGE_ACT_PAGED ? VANTAGE_JOINED_PAGED : VANTAGE_JOINED_MENTIONED;
      joined.by = call->by;
      joined.item = call->item;
    }
  g_array_append_val (p->joined, joined);
}

static void
find_joined (VantageParticipant *p, const VantageAct *const *acts, guint n, GPtrArray *all_acts,
             const VantageActChannel *channel)
{
  gboolean known = FALSE;

  for (guint i = 0; i < n; i++)
    {
      if (acts[i]->time_us == VANTAGE_TIME_NONE)
        continue;
      if (acts[i]->sort == VANTAGE_ACT_JOINED || (!known && is_sign_of_presence (acts[i])))
        {
          /* somebody who wrote before a recorded join was there before */
          add_joined (p, acts[i], all_acts, channel);
          known = TRUE;
        }
    }
}

static int
compare_joined (gconstpointer a, gconstpointer b)
{
  const VantageJoined *x = a, *y = b;

  if (x->time_us != y->time_us)
    return x->time_us < y->time_us ? -1 : 1;
  return x->channel < y->channel ? -1 : x->channel > y->channel;
}

/* ---- rhythm ---- */

static void
count_acts (VantageParticipant *p, GPtrArray *acts, VantageZone *zone)
{
  guint night = 0, weekend = 0, timed = 0;
  guint32 last_item = VANTAGE_NOBODY;

  for (guint i = 0; i < acts->len; i++)
    {
      const VantageAct *act = g_ptr_array_index (acts, i);
      VantageWall wall;

      p->n_reactions += act->sort == VANTAGE_ACT_REACTED;
      if (is_sign_of_presence (act))
        {
          p->first_us = p->first_us == VANTAGE_TIME_NONE ? act->time_us : p->first_us;
          p->last_us = act->time_us;
        }
      if (!is_work (act) || act->item == last_item)
        continue;
      last_item = act->item;
      p->n_items++;
      if (act->time_us == VANTAGE_TIME_NONE)
        continue;
      vantage_zone_get_wall (zone, act->time_us, &wall);
      night += wall.hour >= NIGHT_FROM || wall.hour < NIGHT_UNTIL;
      weekend += wall.weekday >= 6;
      timed++;
    }
  p->night = timed > 0 ? (double) night / timed : 0;
  p->weekend = timed > 0 ? (double) weekend / timed : 0;
}

static void
find_longest (VantageParticipant *p, GPtrArray *acts)
{
  gint64 begin = VANTAGE_TIME_NONE, last = VANTAGE_TIME_NONE;

  p->longest_begin_us = VANTAGE_TIME_NONE;
  for (guint i = 0; i < acts->len; i++)
    {
      const VantageAct *act = g_ptr_array_index (acts, i);

      if (!is_sign_of_presence (act))
        continue;
      if (last == VANTAGE_TIME_NONE || act->time_us - last > PAUSE_US)
        begin = act->time_us;
      last = act->time_us;
      if (p->longest_begin_us != VANTAGE_TIME_NONE && last - begin <= p->longest_us)
        continue;
      p->longest_us = last - begin;
      p->longest_begin_us = begin;
    }
}

static VantagePart
find_part (const VantageParticipant *p, GPtrArray *acts)
{
  if (p->n_items > 0)
    return VANTAGE_PART_PARTICIPANT;
  if (p->presence->len > 0 || p->n_reactions > 0)
    return VANTAGE_PART_OBSERVER;
  for (guint i = 0; i < acts->len; i++)
    if (is_join_or_leave (g_ptr_array_index (acts, i)))
      return VANTAGE_PART_OBSERVER;
  return VANTAGE_PART_ABSENT;
}

/* ---- one person ---- */

static int
compare_by_channel (gconstpointer a, gconstpointer b)
{
  const VantageAct *x = *(const VantageAct *const *) a, *y = *(const VantageAct *const *) b;

  if (x->channel != y->channel)
    return x->channel < y->channel ? -1 : 1;
  return x < y ? -1 : x > y; /* they lie in order of time */
}

static gboolean
is_in_channel (const VantageAct *act)
{
  return is_work (act) || is_join_or_leave (act) || act->sort == VANTAGE_ACT_REACTED;
}

static void
look_at_channels (VantageParticipant *p, GPtrArray *acts, const VantageActChannel *channels,
                  guint32 n_channels)
{
  g_autoptr (GPtrArray) there = g_ptr_array_new ();
  guint i = 0;

  for (guint j = 0; j < acts->len; j++)
    if (is_in_channel (g_ptr_array_index (acts, j)))
      g_ptr_array_add (there, g_ptr_array_index (acts, j));
  g_ptr_array_sort (there, compare_by_channel);
  for (guint32 channel = 0; channel < n_channels; channel++)
    {
      const VantageAct *const *first = (const VantageAct *const *) there->pdata + i;
      gboolean listed =
          channels[channel].members != NULL &&
          g_hash_table_contains (channels[channel].members, GUINT_TO_POINTER (p->person));
      gboolean recorded = FALSE;
      guint n = 0;

      while (i < there->len && ((VantageAct *) there->pdata[i])->channel == channel)
        {
          recorded |= is_join_or_leave (there->pdata[i++]);
          n++;
        }
      if (listed && !recorded)
        g_array_append_val (p->presence, ((VantagePresence){ VANTAGE_TIME_MIN, VANTAGE_TIME_MAX,
                                                             channel, TRUE, VANTAGE_NOBODY }));
      else if (n > 0)
        find_presence (p, first, n);
      if (n > 0)
        find_joined (p, first, n, acts, &channels[channel]);
    }
  g_array_sort (p->joined, compare_joined);
}

static void
look_at_person (VantageParticipation *self, guint32 person, GPtrArray *acts, VantageZone *zone)
{
  VantageParticipant p = { .person = person,
                           .first_us = VANTAGE_TIME_NONE,
                           .last_us = VANTAGE_TIME_NONE };
  const VantageActChannel *channels;
  guint32 n_channels;

  channels = vantage_acts_get_channels (self->acts, &n_channels);
  p.joined = g_array_new (FALSE, FALSE, sizeof (VantageJoined));
  p.presence = g_array_new (FALSE, FALSE, sizeof (VantagePresence));
  count_acts (&p, acts, zone);
  look_at_channels (&p, acts, channels, n_channels);
  find_longest (&p, acts);
  p.part = find_part (&p, acts);
  g_array_append_val (self->people, p);
}

VantageParticipation *
vantage_participation_new (VantageActs *acts, VantagePersonZoneFunc zone, gpointer user_data)
{
  VantageParticipation *self = g_new0 (VantageParticipation, 1);
  g_autoptr (VantageZone) utc = vantage_zone_new_utc ();
  g_autoptr (GPtrArray) by_person =
      g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  guint32 n_acts, n_persons = vantage_acts_get_n_persons (acts);
  const VantageAct *all = vantage_acts_get_acts (acts, &n_acts);
  guint total = 0;

  self->acts = acts;
  self->people = g_array_sized_new (FALSE, TRUE, sizeof (VantageParticipant), n_persons);
  for (guint32 i = 0; i < n_persons; i++)
    g_ptr_array_add (by_person, g_ptr_array_new ());
  for (guint32 i = 0; i < n_acts; i++)
    g_ptr_array_add (g_ptr_array_index (by_person, all[i].person), (gpointer) &all[i]);
  for (guint32 i = 0; i < n_persons; i++)
    {
      VantageZone *own = zone != NULL ? zone (i, user_data) : NULL;

      look_at_person (self, i, g_ptr_array_index (by_person, i), own != NULL ? own : utc);
      total += g_array_index (self->people, VantageParticipant, i).n_items;
    }
  for (guint32 i = 0; i < n_persons; i++)
    {
      VantageParticipant *p = &g_array_index (self->people, VantageParticipant, i);

      p->share = total > 0 ? (double) p->n_items / total : 0;
    }
  return self;
}

void
vantage_participation_free (VantageParticipation *self)
{
  for (guint i = 0; i < self->people->len; i++)
    {
      VantageParticipant *p = &g_array_index (self->people, VantageParticipant, i);

      g_array_unref (p->joined);
      g_array_unref (p->presence);
    }
  g_array_unref (self->people);
  g_free (self);
}

const VantageParticipant *
vantage_participation_get (VantageParticipation *self, guint32 person)
{
  g_return_val_if_fail (person < self->people->len, NULL);

  return &g_array_index (self->people, VantageParticipant, person);
}

gboolean
vantage_participation_was_present (VantageParticipation *self, guint32 person, guint32 channel,
                                   gint64 begin_us, gint64 end_us,
                                   const VantagePresence **out_presence)
{
  const VantageParticipant *p = vantage_participation_get (self, person);

  for (guint i = 0; i < p->presence->len; i++)
    {
      const VantagePresence *presence = &g_array_index (p->presence, VantagePresence, i);

      if (presence->channel != channel || presence->begin_us > end_us ||
          presence->end_us <= begin_us)
        continue;
      if (out_presence != NULL)
        *out_presence = presence;
      return TRUE;
    }
  return FALSE;
}

/* ---- volume and silence ---- */

static gint64
floor_to (gint64 value, gint64 unit)
{
  gint64 rest = value % unit;

  return value - (rest < 0 ? rest + unit : rest);
}

static gint64
find_bin (gint64 us, gint64 bin_us, VantageZone *zone)
{
  gint64 offset = zone != NULL ? vantage_zone_get_offset_s (zone, us) * SECOND_US : 0;
  gint64 wall = floor_to (us + offset, bin_us), begin;

  if (zone == NULL || bin_us < DAY_US)
    return wall - offset;
  vantage_zone_resolve (zone, wall, &begin, NULL);
  return begin;
}

static int
compare_volume (gconstpointer a, gconstpointer b)
{
  const VantageVolume *x = a, *y = b;

  if (x->begin_us != y->begin_us)
    return x->begin_us < y->begin_us ? -1 : 1;
  return x->channel < y->channel ? -1 : x->channel > y->channel;
}

static gboolean
has_volume (const VantageActItem *item)
{
  return item->time_us != VANTAGE_TIME_NONE && item->kind != VANTAGE_ITEM_JOIN &&
         item->kind != VANTAGE_ITEM_LEAVE && item->kind != VANTAGE_ITEM_SHIFT;
}

GArray *
vantage_participation_list_volume (VantageActs *acts, gint64 bin_us, VantageZone *zone)
{
  GArray *bins = g_array_new (FALSE, FALSE, sizeof (VantageVolume));
  guint32 n, n_bins = 0;
  const VantageActItem *items = vantage_acts_get_items (acts, &n);

  g_return_val_if_fail (bin_us > 0, bins);

  for (guint32 i = 0; i < n; i++)
    if (has_volume (&items[i]))
      g_array_append_val (bins, ((VantageVolume){ find_bin (items[i].time_us, bin_us, zone),
                                                  items[i].channel, 1 }));
  g_array_sort (bins, compare_volume);
  for (guint i = 0; i < bins->len; i++)
    {
      VantageVolume *bin = &g_array_index (bins, VantageVolume, i);
      VantageVolume *last = n_bins > 0 ? &g_array_index (bins, VantageVolume, n_bins - 1) : NULL;

      if (last != NULL && compare_volume (last, bin) == 0)
        last->count++;
      else
        g_array_index (bins, VantageVolume, n_bins++) = *bin;
    }
  g_array_set_size (bins, n_bins);
  return bins;
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

/* Whether gap @at is long among the gaps around it. */
static gboolean
stands_out (const gint64 *times, gsize n_gaps, gsize at)
{
  gint64 around[QUIET_AROUND];
  gsize first = at > QUIET_AROUND / 2 ? at - QUIET_AROUND / 2 : 0, n = 0;

  if (first + QUIET_AROUND >= n_gaps)
    first = n_gaps > QUIET_AROUND + 1 ? n_gaps - QUIET_AROUND - 1 : 0;
  for (gsize i = first; i < n_gaps && n < QUIET_AROUND; i++)
    if (i != at)
      around[n++] = times[i + 1] - times[i];
  if (n == 0)
    return FALSE;
  qsort (around, n, sizeof *around, compare_times);
  return times[at + 1] - times[at] > QUIET_MEDIANS * around[n / 2];
}

GArray *
vantage_participation_list_quiet (VantageActs *acts, gint64 min_us)
{
  GArray *quiet = g_array_new (FALSE, FALSE, sizeof (VantageQuiet));
  guint32 n;
  const VantageActItem *items = vantage_acts_get_items (acts, &n);
  g_autofree gint64 *times = g_new (gint64, MAX (n, 1));
  gsize n_times = 0;

  for (guint32 i = 0; i < n; i++)
    if (has_volume (&items[i]) && items[i].author != VANTAGE_NOBODY)
      times[n_times++] = items[i].time_us;
  for (gsize i = 0; i + 1 < n_times; i++)
    if (times[i + 1] - times[i] > min_us && stands_out (times, n_times - 1, i))
      g_array_append_val (quiet, ((VantageQuiet){ times[i], times[i + 1] }));
  return quiet;
}
