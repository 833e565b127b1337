/* vantage-remark-list.c: a line for each of tag, note and question, and those that are there. */

#include "config.h"

#include "vantage-remark-list.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-cited-list.h"
#include "vantage-time-text.h"

struct _VantageRemarkList
{
  GtkWidget parent_instance;

  VantageReviewContext *context;
  char *kind, *id; /* NULL: nothing */
  GtkWidget *group;
  GPtrArray *rows; /* (element-type GtkWidget): those that are not lines to type into; lent */
  GtkWidget *tag_entry, *note_entry, *wonder_entry;
};

G_DEFINE_FINAL_TYPE (VantageRemarkList, vantage_remark_list, GTK_TYPE_WIDGET)

static GPtrArray *
list_kind (VantageReviewContext *context, const char *kind)
{
  GPtrArray *list =
      vantage_library_list (vantage_review_context_get_library (context),
                            vantage_review_context_get_review_id (context), kind, NULL);

  return list != NULL ? list : g_ptr_array_new ();
}

/* ---- writing ---- */

static char *
find_tag (VantageReviewContext *context, const char *name)
{
  g_autoptr (GPtrArray) tags = list_kind (context, "tag");
  g_autofree char *wanted = g_utf8_casefold (name, -1);

  for (guint i = 0; i < tags->len; i++)
    {
      g_autofree char *folded = g_utf8_casefold (vantage_entity_get_title (tags->pdata[i]), -1);

      if (strcmp (folded, wanted) == 0)
        return g_strdup (vantage_entity_get_id (tags->pdata[i]));
    }
  return NULL;
}

gboolean
vantage_remark_add_tag (VantageReviewContext *context, const char *kind, const char *const *ids,
                        const char *name)
{
  g_autoptr (VantageEdit) edit = vantage_review_context_begin (context, _ ("Add Tag"));
  g_autofree char *tag = find_tag (context, name);

  if (tag == NULL)
    {
      tag = g_strdup (vantage_edit_create (edit, "tag"));
      vantage_edit_set_text (edit, "tag", tag, "name", name);
    }
  for (guint i = 0; ids[i] != NULL; i++)
    vantage_edit_set_member (edit, kind, ids[i], "tags", tag, TRUE);
  return vantage_review_context_commit (context, edit);
}

gboolean
vantage_remark_add_note (VantageReviewContext *context, const char *id, const char *text)
{
  g_autoptr (VantageEdit) edit = vantage_review_context_begin (context, _ ("Write Note"));
  const char *remark = vantage_edit_create (edit, "remark");

  vantage_edit_set_ref (edit, "remark", remark, "about", id);
  vantage_edit_set_prose (edit, "remark", remark, "text", text);
  return vantage_review_context_commit (context, edit);
}

gboolean
vantage_remark_add_wonder (VantageReviewContext *context, const char *const *ids, const char *text)
{
  g_autoptr (VantageEdit) edit = vantage_review_context_begin (context, _ ("Add Wonder"));
  const char *wonder = vantage_edit_create (edit, "wonder");

  vantage_edit_set_text (edit, "wonder", wonder, "text", text);
  vantage_edit_set_text (edit, "wonder", wonder, "status", "open");
  for (guint i = 0; ids[i] != NULL; i++)
    vantage_edit_set_member (edit, "wonder", wonder, "about", ids[i], TRUE);
  return vantage_review_context_commit (context, edit);
}

/* ---- rows ---- */

static void
remove_tag_cb (VantageRemarkList *self, GtkWidget *button)
{
  g_autoptr (VantageEdit) edit = vantage_review_context_begin (self->context, _ ("Take Tag Off"));

  vantage_edit_set_member (edit, self->kind, self->id, "tags",
                           g_object_get_data (G_OBJECT (button), "entity"), FALSE);
  vantage_review_context_commit (self->context, edit);
}

static void
delete_cb (VantageRemarkList *self, GtkWidget *button, const char *kind, const char *what,
           const char *told)
{
  g_autoptr (VantageEdit) edit = vantage_review_context_begin (self->context, what);

  vantage_edit_delete (edit, kind, g_object_get_data (G_OBJECT (button), "entity"));
  vantage_review_context_commit_with_undo (self->context, edit, told);
}

static void
delete_note_cb (VantageRemarkList *self, GtkWidget *button)
{
  delete_cb (self, button, "remark", _ ("Delete Note"), _ ("Note deleted"));
}

static void
delete_wonder_cb (VantageRemarkList *self, GtkWidget *button)
{
  delete_cb (self, button, "wonder", _ ("Delete Wonder"), _ ("Wonder deleted"));
}

static void
add_row (VantageRemarkList *self, VantageEntity *entity, const char *title, const char *subtitle,
         const char *tooltip, GCallback remove)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_suffix (
      ADW_ACTION_ROW (row),
      vantage_remove_button_new (tooltip, remove, self, "entity", vantage_entity_get_id (entity)));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), row);
  g_ptr_array_add (self->rows, row);
}

static void
show_tags (VantageRemarkList *self)
{
  g_autoptr (GPtrArray) tags = list_kind (self->context, "tag");
  g_autoptr (VantageEntity) entity = vantage_library_get (
      vantage_review_context_get_library (self->context),
      vantage_review_context_get_review_id (self->context), self->kind, self->id, NULL);

  for (guint i = 0; entity != NULL && i < tags->len; i++)
    if (vantage_entity_has_member (entity, "tags", vantage_entity_get_id (tags->pdata[i])))
      add_row (self, tags->pdata[i], vantage_entity_get_title (tags->pdata[i]), _ ("Tag"),
               _ ("Take Tag Off"), G_CALLBACK (remove_tag_cb));
}

static void
show_notes (VantageRemarkList *self)
{
  g_autoptr (GPtrArray) notes = list_kind (self->context, "remark");

  for (guint i = 0; i < notes->len; i++)
    {
      g_autofree char *text = NULL;

      if (g_strcmp0 (vantage_entity_get_ref (notes->pdata[i], "about"), self->id) != 0)
        continue;
      text = vantage_library_dup_prose (vantage_review_context_get_library (self->context),
                                        vantage_review_context_get_review_id (self->context),
                                        vantage_entity_get_id (notes->pdata[i]), "text", NULL);
      add_row (self, notes->pdata[i], text != NULL ? text : "", _ ("Note"), _ ("Delete Note"),
               G_CALLBACK (delete_note_cb));
    }
}

static void
show_wonders (VantageRemarkList *self)
{
  g_autoptr (GPtrArray) wonders = list_kind (self->context, "wonder");

  for (guint i = 0; i < wonders->len; i++)
    if (vantage_entity_has_member (wonders->pdata[i], "about", self->id))
      add_row (self, wonders->pdata[i], vantage_entity_get_title (wonders->pdata[i]), _ ("Wonder"),
               _ ("Delete Wonder"), G_CALLBACK (delete_wonder_cb));
}

static void
fill (VantageRemarkList *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->group), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  if (self->id == NULL)
    return;
  show_tags (self);
  show_notes (self);
  show_wonders (self);
}

static void
changed_cb (VantageRemarkList *self, VantageChange *change)
{
  static const char *const kinds[] = { "tag", "remark", "wonder", "block", NULL };

  for (guint i = 0; self->id != NULL && i < change->entities->len; i++)
    if (g_strv_contains (kinds, vantage_entity_get_kind_name (change->entities->pdata[i])) ||
        strcmp (vantage_entity_get_id (change->entities->pdata[i]), self->id) == 0)
      {
        fill (self);
        return;
      }
  if (change->everything)
    fill (self);
}

void
vantage_remark_list_set_about (VantageRemarkList *self, const char *kind, const char *id)
{
  if (g_strcmp0 (self->id, id) == 0)
    return;
  g_free (self->kind);
  g_free (self->id);
  self->kind = g_strdup (kind);
  self->id = g_strdup (id);
  fill (self);
}

/* ---- typing ---- */

static void
applied_cb (VantageRemarkList *self, GtkWidget *entry)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
  const char *const ids[] = { self->id, NULL };
  gboolean done;

  if (self->id == NULL || text[0] == '\0')
    return;
  if (entry == self->tag_entry)
    done = vantage_remark_add_tag (self->context, self->kind, ids, text);
  else if (entry == self->note_entry)
    done = vantage_remark_add_note (self->context, self->id, text);
  else
    done = vantage_remark_add_wonder (self->context, ids, text);
  if (done)
    gtk_editable_set_text (GTK_EDITABLE (entry), "");
}

static GtkWidget *
add_entry (VantageRemarkList *self, const char *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), row);
  g_signal_connect_swapped (row, "apply", G_CALLBACK (applied_cb), self);
  return row;
}

/* ---- object ---- */

static void
vantage_remark_list_dispose (GObject *object)
{
  VantageRemarkList *self = VANTAGE_REMARK_LIST (object);

  g_clear_pointer (&self->group, gtk_widget_unparent);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->kind, g_free);
  g_clear_pointer (&self->id, g_free);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (vantage_remark_list_parent_class)->dispose (object);
}

static void
vantage_remark_list_class_init (VantageRemarkListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vantage_remark_list_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
vantage_remark_list_init (VantageRemarkList *self)
{
  self->rows = g_ptr_array_new ();
  self->group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->group),
                                   _ ("Tags, Notes and Wonders"));
  gtk_widget_set_parent (self->group, GTK_WIDGET (self));
  self->tag_entry = add_entry (self, _ ("Add a tag"));
  self->note_entry = add_entry (self, _ ("Write a note"));
  self->wonder_entry = add_entry (self, _ ("Wonder about this"));
}

GtkWidget *
vantage_remark_list_new (VantageReviewContext *context)
{
  VantageRemarkList *self = g_object_new (VANTAGE_TYPE_REMARK_LIST, NULL);

  self->context = g_object_ref (context);
  g_signal_connect_object (context, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
