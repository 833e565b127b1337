/* vantage-scene.c: from what a review holds to what a picture shows. */

#include "vantage-scene.h"

#include <string.h>

#include "vantage-report-private.h"
#include "vantage-times.h"

typedef struct
{
  VantageReportBuilder *builder;
  const VantagePictureOptions *options;
  VantageTimes *times;
  GHashTable *lane_of; /* person, merged ones too → index + 1 */
  GHashTable *by_id;   /* event → index + 1 */
  guint32 systems_lane, nobody_lane;
  gint64 main_us;
} Reading;

static void
free_event (gpointer data)
{
  VantageSceneEvent *event = data;

  g_free (event->id);
  g_free (event->title);
  g_free (event->detail);
  g_free (event->spoken);
  g_array_unref (event->lanes);
  g_free (event);
}

static void
free_lane (gpointer data)
{
  VantageSceneLane *lane = data;

  g_free (lane->person);
  g_free (lane->name);
  g_free (lane->detail);
  g_clear_pointer (&lane->zone, vantage_zone_unref);
  g_free (lane);
}

static void
clear_link (gpointer data)
{
  VantageSceneLink *link = data;

  g_free (link->kind);
  g_free (link->label);
}

static void
free_impact (gpointer data)
{
  VantageSceneImpact *impact = data;

  g_free (impact->name);
  g_array_unref (impact->times_us);
  g_array_unref (impact->values);
  g_free (impact);
}

void
vantage_scene_free (VantageScene *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  vantage_zone_unref (self->zone);
  g_ptr_array_unref (self->events);
  g_ptr_array_unref (self->lanes);
  g_array_unref (self->links);
  g_ptr_array_unref (self->impacts);
  g_free (self);
}

/* ---- lanes ---- */

typedef struct
{
  const VantagePicturePerson *person;
  guint team, at;
} Place;

/* As people ordered them; those nobody ordered after, by first act. */
static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *x = a, *y = b;

  if ((x->person->pos == NULL) != (y->person->pos == NULL))
    return x->person->pos == NULL ? 1 : -1;
  if (x->person->pos != NULL && strcmp (x->person->pos, y->person->pos) != 0)
    return strcmp (x->person->pos, y->person->pos);
  return x->at < y->at ? -1 : x->at > y->at;
}

static int
compare_teams (gconstpointer a, gconstpointer b)
{
  const Place *x = a, *y = b;

  return x->team != y->team ? (x->team < y->team ? -1 : 1) : compare_places (a, b);
}

/* Teams together, in the order of their first member. */
static GArray *
list_places (const VantagePictureOptions *options)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (Place));
  g_autoptr (GHashTable) teams = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < options->n_people; i++)
    {
      Place place = { &options->people[i], G_MAXUINT, i };

      if (!place.person->is_system)
        g_array_append_val (places, place);
    }
  g_array_sort (places, compare_places);
  for (guint i = 0; i < places->len; i++)
    {
      Place *place = &g_array_index (places, Place, i);
      const char *team = place->person->team;

      if (team == NULL || team[0] == '\0')
        continue;
      if (!g_hash_table_contains (teams, team))
        g_hash_table_insert (teams, (gpointer) team, GUINT_TO_POINTER (g_hash_table_size (teams)));
      place->team = GPOINTER_TO_UINT (g_hash_table_lookup (teams, team));
    }
  g_array_sort (places, compare_teams);
  return places;
}

static VantageSceneLane *
add_lane (VantageScene *self, const char *key, const char *name)
{
  VantageSceneLane *lane = g_new0 (VantageSceneLane, 1);

  lane->key = key;
  lane->name = g_strdup (name);
  lane->detail = g_strdup ("");
  lane->colour = -1;
  g_ptr_array_add (self->lanes, lane);
  return lane;
}

static char *
dup_detail (Reading *reading, const VantagePicturePerson *person, const char *name)
{
  gboolean has_role = person->role != NULL && person->role[0] != '\0';
  gboolean has_team = person->team != NULL && person->team[0] != '\0';

  if (reading->builder->options.audience == VANTAGE_REPORT_EVERYONE)
    return g_strdup ("");
  has_role = has_role && strcmp (person->role, name) != 0;
  if (has_role && has_team)
    return g_strdup_printf ("%s · %s", person->role, person->team);
  return g_strdup (has_role ? person->role : has_team ? person->team : "");
}

static void
learn_lane (Reading *reading, const VantagePicturePerson *person, guint32 lane)
{
  g_hash_table_insert (reading->lane_of, (gpointer) person->id, GUINT_TO_POINTER (lane + 1));
  for (guint i = 0; person->merged != NULL && person->merged[i] != NULL; i++)
    g_hash_table_insert (reading->lane_of, (gpointer) person->merged[i],
                         GUINT_TO_POINTER (lane + 1));
}

/* Colours follow the first acts, as in the windows; the lanes the order people gave them. */
static void
read_lanes (VantageScene *self, Reading *reading)
{
  g_autoptr (GArray) places = list_places (reading->options);
  g_autoptr (GHashTable) colours = g_hash_table_new (g_str_hash, g_str_equal);
  VantageSceneLane *systems;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < reading->options->n_people; i++)
    if (reading->options->people[i].is_human)
      g_hash_table_insert (colours, (gpointer) reading->options->people[i].id,
                           GINT_TO_POINTER ((int) g_hash_table_size (colours) % 7 + 1));
  for (guint i = 0; i < places->len; i++)
    {
      const VantagePicturePerson *person = g_array_index (places, Place, i).person;
      const char *name = vantage_report_name (reading->builder, person->id);
      VantageSceneLane *lane = add_lane (self, NULL, name);

      g_free (lane->detail);
      lane->person = g_strdup (person->id);
      lane->key = lane->person;
      lane->detail = dup_detail (reading, person, name);
      lane->colour = GPOINTER_TO_INT (g_hash_table_lookup (colours, person->id)) - 1;
      if (person->zone != NULL)
        lane->zone = vantage_zone_new (person->zone);
      learn_lane (reading, person, self->lanes->len - 1);
    }
  systems = add_lane (self, VANTAGE_PICTURE_SYSTEMS, _ ("Systems"));
  reading->systems_lane = self->lanes->len - 1;
  for (guint i = 0; i < reading->options->n_people; i++)
    if (reading->options->people[i].is_system)
      {
        const VantagePicturePerson *person = &reading->options->people[i];

        learn_lane (reading, person, reading->systems_lane);
        g_ptr_array_add (names, (gpointer) vantage_report_name (reading->builder, person->id));
      }
  g_ptr_array_add (names, NULL);
  g_free (systems->detail);
  systems->detail = g_strjoinv (" · ", (char **) names->pdata);
  add_lane (self, VANTAGE_PICTURE_NOBODY, _ ("No One Named"));
  reading->nobody_lane = self->lanes->len - 1;
}

/* ---- times ---- */

static gboolean
find_item_time (const char *id, gint64 *out_us, VantagePrecision *out_precision, gpointer data)
{
  VantageReportBuilder *builder = data;
  g_autoptr (VantageItem) item = builder->input->find_item (id, builder->input->user_data);

  if (item == NULL || item->time_us == VANTAGE_TIME_NONE)
    return FALSE;
  *out_us = item->time_us;
  *out_precision = item->precision;
  return TRUE;
}

static void
read_times (Reading *reading, GPtrArray *entities)
{
  g_autoptr (GPtrArray) statements = vantage_report_list (reading->builder, "statement");

  reading->times = vantage_times_new ();
  for (guint i = 0; i < entities->len; i++)
    vantage_times_take_entity (reading->times, entities->pdata[i], find_item_time,
                               reading->builder);
  for (guint i = 0; i < statements->len; i++)
    vantage_times_take_entity (reading->times, statements->pdata[i], find_item_time,
                               reading->builder);
  vantage_times_solve (reading->times);
}

static void
read_window (Reading *reading, VantageEntity *entity, VantageSceneEvent *event)
{
  VantageTimeWindow window;
  VantageWhen end;
  gboolean known = vantage_times_get_window (reading->times, event->id, &window);

  event->shape.key = vantage_canvas_key (event->id);
  event->shape.placed_us = vantage_entity_get_time (entity, "placed");
  event->contradicted = known && window.contradicted;
  vantage_entity_get_when (entity, "end", &end);
  vantage_canvas_event_set_window (
      &event->shape,
      known ? &(VantageCanvasWindow){ window.earliest_us, window.latest_us, window.end_earliest_us,
                                      window.end_latest_us }
            : NULL,
      end.sort != VANTAGE_WHEN_UNKNOWN);
}

/* ---- events ---- */

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return x < y ? -1 : x > y;
}

static void
read_event_lanes (Reading *reading, VantageEntity *entity, VantageSceneEvent *event)
{
  g_autoptr (GPtrArray) actors = vantage_entity_list_set (entity, "actors");

  for (guint i = 0; i < actors->len; i++)
    {
      guint32 at = GPOINTER_TO_UINT (g_hash_table_lookup (reading->lane_of, actors->pdata[i]));
      gboolean there = at == 0;

      for (guint j = 0; j < event->lanes->len; j++)
        there = there || g_array_index (event->lanes, guint32, j) == at - 1;
      at--;
      if (!there)
        g_array_append_val (event->lanes, at);
    }
  if (event->lanes->len == 0)
    g_array_append_vals (event->lanes,
                         vantage_canvas_is_system_kind (vantage_entity_get_text (entity, "kind"))
                             ? &reading->systems_lane
                             : &reading->nobody_lane,
                         1);
  g_array_sort (event->lanes, compare_numbers);
  event->shape.lane = g_array_index (event->lanes, guint32, 0);
}

static char *
dup_item_place (Reading *reading, const char *id)
{
  VantageReportBuilder *builder = reading->builder;
  g_autoptr (VantageItem) item = builder->input->find_item (id, builder->input->user_data);

  if (item == NULL)
    return g_strdup (_ ("not on this computer"));
  if (item->kind != VANTAGE_ITEM_MESSAGE || item->channel_name == NULL)
    return g_utf8_strdown (
        vantage_report_word (builder, "item-kind", vantage_item_kind_to_text (item->kind)), -1);
  if (item->channel_name[0] == '#')
    return g_strdup (item->channel_name);
  return g_strdup_printf ("#%s", item->channel_name);
}

static char *
dup_authority (Reading *reading, VantageEntity *entity, const VantageSceneEvent *event)
{
  const char *account = vantage_entity_get_ref (entity, "account");
  g_autoptr (GArray) cites = vantage_entity_list_cites (entity);
  g_autofree char *source = NULL;

  if (account != NULL)
    {
      const char *name = vantage_report_name (reading->builder, account);

      source = vantage_entity_get_ref (entity, "interview") != NULL
                   /* translators: who told it in an interview: "Dana Okafor, interview" */
                   ? g_strdup_printf (_ ("%s, interview"), name)
                   : g_strdup (name);
    }
  else if (strcmp (event->claim, "record") == 0 && cites->len > 0)
    source = dup_item_place (reading, g_array_index (cites, VantageCite, 0).item);
  else
    source = g_utf8_strdown (vantage_report_word (reading->builder, "claim", event->claim), -1);
  if (!event->contradicted)
    return g_steal_pointer (&source);
  /* translators: who says so, when others say otherwise: "Dana, interview · disputed" */
  return g_strdup_printf (_ ("%s · disputed"), source);
}

static void
write_words (VantageScene *self, Reading *reading, VantageEntity *entity, VantageSceneEvent *event)
{
  g_autofree char *time = vantage_scene_dup_time (self->zone, reading->main_us, &event->shape);
  g_autofree char *authority = dup_authority (reading, entity, event);
  const char *kind = vantage_entity_get_text (entity, "kind");
  g_autoptr (GString) spoken = g_string_new (NULL);

  event->detail =
      authority[0] != '\0' ? g_strdup_printf ("%s · %s", time, authority) : g_strdup (time);
  g_string_append (spoken, event->detail);
  for (guint i = 0; i < event->lanes->len; i++)
    {
      const VantageSceneLane *lane = self->lanes->pdata[g_array_index (event->lanes, guint32, i)];

      g_string_append_printf (spoken, i == 0 ? " · %s" : ", %s", lane->name);
    }
  g_string_append_printf (
      spoken, " · %s · %s",
      vantage_report_word (reading->builder, "event-kind", kind != NULL ? kind : "other"),
      vantage_report_word (reading->builder, "claim", event->claim));
  event->spoken = g_string_free (g_steal_pointer (&spoken), FALSE);
}

static VantageSceneEvent *
new_event (Reading *reading, VantageEntity *entity)
{
  VantageSceneEvent *event = g_new0 (VantageSceneEvent, 1);
  const char *title = vantage_entity_get_text (entity, "title");
  const char *claim = vantage_entity_get_text (entity, "claim");

  event->id = g_strdup (vantage_entity_get_id (entity));
  event->title = title != NULL && title[0] != '\0'
                     ? vantage_report_mask_names (reading->builder, title)
                     : g_strdup (_ ("Untitled Event"));
  event->claim = g_intern_string (claim != NULL ? claim : "unknown");
  event->lanes = g_array_new (FALSE, FALSE, sizeof (guint32));
  read_window (reading, entity, event);
  read_event_lanes (reading, entity, event);
  return event;
}

static gboolean
lane_is_wanted (VantageScene *self, Reading *reading, VantageSceneEvent *event)
{
  const char *wanted = reading->options->lane;

  for (guint i = 0; wanted != NULL && i < event->lanes->len; i++)
    {
      guint32 at = g_array_index (event->lanes, guint32, i);

      if (g_strcmp0 (((VantageSceneLane *) self->lanes->pdata[at])->key, wanted) == 0)
        {
          g_array_set_size (event->lanes, 0);
          g_array_append_val (event->lanes, at);
          event->shape.lane = at;
          return TRUE;
        }
    }
  return wanted == NULL;
}

/* What is known of its time meets the stretch; what has no time is in none. */
static gboolean
time_is_wanted (const VantagePictureOptions *options, const VantageCanvasEvent *shape)
{
  gint64 begin, end;

  if (options->since_us == VANTAGE_TIME_NONE && options->until_us == VANTAGE_TIME_NONE)
    return TRUE;
  if (!vantage_canvas_event_get_place (shape, &begin, &end))
    return FALSE;
  return (options->since_us == VANTAGE_TIME_NONE || end >= options->since_us) &&
         (options->until_us == VANTAGE_TIME_NONE || begin <= options->until_us);
}

static int
compare_events (gconstpointer a, gconstpointer b)
{
  const VantageSceneEvent *x = *(VantageSceneEvent *const *) a;
  const VantageSceneEvent *y = *(VantageSceneEvent *const *) b;
  gint64 x_us = G_MAXINT64, y_us = G_MAXINT64, end;

  vantage_canvas_event_get_place (&x->shape, &x_us, &end);
  vantage_canvas_event_get_place (&y->shape, &y_us, &end);
  return x_us != y_us ? (x_us < y_us ? -1 : 1) : strcmp (x->id, y->id);
}

static void
find_main_day (VantageScene *self, Reading *reading)
{
  guint n = 0;
  gint64 us, end;

  while (n < self->events->len &&
         vantage_canvas_event_get_place (&((VantageSceneEvent *) self->events->pdata[n])->shape,
                                         &us, &end))
    n++;
  reading->main_us = VANTAGE_TIME_NONE;
  if (n > 0)
    vantage_canvas_event_get_place (&((VantageSceneEvent *) self->events->pdata[n / 2])->shape,
                                    &reading->main_us, &end);
}

static void
read_events (VantageScene *self, Reading *reading)
{
  g_autoptr (GPtrArray) entities = vantage_report_list (reading->builder, "event");
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);

  read_times (reading, entities);
  for (guint i = 0; i < entities->len; i++)
    {
      VantageEntity *entity = entities->pdata[i];
      const char *id = vantage_entity_get_id (entity);
      VantageSceneEvent *event;

      if (g_strcmp0 (vantage_entity_get_text (entity, "claim"), "imagined") == 0 ||
          (reading->options->only != NULL && !g_hash_table_contains (reading->options->only, id)))
        continue;
      event = new_event (reading, entity);
      if (!lane_is_wanted (self, reading, event) ||
          !time_is_wanted (reading->options, &event->shape))
        {
          free_event (event);
          continue;
        }
      g_hash_table_insert (by_id, event->id, entity);
      g_ptr_array_add (self->events, event);
    }
  g_ptr_array_sort (self->events, compare_events);
  find_main_day (self, reading);
  for (guint i = 0; i < self->events->len; i++)
    {
      VantageSceneEvent *event = self->events->pdata[i];

      write_words (self, reading, g_hash_table_lookup (by_id, event->id), event);
      g_hash_table_insert (reading->by_id, event->id, GUINT_TO_POINTER (i + 1));
      for (guint j = 0; j < event->lanes->len; j++)
        ((VantageSceneLane *) self->lanes->pdata[g_array_index (event->lanes, guint32, j)])
            ->n_events++;
    }
}

/* ---- links and impact ---- */

static void
read_links (VantageScene *self, Reading *reading)
{
  g_autoptr (GPtrArray) entities = vantage_report_list (reading->builder, "link");

  for (guint i = 0; i < entities->len; i++)
    {
      VantageEntity *entity = entities->pdata[i];
      const char *from = vantage_entity_get_ref (entity, "from");
      const char *to = vantage_entity_get_ref (entity, "to");
      const char *kind = vantage_entity_get_text (entity, "kind");
      const char *label = vantage_entity_get_text (entity, "label");
      guint a = from != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (reading->by_id, from)) : 0;
      guint b = to != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (reading->by_id, to)) : 0;
      VantageSceneLink link;

      if (a == 0 || b == 0 || a == b)
        continue;
      link.from = a - 1;
      link.to = b - 1;
      link.kind = g_strdup (kind != NULL ? kind : "other");
      link.word = vantage_report_word (reading->builder, "link-kind", link.kind);
      link.label = label != NULL && label[0] != '\0'
                       ? vantage_report_mask_names (reading->builder, label)
                       : g_utf8_strdown (link.word, -1);
      g_array_append_val (self->links, link);
    }
}

/* Points come in any order, and are few: written by hand. */
static void
insert_point (VantageSceneImpact *impact, gint64 us, double value)
{
  guint at = impact->times_us->len;

  while (at > 0 && g_array_index (impact->times_us, gint64, at - 1) > us)
    at--;
  g_array_insert_val (impact->times_us, at, us);
  g_array_insert_val (impact->values, at, value);
  impact->greatest = MAX (impact->greatest, value);
}

static void
read_impacts (VantageScene *self, Reading *reading)
{
  g_autoptr (GPtrArray) impacts = vantage_report_list (reading->builder, "impact");
  g_autoptr (GPtrArray) points = vantage_report_list (reading->builder, "impact_point");
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < impacts->len; i++)
    {
      VantageSceneImpact *impact = g_new0 (VantageSceneImpact, 1);
      const char *name = vantage_entity_get_text (impacts->pdata[i], "name");

      impact->name = g_strdup (name != NULL ? name : _ ("Impact"));
      impact->times_us = g_array_new (FALSE, FALSE, sizeof (gint64));
      impact->values = g_array_new (FALSE, FALSE, sizeof (double));
      g_ptr_array_add (self->impacts, impact);
      g_hash_table_insert (by_id, (gpointer) vantage_entity_get_id (impacts->pdata[i]), impact);
    }
  for (guint i = 0; i < points->len; i++)
    {
      const char *of = vantage_entity_get_ref (points->pdata[i], "impact");
      VantageSceneImpact *impact = of != NULL ? g_hash_table_lookup (by_id, of) : NULL;
      VantageWhen when;
      gint64 us;

      vantage_entity_get_when (points->pdata[i], "at", &when);
      us = vantage_report_get_instant (reading->builder, &when);
      if (impact != NULL && us != VANTAGE_TIME_NONE)
        insert_point (impact, us, vantage_entity_get_number (points->pdata[i], "value", 0));
    }
  for (guint i = self->impacts->len; i > 0; i--)
    if (((VantageSceneImpact *) self->impacts->pdata[i - 1])->times_us->len == 0)
      g_ptr_array_remove_index (self->impacts, i - 1);
}

VantageScene *
vantage_scene_new (const VantageReportInput *input, const VantageReportOptions *report,
                   const VantagePictureOptions *options)
{
  VantageScene *self = g_new0 (VantageScene, 1);
  g_autoptr (VantageReportBuilder) builder = vantage_report_builder_new (input, report);
  g_autoptr (GHashTable) lane_of = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  Reading reading = { .builder = builder, .options = options, .lane_of = lane_of, .by_id = by_id };
  const char *title =
      input->review != NULL ? vantage_entity_get_text (input->review, "title") : NULL;

  self->zone = vantage_zone_ref (builder->zone);
  self->events = g_ptr_array_new_with_free_func (free_event);
  self->lanes = g_ptr_array_new_with_free_func (free_lane);
  self->links = g_array_new (FALSE, FALSE, sizeof (VantageSceneLink));
  g_array_set_clear_func (self->links, clear_link);
  self->impacts = g_ptr_array_new_with_free_func (free_impact);
  read_lanes (self, &reading);
  self->title = title != NULL && title[0] != '\0' ? vantage_report_mask_names (builder, title)
                                                  : g_strdup (_ ("Timeline"));
  read_events (self, &reading);
  read_links (self, &reading);
  read_impacts (self, &reading);
  vantage_times_free (reading.times);
  return self;
}
