/* vantage-reader-row.c: one item with what hangs on it; above it the day, or how long nobody wrote.
 */

#include "config.h"

#include "vantage-reader-row.h"

#include <glib/gi18n.h>

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
  gtk_box_append (GTK_BOX (self->box), self->indent);
  return GTK_WIDGET (self);
}

/* "Fri 14 March", or "37 min", or nothing. (transfer full) */
static char *
make_break (VantageReaderRow *self, gint64 us, gint64 previous_us)
{
  VantageZone *zone = vantage_review_context_get_zone (self->context);
  gint64 now_us = g_get_real_time ();
  g_autofree char *gap = NULL;

  if (us == VANTAGE_TIME_NONE)
    return NULL;
  if (previous_us == VANTAGE_TIME_NONE || vantage_time_text_count_days (zone, previous_us, us) != 0)
    return vantage_time_text_day (zone, us, now_us);
  if (us - previous_us < SILENCE_US)
    return NULL;
  gap = vantage_words_duration (us - previous_us);
  /* translators: how long nobody wrote here: "37 min later" */
  return g_strdup_printf (_ ("%s later"), gap);
}

static void
append_part (GString *text, const char *part)
{
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, part);
}

/* Edits, files, reactions, in one faint line. (transfer full) */
static char *
make_below (const VantageItem *item)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (item->deleted)
    append_part (text, _ ("deleted"));
  if (item->edited_us != VANTAGE_TIME_NONE)
    append_part (text, _ ("edited"));
  for (guint i = 0; item->attachments != NULL && i < item->attachments->len; i++)
    {
      const VantageAttachment *file = g_ptr_array_index (item->attachments, i);
      g_autofree char *part =
          g_strdup_printf ("📎 %s", file->name != NULL ? file->name : _ ("a file without a name"));

      append_part (text, part);
    }
  for (guint i = 0; item->reactions != NULL && i < item->reactions->len; i++)
    {
      const VantageReaction *reaction = g_ptr_array_index (item->reactions, i);
      g_autofree char *part = g_strdup_printf (":%s: %d", reaction->name, reaction->count);

      append_part (text, part);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
is_quiet_kind (VantageItemKind kind)
{
  return kind == VANTAGE_ITEM_JOIN || kind == VANTAGE_ITEM_LEAVE || kind == VANTAGE_ITEM_TOPIC ||
         kind == VANTAGE_ITEM_OTHER;
}

void
vantage_reader_row_show (VantageReaderRow *self, VantageItemRow *row, gint64 previous_us)
{
  const VantageItem *item = vantage_item_row_get_item (row);
  gboolean reply = vantage_item_row_is_reply (row);
  g_autofree char *day = NULL;
  g_autofree char *below = NULL;

  vantage_item_tile_set_item (self->tile, item);
  if (item == NULL)
    return;
  day = reply ? NULL : make_break (self, item->time_us, previous_us);
  gtk_label_set_text (self->day, day != NULL ? day : "");
  gtk_widget_set_visible (GTK_WIDGET (self->day), day != NULL);
  below = make_below (item);
  gtk_label_set_text (self->below, below);
  gtk_widget_set_visible (GTK_WIDGET (self->below), *below != '\0');
  gtk_widget_set_margin_start (self->indent, reply ? 30 : 0);
  if (reply)
    gtk_widget_add_css_class (self->indent, "reader-reply");
  else
    gtk_widget_remove_css_class (self->indent, "reader-reply");
  if (is_quiet_kind (item->kind))
    gtk_widget_add_css_class (self->indent, "reader-quiet");
  else
    gtk_widget_remove_css_class (self->indent, "reader-quiet");
}
