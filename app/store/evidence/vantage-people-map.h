/* vantage-people-map.h: the names of one review: who is behind each account, what channels and
 * sources are called. A snapshot, made anew when something it shows has changed. Only for
 * app/store.
 */

#pragma once

#include "vantage-evidence-store.h"

G_BEGIN_DECLS

/* A person as shown, all merged ones in one. */
typedef struct
{
  char *id;
  char *name;
  GArray *identity_rows;      /* gint64 */
  GPtrArray *identities;      /* (element-type VantageIdentity), in the order of the rows */
  GPtrArray *merged;          /* (element-type utf8) */
  VantageEntity *person;      /* (nullable) */
  VantageEntity *particulars; /* (nullable) */
} VantageMapPerson;

typedef struct
{
  gint64 row;
  char *uid, *name, *family, *topic;
  VantageChannelSort sort;
} VantageMapChannel;

typedef struct
{
  gint64 row;
  char *entity;
  VantageSourceState state;
  gboolean zone_chosen; /* another zone than the one at import */
} VantageMapSource;

/* Behind one account. */
typedef struct
{
  char *key;                /* account key */
  char *identity;           /* id of the identity */
  VantageMapPerson *person; /* lent */
} VantageMapAccount;

struct _VantagePeopleMap
{
  gint refs;
  char *review;
  gint64 review_row;    /* 0: nothing was imported */
  gint64 generation;    /* of the rows */
  GPtrArray *people;    /* (element-type VantageMapPerson) */
  GHashTable *by_id;    /* any person id, merged ones too → VantageMapPerson */
  GHashTable *accounts; /* identity row → VantageMapAccount */
  GHashTable *by_key;   /* account key → VantageMapAccount; lent by `accounts` */
  GHashTable *channels; /* row → VantageMapChannel */
  GHashTable *sources;  /* row → VantageMapSource */
  gboolean is_alone;    /* no other review has rows */
  gboolean has_unseen;  /* some source is not kept: queries must leave its rows out */
  gboolean times_moved; /* some source has other choices of time than at its import */
  char *seen;           /* rows of the kept sources: "1,4,7"; "" none */
};

/* (transfer full) */
VantagePeopleMap *vantage_people_map_get (VantageEvidenceStore *store, const char *review,
                                          GError **error);
VantagePeopleMap *vantage_people_map_ref (VantagePeopleMap *self);
void vantage_people_map_unref (VantagePeopleMap *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantagePeopleMap, vantage_people_map_unref)
/* What was worked out for @review no longer holds. */
void vantage_people_map_forget (VantageEvidenceStore *store, const char *review);

/* NULL: nobody of this id is here. */
VantageMapPerson *vantage_people_map_find (VantagePeopleMap *self, const char *id);
VantageMapAccount *vantage_people_map_get_account (VantagePeopleMap *self, gint64 row);
VantageMapChannel *vantage_people_map_get_channel (VantagePeopleMap *self, gint64 row);
VantageMapSource *vantage_people_map_get_source (VantagePeopleMap *self, gint64 row);

G_END_DECLS
