/* vantage-report-evidence.c: citations, numbered as they come, and the list that they lead to. */

#include "vantage-report-private.h"

#include <string.h>

#include "vantage-text.h"

#define SHOWN_CHARS 280
#define HIDDEN "▮▮▮"

static VantageReportEvidence *
get_evidence (VantageReportBuilder *self, const char *item, guint *out_number)
{
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (self->evidence_index, item));
  VantageReportEvidence *evidence;

  if (index > 0)
    {
      *out_number = index;
      return self->evidence->pdata[index - 1];
    }
  evidence = g_new0 (VantageReportEvidence, 1);
  evidence->item = g_strdup (item);
  evidence->found = self->input->find_item (item, self->input->user_data);
  g_ptr_array_add (self->evidence, evidence);
  g_hash_table_insert (self->evidence_index, evidence->item,
                       GUINT_TO_POINTER (self->evidence->len));
  *out_number = self->evidence->len;
  return evidence;
}

void
vantage_report_add_cite (VantageReportBuilder *self, VantageNode *inlines, const char *item,
                         const char *quote, const char *kind, const char *entity)
{
  guint number = 0;
  VantageReportEvidence *evidence = get_evidence (self, item, &number);
  VantageNode *cite = vantage_node_add (inlines, VANTAGE_NODE_CITE, NULL);

  cite->number = number;
  cite->level = ++evidence->n_cites;
  if (evidence->quote == NULL && quote != NULL)
    evidence->quote = g_strdup (quote);
  if (evidence->found == NULL)
    vantage_report_warn (
        self, VANTAGE_REPORT_WARN_MISSING_ITEM, kind, entity,
        /* translators: %u: number of a piece of evidence in the report */
        g_strdup_printf (_ ("Evidence [%u] is not on this computer; only its citation is printed."),
                         number));
}

guint
vantage_report_add_cites (VantageReportBuilder *self, VantageNode *inlines, VantageEntity *entity)
{
  g_autoptr (GArray) cites = vantage_entity_list_cites (entity);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint n = 0;

  for (guint i = 0; i < cites->len; i++)
    {
      const VantageCite *cite = &g_array_index (cites, VantageCite, i);

      if (!g_hash_table_add (seen, (char *) cite->item))
        continue;
      vantage_report_add_cite (self, inlines, cite->item, cite->quote,
                               vantage_entity_get_kind_name (entity),
                               vantage_entity_get_id (entity));
      n++;
    }
  return n;
}

/* Which code points of the item's text are hidden. */
static gboolean *
mark_hidden (const VantageItem *item, GArray *ranges, glong length)
{
  gboolean *hidden = g_new0 (gboolean, (gsize) length + 1);

  for (guint i = 0; i < ranges->len; i++)
    {
      const VantageReportRange *range = &g_array_index (ranges, VantageReportRange, i);
      glong to = range->to < 0 ? length : MIN (range->to, length);

      for (glong j = range->from; j < to; j++)
        hidden[j] = TRUE;
    }
  return hidden;
}

static gboolean
is_hidden (const gboolean *hidden, glong length, GArray *map, glong at)
{
  const VantageShownPlace *place = map != NULL ? &g_array_index (map, VantageShownPlace, at)
                                               : &(VantageShownPlace){ (gint) at, (gint) at + 1 };

  for (glong i = place->from; i < MIN (place->to, length); i++)
    if (hidden[i])
      return TRUE;
  return FALSE;
}

char *
vantage_report_dup_item_text (VantageReportBuilder *self, const VantageItem *item)
{
  g_autofree char *id = vantage_item_dup_id (item);
  GArray *ranges = g_hash_table_lookup (self->redactions, id);
  g_autoptr (GArray) map = NULL;
  g_autofree gboolean *hidden = NULL;
  glong length;
  GString *out;
  const char *at;
  gboolean before = FALSE;

  if (ranges == NULL)
    return g_strdup (vantage_item_get_shown (item));
  length = g_utf8_strlen (item->text, -1);
  hidden = mark_hidden (item, ranges, length);
  /* With names in place of account keys where the two can be told to be the same words. */
  map = vantage_item_map_shown (item);
  at = map != NULL ? vantage_item_get_shown (item) : item->text;
  out = g_string_new (NULL);
  for (glong j = 0; *at != '\0'; j++, at = g_utf8_next_char (at))
    {
      gboolean now = is_hidden (hidden, length, map, j);

      if (!now)
        g_string_append_unichar (out, g_utf8_get_char (at));
      else if (!before)
        g_string_append (out, HIDDEN);
      before = now;
    }
  return g_string_free (out, FALSE);
}

static void
add_words (VantageReportBuilder *self, VantageNode *node, const char *text)
{
  g_autofree char *masked = vantage_report_mask_names (self, text);
  g_autofree char *shortened = vantage_text_shorten (masked, SHOWN_CHARS);
  g_autofree char *quoted = NULL;

  if (*shortened == '\0')
    return;
  /* translators: %s: the words of a message */
  quoted = g_strdup_printf (_ (": “%s”"), shortened);
  vantage_node_add (node, VANTAGE_NODE_TEXT, quoted);
}

static gboolean
is_web_address (const char *url)
{
  return url != NULL && g_utf8_validate (url, -1, NULL) &&
         (g_ascii_strncasecmp (url, "https://", 8) == 0 ||
          g_ascii_strncasecmp (url, "http://", 7) == 0);
}

static void
describe_item (VantageReportBuilder *self, VantageNode *node, const VantageItem *item)
{
  g_autofree char *when = item->time_us != VANTAGE_TIME_NONE
                              ? vantage_report_dup_instant (self, item->time_us)
                              : g_strdup (_ ("time not recorded"));
  g_autofree char *place = NULL;

  vantage_node_add (node, VANTAGE_NODE_TEXT, when);
  if (item->person != NULL)
    {
      vantage_node_add (node, VANTAGE_NODE_TEXT, ", ");
      vantage_node_add (node, VANTAGE_NODE_STRONG, vantage_report_name (self, item->person));
    }
  if (item->channel_name != NULL && *item->channel_name != '\0')
    {
      /* translators: %s: a channel, project or call */
      place = g_strdup_printf (_ (" in %s"), item->channel_name);
      vantage_node_add (node, VANTAGE_NODE_TEXT, place);
    }
  if (self->options.audience == VANTAGE_REPORT_EVERYONE)
    return;
  {
    g_autofree char *text = vantage_report_dup_item_text (self, item);

    add_words (self, node, text);
  }
  if (is_web_address (item->url))
    {
      VantageNode *link;

      vantage_node_add (node, VANTAGE_NODE_TEXT, " ");
      link = vantage_node_add (node, VANTAGE_NODE_LINK, _ ("Original"));
      link->target = g_strdup (item->url);
    }
}

static void
describe_missing (VantageReportBuilder *self, VantageNode *node,
                  const VantageReportEvidence *evidence)
{
  vantage_node_add (node, VANTAGE_NODE_TEXT, _ ("Not on the computer that wrote this report"));
  if (evidence->quote != NULL && self->options.audience == VANTAGE_REPORT_TEAM &&
      !g_hash_table_contains (self->redactions, evidence->item))
    add_words (self, node, evidence->quote);
}

void
vantage_report_add_evidence (VantageReportBuilder *self)
{
  VantageNode *section;

  /* names first, so that every text is masked alike */
  for (guint i = 0; i < self->evidence->len; i++)
    {
      const VantageReportEvidence *evidence = self->evidence->pdata[i];

      if (evidence->found != NULL && evidence->found->person != NULL)
        vantage_report_name (self, evidence->found->person);
    }
  section = vantage_report_add_section (self->root, 2, _ ("Evidence"), "evidence");
  for (guint i = 0; i < self->evidence->len; i++)
    {
      const VantageReportEvidence *evidence = self->evidence->pdata[i];
      VantageNode *node = vantage_node_add (section, VANTAGE_NODE_EVIDENCE, NULL);

      node->number = i + 1;
      node->level = evidence->n_cites;
      node->target = g_strdup (evidence->item);
      if (evidence->found != NULL)
        describe_item (self, node, evidence->found);
      else
        describe_missing (self, node, evidence);
    }
  vantage_report_end_section (self->root, section);
}
