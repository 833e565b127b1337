/* vantage-reference.h: references inside text: [[kind:id]] and [[kind:id|shown words]]. What they
 * point to is shown in their place and never copied, so that taking it back reaches every text. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gsize begin; /* byte of the first "[" */
  gsize end;   /* byte after the last "]" */
  char *kind;  /* "event", "passage", "item", "picture" … */
  char *id;    /* of an entity, "review/entity", or of an item, with "@from-to" for some words */
  char *words; /* (nullable): what to show instead of what the target is called */
} VantageReference;

/* The references of @text, which must be valid UTF-8, in order; what only looks like one is text.
 * Whether kind and target exist is not asked. O(length). (transfer full) (element-type
 * VantageReference): frees its elements with itself. */
GArray *vantage_reference_find (const char *text);

/* (transfer full): "]]" and line breaks inside @words, which would end it, become spaces. @words:
 * (nullable). */
char *vantage_reference_to_text (const char *kind, const char *id, const char *words);

/* What to show for a reference. (transfer full) (nullable): NULL leaves it as written. */
typedef char *(*VantageReferenceFunc) (const VantageReference *reference, gpointer user_data);

/* @text with each reference replaced by what @shown gives for it. (transfer full) */
char *vantage_reference_replace (const char *text, VantageReferenceFunc shown, gpointer user_data);

G_END_DECLS
