/* vantage-teams-private.h: what the parts of the Microsoft Teams reader share. */

#pragma once

#include "vantage-chat.h"

G_BEGIN_DECLS

typedef struct
{
  VantageChat chat;
  GHashTable *unanswered; /* channel → VantageTeamsPosts: were answers to its posts there? */
} VantageTeams;

typedef struct
{
  VantageChatChannel *channel;
  guint posts;       /* that begin a thread and came without a list of answers */
  gboolean answered; /* an answer was there */
  char *first;       /* id of one such post */
} VantageTeamsPosts;

/* Members are named in any case: `createdDateTime`, `CreatedDateTime`. As vantage_node_get(). */
VantageNode *vantage_teams_get (VantageNode *object, const char *name);
/* Text of a string or number that is not empty; else NULL. Lent. */
const char *vantage_teams_get_text (VantageNode *object, const char *name);
VantageNode *vantage_teams_get_array (VantageNode *object, const char *name);
/* Whether there is a member of this name, be it null. */
gboolean vantage_teams_has (VantageNode *object, const char *name);

/* Account key of an identity set (`from`, `initiator`, `mentioned`), whose facts are learnt, or of
 * the one identity in it; NULL for nobody. (transfer full) */
char *vantage_teams_dup_account (VantageTeams *self, VantageNode *set, gint64 time_us);

/* A message and the answers nested in it. @root NULL: it says itself what it answers. */
gboolean vantage_teams_take_message (VantageTeams *self, VantageNode *message, const char *root,
                                     GError **error);

/* The words of a message: headline, body with what hangs on it; mentions go to @item. (transfer
 * full) */
char *vantage_teams_dup_text (VantageTeams *self, VantageNode *message, VantageItem *item);
/* What an attachment's card or quoted message says, as text; NULL when it says nothing. (transfer
 * full) (nullable) */
char *vantage_teams_dup_attachment_text (VantageNode *attachment);

G_END_DECLS
