/* vantage-sync-server.c: which server, which token, what is shared. */

#include "vantage-sync-server.h"

#include <string.h>

#include "vantage-hash.h"
#include "vantage-sync-token.h"

#define KEY_URL "server-url"
#define KEY_SHARE "share"
#define KEY_ROLE "server-role"

static gboolean
refuse_address (GError **error, const char *url, const char *why)
{
  g_set_error (error, VANTAGE_SYNC_ERROR, VANTAGE_SYNC_ERROR_ADDRESS, "“%s” %s", url, why);
  return FALSE;
}

static gboolean
is_this_computer (const char *host)
{
  g_autoptr (GInetAddress) number = g_inet_address_new_from_string (host);

  return strcmp (host, "localhost") == 0 ||
         (number != NULL && g_inet_address_get_is_loopback (number));
}

char *
vantage_sync_server_normalise (const char *url, GError **error)
{
  g_autofree char *text = g_strstrip (g_strdup (url));
  g_autofree char *whole = NULL;
  g_autoptr (GUri) uri = NULL;
  gsize length;

  whole = strstr (text, "://") != NULL ? g_strdup (text) : g_strconcat ("https://", text, NULL);
  uri = g_uri_parse (whole, G_URI_FLAGS_ENCODED, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    {
      refuse_address (error, url, "is not the address of a server");
      return NULL;
    }
  if (g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL ||
      g_uri_get_fragment (uri) != NULL)
    {
      refuse_address (error, url, "holds more than the address of a server");
      return NULL;
    }
  if (strcmp (g_uri_get_scheme (uri), "https") != 0 &&
      (strcmp (g_uri_get_scheme (uri), "http") != 0 || !is_this_computer (g_uri_get_host (uri))))
    {
      refuse_address (error, url, "does not begin with https://, so nothing would be encrypted");
      return NULL;
    }
  for (length = strlen (whole); length > 0 && whole[length - 1] == '/'; length--)
    whole[length - 1] = '\0';
  return g_steal_pointer (&whole);
}

/* One library may know several servers, and one computer several libraries. */
static char *
dup_token_name (VantageLibrary *library, const char *url)
{
  g_autofree char *folder = g_canonicalize_filename (vantage_library_get_folder (library), NULL);
  g_autofree char *both = g_strconcat (folder, "\n", url, NULL);

  return vantage_hash_data_text (both, strlen (both));
}

gboolean
vantage_sync_server_set (VantageLibrary *library, const char *url, const char *token,
                         gboolean *out_in_file, GError **error)
{
  g_autofree char *address = vantage_sync_server_normalise (url, error);
  g_autofree char *name = address != NULL ? dup_token_name (library, address) : NULL;
  g_autofree char *bare = token != NULL ? g_strstrip (g_strdup (token)) : NULL;
  g_autofree char *there = NULL;
  gboolean in_file = FALSE;

  if (address == NULL)
    return FALSE;
  if (bare != NULL && *bare != '\0')
    {
      if (!vantage_sync_token_store (name, address, bare, &in_file, error))
        return FALSE;
    }
  else
    there = vantage_sync_token_look_up (name, &in_file, NULL);
  vantage_library_set_local (library, NULL, KEY_URL, address);
  if (out_in_file != NULL)
    *out_in_file = in_file;
  return TRUE;
}

char *
vantage_sync_server_dup_url (VantageLibrary *library)
{
  return vantage_library_dup_local (library, NULL, KEY_URL);
}

char *
vantage_sync_server_dup_token (VantageLibrary *library, gboolean *out_in_file, GError **error)
{
  g_autofree char *url = vantage_sync_server_dup_url (library);
  g_autofree char *name = url != NULL ? dup_token_name (library, url) : NULL;
  GError *local_error = NULL;
  gboolean in_file = FALSE;
  char *token;

  if (url == NULL)
    {
      g_set_error_literal (error, VANTAGE_SYNC_ERROR, VANTAGE_SYNC_ERROR_NO_SERVER,
                           "this library is connected to no server");
      return NULL;
    }
  token = vantage_sync_token_look_up (name, &in_file, &local_error);
  if (token == NULL && local_error == NULL)
    g_set_error (&local_error, VANTAGE_SYNC_ERROR, VANTAGE_SYNC_ERROR_SECRET,
                 "there is no token for %s", url);
  if (local_error != NULL)
    g_propagate_error (error, local_error);
  if (out_in_file != NULL)
    *out_in_file = in_file;
  return token;
}

gboolean
vantage_sync_server_forget (VantageLibrary *library, GError **error)
{
  g_autofree char *url = vantage_sync_server_dup_url (library);
  g_autofree char *name = url != NULL ? dup_token_name (library, url) : NULL;

  if (url == NULL)
    return TRUE;
  if (!vantage_sync_token_remove (name, error))
    return FALSE;
  vantage_library_set_local (library, NULL, KEY_URL, NULL);
  return TRUE;
}

/* ---- what is shared ---- */

gboolean
vantage_sync_share (VantageLibrary *library, const char *review, VantageShare share, GError **error)
{
  static const char *const words[] = { "off", "cited", "all" };
  g_autoptr (VantageEntity) entity = vantage_library_get (library, review, "review", review, error);

  if (entity == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_NOT_FOUND,
                     "there is no review %s", review);
      return FALSE;
    }
  if (share != VANTAGE_SHARE_NONE && vantage_entity_get_yesno (entity, "sample"))
    {
      g_set_error_literal (error, VANTAGE_SYNC_ERROR, VANTAGE_SYNC_ERROR_SAMPLE,
                           "the sample stays on this computer");
      return FALSE;
    }
  vantage_library_set_local (library, review, KEY_SHARE, words[share]);
  return TRUE;
}

VantageShare
vantage_sync_get_share (VantageLibrary *library, const char *review)
{
  g_autofree char *word = vantage_library_dup_local (library, review, KEY_SHARE);

  if (word == NULL || strcmp (word, "off") == 0)
    return VANTAGE_SHARE_NONE;
  return strcmp (word, "all") == 0 ? VANTAGE_SHARE_ALL : VANTAGE_SHARE_CITED;
}

char *
vantage_sync_dup_role (VantageLibrary *library, const char *review)
{
  return vantage_library_dup_local (library, review, KEY_ROLE);
}
