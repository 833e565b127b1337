/* vantage-github-private.h: what the two halves of the GitHub reader share: walking a document, and
 * turning one record into items. */

#pragma once

#include "vantage-reader.h"

G_BEGIN_DECLS

/* Where in a document a record stands: what it may leave unsaid. Strings lent. */
typedef struct
{
  const char *host;   /* "github.com" */
  const char *repo;   /* "owner/name"; NULL unknown */
  gint64 number;      /* of the ticket; 0 unknown */
  const char *author; /* of a review, for its remarks that name nobody; NULL */
} VantageGithubScope;

typedef struct
{
  VantageReading *reading;
  const VantageEntry *entry;
  gint64 offset, length;  /* of the top-level record in the entry */
  GHashTable *channels;   /* set of channel ids that the sink knows */
  GHashTable *identities; /* set of "host\nlogin" that the sink knows */
  GHashTable *contents;   /* char *content id → count, for equal records without an id */
  GHashTable *comments; /* char *"repo#n" → VantageGithubCount *: comments said to be and seen */
} VantageGithub;

typedef struct
{
  gint64 declared; /* -1: the record does not say */
  gint64 seen;
} VantageGithubCount;

/* What a JSON object is, by its members. */
typedef enum
{
  VANTAGE_GITHUB_NOTHING,
  VANTAGE_GITHUB_TICKET,
  VANTAGE_GITHUB_COMMENT,
  VANTAGE_GITHUB_REVIEW,
  VANTAGE_GITHUB_REMARK, /* on a line of a change */
  VANTAGE_GITHUB_EVENT,
} VantageGithubSort;

VantageGithubSort vantage_github_classify (VantageNode *node);
/* "created_at", "createdAt" …: the first of @names that is there. Lent; NULL. */
const char *vantage_github_get_any (VantageNode *node, const char *const *names);
/* The web address of a record, "html_url" or "url". NULL. */
const char *vantage_github_get_url (VantageNode *node);
/* Fills what an address tells of host, repository and number. Returned strings replace those of
 * @scope and are owned by @keep (element-type utf8). */
void vantage_github_read_url (const char *url, VantageGithubScope *scope, GPtrArray *keep);

/* Makes the item of a record and hands it on. */
gboolean vantage_github_take (VantageGithub *self, VantageGithubSort sort, VantageNode *node,
                              const VantageGithubScope *scope, GError **error);

/* The name of an event, as the older interface has it: "LabeledEvent" is "labeled". NULL: no event.
 * (transfer full) (nullable) */
char *vantage_github_dup_event (VantageNode *node);
/* What an event is as an item; fields that it changed are put on @item. */
VantageItemKind vantage_github_describe_event (const char *event, VantageItem *item);
/* What it did, in words. (transfer full) */
char *vantage_github_dup_event_text (VantageNode *node, const char *event, VantageItem *item);
/* The login of a member that is an object or a plain login; NULL for nobody and for a deleted
 * account. Lent. */
const char *vantage_github_get_account (VantageNode *node, const char *member);

/* "@login" outside of code; "![name](address)" and files behind links; counts of reactions. */
void vantage_github_take_mentions (VantageItem *item);
void vantage_github_take_attachments (VantageItem *item);
void vantage_github_take_reactions (VantageNode *node, VantageItem *item);

/* Markdown as plain text: comments out, line ends made one. (transfer full) */
char *vantage_github_plain (const char *body);

G_END_DECLS
