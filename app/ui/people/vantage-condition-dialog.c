/* vantage-condition-dialog.c: asking for a condition of a person: what, since when, whose word. */

#include "config.h"

#include "vantage-condition-list.h"

#include <glib/gi18n.h>

#include "vantage-typed-time.h"
#include "vantage-words.h"

static const char *const authorities[] = { "account", "record", "estimate" };

typedef struct
{
  VantageReviewContext *context;
  char *person;
  char *condition; /* (nullable): id of the one to correct */
  gint64 day_us;   /* when an estimate has it; VANTAGE_TIME_NONE: there is none */
  AdwMessageDialog *dialog;
  AdwComboRow *key, *by;
  GtkEditable *value, *since;
} Ask;

static void
ask_free (gpointer data)
{
  Ask *ask = data;

  g_clear_object (&ask->context);
  g_free (ask->person);
  g_free (ask->condition);
  g_free (ask);
}

/* The day that is meant where none is written: that of the estimate, else of the review's window.
 */
static gint64
find_day (Ask *ask)
{
  VantageEntity *review = vantage_review_context_get_review (ask->context);
  gint64 us = review != NULL ? vantage_entity_get_time (review, "from") : VANTAGE_TIME_NONE;

  if (ask->day_us != VANTAGE_TIME_NONE)
    return ask->day_us;
  return us != VANTAGE_TIME_NONE
             ? us
             : vantage_library_now_us (vantage_review_context_get_library (ask->context));
}

/* FALSE: something is written that is no time. */
static gboolean
read_since (Ask *ask, VantageWhen *out)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (ask->since)));
  VantageTypedTime typed;
  gint64 us;
  gboolean has_zone;

  *out = (VantageWhen){ .sort = VANTAGE_WHEN_UNKNOWN };
  if (text[0] == '\0')
    return TRUE;
  if (vantage_time_parse (text, -1, &us, NULL, &has_zone))
    {
      if (!has_zone)
        vantage_zone_resolve (vantage_review_context_get_zone (ask->context), us, &us, NULL);
      *out = (VantageWhen){ .sort = VANTAGE_WHEN_AT, .at_us = us };
      return TRUE;
    }
  if (!vantage_typed_time_parse (text, find_day (ask),
                                 vantage_review_context_get_zone (ask->context), &typed) ||
      typed.sort != VANTAGE_TYPED_WHEN)
    return FALSE;
  *out = typed.when;
  return TRUE;
}

static void
check_cb (Ask *ask)
{
  VantageWhen when;
  gboolean readable = read_since (ask, &when);
  gboolean said =
      gtk_editable_get_text (ask->value)[0] != '\0' || when.sort != VANTAGE_WHEN_UNKNOWN;

  if (readable)
    gtk_widget_remove_css_class (GTK_WIDGET (ask->since), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (ask->since), "error");
  adw_message_dialog_set_response_enabled (ask->dialog, "save", readable && said);
}

static void
write_condition (Ask *ask)
{
  g_autoptr (VantageEdit) edit = vantage_review_context_begin (
      ask->context, ask->condition != NULL ? _ ("Correct Condition") : _ ("Add Condition"));
  g_autofree char *id =
      g_strdup (ask->condition != NULL ? ask->condition : vantage_edit_create (edit, "condition"));
  const char *value = gtk_editable_get_text (ask->value);
  const char *by = authorities[adw_combo_row_get_selected (ask->by)];
  VantageWhen when;

  if (!read_since (ask, &when))
    return;
  if (ask->condition == NULL)
    vantage_edit_set_ref (edit, "condition", id, "person", ask->person);
  vantage_edit_set_text (
      edit, "condition", id, "key",
      vantage_words_list_choices ("condition")[adw_combo_row_get_selected (ask->key)]);
  vantage_edit_set_text (edit, "condition", id, "value", value[0] != '\0' ? value : NULL);
  vantage_edit_set_when (edit, "condition", id, "from", &when);
  vantage_edit_set_text (edit, "condition", id, "by", by);
  vantage_edit_set_text (edit, "condition", id, "state",
                         g_strcmp0 (by, "estimate") == 0 ? "estimate" : "confirmed");
  vantage_review_context_commit (ask->context, edit);
}

static void
dialog_response_cb (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  Ask *ask = data;

  if (g_strcmp0 (response, "save") == 0)
    write_condition (ask);
  else if (g_strcmp0 (response, "delete") == 0)
    {
      g_autoptr (VantageEdit) edit =
          vantage_review_context_begin (ask->context, _ ("Delete Condition"));

      vantage_edit_delete (edit, "condition", ask->condition);
      vantage_review_context_commit_with_undo (ask->context, edit, _ ("Condition deleted"));
    }
}

static GtkStringList *
new_authority_words (void)
{
  GtkStringList *words = gtk_string_list_new (NULL);

  gtk_string_list_append (words, _ ("Told by Them"));
  gtk_string_list_append (words, _ ("From the Record"));
  gtk_string_list_append (words, _ ("Estimated"));
  return words;
}

static GtkStringList *
new_key_words (void)
{
  const char *const *keys = vantage_words_list_choices ("condition");
  GtkStringList *words = gtk_string_list_new (NULL);

  for (guint i = 0; keys[i] != NULL; i++)
    gtk_string_list_append (words, vantage_words_choice ("condition", keys[i]));
  return words;
}

static GtkWidget *
append_row (GtkWidget *list, GtkWidget *row, const char *title)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return row;
}

static GtkWidget *
new_form (Ask *ask)
{
  GtkWidget *list = gtk_list_box_new ();
  g_autoptr (GtkStringList) keys = new_key_words ();
  g_autoptr (GtkStringList) by = new_authority_words ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  ask->key = ADW_COMBO_ROW (append_row (list, adw_combo_row_new (), _ ("Condition")));
  adw_combo_row_set_model (ask->key, G_LIST_MODEL (keys));
  ask->value = GTK_EDITABLE (append_row (list, adw_entry_row_new (), _ ("In Words")));
  ask->since = GTK_EDITABLE (append_row (list, adw_entry_row_new (), _ ("Since (“about 05:20”)")));
  ask->by = ADW_COMBO_ROW (append_row (list, adw_combo_row_new (), _ ("Whose Word")));
  adw_combo_row_set_model (ask->by, G_LIST_MODEL (by));
  return list;
}

static void
fill (Ask *ask, const char *key, const char *value, const char *by, const VantageWhen *when)
{
  const char *const *keys = vantage_words_list_choices ("condition");
  VantageZone *zone = vantage_review_context_get_zone (ask->context);
  g_autofree char *at = NULL;
  g_autofree char *about = NULL;

  for (guint i = 0; keys[i] != NULL; i++)
    if (g_strcmp0 (keys[i], key) == 0)
      adw_combo_row_set_selected (ask->key, i);
  for (guint i = 0; i < G_N_ELEMENTS (authorities); i++)
    if (g_strcmp0 (authorities[i], by) == 0)
      adw_combo_row_set_selected (ask->by, i);
  gtk_editable_set_text (ask->value, value != NULL ? value : "");
  if (when->sort != VANTAGE_WHEN_AT)
    return;
  at = vantage_zone_format (zone, when->at_us, VANTAGE_SHOW_DAY_MINUTE);
  if (when->plus_minus_us > 0)
    about = g_strdup_printf ("%s ± %" G_GINT64_FORMAT " min", at,
                             MAX (when->plus_minus_us / (60 * G_USEC_PER_SEC), 1));
  gtk_editable_set_text (ask->since, about != NULL ? about : at);
}

static Ask *
new_ask (GtkWindow *parent, VantageReviewContext *context, const char *person,
         VantageEntity *condition)
{
  Ask *ask = g_new0 (Ask, 1);
  g_autofree char *heading = NULL;
  GtkWidget *dialog;

  /* translators: a name */
  heading = g_strdup_printf (_ ("What State Was %s In?"),
                             vantage_review_context_get_person_name (context, person));
  dialog = adw_message_dialog_new (parent, heading, NULL);
  ask->context = g_object_ref (context);
  ask->person = g_strdup (person);
  ask->day_us = VANTAGE_TIME_NONE;
  ask->condition = condition != NULL ? g_strdup (vantage_entity_get_id (condition)) : NULL;
  ask->dialog = ADW_MESSAGE_DIALOG (dialog);
  adw_message_dialog_set_extra_child (ask->dialog, new_form (ask));
  adw_message_dialog_add_response (ask->dialog, "cancel", _ ("_Cancel"));
  if (condition != NULL)
    adw_message_dialog_add_response (ask->dialog, "delete", _ ("_Delete"));
  adw_message_dialog_add_response (ask->dialog, "save",
                                   condition != NULL ? _ ("_Save") : _ ("_Add"));
  adw_message_dialog_set_response_appearance (ask->dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ask->dialog, "save");
  adw_message_dialog_set_close_response (ask->dialog, "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "ask", ask, ask_free);
  g_signal_connect_swapped (ask->value, "changed", G_CALLBACK (check_cb), ask);
  g_signal_connect_swapped (ask->since, "changed", G_CALLBACK (check_cb), ask);
  g_signal_connect (dialog, "response", G_CALLBACK (dialog_response_cb), ask);
  return ask;
}

void
vantage_condition_ask (GtkWindow *parent, VantageReviewContext *context, const char *person,
                       VantageEntity *condition)
{
  Ask *ask = new_ask (parent, context, person, condition);
  VantageWhen when;

  if (condition != NULL)
    {
      vantage_entity_get_when (condition, "from", &when);
      fill (ask, vantage_entity_get_text (condition, "key"),
            vantage_entity_get_text (condition, "value"), vantage_entity_get_text (condition, "by"),
            &when);
    }
  check_cb (ask);
  gtk_window_present (GTK_WINDOW (ask->dialog));
}

void
vantage_condition_ask_instead (GtkWindow *parent, VantageReviewContext *context, const char *person,
                               const char *key, const char *value, gint64 since_us)
{
  Ask *ask = new_ask (parent, context, person, NULL);
  const VantageWhen since = { .sort = since_us != VANTAGE_TIME_NONE ? VANTAGE_WHEN_AT
                                                                    : VANTAGE_WHEN_UNKNOWN,
                              .at_us = since_us };

  ask->day_us = since_us;
  fill (ask, key, value, "account", &since);
  check_cb (ask);
  gtk_window_present (GTK_WINDOW (ask->dialog));
}
