/* vantage-irc-line.h: one line of a log of IRC, in the dialect of the program that wrote it. */

#pragma once

#include "vantage-time.h"

G_BEGIN_DECLS

typedef enum
{
  VANTAGE_IRC_BLANK,
  VANTAGE_IRC_TEXT, /* of no known form */
  VANTAGE_IRC_MESSAGE,
  VANTAGE_IRC_ACTION,
  VANTAGE_IRC_NOTICE,
  VANTAGE_IRC_JOIN,
  VANTAGE_IRC_PART,
  VANTAGE_IRC_QUIT,
  VANTAGE_IRC_KICK, /* nick: who was kicked; other: by whom */
  VANTAGE_IRC_NICK, /* nick: old; other: new */
  VANTAGE_IRC_MODE,
  VANTAGE_IRC_TOPIC,
  VANTAGE_IRC_SERVER, /* anything else that the program or a server says */
  VANTAGE_IRC_DAY,    /* the log's own: begins, ends, a new day; the stamp has the day */
  VANTAGE_IRC_IDENT,  /* the log's own: names the channel */
  VANTAGE_IRC_BAD_TIME,
} VantageIrcSort;

typedef struct
{
  gboolean has_clock;
  int year, month, day; /* 0: not written */
  gint64 clock_us;      /* since midnight */
  VantagePrecision precision;
  gboolean has_zone;
  gint64 us;        /* when the stamp is whole: an instant, or wall clock without zone */
  const char *text; /* as written; lent from the line; NULL: none */
  gsize length;
} VantageIrcStamp;

typedef struct
{
  VantageIrcSort sort;
  VantageIrcStamp stamp;
  char *nick, *other, *channel; /* owned; NULL: not there */
  const char *text;             /* lent from the line; never NULL */
} VantageIrcLine;

void vantage_irc_line_clear (VantageIrcLine *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VantageIrcLine, vantage_irc_line_clear)

typedef struct
{
  const char *name, *title;
  guint flags;
} VantageIrcDialect;

/* Ends with a NULL name. */
extern const VantageIrcDialect vantage_irc_dialects[];

/* Whether its lines are fields between tabs, as those of a table are, which has a header. */
gboolean vantage_irc_dialect_has_fields (const VantageIrcDialect *dialect);
/* @text: one line, marks of colour stripped; must outlive @out. Clears nothing that was there. */
void vantage_irc_line_parse (const VantageIrcDialect *dialect, const char *text,
                             VantageIrcLine *out);
/* How sure the line is of the dialect: 0: not of it; 2: of it; more where only it is written so.
 */
int vantage_irc_line_weigh (const VantageIrcDialect *dialect, const char *text);

/* What a program says about people: "x (u@h) has joined #c". @strict: only what nobody would say
 * of himself, since the same mark begins actions. FALSE when it is none of these. */
gboolean vantage_irc_parse_event (const char *text, gboolean strict, VantageIrcLine *out);
/* The forms that eggdrop writes without a mark. */
gboolean vantage_irc_parse_eggdrop (const char *text, VantageIrcLine *out);
/* "--- Day changed …", "Session Start: …" and their like. */
gboolean vantage_irc_parse_log_line (const char *text, VantageIrcLine *out);

G_END_DECLS
