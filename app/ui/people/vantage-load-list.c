/* vantage-load-list.c: what a person carried at a moment, as rows. */

#include "config.h"

#include "vantage-load-list.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-condition-list.h"
#include "vantage-typed-time.h"
#include "vantage-words.h"

typedef enum
{
  MOMENT_BEGIN,
  MOMENT_CAME,
  MOMENT_END,
  MOMENT_TYPED,
} Moment;

struct _VantageLoadList
{
  GtkWidget parent_instance;

  VantageReviewContext *context;
  VantagePresenceFrame *frame;
  VantageSurvey *survey; /* (nullable) */
  char *person;          /* (nullable) */
  gint64 typed_us;       /* VANTAGE_TIME_NONE: nothing that is a time */

  GtkWidget *list;
  GtkWidget *chooser;
  GtkWidget *entry; /* a row of the list, first */
};

G_DEFINE_FINAL_TYPE (VantageLoadList, vantage_load_list, GTK_TYPE_WIDGET)

/* ---- the moment ---- */

/* VANTAGE_TIME_NONE: there is none to choose yet. */
static gint64
get_moment (VantageLoadList *self)
{
  VantageEntity *review = vantage_review_context_get_review (self->context);
  gint64 from_us = review != NULL ? vantage_entity_get_time (review, "from") : VANTAGE_TIME_NONE;
  const VantageParticipant *participant =
      vantage_survey_get_participant (self->survey, self->person);
  gboolean empty = vantage_presence_frame_is_empty (self->frame);

  switch ((Moment) gtk_drop_down_get_selected (GTK_DROP_DOWN (self->chooser)))
    {
    case MOMENT_CAME:
      return participant != NULL ? participant->first_us : VANTAGE_TIME_NONE;
    case MOMENT_END:
      return empty ? VANTAGE_TIME_NONE : vantage_presence_frame_get_end (self->frame);
    case MOMENT_TYPED:
      return self->typed_us;
    case MOMENT_BEGIN:
    default:
      if (from_us != VANTAGE_TIME_NONE)
        return from_us;
      return empty ? VANTAGE_TIME_NONE : vantage_presence_frame_get_begin (self->frame);
    }
}

/* As typed, where no day is written that of @day_us. VANTAGE_TIME_NONE: no time, or no single one.
 */
static gint64
read_time_of (VantageLoadList *self, const char *text, gint64 day_us)
{
  VantageTypedTime typed;

  return vantage_typed_time_parse (text, day_us, vantage_review_context_get_zone (self->context),
                                   &typed) &&
                 typed.sort == VANTAGE_TYPED_WHEN && typed.when.sort == VANTAGE_WHEN_AT
             ? typed.when.at_us
             : VANTAGE_TIME_NONE;
}

static gint64
read_time (VantageLoadList *self, const char *written)
{
  g_autofree char *text = g_strstrip (g_strdup (written));
  gint64 us, next_us;
  gboolean has_zone;

  if (vantage_time_parse (text, -1, &us, NULL, &has_zone))
    {
      if (!has_zone)
        vantage_zone_resolve (vantage_review_context_get_zone (self->context), us, &us, NULL);
      return us;
    }
  if (vantage_presence_frame_is_empty (self->frame))
    return VANTAGE_TIME_NONE;
  us = read_time_of (self, text, vantage_presence_frame_get_begin (self->frame));
  if (us == VANTAGE_TIME_NONE || vantage_presence_frame_contains (self->frame, us))
    return us;
  /* A night has two days: "02:40" is meant of the second. */
  next_us = read_time_of (self, text, vantage_presence_frame_get_end (self->frame));
  return vantage_presence_frame_contains (self->frame, next_us) ? next_us : us;
}

/* ---- changing ---- */

static const char *
get_text (GtkWidget *widget, const char *name)
{
  return g_object_get_data (G_OBJECT (widget), name);
}

static void
hide_clicked_cb (VantageLoadList *self, GtkWidget *button)
{
  g_autoptr (VantageEdit) edit = vantage_review_context_begin (self->context, _ ("Hide Estimate"));
  const char *id = vantage_edit_create (edit, "dismissal");

  vantage_edit_set_text (edit, "dismissal", id, "of", get_text (button, "pattern"));
  vantage_edit_set_ref (edit, "dismissal", id, "about", self->person);
  vantage_edit_set_text (edit, "dismissal", id, "scope", "review");
  vantage_review_context_commit_with_undo (self->context, edit, _ ("Estimate hidden"));
}

static VantageEntity *
find_condition (VantageLoadList *self, const char *id)
{
  return id != NULL ? vantage_library_get (vantage_review_context_get_library (self->context),
                                           vantage_review_context_get_review_id (self->context),
                                           "condition", id, NULL)
                    : NULL;
}

static void
correct_clicked_cb (VantageLoadList *self, GtkWidget *button)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  const gint64 *since = g_object_get_data (G_OBJECT (button), "since");
  g_autoptr (VantageEntity) condition = find_condition (self, get_text (button, "condition"));

  if (condition != NULL)
    vantage_condition_ask (window, self->context, self->person, condition);
  else
    vantage_condition_ask_instead (window, self->context, self->person, get_text (button, "key"),
                                   get_text (button, "value"),
                                   since != NULL ? *since : VANTAGE_TIME_NONE);
}

/* (transfer full) (element-type VantageEntity): live ones about this person. */
static GPtrArray *
list_hidden (VantageLoadList *self)
{
  GPtrArray *hidden = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) all = vantage_library_list (
      vantage_review_context_get_library (self->context),
      vantage_review_context_get_review_id (self->context), "dismissal", NULL);

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      VantageEntity *dismissal = g_ptr_array_index (all, i);
      const char *of = vantage_entity_get_text (dismissal, "of");
      const char *about = vantage_entity_get_ref (dismissal, "about");
      const VantagePerson *person =
          about != NULL ? vantage_review_context_find_person (self->context, about) : NULL;

      if (of != NULL && g_str_has_prefix (of, "load:") && person != NULL &&
          strcmp (person->id, self->person) == 0)
        g_ptr_array_add (hidden, g_object_ref (dismissal));
    }
  return hidden;
}

static void
show_hidden (VantageLoadList *self)
{
  g_autoptr (GPtrArray) hidden = list_hidden (self);
  g_autoptr (VantageEdit) edit =
      vantage_review_context_begin (self->context, _ ("Show Hidden Estimates"));

  for (guint i = 0; i < hidden->len; i++)
    vantage_edit_delete (edit, "dismissal", vantage_entity_get_id (hidden->pdata[i]));
  vantage_review_context_commit (self->context, edit);
}

/* What a row rests on: its first item, else the condition that says it. */
static void
row_activated_cb (VantageLoadList *self, GtkWidget *row)
{
  const char *item = get_text (row, "item");
  g_autoptr (VantageEntity) condition = find_condition (self, get_text (row, "condition"));

  if (get_text (row, "hidden") != NULL)
    show_hidden (self);
  else if (item != NULL)
    {
      vantage_review_context_show_item (self->context, item);
      vantage_review_context_go (self->context, "sources", item);
    }
  else if (condition != NULL)
    vantage_condition_ask (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->context,
                           self->person, condition);
}

/* ---- rows ---- */

static GtkWidget *
append_row (VantageLoadList *self, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 3);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 4);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
  return row;
}

static GtkWidget *
add_button (VantageLoadList *self, GtkWidget *row, const char *icon, const char *tip,
            GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  g_autofree char *spoken = NULL;

  /* translators: what a button does, and the row it is about: "Hide: Awake for at least 9 h" */
  spoken = g_strdup_printf (_ ("%s: %s"), tip,
                            adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return button;
}

static void
set_text (GtkWidget *widget, const char *name, const char *text)
{
  g_object_set_data_full (G_OBJECT (widget), name, g_strdup (text), g_free);
}

static char *
dup_title (VantageLoadList *self, const VantageLoad *load, gint64 moment_us, gboolean estimated)
{
  const char *code = vantage_load_to_text (load->sort);
  g_autoptr (VantageEntity) condition = find_condition (self, load->condition);
  g_autofree char *said = NULL;

  if (condition != NULL)
    {
      if (load->sort != VANTAGE_LOAD_PAGES && load->since_us != VANTAGE_TIME_NONE)
        return vantage_words_load (code, FALSE, moment_us - load->since_us, 0, 0, 0);
      said = vantage_condition_dup_text (condition, self->context);
      /* translators: a condition and what is known: "Awake since: 05:20" */
      return g_strdup_printf (_ ("%s: %s"),
                              vantage_words_choice ("condition", vantage_load_get_key (load->sort)),
                              said);
    }
  return vantage_words_load (code, estimated, moment_us - load->since_us,
                             load->unbroken_us != VANTAGE_TIME_NONE ? moment_us - load->unbroken_us
                                                                    : 0,
                             load->count, load->night);
}

static char *
dup_why (VantageLoadList *self, const VantageLoad *load)
{
  g_autoptr (VantageEntity) condition = find_condition (self, load->condition);
  g_autofree char *since = NULL;
  g_autofree char *until = NULL;

  if (condition != NULL)
    return g_strdup (vantage_condition_get_authority (condition));
  since = vantage_presence_frame_dup_clock (self->frame, load->since_us);
  if (load->until_us != VANTAGE_TIME_NONE)
    until = vantage_presence_frame_dup_clock (self->frame, load->until_us);
  return vantage_words_load_why (vantage_load_to_text (load->sort), since,
                                 until != NULL ? until : "");
}

static void
append_buttons (VantageLoadList *self, GtkWidget *row, const VantageLoad *load, gint64 moment_us)
{
  const char *key = vantage_load_get_key (load->sort);
  gboolean counts = load->sort == VANTAGE_LOAD_PAGES || load->sort == VANTAGE_LOAD_AT_ONCE;
  g_autofree char *value = counts ? dup_title (self, load, moment_us, FALSE) : NULL;
  GtkWidget *button;

  if (key != NULL)
    {
      button = add_button (self, row, "document-edit-symbolic", _ ("Correct…"),
                           G_CALLBACK (correct_clicked_cb));
      set_text (button, "condition", load->condition);
      set_text (button, "key", key);
      set_text (button, "value", value);
      if (!counts)
        g_object_set_data_full (G_OBJECT (button), "since",
                                g_memdup2 (&load->since_us, sizeof load->since_us), g_free);
    }
  if (load->estimated)
    {
      button = add_button (self, row, "view-conceal-symbolic", _ ("Hide Estimate"),
                           G_CALLBACK (hide_clicked_cb));
      set_text (button, "pattern", vantage_load_get_pattern (load->sort));
    }
}

static void
append_load (VantageLoadList *self, const VantageLoad *load, gint64 moment_us)
{
  g_autofree char *title = dup_title (self, load, moment_us, load->estimated);
  g_autofree char *why = dup_why (self, load);
  GtkWidget *row = append_row (self, title, why);

  set_text (row, "item", load->items->len > 0 ? load->items->pdata[0] : NULL);
  set_text (row, "condition", load->condition);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  append_buttons (self, row, load, moment_us);
}

static void
append_hidden (VantageLoadList *self)
{
  g_autoptr (GPtrArray) hidden = list_hidden (self);
  g_autofree char *title = NULL;
  GtkWidget *row;

  if (hidden->len == 0)
    return;
  title = g_strdup_printf (
      ngettext ("Show %u hidden estimate", "Show %u hidden estimates", hidden->len), hidden->len);
  row = append_row (self, title, NULL);
  set_text (row, "hidden", "yes");
  gtk_widget_add_css_class (row, "dim-label");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
}

/* Persons, conditions and dismissals as they are now; the survey may be older. */
static GPtrArray *
list_entities (VantageLoadList *self)
{
  static const char *const kinds[] = { "person", "condition", "dismissal" };
  GPtrArray *entities = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      GPtrArray *some = vantage_library_list (vantage_review_context_get_library (self->context),
                                              vantage_review_context_get_review_id (self->context),
                                              kinds[i], NULL);

      if (some != NULL)
        g_ptr_array_extend_and_steal (entities, some);
    }
  return entities;
}

static void
append_loads (VantageLoadList *self, gint64 moment_us)
{
  g_autoptr (GPtrArray) entities = list_entities (self);
  g_autoptr (GPtrArray) loads =
      vantage_survey_list_load (self->survey, self->person, moment_us, entities);

  for (guint i = 0; i < loads->len; i++)
    append_load (self, g_ptr_array_index (loads, i), moment_us);
  if (loads->len == 0)
    append_row (self, _ ("Nothing to estimate from"),
                _ ("No shift, page or sign of them shortly before this moment"));
}

static void
show_rows (VantageLoadList *self)
{
  GtkWidget *row, *next;
  gint64 moment_us;

  for (row = gtk_widget_get_first_child (self->list); row != NULL; row = next)
    {
      next = gtk_widget_get_next_sibling (row);
      if (row != self->entry)
        gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
    }
  if (self->person == NULL || self->survey == NULL)
    return;
  moment_us = get_moment (self);
  if (moment_us != VANTAGE_TIME_NONE)
    append_loads (self, moment_us);
  else if (gtk_drop_down_get_selected (GTK_DROP_DOWN (self->chooser)) == MOMENT_CAME)
    append_row (self, _ ("They were never seen in the record"), NULL);
  append_hidden (self);
}

/* ---- choosing ---- */

static void
chosen_cb (VantageLoadList *self)
{
  gboolean typed = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->chooser)) == MOMENT_TYPED;

  gtk_widget_set_visible (self->entry, typed);
  show_rows (self);
  if (typed)
    gtk_widget_grab_focus (self->entry);
}

static void
typed_cb (VantageLoadList *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  self->typed_us = read_time (self, text);
  if (self->typed_us != VANTAGE_TIME_NONE || text[0] == '\0')
    gtk_widget_remove_css_class (self->entry, "error");
  else
    gtk_widget_add_css_class (self->entry, "error");
  show_rows (self);
}

void
vantage_load_list_set_person (VantageLoadList *self, VantageSurvey *survey, const char *person)
{
  const VantagePerson *known =
      person != NULL ? vantage_review_context_find_person (self->context, person) : NULL;
  g_autofree char *id = known != NULL ? g_strdup (known->id) : NULL;
  gboolean machine = known != NULL && (g_strcmp0 (known->sort, "automation") == 0 ||
                                       g_strcmp0 (known->sort, "system") == 0);

  if (survey != NULL)
    vantage_survey_ref (survey);
  g_clear_pointer (&self->survey, vantage_survey_unref);
  self->survey = survey;
  g_free (self->person);
  self->person = g_steal_pointer (&id);
  gtk_widget_set_visible (GTK_WIDGET (self), known != NULL && !machine);
  show_rows (self);
}

GtkWidget *
vantage_load_list_get_chooser (VantageLoadList *self)
{
  return self->chooser;
}

/* ---- object ---- */

static void
vantage_load_list_dispose (GObject *object)
{
  VantageLoadList *self = VANTAGE_LOAD_LIST (object);

  g_clear_pointer (&self->list, gtk_widget_unparent);
  g_clear_object (&self->chooser);
  g_clear_object (&self->context);
  g_clear_object (&self->frame);
  g_clear_pointer (&self->survey, vantage_survey_unref);
  g_clear_pointer (&self->person, g_free);
  G_OBJECT_CLASS (vantage_load_list_parent_class)->dispose (object);
}

static void
vantage_load_list_class_init (VantageLoadListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vantage_load_list_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
new_chooser (void)
{
  const char *const words[] = { _ ("When It Began"), _ ("When They Came"), _ ("When It Ended"),
                                _ ("Another Time"), NULL };
  GtkWidget *chooser = gtk_drop_down_new_from_strings (words);

  gtk_widget_add_css_class (chooser, "flat");
  gtk_widget_set_valign (chooser, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (chooser, _ ("At Which Moment"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (chooser), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("At Which Moment"), -1);
  return chooser;
}

static void
vantage_load_list_init (VantageLoadList *self)
{
  self->typed_us = VANTAGE_TIME_NONE;
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);

  self->entry = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entry), _ ("At (“02:40”)"));
  gtk_widget_set_visible (self->entry, FALSE);
  gtk_list_box_append (GTK_LIST_BOX (self->list), self->entry);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);

  self->chooser = g_object_ref_sink (new_chooser ());
  g_signal_connect_object (self->chooser, "notify::selected", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
vantage_load_list_new (VantageReviewContext *context, VantagePresenceFrame *frame)
{
  VantageLoadList *self = g_object_new (VANTAGE_TYPE_LOAD_LIST, NULL);

  self->context = g_object_ref (context);
  self->frame = g_object_ref (frame);
  return GTK_WIDGET (self);
}
