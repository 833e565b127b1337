/* vantage-pasted-line.h: one line of text that was copied out of a chat program. */

#pragma once

#include "vantage-pasted-when.h"

G_BEGIN_DECLS

typedef enum
{
  VANTAGE_PASTED_TEXT,
  VANTAGE_PASTED_DAY,    /* a day alone */
  VANTAGE_PASTED_HEADER, /* who and when, and perhaps what */
  VANTAGE_PASTED_CLOCK,  /* a time alone: the same person again, or of the name before it */
} VantagePastedSort;

typedef struct
{
  VantagePastedSort sort;
  VantagePastedWhen when;
  char *name;       /* owned (nullable) */
  const char *text; /* what follows on the line; "" */
} VantagePastedLine;

void vantage_pasted_line_clear (VantagePastedLine *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VantagePastedLine, vantage_pasted_line_clear)

/* @line must outlive @out. */
void vantage_pasted_line_parse (const char *line, VantagePastedLine *out);
/* A name out of [@from, @from + @n), without what programs put behind names; NULL when it is none.
 * (transfer full) */
char *vantage_pasted_dup_name (const char *from, gsize n);

G_END_DECLS
