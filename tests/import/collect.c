#include "collect.h"

#include "vantage-time.h"

#include <glib/gstdio.h>
#include <string.h>

#define TYPE_COLLECT_SINK (collect_sink_get_type ())
G_DECLARE_FINAL_TYPE (CollectSink, collect_sink, COLLECT, SINK, GObject)

struct _CollectSink
{
  GObject parent;
  Collected *into;
};

static void collect_sink_iface_init (VantageEvidenceSinkInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CollectSink, collect_sink, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (VANTAGE_TYPE_EVIDENCE_SINK,
                                                      collect_sink_iface_init))

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
collect_sink_add_channel (VantageEvidenceSink *sink, const VantageChannel *channel, GError **error)
{
  GPtrArray *channels = COLLECT_SINK (sink)->into->channels;

  for (guint i = 0; i < channels->len; i++)
    {
      VantageChannel *known = channels->pdata[i];

      if (g_str_equal (known->key, channel->key))
        {
          vantage_channel_free (known);
          channels->pdata[i] = copy_channel (channel);
          return TRUE;
        }
    }
  g_ptr_array_add (channels, copy_channel (channel));
  return TRUE;
}

static gboolean
collect_sink_add_identity (VantageEvidenceSink *sink, const VantageIdentity *identity,
                           GError **error)
{
  Collected *into = COLLECT_SINK (sink)->into;
  VantageIdentity *known = collected_find_identity (into, identity->key);

  if (known != NULL)
    vantage_identity_improve (known, identity);
  else
    g_ptr_array_add (into->identities, vantage_identity_copy (identity));
  return TRUE;
}

static gboolean
collect_sink_add_item (VantageEvidenceSink *sink, VantageItem *item, GError **error)
{
  g_ptr_array_add (COLLECT_SINK (sink)->into->items, vantage_item_ref (item));
  return TRUE;
}

static gboolean
collect_sink_add_diagnostic (VantageEvidenceSink *sink, const VantageDiagnostic *diagnostic,
                             GError **error)
{
  g_ptr_array_add (COLLECT_SINK (sink)->into->diagnostics,
                   vantage_diagnostic_new (diagnostic->code, diagnostic->text, diagnostic->path,
                                           diagnostic->line, diagnostic->offset,
                                           diagnostic->skipped));
  return TRUE;
}

static void
collect_sink_iface_init (VantageEvidenceSinkInterface *iface)
{
  iface->add_channel = collect_sink_add_channel;
  iface->add_identity = collect_sink_add_identity;
  iface->add_item = collect_sink_add_item;
  iface->add_diagnostic = collect_sink_add_diagnostic;
}

static void
collect_sink_class_init (CollectSinkClass *klass)
{
}

static void
collect_sink_init (CollectSink *self)
{
}

void
collected_free (Collected *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->channels);
  g_ptr_array_unref (self->identities);
  g_ptr_array_unref (self->diagnostics);
  g_clear_pointer (&self->facts, vantage_source_facts_free);
  g_free (self);
}

Collected *
collect (const char *path, const VantageImportOptions *options, GError **error)
{
  g_autoptr (CollectSink) sink = g_object_new (TYPE_COLLECT_SINK, NULL);
  g_autoptr (Collected) into = g_new0 (Collected, 1);

  into->items = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_item_unref);
  into->channels = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_channel_free);
  into->identities = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_identity_free);
  into->diagnostics = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_diagnostic_free);
  sink->into = into;
  if (!vantage_import_read (path, options, VANTAGE_EVIDENCE_SINK (sink), NULL, NULL, NULL,
                            &into->facts, error))
    return NULL;
  return g_steal_pointer (&into);
}

Collected *
collect_ok (const char *path, const VantageImportOptions *options)
{
  g_autoptr (GError) error = NULL;
  Collected *into = collect (path, options, &error);

  g_assert_no_error (error);
  g_assert_nonnull (into);
  g_assert_nonnull (into->facts);
  return into;
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char *
collected_dup_ids (Collected *self)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->items->len; i++)
    g_ptr_array_add (ids, vantage_item_dup_id (self->items->pdata[i]));
  g_ptr_array_sort (ids, compare_strings);
  g_ptr_array_add (ids, NULL);
  return g_strjoinv ("\n", (char **) ids->pdata);
}

VantageItem *
collected_find (Collected *self, const char *local)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      VantageItem *item = self->items->pdata[i];

      if (g_str_equal (item->local, local))
        return item;
    }
  return NULL;
}

VantageIdentity *
collected_find_identity (Collected *self, const char *key)
{
  for (guint i = 0; i < self->identities->len; i++)
    {
      VantageIdentity *identity = self->identities->pdata[i];

      if (g_str_equal (identity->key, key))
        return identity;
    }
  return NULL;
}

VantageChannel *
collected_find_channel (Collected *self, const char *name)
{
  for (guint i = 0; i < self->channels->len; i++)
    {
      VantageChannel *channel = self->channels->pdata[i];

      if (g_str_equal (channel->name, name))
        return channel;
    }
  return NULL;
}

guint
collected_count (Collected *self, const char *code)
{
  guint n = 0;

  for (guint i = 0; i < self->diagnostics->len; i++)
    n += g_str_equal (((VantageDiagnostic *) self->diagnostics->pdata[i])->code, code);
  return n;
}

guint
collected_count_skipped (Collected *self)
{
  guint n = 0;

  for (guint i = 0; i < self->diagnostics->len; i++)
    n += ((VantageDiagnostic *) self->diagnostics->pdata[i])->skipped ? 1 : 0;
  return n;
}

/* ---- files ---- */

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  if (dir != NULL)
    while ((name = g_dir_read_name (dir)) != NULL)
      {
        g_autofree char *child = g_build_filename (path, name, NULL);

        if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
          remove_tree (child);
        else
          g_unlink (child);
      }
  g_rmdir (path);
}

static char *scratch;

static void
remove_scratch (void)
{
  remove_tree (scratch);
  g_free (scratch);
}

const char *
scratch_folder (void)
{
  if (scratch == NULL)
    {
      scratch = g_dir_make_tmp ("vantage-import-XXXXXX", NULL);
      g_assert_nonnull (scratch);
      atexit (remove_scratch);
    }
  return scratch;
}

char *
scratch_write (const char *path, const char *content, gssize length)
{
  g_autofree char *whole = g_build_filename (scratch_folder (), path, NULL);
  g_autofree char *folder = g_path_get_dirname (whole);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (whole, content, length, NULL));
  return g_steal_pointer (&whole);
}

void
collected_check (Collected *self, const char *local, VantageItemKind kind, const char *text,
                 const char *time)
{
  VantageItem *item = collected_find (self, local);
  gint64 us;

  g_assert_nonnull (item);
  g_assert_cmpint (item->kind, ==, kind);
  g_assert_cmpstr (item->text, ==, text);
  g_assert_true (vantage_time_parse (time, -1, &us, NULL, NULL));
  g_assert_cmpint (item->time_us, ==, us);
}
