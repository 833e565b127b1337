/* vantage-whatsapp-private.h: the words that WhatsApp adds to a chat. */

#pragma once

#include "vantage-chat-room.h"

G_BEGIN_DECLS

/* Bytes of the mark of writing direction at @at, which may stand anywhere and means nothing here;
 * 0: none. */
gsize vantage_whatsapp_get_mark (const char *at);
const char *vantage_whatsapp_pass_marks (const char *at);

/* A line that nobody wrote: who came or went, by whose hand; sets kind and account. */
gboolean vantage_whatsapp_take_notice (VantageChatRoom *room, const char *text, VantageItem *item,
                                       GError **error);
/* All lines of a message are there: tells files, deleted and changed ones, and sets the text. */
void vantage_whatsapp_finish_text (VantageItem *item, GString *gathered);
/* The name that a group was made with, out of the notice. (transfer full) (nullable) */
char *vantage_whatsapp_dup_group (const char *notice);

G_END_DECLS
