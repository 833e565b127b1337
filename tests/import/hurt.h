/* hurt.h: what every reader stands: a file cut off at each byte, and bytes changed. */

#pragma once

#include "collect.h"

/* Reads @text (in a file called @name) cut off after each byte. Whatever is kept is kept whole: an
 * item of a cut file has the same words and time as the one of this id in the whole file. */
void hurt_cut_everywhere (const char *format, const char *name, const char *text);
/* Changes a few bytes of it, @rounds times, by a fixed seed. Each is read, or an error of the
 * importer says why not, and what is read has an id, valid text and a time in range. */
void hurt_flip_bytes (const char *format, const char *name, const char *text, guint32 seed,
                      guint rounds);
