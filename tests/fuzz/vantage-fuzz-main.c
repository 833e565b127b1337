/* vantage-fuzz-main.c: runs a fuzz target for some seconds with a plain compiler, so that the suite
 * can: seeds first, then mutations of what was seen, from a fixed seed. With a fuzzing compiler its
 * own main takes this one's place.
 *
 * program [SECONDS [SEED-FILE…]] */

#include <glib.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "vantage-fuzz.h"

#define MAX_SIZE 4096
#define MAX_KEPT 256

static void
run (const guint8 *data, gsize size)
{
  /* A copy of its exact size, so that a checker of memory sees a read beyond the end. */
  g_autofree guint8 *exact = g_memdup2 (size > 0 ? data : (const guint8 *) "", MAX (size, 1));

  LLVMFuzzerTestOneInput (exact, size);
}

static void
change_byte (GRand *random, GByteArray *input)
{
  static const char likely[] = "{}[]\",:\\u0truefalsn1-.eE+ \n\r\t<>&;=/@|";
  guint at = (guint) g_rand_int_range (random, 0, (gint32) input->len);

  input->data[at] = g_rand_boolean (random)
                        ? (guint8) likely[g_rand_int_range (random, 0, sizeof likely - 1)]
                        : (guint8) g_rand_int (random);
}

/* Part of another input put into this one. */
static void
splice (GRand *random, GByteArray *input, const GByteArray *other)
{
  guint from, length;
  g_autofree guint8 *tail = NULL;
  guint at = (guint) g_rand_int_range (random, 0, (gint32) input->len + 1);
  guint n_tail = input->len - at;

  if (other->len == 0)
    return;
  from = (guint) g_rand_int_range (random, 0, (gint32) other->len);
  length = (guint) g_rand_int_range (random, 1, (gint32) (other->len - from) + 1);
  tail = g_memdup2 (input->data + at, n_tail);
  g_byte_array_set_size (input, at);
  g_byte_array_append (input, other->data + from, length);
  g_byte_array_append (input, tail, n_tail);
}

static void
mutate (GRand *random, GByteArray *input, const GByteArray *other)
{
  guint n = (guint) g_rand_int_range (random, 1, 6);

  for (guint i = 0; i < n; i++)
    {
      guint way = (guint) g_rand_int_range (random, 0, 4);

      if (way == 0 || input->len == 0)
        splice (random, input, other);
      else if (way == 1)
        {
          guint at = (guint) g_rand_int_range (random, 0, (gint32) input->len);
          guint most = MIN (16, input->len - at);

          g_byte_array_remove_range (input, at,
                                     (guint) g_rand_int_range (random, 1, (gint32) most + 1));
        }
      else
        change_byte (random, input);
    }
  if (input->len > MAX_SIZE)
    g_byte_array_set_size (input, MAX_SIZE);
}

static GByteArray *
copy_bytes (const guint8 *data, gsize size)
{
  GByteArray *copy = g_byte_array_new ();

  g_byte_array_append (copy, data, (guint) MIN (size, MAX_SIZE));
  return copy;
}

static void
read_seed_files (GPtrArray *kept, char **paths)
{
  for (; *paths != NULL; paths++)
    {
      g_autofree char *data = NULL;
      gsize size;

      if (g_file_get_contents (*paths, &data, &size, NULL))
        g_ptr_array_add (kept, copy_bytes ((const guint8 *) data, size));
    }
}

int
main (int argc, char **argv)
{
  double seconds = argc > 1 ? g_ascii_strtod (argv[1], NULL) : 2;
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);
  g_autoptr (GRand) random = g_rand_new_with_seed (20240301);
  gint64 end_us = g_get_monotonic_time () + (gint64) (seconds * G_USEC_PER_SEC);
  guint64 n = 0;

  for (const char *const *seed = vantage_fuzz_seeds; *seed != NULL; seed++)
    g_ptr_array_add (kept, copy_bytes ((const guint8 *) *seed, strlen (*seed)));
  if (argc > 2)
    read_seed_files (kept, argv + 2);
  for (guint i = 0; i < kept->len; i++)
    {
      GByteArray *seed = g_ptr_array_index (kept, i);

      run (seed->data, seed->len);
    }

  for (; g_get_monotonic_time () < end_us; n++)
    {
      guint from = (guint) g_rand_int_range (random, 0, (gint32) kept->len);
      guint other = (guint) g_rand_int_range (random, 0, (gint32) kept->len);
      GByteArray *parent = g_ptr_array_index (kept, from);
      GByteArray *input = copy_bytes (parent->data, parent->len);

      mutate (random, input, g_ptr_array_index (kept, other));
      run (input->data, input->len);

      /* Now and then a child goes on to have children. */
      if (kept->len < MAX_KEPT && g_rand_int_range (random, 0, 64) == 0)
        g_ptr_array_add (kept, g_steal_pointer (&input));
      g_clear_pointer (&input, g_byte_array_unref);
    }
  g_print ("%" G_GUINT64_FORMAT " inputs\n", n);
  return EXIT_SUCCESS;
}
