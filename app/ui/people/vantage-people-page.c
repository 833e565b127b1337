/* vantage-people-page.c: the section of people. */

#include "config.h"

#include "vantage-people-page-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-candidate-card.h"
#include "vantage-desk-people.h"
#include "vantage-empty-state.h"
#include "vantage-shortcuts.h"
#include "vantage-words.h"

#define SOON_MS 120
#define MAX_CARDS 8      /* below everybody */
#define MAX_ALL_CARDS 60 /* when whom to talk to is what is asked for */

G_DEFINE_FINAL_TYPE (VantagePeoplePage, vantage_people_page, VANTAGE_TYPE_PAGE)

static VantageReviewContext *
get_context (VantagePeoplePage *self)
{
  return vantage_page_get_context (VANTAGE_PAGE (self));
}

/* ---- cards ---- */

VantageEntity *
vantage_people_page_find_interview (VantagePeoplePage *self, const char *person)
{
  VantageReviewContext *context = get_context (self);
  const VantagePerson *known = vantage_review_context_find_person (context, person);
  g_autoptr (GPtrArray) interviews =
      vantage_library_list (vantage_review_context_get_library (context),
                            vantage_review_context_get_review_id (context), "interview", NULL);

  for (guint i = interviews != NULL ? interviews->len : 0; i-- > 0;)
    {
      VantageEntity *interview = g_ptr_array_index (interviews, i);
      const char *with = vantage_entity_get_ref (interview, "person");

      if (with != NULL && known != NULL &&
          vantage_review_context_find_person (context, with) == known)
        return g_object_ref (interview);
    }
  return NULL;
}

static GHashTable *
list_candidate_ids (VantagePeoplePage *self)
{
  GHashTable *ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->candidates->len; i++)
    g_hash_table_add (ids, ((VantageCandidate *) g_ptr_array_index (self->candidates, i))->person);
  return ids;
}

static const VantageCandidate *
find_candidate (VantagePeoplePage *self, const char *person)
{
  for (guint i = 0; i < self->candidates->len; i++)
    {
      const VantageCandidate *candidate = g_ptr_array_index (self->candidates, i);

      if (strcmp (candidate->person, person) == 0)
        return candidate;
    }
  return NULL;
}

static void
append_card (VantagePeoplePage *self, const VantageCandidate *candidate)
{
  g_autoptr (VantageEntity) interview =
      vantage_people_page_find_interview (self, candidate->person);
  GtkWidget *card = vantage_candidate_card_new (get_context (self), self->survey, self->frame,
                                                candidate, interview);

  gtk_flow_box_append (GTK_FLOW_BOX (self->cards), card);
  gtk_widget_set_focusable (gtk_widget_get_parent (card), FALSE);
}

/* Those with most to tell, in the order in which they came. The candidates come with most reasons
 * first; of these so many are taken as there is room for. */
static void
show_cards (VantagePeoplePage *self)
{
  guint room = self->who == VANTAGE_WHO_TO_TALK_TO ? MAX_ALL_CARDS : MAX_CARDS;
  g_autoptr (GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->cards)) != NULL)
    gtk_flow_box_remove (GTK_FLOW_BOX (self->cards), child);
  for (guint i = 0; i < MIN (self->candidates->len, room); i++)
    g_hash_table_add (taken,
                      ((VantageCandidate *) g_ptr_array_index (self->candidates, i))->person);
  for (guint i = 0; i < self->attendees->len; i++)
    {
      const char *id = vantage_attendee_get_facts (g_ptr_array_index (self->attendees, i))->id;

      if (g_hash_table_contains (taken, id))
        append_card (self, find_candidate (self, id));
    }
  vantage_people_list_set_show_cards (self->list, self->candidates->len > 0);
}

/* ---- one person ---- */

const char *
vantage_people_page_get_subject (VantagePeoplePage *self)
{
  const char *open = vantage_person_view_get_person (self->person);

  return open != NULL ? open : vantage_people_list_get_selected (self->list);
}

static VantageAttendee *
find_attendee (VantagePeoplePage *self, const char *person)
{
  for (guint i = 0; self->attendees != NULL && i < self->attendees->len; i++)
    {
      VantageAttendee *attendee = g_ptr_array_index (self->attendees, i);

      if (strcmp (vantage_attendee_get_facts (attendee)->id, person) == 0)
        return attendee;
    }
  return NULL;
}

void
vantage_people_page_open (VantagePeoplePage *self, const char *person)
{
  const VantagePerson *known = vantage_review_context_find_person (get_context (self), person);
  VantageAttendee *attendee = known != NULL ? find_attendee (self, known->id) : NULL;

  if (attendee == NULL)
    return;
  vantage_people_list_select (self->list, known->id);
  vantage_person_view_set_person (self->person, self->survey, attendee);
  gtk_widget_set_visible (GTK_WIDGET (self->person), TRUE);
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->person));
  vantage_people_page_update_actions (self);
}

gboolean
vantage_people_page_close_person (VantagePeoplePage *self)
{
  if (vantage_person_view_get_person (self->person) == NULL)
    return FALSE;
  vantage_person_view_set_person (self->person, NULL, NULL);
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->states));
  gtk_widget_set_visible (GTK_WIDGET (self->person), FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
  vantage_people_page_update_actions (self);
  return TRUE;
}

/* The person who is open may have changed, gone, or become one with another. */
static void
show_person (VantagePeoplePage *self)
{
  const char *id = vantage_person_view_get_person (self->person);
  const VantagePerson *known =
      id != NULL ? vantage_review_context_find_person (get_context (self), id) : NULL;
  VantageAttendee *attendee = known != NULL ? find_attendee (self, known->id) : NULL;

  if (attendee != NULL)
    vantage_person_view_set_person (self->person, self->survey, attendee);
  else
    vantage_people_page_close_person (self);
}

static void
folded_cb (VantagePeoplePage *self)
{
  vantage_person_view_set_alone (self->person, adw_leaflet_get_folded (self->leaflet));
}

/* Swiping back closes the person. */
static void
visible_child_cb (VantagePeoplePage *self)
{
  if (adw_leaflet_get_folded (self->leaflet) &&
      adw_leaflet_get_visible_child (self->leaflet) == GTK_WIDGET (self->states) &&
      !adw_leaflet_get_child_transition_running (self->leaflet))
    vantage_people_page_close_person (self);
}

/* ---- showing ---- */

static void
show_proposals (VantagePeoplePage *self)
{
  VantageReviewContext *context = get_context (self);
  g_autoptr (GPtrArray) proposals = vantage_desk_propose_same (
      vantage_review_context_get_library (context), vantage_review_context_get_review_id (context),
      vantage_review_context_get_people (context), NULL);
  guint n = proposals != NULL ? proposals->len : 0;
  g_autofree char *text = NULL;

  text = g_strdup_printf (ngettext ("%u pair of accounts may be one person's",
                                    "%u pairs of accounts may be one person's each", n),
                          n);
  if (n > 0)
    gtk_label_set_text (self->proposals_label, text);
  gtk_revealer_set_reveal_child (self->proposals_revealer, n > 0);
}

void
vantage_people_page_show_found (VantagePeoplePage *self)
{
  gboolean searching = gtk_editable_get_text (self->search)[0] != '\0';

  gtk_stack_set_visible_child_name (
      self->found, self->rhythm_shown                                         ? "rhythm"
                   : searching && vantage_people_list_count (self->list) == 0 ? "nobody"
                                                                              : "list");
}

/* The window of the review, where it is to be shown alone and both its ends are known. */
static void
get_window (VantagePeoplePage *self, gint64 *from_us, gint64 *until_us)
{
  VantageEntity *review = vantage_review_context_get_review (get_context (self));
  GAction *action = g_action_map_lookup_action (
      G_ACTION_MAP (vantage_page_get_actions (VANTAGE_PAGE (self))), "window");
  g_autoptr (GVariant) state = g_action_get_state (action);
  gboolean known;

  *from_us = review != NULL ? vantage_entity_get_time (review, "from") : VANTAGE_TIME_NONE;
  *until_us = review != NULL ? vantage_entity_get_time (review, "until") : VANTAGE_TIME_NONE;
  known = *from_us != VANTAGE_TIME_NONE && *until_us != VANTAGE_TIME_NONE && *from_us < *until_us;
  gtk_widget_set_visible (self->window_toggle, known);
  if (!known || !g_variant_get_boolean (state))
    *from_us = *until_us = VANTAGE_TIME_NONE;
}

static void
show_people (VantagePeoplePage *self)
{
  VantageReviewContext *context = get_context (self);
  g_autoptr (GHashTable) ids = list_candidate_ids (self);
  g_autofree char *summary = NULL;
  g_autofree char *quiet = NULL;
  gint64 from_us, until_us;

  get_window (self, &from_us, &until_us);
  vantage_presence_frame_set (self->frame, self->survey, from_us, until_us,
                              vantage_review_context_get_zone (context));
  g_clear_pointer (&self->attendees, g_ptr_array_unref);
  self->attendees = vantage_attendees_list (self->survey, context, self->frame);
  summary = vantage_attendees_dup_summary (self->attendees, context);
  gtk_label_set_text (self->summary, summary);
  quiet = vantage_presence_frame_dup_quiet (self->frame, self->survey);
  gtk_label_set_text (self->quiet, quiet != NULL ? quiet : "");
  gtk_widget_set_visible (GTK_WIDGET (self->quiet), quiet != NULL);
  vantage_people_list_set_attendees (self->list, self->attendees, ids);
  show_cards (self);
  if (self->rhythm_shown)
    vantage_rhythm_view_set_survey (self->rhythm, self->survey);
  vantage_people_page_show_found (self);
  show_proposals (self);
  show_person (self);
  gtk_stack_set_visible_child_name (self->states, self->attendees->len > 0 ? "people" : "empty");
  if (self->wanted != NULL)
    {
      g_autofree char *wanted = g_steal_pointer (&self->wanted);

      vantage_people_page_open (self, wanted);
    }
  vantage_people_page_update_actions (self);
}

/* ---- reading ---- */

/* What the survey rests on besides the items. Names and roles are not in it. */
static char *
dup_fingerprint (VantagePeoplePage *self)
{
  GPtrArray *people = vantage_review_context_get_people (get_context (self));
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < people->len; i++)
    {
      const VantagePerson *person = g_ptr_array_index (people, i);
      g_autofree char *merged =
          person->merged != NULL ? g_strjoinv ("+", person->merged) : g_strdup ("");

      g_string_append_printf (text, "%s+%s %s %s %s\n", person->id, merged, person->sort,
                              person->part != NULL ? person->part : "",
                              person->zone != NULL ? person->zone : "");
    }
  return g_string_free (text, FALSE);
}

static void
survey_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  VantageSurvey *survey = vantage_survey_new_finish (result, &error);
  VantagePeoplePage *self = data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->reading);
  if (survey == NULL)
    {
      vantage_review_context_tell_error (get_context (self), _ ("Could not read who was there"),
                                         error);
      return;
    }
  g_clear_pointer (&self->survey, vantage_survey_unref);
  g_clear_pointer (&self->candidates, g_ptr_array_unref);
  self->survey = survey;
  self->candidates = vantage_survey_list_candidates (survey);
  show_people (self);
}

static void
read_survey (VantagePeoplePage *self)
{
  VantageReviewContext *context = get_context (self);

  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  self->reread = FALSE;
  g_free (self->fingerprint);
  self->fingerprint = dup_fingerprint (self);
  vantage_survey_new_async (vantage_review_context_get_library (context),
                            vantage_review_context_get_review_id (context), self->reading,
                            survey_read_cb, self);
}

static void
look_again (VantagePeoplePage *self)
{
  g_autofree char *fingerprint = dup_fingerprint (self);

  if (self->survey == NULL || self->reread || g_strcmp0 (fingerprint, self->fingerprint) != 0)
    read_survey (self);
  else
    show_people (self);
}

static gboolean
soon_cb (gpointer data)
{
  VantagePeoplePage *self = data;

  self->soon = 0;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    look_again (self);
  else
    self->stale = TRUE;
  return G_SOURCE_REMOVE;
}

void
vantage_people_page_refresh (VantagePeoplePage *self, gboolean evidence)
{
  self->reread |= evidence;
  if (self->soon == 0)
    self->soon = g_timeout_add (SOON_MS, soon_cb, self);
}

/* ---- callbacks ---- */

static void
people_changed_cb (VantagePeoplePage *self)
{
  vantage_people_page_refresh (self, FALSE);
}

static void
evidence_changed_cb (VantagePeoplePage *self)
{
  vantage_people_page_refresh (self, TRUE);
}

/* What reasons to talk to somebody are made of. */
static void
changed_cb (VantagePeoplePage *self, VantageChange *change)
{
  static const char *const kinds[] = {
    "event", "link", "statement", "condition", "interview", NULL
  };

  if (change->everything)
    {
      vantage_people_page_refresh (self, TRUE);
      return;
    }
  for (guint i = 0; i < change->entities->len; i++)
    {
      const char *kind = vantage_entity_get_kind_name (change->entities->pdata[i]);

      if (g_strv_contains (kinds, kind))
        vantage_people_page_refresh (self, TRUE);
      else if (strcmp (kind, "review") == 0 || strcmp (kind, "dismissal") == 0)
        vantage_people_page_refresh (self, FALSE);
    }
}

static void
search_changed_cb (VantagePeoplePage *self)
{
  vantage_people_list_set_search (self->list, gtk_editable_get_text (self->search));
  vantage_people_page_show_found (self);
}

static void
activated_cb (VantagePeoplePage *self, const char *person)
{
  vantage_people_page_open (self, person);
}

/* ---- page ---- */

static void
vantage_people_page_go_to (VantagePage *page, const char *target)
{
  VantagePeoplePage *self = VANTAGE_PEOPLE_PAGE (page);

  if (vantage_review_context_find_person (get_context (self), target) == NULL)
    return;
  if (self->survey != NULL)
    {
      vantage_people_page_open (self, target);
      return;
    }
  g_free (self->wanted);
  self->wanted = g_strdup (target);
}

static void
vantage_people_page_find (VantagePage *page)
{
  VantagePeoplePage *self = VANTAGE_PEOPLE_PAGE (page);

  gtk_search_bar_set_search_mode (GTK_SEARCH_BAR (self->search_bar), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
vantage_people_page_shown (VantagePage *page)
{
  VantagePeoplePage *self = VANTAGE_PEOPLE_PAGE (page);

  if (self->survey == NULL && self->reading == NULL)
    read_survey (self);
  else if (self->stale)
    look_again (self);
  self->stale = FALSE;
}

static gboolean
vantage_people_page_escape (VantagePage *page)
{
  VantagePeoplePage *self = VANTAGE_PEOPLE_PAGE (page);

  if (gtk_search_bar_get_search_mode (GTK_SEARCH_BAR (self->search_bar)))
    {
      gtk_search_bar_set_search_mode (GTK_SEARCH_BAR (self->search_bar), FALSE);
      return TRUE;
    }
  return vantage_people_page_close_person (self);
}

/* "took-part 1": whom to show, and whether only the window of the review. */
static char *
vantage_people_page_save_state (VantagePage *page)
{
  GActionMap *map = G_ACTION_MAP (vantage_page_get_actions (page));
  g_autoptr (GVariant) who = g_action_get_state (g_action_map_lookup_action (map, "who"));
  g_autoptr (GVariant) window = g_action_get_state (g_action_map_lookup_action (map, "window"));

  return g_strdup_printf ("%s %d", g_variant_get_string (who, NULL),
                          g_variant_get_boolean (window));
}

static void
vantage_people_page_restore_state (VantagePage *page, const char *state)
{
  GActionMap *map = G_ACTION_MAP (vantage_page_get_actions (page));
  g_auto (GStrv) words = g_strsplit (state, " ", 2);

  if (g_strv_length (words) != 2)
    return;
  g_action_change_state (g_action_map_lookup_action (map, "who"), g_variant_new_string (words[0]));
  g_action_change_state (g_action_map_lookup_action (map, "window"),
                         g_variant_new_boolean (strcmp (words[1], "0") != 0));
}

/* ---- object ---- */

static GtkWidget *
new_cards (VantagePeoplePage *self)
{
  GtkWidget *title = gtk_label_new (_ ("Whom to talk to first"));

  self->cards_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->cards = gtk_flow_box_new ();
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "section-title");
  gtk_widget_add_css_class (self->cards_box, "candidates");
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (self->cards), GTK_SELECTION_NONE);
  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (self->cards), TRUE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->cards), 4);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (self->cards), 12);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (self->cards), 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->cards), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Whom to talk to first"), -1);
  gtk_box_append (GTK_BOX (self->cards_box), title);
  gtk_box_append (GTK_BOX (self->cards_box), self->cards);
  return self->cards_box;
}

static void
connect_context (VantagePeoplePage *self)
{
  VantageReviewContext *context = get_context (self);

  g_signal_connect_object (context, "people-changed", G_CALLBACK (people_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "evidence-changed", G_CALLBACK (evidence_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "notify::zone", G_CALLBACK (people_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

static void
vantage_people_page_constructed (GObject *object)
{
  VantagePeoplePage *self = VANTAGE_PEOPLE_PAGE (object);

  G_OBJECT_CLASS (vantage_people_page_parent_class)->constructed (object);

  self->list = VANTAGE_PEOPLE_LIST (vantage_people_list_new (self->frame, new_cards (self)));
  adw_bin_set_child (self->list_bin, GTK_WIDGET (self->list));
  g_signal_connect_object (self->list, "activated", G_CALLBACK (activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "selected", G_CALLBACK (vantage_people_page_update_actions),
                           self, G_CONNECT_SWAPPED);
  self->rhythm = VANTAGE_RHYTHM_VIEW (vantage_rhythm_view_new (get_context (self), self->frame));
  adw_bin_set_child (self->rhythm_bin, GTK_WIDGET (self->rhythm));
  g_signal_connect_object (self->rhythm, "person", G_CALLBACK (activated_cb), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (self->empty_bin,
                     vantage_empty_state_new (
                         "vantage-people-symbolic", _ ("Nobody Here Yet"),
                         _ ("Import a chat export or tickets: who was there, and when, is read "
                            "from them."),
                         _ ("_Import…"), "win.import"));
  self->person = VANTAGE_PERSON_VIEW (vantage_person_view_new (get_context (self), self->frame));
  gtk_widget_set_visible (GTK_WIDGET (self->person), FALSE);
  adw_leaflet_append (self->leaflet, GTK_WIDGET (self->person));
  g_signal_connect_object (self->leaflet, "notify::folded", G_CALLBACK (folded_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->leaflet, "notify::child-transition-running",
                           G_CALLBACK (visible_child_cb), self, G_CONNECT_SWAPPED);
  folded_cb (self);
  vantage_people_page_add_actions (self);
  vantage_shortcuts_set_button (self->window_toggle, "page.window");
  vantage_shortcuts_set_button (self->add_button, "page.add-person");
  vantage_shortcuts_set_button (self->roster_button, "page.import-roster");
  vantage_shortcuts_set_button (self->proposals_button, "page.proposals");
  connect_context (self);
}

static void
vantage_people_page_dispose (GObject *object)
{
  VantagePeoplePage *self = VANTAGE_PEOPLE_PAGE (object);

  g_clear_handle_id (&self->soon, g_source_remove);
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  /* The leaflet is let go of here: the template would take it from under the bin. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), VANTAGE_TYPE_PEOPLE_PAGE);
  g_clear_object (&self->frame);
  g_clear_pointer (&self->attendees, g_ptr_array_unref);
  g_clear_pointer (&self->candidates, g_ptr_array_unref);
  g_clear_pointer (&self->survey, vantage_survey_unref);
  g_clear_pointer (&self->fingerprint, g_free);
  g_clear_pointer (&self->wanted, g_free);
  G_OBJECT_CLASS (vantage_people_page_parent_class)->dispose (object);
}

static void
vantage_people_page_class_init (VantagePeoplePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  VantagePageClass *page_class = VANTAGE_PAGE_CLASS (klass);

  object_class->constructed = vantage_people_page_constructed;
  object_class->dispose = vantage_people_page_dispose;
  page_class->go_to = vantage_people_page_go_to;
  page_class->find = vantage_people_page_find;
  page_class->shown = vantage_people_page_shown;
  page_class->escape = vantage_people_page_escape;
  page_class->save_state = vantage_people_page_save_state;
  page_class->restore_state = vantage_people_page_restore_state;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/vantage/Vantage/vantage-people-page.ui");
  gtk_widget_class_bind_template_child (widget_class, VantagePeoplePage, leaflet);
  gtk_widget_class_bind_template_child (widget_class, VantagePeoplePage, states);
  gtk_widget_class_bind_template_child (widget_class, VantagePeoplePage, summary);
  gtk_widget_class_bind_template_child (widget_class, VantagePeoplePage, quiet);
  gtk_widget_class_bind_template_child (widget_class, VantagePeoplePage, window_toggle);
  gtk_widget_class_bind_template_child (widget_class, VantagePeoplePage, add_button);
  gtk_widget_class_bind_template_child (widget_class, VantagePeoplePage, roster_button);
  gtk_widget_class_bind_template_child (widget_class, VantagePeoplePage, proposals_revealer);
  gtk_widget_class_bind_template_child (widget_class, VantagePeoplePage, proposals_label);
  gtk_widget_class_bind_template_child (widget_class, VantagePeoplePage, proposals_button);
  gtk_widget_class_bind_template_child (widget_class, VantagePeoplePage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, VantagePeoplePage, search);
  gtk_widget_class_bind_template_child (widget_class, VantagePeoplePage, list_bin);
  gtk_widget_class_bind_template_child (widget_class, VantagePeoplePage, empty_bin);
  gtk_widget_class_bind_template_child (widget_class, VantagePeoplePage, rhythm_bin);
  gtk_widget_class_bind_template_child (widget_class, VantagePeoplePage, found);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
}

static void
vantage_people_page_init (VantagePeoplePage *self)
{
  self->frame = vantage_presence_frame_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (GTK_SEARCH_BAR (self->search_bar), self->search);
}

char *
vantage_people_page_dup_count (VantageReviewContext *context)
{
  guint n = vantage_review_context_get_people (context)->len;

  return n > 0 ? vantage_words_count (n) : NULL;
}
