/* vantage-private-passage.c: words of an interview that were picked out, as a plain value. */

#include "vantage-private-passage.h"

#include "vantage-text.h"

static void
free_anchor (gpointer data)
{
  VantageAnchor *anchor = data;

  g_free (anchor->line);
  g_free (anchor->words);
  g_free (anchor);
}

static void
free_coding (gpointer data)
{
  VantageCoding *coding = data;

  g_free (coding->code);
  g_free (coding->coder);
  g_free (coding->memo);
  g_free (coding);
}

static void
free_made (gpointer data)
{
  VantageMade *made = data;

  g_free (made->kind);
  g_free (made->id);
  g_free (made);
}

VantagePrivatePassage *
vantage_private_passage_new (const char *interview)
{
  VantagePrivatePassage *self = g_new0 (VantagePrivatePassage, 1);

  self->id = g_strdup ("");
  self->interview = g_strdup (interview);
  self->anchors = g_ptr_array_new_with_free_func (free_anchor);
  self->claim = g_strdup ("recall");
  self->memo = g_strdup ("");
  self->codings = g_ptr_array_new_with_free_func (free_coding);
  self->made = g_ptr_array_new_with_free_func (free_made);
  return self;
}

void
vantage_private_passage_free (VantagePrivatePassage *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->interview);
  g_ptr_array_unref (self->anchors);
  g_free (self->claim);
  g_free (self->memo);
  g_ptr_array_unref (self->codings);
  g_free (self->released);
  g_free (self->released_form);
  g_ptr_array_unref (self->made);
  g_free (self);
}

VantagePrivatePassage *
vantage_private_passage_copy (const VantagePrivatePassage *self)
{
  VantagePrivatePassage *copy = vantage_private_passage_new (self->interview);

  g_free (copy->id);
  g_free (copy->claim);
  g_free (copy->memo);
  copy->id = g_strdup (self->id);
  copy->claim = g_strdup (self->claim);
  copy->memo = g_strdup (self->memo);
  copy->released = g_strdup (self->released);
  copy->released_form = g_strdup (self->released_form);
  copy->made_us = self->made_us;
  for (guint i = 0; i < self->anchors->len; i++)
    {
      const VantageAnchor *from = self->anchors->pdata[i];
      VantageAnchor *anchor = g_new (VantageAnchor, 1);

      *anchor =
          (VantageAnchor){ g_strdup (from->line), from->from, from->to, g_strdup (from->words) };
      g_ptr_array_add (copy->anchors, anchor);
    }
  for (guint i = 0; i < self->codings->len; i++)
    {
      const VantageCoding *coding = self->codings->pdata[i];

      vantage_private_passage_set_code (copy, coding->code, coding->coder, coding->memo);
    }
  for (guint i = 0; i < self->made->len; i++)
    {
      const VantageMade *made = self->made->pdata[i];

      vantage_private_passage_add_made (copy, made->kind, made->id);
    }
  return copy;
}

void
vantage_private_passage_add_anchor (VantagePrivatePassage *self, const char *line, const char *text,
                                    guint from, guint to)
{
  guint length = (guint) g_utf8_strlen (text, -1);
  VantageAnchor *anchor = g_new0 (VantageAnchor, 1);

  anchor->line = g_strdup (line);
  anchor->to = MIN (to, length);
  anchor->from = MIN (from, anchor->to);
  anchor->words = vantage_text_slice (text, anchor->from, anchor->to);
  g_ptr_array_add (self->anchors, anchor);
}

void
vantage_private_passage_set_code (VantagePrivatePassage *self, const char *code, const char *coder,
                                  const char *memo)
{
  VantageCoding *coding = NULL;

  for (guint i = 0; coding == NULL && i < self->codings->len; i++)
    if (g_strcmp0 (((VantageCoding *) self->codings->pdata[i])->code, code) == 0)
      coding = self->codings->pdata[i];
  if (coding == NULL)
    {
      coding = g_new0 (VantageCoding, 1);
      coding->code = g_strdup (code);
      g_ptr_array_add (self->codings, coding);
    }
  g_free (coding->coder);
  g_free (coding->memo);
  coding->coder = g_strdup (coder != NULL ? coder : "");
  coding->memo = g_strdup (memo != NULL ? memo : "");
}

void
vantage_private_passage_remove_code (VantagePrivatePassage *self, const char *code)
{
  for (guint i = self->codings->len; i-- > 0;)
    if (g_strcmp0 (((VantageCoding *) self->codings->pdata[i])->code, code) == 0)
      g_ptr_array_remove_index (self->codings, i);
}

void
vantage_private_passage_add_made (VantagePrivatePassage *self, const char *kind, const char *id)
{
  VantageMade *made;

  for (guint i = 0; i < self->made->len; i++)
    if (g_strcmp0 (((VantageMade *) self->made->pdata[i])->id, id) == 0)
      return;
  made = g_new (VantageMade, 1);
  *made = (VantageMade){ g_strdup (kind), g_strdup (id) };
  g_ptr_array_add (self->made, made);
}

char *
vantage_private_passage_dup_words (const VantagePrivatePassage *self)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < self->anchors->len; i++)
    {
      if (i > 0)
        g_string_append (words, " … ");
      g_string_append (words, ((VantageAnchor *) self->anchors->pdata[i])->words);
    }
  return g_string_free (words, FALSE);
}

static void
put_register (GHashTable *registers, const char *name, VantageValue *value)
{
  g_hash_table_insert (registers, g_strdup (name), value);
}

GHashTable *
vantage_private_passage_release (const VantagePrivatePassage *self, const char *person,
                                 const char *form, const char *shown_as, const char *words)
{
  GHashTable *registers =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) vantage_value_unref);
  g_autofree char *own = words == NULL ? vantage_private_passage_dup_words (self) : NULL;

  put_register (registers, "interview", vantage_value_new_ref (self->interview));
  if (person != NULL)
    put_register (registers, "person", vantage_value_new_ref (person));
  put_register (registers, "words", vantage_value_new_text (words != NULL ? words : own));
  put_register (registers, "form", vantage_value_new_text (form));
  if (shown_as != NULL && *shown_as != '\0' && g_strcmp0 (form, "name") != 0)
    put_register (registers, "shown_as", vantage_value_new_text (shown_as));
  put_register (registers, "claim", vantage_value_new_text (self->claim));
  return registers;
}
