/* vantage-entity-model.h: entities of one kind as a GListModel that can be kept in step.
 * Whoever keeps it in step calls
 * update; whoever shows it sees a GListModel of VantageEntity. */

#pragma once

#include <gio/gio.h>

#include "vantage-entity.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_ENTITY_MODEL (vantage_entity_model_get_type ())
G_DECLARE_FINAL_TYPE (VantageEntityModel, vantage_entity_model, VANTAGE, ENTITY_MODEL, GObject)

/* @compare: as for a GPtrArray of VantageEntity. @entities: (transfer full): sorted by it. */
VantageEntityModel *vantage_entity_model_new (GCompareFunc compare, GPtrArray *entities);
/* Puts the new state of one entity in its place, or takes it out when it is deleted. */
void vantage_entity_model_update (VantageEntityModel *self, VantageEntity *entity);
/* Takes it out when it is there. */
void vantage_entity_model_remove (VantageEntityModel *self, const char *id);
/* Replaces all, telling only of the stretch that differs. @entities: (transfer full): sorted. */
void vantage_entity_model_replace (VantageEntityModel *self, GPtrArray *entities);

G_END_DECLS
