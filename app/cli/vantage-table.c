/* vantage-table.c: rows of text in columns, as wide as their widest cell, for a person at a
 * terminal. */

#include "config.h"

#include "vantage-cli.h"

#include <string.h>

struct _VantageTable
{
  guint n_columns;
  GPtrArray *cells; /* (element-type utf8): row by row */
  guint *widths;    /* in characters as a terminal shows them */
};

VantageTable *
vantage_table_new (guint n_columns)
{
  VantageTable *self = g_new0 (VantageTable, 1);

  self->n_columns = n_columns;
  self->cells = g_ptr_array_new_with_free_func (g_free);
  self->widths = g_new0 (guint, n_columns);
  return self;
}

void
vantage_table_free (VantageTable *self)
{
  g_ptr_array_unref (self->cells);
  g_free (self->widths);
  g_free (self);
}

static guint
measure (const char *text)
{
  guint width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      width += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
    }
  return width;
}

char *
vantage_table_make_cell (const char *text)
{
  GString *cell = g_string_new (NULL);

  for (const char *p = text != NULL ? text : ""; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (cell, g_unichar_iscntrl (c) ? ' ' : c);
    }
  return g_string_free (cell, FALSE);
}

void
vantage_table_add (VantageTable *self, ...)
{
  va_list args;

  va_start (args, self);
  for (guint i = 0; i < self->n_columns; i++)
    {
      char *cell = vantage_table_make_cell (va_arg (args, const char *));

      self->widths[i] = MAX (self->widths[i], measure (cell));
      g_ptr_array_add (self->cells, cell);
    }
  va_end (args);
}

void
vantage_table_print (VantageTable *self)
{
  for (guint at = 0; at < self->cells->len; at += self->n_columns)
    {
      g_autoptr (GString) line = g_string_new (NULL);

      for (guint i = 0; i < self->n_columns; i++)
        {
          const char *cell = g_ptr_array_index (self->cells, at + i);
          guint pad = i + 1 < self->n_columns ? self->widths[i] - measure (cell) + 2 : 0;

          g_string_append (line, cell);
          for (guint n = 0; n < pad; n++)
            g_string_append_c (line, ' ');
        }
      while (line->len > 0 && line->str[line->len - 1] == ' ')
        g_string_truncate (line, line->len - 1);
      g_print ("%s\n", line->str);
    }
}
