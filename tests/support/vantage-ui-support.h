/* vantage-ui-support.h: what tests in a window share. */

#pragma once

#include "vantage-desk.h"
#include "vantage-window.h"

G_BEGIN_DECLS

/* Runs the main loop until @cond holds; fails after five seconds. */
#define UI_WAIT(cond)                                                                              \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 ui_wait_end_ = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;                            \
    while (!(cond) && g_get_monotonic_time () < ui_wait_end_)                                      \
      {                                                                                            \
        while (g_main_context_iteration (NULL, FALSE))                                             \
          ;                                                                                        \
        g_usleep (1000);                                                                           \
      }                                                                                            \
    g_assert_true (cond);                                                                          \
  }                                                                                                \
  G_STMT_END

/* Starts GTK, with no animations. First thing of main (). */
void ui_init (int *argc, char ***argv);

/* A library in a folder of its own, with the wall clock at noon of 15 November 2025, UTC. (transfer
 * full) */
VantageLibrary *ui_library_new (void);
/* The same, with the sample review VANTAGE_SAMPLE_REVIEW in it; about a second. (transfer full) */
VantageLibrary *ui_sample_library_new (void);
/* A review with a title. (transfer full): its id */
char *ui_review_new (VantageLibrary *library, const char *title);
/* A window of a registered application, mapped; destroyed with ui_window_close (). */
VantageWindow *ui_window_new (VantageLibrary *library, int width, int height);
/* Destroys it and waits until it is gone: a window that leaks fails. */
void ui_window_close (VantageWindow *window);

/* Runs the main loop until nothing is left to do. */
void ui_settle (void);
/* A picture of @widget in the folder $UI_SHOTS, if that is set. */
void ui_shot (GtkWidget *widget, const char *name);
/* The controller of a type on @widget, to emit "key-pressed", "drag-begin", "drop" … on. */
gpointer ui_controller (GtkWidget *widget, GType type);
/* The first visible descendant of a type; of a type and with this label or title; NULL: none. */
GtkWidget *ui_find (GtkWidget *root, GType type, const char *label);

G_END_DECLS
