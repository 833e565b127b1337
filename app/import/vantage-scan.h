/* vantage-scan.h: one JSON value in a buffer → nodes. The inner loop of vantage-tokens. */

#pragma once

#include "vantage-tokens.h"

G_BEGIN_DECLS

#define VANTAGE_SCAN_PADDING 16 /* readable zero bytes behind the end of the buffer */
#define VANTAGE_SCAN_MAX_DEPTH 256

enum
{
  VANTAGE_NODE_ESCAPED = 1,   /* text still has its escapes */
  VANTAGE_NODE_BAD_BYTES = 2, /* text is not valid UTF-8 */
  VANTAGE_NODE_READY = 4,     /* text is decoded and NUL-terminated */
};

typedef enum
{
  VANTAGE_SCAN_OK,
  VANTAGE_SCAN_MORE, /* the buffer ends inside the value */
  VANTAGE_SCAN_BAD,  /* no JSON: `at` and `reason` say where and why */
  VANTAGE_SCAN_DEEP,
  VANTAGE_SCAN_MANY,
} VantageScanStatus;

typedef struct
{
  VantageNode *nodes;
  guint32 n_nodes, n_allocated;
  guint max_nodes, max_depth;

  char *at;  /* where the scan stands, or stopped */
  char *end; /* of the buffer; VANTAGE_SCAN_PADDING zeros follow */
  const char *reason;
  VantageScanStatus status;

  guint depth;
  guint32 parents[VANTAGE_SCAN_MAX_DEPTH];
  gboolean name_open; /* the last node is a name without value */
  guint n_repaired, n_bad_bytes;
} VantageScan;

void vantage_scan_clear (VantageScan *self);
/* Scans the value at @begin. @complete: nothing follows @end, so a number may end there. */
VantageScanStatus vantage_scan_value (VantageScan *self, char *begin, char *end, gboolean complete);
/* Scans the string at @begin into the one node. */
VantageScanStatus vantage_scan_string (VantageScan *self, char *begin, char *end);
/* Closes what is open after VANTAGE_SCAN_MORE, so that the nodes are a tree. */
void vantage_scan_close (VantageScan *self);
/* Passes over white space, 16 bytes at a time where runs are long. */
char *vantage_scan_space (char *at, char *end);

G_END_DECLS
