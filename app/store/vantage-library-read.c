/* vantage-library-read.c: questions about entities, answered from the cache. */

#include "vantage-library.h"

#include <string.h>

#include "vantage-entity-cache.h"
#include "vantage-library-private.h"
#include "vantage-library-read.h"

#define FROM_ENTITY " FROM entity JOIN stream ON stream.number = entity.stream "

/* Runs a question that binds @n_values texts, under the reader's lock. */
static GPtrArray *
ask (VantageLibrary *self, const char *sql, const char *const *values, guint n_values,
     GError **error)
{
  GPtrArray *entities;

  g_rec_mutex_lock (&self->reader_mutex);
  g_auto (VantageStmt) stmt = vantage_db_prepare (self->reader, sql, error);
  for (guint i = 0; i < n_values; i++)
    vantage_stmt_bind_text (&stmt, (int) i + 1, values[i]);
  entities = vantage_store_collect_entities (&stmt, error);
  vantage_stmt_finish (&stmt);
  g_rec_mutex_unlock (&self->reader_mutex);
  return entities;
}

VantageEntity *
vantage_library_get (VantageLibrary *self, const char *review, const char *kind, const char *id,
                     GError **error)
{
  g_autofree char *stream = vantage_store_dup_stream_id (
      review != NULL ? review : "",
      review == NULL || *review == '\0' ? VANTAGE_STREAM_ORG : vantage_store_get_sort (kind));
  const char *values[] = { stream, id };
  g_autoptr (GPtrArray) found = ask (
      self, "SELECT " VANTAGE_ENTITY_COLUMNS FROM_ENTITY "WHERE stream.id = ? AND entity.id = ?",
      values, 2, error);
  VantageEntity *entity = found != NULL && found->len > 0 ? found->pdata[0] : NULL;

  if (entity == NULL || (kind != NULL && g_strcmp0 (vantage_entity_get_kind_name (entity), kind)))
    return NULL;
  return g_object_ref (entity);
}

int
vantage_store_compare_by_pos (gconstpointer a, gconstpointer b)
{
  VantageEntity *left = *(VantageEntity *const *) a;
  VantageEntity *right = *(VantageEntity *const *) b;
  const char *left_pos = vantage_entity_get_text (left, "pos");
  const char *right_pos = vantage_entity_get_text (right, "pos");
  int order;

  /* What nobody has placed comes after what somebody has, oldest first. */
  if ((left_pos == NULL) != (right_pos == NULL))
    return left_pos == NULL ? 1 : -1;
  order = g_strcmp0 (left_pos, right_pos);
  return order != 0 ? order : strcmp (vantage_entity_get_id (left), vantage_entity_get_id (right));
}

int
vantage_store_compare_newest_first (gconstpointer a, gconstpointer b)
{
  VantageEntity *left = *(VantageEntity *const *) a;
  VantageEntity *right = *(VantageEntity *const *) b;
  gint64 left_us = vantage_entity_get_created_us (left);
  gint64 right_us = vantage_entity_get_created_us (right);

  if (left_us != right_us)
    return left_us > right_us ? -1 : 1;
  return -strcmp (vantage_entity_get_id (left), vantage_entity_get_id (right));
}

GPtrArray *
vantage_library_list (VantageLibrary *self, const char *review, const char *kind, GError **error)
{
  gboolean org = review == NULL || *review == '\0';
  g_autofree char *stream = vantage_store_dup_stream_id (
      org ? "" : review, org ? VANTAGE_STREAM_ORG : vantage_store_get_sort (kind));
  const char *values[] = { stream, kind };
  GPtrArray *found = ask (self,
                          "SELECT " VANTAGE_ENTITY_COLUMNS FROM_ENTITY
                          "WHERE stream.id = ? AND entity.kind = ? AND entity.deleted = 0",
                          values, 2, error);

  if (found != NULL)
    g_ptr_array_sort (found, vantage_store_compare_by_pos);
  return found;
}

GPtrArray *
vantage_store_list_reviews (VantageLibrary *self, GError **error)
{
  GPtrArray *found =
      ask (self,
           "SELECT " VANTAGE_ENTITY_COLUMNS FROM_ENTITY
           "WHERE stream.sort = 0 AND entity.id = stream.id AND entity.kind = 'review'"
           " AND entity.deleted = 0",
           NULL, 0, error);

  if (found != NULL)
    g_ptr_array_sort (found, vantage_store_compare_newest_first);
  return found;
}

/* How well the words name a review: 3 its id, 2 its title, 1 the start of its id, 0 not at all. */
static int
rate_review (VantageEntity *review, const char *words)
{
  const char *id = vantage_entity_get_id (review);
  const char *title = vantage_entity_get_text (review, "title");

  if (strcmp (id, words) == 0)
    return 3;
  if (title != NULL && g_utf8_collate (title, words) == 0)
    return 2;
  return *words != '\0' && g_str_has_prefix (id, words) ? 1 : 0;
}

char *
vantage_library_find_review (VantageLibrary *self, const char *words, GError **error)
{
  g_autoptr (GPtrArray) reviews = vantage_store_list_reviews (self, error);
  VantageEntity *best = NULL;
  int best_rating = 0, n_best = 0;

  if (reviews == NULL)
    return NULL;
  for (guint i = 0; i < reviews->len; i++)
    {
      int rating = rate_review (reviews->pdata[i], words);

      if (rating == 0 || rating < best_rating)
        continue;
      n_best = rating > best_rating ? 1 : n_best + 1;
      best_rating = rating;
      best = reviews->pdata[i];
    }
  if (n_best == 1)
    return g_strdup (vantage_entity_get_id (best));

  if (n_best == 0)
    g_set_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_NOT_FOUND,
                 "no review is called “%s” and no id begins so", words);
  else
    g_set_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_AMBIGUOUS,
                 "%d reviews fit “%s”; give more of the id", n_best, words);
  return NULL;
}

GPtrArray *
vantage_library_list_pointing (VantageLibrary *self, const char *review, const char *id,
                               GError **error)
{
  const char *values[] = { id, review != NULL ? review : "" };

  return ask (self,
              "SELECT " VANTAGE_ENTITY_COLUMNS
              " FROM entity_ref JOIN entity ON entity.key = entity_ref.entity"
              " JOIN stream ON stream.number = entity.stream"
              " WHERE entity_ref.target = ? AND stream.review = ? AND entity.deleted = 0"
              " ORDER BY entity.id",
              values, 2, error);
}

GPtrArray *
vantage_store_list_blocks (VantageLibrary *self, const char *review, const char *entity,
                           const char *slot, GError **error)
{
  g_autoptr (GPtrArray) pointing = vantage_library_list_pointing (self, review, entity, error);
  GPtrArray *blocks;

  if (pointing == NULL)
    return NULL;
  blocks = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < pointing->len; i++)
    if (g_strcmp0 (vantage_entity_get_kind_name (pointing->pdata[i]), "block") == 0 &&
        g_strcmp0 (vantage_entity_get_ref (pointing->pdata[i], "of"), entity) == 0 &&
        g_strcmp0 (vantage_entity_get_text (pointing->pdata[i], "slot"), slot) == 0)
      g_ptr_array_add (blocks, g_object_ref (pointing->pdata[i]));
  g_ptr_array_sort (blocks, vantage_store_compare_by_pos);
  return blocks;
}

const char *
vantage_store_get_style_mark (const char *style)
{
  static const struct
  {
    const char *style, *mark;
  } marks[] = { { "heading", "# " }, { "quote", "> " }, { "list", "- " }, { "code", "``` " } };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_strcmp0 (style, marks[i].style) == 0)
      return marks[i].mark;
  return "";
}

char *
vantage_library_dup_prose (VantageLibrary *self, const char *review, const char *entity,
                           const char *slot, GError **error)
{
  g_autoptr (GPtrArray) blocks = vantage_store_list_blocks (self, review, entity, slot, error);
  GString *text;

  if (blocks == NULL)
    return NULL;
  text = g_string_new (NULL);
  for (guint i = 0; i < blocks->len; i++)
    {
      const char *words = vantage_entity_get_text (blocks->pdata[i], "text");

      if (i > 0)
        g_string_append (text, "\n\n");
      g_string_append (
          text, vantage_store_get_style_mark (vantage_entity_get_text (blocks->pdata[i], "style")));
      g_string_append (text, words != NULL ? words : "");
    }
  return g_string_free (text, FALSE);
}

GPtrArray *
vantage_library_list_bin (VantageLibrary *self, const char *review, GError **error)
{
  const char *values[] = { review != NULL ? review : "" };

  /* What was emptied out of the bin has no words left and nothing to restore. */
  return ask (self,
              "SELECT " VANTAGE_ENTITY_COLUMNS FROM_ENTITY
              "WHERE stream.review = ? AND entity.deleted = 1 AND entity.registers <> '{}'"
              " ORDER BY entity.changed DESC, entity.id",
              values, 1, error);
}

/* ---- what belongs to this computer ---- */

static char *
read_text (VantageLibrary *self, const char *sql, const char *first, const char *second)
{
  char *value = NULL;

  g_rec_mutex_lock (&self->reader_mutex);
  g_auto (VantageStmt) stmt = vantage_db_prepare (self->reader, sql, NULL);
  vantage_stmt_bind_text (&stmt, 1, first);
  if (second != NULL)
    vantage_stmt_bind_text (&stmt, 2, second);
  if (vantage_stmt_step (&stmt, NULL))
    value = g_strdup (vantage_stmt_get_text (&stmt, 0));
  vantage_stmt_finish (&stmt);
  g_rec_mutex_unlock (&self->reader_mutex);
  return value;
}

static gboolean
write_texts (VantageLibrary *self, const char *sql, const char *first, const char *second,
             const char *third, GError **error)
{
  g_autoptr (VantageTxn) txn = vantage_txn_begin (self, error);

  if (txn == NULL)
    return FALSE;

  g_auto (VantageStmt) stmt = vantage_db_prepare (txn->db, sql, error);

  vantage_stmt_bind_text (&stmt, 1, first);
  vantage_stmt_bind_text (&stmt, 2, second);
  if (third != NULL)
    vantage_stmt_bind_text (&stmt, 3, third);
  if (!vantage_stmt_run (&stmt, error))
    return vantage_store_convert_error (error);
  vantage_stmt_finish (&stmt);
  return vantage_txn_commit (txn, error);
}

char *
vantage_library_dup_profile (VantageLibrary *self, const char *key)
{
  return read_text (self, "SELECT value FROM profile WHERE key = ?", key, NULL);
}

gboolean
vantage_library_set_profile (VantageLibrary *self, const char *key, const char *value,
                             GError **error)
{
  return write_texts (self,
                      "INSERT INTO profile (key, value) VALUES (?1, ?2)"
                      " ON CONFLICT (key) DO UPDATE SET value = ?2",
                      key, value != NULL ? value : "", NULL, error);
}

char *
vantage_library_dup_local (VantageLibrary *self, const char *review, const char *key)
{
  return read_text (self, "SELECT value FROM local_state WHERE review = ? AND key = ?",
                    review != NULL ? review : "", key);
}

void
vantage_library_set_local (VantageLibrary *self, const char *review, const char *key,
                           const char *value)
{
  g_autoptr (GError) error = NULL;
  gboolean ok;

  if (value == NULL)
    ok = write_texts (self, "DELETE FROM local_state WHERE review = ? AND key = ?",
                      review != NULL ? review : "", key, NULL, &error);
  else
    ok = write_texts (self,
                      "INSERT INTO local_state (review, key, value) VALUES (?1, ?2, ?3)"
                      " ON CONFLICT (review, key) DO UPDATE SET value = ?3",
                      review != NULL ? review : "", key, value, &error);
  if (!ok)
    g_message ("the state “%s” of this computer was not kept: %s", key, error->message);
}
