/* vantage-discord-private.h: what the parts of the Discord reader share. */

#pragma once

#include "vantage-chat.h"

G_BEGIN_DECLS

typedef struct
{
  VantageChat chat;
  GHashTable *roles;     /* id → name */
  GHashTable *names;     /* channel id → name */
  GHashTable *threads;   /* set of thread ids whose messages are here */
  GHashTable *announced; /* thread id → what is known of its name: they were begun */
} VantageDiscord;

/* What the head of a file says of the channel that its messages are from. */
typedef struct
{
  char *guild; /* NULL: a conversation outside of any */
  char *id, *name, *type, *topic;
  char *parent, *parent_name; /* of a thread: its channel */
  gboolean is_thread;
  VantageChatChannel *channel; /* where items go: of a thread, its parent */
} VantageDiscordHead;

/* A message as DiscordChatExporter writes it. */
gboolean vantage_discord_take_message (VantageDiscord *self, const VantageDiscordHead *head,
                                       VantageNode *message, GError **error);

/* What a message says; mentions go to @item. (transfer full) */
char *vantage_discord_dup_text (VantageDiscord *self, VantageNode *message, VantageItem *item);

/* The time in an id: 41 bits of milliseconds since 2015. FALSE when it is none of this kind. */
gboolean vantage_discord_parse_snowflake (const char *id, gint64 *out_us);

/* ---- tables ---- */

/* Whether a table's first row is that of an export. */
gboolean vantage_discord_is_table (VantageReading *reading, const VantageEntry *entry);
gboolean vantage_discord_is_table_head (const char *head, gsize length, gboolean complete);
/* Reads a table; the first time to learn, the second to keep. */
gboolean vantage_discord_read_table (VantageDiscord *self, const VantageEntry *entry,
                                     GError **error);

G_END_DECLS
