/* vantage-participation.h: who took part, who watched, who came when and how, when it was quiet.
 * Codes and numbers; the words are elsewhere. */

#pragma once

#include "vantage-acts.h"
#include "vantage-time.h"

G_BEGIN_DECLS

typedef enum
{
  VANTAGE_PART_PARTICIPANT, /* said or did something */
  VANTAGE_PART_OBSERVER,    /* was there, reacted perhaps, and said nothing */
  VANTAGE_PART_ABSENT,      /* neither, but named or responsible */
} VantagePart;

/* "participant", "observer", "absent". */
const char *vantage_part_to_text (VantagePart part);
gboolean vantage_part_from_text (const char *text, VantagePart *out);

typedef enum
{
  VANTAGE_JOINED_JOINED,    /* came in */
  VANTAGE_JOINED_ADDED,     /* was brought in by somebody */
  VANTAGE_JOINED_MENTIONED, /* was named within an hour before the first act there */
  VANTAGE_JOINED_PAGED,
  VANTAGE_JOINED_CALLED,
  VANTAGE_JOINED_UNKNOWN,
} VantageJoinedHow;

const char *vantage_joined_how_to_text (VantageJoinedHow how);

/* How somebody came to a channel. */
typedef struct
{
  gint64 time_us;
  VantageJoinedHow how;
  guint32 channel;
  guint32 by;   /* person; VANTAGE_NOBODY */
  guint32 item; /* what shows it */
} VantageJoined;

/* From joining to leaving; where joins are not recorded, from the first act there until an hour
 * after the last. Listed members of a channel without joins: throughout. */
typedef struct
{
  gint64 begin_us; /* VANTAGE_TIME_MIN: throughout */
  gint64 end_us;   /* first instant after; VANTAGE_TIME_MAX: stayed */
  guint32 channel;
  gboolean recorded; /* from joins and leaves, or the list of members: not estimated from acts */
  guint32 item;      /* what it begins with; VANTAGE_NOBODY */
} VantagePresence;

typedef struct
{
  guint32 person;
  VantagePart part;
  guint n_items; /* written or done */
  guint n_reactions;
  gint64 first_us; /* of these, reactions with a time too; VANTAGE_TIME_NONE: none */
  gint64 last_us;
  GArray *joined;   /* (element-type VantageJoined), by time */
  GArray *presence; /* (element-type VantagePresence), by channel, then time; they do not meet */
  double share;     /* of all items by persons */
  double night;   /* of the person's items: between 22:00 and 06:00 of the person's clock; 0 to 1 */
  double weekend; /* … on Saturday or Sunday there */
  gint64 longest_us; /* longest stretch with no pause over 45 minutes between two acts */
  gint64 longest_begin_us;
} VantageParticipant;

typedef struct
{
  gint64 begin_us;
  guint32 channel;
  guint count;
} VantageVolume;

typedef struct _VantageParticipation VantageParticipation;

/* The zone a person lives in; NULL: take UTC. (transfer none) */
typedef VantageZone *(*VantagePersonZoneFunc) (guint32 person, gpointer user_data);

VantageParticipation *vantage_participation_new (VantageActs *acts, VantagePersonZoneFunc zone,
                                                 gpointer user_data);
void vantage_participation_free (VantageParticipation *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageParticipation, vantage_participation_free)

/* One for each person of the acts, by index. */
const VantageParticipant *vantage_participation_get (VantageParticipation *self, guint32 person);
/* Whether there is a moment in [begin, end] at which the person was where @channel is.
 * @out_presence (optional): the one found. */
gboolean vantage_participation_was_present (VantageParticipation *self, guint32 person,
                                            guint32 channel, gint64 begin_us, gint64 end_us,
                                            const VantagePresence **out_presence);

/* Items by channel and bin, only bins with any; bins of a day begin at midnight of @zone (NULL:
 * UTC), hours and minutes at round ones. By begin, then channel. (transfer full) (element-type
 * VantageVolume) */
GArray *vantage_participation_list_volume (VantageActs *acts, gint64 bin_us, VantageZone *zone);

/* Gaps over @min_us (and over eight times the median of the gaps around) in which nobody wrote.
 * (transfer full) (element-type VantageQuiet) */
typedef struct
{
  gint64 begin_us; /* last item before */
  gint64 end_us;   /* first one after */
} VantageQuiet;
GArray *vantage_participation_list_quiet (VantageActs *acts, gint64 min_us);

G_END_DECLS
