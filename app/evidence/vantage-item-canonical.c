/* vantage-item-canonical.c: the bytes that stand for what a record holds, and the hashes of them.
 * Whatever order a source lists reactions or people in, and whatever container it came in, the same
 * record gives the same bytes. */

#include "vantage-item.h"

#include <string.h>

#include "vantage-hash.h"
#include "vantage-text.h"

#define SHORT_HASH_BYTES 8

static void
put_bytes (GString *out, const char *name, const char *value, gsize length)
{
  char head[48];
  int n = g_snprintf (head, sizeof head, "%s:%" G_GSIZE_FORMAT ":", name, length);

  g_string_append_len (out, head, n);
  g_string_append_len (out, value, length);
  g_string_append_c (out, '\n');
}

static void
put_text (GString *out, const char *name, const char *value)
{
  if (value != NULL && *value != '\0')
    put_bytes (out, name, value, strlen (value));
}

static void
put_int (GString *out, const char *name, gint64 value)
{
  char text[24];

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, value);
  put_text (out, name, text);
}

static void
put_time (GString *out, const char *name, gint64 us)
{
  char text[VANTAGE_TIME_TEXT_SIZE];

  if (us >= VANTAGE_TIME_MIN && us <= VANTAGE_TIME_MAX)
    put_text (out, name, vantage_time_format (us, text));
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Writes @values (taken) in byte order, each as @each, all together as @name. */
static void
put_sorted (GString *out, const char *name, const char *each, GPtrArray *values)
{
  g_autoptr (GString) inner = g_string_new (NULL);

  g_ptr_array_sort (values, compare_strings);
  for (guint i = 0; i < values->len; i++)
    put_bytes (inner, each, values->pdata[i], strlen (values->pdata[i]));

  if (inner->len > 0)
    put_bytes (out, name, inner->str, inner->len);

  g_ptr_array_unref (values);
}

static char *
dup_person_form (const VantageReaction *reaction, guint i)
{
  g_autoptr (GString) out = g_string_new (NULL);

  put_text (out, "account", reaction->by[i]);
  if (reaction->times_us != NULL)
    put_time (out, "at", reaction->times_us[i]);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
dup_reaction_form (const VantageReaction *reaction)
{
  g_autoptr (GString) out = g_string_new (NULL);
  GPtrArray *people = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; reaction->by[i] != NULL; i++)
    g_ptr_array_add (people, dup_person_form (reaction, i));

  put_text (out, "name", reaction->name);
  put_int (out, "count", reaction->count);
  put_sorted (out, "by", "person", people);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
dup_attachment_form (const VantageAttachment *attachment)
{
  g_autoptr (GString) out = g_string_new (NULL);

  put_text (out, "name", attachment->name);
  put_text (out, "type", attachment->type);
  put_text (out, "url", attachment->url);
  if (attachment->size >= 0)
    put_int (out, "size", attachment->size);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
dup_extra_form (const VantageItemExtra *extra)
{
  g_autoptr (GString) out = g_string_new (NULL);

  put_text (out, "name", extra->name);
  put_text (out, "value", extra->value);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
put_list (GString *out, const char *name, const char *each, GPtrArray *list,
          char *(*form) (gconstpointer))
{
  GPtrArray *values;

  if (list == NULL || list->len == 0)
    return;

  values = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < list->len; i++)
    g_ptr_array_add (values, form (list->pdata[i]));
  put_sorted (out, name, each, values);
}

static void
put_mentions (GString *out, const VantageItem *self)
{
  GPtrArray *values;

  if (self->mentions == NULL || self->mentions[0] == NULL)
    return;

  values = g_ptr_array_new ();
  for (guint i = 0; self->mentions[i] != NULL; i++)
    g_ptr_array_add (values, self->mentions[i]);
  put_sorted (out, "mentions", "account", values);
}

static char *
finish_short (GString *form)
{
  guint8 digest[VANTAGE_HASH_SIZE];

  vantage_hash_data (form->str, form->len, digest);
  return vantage_hex_encode (digest, SHORT_HASH_BYTES);
}

GString *
vantage_item_canonical (const VantageItem *self)
{
  GString *out = g_string_sized_new (256);

  put_text (out, "id", self->local);
  put_text (out, "kind", vantage_item_kind_to_text (self->kind));
  put_text (out, "raw_time", self->raw_time);
  put_text (out, "precision", vantage_precision_to_text (self->precision));
  put_text (out, "account", self->account);
  put_text (out, "thread", self->thread);
  put_text (out, "reply_to", self->reply_to);
  put_text (out, "text", self->text);
  put_time (out, "edited", self->edited_us);
  put_text (out, "deleted", self->deleted ? "true" : NULL);
  put_list (out, "reactions", "reaction", self->reactions,
            (char *(*) (gconstpointer)) dup_reaction_form);
  put_list (out, "attachments", "attachment", self->attachments,
            (char *(*) (gconstpointer)) dup_attachment_form);
  put_mentions (out, self);
  put_text (out, "url", self->url);
  put_list (out, "extra", "entry", self->extra, (char *(*) (gconstpointer)) dup_extra_form);

  return out;
}

char *
vantage_item_digest (const VantageItem *self)
{
  GString *form = vantage_item_canonical (self);
  char *digest = vantage_hash_data_text (form->str, form->len);

  g_string_free (form, TRUE);
  return digest;
}

char *
vantage_item_version (const VantageItem *self)
{
  g_autoptr (GString) out = g_string_sized_new (256);
  g_autofree char *bones = vantage_text_bones (self->text != NULL ? self->text : "");

  put_text (out, "kind", vantage_item_kind_to_text (self->kind));
  put_text (out, "raw_time", self->raw_time);
  put_time (out, "edited", self->edited_us);
  put_text (out, "deleted", self->deleted ? "true" : NULL);
  put_list (out, "extra", "entry", self->extra, (char *(*) (gconstpointer)) dup_extra_form);
  put_text (out, "text", bones);

  return finish_short (out);
}

char *
vantage_item_content_id (const char *thread, const char *raw_time, const char *account,
                         const char *text)
{
  const char *const parts[] = { thread, raw_time, account, text };
  g_autoptr (GString) out = g_string_sized_new (256);
  g_autofree char *hash = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (i > 0)
        g_string_append_c (out, '\n');
      g_string_append (out, parts[i] != NULL ? parts[i] : "");
    }

  hash = finish_short (out);
  return g_strconcat ("x", hash, NULL);
}
