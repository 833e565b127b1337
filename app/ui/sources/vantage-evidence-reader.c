/* vantage-evidence-reader.c: a list view over a lazily read list of items. */

#include "config.h"

#include "vantage-evidence-reader.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-item-tile.h"
#include "vantage-reader-row.h"

#define MAX_SELECTION 500

struct _VantageEvidenceReader
{
  GtkWidget parent_instance;

  VantageReviewContext *context;
  GtkWidget *scroll;
  GtkListView *list;
  GtkMultiSelection *selection;
  char *text, *person, *channel, *source; /* of the query shown */
  VantageItemQuery query;
};

enum
{
  PROP_0,
  PROP_N_ITEMS,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (VantageEvidenceReader, vantage_evidence_reader, GTK_TYPE_WIDGET)

/* ---- selection ---- */

static void
selection_changed_cb (GtkSelectionModel *model, guint position, guint n, gpointer data)
{
  VantageEvidenceReader *self = data;
  g_autoptr (GtkBitset) chosen = gtk_selection_model_get_selection (model);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  guint64 count = MIN (gtk_bitset_get_size (chosen), MAX_SELECTION);

  for (guint64 i = 0; i < count; i++)
    {
      g_autoptr (VantageItemRow) row =
          g_list_model_get_item (G_LIST_MODEL (model), gtk_bitset_get_nth (chosen, (guint) i));
      const VantageItem *item = row != NULL ? vantage_item_row_get_item (row) : NULL;

      if (item != NULL)
        g_ptr_array_add (ids, vantage_item_dup_id (item));
    }
  g_ptr_array_add (ids, NULL);
  vantage_review_context_set_selection (self->context, (const char *const *) ids->pdata);
}

/* Where the one selected row is; -1 when there is none. */
static gint64
get_current (VantageEvidenceReader *self)
{
  g_autoptr (GtkBitset) chosen =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));

  return gtk_bitset_is_empty (chosen) ? -1 : (gint64) gtk_bitset_get_maximum (chosen);
}

static void
select_position (VantageEvidenceReader *self, guint position)
{
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
}

void
vantage_evidence_reader_clear_selection (VantageEvidenceReader *self)
{
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
}

void
vantage_evidence_reader_step (VantageEvidenceReader *self, int by)
{
  guint n = vantage_evidence_reader_get_n_items (self);
  gint64 at = get_current (self);

  if (n == 0)
    return;
  at = at < 0 ? 0 : CLAMP (at + by, 0, (gint64) n - 1);
  select_position (self, (guint) at);
}

/* ---- rows ---- */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  VantageEvidenceReader *self = data;

  gtk_list_item_set_child (item, vantage_reader_row_new (self->context));
}

static gint64
get_time_at (VantageEvidenceReader *self, guint position)
{
  g_autoptr (VantageItemRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  const VantageItem *item = row != NULL ? vantage_item_row_get_item (row) : NULL;

  return item != NULL ? item->time_us : VANTAGE_TIME_NONE;
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  VantageEvidenceReader *self = data;
  VantageItemRow *row = gtk_list_item_get_item (list_item);
  GtkWidget *child = gtk_list_item_get_child (list_item);
  guint position = gtk_list_item_get_position (list_item);
  const VantageItem *item = vantage_item_row_get_item (row);
  GtkWidget *parent = gtk_widget_get_parent (child);

  vantage_reader_row_show (VANTAGE_READER_ROW (child), row,
                           position > 0 ? get_time_at (self, position - 1) : VANTAGE_TIME_NONE);
  if (item != NULL && parent != NULL)
    {
      g_autofree char *spoken = vantage_item_tile_dup_spoken (self->context, item);

      gtk_accessible_update_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      spoken, -1);
    }
}

static void
activate_cb (GtkListView *list, guint position, gpointer data)
{
  VantageEvidenceReader *self = data;
  g_autoptr (VantageItemRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  const VantageItem *item = row != NULL ? vantage_item_row_get_item (row) : NULL;
  g_autofree char *id = item != NULL ? vantage_item_dup_id (item) : NULL;

  if (id != NULL)
    vantage_review_context_show_item (self->context, id);
}

/* ---- query ---- */

static void
keep_query (VantageEvidenceReader *self, const VantageItemQuery *query)
{
  g_free (self->text);
  g_free (self->person);
  g_free (self->channel);
  g_free (self->source);
  self->text = g_strdup (query->text);
  self->person = g_strdup (query->person);
  self->channel = g_strdup (query->channel);
  self->source = g_strdup (query->source);
  self->query = *query;
  self->query.text = self->text;
  self->query.person = self->person;
  self->query.channel = self->channel;
  self->query.source = self->source;
  self->query.thread = NULL;
}

void
vantage_evidence_reader_set_query (VantageEvidenceReader *self, const VantageItemQuery *query)
{
  g_autoptr (GListModel) items = NULL;
  g_autoptr (GError) error = NULL;
  gboolean threads = query->text == NULL && query->person == NULL && query->kind < 0;

  if (query != &self->query)
    keep_query (self, query);
  items = vantage_library_get_item_list (vantage_review_context_get_library (self->context),
                                         vantage_review_context_get_review_id (self->context),
                                         &self->query, threads, &error);
  if (items == NULL)
    {
      vantage_review_context_tell_error (self->context, _ ("Could not read the evidence"), error);
      return;
    }
  gtk_multi_selection_set_model (self->selection, items);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_ITEMS]);
}

static void
evidence_changed_cb (VantageEvidenceReader *self)
{
  vantage_evidence_reader_set_query (self, &self->query);
}

guint
vantage_evidence_reader_get_n_items (VantageEvidenceReader *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->selection));
}

gboolean
vantage_evidence_reader_go_to (VantageEvidenceReader *self, const char *item_id)
{
  GListModel *items = gtk_multi_selection_get_model (self->selection);
  gint64 position = items != NULL ? vantage_item_list_find (items, item_id) : -1;

  if (position < 0)
    return FALSE;
  select_position (self, (guint) position);
  return TRUE;
}

void
vantage_evidence_reader_go_to_time (VantageEvidenceReader *self, gint64 us)
{
  GListModel *items = gtk_multi_selection_get_model (self->selection);
  gint64 position = items != NULL ? vantage_item_list_find_time (items, us) : -1;

  if (position >= 0)
    select_position (self, (guint) position);
}

/* ---- object ---- */

static void
vantage_evidence_reader_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_uint (value, vantage_evidence_reader_get_n_items (VANTAGE_EVIDENCE_READER (object)));
}

static void
vantage_evidence_reader_dispose (GObject *object)
{
  VantageEvidenceReader *self = VANTAGE_EVIDENCE_READER (object);

  g_clear_pointer (&self->scroll, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (vantage_evidence_reader_parent_class)->dispose (object);
}

static void
vantage_evidence_reader_finalize (GObject *object)
{
  VantageEvidenceReader *self = VANTAGE_EVIDENCE_READER (object);

  g_free (self->text);
  g_free (self->person);
  g_free (self->channel);
  g_free (self->source);
  G_OBJECT_CLASS (vantage_evidence_reader_parent_class)->finalize (object);
}

static void
vantage_evidence_reader_class_init (VantageEvidenceReaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = vantage_evidence_reader_get_property;
  object_class->dispose = vantage_evidence_reader_dispose;
  object_class->finalize = vantage_evidence_reader_finalize;
  props[PROP_N_ITEMS] =
      g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
vantage_evidence_reader_init (VantageEvidenceReader *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  self->query = (VantageItemQuery) VANTAGE_ITEM_QUERY_INIT;
  self->selection = gtk_multi_selection_new (NULL);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  self->list = GTK_LIST_VIEW (gtk_list_view_new (
      g_object_ref (GTK_SELECTION_MODEL (self->selection)), g_steal_pointer (&factory)));
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "reader");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Evidence"), -1);
  g_signal_connect (self->list, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect (self->selection, "selection-changed", G_CALLBACK (selection_changed_cb), self);

  self->scroll = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroll), GTK_WIDGET (self->list));
  gtk_widget_set_vexpand (self->scroll, TRUE);
  gtk_widget_set_parent (self->scroll, GTK_WIDGET (self));
}

GtkWidget *
vantage_evidence_reader_new (VantageReviewContext *context)
{
  VantageEvidenceReader *self = g_object_new (VANTAGE_TYPE_EVIDENCE_READER, NULL);

  self->context = g_object_ref (context);
  g_signal_connect_object (context, "evidence-changed", G_CALLBACK (evidence_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
