/* vantage-vault-private.h: what the parts of the vault share. Not for other folders. */

#pragma once

#include <json-glib/json-glib.h>

#include "vantage-db.h"
#include "vantage-vault-seal.h"
#include "vantage-vault.h"

G_BEGIN_DECLS

struct _VantageVault
{
  GObject parent;
  char *folder;
  VantageVaultOptions options;
  VantageDb *db;
  int lock_fd;
  guint lock_depth;
  gint64 data_version;
  char *id;
  VantageVaultKeyPlace key_place;
  char *key_path;    /* FILE */
  guint8 *key;       /* guarded memory; NULL while locked */
  GHashTable *lists; /* interview → VantageLineList, weak */
  guint poll_source;
};

/* ---- vantage-vault.c ---- */

gint64 vantage_vault_now_us (VantageVault *self);
/* LOCKED when the key is not here. */
gboolean vantage_vault_require_key (VantageVault *self, GError **error);
/* Turns an error of the database into one of ours, in place; always FALSE. */
gboolean vantage_vault_map_error (GError **error);
/* The advisory lock on the folder, for one write. */
gboolean vantage_vault_lock (VantageVault *self, GError **error);
void vantage_vault_unlock_folder (VantageVault *self);

/* ---- vantage-vault-key.c ---- */

/* Finds the key of an existing vault, or makes a vault with a new one. */
gboolean vantage_vault_load_key (VantageVault *self, GError **error);
/* Whether @key opens this vault. */
gboolean vantage_vault_check_key (VantageVault *self, const guint8 *key, GError **error);
/* Takes @key for good: keeps it in keyring or key file and says so in the vault's row. */
gboolean vantage_vault_keep_key (VantageVault *self, const guint8 *key, GError **error);
void vantage_vault_forget_key (VantageVault *self);

/* ---- rows: the tables that steps change ---- */

typedef struct
{
  const char *name;
  const char *select_one;  /* ?1 id → id, interview, text, number, payload */
  const char *select_all;  /* ?1 interview, NULL = all → the same, in order */
  const char *upsert;      /* ?1 id ?2 interview ?3 text ?4 number ?5 changed ?6 payload */
  const char *delete_one;  /* ?1 id */
  const char *text_column; /* for messages and JSON; NULL: has none */
  const char *number_column;
} VantageVaultTable;

extern const VantageVaultTable vantage_vault_lines;
extern const VantageVaultTable vantage_vault_passages;
extern const VantageVaultTable vantage_vault_preps;
extern const VantageVaultTable vantage_vault_tellings;
/* NULL when unknown. */
const VantageVaultTable *vantage_vault_find_table (const char *name);

/* One row, decrypted. */
typedef struct
{
  const VantageVaultTable *table;
  char *id;
  char *interview;
  char *text;     /* pos, way; NULL */
  gint64 number;  /* begun_us, sealed; 0 */
  JsonNode *data; /* an object */
} VantageVaultRow;

VantageVaultRow *vantage_vault_row_new (const VantageVaultTable *table, const char *id,
                                        const char *interview, const char *text, gint64 number,
                                        JsonNode *data); /* @data: (transfer full) */
VantageVaultRow *vantage_vault_row_copy (const VantageVaultRow *self);
void vantage_vault_row_free (VantageVaultRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageVaultRow, vantage_vault_row_free)
gboolean vantage_vault_row_equal (const VantageVaultRow *a, const VantageVaultRow *b);

/* FALSE with @error: failed, TAMPERED. TRUE with NULL: no such row. */
gboolean vantage_vault_read_row (VantageVault *self, const VantageVaultTable *table, const char *id,
                                 VantageVaultRow **out, GError **error);
/* (transfer full) (element-type VantageVaultRow) */
GPtrArray *vantage_vault_read_rows (VantageVault *self, const VantageVaultTable *table,
                                    const char *interview, GError **error);
/* Inside a transaction. */
gboolean vantage_vault_write_row (VantageVault *self, const VantageVaultRow *row, GError **error);
gboolean vantage_vault_erase_row (VantageVault *self, const VantageVaultTable *table,
                                  const char *id, GError **error);
/* Canonical payload of any table. @sealed → JSON object; TAMPERED. */
JsonNode *vantage_vault_unpack (VantageVault *self, const char *table, const char *row,
                                const void *sealed, gsize size, GError **error);
GBytes *vantage_vault_pack (VantageVault *self, const char *table, const char *row, JsonNode *data);

/* ---- steps: one edit = one transaction = one undo step ---- */

typedef struct
{
  VantageVault *vault;
  char *interview;
  char *what;
  GPtrArray *changes; /* (element-type VantageVaultChange) */
  gboolean open;
} VantageVaultStep;

/* A row before and after; NULL: it did not, does not exist. */
typedef struct
{
  VantageVaultRow *before, *after;
} VantageVaultChange;

/* Locks, begins. Always end with vantage_vault_step_clear (). */
gboolean vantage_vault_step_begin (VantageVaultStep *self, VantageVault *vault,
                                   const char *interview, const char *what, GError **error);
gboolean vantage_vault_step_put (VantageVaultStep *self, const VantageVaultRow *row,
                                 GError **error);
gboolean vantage_vault_step_remove (VantageVaultStep *self, const VantageVaultTable *table,
                                    const char *id, GError **error);
/* Nothing changed: commits nothing and leaves no step behind. */
gboolean vantage_vault_step_commit (VantageVaultStep *self, GError **error);
/* Rolls back what was not committed. */
void vantage_vault_step_clear (VantageVaultStep *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VantageVaultStep, vantage_vault_step_clear)

/* ---- after a commit: lists and listeners ---- */

/* @changes: (element-type VantageVaultChange); TRUE @backwards: before is what stands now. */
void vantage_vault_announce (VantageVault *self, const char *interview, GPtrArray *changes,
                             gboolean backwards);
/* Lists are read again and put in step. */
void vantage_vault_drop_lists (VantageVault *self);
/* From now on looks for what others wrote while a main loop runs. */
void vantage_vault_watch (VantageVault *self);
void vantage_vault_refresh_lists (VantageVault *self);

/* ---- vantage-vault-passages.c ---- */

/* Anchors on @line follow its words from @before to @after. */
gboolean vantage_vault_step_move_anchors (VantageVaultStep *step, const char *line,
                                          const char *before, const char *after, GError **error);
/* Anchors on lines that go, and passages that rest on nothing else. @lines: set of ids. */
gboolean vantage_vault_step_drop_anchors (VantageVaultStep *step, GHashTable *lines,
                                          GError **error);

/* ---- vantage-vault-drafts.c ---- */

/* Inside a transaction. */
gboolean vantage_vault_erase_draft (VantageVault *self, const char *line, GError **error);

G_END_DECLS
