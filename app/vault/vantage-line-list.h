/* vantage-line-list.h: the lines of one interview as a list model, kept in order by the vault. */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "vantage-line.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_LINE_LIST (vantage_line_list_get_type ())
G_DECLARE_FINAL_TYPE (VantageLineList, vantage_line_list, VANTAGE, LINE_LIST, GObject)

VantageLineList *vantage_line_list_new (void);
/* Makes or changes the line of this row and puts it in its place. */
void vantage_line_list_put (VantageLineList *self, const char *interview, const char *id,
                            const char *pos, gint64 begun_us, JsonObject *data);
void vantage_line_list_remove (VantageLineList *self, const char *id);
/* Removes every line whose id is not in @ids. */
void vantage_line_list_keep_only (VantageLineList *self, GHashTable *ids);

G_END_DECLS
