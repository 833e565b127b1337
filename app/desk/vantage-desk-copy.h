/* vantage-desk-copy.h: events carried from one place to another, within a review and between
 * reviews, as text that a clipboard can hold. */

#pragma once

#include "vantage-edit.h"
#include "vantage-evidence.h"

G_BEGIN_DECLS

#define VANTAGE_EVENTS_TYPE "application/x-vantage-events+json" /* of such text on a clipboard */

/* The events of @ids (NULL-terminated) and the links between them, whole; what is no event of the
 * review is passed over. (transfer full) */
char *vantage_desk_copy_events (VantageLibrary *library, const char *review,
                                const char *const *ids);

typedef struct
{
  GPtrArray *events;   /* (element-type utf8): ids of the new ones; nothing was written yet */
  guint n_people_lost; /* who is nobody of this review */
  guint n_items_lost;  /* evidence that is not in it */
} VantagePasted;

void vantage_pasted_free (VantagePasted *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantagePasted, vantage_pasted_free)

/**
 * vantage_desk_paste_events:
 * @text: from anywhere: checked
 * @edit: of @review: takes the new events and links; not committed
 *
 * In another review people are found again by their names, evidence by its id; a time that was
 * taken from evidence that is not here stays as the time it was; what was record and lost all its
 * evidence is a claim of unknown kind.
 *
 * Returns: (transfer full) (nullable): NULL: it is no such text
 */
VantagePasted *vantage_desk_paste_events (VantageLibrary *library, const char *review,
                                          const char *text, VantageEdit *edit);

G_END_DECLS
