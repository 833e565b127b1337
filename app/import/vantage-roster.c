/* vantage-roster.c: the rows of a table of people. */

#include "vantage-roster.h"

#include <string.h>

#include "vantage-evidence-sink.h"
#include "vantage-import.h"
#include "vantage-input.h"
#include "vantage-rows.h"
#include "vantage-text.h"
#include "vantage-time-column.h"

#define MAX_PEOPLE 100000

typedef enum
{
  COLUMN_NAME,
  COLUMN_FIRST,
  COLUMN_LAST,
  COLUMN_EMAIL,
  COLUMN_HANDLE,
  COLUMN_TEAM,
  COLUMN_ROLE,
  COLUMN_ZONE,
  COLUMN_TENURE,
  N_COLUMNS,
} Column;

/* Letters and digits of what columns are usually called, the likeliest first. */
static const char *const names[N_COLUMNS][12] = {
  { "name", "fullname", "displayname", "person", "member", "employee", "realname", "who", NULL },
  { "firstname", "givenname", "first", "forename", NULL },
  { "lastname", "surname", "familyname", "last", NULL },
  { "email", "mail", "emailaddress", "workemail", NULL },
  { "handle", "username", "login", "user", "slack", "slackhandle", "github", "nick", "account",
    NULL },
  { "team", "teamname", "squad", "group", "department", "unit", "org", "organisation",
    "organization", NULL },
  { "role", "title", "jobtitle", "position", "function", "job", NULL },
  { "zone", "timezone", "tz", "location", NULL },
  { "tenure", "since", "startdate", "hiredate", "hired", "joined", "started", "start", "joinedat",
    NULL },
};

void
vantage_roster_row_free (VantageRosterRow *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->email);
  g_free (self->handle);
  g_free (self->team);
  g_free (self->role);
  g_free (self->zone);
  g_free (self->tenure);
  g_free (self);
}

/* ---- columns ---- */

static char *
dup_bare (const char *text)
{
  GString *bare = g_string_new (NULL);

  for (; *text != '\0'; text++)
    if (g_ascii_isalnum (*text))
      g_string_append_c (bare, g_ascii_tolower (*text));
  return g_string_free (bare, FALSE);
}

static void
map_columns (GPtrArray *header, int map[N_COLUMNS])
{
  for (guint c = 0; c < N_COLUMNS; c++)
    {
      map[c] = -1;
      for (guint n = 0; map[c] < 0 && names[c][n] != NULL; n++)
        for (guint i = 0; map[c] < 0 && i < header->len; i++)
          {
            g_autofree char *bare = dup_bare (header->pdata[i]);

            if (strcmp (bare, names[c][n]) == 0)
              map[c] = (int) i;
          }
    }
}

static gboolean
check_columns (GPtrArray *header, const int map[N_COLUMNS], GError **error)
{
  gboolean named = map[COLUMN_NAME] >= 0 || map[COLUMN_FIRST] >= 0 || map[COLUMN_EMAIL] >= 0 ||
                   map[COLUMN_HANDLE] >= 0;
  gboolean tells = map[COLUMN_TEAM] >= 0 || map[COLUMN_ROLE] >= 0 || map[COLUMN_ZONE] >= 0 ||
                   map[COLUMN_TENURE] >= 0 || map[COLUMN_EMAIL] >= 0;
  g_autoptr (GString) columns = g_string_new (NULL);

  if (named && tells)
    return TRUE;
  for (guint i = 0; i < header->len; i++)
    g_string_append_printf (columns, "%s%s", i > 0 ? ", " : "", (char *) header->pdata[i]);
  g_set_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEEDS_MAPPING,
               named ? "no column is called team, role, zone or tenure. Columns: %s"
                     : "no column is called name, email or handle. Columns: %s",
               columns->str);
  return FALSE;
}

/* ---- rows ---- */

/* The cell without space around it; NULL when empty. (transfer full) */
static char *
dup_cell (GPtrArray *row, int column)
{
  g_autofree char *text = NULL;

  if (column < 0 || (guint) column >= row->len)
    return NULL;
  text = g_strstrip (g_strdup (row->pdata[column]));
  return *text != '\0' ? vantage_text_nfc (text) : NULL;
}

static void
tell (GPtrArray *diagnostics, const char *code, gint64 line, gboolean skipped, const char *text)
{
  g_ptr_array_add (diagnostics, vantage_diagnostic_new (code, text, "", line, -1, skipped));
}

static char *
dup_name (GPtrArray *row, const int map[N_COLUMNS])
{
  g_autofree char *first = dup_cell (row, map[COLUMN_FIRST]);
  g_autofree char *last = dup_cell (row, map[COLUMN_LAST]);
  char *name = dup_cell (row, map[COLUMN_NAME]);

  if (name != NULL)
    return name;
  if (first != NULL && last != NULL)
    return g_strdup_printf ("%s %s", first, last);
  return g_strdup (first != NULL ? first : last);
}

static void
check_zone (VantageRosterRow *self, GPtrArray *diagnostics)
{
  g_autoptr (VantageZone) zone = self->zone != NULL ? vantage_zone_new (self->zone) : NULL;
  g_autofree char *text = NULL;

  if (self->zone == NULL || zone != NULL)
    return;
  text = g_strdup_printf ("“%.60s” is no time zone on this computer; the rest of the row was taken",
                          self->zone);
  tell (diagnostics, "bad-zone", self->line, FALSE, text);
  g_clear_pointer (&self->zone, g_free);
}

static void
read_tenure (VantageRosterRow *self)
{
  VantageCellTime time;

  self->since_us = VANTAGE_TIME_NONE;
  /* a small number is a count of months or years, not a day of a spreadsheet */
  if (self->tenure != NULL && strpbrk (self->tenure, "-/. ") != NULL &&
      vantage_cell_time_parse (self->tenure, VANTAGE_DATE_ORDER_UNKNOWN, &time) && time.us > 0)
    self->since_us = time.us;
}

static VantageRosterRow *
read_row (GPtrArray *row, const int map[N_COLUMNS], gint64 line, GPtrArray *diagnostics)
{
  g_autoptr (VantageRosterRow) self = g_new0 (VantageRosterRow, 1);

  self->line = line;
  self->name = dup_name (row, map);
  self->email = dup_cell (row, map[COLUMN_EMAIL]);
  self->handle = dup_cell (row, map[COLUMN_HANDLE]);
  if (self->handle != NULL && *self->handle == '@')
    memmove (self->handle, self->handle + 1, strlen (self->handle));
  self->team = dup_cell (row, map[COLUMN_TEAM]);
  self->role = dup_cell (row, map[COLUMN_ROLE]);
  self->zone = dup_cell (row, map[COLUMN_ZONE]);
  self->tenure = dup_cell (row, map[COLUMN_TENURE]);
  check_zone (self, diagnostics);
  read_tenure (self);
  if (self->name != NULL || self->email != NULL || self->handle != NULL)
    return g_steal_pointer (&self);
  tell (diagnostics, "no-name", line, TRUE, "the row names nobody");
  return NULL;
}

static GPtrArray *
read_rows (VantageRows *rows, GPtrArray *diagnostics, GError **error)
{
  g_autoptr (GPtrArray) people =
      g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_roster_row_free);
  int map[N_COLUMNS];
  GPtrArray *row = vantage_rows_next (rows, error);

  if (row == NULL && *error == NULL)
    g_set_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_EMPTY, "the table is empty");
  if (row == NULL)
    return NULL;
  map_columns (row, map);
  if (!check_columns (row, map, error))
    return NULL;
  while (people->len < MAX_PEOPLE && (row = vantage_rows_next (rows, error)) != NULL)
    {
      gint64 line, offset, length;
      VantageRosterRow *person;

      vantage_rows_get_place (rows, &line, &offset, &length);
      person = read_row (row, map, line, diagnostics);
      if (person != NULL)
        g_ptr_array_add (people, person);
    }
  if (*error != NULL)
    return NULL;
  if (vantage_rows_is_cut_off (rows))
    tell (diagnostics, "cut-off", 0, TRUE, "the table ends inside quotation marks");
  if (people->len > 0)
    return g_steal_pointer (&people);
  g_set_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_EMPTY,
               "the table has a header and nobody below it");
  return NULL;
}

GPtrArray *
vantage_roster_read (const char *path, GPtrArray *diagnostics, GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (VantageInput) input = vantage_input_new (path, cancellable, error);
  g_autoptr (GBytes) head = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (VantageRows) rows = NULL;
  const VantageEntry *entry;
  VantageDialect dialect;
  GError *failure = NULL;
  GPtrArray *people;
  gsize length;
  const char *data;

  if (input == NULL)
    return NULL;
  entry = vantage_input_get_n_entries (input) == 1 ? vantage_input_get_entry (input, 0) : NULL;
  head = entry != NULL ? vantage_input_peek (input, entry) : NULL;
  data = head != NULL ? g_bytes_get_data (head, &length) : NULL;
  if (data == NULL || !vantage_dialect_guess (data, length, length < VANTAGE_INPUT_PEEK, &dialect))
    {
      g_set_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_UNKNOWN,
                   "a list of people is one table of text, with columns such as name, team, zone "
                   "and tenure");
      return NULL;
    }
  stream = vantage_input_open (input, entry, cancellable, error);
  if (stream == NULL)
    return NULL;
  rows = vantage_rows_new (stream, &dialect, cancellable);
  people = read_rows (rows, diagnostics, &failure);
  if (people == NULL)
    g_propagate_error (error, failure);
  return people;
}
