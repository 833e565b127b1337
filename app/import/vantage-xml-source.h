/* vantage-xml-source.h: the bytes of an XML document, made such as a parser takes: for vantage-xml
 * only. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _VantageXmlSource VantageXmlSource;

VantageXmlSource *vantage_xml_source_new (GInputStream *stream, GCancellable *cancellable);
void vantage_xml_source_free (VantageXmlSource *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageXmlSource, vantage_xml_source_free)

/* Reads up to the first element. UNSAFE when the document declares anything of its own, DAMAGED
 * when no element begins. */
gboolean vantage_xml_source_prepare (VantageXmlSource *self, GError **error);
/* The parser's: bytes into @buffer, 0 at the end, -1 when reading failed. */
int vantage_xml_source_read (gpointer self, char *buffer, int length);

/* What is given is UTF-8, whatever the document declares. */
gboolean vantage_xml_source_is_utf8 (VantageXmlSource *self);
/* Why reading failed; NULL. Lent. */
const GError *vantage_xml_source_get_failure (VantageXmlSource *self);
/* Everything was given to the parser. */
gboolean vantage_xml_source_is_at_end (VantageXmlSource *self);
/* Line ends before the document begins. */
guint vantage_xml_source_get_n_lines_before (VantageXmlSource *self);
guint vantage_xml_source_get_n_repaired (VantageXmlSource *self);

G_END_DECLS
