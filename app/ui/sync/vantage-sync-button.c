/* vantage-sync-button.c: how the review and the server stand, in words, and what can be done. */

#include "config.h"

#include "vantage-sync-button.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-stream.h"
#include "vantage-sync-server.h"
#include "vantage-sync-state.h"
#include "vantage-time-text.h"
#include "vantage-words.h"

#define PULSE_MS 120
#define CLOCK_APART_MS (2 * 60 * 1000)

/* What the popover is about. */
typedef enum
{
  PLACE_SAMPLE,     /* stays here whatever happens */
  PLACE_ALONE,      /* no server is set */
  PLACE_NOT_SHARED, /* a server is, and this review is not shared */
  PLACE_SHARED,
} Place;

struct _VantageSyncButton
{
  GtkWidget parent_instance;

  VantageReviewContext *context;
  VantageSyncState *state; /* lent by the library, which the context holds */
  Place place;
  guint pulse;
  gboolean showing; /* widgets are being set: not a person's doing */

  GtkWidget *button, *popover, *offline_row;
  GtkImage *icon;
  GtkLabel *count, *heading, *status, *detail, *promise;
  GtkProgressBar *progress;
  GtkCheckButton *all_evidence;
  GtkSwitch *offline;
  GtkButton *main;
};

G_DEFINE_FINAL_TYPE (VantageSyncButton, vantage_sync_button, GTK_TYPE_WIDGET)

static VantageLibrary *
get_library (VantageSyncButton *self)
{
  return vantage_review_context_get_library (self->context);
}

static const char *
get_review (VantageSyncButton *self)
{
  return vantage_review_context_get_review_id (self->context);
}

/* ---- what there is to say ---- */

static Place
find_place (VantageSyncButton *self)
{
  VantageEntity *review = vantage_review_context_get_review (self->context);

  if (review != NULL && vantage_entity_get_yesno (review, "sample"))
    return PLACE_SAMPLE;
  if (vantage_sync_state_get_url (self->state) == NULL)
    return PLACE_ALONE;
  return vantage_sync_get_share (get_library (self), get_review (self)) != VANTAGE_SHARE_NONE
             ? PLACE_SHARED
             : PLACE_NOT_SHARED;
}

static guint64
count_waiting (VantageSyncButton *self)
{
  g_autoptr (GPtrArray) streams =
      vantage_library_list_streams (get_library (self), get_review (self), NULL);
  guint64 n = 0;

  for (guint i = 0; streams != NULL && i < streams->len; i++)
    n += ((VantageStreamInfo *) streams->pdata[i])->n_unsent;
  return n;
}

static guint
count_conflicts (VantageSyncButton *self)
{
  g_autoptr (GPtrArray) conflicts =
      vantage_library_list_conflicts (get_library (self), get_review (self), NULL);

  return conflicts != NULL ? conflicts->len : 0;
}

/* "Up to date · 10:41" */
static char *
dup_up_to_date (VantageSyncButton *self)
{
  gint64 us = vantage_sync_state_get_synced_us (self->state);
  VantageZone *zone = vantage_review_context_get_zone (self->context);
  gint64 now_us = vantage_library_now_us (get_library (self));
  g_autofree char *day = NULL;
  g_autofree char *clock = NULL;

  if (us == VANTAGE_TIME_NONE)
    return g_strdup (_ ("Not synced yet"));
  clock = vantage_zone_format (zone, us, VANTAGE_SHOW_MINUTE);
  if (vantage_time_text_count_days (zone, us, now_us) == 0)
    /* translators: a time of day */
    return g_strdup_printf (_ ("Up to date · %s"), clock);
  day = vantage_time_text_day (zone, us, now_us);
  /* translators: a day and a time of day */
  return g_strdup_printf (_ ("Up to date · %s %s"), day, clock);
}

static char *
dup_status (VantageSyncButton *self, guint64 n_waiting)
{
  const GError *error = vantage_sync_state_get_error (self->state);

  if (vantage_sync_state_is_busy (self->state))
    return g_strdup (_ ("Syncing…"));
  if (vantage_sync_state_is_offline (self->state))
    return n_waiting > 0
               ? g_strdup_printf (ngettext ("Offline · %d change waits",
                                            "Offline · %d changes wait", (gulong) n_waiting),
                                  (int) n_waiting)
               : g_strdup (_ ("Offline"));
  if (error != NULL)
    return vantage_words_error (error);
  if (n_waiting > 0)
    return g_strdup_printf (
        ngettext ("%d change waits to be sent", "%d changes wait to be sent", (gulong) n_waiting),
        (int) n_waiting);
  return dup_up_to_date (self);
}

static void
add_sentence (GString *text, const char *sentence)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, sentence);
}

static void
add_done (GString *text, const VantageSyncReport *report)
{
  g_autofree char *line = NULL;

  if (report->pushed + report->pulled == 0)
    line = g_strdup (_ ("The last sync moved nothing."));
  else
    /* translators: two counts of changes */
    line = g_strdup_printf (_ ("The last sync sent %d and received %d changes."),
                            (int) report->pushed, (int) report->pulled);
  add_sentence (text, line);
  if (report->bundles_up > 0)
    add_sentence (text, _ ("Evidence was sent."));
  if (report->bundles_down > 0)
    add_sentence (text, _ ("Evidence arrived."));
}

static void
add_problems (VantageSyncButton *self, GString *text, const VantageSyncReport *report)
{
  for (guint i = 0; i < report->problems->len; i++)
    {
      const VantageSyncProblem *problem = report->problems->pdata[i];

      if (strcmp (problem->review, get_review (self)) != 0)
        continue;
      if (strcmp (problem->code, "forbidden") == 0)
        add_sentence (text, _ ("You may read this review and not change it: what you wrote stays "
                               "on this computer."));
      else if (strcmp (problem->code, "not_found") == 0)
        add_sentence (text, _ ("The server no longer gives this review to your account. All of it "
                               "is still here."));
      else if (strcmp (problem->code, "clock_ahead") == 0)
        add_sentence (text, _ ("This computer’s clock is ahead. Set it right; what was written "
                               "waits until then."));
      else
        /* translators: what the server says, in English */
        add_sentence (text, problem->message);
    }
}

static char *
dup_detail (VantageSyncButton *self)
{
  const VantageSyncReport *report = vantage_sync_state_get_report (self->state);
  guint n_conflicts = count_conflicts (self);
  g_autoptr (GString) text = g_string_new (NULL);

  if (report != NULL)
    {
      add_done (text, report);
      add_problems (self, text, report);
      if (ABS (report->clock_offset_ms) > CLOCK_APART_MS)
        add_sentence (text, _ ("This computer’s clock and the server’s are minutes apart."));
    }
  if (n_conflicts > 0)
    {
      g_autofree char *line = g_strdup_printf (
          ngettext ("%d field was changed by two people at once; both are kept.",
                    "%d fields were changed by two people at once; both are kept.", n_conflicts),
          (int) n_conflicts);

      add_sentence (text, line);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* ---- showing ---- */

static void
set_label (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), *text != '\0');
}

static void
show_words (VantageSyncButton *self, guint64 n_waiting)
{
  const char *url = vantage_sync_state_get_url (self->state);
  g_autoptr (GUri) uri = url != NULL ? g_uri_parse (url, G_URI_FLAGS_NONE, NULL) : NULL;
  g_autofree char *status = NULL;
  g_autofree char *detail = NULL;

  set_label (self->heading, uri != NULL ? g_uri_get_host (uri) : _ ("Only on This Computer"));
  switch (self->place)
    {
    case PLACE_SAMPLE:
      status = g_strdup (_ ("The sample is yours to play with: it is never synced."));
      break;
    case PLACE_ALONE:
      status = g_strdup (_ ("Everything stays here until you connect a server."));
      break;
    case PLACE_NOT_SHARED:
      status = g_strdup (_ ("This review is not shared."));
      detail = g_strdup (_ ("Sharing sends its timeline, people, findings and what they cite to "
                            "your team’s server."));
      break;
    case PLACE_SHARED:
      status = dup_status (self, n_waiting);
      detail = dup_detail (self);
      break;
    }
  set_label (self->status, status);
  set_label (self->detail, detail != NULL ? detail : "");
}

static void
show_choices (VantageSyncButton *self)
{
  gboolean shared = self->place == PLACE_SHARED;
  VantageShare share = vantage_sync_get_share (get_library (self), get_review (self));
  static const char *const labels[] = {
    [PLACE_SAMPLE] = "",
    [PLACE_ALONE] = N_ ("_Connect to Server…"),
    [PLACE_NOT_SHARED] = N_ ("_Share This Review"),
    [PLACE_SHARED] = N_ ("_Sync Now"),
  };

  gtk_widget_set_visible (GTK_WIDGET (self->all_evidence), self->place >= PLACE_NOT_SHARED);
  if (shared)
    gtk_check_button_set_active (self->all_evidence, share == VANTAGE_SHARE_ALL);
  gtk_widget_set_visible (self->offline_row, shared);
  gtk_switch_set_active (self->offline, vantage_sync_state_is_offline (self->state));
  gtk_widget_set_visible (GTK_WIDGET (self->main), self->place != PLACE_SAMPLE);
  if (self->place != PLACE_SAMPLE)
    gtk_button_set_label (self->main, gettext (labels[self->place]));
  gtk_widget_set_sensitive (GTK_WIDGET (self->main),
                            !shared || !vantage_sync_state_is_busy (self->state));
  gtk_widget_set_visible (GTK_WIDGET (self->promise), self->place != PLACE_SAMPLE);
}

static void
show_button (VantageSyncButton *self, guint64 n_waiting)
{
  gboolean connected = self->place == PLACE_SHARED;
  gboolean offline = !connected || vantage_sync_state_is_offline (self->state);
  g_autofree char *count = vantage_words_count (n_waiting);
  g_autofree char *spoken =
      connected && n_waiting > 0
          ? g_strdup_printf (
                ngettext ("Sync, %d change waits", "Sync, %d changes wait", (gulong) n_waiting),
                (int) n_waiting)
          : g_strdup (_ ("Sync"));

  gtk_image_set_from_icon_name (self->icon, "emblem-synchronizing-symbolic");
  if (offline)
    gtk_widget_add_css_class (GTK_WIDGET (self->icon), "dim-label");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->icon), "dim-label");
  gtk_label_set_label (self->count, count);
  gtk_widget_set_visible (GTK_WIDGET (self->count), connected && n_waiting > 0);
  gtk_widget_set_tooltip_text (self->button, spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken, -1);
}

static gboolean
pulse_cb (gpointer data)
{
  gtk_progress_bar_pulse (((VantageSyncButton *) data)->progress);
  return G_SOURCE_CONTINUE;
}

static void
show_progress (VantageSyncButton *self)
{
  gboolean busy = vantage_sync_state_is_busy (self->state) &&
                  gtk_widget_get_visible (self->popover) && self->place == PLACE_SHARED;

  gtk_widget_set_visible (GTK_WIDGET (self->progress), busy);
  if (!busy)
    g_clear_handle_id (&self->pulse, g_source_remove);
  else if (self->pulse == 0)
    self->pulse = g_timeout_add (PULSE_MS, pulse_cb, self);
}

static void
show (VantageSyncButton *self)
{
  guint64 n_waiting;

  self->place = find_place (self);
  n_waiting = self->place == PLACE_SHARED ? count_waiting (self) : 0;
  self->showing = TRUE;
  show_button (self, n_waiting);
  if (gtk_widget_get_visible (self->popover))
    {
      show_words (self, n_waiting);
      show_choices (self);
    }
  show_progress (self);
  self->showing = FALSE;
}

/* ---- doing ---- */

static void
share (VantageSyncButton *self)
{
  VantageShare how =
      gtk_check_button_get_active (self->all_evidence) ? VANTAGE_SHARE_ALL : VANTAGE_SHARE_CITED;
  g_autoptr (GError) error = NULL;

  vantage_review_context_flush (self->context);
  if (vantage_sync_share (get_library (self), get_review (self), how, &error))
    vantage_sync_state_sync (self->state);
  else
    vantage_review_context_tell_error (self->context, _ ("Could not share the review"), error);
  show (self);
}

static void
main_clicked_cb (VantageSyncButton *self)
{
  switch (self->place)
    {
    case PLACE_SAMPLE:
      break;
    case PLACE_ALONE:
      gtk_popover_popdown (GTK_POPOVER (self->popover));
      gtk_widget_activate_action (GTK_WIDGET (self), "win.connect", NULL);
      break;
    case PLACE_NOT_SHARED:
      share (self);
      break;
    case PLACE_SHARED:
      vantage_review_context_flush (self->context);
      vantage_sync_state_sync (self->state);
      break;
    }
}

static void
evidence_toggled_cb (VantageSyncButton *self)
{
  if (!self->showing && self->place == PLACE_SHARED)
    share (self);
}

static void
offline_changed_cb (VantageSyncButton *self)
{
  if (!self->showing)
    vantage_sync_state_set_offline (self->state, gtk_switch_get_active (self->offline));
}

/* ---- making ---- */

static void
vantage_sync_button_dispose (GObject *object)
{
  VantageSyncButton *self = VANTAGE_SYNC_BUTTON (object);

  g_clear_handle_id (&self->pulse, g_source_remove);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (vantage_sync_button_parent_class)->dispose (object);
}

static void
vantage_sync_button_class_init (VantageSyncButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vantage_sync_button_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/vantage/Vantage/vantage-sync-button.ui");
  gtk_widget_class_bind_template_child (widget_class, VantageSyncButton, button);
  gtk_widget_class_bind_template_child (widget_class, VantageSyncButton, popover);
  gtk_widget_class_bind_template_child (widget_class, VantageSyncButton, icon);
  gtk_widget_class_bind_template_child (widget_class, VantageSyncButton, count);
  gtk_widget_class_bind_template_child (widget_class, VantageSyncButton, heading);
  gtk_widget_class_bind_template_child (widget_class, VantageSyncButton, status);
  gtk_widget_class_bind_template_child (widget_class, VantageSyncButton, detail);
  gtk_widget_class_bind_template_child (widget_class, VantageSyncButton, promise);
  gtk_widget_class_bind_template_child (widget_class, VantageSyncButton, progress);
  gtk_widget_class_bind_template_child (widget_class, VantageSyncButton, all_evidence);
  gtk_widget_class_bind_template_child (widget_class, VantageSyncButton, offline_row);
  gtk_widget_class_bind_template_child (widget_class, VantageSyncButton, offline);
  gtk_widget_class_bind_template_child (widget_class, VantageSyncButton, main);
}

static void
vantage_sync_button_init (VantageSyncButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
vantage_sync_button_new (VantageReviewContext *context)
{
  VantageSyncButton *self = g_object_new (VANTAGE_TYPE_SYNC_BUTTON, NULL);

  self->context = g_object_ref (context);
  self->state = vantage_sync_state_get (vantage_review_context_get_library (context));
  g_signal_connect_object (self->state, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->popover, "notify::visible", G_CALLBACK (show), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->main, "clicked", G_CALLBACK (main_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->all_evidence, "toggled", G_CALLBACK (evidence_toggled_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->offline, "notify::active", G_CALLBACK (offline_changed_cb), self,
                           G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}
