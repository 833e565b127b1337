/* vantage-reader.h: what a format's reader is, what it is given, and what it may call. Inside
 * import/ only.
 *
 * A new format is one VantageReader in one file and one line in the table of vantage-formats.c.
 */

#pragma once

#include "vantage-evidence-sink.h"
#include "vantage-import.h"
#include "vantage-input.h"
#include "vantage-tokens.h"

G_BEGIN_DECLS

/* ---- recognising: by content, a name only tips the scale ---- */

typedef struct _VantageSniff VantageSniff;

VantageInput *vantage_sniff_get_input (VantageSniff *self);
/* The entry that tells most: the only one; of several the first that is no litter. NULL when there
 * is none. Readers of folders look at others through the input. */
const VantageEntry *vantage_sniff_get_entry (VantageSniff *self);
/* The first bytes of an entry, VANTAGE_INPUT_PEEK at most. Lent. */
const char *vantage_sniff_get_head (VantageSniff *self, const VantageEntry *entry,
                                    gsize *out_length);
/* The same as UTF-8: what begins with a mark of UTF-16 is converted, all else is as it stands. For
 * readers that look for words; those that guess an encoding want the head. Lent. */
const char *vantage_sniff_get_text (VantageSniff *self, const VantageEntry *entry,
                                    gsize *out_length);
/* The same of an entry that is being read. (transfer full) */
GBytes *vantage_reader_peek_text (VantageInput *input, const VantageEntry *entry);
/* @bytes as UTF-8 when they begin with a mark of UTF-16; else the same. (transfer full) */
GBytes *vantage_reader_convert (GBytes *bytes);
/* The first JSON value of an entry as far as the head has it; NULL when it is not JSON. All trees
 * live as long as the sniff. */
VantageNode *vantage_sniff_get_json (VantageSniff *self, const VantageEntry *entry);

/* ---- reading ---- */

typedef struct _VantageReading VantageReading;
typedef struct _VantageReader VantageReader;

struct _VantageReader
{
  VantageFormat format;
  const char *family; /* of what it reads, when the file does not say otherwise */

  /* 0: certainly not; 100: certainly. The highest wins; of equals the first in the table. Below 10
   * nothing is recognised. */
  int (*score) (VantageSniff *sniff);
  /* A sentence when the input nearly is this format, saying what to export instead; else NULL. May
   * be NULL itself. (transfer full) */
  char *(*near_miss) (VantageSniff *sniff);
  /* Reads all. FALSE with @error only when reading must stop: cancelled, the sink refused, the file
   * as a whole is of no use. A bad record is vantage_reading_skip(). */
  gboolean (*read) (VantageReading *reading, GError **error);
};

/* Members are for readers to use as described; functions below do the rest. */
struct _VantageReading
{
  const VantageReader *reader;
  VantageInput *input;
  const VantageImportOptions *options;
  GCancellable *cancellable;
  gboolean preview; /* a look only: what a person must choose is noted, not refused */

  /* for the reader to fill in */
  VantageSourceFacts *facts; /* family is set; system, mapping, missing, complete as known */
  gboolean needs_zone, needs_start, needs_mapping;
  char **columns; /* of a table (owned) */
};

/* How often everything will be read, so that the progress is right; once unless it is said. */
void vantage_reading_set_passes (VantageReading *self, guint n_passes);
/* The entry's content, unpacked, counted for the progress. (transfer full) */
GInputStream *vantage_reading_open (VantageReading *self, const VantageEntry *entry,
                                    GError **error);
VantageTokens *vantage_reading_open_tokens (VantageReading *self, const VantageEntry *entry,
                                            GError **error);
/* To be called after the last token of an entry: tells of what was wrong in it (cut off, no JSON,
 * repaired text, unreadable). FALSE with @error only when all must stop. */
gboolean vantage_reading_close_tokens (VantageReading *self, VantageTokens *tokens,
                                       const VantageEntry *entry, GError **error);
/* After vantage_reading_open() failed, or a read did: a diagnostic of the entry, or, when all must
 * stop (cancelled, a bomb), FALSE with @error. Takes @failure. */
gboolean vantage_reading_take_failure (VantageReading *self, const VantageEntry *entry,
                                       GError *failure, GError **error);

/* Before the first item of a channel. */
gboolean vantage_reading_add_channel (VantageReading *self, const VantageChannel *channel,
                                      GError **error);
/* Whether a person wants this channel: chosen by name or id, or nothing chosen; direct ones only
 * when asked for. add_channel() and add_item() look too; asking early saves reading. */
gboolean vantage_reading_wants_channel (VantageReading *self, const VantageChannel *channel);
gboolean vantage_reading_add_identity (VantageReading *self, const VantageIdentity *identity,
                                       GError **error);
/* Takes @item (transfer full). Drops it without a word when its channel or time was not chosen.
 * Looks at the cancellable and reports progress. */
gboolean vantage_reading_add_item (VantageReading *self, VantageItem *item, GError **error);
/* For the place in a file: to be used for every item. */
void vantage_reading_place_item (VantageItem *item, const VantageEntry *entry, gint64 line,
                                 gint64 offset, gint64 length);

/* A record that is left out. @code as in words/. */
gboolean vantage_reading_skip (VantageReading *self, const char *code, const VantageEntry *entry,
                               gint64 line, gint64 offset, GError **error, const char *format, ...)
    G_GNUC_PRINTF (7, 8);
/* Something to say; nothing is missing for it. @entry NULL: of the source as a whole. */
gboolean vantage_reading_note (VantageReading *self, const char *code, const VantageEntry *entry,
                               gint64 line, gint64 offset, GError **error, const char *format, ...)
    G_GNUC_PRINTF (7, 8);

/* A time with its zone. */
void vantage_reading_set_time (VantageReading *self, VantageItem *item, const char *raw_time,
                               gint64 us, VantagePrecision precision);
/* A wall clock reading without zone: the chosen zone makes it an instant; without one the reading
 * needs_zone, and all stops with NEEDS_ZONE unless it is a preview, which takes UTC. */
gboolean vantage_reading_set_wall_time (VantageReading *self, VantageItem *item,
                                        const char *raw_time, gint64 wall_us,
                                        VantagePrecision precision, GError **error);
/* FALSE with CANCELLED in @error. Cheap; for loops that add no item. */
gboolean vantage_reading_go_on (VantageReading *self, GError **error);

/* ---- the table ---- */

/* NULL-terminated. */
extern const VantageReader *const vantage_readers[];

extern const VantageReader vantage_slack_reader;
extern const VantageReader vantage_teams_reader;
extern const VantageReader vantage_pagerduty_reader;
extern const VantageReader vantage_github_reader;
extern const VantageReader vantage_gitlab_reader;
extern const VantageReader vantage_bugzilla_reader;
extern const VantageReader vantage_redmine_reader;
extern const VantageReader vantage_linear_reader;
extern const VantageReader vantage_servicenow_reader;
extern const VantageReader vantage_mattermost_reader;
extern const VantageReader vantage_google_chat_reader;
extern const VantageReader vantage_zulip_reader;
extern const VantageReader vantage_vtt_reader;
extern const VantageReader vantage_srt_reader;
extern const VantageReader vantage_discord_reader;
extern const VantageReader vantage_alertmanager_reader;
extern const VantageReader vantage_ics_reader;
extern const VantageReader vantage_opsgenie_reader;
extern const VantageReader vantage_statuspage_reader;
extern const VantageReader vantage_grafana_reader;
extern const VantageReader vantage_irc_reader;
extern const VantageReader vantage_matrix_reader;
extern const VantageReader vantage_rocketchat_reader;
extern const VantageReader vantage_telegram_reader;
extern const VantageReader vantage_whatsapp_reader;
extern const VantageReader vantage_pasted_reader;
extern const VantageReader vantage_csv_reader;
extern const VantageReader vantage_jira_reader;
extern const VantageReader vantage_json_lines_reader;

G_END_DECLS
