/* vantage-jira-private.h: what the parts of the Jira reader share. */

#pragma once

#include "vantage-tracker.h"

#include "vantage-records.h"

G_BEGIN_DECLS

typedef struct
{
  VantageTracker tracker;
  const char *ticket; /* key of the ticket in hand, to speak of it; lent */
  GHashTable *keys;   /* number of an issue → hash of its key */
} VantageJira;

/* ---- text ---- */

/* Wiki markup as plain text; its mentions go to @item. (transfer full) */
char *vantage_jira_wiki (const char *text, VantageItem *item);
/* A document of the newer editor as plain text. (transfer full) */
char *vantage_jira_adf (VantageNode *document, VantageItem *item);

/* ---- answers of the REST interface ---- */

extern const VantageRecordShape vantage_jira_shape;
/* How sure it is that a record of that shape is Jira's, from 0 to 100; 0 for a webhook's message.
 */
int vantage_jira_score_record (VantageNode *node);

/* A message about one change: no export. */
gboolean vantage_jira_is_webhook (VantageNode *node);

/* ---- tables ---- */

/* Whether the columns are those of an issue navigator. */
gboolean vantage_jira_is_header (const char *const *names);
gboolean vantage_jira_read_table (VantageJira *self, const VantageEntry *entry, GError **error);

/* ---- XML ---- */

gboolean vantage_jira_is_xml (const char *head, gsize length);
gboolean vantage_jira_read_xml (VantageJira *self, const VantageEntry *entry, GError **error);

/* ---- shared by all three ---- */

/* The channel of a site, shown as its project. @host NULL: unknown. */
gboolean vantage_jira_enter (VantageJira *self, const char *host, const char *project,
                             GError **error);
/* "i" and the number of an issue, or "k" and its key: also where another issue of the same import
 * has that number, as made-up ones do. (transfer full) (nullable) */
char *vantage_jira_dup_root (VantageJira *self, const char *id, const char *key);
/* "<base>/browse/<key>", at the comment when there is one. */
void vantage_jira_set_url (VantageItem *item, const char *base, const char *key,
                           const char *comment);
/* An attachment as an item of its own. @root is the ticket's local id. */
typedef struct
{
  const char *id, *name, *type, *url, *created, *account;
  gint64 size; /* -1: unknown */
} VantageJiraFile;
gboolean vantage_jira_add_file (VantageJira *self, const char *root, const VantageJiraFile *file,
                                VantageDateOrder order, GError **error);

G_END_DECLS
