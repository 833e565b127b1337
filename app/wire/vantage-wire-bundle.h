/* vantage-wire-bundle.h: exact items of evidence as lines of JSON: what one library hands to the
 * others so that what was cited can be read there. */

#pragma once

#include "vantage-identity.h"
#include "vantage-item.h"
#include "vantage-wire.h"

G_BEGIN_DECLS

/* Lines in a bundle before it is compressed. */
#define VANTAGE_WIRE_BUNDLE_BYTES (4 * 1024 * 1024)

typedef struct
{
  char *review;
  char *source;   /* id of the `source` entity that the items are of */
  char *zone;     /* (nullable): with which their times were read */
  gint64 zero_us; /* VANTAGE_TIME_NONE: none */
  gint64 shift_us;
  GPtrArray *channels;   /* (element-type VantageChannel) */
  GPtrArray *identities; /* (element-type VantageIdentity) */
  GPtrArray *items;      /* (element-type VantageItem) */
} VantageWireBundle;

VantageWireBundle *vantage_wire_bundle_new (const char *review, const char *source);
void vantage_wire_bundle_free (VantageWireBundle *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageWireBundle, vantage_wire_bundle_free)

/* Equal bundles give equal bytes. */
GBytes *vantage_wire_bundle_write (const VantageWireBundle *self);
/* Strict in shape and size; every line is checked. A line of a sort that is not known is passed
 * over. */
VantageWireBundle *vantage_wire_bundle_read (GBytes *lines, GError **error);
/* Bytes that @item takes in a bundle. */
gsize vantage_wire_bundle_item_size (const VantageItem *item);

/* gzip without a time in it, and back. What does not fit into @max_bytes, or is more than a hundred
 * times its compressed size and large, is refused while inflating. */
GBytes *vantage_wire_deflate (GBytes *bytes, GError **error);
GBytes *vantage_wire_inflate (GBytes *bytes, gsize max_bytes, GError **error);

G_END_DECLS
