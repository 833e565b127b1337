/* vantage-timeline-lanes.c: who has a lane, in which order, and what its head says. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-timeline-feed-private.h"
#include "vantage-words.h"

#define MAX_STRIP 3

static void
free_lane (gpointer data)
{
  VantageTimelineLane *lane = data;

  g_free (lane->person);
  g_free (lane->name);
  g_free (lane->detail);
  g_strfreev (lane->strip);
  g_clear_pointer (&lane->zone, vantage_zone_unref);
  g_free (lane);
}

static gboolean
is_system (const VantagePerson *person)
{
  return g_strcmp0 (person->sort, "automation") == 0 || g_strcmp0 (person->sort, "system") == 0;
}

/* ---- order ---- */

typedef struct
{
  const VantagePerson *person;
  char *pos; /* (nullable) */
  guint team;
  guint at;
} Place;

static void
clear_place (gpointer data)
{
  g_free (((Place *) data)->pos);
}

static char *
dup_pos (VantageTimelineFeed *self, const char *person)
{
  g_autoptr (VantageEntity) entity = vantage_library_get (
      vantage_review_context_get_library (self->context),
      vantage_review_context_get_review_id (self->context), "person", person, NULL);

  return entity != NULL ? g_strdup (vantage_entity_get_text (entity, "pos")) : NULL;
}

/* As people ordered them; those nobody ordered after, by first act. */
static gint
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *x = a, *y = b;

  if ((x->pos == NULL) != (y->pos == NULL))
    return x->pos == NULL ? 1 : -1;
  if (x->pos != NULL && strcmp (x->pos, y->pos) != 0)
    return strcmp (x->pos, y->pos);
  return x->at < y->at ? -1 : x->at > y->at;
}

static gint
compare_teams (gconstpointer a, gconstpointer b)
{
  const Place *x = a, *y = b;

  return x->team != y->team ? (x->team < y->team ? -1 : 1) : compare_places (a, b);
}

/* Persons that have a lane of their own, teams together in the order of their first member. */
static GArray *
list_places (VantageTimelineFeed *self)
{
  GPtrArray *people = vantage_review_context_get_people (self->context);
  GArray *places = g_array_new (FALSE, FALSE, sizeof (Place));
  g_autoptr (GHashTable) teams = g_hash_table_new (g_str_hash, g_str_equal);

  g_array_set_clear_func (places, clear_place);
  for (guint i = 0; i < people->len; i++)
    {
      Place place = { people->pdata[i], NULL, 0, i };

      if (is_system (place.person))
        continue;
      place.pos = dup_pos (self, place.person->id);
      g_array_append_val (places, place);
    }
  g_array_sort (places, compare_places);
  for (guint i = 0; i < places->len; i++)
    {
      Place *place = &g_array_index (places, Place, i);
      const char *team = place->person->team;

      place->team = G_MAXUINT;
      if (team == NULL || team[0] == '\0')
        continue;
      if (!g_hash_table_contains (teams, team))
        g_hash_table_insert (teams, (gpointer) team, GUINT_TO_POINTER (g_hash_table_size (teams)));
      place->team = GPOINTER_TO_UINT (g_hash_table_lookup (teams, team));
    }
  g_array_sort (places, compare_teams);
  return places;
}

/* ---- heads ---- */

static char *
dup_detail (const VantagePerson *person)
{
  gboolean has_role = person->role != NULL && person->role[0] != '\0';
  gboolean has_team = person->team != NULL && person->team[0] != '\0';

  if (has_role && has_team)
    /* translators: role and team of a person: "Engineer on call · Payments" */
    return g_strdup_printf (_ ("%s · %s"), person->role, person->team);
  return g_strdup (has_role ? person->role : has_team ? person->team : "");
}

static char *
dup_condition (VantageEntity *condition)
{
  const char *value = vantage_entity_get_text (condition, "value");
  const char *state = vantage_entity_get_text (condition, "state");

  if (value == NULL || value[0] == '\0' || g_strcmp0 (state, "hidden") == 0)
    return NULL;
  if (g_strcmp0 (state, "estimate") == 0)
    return g_strdup_printf ("≈ %s", value);
  return g_strdup (value);
}

/* What is known of the state of a person, and their clock where it is not the review's. */
static char **
dup_strip (VantageTimelineFeed *self, const VantagePerson *person)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  const char *review_zone = vantage_zone_get_name (vantage_review_context_get_zone (self->context));
  guint n = g_list_model_get_n_items (self->models[3]), n_lines = 0;

  if (person->zone != NULL && strcmp (person->zone, review_zone) != 0)
    {
      const char *place = strrchr (person->zone, '/');
      g_autofree char *name =
          g_strdelimit (g_strdup (place != NULL ? place + 1 : person->zone), "_", ' ');
      /* translators: whose clock a person lives by: "Kolkata time" */
      g_autofree char *line = g_strdup_printf (_ ("%s time"), name);

      g_strv_builder_add (lines, line);
      n_lines++;
    }
  for (guint i = 0; i < n && n_lines < MAX_STRIP; i++)
    {
      g_autoptr (VantageEntity) condition = g_list_model_get_item (self->models[3], i);
      const VantagePerson *whose = vantage_review_context_find_person (
          self->context, vantage_entity_get_ref (condition, "person"));
      g_autofree char *line = NULL;

      if (whose == NULL || strcmp (whose->id, person->id) != 0)
        continue;
      line = dup_condition (condition);
      if (line == NULL)
        continue;
      g_strv_builder_add (lines, line);
      n_lines++;
    }
  return g_strv_builder_end (lines);
}

static VantageTimelineLane *
add_lane (VantageTimelineFeed *self, const char *name)
{
  VantageTimelineLane *lane = g_new0 (VantageTimelineLane, 1);

  lane->name = g_strdup (name);
  lane->detail = g_strdup ("");
  lane->strip = g_new0 (char *, 1);
  lane->colour = -1;
  g_ptr_array_add (self->lanes, lane);
  return lane;
}

static void
add_person (VantageTimelineFeed *self, const VantagePerson *person)
{
  VantageTimelineLane *lane =
      add_lane (self, vantage_review_context_get_person_name (self->context, person->id));

  g_free (lane->detail);
  g_strfreev (lane->strip);
  lane->person = g_strdup (person->id);
  lane->detail = dup_detail (person);
  lane->strip = dup_strip (self, person);
  lane->colour = vantage_review_context_get_person_colour (self->context, person->id);
  if (person->zone != NULL)
    lane->zone = vantage_zone_new (person->zone);
  g_hash_table_insert (self->lane_of, g_strdup (person->id),
                       GUINT_TO_POINTER (self->lanes->len - 1));
}

static void
add_systems (VantageTimelineFeed *self)
{
  GPtrArray *people = vantage_review_context_get_people (self->context);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  VantageTimelineLane *lane = add_lane (self, _ ("Systems"));

  self->systems_lane = self->lanes->len - 1;
  lane->systems = TRUE;
  for (guint i = 0; i < people->len; i++)
    {
      const VantagePerson *person = people->pdata[i];

      if (!is_system (person))
        continue;
      g_hash_table_insert (self->lane_of, g_strdup (person->id),
                           GUINT_TO_POINTER (self->systems_lane));
      g_ptr_array_add (
          names, (gpointer) vantage_review_context_get_person_name (self->context, person->id));
    }
  g_ptr_array_add (names, NULL);
  g_free (lane->detail);
  lane->detail = g_strjoinv (" · ", (char **) names->pdata);
}

void
vantage_timeline_feed_read_lanes (VantageTimelineFeed *self)
{
  g_autoptr (GArray) places = list_places (self);

  g_clear_pointer (&self->lanes, g_ptr_array_unref);
  g_clear_pointer (&self->lane_of, g_hash_table_unref);
  self->lanes = g_ptr_array_new_with_free_func (free_lane);
  self->lane_of = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < places->len; i++)
    add_person (self, g_array_index (places, Place, i).person);
  add_systems (self);
  add_lane (self, _ ("No One Named"));
  self->nobody_lane = self->lanes->len - 1;
}

guint32
vantage_timeline_feed_find_lane (VantageTimelineFeed *self, const char *person)
{
  const VantagePerson *known = vantage_review_context_find_person (self->context, person);
  gpointer at;

  if (known == NULL || !g_hash_table_lookup_extended (self->lane_of, known->id, NULL, &at))
    return VANTAGE_CANVAS_NO_LANE;
  return GPOINTER_TO_UINT (at);
}
