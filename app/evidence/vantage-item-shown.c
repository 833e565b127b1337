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
