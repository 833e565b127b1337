/* vantage-vault.h: what is private: notes of interviews, encrypted in `private.db` of a library's
 * folder, with an undo of its own. Nothing here is ever synced. */

#pragma once

#include <gio/gio.h>
#include "vantage-line.h"
#include "vantage-private-passage.h"

G_BEGIN_DECLS

typedef enum
{
  VANTAGE_VAULT_ERROR_FAILED,
  VANTAGE_VAULT_ERROR_TOO_NEW,     /* the file is of a newer version; untouched */
  VANTAGE_VAULT_ERROR_DAMAGED,     /* no such file of ours, or its pages do not add up */
  VANTAGE_VAULT_ERROR_TAMPERED,    /* a row does not decrypt: changed, or moved from elsewhere */
  VANTAGE_VAULT_ERROR_LOCKED,      /* a passphrase is needed first */
  VANTAGE_VAULT_ERROR_PASSPHRASE,  /* the passphrase is not the one */
  VANTAGE_VAULT_ERROR_KEY_MISSING, /* the key is not where it was put; the message says where */
  VANTAGE_VAULT_ERROR_NO_SPACE,
  VANTAGE_VAULT_ERROR_READ_ONLY,
  VANTAGE_VAULT_ERROR_BUSY,      /* another program holds the folder too long; try again */
  VANTAGE_VAULT_ERROR_NOT_FOUND, /* no such line, passage … */
  VANTAGE_VAULT_ERROR_NOTHING,   /* nothing to undo or redo */
  VANTAGE_VAULT_ERROR_INVALID,   /* an argument out of its bounds: the message says which */
} VantageVaultError;

#define VANTAGE_VAULT_ERROR (vantage_vault_error_quark ())
GQuark vantage_vault_error_quark (void);

/* Where the key of a vault is kept. */
typedef enum
{
  VANTAGE_VAULT_KEY_KEYRING,    /* the desktop's keyring */
  VANTAGE_VAULT_KEY_PASSPHRASE, /* nowhere: it is made again from a passphrase (Argon2id) */
  VANTAGE_VAULT_KEY_FILE,       /* a file of mode 0600 outside the library's folder */
} VantageVaultKeyPlace;

#define VANTAGE_TYPE_VAULT (vantage_vault_get_type ())
G_DECLARE_FINAL_TYPE (VantageVault, vantage_vault, VANTAGE, VAULT, GObject)

/*
 * Signal "changed" (const char *interview; NULL: perhaps several): its lines, passages or
 * preparation changed, by this process or, seen by vantage_vault_poll (), by another one.
 */

/* Moves the code points [*from, *to) that lie in @before to where the same words stand in @after;
 * equal numbers when they are gone. vantage_anchor_move () of the interview folder is one. */
typedef void (*VantageMoveAnchor) (const char *before, const char *after, guint *from, guint *to);

typedef struct
{
  gint64 (*now) (gpointer user_data); /* (nullable): NULL = g_get_real_time */
  gpointer now_data;
  VantageMoveAnchor move_anchor; /* (nullable): NULL leaves anchors where they are */
  gboolean no_keyring;           /* never ask the keyring: tests, and who does not want it */
} VantageVaultOptions;

/**
 * vantage_vault_open:
 * @folder: the library's folder; it exists
 *
 * Opens `private.db`, or makes it with a new key: in the keyring when one answers, else in a key
 * file. Finding the key never waits longer than a few seconds. The keyring is not asked when the
 * environment has VANTAGE_KEYRING=no. A vault behind a passphrase opens locked: everything but
 * the functions on keys then fails with LOCKED. Blocking; one thread per vault object; several
 * programs may have one folder open.
 *
 * Sets @error to TOO_NEW, DAMAGED, KEY_MISSING, NO_SPACE, READ_ONLY, BUSY.
 */
VantageVault *vantage_vault_open (const char *folder, const VantageVaultOptions *options,
                                  GError **error);
/* Forgets the key and closes. Idempotent; the last unref closes too. */
void vantage_vault_close (VantageVault *self);
/* Looks for what other processes wrote. Runs by itself twice a second while a main loop runs and a
 * list is held. Cheap. */
void vantage_vault_poll (VantageVault *self);

/* ---- the key ---- */

VantageVaultKeyPlace vantage_vault_get_key_place (VantageVault *self);
/* FILE: its path, for showing it plainly; else NULL. Lent. */
const char *vantage_vault_get_key_path (VantageVault *self);
gboolean vantage_vault_is_locked (VantageVault *self);
/* About half a second of work on purpose. PASSPHRASE when it is not the one. */
gboolean vantage_vault_unlock (VantageVault *self, const char *passphrase, GError **error);
/* The key is from now on sealed by @passphrase (at least 8 characters), and taken out of keyring
 * and key file. NULL: back to keyring or key file. Notes are not written anew. */
gboolean vantage_vault_set_passphrase (VantageVault *self, const char *passphrase, GError **error);
/* The key as words to print and put away ("recovery sheet"): 8 groups of 8 hex digits.
 * (transfer full) */
char *vantage_vault_dup_recovery (VantageVault *self, GError **error);
/* Opens a vault whose key is gone with the printed words; spaces, hyphens and case do not matter.
 * The key is then kept as in a new vault. PASSPHRASE when they are of another vault. (transfer
 * full) */
VantageVault *vantage_vault_recover (const char *folder, const VantageVaultOptions *options,
                                     const char *words, GError **error);

/* ---- lines ---- */

/* Every writing function below: @what names the step for the undo menu, translated ("Mark Line");
 * TRUE means on disk; FALSE means nothing was written. Takes a few ms. */

/* The lines of an interview in order: a live list, the same object for all who ask, kept in step
 * (exact items-changed; a changed line keeps its object and notifies). Lines that do not decrypt
 * make it fail with TAMPERED, naming the line. (transfer full) (element-type VantageLine) */
GListModel *vantage_vault_get_lines (VantageVault *self, const char *interview, GError **error);
/* (transfer full) NOT_FOUND. */
VantageLine *vantage_vault_get_line (VantageVault *self, const char *id, GError **error);

/**
 * vantage_vault_add_line:
 * @id: (nullable): id of a draft that becomes a line; NULL makes a new one
 * @after: (nullable): line to stand after; NULL: at the end
 *
 * Returns: (transfer full): the line, on disk
 */
VantageLine *vantage_vault_add_line (VantageVault *self, const char *interview, const char *id,
                                     const VantageLineFields *fields, const char *after,
                                     const char *what, GError **error);
/* The new text; the first text ever kept stays as the original; passages on the line move with
 * their words; the line's draft is done with. Text over 64 KiB is refused (INVALID). */
gboolean vantage_vault_set_line_text (VantageVault *self, const char *id, const char *text,
                                      const char *what, GError **error);
gboolean vantage_vault_set_line_marks (VantageVault *self, const char *id, VantageLineMarks marks,
                                       const char *what, GError **error);
gboolean vantage_vault_set_line_sort (VantageVault *self, const char *id, VantageLineSort sort,
                                      const char *what, GError **error);
/* @phase, @question: ids of the question bank, "" for none. */
gboolean vantage_vault_set_line_place (VantageVault *self, const char *id, const char *phase,
                                       const char *question, const char *what, GError **error);
gboolean vantage_vault_set_line_begun (VantageVault *self, const char *id, gint64 begun_us,
                                       const char *what, GError **error);
/* @after: (nullable): NULL = first. */
gboolean vantage_vault_move_line (VantageVault *self, const char *id, const char *after,
                                  const char *what, GError **error);
/* @ids: NULL-terminated; one step. Passages that rest on them alone go too. */
gboolean vantage_vault_delete_lines (VantageVault *self, const char *const *ids, const char *what,
                                     GError **error);

/* ---- drafts: what is being typed, every half second; no undo step ---- */

typedef struct
{
  char *line; /* id; the line itself may not exist yet */
  char *interview;
  gint64 begun_us;
  gint64 at_us; /* when it was saved last */
  char *text;
} VantageDraft;

void vantage_draft_free (VantageDraft *self);

/* A new id for a line that begins to be typed. (transfer full) */
char *vantage_vault_new_line_id (VantageVault *self);
gboolean vantage_vault_save_draft (VantageVault *self, const char *interview, const char *line,
                                   gint64 begun_us, const char *text, GError **error);
gboolean vantage_vault_drop_draft (VantageVault *self, const char *line, GError **error);
/* Drafts left by a crash, oldest first. (transfer full) (element-type VantageDraft) */
GPtrArray *vantage_vault_list_drafts (VantageVault *self, const char *interview, GError **error);
/* Makes every draft left the text of its line (or a new line), each one step; drafts that say what
 * their line says are dropped. Returns how many lines were saved so; -1 with @error. */
int vantage_vault_recover_drafts (VantageVault *self, const char *interview, const char *what,
                                  GError **error);

/* ---- preparation ---- */

/* JSON object with members of the caller's choosing: "guide", "moments", "cues", "reasons",
 * "started_us" …; NULL without error: none yet. (transfer full) */
JsonNode *vantage_vault_get_prep (VantageVault *self, const char *interview, GError **error);
gboolean vantage_vault_set_prep (VantageVault *self, const char *interview, JsonNode *prep,
                                 const char *what, GError **error);

/* ---- passages ---- */

/* @interview: (nullable): NULL = of all interviews. In order of their first line's place.
 * (transfer full) (element-type VantagePrivatePassage) */
GPtrArray *vantage_vault_list_passages (VantageVault *self, const char *interview, GError **error);
VantagePrivatePassage *vantage_vault_get_passage (VantageVault *self, const char *id,
                                                  GError **error);
/* Writes a new passage (its `id` empty: one is made and put in) or the changed one whole. */
gboolean vantage_vault_put_passage (VantageVault *self, VantagePrivatePassage *passage,
                                    const char *what, GError **error);
gboolean vantage_vault_delete_passage (VantageVault *self, const char *id, const char *what,
                                       GError **error);

/* ---- undo and redo, per interview, across restarts and programs ---- */

/* NULL: nothing. (transfer full) (nullable) */
char *vantage_vault_dup_undo_name (VantageVault *self, const char *interview);
char *vantage_vault_dup_redo_name (VantageVault *self, const char *interview);
/* @out_what: (out) (optional) (transfer full): the step's name. NOTHING. */
gboolean vantage_vault_undo (VantageVault *self, const char *interview, char **out_what,
                             GError **error);
gboolean vantage_vault_redo (VantageVault *self, const char *interview, char **out_what,
                             GError **error);

/**
 * vantage_vault_read_notes:
 * @json: {"interviews": [{"interview", "prep", "lines", "passages", "tellings"}]}: ids as in the
 *   review, lines with "begun" as a time; all else as it is kept
 * @length: bytes, or -1
 *
 * Takes in notes of interviews of which there is nothing here yet; others are left alone, so doing
 * it twice changes nothing. One interview is taken whole or not at all; it leaves no step to undo.
 * Sets @error to VANTAGE_VAULT_ERROR_INVALID when it is no such file.
 */
gboolean vantage_vault_read_notes (VantageVault *self, const char *json, gssize length,
                                   GError **error);
/* Interviews that have anything here. (transfer full) (element-type utf8) */
GPtrArray *vantage_vault_list_interviews (VantageVault *self, GError **error);
/* Everything of one interview, its history and undo too, for good: overwritten on disk. */
gboolean vantage_vault_forget (VantageVault *self, const char *interview, GError **error);
/* Decrypts every row. (transfer full) (element-type utf8): problems, English, one fact each. */
GPtrArray *vantage_vault_verify (VantageVault *self, GError **error);

G_END_DECLS
