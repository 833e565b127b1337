/* vantage-reader-row.c: one item with what hangs on it; above it the day, or how long nobody wrote.
 */

#include "config.h"

#include "vantage-reader-row.h"

#include <glib/gi18n.h>

#include "vantage-item-chips.h"
#include "vantage-item-tile.h"
#include "vantage-time-text.h"
#include "vantage-words.h"

#define SILENCE_US (G_GINT64_CONSTANT (20) * 60 * G_USEC_PER_SEC)

struct _VantageReaderRow
{
  GtkWidget parent_instance;

  VantageReviewContext *context;
  VantageItemRow *row;
  gboolean folded_away;
  int waiting_px; /* height while nothing is shown; 0: it is shown */
  GtkWidget *box;
  GtkLabel *day;
  GtkWidget *indent;
  VantageItemTile *tile;
  GtkLabel *fold, *below;
  GtkWidget *chips;
};

G_DEFINE_FINAL_TYPE (VantageReaderRow, vantage_reader_row, GTK_TYPE_WIDGET)

static void
vantage_reader_row_dispose (GObject *object)
{
  VantageReaderRow *self = VANTAGE_READER_ROW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->row);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (vantage_reader_row_parent_class)->dispose (object);
}

static GtkSizeRequestMode
vantage_reader_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
vantage_reader_row_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                            int *minimum, int *natural, int *minimum_baseline,
                            int *natural_baseline)
{
  VantageReaderRow *self = VANTAGE_READER_ROW (widget);

  *minimum_baseline = *natural_baseline = -1;
  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return; /* all of it wraps or is shortened; asking the text how narrow it could be costs more
               than laying it out */
  if (self->waiting_px == 0 && self->folded_away)
    return;
  if (self->waiting_px == 0)
    gtk_widget_measure (self->box, orientation, for_size, minimum, natural, NULL, NULL);
  else
    *minimum = *natural = self->waiting_px;
}

static void
vantage_reader_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  VantageReaderRow *self = VANTAGE_READER_ROW (widget);

  if (self->waiting_px == 0 && !self->folded_away)
    gtk_widget_allocate (self->box, width, height, baseline, NULL);
}

static void
vantage_reader_row_class_init (VantageReaderRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vantage_reader_row_dispose;
  widget_class->get_request_mode = vantage_reader_row_get_request_mode;
  widget_class->measure = vantage_reader_row_measure;
  widget_class->size_allocate = vantage_reader_row_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "readerrow");
}

static void
vantage_reader_row_init (VantageReaderRow *self)
{
}

GtkWidget *
vantage_reader_row_new (VantageReviewContext *context)
{
  VantageReaderRow *self = g_object_new (VANTAGE_TYPE_READER_ROW, NULL);

  self->context = g_object_ref (context);
  return GTK_WIDGET (self);
}

static GtkLabel *
new_faint_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, "faint");
  gtk_widget_add_css_class (label, css_class);
  return GTK_LABEL (label);
}

/* Most rows of a view are never looked at: what a row is made of is made when it is first shown. */
static void
ensure_parts (VantageReaderRow *self)
{
  if (self->box != NULL)
    return;
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->day = new_faint_label ("reader-day");
  gtk_label_set_ellipsize (self->day, PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->day));

  self->indent = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->tile = VANTAGE_ITEM_TILE (vantage_item_tile_new (self->context, VANTAGE_ITEM_TILE_LINE));
  gtk_box_append (GTK_BOX (self->indent), GTK_WIDGET (self->tile));
  self->fold = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->fold), "reader-fold");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->fold),
                               _ ("Press Enter or click twice to see each of them"));
  gtk_label_set_xalign (self->fold, 0);
  gtk_label_set_wrap (self->fold, TRUE);
  gtk_label_set_wrap_mode (self->fold, PANGO_WRAP_WORD_CHAR);
  gtk_box_append (GTK_BOX (self->indent), GTK_WIDGET (self->fold));
  self->below = new_faint_label ("reader-below");
  gtk_label_set_xalign (self->below, 0);
  gtk_label_set_wrap (self->below, TRUE);
  gtk_label_set_wrap_mode (self->below, PANGO_WRAP_WORD_CHAR);
  gtk_box_append (GTK_BOX (self->indent), GTK_WIDGET (self->below));
  self->chips = vantage_item_chips_new ();
  gtk_widget_add_css_class (self->chips, "reader-chips");
  gtk_box_append (GTK_BOX (self->indent), self->chips);
  gtk_box_append (GTK_BOX (self->box), self->indent);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/* "Friday, 14 March 2025", or "2 h quiet", or nothing. (transfer full) */
static char *
make_break (VantageReaderRow *self, gint64 us, gint64 previous_us, gboolean *out_day)
{
  VantageZone *zone = vantage_review_context_get_zone (self->context);
  g_autofree char *gap = NULL;

  *out_day = FALSE;
  if (us == VANTAGE_TIME_NONE)
    return NULL;
  if (previous_us == VANTAGE_TIME_NONE || vantage_time_text_count_days (zone, previous_us, us) != 0)
    {
      *out_day = TRUE;
      return vantage_time_text_weekday (zone, us);
    }
  if (us - previous_us < SILENCE_US)
    return NULL;
  gap = vantage_words_duration (us - previous_us);
  /* translators: how long nobody wrote here: "2 h quiet" */
  return g_strdup_printf (_ ("%s quiet"), gap);
}

static void
set_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
show_break (VantageReaderRow *self, const VantageItem *item, gint64 previous_us)
{
  gboolean is_day;
  g_autofree char *text = make_break (self, item->time_us, previous_us, &is_day);

  gtk_label_set_text (self->day, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->day), text != NULL);
  set_class (GTK_WIDGET (self->day), "heading", is_day);
  set_class (GTK_WIDGET (self->day), "faint", !is_day);
}

/* What became of it, in one faint line. */
static void
show_state (VantageReaderRow *self, const VantageItem *item, gboolean redacted)
{
  const char *parts[3] = { NULL };
  g_autofree char *edited = NULL;
  g_autofree char *text = NULL;
  guint n = 0;

  if (item->deleted)
    parts[n++] = _ ("deleted");
  else if (item->edited_us != VANTAGE_TIME_NONE)
    {
      g_autofree char *clock = vantage_zone_format (vantage_review_context_get_zone (self->context),
                                                    item->edited_us, VANTAGE_SHOW_MINUTE);

      /* translators: a time of day */
      parts[n++] = edited = g_strdup_printf (_ ("edited %s"), clock);
    }
  if (redacted)
    parts[n++] = _ ("hidden in what is shared");
  text = g_strjoinv (" · ", (char **) parts);
  gtk_label_set_text (self->below, text);
  gtk_widget_set_visible (GTK_WIDGET (self->below), n > 0);
}

static gboolean
is_quiet_kind (VantageItemKind kind)
{
  return kind == VANTAGE_ITEM_JOIN || kind == VANTAGE_ITEM_LEAVE || kind == VANTAGE_ITEM_TOPIC ||
         kind == VANTAGE_ITEM_OTHER;
}

void
vantage_reader_row_wait (VantageReaderRow *self, VantageItemRow *row, int height_px)
{
  g_set_object (&self->row, row);
  self->waiting_px = MAX (height_px, 1);
  self->folded_away = FALSE;
  if (gtk_widget_get_parent (GTK_WIDGET (self)) != NULL)
    gtk_widget_remove_css_class (gtk_widget_get_parent (GTK_WIDGET (self)), "folded");
  if (self->box != NULL)
    gtk_widget_set_child_visible (self->box, FALSE);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

gboolean
vantage_reader_row_is_waiting (VantageReaderRow *self)
{
  return self->waiting_px > 0;
}

VantageItemRow *
vantage_reader_row_get_row (VantageReaderRow *self)
{
  return self->row;
}

gboolean
vantage_reader_row_is_folded_away (VantageReaderRow *self)
{
  return self->folded_away;
}

/* One line for many; what it speaks for takes no room. */
static void
show_fold (VantageReaderRow *self, const VantageReaderPlace *place)
{
  GtkWidget *holder = gtk_widget_get_parent (GTK_WIDGET (self));
  gboolean summary = !place->folded_away && place->fold != NULL;

  self->folded_away = place->folded_away;
  gtk_widget_set_child_visible (self->box, !place->folded_away);
  gtk_widget_set_visible (GTK_WIDGET (self->tile), !summary);
  gtk_widget_set_visible (GTK_WIDGET (self->fold), summary);
  if (summary)
    gtk_label_set_text (self->fold, place->fold);
  if (holder != NULL)
    set_class (holder, "folded", place->folded_away);
}

void
vantage_reader_row_show (VantageReaderRow *self, const VantageReaderPlace *place)
{
  const VantageItem *item = vantage_item_row_get_item (self->row);
  gboolean reply = place->threads && vantage_item_row_is_reply (self->row);

  ensure_parts (self);
  self->waiting_px = 0;
  show_fold (self, place);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  if (place->folded_away)
    return;
  vantage_item_tile_set_item (self->tile, item);
  if (reply && !place->first)
    gtk_widget_set_visible (GTK_WIDGET (self->day), FALSE);
  else
    show_break (self, item, place->previous_us);
  show_state (self, item, place->redacted);
  vantage_item_chips_show (self->chips, self->context, item);
  gtk_widget_set_margin_start (self->indent, reply ? 30 : 0);
  set_class (self->indent, "reader-reply", reply);
  set_class (self->indent, "reader-quiet", is_quiet_kind (item->kind));
}
