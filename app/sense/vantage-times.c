/* vantage-times.c: events and statements, the connected parts of them, and each part solved anew
 * when it was touched. A part is connected by statements between events; the epoch connects
 * nothing, since a cycle through it stays within one part. */

#include "vantage-times.h"

#include "vantage-network.h"

#include <string.h>

typedef struct
{
  VantageTimeStatement public; /* its strings are those below */
  char *id, *subject, *object;
  VantageContradiction *contradiction; /* NULL: it holds, or waits */
  int label;                           /* place in the part being solved */
} Statement;

typedef struct
{
  char *id;
  gboolean is_span;
  GPtrArray *statements; /* (element-type Statement): that name it; each once */
  VantageTimeWindow window;
  guint place;      /* in the part being solved; G_MAXUINT between */
  guint start, end; /* its points there */
} Event;

struct _VantageTimes
{
  GHashTable *events;     /* id → Event */
  GHashTable *statements; /* "point id" → Statement */
  GHashTable *waiting;    /* event id not there → GPtrArray of Statement */
  GHashTable *touched;    /* set of Event */
  GHashTable *aside;      /* set of Statement */
  GPtrArray *contradictions;
};

static const char *const rel_words[] = { "at",     "between", "before", "after",
                                         "during", "same",    "lasts" };

const char *
vantage_time_rel_to_text (VantageTimeRel rel)
{
  return rel_words[rel];
}

gboolean
vantage_time_rel_from_text (const char *text, VantageTimeRel *out)
{
  for (guint i = 0; i < G_N_ELEMENTS (rel_words); i++)
    if (g_strcmp0 (text, rel_words[i]) == 0)
      {
        *out = (VantageTimeRel) i;
        return TRUE;
      }
  return FALSE;
}

static void
contradiction_free (VantageContradiction *self)
{
  g_ptr_array_unref (self->circle);
  g_free (self);
}

static void
statement_free (gpointer data)
{
  Statement *self = data;

  g_clear_pointer (&self->contradiction, contradiction_free);
  g_free (self->id);
  g_free (self->subject);
  g_free (self->object);
  g_free (self);
}

static void
event_free (gpointer data)
{
  Event *self = data;

  g_free (self->id);
  g_ptr_array_unref (self->statements);
  g_free (self);
}

VantageTimes *
vantage_times_new (void)
{
  VantageTimes *self = g_new0 (VantageTimes, 1);

  self->events = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, event_free);
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, statement_free);
  self->waiting =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->touched = g_hash_table_new (NULL, NULL);
  self->aside = g_hash_table_new (NULL, NULL);
  self->contradictions = g_ptr_array_new ();
  return self;
}

void
vantage_times_free (VantageTimes *self)
{
  g_ptr_array_unref (self->contradictions);
  g_hash_table_unref (self->aside);
  g_hash_table_unref (self->touched);
  g_hash_table_unref (self->waiting);
  g_hash_table_unref (self->events);
  g_hash_table_unref (self->statements);
  g_free (self);
}

/* ---- what is there ---- */

static void
touch (VantageTimes *self, Event *event)
{
  if (event != NULL)
    g_hash_table_add (self->touched, event);
}

static gboolean
is_about_two (const Statement *statement)
{
  return statement->object != NULL;
}

/* Whether all events that it names are there. */
static gboolean
is_complete (VantageTimes *self, const Statement *statement)
{
  return g_hash_table_contains (self->events, statement->subject) &&
         (!is_about_two (statement) || g_hash_table_contains (self->events, statement->object));
}

static void
name_event (VantageTimes *self, Statement *statement, const char *id)
{
  Event *event = g_hash_table_lookup (self->events, id);
  GPtrArray *list;

  if (event != NULL)
    {
      g_ptr_array_add (event->statements, statement);
      touch (self, event);
      return;
    }
  list = g_hash_table_lookup (self->waiting, id);
  if (list == NULL)
    {
      list = g_ptr_array_new ();
      g_hash_table_insert (self->waiting, g_strdup (id), list);
    }
  g_ptr_array_add (list, statement);
}

static void
unname_event (VantageTimes *self, Statement *statement, const char *id)
{
  Event *event = g_hash_table_lookup (self->events, id);
  GPtrArray *list = g_hash_table_lookup (self->waiting, id);

  if (event != NULL)
    {
      g_ptr_array_remove (event->statements, statement);
      touch (self, event);
    }
  if (list == NULL)
    return;
  g_ptr_array_remove (list, statement);
  if (list->len == 0)
    g_hash_table_remove (self->waiting, id);
}

void
vantage_times_set_event (VantageTimes *self, const char *id, gboolean is_span)
{
  Event *event = g_hash_table_lookup (self->events, id);
  g_autofree char *key = NULL;
  GPtrArray *list = NULL;

  if (event != NULL)
    {
      if (event->is_span != is_span)
        touch (self, event);
      event->is_span = is_span;
      return;
    }
  event = g_new0 (Event, 1);
  event->id = g_strdup (id);
  event->is_span = is_span;
  event->place = G_MAXUINT;
  if (g_hash_table_steal_extended (self->waiting, id, (gpointer *) &key, (gpointer *) &list))
    event->statements = list;
  else
    event->statements = g_ptr_array_new ();
  g_hash_table_insert (self->events, event->id, event);
  touch (self, event);
}

static void
forget_contradiction (VantageTimes *self, Statement *statement)
{
  g_hash_table_remove (self->aside, statement);
  g_clear_pointer (&statement->contradiction, contradiction_free);
}

void
vantage_times_remove_event (VantageTimes *self, const char *id)
{
  Event *event = g_hash_table_lookup (self->events, id);

  if (event == NULL)
    return;
  for (guint i = 0; i < event->statements->len; i++)
    {
      Statement *statement = g_ptr_array_index (event->statements, i);

      forget_contradiction (self, statement);
      touch (self, g_hash_table_lookup (self->events, statement->subject));
      if (is_about_two (statement))
        touch (self, g_hash_table_lookup (self->events, statement->object));
    }
  g_hash_table_remove (self->touched, event);
  if (event->statements->len > 0)
    g_hash_table_insert (self->waiting, g_strdup (id), g_ptr_array_ref (event->statements));
  g_ptr_array_set_size (self->contradictions, 0);
  /* so that the list is made anew although nothing may be left to solve */
  g_hash_table_remove (self->events, id);
}

static char *
make_key (const char *id, VantageTimePoint point)
{
  return g_strdup_printf ("%d %s", (int) point, id);
}

void
vantage_times_remove_statement (VantageTimes *self, const char *id, VantageTimePoint point)
{
  g_autofree char *key = make_key (id, point);
  Statement *statement = g_hash_table_lookup (self->statements, key);

  if (statement == NULL)
    return;
  forget_contradiction (self, statement);
  unname_event (self, statement, statement->subject);
  if (is_about_two (statement) && strcmp (statement->subject, statement->object) != 0)
    unname_event (self, statement, statement->object);
  g_ptr_array_set_size (self->contradictions, 0);
  g_hash_table_remove (self->statements, key);
}

static gboolean
is_same_statement (const VantageTimeStatement *a, const VantageTimeStatement *b)
{
  return g_strcmp0 (a->subject, b->subject) == 0 && g_strcmp0 (a->object, b->object) == 0 &&
         a->rel == b->rel && a->a_us == b->a_us && a->b_us == b->b_us && a->record == b->record &&
         a->confidence == b->confidence;
}

static gboolean
needs_object (VantageTimeRel rel)
{
  return rel == VANTAGE_REL_BEFORE || rel == VANTAGE_REL_AFTER || rel == VANTAGE_REL_DURING ||
         rel == VANTAGE_REL_SAME;
}

void
vantage_times_set_statement (VantageTimes *self, const VantageTimeStatement *statement)
{
  g_autofree char *key = make_key (statement->id, statement->point);
  Statement *known = g_hash_table_lookup (self->statements, key);

  g_return_if_fail (statement->subject != NULL);
  g_return_if_fail (statement->object != NULL || !needs_object (statement->rel));

  if (known != NULL && is_same_statement (&known->public, statement))
    return;
  vantage_times_remove_statement (self, statement->id, statement->point);
  known = g_new0 (Statement, 1);
  known->public = *statement;
  known->public.id = known->id = g_strdup (statement->id);
  known->public.subject = known->subject = g_strdup (statement->subject);
  known->object = needs_object (statement->rel) ? g_strdup (statement->object) : NULL;
  known->public.object = known->object;
  g_hash_table_insert (self->statements, g_steal_pointer (&key), known);
  name_event (self, known, known->subject);
  if (is_about_two (known) && strcmp (known->subject, known->object) != 0)
    name_event (self, known, known->object);
}

/* ---- one part ---- */

static int
compare_statements (gconstpointer a, gconstpointer b)
{
  const Statement *x = *(const Statement *const *) a, *y = *(const Statement *const *) b;
  int order;

  if (x->public.record != y->public.record)
    return x->public.record ? -1 : 1;
  if (!x->public.record && x->public.confidence != y->public.confidence)
    return x->public.confidence < y->public.confidence ? -1 : 1;
  order = strcmp (x->id, y->id);
  return order != 0 ? order : (int) x->public.point - (int) y->public.point;
}

static int
compare_events (gconstpointer a, gconstpointer b)
{
  const Event *x = *(const Event *const *) a, *y = *(const Event *const *) b;

  return strcmp (x->id, y->id);
}

/* All events connected with @first, and the statements between them, in their orders. */
static void
collect_part (VantageTimes *self, Event *first, GPtrArray *events, GPtrArray *statements)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  first->place = 0;
  g_ptr_array_add (events, first);
  for (guint i = 0; i < events->len; i++)
    {
      Event *event = g_ptr_array_index (events, i);

      g_hash_table_remove (self->touched, event);
      for (guint j = 0; j < event->statements->len; j++)
        {
          Statement *statement = g_ptr_array_index (event->statements, j);
          Event *other;

          if (!is_complete (self, statement) || !g_hash_table_add (seen, statement))
            continue;
          g_ptr_array_add (statements, statement);
          if (!is_about_two (statement))
            continue;
          other = g_hash_table_lookup (self->events, strcmp (statement->subject, event->id) == 0
                                                         ? statement->object
                                                         : statement->subject);
          if (other->place != G_MAXUINT)
            continue;
          other->place = 0;
          g_ptr_array_add (events, other);
        }
    }
  g_ptr_array_sort (events, compare_events);
  g_ptr_array_sort (statements, compare_statements);
}

/* Gives each event its points; returns how many there are with the epoch. */
static guint
number_points (GPtrArray *events)
{
  guint n = VANTAGE_NETWORK_ZERO + 1;

  for (guint i = 0; i < events->len; i++)
    {
      Event *event = g_ptr_array_index (events, i);
      gboolean is_span = event->is_span;

      for (guint j = 0; j < event->statements->len && !is_span; j++)
        {
          const Statement *statement = g_ptr_array_index (event->statements, j);

          is_span = statement->public.rel == VANTAGE_REL_LASTS;
        }
      event->place = i;
      event->start = n++;
      event->end = is_span ? n++ : event->start;
    }
  return n;
}

/* x - y lies between @least and @most. */
static guint
bound_both (VantageConstraint *out, guint x, guint y, VantageWide least, gint64 most)
{
  out[0] = (VantageConstraint){ y, x, -least };
  if (most == VANTAGE_DURATION_OPEN)
    return 1;
  out[1] = (VantageConstraint){ x, y, most };
  return 2;
}

/* What a statement says, as constraints; returns how many, at most two. */
static guint
translate (const VantageTimeStatement *s, const Event *subject, const Event *object,
           VantageConstraint *out)
{
  const guint zero = VANTAGE_NETWORK_ZERO;
  guint first = s->point == VANTAGE_POINT_END ? subject->end : subject->start;
  guint last = s->point == VANTAGE_POINT_START ? subject->start : subject->end;
  VantageWide about = MAX (s->b_us, 0);

  switch (s->rel)
    {
    case VANTAGE_REL_AT:
      out[0] = (VantageConstraint){ zero, first, -((VantageWide) s->a_us - about) };
      out[1] = (VantageConstraint){ first, zero, (VantageWide) s->a_us + about };
      return 2;
    case VANTAGE_REL_BETWEEN:
      out[0] = (VantageConstraint){ zero, first, -(VantageWide) s->a_us };
      out[1] = (VantageConstraint){ last, zero, s->b_us };
      return 2;
    case VANTAGE_REL_BEFORE:
      return bound_both (out, object->start, subject->end, s->a_us, s->b_us);
    case VANTAGE_REL_AFTER:
      return bound_both (out, subject->start, object->end, s->a_us, s->b_us);
    case VANTAGE_REL_DURING:
      out[0] = (VantageConstraint){ object->start, subject->start, 0 };
      out[1] = (VantageConstraint){ subject->end, object->end, 0 };
      return 2;
    case VANTAGE_REL_SAME:
      return bound_both (out, subject->start, object->start, -(VantageWide) MAX (s->a_us, 0),
                         MAX (s->a_us, 0));
    case VANTAGE_REL_LASTS:
      return bound_both (out, subject->end, subject->start, s->a_us, s->b_us);
    default:
      return 0;
    }
}

/* Where a relative statement would put the other of its events, the one given being at @at. */
static VantageWide
guess_other (const VantageTimeStatement *s, gboolean from_object, VantageWide at)
{
  VantageWide away = 0;

  if (s->rel == VANTAGE_REL_BEFORE)
    away = -(VantageWide) s->a_us;
  else if (s->rel == VANTAGE_REL_AFTER)
    away = s->a_us;
  return from_object ? at + away : at - away;
}

static void
spread_guesses (VantageTimes *self, GPtrArray *events, GArray *queue, gboolean *guessed,
                VantageWide *guesses)
{
  for (guint i = 0; i < queue->len; i++)
    {
      const Event *event = g_ptr_array_index (events, g_array_index (queue, guint, i));

      for (guint j = 0; j < event->statements->len; j++)
        {
          const Statement *statement = g_ptr_array_index (event->statements, j);
          gboolean from_object;
          const Event *other;

          if (!is_about_two (statement) || !is_complete (self, statement))
            continue;
          from_object = strcmp (statement->object, event->id) == 0;
          other = g_hash_table_lookup (self->events,
                                       from_object ? statement->subject : statement->object);
          if (guessed[other->place])
            continue;
          guessed[other->place] = TRUE;
          guesses[other->place] =
              guess_other (&statement->public, from_object, guesses[event->place]);
          g_array_append_val (queue, other->place);
        }
    }
  g_array_set_size (queue, 0);
}

/* A first idea of where everything is: exact times, then what stands in relation to them. */
static void
guess_places (VantageTimes *self, GPtrArray *events, GPtrArray *statements, VantageNetwork *network)
{
  g_autofree gboolean *guessed = g_new0 (gboolean, events->len);
  g_autofree VantageWide *guesses = g_new0 (VantageWide, events->len);
  g_autoptr (GArray) queue = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < statements->len; i++)
    {
      const Statement *statement = g_ptr_array_index (statements, i);
      const Event *event = g_hash_table_lookup (self->events, statement->subject);

      if (statement->public.rel > VANTAGE_REL_BETWEEN || guessed[event->place])
        continue;
      guessed[event->place] = TRUE;
      guesses[event->place] = statement->public.a_us;
      g_array_append_val (queue, event->place);
    }
  spread_guesses (self, events, queue, guessed, guesses);
  for (guint i = 0; i < events->len; i++)
    {
      const Event *event = g_ptr_array_index (events, i);

      if (!guessed[i])
        {
          guessed[i] = TRUE;
          g_array_append_val (queue, i);
          spread_guesses (self, events, queue, guessed, guesses);
        }
      vantage_network_guess (network, event->start, guesses[i]);
      vantage_network_guess (network, event->end, guesses[i]);
    }
}

static void
set_aside (VantageTimes *self, Statement *statement, GPtrArray *statements, GArray *circle)
{
  VantageContradiction *contradiction = g_new0 (VantageContradiction, 1);

  contradiction->set_aside = &statement->public;
  contradiction->circle = g_ptr_array_new ();
  for (guint i = 0; i < circle->len; i++)
    {
      Statement *met = g_ptr_array_index (statements, (guint) g_array_index (circle, int, i));

      g_ptr_array_add (contradiction->circle, &met->public);
    }
  statement->contradiction = contradiction;
  g_hash_table_add (self->aside, statement);
}

static void
enter_statements (VantageTimes *self, GPtrArray *statements, VantageNetwork *network)
{
  g_autoptr (GArray) circle = g_array_new (FALSE, FALSE, sizeof (int));

  for (guint i = 0; i < statements->len; i++)
    {
      Statement *statement = g_ptr_array_index (statements, i);
      Event *subject = g_hash_table_lookup (self->events, statement->subject);
      Event *object =
          is_about_two (statement) ? g_hash_table_lookup (self->events, statement->object) : NULL;
      VantageConstraint constraints[2];
      guint n = translate (&statement->public, subject, object, constraints);

      forget_contradiction (self, statement);
      if (vantage_network_add (network, constraints, n, (int) i, circle))
        {
          subject->window.given = TRUE;
          continue;
        }
      set_aside (self, statement, statements, circle);
      subject->window.contradicted = TRUE;
      if (object != NULL)
        object->window.contradicted = TRUE;
    }
}

static gint64
narrow (VantageWide value)
{
  if (value <= G_MININT64)
    return G_MININT64 + 1;
  return value >= G_MAXINT64 ? G_MAXINT64 - 1 : (gint64) value;
}

static void
read_window (Event *event, const VantageBounds *bounds)
{
  const VantageBounds *start = &bounds[event->start], *end = &bounds[event->end];
  VantageTimeWindow *w = &event->window;

  w->earliest_us = start->has_earliest ? narrow (start->earliest) : VANTAGE_WINDOW_OPEN_BEGIN;
  w->latest_us = start->has_latest ? narrow (start->latest) : VANTAGE_WINDOW_OPEN_END;
  w->end_earliest_us = end->has_earliest ? narrow (end->earliest) : VANTAGE_WINDOW_OPEN_BEGIN;
  w->end_latest_us = end->has_latest ? narrow (end->latest) : VANTAGE_WINDOW_OPEN_END;
}

/* Nearly all events of a big review are instants of which one record tells the time: no network is
 * needed for them. */
static gboolean
solve_lone (VantageTimes *self, Event *event)
{
  const VantageTimeStatement *s;

  if (event->statements->len != 1 || event->is_span)
    return FALSE;
  s = &((Statement *) g_ptr_array_index (event->statements, 0))->public;
  if (s->rel > VANTAGE_REL_BETWEEN || (s->rel == VANTAGE_REL_BETWEEN && s->b_us < s->a_us) ||
      (s->rel == VANTAGE_REL_AT && s->b_us != 0))
    return FALSE;
  forget_contradiction (self, g_ptr_array_index (event->statements, 0));
  g_hash_table_remove (self->touched, event);
  event->window = (VantageTimeWindow){ .given = TRUE };
  event->window.earliest_us = event->window.end_earliest_us = s->a_us;
  event->window.latest_us = event->window.end_latest_us =
      s->rel == VANTAGE_REL_AT ? s->a_us : s->b_us;
  return TRUE;
}

static void
solve_part (VantageTimes *self, Event *first)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new ();
  g_autoptr (GPtrArray) statements = g_ptr_array_new ();
  g_autoptr (VantageNetwork) network = NULL;
  g_autofree VantageBounds *bounds = NULL;
  guint n_points;

  collect_part (self, first, events, statements);
  n_points = number_points (events);
  network = vantage_network_new (n_points);
  guess_places (self, events, statements, network);
  for (guint i = 0; i < events->len; i++)
    {
      Event *event = g_ptr_array_index (events, i);
      VantageConstraint order = { event->start, event->end, 0 };

      event->window = (VantageTimeWindow){ 0 };
      if (event->start != event->end)
        vantage_network_add (network, &order, 1, VANTAGE_NETWORK_STRUCTURE, NULL);
    }
  enter_statements (self, statements, network);
  bounds = g_new (VantageBounds, n_points);
  vantage_network_solve (network, bounds);
  for (guint i = 0; i < events->len; i++)
    {
      Event *event = g_ptr_array_index (events, i);

      read_window (event, bounds);
      event->place = G_MAXUINT;
    }
}

static int
compare_contradictions (gconstpointer a, gconstpointer b)
{
  const VantageContradiction *x = *(const VantageContradiction *const *) a;
  const VantageContradiction *y = *(const VantageContradiction *const *) b;
  const Statement *s = (const Statement *) (gconstpointer) x->set_aside;
  const Statement *t = (const Statement *) (gconstpointer) y->set_aside;

  return compare_statements (&s, &t);
}

void
vantage_times_solve (VantageTimes *self)
{
  GHashTableIter iter;
  gpointer statement;
  guint n_touched;
  g_autofree gpointer *touched = g_hash_table_get_keys_as_array (self->touched, &n_touched);
  gboolean changed = n_touched > 0 || self->contradictions->len != g_hash_table_size (self->aside);

  /* solving one takes out of the set all that are connected with it */
  for (guint i = 0; i < n_touched; i++)
    if (g_hash_table_contains (self->touched, touched[i]) && !solve_lone (self, touched[i]))
      solve_part (self, touched[i]);
  if (!changed)
    return;
  g_ptr_array_set_size (self->contradictions, 0);
  g_hash_table_iter_init (&iter, self->aside);
  while (g_hash_table_iter_next (&iter, &statement, NULL))
    g_ptr_array_add (self->contradictions, ((Statement *) statement)->contradiction);
  g_ptr_array_sort (self->contradictions, compare_contradictions);
}

/* ---- what came out ---- */

gboolean
vantage_times_get_window (VantageTimes *self, const char *event, VantageTimeWindow *out)
{
  Event *found = g_hash_table_lookup (self->events, event);

  if (found == NULL)
    return FALSE;
  vantage_times_solve (self);
  *out = found->window;
  return TRUE;
}

GPtrArray *
vantage_times_get_contradictions (VantageTimes *self)
{
  vantage_times_solve (self);
  return self->contradictions;
}

GPtrArray *
vantage_times_list_contradictions_of (VantageTimes *self, const char *event)
{
  GPtrArray *found = g_ptr_array_new ();

  vantage_times_solve (self);
  for (guint i = 0; i < self->contradictions->len; i++)
    {
      VantageContradiction *contradiction = g_ptr_array_index (self->contradictions, i);

      for (guint j = 0; j < contradiction->circle->len; j++)
        {
          const VantageTimeStatement *s = g_ptr_array_index (contradiction->circle, j);

          if (strcmp (s->subject, event) != 0 && g_strcmp0 (s->object, event) != 0)
            continue;
          g_ptr_array_add (found, contradiction);
          break;
        }
    }
  return found;
}

GPtrArray *
vantage_times_list_statements_of (VantageTimes *self, const char *event)
{
  Event *found = g_hash_table_lookup (self->events, event);
  GPtrArray *statements = g_ptr_array_new ();

  if (found == NULL)
    return statements;
  for (guint i = 0; i < found->statements->len; i++)
    g_ptr_array_add (statements, g_ptr_array_index (found->statements, i));
  g_ptr_array_sort (statements, compare_statements);
  /* a statement begins with what is public of it */
  return statements;
}

gboolean
vantage_times_is_set_aside (VantageTimes *self, const char *id, VantageTimePoint point)
{
  g_autofree char *key = make_key (id, point);
  Statement *statement = g_hash_table_lookup (self->statements, key);

  vantage_times_solve (self);
  return statement != NULL && statement->contradiction != NULL;
}

static int
compare_windows (gconstpointer a, gconstpointer b)
{
  const Event *x = *(const Event *const *) a, *y = *(const Event *const *) b;

  if (x->window.earliest_us != y->window.earliest_us)
    return x->window.earliest_us < y->window.earliest_us ? -1 : 1;
  return strcmp (x->id, y->id);
}

GPtrArray *
vantage_times_list_events (VantageTimes *self)
{
  GPtrArray *events = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer event;

  vantage_times_solve (self);
  g_hash_table_iter_init (&iter, self->events);
  while (g_hash_table_iter_next (&iter, NULL, &event))
    g_ptr_array_add (events, event);
  g_ptr_array_sort (events, compare_windows);
  for (guint i = 0; i < events->len; i++)
    events->pdata[i] = ((Event *) events->pdata[i])->id;
  return events;
}
