/* vantage-records.h: the records of a JSON export, through the wrappings in which they come: lists,
 * pages of an API, lines, recorded answers whose body is JSON in a string, collectors' envelopes.
 * Inside import/ only.
 *
 *     static const char *const ways[] = { "issues", "data", NULL };
 *     static const VantageRecordShape shape = { is_issue, ways, take_issue };
 *
 *     g_autoptr (VantageRecords) records = vantage_records_new (reading, &shape, self);
 *     return vantage_records_walk_all (records, error);
 *
 * An object that is a record is given to the reader, which looks inside by itself. One that is not
 * is looked through along its ways. A list of records is read one record at a time whatever its
 * length, so memory does not grow with the file.
 */

#pragma once

#include "vantage-reader.h"

G_BEGIN_DECLS

typedef struct
{
  const VantageEntry *entry;
  gint64 offset, length; /* of the top-level or list value that holds the record, in the entry */
  VantageNode *outer;    /* the object around it, when that was read with it; else NULL */
  const char *way; /* the name of the list or member that it was found under; NULL: at the top.
                      Lent for the call */
} VantageRecordPlace;

typedef struct
{
  /* Whether an object is a record, by its members. It may be the head of a cut-off one. */
  gboolean (*is_record) (VantageNode *node);
  /* Members that hold records or lead to them, NULL-terminated. A string under one of them that
   * begins as JSON does is looked into as well. "data", "response", "Response", "body" and "value"
   * need not be named: they are ways of every shape. */
  const char *const *ways;
  /* FALSE with @error only when all must stop, as the functions of a reading say it. */
  gboolean (*take) (VantageReading *reading, VantageNode *record, const VantageRecordPlace *place,
                    gpointer user_data, GError **error);
  /* TRUE when elements without a record may be left out without a word. */
  gboolean mixed;
} VantageRecordShape;

typedef struct _VantageRecords VantageRecords;

/* @reading, @shape and @user_data are lent. */
VantageRecords *vantage_records_new (VantageReading *reading, const VantageRecordShape *shape,
                                     gpointer user_data);
void vantage_records_free (VantageRecords *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageRecords, vantage_records_free)

/* While @quiet nothing is told of what is wrong and of pages: for reading a first time, to learn.
 */
void vantage_records_set_quiet (VantageRecords *self, gboolean quiet);
/* Gives every record of one entry. What is no record in a list is a skip, "bad-record". */
gboolean vantage_records_walk (VantageRecords *self, const VantageEntry *entry, GError **error);
/* The same without a word about what is wrong in it or missing: for a reader that must know
 * something of all records before it takes the first. */
gboolean vantage_records_scan (VantageRecords *self, const VantageEntry *entry, GError **error);
/* Tells, once all is read, of pages that say that more follow, of which the last is not here:
 * "more-pages", and the source is not complete. Pages of one folder are taken together. */
gboolean vantage_records_finish (VantageRecords *self, GError **error);
/* One entry of an input, in whatever form it is. @user_data: that of the records. */
typedef gboolean (*VantageRecordsEntryFunc) (VantageRecords *self, const VantageEntry *entry,
                                             gpointer user_data, GError **error);
/* Each entry by @read, then _finish: for a format that has other forms besides JSON. */
gboolean vantage_records_read_all (VantageRecords *self, VantageRecordsEntryFunc read,
                                   GError **error);
/* Every entry that begins as JSON does, then _finish. Others are noted as "unknown-file" when there
 * is more than one entry. */
gboolean vantage_records_walk_all (VantageRecords *self, GError **error);

/* Whether an entry begins as JSON does, whatever its name. */
gboolean vantage_records_is_json (VantageReading *reading, const VantageEntry *entry);

/* The first record in the head of an entry, for a score; NULL when there is none. JSON inside
 * strings is not looked into. Lives as long as the sniff. */
VantageNode *vantage_records_sniff (VantageSniff *sniff, const VantageEntry *entry,
                                    const VantageRecordShape *shape);
/* The same over the first entries of the input, eight at most. */
VantageNode *vantage_records_sniff_any (VantageSniff *sniff, const VantageRecordShape *shape);

G_END_DECLS
