/* vantage-timeline-selection.h: which events are selected, and which one has the focus: one for
 * canvas, outline and details. */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define VANTAGE_TYPE_TIMELINE_SELECTION (vantage_timeline_selection_get_type ())
G_DECLARE_FINAL_TYPE (VantageTimelineSelection, vantage_timeline_selection, VANTAGE,
                      TIMELINE_SELECTION, GObject)

/* Signal "changed": other events are selected, or another has the focus. */
VantageTimelineSelection *vantage_timeline_selection_new (void);

gboolean vantage_timeline_selection_has (VantageTimelineSelection *self, const char *id);
guint vantage_timeline_selection_get_n (VantageTimelineSelection *self);
/* In no order; (transfer full); NULL-terminated. */
char **vantage_timeline_selection_dup_ids (VantageTimelineSelection *self);
/* The event with the focus: the last one picked; NULL: none. Lent. */
const char *vantage_timeline_selection_get_focus (VantageTimelineSelection *self);

/* @id alone, with the focus; NULL: nothing. */
void vantage_timeline_selection_set (VantageTimelineSelection *self, const char *id);
/* All of @ids; the last has the focus. */
void vantage_timeline_selection_set_all (VantageTimelineSelection *self, const char *const *ids);
void vantage_timeline_selection_toggle (VantageTimelineSelection *self, const char *id);
void vantage_timeline_selection_add (VantageTimelineSelection *self, const char *id);

G_END_DECLS
