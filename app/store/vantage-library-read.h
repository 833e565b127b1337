/* vantage-library-read.h: questions shared by the parts of an open library. Only for app/store. */

#pragma once

#include "vantage-library.h"

G_BEGIN_DECLS

/* For arrays of VantageEntity: by (pos, id), what has no pos last. */
int vantage_store_compare_by_pos (gconstpointer a, gconstpointer b);
int vantage_store_compare_newest_first (gconstpointer a, gconstpointer b);
/* (transfer full) (element-type VantageEntity) */
GPtrArray *vantage_store_list_reviews (VantageLibrary *self, GError **error);
/* The paragraphs of a prose field in order. (transfer full) (element-type VantageEntity) */
GPtrArray *vantage_store_list_blocks (VantageLibrary *self, const char *review, const char *entity,
                                      const char *slot, GError **error);
/* What stands before a paragraph of @style when prose is one text: "# ", "> ", "- ", "``` ", "". */
const char *vantage_store_get_style_mark (const char *style);

G_END_DECLS
