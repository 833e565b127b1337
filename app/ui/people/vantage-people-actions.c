/* vantage-people-actions.c: what can be done with people, as commands of the page. */

#include "config.h"

#include "vantage-people-page-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-id.h"
#include "vantage-merge-dialog.h"
#include "vantage-roster-dialog.h"
#include "vantage-sections.h"

static VantageReviewContext *
get_context (VantagePeoplePage *self)
{
  return vantage_page_get_context (VANTAGE_PAGE (self));
}

/* ---- interviews ---- */

static const VantageCandidate *
find_candidate (VantagePeoplePage *self, const char *person)
{
  for (guint i = 0; self->candidates != NULL && i < self->candidates->len; i++)
    {
      const VantageCandidate *candidate = g_ptr_array_index (self->candidates, i);

      if (strcmp (candidate->person, person) == 0)
        return candidate;
    }
  return NULL;
}

/* Somebody for whom the record gives no reason was chosen by a person. */
static void
set_reasons (VantageEdit *edit, const char *interview, const VantageCandidate *candidate)
{
  guint n = candidate != NULL ? candidate->reasons->len : 0;

  for (guint i = 0; i < n; i++)
    {
      const VantageCandidateReason *reason = g_ptr_array_index (candidate->reasons, i);

      vantage_edit_set_member (edit, "interview", interview, "reasons",
                               vantage_reason_to_text (reason->reason), TRUE);
    }
  if (n == 0)
    vantage_edit_set_member (edit, "interview", interview, "reasons",
                             vantage_reason_to_text (VANTAGE_REASON_CHOSEN), TRUE);
}

static void
plan_interview (VantagePeoplePage *self, const char *person)
{
  VantageReviewContext *context = get_context (self);
  g_autoptr (VantageEntity) there = vantage_people_page_find_interview (self, person);
  g_autoptr (VantageEdit) edit = NULL;
  g_autofree char *interview = NULL;
  g_autofree char *told = NULL;

  if (there != NULL)
    {
      vantage_review_context_go (context, "interviews", vantage_entity_get_id (there));
      return;
    }
  edit = vantage_review_context_begin (context, _ ("Plan Interview"));
  interview = g_strdup (vantage_edit_create (edit, "interview"));
  vantage_edit_set_ref (edit, "interview", interview, "person", person);
  vantage_edit_set_text (edit, "interview", interview, "state", "proposed");
  set_reasons (edit, interview, find_candidate (self, person));
  /* translators: a name */
  told = g_strdup_printf (_ ("Interview with %s proposed"),
                          vantage_review_context_get_person_name (context, person));
  if (vantage_review_context_commit_with_undo (context, edit, told))
    vantage_review_context_go (context, "interviews", interview);
}

static void
plan_interview_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *person = vantage_people_page_get_subject (data);

  if (person != NULL)
    plan_interview (data, person);
}

static void
plan_interview_with_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  plan_interview (data, g_variant_get_string (parameter, NULL));
}

/* ---- items ---- */

/* The first thing that gives a reason to talk to the person, else the first of their own acts. */
static const char *
find_item (VantagePeoplePage *self, const char *person)
{
  const VantageCandidate *candidate = find_candidate (self, person);
  VantageActs *acts = vantage_survey_get_acts (self->survey);
  guint32 index = vantage_acts_find_person (acts, person), n_acts, n_items;
  const VantageAct *all = vantage_acts_get_acts (acts, &n_acts);
  const VantageActItem *items = vantage_acts_get_items (acts, &n_items);

  for (guint i = 0; candidate != NULL && i < candidate->reasons->len; i++)
    {
      const VantageCandidateReason *reason = g_ptr_array_index (candidate->reasons, i);

      if (reason->items->len > 0)
        return g_ptr_array_index (reason->items, 0);
    }
  for (guint32 i = 0; index != VANTAGE_NOBODY && i < n_acts; i++)
    if (all[i].person == index)
      return items[all[i].item].id;
  return NULL;
}

static void
see_items (VantagePeoplePage *self, const char *person)
{
  VantageReviewContext *context = get_context (self);
  const char *item = self->survey != NULL ? find_item (self, person) : NULL;

  if (item == NULL)
    {
      vantage_review_context_tell (context, _ ("Nothing in the record is by or about them"));
      return;
    }
  vantage_review_context_show_item (context, item);
  vantage_review_context_go (context, "sources", item);
}

/* What somebody said and did; of who did nothing, what others said of them. */
static void
see_items_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *id = vantage_people_page_get_subject (data);
  const VantagePerson *person =
      id != NULL ? vantage_review_context_find_person (get_context (data), id) : NULL;

  if (person == NULL)
    return;
  if (person->n_items > 0 && vantage_section_find ("sources") != NULL)
    vantage_review_context_go (get_context (data), "sources", id);
  else
    see_items (data, id);
}

static void
see_items_of_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  see_items (data, g_variant_get_string (parameter, NULL));
}

/* ---- what is shown ---- */

static void
change_who_cb (GSimpleAction *action, GVariant *state, gpointer data)
{
  VantagePeoplePage *self = data;
  const char *who = g_variant_get_string (state, NULL);

  if (strcmp (who, "took-part") == 0)
    self->who = VANTAGE_WHO_TOOK_PART;
  else if (strcmp (who, "to-talk-to") == 0)
    self->who = VANTAGE_WHO_TO_TALK_TO;
  else if (strcmp (who, "everyone") == 0)
    self->who = VANTAGE_WHO_EVERYONE;
  else if (strcmp (who, "rhythm") != 0)
    return;
  g_simple_action_set_state (action, state);
  self->rhythm_shown = strcmp (who, "rhythm") == 0;
  vantage_people_list_set_who (self->list, self->who);
  if (self->rhythm_shown && self->survey != NULL)
    vantage_rhythm_view_set_survey (self->rhythm, self->survey);
  else
    vantage_people_page_refresh (self, FALSE);
  vantage_people_page_show_found (self);
}

static void
change_idle_cb (GSimpleAction *action, GVariant *state, gpointer data)
{
  g_simple_action_set_state (action, state);
  vantage_people_list_set_show_idle (VANTAGE_PEOPLE_PAGE (data)->list,
                                     g_variant_get_boolean (state));
}

static void
change_window_cb (GSimpleAction *action, GVariant *state, gpointer data)
{
  g_simple_action_set_state (action, state);
  vantage_people_page_refresh (data, FALSE);
}

static void
details_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *person = vantage_people_page_get_subject (data);

  if (person != NULL)
    vantage_people_page_open (data, person);
}

static void
open_person_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  vantage_people_page_open (data, g_variant_get_string (parameter, NULL));
}

static void
close_person_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  vantage_people_page_close_person (data);
}

/* ---- who is one with whom ---- */

static GtkWindow *
get_window (VantagePeoplePage *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void
merge_chosen_cb (const char *person, const char *other, gpointer data)
{
  vantage_merge_people (get_context (data), person, other);
}

static void
merge_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *person = vantage_people_page_get_subject (data);

  if (person != NULL)
    gtk_window_present (GTK_WINDOW (vantage_merge_dialog_new (get_window (data), get_context (data),
                                                              person, merge_chosen_cb, data)));
}

static void
split_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageReviewContext *context = get_context (data);
  const char *person = vantage_people_page_get_subject (data);
  g_autoptr (GError) error = NULL;

  if (person == NULL)
    return;
  vantage_review_context_flush (context);
  if (!vantage_library_split_person (vantage_review_context_get_library (context),
                                     vantage_review_context_get_review_id (context), person,
                                     g_variant_get_string (parameter, NULL),
                                     _ ("Split Off Account"), &error))
    vantage_review_context_tell_error (context, _ ("Could Not Split Off"), error);
  else
    vantage_review_context_tell_with_undo (context, _ ("The account is a person of its own now"));
}

static void
proposals_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_window_present (
      GTK_WINDOW (vantage_same_people_dialog_new (get_window (data), get_context (data))));
}

/* ---- more about them ---- */

static void
add_condition_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantagePeoplePage *self = data;
  const char *person = vantage_people_page_get_subject (self);

  if (person == NULL)
    return;
  vantage_people_page_open (self, person);
  vantage_person_view_add_condition (self->person);
}

static void
add_person (VantagePeoplePage *self, const char *name)
{
  VantageReviewContext *context = get_context (self);
  g_autoptr (VantageEdit) edit = vantage_review_context_begin (context, _ ("Add Person"));
  g_autofree char *id =
      vantage_id_new (vantage_library_now_us (vantage_review_context_get_library (context)));

  vantage_edit_set_text (edit, "person", id, "sort", "human");
  vantage_edit_set_text (edit, "particulars", id, "name", name);
  if (!vantage_review_context_commit (context, edit))
    return;
  g_free (self->wanted);
  self->wanted = g_steal_pointer (&id);
}

static void
add_response_cb (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  GtkEditable *entry = g_object_get_data (G_OBJECT (dialog), "entry");
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  if (strcmp (response, "add") == 0 && name[0] != '\0')
    add_person (data, name);
}

static void
name_changed_cb (GtkEditable *entry, gpointer data)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  adw_message_dialog_set_response_enabled (data, "add", name[0] != '\0');
}

static void
import_roster_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  vantage_roster_choose (get_window (data), get_context (data));
}

static void
add_person_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *dialog = adw_message_dialog_new (
      get_window (data), _ ("Who Else Was Part of It?"),
      _ ("Somebody without an account in the record: phoned, named by others, or missed."));

  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Name"),
                                  -1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "add",
                                    _ ("_Add"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "add",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "add", FALSE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "add");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data (G_OBJECT (dialog), "entry", entry);
  g_signal_connect (entry, "changed", G_CALLBACK (name_changed_cb), dialog);
  g_signal_connect_object (dialog, "response", G_CALLBACK (add_response_cb), data, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- all of them ---- */

static const char *const of_subject[] = { "details", "plan-interview", "see-items",
                                          "merge",   "split",          "add-condition" };

void
vantage_people_page_update_actions (VantagePeoplePage *self)
{
  GActionMap *map = G_ACTION_MAP (vantage_page_get_actions (VANTAGE_PAGE (self)));
  gboolean enabled = vantage_people_page_get_subject (self) != NULL;

  for (guint i = 0; i < G_N_ELEMENTS (of_subject); i++)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (map, of_subject[i])),
                                 enabled);
}

void
vantage_people_page_add_actions (VantagePeoplePage *self)
{
  static const GActionEntry entries[] = {
    { "who", NULL, "s", "'everyone'", change_who_cb },
    { "show-idle", NULL, NULL, "false", change_idle_cb },
    { "window", NULL, NULL, "true", change_window_cb },
    { "details", details_cb },
    { "open-person", open_person_cb, "s" },
    { "plan-interview", plan_interview_cb },
    { "plan-interview-with", plan_interview_with_cb, "s" },
    { "see-items", see_items_cb },
    { "see-items-of", see_items_of_cb, "s" },
    { "close-person", close_person_cb },
    { "merge", merge_cb },
    { "split", split_cb, "s" },
    { "proposals", proposals_cb },
    { "add-person", add_person_cb },
    { "import-roster", import_roster_cb },
    { "add-condition", add_condition_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (vantage_page_get_actions (VANTAGE_PAGE (self))),
                                   entries, G_N_ELEMENTS (entries), self);
  vantage_people_page_update_actions (self);
}
