/* vantage-source-list.h: everything that was imported, to look at and to put right. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_SOURCE_LIST (vantage_source_list_get_type ())
G_DECLARE_FINAL_TYPE (VantageSourceList, vantage_source_list, VANTAGE, SOURCE_LIST, GtkWidget)

/* (transfer floating) */
GtkWidget *vantage_source_list_new (VantageReviewContext *context);
/* Id of the source whose row has focus, else of the one that is opened alone; NULL. Lent. */
const char *vantage_source_list_get_current (VantageSourceList *self);
/* Opens the row of a source; NULL: the first. */
void vantage_source_list_open (VantageSourceList *self, const char *source);
/* Takes a source out of sight, says what rests on it, and offers to take that back. */
void vantage_source_list_remove (VantageSourceList *self, const char *source);
/* A window of all that was left out of a source, with file and line. */
void vantage_source_list_show_problems (VantageSourceList *self, const char *source);

G_END_DECLS
