/* test-roster.c: a list of people makes persons of a review, and tells more of those it has. */

#include <glib/gstdio.h>

#include "vantage-desk-roster.h"
#include "vantage-edit.h"
#include "vantage-import.h"

typedef struct
{
  char *folder, *table;
  VantageLibrary *library;
  char *review;
} Fixture;

static void
set_up (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VantageEdit) edit = NULL;

  f->folder = g_dir_make_tmp ("vantage-roster-XXXXXX", NULL);
  f->table = g_build_filename (f->folder, "people.csv", NULL);
  f->library = vantage_library_open (f->folder, NULL, NULL, &error);
  g_assert_no_error (error);
  edit = vantage_library_begin (f->library, NULL, "New");
  f->review = g_strdup (vantage_edit_create (edit, "review"));
  vantage_edit_set_text (edit, "review", f->review, "title", "Night");
  g_assert_true (vantage_edit_commit (edit, &error));
  g_assert_no_error (error);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  vantage_library_close (f->library);
  g_free (f->review);
  g_free (f->table);
  g_free (f->folder);
}

static VantageRosterResult *
read_table (Fixture *f, const char *text, gboolean keep, GError **error)
{
  g_assert_true (g_file_set_contents (f->table, text, -1, NULL));
  return vantage_desk_import_roster (f->library, f->review, f->table, "People", keep, NULL, error);
}

static VantagePerson *
find (GPtrArray *people, const char *name)
{
  for (guint i = 0; i < people->len; i++)
    if (g_strcmp0 (((VantagePerson *) people->pdata[i])->name, name) == 0)
      return people->pdata[i];
  return NULL;
}

static const char table[] = "Full name,Team,Time zone,Tenure,E-mail,Job title\n"
                            "Mara Kline,Payments,Europe/Berlin,2021-03-01,mara@ex.org,SRE\n"
                            "Tomas,Core,Nowhere/Land,2 years,,\n"
                            "Mara Kline,Core,,,,\n"
                            ",Core,,,,\n";

static void
test_rows_make_persons (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VantageRosterResult) looked = read_table (f, table, FALSE, &error);
  g_autoptr (VantageRosterResult) first = NULL;
  g_autoptr (VantageRosterResult) again = NULL;
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (GPtrArray) conditions = NULL;
  VantagePerson *mara, *tomas;

  g_assert_no_error (error);
  g_assert_cmpuint (looked->n_new, ==, 2);
  people = vantage_library_list_people (f->library, f->review, NULL);
  g_assert_cmpuint (people->len, ==, 0);
  g_clear_pointer (&people, g_ptr_array_unref);

  first = read_table (f, table, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (first->n_new, ==, 2);
  g_assert_cmpuint (first->diagnostics->len, ==, 3); /* a zone, a row twice, nobody */
  again = read_table (f, table, TRUE, &error);
  g_assert_cmpuint (again->n_new + again->n_changed, ==, 0);
  g_assert_cmpuint (again->n_same, ==, 2);
  people = vantage_library_list_people (f->library, f->review, NULL);
  g_assert_cmpuint (people->len, ==, 2);
  mara = find (people, "Mara Kline");
  tomas = find (people, "Tomas");
  g_assert_cmpstr (mara->team, ==, "Payments");
  g_assert_cmpstr (mara->role, ==, "SRE");
  g_assert_cmpstr (mara->zone, ==, "Europe/Berlin");
  g_assert_cmpstr (tomas->team, ==, "Core");
  g_assert_null (tomas->zone);
  conditions = vantage_library_list (f->library, f->review, "condition", NULL);
  g_assert_cmpuint (conditions->len, ==, 2);
}

static void
test_one_step_undoes_it (Fixture *f, gconstpointer unused)
{
  g_autoptr (VantageRosterResult) first = read_table (f, table, TRUE, NULL);
  g_autoptr (GPtrArray) people = NULL;

  g_assert_nonnull (first);
  g_assert_true (vantage_library_undo (f->library, f->review, NULL, NULL, NULL));
  people = vantage_library_list_people (f->library, f->review, NULL);
  g_assert_cmpuint (people->len, ==, 0);
}

static void
test_those_who_are_there_are_told_of (Fixture *f, gconstpointer unused)
{
  g_autoptr (VantageRosterResult) first = read_table (f, table, TRUE, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (VantageRosterResult) second =
      read_table (f, "email;team;since\nMARA@ex.org;Ledger;2021-03-01\n", TRUE, &error);
  g_autoptr (GPtrArray) people = vantage_library_list_people (f->library, f->review, NULL);

  g_assert_no_error (error);
  g_assert_nonnull (first);
  g_assert_cmpuint (second->n_changed, ==, 1);
  g_assert_cmpuint (people->len, ==, 2);
  g_assert_cmpstr (find (people, "Mara Kline")->team, ==, "Ledger");
}

static void
test_other_tables_are_refused (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) no_name = NULL;
  g_autoptr (GError) no_more = NULL;
  g_autoptr (GError) no_table = NULL;

  g_assert_null (read_table (f, "team,zone\nCore,UTC\n", TRUE, &no_name));
  g_assert_error (no_name, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEEDS_MAPPING);
  g_assert_null (read_table (f, "name,colour\nMara,red\n", TRUE, &no_more));
  g_assert_error (no_more, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEEDS_MAPPING);
  g_assert_null (read_table (f, "just words", TRUE, &no_table));
  g_assert_error (no_table, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_UNKNOWN);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/desk/roster/rows-make-persons", test_rows_make_persons);
  ADD ("/desk/roster/one-step-undoes-it", test_one_step_undoes_it);
  ADD ("/desk/roster/those-who-are-there-are-told-of", test_those_who_are_there_are_told_of);
  ADD ("/desk/roster/other-tables-are-refused", test_other_tables_are_refused);
  return g_test_run ();
}
