/* vantage-person-chooser.h: choosing one of the people of a review, by typing or by list. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_PERSON_CHOOSER (vantage_person_chooser_get_type ())
G_DECLARE_FINAL_TYPE (VantagePersonChooser, vantage_person_chooser, VANTAGE, PERSON_CHOOSER,
                      GtkWidget)

/* Signal "chosen" (const char *person). For templates: <object class="VantagePersonChooser">. */

void vantage_person_chooser_set_context (VantagePersonChooser *self, VantageReviewContext *context);
/* What the field asks, where it is not whom to talk to. */
void vantage_person_chooser_set_prompt (VantagePersonChooser *self, const char *prompt);

G_END_DECLS
