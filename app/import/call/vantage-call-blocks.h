/* vantage-call-blocks.h: a WebVTT or SRT file as a stream of blocks: cues, notes, and what is
 * neither. */

#pragma once

#include "vantage-call-cue.h"
#include "vantage-call-lines.h"

G_BEGIN_DECLS

typedef enum
{
  VANTAGE_CALL_END, /* no more; look at the error */
  VANTAGE_CALL_CUE,
  VANTAGE_CALL_NOTE,
  VANTAGE_CALL_BAD_TIME, /* what should be a cue's times cannot be read */
  VANTAGE_CALL_NO_TIME,  /* words that no times stand before */
} VantageCallBlockSort;

typedef struct
{
  VantageCueTime begin, end; /* of a cue; their text is lent from `timing` */
  char *timing;              /* the line of the times */
  char *id;                  /* the line before it (nullable) */
  GString *text;             /* the lines after it */
  gboolean closed;           /* something follows it: it is certainly whole */
  gint64 line, offset, length;
} VantageCallBlock;

typedef struct _VantageCallBlocks VantageCallBlocks;

/* Takes @lines. @vtt: WebVTT, else SRT. */
VantageCallBlocks *vantage_call_blocks_new (VantageCallLines *lines, gboolean vtt);
void vantage_call_blocks_free (VantageCallBlocks *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageCallBlocks, vantage_call_blocks_free)

/* The next block, lent until the next call. */
VantageCallBlockSort vantage_call_blocks_next (VantageCallBlocks *self,
                                               const VantageCallBlock **out_block, GError **error);
/* For what it counted. Lent. */
VantageCallLines *vantage_call_blocks_get_lines (VantageCallBlocks *self);

G_END_DECLS
