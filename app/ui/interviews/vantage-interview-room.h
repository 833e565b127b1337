/* vantage-interview-room.h: one interview, its shared part and its private part together: what
 * preparing, conducting and annotating it have in common. */

#pragma once

#include "vantage-guide.h"
#include "vantage-review-context.h"
#include "vantage-vault.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_INTERVIEW_ROOM (vantage_interview_room_get_type ())
G_DECLARE_FINAL_TYPE (VantageInterviewRoom, vantage_interview_room, VANTAGE, INTERVIEW_ROOM,
                      GObject)

/*
 * Signals:
 *   "shared-changed": the interview or its consent is another
 *   "prep-changed": guide, cues, reasons or times of the private preparation are others; what was
 *      lent of them is gone
 *   "passages-changed": passages are others
 *   "saved": something was written just now
 */

/* An item of the record to put before the person. Owned. */
typedef struct
{
  char *item;
  char *question; /* "" when only the item is to be shown */
  gboolean used;  /* dropped into the notes */
} VantageRoomCue;

VantageInterviewRoom *vantage_interview_room_new (VantageReviewContext *context,
                                                  VantageVault *vault, const char *interview);

VantageReviewContext *vantage_interview_room_get_context (VantageInterviewRoom *self);
VantageVault *vantage_interview_room_get_vault (VantageInterviewRoom *self);
const char *vantage_interview_room_get_id (VantageInterviewRoom *self);
/* Lent until "shared-changed"; NULL when it is not there. */
VantageEntity *vantage_interview_room_get_interview (VantageInterviewRoom *self);
VantageEntity *vantage_interview_room_get_consent (VantageInterviewRoom *self);
/* The person's id; lent; NULL unknown. */
const char *vantage_interview_room_get_person (VantageInterviewRoom *self);
/* Never empty. */
const char *vantage_interview_room_get_name (VantageInterviewRoom *self);
/* Lent, live; NULL when the lines cannot be read, which is then told. (element-type VantageLine) */
GListModel *vantage_interview_room_get_lines (VantageInterviewRoom *self);
gint64 vantage_interview_room_now_us (VantageInterviewRoom *self);

/* ---- shared part ---- */

/* Notes may be written: the person said yes to them. */
gboolean vantage_interview_room_may_write (VantageInterviewRoom *self);
/* @field: notes, sound, words. Stamps when it was noted. */
gboolean vantage_interview_room_set_consent (VantageInterviewRoom *self, const char *field,
                                             const char *choice);
/* "Notes: yes · sound: no · words: ask each time", with when it was noted. (transfer full) */
char *vantage_interview_room_dup_consent_words (VantageInterviewRoom *self);

/* ---- preparation (private) ---- */

/* Lent until "prep-changed"; change it, then save it. Never NULL. */
VantageGuide *vantage_interview_room_get_guide (VantageInterviewRoom *self);
gboolean vantage_interview_room_save_guide (VantageInterviewRoom *self, const char *what);
/* Takes @guide over, and saves it. */
gboolean vantage_interview_room_take_guide (VantageInterviewRoom *self, VantageGuide *guide,
                                            const char *what);
/* (element-type VantageRoomCue): lent until "prep-changed"; change it, then save it. */
GPtrArray *vantage_interview_room_get_cues (VantageInterviewRoom *self);
gboolean vantage_interview_room_has_cue (VantageInterviewRoom *self, const char *item);
/* @question: (nullable). TRUE also when it was there. */
gboolean vantage_interview_room_add_cue (VantageInterviewRoom *self, const char *item,
                                         const char *question);
/* Its question, or the item's time and words. (transfer full) */
char *vantage_interview_room_dup_cue_words (VantageInterviewRoom *self, const VantageRoomCue *cue);
/* The first that was not used; NULL: none is left. Lent. */
VantageRoomCue *vantage_interview_room_get_next_cue (VantageInterviewRoom *self);
gboolean vantage_interview_room_save_cues (VantageInterviewRoom *self, const char *what);
/* "" when there are none. Lent until "prep-changed". */
const char *vantage_interview_room_get_reasons (VantageInterviewRoom *self);
gboolean vantage_interview_room_set_reasons (VantageInterviewRoom *self, const char *text);

/* ---- times ---- */

/* VANTAGE_TIME_NONE: not begun, not finished. */
gint64 vantage_interview_room_get_started_us (VantageInterviewRoom *self);
gint64 vantage_interview_room_get_finished_us (VantageInterviewRoom *self);
/* Notes when it began, in the private part and as `held` of the shared one. */
gboolean vantage_interview_room_start (VantageInterviewRoom *self);
gboolean vantage_interview_room_finish (VantageInterviewRoom *self);
/* Where the conversation is, for lines to be filed under: ids of the bank, "" for none. */
void vantage_interview_room_set_place (VantageInterviewRoom *self, const char *phase,
                                       const char *question);
const char *vantage_interview_room_get_phase (VantageInterviewRoom *self);
const char *vantage_interview_room_get_question (VantageInterviewRoom *self);

/* ---- writing ---- */

/* After each write to the vault: TRUE passes through and tells "saved"; FALSE tells the person why,
 * @error is freed. */
gboolean vantage_interview_room_done (VantageInterviewRoom *self, gboolean ok, GError *error);
char *vantage_interview_room_dup_step_name (VantageInterviewRoom *self, gboolean redo);
void vantage_interview_room_walk_step (VantageInterviewRoom *self, gboolean redo);

G_END_DECLS
