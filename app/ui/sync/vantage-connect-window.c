/* vantage-connect-window.c: an address and a token, tried at once: what is wrong is said here. */

#include "config.h"

#include "vantage-connect-window.h"

#include <glib/gi18n.h>

#include "vantage-sync-server.h"
#include "vantage-sync-state.h"
#include "vantage-words.h"

struct _VantageConnectWindow
{
  AdwWindow parent_instance;

  VantageLibrary *library;
  GCancellable *cancellable;
  gboolean in_file; /* where the token was put */

  GtkWidget *connect, *forget;
  GtkEditable *address, *token;
  GtkSpinner *spinner;
  GtkLabel *status;
};

G_DEFINE_FINAL_TYPE (VantageConnectWindow, vantage_connect_window, ADW_TYPE_WINDOW)

static void
update (VantageConnectWindow *self)
{
  g_autofree char *there = vantage_sync_server_dup_url (self->library);
  gboolean busy = gtk_spinner_get_spinning (self->spinner);
  gboolean whole = *gtk_editable_get_text (self->address) != '\0' &&
                   (*gtk_editable_get_text (self->token) != '\0' || there != NULL);

  gtk_widget_set_sensitive (self->connect, whole && !busy);
  gtk_widget_set_visible (self->forget, there != NULL);
  gtk_widget_set_sensitive (self->forget, !busy);
}

static void
set_busy (VantageConnectWindow *self, gboolean busy)
{
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->address), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->token), !busy);
  update (self);
}

static void
say (VantageConnectWindow *self, const char *text, gboolean wrong)
{
  gtk_label_set_label (self->status, text);
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->status), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->status), "error");
}

static void
say_error (VantageConnectWindow *self, const GError *error)
{
  g_autofree char *why = vantage_words_error (error);

  say (self, why, TRUE);
}

static void
synced_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VantageConnectWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (VantageSyncReport) report = vantage_sync_run_finish (result, &error);
  g_autoptr (GString) text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_busy (self, FALSE);
  vantage_sync_state_reconnect (vantage_sync_state_get (self->library));
  if (report == NULL)
    {
      say_error (self, error);
      return;
    }
  text = g_string_new (NULL);
  /* translators: name of an account */
  g_string_append_printf (text, _ ("Connected as %s."), report->user);
  if (report->n_reviews_came > 0)
    g_string_append_printf (
        text,
        ngettext (" %d review arrived.", " %d reviews arrived.", (gulong) report->n_reviews_came),
        (int) report->n_reviews_came);
  if (self->in_file)
    g_string_append (text, _ (" No keyring answered on this computer: the token is kept in a file "
                              "that only you can read."));
  say (self, text->str, FALSE);
  gtk_editable_set_text (self->token, "");
  vantage_sync_state_sync (vantage_sync_state_get (self->library));
}

typedef struct
{
  VantageLibrary *library;
  char *address, *token;
  gboolean in_file;
} Keep;

static void
free_keep (gpointer data)
{
  Keep *keep = data;

  g_object_unref (keep->library);
  g_free (keep->address);
  g_free (keep->token);
  g_free (keep);
}

/* The keyring may take its time. */
static void
keep_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Keep *keep = data;
  GError *error = NULL;

  if (vantage_sync_server_set (keep->library, keep->address, keep->token, &keep->in_file, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  VantageConnectWindow *self = VANTAGE_CONNECT_WINDOW (source);
  const Keep *keep = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      set_busy (self, FALSE);
      say_error (self, error);
      return;
    }
  self->in_file = keep->in_file;
  vantage_sync_run_async (self->library, NULL, self->cancellable, synced_cb, g_object_ref (self));
}

static void
connect_clicked_cb (VantageConnectWindow *self)
{
  const char *token = gtk_editable_get_text (self->token);
  g_autoptr (GTask) task = g_task_new (self, NULL, kept_cb, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *address =
      vantage_sync_server_normalise (gtk_editable_get_text (self->address), &error);
  Keep *keep;

  if (address == NULL)
    {
      say_error (self, error);
      return;
    }
  keep = g_new0 (Keep, 1);
  keep->library = g_object_ref (self->library);
  keep->address = g_steal_pointer (&address);
  keep->token = *token != '\0' ? g_strdup (token) : NULL;
  g_task_set_task_data (task, keep, free_keep);
  set_busy (self, TRUE);
  say (self, _ ("Asking the server…"), FALSE);
  g_task_run_in_thread (task, keep_thread);
}

static void
forget_clicked_cb (VantageConnectWindow *self)
{
  g_autoptr (GError) error = NULL;

  if (!vantage_sync_server_forget (self->library, &error))
    {
      say_error (self, error);
      return;
    }
  vantage_sync_state_reconnect (vantage_sync_state_get (self->library));
  gtk_editable_set_text (self->address, "");
  gtk_editable_set_text (self->token, "");
  say (self, _ ("Not connected. Every review is still here."), FALSE);
  update (self);
}

static void
vantage_connect_window_dispose (GObject *object)
{
  VantageConnectWindow *self = VANTAGE_CONNECT_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->library);
  G_OBJECT_CLASS (vantage_connect_window_parent_class)->dispose (object);
}

static void
vantage_connect_window_finalize (GObject *object)
{
  g_object_unref (VANTAGE_CONNECT_WINDOW (object)->cancellable);
  G_OBJECT_CLASS (vantage_connect_window_parent_class)->finalize (object);
}

static void
vantage_connect_window_class_init (VantageConnectWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vantage_connect_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = vantage_connect_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/vantage/Vantage/vantage-connect-window.ui");
  gtk_widget_class_bind_template_child (widget_class, VantageConnectWindow, connect);
  gtk_widget_class_bind_template_child (widget_class, VantageConnectWindow, forget);
  gtk_widget_class_bind_template_child (widget_class, VantageConnectWindow, address);
  gtk_widget_class_bind_template_child (widget_class, VantageConnectWindow, token);
  gtk_widget_class_bind_template_child (widget_class, VantageConnectWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, VantageConnectWindow, status);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
vantage_connect_window_init (VantageConnectWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_window_set_default_widget (GTK_WINDOW (self), self->connect);
}

void
vantage_connect_window_open (GtkWindow *parent, VantageLibrary *library)
{
  VantageConnectWindow *self =
      g_object_new (VANTAGE_TYPE_CONNECT_WINDOW, "transient-for", parent, NULL);
  g_autofree char *url = vantage_sync_server_dup_url (library);

  self->library = g_object_ref (library);
  if (url != NULL)
    gtk_editable_set_text (self->address, url);
  g_signal_connect_object (self->address, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->token, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->connect, "clicked", G_CALLBACK (connect_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->forget, "clicked", G_CALLBACK (forget_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  update (self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->address));
}
