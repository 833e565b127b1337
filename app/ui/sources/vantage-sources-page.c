/* vantage-sources-page.c: channels on one side, what was said there on the other; search and
 * filters; keys that send evidence where it is used. */

#include "config.h"

#include "vantage-sources-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-channel-list.h"
#include "vantage-desk-event.h"
#include "vantage-empty-state.h"
#include "vantage-item-drag.h"
#include "vantage-evidence-reader.h"
#include "vantage-original-window.h"
#include "vantage-sections.h"
#include "vantage-shortcuts.h"
#include "vantage-typed-time.h"
#include "vantage-words.h"

struct _VantageSourcesPage
{
  VantagePage parent_instance;

  GtkStack *states;
  AdwBin *empty;
  AdwLeaflet *leaflet;
  AdwBin *channels_slot, *reader_slot;
  VantageChannelList *channels;
  VantageEvidenceReader *reader;
  GtkWidget *import_button;
  GtkEditable *search;
  GtkMenuButton *filter_button;
  GtkPopover *filter_popover;
  GtkDropDown *person_drop, *kind_drop;
  GtkEntry *time_entry;
  GtkLabel *found, *chosen;
  GtkRevealer *bar;
  GtkWidget *timeline_button, *pin_button;
  GtkMenuButton *cite_button;
  GPtrArray *person_ids; /* (element-type utf8): by place in the drop down, from 1 */
  gboolean filling;
  guint slow; /* source: an answer has taken a moment */
};

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
         gtk_drop_down_get_selected (self->kind_drop) > 0;
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
  query.channel = vantage_channel_list_get_chosen (self->channels);
  if (person > 0 && person != GTK_INVALID_LIST_POSITION && person <= self->person_ids->len)
    query.person = g_ptr_array_index (self->person_ids, person - 1);
  if (kind > 0 && kind != GTK_INVALID_LIST_POSITION)
    query.kind = (int) kind - 1;
  vantage_evidence_reader_set_query (self->reader, &query);
  if (person > 0 || kind > 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->filter_button), "accent");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->filter_button), "accent");
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
  show_query (self);
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_FORWARD);
}

static void
to_channels_cb (VantageSourcesPage *self)
{
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
}

static void
time_entered_cb (VantageSourcesPage *self)
{
  VantageReviewContext *context = get_context (self);
  VantageZone *zone = vantage_review_context_get_zone (context);
  VantageEntity *review = vantage_review_context_get_review (context);
  gint64 day_us = review != NULL ? vantage_entity_get_time (review, "from") : VANTAGE_TIME_NONE;
  VantageTypedTime typed;

  if (day_us == VANTAGE_TIME_NONE)
    day_us = g_get_real_time ();
  if (!vantage_typed_time_parse (gtk_editable_get_text (GTK_EDITABLE (self->time_entry)), day_us,
                                 zone, &typed) ||
      typed.sort != VANTAGE_TYPED_WHEN || typed.when.sort == VANTAGE_WHEN_UNKNOWN)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->time_entry), "error");
      return;
    }
  gtk_widget_remove_css_class (GTK_WIDGET (self->time_entry), "error");
  gtk_popover_popdown (self->filter_popover);
  vantage_evidence_reader_go_to_time (self->reader, typed.when.at_us);
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

static void
add_to_timeline (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageSourcesPage *self = data;
  VantageReviewContext *context = get_context (self);
  const char *const *ids = vantage_review_context_get_selection (context);
  g_autoptr (VantageEdit) edit = NULL;
  g_autofree char *told = NULL;
  guint n = 0;

  if (*ids == NULL)
    return;
  edit = vantage_review_context_begin (context, _ ("Add to Timeline"));
  for (; *ids != NULL; ids++)
    {
      g_autoptr (VantageItem) item =
          vantage_library_get_item (vantage_review_context_get_library (context),
                                    vantage_review_context_get_review_id (context), *ids, NULL);

      if (item == NULL)
        continue;
      vantage_desk_add_event (edit, item, NULL);
      n++;
    }
  told = g_strdup_printf (
      ngettext ("%u event added to the timeline", "%u events added to the timeline", n), n);
  vantage_review_context_commit_with_undo (context, edit, told);
}

/* Cites the selection in a finding; "" makes a new one. */
static void
cite_in (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageSourcesPage *self = data;
  VantageReviewContext *context = get_context (self);
  const char *const *ids = vantage_review_context_get_selection (context);
  g_autoptr (VantageEdit) edit = NULL;
  g_autofree char *finding = g_variant_dup_string (parameter, NULL);

  if (*ids == NULL)
    return;
  edit = vantage_review_context_begin (context, _ ("Cite Evidence"));
  if (*finding == '\0')
    {
      g_free (finding);
      finding = g_strdup (vantage_edit_create (edit, "finding"));
      vantage_edit_set_text (edit, "finding", finding, "title", _ ("New finding"));
    }
  for (; *ids != NULL; ids++)
    {
      g_autoptr (VantageItem) item =
          vantage_library_get_item (vantage_review_context_get_library (context),
                                    vantage_review_context_get_review_id (context), *ids, NULL);
      g_autofree char *version = item != NULL ? vantage_item_version (item) : NULL;

      vantage_edit_cite (edit, "finding", finding, *ids, -1, -1, NULL, version);
    }
  vantage_review_context_commit_with_undo (context, edit, _ ("Cited in the finding"));
}

static void
fill_cite_menu (GtkMenuButton *button, gpointer data)
{
  VantageSourcesPage *self = data;
  VantageReviewContext *context = get_context (self);
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) section = g_menu_new ();
  g_autoptr (GListModel) findings =
      vantage_library_get_model (vantage_review_context_get_library (context),
                                 vantage_review_context_get_review_id (context), "finding");

  for (guint i = 0; i < MIN (g_list_model_get_n_items (findings), 20); i++)
    {
      g_autoptr (VantageEntity) finding = g_list_model_get_item (findings, i);
      g_autoptr (GMenuItem) item = g_menu_item_new (vantage_entity_get_title (finding), NULL);

      g_menu_item_set_action_and_target (item, "page.cite-in", "s",
                                         vantage_entity_get_id (finding));
      g_menu_append_item (section, item);
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  {
    g_autoptr (GMenuItem) item = g_menu_item_new (_ ("New Finding"), NULL);

    g_menu_item_set_action_and_target (item, "page.cite-in", "s", "");
    g_menu_append_item (menu, item);
  }
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static void
open_cite_menu (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageSourcesPage *self = data;

  if (*vantage_review_context_get_selection (get_context (self)) != NULL)
    gtk_menu_button_popup (self->cite_button);
}

static void
pin_selection (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageSourcesPage *self = data;
  VantageReviewContext *context = get_context (self);
  const char *const *ids = vantage_review_context_get_selection (context);

  if (*ids == NULL)
    return;
  for (; *ids != NULL; ids++)
    vantage_review_context_pin (context, *ids, TRUE);
  vantage_review_context_tell (context, _ ("Pinned beside the writing"));
}

/* Of the first that is selected. */
static void
show_original (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageReviewContext *context = get_context (data);
  const char *id = vantage_review_context_get_selection (context)[0];

  if (id != NULL)
    vantage_original_window_open (data, context, id);
}

static void
step_on (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  vantage_evidence_reader_step (VANTAGE_SOURCES_PAGE (data)->reader, 1);
}

static void
step_back (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  vantage_evidence_reader_step (VANTAGE_SOURCES_PAGE (data)->reader, -1);
}

static void
import_done_cb (const char *review, gpointer data)
{
  g_object_unref (data);
}

static void
import (VantageSourcesPage *self, GListModel *files)
{
  VantageReviewContext *context = get_context (self);

  vantage_hooks.import (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                        vantage_review_context_get_library (context),
                        vantage_review_context_get_review_id (context), files, import_done_cb,
                        g_object_ref (self));
}

static void
import_here (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  import (data, NULL);
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
  self->filling = TRUE;
  gtk_editable_set_text (self->search, "");
  gtk_drop_down_set_selected (self->person_drop, at + 1);
  gtk_drop_down_set_selected (self->kind_drop, 0);
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
  self->filling = TRUE;
  gtk_editable_set_text (self->search, "");
  gtk_drop_down_set_selected (self->person_drop, 0);
  gtk_drop_down_set_selected (self->kind_drop, 0);
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
vantage_sources_page_constructed (GObject *object)
{
  VantageSourcesPage *self = VANTAGE_SOURCES_PAGE (object);
  VantageReviewContext *context = get_context (self);
  const GActionEntry entries[] = {
    { "next-item", step_on },
    { "previous-item", step_back },
    { "add-to-timeline", add_to_timeline },
    { "cite", open_cite_menu },
    { "cite-in", cite_in, "s" },
    { "pin", pin_selection },
    { "show-original", show_original },
    { "import", import_here },
  };

  G_OBJECT_CLASS (vantage_sources_page_parent_class)->constructed (object);
  g_action_map_add_action_entries (G_ACTION_MAP (vantage_page_get_actions (VANTAGE_PAGE (self))),
                                   entries, G_N_ELEMENTS (entries), self);
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
  vantage_shortcuts_set_button (self->import_button, "page.import");
  vantage_shortcuts_set_button (self->timeline_button, "page.add-to-timeline");
  vantage_shortcuts_set_button (self->pin_button, "page.pin");
  gtk_menu_button_set_create_popup_func (self->cite_button, fill_cite_menu, self, NULL);
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
  BIND (found);
  BIND (chosen);
  BIND (bar);
  BIND (timeline_button);
  BIND (cite_button);
  BIND (pin_button);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, to_channels_cb);
  gtk_widget_class_bind_template_callback (widget_class, time_entered_cb);
}

static void
vantage_sources_page_init (VantageSourcesPage *self)
{
  self->person_ids = g_ptr_array_new_with_free_func (g_free);
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filling = FALSE;
}
