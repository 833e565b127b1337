/* vantage-sync-evidence.c: cited items go up as bundles and come down into the evidence of others.
 * Each step may be cut off and done again: equal items make equal bundles under equal names. */

#include "vantage-sync-evidence.h"

#include <string.h>

#include "vantage-blob.h"
#include "vantage-edit.h"
#include "vantage-evidence.h"
#include "vantage-id.h"
#include "vantage-wire-bundle.h"

/* ---- what is to be sent ---- */

static gboolean
take_id (VantageItem *item, gpointer data)
{
  g_ptr_array_add (data, vantage_item_dup_id (item));
  return TRUE;
}

static int
compare_text (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_all (VantageLibrary *library, const char *review, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  VantageItemQuery query = VANTAGE_ITEM_QUERY_INIT;

  if (!vantage_library_each_item (library, review, &query, take_id, ids, NULL, error))
    return NULL;
  g_ptr_array_sort (ids, compare_text);
  return g_steal_pointer (&ids);
}

static char *
dup_name (const VantageItem *item)
{
  g_autofree char *id = vantage_item_dup_id (item);
  g_autofree char *version = vantage_item_version (item);

  return g_strconcat (id, "\n", version, NULL);
}

/* Adds to @by_source (source → array of items) the contents of the items @ids that are here and in
 * no bundle. */
static gboolean
collect (VantageLibrary *library, const char *review, GPtrArray *ids, GHashTable *bundled,
         GHashTable *by_source, GError **error)
{
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (GPtrArray) versions =
          vantage_library_list_versions (library, review, ids->pdata[i], error);

      if (versions == NULL)
        return FALSE;
      for (guint k = 0; k < versions->len; k++)
        {
          VantageItem *item = versions->pdata[k];
          g_autofree char *name = dup_name (item);
          GPtrArray *items;

          if (item->source == NULL || g_hash_table_contains (bundled, name))
            continue;
          items = g_hash_table_lookup (by_source, item->source);
          if (items == NULL)
            {
              items = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_item_unref);
              g_hash_table_insert (by_source, g_strdup (item->source), items);
            }
          g_ptr_array_add (items, vantage_item_ref (item));
        }
    }
  return TRUE;
}

/* ---- one bundle ---- */

typedef struct
{
  VantageLibrary *library;
  const char *review;
  char *stream;
  VantageShare share;
  GHashTable *identities; /* id → VantageIdentity, of all people of the review */
  GPtrArray *people;      /* that lend them */
} Maker;

static void
clear_maker (Maker *maker)
{
  g_clear_pointer (&maker->identities, g_hash_table_unref);
  g_clear_pointer (&maker->people, g_ptr_array_unref);
  g_free (maker->stream);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Maker, clear_maker)

static gboolean
read_people (Maker *maker, GError **error)
{
  maker->identities = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  maker->people = vantage_library_list_people (maker->library, maker->review, error);
  if (maker->people == NULL)
    return FALSE;
  for (guint i = 0; i < maker->people->len; i++)
    {
      const VantagePerson *person = maker->people->pdata[i];

      for (guint k = 0; k < person->identities->len; k++)
        g_hash_table_insert (maker->identities,
                             vantage_identity_dup_id (person->identities->pdata[k]),
                             person->identities->pdata[k]);
    }
  return TRUE;
}

static void
add_identity (Maker *maker, VantageWireBundle *bundle, GHashTable *seen,
              const VantageChannel *channel, const char *key)
{
  g_autofree char *id = NULL;
  const VantageIdentity *identity;

  if (key == NULL || *key == '\0')
    return;
  id = vantage_identity_id (channel->family, channel->system, key);
  identity = g_hash_table_lookup (maker->identities, id);
  if (identity != NULL && g_hash_table_add (seen, g_steal_pointer (&id)))
    g_ptr_array_add (bundle->identities, vantage_identity_copy (identity));
}

/* Who wrote it, who is named in it, who reacted. */
static void
add_identities (Maker *maker, VantageWireBundle *bundle, GHashTable *seen,
                const VantageChannel *channel, const VantageItem *item)
{
  add_identity (maker, bundle, seen, channel, item->account);
  for (guint i = 0; item->mentions != NULL && item->mentions[i] != NULL; i++)
    add_identity (maker, bundle, seen, channel, item->mentions[i]);
  for (guint i = 0; item->reactions != NULL && i < item->reactions->len; i++)
    {
      const VantageReaction *reaction = item->reactions->pdata[i];

      for (guint k = 0; reaction->by[k] != NULL; k++)
        add_identity (maker, bundle, seen, channel, reaction->by[k]);
    }
}

static const VantageChannel *
add_channel (Maker *maker, VantageWireBundle *bundle, GHashTable *channels, const char *id,
             GError **error)
{
  VantageChannel *channel = g_hash_table_lookup (channels, id);

  if (channel != NULL)
    return channel;
  channel = vantage_library_get_channel (maker->library, maker->review, id, error);
  if (channel == NULL)
    return NULL;
  g_ptr_array_add (bundle->channels, channel);
  g_hash_table_insert (channels, g_strdup (id), channel);
  return channel;
}

/* Times without what was shifted since: the other side reads the source's choices by itself. */
static VantageItem *
unshift (VantageItem *item, gint64 shift_us)
{
  if (shift_us != 0 && item->time_us != VANTAGE_TIME_NONE)
    item->time_us -= shift_us;
  return vantage_item_ref (item);
}

static void
set_source_facts (Maker *maker, VantageWireBundle *bundle, const char *source, gint64 *out_shift_us)
{
  g_autoptr (VantageEntity) entity =
      vantage_library_get (maker->library, maker->review, "source", source, NULL);

  *out_shift_us = 0;
  if (entity == NULL)
    return;
  bundle->zone = g_strdup (vantage_entity_get_text (entity, "zone"));
  bundle->zero_us = vantage_entity_get_time (entity, "zero");
  *out_shift_us = vantage_entity_get_duration (entity, "shift", 0);
}

/* Takes items from @at on, as many as fit; moves @at. NULL with @error. */
static VantageWireBundle *
fill (Maker *maker, const char *source, GPtrArray *items, guint *at, GPtrArray *names,
      GError **error)
{
  g_autoptr (VantageWireBundle) bundle = vantage_wire_bundle_new (maker->review, source);
  g_autoptr (GHashTable) channels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gsize n_bytes = 0;
  gint64 shift_us;

  set_source_facts (maker, bundle, source, &shift_us);
  for (; *at < items->len; (*at)++)
    {
      VantageItem *item = items->pdata[*at];
      gsize size = vantage_wire_bundle_item_size (item);
      const VantageChannel *channel;
      GError *local_error = NULL;

      /* A quarter is left for who and where. */
      if (n_bytes > 0 && n_bytes + size > VANTAGE_WIRE_BUNDLE_BYTES / 4 * 3)
        break;
      channel = add_channel (maker, bundle, channels, item->channel, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, local_error);
          return NULL;
        }
      if (channel == NULL)
        continue;
      add_identities (maker, bundle, seen, channel, item);
      g_ptr_array_add (names, dup_name (item));
      g_ptr_array_add (bundle->items, unshift (item, shift_us));
      n_bytes += size;
    }
  return g_steal_pointer (&bundle);
}

/* Whether an entity names the blob already. */
static gboolean
is_named (Maker *maker, const char *blob)
{
  g_autoptr (GPtrArray) bundles =
      vantage_library_list (maker->library, maker->review, "bundle", NULL);

  for (guint i = 0; bundles != NULL && i < bundles->len; i++)
    if (g_strcmp0 (vantage_entity_get_text (bundles->pdata[i], "blob"), blob) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
name_blob (Maker *maker, const VantageWireBundle *bundle, const char *blob, GError **error)
{
  g_autoptr (VantageEdit) edit = NULL;
  const char *id;

  if (is_named (maker, blob))
    return TRUE;
  edit = vantage_library_begin (maker->library, maker->review, "");
  vantage_edit_set_unlisted (edit);
  id = vantage_edit_create (edit, "bundle");
  vantage_edit_set_ref (edit, "bundle", id, "source", bundle->source);
  vantage_edit_set_text (edit, "bundle", id, "blob", blob);
  vantage_edit_set_int (edit, "bundle", id, "items", bundle->items->len);
  vantage_edit_set_text (edit, "bundle", id, "cut",
                         maker->share == VANTAGE_SHARE_ALL ? "all" : "cited");
  return vantage_edit_commit (edit, error);
}

static gboolean
make_bundle (Maker *maker, const char *source, GPtrArray *items, guint *at, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (VantageWireBundle) bundle = fill (maker, source, items, at, names, error);
  g_autoptr (GBytes) lines = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *blob = NULL;

  if (bundle == NULL)
    return FALSE;
  if (bundle->items->len == 0)
    return TRUE;
  lines = vantage_wire_bundle_write (bundle);
  bytes = vantage_wire_deflate (lines, error);
  if (bytes == NULL)
    return FALSE;
  blob = vantage_hash_data_text (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return vantage_library_add_blob (maker->library, maker->stream, blob, bytes, error) &&
         name_blob (maker, bundle, blob, error) &&
         vantage_library_set_bundled (maker->library, blob, names, error);
}

gboolean
vantage_sync_evidence_prepare (VantageLibrary *library, const char *review, VantageShare share,
                               GError **error)
{
  g_auto (Maker) maker = {
    .library = library, .review = review, .stream = vantage_core_stream_id (review), .share = share
  };
  g_autoptr (GHashTable) bundled = vantage_library_list_bundled (library, maker.stream, error);
  g_autoptr (GHashTable) by_source =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GPtrArray) ids = NULL;
  g_autofree gpointer *sources = NULL;
  guint n;

  if (bundled == NULL)
    return FALSE;
  ids = share == VANTAGE_SHARE_ALL ? list_all (library, review, error)
                                   : vantage_library_list_cited (library, review, error);
  if (ids == NULL || !collect (library, review, ids, bundled, by_source, error))
    return FALSE;
  if (g_hash_table_size (by_source) == 0)
    return TRUE;
  if (!read_people (&maker, error))
    return FALSE;
  sources = g_hash_table_get_keys_as_array (by_source, &n);
  for (guint i = 0; i < n; i++)
    {
      GPtrArray *items = g_hash_table_lookup (by_source, sources[i]);

      for (guint at = 0; at < items->len;)
        if (!make_bundle (&maker, sources[i], items, &at, error))
          return FALSE;
    }
  return TRUE;
}

/* ---- what comes ---- */

GPtrArray *
vantage_sync_evidence_list_wanted (VantageLibrary *library, const char *review, GError **error)
{
  g_autoptr (GPtrArray) bundles = vantage_library_list (library, review, "bundle", error);
  g_autofree char *stream = vantage_core_stream_id (review);
  g_autoptr (GPtrArray) wanted = g_ptr_array_new_with_free_func (g_free);

  if (bundles == NULL)
    return NULL;
  for (guint i = 0; i < bundles->len; i++)
    {
      const char *blob = vantage_entity_get_text (bundles->pdata[i], "blob");
      guint8 hash[VANTAGE_HASH_SIZE];
      VantageBlobState state;
      GError *local_error = NULL;

      if (blob == NULL || !vantage_hex_decode (blob, hash, sizeof hash) ||
          (vantage_library_get_blob_state (library, stream, blob, &state, &local_error) &&
           state != VANTAGE_BLOB_COMING))
        continue;
      if (local_error != NULL)
        {
          g_propagate_error (error, local_error);
          return NULL;
        }
      g_ptr_array_add (wanted, g_strdup (blob));
    }
  return g_steal_pointer (&wanted);
}

static VantageEntity *
find_bundle (VantageLibrary *library, const char *review, const char *blob, GError **error)
{
  g_autoptr (GPtrArray) bundles = vantage_library_list (library, review, "bundle", error);

  for (guint i = 0; bundles != NULL && i < bundles->len; i++)
    if (g_strcmp0 (vantage_entity_get_text (bundles->pdata[i], "blob"), blob) == 0)
      return g_object_ref (bundles->pdata[i]);
  return NULL;
}

static gboolean
hand_over (VantageImportRun *run, const VantageWireBundle *bundle, GError **error)
{
  VantageEvidenceSink *sink = VANTAGE_EVIDENCE_SINK (run);

  for (guint i = 0; i < bundle->channels->len; i++)
    if (!vantage_evidence_sink_add_channel (sink, bundle->channels->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < bundle->identities->len; i++)
    if (!vantage_evidence_sink_add_identity (sink, bundle->identities->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < bundle->items->len; i++)
    if (!vantage_evidence_sink_add_item (sink, bundle->items->pdata[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
keep (VantageLibrary *library, const char *review, const char *entity,
      const VantageWireBundle *bundle, GError **error)
{
  g_autoptr (VantageImportRun) run =
      vantage_library_begin_bundle (library, review, entity, bundle->source, error);
  g_autoptr (VantageSourceFacts) facts = vantage_source_facts_new ();
  g_autoptr (VantageImportResult) result = NULL;

  if (run == NULL || !hand_over (run, bundle, error))
    return FALSE;
  facts->zone = g_strdup (bundle->zone);
  facts->zero_us = bundle->zero_us;
  result = vantage_import_run_keep (run, facts, NULL, "", NULL, error);
  return result != NULL && vantage_library_follow_source (library, review, bundle->source, error);
}

/* NULL without error: it is not what its name says, or cannot be read. */
static VantageWireBundle *
read_bundle (VantageLibrary *library, const char *review, const char *blob, gboolean *out_true,
             GError **error)
{
  g_autoptr (GBytes) bytes = vantage_library_read_blob (library, blob, error);
  g_autoptr (GBytes) lines = NULL;
  g_autofree char *hash = NULL;
  g_autoptr (VantageWireBundle) bundle = NULL;

  if (bytes == NULL)
    return NULL;
  hash = vantage_hash_data_text (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  *out_true = strcmp (hash, blob) == 0;
  lines = *out_true ? vantage_wire_inflate (bytes, 2 * VANTAGE_WIRE_BUNDLE_BYTES, NULL) : NULL;
  bundle = lines != NULL ? vantage_wire_bundle_read (lines, NULL) : NULL;
  return bundle != NULL && strcmp (bundle->review, review) == 0 ? g_steal_pointer (&bundle) : NULL;
}

static gboolean
note_items (VantageLibrary *library, const char *blob, const VantageWireBundle *bundle,
            GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < bundle->items->len; i++)
    g_ptr_array_add (names, dup_name (bundle->items->pdata[i]));
  return vantage_library_set_bundled (library, blob, names, error);
}

gboolean
vantage_sync_evidence_take_in (VantageLibrary *library, const char *review, const char *blob,
                               GError **error)
{
  g_autofree char *stream = vantage_core_stream_id (review);
  gboolean is_true = FALSE;
  GError *local_error = NULL;
  g_autoptr (VantageWireBundle) bundle =
      read_bundle (library, review, blob, &is_true, &local_error);
  g_autoptr (VantageEntity) entity = NULL;

  if (bundle == NULL)
    {
      if (local_error != NULL)
        g_propagate_error (error, local_error);
      else if (!is_true)
        vantage_library_drop_chunks (library, blob, error);
      else
        vantage_library_set_blob_state (library, stream, blob, VANTAGE_BLOB_UNREADABLE, error);
      return FALSE;
    }
  entity = find_bundle (library, review, blob, error);
  if (entity == NULL)
    return FALSE;
  return keep (library, review, vantage_entity_get_id (entity), bundle, error) &&
         vantage_library_set_blob_state (library, stream, blob, VANTAGE_BLOB_BOTH, error) &&
         note_items (library, blob, bundle, error);
}
