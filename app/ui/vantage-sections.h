/* vantage-sections.h: THE table of sections of a review, and what pages lend to the frame.
 *
 * A new section is: a subfolder with its own meson.build (sources, a gresource with a c_name of its
 * own, its folder of headers), a class derived from VantagePage, one line in this table, its
 * commands in the table of vantage-shortcuts.c under its id, a test in tests/ui/ with pictures, and
 * its files in po/POTFILES.in. Other sections reach it by vantage_review_context_go () and its id
 * alone. */

#pragma once

#include "vantage-page.h"

G_BEGIN_DECLS

typedef struct
{
  const char *id;    /* "timeline": stable; go (), shortcuts and saved state use it */
  const char *title; /* N_() */
  const char *icon;  /* symbolic */
  const char *accel; /* "<Alt>4" */
  GType (*get_type) (void);
  /* What stands faint at the end of its row: "38", "2/4". (nullable) (transfer full) (nullable) */
  char *(*dup_count) (VantageReviewContext *context);
} VantageSection;

/* In order; ends with a NULL id. A section that is not built is not in it. */
extern const VantageSection vantage_sections[];
/* NULL when there is none. */
const VantageSection *vantage_section_find (const char *id);

/* @review: the review that was imported into; NULL when the person thought better of it. */
typedef void (*VantageImportDone) (const char *review, gpointer user_data);

/* What the frame calls and another subfolder does; a NULL member hides what would call it. */
typedef struct
{
  /* Opens the import window. @review: (nullable): NULL begins a new review. @files: (nullable)
   * (element-type GFile): what was dropped or given; NULL asks. @done: (nullable): called once. */
  void (*import) (GtkWindow *parent, VantageLibrary *library, const char *review, GListModel *files,
                  VantageImportDone done, gpointer user_data);
  /* Opens what connects a library to a server. */
  void (*connect) (GtkWindow *parent, VantageLibrary *library);
  /* Opens the preferences. */
  void (*preferences) (GtkWindow *parent, VantageLibrary *library);
  /* A small widget for the header of a review that says and starts sync. (transfer floating) */
  GtkWidget *(*sync_button) (VantageReviewContext *context);
} VantageHooks;

extern const VantageHooks vantage_hooks;

G_END_DECLS
