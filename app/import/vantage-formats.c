/* vantage-formats.c: the table of formats, and choosing among them. */

#include "vantage-reading-private.h"

#include <string.h>

#define RECOGNISED_FROM 10
#define CERTAIN_FROM 51 /* below: a guess at something general, which a near miss goes before */

/* One a line, so that a new format is a new line. */
/* clang-format off */
const VantageReader *const vantage_readers[] = {
  &vantage_slack_reader,
  &vantage_teams_reader,
  &vantage_pagerduty_reader,
  &vantage_jira_reader,
  &vantage_github_reader,
  &vantage_gitlab_reader,
  &vantage_servicenow_reader,
  &vantage_vtt_reader,
  &vantage_srt_reader,
  &vantage_alertmanager_reader,
  &vantage_ics_reader,
  &vantage_opsgenie_reader,
  &vantage_statuspage_reader,
  &vantage_discord_reader,
  &vantage_irc_reader,
  &vantage_mattermost_reader,
  &vantage_google_chat_reader,
  &vantage_zulip_reader,
  &vantage_matrix_reader,
  &vantage_rocketchat_reader,
  &vantage_telegram_reader,
  &vantage_whatsapp_reader,
  &vantage_grafana_reader,
  &vantage_linear_reader,
  &vantage_bugzilla_reader,
  &vantage_redmine_reader,
  &vantage_pasted_reader,
  &vantage_csv_reader,
  &vantage_json_lines_reader,
  NULL,
};
/* clang-format on */

G_DEFINE_QUARK (vantage_import_error, vantage_import_error)

const VantageFormat *
vantage_formats (void)
{
  static VantageFormat formats[G_N_ELEMENTS (vantage_readers)];
  static gsize ready = 0;

  if (g_once_init_enter (&ready))
    {
      for (guint i = 0; vantage_readers[i] != NULL; i++)
        formats[i] = vantage_readers[i]->format;
      g_once_init_leave (&ready, 1);
    }
  return formats;
}

static const VantageReader *
find_named (const char *name, GError **error)
{
  g_autoptr (GString) known = g_string_new (NULL);

  for (guint i = 0; vantage_readers[i] != NULL; i++)
    {
      if (g_str_equal (vantage_readers[i]->format.name, name))
        return vantage_readers[i];
      g_string_append_printf (known, "%s%s", i > 0 ? ", " : "", vantage_readers[i]->format.name);
    }
  g_set_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_UNKNOWN,
               "there is no format “%s”; there are %s", name, known->str);
  return NULL;
}

/* What begins as JSON, in words: a list with nothing in it is one; "[14:02]" is not. */
static const char *
describe_json (VantageNode *json, const char *head, gsize length)
{
  const char *at = head, *end = head + length;

  if (json == NULL || json->type < VANTAGE_NODE_ARRAY)
    return NULL;
  if (vantage_node_first (json) != NULL)
    return "it is JSON, but of no kind that is read";
  while (at < end && *at != '[' && *at != '{')
    at++;
  for (at++; at < end && g_ascii_isspace (*at);)
    at++;
  return at < end && (*at == ']' || *at == '}') ? "it is JSON with nothing in it"
         : at >= end || strchr ("[{\"", *at)    ? "it is JSON, but of no kind that is read"
                                                : NULL;
}

/* What a file looks like, in words, when no reader takes it. */
static const char *
describe (VantageSniff *sniff)
{
  const VantageEntry *entry = vantage_sniff_get_entry (sniff);
  VantageNode *json;
  const char *head;
  gsize length;

  if (entry == NULL)
    return "it is empty";
  if (vantage_input_get_sort (vantage_sniff_get_input (sniff)) != VANTAGE_INPUT_FILE)
    return "its files are no export of a kind that is read";
  head = vantage_sniff_get_text (sniff, entry, &length);
  if (length == 0)
    return "it is empty";
  json = vantage_sniff_get_json (sniff, entry);
  if (describe_json (json, head, length) != NULL)
    return describe_json (json, head, length);
  if (length >= 4 && memcmp (head, "%PDF", 4) == 0)
    return "it is a PDF document";
  if (length >= 8 && memcmp (head, "\x89PNG\r\n\x1a\n", 8) == 0)
    return "it is a picture";
  if (length >= 3 && memcmp (head, "\xff\xd8\xff", 3) == 0)
    return "it is a picture";
  if (length >= 262 && memcmp (head + 257, "ustar", 5) == 0)
    return "it is a tar archive: unpack it and import the folder";
  if (length >= 6 && memcmp (head, "7z\xbc\xaf\x27\x1c", 6) == 0)
    return "it is a 7-Zip archive: unpack it and import the folder";
  if (length >= 4 && memcmp (head, "Rar!", 4) == 0)
    return "it is a RAR archive: unpack it and import the folder";
  if (g_ascii_strncasecmp (head, "<!doctype html", MIN (length, 14)) == 0 ||
      g_ascii_strncasecmp (head, "<html", MIN (length, 5)) == 0)
    return "it is a web page: export the data itself, not the page that shows it";
  if (memchr (head, '\0', length) != NULL)
    return "it is no text";
  return "it is text of no kind that is read";
}

static char *
list_titles (void)
{
  GString *titles = g_string_new (NULL);

  for (guint i = 0; vantage_readers[i] != NULL; i++)
    g_string_append_printf (titles, "%s%s", i > 0 ? ", " : "", vantage_readers[i]->format.title);
  return g_string_free (titles, FALSE);
}

/* Sets @error when the input nearly is some format. */
static gboolean
is_near_miss (VantageSniff *sniff, GError **error)
{
  for (guint i = 0; vantage_readers[i] != NULL; i++)
    {
      g_autofree char *sentence =
          vantage_readers[i]->near_miss != NULL ? vantage_readers[i]->near_miss (sniff) : NULL;

      if (sentence == NULL)
        continue;
      g_set_error_literal (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEAR_MISS, sentence);
      return TRUE;
    }
  return FALSE;
}

/* Whether the first bytes can be unpacked at all; what cannot be read is no matter of kinds. */
static gboolean
can_unpack (VantageSniff *sniff, GError **error)
{
  const VantageEntry *entry = vantage_sniff_get_entry (sniff);
  g_autoptr (GInputStream) stream = NULL;
  char bytes[4096];
  gssize n = 1;

  if (entry == NULL)
    return TRUE;
  stream = vantage_input_open (vantage_sniff_get_input (sniff), entry, NULL, error);
  for (gsize total = 0; stream != NULL && n > 0 && total < VANTAGE_INPUT_PEEK; total += (gsize) n)
    n = g_input_stream_read (stream, bytes, sizeof bytes, NULL, error);
  return stream != NULL && n >= 0;
}

const VantageReader *
vantage_formats_choose (VantageSniff *sniff, const char *name, GError **error)
{
  const VantageReader *best = NULL;
  int best_score = RECOGNISED_FROM - 1;
  g_autofree char *titles = NULL;

  if (name != NULL)
    return find_named (name, error);
  for (guint i = 0; vantage_readers[i] != NULL; i++)
    {
      int score = vantage_readers[i]->score (sniff);

      if (score > best_score)
        {
          best = vantage_readers[i];
          best_score = score;
        }
    }
  if (best_score >= CERTAIN_FROM)
    return best;
  if (is_near_miss (sniff, error))
    return NULL;
  if (best != NULL)
    return best;
  if (!can_unpack (sniff, error))
    return NULL;
  titles = list_titles ();
  g_set_error (error, VANTAGE_IMPORT_ERROR,
               vantage_sniff_get_entry (sniff) == NULL ? VANTAGE_IMPORT_ERROR_EMPTY
                                                       : VANTAGE_IMPORT_ERROR_UNKNOWN,
               "“%s” is not recognised: %s. These are read: %s",
               vantage_input_get_name (vantage_sniff_get_input (sniff)), describe (sniff), titles);
  return NULL;
}
