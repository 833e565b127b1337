/* vantage-words-errors.c: what went wrong and the way out, by error domain and code. */

#include "config.h"

#include "vantage-words.h"

#include "vantage-import.h"
#include "vantage-json.h"
#include "vantage-kind.h"
#include "vantage-library.h"
#include "vantage-sync-engine.h"

#include <gio/gio.h>
#include <string.h>

/* A sentence without a way out is the error's own message, which names the place. */
typedef struct
{
  int code;
  const char *what; /* NULL: the error's message says it best */
  const char *way_out;
} Sentence;

static const Sentence store_sentences[] = {
  { VANTAGE_STORE_ERROR_NOT_FOUND, NULL, N_ ("Look at the list to see what there is.") },
  { VANTAGE_STORE_ERROR_AMBIGUOUS, NULL, N_ ("Give more of the name, or the id.") },
  { VANTAGE_STORE_ERROR_TOO_NEW, N_ ("This library was written by a newer version of Vantage."),
    N_ ("It was left untouched. Open it with that version, or a later one.") },
  { VANTAGE_STORE_ERROR_DAMAGED, N_ ("A file of this library is damaged."),
    N_ ("Nothing was changed. The folder “backups” beside it holds the last daily copies; "
        "“vantagectl verify” says what is damaged and “vantagectl restore” puts a copy back.") },
  { VANTAGE_STORE_ERROR_NO_SPACE, N_ ("The disk is full. What you just did was not saved."),
    N_ ("Everything saved before is safe. Free some space and do it again.") },
  { VANTAGE_STORE_ERROR_READ_ONLY, N_ ("The library’s folder cannot be written to."),
    N_ ("Check the folder’s permissions, or whether the disk is mounted read-only.") },
  { VANTAGE_STORE_ERROR_LOCKED,
    N_ ("Another program has been writing to this library for too long."),
    N_ ("Wait a moment and try again; if it stays so, close the other program.") },
  { VANTAGE_STORE_ERROR_NOTHING, NULL, "" },
  { VANTAGE_STORE_ERROR_CHANGED, NULL, N_ ("The history shows both; nothing was lost.") },
  { VANTAGE_STORE_ERROR_INVALID, NULL, "" },
  { VANTAGE_STORE_ERROR_STREAM,
    N_ ("What came from the server does not follow what is on this computer."),
    N_ ("Nothing was changed. Sync again; what is here is sent and fetched anew.") },
  { VANTAGE_STORE_ERROR_REUSED,
    N_ ("Another copy of this library has been writing under the same name."),
    N_ ("Nothing is lost. Sync again: this one then takes a name of its own.") },
};

static const Sentence import_sentences[] = {
  { VANTAGE_IMPORT_ERROR_NOT_FOUND, NULL, N_ ("Check the name and whether the disk is there.") },
  { VANTAGE_IMPORT_ERROR_UNREADABLE, NULL, N_ ("Check whether you may read it.") },
  { VANTAGE_IMPORT_ERROR_UNKNOWN, NULL,
    N_ ("If it is a table or a log, choose its columns; any file can also be kept as it is.") },
  { VANTAGE_IMPORT_ERROR_NEAR_MISS, NULL, "" },
  { VANTAGE_IMPORT_ERROR_DAMAGED, NULL,
    N_ ("Nothing was kept. Export it again, or copy it again.") },
  { VANTAGE_IMPORT_ERROR_UNSAFE, NULL, N_ ("Nothing was kept.") },
  { VANTAGE_IMPORT_ERROR_NEEDS_ZONE,
    N_ ("The times in this file do not say in which time zone they are."),
    N_ ("Choose one (--time-zone); it can be changed later for the whole import.") },
  { VANTAGE_IMPORT_ERROR_NEEDS_START,
    N_ ("The times in this file count from a beginning that it does not name."),
    N_ ("Give the beginning (--start); it can be changed later for the whole import.") },
  { VANTAGE_IMPORT_ERROR_NEEDS_MAPPING,
    N_ ("It is a table, but its columns do not say what they hold."),
    N_ ("Say which column is the time and which the text (--map time=COLUMN --map text=COLUMN).") },
  { VANTAGE_IMPORT_ERROR_NEEDS_ORDER,
    N_ ("Its dates, such as 03/04, can be read in two ways: with the day or with the month first."),
    N_ ("Say which it is (--map order=dmy or --map order=mdy).") },
  { VANTAGE_IMPORT_ERROR_EMPTY, N_ ("There is nothing in it to import."),
    N_ ("Check that the export was made for the right channels and dates.") },
  { VANTAGE_IMPORT_ERROR_DIRECT_ONLY,
    N_ ("It holds direct messages only, and those are left out unless they are asked for."),
    N_ ("Ask for direct messages too (--direct).") },
  { VANTAGE_IMPORT_ERROR_CANCELLED, N_ ("The import was cancelled. Nothing was kept."), "" },
};

static const Sentence json_sentences[] = {
  { VANTAGE_JSON_ERROR_SYNTAX, NULL, N_ ("The file may have been cut off or edited by hand.") },
  { VANTAGE_JSON_ERROR_TOO_LARGE, NULL, "" },
  { VANTAGE_JSON_ERROR_TOO_DEEP, NULL, "" },
  { VANTAGE_JSON_ERROR_SHAPE, NULL, "" },
};

static const Sentence record_sentences[] = {
  { VANTAGE_RECORD_ERROR_KIND, NULL, "" },
  { VANTAGE_RECORD_ERROR_FIELD, NULL, "" },
  { VANTAGE_RECORD_ERROR_VALUE, NULL, "" },
  { VANTAGE_RECORD_ERROR_TOO_LONG, NULL, N_ ("Part it in two; a field holds 16 KiB of text.") },
  { VANTAGE_RECORD_ERROR_RULE, NULL, "" },
  { VANTAGE_RECORD_ERROR_OP, NULL, "" },
};

static const Sentence sync_sentences[] = {
  { VANTAGE_SYNC_ERROR_NETWORK, N_ ("The server could not be reached."),
    N_ ("Everything you do is kept here and goes when it can be reached. Check the network, and "
        "the server’s address.") },
  { VANTAGE_SYNC_ERROR_UNAUTHORIZED, N_ ("The server does not take this token any more."),
    N_ ("Ask who runs the server for a new one, and connect again.") },
  { VANTAGE_SYNC_ERROR_FORBIDDEN, N_ ("The server does not let this account do that."),
    N_ ("Ask who runs the server, or the lead of the review.") },
  { VANTAGE_SYNC_ERROR_TOO_OLD, N_ ("The server speaks a newer language than this version."),
    N_ ("Update Vantage. What waits to be sent stays here until then.") },
  { VANTAGE_SYNC_ERROR_BUSY, N_ ("The server is busy."), N_ ("It is tried again by itself.") },
  { VANTAGE_SYNC_ERROR_REFUSED, NULL, N_ ("What waits to be sent stays here.") },
  { VANTAGE_SYNC_ERROR_NO_SERVER, N_ ("This library is connected to no server."),
    N_ ("Connect one: “vantagectl server set URL --token-file FILE”.") },
  { VANTAGE_SYNC_ERROR_ADDRESS, NULL, N_ ("Write it as https://reviews.example.org.") },
  { VANTAGE_SYNC_ERROR_SECRET, NULL, N_ ("Give the token again.") },
  { VANTAGE_SYNC_ERROR_SAMPLE, N_ ("The sample stays on this computer."),
    N_ ("Begin a review of your own to share it.") },
};

static const Sentence io_sentences[] = {
  { G_IO_ERROR_NO_SPACE, N_ ("The disk is full."), N_ ("Free some space and try again.") },
  { G_IO_ERROR_PERMISSION_DENIED, NULL, N_ ("Check whether you may read and write there.") },
  { G_IO_ERROR_CANCELLED, N_ ("It was cancelled."), "" },
};

/* The vault is known by the name of its domain alone: nothing but the interview pages and the
 * command line may know more of it. A test of the vault holds these codes and its own together. */
#define VAULT_DOMAIN "vantage_vault_error"

enum
{
  VAULT_FAILED,
  VAULT_TOO_NEW,
  VAULT_DAMAGED,
  VAULT_TAMPERED,
  VAULT_LOCKED,
  VAULT_PASSPHRASE,
  VAULT_KEY_MISSING,
  VAULT_NO_SPACE,
  VAULT_READ_ONLY,
  VAULT_BUSY,
  VAULT_NOT_FOUND,
  VAULT_NOTHING,
  VAULT_INVALID,
};

static const Sentence vault_sentences[] = {
  { VAULT_FAILED, NULL, N_ ("What was saved before is safe. Try again.") },
  { VAULT_TOO_NEW, N_ ("The private notes were written by a newer version of Vantage."),
    N_ ("They were left untouched. Open them with that version, or a later one.") },
  { VAULT_DAMAGED, N_ ("The file of private notes is damaged."),
    N_ ("Nothing was changed. The folder “backups” beside it holds the last daily copies; "
        "“vantagectl restore” puts one back.") },
  { VAULT_TAMPERED,
    N_ ("Some private notes were changed outside Vantage, or come from another place; they are not "
        "shown."),
    N_ ("The folder “backups” holds them as they were.") },
  { VAULT_LOCKED, N_ ("The private notes are locked."), N_ ("Unlock them with the passphrase.") },
  { VAULT_PASSPHRASE, N_ ("That does not open these notes."),
    N_ ("Look whether Caps Lock is on, and try again. The printed recovery words open them too.") },
  { VAULT_KEY_MISSING, N_ ("The key to the private notes is not where it was kept."),
    N_ ("Unlock the desktop’s keyring, put the key file back, or open the notes with the printed "
        "recovery words.") },
  { VAULT_NO_SPACE, N_ ("The disk is full. What you just did was not saved."),
    N_ ("Everything saved before is safe. Free some space and do it again.") },
  { VAULT_READ_ONLY, N_ ("The private notes cannot be written to."),
    N_ ("Check the folder’s permissions, or whether the disk is mounted read-only.") },
  { VAULT_BUSY, N_ ("Another program has been writing to this library for too long."),
    N_ ("Wait a moment and try again; if it stays so, close the other program.") },
  { VAULT_NOT_FOUND, N_ ("This note is not there any more."),
    N_ ("It may have been removed in another window. Undo brings it back.") },
  { VAULT_NOTHING, NULL, "" },
  { VAULT_INVALID, NULL, "" },
};

static const Sentence *
find_sentence (const GError *error)
{
  const struct
  {
    GQuark domain;
    const Sentence *sentences;
    gsize n;
  } domains[] = {
    { VANTAGE_STORE_ERROR, store_sentences, G_N_ELEMENTS (store_sentences) },
    { VANTAGE_IMPORT_ERROR, import_sentences, G_N_ELEMENTS (import_sentences) },
    { VANTAGE_JSON_ERROR, json_sentences, G_N_ELEMENTS (json_sentences) },
    { VANTAGE_RECORD_ERROR, record_sentences, G_N_ELEMENTS (record_sentences) },
    { g_quark_from_static_string (VAULT_DOMAIN), vault_sentences, G_N_ELEMENTS (vault_sentences) },
    { VANTAGE_SYNC_ERROR, sync_sentences, G_N_ELEMENTS (sync_sentences) },
    { G_IO_ERROR, io_sentences, G_N_ELEMENTS (io_sentences) },
  };

  for (gsize d = 0; d < G_N_ELEMENTS (domains); d++)
    if (domains[d].domain == error->domain)
      for (gsize i = 0; i < domains[d].n; i++)
        if (domains[d].sentences[i].code == error->code)
          return &domains[d].sentences[i];
  return NULL;
}

/* The message as a sentence: a capital at its beginning, a full stop at its end. */
static char *
make_sentence (const char *message)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *rest = g_utf8_next_char (message);
  gunichar last;

  if (*message == '\0')
    return g_strdup (_ ("Something went wrong that has no name."));

  g_string_append_unichar (text, g_unichar_toupper (g_utf8_get_char (message)));
  g_string_append (text, rest);
  last = g_utf8_get_char (g_utf8_prev_char (text->str + text->len));
  if (!g_unichar_ispunct (last) || last == 0x201d || last == ')' || last == '"')
    g_string_append_c (text, '.');
  return g_string_free (g_steal_pointer (&text), FALSE);
}

const char *
vantage_words_way_out (const GError *error)
{
  const Sentence *sentence = find_sentence (error);

  if (sentence == NULL || *sentence->way_out == '\0')
    return "";
  return gettext (sentence->way_out);
}

char *
vantage_words_error (const GError *error)
{
  const Sentence *sentence = find_sentence (error);
  const char *way_out = vantage_words_way_out (error);
  g_autofree char *what = NULL;

  if (sentence != NULL && sentence->what != NULL)
    what = g_strdup (gettext (sentence->what));
  else
    what = make_sentence (error->message);

  return *way_out != '\0' ? g_strdup_printf ("%s %s", what, way_out) : g_steal_pointer (&what);
}
