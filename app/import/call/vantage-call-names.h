/* vantage-call-names.h: who speaks, in transcripts that write the name into the words: "Jane Doe:
 * text", "[Jane] text", "(Jane) text", ">> JANE: text", or the name on a line of its own.
 *
 * One cue alone cannot tell a speaker from a sentence such as "Note: we are down"; the file can: a
 * name is one that comes at least twice.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _VantageCallNames VantageCallNames;

VantageCallNames *vantage_call_names_new (void);
void vantage_call_names_free (VantageCallNames *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageCallNames, vantage_call_names_free)

/* First all cues are looked at … */
void vantage_call_names_look (VantageCallNames *self, const char *text);
/* … then each is taken apart: the speaker, (transfer full), and in @out_words what is said, lent
 * from @text. NULL: nobody is named, and @out_words is @text. */
char *vantage_call_names_take (VantageCallNames *self, const char *text, const char **out_words);
/* Names that came once only, and so stay in the words. */
guint vantage_call_names_get_n_once (VantageCallNames *self);

G_END_DECLS
