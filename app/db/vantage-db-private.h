/* vantage-db-private.h: what the connection and its statements share. */

#pragma once

#include "vantage-db.h"

struct _VantageDb
{
  sqlite3 *handle;
  char *path;
  GHashTable *statements; /* (element-type utf8 CachedStatement): by their text */
};

GHashTable *vantage_db_new_statements (void);
