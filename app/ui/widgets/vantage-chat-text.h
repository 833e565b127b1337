/* vantage-chat-text.h: what people wrote in a chat with the signs of emphasis they used, as text
 * with attributes. Nothing from outside ever becomes markup. */

#pragma once

#include <pango/pango.h>

G_BEGIN_DECLS

/**
 * vantage_chat_text_parse:
 * @text: as it was written: *bold*, **bold**, _slanted_, ~struck~, `code`, ``` blocks ```, "> "
 * @out_attributes: (out) (transfer full): what is bold, slanted, struck, code or a quote
 *
 * Signs that stand alone, inside words or inside code stay as they are. Linear in the length.
 *
 * Returns: (transfer full): the text to show, without the signs
 */
char *vantage_chat_text_parse (const char *text, PangoAttrList **out_attributes);

G_END_DECLS
