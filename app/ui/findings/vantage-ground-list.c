/* vantage-ground-list.c: what a finding or a question stands on. */

#include "config.h"

#include "vantage-ground-list.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-cite.h"
#include "vantage-item-drag.h"
#include "vantage-item-tile.h"
#include "vantage-reference-chooser.h"
#include "vantage-reference-text.h"
#include "vantage-reference.h"
#include "vantage-shortcuts.h"

struct _VantageGroundList
{
  GtkWidget parent_instance;

  VantageReviewContext *context;
  char *kind;
  VantageEntity *entity; /* NULL: nothing is shown */
  char *shown;           /* what the rows were built from */
  GtkListBox *list;
  GtkWidget *nothing;
  GtkMenuButton *add;
};

G_DEFINE_FINAL_TYPE (VantageGroundList, vantage_ground_list, GTK_TYPE_WIDGET)

static gboolean
is_finding (VantageGroundList *self)
{
  return strcmp (self->kind, "finding") == 0;
}

/* The field of @self that holds references of @kind: "events", "passages" or "about". */
static const char *
get_field (VantageGroundList *self, const char *kind)
{
  if (!is_finding (self))
    return "about";
  if (strcmp (kind, "event") == 0)
    return "events";
  return strcmp (kind, "passage") == 0 ? "passages" : "models";
}

/* ---- writing ---- */

static char *
read_version (VantageGroundList *self, const char *item_id)
{
  g_autoptr (VantageItem) item = vantage_library_get_item (
      vantage_review_context_get_library (self->context),
      vantage_review_context_get_review_id (self->context), item_id, NULL);

  return item != NULL ? vantage_item_version (item) : NULL;
}

static gboolean
is_cited (VantageGroundList *self, const char *item_id)
{
  g_autoptr (GArray) cites = vantage_entity_list_cites (self->entity);

  for (guint i = 0; i < cites->len; i++)
    {
      const VantageCite *cite = &g_array_index (cites, VantageCite, i);

      if (cite->from < 0 && g_strcmp0 (cite->item, item_id) == 0)
        return TRUE;
    }
  return FALSE;
}

void
vantage_ground_list_cite (VantageGroundList *self, const char *const *item_ids)
{
  g_autoptr (VantageEdit) edit = NULL;
  guint n = 0;

  if (self->entity == NULL)
    return;
  edit = vantage_review_context_begin (self->context, _ ("Cite Evidence"));
  for (guint i = 0; item_ids[i] != NULL; i++)
    {
      g_autofree char *version = NULL;

      if (is_cited (self, item_ids[i]))
        continue;
      version = read_version (self, item_ids[i]);
      vantage_edit_cite (edit, self->kind, vantage_entity_get_id (self->entity), item_ids[i], -1,
                         -1, NULL, version);
      n++;
    }
  if (n > 0)
    vantage_review_context_commit (self->context, edit);
  else if (item_ids[0] != NULL)
    vantage_review_context_tell (self->context, _ ("This is cited already."));
}

void
vantage_ground_list_cite_selection (VantageGroundList *self)
{
  const char *const *selection = vantage_review_context_get_selection (self->context);
  const char *const shown[] = { vantage_review_context_get_item_id (self->context), NULL };

  if (selection[0] != NULL)
    vantage_ground_list_cite (self, selection);
  else if (shown[0] != NULL)
    vantage_ground_list_cite (self, shown);
  else
    vantage_review_context_tell (
        self->context,
        _ ("Nothing is selected. Select messages in Sources, or open one beside, then cite it."));
}

/* ---- pasting ---- */

static char **
parse_pasted (const char *text)
{
  char **ids = vantage_item_drag_parse (text);
  g_autoptr (GArray) references = NULL;
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();

  if (ids != NULL)
    return ids;
  references = vantage_reference_find (text);
  for (guint i = 0; i < references->len; i++)
    {
      const VantageReference *reference = &g_array_index (references, VantageReference, i);

      if (strcmp (reference->kind, "item") == 0 && vantage_item_id_is_valid (reference->id, -1))
        g_strv_builder_add (found, reference->id);
    }
  return g_strv_builder_end (found);
}

static void
pasted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (VantageGroundList) self = data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;
  g_auto (GStrv) ids = valid != NULL ? parse_pasted (valid) : NULL;

  if (self->context == NULL)
    return;
  if (ids != NULL && ids[0] != NULL)
    vantage_ground_list_cite (self, (const char *const *) ids);
  else
    vantage_review_context_tell (
        self->context, _ ("The clipboard holds no evidence. Copy or drag messages from Sources."));
}

void
vantage_ground_list_paste (VantageGroundList *self)
{
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), NULL, pasted_cb,
                                 g_object_ref (self));
}

/* ---- rows ---- */

static void
remove_clicked_cb (VantageGroundList *self, GtkButton *button)
{
  const char *element = g_object_get_data (G_OBJECT (button), "element");
  const char *field = g_object_get_data (G_OBJECT (button), "field");
  g_autoptr (VantageEdit) edit = NULL;

  if (self->entity == NULL)
    return;
  edit = vantage_review_context_begin (self->context, _ ("Take Evidence Away"));
  vantage_edit_set_member (edit, self->kind, vantage_entity_get_id (self->entity), field, element,
                           FALSE);
  vantage_review_context_commit_with_undo (self->context, edit, _ ("Evidence taken away"));
}

static GtkWidget *
new_remove_button (VantageGroundList *self, const char *field, const char *element)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("list-remove-symbolic");

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Take Away"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Take Away"), -1);
  g_object_set_data_full (G_OBJECT (button), "element", g_strdup (element), g_free);
  g_object_set_data (G_OBJECT (button), "field", (gpointer) field);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  return button;
}

static void
append_row (VantageGroundList *self, GtkWidget *content, const char *kind, const char *id,
            const char *field, const char *element, const char *spoken)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_set_hexpand (content, TRUE);
  gtk_box_append (GTK_BOX (box), content);
  gtk_box_append (GTK_BOX (box), new_remove_button (self, field, element));
  gtk_widget_add_css_class (box, "ground");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (id), g_free);
  g_object_set_data_full (G_OBJECT (row), "kind", g_strdup (kind), g_free);
  gtk_list_box_append (self->list, row);
}

static GtkWidget *
new_line (const char *text, const char *css)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, css);
  return label;
}

static void
append_cite (VantageGroundList *self, const VantageCite *cite)
{
  g_autofree char *element = vantage_cite_to_element (cite->item, cite->from, cite->to);
  g_autoptr (VantageItem) item = vantage_library_get_item (
      vantage_review_context_get_library (self->context),
      vantage_review_context_get_review_id (self->context), cite->item, NULL);
  g_autofree char *version = item != NULL ? vantage_item_version (item) : NULL;
  g_autofree char *spoken = item != NULL ? vantage_item_tile_dup_spoken (self->context, item)
                                         : g_strdup (_ ("Not on this computer"));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *tile = vantage_item_tile_new (self->context, VANTAGE_ITEM_TILE_COMPACT);

  vantage_item_tile_set_item (VANTAGE_ITEM_TILE (tile), item);
  gtk_box_append (GTK_BOX (box), tile);
  if (cite->quote != NULL)
    {
      /* translators: the words of a message that are cited */
      g_autofree char *quote = g_strdup_printf (_ ("Cited: “%s”"), cite->quote);

      gtk_box_append (GTK_BOX (box), new_line (quote, "ground-note"));
    }
  if (version != NULL && cite->version != NULL && strcmp (version, cite->version) != 0)
    gtk_box_append (
        GTK_BOX (box),
        new_line (_ ("Cited from an earlier wording; a newer one is shown."), "ground-note"));
  append_row (self, box, "item", cite->item, "cites", element, spoken);
}

static VantageEntity *
read_entity (VantageGroundList *self, const char *kind, const char *id)
{
  return vantage_library_get (vantage_review_context_get_library (self->context),
                              vantage_review_context_get_review_id (self->context), kind, id, NULL);
}

/* What stands faint beside a reference: when it was, or who said it. */
static char *
dup_detail (VantageGroundList *self, VantageEntity *entity)
{
  const char *kind = entity != NULL ? vantage_entity_get_kind_name (entity) : "";
  const char *person;

  if (strcmp (kind, "event") == 0)
    return vantage_reference_dup_when (self->context, entity);
  if (strcmp (kind, "passage") == 0)
    {
      const char *shown_as = vantage_entity_get_text (entity, "shown_as");

      if (shown_as != NULL && shown_as[0] != '\0')
        return g_strdup (shown_as);
    }
  if (strcmp (kind, "passage") != 0 && strcmp (kind, "model") != 0)
    return NULL;
  person = vantage_entity_get_ref (entity, "person");
  return person != NULL ? g_strdup (vantage_review_context_get_person_name (self->context, person))
                        : NULL;
}

static void
append_reference (VantageGroundList *self, const char *field, const char *id)
{
  g_autoptr (VantageEntity) entity = read_entity (self, NULL, id);
  const char *kind = entity != NULL ? vantage_entity_get_kind_name (entity) : "event";
  g_autofree char *full = NULL;
  g_autofree char *shown = vantage_reference_dup_shown (self->context, kind, id);
  g_autofree char *detail = dup_detail (self, entity);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = gtk_image_new_from_icon_name (vantage_reference_get_icon (kind));
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  /* Words of a person are shown whole: they are what the finding stands on. */
  if (entity != NULL && !vantage_entity_is_deleted (entity) && strcmp (kind, "passage") == 0 &&
      vantage_entity_get_title (entity)[0] != '\0')
    full = g_strdup_printf (_ ("“%s”"), vantage_entity_get_title (entity));
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_add_css_class (icon, "dim-label");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (texts), new_line (full != NULL ? full : shown, "ground-title"));
  if (detail != NULL)
    gtk_box_append (GTK_BOX (texts), new_line (detail, "faint"));
  gtk_box_append (GTK_BOX (box), texts);
  gtk_widget_add_css_class (box, "ground-reference");
  append_row (self, box, kind, id, field, id, full != NULL ? full : shown);
}

static void
append_references (VantageGroundList *self, const char *field)
{
  g_autoptr (GPtrArray) ids = vantage_entity_list_set (self->entity, field);

  for (guint i = 0; i < ids->len; i++)
    append_reference (self, field, ids->pdata[i]);
}

/* ---- showing ---- */

static char *
dup_signature (VantageEntity *entity)
{
  static const char *const prefixes[] = { "cites/", "events/", "passages/", "models/", "about/" };
  g_autoptr (GPtrArray) registers = NULL;
  GString *out = NULL;

  if (entity == NULL)
    return NULL;
  out = g_string_new (vantage_entity_get_id (entity));
  registers = vantage_entity_list_registers (entity);
  for (guint i = 0; i < registers->len; i++)
    for (guint j = 0; j < G_N_ELEMENTS (prefixes); j++)
      if (g_str_has_prefix (registers->pdata[i], prefixes[j]))
        g_string_append_printf (out, "\n%s", (const char *) registers->pdata[i]);
  return g_string_free (out, FALSE);
}

static void
build (VantageGroundList *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  if (self->entity != NULL)
    {
      g_autoptr (GArray) cites = vantage_entity_list_cites (self->entity);

      for (guint i = 0; i < cites->len; i++)
        append_cite (self, &g_array_index (cites, VantageCite, i));
      if (is_finding (self))
        {
          append_references (self, "passages");
          append_references (self, "events");
          append_references (self, "models");
        }
      else
        append_references (self, "about");
    }
  child = gtk_widget_get_first_child (GTK_WIDGET (self->list));
  gtk_widget_set_visible (self->nothing, child == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->list), child != NULL);
}

void
vantage_ground_list_show (VantageGroundList *self, VantageEntity *entity)
{
  g_autofree char *signature = dup_signature (entity);

  g_set_object (&self->entity, entity);
  if (g_strcmp0 (signature, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&signature);
  build (self);
}

void
vantage_ground_list_reread (VantageGroundList *self)
{
  build (self);
}

guint
vantage_ground_list_get_n (VantageGroundList *self)
{
  guint n = 0;

  while (gtk_list_box_get_row_at_index (self->list, (int) n) != NULL)
    n++;
  return n;
}

/* ---- callbacks ---- */

static void
row_activated_cb (VantageGroundList *self, GtkListBoxRow *row)
{
  vantage_reference_open (self->context, g_object_get_data (G_OBJECT (row), "kind"),
                          g_object_get_data (G_OBJECT (row), "id"));
}

static gboolean
dropped_cb (GtkWidget *widget, const char *const *item_ids, double x, double y, gpointer data)
{
  VantageGroundList *self = data;

  if (self->entity == NULL)
    return FALSE;
  vantage_ground_list_cite (self, item_ids);
  return TRUE;
}

static void
chosen_cb (VantageGroundList *self, const char *kind, const char *id)
{
  g_autoptr (VantageEdit) edit = NULL;

  if (self->entity == NULL)
    return;
  if (strcmp (kind, "item") == 0)
    {
      const char *const ids[] = { id, NULL };

      vantage_ground_list_cite (self, ids);
      return;
    }
  edit = vantage_review_context_begin (self->context, _ ("Cite Evidence"));
  vantage_edit_set_member (edit, self->kind, vantage_entity_get_id (self->entity),
                           get_field (self, kind), id, TRUE);
  vantage_review_context_commit (self->context, edit);
}

void
vantage_ground_list_choose (VantageGroundList *self)
{
  gtk_menu_button_popup (self->add);
}

/* ---- object ---- */

static void
vantage_ground_list_dispose (GObject *object)
{
  VantageGroundList *self = VANTAGE_GROUND_LIST (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->entity);
  g_clear_object (&self->context);
  g_clear_pointer (&self->kind, g_free);
  g_clear_pointer (&self->shown, g_free);
  G_OBJECT_CLASS (vantage_ground_list_parent_class)->dispose (object);
}

static void
vantage_ground_list_class_init (VantageGroundListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vantage_ground_list_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "groundlist");
}

static void
vantage_ground_list_init (VantageGroundList *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
}

static GtkWidget *
new_head (VantageGroundList *self)
{
  static const char *const finding_kinds[] = { "event", "passage", "model", "item", NULL };
  static const char *const wonder_kinds[] = { "event", "passage", "finding", "item", NULL };
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = gtk_label_new (_ ("Evidence"));
  GtkWidget *cite = gtk_button_new_with_label (_ ("Cite"));
  GtkWidget *chooser = vantage_reference_chooser_new (
      self->context, is_finding (self) ? finding_kinds : wonder_kinds);
  g_autofree char *tooltip = vantage_shortcuts_dup_tooltip ("page.findings-ground");

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (title, "heading");
  vantage_shortcuts_set_button (cite, "page.findings-cite");
  gtk_widget_add_css_class (cite, "flat");
  self->add = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->add, "list-add-symbolic");
  gtk_menu_button_set_popover (self->add, chooser);
  gtk_widget_add_css_class (GTK_WIDGET (self->add), "flat");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->add), tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Add Event or Passage"), -1);
  g_signal_connect_object (chooser, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), cite);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->add));
  return head;
}

GtkWidget *
vantage_ground_list_new (VantageReviewContext *context, const char *kind)
{
  VantageGroundList *self = g_object_new (VANTAGE_TYPE_GROUND_LIST, NULL);

  self->context = g_object_ref (context);
  self->kind = g_strdup (kind);
  gtk_widget_set_parent (new_head (self), GTK_WIDGET (self));

  self->nothing = gtk_label_new (_ ("No evidence yet. Drop messages here from the pane beside, or "
                                    "cite what is selected."));
  gtk_label_set_wrap (GTK_LABEL (self->nothing), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->nothing), 0);
  gtk_widget_add_css_class (self->nothing, "drop-hint");
  gtk_widget_set_parent (self->nothing, GTK_WIDGET (self));

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Evidence"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_parent (GTK_WIDGET (self->list), GTK_WIDGET (self));
  vantage_item_drag_add_target (GTK_WIDGET (self), dropped_cb, self);
  build (self);
  return GTK_WIDGET (self);
}
