/* vantage-next-steps.h: what a review could do next, worked out from what is there. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

typedef struct
{
  guint n_sources, n_items, n_people, n_events, n_findings, n_grounded; /* findings with ground */
  guint n_interviews, n_held, n_wonders;                                /* open wonders */
  gboolean has_summary;
} VantageReviewCounts;

/* Counts once; a few lists of entities. */
void vantage_review_counts_read (VantageReviewCounts *out, VantageReviewContext *context);

typedef struct
{
  const char *title;   /* translated */
  const char *detail;  /* translated */
  const char *section; /* NULL: `action` */
  const char *action;
} VantageNextStep;

/* At most @max steps, the nearest first. Steps into sections that are not there are left out. Pure.
 * Returns: how many were written to @out */
guint vantage_next_steps_find (const VantageReviewCounts *counts, VantageNextStep *out, guint max);

G_END_DECLS
