/* vantage-evidence-batch.c: items as packed records. Packing happens on the reader's thread, which
 * made the item and frees it again, so that no memory goes from thread to thread in small pieces.
 */

#include "vantage-evidence-batch.h"

#include <string.h>

/* What a batch may keep for the next. */
#define USUAL_BYTES (4 * 1024 * 1024)

static void
make_bytes (VantageEvidenceBatch *self)
{
  self->bytes = g_byte_array_new ();
  g_byte_array_append (self->bytes, (const guint8 *) "", 1);
}

VantageEvidenceBatch *
vantage_evidence_batch_new (void)
{
  VantageEvidenceBatch *self = g_new0 (VantageEvidenceBatch, 1);

  self->channels = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_channel_free);
  self->identities = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_identity_free);
  self->records = g_array_new (FALSE, FALSE, sizeof (VantageEvidenceRecord));
  self->entries = g_array_new (FALSE, FALSE, sizeof (VantageEvidenceEntry));
  make_bytes (self);

  return self;
}

void
vantage_evidence_batch_free (VantageEvidenceBatch *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->channels);
  g_ptr_array_unref (self->identities);
  g_array_unref (self->records);
  g_array_unref (self->entries);
  g_byte_array_unref (self->bytes);
  g_free (self);
}

void
vantage_evidence_batch_reset (VantageEvidenceBatch *self)
{
  g_ptr_array_set_size (self->channels, 0);
  g_ptr_array_set_size (self->identities, 0);
  g_array_set_size (self->records, 0);
  g_array_set_size (self->entries, 0);
  if (self->bytes->len <= USUAL_BYTES)
    {
      g_byte_array_set_size (self->bytes, 1);
      return;
    }

  g_byte_array_unref (self->bytes);
  make_bytes (self);
}

static guint32
put_text (VantageEvidenceBatch *self, const char *text)
{
  guint32 place = self->bytes->len;

  if (text == NULL)
    return 0;

  g_byte_array_append (self->bytes, (const guint8 *) text, (guint) strlen (text) + 1);
  return place;
}

/* Neighbours mostly stand in one file and one channel: @before is where the neighbour has it. */
static guint32
put_again (VantageEvidenceBatch *self, const char *text, guint32 before)
{
  if (before != 0 && text != NULL && strcmp (vantage_evidence_batch_text (self, before), text) == 0)
    return before;

  return put_text (self, text);
}

void
vantage_evidence_batch_add_item (VantageEvidenceBatch *self, const VantageItem *item)
{
  guint n = self->records->len;
  VantageEvidenceRecord before = { 0 };
  VantageEvidenceRecord *record;

  if (n > 0)
    before = *vantage_evidence_batch_get (self, n - 1);
  g_array_set_size (self->records, n + 1);
  record = &g_array_index (self->records, VantageEvidenceRecord, n);

  record->time_us = item->time_us == VANTAGE_TIME_NONE ? VANTAGE_ROW_NO_TIME : item->time_us;
  /* What other choices about the source start from. */
  record->base_us = item->zone_origin == VANTAGE_ZONE_IN_FILE ? VANTAGE_TIME_NONE : item->time_us;
  record->line = item->line;
  record->offset = item->offset;
  record->length = item->length;
  record->kind = (guint8) item->kind;
  record->precision = (guint8) item->precision;
  record->flags = (guint8) vantage_evidence_encode_flags (item);
  record->channel = put_again (self, item->channel, before.channel);
  record->path = put_again (self, item->path, before.path);
  record->local = put_text (self, item->local);
  record->account = item->account != NULL && *item->account != '\0'
                        ? put_again (self, item->account, before.account)
                        : 0;
  record->thread = put_again (self, item->thread, before.thread);
  record->reply_to = put_again (self, item->reply_to, record->thread);
  record->text = put_text (self, item->text);
  record->detail = self->bytes->len;
  vantage_evidence_append_detail (item, self->bytes);
  record->n_detail = self->bytes->len - record->detail;
}

void
vantage_evidence_batch_fill_row (const VantageEvidenceBatch *self,
                                 const VantageEvidenceRecord *record, VantageEvidenceRow *row)
{
  row->kind = record->kind;
  row->precision = record->precision;
  row->flags = record->flags;
  row->time_us = record->time_us;
  row->base_us = record->base_us;
  row->local = vantage_evidence_batch_text (self, record->local);
  row->thread = vantage_evidence_batch_text (self, record->thread);
  row->reply_to = vantage_evidence_batch_text (self, record->reply_to);
  row->text = vantage_evidence_batch_text (self, record->text);
  row->detail = self->bytes->data + record->detail;
  row->n_detail = record->n_detail;
}
