/* vantage-report-private.h: what the parts that build a report share. Not for other folders. */

#pragma once

#include <libintl.h>

#include "vantage-document.h"
#include "vantage-report.h"

#define _(text) gettext (text)

G_BEGIN_DECLS

/* One cited item, in the order of first citing. */
typedef struct
{
  char *item;         /* id */
  VantageItem *found; /* (nullable): not on this computer */
  char *quote;        /* words kept with the citation, for when the item is not here; NULL */
  guint n_cites;
} VantageReportEvidence;

/* Prose that a person wrote, kept until all names are known. */
typedef struct
{
  char *kind, *entity, *text;
} VantageReportProse;

/* State while a report is built. */
typedef struct
{
  const VantageReportInput *input;
  VantageReportOptions options;
  VantageZone *zone;
  GPtrArray *warnings;
  VantageNode *root;
  GHashTable *entities;    /* id → VantageEntity: what can be referred to */
  GHashTable *blocks;      /* "of\nslot" → GPtrArray of VantageEntity, in order */
  GHashTable *block_slots; /* of → GPtrArray of slots, in order of first block */
  GHashTable *anchors;     /* entity id → anchor that the document has */
  GHashTable *redactions;  /* item → GArray of VantageReportRange */
  GHashTable *shown_names; /* person → shown name */
  GHashTable *real_names;  /* real name → shown name, where they differ */
  guint n_unnamed;
  GPtrArray *evidence;        /* (element-type VantageReportEvidence) */
  GHashTable *evidence_index; /* item → index + 1 */
  GHashTable *quoted;         /* passages that were printed */
  GPtrArray *prose;           /* (element-type VantageReportProse) */
  GPtrArray *keep;            /* arrays of entities that the tables above lend from */
} VantageReportBuilder;

typedef struct
{
  int from, to; /* code points; to -1: to the end */
} VantageReportRange;

struct _VantageReport
{
  VantageNode *root;
  GPtrArray *warnings;
};

/* ---- vantage-report-builder.c ---- */

VantageReportBuilder *vantage_report_builder_new (const VantageReportInput *input,
                                                  const VantageReportOptions *options);
void vantage_report_builder_free (VantageReportBuilder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageReportBuilder, vantage_report_builder_free)
void vantage_report_warning_free (VantageReportWarning *self);
/* @text: (transfer full). The same warning of the same entity once. */
void vantage_report_warn (VantageReportBuilder *self, VantageReportWarningSort sort,
                          const char *kind, const char *entity, char *text);
/* (transfer full) (element-type VantageEntity); empty, never NULL. */
GPtrArray *vantage_report_list (VantageReportBuilder *self, const char *kind);
/* Of a kind that can be referred to; lent; NULL: gone. */
VantageEntity *vantage_report_find (VantageReportBuilder *self, const char *id);
/* The word for a choice; "" for NULL. */
const char *vantage_report_word (VantageReportBuilder *self, const char *vocabulary,
                                 const char *value);
/* A section of the document at @level. */
VantageNode *vantage_report_add_section (VantageNode *parent, guint level, const char *title,
                                         const char *id);
/* Takes the section away again when nothing came into it. */
void vantage_report_end_section (VantageNode *parent, VantageNode *section);
/* "Label: text" as an item of @list, when there is text. */
void vantage_report_add_term (VantageReportBuilder *self, VantageNode *list, const char *label,
                              const char *text);

/* ---- vantage-report-names.c ---- */

/* How a person is called in this report; lent. */
const char *vantage_report_name (VantageReportBuilder *self, const char *person);
/* Who a released passage is said to be by; never tells more than its form allows. (transfer full)
 */
char *vantage_report_name_passage (VantageReportBuilder *self, VantageEntity *passage);
/* @text with real names replaced, where names are hidden. (transfer full) */
char *vantage_report_mask_names (VantageReportBuilder *self, const char *text);
/* Puts shown names in the place of real ones in all that was built, where names are hidden: once,
 * at the end, when every name is known. */
void vantage_report_mask_document (VantageReportBuilder *self);
/* Warns of names that stand in what people wrote, where names are hidden. */
void vantage_report_check_names (VantageReportBuilder *self);

/* ---- vantage-report-evidence.c ---- */

/* Adds [n] for an item. */
void vantage_report_add_cite (VantageReportBuilder *self, VantageNode *inlines, const char *item,
                              const char *quote, const char *kind, const char *entity);
/* Adds all that an entity cites; returns how many. */
guint vantage_report_add_cites (VantageReportBuilder *self, VantageNode *inlines,
                                VantageEntity *entity);
/* The list at the end. */
void vantage_report_add_evidence (VantageReportBuilder *self);
/* The text of an item without what is hidden. (transfer full) */
char *vantage_report_dup_item_text (VantageReportBuilder *self, const VantageItem *item);

/* ---- vantage-report-prose.c ---- */

/* Text with its [[references]] resolved, as inlines. */
void vantage_report_add_text (VantageReportBuilder *self, VantageNode *inlines, const char *text,
                              const char *kind, const char *entity);
/* The paragraphs of a prose field, as blocks; FALSE when there are none. @level: of headings. */
gboolean vantage_report_add_prose (VantageReportBuilder *self, VantageNode *parent,
                                   VantageEntity *entity, const char *slot, guint level);
/* The same as the inlines of one paragraph. */
gboolean vantage_report_add_prose_inline (VantageReportBuilder *self, VantageNode *inlines,
                                          VantageEntity *entity, const char *slot);
/* A passage's words and who said them, as inlines or a block of quote; FALSE: it is not released.
 */
gboolean vantage_report_add_passage (VantageReportBuilder *self, VantageNode *parent,
                                     const char *passage, gboolean block, const char *kind,
                                     const char *entity);

/* ---- vantage-report-times.c ---- */

typedef struct
{
  gint64 sort_us; /* VANTAGE_TIME_NONE: not known */
  char *day;      /* NULL: not known */
  char *text;     /* without the day where it has one */
} VantageReportTime;

/* When an event was, as it is known. */
void vantage_report_read_time (VantageReportBuilder *self, VantageEntity *event,
                               VantageReportTime *out);
void vantage_report_time_clear (VantageReportTime *self);
/* One instant with its day. (transfer full) */
char *vantage_report_dup_instant (VantageReportBuilder *self, gint64 us);
/* Day alone. (transfer full) */
char *vantage_report_dup_day (VantageReportBuilder *self, gint64 us);
/* With the name of its day. (transfer full) */
char *vantage_report_dup_long_day (VantageReportBuilder *self, gint64 us);
/* Two instants, the day once where it is one. (transfer full) */
char *vantage_report_dup_span (VantageReportBuilder *self, gint64 from_us, gint64 until_us);
/* The instant of a *when*, for sorting; NONE when it has none. */
gint64 vantage_report_get_instant (VantageReportBuilder *self, const VantageWhen *when);

/* ---- sections ---- */

/* Which events the timeline shows, so that references know. */
void vantage_report_plan_timeline (VantageReportBuilder *self);
void vantage_report_add_timeline (VantageReportBuilder *self);
void vantage_report_add_people (VantageReportBuilder *self);
void vantage_report_add_impact (VantageReportBuilder *self);
void vantage_report_add_findings (VantageReportBuilder *self);
void vantage_report_add_voices (VantageReportBuilder *self);
void vantage_report_add_wonders (VantageReportBuilder *self);
void vantage_report_add_experiments (VantageReportBuilder *self);
void vantage_report_add_readiness (VantageReportBuilder *self);

G_END_DECLS
