/* vantage-private-passage.h: words of an interview that were picked out: where they stand, what
 * kind of claim they are, codes, and what was made from them. */

#pragma once

#include <glib.h>
#include "vantage-value.h"

G_BEGIN_DECLS

typedef struct
{
  char *line;
  guint from, to; /* code points of the line's text; equal: the words are gone from it */
  char *words;    /* as they stood when the anchor was last good */
} VantageAnchor;

typedef struct
{
  char *code;  /* entity id */
  char *coder; /* device or author id */
  char *memo;
} VantageCoding;

typedef struct
{
  char *kind; /* "event", "statement", "finding" … */
  char *id;
} VantageMade;

/* Plain and owned; change it and put it back. */
typedef struct
{
  char *id; /* "" until it is put */
  char *interview;
  GPtrArray *anchors; /* (element-type VantageAnchor): one a line, in the order of the lines */
  char *claim;        /* of vantage_claims[]; a new passage is "recall" */
  char *memo;
  GPtrArray *codings;  /* (element-type VantageCoding) */
  char *released;      /* id of the shared `passage` entity; NULL: private */
  char *released_form; /* of vantage_release_forms[]; NULL */
  GPtrArray *made;     /* (element-type VantageMade) */
  gint64 made_us;      /* when it was picked out */
} VantagePrivatePassage;

VantagePrivatePassage *vantage_private_passage_new (const char *interview);
VantagePrivatePassage *vantage_private_passage_copy (const VantagePrivatePassage *self);
void vantage_private_passage_free (VantagePrivatePassage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantagePrivatePassage, vantage_private_passage_free)

/* @text: the line's text; the words are cut from it. @to is clamped. */
void vantage_private_passage_add_anchor (VantagePrivatePassage *self, const char *line,
                                         const char *text, guint from, guint to);
/* Puts a code on, or changes its memo. */
void vantage_private_passage_set_code (VantagePrivatePassage *self, const char *code,
                                       const char *coder, const char *memo);
void vantage_private_passage_remove_code (VantagePrivatePassage *self, const char *code);
void vantage_private_passage_add_made (VantagePrivatePassage *self, const char *kind,
                                       const char *id);
/* The words of all anchors, " … " between those of two lines. (transfer full) */
char *vantage_private_passage_dup_words (const VantagePrivatePassage *self);

/**
 * vantage_private_passage_release:
 * @form: of vantage_release_forms[]: name, role, pseudonym, paraphrase
 * @shown_as: what stands for the person ("an engineer of the night shift"); "" with form name
 * @words: (nullable): exact words to share; a paraphrase, or NULL for the passage's own
 *
 * What a shared `passage` entity is to hold, and nothing more: no id, line, memo or code of the
 * vault goes along. The caller shows exactly this, then writes it through the store.
 *
 * Returns: (transfer full) (element-type utf8 VantageValue): registers of the entity
 */
GHashTable *vantage_private_passage_release (const VantagePrivatePassage *self, const char *person,
                                             const char *form, const char *shown_as,
                                             const char *words);

G_END_DECLS
