/* vantage-times.h: from what is said about time to when each event can have happened. A simple
 * temporal network (Dechter, Meiri and Pearl, 1991). */

#pragma once

#include "vantage-entity.h"
#include "vantage-time.h"

G_BEGIN_DECLS

#define VANTAGE_WINDOW_OPEN_BEGIN G_MININT64 /* nothing says "not before" */
#define VANTAGE_WINDOW_OPEN_END G_MAXINT64   /* nothing says "not after" */
#define VANTAGE_DURATION_OPEN G_MAXINT64     /* no greatest distance */

typedef enum
{
  VANTAGE_REL_AT,      /* a_us ± b_us */
  VANTAGE_REL_BETWEEN, /* from a_us to b_us */
  VANTAGE_REL_BEFORE,  /* ends a_us to b_us before the object begins */
  VANTAGE_REL_AFTER,   /* begins a_us to b_us after the object ends */
  VANTAGE_REL_DURING,  /* within the object */
  VANTAGE_REL_SAME,    /* begins within ± a_us of the object's begin */
  VANTAGE_REL_LASTS,   /* from a_us to b_us long */
} VantageTimeRel;

/* "at", "between" …: the words of the record. */
const char *vantage_time_rel_to_text (VantageTimeRel rel);
gboolean vantage_time_rel_from_text (const char *text, VantageTimeRel *out);

/* Which of an event's two time points its own time speaks of. */
typedef enum
{
  VANTAGE_POINT_STATEMENT, /* no own time: a statement entity */
  VANTAGE_POINT_START,     /* the event's `start` */
  VANTAGE_POINT_END,       /* the event's `end` */
} VantageTimePoint;

/* One thing known about time. Known by (id, point): the own times of an event have its id. */
typedef struct
{
  const char *id;
  VantageTimePoint point;
  const char *subject; /* event id */
  const char *object;  /* event id; NULL for AT, BETWEEN, LASTS */
  VantageTimeRel rel;
  gint64 a_us, b_us;
  gboolean record;  /* its authority is a record, not somebody's account */
  guint confidence; /* 0 certain, 1 likely, 2 unsure, 3 none given */
} VantageTimeStatement;

/* When an event can have happened; both ends of each window are possible instants. */
typedef struct
{
  gint64 earliest_us, latest_us;         /* of its start */
  gint64 end_earliest_us, end_latest_us; /* of its end; the same for an instant */
  gboolean given;                        /* a statement about this very event holds */
  gboolean contradicted;                 /* one that names it was set aside */
} VantageTimeWindow;

/* A statement that was set aside, and the circle it would close: itself first, then on along the
 * circle, each named once. The list is (element-type VantageTimeStatement), lent like its strings
 * until the network changes. */
typedef struct
{
  const VantageTimeStatement *set_aside;
  GPtrArray *circle;
} VantageContradiction;

typedef struct _VantageTimes VantageTimes;

VantageTimes *vantage_times_new (void);
void vantage_times_free (VantageTimes *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageTimes, vantage_times_free)

/* @is_span: it has an end of its own; else start and end are one. Again for an event that is there:
 * changes it. An event that a LASTS statement speaks of is a span whatever is said here. */
void vantage_times_set_event (VantageTimes *self, const char *id, gboolean is_span);
void vantage_times_remove_event (VantageTimes *self, const char *id);
/* Copies; replaces the one of the same id and point. Statements wait for events not there yet. */
void vantage_times_set_statement (VantageTimes *self, const VantageTimeStatement *statement);
void vantage_times_remove_statement (VantageTimes *self, const char *id, VantageTimePoint point);

/* Solves what changed since the last time, and what is connected to it: getters do it by
 * themselves. Statements enter records first, then by confidence, then by id; one that cannot hold
 * together with those before it is set aside. The answer does not depend on the order of calls. */
void vantage_times_solve (VantageTimes *self);

/* The events of which anything was said anew, or whose window is another, since this was asked
 * last: solves first. (transfer container) (element-type utf8): lent ids, in no order */
GPtrArray *vantage_times_take_changed (VantageTimes *self);

/* FALSE when there is no such event. */
gboolean vantage_times_get_window (VantageTimes *self, const char *event, VantageTimeWindow *out);
/* (element-type VantageContradiction): in order of the statement set aside; lent until the network
 * changes. */
GPtrArray *vantage_times_get_contradictions (VantageTimes *self);
/* Those of them that name a statement about @event. (transfer container) */
GPtrArray *vantage_times_list_contradictions_of (VantageTimes *self, const char *event);
/* The statements about @event, held or not, in order of authority. (transfer container)
 * (element-type VantageTimeStatement) */
GPtrArray *vantage_times_list_statements_of (VantageTimes *self, const char *event);
gboolean vantage_times_is_set_aside (VantageTimes *self, const char *id, VantageTimePoint point);

/* Every event, in order of earliest start, then id: for lists. (transfer container) (element-type
 * utf8): lent ids. */
GPtrArray *vantage_times_list_events (VantageTimes *self);

/* The time of an item: FALSE when it has none or is not here. */
typedef gboolean (*VantageItemTimeFunc) (const char *item, gint64 *out_us,
                                         VantagePrecision *out_precision, gpointer user_data);

/* Takes an `event` or `statement` entity as it is now, own times and authority included; a deleted
 * one is taken out. Entities of other kinds are passed over. A time taken from an item whose
 * precision is a unit u is one in [T, T + u). */
void vantage_times_take_entity (VantageTimes *self, VantageEntity *entity,
                                VantageItemTimeFunc item_time, gpointer user_data);

G_END_DECLS
