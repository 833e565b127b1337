/* vantage-question-bank.h: questions that can be asked, by phase of an interview. Immutable. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  VANTAGE_INTERVIEW_ERROR_BANK, /* not a bank of questions, or one of a newer form */
  VANTAGE_INTERVIEW_ERROR_GUIDE,
} VantageInterviewError;

#define VANTAGE_INTERVIEW_ERROR (vantage_interview_error_quark ())
GQuark vantage_interview_error_quark (void);

typedef struct
{
  char *id;
  char *title;
  int minutes; /* of a whole interview of 60 to 75; 0: not part of an interview */
  char *aim;
  char **conduct; /* reminders; never NULL */
} VantagePhase;

typedef struct
{
  char *id;
  char *phase;
  int order;
  char *purpose;
  char *method;
  int depth;    /* 1 broad, 2 about a moment, 3 demanding or sensitive */
  char *anchor; /* "none", "message", "event", "person" */
  char *text;   /* {braces} are placeholders */
  char **needs; /* placeholders that must be known; never NULL */
  char **follow_ups;
  char *listen_for;
  char *note;
} VantageQuestion;

typedef struct _VantageQuestionBank VantageQuestionBank;

/* From JSON (strict, bounded). BANK says what is wrong with it. (transfer full) */
VantageQuestionBank *vantage_question_bank_new (GBytes *json, GError **error);
/* The bank that comes with Vantage; the same object each time. */
VantageQuestionBank *vantage_question_bank_get_builtin (void);
VantageQuestionBank *vantage_question_bank_ref (VantageQuestionBank *self);
void vantage_question_bank_unref (VantageQuestionBank *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageQuestionBank, vantage_question_bank_unref)

int vantage_question_bank_get_version (VantageQuestionBank *self);
/* (element-type VantagePhase), in order; lent. */
GPtrArray *vantage_question_bank_get_phases (VantageQuestionBank *self);
/* (element-type VantageQuestion), by phase, then order; lent. */
GPtrArray *vantage_question_bank_get_questions (VantageQuestionBank *self);
/* What to do before an interview; NULL-terminated; lent. */
const char *const *vantage_question_bank_get_preparation (VantageQuestionBank *self);
const VantagePhase *vantage_question_bank_find_phase (VantageQuestionBank *self, const char *id);
const VantageQuestion *vantage_question_bank_find (VantageQuestionBank *self, const char *id);
/* Questions whose text, follow-ups or purpose hold all words of @words (folded), in the bank's
 * order.
 * @phase: (nullable). (transfer container) (element-type VantageQuestion) */
GPtrArray *vantage_question_bank_search (VantageQuestionBank *self, const char *phase,
                                         const char *words);

/* @known: (nullable) (element-type utf8 utf8): placeholder → text. */
gboolean vantage_question_can_ask (const VantageQuestion *self, GHashTable *known);
/* @text with its placeholders filled; unknown ones become "…". (transfer full) */
char *vantage_question_fill (const char *text, GHashTable *known);

G_END_DECLS
