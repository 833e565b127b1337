/* vantage-import-job.h: one file or folder on its way in: a look, then keeping it, both off the
 * main thread. */

#pragma once

#include "vantage-desk.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_IMPORT_JOB (vantage_import_job_get_type ())
G_DECLARE_FINAL_TYPE (VantageImportJob, vantage_import_job, VANTAGE, IMPORT_JOB, GObject)

/* Signal "progress" (double fraction or -1, guint64 n_items, gint64 left_us or -1): on the main
 * thread, at most ten times a second. */
VantageImportJob *vantage_import_job_new (VantageLibrary *library, const char *path);
const char *vantage_import_job_get_path (VantageImportJob *self);

/* What a person chose; copied. Empty or NULL: open. */
void vantage_import_job_set_format (VantageImportJob *self, const char *format);
void vantage_import_job_set_zone (VantageImportJob *self, const char *zone);
void vantage_import_job_set_start (VantageImportJob *self, gint64 zero_us);
void vantage_import_job_set_range (VantageImportJob *self, gint64 since_us, gint64 until_us);
void vantage_import_job_set_mapping (VantageImportJob *self, const char *mapping);
void vantage_import_job_set_direct (VantageImportJob *self, gboolean direct);
void vantage_import_job_set_as_file (VantageImportJob *self, gboolean as_file);
/* NULL-terminated names or ids; NULL: all. */
void vantage_import_job_set_channels (VantageImportJob *self, const char *const *channels);

void vantage_import_job_look_async (VantageImportJob *self, GAsyncReadyCallback callback,
                                    gpointer user_data);
/* (transfer full) */
VantagePreview *vantage_import_job_look_finish (VantageImportJob *self, GAsyncResult *result,
                                                GError **error);
void vantage_import_job_keep_async (VantageImportJob *self, const char *review,
                                    GAsyncReadyCallback callback, gpointer user_data);
/* (transfer full) */
VantageImportResult *vantage_import_job_keep_finish (VantageImportJob *self, GAsyncResult *result,
                                                     GError **error);
/* What runs stops within a moment; nothing of it is kept. */
void vantage_import_job_cancel (VantageImportJob *self);

G_END_DECLS
