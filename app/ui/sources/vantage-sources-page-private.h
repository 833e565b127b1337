/* vantage-sources-page-private.h: what the files of the page share. */

#pragma once

#include "vantage-channel-list.h"
#include "vantage-evidence-reader.h"
#include "vantage-source-list.h"
#include "vantage-sources-page.h"

G_BEGIN_DECLS

struct _VantageSourcesPage
{
  VantagePage parent_instance;

  GtkStack *states;
  AdwBin *empty;
  AdwLeaflet *leaflet;
  AdwBin *channels_slot, *reader_slot;
  VantageChannelList *channels;
  VantageEvidenceReader *reader;
  GtkWidget *import_button;
  GtkEditable *search;
  GtkMenuButton *filter_button;
  GtkPopover *filter_popover;
  GtkDropDown *person_drop, *kind_drop;
  GtkEntry *time_entry, *from_entry, *until_entry;
  gint64 since_us, until_us; /* VANTAGE_TIME_NONE: open */
  GtkLabel *found, *chosen;
  GtkRevealer *bar;
  GtkWidget *timeline_button, *pin_button;
  GtkMenuButton *cite_button;
  GPtrArray *person_ids; /* (element-type utf8): by place in the drop down, from 1 */
  gboolean filling;
  char *only_source; /* the one import that is read; NULL: all */
  GtkStack *panes;
  AdwBin *sources_slot;
  VantageSourceList *sources; /* NULL until it is first looked at */
  GtkWidget *sources_button, *back_button, *only_bar;
  GtkLabel *only_label;
  GtkMenuButton *menu_button;
  guint slow; /* source: an answer has taken a moment */
};

/* Adds the page's actions. */
void vantage_sources_page_add_actions (VantageSourcesPage *self);
/* Reads one import alone; NULL: all of them. */
void vantage_sources_page_read_only (VantageSourcesPage *self, const char *source);
/* The imports themselves instead of what they brought, and back. */
void vantage_sources_page_manage (VantageSourcesPage *self, gboolean manage);
gboolean vantage_sources_page_is_managing (VantageSourcesPage *self);
/* The menu of findings to cite in, of what opens under the button. */
void vantage_sources_page_fill_cite_menu (GtkMenuButton *button, gpointer self);

G_END_DECLS
