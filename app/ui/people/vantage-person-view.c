/* vantage-person-view.c: all that is known of one person. */

#include "config.h"

#include "vantage-person-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-avatar.h"
#include "vantage-condition-list.h"
#include "vantage-load-list.h"
#include "vantage-person-form.h"
#include "vantage-presence-bar.h"
#include "vantage-sections.h"
#include "vantage-shortcuts.h"
#include "vantage-words.h"

#define MAX_EVENTS 30
#define WIDTH_PX 320

struct _VantagePersonView
{
  GtkWidget parent_instance;

  VantageReviewContext *context;
  VantagePresenceFrame *frame;
  char *person; /* (nullable) */

  GtkWidget *box;
  GtkWidget *close;
  GtkWidget *scroll;
  GtkWidget *disc, *name, *detail;
  GtkWidget *part, *bar, *facts;
  GtkWidget *form;
  GtkWidget *accounts_group, *accounts;
  GtkWidget *load_group, *load;
  GtkWidget *conditions;
  GtkWidget *events_group, *events;
};

G_DEFINE_FINAL_TYPE (VantagePersonView, vantage_person_view, GTK_TYPE_WIDGET)

/* ---- what they did ---- */

static char *
dup_span (VantagePersonView *self, const VantageParticipant *participant)
{
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  if (participant->first_us == VANTAGE_TIME_NONE)
    return NULL;
  first = vantage_presence_frame_dup_clock (self->frame, participant->first_us);
  last = vantage_presence_frame_dup_clock (self->frame, participant->last_us);
  if (strcmp (first, last) == 0)
    /* translators: a time */
    return g_strdup_printf (_ ("once, at %s"), first);
  /* translators: two times */
  return g_strdup_printf (_ ("first %s, last %s"), first, last);
}

/* "57 items · 3 reactions · first 22:04, last 03:20". */
static char *
dup_facts (VantagePersonView *self, const VantageParticipant *participant)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  char *span = dup_span (self, participant);

  if (participant->n_items > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u item", "%u items", participant->n_items),
                                             participant->n_items));
  if (participant->n_reactions > 0)
    g_ptr_array_add (
        parts, g_strdup_printf (ngettext ("%u reaction", "%u reactions", participant->n_reactions),
                                participant->n_reactions));
  if (span != NULL)
    g_ptr_array_add (parts, span);
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (C_ ("between counts", " · "), (char **) parts->pdata);
}

static void
show_text (GtkWidget *label, const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_visible (label, text[0] != '\0');
}

static void
show_head (VantagePersonView *self, VantageSurvey *survey, VantageAttendee *attendee)
{
  const VantageAttendeeFacts *facts = vantage_attendee_get_facts (attendee);
  const VantageParticipant *participant = vantage_survey_get_participant (survey, facts->id);
  gboolean absent = facts->role == VANTAGE_PART_ABSENT;
  g_autofree char *did = participant != NULL ? dup_facts (self, participant) : g_strdup ("");
  g_autofree char *part = NULL;

  /* translators: as what and how somebody was there: "acted, paged 02:04" */
  part = facts->how[0] != '\0' ? g_strdup_printf (_ ("%s, %s"), facts->part, facts->how)
                               : g_strdup (facts->part);
  vantage_avatar_set_person (VANTAGE_AVATAR (self->disc), facts->name, absent ? -1 : facts->colour,
                             absent);
  show_text (self->name, facts->name);
  show_text (self->detail, facts->detail);
  show_text (self->part, part);
  show_text (self->facts, did);
  vantage_presence_bar_set_attendee (VANTAGE_PRESENCE_BAR (self->bar), attendee);
}

/* ---- accounts ---- */

static void
clear_list (GtkWidget *list)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (list), child);
}

static char *
dup_account_detail (const VantageIdentity *identity)
{
  const char *const words[] = { identity->family, identity->system, identity->handle,
                                identity->email };
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i] != NULL && words[i][0] != '\0')
      g_ptr_array_add (parts, (gpointer) words[i]);
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (C_ ("between facts", " · "), (char **) parts->pdata);
}

static void
append_account (VantagePersonView *self, const VantageIdentity *identity, gboolean one_of_several)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *detail = dup_account_detail (identity);
  g_autofree char *id = vantage_identity_dup_id (identity);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), vantage_identity_get_shown (identity));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), detail);
  if (one_of_several)
    {
      GtkWidget *button = gtk_button_new_with_label (_ ("Split Off"));
      g_autofree char *spoken = NULL;

      /* translators: the name of an account */
      spoken = g_strdup_printf (_ ("Split off %s: it is somebody else"),
                                vantage_identity_get_shown (identity));
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "page.split");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", id);
      gtk_widget_set_tooltip_text (button, spoken);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      spoken, -1);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }
  gtk_list_box_append (GTK_LIST_BOX (self->accounts), row);
}

static void
show_accounts (VantagePersonView *self, const VantagePerson *person)
{
  guint n = person->identities != NULL ? person->identities->len : 0;

  clear_list (self->accounts);
  for (guint i = 0; i < n; i++)
    append_account (self, g_ptr_array_index (person->identities, i), n > 1);
  gtk_widget_set_visible (self->accounts, n > 0);
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (self->accounts_group),
      n > 0 ? NULL : _ ("None: somebody wrote them down, or others named them."));
}

/* ---- events ---- */

static gboolean
is_in_event (VantagePersonView *self, VantageEntity *event, const VantagePerson *person)
{
  const char *account = vantage_entity_get_ref (event, "account");
  g_autoptr (GPtrArray) actors = vantage_entity_list_set (event, "actors");

  if (account != NULL && vantage_review_context_find_person (self->context, account) == person)
    return TRUE;
  for (guint i = 0; i < actors->len; i++)
    if (vantage_review_context_find_person (self->context, actors->pdata[i]) == person)
      return TRUE;
  return FALSE;
}

static void
append_event (VantagePersonView *self, VantageEntity *event)
{
  GtkWidget *row = adw_action_row_new ();
  const char *kind = vantage_entity_get_text (event, "kind");
  gboolean timeline = vantage_section_find ("timeline") != NULL;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), vantage_entity_get_title (event));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  if (kind != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), vantage_words_choice ("event-kind", kind));
  if (timeline)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                               gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), timeline);
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (vantage_entity_get_id (event)), g_free);
  gtk_list_box_append (GTK_LIST_BOX (self->events), row);
}

static void
show_events (VantagePersonView *self, const VantagePerson *person)
{
  g_autoptr (GPtrArray) events =
      vantage_library_list (vantage_review_context_get_library (self->context),
                            vantage_review_context_get_review_id (self->context), "event", NULL);
  guint n = 0;
  g_autofree char *more = NULL;

  clear_list (self->events);
  for (guint i = 0; events != NULL && i < events->len; i++)
    if (is_in_event (self, events->pdata[i], person) && n++ < MAX_EVENTS)
      append_event (self, events->pdata[i]);
  if (n > MAX_EVENTS)
    more = g_strdup_printf (
        ngettext ("%u more on the timeline", "%u more on the timeline", n - MAX_EVENTS),
        n - MAX_EVENTS);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->events_group), more);
  gtk_widget_set_visible (self->events_group, n > 0);
}

static void
event_activated_cb (VantagePersonView *self, GtkWidget *row)
{
  vantage_review_context_go (self->context, "timeline", g_object_get_data (G_OBJECT (row), "id"));
}

/* ---- public ---- */

void
vantage_person_view_set_person (VantagePersonView *self, VantageSurvey *survey,
                                VantageAttendee *attendee)
{
  const char *id = attendee != NULL ? vantage_attendee_get_facts (attendee)->id : NULL;
  const VantagePerson *person =
      id != NULL ? vantage_review_context_find_person (self->context, id) : NULL;
  gboolean other = g_strcmp0 (id, self->person) != 0;
  const VantageParticipant *participant =
      person != NULL ? vantage_survey_get_participant (survey, id) : NULL;

  g_free (self->person);
  self->person = person != NULL ? g_strdup (person->id) : NULL;
  vantage_person_form_set_person (
      VANTAGE_PERSON_FORM (self->form), person,
      vantage_words_choice (
          "part",
          vantage_part_to_text (participant != NULL ? participant->part : VANTAGE_PART_ABSENT)));
  vantage_condition_list_set_person (VANTAGE_CONDITION_LIST (self->conditions), self->person);
  vantage_load_list_set_person (VANTAGE_LOAD_LIST (self->load), survey, self->person);
  gtk_widget_set_visible (self->load_group, gtk_widget_get_visible (self->load));
  if (person == NULL)
    return;
  show_head (self, survey, attendee);
  show_accounts (self, person);
  show_events (self, person);
  if (other)
    gtk_adjustment_set_value (
        gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroll)), 0);
}

const char *
vantage_person_view_get_person (VantagePersonView *self)
{
  return self->person;
}

void
vantage_person_view_set_alone (VantagePersonView *self, gboolean alone)
{
  gtk_button_set_icon_name (GTK_BUTTON (self->close),
                            alone ? "go-previous-symbolic" : "window-close-symbolic");
}

void
vantage_person_view_add_condition (VantagePersonView *self)
{
  vantage_condition_list_add (VANTAGE_CONDITION_LIST (self->conditions));
}

/* ---- object ---- */

static void
vantage_person_view_dispose (GObject *object)
{
  VantagePersonView *self = VANTAGE_PERSON_VIEW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->frame);
  g_clear_object (&self->context);
  g_clear_pointer (&self->person, g_free);
  G_OBJECT_CLASS (vantage_person_view_parent_class)->dispose (object);
}

static void
vantage_person_view_class_init (VantagePersonViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vantage_person_view_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "person");
}

static void
vantage_person_view_init (VantagePersonView *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

static GtkWidget *
append_label (GtkWidget *box, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
append_top (VantagePersonView *self, GtkWidget *column)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *names = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  self->disc = vantage_avatar_new (48);
  gtk_widget_set_valign (self->disc, GTK_ALIGN_START);
  gtk_widget_set_valign (names, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (names, TRUE);
  self->name = append_label (names, "page-title");
  self->detail = append_label (names, "dim-label");
  gtk_box_append (GTK_BOX (row), self->disc);
  gtk_box_append (GTK_BOX (row), names);
  gtk_box_append (GTK_BOX (column), row);
}

static void
append_presence (VantagePersonView *self, GtkWidget *column)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->part = append_label (box, "person-part");
  gtk_box_append (GTK_BOX (box), vantage_presence_ruler_new (self->frame));
  self->bar = vantage_presence_bar_new (self->frame);
  gtk_box_append (GTK_BOX (box), self->bar);
  self->facts = append_label (box, "faint");
  gtk_widget_set_margin_top (self->facts, 6);
  gtk_box_append (GTK_BOX (column), box);
}

static void
append_command (GtkWidget *box, const char *action, const char *label)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  vantage_shortcuts_set_button (button, action);
  gtk_flow_box_append (GTK_FLOW_BOX (box), button);
  gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
}

static void
append_commands (GtkWidget *column)
{
  GtkWidget *box = gtk_flow_box_new ();

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (box), GTK_SELECTION_NONE);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (box), 2);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (box), 3);
  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (box), TRUE);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (box), 6);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (box), 6);
  append_command (box, "page.plan-interview", _ ("Plan Interview"));
  append_command (box, "page.see-items", _ ("See the Items"));
  append_command (box, "page.merge", _ ("Merge With…"));
  gtk_box_append (GTK_BOX (column), box);
}

static GtkWidget *
append_group (GtkWidget *column, const char *title, GtkWidget *child)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), child);
  gtk_box_append (GTK_BOX (column), group);
  return group;
}

static GtkWidget *
new_boxed_list (void)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  return list;
}

static void
append_groups (VantagePersonView *self, GtkWidget *column)
{
  GtkWidget *add = gtk_button_new_from_icon_name ("list-add-symbolic");
  GtkWidget *group;

  self->load = vantage_load_list_new (self->context, self->frame);
  self->load_group = append_group (column, _ ("At the Time"), self->load);
  adw_preferences_group_set_header_suffix (
      ADW_PREFERENCES_GROUP (self->load_group),
      vantage_load_list_get_chooser (VANTAGE_LOAD_LIST (self->load)));

  self->conditions = vantage_condition_list_new (self->context);
  group = append_group (column, _ ("In What State"), self->conditions);
  vantage_shortcuts_set_button (add, "page.add-condition");
  gtk_widget_add_css_class (add, "flat");
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), add);

  self->form = vantage_person_form_new (self->context);
  append_group (column, _ ("Who They Are"), self->form);

  self->accounts = new_boxed_list ();
  self->accounts_group = append_group (column, _ ("Accounts"), self->accounts);

  self->events = new_boxed_list ();
  self->events_group = append_group (column, _ ("On the Timeline"), self->events);
  g_signal_connect_object (self->events, "row-activated", G_CALLBACK (event_activated_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
vantage_person_view_new (VantageReviewContext *context, VantagePresenceFrame *frame)
{
  VantagePersonView *self = g_object_new (VANTAGE_TYPE_PERSON_VIEW, NULL);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18), *clamp = adw_clamp_new ();

  self->context = g_object_ref (context);
  self->frame = g_object_ref (frame);
  self->close = gtk_button_new ();
  vantage_shortcuts_set_button (self->close, "page.close-person");
  gtk_widget_add_css_class (self->close, "flat");
  gtk_widget_set_halign (self->close, GTK_ALIGN_START);
  gtk_widget_add_css_class (self->close, "person-close");
  gtk_box_append (GTK_BOX (self->box), self->close);
  vantage_person_view_set_alone (self, FALSE);

  append_top (self, column);
  append_presence (self, column);
  append_commands (column);
  append_groups (self, column);
  gtk_widget_add_css_class (column, "person-column");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 560);
  adw_clamp_set_child (ADW_CLAMP (clamp), column);
  self->scroll = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroll), clamp);
  gtk_widget_set_vexpand (self->scroll, TRUE);
  gtk_box_append (GTK_BOX (self->box), self->scroll);
  gtk_widget_set_size_request (GTK_WIDGET (self), WIDTH_PX, -1);
  return GTK_WIDGET (self);
}
