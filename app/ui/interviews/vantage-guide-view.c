/* vantage-guide-view.c: the guide beside the notes. */

#include "config.h"

#include "vantage-guide-view.h"

#include <glib/gi18n.h>

#include "vantage-question-bank.h"
#include "vantage-words.h"

#define OFFER_S 45
#define N_LATER 8

struct _VantageGuideView
{
  GtkWidget parent_instance;

  VantageInterviewRoom *room;
  guint phase, question;
  double elapsed_s;
  guint offer_gone; /* timeout */
  guint showing_later;

  GtkWidget *scroll;
  GtkLabel *title;
  GtkLabel *progress;
  GtkBox *segments;
  GtkBox *questions;
  GtkLabel *conduct;
  GtkWidget *card;
  GtkLabel *card_words;
  GtkLabel *card_question;
  GtkWidget *cue_box;
  GtkLabel *cue;
  GtkWidget *later_box;
  GtkBox *later;
};

enum
{
  MOVED,
  HINT_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (VantageGuideView, vantage_guide_view, GTK_TYPE_WIDGET)

static VantageGuide *
get_guide (VantageGuideView *self)
{
  return vantage_interview_room_get_guide (self->room);
}

/* NULL: the guide is empty. */
static VantageGuidePhase *
get_phase (VantageGuideView *self)
{
  GPtrArray *phases = get_guide (self)->phases;

  return self->phase < phases->len ? phases->pdata[self->phase] : NULL;
}

static VantageGuideQuestion *
get_question (VantageGuideView *self)
{
  VantageGuidePhase *phase = get_phase (self);

  return phase != NULL && self->question < phase->questions->len
             ? phase->questions->pdata[self->question]
             : NULL;
}

static const VantagePhase *
find_phase (VantageGuidePhase *phase)
{
  return vantage_question_bank_find_phase (vantage_question_bank_get_builtin (), phase->phase);
}

static void
empty_box (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

/* ---- showing ---- */

static void
show_progress (VantageGuideView *self)
{
  VantageGuide *guide = get_guide (self);
  VantageGuidePhase *phase = get_phase (self);
  g_autofree char *text = NULL;
  double end_s = 0;
  int left;

  if (phase == NULL)
    {
      gtk_label_set_text (self->progress, "");
      return;
    }
  for (guint i = 0; i <= self->phase; i++)
    end_s += 60.0 * ((VantageGuidePhase *) guide->phases->pdata[i])->minutes;
  left = MIN (phase->minutes, (int) ((end_s - self->elapsed_s) / 60.0 + 0.5));
  if (self->elapsed_s < 0)
    /* translators: which phase of how many, and its minutes */
    text = g_strdup_printf (_ ("%u of %u · about %d min"), self->phase + 1, guide->phases->len,
                            phase->minutes);
  else if (left >= 0)
    /* translators: which phase of how many, its minutes, and how many of them are left */
    text = g_strdup_printf (_ ("%u of %u · about %d min, %d left"), self->phase + 1,
                            guide->phases->len, phase->minutes, left);
  else
    /* translators: which phase of how many, its minutes, and how many minutes over that it is */
    text = g_strdup_printf (_ ("%u of %u · about %d min, %d over"), self->phase + 1,
                            guide->phases->len, phase->minutes, -left);
  gtk_label_set_text (self->progress, text);
}

static void
show_segments (VantageGuideView *self)
{
  GPtrArray *phases = get_guide (self)->phases;

  empty_box (self->segments);
  for (guint i = 0; i < phases->len; i++)
    {
      GtkWidget *segment =
          g_object_new (GTK_TYPE_BOX, "css-name", "guidesegment", "hexpand", TRUE, NULL);

      if (i <= self->phase)
        gtk_widget_add_css_class (segment, i == self->phase ? "now" : "done");
      gtk_box_append (self->segments, segment);
    }
}

static void
question_clicked_cb (VantageGuideView *self, GtkButton *button)
{
  self->question = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "at"));
  vantage_guide_view_move_question (self, 0);
}

static GtkWidget *
new_question (VantageGuideView *self, const VantageGuideQuestion *question, guint at)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *label = gtk_label_new (question->text);
  g_autofree char *spoken = NULL;

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "guide-question");
  if (at == self->question)
    gtk_widget_add_css_class (button, "now");
  else if (question->asked)
    gtk_widget_add_css_class (button, "asked");
  if (at == self->question)
    spoken = g_strdup_printf (_ ("Now: %s"), question->text);
  else if (question->asked)
    spoken = g_strdup_printf (_ ("Asked: %s"), question->text);
  else
    spoken = g_strdup (question->text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);
  gtk_widget_set_focus_on_click (button, FALSE);
  g_object_set_data (G_OBJECT (button), "at", GUINT_TO_POINTER (at));
  g_signal_connect_object (button, "clicked", G_CALLBACK (question_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  return button;
}

static void
append_follow_ups (VantageGuideView *self, const VantageGuideQuestion *question)
{
  for (guint i = 0; question->follow_ups[i] != NULL; i++)
    {
      GtkWidget *label = gtk_label_new (question->follow_ups[i]);

      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, "guide-follow-up");
      gtk_box_append (self->questions, label);
    }
}

static void
show_questions (VantageGuideView *self)
{
  VantageGuidePhase *phase = get_phase (self);

  empty_box (self->questions);
  for (guint i = 0; phase != NULL && i < phase->questions->len; i++)
    {
      const VantageGuideQuestion *question = phase->questions->pdata[i];

      gtk_box_append (self->questions, new_question (self, question, i));
      if (i == self->question)
        append_follow_ups (self, question);
    }
}

static void
show_conduct (VantageGuideView *self)
{
  VantageGuidePhase *phase = get_phase (self);
  const VantagePhase *about = phase != NULL ? find_phase (phase) : NULL;
  g_autofree char *text = about != NULL ? g_strjoinv (" ", about->conduct) : NULL;

  gtk_label_set_text (self->conduct, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->conduct), text != NULL && text[0] != '\0');
}

static void
show_cue (VantageGuideView *self)
{
  VantageRoomCue *next = vantage_interview_room_get_next_cue (self->room);
  g_autofree char *text =
      next != NULL ? vantage_interview_room_dup_cue_words (self->room, next) : NULL;

  gtk_label_set_text (self->cue, text != NULL ? text : "");
  gtk_widget_set_visible (self->cue_box, text != NULL);
}

static void
show_phase (VantageGuideView *self)
{
  VantageGuidePhase *phase = get_phase (self);
  const VantagePhase *about = phase != NULL ? find_phase (phase) : NULL;
  VantageGuideQuestion *question = get_question (self);

  gtk_label_set_text (self->title, about != NULL   ? about->title
                                   : phase != NULL ? phase->phase
                                                   : _ ("No guide yet"));
  show_progress (self);
  show_segments (self);
  show_questions (self);
  show_conduct (self);
  vantage_interview_room_set_place (self->room, phase != NULL ? phase->phase : "",
                                    question != NULL ? question->question : "");
}

/* ---- to ask later ---- */

static gboolean
show_later_cb (gpointer data)
{
  VantageGuideView *self = data;
  GListModel *lines = vantage_interview_room_get_lines (self->room);
  VantageReviewContext *context = vantage_interview_room_get_context (self->room);
  guint n = 0;

  self->showing_later = 0;
  empty_box (self->later);
  for (guint i = lines != NULL ? g_list_model_get_n_items (lines) : 0; i-- > 0 && n < N_LATER;)
    {
      g_autoptr (VantageLine) line = g_list_model_get_item (lines, i);
      g_autofree char *time = NULL;
      g_autofree char *text = NULL;
      GtkWidget *label;

      if (!(vantage_line_get_marks (line) & (VANTAGE_MARK_FOLLOW_UP | VANTAGE_MARK_WONDER)) ||
          vantage_line_get_text (line)[0] == '\0')
        continue;
      time = vantage_zone_format (vantage_review_context_get_zone (context),
                                  vantage_line_get_begun_us (line), VANTAGE_SHOW_MINUTE);
      /* translators: words of a note to come back to, and when they were noted */
      text = g_strdup_printf (_ ("? %s, %s"), vantage_line_get_text (line), time);
      label = gtk_label_new (text);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, "detail");
      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_prepend (self->later, label);
      n++;
    }
  gtk_widget_set_visible (self->later_box, n > 0);
  return G_SOURCE_REMOVE;
}

static void
later_changed_cb (VantageGuideView *self)
{
  if (self->showing_later == 0)
    self->showing_later = g_idle_add (show_later_cb, self);
}

/* ---- moving ---- */

static void
clamp_place (VantageGuideView *self)
{
  GPtrArray *phases = get_guide (self)->phases;
  VantageGuidePhase *phase;

  self->phase = phases->len > 0 ? MIN (self->phase, phases->len - 1) : 0;
  phase = get_phase (self);
  self->question = phase != NULL && phase->questions->len > 0
                       ? MIN (self->question, phase->questions->len - 1)
                       : 0;
}

static void
prep_changed_cb (VantageGuideView *self)
{
  clamp_place (self);
  show_phase (self);
  show_cue (self);
}

static guint
find_first_open (VantageGuidePhase *phase)
{
  for (guint i = 0; i < phase->questions->len; i++)
    if (!((VantageGuideQuestion *) phase->questions->pdata[i])->asked)
      return i;
  return 0;
}

/* Where it was left: the phase of the newest line, else the first with something to ask. */
static void
find_place (VantageGuideView *self)
{
  GListModel *lines = vantage_interview_room_get_lines (self->room);
  guint n = lines != NULL ? g_list_model_get_n_items (lines) : 0;

  if (n > 0)
    {
      g_autoptr (VantageLine) line = g_list_model_get_item (lines, n - 1);
      int at = vantage_guide_find_phase (get_guide (self), vantage_line_get_phase (line));

      self->phase = at >= 0 ? (guint) at : 0;
    }
  if (get_phase (self) != NULL)
    self->question = find_first_open (get_phase (self));
}

void
vantage_guide_view_move_phase (VantageGuideView *self, int step)
{
  gint64 to = (gint64) self->phase + step;

  if (to < 0 || to >= (gint64) get_guide (self)->phases->len)
    return;
  self->phase = (guint) to;
  self->question = find_first_open (get_phase (self));
  show_phase (self);
  g_signal_emit (self, signals[MOVED], 0);
}

void
vantage_guide_view_move_question (VantageGuideView *self, int step)
{
  VantageGuidePhase *phase = get_phase (self);
  VantageGuideQuestion *question = get_question (self);
  gint64 to = (gint64) self->question + step;

  if (phase == NULL)
    return;
  if (step > 0 && question != NULL && !question->asked)
    {
      question->asked = TRUE;
      vantage_interview_room_save_guide (self->room, _ ("Ask Question"));
      phase = get_phase (self);
    }
  if (to < 0 || to >= (gint64) phase->questions->len)
    {
      vantage_guide_view_move_phase (self, step);
      return;
    }
  self->question = (guint) to;
  show_phase (self);
  g_signal_emit (self, signals[MOVED], 0);
}

void
vantage_guide_view_set_elapsed (VantageGuideView *self, double elapsed_s)
{
  self->elapsed_s = elapsed_s;
  show_progress (self);
}

const char *
vantage_guide_view_get_question (VantageGuideView *self)
{
  VantageGuideQuestion *question = get_question (self);

  return question != NULL ? question->text : "";
}

/* ---- the card ---- */

static gboolean
offer_gone_cb (gpointer data)
{
  VantageGuideView *self = data;

  self->offer_gone = 0;
  vantage_guide_view_drop_offer (self);
  return G_SOURCE_REMOVE;
}

void
vantage_guide_view_offer (VantageGuideView *self, const char *words, const char *question)
{
  /* translators: words that a person just said */
  g_autofree char *heard = g_strdup_printf (_ ("You heard “%s”"), words);

  g_clear_handle_id (&self->offer_gone, g_source_remove);
  gtk_label_set_text (self->card_words, heard);
  gtk_label_set_text (self->card_question, question);
  gtk_widget_show (self->card);
  self->offer_gone = g_timeout_add_seconds (OFFER_S, offer_gone_cb, self);
  g_signal_emit (self, signals[HINT_CHANGED], 0);
}

gboolean
vantage_guide_view_has_offer (VantageGuideView *self)
{
  return gtk_widget_get_visible (self->card);
}

void
vantage_guide_view_drop_offer (VantageGuideView *self)
{
  g_clear_handle_id (&self->offer_gone, g_source_remove);
  gtk_widget_hide (self->card);
  g_signal_emit (self, signals[HINT_CHANGED], 0);
}

void
vantage_guide_view_take_offer (VantageGuideView *self)
{
  g_autofree char *text = g_strdup (gtk_label_get_text (self->card_question));
  VantageGuidePhase *phase = get_phase (self);
  guint at = phase != NULL && phase->questions->len > 0 ? self->question + 1 : 0;

  vantage_guide_view_drop_offer (self);
  vantage_guide_add (get_guide (self), phase != NULL ? phase->phase : "recall", (int) at, "", text,
                     NULL, NULL);
  self->question = at;
  vantage_interview_room_save_guide (self->room, _ ("Take Question"));
  g_signal_emit (self, signals[MOVED], 0);
}

/* ---- object ---- */

static void
vantage_guide_view_dispose (GObject *object)
{
  VantageGuideView *self = VANTAGE_GUIDE_VIEW (object);

  g_clear_handle_id (&self->offer_gone, g_source_remove);
  g_clear_handle_id (&self->showing_later, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), VANTAGE_TYPE_GUIDE_VIEW);
  g_clear_object (&self->room);
  G_OBJECT_CLASS (vantage_guide_view_parent_class)->dispose (object);
}

static void
vantage_guide_view_class_init (VantageGuideViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vantage_guide_view_dispose;
  signals[MOVED] = g_signal_new ("moved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  signals[HINT_CHANGED] = g_signal_new ("hint-changed", G_TYPE_FROM_CLASS (klass),
                                        G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "guide");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/vantage/Vantage/vantage-guide-view.ui");
  gtk_widget_class_bind_template_child (widget_class, VantageGuideView, scroll);
  gtk_widget_class_bind_template_child (widget_class, VantageGuideView, title);
  gtk_widget_class_bind_template_child (widget_class, VantageGuideView, progress);
  gtk_widget_class_bind_template_child (widget_class, VantageGuideView, segments);
  gtk_widget_class_bind_template_child (widget_class, VantageGuideView, questions);
  gtk_widget_class_bind_template_child (widget_class, VantageGuideView, conduct);
  gtk_widget_class_bind_template_child (widget_class, VantageGuideView, card);
  gtk_widget_class_bind_template_child (widget_class, VantageGuideView, card_words);
  gtk_widget_class_bind_template_child (widget_class, VantageGuideView, card_question);
  gtk_widget_class_bind_template_child (widget_class, VantageGuideView, cue_box);
  gtk_widget_class_bind_template_child (widget_class, VantageGuideView, cue);
  gtk_widget_class_bind_template_child (widget_class, VantageGuideView, later_box);
  gtk_widget_class_bind_template_child (widget_class, VantageGuideView, later);
}

static void
vantage_guide_view_init (VantageGuideView *self)
{
  self->elapsed_s = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
vantage_guide_view_new (VantageInterviewRoom *room)
{
  VantageGuideView *self = g_object_new (VANTAGE_TYPE_GUIDE_VIEW, NULL);
  GListModel *lines = vantage_interview_room_get_lines (room);

  self->room = g_object_ref (room);
  g_signal_connect_object (room, "prep-changed", G_CALLBACK (prep_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (room, "saved", G_CALLBACK (later_changed_cb), self, G_CONNECT_SWAPPED);
  if (lines != NULL)
    g_signal_connect_object (lines, "items-changed", G_CALLBACK (later_changed_cb), self,
                             G_CONNECT_SWAPPED);
  find_place (self);
  prep_changed_cb (self);
  later_changed_cb (self);
  return GTK_WIDGET (self);
}
