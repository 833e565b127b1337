/* vantage-cue-editor.h: what of the record to put before the person: proposed from what they wrote,
 * and what was dropped here from the evidence. */

#pragma once

#include <adwaita.h>
#include "vantage-interview-room.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_CUE_EDITOR (vantage_cue_editor_get_type ())
G_DECLARE_FINAL_TYPE (VantageCueEditor, vantage_cue_editor, VANTAGE, CUE_EDITOR, AdwBin)

GtkWidget *vantage_cue_editor_new (VantageInterviewRoom *room);

G_END_DECLS
