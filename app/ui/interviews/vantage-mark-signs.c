/* vantage-mark-signs.c: marks of a line as a sign and as a word. */

#include "config.h"

#include "vantage-mark-signs.h"

#include <glib/gi18n.h>

static const struct
{
  const char *sign;
  const char *word;
} marks[VANTAGE_N_LINE_MARKS] = {
  { "❝", NC_ ("mark", "quote") },   { "!", NC_ ("mark", "surprise") },
  { "☁", NC_ ("mark", "theory") },  { "⚙", NC_ ("mark", "how it works") },
  { "?", NC_ ("mark", "wonder") },  { "↪", NC_ ("mark", "follow up") },
  { "♡", NC_ ("mark", "feeling") }, { "◷", NC_ ("mark", "time") },
};

static guint
get_index (VantageLineMarks one)
{
  int bit = g_bit_nth_lsf (one, -1);

  return bit >= 0 && bit < VANTAGE_N_LINE_MARKS ? (guint) bit : 0;
}

const char *
vantage_mark_sign (VantageLineMarks one)
{
  return marks[get_index (one)].sign;
}

const char *
vantage_mark_word (VantageLineMarks one)
{
  return g_dpgettext2 (NULL, "mark", marks[get_index (one)].word);
}

char *
vantage_marks_dup_signs (VantageLineMarks set)
{
  GString *text = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < VANTAGE_N_LINE_MARKS && n < 2; i++)
    if (set & (1u << i))
      {
        g_string_append (text, marks[i].sign);
        n++;
      }
  return g_string_free (text, FALSE);
}

char *
vantage_marks_dup_words (VantageLineMarks set, VantageLineSort sort)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  if (sort == VANTAGE_LINE_QUESTION)
    g_ptr_array_add (words, (gpointer) C_ ("line", "asked"));
  else if (sort == VANTAGE_LINE_OBSERVATION)
    g_ptr_array_add (words, (gpointer) C_ ("line", "observed"));
  for (guint i = 0; i < VANTAGE_N_LINE_MARKS; i++)
    if (set & (1u << i))
      g_ptr_array_add (words, (gpointer) vantage_mark_word (1u << i));
  g_ptr_array_add (words, NULL);
  return g_strjoinv (", ", (char **) words->pdata);
}
