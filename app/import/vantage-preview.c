/* vantage-preview.c: a look at a file without keeping it: counts, people, channels, first rows. */

#include "vantage-preview-private.h"

#define MAX_FIRST_ITEMS 50
#define MAX_DIAGNOSTICS 1000

struct _VantagePreviewSink
{
  GObject parent;

  VantagePreview *preview;
  GHashTable *channels;   /* id → VantagePreviewChannel */
  GHashTable *identities; /* id → VantageIdentity */
  GHashTable *accounts;   /* account keys that items name, with their channel's family and system */
  GHashTable *threads;    /* channel id and root */
};

static void vantage_preview_sink_iface_init (VantageEvidenceSinkInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (VantagePreviewSink, vantage_preview_sink, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (VANTAGE_TYPE_EVIDENCE_SINK,
                                                      vantage_preview_sink_iface_init))

static void
preview_channel_free (gpointer data)
{
  VantagePreviewChannel *self = data;

  vantage_channel_free (self->channel);
  g_free (self);
}

void
vantage_preview_free (VantagePreview *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->facts, vantage_source_facts_free);
  g_ptr_array_unref (self->channels);
  g_ptr_array_unref (self->identities);
  g_ptr_array_unref (self->first_items);
  g_ptr_array_unref (self->diagnostics);
  g_strfreev (self->columns);
  g_free (self->mapping);
  g_free (self);
}

static VantageChannel *
copy_channel (const VantageChannel *channel)
{
  VantageChannel *copy =
      vantage_channel_new (channel->family, channel->system, channel->key, channel->sort);

  g_free (copy->name);
  copy->name = g_strdup (channel->name);
  copy->topic = g_strdup (channel->topic);
  copy->purpose = g_strdup (channel->purpose);
  copy->weak = channel->weak;
  copy->members = g_strdupv (channel->members);
  return copy;
}

static gboolean
vantage_preview_sink_add_channel (VantageEvidenceSink *sink, const VantageChannel *channel,
                                  GError **error)
{
  VantagePreviewSink *self = VANTAGE_PREVIEW_SINK (sink);
  g_autofree char *id = vantage_channel_dup_id (channel);
  VantagePreviewChannel *known = g_hash_table_lookup (self->channels, id);

  if (known != NULL)
    {
      vantage_channel_free (known->channel);
      known->channel = copy_channel (channel);
      return TRUE;
    }
  known = g_new0 (VantagePreviewChannel, 1);
  known->channel = copy_channel (channel);
  known->first_us = known->last_us = VANTAGE_TIME_NONE;
  g_ptr_array_add (self->preview->channels, known);
  g_hash_table_insert (self->channels, g_steal_pointer (&id), known);
  return TRUE;
}

static gboolean
vantage_preview_sink_add_identity (VantageEvidenceSink *sink, const VantageIdentity *identity,
                                   GError **error)
{
  VantagePreviewSink *self = VANTAGE_PREVIEW_SINK (sink);
  g_autofree char *id = vantage_identity_dup_id (identity);
  VantageIdentity *known = g_hash_table_lookup (self->identities, id);

  if (known != NULL)
    {
      vantage_identity_improve (known, identity);
      return TRUE;
    }
  known = vantage_identity_copy (identity);
  g_ptr_array_add (self->preview->identities, known);
  g_hash_table_insert (self->identities, g_steal_pointer (&id), known);
  return TRUE;
}

static void
note_range (gint64 us, gint64 *first_us, gint64 *last_us)
{
  if (us == VANTAGE_TIME_NONE)
    return;
  if (*first_us == VANTAGE_TIME_NONE || us < *first_us)
    *first_us = us;
  if (*last_us == VANTAGE_TIME_NONE || us > *last_us)
    *last_us = us;
}

static void
note_account (VantagePreviewSink *self, const VantageItem *item)
{
  if (item->account == NULL || g_hash_table_contains (self->accounts, item->account))
    return;
  g_hash_table_add (self->accounts, g_strdup (item->account));
  self->preview->n_people++;
}

static gboolean
vantage_preview_sink_add_item (VantageEvidenceSink *sink, VantageItem *item, GError **error)
{
  VantagePreviewSink *self = VANTAGE_PREVIEW_SINK (sink);
  VantagePreview *preview = self->preview;
  VantagePreviewChannel *channel = g_hash_table_lookup (self->channels, item->channel);

  preview->n_items++;
  preview->kinds[item->kind]++;
  note_range (item->time_us, &preview->first_us, &preview->last_us);
  if (channel != NULL)
    {
      channel->n_items++;
      note_range (item->time_us, &channel->first_us, &channel->last_us);
    }
  note_account (self, item);
  if (item->thread != NULL)
    {
      g_autofree char *thread = g_strconcat (item->channel, ".", item->thread, NULL);

      if (!g_hash_table_contains (self->threads, thread))
        g_hash_table_add (self->threads, g_steal_pointer (&thread));
      preview->n_threads = g_hash_table_size (self->threads);
    }
  if (preview->first_items->len < MAX_FIRST_ITEMS)
    g_ptr_array_add (preview->first_items, vantage_item_ref (item));
  return TRUE;
}

static gboolean
vantage_preview_sink_add_diagnostic (VantageEvidenceSink *sink, const VantageDiagnostic *diagnostic,
                                     GError **error)
{
  VantagePreview *preview = VANTAGE_PREVIEW_SINK (sink)->preview;

  preview->n_skipped += diagnostic->skipped ? 1 : 0;
  if (preview->diagnostics->len < MAX_DIAGNOSTICS)
    g_ptr_array_add (preview->diagnostics,
                     vantage_diagnostic_new (diagnostic->code, diagnostic->text, diagnostic->path,
                                             diagnostic->line, diagnostic->offset,
                                             diagnostic->skipped));
  return TRUE;
}

static void
vantage_preview_sink_iface_init (VantageEvidenceSinkInterface *iface)
{
  iface->add_channel = vantage_preview_sink_add_channel;
  iface->add_identity = vantage_preview_sink_add_identity;
  iface->add_item = vantage_preview_sink_add_item;
  iface->add_diagnostic = vantage_preview_sink_add_diagnostic;
}

static void
vantage_preview_sink_finalize (GObject *object)
{
  VantagePreviewSink *self = VANTAGE_PREVIEW_SINK (object);

  g_clear_pointer (&self->preview, vantage_preview_free);
  g_hash_table_unref (self->channels);
  g_hash_table_unref (self->identities);
  g_hash_table_unref (self->accounts);
  g_hash_table_unref (self->threads);
  G_OBJECT_CLASS (vantage_preview_sink_parent_class)->finalize (object);
}

static void
vantage_preview_sink_class_init (VantagePreviewSinkClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vantage_preview_sink_finalize;
}

static void
vantage_preview_sink_init (VantagePreviewSink *self)
{
  self->preview = g_new0 (VantagePreview, 1);
  self->preview->first_us = self->preview->last_us = VANTAGE_TIME_NONE;
  self->preview->channels = g_ptr_array_new_with_free_func (preview_channel_free);
  self->preview->identities =
      g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_identity_free);
  self->preview->first_items = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_item_unref);
  self->preview->diagnostics =
      g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_diagnostic_free);
  self->channels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->identities = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->accounts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->threads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

VantagePreviewSink *
vantage_preview_sink_new (void)
{
  return g_object_new (VANTAGE_TYPE_PREVIEW_SINK, NULL);
}

VantagePreview *
vantage_preview_sink_steal (VantagePreviewSink *self)
{
  return g_steal_pointer (&self->preview);
}
