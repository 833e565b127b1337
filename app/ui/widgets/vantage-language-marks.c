/* vantage-language-marks.c: a quiet underline below wording that looks back with hindsight. */

#include "config.h"

#include "vantage-language-marks.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-language.h"
#include "vantage-reference-text.h"

#define CHECK_AFTER_MS 500
#define MARKS "vantage-language-marks"
#define CHECKER "vantage-language-checker"
#define ALL_MARKS "vantage-language-all"
#define SETTING "language-hints"
#define TAG "language-hint"
#define PREFIX "language:"

typedef struct
{
  VantageProseEditor *editor; /* lent: the marks are its data */
  VantageReviewContext *context;
  guint contexts;
  guint timeout;
  GArray *hits; /* (element-type VantageLanguageHit) (nullable) */
} Marks;

/* ---- settings ---- */

VantageHints
vantage_language_get_hints (VantageReviewContext *context)
{
  g_autofree char *value =
      vantage_library_dup_local (vantage_review_context_get_library (context),
                                 vantage_review_context_get_review_id (context), SETTING);

  if (g_strcmp0 (value, "off") == 0)
    return VANTAGE_HINTS_OFF;
  return g_strcmp0 (value, "closer") == 0 ? VANTAGE_HINTS_CLOSER : VANTAGE_HINTS_USUAL;
}

/* ---- checking ---- */

/* One for a review: making it takes a moment. NULL: its patterns cannot be read. */
static VantageLanguage *
get_checker (VantageReviewContext *context)
{
  VantageLanguage *checker = g_object_get_data (G_OBJECT (context), CHECKER);
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *people;

  if (checker != NULL)
    return checker;
  names = g_ptr_array_new ();
  people = vantage_review_context_get_people (context);
  for (guint i = 0; i < people->len; i++)
    g_ptr_array_add (names, ((VantagePerson *) people->pdata[i])->name);
  g_ptr_array_add (names, NULL);
  checker = vantage_language_new_built_in ((const char *const *) names->pdata, &error);
  if (checker == NULL)
    {
      g_warning ("Language hints are not shown: %s", error->message);
      return NULL;
    }
  g_object_set_data_full (G_OBJECT (context), CHECKER, checker,
                          (GDestroyNotify) vantage_language_free);
  return checker;
}

/* "language:<pattern>", and for one sentence a mark of its words after it. (transfer full) */
static char *
dup_key (const char *pattern, const char *sentence)
{
  g_autofree char *digest = NULL;

  if (sentence == NULL)
    return g_strconcat (PREFIX, pattern, NULL);
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, sentence, -1);
  digest[16] = '\0';
  return g_strdup_printf (PREFIX "%s:%s", pattern, digest);
}

static char *
dup_sentence (const char *text, const VantageLanguageHit *hit)
{
  return g_utf8_substring (text, (glong) hit->sentence_start, (glong) hit->sentence_end);
}

/* (transfer full): keys of what was waved away. */
static GHashTable *
read_dismissals (VantageReviewContext *context)
{
  GHashTable *keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) entities =
      vantage_library_list (vantage_review_context_get_library (context),
                            vantage_review_context_get_review_id (context), "dismissal", NULL);

  for (guint i = 0; entities != NULL && i < entities->len; i++)
    {
      const char *of = vantage_entity_get_text (entities->pdata[i], "of");

      if (of != NULL && g_str_has_prefix (of, PREFIX))
        g_hash_table_add (keys, g_strdup (of));
    }
  return keys;
}

static gboolean
is_shown (const VantageLanguageHit *hit, const char *text, VantageHints hints,
          GHashTable *dismissed)
{
  g_autofree char *sentence = dup_sentence (text, hit);
  g_autofree char *everywhere = dup_key (hit->pattern->id, NULL);
  g_autofree char *here = dup_key (hit->pattern->id, sentence);

  if (hit->pattern->severity != VANTAGE_SEVERITY_STRONG && hints != VANTAGE_HINTS_CLOSER)
    return FALSE;
  return !g_hash_table_contains (dismissed, everywhere) && !g_hash_table_contains (dismissed, here);
}

static GtkTextBuffer *
get_buffer (Marks *self)
{
  return gtk_text_view_get_buffer (vantage_prose_editor_get_view (self->editor));
}

static char *
dup_shown_text (Marks *self)
{
  GtkTextIter from, until;

  gtk_text_buffer_get_bounds (get_buffer (self), &from, &until);
  return gtk_text_buffer_get_text (get_buffer (self), &from, &until, FALSE);
}

static void
find_hits (Marks *self, const char *text)
{
  VantageHints hints = vantage_language_get_hints (self->context);
  VantageLanguage *checker = hints != VANTAGE_HINTS_OFF ? get_checker (self->context) : NULL;
  g_autofree char *masked = vantage_reference_text_mask (text);
  g_autoptr (GHashTable) dismissed = NULL;

  g_clear_pointer (&self->hits, g_array_unref);
  if (checker == NULL)
    return;
  self->hits = vantage_language_check (checker, masked, self->contexts);
  dismissed = read_dismissals (self->context);
  for (guint i = self->hits->len; i-- > 0;)
    if (!is_shown (&g_array_index (self->hits, VantageLanguageHit, i), text, hints, dismissed))
      g_array_remove_index (self->hits, i);
}

static void
check (Marks *self)
{
  GtkTextBuffer *buffer = get_buffer (self);
  g_autofree char *text = dup_shown_text (self);
  GtkTextIter from, until;

  find_hits (self, text);
  gtk_text_buffer_get_bounds (buffer, &from, &until);
  gtk_text_buffer_remove_tag_by_name (buffer, TAG, &from, &until);
  for (guint i = 0; self->hits != NULL && i < self->hits->len; i++)
    {
      const VantageLanguageHit *hit = &g_array_index (self->hits, VantageLanguageHit, i);

      gtk_text_buffer_get_iter_at_offset (buffer, &from, (int) hit->start);
      gtk_text_buffer_get_iter_at_offset (buffer, &until, (int) hit->end);
      gtk_text_buffer_apply_tag_by_name (buffer, TAG, &from, &until);
    }
}

/* The marks of all open editors of a review. Lent. */
static GPtrArray *
get_all (VantageReviewContext *context)
{
  GPtrArray *all = g_object_get_data (G_OBJECT (context), ALL_MARKS);

  if (all != NULL)
    return all;
  all = g_ptr_array_new ();
  g_object_set_data_full (G_OBJECT (context), ALL_MARKS, all, (GDestroyNotify) g_ptr_array_unref);
  return all;
}

void
vantage_language_set_hints (VantageReviewContext *context, VantageHints hints)
{
  static const char *const values[] = { "off", "usual", "closer" };
  GPtrArray *all = get_all (context);

  vantage_library_set_local (vantage_review_context_get_library (context),
                             vantage_review_context_get_review_id (context), SETTING,
                             values[hints]);
  for (guint i = 0; i < all->len; i++)
    check (all->pdata[i]);
}

static gboolean
check_cb (gpointer data)
{
  Marks *self = data;

  self->timeout = 0;
  check (self);
  return G_SOURCE_REMOVE;
}

static void
text_changed_cb (Marks *self)
{
  /* Places of old hits are wrong from here on. */
  g_clear_pointer (&self->hits, g_array_unref);
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->timeout = g_timeout_add (CHECK_AFTER_MS, check_cb, self);
}

/* ---- the hint ---- */

static void
dismiss (Marks *self, const char *key, const char *scope)
{
  g_autoptr (VantageEdit) edit =
      vantage_review_context_begin (self->context, _ ("Dismiss Language Hint"));
  const char *id = vantage_edit_create (edit, "dismissal");

  vantage_edit_set_text (edit, "dismissal", id, "of", key);
  vantage_edit_set_text (edit, "dismissal", id, "scope", scope);
  if (vantage_review_context_commit (self->context, edit))
    check (self);
}

static void
dismiss_clicked_cb (Marks *self, GtkButton *button)
{
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_POPOVER);

  dismiss (self, g_object_get_data (G_OBJECT (button), "key"),
           g_object_get_data (G_OBJECT (button), "scope"));
  gtk_popover_popdown (GTK_POPOVER (popover));
}

static GtkWidget *
append_label (GtkWidget *box, const char *text, const char *css)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  if (css != NULL)
    gtk_widget_add_css_class (label, css);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
append_dismiss (Marks *self, GtkWidget *box, const char *label, char *key, const char *scope)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  g_object_set_data_full (G_OBJECT (button), "key", key, g_free);
  g_object_set_data (G_OBJECT (button), "scope", (gpointer) scope);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (dismiss_clicked_cb), self);
  gtk_box_append (GTK_BOX (box), button);
}

static GtkWidget *
new_hint (Marks *self, const VantageLanguageHit *hit)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *text = dup_shown_text (self);
  g_autofree char *sentence = dup_sentence (text, hit);

  append_label (box, hit->pattern->reason, NULL);
  if (hit->pattern->rephrase != NULL && hit->pattern->rephrase[0] != NULL)
    append_label (box, _ ("Another wording"), "faint");
  for (guint i = 0; hit->pattern->rephrase != NULL && hit->pattern->rephrase[i] != NULL; i++)
    gtk_label_set_selectable (
        GTK_LABEL (append_label (box, hit->pattern->rephrase[i], "hint-wording")), TRUE);
  if (hit->pattern->ask != NULL && hit->pattern->ask[0] != '\0')
    {
      append_label (box, _ ("A question that may help"), "faint");
      append_label (box, hit->pattern->ask, "hint-wording");
    }
  gtk_widget_set_margin_top (buttons, 6);
  append_dismiss (self, buttons, _ ("Fine Here"), dup_key (hit->pattern->id, sentence), "sentence");
  append_dismiss (self, buttons, _ ("Fine in This Review"), dup_key (hit->pattern->id, NULL),
                  "review");
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_widget_add_css_class (box, "hint");
  return box;
}

static gboolean
unparent_cb (gpointer data)
{
  GtkWidget *popover = data;

  if (gtk_widget_get_parent (popover) != NULL)
    gtk_widget_unparent (popover);
  g_object_unref (popover);
  return G_SOURCE_REMOVE;
}

static void
closed_cb (GtkWidget *popover)
{
  g_idle_add (unparent_cb, g_object_ref (popover));
}

static void
open_hint (Marks *self, const VantageLanguageHit *hit)
{
  GtkTextView *view = vantage_prose_editor_get_view (self->editor);
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (view), GTK_TYPE_OVERLAY);
  GtkWidget *popover = gtk_popover_new ();
  GtkTextIter start;
  GdkRectangle at;
  double x, y;

  gtk_text_buffer_get_iter_at_offset (get_buffer (self), &start, (int) hit->start);
  gtk_text_view_get_iter_location (view, &start, &at);
  gtk_text_view_buffer_to_window_coords (view, GTK_TEXT_WINDOW_WIDGET, at.x, at.y, &at.x, &at.y);
  gtk_widget_translate_coordinates (GTK_WIDGET (view), overlay, at.x, at.y, &x, &y);
  at.x = (int) x;
  at.y = (int) y;
  gtk_popover_set_child (GTK_POPOVER (popover), new_hint (self, hit));
  gtk_widget_set_parent (popover, overlay);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &at);
  gtk_accessible_update_property (GTK_ACCESSIBLE (popover), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Language hint"), -1);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
  g_signal_connect_object (overlay, "destroy", G_CALLBACK (gtk_widget_unparent), popover,
                           G_CONNECT_SWAPPED);
  gtk_popover_popup (GTK_POPOVER (popover));
}

static const VantageLanguageHit *
find_hit (Marks *self, guint offset, gboolean or_later)
{
  for (guint i = 0; self->hits != NULL && i < self->hits->len; i++)
    {
      const VantageLanguageHit *hit = &g_array_index (self->hits, VantageLanguageHit, i);

      if (offset < hit->end && (or_later || offset >= hit->start))
        return hit;
    }
  return NULL;
}

static void
released_cb (Marks *self, int n, double x, double y)
{
  GtkTextView *view = vantage_prose_editor_get_view (self->editor);
  const VantageLanguageHit *hit;
  GtkTextIter at;
  int bx, by;

  if (n != 1 || gtk_text_buffer_get_has_selection (get_buffer (self)))
    return;
  gtk_text_view_window_to_buffer_coords (view, GTK_TEXT_WINDOW_WIDGET, (int) x, (int) y, &bx, &by);
  if (!gtk_text_view_get_iter_at_location (view, &at, bx, by))
    return;
  hit = find_hit (self, (guint) gtk_text_iter_get_offset (&at), FALSE);
  if (hit != NULL)
    open_hint (self, hit);
}

/* ---- attaching ---- */

static void
marks_free (gpointer data)
{
  Marks *self = data;

  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_pointer (&self->hits, g_array_unref);
  g_ptr_array_remove (get_all (self->context), self);
  g_object_unref (self->context);
  g_free (self);
}

void
vantage_language_marks_attach (VantageProseEditor *editor, VantageReviewContext *context,
                               guint contexts)
{
  GtkTextView *view = vantage_prose_editor_get_view (editor);
  Marks *self = g_object_get_data (G_OBJECT (editor), MARKS);
  GtkGesture *click;
  GdkRGBA colour;

  if (self != NULL)
    return;
  self = g_new0 (Marks, 1);
  self->editor = editor;
  self->context = g_object_ref (context);
  self->contexts = contexts;
  g_object_set_data_full (G_OBJECT (editor), MARKS, self, marks_free);
  g_ptr_array_add (get_all (context), self);

  gdk_rgba_parse (&colour, "rgba(190,130,20,0.8)");
  gtk_text_buffer_create_tag (gtk_text_view_get_buffer (view), TAG, "underline",
                              PANGO_UNDERLINE_SINGLE, "underline-rgba", &colour, NULL);
  g_signal_connect_swapped (editor, "text-changed", G_CALLBACK (text_changed_cb), self);
  click = gtk_gesture_click_new ();
  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (view), GTK_EVENT_CONTROLLER (click));
  text_changed_cb (self);
}

/* Checks what waits to be checked, so that the answer is that of the text as it is. */
static Marks *
get_checked (VantageProseEditor *editor)
{
  Marks *self = g_object_get_data (G_OBJECT (editor), MARKS);

  if (self == NULL)
    return NULL;
  g_clear_handle_id (&self->timeout, g_source_remove);
  check (self);
  return self;
}

gboolean
vantage_language_marks_open (VantageProseEditor *editor)
{
  Marks *self = get_checked (editor);
  const VantageLanguageHit *hit;
  GtkTextIter cursor;

  if (self == NULL)
    return FALSE;
  gtk_text_buffer_get_iter_at_mark (get_buffer (self), &cursor,
                                    gtk_text_buffer_get_insert (get_buffer (self)));
  hit = find_hit (self, (guint) gtk_text_iter_get_offset (&cursor), TRUE);
  if (hit == NULL)
    hit = find_hit (self, 0, TRUE);
  if (hit == NULL)
    return FALSE;
  open_hint (self, hit);
  return TRUE;
}

guint
vantage_language_marks_get_n (VantageProseEditor *editor)
{
  Marks *self = get_checked (editor);

  return self != NULL && self->hits != NULL ? self->hits->len : 0;
}
