/* vantage-times-part.c: one connected part of the network, solved anew. */

#include "vantage-network.h"
#include "vantage-times-private.h"

#include <string.h>

void
vantage_times_contradiction_free (VantageContradiction *self)
{
  g_ptr_array_unref (self->circle);
  g_free (self);
}

void
vantage_times_forget_contradiction (VantageTimes *self, VantageTimesStatement *statement)
{
  g_hash_table_remove (self->aside, statement);
  g_clear_pointer (&statement->contradiction, vantage_times_contradiction_free);
}

gboolean
vantage_times_is_about_two (const VantageTimesStatement *statement)
{
  return statement->object != NULL;
}

gboolean
vantage_times_is_complete (const VantageTimesStatement *statement)
{
  return statement->of != NULL &&
         (!vantage_times_is_about_two (statement) || statement->other != NULL);
}

int
vantage_times_compare_statements (gconstpointer a, gconstpointer b)
{
  const VantageTimesStatement *x = *(const VantageTimesStatement *const *) a,
                              *y = *(const VantageTimesStatement *const *) b;
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
  const VantageTimesEvent *x = *(const VantageTimesEvent *const *) a,
                          *y = *(const VantageTimesEvent *const *) b;

  return strcmp (x->id, y->id);
}

/* All events connected with @first, and the statements between them, in their orders. */
static void
collect_part (VantageTimes *self, VantageTimesEvent *first, GPtrArray *events,
              GPtrArray *statements)
{
  guint solving = ++self->n_solved;

  first->place = 0;
  g_ptr_array_add (events, first);
  for (guint i = 0; i < events->len; i++)
    {
      VantageTimesEvent *event = g_ptr_array_index (events, i);

      g_hash_table_remove (self->touched, event);
      for (guint j = 0; j < event->statements->len; j++)
        {
          VantageTimesStatement *statement = g_ptr_array_index (event->statements, j);
          VantageTimesEvent *other;

          if (!vantage_times_is_complete (statement) || statement->seen == solving)
            continue;
          statement->seen = solving;
          g_ptr_array_add (statements, statement);
          if (!vantage_times_is_about_two (statement))
            continue;
          other = statement->of == event ? statement->other : statement->of;
          if (other->place != G_MAXUINT)
            continue;
          other->place = 0;
          g_ptr_array_add (events, other);
        }
    }
  g_ptr_array_sort (events, compare_events);
  g_ptr_array_sort (statements, vantage_times_compare_statements);
}

/* Gives each event its points; returns how many there are with the epoch. */
static guint
number_points (GPtrArray *events)
{
  guint n = VANTAGE_NETWORK_ZERO + 1;

  for (guint i = 0; i < events->len; i++)
    {
      VantageTimesEvent *event = g_ptr_array_index (events, i);
      gboolean is_span = event->is_span;

      for (guint j = 0; j < event->statements->len && !is_span; j++)
        {
          const VantageTimesStatement *statement = g_ptr_array_index (event->statements, j);

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
translate (const VantageTimeStatement *s, const VantageTimesEvent *subject,
           const VantageTimesEvent *object, VantageConstraint *out)
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
      const VantageTimesEvent *event = g_ptr_array_index (events, g_array_index (queue, guint, i));

      for (guint j = 0; j < event->statements->len; j++)
        {
          const VantageTimesStatement *statement = g_ptr_array_index (event->statements, j);
          gboolean from_object;
          const VantageTimesEvent *other;

          if (!vantage_times_is_about_two (statement) || !vantage_times_is_complete (statement))
            continue;
          from_object = statement->other == event;
          other = from_object ? statement->of : statement->other;
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
      const VantageTimesStatement *statement = g_ptr_array_index (statements, i);
      const VantageTimesEvent *event = statement->of;

      if (statement->public.rel > VANTAGE_REL_BETWEEN || guessed[event->place])
        continue;
      guessed[event->place] = TRUE;
      guesses[event->place] = statement->public.a_us;
      g_array_append_val (queue, event->place);
    }
  spread_guesses (self, events, queue, guessed, guesses);
  for (guint i = 0; i < events->len; i++)
    {
      const VantageTimesEvent *event = g_ptr_array_index (events, i);

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
set_aside (VantageTimes *self, VantageTimesStatement *statement, GPtrArray *statements,
           GArray *circle)
{
  VantageContradiction *contradiction = g_new0 (VantageContradiction, 1);

  contradiction->set_aside = &statement->public;
  contradiction->circle = g_ptr_array_new ();
  for (guint i = 0; i < circle->len; i++)
    {
      VantageTimesStatement *met =
          g_ptr_array_index (statements, (guint) g_array_index (circle, int, i));

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
      VantageTimesStatement *statement = g_ptr_array_index (statements, i);
      VantageTimesEvent *subject = statement->of, *object = statement->other;
      VantageConstraint constraints[2];
      guint n = translate (&statement->public, subject, object, constraints);

      vantage_times_forget_contradiction (self, statement);
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
read_window (VantageTimesEvent *event, const VantageBounds *bounds)
{
  const VantageBounds *start = &bounds[event->start], *end = &bounds[event->end];
  VantageTimeWindow *w = &event->window;

  w->earliest_us = start->has_earliest ? narrow (start->earliest) : VANTAGE_WINDOW_OPEN_BEGIN;
  w->latest_us = start->has_latest ? narrow (start->latest) : VANTAGE_WINDOW_OPEN_END;
  w->end_earliest_us = end->has_earliest ? narrow (end->earliest) : VANTAGE_WINDOW_OPEN_BEGIN;
  w->end_latest_us = end->has_latest ? narrow (end->latest) : VANTAGE_WINDOW_OPEN_END;
}

static void
note_change (VantageTimes *self, VantageTimesEvent *event)
{
  const VantageTimeWindow *a = &event->before, *b = &event->window;

  if (a->earliest_us != b->earliest_us || a->latest_us != b->latest_us ||
      a->end_earliest_us != b->end_earliest_us || a->end_latest_us != b->end_latest_us ||
      a->given != b->given || a->contradicted != b->contradicted)
    g_hash_table_add (self->changed, event);
}

/* Nearly all events of a big review are instants of which one record tells the time: no network is
 * needed for them. */
gboolean
vantage_times_solve_lone (VantageTimes *self, VantageTimesEvent *event)
{
  const VantageTimeStatement *s;

  if (event->statements->len != 1 || event->is_span)
    return FALSE;
  s = &((VantageTimesStatement *) g_ptr_array_index (event->statements, 0))->public;
  if (s->rel > VANTAGE_REL_BETWEEN || (s->rel == VANTAGE_REL_BETWEEN && s->b_us < s->a_us) ||
      (s->rel == VANTAGE_REL_AT && s->b_us != 0))
    return FALSE;
  vantage_times_forget_contradiction (self, g_ptr_array_index (event->statements, 0));
  g_hash_table_remove (self->touched, event);
  event->before = event->window;
  event->window = (VantageTimeWindow){ .given = TRUE };
  event->window.earliest_us = event->window.end_earliest_us = s->a_us;
  event->window.latest_us = event->window.end_latest_us =
      s->rel == VANTAGE_REL_AT ? s->a_us : s->b_us;
  note_change (self, event);
  return TRUE;
}

void
vantage_times_solve_part (VantageTimes *self, VantageTimesEvent *first)
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
      VantageTimesEvent *event = g_ptr_array_index (events, i);
      VantageConstraint order = { event->start, event->end, 0 };

      event->before = event->window;
      event->window = (VantageTimeWindow){ 0 };
      if (event->start != event->end)
        vantage_network_add (network, &order, 1, VANTAGE_NETWORK_STRUCTURE, NULL);
    }
  enter_statements (self, statements, network);
  bounds = g_new (VantageBounds, n_points);
  vantage_network_solve (network, bounds);
  for (guint i = 0; i < events->len; i++)
    {
      VantageTimesEvent *event = g_ptr_array_index (events, i);

      read_window (event, bounds);
      note_change (self, event);
      event->place = G_MAXUINT;
    }
}
