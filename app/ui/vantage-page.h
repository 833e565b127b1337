/* vantage-page.h: what every section of a review is: a widget with a context, actions and a state.
 *
 * A page derives from it, is built from a template with `<template class="…" parent="VantagePage">`
 * (the one child is the property "child" of AdwBin), and stands in the table of vantage-sections.c.
 * It must be usable 340 px wide. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_PAGE (vantage_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (VantagePage, vantage_page, VANTAGE, PAGE, AdwBin)

struct _VantagePageClass
{
  AdwBinClass parent_class;

  /* All optional. */

  /* Selects and scrolls to an entity or item; an unknown one is ignored. */
  void (*go_to) (VantagePage *self, const char *target);
  /* Ctrl+F: opens the page's own search. Without it Find is greyed out. */
  void (*find) (VantagePage *self);
  /* The page comes into view, leaves it. Live models may rest while it is away. */
  void (*shown) (VantagePage *self);
  void (*hidden) (VantagePage *self);
  /* Esc: leaves a mode or clears a selection; FALSE when there was nothing to leave. */
  gboolean (*escape) (VantagePage *self);
  /* Selection, scroll, zoom … as text of the page's own making; kept on this computer. (transfer
   * full) (nullable) */
  char *(*save_state) (VantagePage *self);
  void (*restore_state) (VantagePage *self, const char *state);

  /* While `has_steps` is TRUE, Undo and Redo walk steps of the page's own instead of the review's:
   * then all three are there. @redo picks the direction; a NULL name: nothing to walk. */
  gboolean (*has_steps) (VantagePage *self);
  char *(*dup_step_name) (VantagePage *self, gboolean redo);
  void (*walk_step) (VantagePage *self, gboolean redo);
};

/* Construct-only property "context". Lent; set before `constructed` of the page runs. */
VantageReviewContext *vantage_page_get_context (VantagePage *self);
/* Actions of the page, activated as "page.…" while it is the section in view: add entries to it.
 * Their keys stand in vantage-shortcuts.c under the section's id. Lent. */
GSimpleActionGroup *vantage_page_get_actions (VantagePage *self);

void vantage_page_go_to (VantagePage *self, const char *target);
gboolean vantage_page_can_find (VantagePage *self);
void vantage_page_find (VantagePage *self);
void vantage_page_shown (VantagePage *self);
void vantage_page_hidden (VantagePage *self);
gboolean vantage_page_escape (VantagePage *self);
char *vantage_page_save_state (VantagePage *self);
void vantage_page_restore_state (VantagePage *self, const char *state);
gboolean vantage_page_has_steps (VantagePage *self);
/* (transfer full) (nullable) */
char *vantage_page_dup_step_name (VantagePage *self, gboolean redo);
void vantage_page_walk_step (VantagePage *self, gboolean redo);
/* The page calls it when the steps or whether it has any are others: menus name them anew. */
void vantage_page_steps_changed (VantagePage *self);

G_END_DECLS
