/* vantage-pasted-line.c: who and when, in the forms in which chat programs copy them. */

#include "vantage-pasted-line.h"

#include <string.h>

#define MAX_NAME 80
#define MAX_WORDS 6

void
vantage_pasted_line_clear (VantagePastedLine *self)
{
  g_clear_pointer (&self->name, g_free);
}

/* Marks that programs put behind a name. */
static void
strip_tags (char *name)
{
  static const char *const tags[] = { " APP",     " BOT",        " Bot",      " OP",
                                      " (Guest)", " (External)", " (edited)", " :" };
  gboolean found;

  do
    {
      gsize n;

      found = FALSE;
      g_strchomp (name);
      n = strlen (name);
      for (gsize i = 0; i < G_N_ELEMENTS (tags); i++)
        if (g_str_has_suffix (name, tags[i]))
          {
            name[n - strlen (tags[i])] = '\0';
            found = TRUE;
          }
      /* ":house:", a state shown as a picture */
      if (!found && n > 3 && name[n - 1] == ':')
        for (gsize i = n - 2; i > 0 && !g_ascii_isspace (name[i]); i--)
          if (name[i] == ':')
            {
              name[i] = '\0';
              found = i > 0;
              break;
            }
    }
  while (found);
}

char *
vantage_pasted_dup_name (const char *from, gsize n)
{
  g_autofree char *copy = g_strndup (from, n);
  g_auto (GStrv) parts = g_strsplit (copy, "\xc2\xa0", -1); /* unbroken spaces */
  g_autofree char *name = g_strjoinv (" ", parts);
  guint n_words = 1;

  g_strstrip (name);
  strip_tags (name);
  if (*name == '\0' || strlen (name) > MAX_NAME || strpbrk (name, "\t<>{}|\"") != NULL ||
      strstr (name, "://") != NULL || strchr (".!?,;:", name[strlen (name) - 1]) != NULL)
    return NULL;
  for (const char *at = name; *at != '\0'; at++)
    n_words += *at == ' ' && at[1] != ' ';
  if (n_words > MAX_WORDS || strspn (name, "0123456789 -/:.") == strlen (name))
    return NULL;
  return g_steal_pointer (&name);
}

/* "name: text" at @at. */
static gboolean
take_name_and_text (const char *at, VantagePastedLine *out)
{
  const char *colon = strchr (at, ':');

  if (colon == NULL || colon == at || (colon[1] != ' ' && colon[1] != '\0' && colon[1] != '\t'))
    return FALSE;
  out->name = vantage_pasted_dup_name (at, (gsize) (colon - at));
  out->text = vantage_pasted_when_pass_space (colon + 1);
  return out->name != NULL;
}

/* "[10:42 AM] Mara", "[10:42, 9/12/2020] Mara: text", "[10:42 AM]mara: text" */
static gboolean
parse_bracketed (const char *line, VantagePastedLine *out)
{
  const char *end;

  if (*line != '[')
    return FALSE;
  end = vantage_pasted_when_scan (line + 1, &out->when);
  if (end == NULL || !out->when.has_clock)
    return FALSE;
  if (*end == ',' && out->when.day == VANTAGE_PASTED_NO_DAY)
    {
      VantagePastedWhen day;
      const char *after = vantage_pasted_when_scan (vantage_pasted_when_pass_space (end + 1), &day);

      if (after != NULL && !day.has_clock)
        {
          day.has_clock = TRUE;
          day.clock_us = out->when.clock_us;
          day.precision = out->when.precision;
          day.text = out->when.text;
          day.length = (gsize) (after - out->when.text);
          out->when = day;
          end = after;
        }
    }
  if (*end != ']')
    return FALSE;
  end = vantage_pasted_when_pass_space (end + 1);
  if (take_name_and_text (end, out))
    return TRUE;
  out->name = vantage_pasted_dup_name (end, strlen (end));
  out->text = "";
  return out->name != NULL;
}

/* "10:42:15 From Mara to Everyone: text", "10:42 AM Mara: text" */
static gboolean
parse_led (const char *line, VantagePastedLine *out)
{
  const char *end = vantage_pasted_when_scan (line, &out->when);
  const char *to, *colon;

  if (end == NULL || !out->when.has_clock || (*end != ' ' && *end != '\t' && *end != '\0'))
    return FALSE;
  end = vantage_pasted_when_pass_space (end);
  if (*end == '\0')
    {
      out->sort = VANTAGE_PASTED_CLOCK;
      return TRUE;
    }
  if (g_str_has_prefix (end, "- "))
    end += 2;
  if (g_ascii_strncasecmp (end, "from ", 5) == 0 && (colon = strchr (end, ':')) != NULL)
    {
      end = vantage_pasted_when_pass_space (end + 5);
      to = g_strstr_len (end, colon - end, " to ");
      if (to == NULL)
        to = g_strstr_len (end, colon - end, " To ");
      out->name = vantage_pasted_dup_name (end, (gsize) ((to != NULL ? to : colon) - end));
      out->text = vantage_pasted_when_pass_space (colon + 1);
      return out->name != NULL;
    }
  return take_name_and_text (end, out);
}

/* Where a time begins that ends the line, with what parts it from the name; NULL. */
static const char *
find_trailing (const char *line, VantagePastedLine *out, gsize *out_name)
{
  static const char *const parts[] = { "  ",  "\t",  " — ", " – ", " • ",
                                       " · ", " | ", ", ",  " [",  " (" };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    for (const char *at = strstr (line, parts[i]); at != NULL; at = strstr (at + 1, parts[i]))
      {
        const char *when = vantage_pasted_when_pass_space (at + strlen (parts[i]));
        const char *end = vantage_pasted_when_scan (when, &out->when);

        if (end == NULL || !out->when.has_clock)
          continue;
        if (parts[i][1] == '[' || parts[i][1] == '(')
          {
            if (*end != (parts[i][1] == '[' ? ']' : ')'))
              continue;
            end++;
          }
        *out_name = (gsize) (at - line);
        return end;
      }
  return NULL;
}

/* "Mara  10:42 AM", "mara — Today at 10:42", "Mara [10:42]: text" */
static gboolean
parse_trailed (const char *line, VantagePastedLine *out)
{
  gsize n;
  const char *end = find_trailing (line, out, &n);

  if (end == NULL)
    return FALSE;
  end = vantage_pasted_when_pass_space (end);
  if (*end == ':')
    end = vantage_pasted_when_pass_space (end + 1);
  else if (g_str_has_prefix (end, "(edited)"))
    end = vantage_pasted_when_pass_space (end + strlen ("(edited)"));
  else if (*end != '\0')
    return FALSE;
  out->name = vantage_pasted_dup_name (line, n);
  out->text = end;
  return out->name != NULL;
}

void
vantage_pasted_line_parse (const char *line, VantagePastedLine *out)
{
  *out = (VantagePastedLine){ .text = line };
  line = vantage_pasted_when_pass_space (line);
  if (*line == '\0')
    return;
  if (vantage_pasted_when_is_day_line (line, &out->when))
    {
      out->sort = VANTAGE_PASTED_DAY;
      return;
    }
  if (g_str_has_prefix (line, "— "))
    line = vantage_pasted_when_pass_space (line + strlen ("— "));
  out->sort = VANTAGE_PASTED_HEADER;
  if (parse_bracketed (line, out) || parse_led (line, out))
    return;
  vantage_pasted_line_clear (out);
  if (parse_trailed (line, out))
    return;
  vantage_pasted_line_clear (out);
  *out = (VantagePastedLine){ .text = out->text };
  out->sort = VANTAGE_PASTED_TEXT;
}
