/* vantage-import-check.c: rows of the check step. */

#include "config.h"

#include "vantage-import-check.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-text.h"
#include "vantage-time-text.h"
#include "vantage-words.h"

#define MAX_TOLD 100

static void
empty_list (GtkListBox *list)
{
  for (GtkWidget *row; (row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL;)
    gtk_list_box_remove (list, row);
}

char *
vantage_import_check_dup_found (const VantagePreview *preview)
{
  if (preview->needs_mapping && preview->n_items == 0)
    return g_strdup (_ ("Which Column Says What?"));

  g_autofree char *n_items = vantage_words_count (preview->n_items);
  g_autofree char *items =
      g_strdup_printf (ngettext ("%s record", "%s records", (gulong) preview->n_items), n_items);
  g_autofree char *channels = g_strdup_printf (
      ngettext ("%u channel", "%u channels", preview->channels->len), preview->channels->len);
  g_autofree char *people =
      g_strdup_printf (ngettext ("%u person", "%u people", preview->n_people), preview->n_people);

  return g_strjoin (", ", items, channels, people, NULL);
}

char *
vantage_import_check_dup_range (const VantagePreview *preview, VantageZone *zone)
{
  const char *title = preview->facts->format;
  g_autofree char *range = NULL;

  for (const VantageFormat *format = vantage_formats (); format->name != NULL; format++)
    if (g_strcmp0 (format->name, preview->facts->format) == 0)
      title = format->title;
  if (preview->first_us == VANTAGE_TIME_NONE)
    return g_strdup (title);
  range = vantage_time_text_range (zone, preview->first_us, preview->last_us);
  return g_strdup_printf ("%s · %s", title, range);
}

/* ---- channels ---- */

static GtkWidget *
new_channel_row (const VantagePreviewChannel *channel)
{
  g_autofree char *id = vantage_channel_dup_id (channel->channel);
  g_autofree char *count = vantage_words_count (channel->n_items);
  const char *name =
      channel->channel->name != NULL ? channel->channel->name : channel->channel->key;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *label = gtk_label_new (count);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  gtk_widget_add_css_class (label, "faint");
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  g_object_set_data_full (G_OBJECT (row), "channel", g_steal_pointer (&id), g_free);
  g_object_set_data (G_OBJECT (row), "check", check);
  return row;
}

void
vantage_import_check_fill_channels (GtkListBox *list, const VantagePreview *preview,
                                    GCallback toggled, gpointer data)
{
  empty_list (list);
  for (guint i = 0; i < preview->channels->len; i++)
    {
      GtkWidget *row = new_channel_row (g_ptr_array_index (preview->channels, i));

      g_signal_connect_swapped (g_object_get_data (G_OBJECT (row), "check"), "toggled", toggled,
                                data);
      gtk_list_box_append (list, row);
    }
}

guint64
vantage_import_check_count_chosen (GtkListBox *list, const VantagePreview *preview)
{
  guint64 left_out = 0;

  for (guint i = 0; i < preview->channels->len; i++)
    {
      const VantagePreviewChannel *channel = g_ptr_array_index (preview->channels, i);
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (list, (int) i);

      if (row != NULL && !gtk_check_button_get_active (g_object_get_data (G_OBJECT (row), "check")))
        left_out += channel->n_items;
    }
  return preview->n_items - MIN (left_out, preview->n_items);
}

char **
vantage_import_check_dup_chosen (GtkListBox *list)
{
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();
  gboolean all = TRUE;

  for (int i = 0;; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (list, i);

      if (row == NULL)
        break;
      if (gtk_check_button_get_active (g_object_get_data (G_OBJECT (row), "check")))
        g_ptr_array_add (chosen, g_strdup (g_object_get_data (G_OBJECT (row), "channel")));
      else
        all = FALSE;
    }
  g_ptr_array_add (chosen, NULL);
  if (all)
    {
      g_strfreev ((char **) g_ptr_array_steal (chosen, NULL));
      return NULL;
    }
  return (char **) g_ptr_array_steal (chosen, NULL);
}

void
vantage_import_check_set_all (GtkListBox *list, gboolean checked)
{
  for (int i = 0;; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (list, i);

      if (row == NULL)
        return;
      gtk_check_button_set_active (g_object_get_data (G_OBJECT (row), "check"), checked);
    }
}

/* ---- records ---- */

static const char *
find_shown (const VantagePreview *preview, const char *account)
{
  for (guint i = 0; account != NULL && i < preview->identities->len; i++)
    {
      const VantageIdentity *identity = g_ptr_array_index (preview->identities, i);

      if (strcmp (identity->key, account) == 0)
        return vantage_identity_get_shown (identity);
    }
  return account != NULL ? account : "";
}

void
vantage_import_check_fill_rows (GtkListBox *list, const VantagePreview *preview, VantageZone *zone)
{
  empty_list (list);
  for (guint i = 0; i < preview->first_items->len; i++)
    {
      const VantageItem *item = g_ptr_array_index (preview->first_items, i);
      g_autofree char *text = vantage_text_shorten (item->text, 160);
      g_autofree char *when =
          item->time_us != VANTAGE_TIME_NONE
              ? vantage_zone_format (zone, item->time_us, VANTAGE_SHOW_DAY_MINUTE)
              : g_strdup (_ ("no time"));
      g_autofree char *below =
          g_strdup_printf ("%s · %s", when, find_shown (preview, item->account));
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (
          ADW_PREFERENCES_ROW (row),
          *text != '\0'
              ? text
              : vantage_words_choice ("item-kind", vantage_item_kind_to_text (item->kind)));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), below);
      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
      gtk_list_box_append (list, row);
    }
}

/* ---- what was left out ---- */

static GtkWidget *
new_told_row (const VantageDiagnostic *diagnostic)
{
  g_autofree char *words = vantage_words_diagnostic (diagnostic->code, diagnostic->text);
  g_autofree char *place = NULL;
  GtkWidget *row = adw_action_row_new ();

  if (diagnostic->line > 0)
    /* translators: file name, line number */
    place = g_strdup_printf (_ ("%s, line %d"), diagnostic->path, (int) diagnostic->line);
  else if (diagnostic->offset >= 0)
    place =
        g_strdup_printf (_ ("%s, byte %" G_GINT64_FORMAT), diagnostic->path, diagnostic->offset);
  else
    place = g_strdup (diagnostic->path);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), words);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), place);
  return row;
}

void
vantage_import_check_fill_skipped (AdwExpanderRow *row, const VantagePreview *preview)
{
  GPtrArray *old = g_object_get_data (G_OBJECT (row), "rows");
  g_autofree char *title = NULL;
  GPtrArray *rows;

  for (guint i = 0; old != NULL && i < old->len; i++)
    adw_expander_row_remove (row, g_ptr_array_index (old, i));
  rows = g_ptr_array_new ();
  g_object_set_data_full (G_OBJECT (row), "rows", rows, (GDestroyNotify) g_ptr_array_unref);
  gtk_widget_set_visible (GTK_WIDGET (row), preview->diagnostics->len > 0);
  title =
      preview->n_skipped > 0
          ? g_strdup_printf (ngettext ("%d record could not be read",
                                       "%d records could not be read", (gulong) preview->n_skipped),
                             (int) preview->n_skipped)
          : g_strdup (_ ("Good to know"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  for (guint i = 0; i < MIN (preview->diagnostics->len, MAX_TOLD); i++)
    {
      GtkWidget *told = new_told_row (g_ptr_array_index (preview->diagnostics, i));

      adw_expander_row_add_row (row, told);
      g_ptr_array_add (rows, told);
    }
}
