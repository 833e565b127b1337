/* vantage-wire-ops.h: ops on their way: pushes and pages. The bytes of an op are cut out of the
 * body as they stand and put into one as they are; nobody writes them anew. */

#pragma once

#include "vantage-wire.h"

G_BEGIN_DECLS

/* ---- push ---- */

typedef struct
{
  char *epoch;
  char *device;
  GPtrArray *ops; /* (element-type GBytes): in order of n */
} VantageWirePush;

VantageWirePush *vantage_wire_push_new (const char *epoch, const char *device);
void vantage_wire_push_free (VantageWirePush *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageWirePush, vantage_wire_push_free)
GBytes *vantage_wire_push_write (const VantageWirePush *self);
VantageWirePush *vantage_wire_push_read (GBytes *body, GError **error);

/* What the server did with a push. */
typedef struct
{
  gint64 head;      /* of the stream now */
  gint64 acked_n;   /* all ops of the device up to this one are kept */
  gint64 first_seq; /* number of the first that is new; 0: none was */
  gint64 count;     /* how many are new; they are the last of the push */
  char *by;         /* the name under which they are kept */
} VantageWirePushed;

GBytes *vantage_wire_pushed_write (const VantageWirePushed *self);
VantageWirePushed *vantage_wire_pushed_read (GBytes *body, GError **error);
void vantage_wire_pushed_free (VantageWirePushed *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageWirePushed, vantage_wire_pushed_free)

/* ---- pull ---- */

typedef struct
{
  gint64 seq;
  char *by;
  gint64 rx_ms;
  GBytes *op;
} VantageWireEnvelope;

typedef struct
{
  char *epoch;
  gint64 head;
  guint8 digest[VANTAGE_HASH_SIZE]; /* of the chain at the page's end */
  gboolean more;
  GPtrArray *envelopes; /* (element-type VantageWireEnvelope) */
} VantageWirePage;

VantageWirePage *vantage_wire_page_new (const char *epoch, gint64 head);
void vantage_wire_page_add (VantageWirePage *self, gint64 seq, const char *by, gint64 rx_ms,
                            GBytes *op);
void vantage_wire_page_free (VantageWirePage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageWirePage, vantage_wire_page_free)
GBytes *vantage_wire_page_write (const VantageWirePage *self);
VantageWirePage *vantage_wire_page_read (GBytes *body, GError **error);

/* One link of the chain: @digest, over 1..@seq-1, becomes that over 1..@seq. */
void vantage_wire_chain (guint8 digest[VANTAGE_HASH_SIZE], gint64 seq, const char *by,
                         const guint8 hash[VANTAGE_HASH_SIZE]);

G_END_DECLS
