/* vantage-export-ics.c: what is due, as a calendar (RFC 5545): dates of the review and days on
 * which experiments are looked at again. */

#include "vantage-report-private.h"

#include <string.h>

#define FOLD_AT 74 /* octets of a line */

/* Folded so that no character is cut through. */
static void
add_line (GString *out, const char *name, const char *value)
{
  g_autofree char *line = g_strconcat (name, ":", value, NULL);
  gsize used = 0;

  for (const char *p = line; *p != '\0'; p = g_utf8_next_char (p))
    {
      gsize size = (gsize) (g_utf8_next_char (p) - p);

      if (used + size > FOLD_AT)
        {
          g_string_append (out, "\r\n ");
          used = 1;
        }
      g_string_append_len (out, p, (gssize) size);
      used += size;
    }
  g_string_append (out, "\r\n");
}

static char *
escape_text (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    switch (*p)
      {
      case '\\':
      case ';':
      case ',':
        g_string_append_c (out, '\\');
        g_string_append_c (out, *p);
        break;
      case '\n':
        g_string_append (out, "\\n");
        break;
      default:
        if ((guchar) *p >= 0x20 && *p != 0x7f)
          g_string_append_c (out, *p);
      }
  return g_string_free (out, FALSE);
}

/* A whole day in the zone of the report. */
static void
add_day (VantageReportBuilder *self, GString *out, const char *uid, gint64 us, const char *summary,
         const char *description)
{
  g_autofree char *escaped = escape_text (summary);
  g_autofree char *more = escape_text (description);
  g_autofree char *id = g_strconcat (uid, "@vantage", NULL);
  g_autofree char *stamp = NULL;
  g_autofree char *date = NULL;
  gint64 made_us = vantage_entity_get_changed_us (self->input->review);
  g_autoptr (VantageZone) utc = vantage_zone_new_utc ();
  VantageWall wall;

  vantage_zone_get_wall (self->zone, us, &wall);
  date = g_strdup_printf ("%04d%02d%02d", wall.year, wall.month, wall.day);
  vantage_zone_get_wall (utc, made_us, &wall);
  stamp = g_strdup_printf ("%04d%02d%02dT%02d%02d%02dZ", wall.year, wall.month, wall.day, wall.hour,
                           wall.minute, wall.second);
  add_line (out, "BEGIN", "VEVENT");
  add_line (out, "UID", id);
  add_line (out, "DTSTAMP", stamp);
  add_line (out, "DTSTART;VALUE=DATE", date);
  add_line (out, "SUMMARY", escaped);
  if (*more != '\0')
    add_line (out, "DESCRIPTION", more);
  add_line (out, "TRANSP", "TRANSPARENT");
  add_line (out, "END", "VEVENT");
}

static void
add_due_dates (VantageReportBuilder *self, GString *out)
{
  VantageEntity *review = self->input->review;
  const char *title = vantage_entity_get_title (review);
  g_autoptr (GPtrArray) registers = vantage_entity_list_registers (review);

  for (guint i = 0; i < registers->len; i++)
    {
      const char *name = registers->pdata[i];
      const char *what;
      gint64 us;
      g_autofree char *uid = NULL;
      g_autofree char *summary = NULL;

      if (!g_str_has_prefix (name, "due/") ||
          !vantage_value_get_time (vantage_entity_get_value (review, name), &us))
        continue;
      what = name + strlen ("due/");
      uid = g_strconcat (vantage_entity_get_id (review), "-", what, NULL);
      summary = g_strdup_printf ("%s: %s", title, vantage_report_word (self, "stage", what));
      add_day (self, out, uid, us, summary, "");
    }
}

static void
add_revisits (VantageReportBuilder *self, GString *out)
{
  g_autoptr (GPtrArray) experiments = vantage_report_list (self, "experiment");

  for (guint i = 0; i < experiments->len; i++)
    {
      VantageEntity *experiment = experiments->pdata[i];
      gint64 us = vantage_entity_get_time (experiment, "revisit");
      const char *signal = vantage_entity_get_text (experiment, "signal");
      g_autofree char *summary = NULL;

      if (us == VANTAGE_TIME_NONE)
        continue;
      /* translators: %s: what an experiment tries */
      summary = g_strdup_printf (_ ("Look again: %s"), vantage_entity_get_title (experiment));
      add_day (self, out, vantage_entity_get_id (experiment), us, summary,
               signal != NULL ? signal : "");
    }
}

char *
vantage_export_ics (const VantageReportInput *input, const VantageReportOptions *options)
{
  g_autoptr (VantageReportBuilder) builder = vantage_report_builder_new (input, options);
  GString *out = g_string_new (NULL);

  add_line (out, "BEGIN", "VCALENDAR");
  add_line (out, "VERSION", "2.0");
  add_line (out, "PRODID", "-//Vantage//Vantage//EN");
  add_due_dates (builder, out);
  add_revisits (builder, out);
  add_line (out, "END", "VCALENDAR");
  return g_string_free (out, FALSE);
}
