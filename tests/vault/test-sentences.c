/* test-sentences.c: every error of the vault has words for the person who meets it. */

#include <string.h>

#include "vantage-vault.h"
#include "vantage-words.h"

typedef struct
{
  int code;
  const char *part; /* of the sentence; NULL: the message itself */
} Case;

/* clang-format off */
static const Case cases[] = {
  { VANTAGE_VAULT_ERROR_FAILED,      "what happened" },
  { VANTAGE_VAULT_ERROR_TOO_NEW,     "newer version" },
  { VANTAGE_VAULT_ERROR_DAMAGED,     "damaged" },
  { VANTAGE_VAULT_ERROR_TAMPERED,    "changed outside" },
  { VANTAGE_VAULT_ERROR_LOCKED,      "are locked" },
  { VANTAGE_VAULT_ERROR_PASSPHRASE,  "does not open" },
  { VANTAGE_VAULT_ERROR_KEY_MISSING, "The key" },
  { VANTAGE_VAULT_ERROR_NO_SPACE,    "disk is full" },
  { VANTAGE_VAULT_ERROR_READ_ONLY,   "cannot be written" },
  { VANTAGE_VAULT_ERROR_BUSY,        "Another program" },
  { VANTAGE_VAULT_ERROR_NOT_FOUND,   "not there any more" },
  { VANTAGE_VAULT_ERROR_NOTHING,     "what happened" },
  { VANTAGE_VAULT_ERROR_INVALID,     "what happened" },
};
/* clang-format on */

static void
test_each_error_has_its_sentence (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error =
          g_error_new_literal (VANTAGE_VAULT_ERROR, cases[i].code, "this is what happened");
      g_autofree char *text = vantage_words_error (error);

      if (strstr (text, cases[i].part) == NULL)
        g_error ("code %d reads “%s”", cases[i].code, text);
      g_assert_cmpint (cases[i].code, ==, (int) i);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/vault/sentences/each-error-has-its-sentence",
                   test_each_error_has_its_sentence);
  return g_test_run ();
}
