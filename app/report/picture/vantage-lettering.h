/* vantage-lettering.h: how wide words are, and how many of them fit: the same for every writer of a
 * picture. Needs fonts, no display. */

#pragma once

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/* The families that are asked for, as CSS and Pango both read them. */
#define VANTAGE_LETTERING_FAMILY "Cantarell, Noto Sans, DejaVu Sans, sans-serif"

typedef struct
{
  double px; /* size */
  gboolean bold;
} VantageLetters;

typedef struct _VantageLettering VantageLettering;

VantageLettering *vantage_lettering_new (void);
void vantage_lettering_free (VantageLettering *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageLettering, vantage_lettering_free)

/* One line; line breaks and control characters count as spaces. */
double vantage_lettering_measure (VantageLettering *self, const VantageLetters *letters,
                                  const char *text);
/* @text as one line no wider than @width_px: whole, or cut between two characters that people see
 * as such, with an ellipsis; "" when not even that has room. (transfer full) */
char *vantage_lettering_fit (VantageLettering *self, const VantageLetters *letters,
                             const char *text, double width_px);
/* Lines of at most @width_px, broken at words; the last one cut when there would be more than
 * @max_lines. (transfer full) */
char **vantage_lettering_wrap (VantageLettering *self, const VantageLetters *letters,
                               const char *text, double width_px, guint max_lines);
/* From the top of a line to its baseline. */
double vantage_lettering_get_ascent (const VantageLetters *letters);
double vantage_lettering_get_height (const VantageLetters *letters);
/* Whether the first letters that say so run from right to left. */
gboolean vantage_lettering_is_rtl (VantageLettering *self, const char *text);
/* A layout of one line to draw with; (transfer full). */
PangoLayout *vantage_lettering_new_line (VantageLettering *self, const VantageLetters *letters,
                                         const char *text);
/* @text with breaks and control characters as single spaces. (transfer full) */
char *vantage_lettering_flatten (const char *text);

G_END_DECLS
