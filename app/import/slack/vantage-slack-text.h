/* vantage-slack-text.h: Slack's markup, blocks and attachments as plain text.
 *
 * A mention becomes "@" and the account key, and the key is put into @mentions: names are for those
 * who show the text, so that a better list of people changes no evidence.
 */

#pragma once

#include "vantage-tokens.h"

G_BEGIN_DECLS

/* Appends @text with markup undone: `<…>` first, then the three entities, each once. @mentions
 * (element-type char*, owned, each once) may be NULL. */
void vantage_slack_text_append (GString *out, const char *text, gsize length, GPtrArray *mentions);
/* What blocks show; each on lines of its own. */
void vantage_slack_text_append_blocks (GString *out, VantageNode *blocks, GPtrArray *mentions);
/* What attachments show: title, text, fields, else the fallback. */
void vantage_slack_text_append_attachments (GString *out, VantageNode *attachments,
                                            GPtrArray *mentions);
/* Adds a key that is not there yet. */
void vantage_slack_text_add_mention (GPtrArray *mentions, const char *key, gsize length);

G_END_DECLS
