/* test-same-person.c: which accounts are proposed to be one person's. */

#include "vantage-same-person.h"

#include <string.h>

#include "vantage-value.h"

#define MAX_PEOPLE 5

typedef struct
{
  const char *id, *sort, *name, *email, *handle;
} Given;

typedef struct
{
  const char *path;
  Given people[MAX_PEOPLE];
  const char *dismissed; /* "a:b" */
  const char *expected;  /* "a+b same-email what; …" */
} Case;

/* clang-format off */
static const Case cases[] = {
  { "same-address", { { "a", NULL, "Dana", "dana@shop.example", NULL },
                      { "b", NULL, "D. O.", "Dana@Shop.Example", NULL } },
    NULL, "a+b same-email dana@shop.example" },
  { "same-handle", { { "a", NULL, "Dana", NULL, "dokafor" }, { "b", NULL, "DO", NULL, "@DOkafor" } },
    NULL, "a+b same-handle dokafor" },
  { "same-full-name-in-any-order", { { "a", NULL, "Dana Okafor", NULL, NULL },
                                     { "b", NULL, "OKAFOR, Dána (she/her)", NULL, NULL } },
    NULL, "a+b same-name Dana Okafor" },
  { "name-without-spaces", { { "a", NULL, "李俊", NULL, NULL }, { "b", NULL, "李俊", NULL, NULL } },
    NULL, "a+b same-name 李俊" },
  { "one-name-is-not-enough", { { "a", NULL, "Dana", NULL, NULL }, { "b", NULL, "Dana", NULL, NULL } },
    NULL, "" },
  { "address-before-handle-before-name",
    { { "a", NULL, "Dana Okafor", "d@x.example", "dokafor" },
      { "b", NULL, "Dana Okafor", "d@x.example", "dokafor" } },
    NULL, "a+b same-email d@x.example" },
  { "stronger-reasons-come-first",
    { { "a", NULL, "Ann Lee", NULL, NULL }, { "b", NULL, "Lee Ann", NULL, NULL },
      { "c", NULL, "C", "c@x.example", NULL }, { "d", NULL, "D", "c@x.example", NULL } },
    NULL, "c+d same-email c@x.example; a+b same-name Ann Lee" },
  { "what-follows-is-not-said",
    { { "a", NULL, "Ann Lee", "a@x.example", NULL }, { "b", NULL, "Ann Lee", "a@x.example", NULL },
      { "c", NULL, "Ann Lee", NULL, NULL } },
    NULL, "a+b same-email a@x.example; a+c same-name Ann Lee" },
  { "never-a-bot-with-a-human",
    { { "a", "automation", "Deploy Bot", "d@x.example", "deploys" },
      { "b", "human", "Deploy Bot", "d@x.example", "deploys" } },
    NULL, "" },
  { "never-a-group-with-a-human",
    { { "a", "group", "Ann Lee", "d@x.example", NULL }, { "b", NULL, "Ann Lee", "d@x.example", NULL } },
    NULL, "" },
  { "two-accounts-of-a-bot",
    { { "a", "automation", "A", NULL, "deploybot" }, { "b", "system", "B", NULL, "deploybot" } },
    NULL, "a+b same-handle deploybot" },
  { "nobodys-address", { { "a", NULL, "A", "no-reply@x.example", "admin" },
                         { "b", NULL, "B", "no-reply@x.example", "Admin" } }, NULL, "" },
  { "no-address-at-all", { { "a", NULL, "", "", "" }, { "b", NULL, "", "", "" } }, NULL, "" },
  { "dismissed-stays-away", { { "a", NULL, "Ann Lee", NULL, NULL }, { "b", NULL, "Ann Lee", NULL, NULL } },
    "a:b", "" },
  { "dismissed-either-way-round", { { "b", NULL, "Ann Lee", NULL, NULL }, { "a", NULL, "Ann Lee", NULL, NULL } },
    "b:a", "" },
  { "others-than-the-dismissed-remain",
    { { "a", NULL, "Ann Lee", NULL, NULL }, { "b", NULL, "Ann Lee", NULL, NULL },
      { "c", NULL, "Ann Lee", NULL, NULL } },
    "a:b", "a+c same-name Ann Lee" },
  { "nobody", { { NULL } }, NULL, "" },
};
/* clang-format on */

static VantageEntity *
new_dismissal (const char *a, const char *b, gboolean deleted)
{
  g_autoptr (GHashTable) registers =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) vantage_value_unref);
  g_autofree char *key = vantage_same_person_dup_key (a, b);

  g_hash_table_insert (registers, g_strdup ("of"), vantage_value_new_text (key));
  return vantage_entity_new ("review", "dismissal", "0123", registers, 0, 0, "device", NULL,
                             deleted);
}

static char *
write_proposals (GPtrArray *proposals)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < proposals->len; i++)
    {
      const VantageSameProposal *p = g_ptr_array_index (proposals, i);

      g_string_append_printf (text, "%s%s+%s %s %s", i > 0 ? "; " : "", p->person, p->other,
                              vantage_same_to_text (p->same), p->what);
    }
  return g_string_free (text, FALSE);
}

static guint
fill (VantageSameKnown *known, const Given *given)
{
  guint n = 0;

  for (; n < MAX_PEOPLE && given[n].id != NULL; n++)
    {
      VantageIdentity *identity = vantage_identity_new ("slack", "", given[n].id);

      identity->handle = g_strdup (given[n].handle);
      known[n] = (VantageSameKnown){ given[n].id,
                                     given[n].sort,
                                     given[n].name,
                                     given[n].email,
                                     g_ptr_array_new_with_free_func (
                                         (GDestroyNotify) vantage_identity_free),
                                     NULL };
      g_ptr_array_add (known[n].identities, identity);
    }
  return n;
}

static void
test_proposals (gconstpointer data)
{
  const Case *c = data;
  VantageSameKnown known[MAX_PEOPLE];
  guint n = fill (known, c->people);
  g_autoptr (GPtrArray) dismissals = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) proposals = NULL;
  g_autofree char *text = NULL;

  if (c->dismissed != NULL)
    {
      g_auto (GStrv) pair = g_strsplit (c->dismissed, ":", 2);

      g_ptr_array_add (dismissals, new_dismissal (pair[0], pair[1], FALSE));
    }
  proposals = vantage_same_person_find (known, n, dismissals);
  text = write_proposals (proposals);
  g_assert_cmpstr (text, ==, c->expected);
  for (guint i = 0; i < n; i++)
    g_ptr_array_unref (known[i].identities);
}

static void
test_a_dismissal_outlives_a_merge (void)
{
  const char *const members[] = { "old", NULL };
  VantageSameKnown known[] = { { "a", NULL, "Ann Lee", NULL, NULL, members },
                               { "b", NULL, "Ann Lee", NULL, NULL, NULL } };
  g_autoptr (GPtrArray) dismissals = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) again = NULL;

  g_ptr_array_add (dismissals, new_dismissal ("b", "old", FALSE));
  none = vantage_same_person_find (known, 2, dismissals);
  g_assert_cmpuint (none->len, ==, 0);

  g_ptr_array_set_size (dismissals, 0);
  g_ptr_array_add (dismissals, new_dismissal ("b", "old", TRUE));
  again = vantage_same_person_find (known, 2, dismissals);
  g_assert_cmpuint (again->len, ==, 1);
}

static void
test_what_everybody_shares_is_no_reason (void)
{
  VantageSameKnown known[21];
  g_autoptr (GPtrArray) few = NULL;
  g_autoptr (GPtrArray) many = NULL;
  char ids[21][4];

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_snprintf (ids[i], sizeof ids[i], "%u", i);
      known[i] = (VantageSameKnown){ ids[i], NULL, "On Call", NULL, NULL, NULL };
    }
  few = vantage_same_person_find (known, 20, NULL);
  g_assert_cmpuint (few->len, ==, 19);
  many = vantage_same_person_find (known, 21, NULL);
  g_assert_cmpuint (many->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/sense/same-person/%s", cases[i].path);

      g_test_add_data_func (path, &cases[i], test_proposals);
    }
  g_test_add_func ("/sense/same-person/a-dismissal-outlives-a-merge",
                   test_a_dismissal_outlives_a_merge);
  g_test_add_func ("/sense/same-person/what-everybody-shares-is-no-reason",
                   test_what_everybody_shares_is_no_reason);
  return g_test_run ();
}
