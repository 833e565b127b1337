/* vantage-series-map.c: which column holds what: as a person said it, or by the names columns
 * usually have. */

#include "vantage-json.h"
#include "vantage-series-private.h"

#include <string.h>

static const char *const field_names[] = {
  "time", "clock", "zone", "author", "text", "channel", "kind", "url", "id",
};

/* Names without anything but letters and digits, in lower case; the likeliest first. */
static const char *const time_names[] = {
  "datetime",    "timestamp",    "time",        "createdat", "created",   "date",
  "ts",          "eventtime",    "occurredat",  "sentat",    "starttime", "startedat",
  "timecreated", "timeutc",      "datecreated", "openedat",  "opened",    "updatedat",
  "updated",     "sysupdatedat", "when",        NULL,
};
static const char *const zone_names[] = { "timezone", "zone", "tz", NULL };
static const char *const author_names[] = {
  "author", "user",    "username", "name",      "sender", "from",  "actor",  "who",
  "person", "speaker", "by",       "createdby", "caller", "login", "member", NULL,
};
static const char *const text_names[] = {
  "text",  "message", "body", "content", "summary", "description", "shortdescription",
  "title", "subject", "msg",  "event",   "comment", "details",     "note",
  "info",  NULL,
};
static const char *const channel_names[] = { "channel", "room",    "channelname", "service",
                                             "stream",  "project", NULL };
static const char *const kind_names[] = { "kind", "type", "eventtype", NULL };
static const char *const url_names[] = { "url", "link", "permalink", "href", NULL };
static const char *const id_names[] = { "id",   "messageid", "eventid", "uuid",
                                        "guid", "key",       "number",  NULL };

static char *
bare_name (const char *column)
{
  const char *dot = strrchr (column, '.');
  GString *name = g_string_new (NULL);

  for (const char *p = dot != NULL ? dot + 1 : column; *p != '\0'; p++)
    if (g_ascii_isalnum (*p))
      g_string_append_c (name, g_ascii_tolower (*p));
  return g_string_free (name, FALSE);
}

/* The first column that has one of @names; -1. @inner: also members of objects inside a record. */
static int
find_among (const char *const *columns, const char *const *names, gboolean inner)
{
  for (; *names != NULL; names++)
    for (int column = 0; columns[column] != NULL; column++)
      {
        g_autofree char *bare = bare_name (columns[column]);

        if (strcmp (bare, *names) == 0 && (inner || strchr (columns[column], '.') == NULL))
          return column;
      }
  return -1;
}

static int
find_by_names (const char *const *columns, const char *const *names)
{
  int column = find_among (columns, names, FALSE);

  return column >= 0 ? column : find_among (columns, names, TRUE);
}

int
vantage_series_score (const char *const *columns)
{
  int time = find_among (columns, time_names, FALSE);
  int text = find_by_names (columns, text_names);

  if (time < 0)
    return 0;
  return text >= 0 && text != time ? 40 : 12;
}

gboolean
vantage_series_is_mapped (VantageSeries *self, int column)
{
  for (guint field = 0; field < VANTAGE_SERIES_N_FIELDS; field++)
    if (self->map[field] == column)
      return TRUE;
  for (guint i = 0; i < self->n_texts; i++)
    if (self->texts[i] == column)
      return TRUE;
  return FALSE;
}

/* ---- as a person said it ---- */

static int
find_column (VantageSeries *self, const char *name)
{
  char *end = NULL;
  gint64 position;

  for (guint column = 0; column < self->n_columns; column++)
    if (g_ascii_strcasecmp (self->columns[column], name) == 0)
      return (int) column;
  /* "#3": by position, where two columns share a name */
  position = *name == '#' ? g_ascii_strtoll (name + 1, &end, 10) : 0;
  return position >= 1 && position <= self->n_columns && *end == '\0' ? (int) position - 1 : -1;
}

static gboolean
refuse (GError **error, VantageSeries *self, const char *format, const char *name)
{
  g_autofree char *columns = g_strjoinv (", ", self->columns);
  g_autofree char *what = g_strdup_printf ("“%s”", name);

  g_set_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEEDS_MAPPING,
               "%s: %s. Columns: %s", format, what, columns);
  return FALSE;
}

static gboolean
choose (VantageSeries *self, const char *field, const char *column_name, GError **error)
{
  int column;

  if (strcmp (field, "order") == 0)
    {
      self->order = strcmp (column_name, "mdy") == 0 ? VANTAGE_DATE_ORDER_MONTH_FIRST
                                                     : VANTAGE_DATE_ORDER_DAY_FIRST;
      return TRUE;
    }
  column = find_column (self, column_name);
  if (column < 0)
    return refuse (error, self, "there is no column of this name", column_name);
  if (strcmp (field, "text") == 0)
    {
      if (self->n_texts < VANTAGE_SERIES_MAX_TEXTS)
        self->texts[self->n_texts++] = column;
      return TRUE;
    }
  if (strcmp (field, "date") == 0)
    field = "time";
  for (guint i = 0; i < VANTAGE_SERIES_N_FIELDS; i++)
    if (strcmp (field_names[i], field) == 0)
      {
        self->map[i] = column;
        self->time_chosen = self->time_chosen || i == VANTAGE_SERIES_TIME;
        self->clock_beside = self->clock_beside || i == VANTAGE_SERIES_TIME_2;
        return TRUE;
      }
  return refuse (error, self, "a mapping has no such field", field);
}

static gboolean
read_json_mapping (VantageSeries *self, const char *text, GError **error)
{
  g_autoptr (JsonNode) root = vantage_json_parse (text, -1, &vantage_json_wire_limits, error);
  g_autoptr (GList) members = NULL;

  if (root == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_OBJECT (root))
    return refuse (error, self, "a mapping is an object", text);
  members = json_object_get_members (json_node_get_object (root));
  for (GList *m = members; m != NULL; m = m->next)
    {
      JsonNode *value = json_object_get_member (json_node_get_object (root), m->data);
      JsonArray *array = JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;

      for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
        if (!choose (self, m->data, json_array_get_string_element (array, i), error))
          return FALSE;
      if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_string (value) != NULL &&
          !choose (self, m->data, json_node_get_string (value), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_mapping (VantageSeries *self, const char *text, GError **error)
{
  g_auto (GStrv) pairs = NULL;

  if (*text == '{')
    return read_json_mapping (self, text, error);
  pairs = g_strsplit (text, ",", -1);
  for (char **pair = pairs; *pair != NULL; pair++)
    {
      char *equals = strchr (*pair, '=');

      if (equals == NULL)
        return refuse (error, self, "a mapping is written FIELD=COLUMN", *pair);
      *equals = '\0';
      if (!choose (self, g_strstrip (*pair), g_strstrip (equals + 1), error))
        return FALSE;
    }
  return TRUE;
}

/* ---- by names ---- */

/* A date and a clock in columns of their own. */
static void
guess_time (VantageSeries *self)
{
  const char *const *columns = (const char *const *) self->columns;
  static const char *const dates[] = { "date", NULL };
  static const char *const clocks[] = { "time", NULL };
  static const char *const stamps[] = { "timestamp", NULL };
  int date = find_by_names (columns, dates);
  int clock = find_by_names (columns, clocks);
  int stamp = find_by_names (columns, stamps);

  self->map[VANTAGE_SERIES_TIME] = find_by_names (columns, time_names);
  if (date >= 0 && clock >= 0 && self->map[VANTAGE_SERIES_TIME] == clock)
    {
      self->map[VANTAGE_SERIES_TIME] = date;
      self->map[VANTAGE_SERIES_TIME_2] = clock;
      self->clock_beside = TRUE;
    }
  else if (stamp >= 0 && stamp != self->map[VANTAGE_SERIES_TIME])
    self->map[VANTAGE_SERIES_TIME_2] = stamp;
}

static void
guess (VantageSeries *self)
{
  const struct
  {
    VantageSeriesField field;
    const char *const *names;
  } guesses[] = {
    { VANTAGE_SERIES_ZONE, zone_names },       { VANTAGE_SERIES_AUTHOR, author_names },
    { VANTAGE_SERIES_CHANNEL, channel_names }, { VANTAGE_SERIES_KIND, kind_names },
    { VANTAGE_SERIES_URL, url_names },         { VANTAGE_SERIES_ID, id_names },
  };
  const char *const *columns = (const char *const *) self->columns;
  int text = find_by_names (columns, text_names);

  if (self->map[VANTAGE_SERIES_TIME] < 0)
    guess_time (self);
  for (gsize i = 0; i < G_N_ELEMENTS (guesses); i++)
    if (self->map[guesses[i].field] < 0)
      {
        int column = find_by_names (columns, guesses[i].names);

        if (column >= 0 && !vantage_series_is_mapped (self, column))
          self->map[guesses[i].field] = column;
      }
  if (self->n_texts == 0 && text >= 0 && !vantage_series_is_mapped (self, text))
    self->texts[self->n_texts++] = text;
}

/* What was chosen for a table with this header before. FALSE: nothing that fits. */
static gboolean
read_remembered (VantageSeries *self)
{
  const char *text = self->reading->options->remembered;
  g_autoptr (JsonNode) root =
      text != NULL ? vantage_json_parse (text, -1, &vantage_json_wire_limits, NULL) : NULL;
  JsonObject *all =
      root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonNode *mapping = all != NULL ? json_object_get_member (all, self->signature) : NULL;
  g_autofree char *words = mapping != NULL ? vantage_json_canonical (mapping) : NULL;

  if (words == NULL)
    return FALSE;
  if (read_mapping (self, words, NULL))
    return TRUE;
  for (guint field = 0; field < VANTAGE_SERIES_N_FIELDS; field++)
    self->map[field] = -1;
  self->n_texts = 0;
  self->clock_beside = self->time_chosen = FALSE;
  self->order = VANTAGE_DATE_ORDER_UNKNOWN;
  return FALSE;
}

gboolean
vantage_series_map (VantageSeries *self, GError **error)
{
  const char *mapping = self->reading->options->mapping;

  if (mapping != NULL && *mapping != '\0')
    {
      if (!read_mapping (self, mapping, error))
        return FALSE;
    }
  else if (read_remembered (self) &&
           !vantage_reading_note (self->reading, "mapping-remembered", NULL, 0, -1, error,
                                  "its columns are read as they were chosen for an earlier table "
                                  "with the same header"))
    return FALSE;
  guess (self);
  if (self->map[VANTAGE_SERIES_TIME] >= 0)
    return TRUE;
  self->reading->needs_mapping = TRUE;
  return self->reading->preview || refuse (error, self, "no column looks like a time",
                                           vantage_input_get_name (self->reading->input));
}

char *
vantage_series_dup_mapping (VantageSeries *self)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  for (guint field = 0; field < VANTAGE_SERIES_N_FIELDS; field++)
    if (self->map[field] >= 0 && (field != VANTAGE_SERIES_TIME_2 || self->clock_beside))
      json_object_set_string_member (object, field_names[field], self->columns[self->map[field]]);
  if (self->n_texts > 0)
    {
      JsonArray *texts = json_array_new ();

      for (guint i = 0; i < self->n_texts; i++)
        json_array_add_string_element (texts, self->columns[self->texts[i]]);
      json_object_set_array_member (object, "text", texts);
    }
  if (self->order != VANTAGE_DATE_ORDER_UNKNOWN)
    json_object_set_string_member (object, "order",
                                   self->order == VANTAGE_DATE_ORDER_MONTH_FIRST ? "mdy" : "dmy");
  json_node_set_object (node, object);
  return vantage_json_canonical (node);
}
