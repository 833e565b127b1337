/* vantage-import-window-private.h: what the files of the import window share. */

#pragma once

#include "vantage-channel-chooser.h"
#include "vantage-import-job.h"
#include "vantage-import-questions.h"
#include "vantage-import-window.h"

G_BEGIN_DECLS

struct _VantageImportWindow
{
  AdwWindow parent_instance;

  VantageLibrary *library;
  char *review; /* NULL until the first thing is kept, when a new review is begun */
  VantageImportDone done;
  gpointer done_data;
  GPtrArray *paths; /* (element-type utf8): still to come, the first is at hand */
  guint n_paths;
  GPtrArray *pasted; /* (element-type utf8): files made of the clipboard, removed at the end */
  VantageImportJob *job;
  VantagePreview *preview;
  VantageZone *zone; /* in which times are shown and typed */
  guint64 n_kept, n_new, n_skipped;
  gint64 first_us, last_us;
  gboolean filling, closing, keeping;
  guint slow; /* source: a look has taken a moment */

  AdwWindowTitle *title;
  GtkStack *steps;
  GtkLabel *formats;
  GtkWidget *files_button, *cancel_button, *take_direct_button, *as_file_button, *skip_button,
      *other_button, *people_button, *read_button, *more_button, *keep_button;
  AdwStatusPage *busy_page, *refused_page, *done_page;
  GtkProgressBar *progress;
  GtkLabel *found, *found_range, *of_many, *done_notes, *paste_note;
  VantageImportQuestions questions;
  AdwActionRow *people_row, *kinds_row, *missing_row;
  GtkWidget *rows_group;
  AdwBin *channels_slot;
  VantageChannelChooser *channels;
  GtkListBox *rows;
  AdwExpanderRow *skipped_row;
  GtkDropDown *read_as_drop;
};

/* Begins with the first of @self->paths; shows the end when there is none. */
void vantage_import_window_take_next (VantageImportWindow *self);

/* Begins anew with @files (element-type GFile); what is no file on this computer is left out. */
void vantage_import_window_take_files (VantageImportWindow *self, GListModel *files);
/* Adds "import.files", "import.folder" and "import.paste". */
void vantage_import_window_add_choosing (GtkWidgetClass *widget_class);
/* Files and folders may be dropped anywhere on it. */
void vantage_import_window_take_drops (VantageImportWindow *self);
/* Nothing is left of what came from the clipboard. */
void vantage_import_window_remove_pasted (VantageImportWindow *self);

G_END_DECLS
