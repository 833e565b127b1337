/* vantage-document.h: a document as one tree, before it is written in some format. Texts are plain:
 * escaping is the writers' work alone. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  /* blocks */
  VANTAGE_NODE_DOCUMENT,  /* text: title */
  VANTAGE_NODE_SECTION,   /* text: heading; level: 2 … 6 */
  VANTAGE_NODE_PARAGRAPH, /* of inlines */
  VANTAGE_NODE_NOTE,      /* a paragraph that stands aside */
  VANTAGE_NODE_QUOTE,     /* of inlines; target: who said it, "" */
  VANTAGE_NODE_LIST,      /* of items */
  VANTAGE_NODE_ITEM,      /* of inlines */
  VANTAGE_NODE_CODE,      /* text */
  VANTAGE_NODE_TABLE,     /* of rows, the first of headings; text: caption */
  VANTAGE_NODE_ROW,       /* of cells; id: (nullable) */
  VANTAGE_NODE_CELL,      /* of inlines */
  VANTAGE_NODE_EVIDENCE,  /* of inlines; number: its own; level: how often it is cited;
                             target: (nullable): what it is an entry of */
  /* inlines */
  VANTAGE_NODE_TEXT,     /* text; a line end in it is kept */
  VANTAGE_NODE_STRONG,   /* text */
  VANTAGE_NODE_EMPHASIS, /* text */
  VANTAGE_NODE_LINK,     /* text; target: http or https */
  VANTAGE_NODE_REF,      /* text; target: id of a node of this document */
  VANTAGE_NODE_CITE,     /* number: of the evidence; level: the how-many-eth citing of it, from 1 */
} VantageNodeSort;

typedef struct _VantageNode VantageNode;

struct _VantageNode
{
  VantageNodeSort sort;
  char *id; /* [a-z0-9-], unique in the document; NULL: nothing points here */
  char *text;
  char *target;
  guint number;
  guint level;
  GPtrArray *children; /* (element-type VantageNode) (nullable) */
};

VantageNode *vantage_node_new (VantageNodeSort sort, const char *text);
void vantage_node_free (VantageNode *self);
/* @child: (transfer full); returns it. */
VantageNode *vantage_node_append (VantageNode *self, VantageNode *child);
/* Makes, appends, lends. */
VantageNode *vantage_node_add (VantageNode *self, VantageNodeSort sort, const char *text);
gboolean vantage_node_is_empty (const VantageNode *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageNode, vantage_node_free)

/* The two writers. (transfer full) */
char *vantage_document_to_markdown (const VantageNode *document);
char *vantage_document_to_html (const VantageNode *document, const char *language);

G_END_DECLS
