-- Everything that was imported. Rows are added and later hidden or freed, never edited, but for
-- the times that follow from the choices made about a source.

-- Small numbers stand for the long ids of reviews.
CREATE TABLE review (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE        -- id of the entity
) STRICT;

-- Numbers handed out once and never again, so that the full-text index can rely on them.
CREATE TABLE counter (
  name TEXT PRIMARY KEY,          -- 'content'; 'generation': raised when sources come, go or move
  next INTEGER NOT NULL
) STRICT;

-- One import of one path into one review.
CREATE TABLE source (
  id INTEGER PRIMARY KEY,
  review INTEGER NOT NULL REFERENCES review (id),
  entity TEXT NOT NULL UNIQUE,    -- id of the `source` entity, made before it is written
  state INTEGER NOT NULL,         -- 0 pending, 1 kept, 2 hidden (entity deleted), 3 dropped: rows are being freed
  base_zone TEXT,                 -- zone the times were read with at import; NULL: none was needed
  base_zero_us INTEGER,           -- zero they were read with; UTC µs
  zone TEXT,                      -- the same as chosen now
  zero_us INTEGER,
  shift_us INTEGER NOT NULL DEFAULT 0, -- µs added to every time
  format TEXT,                    -- name of the reader
  path TEXT,                      -- as it was given
  n_skipped INTEGER NOT NULL DEFAULT 0, -- records that were left out
  original TEXT,                  -- file name in originals/; NULL: not kept
  original_sha256 TEXT            -- hash of the stored bytes (the name is the hash of those given)
) STRICT;

-- What is under way; a row goes when its source is settled. A crash leaves it behind to be finished
-- (state kept) or dropped (state pending and the lock is free).
CREATE TABLE import_run (
  source INTEGER PRIMARY KEY REFERENCES source (id),
  lock TEXT NOT NULL,             -- file in the library's folder that the importing program holds locked
  what TEXT,                      -- name of the undo step
  facts TEXT                      -- JSON of the entity's registers, written when the evidence is kept
) STRICT;

-- Records left out and notes, the first thousand of a source.
CREATE TABLE diagnostic (
  id INTEGER PRIMARY KEY,
  source INTEGER NOT NULL REFERENCES source (id),
  code TEXT NOT NULL,
  text TEXT NOT NULL,             -- English
  path TEXT NOT NULL,             -- file inside the source
  line INTEGER NOT NULL,          -- 0: not known
  offset INTEGER NOT NULL,        -- bytes; -1: not known
  skipped INTEGER NOT NULL        -- 1: a record was left out
) STRICT;
CREATE INDEX diagnostic_source ON diagnostic (source);

-- Where items were said or kept.
CREATE TABLE channel (
  id INTEGER PRIMARY KEY,
  review INTEGER NOT NULL REFERENCES review (id),
  uid TEXT NOT NULL,              -- computed id, 16 hex digits
  family TEXT NOT NULL,
  system TEXT NOT NULL,
  key TEXT NOT NULL,
  weak INTEGER NOT NULL,          -- 1: the container lacked the native id or the system
  UNIQUE (review, uid)
) STRICT;

-- What one source says about a channel; the newest kept source speaks first.
CREATE TABLE channel_fact (
  channel INTEGER NOT NULL REFERENCES channel (id),
  source INTEGER NOT NULL REFERENCES source (id),
  name TEXT, topic TEXT, purpose TEXT,
  sort INTEGER NOT NULL,          -- VantageChannelSort
  members TEXT,                   -- account keys, one a line
  PRIMARY KEY (channel, source)
) STRICT, WITHOUT ROWID;

-- One account of somebody.
CREATE TABLE identity (
  id INTEGER PRIMARY KEY,
  review INTEGER NOT NULL REFERENCES review (id),
  uid TEXT NOT NULL,              -- computed id, 32 hex digits
  person TEXT NOT NULL,           -- computed id of the person it is
  family TEXT NOT NULL,
  system TEXT NOT NULL,
  key TEXT NOT NULL,
  UNIQUE (review, uid)
) STRICT;
CREATE INDEX identity_person ON identity (review, person);

-- What one source says about an account.
CREATE TABLE identity_fact (
  identity INTEGER NOT NULL REFERENCES identity (id),
  source INTEGER NOT NULL REFERENCES source (id),
  handle TEXT, email TEXT, name TEXT, zone TEXT, team TEXT, title TEXT,
  bot INTEGER NOT NULL,
  placeholder INTEGER NOT NULL,   -- 1: known only because an item names the key
  PRIMARY KEY (identity, source)
) STRICT, WITHOUT ROWID;

-- A file inside a source.
CREATE TABLE place (
  id INTEGER PRIMARY KEY,
  source INTEGER NOT NULL REFERENCES source (id),
  path TEXT NOT NULL,
  UNIQUE (source, path)
) STRICT;

-- One record, with the content that is shown. No foreign keys here: a million rows a few seconds,
-- and the verification looks for rows that lead nowhere.
CREATE TABLE item (
  row INTEGER PRIMARY KEY,        -- handed out in the order of time and place inside a batch
  content INTEGER NOT NULL,       -- number of the content shown; equal to `row` for the first that came
  review INTEGER NOT NULL,
  source INTEGER NOT NULL,        -- of the content shown
  channel INTEGER NOT NULL,
  local TEXT NOT NULL,            -- local id
  kind INTEGER NOT NULL,          -- VantageItemKind
  time_us INTEGER NOT NULL,       -- UTC µs; the greatest integer when there is none, so that it comes last
  base_us INTEGER,                -- time_us as it was when imported, for a record that rests on the zone or zero of its source; NULL: it has its own zone
  precision INTEGER NOT NULL,     -- VantagePrecision
  flags INTEGER NOT NULL,         -- 1 deleted, 2 the wall clock showed it twice, 4 raw time is the local id, 16 zone chosen, 32 zone assumed
  account INTEGER,                -- identity; NULL: nobody in the record
  thread TEXT,                    -- local id of the root, on the root too
  reply_to TEXT,                  -- local id
  text TEXT,
  detail BLOB,                    -- raw time, edited, url, extra, mentions, reactions, attachments
  origin BLOB NOT NULL            -- place, line, offset, length in the source
) STRICT;
CREATE UNIQUE INDEX item_local ON item (channel, local);

-- Further contents of an item. The two trade places when another one is to be shown.
CREATE TABLE item_other (
  row INTEGER PRIMARY KEY,        -- from the same counter as item.row
  item INTEGER NOT NULL REFERENCES item (row),
  content INTEGER NOT NULL UNIQUE,
  source INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  time_us INTEGER NOT NULL,
  base_us INTEGER,
  precision INTEGER NOT NULL,
  flags INTEGER NOT NULL,
  account INTEGER,
  thread TEXT,
  reply_to TEXT,
  text TEXT,
  detail BLOB,
  origin BLOB NOT NULL
) STRICT;
CREATE INDEX item_other_item ON item_other (item);
CREATE INDEX item_other_source ON item_other (source);

-- A content that a second source holds just so.
CREATE TABLE item_also (
  item INTEGER NOT NULL,
  content INTEGER NOT NULL,
  source INTEGER NOT NULL,
  origin BLOB NOT NULL,           -- where it stands in that source
  PRIMARY KEY (item, content, source)
) STRICT, WITHOUT ROWID;
CREATE INDEX item_also_source ON item_also (source);

-- One digest for about 4,096 contents of a source, and the time they span.
CREATE TABLE block (
  source INTEGER NOT NULL REFERENCES source (id),
  first INTEGER NOT NULL,         -- contents first to last that are of this source
  last INTEGER NOT NULL,
  n INTEGER NOT NULL,
  min_us INTEGER NOT NULL,        -- earliest and latest time_us when they were imported
  max_us INTEGER NOT NULL,
  digest BLOB NOT NULL,           -- SHA-256
  PRIMARY KEY (source, first)
) STRICT, WITHOUT ROWID;

-- How many items shown each account has in each channel.
CREATE TABLE tally (
  source INTEGER NOT NULL,
  channel INTEGER NOT NULL,
  account INTEGER NOT NULL,       -- 0: nobody in the record
  n INTEGER NOT NULL,
  n_roots INTEGER NOT NULL,       -- of them, roots of a thread
  first_us INTEGER NOT NULL,      -- the greatest integer: none has a time
  last_us INTEGER NOT NULL,       -- the least integer: none has a time
  PRIMARY KEY (source, channel, account)
) STRICT, WITHOUT ROWID;

-- A channel that turned out to be another one; ids made with it lead there for ever.
CREATE TABLE channel_alias (
  review INTEGER NOT NULL REFERENCES review (id),
  weak TEXT NOT NULL,             -- computed channel id
  strong TEXT NOT NULL,
  PRIMARY KEY (review, weak)
) STRICT, WITHOUT ROWID;

-- The same for one item.
CREATE TABLE item_alias (
  review INTEGER NOT NULL REFERENCES review (id),
  alias TEXT NOT NULL,            -- item id
  target TEXT NOT NULL,
  PRIMARY KEY (review, alias)
) STRICT, WITHOUT ROWID;
