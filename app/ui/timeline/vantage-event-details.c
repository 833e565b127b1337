/* vantage-event-details.c: everything about one event. */

#include "config.h"

#include "vantage-event-details.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-cited-list.h"
#include "vantage-field-binding.h"
#include "vantage-item-drag.h"
#include "vantage-prose-editor.h"
#include "vantage-remark-list.h"
#include "vantage-timeline-edits.h"
#include "vantage-words.h"

#define WIDTH 320

struct _VantageEventDetails
{
  GtkWidget parent_instance;

  VantageTimelineFeed *feed;
  char *id;
  gboolean filling; /* what changes now is not somebody's doing */
  gboolean people_filled;
  GPtrArray *checks; /* (element-type GtkCheckButton): one a person; lent by their rows */

  GtkWidget *scroller;
  GtkStack *stack;
  GtkWidget *close_button;
  GtkBox *contradiction;
  GtkLabel *later;
  AdwEntryRow *title_row;
  AdwComboRow *kind_row, *claim_row;
  AdwExpanderRow *who_row;
  GtkListBox *when_list;
  GtkWidget *when_entry; /* (nullable): last row of the list */
  GtkLabel *when_problem;
  VantageProseEditor *body;
  VantageCitedList *evidence;
  GtkWidget *links_group;
  GtkListBox *links;
  VantageRemarkList *remarks; /* lent by the box */
};

enum
{
  GO,
  CLOSE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (VantageEventDetails, vantage_event_details, GTK_TYPE_WIDGET)

static VantageReviewContext *
get_context (VantageEventDetails *self)
{
  return vantage_timeline_feed_get_context (self->feed);
}

static VantageTimelineEvent *
get_event (VantageEventDetails *self)
{
  return vantage_timeline_feed_find (self->feed, self->id, NULL);
}

/* ---- small parts ---- */

static void
commit (VantageEventDetails *self, VantageEdit *edit)
{
  vantage_review_context_commit (get_context (self), edit);
  vantage_timeline_feed_update (self->feed);
}

/* ---- kind and claim ---- */

static void
fill_choices (AdwComboRow *row, const char *vocabulary)
{
  const char *const *values = vantage_words_list_choices (vocabulary);
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  for (guint i = 0; values[i] != NULL; i++)
    if (strcmp (values[i], "imagined") != 0)
      gtk_string_list_append (words, vantage_words_choice (vocabulary, values[i]));
  adw_combo_row_set_model (row, G_LIST_MODEL (words));
}

/* What can be chosen, without what is never taken. */
static const char *
find_value (const char *vocabulary, guint at)
{
  const char *const *values = vantage_words_list_choices (vocabulary);

  for (guint i = 0; values[i] != NULL; i++)
    if (strcmp (values[i], "imagined") != 0 && at-- == 0)
      return values[i];
  return NULL;
}

static void
select_value (AdwComboRow *row, const char *vocabulary, const char *value)
{
  guint at = 0;

  while (find_value (vocabulary, at) != NULL && strcmp (find_value (vocabulary, at), value) != 0)
    at++;
  adw_combo_row_set_selected (row,
                              find_value (vocabulary, at) != NULL ? at : GTK_INVALID_LIST_POSITION);
}

static void
choose (VantageEventDetails *self, AdwComboRow *row, const char *vocabulary, const char *field,
        const char *what)
{
  guint at = adw_combo_row_get_selected (row);
  g_autoptr (VantageEdit) edit = NULL;

  if (self->filling || self->id == NULL || at == GTK_INVALID_LIST_POSITION)
    return;
  edit = vantage_review_context_begin (get_context (self), what);
  vantage_edit_set_text (edit, "event", self->id, field, find_value (vocabulary, at));
  commit (self, edit);
}

static void
kind_selected_cb (VantageEventDetails *self)
{
  choose (self, self->kind_row, "event-kind", "kind", _ ("Change Kind"));
}

static void
claim_selected_cb (VantageEventDetails *self)
{
  choose (self, self->claim_row, "claim", "claim", _ ("Change Claim"));
}

/* ---- who ---- */

static void
person_toggled_cb (VantageEventDetails *self, GtkCheckButton *check)
{
  g_autoptr (VantageEdit) edit = NULL;
  VantageTimelineEvent *event = get_event (self);
  const char *person = g_object_get_data (G_OBJECT (check), "person");
  g_autoptr (GPtrArray) actors = NULL;
  gboolean in = gtk_check_button_get_active (check);

  if (self->filling || event == NULL)
    return;
  edit = vantage_review_context_begin (get_context (self), _ ("Change Who"));
  actors = vantage_entity_list_set (event->entity, "actors");
  /* An account merged into the person stands for them too. */
  for (guint i = 0; i < actors->len && !in; i++)
    {
      const VantagePerson *known =
          vantage_review_context_find_person (get_context (self), actors->pdata[i]);

      if (known != NULL && strcmp (known->id, person) == 0)
        vantage_edit_set_member (edit, "event", self->id, "actors", actors->pdata[i], FALSE);
    }
  if (in)
    vantage_edit_set_member (edit, "event", self->id, "actors", person, TRUE);
  commit (self, edit);
}

static void
fill_people (VantageEventDetails *self)
{
  GPtrArray *people = vantage_review_context_get_people (get_context (self));

  for (guint i = 0; i < people->len; i++)
    {
      const VantagePerson *person = people->pdata[i];
      const char *name = vantage_review_context_get_person_name (get_context (self), person->id);
      GtkWidget *row = adw_action_row_new (), *check = gtk_check_button_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
      gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                      -1);
      g_object_set_data_full (G_OBJECT (check), "person", g_strdup (person->id), g_free);
      g_object_set_data (G_OBJECT (check), "row", row);
      g_signal_connect_swapped (check, "toggled", G_CALLBACK (person_toggled_cb), self);
      adw_expander_row_add_row (self->who_row, row);
      g_ptr_array_add (self->checks, check);
    }
  self->people_filled = TRUE;
}

static void
people_changed_cb (VantageEventDetails *self)
{
  for (guint i = 0; i < self->checks->len; i++)
    adw_expander_row_remove (self->who_row,
                             g_object_get_data (G_OBJECT (self->checks->pdata[i]), "row"));
  g_ptr_array_set_size (self->checks, 0);
  self->people_filled = FALSE;
}

static void
show_people (VantageEventDetails *self, VantageTimelineEvent *event)
{
  g_autoptr (GPtrArray) actors = vantage_entity_list_set (event->entity, "actors");
  g_autoptr (GHashTable) in = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *names = vantage_timeline_feed_dup_lanes (self->feed, event);
  g_autofree char *markup = g_markup_escape_text (names, -1);

  if (!self->people_filled)
    fill_people (self);
  for (guint i = 0; i < actors->len; i++)
    {
      const VantagePerson *person =
          vantage_review_context_find_person (get_context (self), actors->pdata[i]);

      if (person != NULL)
        g_hash_table_add (in, person->id);
    }
  for (guint i = 0; i < self->checks->len; i++)
    gtk_check_button_set_active (
        self->checks->pdata[i],
        g_hash_table_contains (in,
                               g_object_get_data (G_OBJECT (self->checks->pdata[i]), "person")));
  adw_expander_row_set_subtitle (self->who_row, markup);
}

/* ---- when ---- */

static void
remove_statement_cb (VantageEventDetails *self, GtkWidget *button)
{
  const char *id = g_object_get_data (G_OBJECT (button), "statement");
  g_autoptr (VantageEdit) edit =
      vantage_review_context_begin (get_context (self), _ ("Remove What Was Said of the Time"));

  if (strcmp (id, self->id) == 0)
    vantage_edit_set (edit, "event", id,
                      g_object_get_data (G_OBJECT (button), "end") != NULL ? "end" : "start",
                      vantage_value_new_null ());
  else
    vantage_edit_delete (edit, "statement", id);
  vantage_review_context_commit_with_undo (get_context (self), edit,
                                           _ ("What was said of the time is removed"));
  vantage_timeline_feed_update (self->feed);
}

static char *
dup_authority (VantageEventDetails *self, const VantageTimeStatement *statement)
{
  VantageTimelineEvent *event = get_event (self);
  g_autoptr (VantageEntity) entity = NULL;
  const char *account, *words;

  if (statement->point != VANTAGE_POINT_STATEMENT)
    return vantage_timeline_feed_dup_authority (self->feed, event);
  entity = vantage_library_get (vantage_review_context_get_library (get_context (self)),
                                vantage_review_context_get_review_id (get_context (self)),
                                "statement", statement->id, NULL);
  account = entity != NULL ? vantage_entity_get_ref (entity, "account") : NULL;
  words = entity != NULL ? vantage_entity_get_text (entity, "words") : NULL;
  if (account != NULL && words != NULL)
    /* translators: a person, and what they said */
    return g_strdup_printf (_ ("%s: “%s”"),
                            vantage_review_context_get_person_name (get_context (self), account),
                            words);
  if (account != NULL)
    return g_strdup (vantage_review_context_get_person_name (get_context (self), account));
  return g_strdup (statement->record ? _ ("Record") : words != NULL ? words : "");
}

static void
append_statement (VantageEventDetails *self, const VantageTimeStatement *statement)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *what = vantage_timeline_feed_dup_statement (self->feed, statement);
  g_autofree char *who = dup_authority (self, statement);
  gboolean aside = vantage_times_is_set_aside (vantage_timeline_feed_get_times (self->feed),
                                               statement->id, statement->point);
  g_autofree char *told = aside ? g_strdup_printf (_ ("%s · set aside"), who) : g_strdup (who);
  GtkWidget *button =
      vantage_remove_button_new (_ ("Remove what was said"), G_CALLBACK (remove_statement_cb), self,
                                 "statement", statement->id);

  if (statement->point == VANTAGE_POINT_END)
    g_object_set_data (G_OBJECT (button), "end", button);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), what);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), told);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  gtk_list_box_insert (self->when_list, row, -1);
}

static void
say_when_cb (VantageEventDetails *self, AdwEntryRow *row)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (row));
  g_autofree char *problem = NULL;

  if (self->id == NULL || text[0] == '\0')
    return;
  if (vantage_timeline_say_when (self->feed, self->id, text, NULL, &problem))
    gtk_editable_set_text (GTK_EDITABLE (row), "");
  gtk_label_set_text (self->when_problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->when_problem), problem != NULL);
}

static void
empty_list (GtkListBox *list, GtkWidget *keep)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (list)), *next;

  for (; child != NULL; child = next)
    {
      next = gtk_widget_get_next_sibling (child);
      if (child != keep)
        gtk_list_box_remove (list, child);
    }
}

static void
show_times (VantageEventDetails *self, VantageTimelineEvent *event)
{
  g_autoptr (GPtrArray) statements =
      vantage_times_list_statements_of (vantage_timeline_feed_get_times (self->feed), self->id);

  if (self->when_entry == NULL)
    {
      self->when_entry = adw_entry_row_new ();
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->when_entry),
                                     _ ("Say when: “about 02:10”, “10 min before …”"));
      adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->when_entry), TRUE);
      g_signal_connect_swapped (self->when_entry, "apply", G_CALLBACK (say_when_cb), self);
      gtk_list_box_append (self->when_list, self->when_entry);
    }
  empty_list (self->when_list, self->when_entry);
  for (guint i = 0; i < statements->len; i++)
    append_statement (self, statements->pdata[i]);
}

/* ---- what cannot all be true ---- */

static void
append_line (VantageEventDetails *self, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (self->contradiction, label);
}

static void
show_contradictions (VantageEventDetails *self)
{
  g_autoptr (GPtrArray) list =
      vantage_times_list_contradictions_of (vantage_timeline_feed_get_times (self->feed), self->id);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->contradiction))) != NULL)
    gtk_box_remove (self->contradiction, child);
  gtk_widget_set_visible (GTK_WIDGET (self->contradiction), list->len > 0);
  for (guint i = 0; i < list->len; i++)
    {
      const VantageContradiction *one = list->pdata[i];

      append_line (self, _ ("These cannot all be true"), "contradiction-title");
      for (guint j = 0; j < one->circle->len; j++)
        {
          const VantageTimeStatement *s = one->circle->pdata[j];
          VantageTimelineEvent *subject = vantage_timeline_feed_find (self->feed, s->subject, NULL);
          g_autofree char *what = vantage_timeline_feed_dup_statement (self->feed, s);
          /* translators: an event, and what is said of its time */
          g_autofree char *line = g_strdup_printf (
              _ ("“%s”: %s"), subject != NULL ? vantage_timeline_event_get_title (subject) : "",
              what);

          append_line (self, line, "detail");
        }
    }
}

/* ---- evidence ---- */

static gboolean
dropped_cb (GtkWidget *widget, const char *const *items, double x, double y, gpointer data)
{
  VantageEventDetails *self = VANTAGE_EVENT_DETAILS (widget);

  return self->id != NULL && vantage_timeline_cite (get_context (self), self->id, items);
}

/* ---- links ---- */

static void
remove_link_cb (VantageEventDetails *self, GtkWidget *button)
{
  g_autoptr (VantageEdit) edit =
      vantage_review_context_begin (get_context (self), _ ("Delete Link"));

  vantage_edit_delete (edit, "link", g_object_get_data (G_OBJECT (button), "link"));
  vantage_review_context_commit_with_undo (get_context (self), edit, _ ("Link deleted"));
  vantage_timeline_feed_update (self->feed);
}

static void
append_link (VantageEventDetails *self, const VantageTimelineLink *link, gboolean forward)
{
  GPtrArray *events = vantage_timeline_feed_get_events (self->feed);
  VantageTimelineEvent *other = events->pdata[forward ? link->to : link->from];
  const char *kind =
      vantage_words_choice ("link-kind", vantage_entity_get_text (link->entity, "kind"));
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *text = NULL;

  /* translators: a kind of link that leads here from another event */
  text = forward ? g_strdup (kind) : g_strdup_printf (_ ("from there: %s"), kind);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 vantage_timeline_event_get_title (other));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "event", g_strdup (vantage_timeline_event_get_id (other)),
                          g_free);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             vantage_remove_button_new (_ ("Delete link"),
                                                        G_CALLBACK (remove_link_cb), self, "link",
                                                        vantage_entity_get_id (link->entity)));
  gtk_list_box_append (self->links, row);
}

static void
show_links (VantageEventDetails *self)
{
  GArray *links = vantage_timeline_feed_get_links (self->feed);
  guint32 index;

  empty_list (self->links, NULL);
  vantage_timeline_feed_find (self->feed, self->id, &index);
  for (guint i = 0; i < links->len; i++)
    {
      const VantageTimelineLink *link = &g_array_index (links, VantageTimelineLink, i);

      if (link->from == index || link->to == index)
        append_link (self, link, link->from == index);
    }
  gtk_widget_set_visible (self->links_group,
                          gtk_widget_get_first_child (GTK_WIDGET (self->links)) != NULL);
}

static void
link_activated_cb (VantageEventDetails *self, GtkListBoxRow *row)
{
  g_autofree char *id = g_strdup (g_object_get_data (G_OBJECT (row), "event"));

  g_signal_emit (self, signals[GO], 0, id);
}

static void
close_cb (VantageEventDetails *self)
{
  g_signal_emit (self, signals[CLOSE], 0);
}

/* ---- all ---- */

static void
show_event (VantageEventDetails *self)
{
  VantageTimelineEvent *event = get_event (self);

  gtk_stack_set_visible_child_name (self->stack, event != NULL ? "event" : "none");
  if (event == NULL)
    return;
  self->filling = TRUE;
  select_value (self->kind_row, "event-kind", vantage_timeline_event_get_kind (event));
  select_value (self->claim_row, "claim", vantage_timeline_event_get_claim (event));
  show_people (self, event);
  show_times (self, event);
  show_contradictions (self);
  vantage_cited_list_set_event (self->evidence, self->feed, event);
  show_links (self);
  self->filling = FALSE;
}

static void
feed_changed_cb (VantageEventDetails *self)
{
  if (self->id != NULL)
    show_event (self);
}

void
vantage_event_details_set_event (VantageEventDetails *self, const char *id)
{
  if (g_strcmp0 (id, self->id) == 0)
    return;
  g_free (self->id);
  self->id = g_strdup (id);
  gtk_widget_set_visible (GTK_WIDGET (self->when_problem), FALSE);
  vantage_remark_list_set_about (self->remarks, "event", get_event (self) != NULL ? id : NULL);
  if (get_event (self) != NULL)
    {
      vantage_field_bind (GTK_EDITABLE (self->title_row), get_context (self), "event", id, "title",
                          _ ("Rename Event"));
      vantage_prose_editor_bind (self->body, get_context (self), "event", id, "body",
                                 _ ("Edit What Was Seen"));
    }
  else
    {
      vantage_field_bind (GTK_EDITABLE (self->title_row), get_context (self), NULL, NULL, NULL,
                          NULL);
      vantage_prose_editor_bind (self->body, NULL, NULL, NULL, NULL, NULL);
    }
  show_event (self);
}

static void
vantage_event_details_dispose (GObject *object)
{
  VantageEventDetails *self = VANTAGE_EVENT_DETAILS (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), VANTAGE_TYPE_EVENT_DETAILS);
  g_clear_object (&self->feed);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  G_OBJECT_CLASS (vantage_event_details_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, VantageEventDetails, scroller);
  gtk_widget_class_bind_template_child (klass, VantageEventDetails, stack);
  gtk_widget_class_bind_template_child (klass, VantageEventDetails, close_button);
  gtk_widget_class_bind_template_child (klass, VantageEventDetails, contradiction);
  gtk_widget_class_bind_template_child (klass, VantageEventDetails, later);
  gtk_widget_class_bind_template_child (klass, VantageEventDetails, title_row);
  gtk_widget_class_bind_template_child (klass, VantageEventDetails, kind_row);
  gtk_widget_class_bind_template_child (klass, VantageEventDetails, claim_row);
  gtk_widget_class_bind_template_child (klass, VantageEventDetails, who_row);
  gtk_widget_class_bind_template_child (klass, VantageEventDetails, when_list);
  gtk_widget_class_bind_template_child (klass, VantageEventDetails, when_problem);
  gtk_widget_class_bind_template_child (klass, VantageEventDetails, body);
  gtk_widget_class_bind_template_child (klass, VantageEventDetails, evidence);
  gtk_widget_class_bind_template_child (klass, VantageEventDetails, links_group);
  gtk_widget_class_bind_template_child (klass, VantageEventDetails, links);
  gtk_widget_class_bind_template_callback (klass, kind_selected_cb);
  gtk_widget_class_bind_template_callback (klass, claim_selected_cb);
  gtk_widget_class_bind_template_callback (klass, link_activated_cb);
  gtk_widget_class_bind_template_callback (klass, close_cb);
}

static void
vantage_event_details_class_init (VantageEventDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vantage_event_details_dispose;
  g_type_ensure (VANTAGE_TYPE_CITED_LIST);
  g_type_ensure (VANTAGE_TYPE_PROSE_EDITOR);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "eventdetails");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/vantage/Vantage/vantage-event-details.ui");
  bind_children (widget_class);
  signals[GO] = g_signal_new ("go", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                              G_TYPE_STRING);
  signals[CLOSE] =
      g_signal_new ("close", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
vantage_event_details_init (VantageEventDetails *self)
{
  self->checks = g_ptr_array_new ();
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_choices (self->kind_row, "event-kind");
  fill_choices (self->claim_row, "claim");
  self->filling = FALSE;
  vantage_prose_editor_set_placeholder (self->body, _ ("What was there to see, in whose words?"));
  vantage_prose_editor_set_lines (self->body, 3);
  gtk_widget_set_size_request (GTK_WIDGET (self), WIDTH, -1);
  gtk_widget_set_tooltip_text (self->close_button, _ ("Close details"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->close_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Close details"), -1);
  vantage_item_drag_add_target (GTK_WIDGET (self), dropped_cb, NULL);
}

GtkWidget *
vantage_event_details_new (VantageTimelineFeed *feed)
{
  VantageEventDetails *self = g_object_new (VANTAGE_TYPE_EVENT_DETAILS, NULL);

  self->feed = g_object_ref (feed);
  g_signal_connect_object (feed, "changed", G_CALLBACK (feed_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_context (self), "people-changed", G_CALLBACK (people_changed_cb),
                           self, G_CONNECT_SWAPPED);
  self->remarks = VANTAGE_REMARK_LIST (vantage_remark_list_new (get_context (self)));
  gtk_box_append (GTK_BOX (gtk_widget_get_parent (self->links_group)), GTK_WIDGET (self->remarks));
  return GTK_WIDGET (self);
}

void
vantage_event_details_set_later (VantageEventDetails *self, const char *text)
{
  gtk_label_set_text (self->later, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->later), text != NULL);
}
