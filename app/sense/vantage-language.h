/* vantage-language.h: wording that looks back with hindsight, lays blame or narrows an answer,
 * found by patterns, a sentence at a time. It marks; it never judges, blocks or rewrites. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  VANTAGE_LANGUAGE_ERROR_DOCUMENT, /* no pattern document, or one of a newer version */
  VANTAGE_LANGUAGE_ERROR_PATTERN,  /* a pattern that cannot be used; the message names it */
} VantageLanguageError;
#define VANTAGE_LANGUAGE_ERROR (vantage_language_error_quark ())
GQuark vantage_language_error_quark (void);

/* What the text is: which patterns apply. */
typedef enum
{
  VANTAGE_LANGUAGE_AUTHOR = 1 << 0,      /* narrative, findings, reports */
  VANTAGE_LANGUAGE_QUESTION = 1 << 1,    /* an interview question */
  VANTAGE_LANGUAGE_ACTION = 1 << 2,      /* an experiment */
  VANTAGE_LANGUAGE_INTERVIEWEE = 1 << 3, /* what a person said: listening mode */
} VantageLanguageContext;

typedef enum
{
  VANTAGE_SEVERITY_STRONG,  /* underlined */
  VANTAGE_SEVERITY_SUGGEST, /* underlined when asked for a closer look */
  VANTAGE_SEVERITY_NOTE,    /* a hint in the margin */
} VantageLanguageSeverity;

/* All lent by the checker. */
typedef struct
{
  const char *id;
  const char *category;
  VantageLanguageSeverity severity;
  guint contexts;
  const char *reason;
  const char *const *rephrase; /* NULL-terminated */
  const char *ask;             /* "" when there is none */
  const char *const *matches;  /* sentences it must find, and … */
  const char *const *ignores;  /* … must not */
} VantageLanguagePattern;

typedef struct
{
  guint start, end; /* code points of the text */
  guint sentence_start, sentence_end;
  const VantageLanguagePattern *pattern;
} VantageLanguageHit;

typedef struct _VantageLanguage VantageLanguage;

/**
 * vantage_language_new:
 * @json: the pattern document
 * @names: (nullable): display names and pseudonyms of the review
 *
 * Costs tens of milliseconds: make it once. Sets @error to VANTAGE_LANGUAGE_ERROR_DOCUMENT or
 * VANTAGE_LANGUAGE_ERROR_PATTERN.
 */
VantageLanguage *vantage_language_new (const char *json, const char *const *names, GError **error);
/* The same with the patterns that come with Vantage. */
VantageLanguage *vantage_language_new_built_in (const char *const *names, GError **error);
void vantage_language_free (VantageLanguage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageLanguage, vantage_language_free)

guint vantage_language_get_n_patterns (VantageLanguage *self);
const VantageLanguagePattern *vantage_language_get_pattern (VantageLanguage *self, guint i);
/* What a category means, in English; NULL when there is no such. */
const char *vantage_language_get_category (VantageLanguage *self, const char *category);
/* Categories off by default stay off until asked for. */
void vantage_language_set_enabled (VantageLanguage *self, const char *category, gboolean enabled);

/**
 * vantage_language_check:
 * @text: UTF-8
 * @contexts: VantageLanguageContext flags
 *
 * Left alone, unless the text is what an interviewee said: quotations (in quotation marks, or lines
 * that begin with ">"), code (between back-ticks, indented by four, paths, identifiers), references
 * in double brackets. A sentence that holds such a reference is not marked for mind reading.
 * Hits of one pattern do not overlap. O(text × patterns); text over 1 MiB is checked up to there.
 *
 * Returns: (transfer full) (element-type VantageLanguageHit): by start, then by severity
 */
GArray *vantage_language_check (VantageLanguage *self, const char *text, guint contexts);

G_END_DECLS
