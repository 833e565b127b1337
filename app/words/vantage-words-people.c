/* vantage-words-people.c: what is said about two people who may be one. */

#include "vantage-words.h"

#include <string.h>

char *
vantage_words_same (const char *reason, const char *what)
{
  if (strcmp (reason, "same-email") == 0)
    /* translators: an e-mail address */
    return g_strdup_printf (_ ("Both have the address %s"), what);
  if (strcmp (reason, "same-handle") == 0)
    /* translators: a handle, the short name of an account */
    return g_strdup_printf (_ ("Both go by the handle %s"), what);
  /* translators: the name of a person */
  return g_strdup_printf (_ ("Both are called %s"), what);
}
