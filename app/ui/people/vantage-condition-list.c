/* vantage-condition-list.c: the state a person was in, with whose word it is. */

#include "config.h"

#include "vantage-condition-list.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-time-text.h"
#include "vantage-words.h"

struct _VantageConditionList
{
  GtkWidget parent_instance;

  VantageReviewContext *context;
  char *person; /* (nullable) */
  GtkWidget *list;
};

G_DEFINE_FINAL_TYPE (VantageConditionList, vantage_condition_list, GTK_TYPE_WIDGET)

/* ---- words ---- */

/* When it began, as it is known; NULL: it is not. */
static char *
dup_begin (VantageEntity *condition, VantageReviewContext *context)
{
  VantageZone *zone = vantage_review_context_get_zone (context);
  VantageWhen when;
  g_autofree char *text = NULL;

  vantage_entity_get_when (condition, "from", &when);
  if (when.sort != VANTAGE_WHEN_AT)
    return NULL;
  if (when.plus_minus_us >= G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)
    return vantage_time_text_date (zone, when.at_us);
  text = vantage_zone_format (zone, when.at_us, VANTAGE_SHOW_DAY_MINUTE);
  return when.plus_minus_us > 0 ? g_strdup_printf ("≈ %s", text) : g_steal_pointer (&text);
}

char *
vantage_condition_dup_text (VantageEntity *condition, VantageReviewContext *context)
{
  const char *value = vantage_entity_get_text (condition, "value");
  g_autofree char *begin = dup_begin (condition, context);

  if (value == NULL || value[0] == '\0')
    return g_strdup (begin != NULL ? begin : _ ("not said"));
  if (begin == NULL)
    return g_strdup (value);
  /* translators: what is known, and the time since when: "up since five (≈ 2025-03-13 05:20)" */
  return g_strdup_printf (_ ("%s (%s)"), value, begin);
}

const char *
vantage_condition_get_authority (VantageEntity *condition)
{
  const char *by = vantage_entity_get_text (condition, "by");
  const char *state = vantage_entity_get_text (condition, "state");
  gboolean confirmed = g_strcmp0 (state, "confirmed") == 0;

  if (g_strcmp0 (state, "hidden") == 0)
    return _ ("hidden");
  if (g_strcmp0 (by, "record") == 0)
    return _ ("from the record");
  if (g_strcmp0 (by, "account") == 0)
    return _ ("told by them");
  return confirmed ? _ ("estimated, confirmed") : _ ("estimated, not confirmed");
}

/* ---- changing ---- */

static void
set_state (VantageConditionList *self, const char *id, const char *state, const char *what)
{
  g_autoptr (VantageEdit) edit = vantage_review_context_begin (self->context, what);

  vantage_edit_set_text (edit, "condition", id, "state", state);
  vantage_review_context_commit (self->context, edit);
}

static const char *
get_id (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), "id");
}

static void
confirm_clicked_cb (VantageConditionList *self, GtkWidget *button)
{
  set_state (self, get_id (button), "confirmed", _ ("Confirm Condition"));
}

static void
hide_clicked_cb (VantageConditionList *self, GtkWidget *button)
{
  set_state (self, get_id (button), "hidden", _ ("Hide Condition"));
}

static void
show_clicked_cb (VantageConditionList *self, GtkWidget *button)
{
  set_state (self, get_id (button), "confirmed", _ ("Show Condition"));
}

static void
row_activated_cb (VantageConditionList *self, GtkWidget *row)
{
  g_autoptr (VantageEntity) condition = vantage_library_get (
      vantage_review_context_get_library (self->context),
      vantage_review_context_get_review_id (self->context), "condition", get_id (row), NULL);

  if (condition != NULL)
    vantage_condition_ask (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->context,
                           self->person, condition);
}

/* ---- rows ---- */

static void
add_button (VantageConditionList *self, GtkWidget *row, VantageEntity *condition, const char *icon,
            const char *title, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  g_object_set_data_full (G_OBJECT (button), "id", g_strdup (vantage_entity_get_id (condition)),
                          g_free);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
append_row (VantageConditionList *self, VantageEntity *condition)
{
  GtkWidget *row = adw_action_row_new ();
  const char *key = vantage_entity_get_text (condition, "key");
  const char *state = vantage_entity_get_text (condition, "state");
  g_autofree char *text = vantage_condition_dup_text (condition, self->context);
  g_autofree char *title = NULL;

  /* translators: a condition and what is known: "Awake since: 05:20" */
  title = g_strdup_printf (_ ("%s: %s"), key != NULL ? vantage_words_choice ("condition", key) : "",
                           text);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 3);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), vantage_condition_get_authority (condition));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (vantage_entity_get_id (condition)),
                          g_free);
  if (g_strcmp0 (state, "hidden") == 0)
    {
      gtk_widget_add_css_class (row, "dim-label");
      add_button (self, row, condition, "view-reveal-symbolic", _ ("Show Condition"),
                  G_CALLBACK (show_clicked_cb));
    }
  else
    {
      if (g_strcmp0 (state, "confirmed") != 0)
        add_button (self, row, condition, "emblem-ok-symbolic", _ ("Confirm Condition"),
                    G_CALLBACK (confirm_clicked_cb));
      add_button (self, row, condition, "view-conceal-symbolic", _ ("Hide Condition"),
                  G_CALLBACK (hide_clicked_cb));
    }
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

static gboolean
is_of_person (VantageConditionList *self, VantageEntity *condition)
{
  const char *of = vantage_entity_get_ref (condition, "person");
  const VantagePerson *person =
      of != NULL ? vantage_review_context_find_person (self->context, of) : NULL;

  return person != NULL && g_strcmp0 (person->id, self->person) == 0;
}

void
vantage_condition_list_set_person (VantageConditionList *self, const char *person)
{
  g_autofree char *id = g_strdup (person);
  g_autoptr (GPtrArray) conditions = NULL;
  GtkWidget *child;

  g_free (self->person);
  self->person = g_steal_pointer (&id);
  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), child);
  if (person != NULL)
    conditions = vantage_library_list (vantage_review_context_get_library (self->context),
                                       vantage_review_context_get_review_id (self->context),
                                       "condition", NULL);
  for (guint hidden = 0; conditions != NULL && hidden < 2; hidden++)
    for (guint i = 0; i < conditions->len; i++)
      {
        VantageEntity *condition = g_ptr_array_index (conditions, i);
        gboolean is_hidden =
            g_strcmp0 (vantage_entity_get_text (condition, "state"), "hidden") == 0;

        if (is_hidden == (hidden == 1) && is_of_person (self, condition))
          append_row (self, condition);
      }
  gtk_widget_set_visible (self->list, gtk_widget_get_first_child (self->list) != NULL);
}

void
vantage_condition_list_add (VantageConditionList *self)
{
  if (self->person != NULL)
    vantage_condition_ask (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->context,
                           self->person, NULL);
}

/* ---- object ---- */

static void
vantage_condition_list_dispose (GObject *object)
{
  VantageConditionList *self = VANTAGE_CONDITION_LIST (object);

  g_clear_pointer (&self->list, gtk_widget_unparent);
  g_clear_object (&self->context);
  g_clear_pointer (&self->person, g_free);
  G_OBJECT_CLASS (vantage_condition_list_parent_class)->dispose (object);
}

static void
vantage_condition_list_class_init (VantageConditionListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vantage_condition_list_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
vantage_condition_list_init (VantageConditionList *self)
{
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
vantage_condition_list_new (VantageReviewContext *context)
{
  VantageConditionList *self = g_object_new (VANTAGE_TYPE_CONDITION_LIST, NULL);

  self->context = g_object_ref (context);
  return GTK_WIDGET (self);
}
