/* vantage-guide-editor.h: the questions of an interview, phase by phase: put in order, taken out,
 * one's own added, others found in the bank. */

#pragma once

#include <adwaita.h>
#include "vantage-interview-room.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_GUIDE_EDITOR (vantage_guide_editor_get_type ())
G_DECLARE_FINAL_TYPE (VantageGuideEditor, vantage_guide_editor, VANTAGE, GUIDE_EDITOR, AdwBin)

GtkWidget *vantage_guide_editor_new (VantageInterviewRoom *room);

G_END_DECLS
