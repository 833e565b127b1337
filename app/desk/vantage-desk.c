/* vantage-desk.c: an import from path to kept source; a report's lookups; the application's files.
 */

#include "config.h"

#include "vantage-desk.h"

#include <string.h>

#include "vantage-json.h"

VantageImportResult *
vantage_desk_import (VantageLibrary *library, const char *review, const char *path,
                     const VantageImportOptions *options, const char *what,
                     VantageImportProgress progress, gpointer progress_data,
                     GCancellable *cancellable, VantageSourceFacts **out_facts, GError **error)
{
  g_autoptr (VantageImportRun) run = vantage_library_begin_import (library, review, error);
  g_autoptr (VantageSourceFacts) facts = NULL;
  const char *original = strcmp (path, "-") != 0 ? path : NULL;
  VantageImportResult *result;

  if (run == NULL)
    return NULL;
  if (!vantage_import_read (path, options, VANTAGE_EVIDENCE_SINK (run), progress, progress_data,
                            cancellable, &facts, error))
    {
      vantage_import_run_drop (run);
      return NULL;
    }
  result = vantage_import_run_keep (run, facts, original, what, cancellable, error);
  if (result != NULL && out_facts != NULL)
    *out_facts = g_steal_pointer (&facts);
  return result;
}

/* ---- how tables are read ---- */

#define MAX_MAPPINGS 200

char *
vantage_desk_dup_mappings (VantageLibrary *library)
{
  return vantage_library_dup_local (library, NULL, "mappings");
}

void
vantage_desk_remember_mapping (VantageLibrary *library, const VantageSourceFacts *facts)
{
  g_autofree char *known = vantage_desk_dup_mappings (library);
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (JsonNode) mapping = NULL;
  g_autoptr (GList) headers = NULL;
  g_autofree char *text = NULL;
  JsonObject *all;

  if (facts == NULL || facts->header == NULL || facts->mapping == NULL)
    return;
  mapping = vantage_json_parse (facts->mapping, -1, &vantage_json_wire_limits, NULL);
  if (mapping == NULL)
    return;
  if (known != NULL)
    root = vantage_json_parse (known, -1, &vantage_json_wire_limits, NULL);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_clear_pointer (&root, json_node_unref);
      root = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (root, json_object_new ());
    }
  all = json_node_get_object (root);
  headers = json_object_get_members (all);
  if (g_list_length (headers) >= MAX_MAPPINGS && !json_object_has_member (all, facts->header))
    json_object_remove_member (all, headers->data);
  json_object_set_member (all, facts->header, g_steal_pointer (&mapping));
  text = vantage_json_canonical (root);
  vantage_library_set_local (library, NULL, "mappings", text);
}

/* ---- a report's lookups ---- */

typedef struct
{
  VantageLibrary *library;
  char *review;
} Lookup;

static GPtrArray *
list_kind (const char *kind, gpointer user_data)
{
  Lookup *lookup = user_data;
  GPtrArray *entities = vantage_library_list (lookup->library, lookup->review, kind, NULL);

  return entities != NULL ? entities : g_ptr_array_new_with_free_func (g_object_unref);
}

static VantageItem *
find_item (const char *id, gpointer user_data)
{
  Lookup *lookup = user_data;

  return vantage_library_get_item (lookup->library, lookup->review, id, NULL);
}

static char *
find_name (const char *person, gpointer user_data)
{
  Lookup *lookup = user_data;

  return vantage_library_dup_person_name (lookup->library, lookup->review, person);
}

void
vantage_desk_fill_report_input (VantageReportInput *out, VantageLibrary *library,
                                const char *review)
{
  Lookup *lookup = g_new0 (Lookup, 1);

  lookup->library = g_object_ref (library);
  lookup->review = g_strdup (review);
  *out = (VantageReportInput){
    .review = vantage_library_get (library, review, "review", review, NULL),
    .list = list_kind,
    .find_item = find_item,
    .find_name = find_name,
    .user_data = lookup,
  };
}

void
vantage_desk_clear_report_input (VantageReportInput *input)
{
  Lookup *lookup = input->user_data;

  g_clear_object (&input->review);
  if (lookup == NULL)
    return;
  g_object_unref (lookup->library);
  g_free (lookup->review);
  g_free (lookup);
  input->user_data = NULL;
}

/* ---- files of the application ---- */

char *
vantage_desk_find_data (const char *relative)
{
  const char *named = g_getenv ("VANTAGE_DATA");

  return g_build_filename (named != NULL ? named : VANTAGE_DATADIR, relative, NULL);
}
