/* vantage-irc-event.c: who joined, left, was renamed or kicked, in the words of the programs that
 * keep logs of IRC; and what those write about the log itself. */

#include "vantage-irc-line.h"

#include <string.h>

#include "vantage-chat-room.h"

static gboolean
is_end (const char *at)
{
  return *at == '\0' || *at == ' ';
}

static const char *
pass_spaces (const char *at)
{
  return at + strspn (at, " \t");
}

/* Behind @phrase when it stands at @at as whole words; NULL. */
static const char *
pass_phrase (const char *at, const char *phrase)
{
  gsize n = strlen (phrase);

  return g_ascii_strncasecmp (at, phrase, n) == 0 && (is_end (at + n) || phrase[n - 1] == ' ')
             ? pass_spaces (at + n)
             : NULL;
}

static gboolean
is_channel (const char *word)
{
  return (*word == '#' || *word == '&') && !is_end (word + 1);
}

static char *
dup_word (const char *at)
{
  return g_strndup (at, strcspn (at, " \t"));
}

/* A nick as it stands in a sentence: without host and punctuation. (transfer full) */
static char *
dup_nick (const char *at)
{
  gsize n = strcspn (at, " \t!");

  return g_strndup (at, n);
}

static void
set_text (char **field, char *text)
{
  g_free (*field);
  *field = text;
}

static void
take_channel (VantageIrcLine *out, const char *at)
{
  gsize n = strcspn (at, " \t,):");

  if (!is_channel (at))
    return;
  while (n > 1 && at[n - 1] == '.')
    n--;
  set_text (&out->channel, g_strndup (at, n));
}

/* Behind "(user@host)", "[user@host]" or "<user@host>" at @at; @at when there is none. */
static const char *
pass_host (const char *at)
{
  const char *end, *host;

  if (*at != '(' && *at != '[' && *at != '<')
    return at;
  end = strchr (at, *at == '(' ? ')' : *at == '[' ? ']' : '>');
  if (end == NULL)
    return at;
  host = memchr (at, '@', (gsize) (end - at));
  return host != NULL ? pass_spaces (end + 1) : at;
}

static gboolean
finish (VantageIrcLine *out, VantageIrcSort sort, const char *nick)
{
  out->sort = sort;
  if (nick != NULL)
    set_text (&out->nick, dup_nick (nick));
  return TRUE;
}

/* ---- whole sentences ---- */

/* "Joins: nick (u@h)" */
static gboolean
parse_headed (const char *text, VantageIrcLine *out)
{
  static const struct
  {
    const char *head;
    VantageIrcSort sort;
  } heads[] = {
    { "Joins: ", VANTAGE_IRC_JOIN },
    { "Parts: ", VANTAGE_IRC_PART },
    { "Quits: ", VANTAGE_IRC_QUIT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    if (g_str_has_prefix (text, heads[i].head))
      {
        const char *nick = pass_spaces (text + strlen (heads[i].head));

        return *nick != '\0' && finish (out, heads[i].sort, nick);
      }
  return FALSE;
}

/* "mode/#c [+o x] by y", "Mode #c [+o x] by y" */
static gboolean
parse_mode (const char *text, VantageIrcLine *out)
{
  const char *at = g_str_has_prefix (text, "Server") ? text + strlen ("Server") : text;
  const char *by;

  if (g_ascii_strncasecmp (at, "mode", 4) != 0 || (at[4] != '/' && at[4] != ' ') ||
      (!is_channel (at + 5) && strchr (at, '[') == NULL))
    return FALSE;
  take_channel (out, at + 5);
  by = g_strrstr (at, "] by ");
  return finish (out, VANTAGE_IRC_MODE, by != NULL ? by + strlen ("] by ") : NULL);
}

static gboolean
parse_topic (const char *text, VantageIrcLine *out)
{
  const char *at;

  if (!g_str_has_prefix (text, "Topic ") && !g_str_has_prefix (text, "Topic: "))
    return FALSE;
  at = strchr (text, '#');
  if (at != NULL && at - text <= 12)
    take_channel (out, at);
  return finish (out, VANTAGE_IRC_TOPIC, NULL);
}

/* What a client says to whoever keeps the log. */
static gboolean
parse_own (const char *text, VantageIrcLine *out)
{
  static const char *const heads[] = { "Now talking on ", "Now talking in ", "Rejoined channel ",
                                       "Attempting to rejoin channel " };

  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    if (g_str_has_prefix (text, heads[i]) && is_channel (text + strlen (heads[i])))
      {
        take_channel (out, text + strlen (heads[i]));
        return finish (out, VANTAGE_IRC_SERVER, NULL);
      }
  return FALSE;
}

/* ---- sentences about one person ---- */

static gboolean
parse_join (const char *nick, const char *rest, gboolean host, gboolean strict, VantageIrcLine *out)
{
  const char *at = pass_phrase (rest, "has joined");

  if (at == NULL)
    at = pass_phrase (rest, "joined");
  if (at == NULL)
    at = pass_phrase (rest, "returned to");
  if (at == NULL)
    return FALSE;
  take_channel (out, at);
  if (strict && !host &&
      (out->channel == NULL || *pass_spaces (at + strlen (out->channel)) != '\0'))
    {
      g_clear_pointer (&out->channel, g_free);
      return FALSE;
    }
  return finish (out, VANTAGE_IRC_JOIN, nick);
}

static gboolean
is_reason (const char *at)
{
  return *at == '\0' || *at == '(' || *at == '[' || *at == '"' || pass_phrase (at, "IRC") != NULL;
}

static gboolean
parse_leave (const char *nick, const char *rest, gboolean host, gboolean strict,
             VantageIrcLine *out)
{
  static const char *const quits[] = { "has quit", "quit", "left irc:", "got netsplit.",
                                       "got lost in the net-split." };
  const char *at = pass_phrase (rest, "has left");

  for (gsize i = 0; at == NULL && i < G_N_ELEMENTS (quits); i++)
    {
      const char *end = pass_phrase (rest, quits[i]);

      if (end != NULL)
        return (!strict || host || is_reason (end)) && finish (out, VANTAGE_IRC_QUIT, nick);
    }
  if (at == NULL)
    at = pass_phrase (rest, "left");
  if (at == NULL || (strict && !host && !is_channel (at)))
    return FALSE;
  take_channel (out, at);
  return finish (out, VANTAGE_IRC_PART, nick);
}

static gboolean
parse_nick (const char *nick, const char *rest, VantageIrcLine *out)
{
  const char *at = pass_phrase (rest, "is now known as");
  g_autofree char *word = NULL;

  if (at == NULL || *at == '\0')
    return FALSE;
  word = dup_word (at);
  if (*pass_spaces (at + strlen (word)) != '\0')
    return FALSE;
  set_text (&out->other, g_steal_pointer (&word));
  return finish (out, VANTAGE_IRC_NICK, nick);
}

static gboolean
parse_kick (const char *nick, const char *rest, VantageIrcLine *out)
{
  static const char *const passive[] = { "was kicked", "has been kicked", "kicked from" };
  const char *at = pass_phrase (rest, "has kicked");
  const char *by;

  if (at != NULL && *at != '\0')
    {
      g_autofree char *from = NULL;

      set_text (&out->other, dup_nick (nick));
      from = dup_word (at);
      by = pass_phrase (pass_spaces (at + strlen (from)), "from");
      if (by != NULL)
        take_channel (out, by);
      return finish (out, VANTAGE_IRC_KICK, at);
    }
  for (gsize i = 0; at == NULL && i < G_N_ELEMENTS (passive); i++)
    at = pass_phrase (rest, passive[i]);
  if (at == NULL)
    return FALSE;
  by = pass_phrase (at, "from");
  take_channel (out, by != NULL ? by : at);
  by = strstr (at - 1, " by ");
  if (by != NULL)
    {
      gsize n = strcspn (by + 4, " \t!:");

      set_text (&out->other, g_strndup (by + 4, n));
    }
  return finish (out, VANTAGE_IRC_KICK, nick);
}

static gboolean
parse_setting (const char *nick, const char *rest, gboolean strict, VantageIrcLine *out)
{
  static const char *const modes[] = { "sets mode:",      "sets mode",      "gives channel",
                                       "removes channel", "gives voice",    "removes voice",
                                       "sets ban on",     "removes ban on", "sets channel",
                                       "has set mode" };
  static const char *const topics[] = { "changed the topic",     "changes topic to",
                                        "has changed the topic", "has changed topic",
                                        "has set topic",         "set the topic",
                                        "sets the topic",        "has unset topic" };

  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
    if (pass_phrase (rest, modes[i]) != NULL)
      return finish (out, VANTAGE_IRC_MODE, nick);
  for (gsize i = 0; i < G_N_ELEMENTS (topics); i++)
    {
      const char *at = pass_phrase (rest, topics[i]);
      const char *of = at != NULL ? pass_phrase (at, "of") : NULL;

      if (at == NULL || (strict && strchr (at, ':') == NULL && *at != '\'' && *at != '"'))
        continue;
      if (of == NULL)
        of = pass_phrase (at, "for");
      if (of != NULL)
        take_channel (out, of);
      return finish (out, VANTAGE_IRC_TOPIC, nick);
    }
  return FALSE;
}

gboolean
vantage_irc_parse_event (const char *text, gboolean strict, VantageIrcLine *out)
{
  const char *rest, *behind;
  gsize n;

  if (parse_headed (text, out) || parse_mode (text, out) || parse_topic (text, out) ||
      parse_own (text, out))
    return TRUE;
  n = strcspn (text, " \t");
  if (n == 0 || text[n] == '\0')
    return FALSE;
  rest = pass_spaces (text + n);
  behind = pass_host (rest);
  return parse_nick (text, behind, out) || parse_join (text, behind, behind > rest, strict, out) ||
         parse_leave (text, behind, behind > rest, strict, out) || parse_kick (text, behind, out) ||
         parse_setting (text, behind, strict, out);
}

/* ---- eggdrop ---- */

gboolean
vantage_irc_parse_eggdrop (const char *text, VantageIrcLine *out)
{
  const char *at;

  if (g_str_has_prefix (text, "Action: "))
    {
      gsize n;

      text += strlen ("Action: ");
      n = strcspn (text, " ");
      set_text (&out->nick, g_strndup (text, n));
      out->sort = VANTAGE_IRC_ACTION;
      out->text = pass_spaces (text + n);
      return n > 0;
    }
  if (g_str_has_prefix (text, "Nick change: "))
    {
      g_autofree char *old = dup_word (text + strlen ("Nick change: "));

      at = strstr (text, " -> ");
      if (at == NULL)
        return FALSE;
      set_text (&out->other, dup_word (at + 4));
      return finish (out, VANTAGE_IRC_NICK, old);
    }
  if (g_str_has_prefix (text, "Topic changed on "))
    {
      take_channel (out, text + strlen ("Topic changed on "));
      at = strstr (text, " by ");
      return finish (out, VANTAGE_IRC_TOPIC, at != NULL ? at + 4 : NULL);
    }
  at = strstr (text, ": mode change '");
  if (is_channel (text) && at != NULL)
    {
      take_channel (out, text);
      at = g_strrstr (at, "' by ");
      return finish (out, VANTAGE_IRC_MODE, at != NULL ? at + strlen ("' by ") : NULL);
    }
  if (strchr (text, ' ') == NULL)
    return FALSE;
  at = pass_spaces (strchr (text, ' '));
  if (pass_host (at) == at && pass_phrase (at, "kicked from") == NULL)
    return FALSE;
  return vantage_irc_parse_event (text, TRUE, out);
}

/* ---- the log itself ---- */

static int
get_digits (const char *at, gsize n)
{
  int number = 0;

  for (gsize i = 0; i < n; i++)
    number = number * 10 + (g_ascii_isdigit (at[i]) ? at[i] - '0' : 0);
  return number;
}

/* "Mon Mar 04 14:02:11 2024", "Mon Mar  4 2024", "04 Mar 2024", "2024-03-04 14:02" in any order. */
static gboolean
parse_day (const char *text, VantageIrcStamp *out)
{
  for (const char *at = text; *at != '\0';)
    {
      gsize digits = strspn (at, "0123456789");
      const char *end;
      int month;

      if (digits == 4 && at[4] == '-' && strspn (at + 5, "0123456789") == 2 && at[7] == '-' &&
          strspn (at + 8, "0123456789") == 2)
        {
          out->year = get_digits (at, 4);
          out->month = get_digits (at + 5, 2);
          out->day = get_digits (at + 8, 2);
          at += 10;
        }
      else if (digits > 0 && at[digits] == ':' &&
               (end = vantage_chat_scan_clock (at, &out->clock_us, &out->precision)) != NULL)
        {
          out->has_clock = TRUE;
          at = end;
        }
      else if (digits == 4)
        {
          out->year = get_digits (at, 4);
          at += 4;
        }
      else if (digits == 1 || digits == 2)
        {
          out->day = get_digits (at, digits);
          at += digits;
        }
      else if (digits == 0 && out->month == 0 && (month = vantage_chat_scan_month (at, &end)) > 0)
        {
          out->month = month;
          at = end;
        }
      else
        at += MAX (digits, MAX (strcspn (at, " \t"), 1));
      at = pass_spaces (at);
    }
  return vantage_chat_day_us (out->year, out->month, out->day, &out->us);
}

gboolean
vantage_irc_parse_log_line (const char *text, VantageIrcLine *out)
{
  static const char *const heads[] = {
    "--- Log opened ",        "--- Day changed ",        "--- Log closed ",
    "**** BEGIN LOGGING AT ", "**** ENDING LOGGING AT ", "Session Start: ",
    "Session Time: ",         "Session Close: ",         "--- Day changed to ",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    if (g_str_has_prefix (text, heads[i]))
      {
        out->sort = parse_day (text + strlen (heads[i]), &out->stamp) ? VANTAGE_IRC_DAY
                                                                      : VANTAGE_IRC_BAD_TIME;
        out->text = text;
        return TRUE;
      }
  if (!g_str_has_prefix (text, "Session Ident: "))
    return FALSE;
  out->sort = VANTAGE_IRC_IDENT;
  out->text = text;
  set_text (&out->channel, dup_word (text + strlen ("Session Ident: ")));
  return TRUE;
}
