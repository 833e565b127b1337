/* vantage-gitlab-private.h: what the parts of the GitLab reader share. */

#pragma once

#include "vantage-tracker.h"

#include "vantage-records.h"

G_BEGIN_DECLS

typedef struct
{
  VantageTracker tracker;
  GHashTable *members; /* char *user id → char *"username\nname", of an exported project */
  GHashTable *counts; /* char *"channel.root" → VantageGitlabCount: comments said to be and seen */
} VantageGitlab;

typedef struct
{
  char *name; /* "group/project#12" */
  gint64 declared, seen;
} VantageGitlabCount;

extern const VantageRecordShape vantage_gitlab_shape;
/* How sure it is that a record of that shape is GitLab's; 0 for a webhook's message. */
int vantage_gitlab_score_record (VantageNode *node);
gboolean vantage_gitlab_is_webhook (VantageNode *node);

/* Tells of the author of @node: of an object @member, or of the number @id_member. */
gboolean vantage_gitlab_meet (VantageGitlab *self, VantageNode *node, const char *member,
                              const char *id_member, const char **out_account, GError **error);
/* What a note of the system says, as a kind; "field" is put on @item. */
VantageItemKind vantage_gitlab_describe_note (VantageNode *note, const char *body,
                                              VantageItem *item);

/* Changes of labels, state and milestone of the ticket @root. */
gboolean vantage_gitlab_take_event (VantageGitlab *self, VantageNode *event, const char *root,
                                    const char *url, GError **error);
gboolean vantage_gitlab_is_event (VantageNode *node);
/* Links to uploaded files in the text. */
void vantage_gitlab_take_files (VantageItem *item);
/* Reactions, each with its time. */
void vantage_gitlab_take_awards (VantageGitlab *self, VantageNode *awards, VantageItem *item);

G_END_DECLS
