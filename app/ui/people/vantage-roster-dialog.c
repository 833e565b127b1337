/* vantage-roster-dialog.c: a look at a list of people, then keeping what it says. */

#include "config.h"

#include "vantage-roster-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-desk-roster.h"
#include "vantage-file-chooser.h"
#include "vantage-words.h"

#define MAX_TOLD 6

typedef struct
{
  VantageReviewContext *context;
  GWeakRef parent;
  char *path;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *self = data;

  g_object_unref (self->context);
  g_weak_ref_clear (&self->parent);
  g_free (self->path);
  g_free (self);
}

static Asking *
asking_new (GtkWindow *parent, VantageReviewContext *context, const char *path)
{
  Asking *self = g_new0 (Asking, 1);

  self->context = g_object_ref (context);
  g_weak_ref_init (&self->parent, parent);
  self->path = g_strdup (path);
  return self;
}

static VantageRosterResult *
run (VantageReviewContext *context, const char *path, gboolean keep)
{
  g_autoptr (GError) error = NULL;
  VantageRosterResult *result = vantage_desk_import_roster (
      vantage_review_context_get_library (context), vantage_review_context_get_review_id (context),
      path, _ ("Import List of People"), keep, NULL, &error);

  if (result == NULL)
    vantage_review_context_tell_error (context, _ ("This Is No List of People"), error);
  return result;
}

/* What it would do, and what of it is left out. (transfer full) */
static char *
dup_body (const VantageRosterResult *result)
{
  g_autofree char *fresh = g_strdup_printf (
      ngettext ("%u person is new", "%u people are new", result->n_new), result->n_new);
  g_autofree char *changed = g_strdup_printf (
      ngettext ("%u becomes better known", "%u become better known", result->n_changed),
      result->n_changed);
  g_autofree char *same = g_strdup_printf (
      ngettext ("%u stays as known", "%u stay as known", result->n_same), result->n_same);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s · %s · %s", fresh, changed, same);
  for (guint i = 0; i < MIN (result->diagnostics->len, MAX_TOLD); i++)
    {
      const VantageDiagnostic *d = g_ptr_array_index (result->diagnostics, i);
      g_autofree char *words = vantage_words_diagnostic (d->code, d->text);

      if (d->line > 0)
        /* translators: line of a table, what is to be said of it */
        g_string_append_printf (text, _ ("\nLine %d: %s"), (int) d->line, words);
      else
        g_string_append_printf (text, "\n%s", words);
    }
  if (result->diagnostics->len > MAX_TOLD)
    g_string_append (text, "\n…");
  return g_string_free (text, FALSE);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  Asking *asking = data;
  g_autoptr (VantageRosterResult) result = NULL;

  if (strcmp (response, "take") != 0)
    return;
  result = run (asking->context, asking->path, TRUE);
  if (result != NULL)
    vantage_review_context_tell_with_undo (asking->context, _ ("The list of people was taken in"));
}

static void
free_asking_cb (gpointer data, GClosure *closure)
{
  asking_free (data);
}

void
vantage_roster_look (GtkWindow *parent, VantageReviewContext *context, const char *path)
{
  g_autoptr (VantageRosterResult) result = run (context, path, FALSE);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *body = NULL;
  GtkWidget *dialog;

  if (result == NULL)
    return;
  body = dup_body (result);
  dialog = adw_message_dialog_new (parent, name, body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "take",
                                    _ ("_Take Them In"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "take",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "take");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "take",
                                           result->n_new + result->n_changed > 0);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb),
                         asking_new (parent, context, path), free_asking_cb, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
chosen_cb (GListModel *files, gpointer data)
{
  Asking *asking = data;
  g_autoptr (GtkWindow) parent = g_weak_ref_get (&asking->parent);
  g_autoptr (GFile) file = files != NULL && g_list_model_get_n_items (files) > 0
                               ? g_list_model_get_item (files, 0)
                               : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL && parent != NULL)
    vantage_roster_look (parent, asking->context, path);
  asking_free (asking);
}

void
vantage_roster_choose (GtkWindow *parent, VantageReviewContext *context)
{
  const VantageFileRequest request = {
    .sort = VANTAGE_CHOOSE_OPEN,
    .title = _ ("List of People"),
    .accept = _ ("_Look Inside"),
    .filter_name = _ ("Tables"),
    .patterns = "*.csv *.tsv *.txt",
  };

  vantage_choose_files (parent, &request, chosen_cb, asking_new (parent, context, NULL));
}
