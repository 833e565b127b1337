/* chat.h: what the tests of chat readers share: reading a text, and the same one hurt. */

#pragma once

#include "collect.h"

/* Reads @text as a file of this name in the scratch folder; an error fails the test. @zone,
 * @format: nullable. */
Collected *chat_read (const char *name, const char *text, const char *zone, const char *format);
/* All items, "kind|time|account|text" a line; for comparing with a table. (transfer full) */
char *chat_dup_lines (Collected *self);
/* Cut off at every byte, and with bytes changed: never a crash, and never a text that is not in
 * @text nor, when only cut, an item that the whole file does not have. @lines: a format of lines,
 * whose last line may be short. */
void chat_hurt (const char *name, const char *text, gsize length, const char *format,
                gboolean lines);
