/* vantage-timeline-clipboard.c: events to the clipboard and back; tags, notes and wonders on what
 * is selected; several items as one event. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-desk-copy.h"
#include "vantage-desk-event.h"
#include "vantage-item-drag.h"
#include "vantage-line-popover.h"
#include "vantage-remark-list.h"
#include "vantage-timeline-edits.h"
#include "vantage-timeline-page-private.h"

#define MAX_BYTES (4 * 1024 * 1024)
#define MAX_LINES 500

static VantageReviewContext *
get_context (VantageTimelinePage *self)
{
  return vantage_page_get_context (VANTAGE_PAGE (self));
}

/* ---- copying ---- */

/* In order of time, as a table that spreadsheets and letters take: time, lanes, title, authority.
 */
static char *
dup_text (VantageTimelinePage *self, GPtrArray *out_ids)
{
  GPtrArray *events = vantage_timeline_feed_get_events (self->feed);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < events->len; i++)
    {
      VantageTimelineEvent *event = events->pdata[i];
      const char *id = vantage_timeline_event_get_id (event);
      g_autofree char *time = NULL;
      g_autofree char *lanes = NULL;
      g_autofree char *authority = NULL;

      if (!vantage_timeline_selection_has (self->selection, id))
        continue;
      time = vantage_timeline_feed_dup_time (self->feed, event);
      lanes = vantage_timeline_feed_dup_lanes (self->feed, event);
      authority = vantage_timeline_feed_dup_authority (self->feed, event);
      g_string_append_printf (text, "%s%s\t%s\t%s\t%s", text->len > 0 ? "\n" : "", time, lanes,
                              vantage_timeline_event_get_title (event), authority);
      g_ptr_array_add (out_ids, (gpointer) id);
    }
  g_ptr_array_add (out_ids, NULL);
  return g_string_free (text, FALSE);
}

static guint
copy_selected (VantageTimelinePage *self)
{
  VantageReviewContext *context = get_context (self);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autofree char *text = dup_text (self, ids);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkContentProvider) provider = NULL;
  GdkContentProvider *both[2];
  char *json;

  if (ids->len == 1)
    return 0;
  json = vantage_desk_copy_events (vantage_review_context_get_library (context),
                                   vantage_review_context_get_review_id (context),
                                   (const char *const *) ids->pdata);
  bytes = g_bytes_new_take (json, strlen (json));
  both[0] = gdk_content_provider_new_for_bytes (VANTAGE_EVENTS_TYPE, bytes);
  both[1] = gdk_content_provider_new_typed (G_TYPE_STRING, text);
  provider = gdk_content_provider_new_union (both, 2);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), provider);
  return ids->len - 1;
}

static void
copy (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageTimelinePage *self = data;
  guint n = copy_selected (self);
  g_autofree char *text = g_strdup_printf (ngettext ("%u event copied", "%u events copied", n), n);

  if (n > 0)
    vantage_review_context_tell (get_context (self), text);
}

static void
cut (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageTimelinePage *self = data;

  if (copy_selected (self) > 0)
    g_action_group_activate_action (G_ACTION_GROUP (vantage_page_get_actions (VANTAGE_PAGE (self))),
                                    "delete", NULL);
}

/* ---- pasting ---- */

static void
tell_lost (VantageTimelinePage *self, const VantagePasted *pasted)
{
  g_autofree char *text = NULL;

  if (pasted->n_people_lost > 0 && pasted->n_items_lost > 0)
    text = g_strdup_printf (
        _ ("Pasted. %u people and %u pieces of evidence are not in this review and were left out."),
        pasted->n_people_lost, pasted->n_items_lost);
  else if (pasted->n_people_lost > 0)
    text = g_strdup_printf (ngettext ("Pasted. %u person is not in this review and was left out.",
                                      "Pasted. %u people are not in this review and were left out.",
                                      pasted->n_people_lost),
                            pasted->n_people_lost);
  else if (pasted->n_items_lost > 0)
    text = g_strdup_printf (
        ngettext ("Pasted. %u piece of evidence is not in this review and was left out.",
                  "Pasted. %u pieces of evidence are not in this review and were left out.",
                  pasted->n_items_lost),
        pasted->n_items_lost);
  if (text != NULL)
    vantage_review_context_tell (get_context (self), text);
}

static void
select_made (VantageTimelinePage *self, GPtrArray *ids)
{
  vantage_timeline_feed_update (self->feed);
  if (ids->len == 0)
    return;
  vantage_timeline_page_reveal (self, ids->pdata[0]);
  g_ptr_array_add (ids, NULL);
  vantage_timeline_selection_set_all (self->selection, (const char *const *) ids->pdata);
  g_ptr_array_set_size (ids, (int) ids->len - 1);
}

static void
paste_events (VantageTimelinePage *self, const char *text)
{
  VantageReviewContext *context = get_context (self);
  g_autoptr (VantageEdit) edit = vantage_review_context_begin (context, _ ("Paste Events"));
  g_autoptr (VantagePasted) pasted =
      vantage_desk_paste_events (vantage_review_context_get_library (context),
                                 vantage_review_context_get_review_id (context), text, edit);

  if (pasted == NULL)
    {
      vantage_review_context_tell (context, _ ("The clipboard holds no events."));
      return;
    }
  if (!vantage_review_context_commit (context, edit))
    return;
  select_made (self, pasted->events);
  tell_lost (self, pasted);
}

/* Each line waits on the shelf as an event. */
static void
paste_lines (VantageTimelinePage *self, const char *text)
{
  VantageReviewContext *context = get_context (self);
  g_autoptr (VantageEdit) edit = vantage_review_context_begin (context, _ ("Paste Events"));
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL && ids->len < MAX_LINES; i++)
    {
      const char *id;

      if (g_strstrip (lines[i])[0] == '\0')
        continue;
      id = vantage_edit_create (edit, "event");
      vantage_edit_set_text (edit, "event", id, "title", lines[i]);
      vantage_edit_set_text (edit, "event", id, "kind", "other");
      vantage_edit_set_text (edit, "event", id, "claim", "unknown");
      g_ptr_array_add (ids, g_strdup (id));
    }
  if (ids->len > 0 && vantage_review_context_commit (context, edit))
    select_made (self, ids);
}

void
vantage_timeline_page_paste_text (VantageTimelinePage *self, const char *text)
{
  g_auto (GStrv) items = vantage_item_drag_parse (text);
  g_auto (GStrv) made = NULL;

  if (items == NULL)
    {
      paste_lines (self, text);
      return;
    }
  made = vantage_timeline_add_items (get_context (self), (const char *const *) items, NULL);
  if (made == NULL)
    return;
  vantage_timeline_feed_update (self->feed);
  vantage_timeline_page_reveal (self, made[0]);
}

static void
spliced_cb (GObject *stream, GAsyncResult *result, gpointer data)
{
  g_autoptr (VantageTimelinePage) self = data;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;

  if (g_output_stream_splice_finish (G_OUTPUT_STREAM (stream), result, NULL) < 0 ||
      gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
  if (g_bytes_get_size (bytes) > MAX_BYTES)
    return;
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  paste_events (self, text);
}

static void
read_cb (GObject *clipboard, GAsyncResult *result, gpointer data)
{
  g_autoptr (VantageTimelinePage) self = data;
  g_autoptr (GInputStream) input =
      gdk_clipboard_read_finish (GDK_CLIPBOARD (clipboard), result, NULL, NULL);
  g_autoptr (GOutputStream) output = NULL;

  if (input == NULL)
    return;
  output = g_memory_output_stream_new_resizable ();
  g_output_stream_splice_async (
      output, input, G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
      G_PRIORITY_DEFAULT, NULL, spliced_cb, g_steal_pointer (&self));
}

static void
text_cb (GObject *clipboard, GAsyncResult *result, gpointer data)
{
  g_autoptr (VantageTimelinePage) self = data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, NULL);

  if (text != NULL && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    vantage_timeline_page_paste_text (self, text);
}

static void
paste (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageTimelinePage *self = data;
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  const char *types[] = { VANTAGE_EVENTS_TYPE, NULL };

  if (gdk_content_formats_contain_mime_type (gdk_clipboard_get_formats (clipboard), types[0]))
    gdk_clipboard_read_async (clipboard, types, G_PRIORITY_DEFAULT, NULL, read_cb,
                              g_object_ref (self));
  else
    gdk_clipboard_read_text_async (clipboard, NULL, text_cb, g_object_ref (self));
}

/* ---- several items as one event ---- */

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const VantageItem *x = *(VantageItem *const *) a, *y = *(VantageItem *const *) b;

  return x->time_us < y->time_us ? -1 : x->time_us > y->time_us;
}

static GPtrArray *
list_selected_items (VantageTimelinePage *self)
{
  VantageReviewContext *context = get_context (self);
  const char *const *ids = vantage_review_context_get_selection (context);
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_item_unref);

  for (guint i = 0; ids[i] != NULL; i++)
    {
      VantageItem *item =
          vantage_library_get_item (vantage_review_context_get_library (context),
                                    vantage_review_context_get_review_id (context), ids[i], NULL);

      if (item != NULL)
        g_ptr_array_add (items, item);
    }
  g_ptr_array_sort (items, compare_items);
  return items;
}

/* From the first item to the last, of everybody who wrote one. */
static void
gather (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageTimelinePage *self = data;
  VantageReviewContext *context = get_context (self);
  g_autoptr (GPtrArray) items = list_selected_items (self);
  g_autoptr (VantageEdit) edit = NULL;
  g_autofree char *id = NULL;
  g_autofree char *last = NULL;

  if (items->len == 0)
    {
      vantage_review_context_tell (context, _ ("Select evidence in Sources first."));
      return;
    }
  edit = vantage_review_context_begin (context, _ ("Add Event"));
  id = g_strdup (vantage_desk_add_event (edit, items->pdata[0], NULL));
  for (guint i = 1; i < items->len; i++)
    {
      const VantageItem *item = items->pdata[i];

      g_free (last);
      last = vantage_item_dup_id (item);
      vantage_edit_cite (edit, "event", id, last, -1, -1, NULL, NULL);
      if (item->person != NULL)
        vantage_edit_set_member (edit, "event", id, "actors", item->person, TRUE);
    }
  if (last != NULL)
    {
      const VantageWhen when = { .sort = VANTAGE_WHEN_ITEM, .item = last };

      vantage_edit_set_when (edit, "event", id, "end", &when);
    }
  if (!vantage_review_context_commit (context, edit))
    return;
  vantage_timeline_feed_update (self->feed);
  vantage_timeline_page_reveal (self, id);
}

/* ---- tags, notes, wonders ---- */

static char *
take_tag (const char *text, gpointer data)
{
  VantageTimelinePage *self = data;
  g_auto (GStrv) ids = vantage_timeline_selection_dup_ids (self->selection);

  vantage_remark_add_tag (get_context (self), "event", (const char *const *) ids, text);
  return NULL;
}

static char *
take_note (const char *text, gpointer data)
{
  VantageTimelinePage *self = data;
  const char *focus = vantage_timeline_selection_get_focus (self->selection);

  if (focus != NULL)
    vantage_remark_add_note (get_context (self), focus, text);
  return NULL;
}

static char *
take_wonder (const char *text, gpointer data)
{
  VantageTimelinePage *self = data;
  g_auto (GStrv) ids = vantage_timeline_selection_dup_ids (self->selection);

  vantage_remark_add_wonder (get_context (self), (const char *const *) ids, text);
  return NULL;
}

static void
ask_remark (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageTimelinePage *self = data;
  const char *name = g_action_get_name (G_ACTION (action));
  gboolean tag = strcmp (name, "tag") == 0, note = strcmp (name, "note") == 0;
  const VantageLineQuestion ask = { tag    ? _ ("Tag what is selected")
                                    : note ? _ ("Note on this event")
                                           : _ ("What do you wonder about this?"),
                                    NULL, NULL, NULL };
  GdkRectangle area;
  GtkWidget *anchor = vantage_timeline_page_get_anchor (
      self, vantage_timeline_selection_get_focus (self->selection), &area);

  vantage_line_popover_ask (anchor, &area, &ask,
                            tag    ? take_tag
                            : note ? take_note
                                   : take_wonder,
                            self, NULL);
}

/* ---- all ---- */

void
vantage_timeline_page_add_clipboard (VantageTimelinePage *self)
{
  static const GActionEntry entries[] = {
    { "copy", copy },      { "cut", cut },         { "paste", paste },       { "gather", gather },
    { "tag", ask_remark }, { "note", ask_remark }, { "wonder", ask_remark },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (vantage_page_get_actions (VANTAGE_PAGE (self))),
                                   entries, G_N_ELEMENTS (entries), self);
}
