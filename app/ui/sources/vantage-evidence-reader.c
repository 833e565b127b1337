/* vantage-evidence-reader.c: a list view over a lazily read list of items. */

#include "config.h"

#include "vantage-evidence-reader.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-item-tile.h"
#include "vantage-reader-fold.h"
#include "vantage-reader-row.h"
#include "vantage-redact-window.h"

#define MAX_SELECTION 500
#define MAX_LOOK 64       /* rows, for the first that has a time */
#define FIRST_HEIGHT 56.0 /* px, before any row was laid out */
#define FIRST_COST_US 600.0
#define WEIGHT_OF_NEWEST 0.02
#define BUDGET_US 4000.0 /* of a frame, for rows that come into sight */
#define MIN_ROWS 3
#define MAX_ROWS 40

struct _VantageEvidenceReader
{
  GtkWidget parent_instance;

  VantageReviewContext *context;
  GtkWidget *scroll;
  GtkListView *list;
  GtkMultiSelection *selection;
  char *text, *person, *channel, *source; /* of the query shown */
  VantageItemQuery query;
  gboolean asked; /* there is a query */

  GCancellable *looking; /* of the query that is under way; NULL: none */
  char *wanted;          /* item to go to when the answer is here */
  gint64 wanted_us;      /* the same for a time */
  GHashTable *redacted;  /* ids of items of which something is hidden elsewhere */
  GHashTable *unfolded;  /* ids of items whose run stands row by row */
  gint64 revealed;       /* row that is to be wholly in sight once it is shown; -1: none */
  double usual_height;   /* of a row, px */
  gint64 frame;          /* that was last laid out */
  gint64 shown_us;       /* when rows were shown in it */
  guint n_shown;         /* rows in it, until they are laid out */
  double row_cost_us;    /* of showing a row and laying it out */
  guint again;           /* tick callback; 0: none */
  double kept_scroll;    /* where to stand when the same query was asked again; -1: at the start */
};

enum
{
  PROP_0,
  PROP_N_ITEMS,
  PROP_LOOKING,
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
  if (ids->len == 1)
    vantage_review_context_follow_item (self->context, ids->pdata[0]);
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
  self->revealed = position;
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
}

void
vantage_evidence_reader_clear_selection (VantageEvidenceReader *self)
{
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
}

/* ---- rows ---- */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  VantageEvidenceReader *self = data;

  gtk_list_item_set_child (item, vantage_reader_row_new (self->context));
}

/* What is searched for stands alone; all else stands with what it answers. */
static gboolean
has_threads (VantageEvidenceReader *self)
{
  return self->query.text == NULL && self->query.person == NULL && self->query.kind < 0;
}

/* A list view holds about two hundred rows, whatever is seen of them. Only those in sight are read
 * and laid out, in the frame in which they come into sight. */
static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  VantageEvidenceReader *self = data;

  vantage_reader_row_wait (VANTAGE_READER_ROW (gtk_list_item_get_child (list_item)),
                           gtk_list_item_get_item (list_item), (int) self->usual_height);
}

static char *
dup_id_at (GListModel *list, guint position)
{
  g_autoptr (VantageItemRow) row = g_list_model_get_item (list, position);
  const VantageItem *item = row != NULL ? vantage_item_row_get_item (row) : NULL;

  return item != NULL ? vantage_item_dup_id (item) : g_strdup ("");
}

/* The fold that the row is part of, unless somebody opened it. */
static gboolean
find_fold (VantageEvidenceReader *self, guint position, VantageReaderFold *out)
{
  GListModel *items = gtk_multi_selection_get_model (self->selection);
  g_autofree char *first = NULL;

  if (!vantage_reader_fold_find (items, position, out))
    return FALSE;
  first = dup_id_at (items, out->first);
  return !g_hash_table_contains (self->unfolded, first);
}

static gboolean
is_folded_away (VantageEvidenceReader *self, guint position)
{
  VantageReaderFold fold;

  return find_fold (self, position, &fold) && position != fold.first;
}

static gint64
get_time_at (GListModel *list, guint position)
{
  g_autoptr (VantageItemRow) row = g_list_model_get_item (list, position);
  const VantageItem *item = row != NULL ? vantage_item_row_get_item (row) : NULL;

  return item != NULL ? item->time_us : VANTAGE_TIME_NONE;
}

static void
show_row (VantageEvidenceReader *self, GtkWidget *holder, VantageReaderRow *row)
{
  GListModel *items = gtk_multi_selection_get_model (self->selection);
  guint position = vantage_item_row_get_position (vantage_reader_row_get_row (row));
  const VantageItem *item = vantage_item_row_get_item (vantage_reader_row_get_row (row));
  g_autofree char *id = vantage_item_dup_id (item);
  VantageReaderPlace place = {
    .previous_us = vantage_item_list_get_time_before (items, position),
    .first = position == 0,
    .threads = has_threads (self),
    .redacted = g_hash_table_contains (self->redacted, id),
  };
  VantageReaderFold fold;
  g_autofree char *folded = NULL;
  g_autofree char *spoken = NULL;

  /* Before it are only answers to what is not here. */
  if (place.previous_us == VANTAGE_TIME_NONE && position > 0)
    place.previous_us = get_time_at (items, position - 1);

  if (find_fold (self, position, &fold))
    {
      place.folded_away = position != fold.first;
      if (!place.folded_away)
        place.fold = folded = vantage_reader_fold_dup_text (self->context, items, &fold);
    }
  vantage_reader_row_show (row, &place);
  spoken = folded != NULL ? g_strdup (folded) : vantage_item_tile_dup_spoken (self->context, item);
  gtk_accessible_update_property (GTK_ACCESSIBLE (holder), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);
}

/* What stands in the rows is said in another way now: those in sight are shown anew in the next
 * frame. */
static void
show_again (VantageEvidenceReader *self)
{
  for (GtkWidget *holder = gtk_widget_get_first_child (GTK_WIDGET (self->list)); holder != NULL;
       holder = gtk_widget_get_next_sibling (holder))
    {
      VantageReaderRow *row = VANTAGE_READER_ROW (gtk_widget_get_first_child (holder));

      if (row != NULL && vantage_reader_row_get_row (row) != NULL &&
          !vantage_reader_row_is_waiting (row))
        vantage_reader_row_wait (row, vantage_reader_row_get_row (row), (int) self->usual_height);
    }
}

static void
read_redactions (VantageEvidenceReader *self)
{
  g_clear_pointer (&self->redacted, g_hash_table_unref);
  self->redacted = vantage_redactions_list_items (self->context);
}

static void
entities_changed_cb (VantageEvidenceReader *self, VantageChange *change)
{
  gboolean ours = change->everything;

  for (guint i = 0; !ours && i < change->entities->len; i++)
    ours = strcmp (vantage_entity_get_kind_name (change->entities->pdata[i]), "redaction") == 0;
  if (!ours)
    return;
  read_redactions (self);
  show_again (self);
}

/* TRUE when the row stood for others: they stand by themselves now. */
static gboolean
unfold (VantageEvidenceReader *self, guint position)
{
  VantageReaderFold fold;

  if (!find_fold (self, position, &fold))
    return FALSE;
  g_hash_table_add (self->unfolded,
                    dup_id_at (gtk_multi_selection_get_model (self->selection), fold.first));
  show_again (self);
  return TRUE;
}

/* How many rows may be shown in one frame, from what the last ones took. */
static guint
count_affordable (VantageEvidenceReader *self)
{
  return (guint) CLAMP (BUDGET_US / MAX (self->row_cost_us, 1.0), MIN_ROWS, MAX_ROWS);
}

/* Shows the rows in sight that wait, from the top, as many as the frame can take. Returns how many;
 * @out_waiting: whether others still wait. */
static guint
show_rows_in_sight (VantageEvidenceReader *self, gboolean *out_waiting)
{
  float height = (float) gtk_widget_get_height (GTK_WIDGET (self->list));
  guint most = count_affordable (self);
  guint n = 0;

  *out_waiting = FALSE;
  for (GtkWidget *holder = gtk_widget_get_first_child (GTK_WIDGET (self->list)); holder != NULL;
       holder = gtk_widget_get_next_sibling (holder))
    {
      GtkWidget *row = gtk_widget_get_first_child (holder);
      graphene_rect_t bounds;

      if (row == NULL || !gtk_widget_get_child_visible (holder) ||
          !gtk_widget_compute_bounds (holder, GTK_WIDGET (self->list), &bounds) ||
          bounds.origin.y > height || bounds.origin.y + bounds.size.height < 0)
        continue;
      if (vantage_reader_row_is_folded_away (VANTAGE_READER_ROW (row)))
        continue;
      if (!vantage_reader_row_is_waiting (VANTAGE_READER_ROW (row)))
        self->usual_height += (bounds.size.height - self->usual_height) * WEIGHT_OF_NEWEST;
      else if (n < most && ++n > 0)
        show_row (self, holder, VANTAGE_READER_ROW (row));
      else
        *out_waiting = TRUE;
    }
  return n;
}

static gboolean
lay_out_again_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  VantageEvidenceReader *self = VANTAGE_EVIDENCE_READER (widget);

  self->again = 0;
  gtk_widget_queue_allocate (GTK_WIDGET (self->list));
  return G_SOURCE_REMOVE;
}

static void
reveal (VantageEvidenceReader *self)
{
  if (self->revealed >= 0)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u",
                                (guint) self->revealed);
}

/* After each layout of a frame. Rows are shown after the first one; GDK then lays out again before
 * it paints. What that brings into sight, and what the frame could not take, is for the next. */
static void
laid_out_cb (GdkFrameClock *clock, VantageEvidenceReader *self)
{
  gint64 frame = gdk_frame_clock_get_frame_counter (clock);
  gint64 now_us = g_get_monotonic_time ();
  gboolean waiting = FALSE;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (frame == self->frame && self->n_shown > 0)
    {
      double cost = (double) (now_us - self->shown_us) / self->n_shown;

      self->row_cost_us += (cost - self->row_cost_us) * 0.25;
      self->n_shown = 0;
      if (self->again == 0)
        self->again =
            gtk_widget_add_tick_callback (GTK_WIDGET (self), lay_out_again_cb, NULL, NULL);
      return;
    }
  self->frame = frame;
  self->shown_us = now_us;
  self->n_shown = show_rows_in_sight (self, &waiting);
  if (self->n_shown > 0)
    reveal (self);
  else if (!waiting)
    self->revealed = -1;
}

static void
vantage_evidence_reader_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (vantage_evidence_reader_parent_class)->realize (widget);
  g_signal_connect_object (gtk_widget_get_frame_clock (widget), "layout", G_CALLBACK (laid_out_cb),
                           widget, G_CONNECT_AFTER);
}

static void
vantage_evidence_reader_unrealize (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_func (gtk_widget_get_frame_clock (widget), laid_out_cb, widget);
  GTK_WIDGET_CLASS (vantage_evidence_reader_parent_class)->unrealize (widget);
}

static void
activate_cb (GtkListView *list, guint position, gpointer data)
{
  VantageEvidenceReader *self = data;
  g_autoptr (VantageItemRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  const VantageItem *item = row != NULL ? vantage_item_row_get_item (row) : NULL;
  g_autofree char *id = item != NULL ? vantage_item_dup_id (item) : NULL;

  if (id != NULL && !unfold (self, position))
    vantage_review_context_show_item (self->context, id);
}

void
vantage_evidence_reader_step (VantageEvidenceReader *self, int by)
{
  guint n = vantage_evidence_reader_get_n_items (self);
  gint64 at = get_current (self);

  if (n == 0)
    return;
  at = at < 0 ? 0 : CLAMP (at + by, 0, (gint64) n - 1);
  while (at + by >= 0 && at + by < n && is_folded_away (self, (guint) at))
    at += by;
  select_position (self, (guint) at);
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

static void
set_looking (VantageEvidenceReader *self, gboolean looking)
{
  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  if (looking)
    self->looking = g_cancellable_new ();
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOOKING]);
}

/* Where the reader stands when an answer has come: at what was asked for, where it stood, or at the
 * start. */
static void
take_place (VantageEvidenceReader *self)
{
  g_autofree char *wanted = g_steal_pointer (&self->wanted);
  gint64 wanted_us = self->wanted_us;
  GtkAdjustment *scroll = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroll));

  self->wanted_us = VANTAGE_TIME_NONE;
  if (wanted != NULL)
    vantage_evidence_reader_go_to (self, wanted);
  else if (wanted_us != VANTAGE_TIME_NONE)
    vantage_evidence_reader_go_to_time (self, wanted_us);
  else if (self->kept_scroll > 0)
    gtk_adjustment_set_value (scroll, self->kept_scroll);
}

static void
looked_cb (GObject *library, GAsyncResult *result, gpointer data)
{
  VantageEvidenceReader *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) items =
      vantage_library_get_item_list_finish (VANTAGE_LIBRARY (library), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->looking);
  if (items == NULL)
    vantage_review_context_tell_error (self->context, _ ("Could not read the evidence"), error);
  else
    {
      /* While the old rows are still laid out: the new ones begin at the top. */
      if (self->kept_scroll < 0)
        gtk_adjustment_set_value (
            gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroll)), 0);
      gtk_multi_selection_set_model (self->selection, items);
      selection_changed_cb (GTK_SELECTION_MODEL (self->selection), 0, 0, self);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_ITEMS]);
      take_place (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOOKING]);
}

static void
look (VantageEvidenceReader *self)
{
  set_looking (self, TRUE);
  vantage_library_get_item_list_async (vantage_review_context_get_library (self->context),
                                       vantage_review_context_get_review_id (self->context),
                                       &self->query, has_threads (self), self->looking, looked_cb,
                                       self);
}

static gboolean
is_shown_query (VantageEvidenceReader *self, const VantageItemQuery *query)
{
  return self->asked && g_strcmp0 (query->text, self->text) == 0 &&
         g_strcmp0 (query->person, self->person) == 0 &&
         g_strcmp0 (query->channel, self->channel) == 0 &&
         g_strcmp0 (query->source, self->source) == 0 && query->kind == self->query.kind &&
         query->since_us == self->query.since_us && query->until_us == self->query.until_us &&
         query->newest_first == self->query.newest_first;
}

void
vantage_evidence_reader_set_query (VantageEvidenceReader *self, const VantageItemQuery *query)
{
  if (is_shown_query (self, query))
    return;
  self->asked = TRUE;
  g_clear_pointer (&self->wanted, g_free);
  self->wanted_us = VANTAGE_TIME_NONE;
  self->kept_scroll = -1;
  keep_query (self, query);
  look (self);
}

/* The same question may have another answer now; what is being read stays in sight. */
static void
evidence_changed_cb (VantageEvidenceReader *self)
{
  GtkAdjustment *scroll = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroll));

  if (!self->asked)
    return;
  if (self->looking == NULL)
    self->kept_scroll = gtk_adjustment_get_value (scroll);
  look (self);
}

guint
vantage_evidence_reader_get_n_items (VantageEvidenceReader *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->selection));
}

gboolean
vantage_evidence_reader_is_looking (VantageEvidenceReader *self)
{
  return self->looking != NULL;
}

void
vantage_evidence_reader_go_to (VantageEvidenceReader *self, const char *item_id)
{
  GListModel *items = gtk_multi_selection_get_model (self->selection);
  gint64 position;

  if (self->looking != NULL)
    {
      g_free (self->wanted);
      self->wanted = g_strdup (item_id);
      return;
    }
  position = items != NULL ? vantage_item_list_find (items, item_id) : -1;
  if (position >= 0)
    select_position (self, (guint) position);
}

void
vantage_evidence_reader_go_to_time (VantageEvidenceReader *self, gint64 us)
{
  GListModel *items = gtk_multi_selection_get_model (self->selection);
  gint64 position;

  if (self->looking != NULL)
    {
      g_clear_pointer (&self->wanted, g_free);
      self->wanted_us = us;
      return;
    }
  position = items != NULL ? vantage_item_list_find_time (items, us) : -1;
  if (position >= 0)
    select_position (self, (guint) position);
}

gint64
vantage_evidence_reader_get_time (VantageEvidenceReader *self)
{
  for (guint i = 0; i < MIN (vantage_evidence_reader_get_n_items (self), MAX_LOOK); i++)
    {
      gint64 us = get_time_at (G_LIST_MODEL (self->selection), i);

      if (us != VANTAGE_TIME_NONE)
        return us;
    }
  return VANTAGE_TIME_NONE;
}

/* ---- object ---- */

static void
vantage_evidence_reader_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  VantageEvidenceReader *self = VANTAGE_EVIDENCE_READER (object);

  if (id == PROP_N_ITEMS)
    g_value_set_uint (value, vantage_evidence_reader_get_n_items (self));
  else if (id == PROP_LOOKING)
    g_value_set_boolean (value, vantage_evidence_reader_is_looking (self));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
vantage_evidence_reader_dispose (GObject *object)
{
  VantageEvidenceReader *self = VANTAGE_EVIDENCE_READER (object);

  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
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
  g_free (self->wanted);
  g_hash_table_unref (self->unfolded);
  g_clear_pointer (&self->redacted, g_hash_table_unref);
  G_OBJECT_CLASS (vantage_evidence_reader_parent_class)->finalize (object);
}

static void
vantage_evidence_reader_class_init (VantageEvidenceReaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = vantage_evidence_reader_get_property;
  object_class->dispose = vantage_evidence_reader_dispose;
  object_class->finalize = vantage_evidence_reader_finalize;
  GTK_WIDGET_CLASS (klass)->realize = vantage_evidence_reader_realize;
  GTK_WIDGET_CLASS (klass)->unrealize = vantage_evidence_reader_unrealize;
  props[PROP_N_ITEMS] =
      g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_LOOKING] =
      g_param_spec_boolean ("looking", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
vantage_evidence_reader_init (VantageEvidenceReader *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  self->query = (VantageItemQuery) VANTAGE_ITEM_QUERY_INIT;
  self->wanted_us = VANTAGE_TIME_NONE;
  self->kept_scroll = -1;
  self->unfolded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->revealed = -1;
  self->usual_height = FIRST_HEIGHT;
  self->row_cost_us = FIRST_COST_US;
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
  read_redactions (self);
  g_signal_connect_object (context, "evidence-changed", G_CALLBACK (evidence_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "changed", G_CALLBACK (entities_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "people-changed", G_CALLBACK (show_again), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
