-- The vault. In clear: ids, order, sizes, times of change. Whatever was typed or said is in
-- `payload`: 24 bytes of nonce, then XChaCha20-Poly1305 over JSON, with "<table>\n<row id>" as
-- associated data, so that a payload is good in its own row only.

CREATE TABLE vault ( -- one row
  id TEXT PRIMARY KEY,         -- names the key in keyring or key file
  version INTEGER NOT NULL,    -- of the form of the payloads: 1
  key_place TEXT NOT NULL,     -- keyring, passphrase, file
  salt BLOB,                   -- passphrase: 16 bytes for Argon2id
  work INTEGER,                -- passphrase: Argon2id passes
  memory INTEGER,              -- passphrase: Argon2id bytes
  "check" BLOB NOT NULL,       -- a known sentence, sealed: tells whether a key is the one
  sealed_key BLOB              -- passphrase: the key, sealed by what Argon2id gives
) STRICT;

CREATE TABLE prep ( -- preparation of an interview
  interview TEXT PRIMARY KEY,
  changed_us INTEGER NOT NULL, -- UTC µs
  payload BLOB NOT NULL
) STRICT;

CREATE TABLE line ( -- a line of notes
  id TEXT PRIMARY KEY,
  interview TEXT NOT NULL,
  pos TEXT NOT NULL,           -- order key
  begun_us INTEGER NOT NULL,   -- when its first key was pressed, UTC µs
  changed_us INTEGER NOT NULL,
  payload BLOB NOT NULL        -- text, original, sort, marks, phase, question, sound
) STRICT;
CREATE INDEX line_place ON line (interview, pos, id);

CREATE TABLE passage ( -- words picked out
  id TEXT PRIMARY KEY,
  interview TEXT NOT NULL,
  changed_us INTEGER NOT NULL,
  payload BLOB NOT NULL        -- anchors, claim, memo, codes, released, made
) STRICT;
CREATE INDEX passage_interview ON passage (interview, id);

CREATE TABLE telling ( -- the story told once, one way
  id TEXT PRIMARY KEY,
  interview TEXT NOT NULL,
  way TEXT NOT NULL,           -- forward, reverse, category, seat
  sealed INTEGER NOT NULL,     -- 1: closed; may be compared
  changed_us INTEGER NOT NULL,
  payload BLOB NOT NULL        -- steps
) STRICT;
CREATE INDEX telling_interview ON telling (interview, id);

CREATE TABLE draft ( -- what is being typed; gone when the line is kept
  line TEXT PRIMARY KEY,       -- may not exist yet
  interview TEXT NOT NULL,
  begun_us INTEGER NOT NULL,
  at_us INTEGER NOT NULL,      -- when it was saved, UTC µs
  payload BLOB NOT NULL
) STRICT;

CREATE TABLE vault_op ( -- each edit: what rows were before and after; undo and history
  n INTEGER PRIMARY KEY,
  interview TEXT NOT NULL,
  t INTEGER NOT NULL,          -- UTC µs
  state INTEGER NOT NULL,      -- 0 done; 1 undone, may be redone; 2 undone for good
  payload BLOB NOT NULL        -- name of the step, changes
) STRICT;
CREATE INDEX vault_op_stack ON vault_op (interview, state, n);
