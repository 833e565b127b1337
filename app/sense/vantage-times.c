/* vantage-times.c: events and statements, the connected parts of them, and each part solved anew
 * when it was touched. A part is connected by statements between events; the epoch connects
 * nothing, since a cycle through it stays within one part. */

#include "vantage-times.h"

#include "vantage-times-private.h"

#include <string.h>

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
statement_free (gpointer data)
{
  VantageTimesStatement *self = data;

  g_clear_pointer (&self->contradiction, vantage_times_contradiction_free);
  g_free (self->id);
  g_free (self->subject);
  g_free (self->object);
  g_free (self);
}

static void
event_free (gpointer data)
{
  VantageTimesEvent *self = data;

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
  self->changed = g_hash_table_new (NULL, NULL);
  self->contradictions = g_ptr_array_new ();
  return self;
}

void
vantage_times_free (VantageTimes *self)
{
  g_ptr_array_unref (self->contradictions);
  g_hash_table_unref (self->changed);
  g_hash_table_unref (self->aside);
  g_hash_table_unref (self->touched);
  g_hash_table_unref (self->waiting);
  g_hash_table_unref (self->events);
  g_hash_table_unref (self->statements);
  g_free (self);
}

/* ---- what is there ---- */

static void
touch (VantageTimes *self, VantageTimesEvent *event)
{
  if (event == NULL)
    return;
  g_hash_table_add (self->touched, event);
  g_hash_table_add (self->changed, event);
}

/* The statement's event of that name is there, or gone. */
static void
point_at (VantageTimesStatement *statement, const char *id, VantageTimesEvent *event)
{
  if (strcmp (statement->subject, id) == 0)
    statement->of = event;
  if (statement->object != NULL && strcmp (statement->object, id) == 0)
    statement->other = event;
}

static void
name_event (VantageTimes *self, VantageTimesStatement *statement, const char *id)
{
  VantageTimesEvent *event = g_hash_table_lookup (self->events, id);
  GPtrArray *list;

  point_at (statement, id, event);
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
unname_event (VantageTimes *self, VantageTimesStatement *statement, const char *id)
{
  VantageTimesEvent *event = g_hash_table_lookup (self->events, id);
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
  VantageTimesEvent *event = g_hash_table_lookup (self->events, id);
  g_autofree char *key = NULL;
  GPtrArray *list = NULL;

  if (event != NULL)
    {
      if (event->is_span != is_span)
        touch (self, event);
      event->is_span = is_span;
      return;
    }
  event = g_new0 (VantageTimesEvent, 1);
  event->id = g_strdup (id);
  event->is_span = is_span;
  event->place = G_MAXUINT;
  if (g_hash_table_steal_extended (self->waiting, id, (gpointer *) &key, (gpointer *) &list))
    event->statements = list;
  else
    event->statements = g_ptr_array_new ();
  for (guint i = 0; i < event->statements->len; i++)
    point_at (event->statements->pdata[i], id, event);
  g_hash_table_insert (self->events, event->id, event);
  touch (self, event);
}

void
vantage_times_remove_event (VantageTimes *self, const char *id)
{
  VantageTimesEvent *event = g_hash_table_lookup (self->events, id);

  if (event == NULL)
    return;
  for (guint i = 0; i < event->statements->len; i++)
    {
      VantageTimesStatement *statement = g_ptr_array_index (event->statements, i);

      vantage_times_forget_contradiction (self, statement);
      touch (self, statement->of);
      touch (self, statement->other);
      point_at (statement, id, NULL);
    }
  g_hash_table_remove (self->touched, event);
  g_hash_table_remove (self->changed, event);
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
  VantageTimesStatement *statement = g_hash_table_lookup (self->statements, key);

  if (statement == NULL)
    return;
  vantage_times_forget_contradiction (self, statement);
  unname_event (self, statement, statement->subject);
  if (vantage_times_is_about_two (statement) && strcmp (statement->subject, statement->object) != 0)
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
  VantageTimesStatement *known = g_hash_table_lookup (self->statements, key);

  g_return_if_fail (statement->subject != NULL);
  g_return_if_fail (statement->object != NULL || !needs_object (statement->rel));

  if (known != NULL && is_same_statement (&known->public, statement))
    return;
  vantage_times_remove_statement (self, statement->id, statement->point);
  known = g_new0 (VantageTimesStatement, 1);
  known->public = *statement;
  known->public.id = known->id = g_strdup (statement->id);
  known->public.subject = known->subject = g_strdup (statement->subject);
  known->object = needs_object (statement->rel) ? g_strdup (statement->object) : NULL;
  known->public.object = known->object;
  g_hash_table_insert (self->statements, g_steal_pointer (&key), known);
  name_event (self, known, known->subject);
  if (vantage_times_is_about_two (known) && strcmp (known->subject, known->object) != 0)
    name_event (self, known, known->object);
}

/* ---- solving ---- */

static int
compare_contradictions (gconstpointer a, gconstpointer b)
{
  const VantageContradiction *x = *(const VantageContradiction *const *) a;
  const VantageContradiction *y = *(const VantageContradiction *const *) b;
  const VantageTimesStatement *s = (const VantageTimesStatement *) (gconstpointer) x->set_aside;
  const VantageTimesStatement *t = (const VantageTimesStatement *) (gconstpointer) y->set_aside;

  return vantage_times_compare_statements (&s, &t);
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
    if (g_hash_table_contains (self->touched, touched[i]) &&
        !vantage_times_solve_lone (self, touched[i]))
      vantage_times_solve_part (self, touched[i]);
  if (!changed)
    return;
  g_ptr_array_set_size (self->contradictions, 0);
  g_hash_table_iter_init (&iter, self->aside);
  while (g_hash_table_iter_next (&iter, &statement, NULL))
    g_ptr_array_add (self->contradictions, ((VantageTimesStatement *) statement)->contradiction);
  g_ptr_array_sort (self->contradictions, compare_contradictions);
}

GPtrArray *
vantage_times_take_changed (VantageTimes *self)
{
  GPtrArray *changed = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer event;

  vantage_times_solve (self);
  g_hash_table_iter_init (&iter, self->changed);
  while (g_hash_table_iter_next (&iter, &event, NULL))
    g_ptr_array_add (changed, ((VantageTimesEvent *) event)->id);
  g_hash_table_remove_all (self->changed);
  return changed;
}

/* ---- what came out ---- */

gboolean
vantage_times_get_window (VantageTimes *self, const char *event, VantageTimeWindow *out)
{
  VantageTimesEvent *found = g_hash_table_lookup (self->events, event);

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
  VantageTimesEvent *found = g_hash_table_lookup (self->events, event);
  GPtrArray *statements = g_ptr_array_new ();

  if (found == NULL)
    return statements;
  for (guint i = 0; i < found->statements->len; i++)
    g_ptr_array_add (statements, g_ptr_array_index (found->statements, i));
  g_ptr_array_sort (statements, vantage_times_compare_statements);
  /* a statement begins with what is public of it */
  return statements;
}

gboolean
vantage_times_is_set_aside (VantageTimes *self, const char *id, VantageTimePoint point)
{
  g_autofree char *key = make_key (id, point);
  VantageTimesStatement *statement = g_hash_table_lookup (self->statements, key);

  vantage_times_solve (self);
  return statement != NULL && statement->contradiction != NULL;
}

static int
compare_windows (gconstpointer a, gconstpointer b)
{
  const VantageTimesEvent *x = *(const VantageTimesEvent *const *) a,
                          *y = *(const VantageTimesEvent *const *) b;

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
    events->pdata[i] = ((VantageTimesEvent *) events->pdata[i])->id;
  return events;
}
