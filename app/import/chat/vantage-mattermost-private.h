/* vantage-mattermost-private.h: what the two halves of the Mattermost reader share. */

#pragma once

#include "vantage-chat.h"

G_BEGIN_DECLS

typedef struct
{
  VantageChat chat;
  GHashTable *accounts; /* username → account key, where they are not the same */
  GHashTable *awaited;  /* set of post ids that a page says come before or after it, and that were
                           not there yet */
  const char *server;   /* "https://chat.example.org" of the record being read; NULL */
} VantageMattermost;

/* A post of the interface, or one out of an export, with its replies. @channel NULL: the post
 * names it. @root NULL: it begins a thread or none; "": it answers something that is not there. */
gboolean vantage_mattermost_take_post (VantageMattermost *self, VantageNode *post,
                                       VantageChatChannel *channel, const char *root,
                                       GError **error);

G_END_DECLS
