/* evidence-fixture.h: a library in a folder of its own, and records to put in. */

#pragma once

#include "vantage-edit.h"
#include "vantage-evidence.h"

#define T0 G_GINT64_CONSTANT (1709259247000000) /* 2024-03-01T02:14:07Z */

typedef struct
{
  char *folder;
  VantageLibrary *library;
  char *review;
} Fixture;

void fixture_set_up (Fixture *fixture, gconstpointer data);
void fixture_tear_down (Fixture *fixture, gconstpointer data);
void fixture_reopen (Fixture *fixture);
char *fixture_add_review (Fixture *fixture, const char *title);

VantageChannel *make_channel (const char *name);
/* An item of @channel at T0 + @second, with its own zone. */
VantageItem *make_item (const VantageChannel *channel, const char *local, const char *account,
                        int second, const char *text);
VantageSourceFacts *make_facts (const char *title);

/* A run that holds @channel already. */
VantageImportRun *begin_run (Fixture *fixture, const char *review, const VantageChannel *channel);
/* Hands it over and lets go of it. */
void add_item (VantageImportRun *run, VantageItem *item);
VantageImportResult *keep_run (VantageImportRun *run, VantageSourceFacts *facts);
/* An import of lines "account: text", one a second. (transfer full): the source's id. */
char *import_lines (Fixture *fixture, const char *review, const char *channel,
                    const char *const *lines);

gint64 count_all (Fixture *fixture, const char *review);
gint64 count_words (Fixture *fixture, const char *words);
void assert_verified (Fixture *fixture);
void remove_folder (const char *path);
