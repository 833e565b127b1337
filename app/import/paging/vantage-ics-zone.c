/* vantage-ics-zone.c: what the clock readings of a calendar mean: zones by name, by the names that
 * Windows has for them, and by the rules that the file brings along. */

#include "vantage-ics-private.h"

#include <libical/ical.h>
#include <string.h>

#define MAX_RULES (64 * 1024)

struct _VantageIcsZone
{
  VantageZone *zone;   /* NULL: by the rules, or UTC */
  icaltimezone *rules; /* of the file */
  gboolean known;
};

struct _VantageIcsZones
{
  const VantageIcsCalendar *calendar;
  GHashTable *zones; /* TZID, "" for none, "Z" for UTC → VantageIcsZone */
  VantageZone *chosen;
  GString *unknown;
};

/* ---- readings ---- */

static gboolean
has_digits (const char *text, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (!g_ascii_isdigit (text[i]))
      return FALSE;
  return TRUE;
}

gboolean
vantage_ics_read_wall (const char *text, gint64 *out_us, gboolean *out_date, gboolean *out_utc)
{
  char form[24];
  gboolean date, utc;

  if (text == NULL || !has_digits (text, 8))
    return FALSE;
  date = text[8] == '\0';
  if (!date && (text[8] != 'T' || !has_digits (text + 9, 6)))
    return FALSE;
  utc = !date && (text[15] == 'Z' || text[15] == 'z');
  if (!date && text[15 + (utc ? 1 : 0)] != '\0')
    return FALSE;
  g_snprintf (form, sizeof form, "%.4s-%.2s-%.2sT%.2s:%.2s:%.2sZ", text, text + 4, text + 6,
              date ? "00" : text + 9, date ? "00" : text + 11, date ? "00" : text + 13);
  if (!vantage_time_parse (form, -1, out_us, NULL, NULL))
    return FALSE;
  *out_date = date;
  *out_utc = utc;
  return TRUE;
}

char *
vantage_ics_write_wall (gint64 wall_us, gboolean date, gboolean utc)
{
  char form[VANTAGE_TIME_TEXT_SIZE];
  GString *out = g_string_new (NULL);

  vantage_time_format (wall_us, form);
  g_string_append_printf (out, "%.4s%.2s%.2s", form, form + 5, form + 8);
  if (!date)
    g_string_append_printf (out, "T%.2s%.2s%.2s%s", form + 11, form + 14, form + 17,
                            utc ? "Z" : "");
  return g_string_free (out, FALSE);
}

/* ---- names ---- */

/* Windows' names, after the table of the Unicode project. */
static const struct
{
  const char *windows, *iana;
} windows_zones[] = {
  { "AUS Eastern Standard Time", "Australia/Sydney" },
  { "Alaskan Standard Time", "America/Anchorage" },
  { "Arab Standard Time", "Asia/Riyadh" },
  { "Arabian Standard Time", "Asia/Dubai" },
  { "Argentina Standard Time", "America/Buenos_Aires" },
  { "Atlantic Standard Time", "America/Halifax" },
  { "Canada Central Standard Time", "America/Regina" },
  { "Cen. Australia Standard Time", "Australia/Adelaide" },
  { "Central America Standard Time", "America/Guatemala" },
  { "Central Europe Standard Time", "Europe/Budapest" },
  { "Central European Standard Time", "Europe/Warsaw" },
  { "Central Standard Time", "America/Chicago" },
  { "Central Standard Time (Mexico)", "America/Mexico_City" },
  { "China Standard Time", "Asia/Shanghai" },
  { "E. Africa Standard Time", "Africa/Nairobi" },
  { "E. Australia Standard Time", "Australia/Brisbane" },
  { "E. Europe Standard Time", "Europe/Chisinau" },
  { "E. South America Standard Time", "America/Sao_Paulo" },
  { "Eastern Standard Time", "America/New_York" },
  { "Egypt Standard Time", "Africa/Cairo" },
  { "FLE Standard Time", "Europe/Kiev" },
  { "GMT Standard Time", "Europe/London" },
  { "GTB Standard Time", "Europe/Bucharest" },
  { "Greenwich Standard Time", "Atlantic/Reykjavik" },
  { "Hawaiian Standard Time", "Pacific/Honolulu" },
  { "India Standard Time", "Asia/Calcutta" },
  { "Israel Standard Time", "Asia/Jerusalem" },
  { "Korea Standard Time", "Asia/Seoul" },
  { "Mountain Standard Time", "America/Denver" },
  { "Myanmar Standard Time", "Asia/Rangoon" },
  { "N. Central Asia Standard Time", "Asia/Novosibirsk" },
  { "Nepal Standard Time", "Asia/Katmandu" },
  { "New Zealand Standard Time", "Pacific/Auckland" },
  { "Newfoundland Standard Time", "America/St_Johns" },
  { "Pacific SA Standard Time", "America/Santiago" },
  { "Pacific Standard Time", "America/Los_Angeles" },
  { "Pakistan Standard Time", "Asia/Karachi" },
  { "Romance Standard Time", "Europe/Paris" },
  { "Russian Standard Time", "Europe/Moscow" },
  { "SA Eastern Standard Time", "America/Cayenne" },
  { "SA Pacific Standard Time", "America/Bogota" },
  { "SE Asia Standard Time", "Asia/Bangkok" },
  { "Singapore Standard Time", "Asia/Singapore" },
  { "South Africa Standard Time", "Africa/Johannesburg" },
  { "Sri Lanka Standard Time", "Asia/Colombo" },
  { "Taipei Standard Time", "Asia/Taipei" },
  { "Tokyo Standard Time", "Asia/Tokyo" },
  { "Turkey Standard Time", "Europe/Istanbul" },
  { "US Eastern Standard Time", "America/Indianapolis" },
  { "US Mountain Standard Time", "America/Phoenix" },
  { "W. Australia Standard Time", "Australia/Perth" },
  { "W. Central Africa Standard Time", "Africa/Lagos" },
  { "W. Europe Standard Time", "Europe/Berlin" },
  { "West Asia Standard Time", "Asia/Tashkent" },
};

/* "Europe/Berlin", also at the end of "/citadel.org/20190914_1/Europe/Berlin". NULL: none. */
static VantageZone *
find_by_name (const char *name)
{
  VantageZone *zone = NULL;

  while (*name == '/')
    name++;
  if (g_ascii_strcasecmp (name, "UTC") == 0 || g_ascii_strcasecmp (name, "GMT") == 0)
    return vantage_zone_new_utc ();
  for (const char *at = name; at != NULL && zone == NULL; at = strchr (at, '/'))
    {
      at += *at == '/' ? 1 : 0;
      if (strchr (at, '/') != NULL)
        zone = vantage_zone_new (at);
    }
  return zone;
}

static VantageZone *
find_by_windows_name (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (windows_zones); i++)
    if (g_ascii_strcasecmp (windows_zones[i].windows, name) == 0)
      return vantage_zone_new (windows_zones[i].iana);
  return NULL;
}

/* ---- the zones of a calendar ---- */

static void
zone_free (gpointer data)
{
  VantageIcsZone *self = data;

  g_clear_pointer (&self->zone, vantage_zone_unref);
  if (self->rules != NULL)
    icaltimezone_free (self->rules, 1);
  g_free (self);
}

VantageIcsZones *
vantage_ics_zones_new (const VantageIcsCalendar *calendar, const char *chosen)
{
  VantageIcsZones *self = g_new0 (VantageIcsZones, 1);

  self->calendar = calendar;
  self->zones = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, zone_free);
  self->chosen = chosen != NULL ? vantage_zone_new (chosen) : NULL;
  self->unknown = g_string_new (NULL);
  return self;
}

void
vantage_ics_zones_free (VantageIcsZones *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->zones);
  g_clear_pointer (&self->chosen, vantage_zone_unref);
  g_string_free (self->unknown, TRUE);
  g_free (self);
}

const char *
vantage_ics_zones_get_unknown (VantageIcsZones *self)
{
  return self->unknown->len > 0 ? self->unknown->str : NULL;
}

/* Zones change once or twice a year; rules that could fire every second would fill the memory. */
static gboolean
are_tame (const char *text)
{
  static const char *const wild[] = { "BYHOUR", "BYMINUTE", "BYSECOND", "BYSETPOS" };

  for (const char *at = text; (at = strstr (at, "FREQ=")) != NULL; at += 5)
    if (!g_str_has_prefix (at, "FREQ=YEARLY"))
      return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (wild); i++)
    if (strstr (text, wild[i]) != NULL)
      return FALSE;
  return strlen (text) < MAX_RULES;
}

static icaltimezone *
read_rules (const char *given)
{
  g_autofree char *text = g_ascii_strup (given, -1);
  icaltimezone *rules;
  icalcomponent *component;

  if (!are_tame (text))
    return NULL;
  icalerror_set_errors_are_fatal (0);
  component = icalparser_parse_string (text);
  if (component == NULL)
    return NULL;
  rules = icaltimezone_new ();
  if (icalcomponent_isa (component) == ICAL_VTIMEZONE_COMPONENT &&
      icaltimezone_set_component (rules, component))
    return rules;
  icalcomponent_free (component);
  icaltimezone_free (rules, 1);
  return NULL;
}

static void
note_unknown (VantageIcsZones *self, const char *name)
{
  if (self->unknown->len < 400)
    g_string_append_printf (self->unknown, "%s“%s”", self->unknown->len > 0 ? ", " : "", name);
}

/* @name "": times without a zone of their own. */
static VantageIcsZone *
make_zone (VantageIcsZones *self, const char *name)
{
  VantageIcsZone *zone = g_new0 (VantageIcsZone, 1);
  const char *rules = g_hash_table_lookup (self->calendar->zones, name);
  const char *wanted = *name != '\0' ? name : self->calendar->zone;

  if (strcmp (name, "Z") == 0)
    zone->zone = vantage_zone_new_utc ();
  else if (wanted != NULL && *wanted != '\0')
    {
      zone->zone = find_by_name (wanted);
      if (zone->zone == NULL && rules != NULL)
        zone->rules = read_rules (rules);
      if (zone->zone == NULL && zone->rules == NULL)
        zone->zone = find_by_windows_name (wanted);
    }
  zone->known = zone->zone != NULL || zone->rules != NULL;
  if (!zone->known && *name != '\0')
    note_unknown (self, name);
  if (!zone->known && self->chosen != NULL)
    zone->zone = vantage_zone_ref (self->chosen);
  return zone;
}

VantageIcsZone *
vantage_ics_zones_find (VantageIcsZones *self, const VantageIcsTime *time)
{
  gboolean date, utc = FALSE;
  const char *name = time->zone != NULL ? time->zone : "";
  VantageIcsZone *zone;
  gint64 us;

  if (vantage_ics_read_wall (time->text, &us, &date, &utc) && utc)
    name = "Z";
  zone = g_hash_table_lookup (self->zones, name);
  if (zone == NULL)
    {
      zone = make_zone (self, name);
      g_hash_table_insert (self->zones, g_strdup (name), zone);
    }
  return zone;
}

gboolean
vantage_ics_zone_is_known (VantageIcsZone *self)
{
  return self->known;
}

/* By the rules of the file. */
static gint64
resolve_by_rules (icaltimezone *rules, gint64 wall_us)
{
  g_autofree char *text = vantage_ics_write_wall (wall_us, FALSE, FALSE);
  icaltimetype time = icaltime_from_string (text);
  int daylight = 0;
  int offset_s = icaltimezone_get_utc_offset (rules, &time, &daylight);

  return wall_us - (gint64) offset_s * G_USEC_PER_SEC;
}

gint64
vantage_ics_zone_resolve (VantageIcsZone *self, gint64 wall_us, gboolean *out_twice)
{
  gint64 us = wall_us;

  *out_twice = FALSE;
  if (self->zone != NULL)
    vantage_zone_resolve (self->zone, wall_us, &us, out_twice);
  else if (self->rules != NULL)
    us = resolve_by_rules (self->rules, wall_us);
  return CLAMP (us, VANTAGE_TIME_MIN, VANTAGE_TIME_MAX);
}
