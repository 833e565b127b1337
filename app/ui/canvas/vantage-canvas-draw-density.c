/* vantage-canvas-draw-density.c: far away a lane is how much happens when: counts in tiles of time,
 * each a picture one pixel high that is kept and stretched, so that panning and zooming count
 * nothing twice. */

#include "config.h"

#include <math.h>

#include "vantage-canvas-parts.h"

#define N_BINS 256       /* of a tile */
#define BIN_PX 2.0       /* the least width of a bin; it grows to twice as much */
#define MAX_TILES 1500   /* kept */
#define MAX_NEW_TILES 24 /* made in one frame, while others can stand in for them */
#define N_PARENTS 3      /* levels up that can stand in */

typedef struct
{
  gint64 index; /* of its begin, in widths of a tile from the epoch */
  guint32 lane;
  int level; /* a bin lasts 2^level µs */
  guint generation;
  GdkRGBA colour;
  GdkTexture *texture; /* NULL: nothing happens there */
  guint64 used;        /* the frame in which it was drawn last */
} Tile;

static guint
hash_tile (gconstpointer key)
{
  const Tile *tile = key;

  return (guint) ((guint64) tile->index * 2654435761u) ^ (tile->lane * 40503u) ^
         ((guint) tile->level << 24);
}

static gboolean
is_same_tile (gconstpointer a, gconstpointer b)
{
  const Tile *x = a, *y = b;

  return x->index == y->index && x->lane == y->lane && x->level == y->level;
}

static void
free_tile (gpointer data)
{
  g_clear_object (&((Tile *) data)->texture);
  g_free (data);
}

GHashTable *
vantage_canvas_new_tiles (void)
{
  return g_hash_table_new_full (hash_tile, is_same_tile, NULL, free_tile);
}

static GdkTexture *
paint (const guint *counts, const GdkRGBA *colour)
{
  guchar *pixels = g_malloc0 (N_BINS * 4);
  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, N_BINS * 4);
  gboolean any = FALSE;

  for (guint i = 0; i < N_BINS; i++)
    {
      double alpha = counts[i] > 0 ? MIN (0.25 + 0.15 * log2 (counts[i]), 1) * colour->alpha : 0;

      any = any || counts[i] > 0;
      pixels[4 * i] = (guchar) (colour->red * 255);
      pixels[4 * i + 1] = (guchar) (colour->green * 255);
      pixels[4 * i + 2] = (guchar) (colour->blue * 255);
      pixels[4 * i + 3] = (guchar) (alpha * 255);
    }
  return any ? gdk_memory_texture_new (N_BINS, 1, GDK_MEMORY_R8G8B8A8, bytes, N_BINS * 4) : NULL;
}

static Tile *
find_tile (VantageCanvas *self, guint32 lane, int level, gint64 index)
{
  const Tile wanted = { .index = index, .lane = lane, .level = level };
  Tile *tile = g_hash_table_lookup (self->tiles, &wanted);

  if (tile == NULL || tile->generation != vantage_canvas_layout_get_generation (self->layout) ||
      !gdk_rgba_equal (&tile->colour, vantage_canvas_get_lane_colour (self, lane)))
    return NULL;
  tile->used = self->frame;
  return tile;
}

static Tile *
make_tile (VantageCanvas *self, guint32 lane, int level, gint64 index)
{
  Tile *tile = g_new0 (Tile, 1);
  guint counts[N_BINS];
  gint64 bin_us = (gint64) 1 << level;

  vantage_canvas_layout_count (self->layout, lane, index * N_BINS * bin_us, bin_us, N_BINS, counts);
  *tile = (Tile){ .index = index,
                  .lane = lane,
                  .level = level,
                  .generation = vantage_canvas_layout_get_generation (self->layout),
                  .colour = *vantage_canvas_get_lane_colour (self, lane),
                  .used = self->frame };
  tile->texture = paint (counts, &tile->colour);
  g_hash_table_replace (self->tiles, tile, tile);
  self->new_tiles++;
  return tile;
}

static gboolean
is_old (gpointer key, gpointer value, gpointer data)
{
  const VantageCanvas *self = data;

  return ((Tile *) value)->used + 60 < self->frame;
}

/* ---- drawing ---- */

/* A stretch in which x is a straight function of time, as far as it is in view. */
typedef struct
{
  gint64 begin_us, end_us;
  double x, px_per_us; /* x of begin */
  int level;
} Piece;

static void
draw_tile (VantageCanvas *self, GtkSnapshot *snapshot, const Piece *piece, const Tile *tile,
           double y, double height)
{
  gint64 long_us = N_BINS * ((gint64) 1 << tile->level);
  double x = piece->x + (double) (tile->index * long_us - piece->begin_us) * piece->px_per_us;

  if (tile->texture != NULL)
    gtk_snapshot_append_texture (snapshot, tile->texture,
                                 &GRAPHENE_RECT_INIT ((float) (self->area.origin.x + x), (float) y,
                                                      (float) ((double) long_us * piece->px_per_us),
                                                      (float) height));
}

static gint64
floor_half (gint64 index)
{
  return index >> 1;
}

/* Draws what is kept of another zoom in place of a tile; FALSE: nothing is. */
static gboolean
stand_in (VantageCanvas *self, GtkSnapshot *snapshot, const Piece *piece, guint32 lane,
          gint64 index, double y, double height)
{
  const Tile *halves[2] = { find_tile (self, lane, piece->level - 1, 2 * index),
                            find_tile (self, lane, piece->level - 1, 2 * index + 1) };
  gint64 long_us = N_BINS * ((gint64) 1 << piece->level), above = index;
  double x = piece->x + (double) (index * long_us - piece->begin_us) * piece->px_per_us;

  if (halves[0] != NULL && halves[1] != NULL)
    {
      draw_tile (self, snapshot, piece, halves[0], y, height);
      draw_tile (self, snapshot, piece, halves[1], y, height);
      return TRUE;
    }
  for (int up = 1; up <= N_PARENTS; up++)
    {
      const Tile *parent;

      above = floor_half (above);
      parent = find_tile (self, lane, piece->level + up, above);
      if (parent == NULL)
        continue;
      gtk_snapshot_push_clip (snapshot,
                              &GRAPHENE_RECT_INIT ((float) (self->area.origin.x + x), (float) y,
                                                   (float) ((double) long_us * piece->px_per_us),
                                                   (float) height));
      draw_tile (self, snapshot, piece, parent, y, height);
      gtk_snapshot_pop (snapshot);
      return TRUE;
    }
  return FALSE;
}

static void
draw_lane (VantageCanvas *self, GtkSnapshot *snapshot, const Piece *piece,
           const VantageCanvasBand *band)
{
  double y = self->area.origin.y + band->y - vantage_viewport_get_scroll (self->viewport);
  gint64 long_us = N_BINS * ((gint64) 1 << piece->level);
  gint64 first = piece->begin_us / long_us - (piece->begin_us % long_us < 0 ? 1 : 0);

  if (y >= self->area.origin.y + self->area.size.height || y + band->height <= self->area.origin.y)
    return;
  for (gint64 index = first; index * long_us < piece->end_us; index++)
    {
      const Tile *tile = find_tile (self, band->lane, piece->level, index);

      if (tile == NULL && self->new_tiles >= MAX_NEW_TILES &&
          stand_in (self, snapshot, piece, band->lane, index, y + 6, band->height - 12))
        {
          self->wants_frame = TRUE;
          continue;
        }
      if (tile == NULL)
        tile = make_tile (self, band->lane, piece->level, index);
      draw_tile (self, snapshot, piece, tile, y + 6, band->height - 12);
    }
}

static void
draw_piece (VantageCanvas *self, GtkSnapshot *snapshot, const Piece *piece)
{
  guint n;
  const VantageCanvasBand *bands = vantage_canvas_layout_get_bands (self->layout, &n);
  double wide = (double) (piece->end_us - piece->begin_us) * piece->px_per_us;

  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT ((float) (self->area.origin.x + piece->x),
                                                         self->area.origin.y, (float) wide,
                                                         self->area.size.height));
  for (guint i = 0; i < n; i++)
    if (bands[i].n_seen > 0)
      draw_lane (self, snapshot, piece, &bands[i]);
  gtk_snapshot_pop (snapshot);
}

void
vantage_canvas_draw_density (VantageCanvas *self, GtkSnapshot *snapshot)
{
  VantageTimeScale scale;
  gint64 at, end;

  self->new_tiles = 0;
  vantage_viewport_get_scale (self->viewport, &scale);
  at = vantage_time_scale_get_us (&scale, 0);
  end = vantage_time_scale_get_us (&scale, self->area.size.width) + 1;
  while (at < end)
    {
      VantageStretch stretch = { G_MININT64, G_MAXINT64, VANTAGE_STRETCH_PLAIN, 1 };
      Piece piece = { .begin_us = at };

      if (scale.axis != NULL)
        vantage_axis_find (scale.axis, at, &stretch);
      piece.end_us = MIN (stretch.end_us, end);
      piece.x = vantage_time_scale_get_x (&scale, at);
      piece.px_per_us = stretch.factor / scale.us_per_px;
      piece.level = (int) ceil (log2 (BIN_PX / piece.px_per_us));
      at = piece.end_us;
      /* a fold is torn paper, whatever happened in it */
      if (stretch.sort != VANTAGE_STRETCH_FOLD && piece.level >= 1)
        draw_piece (self, snapshot, &piece);
    }
  if (g_hash_table_size (self->tiles) > MAX_TILES)
    g_hash_table_foreach_remove (self->tiles, is_old, self);
}
