/* vantage-chat.h: what the readers of team chats share: the people and channels that records name,
 * each message once, and which messages begin a thread.
 *
 * Such files name people after the messages they wrote, replies before what they answer, and the
 * same message on several pages. So everything is read twice: once to learn, when nothing is kept,
 * and once to keep the best copy of each message. A reader does the same both times;
 * vantage_chat_take() knows which time it is.
 */

#pragma once

#include "vantage-reader.h"
#include "vantage-records.h"

G_BEGIN_DECLS

typedef struct
{
  VantageChannel *channel; /* facts may be added until the first item of it */
  char *id;                /* of the evidence */
  guint index;
  gint64 named_us; /* since when it has the name that is kept */
  gboolean told;
  gboolean wanted; /* once told */
} VantageChatChannel;

typedef struct
{
  VantageReading *reading;
  char *system;
  gboolean learning; /* the first time */
  gboolean rootless; /* threads need not have a first message */

  /* where the record being read stands; set by the reader */
  const VantageEntry *entry;
  gint64 line, offset, length;

  GHashTable *people;   /* account key → Person */
  GHashTable *channels; /* key → VantageChatChannel */
  GHashTable *seen;     /* hash of channel and local id → how good its best copy is */
  GHashTable *roots;    /* set of hashes: threads that were answered in */
  GHashTable *contents; /* hash of channel and content id → how often it was given */
  guint64 n_duplicates;
  guint n_alien; /* files without messages */
} VantageChat;

void vantage_chat_init (VantageChat *self, VantageReading *reading);
void vantage_chat_clear (VantageChat *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VantageChat, vantage_chat_clear)

/* Entries that hold JSON; of others it is told how many there are. (transfer full) (element-type
 * VantageEntry) */
GPtrArray *vantage_chat_list_entries (VantageChat *self);
/* Reads @entries twice; a record is given to the shape with @user_data. The place is to be noted
 * with vantage_chat_set_place(). */
gboolean vantage_chat_walk (VantageChat *self, GPtrArray *entries, const VantageRecordShape *shape,
                            gpointer user_data, GError **error);
void vantage_chat_set_place (VantageChat *self, const VantageRecordPlace *place);
/* Begins the second time; for readers that do not walk. */
void vantage_chat_begin_keeping (VantageChat *self);
/* Says what is left to say: copies, threads without their first message, other files. */
gboolean vantage_chat_finish (VantageChat *self, GError **error);

/* The first record in the entries whose names let one expect JSON; NULL when there is none. */
VantageNode *vantage_chat_sniff (VantageSniff *sniff, const VantageRecordShape *shape);

/* Installation that channels and people belong to; "" until it is set. To be known before the
 * first channel. NULL: stays. */
void vantage_chat_set_system (VantageChat *self, const char *system);

/* ---- people ---- */

/* The facts of this account, to be filled in or looked at; made, as a placeholder, when new. Lent.
 */
VantageIdentity *vantage_chat_get_person (VantageChat *self, const char *key);
/* Whether anything was learnt of this account yet. */
gboolean vantage_chat_knows_person (VantageChat *self, const char *key);
/* What a record says of an account, at @time_us; of several names the latest is kept. A list of
 * people speaks for VANTAGE_TIME_MAX. @name, @handle nullable. */
void vantage_chat_learn_person (VantageChat *self, const char *key, const char *name,
                                const char *handle, gboolean bot, gint64 time_us);

/* ---- channels ---- */

/* The channel of this native id or name; made when new. Lent. */
VantageChatChannel *vantage_chat_get_channel (VantageChat *self, const char *key,
                                              VantageChannelSort sort);
/* Sets the shown name unless @name says nothing. */
void vantage_chat_name_channel (VantageChatChannel *channel, const char *name);
/* The same with the time from which it was called so; of several names the latest is kept. */
void vantage_chat_name_channel_at (VantageChatChannel *channel, const char *name, gint64 time_us);
/* Account keys of those in it; NULL-terminated, copied. */
void vantage_chat_set_members (VantageChatChannel *channel, const char *const *keys);
/* Tells the reading of it, in the second time; sets `wanted`. */
gboolean vantage_chat_tell_channel (VantageChat *self, VantageChatChannel *channel, GError **error);

/* ---- messages ---- */

/* Gives an item that has no id of its own one from its content; equal ones are counted. To be
 * called once an item, in the order of the file, after everything else is set. */
void vantage_chat_set_content_local (VantageChat *self, const VantageChatChannel *channel,
                                     VantageItem *item);
/* Takes @item (transfer full), everything but channel and place set. */
gboolean vantage_chat_take (VantageChat *self, VantageChatChannel *channel, VantageItem *item,
                            GError **error);
/* A record that is left out; told once, in the second time. */
gboolean vantage_chat_skip (VantageChat *self, const char *code, GError **error, const char *format,
                            ...) G_GNUC_PRINTF (4, 5);
gboolean vantage_chat_note (VantageChat *self, const char *code, GError **error, const char *format,
                            ...) G_GNUC_PRINTF (4, 5);
/* Whether a message of this id was there, in either time. */
gboolean vantage_chat_has (VantageChat *self, const VantageChatChannel *channel, const char *local);

/* ---- helpers ---- */

/* Seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by their size, with a
 * fraction or without. FALSE for no number, for 0 and for years beyond 9999. */
gboolean vantage_chat_parse_epoch (const char *text, gint64 *out_us, VantagePrecision *out);
/* A copy that can be a local id: what cannot be in one is replaced, what is too long is hashed.
 * NULL when @id is NULL or empty. (transfer full) */
char *vantage_chat_dup_local (const char *id);
/* Text of a member that is a string and not empty; else NULL. Lent. */
const char *vantage_chat_get_string (VantageNode *object, const char *name);
/* The same of a string or a number. */
const char *vantage_chat_get_text (VantageNode *object, const char *name);
/* Copy without download tokens; NULL when @url is NULL or empty. (transfer full) */
char *vantage_chat_dup_url (const char *url);
/* One more person for the reaction @name on @item; @by NULL: not told. @time_us
 * VANTAGE_TIME_NONE: not recorded. */
void vantage_chat_add_reaction (VantageItem *item, const char *name, const char *by,
                                gint64 time_us);
/* Adds an account key to the mentions of @item, once. */
void vantage_chat_add_mention (VantageItem *item, const char *key);
/* Replaces the text; takes @text. Tokens in it are masked. */
void vantage_chat_take_text (VantageItem *item, char *text);

G_END_DECLS
