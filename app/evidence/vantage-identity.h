/* vantage-identity.h: one account of somebody, and one channel, in a system that was imported from.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *family; /* maker: "slack", "github" … */
  char *system; /* installation, "" when the files do not tell */
  char *key;    /* account key: native id, or "name:" and the shown name */
  char *handle; /* (nullable) */
  char *email;  /* (nullable) */
  char *name;   /* shown name (nullable) */
  char *zone;   /* IANA zone, where the source tells (nullable) */
  char *team;   /* (nullable) */
  char *title;  /* role or job title (nullable) */
  gboolean bot;
  gboolean placeholder; /* known only because an item names the key */
} VantageIdentity;

VantageIdentity *vantage_identity_new (const char *family, const char *system, const char *key);
void vantage_identity_free (VantageIdentity *self);
VantageIdentity *vantage_identity_copy (const VantageIdentity *self);
/* Takes from @newer what this one lacks or what @newer knows better (a placeholder knows nothing).
 */
void vantage_identity_improve (VantageIdentity *self, const VantageIdentity *newer);
/* The 32-digit id. (transfer full) */
char *vantage_identity_dup_id (const VantageIdentity *self);
/* name, handle, key: the first that is not empty. Lent. */
const char *vantage_identity_get_shown (const VantageIdentity *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageIdentity, vantage_identity_free)

typedef enum
{
  VANTAGE_CHANNEL_CHAT,
  VANTAGE_CHANNEL_DIRECT, /* between a few people: left out unless asked for */
  VANTAGE_CHANNEL_TICKETS,
  VANTAGE_CHANNEL_CALL,
  VANTAGE_CHANNEL_ALERTS,
  VANTAGE_CHANNEL_ROTA,
  VANTAGE_CHANNEL_OTHER,
} VantageChannelSort;

typedef struct
{
  char *family;
  char *system;
  char *key;     /* native id, else exact name */
  char *name;    /* shown: "payments-ops", "owner/repo" */
  char *topic;   /* (nullable) */
  char *purpose; /* (nullable) */
  VantageChannelSort sort;
  gboolean weak;  /* the container lacked the native id or the system */
  char **members; /* account keys, when the source lists them (nullable) */
} VantageChannel;

VantageChannel *vantage_channel_new (const char *family, const char *system, const char *key,
                                     VantageChannelSort sort);
void vantage_channel_free (VantageChannel *self);
/* The 16-digit id. (transfer full) */
char *vantage_channel_dup_id (const VantageChannel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageChannel, vantage_channel_free)

G_END_DECLS
