/* vantage-cli-item.h: sources, items and people as they are printed. */

#pragma once

#include "vantage-cli.h"
#include "vantage-survey.h"

G_BEGIN_DECLS

/* @shape: "json", "csv", "ndjson", or NULL for lines a person reads. Streams; holds one item at a
 * time but for json. */
VantageExit vantage_cli_print_items (VantageCli *cli, const char *review,
                                     const VantageItemQuery *query, guint limit, guint64 offset,
                                     const char *shape);
/* (transfer full) */
JsonNode *vantage_cli_item_to_json (const VantageItem *item);
VantageExit vantage_cli_print_sources (VantageCli *cli, const char *review);
VantageExit vantage_cli_print_people (VantageCli *cli, const char *review, VantageSurvey *survey);

G_END_DECLS
