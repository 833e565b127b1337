/* vantage-reference-text.c: references inside prose, shown by what they point to. */

#include "config.h"

#include "vantage-reference-text.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-reference.h"
#include "vantage-text.h"
#include "vantage-words.h"

#define SEPARATOR "\xe2\x81\xa3" /* U+2063, takes no room */
#define SEPARATOR_CHAR 0x2063
#define SHOWN_CHARS 72
#define TABLE "vantage-reference-runs"
#define TAG "reference"

/* ---- names ---- */

static VantageItem *
read_item (VantageReviewContext *context, const char *id)
{
  const char *at = strchr (id, '@');
  g_autofree char *item = at != NULL ? g_strndup (id, (gsize) (at - id)) : g_strdup (id);

  return vantage_library_get_item (vantage_review_context_get_library (context),
                                   vantage_review_context_get_review_id (context), item, NULL);
}

static char *
shorten (const char *text)
{
  g_autofree char *line = g_strdup (text);

  return vantage_text_shorten (g_strstrip (g_strdelimit (line, "\n\t|", ' ')), SHOWN_CHARS);
}

static char *
name_item (VantageReviewContext *context, const char *id)
{
  g_autoptr (VantageItem) item = read_item (context, id);
  g_autofree char *words = NULL;

  if (item == NULL)
    return g_strdup (_ ("not on this computer"));
  words = shorten (item->text != NULL ? item->text : "");
  if (item->person_name == NULL || item->person_name[0] == '\0')
    return g_steal_pointer (&words);
  /* translators: who said it, and the first words */
  return g_strdup_printf (_ ("%s: %s"), item->person_name, words);
}

static char *
name_entity (VantageReviewContext *context, const char *kind, const char *id)
{
  g_autoptr (VantageEntity) entity =
      vantage_library_get (vantage_review_context_get_library (context),
                           vantage_review_context_get_review_id (context), kind, id, NULL);
  g_autofree char *words = NULL;

  if (entity == NULL || vantage_entity_is_deleted (entity))
    return g_strdup (_ ("removed"));
  words = shorten (vantage_entity_get_title (entity));
  if (words[0] == '\0' && strcmp (kind, "passage") == 0)
    return g_strdup (_ ("words not released"));
  if (words[0] == '\0')
    return g_strdup (vantage_words_kind (kind));
  /* translators: words of a person */
  return strcmp (kind, "passage") == 0 ? g_strdup_printf (_ ("“%s”"), words)
                                       : g_steal_pointer (&words);
}

char *
vantage_reference_dup_shown (VantageReviewContext *context, const char *kind, const char *id)
{
  g_autofree char *name = NULL;

  if (strcmp (kind, "item") == 0)
    name = name_item (context, id);
  else if (strcmp (kind, "person") == 0)
    name = g_strdup (vantage_review_context_get_person_name (context, id));
  else if (vantage_kind_find (kind) != NULL)
    name = name_entity (context, kind, id);
  return name != NULL && name[0] != '\0' ? g_steal_pointer (&name)
                                         : g_strdup (vantage_words_kind (kind));
}

char *
vantage_reference_dup_when (VantageReviewContext *context, VantageEntity *event)
{
  VantageZone *zone = vantage_review_context_get_zone (context);
  g_autoptr (VantageItem) item = NULL;
  g_autofree char *from = NULL;
  g_autofree char *until = NULL;
  VantageWhen when;

  vantage_entity_get_when (event, "start", &when);
  switch (when.sort)
    {
    case VANTAGE_WHEN_ITEM:
      item = read_item (context, when.item);
      if (item == NULL || item->time_us == VANTAGE_TIME_NONE)
        return NULL;
      return vantage_zone_format (zone, item->time_us, VANTAGE_SHOW_MINUTE);
    case VANTAGE_WHEN_AT:
      from = vantage_zone_format (zone, when.at_us, VANTAGE_SHOW_MINUTE);
      return when.plus_minus_us > 0 ? g_strdup_printf ("≈ %s", from) : g_steal_pointer (&from);
    case VANTAGE_WHEN_BETWEEN:
      from = vantage_zone_format (zone, when.at_us, VANTAGE_SHOW_MINUTE);
      until = vantage_zone_format (zone, when.until_us, VANTAGE_SHOW_MINUTE);
      /* translators: two times */
      return g_strdup_printf (_ ("between %s and %s"), from, until);
    case VANTAGE_WHEN_UNKNOWN:
    default:
      return NULL;
    }
}

static const struct
{
  const char *kind, *icon, *section;
} places[] = {
  { "event", "vantage-timeline-symbolic", "timeline" },
  { "group", "vantage-timeline-symbolic", "timeline" },
  { "passage", "vantage-interviews-symbolic", "interviews" },
  { "model", "vantage-interviews-symbolic", "interviews" },
  { "person", "vantage-people-symbolic", "people" },
  { "finding", "vantage-findings-symbolic", "findings" },
  { "wonder", "dialog-question-symbolic", "findings" },
  { "experiment", "vantage-experiments-symbolic", "findings" },
  { "item", "vantage-evidence-symbolic", NULL },
};

const char *
vantage_reference_get_icon (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (strcmp (places[i].kind, kind) == 0)
      return places[i].icon;
  return "insert-link-symbolic";
}

void
vantage_reference_open (VantageReviewContext *context, const char *kind, const char *id)
{
  if (strcmp (kind, "item") == 0)
    {
      const char *at = strchr (id, '@');
      g_autofree char *item = at != NULL ? g_strndup (id, (gsize) (at - id)) : g_strdup (id);

      vantage_review_context_show_item (context, item);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (strcmp (places[i].kind, kind) == 0)
      vantage_review_context_go (context, places[i].section, id);
}

/* ---- runs ---- */

/* shown words → "[[kind:id…]]" */
static GHashTable *
get_table (VantageReviewContext *context)
{
  GHashTable *table = g_object_get_data (G_OBJECT (context), TABLE);

  if (table != NULL)
    return table;
  table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_object_set_data_full (G_OBJECT (context), TABLE, table, (GDestroyNotify) g_hash_table_unref);
  return table;
}

/* Two things may be called alike: the second is told by a number. (transfer full) */
static char *
learn_run (VantageReviewContext *context, const char *shown, const char *reference)
{
  GHashTable *table = get_table (context);
  g_autofree char *key = g_strdup (shown);

  for (guint i = 2;; i++)
    {
      const char *known = g_hash_table_lookup (table, key);

      if (known == NULL)
        g_hash_table_insert (table, g_strdup (key), g_strdup (reference));
      if (known == NULL || strcmp (known, reference) == 0)
        return g_strconcat (SEPARATOR, key, SEPARATOR, NULL);
      g_free (key);
      key = g_strdup_printf ("%s (%u)", shown, i);
    }
}

char *
vantage_reference_text_dup_run (VantageReviewContext *context, const char *kind, const char *id)
{
  g_autofree char *shown = vantage_reference_dup_shown (context, kind, id);
  g_autofree char *reference = vantage_reference_to_text (kind, id, NULL);

  return learn_run (context, shown, reference);
}

typedef struct
{
  VantageReviewContext *context;
  const char *text;
} Showing;

static char *
show_reference (const VantageReference *reference, gpointer data)
{
  const Showing *showing = data;
  g_autofree char *written =
      g_strndup (showing->text + reference->begin, reference->end - reference->begin);
  g_autofree char *shown = NULL;

  if (reference->words != NULL && reference->words[0] != '\0')
    shown = g_strdup (reference->words);
  else
    shown = vantage_reference_dup_shown (showing->context, reference->kind, reference->id);
  return learn_run (showing->context, shown, written);
}

char *
vantage_reference_text_show (VantageReviewContext *context, const char *text)
{
  Showing showing = { context, text };

  return vantage_reference_replace (text, show_reference, &showing);
}

char *
vantage_reference_text_read (VantageReviewContext *context, const char *shown)
{
  GHashTable *table = get_table (context);
  GString *out = g_string_new (NULL);
  const char *at;

  while ((at = strstr (shown, SEPARATOR)) != NULL)
    {
      const char *begin = at + strlen (SEPARATOR);
      const char *end = strstr (begin, SEPARATOR);
      g_autofree char *key = end != NULL ? g_strndup (begin, (gsize) (end - begin)) : NULL;
      const char *reference = key != NULL ? g_hash_table_lookup (table, key) : NULL;

      g_string_append_len (out, shown, at - shown);
      if (reference != NULL)
        g_string_append (out, reference);
      shown = reference != NULL ? end + strlen (SEPARATOR) : begin;
    }
  g_string_append (out, shown);
  return g_string_free (out, FALSE);
}

char *
vantage_reference_text_mask (const char *shown)
{
  GString *out = g_string_new (NULL);
  gboolean inside = FALSE;

  for (const char *p = shown; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == SEPARATOR_CHAR)
        {
          /* read as a quotation, which is nobody's wording but that of whoever is quoted */
          g_string_append_c (out, '"');
          inside = !inside;
        }
      else if (inside)
        g_string_append_c (out, 'x');
      else
        g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

/* ---- in a text view ---- */

static VantageReviewContext *
get_context (GtkTextView *view)
{
  return g_object_get_data (G_OBJECT (view), "vantage-reference-context");
}

static void
mark_runs (GtkTextView *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GHashTable *table = get_table (get_context (view));
  GtkTextIter begin, end, from, until;

  gtk_text_buffer_get_bounds (buffer, &begin, &end);
  gtk_text_buffer_remove_tag_by_name (buffer, TAG, &begin, &end);
  while (gtk_text_iter_forward_search (&begin, SEPARATOR, 0, &from, &begin, NULL) &&
         gtk_text_iter_forward_search (&begin, SEPARATOR, 0, &end, &until, NULL))
    {
      g_autofree char *key = gtk_text_buffer_get_text (buffer, &begin, &end, FALSE);

      if (!g_hash_table_contains (table, key))
        continue;
      gtk_text_buffer_apply_tag_by_name (buffer, TAG, &from, &until);
      begin = until;
    }
}

/* The run that ends (@back) or begins at the cursor. */
static gboolean
find_run_at_cursor (GtkTextView *view, gboolean back, GtkTextIter *from, GtkTextIter *until)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextTag *tag = gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (buffer), TAG);

  if (gtk_text_buffer_get_has_selection (buffer))
    return FALSE;
  gtk_text_buffer_get_iter_at_mark (buffer, from, gtk_text_buffer_get_insert (buffer));
  *until = *from;
  if (back)
    return gtk_text_iter_ends_tag (from, tag) && gtk_text_iter_backward_to_tag_toggle (from, tag);
  return gtk_text_iter_starts_tag (until, tag) && gtk_text_iter_forward_to_tag_toggle (until, tag);
}

static gboolean
key_pressed_cb (GtkTextView *view, guint key, guint code, GdkModifierType state)
{
  GtkTextIter from, until;
  gboolean back = key == GDK_KEY_BackSpace;

  if ((!back && key != GDK_KEY_Delete) || (state & gtk_accelerator_get_default_mod_mask ()) != 0 ||
      !find_run_at_cursor (view, back, &from, &until))
    return FALSE;
  gtk_text_buffer_begin_user_action (gtk_text_view_get_buffer (view));
  gtk_text_buffer_delete (gtk_text_view_get_buffer (view), &from, &until);
  gtk_text_buffer_end_user_action (gtk_text_view_get_buffer (view));
  return TRUE;
}

static gboolean
open_run_at (GtkTextView *view, GtkTextIter *at)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextTag *tag = gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (buffer), TAG);
  GtkTextIter from = *at, until = *at;
  g_autofree char *shown = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GArray) references = NULL;

  if (!gtk_text_iter_has_tag (at, tag))
    return FALSE;
  if (!gtk_text_iter_starts_tag (&from, tag))
    gtk_text_iter_backward_to_tag_toggle (&from, tag);
  gtk_text_iter_forward_to_tag_toggle (&until, tag);
  shown = gtk_text_buffer_get_text (buffer, &from, &until, FALSE);
  text = vantage_reference_text_read (get_context (view), shown);
  references = vantage_reference_find (text);
  if (references->len == 0)
    return FALSE;
  vantage_reference_open (get_context (view), g_array_index (references, VantageReference, 0).kind,
                          g_array_index (references, VantageReference, 0).id);
  return TRUE;
}

static void
pressed_cb (GtkTextView *view, int n, double x, double y, GtkGesture *gesture)
{
  GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  GtkTextIter at;
  int bx, by;

  if ((state & GDK_CONTROL_MASK) == 0)
    return;
  gtk_text_view_window_to_buffer_coords (view, GTK_TEXT_WINDOW_WIDGET, (int) x, (int) y, &bx, &by);
  if (gtk_text_view_get_iter_at_location (view, &at, bx, by) && open_run_at (view, &at))
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
show_colour (GtkTextView *view)
{
  GtkTextTag *tag = gtk_text_tag_table_lookup (
      gtk_text_buffer_get_tag_table (gtk_text_view_get_buffer (view)), TAG);
  GdkRGBA colour = { 0.2f, 0.5f, 0.9f, 1 };

  gtk_style_context_lookup_color (gtk_widget_get_style_context (GTK_WIDGET (view)), "accent_color",
                                  &colour);
  g_object_set (tag, "foreground-rgba", &colour, NULL);
}

static gboolean
show_colour_cb (gpointer data)
{
  show_colour (data);
  return G_SOURCE_REMOVE;
}

/* The colours of the other theme are known only after the widgets have been styled by it. */
static void
theme_changed_cb (GtkTextView *view)
{
  g_idle_add_full (G_PRIORITY_LOW, show_colour_cb, g_object_ref (view), g_object_unref);
}

void
vantage_reference_text_attach (GtkTextView *view, VantageReviewContext *context)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  gboolean attached = get_context (view) != NULL;
  GtkEventController *keys;
  GtkGesture *click;

  g_object_set_data_full (G_OBJECT (view), "vantage-reference-context", g_object_ref (context),
                          g_object_unref);
  if (attached)
    return;
  gtk_text_buffer_create_tag (buffer, TAG, NULL);
  g_signal_connect_object (buffer, "changed", G_CALLBACK (mark_runs), view, G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (theme_changed_cb), view, G_CONNECT_SWAPPED);
  g_signal_connect (view, "map", G_CALLBACK (show_colour), NULL);

  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), view,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (view), keys);

  click = gtk_gesture_click_new ();
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), view, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (view), GTK_EVENT_CONTROLLER (click));
}
