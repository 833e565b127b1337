/* vantage-shortcuts.h: THE table of commands and their keys. It feeds the keys themselves, menus,
 * tooltips and the window of shortcuts; nobody writes a key anywhere else. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  VANTAGE_KEY_ALWAYS, /* whatever has focus */
  VANTAGE_KEY_FREE, /* only when the focused widget has no use for the key: letters, Delete, arrows;
                       a text field keeps its own */
} VantageKeyScope;

typedef struct
{
  const char *action;  /* detailed: "win.undo", "win.go::timeline", "page.add-event" */
  const char *keys;    /* accelerators, parted by spaces; NULL: a command without a key */
  const char *title;   /* N_(), header capitals, as menus show it: "Add Event" */
  const char *group;   /* N_(): heading in the window of shortcuts */
  const char *section; /* id of the section whose page has the action; NULL: everywhere */
  VantageKeyScope scope;
} VantageShortcut;

/* Ends with a NULL action. */
extern const VantageShortcut vantage_shortcuts[];

/* NULL when the table has no such command. */
const VantageShortcut *vantage_shortcuts_find (const char *action);
/* Gives the application its keys (those with scope ALWAYS and no section). */
void vantage_shortcuts_install (GtkApplication *application);
/* A controller with the keys of @section (NULL: those of everywhere with scope FREE). @scope picks
 * which; ALWAYS runs before the focused widget sees the key. (transfer full) */
GtkEventController *vantage_shortcuts_new_controller (const char *section, VantageKeyScope scope);
/* An item with the command's title and key. (transfer full) */
GMenuItem *vantage_shortcuts_new_menu_item (const char *action);
/* Appends the commands to @menu; NULL-terminated. */
void vantage_shortcuts_fill_menu (GMenu *menu, const char *const *actions);
/* Makes @button (a GtkButton, GtkToggleButton …) do @action, with "Title (Ctrl+Z)" as tooltip and
 * the title as its accessible name. */
void vantage_shortcuts_set_button (GtkWidget *button, const char *action);
/* "Undo (Ctrl+Z)". (transfer full) */
char *vantage_shortcuts_dup_tooltip (const char *action);
/* The window of all shortcuts; GTK owns it, as any window. */
GtkWidget *vantage_shortcuts_new_window (void);

G_END_DECLS
