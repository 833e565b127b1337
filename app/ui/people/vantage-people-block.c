/* vantage-people-block.c: a widget as an item of a list model. */

#include "config.h"

#include "vantage-people-block.h"

struct _VantagePeopleBlock
{
  GObject parent_instance;

  GtkWidget *widget;
};

G_DEFINE_FINAL_TYPE (VantagePeopleBlock, vantage_people_block, G_TYPE_OBJECT)

static void
vantage_people_block_finalize (GObject *object)
{
  g_clear_object (&VANTAGE_PEOPLE_BLOCK (object)->widget);
  G_OBJECT_CLASS (vantage_people_block_parent_class)->finalize (object);
}

static void
vantage_people_block_class_init (VantagePeopleBlockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vantage_people_block_finalize;
}

static void
vantage_people_block_init (VantagePeopleBlock *self)
{
}

VantagePeopleBlock *
vantage_people_block_new (GtkWidget *widget)
{
  VantagePeopleBlock *self = g_object_new (VANTAGE_TYPE_PEOPLE_BLOCK, NULL);

  self->widget = g_object_ref_sink (widget);
  return self;
}

GtkWidget *
vantage_people_block_get_widget (VantagePeopleBlock *self)
{
  return self->widget;
}
