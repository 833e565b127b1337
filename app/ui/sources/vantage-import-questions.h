/* vantage-import-questions.h: what a file leaves open, and what of it is wanted, asked in rows:
 * zone, start, columns, order of dates, format, stretch of time, direct messages. */

#pragma once

#include <adwaita.h>
#include "vantage-import-job.h"

G_BEGIN_DECLS

/* The rows, children of a window's template, which owns them. */
typedef struct
{
  GtkWidget *group, *zone_row, *start_row, *order_row;
  GtkDropDown *zone_drop, *format_drop;
  AdwComboRow *time_column, *text_column, *author_column;
  GtkWidget *from_row, *until_row, *direct_row;
  GtkSwitch *direct;

  /* as they were filled in, to tell what a person wrote; owned */
  char *from_text, *until_text;
} VantageImportQuestions;

/* The zones, formats and orders there are to choose from. @zone: (nullable): of the review. */
void vantage_import_questions_set_up (VantageImportQuestions *self, const char *zone);
/* Forgets what was answered for the file before. */
void vantage_import_questions_clear (VantageImportQuestions *self);
/* Shows the rows that @preview asks for, with what was guessed. @zone: of the times shown. */
void vantage_import_questions_fill (VantageImportQuestions *self, const VantagePreview *preview,
                                    VantageZone *zone);
/* Whether what @preview found can be kept as it is answered. */
gboolean vantage_import_questions_are_answered (VantageImportQuestions *self,
                                                const VantagePreview *preview);
/* Where the first answer that is still missing is given; NULL: none is. */
GtkWidget *vantage_import_questions_find_open (VantageImportQuestions *self,
                                               const VantagePreview *preview);
/* Lent; NULL while none is chosen. */
const char *vantage_import_questions_get_zone (VantageImportQuestions *self);
/* Hands the answers to @job, for its next look. FALSE when one cannot be read: it is marked. */
gboolean vantage_import_questions_answer (VantageImportQuestions *self,
                                          const VantagePreview *preview, VantageZone *zone,
                                          VantageImportJob *job);

/* All formats in @drop, with @first, which means none of them, before them. */
void vantage_import_fill_formats (GtkDropDown *drop, const char *first);
/* The reader's name; NULL while it is the first. Lent. */
const char *vantage_import_get_format (GtkDropDown *drop);

G_END_DECLS
