/* vantage-rows.h: a table as text (RFC 4180 and its relatives) as a stream of rows: any delimiter,
 * any quoting, line breaks in quotes, mixed encodings. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define VANTAGE_ROW_MAX_BYTES (16 * 1024 * 1024) /* what is longer is cut there */
#define VANTAGE_ROW_MAX_FIELDS 20000

/* How a table is written, told by its first bytes. */
typedef struct
{
  char delimiter;      /* ',' ';' '\t' '|' */
  gboolean sep_line;   /* it begins with a line "sep=;" */
  const char *charset; /* "UTF-16LE" …: convert; NULL: bytes as they are */
} VantageDialect;

/* FALSE when @head is no table of at least two columns. @complete: @head is the whole file. */
gboolean vantage_dialect_guess (const char *head, gsize length, gboolean complete,
                                VantageDialect *out);

typedef struct _VantageRows VantageRows;

VantageRows *vantage_rows_new (GInputStream *stream, const VantageDialect *dialect,
                               GCancellable *cancellable);
void vantage_rows_free (VantageRows *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageRows, vantage_rows_free)

/* The next row that is not empty: its fields, valid UTF-8, lent until the next call. Bytes that are
 * not UTF-8 are read as Windows-1252, a row at a time. NULL at the end, and with @error when
 * reading failed. */
GPtrArray *vantage_rows_next (VantageRows *self, GError **error);
/* Of the row last given. */
void vantage_rows_get_place (VantageRows *self, gint64 *out_line, gint64 *out_offset,
                             gint64 *out_length);
/* The row last given ended with the table and without a line end: it may be cut off. */
gboolean vantage_rows_is_open (VantageRows *self);
/* The table ended inside quotes; that row was not given. */
gboolean vantage_rows_is_cut_off (VantageRows *self);
/* Rows that were cut because they are longer than any that is written. */
guint vantage_rows_get_n_shortened (VantageRows *self);
/* Rows that were not UTF-8. */
guint vantage_rows_get_n_recoded (VantageRows *self);

G_END_DECLS
