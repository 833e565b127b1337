/* vantage-import-questions.h: what a file leaves open, asked in rows: zone, start, columns, order.
 */

#pragma once

#include <adwaita.h>
#include "vantage-import-job.h"

G_BEGIN_DECLS

/* The rows, children of a window's template, which owns them. */
typedef struct
{
  GtkWidget *group, *zone_row, *start_row, *order_row;
  GtkDropDown *zone_drop;
  AdwComboRow *time_column, *text_column, *author_column;
} VantageImportQuestions;

/* The zones and orders there are to choose from. */
void vantage_import_questions_set_up (VantageImportQuestions *self);
/* Forgets what was answered for the file before. */
void vantage_import_questions_clear (VantageImportQuestions *self);
/* Shows the rows that @preview asks for, with what was guessed. */
void vantage_import_questions_fill (VantageImportQuestions *self, const VantagePreview *preview);
/* Whether what @preview found can be kept as it is answered. */
gboolean vantage_import_questions_are_answered (VantageImportQuestions *self,
                                                const VantagePreview *preview);
/* Lent; NULL while none is chosen. */
const char *vantage_import_questions_get_zone (VantageImportQuestions *self);
/* Hands the answers to @job, for its next look. */
void vantage_import_questions_answer (VantageImportQuestions *self, const VantagePreview *preview,
                                      VantageImportJob *job);

G_END_DECLS
