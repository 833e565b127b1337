/* collect.h: a sink that keeps everything, for the tests of readers. */

#pragma once

#include "vantage-evidence-sink.h"
#include "vantage-import.h"

typedef struct
{
  GPtrArray *items;       /* VantageItem, in the order of reading */
  GPtrArray *channels;    /* VantageChannel; a repeated one replaces */
  GPtrArray *identities;  /* VantageIdentity; a repeated one improves */
  GPtrArray *diagnostics; /* VantageDiagnostic */
  VantageSourceFacts *facts;
} Collected;

void collected_free (Collected *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Collected, collected_free)

/* Reads @path; NULL with @error. */
Collected *collect (const char *path, const VantageImportOptions *options, GError **error);
/* The same; an error fails the test. */
Collected *collect_ok (const char *path, const VantageImportOptions *options);

/* Ids of all items, sorted, one a line. (transfer full) */
char *collected_dup_ids (Collected *self);
/* The item whose local id is @local; NULL when there is none. */
VantageItem *collected_find (Collected *self, const char *local);
/* That the item @local is there with this kind, text and instant (as ISO 8601 with its offset). */
void collected_check (Collected *self, const char *local, VantageItemKind kind, const char *text,
                      const char *time);
VantageIdentity *collected_find_identity (Collected *self, const char *key);
VantageChannel *collected_find_channel (Collected *self, const char *name);
/* How many diagnostics have this code. */
guint collected_count (Collected *self, const char *code);
guint collected_count_skipped (Collected *self);

/* A folder that is gone, with all in it, after the test program. Lent. */
const char *scratch_folder (void);
/* Writes a file below the scratch folder, with the folders in its path. (transfer full): its path.
 */
char *scratch_write (const char *path, const char *content, gssize length);
