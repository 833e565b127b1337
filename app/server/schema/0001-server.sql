-- server.db: what the server keeps: accounts, who may read what, and the streams of ops in order.

CREATE TABLE meta (
  key TEXT PRIMARY KEY,           -- server_id: 32 hex digits, for ever; epoch: 16 hex digits
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Accounts.
CREATE TABLE user (
  name TEXT PRIMARY KEY,          -- stands in the chain digest of what the account sends
  role TEXT NOT NULL,             -- admin, investigator, contributor, reader
  created_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What an account shows instead of a password. The words themselves are kept nowhere.
CREATE TABLE token (
  hash BLOB PRIMARY KEY,          -- SHA-256 of the token's text
  user TEXT NOT NULL REFERENCES user (name),
  created_ms INTEGER NOT NULL,
  seen_ms INTEGER NOT NULL,       -- last use, to the day; ninety days later it ends
  revoked INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE review (
  id TEXT PRIMARY KEY,
  created_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who takes part in a review.
CREATE TABLE member (
  review TEXT NOT NULL REFERENCES review (id),
  user TEXT NOT NULL REFERENCES user (name),
  role TEXT NOT NULL,             -- lead, editor, commenter, viewer
  PRIMARY KEY (review, user)
) STRICT, WITHOUT ROWID;
CREATE INDEX member_user ON member (user);

-- head is the greatest seq; digest the chain over 1..head.
CREATE TABLE stream (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  review TEXT NOT NULL REFERENCES review (id),
  kind TEXT NOT NULL,             -- team, core
  head INTEGER NOT NULL DEFAULT 0,
  digest BLOB NOT NULL DEFAULT (zeroblob (32)),
  purge_gen INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX stream_review ON stream (review);

-- Ops as they came, byte for byte.
CREATE TABLE op (
  stream INTEGER NOT NULL REFERENCES stream (number),
  seq INTEGER NOT NULL,           -- 1, 2, 3 … without holes
  d TEXT NOT NULL,                -- device
  n INTEGER NOT NULL,             -- 1, 2, 3 … of this device in this stream
  by TEXT NOT NULL,               -- name of the account that sent it
  rx INTEGER NOT NULL,            -- when it was received, ms
  hash BLOB NOT NULL,             -- SHA-256 of body
  digest BLOB NOT NULL,           -- of the chain over 1..seq
  body BLOB NOT NULL,
  PRIMARY KEY (stream, seq)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX op_name ON op (stream, d, n);

CREATE TABLE device_stream (
  stream INTEGER NOT NULL REFERENCES stream (number),
  d TEXT NOT NULL,
  last_n INTEGER NOT NULL,
  PRIMARY KEY (stream, d)
) STRICT, WITHOUT ROWID;

-- Chunks that a stream holds; the bytes are files. The same bytes may belong to several streams.
CREATE TABLE chunk (
  stream INTEGER NOT NULL REFERENCES stream (number),
  id TEXT NOT NULL,               -- SHA-256 of its bytes
  size INTEGER NOT NULL,
  PRIMARY KEY (stream, id)
) STRICT, WITHOUT ROWID;

-- A blob is chunks in order.
CREATE TABLE blob (
  stream INTEGER NOT NULL REFERENCES stream (number),
  id TEXT NOT NULL,               -- SHA-256 of the whole
  size INTEGER NOT NULL,
  chunks TEXT NOT NULL,           -- ids, one a line
  PRIMARY KEY (stream, id)
) STRICT, WITHOUT ROWID;

-- Who did what to accounts and access. Never content. Each line holds the hash of the one before.
CREATE TABLE audit (
  n INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  who TEXT NOT NULL,              -- account, or "operator" at the command line
  what TEXT NOT NULL,             -- code: user-add, token-new, review-new, member-set …
  subject TEXT NOT NULL,          -- names and ids, parted by spaces
  hash BLOB NOT NULL              -- SHA-256 (previous hash ‖ at_ms ‖ who ‖ what ‖ subject)
) STRICT;
