/* vantage-discord-text.c: what a message of Discord says: its own words, embeds, stickers, what it
 * passes on; ids in it become names. */

#include "vantage-discord-private.h"

#include <string.h>

#define MAX_REPLACED 100 /* names in one message; Discord itself allows as many mentions */

/* ---- marks that stand for something ---- */

/* Digits at @at; their number. */
static gsize
count_digits (const char *at)
{
  return strspn (at, "0123456789");
}

static void
append_user (VantageItem *item, GString *out, const char *id)
{
  g_string_append_printf (out, "@%s", id);
  vantage_chat_add_mention (item, id);
}

static void
append_named (GString *out, GHashTable *names, char mark, const char *id, const char *otherwise)
{
  const char *name = g_hash_table_lookup (names, id);

  g_string_append_printf (out, "%c%s", mark, name != NULL ? name : otherwise);
}

/* "<t:1618953630:R>": a moment, shown to each reader in a way of their own. */
static const char *
append_moment (GString *out, const char *at)
{
  const char *end = strchr (at, '>');
  gsize n = count_digits (at + 3);
  g_autofree char *digits = g_strndup (at + 3, n);
  char text[VANTAGE_TIME_TEXT_SIZE];
  VantagePrecision precision;
  gint64 us;

  if (end == NULL || n == 0 || end - at > 24 || (at[3 + n] != ':' && at[3 + n] != '>') ||
      !vantage_chat_parse_epoch (digits, &us, &precision))
    return NULL;
  vantage_time_format (us, text);
  g_string_append_printf (out, "%.10s %.8s UTC", text, text + 11);
  return end + 1;
}

/* ":name:" of "<:name:id>", "<a:name:id>"; "/name" of "</name:id>". */
static const char *
append_name_of_mark (GString *out, const char *at)
{
  gboolean command = at[1] == '/';
  const char *name = at + (at[1] == 'a' ? 3 : 2);
  gsize length = strcspn (name, ":>\n");
  gsize n;

  if (length == 0 || length > 64 || name[length] != ':')
    return NULL;
  n = count_digits (name + length + 1);
  if (n == 0 || name[length + 1 + n] != '>')
    return NULL;
  g_string_append_printf (out, command ? "/%.*s" : ":%.*s:", (int) length, name);
  return name + length + 2 + n;
}

/* Writes what the mark at @at, a "<", stands for; NULL when it is none. */
static const char *
append_mark (VantageDiscord *self, VantageItem *item, GString *out, const char *at)
{
  const char *digits = at + 2;
  g_autofree char *id = NULL;
  gsize n;

  if (at[1] == ':' || at[1] == '/' || (at[1] == 'a' && at[2] == ':'))
    return append_name_of_mark (out, at);
  if (at[1] == 't' && at[2] == ':')
    return append_moment (out, at);
  if (at[1] != '@' && at[1] != '#')
    return NULL;
  if (at[1] == '@' && (at[2] == '!' || at[2] == '&'))
    digits++;
  n = count_digits (digits);
  if (n == 0 || n > 20 || digits[n] != '>')
    return NULL;
  id = g_strndup (digits, n);
  if (at[1] == '#')
    append_named (out, self->names, '#', id, id);
  else if (at[2] == '&')
    append_named (out, self->roles, '@', id, "role");
  else
    append_user (item, out, id);
  return digits + n + 1;
}

static void
append_words (VantageDiscord *self, VantageItem *item, GString *out, const char *text)
{
  gboolean in_code = FALSE;

  while (*text != '\0')
    {
      gsize plain = strcspn (text, "<`");
      const char *after;

      g_string_append_len (out, text, (gssize) plain);
      text += plain;
      if (*text == '`')
        in_code = !in_code;
      after = *text == '<' && !in_code ? append_mark (self, item, out, text) : NULL;
      if (after != NULL)
        text = after;
      else if (*text != '\0')
        g_string_append_c (out, *text++);
    }
}

/* Where the exporter has put names already, the mentioned ones give way to their ids. */
static char *
replace_name (const char *text, const char *name, const char *key)
{
  g_autofree char *mark = name != NULL ? g_strconcat ("@", name, NULL) : NULL;
  gsize length = mark != NULL ? strlen (mark) : 0;
  GString *out;

  if (length < 2 || strstr (text, mark) == NULL)
    return g_strdup (text);
  out = g_string_new (NULL);
  for (;;)
    {
      const char *at = strstr (text, mark);

      if (at == NULL)
        break;
      g_string_append_len (out, text, at - text);
      if (g_ascii_isalnum (at[length]))
        g_string_append (out, mark);
      else
        g_string_append_printf (out, "@%s", key);
      text = at + length;
    }
  g_string_append (out, text);
  return g_string_free (out, FALSE);
}

static char *
replace_names (VantageNode *mentions, char *text)
{
  guint n = 0;

  for (VantageNode *at = mentions != NULL ? vantage_node_first (mentions) : NULL;
       at != NULL && n++ < MAX_REPLACED; at = vantage_node_next (mentions, at))
    {
      const char *key = vantage_chat_get_text (at, "id");
      static const char *const names[] = { "nickname", "name" };

      for (guint i = 0; key != NULL && i < G_N_ELEMENTS (names); i++)
        {
          char *replaced = replace_name (text, vantage_chat_get_string (at, names[i]), key);

          g_free (text);
          text = replaced;
        }
    }
  return text;
}

/* ---- what stands in place of words ---- */

static void
append_line (VantageDiscord *self, VantageItem *item, GString *out, const char *text)
{
  if (text == NULL)
    return;
  if (out->len > 0)
    g_string_append_c (out, '\n');
  append_words (self, item, out, text);
}

static void
append_embed (VantageDiscord *self, VantageItem *item, GString *out, VantageNode *embed)
{
  VantageNode *fields = vantage_node_get_array (embed, "fields");
  VantageNode *author = vantage_node_get_object (embed, "author");
  VantageNode *footer = vantage_node_get_object (embed, "footer");

  append_line (self, item, out, vantage_chat_get_string (author, "name"));
  append_line (self, item, out, vantage_chat_get_string (embed, "title"));
  append_line (self, item, out, vantage_chat_get_string (embed, "description"));
  for (VantageNode *at = fields != NULL ? vantage_node_first (fields) : NULL; at != NULL;
       at = vantage_node_next (fields, at))
    {
      const char *name = vantage_chat_get_string (at, "name");
      const char *value = vantage_chat_get_string (at, "value");
      g_autofree char *line = name != NULL && value != NULL
                                  ? g_strdup_printf ("%s: %s", name, value)
                                  : g_strdup (name != NULL ? name : value);

      append_line (self, item, out, line);
    }
  append_line (self, item, out, vantage_chat_get_string (footer, "text"));
}

static void
append_embeds (VantageDiscord *self, VantageItem *item, GString *out, VantageNode *message)
{
  VantageNode *embeds = vantage_node_get_array (message, "embeds");

  for (VantageNode *at = embeds != NULL ? vantage_node_first (embeds) : NULL; at != NULL;
       at = vantage_node_next (embeds, at))
    append_embed (self, item, out, at);
}

static void
append_stickers (GString *out, VantageNode *message)
{
  VantageNode *stickers = vantage_node_get_array (message, "stickers");

  for (VantageNode *at = stickers != NULL ? vantage_node_first (stickers) : NULL; at != NULL;
       at = vantage_node_next (stickers, at))
    {
      const char *name = vantage_chat_get_string (at, "name");

      if (name != NULL)
        g_string_append_printf (out, "%s[%s]", out->len > 0 ? " " : "", name);
    }
}

/* Another message that was passed on, as a quotation. */
static void
append_forwarded (VantageDiscord *self, VantageItem *item, GString *out, VantageNode *forwarded)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_auto (GStrv) lines = NULL;

  append_line (self, item, words, vantage_chat_get_string (forwarded, "content"));
  if (words->len == 0)
    append_embeds (self, item, words, forwarded);
  if (words->len == 0)
    append_stickers (words, forwarded);
  if (words->len == 0)
    return;
  lines = g_strsplit (words->str, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_printf (out, "%s> %s", out->len > 0 ? "\n" : "", lines[i]);
}

char *
vantage_discord_dup_text (VantageDiscord *self, VantageNode *message, VantageItem *item)
{
  VantageNode *forwarded = vantage_node_get_object (message, "forwardedMessage");
  GString *out = g_string_new (NULL);

  append_line (self, item, out, vantage_chat_get_string (message, "content"));
  if (out->len == 0)
    append_embeds (self, item, out, message);
  if (out->len == 0)
    append_stickers (out, message);
  if (forwarded != NULL)
    append_forwarded (self, item, out, forwarded);
  return replace_names (vantage_node_get_array (message, "mentions"), g_string_free (out, FALSE));
}
