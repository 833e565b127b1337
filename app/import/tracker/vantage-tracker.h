/* vantage-tracker.h: what all readers of ticket trackers share: the place they stand at, channels
 * and people they have met, times in the ways trackers write them, and items on their way out.
 * Inside import/ only. */

#pragma once

#include "vantage-reader.h"
#include "vantage-time-column.h"

G_BEGIN_DECLS

typedef struct
{
  VantageReading *reading;

  /* of the record in hand; strings lent */
  const VantageEntry *entry;
  gint64 line, offset, length;

  /* of the channel entered last; strings lent */
  const char *system;
  const char *channel; /* its id */
  gboolean wanted;     /* FALSE: its items are dropped */

  GHashTable *channels;   /* char *channel id → TrackerChannel */
  GHashTable *identities; /* char *"system\nkey" → what is known of it */
  GHashTable *contents;   /* char *"channel.local" → how many, of records without an id */
} VantageTracker;

void vantage_tracker_init (VantageTracker *self, VantageReading *reading);
void vantage_tracker_clear (VantageTracker *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VantageTracker, vantage_tracker_clear)

void vantage_tracker_place (VantageTracker *self, const VantageEntry *entry, gint64 line,
                            gint64 offset, gint64 length);

/* ---- channels ---- */

/**
 * vantage_tracker_enter:
 * @system: host of the installation; "" unknown
 * @key: native id of the channel
 * @name: (nullable): to show; several names of one key (projects of a site) are all shown
 *
 * Later items belong to this channel. One without a system is a weak one.
 */
gboolean vantage_tracker_enter (VantageTracker *self, const char *system, const char *key,
                                const char *name, GError **error);

/* ---- people ---- */

typedef struct
{
  const char *key;  /* native id; NULL: "name:" and the name */
  const char *name; /* shown (nullable) */
  const char *handle;
  const char *email;
  gboolean bot;
} VantageTrackerPerson;

/* Tells of a person of the system entered last. @out_account is lent while @self lives; NULL when
 * neither key nor name is there. */
gboolean vantage_tracker_meet (VantageTracker *self, const VantageTrackerPerson *person,
                               const char **out_account, GError **error);

/* ---- times ---- */

/* A time as any tracker writes it: ISO 8601 with every sort of offset, RFC 822, JavaScript's, names
 * of American and European zones, months in the languages of the sites. */
gboolean vantage_tracker_parse_time (const char *text, VantageDateOrder order,
                                     VantageCellTime *out);
/* "", "?", "null", a year before 1971: what stands where no time is. */
gboolean vantage_tracker_has_time (const char *text);

/* ---- items ---- */

/* An item at @raw_time, in the channel entered. *@out is NULL when it has no readable time, which
 * has been said then. FALSE with @error only when all must stop. @order of VANTAGE_DATE_ORDER_… */
gboolean vantage_tracker_begin (VantageTracker *self, VantageItemKind kind, const char *raw_time,
                                VantageDateOrder order, VantageItem **out, GError **error);
/* "<root>" or "<root>.<suffix>" of letters an id may have; others make a hash of it. */
void vantage_tracker_set_local (VantageItem *item, const char *root, const char *suffix);
/* An id from the content, after the thread's. Text, time and account must be there. */
void vantage_tracker_set_content_local (VantageTracker *self, VantageItem *item, const char *root);
/* Takes @text (nullable). */
void vantage_tracker_take_text (VantageItem *item, char *text);
/* Masks its tokens. */
void vantage_tracker_set_url (VantageItem *item, const char *url);
void vantage_tracker_add_mention (VantageItem *item, const char *account, gsize length);
/* "edited" when @edited lies more than a second after the item's time. */
void vantage_tracker_set_edited (VantageItem *item, const char *edited);
/* field, from and to as facts, and "field: from → to" as the text. NULL or "" for nothing. */
void vantage_tracker_set_change (VantageItem *item, const char *field, const char *from,
                                 const char *to);
/* When @value is not empty. */
void vantage_tracker_add_fact (VantageItem *item, const char *name, const char *value);
/* Takes @item: sets its place and hands it on. */
gboolean vantage_tracker_add (VantageTracker *self, VantageItem *item, GError **error);

/* The item's own words for a record that is left out, at the place of the record in hand. */
gboolean vantage_tracker_skip (VantageTracker *self, const char *code, GError **error,
                               const char *format, ...) G_GNUC_PRINTF (4, 5);
/* A list that is there in part: @n of @total. Says it under the name of the ticket. */
gboolean vantage_tracker_note_part (VantageTracker *self, const char *ticket, const char *what,
                                    gint64 n, gint64 total, GError **error);

/* ---- addresses and words ---- */

/* "host" of "https://host/path"; NULL. (transfer full) */
char *vantage_tracker_dup_host (const char *url);
/* "title\n\nbody", or the one that is there; line ends made one, blanks at the end cut. NULL is
 * nothing. (transfer full) */
char *vantage_tracker_join (const char *title, const char *body);
/* Markdown as it is: line ends made one, comments of HTML left out. (transfer full) */
char *vantage_tracker_plain (const char *text);
/* HTML as plain text. (transfer full) */
char *vantage_tracker_html (const char *html);
/* Names of @item's mentions: "@name" outside of code and addresses. */
void vantage_tracker_take_mentions (VantageItem *item);

G_END_DECLS
