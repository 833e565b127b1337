/* vantage-teams-text.c: what a Teams message says: its body, and the cards and quoted messages that
 * it only points to. */

#include "vantage-teams-private.h"

#include <string.h>

#include "vantage-chat-html.h"

typedef struct
{
  VantageTeams *teams;
  VantageNode *message;
  VantageItem *item;
  char *key;          /* of the mention looked up last */
  GHashTable *placed; /* ids of attachments that the body has put somewhere */
} Body;

/* ---- cards ---- */

static void
append_line (GString *out, const char *text)
{
  g_autofree char *plain =
      text != NULL && *text != '\0' ? vantage_chat_html_to_text (text, NULL, NULL) : NULL;

  if (plain == NULL || *plain == '\0')
    return;
  if (out->len > 0)
    g_string_append_c (out, '\n');
  g_string_append (out, plain);
}

static void
append_pair (GString *out, const char *title, const char *value)
{
  g_autofree char *line = NULL;

  if (title != NULL && value != NULL)
    line = g_strdup_printf ("%s%s %s", title, g_str_has_suffix (title, ":") ? "" : ":", value);
  append_line (out, line != NULL ? line : title != NULL ? title : value);
}

/* Names of members of a card that hold words, and of lists that hold more of the card. */
static const char *const word_names[] = {
  "title", "subtitle", "summary", "activityTitle", "activitySubtitle", "text", "activityText", NULL
};
static const char *const list_names[] = { "body",    "items", "columns", "sections", "facts",
                                          "inlines", "rows",  "cells",   NULL };
/* Lists of what can be pressed; only what stands on it is said. */
static const char *const button_names[] = { "buttons", "actions", "potentialAction", NULL };

static void
append_card (GString *out, VantageNode *card, guint depth)
{
  const char *value = vantage_teams_get_text (card, "value");

  if (card == NULL || card->type != VANTAGE_NODE_OBJECT || depth > 12)
    return;
  if (value != NULL &&
      (vantage_teams_get_text (card, "title") != NULL ||
       vantage_teams_get_text (card, "name") != NULL) &&
      vantage_teams_get_text (card, "type") == NULL)
    {
      const char *title = vantage_teams_get_text (card, "title");

      append_pair (out, title != NULL ? title : vantage_teams_get_text (card, "name"), value);
      return;
    }
  for (guint i = 0; word_names[i] != NULL; i++)
    append_line (out, vantage_teams_get_text (card, word_names[i]));
  for (guint i = 0; list_names[i] != NULL; i++)
    {
      VantageNode *list = vantage_teams_get_array (card, list_names[i]);

      for (VantageNode *at = list != NULL ? vantage_node_first (list) : NULL; at != NULL;
           at = vantage_node_next (list, at))
        append_card (out, at, depth + 1);
    }
  for (guint i = 0; button_names[i] != NULL; i++)
    {
      VantageNode *list = vantage_teams_get_array (card, button_names[i]);

      for (VantageNode *at = list != NULL ? vantage_node_first (list) : NULL; at != NULL;
           at = vantage_node_next (list, at))
        {
          const char *title = vantage_teams_get_text (at, "title");

          append_line (out, title != NULL ? title : vantage_teams_get_text (at, "name"));
        }
    }
}

/* "> name: words" for each line of a quoted message. */
static char *
dup_quote (VantageNode *content)
{
  VantageNode *sender = vantage_teams_get (content, "messageSender");
  VantageNode *user = vantage_teams_get (sender, "user");
  const char *name = vantage_teams_get_text (user, "displayName");
  const char *words = vantage_teams_get_text (content, "messagePreview");
  g_autofree char *plain = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  if (words == NULL)
    words = vantage_teams_get_text (content, "originalMessageContent");
  if (words == NULL)
    return NULL;
  plain = vantage_chat_html_to_text (words, NULL, NULL);
  lines = g_strsplit (plain, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_printf (out, "%s> %s%s%s", i > 0 ? "\n" : "",
                            i == 0 && name != NULL ? name : "", i == 0 && name != NULL ? ": " : "",
                            lines[i]);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
vantage_teams_dup_attachment_text (VantageNode *attachment)
{
  const char *type = vantage_teams_get_text (attachment, "contentType");
  const char *content = vantage_teams_get_text (attachment, "content");
  g_autoptr (VantageTokens) tokens = NULL;
  GString *out;
  VantageNode *node;

  if (content == NULL || (*content != '{' && *content != '['))
    return g_strdup (vantage_teams_get_text (attachment, "name"));
  tokens = vantage_tokens_new_for_data (content, strlen (content));
  node = vantage_tokens_read (tokens);
  if (node == NULL)
    return g_strdup (vantage_teams_get_text (attachment, "name"));
  if (type != NULL &&
      (strcmp (type, "messageReference") == 0 || strcmp (type, "forwardedMessageReference") == 0))
    return dup_quote (node);
  out = g_string_new (NULL);
  append_card (out, node, 0);
  if (out->len == 0)
    append_line (out, vantage_teams_get_text (attachment, "name"));
  return g_string_free (out, out->len == 0);
}

/* ---- what the body points to ---- */

static VantageNode *
find_by_id (VantageNode *list, const char *id)
{
  for (VantageNode *at = list != NULL ? vantage_node_first (list) : NULL; at != NULL;
       at = vantage_node_next (list, at))
    if (g_strcmp0 (vantage_node_get_text (vantage_teams_get (at, "id")), id) == 0)
      return at;
  return NULL;
}

static const char *
look_up_mention (const char *id, gpointer user_data)
{
  Body *self = user_data;
  VantageNode *mention = find_by_id (vantage_teams_get_array (self->message, "mentions"), id);
  VantageNode *who = vantage_teams_get (mention, "mentioned");

  if (vantage_teams_get (who, "user") == NULL && vantage_teams_get (who, "application") == NULL)
    return NULL;
  g_free (self->key);
  self->key = vantage_teams_dup_account (self->teams, who, VANTAGE_TIME_NONE);
  vantage_chat_add_mention (self->item, self->key);
  return self->key;
}

static char *
look_up_attachment (const char *id, gpointer user_data)
{
  Body *self = user_data;
  VantageNode *found = find_by_id (vantage_teams_get_array (self->message, "attachments"), id);

  if (found == NULL)
    return NULL;
  g_hash_table_add (self->placed, g_strdup (id));
  return vantage_teams_dup_attachment_text (found);
}

/* Cards that the body does not mention. */
static void
append_unplaced (Body *self, GString *out)
{
  VantageNode *list = vantage_teams_get_array (self->message, "attachments");

  for (VantageNode *at = list != NULL ? vantage_node_first (list) : NULL; at != NULL;
       at = vantage_node_next (list, at))
    {
      const char *id = vantage_teams_get_text (at, "id");
      g_autofree char *text = NULL;

      if (at->type != VANTAGE_NODE_OBJECT || vantage_teams_get_text (at, "content") == NULL ||
          (id != NULL && g_hash_table_contains (self->placed, id)))
        continue;
      text = vantage_teams_dup_attachment_text (at);
      if (text == NULL)
        continue;
      if (out->len > 0)
        g_string_append_c (out, '\n');
      g_string_append (out, text);
    }
}

static char *
dup_body (Body *self)
{
  static const VantageChatHtmlHooks hooks = { look_up_mention, look_up_attachment };
  VantageNode *body = vantage_teams_get (self->message, "body");
  const char *content = vantage_teams_get_text (body, "content");
  const char *type = vantage_teams_get_text (body, "contentType");

  if (content == NULL && body != NULL && body->type == VANTAGE_NODE_STRING)
    content = vantage_node_get_text (body);
  if (content == NULL)
    return g_strdup ("");
  if (type != NULL && g_ascii_strcasecmp (type, "text") == 0)
    return g_strdup (content);
  return vantage_chat_html_to_text (content, &hooks, self);
}

char *
vantage_teams_dup_text (VantageTeams *self, VantageNode *message, VantageItem *item)
{
  Body body = { .teams = self, .message = message, .item = item };
  const char *subject = vantage_teams_get_text (message, "subject");
  GString *out = g_string_new (NULL);
  g_autofree char *words = NULL;

  body.placed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  words = dup_body (&body);
  if (subject != NULL)
    g_string_append (out, subject);
  if (subject != NULL && *words != '\0')
    g_string_append (out, "\n\n");
  g_string_append (out, words);
  append_unplaced (&body, out);
  if (out->len == 0)
    append_line (out, vantage_teams_get_text (message, "summary"));
  g_hash_table_unref (body.placed);
  g_free (body.key);
  return g_string_free (out, FALSE);
}
