/* vantage-call-cue.c: the times of a cue, and the marks in its text. */

#include "vantage-call-cue.h"

#include "vantage-text.h"

#include <string.h>

#define MAX_DIGITS 9
#define MAX_MARK 512 /* bytes between "<" and ">" */

/* ---- times ---- */

static gboolean
read_number (const char **at, gint64 *out, guint *out_digits)
{
  const char *begin = *at;

  for (*out = 0; g_ascii_isdigit (**at); (*at)++)
    if (*at - begin < MAX_DIGITS)
      *out = *out * 10 + (**at - '0');
  *out_digits = (guint) (*at - begin);
  return *out_digits > 0 && *out_digits <= MAX_DIGITS;
}

static void
read_fraction (const char **at, VantageCueTime *out)
{
  out->fraction = out->n_digits = 0;
  if ((**at != '.' && **at != ',') || !g_ascii_isdigit ((*at)[1]))
    return;
  for ((*at)++; g_ascii_isdigit (**at); (*at)++)
    if (out->n_digits < MAX_DIGITS)
      {
        out->fraction = out->fraction * 10 + (guint32) (**at - '0');
        out->n_digits++;
      }
}

static gboolean
read_time (const char **at, VantageCueTime *out)
{
  gint64 parts[3];
  guint digits[3], n = 0;
  const char *begin = *at;

  do
    if (n == 3 || !read_number (at, &parts[n], &digits[n]))
      return FALSE;
  while (n++, **at == ':' && (*at)++);
  if (n < 2 || parts[n - 1] > 59 || (n == 3 && parts[1] > 59))
    return FALSE;
  out->whole_s = n == 3 ? parts[0] * 3600 + parts[1] * 60 + parts[2] : parts[0] * 60 + parts[1];
  out->unpadded = digits[n - 1] == 1 || digits[n - 2] == 1;
  read_fraction (at, out);
  out->text = begin;
  out->length = (gsize) (*at - begin);
  return **at == '\0' || g_ascii_isspace (**at) || **at == '-';
}

static const char *
pass_space (const char *at)
{
  while (*at == ' ' || *at == '\t')
    at++;
  return at;
}

VantageCueLine
vantage_cue_read_timing (const char *line, VantageCueTime *out_begin, VantageCueTime *out_end)
{
  const char *at = pass_space (line);
  const char *arrow = strstr (at, "-->");

  if (arrow == NULL || !g_ascii_isdigit (*at))
    return VANTAGE_CUE_NO_TIMING;
  if (read_time (&at, out_begin))
    {
      at = pass_space (at);
      if (at == arrow)
        {
          at = pass_space (arrow + 3);
          if (read_time (&at, out_end))
            return VANTAGE_CUE_TIMING;
        }
    }
  /* Words with an arrow between them are words: a time has a colon right after its first digits. */
  at = pass_space (line);
  return at[strspn (at, "0123456789")] == ':' ? VANTAGE_CUE_BAD_TIMING : VANTAGE_CUE_NO_TIMING;
}

gint64
vantage_cue_time_get_us (const VantageCueTime *time, gboolean counted)
{
  gint64 us = time->fraction;

  if (counted && time->n_digits <= 3)
    us *= 1000;
  else
    for (guint n = time->n_digits; n != 6; n += n < 6 ? 1 : -1)
      us = n < 6 ? us * 10 : us / 10;
  return time->whole_s * G_USEC_PER_SEC + us;
}

/* ---- text ---- */

static const struct
{
  const char *name, *value;
} entities[] = {
  { "amp", "&" },
  { "lt", "<" },
  { "gt", ">" },
  { "nbsp", " " },
  { "lrm", "\xe2\x80\x8e" },
  { "rlm", "\xe2\x80\x8f" },
  { "quot", "\"" },
  { "apos", "'" },
};

/* The character that the reference at @at ("&…;") stands for; how long the reference is, or 0. */
static gsize
read_entity (const char *at, GString *out)
{
  const char *end = at + 1 + strcspn (at + 1, ";& \t\n<");
  gsize length = (gsize) (end - at - 1);
  guint64 code;

  if (*end != ';' || length == 0 || length > 10)
    return 0;
  for (gsize i = 0; i < G_N_ELEMENTS (entities); i++)
    if (strlen (entities[i].name) == length && strncmp (at + 1, entities[i].name, length) == 0)
      {
        g_string_append (out, entities[i].value);
        return length + 2;
      }
  if (at[1] != '#')
    return 0;
  code = g_ascii_strtoull (at + (at[2] == 'x' || at[2] == 'X' ? 3 : 2), NULL,
                           at[2] == 'x' || at[2] == 'X' ? 16 : 10);
  if (code == 0 || code > 0x10ffff || !g_unichar_validate ((gunichar) code))
    return 0;
  g_string_append_unichar (out, (gunichar) code);
  return length + 2;
}

static char *
decode (const char *text, gsize length)
{
  g_autofree char *copy = g_strndup (text, length);
  GString *out = g_string_sized_new (length);

  for (const char *at = copy; *at != '\0';)
    {
      gsize taken = *at == '&' ? read_entity (at, out) : 0;

      if (taken == 0)
        g_string_append_c (out, *at);
      at += taken > 0 ? taken : 1;
    }
  return g_string_free (out, FALSE);
}

static void
speech_free (gpointer data)
{
  VantageCueSpeech *self = data;

  g_free (self->speaker);
  g_free (self->text);
  g_free (self);
}

/* What was said so far becomes a speech of its own, if it is anything. */
static void
end_speech (GPtrArray *all, GString *said, const char *speaker)
{
  g_autofree char *text = g_strdup (said->str);
  VantageCueSpeech *speech;

  g_string_truncate (said, 0);
  g_strstrip (text);
  if (*text == '\0')
    return;
  speech = g_new0 (VantageCueSpeech, 1);
  speech->speaker = g_strdup (speaker);
  speech->text = g_steal_pointer (&text);
  g_ptr_array_add (all, speech);
}

/* Whether the mark of @length bytes after "<" is one that stands for no words. */
static gboolean
is_mark (const char *mark, gsize length)
{
  static const char *const names[] = { "v", "c", "b", "i", "u", "s", "ruby", "rt", "lang", "font" };
  gsize from = length > 0 && mark[0] == '/' ? 1 : 0;
  gsize name = from;

  if (length > 0 && g_ascii_isdigit (mark[0]))
    return strspn (mark, "0123456789:.") == length;
  while (name < length && g_ascii_isalpha (mark[name]))
    name++;
  if (name == from || (name < length && strchr (". \t\n=", mark[name]) == NULL))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (strlen (names[i]) == name - from &&
        g_ascii_strncasecmp (mark + from, names[i], name - from) == 0)
      return TRUE;
  return FALSE;
}

/* "v Jane Doe" or "v.loud Jane Doe": the name. (transfer full) (nullable) */
static char *
read_voice (const char *mark, gsize length)
{
  gsize from = 1;
  char *name;

  while (from < length && !g_ascii_isspace (mark[from]))
    from++;
  name = decode (mark + from, length - from);
  g_strdelimit (name, "\t\n", ' ');
  g_strstrip (name);
  if (*name == '\0')
    g_clear_pointer (&name, g_free);
  return name;
}

/* The end of the mark that may begin at @at; marks are short. */
static const char *
find_mark_end (const char *at)
{
  for (gsize i = 1; i < MAX_MARK && at[i] != '\0'; i++)
    if (at[i] == '>')
      return at + i;
  return NULL;
}

GPtrArray *
vantage_cue_read_text (const char *text, gboolean *out_open)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (speech_free);
  g_autoptr (GString) said = g_string_new (NULL);
  g_autofree char *speaker = NULL;
  const char *last = strrchr (text, '>'); /* NULL is before everything */

  *out_open = FALSE;
  for (const char *at = text; *at != '\0';)
    {
      const char *mark = at + 1;
      const char *end = *at == '<' ? find_mark_end (at) : NULL;
      gsize taken;

      if (end != NULL && is_mark (mark, (gsize) (end - mark)))
        {
          gboolean voice = (*mark == 'v' || *mark == 'V');

          if (voice || g_ascii_strncasecmp (mark, "/v>", 3) == 0)
            {
              end_speech (all, said, speaker);
              g_free (speaker);
              speaker = voice ? read_voice (mark, (gsize) (end - mark)) : NULL;
            }
          at = end + 1;
          continue;
        }
      *out_open = *out_open || (*at == '<' && at > last &&
                                (at[1] == '/' || g_ascii_isalpha (at[1]) || at[1] == '\0'));
      taken = *at == '&' ? read_entity (at, said) : 0;
      if (taken == 0)
        g_string_append_c (said, *at);
      at += taken > 0 ? taken : 1;
    }
  end_speech (all, said, speaker);
  return all;
}
