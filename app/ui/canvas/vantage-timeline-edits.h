/* vantage-timeline-edits.h: what people do to the timeline, each as one step that can be undone.
 * What could not be written was told to the person already. */

#pragma once

#include "vantage-timeline-feed.h"

G_BEGIN_DECLS

/**
 * vantage_timeline_add_event:
 * @title: what happened
 * @lane: index of the lane it is for; VANTAGE_CANVAS_NO_LANE: nobody's
 * @us: when; VANTAGE_TIME_NONE: it waits on the shelf
 *
 * Returns: (transfer full) (nullable): id of the event
 */
char *vantage_timeline_add_event (VantageTimelineFeed *feed, const char *title, guint32 lane,
                                  gint64 us);
gboolean vantage_timeline_rename (VantageTimelineFeed *feed, const char *event, const char *title);

/**
 * vantage_timeline_add_items:
 * @person: (nullable): whose events they are; NULL: of those who wrote the items
 *
 * One event for each item: it takes its words, and its time for as long as the item has one.
 *
 * Returns: (transfer full) (nullable): ids of the events, NULL-terminated
 */
char **vantage_timeline_add_items (VantageReviewContext *context, const char *const *items,
                                   const char *person);
/* Rests an event on further items. */
gboolean vantage_timeline_cite (VantageReviewContext *context, const char *event,
                                const char *const *items);

/**
 * vantage_timeline_move:
 * @events: NULL-terminated ids
 * @delta_us: how much later
 * @from, @to: lanes: the events of @from go to @to; equal: they stay
 *
 * One with an exact time takes another; one known only within a window stays inside it, and is only
 * put at another place there; one from the shelf is given @at_us.
 *
 * Returns: how many could not go all the way, because of what is known of their time
 */
guint vantage_timeline_move (VantageTimelineFeed *feed, const char *const *events, gint64 delta_us,
                             gint64 at_us, guint32 from, guint32 to);
/* Another end, or another begin, for one that lasts; it becomes its own exact time. */
gboolean vantage_timeline_resize (VantageTimelineFeed *feed, const char *event, gboolean end,
                                  gint64 us);
/* Where moving by @delta_us would put it. FALSE: it has no time. */
gboolean vantage_timeline_find_move (VantageTimelineEvent *event, gint64 delta_us, gint64 *out_us);

/* Also the links between them; the toast offers Undo. */
gboolean vantage_timeline_delete (VantageTimelineFeed *feed, const char *const *events);
/* (transfer full) (nullable): ids of the copies. */
char **vantage_timeline_duplicate (VantageTimelineFeed *feed, const char *const *events);
gboolean vantage_timeline_link (VantageTimelineFeed *feed, const char *from, const char *to,
                                const char *kind);

/**
 * vantage_timeline_say_when:
 * @other: (nullable): the event that is meant where the text names none
 * @out_problem: (out) (transfer full) (nullable): a sentence why it was not taken
 *
 * A time of its own replaces the one it has; what is said against another event, or of how long it
 * lasted, becomes a statement beside it.
 */
gboolean vantage_timeline_say_when (VantageTimelineFeed *feed, const char *event, const char *text,
                                    const char *other, char **out_problem);

/* The event whose title fits @words best, near @event in time; NULL: none. Lent. */
const char *vantage_timeline_find_words (VantageTimelineFeed *feed, const char *words,
                                         const char *event);

G_END_DECLS
