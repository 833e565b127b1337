/* vantage-edit.h: one edit = one transaction = one undo step = one notification. */

#pragma once

#include "vantage-library.h"

G_BEGIN_DECLS

typedef struct _VantageEdit VantageEdit;

/**
 * vantage_library_begin:
 * @review: (nullable): NULL for the `org` stream, or when the edit makes a review
 * @what: what the person did, translated, as the undo menu names it: "Move Event"
 *
 * Nothing is written before commit; dropping the edit forgets it.
 */
VantageEdit *vantage_library_begin (VantageLibrary *library, const char *review, const char *what);
void vantage_edit_free (VantageEdit *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageEdit, vantage_edit_free)

/* A new entity; its id is lent until the edit is freed. For kind "review" the edit's review becomes
 * it. */
const char *vantage_edit_create (VantageEdit *self, const char *kind);

/* Setters remember the first error; commit reports it. @kind + @id name the entity (an id may stand
 * for a person and its particulars). @field may be a register. @value: (transfer full). */
void vantage_edit_set (VantageEdit *self, const char *kind, const char *id, const char *field,
                       VantageValue *value);
void vantage_edit_set_text (VantageEdit *self, const char *kind, const char *id, const char *field,
                            const char *text); /* NULL clears */
void vantage_edit_set_ref (VantageEdit *self, const char *kind, const char *id, const char *field,
                           const char *target);
void vantage_edit_set_yesno (VantageEdit *self, const char *kind, const char *id, const char *field,
                             gboolean yes);
void vantage_edit_set_int (VantageEdit *self, const char *kind, const char *id, const char *field,
                           gint64 number);
void vantage_edit_set_time (VantageEdit *self, const char *kind, const char *id, const char *field,
                            gint64 us);
void vantage_edit_set_when (VantageEdit *self, const char *kind, const char *id, const char *field,
                            const VantageWhen *when);
/* Sets: puts @element in or takes it out. */
void vantage_edit_set_member (VantageEdit *self, const char *kind, const char *id,
                              const char *field, const char *element, gboolean in);
/* Cites an item, whole (@from = -1) or the code points [from, to) of its text; @quote, @version
 * nullable. */
void vantage_edit_cite (VantageEdit *self, const char *kind, const char *id, const char *item,
                        int from, int to, const char *quote, const char *version);
void vantage_edit_uncite (VantageEdit *self, const char *kind, const char *id, const char *item,
                          int from, int to);
/* A prose field as paragraphs: blocks that stay equal keep their ids. @text: paragraphs parted by
 * empty lines; "# ", "> ", "- " and "``` " give the styles heading, quote, list, code. */
void vantage_edit_set_prose (VantageEdit *self, const char *kind, const char *id, const char *slot,
                             const char *text);
void vantage_edit_delete (VantageEdit *self, const char *kind, const char *id);
void vantage_edit_undelete (VantageEdit *self, const char *kind, const char *id);

/* Typing: edits that share @key and follow each other without another edit between replace each
 * other's unsent ops, so that a field typed into for a minute is one op and one undo step. End it
 * on blur with vantage_library_end_typing (). */
void vantage_edit_set_typing (VantageEdit *self, const char *key);
void vantage_library_end_typing (VantageLibrary *library);

/* Not a step of a person's: undo passes it over. */
void vantage_edit_set_unlisted (VantageEdit *self);

/* TRUE: on disk (or there was nothing to write). FALSE: nothing at all was written. */
gboolean vantage_edit_commit (VantageEdit *self, GError **error);

/* Undo of this library's own edits of a review, across restarts and programs. */
/* What the next undo or redo would name; NULL: nothing. (transfer full) (nullable) */
char *vantage_library_dup_undo_name (VantageLibrary *library, const char *review);
char *vantage_library_dup_redo_name (VantageLibrary *library, const char *review);
/* @out_entities: (optional) (transfer full) (element-type utf8): what it touched. CHANGED names the
 * step that was skipped and by whom it was changed since. */
gboolean vantage_library_undo (VantageLibrary *library, const char *review, char **out_what,
                               GPtrArray **out_entities, GError **error);
gboolean vantage_library_redo (VantageLibrary *library, const char *review, char **out_what,
                               GPtrArray **out_entities, GError **error);

/* History: every op ever written, grouped by edit, newest first. */
typedef struct
{
  char *entity, *kind, *field;
  VantageValue *before; /* (nullable) */
  VantageValue *after;
} VantageHistoryChange;

typedef struct
{
  char *id; /* of the group: "device:n" */
  gint64 time_us;
  char *by;           /* device */
  char *by_name;      /* author's name; "" unknown */
  char *what;         /* "" for edits of others */
  GPtrArray *changes; /* (element-type VantageHistoryChange) */
  gboolean undone;
} VantageHistoryEdit;

void vantage_history_edit_free (VantageHistoryEdit *self);
/* @entity: (nullable): only what touched it. (transfer full) (element-type VantageHistoryEdit) */
GPtrArray *vantage_library_list_history (VantageLibrary *library, const char *review,
                                         const char *entity, guint limit, GError **error);

/* A conflict: several values of one register that nobody has chosen between. */
typedef struct
{
  char *entity, *kind, *field;
  GPtrArray *ops; /* (element-type VantageOp): the heads, winner first */
} VantageConflict;

void vantage_conflict_free (VantageConflict *self);
GPtrArray *vantage_library_list_conflicts (VantageLibrary *library, const char *review,
                                           GError **error);

/* Ops from elsewhere (the network, a file), one page = one transaction; known ones change nothing.
 * @stream: id; @review, @sort: what it is. @cursor etc. belong to sync: see vantage-stream.h. */
gboolean vantage_library_apply (VantageLibrary *library, const char *stream, GPtrArray *ops,
                                GError **error);

G_END_DECLS
