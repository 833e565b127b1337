/* vantage-source-row.c: facts of a source in rows, made when it is opened for the first time. */

#include "config.h"

#include "vantage-source-row.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-id.h"
#include "vantage-import-check.h"
#include "vantage-time-text.h"
#include "vantage-typed-time.h"
#include "vantage-words.h"
#include "vantage-zone-names.h"

struct _VantageSourceRow
{
  AdwExpanderRow parent_instance;

  VantageReviewContext *context;
  VantageEntity *source;
  VantageSourceDetail *detail; /* NULL: it was imported on another computer */
  gboolean filled, showing;

  GtkWidget *mark; /* "Not complete", "3 left out" */
  AdwActionRow *content, *kinds, *complete, *problems, *zone_fixed;
  GtkWidget *zone_row, *zero_row, *shift_row;
  GtkDropDown *zone;
};

G_DEFINE_FINAL_TYPE (VantageSourceRow, vantage_source_row, ADW_TYPE_EXPANDER_ROW)

/* ---- shifts ---- */

gboolean
vantage_source_shift_read (const char *text, gint64 *out_us)
{
  g_autofree char *words = g_strstrip (g_strdup (text));
  const char *rest = words;
  gboolean back = FALSE;
  g_autofree char *phrase = NULL;
  g_autoptr (VantageZone) utc = vantage_zone_new_utc ();
  VantageTypedTime typed;

  if (*words == '\0' || strcmp (words, "0") == 0)
    {
      *out_us = 0;
      return TRUE;
    }
  if (*rest == '+')
    rest++;
  else if (*rest == '-' || g_str_has_prefix (rest, "−"))
    {
      back = TRUE;
      rest = g_utf8_next_char (rest);
    }
  phrase = g_strconcat ("for ", rest, NULL);
  if (!vantage_typed_time_parse (phrase, 0, utc, &typed) || typed.sort != VANTAGE_TYPED_LASTS ||
      typed.min_us != typed.max_us)
    return FALSE;
  *out_us = back ? -typed.min_us : typed.min_us;
  return TRUE;
}

char *
vantage_source_shift_dup_text (gint64 us)
{
  gint64 s = ABS (us) / G_USEC_PER_SEC;
  g_autoptr (GString) text = g_string_new (NULL);

  if (us == 0)
    return g_strdup ("");
  g_string_append (text, us < 0 ? "-" : "+");
  if (s >= 3600)
    g_string_append_printf (text, "%d h ", (int) (s / 3600));
  if (s % 3600 >= 60)
    g_string_append_printf (text, "%d min ", (int) (s % 3600 / 60));
  if (s % 60 > 0 || s == 0)
    g_string_append_printf (text, "%d s", (int) (s % 60));
  return g_strchomp (g_string_free (g_steal_pointer (&text), FALSE));
}

/* ---- facts ---- */

static guint64
get_count (VantageEntity *source, const char *key)
{
  VantageValue *value = vantage_entity_get_key (source, "counts", key);
  gint64 number;

  return value != NULL && vantage_value_get_int (value, &number) && number > 0 ? (guint64) number
                                                                               : 0;
}

static const char *
get_format_title (VantageSourceRow *self)
{
  const char *family = vantage_entity_get_text (self->source, "family");

  for (const VantageFormat *f = vantage_formats (); self->detail != NULL && f->name != NULL; f++)
    if (g_strcmp0 (f->name, self->detail->format) == 0)
      return f->title;
  return family != NULL ? family : _ ("Unknown format");
}

/* Who imported it: NULL when it was this computer, or nobody knows. (transfer full) */
static char *
dup_importer (VantageSourceRow *self)
{
  VantageLibrary *library = vantage_review_context_get_library (self->context);
  const char *device = vantage_entity_get_by (self->source);
  g_autofree char *author = NULL;
  g_autoptr (VantageEntity) by = NULL;

  if (device == NULL || strcmp (device, vantage_library_get_device (library)) == 0)
    return NULL;
  author = vantage_author_id (device);
  by = vantage_library_get (library, vantage_review_context_get_review_id (self->context), "author",
                            author, NULL);
  return by != NULL && *vantage_entity_get_title (by) != '\0'
             ? g_strdup (vantage_entity_get_title (by))
             : NULL;
}

/* "Slack export · 1 204 items · Fri 14 Mar 2025 by Dana". (transfer full) */
static char *
dup_subtitle (VantageSourceRow *self)
{
  guint64 n = get_count (self->source, "items");
  g_autofree char *count = vantage_words_count (n);
  g_autofree char *items = g_strdup_printf (ngettext ("%s item", "%s items", (gulong) n), count);
  gint64 us = vantage_entity_get_time (self->source, "imported");
  g_autofree char *by = dup_importer (self);
  g_autofree char *day = NULL;

  if (us == VANTAGE_TIME_NONE)
    us = vantage_entity_get_created_us (self->source);
  day = vantage_time_text_date (vantage_review_context_get_zone (self->context), us);
  if (by != NULL)
    /* translators: format, count of items, day of the import, who imported it */
    return g_strdup_printf (_ ("%s · %s · imported %s by %s"), get_format_title (self), items, day,
                            by);
  /* translators: format, count of items, day of the import */
  return g_strdup_printf (_ ("%s · %s · imported %s"), get_format_title (self), items, day);
}

static char *
dup_content (VantageSourceRow *self)
{
  guint64 people = get_count (self->source, "people");
  guint64 channels = get_count (self->source, "channels");
  guint64 fresh = get_count (self->source, "new_items");
  gint64 first_us = vantage_entity_get_time (self->source, "first");
  gint64 last_us = vantage_entity_get_time (self->source, "last");
  g_autofree char *n_fresh = vantage_words_count (fresh);
  g_autofree char *n_new =
      g_strdup_printf (ngettext ("%s that was new", "%s that were new", (gulong) fresh), n_fresh);
  g_autofree char *n_people =
      g_strdup_printf (ngettext ("%u person", "%u people", (gulong) people), (guint) people);
  g_autofree char *n_channels =
      g_strdup_printf (ngettext ("%u channel", "%u channels", (gulong) channels), (guint) channels);
  g_autofree char *range =
      first_us != VANTAGE_TIME_NONE
          ? vantage_time_text_range (vantage_review_context_get_zone (self->context), first_us,
                                     last_us)
          : g_strdup (_ ("no times"));

  return g_strdup_printf ("%s · %s · %s\n%s", n_new, n_people, n_channels, range);
}

static char *
dup_kinds (VantageSourceRow *self)
{
  guint64 kinds[VANTAGE_N_ITEM_KINDS];

  for (guint k = 0; k < VANTAGE_N_ITEM_KINDS; k++)
    {
      g_autofree char *key =
          g_strconcat ("kind.", vantage_item_kind_to_text ((VantageItemKind) k), NULL);

      kinds[k] = get_count (self->source, key);
    }
  return vantage_import_check_dup_kinds (kinds);
}

static guint64
get_n_skipped (VantageSourceRow *self)
{
  return self->detail != NULL ? self->detail->n_skipped : get_count (self->source, "skipped");
}

/* ---- changing ---- */

static void
set_time (VantageSourceRow *self, const char *zone, gint64 zero_us, gint64 shift_us)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *told = NULL;

  if (!vantage_library_set_source_time (vantage_review_context_get_library (self->context),
                                        vantage_review_context_get_review_id (self->context),
                                        vantage_entity_get_id (self->source), zone, zero_us,
                                        shift_us, _ ("Change Time of Source"), &error))
    {
      vantage_review_context_tell_error (self->context, _ ("The Times Could Not Be Moved"), error);
      return;
    }
  told =
      g_strdup_printf (_ ("All times of “%s” have moved"), vantage_entity_get_title (self->source));
  vantage_review_context_tell_with_undo (self->context, told);
}

static void
zone_selected_cb (VantageSourceRow *self)
{
  const char *zone = vantage_zone_names_get_chosen (self->zone);

  if (!self->showing && zone != NULL &&
      g_strcmp0 (zone, vantage_entity_get_text (self->source, "zone")) != 0)
    set_time (self, zone, VANTAGE_TIME_NONE, VANTAGE_TIME_NONE);
}

static void
shift_applied_cb (VantageSourceRow *self)
{
  gint64 us;

  gtk_widget_remove_css_class (self->shift_row, "error");
  if (!vantage_source_shift_read (gtk_editable_get_text (GTK_EDITABLE (self->shift_row)), &us))
    {
      gtk_widget_add_css_class (self->shift_row, "error");
      vantage_review_context_tell (self->context,
                                   _ ("This is no length of time. Try “+90 s” or “-1 h”."));
      return;
    }
  if (us != vantage_entity_get_duration (self->source, "shift", 0))
    set_time (self, NULL, VANTAGE_TIME_NONE, us);
}

static void
zero_applied_cb (VantageSourceRow *self)
{
  gint64 known_us = vantage_entity_get_time (self->source, "zero"), us;

  gtk_widget_remove_css_class (self->zero_row, "error");
  if (!vantage_time_text_read (gtk_editable_get_text (GTK_EDITABLE (self->zero_row)), known_us,
                               vantage_review_context_get_zone (self->context), &us))
    {
      gtk_widget_add_css_class (self->zero_row, "error");
      vantage_review_context_tell (self->context,
                                   _ ("This is no time that can be read. Try “2025-03-14 02:10”."));
      return;
    }
  if (us != known_us)
    set_time (self, NULL, us, VANTAGE_TIME_NONE);
}

/* ---- showing ---- */

static void
show_times (VantageSourceRow *self)
{
  gboolean in_file = g_strcmp0 (vantage_entity_get_text (self->source, "zone_from"), "file") == 0 ||
                     vantage_entity_get_text (self->source, "zone") == NULL;
  gint64 zero_us = vantage_entity_get_time (self->source, "zero");
  g_autofree char *shift =
      vantage_source_shift_dup_text (vantage_entity_get_duration (self->source, "shift", 0));
  g_autofree char *zero =
      zero_us != VANTAGE_TIME_NONE
          ? vantage_zone_format (vantage_review_context_get_zone (self->context), zero_us,
                                 VANTAGE_SHOW_DAY_MINUTE)
          : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->zone_fixed), in_file);
  gtk_widget_set_visible (self->zone_row, !in_file);
  if (!in_file)
    vantage_zone_names_choose (self->zone, vantage_entity_get_text (self->source, "zone"));
  gtk_widget_set_visible (self->zero_row, zero != NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->zero_row), zero != NULL ? zero : "");
  gtk_editable_set_text (GTK_EDITABLE (self->shift_row), shift);
  gtk_widget_remove_css_class (self->shift_row, "error");
  gtk_widget_remove_css_class (self->zero_row, "error");
}

static void
show_missing (VantageSourceRow *self)
{
  gboolean complete = vantage_entity_get_yesno (self->source, "complete");
  guint64 n = get_n_skipped (self);
  g_autofree char *missing =
      vantage_library_dup_prose (vantage_review_context_get_library (self->context),
                                 vantage_review_context_get_review_id (self->context),
                                 vantage_entity_get_id (self->source), "missing", NULL);
  guint n_told = self->detail != NULL ? self->detail->diagnostics->len : 0;
  g_autofree char *text = NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->complete),
                                 complete ? _ ("Complete") : _ ("Not complete"));
  adw_action_row_set_subtitle (self->complete,
                               missing != NULL && *missing != '\0' ? missing
                               : complete ? _ ("Nothing says that something is missing.")
                                          : _ ("The file says that there is more than it holds."));
  text = n > 0
             ? g_strdup_printf (ngettext ("%d record could not be read",
                                          "%d records could not be read", (gulong) n),
                                (int) n)
             : g_strdup_printf (ngettext ("%u thing to know", "%u things to know", n_told), n_told);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->problems), text);
  gtk_widget_set_visible (GTK_WIDGET (self->problems), n_told > 0);
}

static void
show_inside (VantageSourceRow *self)
{
  g_autofree char *content = dup_content (self);
  g_autofree char *kinds = dup_kinds (self);

  self->showing = TRUE;
  adw_action_row_set_subtitle (self->content, content);
  adw_action_row_set_subtitle (self->kinds, kinds);
  gtk_widget_set_visible (GTK_WIDGET (self->kinds), *kinds != '\0');
  show_times (self);
  show_missing (self);
  self->showing = FALSE;
}

static void
show (VantageSourceRow *self)
{
  g_autofree char *subtitle = dup_subtitle (self);
  gboolean complete = vantage_entity_get_yesno (self->source, "complete");
  guint64 n_skipped = get_n_skipped (self);
  g_autofree char *mark =
      complete ? g_strdup_printf (ngettext ("%d left out", "%d left out", (gulong) n_skipped),
                                  (int) n_skipped)
               : g_strdup (_ ("Not complete"));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self),
                                 vantage_entity_get_title (self->source));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
  gtk_label_set_text (GTK_LABEL (self->mark), mark);
  gtk_widget_set_visible (self->mark, !complete || n_skipped > 0);
  if (self->filled)
    show_inside (self);
}

/* ---- inside ---- */

static AdwActionRow *
add_row (VantageSourceRow *self, const char *title)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  return ADW_ACTION_ROW (row);
}

static GtkWidget *
add_entry (VantageSourceRow *self, const char *title, GCallback applied)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect_object (row, "apply", applied, self, G_CONNECT_SWAPPED);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  return row;
}

static GtkWidget *
new_button (VantageSourceRow *self, const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s",
                                    vantage_entity_get_id (self->source));
  return button;
}

static void
add_zone (VantageSourceRow *self)
{
  AdwActionRow *row = add_row (self, _ ("Time zone"));

  self->zone_fixed = add_row (self, _ ("Time zone"));
  adw_action_row_set_subtitle (self->zone_fixed, _ ("Every time in it says its own."));
  self->zone_row = GTK_WIDGET (row);
  adw_action_row_set_subtitle (row, _ ("Another one moves every item of this source."));
  self->zone = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  gtk_widget_set_valign (GTK_WIDGET (self->zone), GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->zone), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Time zone"), -1);
  vantage_zone_names_fill (self->zone, vantage_entity_get_text (self->source, "zone"), NULL);
  adw_action_row_add_suffix (row, GTK_WIDGET (self->zone));
  g_signal_connect_object (self->zone, "notify::selected", G_CALLBACK (zone_selected_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
fill (VantageSourceRow *self)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *remove = new_button (self, _ ("Remo_ve"), "page.remove-source");

  self->filled = TRUE;
  self->showing = TRUE;
  self->content = add_row (self, _ ("What is in it"));
  adw_action_row_set_subtitle_lines (self->content, 4);
  self->kinds = add_row (self, _ ("Kinds"));
  add_zone (self);
  self->zero_row = add_entry (self, _ ("Beginning"), G_CALLBACK (zero_applied_cb));
  self->shift_row =
      add_entry (self, _ ("Move all times by, as +90 s or -1 h"), G_CALLBACK (shift_applied_cb));
  self->complete = add_row (self, _ ("Complete"));
  self->problems = add_row (self, "");
  adw_action_row_add_suffix (self->problems,
                             new_button (self, _ ("_Show"), "page.source-problems"));
  self->showing = FALSE;
  gtk_box_append (GTK_BOX (buttons), new_button (self, _ ("_Read It"), "page.read-source"));
  gtk_box_append (GTK_BOX (buttons), remove);
  gtk_widget_add_css_class (buttons, "source-buttons");
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), buttons);
  show_inside (self);
}

static void
expanded_cb (VantageSourceRow *self)
{
  if (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)) && !self->filled)
    fill (self);
}

/* ---- object ---- */

static void
vantage_source_row_dispose (GObject *object)
{
  VantageSourceRow *self = VANTAGE_SOURCE_ROW (object);

  g_clear_object (&self->context);
  g_clear_object (&self->source);
  g_clear_pointer (&self->detail, vantage_source_detail_free);
  G_OBJECT_CLASS (vantage_source_row_parent_class)->dispose (object);
}

static void
vantage_source_row_class_init (VantageSourceRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vantage_source_row_dispose;
}

static void
vantage_source_row_init (VantageSourceRow *self)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  self->mark = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->mark, "source-mark");
  gtk_widget_set_valign (self->mark, GTK_ALIGN_CENTER);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), self->mark);
  g_signal_connect (self, "notify::expanded", G_CALLBACK (expanded_cb), NULL);
}

const char *
vantage_source_row_get_id (VantageSourceRow *self)
{
  return vantage_entity_get_id (self->source);
}

void
vantage_source_row_update (VantageSourceRow *self, VantageEntity *source)
{
  g_set_object (&self->source, source);
  show (self);
}

GtkWidget *
vantage_source_row_new (VantageReviewContext *context, VantageEntity *source)
{
  VantageSourceRow *self = g_object_new (VANTAGE_TYPE_SOURCE_ROW, NULL);

  self->context = g_object_ref (context);
  self->source = g_object_ref (source);
  self->detail = vantage_library_get_source_detail (vantage_review_context_get_library (context),
                                                    vantage_review_context_get_review_id (context),
                                                    vantage_entity_get_id (source), NULL);
  show (self);
  return GTK_WIDGET (self);
}
