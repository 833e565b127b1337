/* vantage-volume-chart.h: how much was said when, as stacked bars on the time axis that the rows of
 * people share. Groups are told apart by pattern as well as by colour, so that it can be read in
 * black and white. By mouse and by arrow keys alike: a bar is one step from its items. */

#pragma once

#include "vantage-presence-frame.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define VANTAGE_VOLUME_GROUPS 6

#define VANTAGE_TYPE_VOLUME_CHART (vantage_volume_chart_get_type ())
G_DECLARE_FINAL_TYPE (VantageVolumeChart, vantage_volume_chart, VANTAGE, VOLUME_CHART, GtkWidget)

/* Signal "chosen": (const char *item): the first item of a bar that was activated. */

GtkWidget *vantage_volume_chart_new (VantagePresenceFrame *frame);
/**
 * vantage_volume_chart_set:
 * @group_of: (transfer full): for each item of the survey its group, below the number of @names, or
 *   VANTAGE_NOBODY
 * @names: (transfer full): of the groups, VANTAGE_VOLUME_GROUPS at most
 */
void vantage_volume_chart_set (VantageVolumeChart *self, VantageSurvey *survey, guint32 *group_of,
                               char **names);
/* A small square with the look of a group, for the legend. */
GtkWidget *vantage_volume_chart_new_swatch (guint group);

G_END_DECLS
