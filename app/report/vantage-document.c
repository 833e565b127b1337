/* vantage-document.c: the tree of a document. */

#include "vantage-document.h"

VantageNode *
vantage_node_new (VantageNodeSort sort, const char *text)
{
  VantageNode *self = g_new0 (VantageNode, 1);

  self->sort = sort;
  self->text = g_strdup (text != NULL ? text : "");
  return self;
}

void
vantage_node_free (VantageNode *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->text);
  g_free (self->target);
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_free (self);
}

VantageNode *
vantage_node_append (VantageNode *self, VantageNode *child)
{
  if (self->children == NULL)
    self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_node_free);
  g_ptr_array_add (self->children, child);
  return child;
}

VantageNode *
vantage_node_add (VantageNode *self, VantageNodeSort sort, const char *text)
{
  return vantage_node_append (self, vantage_node_new (sort, text));
}

gboolean
vantage_node_is_empty (const VantageNode *self)
{
  return self->children == NULL || self->children->len == 0;
}
