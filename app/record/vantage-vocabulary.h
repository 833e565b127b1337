/* vantage-vocabulary.h: lists of choices that stand beside the table and are used outside it too.
 * Each is NULL-terminated and in the order in which it is offered. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

extern const char *const vantage_stages[];       /* intake … closed */
extern const char *const vantage_depths[];       /* full, short, note */
extern const char *const vantage_review_kinds[]; /* the last two are not offered yet */
extern const char *const vantage_intake_keys[];
extern const char *const vantage_person_sorts[];
extern const char *const vantage_parts[];
extern const char *const vantage_event_kinds[];
extern const char *const vantage_claims[];
extern const char *const vantage_candidate_reasons[];
extern const char *const vantage_link_kinds[];
extern const char *const vantage_statement_rels[];
extern const char *const vantage_confidences[]; /* surest first */
extern const char *const vantage_finding_kinds[];
extern const char *const vantage_block_styles[];
extern const char *const vantage_line_marks[];
extern const char *const vantage_release_forms[];
extern const char *const vantage_condition_keys[];

G_END_DECLS
