/* vantage-same-person.c: pairs of people that share an address, a handle or a full name. */

#include "vantage-same-person.h"

#include <string.h>

#include "vantage-text.h"

#define KEY_PREFIX "same-person:"
#define MAX_SHARING 20 /* what more people share tells nobody apart */
#define MIN_HANDLE 3

typedef struct
{
  const VantageSameKnown *people;
  guint n_people;
  guint *groups;         /* by person: which of them are taken to be one, when all is confirmed */
  GHashTable *dismissed; /* set of keys */
  GHashTable *sharing;   /* char *key → GArray of guint, of one reason at a time */
  GPtrArray *keys;       /* keys of `sharing` in the order in which they came */
  GHashTable *written;   /* char *key → char *as the first wrote it */
  GPtrArray *proposals;
} Work;

static const char *const same_words[] = { "same-email", "same-handle", "same-name" };

static const char *const nobodys[] = {
  "admin",   "administrator", "root",       "support", "help",    "info",   "team",
  "ops",     "oncall",        "guest",      "user",    "unknown", "system", "service",
  "noreply", "no-reply",      "nobody",     "test",    "bot",     "mail",   "postmaster",
  "alerts",  "somebody",      "donotreply", NULL,
};

const char *
vantage_same_to_text (VantageSame same)
{
  return same_words[same];
}

char *
vantage_same_person_dup_key (const char *person, const char *other)
{
  gboolean swap = strcmp (person, other) > 0;

  return g_strconcat (KEY_PREFIX, swap ? other : person, ":", swap ? person : other, NULL);
}

static void
proposal_free (gpointer data)
{
  VantageSameProposal *self = data;

  g_free (self->what);
  g_free (self);
}

/* ---- what is compared ---- */

static gboolean
is_nobodys (const char *folded)
{
  return g_strv_contains (nobodys, folded);
}

static char *
dup_email_key (const char *email)
{
  g_autofree char *copy = g_strdup (email != NULL ? email : "");
  g_autofree char *folded = vantage_text_fold (g_strstrip (copy));
  const char *at = strchr (folded, '@');
  g_autofree char *local = NULL;

  if (at == NULL || at == folded || at[1] == '\0')
    return NULL;
  local = g_strndup (folded, (gsize) (at - folded));
  return is_nobodys (local) ? NULL : g_steal_pointer (&folded);
}

static char *
dup_handle_key (const char *handle)
{
  g_autofree char *copy = g_strdup (handle != NULL ? handle : "");
  char *bare = g_strstrip (copy);
  g_autofree char *folded = NULL;

  folded = vantage_text_fold (bare[0] == '@' ? bare + 1 : bare);
  if (g_utf8_strlen (folded, -1) < MIN_HANDLE || is_nobodys (folded))
    return NULL;
  return g_steal_pointer (&folded);
}

static int
compare_words (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* A name in a script that writes no spaces is whole in one word. */
static gboolean
is_written_together (const char *word)
{
  return g_utf8_strlen (word, -1) >= 2 && g_unichar_iswide (g_utf8_get_char (word));
}

/* The words of a name in one order, without what stands in brackets; NULL: not a full name. */
static char *
dup_name_key (const char *name)
{
  g_autofree char *folded = vantage_text_fold (name != NULL ? name : "");
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_auto (GStrv) parts = NULL;
  g_autofree char *bracket = NULL;

  bracket = g_strndup (folded, strcspn (folded, "(["));
  parts = g_strsplit_set (bracket, " ,.\t\n", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (parts[i][0] != '\0')
      g_ptr_array_add (words, parts[i]);
  if (words->len == 0 || (words->len == 1 && !is_written_together (words->pdata[0])))
    return NULL;
  g_ptr_array_sort (words, compare_words);
  g_ptr_array_add (words, NULL);
  return g_strjoinv (" ", (char **) words->pdata);
}

/* ---- who shares what ---- */

/* @key: (transfer full) (nullable) */
static void
share (Work *work, guint person, char *key, const char *written)
{
  GArray *sharing = key != NULL ? g_hash_table_lookup (work->sharing, key) : NULL;

  if (key == NULL)
    return;
  if (sharing == NULL)
    {
      sharing = g_array_new (FALSE, FALSE, sizeof (guint));
      g_hash_table_insert (work->sharing, key, sharing);
      g_hash_table_insert (work->written, key, g_strdup (written));
      g_ptr_array_add (work->keys, key);
    }
  else
    g_free (key);
  /* People come in order: the same one twice is the last. */
  if (sharing->len == 0 || g_array_index (sharing, guint, sharing->len - 1) != person)
    g_array_append_val (sharing, person);
}

static void
share_all_of (Work *work, guint person, VantageSame same)
{
  const VantageSameKnown *known = &work->people[person];
  guint n = known->identities != NULL ? known->identities->len : 0;

  if (same == VANTAGE_SAME_EMAIL)
    share (work, person, dup_email_key (known->email), known->email);
  if (same == VANTAGE_SAME_NAME)
    share (work, person, dup_name_key (known->name), known->name);
  for (guint i = 0; i < n; i++)
    {
      const VantageIdentity *identity = g_ptr_array_index (known->identities, i);

      if (same == VANTAGE_SAME_EMAIL)
        share (work, person, dup_email_key (identity->email), identity->email);
      else if (same == VANTAGE_SAME_HANDLE)
        share (work, person, dup_handle_key (identity->handle), identity->handle);
      else
        share (work, person, dup_name_key (identity->name), identity->name);
    }
}

/* ---- pairs ---- */

/* Humans, machines, groups. */
static int
get_class (const VantageSameKnown *known)
{
  if (g_strcmp0 (known->sort, "automation") == 0 || g_strcmp0 (known->sort, "system") == 0)
    return 1;
  return g_strcmp0 (known->sort, "group") == 0 ? 2 : 0;
}

static const char *
get_member (const VantageSameKnown *known, guint at)
{
  return at == 0 ? known->id : known->members[at - 1];
}

static guint
count_members (const VantageSameKnown *known)
{
  return 1 + (known->members != NULL ? g_strv_length ((char **) known->members) : 0);
}

static gboolean
was_dismissed (Work *work, const VantageSameKnown *a, const VantageSameKnown *b)
{
  guint n_a = count_members (a), n_b = count_members (b);

  for (guint i = 0; i < n_a; i++)
    for (guint j = 0; j < n_b; j++)
      {
        g_autofree char *key = vantage_same_person_dup_key (get_member (a, i), get_member (b, j));

        if (g_hash_table_contains (work->dismissed, key))
          return TRUE;
      }
  return FALSE;
}

static guint
find_group (Work *work, guint person)
{
  while (work->groups[person] != person)
    person = work->groups[person] = work->groups[work->groups[person]];
  return person;
}

/* Whether joining two groups would join two people of whom somebody said that they are not the
 * same. */
static gboolean
would_join_dismissed (Work *work, guint group_a, guint group_b)
{
  if (g_hash_table_size (work->dismissed) == 0)
    return FALSE;
  for (guint i = 0; i < work->n_people; i++)
    for (guint j = 0; find_group (work, i) == group_a && j < work->n_people; j++)
      if (find_group (work, j) == group_b &&
          was_dismissed (work, &work->people[i], &work->people[j]))
        return TRUE;
  return FALSE;
}

static void
propose (Work *work, guint a, guint b, VantageSame same, const char *what)
{
  VantageSameProposal *proposal;

  if (find_group (work, a) == find_group (work, b) ||
      get_class (&work->people[a]) != get_class (&work->people[b]) ||
      would_join_dismissed (work, find_group (work, a), find_group (work, b)))
    return;
  work->groups[find_group (work, b)] = find_group (work, a);
  proposal = g_new0 (VantageSameProposal, 1);
  proposal->person = work->people[a].id;
  proposal->other = work->people[b].id;
  proposal->same = same;
  proposal->what = g_strdup (what);
  g_ptr_array_add (work->proposals, proposal);
}

static void
propose_sharing (Work *work, const char *key, VantageSame same)
{
  GArray *sharing = g_hash_table_lookup (work->sharing, key);

  if (sharing->len > MAX_SHARING)
    return;
  for (guint j = 1; j < sharing->len; j++)
    for (guint i = 0; i < j; i++)
      propose (work, g_array_index (sharing, guint, i), g_array_index (sharing, guint, j), same,
               g_hash_table_lookup (work->written, key));
}

static void
find_same (Work *work, VantageSame same)
{
  g_ptr_array_set_size (work->keys, 0);
  g_hash_table_remove_all (work->written);
  g_hash_table_remove_all (work->sharing);
  for (guint i = 0; i < work->n_people; i++)
    share_all_of (work, i, same);
  for (guint i = 0; i < work->keys->len; i++)
    propose_sharing (work, work->keys->pdata[i], same);
}

static GHashTable *
list_dismissed (GPtrArray *dismissals)
{
  GHashTable *keys = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; dismissals != NULL && i < dismissals->len; i++)
    {
      VantageEntity *entity = g_ptr_array_index (dismissals, i);
      const char *of = NULL;

      if (!vantage_entity_is_deleted (entity) &&
          strcmp (vantage_entity_get_kind_name (entity), "dismissal") == 0)
        of = vantage_entity_get_text (entity, "of");
      if (of != NULL && g_str_has_prefix (of, KEY_PREFIX))
        g_hash_table_add (keys, (gpointer) of);
    }
  return keys;
}

GPtrArray *
vantage_same_person_find (const VantageSameKnown *people, guint n_people, GPtrArray *dismissals)
{
  g_autofree guint *groups = g_new (guint, MAX (n_people, 1));
  g_autoptr (GHashTable) dismissed = list_dismissed (dismissals);
  g_autoptr (GHashTable) sharing =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  g_autoptr (GHashTable) written = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  Work work = { people, n_people, groups, dismissed, sharing, keys, written, NULL };

  work.proposals = g_ptr_array_new_with_free_func (proposal_free);
  for (guint i = 0; i < n_people; i++)
    groups[i] = i;
  for (guint same = 0; same < VANTAGE_N_SAME; same++)
    find_same (&work, (VantageSame) same);
  return work.proposals;
}
