/* vantage-remark-list.h: what people put on an event: tags, notes and open questions. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_REMARK_LIST (vantage_remark_list_get_type ())
G_DECLARE_FINAL_TYPE (VantageRemarkList, vantage_remark_list, VANTAGE, REMARK_LIST, GtkWidget)

GtkWidget *vantage_remark_list_new (VantageReviewContext *context);
/* @id: (nullable): an entity of @kind. */
void vantage_remark_list_set_about (VantageRemarkList *self, const char *kind, const char *id);

/* Each is one step that can be undone; what could not be written was told. */

/* Finds the tag by its name, whatever its case, or makes it, and puts it on all of @ids. */
gboolean vantage_remark_add_tag (VantageReviewContext *context, const char *kind,
                                 const char *const *ids, const char *name);
gboolean vantage_remark_add_note (VantageReviewContext *context, const char *id, const char *text);
gboolean vantage_remark_add_wonder (VantageReviewContext *context, const char *const *ids,
                                    const char *text);

G_END_DECLS
