/* vantage-entity-list.c: the entities of one kind as a list in their order. */

#include "config.h"

#include "vantage-entity-list.h"

#include <glib/gi18n.h>

#include "vantage-order-key.h"

struct _VantageEntityList
{
  GtkWidget parent_instance;

  VantageReviewContext *context;
  const VantageEntityListSort *sort;
  GListModel *model;
  GtkListBox *list;
  GtkWidget *empty;
  char *selected;
  gboolean updating; /* rows change, the selection does not */
};

enum
{
  SELECTED,
  ACTIVATED,
  FILLED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (VantageEntityList, vantage_entity_list, GTK_TYPE_WIDGET)

static VantageEntity *
get_entity (VantageEntityList *self, guint position)
{
  /* lent: the model keeps it */
  g_autoptr (VantageEntity) entity = g_list_model_get_item (self->model, position);

  return entity;
}

static gboolean
find_position (VantageEntityList *self, const char *id, guint *out)
{
  guint n = g_list_model_get_n_items (self->model);

  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (vantage_entity_get_id (get_entity (self, i)), id) == 0)
      {
        *out = i;
        return TRUE;
      }
  return FALSE;
}

/* ---- order ---- */

static void
write_pos (VantageEntityList *self, VantageEdit *edit, VantageEntity *entity, const char *pos)
{
  vantage_edit_set_text (edit, self->sort->kind, vantage_entity_get_id (entity), "pos", pos);
}

/* Every entity gets a new key: some have none, or two have the same. */
static void
renumber (VantageEntityList *self, VantageEdit *edit, guint from, guint to)
{
  guint n = g_list_model_get_n_items (self->model);
  g_auto (GStrv) keys = vantage_order_keys_between (NULL, NULL, n);
  g_autoptr (GPtrArray) order = g_ptr_array_new ();
  VantageEntity *moved = get_entity (self, from);

  for (guint i = 0; i < n; i++)
    {
      if (i == to)
        g_ptr_array_add (order, moved);
      if (i != from)
        g_ptr_array_add (order, get_entity (self, i));
    }
  if (to >= n)
    g_ptr_array_add (order, moved);
  for (guint i = 0; i < order->len; i++)
    write_pos (self, edit, order->pdata[i], keys[i]);
}

void
vantage_entity_list_move (VantageEntityList *self, const char *id, guint position)
{
  guint n = g_list_model_get_n_items (self->model);
  guint from;
  const char *before = NULL, *after = NULL;
  g_autofree char *key = NULL;
  g_autoptr (VantageEdit) edit = NULL;
  gboolean known = TRUE;

  if (self->sort->move == NULL || !find_position (self, id, &from) || position == from ||
      position == from + 1)
    return;

  if (position > 0)
    known = (before = vantage_entity_get_text (get_entity (self, position - 1), "pos")) != NULL;
  if (position < n)
    known &= (after = vantage_entity_get_text (get_entity (self, position), "pos")) != NULL;
  if (known)
    key = vantage_order_key_between (before, after);

  edit = vantage_review_context_begin (self->context, _ (self->sort->move));
  if (key != NULL)
    write_pos (self, edit, get_entity (self, from), key);
  else
    renumber (self, edit, from, position);
  vantage_review_context_commit (self->context, edit);
}

void
vantage_entity_list_move_selected (VantageEntityList *self, int by)
{
  guint at;

  if (self->selected == NULL || !find_position (self, self->selected, &at))
    return;
  if (by < 0 && at > 0)
    vantage_entity_list_move (self, self->selected, at - 1);
  else if (by > 0 && at + 1 < g_list_model_get_n_items (self->model))
    vantage_entity_list_move (self, self->selected, at + 2);
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, gpointer data)
{
  VantageEntityList *self = data;
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));
  GtkListBoxRow *dragged;
  const char *id;
  int position;

  if (!G_VALUE_HOLDS (value, GTK_TYPE_LIST_BOX_ROW))
    return FALSE;
  dragged = g_value_get_object (value);
  if (dragged == NULL || gtk_widget_get_parent (GTK_WIDGET (dragged)) != GTK_WIDGET (self->list))
    return FALSE;
  id = g_object_get_data (G_OBJECT (dragged), "id");
  position = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
  if (y > gtk_widget_get_height (row) / 2.0)
    position++;
  vantage_entity_list_move (self, id, (guint) position);
  return TRUE;
}

static GdkContentProvider *
drag_prepare_cb (GtkDragSource *source, double x, double y, gpointer data)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (row);

  gtk_drag_source_set_icon (source, picture, (int) x, (int) y);
  return gdk_content_provider_new_typed (GTK_TYPE_LIST_BOX_ROW, row);
}

static void
make_movable (VantageEntityList *self, GtkWidget *row)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (GTK_TYPE_LIST_BOX_ROW, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (drag_prepare_cb), self);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (target));
}

/* ---- rows ---- */

static void
fill_row (VantageEntityList *self, GtkWidget *row, VantageEntity *entity)
{
  g_autofree char *spoken = self->sort->dup_spoken (self->context, entity);

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), self->sort->new_row (self->context, entity));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static GtkWidget *
new_row (VantageEntityList *self, VantageEntity *entity)
{
  GtkWidget *row = gtk_list_box_row_new ();

  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (vantage_entity_get_id (entity)), g_free);
  fill_row (self, row, entity);
  if (self->sort->move != NULL)
    make_movable (self, row);
  return row;
}

static const char *
get_row_id (GtkListBoxRow *row)
{
  return row != NULL ? g_object_get_data (G_OBJECT (row), "id") : NULL;
}

static gboolean
has_same_rows (VantageEntityList *self, guint position, guint n)
{
  for (guint i = position; i < position + n; i++)
    if (g_strcmp0 (get_row_id (gtk_list_box_get_row_at_index (self->list, (int) i)),
                   vantage_entity_get_id (get_entity (self, i))) != 0)
      return FALSE;
  return TRUE;
}

static void
select_again (VantageEntityList *self, gboolean had_focus)
{
  guint at;
  GtkListBoxRow *row;

  if (self->selected == NULL || !find_position (self, self->selected, &at))
    return;
  row = gtk_list_box_get_row_at_index (self->list, (int) at);
  if (row == NULL)
    return;
  gtk_list_box_select_row (self->list, row);
  if (had_focus)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
show_empty (VantageEntityList *self)
{
  gboolean empty = g_list_model_get_n_items (self->model) == 0;

  gtk_widget_set_visible (self->empty, empty);
  gtk_widget_set_visible (GTK_WIDGET (self->list), !empty);
}

/* After one was deleted: its neighbour. */
static void
select_neighbour (VantageEntityList *self, guint position)
{
  guint n = g_list_model_get_n_items (self->model);

  g_clear_pointer (&self->selected, g_free);
  if (n > 0)
    self->selected = g_strdup (vantage_entity_get_id (get_entity (self, MIN (position, n - 1))));
  select_again (self, FALSE);
  g_signal_emit (self, signals[SELECTED], 0);
}

static void
items_changed_cb (VantageEntityList *self, guint position, guint removed, guint added)
{
  guint at, n = g_list_model_get_n_items (self->model);
  gboolean had_focus =
      (gtk_widget_get_state_flags (GTK_WIDGET (self->list)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;

  self->updating = TRUE;
  if (removed == added && has_same_rows (self, position, added))
    for (guint i = position; i < position + added; i++)
      fill_row (self, GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, (int) i)),
                get_entity (self, i));
  else
    {
      for (guint i = 0; i < removed; i++)
        gtk_list_box_remove (
            self->list, GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, (int) position)));
      for (guint i = position; i < position + added; i++)
        gtk_list_box_insert (self->list, new_row (self, get_entity (self, i)), (int) i);
      select_again (self, had_focus);
    }
  self->updating = FALSE;
  show_empty (self);
  if ((n == 0) != (n + removed - added == 0))
    g_signal_emit (self, signals[FILLED], 0);
  /* A move comes as going and coming: whether it is gone is known when all has settled. */
  if (added == 0 && self->selected != NULL && !find_position (self, self->selected, &at))
    {
      g_autoptr (VantageEntity) entity = vantage_entity_list_dup_entity (self, self->selected);

      if (entity == NULL || vantage_entity_is_deleted (entity))
        select_neighbour (self, position);
    }
}

void
vantage_entity_list_refresh (VantageEntityList *self)
{
  guint n = g_list_model_get_n_items (self->model);

  for (guint i = 0; i < n; i++)
    fill_row (self, GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, (int) i)),
              get_entity (self, i));
}

/* ---- callbacks ---- */

static void
row_selected_cb (VantageEntityList *self, GtkListBoxRow *row)
{
  const char *id = get_row_id (row);

  if (self->updating || row == NULL || g_strcmp0 (id, self->selected) == 0)
    return;
  g_free (self->selected);
  self->selected = g_strdup (id);
  g_signal_emit (self, signals[SELECTED], 0);
}

static void
row_activated_cb (VantageEntityList *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

/* ---- object ---- */

static void
vantage_entity_list_dispose (GObject *object)
{
  VantageEntityList *self = VANTAGE_ENTITY_LIST (object);
  GtkWidget *child;

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  self->updating = TRUE;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->model);
  g_clear_object (&self->context);
  g_clear_pointer (&self->selected, g_free);
  G_OBJECT_CLASS (vantage_entity_list_parent_class)->dispose (object);
}

static void
vantage_entity_list_class_init (VantageEntityListClass *klass)
{
  static const char *const names[N_SIGNALS] = { "selected", "activated", "filled" };

  G_OBJECT_CLASS (klass)->dispose = vantage_entity_list_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                               NULL, NULL, G_TYPE_NONE, 0);
}

static void
vantage_entity_list_init (VantageEntityList *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_BROWSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "entities");
  g_signal_connect_object (self->list, "row-selected", G_CALLBACK (row_selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
}

static GtkWidget *
new_empty (const VantageEntityListSort *sort)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *title = gtk_label_new (_ (sort->empty_title));
  GtkWidget *text = gtk_label_new (_ (sort->empty));

  gtk_widget_add_css_class (title, "heading");
  gtk_widget_add_css_class (text, "dim-label");
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), text);
  gtk_widget_add_css_class (box, "entities-empty");
  return box;
}

GtkWidget *
vantage_entity_list_new (VantageReviewContext *context, const VantageEntityListSort *sort)
{
  VantageEntityList *self = g_object_new (VANTAGE_TYPE_ENTITY_LIST, NULL);

  self->context = g_object_ref (context);
  self->sort = sort;
  self->model =
      vantage_library_get_model (vantage_review_context_get_library (context),
                                 vantage_review_context_get_review_id (context), sort->kind);
  self->empty = new_empty (sort);
  gtk_widget_set_parent (self->empty, GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->list), GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (sort->label), -1);
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  items_changed_cb (self, 0, 0, g_list_model_get_n_items (self->model));
  if (g_list_model_get_n_items (self->model) > 0)
    select_neighbour (self, 0);
  return GTK_WIDGET (self);
}

const char *
vantage_entity_list_get_selected (VantageEntityList *self)
{
  return self->selected;
}

gboolean
vantage_entity_list_select (VantageEntityList *self, const char *id)
{
  guint at;

  if (id == NULL || !find_position (self, id, &at))
    return FALSE;
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, (int) at));
  return TRUE;
}

gboolean
vantage_entity_list_is_empty (VantageEntityList *self)
{
  return g_list_model_get_n_items (self->model) == 0;
}

VantageEntity *
vantage_entity_list_dup_entity (VantageEntityList *self, const char *id)
{
  return vantage_library_get (vantage_review_context_get_library (self->context),
                              vantage_review_context_get_review_id (self->context),
                              self->sort->kind, id, NULL);
}

char *
vantage_entity_list_dup_last_pos (VantageEntityList *self)
{
  guint n = g_list_model_get_n_items (self->model);

  return n > 0 ? g_strdup (vantage_entity_get_text (get_entity (self, n - 1), "pos")) : NULL;
}

void
vantage_entity_list_delete_selected (VantageEntityList *self)
{
  g_autoptr (VantageEdit) edit = NULL;
  g_autofree char *id = g_strdup (self->selected);

  if (id == NULL)
    return;
  edit = vantage_review_context_begin (self->context, _ (self->sort->remove));
  vantage_edit_delete (edit, self->sort->kind, id);
  vantage_review_context_commit_with_undo (self->context, edit, _ (self->sort->removed));
}
