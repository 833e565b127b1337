#include "store-fixture.h"

#include <glib/gstdio.h>

#include "vantage-library-private.h"
#include "vantage-oplog.h"

static gint64
read_clock (gpointer data)
{
  StoreFixture *self = data;

  self->now_us += G_USEC_PER_SEC;
  return self->now_us;
}

char *
store_make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_strdup ("/dev/shm/vantage-store-XXXXXX");

  /* In memory where there is such a place: thousands of commits wait for no disk. */
  if (g_mkdtemp (folder) != NULL)
    return folder;
  g_free (folder);
  folder = g_dir_make_tmp ("vantage-store-XXXXXX", &error);
  g_assert_no_error (error);
  return folder;
}

void
store_remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      store_remove_folder (path);
    }
  g_remove (folder);
}

VantageLibrary *
store_fixture_open_another (StoreFixture *self)
{
  g_autoptr (GError) error = NULL;
  VantageLibrary *library = vantage_library_open (self->folder, read_clock, self, &error);

  g_assert_no_error (error);
  g_assert_nonnull (library);
  return library;
}

void
store_fixture_set_up (StoreFixture *self, gconstpointer data)
{
  self->now_us = G_GINT64_CONSTANT (1700000000000000);
  self->folder = store_make_folder ();
  self->library = store_fixture_open_another (self);
  self->review = store_new_review (self->library, "A night in March");
}

void
store_fixture_tear_down (StoreFixture *self, gconstpointer data)
{
  vantage_library_close (self->library);
  g_assert_finalize_object (self->library);
  store_remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->review);
}

void
store_fixture_reopen (StoreFixture *self)
{
  g_assert_finalize_object (self->library);
  self->library = store_fixture_open_another (self);
}

char *
store_new_review (VantageLibrary *library, const char *title)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VantageEdit) edit = vantage_library_begin (library, NULL, "New Review");
  char *id = g_strdup (vantage_edit_create (edit, "review"));

  vantage_edit_set_text (edit, "review", id, "title", title);
  vantage_edit_commit (edit, &error);
  g_assert_no_error (error);
  return id;
}

char *
store_new_event (VantageLibrary *library, const char *review, const char *title)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VantageEdit) edit = vantage_library_begin (library, review, "Add Event");
  char *id = g_strdup (vantage_edit_create (edit, "event"));

  vantage_edit_set_text (edit, "event", id, "title", title);
  vantage_edit_commit (edit, &error);
  g_assert_no_error (error);
  return id;
}

void
store_set_title (VantageLibrary *library, const char *review, const char *event, const char *title)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VantageEdit) edit = vantage_library_begin (library, review, "Rename Event");

  vantage_edit_set_text (edit, "event", event, "title", title);
  vantage_edit_commit (edit, &error);
  g_assert_no_error (error);
}

void
store_undo (VantageLibrary *library, const char *review)
{
  g_autoptr (GError) error = NULL;

  vantage_library_undo (library, review, NULL, NULL, &error);
  g_assert_no_error (error);
}

void
store_redo (VantageLibrary *library, const char *review)
{
  g_autoptr (GError) error = NULL;

  vantage_library_redo (library, review, NULL, NULL, &error);
  g_assert_no_error (error);
}

char *
store_get_title (VantageLibrary *library, const char *review, const char *event)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VantageEntity) entity = vantage_library_get (library, review, "event", event, &error);

  g_assert_no_error (error);
  if (entity == NULL || vantage_entity_is_deleted (entity))
    return g_strdup ("");
  return g_strdup (vantage_entity_get_text (entity, "title") != NULL
                       ? vantage_entity_get_text (entity, "title")
                       : "");
}

char *
store_dump (VantageLibrary *library)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VantageDb) db = vantage_library_open_reader (library, &error);
  GString *text = g_string_new (NULL);
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      db,
      "SELECT stream.id || ' ' || entity.id || ' ' || kind || ' ' || created || ' ' || by || ' ' ||"
      " first_n || ' ' || changed || ' ' || deleted || ' ' || conflicts || ' ' || registers || ' '"
      " || (SELECT ifnull (group_concat (target), '') FROM (SELECT target FROM entity_ref WHERE"
      " entity = key ORDER BY target)) FROM entity JOIN stream ON number = stream"
      " ORDER BY stream.id, entity.id",
      &error);

  while (vantage_stmt_step (&stmt, &error))
    g_string_append_printf (text, "%s\n", vantage_stmt_get_text (&stmt, 0));
  g_assert_no_error (error);
  vantage_stmt_finish (&stmt);
  return g_string_free (text, FALSE);
}

void
store_assert_whole (VantageLibrary *library)
{
  g_autoptr (GError) error = NULL;
  VantageVerifyResult *result = vantage_library_verify (library, NULL, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < result->problems->len; i++)
    g_test_message ("problem: %s", (char *) result->problems->pdata[i]);
  g_assert_cmpuint (result->problems->len, ==, 0);
  g_assert_true (result->ok);
  vantage_verify_result_free (result);
}

GHashTable *
store_load_ops (VantageLibrary *library)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VantageDb) db = vantage_library_open_reader (library, &error);
  GHashTable *streams =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (db,
                          "SELECT stream.id, " VANTAGE_OP_COLUMNS
                          " FROM op JOIN stream ON stream.number = op.stream ORDER BY op.id",
                          &error);

  while (vantage_stmt_step (&stmt, &error))
    {
      const char *id = vantage_stmt_get_text (&stmt, 0);
      GPtrArray *ops = g_hash_table_lookup (streams, id);

      if (ops == NULL)
        {
          ops = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_op_unref);
          g_hash_table_insert (streams, g_strdup (id), ops);
        }
      g_ptr_array_add (ops, vantage_op_from_row (&stmt, 1, &error));
    }
  g_assert_no_error (error);
  vantage_stmt_finish (&stmt);
  return streams;
}
