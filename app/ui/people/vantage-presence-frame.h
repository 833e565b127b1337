/* vantage-presence-frame.h: the stretch of time that rows of presence share: from when until when,
 * with long quiet folded away, and the map from time to x for a width. */

#pragma once

#include "vantage-survey.h"
#include "vantage-ticks.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_PRESENCE_FRAME (vantage_presence_frame_get_type ())
G_DECLARE_FINAL_TYPE (VantagePresenceFrame, vantage_presence_frame, VANTAGE, PRESENCE_FRAME,
                      GObject)

/* Signal "changed": range, folds or zone are others. */

VantagePresenceFrame *vantage_presence_frame_new (void);

/**
 * vantage_presence_frame_set:
 * @from_us, @until_us: the window to show; VANTAGE_TIME_NONE: all that happened
 * @zone: whose clock the ruler shows
 *
 * With nothing that has a time the frame is empty.
 */
void vantage_presence_frame_set (VantagePresenceFrame *self, VantageSurvey *survey, gint64 from_us,
                                 gint64 until_us, VantageZone *zone);
gboolean vantage_presence_frame_is_empty (VantagePresenceFrame *self);
gint64 vantage_presence_frame_get_begin (VantagePresenceFrame *self);
gint64 vantage_presence_frame_get_end (VantagePresenceFrame *self);
VantageZone *vantage_presence_frame_get_zone (VantagePresenceFrame *self);
/* Folded stretches; lent. */
const VantageStretch *vantage_presence_frame_get_folds (VantagePresenceFrame *self, guint *out_n);
/* 0 at the begin, @width_px at the end, clamped to these. */
double vantage_presence_frame_get_x (VantagePresenceFrame *self, gint64 us, int width_px);
/* Ticks of the ruler for a width; lent until the next call. (element-type VantageTick) */
GArray *vantage_presence_frame_get_ticks (VantagePresenceFrame *self, int width_px);
gboolean vantage_presence_frame_contains (VantagePresenceFrame *self, gint64 us);
/* "02:14", with the day where the frame is longer than one or @us lies outside. (transfer full) */
char *vantage_presence_frame_dup_clock (VantagePresenceFrame *self, gint64 us);
/* The longest silences of all in the frame, in order of time: "Quiet: Fri 14 Mar 22:10 – 07:30 (9 h
 * 20 min), …". NULL: there was none worth telling. (transfer full) (nullable) */
char *vantage_presence_frame_dup_quiet (VantagePresenceFrame *self, VantageSurvey *survey);

G_END_DECLS
