/* vantage-passage-row.h: words that were picked out: what they are, what was made from them, and
 * whether they may leave this computer. */

#pragma once

#include <adwaita.h>
#include "vantage-interview-room.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_PASSAGE_ROW (vantage_passage_row_get_type ())
G_DECLARE_FINAL_TYPE (VantagePassageRow, vantage_passage_row, VANTAGE, PASSAGE_ROW, AdwExpanderRow)

GtkWidget *vantage_passage_row_new (VantageInterviewRoom *room,
                                    const VantagePrivatePassage *passage);
const char *vantage_passage_row_get_id (VantagePassageRow *self);

G_END_DECLS
