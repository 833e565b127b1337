/* vantage-evidence-pane.c: what was imported, beside what is written about it. */

#include "config.h"

#include "vantage-evidence-pane.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-hash.h"
#include "vantage-item-tile.h"
#include "vantage-original-window.h"
#include "vantage-redact-window.h"
#include "vantage-sections.h"
#include "vantage-shortcuts.h"
#include "vantage-time-text.h"

#define N_AROUND 2 /* items before and after the one in hand */

#define PICTURE_PX 720
#define MAX_PIXELS (G_GINT64_CONSTANT (100) * 1000 * 1000)

struct _VantageEvidencePane
{
  GtkWidget parent_instance;

  VantageReviewContext *context;

  GtkWidget *scroll;
  GtkWidget *nothing;
  GtkLabel *place;
  GtkListBox *around;
  GtkWidget *buttons;
  GtkWidget *open_button, *pin_button, *copy_button, *original_button, *redact_button;
  GtkLabel *pins_title;
  GtkListBox *pins;
};

G_DEFINE_FINAL_TYPE (VantageEvidencePane, vantage_evidence_pane, GTK_TYPE_WIDGET)

/* ---- the item in hand and its neighbours ---- */

static void
clear_list (GtkListBox *list)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, child);
}

/* Where the file that an item was kept from lies; NULL when it is none, or not kept. (transfer
 * full) */
static char *
find_kept_file (VantageEvidencePane *self, const VantageItem *item)
{
  VantageLibrary *library = vantage_review_context_get_library (self->context);
  g_autoptr (VantageEntity) source = NULL;
  const char *sha256;

  if (item->kind != VANTAGE_ITEM_FILE || item->source == NULL)
    return NULL;
  source = vantage_library_get (library, vantage_review_context_get_review_id (self->context),
                                "source", item->source, NULL);
  sha256 = source != NULL ? vantage_entity_get_text (source, "sha256") : NULL;
  if (sha256 == NULL || strlen (sha256) != VANTAGE_HASH_TEXT_LENGTH || strchr (sha256, '/') != NULL)
    return NULL;
  return g_build_filename (vantage_library_get_folder (library), "originals", sha256, NULL);
}

/* The picture that an item is, at the pane's width; NULL when it is none that can be shown. Its
 * sides are looked at before it is unpacked. (transfer floating) (nullable) */
static GtkWidget *
new_picture (VantageEvidencePane *self, const VantageItem *item)
{
  g_autofree char *file = find_kept_file (self, item);
  g_autoptr (GdkPixbuf) pixels = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  GtkWidget *picture;
  int width = 0, height = 0;

  if (file == NULL || gdk_pixbuf_get_file_info (file, &width, &height) == NULL || width < 1 ||
      height < 1 || (gint64) width * height > MAX_PIXELS)
    return NULL;
  pixels = gdk_pixbuf_new_from_file_at_scale (file, MIN (width, PICTURE_PX), -1, TRUE, NULL);
  if (pixels == NULL)
    return NULL;
  texture = gdk_texture_new_for_pixbuf (pixels);
  picture = gtk_picture_new_for_paintable (GDK_PAINTABLE (texture));
  gtk_picture_set_alternative_text (GTK_PICTURE (picture), vantage_item_get_shown (item));
  gtk_widget_set_margin_start (picture, 12);
  gtk_widget_set_margin_end (picture, 12);
  gtk_widget_set_margin_bottom (picture, 12);
  return picture;
}

/* What it said before it was edited, where that was imported too. (transfer floating) (nullable) */
static GtkWidget *
new_earlier (VantageEvidencePane *self, const VantageItem *item)
{
  g_autofree char *id = vantage_item_dup_id (item);
  g_autoptr (GPtrArray) versions = vantage_library_list_versions (
      vantage_review_context_get_library (self->context),
      vantage_review_context_get_review_id (self->context), id, NULL);
  guint n = versions != NULL && versions->len > 1 ? versions->len - 1 : 0;
  g_autofree char *title = NULL;
  GtkWidget *expander, *box;

  if (n == 0)
    return NULL;
  title = g_strdup_printf (ngettext ("%u other wording", "%u other wordings", n), n);
  expander = gtk_expander_new (title);
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  for (guint i = 1; i < versions->len; i++)
    {
      GtkWidget *label = gtk_label_new (vantage_item_get_shown (versions->pdata[i]));

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_selectable (GTK_LABEL (label), TRUE);
      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_expander_set_child (GTK_EXPANDER (expander), box);
  gtk_widget_add_css_class (expander, "earlier");
  return expander;
}

static void
append_tile (VantageEvidencePane *self, const VantageItem *item, gboolean current)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *tile = vantage_item_tile_new (self->context, current ? VANTAGE_ITEM_TILE_FULL
                                                                  : VANTAGE_ITEM_TILE_COMPACT);
  GtkWidget *below[2] = { NULL };

  vantage_item_tile_set_item (VANTAGE_ITEM_TILE (tile), item);
  vantage_item_tile_set_show_place (VANTAGE_ITEM_TILE (tile), FALSE);
  if (current)
    gtk_widget_add_css_class (tile, "current");
  if (current && item != NULL)
    {
      below[0] = new_earlier (self, item);
      below[1] = new_picture (self, item);
    }
  if (below[0] != NULL || below[1] != NULL)
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

      gtk_box_append (GTK_BOX (box), tile);
      for (guint i = 0; i < G_N_ELEMENTS (below); i++)
        if (below[i] != NULL)
          gtk_box_append (GTK_BOX (box), below[i]);
      tile = box;
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), tile);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), !current);
  if (item != NULL)
    g_object_set_data_full (G_OBJECT (row), "id", vantage_item_dup_id (item), g_free);
  gtk_list_box_append (self->around, row);
}

/* "#payments-ops · Fri 14 Mar 2025". */
static void
show_place (VantageEvidencePane *self, const VantageItem *item)
{
  g_autofree char *day = NULL;
  g_autofree char *text = NULL;

  if (item != NULL && item->time_us != VANTAGE_TIME_NONE)
    day = vantage_time_text_date (vantage_review_context_get_zone (self->context), item->time_us);
  if (item != NULL && item->channel_name != NULL)
    text = day != NULL ? g_strdup_printf ("%s · %s", item->channel_name, day)
                       : g_strdup (item->channel_name);
  gtk_label_set_text (self->place, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->place), text != NULL);
}

/* Items of the same channel next to @item in time. (transfer full) */
static GPtrArray *
read_neighbours (VantageEvidencePane *self, const VantageItem *item, gboolean before)
{
  VantageItemQuery query = VANTAGE_ITEM_QUERY_INIT;

  query.channel = item->channel;
  if (before)
    {
      query.until_us = item->time_us;
      query.newest_first = TRUE;
    }
  else
    query.since_us = item->time_us + 1;
  return vantage_library_query_items (vantage_review_context_get_library (self->context),
                                      vantage_review_context_get_review_id (self->context), &query,
                                      N_AROUND, 0, NULL, NULL);
}

static void
append_neighbours (VantageEvidencePane *self, const VantageItem *item, gboolean before)
{
  g_autoptr (GPtrArray) items = NULL;

  if (item->time_us == VANTAGE_TIME_NONE || item->channel == NULL)
    return;
  items = read_neighbours (self, item, before);
  if (items == NULL)
    return;
  for (guint i = 0; i < items->len; i++)
    append_tile (self, items->pdata[before ? items->len - 1 - i : i], FALSE);
}

static void
show_item (VantageEvidencePane *self)
{
  const char *id = vantage_review_context_get_item_id (self->context);
  g_autoptr (VantageItem) item = NULL;
  gboolean pinned;

  clear_list (self->around);
  show_place (self, NULL);
  gtk_widget_set_visible (self->nothing, id == NULL);
  gtk_widget_set_visible (self->buttons, id != NULL);
  if (id == NULL)
    return;

  item = vantage_library_get_item (vantage_review_context_get_library (self->context),
                                   vantage_review_context_get_review_id (self->context), id, NULL);
  show_place (self, item);
  if (item != NULL)
    append_neighbours (self, item, TRUE);
  append_tile (self, item, TRUE);
  if (item != NULL)
    append_neighbours (self, item, FALSE);

  pinned = vantage_review_context_is_pinned (self->context, id);
  gtk_button_set_label (GTK_BUTTON (self->pin_button), pinned ? _ ("Unpin") : _ ("Pin"));
}

/* ---- pins ---- */

static GtkWidget *
new_pin_row (gpointer object, gpointer data)
{
  VantageEvidencePane *self = data;
  const char *id = gtk_string_object_get_string (GTK_STRING_OBJECT (object));
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *tile = vantage_item_tile_new (self->context, VANTAGE_ITEM_TILE_COMPACT);

  vantage_item_tile_set_item_id (VANTAGE_ITEM_TILE (tile), id);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), tile);
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (id), g_free);
  return row;
}

static void
show_pins (VantageEvidencePane *self)
{
  guint n = g_list_model_get_n_items (vantage_review_context_get_pins (self->context));
  /* translators: how many items of evidence are pinned */
  g_autofree char *title = g_strdup_printf (_ ("Pinned (%u)"), n);

  gtk_label_set_text (self->pins_title, title);
  gtk_widget_set_visible (GTK_WIDGET (self->pins_title), n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->pins), n > 0);
  show_item (self);
}

static void
row_activated_cb (VantageEvidencePane *self, GtkListBoxRow *row)
{
  vantage_review_context_show_item (self->context, g_object_get_data (G_OBJECT (row), "id"));
}

/* Names may have changed, or the item may have come at last. */
static void
evidence_changed_cb (VantageEvidencePane *self)
{
  show_item (self);
}

/* ---- actions ---- */

static void
open_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  VantageEvidencePane *self = VANTAGE_EVIDENCE_PANE (widget);

  vantage_review_context_go (self->context, "sources",
                             vantage_review_context_get_item_id (self->context));
}

static void
pin_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  VantageEvidencePane *self = VANTAGE_EVIDENCE_PANE (widget);
  const char *id = vantage_review_context_get_item_id (self->context);

  if (id != NULL)
    vantage_review_context_pin (self->context, id,
                                !vantage_review_context_is_pinned (self->context, id));
}

static void
copy_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  VantageEvidencePane *self = VANTAGE_EVIDENCE_PANE (widget);
  const char *id = vantage_review_context_get_item_id (self->context);
  g_autoptr (VantageItem) item = NULL;

  if (id != NULL)
    item =
        vantage_library_get_item (vantage_review_context_get_library (self->context),
                                  vantage_review_context_get_review_id (self->context), id, NULL);
  if (item != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), vantage_item_get_shown (item));
}

static void
original_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  VantageEvidencePane *self = VANTAGE_EVIDENCE_PANE (widget);
  const char *id = vantage_review_context_get_item_id (self->context);

  if (id != NULL)
    vantage_original_window_open (widget, self->context, id);
}

static void
redact_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  VantageEvidencePane *self = VANTAGE_EVIDENCE_PANE (widget);
  const char *id = vantage_review_context_get_item_id (self->context);

  if (id != NULL)
    vantage_redact_window_open (widget, self->context, id);
}

/* ---- object ---- */

static void
vantage_evidence_pane_dispose (GObject *object)
{
  VantageEvidencePane *self = VANTAGE_EVIDENCE_PANE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), VANTAGE_TYPE_EVIDENCE_PANE);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (vantage_evidence_pane_parent_class)->dispose (object);
}

static void
vantage_evidence_pane_class_init (VantageEvidencePaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vantage_evidence_pane_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/vantage/Vantage/vantage-evidence-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, VantageEvidencePane, scroll);
  gtk_widget_class_bind_template_child (widget_class, VantageEvidencePane, nothing);
  gtk_widget_class_bind_template_child (widget_class, VantageEvidencePane, around);
  gtk_widget_class_bind_template_child (widget_class, VantageEvidencePane, place);
  gtk_widget_class_bind_template_child (widget_class, VantageEvidencePane, buttons);
  gtk_widget_class_bind_template_child (widget_class, VantageEvidencePane, open_button);
  gtk_widget_class_bind_template_child (widget_class, VantageEvidencePane, pin_button);
  gtk_widget_class_bind_template_child (widget_class, VantageEvidencePane, copy_button);
  gtk_widget_class_bind_template_child (widget_class, VantageEvidencePane, original_button);
  gtk_widget_class_bind_template_child (widget_class, VantageEvidencePane, redact_button);
  gtk_widget_class_bind_template_child (widget_class, VantageEvidencePane, pins_title);
  gtk_widget_class_bind_template_child (widget_class, VantageEvidencePane, pins);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_install_action (widget_class, "evidence.open", NULL, open_cb);
  gtk_widget_class_install_action (widget_class, "evidence.pin", NULL, pin_cb);
  gtk_widget_class_install_action (widget_class, "evidence.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "evidence.original", NULL, original_cb);
  gtk_widget_class_install_action (widget_class, "evidence.redact", NULL, redact_cb);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_REGION);
}

static void
vantage_evidence_pane_init (VantageEvidencePane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  vantage_shortcuts_set_button (self->open_button, "evidence.open");
  vantage_shortcuts_set_button (self->pin_button, "evidence.pin");
  vantage_shortcuts_set_button (self->copy_button, "evidence.copy");
  vantage_shortcuts_set_button (self->original_button, "evidence.original");
  vantage_shortcuts_set_button (self->redact_button, "evidence.redact");
}

GtkWidget *
vantage_evidence_pane_new (VantageReviewContext *context)
{
  VantageEvidencePane *self = g_object_new (VANTAGE_TYPE_EVIDENCE_PANE, NULL);
  GListModel *pins = vantage_review_context_get_pins (context);

  self->context = g_object_ref (context);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "evidence.open",
                                 vantage_section_find ("sources") != NULL);
  gtk_list_box_bind_model (self->pins, pins, (GtkListBoxCreateWidgetFunc) new_pin_row, self, NULL);
  g_signal_connect_object (context, "notify::item-id", G_CALLBACK (show_item), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "evidence-changed", G_CALLBACK (evidence_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "people-changed", G_CALLBACK (evidence_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (pins, "items-changed", G_CALLBACK (show_pins), self, G_CONNECT_SWAPPED);
  show_pins (self);
  return GTK_WIDGET (self);
}
