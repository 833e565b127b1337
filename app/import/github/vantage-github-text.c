/* vantage-github-text.c: what a body of text holds beside its words: mentions, files, reactions. */

#include "vantage-github-private.h"

#include "vantage-text.h"

#include <string.h>

char *
vantage_github_plain (const char *body)
{
  GString *text = g_string_new (NULL);

  for (const char *p = body != NULL ? body : ""; *p != '\0';)
    {
      if (g_str_has_prefix (p, "<!--"))
        {
          const char *end = strstr (p + 4, "-->");

          p = end != NULL ? end + 3 : p + strlen (p);
        }
      else if (*p == '\r')
        p++;
      else
        g_string_append_c (text, *p++);
    }
  while (text->len > 0 && g_ascii_isspace (text->str[text->len - 1]))
    g_string_truncate (text, text->len - 1);
  return g_string_free (text, FALSE);
}

static gboolean
is_login_char (char c)
{
  return g_ascii_isalnum (c) || c == '-' || c == '_';
}

/* "@login" outside of code. */
void
vantage_github_take_mentions (VantageItem *item)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  gboolean in_code = FALSE;

  for (const char *p = item->text; *p != '\0'; p++)
    {
      gsize n = 0;

      if (*p == '`')
        in_code = !in_code;
      if (*p != '@' || in_code || (p > item->text && (is_login_char (p[-1]) || p[-1] == '/')))
        continue;
      while (n < 40 && is_login_char (p[1 + n]))
        n++;
      if (n > 0)
        {
          char *login = g_strndup (p + 1, n);

          if (g_ptr_array_find_with_equal_func (found, login, g_str_equal, NULL))
            g_free (login);
          else
            g_ptr_array_add (found, login);
        }
    }
  if (found->len == 0)
    return;
  g_ptr_array_add (found, NULL);
  item->mentions = (char **) g_ptr_array_steal (found, NULL);
}

/* "![name](address)", and files behind plain links. */
void
vantage_github_take_attachments (VantageItem *item)
{
  for (const char *p = strchr (item->text, '['); p != NULL; p = strchr (p + 1, '['))
    {
      const char *close = strchr (p, ']');
      const char *end = close != NULL && close[1] == '(' ? strchr (close, ')') : NULL;
      gboolean picture = p > item->text && p[-1] == '!';
      g_autofree char *name = NULL;
      g_autofree char *url = NULL;

      if (end == NULL || close - p > 512 || end - close > 2048)
        continue;
      name = g_strndup (p + 1, (gsize) (close - p - 1));
      url = g_strndup (close + 2, (gsize) (end - close - 2));
      if (picture || strstr (url, "/user-attachments/") != NULL || strstr (url, "/files/") != NULL)
        {
          vantage_text_mask_tokens (url, strlen (url));
          vantage_item_add_attachment (item, *name != '\0' ? name : NULL, NULL, url, -1);
        }
    }
}

/* ---- reactions ---- */

static const char *
reaction_name (const char *content)
{
  static const struct
  {
    const char *content, *name;
  } names[] = {
    { "THUMBS_UP", "+1" },  { "THUMBS_DOWN", "-1" },    { "LAUGH", "laugh" },
    { "HOORAY", "hooray" }, { "CONFUSED", "confused" }, { "HEART", "heart" },
    { "ROCKET", "rocket" }, { "EYES", "eyes" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i].content, content) == 0)
      return names[i].name;
  return content;
}

void
vantage_github_take_reactions (VantageNode *node, VantageItem *item)
{
  VantageNode *counts = vantage_node_get_object (node, "reactions");
  VantageNode *groups = vantage_node_get_array (node, "reactionGroups");

  for (VantageNode *name = counts != NULL ? vantage_node_first (counts) : NULL; name != NULL;
       name = vantage_node_next (counts, name))
    {
      const char *text = vantage_node_get_text (name);
      gint64 n = vantage_node_get_int (counts, text, 0);

      if (n > 0 && strcmp (text, "total_count") != 0 && strcmp (text, "totalCount") != 0)
        vantage_item_add_reaction (item, text, (int) MIN (n, G_MAXINT), NULL);
    }
  for (VantageNode *group = groups != NULL ? vantage_node_first (groups) : NULL; group != NULL;
       group = vantage_node_next (groups, group))
    {
      const char *content = vantage_node_get_member (group, "content");
      gint64 n = vantage_node_get_int (vantage_node_get_object (group, "users"), "totalCount", 0);

      if (content != NULL && n > 0)
        vantage_item_add_reaction (item, reaction_name (content), (int) MIN (n, G_MAXINT), NULL);
    }
}
