/* vantage-slack-seen.h: which messages were there: a table of (channel, time), with a value for
 * each or without. */

#pragma once

#include "vantage-slack-trail.h"

G_BEGIN_DECLS

typedef struct _VantageSlackSeen VantageSlackSeen;

VantageSlackSeen *vantage_slack_seen_new (gboolean with_values);
void vantage_slack_seen_free (VantageSlackSeen *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageSlackSeen, vantage_slack_seen_free)

/* The value kept for the message, made as 0 where it is new; NULL in a table without. Lent until
 * the next call. */
guint64 *vantage_slack_seen_take (VantageSlackSeen *self, guint channel, gint64 us,
                                  gboolean *out_new);
/* How many of the entries of @self are neither in @other nor in @trail. */
gsize vantage_slack_seen_count_missing (VantageSlackSeen *self, VantageSlackSeen *other,
                                        VantageSlackTrail *trail);

G_END_DECLS
