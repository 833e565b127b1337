/* vantage-language-mask.h: which parts of a text are nobody's own prose, and where its sentences
 * are. For vantage-language.c alone. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gsize begin, end; /* bytes */
} VantageSentence;

/* A copy of the same length in bytes: quotations, code, paths, identifiers, log lines and
 * references become '\1', single line ends become spaces. (transfer full) */
char *vantage_language_mask (const char *text, gsize length);
/* Only the line ends: what a person said is looked at whole. (transfer full) */
char *vantage_language_join_lines (const char *text, gsize length);

/* Sentences of a text so prepared, in order; white space before them is left out. (transfer full)
 * (element-type VantageSentence) */
GArray *vantage_language_split (const char *text, gsize length);

G_END_DECLS
