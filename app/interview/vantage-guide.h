/* vantage-guide.h: what one interview is to go through: phases with minutes, questions in order. */

#pragma once

#include <json-glib/json-glib.h>
#include "vantage-question-bank.h"

G_BEGIN_DECLS

typedef struct
{
  char *question;    /* id of the bank; "" for one's own */
  char *text;        /* as it will be said, placeholders filled */
  char **follow_ups; /* never NULL */
  char *item;        /* cited item it was made from; NULL */
  gboolean asked;
} VantageGuideQuestion;

typedef struct
{
  char *phase; /* id of the bank */
  int minutes;
  GPtrArray *questions; /* (element-type VantageGuideQuestion) */
} VantageGuidePhase;

/* Plain and owned; changed by the functions below. */
typedef struct
{
  int minutes;       /* of the whole */
  GPtrArray *phases; /* (element-type VantageGuidePhase) */
} VantageGuide;

/**
 * vantage_guide_build:
 * @depth: 1 to 3: questions up to this depth
 * @minutes: of the whole interview, 10 to 180 (clamped)
 * @known: (nullable) (element-type utf8 utf8): placeholder → text; a question is taken only when
 *   all it needs is known
 *
 * A guide to begin from: minutes are shared out over the phases as in the bank; below 45 minutes
 * the optional phases (another way, what-ifs) are left out, below 25 only opening, free account,
 * one look at the moments, and the close remain. No phase gets more questions than its minutes
 * allow (about one in two minutes, at least one). Opening and closing are always there.
 */
VantageGuide *vantage_guide_build (VantageQuestionBank *bank, int depth, int minutes,
                                   GHashTable *known);
VantageGuide *vantage_guide_new (void);
VantageGuide *vantage_guide_copy (const VantageGuide *self);
void vantage_guide_free (VantageGuide *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageGuide, vantage_guide_free)

/* For the vault's preparation: member "guide". */
JsonNode *vantage_guide_to_json (const VantageGuide *self);
VantageGuide *vantage_guide_from_json (JsonNode *node, GError **error);

/* Index or -1. */
int vantage_guide_find_phase (const VantageGuide *self, const char *phase);
/* @follow_ups: (nullable). @at: -1 = at the end. The phase is made when missing. Lent. */
VantageGuideQuestion *vantage_guide_add (VantageGuide *self, const char *phase, int at,
                                         const char *question, const char *text,
                                         const char *const *follow_ups, const char *item);
void vantage_guide_remove (VantageGuide *self, guint phase, guint question);
/* Also between phases. @to: place after it was taken out. */
void vantage_guide_move (VantageGuide *self, guint phase, guint question, guint to_phase, guint to);
/* Which phase stands at @elapsed_s of the interview by the guide's minutes; and the seconds left of
 * it (negative: over). */
guint vantage_guide_get_due_phase (const VantageGuide *self, double elapsed_s, double *out_left_s);

G_END_DECLS
