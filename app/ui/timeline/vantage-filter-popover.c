/* vantage-filter-popover.c: five choices and a line of words. */

#include "config.h"

#include "vantage-filter-popover.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-words.h"

typedef enum
{
  PERSON,
  KIND,
  CLAIM,
  TAG,
  SOURCE,
  N_CHOICES,
} Choice;

struct _VantageFilterPopover
{
  GtkPopover parent_instance;

  VantageReviewContext *context;
  VantageEventFilter filter;
  gboolean filling; /* what changes now is nobody's doing */
  AdwComboRow *rows[N_CHOICES];
  GPtrArray *values[N_CHOICES]; /* (element-type utf8) (nullable): what each row stands for */
  GtkWidget *entry;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (VantageFilterPopover, vantage_filter_popover, GTK_TYPE_POPOVER)

static char **
get_member (VantageFilterPopover *self, Choice choice)
{
  char **const members[] = { &self->filter.person, &self->filter.kind, &self->filter.claim,
                             &self->filter.tag, &self->filter.source };

  return members[choice];
}

/* ---- what can be chosen ---- */

static void
add_value (VantageFilterPopover *self, Choice choice, GtkStringList *words, const char *value,
           const char *word)
{
  g_ptr_array_add (self->values[choice], g_strdup (value));
  gtk_string_list_append (words, word);
}

static void
add_people (VantageFilterPopover *self, GtkStringList *words)
{
  GPtrArray *people = vantage_review_context_get_people (self->context);

  for (guint i = 0; i < people->len; i++)
    {
      const char *id = ((VantagePerson *) people->pdata[i])->id;

      add_value (self, PERSON, words, id,
                 vantage_review_context_get_person_name (self->context, id));
    }
}

static void
add_choices (VantageFilterPopover *self, Choice choice, GtkStringList *words,
             const char *vocabulary)
{
  const char *const *values = vantage_words_list_choices (vocabulary);

  for (guint i = 0; values[i] != NULL; i++)
    if (strcmp (values[i], "imagined") != 0)
      add_value (self, choice, words, values[i], vantage_words_choice (vocabulary, values[i]));
}

static void
add_entities (VantageFilterPopover *self, Choice choice, GtkStringList *words, const char *kind)
{
  g_autoptr (GPtrArray) entities =
      vantage_library_list (vantage_review_context_get_library (self->context),
                            vantage_review_context_get_review_id (self->context), kind, NULL);

  for (guint i = 0; entities != NULL && i < entities->len; i++)
    {
      const char *title = vantage_entity_get_title (entities->pdata[i]);

      add_value (self, choice, words, vantage_entity_get_id (entities->pdata[i]),
                 title != NULL && title[0] != '\0' ? title : _ ("Untitled"));
    }
}

static void
select_member (VantageFilterPopover *self, Choice choice)
{
  const char *value = *get_member (self, choice);

  adw_combo_row_set_selected (self->rows[choice], 0);
  for (guint i = 1; value != NULL && i < self->values[choice]->len; i++)
    if (g_strcmp0 (self->values[choice]->pdata[i], value) == 0)
      adw_combo_row_set_selected (self->rows[choice], i);
}

static void
fill (VantageFilterPopover *self)
{
  self->filling = TRUE;
  for (Choice choice = 0; choice < N_CHOICES; choice++)
    {
      g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

      g_ptr_array_set_size (self->values[choice], 0);
      add_value (self, choice, words, NULL, _ ("Any"));
      if (choice == PERSON)
        add_people (self, words);
      else if (choice == KIND)
        add_choices (self, choice, words, "event-kind");
      else if (choice == CLAIM)
        add_choices (self, choice, words, "claim");
      else
        add_entities (self, choice, words, choice == TAG ? "tag" : "source");
      adw_combo_row_set_model (self->rows[choice], G_LIST_MODEL (words));
      select_member (self, choice);
    }
  gtk_editable_set_text (GTK_EDITABLE (self->entry),
                         self->filter.text != NULL ? self->filter.text : "");
  self->filling = FALSE;
}

/* ---- callbacks ---- */

static void
selected_cb (VantageFilterPopover *self)
{
  gboolean changed = FALSE;

  for (Choice choice = 0; !self->filling && choice < N_CHOICES; choice++)
    {
      guint at = adw_combo_row_get_selected (self->rows[choice]);
      const char *value = at < self->values[choice]->len ? self->values[choice]->pdata[at] : NULL;

      if (g_strcmp0 (*get_member (self, choice), value) == 0)
        continue;
      g_free (*get_member (self, choice));
      *get_member (self, choice) = g_strdup (value);
      changed = TRUE;
    }
  if (changed)
    g_signal_emit (self, changed_signal, 0);
}

static void
typed_cb (VantageFilterPopover *self)
{
  g_autofree char *text =
      g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));

  if (self->filling || g_strcmp0 (self->filter.text != NULL ? self->filter.text : "", text) == 0)
    return;
  g_free (self->filter.text);
  self->filter.text = text[0] != '\0' ? g_steal_pointer (&text) : NULL;
  g_signal_emit (self, changed_signal, 0);
}

static void
activate_cb (VantageFilterPopover *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
}

/* ---- object ---- */

static void
vantage_filter_popover_dispose (GObject *object)
{
  VantageFilterPopover *self = VANTAGE_FILTER_POPOVER (object);

  gtk_popover_set_child (GTK_POPOVER (self), NULL);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (vantage_filter_popover_parent_class)->dispose (object);
}

static void
vantage_filter_popover_finalize (GObject *object)
{
  VantageFilterPopover *self = VANTAGE_FILTER_POPOVER (object);

  vantage_event_filter_clear (&self->filter);
  for (Choice choice = 0; choice < N_CHOICES; choice++)
    g_ptr_array_unref (self->values[choice]);
  G_OBJECT_CLASS (vantage_filter_popover_parent_class)->finalize (object);
}

static void
vantage_filter_popover_class_init (VantageFilterPopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vantage_filter_popover_dispose;
  G_OBJECT_CLASS (klass)->finalize = vantage_filter_popover_finalize;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
vantage_filter_popover_init (VantageFilterPopover *self)
{
  const char *const titles[N_CHOICES] = { _ ("Person"), _ ("Kind"), _ ("Claim"), _ ("Tag"),
                                          _ ("Source") };
  GtkWidget *group = adw_preferences_group_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);

  self->entry = gtk_search_entry_new ();
  g_object_set (self->entry, "placeholder-text", _ ("Words of the title"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Words of the title"), -1);
  for (Choice choice = 0; choice < N_CHOICES; choice++)
    {
      GtkWidget *row = adw_combo_row_new ();

      self->rows[choice] = ADW_COMBO_ROW (row);
      self->values[choice] = g_ptr_array_new_with_free_func (g_free);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), titles[choice]);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
      g_signal_connect_object (row, "notify::selected", G_CALLBACK (selected_cb), self,
                               G_CONNECT_SWAPPED);
    }
  gtk_widget_set_size_request (box, 300, -1);
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), group);
  gtk_popover_set_child (GTK_POPOVER (self), box);
  g_signal_connect_object (self->entry, "search-changed", G_CALLBACK (typed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (activate_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "show", G_CALLBACK (fill), NULL);
}

GtkWidget *
vantage_filter_popover_new (VantageReviewContext *context)
{
  VantageFilterPopover *self = g_object_new (VANTAGE_TYPE_FILTER_POPOVER, NULL);

  self->context = g_object_ref (context);
  return GTK_WIDGET (self);
}

const VantageEventFilter *
vantage_filter_popover_get (VantageFilterPopover *self)
{
  return &self->filter;
}

void
vantage_filter_popover_set (VantageFilterPopover *self, const VantageEventFilter *filter)
{
  VantageEventFilter copy = { 0 };

  vantage_event_filter_copy (filter, &copy);
  vantage_event_filter_clear (&self->filter);
  self->filter = copy;
  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    fill (self);
  g_signal_emit (self, changed_signal, 0);
}

static char *
dup_title (VantageFilterPopover *self, const char *kind, const char *id)
{
  g_autoptr (VantageEntity) entity =
      vantage_library_get (vantage_review_context_get_library (self->context),
                           vantage_review_context_get_review_id (self->context), kind, id, NULL);
  const char *title = entity != NULL ? vantage_entity_get_title (entity) : NULL;

  return g_strdup (title != NULL && title[0] != '\0' ? title : _ ("Untitled"));
}

char *
vantage_filter_popover_dup_words (VantageFilterPopover *self)
{
  const VantageEventFilter *f = &self->filter;
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  if (f->person != NULL)
    g_ptr_array_add (parts,
                     g_strdup (vantage_review_context_get_person_name (self->context, f->person)));
  if (f->kind != NULL)
    g_ptr_array_add (parts, g_strdup (vantage_words_choice ("event-kind", f->kind)));
  if (f->claim != NULL)
    g_ptr_array_add (parts, g_strdup (vantage_words_choice ("claim", f->claim)));
  if (f->tag != NULL)
    g_ptr_array_add (parts, dup_title (self, "tag", f->tag));
  if (f->source != NULL)
    g_ptr_array_add (parts, dup_title (self, "source", f->source));
  if (f->text != NULL)
    g_ptr_array_add (parts, g_strdup_printf (_ ("“%s”"), f->text));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}
