/* vantage-cmd-sync.c: the server, what is shared with it, syncing, and what two people changed at
 * once. */

#include "config.h"

#include "vantage-cli.h"
#include "vantage-id.h"
#include "vantage-sync-server.h"
#include "vantage-sync.h"
#include "vantage-words.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#define MAX_TOKEN_FILE 4096

/* ---- server ---- */

static VantageExit
print_server (VantageCli *cli)
{
  g_autoptr (JsonBuilder) builder = NULL;
  g_autofree char *url = vantage_sync_server_dup_url (cli->library);
  gboolean in_file = FALSE;
  g_autofree char *token =
      url != NULL ? vantage_sync_server_dup_token (cli->library, &in_file, NULL) : NULL;
  const char *place = token == NULL ? "none" : in_file ? "file" : "keyring";

  if (cli->json)
    {
      builder = json_builder_new ();
      json_builder_begin_object (builder);
      vantage_cli_add_text (builder, "url", url);
      vantage_cli_add_text (builder, "token", url != NULL ? place : NULL);
      json_builder_end_object (builder);
      return vantage_cli_print_builder (cli, g_steal_pointer (&builder));
    }
  if (url == NULL)
    g_print (_ ("This library is connected to no server.\n"));
  else if (token == NULL)
    g_print (_ ("%s, without a token. Give one: vantagectl server set %s --token-file FILE\n"), url,
             url);
  else if (in_file)
    g_print (
        _ ("%s. No keyring answered, so the token is kept in a file that only you can read.\n"),
        url);
  else
    g_print (_ ("%s. The token is in the keyring.\n"), url);
  return VANTAGE_EXIT_DONE;
}

/* The last word of the file, so that what vantage-server prints can be given as it is. */
static char *
read_token (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;
  gsize length;
  guint n;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  if (length > MAX_TOKEN_FILE || !g_utf8_validate (text, (gssize) length, NULL))
    {
      g_set_error (error, VANTAGE_SYNC_ERROR, VANTAGE_SYNC_ERROR_SECRET, "%s holds no token", path);
      return NULL;
    }
  words = g_strsplit_set (g_strstrip (text), " \t\r\n", -1);
  n = g_strv_length (words);
  if (n == 0 || *words[n - 1] == '\0')
    {
      g_set_error (error, VANTAGE_SYNC_ERROR, VANTAGE_SYNC_ERROR_SECRET, "%s is empty", path);
      return NULL;
    }
  return g_strdup (words[n - 1]);
}

static VantageExit
run_server_set (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *path = NULL;
  g_autofree char *token = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "token-file", 0, 0, G_OPTION_ARG_FILENAME, &path, NULL, NULL },
    { NULL },
  };

  if (!vantage_cli_parse (cli, command, &argc, &argv, entries, 1, 1))
    return VANTAGE_EXIT_USAGE;
  if (vantage_cli_open (cli) == NULL)
    return VANTAGE_EXIT_FAILED;
  if (path != NULL && (token = read_token (path, &error)) == NULL)
    return vantage_cli_fail (error);
  if (!vantage_sync_server_set (cli->library, argv[1], token, NULL, &error))
    return vantage_cli_fail (error);
  return print_server (cli);
}

static VantageExit
run_server_show (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 0, 0))
    return VANTAGE_EXIT_USAGE;
  return vantage_cli_open (cli) != NULL ? print_server (cli) : VANTAGE_EXIT_FAILED;
}

static VantageExit
run_server_forget (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 0, 0))
    return VANTAGE_EXIT_USAGE;
  if (vantage_cli_open (cli) == NULL)
    return VANTAGE_EXIT_FAILED;
  if (!vantage_sync_server_forget (cli->library, &error))
    return vantage_cli_fail (error);
  return vantage_cli_print_nothing (cli);
}

/* ---- share ---- */

static VantageExit
set_share (VantageCli *cli, const char *words, VantageShare share)
{
  g_autofree char *review = vantage_cli_find_review (cli, words);
  g_autoptr (GError) error = NULL;

  if (review == NULL)
    return VANTAGE_EXIT_FAILED;
  if (!vantage_sync_share (cli->library, review, share, &error))
    return vantage_cli_fail (error);
  return cli->json || cli->quiet ? vantage_cli_print_nothing (cli) : VANTAGE_EXIT_DONE;
}

static VantageExit
run_share (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *evidence = NULL;
  VantageShare share = VANTAGE_SHARE_CITED;
  VantageExit done;
  const GOptionEntry entries[] = {
    { "evidence", 0, 0, G_OPTION_ARG_STRING, &evidence, NULL, NULL },
    { NULL },
  };

  if (!vantage_cli_parse (cli, command, &argc, &argv, entries, 1, 1))
    return VANTAGE_EXIT_USAGE;
  if (g_strcmp0 (evidence, "all") == 0)
    share = VANTAGE_SHARE_ALL;
  else if (evidence != NULL && strcmp (evidence, "cited") != 0)
    return vantage_cli_usage (command, _ ("“%s” is neither cited nor all."), evidence);
  done = set_share (cli, argv[1], share);
  if (done == VANTAGE_EXIT_DONE && !cli->json && !cli->quiet)
    g_print (_ ("Shared with the next sync. Interview notes are private and stay here.\n"));
  return done;
}

static VantageExit
run_unshare (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  VantageExit done;

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 1, 1))
    return VANTAGE_EXIT_USAGE;
  done = set_share (cli, argv[1], VANTAGE_SHARE_NONE);
  if (done == VANTAGE_EXIT_DONE && !cli->json && !cli->quiet)
    g_print (_ ("No longer synced from here. What others received stays with them.\n"));
  return done;
}

/* ---- sync ---- */

static int
count_conflicts (VantageCli *cli, const char *only)
{
  g_autoptr (GListModel) reviews = vantage_library_get_reviews (cli->library);
  int n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (reviews); i++)
    {
      g_autoptr (VantageEntity) review = g_list_model_get_item (reviews, i);
      const char *id = vantage_entity_get_id (review);
      g_autoptr (GPtrArray) conflicts = NULL;

      if (only != NULL && strcmp (only, id) != 0)
        continue;
      conflicts = vantage_library_list_conflicts (cli->library, id, NULL);
      n += conflicts != NULL ? (int) conflicts->len : 0;
    }
  return n;
}

static void
print_problems (const VantageSyncReport *report)
{
  for (guint i = 0; i < report->problems->len; i++)
    {
      const VantageSyncProblem *problem = report->problems->pdata[i];

      g_printerr ("vantagectl: %s: %s (%s)\n", problem->review, problem->message, problem->code);
    }
  if (ABS (report->clock_offset_ms) > 2 * 60 * 1000)
    g_printerr (_ ("vantagectl: this computer’s clock and the server’s are %d minutes apart. Set "
                   "it right: changes from the future are not taken.\n"),
                (int) (ABS (report->clock_offset_ms) / 60000));
}

static VantageExit
print_report (VantageCli *cli, const VantageSyncReport *report, int n_conflicts)
{
  g_autoptr (JsonBuilder) builder = NULL;

  print_problems (report);
  if (cli->json)
    {
      builder = json_builder_new ();
      json_builder_begin_object (builder);
      vantage_cli_add_int (builder, "pushed", (gint64) report->pushed);
      vantage_cli_add_int (builder, "pulled", (gint64) report->pulled);
      vantage_cli_add_int (builder, "conflicts", n_conflicts);
      vantage_cli_add_int (builder, "bytes_up", (gint64) report->bytes_up);
      vantage_cli_add_int (builder, "bytes_down", (gint64) report->bytes_down);
      json_builder_end_object (builder);
      vantage_cli_print_builder (cli, g_steal_pointer (&builder));
    }
  else if (!cli->quiet)
    {
      if (report->pushed + report->pulled == 0)
        g_print (_ ("Up to date\n"));
      else
        g_print (_ ("%d changes sent, %d received\n"), (int) report->pushed, (int) report->pulled);
      if (n_conflicts > 0)
        g_print (ngettext ("%d field was changed by two people at once: vantagectl conflicts\n",
                           "%d fields were changed by two people at once: vantagectl conflicts\n",
                           (gulong) n_conflicts),
                 n_conflicts);
    }
  return report->problems->len > 0 ? VANTAGE_EXIT_SKIPPED : VANTAGE_EXIT_DONE;
}

static VantageExit
run_sync (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *words = NULL;
  g_autofree char *review = NULL;
  g_autoptr (VantageSyncReport) report = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "review", 0, 0, G_OPTION_ARG_STRING, &words, NULL, NULL },
    { NULL },
  };

  if (!vantage_cli_parse (cli, command, &argc, &argv, entries, 0, 0))
    return VANTAGE_EXIT_USAGE;
  if (vantage_cli_open (cli) == NULL)
    return VANTAGE_EXIT_FAILED;
  if (words != NULL && (review = vantage_cli_find_review (cli, words)) == NULL)
    return VANTAGE_EXIT_FAILED;
  report = vantage_sync_run (cli->library, review, NULL, &error);
  if (report == NULL)
    return vantage_cli_fail (error);
  return print_report (cli, report, count_conflicts (cli, review));
}

/* ---- conflicts ---- */

static char *
dup_conflict_id (const VantageConflict *conflict)
{
  return g_strdup_printf ("%s:%s", conflict->entity, conflict->field);
}

static gboolean
is_mine (VantageCli *cli, const VantageOp *op)
{
  return strcmp (op->id.device, vantage_library_get_device (cli->library)) == 0;
}

static void
add_value (VantageCli *cli, JsonBuilder *builder, const char *review, VantageOp *op)
{
  g_autofree char *author = vantage_author_id (op->id.device);
  g_autoptr (VantageEntity) by = vantage_library_get (cli->library, review, "author", author, NULL);
  g_autoptr (JsonNode) value = json_from_string (vantage_value_get_json (op->value), NULL);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "value");
  json_builder_add_value (builder, value != NULL ? g_steal_pointer (&value)
                                                 : json_node_new (JSON_NODE_NULL));
  vantage_cli_add_time (builder, "time", vantage_stamp_get_us (op->stamp));
  vantage_cli_add_text (builder, "by", author);
  vantage_cli_add_text (builder, "by_name", by != NULL ? vantage_entity_get_title (by) : "");
  vantage_cli_add_bool (builder, "mine", is_mine (cli, op));
  json_builder_end_object (builder);
}

static void
add_conflict (VantageCli *cli, JsonBuilder *builder, const char *review,
              const VantageConflict *conflict)
{
  g_autofree char *id = dup_conflict_id (conflict);
  g_autoptr (VantageEntity) entity =
      vantage_library_get (cli->library, review, conflict->kind, conflict->entity, NULL);

  json_builder_begin_object (builder);
  vantage_cli_add_text (builder, "id", id);
  vantage_cli_add_text (builder, "entity", conflict->entity);
  vantage_cli_add_text (builder, "kind", conflict->kind);
  vantage_cli_add_text (builder, "field", conflict->field);
  vantage_cli_add_text (builder, "title", entity != NULL ? vantage_entity_get_title (entity) : "");
  json_builder_set_member_name (builder, "values");
  json_builder_begin_array (builder);
  for (guint i = 0; i < conflict->ops->len; i++)
    add_value (cli, builder, review, conflict->ops->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
print_conflict (VantageCli *cli, const char *review, const VantageConflict *conflict)
{
  g_autofree char *id = dup_conflict_id (conflict);
  g_autoptr (VantageEntity) entity =
      vantage_library_get (cli->library, review, conflict->kind, conflict->entity, NULL);

  g_print ("%s\n  %s “%s”, %s\n", id, vantage_words_kind (conflict->kind),
           entity != NULL ? vantage_entity_get_title (entity) : "",
           vantage_words_field (conflict->kind, conflict->field));
  for (guint i = 0; i < conflict->ops->len; i++)
    {
      VantageOp *op = conflict->ops->pdata[i];

      g_print ("  %s  %s\n", is_mine (cli, op) ? _ ("mine  ") : _ ("theirs"),
               vantage_value_get_json (op->value));
    }
}

static VantageExit
run_conflicts (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *review = NULL;
  g_autoptr (GPtrArray) conflicts = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GError) error = NULL;

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 1, 1))
    return VANTAGE_EXIT_USAGE;
  review = vantage_cli_find_review (cli, argv[1]);
  if (review == NULL)
    return VANTAGE_EXIT_FAILED;
  conflicts = vantage_library_list_conflicts (cli->library, review, &error);
  if (conflicts == NULL)
    return vantage_cli_fail (error);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "conflicts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < conflicts->len; i++)
    {
      add_conflict (cli, builder, review, conflicts->pdata[i]);
      if (!cli->json)
        print_conflict (cli, review, conflicts->pdata[i]);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  if (cli->json)
    vantage_cli_print_builder (cli, g_steal_pointer (&builder));
  return conflicts->len > 0 ? VANTAGE_EXIT_FOUND : VANTAGE_EXIT_DONE;
}

/* The one conflict whose id begins with @words, a prefix that says enough. */
static VantageConflict *
find_conflict (GPtrArray *conflicts, const char *words, GError **error)
{
  VantageConflict *found = NULL;

  for (guint i = 0; i < conflicts->len; i++)
    {
      g_autofree char *id = dup_conflict_id (conflicts->pdata[i]);

      if (!g_str_has_prefix (id, words))
        continue;
      if (found != NULL)
        {
          g_set_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_AMBIGUOUS,
                       "“%s” fits more than one conflict", words);
          return NULL;
        }
      found = conflicts->pdata[i];
    }
  if (found == NULL)
    g_set_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_NOT_FOUND,
                 "there is no conflict “%s”", words);
  return found;
}

/* The newest value of this library, or of the others. */
static VantageOp *
find_side (VantageCli *cli, const VantageConflict *conflict, gboolean mine)
{
  for (guint i = 0; i < conflict->ops->len; i++)
    if (is_mine (cli, conflict->ops->pdata[i]) == mine)
      return conflict->ops->pdata[i];
  return NULL;
}

/* Removed by one, changed by another: mine is what this library did. */
static void
take_deletion (VantageCli *cli, VantageEdit *edit, const VantageConflict *conflict, gboolean mine)
{
  gboolean i_removed = find_side (cli, conflict, TRUE) != NULL;

  if (i_removed == mine)
    vantage_edit_delete (edit, conflict->kind, conflict->entity);
  else
    vantage_edit_undelete (edit, conflict->kind, conflict->entity);
}

static gboolean
take_text (VantageEdit *edit, const VantageConflict *conflict, const char *text, GError **error)
{
  const VantageKind *kind = vantage_kind_find (conflict->kind);
  const VantageField *field = kind != NULL ? vantage_kind_find_field (kind, conflict->field) : NULL;
  VantageValue *value;

  if (field == NULL)
    {
      g_set_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_INVALID,
                   "only mine or theirs can be taken here");
      return FALSE;
    }
  value = vantage_field_read_text (field, text, error);
  if (value == NULL)
    return FALSE;
  vantage_edit_set (edit, conflict->kind, conflict->entity, conflict->field, value);
  return TRUE;
}

static gboolean
resolve (VantageCli *cli, const char *review, const VantageConflict *conflict, const char *take,
         GError **error)
{
  g_autoptr (VantageEdit) edit =
      vantage_library_begin (cli->library, review, _ ("Settle Conflict"));
  gboolean mine = strcmp (take, "mine") == 0;
  VantageOp *op;

  if (!mine && strcmp (take, "theirs") != 0)
    return take_text (edit, conflict, take, error) && vantage_edit_commit (edit, error);
  if (strcmp (conflict->field, VANTAGE_OP_FIELD_DELETE) == 0)
    take_deletion (cli, edit, conflict, mine);
  else
    {
      op = find_side (cli, conflict, mine);
      if (op == NULL)
        {
          g_set_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_INVALID,
                       "no value of it is %s; give the text itself", take);
          return FALSE;
        }
      vantage_edit_set (edit, conflict->kind, conflict->entity, conflict->field,
                        vantage_value_ref (op->value));
    }
  return vantage_edit_commit (edit, error);
}

static VantageExit
run_resolve (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *take = NULL;
  g_autofree char *review = NULL;
  g_autoptr (GPtrArray) conflicts = NULL;
  VantageConflict *conflict;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "take", 0, 0, G_OPTION_ARG_STRING, &take, NULL, NULL },
    { NULL },
  };

  if (!vantage_cli_parse (cli, command, &argc, &argv, entries, 2, 2))
    return VANTAGE_EXIT_USAGE;
  if (take == NULL)
    return vantage_cli_usage (command, _ ("--take says which value stays."));
  review = vantage_cli_find_review (cli, argv[1]);
  if (review == NULL)
    return VANTAGE_EXIT_FAILED;
  conflicts = vantage_library_list_conflicts (cli->library, review, &error);
  conflict = conflicts != NULL ? find_conflict (conflicts, argv[2], &error) : NULL;
  if (conflict == NULL || !resolve (cli, review, conflict, take, &error))
    return vantage_cli_fail (error);
  return vantage_cli_print_id (cli, conflict->entity);
}

const VantageCommand vantage_commands_sync[] = {
  { "server set", "URL [--token-file FILE]", N_ ("connect this library to a server"),
    run_server_set },
  { "server show", "", N_ ("the server, and where its token is kept"), run_server_show },
  { "server forget", "", N_ ("address and token go; what was synced stays"), run_server_forget },
  { "sync", "[--review REVIEW]", N_ ("send and receive changes"), run_sync },
  { "share", "REVIEW [--evidence cited|all]", N_ ("share a review with its team at the next sync"),
    run_share },
  { "unshare", "REVIEW", N_ ("keep further changes of a review here"), run_unshare },
  { "conflicts", "REVIEW", N_ ("what two people changed at once"), run_conflicts },
  { "conflict resolve", "REVIEW CONFLICT --take mine|theirs|TEXT",
    N_ ("settle one; all values stay in the history"), run_resolve },
  { NULL },
};
