/* vantage-report-export.c: a report as a file. */

#include "config.h"

#include "vantage-report-export.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-file-chooser.h"
#include "vantage-report-draft.h"

#define MAX_NAME_BYTES 120

typedef struct
{
  VantageReviewContext *context;
  VantageReportAudience audience;
  VantageReportNames names;
  VantageExportFormat format;
  char *text; /* being written */
  gboolean name_in_text;
} Export;

static void
export_free (Export *self)
{
  g_object_unref (self->context);
  g_free (self->text);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

/* The title, without what no file name can have. */
static char *
dup_file_name (VantageReviewContext *context, VantageExportFormat format)
{
  g_autofree char *name = g_strdup (vantage_review_context_get_title (context));
  gsize length;

  g_strstrip (g_strdelimit (name, "/\\:*?\"<>|\n\t", '-'));
  if (name[0] == '.')
    name[0] = '-';
  length = strlen (name);
  if (length > MAX_NAME_BYTES)
    *g_utf8_find_prev_char (name, name + MAX_NAME_BYTES) = '\0';
  return g_strconcat (name, format == VANTAGE_EXPORT_HTML ? ".html" : ".md", NULL);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Export) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (G_FILE (source));
  g_autofree char *shown = g_filename_display_name (name);
  g_autofree char *told = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    {
      vantage_review_context_tell_error (self->context, _ ("The report could not be written"),
                                         error);
      return;
    }
  if (self->name_in_text)
    /* translators: %s: name of a file */
    told = g_strdup_printf (
        _ ("Wrote %s. Names are hidden, but a name stands in the text: see Preview."), shown);
  else
    /* translators: %s: name of a file */
    told = g_strdup_printf (_ ("Wrote %s"), shown);
  vantage_review_context_tell (self->context, told);
}

static gboolean
has_name_in_text (VantageReport *report)
{
  GPtrArray *warnings = vantage_report_get_warnings (report);

  for (guint i = 0; i < warnings->len; i++)
    if (((const VantageReportWarning *) warnings->pdata[i])->sort ==
        VANTAGE_REPORT_WARN_NAME_IN_TEXT)
      return TRUE;
  return FALSE;
}

static void
chosen_cb (GListModel *files, gpointer data)
{
  g_autoptr (Export) self = data;
  g_autoptr (VantageReport) report = NULL;
  g_autoptr (GFile) file = NULL;
  const char *text;

  if (files == NULL || g_list_model_get_n_items (files) == 0)
    return;
  vantage_review_context_flush (self->context);
  report = vantage_report_draft_build (self->context, self->audience, self->names);
  if (report == NULL)
    return;
  file = g_list_model_get_item (files, 0);
  self->name_in_text = has_name_in_text (report);
  self->text = self->format == VANTAGE_EXPORT_HTML ? vantage_report_to_html (report)
                                                   : vantage_report_to_markdown (report);
  text = self->text;
  g_file_replace_contents_async (file, text, strlen (text), NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                 written_cb, g_steal_pointer (&self));
}

void
vantage_report_export (GtkWindow *parent, VantageReviewContext *context,
                       VantageReportAudience audience, VantageReportNames names,
                       VantageExportFormat format)
{
  Export *self = g_new0 (Export, 1);
  g_autofree char *name = dup_file_name (context, format);
  const VantageFileRequest request = {
    .sort = VANTAGE_CHOOSE_SAVE,
    .title = _ ("Export Report"),
    .accept = _ ("_Export"),
    .name = name,
    .filter_name = format == VANTAGE_EXPORT_HTML ? _ ("Web page (HTML)") : _ ("Markdown"),
    .patterns = format == VANTAGE_EXPORT_HTML ? "*.html *.htm" : "*.md *.markdown",
  };

  self->context = g_object_ref (context);
  self->audience = audience;
  self->names = names;
  self->format = format;
  vantage_choose_files (parent, &request, chosen_cb, self);
}
