/* vault-fixture.h: a vault in a folder of its own, with a clock that the test moves. */

#pragma once

#include <glib/gstdio.h>

#include "vantage-anchor-move.h"
#include "vantage-vault.h"

#define INTERVIEW "00000000000000000000000000000001"
#define OTHER_INTERVIEW "00000000000000000000000000000002"

typedef struct
{
  char *folder;
  VantageVaultOptions options;
  VantageVault *vault;
  gint64 now_us;
} Fixture;

static gint64
read_clock (gpointer data)
{
  return ++((Fixture *) data)->now_us;
}

static inline void
open_vault (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->vault = vantage_vault_open (fixture->folder, &fixture->options, &error);
  g_assert_no_error (error);
}

static inline void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->now_us = G_GINT64_CONSTANT (1700000000000000);
  fixture->folder = g_build_filename (g_get_user_data_dir (), "library", NULL);
  g_assert_cmpint (g_mkdir_with_parents (fixture->folder, 0700), ==, 0);
  fixture->options.now = read_clock;
  fixture->options.now_data = fixture;
  fixture->options.move_anchor = vantage_anchor_move;
  fixture->options.no_keyring = TRUE;
  open_vault (fixture);
}

static inline void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->vault != NULL)
    g_assert_finalize_object (fixture->vault);
  g_free (fixture->folder);
}

/* As a restart of the program. */
static inline void
reopen (Fixture *fixture)
{
  g_assert_finalize_object (fixture->vault);
  open_vault (fixture);
}

/* At the end; its id is lent until the vault's line goes. (transfer full) */
static inline char *
add_line (Fixture *fixture, const char *text)
{
  VantageLineFields fields = VANTAGE_LINE_FIELDS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (VantageLine) line = NULL;

  fields.text = text;
  fields.begun_us = fixture->now_us;
  line =
      vantage_vault_add_line (fixture->vault, INTERVIEW, NULL, &fields, NULL, "Add Line", &error);
  g_assert_no_error (error);
  return g_strdup (vantage_line_get_id (line));
}

/* The texts of the lines, as "a|b|c". (transfer full) */
static inline char *
read_lines (VantageVault *vault)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) list = vantage_vault_get_lines (vault, INTERVIEW, &error);
  GString *texts = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (VantageLine) line = g_list_model_get_item (list, i);

      g_string_append_printf (texts, "%s%s", i > 0 ? "|" : "", vantage_line_get_text (line));
    }
  return g_string_free (texts, FALSE);
}

#define assert_lines(vault, expected)                                                              \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *lines_ = read_lines (vault);                                                  \
    g_assert_cmpstr (lines_, ==, expected);                                                        \
  }                                                                                                \
  G_STMT_END

#define add_case(path, func) g_test_add ("/vault/" path, Fixture, NULL, set_up, func, tear_down)
