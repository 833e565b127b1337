-- library.db: what people made of the evidence. Recorded: stream, op, op_prev, edit, edit_group,
-- quarantine. Derived from them and rebuilt at will: reg_head, entity, entity_ref.

-- One row, read and written by every transaction.
CREATE TABLE library (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  device TEXT NOT NULL,          -- 16 hex digits: who writes here
  fingerprint TEXT NOT NULL,     -- of the computer and file it was made for; differs: a new device
  clock INTEGER NOT NULL,        -- greatest stamp given or received (48 bits ms, 16 bits counter)
  touched INTEGER NOT NULL       -- counts writes to entity rows; see entity.touched
) STRICT;

-- Devices that this library has written as: the present one and those before it.
CREATE TABLE device (
  id TEXT PRIMARY KEY,
  since_us INTEGER NOT NULL      -- UTC µs
) STRICT, WITHOUT ROWID;

-- The unit of sync, access and order. Sync writes all but number, id, review and sort.
CREATE TABLE stream (
  number INTEGER PRIMARY KEY,    -- local name, used by the tables below
  id TEXT NOT NULL UNIQUE,       -- of a review's team stream: the review's id
  review TEXT NOT NULL,          -- '' for org
  sort INTEGER NOT NULL,         -- 0 team, 1 core, 2 org
  epoch TEXT,                    -- of the server's history; NULL before the first meeting
  cursor INTEGER NOT NULL DEFAULT 0,          -- all seq up to this one are here
  digest BLOB NOT NULL DEFAULT (zeroblob (32)), -- chain over 1..cursor
  purge_gen INTEGER NOT NULL DEFAULT 0        -- purges of the server carried out so far
) STRICT;
CREATE INDEX stream_review ON stream (review);

-- Everything ever written. id grows in order of arrival here and is never used twice.
CREATE TABLE op (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  stream INTEGER NOT NULL REFERENCES stream (number),
  d TEXT NOT NULL,               -- device
  n INTEGER NOT NULL,            -- 1, 2, 3 … of this device in this stream
  t INTEGER NOT NULL,            -- stamp
  entity TEXT NOT NULL,
  kind TEXT NOT NULL,
  field TEXT NOT NULL,           -- register
  g INTEGER NOT NULL,            -- n of the first op of its group
  seq INTEGER,                   -- place in the server's order; NULL until numbered
  sent INTEGER NOT NULL DEFAULT 0, -- 0 never left, 1 handed to sync, 2 the server has it
  by_user TEXT,                  -- the server's word on who sent it
  rx INTEGER,                    -- when the server received it, ms
  hash BLOB NOT NULL,            -- SHA-256 of the bytes as they were first written
  body BLOB NOT NULL             -- those bytes, or {"purged":…}
) STRICT;
CREATE UNIQUE INDEX op_name ON op (stream, d, n);
CREATE INDEX op_entity ON op (stream, entity, t, d, n);
CREATE INDEX op_unsent ON op (stream, d, n) WHERE seq IS NULL;

-- Which op lists which in its "previous". The listed one may not be here.
CREATE TABLE op_prev (
  stream INTEGER NOT NULL,
  d TEXT NOT NULL,
  n INTEGER NOT NULL,            -- d, n: the op that is listed
  op INTEGER NOT NULL,           -- op.id of the one that lists it
  PRIMARY KEY (stream, d, n, op)
) STRICT, WITHOUT ROWID;

-- Ops that no known op of their register lists.
CREATE TABLE reg_head (
  stream INTEGER NOT NULL,
  entity TEXT NOT NULL,
  op INTEGER NOT NULL,           -- op.id
  PRIMARY KEY (stream, entity, op)
) STRICT, WITHOUT ROWID;

-- What the ops of one entity add up to.
CREATE TABLE entity (
  key INTEGER PRIMARY KEY,
  stream INTEGER NOT NULL REFERENCES stream (number),
  id TEXT NOT NULL,
  kind TEXT NOT NULL,            -- as its first op says
  created INTEGER NOT NULL,      -- stamp of the op with the smallest (t, d, n)
  by TEXT NOT NULL,              -- its device
  first_n INTEGER NOT NULL,      -- and its n
  changed INTEGER NOT NULL,      -- greatest stamp of all its ops
  deleted INTEGER NOT NULL,      -- 1: in the bin
  conflicts TEXT NOT NULL,       -- registers in conflict, one a line
  registers TEXT NOT NULL,       -- one JSON object: register → value, in byte order
  touched INTEGER NOT NULL       -- grows with each write of any row: how others notice
) STRICT;
CREATE UNIQUE INDEX entity_name ON entity (stream, id);
CREATE INDEX entity_kind ON entity (stream, kind);
CREATE INDEX entity_touched ON entity (touched);

-- What an entity points at: refs, members of sets of refs, cited items.
CREATE TABLE entity_ref (
  entity INTEGER NOT NULL REFERENCES entity (key) ON DELETE CASCADE,
  target TEXT NOT NULL,          -- entity id, or item id
  PRIMARY KEY (entity, target)
) STRICT, WITHOUT ROWID;
CREATE INDEX entity_ref_target ON entity_ref (target);

-- Steps that undo and redo walk. Pointers only; never leaves this computer.
CREATE TABLE edit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  review TEXT NOT NULL,          -- '' for org
  made_us INTEGER NOT NULL,      -- UTC µs
  what TEXT NOT NULL,            -- as the person reads it
  sort INTEGER NOT NULL,         -- 0 an edit, 1 an undo, 2 a redo
  undoes INTEGER,                -- undo: the edit it takes back; redo: the undo it takes back
  state INTEGER NOT NULL DEFAULT 0 -- of an edit: 0 done, 1 undone, 2 undone for good, 3 skipped
) STRICT;
CREATE INDEX edit_review ON edit (review, sort, state, id);
CREATE INDEX edit_undoes ON edit (undoes);

CREATE TABLE edit_group (
  edit INTEGER NOT NULL REFERENCES edit (id) ON DELETE CASCADE,
  stream INTEGER NOT NULL REFERENCES stream (number),
  d TEXT NOT NULL,
  first_n INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (edit, stream, d, first_n)
) STRICT, WITHOUT ROWID;
CREATE INDEX edit_group_name ON edit_group (stream, d, first_n);

-- State of this computer that is no entity. review '' for what belongs to none.
CREATE TABLE local_state (
  review TEXT NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (review, key)
) STRICT, WITHOUT ROWID;

-- Who works here: name, email, handles.
CREATE TABLE profile (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Large things that ops name, cut into chunks named by SHA-256.
CREATE TABLE blob (
  stream INTEGER NOT NULL REFERENCES stream (number),
  id TEXT NOT NULL,              -- SHA-256 of the whole
  size INTEGER NOT NULL,         -- bytes
  state INTEGER NOT NULL,        -- 0 named, 1 here, 2 here and at the server
  PRIMARY KEY (stream, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE chunk (
  blob TEXT NOT NULL,
  place INTEGER NOT NULL,        -- 0, 1, 2 …
  id TEXT NOT NULL,              -- SHA-256 of its bytes
  bytes BLOB NOT NULL,
  PRIMARY KEY (blob, place)
) STRICT;

-- Shared text being typed, not yet an op.
CREATE TABLE draft (
  review TEXT NOT NULL,
  entity TEXT NOT NULL,
  field TEXT NOT NULL,
  at_us INTEGER NOT NULL,        -- UTC µs
  text TEXT NOT NULL,
  PRIMARY KEY (review, entity, field)
) STRICT, WITHOUT ROWID;

-- Ops from elsewhere that this version cannot read: kept and counted.
CREATE TABLE quarantine (
  id INTEGER PRIMARY KEY,
  stream INTEGER NOT NULL REFERENCES stream (number),
  seq INTEGER,
  by_user TEXT,
  rx INTEGER,
  hash BLOB NOT NULL,
  body BLOB NOT NULL,
  why TEXT NOT NULL,             -- English
  UNIQUE (stream, hash)
) STRICT;

-- What sync did, for the person who asks; the newest thousand.
CREATE TABLE sync_log (
  id INTEGER PRIMARY KEY,
  at_us INTEGER NOT NULL,        -- UTC µs
  stream INTEGER,
  code TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;
