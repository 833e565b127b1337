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

/* ---- what somebody carried ---- */

static char *
dup_pages (guint count, guint night)
{
  g_autofree char *pages =
      g_strdup_printf (ngettext ("%u page in 24 hours", "%u pages in 24 hours", count), count);

  if (night == 0)
    return g_steal_pointer (&pages);
  /* translators: "3 pages in 24 hours", and how many of these came by night on the person's clock
   */
  return g_strdup_printf (ngettext ("%s, %u at night", "%s, %u at night", night), pages, night);
}

static char *
dup_on_call (gint64 length_us, gint64 unbroken_us)
{
  g_autofree char *length = vantage_words_duration (length_us);
  g_autofree char *unbroken = vantage_words_duration (unbroken_us);

  if (unbroken_us <= length_us)
    /* translators: a length of time */
    return g_strdup_printf (_ ("On call for %s"), length);
  /* translators: two lengths of time: of this shift, of all that follow each other */
  return g_strdup_printf (_ ("On call for %s, %s without a gap"), length, unbroken);
}

static char *
dup_load (const char *code, gboolean estimated, gint64 length_us, gint64 unbroken_us, guint count,
          guint night)
{
  g_autofree char *length = vantage_words_duration (length_us);

  if (strcmp (code, "on-call") == 0)
    return dup_on_call (length_us, unbroken_us);
  if (strcmp (code, "pages") == 0)
    return dup_pages (count, night);
  if (strcmp (code, "at-once") == 0)
    return g_strdup_printf (ngettext ("%u page at once", "%u different pages at once", count),
                            count);
  if (strcmp (code, "hours-on") == 0)
    /* translators: a length of time */
    return g_strdup_printf (_ ("Active for %s"), length);
  /* translators: a length of time */
  return g_strdup_printf (estimated ? _ ("Awake for at least %s") : _ ("Awake for %s"), length);
}

char *
vantage_words_load (const char *code, gboolean estimated, gint64 length_us, gint64 unbroken_us,
                    guint count, guint night)
{
  g_autofree char *text = dup_load (code, estimated, length_us, unbroken_us, count, night);

  return estimated ? g_strdup_printf ("≈ %s", text) : g_steal_pointer (&text);
}

char *
vantage_words_load_why (const char *code, const char *since, const char *until)
{
  if (strcmp (code, "on-call") == 0)
    /* translators: two times */
    return g_strdup_printf (_ ("Estimate: on the rota from %s until %s"), since, until);
  if (strcmp (code, "pages") == 0)
    /* translators: a time */
    return g_strdup_printf (_ ("Estimate: pages in the record, the first at %s"), since);
  if (strcmp (code, "at-once") == 0)
    /* translators: a time */
    return g_strdup_printf (_ ("Estimate: within 15 minutes, from %s"), since);
  if (strcmp (code, "hours-on") == 0)
    /* translators: a time */
    return g_strdup_printf (_ ("Estimate: since %s, with no pause of six hours"), since);
  /* translators: a time */
  return g_strdup_printf (_ ("Estimate: since %s, with no pause to sleep in"), since);
}
