/* vantage-item.c: making, sharing and freeing a record of evidence; its id and its kind's word. */

#include "vantage-item.h"

#include <string.h>

#define CHANNEL_ID_LENGTH 16
#define LOCAL_ID_MAX 80

static const char *const kind_texts[VANTAGE_N_ITEM_KINDS] = {
  [VANTAGE_ITEM_MESSAGE] = "message",     [VANTAGE_ITEM_EDIT] = "edit",
  [VANTAGE_ITEM_DELETE] = "delete",       [VANTAGE_ITEM_JOIN] = "join",
  [VANTAGE_ITEM_LEAVE] = "leave",         [VANTAGE_ITEM_TOPIC] = "topic",
  [VANTAGE_ITEM_REACTION] = "reaction",   [VANTAGE_ITEM_FILE] = "file",
  [VANTAGE_ITEM_TICKET] = "ticket",       [VANTAGE_ITEM_COMMENT] = "comment",
  [VANTAGE_ITEM_STATUS] = "status",       [VANTAGE_ITEM_ASSIGNMENT] = "assignment",
  [VANTAGE_ITEM_FIELD] = "field",         [VANTAGE_ITEM_LINK] = "link",
  [VANTAGE_ITEM_ALERT] = "alert",         [VANTAGE_ITEM_ACKNOWLEDGE] = "acknowledge",
  [VANTAGE_ITEM_RESOLVE] = "resolve",     [VANTAGE_ITEM_PAGE] = "page",
  [VANTAGE_ITEM_SHIFT] = "shift",         [VANTAGE_ITEM_COMMIT] = "commit",
  [VANTAGE_ITEM_DEPLOY] = "deploy",       [VANTAGE_ITEM_CALL] = "call",
  [VANTAGE_ITEM_UTTERANCE] = "utterance", [VANTAGE_ITEM_OTHER] = "other",
};

static void
free_reaction (VantageReaction *reaction)
{
  g_free (reaction->name);
  g_strfreev (reaction->by);
  g_free (reaction->times_us);
  g_free (reaction);
}

static void
free_attachment (VantageAttachment *attachment)
{
  g_free (attachment->name);
  g_free (attachment->type);
  g_free (attachment->url);
  g_free (attachment);
}

static void
free_extra (VantageItemExtra *extra)
{
  g_free (extra->name);
  g_free (extra->value);
  g_free (extra);
}

static void
free_strings (VantageItem *self)
{
  g_free (self->channel);
  g_free (self->local);
  g_free (self->account);
  g_free (self->thread);
  g_free (self->reply_to);
  g_free (self->raw_time);
  g_free (self->text);
  g_free (self->url);
  g_free (self->path);
  g_free (self->source);
  g_free (self->person);
  g_free (self->identity);
  g_free (self->person_name);
  g_free (self->shown);
  g_free (self->channel_name);
}

const char *
vantage_item_kind_to_text (VantageItemKind kind)
{
  g_return_val_if_fail ((guint) kind < VANTAGE_N_ITEM_KINDS, "other");

  return kind_texts[kind];
}

gboolean
vantage_item_kind_from_text (const char *text, VantageItemKind *out)
{
  for (guint i = 0; text != NULL && i < VANTAGE_N_ITEM_KINDS; i++)
    {
      if (strcmp (text, kind_texts[i]) != 0)
        continue;

      *out = i;
      return TRUE;
    }

  return FALSE;
}

VantageItem *
vantage_item_new (VantageItemKind kind)
{
  VantageItem *self = g_new0 (VantageItem, 1);

  self->refs = 1;
  self->kind = kind;
  self->time_us = VANTAGE_TIME_NONE;
  self->precision = VANTAGE_PRECISION_NONE;
  self->edited_us = VANTAGE_TIME_NONE;
  self->offset = -1;

  return self;
}

VantageItem *
vantage_item_ref (VantageItem *self)
{
  g_atomic_int_inc (&self->refs);
  return self;
}

void
vantage_item_unref (VantageItem *self)
{
  if (self == NULL || !g_atomic_int_dec_and_test (&self->refs))
    return;

  free_strings (self);
  g_strfreev (self->mentions);
  g_clear_pointer (&self->reactions, g_ptr_array_unref);
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
  g_clear_pointer (&self->extra, g_ptr_array_unref);
  g_free (self);
}

const char *
vantage_item_get_shown (const VantageItem *self)
{
  return self->shown != NULL ? self->shown : self->text != NULL ? self->text : "";
}

void
vantage_item_add_extra (VantageItem *self, const char *name, const char *value)
{
  VantageItemExtra *extra;

  g_return_if_fail (name != NULL);

  if (value == NULL)
    return;

  if (self->extra == NULL)
    self->extra = g_ptr_array_new_with_free_func ((GDestroyNotify) free_extra);

  extra = g_new (VantageItemExtra, 1);
  extra->name = g_strdup (name);
  extra->value = g_strdup (value);
  g_ptr_array_add (self->extra, extra);
}

const char *
vantage_item_get_extra (const VantageItem *self, const char *name)
{
  for (guint i = 0; self->extra != NULL && i < self->extra->len; i++)
    {
      const VantageItemExtra *extra = self->extra->pdata[i];

      if (strcmp (extra->name, name) == 0)
        return extra->value;
    }

  return NULL;
}

VantageReaction *
vantage_item_add_reaction (VantageItem *self, const char *name, int count, const char *const *by)
{
  VantageReaction *reaction = g_new0 (VantageReaction, 1);

  if (self->reactions == NULL)
    self->reactions = g_ptr_array_new_with_free_func ((GDestroyNotify) free_reaction);

  reaction->name = g_strdup (name);
  reaction->count = count;
  reaction->by = by != NULL ? g_strdupv ((char **) by) : g_new0 (char *, 1);
  g_ptr_array_add (self->reactions, reaction);

  return reaction;
}

VantageAttachment *
vantage_item_add_attachment (VantageItem *self, const char *name, const char *type, const char *url,
                             gint64 size)
{
  VantageAttachment *attachment = g_new0 (VantageAttachment, 1);

  if (self->attachments == NULL)
    self->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) free_attachment);

  attachment->name = g_strdup (name);
  attachment->type = g_strdup (type);
  attachment->url = g_strdup (url);
  attachment->size = size;
  g_ptr_array_add (self->attachments, attachment);

  return attachment;
}

char *
vantage_item_dup_id (const VantageItem *self)
{
  return g_strconcat (self->channel, ".", self->local, NULL);
}

static gboolean
is_local_char (char c)
{
  return g_ascii_isalnum (c) || c == '.' || c == '_' || c == ':' || c == '-';
}

gboolean
vantage_item_id_split (const char *id, char out_channel[17], const char **out_local)
{
  gsize length = id != NULL ? strlen (id) : 0;

  if (length < CHANNEL_ID_LENGTH + 2 || length > CHANNEL_ID_LENGTH + 1 + LOCAL_ID_MAX ||
      id[CHANNEL_ID_LENGTH] != '.')
    return FALSE;

  for (gsize i = 0; i < CHANNEL_ID_LENGTH; i++)
    if (!g_ascii_isdigit (id[i]) && (id[i] < 'a' || id[i] > 'f'))
      return FALSE;

  for (gsize i = CHANNEL_ID_LENGTH + 1; i < length; i++)
    if (!is_local_char (id[i]))
      return FALSE;

  memcpy (out_channel, id, CHANNEL_ID_LENGTH);
  out_channel[CHANNEL_ID_LENGTH] = '\0';
  *out_local = id + CHANNEL_ID_LENGTH + 1;

  return TRUE;
}
