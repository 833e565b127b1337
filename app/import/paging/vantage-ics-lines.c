/* vantage-ics-lines.c: content lines of a calendar, unfolded, into events as they are written. */

#include "vantage-ics-private.h"

#include "vantage-text.h"

#include <string.h>

#define MAX_LINE (1024 * 1024)
#define MAX_DEPTH 32
#define MAX_TIMES 5000 /* of one event's lists of dates */

typedef struct
{
  const char *data;
  gsize size, at;
  gint64 line; /* number of the next line */
} Source;

/* One content line, taken apart. */
typedef struct
{
  GString *text;
  char *name;         /* upper case */
  GHashTable *params; /* upper case name → value */
  const char *value;  /* lent from text */
  gint64 line, offset;
} Line;

static void
line_clear (Line *self)
{
  g_string_free (self->text, TRUE);
  g_free (self->name);
  g_hash_table_unref (self->params);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Line, line_clear)

/* ---- unfolding ---- */

/* Bytes of the line at @at without its end, and where the next one begins. */
static gsize
measure (const Source *source, gsize at, gsize *out_next)
{
  gsize length = 0;

  while (at + length < source->size && source->data[at + length] != '\n' &&
         source->data[at + length] != '\r')
    length++;
  *out_next = at + length;
  if (*out_next < source->size && source->data[*out_next] == '\r')
    (*out_next)++;
  if (*out_next < source->size && source->data[*out_next] == '\n')
    (*out_next)++;
  return length;
}

/* Whether what follows, empty lines passed over, goes on with this line. */
static gboolean
goes_on (const Source *source)
{
  gsize at = source->at, next;

  while (at < source->size && measure (source, at, &next) == 0)
    at = next;
  return at < source->size && (source->data[at] == ' ' || source->data[at] == '\t');
}

static void
append_line (Source *source, GString *text, gsize skip)
{
  gsize next;
  gsize length = measure (source, source->at, &next);

  if (length > skip && text->len < MAX_LINE)
    g_string_append_len (text, source->data + source->at + skip, (gssize) (length - skip));
  source->at = next;
  source->line++;
}

static gboolean
read_unfolded (Source *source, Line *out)
{
  g_autofree char *repaired = NULL;
  gsize next;

  while (source->at < source->size && measure (source, source->at, &next) == 0)
    {
      source->at = next;
      source->line++;
    }
  if (source->at >= source->size)
    return FALSE;
  out->line = source->line;
  out->offset = (gint64) source->at;
  g_string_truncate (out->text, 0);
  append_line (source, out->text, 0);
  while (goes_on (source))
    append_line (source, out->text, 1);
  repaired = vantage_text_repair (out->text->str, out->text->len, NULL);
  g_string_assign (out->text, repaired);
  return TRUE;
}

/* ---- name, parameters, value ---- */

static char *
dup_word (const char *begin, const char *end)
{
  char *word = g_strstrip (g_strndup (begin, (gsize) (end - begin)));
  gsize length = strlen (word);

  if (length >= 2 && word[0] == '"' && word[length - 1] == '"')
    {
      memmove (word, word + 1, length - 2);
      word[length - 2] = '\0';
    }
  return word;
}

/* End of a parameter or name: ";" or ":" outside quotes. */
static const char *
find_mark (const char *at)
{
  gboolean quoted = FALSE;

  for (; *at != '\0' && (quoted || (*at != ';' && *at != ':')); at++)
    quoted = quoted != (*at == '"');
  return at;
}

static gboolean
take_apart (Line *self)
{
  const char *at = self->text->str;
  const char *end = find_mark (at);
  g_autofree char *name = dup_word (at, end);

  g_hash_table_remove_all (self->params);
  g_free (self->name);
  self->name = g_ascii_strup (name, -1);
  while (*end == ';')
    {
      const char *equals;

      at = end + 1;
      end = find_mark (at);
      equals = memchr (at, '=', (gsize) (end - at));
      if (equals != NULL)
        {
          g_autofree char *key = dup_word (at, equals);

          g_hash_table_replace (self->params, g_ascii_strup (key, -1), dup_word (equals + 1, end));
        }
    }
  self->value = *end == ':' ? end + 1 : end;
  return *end == ':';
}

static const char *
get_param (const Line *line, const char *name)
{
  return g_hash_table_lookup (line->params, name);
}

/* "\n", "\," … undone. (transfer full) */
static char *
unescape (const char *text)
{
  GString *out = g_string_sized_new (strlen (text));

  for (; *text != '\0'; text++)
    {
      if (*text != '\\' || text[1] == '\0')
        {
          g_string_append_c (out, *text);
          continue;
        }
      text++;
      g_string_append_c (out, *text == 'n' || *text == 'N' ? '\n' : *text);
    }
  return g_string_free (out, FALSE);
}

/* ---- an event ---- */

static void
time_clear (VantageIcsTime *self)
{
  g_free (self->text);
  g_free (self->zone);
}

static void
time_free (gpointer data)
{
  time_clear (data);
  g_free (data);
}

static void
attendee_free (gpointer data)
{
  VantageIcsAttendee *self = data;

  g_free (self->email);
  g_free (self->name);
  g_free (self);
}

static void
event_free (gpointer data)
{
  VantageIcsEvent *self = data;

  g_free (self->uid);
  time_clear (&self->start);
  time_clear (&self->end);
  time_clear (&self->recurrence);
  g_free (self->duration);
  g_ptr_array_unref (self->rules);
  g_ptr_array_unref (self->extra);
  g_ptr_array_unref (self->left_out);
  g_ptr_array_unref (self->attendees);
  g_free (self->summary);
  g_free (self->description);
  g_free (self->url);
  g_free (self);
}

static VantageIcsEvent *
event_new (const Line *line)
{
  VantageIcsEvent *self = g_new0 (VantageIcsEvent, 1);

  self->rules = g_ptr_array_new_with_free_func (g_free);
  self->extra = g_ptr_array_new_with_free_func (time_free);
  self->left_out = g_ptr_array_new_with_free_func (time_free);
  self->attendees = g_ptr_array_new_with_free_func (attendee_free);
  self->line = line->line;
  self->offset = line->offset;
  return self;
}

static void
set_time (VantageIcsTime *time, const Line *line)
{
  time_clear (time);
  time->text = g_strstrip (g_strdup (line->value));
  time->zone = g_strdup (get_param (line, "TZID"));
}

static void
add_times (GPtrArray *times, const Line *line)
{
  g_auto (GStrv) parts = g_strsplit (line->value, ",", -1);

  for (guint i = 0; parts[i] != NULL && times->len < MAX_TIMES; i++)
    {
      VantageIcsTime *time;

      g_strstrip (parts[i]);
      if (*parts[i] == '\0')
        continue;
      time = g_new0 (VantageIcsTime, 1);
      time->text = g_strdup (parts[i]);
      time->zone = g_strdup (get_param (line, "TZID"));
      g_ptr_array_add (times, time);
    }
}

static void
add_attendee (VantageIcsEvent *event, const Line *line)
{
  const char *sort = get_param (line, "CUTYPE"), *answer = get_param (line, "PARTSTAT");
  const char *address = line->value + strspn (line->value, " ");
  const char *name = get_param (line, "CN");
  VantageIcsAttendee *attendee;

  if ((sort != NULL &&
       (g_ascii_strcasecmp (sort, "RESOURCE") == 0 || g_ascii_strcasecmp (sort, "ROOM") == 0)) ||
      (answer != NULL && g_ascii_strcasecmp (answer, "DECLINED") == 0))
    return;
  if (g_ascii_strncasecmp (address, "mailto:", 7) == 0)
    address += 7;
  attendee = g_new0 (VantageIcsAttendee, 1);
  attendee->email =
      strchr (address, '@') != NULL ? g_strstrip (g_utf8_strdown (address, -1)) : NULL;
  attendee->name = name != NULL && *name != '\0' ? unescape (name) : NULL;
  if (attendee->email == NULL && attendee->name == NULL)
    attendee_free (attendee);
  else
    g_ptr_array_add (event->attendees, attendee);
}

static void
set_text (char **text, const Line *line)
{
  g_free (*text);
  *text = unescape (line->value);
}

static void
take_property (VantageIcsEvent *event, const Line *line)
{
  const char *name = line->name;

  if (strcmp (name, "UID") == 0)
    {
      set_text (&event->uid, line);
      g_strstrip (event->uid);
    }
  else if (strcmp (name, "DTSTART") == 0)
    set_time (&event->start, line);
  else if (strcmp (name, "DTEND") == 0)
    set_time (&event->end, line);
  else if (strcmp (name, "RECURRENCE-ID") == 0)
    {
      const char *range = get_param (line, "RANGE");

      set_time (&event->recurrence, line);
      event->future = range != NULL && g_ascii_strcasecmp (range, "THISANDFUTURE") == 0;
    }
  else if (strcmp (name, "DURATION") == 0)
    set_text (&event->duration, line);
  else if (strcmp (name, "RRULE") == 0)
    g_ptr_array_add (event->rules, g_strdup (line->value));
  else if (strcmp (name, "RDATE") == 0)
    add_times (event->extra, line);
  else if (strcmp (name, "EXDATE") == 0)
    add_times (event->left_out, line);
  else if (strcmp (name, "ATTENDEE") == 0)
    add_attendee (event, line);
  else if (strcmp (name, "SUMMARY") == 0)
    set_text (&event->summary, line);
  else if (strcmp (name, "DESCRIPTION") == 0)
    set_text (&event->description, line);
  else if (strcmp (name, "URL") == 0)
    set_text (&event->url, line);
  else if (strcmp (name, "STATUS") == 0)
    event->cancelled = g_ascii_strncasecmp (line->value, "CANCELLED", 9) == 0;
  else if (strcmp (name, "SEQUENCE") == 0)
    event->sequence = g_ascii_strtoll (line->value, NULL, 10);
}

/* ---- a calendar ---- */

void
vantage_ics_calendar_free (VantageIcsCalendar *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->zone);
  g_ptr_array_unref (self->events);
  g_hash_table_unref (self->zones);
  g_free (self);
}

/* What is open while lines are read. */
typedef struct
{
  VantageIcsCalendar *calendar;
  VantageIcsEvent *event;
  GString *zone; /* lines of a VTIMEZONE */
  char *zone_id;
  guint depth; /* components open inside the event or the zone, itself included */
} Open;

static gboolean
is_component (const Line *line, const char *name)
{
  g_autofree char *value = g_strstrip (g_strdup (line->value));

  return g_ascii_strcasecmp (value, name) == 0;
}

static void
end_component (Open *open, gint64 end)
{
  if (open->depth == 0 || --open->depth > 0)
    return;
  if (open->event != NULL)
    {
      open->event->length = end - open->event->offset;
      g_ptr_array_add (open->calendar->events, g_steal_pointer (&open->event));
    }
  else if (open->zone != NULL)
    {
      if (open->zone_id != NULL)
        g_hash_table_replace (open->calendar->zones, g_steal_pointer (&open->zone_id),
                              g_string_free (g_steal_pointer (&open->zone), FALSE));
      else
        g_string_free (g_steal_pointer (&open->zone), TRUE);
    }
}

static void
begin_component (Open *open, const Line *line)
{
  if (open->depth > 0)
    open->depth += open->depth < MAX_DEPTH ? 1 : 0;
  else if (is_component (line, "VEVENT"))
    {
      open->event = event_new (line);
      open->depth = 1;
    }
  else if (is_component (line, "VTIMEZONE"))
    {
      open->zone = g_string_new (NULL);
      open->depth = 1;
    }
}

static void
take_line (Open *open, const Line *line, gint64 end)
{
  gboolean begins = strcmp (line->name, "BEGIN") == 0, ends = strcmp (line->name, "END") == 0;

  if (begins)
    begin_component (open, line);
  if (open->zone != NULL)
    {
      g_string_append_printf (open->zone, "%s\r\n", line->text->str);
      if (open->depth == 1 && strcmp (line->name, "TZID") == 0)
        {
          g_free (open->zone_id);
          open->zone_id = dup_word (line->value, line->value + strlen (line->value));
        }
    }
  if (ends)
    end_component (open, end);
  else if (!begins && open->event != NULL && open->depth == 1)
    take_property (open->event, line);
  else if (!begins && open->depth == 0 && strcmp (line->name, "X-WR-CALNAME") == 0)
    set_text (&open->calendar->name, line);
  else if (!begins && open->depth == 0 && strcmp (line->name, "X-WR-TIMEZONE") == 0)
    {
      set_text (&open->calendar->zone, line);
      g_strstrip (open->calendar->zone);
    }
}

static VantageIcsCalendar *
calendar_new (void)
{
  VantageIcsCalendar *self = g_new0 (VantageIcsCalendar, 1);

  self->events = g_ptr_array_new_with_free_func (event_free);
  self->zones = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

VantageIcsCalendar *
vantage_ics_calendar_read (const char *data, gsize size, gsize *at, gint64 *line_number)
{
  Source source = { data, size, *at, *line_number };
  g_auto (Line) line = { .text = g_string_new (NULL) };
  Open open = { NULL };
  gboolean ended = FALSE;

  line.params = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  while (!ended && read_unfolded (&source, &line))
    {
      if (!take_apart (&line))
        continue;
      if (open.calendar == NULL)
        {
          if (strcmp (line.name, "BEGIN") == 0 && is_component (&line, "VCALENDAR"))
            open.calendar = calendar_new ();
          continue;
        }
      /* A calendar that begins inside another one: the first was never ended. */
      ended =
          open.depth == 0 && strcmp (line.name, "END") == 0 && is_component (&line, "VCALENDAR");
      if (!ended)
        take_line (&open, &line, (gint64) source.at);
    }
  *at = source.at;
  *line_number = source.line;
  if (open.calendar != NULL)
    {
      open.calendar->ended = ended;
      open.calendar->open_event = open.event != NULL;
    }
  if (open.event != NULL)
    event_free (open.event);
  if (open.zone != NULL)
    g_string_free (open.zone, TRUE);
  g_free (open.zone_id);
  return open.calendar;
}
