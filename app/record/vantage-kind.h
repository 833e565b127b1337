/* vantage-kind.h: THE table: every kind of entity, its fields, their types, classes and choices. */

#pragma once

#include <glib.h>
#include "vantage-value.h"
#include "vantage-vocabulary.h"

G_BEGIN_DECLS

typedef enum
{
  VANTAGE_FIELD_TEXT,
  VANTAGE_FIELD_PROSE, /* no register of its own: the blocks whose `of` and `slot` point here */
  VANTAGE_FIELD_CHOICE,
  VANTAGE_FIELD_YESNO,
  VANTAGE_FIELD_NUMBER,
  VANTAGE_FIELD_TIME,
  VANTAGE_FIELD_DURATION,
  VANTAGE_FIELD_WHEN,
  VANTAGE_FIELD_REF,
  VANTAGE_FIELD_REFS,    /* set: registers `field/<id>` */
  VANTAGE_FIELD_TEXTS,   /* set */
  VANTAGE_FIELD_CHOICES, /* set */
  VANTAGE_FIELD_CITES,   /* set: `cites/<item>` or `cites/<item>@<from>-<to>` */
  VANTAGE_FIELD_KEYED,   /* a register per key: `field/<key>` */
  VANTAGE_FIELD_POS,
  VANTAGE_FIELD_COLOUR,
} VantageFieldType;

typedef enum
{
  VANTAGE_MERGE_FLAG,  /* a conflict is shown */
  VANTAGE_MERGE_QUIET, /* winner shown, others in history */
  VANTAGE_MERGE_OR,    /* set membership: true wins */
  VANTAGE_MERGE_ONCE,  /* written once with the entity */
} VantageMergeClass;

typedef struct
{
  const char *name;
  VantageFieldType type;
  VantageMergeClass merge;
  const char *const *choices;       /* CHOICE(S): NULL-terminated; keyed: allowed keys; else NULL */
  VantageFieldType keyed_type;      /* KEYED: type of each register */
  const char *ref_kind;             /* REF(S): kind pointed at; NULL = any */
  const char *const *keyed_choices; /* KEYED of CHOICE: values of each register */
} VantageField;

typedef enum
{
  VANTAGE_STREAM_TEAM,
  VANTAGE_STREAM_CORE,
  VANTAGE_STREAM_ORG,
} VantageStreamSort;

typedef struct
{
  const char *name;
  VantageStreamSort stream;
  gboolean computed_id;       /* the id is worked out from something else, never made at random */
  const VantageField *fields; /* ends with a field whose name is NULL; `tags` is included */
  const char *title;          /* the text field that names it in lists; NULL: none does */
} VantageKind;

/* All kinds; ends with an entry whose name is NULL. */
const VantageKind *vantage_kinds (void);
/* NULL when unknown (made with a newer version). O(1). */
const VantageKind *vantage_kind_find (const char *name);
/* NULL when the kind has no such field. @field may be a register ("actors/<id>"). */
const VantageField *vantage_kind_find_field (const VantageKind *self, const char *field);
gboolean vantage_field_is_set (const VantageField *self);
/* Whether @choice is in the field's list. */
gboolean vantage_field_has_choice (const VantageField *self, const char *choice);
/* The class of a register of any field, known or not (unknown: flag). */
VantageMergeClass vantage_kind_get_merge (const char *kind, const char *register_name);

typedef enum
{
  VANTAGE_RECORD_ERROR_KIND,  /* no such kind */
  VANTAGE_RECORD_ERROR_FIELD, /* the kind has no such field */
  VANTAGE_RECORD_ERROR_VALUE, /* not of the field's type, or not among its choices */
  VANTAGE_RECORD_ERROR_TOO_LONG,
  VANTAGE_RECORD_ERROR_RULE, /* a rule across fields: an imagined event, a group in itself, … */
  VANTAGE_RECORD_ERROR_OP,   /* bytes that are no op */
} VantageRecordError;

#define VANTAGE_RECORD_ERROR (vantage_record_error_quark ())
GQuark vantage_record_error_quark (void);

/* Whether @value may be written to register @register_name of @kind. The message names kind, field
 * and what would be accepted. */
gboolean vantage_kind_validate (const VantageKind *self, const char *register_name,
                                VantageValue *value, GError **error);
/* Reads what a person typed after KEY= on the command line, or what `export --format json` holds,
 * into a value of the field's type: times in RFC 3339, durations in seconds, *when* as JSON or one
 * time, ids for refs. For sets, "+x", "-x" and "a,b" are the caller's business. */
VantageValue *vantage_field_read_text (const VantageField *field, const char *text, GError **error);

G_END_DECLS
