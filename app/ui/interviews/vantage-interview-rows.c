/* vantage-interview-rows.c: one row for an interview, one for somebody to talk to. */

#include "config.h"

#include "vantage-interview-rows.h"

#include <glib/gi18n.h>

#include "vantage-avatar.h"
#include "vantage-time-text.h"
#include "vantage-words.h"

static char *
dup_time_words (VantageReviewContext *context, gint64 us)
{
  VantageZone *zone = vantage_review_context_get_zone (context);
  g_autofree char *day = vantage_time_text_day (
      zone, us, vantage_library_now_us (vantage_review_context_get_library (context)));
  g_autofree char *time = vantage_zone_format (zone, us, VANTAGE_SHOW_MINUTE);

  /* translators: a day, and a time of it */
  return g_strdup_printf (_ ("%s, %s"), day, time);
}

char *
vantage_interview_dup_state_words (VantageReviewContext *context, VantageEntity *interview)
{
  const char *state = vantage_entity_get_text (interview, "state");
  gint64 held_us = vantage_entity_get_time (interview, "held");
  gint64 planned_us = vantage_entity_get_time (interview, "planned");
  g_autofree char *when = NULL;

  if (g_strcmp0 (state, "held") == 0 && held_us != VANTAGE_TIME_NONE)
    {
      when = dup_time_words (context, held_us);
      /* translators: when a conversation took place */
      return g_strdup_printf (_ ("Held %s"), when);
    }
  if (g_strcmp0 (state, "planned") == 0 && held_us != VANTAGE_TIME_NONE)
    return g_strdup (_ ("Going on"));
  if (planned_us != VANTAGE_TIME_NONE &&
      (g_strcmp0 (state, "planned") == 0 || g_strcmp0 (state, "invited") == 0))
    {
      when = dup_time_words (context, planned_us);
      /* translators: "Planned" or "Invited", and for when */
      return g_strdup_printf (_ ("%s for %s"), vantage_words_choice ("interview-state", state),
                              when);
    }
  return g_strdup (state != NULL ? vantage_words_choice ("interview-state", state)
                                 : vantage_words_choice ("interview-state", "proposed"));
}

static char *
dup_reasons (GPtrArray *reasons)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  for (guint i = 0; i < reasons->len; i++)
    g_ptr_array_add (words, (gpointer) vantage_words_choice ("candidate", reasons->pdata[i]));
  g_ptr_array_add (words, NULL);
  return g_strjoinv (" · ", (char **) words->pdata);
}

static GtkWidget *
append_label (GtkWidget *box, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

/* The lock sign and what it guards. */
static void
append_lock (GtkWidget *box, guint n_lines)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name ("vantage-lock-symbolic");
  GtkWidget *label;
  g_autofree char *text = g_strdup_printf (
      ngettext ("%u line, only on this computer", "%u lines, only on this computer", n_lines),
      n_lines);

  gtk_image_set_pixel_size (GTK_IMAGE (icon), 12);
  gtk_box_append (GTK_BOX (line), icon);
  label = append_label (line, text, NULL);
  gtk_label_set_wrap (GTK_LABEL (label), FALSE);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (line, "faint");
  gtk_box_append (GTK_BOX (box), line);
}

static guint
count_lines (VantageVault *vault, const char *interview)
{
  g_autoptr (GListModel) lines = vantage_vault_get_lines (vault, interview, NULL);

  return lines != NULL ? g_list_model_get_n_items (lines) : 0;
}

/* Avatar, then what is said of the person below each other, in *@out_text. */
static GtkWidget *
new_person_box (VantageReviewContext *context, const char *person, GtkWidget **out_text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *avatar = vantage_avatar_new (30);
  GtkWidget *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  vantage_avatar_set_person_id (VANTAGE_AVATAR (avatar), context, person);
  gtk_widget_set_valign (avatar, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (text, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (box), avatar);
  gtk_box_append (GTK_BOX (box), text);
  gtk_widget_add_css_class (box, "interview-row");
  append_label (text, vantage_review_context_get_person_name (context, person), "heading");
  *out_text = text;
  return box;
}

GtkWidget *
vantage_interview_row_new (VantageReviewContext *context, VantageVault *vault,
                           VantageEntity *interview)
{
  GtkWidget *row = gtk_list_box_row_new ();
  const char *person = vantage_entity_get_ref (interview, "person");
  const char *name = vantage_review_context_get_person_name (context, person);
  g_autofree char *state = vantage_interview_dup_state_words (context, interview);
  g_autofree char *spoken = g_strdup_printf ("%s, %s", name, state);
  gint64 minutes = vantage_entity_get_int (interview, "minutes", 0);
  GtkWidget *text, *box = new_person_box (context, person, &text);
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");
  guint n_lines = vault != NULL ? count_lines (vault, vantage_entity_get_id (interview)) : 0;
  g_autofree char *line =
      /* translators: state of an interview with its time, and its minutes */
      minutes > 0 ? g_strdup_printf (_ ("%s · %d min"), state, (int) minutes) : g_strdup (state);

  gtk_widget_add_css_class (append_label (text, line, "detail"), "dim-label");
  if (n_lines > 0)
    append_lock (text, n_lines);
  gtk_widget_add_css_class (arrow, "dim-label");
  gtk_box_append (GTK_BOX (box), arrow);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "interview", g_strdup (vantage_entity_get_id (interview)),
                          g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  return row;
}

const char *
vantage_interview_row_get_id (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "interview");
}

GtkWidget *
vantage_candidate_row_new (VantageReviewContext *context, const VantageCandidate *candidate,
                           GtkWidget **out_button)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *text, *box = new_person_box (context, candidate->person, &text);
  GtkWidget *button = gtk_button_new_with_label (_ ("Plan Interview"));
  GPtrArray *reasons = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *words = NULL;
  g_autofree char *spoken = NULL;

  for (guint i = 0; i < candidate->reasons->len; i++)
    {
      const VantageCandidateReason *reason = candidate->reasons->pdata[i];

      g_ptr_array_add (reasons, g_strdup (vantage_reason_to_text (reason->reason)));
    }
  words = dup_reasons (reasons);
  gtk_widget_add_css_class (append_label (text, words, "detail"), "dim-label");
  /* translators: a person's name */
  spoken = g_strdup_printf (_ ("Plan interview with %s"),
                            vantage_review_context_get_person_name (context, candidate->person));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);
  g_object_set_data_full (G_OBJECT (button), "person", g_strdup (candidate->person), g_free);
  g_object_set_data_full (G_OBJECT (button), "reasons", reasons,
                          (GDestroyNotify) g_ptr_array_unref);
  gtk_box_append (GTK_BOX (box), button);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  *out_button = button;
  return row;
}
