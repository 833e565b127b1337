/* vantage-irc-line.c: the stamp of a line and what follows it. */

#include "vantage-irc-line.h"

#include <string.h>

#include "vantage-chat-room.h"

/* What a dialect's lines are like. */
enum
{
  BRACKETS = 1 << 0,    /* the stamp stands in them */
  CLOCK = 1 << 1,       /* 14:02 */
  ISO = 1 << 2,         /* 2024-03-04T14:02:11, 2024-03-04 14:02:11 */
  MONTH_DAY = 1 << 3,   /* Mar 04 14:02:11 */
  DAY_MONTH = 1 << 4,   /* 14 Jan 12:37 */
  TABS = 1 << 5,        /* stamp, who and what are fields between tabs */
  STAR_EVENTS = 1 << 6, /* "* nick has joined" beside "* nick waves" */
  EGGDROP = 1 << 7,
  FLAGGED = 1 << 8, /* "+" or "-" before what is said */
  EQUALS = 1 << 9,  /* "=== nick has joined", without a stamp */
  MINUTES = 1 << 10,
  SECONDS = 1 << 11,
};

const VantageIrcDialect vantage_irc_dialects[] = {
  { "irssi", "irssi", CLOCK | ISO | MINUTES },
  { "weechat", "WeeChat", ISO | TABS },
  { "ubuntu", "irclogs.ubuntu.com", BRACKETS | CLOCK | EQUALS | MINUTES },
  { "znc", "ZNC", BRACKETS | CLOCK | ISO | SECONDS },
  { "hexchat", "HexChat or XChat", MONTH_DAY | STAR_EVENTS },
  { "limnoria", "Supybot, Limnoria or irclog2html", ISO | SECONDS },
  { "dircproxy", "dircproxy", BRACKETS | DAY_MONTH | FLAGGED },
  { "mirc", "mIRC", BRACKETS | CLOCK | ISO | STAR_EVENTS },
  { "eggdrop", "eggdrop", BRACKETS | CLOCK | EGGDROP },
  { NULL, NULL, 0 },
};

gboolean
vantage_irc_dialect_has_fields (const VantageIrcDialect *dialect)
{
  return (dialect->flags & TABS) != 0;
}

void
vantage_irc_line_clear (VantageIrcLine *self)
{
  g_clear_pointer (&self->nick, g_free);
  g_clear_pointer (&self->other, g_free);
  g_clear_pointer (&self->channel, g_free);
}

/* ---- stamps ---- */

static gsize
count_digits (const char *at)
{
  return strspn (at, "0123456789");
}

static int
get_digits (const char *at, gsize n)
{
  int number = 0;

  for (gsize i = 0; i < n; i++)
    number = number * 10 + (at[i] - '0');
  return number;
}

/* Each returns what follows; NULL: not of this form; @bad: of this form, but no time. */

static const char *
scan_iso (const char *at, VantageIrcStamp *out, gboolean *bad)
{
  const char *end;

  if (count_digits (at) != 4 || at[4] != '-' || count_digits (at + 5) != 2 || at[7] != '-' ||
      count_digits (at + 8) != 2 || (at[10] != 'T' && at[10] != ' ') || !g_ascii_isdigit (at[11]))
    return NULL;
  end = at + 11 + strspn (at + 11, "0123456789:.,");
  if (*end == 'Z' || *end == 'z')
    end++;
  else if ((*end == '+' || *end == '-') && count_digits (end + 1) >= 2)
    end += 1 + strspn (end + 1, "0123456789:");
  *bad = !vantage_time_parse (at, end - at, &out->us, &out->precision, &out->has_zone) ||
         out->precision >= VANTAGE_PRECISION_DAY;
  out->year = get_digits (at, 4);
  out->month = get_digits (at + 5, 2);
  out->day = get_digits (at + 8, 2);
  out->has_clock = TRUE;
  return end;
}

static const char *
scan_clock (const char *at, VantageIrcStamp *out, gboolean *bad)
{
  const char *end;
  gsize n = count_digits (at);

  if (n < 1 || n > 2 || at[n] != ':' || count_digits (at + n + 1) != 2)
    return NULL;
  end = vantage_chat_scan_clock (at, &out->clock_us, &out->precision);
  *bad = end == NULL;
  out->has_clock = TRUE;
  return end != NULL ? end : at + strspn (at, "0123456789:");
}

static const char *
scan_month_day (const char *at, VantageIrcStamp *out, gboolean *bad)
{
  const char *end;

  out->month = vantage_chat_scan_month (at, &end);
  if (out->month == 0)
    return NULL;
  end += strspn (end, " ");
  if (count_digits (end) < 1 || count_digits (end) > 2)
    return NULL;
  out->day = get_digits (end, count_digits (end));
  end += count_digits (end);
  return *end == ' ' ? scan_clock (end + 1, out, bad) : NULL;
}

static const char *
scan_day_month (const char *at, VantageIrcStamp *out, gboolean *bad)
{
  const char *end;

  if (count_digits (at) < 1 || count_digits (at) > 2)
    return NULL;
  out->day = get_digits (at, count_digits (at));
  at += count_digits (at);
  if (*at != ' ')
    return NULL;
  out->month = vantage_chat_scan_month (at + 1, &end);
  if (out->month == 0 || *end != ' ')
    return NULL;
  return scan_clock (end + 1, out, bad);
}

static const char *
scan_form (guint flags, const char *at, VantageIrcStamp *out, gboolean *bad)
{
  const char *end = NULL;

  if (flags & ISO)
    end = scan_iso (at, out, bad);
  if (end == NULL && (flags & MONTH_DAY))
    end = scan_month_day (at, out, bad);
  if (end == NULL && (flags & DAY_MONTH))
    end = scan_day_month (at, out, bad);
  if (end == NULL && (flags & CLOCK))
    end = scan_clock (at, out, bad);
  return end;
}

/* What follows the stamp, one separator passed; NULL when the line has none. */
static const char *
scan_stamp (guint flags, const char *text, VantageIrcStamp *out, gboolean *bad)
{
  const char *at = text, *end;

  *bad = FALSE;
  *out = (VantageIrcStamp){ 0 };
  if (flags & BRACKETS)
    {
      if (*at != '[')
        return NULL;
      at += 1 + strspn (at + 1, " ");
    }
  end = scan_form (flags, at, out, bad);
  if (end == NULL)
    {
      *out = (VantageIrcStamp){ 0 };
      return NULL;
    }
  out->text = at;
  out->length = (gsize) (end - at);
  if (flags & BRACKETS)
    {
      if (*end != ']')
        return NULL;
      end++;
    }
  if (*end != ' ' && *end != '\t' && *end != '\0')
    return NULL;
  if (*end != '\0')
    end++;
  /* an offset that lost its sign */
  if ((flags & ISO) && !out->has_zone && count_digits (end) == 4 && end[4] == ' ' && end[5] == ' ')
    *bad = TRUE;
  return end;
}

/* ---- what follows ---- */

/* The nick without the mark of its rights and without its host. FALSE when it is none. */
static gboolean
take_nick (const char *at, gsize n, VantageIrcLine *out)
{
  const char *host;

  while (n > 1 && strchr (" @+%&~", *at) != NULL)
    {
      at++;
      n--;
    }
  host = memchr (at, '!', n);
  if (host != NULL && host > at)
    n = (gsize) (host - at);
  if (n == 0 || n > 128)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    if (at[i] == ' ' || at[i] == '\t' || at[i] == '<')
      return FALSE;
  g_free (out->nick);
  out->nick = g_strndup (at, n);
  return TRUE;
}

/* "<nick> text" */
static gboolean
parse_message (const char *at, guint flags, VantageIrcLine *out)
{
  const char *end;

  if (*at != '<')
    return FALSE;
  for (end = at + 1; *end != '\0'; end++)
    if (*end == '>' && (end[1] == ' ' || end[1] == '\t' || end[1] == '\0'))
      break;
  if (*end == '\0' || !take_nick (at + 1, (gsize) (end - at - 1), out))
    return FALSE;
  out->sort = VANTAGE_IRC_MESSAGE;
  out->text = end[1] != '\0' ? end + 2 : end + 1;
  if ((flags & FLAGGED) && (*out->text == '+' || *out->text == '-'))
    out->text++;
  return TRUE;
}

/* "-nick- text", "-nick:#c- text", "-nick(u@h)- text" */
static gboolean
parse_notice (const char *at, VantageIrcLine *out)
{
  const char *end;
  gsize n;

  if (*at != '-' || at[1] == '-' || at[1] == '!' || at[1] == ' ')
    return FALSE;
  for (end = at + 1; *end != '\0' && *end != ' '; end++)
    if (*end == '-' && (end[1] == ' ' || end[1] == '\0'))
      break;
  if (*end != '-' || end == at + 1)
    return FALSE;
  n = (gsize) (end - at - 1);
  for (gsize i = 0; i < n; i++)
    if (at[1 + i] == '(' || at[1 + i] == ':')
      n = i;
  if (!take_nick (at + 1, n, out))
    return FALSE;
  out->sort = VANTAGE_IRC_NOTICE;
  out->text = end[1] != '\0' ? end + 2 : end + 1;
  return TRUE;
}

/* "* nick text", and where the same mark stands before what the program says, that. */
static gboolean
parse_star (const char *at, guint flags, VantageIrcLine *out)
{
  gsize n;

  if (*at != '*' || (at[1] != ' ' && at[1] != '\t'))
    return FALSE;
  at += 2;
  if ((flags & STAR_EVENTS) && vantage_irc_parse_event (at, TRUE, out))
    {
      out->text = at;
      return TRUE;
    }
  n = strcspn (at, " \t");
  if (n == 0 || *at == '*' || !take_nick (at, n, out))
    return FALSE;
  out->sort = VANTAGE_IRC_ACTION;
  out->text = at[n] != '\0' ? at + n + 1 : at + n;
  return TRUE;
}

/* A mark that only the program writes; what it says may be new to us. */
static gboolean
parse_marked (const char *at, VantageIrcLine *out)
{
  static const char *const marks[] = { "-!- ", "*** ",  "=== ",  "--> ", "<-- ",
                                       "-- ",  "**** ", "***\t", "-!-\t" };

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_str_has_prefix (at, marks[i]))
      {
        at += strlen (marks[i]);
        at += strspn (at, " ");
        out->text = at;
        if (!vantage_irc_parse_event (at, FALSE, out))
          out->sort = VANTAGE_IRC_SERVER;
        return TRUE;
      }
  return FALSE;
}

static gboolean
has_day_after_dashes (const char *at, VantageIrcLine *out)
{
  g_autofree char *line = NULL;
  g_auto (VantageIrcLine) day = { 0 };

  if (!g_str_has_prefix (at, "--- "))
    return FALSE;
  line = g_strconcat ("--- Day changed ", at + 4, NULL);
  if (!vantage_irc_parse_log_line (line, &day) || day.sort != VANTAGE_IRC_DAY)
    return FALSE;
  out->stamp.year = day.stamp.year;
  out->stamp.month = day.stamp.month;
  out->stamp.day = day.stamp.day;
  out->stamp.us = day.stamp.us;
  out->sort = VANTAGE_IRC_DAY;
  return TRUE;
}

static void
parse_body (guint flags, const char *at, VantageIrcLine *out)
{
  const char *bare = at + strspn (at, " ");

  out->text = at;
  if (*bare == '\0')
    {
      out->sort = VANTAGE_IRC_BLANK;
      return;
    }
  if (parse_message (bare, flags, out) || parse_star (bare, flags, out) ||
      has_day_after_dashes (bare, out) || parse_marked (bare, out) || parse_notice (bare, out))
    return;
  if ((flags & EGGDROP) && (out->text = bare) != NULL && vantage_irc_parse_eggdrop (bare, out))
    return;
  out->text = bare;
  out->sort = VANTAGE_IRC_TEXT;
}

/* ---- fields between tabs ---- */

static void
parse_fields (const char *at, VantageIrcLine *out)
{
  const char *tab = strchr (at, '\t');
  gsize n;

  out->sort = VANTAGE_IRC_TEXT;
  out->text = at;
  if (tab == NULL)
    return;
  while (*at == ' ')
    at++;
  n = tab > at ? (gsize) (tab - at) : 0;
  out->text = tab + 1;
  if (n == 1 && *at == '*')
    {
      gsize nick = strcspn (out->text, " ");

      if (!take_nick (out->text, nick, out))
        return;
      out->sort = VANTAGE_IRC_ACTION;
      out->text += nick + (out->text[nick] == ' ' ? 1 : 0);
    }
  else if ((n == 3 && (memcmp (at, "-->", 3) == 0 || memcmp (at, "<--", 3) == 0 ||
                       memcmp (at, "=!=", 3) == 0)) ||
           (n == 2 && memcmp (at, "--", 2) == 0) || n == 0)
    {
      if (n == 0 || !vantage_irc_parse_event (out->text, FALSE, out))
        out->sort = n == 0 ? VANTAGE_IRC_TEXT : VANTAGE_IRC_SERVER;
    }
  else if (take_nick (at, n, out))
    out->sort = VANTAGE_IRC_MESSAGE;
}

void
vantage_irc_line_parse (const VantageIrcDialect *dialect, const char *text, VantageIrcLine *out)
{
  const char *rest;
  gboolean bad;

  *out = (VantageIrcLine){ .text = text };
  if (text[strspn (text, " \t")] == '\0' || vantage_irc_parse_log_line (text, out))
    return;
  rest = scan_stamp (dialect->flags, text, &out->stamp, &bad);
  if (rest != NULL && bad)
    {
      out->sort = VANTAGE_IRC_BAD_TIME;
      return;
    }
  if (rest == NULL)
    {
      out->stamp = (VantageIrcStamp){ 0 };
      out->sort = VANTAGE_IRC_TEXT;
      if (dialect->flags & EQUALS)
        {
          if (g_str_has_prefix (text, "=== "))
            parse_marked (text, out);
        }
      return;
    }
  if (dialect->flags & TABS)
    parse_fields (rest, out);
  else
    parse_body (dialect->flags, rest, out);
}

int
vantage_irc_line_weigh (const VantageIrcDialect *dialect, const char *text)
{
  g_auto (VantageIrcLine) line = { 0 };
  g_auto (VantageIrcLine) event = { 0 };
  int weight = 4;

  vantage_irc_line_parse (dialect, text, &line);
  if (line.sort == VANTAGE_IRC_DAY || line.sort == VANTAGE_IRC_IDENT)
    return g_str_has_prefix (text, "Session ") ==
                   ((dialect->flags & STAR_EVENTS) != 0 && (dialect->flags & BRACKETS) != 0)
               ? 4
               : 2;
  if (line.sort <= VANTAGE_IRC_TEXT || line.sort == VANTAGE_IRC_BAD_TIME)
    return 0;
  /* Said by the program and read as something that a person does. */
  if (line.sort == VANTAGE_IRC_ACTION && !(dialect->flags & STAR_EVENTS))
    {
      g_autofree char *whole = g_strconcat (line.nick, " ", line.text, NULL);

      if (vantage_irc_parse_event (whole, TRUE, &event))
        weight = 1;
    }
  if (line.stamp.text != NULL &&
      (((dialect->flags & SECONDS) && line.stamp.precision == VANTAGE_PRECISION_MIN) ||
       ((dialect->flags & MINUTES) && line.stamp.precision != VANTAGE_PRECISION_MIN)))
    weight--;
  return weight;
}
