/* vantage-irc.c: logs of IRC. Each file is read twice: once to learn its dialect's channel and the
 * nicks in it, once for its lines. What a line lacks of its time comes from the lines before it,
 * from the file's name, or from a person. */

#include "vantage-chat-lines.h"
#include "vantage-chat-room.h"
#include "vantage-irc-line.h"
#include "vantage-irc-time.h"

#include <string.h>

#include "vantage-text.h"

#define LOOK_LINES 200
#define MAX_LOOKS 16

typedef struct
{
  VantageChatRoom room;
  VantageReading *reading;
  const VantageEntry *entry;
  const VantageIrcDialect *dialect;
  GHashTable *told; /* dialects that were noted */
  char *bridge;     /* nick whose messages begin with "<name> " (nullable) */

  /* of the file */
  GHashTable *nicks; /* set of char * */
  char *channel_name;
  const char *channel;
  VantageIrcTime time;
} VantageIrc;

/* ---- recognising ---- */

/* The dialect that fits best, and how much of the text is of it, in hundredths. */
static const VantageIrcDialect *
choose_dialect (const char *head, gsize length, int *out_share)
{
  int weights[32] = { 0 };
  int fits[32] = { 0 };
  guint n = 0, best = 0;
  g_autoptr (VantageChatLines) lines = vantage_chat_lines_new_for_data (head, length);
  const VantageChatLine *line;

  while (n < LOOK_LINES && (line = vantage_chat_lines_next (lines, NULL)) != NULL)
    {
      if (line->text[strspn (line->text, " \t")] == '\0' ||
          (!line->ended && length >= VANTAGE_INPUT_PEEK))
        continue;
      n++;
      vantage_chat_strip_controls (line->text);
      for (guint i = 0; vantage_irc_dialects[i].name != NULL; i++)
        {
          int weight = vantage_irc_line_weigh (&vantage_irc_dialects[i], line->text);

          weights[i] += weight;
          fits[i] += weight > 0;
          /* the first line of a table is its header */
          if (n == 1 && weight == 0 && vantage_irc_dialect_has_fields (&vantage_irc_dialects[i]))
            weights[i] = -4 * LOOK_LINES;
        }
    }
  for (guint i = 1; vantage_irc_dialects[i].name != NULL; i++)
    if (weights[i] > weights[best])
      best = i;
  *out_share = n > 0 && weights[best] > 0 ? fits[best] * 100 / (int) n : 0;
  return &vantage_irc_dialects[best];
}

/* A NUL here and there is what a power cut leaves in a log. */
static gboolean
is_text (const char *head, gsize length)
{
  gsize n_nul = 0;

  for (gsize i = 0; i < length; i++)
    n_nul += head[i] == '\0';
  return length > 0 && *head != '{' && *head != '<' && n_nul * 20 <= length;
}

static int
score_entry (VantageSniff *sniff, const VantageEntry *entry)
{
  gsize length;
  const char *head = vantage_sniff_get_text (sniff, entry, &length);
  int share;

  if (!is_text (head, length))
    return 0;
  choose_dialect (head, length, &share);
  return share >= 50 ? 40 + share / 2 : 0;
}

static int
score (VantageSniff *sniff)
{
  VantageInput *input = vantage_sniff_get_input (sniff);
  guint n_looks = 0;
  int best = 0;

  for (guint i = 0; i < vantage_input_get_n_entries (input) && n_looks < MAX_LOOKS && best < 80;
       i++)
    {
      const VantageEntry *entry = vantage_input_get_entry (input, i);

      if (entry->size == 0)
        continue;
      n_looks++;
      best = MAX (best, score_entry (sniff, entry));
    }
  return best;
}

/* ---- time ---- */

static gboolean
begin_time (VantageIrc *self, GError **error)
{
  gboolean wrong;

  vantage_irc_time_begin (&self->time, self->reading, self->entry->path, &wrong);
  return !wrong || vantage_reading_note (self->reading, "bad-day", self->entry, 0, -1, error,
                                         "the day in the file's name is in no calendar");
}

/* A log without a day or year: all stops, or, in a look, goes on without times. */
static gboolean
ask_start (VantageIrc *self, const VantageIrcStamp *stamp, GError **error)
{
  self->reading->needs_start = TRUE;
  if (self->reading->preview)
    {
      if (self->time.raw == NULL)
        self->time.raw = g_strndup (stamp->text, stamp->length);
      return TRUE;
    }
  g_set_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEEDS_START,
               "“%s” says neither in its lines nor in its name %s it is from: say the day on which "
               "it begins (--start)",
               self->entry->path, stamp->month > 0 ? "what year" : "what day");
  return FALSE;
}

/* ---- the file ---- */

static gint
compare_counts (gconstpointer a, gconstpointer b, gpointer counts)
{
  guint first = GPOINTER_TO_UINT (g_hash_table_lookup (counts, a));
  guint second = GPOINTER_TO_UINT (g_hash_table_lookup (counts, b));

  return first != second ? (first < second ? 1 : -1) : strcmp (a, b);
}

/* First pass: nicks, and the channel that the lines speak of most. */
static gboolean
look_through (VantageIrc *self, VantageChatLines *lines, GError **error)
{
  g_autoptr (GHashTable) channels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GList) names = NULL;
  const VantageChatLine *line;

  g_hash_table_remove_all (self->nicks);
  g_clear_pointer (&self->channel_name, g_free);
  while ((line = vantage_chat_lines_next (lines, error)) != NULL)
    {
      g_auto (VantageIrcLine) parsed = { 0 };

      vantage_chat_strip_controls (line->text);
      vantage_irc_line_parse (self->dialect, line->text, &parsed);
      if (parsed.nick != NULL)
        g_hash_table_add (self->nicks, g_steal_pointer (&parsed.nick));
      if (parsed.channel != NULL && *parsed.channel != '\0')
        {
          char *key = g_ascii_strdown (parsed.channel, -1);
          guint n = GPOINTER_TO_UINT (g_hash_table_lookup (channels, key)) + 1;

          g_hash_table_insert (channels, key, GUINT_TO_POINTER (n));
        }
      if (line->line % 1024 == 0 && !vantage_reading_go_on (self->reading, error))
        return FALSE;
    }
  names = g_hash_table_get_keys (channels);
  names = g_list_sort_with_data (names, compare_counts, channels);
  if (names != NULL)
    self->channel_name = g_strdup (names->data);
  return *error == NULL;
}

/* The key is the name without its mark and without regard to case, since file names often lack
 * the one and IRC does not know the other. */
static gboolean
begin_channel (VantageIrc *self, GError **error)
{
  static const char *const words[] = { "irc.", NULL };
  gboolean weak = self->channel_name == NULL;
  g_autofree char *lower = NULL;
  g_autofree char *key = NULL;
  const char *bare;

  if (weak)
    self->channel_name = vantage_chat_dup_channel_name (self->reading, self->entry, words);
  bare = self->channel_name + strspn (self->channel_name, "#&");
  if (*bare == '\0')
    bare = self->channel_name;
  lower = g_utf8_strdown (bare, -1);
  key = vantage_text_nfc (lower);
  self->channel = vantage_chat_room_add_channel (
      &self->room, *key != '\0' ? key : "irc",
      *self->channel_name != '\0' ? self->channel_name : "irc", VANTAGE_CHANNEL_CHAT, weak, error);
  return self->channel != NULL;
}

/* ---- lines as items ---- */

static VantageItemKind
get_kind (VantageIrcSort sort)
{
  switch (sort)
    {
    case VANTAGE_IRC_MESSAGE:
    case VANTAGE_IRC_ACTION:
    case VANTAGE_IRC_NOTICE:
      return VANTAGE_ITEM_MESSAGE;
    case VANTAGE_IRC_JOIN:
      return VANTAGE_ITEM_JOIN;
    case VANTAGE_IRC_PART:
    case VANTAGE_IRC_QUIT:
    case VANTAGE_IRC_KICK:
      return VANTAGE_ITEM_LEAVE;
    case VANTAGE_IRC_TOPIC:
      return VANTAGE_ITEM_TOPIC;
    default:
      return VANTAGE_ITEM_OTHER;
    }
}

static const char *
get_way (VantageIrcSort sort)
{
  switch (sort)
    {
    case VANTAGE_IRC_ACTION:
      return "action";
    case VANTAGE_IRC_NOTICE:
      return "notice";
    case VANTAGE_IRC_QUIT:
      return "quit";
    case VANTAGE_IRC_KICK:
      return "kick";
    case VANTAGE_IRC_NICK:
      return "nick";
    case VANTAGE_IRC_MODE:
      return "mode";
    default:
      return NULL;
    }
}

/* "nick: …": whom the message is for, when the nick is somebody in this file. (transfer full) */
static char *
dup_addressed (VantageIrc *self, const char *text)
{
  gsize n = strcspn (text, " \t:,");
  g_autofree char *nick = g_strndup (text, n);

  if (n == 0 || (text[n] != ':' && text[n] != ',') || (text[n + 1] != ' ' && text[n + 1] != '\0') ||
      !g_hash_table_contains (self->nicks, nick))
    return NULL;
  return g_steal_pointer (&nick);
}

/* A message that a bridge passed on: "<name> text". */
static void
unwrap_bridge (VantageIrc *self, VantageIrcLine *line)
{
  const char *end;

  if (self->bridge == NULL || line->nick == NULL || strcmp (line->nick, self->bridge) != 0 ||
      *line->text != '<')
    return;
  end = strstr (line->text, "> ");
  if (end == NULL || end == line->text + 1)
    return;
  g_free (line->nick);
  line->nick = g_strndup (line->text + 1, (gsize) (end - line->text - 1));
  line->text = end + 2;
}

static gboolean
set_people (VantageIrc *self, const VantageIrcLine *line, VantageItem *item, GError **error)
{
  g_autofree char *other = NULL;
  g_autofree char *key = NULL;

  if (line->nick != NULL &&
      !vantage_chat_room_add_name (&self->room, line->nick, &item->account, error))
    return FALSE;
  if (item->kind == VANTAGE_ITEM_MESSAGE)
    other = dup_addressed (self, line->text);
  else
    other = g_strdup (line->other);
  if (other == NULL)
    return TRUE;
  if (!vantage_chat_room_add_name (&self->room, other, &key, error))
    return FALSE;
  item->mentions = g_new0 (char *, 2);
  item->mentions[0] = g_steal_pointer (&key);
  if (line->sort == VANTAGE_IRC_NICK)
    {
      vantage_item_add_extra (item, "from", line->nick);
      vantage_item_add_extra (item, "to", line->other);
    }
  else if (line->sort == VANTAGE_IRC_KICK)
    vantage_item_add_extra (item, "by", line->other);
  return TRUE;
}

static gboolean
set_time (VantageIrc *self, VantageItem *item, GError **error)
{
  const char *raw = self->time.raw != NULL ? self->time.raw : "";

  if (self->reading->needs_start)
    {
      vantage_reading_set_time (self->reading, item, raw, VANTAGE_TIME_NONE, self->time.precision);
      item->zone_origin = VANTAGE_ZONE_ASSUMED;
      return TRUE;
    }
  if (!self->time.has_zone)
    return vantage_reading_set_wall_time (self->reading, item, raw, self->time.wall_us,
                                          self->time.precision, error);
  vantage_reading_set_time (self->reading, item, raw, self->time.wall_us, self->time.precision);
  return TRUE;
}

static gboolean
take_item (VantageIrc *self, const VantageChatLine *line, VantageIrcLine *parsed, GError **error)
{
  g_autoptr (VantageItem) item = vantage_item_new (get_kind (parsed->sort));
  const char *way = get_way (parsed->sort);

  if (item->kind == VANTAGE_ITEM_MESSAGE)
    unwrap_bridge (self, parsed);
  item->channel = g_strdup (self->channel);
  if (way != NULL)
    vantage_item_add_extra (item, "form", way);
  if (!set_people (self, parsed, item, error) || !set_time (self, item, error))
    return FALSE;
  g_free (item->text);
  item->text = g_strdup (parsed->text);
  vantage_text_mask_tokens (item->text, strlen (item->text));
  vantage_reading_place_item (item, self->entry, line->line, line->offset, line->n_bytes);
  return vantage_chat_room_add_item (&self->room, g_steal_pointer (&item), error);
}

static gboolean
skip_line (VantageIrc *self, const VantageChatLine *line, const char *code, const char *why,
           GError **error)
{
  return vantage_reading_skip (self->reading, code, self->entry, line->line, line->offset, error,
                               "%s: “%.60s”", why, line->text);
}

static gboolean
take_line (VantageIrc *self, const VantageChatLine *line, GError **error)
{
  g_auto (VantageIrcLine) parsed = { 0 };

  vantage_chat_strip_controls (line->text);
  vantage_irc_line_parse (self->dialect, line->text, &parsed);
  if (line->cut_off || (!line->ended && parsed.sort == VANTAGE_IRC_TEXT && line->line > 1))
    return vantage_reading_skip (self->reading, "cut-off", self->entry, line->line, line->offset,
                                 error, "the file ends inside a line");
  if (line->too_long)
    return skip_line (self, line, "too-large", "a line is longer than any that is written", error);
  if (parsed.sort == VANTAGE_IRC_DAY)
    vantage_irc_time_take_day (&self->time, &parsed.stamp);
  if (parsed.sort == VANTAGE_IRC_DAY || parsed.sort == VANTAGE_IRC_IDENT ||
      parsed.sort == VANTAGE_IRC_BLANK)
    return TRUE;
  if (parsed.sort == VANTAGE_IRC_BAD_TIME)
    return skip_line (self, line, "bad-time", "it is no time", error);
  switch (vantage_irc_time_resolve (&self->time, &parsed.stamp))
    {
    case VANTAGE_IRC_TIME_BAD:
      return skip_line (self, line, "bad-time", "no calendar has this day", error);
    case VANTAGE_IRC_TIME_NONE:
      return skip_line (self, line, "no-time", "no time stands before it", error);
    case VANTAGE_IRC_TIME_NO_START:
      if (!ask_start (self, &parsed.stamp, error))
        return FALSE;
      break;
    default:
      break;
    }
  return take_item (self, line, &parsed, error);
}

static gboolean
take_lines (VantageIrc *self, VantageChatLines *lines, GError **error)
{
  GError *failure = NULL;
  const VantageChatLine *line;

  while ((line = vantage_chat_lines_next (lines, &failure)) != NULL)
    {
      if (!line->ended && !line->cut_off &&
          !vantage_reading_note (self->reading, "no-line-end", self->entry, line->line,
                                 line->offset, error,
                                 "the last line has no end; it may have been cut off"))
        return FALSE;
      if (!take_line (self, line, error))
        return FALSE;
    }
  if (failure != NULL)
    return vantage_reading_take_failure (self->reading, self->entry, failure, error);
  return vantage_chat_lines_get_n_recoded (lines) == 0 ||
         vantage_reading_note (self->reading, "recoded", self->entry, 0, -1, error,
                               "%u lines are not UTF-8 and were read as Windows-1252",
                               vantage_chat_lines_get_n_recoded (lines));
}

static VantageChatLines *
open_lines (VantageIrc *self, GError **failure)
{
  g_autoptr (GInputStream) stream = vantage_reading_open (self->reading, self->entry, failure);

  return stream != NULL ? vantage_chat_lines_new (stream, self->reading->cancellable) : NULL;
}

static gboolean
note_dialect (VantageIrc *self, GError **error)
{
  return !g_hash_table_add (self->told, (gpointer) self->dialect) ||
         vantage_reading_note (self->reading, "dialect", self->entry, 0, -1, error,
                               "read as a log of %s; another one can be chosen with --map "
                               "dialect=NAME",
                               self->dialect->title);
}

static gboolean
read_entry (VantageIrc *self, const VantageEntry *entry, GError **error)
{
  g_autoptr (VantageChatLines) first = NULL;
  g_autoptr (VantageChatLines) second = NULL;
  GError *failure = NULL;

  self->entry = entry;
  first = open_lines (self, &failure);
  if (first == NULL || !look_through (self, first, &failure))
    return vantage_reading_take_failure (self->reading, entry, failure, error);
  if (!note_dialect (self, error) || !begin_channel (self, error) || !begin_time (self, error))
    return FALSE;
  vantage_chat_room_begin_file (&self->room);
  second = open_lines (self, &failure);
  if (second == NULL)
    return vantage_reading_take_failure (self->reading, entry, failure, error);
  return take_lines (self, second, error);
}

/* ---- the whole ---- */

/* "dialect=znc,bridge=nick" */
static gboolean
read_choices (VantageIrc *self, GError **error)
{
  const char *mapping = self->reading->options->mapping;
  g_auto (GStrv) pairs = g_strsplit (mapping != NULL ? mapping : "", ",", -1);

  for (char **pair = pairs; *pair != NULL; pair++)
    {
      const char *value = strchr (*pair, '=');

      if (g_str_has_prefix (*pair, "bridge="))
        {
          g_free (self->bridge);
          self->bridge = g_strdup (value + 1);
        }
      else if (g_str_has_prefix (*pair, "dialect="))
        {
          for (guint i = 0; vantage_irc_dialects[i].name != NULL; i++)
            if (strcmp (vantage_irc_dialects[i].name, value + 1) == 0)
              self->dialect = &vantage_irc_dialects[i];
          if (self->dialect != NULL)
            continue;
          g_set_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEEDS_MAPPING,
                       "there is no dialect “%s” of IRC logs; there are irssi, weechat, ubuntu, "
                       "znc, hexchat, limnoria, dircproxy, mirc and eggdrop",
                       value + 1);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
read_files (VantageIrc *self, GError **error)
{
  VantageInput *input = self->reading->input;
  const VantageIrcDialect *chosen = self->dialect;

  for (guint i = 0; i < vantage_input_get_n_entries (input); i++)
    {
      const VantageEntry *entry = vantage_input_get_entry (input, i);
      g_autoptr (GBytes) head = vantage_reader_peek_text (self->reading->input, entry);
      gsize length;
      const char *data = g_bytes_get_data (head, &length);
      int share = 0;

      if (entry->size == 0)
        continue;
      if (length > 0 && is_text (data, length))
        self->dialect = choose_dialect (data, length, &share);
      if (chosen != NULL)
        self->dialect = chosen;
      if (share < 20 && chosen == NULL)
        {
          if (!vantage_reading_note (self->reading, "unknown-file", entry, 0, -1, error,
                                     "it is no log of IRC"))
            return FALSE;
          continue;
        }
      if (!read_entry (self, entry, error))
        return FALSE;
    }
  return vantage_chat_room_finish (&self->room, error);
}

static gboolean
read_all (VantageReading *reading, GError **error)
{
  VantageIrc self = { .reading = reading };
  gboolean ok;

  vantage_chat_room_init (&self.room, reading);
  self.told = g_hash_table_new (NULL, NULL);
  self.nicks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  ok = read_choices (&self, error) && read_files (&self, error);
  vantage_chat_room_clear (&self.room);
  g_hash_table_unref (self.told);
  g_hash_table_unref (self.nicks);
  g_free (self.channel_name);
  g_free (self.bridge);
  vantage_irc_time_clear (&self.time);
  return ok;
}

const VantageReader vantage_irc_reader = {
  .format = { "irc", "IRC log", "log txt zip gz" },
  .family = "irc",
  .score = score,
  .read = read_all,
};
