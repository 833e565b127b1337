/* vantage-intake-rows.c: is it worth it? */

#include "config.h"

#include "vantage-intake-rows.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-intake.h"
#include "vantage-words.h"

struct _VantageIntakeRows
{
  GtkWidget parent_instance;

  VantageReviewContext *context;
  GtkWidget *list;
  AdwExpanderRow *expander;
  GPtrArray *pairs; /* Pair */
  gboolean loading;
};

G_DEFINE_FINAL_TYPE (VantageIntakeRows, vantage_intake_rows, GTK_TYPE_WIDGET)

typedef struct
{
  VantageIntakeRows *owner;
  const char *key;
  GtkToggleButton *yes, *no;
} Pair;

/* ---- advice ---- */

/* "yes", "no" or "unknown"; NULL: no answer yet. */
static const char *
get_answer (VantageEntity *review, const char *key)
{
  VantageValue *value = vantage_entity_get_key (review, "intake", key);

  return value != NULL ? vantage_value_get_text (value) : NULL;
}

const char *
vantage_intake_advise (VantageEntity *review)
{
  g_auto (VantageIntake) intake = { 0 };

  vantage_intake_weigh (review, &intake);
  return intake.n_answered >= VANTAGE_INTAKE_ENOUGH ? intake.advice : NULL;
}

/* ---- showing ---- */

static void
show_answers (VantageIntakeRows *self)
{
  VantageEntity *review = vantage_review_context_get_review (self->context);
  const char *advice;

  if (review == NULL)
    return;
  self->loading = TRUE;
  for (guint i = 0; i < self->pairs->len; i++)
    {
      Pair *pair = self->pairs->pdata[i];
      const char *answer = get_answer (review, pair->key);

      gtk_toggle_button_set_active (pair->yes, g_strcmp0 (answer, "yes") == 0);
      gtk_toggle_button_set_active (pair->no, g_strcmp0 (answer, "no") == 0);
    }
  self->loading = FALSE;

  advice = vantage_intake_advise (review);
  if (advice == NULL)
    adw_expander_row_set_subtitle (self->expander,
                                   _ ("Answer three questions, and an advice appears here."));
  else
    {
      /* translators: "Full review", "Short review" or "A note only" */
      g_autofree char *text =
          g_strdup_printf (_ ("Advice so far: %s"), vantage_words_choice ("depth", advice));

      adw_expander_row_set_subtitle (self->expander, text);
    }
}

/* ---- writing ---- */

static void
toggled_cb (GtkToggleButton *button, gpointer data)
{
  Pair *pair = data;
  VantageIntakeRows *self = pair->owner;
  g_autoptr (VantageEdit) edit = NULL;
  g_autofree char *field = NULL;
  gboolean active = gtk_toggle_button_get_active (button);
  const char *answer = !active ? NULL : button == pair->yes ? "yes" : "no";

  if (self->loading)
    return;
  field = g_strdup_printf ("intake/%s", pair->key);
  edit = vantage_review_context_begin (self->context, _ ("Answer Intake Question"));
  vantage_edit_set_text (edit, "review", vantage_review_context_get_review_id (self->context),
                         field, answer);
  if (!vantage_review_context_commit (self->context, edit))
    show_answers (self);
}

/* ---- rows ---- */

static GtkToggleButton *
new_answer (Pair *pair, const char *label, const char *question)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (label);
  g_autofree char *spoken = g_strdup_printf ("%s %s", question, label);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);
  g_signal_connect (button, "toggled", G_CALLBACK (toggled_cb), pair);
  return GTK_TOGGLE_BUTTON (button);
}

static void
add_question (VantageIntakeRows *self, const char *key)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *answers = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  const char *question = vantage_words_choice ("intake", key);
  Pair *pair = g_new0 (Pair, 1);

  pair->owner = self;
  pair->key = key;
  pair->yes = new_answer (pair, C_ ("answer", "Yes"), question);
  pair->no = new_answer (pair, C_ ("answer", "No"), question);
  g_ptr_array_add (self->pairs, pair);

  gtk_widget_add_css_class (answers, "linked");
  gtk_widget_set_valign (answers, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (answers), GTK_WIDGET (pair->yes));
  gtk_box_append (GTK_BOX (answers), GTK_WIDGET (pair->no));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), question);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), answers);
  adw_expander_row_add_row (self->expander, row);
}

/* ---- object ---- */

static void
vantage_intake_rows_dispose (GObject *object)
{
  VantageIntakeRows *self = VANTAGE_INTAKE_ROWS (object);

  g_clear_pointer (&self->list, gtk_widget_unparent);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (vantage_intake_rows_parent_class)->dispose (object);
}

static void
vantage_intake_rows_finalize (GObject *object)
{
  g_ptr_array_unref (VANTAGE_INTAKE_ROWS (object)->pairs);
  G_OBJECT_CLASS (vantage_intake_rows_parent_class)->finalize (object);
}

static void
vantage_intake_rows_class_init (VantageIntakeRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vantage_intake_rows_dispose;
  G_OBJECT_CLASS (klass)->finalize = vantage_intake_rows_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
vantage_intake_rows_init (VantageIntakeRows *self)
{
  const char *const *keys = vantage_words_list_choices ("intake");

  self->pairs = g_ptr_array_new_with_free_func (g_free);
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  self->expander = ADW_EXPANDER_ROW (adw_expander_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->expander), _ ("Is It Worth It?"));
  for (guint i = 0; keys[i] != NULL; i++)
    add_question (self, keys[i]);
  gtk_list_box_append (GTK_LIST_BOX (self->list), GTK_WIDGET (self->expander));
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));
}

void
vantage_intake_rows_bind (VantageIntakeRows *self, VantageReviewContext *context)
{
  self->context = g_object_ref (context);
  g_signal_connect_object (context, "notify::review", G_CALLBACK (show_answers), self,
                           G_CONNECT_SWAPPED);
  show_answers (self);
}
