/* vantage-acts.c: items taken apart into who did what. */

#include "vantage-acts.h"

#include "vantage-text.h"

#include <string.h>

#define TEXT_CHARS 200
#define ANSWER_US (15 * 60 * G_GINT64_CONSTANT (1000000))

struct _VantageActs
{
  VantagePersonFunc person;
  gpointer user_data;
  GDestroyNotify destroy;

  GStringChunk *strings;
  GPtrArray *persons;       /* lent by strings */
  GHashTable *person_index; /* id → index + 1 */
  GPtrArray *names;         /* by person; NULL: not told */
  GArray *items;
  GPtrArray *roots, *replies; /* by item: ids; NULL: none */
  GHashTable *item_index;
  GArray *channels;
  GHashTable *channel_index;
  GArray *acts;
  gboolean finished;
};

VantageActs *
vantage_acts_new (VantagePersonFunc person, gpointer user_data, GDestroyNotify destroy)
{
  VantageActs *self = g_new0 (VantageActs, 1);

  self->person = person;
  self->user_data = user_data;
  self->destroy = destroy;
  self->strings = g_string_chunk_new (1 << 16);
  self->persons = g_ptr_array_new ();
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->person_index = g_hash_table_new (g_str_hash, g_str_equal);
  self->items = g_array_new (FALSE, TRUE, sizeof (VantageActItem));
  self->roots = g_ptr_array_new ();
  self->replies = g_ptr_array_new ();
  self->item_index = g_hash_table_new (g_str_hash, g_str_equal);
  self->channels = g_array_new (FALSE, TRUE, sizeof (VantageActChannel));
  self->channel_index = g_hash_table_new (g_str_hash, g_str_equal);
  self->acts = g_array_new (FALSE, TRUE, sizeof (VantageAct));
  self->finished = TRUE;
  return self;
}

void
vantage_acts_free (VantageActs *self)
{
  for (guint i = 0; i < self->channels->len; i++)
    g_clear_pointer (&g_array_index (self->channels, VantageActChannel, i).members,
                     g_hash_table_unref);
  g_ptr_array_unref (self->persons);
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->roots);
  g_ptr_array_unref (self->replies);
  g_array_unref (self->items);
  g_array_unref (self->channels);
  g_array_unref (self->acts);
  g_hash_table_unref (self->person_index);
  g_hash_table_unref (self->item_index);
  g_hash_table_unref (self->channel_index);
  g_string_chunk_free (self->strings);
  if (self->destroy != NULL)
    self->destroy (self->user_data);
  g_free (self);
}

/* ---- names into numbers ---- */

static guint32
find_in (GHashTable *index, const char *id)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (index, id)) - 1; /* 0 - 1 is VANTAGE_NOBODY */
}

guint32
vantage_acts_add_person (VantageActs *self, const char *person)
{
  guint32 found = find_in (self->person_index, person);
  char *id;

  if (found != VANTAGE_NOBODY)
    return found;
  id = g_string_chunk_insert (self->strings, person);
  g_ptr_array_add (self->persons, id);
  g_ptr_array_add (self->names, NULL);
  g_hash_table_insert (self->person_index, id, GUINT_TO_POINTER (self->persons->len));
  return self->persons->len - 1;
}

void
vantage_acts_set_name (VantageActs *self, const char *person, const char *name)
{
  guint32 index = vantage_acts_add_person (self, person);

  g_free (self->names->pdata[index]);
  self->names->pdata[index] = g_strdup (name);
}

static guint32
add_channel (VantageActs *self, const char *id, const char *name)
{
  guint32 found = find_in (self->channel_index, id);
  VantageActChannel channel = { 0 };

  if (found != VANTAGE_NOBODY)
    {
      VantageActChannel *known = &g_array_index (self->channels, VantageActChannel, found);

      if (known->name[0] == '\0' && name != NULL)
        known->name = g_string_chunk_insert_const (self->strings, name);
      return found;
    }
  channel.id = g_string_chunk_insert (self->strings, id);
  channel.name = g_string_chunk_insert_const (self->strings, name != NULL ? name : "");
  g_array_append_val (self->channels, channel);
  g_hash_table_insert (self->channel_index, (gpointer) channel.id,
                       GUINT_TO_POINTER (self->channels->len));
  return self->channels->len - 1;
}

void
vantage_acts_add_members (VantageActs *self, const char *channel, const char *const *persons)
{
  guint32 index = add_channel (self, channel, NULL);
  VantageActChannel *known = &g_array_index (self->channels, VantageActChannel, index);

  if (known->members == NULL)
    known->members = g_hash_table_new (NULL, NULL);
  for (; *persons != NULL; persons++)
    g_hash_table_add (known->members, GUINT_TO_POINTER (vantage_acts_add_person (self, *persons)));
}

static guint32
find_account (VantageActs *self, const VantageItem *item, const char *account)
{
  const char *person;

  if (account == NULL || account[0] == '\0')
    return VANTAGE_NOBODY;
  person = self->person != NULL ? self->person (item, account, self->user_data) : NULL;
  return person != NULL ? vantage_acts_add_person (self, person) : VANTAGE_NOBODY;
}

static guint32
find_author (VantageActs *self, const VantageItem *item)
{
  if (item->person != NULL)
    return vantage_acts_add_person (self, item->person);
  return find_account (self, item, item->account);
}

/* ---- one item ---- */

static VantageActSort
get_sort (VantageItemKind kind)
{
  switch (kind)
    {
    case VANTAGE_ITEM_MESSAGE:
    case VANTAGE_ITEM_EDIT:
    case VANTAGE_ITEM_TOPIC:
    case VANTAGE_ITEM_FILE:
    case VANTAGE_ITEM_TICKET:
    case VANTAGE_ITEM_COMMENT:
    case VANTAGE_ITEM_UTTERANCE:
      return VANTAGE_ACT_WROTE;
    case VANTAGE_ITEM_ACKNOWLEDGE:
    case VANTAGE_ITEM_RESOLVE:
      return VANTAGE_ACT_ACKED;
    case VANTAGE_ITEM_JOIN:
      return VANTAGE_ACT_JOINED;
    case VANTAGE_ITEM_LEAVE:
      return VANTAGE_ACT_LEFT;
    case VANTAGE_ITEM_REACTION:
      return VANTAGE_ACT_REACTED;
    case VANTAGE_ITEM_SHIFT:
      return VANTAGE_ACT_ON_SHIFT;
    default:
      return VANTAGE_ACT_DID;
    }
}

static void
add_act (VantageActs *self, guint32 item, guint32 person, guint32 by, gint64 time_us,
         VantageActSort sort)
{
  VantageAct act = { .time_us = time_us, .person = person, .by = by, .item = item, .sort = sort };

  if (person == VANTAGE_NOBODY)
    return;
  act.channel = g_array_index (self->items, VantageActItem, item).channel;
  g_array_append_val (self->acts, act);
}

static void
add_reactions (VantageActs *self, const VantageItem *item, guint32 index)
{
  for (guint i = 0; item->reactions != NULL && i < item->reactions->len; i++)
    {
      const VantageReaction *reaction = g_ptr_array_index (item->reactions, i);

      for (guint j = 0; reaction->by != NULL && reaction->by[j] != NULL; j++)
        add_act (self, index, find_account (self, item, reaction->by[j]), VANTAGE_NOBODY,
                 reaction->times_us != NULL ? reaction->times_us[j] : VANTAGE_TIME_NONE,
                 VANTAGE_ACT_REACTED);
    }
}

/* Those whom an item names; TRUE when there is any. */
static gboolean
add_named (VantageActs *self, const VantageItem *item, guint32 index, guint32 by,
           VantageActSort sort)
{
  guint32 to = find_account (self, item, vantage_item_get_extra (item, "to"));
  gboolean any = FALSE;

  if (sort != VANTAGE_ACT_MENTIONED)
    {
      add_act (self, index, to, by, item->time_us, sort);
      any = to != VANTAGE_NOBODY;
    }
  for (guint i = 0; item->mentions != NULL && item->mentions[i] != NULL; i++)
    {
      guint32 person = find_account (self, item, item->mentions[i]);

      if (person == by || (any && person == to))
        continue;
      add_act (self, index, person, by, item->time_us, sort);
      any = any || person != VANTAGE_NOBODY;
    }
  return any;
}

/* A page whose record names nobody: whoever is called by name in its words. */
static void
add_paged_by_name (VantageActs *self, const VantageItem *item, guint32 index, guint32 by)
{
  for (guint32 person = 0; item->text != NULL && person < self->names->len; person++)
    {
      const char *name = g_ptr_array_index (self->names, person);

      if (name != NULL && strlen (name) >= 3 && person != by && strstr (item->text, name) != NULL)
        add_act (self, index, person, by, item->time_us, VANTAGE_ACT_PAGED);
    }
}

/* Somebody brought others in, or out: those who are named came or went, not who did it. FALSE when
 * nobody is named. */
static gboolean
add_brought (VantageActs *self, const VantageItem *item, guint32 index, guint32 author, guint32 by,
             VantageActSort sort)
{
  gboolean any = FALSE;

  for (guint i = 0; item->mentions != NULL && item->mentions[i] != NULL; i++)
    {
      guint32 person = find_account (self, item, item->mentions[i]);

      if (person == VANTAGE_NOBODY)
        continue;
      add_act (self, index, person, person == author ? by : author, item->time_us, sort);
      any = TRUE;
    }
  return any;
}

static void
add_acts (VantageActs *self, const VantageItem *item, guint32 index, guint32 author)
{
  VantageActSort sort = get_sort (item->kind);
  guint32 by = VANTAGE_NOBODY;

  if (sort == VANTAGE_ACT_JOINED)
    by = find_account (self, item, vantage_item_get_extra (item, "by"));
  if (by == author)
    by = VANTAGE_NOBODY;
  if ((sort != VANTAGE_ACT_JOINED && sort != VANTAGE_ACT_LEFT) ||
      !add_brought (self, item, index, author, by, sort))
    add_act (self, index, author, by, item->time_us, sort);
  if (item->kind == VANTAGE_ITEM_PAGE)
    {
      if (!add_named (self, item, index, author, VANTAGE_ACT_PAGED))
        add_paged_by_name (self, item, index, author);
    }
  else if (item->kind == VANTAGE_ITEM_ASSIGNMENT)
    add_named (self, item, index, author, VANTAGE_ACT_ASSIGNED);
  else if (sort == VANTAGE_ACT_WROTE)
    add_named (self, item, index, author, VANTAGE_ACT_MENTIONED);
  add_reactions (self, item, index);
}

/* A question mark that ends something, not one inside a URL. */
static gboolean
asks_something (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gunichar next = g_utf8_get_char (g_utf8_next_char (p));

      if (c == 0xff1f || c == 0x61f)
        return TRUE;
      if (c == '?' && (next == 0 || g_unichar_isspace (next) || strchr ("?!)\"'", (int) next)))
        return TRUE;
    }
  return FALSE;
}

static char *
insert_id (VantageActs *self, const VantageItem *item, const char *local)
{
  g_autofree char *id = NULL;

  if (local == NULL || local[0] == '\0')
    return NULL;
  id = g_strconcat (item->channel, ".", local, NULL);
  return g_string_chunk_insert_const (self->strings, id);
}

/* The end of a shift: from how long it lasts, so that it moves with its begin when that is moved to
 * another zone; else from an end that says its zone. One that does not come after the begin is
 * none. */
static gint64
find_end (const VantageItem *item)
{
  const char *duration = vantage_item_get_extra (item, "duration");
  const char *end = vantage_item_get_extra (item, "end");
  gint64 seconds, us;
  gboolean has_zone;

  if (item->kind != VANTAGE_ITEM_SHIFT || item->time_us == VANTAGE_TIME_NONE)
    return VANTAGE_TIME_NONE;
  if (duration != NULL && g_ascii_string_to_signed (duration, 10, 1, G_MAXINT64, &seconds, NULL))
    return seconds < (VANTAGE_TIME_MAX - item->time_us) / G_USEC_PER_SEC
               ? item->time_us + seconds * G_USEC_PER_SEC
               : VANTAGE_TIME_MAX;
  if (end != NULL && vantage_time_parse (end, -1, &us, NULL, &has_zone) && has_zone &&
      us > item->time_us)
    return us;
  return VANTAGE_TIME_NONE;
}

void
vantage_acts_add_item (VantageActs *self, const VantageItem *item)
{
  g_autofree char *id = vantage_item_dup_id (item);
  g_autofree char *text = NULL;
  VantageActItem known = {
    .time_us = item->time_us, .kind = item->kind, .root = VANTAGE_NOBODY, .reply_to = VANTAGE_NOBODY
  };
  VantageActChannel *channel;

  if (g_hash_table_contains (self->item_index, id))
    return;
  text = vantage_text_shorten (vantage_item_get_shown (item), TEXT_CHARS);
  known.id = g_string_chunk_insert (self->strings, id);
  known.text = g_string_chunk_insert (self->strings, text);
  known.asks = item->text != NULL && asks_something (item->text);
  known.end_us = find_end (item);
  known.unit_us = MAX (vantage_precision_get_unit_us (item->precision), 1);
  known.channel = add_channel (self, item->channel, item->channel_name);
  known.author = find_author (self, item);
  channel = &g_array_index (self->channels, VantageActChannel, known.channel);
  channel->records_joins |= item->kind == VANTAGE_ITEM_JOIN || item->kind == VANTAGE_ITEM_LEAVE;
  channel->is_call |= item->kind == VANTAGE_ITEM_UTTERANCE;
  g_array_append_val (self->items, known);
  g_hash_table_insert (self->item_index, (gpointer) known.id, GUINT_TO_POINTER (self->items->len));
  g_ptr_array_add (self->roots, insert_id (self, item, item->thread));
  g_ptr_array_add (self->replies, insert_id (self, item, item->reply_to));
  add_acts (self, item, self->items->len - 1, known.author);
  self->finished = FALSE;
}

/* ---- order ---- */

/* Those without a time come last. */
static int
compare_time (gint64 a, gint64 b)
{
  if (a == b)
    return 0;
  if (a == VANTAGE_TIME_NONE)
    return 1;
  if (b == VANTAGE_TIME_NONE)
    return -1;
  return a < b ? -1 : 1;
}

static int
compare_items (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const VantageActItem *items = user_data;
  guint32 i = *(const guint32 *) a, j = *(const guint32 *) b;
  int order = compare_time (items[i].time_us, items[j].time_us);

  return order != 0 ? order : strcmp (items[i].id, items[j].id);
}

static int
compare_acts (gconstpointer a, gconstpointer b)
{
  const VantageAct *x = a, *y = b;
  int order = compare_time (x->time_us, y->time_us);

  if (order != 0)
    return order;
  if (x->item != y->item)
    return x->item < y->item ? -1 : 1;
  if (x->sort != y->sort)
    return x->sort < y->sort ? -1 : 1;
  return x->person < y->person ? -1 : x->person > y->person;
}

static guint32
find_other (VantageActs *self, const char *id, guint32 self_index)
{
  guint32 found = id != NULL ? find_in (self->item_index, id) : VANTAGE_NOBODY;

  return found == self_index ? VANTAGE_NOBODY : found;
}

/* The next who wrote somewhere, and the next who is somebody else; times of both. */
typedef struct
{
  guint32 author;
  gint64 time_us, other_us;
} Later;

static Later *
get_later (GHashTable *table, guint32 key)
{
  Later *later = g_hash_table_lookup (table, GUINT_TO_POINTER (key));

  if (later != NULL)
    return later;
  later = g_new (Later, 1);
  *later = (Later){ VANTAGE_NOBODY, G_MAXINT64, G_MAXINT64 };
  g_hash_table_insert (table, GUINT_TO_POINTER (key), later);
  return later;
}

/* When somebody other than @author wrote next; then notes that @author did. */
static gint64
pass_later (Later *later, guint32 author, gint64 time_us)
{
  gint64 next = later->author == author ? later->other_us : later->time_us;

  if (later->author != author)
    later->other_us = later->time_us;
  later->author = author;
  later->time_us = time_us;
  return next;
}

/* Backwards through time, so that what comes later is known at each item. */
static void
find_answers (GArray *items)
{
  g_autoptr (GHashTable) threads = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr (GHashTable) channels = g_hash_table_new_full (NULL, NULL, NULL, g_free);

  for (guint32 i = items->len; i-- > 0;)
    {
      VantageActItem *item = &g_array_index (items, VantageActItem, i);
      guint32 thread = item->root != VANTAGE_NOBODY ? item->root : i;
      gint64 in_thread, in_channel;

      if (item->time_us == VANTAGE_TIME_NONE || item->author == VANTAGE_NOBODY ||
          get_sort (item->kind) != VANTAGE_ACT_WROTE)
        continue;
      in_thread = pass_later (get_later (threads, thread), item->author, item->time_us);
      in_channel = pass_later (get_later (channels, item->channel), item->author, item->time_us);
      item->answered = in_thread != G_MAXINT64 ||
                       (in_channel != G_MAXINT64 && in_channel - item->time_us <= ANSWER_US);
    }
}

void
vantage_acts_finish (VantageActs *self)
{
  guint32 n = self->items->len;
  const VantageActItem *old = (gpointer) self->items->data;
  g_autofree guint32 *order = g_new (guint32, MAX (n, 1));
  g_autofree guint32 *place = g_new (guint32, MAX (n, 1));
  GArray *items;
  GPtrArray *roots, *replies;

  if (self->finished)
    return;
  for (guint32 i = 0; i < n; i++)
    order[i] = i;
  g_qsort_with_data (order, (int) n, sizeof *order, compare_items, (gpointer) old);
  items = g_array_sized_new (FALSE, TRUE, sizeof (VantageActItem), n);
  roots = g_ptr_array_sized_new (n);
  replies = g_ptr_array_sized_new (n);
  for (guint32 i = 0; i < n; i++)
    {
      place[order[i]] = i;
      g_array_append_val (items, old[order[i]]);
      g_ptr_array_add (roots, g_ptr_array_index (self->roots, order[i]));
      g_ptr_array_add (replies, g_ptr_array_index (self->replies, order[i]));
      g_hash_table_insert (self->item_index, (gpointer) old[order[i]].id, GUINT_TO_POINTER (i + 1));
    }
  for (guint i = 0; i < self->acts->len; i++)
    {
      VantageAct *act = &g_array_index (self->acts, VantageAct, i);

      act->item = place[act->item];
    }
  g_array_sort (self->acts, compare_acts);
  for (guint32 i = 0; i < n; i++)
    {
      VantageActItem *item = &g_array_index (items, VantageActItem, i);

      item->root = find_other (self, g_ptr_array_index (roots, i), i);
      item->reply_to = find_other (self, g_ptr_array_index (replies, i), i);
    }
  find_answers (items);
  g_array_unref (self->items);
  g_ptr_array_unref (self->roots);
  g_ptr_array_unref (self->replies);
  self->items = items;
  self->roots = roots;
  self->replies = replies;
  self->finished = TRUE;
}

/* ---- reading ---- */

guint32
vantage_acts_get_n_persons (VantageActs *self)
{
  return self->persons->len;
}

const char *
vantage_acts_get_person (VantageActs *self, guint32 person)
{
  g_return_val_if_fail (person < self->persons->len, NULL);

  return g_ptr_array_index (self->persons, person);
}

guint32
vantage_acts_find_person (VantageActs *self, const char *person)
{
  return find_in (self->person_index, person);
}

const VantageAct *
vantage_acts_get_acts (VantageActs *self, guint32 *out_n)
{
  vantage_acts_finish (self);
  *out_n = self->acts->len;
  return (const VantageAct *) (gpointer) self->acts->data;
}

const VantageActItem *
vantage_acts_get_items (VantageActs *self, guint32 *out_n)
{
  vantage_acts_finish (self);
  *out_n = self->items->len;
  return (const VantageActItem *) (gpointer) self->items->data;
}

gboolean
vantage_acts_get_span (VantageActs *self, gint64 *out_begin_us, gint64 *out_end_us)
{
  guint32 n;
  const VantageActItem *items = vantage_acts_get_items (self, &n);
  gboolean any = FALSE;

  for (guint32 i = 0; i < n && items[i].time_us != VANTAGE_TIME_NONE; i++)
    {
      if (items[i].kind == VANTAGE_ITEM_SHIFT)
        continue;
      if (!any)
        *out_begin_us = items[i].time_us;
      *out_end_us = items[i].time_us;
      any = TRUE;
    }
  return any;
}

guint32
vantage_acts_find_item (VantageActs *self, const char *item)
{
  vantage_acts_finish (self);
  return find_in (self->item_index, item);
}

const VantageActChannel *
vantage_acts_get_channels (VantageActs *self, guint32 *out_n)
{
  *out_n = self->channels->len;
  return (const VantageActChannel *) (gpointer) self->channels->data;
}
