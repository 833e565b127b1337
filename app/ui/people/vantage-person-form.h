/* vantage-person-form.h: what is known of who a person is, as rows to correct: name, label, e-mail,
 * team, role, zone, sort, part. What only the record says stands in the row's title. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_PERSON_FORM (vantage_person_form_get_type ())
G_DECLARE_FINAL_TYPE (VantagePersonForm, vantage_person_form, VANTAGE, PERSON_FORM, GtkWidget)

/* (transfer floating) */
GtkWidget *vantage_person_form_new (VantageReviewContext *context);
/* @person: NULL detaches, writing first. @part: the part worked out from the record. Again for the
 * same person: shows what changed elsewhere. */
void vantage_person_form_set_person (VantagePersonForm *self, const VantagePerson *person,
                                     const char *part);

G_END_DECLS
