/* vantage-paging.h: what the readers of paging, alerts, status pages and rotations share: channels
 * and people told once, times as such systems write them, each record once. Inside import/ only. */

#pragma once

#include "vantage-reader.h"
#include "vantage-records.h"

G_BEGIN_DECLS

typedef struct
{
  VantageReading *reading;
  char *system; /* host of the account; "" when the files do not tell */

  /* where the record being read stands */
  const VantageEntry *entry;
  gint64 line, offset, length;

  GHashTable *channels; /* channel id → name that was told */
  GHashTable *people;   /* account key → how much was told of it */
  GHashTable *seen;     /* set of hashes of item ids */
  GHashTable *contents; /* content id → how often it was given */
  guint64 n_repeated;
} VantagePaging;

void vantage_paging_init (VantagePaging *self, VantageReading *reading);
void vantage_paging_clear (VantagePaging *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VantagePaging, vantage_paging_clear)

/* The first host in the beginnings of the files that ends with @ending ("acme" of
 * ".pagerduty.com"), but for the ones of the maker itself, becomes the system. */
void vantage_paging_find_system (VantagePaging *self, const char *ending);
void vantage_paging_set_place (VantagePaging *self, const VantageRecordPlace *place);
/* Says how many records came again. @what: a plural, in the middle of a sentence. */
gboolean vantage_paging_finish (VantagePaging *self, const char *what, GError **error);

/* ---- who and where ---- */

/* @name NULL: the key. @out_id: (transfer full). */
gboolean vantage_paging_tell_channel (VantagePaging *self, VantageChannelSort sort, const char *key,
                                      const char *name, char **out_id, GError **error);
/* @name, @email nullable. */
gboolean vantage_paging_tell_person (VantagePaging *self, const char *key, const char *name,
                                     const char *email, gboolean bot, GError **error);

/* ---- times ---- */

typedef enum
{
  VANTAGE_PAGING_TIME_OK,
  VANTAGE_PAGING_TIME_NONE, /* not there, or the year 1 or 1970 that stand for nothing */
  VANTAGE_PAGING_TIME_BAD,
} VantagePagingTimeState;

/* RFC 3339, or a number since 1970 in any unit. Outputs are set when it is OK. */
VantagePagingTimeState vantage_paging_read_time (const char *raw, gint64 *out_us,
                                                 VantagePrecision *out_precision,
                                                 gboolean *out_has_zone);
/* Sets the time of @item from @raw. Where that is none or bad, the record is told as left out and
 * @out_ok is FALSE. */
gboolean vantage_paging_set_time (VantagePaging *self, VantageItem *item, const char *raw,
                                  gboolean *out_ok, GError **error);

/* ---- items ---- */

/* Everything set but place and, where it has no own, local id. Takes @item. One that came before
 * is counted and dropped. */
gboolean vantage_paging_take (VantagePaging *self, VantageItem *item, GError **error);
gboolean vantage_paging_skip (VantagePaging *self, const char *code, GError **error,
                              const char *format, ...) G_GNUC_PRINTF (4, 5);
/* Web addresses only, without tokens. */
void vantage_paging_set_url (VantageItem *item, const char *url);
/* Adds a paragraph unless it is empty or the text says it already. */
void vantage_paging_add_text (VantageItem *item, const char *text);
/* Adds the plain members of an object as lines "name: value"; a text as it is. */
void vantage_paging_add_details (VantageItem *item, VantageNode *details);
/* Adds an extra unless @value is NULL or empty. */
void vantage_paging_add_extra (VantageItem *item, const char *name, const char *value);
/* E-mail addresses and telephone numbers in the text give way to a word: they say where somebody
 * was reached, which is not needed to know that they were. */
void vantage_paging_hide_addresses (VantageItem *item);

/* ---- records ---- */

/* Text of a member that is a string or number and not empty. Lent; NULL. */
const char *vantage_paging_get (VantageNode *object, const char *name);
/* The first of @names that says something; NULL-terminated. */
const char *vantage_paging_get_any (VantageNode *object, const char *const *names);

G_END_DECLS
