/* vantage-standing-popover.c: a list of people to type into, and a line for the moment. */

#include "config.h"

#include "vantage-standing-popover.h"

#include <glib/gi18n.h>

#include "vantage-person-chooser.h"
#include "vantage-typed-time.h"

typedef struct
{
  GtkWidget *popover, *moment, *problem;
  VantageReviewContext *context;
  gint64 us;
  gboolean is_standing;
  VantageStandingChosen chosen;
  gpointer user_data;

  gboolean is_chosen; /* told when the popover is gone */
  char *person;       /* NULL: only the moment */
} Question;

static void
free_question (gpointer data)
{
  Question *self = data;

  g_object_unref (self->context);
  g_free (self->person);
  g_free (self);
}

/* FALSE: no moment is written there; it was told. */
static gboolean
read_moment (Question *self, gint64 *out_us)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->moment));
  VantageTypedTime typed = { 0 };
  gboolean good = vantage_typed_time_parse (
                      text, self->us, vantage_review_context_get_zone (self->context), &typed) &&
                  typed.sort == VANTAGE_TYPED_WHEN && typed.when.sort == VANTAGE_WHEN_AT;

  gtk_widget_set_visible (self->problem, !good);
  *out_us = good ? typed.when.at_us : VANTAGE_TIME_NONE;
  return good;
}

static void
choose (Question *self, const char *person)
{
  gint64 us;

  if (!read_moment (self, &us))
    return;
  self->us = us;
  self->person = g_strdup (person);
  self->is_chosen = TRUE;
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static void
person_chosen_cb (Question *self, const char *person)
{
  choose (self, person);
}

static void
moment_activate_cb (Question *self)
{
  if (self->is_standing)
    choose (self, NULL);
  else
    gtk_widget_child_focus (self->popover, GTK_DIR_TAB_FORWARD);
}

static gboolean
unparent_cb (gpointer popover)
{
  Question *self = g_object_steal_data (popover, "question");

  if (self == NULL)
    return G_SOURCE_REMOVE;
  /* what had the focus in it goes first: else its window keeps it */
  gtk_popover_set_child (popover, NULL);
  gtk_widget_unparent (popover);
  if (self->is_chosen)
    self->chosen (self->person, self->us, self->user_data);
  free_question (self);
  return G_SOURCE_REMOVE;
}

static void
closed_cb (GtkWidget *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, unparent_cb, g_object_ref (popover), g_object_unref);
}

static GtkWidget *
new_moment (Question *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *label = gtk_label_new (_ ("At"));
  g_autofree char *text = vantage_zone_format (vantage_review_context_get_zone (self->context),
                                               self->us, VANTAGE_SHOW_SECOND);

  self->moment = gtk_entry_new ();
  self->problem = gtk_label_new (_ ("Write a moment: “02:16” or “14 March 02:16”."));
  gtk_editable_set_text (GTK_EDITABLE (self->moment), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->moment), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Moment to stand at"), -1);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "faint");
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->problem), 0);
  gtk_widget_add_css_class (self->problem, "error");
  gtk_widget_hide (self->problem);
  g_signal_connect_swapped (self->moment, "activate", G_CALLBACK (moment_activate_cb), self);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), self->moment);
  gtk_box_append (GTK_BOX (box), self->problem);
  return box;
}

GtkWidget *
vantage_standing_popover_ask (GtkWidget *parent, const GdkRectangle *area,
                              VantageReviewContext *context, gint64 us, gboolean is_standing,
                              VantageStandingChosen chosen, gpointer user_data)
{
  Question *self = g_new0 (Question, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9), *title;
  GtkWidget *chooser = g_object_new (VANTAGE_TYPE_PERSON_CHOOSER, NULL);

  self->popover = gtk_popover_new ();
  self->context = g_object_ref (context);
  self->us = us;
  self->is_standing = is_standing;
  self->chosen = chosen;
  self->user_data = user_data;
  title = gtk_label_new (_ ("Stand Where Somebody Stood"));
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  vantage_person_chooser_set_context (VANTAGE_PERSON_CHOOSER (chooser), context);
  vantage_person_chooser_set_prompt (VANTAGE_PERSON_CHOOSER (chooser), _ ("With whom?"));
  gtk_widget_set_size_request (chooser, 280, 260);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), new_moment (self));
  gtk_box_append (GTK_BOX (box), chooser);
  gtk_popover_set_child (GTK_POPOVER (self->popover), box);
  g_object_set_data_full (G_OBJECT (self->popover), "question", self, free_question);
  g_signal_connect_swapped (chooser, "chosen", G_CALLBACK (person_chosen_cb), self);
  g_signal_connect (self->popover, "closed", G_CALLBACK (closed_cb), NULL);
  gtk_widget_set_parent (self->popover, parent);
  if (area != NULL)
    gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), area);
  gtk_popover_popup (GTK_POPOVER (self->popover));
  return self->popover;
}
