/* vantage-choice-fields.h: fields of an entity that are chosen from a list: one of them in a drop
 * down, or several in a menu of ticks. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

/* What is chosen from; static. */
typedef struct
{
  const char *kind, *field;
  const char *label;         /* N_(): accessible name */
  const char *what;          /* N_(): names the undo step */
  const char *const *values; /* NULL-terminated; NULL: those of @vocabulary */
  const char *const *words;  /* N_(): as long as @values */
  const char *vocabulary;    /* of vantage-words.h; (nullable) */
  const char *none;          /* N_(): several: what stands there while nothing is chosen */
} VantageChoiceField;

/* One of them: a GtkDropDown. (transfer floating) */
GtkWidget *vantage_choice_drop_new (VantageReviewContext *context, const VantageChoiceField *field);
/* Shows @entity (nullable), which is written to from then on. The first value stands for none. */
void vantage_choice_drop_show (GtkWidget *drop, VantageEntity *entity);

/* Several: a GtkMenuButton. (transfer floating) */
GtkWidget *vantage_choice_menu_new (VantageReviewContext *context, const VantageChoiceField *field);
void vantage_choice_menu_show (GtkWidget *menu, VantageEntity *entity);

/* The word for a value; the value itself when it is not known. Lent. */
const char *vantage_choice_word (const VantageChoiceField *field, const char *value);

G_END_DECLS
