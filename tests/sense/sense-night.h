/* sense-night.h: a small night of items and entities that the tests of this folder are told with.
 */

#pragma once

#include "vantage-acts.h"
#include "vantage-entity.h"

#define SECOND G_GINT64_CONSTANT (1000000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define PAGE G_GINT64_CONSTANT (1710381780000000) /* Thursday 2024-03-14T02:03:00Z */
#define OPS "00000000000000aa"
#define HELP "00000000000000bb"

/* In these tests an account key is the person's id. */
static inline const char *
get_night_person (const VantageItem *item, const char *account, gpointer user_data)
{
  return account;
}

static inline VantageItem *
make_item (const char *channel, const char *local, VantageItemKind kind, gint64 at_us,
           const char *account, const char *text)
{
  VantageItem *item = vantage_item_new (kind);

  item->channel = g_strdup (channel);
  item->local = g_strdup (local);
  item->account = g_strdup (account);
  item->channel_name = g_strdup (g_str_equal (channel, OPS) ? "payments-ops" : "help");
  item->time_us = at_us;
  item->precision = VANTAGE_PRECISION_S;
  item->text = g_strdup (text != NULL ? text : "");
  return item;
}

/* Adds and lets go. */
static inline void
give (VantageActs *acts, VantageItem *item)
{
  vantage_acts_add_item (acts, item);
  vantage_item_unref (item);
}

static inline void
say (VantageActs *acts, const char *channel, const char *local, gint64 at_us, const char *who,
     const char *text)
{
  give (acts, make_item (channel, local, VANTAGE_ITEM_MESSAGE, at_us, who, text));
}

/* Registers by name and value, NULL at the end. (transfer full) */
static inline VantageEntity *
make_entity (const char *kind, const char *id, gboolean deleted, ...)
{
  g_autoptr (GHashTable) registers =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) vantage_value_unref);
  va_list args;

  va_start (args, deleted);
  for (const char *name = va_arg (args, const char *); name != NULL;
       name = va_arg (args, const char *))
    g_hash_table_insert (registers, g_strdup (name), va_arg (args, VantageValue *));
  va_end (args);
  return vantage_entity_new ("r", kind, id, registers, 1, 1, "d", NULL, deleted);
}
