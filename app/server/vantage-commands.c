/* vantage-commands.c: accounts, tokens, members, and the audit log, from the command line. */

#include "vantage-commands.h"

#include <string.h>

#include "vantage-backend-sqlite.h"
#include "vantage-id.h"

const char vantage_commands_help[] =
    "Commands:\n"
    "  user add NAME --role admin|investigator|contributor|reader\n"
    "  user list\n"
    "  token new NAME                     the token is the last word of what is printed\n"
    "  token revoke NAME                  all of them\n"
    "  review list\n"
    "  review member REVIEW NAME --role lead|editor|commenter|viewer|none\n"
    "  audit                              who changed accounts and access\n"
    "  restored                           after a backup was put back: others look for what is "
    "missing\n"
    "Without a command it serves.";

typedef struct
{
  VantageBackend *backend;
  char **words; /* after the command's own */
  const char *role;
  GString *out;
  gint64 now_ms;
} Command;

static gboolean fail (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
fail (GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, VANTAGE_SERVER_ERROR, VANTAGE_SERVER_ERROR_USAGE, message);
  return FALSE;
}

static gboolean
audit (Command *command, const char *what, const char *subject, GError **error)
{
  return command->backend->klass->audit (command->backend, command->now_ms, "operator", what,
                                         subject, error);
}

/* The account must be there. */
static gboolean
need_user (Command *command, const char *name, GError **error)
{
  GError *local_error = NULL;
  g_autofree char *role =
      command->backend->klass->dup_user_role (command->backend, name, &local_error);

  if (local_error == NULL)
    return role != NULL || fail (error, "There is no user “%s”. “user list” names them.", name);
  g_propagate_error (error, local_error);
  return FALSE;
}

static gboolean
add_user (Command *command, GError **error)
{
  const char *name = command->words[0];
  g_autofree char *subject = g_strdup_printf ("%s %s", name, command->role);

  if (!vantage_service_is_user_name (name))
    return fail (error, "“%s” is no name for a user: 1 to 64 of letters, digits and ._@+-.", name);
  if (!vantage_service_is_user_role (command->role))
    return fail (error, "“%s” is no role: admin, investigator, contributor or reader.",
                 command->role != NULL ? command->role : "");
  if (!command->backend->klass->set_user (command->backend, name, command->role, command->now_ms,
                                          error) ||
      !audit (command, "user-add", subject, error))
    return FALSE;
  g_string_append_printf (command->out, "%s is %s\n", name, command->role);
  return TRUE;
}

static gboolean
new_token (Command *command, GError **error)
{
  g_autoptr (VantageService) service = vantage_service_new (command->backend, NULL, NULL);
  g_autofree char *token = NULL;

  if (!need_user (command, command->words[0], error))
    return FALSE;
  token = vantage_service_make_token (service, command->words[0], error);
  if (token == NULL || !audit (command, "token-new", command->words[0], error))
    return FALSE;
  g_string_append_printf (command->out, "Token of %s, shown this once: %s\n", command->words[0],
                          token);
  return TRUE;
}

static gboolean
revoke_tokens (Command *command, GError **error)
{
  if (!need_user (command, command->words[0], error) ||
      !command->backend->klass->revoke_tokens (command->backend, command->words[0], error) ||
      !audit (command, "token-revoke", command->words[0], error))
    return FALSE;
  g_string_append_printf (command->out, "No token of %s is taken any more\n", command->words[0]);
  return TRUE;
}

static gboolean
set_member (Command *command, GError **error)
{
  const char *review = command->words[0], *name = command->words[1];
  const char *role = g_strcmp0 (command->role, "none") == 0 ? NULL : command->role;
  g_autofree char *subject =
      g_strdup_printf ("%s %s %s", review, name, command->role != NULL ? command->role : "");
  g_autoptr (VantageStoredStream) stream = NULL;
  GError *local_error = NULL;

  if (command->role == NULL || (role != NULL && !vantage_service_is_review_role (role)))
    return fail (error, "“%s” is no role in a review: lead, editor, commenter, viewer or none.",
                 command->role != NULL ? command->role : "");
  if (!need_user (command, name, error))
    return FALSE;
  stream = command->backend->klass->find_stream (command->backend, review, NULL, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  if (stream == NULL)
    return fail (error, "There is no review “%s” here. “review list” names them.", review);
  if (!command->backend->klass->set_member (command->backend, review, name, role, error) ||
      !audit (command, "member-set", subject, error))
    return FALSE;
  g_string_append_printf (command->out, "%s is %s of %s\n", name, role != NULL ? role : "no member",
                          review);
  return TRUE;
}

static gboolean
add_list (Command *command, const char *what, GError **error)
{
  g_autofree char *text = vantage_backend_sqlite_dup_list (command->backend, what, error);

  if (text != NULL)
    g_string_append (command->out, text);
  return text != NULL;
}

static gboolean
list_users (Command *command, GError **error)
{
  return add_list (command, "users", error);
}

static gboolean
list_reviews (Command *command, GError **error)
{
  return add_list (command, "reviews", error);
}

static gboolean
list_audit (Command *command, GError **error)
{
  return add_list (command, "audit", error);
}

static gboolean
begin_epoch (Command *command, GError **error)
{
  g_autofree char *epoch = vantage_device_new ();

  if (!command->backend->klass->set_meta (command->backend, "epoch", epoch, error) ||
      !audit (command, "restored", epoch, error))
    return FALSE;
  g_string_append (command->out, "Libraries will look at their next sync for what is missing here. "
                                 "Start the server anew.\n");
  return TRUE;
}

static const struct
{
  const char *first, *second;
  int n_words; /* that follow */
  gboolean (*run) (Command *command, GError **error);
} commands[] = {
  { "user", "add", 1, add_user },        { "user", "list", 0, list_users },
  { "token", "new", 1, new_token },      { "token", "revoke", 1, revoke_tokens },
  { "review", "list", 0, list_reviews }, { "review", "member", 2, set_member },
  { "audit", NULL, 0, list_audit },      { "restored", NULL, 0, begin_epoch },
};

static gboolean
run_in_transaction (Command *command, gboolean (*run) (Command *command, GError **error),
                    GError **error)
{
  if (!command->backend->klass->begin (command->backend, error))
    return FALSE;
  if (run (command, error))
    return command->backend->klass->commit (command->backend, error);
  command->backend->klass->rollback (command->backend);
  return FALSE;
}

gboolean
vantage_commands_run (VantageBackend *backend, int n_words, char **words, const char *role,
                      char **out, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      int own = commands[i].second != NULL ? 2 : 1;
      Command command = { backend, words + own, role, text, g_get_real_time () / 1000 };

      if (n_words != own + commands[i].n_words || strcmp (words[0], commands[i].first) != 0 ||
          (own == 2 && strcmp (words[1], commands[i].second) != 0))
        continue;
      if (!run_in_transaction (&command, commands[i].run, error))
        return FALSE;
      *out = g_string_free (g_steal_pointer (&text), FALSE);
      return TRUE;
    }
  return fail (error, "These words make no command.\n%s", vantage_commands_help);
}
