/* test-report.c: the report of a review: its shape, its text, how it looks and what is exported. */

#include <glib/gstdio.h>

#include "vantage-file-chooser.h"
#include "vantage-prose-editor.h"
#include "vantage-report-draft.h"
#include "vantage-report-outline.h"
#include "vantage-report-page.h"
#include "vantage-report-preview.h"
#include "vantage-ui-support.h"

typedef struct
{
  VantageLibrary *library;
  char *review;
  VantageWindow *window;
} Fixture;

static void
set_up (Fixture *f, gconstpointer sample)
{
  f->library = sample != NULL ? ui_sample_library_new () : ui_library_new ();
  f->review = sample != NULL ? g_strdup (VANTAGE_SAMPLE_REVIEW)
                             : ui_review_new (f->library, "Checkout: held / payments");
  f->window = ui_window_new (f->library, 1080, 860);
  vantage_window_open_review (f->window, f->review);
  vantage_review_context_go (vantage_window_get_context (f->window), "report", NULL);
  ui_settle ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  ui_window_close (f->window);
  g_assert_finalize_object (f->library);
  g_free (f->review);
}

static VantageReviewContext *
get_context (Fixture *f)
{
  return vantage_window_get_context (f->window);
}

static GtkWidget *
find (Fixture *f, GType type)
{
  GtkWidget *found = ui_find (GTK_WIDGET (f->window), type, NULL);

  g_assert_nonnull (found);
  return found;
}

static void
run (Fixture *f, const char *action)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  g_assert_true (g_action_parse_detailed_name (action, &name, &target, NULL));
  g_assert_true (
      gtk_widget_activate_action_variant (find (f, VANTAGE_TYPE_REPORT_PAGE), name, target));
  ui_settle ();
}

static char *
dup_text (Fixture *f)
{
  g_autofree char *draft = vantage_report_draft_find (get_context (f), VANTAGE_REPORT_TEAM);

  g_assert_nonnull (draft);
  return vantage_library_dup_prose (f->library, f->review, draft, VANTAGE_REPORT_SLOT, NULL);
}

static void
test_it_begins_from_the_findings (Fixture *f, gconstpointer data)
{
  g_autoptr (VantageEdit) edit = vantage_review_context_begin (get_context (f), "Add");
  g_autofree char *id = g_strdup (vantage_edit_create (edit, "finding"));
  g_autofree char *text = NULL;
  g_autofree char *reference = g_strdup_printf ("- [[finding:%s]]", id);

  vantage_edit_set_text (edit, "finding", id, "title", "Two maps of the cache");
  g_assert_true (vantage_review_context_commit (get_context (f), edit));
  ui_settle ();
  g_assert_nonnull (ui_find (GTK_WIDGET (f->window), ADW_TYPE_STATUS_PAGE, NULL));
  ui_shot (GTK_WIDGET (f->window), "report-empty");
  run (f, "page.report-begin");
  text = dup_text (f);
  g_assert_nonnull (strstr (text, reference));
  g_assert_true (g_str_has_prefix (text, "# "));
  g_assert_nonnull (find (f, VANTAGE_TYPE_REPORT_OUTLINE));
  vantage_review_context_undo (get_context (f));
  ui_settle ();
  g_assert_null (vantage_report_draft_find (get_context (f), VANTAGE_REPORT_TEAM));
}

static VantageReportOutline *
write_letters (Fixture *f)
{
  VantageReportOutline *outline;

  run (f, "page.report-begin");
  {
    g_autofree char *draft = vantage_report_draft_find (get_context (f), VANTAGE_REPORT_TEAM);
    g_autoptr (VantageEdit) edit = vantage_review_context_begin (get_context (f), "Write");

    vantage_edit_set_prose (edit, "report", draft, VANTAGE_REPORT_SLOT,
                            "# A\n\na\n\nb\n\n# B\n\nc\n\n# C");
    g_assert_true (vantage_review_context_commit (get_context (f), edit));
  }
  ui_settle ();
  outline = VANTAGE_REPORT_OUTLINE (find (f, VANTAGE_TYPE_REPORT_OUTLINE));
  return outline;
}

static void
assert_text (Fixture *f, const char *expected)
{
  g_autofree char *text = dup_text (f);

  g_strdelimit (text, "\n# ", '\n');
  {
    g_auto (GStrv) parts = g_strsplit (text, "\n", -1);
    g_autofree char *letters = g_strjoinv ("", parts);

    g_assert_cmpstr (letters, ==, expected);
  }
}

static void
test_a_heading_moves_with_what_is_below (Fixture *f, gconstpointer data)
{
  VantageReportOutline *outline = write_letters (f);

  assert_text (f, "AabBcC");
  vantage_report_outline_move (outline, 0, 5);
  assert_text (f, "BcAabC");
  vantage_review_context_undo (get_context (f));
  ui_settle ();
  assert_text (f, "AabBcC");
  vantage_report_outline_move (outline, 3, 0);
  assert_text (f, "BcAabC");
  vantage_report_outline_move (outline, 3, 5);
  assert_text (f, "BcAbaC");
  vantage_report_outline_move (outline, 0, 1);
  assert_text (f, "BcAbaC");
  vantage_report_outline_insert (outline, "heading", "D");
  assert_text (f, "BcAbaCD");
  vantage_report_outline_move_selected (outline, -1);
  assert_text (f, "BcAbaDC");
  vantage_report_outline_move_selected (outline, -1);
  assert_text (f, "BcDAbaC");
  vantage_report_outline_move_selected (outline, 1);
  assert_text (f, "BcAbaDC");
  run (f, "page.report-delete");
  assert_text (f, "BcAbaC");
}

static void
test_moves_at_random_lose_nothing (Fixture *f, gconstpointer data)
{
  VantageReportOutline *outline = write_letters (f);
  g_autoptr (GRand) rand = g_rand_new_with_seed (8);

  for (guint i = 0; i < 60; i++)
    vantage_report_outline_move (outline, (guint) g_rand_int_range (rand, 0, 6),
                                 (guint) g_rand_int_range (rand, 0, 7));
  {
    g_autofree char *text = dup_text (f);

    for (const char *p = "AabBcC"; *p != '\0'; p++)
      g_assert_nonnull (strchr (text, *p));
  }
}

static void
test_what_is_written_is_what_is_shown (Fixture *f, gconstpointer data)
{
  g_autofree char *before = dup_text (f);
  g_autofree char *shown = NULL;

  run (f, "page.report-view::write");
  shown =
      vantage_prose_editor_dup_text (VANTAGE_PROSE_EDITOR (find (f, VANTAGE_TYPE_PROSE_EDITOR)));
  g_assert_cmpstr (shown, ==, before);
}

static guint
count_rows (Fixture *f)
{
  return g_list_model_get_n_items (vantage_report_preview_get_rows (
      VANTAGE_REPORT_PREVIEW (find (f, VANTAGE_TYPE_REPORT_PREVIEW))));
}

static void
test_preview_tells_what_to_look_at (Fixture *f, gconstpointer data)
{
  VantageReportPreview *preview;
  g_autoptr (VantageReport) report = NULL;

  run (f, "page.report-view::preview");
  preview = VANTAGE_REPORT_PREVIEW (find (f, VANTAGE_TYPE_REPORT_PREVIEW));
  report = vantage_report_draft_build (get_context (f), VANTAGE_REPORT_TEAM, VANTAGE_NAMES_NAME);
  g_assert_cmpuint (vantage_report_preview_get_n_warnings (preview), ==,
                    vantage_report_get_warnings (report)->len);
  g_assert_cmpuint (vantage_report_preview_get_n_warnings (preview), >, 0);
  g_assert_cmpuint (count_rows (f), >, 100);
  g_assert_true (
      gtk_widget_activate_action (GTK_WIDGET (preview), "page.report-names", "s", "role"));
  ui_settle ();
  g_assert_cmpuint (vantage_report_preview_get_n_warnings (preview), >,
                    vantage_report_get_warnings (report)->len);
}

/* ---- export ---- */

static char *target;

static void
choose_target (GtkWindow *parent, const VantageFileRequest *request, VantageFilesChosen chosen,
               gpointer user_data)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autofree char *path = g_build_filename (target, request->name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_assert_null (strpbrk (request->name, "/:"));
  g_list_store_append (files, file);
  chosen (G_LIST_MODEL (files), user_data);
}

static void
test_export_writes_what_preview_shows (Fixture *f, gconstpointer data)
{
  void (*before) (GtkWindow *, const VantageFileRequest *, VantageFilesChosen, gpointer) =
      vantage_choose_files_impl;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autofree char *expected = NULL;
  g_autoptr (VantageReport) report = NULL;

  target = g_dir_make_tmp ("vantage-report-XXXXXX", NULL);
  vantage_choose_files_impl = choose_target;
  path = g_build_filename (target, "Checkout- held - payments.md", NULL);
  run (f, "page.report-begin");
  run (f, "page.report-export-markdown");
  UI_WAIT (g_file_test (path, G_FILE_TEST_EXISTS));
  UI_WAIT (ui_find (GTK_WIDGET (f->window), GTK_TYPE_LABEL, "Wrote Checkout- held - payments.md") !=
           NULL);
  report = vantage_report_draft_build (get_context (f), VANTAGE_REPORT_TEAM, VANTAGE_NAMES_NAME);
  expected = vantage_report_to_markdown (report);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, expected);
  vantage_choose_files_impl = before;
  g_unlink (path);
  g_rmdir (target);
  g_free (target);
}

static void
test_pictures (Fixture *f, gconstpointer data)
{
  static const char *const pages[] = { "outline", "write", "preview" };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *action = g_strdup_printf ("page.report-view::%s", pages[i]);
      g_autofree char *name = g_strdup_printf ("report-%s", pages[i]);

      run (f, action);
      ui_shot (GTK_WIDGET (f->window), name);
    }
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_DARK);
  gtk_widget_activate_action (gtk_widget_get_last_child (find (f, VANTAGE_TYPE_REPORT_PREVIEW)),
                              "list.scroll-to-item", "u", 60u);
  gtk_widget_activate_action (
      ui_find (find (f, VANTAGE_TYPE_REPORT_PREVIEW), GTK_TYPE_LIST_VIEW, NULL),
      "list.scroll-to-item", "u", 190u);
  ui_shot (GTK_WIDGET (f->window), "report-preview-dark");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
  ui_window_close (f->window);

  f->window = ui_window_new (f->library, 360, 640);
  vantage_window_open_review (f->window, f->review);
  gtk_window_set_default_size (GTK_WINDOW (f->window), 360, 640);
  vantage_review_context_go (get_context (f), "report", "preview");
  ui_settle ();
  ui_shot (GTK_WIDGET (f->window), "report-360");
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (f->window)), <=, 372);
}

#define ADD(name, function, sample)                                                                \
  g_test_add ("/ui/report/" name, Fixture, sample, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
  ADD ("it-begins-from-the-findings", test_it_begins_from_the_findings, NULL);
  ADD ("a-heading-moves-with-what-is-below", test_a_heading_moves_with_what_is_below, NULL);
  ADD ("moves-at-random-lose-nothing", test_moves_at_random_lose_nothing, NULL);
  ADD ("what-is-written-is-what-is-shown", test_what_is_written_is_what_is_shown, "sample");
  ADD ("preview-tells-what-to-look-at", test_preview_tells_what_to_look_at, "sample");
  ADD ("export-writes-what-preview-shows", test_export_writes_what_preview_shows, NULL);
  ADD ("pictures", test_pictures, "sample");
  return g_test_run ();
}
