/* vantage-consent-rows.c: what the person agreed to, as three plain choices. */

#include "config.h"

#include "vantage-consent-rows.h"

#include <glib/gi18n.h>

#define N_ROWS 3

struct _VantageConsentRows
{
  AdwBin parent_instance;

  VantageInterviewRoom *room;
  AdwPreferencesGroup *group;
  AdwComboRow *rows[N_ROWS];
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (VantageConsentRows, vantage_consent_rows, ADW_TYPE_BIN)

static const struct
{
  const char *field;
  const char *title;
  const char *values[5];
  const char *words[5];
} questions[N_ROWS] = {
  { "notes",
    N_ ("May you take notes?"),
    { "unasked", "yes", "no" },
    { N_ ("Not asked yet"), N_ ("Yes"), N_ ("No") } },
  { "sound",
    N_ ("May there be sound?"),
    { "unasked", "yes", "no" },
    { N_ ("Not asked yet"), N_ ("Yes"), N_ ("No") } },
  { "words",
    N_ ("May their words be used?"),
    { "unasked", "yes", "ask", "never" },
    { N_ ("Not asked yet"), N_ ("Yes"), N_ ("Ask each time"), N_ ("Never") } },
};

static void
show_consent (VantageConsentRows *self)
{
  VantageEntity *consent = vantage_interview_room_get_consent (self->room);
  g_autofree char *words = vantage_interview_room_dup_consent_words (self->room);

  self->showing = TRUE;
  for (guint i = 0; i < N_ROWS; i++)
    {
      const char *value =
          consent != NULL ? vantage_entity_get_text (consent, questions[i].field) : NULL;

      adw_combo_row_set_selected (self->rows[i], 0);
      for (guint j = 0; questions[i].values[j] != NULL; j++)
        if (g_strcmp0 (questions[i].values[j], value) == 0)
          adw_combo_row_set_selected (self->rows[i], j);
    }
  self->showing = FALSE;
  adw_preferences_group_set_description (self->group, words);
}

static void
selected_cb (VantageConsentRows *self, GParamSpec *pspec, AdwComboRow *row)
{
  if (self->showing)
    return;
  for (guint i = 0; i < N_ROWS; i++)
    if (self->rows[i] == row)
      vantage_interview_room_set_consent (self->room, questions[i].field,
                                          questions[i].values[adw_combo_row_get_selected (row)]);
}

static AdwComboRow *
new_row (VantageConsentRows *self, guint at)
{
  AdwComboRow *row = ADW_COMBO_ROW (adw_combo_row_new ());
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  for (guint i = 0; questions[at].words[i] != NULL; i++)
    gtk_string_list_append (words, _ (questions[at].words[i]));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (questions[at].title));
  adw_combo_row_set_model (row, G_LIST_MODEL (words));
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  return row;
}

static GtkWidget *
new_say_aloud (void)
{
  GtkWidget *row = adw_expander_row_new ();
  GtkWidget *label = gtk_label_new (
      _ ("“I take notes, and they stay on my computer, encrypted. Nobody else reads them. Before "
         "any words of yours go further I show you exactly which, and you say whether with your "
         "name, by your role, under another name, in other words, or not at all. You can take it "
         "back later. “I do not remember” and “I would rather not say” are whole answers, and we "
         "can stop at any time.”"));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Say Aloud"));
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_margin_top (label, 12);
  gtk_widget_set_margin_bottom (label, 12);
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_end (label, 12);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), label);
  return row;
}

static void
vantage_consent_rows_dispose (GObject *object)
{
  g_clear_object (&VANTAGE_CONSENT_ROWS (object)->room);
  G_OBJECT_CLASS (vantage_consent_rows_parent_class)->dispose (object);
}

static void
vantage_consent_rows_class_init (VantageConsentRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vantage_consent_rows_dispose;
}

static void
vantage_consent_rows_init (VantageConsentRows *self)
{
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->group, _ ("What They Agreed To"));
  self->showing = TRUE;
  for (guint i = 0; i < N_ROWS; i++)
    {
      self->rows[i] = new_row (self, i);
      adw_preferences_group_add (self->group, GTK_WIDGET (self->rows[i]));
    }
  self->showing = FALSE;
  adw_preferences_group_add (self->group, new_say_aloud ());
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->group));
}

GtkWidget *
vantage_consent_rows_new (VantageInterviewRoom *room)
{
  VantageConsentRows *self = g_object_new (VANTAGE_TYPE_CONSENT_ROWS, NULL);

  self->room = g_object_ref (room);
  g_signal_connect_object (room, "shared-changed", G_CALLBACK (show_consent), self,
                           G_CONNECT_SWAPPED);
  show_consent (self);
  return GTK_WIDGET (self);
}
