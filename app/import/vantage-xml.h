/* vantage-xml.h: XML of any size as a stream of records, each a tree of nodes as the ones of JSON.
 * Inside import/ only.
 *
 * An element becomes the text inside it when it has neither attributes nor elements; else an
 * object: attributes as "@name", text as "#text" (when it is more than white space), elements by
 * their names, in order, the same name as often as it comes.
 *
 * Nothing is fetched, no entity of the file's own is expanded (a document that declares some is
 * refused), names of spaces are left out, depth and sizes are bounded. Bytes that XML does not
 * allow are left out or become U+FFFD; references that it does not know stay as they are.
 */

#pragma once

#include "vantage-reader.h"

G_BEGIN_DECLS

typedef struct _VantageXml VantageXml;

/* Where the document begins in @head: at the first of `<?xml`, `<!` or `<root`, after words that a
 * browser put before it. NULL when its first element is not one of @roots. */
const char *vantage_xml_find (const char *head, gsize length, const char *const *roots);

/**
 * vantage_xml_new:
 * @wrappings: elements to step into, NULL-terminated
 * @dropped: elements whose content is passed over, NULL-terminated
 *
 * Both are lent. Takes a reference of @stream.
 */
VantageXml *vantage_xml_new (GInputStream *stream, const char *const *wrappings,
                             const char *const *dropped, GCancellable *cancellable);
void vantage_xml_free (VantageXml *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageXml, vantage_xml_free)

/* The next element that is no wrapping, whole: its name, and *@out until the next call. NULL at the
 * end; with @error when the document is cut off or damaged (DAMAGED), declares entities (UNSAFE),
 * or reading failed. An element beyond the limits is left out and counted. */
const char *vantage_xml_next (VantageXml *self, VantageNode **out, GError **error);
/* Text of the last element @name of @object, with or without attributes; NULL when there is no such
 * element, and for one with attributes alone. Lent. */
const char *vantage_xml_get_text (VantageNode *object, const char *name);
/* The line on which that element begins, from 1. */
gint64 vantage_xml_get_line (VantageXml *self);
/* An attribute of a wrapping, the last of that name; NULL. Lent until the next call. */
const char *vantage_xml_get_attribute (VantageXml *self, const char *wrapping, const char *name);
/* The error is that the document ends too early. */
gboolean vantage_xml_is_cut_off (VantageXml *self);
/* Bytes and references that XML does not allow, so far; elements that were too large. */
guint vantage_xml_get_n_repaired (VantageXml *self);
guint vantage_xml_get_n_too_large (VantageXml *self);

/* Says of an entry what vantage_reading_close_tokens() says of one of JSON. Takes @failure
 * (nullable).
 */
gboolean vantage_reading_close_xml (VantageReading *reading, VantageXml *xml,
                                    const VantageEntry *entry, GError *failure, GError **error);

G_END_DECLS
