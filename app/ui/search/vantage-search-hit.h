/* vantage-search-hit.h: something that was found: where it is, or what it does. */

#pragma once

#include <gio/gio.h>
#include "vantage-review-context.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_SEARCH_HIT (vantage_search_hit_get_type ())
G_DECLARE_FINAL_TYPE (VantageSearchHit, vantage_search_hit, VANTAGE, SEARCH_HIT, GObject)

/* A place: @review and @section may be NULL (this review; where its review begins), so may @target.
 * (transfer full) */
VantageSearchHit *vantage_search_hit_new (const char *icon, const char *title, const char *detail,
                                          const char *review, const char *section,
                                          const char *target);
/* A command: a detailed action. (transfer full) */
VantageSearchHit *vantage_search_hit_new_command (const char *title, const char *detail,
                                                  const char *action);

/* Lent; those that were not given are NULL. */
const char *vantage_search_hit_get_icon (VantageSearchHit *self);
const char *vantage_search_hit_get_title (VantageSearchHit *self);
const char *vantage_search_hit_get_detail (VantageSearchHit *self);
const char *vantage_search_hit_get_review (VantageSearchHit *self);
const char *vantage_search_hit_get_section (VantageSearchHit *self);
const char *vantage_search_hit_get_target (VantageSearchHit *self);
const char *vantage_search_hit_get_action (VantageSearchHit *self);

/* How well @title answers @words (casefolded): 0 not at all, more is better: every word must be
 * there, at the beginning of the title or of a word of it is better. */
guint vantage_search_hit_rate (const char *title, const char *const *words);
/* The words of what was typed, casefolded. (transfer full) */
char **vantage_search_hit_split (const char *typed);

/* Everything in reach by name: sections, people, channels, events, findings, reviews, commands.
 * @context: (nullable): the open review. At most @limit, best first. (transfer full)
 * (element-type VantageSearchHit) */
GPtrArray *vantage_search_hits_by_name (VantageLibrary *library, VantageReviewContext *context,
                                        const char *section, const char *typed, guint limit);
/* What people wrote and named in all reviews, by title. (transfer full) (element-type
 * VantageSearchHit) */
GPtrArray *vantage_search_hits_by_title (VantageLibrary *library, const char *typed, guint limit);

G_END_DECLS
