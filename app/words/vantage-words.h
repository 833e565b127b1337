/* vantage-words.h: codes, choices and errors as sentences that a person reads, for windows and
 * command line alike. Everything returned without (transfer full) is lent and lives as long as the
 * program. */

#pragma once

#include <glib.h>
#include <libintl.h>

G_BEGIN_DECLS

#ifndef _
#define _(text) gettext (text)
#define N_(text) (text)
#endif

/* Binds the catalogue of translations at @locale_dir. Once, at the start of a program. */
void vantage_words_init (const char *locale_dir);

/**
 * vantage_words_choice:
 * @vocabulary: "stage", "depth", "review-kind", "event-kind", "claim", "link-kind",
 * "statement-rel", "confidence", "finding-kind", "part", "person-sort", "intake", "item-kind",
 * "mark", "line", "form", "phase", "condition", "joined", "experiment-outcome", "interview-state",
 * "candidate", "channel-sort", "cue", "cue-question" (with {time}, {message}, {channel}), "why-not"
 * @value: a choice value
 *
 * Returns: the word for it, in sentence case ("Near miss"); @value itself when a newer version made
 * it
 */
const char *vantage_words_choice (const char *vocabulary, const char *value);
/* The values of @vocabulary in the order they are offered; NULL-terminated; NULL for a vocabulary
 * that is not one of the above. */
const char *const *vantage_words_list_choices (const char *vocabulary);

/* "event", "finding" … as a word in a sentence ("Event"). */
const char *vantage_words_kind (const char *kind);
/* A field's name as a label ("Started", "What was seen"). The field's own name when there is none.
 */
const char *vantage_words_field (const char *kind, const char *field);

/* What went wrong: what, where, and what next, in one or two sentences. @error: of any domain of
 * the program, of GIO or of GLib. (transfer full) */
char *vantage_words_error (const GError *error);
/* The way out alone, "" when there is none to offer; lent. */
const char *vantage_words_way_out (const GError *error);

/* A note of a library that was opened: what had to be repaired or was found. (transfer full) */
char *vantage_words_note (const char *code);

/* A diagnostic of an import: @detail is its English text and is used when the code is not known.
 * (transfer full) */
char *vantage_words_diagnostic (const char *code, const char *detail);

/* Why two people may be one: @reason is a code of `vantage_same_to_text ()`, @what the address,
 * handle or name that both have. (transfer full) */
char *vantage_words_same (const char *reason, const char *what);

/* What somebody carried, by a code of `vantage_load_to_text ()`: "On call for 3 h", "3 pages in 24
 * hours, 2 at night", "Awake for at least 9 h". @length_us: since when; @unbroken_us: the same of
 * all shifts that follow without a gap. @estimated: with a sign that it is about. (transfer full)
 */
char *vantage_words_load (const char *code, gboolean estimated, gint64 length_us,
                          gint64 unbroken_us, guint count, guint night);
/* Why it is thought so, in words that say it is an estimate. @since, @until: clock times; @until
 * matters to shifts alone. (transfer full) */
char *vantage_words_load_why (const char *code, const char *since, const char *until);

/* "2 h 10 min", "45 s", "3 days": two units at most. (transfer full) */
char *vantage_words_duration (gint64 us);
/* "1 204 items" and the like: a count in the reader's own digits and grouping. (transfer full) */
char *vantage_words_count (guint64 n);

G_END_DECLS
