/* vantage-experiment-detail.c: one experiment. */

#include "config.h"

#include "vantage-experiment-detail.h"

#include <glib/gi18n.h>

#include "vantage-field-binding.h"
#include "vantage-finding-rows.h"
#include "vantage-prose-editor.h"
#include "vantage-reference-chooser.h"
#include "vantage-reference-text.h"
#include "vantage-typed-time.h"
#include "vantage-wrap-entry.h"

enum
{
  PROBE,
  SIGNAL,
  STOP_RULE,
  N_TEXTS,
};

static const struct
{
  const char *field, *label, *placeholder;
} texts[N_TEXTS] = {
  { "probe", N_ ("What we try"), N_ ("One small thing, and for how long") },
  { "signal", N_ ("What we look for"), N_ ("What would tell that it helps, or does not") },
  { "stop_rule", N_ ("When we stop"), N_ ("What would make us stop early") },
};

struct _VantageExperimentDetail
{
  GtkWidget parent_instance;

  VantageReviewContext *context;
  char *id;
  char *from_shown; /* ids of the findings that have a row */
  guint showing;    /* idle */

  GtkWidget *box;
  GtkWidget *hypothesis;
  GtkWidget *nature, *outcome;
  GtkWidget *texts[N_TEXTS];
  GtkEditable *owner;
  AdwEntryRow *revisit;
  VantageProseEditor *result;
  GtkListBox *from;
  GtkWidget *from_nothing;
};

G_DEFINE_FINAL_TYPE (VantageExperimentDetail, vantage_experiment_detail, GTK_TYPE_WIDGET)

static VantageEntity *
read_experiment (VantageExperimentDetail *self)
{
  if (self->id == NULL)
    return NULL;
  return vantage_library_get (vantage_review_context_get_library (self->context),
                              vantage_review_context_get_review_id (self->context), "experiment",
                              self->id, NULL);
}

/* ---- the findings it grew from ---- */

static void
set_from (VantageExperimentDetail *self, const char *finding, gboolean in)
{
  g_autoptr (VantageEdit) edit = NULL;

  if (self->id == NULL)
    return;
  edit = vantage_review_context_begin (self->context, _ ("Change Where Experiment Comes From"));
  vantage_edit_set_member (edit, "experiment", self->id, "from", finding, in);
  vantage_review_context_commit (self->context, edit);
}

static void
remove_clicked_cb (VantageExperimentDetail *self, GtkButton *button)
{
  set_from (self, g_object_get_data (G_OBJECT (button), "id"), FALSE);
}

static void
from_chosen_cb (VantageExperimentDetail *self, const char *kind, const char *id)
{
  set_from (self, id, TRUE);
}

static void
from_activated_cb (VantageExperimentDetail *self, GtkListBoxRow *row)
{
  vantage_reference_open (self->context, "finding", g_object_get_data (G_OBJECT (row), "id"));
}

static GtkWidget *
new_from_row (VantageExperimentDetail *self, const char *id)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("list-remove-symbolic");
  g_autofree char *title = vantage_reference_dup_shown (self->context, "finding", id);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (id), g_free);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Take Away"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Take Away"), -1);
  g_object_set_data_full (G_OBJECT (button), "id", g_strdup (id), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static void
show_from (VantageExperimentDetail *self, VantageEntity *experiment)
{
  g_autoptr (GPtrArray) ids =
      experiment != NULL ? vantage_entity_list_set (experiment, "from") : g_ptr_array_new ();
  g_autofree char *joined = NULL;
  GtkWidget *child;
  guint n = ids->len;

  g_ptr_array_add (ids, NULL);
  joined = g_strjoinv ("\n", (char **) ids->pdata);
  gtk_widget_set_visible (self->from_nothing, n == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->from), n > 0);
  if (g_strcmp0 (joined, self->from_shown) == 0)
    return;
  g_free (self->from_shown);
  self->from_shown = g_steal_pointer (&joined);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->from))) != NULL)
    gtk_list_box_remove (self->from, child);
  for (guint i = 0; i < n; i++)
    gtk_list_box_append (self->from, new_from_row (self, ids->pdata[i]));
}

/* ---- when to look again ---- */

static void
show_revisit (VantageExperimentDetail *self, VantageEntity *experiment)
{
  gint64 us =
      experiment != NULL ? vantage_entity_get_time (experiment, "revisit") : VANTAGE_TIME_NONE;
  g_autofree char *day = NULL;

  if ((gtk_widget_get_state_flags (GTK_WIDGET (self->revisit)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0)
    return;
  if (us != VANTAGE_TIME_NONE)
    day =
        vantage_zone_format (vantage_review_context_get_zone (self->context), us, VANTAGE_SHOW_DAY);
  gtk_editable_set_text (GTK_EDITABLE (self->revisit), day != NULL ? day : "");
  gtk_widget_remove_css_class (GTK_WIDGET (self->revisit), "error");
}

/* A day is meant: its noon, so that it is the same day for everybody near. */
static gboolean
read_day (VantageExperimentDetail *self, const char *text, gint64 *out_us)
{
  VantageZone *zone = vantage_review_context_get_zone (self->context);
  VantageTypedTime typed;

  if (!vantage_typed_time_parse (
          text, vantage_library_now_us (vantage_review_context_get_library (self->context)), zone,
          &typed) ||
      typed.sort != VANTAGE_TYPED_WHEN)
    return FALSE;
  *out_us = typed.when.at_us;
  if (typed.when.sort == VANTAGE_WHEN_BETWEEN)
    *out_us += (typed.when.until_us - typed.when.at_us) / 2;
  return TRUE;
}

static void
revisit_applied_cb (VantageExperimentDetail *self)
{
  g_autofree char *text =
      g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->revisit))));
  g_autoptr (VantageEdit) edit = NULL;
  gint64 us = 0;

  if (self->id == NULL)
    return;
  if (text[0] != '\0' && !read_day (self, text, &us))
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->revisit), "error");
      vantage_review_context_tell (self->context,
                                   _ ("Not read as a day. Write it like 2025-11-30 or 30 Nov."));
      return;
    }
  gtk_widget_remove_css_class (GTK_WIDGET (self->revisit), "error");
  edit = vantage_review_context_begin (self->context, _ ("Change When to Look Again"));
  if (text[0] == '\0')
    vantage_edit_set (edit, "experiment", self->id, "revisit", vantage_value_new_null ());
  else
    vantage_edit_set_time (edit, "experiment", self->id, "revisit", us);
  vantage_review_context_commit (self->context, edit);
}

/* ---- showing ---- */

static void
show_fields (VantageExperimentDetail *self)
{
  g_autoptr (VantageEntity) experiment = read_experiment (self);

  vantage_choice_menu_show (self->nature, experiment);
  vantage_choice_drop_show (self->outcome, experiment);
  show_revisit (self, experiment);
  show_from (self, experiment);
}

static gboolean
show_cb (gpointer data)
{
  VantageExperimentDetail *self = data;

  self->showing = 0;
  show_fields (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (VantageExperimentDetail *self)
{
  if (self->showing == 0 && self->id != NULL)
    self->showing = g_idle_add (show_cb, self);
}

void
vantage_experiment_detail_show (VantageExperimentDetail *self, const char *id)
{
  const char *what = _ ("Edit Experiment");

  if (id != self->id)
    {
      g_free (self->id);
      self->id = g_strdup (id);
    }
  vantage_wrap_entry_bind (VANTAGE_WRAP_ENTRY (self->hypothesis), self->context, "experiment", id,
                           "hypothesis", what);
  for (guint i = 0; i < N_TEXTS; i++)
    vantage_wrap_entry_bind (VANTAGE_WRAP_ENTRY (self->texts[i]), self->context, "experiment", id,
                             texts[i].field, what);
  vantage_field_bind (self->owner, self->context, "experiment", id, "owner", what);
  if (id == NULL)
    gtk_editable_set_text (self->owner, "");
  vantage_prose_editor_bind (self->result, self->context, "experiment", id, "result", what);
  gtk_widget_set_sensitive (self->box, id != NULL);
  show_fields (self);
}

void
vantage_experiment_detail_rename (VantageExperimentDetail *self)
{
  gtk_widget_grab_focus (self->hypothesis);
}

/* ---- object ---- */

static void
vantage_experiment_detail_dispose (GObject *object)
{
  VantageExperimentDetail *self = VANTAGE_EXPERIMENT_DETAIL (object);

  g_clear_handle_id (&self->showing, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->from_shown, g_free);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (vantage_experiment_detail_parent_class)->dispose (object);
}

static void
vantage_experiment_detail_class_init (VantageExperimentDetailClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vantage_experiment_detail_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
vantage_experiment_detail_init (VantageExperimentDetail *self)
{
}

static GtkWidget *
new_heading (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "heading");
  return label;
}

static void
append_texts (VantageExperimentDetail *self)
{
  for (guint i = 0; i < N_TEXTS; i++)
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

      self->texts[i] = vantage_wrap_entry_new (_ (texts[i].label), _ (texts[i].placeholder));
      gtk_widget_add_css_class (self->texts[i], "card");
      gtk_box_append (GTK_BOX (box), new_heading (_ (texts[i].label)));
      gtk_box_append (GTK_BOX (box), self->texts[i]);
      gtk_box_append (GTK_BOX (self->box), box);
    }
}

static void
append_rows (VantageExperimentDetail *self)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  self->owner = GTK_EDITABLE (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->owner), _ ("Who Looks After It"));
  self->revisit = ADW_ENTRY_ROW (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->revisit), _ ("Look Again On"));
  adw_entry_row_set_show_apply_button (self->revisit, TRUE);
  g_signal_connect_object (self->revisit, "apply", G_CALLBACK (revisit_applied_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (self->owner));
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (self->revisit));
  gtk_box_append (GTK_BOX (self->box), list);
}

static void
append_from (VantageExperimentDetail *self)
{
  static const char *const kinds[] = { "finding", NULL };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *add = gtk_menu_button_new ();
  GtkWidget *chooser = vantage_reference_chooser_new (self->context, kinds);

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (add), "list-add-symbolic");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (add), chooser);
  gtk_widget_add_css_class (add, "flat");
  gtk_widget_set_tooltip_text (add, _ ("Add Finding"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (add), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Add Finding"), -1);
  g_signal_connect_object (chooser, "chosen", G_CALLBACK (from_chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (head), new_heading (_ ("From Findings")));
  gtk_box_append (GTK_BOX (head), add);
  gtk_box_append (GTK_BOX (box), head);

  self->from_nothing = gtk_label_new (_ ("Which finding made you curious?"));
  gtk_label_set_xalign (GTK_LABEL (self->from_nothing), 0);
  gtk_widget_add_css_class (self->from_nothing, "dim-label");
  gtk_box_append (GTK_BOX (box), self->from_nothing);
  self->from = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->from, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->from), "boxed-list");
  g_signal_connect_object (self->from, "row-activated", G_CALLBACK (from_activated_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->from));
  gtk_box_append (GTK_BOX (self->box), box);
}

static void
append_outcome (VantageExperimentDetail *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->outcome = vantage_choice_drop_new (self->context, &vantage_experiment_outcome_field);
  gtk_box_append (GTK_BOX (head), new_heading (_ ("What Came of It")));
  gtk_box_append (GTK_BOX (head), self->outcome);
  gtk_box_append (GTK_BOX (box), head);
  self->result = VANTAGE_PROSE_EDITOR (vantage_prose_editor_new ());
  vantage_prose_editor_set_placeholder (self->result, _ ("What did you see?"));
  vantage_prose_editor_show_references (self->result);
  gtk_widget_add_css_class (GTK_WIDGET (self->result), "card");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->result));
  gtk_box_append (GTK_BOX (self->box), box);
}

GtkWidget *
vantage_experiment_detail_new (VantageReviewContext *context)
{
  VantageExperimentDetail *self = g_object_new (VANTAGE_TYPE_EXPERIMENT_DETAIL, NULL);

  self->context = g_object_ref (context);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->hypothesis = vantage_wrap_entry_new (_ ("Hypothesis"), _ ("We expect that…"));
  gtk_widget_add_css_class (self->hypothesis, "entity-title");
  gtk_box_append (GTK_BOX (self->box), self->hypothesis);
  self->nature = vantage_choice_menu_new (context, &vantage_experiment_nature_field);
  gtk_widget_set_halign (self->nature, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (self->box), self->nature);
  append_texts (self);
  append_rows (self);
  append_from (self);
  append_outcome (self);

  g_signal_connect_object (context, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  vantage_experiment_detail_show (self, NULL);
  return GTK_WIDGET (self);
}
