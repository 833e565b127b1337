/* vantage-anchor-move.c: words that were marked, followed through an edit of their text. */

#include "vantage-anchor-move.h"

#include <string.h>

/* Beyond so many differences the stretch between the common ends counts as replaced. */
#define MAX_DIFFERENCES 2000
#define SHORTEST_RUN 3

typedef struct
{
  const gunichar *a; /* before */
  const gunichar *b; /* after */
  int n_a, n_b;
  int *pair; /* (array length=n_a): index in b of the same character, -1: it is gone */
} Alignment;

/* Walks back through the furthest points of each number of differences and notes which characters
 * stayed. */
static void
trace (Alignment *self, GPtrArray *rounds, int n_rounds)
{
  int x = self->n_a;
  int y = self->n_b;

  for (int d = n_rounds; d >= 0; d--)
    {
      const int *furthest = (const int *) rounds->pdata[d] + d + 1;
      int k = x - y;
      gboolean down = k == -d || (k != d && furthest[k - 1] < furthest[k + 1]);
      int from_k = down ? k + 1 : k - 1;
      int from_x = d == 0 ? 0 : furthest[from_k];
      int from_y = d == 0 ? 0 : from_x - from_k;

      while (x > from_x && y > from_y)
        {
          x--;
          y--;
          self->pair[x] = y;
        }
      x = from_x;
      y = from_y;
    }
}

/* The greedy shortest edit (Myers, 1986). FALSE: too many differences. */
static gboolean
align (Alignment *self)
{
  g_autoptr (GPtrArray) rounds = g_ptr_array_new_with_free_func (g_free);
  int limit = MIN (self->n_a + self->n_b, MAX_DIFFERENCES);
  g_autofree int *memory = g_new0 (int, 2 * (gsize) limit + 3);
  int *furthest = memory + limit + 1;

  for (int d = 0; d <= limit; d++)
    {
      /* what stood before this round, for the way back */
      g_ptr_array_add (rounds, g_memdup2 (furthest - d - 1, sizeof (int) * (2 * (gsize) d + 3)));
      for (int k = -d; k <= d; k += 2)
        {
          gboolean down = k == -d || (k != d && furthest[k - 1] < furthest[k + 1]);
          int x = down ? furthest[k + 1] : furthest[k - 1] + 1;
          int y = x - k;

          while (x < self->n_a && y < self->n_b && self->a[x] == self->b[y])
            {
              x++;
              y++;
            }
          furthest[k] = x;
          if (x >= self->n_a && y >= self->n_b)
            {
              trace (self, rounds, d);
              return TRUE;
            }
        }
    }
  return FALSE;
}

/* What is equal at the beginning and at the end needs no search. */
static void
pair_up (const gunichar *a, int n_a, const gunichar *b, int n_b, int *pair)
{
  int head = 0;
  int tail = 0;
  Alignment middle;

  while (head < n_a && head < n_b && a[head] == b[head])
    head++;
  while (tail < n_a - head && tail < n_b - head && a[n_a - 1 - tail] == b[n_b - 1 - tail])
    tail++;
  for (int i = 0; i < n_a; i++)
    pair[i] = i < head ? i : i >= n_a - tail ? n_b - (n_a - i) : -1;

  middle = (Alignment){ a + head, b + head, n_a - head - tail, n_b - head - tail, pair + head };
  if (middle.n_a == 0 || middle.n_b == 0 || !align (&middle))
    return;
  for (int i = 0; i < middle.n_a; i++)
    if (middle.pair[i] >= 0)
      middle.pair[i] += head;
}

/* Where the gap before index @at of the old text is in the new one. */
static guint
find_gap (const int *pair, int n_a, int at)
{
  for (int i = at - 1; i >= 0; i--)
    if (pair[i] >= 0)
      return (guint) pair[i] + 1;
  return 0;
}

/* The longest stretch of [first, last] that stayed together. */
static int
measure_run (const int *pair, int first, int last)
{
  int longest = 0;
  int run = 0;

  for (int i = first; i <= last; i++)
    {
      gboolean goes_on = run > 0 && pair[i] >= 0 && pair[i] == pair[i - 1] + 1;

      run = goes_on ? run + 1 : pair[i] >= 0 ? 1 : 0;
      longest = MAX (longest, run);
    }
  return longest;
}

void
vantage_anchor_move (const char *before, const char *after, guint *from, guint *to)
{
  glong n_a = 0;
  glong n_b = 0;
  g_autofree gunichar *a = g_utf8_to_ucs4_fast (before, -1, &n_a);
  g_autofree gunichar *b = g_utf8_to_ucs4_fast (after, -1, &n_b);
  g_autofree int *pair = g_new (int, (gsize) n_a + 1);
  int first, last;

  *to = MIN (*to, (guint) n_a);
  *from = MIN (*from, *to);
  pair_up (a, (int) n_a, b, (int) n_b, pair);
  first = (int) *from;
  last = (int) *to - 1;
  while (first <= last && pair[first] < 0)
    first++;
  while (last >= first && pair[last] < 0)
    last--;
  /* a letter or two that happen to be alike are not the words */
  if (first > last || measure_run (pair, first, last) < MIN (SHORTEST_RUN, (int) *to - (int) *from))
    {
      *from = *to = find_gap (pair, (int) n_a, (int) *from);
      return;
    }
  if (!g_unichar_isspace (a[*to - 1]))
    while (last > first && g_unichar_isspace (a[last]))
      last--;
  if (!g_unichar_isspace (a[*from]))
    while (first < last && g_unichar_isspace (a[first]))
      first++;
  while (last > first && pair[last] < 0)
    last--;
  while (first < last && pair[first] < 0)
    first++;
  *from = (guint) pair[first];
  *to = (guint) pair[last] + 1;
}
