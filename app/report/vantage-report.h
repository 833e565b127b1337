/* vantage-report.h: a review as a document: one tree, built from what is shared, then written as
 * Markdown or HTML. */

#pragma once

#include "vantage-document.h"
#include "vantage-entity.h"
#include "vantage-item.h"
#include "vantage-time.h"

G_BEGIN_DECLS

typedef enum
{
  VANTAGE_REPORT_TEAM,     /* everything, with evidence */
  VANTAGE_REPORT_EVERYONE, /* shorter; never names: roles where names were chosen */
} VantageReportAudience;

typedef enum
{
  VANTAGE_NAMES_NAME,
  VANTAGE_NAMES_ROLE,      /* the person's role, else the label of the review */
  VANTAGE_NAMES_PSEUDONYM, /* the label of the review: "Responder 1" */
} VantageReportNames;

/* Where the report looks things up; each may be called often. */
typedef struct
{
  VantageEntity *review; /* lent */
  /* Entities of a kind that are not deleted, in order. (transfer full) (element-type VantageEntity)
   */
  GPtrArray *(*list) (const char *kind, gpointer user_data);
  /* NULL: not on this computer. (transfer full) (nullable) */
  VantageItem *(*find_item) (const char *id, gpointer user_data);
  /* The name of a person (merges followed), from accounts and particulars. (transfer full)
   * (nullable) */
  char *(*find_name) (const char *person, gpointer user_data);
  /* (nullable): the word for a choice ("event-kind", "asked"), as vantage_words_choice () gives it;
   * lent. */
  const char *(*find_word) (const char *vocabulary, const char *value, gpointer user_data);
  gpointer user_data;
} VantageReportInput;

typedef struct
{
  VantageReportAudience audience;
  VantageReportNames names;
  VantageZone *zone;  /* (nullable): NULL = UTC; the zone times are written in */
  gint64 now_us;      /* date of the report; VANTAGE_TIME_NONE: none is printed */
  const char *report; /* (nullable): id of the `report` entity whose blocks are its text */
} VantageReportOptions;

/* Something to look at before it is given to others. */
typedef enum
{
  VANTAGE_REPORT_WARN_NO_GROUND,         /* a finding without evidence */
  VANTAGE_REPORT_WARN_NOT_RELEASED,      /* a passage that is referred to and not released */
  VANTAGE_REPORT_WARN_MISSING_ITEM,      /* cited evidence that is not on this computer */
  VANTAGE_REPORT_WARN_MISSING_REFERENCE, /* a reference to something that is gone */
  VANTAGE_REPORT_WARN_NAME_IN_TEXT,      /* a name stands in the text, and is replaced */
} VantageReportWarningSort;

typedef struct
{
  VantageReportWarningSort sort;
  char *kind, *entity; /* where; "" unknown */
  char *text;          /* translated sentence */
} VantageReportWarning;

typedef struct _VantageReport VantageReport;

/* Builds the tree. The same input gives the same document. (transfer full) */
VantageReport *vantage_report_new (const VantageReportInput *input,
                                   const VantageReportOptions *options);
void vantage_report_free (VantageReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageReport, vantage_report_free)

/* (element-type VantageReportWarning); lent. */
GPtrArray *vantage_report_get_warnings (VantageReport *self);
/* The document itself, for whoever shows it; lent. The target of an EVIDENCE node is the item's id.
 */
const VantageNode *vantage_report_get_document (VantageReport *self);
/* CommonMark with tables. (transfer full) */
char *vantage_report_to_markdown (VantageReport *self);
/* One self-contained file: no script, nothing loaded from elsewhere. (transfer full) */
char *vantage_report_to_html (VantageReport *self);

/* ---- exports beside the report ---- */

/* The whole shared review: {"format","version","review",kinds…}: equal ops give equal bytes.
 * (transfer full) */
char *vantage_export_json (const VantageReportInput *input);
/* Events, one a row, RFC 4180; cells that a spreadsheet would run begin with an apostrophe.
 * (transfer full) */
char *vantage_export_events_csv (const VantageReportInput *input,
                                 const VantageReportOptions *options);
/* @items: (element-type VantageItem). (transfer full) */
char *vantage_export_items_csv (GPtrArray *items);
/* Due dates and revisit dates as an iCalendar file. (transfer full) */
char *vantage_export_ics (const VantageReportInput *input, const VantageReportOptions *options);

G_END_DECLS
