#!/usr/bin/env python3
"""A straightforward import of a Slack export, to measure against: zipfile, json, sqlite3, FTS5.

plain-import.py EXPORT DATABASE [WORD]   → {"seconds", "messages", "found", "peak_rss_bytes"}

It keeps what a search over messages needs: who, where, when, thread, text, reactions and files, and a full text
index. WORD is searched at the end, so that "indexed and searchable" means the same as elsewhere.
"""

import json
import resource
import sqlite3
import sys
import time
import zipfile


def rows(export):
    with zipfile.ZipFile(export) as z:
        channels = {c['name']: c['id'] for c in json.loads(z.read('channels.json'))}
        for name in sorted(z.namelist()):
            folder, _, day = name.partition('/')
            if not day.endswith('.json'):
                continue
            for m in json.loads(z.read(name)):
                yield (channels.get(folder, folder), m['ts'], m.get('user'), m.get('thread_ts'), m.get('subtype'),
                       m.get('text', ''), json.dumps(m.get('reactions')), json.dumps(m.get('files')))


def main():
    export, database = sys.argv[1:3]
    word = sys.argv[3] if len(sys.argv) > 3 else 'zzclosing'
    begun = time.monotonic()
    db = sqlite3.connect(database)
    db.executescript("""
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = NORMAL;
        CREATE TABLE user (id TEXT PRIMARY KEY, name TEXT, email TEXT);
        CREATE TABLE message (id INTEGER PRIMARY KEY, channel TEXT, ts TEXT, user TEXT, thread TEXT, kind TEXT,
                              text TEXT, reactions TEXT, files TEXT);
        CREATE VIRTUAL TABLE fts USING fts5 (text, content = 'message', content_rowid = 'id');
    """)
    with zipfile.ZipFile(export) as z:
        users = json.loads(z.read('users.json'))
    db.executemany('INSERT INTO user VALUES (?, ?, ?)',
                   ((u['id'], u.get('name'), u.get('profile', {}).get('email')) for u in users))
    db.executemany('INSERT INTO message (channel, ts, user, thread, kind, text, reactions, files)'
                   ' VALUES (?, ?, ?, ?, ?, ?, ?, ?)', rows(export))
    db.execute('CREATE UNIQUE INDEX message_ts ON message (channel, ts)')
    db.execute('CREATE INDEX message_thread ON message (channel, thread)')
    db.execute("INSERT INTO fts (fts) VALUES ('rebuild')")
    db.commit()
    found = db.execute('SELECT count (*) FROM fts WHERE fts MATCH ?', (word,)).fetchone()[0]
    seconds = time.monotonic() - begun
    messages = db.execute('SELECT count (*) FROM message').fetchone()[0]
    print(json.dumps({'seconds': seconds, 'messages': messages, 'found': found,
                      'peak_rss_bytes': resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}))


main()
