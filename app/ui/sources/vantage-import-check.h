/* vantage-import-check.h: what a look at a file found, as rows of the check step. */

#pragma once

#include <adwaita.h>
#include "vantage-import.h"

G_BEGIN_DECLS

/* "1 515 records, 2 channels, 9 people". (transfer full) */
char *vantage_import_check_dup_found (const VantagePreview *preview);
/* "Slack export · Thu 13 Mar 22:00 – Fri 14 Mar 03:30". (transfer full) */
char *vantage_import_check_dup_range (const VantagePreview *preview, VantageZone *zone);
/* A row a channel with a check mark in front; the row's data "channel" is its id. */
void vantage_import_check_fill_channels (GtkListBox *list, const VantagePreview *preview,
                                         GCallback toggled, gpointer data);
/* How many records are in channels that are ticked, or in none. */
guint64 vantage_import_check_count_chosen (GtkListBox *list, const VantagePreview *preview);
/* Ids of the checked ones; NULL when all are. (transfer full) (nullable) */
char **vantage_import_check_dup_chosen (GtkListBox *list);
void vantage_import_check_set_all (GtkListBox *list, gboolean checked);
/* The first records, time, who and words. */
void vantage_import_check_fill_rows (GtkListBox *list, const VantagePreview *preview,
                                     VantageZone *zone);
/* What was left out or is to be said; the row is hidden when there is nothing. */
void vantage_import_check_fill_skipped (AdwExpanderRow *row, const VantagePreview *preview);

G_END_DECLS
