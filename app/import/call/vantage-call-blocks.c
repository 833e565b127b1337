/* vantage-call-blocks.c: which lines belong together. */

#include "vantage-call-blocks.h"

#include <string.h>

#define MAX_TEXT (1024 * 1024) /* bytes of one cue */

typedef enum
{
  STATE_HEADER,  /* of a WebVTT file, up to its first blank line */
  STATE_BETWEEN, /* nothing begun */
  STATE_ID,      /* a line that may be a cue's name, or words without times */
  STATE_CUE,
  STATE_NOTE,
  STATE_PASSING, /* up to a blank line: styles, and the words of a cue whose times are bad */
} State;

struct _VantageCallBlocks
{
  VantageCallLines *lines;
  gboolean vtt;
  State state;
  VantageCallBlock block;
  char *held; /* a line of times that ended the block before */
  char *held_id;
  gint64 held_line, held_offset;
};

VantageCallBlocks *
vantage_call_blocks_new (VantageCallLines *lines, gboolean vtt)
{
  VantageCallBlocks *self = g_new0 (VantageCallBlocks, 1);

  self->lines = lines;
  self->vtt = vtt;
  self->state = vtt ? STATE_HEADER : STATE_BETWEEN;
  self->block.text = g_string_new (NULL);
  return self;
}

static void
clear_block (VantageCallBlock *block)
{
  g_clear_pointer (&block->timing, g_free);
  g_clear_pointer (&block->id, g_free);
  g_string_truncate (block->text, 0);
  block->closed = FALSE;
}

void
vantage_call_blocks_free (VantageCallBlocks *self)
{
  if (self == NULL)
    return;
  clear_block (&self->block);
  g_string_free (self->block.text, TRUE);
  g_free (self->held);
  g_free (self->held_id);
  vantage_call_lines_free (self->lines);
  g_free (self);
}

VantageCallLines *
vantage_call_blocks_get_lines (VantageCallBlocks *self)
{
  return self->lines;
}

static gboolean
is_blank (const char *line)
{
  return line[strspn (line, " \t")] == '\0';
}

static gboolean
is_word (const char *line, const char *word)
{
  gsize length = strlen (word);

  return strncmp (line, word, length) == 0 &&
         (line[length] == '\0' || line[length] == ' ' || line[length] == '\t');
}

static void
begin_cue (VantageCallBlocks *self, const char *timing, gint64 line, gint64 offset)
{
  self->block.timing = g_strdup (timing);
  vantage_cue_read_timing (self->block.timing, &self->block.begin, &self->block.end);
  self->block.line = line;
  self->block.offset = offset;
  self->state = STATE_CUE;
}

static void
append_line (GString *text, const char *line)
{
  gsize length = strlen (line);

  if (text->len + length + 1 > MAX_TEXT)
    return;
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append_len (text, line, (gssize) length);
}

/* In SRT a cue that no blank line ends leaves the number of the next one in its words. */
static char *
take_number_off (VantageCallBlocks *self)
{
  GString *text = self->block.text;
  const char *last = strrchr (text->str, '\n');
  char *number;

  last = last != NULL ? last + 1 : text->str;
  if (self->vtt || *last == '\0' || strspn (last, "0123456789") != strlen (last))
    return NULL;
  number = g_strdup (last);
  g_string_truncate (text, last > text->str ? (gsize) (last - 1 - text->str) : 0);
  return number;
}

/* The block ends in front of a line of times. */
static void
hold (VantageCallBlocks *self, const char *line)
{
  self->held = g_strdup (line);
  self->held_id = self->state == STATE_CUE ? take_number_off (self) : NULL;
  vantage_call_lines_get_place (self->lines, &self->held_line, &self->held_offset);
}

static VantageCallBlockSort
end_block (VantageCallBlocks *self, VantageCallBlockSort sort, gint64 end)
{
  self->block.length =
      self->block.offset >= 0 && end > self->block.offset ? end - self->block.offset : 0;
  self->state = STATE_BETWEEN;
  return sort;
}

/* A line where no block has begun. TRUE when it is wrong in itself. */
static gboolean
take_first_line (VantageCallBlocks *self, const char *line, VantageCueLine timing)
{
  gint64 number, offset;

  vantage_call_lines_get_place (self->lines, &number, &offset);
  if (timing == VANTAGE_CUE_TIMING)
    {
      begin_cue (self, line, number, offset);
      return FALSE;
    }
  self->block.line = number;
  self->block.offset = offset;
  if (timing == VANTAGE_CUE_BAD_TIMING)
    {
      self->block.timing = g_strdup (line);
      return TRUE;
    }
  if (self->state != STATE_ID && self->vtt && is_word (line, "NOTE"))
    {
      self->state = STATE_NOTE;
      g_string_assign (self->block.text, line + 4);
    }
  else if (self->state != STATE_ID && self->vtt &&
           (is_word (line, "STYLE") || is_word (line, "REGION")))
    self->state = STATE_PASSING;
  else
    {
      g_free (self->block.id);
      self->block.id = g_strdup (line);
      self->state = STATE_ID;
    }
  return FALSE;
}

/* One line. What sort of block it ends, or VANTAGE_CALL_END. */
static VantageCallBlockSort
take_line (VantageCallBlocks *self, const char *line, gint64 offset)
{
  VantageCueTime begin, end;
  VantageCueLine timing = vantage_cue_read_timing (line, &begin, &end);

  switch (self->state)
    {
    case STATE_HEADER:
      if (timing == VANTAGE_CUE_TIMING)
        take_first_line (self, line, timing);
      else if (is_blank (line))
        self->state = STATE_BETWEEN;
      return VANTAGE_CALL_END;
    case STATE_CUE:
    case STATE_NOTE:
      if (timing != VANTAGE_CUE_TIMING && !is_blank (line))
        {
          append_line (self->block.text, line);
          return VANTAGE_CALL_END;
        }
      if (timing == VANTAGE_CUE_TIMING)
        hold (self, line);
      self->block.closed = TRUE;
      return end_block (self, self->state == STATE_CUE ? VANTAGE_CALL_CUE : VANTAGE_CALL_NOTE,
                        offset);
    case STATE_PASSING:
      if (timing == VANTAGE_CUE_TIMING)
        take_first_line (self, line, timing);
      else if (is_blank (line))
        self->state = STATE_BETWEEN;
      return VANTAGE_CALL_END;
    case STATE_ID:
      if (is_blank (line))
        return end_block (self, VANTAGE_CALL_NO_TIME, offset);
      break;
    case STATE_BETWEEN:
    default:
      if (is_blank (line))
        return VANTAGE_CALL_END;
      break;
    }
  if (!take_first_line (self, line, timing))
    return VANTAGE_CALL_END;
  self->state = STATE_PASSING;
  return VANTAGE_CALL_BAD_TIME;
}

VantageCallBlockSort
vantage_call_blocks_next (VantageCallBlocks *self, const VantageCallBlock **out_block,
                          GError **error)
{
  VantageCallBlockSort sort;
  gint64 number, offset;
  const char *line;

  clear_block (&self->block);
  *out_block = &self->block;
  if (self->held != NULL)
    {
      g_autofree char *held = g_steal_pointer (&self->held);

      self->block.id = g_steal_pointer (&self->held_id);
      begin_cue (self, held, self->held_line, self->held_offset);
    }
  while ((line = vantage_call_lines_next (self->lines, error)) != NULL)
    {
      vantage_call_lines_get_place (self->lines, &number, &offset);
      sort = take_line (self, line, offset);
      if (sort != VANTAGE_CALL_END)
        return sort;
    }
  offset = vantage_call_lines_get_end (self->lines);
  if (self->state == STATE_CUE)
    return end_block (self, VANTAGE_CALL_CUE, offset);
  if (self->state == STATE_ID)
    return end_block (self, VANTAGE_CALL_NO_TIME, offset);
  return VANTAGE_CALL_END;
}
