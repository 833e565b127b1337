/* vantage-event-filter.h: which events are wanted: as text that a view keeps, and as a question to
 * one event. */

#pragma once

#include "vantage-entity.h"

G_BEGIN_DECLS

/* NULL: any. What is set must all hold. */
typedef struct
{
  char *person; /* takes part in it, or tells it */
  char *kind;   /* event kind */
  char *claim;
  char *tag;    /* id */
  char *source; /* it rests on an item of this source: id */
  char *text;   /* words that all stand in its title, in any order and case */
} VantageEventFilter;

void vantage_event_filter_clear (VantageEventFilter *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VantageEventFilter, vantage_event_filter_clear)

/* Reads "person:ID kind:asked claim:recall tag:ID source:ID words of the title", in any order;
 * what is no such pair is a word. Never fails. @out is cleared by the caller. */
void vantage_event_filter_parse (const char *text, VantageEventFilter *out);
/* The same, in the order above: equal filters give equal text; "" for none. (transfer full) */
char *vantage_event_filter_to_text (const VantageEventFilter *self);
gboolean vantage_event_filter_is_empty (const VantageEventFilter *self);
void vantage_event_filter_copy (const VantageEventFilter *self, VantageEventFilter *out);

typedef struct
{
  /* The one that a person was merged into; lent; NULL: unknown. */
  const char *(*find_person) (const char *person, gpointer user_data);
  /* The source of an item; lent; NULL: not here. */
  const char *(*find_source) (const char *item, gpointer user_data);
  gpointer user_data;
} VantageEventLookup;

gboolean vantage_event_filter_matches (const VantageEventFilter *self, VantageEntity *event,
                                       const VantageEventLookup *lookup);

G_END_DECLS
