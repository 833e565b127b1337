/* vantage-zip.h: a zip's central directory, and its entries as streams. Trusts nothing in it. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  char *name;   /* valid UTF-8 NFC, "/" between folders, safe; folders are left out */
  guint64 size; /* unpacked */
  guint64 packed_size;
  guint64 header; /* offset of the local header */
  guint32 crc;
  guint16 method; /* 0 stored, 8 deflated; others cannot be opened */
} VantageZipEntry;

void vantage_zip_entry_clear (VantageZipEntry *self);

/* Whether a file begins as a zip does. */
gboolean vantage_zip_is_head (const guint8 *head, gsize size);

/**
 * vantage_zip_list:
 *
 * Returns: (transfer full) (element-type VantageZipEntry): in the order of the directory; NULL with
 *   DAMAGED, or with UNSAFE for encryption, links, names that lead outside, and expansion beyond
 *   reason
 */
GArray *vantage_zip_list (int fd, guint64 file_size, GError **error);

/* The entry unpacked and checked. @fd must outlive the stream. (transfer full) */
GInputStream *vantage_zip_open (int fd, guint64 file_size, const VantageZipEntry *entry,
                                GCancellable *cancellable, GError **error);

G_END_DECLS
