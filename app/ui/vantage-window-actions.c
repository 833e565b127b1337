/* vantage-window-actions.c: what the actions "win.…" do. */

#include "config.h"

#include "vantage-window-actions.h"

#include <glib/gi18n.h>

#include "vantage-conflict-window.h"
#include "vantage-library-page.h"
#include "vantage-sample.h"
#include "vantage-search-window.h"
#include "vantage-sections.h"
#include "vantage-shortcuts.h"
#include "vantage-words.h"

/* ---- making and deleting reviews ---- */

static void
tell (VantageWindow *self, const char *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);
  g_autoptr (AdwToast) toast = adw_toast_new (markup);

  vantage_window_add_toast (self, toast);
}

static void
tell_error (VantageWindow *self, const GError *error)
{
  g_autofree char *why = vantage_words_error (error);

  tell (self, why);
}

void
vantage_window_make_review (VantageWindow *self, const char *title)
{
  g_autoptr (VantageEdit) edit = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  edit = vantage_library_begin (vantage_window_get_library (self), NULL, _ ("New Review"));
  id = g_strdup (vantage_edit_create (edit, "review"));
  vantage_edit_set_text (edit, "review", id, "title", title);
  vantage_edit_set_text (edit, "review", id, "stage", "intake");
  vantage_edit_set_text (edit, "review", id, "kind", "incident");
  if (!vantage_edit_commit (edit, &error))
    {
      tell_error (self, error);
      return;
    }
  vantage_window_open_review (self, id);
}

static void
title_changed_cb (GtkEditable *entry, AdwMessageDialog *dialog)
{
  g_autofree char *title = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  adw_message_dialog_set_response_enabled (dialog, "make", title[0] != '\0');
}

static void
title_response_cb (AdwMessageDialog *dialog, const char *response, VantageWindow *self)
{
  GtkEditable *entry = GTK_EDITABLE (adw_message_dialog_get_extra_child (dialog));
  g_autofree char *title = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  if (g_str_equal (response, "make") && title[0] != '\0')
    vantage_window_make_review (self, title);
}

void
vantage_window_ask_title (VantageWindow *self)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("New Review"), NULL);
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry),
                                  _ ("What people call it: Checkout held payments"));
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Title"), -1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "make",
                                    _ ("_Begin"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "make",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "make");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "make", FALSE);
  g_signal_connect_object (entry, "changed", G_CALLBACK (title_changed_cb), dialog, 0);
  g_signal_connect_object (dialog, "response", G_CALLBACK (title_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
}

static void
restore_review_cb (VantageWindow *self, AdwToast *toast)
{
  const char *review = g_object_get_data (G_OBJECT (toast), "review");
  g_autoptr (VantageEdit) edit = NULL;
  g_autoptr (GError) error = NULL;

  edit = vantage_library_begin (vantage_window_get_library (self), review, _ ("Restore Review"));
  vantage_edit_undelete (edit, "review", review);
  if (!vantage_edit_commit (edit, &error))
    tell_error (self, error);
}

void
vantage_window_delete_review (VantageWindow *self, const char *review)
{
  VantageReviewContext *context = vantage_window_get_context (self);
  g_autofree char *id = g_strdup (review);
  g_autoptr (VantageEdit) edit = NULL;
  g_autoptr (VantageEntity) entity = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (AdwToast) toast = NULL;
  g_autofree char *text = NULL;
  g_autofree char *markup = NULL;

  entity = vantage_library_get (vantage_window_get_library (self), id, "review", id, NULL);
  if (context != NULL && g_str_equal (vantage_review_context_get_review_id (context), id))
    vantage_window_close_review (self);

  edit = vantage_library_begin (vantage_window_get_library (self), id, _ ("Delete Review"));
  vantage_edit_delete (edit, "review", id);
  if (!vantage_edit_commit (edit, &error))
    {
      tell_error (self, error);
      return;
    }

  /* translators: title of a review */
  text =
      g_strdup_printf (_ ("“%s” deleted"), entity != NULL ? vantage_entity_get_title (entity) : id);
  markup = g_markup_escape_text (text, -1);
  toast = adw_toast_new (markup);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  g_object_set_data_full (G_OBJECT (toast), "review", g_steal_pointer (&id), g_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (restore_review_cb), self,
                           G_CONNECT_SWAPPED);
  vantage_window_add_toast (self, toast);
}

/* ---- import, sample ---- */

static void
imported_cb (const char *review, gpointer data)
{
  GWeakRef *weak = data;
  g_autoptr (VantageWindow) self = g_weak_ref_get (weak);
  VantageReviewContext *context;

  g_weak_ref_clear (weak);
  g_free (weak);
  if (self == NULL || review == NULL)
    return;
  context = vantage_window_get_context (self);
  if (context == NULL || !g_str_equal (vantage_review_context_get_review_id (context), review))
    vantage_window_open_review (self, review);
  if (vantage_section_find ("sources") != NULL)
    vantage_review_view_go (vantage_window_get_review_view (self), "sources", NULL);
}

void
vantage_window_import (VantageWindow *self, GListModel *files)
{
  VantageReviewContext *context = vantage_window_get_context (self);
  GWeakRef *weak;

  if (vantage_hooks.import == NULL)
    return;
  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  vantage_hooks.import (GTK_WINDOW (self), vantage_window_get_library (self),
                        context != NULL ? vantage_review_context_get_review_id (context) : NULL,
                        files, imported_cb, weak);
}

void
vantage_window_open_sample (VantageWindow *self)
{
  g_autoptr (GError) error = NULL;

  if (vantage_sample_open (vantage_window_get_library (self), &error))
    vantage_window_open_review (self, VANTAGE_SAMPLE_REVIEW);
  else
    tell_error (self, error);
}

static void
renew_sample_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageWindow *self = data;
  VantageReviewContext *context = vantage_window_get_context (self);
  g_autoptr (GError) error = NULL;

  if (context != NULL &&
      g_str_equal (vantage_review_context_get_review_id (context), VANTAGE_SAMPLE_REVIEW))
    vantage_window_close_review (self);
  if (vantage_sample_renew (vantage_window_get_library (self), &error))
    tell (self, _ ("The sample is as it was on the first day"));
  else
    tell_error (self, error);
}

/* ---- callbacks ---- */

static void
new_review_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  vantage_window_ask_title (self);
}

static void
import_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  vantage_window_import (self, NULL);
}

static void
sample_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  vantage_window_open_sample (self);
}

static void
connect_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  vantage_hooks.connect (self, vantage_window_get_library (self));
}

static void
preferences_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  vantage_hooks.preferences (self, vantage_window_get_library (self));
}

static void
saved_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  VantageReviewContext *context = vantage_window_get_context (self);

  if (context != NULL)
    vantage_review_context_flush (context);
  tell (self, _ ("Everything is saved"));
}

static void
open_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  vantage_window_open_review (self, g_variant_get_string (parameter, NULL));
}

static void
new_window_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  VantageReviewContext *context = vantage_window_get_context (self);
  VantageWindow *other = vantage_window_new (gtk_window_get_application (self));

  vantage_window_set_library (other, vantage_window_get_library (self));
  if (context != NULL)
    vantage_window_open_review (other, vantage_review_context_get_review_id (context));
  gtk_window_present (GTK_WINDOW (other));
}

static void
open_elsewhere_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  VantageWindow *other = vantage_window_new (gtk_window_get_application (self));

  vantage_window_set_library (other, vantage_window_get_library (self));
  vantage_window_open_review (other, g_variant_get_string (parameter, NULL));
  gtk_window_present (GTK_WINDOW (other));
}

static void
delete_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  vantage_window_delete_review (self, g_variant_get_string (parameter, NULL));
}

static void
delete_review_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  VantageReviewContext *context = vantage_window_get_context (self);

  if (context != NULL)
    vantage_window_delete_review (self, vantage_review_context_get_review_id (context));
}

/* A text field keeps its own undo, also when it has nothing left to take back: but for a page that
 * is nearly all text and has steps of its own. */
static gboolean
is_for_text (GtkWindow *self, VantagePage *page, gboolean redo)
{
  GtkWidget *focus = gtk_window_get_focus (self);
  GtkTextBuffer *buffer;

  if (GTK_IS_TEXT (focus))
    return gtk_editable_get_editable (GTK_EDITABLE (focus));
  if (!GTK_IS_TEXT_VIEW (focus) || !gtk_text_view_get_editable (GTK_TEXT_VIEW (focus)))
    return FALSE;
  if (page == NULL || !vantage_page_has_steps (page))
    return TRUE;
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (focus));
  return redo ? gtk_text_buffer_get_can_redo (buffer) : gtk_text_buffer_get_can_undo (buffer);
}

static VantagePage *
get_page (VantageWindow *self)
{
  VantageReviewView *view = vantage_window_get_review_view (self);

  return view != NULL ? vantage_review_view_get_page (view) : NULL;
}

static void
walk (VantageWindow *self, gboolean redo)
{
  VantageReviewContext *context = vantage_window_get_context (self);
  VantagePage *page = get_page (self);

  if (context == NULL || is_for_text (GTK_WINDOW (self), page, redo))
    return;
  if (page != NULL && vantage_page_has_steps (page))
    vantage_page_walk_step (page, redo);
  else if (redo)
    vantage_review_context_redo (context);
  else
    vantage_review_context_undo (context);
}

static void
undo_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  walk (self, FALSE);
}

static void
redo_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  walk (self, TRUE);
}

static void
undo_newest_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  VantageReviewContext *context = vantage_window_get_context (self);

  if (context != NULL)
    vantage_review_context_undo (context);
}

static void
find_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  VantageReviewView *view = vantage_window_get_review_view (self);

  if (view != NULL)
    gtk_widget_activate_action (GTK_WIDGET (view), "review.find", NULL);
  else if (vantage_window_get_library (self) != NULL)
    vantage_library_page_find (vantage_window_get_library_page (self));
}

static void
go_to_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  vantage_search_window_open (self, FALSE);
}

static void
search_all_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  vantage_search_window_open (self, TRUE);
}

static void
escape_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  VantageReviewView *view = vantage_window_get_review_view (self);

  if (view != NULL && vantage_review_view_escape (view))
    return;
  if (gtk_window_is_fullscreen (self))
    g_action_group_activate_action (G_ACTION_GROUP (self), "focus-mode", NULL);
}

static void
back_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  vantage_window_close_review (self);
}

static void
go_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  VantageReviewView *view = vantage_window_get_review_view (self);

  if (view != NULL)
    vantage_review_view_go (view, g_variant_get_string (parameter, NULL), NULL);
}

static void
sections_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  vantage_review_view_toggle_sections (vantage_window_get_review_view (self));
}

static void
evidence_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  vantage_review_view_toggle_evidence (vantage_window_get_review_view (self));
}

static void
next_pane_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  vantage_review_view_move_focus (vantage_window_get_review_view (self), TRUE);
}

static void
previous_pane_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  vantage_review_view_move_focus (vantage_window_get_review_view (self), FALSE);
}

static void
focus_mode_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  VantageReviewView *view = vantage_window_get_review_view (self);
  gboolean on = !gtk_window_is_fullscreen (self);

  if (on)
    gtk_window_fullscreen (self);
  else
    gtk_window_unfullscreen (self);
  if (view != NULL)
    vantage_review_view_set_focus_mode (view, on);
}

static void
menu_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  VantageReviewView *view = vantage_window_get_review_view (self);

  if (view != NULL)
    gtk_menu_button_popup (vantage_review_view_get_menu_button (view));
  else
    vantage_library_page_open_menu (vantage_window_get_library_page (self));
}

static void
shortcuts_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  GtkWidget *window = vantage_shortcuts_new_window ();

  gtk_window_set_transient_for (GTK_WINDOW (window), self);
  gtk_window_present (GTK_WINDOW (window));
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  adw_show_about_window (
      self, "application-name", "Vantage", "application-icon", "org.vantage.Vantage", "version",
      VANTAGE_VERSION, "comments",
      _ ("Learn from an incident: who was there, what each of them could see, and "
         "why what they did made sense to them."),
      "license-type", GTK_LICENSE_GPL_3_0, NULL);
}

static void
close_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  gtk_window_close (self);
}

static void
conflicts_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  VantageReviewContext *context = vantage_window_get_context (self);

  if (context != NULL)
    vantage_conflict_window_open (self, context);
}

static const GActionEntry entries[] = {
  { "new-review", new_review_cb },
  { "import", import_cb },
  { "sample", sample_cb },
  { "renew-sample", renew_sample_cb },
  { "connect", connect_cb },
  { "conflicts", conflicts_cb },
  { "preferences", preferences_cb },
  { "saved", saved_cb },
  { "open", open_cb, "s" },
  { "open-elsewhere", open_elsewhere_cb, "s" },
  { "delete", delete_cb, "s" },
  { "new-window", new_window_cb },
  { "delete-review", delete_review_cb },
  { "undo", undo_cb },
  { "redo", redo_cb },
  { "undo-newest", undo_newest_cb },
  { "find", find_cb },
  { "go-to", go_to_cb },
  { "search-all", search_all_cb },
  { "escape", escape_cb },
  { "back", back_cb },
  { "go", go_cb, "s" },
  { "sections", sections_cb },
  { "evidence", evidence_cb },
  { "next-pane", next_pane_cb },
  { "previous-pane", previous_pane_cb },
  { "focus-mode", focus_mode_cb },
  { "menu", menu_cb },
  { "shortcuts", shortcuts_cb },
  { "about", about_cb },
  { "close", close_cb },
};

void
vantage_window_add_actions (VantageWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_add_controller (GTK_WIDGET (self),
                             vantage_shortcuts_new_controller (NULL, VANTAGE_KEY_FREE));
  vantage_window_update_actions (self);
}

/* ---- what can be used now ---- */

static void
enable (VantageWindow *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

/* "Undo Move Event" in the menu. @label: (nullable) */
static void
name_step (GMenu *section, int at, const char *action, const char *label)
{
  g_autoptr (GMenuItem) item = vantage_shortcuts_new_menu_item (action);

  if (label != NULL)
    g_menu_item_set_label (item, label);
  g_menu_remove (section, at);
  g_menu_insert_item (section, at, item);
}

static void
name_steps (VantageWindow *self, const char *undo, const char *redo)
{
  GMenu *steps = g_object_get_data (G_OBJECT (self), "steps");
  /* translators: undo, and the name of the step: "Undo Move Event" */
  g_autofree char *undo_label = undo != NULL ? g_strdup_printf (_ ("Undo %s"), undo) : NULL;
  /* translators: redo, and the name of the step: "Redo Move Event" */
  g_autofree char *redo_label = redo != NULL ? g_strdup_printf (_ ("Redo %s"), redo) : NULL;

  if (steps == NULL)
    return;
  name_step (steps, 0, "win.undo", undo_label);
  name_step (steps, 1, "win.redo", redo_label);
}

void
vantage_window_update_actions (VantageWindow *self)
{
  static const char *const of_review[] = { "back",         "go",        "sections",
                                           "evidence",     "next-pane", "previous-pane",
                                           "delete-review" };
  VantageReviewContext *context = vantage_window_get_context (self);
  gboolean open = vantage_window_get_library (self) != NULL;
  VantagePage *page = get_page (self);
  g_autofree char *newest = NULL;
  g_autofree char *undo = NULL;
  g_autofree char *redo = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (of_review); i++)
    enable (self, of_review[i], context != NULL);
  enable (self, "new-review", open);
  enable (self, "new-window", open);
  enable (self, "go-to", open);
  enable (self, "search-all", open);
  enable (self, "import", open && vantage_hooks.import != NULL);
  enable (self, "sample", open);
  enable (self, "connect", open && vantage_hooks.connect != NULL);
  enable (self, "preferences", open && vantage_hooks.preferences != NULL);

  if (context != NULL)
    g_object_get (context, "undo-name", &newest, "redo-name", &redo, NULL);
  undo = g_strdup (newest);
  if (context != NULL && page != NULL && vantage_page_has_steps (page))
    {
      g_free (undo);
      g_free (redo);
      undo = vantage_page_dup_step_name (page, FALSE);
      redo = vantage_page_dup_step_name (page, TRUE);
    }
  enable (self, "undo", undo != NULL);
  enable (self, "undo-newest", newest != NULL);
  enable (self, "redo", redo != NULL);
  name_steps (self, undo, redo);
}

/* ---- menus ---- */

static void
append_section (GMenu *menu, const char *const *actions)
{
  g_autoptr (GMenu) section = g_menu_new ();

  vantage_shortcuts_fill_menu (section, actions);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

GMenuModel *
vantage_window_new_menu (VantageWindow *self, gboolean review)
{
  static const char *const step[] = { "win.undo", "win.redo", NULL };
  static const char *const reading[] = {
    "win.import", "win.find", "win.go-to", "win.search-all", "win.evidence", "win.focus-mode", NULL
  };
  static const char *const windows[] = { "win.new-window", "win.conflicts", "win.delete-review",
                                         NULL };
  static const char *const making[] = { "win.new-review", "win.import", NULL };
  static const char *const last[] = { "win.shortcuts", "win.about", NULL };
  GMenu *menu = g_menu_new ();

  if (review)
    {
      GMenu *steps = g_menu_new ();

      vantage_shortcuts_fill_menu (steps, step);
      g_menu_append_section (menu, NULL, G_MENU_MODEL (steps));
      g_object_set_data_full (G_OBJECT (self), "steps", steps, g_object_unref);
      append_section (menu, reading);
      append_section (menu, windows);
    }
  else
    {
      append_section (menu, making);
      append_section (menu, (const char *const[]){ "win.go-to", "win.search-all", NULL });
      append_section (menu, (const char *const[]){ "win.sample", NULL });
      if (vantage_hooks.connect != NULL)
        append_section (menu, (const char *const[]){ "win.connect", NULL });
    }
  if (vantage_hooks.preferences != NULL)
    append_section (menu, (const char *const[]){ "win.preferences", NULL });
  append_section (menu, last);
  return G_MENU_MODEL (menu);
}
