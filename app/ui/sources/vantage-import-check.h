/* vantage-import-check.h: what a look at a file found, as rows of the check step. */

#pragma once

#include <adwaita.h>
#include "vantage-import.h"

G_BEGIN_DECLS

/* "1 515 records, 2 channels, 9 people". (transfer full) */
char *vantage_import_check_dup_found (const VantagePreview *preview);
/* "Slack export · Thu 13 Mar 22:00 – Fri 14 Mar 03:30 · Europe/Berlin". (transfer full) */
char *vantage_import_check_dup_range (const VantagePreview *preview, VantageZone *zone);
/* Names of those in it, and how many more there are. (transfer full) */
char *vantage_import_check_dup_people (const VantagePreview *preview);
/* "Message 1 204 · Joined 12", most first. (transfer full) */
char *vantage_import_check_dup_kinds (const guint64 kinds[VANTAGE_N_ITEM_KINDS]);
/* The first records, time, who and words. */
void vantage_import_check_fill_rows (GtkListBox *list, const VantagePreview *preview,
                                     VantageZone *zone);
/* What was left out or is to be said; the row is hidden when there is nothing. */
void vantage_import_check_fill_skipped (AdwExpanderRow *row, const VantagePreview *preview);
/* One of them: what it was, and in which file and line. (transfer floating) */
GtkWidget *vantage_import_check_new_told_row (const VantageDiagnostic *diagnostic);
/* "8 412 records · about 20 s"; @left_us 0 or less: not known. (transfer full) */
char *vantage_import_check_dup_progress (guint64 n_items, gint64 left_us);
/* What could not be read; NULL when nothing was lost. (transfer full) (nullable) */
char *vantage_import_check_dup_lost (guint64 n_skipped);
/* What came in, in one or two lines. @first_us: VANTAGE_TIME_NONE: nothing in it has a time.
 * (transfer full) */
char *vantage_import_check_dup_kept (guint64 n_new, guint64 n_kept, gint64 first_us, gint64 last_us,
                                     VantageZone *zone);
/* All formats that are read, in one line. (transfer full) */
char *vantage_import_check_dup_formats (void);
/* "2 of 5"; nothing when there is one. */
void vantage_import_check_say_which (GtkLabel *label, guint at, guint n);

G_END_DECLS
