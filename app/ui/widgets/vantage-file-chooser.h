/* vantage-file-chooser.h: asking for files, in one place that tests replace. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  VANTAGE_CHOOSE_OPEN,
  VANTAGE_CHOOSE_OPEN_MANY,
  VANTAGE_CHOOSE_FOLDER,
  VANTAGE_CHOOSE_SAVE,
} VantageChooseSort;

typedef struct
{
  VantageChooseSort sort;
  const char *title;       /* translated */
  const char *accept;      /* (nullable): the button: "_Import" */
  const char *name;        /* SAVE (nullable): suggested file name */
  const char *filter_name; /* (nullable): "Markdown" */
  const char *patterns;    /* (nullable): "*.md *.txt" */
} VantageFileRequest;

/* @files: (element-type GFile): NULL when the person thought better of it. Called once. */
typedef void (*VantageFilesChosen) (GListModel *files, gpointer user_data);

void vantage_choose_files (GtkWindow *parent, const VantageFileRequest *request,
                           VantageFilesChosen chosen, gpointer user_data);

/* What vantage_choose_files () calls; a test puts its own there. */
extern void (*vantage_choose_files_impl) (GtkWindow *parent, const VantageFileRequest *request,
                                          VantageFilesChosen chosen, gpointer user_data);

G_END_DECLS
