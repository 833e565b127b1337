/* make-zip.h: zip files written byte by byte, also such as no honest program writes. */

#pragma once

#include <glib.h>

typedef enum
{
  ZIP_PLAIN = 0,
  ZIP_STORED = 1 << 0,    /* not deflated */
  ZIP_ENCRYPTED = 1 << 1, /* says so */
  ZIP_LINK = 1 << 2,      /* a symbolic link, by its mode */
  ZIP_WRONG_CRC = 1 << 3,
  ZIP_UTF8_FLAG = 1 << 4,
  ZIP_ODD_METHOD = 1 << 5,
  ZIP_64 = 1 << 6, /* sizes and offset in the extra field */
} ZipFlags;

typedef struct _ZipMaker ZipMaker;

ZipMaker *zip_maker_new (void);
void zip_maker_add (ZipMaker *self, const char *name, const void *data, gsize size, ZipFlags flags);
/* An entry whose directory claims @claimed bytes unpacked. */
void zip_maker_add_claiming (ZipMaker *self, const char *name, const void *data, gsize size,
                             guint64 claimed, ZipFlags flags);
/* Writes the end as zip64 too when @zip64. Frees @self. (transfer full) */
GBytes *zip_maker_finish (ZipMaker *self, gboolean zip64);
/* Adds every file of a folder. */
void zip_maker_add_folder (ZipMaker *self, const char *folder, const char *prefix, ZipFlags flags);
