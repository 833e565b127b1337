/* vantage-cli-item.h: sources, items and people as they are printed. */

#pragma once

#include "vantage-cli.h"
#include "vantage-survey.h"

G_BEGIN_DECLS

/* @limit: -1 = all. @shape: "json", "csv", "ndjson", or NULL for lines a person reads. All but csv
 * stream: without a limit one item at a time is held. */
VantageExit vantage_cli_print_items (VantageCli *cli, const char *review,
                                     const VantageItemQuery *query, int limit, guint64 offset,
                                     const char *shape);
/* The evidence of the review named by @words, worked out; NULL after printing. (transfer full) */
VantageSurvey *vantage_cli_survey (VantageCli *cli, const char *words, char **out_review);
/* (transfer full) */
JsonNode *vantage_cli_item_to_json (const VantageItem *item);
/* Members "skipped" and "skipped_total", and "notes". @diagnostics: (element-type
 * VantageDiagnostic); both nullable. @missing: what the file says it lacks. */
void vantage_cli_add_skipped (JsonBuilder *builder, GPtrArray *diagnostics, guint64 n_skipped);
void vantage_cli_add_notes (JsonBuilder *builder, GPtrArray *diagnostics, const char *missing);
VantageExit vantage_cli_print_sources (VantageCli *cli, const char *review);
VantageExit vantage_cli_print_people (VantageCli *cli, const char *review, VantageSurvey *survey);

G_END_DECLS
