/* vantage-ics.c: on-call rotations as calendars: each shift is somebody's, from when to when. */

#include "vantage-ics-private.h"

#include "vantage-chat.h"
#include "vantage-hash.h"
#include "vantage-text.h"

#include <string.h>

#define MAX_SIZE (64 * 1024 * 1024)
#define MAX_SHIFTS 2000 /* of one rule */
#define MAX_PEOPLE 50   /* of one shift */

typedef struct
{
  VantagePaging paging;
  VantageIcsRange range;

  const VantageIcsCalendar *calendar;
  VantageIcsZones *zones;
  char *channel;
  GHashTable *overrides; /* uid → GPtrArray of VantageIcsEvent that stand for one shift */
  GHashTable *uids;      /* uid → how many events have it that are no overrides */
  GHashTable *used;      /* set of overrides whose shift was met */

  guint n_endless, n_cancelled, n_bad_rules;
} Ics;

/* ---- recognising ---- */

static gboolean
begins_with (VantageInput *input, const VantageEntry *entry, const char *word)
{
  g_autoptr (GBytes) bytes = vantage_reader_peek_text (input, entry);
  gsize length;
  const char *head = g_bytes_get_data (bytes, &length);
  gsize at = 0;

  if (length >= 3 && memcmp (head, "\xef\xbb\xbf", 3) == 0)
    at = 3;
  while (at < length && g_ascii_isspace (head[at]))
    at++;
  return length - at >= strlen (word) && g_ascii_strncasecmp (head + at, word, strlen (word)) == 0;
}

static int
score (VantageSniff *sniff)
{
  VantageInput *input = vantage_sniff_get_input (sniff);
  guint n = MIN (vantage_input_get_n_entries (input), 8), n_found = 0;

  for (guint i = 0; i < n; i++)
    n_found += begins_with (input, vantage_input_get_entry (input, i), "BEGIN:VCALENDAR");
  return n_found == 0 ? 0 : n_found == n ? 95 : 40;
}

static char *
near_miss (VantageSniff *sniff)
{
  const VantageEntry *entry = vantage_sniff_get_entry (sniff);
  VantageInput *input = vantage_sniff_get_input (sniff);

  if (entry == NULL)
    return NULL;
  if (begins_with (input, entry, "BEGIN:VCARD"))
    return g_strdup ("this is an address book (vCard): export the on-call schedule as a calendar "
                     "(.ics) instead");
  if (begins_with (input, entry, "BEGIN:VEVENT"))
    return g_strdup ("this is one event out of a calendar: export the whole calendar (.ics), which "
                     "begins with “BEGIN:VCALENDAR”");
  return NULL;
}

/* ---- who ---- */

typedef struct
{
  char *key, *name, *email;
} Who;

static void
who_free (gpointer data)
{
  Who *self = data;

  g_free (self->key);
  g_free (self->name);
  g_free (self->email);
  g_free (self);
}

static void
add_who (GPtrArray *all, const char *name, const char *email)
{
  Who *who;

  if (all->len >= MAX_PEOPLE || ((name == NULL || *name == '\0') && email == NULL))
    return;
  who = g_new0 (Who, 1);
  who->email = g_strdup (email);
  who->name = name != NULL && *name != '\0' ? vantage_text_nfc (name) : NULL;
  who->key = email != NULL ? vantage_text_nfc (email) : g_strconcat ("name:", who->name, NULL);
  for (guint i = 0; i < all->len; i++)
    if (g_str_equal (((Who *) all->pdata[i])->key, who->key))
      {
        who_free (who);
        return;
      }
  g_ptr_array_add (all, who);
}

/* "[L1] ": a level of escalation before the name. (transfer full) (nullable) */
static char *
take_level (const char **at)
{
  const char *close;
  char *level;

  *at += strspn (*at, " ");
  close = **at == '[' ? strchr (*at, ']') : NULL;
  if (close == NULL || close == *at + 1)
    return NULL;
  level = g_strndup (*at + 1, (gsize) (close - *at - 1));
  *at = close + 1;
  return level;
}

/* "On Call - Jane Doe - Schedule" says the name between dashes. (transfer full) */
static char *
cut_names (const char *summary)
{
  g_autofree char *lower = g_ascii_strdown (summary, -1);
  const char *rest = NULL;
  g_auto (GStrv) parts = NULL;

  if (g_str_has_prefix (lower, "on call"))
    rest = summary + strlen ("on call");
  else if (g_str_has_prefix (lower, "on-call") || g_str_has_prefix (lower, "oncall"))
    rest = summary + strlen (lower[2] == '-' ? "on-call" : "oncall");
  if (rest == NULL || strchr (" :-", *rest) == NULL || *rest == '\0')
    return g_strdup (summary);
  rest += strspn (rest, " :-");
  if (*rest == '\0')
    return g_strdup (summary);
  parts = g_strsplit (rest, " - ", 2);
  return g_strdup (parts[0]);
}

static void
add_names (GPtrArray *all, const char *summary, char **out_level)
{
  const char *at = summary;
  g_autofree char *level = take_level (&at);
  g_autofree char *cut = cut_names (at);
  g_auto (GStrv) names = g_strsplit (cut, ",", -1);

  *out_level = g_steal_pointer (&level);
  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *name = g_strstrip (names[i]);
      g_autofree char *email = NULL;

      name += *name == '@' ? 1 : 0;
      if (strchr (name, '@') != NULL && strpbrk (name, " \n") == NULL)
        email = g_utf8_strdown (name, -1);
      add_who (all, email == NULL ? name : NULL, email);
    }
}

/* (transfer full) (element-type Who) */
static GPtrArray *
list_people (const VantageIcsEvent *event, char **out_level)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (who_free);
  g_autoptr (GPtrArray) named = g_ptr_array_new_with_free_func (who_free);

  *out_level = NULL;
  for (guint i = 0; i < event->attendees->len; i++)
    {
      const VantageIcsAttendee *attendee = event->attendees->pdata[i];

      add_who (all, attendee->name, attendee->email);
    }
  if (event->summary != NULL)
    add_names (all->len > 0 ? named : all, event->summary, out_level);
  return all;
}

/* ---- a shift ---- */

/* What an event is called, short enough for the rest of an id. NULL: it does not tell. */
static char *
dup_base (const VantageIcsEvent *event)
{
  g_autofree char *base = NULL;
  g_autofree char *hash = NULL;

  if (event->uid == NULL || *event->uid == '\0')
    return NULL;
  base = vantage_chat_dup_local (event->uid);
  if (strlen (base) <= 48)
    return g_steal_pointer (&base);
  hash = vantage_hash_data_text (base, strlen (base));
  return g_strdup_printf ("h%.32s", hash);
}

static char *
make_local (Ics *self, const VantageIcsEvent *event, const char *instance, guint index)
{
  g_autofree char *base = dup_base (event);
  g_autofree char *safe = instance != NULL ? vantage_chat_dup_local (instance) : NULL;
  g_autofree char *number = index > 0 ? g_strdup_printf ("-%u", index + 1) : g_strdup ("");

  if (base == NULL)
    return NULL;
  return g_strconcat (base, safe != NULL ? "." : "", safe != NULL ? safe : "", number, NULL);
}

static gboolean
set_time (Ics *self, const VantageIcsSpan *span, VantageItem *item, GError **error)
{
  VantageReading *reading = self->paging.reading;
  g_autofree char *raw = vantage_ics_write_wall (span->begin_wall_us, span->date, span->utc);
  g_autofree char *end =
      vantage_ics_write_wall (MIN (span->end_wall_us, VANTAGE_TIME_MAX), span->date, span->utc);
  g_autofree char *seconds = g_strdup_printf (
      "%" G_GINT64_FORMAT, (span->end_wall_us - span->begin_wall_us) / G_USEC_PER_SEC);
  VantagePrecision precision = span->date ? VANTAGE_PRECISION_DAY : VANTAGE_PRECISION_S;

  vantage_item_add_extra (item, "end", end);
  vantage_item_add_extra (item, "duration", seconds);
  if (!vantage_ics_zone_is_known (span->zone))
    return vantage_reading_set_wall_time (reading, item, raw, span->begin_wall_us, precision,
                                          error);
  vantage_reading_set_time (reading, item, raw, span->begin_us, precision);
  item->twice = span->twice;
  return TRUE;
}

static gboolean
take_shift_of (Ics *self, const VantageIcsEvent *event, const VantageIcsSpan *span,
               const char *instance, const Who *who, const char *level, guint index, GError **error)
{
  g_autoptr (VantageItem) item = vantage_item_new (VANTAGE_ITEM_SHIFT);

  if (!set_time (self, span, item, error) ||
      (who != NULL &&
       !vantage_paging_tell_person (&self->paging, who->key, who->name, who->email, FALSE, error)))
    return FALSE;
  item->channel = g_strdup (self->channel);
  item->account = who != NULL ? g_strdup (who->key) : NULL;
  item->local = make_local (self, event, instance, index);
  vantage_paging_add_text (item, event->summary);
  vantage_paging_add_text (item, event->description);
  vantage_paging_add_extra (item, "level", level);
  vantage_paging_set_url (item, event->url);
  self->paging.line = event->line;
  self->paging.offset = event->offset;
  self->paging.length = event->length;
  return vantage_paging_take (&self->paging, g_steal_pointer (&item), error);
}

/* @instance: what tells this shift from others of the same event; NULL: it is the only one. */
static gboolean
take_shift (Ics *self, const VantageIcsEvent *event, const VantageIcsSpan *span,
            const char *instance, GError **error)
{
  g_autofree char *level = NULL;
  g_autoptr (GPtrArray) people = list_people (event, &level);

  if (people->len == 0)
    return take_shift_of (self, event, span, instance, NULL, level, 0, error);
  for (guint i = 0; i < people->len; i++)
    if (!take_shift_of (self, event, span, instance, people->pdata[i], level, i, error))
      return FALSE;
  return TRUE;
}

static gboolean
tell_bad_event (Ics *self, const VantageIcsEvent *event, VantageIcsState state, GError **error)
{
  self->paging.line = event->line;
  self->paging.offset = event->offset;
  return vantage_paging_skip (&self->paging, state == VANTAGE_ICS_NO_TIME ? "no-time" : "bad-time",
                              error, "an event begins at “%s”",
                              event->start.text != NULL ? event->start.text : "");
}

/* ---- overrides ---- */

/* The event that stands for this shift; NULL: it takes place as the rule says. */
static const VantageIcsEvent *
find_override (Ics *self, const VantageIcsEvent *event, const VantageIcsSpan *span)
{
  GPtrArray *overrides =
      event->uid != NULL ? g_hash_table_lookup (self->overrides, event->uid) : NULL;
  const VantageIcsEvent *found = NULL;

  for (guint i = 0; overrides != NULL && i < overrides->len; i++)
    {
      const VantageIcsEvent *one = overrides->pdata[i];
      gboolean date, utc, twice;
      gint64 wall;

      if (!vantage_ics_read_wall (one->recurrence.text, &wall, &date, &utc))
        continue;
      if (date || span->date
              ? wall / G_USEC_PER_SEC / 86400 == span->begin_wall_us / G_USEC_PER_SEC / 86400
              : vantage_ics_zone_resolve (vantage_ics_zones_find (self->zones, &one->recurrence),
                                          wall, &twice) == span->begin_us)
        if (found == NULL || one->sequence > found->sequence)
          found = one;
    }
  return found;
}

/* @instance nullable: as RECURRENCE-ID has it. */
static gboolean
take_override (Ics *self, const VantageIcsEvent *event, const char *instance, GError **error)
{
  VantageIcsSpan span;
  VantageIcsState state;

  if (event->cancelled)
    {
      self->n_cancelled++;
      return TRUE;
    }
  state = vantage_ics_event_read_span (event, self->zones, &span);
  if (state != VANTAGE_ICS_FINE)
    return tell_bad_event (self, event, state, error);
  return take_shift (self, event, &span, instance != NULL ? instance : event->recurrence.text,
                     error);
}

/* Those whose shift no rule gave. */
static gboolean
take_left_overrides (Ics *self, GError **error)
{
  for (guint i = 0; i < self->calendar->events->len; i++)
    {
      const VantageIcsEvent *event = self->calendar->events->pdata[i];

      if (event->recurrence.text != NULL && !g_hash_table_contains (self->used, event) &&
          !take_override (self, event, NULL, error))
        return FALSE;
    }
  return TRUE;
}

/* All that are about the same shift are used up by the one that was chosen. */
static void
use_override (Ics *self, const VantageIcsEvent *chosen)
{
  GPtrArray *overrides = g_hash_table_lookup (self->overrides, chosen->uid);

  for (guint i = 0; i < overrides->len; i++)
    {
      const VantageIcsEvent *one = overrides->pdata[i];

      if (g_str_equal (one->recurrence.text, chosen->recurrence.text) &&
          g_strcmp0 (one->recurrence.zone, chosen->recurrence.zone) == 0)
        g_hash_table_add (self->used, (gpointer) one);
    }
}

/* ---- events ---- */

static gboolean
take_event (Ics *self, const VantageIcsEvent *event, GError **error)
{
  VantageIcsSpan own;
  VantageIcsState state = vantage_ics_event_read_span (event, self->zones, &own);
  gboolean repeats = event->rules->len > 0 || event->extra->len > 0;
  gboolean several =
      event->uid != NULL && GPOINTER_TO_UINT (g_hash_table_lookup (self->uids, event->uid)) > 1;
  gboolean limited = FALSE, bad = FALSE;
  g_autoptr (GArray) spans = NULL;

  if (state != VANTAGE_ICS_FINE)
    return tell_bad_event (self, event, state, error);
  if (event->cancelled)
    {
      self->n_cancelled++;
      return TRUE;
    }
  spans = vantage_ics_event_expand (event, self->zones, &own, &self->range, &limited, &bad);
  self->n_endless += limited;
  self->n_bad_rules += bad;
  for (guint i = 0; i < spans->len; i++)
    {
      const VantageIcsSpan *span = &g_array_index (spans, VantageIcsSpan, i);
      const VantageIcsEvent *override = repeats ? find_override (self, event, span) : NULL;
      g_autofree char *instance =
          repeats || several ? vantage_ics_write_wall (span->begin_wall_us, span->date, span->utc)
                             : NULL;

      if (override != NULL)
        use_override (self, override);
      if (override != NULL ? !take_override (self, override, instance, error)
                           : !take_shift (self, event, span, instance, error))
        return FALSE;
    }
  return vantage_reading_go_on (self->paging.reading, error);
}

static void
sort_events (Ics *self)
{
  for (guint i = 0; i < self->calendar->events->len; i++)
    {
      VantageIcsEvent *event = self->calendar->events->pdata[i];
      GPtrArray *overrides;

      if (event->recurrence.text == NULL)
        {
          if (event->uid != NULL)
            g_hash_table_replace (
                self->uids, event->uid,
                GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (self->uids, event->uid)) +
                                  1));
          continue;
        }
      if (event->uid == NULL)
        continue;
      overrides = g_hash_table_lookup (self->overrides, event->uid);
      if (overrides == NULL)
        {
          overrides = g_ptr_array_new ();
          g_hash_table_insert (self->overrides, event->uid, overrides);
        }
      g_ptr_array_add (overrides, event);
    }
}

static gboolean
take_events (Ics *self, GError **error)
{
  for (guint i = 0; i < self->calendar->events->len; i++)
    {
      const VantageIcsEvent *event = self->calendar->events->pdata[i];

      if (event->recurrence.text == NULL && !take_event (self, event, error))
        return FALSE;
    }
  return take_left_overrides (self, error);
}

/* ---- a calendar, a file ---- */

static gboolean
begin_channel (Ics *self, GError **error)
{
  g_autofree char *file = g_path_get_basename (self->paging.entry->path);
  const char *name = self->calendar->name;

  if (g_str_has_suffix (file, ".ics"))
    file[strlen (file) - 4] = '\0';
  g_clear_pointer (&self->channel, g_free);
  return vantage_paging_tell_channel (&self->paging, VANTAGE_CHANNEL_ROTA,
                                      name != NULL && *name != '\0' ? name : file, NULL,
                                      &self->channel, error);
}

static gboolean
take_calendar (Ics *self, const VantageIcsCalendar *calendar, GError **error)
{
  g_autoptr (VantageIcsZones) zones =
      vantage_ics_zones_new (calendar, self->paging.reading->options->zone);
  const char *unknown;
  gboolean ok;

  self->calendar = calendar;
  self->zones = zones;
  self->overrides =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  self->uids = g_hash_table_new (g_str_hash, g_str_equal);
  self->used = g_hash_table_new (NULL, NULL);
  sort_events (self);
  ok = begin_channel (self, error) && take_events (self, error);
  g_clear_pointer (&self->overrides, g_hash_table_unref);
  g_clear_pointer (&self->uids, g_hash_table_unref);
  g_clear_pointer (&self->used, g_hash_table_unref);
  unknown = vantage_ics_zones_get_unknown (zones);
  if (ok && unknown != NULL)
    ok = vantage_reading_note (
        self->paging.reading, "unknown-zone", self->paging.entry, 0, -1, error,
        "Times of zones that are not known were read in the chosen one: %s.", unknown);
  if (!ok || calendar->ended)
    return ok;
  self->paging.reading->facts->complete = FALSE;
  return vantage_reading_skip (self->paging.reading, "cut-off", self->paging.entry, 0, -1, error,
                               "the calendar has no end");
}

static gboolean
read_entry (Ics *self, const VantageEntry *entry, GError **error)
{
  VantageReading *reading = self->paging.reading;
  GError *failure = NULL;
  g_autoptr (GBytes) raw =
      vantage_input_load (reading->input, entry, MAX_SIZE, reading->cancellable, &failure);
  g_autoptr (GBytes) bytes = raw != NULL ? vantage_reader_convert (raw) : NULL;
  VantageIcsCalendar *calendar;
  gsize size, at = 0;
  const char *data;
  gint64 line = 1;

  if (bytes == NULL)
    return vantage_reading_take_failure (reading, entry, failure, error);
  data = g_bytes_get_data (bytes, &size);
  if (size >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    at = 3;
  self->paging.entry = entry;
  while ((calendar = vantage_ics_calendar_read (data, size, &at, &line)) != NULL)
    {
      g_autoptr (VantageIcsCalendar) owned = calendar;

      if (!take_calendar (self, owned, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
tell_of_events (Ics *self, GError **error)
{
  VantageReading *reading = self->paging.reading;

  if (self->n_endless > 0 &&
      !vantage_reading_note (
          reading, "endless-rule", NULL, 0, -1, error,
          "%u rotations go on: their first %u shifts are here. Choose a range of "
          "time to get those of the incident.",
          self->n_endless, MAX_SHIFTS))
    return FALSE;
  if (self->n_bad_rules > 0 &&
      !vantage_reading_note (reading, "bad-rule", NULL, 0, -1, error,
                             "%u events repeat by a rule that cannot be followed; their first time "
                             "is here.",
                             self->n_bad_rules))
    return FALSE;
  return self->n_cancelled == 0 ||
         vantage_reading_note (reading, "cancelled-shift", NULL, 0, -1, error,
                               "%u cancelled shifts were left out.", self->n_cancelled);
}

static gboolean
read_all (VantageReading *reading, GError **error)
{
  Ics self = { .n_endless = 0 };
  guint n = vantage_input_get_n_entries (reading->input);
  gboolean ok = TRUE;

  vantage_paging_init (&self.paging, reading);
  self.range =
      (VantageIcsRange){ reading->options->since_us, reading->options->until_us, MAX_SHIFTS };
  for (guint i = 0; ok && i < n; i++)
    {
      const VantageEntry *entry = vantage_input_get_entry (reading->input, i);

      if (n == 1 || begins_with (reading->input, entry, "BEGIN:VCALENDAR"))
        ok = read_entry (&self, entry, error);
      else
        ok = vantage_reading_note (reading, "unknown-file", entry, 0, -1, error,
                                   "it is no calendar");
    }
  ok = ok && tell_of_events (&self, error) && vantage_paging_finish (&self.paging, "shifts", error);
  g_free (self.channel);
  vantage_paging_clear (&self.paging);
  return ok;
}

const VantageReader vantage_ics_reader = {
  .format = { "ics", "On-call rotation (iCalendar)", "ics" },
  .family = "ics",
  .score = score,
  .near_miss = near_miss,
  .read = read_all,
};
