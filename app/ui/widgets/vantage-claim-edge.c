/* vantage-claim-edge.c: the left edge of a card. */

#include "config.h"

#include "vantage-claim-edge.h"

#include "vantage-words.h"

struct _VantageClaimEdge
{
  GtkWidget parent_instance;

  char *claim;
};

G_DEFINE_FINAL_TYPE (VantageClaimEdge, vantage_claim_edge, GTK_TYPE_WIDGET)

static const char *
get_word (const char *claim)
{
  return vantage_words_choice ("claim", claim != NULL ? claim : "unknown");
}

static void
draw_zigzag (cairo_t *cr, const graphene_rect_t *b)
{
  double x0 = b->origin.x + 0.75, x1 = b->origin.x + b->size.width - 0.75;
  double y = b->origin.y, end = b->origin.y + b->size.height;

  cairo_move_to (cr, x0, y);
  for (gboolean right = TRUE; y < end; right = !right)
    {
      y = MIN (y + 4, end);
      cairo_line_to (cr, right ? x1 : x0, y);
    }
  cairo_set_line_width (cr, 1.5);
  cairo_stroke (cr);
}

static void
draw_pieces (cairo_t *cr, const graphene_rect_t *b, double length, double gap, gboolean dots)
{
  double w = MIN (b->size.width, 3.5), x = b->origin.x + (b->size.width - w) / 2;
  double end = b->origin.y + b->size.height;

  for (double y = b->origin.y; y + length <= end + 0.5; y += length + gap)
    {
      if (dots)
        cairo_arc (cr, x + w / 2, y + length / 2, w / 2, 0, 2 * G_PI);
      else
        cairo_rectangle (cr, x, y, w, length);
      cairo_fill (cr);
    }
}

void
vantage_claim_edge_snapshot (GtkSnapshot *snapshot, const graphene_rect_t *bounds,
                             const char *claim, const GdkRGBA *colour)
{
  cairo_t *cr;

  if (claim == NULL || bounds->size.height < 1)
    return;
  if (g_str_equal (claim, "record"))
    {
      GskRoundedRect bar;

      gsk_rounded_rect_init_from_rect (&bar, bounds, bounds->size.width / 2);
      gtk_snapshot_push_rounded_clip (snapshot, &bar);
      gtk_snapshot_append_color (snapshot, colour, bounds);
      gtk_snapshot_pop (snapshot);
      return;
    }

  cr = gtk_snapshot_append_cairo (snapshot, bounds);
  gdk_cairo_set_source_rgba (cr, colour);
  if (g_str_equal (claim, "recall"))
    draw_pieces (cr, bounds, 3.5, 2.5, TRUE);
  else if (g_str_equal (claim, "inference"))
    draw_pieces (cr, bounds, 6, 3, FALSE);
  else if (g_str_equal (claim, "judgement"))
    draw_zigzag (cr, bounds);
  cairo_destroy (cr);
}

static void
vantage_claim_edge_snapshot_widget (GtkWidget *widget, GtkSnapshot *snapshot)
{
  VantageClaimEdge *self = VANTAGE_CLAIM_EDGE (widget);
  GdkRGBA colour;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  vantage_claim_edge_snapshot (
      snapshot,
      &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget)),
      self->claim, &colour);
}

static void
vantage_claim_edge_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                            int *minimum, int *natural, int *minimum_baseline,
                            int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 4 : 12;
}

static void
vantage_claim_edge_finalize (GObject *object)
{
  g_free (VANTAGE_CLAIM_EDGE (object)->claim);
  G_OBJECT_CLASS (vantage_claim_edge_parent_class)->finalize (object);
}

static void
vantage_claim_edge_class_init (VantageClaimEdgeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = vantage_claim_edge_finalize;
  widget_class->snapshot = vantage_claim_edge_snapshot_widget;
  widget_class->measure = vantage_claim_edge_measure;
  gtk_widget_class_set_css_name (widget_class, "claimedge");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
vantage_claim_edge_init (VantageClaimEdge *self)
{
}

GtkWidget *
vantage_claim_edge_new (const char *claim)
{
  VantageClaimEdge *self = g_object_new (VANTAGE_TYPE_CLAIM_EDGE, NULL);

  vantage_claim_edge_set_claim (self, claim);
  return GTK_WIDGET (self);
}

void
vantage_claim_edge_set_claim (VantageClaimEdge *self, const char *claim)
{
  g_free (self->claim);
  self->claim = g_strdup (claim);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), get_word (claim));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  get_word (claim), -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
