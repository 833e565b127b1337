/* store-fixture.h: a library in a folder of its own, and short ways to edit it. */

#pragma once

#include "vantage-edit.h"
#include "vantage-upkeep.h"

typedef struct
{
  char *folder;
  VantageLibrary *library;
  char *review;
  gint64 now_us; /* moves one second with each reading */
} StoreFixture;

void store_fixture_set_up (StoreFixture *self, gconstpointer data);
void store_fixture_tear_down (StoreFixture *self, gconstpointer data);
/* Closes and opens the same folder again. */
void store_fixture_reopen (StoreFixture *self);
/* Another library object on the folder. */
VantageLibrary *store_fixture_open_another (StoreFixture *self);

char *store_make_folder (void);
void store_remove_folder (const char *folder);
/* A review; its id. */
char *store_new_review (VantageLibrary *library, const char *title);
/* An event; its id. */
char *store_new_event (VantageLibrary *library, const char *review, const char *title);
void store_set_title (VantageLibrary *library, const char *review, const char *event,
                      const char *title);
void store_undo (VantageLibrary *library, const char *review);
void store_redo (VantageLibrary *library, const char *review);
/* "" when the event is not there or deleted. */
char *store_get_title (VantageLibrary *library, const char *review, const char *event);
/* Everything that the cache holds of a review's streams, as text that can be compared. */
char *store_dump (VantageLibrary *library);
/* No problem at all. */
void store_assert_whole (VantageLibrary *library);
/* Every op of the library by stream id, as sync would see it. (element-type GPtrArray of VantageOp)
 */
GHashTable *store_load_ops (VantageLibrary *library);
