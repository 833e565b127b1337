/* vantage-interviews-page.c: conversations, one by one, and the list of them. */

#include "config.h"

#include "vantage-interviews-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-interview-annotate.h"
#include "vantage-interview-conduct.h"
#include "vantage-interview-list.h"
#include "vantage-interview-planning.h"
#include "vantage-interview-prepare.h"
#include "vantage-shortcuts.h"
#include "vantage-unlock-pane.h"

struct _VantageInterviewsPage
{
  VantagePage parent_instance;

  VantagePrivateNotes *notes;
  VantageInterviewRoom *room; /* NULL: the list is in view */
  char *wanted;               /* interview to open once notes can be read */
  gboolean in_view;

  GtkStack *views;
  VantageInterviewList *list;
  AdwBin *list_slot;
  AdwBin *unlock_slot;
  GtkWidget *header;
  GtkWidget *back_button;
  GtkLabel *title;
  GtkWidget *mode_buttons;
  GtkStack *modes;
  /* NULL: the list is in view */
  VantageInterviewPrepare *prepare;
  VantageInterviewConduct *conduct;
  VantageInterviewAnnotate *annotate;
  GtkWindow *window;
  gulong window_handler;
};

G_DEFINE_FINAL_TYPE (VantageInterviewsPage, vantage_interviews_page, VANTAGE_TYPE_PAGE)

/* The ways of being with one interview, in order. */
static const char *const modes[] = { "prepare", "conduct", "annotate" };

static VantageReviewContext *
get_context (VantageInterviewsPage *self)
{
  return vantage_page_get_context (VANTAGE_PAGE (self));
}

static const char *
get_mode (VantageInterviewsPage *self)
{
  const char *mode = self->room != NULL ? gtk_stack_get_visible_child_name (self->modes) : NULL;

  return mode != NULL ? mode : "";
}

/* ---- what can be done now ---- */

static void
enable (VantageInterviewsPage *self, const char *name, gboolean enabled)
{
  GSimpleActionGroup *group = vantage_page_get_actions (VANTAGE_PAGE (self));
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (group), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
update_actions (VantageInterviewsPage *self)
{
  static const char *const writing[] = { "mark", "cycle-sort", "stamp", "mark-moment", "drop-cue" };
  static const char *const conducting[] = { "next-phase",    "previous-phase",
                                            "next-question", "previous-question",
                                            "next-marked",   "previous-marked",
                                            "toggle-guide",  "dark" };
  gboolean conduct = g_str_equal (get_mode (self), "conduct");
  gboolean may_write = conduct && vantage_interview_room_may_write (self->room);
  gboolean running = conduct && vantage_interview_conduct_is_running (self->conduct);

  for (guint i = 0; i < G_N_ELEMENTS (writing); i++)
    enable (self, writing[i], may_write);
  for (guint i = 0; i < G_N_ELEMENTS (conducting); i++)
    enable (self, conducting[i], conduct);
  enable (self, "take-offer", conduct && vantage_interview_conduct_has_offer (self->conduct));
  enable (self, "start", self->room != NULL && !running);
  enable (self, "finish", running);
  enable (self, "agree-notes", conduct && !may_write);
  enable (self, "pick-out", g_str_equal (get_mode (self), "annotate"));
  enable (self, "toggle-passages", g_str_equal (get_mode (self), "annotate"));
  enable (self, "mode", self->room != NULL);
  enable (self, "new-interview", self->room == NULL);
}

/* ---- one interview ---- */

static void
show_mode (VantageInterviewsPage *self, const char *mode)
{
  GAction *action = g_action_map_lookup_action (
      G_ACTION_MAP (vantage_page_get_actions (VANTAGE_PAGE (self))), "mode");

  gtk_stack_set_visible_child_name (self->modes, mode);
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (mode));
  vantage_interview_conduct_set_shown (self->conduct,
                                       self->in_view && g_str_equal (mode, "conduct"));
  update_actions (self);
  if (self->in_view && g_str_equal (mode, "conduct"))
    vantage_interview_conduct_focus (self->conduct);
  else if (self->in_view && g_str_equal (mode, "annotate"))
    vantage_interview_annotate_focus (self->annotate);
}

static void
steps_changed_cb (VantageInterviewsPage *self)
{
  vantage_page_steps_changed (VANTAGE_PAGE (self));
}

static void
close_interview (VantageInterviewsPage *self)
{
  GtkWidget *child;

  if (self->room == NULL)
    return;
  vantage_interview_conduct_set_shown (self->conduct, FALSE);
  vantage_interview_prepare_flush (self->prepare);
  self->prepare = NULL;
  self->conduct = NULL;
  self->annotate = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->modes))) != NULL)
    gtk_stack_remove (self->modes, child);
  g_signal_handlers_disconnect_by_data (self->room, self);
  g_clear_object (&self->room);
  gtk_stack_set_visible_child_name (self->views, "list");
  vantage_interview_list_refresh (self->list);
  update_actions (self);
  vantage_page_steps_changed (VANTAGE_PAGE (self));
}

/* Where somebody most likely wants to be. */
static const char *
get_first_mode (VantageInterviewsPage *self)
{
  VantageEntity *interview = vantage_interview_room_get_interview (self->room);

  if (vantage_interview_conduct_is_running (self->conduct))
    return "conduct";
  if (g_strcmp0 (vantage_entity_get_text (interview, "state"), "held") == 0)
    return "annotate";
  return "prepare";
}

static void
show_title (VantageInterviewsPage *self)
{
  gtk_label_set_text (self->title, vantage_interview_room_get_name (self->room));
}

static void
open_interview (VantageInterviewsPage *self, const char *id)
{
  VantageVault *vault = vantage_private_notes_get_vault (self->notes);
  VantageInterviewRoom *room;

  if (self->room != NULL && g_str_equal (vantage_interview_room_get_id (self->room), id))
    return;
  close_interview (self);
  if (vault == NULL)
    {
      g_free (self->wanted);
      self->wanted = g_strdup (id);
      gtk_stack_set_visible_child_name (self->views, "unlock");
      return;
    }
  room = vantage_interview_room_new (get_context (self), vault, id);
  if (vantage_interview_room_get_interview (room) == NULL)
    {
      g_object_unref (room);
      return;
    }
  self->room = room;
  vantage_interview_ensure_guide (room);
  self->conduct = VANTAGE_INTERVIEW_CONDUCT (vantage_interview_conduct_new (room));
  self->prepare = VANTAGE_INTERVIEW_PREPARE (vantage_interview_prepare_new (room));
  self->annotate = VANTAGE_INTERVIEW_ANNOTATE (vantage_interview_annotate_new (room));
  gtk_stack_add_named (self->modes, GTK_WIDGET (self->prepare), "prepare");
  gtk_stack_add_named (self->modes, GTK_WIDGET (self->conduct), "conduct");
  gtk_stack_add_named (self->modes, GTK_WIDGET (self->annotate), "annotate");
  g_signal_connect_object (self->conduct, "state-changed", G_CALLBACK (update_actions), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (room, "saved", G_CALLBACK (steps_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (room, "shared-changed", G_CALLBACK (show_title), self,
                           G_CONNECT_SWAPPED);
  show_title (self);
  gtk_stack_set_visible_child_name (self->views, "interview");
  show_mode (self, get_first_mode (self));
  vantage_page_steps_changed (VANTAGE_PAGE (self));
}

/* ---- callbacks ---- */

static void
list_open_cb (VantageInterviewsPage *self, const char *interview)
{
  open_interview (self, interview);
}

static void
notes_changed_cb (VantageInterviewsPage *self)
{
  g_autofree char *wanted = NULL;

  if (vantage_private_notes_get_vault (self->notes) == NULL)
    return;
  wanted = g_steal_pointer (&self->wanted);
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->views), "unlock") == 0)
    gtk_stack_set_visible_child_name (self->views, "list");
  if (wanted != NULL)
    open_interview (self, wanted);
}

static void
flush_cb (VantageInterviewsPage *self)
{
  if (self->conduct == NULL)
    return;
  vantage_interview_conduct_flush (self->conduct);
  vantage_interview_prepare_flush (self->prepare);
}

static void
show_focus_mode (VantageInterviewsPage *self)
{
  gboolean alone = self->window != NULL && gtk_window_is_fullscreen (self->window);

  gtk_widget_set_visible (self->header, !alone);
}

static void
conduct_action_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageInterviewsPage *self = data;
  const char *name = g_action_get_name (G_ACTION (action));

  if (self->room == NULL)
    return;
  if (g_str_equal (name, "start") && !g_str_equal (get_mode (self), "conduct"))
    show_mode (self, "conduct");
  vantage_interview_conduct_do (self->conduct, name,
                                parameter != NULL ? g_variant_get_string (parameter, NULL) : NULL);
}

static void
pick_out_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageInterviewsPage *self = data;

  if (self->annotate != NULL)
    vantage_interview_annotate_mark (self->annotate);
}

static void
toggle_passages_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageInterviewsPage *self = data;

  if (self->annotate != NULL)
    vantage_interview_annotate_toggle_passages (self->annotate);
}

static void
mode_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageInterviewsPage *self = data;

  if (self->room != NULL)
    show_mode (self, g_variant_get_string (parameter, NULL));
}

static void
new_interview_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  vantage_interview_list_choose_person (VANTAGE_INTERVIEWS_PAGE (data)->list);
}

static void
all_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  close_interview (data);
}

/* ---- page ---- */

static char *
find_interview_of (VantageInterviewsPage *self, const char *person)
{
  VantageReviewContext *context = get_context (self);
  g_autoptr (GPtrArray) all =
      vantage_library_list (vantage_review_context_get_library (context),
                            vantage_review_context_get_review_id (context), "interview", NULL);

  for (guint i = 0; all != NULL && i < all->len; i++)
    if (g_strcmp0 (vantage_entity_get_ref (all->pdata[i], "person"), person) == 0)
      return g_strdup (vantage_entity_get_id (all->pdata[i]));
  return NULL;
}

/* An interview, or a person: then theirs, planned now if there is none. */
static void
vantage_interviews_page_go_to (VantagePage *page, const char *target)
{
  VantageInterviewsPage *self = VANTAGE_INTERVIEWS_PAGE (page);
  VantageReviewContext *context = get_context (self);
  g_autofree char *id = NULL;

  if (vantage_review_context_find_person (context, target) == NULL)
    id = g_strdup (target);
  else
    id = find_interview_of (self, target);
  if (id == NULL)
    id = vantage_interview_plan (context, target, NULL);
  if (id != NULL)
    open_interview (self, id);
}

static void
vantage_interviews_page_shown (VantagePage *page)
{
  VantageInterviewsPage *self = VANTAGE_INTERVIEWS_PAGE (page);

  self->in_view = TRUE;
  if (self->room != NULL)
    show_mode (self, get_mode (self));
  else
    vantage_interview_list_refresh (self->list);
}

static void
vantage_interviews_page_hidden (VantagePage *page)
{
  VantageInterviewsPage *self = VANTAGE_INTERVIEWS_PAGE (page);

  self->in_view = FALSE;
  if (self->conduct != NULL)
    vantage_interview_conduct_set_shown (self->conduct, FALSE);
}

static gboolean
vantage_interviews_page_escape (VantagePage *page)
{
  VantageInterviewsPage *self = VANTAGE_INTERVIEWS_PAGE (page);

  if (self->room == NULL)
    return FALSE;
  if (g_str_equal (get_mode (self), "conduct"))
    {
      if (vantage_interview_conduct_escape (self->conduct))
        return TRUE;
      /* a key pressed by chance does not end a conversation */
      if (vantage_interview_conduct_is_running (self->conduct))
        return FALSE;
    }
  if (self->window != NULL && gtk_window_is_fullscreen (self->window))
    return FALSE;
  close_interview (self);
  return TRUE;
}

static char *
vantage_interviews_page_save_state (VantagePage *page)
{
  VantageInterviewsPage *self = VANTAGE_INTERVIEWS_PAGE (page);

  if (self->room == NULL)
    return g_strdup ("");
  return g_strdup_printf ("%s %s", vantage_interview_room_get_id (self->room), get_mode (self));
}

static gboolean
is_mode (const char *mode)
{
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    if (g_strcmp0 (modes[i], mode) == 0)
      return TRUE;
  return FALSE;
}

static void
vantage_interviews_page_restore_state (VantagePage *page, const char *state)
{
  VantageInterviewsPage *self = VANTAGE_INTERVIEWS_PAGE (page);
  g_auto (GStrv) words = g_strsplit (state, " ", 2);

  if (words[0] == NULL || words[0][0] == '\0')
    return;
  open_interview (self, words[0]);
  if (self->room != NULL && is_mode (words[1]))
    show_mode (self, words[1]);
}

static gboolean
vantage_interviews_page_has_steps (VantagePage *page)
{
  return VANTAGE_INTERVIEWS_PAGE (page)->room != NULL;
}

static char *
vantage_interviews_page_dup_step_name (VantagePage *page, gboolean redo)
{
  return vantage_interview_room_dup_step_name (VANTAGE_INTERVIEWS_PAGE (page)->room, redo);
}

static void
vantage_interviews_page_walk_step (VantagePage *page, gboolean redo)
{
  vantage_interview_room_walk_step (VANTAGE_INTERVIEWS_PAGE (page)->room, redo);
}

/* ---- object ---- */

static void
vantage_interviews_page_root (GtkWidget *widget)
{
  VantageInterviewsPage *self = VANTAGE_INTERVIEWS_PAGE (widget);

  GTK_WIDGET_CLASS (vantage_interviews_page_parent_class)->root (widget);
  self->window = GTK_WINDOW (gtk_widget_get_root (widget));
  self->window_handler = g_signal_connect_swapped (self->window, "notify::fullscreened",
                                                   G_CALLBACK (show_focus_mode), self);
}

static void
vantage_interviews_page_unroot (GtkWidget *widget)
{
  VantageInterviewsPage *self = VANTAGE_INTERVIEWS_PAGE (widget);

  g_clear_signal_handler (&self->window_handler, self->window);
  self->window = NULL;
  GTK_WIDGET_CLASS (vantage_interviews_page_parent_class)->unroot (widget);
}

static void
add_actions (VantageInterviewsPage *self)
{
  static const GActionEntry entries[] = {
    { "mark", conduct_action_cb, "s" },
    { "cycle-sort", conduct_action_cb },
    { "stamp", conduct_action_cb },
    { "mark-moment", conduct_action_cb },
    { "drop-cue", conduct_action_cb },
    { "next-phase", conduct_action_cb },
    { "previous-phase", conduct_action_cb },
    { "next-question", conduct_action_cb },
    { "previous-question", conduct_action_cb },
    { "next-marked", conduct_action_cb },
    { "previous-marked", conduct_action_cb },
    { "take-offer", conduct_action_cb },
    { "toggle-guide", conduct_action_cb },
    { "dark", conduct_action_cb },
    { "start", conduct_action_cb },
    { "finish", conduct_action_cb },
    { "agree-notes", conduct_action_cb },
    { "pick-out", pick_out_cb },
    { "toggle-passages", toggle_passages_cb },
    { "mode", mode_cb, "s", "'conduct'" },
    { "new-interview", new_interview_cb },
    { "all-interviews", all_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (vantage_page_get_actions (VANTAGE_PAGE (self))),
                                   entries, G_N_ELEMENTS (entries), self);
}

static void
vantage_interviews_page_constructed (GObject *object)
{
  VantageInterviewsPage *self = VANTAGE_INTERVIEWS_PAGE (object);
  VantageReviewContext *context = get_context (self);

  G_OBJECT_CLASS (vantage_interviews_page_parent_class)->constructed (object);

  add_actions (self);
  self->notes = vantage_private_notes_get (vantage_review_context_get_library (context));
  self->list = VANTAGE_INTERVIEW_LIST (vantage_interview_list_new (context, self->notes));
  adw_bin_set_child (self->list_slot, GTK_WIDGET (self->list));
  adw_bin_set_child (self->unlock_slot, vantage_unlock_pane_new (self->notes));
  g_signal_connect_object (self->list, "open", G_CALLBACK (list_open_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->notes, "changed", G_CALLBACK (notes_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "flush", G_CALLBACK (flush_cb), self, G_CONNECT_SWAPPED);
  update_actions (self);
}

static void
vantage_interviews_page_dispose (GObject *object)
{
  VantageInterviewsPage *self = VANTAGE_INTERVIEWS_PAGE (object);

  if (self->conduct != NULL)
    vantage_interview_conduct_set_shown (self->conduct, FALSE);
  self->conduct = NULL;
  /* first: the bin does not see that its template takes the child away */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), VANTAGE_TYPE_INTERVIEWS_PAGE);
  g_clear_object (&self->room);
  g_clear_object (&self->notes);
  g_clear_pointer (&self->wanted, g_free);
  G_OBJECT_CLASS (vantage_interviews_page_parent_class)->dispose (object);
}

static void
vantage_interviews_page_class_init (VantageInterviewsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  VantagePageClass *page_class = VANTAGE_PAGE_CLASS (klass);

  object_class->constructed = vantage_interviews_page_constructed;
  object_class->dispose = vantage_interviews_page_dispose;
  widget_class->root = vantage_interviews_page_root;
  widget_class->unroot = vantage_interviews_page_unroot;
  page_class->go_to = vantage_interviews_page_go_to;
  page_class->shown = vantage_interviews_page_shown;
  page_class->hidden = vantage_interviews_page_hidden;
  page_class->escape = vantage_interviews_page_escape;
  page_class->save_state = vantage_interviews_page_save_state;
  page_class->restore_state = vantage_interviews_page_restore_state;
  page_class->has_steps = vantage_interviews_page_has_steps;
  page_class->dup_step_name = vantage_interviews_page_dup_step_name;
  page_class->walk_step = vantage_interviews_page_walk_step;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/vantage/Vantage/vantage-interviews-page.ui");
  gtk_widget_class_bind_template_child (widget_class, VantageInterviewsPage, views);
  gtk_widget_class_bind_template_child (widget_class, VantageInterviewsPage, list_slot);
  gtk_widget_class_bind_template_child (widget_class, VantageInterviewsPage, unlock_slot);
  gtk_widget_class_bind_template_child (widget_class, VantageInterviewsPage, header);
  gtk_widget_class_bind_template_child (widget_class, VantageInterviewsPage, back_button);
  gtk_widget_class_bind_template_child (widget_class, VantageInterviewsPage, title);
  gtk_widget_class_bind_template_child (widget_class, VantageInterviewsPage, mode_buttons);
  gtk_widget_class_bind_template_child (widget_class, VantageInterviewsPage, modes);
}

static void
vantage_interviews_page_init (VantageInterviewsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  vantage_shortcuts_set_button (self->back_button, "page.all-interviews");
}

char *
vantage_interviews_page_dup_count (VantageReviewContext *context)
{
  g_autoptr (GPtrArray) all =
      vantage_library_list (vantage_review_context_get_library (context),
                            vantage_review_context_get_review_id (context), "interview", NULL);
  guint n_held = 0;

  if (all == NULL || all->len == 0)
    return NULL;
  for (guint i = 0; i < all->len; i++)
    n_held += g_strcmp0 (vantage_entity_get_text (all->pdata[i], "state"), "held") == 0;
  return g_strdup_printf ("%u/%u", n_held, all->len);
}
