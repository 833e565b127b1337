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
  GtkWidget *box;
  GtkLabel *day;
  GtkWidget *indent;
  VantageItemTile *tile;
  GtkLabel *below;
  GtkWidget *chips;
};

G_DEFINE_FINAL_TYPE (VantageReaderRow, vantage_reader_row, GTK_TYPE_WIDGET)

static void
vantage_reader_row_dispose (GObject *object)
{
  VantageReaderRow *self = VANTAGE_READER_ROW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (vantage_reader_row_parent_class)->dispose (object);
}

static void
vantage_reader_row_class_init (VantageReaderRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vantage_reader_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "readerrow");
}

static void
vantage_reader_row_init (VantageReaderRow *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
vantage_reader_row_new (VantageReviewContext *context)
{
  VantageReaderRow *self = g_object_new (VANTAGE_TYPE_READER_ROW, NULL);

  self->context = g_object_ref (context);
  self->day = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->day), "faint");
  gtk_widget_add_css_class (GTK_WIDGET (self->day), "reader-day");
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->day));

  self->indent = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->tile = VANTAGE_ITEM_TILE (vantage_item_tile_new (context, VANTAGE_ITEM_TILE_LINE));
  gtk_box_append (GTK_BOX (self->indent), GTK_WIDGET (self->tile));
  self->below = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->below, 0);
  gtk_label_set_wrap (self->below, TRUE);
  gtk_label_set_wrap_mode (self->below, PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (GTK_WIDGET (self->below), "faint");
  gtk_widget_add_css_class (GTK_WIDGET (self->below), "reader-below");
  gtk_box_append (GTK_BOX (self->indent), GTK_WIDGET (self->below));
  self->chips = vantage_item_chips_new ();
  gtk_widget_add_css_class (self->chips, "reader-chips");
  gtk_box_append (GTK_BOX (self->indent), self->chips);
  gtk_box_append (GTK_BOX (self->box), self->indent);
  return GTK_WIDGET (self);
}

/* "Friday, 14 March 2025", or "37 min later", or nothing. (transfer full) */
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
  /* translators: how long nobody wrote here: "37 min later" */
  return g_strdup_printf (_ ("%s later"), gap);
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
show_state (VantageReaderRow *self, const VantageItem *item)
{
  const char *text = item->deleted                          ? _ ("deleted")
                     : item->edited_us != VANTAGE_TIME_NONE ? _ ("edited")
                                                            : "";

  gtk_label_set_text (self->below, text);
  gtk_widget_set_visible (GTK_WIDGET (self->below), *text != '\0');
}

static gboolean
is_quiet_kind (VantageItemKind kind)
{
  return kind == VANTAGE_ITEM_JOIN || kind == VANTAGE_ITEM_LEAVE || kind == VANTAGE_ITEM_TOPIC ||
         kind == VANTAGE_ITEM_OTHER;
}

void
vantage_reader_row_show (VantageReaderRow *self, VantageItemRow *row, gint64 previous_us,
                         gboolean threads)
{
  const VantageItem *item = vantage_item_row_get_item (row);
  gboolean reply = threads && vantage_item_row_is_reply (row);

  vantage_item_tile_set_item (self->tile, item);
  if (item == NULL)
    return;
  if (reply)
    gtk_widget_set_visible (GTK_WIDGET (self->day), FALSE);
  else
    show_break (self, item, previous_us);
  show_state (self, item);
  vantage_item_chips_show (self->chips, item);
  gtk_widget_set_margin_start (self->indent, reply ? 30 : 0);
  set_class (self->indent, "reader-reply", reply);
  set_class (self->indent, "reader-quiet", is_quiet_kind (item->kind));
}
