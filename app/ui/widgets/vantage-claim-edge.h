/* vantage-claim-edge.h: the left edge of a card, that says by its shape what kind of claim it is:
 * record a bar, recall dots, inference dashes, judgement a zigzag, unknown none. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Draws it into @bounds of a snapshot; for cards that draw themselves. @claim: (nullable) */
void vantage_claim_edge_snapshot (GtkSnapshot *snapshot, const graphene_rect_t *bounds,
                                  const char *claim, const GdkRGBA *colour);

#define VANTAGE_TYPE_CLAIM_EDGE (vantage_claim_edge_get_type ())
G_DECLARE_FINAL_TYPE (VantageClaimEdge, vantage_claim_edge, VANTAGE, CLAIM_EDGE, GtkWidget)

/* 4 px wide, as high as it is given, in the CSS colour of the widget. */
GtkWidget *vantage_claim_edge_new (const char *claim);
void vantage_claim_edge_set_claim (VantageClaimEdge *self, const char *claim);

G_END_DECLS
