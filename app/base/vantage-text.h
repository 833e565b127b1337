/* vantage-text.h: text from outside made safe, and small work on text of our own. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Valid UTF-8 without NUL: bad bytes, lone surrogates and NUL become U+FFFD, each counted in
 * @out_replaced (optional). (transfer full) */
char *vantage_text_repair (const char *bytes, gsize length, guint *out_replaced);
/* NFC. @text must be valid UTF-8. (transfer full) */
char *vantage_text_nfc (const char *text);
/* At most @max_chars code points; an ellipsis takes the place of what was cut; never inside a
 * combining sequence. One line: runs of white space become one space. (transfer full) */
char *vantage_text_shorten (const char *text, guint max_chars);
/* Only letters and digits, as they are: what `version` and near-duplicate checks look at. */
char *vantage_text_bones (const char *text);
/* Folded for comparing (case, accents, width). (transfer full) */
char *vantage_text_fold (const char *text);
/* The code points [from, to) of @text, clamped. (transfer full) */
char *vantage_text_slice (const char *text, guint from, guint to);
/* Overwrites the value of download tokens in URLs (`t=`, `token=`, `sig=`, `access_token=`, …, and
 * bare `xoxe-…`, `xox[abp]-…`) with `x`, same length, in place. Returns how many. */
guint vantage_text_mask_tokens (char *bytes, gsize length);
/* Up to two initials of a name, upper case, any script. (transfer full) */
char *vantage_text_initials (const char *name);

G_END_DECLS
