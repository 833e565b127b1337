/* vantage-input.h: what a person gave (a file, a folder, a zip, a gzip, standard input) as a list
 * of entries that can be opened, in any order, any number of times.
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  VANTAGE_INPUT_FILE, /* one entry; its path is the file's name */
  VANTAGE_INPUT_FOLDER,
  VANTAGE_INPUT_ZIP, /* also a zip that holds nothing but one zip */
} VantageInputSort;

typedef struct
{
  char *path;   /* inside the input, "/" between folders, valid UTF-8 NFC, never "..", not absolute;
                   without the one folder that wraps everything */
  guint64 size; /* bytes when opened; of a gzip those on disk */
} VantageEntry;

#define VANTAGE_INPUT_PEEK (64 * 1024)

typedef struct _VantageInput VantageInput;

/**
 * vantage_input_new:
 * @path: file, folder or "-"
 *
 * Lists what is there; reads no content but a zip's directory. Litter (`__MACOSX/`, `.DS_Store`,
 * `Thumbs.db`, `._*`) is left out. Entries are sorted by path.
 *
 * Returns: NULL with NOT_FOUND, UNREADABLE, DAMAGED (no zip after all), UNSAFE (names that lead
 *   outside, links, encryption, expansion beyond reason) or CANCELLED
 */
VantageInput *vantage_input_new (const char *path, GCancellable *cancellable, GError **error);
void vantage_input_free (VantageInput *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageInput, vantage_input_free)

VantageInputSort vantage_input_get_sort (VantageInput *self);
/* Name of the file or folder as given. Lent. */
const char *vantage_input_get_name (VantageInput *self);
/* Name of the folder that the entries with no folder in their path lie in: the wrapping one inside
 * a zip or folder, else the folder given, else the folder of the file; NULL for standard input and
 * for a zip without a wrapping folder. Lent. */
const char *vantage_input_get_folder (VantageInput *self);

guint vantage_input_get_n_entries (VantageInput *self);
const VantageEntry *vantage_input_get_entry (VantageInput *self, guint index);
/* NULL when there is none. */
const VantageEntry *vantage_input_find (VantageInput *self, const char *path);
/* Sum of the entries' sizes. */
guint64 vantage_input_get_total (VantageInput *self);

/* Unpacked content (gzip undone too) from its beginning. Checks CRC and size at the end: a read
 * then fails with DAMAGED. Several may be open at once. (transfer full) */
GInputStream *vantage_input_open (VantageInput *self, const VantageEntry *entry,
                                  GCancellable *cancellable, GError **error);
/* All of it; DAMAGED when it is larger than @max_size. (transfer full) */
GBytes *vantage_input_load (VantageInput *self, const VantageEntry *entry, gsize max_size,
                            GCancellable *cancellable, GError **error);
/* Its first VANTAGE_INPUT_PEEK bytes at most, kept for the next caller while few are asked for;
 * empty when it cannot be read. (transfer full) */
GBytes *vantage_input_peek (VantageInput *self, const VantageEntry *entry);

/* SHA-256 in hex: of the file as given; of a folder over "path\nhash\n" of its entries in order.
 * Reads everything. (transfer full) */
char *vantage_input_hash (VantageInput *self, GCancellable *cancellable, GError **error);

G_END_DECLS
