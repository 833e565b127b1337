/* vantage-desk-event.h: evidence put on the timeline: what an item becomes as an event. */

#pragma once

#include "vantage-edit.h"
#include "vantage-evidence.h"

G_BEGIN_DECLS

/**
 * vantage_desk_add_event:
 * @item: as the store gave it
 * @person: (nullable): whose lane it is put on; NULL: who wrote or did it
 *
 * One event: its title from the item's words, its time that of the item, whatever zone is chosen
 * later, the item as its evidence, claim record. Part of @edit, not yet committed.
 *
 * Returns: id of the event; lent until the edit is freed
 */
const char *vantage_desk_add_event (VantageEdit *edit, const VantageItem *item, const char *person);

/* The event kind that fits an item: a message was said, an alert is an alert, a change was done.
 * Lent. */
const char *vantage_desk_event_kind (const VantageItem *item);
/* Its first line, at most 80 characters; what happened where there are no words. (transfer full) */
char *vantage_desk_event_title (const VantageItem *item);

G_END_DECLS
