/* vantage-chat-html.h: the markup of a chat message as plain text. Nothing of it is ever run or
 * fetched: tags become line ends and a few marks, or nothing.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a reader knows of things that the markup only points to. Each may be NULL. */
typedef struct
{
  /* The account key behind <at id="…"> or <span data-user-id="…">: "@" and the key stand in the
   * text in place of the name. NULL: the name stays. Lent. */
  const char *(*mention) (const char *id, gpointer user_data);
  /* What stands in place of <attachment id="…">; NULL: nothing. (transfer full) */
  char *(*attachment) (const char *id, gpointer user_data);
} VantageChatHtmlHooks;

/* Blocks end a line; lists have marks, quotes "> ", code its fences, links their address behind
 * the words where it says more, pictures and emoji their description. Entities are decoded once.
 * Comments, scripts and styles are left out. Never fails; linear. (transfer full) */
char *vantage_chat_html_to_text (const char *html, const VantageChatHtmlHooks *hooks,
                                 gpointer user_data);

G_END_DECLS
