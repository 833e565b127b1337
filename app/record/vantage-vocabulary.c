/* vantage-vocabulary.c: the choices that fields offer. A value once released keeps its meaning; new
 * ones come at the end of their list. */

#include "vantage-vocabulary.h"

/* clang-format off */
const char *const vantage_stages[] = {
  "intake", "assigned", "sources", "people", "interviews", "calibration", "meeting", "report",
  "published", "checkpoint", "closed", NULL
};
const char *const vantage_depths[] = { "full", "short", "note", NULL };
const char *const vantage_review_kinds[] = {
  "incident", "near-miss", "release", "success", "exercise", "surprise", "premortem", NULL
};
const char *const vantage_intake_keys[] = {
  "teams", "new-teams", "trivial", "near-miss", "big-day", "new-service", "crowd", "surprise",
  "thought-fixed", NULL
};
const char *const vantage_person_sorts[] = {
  "human", "automation", "system", "vendor", "group", NULL
};
const char *const vantage_parts[] = { "participant", "observer", "absent", NULL };
const char *const vantage_event_kinds[] = {
  "did", "said", "noticed", "knew", "believed", "expected", "felt", "decided", "joined", "left",
  "watched", "asked", "alert", "changed", "system", "tool", "theory", "attention", "call", "shift",
  "silence", "interplay", "situation", "other", NULL
};
const char *const vantage_claims[] = {
  "record", "recall", "inference", "judgement", "imagined", "unknown", NULL
};
const char *const vantage_candidate_reasons[] = {
  "first-to-act", "joined-late", "only-watched", "asked-unanswered", "handed-over", "new-to-team",
  "surprised", "contradicts-record", "absent-but-affected", "chosen", NULL
};
const char *const vantage_link_kinds[] = {
  "told", "asked", "prompted", "informed", "influenced", "blocked", "led-to", "expected",
  "surprised", "assumed", "contradicts", "same-moment", "feedback", "helped", "other", NULL
};
const char *const vantage_statement_rels[] = {
  "at", "between", "before", "after", "during", "same", "lasts", NULL
};
const char *const vantage_confidences[] = { "certain", "likely", "unsure", NULL };
const char *const vantage_finding_kinds[] = {
  "practice-gap", "few-know", "coordination", "ownership", "training", "staffing", "incentives",
  "blind-spot", "response-plan", "automation", "went-well", NULL
};
const char *const vantage_block_styles[] = {
  "text", "heading", "quote", "list", "code", "picture", NULL
};
const char *const vantage_line_marks[] = {
  "quote", "surprise", "theory", "how-it-works", "wonder", "follow-up", "feeling", "time", NULL
};
const char *const vantage_release_forms[] = { "name", "role", "pseudonym", "paraphrase", NULL };
const char *const vantage_condition_keys[] = {
  "tenure", "owned_for", "awake_since", "slept", "on_call_since", "pages", "familiarity",
  "confidence", "language", "distance", "equipment", NULL
};
/* clang-format on */
