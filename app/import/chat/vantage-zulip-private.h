/* vantage-zulip-private.h: what the parts of the Zulip reader share. */

#pragma once

#include "vantage-chat.h"

G_BEGIN_DECLS

typedef enum
{
  VANTAGE_ZULIP_PERSON = 1, /* the numbers are Zulip's own */
  VANTAGE_ZULIP_STREAM = 2,
  VANTAGE_ZULIP_GROUP = 3,
} VantageZulipSort;

typedef struct
{
  VantageChat chat;
  GHashTable *recipients; /* id → VantageZulipRecipient */
  GHashTable *streams;    /* id → VantageZulipStream */
  GHashTable *ids;        /* full name → account key; "" where two people have it */
  GHashTable *hanging;    /* message id → VantageZulipHanging */
  GHashTable *topics;     /* channel and topic → id of its first message (gint64) */
  gboolean unplaced;      /* a message was there whose recipient no table names */
} VantageZulip;

typedef struct
{
  VantageZulipSort sort;
  char *to;           /* id of the person, stream or group */
  GPtrArray *members; /* account keys of a group (nullable) */
} VantageZulipRecipient;

typedef struct
{
  char *name, *description;
} VantageZulipStream;

/* What other tables say of a message. */
typedef struct
{
  GPtrArray *reactions; /* "name\nkey" each (nullable) */
  GPtrArray *files;     /* "size\npath\nname" each (nullable) */
} VantageZulipHanging;

void vantage_zulip_init (VantageZulip *self, VantageReading *reading);
void vantage_zulip_clear (VantageZulip *self);

/* One row of the table @name, "zerver_stream"; what is of no use is passed over. */
void vantage_zulip_learn_row (VantageZulip *self, const char *name, VantageNode *row);
/* Whether rows of the table are to be learnt. */
gboolean vantage_zulip_has_use (const char *name);
/* Somebody as a list of users or a message itself has them. */
void vantage_zulip_learn_person (VantageZulip *self, VantageNode *person, gint64 time_us);

/* Where a message was sent to. */
VantageChatChannel *vantage_zulip_find_channel (VantageZulip *self, VantageNode *message);

gboolean vantage_zulip_is_message (VantageNode *node);
gboolean vantage_zulip_take_message (VantageZulip *self, VantageNode *message, GError **error);

G_END_DECLS
