/* vantage-times-entities.c: events and statements of a review into what the network reads. */

#include "vantage-times.h"

#include <string.h>

static const char *const confidences[] = { "certain", "likely", "unsure" };

static guint
get_confidence (VantageEntity *entity)
{
  const char *text = vantage_entity_get_text (entity, "confidence");

  for (guint i = 0; i < G_N_ELEMENTS (confidences); i++)
    if (g_strcmp0 (text, confidences[i]) == 0)
      return i;
  return G_N_ELEMENTS (confidences);
}

/* What rests on an account is nobody's record, whatever it cites; what cites items only is one. */
static gboolean
is_record (VantageEntity *entity)
{
  g_autoptr (GArray) cites = NULL;

  if (vantage_entity_get_ref (entity, "account") != NULL ||
      vantage_entity_get_ref (entity, "interview") != NULL ||
      vantage_entity_get_ref (entity, "passage") != NULL)
    return FALSE;
  if (g_strcmp0 (vantage_entity_get_text (entity, "claim"), "record") == 0)
    return TRUE;
  cites = vantage_entity_list_cites (entity);
  return cites->len > 0;
}

/* FALSE when the *when* says nothing, or names an item that has no time. */
static gboolean
read_when (const VantageWhen *when, VantageItemTimeFunc item_time, gpointer user_data,
           VantageTimeStatement *out)
{
  VantagePrecision precision;
  gint64 at;

  switch (when->sort)
    {
    case VANTAGE_WHEN_AT:
      out->rel = VANTAGE_REL_AT;
      out->a_us = when->at_us;
      out->b_us = when->plus_minus_us;
      return TRUE;
    case VANTAGE_WHEN_BETWEEN:
      out->rel = VANTAGE_REL_BETWEEN;
      out->a_us = when->at_us;
      out->b_us = when->until_us;
      return TRUE;
    case VANTAGE_WHEN_ITEM:
      if (item_time == NULL || !item_time (when->item, &at, &precision, user_data) ||
          precision == VANTAGE_PRECISION_NONE)
        return FALSE;
      out->rel = VANTAGE_REL_BETWEEN;
      out->a_us = at;
      out->b_us = at + MAX (vantage_precision_get_unit_us (precision), 1) - 1;
      out->record = TRUE;
      return TRUE;
    case VANTAGE_WHEN_UNKNOWN:
    default:
      return FALSE;
    }
}

static void
take_own_time (VantageTimes *self, VantageEntity *event, const char *field, VantageTimePoint point,
               VantageItemTimeFunc item_time, gpointer user_data)
{
  VantageTimeStatement statement = { .id = vantage_entity_get_id (event),
                                     .point = point,
                                     .subject = vantage_entity_get_id (event),
                                     .record = is_record (event),
                                     .confidence = get_confidence (event) };
  VantageWhen when;

  vantage_entity_get_when (event, field, &when);
  if (read_when (&when, item_time, user_data, &statement))
    vantage_times_set_statement (self, &statement);
  else
    vantage_times_remove_statement (self, statement.id, point);
}

static void
take_event (VantageTimes *self, VantageEntity *event, VantageItemTimeFunc item_time,
            gpointer user_data)
{
  const char *id = vantage_entity_get_id (event);
  VantageWhen end;

  if (vantage_entity_is_deleted (event))
    {
      vantage_times_remove_statement (self, id, VANTAGE_POINT_START);
      vantage_times_remove_statement (self, id, VANTAGE_POINT_END);
      vantage_times_remove_event (self, id);
      return;
    }
  vantage_entity_get_when (event, "end", &end);
  vantage_times_set_event (self, id, end.sort != VANTAGE_WHEN_UNKNOWN);
  take_own_time (self, event, "start", VANTAGE_POINT_START, item_time, user_data);
  take_own_time (self, event, "end", VANTAGE_POINT_END, item_time, user_data);
}

/* Reads what belongs to the relation; FALSE when the entity does not say enough. */
static gboolean
read_relation (VantageEntity *entity, VantageItemTimeFunc item_time, gpointer user_data,
               VantageTimeStatement *out)
{
  VantageTimeRel rel;
  VantageWhen when;

  if (out->subject == NULL ||
      !vantage_time_rel_from_text (vantage_entity_get_text (entity, "rel"), &rel))
    return FALSE;
  if (rel == VANTAGE_REL_AT || rel == VANTAGE_REL_BETWEEN)
    {
      vantage_entity_get_when (entity, "value", &when);
      return read_when (&when, item_time, user_data, out);
    }
  out->rel = rel;
  out->object = vantage_entity_get_ref (entity, "object");
  out->a_us = vantage_entity_get_duration (entity, "min", 0);
  out->b_us = vantage_entity_get_duration (entity, "max", VANTAGE_DURATION_OPEN);
  /* the same moment plus or minus so much: its greatest distance */
  if (rel == VANTAGE_REL_SAME)
    out->a_us = out->b_us == VANTAGE_DURATION_OPEN ? out->a_us : out->b_us;
  return rel == VANTAGE_REL_LASTS || out->object != NULL;
}

static void
take_statement (VantageTimes *self, VantageEntity *entity, VantageItemTimeFunc item_time,
                gpointer user_data)
{
  VantageTimeStatement statement = { .id = vantage_entity_get_id (entity),
                                     .point = VANTAGE_POINT_STATEMENT,
                                     .subject = vantage_entity_get_ref (entity, "subject"),
                                     .record = is_record (entity),
                                     .confidence = get_confidence (entity) };

  if (!vantage_entity_is_deleted (entity) &&
      read_relation (entity, item_time, user_data, &statement))
    vantage_times_set_statement (self, &statement);
  else
    vantage_times_remove_statement (self, statement.id, VANTAGE_POINT_STATEMENT);
}

void
vantage_times_take_entity (VantageTimes *self, VantageEntity *entity, VantageItemTimeFunc item_time,
                           gpointer user_data)
{
  const char *kind = vantage_entity_get_kind_name (entity);

  if (strcmp (kind, "event") == 0)
    take_event (self, entity, item_time, user_data);
  else if (strcmp (kind, "statement") == 0)
    take_statement (self, entity, item_time, user_data);
}
