/* vantage-tokens.h: JSON of any size as a stream: a strict pull cursor for the outer levels of a
 * document, and a compact tree for one record at a time.
 *
 * The way of a reader: walk down to the list that holds the records with _peek and _next, then take
 * each with _read. Everything about a document's form is checked, also in what is skipped.
 *
 *     if (vantage_tokens_next (tokens) == VANTAGE_TOKEN_BEGIN_ARRAY)
 *       while (vantage_tokens_peek (tokens) >= VANTAGE_TOKEN_VALUE)
 *         {
 *           VantageNode *record = vantage_tokens_read (tokens);
 *           ...
 *         }
 *
 * Values at the top may follow one another, with or without white space between them, so JSON
 * lines and joined pages need no care.
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* ---- one record ---- */

typedef enum
{
  VANTAGE_NODE_NULL,
  VANTAGE_NODE_FALSE,
  VANTAGE_NODE_TRUE,
  VANTAGE_NODE_NUMBER,
  VANTAGE_NODE_STRING,
  VANTAGE_NODE_ARRAY,
  VANTAGE_NODE_OBJECT,
} VantageNodeType;

/* One value. A record is an array of nodes: a container is followed by what is in it; an object by
 * name, value, name, value … Lives until the next call on its tokens. */
typedef struct
{
  char *text;     /* raw; use vantage_node_get_text */
  guint32 length; /* bytes of text; elements or members of a container */
  guint32 span;   /* nodes of this value, itself included */
  guint8 type;    /* VantageNodeType */
  guint8 flags;
} VantageNode;

/* First element of an array, first name of an object; NULL when empty. */
static inline VantageNode *
vantage_node_first (VantageNode *container)
{
  return container->type >= VANTAGE_NODE_ARRAY && container->span > 1 ? container + 1 : NULL;
}

/* What comes after @at, an element or a name, in @container; NULL at the end. */
static inline VantageNode *
vantage_node_next (VantageNode *container, VantageNode *at)
{
  VantageNode *next = at + (container->type == VANTAGE_NODE_OBJECT ? 1 + at[1].span : at->span);

  return next < container + container->span ? next : NULL;
}

/* The value of the member whose name is @name, as given by _first and _next on an object. */
static inline VantageNode *
vantage_node_value (VantageNode *name)
{
  return name + 1;
}

/* Decoded, valid UTF-8, NUL-terminated; of a number its digits as written; NULL for other values
 * and for NULL. Lent. */
const char *vantage_node_get_text (VantageNode *self);
/* The same with its length. */
const char *vantage_node_get_text_length (VantageNode *self, gsize *out_length);
/* Whether a member's name, or any string, is @text. */
gboolean vantage_node_is (VantageNode *self, const char *text);

/* The member; the last where a name comes twice. NULL when @object is NULL or no object, when there
 * is no such member, and when it is null. */
VantageNode *vantage_node_get (VantageNode *object, const char *name);
/* The same through several levels: "data.repository.issue". */
VantageNode *vantage_node_find (VantageNode *object, const char *path);
/* Text of a member; NULL when it is no string or number. */
const char *vantage_node_get_member (VantageNode *object, const char *name);
/* The member when it is an array, an object; else NULL. */
VantageNode *vantage_node_get_array (VantageNode *object, const char *name);
VantageNode *vantage_node_get_object (VantageNode *object, const char *name);
gboolean vantage_node_get_true (VantageNode *object, const char *name);
/* A whole number, written as one or as a string of digits. */
gint64 vantage_node_get_int (VantageNode *object, const char *name, gint64 fallback);

/* ---- a document ---- */

typedef enum
{
  VANTAGE_TOKEN_ERROR, /* see vantage_tokens_get_error; stays */
  VANTAGE_TOKEN_END,   /* of the document */
  VANTAGE_TOKEN_KEY,
  VANTAGE_TOKEN_END_OBJECT,
  VANTAGE_TOKEN_END_ARRAY,
  VANTAGE_TOKEN_VALUE, /* a string, number, true, false or null; from here on: values */
  VANTAGE_TOKEN_BEGIN_OBJECT,
  VANTAGE_TOKEN_BEGIN_ARRAY,
} VantageToken;

typedef struct
{
  gsize max_record; /* bytes of one value that is read whole */
  guint max_nodes;  /* nodes of one value that is read whole */
  guint max_depth;
} VantageTokensLimits;

/* 64 MiB, 4 million, 200. */
extern const VantageTokensLimits vantage_tokens_limits;

typedef struct _VantageTokens VantageTokens;

/* Reads @stream, of which it takes a reference; @cancellable too. A byte order mark is left out;
 * UTF-16 with one is read as well. */
VantageTokens *vantage_tokens_new (GInputStream *stream, GCancellable *cancellable);
/* Copies @data. */
VantageTokens *vantage_tokens_new_for_data (const char *data, gsize size);
void vantage_tokens_set_limits (VantageTokens *self, const VantageTokensLimits *limits);
void vantage_tokens_free (VantageTokens *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageTokens, vantage_tokens_free)

/* What comes next, without taking it. */
VantageToken vantage_tokens_peek (VantageTokens *self);
/* Takes it. */
VantageToken vantage_tokens_next (VantageTokens *self);
/* The name that _next has just given as KEY. Lent until the next call. */
const char *vantage_tokens_get_key (VantageTokens *self);
/* Reads the value that comes next, whole; after a KEY its value. NULL at an error, at an end, and
 * for a value beyond the limits, which is passed over: then _get_error is NULL and _get_passed_over
 * is TRUE. The nodes live until the next call. */
VantageNode *vantage_tokens_read (VantageTokens *self);
gboolean vantage_tokens_get_passed_over (VantageTokens *self);
/* Checks and passes over the value that comes next, of any size. */
gboolean vantage_tokens_skip (VantageTokens *self);
/* As much of the next value as is there, open ends closed: for looking at the head of a file. NULL
 * when it does not begin as JSON does. Nothing else can be called afterwards. */
VantageNode *vantage_tokens_read_head (VantageTokens *self);
/* After an error of form between top-level values: goes on behind the next line end. FALSE at the
 * end of the document or when reading failed. */
gboolean vantage_tokens_recover_line (VantageTokens *self);

/* G_IO_ERROR of the stream, or VANTAGE_IMPORT_ERROR_DAMAGED with what and where. NULL: none. */
const GError *vantage_tokens_get_error (VantageTokens *self);
/* TRUE when the error is that the document ends too early. */
gboolean vantage_tokens_is_cut_off (VantageTokens *self);
/* Byte offset of the cursor, or of the error. */
gint64 vantage_tokens_get_offset (VantageTokens *self);
/* Where the value last read lies, in bytes of the document. */
void vantage_tokens_get_extent (VantageTokens *self, gint64 *out_offset, gint64 *out_length);
/* Lone surrogates, NULs and bad bytes that became U+FFFD so far. */
guint vantage_tokens_get_n_repaired (VantageTokens *self);
/* Values that had bytes that are not UTF-8. */
guint vantage_tokens_get_n_bad_bytes (VantageTokens *self);

G_END_DECLS
