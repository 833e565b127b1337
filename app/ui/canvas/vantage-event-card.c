/* vantage-event-card.c: one event on the canvas. */

#include "config.h"

#include "vantage-event-card.h"

#include <glib/gi18n.h>
#include <math.h>

#include "vantage-avatar.h"
#include "vantage-claim-edge.h"
#include "vantage-words.h"

#define EDGE_X 5
#define EDGE_WIDTH 4
#define TEXT_X 16
#define ICON_SIZE 13
#define ICON_ROOM 19
#define WARNING_SIZE 14
#define MIN_WIDTH 96
#define MAX_WIDTH 232
#define TEXT_HEIGHT 24 /* no text below this height: a mark */

struct _VantageEventCard
{
  GtkWidget parent_instance;

  VantageTimelineEvent *event;
  guint32 lane;
  gboolean selected;
  VantageCardView view;
  char *why;
  double text_x;

  GtkWidget *edge;
  PangoLayout *title;
  PangoLayout *detail;
  GtkIconPaintable *sign;    /* (nullable) */
  GtkIconPaintable *warning; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (VantageEventCard, vantage_event_card, GTK_TYPE_WIDGET)

const char *
vantage_event_kind_get_icon (const char *kind)
{
  static const struct
  {
    const char *kind, *icon;
  } icons[] = {
    { "did", "vantage-sign-did-symbolic" },
    { "tool", "vantage-sign-did-symbolic" },
    { "said", "vantage-sign-said-symbolic" },
    { "asked", "vantage-sign-asked-symbolic" },
    { "noticed", "view-reveal-symbolic" },
    { "watched", "view-reveal-symbolic" },
    { "attention", "view-reveal-symbolic" },
    { "knew", "vantage-sign-thought-symbolic" },
    { "believed", "vantage-sign-thought-symbolic" },
    { "theory", "vantage-sign-thought-symbolic" },
    { "expected", "vantage-sign-expected-symbolic" },
    { "shift", "vantage-sign-expected-symbolic" },
    { "felt", "vantage-sign-felt-symbolic" },
    { "decided", "vantage-sign-decided-symbolic" },
    { "situation", "vantage-sign-decided-symbolic" },
    { "joined", "vantage-sign-joined-symbolic" },
    { "left", "vantage-sign-left-symbolic" },
    { "alert", "vantage-sign-alert-symbolic" },
    { "changed", "vantage-sign-changed-symbolic" },
    { "system", "vantage-sign-system-symbolic" },
    { "interplay", "vantage-sign-system-symbolic" },
    { "call", "vantage-sign-call-symbolic" },
    { "silence", "vantage-sign-silence-symbolic" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (icons); i++)
    if (g_strcmp0 (icons[i].kind, kind) == 0)
      return icons[i].icon;
  return NULL;
}

static PangoAttrList *
get_title_attributes (void)
{
  static PangoAttrList *list;

  if (list == NULL)
    {
      list = pango_attr_list_new ();
      pango_attr_list_insert (list, pango_attr_weight_new (PANGO_WEIGHT_SEMIBOLD));
      pango_attr_list_insert (list, pango_attr_scale_new (0.92));
    }
  return list;
}

static PangoAttrList *
get_detail_attributes (void)
{
  static PangoAttrList *list;

  if (list == NULL)
    {
      PangoAttribute *figures = pango_attr_font_features_new ("tnum=1");

      list = pango_attr_list_new ();
      pango_attr_list_insert (list, pango_attr_scale_new (0.8));
      pango_attr_list_insert (list, figures);
    }
  return list;
}

double
vantage_event_card_measure_title (GtkWidget *widget, const char *title)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, title);
  int width;

  pango_layout_set_attributes (layout, get_title_attributes ());
  pango_layout_get_pixel_size (layout, &width, NULL);
  return CLAMP (width + TEXT_X + ICON_ROOM + 12, MIN_WIDTH, MAX_WIDTH);
}

/* ---- what it says ---- */

static void
say (VantageEventCard *self, VantageTimelineFeed *feed)
{
  g_autofree char *spoken = vantage_timeline_feed_dup_spoken (feed, self->event);
  g_autofree char *authority = vantage_timeline_feed_dup_authority (feed, self->event);
  const char *kind =
      vantage_words_choice ("event-kind", vantage_timeline_event_get_kind (self->event));
  const char *claim =
      vantage_words_choice ("claim", vantage_timeline_event_get_claim (self->event));
  g_autoptr (GString) description = g_string_new (NULL);

  g_string_append_printf (description, "%s · %s · %s", kind, claim, authority);
  if (self->event->n_links > 0)
    g_string_append_printf (description,
                            ngettext (" · %u link", " · %u links", self->event->n_links),
                            self->event->n_links);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description->str, -1);
  if (self->why == NULL)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self), vantage_timeline_event_get_title (self->event));
}

static GtkIconPaintable *
find_icon (VantageEventCard *self, const char *name)
{
  GtkWidget *widget = GTK_WIDGET (self);

  if (name == NULL)
    return NULL;
  return gtk_icon_theme_lookup_icon (
      gtk_icon_theme_get_for_display (gtk_widget_get_display (widget)), name, NULL, ICON_SIZE,
      gtk_widget_get_scale_factor (widget), gtk_widget_get_direction (widget),
      GTK_ICON_LOOKUP_FORCE_SYMBOLIC);
}

static void
write_texts (VantageEventCard *self, VantageTimelineFeed *feed)
{
  g_autofree char *time = vantage_timeline_feed_dup_time (feed, self->event);
  g_autofree char *authority = vantage_timeline_feed_dup_authority (feed, self->event);
  g_autofree char *detail = NULL;

  if (authority[0] != '\0')
    /* translators: the faint line of a card: time, then who says so */
    detail = g_strdup_printf (_ ("%s · %s"), time, authority);
  pango_layout_set_text (self->title, vantage_timeline_event_get_title (self->event), -1);
  pango_layout_set_text (self->detail, detail != NULL ? detail : time, -1);
}

void
vantage_event_card_set_event (VantageEventCard *self, VantageTimelineFeed *feed,
                              VantageTimelineEvent *event, guint32 lane, int colour)
{
  self->lane = lane;
  vantage_avatar_set_class (self->edge, colour);
  vantage_avatar_set_class (GTK_WIDGET (self), colour);
  if (!g_set_object (&self->event, event))
    return;
  g_clear_object (&self->sign);
  g_clear_object (&self->warning);
  if (event == NULL)
    return;
  vantage_claim_edge_set_claim (VANTAGE_CLAIM_EDGE (self->edge),
                                vantage_timeline_event_get_claim (event));
  self->sign =
      find_icon (self, vantage_event_kind_get_icon (vantage_timeline_event_get_kind (event)));
  if (event->contradicted)
    self->warning = find_icon (self, "dialog-warning-symbolic");
  if (event->shape.flags & VANTAGE_CANVAS_SPAN)
    gtk_widget_add_css_class (GTK_WIDGET (self), "span");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "span");
  write_texts (self, feed);
  say (self, feed);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

VantageTimelineEvent *
vantage_event_card_get_event (VantageEventCard *self)
{
  return self->event;
}

guint32
vantage_event_card_get_lane (VantageEventCard *self)
{
  return self->lane;
}

void
vantage_event_card_set_selected (VantageEventCard *self, gboolean selected)
{
  if (self->selected == selected)
    return;
  self->selected = selected;
  if (selected)
    gtk_widget_set_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_SELECTED, FALSE);
  else
    gtk_widget_unset_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_SELECTED);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, selected, -1);
}

void
vantage_event_card_set_view (VantageEventCard *self, VantageCardView view, const char *why)
{
  static const char *const classes[] = { NULL, "could-have-seen", "unknown-then" };

  if (g_strcmp0 (self->why, why) != 0)
    {
      g_free (self->why);
      self->why = g_strdup (why);
      gtk_widget_set_tooltip_text (
          GTK_WIDGET (self), why != NULL           ? why
                             : self->event != NULL ? vantage_timeline_event_get_title (self->event)
                                                   : NULL);
    }
  if (self->view == view)
    return;
  if (classes[self->view] != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), classes[self->view]);
  self->view = view;
  if (classes[view] != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), classes[view]);
}

void
vantage_event_card_set_text_x (VantageEventCard *self, double x)
{
  if (fabs (self->text_x - x) < 0.5)
    return;
  self->text_x = x;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* ---- drawing ---- */

static double
get_text_x (VantageEventCard *self)
{
  return TEXT_X + MAX (0, self->text_x);
}

static void
vantage_event_card_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  VantageEventCard *self = VANTAGE_EVENT_CARD (widget);
  double x = get_text_x (self);
  double room = width - x - 8;
  double icon = (self->sign != NULL ? ICON_ROOM : 0) + (self->warning != NULL ? WARNING_SIZE : 0);
  GtkAllocation edge = { EDGE_X, 7, EDGE_WIDTH, MAX (height - 14, 1) };

  gtk_widget_set_child_visible (self->edge, height >= TEXT_HEIGHT);
  if (height >= TEXT_HEIGHT)
    gtk_widget_size_allocate (self->edge, &edge, -1);
  pango_layout_set_width (self->title, (int) (MAX (room - icon, 1) * PANGO_SCALE));
  pango_layout_set_width (self->detail, (int) (MAX (room, 1) * PANGO_SCALE));
}

static void
draw_icon (GtkSnapshot *snapshot, GtkIconPaintable *icon, double x, double y, double size,
           const GdkRGBA *colour)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, size, size,
                                            colour, 1);
  gtk_snapshot_restore (snapshot);
}

static void
draw_layout (GtkSnapshot *snapshot, PangoLayout *layout, double x, double y, const GdkRGBA *colour)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);
}

static void
draw_text (VantageEventCard *self, GtkSnapshot *snapshot, int height)
{
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self));
  int title_height, detail_height;
  double x = get_text_x (self), y;
  GdkRGBA colour, faint, red;

  if (!gtk_style_context_lookup_color (style, "popover_fg_color", &colour))
    gtk_style_context_get_color (style, &colour);
  faint = colour;
  faint.alpha *= 0.66f;
  pango_layout_get_pixel_size (self->title, NULL, &title_height);
  pango_layout_get_pixel_size (self->detail, NULL, &detail_height);
  if (title_height + detail_height > height + 2)
    detail_height = 0;
  y = floor ((height - title_height - detail_height) / 2.0);
  if (self->sign != NULL)
    draw_icon (snapshot, self->sign, x, y + (title_height - ICON_SIZE) / 2.0, ICON_SIZE, &faint);
  draw_layout (snapshot, self->title, x + (self->sign != NULL ? ICON_ROOM : 0), y, &colour);
  if (detail_height > 0)
    draw_layout (snapshot, self->detail, x, y + title_height, &faint);
  if (self->warning != NULL && gtk_style_context_lookup_color (style, "error_color", &red))
    draw_icon (snapshot, self->warning, gtk_widget_get_width (GTK_WIDGET (self)) - 17, 3,
               WARNING_SIZE, &red);
}

static void
vantage_event_card_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  VantageEventCard *self = VANTAGE_EVENT_CARD (widget);
  int height = gtk_widget_get_height (widget);

  if (self->event == NULL || height < TEXT_HEIGHT)
    return;
  gtk_snapshot_push_clip (
      snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget), (float) height));
  gtk_widget_snapshot_child (widget, self->edge, snapshot);
  draw_text (self, snapshot, height);
  gtk_snapshot_pop (snapshot);
}

static void
vantage_event_card_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                            int *minimum, int *natural, int *minimum_baseline,
                            int *natural_baseline)
{
  *minimum = 1;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : 40;
}

/* ---- object ---- */

static void
vantage_event_card_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  VantageEventCard *self = VANTAGE_EVENT_CARD (widget);

  GTK_WIDGET_CLASS (vantage_event_card_parent_class)->css_changed (widget, change);
  if (self->title == NULL)
    return;
  pango_layout_context_changed (self->title);
  pango_layout_context_changed (self->detail);
}

static void
vantage_event_card_dispose (GObject *object)
{
  VantageEventCard *self = VANTAGE_EVENT_CARD (object);

  g_clear_pointer (&self->edge, gtk_widget_unparent);
  g_clear_object (&self->event);
  g_clear_object (&self->sign);
  g_clear_object (&self->warning);
  g_clear_object (&self->title);
  g_clear_object (&self->detail);
  g_clear_pointer (&self->why, g_free);
  G_OBJECT_CLASS (vantage_event_card_parent_class)->dispose (object);
}

static void
vantage_event_card_class_init (VantageEventCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vantage_event_card_dispose;
  widget_class->measure = vantage_event_card_measure;
  widget_class->size_allocate = vantage_event_card_size_allocate;
  widget_class->snapshot = vantage_event_card_snapshot;
  widget_class->css_changed = vantage_event_card_css_changed;
  gtk_widget_class_set_css_name (widget_class, "eventcard");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

static void
vantage_event_card_init (VantageEventCard *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_set_focusable (widget, TRUE);
  self->edge = vantage_claim_edge_new (NULL);
  gtk_widget_set_parent (self->edge, widget);
  self->title = gtk_widget_create_pango_layout (widget, NULL);
  self->detail = gtk_widget_create_pango_layout (widget, NULL);
  pango_layout_set_attributes (self->title, get_title_attributes ());
  pango_layout_set_attributes (self->detail, get_detail_attributes ());
  pango_layout_set_ellipsize (self->title, PANGO_ELLIPSIZE_END);
  pango_layout_set_ellipsize (self->detail, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (self->title, TRUE);
  pango_layout_set_single_paragraph_mode (self->detail, TRUE);
}

GtkWidget *
vantage_event_card_new (void)
{
  return g_object_new (VANTAGE_TYPE_EVENT_CARD, NULL);
}
