/* vantage-chat-room.h: what readers of written-down chats share: telling of channels and people
 * once, ids from content, clocks as people write them. */

#pragma once

#include "vantage-reader.h"

G_BEGIN_DECLS

typedef struct
{
  VantageReading *reading;
  GHashTable *people;   /* set of account keys that were told */
  GHashTable *channels; /* char *key → char *id */
  GHashTable *contents; /* content of this file → how many */
  GHashTable *seen;     /* set of ids given */
  guint64 n_duplicates;
} VantageChatRoom;

void vantage_chat_room_init (VantageChatRoom *self, VantageReading *reading);
void vantage_chat_room_clear (VantageChatRoom *self);

/* Tells of the channel when it is new. The id is lent; NULL when all must stop. */
const char *vantage_chat_room_add_channel (VantageChatRoom *self, const char *key, const char *name,
                                           VantageChannelSort sort, gboolean weak, GError **error);
/* Tells of a person known by name alone; the account key "name:…" to @out_key, (transfer full);
 * NULL for an empty name. */
gboolean vantage_chat_room_add_name (VantageChatRoom *self, const char *name, char **out_key,
                                     GError **error);

/* Identical records are counted from here on: to be called before each file. */
void vantage_chat_room_begin_file (VantageChatRoom *self);
/* Gives @item, which must be complete but for its id, the id of its content. Takes it. A record
 * that another file held already is left out and counted. */
gboolean vantage_chat_room_add_item (VantageChatRoom *self, VantageItem *item, GError **error);
/* Says what was left out as there more than once. */
gboolean vantage_chat_room_finish (VantageChatRoom *self, GError **error);

/* The channel's name out of a file's: without date, number and ending; of the folder when nothing
 * is left. @words: what exporters put before it, NULL-terminated. (transfer full) */
char *vantage_chat_dup_channel_name (VantageReading *reading, const VantageEntry *entry,
                                     const char *const *words);
/* The day in a file's name or path: "2024-03-04", "20240304", "2024/03/04", "04Mar2024". A month or
 * year of 0 is not there. FALSE when there is none; @out_wrong when there is one that no calendar
 * has. */
gboolean vantage_chat_find_day (const char *path, int *out_year, int *out_month, int *out_day,
                                gboolean *out_wrong);

/* "9:05", "09:05:07", "9.05", "9:05 PM", with any space before AM or PM: microseconds since
 * midnight. Returns what follows, or NULL. */
const char *vantage_chat_scan_clock (const char *text, gint64 *out_us, VantagePrecision *out);
/* The month whose name or its beginning stands at @text, English or German: 1 to 12; 0: none.
 * @out_end: behind it. */
int vantage_chat_scan_month (const char *text, const char **out_end);
/* FALSE when no calendar has the day. */
gboolean vantage_chat_day_us (int year, int month, int day, gint64 *out_us);
/* The day a person chose as the beginning, as wall clock midnight. FALSE: none chosen. */
gboolean vantage_chat_get_start (VantageReading *reading, gint64 *out_us);

G_END_DECLS
