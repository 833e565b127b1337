/* vantage-findings-page.c: what was learned, what is open, and what is worth trying. */

#include "config.h"

#include "vantage-findings-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-experiment-detail.h"
#include "vantage-finding-detail.h"
#include "vantage-finding-rows.h"
#include "vantage-language-marks.h"
#include "vantage-order-key.h"
#include "vantage-shortcuts.h"
#include "vantage-wonder-detail.h"
#include "vantage-words.h"

typedef enum
{
  FINDINGS,
  WONDERS,
  EXPERIMENTS,
  N_VIEWS,
} View;

static const struct
{
  const char *name, *title, *add;
  const VantageEntityListSort *sort;
} views[N_VIEWS] = {
  { "findings", N_ ("Findings"), N_ ("Add Finding"), &vantage_finding_sort },
  { "wonders", N_ ("Wonders"), N_ ("Add Wonder"), &vantage_wonder_sort },
  { "experiments", N_ ("Experiments"), N_ ("Add Experiment"), &vantage_experiment_sort },
};

struct _VantageFindingsPage
{
  VantagePage parent_instance;

  View view;
  guint refreshing; /* idle: rows tell of responses and passages too */

  GtkBox *toggles;
  GtkWidget *add_button;
  GtkMenuButton *menu_button;
  GtkStack *stack;
  AdwLeaflet *leaflets[N_VIEWS];
  VantageEntityList *lists[N_VIEWS];
  GtkWidget *sides[N_VIEWS];   /* that the detail stands in */
  GtkWidget *details[N_VIEWS]; /* VantageFindingDetail … */
  GtkWidget *all_technical;
};

G_DEFINE_FINAL_TYPE (VantageFindingsPage, vantage_findings_page, VANTAGE_TYPE_PAGE)

static VantageReviewContext *
get_context (VantageFindingsPage *self)
{
  return vantage_page_get_context (VANTAGE_PAGE (self));
}

static void
set_enabled (VantageFindingsPage *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (
      G_ACTION_MAP (vantage_page_get_actions (VANTAGE_PAGE (self))), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

/* ---- what is shown ---- */

static void
show_actions (VantageFindingsPage *self)
{
  gboolean selected = vantage_entity_list_get_selected (self->lists[self->view]) != NULL;
  gboolean has_ground = selected && self->view != EXPERIMENTS;

  set_enabled (self, "findings-rename", selected);
  set_enabled (self, "findings-delete", selected);
  set_enabled (self, "findings-up", selected && views[self->view].sort->move != NULL);
  set_enabled (self, "findings-down", selected && views[self->view].sort->move != NULL);
  set_enabled (self, "findings-cite", has_ground);
  set_enabled (self, "findings-paste", has_ground);
  set_enabled (self, "findings-ground", has_ground);
  set_enabled (self, "findings-perspective", selected && self->view == FINDINGS);
  set_enabled (self, "findings-hint", selected && self->view == FINDINGS);
}

static void
show_detail (VantageFindingsPage *self, View view)
{
  const char *id = vantage_entity_list_get_selected (self->lists[view]);

  if (view == FINDINGS)
    vantage_finding_detail_show (VANTAGE_FINDING_DETAIL (self->details[view]), id);
  else if (view == WONDERS)
    vantage_wonder_detail_show (VANTAGE_WONDER_DETAIL (self->details[view]), id);
  else
    vantage_experiment_detail_show (VANTAGE_EXPERIMENT_DETAIL (self->details[view]), id);
  gtk_widget_set_visible (self->sides[view], id != NULL);
  if (id == NULL)
    adw_leaflet_navigate (self->leaflets[view], ADW_NAVIGATION_DIRECTION_BACK);
  if (view == self->view)
    show_actions (self);
}

static void
set_view (VantageFindingsPage *self, View view)
{
  GAction *action = g_action_map_lookup_action (
      G_ACTION_MAP (vantage_page_get_actions (VANTAGE_PAGE (self))), "findings-view");

  self->view = view;
  gtk_stack_set_visible_child_name (self->stack, views[view].name);
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (views[view].name));
  gtk_widget_set_tooltip_text (self->add_button, _ (views[view].add));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (views[view].add), -1);
  show_actions (self);
}

/* When every experiment is about technology, that is worth a thought, and no more. */
static void
show_natures (VantageFindingsPage *self)
{
  g_autoptr (GListModel) experiments = vantage_library_get_model (
      vantage_review_context_get_library (get_context (self)),
      vantage_review_context_get_review_id (get_context (self)), "experiment");
  guint n = g_list_model_get_n_items (experiments);
  gboolean all = n > 1;

  for (guint i = 0; all && i < n; i++)
    {
      g_autoptr (VantageEntity) experiment = g_list_model_get_item (experiments, i);

      all = vantage_entity_has_member (experiment, "nature", "technical") &&
            !vantage_entity_has_member (experiment, "nature", "social");
    }
  gtk_widget_set_visible (self->all_technical, all);
}

static gboolean
refresh_cb (gpointer data)
{
  VantageFindingsPage *self = data;

  self->refreshing = 0;
  vantage_entity_list_refresh (self->lists[FINDINGS]);
  show_natures (self);
  return G_SOURCE_REMOVE;
}

/* ---- callbacks ---- */

static void
context_changed_cb (VantageFindingsPage *self, VantageChange *change)
{
  gboolean ours = change->everything;

  for (guint i = 0; !ours && i < change->entities->len; i++)
    {
      const char *kind = vantage_entity_get_kind_name (change->entities->pdata[i]);

      ours = strcmp (kind, "response") == 0 || strcmp (kind, "passage") == 0 ||
             strcmp (kind, "experiment") == 0;
    }
  if (ours && self->refreshing == 0)
    self->refreshing = g_idle_add (refresh_cb, self);
}

static View
find_view (VantageFindingsPage *self, VantageEntityList *list)
{
  for (View view = 0; view < N_VIEWS; view++)
    if (self->lists[view] == list)
      return view;
  g_assert_not_reached ();
}

static void
selected_cb (VantageFindingsPage *self, VantageEntityList *list)
{
  show_detail (self, find_view (self, list));
}

static void
activated_cb (VantageFindingsPage *self, VantageEntityList *list)
{
  adw_leaflet_navigate (self->leaflets[find_view (self, list)], ADW_NAVIGATION_DIRECTION_FORWARD);
}

static void
back_clicked_cb (VantageFindingsPage *self)
{
  adw_leaflet_navigate (self->leaflets[self->view], ADW_NAVIGATION_DIRECTION_BACK);
}

/* ---- actions ---- */

static void
view_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *name = g_variant_get_string (parameter, NULL);

  for (View view = 0; view < N_VIEWS; view++)
    if (strcmp (views[view].name, name) == 0)
      set_view (data, view);
}

static void
rename_selected (VantageFindingsPage *self)
{
  GtkWidget *detail = self->details[self->view];

  adw_leaflet_navigate (self->leaflets[self->view], ADW_NAVIGATION_DIRECTION_FORWARD);
  if (self->view == FINDINGS)
    vantage_finding_detail_rename (VANTAGE_FINDING_DETAIL (detail));
  else if (self->view == WONDERS)
    vantage_wonder_detail_rename (VANTAGE_WONDER_DETAIL (detail));
  else
    vantage_experiment_detail_rename (VANTAGE_EXPERIMENT_DETAIL (detail));
}

/* The new one is there at once, and its title is what is typed next. */
static void
add_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageFindingsPage *self = data;
  const char *kind = views[self->view].sort->kind;
  g_autoptr (VantageEdit) edit =
      vantage_review_context_begin (get_context (self), _ (views[self->view].add));
  g_autofree char *id = g_strdup (vantage_edit_create (edit, kind));

  if (views[self->view].sort->move != NULL)
    {
      g_autofree char *last = vantage_entity_list_dup_last_pos (self->lists[self->view]);
      g_autofree char *pos = vantage_order_key_between (last, NULL);

      vantage_edit_set_text (edit, kind, id, "pos", pos);
    }
  vantage_edit_set_text (edit, kind, id, self->view == EXPERIMENTS ? "outcome" : "status",
                         self->view == FINDINGS ? "draft" : "open");
  if (!vantage_review_context_commit (get_context (self), edit))
    return;
  vantage_entity_list_select (self->lists[self->view], id);
  rename_selected (self);
}

static void
rename_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  rename_selected (data);
}

static void
delete_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageFindingsPage *self = data;

  vantage_entity_list_delete_selected (self->lists[self->view]);
}

static void
up_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageFindingsPage *self = data;

  vantage_entity_list_move_selected (self->lists[self->view], -1);
}

static void
down_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageFindingsPage *self = data;

  vantage_entity_list_move_selected (self->lists[self->view], 1);
}

static VantageGroundList *
get_ground (VantageFindingsPage *self)
{
  if (self->view == FINDINGS)
    return vantage_finding_detail_get_ground (VANTAGE_FINDING_DETAIL (self->details[FINDINGS]));
  return vantage_wonder_detail_get_ground (VANTAGE_WONDER_DETAIL (self->details[WONDERS]));
}

static void
cite_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  vantage_ground_list_cite_selection (get_ground (data));
}

static void
paste_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  vantage_ground_list_paste (get_ground (data));
}

static void
ground_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  vantage_ground_list_choose (get_ground (data));
}

static void
perspective_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageFindingsPage *self = data;

  vantage_perspectives_choose (
      vantage_finding_detail_get_perspectives (VANTAGE_FINDING_DETAIL (self->details[FINDINGS])));
}

static void
hint_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageFindingsPage *self = data;

  if (!vantage_language_marks_open (
          vantage_finding_detail_get_text (VANTAGE_FINDING_DETAIL (self->details[FINDINGS]))))
    vantage_review_context_tell (get_context (self), _ ("There is no language hint in this text."));
}

static const char *const hints[] = { "off", "usual", "closer" };

static void
hints_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *name = g_variant_get_string (parameter, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (hints); i++)
    if (strcmp (hints[i], name) == 0)
      {
        vantage_language_set_hints (get_context (data), (VantageHints) i);
        g_simple_action_set_state (action, parameter);
      }
}

/* ---- building ---- */

static GtkWidget *
new_list_side (VantageFindingsPage *self, View view)
{
  GtkWidget *scroll = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  if (view == EXPERIMENTS)
    {
      self->all_technical =
          gtk_label_new (_ ("All of these are technical. Is there anything between people that is "
                            "worth trying?"));
      gtk_label_set_wrap (GTK_LABEL (self->all_technical), TRUE);
      gtk_label_set_xalign (GTK_LABEL (self->all_technical), 0);
      gtk_widget_add_css_class (self->all_technical, "gentle");
      gtk_box_append (GTK_BOX (box), self->all_technical);
    }
  self->lists[view] =
      VANTAGE_ENTITY_LIST (vantage_entity_list_new (get_context (self), views[view].sort));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->lists[view]));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_size_request (scroll, 300, -1);
  return scroll;
}

static GtkWidget *
new_back_button (VantageFindingsPage *self, View view)
{
  GtkWidget *back = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("go-previous-symbolic"));
  gtk_box_append (GTK_BOX (box), gtk_label_new (_ (views[view].title)));
  gtk_button_set_child (GTK_BUTTON (back), box);
  gtk_widget_add_css_class (back, "flat");
  gtk_widget_set_halign (back, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (back), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Back to the List"), -1);
  g_signal_connect_object (back, "clicked", G_CALLBACK (back_clicked_cb), self, G_CONNECT_SWAPPED);
  return back;
}

static GtkWidget *
new_detail (VantageFindingsPage *self, View view)
{
  if (view == FINDINGS)
    return vantage_finding_detail_new (get_context (self));
  if (view == WONDERS)
    return vantage_wonder_detail_new (get_context (self));
  return vantage_experiment_detail_new (get_context (self));
}

static GtkWidget *
new_detail_side (VantageFindingsPage *self, View view)
{
  GtkWidget *side = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *back = new_back_button (self, view);
  GtkWidget *scroll = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  self->details[view] = new_detail (self, view);
  gtk_widget_add_css_class (self->details[view], "entity-detail");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 720);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->details[view]);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), clamp);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (scroll, TRUE);
  gtk_widget_set_hexpand (side, TRUE);
  gtk_box_append (GTK_BOX (side), back);
  gtk_box_append (GTK_BOX (side), scroll);
  gtk_widget_set_size_request (side, 330, -1);
  g_object_bind_property (self->leaflets[view], "folded", back, "visible", G_BINDING_SYNC_CREATE);
  self->sides[view] = side;
  return side;
}

static void
add_view (VantageFindingsPage *self, View view)
{
  GtkWidget *leaflet = adw_leaflet_new ();
  GtkWidget *toggle = gtk_toggle_button_new ();
  GtkWidget *label = gtk_label_new (_ (views[view].title));
  g_autofree char *action = g_strdup_printf ("page.findings-view::%s", views[view].name);

  self->leaflets[view] = ADW_LEAFLET (leaflet);
  adw_leaflet_append (ADW_LEAFLET (leaflet), new_list_side (self, view));
  adw_leaflet_page_set_navigatable (
      adw_leaflet_append (ADW_LEAFLET (leaflet), gtk_separator_new (GTK_ORIENTATION_VERTICAL)),
      FALSE);
  adw_leaflet_append (ADW_LEAFLET (leaflet), new_detail_side (self, view));
  gtk_stack_add_named (self->stack, leaflet, views[view].name);
  g_signal_connect_object (self->lists[view], "selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->lists[view], "activated", G_CALLBACK (activated_cb), self,
                           G_CONNECT_SWAPPED);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_button_set_child (GTK_BUTTON (toggle), label);
  vantage_shortcuts_set_button (toggle, action);
  gtk_box_append (self->toggles, toggle);
}

static void
append_section (GMenu *menu, const char *const *actions)
{
  g_autoptr (GMenu) section = g_menu_new ();

  vantage_shortcuts_fill_menu (section, actions);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static void
fill_menu (VantageFindingsPage *self)
{
  static const char *const evidence[] = { "page.findings-cite", "page.findings-paste",
                                          "page.findings-ground", "page.findings-perspective",
                                          NULL };
  static const char *const order[] = { "page.findings-rename", "page.findings-up",
                                       "page.findings-down", "page.findings-delete", NULL };
  static const char *const wording[] = { "page.findings-hints::off", "page.findings-hints::usual",
                                         "page.findings-hints::closer", "page.findings-hint",
                                         NULL };
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) section = g_menu_new ();

  append_section (menu, evidence);
  append_section (menu, order);
  vantage_shortcuts_fill_menu (section, wording);
  g_menu_append_section (menu, _ ("Language Hints"), G_MENU_MODEL (section));
  gtk_menu_button_set_menu_model (self->menu_button, G_MENU_MODEL (menu));
}

/* ---- page ---- */

static void
vantage_findings_page_go_to (VantagePage *page, const char *target)
{
  VantageFindingsPage *self = VANTAGE_FINDINGS_PAGE (page);

  for (View view = 0; view < N_VIEWS && target != NULL; view++)
    {
      if (strcmp (views[view].name, target) == 0)
        set_view (self, view);
      if (!vantage_entity_list_select (self->lists[view], target))
        continue;
      set_view (self, view);
      adw_leaflet_navigate (self->leaflets[view], ADW_NAVIGATION_DIRECTION_FORWARD);
      return;
    }
}

static gboolean
vantage_findings_page_escape (VantagePage *page)
{
  VantageFindingsPage *self = VANTAGE_FINDINGS_PAGE (page);

  return adw_leaflet_get_folded (self->leaflets[self->view]) &&
         adw_leaflet_navigate (self->leaflets[self->view], ADW_NAVIGATION_DIRECTION_BACK);
}

static char *
vantage_findings_page_save_state (VantagePage *page)
{
  VantageFindingsPage *self = VANTAGE_FINDINGS_PAGE (page);
  GString *state = g_string_new (views[self->view].name);

  for (View view = 0; view < N_VIEWS; view++)
    {
      const char *id = vantage_entity_list_get_selected (self->lists[view]);

      g_string_append_printf (state, "\n%s", id != NULL ? id : "");
    }
  return g_string_free (state, FALSE);
}

static void
vantage_findings_page_restore_state (VantagePage *page, const char *state)
{
  VantageFindingsPage *self = VANTAGE_FINDINGS_PAGE (page);
  g_auto (GStrv) lines = g_strsplit (state != NULL ? state : "", "\n", -1);

  if (g_strv_length (lines) != 1 + N_VIEWS)
    return;
  for (View view = 0; view < N_VIEWS; view++)
    {
      vantage_entity_list_select (self->lists[view], lines[1 + view]);
      if (strcmp (views[view].name, lines[0]) == 0)
        set_view (self, view);
    }
}

static void
add_actions (VantageFindingsPage *self)
{
  static const GActionEntry entries[] = {
    { "findings-view", view_cb, "s", "'findings'", NULL },
    { "findings-hints", hints_cb, "s", "'usual'", NULL },
    { "findings-add", add_cb },
    { "findings-rename", rename_cb },
    { "findings-delete", delete_cb },
    { "findings-up", up_cb },
    { "findings-down", down_cb },
    { "findings-cite", cite_cb },
    { "findings-paste", paste_cb },
    { "findings-ground", ground_cb },
    { "findings-perspective", perspective_cb },
    { "findings-hint", hint_cb },
  };
  GActionMap *map = G_ACTION_MAP (vantage_page_get_actions (VANTAGE_PAGE (self)));

  g_action_map_add_action_entries (map, entries, G_N_ELEMENTS (entries), self);
  g_simple_action_set_state (
      G_SIMPLE_ACTION (g_action_map_lookup_action (map, "findings-hints")),
      g_variant_new_string (hints[vantage_language_get_hints (get_context (self))]));
}

static void
vantage_findings_page_constructed (GObject *object)
{
  VantageFindingsPage *self = VANTAGE_FINDINGS_PAGE (object);

  G_OBJECT_CLASS (vantage_findings_page_parent_class)->constructed (object);
  add_actions (self);
  for (View view = 0; view < N_VIEWS; view++)
    add_view (self, view);
  for (View view = 0; view < N_VIEWS; view++)
    show_detail (self, view);
  vantage_shortcuts_set_button (self->add_button, "page.findings-add");
  fill_menu (self);
  set_view (self, FINDINGS);
  show_natures (self);
  g_signal_connect_object (get_context (self), "changed", G_CALLBACK (context_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
vantage_findings_page_dispose (GObject *object)
{
  g_clear_handle_id (&VANTAGE_FINDINGS_PAGE (object)->refreshing, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), VANTAGE_TYPE_FINDINGS_PAGE);
  G_OBJECT_CLASS (vantage_findings_page_parent_class)->dispose (object);
}

static void
vantage_findings_page_class_init (VantageFindingsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  VantagePageClass *page_class = VANTAGE_PAGE_CLASS (klass);

  object_class->constructed = vantage_findings_page_constructed;
  object_class->dispose = vantage_findings_page_dispose;
  page_class->go_to = vantage_findings_page_go_to;
  page_class->escape = vantage_findings_page_escape;
  page_class->save_state = vantage_findings_page_save_state;
  page_class->restore_state = vantage_findings_page_restore_state;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/vantage/Vantage/vantage-findings-page.ui");
  gtk_widget_class_bind_template_child (widget_class, VantageFindingsPage, toggles);
  gtk_widget_class_bind_template_child (widget_class, VantageFindingsPage, add_button);
  gtk_widget_class_bind_template_child (widget_class, VantageFindingsPage, menu_button);
  gtk_widget_class_bind_template_child (widget_class, VantageFindingsPage, stack);
}

static void
vantage_findings_page_init (VantageFindingsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

char *
vantage_findings_page_dup_count (VantageReviewContext *context)
{
  g_autoptr (GListModel) findings =
      vantage_library_get_model (vantage_review_context_get_library (context),
                                 vantage_review_context_get_review_id (context), "finding");
  guint n = g_list_model_get_n_items (findings);

  return n > 0 ? vantage_words_count (n) : NULL;
}
