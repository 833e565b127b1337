/* vantage-listening.h: listening along: what a person just said may hold a word worth one more
 * question. It offers; it never insists: what was let go is not offered again soon. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _VantageListening VantageListening;

typedef struct
{
  char *words;    /* as they were said */
  char *question; /* to ask */
  guint from, to; /* code points of the text */
} VantageHeard;

void vantage_heard_clear (VantageHeard *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VantageHeard, vantage_heard_clear)

/* @names: (nullable): of the people of the review. Costs tens of milliseconds. NULL when there are
 * no patterns to listen by. */
VantageListening *vantage_listening_new (const char *const *names);
void vantage_listening_free (VantageListening *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageListening, vantage_listening_free)

/* What to ask about @text, if anything. A question that was offered one of the last few times is
 * passed over. */
gboolean vantage_listening_hear (VantageListening *self, const char *text, VantageHeard *out);

G_END_DECLS
