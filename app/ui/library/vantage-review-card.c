/* vantage-review-card.c: one review in the list: title, kind and stage, facts, when. */

#include "config.h"

#include "vantage-review-card.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-evidence.h"
#include "vantage-time-text.h"
#include "vantage-words.h"

struct _VantageReviewCard
{
  GtkWidget parent_instance;

  VantageLibrary *library;
  VantageEntity *review;
  char *spoken;

  GtkWidget *box;
  GtkLabel *title, *date, *stage, *facts;
  GtkMenuButton *menu_button;
};

G_DEFINE_FINAL_TYPE (VantageReviewCard, vantage_review_card, GTK_TYPE_WIDGET)

gint64
vantage_review_get_due_us (VantageEntity *review)
{
  g_autoptr (GPtrArray) names = vantage_entity_list_registers (review);
  gint64 due_us = VANTAGE_TIME_NONE;

  if (vantage_entity_get_yesno (review, "sample"))
    return VANTAGE_TIME_NONE;
  for (guint i = 0; i < names->len; i++)
    {
      gint64 us;

      if (!g_str_has_prefix (names->pdata[i], "due/") ||
          !vantage_value_get_time (vantage_entity_get_value (review, names->pdata[i]), &us))
        continue;
      if (due_us == VANTAGE_TIME_NONE || us < due_us)
        due_us = us;
    }
  return due_us;
}

/* ---- what the lines say ---- */

static guint
count_kind (VantageReviewCard *self, const char *kind)
{
  g_autoptr (GPtrArray) list =
      vantage_library_list (self->library, vantage_entity_get_id (self->review), kind, NULL);

  return list != NULL ? list->len : 0;
}

static char *
say_interviews (VantageReviewCard *self)
{
  g_autoptr (GPtrArray) list =
      vantage_library_list (self->library, vantage_entity_get_id (self->review), "interview", NULL);
  guint held = 0;

  if (list == NULL || list->len == 0)
    return NULL;
  for (guint i = 0; i < list->len; i++)
    if (g_strcmp0 (vantage_entity_get_text (list->pdata[i], "state"), "held") == 0)
      held++;
  /* translators: how many of the planned interviews were held */
  return g_strdup_printf (ngettext ("%u of %u interview", "%u of %u interviews", list->len), held,
                          list->len);
}

static void
append_fact (GString *line, const char *fact)
{
  if (fact == NULL)
    return;
  if (line->len > 0)
    g_string_append (line, " · ");
  g_string_append (line, fact);
}

static char *
say_facts (VantageReviewCard *self)
{
  g_autoptr (GString) line = g_string_new (NULL);
  guint sources = count_kind (self, "source");
  guint events = count_kind (self, "event");
  guint findings = count_kind (self, "finding");
  g_autofree char *interviews = say_interviews (self);

  if (sources > 0)
    {
      g_autofree char *fact =
          g_strdup_printf (ngettext ("%u source", "%u sources", sources), sources);

      append_fact (line, fact);
    }
  if (events > 0)
    {
      g_autofree char *fact = g_strdup_printf (ngettext ("%u event", "%u events", events), events);

      append_fact (line, fact);
    }
  append_fact (line, interviews);
  if (findings > 0)
    {
      g_autofree char *fact =
          g_strdup_printf (ngettext ("%u finding", "%u findings", findings), findings);

      append_fact (line, fact);
    }
  if (vantage_entity_get_yesno (self->review, "sample"))
    append_fact (line, _ ("fiction, to try everything on"));
  if (line->len == 0)
    append_fact (line, _ ("nothing imported yet"));
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static char *
say_stage (VantageEntity *review)
{
  const char *kind = vantage_entity_get_text (review, "kind");
  const char *stage = vantage_entity_get_text (review, "stage");

  if (vantage_entity_get_yesno (review, "sample"))
    return g_strdup (_ ("Sample"));
  if (kind == NULL)
    kind = "incident";
  if (stage == NULL)
    stage = "intake";
  /* translators: kind of a review, and its stage: "Near miss · Calibration" */
  return g_strdup_printf (_ ("%s · %s"), vantage_words_choice ("review-kind", kind),
                          vantage_words_choice ("stage", stage));
}

/* When it is due, when that is near or past; else when it was last worked on. */
static char *
say_date (VantageReviewCard *self, gboolean *out_late)
{
  g_autoptr (VantageZone) zone = vantage_zone_new_local ();
  gint64 now_us = vantage_library_now_us (self->library);
  gint64 due_us = vantage_review_get_due_us (self->review);
  int days;

  *out_late = FALSE;
  if (due_us == VANTAGE_TIME_NONE)
    return vantage_time_text_day (zone, vantage_entity_get_changed_us (self->review), now_us);
  days = vantage_time_text_count_days (zone, due_us, now_us);
  *out_late = days > 0;
  if (*out_late)
    {
      return g_strdup_printf (ngettext ("%d day late", "%d days late", days), days);
    }
  else
    {
      g_autofree char *day = vantage_time_text_day (zone, due_us, now_us);

      /* translators: a day */
      return g_strdup_printf (_ ("due %s"), day);
    }
}

static void
show_review (VantageReviewCard *self)
{
  const char *title = vantage_entity_get_title (self->review);
  g_autofree char *stage = say_stage (self->review);
  g_autofree char *facts = say_facts (self);
  g_autofree char *date = NULL;
  gboolean late;

  if (title[0] == '\0')
    title = _ ("Untitled Review");
  date = say_date (self, &late);
  gtk_label_set_text (self->title, title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), strlen (title) > 60 ? title : NULL);
  gtk_label_set_text (self->stage, stage);
  gtk_label_set_text (self->facts, facts);
  gtk_label_set_text (self->date, date);
  if (late)
    gtk_widget_add_css_class (GTK_WIDGET (self->date), "late");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->date), "late");

  g_free (self->spoken);
  self->spoken = g_strdup_printf ("%s, %s, %s, %s", title, stage, facts, date);
}

static void
append_command (GMenu *menu, const char *label, const char *action, const char *review)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", review);
  g_menu_append_item (menu, item);
}

static void
show_menu (VantageReviewCard *self)
{
  const char *review = vantage_entity_get_id (self->review);
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) last = g_menu_new ();

  append_command (menu, _ ("Open"), "win.open", review);
  append_command (menu, _ ("Open in New Window"), "win.open-elsewhere", review);
  if (vantage_entity_get_yesno (self->review, "sample"))
    g_menu_append (last, _ ("Start the Sample Anew"), "win.renew-sample");
  append_command (last, _ ("Delete"), "win.delete", review);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (last));
  gtk_menu_button_set_menu_model (self->menu_button, G_MENU_MODEL (menu));
}

static void
pressed_cb (VantageReviewCard *self)
{
  gtk_menu_button_popup (self->menu_button);
}

/* ---- object ---- */

static void
vantage_review_card_dispose (GObject *object)
{
  VantageReviewCard *self = VANTAGE_REVIEW_CARD (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), VANTAGE_TYPE_REVIEW_CARD);
  g_clear_object (&self->review);
  g_clear_object (&self->library);
  g_clear_pointer (&self->spoken, g_free);
  G_OBJECT_CLASS (vantage_review_card_parent_class)->dispose (object);
}

static void
vantage_review_card_class_init (VantageReviewCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vantage_review_card_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/vantage/Vantage/vantage-review-card.ui");
  gtk_widget_class_bind_template_child (widget_class, VantageReviewCard, box);
  gtk_widget_class_bind_template_child (widget_class, VantageReviewCard, title);
  gtk_widget_class_bind_template_child (widget_class, VantageReviewCard, date);
  gtk_widget_class_bind_template_child (widget_class, VantageReviewCard, stage);
  gtk_widget_class_bind_template_child (widget_class, VantageReviewCard, facts);
  gtk_widget_class_bind_template_child (widget_class, VantageReviewCard, menu_button);
}

static void
vantage_review_card_init (VantageReviewCard *self)
{
  GtkGesture *press = gtk_gesture_click_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (press), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (press, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (press));
}

GtkWidget *
vantage_review_card_new (VantageLibrary *library)
{
  VantageReviewCard *self = g_object_new (VANTAGE_TYPE_REVIEW_CARD, NULL);

  self->library = g_object_ref (library);
  return GTK_WIDGET (self);
}

void
vantage_review_card_set_review (VantageReviewCard *self, VantageEntity *review)
{
  if (!g_set_object (&self->review, review) || review == NULL)
    return;
  show_review (self);
  show_menu (self);
}

void
vantage_review_card_refresh (VantageReviewCard *self)
{
  if (self->review != NULL)
    show_review (self);
}

VantageEntity *
vantage_review_card_get_review (VantageReviewCard *self)
{
  return self->review;
}

const char *
vantage_review_card_get_spoken (VantageReviewCard *self)
{
  return self->spoken;
}
