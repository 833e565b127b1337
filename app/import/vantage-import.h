/* vantage-import.h: recognising a file, folder or archive and reading it as a stream into a sink.
 */

#pragma once

#include <gio/gio.h>
#include "vantage-evidence-sink.h"

G_BEGIN_DECLS

typedef enum
{
  VANTAGE_IMPORT_ERROR_NOT_FOUND, /* no such file */
  VANTAGE_IMPORT_ERROR_UNREADABLE,
  VANTAGE_IMPORT_ERROR_UNKNOWN,   /* no format fits; the message says what it looks like and what
                                     would work */
  VANTAGE_IMPORT_ERROR_NEAR_MISS, /* nearly a known format: says which, and what to export instead
                                   */
  VANTAGE_IMPORT_ERROR_DAMAGED,
  VANTAGE_IMPORT_ERROR_UNSAFE,     /* archive with names that lead outside, a bomb, encrypted */
  VANTAGE_IMPORT_ERROR_NEEDS_ZONE, /* times without zone: choose one */
  VANTAGE_IMPORT_ERROR_NEEDS_START,
  VANTAGE_IMPORT_ERROR_NEEDS_MAPPING,
  VANTAGE_IMPORT_ERROR_NEEDS_ORDER, /* dates of three numbers: day or month first */
  VANTAGE_IMPORT_ERROR_EMPTY,       /* nothing in it to import */
  VANTAGE_IMPORT_ERROR_CANCELLED,
  VANTAGE_IMPORT_ERROR_DIRECT_ONLY, /* nothing but direct messages, which were not asked for */
} VantageImportError;

#define VANTAGE_IMPORT_ERROR (vantage_import_error_quark ())
GQuark vantage_import_error_quark (void);

/* What a person chose. All nullable / open; strings owned by the caller for the time of the call.
 */
typedef struct
{
  const char *format;          /* reader's name; NULL: recognise */
  const char *const *channels; /* names or ids to keep; NULL: all */
  gint64 since_us, until_us;   /* [since, until); VANTAGE_TIME_NONE: open */
  const char *zone;
  gint64 zero_us;         /* start of a recording, or the day of a log; VANTAGE_TIME_NONE */
  gboolean direct;        /* direct messages too */
  const char *mapping;    /* "time=Column,author=…", or its JSON; NULL: guess */
  const char *remembered; /* JSON: of each header of a table (facts->header) the mapping chosen
                             before; used where `mapping` says nothing. NULL: none */
  gboolean as_file;       /* keep an unknown file as one item of kind `file` */
} VantageImportOptions;

#define VANTAGE_IMPORT_OPTIONS_INIT                                                                \
  {                                                                                                \
    .since_us = VANTAGE_TIME_NONE, .until_us = VANTAGE_TIME_NONE, .zero_us = VANTAGE_TIME_NONE     \
  }

typedef struct
{
  const char *name;       /* "slack" */
  const char *title;      /* "Slack export" */
  const char *extensions; /* "zip json" */
} VantageFormat;

/* All formats that are read; ends with a NULL name. */
const VantageFormat *vantage_formats (void);

/* On the reader's thread; @total 0 when it cannot be told. */
typedef void (*VantageImportProgress) (guint64 done_bytes, guint64 total_bytes, guint64 n_items,
                                       gpointer user_data);

/**
 * vantage_import_read:
 * @path: file, folder, zip, or "-" for standard input
 * @sink: gets channels, identities, items in the order of the file, diagnostics
 * @out_facts: (out) (transfer full): what the source is
 *
 * Reads as a stream with bounded memory. One bad record is a diagnostic, never the end. Blocking;
 * runs on any thread; returns within 200 ms of cancelling.
 */
gboolean vantage_import_read (const char *path, const VantageImportOptions *options,
                              VantageEvidenceSink *sink, VantageImportProgress progress,
                              gpointer progress_data, GCancellable *cancellable,
                              VantageSourceFacts **out_facts, GError **error);

/* A look without keeping: counts, people, channels, range, first rows, what was skipped. */
typedef struct
{
  VantageSourceFacts *facts;
  guint64 n_items;
  guint64 kinds[VANTAGE_N_ITEM_KINDS];
  guint n_people, n_threads;
  GPtrArray *channels;    /* (element-type VantagePreviewChannel) */
  GPtrArray *identities;  /* (element-type VantageIdentity) */
  GPtrArray *first_items; /* (element-type VantageItem): at most 50 */
  GPtrArray *diagnostics; /* (element-type VantageDiagnostic): at most 1,000 */
  guint64 n_skipped;
  gint64 first_us, last_us;
  gboolean needs_zone, needs_start, needs_mapping;
  char **columns; /* of a table, in order; NULL otherwise */
  char *mapping;  /* the guess, as JSON; NULL */
} VantagePreview;

typedef struct
{
  VantageChannel *channel;
  guint64 n_items;
  gint64 first_us, last_us;
} VantagePreviewChannel;

void vantage_preview_free (VantagePreview *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantagePreview, vantage_preview_free)

/* Reads all of @path for it. Blocking; any thread. A missing zone is no error here. (transfer full)
 */
VantagePreview *vantage_import_preview (const char *path, const VantageImportOptions *options,
                                        VantageImportProgress progress, gpointer progress_data,
                                        GCancellable *cancellable, GError **error);

G_END_DECLS
