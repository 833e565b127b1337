/* vantage-import-facts.c: what an import found becomes the `source` entity. The facts are kept
 * beside the evidence first, so that a crash between the two cannot lose them. */

#include "vantage-import-run.h"

#include "vantage-edit.h"
#include "vantage-json.h"

#define MAX_CHANNELS_NAMED 400

static void
add_time (JsonObject *facts, const char *field, gint64 us)
{
  g_autofree char *text = us != VANTAGE_TIME_NONE ? vantage_time_to_text (us) : NULL;

  if (text != NULL)
    json_object_set_string_member (facts, field, text);
}

static void
add_text (JsonObject *facts, const char *field, const char *text)
{
  if (text != NULL && *text != '\0')
    json_object_set_string_member (facts, field, text);
}

static void
add_counts (JsonObject *facts, const VantageEvidenceCounts *counts, guint64 n_skipped)
{
  const struct
  {
    const char *key;
    guint64 n;
  } numbers[] = {
    { "items", counts->n_items },       { "new_items", counts->n_new },
    { "versions", counts->n_versions }, { "people", counts->n_people },
    { "channels", counts->n_channels }, { "threads", counts->n_threads },
    { "skipped", n_skipped },
  };
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    json_object_set_int_member (object, numbers[i].key, (gint64) numbers[i].n);
  for (guint i = 0; i < VANTAGE_N_ITEM_KINDS; i++)
    if (counts->kinds[i] > 0)
      {
        g_autofree char *key = g_strconcat ("kind.", vantage_item_kind_to_text (i), NULL);

        json_object_set_int_member (object, key, (gint64) counts->kinds[i]);
      }

  json_object_set_object_member (facts, "counts", object);
}

static const char *
zone_origin_to_text (VantageZoneOrigin origin)
{
  switch (origin)
    {
    case VANTAGE_ZONE_CHOSEN:
      return "chosen";
    case VANTAGE_ZONE_ASSUMED:
      return "assumed";
    default:
      return "file";
    }
}

char *
vantage_import_facts_dup (VantageEvidenceWriter *writer, const VantageSourceFacts *source,
                          guint64 n_skipped, gint64 now_us)
{
  const VantageEvidenceCounts *counts = vantage_evidence_writer_get_counts (writer);
  g_autoptr (GPtrArray) channels = vantage_evidence_writer_list_channels (writer);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *facts = json_object_new ();
  JsonArray *array = json_array_new ();

  add_text (facts, "title", source->title);
  add_text (facts, "family", source->family);
  add_text (facts, "system", source->system);
  add_text (facts, "sha256", source->sha256);
  add_text (facts, "mapping", source->mapping);
  add_text (facts, "zone", source->zone);
  add_text (facts, "zone_from", zone_origin_to_text (source->zone_origin));
  add_text (facts, "missing", source->missing);
  json_object_set_boolean_member (facts, "complete", source->complete);
  add_time (facts, "zero", source->zero_us);
  add_time (facts, "first", counts->first_us);
  add_time (facts, "last", counts->last_us);
  add_time (facts, "imported", now_us);
  add_counts (facts, counts, n_skipped);
  for (guint i = 0; i < channels->len && i < MAX_CHANNELS_NAMED; i++)
    json_array_add_string_element (array, channels->pdata[i]);
  json_object_set_array_member (facts, "channels", array);

  json_node_take_object (node, facts);
  return vantage_json_canonical (node);
}

static void
set_from_facts (VantageEdit *edit, const char *entity, JsonObject *facts)
{
  static const char *const texts[] = { "title",   "family", "system",   "sha256",
                                       "mapping", "zone",   "zone_from" };
  static const char *const times[] = { "zero", "first", "last", "imported" };
  JsonObject *counts = vantage_json_get_object (facts, "counts");
  JsonArray *channels = vantage_json_get_array (facts, "channels");

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *text = vantage_json_get_text (facts, texts[i], NULL);

      if (text != NULL)
        vantage_edit_set_text (edit, "source", entity, texts[i], text);
    }
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      const char *text = vantage_json_get_text (facts, times[i], NULL);
      gint64 us;

      if (text != NULL && vantage_time_parse (text, -1, &us, NULL, NULL))
        vantage_edit_set_time (edit, "source", entity, times[i], us);
    }

  vantage_edit_set_yesno (edit, "source", entity, "complete",
                          vantage_json_get_bool (facts, "complete", TRUE));
  if (counts != NULL)
    {
      g_autoptr (GList) keys = json_object_get_members (counts);

      for (GList *l = keys; l != NULL; l = l->next)
        {
          g_autofree char *field = g_strconcat ("counts/", l->data, NULL);

          vantage_edit_set_int (edit, "source", entity, field,
                                vantage_json_get_int (counts, l->data, 0));
        }
    }
  for (guint i = 0; channels != NULL && i < json_array_get_length (channels); i++)
    vantage_edit_set_member (edit, "source", entity, "channels",
                             json_array_get_string_element (channels, i), TRUE);
  if (vantage_json_get_text (facts, "missing", NULL) != NULL)
    vantage_edit_set_prose (edit, "source", entity, "missing",
                            vantage_json_get_text (facts, "missing", NULL));
}

typedef struct
{
  const char *entity;
  char *review, *what, *facts;
} Finish;

static gboolean
read_facts_job (VantageEvidenceStore *self, gpointer data, GError **error)
{
  Finish *finish = data;
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      self->db,
      "SELECT v.uid, r.what, r.facts FROM source s JOIN import_run r ON r.source = s.id"
      " JOIN review v ON v.id = s.review WHERE s.entity = ?",
      error);

  vantage_stmt_bind_text (&stmt, 1, finish->entity);
  if (!vantage_stmt_step (&stmt, error))
    return !stmt.failed;

  finish->review = g_strdup (vantage_stmt_get_text (&stmt, 0));
  finish->what = g_strdup (vantage_stmt_get_text (&stmt, 1));
  finish->facts = g_strdup (vantage_stmt_get_text (&stmt, 2));
  return TRUE;
}

static gboolean
forget_run_job (VantageEvidenceStore *self, gpointer data, GError **error)
{
  const char *entity = data;
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      self->db, "DELETE FROM import_run WHERE source = (SELECT id FROM source WHERE entity = ?)",
      error);

  if (!vantage_evidence_begin (self, error))
    return FALSE;

  vantage_stmt_bind_text (&stmt, 1, entity);
  if (vantage_stmt_run (&stmt, error))
    return vantage_evidence_commit (self, error);

  vantage_evidence_rollback (self);
  return FALSE;
}

static gboolean
commit_entity (VantageEvidenceStore *self, const Finish *finish, GError **error)
{
  g_autoptr (VantageEdit) edit = NULL;
  g_autoptr (JsonNode) node =
      vantage_json_parse (finish->facts, -1, &vantage_json_file_limits, error);

  if (node == NULL)
    return FALSE;

  edit = vantage_library_begin (self->library, finish->review, finish->what);
  set_from_facts (edit, finish->entity, json_node_get_object (node));

  return vantage_edit_commit (edit, error);
}

gboolean
vantage_evidence_write_entity (VantageEvidenceStore *self, const char *entity, GError **error)
{
  Finish finish = { .entity = entity };
  g_autoptr (VantageEntity) there = NULL;
  gboolean ok = vantage_evidence_run (self, read_facts_job, &finish, error);

  if (ok && finish.facts != NULL)
    there = vantage_library_get (self->library, finish.review, "source", entity, NULL);
  if (ok && finish.facts != NULL && there == NULL)
    ok = commit_entity (self, &finish, error);
  if (ok)
    ok = vantage_evidence_run (self, forget_run_job, (gpointer) entity, error);

  g_free (finish.review);
  g_free (finish.what);
  g_free (finish.facts);
  return ok;
}
