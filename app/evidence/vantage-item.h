/* vantage-item.h: one record of evidence, as imported: it is never edited. */

#pragma once

#include <glib.h>
#include "vantage-time.h"

G_BEGIN_DECLS

typedef enum
{
  VANTAGE_ITEM_MESSAGE,
  VANTAGE_ITEM_EDIT,
  VANTAGE_ITEM_DELETE,
  VANTAGE_ITEM_JOIN,
  VANTAGE_ITEM_LEAVE,
  VANTAGE_ITEM_TOPIC,
  VANTAGE_ITEM_REACTION,
  VANTAGE_ITEM_FILE,
  VANTAGE_ITEM_TICKET,
  VANTAGE_ITEM_COMMENT,
  VANTAGE_ITEM_STATUS,
  VANTAGE_ITEM_ASSIGNMENT,
  VANTAGE_ITEM_FIELD,
  VANTAGE_ITEM_LINK,
  VANTAGE_ITEM_ALERT,
  VANTAGE_ITEM_ACKNOWLEDGE,
  VANTAGE_ITEM_RESOLVE,
  VANTAGE_ITEM_PAGE,
  VANTAGE_ITEM_SHIFT,
  VANTAGE_ITEM_COMMIT,
  VANTAGE_ITEM_DEPLOY,
  VANTAGE_ITEM_CALL,
  VANTAGE_ITEM_UTTERANCE,
  VANTAGE_ITEM_OTHER,
  VANTAGE_N_ITEM_KINDS,
} VantageItemKind;

/* The stable words of the command line: "message", "edit" … (lent). */
const char *vantage_item_kind_to_text (VantageItemKind kind);
gboolean vantage_item_kind_from_text (const char *text, VantageItemKind *out);

/* Where the time zone of a time came from. */
typedef enum
{
  VANTAGE_ZONE_IN_FILE,
  VANTAGE_ZONE_CHOSEN,
  VANTAGE_ZONE_ASSUMED,
} VantageZoneOrigin;

typedef struct
{
  char *name;       /* "eyes", "+1::skin-tone-4": as in the source */
  gint count;       /* may exceed the people that are named */
  char **by;        /* account keys; NULL-terminated; never NULL */
  gint64 *times_us; /* one a person, VANTAGE_TIME_NONE where not recorded; NULL when none is */
} VantageReaction;

typedef struct
{
  char *name;  /* (nullable): some sources keep none */
  char *type;  /* (nullable): MIME or the source's own word */
  char *url;   /* (nullable): tokens masked */
  gint64 size; /* bytes; -1 unknown */
} VantageAttachment;

/*
 * A plain record. Strings are owned, valid UTF-8, NFC where they are keys. Reference counted, and
 * not changed after it was handed to somebody else.
 */
typedef struct
{
  gint refs;

  /* who and where: keys of the source, not shown names */
  char *channel;  /* channel id (16 hex) */
  char *local;    /* 1-80 of [A-Za-z0-9._:-] */
  char *account;  /* account key; NULL: nobody in the record */
  char *thread;   /* local id of the thread's root (on the root too); NULL: none */
  char *reply_to; /* local id; NULL */

  VantageItemKind kind;
  char *raw_time; /* the characters of the source */
  gint64 time_us; /* worked out; VANTAGE_TIME_NONE: none */
  VantagePrecision precision;
  VantageZoneOrigin zone_origin;
  gboolean twice; /* a wall time the clock showed twice; the earlier is taken */

  char *text;       /* plain, markup undone; "" allowed; a mention is "@" and the account key */
  gint64 edited_us; /* VANTAGE_TIME_NONE: no */
  gboolean deleted;
  GPtrArray *reactions;   /* (element-type VantageReaction) (nullable) */
  GPtrArray *attachments; /* (element-type VantageAttachment) (nullable) */
  char **mentions;        /* account keys (nullable) */
  char *url;              /* (nullable) */
  GPtrArray
      *extra; /* (element-type VantageItemExtra) (nullable): field, from, to … in file order */

  char *path;    /* file inside the source */
  gint64 line;   /* from 1; 0: not a line format */
  gint64 offset; /* bytes from its beginning; -1 unknown */
  gint64 length; /* bytes of the raw record there; 0 unknown */

  /* filled in by the store when read back; not part of the content */
  gint64 row;        /* key in the evidence database */
  char *source;      /* entity id of the source shown */
  char *person;      /* id of the person behind the account (merges followed); NULL */
  char *identity;    /* id of the identity; NULL */
  char *person_name; /* as shown */
  char *shown;       /* text with names in place of mentioned account keys; NULL: as `text` */
  char *channel_name;
} VantageItem;

typedef struct
{
  char *name;
  char *value;
} VantageItemExtra;

VantageItem *vantage_item_new (VantageItemKind kind);
VantageItem *vantage_item_ref (VantageItem *self);
void vantage_item_unref (VantageItem *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageItem, vantage_item_unref)

void vantage_item_add_extra (VantageItem *self, const char *name, const char *value);
const char *vantage_item_get_extra (const VantageItem *self, const char *name);
VantageReaction *vantage_item_add_reaction (VantageItem *self, const char *name, int count,
                                            const char *const *by);
VantageAttachment *vantage_item_add_attachment (VantageItem *self, const char *name,
                                                const char *type, const char *url, gint64 size);

/* The text for people to read: `shown` when the store filled it in, else `text`. Lent. */
const char *vantage_item_get_shown (const VantageItem *self);
/* Name to show for an account key; NULL when it is not known. Lent. */
typedef const char *(*VantageItemNameFunc) (const char *account, gpointer user_data);
/* The text for people to read: where it has "@" and a mentioned account key, the key gives way to
 * the name. (transfer full) */
char *vantage_item_dup_shown_text (const VantageItem *self, VantageItemNameFunc name_of,
                                   gpointer user_data);

/* Which code points of `text` a code point of the shown text stands for. */
typedef struct
{
  gint from, to; /* [from, to); the letters of a name stand for its whole account key */
} VantageShownPlace;

/* (element-type VantageShownPlace): one for each code point of vantage_item_get_shown (); NULL when
 * the two do not fit together. (transfer full) (nullable) */
GArray *vantage_item_map_shown (const VantageItem *self);

/* "<channel id>.<local id>"; (transfer full). */
char *vantage_item_dup_id (const VantageItem *self);
/* Splits an item id; FALSE when it is none. @out_local is lent from @id. */
gboolean vantage_item_id_split (const char *id, char out_channel[17], const char **out_local);

/* The canonical form: "name:bytes:value\n" for each field that is present, in the model's order,
 * lists sorted. (transfer full) */
GString *vantage_item_canonical (const VantageItem *self);
/* SHA-256 of the canonical form, in hex. (transfer full) */
char *vantage_item_digest (const VantageItem *self);
/* First 16 hex digits of SHA-256 over what was *said* (kind, raw time, edited, deleted, extra, and
 * the letters and digits of the text): the same in every container of one message. (transfer full)
 */
char *vantage_item_version (const VantageItem *self);
/* "x" and 16 hex digits from (thread, raw time, account, text): the id of a record that has none. A
 * second identical one gets "-2" from the caller. (transfer full) */
char *vantage_item_content_id (const char *thread, const char *raw_time, const char *account,
                               const char *text);

G_END_DECLS
