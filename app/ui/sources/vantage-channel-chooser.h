/* vantage-channel-chooser.h: which channels of a file are to come in: ticked, counted, found by
 * name. */

#pragma once

#include <adwaita.h>
#include "vantage-import.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_CHANNEL_CHOOSER (vantage_channel_chooser_get_type ())
G_DECLARE_FINAL_TYPE (VantageChannelChooser, vantage_channel_chooser, VANTAGE, CHANNEL_CHOOSER,
                      GtkWidget)

/* Signal "changed": another choice. */

/* (transfer floating) */
GtkWidget *vantage_channel_chooser_new (void);
/* Shows the channels of @preview, all ticked but those that were left out before under the same
 * id. */
void vantage_channel_chooser_show (VantageChannelChooser *self, const VantagePreview *preview);
/* The next file has nothing to do with this one. */
void vantage_channel_chooser_forget (VantageChannelChooser *self);
/* Records in channels that are ticked, or in none. */
guint64 vantage_channel_chooser_count (VantageChannelChooser *self);
/* Ids of the ticked ones; NULL when all are. (transfer full) (nullable) */
char **vantage_channel_chooser_dup_chosen (VantageChannelChooser *self);
/* Ticks or unticks the channel of this shown name; FALSE: there is none. */
gboolean vantage_channel_chooser_choose (VantageChannelChooser *self, const char *name,
                                         gboolean chosen);
/* All that are shown, by what is searched for. */
void vantage_channel_chooser_choose_all (VantageChannelChooser *self, gboolean chosen);

G_END_DECLS
