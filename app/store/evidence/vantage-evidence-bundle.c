/* vantage-evidence-bundle.c: what bundles need to know of channels and sources. */

#include "vantage-evidence-query.h"

static VantageChannel *
read_channel (VantageStmt *stmt)
{
  VantageChannel *channel = vantage_channel_new (
      vantage_stmt_get_text (stmt, 0), vantage_stmt_get_text (stmt, 1),
      vantage_stmt_get_text (stmt, 2), (VantageChannelSort) vantage_stmt_get_int (stmt, 7));

  channel->weak = vantage_stmt_get_int (stmt, 3) != 0;
  g_free (channel->name);
  channel->name = g_strdup (vantage_stmt_get_text (stmt, 4));
  channel->topic = g_strdup (vantage_stmt_get_text (stmt, 5));
  channel->purpose = g_strdup (vantage_stmt_get_text (stmt, 6));
  return channel;
}

static VantageChannel *
find_channel (VantageEvidenceReading *reading, const char *channel, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      reading->db,
      "SELECT c.family, c.system, c.key, c.weak, coalesce (f.name, c.key), f.topic, f.purpose,"
      " f.sort FROM channel c JOIN channel_fact f ON f.channel = c.id JOIN source s ON s.id ="
      " f.source AND s.state = 1 WHERE c.review = ? AND c.uid = ? ORDER BY s.id DESC LIMIT 1",
      error);

  vantage_stmt_bind_int (&stmt, 1, reading->map->review_row);
  vantage_stmt_bind_text (&stmt, 2, channel);
  return vantage_stmt_step (&stmt, error) ? read_channel (&stmt) : NULL;
}

VantageChannel *
vantage_library_get_channel (VantageLibrary *self, const char *review, const char *channel,
                             GError **error)
{
  VantageEvidenceReading reading;
  GError *local_error = NULL;
  VantageChannel *found;

  if (!vantage_evidence_reading_begin (&reading, self, review, NULL, error))
    return NULL;
  found = find_channel (&reading, channel, &local_error);
  vantage_evidence_reading_end (&reading, &local_error);
  if (local_error != NULL)
    g_propagate_error (error, local_error);
  return found;
}

gboolean
vantage_library_follow_source (VantageLibrary *self, const char *review, const char *source,
                               GError **error)
{
  GError *local_error = NULL;
  g_autoptr (VantageEntity) entity =
      vantage_library_get (self, review, "source", source, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  return entity == NULL || vantage_evidence_follow_source (self->evidence, entity, error);
}
