/* vantage-interview-room.c: one interview, its shared part and its private part together. */

#include "config.h"

#include "vantage-interview-room.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-interview-prep.h"
#include "vantage-words.h"

struct _VantageInterviewRoom
{
  GObject parent_instance;

  VantageReviewContext *context;
  VantageVault *vault;
  char *id;

  VantageEntity *interview;
  VantageEntity *consent;
  GListModel *lines;
  VantageInterviewPrep prep;
  char *prep_text; /* as it was read: what did not change is not told */
  char *phase;
  char *question;
};

enum
{
  SHARED_CHANGED,
  PREP_CHANGED,
  PASSAGES_CHANGED,
  SAVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (VantageInterviewRoom, vantage_interview_room, G_TYPE_OBJECT)

/* ---- reading ---- */

static void
read_shared (VantageInterviewRoom *self)
{
  VantageLibrary *library = vantage_review_context_get_library (self->context);
  const char *review = vantage_review_context_get_review_id (self->context);

  g_clear_object (&self->interview);
  g_clear_object (&self->consent);
  self->interview = vantage_library_get (library, review, "interview", self->id, NULL);
  self->consent = vantage_library_get (library, review, "consent", self->id, NULL);
}

/* TRUE when it is another one than before. */
static gboolean
read_prep (VantageInterviewRoom *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = vantage_vault_get_prep (self->vault, self->id, &error);
  g_autofree char *text = NULL;

  if (error != NULL)
    {
      vantage_review_context_tell_error (self->context, _ ("The preparation could not be read"),
                                         error);
      return FALSE;
    }
  text = node != NULL ? json_to_string (node, FALSE) : g_strdup ("");
  if (g_strcmp0 (text, self->prep_text) == 0)
    return FALSE;
  g_free (self->prep_text);
  self->prep_text = g_steal_pointer (&text);
  vantage_interview_prep_read (&self->prep, node);
  return TRUE;
}

/* ---- callbacks ---- */

static void
context_changed_cb (VantageInterviewRoom *self, VantageChange *change)
{
  gboolean ours = change->everything;

  for (guint i = 0; !ours && i < change->entities->len; i++)
    ours = g_str_equal (vantage_entity_get_id (change->entities->pdata[i]), self->id);
  if (!ours)
    return;
  read_shared (self);
  g_signal_emit (self, signals[SHARED_CHANGED], 0);
}

static void
vault_changed_cb (VantageInterviewRoom *self, const char *interview)
{
  if (interview != NULL && !g_str_equal (interview, self->id))
    return;
  if (read_prep (self))
    g_signal_emit (self, signals[PREP_CHANGED], 0);
  g_signal_emit (self, signals[PASSAGES_CHANGED], 0);
}

/* ---- object ---- */

static void
vantage_interview_room_finalize (GObject *object)
{
  VantageInterviewRoom *self = VANTAGE_INTERVIEW_ROOM (object);

  vantage_interview_prep_clear (&self->prep);
  g_clear_object (&self->lines);
  g_clear_object (&self->interview);
  g_clear_object (&self->consent);
  g_clear_object (&self->vault);
  g_clear_object (&self->context);
  g_free (self->prep_text);
  g_free (self->phase);
  g_free (self->question);
  g_free (self->id);
  G_OBJECT_CLASS (vantage_interview_room_parent_class)->finalize (object);
}

static void
vantage_interview_room_class_init (VantageInterviewRoomClass *klass)
{
  static const char *const names[] = { "shared-changed", "prep-changed", "passages-changed",
                                       "saved" };

  G_OBJECT_CLASS (klass)->finalize = vantage_interview_room_finalize;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                               NULL, NULL, G_TYPE_NONE, 0);
}

static void
vantage_interview_room_init (VantageInterviewRoom *self)
{
  self->phase = g_strdup ("");
  self->question = g_strdup ("");
}

VantageInterviewRoom *
vantage_interview_room_new (VantageReviewContext *context, VantageVault *vault,
                            const char *interview)
{
  VantageInterviewRoom *self = g_object_new (VANTAGE_TYPE_INTERVIEW_ROOM, NULL);
  g_autoptr (GError) error = NULL;

  self->context = g_object_ref (context);
  self->vault = g_object_ref (vault);
  self->id = g_strdup (interview);
  read_shared (self);
  vantage_interview_prep_read (&self->prep, NULL);
  read_prep (self);
  self->lines = vantage_vault_get_lines (vault, interview, &error);
  if (self->lines == NULL)
    vantage_review_context_tell_error (context, _ ("The notes could not be read"), error);
  g_signal_connect_object (context, "changed", G_CALLBACK (context_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (vault, "changed", G_CALLBACK (vault_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/* ---- what it is ---- */

VantageReviewContext *
vantage_interview_room_get_context (VantageInterviewRoom *self)
{
  return self->context;
}

VantageVault *
vantage_interview_room_get_vault (VantageInterviewRoom *self)
{
  return self->vault;
}

const char *
vantage_interview_room_get_id (VantageInterviewRoom *self)
{
  return self->id;
}

VantageEntity *
vantage_interview_room_get_interview (VantageInterviewRoom *self)
{
  return self->interview;
}

VantageEntity *
vantage_interview_room_get_consent (VantageInterviewRoom *self)
{
  return self->consent;
}

const char *
vantage_interview_room_get_person (VantageInterviewRoom *self)
{
  return self->interview != NULL ? vantage_entity_get_ref (self->interview, "person") : NULL;
}

const char *
vantage_interview_room_get_name (VantageInterviewRoom *self)
{
  return vantage_review_context_get_person_name (self->context,
                                                 vantage_interview_room_get_person (self));
}

GListModel *
vantage_interview_room_get_lines (VantageInterviewRoom *self)
{
  return self->lines;
}

gint64
vantage_interview_room_now_us (VantageInterviewRoom *self)
{
  return vantage_library_now_us (vantage_review_context_get_library (self->context));
}

/* ---- shared part ---- */

static const char *
get_consent_choice (VantageInterviewRoom *self, const char *field)
{
  const char *choice =
      self->consent != NULL ? vantage_entity_get_text (self->consent, field) : NULL;

  return choice != NULL ? choice : "unasked";
}

gboolean
vantage_interview_room_may_write (VantageInterviewRoom *self)
{
  return g_str_equal (get_consent_choice (self, "notes"), "yes");
}

gboolean
vantage_interview_room_set_consent (VantageInterviewRoom *self, const char *field,
                                    const char *choice)
{
  g_autoptr (VantageEdit) edit = NULL;

  if (g_str_equal (get_consent_choice (self, field), choice))
    return TRUE;
  edit = vantage_review_context_begin (self->context, _ ("Note Consent"));
  vantage_edit_set_text (edit, "consent", self->id, field, choice);
  vantage_edit_set_time (edit, "consent", self->id, "noted", vantage_interview_room_now_us (self));
  return vantage_review_context_commit (self->context, edit);
}

static const char *
word_of_words (const char *choice)
{
  if (g_str_equal (choice, "yes"))
    return _ ("words may be used");
  if (g_str_equal (choice, "ask"))
    return _ ("words: ask each time");
  if (g_str_equal (choice, "never"))
    return _ ("words stay here");
  return _ ("words: not asked");
}

char *
vantage_interview_room_dup_consent_words (VantageInterviewRoom *self)
{
  const char *notes = get_consent_choice (self, "notes");
  gint64 noted_us =
      self->consent != NULL ? vantage_entity_get_time (self->consent, "noted") : VANTAGE_TIME_NONE;
  g_autofree char *at = NULL;

  if (g_str_equal (notes, "no"))
    return g_strdup (_ ("No notes: they said no"));
  if (g_str_equal (notes, "unasked"))
    return g_strdup (_ ("Notes: not asked yet"));
  if (noted_us == VANTAGE_TIME_NONE)
    /* translators: what the person said about their words */
    return g_strdup_printf (_ ("Notes agreed · %s"),
                            word_of_words (get_consent_choice (self, "words")));
  at = vantage_zone_format (vantage_review_context_get_zone (self->context), noted_us,
                            VANTAGE_SHOW_MINUTE);
  /* translators: a time, then what the person said about their words */
  return g_strdup_printf (_ ("Notes agreed %s · %s"), at,
                          word_of_words (get_consent_choice (self, "words")));
}

/* ---- preparation ---- */

static gboolean
save_prep (VantageInterviewRoom *self, const char *what)
{
  g_autoptr (JsonNode) node = vantage_interview_prep_to_json (&self->prep);
  g_autoptr (GError) error = NULL;
  gboolean ok = vantage_vault_set_prep (self->vault, self->id, node, what, &error);

  return vantage_interview_room_done (self, ok, g_steal_pointer (&error));
}

VantageGuide *
vantage_interview_room_get_guide (VantageInterviewRoom *self)
{
  return self->prep.guide;
}

gboolean
vantage_interview_room_save_guide (VantageInterviewRoom *self, const char *what)
{
  return save_prep (self, what);
}

gboolean
vantage_interview_room_take_guide (VantageInterviewRoom *self, VantageGuide *guide,
                                   const char *what)
{
  vantage_guide_free (self->prep.guide);
  self->prep.guide = guide;
  return save_prep (self, what);
}

GPtrArray *
vantage_interview_room_get_cues (VantageInterviewRoom *self)
{
  return self->prep.cues;
}

gboolean
vantage_interview_room_has_cue (VantageInterviewRoom *self, const char *item)
{
  for (guint i = 0; i < self->prep.cues->len; i++)
    if (g_str_equal (((VantageRoomCue *) self->prep.cues->pdata[i])->item, item))
      return TRUE;
  return FALSE;
}

gboolean
vantage_interview_room_add_cue (VantageInterviewRoom *self, const char *item, const char *question)
{
  if (vantage_interview_room_has_cue (self, item))
    return TRUE;
  vantage_interview_prep_add_cue (&self->prep, item, question, FALSE);
  return save_prep (self, _ ("Add Cue"));
}

char *
vantage_interview_room_dup_cue_words (VantageInterviewRoom *self, const VantageRoomCue *cue)
{
  g_autoptr (VantageItem) item = NULL;
  g_autofree char *time = NULL;
  g_autofree char *words = NULL;

  if (cue->question[0] != '\0')
    return g_strdup (cue->question);
  item = vantage_library_get_item (vantage_review_context_get_library (self->context),
                                   vantage_review_context_get_review_id (self->context), cue->item,
                                   NULL);
  if (item == NULL)
    return g_strdup (_ ("An item that is not on this computer"));
  words = g_strdelimit (g_strdup (item->text), "\n\r", ' ');
  if (item->time_us == VANTAGE_TIME_NONE)
    /* translators: words of the record */
    return g_strdup_printf (_ ("“%s”"), words);
  time = vantage_zone_format (vantage_review_context_get_zone (self->context), item->time_us,
                              VANTAGE_SHOW_MINUTE);
  /* translators: a time, and words of the record */
  return g_strdup_printf (_ ("%s “%s”"), time, words);
}

VantageRoomCue *
vantage_interview_room_get_next_cue (VantageInterviewRoom *self)
{
  for (guint i = 0; i < self->prep.cues->len; i++)
    {
      VantageRoomCue *cue = self->prep.cues->pdata[i];

      if (!cue->used)
        return cue;
    }
  return NULL;
}

gboolean
vantage_interview_room_save_cues (VantageInterviewRoom *self, const char *what)
{
  return save_prep (self, what);
}

const char *
vantage_interview_room_get_reasons (VantageInterviewRoom *self)
{
  return self->prep.reasons;
}

gboolean
vantage_interview_room_set_reasons (VantageInterviewRoom *self, const char *text)
{
  if (g_str_equal (self->prep.reasons, text))
    return TRUE;
  g_free (self->prep.reasons);
  self->prep.reasons = g_strdup (text);
  return save_prep (self, _ ("Edit Private Reasons"));
}

/* ---- times ---- */

gint64
vantage_interview_room_get_started_us (VantageInterviewRoom *self)
{
  return self->prep.started_us;
}

gint64
vantage_interview_room_get_finished_us (VantageInterviewRoom *self)
{
  return self->prep.finished_us;
}

gboolean
vantage_interview_room_start (VantageInterviewRoom *self)
{
  gint64 now_us = vantage_interview_room_now_us (self);
  g_autoptr (VantageEdit) edit = NULL;

  self->prep.started_us = now_us;
  self->prep.finished_us = VANTAGE_TIME_NONE;
  if (!save_prep (self, _ ("Start Interview")))
    return FALSE;
  edit = vantage_review_context_begin (self->context, _ ("Start Interview"));
  vantage_edit_set_time (edit, "interview", self->id, "held", now_us);
  return vantage_review_context_commit (self->context, edit);
}

gboolean
vantage_interview_room_finish (VantageInterviewRoom *self)
{
  g_autoptr (VantageEdit) edit = NULL;

  self->prep.finished_us = vantage_interview_room_now_us (self);
  if (!save_prep (self, _ ("Finish Interview")))
    return FALSE;
  edit = vantage_review_context_begin (self->context, _ ("Finish Interview"));
  vantage_edit_set_text (edit, "interview", self->id, "state", "held");
  return vantage_review_context_commit (self->context, edit);
}

void
vantage_interview_room_set_place (VantageInterviewRoom *self, const char *phase,
                                  const char *question)
{
  g_free (self->phase);
  g_free (self->question);
  self->phase = g_strdup (phase);
  self->question = g_strdup (question);
}

const char *
vantage_interview_room_get_phase (VantageInterviewRoom *self)
{
  return self->phase;
}

const char *
vantage_interview_room_get_question (VantageInterviewRoom *self)
{
  return self->question;
}

/* ---- writing ---- */

gboolean
vantage_interview_room_done (VantageInterviewRoom *self, gboolean ok, GError *error)
{
  g_autoptr (GError) owned = error;

  if (ok)
    g_signal_emit (self, signals[SAVED], 0);
  else
    vantage_review_context_tell_error (self->context, _ ("Not saved"), owned);
  return ok;
}

char *
vantage_interview_room_dup_step_name (VantageInterviewRoom *self, gboolean redo)
{
  return redo ? vantage_vault_dup_redo_name (self->vault, self->id)
              : vantage_vault_dup_undo_name (self->vault, self->id);
}

/* What has left this computer, as one text to compare. */
static char *
dup_released (VantageInterviewRoom *self)
{
  g_autoptr (GPtrArray) passages = vantage_vault_list_passages (self->vault, self->id, NULL);
  GString *text = g_string_new (NULL);

  for (guint i = 0; passages != NULL && i < passages->len; i++)
    {
      const VantagePrivatePassage *passage = passages->pdata[i];

      if (passage->released != NULL)
        g_string_append_printf (text, "%s %s\n", passage->id, passage->released);
    }
  return g_string_free (text, FALSE);
}

static gboolean
walk (VantageInterviewRoom *self, gboolean redo, GError **error)
{
  return redo ? vantage_vault_redo (self->vault, self->id, NULL, error)
              : vantage_vault_undo (self->vault, self->id, NULL, error);
}

/* Words that left do not come back by a step of the notes alone, nor leave again by one. */
void
vantage_interview_room_walk_step (VantageInterviewRoom *self, gboolean redo)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = dup_released (self);
  g_autofree char *after = NULL;
  gboolean ok = walk (self, redo, &error);

  if (!ok && g_error_matches (error, VANTAGE_VAULT_ERROR, VANTAGE_VAULT_ERROR_NOTHING))
    return;
  after = dup_released (self);
  if (ok && !g_str_equal (before, after))
    {
      ok = walk (self, !redo, &error);
      vantage_review_context_tell (self->context,
                                   _ ("Words that were released are taken back with Withdraw, and "
                                      "released anew with Release"));
    }
  vantage_interview_room_done (self, ok, g_steal_pointer (&error));
}
