/* vantage-timeline-selection.c: which events are selected. */

#include "config.h"

#include "vantage-timeline-selection.h"

struct _VantageTimelineSelection
{
  GObject parent_instance;

  GHashTable *ids;
  char *focus;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (VantageTimelineSelection, vantage_timeline_selection, G_TYPE_OBJECT)

static void
vantage_timeline_selection_finalize (GObject *object)
{
  VantageTimelineSelection *self = VANTAGE_TIMELINE_SELECTION (object);

  g_hash_table_unref (self->ids);
  g_free (self->focus);
  G_OBJECT_CLASS (vantage_timeline_selection_parent_class)->finalize (object);
}

static void
vantage_timeline_selection_class_init (VantageTimelineSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vantage_timeline_selection_finalize;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
vantage_timeline_selection_init (VantageTimelineSelection *self)
{
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

VantageTimelineSelection *
vantage_timeline_selection_new (void)
{
  return g_object_new (VANTAGE_TYPE_TIMELINE_SELECTION, NULL);
}

gboolean
vantage_timeline_selection_has (VantageTimelineSelection *self, const char *id)
{
  return id != NULL && g_hash_table_contains (self->ids, id);
}

guint
vantage_timeline_selection_get_n (VantageTimelineSelection *self)
{
  return g_hash_table_size (self->ids);
}

char **
vantage_timeline_selection_dup_ids (VantageTimelineSelection *self)
{
  g_autofree const char **keys = (const char **) g_hash_table_get_keys_as_array (self->ids, NULL);

  return g_strdupv ((char **) keys);
}

const char *
vantage_timeline_selection_get_focus (VantageTimelineSelection *self)
{
  return self->focus;
}

static void
set_focus (VantageTimelineSelection *self, const char *id)
{
  char *copy = g_strdup (id);

  g_free (self->focus);
  self->focus = copy;
}

void
vantage_timeline_selection_set (VantageTimelineSelection *self, const char *id)
{
  const char *ids[] = { id, NULL };

  vantage_timeline_selection_set_all (self, ids);
}

void
vantage_timeline_selection_set_all (VantageTimelineSelection *self, const char *const *ids)
{
  guint n = g_strv_length ((char **) ids);
  gboolean same = n == g_hash_table_size (self->ids);
  g_auto (GStrv) copies = g_strdupv ((char **) ids);

  for (guint i = 0; i < n; i++)
    same = same && g_hash_table_contains (self->ids, ids[i]);
  if (same && g_strcmp0 (self->focus, n > 0 ? ids[n - 1] : NULL) == 0)
    return;
  g_hash_table_remove_all (self->ids);
  for (guint i = 0; i < n; i++)
    g_hash_table_add (self->ids, g_strdup (copies[i]));
  set_focus (self, n > 0 ? copies[n - 1] : NULL);
  g_signal_emit (self, changed_signal, 0);
}

void
vantage_timeline_selection_toggle (VantageTimelineSelection *self, const char *id)
{
  if (!g_hash_table_remove (self->ids, id))
    g_hash_table_add (self->ids, g_strdup (id));
  set_focus (self, id);
  g_signal_emit (self, changed_signal, 0);
}

void
vantage_timeline_selection_add (VantageTimelineSelection *self, const char *id)
{
  g_hash_table_add (self->ids, g_strdup (id));
  set_focus (self, id);
  g_signal_emit (self, changed_signal, 0);
}
