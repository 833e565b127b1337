/* vantage-call.c: transcripts of calls, WebVTT and SRT: each cue is something said. */

#include "vantage-call-blocks.h"
#include "vantage-call-names.h"
#include "vantage-reader.h"

#include "vantage-text.h"
#include "vantage-time.h"

#include <string.h>

typedef struct
{
  VantageReading *reading;
  const VantageEntry *entry;
  gboolean vtt;

  /* what the first look told */
  VantageCallNames *names;
  gboolean counted; /* fractions are numbers of milliseconds */
  gint64 start_us;  /* as a note or the name of the file tells; VANTAGE_TIME_NONE */

  gint64 zero_us;
  VantageZoneOrigin origin;
  char *channel;          /* its id */
  GHashTable *identities; /* set of account keys that the sink knows */
  GHashTable *contents;   /* content id → how often */
} Call;

/* ---- recognising ---- */

static const char *
pass_mark (const char *head, gsize length)
{
  return length >= 3 && memcmp (head, "\xef\xbb\xbf", 3) == 0 ? head + 3 : head;
}

/* The beginning as UTF-8 text, NUL-terminated. (transfer full) */
static char *
dup_head (VantageInput *input, const VantageEntry *entry)
{
  g_autoptr (GBytes) bytes = vantage_input_peek (input, entry);
  gsize length;
  const char *head = g_bytes_get_data (bytes, &length);
  const char *charset;

  if (head == NULL)
    return g_strdup ("");
  length = MIN (length, 4096);
  charset = vantage_call_lines_find_charset (head, length);
  if (charset != NULL)
    {
      char *text = g_convert_with_fallback (head + 2, (gssize) ((length - 2) & ~(gsize) 1), "UTF-8",
                                            charset, "?", NULL, NULL, NULL);

      return text != NULL ? text : g_strdup ("");
    }
  return g_strndup (pass_mark (head, length), length - (gsize) (pass_mark (head, length) - head));
}

static gboolean
is_vtt (const char *head)
{
  return strncmp (head, "WEBVTT", 6) == 0 && (head[6] == '\0' || strchr (" \t\r\n", head[6]));
}

/* The line at @at without white space around it. (transfer full) */
static char *
dup_line (const char *at)
{
  return g_strstrip (g_strndup (at, strcspn (at, "\r\n")));
}

static const char *
next_line (const char *at)
{
  at += strcspn (at, "\r\n");
  return at + (at[0] == '\r' && at[1] == '\n' ? 2 : at[0] != '\0' ? 1 : 0);
}

static gboolean
is_timing (const char *at)
{
  g_autofree char *line = dup_line (at);
  VantageCueTime begin, end;

  return vantage_cue_read_timing (line, &begin, &end) == VANTAGE_CUE_TIMING;
}

/* A number, and under it a cue's times. */
static gboolean
is_srt (const char *head)
{
  g_autofree char *number = NULL;

  head += strspn (head, " \t\r\n");
  number = dup_line (head);
  return *number != '\0' && strspn (number, "0123456789") == strlen (number) &&
         is_timing (next_line (head));
}

static gboolean
is_transcript (VantageInput *input, const VantageEntry *entry, gboolean vtt)
{
  g_autofree char *head = dup_head (input, entry);

  return vtt ? is_vtt (head) : is_srt (head);
}

static int
score (VantageSniff *sniff, gboolean vtt)
{
  VantageInput *input = vantage_sniff_get_input (sniff);
  guint n = vantage_input_get_n_entries (input), n_found = 0;

  for (guint i = 0; i < MIN (n, 8); i++)
    n_found += is_transcript (input, vantage_input_get_entry (input, i), vtt);
  return n_found == 0 ? 0 : n_found == MIN (n, 8) ? 95 : 40;
}

static int
score_vtt (VantageSniff *sniff)
{
  return score (sniff, TRUE);
}

static int
score_srt (VantageSniff *sniff)
{
  return score (sniff, FALSE);
}

/* "0:00:05.000,0:00:07.500", the times of YouTube's own captions. */
static gboolean
is_sbv (const char *head)
{
  g_autofree char *line = dup_line (head);
  char *comma = strchr (line, ',');
  g_autofree char *arrow = NULL;
  VantageCueTime begin, end;

  if (comma == NULL)
    return FALSE;
  *comma = '\0';
  arrow = g_strconcat (line, " --> ", comma + 1, NULL);
  return vantage_cue_read_timing (arrow, &begin, &end) == VANTAGE_CUE_TIMING;
}

static char *
near_miss (VantageSniff *sniff)
{
  const VantageEntry *entry = vantage_sniff_get_entry (sniff);
  g_autofree char *head =
      entry != NULL ? dup_head (vantage_sniff_get_input (sniff), entry) : g_strdup ("");
  const char *at = head + strspn (head, " \t\r\n");

  if (is_timing (at))
    return g_strdup ("this looks like a WebVTT transcript, but its first line, “WEBVTT”, is "
                     "missing: download the transcript again as .vtt, or put that line and an "
                     "empty one at its beginning");
  if (is_sbv (at))
    return g_strdup ("these are captions in YouTube's own form (.sbv): download them as .vtt or "
                     ".srt instead");
  return NULL;
}

/* ---- when the recording began ---- */

static gboolean
has_digits (const char *at, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (!g_ascii_isdigit (at[i]))
      return FALSE;
  return TRUE;
}

/* "GMT20240304-140211" and "20240304_140211UTC": a date and a clock that say that they are UTC. */
static gint64
find_start_in_name (const char *name)
{
  for (const char *at = name; strlen (at) >= 15; at++)
    {
      g_autofree char *text = NULL;
      gint64 us;

      if (!has_digits (at, 8) || strchr ("-_T", at[8]) == NULL || !has_digits (at + 9, 6))
        continue;
      if (!((at - name >= 3 && strncmp (at - 3, "GMT", 3) == 0) ||
            strncmp (at + 15, "UTC", 3) == 0 || at[15] == 'Z'))
        continue;
      text = g_strdup_printf ("%.4s-%.2s-%.2sT%.2s:%.2s:%.2sZ", at, at + 4, at + 6, at + 9, at + 11,
                              at + 13);
      if (vantage_time_parse (text, -1, &us, NULL, NULL))
        return us;
    }
  return VANTAGE_TIME_NONE;
}

/* A note such as "Recording started 2024-03-04T14:02:11Z". */
static gint64
find_start_in_note (const char *note)
{
  g_autofree char *lower = g_ascii_strdown (note, -1);

  if (strstr (lower, "start") == NULL && strstr (lower, "began") == NULL)
    return VANTAGE_TIME_NONE;
  for (const char *at = note; *at != '\0'; at++)
    {
      gsize length = strcspn (at, " \t\n,;()");
      gboolean has_zone;
      gint64 us;

      if (length >= 20 && length < 40 &&
          vantage_time_parse (at, (gssize) length, &us, NULL, &has_zone) && has_zone)
        return us;
      at += length;
      if (*at == '\0')
        break;
    }
  return VANTAGE_TIME_NONE;
}

static gboolean
settle_start (Call *self, GError **error)
{
  char text[VANTAGE_TIME_TEXT_SIZE];

  self->zero_us = self->reading->options->zero_us;
  self->origin = VANTAGE_ZONE_CHOSEN;
  if (self->zero_us != VANTAGE_TIME_NONE || self->start_us == VANTAGE_TIME_NONE)
    return TRUE;
  self->zero_us = self->start_us;
  self->origin = VANTAGE_ZONE_ASSUMED;
  self->reading->facts->zero_us = self->zero_us;
  return vantage_reading_note (self->reading, "start-from-name", self->entry, 0, -1, error,
                               "The start of the call was taken from what the file says: %s.",
                               vantage_time_format (self->zero_us, text));
}

/* ---- what was said ---- */

static gboolean
is_nobody (const char *speaker)
{
  g_autofree char *lower = g_utf8_strdown (speaker, -1);

  return strcmp (lower, "unknown speaker") == 0 || strcmp (lower, "unknown") == 0;
}

/* "88b66bf7-…" or "88b66bf7-…@72f988bf-…": an id of the system, that no person reads as a name. */
static gboolean
is_guid (const char *text)
{
  static const guint dashes[] = { 8, 13, 18, 23 };

  if (strlen (text) < 36)
    return FALSE;
  for (guint i = 0, dash = 0; i < 36; i++)
    if (dash < 4 && i == dashes[dash])
      dash += text[i] == '-' ? 1 : 5;
    else if (dash > 4 || !g_ascii_isxdigit (text[i]))
      return FALSE;
  return text[36] == '\0' || text[36] == '@';
}

/* The account key of a speaker, whom the sink then knows. NULL in @out_key: nobody. */
static gboolean
take_speaker (Call *self, const char *speaker, char **out_key, GError **error)
{
  g_autoptr (VantageIdentity) identity = NULL;
  g_autofree char *name = NULL;

  *out_key = NULL;
  if (speaker == NULL || is_nobody (speaker))
    return TRUE;
  name = vantage_text_nfc (speaker);
  *out_key = is_guid (name) ? g_strdup (name) : g_strconcat ("name:", name, NULL);
  if (!g_hash_table_add (self->identities, g_strdup (*out_key)))
    return TRUE;
  identity = vantage_identity_new (self->reading->reader->family, "", *out_key);
  if (is_guid (name))
    identity->placeholder = TRUE;
  else
    identity->name = g_steal_pointer (&name);
  return vantage_reading_add_identity (self->reading, identity, error);
}

/* A content id, with "-2" and on for the equal ones after the first. (transfer full) */
static char *
make_local (Call *self, const VantageItem *item)
{
  g_autofree char *content =
      vantage_item_content_id (NULL, item->raw_time, item->account, item->text);
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->contents, content)) + 1;

  g_hash_table_insert (self->contents, g_strdup (content), GUINT_TO_POINTER (n));
  return n == 1 ? g_steal_pointer (&content) : g_strdup_printf ("%s-%u", content, n);
}

/* FALSE, without error, when the instant lies outside all years. */
static gboolean
set_time (Call *self, const VantageCallBlock *cue, VantageItem *item)
{
  g_autofree char *raw = g_strndup (cue->begin.text, cue->begin.length);
  gint64 us = vantage_cue_time_get_us (&cue->begin, self->counted);
  VantagePrecision precision = cue->begin.n_digits == 0   ? VANTAGE_PRECISION_S
                               : cue->begin.n_digits <= 3 ? VANTAGE_PRECISION_MS
                                                          : VANTAGE_PRECISION_US;

  if (self->zero_us == VANTAGE_TIME_NONE)
    {
      vantage_reading_set_time (self->reading, item, raw, VANTAGE_TIME_NONE, precision);
      return TRUE;
    }
  if (us > VANTAGE_TIME_MAX - self->zero_us)
    return FALSE;
  vantage_reading_set_time (self->reading, item, raw, self->zero_us + us, precision);
  item->zone_origin = self->origin;
  return TRUE;
}

static gboolean
take_speech (Call *self, const VantageCallBlock *cue, const char *speaker, const char *words,
             GError **error)
{
  g_autoptr (VantageItem) item = vantage_item_new (VANTAGE_ITEM_UTTERANCE);
  g_autofree char *end = g_strndup (cue->end.text, cue->end.length);

  if (!take_speaker (self, speaker, &item->account, error))
    return FALSE;
  item->channel = g_strdup (self->channel);
  g_free (item->text);
  item->text = g_strdup (words);
  if (!set_time (self, cue, item))
    return vantage_reading_skip (self->reading, "bad-time", self->entry, cue->line, cue->offset,
                                 error, "“%s” lies outside all years", cue->timing);
  vantage_item_add_extra (item, "end", end);
  if (cue->id != NULL && cue->id[strspn (cue->id, "0123456789 \t")] != '\0')
    vantage_item_add_extra (item, "cue", cue->id);
  item->local = make_local (self, item);
  vantage_reading_place_item (item, self->entry, cue->line, cue->offset, cue->length);
  return vantage_reading_add_item (self->reading, g_steal_pointer (&item), error);
}

static gboolean
check_start (Call *self, GError **error)
{
  if (self->zero_us != VANTAGE_TIME_NONE)
    return TRUE;
  self->reading->needs_start = TRUE;
  if (self->reading->preview)
    return TRUE;
  g_set_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEEDS_START,
               "the times in “%s” count from the start of the call: say when it began",
               self->entry->path);
  return FALSE;
}

static gboolean
take_cue (Call *self, const VantageCallBlock *cue, GError **error)
{
  gboolean open;
  g_autoptr (GPtrArray) speeches = vantage_cue_read_text (cue->text->str, &open);

  if (open && !cue->closed)
    {
      self->reading->facts->complete = FALSE;
      return vantage_reading_skip (self->reading, "cut-off", self->entry, cue->line, cue->offset,
                                   error, "the file ends inside a cue");
    }
  if (speeches->len == 0)
    return vantage_reading_skip (self->reading, "empty-cue", self->entry, cue->line, cue->offset,
                                 error, "Left out: a cue without words.");
  if (!check_start (self, error))
    return FALSE;
  for (guint i = 0; i < speeches->len; i++)
    {
      const VantageCueSpeech *speech = speeches->pdata[i];
      const char *words = speech->text;
      g_autofree char *named =
          speech->speaker == NULL ? vantage_call_names_take (self->names, words, &words) : NULL;

      if (!take_speech (self, cue, speech->speaker != NULL ? speech->speaker : named, words, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- one file ---- */

static VantageCallBlocks *
open_blocks (Call *self, GError **failure)
{
  g_autoptr (GInputStream) stream = vantage_reading_open (self->reading, self->entry, failure);
  g_autoptr (GBytes) head = vantage_input_peek (self->reading->input, self->entry);
  gsize length;
  const char *bytes = g_bytes_get_data (head, &length);

  if (stream == NULL)
    return NULL;
  return vantage_call_blocks_new (
      vantage_call_lines_new (stream,
                              length > 0 ? vantage_call_lines_find_charset (bytes, length) : NULL,
                              self->reading->cancellable),
      self->vtt);
}

/* The first look: who is named, how times are written, and what tells of the start. */
static gboolean
look (Call *self, GError **failure)
{
  g_autoptr (VantageCallBlocks) blocks = open_blocks (self, failure);
  g_autofree char *name = g_path_get_basename (self->entry->path);
  const VantageCallBlock *block;
  VantageCallBlockSort sort;
  gboolean any = FALSE;

  if (blocks == NULL)
    return FALSE;
  self->start_us = find_start_in_name (name);
  while ((sort = vantage_call_blocks_next (blocks, &block, failure)) != VANTAGE_CALL_END)
    {
      gboolean open;
      g_autoptr (GPtrArray) speeches = NULL;

      if (sort == VANTAGE_CALL_NOTE && !any && self->start_us == VANTAGE_TIME_NONE)
        self->start_us = find_start_in_note (block->text->str);
      if (sort != VANTAGE_CALL_CUE)
        continue;
      any = TRUE;
      self->counted = self->counted || block->begin.unpadded || block->end.unpadded;
      speeches = vantage_cue_read_text (block->text->str, &open);
      for (guint i = 0; i < speeches->len; i++)
        {
          const VantageCueSpeech *speech = speeches->pdata[i];

          if (speech->speaker == NULL)
            vantage_call_names_look (self->names, speech->text);
        }
      if (!vantage_reading_go_on (self->reading, failure))
        return FALSE;
    }
  return *failure == NULL;
}

static gboolean
tell_of_lines (Call *self, VantageCallBlocks *blocks, GError **error)
{
  VantageCallLines *lines = vantage_call_blocks_get_lines (blocks);
  guint n_recoded = vantage_call_lines_get_n_recoded (lines);
  guint n_once = vantage_call_names_get_n_once (self->names);

  if (n_recoded > 0 &&
      !vantage_reading_note (self->reading, "recoded", self->entry, 0, -1, error,
                             "%u lines were not UTF-8 and were read as Windows-1252.", n_recoded))
    return FALSE;
  if (vantage_call_lines_get_n_cut (lines) > 0 &&
      !vantage_reading_note (self->reading, "long-line", self->entry, 0, -1, error,
                             "%u lines were too long and were cut.",
                             vantage_call_lines_get_n_cut (lines)))
    return FALSE;
  return n_once == 0 ||
         vantage_reading_note (self->reading, "named-once", self->entry, 0, -1, error,
                               "%u words before a colon come once only and were not taken for "
                               "speakers.",
                               n_once);
}

static gboolean
read_blocks (Call *self, VantageCallBlocks *blocks, GError **error)
{
  const VantageCallBlock *block;
  VantageCallBlockSort sort;
  GError *failure = NULL;

  while ((sort = vantage_call_blocks_next (blocks, &block, &failure)) != VANTAGE_CALL_END)
    {
      gboolean ok = TRUE;

      if (sort == VANTAGE_CALL_CUE)
        ok = take_cue (self, block, error);
      else if (sort == VANTAGE_CALL_BAD_TIME)
        ok = vantage_reading_skip (self->reading, "bad-time", self->entry, block->line,
                                   block->offset, error, "“%s” are no times", block->timing);
      else if (sort == VANTAGE_CALL_NO_TIME)
        ok = vantage_reading_skip (self->reading, "no-time", self->entry, block->line,
                                   block->offset, error, "words without times");
      if (!ok)
        return FALSE;
    }
  if (failure != NULL)
    return vantage_reading_take_failure (self->reading, self->entry, failure, error);
  return tell_of_lines (self, blocks, error);
}

/* The meeting: the name of the file without what only says that it is a transcript. */
static char *
dup_meeting (const char *path)
{
  static const char *const ends[] = { ".vtt", ".srt", ".txt", ".transcript", ".cc" };
  char *name = g_path_get_basename (path);

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      gsize length = strlen (name), end = strlen (ends[i]);

      if (length > end && g_ascii_strcasecmp (name + length - end, ends[i]) == 0)
        name[length - end] = '\0';
    }
  return name;
}

static gboolean
begin_channel (Call *self, GError **error)
{
  g_autofree char *meeting = dup_meeting (self->entry->path);
  g_autofree char *key = vantage_text_nfc (meeting);
  g_autoptr (VantageChannel) channel =
      vantage_channel_new (self->reading->reader->family, "", key, VANTAGE_CHANNEL_CALL);

  g_free (channel->name);
  channel->name = g_strdup (key);
  self->channel = vantage_channel_dup_id (channel);
  return vantage_reading_add_channel (self->reading, channel, error);
}

static void
call_clear (Call *self)
{
  g_clear_pointer (&self->names, vantage_call_names_free);
  g_clear_pointer (&self->channel, g_free);
  g_clear_pointer (&self->identities, g_hash_table_unref);
  g_clear_pointer (&self->contents, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Call, call_clear)

static gboolean
read_entry (VantageReading *reading, const VantageEntry *entry, gboolean vtt, GError **error)
{
  g_auto (Call) self = { .reading = reading, .entry = entry, .vtt = vtt };
  g_autoptr (VantageCallBlocks) blocks = NULL;
  GError *failure = NULL;

  self.names = vantage_call_names_new ();
  self.identities = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.contents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.start_us = VANTAGE_TIME_NONE;
  if (!look (&self, &failure))
    return vantage_reading_take_failure (reading, entry, failure, error);
  if (!settle_start (&self, error) || !begin_channel (&self, error))
    return FALSE;
  blocks = open_blocks (&self, &failure);
  if (blocks == NULL)
    return vantage_reading_take_failure (reading, entry, failure, error);
  return read_blocks (&self, blocks, error);
}

static gboolean
read_all (VantageReading *reading, gboolean vtt, GError **error)
{
  guint n = vantage_input_get_n_entries (reading->input);

  for (guint i = 0; i < n; i++)
    {
      const VantageEntry *entry = vantage_input_get_entry (reading->input, i);
      gboolean known = is_transcript (reading->input, entry, vtt);

      if (!known && n > 1)
        {
          if (!vantage_reading_note (reading, "unknown-file", entry, 0, -1, error,
                                     "it is no transcript"))
            return FALSE;
        }
      else if (!read_entry (reading, entry, vtt, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_vtt (VantageReading *reading, GError **error)
{
  return read_all (reading, TRUE, error);
}

static gboolean
read_srt (VantageReading *reading, GError **error)
{
  return read_all (reading, FALSE, error);
}

const VantageReader vantage_vtt_reader = {
  .format = { "vtt", "Call transcript (WebVTT)", "vtt" },
  .family = "vtt",
  .score = score_vtt,
  .near_miss = near_miss,
  .read = read_vtt,
};

const VantageReader vantage_srt_reader = {
  .format = { "srt", "Call transcript (SRT)", "srt" },
  .family = "srt",
  .score = score_srt,
  .read = read_srt,
};
