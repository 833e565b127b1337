/* vantage-canvas-data.c: where an event stands within what is known of its time. */

#include "vantage-canvas-data.h"

/* FNV-1a. */
guint64
vantage_canvas_key (const char *id)
{
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037);

  for (; *id != '\0'; id++)
    hash = (hash ^ (guchar) *id) * G_GUINT64_CONSTANT (1099511628211);
  return hash;
}

gboolean
vantage_canvas_is_system_kind (const char *kind)
{
  static const char *const kinds[] = { "alert", "system", "changed", "tool", NULL };

  return kind != NULL && g_strv_contains (kinds, kind);
}

static void
narrow (gint64 earliest, gint64 *latest)
{
  if (earliest > VANTAGE_CANVAS_OPEN_BEGIN && *latest < VANTAGE_CANVAS_OPEN_END &&
      *latest - earliest <= G_USEC_PER_SEC)
    *latest = earliest;
}

void
vantage_canvas_event_set_window (VantageCanvasEvent *self, const VantageCanvasWindow *window,
                                 gboolean has_end)
{
  self->earliest_us = window != NULL ? window->earliest_us : VANTAGE_CANVAS_OPEN_BEGIN;
  self->latest_us = window != NULL ? window->latest_us : VANTAGE_CANVAS_OPEN_END;
  if (window != NULL && (has_end || window->end_latest_us != window->latest_us))
    {
      self->flags |= VANTAGE_CANVAS_SPAN;
      self->end_earliest_us = window->end_earliest_us;
      self->end_latest_us = window->end_latest_us;
      narrow (self->end_earliest_us, &self->end_latest_us);
    }
  narrow (self->earliest_us, &self->latest_us);
  if (!(self->flags & VANTAGE_CANVAS_SPAN))
    {
      self->end_earliest_us = self->earliest_us;
      self->end_latest_us = self->latest_us;
    }
}

/* The middle of a window; the known side of one that is open; FALSE when both sides are. */
static gboolean
find_likely (gint64 earliest, gint64 latest, gint64 *out)
{
  if (earliest == VANTAGE_CANVAS_OPEN_BEGIN && latest == VANTAGE_CANVAS_OPEN_END)
    return FALSE;
  if (earliest == VANTAGE_CANVAS_OPEN_BEGIN)
    *out = latest;
  else if (latest == VANTAGE_CANVAS_OPEN_END)
    *out = earliest;
  else
    *out = earliest + (latest - earliest) / 2;
  return TRUE;
}

gboolean
vantage_canvas_event_get_place (const VantageCanvasEvent *self, gint64 *out_us, gint64 *out_end_us)
{
  gint64 end;

  if (!find_likely (self->earliest_us, self->latest_us, out_us))
    return FALSE;
  if (self->placed_us != VANTAGE_CANVAS_OPEN_BEGIN && self->placed_us >= self->earliest_us &&
      self->placed_us <= self->latest_us)
    *out_us = self->placed_us;
  *out_end_us = *out_us;
  if (self->flags & VANTAGE_CANVAS_SPAN &&
      find_likely (self->end_earliest_us, self->end_latest_us, &end))
    *out_end_us = MAX (end, *out_us);
  return TRUE;
}

gboolean
vantage_canvas_event_is_soft (const VantageCanvasEvent *self)
{
  if (self->earliest_us != self->latest_us)
    return TRUE;
  return (self->flags & VANTAGE_CANVAS_SPAN) && self->end_earliest_us != self->end_latest_us;
}
