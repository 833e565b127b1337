/* vantage-sniff.c: the first bytes of an input's entries, and what JSON they begin. */

#include "vantage-reading-private.h"

#include "vantage-tokens.h"

typedef struct
{
  GBytes *head;
  GBytes *text; /* the head as UTF-8; NULL: not asked for yet */
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
  g_clear_pointer (&self->text, g_bytes_unref);
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

/* One character of UTF-16 and the bytes it takes; half a pair and a lone byte become U+FFFD. */
static gunichar
decode_wide (const guchar *at, gsize length, gboolean big, gsize *out_taken)
{
  gunichar first, second;

  *out_taken = MIN (length, 2);
  if (length < 2)
    return 0xfffd;
  first = big ? at[0] << 8 | at[1] : at[1] << 8 | at[0];
  if (first < 0xd800 || first >= 0xe000)
    return first;
  if (length < 4 || first >= 0xdc00)
    return 0xfffd;
  second = big ? at[2] << 8 | at[3] : at[3] << 8 | at[2];
  if (second < 0xdc00 || second >= 0xe000)
    return 0xfffd;
  *out_taken = 4;
  return 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
}

GBytes *
vantage_reader_convert (GBytes *bytes)
{
  gsize length, taken;
  const guchar *data = g_bytes_get_data (bytes, &length);
  gboolean big = length >= 2 && data[0] == 0xfe && data[1] == 0xff;
  GString *text;

  if (!big && !(length >= 2 && data[0] == 0xff && data[1] == 0xfe))
    return g_bytes_ref (bytes);
  text = g_string_sized_new (length / 2);
  for (gsize at = 2; at < length; at += taken)
    {
      gunichar c = decode_wide (data + at, length - at, big, &taken);

      if (c == 0)
        g_string_append_c (text, '\0');
      else
        g_string_append_unichar (text, c);
    }
  return g_string_free_to_bytes (text);
}

GBytes *
vantage_reader_peek_text (VantageInput *input, const VantageEntry *entry)
{
  g_autoptr (GBytes) head = vantage_input_peek (input, entry);

  return vantage_reader_convert (head);
}

const char *
vantage_sniff_get_text (VantageSniff *self, const VantageEntry *entry, gsize *out_length)
{
  Look *look = take_look (self, entry);
  const char *text;

  if (look->text == NULL)
    look->text = vantage_reader_convert (look->head);
  text = g_bytes_get_data (look->text, out_length);
  return text != NULL ? text : "";
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
