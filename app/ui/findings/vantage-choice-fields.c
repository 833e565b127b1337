/* vantage-choice-fields.c: fields of an entity that are chosen from a list. */

#include "config.h"

#include "vantage-choice-fields.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-words.h"

#define BINDING "vantage-choice"

typedef struct
{
  VantageReviewContext *context;
  const VantageChoiceField *field;
  char *id; /* NULL: nothing is shown */
  gboolean loading;
  GtkWidget *label; /* of the menu */
  GPtrArray *ticks; /* of the menu, by value */
} Binding;

static void
binding_free (gpointer data)
{
  Binding *self = data;

  g_object_unref (self->context);
  g_free (self->id);
  g_clear_pointer (&self->ticks, g_ptr_array_unref);
  g_free (self);
}

static Binding *
bind (GtkWidget *widget, VantageReviewContext *context, const VantageChoiceField *field)
{
  Binding *self = g_new0 (Binding, 1);

  self->context = g_object_ref (context);
  self->field = field;
  g_object_set_data_full (G_OBJECT (widget), BINDING, self, binding_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (field->label), -1);
  gtk_widget_set_tooltip_text (widget, _ (field->label));
  return self;
}

static Binding *
get_binding (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), BINDING);
}

static const char *const *
list_values (const VantageChoiceField *field)
{
  return field->values != NULL ? field->values : vantage_words_list_choices (field->vocabulary);
}

const char *
vantage_choice_word (const VantageChoiceField *field, const char *value)
{
  if (field->vocabulary != NULL)
    return vantage_words_choice (field->vocabulary, value);
  for (guint i = 0; field->values[i] != NULL; i++)
    if (g_strcmp0 (field->values[i], value) == 0)
      return _ (field->words[i]);
  return value;
}

/* ---- one ---- */

static void
drop_selected_cb (GtkWidget *drop)
{
  Binding *self = get_binding (drop);
  guint at = gtk_drop_down_get_selected (GTK_DROP_DOWN (drop));
  g_autoptr (VantageEdit) edit = NULL;

  if (self->loading || self->id == NULL || at == GTK_INVALID_LIST_POSITION)
    return;
  edit = vantage_review_context_begin (self->context, _ (self->field->what));
  vantage_edit_set_text (edit, self->field->kind, self->id, self->field->field,
                         list_values (self->field)[at]);
  vantage_review_context_commit (self->context, edit);
}

GtkWidget *
vantage_choice_drop_new (VantageReviewContext *context, const VantageChoiceField *field)
{
  GtkStringList *words = gtk_string_list_new (NULL);
  const char *const *values = list_values (field);
  GtkWidget *drop;

  for (guint i = 0; values[i] != NULL; i++)
    gtk_string_list_append (words, vantage_choice_word (field, values[i]));
  drop = gtk_drop_down_new (G_LIST_MODEL (words), NULL);
  gtk_widget_set_valign (drop, GTK_ALIGN_CENTER);
  bind (drop, context, field);
  g_signal_connect (drop, "notify::selected", G_CALLBACK (drop_selected_cb), NULL);
  return drop;
}

void
vantage_choice_drop_show (GtkWidget *drop, VantageEntity *entity)
{
  Binding *self = get_binding (drop);
  const char *const *values = list_values (self->field);
  const char *value = entity != NULL ? vantage_entity_get_text (entity, self->field->field) : NULL;
  guint at = 0;

  for (guint i = 0; values[i] != NULL; i++)
    if (g_strcmp0 (values[i], value) == 0)
      at = i;
  g_free (self->id);
  self->id = entity != NULL ? g_strdup (vantage_entity_get_id (entity)) : NULL;
  self->loading = TRUE;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop), at);
  self->loading = FALSE;
}

/* ---- several ---- */

static void
tick_toggled_cb (GtkWidget *menu, GtkCheckButton *tick)
{
  Binding *self = get_binding (menu);
  gboolean in = gtk_check_button_get_active (tick);
  g_autoptr (VantageEdit) edit = NULL;

  if (self->loading || self->id == NULL)
    return;
  edit = vantage_review_context_begin (self->context, _ (self->field->what));
  vantage_edit_set_member (edit, self->field->kind, self->id, self->field->field,
                           g_object_get_data (G_OBJECT (tick), "value"), in);
  vantage_review_context_commit (self->context, edit);
}

GtkWidget *
vantage_choice_menu_new (VantageReviewContext *context, const VantageChoiceField *field)
{
  GtkWidget *menu = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  const char *const *values = list_values (field);
  Binding *self = bind (menu, context, field);

  self->ticks = g_ptr_array_new ();
  for (guint i = 0; values[i] != NULL; i++)
    {
      GtkWidget *tick = gtk_check_button_new_with_label (vantage_choice_word (field, values[i]));

      g_object_set_data (G_OBJECT (tick), "value", (gpointer) values[i]);
      g_signal_connect_object (tick, "toggled", G_CALLBACK (tick_toggled_cb), menu,
                               G_CONNECT_SWAPPED);
      gtk_widget_add_css_class (tick, "choice");
      gtk_box_append (GTK_BOX (box), tick);
      g_ptr_array_add (self->ticks, tick);
    }
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (menu), popover);
  self->label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (content), self->label);
  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("pan-down-symbolic"));
  gtk_menu_button_set_child (GTK_MENU_BUTTON (menu), content);
  gtk_widget_set_valign (menu, GTK_ALIGN_CENTER);
  return menu;
}

void
vantage_choice_menu_show (GtkWidget *menu, VantageEntity *entity)
{
  Binding *self = get_binding (menu);
  GString *chosen = g_string_new (NULL);

  g_free (self->id);
  self->id = entity != NULL ? g_strdup (vantage_entity_get_id (entity)) : NULL;
  self->loading = TRUE;
  for (guint i = 0; i < self->ticks->len; i++)
    {
      GtkCheckButton *tick = self->ticks->pdata[i];
      const char *value = g_object_get_data (G_OBJECT (tick), "value");
      gboolean in = entity != NULL && vantage_entity_has_member (entity, self->field->field, value);

      gtk_check_button_set_active (tick, in);
      if (in)
        g_string_append_printf (chosen, "%s%s", chosen->len > 0 ? " · " : "",
                                vantage_choice_word (self->field, value));
    }
  self->loading = FALSE;
  gtk_label_set_text (GTK_LABEL (self->label),
                      chosen->len > 0 ? chosen->str : _ (self->field->none));
  g_string_free (chosen, TRUE);
}
