/* vantage-line-popover.h: asks for one line right where it belongs: the title of a new event, when
 * something was. Enter takes it, Esc forgets it. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define VANTAGE_TYPE_LINE_POPOVER (vantage_line_popover_get_type ())
G_DECLARE_FINAL_TYPE (VantageLinePopover, vantage_line_popover, VANTAGE, LINE_POPOVER, GtkPopover)

/* NULL: taken, the popover closes. Else a sentence why not, which is shown. (transfer full) */
typedef char *(*VantageLineTaken) (const char *text, gpointer user_data);

typedef struct
{
  const char *heading;     /* what is asked; also the accessible name of the field */
  const char *placeholder; /* (nullable) */
  const char *hint;        /* (nullable): faint, below */
  const char *text;        /* (nullable): what stands there at first */
} VantageLineQuestion;

/* Pops up on @parent at @area (nullable: its middle) and goes away by itself. Lent.
 * @destroy: of @user_data, when it is gone. */
GtkWidget *vantage_line_popover_ask (GtkWidget *parent, const GdkRectangle *area,
                                     const VantageLineQuestion *question, VantageLineTaken taken,
                                     gpointer user_data, GDestroyNotify destroy);

G_END_DECLS
