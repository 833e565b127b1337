/* vantage-times-private.h: events and statements as the network keeps them. */

#pragma once

#include "vantage-times.h"

G_BEGIN_DECLS

typedef struct _VantageTimesEvent VantageTimesEvent;

typedef struct
{
  VantageTimeStatement public; /* its strings are those below */
  char *id, *subject, *object;
  VantageTimesEvent *of, *other;       /* the events of these names; NULL: not there */
  guint seen;                          /* the solving it was collected for last */
  VantageContradiction *contradiction; /* NULL: it holds, or waits */
  int label;                           /* place in the part being solved */
} VantageTimesStatement;

struct _VantageTimesEvent
{
  char *id;
  gboolean is_span;
  GPtrArray *statements; /* (element-type VantageTimesStatement): that name it; each once */
  VantageTimeWindow window;
  VantageTimeWindow before; /* while it is solved */
  guint place;              /* in the part being solved; G_MAXUINT between */
  guint start, end;         /* its points there */
};

struct _VantageTimes
{
  GHashTable *events;     /* id → VantageTimesEvent */
  GHashTable *statements; /* "point id" → VantageTimesStatement */
  GHashTable *waiting;    /* event id not there → GPtrArray of VantageTimesStatement */
  GHashTable *touched;    /* set of VantageTimesEvent */
  GHashTable *aside;      /* set of VantageTimesStatement */
  GHashTable *changed; /* set of VantageTimesEvent: touched, or with another window than before */
  guint n_solved;      /* parts solved so far */
  GPtrArray *contradictions;
};

/* Whether it relates two events. */
gboolean vantage_times_is_about_two (const VantageTimesStatement *statement);
/* Whether all events that it names are there. */
gboolean vantage_times_is_complete (const VantageTimesStatement *statement);
/* Order of authority; of pointers to statements. */
int vantage_times_compare_statements (gconstpointer a, gconstpointer b);
void vantage_times_forget_contradiction (VantageTimes *self, VantageTimesStatement *statement);
void vantage_times_contradiction_free (VantageContradiction *self);

/* FALSE when the event is no instant of which one statement tells the time. */
gboolean vantage_times_solve_lone (VantageTimes *self, VantageTimesEvent *event);
/* Solves all that is connected with @first and takes it out of the touched. */
void vantage_times_solve_part (VantageTimes *self, VantageTimesEvent *first);

G_END_DECLS
