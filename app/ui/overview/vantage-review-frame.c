/* vantage-review-frame.c: kind, depth, window of time, zone and services of a review. */

#include "config.h"

#include "vantage-review-frame.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-time-text.h"
#include "vantage-words.h"
#include "vantage-zone-names.h"

struct _VantageReviewFrame
{
  GtkWidget parent_instance;

  VantageReviewContext *context;
  GtkWidget *list;
  AdwComboRow *kind, *depth, *zone;
  AdwEntryRow *from, *until, *services, *conversations, *checkpoint;
  gboolean loading;
};

G_DEFINE_FINAL_TYPE (VantageReviewFrame, vantage_review_frame, GTK_TYPE_WIDGET)

static const char *
get_id (VantageReviewFrame *self)
{
  return vantage_review_context_get_review_id (self->context);
}

/* ---- choices ---- */

static GtkStringList *
new_choice_words (const char *vocabulary)
{
  const char *const *values = vantage_words_list_choices (vocabulary);
  GtkStringList *words = gtk_string_list_new (NULL);

  for (guint i = 0; values[i] != NULL; i++)
    gtk_string_list_append (words, vantage_words_choice (vocabulary, values[i]));
  return words;
}

static void
select_choice (AdwComboRow *row, const char *vocabulary, const char *value)
{
  const char *const *values = vantage_words_list_choices (vocabulary);
  guint at = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; values[i] != NULL; i++)
    if (g_strcmp0 (values[i], value) == 0)
      at = i;
  adw_combo_row_set_selected (row, at);
}

static void
write_text (VantageReviewFrame *self, const char *field, const char *value, const char *what)
{
  g_autoptr (VantageEdit) edit = NULL;
  VantageEntity *review = vantage_review_context_get_review (self->context);

  if (review != NULL && g_strcmp0 (vantage_entity_get_text (review, field), value) == 0)
    return;
  edit = vantage_review_context_begin (self->context, what);
  vantage_edit_set_text (edit, "review", get_id (self), field, value);
  vantage_review_context_commit (self->context, edit);
}

static void
kind_selected_cb (VantageReviewFrame *self)
{
  guint at = adw_combo_row_get_selected (self->kind);

  if (!self->loading && at != GTK_INVALID_LIST_POSITION)
    write_text (self, "kind", vantage_words_list_choices ("review-kind")[at], _ ("Change Kind"));
}

static void
depth_selected_cb (VantageReviewFrame *self)
{
  guint at = adw_combo_row_get_selected (self->depth);

  if (!self->loading && at != GTK_INVALID_LIST_POSITION)
    write_text (self, "depth", vantage_words_list_choices ("depth")[at], _ ("Change Depth"));
}

/* ---- zones ---- */

static void
zone_selected_cb (VantageReviewFrame *self)
{
  GtkStringObject *chosen = adw_combo_row_get_selected_item (self->zone);

  if (!self->loading && chosen != NULL)
    write_text (self, "zone", gtk_string_object_get_string (chosen), _ ("Change Time Zone"));
}

static void
show_zone (VantageReviewFrame *self)
{
  const char *name = vantage_zone_get_name (vantage_review_context_get_zone (self->context));
  GtkStringObject *shown = adw_combo_row_get_selected_item (self->zone);

  if (shown != NULL && strcmp (gtk_string_object_get_string (shown), name) == 0)
    return;
  {
    g_autoptr (GtkStringList) names = vantage_zone_names_new (name);

    adw_combo_row_set_model (self->zone, G_LIST_MODEL (names));
    adw_combo_row_set_selected (self->zone, 0);
  }
}

/* ---- window of time ---- */

/* A field, or one register of a keyed one. */
static gint64
get_time (VantageEntity *review, const char *register_name)
{
  VantageValue *value = vantage_entity_get_value (review, register_name);
  gint64 us;

  return value != NULL && vantage_value_get_time (value, &us) ? us : VANTAGE_TIME_NONE;
}

static void
show_time (VantageReviewFrame *self, AdwEntryRow *row, const char *field)
{
  VantageEntity *review = vantage_review_context_get_review (self->context);
  gint64 us = get_time (review, field);
  g_autofree char *text = NULL;

  gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  if (us != VANTAGE_TIME_NONE)
    text = vantage_zone_format (vantage_review_context_get_zone (self->context), us,
                                VANTAGE_SHOW_DAY_MINUTE);
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
}

/* The day that is meant where none is written: of the other end, else today. */
static gint64
find_day (VantageReviewFrame *self)
{
  VantageEntity *review = vantage_review_context_get_review (self->context);
  gint64 us = get_time (review, "from");

  if (us == VANTAGE_TIME_NONE)
    us = get_time (review, "until");
  return us != VANTAGE_TIME_NONE
             ? us
             : vantage_library_now_us (vantage_review_context_get_library (self->context));
}

static void
time_applied (VantageReviewFrame *self, AdwEntryRow *row, const char *field, const char *what)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
  g_autoptr (VantageEdit) edit = NULL;
  gint64 us = VANTAGE_TIME_NONE;

  if (text[0] != '\0' &&
      !vantage_time_text_read (text, find_day (self),
                               vantage_review_context_get_zone (self->context), &us))
    {
      gtk_widget_add_css_class (GTK_WIDGET (row), "error");
      vantage_review_context_tell (self->context,
                                   _ ("This is no time that can be read. Try “2025-03-14 02:10”."));
      return;
    }
  edit = vantage_review_context_begin (self->context, what);
  if (text[0] == '\0')
    vantage_edit_set_text (edit, "review", get_id (self), field, NULL);
  else
    vantage_edit_set_time (edit, "review", get_id (self), field, us);
  if (vantage_review_context_commit (self->context, edit))
    show_time (self, row, field);
}

static void
conversations_applied_cb (VantageReviewFrame *self)
{
  time_applied (self, self->conversations, "due/conversations", _ ("Change Due Date"));
}

static void
checkpoint_applied_cb (VantageReviewFrame *self)
{
  time_applied (self, self->checkpoint, "due/checkpoint", _ ("Change Due Date"));
}

static void
from_applied_cb (VantageReviewFrame *self)
{
  time_applied (self, self->from, "from", _ ("Change Window of Time"));
}

static void
until_applied_cb (VantageReviewFrame *self)
{
  time_applied (self, self->until, "until", _ ("Change Window of Time"));
}

/* ---- services ---- */

static char *
join_services (VantageEntity *review)
{
  g_autoptr (GPtrArray) services = vantage_entity_list_set (review, "services");

  g_ptr_array_add (services, NULL);
  return g_strjoinv (", ", (char **) services->pdata);
}

static void
services_applied_cb (VantageReviewFrame *self)
{
  VantageEntity *review = vantage_review_context_get_review (self->context);
  g_auto (GStrv) words =
      g_strsplit (gtk_editable_get_text (GTK_EDITABLE (self->services)), ",", -1);
  g_autoptr (GPtrArray) before = vantage_entity_list_set (review, "services");
  g_autoptr (VantageEdit) edit =
      vantage_review_context_begin (self->context, _ ("Change Services"));

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_strstrip (words[i]);
      if (words[i][0] != '\0' && !vantage_entity_has_member (review, "services", words[i]))
        vantage_edit_set_member (edit, "review", get_id (self), "services", words[i], TRUE);
    }
  for (guint i = 0; i < before->len; i++)
    if (!g_strv_contains ((const char *const *) words, before->pdata[i]))
      vantage_edit_set_member (edit, "review", get_id (self), "services", before->pdata[i], FALSE);
  vantage_review_context_commit (self->context, edit);
}

/* ---- showing ---- */

static gboolean
is_being_typed (AdwEntryRow *row)
{
  return (gtk_widget_get_state_flags (GTK_WIDGET (row)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

static void
show_frame (VantageReviewFrame *self)
{
  VantageEntity *review = vantage_review_context_get_review (self->context);

  if (review == NULL)
    return;
  self->loading = TRUE;
  select_choice (self->kind, "review-kind", vantage_entity_get_text (review, "kind"));
  select_choice (self->depth, "depth", vantage_entity_get_text (review, "depth"));
  show_zone (self);
  if (!is_being_typed (self->from))
    show_time (self, self->from, "from");
  if (!is_being_typed (self->until))
    show_time (self, self->until, "until");
  if (!is_being_typed (self->conversations))
    show_time (self, self->conversations, "due/conversations");
  if (!is_being_typed (self->checkpoint))
    show_time (self, self->checkpoint, "due/checkpoint");
  if (!is_being_typed (self->services))
    {
      g_autofree char *services = join_services (review);

      gtk_editable_set_text (GTK_EDITABLE (self->services), services);
    }
  self->loading = FALSE;
}

/* ---- object ---- */

static AdwComboRow *
append_combo (VantageReviewFrame *self, const char *title, GtkStringList *model, GCallback selected)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (model != NULL)
    adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), GTK_INVALID_LIST_POSITION);
  g_signal_connect_object (row, "notify::selected", selected, self, G_CONNECT_SWAPPED);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
  return ADW_COMBO_ROW (row);
}

static AdwEntryRow *
append_entry (VantageReviewFrame *self, const char *title, GCallback applied)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect_object (row, "apply", applied, self, G_CONNECT_SWAPPED);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
  return ADW_ENTRY_ROW (row);
}

static void
vantage_review_frame_dispose (GObject *object)
{
  VantageReviewFrame *self = VANTAGE_REVIEW_FRAME (object);

  g_clear_pointer (&self->list, gtk_widget_unparent);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (vantage_review_frame_parent_class)->dispose (object);
}

static void
vantage_review_frame_class_init (VantageReviewFrameClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vantage_review_frame_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
vantage_review_frame_init (VantageReviewFrame *self)
{
  g_autoptr (GtkStringList) kinds = new_choice_words ("review-kind");
  g_autoptr (GtkStringList) depths = new_choice_words ("depth");

  self->loading = TRUE;
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));

  self->kind = append_combo (self, _ ("Kind"), kinds, G_CALLBACK (kind_selected_cb));
  self->depth = append_combo (self, _ ("Depth"), depths, G_CALLBACK (depth_selected_cb));
  self->from = append_entry (self, _ ("From"), G_CALLBACK (from_applied_cb));
  self->until = append_entry (self, _ ("Until"), G_CALLBACK (until_applied_cb));
  self->zone = append_combo (self, _ ("Time Zone"), NULL, G_CALLBACK (zone_selected_cb));
  adw_combo_row_set_expression (
      self->zone, gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"));
  self->services =
      append_entry (self, _ ("Services, Parted by Commas"), G_CALLBACK (services_applied_cb));
  self->conversations =
      append_entry (self, _ ("Conversations Held By"), G_CALLBACK (conversations_applied_cb));
  self->checkpoint = append_entry (self, _ ("Look Again On"), G_CALLBACK (checkpoint_applied_cb));
}

void
vantage_review_frame_bind (VantageReviewFrame *self, VantageReviewContext *context)
{
  self->context = g_object_ref (context);
  g_signal_connect_object (context, "notify::review", G_CALLBACK (show_frame), self,
                           G_CONNECT_SWAPPED);
  show_frame (self);
}
