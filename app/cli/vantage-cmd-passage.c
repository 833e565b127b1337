/* vantage-cmd-passage.c: words of an interview picked out, given to the team, taken back; and what
 * stands under a code. */

#include "config.h"

#include "vantage-cli-vault.h"
#include "vantage-words.h"

#include <string.h>

/* ---- annotate ---- */

typedef struct
{
  char *claim, *memo;
  char **codes;
  int from, to;
} AnnotateFlags;

static void
clear_annotate (AnnotateFlags *flags)
{
  g_free (flags->claim);
  g_free (flags->memo);
  g_strfreev (flags->codes);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AnnotateFlags, clear_annotate)

/* The code of this name or id. NULL after printing. (transfer full) */
static char *
find_code (VantageCli *cli, const char *review, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) codes = vantage_library_list (cli->library, review, "code", &error);

  if (codes == NULL)
    {
      vantage_cli_fail (error);
      return NULL;
    }
  for (guint i = 0; i < codes->len; i++)
    {
      VantageEntity *code = g_ptr_array_index (codes, i);

      if (strcmp (vantage_entity_get_title (code), words) == 0 ||
          strcmp (vantage_entity_get_id (code), words) == 0)
        return g_strdup (vantage_entity_get_id (code));
    }
  return NULL;
}

/* The same, and a new code in the book where there is none of this name. */
static char *
take_code (VantageCli *cli, const char *review, const char *words)
{
  char *id = find_code (cli, review, words);
  g_autoptr (VantageEdit) edit = NULL;
  g_autoptr (GError) error = NULL;

  if (id != NULL)
    return id;
  edit = vantage_library_begin (cli->library, review, _ ("Add Code"));
  id = g_strdup (vantage_edit_create (edit, "code"));
  vantage_edit_set_text (edit, "code", id, "name", words);
  if (vantage_edit_commit (edit, &error))
    return id;
  vantage_cli_fail (error);
  g_free (id);
  return NULL;
}

static gboolean
add_codes (VantageCli *cli, const char *review, VantagePrivatePassage *passage, char **codes,
           const char *memo)
{
  for (char **code = codes; code != NULL && *code != NULL; code++)
    {
      g_autofree char *id = take_code (cli, review, *code);

      if (id == NULL)
        return FALSE;
      vantage_private_passage_set_code (passage, id, vantage_library_get_device (cli->library),
                                        memo);
    }
  return TRUE;
}

static VantageExit
annotate (VantageCli *cli, const char *review, VantageVault *vault, const char *line_id,
          const AnnotateFlags *flags)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VantageLine) line = vantage_vault_get_line (vault, line_id, &error);
  g_autoptr (VantagePrivatePassage) passage = NULL;
  glong length;

  if (line == NULL)
    return vantage_cli_fail (error);
  length = g_utf8_strlen (vantage_line_get_text (line), -1);
  passage = vantage_private_passage_new (vantage_line_get_interview (line));
  vantage_private_passage_add_anchor (passage, line_id, vantage_line_get_text (line),
                                      (guint) MIN (MAX (flags->from, 0), length),
                                      flags->to < 0 ? (guint) length : (guint) flags->to);
  if (flags->claim != NULL)
    {
      g_free (passage->claim);
      passage->claim = g_strdup (flags->claim);
    }
  if (flags->memo != NULL)
    {
      g_free (passage->memo);
      passage->memo = g_strdup (flags->memo);
    }
  if (!add_codes (cli, review, passage, flags->codes, flags->memo))
    return VANTAGE_EXIT_FAILED;
  if (!vantage_vault_put_passage (vault, passage, _ ("Pick Out Words"), &error))
    return vantage_cli_fail (error);
  return vantage_cli_print_id (cli, passage->id);
}

static VantageExit
run_annotate (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_auto (AnnotateFlags) flags = { .to = -1 };
  g_autofree char *review = NULL;
  g_autoptr (VantageVault) vault = NULL;
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_INT, &flags.from, NULL, NULL },
    { "to", 0, 0, G_OPTION_ARG_INT, &flags.to, NULL, NULL },
    { "claim", 0, 0, G_OPTION_ARG_STRING, &flags.claim, NULL, NULL },
    { "code", 0, 0, G_OPTION_ARG_STRING_ARRAY, &flags.codes, NULL, NULL },
    { "memo", 0, 0, G_OPTION_ARG_STRING, &flags.memo, NULL, NULL },
    { NULL },
  };

  if (!vantage_cli_parse (cli, command, &argc, &argv, entries, 2, 2))
    return VANTAGE_EXIT_USAGE;
  if (flags.claim != NULL && !g_strv_contains (vantage_claims, flags.claim))
    {
      g_autofree char *claims = g_strjoinv (", ", (char **) vantage_claims);

      return vantage_cli_usage (command, _ ("“%s” is no kind of claim. There are: %s."),
                                flags.claim, claims);
    }
  if (flags.from < 0 || (flags.to >= 0 && flags.to <= flags.from))
    return vantage_cli_usage (command, _ ("--from and --to count characters from 0, in order."));
  review = vantage_cli_find_review (cli, argv[1]);
  vault = review != NULL ? vantage_cli_open_vault (cli) : NULL;
  return vault != NULL ? annotate (cli, review, vault, argv[2], &flags) : VANTAGE_EXIT_FAILED;
}

/* ---- release ---- */

/* Whether the person agreed to it; printed when not. */
static gboolean
is_agreed (VantageCli *cli, const char *review, const char *interview, const char *form,
           gboolean asked)
{
  g_autoptr (VantageEntity) consent =
      vantage_library_get (cli->library, review, "consent", interview, NULL);
  const char *words = consent != NULL ? vantage_entity_get_text (consent, "words") : NULL;
  g_autoptr (GPtrArray) forms = consent != NULL ? vantage_entity_list_set (consent, "forms") : NULL;

  if (g_strcmp0 (words, "never") == 0)
    g_printerr ("vantagectl: %s\n", _ ("This person does not want their words used."));
  else if (g_strcmp0 (words, "yes") != 0 && !asked)
    g_printerr ("vantagectl: %s\n",
                _ ("Ask the person first whether these words may be used, and how; then give "
                   "--agreed."));
  else if (forms != NULL && forms->len > 0 && !vantage_entity_has_member (consent, "forms", form))
    g_printerr (_ ("vantagectl: This person did not agree to the form “%s”.\n"), form);
  else
    return TRUE;
  return FALSE;
}

static gboolean
write_release (VantageCli *cli, const char *review, GHashTable *registers, char **out_id,
               GError **error)
{
  g_autoptr (VantageEdit) edit = vantage_library_begin (cli->library, review, _ ("Release Words"));
  GHashTableIter iter;
  gpointer name, value;

  *out_id = g_strdup (vantage_edit_create (edit, "passage"));
  g_hash_table_iter_init (&iter, registers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    vantage_edit_set (edit, "passage", *out_id, name, vantage_value_ref (value));
  return vantage_edit_commit (edit, error);
}

typedef struct
{
  char *form, *shown_as, *words;
  gboolean agreed;
} ReleaseFlags;

static void
clear_release (ReleaseFlags *flags)
{
  g_free (flags->form);
  g_free (flags->shown_as);
  g_free (flags->words);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ReleaseFlags, clear_release)

static VantageExit
release (VantageCli *cli, const char *review, VantageVault *vault, const char *id,
         const ReleaseFlags *flags)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VantagePrivatePassage) passage = vantage_vault_get_passage (vault, id, &error);
  g_autoptr (VantageEntity) interview = NULL;
  g_autoptr (GHashTable) registers = NULL;
  g_autofree char *released = NULL;

  if (passage == NULL)
    return vantage_cli_fail (error);
  if (passage->released != NULL)
    {
      g_printerr (_ ("vantagectl: It is released already, as %s.\n"), passage->released);
      return VANTAGE_EXIT_FAILED;
    }
  interview = vantage_cli_find_entity (cli, review, "interview", passage->interview);
  if (interview == NULL || !is_agreed (cli, review, passage->interview, flags->form, flags->agreed))
    return VANTAGE_EXIT_FAILED;
  registers = vantage_private_passage_release (
      passage, vantage_entity_get_ref (interview, "person"), flags->form,
      flags->shown_as != NULL ? flags->shown_as : "", flags->words);
  if (!write_release (cli, review, registers, &released, &error))
    return vantage_cli_fail (error);

  passage->released = g_strdup (released);
  passage->released_form = g_strdup (flags->form);
  if (!vantage_vault_put_passage (vault, passage, _ ("Release Words"), &error))
    return vantage_cli_fail (error);
  return vantage_cli_print_id (cli, released);
}

static VantageExit
run_release (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_auto (ReleaseFlags) flags = { 0 };
  g_autofree char *review = NULL;
  g_autoptr (VantageVault) vault = NULL;
  const GOptionEntry entries[] = {
    { "form", 0, 0, G_OPTION_ARG_STRING, &flags.form, NULL, NULL },
    { "as", 0, 0, G_OPTION_ARG_STRING, &flags.shown_as, NULL, NULL },
    { "words", 0, 0, G_OPTION_ARG_STRING, &flags.words, NULL, NULL },
    { "agreed", 0, 0, G_OPTION_ARG_NONE, &flags.agreed, NULL, NULL },
    { NULL },
  };

  if (!vantage_cli_parse (cli, command, &argc, &argv, entries, 2, 2))
    return VANTAGE_EXIT_USAGE;
  if (flags.form == NULL || !g_strv_contains (vantage_release_forms, flags.form))
    return vantage_cli_usage (command, _ ("--form says how: name, role, pseudonym or paraphrase."));
  if (strcmp (flags.form, "name") != 0 && flags.shown_as == NULL)
    return vantage_cli_usage (command, _ ("--as says what stands in place of the name."));
  if (strcmp (flags.form, "paraphrase") == 0 && flags.words == NULL)
    return vantage_cli_usage (command, _ ("A paraphrase needs its --words."));
  review = vantage_cli_find_review (cli, argv[1]);
  vault = review != NULL ? vantage_cli_open_vault (cli) : NULL;
  return vault != NULL ? release (cli, review, vault, argv[2], &flags) : VANTAGE_EXIT_FAILED;
}

/* ---- withdraw ---- */

/* The private passage behind a released one; NULL without error: on another computer. */
static VantagePrivatePassage *
find_private (VantageVault *vault, const char *released, GError **error)
{
  g_autoptr (GPtrArray) all = vantage_vault_list_passages (vault, NULL, error);

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      VantagePrivatePassage *passage = g_ptr_array_index (all, i);

      if (g_strcmp0 (passage->released, released) == 0)
        return vantage_private_passage_copy (passage);
    }
  return NULL;
}

/* Taken back everywhere at once, its words overwritten; what was said stays in the notes. */
static VantageExit
withdraw (VantageCli *cli, const char *review, VantageVault *vault, const char *id)
{
  g_autoptr (VantageEdit) edit = vantage_library_begin (cli->library, review, _ ("Withdraw Words"));
  g_autoptr (VantagePrivatePassage) passage = NULL;
  g_autoptr (GError) error = NULL;

  vantage_edit_set (edit, "passage", id, VANTAGE_OP_FIELD_WITHDRAW, vantage_value_new_yesno (TRUE));
  vantage_edit_delete (edit, "passage", id);
  if (!vantage_edit_commit (edit, &error) ||
      !vantage_library_purge (cli->library, review, id, &error))
    return vantage_cli_fail (error);

  passage = find_private (vault, id, &error);
  if (error != NULL)
    return vantage_cli_fail (error);
  if (passage != NULL)
    {
      g_clear_pointer (&passage->released, g_free);
      g_clear_pointer (&passage->released_form, g_free);
      if (!vantage_vault_put_passage (vault, passage, _ ("Withdraw Words"), &error))
        return vantage_cli_fail (error);
    }
  return vantage_cli_print_id (cli, id);
}

static VantageExit
run_withdraw (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *review = NULL;
  g_autoptr (VantageEntity) passage = NULL;
  g_autoptr (VantageVault) vault = NULL;

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 2, 2))
    return VANTAGE_EXIT_USAGE;
  review = vantage_cli_find_review (cli, argv[1]);
  passage = review != NULL ? vantage_cli_find_entity (cli, review, "passage", argv[2]) : NULL;
  vault = passage != NULL ? vantage_cli_open_vault (cli) : NULL;
  return vault != NULL ? withdraw (cli, review, vault, vantage_entity_get_id (passage))
                       : VANTAGE_EXIT_FAILED;
}

/* ---- codes ---- */

typedef struct
{
  JsonBuilder *builder;
  VantageTable *table;
  GPtrArray *passages; /* private ones of the review's interviews */
  GPtrArray *released; /* (element-type VantageEntity): those not in the vault here */
} Codes;

static void
add_passage (Codes *self, const char *code, const char *id, const char *interview,
             const char *words, const char *claim, const char *released)
{
  json_builder_begin_object (self->builder);
  vantage_cli_add_text (self->builder, "id", id);
  vantage_cli_add_text (self->builder, "interview", interview);
  vantage_cli_add_text (self->builder, "words", words);
  vantage_cli_add_text (self->builder, "claim", claim);
  vantage_cli_add_text (self->builder, "released", released);
  json_builder_end_object (self->builder);
  vantage_table_add (self->table, code, released != NULL ? _ ("released") : _ ("private"), words);
}

static gboolean
has_code (const VantagePrivatePassage *passage, const char *code)
{
  for (guint i = 0; i < passage->codings->len; i++)
    if (strcmp (((VantageCoding *) g_ptr_array_index (passage->codings, i))->code, code) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_private_too (Codes *self, const char *released)
{
  for (guint i = 0; i < self->passages->len; i++)
    if (g_strcmp0 (((VantagePrivatePassage *) g_ptr_array_index (self->passages, i))->released,
                   released) == 0)
      return TRUE;
  return FALSE;
}

static void
add_code (Codes *self, VantageEntity *code)
{
  const char *id = vantage_entity_get_id (code);

  json_builder_begin_object (self->builder);
  vantage_cli_add_text (self->builder, "id", id);
  vantage_cli_add_text (self->builder, "name", vantage_entity_get_title (code));
  json_builder_set_member_name (self->builder, "passages");
  json_builder_begin_array (self->builder);
  for (guint i = 0; i < self->passages->len; i++)
    {
      const VantagePrivatePassage *passage = g_ptr_array_index (self->passages, i);
      g_autofree char *words = vantage_private_passage_dup_words (passage);

      if (has_code (passage, id))
        add_passage (self, vantage_entity_get_title (code), passage->id, passage->interview, words,
                     passage->claim, passage->released);
    }
  for (guint i = 0; i < self->released->len; i++)
    {
      VantageEntity *passage = g_ptr_array_index (self->released, i);
      const char *passage_id = vantage_entity_get_id (passage);

      if (vantage_entity_has_member (passage, "codes", id) && !is_private_too (self, passage_id))
        add_passage (self, vantage_entity_get_title (code), passage_id,
                     vantage_entity_get_ref (passage, "interview"),
                     vantage_entity_get_text (passage, "words"),
                     vantage_entity_get_text (passage, "claim"), passage_id);
    }
  json_builder_end_array (self->builder);
  json_builder_end_object (self->builder);
}

/* Passages of interviews of this review alone: the vault is the whole library's. */
static GPtrArray *
list_private (VantageCli *cli, const char *review, VantageVault *vault, GError **error)
{
  g_autoptr (GPtrArray) interviews =
      vantage_library_list (cli->library, review, "interview", error);
  g_autoptr (GPtrArray) all =
      g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_private_passage_free);

  for (guint i = 0; interviews != NULL && i < interviews->len; i++)
    {
      GPtrArray *some = vantage_vault_list_passages (
          vault, vantage_entity_get_id (g_ptr_array_index (interviews, i)), error);

      if (some == NULL)
        return NULL;
      g_ptr_array_extend_and_steal (all, some);
    }
  return interviews != NULL ? g_steal_pointer (&all) : NULL;
}

static VantageExit
print_codes (VantageCli *cli, const char *review, Codes *self, const char *only)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) codes = vantage_library_list (cli->library, review, "code", &error);

  if (codes == NULL)
    return vantage_cli_fail (error);
  json_builder_begin_object (self->builder);
  json_builder_set_member_name (self->builder, "codes");
  json_builder_begin_array (self->builder);
  for (guint i = 0; i < codes->len; i++)
    if (only == NULL || strcmp (vantage_entity_get_id (g_ptr_array_index (codes, i)), only) == 0)
      add_code (self, g_ptr_array_index (codes, i));
  json_builder_end_array (self->builder);
  json_builder_end_object (self->builder);
  if (cli->json)
    return vantage_cli_print_builder (cli, g_object_ref (self->builder));
  vantage_table_print (self->table);
  return VANTAGE_EXIT_DONE;
}

static VantageExit
run_codes (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *name = NULL;
  g_autofree char *only = NULL;
  g_autofree char *review = NULL;
  g_autoptr (VantageVault) vault = NULL;
  g_autoptr (GPtrArray) passages = NULL;
  g_autoptr (GPtrArray) released = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (VantageTable) table = vantage_table_new (3);
  g_autoptr (GError) error = NULL;
  Codes self;
  const GOptionEntry entries[] = {
    { "code", 0, 0, G_OPTION_ARG_STRING, &name, NULL, NULL },
    { NULL },
  };

  if (!vantage_cli_parse (cli, command, &argc, &argv, entries, 1, 1))
    return VANTAGE_EXIT_USAGE;
  review = vantage_cli_find_review (cli, argv[1]);
  vault = review != NULL ? vantage_cli_open_vault (cli) : NULL;
  if (vault == NULL)
    return VANTAGE_EXIT_FAILED;
  if (name != NULL && (only = find_code (cli, review, name)) == NULL)
    {
      g_printerr (_ ("vantagectl: There is no code “%s” in this review.\n"), name);
      return VANTAGE_EXIT_FAILED;
    }
  passages = list_private (cli, review, vault, &error);
  released =
      passages != NULL ? vantage_library_list (cli->library, review, "passage", &error) : NULL;
  if (released == NULL)
    return vantage_cli_fail (error);
  self = (Codes){ builder, table, passages, released };
  return print_codes (cli, review, &self, only);
}

const VantageCommand vantage_commands_passage[] = {
  { "interview annotate",
    "REVIEW LINE [--from N --to N] [--claim CLAIM] [--code NAME]… [--memo TEXT]",
    N_ ("pick words of a line out"), run_annotate },
  { "interview release",
    "REVIEW PASSAGE --form name|role|pseudonym|paraphrase [--as TEXT] [--words TEXT] [--agreed]",
    N_ ("give picked out words to the team"), run_release },
  { "interview withdraw", "REVIEW PASSAGE", N_ ("take released words back, everywhere"),
    run_withdraw },
  { "codes", "REVIEW [--code NAME]", N_ ("passages by code"), run_codes },
  { NULL, NULL, NULL, NULL },
};
