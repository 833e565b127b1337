/* vantage-github.c: issues, pull requests, their comments, reviews and events, in every wrapping in
 * which GitHub and the tools around it hand them out. */

#include "vantage-github-private.h"
#include "vantage-records.h"

#include <string.h>

/* Members that hold records or lead to them. */
static const char *const ways[] = {
  "data",
  "repository",
  "node",
  "issue",
  "pullRequest",
  "issues",
  "pulls",
  "items",
  "nodes",
  "edges",
  "comments",
  "comments_data",
  "reviews",
  "reviews_data",
  "timeline",
  "events",
  "timelineItems",
  "response",
  "pullRequests",
  "pull_requests",
  "review_comments",
  "review_comments_data",
};

static gboolean
is_way (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    if (strcmp (ways[i], name) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_webhook (VantageNode *node)
{
  return vantage_node_get_member (node, "action") != NULL &&
         (vantage_node_get_object (node, "sender") != NULL ||
          vantage_node_get_object (node, "repository") != NULL) &&
         (vantage_node_get_object (node, "issue") != NULL ||
          vantage_node_get_object (node, "pull_request") != NULL);
}

/* ---- recognising ---- */

/* How much a value looks like GitHub's, looking into at most a few levels. */
static int
score_node (VantageNode *node, guint depth)
{
  const char *url;
  VantageNode *child;

  if (node == NULL || depth > 6)
    return 0;
  if (node->type == VANTAGE_NODE_ARRAY)
    {
      child = vantage_node_first (node);
      return child != NULL ? score_node (child, depth + 1) : 0;
    }
  if (node->type != VANTAGE_NODE_OBJECT || is_webhook (node))
    return 0;

  url = vantage_github_get_url (node);
  if (vantage_github_classify (node) != VANTAGE_GITHUB_NOTHING)
    {
      if (url != NULL && (strstr (url, "github") != NULL || strstr (url, "/api/v3/repos/") != NULL))
        return 95;
      if (vantage_node_get (node, "authorAssociation") != NULL ||
          vantage_node_get (node, "author_association") != NULL ||
          vantage_node_get (node, "reactionGroups") != NULL)
        return 90;
      if (vantage_github_classify (node) == VANTAGE_GITHUB_TICKET &&
          vantage_node_get (node, "createdAt") != NULL &&
          vantage_node_get_member (node, "state") != NULL)
        return 60;
      if (vantage_github_classify (node) == VANTAGE_GITHUB_EVENT &&
          vantage_node_get (vantage_node_get_object (node, "actor"), "login") != NULL)
        return 60;
    }
  if (vantage_node_get (node, "magic") != NULL && vantage_node_get (node, "repo") != NULL &&
      (vantage_node_get_array (node, "issues") != NULL ||
       vantage_node_get_array (node, "pulls") != NULL))
    return 95;
  for (VantageNode *name = vantage_node_first (node); name != NULL;
       name = vantage_node_next (node, name))
    if (is_way (vantage_node_get_text (name)) &&
        vantage_node_value (name)->type >= VANTAGE_NODE_ARRAY)
      {
        int score = score_node (vantage_node_value (name), depth + 1);

        if (score > 0)
          return score;
      }
  return 0;
}

static int
score (VantageSniff *sniff)
{
  VantageInput *input = vantage_sniff_get_input (sniff);
  int best = 0;

  for (guint i = 0; i < MIN (vantage_input_get_n_entries (input), 8) && best < 90; i++)
    {
      const VantageEntry *entry = vantage_input_get_entry (input, i);

      best = MAX (best, score_node (vantage_sniff_get_json (sniff, entry), 0));
    }
  return best;
}

static gboolean
is_list_of_reactions (VantageNode *node)
{
  static const char *const contents[] = { "+1",     "-1",     "laugh", "confused", "heart",
                                          "hooray", "rocket", "eyes",  NULL };
  VantageNode *first =
      node != NULL && node->type == VANTAGE_NODE_ARRAY ? vantage_node_first (node) : NULL;
  const char *content = first != NULL ? vantage_node_get_member (first, "content") : NULL;

  return content != NULL && g_strv_contains (contents, content) &&
         vantage_node_get (first, "user") != NULL && vantage_node_get (first, "created_at") != NULL;
}

static char *
near_miss (VantageSniff *sniff)
{
  const VantageEntry *entry = vantage_sniff_get_entry (sniff);
  VantageNode *node = entry != NULL ? vantage_sniff_get_json (sniff, entry) : NULL;

  if (is_list_of_reactions (node))
    return g_strdup ("this is a list of reactions from GitHub, which does not say to what: save "
                     "the issue and its comments, each of which tells its reactions");
  if (node == NULL || node->type != VANTAGE_NODE_OBJECT || !is_webhook (node))
    return NULL;
  return g_strdup (
      "this is a webhook message from GitHub, which tells of one change only: export the "
      "issue itself, with `gh issue view NUMBER --json …` or `gh api "
      "repos/OWNER/NAME/issues/NUMBER/timeline`");
}

/* ---- walking ---- */

static gboolean walk (VantageGithub *self, VantageNode *node, const VantageGithubScope *scope,
                      guint depth, GError **error);

/* What an object says about where the records inside it belong. */
static void
narrow_scope (VantageNode *node, VantageGithubScope *scope, GPtrArray *keep)
{
  static const char *const addresses[] = {
    "html_url", "url", "issue_url", "pull_request_url", "repository_url", "origin", "path"
  };
  const char *repo = vantage_node_get_member (node, "repo");
  const char *full = vantage_node_get_member (node, "nameWithOwner");

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      const char *url = vantage_node_get_member (node, addresses[i]);

      if (url != NULL)
        vantage_github_read_url (url, scope, keep);
    }
  if (repo != NULL && strchr (repo, '/') != NULL)
    scope->repo = repo;
  if (full != NULL)
    scope->repo = full;
  if (vantage_node_get (node, "number") != NULL)
    scope->number = vantage_node_get_int (node, "number", 0);
  else if (vantage_node_get_object (node, "issue") != NULL &&
           vantage_github_classify (node) == VANTAGE_GITHUB_EVENT)
    scope->number =
        vantage_node_get_int (vantage_node_get (node, "issue"), "number", scope->number);
}

static const char *
get_login (VantageNode *node)
{
  VantageNode *author = vantage_node_get (node, "author");

  if (author == NULL)
    author = vantage_node_get (node, "user");
  return author != NULL && author->type == VANTAGE_NODE_OBJECT
             ? vantage_node_get_member (author, "login")
             : vantage_node_get_text (author);
}

static gboolean
walk_members (VantageGithub *self, VantageNode *node, const VantageGithubScope *scope, guint depth,
              GError **error)
{
  gboolean event = vantage_github_classify (node) == VANTAGE_GITHUB_EVENT;

  for (VantageNode *name = vantage_node_first (node); name != NULL;
       name = vantage_node_next (node, name))
    {
      VantageNode *value = vantage_node_value (name);

      /* An event repeats its issue whole; the issue has a record of its own. */
      if (event || value->type < VANTAGE_NODE_ARRAY || !is_way (vantage_node_get_text (name)))
        continue;
      if (!walk (self, value, scope, depth + 1, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
note_more_pages (VantageGithub *self, VantageNode *node, GError **error)
{
  VantageNode *info = vantage_node_get_object (node, "pageInfo");
  gboolean more = (info != NULL && vantage_node_get_true (info, "hasNextPage")) ||
                  vantage_node_get_true (node, "incomplete_results");

  if (!more)
    return TRUE;
  self->reading->facts->complete = FALSE;
  return vantage_reading_note (self->reading, "more-pages", self->entry, 0, self->offset, error,
                               "the answer says that there are more pages than this one");
}

static gboolean
walk_object (VantageGithub *self, VantageNode *node, const VantageGithubScope *outer, guint depth,
             GError **error)
{
  g_autoptr (GPtrArray) keep = g_ptr_array_new_with_free_func (g_free);
  VantageGithubScope scope = *outer;
  VantageGithubSort sort = vantage_github_classify (node);

  narrow_scope (node, &scope, keep);
  if (is_webhook (node))
    return vantage_reading_skip (self->reading, "bad-record", self->entry, 0, self->offset, error,
                                 "a webhook message tells of one change only");
  if (sort != VANTAGE_GITHUB_NOTHING && !vantage_github_take (self, sort, node, &scope, error))
    return FALSE;
  if (sort == VANTAGE_GITHUB_REVIEW)
    scope.author = get_login (node);
  return note_more_pages (self, node, error) && walk_members (self, node, &scope, depth, error);
}

static gboolean
walk (VantageGithub *self, VantageNode *node, const VantageGithubScope *scope, guint depth,
      GError **error)
{
  if (depth > 24)
    return TRUE;
  if (node->type == VANTAGE_NODE_OBJECT)
    return walk_object (self, node, scope, depth, error);
  if (node->type != VANTAGE_NODE_ARRAY)
    return depth > 0 || vantage_reading_skip (self->reading, "bad-record", self->entry, 0,
                                              self->offset, error, "a record is no JSON object");
  for (VantageNode *child = vantage_node_first (node); child != NULL;
       child = vantage_node_next (node, child))
    if (child->type >= VANTAGE_NODE_ARRAY && !walk (self, child, scope, depth + 1, error))
      return FALSE;
  return vantage_reading_go_on (self->reading, error);
}

/* The next value of @tokens, whole, whatever it is. */
static gboolean
walk_next (VantageGithub *self, VantageTokens *tokens, const VantageGithubScope *scope,
           GError **error)
{
  VantageNode *node = vantage_tokens_read (tokens);

  if (node == NULL)
    return !vantage_tokens_get_passed_over (tokens) ||
           vantage_reading_skip (self->reading, "too-large", self->entry, 0,
                                 vantage_tokens_get_offset (tokens), error,
                                 "a record is too large to be read");
  vantage_tokens_get_extent (tokens, &self->offset, &self->length);
  return walk (self, node, scope, 0, error);
}

static gboolean
walk_elements (VantageGithub *self, VantageTokens *tokens, const VantageGithubScope *scope,
               GError **error)
{
  vantage_tokens_next (tokens);
  while (vantage_tokens_peek (tokens) >= VANTAGE_TOKEN_VALUE)
    if (!walk_next (self, tokens, scope, error))
      return FALSE;
  if (vantage_tokens_peek (tokens) == VANTAGE_TOKEN_END_ARRAY)
    vantage_tokens_next (tokens);
  return TRUE;
}

/* An object that is only a wrapping may hold more than fits into memory: its lists are read one
 * record at a time. What stands before a list tells where its records belong. */
static gboolean
walk_wrapping (VantageGithub *self, VantageTokens *tokens, const VantageGithubScope *outer,
               GError **error)
{
  VantageGithubScope scope = *outer;
  g_autofree char *repo = NULL;
  g_autofree char *key = NULL;

  vantage_tokens_next (tokens);
  while (vantage_tokens_next (tokens) == VANTAGE_TOKEN_KEY)
    {
      g_free (key);
      key = g_strdup (vantage_tokens_get_key (tokens));
      if (is_way (key) && vantage_tokens_peek (tokens) == VANTAGE_TOKEN_BEGIN_ARRAY)
        {
          if (!walk_elements (self, tokens, &scope, error))
            return FALSE;
        }
      else if (strcmp (key, "repo") == 0 && vantage_tokens_peek (tokens) == VANTAGE_TOKEN_VALUE)
        {
          g_free (repo);
          repo = g_strdup (vantage_node_get_text (vantage_tokens_read (tokens)));
          scope.repo = repo;
        }
      else if (!vantage_tokens_skip (tokens))
        break;
    }
  return TRUE;
}

/* Whether the document's first value is an object that only wraps lists. */
static gboolean
begins_with_wrapping (VantageGithub *self)
{
  g_autoptr (GBytes) head = vantage_input_peek (self->reading->input, self->entry);
  gsize size;
  const char *data = g_bytes_get_data (head, &size);
  g_autoptr (VantageTokens) tokens = vantage_tokens_new_for_data (data, size);
  VantageNode *node = vantage_tokens_read_head (tokens);

  return node != NULL && node->type == VANTAGE_NODE_OBJECT &&
         vantage_node_get (node, "number") == NULL && vantage_node_get (node, "data") == NULL &&
         (vantage_node_get_array (node, "issues") != NULL ||
          vantage_node_get_array (node, "pulls") != NULL);
}

static gboolean
read_entry (VantageGithub *self, const VantageEntry *entry, GError **error)
{
  g_autoptr (VantageTokens) tokens = NULL;
  GError *failure = NULL;
  const VantageGithubScope scope = { .host = "github.com" };
  gboolean wrapping;

  self->entry = entry;
  wrapping = begins_with_wrapping (self);
  tokens = vantage_reading_open_tokens (self->reading, entry, &failure);
  if (tokens == NULL)
    return vantage_reading_take_failure (self->reading, entry, failure, error);

  while (vantage_tokens_peek (tokens) >= VANTAGE_TOKEN_VALUE)
    {
      VantageToken token = vantage_tokens_peek (tokens);
      gboolean ok = token == VANTAGE_TOKEN_BEGIN_ARRAY ? walk_elements (self, tokens, &scope, error)
                    : wrapping && token == VANTAGE_TOKEN_BEGIN_OBJECT
                        ? walk_wrapping (self, tokens, &scope, error)
                        : walk_next (self, tokens, &scope, error);

      if (!ok)
        return FALSE;
    }
  return vantage_reading_close_tokens (self->reading, tokens, entry, error);
}

/* ---- the whole ---- */

static int
compare_text (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

/* Tickets that say they have more comments than were in what was read. */
static gboolean
note_missing_comments (VantageGithub *self, GError **error)
{
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (self->comments), compare_text);

  for (GList *key = keys; key != NULL; key = key->next)
    {
      const VantageGithubCount *count = g_hash_table_lookup (self->comments, key->data);

      if (count->declared <= count->seen)
        continue;
      self->reading->facts->complete = FALSE;
      if (!vantage_reading_note (self->reading, "missing-comments", NULL, 0, -1, error,
                                 "%s has %d comments, of which %d are here", (char *) key->data,
                                 (int) count->declared, (int) count->seen))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_all (VantageReading *reading, GError **error)
{
  VantageGithub self = { .reading = reading };
  gboolean ok = TRUE;

  self.channels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.identities = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.contents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.comments = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; ok && i < vantage_input_get_n_entries (reading->input); i++)
    {
      const VantageEntry *entry = vantage_input_get_entry (reading->input, i);

      if (vantage_records_is_json (reading, entry))
        ok = read_entry (&self, entry, error);
      else if (vantage_input_get_n_entries (reading->input) > 1)
        ok =
            vantage_reading_note (reading, "unknown-file", entry, 0, -1, error, "it holds no JSON");
    }
  ok = ok && note_missing_comments (&self, error);

  g_hash_table_unref (self.channels);
  g_hash_table_unref (self.identities);
  g_hash_table_unref (self.contents);
  g_hash_table_unref (self.comments);
  return ok;
}

const VantageReader vantage_github_reader = {
  .format = { "github", "GitHub issues and pull requests", "json jsonl zip" },
  .family = "github",
  .score = score,
  .near_miss = near_miss,
  .read = read_all,
};
