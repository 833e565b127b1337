/* vantage-github-record.c: one issue, comment, review, remark or event as an item. */

#include "vantage-github-private.h"

#include "vantage-text.h"
#include "vantage-time.h"

#include <string.h>

const char *
vantage_github_get_any (VantageNode *node, const char *const *names)
{
  for (; *names != NULL; names++)
    {
      const char *text = vantage_node_get_member (node, *names);

      if (text != NULL)
        return text;
    }
  return NULL;
}

static const char *
get_created (VantageNode *node)
{
  static const char *const names[] = { "created_at", "createdAt", "submitted_at", "submittedAt",
                                       NULL };
  const char *text = vantage_github_get_any (node, names);

  /* A commit has no time of its own here, only its author's clock. */
  if (text == NULL && vantage_node_get_object (node, "author") != NULL)
    text = vantage_node_get_member (vantage_node_get (node, "author"), "date");
  return text;
}

const char *
vantage_github_get_url (VantageNode *node)
{
  static const char *const names[] = { "html_url", "url", NULL };

  return vantage_github_get_any (node, names);
}

VantageGithubSort
vantage_github_classify (VantageNode *node)
{
  g_autofree char *event = NULL;
  gboolean body = vantage_node_get (node, "body") != NULL;

  if (node->type != VANTAGE_NODE_OBJECT)
    return VANTAGE_GITHUB_NOTHING;
  event = vantage_github_dup_event (node);
  if (event != NULL)
    return strcmp (event, "commented") == 0  ? VANTAGE_GITHUB_COMMENT
           : strcmp (event, "reviewed") == 0 ? VANTAGE_GITHUB_REVIEW
                                             : VANTAGE_GITHUB_EVENT;
  if (vantage_node_get (node, "number") != NULL && vantage_node_get (node, "title") != NULL &&
      get_created (node) != NULL)
    return VANTAGE_GITHUB_TICKET;
  if (vantage_node_get (node, "diff_hunk") != NULL || vantage_node_get (node, "diffHunk") != NULL ||
      vantage_node_get (node, "pull_request_review_id") != NULL ||
      vantage_node_get (node, "originalPosition") != NULL)
    return VANTAGE_GITHUB_REMARK;
  if (vantage_node_get (node, "state") != NULL && vantage_node_get (node, "title") == NULL &&
      (vantage_node_get (node, "submitted_at") != NULL ||
       vantage_node_get (node, "submittedAt") != NULL ||
       vantage_node_get (node, "pull_request_url") != NULL ||
       (vantage_node_get (node, "author") != NULL && vantage_node_get (node, "number") == NULL)))
    return VANTAGE_GITHUB_REVIEW;
  if (body && get_created (node) != NULL && vantage_node_get (node, "number") == NULL)
    return VANTAGE_GITHUB_COMMENT;
  return VANTAGE_GITHUB_NOTHING;
}

/* ---- addresses ---- */

/* "owner/name" at @text; NULL when it is none. (transfer full) */
static char *
cut_repo (const char *text, const char **out_rest)
{
  const char *slash = strchr (text, '/');
  gsize name;

  if (slash == NULL || slash == text)
    return NULL;
  name = strcspn (slash + 1, "/?#");
  if (name == 0)
    return NULL;
  *out_rest = slash + 1 + name;
  return g_strndup (text, (gsize) (slash + 1 + name - text));
}

void
vantage_github_read_url (const char *url, VantageGithubScope *scope, GPtrArray *keep)
{
  const char *host = strstr (url, "://");
  const char *repos = strstr (url, "/repos/");
  const char *path, *rest = NULL;
  char *repo;

  if (host == NULL && repos != url)
    return;
  if (host != NULL)
    {
      gsize length;

      host += 3;
      length = strcspn (host, "/");
      path = host[length] != '\0' ? host + length + 1 : host + length;
      if (g_str_has_prefix (host, "api.") || repos != NULL)
        path = repos != NULL ? repos + strlen ("/repos/") : "";
      if (g_str_has_prefix (host, "api."))
        {
          host += 4;
          length -= 4;
        }
      scope->host = g_strndup (host, length);
      g_ptr_array_add (keep, (char *) scope->host);
    }
  else
    path = repos + strlen ("/repos/");

  repo = cut_repo (path, &rest);
  if (repo == NULL)
    return;
  scope->repo = repo;
  g_ptr_array_add (keep, repo);
  if (g_str_has_prefix (rest, "/issues/") || g_str_has_prefix (rest, "/pull/") ||
      g_str_has_prefix (rest, "/pulls/"))
    {
      gint64 number = g_ascii_strtoll (strchr (rest + 1, '/') + 1, NULL, 10);

      if (number > 0 && !g_str_has_prefix (rest, "/issues/comments/") &&
          !g_str_has_prefix (rest, "/issues/events/") &&
          !g_str_has_prefix (rest, "/pulls/comments/"))
        scope->number = number;
    }
}

/* ---- people ---- */

static const char *
find_author (VantageNode *node, VantageNode **out_node)
{
  static const char *const members[] = { "user", "author", "actor", "committer" };

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *login = vantage_github_get_account (node, members[i]);

      if (login != NULL)
        {
          *out_node = vantage_node_get (node, members[i]);
          return login;
        }
    }
  *out_node = NULL;
  return NULL;
}

static gboolean
add_identity (VantageGithub *self, const VantageGithubScope *scope, const char *login,
              VantageNode *node, GError **error)
{
  g_autofree char *key = g_strconcat (scope->host, "\n", login, NULL);
  g_autoptr (VantageIdentity) identity = NULL;
  const char *name, *type;

  if (g_hash_table_contains (self->identities, key))
    return TRUE;
  identity = vantage_identity_new ("github", scope->host, login);
  identity->handle = g_strdup (login);
  if (node != NULL && node->type == VANTAGE_NODE_OBJECT)
    {
      name = vantage_node_get_member (node, "name");
      type = vantage_node_get_member (node, "type");
      identity->name = name != NULL && *name != '\0' ? g_strdup (name) : NULL;
      identity->bot = g_strcmp0 (type, "Bot") == 0 || vantage_node_get_true (node, "is_bot");
    }
  identity->bot = identity->bot || g_str_has_suffix (login, "[bot]");
  identity->placeholder = node == NULL;
  if (node != NULL)
    g_hash_table_add (self->identities, g_steal_pointer (&key));
  return vantage_reading_add_identity (self->reading, identity, error);
}

/* ---- one record ---- */

static gboolean
add_channel (VantageGithub *self, const VantageGithubScope *scope, char **out_id, GError **error)
{
  const char *repo = scope->repo;
  g_autofree char *key = NULL;
  g_autoptr (VantageChannel) channel = NULL;

  if (repo == NULL)
    repo = vantage_input_get_name (self->reading->input);
  key = g_utf8_strdown (repo, -1);
  channel = vantage_channel_new ("github", scope->host, key, VANTAGE_CHANNEL_TICKETS);
  g_free (channel->name);
  channel->name = g_strdup (repo);
  channel->weak = scope->repo == NULL;
  *out_id = vantage_channel_dup_id (channel);
  if (g_hash_table_contains (self->channels, *out_id))
    return TRUE;
  g_hash_table_add (self->channels, g_strdup (*out_id));
  return vantage_reading_add_channel (self->reading, channel, error);
}

/* The digits at the end of an address: "…#issuecomment-123", "…/issues/comments/123". (transfer
 * full) */
static char *
number_of_url (const char *url)
{
  const char *end = url != NULL ? url + strlen (url) : NULL;
  const char *begin = end;

  while (begin != NULL && begin > url && g_ascii_isdigit (begin[-1]))
    begin--;
  return begin != end ? g_strndup (begin, (gsize) (end - begin)) : NULL;
}

/* The record's own number; a commit's hash; NULL when it has none. (transfer full) */
static char *
native_id (VantageNode *node)
{
  VantageNode *id = vantage_node_get (node, "id");
  const char *text = vantage_node_get_text (id);
  const char *sha = vantage_node_get_member (node, "sha");
  const char *url = vantage_github_get_url (node);

  if (text != NULL && g_ascii_isdigit (*text) && strspn (text, "0123456789") == strlen (text))
    return g_strdup (text);
  if (vantage_node_get (node, "databaseId") != NULL)
    return g_strdup (vantage_node_get_member (node, "databaseId"));
  if (url != NULL && (strchr (url, '#') != NULL || strstr (url, "/comments/") != NULL))
    return number_of_url (url);
  return sha != NULL && strlen (sha) <= 64 ? g_strdup (sha) : NULL;
}

static const char *const letters[] = { "", "", "c", "r", "rc", "e" };

/* A content id, with "-2" and on for the equal ones after the first. (transfer full) */
static char *
content_local (VantageGithub *self, const VantageItem *item, const VantageGithubScope *scope)
{
  g_autofree char *thread = g_strdup_printf ("%" G_GINT64_FORMAT, scope->number);
  g_autofree char *content =
      vantage_item_content_id (thread, item->raw_time, item->account, item->text);
  g_autofree char *key = g_strconcat (item->channel, ".", content, NULL);
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->contents, key)) + 1;

  g_hash_table_insert (self->contents, g_steal_pointer (&key), GUINT_TO_POINTER (n));
  return n == 1 ? g_steal_pointer (&content) : g_strdup_printf ("%s-%u", content, n);
}

static char *
make_local (VantageGithub *self, VantageGithubSort sort, VantageNode *node, const VantageItem *item,
            const VantageGithubScope *scope)
{
  g_autofree char *id = NULL;

  if (sort == VANTAGE_GITHUB_TICKET)
    return g_strdup_printf ("%" G_GINT64_FORMAT, scope->number);
  id = native_id (node);
  if (id == NULL)
    return content_local (self, item, scope);
  return scope->number > 0
             ? g_strdup_printf ("%" G_GINT64_FORMAT ".%s%s", scope->number, letters[sort], id)
             : g_strdup_printf ("%s%s", letters[sort], id);
}

static void
add_names (VantageItem *item, const char *extra, VantageNode *list, const char *member)
{
  for (VantageNode *at = list != NULL ? vantage_node_first (list) : NULL; at != NULL;
       at = vantage_node_next (list, at))
    {
      const char *name = at->type == VANTAGE_NODE_OBJECT ? vantage_node_get_member (at, member)
                                                         : vantage_node_get_text (at);

      if (name != NULL)
        vantage_item_add_extra (item, extra, name);
    }
}

static void
add_ticket_facts (VantageNode *node, VantageItem *item)
{
  static const char *const facts[][3] = {
    { "state", "state", NULL },
    { "state_reason", "stateReason", NULL },
    { "closed_at", "closedAt", NULL },
    { "merged_at", "mergedAt", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      const char *value = vantage_github_get_any (node, facts[i]);

      if (value != NULL && *value != '\0')
        {
          g_autofree char *lower = i < 2 ? g_ascii_strdown (value, -1) : g_strdup (value);

          vantage_item_add_extra (item, facts[i][0], lower);
        }
    }
  add_names (item, "label", vantage_node_get_array (node, "labels"), "name");
  add_names (item, "assignee", vantage_node_get_array (node, "assignees"), "login");
}

/* Title and text, generated where the record has none. (transfer full) */
static char *
make_text (VantageGithubSort sort, VantageNode *node, const char *event, VantageItem *item)
{
  g_autofree char *body = vantage_github_plain (vantage_node_get_member (node, "body"));
  const char *title = vantage_node_get_member (node, "title");
  const char *state = vantage_node_get_member (node, "state");
  const char *file = vantage_node_get_member (node, "path");

  if (sort == VANTAGE_GITHUB_TICKET)
    return *body != '\0' ? g_strdup_printf ("%s\n\n%s", title, body) : g_strdup (title);
  if (sort == VANTAGE_GITHUB_EVENT)
    return vantage_github_dup_event_text (node, event, item);
  if (sort == VANTAGE_GITHUB_REVIEW && state != NULL)
    {
      g_autofree char *words = g_strdelimit (g_ascii_strdown (state, -1), "_", ' ');

      vantage_item_add_extra (item, "state", words);
      if (*body == '\0')
        return g_steal_pointer (&words);
    }
  if (sort == VANTAGE_GITHUB_REMARK && file != NULL)
    vantage_item_add_extra (item, "file", file);
  return g_steal_pointer (&body);
}

static void
take_edited (VantageGithubSort sort, VantageNode *node, const char *created, VantageItem *item)
{
  static const char *const names[] = { "lastEditedAt", "updated_at", "updatedAt", NULL };
  const char *edited = vantage_github_get_any (node, names);

  if (sort == VANTAGE_GITHUB_TICKET || sort == VANTAGE_GITHUB_EVENT)
    return;
  if (vantage_node_get_true (node, "includesCreatedEdit"))
    vantage_item_add_extra (item, "edited", "yes");
  if (edited != NULL && strcmp (edited, created) != 0)
    vantage_time_parse (edited, -1, &item->edited_us, NULL, NULL);
}

static void
count_comment (VantageGithub *self, VantageGithubSort sort, VantageNode *node,
               const VantageGithubScope *scope)
{
  g_autofree char *key = g_strdup_printf ("%s#%" G_GINT64_FORMAT,
                                          scope->repo != NULL ? scope->repo : "", scope->number);
  VantageNode *comments = vantage_node_get (node, "comments");
  VantageGithubCount *count = g_hash_table_lookup (self->comments, key);

  if (count == NULL)
    {
      count = g_new0 (VantageGithubCount, 1);
      count->declared = -1;
      g_hash_table_insert (self->comments, g_steal_pointer (&key), count);
    }
  if (sort == VANTAGE_GITHUB_COMMENT)
    count->seen++;
  else if (sort == VANTAGE_GITHUB_TICKET && comments != NULL &&
           comments->type == VANTAGE_NODE_NUMBER)
    count->declared = vantage_node_get_int (node, "comments", -1);
}

static VantageItemKind
kind_of (VantageGithubSort sort)
{
  return sort == VANTAGE_GITHUB_TICKET ? VANTAGE_ITEM_TICKET : VANTAGE_ITEM_COMMENT;
}

/* Everything but time and id, which need more than the record. */
static VantageItem *
make_item (VantageGithub *self, VantageGithubSort sort, VantageNode *node,
           const VantageGithubScope *scope, const char *created)
{
  g_autofree char *event = vantage_github_dup_event (node);
  g_autofree char *text = NULL;
  VantageItem *item = vantage_item_new (kind_of (sort));
  const char *url = vantage_github_get_url (node);
  VantageNode *author;
  const char *login = find_author (node, &author);

  if (sort == VANTAGE_GITHUB_EVENT)
    item->kind = vantage_github_describe_event (event, item);
  text = make_text (sort, node, event, item);
  g_free (item->text);
  item->text = g_steal_pointer (&text);
  item->account = g_strdup (login != NULL ? login : scope->author);
  item->thread = scope->number > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, scope->number) : NULL;
  if (url != NULL && g_str_has_prefix (url, "http"))
    {
      item->url = g_strdup (url);
      vantage_text_mask_tokens (item->url, strlen (item->url));
    }
  if (sort == VANTAGE_GITHUB_TICKET)
    add_ticket_facts (node, item);
  take_edited (sort, node, created, item);
  vantage_github_take_reactions (node, item);
  vantage_github_take_mentions (item);
  vantage_github_take_attachments (item);
  vantage_reading_place_item (item, self->entry, 0, self->offset, self->length);
  return item;
}

/* A remark answers the first one of its thread. */
static void
take_reply (VantageNode *node, const VantageGithubScope *scope, VantageItem *item)
{
  const char *first = vantage_node_get_member (node, "in_reply_to_id");

  if (first != NULL && scope->number > 0)
    item->reply_to = g_strdup_printf ("%" G_GINT64_FORMAT ".rc%s", scope->number, first);
}

gboolean
vantage_github_take (VantageGithub *self, VantageGithubSort sort, VantageNode *node,
                     const VantageGithubScope *scope, GError **error)
{
  const char *created = get_created (node);
  g_autofree char *channel = NULL;
  g_autoptr (VantageItem) item = NULL;
  VantageNode *author;
  const char *login = find_author (node, &author);
  VantagePrecision precision;
  gboolean has_zone;
  gint64 us;

  if (created == NULL || !vantage_time_parse (created, -1, &us, &precision, &has_zone))
    return vantage_reading_skip (self->reading, created == NULL ? "no-time" : "bad-time",
                                 self->entry, 0, self->offset, error, "“%s” is no time",
                                 created != NULL ? created : "");
  if (!add_channel (self, scope, &channel, error) ||
      (login != NULL && !add_identity (self, scope, login, author, error)))
    return FALSE;

  item = make_item (self, sort, node, scope, created);
  item->channel = g_steal_pointer (&channel);
  vantage_reading_set_time (self->reading, item, created, us, precision);
  item->local = make_local (self, sort, node, item, scope);
  take_reply (node, scope, item);
  count_comment (self, sort, node, scope);
  return vantage_reading_add_item (self->reading, g_steal_pointer (&item), error);
}
