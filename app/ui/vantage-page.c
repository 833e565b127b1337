/* vantage-page.c: what every section of a review is. */

#include "config.h"

#include "vantage-page.h"

typedef struct
{
  VantageReviewContext *context;
  GSimpleActionGroup *actions;
} VantagePagePrivate;

enum
{
  PROP_CONTEXT = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (VantagePage, vantage_page, ADW_TYPE_BIN)

static void
vantage_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  VantagePagePrivate *priv = vantage_page_get_instance_private (VANTAGE_PAGE (object));

  switch (id)
    {
    case PROP_CONTEXT:
      g_value_set_object (value, priv->context);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
vantage_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  VantagePagePrivate *priv = vantage_page_get_instance_private (VANTAGE_PAGE (object));

  switch (id)
    {
    case PROP_CONTEXT:
      priv->context = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
vantage_page_finalize (GObject *object)
{
  VantagePagePrivate *priv = vantage_page_get_instance_private (VANTAGE_PAGE (object));

  g_clear_object (&priv->actions);
  g_clear_object (&priv->context);
  G_OBJECT_CLASS (vantage_page_parent_class)->finalize (object);
}

static void
vantage_page_class_init (VantagePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = vantage_page_get_property;
  object_class->set_property = vantage_page_set_property;
  object_class->finalize = vantage_page_finalize;

  properties[PROP_CONTEXT] =
      g_param_spec_object ("context", NULL, NULL, VANTAGE_TYPE_REVIEW_CONTEXT,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
vantage_page_init (VantagePage *self)
{
  VantagePagePrivate *priv = vantage_page_get_instance_private (self);

  priv->actions = g_simple_action_group_new ();
}

VantageReviewContext *
vantage_page_get_context (VantagePage *self)
{
  VantagePagePrivate *priv = vantage_page_get_instance_private (self);

  return priv->context;
}

GSimpleActionGroup *
vantage_page_get_actions (VantagePage *self)
{
  VantagePagePrivate *priv = vantage_page_get_instance_private (self);

  return priv->actions;
}

void
vantage_page_go_to (VantagePage *self, const char *target)
{
  VantagePageClass *klass = VANTAGE_PAGE_GET_CLASS (self);

  if (klass->go_to != NULL && target != NULL)
    klass->go_to (self, target);
}

gboolean
vantage_page_can_find (VantagePage *self)
{
  return VANTAGE_PAGE_GET_CLASS (self)->find != NULL;
}

void
vantage_page_find (VantagePage *self)
{
  VantagePageClass *klass = VANTAGE_PAGE_GET_CLASS (self);

  if (klass->find != NULL)
    klass->find (self);
}

void
vantage_page_shown (VantagePage *self)
{
  VantagePageClass *klass = VANTAGE_PAGE_GET_CLASS (self);

  if (klass->shown != NULL)
    klass->shown (self);
}

void
vantage_page_hidden (VantagePage *self)
{
  VantagePageClass *klass = VANTAGE_PAGE_GET_CLASS (self);

  if (klass->hidden != NULL)
    klass->hidden (self);
}

gboolean
vantage_page_escape (VantagePage *self)
{
  VantagePageClass *klass = VANTAGE_PAGE_GET_CLASS (self);

  return klass->escape != NULL && klass->escape (self);
}

char *
vantage_page_save_state (VantagePage *self)
{
  VantagePageClass *klass = VANTAGE_PAGE_GET_CLASS (self);

  return klass->save_state != NULL ? klass->save_state (self) : NULL;
}

void
vantage_page_restore_state (VantagePage *self, const char *state)
{
  VantagePageClass *klass = VANTAGE_PAGE_GET_CLASS (self);

  if (klass->restore_state != NULL && state != NULL)
    klass->restore_state (self, state);
}

gboolean
vantage_page_has_steps (VantagePage *self)
{
  VantagePageClass *klass = VANTAGE_PAGE_GET_CLASS (self);

  return klass->has_steps != NULL && klass->has_steps (self);
}

char *
vantage_page_dup_step_name (VantagePage *self, gboolean redo)
{
  return VANTAGE_PAGE_GET_CLASS (self)->dup_step_name (self, redo);
}

void
vantage_page_walk_step (VantagePage *self, gboolean redo)
{
  VANTAGE_PAGE_GET_CLASS (self)->walk_step (self, redo);
}

void
vantage_page_steps_changed (VantagePage *self)
{
  /* what the window names steps by */
  g_object_notify (G_OBJECT (vantage_page_get_context (self)), "undo-name");
}
