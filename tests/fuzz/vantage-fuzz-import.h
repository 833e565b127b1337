/* vantage-fuzz-import.h: a file of any content is looked at by the importer, and what is found is
 * sound. For targets that keep to a few formats, with seeds of their own. */

#pragma once

#include "vantage-fuzz.h"

#include <glib/gstdio.h>
#include <string.h>

#include "vantage-import.h"

static char *vantage_fuzz_scratch;

static inline void
vantage_fuzz_remove_scratch (void)
{
  g_autofree char *folder = g_path_get_dirname (vantage_fuzz_scratch);

  g_unlink (vantage_fuzz_scratch);
  g_rmdir (folder);
  g_free (vantage_fuzz_scratch);
}

static inline void
vantage_fuzz_check_item (const VantageItem *item)
{
  g_assert_true (g_utf8_validate (item->text, -1, NULL));
  g_assert_true (item->raw_time == NULL || g_utf8_validate (item->raw_time, -1, NULL));
  g_assert_cmpuint (strlen (item->local), >, 0);
  g_assert_cmpuint (strlen (item->local), <=, 80);
  g_assert_cmpuint (strspn (item->local, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                         "0123456789._:-"),
                    ==, strlen (item->local));
  if (item->time_us != VANTAGE_TIME_NONE)
    {
      g_assert_cmpint (item->time_us, >=, VANTAGE_TIME_MIN);
      g_assert_cmpint (item->time_us, <=, VANTAGE_TIME_MAX);
    }
}

static inline int
vantage_fuzz_import (const uint8_t *data, size_t size, const char *format)
{
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (VantagePreview) preview = NULL;

  if (vantage_fuzz_scratch == NULL)
    {
      g_autofree char *folder = g_dir_make_tmp ("vantage-fuzz-XXXXXX", NULL);

      vantage_fuzz_scratch = g_build_filename (folder, "input", NULL);
      atexit (vantage_fuzz_remove_scratch);
    }
  options.format = format;
  options.zero_us = 0;
  g_assert_true (g_file_set_contents_full (vantage_fuzz_scratch,
                                           size > 0 ? (const char *) data : "", (gssize) size,
                                           G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  preview = vantage_import_preview (vantage_fuzz_scratch, &options, NULL, NULL, NULL, &error);
  g_assert_true ((preview == NULL) == (error != NULL));
  if (error != NULL)
    {
      g_assert_cmpuint (error->domain, ==, VANTAGE_IMPORT_ERROR);
      return 0;
    }
  for (guint i = 0; i < preview->first_items->len; i++)
    vantage_fuzz_check_item (preview->first_items->pdata[i]);
  return 0;
}
