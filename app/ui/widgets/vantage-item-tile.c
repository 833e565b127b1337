/* vantage-item-tile.c: one item of evidence: who, when, what. */

#include "config.h"

#include "vantage-item-tile.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-avatar.h"
#include "vantage-chat-text.h"
#include "vantage-item-drag.h"
#include "vantage-text.h"
#include "vantage-time-text.h"
#include "vantage-words.h"

#define DISC_SIZE 18
#define DISC_ROOM (DISC_SIZE + 6)
#define MOST_CHARS_LINE 1500
#define MOST_CHARS_FULL 10000

struct _VantageItemTile
{
  GtkWidget parent_instance;

  VantageReviewContext *context;
  VantageItemTileSort sort;
  char *item_id;

  GtkWidget *box;
  VantageAvatar *disc;
  GtkLabel *who, *when, *what, *where;
};

G_DEFINE_FINAL_TYPE (VantageItemTile, vantage_item_tile, GTK_TYPE_WIDGET)

static GtkLabel *
new_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return GTK_LABEL (label);
}

static char **
get_dragged (GtkWidget *widget, gpointer user_data)
{
  VantageItemTile *self = VANTAGE_ITEM_TILE (widget);
  const char *const *selection = vantage_review_context_get_selection (self->context);
  const char *one[] = { self->item_id, NULL };

  if (self->item_id == NULL)
    return NULL;
  if (g_strv_contains (selection, self->item_id))
    return g_strdupv ((char **) selection);
  return g_strdupv ((char **) one);
}

static const char *
get_kind_word (const VantageItem *item)
{
  return vantage_words_choice ("item-kind", vantage_item_kind_to_text (item->kind));
}

static const char *
get_author (VantageReviewContext *context, const VantageItem *item)
{
  if (item->person != NULL)
    return vantage_review_context_get_person_name (context, item->person);
  if (item->person_name != NULL && item->person_name[0] != '\0')
    return item->person_name;
  return get_kind_word (item);
}

/* ---- object ---- */

static void
vantage_item_tile_dispose (GObject *object)
{
  VantageItemTile *self = VANTAGE_ITEM_TILE (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (vantage_item_tile_parent_class)->dispose (object);
}

static void
vantage_item_tile_finalize (GObject *object)
{
  g_free (VANTAGE_ITEM_TILE (object)->item_id);
  G_OBJECT_CLASS (vantage_item_tile_parent_class)->finalize (object);
}

static void
vantage_item_tile_class_init (VantageItemTileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = vantage_item_tile_dispose;
  object_class->finalize = vantage_item_tile_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "itemtile");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
vantage_item_tile_init (VantageItemTile *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  self->disc = VANTAGE_AVATAR (vantage_avatar_new (DISC_SIZE));
  gtk_widget_add_css_class (GTK_WIDGET (self->disc), "tiny");
  self->who = new_label ("heading");
  self->when = new_label ("faint");
  self->what = new_label (NULL);
  self->where = new_label ("faint");

  gtk_label_set_ellipsize (self->who, PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (GTK_WIDGET (self->who), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->when), "numeric");
  gtk_label_set_wrap (self->what, TRUE);
  gtk_label_set_wrap_mode (self->what, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_ellipsize (self->where, PANGO_ELLIPSIZE_END);

  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->disc));
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->who));
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->when));
  gtk_box_append (GTK_BOX (self->box), head);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->what));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->where));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  vantage_item_drag_add_source (GTK_WIDGET (self), get_dragged, NULL);
}

GtkWidget *
vantage_item_tile_new (VantageReviewContext *context, VantageItemTileSort sort)
{
  VantageItemTile *self = g_object_new (VANTAGE_TYPE_ITEM_TILE, NULL);

  self->context = g_object_ref (context);
  self->sort = sort;
  gtk_widget_set_visible (GTK_WIDGET (self->where), sort != VANTAGE_ITEM_TILE_LINE);
  gtk_label_set_selectable (self->what, sort == VANTAGE_ITEM_TILE_FULL);
  if (sort == VANTAGE_ITEM_TILE_COMPACT)
    {
      gtk_label_set_lines (self->what, 3);
      gtk_label_set_ellipsize (self->what, PANGO_ELLIPSIZE_END);
    }
  return GTK_WIDGET (self);
}

static void
show_absent (VantageItemTile *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->disc), FALSE);
  gtk_label_set_attributes (self->what, NULL);
  gtk_label_set_text (self->who, _ ("Not on This Computer"));
  gtk_label_set_text (self->when, "");
  gtk_label_set_text (self->what,
                      _ ("The item that is cited here was not imported or not synced yet."));
  gtk_label_set_text (self->where, "");
}

/* The disc of a person; an item of somebody unknown has none, and its words stand where they do. */
static void
show_author (VantageItemTile *self, const VantageItem *item)
{
  gtk_label_set_text (self->who, get_author (self->context, item));
  gtk_widget_set_visible (GTK_WIDGET (self->disc), item->person != NULL);
  if (self->sort == VANTAGE_ITEM_TILE_LINE)
    gtk_widget_set_margin_start (GTK_WIDGET (self->what), item->person != NULL ? DISC_ROOM : 0);
  if (item->person != NULL)
    vantage_avatar_set_person_id (self->disc, self->context, item->person);
}

/* Kinds in which people write, with signs of emphasis; a log line keeps every sign. */
static gboolean
is_written (const VantageItem *item)
{
  return item->kind == VANTAGE_ITEM_MESSAGE || item->kind == VANTAGE_ITEM_EDIT ||
         item->kind == VANTAGE_ITEM_TICKET || item->kind == VANTAGE_ITEM_COMMENT;
}

static gboolean
is_right_to_left (gunichar c)
{
  switch (g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_ARABIC:
    case G_UNICODE_SCRIPT_HEBREW:
    case G_UNICODE_SCRIPT_SYRIAC:
    case G_UNICODE_SCRIPT_THAANA:
    case G_UNICODE_SCRIPT_NKO:
    case G_UNICODE_SCRIPT_ADLAM:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Words in a script that runs from right to left begin on the right, whatever way the window runs:
 * the first letter tells. */
static float
find_side (GtkWidget *label, const char *text)
{
  gboolean mirrored = gtk_widget_get_direction (label) == GTK_TEXT_DIR_RTL;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalpha (g_utf8_get_char (p)))
      return is_right_to_left (g_utf8_get_char (p)) != mirrored ? 1 : 0;
  return 0;
}

/* A pasted log of a megabyte would hold the window while it is laid out: its beginning is shown and
 * how much more there is. NULL: it is short enough. (transfer full) */
static char *
dup_beginning (VantageItemTile *self, const char *shown)
{
  glong most = self->sort == VANTAGE_ITEM_TILE_FULL ? MOST_CHARS_FULL : MOST_CHARS_LINE;
  g_autofree char *beginning = NULL;
  glong length;

  if (strnlen (shown, (gsize) most + 1) <= (gsize) most)
    return NULL;
  length = g_utf8_strlen (shown, -1);
  if (length <= most)
    return NULL;
  beginning = vantage_text_slice (shown, 0, (guint) most);
  /* translators: under the beginning of a very long message; the original record is a window that
   * shows it whole */
  return g_strdup_printf (ngettext ("%s…\n\n%'ld more character is in the original record.",
                                    "%s…\n\n%'ld more characters are in the original record.",
                                    (gulong) (length - most)),
                          beginning, length - most);
}

static void
show_words (VantageItemTile *self, const VantageItem *item)
{
  g_autofree char *beginning = dup_beginning (self, vantage_item_get_shown (item));
  const char *shown = beginning != NULL ? beginning : vantage_item_get_shown (item);
  g_autoptr (PangoAttrList) attributes = NULL;
  g_autofree char *words = NULL;

  if (*shown != '\0' && is_written (item))
    words = vantage_chat_text_parse (shown, &attributes);
  gtk_label_set_text (self->what, words != NULL    ? words
                                  : *shown != '\0' ? shown
                                                   : get_kind_word (item));
  gtk_label_set_attributes (self->what, attributes);
  gtk_label_set_xalign (self->what,
                        find_side (GTK_WIDGET (self->what), gtk_label_get_text (self->what)));
}

void
vantage_item_tile_set_item (VantageItemTile *self, const VantageItem *item)
{
  g_autofree char *spoken = NULL;
  g_autofree char *where = NULL;

  g_clear_pointer (&self->item_id, g_free);
  if (item == NULL)
    {
      show_absent (self);
      return;
    }

  self->item_id = vantage_item_dup_id (item);
  show_author (self, item);
  vantage_time_text_set_label (self->when, self->context, item->time_us, VANTAGE_SHOW_MINUTE);
  show_words (self, item);
  if (item->channel_name != NULL && item->time_us != VANTAGE_TIME_NONE)
    {
      g_autofree char *day =
          vantage_time_text_date (vantage_review_context_get_zone (self->context), item->time_us);

      where = g_strdup_printf ("%s · %s", item->channel_name, day);
    }
  gtk_label_set_text (self->where, where != NULL                ? where
                                   : item->channel_name != NULL ? item->channel_name
                                                                : "");
  spoken = vantage_item_tile_dup_spoken (self->context, item);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

void
vantage_item_tile_set_item_id (VantageItemTile *self, const char *id)
{
  g_autoptr (VantageItem) item = NULL;

  if (id != NULL)
    item =
        vantage_library_get_item (vantage_review_context_get_library (self->context),
                                  vantage_review_context_get_review_id (self->context), id, NULL);
  vantage_item_tile_set_item (self, item);
}

void
vantage_item_tile_set_show_place (VantageItemTile *self, gboolean show)
{
  gtk_widget_set_visible (GTK_WIDGET (self->where), show);
}

const char *
vantage_item_tile_get_item_id (VantageItemTile *self)
{
  return self->item_id != NULL ? self->item_id : "";
}

char *
vantage_item_tile_dup_spoken (VantageReviewContext *context, const VantageItem *item)
{
  g_autofree char *text = vantage_text_shorten (vantage_item_get_shown (item), 120);
  g_autofree char *time = NULL;

  if (item->time_us != VANTAGE_TIME_NONE)
    time = vantage_zone_format (vantage_review_context_get_zone (context), item->time_us,
                                VANTAGE_SHOW_MINUTE);
  /* translators: time, author, text of a message, as a screen reader says it */
  return g_strdup_printf (_ ("%s, %s: %s"), time != NULL ? time : _ ("no time"),
                          get_author (context, item), text);
}
