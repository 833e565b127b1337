/* vantage-slack-trail.h: which messages of each channel were there, while they come in the order of
 * time: some five bytes each. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _VantageSlackTrail VantageSlackTrail;

VantageSlackTrail *vantage_slack_trail_new (void);
void vantage_slack_trail_free (VantageSlackTrail *self);

/* Notes a message that is later than all that were noted of its channel. FALSE: it is not, and was
 * not noted. @edited_ms: when it was edited; 0: never. @us ≥ 0. */
gboolean vantage_slack_trail_add (VantageSlackTrail *self, guint channel, gint64 us,
                                  guint64 edited_ms);
/* Whether the message was noted. */
gboolean vantage_slack_trail_find (VantageSlackTrail *self, guint channel, gint64 us,
                                   guint64 *out_edited_ms);

G_END_DECLS
