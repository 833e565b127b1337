/* vantage-slack-private.h: what the parts of the Slack reader share. */

#pragma once

#include "vantage-reader.h"

G_BEGIN_DECLS

/* What an entry of an export is, by its path alone. */
typedef enum
{
  VANTAGE_SLACK_LIST_PUBLIC, /* channels.json */
  VANTAGE_SLACK_LIST_PRIVATE,
  VANTAGE_SLACK_LIST_DIRECT, /* dms.json, mpims.json */
  VANTAGE_SLACK_LIST_PEOPLE,
  VANTAGE_SLACK_DAY,     /* YYYY-MM-DD.json */
  VANTAGE_SLACK_IGNORED, /* known, and without messages */
  VANTAGE_SLACK_JSON,    /* other JSON: its content decides */
  VANTAGE_SLACK_ALIEN,   /* attached files and the like */
} VantageSlackRole;

VantageSlackRole vantage_slack_get_role (const char *path);

/* What the content of a JSON file is. */
typedef enum
{
  VANTAGE_SLACK_NO_MESSAGES,
  VANTAGE_SLACK_MESSAGES, /* an array, or values back to back, of messages; Perceval items too */
  VANTAGE_SLACK_PAGE,     /* an object with `messages`: an answer of the API, a dump */
  VANTAGE_SLACK_CHUNKS,   /* an archive: objects with `t` */
} VantageSlackShape;

VantageSlackShape vantage_slack_get_shape (VantageNode *json);

int vantage_slack_score (VantageSniff *sniff);
char *vantage_slack_near_miss (VantageSniff *sniff);

G_END_DECLS
