/* evidence-fixture.c: a library in a folder of its own, and records to put in. */

#include "evidence-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "vantage-evidence-private.h"
#include "vantage-library-private.h"

void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

char *
fixture_add_review (Fixture *fixture, const char *title)
{
  g_autoptr (VantageEdit) edit = vantage_library_begin (fixture->library, NULL, "New Review");
  g_autofree char *id = g_strdup (vantage_edit_create (edit, "review"));
  g_autoptr (GError) error = NULL;

  vantage_edit_set_text (edit, "review", id, "title", title);
  vantage_edit_commit (edit, &error);
  g_assert_no_error (error);

  return g_steal_pointer (&id);
}

void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("vantage-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->library = vantage_library_open (fixture->folder, NULL, NULL, &error);
  g_assert_no_error (error);
  fixture->review = fixture_add_review (fixture, "Checkout slow");
}

void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->library);
  remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->review);
}

void
fixture_reopen (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&fixture->library);
  fixture->library = vantage_library_open (fixture->folder, NULL, NULL, &error);
  g_assert_no_error (error);
}

VantageChannel *
make_channel (const char *name)
{
  g_autofree char *key = g_strconcat ("C-", name, NULL);
  VantageChannel *channel = vantage_channel_new ("slack", "", key, VANTAGE_CHANNEL_CHAT);

  g_free (channel->name);
  channel->name = g_strdup (name);
  return channel;
}

VantageItem *
make_item (const VantageChannel *channel, const char *local, const char *account, int second,
           const char *text)
{
  VantageItem *item = vantage_item_new (VANTAGE_ITEM_MESSAGE);

  item->channel = vantage_channel_dup_id (channel);
  item->local = g_strdup (local);
  item->account = g_strdup (account);
  item->time_us = T0 + (gint64) second * G_USEC_PER_SEC;
  item->precision = VANTAGE_PRECISION_US;
  item->raw_time = g_strdup (local);
  item->text = g_strdup (text);
  item->path = g_strdup ("messages.json");
  item->line = second + 1;

  return item;
}

VantageSourceFacts *
make_facts (const char *title)
{
  VantageSourceFacts *facts = vantage_source_facts_new ();

  facts->title = g_strdup (title);
  facts->path = g_strdup (title);
  facts->format = g_strdup ("slack");
  facts->family = g_strdup ("slack");
  facts->system = g_strdup ("");
  return facts;
}

VantageImportRun *
begin_run (Fixture *fixture, const char *review, const VantageChannel *channel)
{
  g_autoptr (GError) error = NULL;
  VantageImportRun *run = vantage_library_begin_import (fixture->library, review, &error);

  g_assert_no_error (error);
  g_assert_true (vantage_evidence_sink_add_channel (VANTAGE_EVIDENCE_SINK (run), channel, &error));
  return run;
}

void
add_item (VantageImportRun *run, VantageItem *item)
{
  g_autoptr (GError) error = NULL;

  vantage_evidence_sink_add_item (VANTAGE_EVIDENCE_SINK (run), item, &error);
  g_assert_no_error (error);
  vantage_item_unref (item);
}

VantageImportResult *
keep_run (VantageImportRun *run, VantageSourceFacts *facts)
{
  g_autoptr (GError) error = NULL;
  VantageImportResult *result = vantage_import_run_keep (run, facts, NULL, "Import", NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (result);
  g_object_unref (run);
  vantage_source_facts_free (facts);
  return result;
}

char *
import_lines (Fixture *fixture, const char *review, const char *channel, const char *const *lines)
{
  g_autoptr (VantageChannel) where = make_channel (channel);
  VantageImportRun *run = begin_run (fixture, review, where);
  g_autoptr (VantageImportResult) result = NULL;

  for (int i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[i], ": ", 2);
      g_autofree char *local = g_strdup_printf ("%d.000100", 1709259247 + i);

      add_item (run, make_item (where, local, parts[0], i, parts[1]));
    }

  result = keep_run (run, make_facts ("export.zip"));
  return g_strdup (result->source);
}

gint64
count_all (Fixture *fixture, const char *review)
{
  g_autoptr (GError) error = NULL;
  VantageItemQuery query = VANTAGE_ITEM_QUERY_INIT;
  gint64 n = vantage_library_count_items (fixture->library, review, &query, NULL, &error);

  g_assert_no_error (error);
  return n;
}

gint64
count_words (Fixture *fixture, const char *words)
{
  g_autoptr (GError) error = NULL;
  VantageItemQuery query = VANTAGE_ITEM_QUERY_INIT;
  gint64 n;

  query.text = words;
  n = vantage_library_count_items (fixture->library, fixture->review, &query, NULL, &error);
  g_assert_no_error (error);
  return n;
}

void
assert_verified (Fixture *fixture)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  vantage_evidence_store_verify (fixture->library->evidence, NULL, problems, NULL);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (char *) problems->pdata[i]);
  g_assert_cmpuint (problems->len, ==, 0);
}
