/* vantage-item-drag.h: dragging items of evidence from where they are read to where they are used.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A boxed char ** of item ids. What leaves the window is text, "vantage-item:ID" a line. */
#define VANTAGE_TYPE_ITEM_IDS (vantage_item_ids_get_type ())
GType vantage_item_ids_get_type (void);

/* (transfer full) */
GdkContentProvider *vantage_item_drag_new_provider (const char *const *item_ids);
/* The ids in such text; NULL when it is other text. (transfer full) (nullable) */
char **vantage_item_drag_parse (const char *text);

/* Which ids a drag takes along; (transfer full); NULL: no drag. */
typedef char **(*VantageItemDragGet) (GtkWidget *widget, gpointer user_data);
/* Adds a drag source to @widget. */
void vantage_item_drag_add_source (GtkWidget *widget, VantageItemDragGet get, gpointer user_data);

/* Items were dropped at (x, y) of @widget. FALSE: they cannot be used there. */
typedef gboolean (*VantageItemDropped) (GtkWidget *widget, const char *const *item_ids, double x,
                                        double y, gpointer user_data);
/* Adds a drop target to @widget, and gives it, for its "motion", "enter" and "leave". Lent. */
GtkDropTarget *vantage_item_drag_add_target (GtkWidget *widget, VantageItemDropped dropped,
                                             gpointer user_data);

G_END_DECLS
