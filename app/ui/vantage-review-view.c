/* vantage-review-view.c: one review in a window: header, list of sections, pages, evidence. */

#include "config.h"

#include "vantage-review-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-conflict-window.h"
#include "vantage-evidence-pane.h"
#include "vantage-sections.h"
#include "vantage-shortcuts.h"

struct _VantageReviewView
{
  GtkWidget parent_instance;

  VantageReviewContext *context;
  const VantageSection *section; /* in view */
  GHashTable *visited;           /* section id → VantagePage, lent: made when first shown */
  GtkEventController *keys[2];   /* of the section in view */
  gboolean focus_mode;

  GtkWidget *box;
  GtkWidget *header;
  AdwWindowTitle *title;
  GtkWidget *sections_button;
  GtkWidget *back_button;
  GtkWidget *find_button;
  GtkWidget *evidence_button;
  GtkMenuButton *menu_button;
  AdwBin *sync_slot;
  AdwFlap *sections_flap;
  AdwFlap *evidence_flap;
  GtkListBox *sections;
  GtkStack *pages;
  GtkWidget *evidence;
};

G_DEFINE_FINAL_TYPE (VantageReviewView, vantage_review_view, GTK_TYPE_WIDGET)

/* ---- what stays on this computer ---- */

static void
keep (VantageReviewView *self, const char *key, const char *value)
{
  vantage_library_set_local (vantage_review_context_get_library (self->context),
                             vantage_review_context_get_review_id (self->context), key, value);
}

static char *
recall (VantageReviewView *self, const char *key)
{
  return vantage_library_dup_local (vantage_review_context_get_library (self->context),
                                    vantage_review_context_get_review_id (self->context), key);
}

static void
keep_page_state (VantageReviewView *self, const char *section)
{
  VantagePage *page = g_hash_table_lookup (self->visited, section);
  g_autofree char *state = NULL;
  g_autofree char *key = NULL;

  if (page == NULL)
    return;
  state = vantage_page_save_state (page);
  if (state == NULL)
    return;
  key = g_strdup_printf ("page/%s", section);
  keep (self, key, state);
}

static void
keep_panes (VantageReviewView *self)
{
  if (self->focus_mode || adw_flap_get_folded (self->sections_flap))
    return;
  keep (self, "sections-open", adw_flap_get_reveal_flap (self->sections_flap) ? "1" : "0");
  keep (self, "evidence-open", adw_flap_get_reveal_flap (self->evidence_flap) ? "1" : "0");
}

/* ---- header ---- */

static void
show_title (VantageReviewView *self)
{
  gint64 saved_us;
  g_autofree char *at = NULL;
  g_autofree char *subtitle = NULL;
  const char *section = self->section != NULL ? _ (self->section->title) : "";

  g_object_get (self->context, "saved-us", &saved_us, NULL);
  if (saved_us > 0)
    {
      g_autoptr (VantageZone) zone = vantage_zone_new_local ();

      at = vantage_zone_format (zone, saved_us, VANTAGE_SHOW_MINUTE);
      /* translators: section in view, and when the newest change was saved: "Timeline · Saved
       * 10:42" */
      subtitle = g_strdup_printf (_ ("%s · Saved %s"), section, at);
    }
  adw_window_title_set_title (self->title, vantage_review_context_get_title (self->context));
  adw_window_title_set_subtitle (self->title, subtitle != NULL ? subtitle : section);
}

/* ---- list of sections ---- */

static GtkWidget *
new_section_row (const VantageSection *section)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = gtk_image_new_from_icon_name (section->icon);
  GtkWidget *title = gtk_label_new (_ (section->title));
  GtkWidget *count = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (count, "faint");
  gtk_widget_add_css_class (count, "numeric");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), count);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data (G_OBJECT (row), "section", (gpointer) section);
  g_object_set_data (G_OBJECT (row), "count", count);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (section->title), -1);
  return row;
}

static GtkListBoxRow *
find_row (VantageReviewView *self, const VantageSection *section)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->sections, i)) != NULL; i++)
    if (g_object_get_data (G_OBJECT (row), "section") == section)
      return row;
  return NULL;
}

static void
show_counts (VantageReviewView *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->sections, i)) != NULL; i++)
    {
      const VantageSection *section = g_object_get_data (G_OBJECT (row), "section");
      GtkLabel *label = g_object_get_data (G_OBJECT (row), "count");
      g_autofree char *count =
          section->dup_count != NULL ? section->dup_count (self->context) : NULL;

      gtk_label_set_text (label, count != NULL ? count : "");
    }
}

/* ---- pages ---- */

static VantagePage *
get_page (VantageReviewView *self, const VantageSection *section)
{
  VantagePage *page = g_hash_table_lookup (self->visited, section->id);
  g_autofree char *key = NULL;
  g_autofree char *state = NULL;

  if (page != NULL)
    return page;

  page = g_object_new (section->get_type (), "context", self->context, NULL);
  gtk_stack_add_named (self->pages, GTK_WIDGET (page), section->id);
  g_hash_table_insert (self->visited, (gpointer) section->id, page);
  key = g_strdup_printf ("page/%s", section->id);
  state = recall (self, key);
  vantage_page_restore_state (page, state);
  return page;
}

static void
set_keys (VantageReviewView *self, const char *section)
{
  static const VantageKeyScope scopes[] = { VANTAGE_KEY_ALWAYS, VANTAGE_KEY_FREE };

  for (guint i = 0; i < G_N_ELEMENTS (scopes); i++)
    {
      if (self->keys[i] != NULL)
        gtk_widget_remove_controller (GTK_WIDGET (self), self->keys[i]);
      self->keys[i] = NULL;
      if (section == NULL)
        continue;
      self->keys[i] = vantage_shortcuts_new_controller (section, scopes[i]);
      gtk_widget_add_controller (GTK_WIDGET (self), self->keys[i]);
    }
}

static void
leave_section (VantageReviewView *self)
{
  if (self->section == NULL)
    return;
  vantage_review_context_flush (self->context);
  keep_page_state (self, self->section->id);
  vantage_page_hidden (g_hash_table_lookup (self->visited, self->section->id));
}

static void
enter_section (VantageReviewView *self, const VantageSection *section)
{
  VantagePage *page;

  if (section == self->section)
    return;
  leave_section (self);

  page = get_page (self, section);
  self->section = section;
  gtk_stack_set_visible_child (self->pages, GTK_WIDGET (page));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "page",
                                  G_ACTION_GROUP (vantage_page_get_actions (page)));
  set_keys (self, section->id);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "review.find", vantage_page_can_find (page));
  gtk_list_box_select_row (self->sections, find_row (self, section));
  vantage_page_shown (page);
  vantage_page_steps_changed (page);
  keep (self, "section", section->id);
  show_title (self);
}

/* ---- callbacks ---- */

static void
section_selected_cb (VantageReviewView *self, GtkListBoxRow *row)
{
  if (row != NULL)
    enter_section (self, g_object_get_data (G_OBJECT (row), "section"));
}

static void
section_activated_cb (VantageReviewView *self, GtkListBoxRow *row)
{
  if (adw_flap_get_folded (self->sections_flap))
    adw_flap_set_reveal_flap (self->sections_flap, FALSE);
}

static void
context_go_cb (VantageReviewView *self, const char *section, const char *target)
{
  vantage_review_view_go (self, section, target);
}

static void
context_item_cb (VantageReviewView *self)
{
  adw_flap_set_reveal_flap (self->evidence_flap, TRUE);
}

static void
review_changed_cb (VantageReviewView *self)
{
  show_counts (self);
}

static void
find_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  VantagePage *page = vantage_review_view_get_page (VANTAGE_REVIEW_VIEW (widget));

  if (page != NULL)
    vantage_page_find (page);
}

/* ---- object ---- */

static void
vantage_review_view_dispose (GObject *object)
{
  VantageReviewView *self = VANTAGE_REVIEW_VIEW (object);

  if (self->box != NULL)
    set_keys (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), VANTAGE_TYPE_REVIEW_VIEW);
  g_clear_pointer (&self->visited, g_hash_table_unref);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (vantage_review_view_parent_class)->dispose (object);
}

static void
vantage_review_view_class_init (VantageReviewViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vantage_review_view_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/vantage/Vantage/vantage-review-view.ui");
  gtk_widget_class_bind_template_child (widget_class, VantageReviewView, box);
  gtk_widget_class_bind_template_child (widget_class, VantageReviewView, header);
  gtk_widget_class_bind_template_child (widget_class, VantageReviewView, title);
  gtk_widget_class_bind_template_child (widget_class, VantageReviewView, sections_button);
  gtk_widget_class_bind_template_child (widget_class, VantageReviewView, back_button);
  gtk_widget_class_bind_template_child (widget_class, VantageReviewView, find_button);
  gtk_widget_class_bind_template_child (widget_class, VantageReviewView, evidence_button);
  gtk_widget_class_bind_template_child (widget_class, VantageReviewView, menu_button);
  gtk_widget_class_bind_template_child (widget_class, VantageReviewView, sync_slot);
  gtk_widget_class_bind_template_child (widget_class, VantageReviewView, sections_flap);
  gtk_widget_class_bind_template_child (widget_class, VantageReviewView, evidence_flap);
  gtk_widget_class_bind_template_child (widget_class, VantageReviewView, sections);
  gtk_widget_class_bind_template_child (widget_class, VantageReviewView, pages);
  gtk_widget_class_bind_template_callback (widget_class, section_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, section_activated_cb);
  gtk_widget_class_install_action (widget_class, "review.find", NULL, find_action_cb);
}

static void
vantage_review_view_init (VantageReviewView *self)
{
  self->visited = g_hash_table_new (g_str_hash, g_str_equal);
  gtk_widget_init_template (GTK_WIDGET (self));

  vantage_shortcuts_set_button (self->sections_button, "win.sections");
  vantage_shortcuts_set_button (self->back_button, "win.back");
  vantage_shortcuts_set_button (self->find_button, "win.find");
  vantage_shortcuts_set_button (self->evidence_button, "win.evidence");
}

static void
connect_context (VantageReviewView *self)
{
  g_signal_connect_object (self->context, "go", G_CALLBACK (context_go_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->context, "item-shown", G_CALLBACK (context_item_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->context, "notify::title", G_CALLBACK (show_title), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->context, "notify::saved-us", G_CALLBACK (show_title), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->context, "changed", G_CALLBACK (review_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->context, "evidence-changed", G_CALLBACK (review_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
restore_place (VantageReviewView *self)
{
  g_autofree char *section = recall (self, "section");
  g_autofree char *sections_open = recall (self, "sections-open");
  g_autofree char *evidence_open = recall (self, "evidence-open");
  const VantageSection *found = vantage_section_find (section);

  adw_flap_set_reveal_flap (self->sections_flap, g_strcmp0 (sections_open, "0") != 0);
  adw_flap_set_reveal_flap (self->evidence_flap, g_strcmp0 (evidence_open, "1") == 0);
  enter_section (self, found != NULL ? found : &vantage_sections[0]);
}

GtkWidget *
vantage_review_view_new (VantageReviewContext *context)
{
  VantageReviewView *self;

  g_return_val_if_fail (VANTAGE_IS_REVIEW_CONTEXT (context), NULL);

  self = g_object_new (VANTAGE_TYPE_REVIEW_VIEW, NULL);
  self->context = g_object_ref (context);
  self->evidence = vantage_evidence_pane_new (context);
  adw_flap_set_flap (self->evidence_flap, self->evidence);
  gtk_widget_set_visible (GTK_WIDGET (self->sync_slot), vantage_hooks.sync_button != NULL);
  if (vantage_hooks.sync_button != NULL)
    adw_bin_set_child (self->sync_slot, vantage_hooks.sync_button (context));

  gtk_box_insert_child_after (GTK_BOX (self->box), vantage_conflict_strip_new (context),
                              self->header);
  for (const VantageSection *s = vantage_sections; s->id != NULL; s++)
    gtk_list_box_append (self->sections, new_section_row (s));
  connect_context (self);
  restore_place (self);
  show_counts (self);
  return GTK_WIDGET (self);
}

/* ---- public ---- */

VantageReviewContext *
vantage_review_view_get_context (VantageReviewView *self)
{
  return self->context;
}

gboolean
vantage_review_view_go (VantageReviewView *self, const char *section, const char *target)
{
  const VantageSection *found = vantage_section_find (section);

  if (found == NULL)
    return FALSE;
  enter_section (self, found);
  if (adw_flap_get_folded (self->sections_flap))
    adw_flap_set_reveal_flap (self->sections_flap, FALSE);
  vantage_page_go_to (get_page (self, found), target);
  return TRUE;
}

const char *
vantage_review_view_get_section (VantageReviewView *self)
{
  return self->section->id;
}

VantagePage *
vantage_review_view_get_page (VantageReviewView *self)
{
  return self->section != NULL ? g_hash_table_lookup (self->visited, self->section->id) : NULL;
}

void
vantage_review_view_leave (VantageReviewView *self)
{
  leave_section (self);
  keep_panes (self);
}

void
vantage_review_view_toggle_sections (VantageReviewView *self)
{
  adw_flap_set_reveal_flap (self->sections_flap, !adw_flap_get_reveal_flap (self->sections_flap));
  keep_panes (self);
}

void
vantage_review_view_toggle_evidence (VantageReviewView *self)
{
  adw_flap_set_reveal_flap (self->evidence_flap, !adw_flap_get_reveal_flap (self->evidence_flap));
  keep_panes (self);
}

void
vantage_review_view_set_focus_mode (VantageReviewView *self, gboolean focus_mode)
{
  if (focus_mode && !self->focus_mode)
    keep_panes (self);
  self->focus_mode = focus_mode;
  gtk_widget_set_visible (self->header, !focus_mode);
  if (focus_mode)
    {
      adw_flap_set_reveal_flap (self->sections_flap, FALSE);
      adw_flap_set_reveal_flap (self->evidence_flap, FALSE);
    }
  else
    {
      g_autofree char *sections_open = recall (self, "sections-open");
      g_autofree char *evidence_open = recall (self, "evidence-open");

      adw_flap_set_reveal_flap (self->sections_flap, g_strcmp0 (sections_open, "0") != 0);
      adw_flap_set_reveal_flap (self->evidence_flap, g_strcmp0 (evidence_open, "1") == 0);
    }
}

static gboolean
close_overlay (AdwFlap *flap)
{
  if (!adw_flap_get_folded (flap) || !adw_flap_get_reveal_flap (flap))
    return FALSE;
  adw_flap_set_reveal_flap (flap, FALSE);
  return TRUE;
}

gboolean
vantage_review_view_escape (VantageReviewView *self)
{
  VantagePage *page = vantage_review_view_get_page (self);

  return close_overlay (self->sections_flap) || close_overlay (self->evidence_flap) ||
         (page != NULL && vantage_page_escape (page));
}

static gboolean
has_focus_within (GtkWidget *widget)
{
  return (gtk_widget_get_state_flags (widget) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

void
vantage_review_view_move_focus (VantageReviewView *self, gboolean forward)
{
  GtkWidget *panes[3] = { GTK_WIDGET (self->sections), GTK_WIDGET (self->pages), self->evidence };
  gboolean open[3] = { adw_flap_get_reveal_flap (self->sections_flap), TRUE,
                       adw_flap_get_reveal_flap (self->evidence_flap) };
  int at = 1;

  for (int i = 0; i < 3; i++)
    if (has_focus_within (panes[i]))
      at = i;
  for (int i = 1; i <= 3; i++)
    {
      int next = (at + (forward ? i : 3 - i)) % 3;

      if (open[next] && gtk_widget_child_focus (panes[next], GTK_DIR_TAB_FORWARD))
        return;
    }
}

GtkMenuButton *
vantage_review_view_get_menu_button (VantageReviewView *self)
{
  return self->menu_button;
}
