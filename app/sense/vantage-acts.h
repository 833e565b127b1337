/* vantage-acts.h: who did what, where and when, as plain columns: what all working out about people
 * reads. Filled from items, one by one, as a stream. */

#pragma once

#include "vantage-item.h"

G_BEGIN_DECLS

#define VANTAGE_NOBODY G_MAXUINT32

/* How a person stands to an item. */
typedef enum
{
  VANTAGE_ACT_WROTE,   /* said something: message, comment, ticket, utterance, file … */
  VANTAGE_ACT_DID,     /* did something: status, assignment, field, commit, deploy, call … */
  VANTAGE_ACT_ACKED,   /* acknowledged or resolved */
  VANTAGE_ACT_REACTED, /* the time is VANTAGE_TIME_NONE where it was not recorded */
  VANTAGE_ACT_JOINED,  /* came in; with `by`: was brought in by that person */
  VANTAGE_ACT_LEFT,
  VANTAGE_ACT_MENTIONED, /* was named in what another wrote */
  VANTAGE_ACT_ASSIGNED,  /* was given it */
  VANTAGE_ACT_PAGED,
  VANTAGE_ACT_ON_SHIFT,
} VantageActSort;

typedef struct
{
  gint64 time_us;  /* VANTAGE_TIME_NONE: not recorded */
  guint32 person;  /* never VANTAGE_NOBODY */
  guint32 by;      /* who brought in, mentioned, assigned, paged; VANTAGE_NOBODY */
  guint32 item;    /* index of the item */
  guint32 channel; /* index of the channel */
  VantageActSort sort;
} VantageAct;

/* One item, as far as is needed here. */
typedef struct
{
  const char *id; /* "<channel>.<local>" */
  gint64 time_us;
  gint64 unit_us; /* the time is in [time, time + unit) */
  gint64 end_us;  /* of a shift: first instant after it; VANTAGE_TIME_NONE: not told */
  VantageItemKind kind;
  guint32 channel;
  guint32 author;   /* person; VANTAGE_NOBODY */
  guint32 root;     /* item that its thread hangs on; VANTAGE_NOBODY; not itself */
  guint32 reply_to; /* item; VANTAGE_NOBODY */
  const char *text; /* its first 200 characters, on one line */
  gboolean asks;    /* has a question mark that ends a sentence */
  /* somebody else wrote later in its thread, or in the channel within 15 minutes */
  gboolean answered;
} VantageActItem;

typedef struct
{
  const char *id;
  const char *name;
  GHashTable *members;    /* set of persons, when the source lists them; NULL: it does not */
  gboolean records_joins; /* at least one join or leave was seen here */
  gboolean is_call;       /* somebody was heard in it */
} VantageActChannel;

typedef struct _VantageActs VantageActs;

/* The person behind an account key named in @item; NULL: none known. Lent. */
typedef const char *(*VantagePersonFunc) (const VantageItem *item, const char *account,
                                          gpointer user_data);

VantageActs *vantage_acts_new (VantagePersonFunc person, gpointer user_data,
                               GDestroyNotify destroy);
void vantage_acts_free (VantageActs *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageActs, vantage_acts_free)

/* Items in any order; the same id twice counts once. Copies what it needs. */
void vantage_acts_add_item (VantageActs *self, const VantageItem *item);
/* The channel's members as the source lists them: person ids, NULL-terminated. */
void vantage_acts_add_members (VantageActs *self, const char *channel, const char *const *persons);
/* A person who may have done nothing at all; returns the index. Again: the same index. */
guint32 vantage_acts_add_person (VantageActs *self, const char *person);
/* How the person is called, told before the items: pages whose record names nobody are read for it.
 */
void vantage_acts_set_name (VantageActs *self, const char *person, const char *name);
/* Sorts by time (those without one last) and joins replies to what they answer. Called by itself
 * when something was added. */
void vantage_acts_finish (VantageActs *self);

guint32 vantage_acts_get_n_persons (VantageActs *self);
const char *vantage_acts_get_person (VantageActs *self, guint32 person);
/* VANTAGE_NOBODY when not there. */
guint32 vantage_acts_find_person (VantageActs *self, const char *person);
const VantageAct *vantage_acts_get_acts (VantageActs *self, guint32 *out_n);
/* In order of time. */
const VantageActItem *vantage_acts_get_items (VantageActs *self, guint32 *out_n);
/* From the first to the last item that tells of something that happened: a rota tells what was
 * planned. FALSE: no such item has a time. */
gboolean vantage_acts_get_span (VantageActs *self, gint64 *out_begin_us, gint64 *out_end_us);
guint32 vantage_acts_find_item (VantageActs *self, const char *item);
const VantageActChannel *vantage_acts_get_channels (VantageActs *self, guint32 *out_n);

G_END_DECLS
