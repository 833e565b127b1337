/* story.h: one small made-up story as messages of Slack, for tests to pack into containers. */

#pragma once

#include <glib.h>

#define STORY_CHANNEL "C0PAYOPS01"
#define STORY_N 9
#define STORY_FIRST_DAY 4 /* messages of the first day file */

/* In the order of time; the third and fifth answer the second. */
extern const char *const story_messages[STORY_N];
extern const char story_users[];
extern const char story_channels[];

/* The messages [from, to) as a JSON array. (transfer full) */
char *story_join (guint from, guint to, gboolean backwards);
/* A file below the scratch folder. */
void story_write (const char *folder, const char *name, const char *content);
/* The two day files of the story, and the lists of the workspace. */
void story_write_days (const char *folder);
