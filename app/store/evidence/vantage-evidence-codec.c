/* vantage-evidence-codec.c: tagged fields with variable-length numbers; unknown tags end the
 * reading, since only a newer version writes them and it raises the file's version with them. */

#include "vantage-evidence-codec.h"

#include <string.h>

enum
{
  TAG_RAW_TIME = 1,
  TAG_EDITED,
  TAG_URL,
  TAG_EXTRA,
  TAG_MENTION,
  TAG_REACTION,
  TAG_ATTACHMENT,
};

typedef struct
{
  const guint8 *at, *end;
  gboolean damaged;
} Reader;

static void
put_number (GByteArray *out, guint64 value)
{
  guint8 bytes[10];
  guint n = 0;

  while (value >= 0x80)
    {
      bytes[n++] = (guint8) (value | 0x80);
      value >>= 7;
    }
  bytes[n++] = (guint8) value;
  g_byte_array_append (out, bytes, n);
}

/* Small numbers of either sign stay short. */
static void
put_signed (GByteArray *out, gint64 value)
{
  put_number (out, ((guint64) value << 1) ^ (guint64) (value >> 63));
}

/* A length of 0 stands for NULL, so that "" and NULL both survive. */
static void
put_text (GByteArray *out, const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;

  put_number (out, text != NULL ? length + 1 : 0);
  if (length > 0)
    g_byte_array_append (out, (const guint8 *) text, length);
}

static void
put_tagged_text (GByteArray *out, guint tag, const char *text)
{
  if (text == NULL)
    return;

  put_number (out, tag);
  put_text (out, text);
}

static void
put_reaction (GByteArray *out, const VantageReaction *reaction)
{
  guint n = g_strv_length (reaction->by);

  put_number (out, TAG_REACTION);
  put_text (out, reaction->name);
  put_signed (out, reaction->count);
  put_number (out, n);
  put_number (out, reaction->times_us != NULL ? 1 : 0);
  for (guint i = 0; i < n; i++)
    {
      put_text (out, reaction->by[i]);
      if (reaction->times_us != NULL)
        put_signed (out, reaction->times_us[i]);
    }
}

static void
put_attachment (GByteArray *out, const VantageAttachment *attachment)
{
  put_number (out, TAG_ATTACHMENT);
  put_text (out, attachment->name);
  put_text (out, attachment->type);
  put_text (out, attachment->url);
  put_signed (out, attachment->size);
}

void
vantage_evidence_append_detail (const VantageItem *item, GByteArray *out)
{
  if (g_strcmp0 (item->raw_time, item->local) != 0)
    put_tagged_text (out, TAG_RAW_TIME, item->raw_time);
  if (item->edited_us != VANTAGE_TIME_NONE)
    {
      put_number (out, TAG_EDITED);
      put_signed (out, item->edited_us);
    }
  put_tagged_text (out, TAG_URL, item->url);

  for (guint i = 0; item->extra != NULL && i < item->extra->len; i++)
    {
      const VantageItemExtra *extra = item->extra->pdata[i];

      put_number (out, TAG_EXTRA);
      put_text (out, extra->name);
      put_text (out, extra->value);
    }
  for (guint i = 0; item->mentions != NULL && item->mentions[i] != NULL; i++)
    put_tagged_text (out, TAG_MENTION, item->mentions[i]);
  for (guint i = 0; item->reactions != NULL && i < item->reactions->len; i++)
    put_reaction (out, item->reactions->pdata[i]);
  for (guint i = 0; item->attachments != NULL && i < item->attachments->len; i++)
    put_attachment (out, item->attachments->pdata[i]);
}

void
vantage_evidence_encode_detail (const VantageItem *item, GByteArray *out)
{
  g_byte_array_set_size (out, 0);
  vantage_evidence_append_detail (item, out);
}

void
vantage_evidence_encode_origin (const VantageEvidenceOrigin *origin, GByteArray *out)
{
  g_byte_array_set_size (out, 0);
  put_number (out, (guint64) origin->place);
  put_signed (out, origin->line);
  put_signed (out, origin->offset);
  put_signed (out, origin->length);
}

int
vantage_evidence_encode_flags (const VantageItem *item)
{
  int flags = 0;

  if (item->deleted)
    flags |= VANTAGE_ROW_DELETED;
  if (item->twice)
    flags |= VANTAGE_ROW_TWICE;
  if (item->raw_time != NULL && g_strcmp0 (item->raw_time, item->local) == 0)
    flags |= VANTAGE_ROW_RAW_IS_LOCAL;
  if (item->zone_origin == VANTAGE_ZONE_CHOSEN)
    flags |= VANTAGE_ROW_ZONE_CHOSEN;
  if (item->zone_origin == VANTAGE_ZONE_ASSUMED)
    flags |= VANTAGE_ROW_ZONE_ASSUMED;

  return flags;
}

static guint64
take_number (Reader *self)
{
  guint64 value = 0;

  for (guint shift = 0; shift < 64; shift += 7)
    {
      guint8 byte;

      if (self->at >= self->end)
        break;

      byte = *self->at++;
      value |= (guint64) (byte & 0x7f) << shift;
      if ((byte & 0x80) == 0)
        return value;
    }

  self->damaged = TRUE;
  return 0;
}

static gint64
take_signed (Reader *self)
{
  guint64 value = take_number (self);

  return (gint64) (value >> 1) ^ -(gint64) (value & 1);
}

/* (transfer full) (nullable) */
static char *
take_text (Reader *self)
{
  guint64 length = take_number (self);
  char *text;

  if (length == 0)
    return NULL;

  length--;
  if (length > (guint64) (self->end - self->at))
    {
      self->damaged = TRUE;
      return NULL;
    }

  text = g_strndup ((const char *) self->at, length);
  self->at += length;
  return text;
}

static void
take_reaction (Reader *self, VantageItem *item)
{
  g_autofree char *name = take_text (self);
  gint64 count = take_signed (self);
  guint64 n = take_number (self);
  gboolean timed = take_number (self) != 0;
  VantageReaction *reaction;

  /* Each person takes a byte at the least: no promise is believed that the bytes cannot hold. */
  if (self->damaged || n > (guint64) (self->end - self->at))
    {
      self->damaged = TRUE;
      return;
    }

  reaction = vantage_item_add_reaction (item, name, (int) CLAMP (count, 0, G_MAXINT), NULL);
  g_free (reaction->by);
  reaction->by = g_new0 (char *, n + 1);
  if (timed)
    reaction->times_us = g_new0 (gint64, n + 1);
  for (guint i = 0; i < n; i++)
    {
      reaction->by[i] = take_text (self);
      if (reaction->by[i] == NULL)
        reaction->by[i] = g_strdup ("");
      if (timed)
        reaction->times_us[i] = take_signed (self);
    }
}

static void
take_attachment (Reader *self, VantageItem *item)
{
  g_autofree char *name = take_text (self);
  g_autofree char *type = take_text (self);
  g_autofree char *url = take_text (self);
  gint64 size = take_signed (self);

  if (!self->damaged)
    vantage_item_add_attachment (item, name, type, url, size);
}

static void
take_extra (Reader *self, VantageItem *item)
{
  g_autofree char *name = take_text (self);
  g_autofree char *value = take_text (self);

  if (!self->damaged && name != NULL)
    vantage_item_add_extra (item, name, value);
}

static void
take_field (Reader *self, VantageItem *item, GPtrArray *mentions)
{
  char *mention;

  switch (take_number (self))
    {
    case TAG_RAW_TIME:
      g_free (item->raw_time);
      item->raw_time = take_text (self);
      break;
    case TAG_EDITED:
      item->edited_us = take_signed (self);
      break;
    case TAG_URL:
      g_free (item->url);
      item->url = take_text (self);
      break;
    case TAG_EXTRA:
      take_extra (self, item);
      break;
    case TAG_MENTION:
      mention = take_text (self);
      if (mention != NULL)
        g_ptr_array_add (mentions, mention);
      break;
    case TAG_REACTION:
      take_reaction (self, item);
      break;
    case TAG_ATTACHMENT:
      take_attachment (self, item);
      break;
    default:
      self->damaged = TRUE;
    }
}

gboolean
vantage_evidence_decode_detail (const guint8 *bytes, gsize size, VantageItem *item)
{
  Reader reader = { bytes, bytes + size, FALSE };
  g_autoptr (GPtrArray) mentions = g_ptr_array_new ();

  while (reader.at < reader.end && !reader.damaged)
    take_field (&reader, item, mentions);

  if (mentions->len > 0)
    {
      g_ptr_array_add (mentions, NULL);
      item->mentions = (char **) g_ptr_array_steal (mentions, NULL);
    }

  return !reader.damaged;
}

gboolean
vantage_evidence_decode_origin (const guint8 *bytes, gsize size, VantageEvidenceOrigin *out)
{
  Reader reader = { bytes, bytes + size, FALSE };

  out->place = (gint64) take_number (&reader);
  out->line = take_signed (&reader);
  out->offset = take_signed (&reader);
  out->length = take_signed (&reader);

  return !reader.damaged;
}

void
vantage_evidence_row_read (VantageEvidenceRow *self, VantageStmt *stmt, int first)
{
  self->content = vantage_stmt_get_int (stmt, first);
  self->source = vantage_stmt_get_int (stmt, first + 1);
  self->kind = (int) vantage_stmt_get_int (stmt, first + 2);
  self->time_us = vantage_stmt_get_int (stmt, first + 3);
  self->base_us = vantage_stmt_is_null (stmt, first + 4) ? VANTAGE_TIME_NONE
                                                         : vantage_stmt_get_int (stmt, first + 4);
  self->precision = (int) vantage_stmt_get_int (stmt, first + 5);
  self->flags = (int) vantage_stmt_get_int (stmt, first + 6);
  self->account = vantage_stmt_get_int (stmt, first + 7);
  self->thread = vantage_stmt_get_text (stmt, first + 8);
  self->reply_to = vantage_stmt_get_text (stmt, first + 9);
  self->text = vantage_stmt_get_text (stmt, first + 10);
  self->detail = vantage_stmt_get_blob (stmt, first + 11, &self->n_detail);
  self->origin = vantage_stmt_get_blob (stmt, first + 12, &self->n_origin);
}

static void
bind_lent_text (sqlite3_stmt *stmt, int index, const char *text)
{
  sqlite3_bind_text (stmt, index, text, -1, SQLITE_STATIC);
}

void
vantage_evidence_row_bind (const VantageEvidenceRow *self, VantageStmt *stmt, int first)
{
  sqlite3_stmt *handle = stmt->handle;

  if (handle == NULL)
    return;

  sqlite3_bind_int64 (handle, first, self->content);
  sqlite3_bind_int64 (handle, first + 1, self->source);
  sqlite3_bind_int (handle, first + 2, self->kind);
  sqlite3_bind_int64 (handle, first + 3, self->time_us);
  if (self->base_us == VANTAGE_TIME_NONE)
    sqlite3_bind_null (handle, first + 4);
  else
    sqlite3_bind_int64 (handle, first + 4, self->base_us);
  sqlite3_bind_int (handle, first + 5, self->precision);
  sqlite3_bind_int (handle, first + 6, self->flags);
  if (self->account == 0)
    sqlite3_bind_null (handle, first + 7);
  else
    sqlite3_bind_int64 (handle, first + 7, self->account);
  bind_lent_text (handle, first + 8, self->thread);
  bind_lent_text (handle, first + 9, self->reply_to);
  bind_lent_text (handle, first + 10, self->text);
  if (self->n_detail == 0)
    sqlite3_bind_null (handle, first + 11);
  else
    sqlite3_bind_blob64 (handle, first + 11, self->detail, self->n_detail, SQLITE_STATIC);
  sqlite3_bind_blob64 (handle, first + 12, self->origin, self->n_origin, SQLITE_STATIC);
}

VantageItem *
vantage_evidence_row_dup_item (const VantageEvidenceRow *self)
{
  VantageItem *item = vantage_item_new (CLAMP (self->kind, 0, VANTAGE_N_ITEM_KINDS - 1));
  VantageEvidenceOrigin origin = { 0, 0, -1, 0 };

  item->row = self->item;
  item->local = g_strdup (self->local);
  item->thread = g_strdup (self->thread);
  item->reply_to = g_strdup (self->reply_to);
  item->text = g_strdup (self->text);
  item->time_us = self->time_us == VANTAGE_ROW_NO_TIME ? VANTAGE_TIME_NONE : self->time_us;
  item->precision = CLAMP (self->precision, 0, VANTAGE_PRECISION_NONE);
  item->deleted = (self->flags & VANTAGE_ROW_DELETED) != 0;
  item->twice = (self->flags & VANTAGE_ROW_TWICE) != 0;
  if (self->flags & VANTAGE_ROW_ZONE_CHOSEN)
    item->zone_origin = VANTAGE_ZONE_CHOSEN;
  else if (self->flags & VANTAGE_ROW_ZONE_ASSUMED)
    item->zone_origin = VANTAGE_ZONE_ASSUMED;

  vantage_evidence_decode_detail (self->detail, self->n_detail, item);
  if ((self->flags & VANTAGE_ROW_RAW_IS_LOCAL) && item->raw_time == NULL)
    item->raw_time = g_strdup (self->local);

  vantage_evidence_decode_origin (self->origin, self->n_origin, &origin);
  item->line = origin.line;
  item->offset = origin.offset;
  item->length = origin.length;

  return item;
}

static guint8 *
put_plain (guint8 *at, const void *bytes, gsize size)
{
  guint64 length = GUINT64_TO_LE ((guint64) size);

  memcpy (at, &length, sizeof length);
  if (size > 0)
    memcpy (at + sizeof length, bytes, size);
  return at + sizeof length + size;
}

/* One call for all: a call costs as much as hashing a hundred bytes. */
void
vantage_evidence_row_hash (const VantageEvidenceRow *self, VantageHash *hash)
{
  const char *texts[] = { self->local, self->thread, self->reply_to, self->text };
  gsize lengths[G_N_ELEMENTS (texts)];
  gint64 numbers[6] = {
    self->content, self->channel, self->kind, self->precision, self->flags & ~VANTAGE_ROW_TWICE,
    self->account,
  };
  gsize size = sizeof numbers + (G_N_ELEMENTS (texts) + 1) * sizeof (guint64) + self->n_detail;
  g_autofree guint8 *large = NULL;
  guint8 small[4096];
  guint8 *bytes = small, *at;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      lengths[i] = texts[i] != NULL ? strlen (texts[i]) : 0;
      size += lengths[i];
    }
  if (size > sizeof small)
    bytes = large = g_malloc (size);

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    numbers[i] = GINT64_TO_LE (numbers[i]);
  memcpy (bytes, numbers, sizeof numbers);
  at = bytes + sizeof numbers;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    at = put_plain (at, texts[i], lengths[i]);
  put_plain (at, self->detail, self->n_detail);
  vantage_hash_update (hash, bytes, size);
}

static VantageReaction *
find_reaction (VantageItem *item, const char *name)
{
  for (guint i = 0; item->reactions != NULL && i < item->reactions->len; i++)
    {
      VantageReaction *reaction = item->reactions->pdata[i];

      if (g_strcmp0 (reaction->name, name) == 0)
        return reaction;
    }

  return NULL;
}

static void
append_person (VantageReaction *reaction, const char *account, gint64 at_us)
{
  guint n = g_strv_length (reaction->by);

  reaction->by = g_renew (char *, reaction->by, n + 2);
  reaction->by[n] = g_strdup (account);
  reaction->by[n + 1] = NULL;
  if (reaction->times_us == NULL && at_us == VANTAGE_TIME_NONE)
    return;

  if (reaction->times_us == NULL)
    {
      reaction->times_us = g_new (gint64, n + 1);
      for (guint i = 0; i < n; i++)
        reaction->times_us[i] = VANTAGE_TIME_NONE;
    }
  else
    reaction->times_us = g_renew (gint64, reaction->times_us, n + 1);
  reaction->times_us[n] = at_us;
}

static gboolean
take_over_reaction (VantageItem *item, const VantageReaction *more)
{
  VantageReaction *mine = find_reaction (item, more->name);
  gboolean added = mine == NULL;

  if (mine == NULL)
    mine = vantage_item_add_reaction (item, more->name, 0, NULL);

  for (guint i = 0; more->by[i] != NULL; i++)
    {
      if (g_strv_contains ((const char *const *) mine->by, more->by[i]))
        continue;

      append_person (mine, more->by[i],
                     more->times_us != NULL ? more->times_us[i] : VANTAGE_TIME_NONE);
      added = TRUE;
    }

  if (more->count > mine->count)
    {
      mine->count = more->count;
      added = TRUE;
    }
  return added;
}

static gboolean
take_over_attachment (VantageItem *item, const VantageAttachment *more)
{
  for (guint i = 0; item->attachments != NULL && i < item->attachments->len; i++)
    {
      const VantageAttachment *mine = item->attachments->pdata[i];

      if ((more->name != NULL && g_strcmp0 (mine->name, more->name) == 0) ||
          g_strcmp0 (mine->url, more->url) == 0)
        return FALSE;
    }

  vantage_item_add_attachment (item, more->name, more->type, more->url, more->size);
  return TRUE;
}

static gboolean
take_over_text (char **mine, const char *more)
{
  if (*mine != NULL || more == NULL)
    return FALSE;

  *mine = g_strdup (more);
  return TRUE;
}

gboolean
vantage_evidence_item_take_over (VantageItem *item, const VantageItem *more)
{
  gboolean added = FALSE;

  for (guint i = 0; more->reactions != NULL && i < more->reactions->len; i++)
    added |= take_over_reaction (item, more->reactions->pdata[i]);
  for (guint i = 0; more->attachments != NULL && i < more->attachments->len; i++)
    added |= take_over_attachment (item, more->attachments->pdata[i]);

  added |= take_over_text (&item->thread, more->thread);
  added |= take_over_text (&item->reply_to, more->reply_to);
  added |= take_over_text (&item->url, more->url);
  if (item->mentions == NULL && more->mentions != NULL && more->mentions[0] != NULL)
    {
      item->mentions = g_strdupv (more->mentions);
      added = TRUE;
    }

  return added;
}
