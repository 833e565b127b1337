/* vantage-sniff.c: the first bytes of an input's entries, and what JSON they begin. */

#include "vantage-reading-private.h"

#include "vantage-tokens.h"

typedef struct
{
  GBytes *head;
  VantageTokens *tokens;
  VantageNode *json;
  gboolean parsed;
} Look;

struct _VantageSniff
{
  VantageInput *input;
  GHashTable *looks; /* VantageEntry → Look */
};

static void
look_free (Look *self)
{
  g_bytes_unref (self->head);
  vantage_tokens_free (self->tokens);
  g_free (self);
}

VantageSniff *
vantage_sniff_new (VantageInput *input)
{
  VantageSniff *self = g_new0 (VantageSniff, 1);

  self->input = input;
  self->looks = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) look_free);
  return self;
}

void
vantage_sniff_free (VantageSniff *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->looks);
  g_free (self);
}

VantageInput *
vantage_sniff_get_input (VantageSniff *self)
{
  return self->input;
}

const VantageEntry *
vantage_sniff_get_entry (VantageSniff *self)
{
  return vantage_input_get_n_entries (self->input) > 0 ? vantage_input_get_entry (self->input, 0)
                                                       : NULL;
}

static Look *
take_look (VantageSniff *self, const VantageEntry *entry)
{
  Look *look = g_hash_table_lookup (self->looks, entry);

  if (look != NULL)
    return look;
  look = g_new0 (Look, 1);
  look->head = vantage_input_peek (self->input, entry);
  g_hash_table_insert (self->looks, (gpointer) entry, look);
  return look;
}

const char *
vantage_sniff_get_head (VantageSniff *self, const VantageEntry *entry, gsize *out_length)
{
  const char *head = g_bytes_get_data (take_look (self, entry)->head, out_length);

  return head != NULL ? head : "";
}

VantageNode *
vantage_sniff_get_json (VantageSniff *self, const VantageEntry *entry)
{
  Look *look = take_look (self, entry);

  if (!look->parsed)
    {
      gsize length;
      const char *head = vantage_sniff_get_head (self, entry, &length);

      look->parsed = TRUE;
      look->tokens = vantage_tokens_new_for_data (head, length);
      look->json = vantage_tokens_read_head (look->tokens);
    }
  return look->json;
}
