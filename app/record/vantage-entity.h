/* vantage-entity.h: one entity as the ops add up to it: a snapshot that never changes. One class
 * for every kind; fields are read by name and typed by the table. */

#pragma once

#include <glib-object.h>
#include "vantage-kind.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_ENTITY (vantage_entity_get_type ())
G_DECLARE_FINAL_TYPE (VantageEntity, vantage_entity, VANTAGE, ENTITY, GObject)

/* Properties for bindings, all read-only: "id", "kind", "title" (the field that names it),
 * "deleted". */

typedef struct
{
  const char *item;    /* item id; lent */
  const char *quote;   /* (nullable); lent */
  const char *version; /* (nullable); lent */
  int from, to;        /* code points of the item's plain text; -1, -1 when the whole is cited */
} VantageCite;

/* Builder used by the store and by tests: registers by name. @registers: (element-type utf8
 * VantageValue).
 * @review, @by: copied. Times in µs. (transfer full) */
VantageEntity *vantage_entity_new (const char *review, const char *kind, const char *id,
                                   GHashTable *registers, gint64 created_us, gint64 changed_us,
                                   const char *by, const char *const *conflicts, gboolean deleted);

const char *vantage_entity_get_id (VantageEntity *self);
const char *vantage_entity_get_review (VantageEntity *self);
const char *vantage_entity_get_kind_name (VantageEntity *self);
const VantageKind *vantage_entity_get_kind (VantageEntity *self); /* NULL: newer version's */
gint64 vantage_entity_get_created_us (VantageEntity *self);
gint64 vantage_entity_get_changed_us (VantageEntity *self);
const char *vantage_entity_get_by (
    VantageEntity *self); /* device of the first op (author id computes from it) */
gboolean vantage_entity_is_deleted (VantageEntity *self);
/* Registers in conflict; NULL-terminated; lent. */
const char *const *vantage_entity_get_conflicts (VantageEntity *self);

/* Any register; (nullable); lent. */
VantageValue *vantage_entity_get_value (VantageEntity *self, const char *register_name);
/* Names of all registers that are set (not null, members on), in byte order. (transfer container)
 */
GPtrArray *vantage_entity_list_registers (VantageEntity *self);

/* By field; lent; NULL, FALSE or the fallback when not set. */
const char *vantage_entity_get_text (VantageEntity *self, const char *field);
const char *vantage_entity_get_ref (VantageEntity *self, const char *field);
gboolean vantage_entity_get_yesno (VantageEntity *self, const char *field);
gint64 vantage_entity_get_int (VantageEntity *self, const char *field, gint64 fallback);
double vantage_entity_get_number (VantageEntity *self, const char *field, double fallback);
/* VANTAGE_TIME_NONE when not set. Durations are whole µs. */
gint64 vantage_entity_get_time (VantageEntity *self, const char *field);
gint64 vantage_entity_get_duration (VantageEntity *self, const char *field, gint64 fallback);
/* UNKNOWN when not set. */
void vantage_entity_get_when (VantageEntity *self, const char *field, VantageWhen *out);
/* Elements that are in the set, in byte order. (transfer container): strings lent by the entity. */
GPtrArray *vantage_entity_list_set (VantageEntity *self, const char *field);
gboolean vantage_entity_has_member (VantageEntity *self, const char *field, const char *element);
/* (element-type VantageCite): (transfer container): what it points to is lent by the entity. */
GArray *vantage_entity_list_cites (VantageEntity *self);
/* Keyed: `field/<key>`. */
VantageValue *vantage_entity_get_key (VantageEntity *self, const char *field, const char *key);

/* What names it in lists: title, name, text, hypothesis, label … by kind; "" when nothing does.
 * Lent. */
const char *vantage_entity_get_title (VantageEntity *self);

/* The entity as `vantagectl` prints it: {"id","kind", every field that is set, "created","changed",
 * "by","conflicts"}, and "deleted" when it is. Sets are lists of their elements, durations seconds;
 * the words of cites stand in "quotes" by element; "by" is the author's id. Where the kind has a
 * field "kind" that is set, "kind" is that and "entity" is the kind; so with "by" and "author".
 * (transfer full) */
JsonNode *vantage_entity_to_json (VantageEntity *self);

G_END_DECLS
