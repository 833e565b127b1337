/* vantage-report-page.c: what is told to others: its shape, its text, and how it will look. */

#include "config.h"

#include "vantage-report-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-empty-state.h"
#include "vantage-language-marks.h"
#include "vantage-language.h"
#include "vantage-prose-editor.h"
#include "vantage-reference-chooser.h"
#include "vantage-reference-text.h"
#include "vantage-reference.h"
#include "vantage-report-draft.h"
#include "vantage-report-export.h"
#include "vantage-report-outline.h"
#include "vantage-report-preview.h"
#include "vantage-shortcuts.h"
#include "vantage-wrap-entry.h"

typedef enum
{
  OUTLINE,
  WRITE,
  PREVIEW,
  N_VIEWS,
} View;

static const struct
{
  const char *name, *title;
} views[N_VIEWS] = {
  { "outline", N_ ("Outline") },
  { "write", N_ ("Write") },
  { "preview", N_ ("Preview") },
};

static const struct
{
  const char *name, *shown;
} audiences[] = {
  { "team", N_ ("For the Team") },
  { "everyone", N_ ("For Everyone") },
};

static const struct
{
  const char *name, *shown;
} namings[] = {
  { "name", N_ ("With Names") },
  { "role", N_ ("With Roles") },
  { "pseudonym", N_ ("With Pseudonyms") },
};

static const char *const reference_kinds[] = { "finding", "event", "passage", "experiment",
                                               "wonder",  "item",  "person",  NULL };

struct _VantageReportPage
{
  VantagePage parent_instance;

  View view;
  VantageReportAudience audience;
  VantageReportNames names;
  char *draft;    /* id of the text for that audience; NULL: none */
  guint updating; /* idle */
  gboolean stale; /* something changed while the page was away */

  GtkBox *toggles;
  GtkMenuButton *add_button, *export_button, *audience_button, *names_button;
  GtkStack *stack;
  AdwBin *begin_slot, *outline_slot, *preview_slot;
  GtkBox *write_box;
  GtkWidget *title;
  VantageProseEditor *text;
  VantageReportOutline *outline;
  VantageReportPreview *preview;
  GtkEditable *heading;
};

G_DEFINE_FINAL_TYPE (VantageReportPage, vantage_report_page, VANTAGE_TYPE_PAGE)

static VantageReviewContext *
get_context (VantageReportPage *self)
{
  return vantage_page_get_context (VANTAGE_PAGE (self));
}

static GSimpleAction *
get_action (VantageReportPage *self, const char *name)
{
  return G_SIMPLE_ACTION (g_action_map_lookup_action (
      G_ACTION_MAP (vantage_page_get_actions (VANTAGE_PAGE (self))), name));
}

/* ---- showing ---- */

static void
show_actions (VantageReportPage *self)
{
  gboolean begun = self->draft != NULL;
  gboolean selected =
      begun && self->view == OUTLINE && vantage_report_outline_has_selection (self->outline);

  g_simple_action_set_enabled (get_action (self, "report-begin"), !begun);
  g_simple_action_set_enabled (get_action (self, "report-insert"), begun && self->view != PREVIEW);
  g_simple_action_set_enabled (get_action (self, "report-heading"), begun && self->view != PREVIEW);
  g_simple_action_set_enabled (get_action (self, "report-up"), selected);
  g_simple_action_set_enabled (get_action (self, "report-down"), selected);
  g_simple_action_set_enabled (get_action (self, "report-delete"), selected);
  g_simple_action_set_enabled (get_action (self, "report-hint"), begun && self->view == WRITE);
  gtk_widget_set_visible (GTK_WIDGET (self->add_button), begun && self->view != PREVIEW);
}

static void
show_choices (VantageReportPage *self)
{
  const char *audience = _ (audiences[self->audience].shown);
  const char *names = _ (namings[self->names].shown);

  gtk_menu_button_set_label (self->audience_button, audience);
  gtk_menu_button_set_label (self->names_button, names);
  g_simple_action_set_state (get_action (self, "report-audience"),
                             g_variant_new_string (audiences[self->audience].name));
  g_simple_action_set_state (get_action (self, "report-names"),
                             g_variant_new_string (namings[self->names].name));
  g_simple_action_set_state (get_action (self, "report-view"),
                             g_variant_new_string (views[self->view].name));
}

static void
bind_draft (VantageReportPage *self)
{
  g_autofree char *draft = vantage_report_draft_find (get_context (self), self->audience);

  if (g_strcmp0 (draft, self->draft) == 0)
    return;
  g_free (self->draft);
  self->draft = g_steal_pointer (&draft);
  vantage_wrap_entry_bind (VANTAGE_WRAP_ENTRY (self->title), get_context (self), "report",
                           self->draft, "title", _ ("Change Title of Report"));
  vantage_prose_editor_bind (self->text, get_context (self), "report", self->draft,
                             VANTAGE_REPORT_SLOT, _ ("Edit Report"));
}

static void
show_all (VantageReportPage *self)
{
  bind_draft (self);
  if (self->view == PREVIEW)
    vantage_report_preview_take (
        self->preview,
        vantage_report_draft_build (get_context (self), self->audience, self->names));
  vantage_report_outline_show (self->outline, self->draft);
  gtk_stack_set_visible_child_name (
      self->stack, self->draft == NULL && self->view != PREVIEW ? "begin" : views[self->view].name);
  show_choices (self);
  show_actions (self);
}

static void
set_view (VantageReportPage *self, View view)
{
  vantage_review_context_flush (get_context (self));
  self->view = view;
  show_all (self);
}

static gboolean
update_cb (gpointer data)
{
  VantageReportPage *self = data;

  self->updating = 0;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    show_all (self);
  else
    self->stale = TRUE;
  return G_SOURCE_REMOVE;
}

static void
something_changed_cb (VantageReportPage *self)
{
  if (self->updating == 0)
    self->updating = g_idle_add (update_cb, self);
}

/* ---- inserting ---- */

static void
insert_at_cursor (VantageReportPage *self, const char *text)
{
  gtk_text_buffer_insert_at_cursor (
      gtk_text_view_get_buffer (vantage_prose_editor_get_view (self->text)), text, -1);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

/* In Write where the cursor is; in Outline a part of its own, words of a person as a quote. */
static void
chosen_cb (VantageReportPage *self, const char *kind, const char *id)
{
  g_autofree char *reference = vantage_reference_to_text (kind, id, NULL);
  g_autofree char *run = vantage_reference_text_dup_run (get_context (self), kind, id);

  if (self->view == WRITE)
    {
      insert_at_cursor (self, run);
      return;
    }
  vantage_report_outline_insert (
      self->outline, strcmp (kind, "passage") == 0 || strcmp (kind, "item") == 0 ? "quote" : "list",
      reference);
}

static void
add_heading_cb (VantageReportPage *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->heading)));

  if (text[0] == '\0')
    return;
  gtk_menu_button_popdown (self->add_button);
  gtk_editable_set_text (self->heading, "");
  if (self->view == WRITE)
    {
      g_autofree char *line = g_strdup_printf ("\n\n# %s\n\n", text);

      insert_at_cursor (self, line);
      return;
    }
  vantage_report_outline_insert (self->outline, "heading", text);
}

/* The cursor goes to the beginning of the part that was activated: parts are parted by empty lines,
 * so it is as many empty lines on. */
static void
outline_activated_cb (VantageReportPage *self, guint at)
{
  g_autoptr (GPtrArray) blocks = vantage_report_draft_list_blocks (get_context (self), self->draft);
  GtkTextView *view = vantage_prose_editor_get_view (self->text);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter iter;
  int line = 0;

  for (guint i = 0; i < MIN (at, blocks->len); i++)
    {
      const char *text = vantage_entity_get_text (blocks->pdata[i], "text");

      for (const char *p = text; p != NULL && *p != '\0'; p++)
        line += *p == '\n';
      line += 2;
    }
  set_view (self, WRITE);
  gtk_text_buffer_get_iter_at_line (buffer, &iter, line);
  gtk_text_buffer_place_cursor (buffer, &iter);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
  gtk_text_view_scroll_to_mark (view, gtk_text_buffer_get_insert (buffer), 0.1, FALSE, 0, 0);
}

/* ---- actions ---- */

static void
view_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  for (View view = 0; view < N_VIEWS; view++)
    if (strcmp (views[view].name, g_variant_get_string (parameter, NULL)) == 0)
      set_view (data, view);
}

static void
audience_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageReportPage *self = data;

  vantage_review_context_flush (get_context (self));
  for (guint i = 0; i < G_N_ELEMENTS (audiences); i++)
    if (strcmp (audiences[i].name, g_variant_get_string (parameter, NULL)) == 0)
      self->audience = (VantageReportAudience) i;
  /* What everybody reads never has names. */
  if (self->audience == VANTAGE_REPORT_EVERYONE && self->names == VANTAGE_NAMES_NAME)
    self->names = VANTAGE_NAMES_ROLE;
  show_all (self);
}

static void
names_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageReportPage *self = data;

  for (guint i = 0; i < G_N_ELEMENTS (namings); i++)
    if (strcmp (namings[i].name, g_variant_get_string (parameter, NULL)) == 0)
      self->names = (VantageReportNames) i;
  if (self->audience == VANTAGE_REPORT_EVERYONE && self->names == VANTAGE_NAMES_NAME)
    {
      self->names = VANTAGE_NAMES_ROLE;
      vantage_review_context_tell (get_context (self),
                                   _ ("A report for everyone never has names; roles are shown."));
    }
  show_all (self);
}

static void
begin_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageReportPage *self = data;
  g_autofree char *id = vantage_report_draft_begin (get_context (self), self->audience);

  if (id == NULL)
    return;
  if (self->view == PREVIEW)
    self->view = OUTLINE;
  show_all (self);
}

static void
export_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_menu_button_popup (VANTAGE_REPORT_PAGE (data)->export_button);
}

static void
export_as (VantageReportPage *self, VantageExportFormat format)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  vantage_report_export (GTK_WINDOW (root), get_context (self), self->audience, self->names,
                         format);
}

static void
export_markdown_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  export_as (data, VANTAGE_EXPORT_MARKDOWN);
}

static void
export_html_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  export_as (data, VANTAGE_EXPORT_HTML);
}

static void
insert_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageReportPage *self = data;

  if (self->view == WRITE)
    vantage_reference_chooser_open (vantage_prose_editor_get_view (self->text), get_context (self),
                                    reference_kinds);
  else
    gtk_menu_button_popup (self->add_button);
}

static void
heading_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageReportPage *self = data;

  gtk_menu_button_popup (self->add_button);
  gtk_widget_grab_focus (GTK_WIDGET (self->heading));
}

static void
up_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  vantage_report_outline_move_selected (VANTAGE_REPORT_PAGE (data)->outline, -1);
}

static void
down_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  vantage_report_outline_move_selected (VANTAGE_REPORT_PAGE (data)->outline, 1);
}

static void
delete_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  vantage_report_outline_delete_selected (VANTAGE_REPORT_PAGE (data)->outline);
}

static void
hint_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageReportPage *self = data;

  if (!vantage_language_marks_open (self->text))
    vantage_review_context_tell (get_context (self), _ ("There is no language hint in this text."));
}

/* ---- how lines look while they are written ---- */

static const struct
{
  const char *mark, *tag;
} line_styles[] = {
  { "# ", "line-heading" },
  { "> ", "line-quote" },
};

static void
style_lines (VantageReportPage *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (vantage_prose_editor_get_view (self->text));
  GtkTextIter from, until;

  for (guint i = 0; i < G_N_ELEMENTS (line_styles); i++)
    {
      gtk_text_buffer_get_bounds (buffer, &from, &until);
      gtk_text_buffer_remove_tag_by_name (buffer, line_styles[i].tag, &from, &until);
    }
  do
    {
      g_autofree char *line = NULL;

      until = from;
      if (!gtk_text_iter_ends_line (&until))
        gtk_text_iter_forward_to_line_end (&until);
      line = gtk_text_buffer_get_text (buffer, &from, &until, FALSE);
      for (guint i = 0; i < G_N_ELEMENTS (line_styles); i++)
        if (g_str_has_prefix (line, line_styles[i].mark))
          gtk_text_buffer_apply_tag_by_name (buffer, line_styles[i].tag, &from, &until);
    }
  while (gtk_text_iter_forward_line (&from));
}

static void
add_line_styles (VantageReportPage *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (vantage_prose_editor_get_view (self->text));

  gtk_text_buffer_create_tag (buffer, line_styles[0].tag, "weight", PANGO_WEIGHT_BOLD, "scale",
                              1.15, "pixels-above-lines", 9, NULL);
  gtk_text_buffer_create_tag (buffer, line_styles[1].tag, "left-margin", 24, NULL);
  g_signal_connect_object (self->text, "text-changed", G_CALLBACK (style_lines), self,
                           G_CONNECT_SWAPPED);
}

/* ---- building ---- */

static void
add_actions (VantageReportPage *self)
{
  static const GActionEntry entries[] = {
    { "report-view", view_cb, "s", "'outline'", NULL },
    { "report-audience", audience_cb, "s", "'team'", NULL },
    { "report-names", names_cb, "s", "'name'", NULL },
    { "report-begin", begin_cb },
    { "report-export", export_cb },
    { "report-export-markdown", export_markdown_cb },
    { "report-export-html", export_html_cb },
    { "report-insert", insert_cb },
    { "report-heading", heading_cb },
    { "report-up", up_cb },
    { "report-down", down_cb },
    { "report-delete", delete_cb },
    { "report-hint", hint_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (vantage_page_get_actions (VANTAGE_PAGE (self))),
                                   entries, G_N_ELEMENTS (entries), self);
}

static void
add_toggle (VantageReportPage *self, View view)
{
  GtkWidget *toggle = gtk_toggle_button_new ();
  GtkWidget *label = gtk_label_new (_ (views[view].title));
  g_autofree char *action = g_strdup_printf ("page.report-view::%s", views[view].name);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_button_set_child (GTK_BUTTON (toggle), label);
  vantage_shortcuts_set_button (toggle, action);
  gtk_box_append (self->toggles, toggle);
}

static GMenuModel *
new_menu (const char *const *actions)
{
  GMenu *menu = g_menu_new ();

  vantage_shortcuts_fill_menu (menu, actions);
  return G_MENU_MODEL (menu);
}

static void
fill_menus (VantageReportPage *self)
{
  static const char *const exports[] = { "page.report-export-markdown", "page.report-export-html",
                                         NULL };
  static const char *const for_whom[] = { "page.report-audience::team",
                                          "page.report-audience::everyone", NULL };
  static const char *const called[] = { "page.report-names::name", "page.report-names::role",
                                        "page.report-names::pseudonym", NULL };
  g_autoptr (GMenuModel) export = new_menu (exports);
  g_autoptr (GMenuModel) audience = new_menu (for_whom);
  g_autoptr (GMenuModel) names = new_menu (called);
  g_autofree char *tooltip = vantage_shortcuts_dup_tooltip ("page.report-export");

  gtk_menu_button_set_menu_model (self->export_button, export);
  gtk_menu_button_set_menu_model (self->audience_button, audience);
  gtk_menu_button_set_menu_model (self->names_button, names);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->export_button), tooltip);
}

/* One popover: a heading on top, what can be referred to below. */
static void
fill_add_button (VantageReportPage *self)
{
  GtkWidget *chooser = vantage_reference_chooser_new (get_context (self), reference_kinds);
  GtkWidget *box = gtk_popover_get_child (GTK_POPOVER (chooser));
  g_autofree char *tooltip = vantage_shortcuts_dup_tooltip ("page.report-insert");

  self->heading = GTK_EDITABLE (gtk_entry_new ());
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->heading), _ ("New heading"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->heading), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("New heading"), -1);
  g_signal_connect_object (self->heading, "activate", G_CALLBACK (add_heading_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_prepend (GTK_BOX (box), GTK_WIDGET (self->heading));
  g_signal_connect_object (chooser, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_menu_button_set_popover (self->add_button, chooser);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->add_button), tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Add to the report"), -1);
}

static void
fill_write (VantageReportPage *self)
{
  self->title = vantage_wrap_entry_new (_ ("Title of the report"), _ ("Title of the report"));
  gtk_widget_add_css_class (self->title, "entity-title");
  gtk_box_append (self->write_box, self->title);

  self->text = VANTAGE_PROSE_EDITOR (vantage_prose_editor_new ());
  vantage_prose_editor_set_placeholder (
      self->text,
      _ ("Tell it as it looked from inside. “# ” begins a heading, “> ” a quote, “- ” a "
         "list; [[ refers to a finding, an event, a passage or an item."));
  vantage_prose_editor_set_label (self->text, _ ("Text of the report"));
  vantage_prose_editor_set_lines (self->text, 20);
  vantage_prose_editor_show_references (self->text);
  add_line_styles (self);
  vantage_language_marks_attach (self->text, get_context (self), VANTAGE_LANGUAGE_AUTHOR);
  vantage_reference_chooser_complete (vantage_prose_editor_get_view (self->text),
                                      get_context (self), reference_kinds);
  gtk_widget_add_css_class (GTK_WIDGET (self->text), "card");
  gtk_box_append (self->write_box, GTK_WIDGET (self->text));
}

static void
fill_stack (VantageReportPage *self)
{
  GtkWidget *begin = vantage_empty_state_new (
      "vantage-report-symbolic", _ ("Nothing Written Yet"),
      _ ("Here you tell others what was learned. The timeline, the findings and their evidence are "
         "added by themselves; Preview shows them already."),
      _ ("_Begin from the Findings"), "page.report-begin");

  adw_bin_set_child (self->begin_slot, begin);
  self->outline = VANTAGE_REPORT_OUTLINE (vantage_report_outline_new (get_context (self)));
  g_signal_connect_object (self->outline, "activated", G_CALLBACK (outline_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->outline, "selected", G_CALLBACK (show_actions), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (self->outline_slot, GTK_WIDGET (self->outline));
  self->preview = VANTAGE_REPORT_PREVIEW (vantage_report_preview_new (get_context (self)));
  adw_bin_set_child (self->preview_slot, GTK_WIDGET (self->preview));
  fill_write (self);
}

/* ---- page ---- */

static void
vantage_report_page_shown (VantagePage *page)
{
  VantageReportPage *self = VANTAGE_REPORT_PAGE (page);

  if (self->stale)
    show_all (self);
  self->stale = FALSE;
}

static char *
vantage_report_page_save_state (VantagePage *page)
{
  VantageReportPage *self = VANTAGE_REPORT_PAGE (page);

  return g_strdup_printf ("%s\n%s\n%s", views[self->view].name, audiences[self->audience].name,
                          namings[self->names].name);
}

static void
vantage_report_page_restore_state (VantagePage *page, const char *state)
{
  VantageReportPage *self = VANTAGE_REPORT_PAGE (page);
  g_auto (GStrv) lines = g_strsplit (state != NULL ? state : "", "\n", -1);

  if (g_strv_length (lines) != 3)
    return;
  for (guint i = 0; i < N_VIEWS; i++)
    if (strcmp (views[i].name, lines[0]) == 0)
      self->view = (View) i;
  for (guint i = 0; i < G_N_ELEMENTS (audiences); i++)
    if (strcmp (audiences[i].name, lines[1]) == 0)
      self->audience = (VantageReportAudience) i;
  for (guint i = 0; i < G_N_ELEMENTS (namings); i++)
    if (strcmp (namings[i].name, lines[2]) == 0)
      self->names = (VantageReportNames) i;
  show_all (self);
}

static void
vantage_report_page_go_to (VantagePage *page, const char *target)
{
  VantageReportPage *self = VANTAGE_REPORT_PAGE (page);

  for (View view = 0; view < N_VIEWS && target != NULL; view++)
    if (strcmp (views[view].name, target) == 0)
      set_view (self, view);
}

static void
vantage_report_page_constructed (GObject *object)
{
  VantageReportPage *self = VANTAGE_REPORT_PAGE (object);

  G_OBJECT_CLASS (vantage_report_page_parent_class)->constructed (object);
  add_actions (self);
  for (View view = 0; view < N_VIEWS; view++)
    add_toggle (self, view);
  fill_menus (self);
  fill_add_button (self);
  fill_stack (self);
  vantage_wrap_entry_bind (VANTAGE_WRAP_ENTRY (self->title), get_context (self), NULL, NULL, NULL,
                           NULL);
  show_all (self);
  g_signal_connect_object (get_context (self), "changed", G_CALLBACK (something_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (get_context (self), "people-changed", G_CALLBACK (something_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_context (self), "evidence-changed",
                           G_CALLBACK (something_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
vantage_report_page_dispose (GObject *object)
{
  VantageReportPage *self = VANTAGE_REPORT_PAGE (object);

  g_clear_handle_id (&self->updating, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), VANTAGE_TYPE_REPORT_PAGE);
  g_clear_pointer (&self->draft, g_free);
  G_OBJECT_CLASS (vantage_report_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, VantageReportPage, toggles);
  gtk_widget_class_bind_template_child (widget_class, VantageReportPage, add_button);
  gtk_widget_class_bind_template_child (widget_class, VantageReportPage, export_button);
  gtk_widget_class_bind_template_child (widget_class, VantageReportPage, audience_button);
  gtk_widget_class_bind_template_child (widget_class, VantageReportPage, names_button);
  gtk_widget_class_bind_template_child (widget_class, VantageReportPage, stack);
  gtk_widget_class_bind_template_child (widget_class, VantageReportPage, begin_slot);
  gtk_widget_class_bind_template_child (widget_class, VantageReportPage, outline_slot);
  gtk_widget_class_bind_template_child (widget_class, VantageReportPage, preview_slot);
  gtk_widget_class_bind_template_child (widget_class, VantageReportPage, write_box);
}

static void
vantage_report_page_class_init (VantageReportPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  VantagePageClass *page_class = VANTAGE_PAGE_CLASS (klass);

  object_class->constructed = vantage_report_page_constructed;
  object_class->dispose = vantage_report_page_dispose;
  page_class->shown = vantage_report_page_shown;
  page_class->go_to = vantage_report_page_go_to;
  page_class->save_state = vantage_report_page_save_state;
  page_class->restore_state = vantage_report_page_restore_state;
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass),
                                               "/org/vantage/Vantage/vantage-report-page.ui");
  bind_children (GTK_WIDGET_CLASS (klass));
}

static void
vantage_report_page_init (VantageReportPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
