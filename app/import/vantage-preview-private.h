/* vantage-preview-private.h: the sink that counts. */

#pragma once

#include "vantage-evidence-sink.h"
#include "vantage-import.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_PREVIEW_SINK (vantage_preview_sink_get_type ())
G_DECLARE_FINAL_TYPE (VantagePreviewSink, vantage_preview_sink, VANTAGE, PREVIEW_SINK, GObject)

VantagePreviewSink *vantage_preview_sink_new (void);
/* What was counted, without facts. (transfer full) */
VantagePreview *vantage_preview_sink_steal (VantagePreviewSink *self);

G_END_DECLS
