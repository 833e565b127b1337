/* vantage-evidence-sink.c: the interface between readers and what keeps or counts their records. */

#include "vantage-evidence-sink.h"

G_DEFINE_INTERFACE (VantageEvidenceSink, vantage_evidence_sink, G_TYPE_OBJECT)

static void
vantage_evidence_sink_default_init (VantageEvidenceSinkInterface *iface)
{
}

VantageDiagnostic *
vantage_diagnostic_new (const char *code, const char *text, const char *path, gint64 line,
                        gint64 offset, gboolean skipped)
{
  VantageDiagnostic *self = g_new0 (VantageDiagnostic, 1);

  self->code = g_strdup (code);
  self->text = g_strdup (text != NULL ? text : "");
  self->path = g_strdup (path != NULL ? path : "");
  self->line = line;
  self->offset = offset;
  self->skipped = skipped;

  return self;
}

void
vantage_diagnostic_free (VantageDiagnostic *self)
{
  if (self == NULL)
    return;

  g_free (self->code);
  g_free (self->text);
  g_free (self->path);
  g_free (self);
}

gboolean
vantage_evidence_sink_add_channel (VantageEvidenceSink *self, const VantageChannel *channel,
                                   GError **error)
{
  return VANTAGE_EVIDENCE_SINK_GET_IFACE (self)->add_channel (self, channel, error);
}

gboolean
vantage_evidence_sink_add_identity (VantageEvidenceSink *self, const VantageIdentity *identity,
                                    GError **error)
{
  return VANTAGE_EVIDENCE_SINK_GET_IFACE (self)->add_identity (self, identity, error);
}

gboolean
vantage_evidence_sink_add_item (VantageEvidenceSink *self, VantageItem *item, GError **error)
{
  return VANTAGE_EVIDENCE_SINK_GET_IFACE (self)->add_item (self, item, error);
}

gboolean
vantage_evidence_sink_add_diagnostic (VantageEvidenceSink *self,
                                      const VantageDiagnostic *diagnostic, GError **error)
{
  return VANTAGE_EVIDENCE_SINK_GET_IFACE (self)->add_diagnostic (self, diagnostic, error);
}

VantageSourceFacts *
vantage_source_facts_new (void)
{
  VantageSourceFacts *self = g_new0 (VantageSourceFacts, 1);

  self->zero_us = VANTAGE_TIME_NONE;
  self->complete = TRUE;

  return self;
}

void
vantage_source_facts_free (VantageSourceFacts *self)
{
  if (self == NULL)
    return;

  g_free (self->title);
  g_free (self->path);
  g_free (self->format);
  g_free (self->family);
  g_free (self->system);
  g_free (self->sha256);
  g_free (self->zone);
  g_free (self->mapping);
  g_free (self->header);
  g_free (self->missing);
  g_free (self);
}
