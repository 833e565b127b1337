/* vantage-words.c: catalogue, diagnostics of an import, durations and counts. */

#include "config.h"

#include "vantage-words.h"

#include <string.h>

static const struct
{
  const char *code;
  const char *sentence;
} diagnostics[] = {
  { "bad-time", N_ ("Left out: its time cannot be read.") },
  { "no-time", N_ ("Left out: it has no time.") },
  { "bad-record", N_ ("Left out: it is not a record of this format.") },
  { "cut-off", N_ ("The file ends in the middle of a record. What came before it was kept.") },
  { "more-pages", N_ ("The file says that there is more than it holds.") },
  { "bad-encoding", N_ ("Some characters could not be read; they are shown as “\xef\xbf\xbd”.") },
  { "duplicate", N_ ("The same record is there twice; one was kept.") },
  { "no-parent", N_ ("A reply is there without the message that it answers.") },
  { "unlisted-channel", N_ ("A channel is there that the list of channels does not name.") },
  { "direct-left-out", N_ ("Direct messages were left out.") },
  { "empty-file", N_ ("The file is empty.") },
  { "bad-json", N_ ("A part of the file is not valid JSON and was left out.") },
  { "unreadable-file", N_ ("Left out: the file cannot be read or unpacked.") },
  { "too-large", N_ ("Left out: a record larger than any real one.") },
  { "no-such-channel", N_ ("A channel that was asked for is not there.") },
  { "empty-cue", N_ ("Left out: a cue of a transcript without words.") },
  { "named-once", N_ ("Words before a colon that come only once were not taken for a speaker.") },
  { "start-from-name", N_ ("The start of the call was taken from the file; it can be changed.") },
  { "no-end", N_ ("An alert is said to be over, but not since when.") },
  { "endless-rule", N_ ("A rotation has no end: its first shifts are here. Choose a range of time "
                        "to get those of the incident.") },
  { "bad-rule", N_ ("A shift repeats by a rule that cannot be followed; its first time is here.") },
  { "cancelled-shift", N_ ("Cancelled shifts were left out.") },
  { "unknown-zone", N_ ("Times of a zone that is not known were read in the chosen one.") },
  { "recoded", N_ ("Lines that were not UTF-8 were read as Windows-1252.") },
  { "long-line", N_ ("A line was too long and was cut.") },
  { "needs-zone", N_ ("To be chosen before it is imported: the time zone (--time-zone).") },
  { "needs-start", N_ ("To be chosen before it is imported: when it began (--start).") },
  { "needs-mapping", N_ ("To be chosen before it is imported: what its columns mean (--map).") },
  { "mapping-remembered",
    N_ ("Its columns are read as they were chosen for an earlier table with the same header.") },
  { "no-line-end", N_ ("The last line has no end; it may have been cut off. It was kept.") },
  { "older-wordings",
    N_ ("Earlier wordings of messages were left out; each is there as it was last "
        "edited.") },
  { "no-name", N_ ("Left out: the row names nobody.") },
  { "unknown-file", N_ ("Not read: a file of no known kind.") },
};

static const struct
{
  const char *code;
  const char *sentence;
} notes[] = {
  { "new-device", N_ ("This library is a copy, or was put back from a copy; it now writes under a "
                      "name of its own, so that nothing meets what the other one writes.") },
  { "restore-finished", N_ ("Putting a backup back had been interrupted; it is finished now.") },
};

void
vantage_words_init (const char *locale_dir)
{
  bindtextdomain (GETTEXT_PACKAGE, locale_dir);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

char *
vantage_words_diagnostic (const char *code, const char *detail)
{
  if (strcmp (code, "more-pages") == 0 && detail != NULL && *detail != '\0')
    /* translators: %s says of what there is more, such as "INC-12 has 60 changes, of which 40 are
     * here" */
    return g_strdup_printf (_ ("The file says that there is more than it holds: %s."), detail);
  for (gsize i = 0; i < G_N_ELEMENTS (diagnostics); i++)
    if (strcmp (diagnostics[i].code, code) == 0)
      return g_strdup (gettext (diagnostics[i].sentence));
  return g_strdup (detail != NULL && *detail != '\0' ? detail : code);
}

char *
vantage_words_note (const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (notes); i++)
    if (strcmp (notes[i].code, code) == 0)
      return g_strdup (gettext (notes[i].sentence));
  return g_strdup (code);
}

/* The smaller unit is left out when it is zero. */
static char *
join_units (char *large, gint64 n_small, char *small)
{
  g_autofree char *first = large;
  g_autofree char *second = small;

  return n_small > 0 ? g_strdup_printf ("%s %s", first, second) : g_steal_pointer (&first);
}

char *
vantage_words_duration (gint64 us)
{
  gint64 s;

  us = ABS (us);
  s = us / G_USEC_PER_SEC;
  if (s < 1)
    /* translators: milliseconds */
    return g_strdup_printf (_ ("%d ms"), (int) (us / 1000));
  if (s < 60)
    /* translators: seconds */
    return g_strdup_printf (_ ("%d s"), (int) s);
  if (s < 3600)
    /* translators: minutes; then seconds */
    return join_units (g_strdup_printf (_ ("%d min"), (int) (s / 60)), s < 600 ? s % 60 : 0,
                       g_strdup_printf (_ ("%d s"), (int) (s % 60)));
  if (s < 48 * 3600)
    /* translators: hours */
    return join_units (g_strdup_printf (_ ("%d h"), (int) (s / 3600)), s % 3600 / 60,
                       g_strdup_printf (_ ("%d min"), (int) (s % 3600 / 60)));
  return g_strdup_printf (ngettext ("%d day", "%d days", (gulong) (s / 86400)), (int) (s / 86400));
}

char *
vantage_words_count (guint64 n)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, n);
  gsize length = strlen (digits);
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && length > 4 && (length - i) % 3 == 0)
        g_string_append (text, "\xe2\x80\xaf"); /* narrow no-break space */
      g_string_append_c (text, digits[i]);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
