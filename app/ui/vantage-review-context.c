/* vantage-review-context.c: one open review as its pages see it. */

#include "config.h"

#include "vantage-review-context.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-avatar.h"
#include "vantage-words.h"

struct _VantageReviewContext
{
  GObject parent_instance;

  VantageLibrary *library;
  char *review_id;
  VantageEntity *review;
  VantageZone *zone;

  GPtrArray *people;     /* VantagePerson; NULL: to be read */
  GHashTable *by_person; /* id, merged ids too → VantagePerson, lent */
  GHashTable *names;     /* id → name, for those whom the list does not know */
  GHashTable *colours;   /* id → lane colour + 1 */

  char *undo_name, *redo_name;
  gint64 saved_us;
  AdwToast *undo_toast; /* offers to undo the newest edit; NULL when that is not the newest */

  char *item_id;
  GtkStringList *pins;
  char **selection;
};

enum
{
  PROP_REVIEW = 1,
  PROP_TITLE,
  PROP_ZONE,
  PROP_UNDO_NAME,
  PROP_REDO_NAME,
  PROP_SAVED_US,
  PROP_ITEM_ID,
  N_PROPS,
};

enum
{
  CHANGED,
  PEOPLE_CHANGED,
  EVIDENCE_CHANGED,
  FLUSH,
  GO,
  TOAST,
  SELECTION_CHANGED,
  UNDONE,
  ITEM_SHOWN,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (VantageReviewContext, vantage_review_context, G_TYPE_OBJECT)

/* ---- reading ---- */

static void
read_review (VantageReviewContext *self)
{
  g_autoptr (VantageEntity) review = NULL;
  const char *name;
  g_autoptr (VantageZone) zone = NULL;

  review = vantage_library_get (self->library, self->review_id, "review", self->review_id, NULL);
  name = review != NULL ? vantage_entity_get_text (review, "zone") : NULL;
  if (name != NULL && name[0] != '\0')
    zone = vantage_zone_new (name);
  if (zone == NULL)
    zone = vantage_zone_new_local ();

  g_set_object (&self->review, review);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REVIEW]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);

  if (self->zone == NULL ||
      strcmp (vantage_zone_get_name (self->zone), vantage_zone_get_name (zone)) != 0)
    {
      g_clear_pointer (&self->zone, vantage_zone_unref);
      self->zone = g_steal_pointer (&zone);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ZONE]);
    }
}

static void
read_undo_names (VantageReviewContext *self)
{
  g_autofree char *undo = vantage_library_dup_undo_name (self->library, self->review_id);
  g_autofree char *redo = vantage_library_dup_redo_name (self->library, self->review_id);

  if (g_strcmp0 (undo, self->undo_name) != 0)
    {
      g_free (self->undo_name);
      self->undo_name = g_steal_pointer (&undo);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNDO_NAME]);
    }
  if (g_strcmp0 (redo, self->redo_name) != 0)
    {
      g_free (self->redo_name);
      self->redo_name = g_steal_pointer (&redo);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REDO_NAME]);
    }
}

static void
forget_people (VantageReviewContext *self)
{
  g_hash_table_remove_all (self->by_person);
  g_hash_table_remove_all (self->names);
  g_hash_table_remove_all (self->colours);
  g_clear_pointer (&self->people, g_ptr_array_unref);
}

static void
free_person (gpointer person)
{
  vantage_person_free (person);
}

static void
read_people (VantageReviewContext *self)
{
  guint lane = 0;

  if (self->people != NULL)
    return;

  self->people = vantage_library_list_people (self->library, self->review_id, NULL);
  if (self->people == NULL)
    self->people = g_ptr_array_new_with_free_func (free_person);

  for (guint i = 0; i < self->people->len; i++)
    {
      VantagePerson *person = self->people->pdata[i];
      gboolean human = person->sort == NULL || strcmp (person->sort, "human") == 0 ||
                       strcmp (person->sort, "vendor") == 0;
      int colour = human ? (int) (lane++ % VANTAGE_N_LANE_COLOURS) : -1;

      g_hash_table_insert (self->by_person, person->id, person);
      for (guint m = 0; person->merged != NULL && person->merged[m] != NULL; m++)
        g_hash_table_insert (self->by_person, person->merged[m], person);
      g_hash_table_insert (self->colours, person->id, GINT_TO_POINTER (colour + 1));
    }
}

static gboolean
touches_people (VantageChange *change)
{
  if (change->everything)
    return TRUE;
  for (guint i = 0; i < change->entities->len; i++)
    {
      const char *kind = vantage_entity_get_kind_name (change->entities->pdata[i]);

      if (strcmp (kind, "person") == 0 || strcmp (kind, "particulars") == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
touches_review (VantageReviewContext *self, VantageChange *change)
{
  if (change->everything)
    return TRUE;
  for (guint i = 0; i < change->entities->len; i++)
    if (strcmp (vantage_entity_get_id (change->entities->pdata[i]), self->review_id) == 0)
      return TRUE;
  return FALSE;
}

/* ---- callbacks ---- */

static void
library_changed_cb (VantageReviewContext *self, const char *review, VantageChange *change)
{
  if (g_strcmp0 (review, self->review_id) != 0)
    return;

  if (touches_review (self, change))
    read_review (self);
  read_undo_names (self);
  if (touches_people (change))
    {
      forget_people (self);
      g_signal_emit (self, signals[PEOPLE_CHANGED], 0);
    }
  g_signal_emit (self, signals[CHANGED], 0, change);
}

static void
library_evidence_changed_cb (VantageReviewContext *self, const char *review)
{
  if (g_strcmp0 (review, self->review_id) != 0)
    return;

  forget_people (self);
  g_signal_emit (self, signals[PEOPLE_CHANGED], 0);
  g_signal_emit (self, signals[EVIDENCE_CHANGED], 0);
}

static void
library_saved_cb (VantageReviewContext *self, gint64 when_us)
{
  self->saved_us = when_us;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SAVED_US]);
}

static void
pins_changed_cb (VantageReviewContext *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->pins));

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s\n", gtk_string_list_get_string (self->pins, i));
  vantage_library_set_local (self->library, self->review_id, "pins", text->str);
}

static void
undo_toast_gone (gpointer data, GObject *toast)
{
  VantageReviewContext *self = data;

  self->undo_toast = NULL;
}

/* ---- object ---- */

static void
vantage_review_context_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  VantageReviewContext *self = VANTAGE_REVIEW_CONTEXT (object);

  switch (id)
    {
    case PROP_REVIEW:
      g_value_set_object (value, self->review);
      break;
    case PROP_TITLE:
      g_value_set_string (value, vantage_review_context_get_title (self));
      break;
    case PROP_ZONE:
      g_value_set_string (value, vantage_zone_get_name (self->zone));
      break;
    case PROP_UNDO_NAME:
      g_value_set_string (value, self->undo_name);
      break;
    case PROP_REDO_NAME:
      g_value_set_string (value, self->redo_name);
      break;
    case PROP_SAVED_US:
      g_value_set_int64 (value, self->saved_us);
      break;
    case PROP_ITEM_ID:
      g_value_set_string (value, self->item_id);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
drop_undo_toast (VantageReviewContext *self)
{
  AdwToast *toast = self->undo_toast;

  if (toast == NULL)
    return;
  self->undo_toast = NULL;
  g_object_weak_unref (G_OBJECT (toast), undo_toast_gone, self);
  adw_toast_dismiss (toast);
}

static void
vantage_review_context_finalize (GObject *object)
{
  VantageReviewContext *self = VANTAGE_REVIEW_CONTEXT (object);

  if (self->undo_toast != NULL)
    g_object_weak_unref (G_OBJECT (self->undo_toast), undo_toast_gone, self);
  g_clear_pointer (&self->by_person, g_hash_table_unref);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_clear_pointer (&self->colours, g_hash_table_unref);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_clear_pointer (&self->zone, vantage_zone_unref);
  g_clear_pointer (&self->selection, g_strfreev);
  g_clear_pointer (&self->undo_name, g_free);
  g_clear_pointer (&self->redo_name, g_free);
  g_clear_pointer (&self->item_id, g_free);
  g_clear_pointer (&self->review_id, g_free);
  g_clear_object (&self->pins);
  g_clear_object (&self->review);
  g_clear_object (&self->library);

  G_OBJECT_CLASS (vantage_review_context_parent_class)->finalize (object);
}

static void
vantage_review_context_class_init (VantageReviewContextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = vantage_review_context_get_property;
  object_class->finalize = vantage_review_context_finalize;

  properties[PROP_REVIEW] = g_param_spec_object ("review", NULL, NULL, VANTAGE_TYPE_ENTITY, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_ZONE] = g_param_spec_string ("zone", NULL, NULL, NULL, flags);
  properties[PROP_UNDO_NAME] = g_param_spec_string ("undo-name", NULL, NULL, NULL, flags);
  properties[PROP_REDO_NAME] = g_param_spec_string ("redo-name", NULL, NULL, NULL, flags);
  properties[PROP_SAVED_US] =
      g_param_spec_int64 ("saved-us", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_ITEM_ID] = g_param_spec_string ("item-id", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[PEOPLE_CHANGED] = g_signal_new ("people-changed", G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[EVIDENCE_CHANGED] = g_signal_new ("evidence-changed", G_TYPE_FROM_CLASS (klass),
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FLUSH] = g_signal_new ("flush", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  signals[GO] = g_signal_new ("go", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                              NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[TOAST] = g_signal_new ("toast", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, ADW_TYPE_TOAST);
  signals[SELECTION_CHANGED] =
      g_signal_new ("selection-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 0);
  signals[ITEM_SHOWN] = g_signal_new ("item-shown", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[UNDONE] = g_signal_new ("undone", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
vantage_review_context_init (VantageReviewContext *self)
{
  self->by_person = g_hash_table_new (g_str_hash, g_str_equal);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->colours = g_hash_table_new (g_str_hash, g_str_equal);
  self->selection = g_new0 (char *, 1);
}

static void
read_pins (VantageReviewContext *self)
{
  g_autofree char *text = vantage_library_dup_local (self->library, self->review_id, "pins");
  g_auto (GStrv) ids = g_strsplit (text != NULL ? text : "", "\n", -1);

  self->pins = gtk_string_list_new (NULL);
  for (guint i = 0; ids[i] != NULL; i++)
    if (ids[i][0] != '\0')
      gtk_string_list_append (self->pins, ids[i]);
  g_signal_connect_object (self->pins, "items-changed", G_CALLBACK (pins_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

VantageReviewContext *
vantage_review_context_new (VantageLibrary *library, const char *review_id)
{
  VantageReviewContext *self;

  g_return_val_if_fail (VANTAGE_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (review_id != NULL, NULL);

  self = g_object_new (VANTAGE_TYPE_REVIEW_CONTEXT, NULL);
  self->library = g_object_ref (library);
  self->review_id = g_strdup (review_id);
  g_signal_connect_object (library, "changed", G_CALLBACK (library_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (library, "evidence-changed", G_CALLBACK (library_evidence_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (library, "saved", G_CALLBACK (library_saved_cb), self,
                           G_CONNECT_SWAPPED);
  read_review (self);
  read_undo_names (self);
  read_pins (self);
  return self;
}

VantageLibrary *
vantage_review_context_get_library (VantageReviewContext *self)
{
  return self->library;
}

const char *
vantage_review_context_get_review_id (VantageReviewContext *self)
{
  return self->review_id;
}

VantageEntity *
vantage_review_context_get_review (VantageReviewContext *self)
{
  return self->review;
}

const char *
vantage_review_context_get_title (VantageReviewContext *self)
{
  const char *title = self->review != NULL ? vantage_entity_get_title (self->review) : "";

  return title != NULL && title[0] != '\0' ? title : _ ("Untitled Review");
}

VantageZone *
vantage_review_context_get_zone (VantageReviewContext *self)
{
  return self->zone;
}

/* ---- people ---- */

GPtrArray *
vantage_review_context_get_people (VantageReviewContext *self)
{
  read_people (self);
  return self->people;
}

const VantagePerson *
vantage_review_context_find_person (VantageReviewContext *self, const char *id)
{
  if (id == NULL)
    return NULL;
  read_people (self);
  return g_hash_table_lookup (self->by_person, id);
}

const char *
vantage_review_context_get_person_name (VantageReviewContext *self, const char *id)
{
  const VantagePerson *person = vantage_review_context_find_person (self, id);
  char *name;

  if (person != NULL && person->name != NULL && person->name[0] != '\0')
    return person->name;
  if (id == NULL || id[0] == '\0')
    return _ ("Nobody");

  name = g_hash_table_lookup (self->names, id);
  if (name == NULL)
    {
      name = vantage_library_dup_person_name (self->library, self->review_id, id);
      if (name == NULL)
        name = g_strdup (_ ("Somebody"));
      g_hash_table_insert (self->names, g_strdup (id), name);
    }
  return name;
}

int
vantage_review_context_get_person_colour (VantageReviewContext *self, const char *id)
{
  const VantagePerson *person = vantage_review_context_find_person (self, id);

  if (person == NULL)
    return -1;
  return GPOINTER_TO_INT (g_hash_table_lookup (self->colours, person->id)) - 1;
}

/* ---- writing ---- */

VantageEdit *
vantage_review_context_begin (VantageReviewContext *self, const char *what)
{
  return vantage_library_begin (self->library, self->review_id, what);
}

gboolean
vantage_review_context_commit (VantageReviewContext *self, VantageEdit *edit)
{
  g_autoptr (GError) error = NULL;

  drop_undo_toast (self);
  if (!vantage_edit_commit (edit, &error))
    {
      vantage_review_context_tell_error (self, _ ("This Could Not Be Saved"), error);
      return FALSE;
    }
  read_undo_names (self);
  return TRUE;
}

void
vantage_review_context_tell_with_undo (VantageReviewContext *self, const char *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);
  g_autoptr (AdwToast) toast = adw_toast_new (markup);

  drop_undo_toast (self);
  read_undo_names (self);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_action_name (toast, "win.undo-newest");
  self->undo_toast = toast;
  g_object_weak_ref (G_OBJECT (toast), undo_toast_gone, self);
  g_signal_emit (self, signals[TOAST], 0, toast);
}

gboolean
vantage_review_context_commit_with_undo (VantageReviewContext *self, VantageEdit *edit,
                                         const char *text)
{
  if (!vantage_review_context_commit (self, edit))
    return FALSE;

  vantage_review_context_tell_with_undo (self, text);
  return TRUE;
}

static void
step (VantageReviewContext *self, gboolean forward)
{
  g_autoptr (GError) error = NULL;
  gboolean ok;

  vantage_review_context_flush (self);
  drop_undo_toast (self);
  if (forward)
    ok = vantage_library_redo (self->library, self->review_id, NULL, NULL, &error);
  else
    ok = vantage_library_undo (self->library, self->review_id, NULL, NULL, &error);
  if (!ok)
    vantage_review_context_tell_error (
        self, forward ? _ ("This Could Not Be Redone") : _ ("This Could Not Be Undone"), error);
  read_undo_names (self);
  g_signal_emit (self, signals[UNDONE], 0);
}

void
vantage_review_context_undo (VantageReviewContext *self)
{
  step (self, FALSE);
}

void
vantage_review_context_redo (VantageReviewContext *self)
{
  step (self, TRUE);
}

void
vantage_review_context_flush (VantageReviewContext *self)
{
  g_signal_emit (self, signals[FLUSH], 0);
  vantage_library_end_typing (self->library);
}

/* ---- telling ---- */

void
vantage_review_context_tell (VantageReviewContext *self, const char *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);
  g_autoptr (AdwToast) toast = adw_toast_new (markup);

  g_signal_emit (self, signals[TOAST], 0, toast);
}

void
vantage_review_context_tell_error (VantageReviewContext *self, const char *what,
                                   const GError *error)
{
  g_autofree char *why = vantage_words_error (error);
  g_autofree char *text = NULL;

  /* translators: what could not be done, then why: "This Could Not Be Saved: the disk is full" */
  text = g_strdup_printf (_ ("%s: %s"), what, why);
  vantage_review_context_tell (self, text);
}

/* ---- going ---- */

void
vantage_review_context_go (VantageReviewContext *self, const char *section, const char *target)
{
  g_return_if_fail (section != NULL);

  g_signal_emit (self, signals[GO], 0, section, target);
}

/* ---- evidence ---- */

void
vantage_review_context_follow_item (VantageReviewContext *self, const char *item_id)
{
  if (g_strcmp0 (item_id, self->item_id) == 0)
    return;
  g_free (self->item_id);
  self->item_id = g_strdup (item_id);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ITEM_ID]);
}

void
vantage_review_context_show_item (VantageReviewContext *self, const char *item_id)
{
  vantage_review_context_follow_item (self, item_id);
  if (item_id != NULL)
    g_signal_emit (self, signals[ITEM_SHOWN], 0);
}

const char *
vantage_review_context_get_item_id (VantageReviewContext *self)
{
  return self->item_id;
}

static int
find_pin (VantageReviewContext *self, const char *item_id)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->pins));

  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (gtk_string_list_get_string (self->pins, i), item_id) == 0)
      return (int) i;
  return -1;
}

void
vantage_review_context_pin (VantageReviewContext *self, const char *item_id, gboolean pinned)
{
  int at = find_pin (self, item_id);

  if (pinned && at < 0)
    gtk_string_list_append (self->pins, item_id);
  else if (!pinned && at >= 0)
    gtk_string_list_remove (self->pins, (guint) at);
}

gboolean
vantage_review_context_is_pinned (VantageReviewContext *self, const char *item_id)
{
  return find_pin (self, item_id) >= 0;
}

GListModel *
vantage_review_context_get_pins (VantageReviewContext *self)
{
  return G_LIST_MODEL (self->pins);
}

const char *const *
vantage_review_context_get_selection (VantageReviewContext *self)
{
  return (const char *const *) self->selection;
}

void
vantage_review_context_set_selection (VantageReviewContext *self, const char *const *item_ids)
{
  static const char *const none[] = { NULL };

  if (item_ids == NULL)
    item_ids = none;
  if (g_strv_equal (item_ids, (const char *const *) self->selection))
    return;
  g_strfreev (self->selection);
  self->selection = g_strdupv ((char **) item_ids);
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}
