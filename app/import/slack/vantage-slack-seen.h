/* vantage-slack-seen.h: which messages were there, 16 bytes for each: a table of (channel, time).
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _VantageSlackSeen VantageSlackSeen;

VantageSlackSeen *vantage_slack_seen_new (void);
void vantage_slack_seen_free (VantageSlackSeen *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageSlackSeen, vantage_slack_seen_free)

/* The value kept for the message, made as 0 where it is new. Lent until the next call. */
guint64 *vantage_slack_seen_take (VantageSlackSeen *self, guint channel, gint64 us,
                                  gboolean *out_new);
/* How many of the entries of @self are not in @other. */
gsize vantage_slack_seen_count_missing (VantageSlackSeen *self, VantageSlackSeen *other);

G_END_DECLS
