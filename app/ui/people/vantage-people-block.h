/* vantage-people-block.h: something that stands in the list of people and is no person: a widget as
 * an item of the model, so that all of the page scrolls as one list. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define VANTAGE_TYPE_PEOPLE_BLOCK (vantage_people_block_get_type ())
G_DECLARE_FINAL_TYPE (VantagePeopleBlock, vantage_people_block, VANTAGE, PEOPLE_BLOCK, GObject)

/* @widget: (transfer floating) */
VantagePeopleBlock *vantage_people_block_new (GtkWidget *widget);
/* Lent. */
GtkWidget *vantage_people_block_get_widget (VantagePeopleBlock *self);

G_END_DECLS
