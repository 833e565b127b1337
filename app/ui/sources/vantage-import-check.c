/* vantage-import-check.c: rows of the check step. */

#include "config.h"

#include "vantage-import-check.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-text.h"
#include "vantage-time-text.h"
#include "vantage-words.h"

#define MAX_TOLD 100
#define MAX_NAMES 12

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
  if (preview->n_items == 0)
    return g_strdup (_ ("Nothing to Keep Was Found"));

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
  return g_strdup_printf ("%s · %s · %s", title, range, vantage_zone_get_name (zone));
}

char *
vantage_import_check_dup_people (const VantagePreview *preview)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < preview->identities->len && n < MAX_NAMES; i++)
    {
      const VantageIdentity *identity = g_ptr_array_index (preview->identities, i);

      if (identity->placeholder)
        continue;
      g_string_append_printf (text, "%s%s", n > 0 ? ", " : "",
                              vantage_identity_get_shown (identity));
      n++;
    }
  if (preview->n_people > n && n > 0)
    {
      g_autofree char *more =
          g_strdup_printf (ngettext (", and %u more", ", and %u more", preview->n_people - n),
                           preview->n_people - n);

      g_string_append (text, more);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
vantage_import_check_dup_kinds (const guint64 kinds[VANTAGE_N_ITEM_KINDS])
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean told[VANTAGE_N_ITEM_KINDS] = { FALSE };

  for (;;)
    {
      int most = -1;

      for (int k = 0; k < VANTAGE_N_ITEM_KINDS; k++)
        if (!told[k] && kinds[k] > 0 && (most < 0 || kinds[k] > kinds[most]))
          most = k;
      if (most < 0)
        break;
      told[most] = TRUE;
      {
        g_autofree char *count = vantage_words_count (kinds[most]);

        /* translators: a kind of record and how many there are: "Message 1,204" */
        g_string_append_printf (
            text, C_ ("kinds of records", "%s%s %s"), text->len > 0 ? " · " : "",
            vantage_words_choice ("item-kind", vantage_item_kind_to_text ((VantageItemKind) most)),
            count);
      }
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
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

static const char *
find_channel (const VantagePreview *preview, const char *id)
{
  for (guint i = 0; id != NULL && i < MIN (preview->channels->len, MAX_TOLD); i++)
    {
      const VantageChannel *channel =
          ((VantagePreviewChannel *) g_ptr_array_index (preview->channels, i))->channel;
      g_autofree char *own = vantage_channel_dup_id (channel);

      if (strcmp (own, id) == 0)
        return channel->name != NULL ? channel->name : channel->key;
    }
  return "";
}

/* "2025-03-14 02:10 · Ana Kovač · ops · Joined": what is not known is left out. (transfer full) */
static char *
dup_below (const VantagePreview *preview, const VantageItem *item, const char *when)
{
  const char *parts[] = {
    when, find_shown (preview, item->account), find_channel (preview, item->channel),
    item->kind != VANTAGE_ITEM_MESSAGE
        ? vantage_words_choice ("item-kind", vantage_item_kind_to_text (item->kind))
        : ""
  };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (*parts[i] != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", parts[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
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
      g_autofree char *below = dup_below (preview, item, when);
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

GtkWidget *
vantage_import_check_new_told_row (const VantageDiagnostic *diagnostic)
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
      GtkWidget *told =
          vantage_import_check_new_told_row (g_ptr_array_index (preview->diagnostics, i));

      adw_expander_row_add_row (row, told);
      g_ptr_array_add (rows, told);
    }
  if (preview->diagnostics->len > MAX_TOLD)
    {
      GtkWidget *rest = adw_action_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (rest),
                                     _ ("There are more; all are listed with the source once it "
                                        "is kept."));
      adw_expander_row_add_row (row, rest);
      g_ptr_array_add (rows, rest);
    }
}

/* ---- what came in ---- */

char *
vantage_import_check_dup_progress (guint64 n_items, gint64 left_us)
{
  g_autofree char *count = vantage_words_count (n_items);
  g_autofree char *records =
      g_strdup_printf (ngettext ("%s record", "%s records", (gulong) n_items), count);
  g_autofree char *left = NULL;

  if (left_us <= 0)
    return g_steal_pointer (&records);
  left = vantage_words_duration (left_us);
  /* translators: how many records were read; how long it still takes: "about 20 s" */
  return g_strdup_printf (_ ("%s · about %s"), records, left);
}

char *
vantage_import_check_dup_lost (guint64 n_skipped)
{
  if (n_skipped == 0)
    return NULL;
  return g_strdup_printf (
      ngettext ("%d record could not be read; it is listed with the source.",
                "%d records could not be read; they are listed with the source.",
                (gulong) n_skipped),
      (int) n_skipped);
}

char *
vantage_import_check_dup_kept (guint64 n_new, guint64 n_kept, gint64 first_us, gint64 last_us,
                               VantageZone *zone)
{
  g_autofree char *count = vantage_words_count (n_new);
  g_autofree char *records = g_strdup_printf (
      ngettext ("%s new record was kept.", "%s new records were kept.", (gulong) n_new), count);
  g_autofree char *range = NULL;

  if (n_new == 0 && n_kept > 0)
    return g_strdup (_ ("Everything in it was here already."));
  if (first_us == VANTAGE_TIME_NONE)
    return g_steal_pointer (&records);
  range = vantage_time_text_range (zone, first_us, last_us);
  return g_strdup_printf ("%s\n%s", records, range);
}

/* ---- what there is ---- */

char *
vantage_import_check_dup_formats (void)
{
  GString *titles = g_string_new (NULL);

  for (const VantageFormat *format = vantage_formats (); format->name != NULL; format++)
    g_string_append_printf (titles, "%s%s", titles->len > 0 ? " · " : "", format->title);
  return g_string_free (titles, FALSE);
}

void
vantage_import_check_say_which (GtkLabel *label, guint at, guint n)
{
  g_autofree char *text = NULL;

  if (n > 1)
    /* translators: which of several files this is: "2 of 5" */
    text = g_strdup_printf (_ ("%u of %u"), at, n);
  gtk_label_set_text (label, text != NULL ? text : "");
}
