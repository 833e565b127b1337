/* vantage-standing-strip.c: the timeline as one person could know it at a moment. */

#include "config.h"

#include "vantage-standing-strip.h"

#include <glib/gi18n.h>

#include "vantage-avatar.h"
#include "vantage-shortcuts.h"

#define TICK_MS 200   /* of playing */
#define STILL_MS 1500 /* the same with animations off: one act at a time */
#define FIRST_SPEED 2 /* index */

/* Seconds of the night that pass in one second here. */
static const guint speeds[] = { 1, 10, 60, 300, 1800, 7200 };

struct _VantageStandingStrip
{
  GtkWidget parent_instance;

  VantageTimelineFeed *feed;
  VantageCanvas *canvas; /* lives as long: both are children of the page */
  char *person;          /* NULL: nobody stands anywhere */
  gint64 us;
  VantageSurvey *survey; /* that `sights` come from */
  GArray *sights;        /* (element-type VantageSight) */
  guint playing;         /* a source; 0: stands still */
  guint speed;           /* index */
  gint64 tick_us;        /* when the clock last moved on */

  GtkWidget *box;
  GtkWidget *avatar;
  GtkLabel *where;
  GtkLabel *counts;
  GtkWidget *play_button;
  GtkWidget *speed_button;
};

static guint moved_signal;

G_DEFINE_FINAL_TYPE (VantageStandingStrip, vantage_standing_strip, GTK_TYPE_WIDGET)

/* ---- why ---- */

const char *
vantage_standing_strip_say_why (VantageWhy why)
{
  switch (why)
    {
    case VANTAGE_WHY_WROTE:
      return _ ("Knew: wrote it");
    case VANTAGE_WHY_ACTED:
      return _ ("Knew: acted in it");
    case VANTAGE_WHY_REPLIED:
      return _ ("Knew: replied to it");
    case VANTAGE_WHY_REACTED:
      return _ ("Knew: reacted to it");
    case VANTAGE_WHY_ASSIGNED:
      return _ ("Knew: was assigned it");
    case VANTAGE_WHY_ACKNOWLEDGED:
      return _ ("Knew: acknowledged it");
    case VANTAGE_WHY_TOLD:
      return _ ("Knew: was told");
    case VANTAGE_WHY_ASKED:
      return _ ("Knew: was asked");
    case VANTAGE_WHY_ACCOUNT:
      return _ ("Knew: says so");
    case VANTAGE_WHY_CITED:
      return _ ("Knew: it rests on something they knew");
    case VANTAGE_WHY_PRESENT:
      return _ ("Could have seen: was where it was posted");
    case VANTAGE_WHY_PRESENT_ESTIMATED:
      return _ ("Could have seen: was there, as far as their own acts show");
    case VANTAGE_WHY_MEMBER:
      return _ ("Could have seen: was a member where it was posted");
    case VANTAGE_WHY_REACTED_UNTIMED:
      return _ ("Could have seen: reacted, time not recorded");
    case VANTAGE_WHY_LATER:
      return _ ("Could not have known: it was later");
    case VANTAGE_WHY_NOT_PRESENT:
      return _ ("Could not have known: was not where it was posted");
    case VANTAGE_WHY_NO_TIME:
      return _ ("Could not have known: nothing says when it was");
    case VANTAGE_WHY_NOT_POSTED:
    default:
      return _ ("Could not have known: nothing told of it");
    }
}

static char *
dup_why (const VantageSight *sight, gpointer data)
{
  return g_strdup (vantage_standing_strip_say_why (sight->why));
}

/* ---- looking ---- */

static void
say (VantageStandingStrip *self, const guint *n)
{
  VantageReviewContext *context = vantage_timeline_feed_get_context (self->feed);
  g_autofree char *time = vantage_zone_format (vantage_review_context_get_zone (context), self->us,
                                               VANTAGE_SHOW_MINUTE);
  /* translators: a person and a time of day */
  g_autofree char *where =
      g_strdup_printf (_ ("Standing with %s at %s"),
                       vantage_review_context_get_person_name (context, self->person), time);
  g_autofree char *counts = g_strdup_printf (
      _ ("%u knew · %u could have seen · %u could not have known"), n[VANTAGE_VIEW_KNEW],
      n[VANTAGE_VIEW_COULD_HAVE_SEEN], n[VANTAGE_VIEW_COULD_NOT_HAVE_KNOWN]);

  gtk_label_set_text (self->where, where);
  gtk_label_set_text (self->counts, counts);
  vantage_avatar_set_person_id (VANTAGE_AVATAR (self->avatar), context, self->person);
}

static void
look (VantageStandingStrip *self)
{
  VantageSurvey *survey = vantage_timeline_feed_get_survey (self->feed);
  g_autoptr (GHashTable) by_event = NULL;
  guint n[3] = { 0 };

  if (self->person == NULL || survey == NULL)
    return;
  g_clear_pointer (&self->sights, g_array_unref);
  if (self->survey != survey)
    {
      g_clear_pointer (&self->survey, vantage_survey_unref);
      self->survey = vantage_survey_ref (survey);
    }
  self->sights =
      vantage_standing_look (vantage_survey_get_standing (survey), self->person, self->us);
  by_event = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < self->sights->len; i++)
    {
      VantageSight *sight = &g_array_index (self->sights, VantageSight, i);

      if (!sight->is_event)
        continue;
      g_hash_table_insert (by_event, (gpointer) sight->id, sight);
      n[sight->view]++;
    }
  vantage_canvas_set_standing (self->canvas, self->us, by_event, dup_why, NULL);
  say (self, n);
  gtk_widget_show (GTK_WIDGET (self));
  g_signal_emit (self, moved_signal, 0);
}

void
vantage_standing_strip_stand (VantageStandingStrip *self, const char *person, gint64 us)
{
  VantageReviewContext *context = vantage_timeline_feed_get_context (self->feed);
  const VantagePerson *known = vantage_review_context_find_person (context, person);

  if (known == NULL)
    {
      vantage_review_context_tell (context, _ ("Choose a card in the lane of a person to stand "
                                               "where they stood."));
      return;
    }
  g_free (self->person);
  self->person = g_strdup (known->id);
  self->us = us;
  if (vantage_timeline_feed_get_survey (self->feed) == NULL)
    vantage_review_context_tell (context, _ ("The evidence is still being read."));
  look (self);
}

gboolean
vantage_standing_strip_step (VantageStandingStrip *self, gboolean forward)
{
  VantageStanding *standing;
  gint64 us;

  if (self->person == NULL || self->survey == NULL)
    return FALSE;
  standing = vantage_survey_get_standing (self->survey);
  us = forward ? vantage_standing_next_act (standing, self->person, self->us)
               : vantage_standing_previous_act (standing, self->person, self->us);
  if (us == VANTAGE_TIME_NONE)
    return FALSE;
  self->us = us;
  look (self);
  vantage_canvas_show_moment (self->canvas, us);
  return TRUE;
}

gboolean
vantage_standing_strip_leave (VantageStandingStrip *self)
{
  if (self->person == NULL)
    return FALSE;
  vantage_standing_strip_set_playing (self, FALSE);
  g_clear_pointer (&self->person, g_free);
  vantage_canvas_clear_standing (self->canvas);
  g_clear_pointer (&self->sights, g_array_unref);
  g_clear_pointer (&self->survey, vantage_survey_unref);
  gtk_widget_hide (GTK_WIDGET (self));
  g_signal_emit (self, moved_signal, 0);
  return TRUE;
}

/* ---- playing ---- */

static gboolean
is_still (VantageStandingStrip *self)
{
  gboolean animated = TRUE;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &animated,
                NULL);
  return !animated;
}

static gint64
find_end (VantageStandingStrip *self)
{
  VantageSpan bounds;

  vantage_viewport_get_bounds (vantage_canvas_get_viewport (self->canvas), &bounds);
  return bounds.end_us;
}

/* FALSE: the end was reached. */
static gboolean
play_on (VantageStandingStrip *self)
{
  gint64 now = g_get_monotonic_time (), end = find_end (self);

  if (is_still (self))
    return vantage_standing_strip_step (self, TRUE);
  self->us += (now - self->tick_us) * speeds[self->speed];
  self->tick_us = now;
  self->us = MIN (self->us, end);
  look (self);
  vantage_canvas_show_moment (self->canvas, self->us);
  return self->us < end;
}

static gboolean
tick_cb (gpointer data)
{
  VantageStandingStrip *self = data;

  if (self->person != NULL && play_on (self))
    return G_SOURCE_CONTINUE;
  self->playing = 0;
  vantage_standing_strip_set_playing (self, FALSE);
  return G_SOURCE_REMOVE;
}

static void
show_playing (VantageStandingStrip *self)
{
  gtk_button_set_icon_name (GTK_BUTTON (self->play_button), self->playing != 0
                                                                ? "media-playback-pause-symbolic"
                                                                : "media-playback-start-symbolic");
}

static char *
dup_speed (guint at)
{
  if (speeds[at] < 60)
    return g_strdup_printf ("%u×", speeds[at]);
  if (speeds[at] < 3600)
    /* translators: a speed: minutes that pass in a second */
    return g_strdup_printf (_ ("%u min/s"), speeds[at] / 60);
  /* translators: a speed: hours that pass in a second */
  return g_strdup_printf (_ ("%u h/s"), speeds[at] / 3600);
}

static void
show_speed (VantageStandingStrip *self)
{
  g_autofree char *text = dup_speed (self->speed);

  gtk_button_set_label (GTK_BUTTON (self->speed_button), text);
}

void
vantage_standing_strip_set_playing (VantageStandingStrip *self, gboolean playing)
{
  if (playing && self->person != NULL && self->playing == 0)
    {
      self->tick_us = g_get_monotonic_time ();
      self->playing = g_timeout_add (is_still (self) ? STILL_MS : TICK_MS, tick_cb, self);
    }
  else if (!playing)
    g_clear_handle_id (&self->playing, g_source_remove);
  show_playing (self);
}

gboolean
vantage_standing_strip_get_playing (VantageStandingStrip *self)
{
  return self->playing != 0;
}

void
vantage_standing_strip_change_speed (VantageStandingStrip *self, gboolean faster)
{
  if (faster && self->speed + 1 < G_N_ELEMENTS (speeds))
    self->speed++;
  else if (!faster && self->speed > 0)
    self->speed--;
  show_speed (self);
}

/* Round and round, for who has only the button. */
static void
speed_clicked_cb (VantageStandingStrip *self)
{
  self->speed = (self->speed + 1) % G_N_ELEMENTS (speeds);
  show_speed (self);
}

/* ---- what others ask ---- */

const char *
vantage_standing_strip_get_person (VantageStandingStrip *self)
{
  return self->person;
}

gint64
vantage_standing_strip_get_us (VantageStandingStrip *self)
{
  return self->us;
}

GArray *
vantage_standing_strip_get_sights (VantageStandingStrip *self)
{
  return self->sights;
}

VantageSurvey *
vantage_standing_strip_get_survey (VantageStandingStrip *self)
{
  return self->survey;
}

/* ---- object ---- */

static void
vantage_standing_strip_dispose (GObject *object)
{
  VantageStandingStrip *self = VANTAGE_STANDING_STRIP (object);

  g_clear_handle_id (&self->playing, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->person, g_free);
  g_clear_pointer (&self->sights, g_array_unref);
  g_clear_pointer (&self->survey, vantage_survey_unref);
  g_clear_object (&self->feed);
  G_OBJECT_CLASS (vantage_standing_strip_parent_class)->dispose (object);
}

static void
vantage_standing_strip_class_init (VantageStandingStripClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vantage_standing_strip_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "standingstrip");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_STATUS);
  moved_signal = g_signal_new ("moved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
add_button (VantageStandingStrip *self, const char *icon, const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  vantage_shortcuts_set_button (button, action);
  gtk_box_append (GTK_BOX (self->box), button);
  return button;
}

static void
add_buttons (VantageStandingStrip *self)
{
  GtkWidget *squeezer;

  add_button (self, "go-previous-symbolic", "page.stand-back");
  self->play_button = add_button (self, "media-playback-start-symbolic", "page.stand-play");
  add_button (self, "go-next-symbolic", "page.stand-on");
  self->speed_button = gtk_button_new ();
  gtk_widget_add_css_class (self->speed_button, "flat");
  gtk_widget_add_css_class (self->speed_button, "numeric");
  gtk_widget_set_valign (self->speed_button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->speed_button, _ ("Speed of playing"));
  g_signal_connect_swapped (self->speed_button, "clicked", G_CALLBACK (speed_clicked_cb), self);
  /* in little room the speed goes before the name: keys change it too */
  squeezer = adw_squeezer_new ();
  adw_squeezer_set_homogeneous (ADW_SQUEEZER (squeezer), FALSE);
  adw_squeezer_add (ADW_SQUEEZER (squeezer), self->speed_button);
  adw_squeezer_add (ADW_SQUEEZER (squeezer), gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  gtk_box_append (GTK_BOX (self->box), squeezer);
  add_button (self, "dialog-question-symbolic", "page.stand-why");
  add_button (self, "window-close-symbolic", "page.stand-leave");
  show_speed (self);
}

static void
vantage_standing_strip_init (VantageStandingStrip *self)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *where = gtk_label_new (NULL), *counts = gtk_label_new (NULL);

  GtkWidget *whose = gtk_button_new ();

  self->speed = FIRST_SPEED;
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  self->avatar = vantage_avatar_new (30);
  self->where = GTK_LABEL (where);
  self->counts = GTK_LABEL (counts);
  gtk_widget_add_css_class (where, "heading");
  gtk_widget_add_css_class (counts, "detail");
  gtk_label_set_ellipsize (self->where, PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (self->counts, PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (self->where, 11);
  gtk_label_set_xalign (self->where, 0);
  gtk_label_set_xalign (self->counts, 0);
  gtk_box_append (GTK_BOX (texts), where);
  gtk_box_append (GTK_BOX (texts), counts);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_button_set_child (GTK_BUTTON (whose), self->avatar);
  gtk_widget_set_valign (whose, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (whose, "flat");
  gtk_widget_add_css_class (whose, "circular");
  vantage_shortcuts_set_button (whose, "page.stand-choose");
  gtk_box_append (GTK_BOX (self->box), whose);
  gtk_box_append (GTK_BOX (self->box), texts);
  add_buttons (self);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_END);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_END);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self), 12);
  gtk_widget_set_margin_start (GTK_WIDGET (self), 12);
  gtk_widget_hide (GTK_WIDGET (self));
}

GtkWidget *
vantage_standing_strip_new (VantageTimelineFeed *feed, VantageCanvas *canvas)
{
  VantageStandingStrip *self = g_object_new (VANTAGE_TYPE_STANDING_STRIP, NULL);

  self->feed = g_object_ref (feed);
  self->canvas = canvas;
  g_signal_connect_object (feed, "surveyed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
