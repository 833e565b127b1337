/* vantage-google-chat-private.h: what the parts of the Google Chat reader share. */

#pragma once

#include "vantage-chat.h"

G_BEGIN_DECLS

typedef struct
{
  VantageChat chat;
  GHashTable *groups; /* folder → VantageGoogleChatGroup */
} VantageGoogleChat;

/* What the file beside the messages says of a conversation. */
typedef struct
{
  char *name; /* NULL: it has none */
  GPtrArray *members;
} VantageGoogleChatGroup;

/* A message out of an archive (`created_date`) or of the interface (`createTime`). */
gboolean vantage_google_chat_is_message (VantageNode *node);
gboolean vantage_google_chat_take_message (VantageGoogleChat *self, VantageNode *message,
                                           GError **error);
/* Account key of somebody, whose facts are learnt; NULL for nobody. (transfer full) */
char *vantage_google_chat_dup_account (VantageGoogleChat *self, VantageNode *person,
                                       gint64 time_us);

/* "Tuesday, March 5, 2024 at 2:02:11 PM UTC", in one of some thirty languages. FALSE when it is
 * none that is known. @out_us: a wall clock reading when no zone stands in it. */
gboolean vantage_google_chat_parse_date (const char *text, gint64 *out_us, gboolean *out_has_zone);

G_END_DECLS
