/* vantage-reference.c: finding and writing references inside text. */

#include "vantage-reference.h"

#include <string.h>

#include "vantage-cite.h"
#include "vantage-id.h"

#define MAX_KIND 64
#define MAX_ID 256

static gboolean
is_kind (const char *text, gsize length)
{
  if (length == 0 || length > MAX_KIND || !g_ascii_islower (text[0]))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_islower (text[i]) && !g_ascii_isdigit (text[i]) && text[i] != '_' &&
          text[i] != '-')
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_target (const char *kind, char *id)
{
  gsize item_length;
  int from, to;
  gboolean valid;

  if (strcmp (kind, "item") == 0)
    return vantage_cite_read_element (id, &item_length, &from, &to);
  if (strlen (id) != 2 * VANTAGE_ID_LENGTH + 1 || id[VANTAGE_ID_LENGTH] != '/')
    return vantage_id_is_valid (id);

  id[VANTAGE_ID_LENGTH] = '\0';
  valid = vantage_id_is_valid (id) && vantage_id_is_valid (id + VANTAGE_ID_LENGTH + 1);
  id[VANTAGE_ID_LENGTH] = '/';
  return valid;
}

static void
clear_reference (gpointer data)
{
  VantageReference *self = data;

  g_free (self->kind);
  g_free (self->id);
  g_free (self->words);
}

/* The content between "[[" and "]]". FALSE when it is no reference; nothing is then allocated. */
static gboolean
read_content (const char *content, gsize length, VantageReference *out)
{
  const char *colon = memchr (content, ':', length);
  const char *end = content + length;
  const char *bar;
  g_autofree char *kind = NULL;
  g_autofree char *id = NULL;

  if (colon == NULL || !is_kind (content, (gsize) (colon - content)))
    return FALSE;
  bar = memchr (colon, '|', (gsize) (end - colon));
  if ((bar != NULL ? bar : end) - colon > MAX_ID)
    return FALSE;

  kind = g_strndup (content, (gsize) (colon - content));
  id = g_strndup (colon + 1, (gsize) ((bar != NULL ? bar : end) - colon - 1));
  if (!is_target (kind, id))
    return FALSE;

  out->kind = g_steal_pointer (&kind);
  out->id = g_steal_pointer (&id);
  out->words = bar != NULL && bar + 1 < end ? g_strndup (bar + 1, (gsize) (end - bar - 1)) : NULL;
  return TRUE;
}

GArray *
vantage_reference_find (const char *text)
{
  GArray *references = g_array_new (FALSE, TRUE, sizeof (VantageReference));
  const char *open = strstr (text, "[[");

  g_array_set_clear_func (references, clear_reference);
  while (open != NULL)
    {
      const char *content = open + 2;
      /* A reference stands in one line and holds no other; so each byte is looked at once. */
      gsize length = strcspn (content, "[]\n\r");
      VantageReference reference = { .begin = (gsize) (open - text) };

      /* Single brackets are allowed in the shown words. */
      while ((content[length] == '[' && content[length + 1] != '[') ||
             (content[length] == ']' && content[length + 1] != ']'))
        length += 1 + strcspn (content + length + 1, "[]\n\r");

      if (content[length] == ']' && read_content (content, length, &reference))
        {
          reference.end = (gsize) (content + length + 2 - text);
          g_array_append_val (references, reference);
          length += 2;
        }
      open = strstr (content + length, "[[");
    }
  return references;
}

char *
vantage_reference_to_text (const char *kind, const char *id, const char *words)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text, "[[%s:%s", kind, id);
  if (words != NULL && words[0] != '\0')
    {
      g_string_append_c (text, '|');
      for (const char *at = words; *at != '\0'; at++)
        {
          gboolean bracket = *at == '[' || *at == ']';
          /* Two brackets in a row would open or close; so would one at the end. */
          gboolean ends =
              (bracket && (at[1] == *at || at[1] == '\0')) || *at == '\n' || *at == '\r';

          g_string_append_c (text, ends ? ' ' : *at);
        }
    }
  g_string_append (text, "]]");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
vantage_reference_replace (const char *text, VantageReferenceFunc shown, gpointer user_data)
{
  g_autoptr (GArray) references = vantage_reference_find (text);
  g_autoptr (GString) out = g_string_sized_new (strlen (text));
  gsize at = 0;

  for (guint i = 0; i < references->len; i++)
    {
      const VantageReference *reference = &g_array_index (references, VantageReference, i);
      g_autofree char *words = shown (reference, user_data);

      if (words == NULL)
        continue;
      g_string_append_len (out, text + at, (gssize) (reference->begin - at));
      g_string_append (out, words);
      at = reference->end;
    }
  g_string_append (out, text + at);
  return g_string_free (g_steal_pointer (&out), FALSE);
}
