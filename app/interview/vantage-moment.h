/* vantage-moment.h: moments of the record worth asking about, and the question to ask. */

#pragma once

#include "vantage-question-bank.h"

G_BEGIN_DECLS

/* One moment somebody may be asked about. Owned strings; NULL = not known. */
typedef struct
{
  char *item;     /* item id, or NULL */
  char *event;    /* event id, or NULL */
  char *person;   /* whose moment it is: person id, or NULL */
  gint64 time_us; /* VANTAGE_TIME_NONE: not known */
  double weight;  /* how much it stands out; ≥ 0 */
  GHashTable
      *facts;   /* (element-type utf8 utf8): placeholder → text: "message", "time", "event" … */
  char *reason; /* why it was proposed, one line */
} VantageMoment;

VantageMoment *vantage_moment_new (void);
VantageMoment *vantage_moment_copy (const VantageMoment *self);
void vantage_moment_free (VantageMoment *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageMoment, vantage_moment_free)
void vantage_moment_set_fact (VantageMoment *self, const char *name, const char *text);

/**
 * vantage_moment_select:
 * @moments: (element-type VantageMoment): in any order
 * @person: (nullable): only theirs
 * @n: at most so many
 *
 * The heaviest, spread over the time they span: a moment close to one already taken counts less.
 * The same moments give the same answer.
 *
 * Returns: (transfer container) (element-type VantageMoment): by time
 */
GPtrArray *vantage_moment_select (GPtrArray *moments, const char *person, guint n);

/* The bank's question that fits the moment best (everything it needs is among the facts; the one
 * that uses most of them), filled. @known: (nullable): further facts. @out_question: (out)
 * (optional): its id; lent by the bank. NULL: none fits. (transfer full) */
char *vantage_moment_dup_question (const VantageMoment *self, VantageQuestionBank *bank,
                                   GHashTable *known, const char **out_question);

G_END_DECLS
