/* vantage-unlock-pane.c: what stands in place of private notes while they cannot be read. */

#include "config.h"

#include "vantage-unlock-pane.h"

#include <glib/gi18n.h>

#include "vantage-words.h"

struct _VantageUnlockPane
{
  AdwBin parent_instance;

  VantagePrivateNotes *notes;
  AdwStatusPage *page;
  GtkEditable *entry;
  GtkWidget *button;
  GtkLabel *why;
};

G_DEFINE_FINAL_TYPE (VantageUnlockPane, vantage_unlock_pane, ADW_TYPE_BIN)

/* The key is gone, and the printed words would open the notes. */
static gboolean
needs_words (VantageUnlockPane *self)
{
  return g_error_matches (vantage_private_notes_get_error (self->notes), VANTAGE_VAULT_ERROR,
                          VANTAGE_VAULT_ERROR_KEY_MISSING);
}

static void
show_state (VantageUnlockPane *self)
{
  const GError *error = vantage_private_notes_get_error (self->notes);
  gboolean locked = vantage_private_notes_get_state (self->notes) == VANTAGE_NOTES_LOCKED;
  g_autofree char *why = error != NULL ? vantage_words_error (error) : NULL;
  g_autofree char *markup = why != NULL ? g_markup_escape_text (why, -1) : NULL;

  adw_status_page_set_title (self->page,
                             locked ? _ ("Notes Are Locked") : _ ("Notes Cannot Be Opened"));
  adw_status_page_set_description (
      self->page, locked ? _ ("They are encrypted and only on this computer. Your passphrase opens "
                              "them.")
                         : markup);
  gtk_widget_set_visible (GTK_WIDGET (self->entry), locked || needs_words (self));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entry),
                                 locked ? _ ("Passphrase") : _ ("Words of the recovery sheet"));
  gtk_button_set_label (GTK_BUTTON (self->button), locked               ? _ ("Unlock")
                                                   : needs_words (self) ? _ ("Open With the Words")
                                                                        : _ ("Try Again"));
  gtk_widget_hide (GTK_WIDGET (self->why));
}

static void
open_cb (VantageUnlockPane *self)
{
  const char *text = gtk_editable_get_text (self->entry);
  g_autoptr (GError) error = NULL;
  g_autofree char *why = NULL;
  gboolean ok = TRUE;

  if (vantage_private_notes_get_state (self->notes) == VANTAGE_NOTES_LOCKED)
    ok = vantage_private_notes_unlock (self->notes, text, &error);
  else if (needs_words (self) && text[0] != '\0')
    ok = vantage_private_notes_recover (self->notes, text, &error);
  else
    vantage_private_notes_try_again (self->notes);
  if (ok)
    {
      gtk_editable_set_text (self->entry, "");
      return;
    }
  why = vantage_words_error (error);
  gtk_label_set_text (self->why, why);
  gtk_widget_show (GTK_WIDGET (self->why));
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
vantage_unlock_pane_dispose (GObject *object)
{
  g_clear_object (&VANTAGE_UNLOCK_PANE (object)->notes);
  G_OBJECT_CLASS (vantage_unlock_pane_parent_class)->dispose (object);
}

static void
vantage_unlock_pane_class_init (VantageUnlockPaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vantage_unlock_pane_dispose;
}

static void
vantage_unlock_pane_init (VantageUnlockPane *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *list = gtk_list_box_new ();

  self->page = ADW_STATUS_PAGE (adw_status_page_new ());
  adw_status_page_set_icon_name (self->page, "vantage-lock-symbolic");
  self->entry = GTK_EDITABLE (adw_password_entry_row_new ());
  g_signal_connect_object (self->entry, "entry-activated", G_CALLBACK (open_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (self->entry));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  self->why = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->why, TRUE);
  self->button = gtk_button_new ();
  gtk_widget_set_halign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->button, "pill");
  gtk_widget_add_css_class (self->button, "suggested-action");
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->why));
  gtk_box_append (GTK_BOX (box), self->button);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 360);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  adw_status_page_set_child (self->page, clamp);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->page));
}

GtkWidget *
vantage_unlock_pane_new (VantagePrivateNotes *notes)
{
  VantageUnlockPane *self = g_object_new (VANTAGE_TYPE_UNLOCK_PANE, NULL);

  self->notes = g_object_ref (notes);
  g_signal_connect_object (notes, "changed", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  show_state (self);
  return GTK_WIDGET (self);
}
