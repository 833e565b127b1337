/* vantage-canvas-folds.c: quiet stretches folded away: which are proposed, which a person opened.
 */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-canvas-parts.h"

#define FOLD_PX 38
#define PROPOSE_MS 400
#define FOLD_SHARE 30 /* of the review's window: the least gap that is folded */

static gboolean
is_opened (VantageCanvas *self, gint64 begin_us)
{
  for (guint i = 0; i < self->opened->len; i++)
    if (g_array_index (self->opened, gint64, i) == begin_us)
      return TRUE;
  return self->all_open;
}

void
vantage_canvas_take_folds (VantageCanvas *self)
{
  g_autoptr (GArray) closed = g_array_new (FALSE, FALSE, sizeof (VantageStretch));
  g_autoptr (VantageAxis) axis = NULL;

  for (guint i = 0; i < self->proposed->len; i++)
    {
      VantageStretch *stretch = &g_array_index (self->proposed, VantageStretch, i);

      if (!is_opened (self, stretch->begin_us))
        g_array_append_val (closed, *stretch);
    }
  if (closed->len > 0)
    axis =
        vantage_axis_new ((const VantageStretch *) (gpointer) closed->data, closed->len, FOLD_PX);
  vantage_viewport_set_axis (self->viewport, axis);
}

/* Gaps that are short against the whole are not worth tearing the paper for. */
void
vantage_canvas_propose_folds (VantageCanvas *self)
{
  g_autoptr (GArray) times = vantage_canvas_layout_list_times (self->layout);
  VantageFoldRule rule = vantage_fold_rule_default;
  VantageEntity *review =
      vantage_review_context_get_review (vantage_timeline_feed_get_context (self->feed));
  gint64 from_us = VANTAGE_TIME_NONE, until_us = VANTAGE_TIME_NONE;

  if (review != NULL)
    {
      from_us = vantage_entity_get_time (review, "from");
      until_us = vantage_entity_get_time (review, "until");
    }
  /* a review without a window of its own is as long as what is in it */
  if ((from_us == VANTAGE_TIME_NONE || until_us <= from_us) && times->len > 1)
    {
      from_us = g_array_index (times, gint64, 0);
      until_us = g_array_index (times, gint64, times->len - 1);
    }
  if (from_us != VANTAGE_TIME_NONE && until_us > from_us)
    rule.min_gap_us = MAX (rule.min_gap_us, (until_us - from_us) / FOLD_SHARE);
  g_clear_pointer (&self->proposed, g_array_unref);
  self->proposed =
      vantage_axis_propose_folds ((const gint64 *) (gpointer) times->data, times->len, &rule);
}

/* Folds are proposed anew a moment after the last edit: nobody waits for them. */
static gboolean
propose_cb (gpointer data)
{
  VantageCanvas *self = data;
  g_autoptr (GArray) before = g_array_ref (self->proposed);

  self->proposing = 0;
  vantage_canvas_propose_folds (self);
  if (before->len != self->proposed->len ||
      memcmp (before->data, self->proposed->data, before->len * sizeof (VantageStretch)) != 0)
    vantage_canvas_take_folds (self);
  return G_SOURCE_REMOVE;
}

void
vantage_canvas_propose_soon (VantageCanvas *self)
{
  g_clear_handle_id (&self->proposing, g_source_remove);
  self->proposing = g_timeout_add (PROPOSE_MS, propose_cb, self);
}

/* ---- opened and closed ---- */

/* The proposed fold nearest to @us. */
static const VantageStretch *
find_fold (VantageCanvas *self, gint64 us)
{
  const VantageStretch *found = NULL;
  gint64 best = G_MAXINT64;

  for (guint i = 0; i < self->proposed->len; i++)
    {
      const VantageStretch *stretch = &g_array_index (self->proposed, VantageStretch, i);
      gint64 distance = us < stretch->begin_us ? stretch->begin_us - us
                        : us > stretch->end_us ? us - stretch->end_us
                                               : 0;

      if (distance < best)
        {
          best = distance;
          found = stretch;
        }
    }
  return found;
}

void
vantage_canvas_toggle_fold (VantageCanvas *self)
{
  gint64 us =
      vantage_canvas_get_us (self, self->area.origin.x + vantage_canvas_get_anchor_x (self));
  const VantageStretch *fold = find_fold (self, us);

  if (fold == NULL)
    {
      vantage_review_context_tell (vantage_timeline_feed_get_context (self->feed),
                                   _ ("There is no quiet stretch here to fold."));
      return;
    }
  if (self->all_open)
    {
      self->all_open = FALSE;
      for (guint i = 0; i < self->proposed->len; i++)
        g_array_append_val (self->opened,
                            g_array_index (self->proposed, VantageStretch, i).begin_us);
    }
  for (guint i = 0; i < self->opened->len; i++)
    if (g_array_index (self->opened, gint64, i) == fold->begin_us)
      {
        g_array_remove_index_fast (self->opened, i);
        vantage_canvas_take_folds (self);
        return;
      }
  g_array_append_val (self->opened, fold->begin_us);
  vantage_canvas_take_folds (self);
}

void
vantage_canvas_set_all_folds (VantageCanvas *self, gboolean folded)
{
  g_array_set_size (self->opened, 0);
  self->all_open = !folded;
  vantage_canvas_take_folds (self);
}
