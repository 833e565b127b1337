/* vantage-fuzz.h: what a fuzz target gives to vantage-fuzz-main.c. A target aborts when what it
 * tries breaks a promise. */

#pragma once

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

/* Inputs to begin from; NULL-terminated text. */
extern const char *const vantage_fuzz_seeds[];

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);
