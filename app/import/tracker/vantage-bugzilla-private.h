/* vantage-bugzilla-private.h: what the two halves of the Bugzilla reader share. */

#pragma once

#include "vantage-tracker.h"

#include "vantage-records.h"

G_BEGIN_DECLS

typedef struct
{
  VantageTracker tracker;
} VantageBugzilla;

/* What is said of one comment, change or file, whatever wrote it. Strings lent; NULL for nothing.
 */
typedef struct
{
  const char *bug; /* number of the bug */
  const char *id;
  const char *time;
  const char *account; /* as vantage_tracker_meet() gave it */
  const char *text;
  const char *number; /* of the comment, as people see it */
  const char *base;   /* "https://host/"; NULL unknown */
  gboolean internal;
} VantageBugzillaComment;

typedef struct
{
  const char *bug, *id, *time, *account, *name, *type, *words;
  gint64 size;
  gboolean internal;
} VantageBugzillaFile;

gboolean vantage_bugzilla_enter (VantageBugzilla *self, const char *host, const char *product,
                                 GError **error);
gboolean vantage_bugzilla_add_comment (VantageBugzilla *self, const VantageBugzillaComment *comment,
                                       GError **error);
gboolean vantage_bugzilla_add_file (VantageBugzilla *self, const VantageBugzillaFile *file,
                                    GError **error);
/* "<base>show_bug.cgi?id=<bug>", at the comment when there is one. */
void vantage_bugzilla_set_url (VantageItem *item, const char *base, const char *bug,
                               const char *comment);

/* ---- XML ---- */

gboolean vantage_bugzilla_is_xml (const char *head, gsize length);
gboolean vantage_bugzilla_read_xml (VantageBugzilla *self, const VantageEntry *entry,
                                    GError **error);

G_END_DECLS
