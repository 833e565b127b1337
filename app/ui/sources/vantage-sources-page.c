/* vantage-sources-page.c: channels on one side, what was said there on the other; search and
 * filters; keys that send evidence where it is used. */

#include "config.h"

#include "vantage-sources-page-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-empty-state.h"
#include "vantage-item-drag.h"
#include "vantage-shortcuts.h"
#include "vantage-time-text.h"
#include "vantage-words.h"

#define SLOW_MS 300

G_DEFINE_FINAL_TYPE (VantageSourcesPage, vantage_sources_page, VANTAGE_TYPE_PAGE)

static VantageReviewContext *
get_context (VantageSourcesPage *self)
{
  return vantage_page_get_context (VANTAGE_PAGE (self));
}

char *
vantage_sources_page_dup_count (VantageReviewContext *context)
{
  const VantageItemQuery all = VANTAGE_ITEM_QUERY_INIT;
  gint64 n = vantage_library_count_items (vantage_review_context_get_library (context),
                                          vantage_review_context_get_review_id (context), &all,
                                          NULL, NULL);

  return n > 0 ? vantage_words_count ((guint64) n) : NULL;
}

/* ---- what is shown ---- */

static gboolean
is_narrowed (VantageSourcesPage *self)
{
  return *gtk_editable_get_text (self->search) != '\0' ||
         gtk_drop_down_get_selected (self->person_drop) > 0 ||
         gtk_drop_down_get_selected (self->kind_drop) > 0 || self->since_us != VANTAGE_TIME_NONE ||
         self->until_us != VANTAGE_TIME_NONE;
}

static void
say_how_many (VantageSourcesPage *self)
{
  guint n = vantage_evidence_reader_get_n_items (self->reader);
  gboolean narrowed = is_narrowed (self);
  g_autofree char *count = vantage_words_count (n);
  g_autofree char *text = NULL;

  if (n == 0)
    text = g_strdup (narrowed ? _ ("Nothing like this was found here.")
                              : _ ("Nothing was said here."));
  else if (narrowed)
    text = g_strdup_printf (ngettext ("%s found", "%s found", n), count);
  else
    text = g_strdup_printf (ngettext ("%s item", "%s items", n), count);
  gtk_label_set_text (self->found, text);
}

static gboolean
still_looking_cb (gpointer data)
{
  VantageSourcesPage *self = data;

  self->slow = 0;
  gtk_label_set_text (self->found, _ ("Looking…"));
  return G_SOURCE_REMOVE;
}

/* An answer that takes a moment is said to be on its way; a quick one does not flicker. */
static void
looking_cb (VantageSourcesPage *self)
{
  g_clear_handle_id (&self->slow, g_source_remove);
  if (vantage_evidence_reader_is_looking (self->reader))
    self->slow = g_timeout_add (SLOW_MS, still_looking_cb, self);
  else
    say_how_many (self);
}

static void
show_query (VantageSourcesPage *self)
{
  VantageItemQuery query = VANTAGE_ITEM_QUERY_INIT;
  const char *text = gtk_editable_get_text (self->search);
  guint person = gtk_drop_down_get_selected (self->person_drop);
  guint kind = gtk_drop_down_get_selected (self->kind_drop);

  query.text = *text != '\0' ? text : NULL;
  query.source = self->only_source;
  query.since_us = self->since_us;
  query.until_us = self->until_us;
  query.channel = vantage_channel_list_get_chosen (self->channels);
  if (person > 0 && person != GTK_INVALID_LIST_POSITION && person <= self->person_ids->len)
    query.person = g_ptr_array_index (self->person_ids, person - 1);
  if (kind > 0 && kind != GTK_INVALID_LIST_POSITION)
    query.kind = (int) kind - 1;
  vantage_evidence_reader_set_query (self->reader, &query);
  if (person > 0 || kind > 0 || self->since_us != VANTAGE_TIME_NONE ||
      self->until_us != VANTAGE_TIME_NONE)
    gtk_widget_add_css_class (GTK_WIDGET (self->filter_button), "accent");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->filter_button), "accent");
}

void
vantage_sources_page_read_only (VantageSourcesPage *self, const char *source)
{
  VantageReviewContext *context = get_context (self);
  g_autoptr (VantageEntity) entity =
      source != NULL ? vantage_library_get (vantage_review_context_get_library (context),
                                            vantage_review_context_get_review_id (context),
                                            "source", source, NULL)
                     : NULL;
  g_autofree char *text = NULL;

  g_clear_pointer (&self->only_source, g_free);
  if (entity != NULL)
    {
      self->only_source = g_strdup (source);
      /* translators: name of an import, which alone is read */
      text = g_strdup_printf (_ ("Only what came from “%s”"), vantage_entity_get_title (entity));
      gtk_label_set_text (self->only_label, text);
      self->filling = TRUE;
      vantage_channel_list_choose (self->channels, NULL);
      self->filling = FALSE;
    }
  gtk_widget_set_visible (self->only_bar, entity != NULL);
  vantage_sources_page_manage (self, FALSE);
  show_query (self);
}

gboolean
vantage_sources_page_is_managing (VantageSourcesPage *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->panes), "sources") == 0;
}

void
vantage_sources_page_manage (VantageSourcesPage *self, gboolean manage)
{
  if (manage == vantage_sources_page_is_managing (self))
    return;
  if (self->sources == NULL)
    {
      self->sources = VANTAGE_SOURCE_LIST (vantage_source_list_new (get_context (self)));
      adw_bin_set_child (self->sources_slot, GTK_WIDGET (self->sources));
    }
  gtk_stack_set_visible_child_name (self->panes, manage ? "sources" : "reader");
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_FORWARD);
  if (manage)
    vantage_source_list_open (self->sources, NULL);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->reader));
}

static void
filter_changed_cb (VantageSourcesPage *self)
{
  if (!self->filling && self->reader != NULL)
    show_query (self);
}

static void
stop_search_cb (VantageSourcesPage *self)
{
  gtk_editable_set_text (self->search, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->reader));
}

static void
channel_chosen_cb (VantageSourcesPage *self, const char *channel)
{
  vantage_sources_page_manage (self, FALSE);
  show_query (self);
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_FORWARD);
}

static void
read_all_cb (VantageSourcesPage *self)
{
  vantage_sources_page_read_only (self, NULL);
}

static void
to_channels_cb (VantageSourcesPage *self)
{
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
}

/* The day that is meant where none is typed: where reading begins. */
static gint64
find_day (VantageSourcesPage *self)
{
  VantageEntity *review = vantage_review_context_get_review (get_context (self));
  gint64 us = review != NULL ? vantage_entity_get_time (review, "from") : VANTAGE_TIME_NONE;

  if (us == VANTAGE_TIME_NONE)
    us = vantage_evidence_reader_get_time (self->reader);
  return us != VANTAGE_TIME_NONE ? us : g_get_real_time ();
}

/* FALSE, marked, when it is no time; nothing typed is none. */
static gboolean
read_entry (VantageSourcesPage *self, GtkEntry *entry, gint64 *out_us)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));

  *out_us = VANTAGE_TIME_NONE;
  gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  if (*text == '\0' ||
      vantage_time_text_read (text, find_day (self),
                              vantage_review_context_get_zone (get_context (self)), out_us))
    return TRUE;
  gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  return FALSE;
}

static void
time_entered_cb (VantageSourcesPage *self)
{
  gint64 us;

  if (!read_entry (self, self->time_entry, &us) || us == VANTAGE_TIME_NONE)
    return;
  gtk_popover_popdown (self->filter_popover);
  vantage_evidence_reader_go_to_time (self->reader, us);
}

static void
range_entered_cb (VantageSourcesPage *self)
{
  gint64 since_us, until_us;

  if (!read_entry (self, self->from_entry, &since_us) ||
      !read_entry (self, self->until_entry, &until_us))
    return;
  if (since_us != VANTAGE_TIME_NONE && until_us != VANTAGE_TIME_NONE && since_us >= until_us)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->until_entry), "error");
      return;
    }
  self->since_us = since_us;
  self->until_us = until_us;
  show_query (self);
}

/* What another page leads to is shown, whatever was narrowed down here. */
static void
open_wide (VantageSourcesPage *self)
{
  gtk_editable_set_text (self->search, "");
  gtk_editable_set_text (GTK_EDITABLE (self->from_entry), "");
  gtk_editable_set_text (GTK_EDITABLE (self->until_entry), "");
  self->since_us = self->until_us = VANTAGE_TIME_NONE;
  gtk_drop_down_set_selected (self->person_drop, 0);
  gtk_drop_down_set_selected (self->kind_drop, 0);
}

/* Names in the drop down; "Everybody" first. */
static void
fill_people (VantageSourcesPage *self)
{
  GPtrArray *people = vantage_review_context_get_people (get_context (self));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  self->filling = TRUE;
  gtk_string_list_append (names, _ ("Everybody"));
  g_ptr_array_set_size (self->person_ids, 0);
  for (guint i = 0; people != NULL && i < people->len; i++)
    {
      const VantagePerson *person = g_ptr_array_index (people, i);

      gtk_string_list_append (names, person->name);
      g_ptr_array_add (self->person_ids, g_strdup (person->id));
    }
  gtk_drop_down_set_model (self->person_drop, G_LIST_MODEL (names));
  self->filling = FALSE;
}

static void
fill_kinds (VantageSourcesPage *self)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  gtk_string_list_append (words, _ ("Every kind"));
  for (guint kind = 0; kind < VANTAGE_N_ITEM_KINDS; kind++)
    gtk_string_list_append (words,
                            vantage_words_choice ("item-kind", vantage_item_kind_to_text (kind)));
  self->filling = TRUE;
  gtk_drop_down_set_model (self->kind_drop, G_LIST_MODEL (words));
  self->filling = FALSE;
}

static void
show_state (VantageSourcesPage *self)
{
  gboolean nothing = vantage_channel_list_is_empty (self->channels);

  gtk_stack_set_visible_child_name (self->states, nothing ? "empty" : "read");
}

static void
evidence_changed_cb (VantageSourcesPage *self)
{
  fill_people (self);
  show_state (self);
}

/* ---- what is chosen ---- */

static void
selection_changed_cb (VantageSourcesPage *self)
{
  const char *const *ids = vantage_review_context_get_selection (get_context (self));
  guint n = g_strv_length ((char **) ids);
  g_autofree char *text = g_strdup_printf (ngettext ("%u selected", "%u selected", n), n);

  gtk_label_set_text (self->chosen, text);
  gtk_revealer_set_reveal_child (self->bar, n > 0);
}

/* ---- page ---- */

/* All that a person said and did, in whatever channel. */
static void
go_to_person (VantageSourcesPage *self, const char *id)
{
  const VantagePerson *person = vantage_review_context_find_person (get_context (self), id);
  guint at;

  if (person == NULL ||
      !g_ptr_array_find_with_equal_func (self->person_ids, person->id, g_str_equal, &at))
    return;
  vantage_sources_page_read_only (self, NULL);
  self->filling = TRUE;
  open_wide (self);
  gtk_drop_down_set_selected (self->person_drop, at + 1);
  vantage_channel_list_choose (self->channels, NULL);
  self->filling = FALSE;
  show_query (self);
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_FORWARD);
}

static void
sources_go_to (VantagePage *page, const char *target)
{
  VantageSourcesPage *self = VANTAGE_SOURCES_PAGE (page);
  const char *local = NULL;
  char channel[17];

  /* An item, a whole channel, or a person. */
  if (!vantage_item_id_split (target, channel, &local) &&
      g_strlcpy (channel, target, sizeof channel) != sizeof channel - 1)
    {
      go_to_person (self, target);
      return;
    }
  vantage_sources_page_read_only (self, NULL);
  self->filling = TRUE;
  open_wide (self);
  vantage_channel_list_choose (self->channels, channel);
  self->filling = FALSE;
  show_query (self);
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_FORWARD);
  if (local != NULL)
    vantage_evidence_reader_go_to (self->reader, target);
}

static void
sources_find (VantagePage *page)
{
  VantageSourcesPage *self = VANTAGE_SOURCES_PAGE (page);

  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_FORWARD);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static gboolean
sources_escape (VantagePage *page)
{
  VantageSourcesPage *self = VANTAGE_SOURCES_PAGE (page);
  gboolean some = *vantage_review_context_get_selection (get_context (self)) != NULL;

  if (vantage_sources_page_is_managing (self))
    {
      vantage_sources_page_manage (self, FALSE);
      return TRUE;
    }
  vantage_evidence_reader_clear_selection (self->reader);
  return some;
}

static char *
sources_save_state (VantagePage *page)
{
  return g_strdup (vantage_channel_list_get_chosen (VANTAGE_SOURCES_PAGE (page)->channels));
}

static void
sources_restore_state (VantagePage *page, const char *state)
{
  VantageSourcesPage *self = VANTAGE_SOURCES_PAGE (page);

  if (state == NULL || *state == '\0')
    return;
  vantage_channel_list_choose (self->channels, state);
  show_query (self);
}

static void
fill_menu (VantageSourcesPage *self)
{
  static const char *const of_items[] = { "page.add-to-timeline", "page.pin",
                                          "page.redact",          "page.show-in-place",
                                          "page.show-original",   NULL };
  static const char *const of_page[] = { "page.go-to-time", "page.manage-sources", "page.import",
                                         NULL };
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) items = g_menu_new ();
  g_autoptr (GMenu) page = g_menu_new ();

  vantage_shortcuts_fill_menu (items, of_items);
  vantage_shortcuts_fill_menu (page, of_page);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (items));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (page));
  gtk_menu_button_set_menu_model (self->menu_button, G_MENU_MODEL (menu));
}

static void
vantage_sources_page_constructed (GObject *object)
{
  VantageSourcesPage *self = VANTAGE_SOURCES_PAGE (object);
  VantageReviewContext *context = get_context (self);
  G_OBJECT_CLASS (vantage_sources_page_parent_class)->constructed (object);
  vantage_sources_page_add_actions (self);
  self->channels = VANTAGE_CHANNEL_LIST (vantage_channel_list_new (context));
  adw_bin_set_child (self->channels_slot, GTK_WIDGET (self->channels));
  self->reader = VANTAGE_EVIDENCE_READER (vantage_evidence_reader_new (context));
  adw_bin_set_child (self->reader_slot, GTK_WIDGET (self->reader));
  adw_bin_set_child (self->empty,
                     vantage_empty_state_new (
                         "vantage-sources-symbolic", _ ("Bring In What Was Left Behind"),
                         _ ("A chat export, tickets, alerts, the transcript of a call. A preview "
                            "shows what is in it before anything is kept."),
                         _ ("Import…"), "page.import"));
  fill_menu (self);
  vantage_shortcuts_set_button (self->sources_button, "page.manage-sources");
  vantage_shortcuts_set_button (self->back_button, "page.manage-sources");
  vantage_shortcuts_set_button (self->import_button, "page.import");
  vantage_shortcuts_set_button (self->timeline_button, "page.add-to-timeline");
  vantage_shortcuts_set_button (self->pin_button, "page.pin");
  gtk_menu_button_set_create_popup_func (self->cite_button, vantage_sources_page_fill_cite_menu,
                                         self, NULL);
  g_signal_connect_object (self->channels, "chosen", G_CALLBACK (channel_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "evidence-changed", G_CALLBACK (evidence_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "people-changed", G_CALLBACK (fill_people), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "selection-changed", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reader, "notify::looking", G_CALLBACK (looking_cb), self,
                           G_CONNECT_SWAPPED);
  fill_kinds (self);
  evidence_changed_cb (self);
  show_query (self);
}

static void
vantage_sources_page_dispose (GObject *object)
{
  g_clear_handle_id (&VANTAGE_SOURCES_PAGE (object)->slow, g_source_remove);
  /* The child is a part of the template with a name: the bin lets go of it first. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), VANTAGE_TYPE_SOURCES_PAGE);
  G_OBJECT_CLASS (vantage_sources_page_parent_class)->dispose (object);
}

static void
vantage_sources_page_finalize (GObject *object)
{
  g_ptr_array_unref (VANTAGE_SOURCES_PAGE (object)->person_ids);
  g_free (VANTAGE_SOURCES_PAGE (object)->only_source);
  G_OBJECT_CLASS (vantage_sources_page_parent_class)->finalize (object);
}

static void
vantage_sources_page_class_init (VantageSourcesPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  VantagePageClass *page_class = VANTAGE_PAGE_CLASS (klass);

  object_class->constructed = vantage_sources_page_constructed;
  object_class->dispose = vantage_sources_page_dispose;
  object_class->finalize = vantage_sources_page_finalize;
  page_class->go_to = sources_go_to;
  page_class->find = sources_find;
  page_class->escape = sources_escape;
  page_class->save_state = sources_save_state;
  page_class->restore_state = sources_restore_state;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/vantage/Vantage/vantage-sources-page.ui");
#define BIND(name) gtk_widget_class_bind_template_child (widget_class, VantageSourcesPage, name)
  BIND (states);
  BIND (empty);
  BIND (leaflet);
  BIND (channels_slot);
  BIND (reader_slot);
  BIND (import_button);
  BIND (search);
  BIND (filter_button);
  BIND (filter_popover);
  BIND (person_drop);
  BIND (kind_drop);
  BIND (time_entry);
  BIND (from_entry);
  BIND (until_entry);
  BIND (found);
  BIND (chosen);
  BIND (bar);
  BIND (timeline_button);
  BIND (cite_button);
  BIND (pin_button);
  BIND (panes);
  BIND (sources_slot);
  BIND (sources_button);
  BIND (back_button);
  BIND (only_bar);
  BIND (only_label);
  BIND (menu_button);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, to_channels_cb);
  gtk_widget_class_bind_template_callback (widget_class, time_entered_cb);
  gtk_widget_class_bind_template_callback (widget_class, range_entered_cb);
  gtk_widget_class_bind_template_callback (widget_class, read_all_cb);
}

static void
vantage_sources_page_init (VantageSourcesPage *self)
{
  self->since_us = self->until_us = VANTAGE_TIME_NONE;
  self->person_ids = g_ptr_array_new_with_free_func (g_free);
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filling = FALSE;
}
