/* vantage-geometry.c: rectangles that contain points and meet each other. */

#include "vantage-geometry.h"

gboolean
vantage_rect_contains (const VantageRect *self, double x, double y)
{
  return x >= self->x && x < self->x + self->width && y >= self->y && y < self->y + self->height;
}

gboolean
vantage_rect_meets (const VantageRect *self, const VantageRect *other)
{
  return self->x < other->x + other->width && other->x < self->x + self->width &&
         self->y < other->y + other->height && other->y < self->y + self->height;
}
