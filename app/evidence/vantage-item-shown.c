/* vantage-item-shown.c: an item's text with names in place of account keys. */

#include "vantage-item.h"

#include <string.h>

/* The longest of the mentioned keys that stands at @at as a word of its own. */
static const char *
find_mention (const VantageItem *self, const char *at)
{
  const char *found = NULL;
  gsize longest = 0;

  for (guint i = 0; self->mentions[i] != NULL; i++)
    {
      gsize length = strlen (self->mentions[i]);

      if (length > longest && strncmp (at, self->mentions[i], length) == 0 &&
          !g_ascii_isalnum (at[length]) && at[length] != '_')
        {
          found = self->mentions[i];
          longest = length;
        }
    }
  return found;
}

char *
vantage_item_dup_shown_text (const VantageItem *self, VantageItemNameFunc name_of,
                             gpointer user_data)
{
  const char *text = self->text != NULL ? self->text : "";
  GString *out;

  if (self->mentions == NULL || self->mentions[0] == NULL)
    return g_strdup (text);

  out = g_string_sized_new (strlen (text) + 32);
  for (;;)
    {
      const char *mark = strchr (text, '@');
      const char *key = mark != NULL ? find_mention (self, mark + 1) : NULL;
      const char *name = key != NULL ? name_of (key, user_data) : NULL;

      if (mark == NULL)
        break;
      g_string_append_len (out, text, mark + 1 - text);
      text = mark + 1;
      if (name == NULL || *name == '\0')
        continue;
      g_string_append (out, name);
      text += strlen (key);
    }
  g_string_append (out, text);
  return g_string_free (out, FALSE);
}

/* ---- places ---- */

static void
append_place (GArray *map, gint from, gint to)
{
  const VantageShownPlace place = { from, to };

  g_array_append_val (map, place);
}

/* Where, in @shown, the name that took the place of a key ends, by the words of @rest that follow
 * the key; NULL: they do not. */
static const char *
find_name_end (const char *shown, const char *rest)
{
  const char *next = strchr (rest, '@');
  gsize length = next != NULL ? (gsize) (next - rest) : strlen (rest);
  g_autofree char *words = NULL;

  if (next == NULL)
    {
      const char *end = shown + strlen (shown);

      return (gsize) (end - shown) >= length && strcmp (end - length, rest) == 0 ? end - length
                                                                                 : NULL;
    }
  words = g_strndup (rest, length + 1); /* with the sign of the next */
  return strstr (shown, words);
}

GArray *
vantage_item_map_shown (const VantageItem *self)
{
  const char *text = self->text != NULL ? self->text : "";
  const char *shown = vantage_item_get_shown (self);
  gboolean mentions = self->mentions != NULL && self->mentions[0] != NULL;
  g_autoptr (GArray) map = g_array_new (FALSE, FALSE, sizeof (VantageShownPlace));
  gint at = 0;

  while (*shown != '\0' || *text != '\0')
    {
      const char *key = mentions && *text == '@' ? find_mention (self, text + 1) : NULL;
      const char *end;
      gint n_key;

      if (*shown == '\0' || g_utf8_get_char (shown) != g_utf8_get_char (text))
        return NULL;
      append_place (map, at, at + 1);
      at++;
      text = g_utf8_next_char (text);
      shown = g_utf8_next_char (shown);
      if (key == NULL || strcmp (text, shown) == 0)
        continue;
      end = find_name_end (shown, text + strlen (key));
      if (end == NULL)
        return NULL;
      n_key = (gint) g_utf8_strlen (key, -1);
      for (; shown < end; shown = g_utf8_next_char (shown))
        append_place (map, at, at + n_key);
      at += n_key;
      text += strlen (key);
    }
  return g_steal_pointer (&map);
}
