-- A straightforward import of a Slack export by the sqlite3 shell alone, to measure against: zipfile() and
-- json_each(). The same tables as plain-import.py. :export is set by the caller.
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE user (id TEXT PRIMARY KEY, name TEXT, email TEXT);
CREATE TABLE message (id INTEGER PRIMARY KEY, channel TEXT, ts TEXT, user TEXT, thread TEXT, kind TEXT,
                      text TEXT, reactions TEXT, files TEXT);
CREATE VIRTUAL TABLE fts USING fts5 (text, content = 'message', content_rowid = 'id');
CREATE TEMP TABLE channel AS
  SELECT c.value ->> 'name' AS name, c.value ->> 'id' AS id
  FROM zipfile (:export) z, json_each (CAST (z.data AS TEXT)) c WHERE z.name = 'channels.json';
BEGIN;
INSERT INTO user
  SELECT u.value ->> 'id', u.value ->> 'name', u.value ->> '$.profile.email'
  FROM zipfile (:export) z, json_each (CAST (z.data AS TEXT)) u WHERE z.name = 'users.json';
INSERT INTO message (channel, ts, user, thread, kind, text, reactions, files)
  SELECT ifnull (c.id, substr (z.name, 1, instr (z.name, '/') - 1)), m.value ->> 'ts', m.value ->> 'user',
         m.value ->> 'thread_ts', m.value ->> 'subtype', m.value ->> 'text', m.value -> 'reactions',
         m.value -> 'files'
  FROM zipfile (:export) z
  LEFT JOIN channel c ON c.name = substr (z.name, 1, instr (z.name, '/') - 1),
  json_each (CAST (z.data AS TEXT)) m
  WHERE z.name LIKE '%/%.json';
CREATE UNIQUE INDEX message_ts ON message (channel, ts);
CREATE INDEX message_thread ON message (channel, thread);
INSERT INTO fts (fts) VALUES ('rebuild');
COMMIT;
SELECT (SELECT count (*) FROM message), (SELECT count (*) FROM fts WHERE fts MATCH 'zzclosing');
