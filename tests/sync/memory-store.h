/* memory-store.h: a library as the engine of sync sees it, in memory, for simulations. */

#pragma once

#include "vantage-op.h"
#include "vantage-sync-store.h"

typedef struct
{
  VantageOp *op;
  gint64 seq;    /* 0: not numbered */
  gboolean sent; /* the server has it */
} MemoryOp;

typedef struct
{
  char *id, *review, *epoch;
  VantageStreamSort sort;
  gint64 cursor;
  guint8 digest[VANTAGE_HASH_SIZE];
  GHashTable *ops; /* "device:n" → MemoryOp */
} MemoryStream;

typedef struct
{
  VantageSyncStore parent;
  GPtrArray *devices; /* char*: the last is the present one */
  GHashTable *streams;
  char *shared;     /* review; NULL */
  guint *n_devices; /* how many were made in the whole world; lent */
  guint64 clock;
} MemoryStore;

MemoryStore *memory_store_new (guint *n_devices);
/* What a copied folder would be: the same device. */
MemoryStore *memory_store_copy (const MemoryStore *self);
void memory_store_free (MemoryStore *self);
MemoryStream *memory_store_get (MemoryStore *self, const char *stream);
MemoryStream *memory_store_ensure (MemoryStore *self, const char *stream, const char *review,
                                   VantageStreamSort sort);
/* Writes a group of @n ops; each value is @text and its place. */
void memory_store_write (MemoryStore *self, const char *stream, const char *text, guint n);
