/* vantage-picture-pages.c: a timeline over pages: each takes as many events as can be read on it,
 * and has its own stretch of time. */

#include <math.h>

#include "vantage-picture-private.h"
#include "vantage-report-private.h"

#define PAPER_WIDTH 841.89 /* A4, landscape, in points */
#define PAPER_HEIGHT 595.28
#define PAPER_MARGIN 28.0
#define PAGE_WIDTH 1280.0
#define NOTE_HEIGHT 20.0

typedef struct
{
  VantageTimelinePicture *picture;
  double width, height;
  GPtrArray *sheets;
  GPtrArray *plans; /* of the same pages */
  guint *page_of;   /* by event: from 1 */
} Pages;

/* ---- how much has room ---- */

static gboolean
has_room (VantagePicturePlan *plan, double room)
{
  return vantage_picture_plan_get_height (plan) <= room;
}

/* The most events from @first on that have room; at least one, whatever it takes. */
static VantagePicturePlan *
fill_timed (Pages *self, guint first, double room)
{
  guint left = self->picture->n_timed - first, low = 1, high;
  VantagePicturePlan *best = vantage_picture_plan_new (self->picture, first, 1, 0, 0, self->width);

  /* doubling first: a page holds far less than all */
  for (high = 2; low < left; high *= 2)
    {
      guint n = MIN (high, left);
      VantagePicturePlan *plan =
          vantage_picture_plan_new (self->picture, first, n, 0, 0, self->width);

      if (!has_room (plan, room))
        {
          vantage_picture_plan_free (plan);
          high = n;
          break;
        }
      vantage_picture_plan_free (best);
      best = plan;
      low = n;
    }
  while (low < left && low + 1 < high)
    {
      guint n = (low + high) / 2;
      VantagePicturePlan *plan =
          vantage_picture_plan_new (self->picture, first, n, 0, 0, self->width);

      if (has_room (plan, room))
        {
          vantage_picture_plan_free (best);
          best = plan;
          low = n;
        }
      else
        {
          vantage_picture_plan_free (plan);
          high = n;
        }
    }
  return best;
}

static VantagePicturePlan *
fill_waiting (Pages *self, guint first, double room)
{
  guint left = self->picture->scene->events->len - first;
  guint low = 1, high = left + 1;

  while (low + 1 < high)
    {
      guint n = (low + high) / 2;
      g_autoptr (VantagePicturePlan) plan =
          vantage_picture_plan_new (self->picture, 0, 0, first, n, self->width);

      if (has_room (plan, room))
        low = n;
      else
        high = n;
    }
  return vantage_picture_plan_new (self->picture, 0, 0, first, low, self->width);
}

/* ---- pages ---- */

static double
get_room (Pages *self)
{
  double legend =
      self->plans->len == 0 ? vantage_picture_draw_legend (self->picture, NULL, 0, self->width) : 0;

  return self->height - VANTAGE_PICTURE_HEADER - legend;
}

static guint
add_plan (Pages *self, VantagePicturePlan *plan)
{
  g_ptr_array_add (self->plans, plan);
  for (guint i = 0; i < plan->events->len; i++)
    self->page_of[g_array_index (plan->events, guint, i)] = self->plans->len;
  return plan->events->len;
}

static void
make_plans (Pages *self)
{
  VantageTimelinePicture *picture = self->picture;
  guint n = picture->scene->events->len;
  VantagePicturePlan *all =
      n < 400 ? vantage_picture_plan_new (picture, 0, picture->n_timed, picture->n_timed,
                                          n - picture->n_timed, self->width)
              : NULL;

  if (all != NULL && has_room (all, get_room (self)))
    {
      add_plan (self, all);
      return;
    }
  vantage_picture_plan_free (all);
  for (guint at = 0; at < picture->n_timed;)
    at += add_plan (self, fill_timed (self, at, get_room (self)));
  for (guint at = picture->n_timed; at < n;)
    at += add_plan (self, fill_waiting (self, at, get_room (self)));
}

static VantageSheet *
begin_page (Pages *self, const char *detail, guint number, guint n)
{
  VantageSheet *sheet =
      vantage_sheet_new (self->width, self->height, self->picture->scene->title, detail);
  g_autofree char *right = NULL;

  if (n > 1)
    /* translators: number of this page, and how many there are */
    right = g_strdup_printf (_ ("Page %u of %u"), number, n);
  vantage_picture_draw_header (self->picture, sheet, self->picture->scene->title, detail, right);
  g_ptr_array_add (self->sheets, sheet);
  return sheet;
}

static char *
dup_detail (Pages *self, VantagePicturePlan *plan)
{
  guint n = plan->events->len;
  g_autofree char *count = g_strdup_printf (dngettext (NULL, "%u event", "%u events", n), n);
  g_autofree char *span = NULL;

  if (plan->n == 0)
    return n == 0 ? g_strdup (_ ("Nothing happened in this part of the timeline."))
                  /* translators: a page of events whose time is not known: how many */
                  : g_strdup_printf (_ ("No time yet · %s"), count);
  span = vantage_picture_dup_span (self->picture, plan->begin_us, plan->end_us);
  return g_strdup_printf ("%s · %s", span, count);
}

/* ---- links that lead from one page to another ---- */

static GPtrArray *
list_notes (Pages *self)
{
  VantageScene *scene = self->picture->scene;
  GPtrArray *notes = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < scene->links->len; i++)
    {
      const VantageSceneLink *link = &g_array_index (scene->links, VantageSceneLink, i);
      guint a = self->page_of[link->from], b = self->page_of[link->to];

      if (a != b)
        g_ptr_array_add (
            notes,
            /* translators: an event and its page, the word of the link, another event and page */
            g_strdup_printf (_ ("“%s” (page %u) – %s – “%s” (page %u)"),
                             ((VantageSceneEvent *) scene->events->pdata[link->from])->title, a,
                             link->label,
                             ((VantageSceneEvent *) scene->events->pdata[link->to])->title, b));
    }
  return notes;
}

static void
draw_notes (Pages *self, GPtrArray *notes, guint n_pages)
{
  guint per_page = (guint) ((self->height - VANTAGE_PICTURE_HEADER) / NOTE_HEIGHT);

  for (guint first = 0; first < notes->len; first += per_page)
    {
      VantageSheet *sheet =
          begin_page (self, _ ("Links from page to page"), self->sheets->len + 1, n_pages);

      vantage_sheet_open (sheet, VANTAGE_PART_LIST, NULL, NULL, NULL);
      for (guint i = first; i < MIN (first + per_page, notes->len); i++)
        {
          vantage_sheet_open (sheet, VANTAGE_PART_ITEM, NULL, NULL, NULL);
          vantage_sheet_text (sheet, 18, VANTAGE_PICTURE_HEADER + (i - first) * NOTE_HEIGHT,
                              self->width - 36, notes->pdata[i], &vantage_letters_faint,
                              self->picture->look->text);
          vantage_sheet_close (sheet);
        }
      vantage_sheet_close (sheet);
    }
}

static void
draw_pages (Pages *self)
{
  g_autoptr (GPtrArray) notes = list_notes (self);
  guint per_page = (guint) ((self->height - VANTAGE_PICTURE_HEADER) / NOTE_HEIGHT);
  guint n = self->plans->len + (notes->len + per_page - 1) / per_page;

  for (guint i = 0; i < self->plans->len; i++)
    {
      VantagePicturePlan *plan = self->plans->pdata[i];
      g_autofree char *detail = dup_detail (self, plan);
      VantageSheet *sheet = begin_page (self, detail, i + 1, n);

      vantage_picture_draw (plan, sheet, VANTAGE_PICTURE_HEADER);
      if (i == 0)
        vantage_picture_draw_legend (
            self->picture, sheet, VANTAGE_PICTURE_HEADER + vantage_picture_plan_get_height (plan),
            self->width);
    }
  draw_notes (self, notes, n);
}

GBytes *
vantage_timeline_picture_to_pdf (VantageTimelinePicture *picture, GError **error)
{
  const VantagePaper paper = { .title = picture->scene->title,
                               .now_us = picture->report.now_us,
                               .margin_pt = PAPER_MARGIN,
                               .width_pt = PAPER_WIDTH,
                               .height_pt = PAPER_HEIGHT };
  double width = picture->options.width_px > 0 ? MAX (picture->options.width_px, 640) : PAGE_WIDTH;
  g_autoptr (GPtrArray) sheets =
      g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_sheet_free);
  g_autoptr (GPtrArray) plans =
      g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_picture_plan_free);
  g_autofree guint *page_of = g_new0 (guint, picture->scene->events->len + 1);
  Pages self = { .picture = picture,
                 .width = width,
                 .height = floor (width * (PAPER_HEIGHT - 2 * PAPER_MARGIN) /
                                  (PAPER_WIDTH - 2 * PAPER_MARGIN)),
                 .sheets = sheets,
                 .plans = plans,
                 .page_of = page_of };

  make_plans (&self);
  if (plans->len == 0)
    add_plan (&self, vantage_picture_plan_new (picture, 0, 0, 0, 0, width));
  draw_pages (&self);
  return vantage_sheets_to_pdf (sheets, &paper, error);
}
