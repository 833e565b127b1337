/* vantage-xml.c: elements as trees of nodes. The parser is pushed, and what it finds before it
 * stumbles is kept: a document that is cut off gives every record that is whole. */

#include "vantage-xml.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>

#include "vantage-scan.h"
#include "vantage-xml-source.h"

#define CHUNK 4096
#define MAX_DEPTH 100
#define MAX_NODES 1000000
#define MAX_RECORD (64 * 1024 * 1024) /* bytes of text of one record */

/* One element and all that is in it. */
typedef struct
{
  char *name;
  GArray *nodes; /* (element-type VantageNode) */
  GStringChunk *texts;
  gsize size;
  gint64 line;
  gboolean too_large;
} Record;

/* An element that is open. */
typedef struct
{
  guint node; /* index of its value */
  guint n_members;
  GString *text;
} Frame;

struct _VantageXml
{
  VantageXmlSource *source;
  const char *const *wrappings;
  const char *const *dropped;
  xmlParserCtxt *parser;
  gboolean ready, ended, cut_off, deep;
  GHashTable *attributes; /* char *"wrapping@name" → char *value */
  guint depth;
  guint dropping; /* depth of the element that is passed over; 0: none */

  Record *open;   /* NULL: between records */
  GArray *frames; /* (element-type Frame): its elements that are open */
  GQueue whole;   /* (element-type Record): read and not given yet */
  Record *given;
  GError *late; /* to be told when what is whole has been given */
  guint n_too_large;
};

static void
frame_clear (gpointer data)
{
  g_string_free (((Frame *) data)->text, TRUE);
}

static void
record_free (Record *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_array_unref (self->nodes);
  g_string_chunk_free (self->texts);
  g_free (self);
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
  self->frames = g_array_new (FALSE, TRUE, sizeof (Frame));
  g_array_set_clear_func (self->frames, frame_clear);
  g_queue_init (&self->whole);
  return self;
}

void
vantage_xml_free (VantageXml *self)
{
  g_clear_pointer (&self->parser, xmlFreeParserCtxt);
  vantage_xml_source_free (self->source);
  g_hash_table_unref (self->attributes);
  g_array_unref (self->frames);
  g_clear_error (&self->late);
  record_free (self->open);
  record_free (self->given);
  g_queue_clear_full (&self->whole, (GDestroyNotify) record_free);
  g_free (self);
}

/* ---- nodes ---- */

/* A text into the record; FALSE when it would be too large. */
static gboolean
add_text (Record *record, const char *text, gsize length)
{
  VantageNode node = { .type = VANTAGE_NODE_STRING, .span = 1, .flags = VANTAGE_NODE_READY };

  record->size += length;
  if (record->size > MAX_RECORD || record->nodes->len >= MAX_NODES)
    record->too_large = TRUE;
  if (record->too_large)
    return FALSE;
  node.text = g_string_chunk_insert_len (record->texts, text, (gssize) length);
  node.length = (guint32) length;
  g_array_append_val (record->nodes, node);
  return TRUE;
}

/* Attributes as the parser gives them: five pointers for each. */
static const char *
get_attribute (const xmlChar **attributes, int index, gsize *out_length)
{
  const char *begin = (const char *) attributes[index * 5 + 3];

  *out_length = (gsize) ((const char *) attributes[index * 5 + 4] - begin);
  return begin;
}

static void
open_element (VantageXml *self, const char *name, int n_attributes, const xmlChar **attributes)
{
  Record *record = self->open;
  VantageNode node = { .type = VANTAGE_NODE_OBJECT };
  Frame frame = { 0, 0, NULL };

  if (self->frames->len > 0 && add_text (record, name, strlen (name)))
    g_array_index (self->frames, Frame, self->frames->len - 1).n_members++;
  frame.node = record->nodes->len;
  frame.text = g_string_new (NULL);
  g_array_append_val (record->nodes, node);
  for (int i = 0; i < n_attributes; i++)
    {
      g_autofree char *marked = g_strconcat ("@", (const char *) attributes[i * 5], NULL);
      gsize length;
      const char *value = get_attribute (attributes, i, &length);

      if (add_text (record, marked, strlen (marked)) && add_text (record, value, length))
        frame.n_members++;
    }
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
  Record *record = self->open;
  Frame *frame = &g_array_index (self->frames, Frame, self->frames->len - 1);
  VantageNode *node;

  if (!record->too_large && frame->n_members == 0)
    {
      g_array_set_size (record->nodes, frame->node);
      add_text (record, frame->text->str, frame->text->len);
    }
  else if (!record->too_large)
    {
      if (!is_blank (frame->text) && add_text (record, "#text", 5) &&
          add_text (record, frame->text->str, frame->text->len))
        frame->n_members++;
      node = &g_array_index (record->nodes, VantageNode, frame->node);
      node->span = record->nodes->len - frame->node;
      node->length = frame->n_members;
    }
  g_array_set_size (self->frames, self->frames->len - 1);
}

static void
begin_record (VantageXml *self, const char *name)
{
  Record *record = g_new0 (Record, 1);

  record->name = g_strdup (name);
  record->nodes = g_array_new (FALSE, TRUE, sizeof (VantageNode));
  record->texts = g_string_chunk_new (1024);
  record->line = xmlSAX2GetLineNumber (self->parser) +
                 (gint64) vantage_xml_source_get_n_lines_before (self->source);
  self->open = record;
}

static void
finish_record (VantageXml *self)
{
  if (!self->open->too_large)
    {
      g_queue_push_tail (&self->whole, g_steal_pointer (&self->open));
      return;
    }
  self->n_too_large++;
  g_clear_pointer (&self->open, record_free);
}

/* ---- what the parser finds ---- */

static gboolean
is_among (const char *name, const char *const *names)
{
  return names != NULL && g_strv_contains (names, name);
}

static void
keep_attributes (VantageXml *self, const char *wrapping, int n, const xmlChar **attributes)
{
  for (int i = 0; i < n && g_hash_table_size (self->attributes) < 200; i++)
    {
      gsize length;
      const char *value = get_attribute (attributes, i, &length);

      g_hash_table_replace (self->attributes,
                            g_strconcat (wrapping, "@", (const char *) attributes[i * 5], NULL),
                            g_strndup (value, length));
    }
}

static void
start_cb (void *data, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
          int n_namespaces, const xmlChar **namespaces, int n_attributes, int n_defaulted,
          const xmlChar **attributes)
{
  VantageXml *self = data;
  const char *name = (const char *) local;

  if (++self->depth > MAX_DEPTH)
    {
      self->deep = TRUE;
      xmlStopParser (self->parser);
      return;
    }
  if (self->dropping > 0)
    return;
  if (self->open == NULL && is_among (name, self->wrappings))
    {
      keep_attributes (self, name, n_attributes, attributes);
      return;
    }
  if (self->open != NULL && (self->open->too_large || is_among (name, self->dropped)))
    {
      self->dropping = self->depth;
      return;
    }
  if (self->open == NULL)
    begin_record (self, name);
  open_element (self, name, n_attributes, attributes);
}

static void
end_cb (void *data, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
  VantageXml *self = data;

  if (self->dropping == self->depth && self->dropping > 0)
    self->dropping = 0;
  else if (self->dropping == 0 && self->open != NULL)
    {
      close_element (self);
      if (self->frames->len == 0)
        finish_record (self);
    }
  self->depth--;
}

static void
text_cb (void *data, const xmlChar *text, int length)
{
  VantageXml *self = data;
  Frame *frame;

  if (self->open == NULL || self->dropping > 0 || self->open->too_large || length <= 0)
    return;
  frame = &g_array_index (self->frames, Frame, self->frames->len - 1);
  if (frame->text->len + (gsize) length > MAX_RECORD)
    self->open->too_large = TRUE;
  else
    g_string_append_len (frame->text, (const char *) text, length);
}

static void
error_cb (void *data, xmlError *error)
{
  /* it is asked for when the parser has stopped */
}

/* ---- the parser ---- */

static gboolean
prepare (VantageXml *self, GError **error)
{
  xmlSAXHandler handler = { .initialized = XML_SAX2_MAGIC,
                            .startElementNs = start_cb,
                            .endElementNs = end_cb,
                            .characters = text_cb,
                            .ignorableWhitespace = text_cb,
                            .cdataBlock = text_cb,
                            .serror = error_cb };

  self->ready = TRUE;
  if (!vantage_xml_source_prepare (self->source, error))
    return FALSE;
  self->parser = xmlCreatePushParserCtxt (&handler, self, NULL, 0, NULL);
  if (self->parser == NULL)
    {
      g_set_error_literal (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_DAMAGED,
                           "the XML cannot be read");
      return FALSE;
    }
  xmlCtxtUseOptions (self->parser,
                     XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_BIG_LINES |
                         (vantage_xml_source_is_utf8 (self->source) ? XML_PARSE_IGNORE_ENC : 0));
  return TRUE;
}

static void
set_failure (VantageXml *self, GError **error)
{
  const GError *failure = vantage_xml_source_get_failure (self->source);
  const xmlError *last = xmlCtxtGetLastError (self->parser);
  g_autofree char *words = NULL;

  if (failure != NULL)
    {
      g_propagate_error (error, g_error_copy (failure));
      return;
    }
  if (self->deep)
    {
      g_set_error_literal (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_DAMAGED,
                           "the XML is nested more deeply than any real one");
      return;
    }
  self->cut_off = vantage_xml_source_is_at_end (self->source);
  words = g_strdup (last != NULL && last->message != NULL ? last->message : "");
  g_strchomp (g_strdelimit (words, "\r\n", ' '));
  g_set_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_DAMAGED, "the XML %s: %s",
               self->cut_off ? "ends too early" : "is damaged", words);
}

/* Gives the parser more. FALSE at the end, and with @error. */
static gboolean
push (VantageXml *self, GError **error)
{
  char buffer[CHUNK];
  int n = vantage_xml_source_read (self->source, buffer, sizeof buffer);

  if (n >= 0)
    xmlParseChunk (self->parser, buffer, n, n == 0);
  if (n < 0 || !self->parser->wellFormed || self->deep)
    {
      self->ended = TRUE;
      set_failure (self, error);
      return FALSE;
    }
  self->ended = n == 0;
  return n > 0;
}

const char *
vantage_xml_next (VantageXml *self, VantageNode **out, GError **error)
{
  GError *failure = NULL;

  *out = NULL;
  g_clear_pointer (&self->given, record_free);
  if (!self->ready && !prepare (self, error))
    {
      self->ended = TRUE;
      return NULL;
    }
  while (self->whole.length == 0 && !self->ended && push (self, &failure))
    ;
  if (failure != NULL && self->whole.length > 0)
    self->late = g_steal_pointer (&failure);
  self->given = g_queue_pop_head (&self->whole);
  if (self->given != NULL)
    {
      *out = &g_array_index (self->given->nodes, VantageNode, 0);
      return self->given->name;
    }
  if (failure == NULL)
    failure = g_steal_pointer (&self->late);
  if (failure != NULL)
    g_propagate_error (error, failure);
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
  return self->given != NULL ? self->given->line : 0;
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
                               0, -1, error, "%s", owned->message);
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
      if (close != NULL && *close == '>' && p[1] == '!' &&
          memchr (p, '[', (gsize) (close - p)) != NULL)
        close =
            g_strstr_len (p, end - p, "]>") != NULL ? g_strstr_len (p, end - p, "]>") + 1 : NULL;
      p = close == NULL ? NULL : close + (*close == '-' ? 3 : 1);
    }
  return NULL;
}
