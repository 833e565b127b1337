/* vantage-attendee-row.c: the row of a person, and the time axis above all of them. */

#include "config.h"

#include "vantage-attendee-row.h"

#include "vantage-avatar.h"
#include "vantage-presence-bar.h"

#define DISC_PX 32
#define GAP_PX 12
#define MARGIN_PX 28
#define NARROW_MARGIN_PX 18
#define NARROW_PX 600 /* below, the bar stands on a line of its own */
#define WIDE_PX 860
#define ROW_PX 66
#define LINE_PX 48 /* of names and words when narrow */
#define MINIMUM_PX 300

/* Where things stand in a row of some width. */
typedef struct
{
  gboolean narrow;
  int margin;
  int name_x, name_width;
  int bar_x, bar_width;
  int words_x, words_width;
} Columns;

static Columns
get_columns (int width)
{
  Columns c = { .narrow = width < NARROW_PX };

  c.margin = c.narrow ? NARROW_MARGIN_PX : MARGIN_PX;
  c.name_x = c.margin + DISC_PX + GAP_PX;
  if (c.narrow)
    {
      c.words_width = MAX ((width - c.name_x - c.margin) * 2 / 5, 60);
      c.words_x = width - c.margin - c.words_width;
      c.name_width = c.words_x - GAP_PX - c.name_x;
      c.bar_x = c.name_x;
      c.bar_width = width - c.margin - c.bar_x;
      return c;
    }
  c.name_width = width < WIDE_PX ? 140 : 180;
  c.words_width = width < WIDE_PX ? 140 : 200;
  c.bar_x = c.name_x + c.name_width + GAP_PX;
  c.words_x = width - c.margin - c.words_width;
  c.bar_width = c.words_x - 2 * GAP_PX - c.bar_x;
  return c;
}

static void
place (GtkWidget *child, GtkWidget *parent, int x, int y, int width, int height)
{
  gboolean mirrored = gtk_widget_get_direction (parent) == GTK_TEXT_DIR_RTL;
  GtkAllocation box = { mirrored ? gtk_widget_get_width (parent) - x - width : x, y, width,
                        height };

  gtk_widget_size_allocate (child, &box, -1);
}

struct _VantageAttendeeRow
{
  GtkWidget parent_instance;

  GtkWidget *disc;
  GtkWidget *names, *name, *detail;
  GtkWidget *bar;
  GtkWidget *words, *part, *how;
};

G_DEFINE_FINAL_TYPE (VantageAttendeeRow, vantage_attendee_row, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
vantage_attendee_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static int
measure_height (GtkWidget *child, int width)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

static void
vantage_attendee_row_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                              int *minimum, int *natural, int *minimum_baseline,
                              int *natural_baseline)
{
  VantageAttendeeRow *self = VANTAGE_ATTENDEE_ROW (widget);
  Columns c;
  int text;

  /* GTK asks each child at least once before it is placed. */
  gtk_widget_measure (self->disc, orientation, -1, NULL, NULL, NULL, NULL);
  gtk_widget_measure (self->bar, orientation, -1, NULL, NULL, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      gtk_widget_measure (self->names, orientation, -1, NULL, NULL, NULL, NULL);
      gtk_widget_measure (self->words, orientation, -1, NULL, NULL, NULL, NULL);
      *minimum = MINIMUM_PX;
      *natural = WIDE_PX;
      return;
    }
  c = get_columns (for_size < 0 ? WIDE_PX : for_size);
  text =
      MAX (measure_height (self->names, c.name_width), measure_height (self->words, c.words_width));
  *minimum = c.narrow ? MAX (text + 6, LINE_PX) + measure_height (self->bar, c.bar_width) + 12
                      : MAX (text + 12, ROW_PX);
  *natural = *minimum;
}

static void
vantage_attendee_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  VantageAttendeeRow *self = VANTAGE_ATTENDEE_ROW (widget);
  Columns c = get_columns (width);
  int bar_height = measure_height (self->bar, c.bar_width);
  int line = c.narrow ? height - bar_height - 12 : height;

  place (self->disc, widget, c.margin, (line - DISC_PX) / 2, DISC_PX, DISC_PX);
  place (self->names, widget, c.name_x, 0, c.name_width, line);
  place (self->words, widget, c.words_x, 0, c.words_width, line);
  if (c.narrow)
    place (self->bar, widget, c.bar_x, line, c.bar_width, bar_height + 12);
  else
    place (self->bar, widget, c.bar_x, 0, c.bar_width, height);
}

static void
vantage_attendee_row_dispose (GObject *object)
{
  VantageAttendeeRow *self = VANTAGE_ATTENDEE_ROW (object);

  g_clear_pointer (&self->disc, gtk_widget_unparent);
  g_clear_pointer (&self->names, gtk_widget_unparent);
  g_clear_pointer (&self->bar, gtk_widget_unparent);
  g_clear_pointer (&self->words, gtk_widget_unparent);
  G_OBJECT_CLASS (vantage_attendee_row_parent_class)->dispose (object);
}

static void
vantage_attendee_row_class_init (VantageAttendeeRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vantage_attendee_row_dispose;
  widget_class->get_request_mode = vantage_attendee_row_get_request_mode;
  widget_class->measure = vantage_attendee_row_measure;
  widget_class->size_allocate = vantage_attendee_row_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "attendee");
}

static GtkWidget *
new_text (GtkWidget *box, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static GtkWidget *
new_column (VantageAttendeeRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
  return box;
}

static void
vantage_attendee_row_init (VantageAttendeeRow *self)
{
  self->disc = vantage_avatar_new (DISC_PX);
  gtk_widget_set_parent (self->disc, GTK_WIDGET (self));
  self->names = new_column (self);
  self->name = new_text (self->names, "person-name");
  gtk_label_set_wrap (GTK_LABEL (self->name), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->name), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (self->name), 2);
  self->detail = new_text (self->names, "faint");
}

GtkWidget *
vantage_attendee_row_new (VantagePresenceFrame *frame)
{
  VantageAttendeeRow *self = g_object_new (VANTAGE_TYPE_ATTENDEE_ROW, NULL);

  self->bar = vantage_presence_bar_new (frame);
  gtk_widget_set_parent (self->bar, GTK_WIDGET (self));
  self->words = new_column (self);
  self->part = new_text (self->words, "person-part");
  self->how = new_text (self->words, "faint");
  gtk_label_set_wrap (GTK_LABEL (self->how), TRUE);
  gtk_label_set_lines (GTK_LABEL (self->how), 2);
  return GTK_WIDGET (self);
}

static void
set_text (GtkWidget *label, const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_tooltip_text (label, text[0] != '\0' ? text : NULL);
  gtk_widget_set_visible (label, text[0] != '\0');
}

void
vantage_attendee_row_set_attendee (VantageAttendeeRow *self, VantageAttendee *attendee)
{
  const VantageAttendeeFacts *facts = vantage_attendee_get_facts (attendee);

  gboolean absent = facts->role == VANTAGE_PART_ABSENT;

  vantage_avatar_set_person (VANTAGE_AVATAR (self->disc), facts->name, absent ? -1 : facts->colour,
                             absent);
  set_text (self->name, facts->name);
  set_text (self->detail, facts->detail);
  set_text (self->part, facts->part);
  set_text (self->how, facts->how);
  vantage_presence_bar_set_attendee (VANTAGE_PRESENCE_BAR (self->bar), attendee);
}

/* ---- head ---- */

struct _VantageAttendeeHead
{
  GtkWidget parent_instance;

  GtkWidget *ruler;
};

G_DEFINE_FINAL_TYPE (VantageAttendeeHead, vantage_attendee_head, GTK_TYPE_WIDGET)

static void
vantage_attendee_head_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                               int *minimum, int *natural, int *minimum_baseline,
                               int *natural_baseline)
{
  VantageAttendeeHead *self = VANTAGE_ATTENDEE_HEAD (widget);

  gtk_widget_measure (self->ruler, orientation, -1, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = MINIMUM_PX;
}

static void
vantage_attendee_head_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  Columns c = get_columns (width);

  place (VANTAGE_ATTENDEE_HEAD (widget)->ruler, widget, c.bar_x, 0, c.bar_width, height);
}

static void
vantage_attendee_head_dispose (GObject *object)
{
  g_clear_pointer (&VANTAGE_ATTENDEE_HEAD (object)->ruler, gtk_widget_unparent);
  G_OBJECT_CLASS (vantage_attendee_head_parent_class)->dispose (object);
}

static void
vantage_attendee_head_class_init (VantageAttendeeHeadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vantage_attendee_head_dispose;
  widget_class->measure = vantage_attendee_head_measure;
  widget_class->size_allocate = vantage_attendee_head_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
vantage_attendee_head_init (VantageAttendeeHead *self)
{
}

GtkWidget *
vantage_attendee_head_new (VantagePresenceFrame *frame)
{
  VantageAttendeeHead *self = g_object_new (VANTAGE_TYPE_ATTENDEE_HEAD, NULL);

  self->ruler = vantage_presence_ruler_new (frame);
  gtk_widget_set_parent (self->ruler, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
