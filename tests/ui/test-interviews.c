/* test-interviews.c: the list of conversations, and holding one by keyboard. */

#include "vantage-interview-annotate.h"
#include "vantage-interview-conduct.h"
#include "vantage-interview-list.h"
#include "vantage-interview-prepare.h"
#include "vantage-interviews-page.h"
#include "vantage-note-row.h"
#include "vantage-notes-view.h"
#include "vantage-private-notes.h"
#include "vantage-guide-view.h"
#include "vantage-sample.h"
#include "vantage-ui-support.h"

#define PRACTISE "0195a2fc52408f7aab15ff077118f64a" /* planned, to practise on */
#define DANA "0195a2facba08a7de72c9e704c6eeac1"     /* held */

typedef struct
{
  VantageLibrary *library;
  VantageWindow *window;
  VantagePrivateNotes *notes;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->library = ui_library_new ();
  g_assert_true (vantage_sample_open (f->library, NULL));
  f->window = ui_window_new (f->library, 1280, 800);
  vantage_window_open_review (f->window, VANTAGE_SAMPLE_REVIEW);
  ui_settle ();
  vantage_review_view_go (vantage_window_get_review_view (f->window), "interviews", data);
  f->notes = vantage_private_notes_get (f->library);
  ui_settle ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  ui_window_close (f->window);
  g_assert_finalize_object (f->notes);
  g_assert_finalize_object (f->library);
}

static void
act (Fixture *f, const char *action)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;
  GtkWidget *view = GTK_WIDGET (vantage_window_get_review_view (f->window));

  g_assert_true (g_action_parse_detailed_name (action, &name, &target, NULL));
  g_assert_true (gtk_widget_activate_action_variant (view, name, target));
  ui_settle ();
}

static void
go_mode (Fixture *f, const char *mode)
{
  g_autofree char *action = g_strdup_printf ("page.mode::%s", mode);

  act (f, action);
}

static VantageNoteEditor *
get_editor (Fixture *f)
{
  GtkWidget *editor = ui_find (GTK_WIDGET (f->window), VANTAGE_TYPE_NOTE_EDITOR, NULL);

  g_assert_nonnull (editor);
  return VANTAGE_NOTE_EDITOR (editor);
}

static void
press (GtkWidget *widget, guint key, GdkModifierType mods)
{
  gboolean used = FALSE;

  g_signal_emit_by_name (ui_controller (widget, GTK_TYPE_EVENT_CONTROLLER_KEY), "key-pressed", key,
                         0u, mods, &used);
  g_assert_true (used);
  ui_settle ();
}

static void
type_text (Fixture *f, const char *text)
{
  gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (GTK_TEXT_VIEW (get_editor (f))), text,
                                    -1);
}

static void
write_line (Fixture *f, const char *text)
{
  type_text (f, text);
  press (GTK_WIDGET (get_editor (f)), GDK_KEY_Return, 0);
}

static GListModel *
get_lines (Fixture *f, const char *interview)
{
  g_autoptr (GError) error = NULL;
  GListModel *lines =
      vantage_vault_get_lines (vantage_private_notes_get_vault (f->notes), interview, &error);

  g_assert_no_error (error);
  return lines;
}

static VantageLine *
get_last (Fixture *f, const char *interview)
{
  g_autoptr (GListModel) lines = get_lines (f, interview);

  return g_list_model_get_item (lines, g_list_model_get_n_items (lines) - 1);
}

/* ---- the list ---- */

static void
test_list_says_who_when_and_how_much (Fixture *f, gconstpointer data)
{
  GtkWidget *list = ui_find (GTK_WIDGET (f->window), VANTAGE_TYPE_INTERVIEW_LIST, NULL);

  g_assert_nonnull (list);
  ui_shot (GTK_WIDGET (f->window), "interviews-list");
  g_assert_nonnull (ui_find (list, GTK_TYPE_LABEL, "44 lines, only on this computer"));
  g_assert_nonnull (ui_find (list, GTK_TYPE_LABEL, "29 lines, only on this computer"));
  ui_shot (GTK_WIDGET (f->window), "interviews-list");
}

/* ---- consent ---- */

static void
test_notes_wait_for_consent (Fixture *f, gconstpointer data)
{
  GtkWidget *yes;

  go_mode (f, "conduct");
  g_assert_null (ui_find (GTK_WIDGET (f->window), VANTAGE_TYPE_NOTE_EDITOR, NULL));
  yes = ui_find (GTK_WIDGET (f->window), GTK_TYPE_BUTTON, "They Said Yes to Notes");
  g_assert_nonnull (yes);
  ui_shot (GTK_WIDGET (f->window), "interviews-consent");
  gtk_widget_activate (yes);
  UI_WAIT (ui_find (GTK_WIDGET (f->window), VANTAGE_TYPE_NOTE_EDITOR, NULL) != NULL);
  UI_WAIT (gtk_window_get_focus (GTK_WINDOW (f->window)) == GTK_WIDGET (get_editor (f)));
}

/* ---- conducting ---- */

static void
begin (Fixture *f)
{
  go_mode (f, "conduct");
  act (f, "page.agree-notes");
  act (f, "page.start");
}

static void
test_a_conversation_by_keyboard (Fixture *f, gconstpointer data)
{
  g_autoptr (VantageLine) line = NULL;
  g_autoptr (GListModel) lines = NULL;

  begin (f);
  write_line (f, "phone on the kitchen table, page at 02:58");
  act (f, "page.mark::quote");
  write_line (f, "had gone to bed 01:30");
  act (f, "page.mark::time");
  act (f, "page.mark::follow-up");
  type_text (f, "who is “they”");
  act (f, "page.mark::wonder");
  press (GTK_WIDGET (get_editor (f)), GDK_KEY_Return, 0);
  act (f, "page.mark-moment");
  act (f, "page.drop-cue");
  act (f, "page.next-phase");
  act (f, "page.next-phase");
  write_line (f, "\"i should have called someone\"");

  lines = get_lines (f, PRACTISE);
  g_assert_cmpuint (g_list_model_get_n_items (lines), ==, 6);
  line = g_list_model_get_item (lines, 0);
  g_assert_cmpuint (vantage_line_get_marks (line), ==, VANTAGE_MARK_QUOTE);
  g_clear_object (&line);
  line = g_list_model_get_item (lines, 1);
  g_assert_cmpuint (vantage_line_get_marks (line), ==, VANTAGE_MARK_TIME | VANTAGE_MARK_FOLLOW_UP);
  g_clear_object (&line);
  line = g_list_model_get_item (lines, 2);
  g_assert_cmpstr (vantage_line_get_text (line), ==, "who is “they”");
  g_assert_cmpuint (vantage_line_get_marks (line), ==, VANTAGE_MARK_WONDER);
  g_clear_object (&line);
  line = g_list_model_get_item (lines, 4);
  g_assert_cmpuint (vantage_line_get_sort (line), ==, VANTAGE_LINE_QUESTION);
  g_clear_object (&line);
  line = g_list_model_get_item (lines, 5);
  g_assert_cmpstr (vantage_line_get_phase (line), ==, "recall");
  ui_shot (GTK_WIDGET (f->window), "interviews-conduct");
}

static void
test_what_was_heard_is_offered_and_taken (Fixture *f, gconstpointer data)
{
  VantageGuideView *guide;

  begin (f);
  guide = VANTAGE_GUIDE_VIEW (ui_find (GTK_WIDGET (f->window), VANTAGE_TYPE_GUIDE_VIEW, NULL));
  write_line (f, "lag went down so i waited");
  g_assert_false (vantage_guide_view_has_offer (guide));
  write_line (f, "i should have called someone");
  g_assert_true (vantage_guide_view_has_offer (guide));
  ui_shot (GTK_WIDGET (f->window), "interviews-heard");
  press (ui_find (GTK_WIDGET (f->window), VANTAGE_TYPE_INTERVIEW_CONDUCT, NULL), GDK_KEY_Tab, 0);
  g_assert_false (vantage_guide_view_has_offer (guide));
  g_assert_cmpstr (vantage_guide_view_get_question (guide), ==,
                   "Going back to that minute: what were you seeing?");
}

static void
test_undo_walks_the_notes (Fixture *f, gconstpointer data)
{
  g_autoptr (GListModel) lines = NULL;
  g_autoptr (VantageLine) line = NULL;

  begin (f);
  write_line (f, "one");
  write_line (f, "two");
  act (f, "page.mark::theory");
  lines = get_lines (f, PRACTISE);
  line = get_last (f, PRACTISE);
  g_assert_cmpuint (vantage_line_get_marks (line), ==, VANTAGE_MARK_THEORY);
  act (f, "win.undo");
  g_assert_cmpuint (vantage_line_get_marks (line), ==, VANTAGE_MARK_NONE);
  act (f, "win.undo");
  g_assert_cmpuint (g_list_model_get_n_items (lines), ==, 1);
  act (f, "win.redo");
  g_assert_cmpuint (g_list_model_get_n_items (lines), ==, 2);
}

static void
test_what_was_typed_is_recovered (Fixture *f, gconstpointer data)
{
  g_autoptr (GListModel) lines = NULL;
  g_autoptr (GPtrArray) drafts = NULL;
  VantageVault *vault = vantage_private_notes_get_vault (f->notes);
  g_autofree char *id = vantage_vault_new_line_id (vault);
  g_autoptr (VantageLine) line = NULL;

  /* as a program leaves it that was ended while somebody typed */
  g_assert_true (vantage_vault_save_draft (vault, PRACTISE, id, 1000000, "half a sen", NULL));
  vantage_review_view_go (vantage_window_get_review_view (f->window), "interviews", PRACTISE);
  go_mode (f, "conduct");
  line = get_last (f, PRACTISE);
  g_assert_cmpstr (vantage_line_get_text (line), ==, "half a sen");
  g_assert_nonnull (ui_find (GTK_WIDGET (f->window), GTK_TYPE_LABEL,
                             "Recovered: 1 line that was being typed when Vantage ended."));
}

static void
test_a_draft_is_kept_within_a_second (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) drafts = NULL;

  begin (f);
  type_text (f, "not yet a line");
  for (int i = 0; i < 200 && (drafts == NULL || drafts->len == 0); i++)
    {
      g_clear_pointer (&drafts, g_ptr_array_unref);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (5000);
      drafts =
          vantage_vault_list_drafts (vantage_private_notes_get_vault (f->notes), PRACTISE, NULL);
    }
  g_assert_cmpuint (drafts->len, ==, 1);
  g_assert_cmpstr (((VantageDraft *) drafts->pdata[0])->text, ==, "not yet a line");
}

static void
test_start_and_finish_are_noted (Fixture *f, gconstpointer data)
{
  VantageEntity *interview;

  begin (f);
  act (f, "page.finish");
  interview = vantage_library_get (f->library, VANTAGE_SAMPLE_REVIEW, "interview", PRACTISE, NULL);
  g_assert_cmpstr (vantage_entity_get_text (interview, "state"), ==, "held");
  g_assert_cmpint (vantage_entity_get_time (interview, "held"), !=, VANTAGE_TIME_NONE);
  g_object_unref (interview);
}

static gboolean
holds (const char *bytes, gsize length, const char *needle)
{
  return memmem (bytes, length, needle, strlen (needle)) != NULL;
}

/* Which file of a folder holds @needle in clear, wherever below it; NULL: none. */
static char *
find_in_files (const char *folder, const char *needle)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *bytes = NULL;
      gsize length;
      char *found = NULL;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        found = find_in_files (path, needle);
      else if (g_file_get_contents (path, &bytes, &length, NULL) && holds (bytes, length, needle))
        found = g_strdup (path);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_nothing_typed_leaves_the_vault (Fixture *f, gconstpointer data)
{
  static const char *const canary = "heliotrope-canary-7719";
  const char *folder = vantage_library_get_folder (f->library);
  VantageReviewContext *context = vantage_window_get_context (f->window);
  g_autofree char *found = NULL;

  begin (f);
  write_line (f, canary);
  act (f, "page.mark::quote");
  act (f, "page.mark::wonder");
  type_text (f, canary);
  vantage_review_context_flush (context);
  ui_settle ();
  vantage_window_close_review (f->window);
  ui_settle ();
  found = find_in_files (folder, canary);
  g_assert_cmpstr (found, ==, NULL);
  /* the search itself finds what is there */
  found = find_in_files (folder, "SQLite format 3");
  g_assert_nonnull (found);
}

/* ---- preparing ---- */

static void
test_a_question_of_ones_own_joins_the_guide (Fixture *f, gconstpointer data)
{
  VantageVault *vault = vantage_private_notes_get_vault (f->notes);
  GtkWidget *prepare;
  GtkWidget *phase;
  GtkWidget *entry;
  g_autoptr (JsonNode) prep = NULL;
  g_autofree char *text = NULL;

  go_mode (f, "prepare");
  prepare = ui_find (GTK_WIDGET (f->window), VANTAGE_TYPE_INTERVIEW_PREPARE, NULL);
  g_assert_nonnull (prepare);
  phase = ui_find (prepare, ADW_TYPE_EXPANDER_ROW, "Free account");
  g_assert_nonnull (phase);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (phase), TRUE);
  ui_settle ();
  ui_shot (GTK_WIDGET (f->window), "interviews-prepare");
  entry = ui_find (phase, ADW_TYPE_ENTRY_ROW, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "What woke you?");
  g_signal_emit_by_name (entry, "apply");
  ui_settle ();
  prep = vantage_vault_get_prep (vault, PRACTISE, NULL);
  text = json_to_string (prep, FALSE);
  g_assert_nonnull (strstr (text, "What woke you?"));
  g_assert_nonnull (ui_find (prepare, ADW_TYPE_ACTION_ROW, "What woke you?"));
}

/* ---- annotating ---- */

static guint
count_passages (Fixture *f)
{
  g_autoptr (GPtrArray) passages =
      vantage_vault_list_passages (vantage_private_notes_get_vault (f->notes), DANA, NULL);

  return passages->len;
}

static void
select_words (Fixture *f, const char *words)
{
  GtkWidget *annotate = ui_find (GTK_WIDGET (f->window), VANTAGE_TYPE_INTERVIEW_ANNOTATE, NULL);
  GtkTextBuffer *buffer;
  GtkTextIter start, from, to;

  g_assert_nonnull (annotate);
  buffer = gtk_text_view_get_buffer (
      vantage_interview_annotate_get_view (VANTAGE_INTERVIEW_ANNOTATE (annotate)));
  gtk_text_buffer_get_start_iter (buffer, &start);
  g_assert_true (gtk_text_iter_forward_search (&start, words, 0, &from, &to, NULL));
  gtk_text_buffer_select_range (buffer, &from, &to);
}

static void
test_selected_words_become_a_passage (Fixture *f, gconstpointer data)
{
  guint before = count_passages (f);
  g_autoptr (GPtrArray) passages = NULL;
  gboolean found = FALSE;

  go_mode (f, "annotate");
  act (f, "page.pick-out");
  g_assert_cmpuint (count_passages (f), ==, before);
  select_words (f, "heard it through two doors");
  act (f, "page.pick-out");
  ui_shot (GTK_WIDGET (f->window), "interviews-annotate");
  passages = vantage_vault_list_passages (vantage_private_notes_get_vault (f->notes), DANA, NULL);
  g_assert_cmpuint (passages->len, ==, before + 1);
  for (guint i = 0; i < passages->len; i++)
    {
      g_autofree char *words = vantage_private_passage_dup_words (passages->pdata[i]);

      found |= g_str_equal (words, "heard it through two doors");
    }
  g_assert_true (found);
  act (f, "win.undo");
  g_assert_cmpuint (count_passages (f), ==, before);
}

static GtkWidget *
find_dialog (void)
{
  g_autoptr (GListModel) windows = g_object_ref (gtk_window_get_toplevels ());

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        return window;
    }
  return NULL;
}

/* Exactly what was shown leaves, and it is gone again when it is taken back. */
static void
test_words_leave_with_a_yes_and_come_back (Fixture *f, gconstpointer data)
{
  g_autoptr (GListModel) shared =
      vantage_library_get_model (f->library, VANTAGE_SAMPLE_REVIEW, "passage");
  guint before = g_list_model_get_n_items (shared);
  GtkWidget *dialog, *annotate, *button;

  go_mode (f, "annotate");
  select_words (f, "heard it through two doors");
  act (f, "page.pick-out");
  annotate = ui_find (GTK_WIDGET (f->window), VANTAGE_TYPE_INTERVIEW_ANNOTATE, NULL);
  g_signal_emit_by_name (ui_find (annotate, GTK_TYPE_BUTTON, "Release…"), "clicked");
  ui_settle ();
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "release"));
  ui_shot (dialog, "interviews-release");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (ui_find (dialog, GTK_TYPE_CHECK_BUTTON, NULL)),
                               TRUE);
  g_assert_true (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "release"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "release");
  gtk_window_destroy (GTK_WINDOW (dialog));
  UI_WAIT (g_list_model_get_n_items (shared) == before + 1);
  ui_settle ();

  act (f, "win.undo");
  g_assert_cmpuint (g_list_model_get_n_items (shared), ==, before + 1);
  UI_WAIT (ui_find (annotate, GTK_TYPE_BUTTON, "Withdraw…") != NULL);
  button = ui_find (annotate, GTK_TYPE_BUTTON, "Withdraw…");
  g_signal_emit_by_name (button, "clicked");
  ui_settle ();
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "withdraw");
  gtk_window_destroy (GTK_WINDOW (dialog));
  UI_WAIT (g_list_model_get_n_items (shared) == before);
}

static void
test_pictures (Fixture *f, gconstpointer data)
{
  go_mode (f, "conduct");
  ui_shot (GTK_WIDGET (f->window), "interviews-held");
  act (f, "page.dark");
  ui_shot (GTK_WIDGET (f->window), "interviews-dark");
  act (f, "page.dark");
}

int
main (int argc, char **argv)
{
  g_setenv ("VANTAGE_KEYRING", "no", TRUE);
  ui_init (&argc, &argv);
#define ADD(name, data, function)                                                                  \
  g_test_add ("/ui/interviews/" name, Fixture, data, set_up, function, tear_down)
  ADD ("list-says-who-when-and-how-much", NULL, test_list_says_who_when_and_how_much);
  ADD ("notes-wait-for-consent", PRACTISE, test_notes_wait_for_consent);
  ADD ("a-conversation-by-keyboard", PRACTISE, test_a_conversation_by_keyboard);
  ADD ("what-was-heard-is-offered-and-taken", PRACTISE, test_what_was_heard_is_offered_and_taken);
  ADD ("undo-walks-the-notes", PRACTISE, test_undo_walks_the_notes);
  ADD ("what-was-typed-is-recovered", NULL, test_what_was_typed_is_recovered);
  ADD ("a-draft-is-kept-within-a-second", PRACTISE, test_a_draft_is_kept_within_a_second);
  ADD ("start-and-finish-are-noted", PRACTISE, test_start_and_finish_are_noted);
  ADD ("nothing-typed-leaves-the-vault", PRACTISE, test_nothing_typed_leaves_the_vault);
  ADD ("a-question-of-ones-own-joins-the-guide", PRACTISE,
       test_a_question_of_ones_own_joins_the_guide);
  ADD ("selected-words-become-a-passage", DANA, test_selected_words_become_a_passage);
  ADD ("words-leave-with-a-yes-and-come-back", DANA, test_words_leave_with_a_yes_and_come_back);
  ADD ("pictures", DANA, test_pictures);
  return g_test_run ();
}
