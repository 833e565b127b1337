/* vantage-xml.c: elements as trees of nodes. */

#include "vantage-xml.h"

#include <libxml/xmlreader.h>
#include <string.h>

#include "vantage-scan.h"
#include "vantage-xml-source.h"

#define MAX_DEPTH 100
#define MAX_NODES 1000000
#define MAX_RECORD (64 * 1024 * 1024) /* bytes of text of one record */

typedef struct
{
  guint node; /* index of the element's value */
  guint n_members;
  GString *text;
} Frame;

struct _VantageXml
{
  VantageXmlSource *source;
  const char *const *wrappings;
  const char *const *dropped;
  xmlTextReader *reader;
  char *message; /* of the first error of form */
  gboolean ready, ended, cut_off;
  GHashTable *attributes; /* char *"wrapping@name" → char *value */

  /* the record in hand */
  GArray *nodes;  /* (element-type VantageNode) */
  GArray *frames; /* (element-type Frame): elements that are open */
  GStringChunk *texts;
  gsize size;
  gboolean too_large;
  int dropping; /* depth of the element that is passed over; -1: none */
  char *name;
  gint64 line;
  guint n_too_large;
};

static void
frame_clear (gpointer data)
{
  g_string_free (((Frame *) data)->text, TRUE);
}

VantageXml *
vantage_xml_new (GInputStream *stream, const char *const *wrappings, const char *const *dropped,
                 GCancellable *cancellable)
{
  static gsize once = 0;
  VantageXml *self = g_new0 (VantageXml, 1);

  if (g_once_init_enter (&once))
    {
      xmlInitParser ();
      g_once_init_leave (&once, 1);
    }
  self->source = vantage_xml_source_new (stream, cancellable);
  self->wrappings = wrappings;
  self->dropped = dropped;
  self->attributes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->nodes = g_array_new (FALSE, TRUE, sizeof (VantageNode));
  self->frames = g_array_new (FALSE, TRUE, sizeof (Frame));
  g_array_set_clear_func (self->frames, frame_clear);
  self->texts = g_string_chunk_new (4096);
  self->dropping = -1;
  return self;
}

void
vantage_xml_free (VantageXml *self)
{
  if (self->reader != NULL)
    xmlFreeTextReader (self->reader);
  vantage_xml_source_free (self->source);
  g_hash_table_unref (self->attributes);
  g_array_unref (self->nodes);
  g_array_unref (self->frames);
  g_string_chunk_free (self->texts);
  g_free (self->message);
  g_free (self->name);
  g_free (self);
}

/* ---- the parser ---- */

static void
error_cb (void *data, xmlError *error)
{
  VantageXml *self = data;

  if (self->message != NULL || error == NULL || error->level < XML_ERR_ERROR)
    return;
  self->message =
      g_strdup_printf ("%s (line %d)", error->message != NULL ? error->message : "", error->line);
  g_strdelimit (self->message, "\r\n", ' ');
}

static gboolean
prepare (VantageXml *self, GError **error)
{
  self->ready = TRUE;
  if (!vantage_xml_source_prepare (self->source, error))
    return FALSE;
  self->reader =
      xmlReaderForIO (vantage_xml_source_read, NULL, self->source, NULL,
                      vantage_xml_source_is_utf8 (self->source) ? "UTF-8" : NULL,
                      XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_BIG_LINES | XML_PARSE_NOWARNING);
  if (self->reader == NULL)
    {
      g_set_error_literal (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_DAMAGED,
                           "the XML cannot be read");
      return FALSE;
    }
  xmlTextReaderSetStructuredErrorHandler (self->reader, error_cb, self);
  return TRUE;
}

/* ---- nodes ---- */

/* A text of @length bytes into the record; FALSE when it would be too large. */
static gboolean
add_text (VantageXml *self, const char *text, gsize length)
{
  VantageNode node = { .type = VANTAGE_NODE_STRING, .span = 1, .flags = VANTAGE_NODE_READY };

  self->size += length;
  if (self->size > MAX_RECORD || self->nodes->len >= MAX_NODES)
    self->too_large = TRUE;
  if (self->too_large)
    return FALSE;
  node.text = g_string_chunk_insert_len (self->texts, text, (gssize) length);
  node.length = (guint32) length;
  g_array_append_val (self->nodes, node);
  return TRUE;
}

static void
add_attributes (VantageXml *self, Frame *frame)
{
  while (xmlTextReaderMoveToNextAttribute (self->reader) == 1)
    {
      const char *name = (const char *) xmlTextReaderConstLocalName (self->reader);
      const char *value = (const char *) xmlTextReaderConstValue (self->reader);
      g_autofree char *marked = g_strconcat ("@", name, NULL);

      value = value != NULL ? value : "";
      if (add_text (self, marked, strlen (marked)) && add_text (self, value, strlen (value)))
        frame->n_members++;
    }
  xmlTextReaderMoveToElement (self->reader);
}

static void
open_element (VantageXml *self)
{
  const char *name = (const char *) xmlTextReaderConstLocalName (self->reader);
  VantageNode node = { .type = VANTAGE_NODE_OBJECT };
  Frame frame = { 0, 0, NULL };

  if (self->frames->len > 0 && add_text (self, name, strlen (name)))
    g_array_index (self->frames, Frame, self->frames->len - 1).n_members++;
  frame.node = self->nodes->len;
  frame.text = g_string_new (NULL);
  g_array_append_val (self->nodes, node);
  add_attributes (self, &frame);
  g_array_append_val (self->frames, frame);
}

static gboolean
is_blank (const GString *text)
{
  return strspn (text->str, " \t\r\n") == text->len;
}

static void
close_element (VantageXml *self)
{
  Frame *frame = &g_array_index (self->frames, Frame, self->frames->len - 1);
  VantageNode *node;

  if (frame->n_members == 0 && !self->too_large)
    {
      g_array_set_size (self->nodes, frame->node);
      add_text (self, frame->text->str, frame->text->len);
    }
  else if (!self->too_large)
    {
      if (!is_blank (frame->text) && add_text (self, "#text", 5) &&
          add_text (self, frame->text->str, frame->text->len))
        frame->n_members++;
      node = &g_array_index (self->nodes, VantageNode, frame->node);
      node->span = self->nodes->len - frame->node;
      node->length = frame->n_members;
    }
  g_array_set_size (self->frames, self->frames->len - 1);
}

static void
begin_record (VantageXml *self)
{
  g_array_set_size (self->nodes, 0);
  g_string_chunk_clear (self->texts);
  self->size = 0;
  self->too_large = FALSE;
  g_free (self->name);
  self->name = g_strdup ((const char *) xmlTextReaderConstLocalName (self->reader));
  self->line = xmlGetLineNo (xmlTextReaderCurrentNode (self->reader)) +
               vantage_xml_source_get_n_lines_before (self->source);
}

static void
keep_attributes (VantageXml *self, const char *name)
{
  g_autofree char *wrapping = g_strdup (name);

  while (xmlTextReaderMoveToNextAttribute (self->reader) == 1)
    if (g_hash_table_size (self->attributes) < 200)
      g_hash_table_replace (self->attributes,
                            g_strconcat (wrapping, "@",
                                         (const char *) xmlTextReaderConstLocalName (self->reader),
                                         NULL),
                            g_strdup ((const char *) xmlTextReaderConstValue (self->reader)));
  xmlTextReaderMoveToElement (self->reader);
}

/* ---- walking ---- */

static gboolean
is_among (const char *name, const char *const *names)
{
  return names != NULL && g_strv_contains (names, name);
}

/* Whether a whole record is in hand now. */
static gboolean
take_start (VantageXml *self)
{
  const char *name = (const char *) xmlTextReaderConstLocalName (self->reader);
  gboolean empty = xmlTextReaderIsEmptyElement (self->reader) == 1;

  if (self->frames->len == 0 && is_among (name, self->wrappings))
    {
      keep_attributes (self, name);
      return FALSE;
    }
  if (self->frames->len > 0 && (self->too_large || is_among (name, self->dropped)))
    {
      if (!empty)
        self->dropping = xmlTextReaderDepth (self->reader);
      return FALSE;
    }
  if (self->frames->len == 0)
    begin_record (self);
  open_element (self);
  if (!empty)
    return FALSE;
  close_element (self);
  return self->frames->len == 0;
}

static gboolean
take_end (VantageXml *self)
{
  if (self->frames->len == 0)
    return FALSE;
  close_element (self);
  return self->frames->len == 0;
}

static void
take_text (VantageXml *self)
{
  const char *value = (const char *) xmlTextReaderConstValue (self->reader);
  Frame *frame;

  if (self->frames->len == 0 || self->too_large || value == NULL)
    return;
  frame = &g_array_index (self->frames, Frame, self->frames->len - 1);
  if (frame->text->len + strlen (value) > MAX_RECORD)
    self->too_large = TRUE;
  else
    g_string_append (frame->text, value);
}

/* One step. TRUE when a whole record is in hand. */
static gboolean
take_step (VantageXml *self)
{
  int type = xmlTextReaderNodeType (self->reader);

  if (self->dropping >= 0)
    {
      if (type == XML_READER_TYPE_END_ELEMENT &&
          xmlTextReaderDepth (self->reader) == self->dropping)
        self->dropping = -1;
      return FALSE;
    }
  switch (type)
    {
    case XML_READER_TYPE_ELEMENT:
      return take_start (self);
    case XML_READER_TYPE_END_ELEMENT:
      return take_end (self);
    case XML_READER_TYPE_TEXT:
    case XML_READER_TYPE_CDATA:
    case XML_READER_TYPE_WHITESPACE:
    case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
      take_text (self);
      return FALSE;
    default:
      return FALSE;
    }
}

static void
set_failure (VantageXml *self, GError **error)
{
  const GError *failure = vantage_xml_source_get_failure (self->source);

  self->ended = TRUE;
  if (failure != NULL)
    {
      g_propagate_error (error, g_error_copy (failure));
      return;
    }
  self->cut_off = vantage_xml_source_is_at_end (self->source);
  g_set_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_DAMAGED, "the XML %s: %s",
               self->cut_off ? "ends too early" : "is damaged",
               self->message != NULL ? self->message : "no more could be read");
}

const char *
vantage_xml_next (VantageXml *self, VantageNode **out, GError **error)
{
  int status;

  *out = NULL;
  if (self->ended)
    return NULL;
  if (!self->ready && !prepare (self, error))
    {
      self->ended = TRUE;
      return NULL;
    }
  while ((status = xmlTextReaderRead (self->reader)) == 1)
    {
      if (xmlTextReaderDepth (self->reader) > MAX_DEPTH)
        {
          self->ended = TRUE;
          g_set_error_literal (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_DAMAGED,
                               "the XML is nested more deeply than any real one");
          return NULL;
        }
      if (!take_step (self))
        continue;
      if (self->too_large)
        {
          self->n_too_large++;
          continue;
        }
      *out = &g_array_index (self->nodes, VantageNode, 0);
      return self->name;
    }
  if (status < 0 || self->frames->len > 0)
    set_failure (self, error);
  self->ended = TRUE;
  return NULL;
}

/* ---- asking ---- */

const char *
vantage_xml_get_text (VantageNode *object, const char *name)
{
  VantageNode *node = vantage_node_get (object, name);

  return node != NULL && node->type == VANTAGE_NODE_OBJECT ? vantage_node_get_member (node, "#text")
                                                           : vantage_node_get_text (node);
}

gint64
vantage_xml_get_line (VantageXml *self)
{
  return self->line;
}

const char *
vantage_xml_get_attribute (VantageXml *self, const char *wrapping, const char *name)
{
  g_autofree char *key = g_strconcat (wrapping, "@", name, NULL);

  return g_hash_table_lookup (self->attributes, key);
}

gboolean
vantage_xml_is_cut_off (VantageXml *self)
{
  return self->cut_off;
}

guint
vantage_xml_get_n_repaired (VantageXml *self)
{
  return vantage_xml_source_get_n_repaired (self->source);
}

guint
vantage_xml_get_n_too_large (VantageXml *self)
{
  return self->n_too_large;
}

gboolean
vantage_reading_close_xml (VantageReading *reading, VantageXml *xml, const VantageEntry *entry,
                           GError *failure, GError **error)
{
  g_autoptr (GError) owned = failure;

  if (vantage_xml_get_n_repaired (xml) > 0 &&
      !vantage_reading_note (
          reading, "bad-encoding", entry, 0, -1, error,
          "%u characters that XML does not allow were left out or stand as U+FFFD",
          vantage_xml_get_n_repaired (xml)))
    return FALSE;
  for (guint i = 0; i < xml->n_too_large; i++)
    if (!vantage_reading_skip (reading, "too-large", entry, 0, -1, error,
                               "a record is too large to be read"))
      return FALSE;
  if (owned == NULL)
    return TRUE;
  if (!g_error_matches (owned, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_DAMAGED))
    return vantage_reading_take_failure (reading, entry, g_steal_pointer (&owned), error);
  reading->facts->complete = FALSE;
  return vantage_reading_skip (reading, vantage_xml_is_cut_off (xml) ? "cut-off" : "bad-xml", entry,
                               xml->line, -1, error, "%s", owned->message);
}

const char *
vantage_xml_find (const char *head, gsize length, const char *const *roots)
{
  const char *end = head + length;
  const char *p = length > 0 ? memchr (head, '<', MIN (length, 4096)) : NULL;
  const char *begin = p;

  while (p != NULL && p < end)
    {
      const char *close = NULL;

      if (g_ascii_isspace (*p))
        {
          p++;
          continue;
        }
      if (*p != '<' || end - p < 4)
        return NULL;
      if (g_ascii_isalpha (p[1]))
        {
          gsize n = 1;
          g_autofree char *name = NULL;

          while (p + n < end && strchr (" \t\r\n/>", p[n]) == NULL)
            n++;
          name = g_strndup (p + 1, n - 1);
          return is_among (name, roots) ? begin : NULL;
        }
      if (memcmp (p, "<!--", 4) == 0)
        close = g_strstr_len (p + 4, end - p - 4, "-->");
      else if (p[1] == '?' || p[1] == '!')
        close = memchr (p, '>', (gsize) (end - p));
      p = close == NULL ? NULL : close + (*close == '-' ? 3 : 1);
    }
  return NULL;
}
