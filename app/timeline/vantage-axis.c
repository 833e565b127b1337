/* vantage-axis.c: folds and spreads brought into order, and folds proposed from gaps. */

#include "vantage-axis-private.h"

#include <string.h>

#define MAX_MARGIN_US (60 * G_GINT64_CONSTANT (1000000))

const VantageFoldRule vantage_fold_rule_default = {
  .min_gap_us = 5 * 60 * G_GINT64_CONSTANT (1000000),
  .times_median = 8.0,
  .n_around = 50,
};

G_DEFINE_BOXED_TYPE (VantageAxis, vantage_axis, vantage_axis_ref, vantage_axis_unref)

static int
compare_stretches (gconstpointer a, gconstpointer b)
{
  const VantageStretch *x = a, *y = b;

  if (x->begin_us != y->begin_us)
    return x->begin_us < y->begin_us ? -1 : 1;
  if (x->end_us != y->end_us)
    return x->end_us > y->end_us ? -1 : 1;
  return (int) x->sort - (int) y->sort;
}

/* In order, without overlap, without empty or plain ones. */
static GArray *
tidy_stretches (const VantageStretch *stretches, guint n)
{
  GArray *out = g_array_sized_new (FALSE, FALSE, sizeof (VantageStretch), n);
  g_autofree VantageStretch *sorted = NULL;
  gint64 free_from = G_MININT64 + 1;

  if (n == 0)
    return out;
  sorted = g_memdup2 (stretches, n * sizeof *stretches);
  qsort (sorted, n, sizeof *sorted, compare_stretches);
  for (guint i = 0; i < n; i++)
    {
      VantageStretch s = sorted[i];

      s.begin_us = MAX (s.begin_us, free_from);
      s.end_us = MIN (s.end_us, G_MAXINT64 - 1);
      s.factor =
          s.sort == VANTAGE_STRETCH_SPREAD ? CLAMP (s.factor, 1, VANTAGE_AXIS_MAX_FACTOR) : 1;
      if (s.end_us <= s.begin_us || s.sort == VANTAGE_STRETCH_PLAIN ||
          (s.sort == VANTAGE_STRETCH_SPREAD && s.factor == 1))
        continue;
      g_array_append_val (out, s);
      free_from = s.end_us;
    }
  return out;
}

static void
add_piece (VantageAxis *self, const VantageStretch *stretch)
{
  VantageAxisPiece *piece = &self->pieces[self->n_pieces];

  piece->stretch = *stretch;
  if (self->n_pieces > 0)
    {
      const VantageAxisPiece *before = piece - 1;

      piece->n_folds = before->n_folds + (before->stretch.sort == VANTAGE_STRETCH_FOLD);
      piece->weight = vantage_axis_get_weight (self, self->n_pieces - 1, stretch->begin_us);
    }
  self->n_pieces++;
}

static void
build_pieces (VantageAxis *self)
{
  gint64 at = G_MININT64;

  self->pieces = g_new0 (VantageAxisPiece, 2 * self->n_stretches + 1);
  for (guint i = 0; i < self->n_stretches; i++)
    {
      const VantageStretch *s = &self->stretches[i];

      if (at < s->begin_us)
        add_piece (self, &(VantageStretch){ at, s->begin_us, VANTAGE_STRETCH_PLAIN, 1 });
      add_piece (self, s);
      at = s->end_us;
    }
  add_piece (self, &(VantageStretch){ at, G_MAXINT64, VANTAGE_STRETCH_PLAIN, 1 });
}

VantageAxis *
vantage_axis_new (const VantageStretch *stretches, guint n_stretches, double fold_px)
{
  VantageAxis *self = g_new0 (VantageAxis, 1);
  g_autoptr (GArray) tidy = tidy_stretches (stretches, n_stretches);

  g_return_val_if_fail (fold_px > 0, NULL);

  g_atomic_ref_count_init (&self->refs);
  self->fold_px = fold_px;
  self->n_stretches = tidy->len;
  self->stretches = (VantageStretch *) g_array_free (g_steal_pointer (&tidy), FALSE);
  build_pieces (self);
  return self;
}

VantageAxis *
vantage_axis_ref (VantageAxis *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
vantage_axis_unref (VantageAxis *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->pieces);
  g_free (self->stretches);
  g_free (self);
}

double
vantage_axis_get_fold_px (VantageAxis *self)
{
  return self->fold_px;
}

const VantageStretch *
vantage_axis_get_stretches (VantageAxis *self, guint *out_n)
{
  *out_n = self->n_stretches;
  return self->stretches;
}

guint
vantage_axis_find_piece (VantageAxis *self, gint64 us)
{
  guint low = 0, high = self->n_pieces;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (self->pieces[middle].stretch.begin_us <= us)
        low = middle;
      else
        high = middle;
    }
  return low;
}

VantageWide
vantage_axis_get_weight (VantageAxis *self, guint piece, gint64 us)
{
  const VantageAxisPiece *p = &self->pieces[piece];

  if (p->stretch.sort == VANTAGE_STRETCH_FOLD)
    return p->weight;
  return p->weight + ((VantageWide) us - p->stretch.begin_us) * p->stretch.factor;
}

void
vantage_axis_find (VantageAxis *self, gint64 us, VantageStretch *out)
{
  *out = self->pieces[vantage_axis_find_piece (self, us)].stretch;
}

static int
compare_gaps (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

/* The median of up to @n_around gaps nearest to gap @at, without itself. FALSE: there is no other.
 */
static gboolean
find_median (const gint64 *gaps, gsize n_gaps, gsize at, guint n_around, double *out)
{
  gsize want = MIN ((gsize) n_around, n_gaps - 1);
  gsize first = at > want / 2 ? at - want / 2 : 0;
  g_autofree gint64 *around = NULL;
  gsize n = 0;

  if (want == 0)
    return FALSE;
  first = MIN (first, n_gaps - 1 - want);
  around = g_new (gint64, want);
  for (gsize i = first; n < want; i++)
    if (i != at)
      around[n++] = gaps[i];
  qsort (around, n, sizeof *around, compare_gaps);
  *out =
      n % 2 ? (double) around[n / 2] : ((double) around[n / 2 - 1] + (double) around[n / 2]) / 2.0;
  return TRUE;
}

GArray *
vantage_axis_propose_folds (const gint64 *times_us, gsize n_times, const VantageFoldRule *rule)
{
  GArray *folds = g_array_new (FALSE, FALSE, sizeof (VantageStretch));
  g_autofree gint64 *gaps = NULL;

  if (n_times < 3)
    return folds;
  gaps = g_new (gint64, n_times - 1);
  for (gsize i = 0; i + 1 < n_times; i++)
    gaps[i] = times_us[i + 1] - times_us[i];
  for (gsize i = 0; i + 1 < n_times; i++)
    {
      gint64 margin = MIN (gaps[i] / 10, MAX_MARGIN_US);
      double median;

      if (gaps[i] <= rule->min_gap_us ||
          !find_median (gaps, n_times - 1, i, rule->n_around, &median) ||
          (double) gaps[i] <= rule->times_median * median)
        continue;
      g_array_append_val (folds, ((VantageStretch){ times_us[i] + margin, times_us[i + 1] - margin,
                                                    VANTAGE_STRETCH_FOLD, 1 }));
    }
  return folds;
}
