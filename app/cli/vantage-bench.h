/* vantage-bench.h: what benchmarks measure with: a Slack export of any size that is always the same
 * bytes, a folder of their own, samples and what is said of them. */

#pragma once

#include "vantage-cli.h"

G_BEGIN_DECLS

/* A folder that goes away with everything in it. (transfer full); NULL with @error. */
char *vantage_bench_make_folder (GError **error);
void vantage_bench_remove_folder (char *folder);

/* The word of which exactly one message is made: the last one. */
#define VANTAGE_BENCH_LAST_WORD "zzclosing"

/* Writes a zip of @n_messages in 24 channels by 200 people: threads, reactions, files, mentions.
 * The same number gives the same bytes. Memory stays small. */
gboolean vantage_bench_write_export (const char *path, guint n_messages, GError **error);
/* The @i-th word of those that messages are made of: the smaller, the more common. (transfer full)
 */
char *vantage_bench_make_word (guint i);
#define VANTAGE_BENCH_N_WORDS 6000

typedef struct
{
  const char *name;
  const char *unit; /* ns, us, ms or s */
  guint size;
  const char *export; /* (nullable): a file to read, made when it is missing */
  GArray *samples;    /* (element-type double), in that unit */
  /* of an import only (element-type double): time of processors, all threads together; what share
   * of the whole had passed when all of it could be read */
  GArray *processor_ms, *kept_shares;
  guint64 n_drawn; /* what came out: records, hits, rectangles */
} VantageBench;

/* Benchmarks that stand in files of their own. */
gboolean vantage_bench_canvas (VantageBench *self, const char *folder, guint runs, GError **error);
gboolean vantage_bench_edit (VantageBench *self, const char *folder, guint runs, GError **error);

/* {"name","size","median","p95","min","max","unit","runs","drawn","peak_rss_bytes"}, and of an
 * import "processor_ms" and "kept_share", medians both. */
VantageExit vantage_bench_print (VantageCli *cli, const VantageBench *bench);

G_END_DECLS
