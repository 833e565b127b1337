/* vantage-same-moment.c: compares events that can have been at one time, person by person. */

#include "vantage-same-moment.h"

#include <string.h>

#define TOLERANCE_US (60 * (gint64) G_USEC_PER_SEC)
#define SHORTEST_WORD 4
#define ENOUGH_WORDS 2

typedef struct
{
  VantageEntity *entity;
  const char *id, *account; /* NULL: the record, or nobody in particular */
  GPtrArray *actors;
  GHashTable *words;
  gint64 earliest_us, latest_us;
} Told;

static void
free_told (gpointer data)
{
  Told *self = data;

  g_ptr_array_unref (self->actors);
  g_hash_table_unref (self->words);
  g_free (self);
}

char *
vantage_same_moment_key (const char *a, const char *b)
{
  gboolean turned = strcmp (a, b) > 0;

  return g_strdup_printf ("same-moment:%s:%s", turned ? b : a, turned ? a : b);
}

/* ---- words ---- */

static GHashTable *
list_words (const char *title)
{
  GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *folded = g_utf8_casefold (title, -1);
  const char *begin = NULL;

  for (const char *at = folded;; at = g_utf8_next_char (at))
    {
      gboolean letter = *at != '\0' && g_unichar_isalnum (g_utf8_get_char (at));

      if (letter && begin == NULL)
        begin = at;
      if (!letter && begin != NULL)
        {
          if (g_utf8_strlen (begin, at - begin) >= SHORTEST_WORD)
            g_hash_table_add (words, g_strndup (begin, (gsize) (at - begin)));
          begin = NULL;
        }
      if (*at == '\0')
        return words;
    }
}

static guint
count_common (GHashTable *a, GHashTable *b)
{
  GHashTableIter iter;
  gpointer word;
  guint n = 0;

  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &word, NULL))
    n += g_hash_table_contains (b, word);
  return n;
}

/* ---- pairs ---- */

static gboolean
share_somebody (const Told *a, const Told *b)
{
  for (guint i = 0; i < a->actors->len; i++)
    for (guint j = 0; j < b->actors->len; j++)
      if (strcmp (a->actors->pdata[i], b->actors->pdata[j]) == 0)
        return TRUE;
  return FALSE;
}

static gboolean
is_alike (const Told *a, const Told *b, guint *out_n)
{
  guint fewer = MIN (g_hash_table_size (a->words), g_hash_table_size (b->words));

  *out_n = count_common (a->words, b->words);
  return *out_n >= ENOUGH_WORDS || (*out_n > 0 && 2 * *out_n >= fewer);
}

static void
compare_two (const Told *a, const Told *b, GHashTable *settled, GArray *found)
{
  gboolean turned = strcmp (a->id, b->id) > 0;
  VantageSameMoment pair = { turned ? b->id : a->id, turned ? a->id : b->id, 0 };
  g_autofree char *key = NULL;

  if (g_strcmp0 (a->account, b->account) == 0 || !share_somebody (a, b) ||
      !is_alike (a, b, &pair.n_words))
    return;
  key = vantage_same_moment_key (a->id, b->id);
  if (!g_hash_table_contains (settled, key))
    g_array_append_val (found, pair);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  const Told *x = *(const Told *const *) a, *y = *(const Told *const *) b;

  if (x->earliest_us != y->earliest_us)
    return x->earliest_us < y->earliest_us ? -1 : 1;
  return strcmp (x->id, y->id);
}

static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  const VantageSameMoment *x = a, *y = b;
  int order = strcmp (x->a, y->a);

  if (x->n_words != y->n_words)
    return x->n_words > y->n_words ? -1 : 1;
  return order != 0 ? order : strcmp (x->b, y->b);
}

/* ---- reading ---- */

static void
add_event (GPtrArray *events, VantageTimes *times, VantageEntity *entity)
{
  VantageTimeWindow window;
  Told *told;

  if (!vantage_times_get_window (times, vantage_entity_get_id (entity), &window) ||
      window.earliest_us == VANTAGE_WINDOW_OPEN_BEGIN ||
      window.latest_us == VANTAGE_WINDOW_OPEN_END)
    return;
  told = g_new0 (Told, 1);
  told->entity = entity;
  told->id = vantage_entity_get_id (entity);
  told->account = vantage_entity_get_ref (entity, "account");
  told->actors = vantage_entity_list_set (entity, "actors");
  told->words = list_words (vantage_entity_get_title (entity));
  told->earliest_us = window.earliest_us;
  told->latest_us = window.latest_us;
  g_ptr_array_add (events, told);
}

static void
add_settled (GHashTable *settled, VantageEntity *entity)
{
  const char *kind = vantage_entity_get_text (entity, "kind");
  const char *from = vantage_entity_get_ref (entity, "from");
  const char *to = vantage_entity_get_ref (entity, "to");

  if (from != NULL && to != NULL &&
      (g_strcmp0 (kind, "same-moment") == 0 || g_strcmp0 (kind, "contradicts") == 0))
    g_hash_table_add (settled, vantage_same_moment_key (from, to));
}

GArray *
vantage_same_moment_find (GPtrArray *entities, VantageTimes *times)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (VantageSameMoment));
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (free_told);
  g_autoptr (GHashTable) settled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < entities->len; i++)
    {
      const char *kind = vantage_entity_get_kind_name (entities->pdata[i]);

      if (vantage_entity_is_deleted (entities->pdata[i]))
        continue;
      if (strcmp (kind, "event") == 0)
        add_event (events, times, entities->pdata[i]);
      else if (strcmp (kind, "link") == 0)
        add_settled (settled, entities->pdata[i]);
      else if (strcmp (kind, "dismissal") == 0)
        {
          const char *of = vantage_entity_get_text (entities->pdata[i], "of");

          g_hash_table_add (settled, g_strdup (of != NULL ? of : ""));
        }
    }
  g_ptr_array_sort (events, compare_times);
  for (guint i = 0; i < events->len; i++)
    for (guint j = i + 1; j < events->len; j++)
      {
        const Told *a = events->pdata[i], *b = events->pdata[j];

        if (b->earliest_us > a->latest_us + TOLERANCE_US)
          break;
        compare_two (a, b, settled, found);
      }
  g_array_sort (found, compare_pairs);
  return found;
}
