/* test-merge.c: what a set of ops adds up to, against a second, plain implementation, in any order
 * and with repetitions. */

#include "vantage-merge.h"

#include <string.h>

#define N_DEVICES 3
#define MAX_OPS 40

static const char *const devices[N_DEVICES] = { "0000000000000001", "0000000000000002",
                                                "0000000000000003" };
/* One field of each class; a deletion. */
static const char *const fields[] = { "title", "pos", "actors/x", "start", "#del" };

/* A plan for an op before it is one. */
typedef struct
{
  VantageOp *op;
  gboolean known_to[N_DEVICES];
} Planned;

typedef struct
{
  Planned planned[MAX_OPS];
  guint n;
  gint64 next[N_DEVICES];
} World;

static gboolean
is_listed_by (const VantageOp *op, const VantageOp *by)
{
  for (guint i = 0; i < by->n_previous; i++)
    {
      if (vantage_op_id_equal (&by->previous[i], &op->id))
        return TRUE;
    }
  return FALSE;
}

/* The rule as it is said: ops on the field that no op among @ops lists. */
static GPtrArray *
find_heads_plainly (GPtrArray *ops, const char *field)
{
  GPtrArray *heads = g_ptr_array_new ();

  for (guint i = 0; i < ops->len; i++)
    {
      VantageOp *op = g_ptr_array_index (ops, i);
      gboolean replaced = strcmp (op->field, field) != 0;

      for (guint j = 0; j < ops->len && !replaced; j++)
        replaced = is_listed_by (op, g_ptr_array_index (ops, j));
      if (!replaced)
        g_ptr_array_add (heads, op);
    }
  return heads;
}

static GPtrArray *
list_known (const World *world, guint device, const char *field)
{
  g_autoptr (GPtrArray) known = g_ptr_array_new ();

  for (guint i = 0; i < world->n; i++)
    {
      if (world->planned[i].known_to[device])
        g_ptr_array_add (known, world->planned[i].op);
    }
  return field != NULL ? find_heads_plainly (known, field) : (GPtrArray *) g_steal_pointer (&known);
}

static GHashTable *
make_seen (const World *world, guint device)
{
  g_autoptr (GPtrArray) known = list_known (world, device, NULL);
  GHashTable *seen = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  for (guint i = 0; i < known->len; i++)
    {
      VantageOp *op = g_ptr_array_index (known, i);
      gint64 *n = g_hash_table_lookup (seen, op->id.device);

      if (n == NULL || *n < op->id.n)
        g_hash_table_insert (seen, op->id.device, g_memdup2 (&op->id.n, sizeof op->id.n));
    }
  return seen;
}

static VantageValue *
make_value (GRand *random, const char *field)
{
  g_autofree char *text = NULL;

  if (strchr (field, '/') != NULL)
    return vantage_value_new_yesno (g_rand_boolean (random));
  if (field[0] == '#')
    return vantage_value_new_yesno (g_rand_int_range (random, 0, 3) > 0);
  /* Few words, so that equal values meet. */
  text = g_strdup_printf ("%c", 'a' + g_rand_int_range (random, 0, 3));
  return vantage_value_new_text (text);
}

/* A device writes, knowing what it knows; its clock may be wrong. */
static void
write_op (World *world, GRand *random)
{
  guint device = (guint) g_rand_int_range (random, 0, N_DEVICES);
  const char *field = fields[g_rand_int_range (random, 0, G_N_ELEMENTS (fields))];
  g_autoptr (GPtrArray) heads = list_known (world, device, field);
  g_autoptr (VantageValue) value = make_value (random, field);
  g_autoptr (GHashTable) seen = NULL;
  VantageOpId previous[MAX_OPS];
  Planned *planned = &world->planned[world->n];
  VantageOpDraft draft = { .stamp = (VantageStamp) g_rand_int_range (random, 1, 12),
                           .entity = "018e00000000aaaaaaaaaaaaaaaaaaaa",
                           .kind = "event",
                           .field = field,
                           .value = value,
                           .previous = previous,
                           .n_previous = MIN (heads->len, VANTAGE_OP_MAX_PREVIOUS),
                           .group_count = 1 };
  g_autoptr (GError) error = NULL;

  strcpy (draft.id.device, devices[device]);
  draft.id.n = draft.group_first = ++world->next[device];
  for (guint i = 0; i < draft.n_previous; i++)
    previous[i] = ((VantageOp *) g_ptr_array_index (heads, i))->id;
  if (field[0] == '#' && vantage_value_get_yesno (value))
    draft.seen = seen = make_seen (world, device);

  planned->op = vantage_op_new (&draft, &error);
  g_assert_no_error (error);
  planned->known_to[device] = TRUE;
  world->n++;
}

/* Ops of one device arrive in the order of their numbers. */
static void
exchange (World *world, GRand *random)
{
  guint from = (guint) g_rand_int_range (random, 0, N_DEVICES);
  guint to = (guint) g_rand_int_range (random, 0, N_DEVICES);

  for (guint i = 0; i < world->n; i++)
    world->planned[i].known_to[to] |= world->planned[i].known_to[from];
}

/* Heads kept as the store keeps them: op by op, with an index of what was listed. */
typedef struct
{
  GHashTable *known;  /* op ids */
  GHashTable *listed; /* op ids */
  GHashTable *heads;  /* field → GPtrArray of VantageOp */
  GPtrArray *ops;
} State;

static State
make_state (void)
{
  return (State){ g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                  g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                  g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                         (GDestroyNotify) g_ptr_array_unref),
                  g_ptr_array_new () };
}

static void
clear_state (State *state)
{
  g_hash_table_unref (state->known);
  g_hash_table_unref (state->listed);
  g_hash_table_unref (state->heads);
  g_ptr_array_unref (state->ops);
}

static void
apply (State *state, VantageOp *op)
{
  char *id = vantage_op_id_to_text (&op->id);
  GPtrArray *heads = g_hash_table_lookup (state->heads, op->field);

  if (!g_hash_table_add (state->known, id))
    return;
  g_ptr_array_add (state->ops, op);
  if (heads == NULL)
    {
      heads = g_ptr_array_new ();
      g_hash_table_insert (state->heads, op->field, heads);
    }
  for (guint i = heads->len; i-- > 0;)
    {
      if (is_listed_by (g_ptr_array_index (heads, i), op))
        g_ptr_array_remove_index (heads, i);
    }
  for (guint i = 0; i < op->n_previous; i++)
    g_hash_table_add (state->listed, vantage_op_id_to_text (&op->previous[i]));
  if (!g_hash_table_contains (state->listed, id))
    g_ptr_array_add (heads, op);
}

/* The answer written down, from the plain rules alone. */
static char *
describe_plainly (GPtrArray *ops)
{
  GString *text = g_string_new (NULL);

  for (guint f = 0; f < G_N_ELEMENTS (fields); f++)
    {
      g_autoptr (GPtrArray) heads = find_heads_plainly (ops, fields[f]);
      VantageOp *winner = NULL;
      gboolean any_true = FALSE, differ = FALSE, deleted = FALSE;

      for (guint i = 0; i < heads->len; i++)
        any_true |= vantage_value_get_yesno (((VantageOp *) g_ptr_array_index (heads, i))->value);
      for (guint i = 0; i < heads->len; i++)
        {
          VantageOp *head = g_ptr_array_index (heads, i);
          gboolean stands = f != 2 || vantage_value_get_yesno (head->value) == any_true;

          if (stands && (winner == NULL || vantage_op_compare (head, winner) > 0))
            winner = head;
          differ |= !vantage_value_equal (head->value,
                                          ((VantageOp *) g_ptr_array_index (heads, 0))->value);
          if (f != 4 || !vantage_value_get_yesno (head->value))
            continue;
          deleted = TRUE;
          for (guint k = 0; k < ops->len; k++)
            {
              VantageOp *op = g_ptr_array_index (ops, k);
              gint64 *n = g_hash_table_lookup (head->seen, op->id.device);

              if (op->field[0] != '#' && strcmp (op->field, "pos") != 0 &&
                  (n == NULL || *n < op->id.n))
                deleted = FALSE;
            }
          if (deleted)
            break;
        }
      if (f == 4)
        g_string_append (text, deleted ? "deleted" : "live");
      else
        g_string_append_printf (
            text, "%s=%s:%d:%d ", fields[f], winner != NULL ? winner->id.device + 15 : "-",
            winner != NULL ? (int) winner->id.n : 0, differ && (f == 0 || f == 3));
    }
  return g_string_free (text, FALSE);
}

static char *
describe (State *state)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  GString *text = g_string_new (NULL);
  VantageOp *changed_by;
  gboolean deleted;
  GPtrArray *heads;

  for (guint f = 0; f + 1 < G_N_ELEMENTS (fields); f++)
    {
      VantageRegister merged;

      heads = g_hash_table_lookup (state->heads, fields[f]);
      vantage_merge_register ("event", fields[f], heads != NULL ? heads : none, &merged);
      g_string_append_printf (text, "%s=%s:%d:%d ", fields[f],
                              merged.winner != NULL ? merged.winner->id.device + 15 : "-",
                              merged.winner != NULL ? (int) merged.winner->id.n : 0,
                              merged.in_conflict);
    }
  heads = g_hash_table_lookup (state->heads, "#del");
  deleted = vantage_merge_is_deleted (heads != NULL ? heads : none, state->ops, &changed_by);
  g_assert_false (deleted && changed_by != NULL);
  g_string_append (text, deleted ? "deleted" : "live");
  return g_string_free (text, FALSE);
}

static void
shuffle (GRand *random, VantageOp **ops, guint n)
{
  for (guint i = n; i > 1; i--)
    {
      guint j = (guint) g_rand_int_range (random, 0, (gint32) i);
      VantageOp *kept = ops[i - 1];

      ops[i - 1] = ops[j];
      ops[j] = kept;
    }
}

static void
check_world (const World *world, GRand *random)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autofree char *expected = NULL;
  VantageOp *order[2 * MAX_OPS];

  for (guint i = 0; i < world->n; i++)
    {
      g_ptr_array_add (all, world->planned[i].op);
      order[i] = order[world->n + i] = world->planned[i].op;
    }
  expected = describe_plainly (all);
  for (guint k = 0; k < 12; k++)
    {
      g_autofree char *text = NULL;
      State state = make_state ();

      shuffle (random, order, 2 * world->n);
      for (guint i = 0; i < 2 * world->n; i++)
        apply (&state, order[i]);
      text = describe (&state);
      g_assert_cmpstr (text, ==, expected);
      clear_state (&state);
    }
}

/* Four hundred histories of three people who write and now and then exchange; each in twelve orders
 * with every op twice. */
static void
test_any_order (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2011);

  for (guint seed = 0; seed < 400; seed++)
    {
      World world = { .n = 0 };
      guint n = (guint) g_rand_int_range (random, 1, MAX_OPS);

      while (world.n < n)
        {
          write_op (&world, random);
          if (g_rand_int_range (random, 0, 3) == 0)
            exchange (&world, random);
        }
      check_world (&world, random);
      for (guint i = 0; i < world.n; i++)
        vantage_op_unref (world.planned[i].op);
    }
}

/* A change that the deleter had not seen keeps the thing alive, and is named. */
static void
test_unseen_change (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (VantageValue) yes = vantage_value_new_yesno (TRUE);
  g_autoptr (VantageValue) no = vantage_value_new_yesno (FALSE);
  VantageOp deletion = { .id = { "0000000000000001", 3 },
                         .stamp = 5,
                         .kind = (char *) "event",
                         .field = (char *) "#del",
                         .value = yes,
                         .seen = seen };
  VantageOp title = { .id = { "0000000000000002", 7 },
                      .stamp = 4,
                      .kind = (char *) "event",
                      .field = (char *) "title",
                      .value = no };
  VantageOp place = title;
  g_autoptr (GPtrArray) heads = g_ptr_array_new ();
  g_autoptr (GPtrArray) ops = g_ptr_array_new ();
  VantageOp *changed_by;
  gint64 seven = 7;

  place.field = (char *) "pos";
  g_ptr_array_add (heads, &deletion);
  g_ptr_array_add (ops, &deletion);
  g_ptr_array_add (ops, &place);
  g_assert_true (vantage_merge_is_deleted (heads, ops, &changed_by));
  g_ptr_array_add (ops, &title);
  g_assert_false (vantage_merge_is_deleted (heads, ops, &changed_by));
  g_assert_true (changed_by == &title);

  g_hash_table_insert (seen, (char *) "0000000000000002", &seven);
  g_assert_true (vantage_merge_is_deleted (heads, ops, NULL));
  deletion.value = no;
  g_assert_false (vantage_merge_is_deleted (heads, ops, &changed_by));
  g_assert_null (changed_by);
}

/* Random parents: afterwards everybody reaches the top, and only cycles lost an edge: the one
 * written first. */
static void
test_cycles (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);

  for (guint round = 0; round < 2000; round++)
    {
      static const char *const names[] = { "a", "b", "c", "d", "e", "f", "g", "h" };
      VantageOp ops[G_N_ELEMENTS (names)] = { 0 };
      g_autoptr (GHashTable) parents = g_hash_table_new (g_str_hash, g_str_equal);
      g_autoptr (GHashTable) winners = g_hash_table_new (g_str_hash, g_str_equal);
      g_autoptr (GHashTable) ignored = NULL;

      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        {
          guint parent = (guint) g_rand_int_range (random, 0, G_N_ELEMENTS (names) + 1);

          ops[i].stamp = (VantageStamp) g_rand_int_range (random, 1, 4);
          ops[i].id = (VantageOpId){ "0000000000000001", i + 1 };
          if (parent == G_N_ELEMENTS (names))
            continue;
          g_hash_table_insert (parents, (char *) names[i], (char *) names[parent]);
          g_hash_table_insert (winners, (char *) names[i], &ops[i]);
        }
      ignored = vantage_merge_break_cycles (parents, winners);

      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        {
          const char *first = names[i], *node = g_hash_table_lookup (parents, names[i]);
          guint steps = 0;

          for (; node != NULL && node != names[i] && steps < 9; steps++)
            {
              if (vantage_op_compare (g_hash_table_lookup (winners, node) != NULL
                                          ? g_hash_table_lookup (winners, node)
                                          : g_hash_table_lookup (winners, first),
                                      g_hash_table_lookup (winners, first)) < 0)
                first = node;
              node = g_hash_table_lookup (parents, node);
            }
          /* On a cycle exactly the first written goes; elsewhere none. */
          g_assert_cmpint (g_hash_table_contains (ignored, names[i]), ==,
                           node == names[i] && first == names[i]);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/record/merge/any-order-and-repetition-give-one-answer", test_any_order);
  g_test_add_func ("/record/merge/an-unseen-change-keeps-alive", test_unseen_change);
  g_test_add_func ("/record/merge/no-entity-is-above-itself", test_cycles);
  return g_test_run ();
}
