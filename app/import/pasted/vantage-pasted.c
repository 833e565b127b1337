/* vantage-pasted.c: text that was copied out of a chat program: Slack, Teams, Discord, Zoom and
 * their like show a name and a time, then what was said. */

#include "vantage-chat-lines.h"
#include "vantage-chat-room.h"
#include "vantage-pasted-line.h"

#include <string.h>

#include "vantage-text.h"

#define MAX_BYTES (32 * 1024 * 1024)

typedef struct
{
  VantageChatRoom room;
  VantageReading *reading;
  const VantageEntry *entry;
  char *channel_name; /* chosen (nullable) */
  const char *order;  /* "dmy", "mdy"; NULL: not known */

  const char *channel;
  gboolean has_headers; /* lines with a name and a time both */
  gboolean has_day, has_start, relative;
  gint64 start_us, day_us;
  gboolean day_written; /* the day is in the text: part of the time as written */
  char *day_text;
  gint64 previous_clock_us;
  char *author;    /* account key of the message before */
  gboolean halves; /* clocks of it have AM or PM */

  VantageItem *item;
  GString *text;
  gint64 line, offset, length;
} VantagePasted;

/* ---- recognising ---- */

/* How many lines of @head tell who and when; 0 unless it begins with one. */
static guint
count_headers (const char *head, gsize length, gboolean *out_paired)
{
  g_autoptr (VantageChatLines) lines = vantage_chat_lines_new_for_data (head, length);
  const VantageChatLine *line;
  g_autofree char *before = NULL;
  guint n_headers = 0, n_clocks = 0, n = 0;

  *out_paired = FALSE;
  if (memchr (head, '\0', length) != NULL)
    return 0;
  while (n < 400 && (line = vantage_chat_lines_next (lines, NULL)) != NULL)
    {
      g_auto (VantagePastedLine) parsed = { 0 };

      if (*vantage_pasted_when_pass_space (line->text) == '\0')
        continue;
      n++;
      vantage_pasted_line_parse (line->text, &parsed);
      if (n == 1 && (parsed.sort == VANTAGE_PASTED_CLOCK ||
                     (parsed.sort == VANTAGE_PASTED_TEXT && parsed.name != NULL)))
        return 0;
      n_headers += parsed.sort == VANTAGE_PASTED_HEADER;
      if (parsed.sort == VANTAGE_PASTED_CLOCK && before != NULL)
        {
          g_autofree char *name = vantage_pasted_dup_name (before, strlen (before));

          n_clocks += name != NULL;
        }
      if (n == 2 && n_headers == 0 && n_clocks == 0 && before != NULL)
        {
          VantagePastedWhen day;

          if (!vantage_pasted_when_is_day_line (before, &day) && parsed.sort != VANTAGE_PASTED_DAY)
            return 0;
        }
      g_free (before);
      before = g_strdup (line->text);
    }
  *out_paired = n_headers == 0 && n_clocks > 0;
  return n_headers > 0 ? n_headers : n_clocks;
}

static int
score (VantageSniff *sniff)
{
  const VantageEntry *entry = vantage_sniff_get_entry (sniff);
  gboolean paired;
  gsize length;
  const char *head;

  if (entry == NULL || vantage_input_get_n_entries (vantage_sniff_get_input (sniff)) != 1)
    return 0;
  head = vantage_sniff_get_text (sniff, entry, &length);
  if (length == 0 || *head == '{' || *head == '<')
    return 0;
  return count_headers (head, length, &paired) >= 2 ? 35 : 0;
}

/* ---- days ---- */

static int
get_year (gint64 us)
{
  char text[VANTAGE_TIME_TEXT_SIZE];

  vantage_time_format (us, text);
  text[4] = '\0';
  return (int) g_ascii_strtoll (text, NULL, 10);
}

/* A person must say something first; a look goes on. */
static gboolean
ask (VantagePasted *self, const VantagePastedWhen *when, int code, const char *what, GError **error)
{
  if (code == VANTAGE_IMPORT_ERROR_NEEDS_START)
    self->reading->needs_start = TRUE;
  else
    self->reading->needs_mapping = TRUE;
  if (self->reading->preview)
    return TRUE;
  g_set_error (error, VANTAGE_IMPORT_ERROR, code, "“%.*s”: %s", (int) when->length, when->text,
               what);
  return FALSE;
}

/* A day without its year is the one nearest to the day that was said. */
static gboolean
set_nearest_year (VantagePasted *self, int month, int day, gint64 *out_us)
{
  int year = get_year (self->start_us);
  gboolean found = FALSE;
  gint64 best = G_MAXINT64;

  for (int y = year - 1; y <= year + 1; y++)
    {
      gint64 us;

      if (!vantage_chat_day_us (y, month, day, &us) || ABS (us - self->start_us) >= best)
        continue;
      best = ABS (us - self->start_us);
      *out_us = us;
      found = TRUE;
    }
  return found;
}

static gboolean
resolve_numbers (VantagePasted *self, const VantagePastedWhen *when, int *month, int *day,
                 GError **error)
{
  int first = when->numbers[0], second = when->numbers[1];

  *month = when->month;
  *day = when->month_day;
  if (when->day != VANTAGE_PASTED_NUMBERS || first == second)
    return TRUE;
  if (self->order == NULL && first <= 12 && second <= 12 &&
      !ask (self, when, VANTAGE_IMPORT_ERROR_NEEDS_ORDER,
            "it can be read with the day or with the month first", error))
    return FALSE;
  if (second > 12 || (first <= 12 && g_strcmp0 (self->order, "mdy") == 0))
    {
      *month = first;
      *day = second;
    }
  return TRUE;
}

/* FALSE with @error when all must stop; @out_ok FALSE: no calendar has it. */
static gboolean
resolve_day (VantagePasted *self, const VantagePastedWhen *when, gint64 *out_us, gboolean *out_ok,
             GError **error)
{
  int month, day;

  *out_ok = TRUE;
  if (when->day <= VANTAGE_PASTED_WEEKDAY || when->year == 0)
    {
      self->relative = TRUE;
      if (!self->has_start &&
          !ask (self, when, VANTAGE_IMPORT_ERROR_NEEDS_START,
                "say the day on which this was copied, or on which it begins (--start)", error))
        return FALSE;
      if (!self->has_start)
        return TRUE;
    }
  switch (when->day)
    {
    case VANTAGE_PASTED_TODAY:
      *out_us = self->start_us;
      return TRUE;
    case VANTAGE_PASTED_YESTERDAY:
      *out_us = self->start_us - G_TIME_SPAN_DAY;
      return TRUE;
    case VANTAGE_PASTED_WEEKDAY:
      {
        gint64 days = self->start_us / G_TIME_SPAN_DAY;
        int today = (int) ((days % 7 + 7 + 3) % 7) + 1;

        *out_us = self->start_us - ((today - when->weekday + 7) % 7) * G_TIME_SPAN_DAY;
        return TRUE;
      }
    default:
      break;
    }
  if (!resolve_numbers (self, when, &month, &day, error))
    return FALSE;
  *out_ok = when->year > 0 ? vantage_chat_day_us (when->year, month, day, out_us)
                           : set_nearest_year (self, month, day, out_us);
  return TRUE;
}

static gboolean
take_day (VantagePasted *self, const VantagePastedWhen *when, gboolean *out_ok, GError **error)
{
  gint64 us = self->day_us;

  if (!resolve_day (self, when, &us, out_ok, error))
    return FALSE;
  if (!*out_ok)
    return TRUE;
  self->day_us = us;
  self->has_day = TRUE;
  self->previous_clock_us = -1;
  return TRUE;
}

/* ---- items ---- */

static gboolean
flush (VantagePasted *self, GError **error)
{
  static const char edited[] = "(edited)";

  if (self->item == NULL)
    return TRUE;
  g_strchomp (self->text->str);
  self->text->len = strlen (self->text->str);
  if (g_str_has_suffix (self->text->str, edited))
    {
      g_string_truncate (self->text, self->text->len - strlen (edited));
      g_strchomp (self->text->str);
      vantage_item_add_extra (self->item, "edited", "yes");
    }
  g_free (self->item->text);
  self->item->text = g_strdup (self->text->str);
  vantage_text_mask_tokens (self->item->text, strlen (self->item->text));
  self->item->channel = g_strdup (self->channel);
  vantage_reading_place_item (self->item, self->entry, self->line, self->offset, self->length);
  return vantage_chat_room_add_item (&self->room, g_steal_pointer (&self->item), error);
}

static gboolean
set_time (VantagePasted *self, const VantagePastedWhen *when, gboolean *out_ok, GError **error)
{
  g_autofree char *raw = NULL;

  *out_ok = TRUE;
  if (when->day != VANTAGE_PASTED_NO_DAY)
    {
      if (!take_day (self, when, out_ok, error))
        return FALSE;
      if (!*out_ok)
        return TRUE;
    }
  else if (!self->has_day && self->has_start)
    {
      self->day_us = self->start_us;
      self->has_day = TRUE;
    }
  else if (self->previous_clock_us >= 0 &&
           when->clock_us < self->previous_clock_us - G_TIME_SPAN_HOUR)
    self->day_us += G_TIME_SPAN_DAY;
  self->previous_clock_us = when->clock_us;
  self->halves = self->halves || when->has_half;
  raw = when->day == VANTAGE_PASTED_NO_DAY && self->day_text != NULL
            ? g_strdup_printf ("%s %.*s", self->day_text, (int) when->length, when->text)
            : g_strndup (when->text, when->length);
  if (self->has_day)
    return vantage_reading_set_wall_time (self->reading, self->item, raw,
                                          self->day_us + when->clock_us, when->precision, error);
  if (!ask (self, when, VANTAGE_IMPORT_ERROR_NEEDS_START,
            "no day stands before it: say the day on which this begins (--start)", error))
    return FALSE;
  vantage_reading_set_time (self->reading, self->item, raw, VANTAGE_TIME_NONE, when->precision);
  return TRUE;
}

/* Programs that show AM and PM leave them out where the same person goes on: then it is the half of
 * the day that comes sooner. */
static void
complete_half (VantagePasted *self, VantagePastedWhen *when)
{
  const gint64 half_us = 12 * G_TIME_SPAN_HOUR, slack_us = G_TIME_SPAN_HOUR;
  gint64 other, first_gap, other_gap;

  if (when->has_half || !self->halves || self->previous_clock_us < 0 ||
      when->clock_us >= 13 * G_TIME_SPAN_HOUR)
    return;
  other = (when->clock_us + half_us) % G_TIME_SPAN_DAY;
  first_gap =
      (when->clock_us - self->previous_clock_us + slack_us + G_TIME_SPAN_DAY) % G_TIME_SPAN_DAY;
  other_gap = (other - self->previous_clock_us + slack_us + G_TIME_SPAN_DAY) % G_TIME_SPAN_DAY;
  if (other_gap < first_gap)
    when->clock_us = other;
}

static gboolean
begin_item (VantagePasted *self, const VantageChatLine *line, const VantagePastedWhen *when,
            const char *name, const char *text, GError **error)
{
  gboolean ok;

  if (!flush (self, error))
    return FALSE;
  self->item = vantage_item_new (VANTAGE_ITEM_MESSAGE);
  self->line = line->line;
  self->offset = line->offset;
  self->length = line->n_bytes;
  g_string_assign (self->text, text);
  if (!set_time (self, when, &ok, error))
    return FALSE;
  if (!ok)
    {
      g_clear_pointer (&self->item, vantage_item_unref);
      return vantage_reading_skip (self->reading, "bad-time", self->entry, line->line, line->offset,
                                   error, "no calendar has the day of “%.*s”", (int) when->length,
                                   when->text);
    }
  if (name != NULL)
    {
      g_clear_pointer (&self->author, g_free);
      if (!vantage_chat_room_add_name (&self->room, name, &self->author, error))
        return FALSE;
    }
  self->item->account = g_strdup (self->author);
  return TRUE;
}

static gboolean
append_text (VantagePasted *self, const VantageChatLine *line, GError **error)
{
  const char *text = line->text;

  if (self->item == NULL)
    return *vantage_pasted_when_pass_space (text) == '\0' ||
           vantage_reading_skip (self->reading, "no-time", self->entry, line->line, line->offset,
                                 error, "nobody's name and time stand before it: “%.60s”", text);
  if (self->text->len > 0)
    g_string_append_c (self->text, '\n');
  g_string_append (self->text, self->text->len > 0 ? text : vantage_pasted_when_pass_space (text));
  self->length = line->offset + line->n_bytes - self->offset;
  return TRUE;
}

/* The last line gathered was a name, not a text: takes it back. (transfer full) (nullable) */
static char *
take_name_back (VantagePasted *self)
{
  const char *last;
  char *name;

  g_strchomp (self->text->str);
  self->text->len = strlen (self->text->str);
  last = strrchr (self->text->str, '\n');
  last = last != NULL ? last + 1 : self->text->str;
  name = vantage_pasted_dup_name (last, strlen (last));
  if (name != NULL)
    g_string_truncate (self->text, (gsize) (last - self->text->str));
  return name;
}

/* A time alone. Where names stand with their times it is the same person going on; else the line
 * before it is the name. */
static gboolean
take_clock (VantagePasted *self, const VantageChatLine *line, VantagePastedWhen *when,
            char **pending, GError **error)
{
  g_autofree char *name = g_steal_pointer (pending);

  if (!self->has_headers && name == NULL && self->item != NULL)
    name = take_name_back (self);
  if (name == NULL && self->author == NULL)
    return append_text (self, line, error);
  complete_half (self, when);
  return begin_item (self, line, when, name, "", error);
}

static gboolean
take_line (VantagePasted *self, const VantageChatLine *line, char **pending, GError **error)
{
  g_auto (VantagePastedLine) parsed = { 0 };
  gboolean ok = TRUE;

  vantage_pasted_line_parse (line->text, &parsed);
  if (*pending != NULL && parsed.sort != VANTAGE_PASTED_CLOCK &&
      *vantage_pasted_when_pass_space (line->text) != '\0')
    {
      g_clear_pointer (pending, g_free);
      if (!vantage_reading_skip (self->reading, "no-time", self->entry, line->line, line->offset,
                                 error, "nobody's name and time stand before it"))
        return FALSE;
    }
  switch (parsed.sort)
    {
    case VANTAGE_PASTED_DAY:
      if (!flush (self, error) || !take_day (self, &parsed.when, &ok, error))
        return FALSE;
      g_free (self->day_text);
      self->day_text = parsed.when.day > VANTAGE_PASTED_WEEKDAY
                           ? g_strndup (parsed.when.text, parsed.when.length)
                           : NULL;
      return ok ||
             vantage_reading_skip (self->reading, "bad-time", self->entry, line->line, line->offset,
                                   error, "no calendar has “%.60s”", line->text);
    case VANTAGE_PASTED_HEADER:
      return begin_item (self, line, &parsed.when, parsed.name, parsed.text, error);
    case VANTAGE_PASTED_CLOCK:
      return take_clock (self, line, &parsed.when, pending, error);
    default:
      if (self->item == NULL && !self->has_headers && *pending == NULL)
        {
          *pending = vantage_pasted_dup_name (line->text, line->length);
          if (*pending != NULL)
            return TRUE;
        }
      return append_text (self, line, error);
    }
}

/* ---- the whole ---- */

static gboolean
read_lines (VantagePasted *self, GError **error)
{
  GError *failure = NULL;
  g_autoptr (GInputStream) stream = vantage_reading_open (self->reading, self->entry, &failure);
  g_autoptr (VantageChatLines) lines = NULL;
  g_autofree char *pending = NULL;
  const VantageChatLine *line;

  if (stream != NULL)
    lines = vantage_chat_lines_new (stream, self->reading->cancellable);
  while (lines != NULL && (line = vantage_chat_lines_next (lines, &failure)) != NULL)
    {
      if (self->text->len + line->length > MAX_BYTES)
        return vantage_reading_skip (self->reading, "too-large", self->entry, line->line,
                                     line->offset, error, "a message is longer than any is");
      if (!take_line (self, line, &pending, error))
        return FALSE;
    }
  if (!flush (self, error))
    return FALSE;
  return failure == NULL ||
         vantage_reading_take_failure (self->reading, self->entry, failure, error);
}

static gboolean
begin_channel (VantagePasted *self, GError **error)
{
  g_autofree char *name =
      self->channel_name != NULL ? g_strdup (self->channel_name) : g_strdup ("Pasted");

  self->channel =
      vantage_chat_room_add_channel (&self->room, name, name, VANTAGE_CHANNEL_CHAT, TRUE, error);
  return self->channel != NULL;
}

static void
read_choices (VantagePasted *self)
{
  const char *mapping = self->reading->options->mapping;
  g_auto (GStrv) pairs = g_strsplit (mapping != NULL ? mapping : "", ",", -1);

  for (char **pair = pairs; *pair != NULL; pair++)
    if (g_str_has_prefix (*pair, "channel="))
      {
        g_free (self->channel_name);
        self->channel_name = g_strdup (*pair + strlen ("channel="));
      }
  if (mapping != NULL && strstr (mapping, "mdy") != NULL)
    self->order = "mdy";
  else if (mapping != NULL && strstr (mapping, "dmy") != NULL)
    self->order = "dmy";
  if (self->order != NULL)
    self->reading->facts->mapping = g_strdup_printf ("{\"order\":\"%s\"}", self->order);
}

static gboolean
read_all (VantageReading *reading, GError **error)
{
  VantagePasted self = { .reading = reading, .previous_clock_us = -1 };
  gboolean paired, ok = TRUE;

  vantage_chat_room_init (&self.room, reading);
  self.text = g_string_new (NULL);
  self.has_start = vantage_chat_get_start (reading, &self.start_us);
  read_choices (&self);
  for (guint i = 0; ok && i < vantage_input_get_n_entries (reading->input); i++)
    {
      g_autoptr (GBytes) head = NULL;
      const char *data;
      gsize length;

      self.entry = vantage_input_get_entry (reading->input, i);
      head = vantage_reader_peek_text (reading->input, self.entry);
      data = g_bytes_get_data (head, &length);
      count_headers (data != NULL ? data : "", length, &paired);
      self.has_headers = !paired;
      vantage_chat_room_begin_file (&self.room);
      ok = begin_channel (&self, error) && read_lines (&self, error);
    }
  ok = ok && vantage_chat_room_finish (&self.room, error);
  vantage_chat_room_clear (&self.room);
  g_clear_pointer (&self.item, vantage_item_unref);
  g_string_free (self.text, TRUE);
  g_free (self.author);
  g_free (self.day_text);
  g_free (self.channel_name);
  return ok;
}

const VantageReader vantage_pasted_reader = {
  .format = { "pasted", "Text copied from a chat", "txt" },
  .family = "pasted",
  .score = score,
  .read = read_all,
};
