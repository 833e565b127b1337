/* vantage-wrap-entry.h: a one-line text field of an entity that wraps instead of scrolling
 * sideways: titles, hypotheses, questions. Written as it is typed. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_WRAP_ENTRY (vantage_wrap_entry_get_type ())
G_DECLARE_FINAL_TYPE (VantageWrapEntry, vantage_wrap_entry, VANTAGE, WRAP_ENTRY, GtkWidget)

/* @label: accessible name. @placeholder: shown faint while it is empty. (transfer floating) */
GtkWidget *vantage_wrap_entry_new (const char *label, const char *placeholder);
/* As vantage_field_bind (): a NULL @id detaches, writing first. */
void vantage_wrap_entry_bind (VantageWrapEntry *self, VantageReviewContext *context,
                              const char *kind, const char *id, const char *field,
                              const char *what);
/* (transfer full) */
char *vantage_wrap_entry_dup_text (VantageWrapEntry *self);
/* As if typed. */
void vantage_wrap_entry_set_text (VantageWrapEntry *self, const char *text);

G_END_DECLS
