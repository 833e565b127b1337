/* vantage-evidence-intern.h: small numbers for the long names of an import. Only for the evidence
 * writer. */

#pragma once

#include "vantage-evidence-writer.h"

G_BEGIN_DECLS

/* A maker's installation: account keys are unique within it. */
typedef struct
{
  char *family, *system;
  GHashTable *accounts; /* key → VantageInternedAccount */
} VantageInternedSystem;

typedef struct
{
  gint64 id;
  gboolean wrote; /* an item of this import */
} VantageInternedAccount;

typedef struct
{
  gint64 id;
  VantageInternedSystem *system; /* lent */
  gboolean used;
} VantageInternedChannel;

struct _VantageEvidenceWriter
{
  VantageEvidenceStore *store; /* lent */
  VantageDb *db;               /* lent */
  char *review_uid;
  gint64 review, source;

  GHashTable *systems;                  /* "family\nsystem" → VantageInternedSystem */
  GHashTable *channels;                 /* uid → VantageInternedChannel */
  GHashTable *places;                   /* path → id */
  GHashTable *tallies;                  /* TallyKey → Tally */
  guint64 *threads;                     /* set of hashes of (channel, thread); 0: a free place */
  gsize n_thread_slots;                 /* a power of two */
  GArray *dirty;                        /* gint64: contents changed after their block was hashed */
  VantageInternedChannel *last_channel; /* of the record before, which has it at that place */
  guint32 last_channel_place;
  const char *last_path_key;
  gint64 last_place;

  GByteArray *detail, *origin; /* scratch */
  VantageStmt insert;          /* of the batch in hand */
  VantageHash *hash;           /* of the block being filled */
  gint64 next_content;
  VantageEvidenceCounts counts;
};

/* 0 or NULL with @error. On the evidence thread, within a transaction. */
gint64 vantage_evidence_intern_review (VantageDb *db, const char *uid, GError **error);
/* @facts: (nullable): NULL when only an item names the key. */
VantageInternedAccount *
vantage_evidence_intern_account (VantageEvidenceWriter *self, VantageInternedSystem *system,
                                 const char *key, const VantageIdentity *facts, GError **error);
gboolean vantage_evidence_add_channel (VantageEvidenceWriter *self, const VantageChannel *facts,
                                       GError **error);
gboolean vantage_evidence_add_identity (VantageEvidenceWriter *self, const VantageIdentity *facts,
                                        GError **error);
/* 0: no path; -1 with @error. */
gint64 vantage_evidence_intern_place (VantageEvidenceWriter *self, const char *path,
                                      GError **error);
void vantage_interned_system_free (gpointer data);

/* Counting, in vantage-evidence-tally.c. */
GHashTable *vantage_evidence_new_tallies (void);
/* A row that is new in the evidence. */
void vantage_evidence_count_row (VantageEvidenceWriter *self, const VantageEvidenceRow *row);
/* An item that this import shows for the first time, new or not. */
void vantage_evidence_count_item (VantageEvidenceWriter *self, const VantageEvidenceRow *row,
                                  VantageInternedChannel *channel, VantageInternedAccount *account);
gboolean vantage_evidence_write_tallies (VantageEvidenceWriter *self, GError **error);

G_END_DECLS
