/* vantage-sample-tour.c: five things to try in the sample. */

#include "config.h"

#include "vantage-sample-tour.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-sections.h"

typedef struct
{
  const char *section;
  const char *title;
  const char *detail;
} Thing;

static const Thing things[] = {
  { "sources", N_ ("Read What Was Said That Night"),
    N_ ("Choose a message: it stays beside you while you write.") },
  { "people", N_ ("See Who Was There, and Who Only Watched"),
    N_ ("And whom to talk to first, with the reasons.") },
  { "timeline", N_ ("Stand Where One of Them Stood"),
    N_ ("Move an event, then take it back with Ctrl+Z.") },
  { "interviews", N_ ("Hold a Practice Conversation"),
    N_ ("What you write there stays on this computer.") },
  { "report", N_ ("Take a Report Away"), N_ ("What the preview shows is what leaves.") },
};

struct _VantageSampleTour
{
  GtkWidget parent_instance;

  VantageReviewContext *context;
  GtkWidget *list;
  GtkWidget *ticks[G_N_ELEMENTS (things)];
};

G_DEFINE_FINAL_TYPE (VantageSampleTour, vantage_sample_tour, GTK_TYPE_WIDGET)

/* Which were tried: their sections, parted by spaces, kept on this computer. */
static char **
read_tried (VantageSampleTour *self)
{
  g_autofree char *text =
      vantage_library_dup_local (vantage_review_context_get_library (self->context),
                                 vantage_review_context_get_review_id (self->context), "tour");

  return g_strsplit (text != NULL ? text : "", " ", -1);
}

static void
show_ticks (VantageSampleTour *self)
{
  g_auto (GStrv) tried = read_tried (self);

  for (guint i = 0; i < G_N_ELEMENTS (things); i++)
    if (self->ticks[i] != NULL)
      gtk_widget_set_visible (self->ticks[i],
                              g_strv_contains ((const char *const *) tried, things[i].section));
}

static void
activated_cb (VantageSampleTour *self, GtkListBoxRow *row)
{
  const char *section = g_object_get_data (G_OBJECT (row), "section");
  g_auto (GStrv) tried = read_tried (self);

  if (!g_strv_contains ((const char *const *) tried, section))
    {
      g_autofree char *before = g_strjoinv (" ", tried);
      g_autofree char *after = g_strstrip (g_strdup_printf ("%s %s", before, section));

      vantage_library_set_local (vantage_review_context_get_library (self->context),
                                 vantage_review_context_get_review_id (self->context), "tour",
                                 after);
    }
  show_ticks (self);
  vantage_review_context_go (self->context, section, NULL);
}

static void
append_thing (VantageSampleTour *self, guint i)
{
  GtkWidget *row = adw_action_row_new ();

  self->ticks[i] = gtk_image_new_from_icon_name ("object-select-symbolic");
  gtk_widget_add_css_class (self->ticks[i], "accent");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->ticks[i]), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Tried"), -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (things[i].title));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ (things[i].detail));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->ticks[i]);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), "section", (gpointer) things[i].section);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

static void
vantage_sample_tour_dispose (GObject *object)
{
  VantageSampleTour *self = VANTAGE_SAMPLE_TOUR (object);

  g_clear_pointer (&self->list, gtk_widget_unparent);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (vantage_sample_tour_parent_class)->dispose (object);
}

static void
vantage_sample_tour_class_init (VantageSampleTourClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vantage_sample_tour_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
vantage_sample_tour_init (VantageSampleTour *self)
{
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (activated_cb), self,
                           G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (things); i++)
    if (vantage_section_find (things[i].section) != NULL)
      append_thing (self, i);
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));
}

void
vantage_sample_tour_bind (VantageSampleTour *self, VantageReviewContext *context)
{
  self->context = g_object_ref (context);
  show_ticks (self);
}
