/* vantage-intake.h: how deep a review is worth going, from the answers of its intake. Never a score
 * that is shown: an advice, and what it rests on. */

#pragma once

#include "vantage-entity.h"

G_BEGIN_DECLS

/* Answers before an advice means anything. */
#define VANTAGE_INTAKE_ENOUGH 3

typedef struct
{
  guint n_answered;   /* yes, no and unknown */
  GPtrArray *because; /* (element-type utf8): keys answered with yes, in the order they are asked */
  const char *advice; /* full, short or note */
} VantageIntake;

/* What the intake of @review adds up to. With fewer than VANTAGE_INTAKE_ENOUGH answers the advice
 * is only what has been said so far. */
void vantage_intake_weigh (VantageEntity *review, VantageIntake *out);
void vantage_intake_clear (VantageIntake *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VantageIntake, vantage_intake_clear)

G_END_DECLS
