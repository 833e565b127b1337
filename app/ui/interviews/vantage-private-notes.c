/* vantage-private-notes.c: the vault of one library as windows share it. */

#include "config.h"

#include "vantage-private-notes.h"

#include <glib/gi18n.h>

#include "vantage-anchor-move.h"

struct _VantagePrivateNotes
{
  GObject parent_instance;

  char *folder;
  VantageLibrary *library; /* lent: the object is an attachment of it */
  VantageVault *vault;
  GError *error;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (VantagePrivateNotes, vantage_private_notes, G_TYPE_OBJECT)
static G_DEFINE_QUARK (vantage_private_notes, private_notes)

    /* ---- opening ---- */

    static const VantageVaultOptions options = { .move_anchor = vantage_anchor_move };

static void
open_vault (VantagePrivateNotes *self)
{
  g_clear_error (&self->error);
  self->vault = vantage_vault_open (self->folder, &options, &self->error);
}

static void
library_gone_cb (gpointer data, GObject *library)
{
  VANTAGE_PRIVATE_NOTES (data)->library = NULL;
}

/* ---- object ---- */

static void
vantage_private_notes_finalize (GObject *object)
{
  VantagePrivateNotes *self = VANTAGE_PRIVATE_NOTES (object);

  if (self->library != NULL)
    {
      g_object_weak_unref (G_OBJECT (self->library), library_gone_cb, self);
      g_object_set_qdata (G_OBJECT (self->library), private_notes_quark (), NULL);
    }
  g_clear_object (&self->vault);
  g_clear_error (&self->error);
  g_free (self->folder);
  G_OBJECT_CLASS (vantage_private_notes_parent_class)->finalize (object);
}

static void
vantage_private_notes_class_init (VantagePrivateNotesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vantage_private_notes_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
vantage_private_notes_init (VantagePrivateNotes *self)
{
}

/* ---- public ---- */

VantagePrivateNotes *
vantage_private_notes_get (VantageLibrary *library)
{
  VantagePrivateNotes *self = g_object_get_qdata (G_OBJECT (library), private_notes_quark ());

  if (self != NULL)
    {
      g_object_ref (self);
      if (self->vault == NULL)
        vantage_private_notes_try_again (self);
      return self;
    }

  self = g_object_new (VANTAGE_TYPE_PRIVATE_NOTES, NULL);
  self->library = library;
  self->folder = g_strdup (vantage_library_get_folder (library));
  g_object_weak_ref (G_OBJECT (library), library_gone_cb, self);
  g_object_set_qdata (G_OBJECT (library), private_notes_quark (), self);
  open_vault (self);
  return self;
}

VantageNotesState
vantage_private_notes_get_state (VantagePrivateNotes *self)
{
  if (self->vault == NULL)
    return VANTAGE_NOTES_FAILED;
  return vantage_vault_is_locked (self->vault) ? VANTAGE_NOTES_LOCKED : VANTAGE_NOTES_OPEN;
}

VantageVault *
vantage_private_notes_get_vault (VantagePrivateNotes *self)
{
  return vantage_private_notes_get_state (self) == VANTAGE_NOTES_OPEN ? self->vault : NULL;
}

const GError *
vantage_private_notes_get_error (VantagePrivateNotes *self)
{
  return self->error;
}

void
vantage_private_notes_try_again (VantagePrivateNotes *self)
{
  if (self->vault != NULL)
    return;
  open_vault (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
vantage_private_notes_unlock (VantagePrivateNotes *self, const char *passphrase, GError **error)
{
  g_return_val_if_fail (self->vault != NULL, FALSE);

  if (!vantage_vault_unlock (self->vault, passphrase, error))
    return FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}

gboolean
vantage_private_notes_recover (VantagePrivateNotes *self, const char *words, GError **error)
{
  VantageVault *vault = vantage_vault_recover (self->folder, &options, words, error);

  if (vault == NULL)
    return FALSE;
  g_clear_object (&self->vault);
  g_clear_error (&self->error);
  self->vault = vault;
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}

char *
vantage_private_notes_dup_key_words (VantagePrivateNotes *self)
{
  if (self->vault == NULL)
    return g_strdup (_ ("The notes cannot be opened."));
  switch (vantage_vault_get_key_place (self->vault))
    {
    case VANTAGE_VAULT_KEY_KEYRING:
      return g_strdup (_ ("Notes are encrypted; the key is in this desktop's keyring."));
    case VANTAGE_VAULT_KEY_PASSPHRASE:
      return g_strdup (_ ("Notes are encrypted; only your passphrase opens them."));
    case VANTAGE_VAULT_KEY_FILE:
    default:
      /* translators: path of a file */
      return g_strdup_printf (_ ("Notes are encrypted; the key is the file %s, which whoever can "
                                 "use this account can read."),
                              vantage_vault_get_key_path (self->vault));
    }
}
