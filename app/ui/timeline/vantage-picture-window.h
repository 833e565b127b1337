/* vantage-picture-window.h: asks what of the timeline is to become a picture, and writes it. */

#pragma once

#include "vantage-canvas.h"

G_BEGIN_DECLS

/* What the page shows now. */
typedef struct
{
  gint64 begin_us, end_us; /* of what is seen */
  VantageAxis *axis;       /* (nullable): with its folds */
  const char *lane;        /* (nullable): of the focused event: a person, "systems", "nobody" */
  const char *lane_name;
  GHashTable *only; /* (nullable): ids of the events that a filter leaves */
} VantagePictureScope;

/* A window over @parent; it owns itself. Everything of @scope is copied. */
GtkWindow *vantage_picture_window_show (GtkWindow *parent, VantageTimelineFeed *feed,
                                        const VantagePictureScope *scope);

G_END_DECLS
