/* vantage-cue.h: moments of the record worth asking about, and the question to ask. */

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
} VantageCue;

VantageCue *vantage_cue_new (void);
VantageCue *vantage_cue_copy (const VantageCue *self);
void vantage_cue_free (VantageCue *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageCue, vantage_cue_free)
void vantage_cue_set_fact (VantageCue *self, const char *name, const char *text);

/**
 * vantage_cue_select:
 * @cues: (element-type VantageCue): in any order
 * @person: (nullable): only theirs
 * @n: at most so many
 *
 * The heaviest, spread over the time they span: a moment close to one already taken counts less.
 * The same cues give the same answer.
 *
 * Returns: (transfer container) (element-type VantageCue): by time
 */
GPtrArray *vantage_cue_select (GPtrArray *cues, const char *person, guint n);

/* The bank's question that fits the cue best (everything it needs is among the facts; the one that
 * uses most of them), filled. @known: (nullable): further facts. @out_question: (out) (optional):
 * its id; lent by the bank. NULL: none fits. (transfer full) */
char *vantage_cue_dup_question (const VantageCue *self, VantageQuestionBank *bank,
                                GHashTable *known, const char **out_question);

G_END_DECLS
