/* vantage-private-notes.h: the vault of one library as windows share it: opened when first needed,
 * locked or not, and where its key is, in words. */

#pragma once

#include "vantage-library.h"
#include "vantage-vault.h"

G_BEGIN_DECLS

typedef enum
{
  VANTAGE_NOTES_OPEN,
  VANTAGE_NOTES_LOCKED, /* behind a passphrase */
  VANTAGE_NOTES_FAILED, /* see vantage_private_notes_get_error () */
} VantageNotesState;

#define VANTAGE_TYPE_PRIVATE_NOTES (vantage_private_notes_get_type ())
G_DECLARE_FINAL_TYPE (VantagePrivateNotes, vantage_private_notes, VANTAGE, PRIVATE_NOTES, GObject)

/* Signal "changed": its state is another one. */

/* The same object for all who ask about one library while anybody holds it; opens the vault at the
 * first call, or tries again after a failure. (transfer full) */
VantagePrivateNotes *vantage_private_notes_get (VantageLibrary *library);
VantageNotesState vantage_private_notes_get_state (VantagePrivateNotes *self);
/* Lent; NULL unless it is OPEN. */
VantageVault *vantage_private_notes_get_vault (VantagePrivateNotes *self);
/* Why it could not be opened; lent; NULL unless it is FAILED. */
const GError *vantage_private_notes_get_error (VantagePrivateNotes *self);
void vantage_private_notes_try_again (VantagePrivateNotes *self);
/* About half a second of work. */
gboolean vantage_private_notes_unlock (VantagePrivateNotes *self, const char *passphrase,
                                       GError **error);
/* With the printed words, when the key is gone. */
gboolean vantage_private_notes_recover (VantagePrivateNotes *self, const char *words,
                                        GError **error);
/* Where the key is, as a sentence for the person who is looking. (transfer full) */
char *vantage_private_notes_dup_key_words (VantagePrivateNotes *self);

G_END_DECLS
