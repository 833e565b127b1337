/* vantage-evidence-sink.h: where a reader puts what it reads. Implemented by the store (to keep
 * it), by the preview (to count it) and by tests. */

#pragma once

#include <glib-object.h>
#include "vantage-identity.h"
#include "vantage-item.h"

G_BEGIN_DECLS

/* One record that was not kept, or one thing to say about a file. */
typedef struct
{
  char *code;       /* stable: "bad-time", "cut-off", "more-pages" … `words/` has the sentence */
  char *text;       /* English detail for the log and as a fallback */
  char *path;       /* file inside the source; "" for the source itself */
  gint64 line;      /* 0: not known */
  gint64 offset;    /* -1: not known */
  gboolean skipped; /* TRUE: a record was left out; FALSE: a note, nothing is missing that was in
                       the file */
} VantageDiagnostic;

VantageDiagnostic *vantage_diagnostic_new (const char *code, const char *text, const char *path,
                                           gint64 line, gint64 offset, gboolean skipped);
void vantage_diagnostic_free (VantageDiagnostic *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageDiagnostic, vantage_diagnostic_free)

#define VANTAGE_TYPE_EVIDENCE_SINK (vantage_evidence_sink_get_type ())
G_DECLARE_INTERFACE (VantageEvidenceSink, vantage_evidence_sink, VANTAGE, EVIDENCE_SINK, GObject)

/* Calls come from one thread, the reader's; an implementation may queue. Each returns FALSE with
 * @error when reading must stop (disk full, cancelled). Arguments are lent but for the item, which
 * the sink may keep by taking a reference; the reader does not change it afterwards. */
struct _VantageEvidenceSinkInterface
{
  GTypeInterface parent;

  /* Before the first item of it. May come again with better facts. */
  gboolean (*add_channel) (VantageEvidenceSink *self, const VantageChannel *channel,
                           GError **error);
  gboolean (*add_identity) (VantageEvidenceSink *self, const VantageIdentity *identity,
                            GError **error);
  gboolean (*add_item) (VantageEvidenceSink *self, VantageItem *item, GError **error);
  gboolean (*add_diagnostic) (VantageEvidenceSink *self, const VantageDiagnostic *diagnostic,
                              GError **error);
};

gboolean vantage_evidence_sink_add_channel (VantageEvidenceSink *self,
                                            const VantageChannel *channel, GError **error);
gboolean vantage_evidence_sink_add_identity (VantageEvidenceSink *self,
                                             const VantageIdentity *identity, GError **error);
gboolean vantage_evidence_sink_add_item (VantageEvidenceSink *self, VantageItem *item,
                                         GError **error);
gboolean vantage_evidence_sink_add_diagnostic (VantageEvidenceSink *self,
                                               const VantageDiagnostic *diagnostic, GError **error);

/* What is known of a finished source: becomes the `source` entity. Owned strings. */
typedef struct
{
  char *title;  /* file name */
  char *path;   /* as given, for the log only */
  char *format; /* reader's name */
  char *family;
  char *system;
  char *sha256; /* of the file as given; of a folder: over its entries' names and hashes */
  char *zone;   /* chosen zone; NULL when every time had one */
  VantageZoneOrigin zone_origin;
  gint64 zero_us; /* start of a recording or the day of a log; VANTAGE_TIME_NONE */
  char *mapping;  /* JSON of a column mapping (nullable) */
  char *header;   /* what tells tables with these columns from others (nullable) */
  gboolean complete;
  char *missing; /* prose: what the file says it lacks (nullable) */
} VantageSourceFacts;

VantageSourceFacts *vantage_source_facts_new (void);
void vantage_source_facts_free (VantageSourceFacts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageSourceFacts, vantage_source_facts_free)

G_END_DECLS
