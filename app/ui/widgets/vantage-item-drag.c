/* vantage-item-drag.c: dragging items of evidence. */

#include "config.h"

#include "vantage-item-drag.h"

#include <string.h>

#define PREFIX "vantage-item:"

typedef char *VantageItemIds;

static VantageItemIds *
copy_ids (VantageItemIds *ids)
{
  return g_strdupv (ids);
}

static void
free_ids (VantageItemIds *ids)
{
  g_strfreev (ids);
}

G_DEFINE_BOXED_TYPE (VantageItemIds, vantage_item_ids, copy_ids, free_ids)

GdkContentProvider *
vantage_item_drag_new_provider (const char *const *item_ids)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GdkContentProvider *providers[2];

  for (guint i = 0; item_ids[i] != NULL; i++)
    g_string_append_printf (text, "%s" PREFIX "%s", i > 0 ? "\n" : "", item_ids[i]);
  providers[0] = gdk_content_provider_new_typed (VANTAGE_TYPE_ITEM_IDS, item_ids);
  providers[1] = gdk_content_provider_new_typed (G_TYPE_STRING, text->str);
  return gdk_content_provider_new_union (providers, 2);
}

char **
vantage_item_drag_parse (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (!g_str_has_prefix (lines[i], PREFIX) || lines[i][strlen (PREFIX)] == '\0')
        return NULL;
      g_strv_builder_add (ids, lines[i] + strlen (PREFIX));
    }
  return g_strv_builder_end (ids);
}

typedef struct
{
  VantageItemDragGet get;
  VantageItemDropped dropped;
  gpointer user_data;
} Binding;

static GdkContentProvider *
drag_prepare_cb (GtkDragSource *source, double x, double y, gpointer data)
{
  Binding *binding = data;
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  g_auto (GStrv) ids = binding->get (widget, binding->user_data);

  if (ids == NULL || ids[0] == NULL)
    return NULL;
  return vantage_item_drag_new_provider ((const char *const *) ids);
}

static void
drag_begin_cb (GtkDragSource *source, GdkDrag *drag, gpointer data)
{
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (widget);

  gtk_drag_source_set_icon (source, picture, 12, 12);
}

void
vantage_item_drag_add_source (GtkWidget *widget, VantageItemDragGet get, gpointer user_data)
{
  GtkDragSource *source = gtk_drag_source_new ();
  Binding *binding = g_new0 (Binding, 1);

  binding->get = get;
  binding->user_data = user_data;
  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect_data (source, "prepare", G_CALLBACK (drag_prepare_cb), binding,
                         (GClosureNotify) (void (*) (void)) g_free, 0);
  g_signal_connect (source, "drag-begin", G_CALLBACK (drag_begin_cb), NULL);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (source));
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, gpointer data)
{
  Binding *binding = data;
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));
  const char *const *ids;

  if (!G_VALUE_HOLDS (value, VANTAGE_TYPE_ITEM_IDS))
    return FALSE;
  ids = g_value_get_boxed (value);
  return ids != NULL && ids[0] != NULL && binding->dropped (widget, ids, x, y, binding->user_data);
}

GtkDropTarget *
vantage_item_drag_add_target (GtkWidget *widget, VantageItemDropped dropped, gpointer user_data)
{
  GtkDropTarget *target = gtk_drop_target_new (VANTAGE_TYPE_ITEM_IDS, GDK_ACTION_COPY);
  Binding *binding = g_new0 (Binding, 1);

  binding->dropped = dropped;
  binding->user_data = user_data;
  g_signal_connect_data (target, "drop", G_CALLBACK (drop_cb), binding,
                         (GClosureNotify) (void (*) (void)) g_free, 0);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
  return target;
}
