/* vantage-timeline-times.c: what is known of time in a review, and in which words it is told. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-time-text.h"
#include "vantage-timeline-feed-private.h"
#include "vantage-words.h"

#define MINUTE_US (60 * (gint64) G_USEC_PER_SEC)

const VantageItem *
vantage_timeline_feed_get_item (VantageTimelineFeed *self, const char *id)
{
  gpointer item;

  if (id == NULL)
    return NULL;
  if (!g_hash_table_lookup_extended (self->items, id, NULL, &item))
    {
      item =
          vantage_library_get_item (vantage_review_context_get_library (self->context),
                                    vantage_review_context_get_review_id (self->context), id, NULL);
      g_hash_table_insert (self->items, g_strdup (id), item);
    }
  return item;
}

static gboolean
find_item_time (const char *id, gint64 *out_us, VantagePrecision *out_precision, gpointer data)
{
  const VantageItem *item = vantage_timeline_feed_get_item (data, id);

  if (item == NULL || item->time_us == VANTAGE_TIME_NONE)
    return FALSE;
  *out_us = item->time_us;
  *out_precision = item->precision;
  return TRUE;
}

void
vantage_timeline_feed_take_times (VantageTimelineFeed *self, VantageEntity *entity)
{
  vantage_times_take_entity (self->times, entity, find_item_time, self);
}

void
vantage_timeline_feed_read_times (VantageTimelineFeed *self)
{
  static const guint read[] = { 0, 2 }; /* events, statements */

  self->times = vantage_times_new ();
  for (guint k = 0; k < G_N_ELEMENTS (read); k++)
    {
      GListModel *model = self->models[read[k]];
      guint n = g_list_model_get_n_items (model);

      for (guint i = 0; i < n; i++)
        {
          g_autoptr (VantageEntity) entity = g_list_model_get_item (model, i);

          vantage_timeline_feed_take_times (self, entity);
        }
    }
}

/* ---- impact ---- */

static void
free_impact (gpointer data)
{
  VantageTimelineImpact *impact = data;

  g_free (impact->name);
  g_array_unref (impact->times_us);
  g_array_unref (impact->values);
  g_free (impact);
}

static gboolean
find_when (VantageTimelineFeed *self, VantageEntity *entity, const char *field, gint64 *out_us)
{
  VantagePrecision precision;
  VantageWhen when;

  vantage_entity_get_when (entity, field, &when);
  if (when.sort == VANTAGE_WHEN_ITEM)
    return find_item_time (when.item, out_us, &precision, self);
  *out_us = when.at_us;
  return when.sort == VANTAGE_WHEN_AT || when.sort == VANTAGE_WHEN_BETWEEN;
}

/* Points come in any order, and are few: written by hand. */
static void
insert_point (VantageTimelineImpact *impact, gint64 us, double value)
{
  guint at = impact->times_us->len;

  while (at > 0 && g_array_index (impact->times_us, gint64, at - 1) > us)
    at--;
  g_array_insert_val (impact->times_us, at, us);
  g_array_insert_val (impact->values, at, value);
  impact->greatest = MAX (impact->greatest, value);
}

void
vantage_timeline_feed_read_impacts (VantageTimelineFeed *self)
{
  g_autoptr (GHashTable) by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n = g_list_model_get_n_items (self->models[4]);

  g_clear_pointer (&self->impacts, g_ptr_array_unref);
  self->impacts = g_ptr_array_new_with_free_func (free_impact);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (VantageEntity) entity = g_list_model_get_item (self->models[4], i);
      const char *name = vantage_entity_get_text (entity, "name");
      VantageTimelineImpact *impact = g_new0 (VantageTimelineImpact, 1);

      impact->name = g_strdup (name != NULL ? name : _ ("Impact"));
      impact->times_us = g_array_new (FALSE, FALSE, sizeof (gint64));
      impact->values = g_array_new (FALSE, FALSE, sizeof (double));
      g_ptr_array_add (self->impacts, impact);
      g_hash_table_insert (by_id, g_strdup (vantage_entity_get_id (entity)), impact);
    }
  n = g_list_model_get_n_items (self->models[5]);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (VantageEntity) entity = g_list_model_get_item (self->models[5], i);
      const char *of = vantage_entity_get_ref (entity, "impact");
      VantageTimelineImpact *impact = of != NULL ? g_hash_table_lookup (by_id, of) : NULL;
      gint64 us;

      if (impact != NULL && find_when (self, entity, "at", &us))
        insert_point (impact, us, vantage_entity_get_number (entity, "value", 0));
    }
}

/* ---- words ---- */

static char *
dup_instant (VantageTimelineFeed *self, gint64 us)
{
  VantageZone *zone = vantage_review_context_get_zone (self->context);
  g_autofree char *clock = vantage_zone_format (zone, us, VANTAGE_SHOW_MINUTE);
  g_autofree char *day = NULL;

  if (self->main_us == VANTAGE_TIME_NONE ||
      vantage_time_text_count_days (zone, self->main_us, us) == 0)
    return g_steal_pointer (&clock);
  /* Told against the day of the review, so that no day reads "Yesterday". */
  day = vantage_time_text_day (zone, us, us + 3 * 24 * 60 * MINUTE_US);
  /* translators: a day and a time of day: "13 Mar 05:20" */
  return g_strdup_printf (_ ("%s %s"), day, clock);
}

static char *
dup_window (VantageTimelineFeed *self, gint64 earliest_us, gint64 latest_us)
{
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  if (earliest_us == VANTAGE_CANVAS_OPEN_BEGIN && latest_us == VANTAGE_CANVAS_OPEN_END)
    return g_strdup (_ ("no time yet"));
  if (earliest_us > VANTAGE_CANVAS_OPEN_BEGIN)
    a = dup_instant (self, earliest_us);
  if (latest_us < VANTAGE_CANVAS_OPEN_END)
    b = dup_instant (self, latest_us);
  if (a == NULL)
    return g_strdup_printf (_ ("before %s"), b);
  if (b == NULL)
    return g_strdup_printf (_ ("after %s"), a);
  if (latest_us - earliest_us <= MINUTE_US || strcmp (a, b) == 0)
    return g_steal_pointer (&a);
  if (latest_us - earliest_us <= 30 * MINUTE_US)
    {
      g_autofree char *middle = dup_instant (self, earliest_us + (latest_us - earliest_us) / 2);

      /* translators: a time that is not known exactly */
      return g_strdup_printf (_ ("≈ %s"), middle);
    }
  return g_strdup_printf (C_ ("range", "%s – %s"), a, b);
}

char *
vantage_timeline_feed_dup_time (VantageTimelineFeed *self, VantageTimelineEvent *event)
{
  const VantageCanvasEvent *shape = &event->shape;
  gint64 begin, end;

  if ((shape->flags & VANTAGE_CANVAS_SPAN) && !vantage_canvas_event_is_soft (shape) &&
      vantage_canvas_event_get_place (shape, &begin, &end) && end - begin >= MINUTE_US)
    {
      g_autofree char *a = dup_instant (self, begin);
      g_autofree char *b = vantage_zone_format (vantage_review_context_get_zone (self->context),
                                                end, VANTAGE_SHOW_MINUTE);

      return g_strdup_printf (C_ ("range", "%s – %s"), a, b);
    }
  return dup_window (self, shape->earliest_us, shape->latest_us);
}

static char *
dup_item_name (const VantageItem *item)
{
  switch (item->kind)
    {
    case VANTAGE_ITEM_ALERT:
    case VANTAGE_ITEM_ACKNOWLEDGE:
    case VANTAGE_ITEM_RESOLVE:
    case VANTAGE_ITEM_PAGE:
    case VANTAGE_ITEM_DEPLOY:
    case VANTAGE_ITEM_COMMIT:
    case VANTAGE_ITEM_CALL:
    case VANTAGE_ITEM_SHIFT:
      return g_utf8_strdown (
          vantage_words_choice ("item-kind", vantage_item_kind_to_text (item->kind)), -1);
    case VANTAGE_ITEM_MESSAGE:
      if (item->channel_name != NULL && item->channel_name[0] != '#')
        return g_strdup_printf ("#%s", item->channel_name);
      break;
    default:
      break;
    }
  return g_strdup (item->channel_name != NULL ? item->channel_name : "");
}

static char *
dup_source (VantageTimelineFeed *self, VantageTimelineEvent *event)
{
  const char *account = vantage_entity_get_ref (event->entity, "account");
  const char *claim = vantage_timeline_event_get_claim (event);
  g_autoptr (GArray) cites = vantage_entity_list_cites (event->entity);

  if (account != NULL)
    {
      const char *name = vantage_review_context_get_person_name (self->context, account);

      if (vantage_entity_get_ref (event->entity, "interview") != NULL)
        /* translators: who told it in an interview: "Dana Okafor, interview" */
        return g_strdup_printf (_ ("%s, interview"), name);
      return g_strdup (name);
    }
  if (strcmp (claim, "record") == 0 && cites->len > 0)
    {
      const VantageItem *item =
          vantage_timeline_feed_get_item (self, g_array_index (cites, VantageCite, 0).item);

      return item != NULL ? dup_item_name (item) : g_strdup (_ ("not on this computer"));
    }
  return g_utf8_strdown (vantage_words_choice ("claim", claim), -1);
}

char *
vantage_timeline_feed_dup_authority (VantageTimelineFeed *self, VantageTimelineEvent *event)
{
  char *source = dup_source (self, event);
  char *disputed;

  if (!event->contradicted)
    return source;
  /* translators: who says so, when others say otherwise: "Dana, interview · disputed" */
  disputed = g_strdup_printf (_ ("%s · disputed"), source);
  g_free (source);
  return disputed;
}

char *
vantage_timeline_feed_dup_lanes (VantageTimelineFeed *self, VantageTimelineEvent *event)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < event->lanes->len; i++)
    {
      const VantageTimelineLane *lane =
          self->lanes->pdata[g_array_index (event->lanes, guint32, i)];

      g_ptr_array_add (names, lane->name);
    }
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **) names->pdata);
}

char *
vantage_timeline_feed_dup_spoken (VantageTimelineFeed *self, VantageTimelineEvent *event)
{
  g_autofree char *time = vantage_timeline_feed_dup_time (self, event);
  g_autofree char *lanes = vantage_timeline_feed_dup_lanes (self, event);
  g_autoptr (GString) text = g_string_new (NULL);
  const char *shown = time;

  if (g_str_has_prefix (shown, "≈ "))
    /* translators: spoken: a time that is not known exactly */
    g_string_append_printf (text, _ ("about %s"), shown + strlen ("≈ "));
  else
    g_string_append (text, shown);
  /* translators: spoken: a person, and what is said of them */
  g_string_append_printf (text, _ (", %s: %s"), lanes, vantage_timeline_event_get_title (event));
  if (event->n_items > 0)
    g_string_append_printf (text, ngettext (", %u item", ", %u items", event->n_items),
                            event->n_items);
  if (event->contradicted)
    g_string_append (text, _ (", contradicted"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* ---- statements ---- */

static const char *
find_title (VantageTimelineFeed *self, const char *id)
{
  VantageTimelineEvent *event = vantage_timeline_feed_find (self, id, NULL);

  return event != NULL ? vantage_timeline_event_get_title (event) : _ ("something not here");
}

static char *
dup_relation (VantageTimelineFeed *self, const VantageTimeStatement *s)
{
  const char *object = s->object != NULL ? find_title (self, s->object) : "";
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  switch (s->rel)
    {
    case VANTAGE_REL_AT:
      return dup_window (self, s->a_us - s->b_us, s->a_us + s->b_us);
    case VANTAGE_REL_BETWEEN:
      return dup_window (self, s->a_us, s->b_us);
    case VANTAGE_REL_DURING:
      return g_strdup_printf (_ ("during “%s”"), object);
    case VANTAGE_REL_SAME:
      return g_strdup_printf (_ ("at the same moment as “%s”"), object);
    default:
      break;
    }
  a = vantage_words_duration (s->a_us);
  b = s->b_us != VANTAGE_DURATION_OPEN ? vantage_words_duration (s->b_us) : NULL;
  if (s->rel == VANTAGE_REL_LASTS)
    return b == NULL            ? g_strdup_printf (_ ("lasted at least %s"), a)
           : s->a_us == s->b_us ? g_strdup_printf (_ ("lasted %s"), a)
                                : g_strdup_printf (_ ("lasted %s to %s"), a, b);
  if (s->rel == VANTAGE_REL_BEFORE)
    return s->a_us == 0 && b == NULL ? g_strdup_printf (_ ("before “%s”"), object)
           : b == NULL          ? g_strdup_printf (_ ("at least %s before “%s”"), a, object)
           : s->a_us == s->b_us ? g_strdup_printf (_ ("%s before “%s”"), a, object)
                                : g_strdup_printf (_ ("%s to %s before “%s”"), a, b, object);
  return s->a_us == 0 && b == NULL ? g_strdup_printf (_ ("after “%s”"), object)
         : b == NULL               ? g_strdup_printf (_ ("at least %s after “%s”"), a, object)
         : s->a_us == s->b_us      ? g_strdup_printf (_ ("%s after “%s”"), a, object)
                                   : g_strdup_printf (_ ("%s to %s after “%s”"), a, b, object);
}

char *
vantage_timeline_feed_dup_statement (VantageTimelineFeed *self, const VantageTimeStatement *s)
{
  g_autofree char *what = dup_relation (self, s);
  g_autofree char *timed = NULL;

  if (s->point == VANTAGE_POINT_END)
    /* translators: when something ended: "until 02:40" */
    timed = g_strdup_printf (_ ("until %s"), what);
  else
    timed = g_steal_pointer (&what);
  return g_steal_pointer (&timed);
}
