/* vantage-interview-conduct.c: holding the conversation. */

#include "config.h"

#include "vantage-interview-conduct.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-guide-view.h"
#include "vantage-listening.h"
#include "vantage-notes-view.h"
#include "vantage-shortcuts.h"

#define DARK_KEY "interviews/dark"

struct _VantageInterviewConduct
{
  GtkWidget parent_instance;

  VantageInterviewRoom *room;
  VantageListening *listening; /* NULL until the first line */
  VantageGuideView *guide;
  VantageNotesView *notes;
  guint tick;
  gboolean shown;
  gboolean dark;
  AdwColorScheme scheme_before;
  gulong window_handler;
  GtkWindow *window;

  GtkWidget *box;
  GtkLabel *name;
  GtkLabel *consent;
  GtkLabel *clock;
  GtkWidget *start_button;
  GtkWidget *finish_button;
  GtkWidget *guide_button;
  GtkWidget *dark_button;
  GtkLabel *saved;
  GtkLabel *leave;
  AdwFlap *flap;
  GtkWidget *ask_box;
  GtkLabel *ask;
  GtkWidget *yes_button;
  GtkWidget *now;
  GtkLabel *now_label;
  AdwBin *notes_slot;
  GtkLabel *keys;
  GtkLabel *count;
  GtkWidget *recovered;
  GtkLabel *recovered_label;
};

enum
{
  STATE_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (VantageInterviewConduct, vantage_interview_conduct, GTK_TYPE_WIDGET)

/* ---- clock ---- */

/* Seconds since it was begun, until it was finished; < 0: not begun. */
static double
get_elapsed_s (VantageInterviewConduct *self)
{
  gint64 started_us = vantage_interview_room_get_started_us (self->room);
  gint64 until_us = vantage_interview_room_get_finished_us (self->room);

  if (started_us == VANTAGE_TIME_NONE)
    return -1;
  if (until_us == VANTAGE_TIME_NONE)
    until_us = vantage_interview_room_now_us (self->room);
  return MAX (0.0, (double) (until_us - started_us) / G_USEC_PER_SEC);
}

static gboolean
is_held (VantageInterviewConduct *self)
{
  VantageEntity *interview = vantage_interview_room_get_interview (self->room);

  return interview != NULL && g_strcmp0 (vantage_entity_get_text (interview, "state"), "held") == 0;
}

gboolean
vantage_interview_conduct_is_running (VantageInterviewConduct *self)
{
  return vantage_interview_room_get_started_us (self->room) != VANTAGE_TIME_NONE &&
         vantage_interview_room_get_finished_us (self->room) == VANTAGE_TIME_NONE &&
         !is_held (self);
}

static void
show_clock (VantageInterviewConduct *self)
{
  double elapsed_s = get_elapsed_s (self);
  int s = (int) elapsed_s;
  g_autofree char *text = NULL;

  if (vantage_interview_conduct_is_running (self))
    text = g_strdup_printf ("%02d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
  else if (is_held (self))
    text = g_strdup (_ ("Held"));
  else
    text = g_strdup ("00:00:00");
  gtk_label_set_text (self->clock, text);
  vantage_guide_view_set_elapsed (self->guide,
                                  vantage_interview_conduct_is_running (self) ? elapsed_s : -1);
}

static gboolean
tick_cb (gpointer data)
{
  show_clock (data);
  return G_SOURCE_CONTINUE;
}

static void
update_tick (VantageInterviewConduct *self)
{
  gboolean needed = self->shown && vantage_interview_conduct_is_running (self);

  if (needed && self->tick == 0)
    self->tick = g_timeout_add_seconds (1, tick_cb, self);
  else if (!needed)
    g_clear_handle_id (&self->tick, g_source_remove);
}

/* ---- showing ---- */

static void
show_count (VantageInterviewConduct *self)
{
  GListModel *lines = vantage_interview_room_get_lines (self->room);
  guint n = lines != NULL ? g_list_model_get_n_items (lines) : 0;
  g_autofree char *text = g_strdup_printf (ngettext ("%u line", "%u lines", n), n);

  gtk_label_set_text (self->count, text);
}

static void
show_state (VantageInterviewConduct *self)
{
  gboolean running = vantage_interview_conduct_is_running (self);
  gboolean held = is_held (self);
  gboolean may_write = vantage_interview_room_may_write (self->room);
  g_autofree char *consent = vantage_interview_room_dup_consent_words (self->room);
  /* translators: a person's name */
  g_autofree char *ask = g_strdup_printf (_ ("Notes are written once %s has said yes to them."),
                                          vantage_interview_room_get_name (self->room));

  gtk_label_set_text (self->name, vantage_interview_room_get_name (self->room));
  gtk_label_set_text (self->consent, consent);
  gtk_widget_set_visible (self->start_button, !running && !held);
  gtk_widget_set_visible (self->finish_button, running);
  gtk_label_set_text (self->ask, ask);
  gtk_widget_set_visible (self->ask_box, !may_write);
  vantage_notes_view_set_writable (self->notes, may_write);
  show_clock (self);
  update_tick (self);
  g_signal_emit (self, signals[STATE_CHANGED], 0);
}

static void
show_saved (VantageInterviewConduct *self)
{
  gtk_label_set_text (self->saved, _ ("Saved"));
}

static void
show_now (VantageInterviewConduct *self)
{
  const char *question = vantage_guide_view_get_question (self->guide);

  gtk_label_set_text (self->now_label, question);
  gtk_widget_set_visible (self->now, adw_flap_get_folded (self->flap) && question[0] != '\0');
  gtk_widget_set_visible (self->guide_button, adw_flap_get_folded (self->flap));
}

static void
offer_changed_cb (VantageInterviewConduct *self)
{
  if (vantage_guide_view_has_offer (self->guide) && adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, TRUE);
  g_signal_emit (self, signals[STATE_CHANGED], 0);
}

static void
show_focus_mode (VantageInterviewConduct *self)
{
  gboolean alone = self->window != NULL && gtk_window_is_fullscreen (self->window);

  gtk_widget_set_visible (GTK_WIDGET (self->name), alone);
  gtk_label_set_text (self->leave, alone ? _ ("F11 leaves") : _ ("F11 hides the rest"));
}

/* ---- dark by choice ---- */

static void
show_dark (VantageInterviewConduct *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  if (self->shown && self->dark)
    adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_DARK);
  else
    adw_style_manager_set_color_scheme (manager, self->scheme_before);
}

static void
toggle_dark (VantageInterviewConduct *self)
{
  VantageReviewContext *context = vantage_interview_room_get_context (self->room);

  self->dark = !self->dark;
  vantage_library_set_local (vantage_review_context_get_library (context),
                             vantage_review_context_get_review_id (context), DARK_KEY,
                             self->dark ? "1" : "0");
  show_dark (self);
}

/* ---- listening ---- */

static void
listen (VantageInterviewConduct *self, VantageLine *line)
{
  g_auto (VantageHeard) heard = { NULL };

  if (vantage_line_get_sort (line) != VANTAGE_LINE_ANSWER)
    return;
  if (self->listening == NULL)
    {
      const char *const names[] = { vantage_interview_room_get_name (self->room), NULL };

      self->listening = vantage_listening_new (names);
    }
  if (self->listening == NULL ||
      !vantage_listening_hear (self->listening, vantage_line_get_text (line), &heard))
    return;
  vantage_guide_view_offer (self->guide, heard.words, heard.question);
  vantage_notes_view_set_heard (self->notes, line, heard.from, heard.to);
}

static void
committed_cb (VantageInterviewConduct *self, VantageLine *line)
{
  gtk_widget_hide (self->recovered);
  listen (self, line);
}

/* ---- drafts of the last time ---- */

static void
recover (VantageInterviewConduct *self)
{
  g_autoptr (GError) error = NULL;
  int n = vantage_vault_recover_drafts (vantage_interview_room_get_vault (self->room),
                                        vantage_interview_room_get_id (self->room),
                                        _ ("Recover Line"), &error);
  g_autofree char *text = NULL;

  if (n < 0)
    {
      vantage_interview_room_done (self->room, FALSE, g_steal_pointer (&error));
      return;
    }
  if (n == 0)
    return;
  text = g_strdup_printf (ngettext ("Recovered: %d line that was being typed when Vantage ended.",
                                    "Recovered: %d lines that were being typed when Vantage ended.",
                                    n),
                          n);
  gtk_label_set_text (self->recovered_label, text);
  gtk_widget_show (self->recovered);
}

/* ---- what the keys do ---- */

static void
drop_cue (VantageInterviewConduct *self)
{
  VantageRoomCue *cue = vantage_interview_room_get_next_cue (self->room);
  g_autofree char *text = NULL;
  g_autofree char *item = NULL;

  if (cue == NULL)
    {
      vantage_review_context_tell (vantage_interview_room_get_context (self->room),
                                   _ ("No cue is left"));
      return;
    }
  text = vantage_interview_room_dup_cue_words (self->room, cue);
  if (!vantage_notes_view_add_question (self->notes, text))
    return;
  cue = vantage_interview_room_get_next_cue (self->room);
  cue->used = TRUE;
  vantage_interview_room_save_cues (self->room, _ ("Drop Cue"));
}

static void
do_mark (VantageInterviewConduct *self, const char *word)
{
  VantageLineMarks mark;

  if (vantage_line_mark_from_text (word, &mark))
    vantage_notes_view_toggle_mark (self->notes, mark);
}

static void
move_in_guide (VantageInterviewConduct *self, const char *name)
{
  if (g_str_equal (name, "next-phase"))
    vantage_guide_view_move_phase (self->guide, 1);
  else if (g_str_equal (name, "previous-phase"))
    vantage_guide_view_move_phase (self->guide, -1);
  else if (g_str_equal (name, "next-question"))
    vantage_guide_view_move_question (self->guide, 1);
  else if (g_str_equal (name, "previous-question"))
    vantage_guide_view_move_question (self->guide, -1);
  else if (g_str_equal (name, "take-offer"))
    vantage_guide_view_take_offer (self->guide);
  else if (g_str_equal (name, "toggle-guide"))
    adw_flap_set_reveal_flap (self->flap, !adw_flap_get_reveal_flap (self->flap));
}

void
vantage_interview_conduct_do (VantageInterviewConduct *self, const char *name, const char *mark)
{
  if (g_str_equal (name, "mark"))
    do_mark (self, mark);
  else if (g_str_equal (name, "cycle-sort"))
    vantage_notes_view_cycle_sort (self->notes);
  else if (g_str_equal (name, "stamp"))
    vantage_notes_view_stamp (self->notes);
  else if (g_str_equal (name, "mark-moment"))
    vantage_notes_view_mark_moment (self->notes);
  else if (g_str_equal (name, "drop-cue"))
    drop_cue (self);
  else if (g_str_equal (name, "next-marked"))
    vantage_notes_view_go_marked (self->notes, TRUE);
  else if (g_str_equal (name, "previous-marked"))
    vantage_notes_view_go_marked (self->notes, FALSE);
  else if (g_str_equal (name, "start"))
    vantage_interview_room_start (self->room);
  else if (g_str_equal (name, "finish"))
    vantage_interview_room_finish (self->room);
  else if (g_str_equal (name, "agree-notes"))
    vantage_interview_room_set_consent (self->room, "notes", "yes");
  else if (g_str_equal (name, "dark"))
    toggle_dark (self);
  else
    move_in_guide (self, name);

  if (g_str_equal (name, "start") || g_str_equal (name, "agree-notes"))
    vantage_interview_conduct_focus (self);
}

/* ---- object ---- */

static void
vantage_interview_conduct_root (GtkWidget *widget)
{
  VantageInterviewConduct *self = VANTAGE_INTERVIEW_CONDUCT (widget);

  GTK_WIDGET_CLASS (vantage_interview_conduct_parent_class)->root (widget);
  self->window = GTK_WINDOW (gtk_widget_get_root (widget));
  self->window_handler = g_signal_connect_swapped (self->window, "notify::fullscreened",
                                                   G_CALLBACK (show_focus_mode), self);
  show_focus_mode (self);
}

static void
vantage_interview_conduct_unroot (GtkWidget *widget)
{
  VantageInterviewConduct *self = VANTAGE_INTERVIEW_CONDUCT (widget);

  g_clear_signal_handler (&self->window_handler, self->window);
  self->window = NULL;
  GTK_WIDGET_CLASS (vantage_interview_conduct_parent_class)->unroot (widget);
}

static void
vantage_interview_conduct_dispose (GObject *object)
{
  VantageInterviewConduct *self = VANTAGE_INTERVIEW_CONDUCT (object);

  if (self->notes != NULL)
    vantage_interview_conduct_set_shown (self, FALSE);
  self->notes = NULL;
  self->guide = NULL;
  g_clear_handle_id (&self->tick, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), VANTAGE_TYPE_INTERVIEW_CONDUCT);
  g_clear_pointer (&self->listening, vantage_listening_free);
  g_clear_object (&self->room);
  G_OBJECT_CLASS (vantage_interview_conduct_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, VantageInterviewConduct, box);
  gtk_widget_class_bind_template_child (klass, VantageInterviewConduct, name);
  gtk_widget_class_bind_template_child (klass, VantageInterviewConduct, consent);
  gtk_widget_class_bind_template_child (klass, VantageInterviewConduct, clock);
  gtk_widget_class_bind_template_child (klass, VantageInterviewConduct, start_button);
  gtk_widget_class_bind_template_child (klass, VantageInterviewConduct, finish_button);
  gtk_widget_class_bind_template_child (klass, VantageInterviewConduct, guide_button);
  gtk_widget_class_bind_template_child (klass, VantageInterviewConduct, dark_button);
  gtk_widget_class_bind_template_child (klass, VantageInterviewConduct, saved);
  gtk_widget_class_bind_template_child (klass, VantageInterviewConduct, leave);
  gtk_widget_class_bind_template_child (klass, VantageInterviewConduct, flap);
  gtk_widget_class_bind_template_child (klass, VantageInterviewConduct, ask_box);
  gtk_widget_class_bind_template_child (klass, VantageInterviewConduct, ask);
  gtk_widget_class_bind_template_child (klass, VantageInterviewConduct, yes_button);
  gtk_widget_class_bind_template_child (klass, VantageInterviewConduct, now);
  gtk_widget_class_bind_template_child (klass, VantageInterviewConduct, now_label);
  gtk_widget_class_bind_template_child (klass, VantageInterviewConduct, notes_slot);
  gtk_widget_class_bind_template_child (klass, VantageInterviewConduct, keys);
  gtk_widget_class_bind_template_child (klass, VantageInterviewConduct, count);
  gtk_widget_class_bind_template_child (klass, VantageInterviewConduct, recovered);
  gtk_widget_class_bind_template_child (klass, VantageInterviewConduct, recovered_label);
}

static void
vantage_interview_conduct_class_init (VantageInterviewConductClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vantage_interview_conduct_dispose;
  widget_class->root = vantage_interview_conduct_root;
  widget_class->unroot = vantage_interview_conduct_unroot;
  signals[STATE_CHANGED] = g_signal_new ("state-changed", G_TYPE_FROM_CLASS (klass),
                                         G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "conduct");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/vantage/Vantage/vantage-interview-conduct.ui");
  bind_children (widget_class);
}

/* Tab, that elsewhere moves on, takes what is offered, while something is. */
static gboolean
key_pressed_cb (VantageInterviewConduct *self, guint key, guint code, GdkModifierType state)
{
  GdkModifierType mods = state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK | GDK_ALT_MASK);

  if (key != GDK_KEY_Tab || mods != 0 || !vantage_guide_view_has_offer (self->guide))
    return FALSE;
  vantage_guide_view_take_offer (self->guide);
  return TRUE;
}

static void
vantage_interview_conduct_init (VantageInterviewConduct *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->scheme_before = adw_style_manager_get_color_scheme (adw_style_manager_get_default ());
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  vantage_shortcuts_set_button (self->start_button, "page.start");
  vantage_shortcuts_set_button (self->finish_button, "page.finish");
  vantage_shortcuts_set_button (self->guide_button, "page.toggle-guide");
  vantage_shortcuts_set_button (self->dark_button, "page.dark");
  vantage_shortcuts_set_button (self->yes_button, "page.agree-notes");
}

GtkWidget *
vantage_interview_conduct_new (VantageInterviewRoom *room)
{
  VantageInterviewConduct *self = g_object_new (VANTAGE_TYPE_INTERVIEW_CONDUCT, NULL);
  VantageReviewContext *context = vantage_interview_room_get_context (room);
  GListModel *lines = vantage_interview_room_get_lines (room);
  g_autofree char *dark =
      vantage_library_dup_local (vantage_review_context_get_library (context),
                                 vantage_review_context_get_review_id (context), DARK_KEY);

  self->room = g_object_ref (room);
  self->dark = g_strcmp0 (dark, "1") == 0;
  self->guide = VANTAGE_GUIDE_VIEW (vantage_guide_view_new (room));
  self->notes = VANTAGE_NOTES_VIEW (vantage_notes_view_new (room));
  adw_flap_set_flap (self->flap, GTK_WIDGET (self->guide));
  adw_bin_set_child (self->notes_slot, GTK_WIDGET (self->notes));
  g_signal_connect_object (self->guide, "moved", G_CALLBACK (show_now), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->guide, "hint-changed", G_CALLBACK (offer_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->notes, "committed", G_CALLBACK (committed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->flap, "notify::folded", G_CALLBACK (show_now), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (room, "shared-changed", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (room, "prep-changed", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (room, "saved", G_CALLBACK (show_saved), self, G_CONNECT_SWAPPED);
  if (lines != NULL)
    g_signal_connect_object (lines, "items-changed", G_CALLBACK (show_count), self,
                             G_CONNECT_SWAPPED);
  recover (self);
  show_count (self);
  show_state (self);
  show_now (self);
  return GTK_WIDGET (self);
}

/* ---- public ---- */

void
vantage_interview_conduct_set_shown (VantageInterviewConduct *self, gboolean shown)
{
  if (self->shown == shown)
    return;
  if (shown)
    self->scheme_before = adw_style_manager_get_color_scheme (adw_style_manager_get_default ());
  else
    vantage_notes_view_leave (self->notes);
  self->shown = shown;
  show_dark (self);
  update_tick (self);
}

gboolean
vantage_interview_conduct_escape (VantageInterviewConduct *self)
{
  if (vantage_guide_view_has_offer (self->guide))
    {
      vantage_guide_view_drop_offer (self->guide);
      return TRUE;
    }
  if (adw_flap_get_folded (self->flap) && adw_flap_get_reveal_flap (self->flap))
    {
      adw_flap_set_reveal_flap (self->flap, FALSE);
      return TRUE;
    }
  return vantage_notes_view_escape (self->notes);
}

gboolean
vantage_interview_conduct_has_offer (VantageInterviewConduct *self)
{
  return vantage_guide_view_has_offer (self->guide);
}

void
vantage_interview_conduct_flush (VantageInterviewConduct *self)
{
  vantage_notes_view_flush (self->notes);
}

void
vantage_interview_conduct_focus (VantageInterviewConduct *self)
{
  if (vantage_interview_room_may_write (self->room))
    vantage_notes_view_focus_entry (self->notes);
  else
    gtk_widget_grab_focus (self->yes_button);
}
