/* vantage-slack-private.h: what the parts of the Slack reader share. */

#pragma once

#include "vantage-reader.h"
#include "vantage-slack-directory.h"
#include "vantage-slack-seen.h"

G_BEGIN_DECLS

/* What an entry of an export is, by its path alone. */
typedef enum
{
  VANTAGE_SLACK_LIST_PUBLIC, /* channels.json */
  VANTAGE_SLACK_LIST_PRIVATE,
  VANTAGE_SLACK_LIST_DIRECT, /* dms.json, mpims.json */
  VANTAGE_SLACK_LIST_PEOPLE,
  VANTAGE_SLACK_DAY,     /* YYYY-MM-DD.json */
  VANTAGE_SLACK_IGNORED, /* known, and without messages */
  VANTAGE_SLACK_JSON,    /* other JSON: its content decides */
  VANTAGE_SLACK_ALIEN,   /* attached files and the like */
} VantageSlackRole;

VantageSlackRole vantage_slack_get_role (const char *path);

/* What the content of a JSON file is. */
typedef enum
{
  VANTAGE_SLACK_NO_MESSAGES,
  VANTAGE_SLACK_MESSAGES, /* an array, or values back to back, of messages; Perceval items too */
  VANTAGE_SLACK_PAGE,     /* an object with `messages`: an answer of the API, a dump */
  VANTAGE_SLACK_CHUNKS,   /* an archive: objects with `t` */
} VantageSlackShape;

VantageSlackShape vantage_slack_get_shape (VantageNode *json);

int vantage_slack_score (VantageSniff *sniff);
char *vantage_slack_near_miss (VantageSniff *sniff);

/* ---- reading ---- */

typedef struct
{
  VantageReading *reading;
  VantageSlackDirectory *directory;
  VantageSlackSeen *seen;
  VantageSlackTrail *trail; /* those read in the order of time are here instead */
  VantageSlackSeen *roots;  /* threads that replies belong to */
  char *workspace;          /* "https://name.slack.com"; NULL: not known */

  gboolean once;     /* nothing but day files, each read once */
  gboolean learning; /* the first pass over containers that are read twice: nothing is kept yet */
  const VantageEntry *entry;
  guint64 n_duplicates;
  guint n_pages, n_pages_with_more;
  guint n_alien; /* files without messages */
} VantageSlack;

/* A message and the replies nested in it. @channel NULL: only if it names one itself. */
gboolean vantage_slack_take (VantageSlack *self, VantageNode *record, VantageSlackChannel *channel,
                             gint64 offset, gint64 length, GError **error);
/* Each message of an array; anything else is passed over. */
gboolean vantage_slack_take_each (VantageSlack *self, VantageNode *list,
                                  VantageSlackChannel *channel, gint64 offset, gint64 length,
                                  GError **error);

/* The entry's tokens; NULL when it cannot be opened, which has been told then: @out_go_on says
 * whether reading goes on. (transfer full) */
VantageTokens *vantage_slack_open (VantageSlack *self, const VantageEntry *entry,
                                   gboolean *out_go_on, GError **error);
/* Tells once, in the last pass, what was wrong with it. */
gboolean vantage_slack_close (VantageSlack *self, VantageTokens *tokens, GError **error);
/* After a record that was not read: tells when it was passed over for its size. */
gboolean vantage_slack_note_too_large (VantageSlack *self, VantageTokens *tokens, GError **error);

/* Name of the channel that a file without one belongs to: its folder's with @folder_first and where
 * there is one, else its own without its endings. (transfer full) */
char *vantage_slack_dup_channel_name (VantageSlack *self, const VantageEntry *entry,
                                      gboolean folder_first);
gboolean vantage_slack_read_array (VantageSlack *self, const VantageEntry *entry,
                                   VantageSlackChannel *channel, GError **error);
gboolean vantage_slack_read_page (VantageSlack *self, const VantageEntry *entry, GError **error);
gboolean vantage_slack_read_chunks (VantageSlack *self, const VantageEntry *entry, GError **error);

G_END_DECLS
