/* vantage-scene.h: what a picture of the timeline shows, as plain values: lanes, events with their
 * words, links, impact. Not for other folders. */

#pragma once

#include "vantage-canvas-data.h"
#include "vantage-timeline-picture.h"

G_BEGIN_DECLS

typedef struct
{
  char *id, *title;
  char *detail;      /* time and authority */
  char *spoken;      /* who, what kind, what it rests on */
  const char *claim; /* of the vocabulary; lent */
  gboolean contradicted;
  VantageCanvasEvent shape; /* width: set by whoever draws */
  GArray *lanes;            /* (element-type guint32) */
} VantageSceneEvent;

typedef struct
{
  char *person;    /* NULL: systems, nobody */
  const char *key; /* person, or the name of the lane as options have it */
  char *name, *detail;
  int colour;        /* −1: none */
  VantageZone *zone; /* (nullable) */
  guint n_events;
} VantageSceneLane;

typedef struct
{
  guint32 from, to; /* events */
  char *kind, *label;
  const char *word; /* for its kind; lent */
} VantageSceneLink;

typedef struct
{
  char *name;
  GArray *times_us, *values;
  double greatest;
} VantageSceneImpact;

typedef struct
{
  char *title;
  VantageZone *zone;
  GPtrArray *events; /* by time; those without last */
  GPtrArray *lanes;
  GArray *links;
  GPtrArray *impacts;
} VantageScene;

VantageScene *vantage_scene_new (const VantageReportInput *input,
                                 const VantageReportOptions *report,
                                 const VantagePictureOptions *options);
void vantage_scene_free (VantageScene *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageScene, vantage_scene_free)

/* ---- words ---- */

/* "02:16", "≈ 02:22", "02:10 – 02:25", "after 02:41", "no time yet"; with its day when that is not
 * the day of @main_us. (transfer full) */
char *vantage_scene_dup_time (VantageZone *zone, gint64 main_us, const VantageCanvasEvent *shape);
/* "2 h 10 min". (transfer full) */
char *vantage_scene_dup_length (gint64 us);
/* "Friday, 14 March 2025". (transfer full) */
char *vantage_scene_dup_day (VantageZone *zone, gint64 us);
/* "Berlin (UTC+01:00)". (transfer full) */
char *vantage_scene_dup_zone (VantageZone *zone, gint64 us);

G_END_DECLS
