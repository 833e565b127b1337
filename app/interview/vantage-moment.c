/* vantage-moment.c: moments of the record worth asking about. */

#include "vantage-moment.h"

#include <string.h>

#include "vantage-time.h"

VantageMoment *
vantage_moment_new (void)
{
  VantageMoment *self = g_new0 (VantageMoment, 1);

  self->time_us = VANTAGE_TIME_NONE;
  self->weight = 1;
  self->facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

VantageMoment *
vantage_moment_copy (const VantageMoment *self)
{
  VantageMoment *copy = vantage_moment_new ();
  GHashTableIter iter;
  gpointer name, text;

  copy->item = g_strdup (self->item);
  copy->event = g_strdup (self->event);
  copy->person = g_strdup (self->person);
  copy->time_us = self->time_us;
  copy->weight = self->weight;
  copy->reason = g_strdup (self->reason);
  g_hash_table_iter_init (&iter, self->facts);
  while (g_hash_table_iter_next (&iter, &name, &text))
    vantage_moment_set_fact (copy, name, text);
  return copy;
}

void
vantage_moment_free (VantageMoment *self)
{
  if (self == NULL)
    return;
  g_free (self->item);
  g_free (self->event);
  g_free (self->person);
  g_free (self->reason);
  g_hash_table_unref (self->facts);
  g_free (self);
}

void
vantage_moment_set_fact (VantageMoment *self, const char *name, const char *text)
{
  g_hash_table_insert (self->facts, g_strdup (name), g_strdup (text));
}

/* ---- selecting ---- */

static int
compare_times (gconstpointer a, gconstpointer b)
{
  const VantageMoment *one = *(const VantageMoment *const *) a;
  const VantageMoment *other = *(const VantageMoment *const *) b;

  if (one->time_us != other->time_us)
    return one->time_us == VANTAGE_TIME_NONE                                      ? 1
           : other->time_us == VANTAGE_TIME_NONE || one->time_us < other->time_us ? -1
                                                                                  : 1;
  if (one->item != NULL || other->item != NULL)
    return g_strcmp0 (one->item, other->item);
  return g_strcmp0 (one->event, other->event);
}

/* Weight left to a moment when @taken are there: nothing beside one at the same moment, all of it a
 * tenth of the whole span away. */
static double
weigh (const VantageMoment *moment, GPtrArray *taken, double span_us)
{
  double nearness = 0;

  for (guint i = 0; i < taken->len && moment->time_us != VANTAGE_TIME_NONE; i++)
    {
      const VantageMoment *other = taken->pdata[i];
      double gap_us;

      if (other->time_us == VANTAGE_TIME_NONE)
        continue;
      gap_us = ABS ((double) (moment->time_us - other->time_us));
      nearness = MAX (nearness, 1 - MIN (1, gap_us / MAX (1, span_us / 10)));
    }
  return MAX (0, moment->weight) * (1 - nearness);
}

static double
measure_span (GPtrArray *by_time)
{
  gint64 first_us = VANTAGE_TIME_NONE;
  gint64 last_us = VANTAGE_TIME_NONE;

  for (guint i = 0; i < by_time->len; i++)
    {
      const VantageMoment *moment = by_time->pdata[i];

      if (moment->time_us == VANTAGE_TIME_NONE)
        continue;
      if (first_us == VANTAGE_TIME_NONE)
        first_us = moment->time_us;
      last_us = moment->time_us;
    }
  return first_us != VANTAGE_TIME_NONE ? (double) (last_us - first_us) : 0;
}

GPtrArray *
vantage_moment_select (GPtrArray *moments, const char *person, guint n)
{
  g_autoptr (GPtrArray) left = g_ptr_array_new ();
  GPtrArray *taken = g_ptr_array_new ();
  double span_us;

  for (guint i = 0; i < moments->len; i++)
    if (person == NULL || g_strcmp0 (((VantageMoment *) moments->pdata[i])->person, person) == 0)
      g_ptr_array_add (left, moments->pdata[i]);
  g_ptr_array_sort (left, compare_times);
  span_us = measure_span (left);

  while (taken->len < n && left->len > 0)
    {
      guint best = 0;
      double most = -1;

      for (guint i = 0; i < left->len; i++)
        {
          double weight = weigh (left->pdata[i], taken, span_us);

          if (weight > most)
            {
              most = weight;
              best = i;
            }
        }
      if (most <= 0)
        break;
      g_ptr_array_add (taken, g_ptr_array_steal_index (left, best));
    }
  g_ptr_array_sort (taken, compare_times);
  return taken;
}

/* ---- the question ---- */

/* Own facts and @known together; the moment's own win. */
static GHashTable *
join_facts (const VantageMoment *self, GHashTable *known)
{
  GHashTable *all = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer name, text;

  if (known != NULL)
    {
      g_hash_table_iter_init (&iter, known);
      while (g_hash_table_iter_next (&iter, &name, &text))
        g_hash_table_insert (all, name, text);
    }
  g_hash_table_iter_init (&iter, self->facts);
  while (g_hash_table_iter_next (&iter, &name, &text))
    g_hash_table_insert (all, name, text);
  return all;
}

/* How many of the moment's own facts a question speaks of; one that is about moments of this sort
 * counts a half more. */
static double
rate (const VantageMoment *self, const VantageQuestion *question)
{
  double points = 0;

  for (guint i = 0; question->needs[i] != NULL; i++)
    if (g_hash_table_contains (self->facts, question->needs[i]))
      points += 1;
  if (points > 0 && ((self->item != NULL && g_str_equal (question->anchor, "message")) ||
                     (self->item == NULL && g_str_equal (question->anchor, "event"))))
    points += 0.5;
  return points;
}

char *
vantage_moment_dup_question (const VantageMoment *self, VantageQuestionBank *bank,
                             GHashTable *known, const char **out_question)
{
  g_autoptr (GHashTable) facts = join_facts (self, known);
  GPtrArray *questions = vantage_question_bank_get_questions (bank);
  const VantageQuestion *best = NULL;
  double most = 0;

  for (guint i = 0; i < questions->len; i++)
    {
      const VantageQuestion *question = questions->pdata[i];
      const VantagePhase *phase = vantage_question_bank_find_phase (bank, question->phase);
      double points = rate (self, question);

      if (phase->minutes > 0 && points > most && vantage_question_can_ask (question, facts))
        {
          most = points;
          best = question;
        }
    }
  if (out_question != NULL)
    *out_question = best != NULL ? best->id : NULL;
  return best != NULL ? vantage_question_fill (best->text, facts) : NULL;
}
