/* vantage-cite.h: the elements of the set `cites`: an item, or some of its words. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether the @length bytes at @text have the form of an item id: 16 hex digits of the channel, a
 * dot, 1 to 80 of [A-Za-z0-9._:-]. @length may be -1. */
gboolean vantage_item_id_is_valid (const char *text, gssize length);

/* "<item>", or "<item>@<from>-<to>" for the code points [from, to); @from is -1 for the whole.
 * (transfer full) */
char *vantage_cite_to_element (const char *item, int from, int to);

/* Takes such an element apart: the item id is its first @out_item_length bytes; -1 and -1 stand for
 * the whole. FALSE when @element has another form. */
gboolean vantage_cite_read_element (const char *element, gsize *out_item_length, int *out_from,
                                    int *out_to);

G_END_DECLS
