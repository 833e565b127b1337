/* vantage-feed.c: notices what was committed, here or by another program, and passes it on. */

#include "vantage-feed.h"

#include "vantage-entity-cache.h"
#include "vantage-entity-model.h"
#include "vantage-library-read.h"

#define POLL_MS 500
/* More changed entities than this are not handed over one by one. */
#define MAX_CHANGES 4000
/* A model is told of more changes than this as one stretch. */
#define MAX_SINGLE_UPDATES 200

static gint64
ask_number (VantageLibrary *self, const char *sql)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (self->reader, sql, NULL);

  return vantage_stmt_step (&stmt, NULL) ? vantage_stmt_get_int (&stmt, 0) : -1;
}

/* ---- models ---- */

static char *
make_model_key (const char *review, const char *kind)
{
  return g_strdup_printf ("%s\n%s", review, kind);
}

static void
model_gone_cb (gpointer data, GObject *model)
{
  VantageLibrary *self = data;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->models);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (value == model)
      g_hash_table_iter_remove (&iter);
}

static GPtrArray *
list_for_model (VantageLibrary *self, const char *review, const char *kind)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *entities = *kind == '\0' ? vantage_store_list_reviews (self, &error)
                                      : vantage_library_list (self, review, kind, &error);

  if (entities == NULL)
    {
      g_warning ("a list of %s could not be read: %s", *kind == '\0' ? "reviews" : kind,
                 error->message);
      return g_ptr_array_new_with_free_func (g_object_unref);
    }
  return entities;
}

static GListModel *
get_model (VantageLibrary *self, const char *review, const char *kind, GCompareFunc compare)
{
  g_autofree char *key = make_model_key (review, kind);
  VantageEntityModel *model = g_hash_table_lookup (self->models, key);

  if (model != NULL)
    return G_LIST_MODEL (g_object_ref (model));

  model = vantage_entity_model_new (compare, list_for_model (self, review, kind));
  g_object_weak_ref (G_OBJECT (model), model_gone_cb, self);
  g_hash_table_insert (self->models, g_steal_pointer (&key), model);
  return G_LIST_MODEL (model);
}

GListModel *
vantage_library_get_model (VantageLibrary *self, const char *review, const char *kind)
{
  return get_model (self, review != NULL ? review : "", kind, vantage_store_compare_by_pos);
}

GListModel *
vantage_library_get_reviews (VantageLibrary *self)
{
  return get_model (self, "", "", vantage_store_compare_newest_first);
}

static void
reload_models (VantageLibrary *self, const char *review)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->models);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (keys, g_strdup (key));

  for (guint i = 0; i < keys->len; i++)
    {
      g_auto (GStrv) parts = g_strsplit (keys->pdata[i], "\n", 2);
      VantageEntityModel *model = g_hash_table_lookup (self->models, keys->pdata[i]);

      if (model == NULL || (g_strcmp0 (parts[0], review) != 0 && *parts[1] != '\0'))
        continue;
      g_object_ref (model);
      vantage_entity_model_replace (model, list_for_model (self, parts[0], parts[1]));
      g_object_unref (model);
    }
}

static void
update_models (VantageLibrary *self, VantageEntity *entity)
{
  const char *kind = vantage_entity_get_kind_name (entity);
  g_autofree char *key = make_model_key (vantage_entity_get_review (entity), kind);
  VantageEntityModel *model = g_hash_table_lookup (self->models, key);

  if (model != NULL)
    vantage_entity_model_update (model, entity);
  model = g_strcmp0 (kind, "review") == 0 ? g_hash_table_lookup (self->models, "\n") : NULL;
  if (model != NULL)
    vantage_entity_model_update (model, entity);
}

/* ---- changes ---- */

static GPtrArray *
load_changes (VantageLibrary *self, gint64 since)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      self->reader,
      "SELECT " VANTAGE_ENTITY_COLUMNS " FROM entity JOIN stream ON stream.number = entity.stream"
      " WHERE entity.touched > ? ORDER BY entity.touched",
      NULL);

  vantage_stmt_bind_int (&stmt, 1, since);
  return vantage_store_collect_entities (&stmt, NULL);
}

static GPtrArray *
list_changed_reviews (VantageLibrary *self, gint64 since)
{
  GPtrArray *reviews = g_ptr_array_new_with_free_func (g_free);
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (self->reader,
                          "SELECT DISTINCT stream.review FROM entity"
                          " JOIN stream ON stream.number = entity.stream WHERE touched > ?",
                          NULL);

  vantage_stmt_bind_int (&stmt, 1, since);
  while (vantage_stmt_step (&stmt, NULL))
    g_ptr_array_add (reviews, g_strdup (vantage_stmt_get_text (&stmt, 0)));
  return reviews;
}

static void
emit_change (VantageLibrary *self, const char *review, GPtrArray *entities, gboolean everything)
{
  VantageChange change = { entities, everything };

  if (everything || entities->len > MAX_SINGLE_UPDATES)
    reload_models (self, review);
  else
    for (guint i = 0; i < entities->len; i++)
      update_models (self, entities->pdata[i]);
  g_signal_emit_by_name (self, "changed", review, &change);
}

static void
emit_everything (VantageLibrary *self, GPtrArray *reviews)
{
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();

  for (guint i = 0; i < reviews->len; i++)
    emit_change (self, reviews->pdata[i], nothing, TRUE);
}

/* One signal for each review, in the order in which they were touched. */
static void
emit_by_review (VantageLibrary *self, GPtrArray *entities)
{
  g_autoptr (GHashTable) groups =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GPtrArray) order = g_ptr_array_new ();

  for (guint i = 0; i < entities->len; i++)
    {
      const char *review = vantage_entity_get_review (entities->pdata[i]);
      GPtrArray *group = g_hash_table_lookup (groups, review);

      if (group == NULL)
        {
          group = g_ptr_array_new_with_free_func (g_object_unref);
          g_hash_table_insert (groups, (gpointer) review, group);
          g_ptr_array_add (order, (gpointer) review);
        }
      g_ptr_array_add (group, g_object_ref (entities->pdata[i]));
    }
  for (guint i = 0; i < order->len; i++)
    emit_change (self, order->pdata[i], g_hash_table_lookup (groups, order->pdata[i]), FALSE);
}

/* Everything whose row was written since the last look, by whomever. */
static void
deliver (VantageLibrary *self)
{
  g_autoptr (GPtrArray) entities = NULL;
  g_autoptr (GPtrArray) reviews = NULL;
  gint64 since = self->seen_touched;
  gint64 now;

  g_rec_mutex_lock (&self->reader_mutex);
  now = ask_number (self, "SELECT touched FROM library");
  if (now > since && now - since <= MAX_CHANGES)
    entities = load_changes (self, since);
  else if (now > since)
    reviews = list_changed_reviews (self, since);
  g_rec_mutex_unlock (&self->reader_mutex);

  if (entities == NULL && reviews == NULL)
    return;
  self->seen_touched = now;
  if (reviews != NULL)
    emit_everything (self, reviews);
  else
    emit_by_review (self, entities);
}

static void
look (VantageLibrary *self)
{
  gint64 version;

  g_rec_mutex_lock (&self->reader_mutex);
  version = ask_number (self, "PRAGMA data_version");
  g_rec_mutex_unlock (&self->reader_mutex);
  if (version == self->seen_version)
    return;
  self->seen_version = version;
  deliver (self);
}

/* A handler that edits comes back here; its change is delivered after the present one, so that no
 * listener sees an older state after a newer one. */
void
vantage_library_poll (VantageLibrary *self)
{
  g_autoptr (VantageLibrary) keep = g_object_ref (self);

  g_atomic_int_set (&self->feed_queued, 0);
  self->look_again = TRUE;
  if (self->looking)
    return;

  self->looking = TRUE;
  while (self->look_again && !self->closed)
    {
      self->look_again = FALSE;
      look (self);
    }
  self->looking = FALSE;
  if (!self->closed)
    vantage_evidence_store_poll (self->evidence);
}

void
vantage_feed_tell_gone (VantageLibrary *self, const char *review)
{
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();

  emit_change (self, review, nothing, TRUE);
}

static gboolean
poll_cb (gpointer user_data)
{
  vantage_library_poll (user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
queued_cb (gpointer user_data)
{
  vantage_library_poll (user_data);
  return G_SOURCE_REMOVE;
}

void
vantage_library_queue_feed (VantageLibrary *self)
{
  if (g_thread_self () == self->owner)
    {
      vantage_library_poll (self);
      return;
    }
  if (self->context != NULL && g_atomic_int_compare_and_exchange (&self->feed_queued, 0, 1))
    g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, queued_cb, g_object_ref (self),
                                g_object_unref);
}

typedef struct
{
  VantageLibrary *library;
  char *review;
} EvidenceNews;

static void
free_evidence_news (gpointer data)
{
  EvidenceNews *news = data;

  g_object_unref (news->library);
  g_free (news->review);
  g_free (news);
}

static gboolean
evidence_changed_cb (gpointer data)
{
  EvidenceNews *news = data;

  g_signal_emit_by_name (news->library, "evidence-changed", news->review);
  return G_SOURCE_REMOVE;
}

void
vantage_library_emit_evidence_changed (VantageLibrary *self, const char *review)
{
  EvidenceNews *news;

  if (g_thread_self () == self->owner)
    {
      g_signal_emit_by_name (self, "evidence-changed", review);
      return;
    }
  news = g_new (EvidenceNews, 1);
  news->library = g_object_ref (self);
  news->review = g_strdup (review);
  g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, evidence_changed_cb, news,
                              free_evidence_news);
}

void
vantage_feed_start (VantageLibrary *self)
{
  self->seen_version = ask_number (self, "PRAGMA data_version");
  self->seen_touched = ask_number (self, "SELECT touched FROM library");
  self->poll_source = g_timeout_source_new (POLL_MS);
  g_source_set_callback (self->poll_source, poll_cb, self, NULL);
  g_source_attach (self->poll_source, self->context);
}

void
vantage_feed_stop (VantageLibrary *self)
{
  GHashTableIter iter;
  gpointer model;

  g_hash_table_iter_init (&iter, self->models);
  while (g_hash_table_iter_next (&iter, NULL, &model))
    {
      g_object_weak_unref (model, model_gone_cb, self);
      g_hash_table_iter_remove (&iter);
    }

  if (self->poll_source == NULL)
    return;

  g_source_destroy (self->poll_source);
  g_clear_pointer (&self->poll_source, g_source_unref);
}
