/* vantage-review-context.h: one open review as its pages see it: where to read, how to write, where
 * to go, what is shown beside the writing. Given to every page; nobody asks for an application. */

#pragma once

#include <adwaita.h>
#include "vantage-edit.h"
#include "vantage-evidence.h"
#include "vantage-time.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_REVIEW_CONTEXT (vantage_review_context_get_type ())
G_DECLARE_FINAL_TYPE (VantageReviewContext, vantage_review_context, VANTAGE, REVIEW_CONTEXT,
                      GObject)

/*
 * Properties (all notify): "review" (VantageEntity), "title", "zone" (its name),
 * "undo-name", "redo-name" (NULL: nothing to undo), "saved-us" (int64), "item-id" (shown in the
 * evidence pane).
 *
 * Signals:
 *   "changed" (VantageChange *): entities of this review changed; once per transaction
 *   "people-changed": names, merges or sources changed: read people anew
 *   "evidence-changed": sources or items came or went
 *   "flush": write now what is typed and not yet written (page left, window closed, suspend)
 *   "go" (const char *section, const char *target): the window shows that section
 *   "item-shown": somebody asked for the item of "item-id": the pane opens
 *   "toast" (AdwToast *): the window shows it
 *   "undone": a step was taken back or done again
 *   "selection-changed": the selected evidence items are others
 */

VantageReviewContext *vantage_review_context_new (VantageLibrary *library, const char *review_id);

VantageLibrary *vantage_review_context_get_library (VantageReviewContext *self);
const char *vantage_review_context_get_review_id (VantageReviewContext *self);
/* The entity of the review as it is now; lent. NULL when it is not there any more. */
VantageEntity *vantage_review_context_get_review (VantageReviewContext *self);
/* Never empty: "Untitled Review" when nobody gave it a title. Lent. */
const char *vantage_review_context_get_title (VantageReviewContext *self);
/* The zone in which every time of this review is shown: the review's own, else this computer's.
 * Lent. */
VantageZone *vantage_review_context_get_zone (VantageReviewContext *self);

/* ---- people ---- */

/* Everybody, by first act; cached until "people-changed". Lent. (element-type VantagePerson) */
GPtrArray *vantage_review_context_get_people (VantageReviewContext *self);
/* By id, merges followed; lent; NULL when unknown. */
const VantagePerson *vantage_review_context_find_person (VantageReviewContext *self,
                                                         const char *id);
/* Never empty. Lent until "people-changed". */
const char *vantage_review_context_get_person_name (VantageReviewContext *self, const char *id);
/* 0 … VANTAGE_N_LANE_COLOURS - 1 by order of lanes for a person, -1 for automation and systems and
 * for nobody: see vantage-avatar.h. */
int vantage_review_context_get_person_colour (VantageReviewContext *self, const char *id);

/* ---- writing ---- */

/* @what: translated, as the undo menu names it: _("Move Event"). (transfer full) */
VantageEdit *vantage_review_context_begin (VantageReviewContext *self, const char *what);
/* Commits; a failure is told to the person, with what to do, and gives FALSE. */
gboolean vantage_review_context_commit (VantageReviewContext *self, VantageEdit *edit);
/* The same, and tells @text in a toast that offers Undo: for deleting and for what happens out of
 * sight. */
gboolean vantage_review_context_commit_with_undo (VantageReviewContext *self, VantageEdit *edit,
                                                  const char *text);
/* The same toast for an edit that the library has just committed by itself: a merge of people … */
void vantage_review_context_tell_with_undo (VantageReviewContext *self, const char *text);
void vantage_review_context_undo (VantageReviewContext *self);
void vantage_review_context_redo (VantageReviewContext *self);
/* Emits "flush" and ends typing. */
void vantage_review_context_flush (VantageReviewContext *self);

/* ---- telling ---- */

void vantage_review_context_tell (VantageReviewContext *self, const char *text);
/* @what: what could not be done, as a translated title: _("Could not write the report"). */
void vantage_review_context_tell_error (VantageReviewContext *self, const char *what,
                                        const GError *error);

/* ---- going ---- */

/* Shows section @section (an id of vantage-sections.h); @target: (nullable): the entity or item to
 * select there. A section that does not exist is ignored. */
void vantage_review_context_go (VantageReviewContext *self, const char *section,
                                const char *target);

/* ---- evidence beside the writing ---- */

/* Shows an item in the evidence pane and opens the pane. NULL: nothing. */
void vantage_review_context_show_item (VantageReviewContext *self, const char *item_id);
/* The same, but leaves a closed pane closed: for a selection that moves through a list. */
void vantage_review_context_follow_item (VantageReviewContext *self, const char *item_id);
const char *vantage_review_context_get_item_id (VantageReviewContext *self);
/* Pinned items stay in the pane, on this computer, across restarts. */
void vantage_review_context_pin (VantageReviewContext *self, const char *item_id, gboolean pinned);
gboolean vantage_review_context_is_pinned (VantageReviewContext *self, const char *item_id);
/* Item ids in the order in which they were pinned, live. Lent. (element-type GtkStringObject) */
GListModel *vantage_review_context_get_pins (VantageReviewContext *self);

/* The evidence items a person has selected, wherever that was: what Cite, Add to Timeline and the
 * like act on. Lent; NULL-terminated; never NULL. */
const char *const *vantage_review_context_get_selection (VantageReviewContext *self);
void vantage_review_context_set_selection (VantageReviewContext *self, const char *const *item_ids);

G_END_DECLS
