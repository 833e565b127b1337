/* fuzz-import-json.c: a document walked token by token and read as records is accepted or refused
 * alike; every text is valid; what the strict gate lets pass is accepted. */

#include "vantage-fuzz.h"

#include <string.h>

#include "vantage-json.h"
#include "vantage-tokens.h"

const char *const vantage_fuzz_seeds[] = {
  "[{\"ts\":\"1709258400.000100\",\"text\":\"a \\ud83d\\ude00 "
  "\\n<@U1>\",\"n\":[1,-2.5e3,null,true]}]",
  "{\"messages\":[{\"a\":{\"b\":[[]]}},{}],\"has_more\":false}",
  "{\"a\":1}\n{\"a\":2}\n[3]4 5\"six\"",
  "\xef\xbb\xbf[\"\\ud800\",\"\\u0000\",\"\xc3\xa9\"]",
  "\xff\xfe[",
  NULL,
};

static void
check_texts (VantageNode *node)
{
  for (guint32 i = 0; i < node->span; i++)
    {
      const char *text = vantage_node_get_text (&node[i]);

      g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
    }
}

static gboolean
read_records (const guint8 *data, gsize size)
{
  g_autoptr (VantageTokens) tokens = vantage_tokens_new_for_data ((const char *) data, size);

  while (vantage_tokens_peek (tokens) >= VANTAGE_TOKEN_VALUE)
    {
      VantageNode *node = vantage_tokens_read (tokens);

      if (node == NULL)
        break;
      check_texts (node);
    }
  return vantage_tokens_get_error (tokens) == NULL;
}

static gboolean
walk (const guint8 *data, gsize size)
{
  g_autoptr (VantageTokens) tokens = vantage_tokens_new_for_data ((const char *) data, size);
  VantageToken token;

  do
    token = vantage_tokens_next (tokens);
  while (token > VANTAGE_TOKEN_END);
  return token == VANTAGE_TOKEN_END;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const VantageJsonLimits limits = { 4096, 100, 4096 };
  gboolean whole = read_records (data, size);
  g_autoptr (VantageTokens) head = vantage_tokens_new_for_data ((const char *) data, size);
  VantageNode *node = vantage_tokens_read_head (head);

  g_assert_cmpint (walk (data, size), ==, whole);
  if (vantage_json_check ((const char *) data, size, &limits, NULL))
    g_assert_true (whole);
  if (node != NULL)
    check_texts (node);
  return 0;
}
