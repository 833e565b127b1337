/* vantage-desk-sample.c: the sample incident, built the way a person would: by importing files, and
 * by ops that somebody wrote. */

#include "config.h"

#include "vantage-desk.h"
#include "vantage-edit.h"
#include "vantage-id.h"
#include "vantage-stream.h"

#include <string.h>

/* Read in this order; times in the tables of lines are UTC. */
static const char *const exports[] = {
  "slack-export.zip",
  "tickets.json",
  "alerts.jsonl",
  "bridge-call.jsonl",
};

/* Ops of one stream, one a line; the stream's name is told by the kind of entity. */
typedef struct
{
  GPtrArray *team, *core, *org;
} Streams;

static GPtrArray *
choose_stream (const Streams *streams, const VantageOp *op)
{
  const VantageKind *kind = vantage_kind_find (op->kind);

  if (kind == NULL || kind->stream == VANTAGE_STREAM_TEAM)
    return streams->team;
  return kind->stream == VANTAGE_STREAM_CORE ? streams->core : streams->org;
}

static gboolean
read_ops (const char *path, const Streams *streams, GError **error)
{
  g_autofree char *text = NULL;
  gsize length;
  char *line;

  if (!g_file_get_contents (path, &text, &length, error))
    return FALSE;
  line = text;
  while (*line != '\0')
    {
      char *end = line + strcspn (line, "\n");
      VantageOp *op = end > line ? vantage_op_parse (line, (gsize) (end - line), error) : NULL;

      if (end > line && op == NULL)
        return FALSE;
      if (op != NULL)
        g_ptr_array_add (choose_stream (streams, op), op);
      line = *end != '\0' ? end + 1 : end;
    }
  return TRUE;
}

static gboolean
apply_ops (VantageLibrary *library, const char *path, GError **error)
{
  g_autoptr (GPtrArray) team = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_op_unref);
  g_autoptr (GPtrArray) core = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_op_unref);
  g_autoptr (GPtrArray) org = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_op_unref);
  g_autofree char *core_stream = vantage_core_stream_id (VANTAGE_SAMPLE_REVIEW);
  const Streams streams = { team, core, org };

  return read_ops (path, &streams, error) &&
         vantage_library_apply (library, VANTAGE_SAMPLE_REVIEW, team, error) &&
         vantage_library_add_stream (library, core_stream, VANTAGE_SAMPLE_REVIEW,
                                     VANTAGE_STREAM_CORE, error) &&
         vantage_library_apply (library, core_stream, core, error);
}

static gboolean
import_exports (VantageLibrary *library, const char *folder, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (exports); i++)
    {
      VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
      g_autofree char *path = g_build_filename (folder, exports[i], NULL);
      g_autoptr (VantageImportResult) result = NULL;

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        continue;
      result = vantage_desk_import (library, VANTAGE_SAMPLE_REVIEW, path, &options, "Import", NULL,
                                    NULL, NULL, NULL, error);
      if (result == NULL)
        {
          g_prefix_error (error, "%s: ", exports[i]);
          return FALSE;
        }
    }
  return TRUE;
}

gboolean
vantage_desk_open_sample (VantageLibrary *library, GError **error)
{
  g_autofree char *folder = vantage_desk_find_data ("sample");
  g_autofree char *ops = g_build_filename (folder, "ops.jsonl", NULL);
  g_autoptr (VantageEntity) review = NULL;
  g_autoptr (GError) failed = NULL;

  review = vantage_library_get (library, VANTAGE_SAMPLE_REVIEW, "review", VANTAGE_SAMPLE_REVIEW,
                                &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (review != NULL && !vantage_entity_is_deleted (review))
    return TRUE;
  if (review != NULL)
    {
      g_autoptr (VantageEdit) edit =
          vantage_library_begin (library, VANTAGE_SAMPLE_REVIEW, "Open Sample");

      vantage_edit_undelete (edit, "review", VANTAGE_SAMPLE_REVIEW);
      return vantage_edit_commit (edit, error);
    }
  return apply_ops (library, ops, error) && import_exports (library, folder, error);
}
