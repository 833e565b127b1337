/* vantage-source-list.c: a row for each source, newest first. */

#include "config.h"

#include "vantage-source-list.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-desk-source.h"
#include "vantage-source-row.h"
#include "vantage-words.h"

struct _VantageSourceList
{
  GtkWidget parent_instance;

  VantageReviewContext *context;
  GtkWidget *scroll;
  GtkLabel *title;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (VantageSourceList, vantage_source_list, GTK_TYPE_WIDGET)

static VantageSourceRow *
get_row (VantageSourceList *self, int i)
{
  return (VantageSourceRow *) gtk_list_box_get_row_at_index (self->list, i);
}

static VantageSourceRow *
find_row (VantageSourceList *self, const char *source)
{
  VantageSourceRow *row;

  for (int i = 0; (row = get_row (self, i)) != NULL; i++)
    if (strcmp (vantage_source_row_get_id (row), source) == 0)
      return row;
  return NULL;
}

/* ---- showing ---- */

static gboolean
has (GPtrArray *sources, const char *id)
{
  for (guint i = 0; i < sources->len; i++)
    if (strcmp (vantage_entity_get_id (sources->pdata[i]), id) == 0)
      return TRUE;
  return FALSE;
}

static void
drop_gone (VantageSourceList *self, GPtrArray *sources)
{
  VantageSourceRow *row;

  for (int i = 0; (row = get_row (self, i)) != NULL;)
    if (has (sources, vantage_source_row_get_id (row)))
      i++;
    else
      gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

/* Rows stay the same widgets, so that focus and what is opened stay too. */
static void
show (VantageSourceList *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sources =
      vantage_library_list (vantage_review_context_get_library (self->context),
                            vantage_review_context_get_review_id (self->context), "source", &error);
  g_autofree char *title = NULL;

  if (sources == NULL)
    {
      vantage_review_context_tell_error (self->context, _ ("Could not read the sources"), error);
      return;
    }
  drop_gone (self, sources);
  for (guint i = 0; i < sources->len; i++)
    {
      VantageEntity *source = sources->pdata[i];
      VantageSourceRow *row = find_row (self, vantage_entity_get_id (source));

      if (row != NULL)
        vantage_source_row_update (row, source);
      else
        gtk_list_box_insert (self->list, vantage_source_row_new (self->context, source), 0);
    }
  title = g_strdup_printf (ngettext ("%u import", "%u imports", sources->len), sources->len);
  gtk_label_set_text (self->title, title);
  gtk_widget_set_visible (GTK_WIDGET (self->list), sources->len > 0);
}

static void
changed_cb (VantageSourceList *self, VantageChange *change)
{
  gboolean ours = change->everything;

  for (guint i = 0; !ours && i < change->entities->len; i++)
    ours = strcmp (vantage_entity_get_kind_name (change->entities->pdata[i]), "source") == 0;
  if (ours)
    show (self);
}

/* ---- doing ---- */

const char *
vantage_source_list_get_current (VantageSourceList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, VANTAGE_TYPE_SOURCE_ROW) : NULL;
  VantageSourceRow *opened = NULL, *each;

  if (row != NULL && gtk_widget_is_ancestor (row, GTK_WIDGET (self)))
    return vantage_source_row_get_id (VANTAGE_SOURCE_ROW (row));
  for (int i = 0; (each = get_row (self, i)) != NULL; i++)
    if (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (each)))
      {
        if (opened != NULL)
          return NULL;
        opened = each;
      }
  return opened != NULL ? vantage_source_row_get_id (opened) : NULL;
}

void
vantage_source_list_open (VantageSourceList *self, const char *source)
{
  VantageSourceRow *row = source != NULL ? find_row (self, source) : get_row (self, 0);

  if (row == NULL)
    return;
  if (source != NULL)
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  /* The row itself takes no focus: what stands in its head does. */
  gtk_widget_child_focus (GTK_WIDGET (row), GTK_DIR_TAB_FORWARD);
}

/* "“export.zip” removed · 3 events, 1 finding rest on it". (transfer full) */
static char *
dup_removed (VantageEntity *source, const VantageResting *resting)
{
  g_autofree char *events =
      g_strdup_printf (ngettext ("%u event", "%u events", resting->n_events), resting->n_events);
  g_autofree char *findings = g_strdup_printf (
      ngettext ("%u finding", "%u findings", resting->n_findings), resting->n_findings);
  g_autofree char *others =
      g_strdup_printf (ngettext ("%u other", "%u others", resting->n_others), resting->n_others);
  const char *parts[4];
  g_autofree char *what = NULL;
  guint n = 0;

  if (resting->n_events > 0)
    parts[n++] = events;
  if (resting->n_findings > 0)
    parts[n++] = findings;
  if (resting->n_others > 0)
    parts[n++] = others;
  parts[n] = NULL;
  if (n == 0)
    return g_strdup_printf (_ ("“%s” removed; nothing rests on it"),
                            vantage_entity_get_title (source));
  what = g_strjoinv (", ", (char **) parts);
  /* translators: name of a source; what cites it: "3 events, 1 finding" */
  return g_strdup_printf (_ ("“%s” removed; what rests on it: %s"),
                          vantage_entity_get_title (source), what);
}

void
vantage_source_list_remove (VantageSourceList *self, const char *source)
{
  VantageLibrary *library = vantage_review_context_get_library (self->context);
  const char *review = vantage_review_context_get_review_id (self->context);
  g_autoptr (VantageEntity) entity = vantage_library_get (library, review, "source", source, NULL);
  g_autoptr (VantageEdit) edit = NULL;
  g_autofree char *told = NULL;
  VantageResting resting;

  if (entity == NULL)
    return;
  if (!vantage_desk_count_resting (library, review, source, &resting, NULL))
    resting = (VantageResting){ 0 };
  told = dup_removed (entity, &resting);
  edit = vantage_review_context_begin (self->context, _ ("Remove Source"));
  vantage_edit_delete (edit, "source", source);
  vantage_review_context_commit_with_undo (self->context, edit, told);
}

/* ---- what was left out ---- */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  for (int i = 0; i < 2; i++)
    {
      GtkWidget *label = gtk_label_new (NULL);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      if (i == 1)
        gtk_widget_add_css_class (label, "faint");
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_widget_add_css_class (box, "problem");
  gtk_list_item_set_child (item, box);
  gtk_list_item_set_activatable (item, FALSE);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkStringObject *text = gtk_list_item_get_item (item);
  g_auto (GStrv) parts = g_strsplit (gtk_string_object_get_string (text), "\n", 2);
  GtkWidget *words = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *place = gtk_widget_get_next_sibling (words);

  gtk_label_set_text (GTK_LABEL (words), parts[0]);
  gtk_label_set_text (GTK_LABEL (place), parts[1] != NULL ? parts[1] : "");
  gtk_widget_set_visible (place, parts[1] != NULL && *parts[1] != '\0');
}

/* Words, and where it stands, parted by a line. (transfer full) */
static char *
dup_problem (const VantageDiagnostic *diagnostic)
{
  g_autofree char *words = vantage_words_diagnostic (diagnostic->code, diagnostic->text);
  g_autofree char *place = NULL;

  if (diagnostic->line > 0)
    /* translators: file name, line number */
    place = g_strdup_printf (_ ("%s, line %d"), diagnostic->path, (int) diagnostic->line);
  else if (diagnostic->offset >= 0)
    place =
        g_strdup_printf (_ ("%s, byte %" G_GINT64_FORMAT), diagnostic->path, diagnostic->offset);
  else
    place = g_strdup (diagnostic->path);
  g_strdelimit (words, "\n", ' ');
  return g_strdup_printf ("%s\n%s", words, place);
}

void
vantage_source_list_show_problems (VantageSourceList *self, const char *source)
{
  g_autoptr (VantageSourceDetail) detail = vantage_library_get_source_detail (
      vantage_review_context_get_library (self->context),
      vantage_review_context_get_review_id (self->context), source, NULL);
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkStringList *lines;
  GtkWidget *window, *box, *scroll, *list;
  GtkEventController *keys;

  if (detail == NULL)
    return;
  lines = gtk_string_list_new (NULL);
  for (guint i = 0; i < detail->diagnostics->len; i++)
    gtk_string_list_take (lines, dup_problem (detail->diagnostics->pdata[i]));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  list = gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (lines))),
                            g_steal_pointer (&factory));
  gtk_widget_add_css_class (list, "problems");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What was left out"), -1);
  scroll = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), list);
  gtk_widget_set_vexpand (scroll, TRUE);
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), scroll);
  window = adw_window_new ();
  gtk_window_set_title (GTK_WINDOW (window), _ ("Left Out, and Good to Know"));
  gtk_window_set_transient_for (GTK_WINDOW (window),
                                GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 560, 520);
  adw_window_set_content (ADW_WINDOW (window), box);
  keys = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys), gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                        gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, keys);
  gtk_window_present (GTK_WINDOW (window));
}

/* ---- object ---- */

static void
vantage_source_list_dispose (GObject *object)
{
  VantageSourceList *self = VANTAGE_SOURCE_LIST (object);

  g_clear_pointer (&self->scroll, gtk_widget_unparent);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (vantage_source_list_parent_class)->dispose (object);
}

static void
vantage_source_list_class_init (VantageSourceListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vantage_source_list_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
vantage_source_list_init (VantageSourceList *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *clamp = adw_clamp_new ();

  self->title = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->title, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "page-title");
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Imports"), -1);
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->list));
  gtk_widget_add_css_class (column, "source-column");
  adw_clamp_set_child (ADW_CLAMP (clamp), column);
  self->scroll = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroll), clamp);
  gtk_widget_set_vexpand (self->scroll, TRUE);
  gtk_widget_set_parent (self->scroll, GTK_WIDGET (self));
}

GtkWidget *
vantage_source_list_new (VantageReviewContext *context)
{
  VantageSourceList *self = g_object_new (VANTAGE_TYPE_SOURCE_LIST, NULL);

  self->context = g_object_ref (context);
  g_signal_connect_object (context, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}
