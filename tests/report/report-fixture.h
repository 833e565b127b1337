/* report-fixture.h: a review made of entities in memory, as a report's input. */

#pragma once

#include <string.h>

#include "vantage-id.h"
#include "vantage-report.h"

#define ZERO_US G_GINT64_CONSTANT (1709258040000000) /* 2024-03-01T01:54:00Z */
#define MINUTE_US (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

typedef struct
{
  GHashTable *kinds; /* kind → GPtrArray of VantageEntity */
  GHashTable *items; /* id → VantageItem */
  GHashTable *names; /* person → name */
  GHashTable *ids;   /* short name → id */
  VantageReportInput input;
  VantageReportOptions options;
} Fixture;

/* The id that a short name of a test stands for; lent. */
static inline const char *
id_of (Fixture *fixture, const char *name)
{
  char *id = g_hash_table_lookup (fixture->ids, name);

  if (id == NULL)
    {
      id = vantage_id_compute (32, name, NULL);
      g_hash_table_insert (fixture->ids, g_strdup (name), id);
    }
  return id;
}

static GPtrArray *
list_cb (const char *kind, gpointer data)
{
  GPtrArray *list = g_hash_table_lookup (((Fixture *) data)->kinds, kind);
  GPtrArray *copy = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; list != NULL && i < list->len; i++)
    g_ptr_array_add (copy, g_object_ref (list->pdata[i]));
  return copy;
}

static VantageItem *
find_item_cb (const char *id, gpointer data)
{
  VantageItem *item = g_hash_table_lookup (((Fixture *) data)->items, id);

  return item != NULL ? vantage_item_ref (item) : NULL;
}

static char *
find_name_cb (const char *person, gpointer data)
{
  return g_strdup (g_hash_table_lookup (((Fixture *) data)->names, person));
}

/* @...: register name, VantageValue (transfer full), …, NULL. Lends the entity. */
static inline VantageEntity *
add_entity (Fixture *fixture, const char *kind, const char *name, ...)
{
  GHashTable *registers =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) vantage_value_unref);
  GPtrArray *list = g_hash_table_lookup (fixture->kinds, kind);
  VantageEntity *entity;
  va_list args;

  va_start (args, name);
  for (const char *field = va_arg (args, const char *); field != NULL;
       field = va_arg (args, const char *))
    g_hash_table_insert (registers, g_strdup (field), va_arg (args, VantageValue *));
  va_end (args);
  entity = vantage_entity_new (id_of (fixture, "review"), kind, id_of (fixture, name), registers,
                               ZERO_US, ZERO_US, "device", NULL, FALSE);
  g_hash_table_unref (registers);
  if (list == NULL)
    {
      list = g_ptr_array_new_with_free_func (g_object_unref);
      g_hash_table_insert (fixture->kinds, g_strdup (kind), list);
    }
  g_ptr_array_add (list, entity);
  return entity;
}

#define T(text) vantage_value_new_text (text)
#define YES vantage_value_new_yesno (TRUE)
#define REF(name) vantage_value_new_ref (id_of (fixture, name))

static inline VantageValue *
at (gint64 minutes, gint64 plus_minus_minutes)
{
  VantageWhen when = { .sort = VANTAGE_WHEN_AT,
                       .at_us = ZERO_US + minutes * MINUTE_US,
                       .plus_minus_us = plus_minus_minutes * MINUTE_US };

  return vantage_value_new_when (&when);
}

static inline VantageValue *
between (gint64 from, gint64 until)
{
  VantageWhen when = { .sort = VANTAGE_WHEN_BETWEEN,
                       .at_us = ZERO_US + from * MINUTE_US,
                       .until_us = ZERO_US + until * MINUTE_US };

  return vantage_value_new_when (&when);
}

/* "field/<id of name>"; lives as long as the program. */
static inline const char *
member (Fixture *fixture, const char *field, const char *name)
{
  g_autofree char *text = g_strconcat (field, "/", id_of (fixture, name), NULL);

  return g_intern_string (text);
}

#define ITEM_A "00112233aabbccdd.a"
#define ITEM_B "00112233aabbccdd.b"
#define ITEM_GONE "00112233aabbccdd.gone"

static inline VantageItem *
add_item (Fixture *fixture, const char *local, gint64 minutes, const char *person, const char *text)
{
  VantageItem *item = vantage_item_new (VANTAGE_ITEM_MESSAGE);

  item->channel = g_strdup ("00112233aabbccdd");
  item->local = g_strdup (local);
  item->time_us = ZERO_US + minutes * MINUTE_US;
  g_free (item->text);
  item->text = g_strdup (text);
  item->channel_name = g_strdup ("ops");
  if (person != NULL)
    {
      item->person = g_strdup (id_of (fixture, person));
      item->person_name = g_strdup (g_hash_table_lookup (fixture->names, item->person));
    }
  g_hash_table_insert (fixture->items, vantage_item_dup_id (item), item);
  return item;
}

static inline void
add_block (Fixture *fixture, const char *name, const char *of, const char *slot, const char *style,
           const char *text)
{
  add_entity (fixture, "block", name, "of", REF (of), "slot", T (slot), "style", T (style), "text",
              T (text), NULL);
}

static inline void
set_name (Fixture *fixture, const char *person, const char *name)
{
  g_hash_table_insert (fixture->names, g_strdup (id_of (fixture, person)), g_strdup (name));
}

static inline void
begin (Fixture *fixture, gconstpointer data)
{
  fixture->kinds =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  fixture->items =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) vantage_item_unref);
  fixture->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  fixture->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  fixture->input.list = list_cb;
  fixture->input.find_item = find_item_cb;
  fixture->input.find_name = find_name_cb;
  fixture->input.user_data = fixture;
  fixture->options.now_us = VANTAGE_TIME_NONE;
  fixture->input.review =
      add_entity (fixture, "review", "review", "title", T ("The slow queue"), NULL);
}

static inline void
end (Fixture *fixture, gconstpointer data)
{
  g_hash_table_unref (fixture->kinds);
  g_hash_table_unref (fixture->items);
  g_hash_table_unref (fixture->names);
  g_hash_table_unref (fixture->ids);
}

/* A small whole review: two people, three events, a finding with ground and one without. */
static inline void
fill (Fixture *fixture)
{
  set_name (fixture, "ana", "Ana Kowalska");
  set_name (fixture, "ben", "Ben Okafor");
  set_name (fixture, "bot", "Pager");
  add_entity (fixture, "person", "ana", "role", T ("On call"), "label", T ("Responder 1"), NULL);
  add_entity (fixture, "person", "ben", "team", T ("Storage"), NULL);
  add_entity (fixture, "person", "bot", "sort", T ("automation"), NULL);
  add_item (fixture, "a", 10, "ana", "is this us? Ben Okafor knows");
  add_item (fixture, "b", 20, "ben", "rolling back now");
  add_entity (fixture, "event", "asks", "title", T ("Ana asks whether it is theirs"), "kind",
              T ("asked"), "claim", T ("record"), "start", at (10, 0),
              member (fixture, "actors", "ana"), YES, "cites/" ITEM_A, YES, NULL);
  add_entity (fixture, "event", "sleeps", "title", T ("Ben sleeps"), "claim", T ("recall"), "start",
              between (-60, 5), "account", REF ("ben"), member (fixture, "actors", "ben"), YES,
              NULL);
  add_entity (fixture, "event", "undated", "title", T ("Somebody mentions the vendor"), NULL);
  add_entity (fixture, "passage", "drill", "words", T ("thought it was a drill"), "form",
              T ("role"), "shown_as", T ("an engineer on call"), "person", REF ("ana"), NULL);
  add_entity (fixture, "finding", "pages", "title", T ("Drills and pages look the same"), "status",
              T ("agreed"), member (fixture, "events", "asks"), YES,
              member (fixture, "passages", "drill"), YES, "cites/" ITEM_B, YES, NULL);
  add_block (fixture, "block-1", "pages", "text", "text",
             "Both are red, as [[item:" ITEM_A "]] shows.");
  add_entity (fixture, "finding", "bare", "title", T ("Two maps of the cache"), NULL);
  add_entity (fixture, "wonder", "who", "text", T ("Who owns the broker?"), NULL);
  add_entity (fixture, "experiment", "prefix", "hypothesis", T ("A prefix tells drills apart"),
              "probe", T ("Prefix drill pages"), "signal", T ("Fewer doubts"), "revisit",
              vantage_value_new_time (ZERO_US + 60 * 24 * 30 * MINUTE_US),
              member (fixture, "from", "pages"), YES, NULL);
}

static inline char *
write_markdown (Fixture *fixture)
{
  g_autoptr (VantageReport) report = vantage_report_new (&fixture->input, &fixture->options);

  return vantage_report_to_markdown (report);
}

static inline char *
write_html (Fixture *fixture)
{
  g_autoptr (VantageReport) report = vantage_report_new (&fixture->input, &fixture->options);

  return vantage_report_to_html (report);
}

#define assert_holds(text, part)                                                                   \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if (strstr (text, part) == NULL)                                                               \
      g_error ("“%s” is not in:\n%s", part, text);                                                 \
  }                                                                                                \
  G_STMT_END

#define assert_lacks(text, part)                                                                   \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if (strstr (text, part) != NULL)                                                               \
      g_error ("“%s” is in:\n%s", part, text);                                                     \
  }                                                                                                \
  G_STMT_END

#define add_case(path, func) g_test_add ("/report/" path, Fixture, NULL, begin, func, end)
