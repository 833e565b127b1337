/* vantage-person-form.c: what is known of who a person is, as rows to correct. */

#include "config.h"

#include "vantage-person-form.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-field-binding.h"
#include "vantage-words.h"

enum
{
  NAME,
  LABEL,
  EMAIL,
  TEAM,
  ROLE,
  N_FIELDS,
};

typedef struct
{
  const char *kind, *field;
  const char *title; /* N_() */
  const char *what;  /* N_() */
} Field;

/* clang-format off */
static const Field fields[N_FIELDS] = {
  { "particulars", "name", N_ ("Name"), N_ ("Rename Person") },
  { "person", "label", N_ ("Shown to Others As"), N_ ("Change Label") },
  { "particulars", "email", N_ ("E-mail"), N_ ("Change E-mail") },
  { "person", "team", N_ ("Team"), N_ ("Change Team") },
  { "person", "role", N_ ("Role"), N_ ("Change Role") },
};
/* clang-format on */

struct _VantagePersonForm
{
  GtkWidget parent_instance;

  VantageReviewContext *context;
  char *person; /* (nullable) */
  char *part;   /* worked out */
  gboolean loading;

  GtkWidget *list;
  GtkWidget *rows[N_FIELDS];
  GtkWidget *zone;
  AdwComboRow *sort, *chosen_part;
};

G_DEFINE_FINAL_TYPE (VantagePersonForm, vantage_person_form, GTK_TYPE_WIDGET)

/* ---- writing ---- */

static void
write_choice (VantagePersonForm *self, const char *field, const char *value, const char *what)
{
  g_autoptr (VantageEdit) edit = NULL;

  if (self->person == NULL)
    return;
  edit = vantage_review_context_begin (self->context, what);
  vantage_edit_set_text (edit, "person", self->person, field, value);
  vantage_review_context_commit (self->context, edit);
}

static void
sort_selected_cb (VantagePersonForm *self)
{
  guint at = adw_combo_row_get_selected (self->sort);

  if (!self->loading && at != GTK_INVALID_LIST_POSITION)
    write_choice (self, "sort", vantage_words_list_choices ("person-sort")[at], _ ("Change Sort"));
}

/* The first choice is none: as it is worked out. */
static void
part_selected_cb (VantagePersonForm *self)
{
  guint at = adw_combo_row_get_selected (self->chosen_part);

  if (!self->loading && at != GTK_INVALID_LIST_POSITION)
    write_choice (self, "part", at > 0 ? vantage_words_list_choices ("part")[at - 1] : NULL,
                  _ ("Change Part"));
}

static void
zone_applied_cb (VantagePersonForm *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->zone))));
  g_autoptr (VantageZone) zone = text[0] != '\0' ? vantage_zone_new (text) : NULL;

  if (text[0] != '\0' && zone == NULL)
    {
      gtk_widget_add_css_class (self->zone, "error");
      vantage_review_context_tell (
          self->context, _ ("No time zone has this name. Try “Europe/Berlin” or “+02:00”."));
      return;
    }
  gtk_widget_remove_css_class (self->zone, "error");
  write_choice (self, "zone", text[0] != '\0' ? text : NULL, _ ("Change Time Zone"));
}

/* ---- showing ---- */

static VantageEntity *
get_entity (VantagePersonForm *self, const char *kind)
{
  return vantage_library_get (vantage_review_context_get_library (self->context),
                              vantage_review_context_get_review_id (self->context), kind,
                              self->person, NULL);
}

/* "Team", or where only a source tells it, "Team: Payments, says the source". */
static void
set_title (GtkWidget *row, const char *title, const char *own, const char *known)
{
  g_autofree char *text = NULL;

  if ((own == NULL || own[0] == '\0') && known != NULL && known[0] != '\0')
    /* translators: a field and what an imported source says of it: "Team: Payments, says the
     * source" */
    text = g_strdup_printf (_ ("%s: %s, says the source"), title, known);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text != NULL ? text : title);
}

static const char *
get_known (const VantagePerson *person, guint field)
{
  switch (field)
    {
    case NAME:
      return person->name;
    case EMAIL:
      return person->email;
    case TEAM:
      return person->team;
    case ROLE:
      return person->role;
    default:
      return NULL;
    }
}

static void
show_titles (VantagePersonForm *self, const VantagePerson *person)
{
  g_autoptr (VantageEntity) entity = get_entity (self, "person");
  g_autoptr (VantageEntity) particulars = get_entity (self, "particulars");

  for (guint i = 0; i < N_FIELDS; i++)
    {
      VantageEntity *of = strcmp (fields[i].kind, "person") == 0 ? entity : particulars;

      set_title (self->rows[i], _ (fields[i].title),
                 of != NULL ? vantage_entity_get_text (of, fields[i].field) : NULL,
                 get_known (person, i));
    }
  {
    const char *own = entity != NULL ? vantage_entity_get_text (entity, "zone") : NULL;
    gboolean typing = (gtk_widget_get_state_flags (self->zone) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;

    set_title (self->zone, _ ("Time Zone"), own, person->zone);
    if (!typing &&
        g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->zone)), own != NULL ? own : "") != 0)
      gtk_editable_set_text (GTK_EDITABLE (self->zone), own != NULL ? own : "");
  }
}

static guint
find_choice (const char *vocabulary, const char *value)
{
  const char *const *values = vantage_words_list_choices (vocabulary);

  for (guint i = 0; values[i] != NULL; i++)
    if (g_strcmp0 (values[i], value) == 0)
      return i;
  return GTK_INVALID_LIST_POSITION;
}

static void
append_choices (GtkStringList *words, const char *vocabulary)
{
  const char *const *values = vantage_words_list_choices (vocabulary);

  for (guint i = 0; values[i] != NULL; i++)
    gtk_string_list_append (words, vantage_words_choice (vocabulary, values[i]));
}

static void
show_choices (VantagePersonForm *self, const VantagePerson *person)
{
  g_autoptr (GtkStringList) parts = NULL;
  g_autofree char *worked_out = NULL;
  guint part = find_choice ("part", person->part);

  if (adw_combo_row_get_model (self->chosen_part) == NULL)
    {
      parts = gtk_string_list_new (NULL);
      /* translators: a part that was worked out from the record: "From the record: acted" */
      worked_out = g_strdup_printf (_ ("From the Record: %s"), self->part);
      gtk_string_list_append (parts, worked_out);
      append_choices (parts, "part");
      adw_combo_row_set_model (self->chosen_part, G_LIST_MODEL (parts));
    }
  adw_combo_row_set_selected (self->chosen_part, part != GTK_INVALID_LIST_POSITION ? part + 1 : 0);
  adw_combo_row_set_selected (self->sort, find_choice ("person-sort", person->sort));
}

static void
bind_fields (VantagePersonForm *self)
{
  for (guint i = 0; i < N_FIELDS; i++)
    vantage_field_bind (GTK_EDITABLE (self->rows[i]), self->context, fields[i].kind, self->person,
                        fields[i].field, _ (fields[i].what));
}

void
vantage_person_form_set_person (VantagePersonForm *self, const VantagePerson *person,
                                const char *part)
{
  gboolean same = person != NULL && g_strcmp0 (person->id, self->person) == 0;
  gboolean same_part = g_strcmp0 (part, self->part) == 0;

  self->loading = TRUE;
  if (!same)
    {
      g_free (self->person);
      self->person = person != NULL ? g_strdup (person->id) : NULL;
      gtk_editable_set_text (GTK_EDITABLE (self->zone), "");
      gtk_widget_remove_css_class (self->zone, "error");
      bind_fields (self);
    }
  if (!same_part)
    {
      g_free (self->part);
      self->part = g_strdup (part);
      adw_combo_row_set_model (self->chosen_part, NULL);
    }
  if (person != NULL)
    {
      show_titles (self, person);
      show_choices (self, person);
    }
  self->loading = FALSE;
}

/* ---- object ---- */

static void
vantage_person_form_dispose (GObject *object)
{
  VantagePersonForm *self = VANTAGE_PERSON_FORM (object);

  g_clear_pointer (&self->list, gtk_widget_unparent);
  g_clear_object (&self->context);
  g_clear_pointer (&self->person, g_free);
  g_clear_pointer (&self->part, g_free);
  G_OBJECT_CLASS (vantage_person_form_parent_class)->dispose (object);
}

static void
vantage_person_form_class_init (VantagePersonFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vantage_person_form_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static AdwComboRow *
append_combo (VantagePersonForm *self, const char *title)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
  return ADW_COMBO_ROW (row);
}

static void
vantage_person_form_init (VantagePersonForm *self)
{
  g_autoptr (GtkStringList) sorts = gtk_string_list_new (NULL);

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));
  for (guint i = 0; i < N_FIELDS; i++)
    {
      self->rows[i] = adw_entry_row_new ();
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->rows[i]), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->rows[i]), _ (fields[i].title));
      gtk_list_box_append (GTK_LIST_BOX (self->list), self->rows[i]);
    }
  self->zone = adw_entry_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->zone), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->zone), _ ("Time Zone"));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->zone), TRUE);
  g_signal_connect_object (self->zone, "apply", G_CALLBACK (zone_applied_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_list_box_append (GTK_LIST_BOX (self->list), self->zone);

  self->loading = TRUE;
  append_choices (sorts, "person-sort");
  self->sort = append_combo (self, _ ("Sort"));
  adw_combo_row_set_model (self->sort, G_LIST_MODEL (sorts));
  self->chosen_part = append_combo (self, _ ("Part"));
  self->loading = FALSE;
  g_signal_connect_object (self->sort, "notify::selected", G_CALLBACK (sort_selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->chosen_part, "notify::selected", G_CALLBACK (part_selected_cb),
                           self, G_CONNECT_SWAPPED);
}

GtkWidget *
vantage_person_form_new (VantageReviewContext *context)
{
  VantagePersonForm *self = g_object_new (VANTAGE_TYPE_PERSON_FORM, NULL);

  self->context = g_object_ref (context);
  return GTK_WIDGET (self);
}
