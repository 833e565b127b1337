/* test-picture.c: pictures of the timeline hold everything, overlap nowhere, and are the same
 * twice. */

#include "report-fixture.h"
#include "vantage-json.h"
#include "vantage-timeline-picture.h"

/* ---- reading an SVG back ---- */

typedef struct
{
  char *id, *title;
  double x, y, width, height; /* of the card */
  gboolean has_card;
} Card;

typedef struct
{
  GPtrArray *cards;
  GPtrArray *open; /* of groups: a Card, or NULL */
  gboolean in_title;
  guint n_links;
} Reading;

static void
free_card (gpointer data)
{
  Card *card = data;

  g_free (card->id);
  g_free (card->title);
  g_free (card);
}

static const char *
find (const char *const *names, const char *const *values, const char *name)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (strcmp (names[i], name) == 0)
      return values[i];
  return NULL;
}

static void
start_cb (GMarkupParseContext *context, const char *element, const char **names,
          const char **values, gpointer data, GError **error)
{
  Reading *self = data;
  const char *role = find (names, values, "role");
  Card *card = self->open->len > 0 ? self->open->pdata[self->open->len - 1] : NULL;

  self->in_title = strcmp (element, "title") == 0;
  if (strcmp (element, "g") == 0)
    {
      Card *made = NULL;

      if (g_strcmp0 (role, "listitem") == 0)
        {
          made = g_new0 (Card, 1);
          made->id = g_strdup (find (names, values, "id"));
          g_ptr_array_add (self->cards, made);
        }
      g_ptr_array_add (self->open, made);
    }
  else if (strcmp (element, "rect") == 0 && card != NULL && !card->has_card &&
           g_strcmp0 (find (names, values, "rx"), "7") == 0)
    {
      card->has_card = TRUE;
      card->x = g_ascii_strtod (find (names, values, "x"), NULL);
      card->y = g_ascii_strtod (find (names, values, "y"), NULL);
      card->width = g_ascii_strtod (find (names, values, "width"), NULL);
      card->height = g_ascii_strtod (find (names, values, "height"), NULL);
    }
}

static void
end_cb (GMarkupParseContext *context, const char *element, gpointer data, GError **error)
{
  Reading *self = data;

  self->in_title = FALSE;
  if (strcmp (element, "g") == 0)
    g_ptr_array_set_size (self->open, (int) self->open->len - 1);
}

static void
text_cb (GMarkupParseContext *context, const char *text, gsize length, gpointer data,
         GError **error)
{
  Reading *self = data;
  Card *card = self->open->len > 0 ? self->open->pdata[self->open->len - 1] : NULL;

  if (self->in_title && card != NULL && card->title == NULL)
    card->title = g_strndup (text, length);
}

/* The cards of the picture; links are left out. (transfer full) */
static GPtrArray *
read_cards (const char *svg)
{
  static const GMarkupParser parser = { start_cb, end_cb, text_cb, NULL, NULL };
  Reading self = { g_ptr_array_new_with_free_func (free_card), g_ptr_array_new (), FALSE, 0 };
  GMarkupParseContext *context = g_markup_parse_context_new (&parser, 0, &self, NULL);
  GError *error = NULL;

  g_markup_parse_context_parse (context, svg, -1, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
  g_markup_parse_context_free (context);
  g_ptr_array_unref (self.open);
  for (guint i = self.cards->len; i > 0; i--)
    if (!((Card *) self.cards->pdata[i - 1])->has_card)
      g_ptr_array_remove_index (self.cards, i - 1);
  return self.cards;
}

static void
assert_apart (GPtrArray *cards)
{
  for (guint i = 0; i < cards->len; i++)
    for (guint j = i + 1; j < cards->len; j++)
      {
        const Card *a = cards->pdata[i], *b = cards->pdata[j];

        if (a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height &&
            b->y < a->y + a->height)
          g_error ("“%s” and “%s” overlap", a->title, b->title);
      }
}

/* ---- reviews ---- */

static VantagePictureOptions
all_of (Fixture *fixture, VantagePicturePerson *people)
{
  people[0] = (VantagePicturePerson){
    .id = id_of (fixture, "ana"), .role = "On call", .zone = "Europe/Warsaw", .is_human = TRUE
  };
  people[1] =
      (VantagePicturePerson){ .id = id_of (fixture, "ben"), .team = "Storage", .is_human = TRUE };
  people[2] = (VantagePicturePerson){ .id = id_of (fixture, "bot"), .is_system = TRUE };
  return (VantagePictureOptions){
    .people = people, .n_people = 3, .since_us = VANTAGE_TIME_NONE, .until_us = VANTAGE_TIME_NONE
  };
}

/* @n events in bursts: exact, half known, long, some without a time, some of two people. */
static void
fill_many (Fixture *fixture, guint n)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  gint64 minute = 0;

  fill (fixture);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("many-%u", i);
      g_autofree char *title =
          g_strdup_printf ("Event %u of many, %s", i, i % 7 == 0 ? "told at some length" : "short");
      const char *who = i % 3 == 0 ? "ana" : i % 3 == 1 ? "ben" : "bot";

      minute += g_rand_int_range (random, 0, 10) == 0 ? g_rand_int_range (random, 30, 900)
                                                      : g_rand_int_range (random, 0, 3);
      if (i % 11 == 0)
        add_entity (fixture, "event", name, "title", T (title), "claim", T ("recall"), "start",
                    between (minute, minute + 20), member (fixture, "actors", who), YES, NULL);
      else if (i % 13 == 0)
        add_entity (fixture, "event", name, "title", T (title), "start", at (minute, 0), "end",
                    at (minute + 50, 0), member (fixture, "actors", who), YES, NULL);
      else if (i % 17 == 0)
        add_entity (fixture, "event", name, "title", T (title), NULL);
      else
        add_entity (fixture, "event", name, "title", T (title), "claim", T ("record"), "start",
                    at (minute, 0), member (fixture, "actors", who), YES,
                    i % 5 == 0 ? member (fixture, "actors", "ana") : "value",
                    i % 5 == 0 ? YES : T ("x"), NULL);
      if (i % 9 == 4)
        {
          g_autofree char *link = g_strdup_printf ("link-%u", i);
          g_autofree char *from = g_strdup_printf ("many-%u", i - 3);

          add_entity (fixture, "link", link, "from", REF (from), "to", REF (name), "kind",
                      T (i % 2 == 0 ? "told" : "contradicts"), NULL);
        }
    }
}

static char *
draw (Fixture *fixture, const VantagePictureOptions *options)
{
  g_autoptr (VantageTimelinePicture) picture =
      vantage_timeline_picture_new (&fixture->input, &fixture->options, options);

  return vantage_timeline_picture_to_svg (picture);
}

/* ---- cases ---- */

static void
test_every_event_once (Fixture *fixture, gconstpointer data)
{
  VantagePicturePerson people[3];
  VantagePictureOptions options = all_of (fixture, people);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *svg = NULL;
  g_autoptr (GPtrArray) cards = NULL;
  g_autoptr (GPtrArray) events = NULL;

  fill_many (fixture, 300);
  svg = draw (fixture, &options);
  cards = read_cards (svg);
  assert_apart (cards);
  for (guint i = 0; i < cards->len; i++)
    {
      const Card *card = cards->pdata[i];

      g_assert_nonnull (card->title);
      g_assert_cmpfloat (card->x, >=, 0);
      if (card->id != NULL)
        g_assert_true (g_hash_table_add (ids, card->id));
    }
  events = list_cb ("event", fixture);
  for (guint i = 0; i < events->len; i++)
    {
      g_autofree char *id = g_strconcat ("event-", vantage_entity_get_id (events->pdata[i]), NULL);

      g_assert_true (g_hash_table_contains (ids, id));
    }
  g_assert_cmpuint (g_hash_table_size (ids), ==, events->len);
}

static void
test_same_bytes (Fixture *fixture, gconstpointer data)
{
  VantagePicturePerson people[3];
  VantagePictureOptions options = all_of (fixture, people);
  GBytes *files[2][3];

  fill_many (fixture, 60);
  for (int print = 0; print < 2; print++)
    {
      options.print = print;
      for (guint i = 0; i < 2; i++)
        {
          g_autoptr (VantageTimelinePicture) picture =
              vantage_timeline_picture_new (&fixture->input, &fixture->options, &options);
          char *svg = vantage_timeline_picture_to_svg (picture);

          files[i][0] = g_bytes_new_take (svg, strlen (svg));
          files[i][1] = vantage_timeline_picture_to_png (picture, 1, NULL);
          files[i][2] = vantage_timeline_picture_to_pdf (picture, NULL);
        }
      for (guint k = 0; k < 3; k++)
        {
          g_assert_true (g_bytes_equal (files[0][k], files[1][k]));
          g_bytes_unref (files[0][k]);
          g_bytes_unref (files[1][k]);
        }
    }
}

static void
test_print_has_no_colour (Fixture *fixture, gconstpointer data)
{
  VantagePicturePerson people[3];
  VantagePictureOptions options = all_of (fixture, people);
  g_autofree char *svg = NULL;
  guint n = 0;

  fill_many (fixture, 60);
  options.print = TRUE;
  svg = draw (fixture, &options);
  for (const char *at = strstr (svg, "=\"#"); at != NULL; at = strstr (at + 1, "=\"#"), n++)
    {
      g_assert_true (strncmp (at + 3, at + 5, 2) == 0);
      g_assert_true (strncmp (at + 5, at + 7, 2) == 0);
    }
  g_assert_cmpuint (n, >, 100);
}

static void
test_stretch_and_lane (Fixture *fixture, gconstpointer data)
{
  VantagePicturePerson people[3];
  VantagePictureOptions options = all_of (fixture, people);
  g_autofree char *stretch = NULL;
  g_autofree char *lane = NULL;

  fill (fixture);
  options.since_us = ZERO_US + 8 * MINUTE_US;
  options.until_us = ZERO_US + 12 * MINUTE_US;
  stretch = draw (fixture, &options);
  assert_holds (stretch, "Ana asks whether it is theirs");
  assert_lacks (stretch, "Ben sleeps");
  assert_lacks (stretch, "Somebody mentions the vendor");

  options = all_of (fixture, people);
  options.lane = people[1].id;
  lane = draw (fixture, &options);
  assert_holds (lane, "Ben sleeps");
  assert_lacks (lane, "Ana asks whether it is theirs");
}

static void
test_hidden_names (Fixture *fixture, gconstpointer data)
{
  VantagePicturePerson people[3];
  VantagePictureOptions options = all_of (fixture, people);
  g_autofree char *svg = NULL;

  fill (fixture);
  fixture->options.names = VANTAGE_NAMES_PSEUDONYM;
  svg = draw (fixture, &options);
  assert_lacks (svg, "Kowalska");
  assert_lacks (svg, "Ben sleeps");
  assert_holds (svg, "Responder 1");
  assert_holds (svg, "sleeps");
}

static void
test_any_words (Fixture *fixture, gconstpointer data)
{
  static const char *const titles[] = {
    "שלום, התור איטי מאוד הלילה",
    "الطابور بطيء",
    "x < y && z > \"w\" 'v'",
    "two\nlines\tand a tab",
    "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7 family",
    "",
    "   ",
    "ﷺ",
    "待ち行列が遅い",
    "e\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81",
  };
  VantagePicturePerson people[3];
  VantagePictureOptions options = all_of (fixture, people);
  g_autofree char *endless = g_strnfill (20000, 'w');
  g_autofree char *svg = NULL;
  g_autoptr (GPtrArray) cards = NULL;

  set_name (fixture, "ana", endless);
  set_name (fixture, "ben", "נועה");
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      g_autofree char *name = g_strdup_printf ("title-%u", i);

      add_entity (fixture, "event", name, "title", T (titles[i]), "start", at (i, 0),
                  member (fixture, "actors", i % 2 ? "ana" : "ben"), YES, NULL);
    }
  add_entity (fixture, "event", "endless", "title", T (endless), "start", at (3, 0), NULL);
  svg = draw (fixture, &options);
  cards = read_cards (svg);
  g_assert_cmpuint (cards->len, ==, G_N_ELEMENTS (titles) + 1);
  assert_apart (cards);
  for (guint i = 0; i < cards->len; i++)
    g_assert_cmpfloat (((Card *) cards->pdata[i])->width, <, 400);
}

static void
test_nothing_there (Fixture *fixture, gconstpointer data)
{
  VantagePicturePerson people[3];
  VantagePictureOptions options = all_of (fixture, people);
  g_autofree char *svg = draw (fixture, &options);
  g_autoptr (GPtrArray) cards = read_cards (svg);
  g_autoptr (VantageTimelinePicture) picture =
      vantage_timeline_picture_new (&fixture->input, &fixture->options, &options);
  g_autoptr (GBytes) pdf = vantage_timeline_picture_to_pdf (picture, NULL);

  g_assert_cmpuint (cards->len, ==, 0);
  g_assert_nonnull (pdf);
}

static guint
count (const char *bytes, gsize length, const char *what)
{
  guint n = 0;

  for (const char *at = bytes;
       (at = memmem (at, length - (gsize) (at - bytes), what, strlen (what))) != NULL; at++)
    n++;
  return n;
}

static void
test_thousands_over_pages (Fixture *fixture, gconstpointer data)
{
  VantagePicturePerson people[3];
  VantagePictureOptions options = all_of (fixture, people);
  g_autoptr (VantageTimelinePicture) picture = NULL;
  g_autoptr (GBytes) pdf = NULL;
  const char *bytes;
  gsize length;

  fill_many (fixture, 5000);
  picture = vantage_timeline_picture_new (&fixture->input, &fixture->options, &options);
  pdf = vantage_timeline_picture_to_pdf (picture, NULL);
  g_assert_nonnull (pdf);
  bytes = g_bytes_get_data (pdf, &length);
  g_assert_true (g_str_has_prefix (bytes, "%PDF-1."));
  g_assert_cmpuint (count (bytes, length, "/Type /Page %"), >, 50);
  g_assert_cmpuint (count (bytes, length, "/StructTreeRoot"), >=, 1);
  g_assert_cmpuint (count (bytes, length, "/Outlines"), >=, 1);
}

static void
test_too_large (Fixture *fixture, gconstpointer data)
{
  VantagePicturePerson people[3];
  VantagePictureOptions options = all_of (fixture, people);
  g_autoptr (VantageTimelinePicture) picture = NULL;
  g_autoptr (GError) error = NULL;

  fill (fixture);
  options.width_px = 20000;
  picture = vantage_timeline_picture_new (&fixture->input, &fixture->options, &options);
  g_assert_null (vantage_timeline_picture_to_png (picture, 4, &error));
  g_assert_nonnull (error);
}

/* ---- JSON Canvas ---- */

static gboolean
meets (JsonObject *a, JsonObject *b)
{
  gint64 ax = json_object_get_int_member (a, "x"), bx = json_object_get_int_member (b, "x");
  gint64 ay = json_object_get_int_member (a, "y"), by = json_object_get_int_member (b, "y");

  return ax < bx + json_object_get_int_member (b, "width") &&
         bx < ax + json_object_get_int_member (a, "width") &&
         ay < by + json_object_get_int_member (b, "height") &&
         by < ay + json_object_get_int_member (a, "height");
}

static void
test_json_canvas (Fixture *fixture, gconstpointer data)
{
  VantagePicturePerson people[3];
  VantagePictureOptions options = all_of (fixture, people);
  g_autoptr (VantageTimelinePicture) picture = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *text = NULL;
  JsonArray *nodes, *edges;
  guint n_texts = 0;

  fill_many (fixture, 200);
  picture = vantage_timeline_picture_new (&fixture->input, &fixture->options, &options);
  text = vantage_timeline_picture_to_json_canvas (picture);
  root = vantage_json_parse (text, -1, &vantage_json_file_limits, NULL);
  g_assert_nonnull (root);
  nodes = json_object_get_array_member (json_node_get_object (root), "nodes");
  edges = json_object_get_array_member (json_node_get_object (root), "edges");
  for (guint i = 0; i < json_array_get_length (nodes); i++)
    {
      JsonObject *a = json_array_get_object_element (nodes, i);
      const char *type = json_object_get_string_member (a, "type");

      g_assert_true (g_hash_table_add (ids, (gpointer) json_object_get_string_member (a, "id")));
      if (strcmp (type, "text") != 0)
        continue;
      n_texts++;
      for (guint j = i + 1; j < json_array_get_length (nodes); j++)
        g_assert_false (meets (a, json_array_get_object_element (nodes, j)));
    }
  g_assert_cmpuint (n_texts, >=, vantage_timeline_picture_get_n_events (picture));
  g_assert_cmpuint (json_array_get_length (edges), >, 10);
  for (guint i = 0; i < json_array_get_length (edges); i++)
    {
      JsonObject *edge = json_array_get_object_element (edges, i);

      g_assert_true (g_hash_table_contains (ids, json_object_get_string_member (edge, "fromNode")));
      g_assert_true (g_hash_table_contains (ids, json_object_get_string_member (edge, "toNode")));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_case ("picture/every-event-is-there-and-none-overlap", test_every_event_once);
  add_case ("picture/the-same-review-gives-the-same-bytes", test_same_bytes);
  add_case ("picture/print-form-has-no-colour", test_print_has_no_colour);
  add_case ("picture/a-stretch-or-a-lane-alone", test_stretch_and_lane);
  add_case ("picture/names-that-are-hidden-stay-hidden", test_hidden_names);
  add_case ("picture/any-words-of-any-length-and-script", test_any_words);
  add_case ("picture/nothing-is-a-picture-too", test_nothing_there);
  add_case ("picture/thousands-of-events-fill-pages", test_thousands_over_pages);
  add_case ("picture/one-that-is-too-large-is-refused", test_too_large);
  add_case ("picture/json-canvas-holds-together", test_json_canvas);
  return g_test_run ();
}
