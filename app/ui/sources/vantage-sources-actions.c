/* vantage-sources-actions.c: what the actions "page.…" of the section do. */

#include "config.h"

#include "vantage-sources-page-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-desk-event.h"
#include "vantage-original-window.h"
#include "vantage-redact-window.h"
#include "vantage-sections.h"

static VantageReviewContext *
get_context (VantageSourcesPage *self)
{
  return vantage_page_get_context (VANTAGE_PAGE (self));
}

static void
add_to_timeline (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageSourcesPage *self = data;
  VantageReviewContext *context = get_context (self);
  const char *const *ids = vantage_review_context_get_selection (context);
  g_autoptr (VantageEdit) edit = NULL;
  g_autofree char *told = NULL;
  guint n = 0;

  if (*ids == NULL)
    return;
  edit = vantage_review_context_begin (context, _ ("Add to Timeline"));
  for (; *ids != NULL; ids++)
    {
      g_autoptr (VantageItem) item =
          vantage_library_get_item (vantage_review_context_get_library (context),
                                    vantage_review_context_get_review_id (context), *ids, NULL);

      if (item == NULL)
        continue;
      vantage_desk_add_event (edit, item, NULL);
      n++;
    }
  told = g_strdup_printf (
      ngettext ("%u event added to the timeline", "%u events added to the timeline", n), n);
  vantage_review_context_commit_with_undo (context, edit, told);
}

/* Cites the selection in a finding; "" makes a new one. */
static void
cite_in (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageSourcesPage *self = data;
  VantageReviewContext *context = get_context (self);
  const char *const *ids = vantage_review_context_get_selection (context);
  g_autoptr (VantageEdit) edit = NULL;
  g_autofree char *finding = g_variant_dup_string (parameter, NULL);

  if (*ids == NULL)
    return;
  edit = vantage_review_context_begin (context, _ ("Cite Evidence"));
  if (*finding == '\0')
    {
      g_free (finding);
      finding = g_strdup (vantage_edit_create (edit, "finding"));
      vantage_edit_set_text (edit, "finding", finding, "title", _ ("New finding"));
    }
  for (; *ids != NULL; ids++)
    {
      g_autoptr (VantageItem) item =
          vantage_library_get_item (vantage_review_context_get_library (context),
                                    vantage_review_context_get_review_id (context), *ids, NULL);
      g_autofree char *version = item != NULL ? vantage_item_version (item) : NULL;

      vantage_edit_cite (edit, "finding", finding, *ids, -1, -1, NULL, version);
    }
  vantage_review_context_commit_with_undo (context, edit, _ ("Cited in the finding"));
}

void
vantage_sources_page_fill_cite_menu (GtkMenuButton *button, gpointer data)
{
  VantageSourcesPage *self = data;
  VantageReviewContext *context = get_context (self);
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) section = g_menu_new ();
  g_autoptr (GListModel) findings =
      vantage_library_get_model (vantage_review_context_get_library (context),
                                 vantage_review_context_get_review_id (context), "finding");

  for (guint i = 0; i < MIN (g_list_model_get_n_items (findings), 20); i++)
    {
      g_autoptr (VantageEntity) finding = g_list_model_get_item (findings, i);
      g_autoptr (GMenuItem) item = g_menu_item_new (vantage_entity_get_title (finding), NULL);

      g_menu_item_set_action_and_target (item, "page.cite-in", "s",
                                         vantage_entity_get_id (finding));
      g_menu_append_item (section, item);
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  {
    g_autoptr (GMenuItem) item = g_menu_item_new (_ ("New Finding"), NULL);

    g_menu_item_set_action_and_target (item, "page.cite-in", "s", "");
    g_menu_append_item (menu, item);
  }
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static void
open_cite_menu (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageSourcesPage *self = data;

  if (*vantage_review_context_get_selection (get_context (self)) != NULL)
    gtk_menu_button_popup (self->cite_button);
}

static void
pin_selection (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageSourcesPage *self = data;
  VantageReviewContext *context = get_context (self);
  const char *const *ids = vantage_review_context_get_selection (context);

  if (*ids == NULL)
    return;
  for (; *ids != NULL; ids++)
    vantage_review_context_pin (context, *ids, TRUE);
  vantage_review_context_tell (context, _ ("Pinned beside the writing"));
}

/* Of the first that is selected. */
static void
show_original (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageReviewContext *context = get_context (data);
  const char *id = vantage_review_context_get_selection (context)[0];

  if (id != NULL)
    vantage_original_window_open (data, context, id);
}

static void
step_on (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  vantage_evidence_reader_step (VANTAGE_SOURCES_PAGE (data)->reader, 1);
}

static void
step_back (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  vantage_evidence_reader_step (VANTAGE_SOURCES_PAGE (data)->reader, -1);
}

static void
import_done_cb (const char *review, gpointer data)
{
  g_object_unref (data);
}

static void
import (VantageSourcesPage *self, GListModel *files)
{
  VantageReviewContext *context = get_context (self);

  vantage_hooks.import (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                        vantage_review_context_get_library (context),
                        vantage_review_context_get_review_id (context), files, import_done_cb,
                        g_object_ref (self));
}

static void
import_here (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  import (data, NULL);
}

/* Of the first that is selected. */
static void
redact (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageReviewContext *context = get_context (data);
  const char *id = vantage_review_context_get_selection (context)[0];

  if (id != NULL)
    vantage_redact_window_open (data, context, id);
}

/* Among what was said before and after, in its own channel. */
static void
show_in_place (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageReviewContext *context = get_context (data);
  g_autofree char *id = g_strdup (vantage_review_context_get_selection (context)[0]);

  if (id != NULL)
    vantage_review_context_go (context, "sources", id);
}

static void
go_to_time (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageSourcesPage *self = data;

  vantage_sources_page_manage (self, FALSE);
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_FORWARD);
  gtk_menu_button_popup (self->filter_button);
  gtk_widget_grab_focus (GTK_WIDGET (self->time_entry));
}

/* ---- imports ---- */

static void
manage (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  vantage_sources_page_manage (data, !vantage_sources_page_is_managing (data));
}

/* The one that is named, else the one at hand; NULL: none. (transfer full) */
static char *
dup_source (VantageSourcesPage *self, GVariant *parameter)
{
  const char *id = parameter != NULL ? g_variant_get_string (parameter, NULL) : "";

  if (*id == '\0' && vantage_sources_page_is_managing (self))
    id = vantage_source_list_get_current (self->sources);
  return id != NULL && *id != '\0' ? g_strdup (id) : NULL;
}

static void
read_source (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autofree char *source = dup_source (data, parameter);

  vantage_sources_page_read_only (data, source);
}

static void
remove_source (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autofree char *source = dup_source (data, parameter);

  if (source != NULL && VANTAGE_SOURCES_PAGE (data)->sources != NULL)
    vantage_source_list_remove (VANTAGE_SOURCES_PAGE (data)->sources, source);
}

static void
show_problems (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autofree char *source = dup_source (data, parameter);

  if (source != NULL && VANTAGE_SOURCES_PAGE (data)->sources != NULL)
    vantage_source_list_show_problems (VANTAGE_SOURCES_PAGE (data)->sources, source);
}

void
vantage_sources_page_add_actions (VantageSourcesPage *self)
{
  const GActionEntry entries[] = {
    { "next-item", step_on },
    { "previous-item", step_back },
    { "add-to-timeline", add_to_timeline },
    { "cite", open_cite_menu },
    { "cite-in", cite_in, "s" },
    { "pin", pin_selection },
    { "show-original", show_original },
    { "import", import_here },
    { "redact", redact },
    { "show-in-place", show_in_place },
    { "go-to-time", go_to_time },
    { "manage-sources", manage },
    { "read-source", read_source, "s" },
    { "remove-source", remove_source, "s" },
    { "source-problems", show_problems, "s" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (vantage_page_get_actions (VANTAGE_PAGE (self))),
                                   entries, G_N_ELEMENTS (entries), self);
}
