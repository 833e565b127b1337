/* vantage-entity-list.h: the entities of one kind as a list in their order: one is selected, any
 * can be moved up and down by key and by drag, or deleted with a toast that offers Undo. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

/* What one kind is called and how its rows look; static. */
typedef struct
{
  const char *kind;
  const char *label;       /* N_(): accessible name of the list */
  const char *move;        /* N_(): names the undo step; NULL: the kind has no order of its own */
  const char *remove;      /* N_(): names the undo step */
  const char *removed;     /* N_(): the toast */
  const char *empty_title; /* N_(): shown while there is nothing */
  const char *empty;       /* N_() */
  /* What stands in a row. (transfer floating) */
  GtkWidget *(*new_row) (VantageReviewContext *context, VantageEntity *entity);
  /* How a row is read out. (transfer full) */
  char *(*dup_spoken) (VantageReviewContext *context, VantageEntity *entity);
} VantageEntityListSort;

#define VANTAGE_TYPE_ENTITY_LIST (vantage_entity_list_get_type ())
G_DECLARE_FINAL_TYPE (VantageEntityList, vantage_entity_list, VANTAGE, ENTITY_LIST, GtkWidget)

/* Signals: "selected": another entity, or none, is selected; "activated": the person wants to see
 * the selected one, also where list and detail do not stand side by side; "filled": the first
 * entity came or the last one went. */

/* (transfer floating) */
GtkWidget *vantage_entity_list_new (VantageReviewContext *context,
                                    const VantageEntityListSort *sort);
/* NULL when nothing is selected. Lent. */
const char *vantage_entity_list_get_selected (VantageEntityList *self);
/* FALSE when there is none with such an id. */
gboolean vantage_entity_list_select (VantageEntityList *self, const char *id);
gboolean vantage_entity_list_is_empty (VantageEntityList *self);
/* (nullable) (transfer full) */
VantageEntity *vantage_entity_list_dup_entity (VantageEntityList *self, const char *id);
/* Where a new one goes: after the last. (transfer full) (nullable) */
char *vantage_entity_list_dup_last_pos (VantageEntityList *self);
/* @by: -1 up, 1 down. */
void vantage_entity_list_move_selected (VantageEntityList *self, int by);
/* Moves @id before the row that is now at @position. */
void vantage_entity_list_move (VantageEntityList *self, const char *id, guint position);
void vantage_entity_list_delete_selected (VantageEntityList *self);
/* Builds the rows anew: something they tell of, beside their entities, changed. */
void vantage_entity_list_refresh (VantageEntityList *self);

G_END_DECLS
