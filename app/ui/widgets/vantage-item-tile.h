/* vantage-item-tile.h: one item of evidence: who, when, what. Used by the evidence pane, the reader
 * and wherever something is cited. It can be dragged. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_ITEM_TILE (vantage_item_tile_get_type ())
G_DECLARE_FINAL_TYPE (VantageItemTile, vantage_item_tile, VANTAGE, ITEM_TILE, GtkWidget)

typedef enum
{
  VANTAGE_ITEM_TILE_COMPACT, /* at most three lines of text: lists of cited things */
  VANTAGE_ITEM_TILE_FULL,    /* all of the text, selectable */
  VANTAGE_ITEM_TILE_LINE,    /* all of the text, not selectable: rows of a list view */
} VantageItemTileSort;

/* (transfer floating) */
GtkWidget *vantage_item_tile_new (VantageReviewContext *context, VantageItemTileSort sort);
/* @item: (nullable): NULL shows "Not on this computer". */
void vantage_item_tile_set_item (VantageItemTile *self, const VantageItem *item);
/* Looks the item up. */
void vantage_item_tile_set_item_id (VantageItemTile *self, const char *id);
/* Whether channel and day stand below; where they stand above a whole list, once is enough. */
void vantage_item_tile_set_show_place (VantageItemTile *self, gboolean show);
/* "" when empty. Lent. */
const char *vantage_item_tile_get_item_id (VantageItemTile *self);
/* The words a screen reader says for an item: "02:16, Dana Okafor: is this …". (transfer full) */
char *vantage_item_tile_dup_spoken (VantageReviewContext *context, const VantageItem *item);

G_END_DECLS
