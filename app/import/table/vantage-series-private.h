/* vantage-series-private.h: the state of a series, for its two halves: mapping, and rows to items.
 */

#pragma once

#include "vantage-series.h"

G_BEGIN_DECLS

struct _VantageSeries
{
  VantageReading *reading;
  char **columns;
  guint n_columns;
  char *signature;
  VantageCellFunc cell;

  int map[VANTAGE_SERIES_N_FIELDS]; /* column of a field; -1: none */
  int texts[VANTAGE_SERIES_MAX_TEXTS];
  guint n_texts;
  gboolean clock_beside; /* TIME_2 is the clock to the date in TIME */
  gboolean time_chosen;  /* a person said which column is the time */
  VantageDateOrder order;

  VantageTimeColumn times;
  guint n_differ; /* rows whose two times are over a second apart */

  GHashTable *channels; /* char *name → char *id */
  GHashTable *sorted;   /* set of channel ids whose sort is known */
  GHashTable *people;   /* set of account keys */
  GHashTable *contents; /* char *channel.content → how many */
};

/* Fills the mapping from the options or by names. */
gboolean vantage_series_map (VantageSeries *self, GError **error);
/* As JSON: {"time": "Column", "text": ["A","B"], …}. (transfer full) */
char *vantage_series_dup_mapping (VantageSeries *self);
gboolean vantage_series_is_mapped (VantageSeries *self, int column);

G_END_DECLS
