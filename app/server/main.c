/* main.c: vantage-server: reads its configuration, then serves or does what the command says. */

#include "config.h"

#include <glib-unix.h>
#include <locale.h>
#include <stdio.h>
#include <unistd.h>

#include "vantage-backend-sqlite.h"
#include "vantage-commands.h"
#include "vantage-http.h"

typedef struct
{
  char *listen, *data, *certificate, *key;
  gboolean behind_proxy;
} Config;

static void
clear_config (Config *config)
{
  g_free (config->listen);
  g_free (config->data);
  g_free (config->certificate);
  g_free (config->key);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Config, clear_config)

static gboolean
read_config (const char *path, Config *config, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) local_error = NULL;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &local_error))
    {
      g_set_error (error, VANTAGE_SERVER_ERROR, VANTAGE_SERVER_ERROR_CONFIG, "%s: %s", path,
                   local_error->message);
      return FALSE;
    }
  config->listen = g_key_file_get_string (file, "server", "listen", NULL);
  config->data = g_key_file_get_string (file, "server", "data", NULL);
  config->certificate = g_key_file_get_string (file, "server", "certificate", NULL);
  config->key = g_key_file_get_string (file, "server", "key", NULL);
  config->behind_proxy |= g_key_file_get_boolean (file, "server", "behind_proxy", NULL);
  if (config->data != NULL && config->listen != NULL)
    return TRUE;
  g_set_error (error, VANTAGE_SERVER_ERROR, VANTAGE_SERVER_ERROR_CONFIG,
               "%s: the group [server] needs “listen=HOST:PORT” and “data=FOLDER”", path);
  return FALSE;
}

static gboolean
stop_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

/* Words in clear text go over no network but this computer's own. */
static gboolean
check_transport (const Config *config, GError **error)
{
  if (config->certificate != NULL || config->behind_proxy ||
      vantage_http_is_loopback (config->listen))
    return TRUE;
  g_set_error (
      error, VANTAGE_SERVER_ERROR, VANTAGE_SERVER_ERROR_CONFIG,
      "%s can be reached from elsewhere, and nothing would be encrypted. Give “certificate”"
      " and “key”, or say --behind-proxy when a proxy in front of it encrypts",
      config->listen);
  return FALSE;
}

static gboolean
serve (const Config *config, VantageBackend *backend, GError **error)
{
  g_autoptr (VantageService) service = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autofree char *url = NULL;
  VantageHttp *http;
  int lock = vantage_backend_sqlite_lock (config->data, error);

  if (lock < 0 || !check_transport (config, error))
    return FALSE;
  if (config->certificate != NULL)
    {
      certificate = g_tls_certificate_new_from_files (
          config->certificate, config->key != NULL ? config->key : config->certificate, error);
      if (certificate == NULL)
        return FALSE;
    }
  service = vantage_service_new (backend, NULL, NULL);
  http = vantage_http_new (service, certificate);
  if (vantage_http_listen (http, config->listen, error))
    {
      url = vantage_http_dup_url (http);
      printf ("Serving %s from %s\n", url, config->data);
      fflush (stdout);
      g_unix_signal_add (SIGTERM, stop_cb, loop);
      g_unix_signal_add (SIGINT, stop_cb, loop);
      g_main_loop_run (loop);
    }
  vantage_http_free (http);
  close (lock);
  return error == NULL || *error == NULL;
}

static gboolean
run (const char *path, Config *config, int n_words, char **words, const char *role, GError **error)
{
  g_autoptr (VantageBackend) backend = NULL;
  g_autofree char *out = NULL;

  if (path == NULL)
    {
      g_set_error_literal (error, VANTAGE_SERVER_ERROR, VANTAGE_SERVER_ERROR_USAGE,
                           "Say which configuration: --config FILE");
      return FALSE;
    }
  if (!read_config (path, config, error))
    return FALSE;
  backend = vantage_backend_sqlite_new (config->data, error);
  if (backend == NULL)
    return FALSE;
  if (n_words == 0)
    return serve (config, backend, error);
  if (!vantage_commands_run (backend, n_words, words, role, &out, error))
    return FALSE;
  fputs (out, stdout);
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autofree char *path = NULL;
  g_autofree char *role = NULL;
  g_auto (GStrv) words = NULL;
  gboolean version = FALSE;
  g_auto (Config) config = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GOptionContext) context = g_option_context_new ("[COMMAND …]");
  const GOptionEntry options[] = {
    { "config", 'c', 0, G_OPTION_ARG_FILENAME, &path, "The key file with [server] listen and data",
      "FILE" },
    { "role", 0, 0, G_OPTION_ARG_STRING, &role, "Role of an account or member", "ROLE" },
    { "behind-proxy", 0, 0, G_OPTION_ARG_NONE, &config.behind_proxy,
      "A proxy in front encrypts; listen anywhere without", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, "Print the version", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &words, NULL, NULL },
    { NULL },
  };

  setlocale (LC_ALL, "");
  g_option_context_set_summary (context, "Keeps the reviews that Vantage libraries share.");
  g_option_context_set_description (context, vantage_commands_help);
  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      fprintf (stderr, "vantage-server: %s\n", error->message);
      return 2;
    }
  if (version)
    {
      printf ("vantage-server %s\n", VANTAGE_VERSION);
      return 0;
    }
  if (run (path, &config, words != NULL ? (int) g_strv_length (words) : 0, words, role, &error))
    return 0;
  fprintf (stderr, "vantage-server: %s\n", error->message);
  return g_error_matches (error, VANTAGE_SERVER_ERROR, VANTAGE_SERVER_ERROR_USAGE) ? 2 : 1;
}
