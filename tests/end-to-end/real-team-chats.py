#!/usr/bin/env python3
"""Real exports of team chats, counted by a second program that shares nothing with the first.

Read where $VANTAGE_SHARED_DATA says they lie; without them the cases are skipped. Nothing of what
they hold is printed: numbers alone.
"""

import csv
import glob
import json
import os
import sys
from datetime import datetime, timedelta, timezone

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'cli'))
import ctl  # noqa: E402
from ctl import Skip, equal, holds  # noqa: E402

DATA = os.environ.get('VANTAGE_SHARED_DATA', '')
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def files(*names):
    found = sorted(glob.glob(os.path.join(DATA, *names), recursive=True)) if DATA else []
    if not found:
        raise Skip('those exports are not beside this repository')
    return found


def load(path):
    with open(path, encoding='utf-8-sig') as f:
        return json.load(f)


def written(at):
    return at.astimezone(timezone.utc).strftime('%Y-%m-%dT%H:%M:%S.%fZ')


def of_ms(ms):
    return written(EPOCH + timedelta(milliseconds=ms))


def of_text(text):
    head, dot, rest = text.replace('Z', '+00:00').partition('.')
    digits = ''.join(c for c in rest if c.isdigit() or c in '+-').partition('+')[0] if dot else ''
    zone = text[-6:] if text[-6] in '+-' else '+00:00'
    at = datetime.fromisoformat(head[:19] + zone)
    return written(at + timedelta(microseconds=int((digits + '000000')[:6]) if dot else 0))


class Count:
    """Each message once, by its channel and its id."""

    def __init__(self):
        self.all = {}

    def add(self, channel, ident, **facts):
        self.all[channel, ident] = facts

    def summary(self):
        rows = self.all.values()
        replies = [(c, f['root']) for (c, _), f in self.all.items() if f.get('root')]
        return {
            'items': len(self.all),
            'channels': len({c for c, _ in self.all}),
            'authors': len({f['by'] for f in rows if f.get('by')}),
            'replies': len(replies),
            'threads': len(set(replies)),
            'reactions': sum(f.get('reactions', 0) for f in rows),
            'edited': sum(1 for f in rows if f.get('edited')),
            'joins': sum(1 for f in rows if f.get('join')),
            'files': sum(f.get('files', 0) for f in rows),
            'times': sorted(f['at'] for f in rows),
        }


def compare(home, path, count, *options):
    review = home.review(os.path.basename(path))
    made = home.json('import', review, path, *options, status=None)['sources'][0]
    all_ = home.json('items', review)['items']
    replies = [i for i in all_ if i['thread'] not in (None, i['id'])]
    name = os.path.join(*path.split(os.sep)[-2:])
    own = count.summary()
    equal({
        'items': made['items'],
        'channels': made['channels'],
        'authors': made['people'],
        'replies': len(replies),
        'threads': len({i['thread'] for i in replies}),
        'reactions': sum(r['count'] for i in all_ for r in i['reactions']),
        'edited': sum(1 for i in all_ if i['edited']),
        'joins': made['kinds'].get('join', 0),
        'files': sum(len(i['attachments']) for i in all_),
        'times': [i['time'] for i in all_],
    }, own, name)
    equal((made['first'], made['last']), (own['times'][0], own['times'][-1]), name)
    equal(len({i['id'] for i in all_}), len(all_), name)
    again = home.json('import', review, path, *options, status=None)['sources'][0]
    equal((again['id'], again['new_items']), (None, 0), name + ': a second time adds nothing')
    return made, all_


def refused(home, paths):
    for path in paths:
        home.run('import', home.review(os.path.basename(path)), path, status=1)


# ---- Microsoft Teams ----

def count_teams(paths):
    count = Count()
    for path in paths:
        page = json.loads(load(path)['Response'])
        for m in page['value']:
            detail = m.get('eventDetail') or {}
            who = (m['from'] or {}).get('user') or (m['from'] or {}).get('application') or (detail.get('initiator') or {}).get('user')
            count.add(m['chatId'] or m['channelIdentity']['channelId'], m['id'], at=of_text(m['createdDateTime']),
                      by=who and who['id'], root=m['replyToId'], reactions=len(m['reactions'] or []),
                      edited=m['lastEditedDateTime'], files=len(m['attachments'] or []),
                      join='membersAdded' in detail.get('@odata.type', '') or 'membersJoined' in detail.get('@odata.type', ''))
    return count


def teams(home):
    for path in files('teams', 'pnpcore-*', '*.json'):
        made, _ = compare(home, path, count_teams([path]))
        equal('more-pages' in {n['code'] for n in made['notes']}, '@odata.nextLink' in json.loads(load(path)['Response']))
    for folder in files('teams', 'pnpcore-*'):
        compare(home, folder, count_teams(files('teams', os.path.basename(folder), '*.json')))
    refused(home, files('teams', 'vercel-chat-activities', '**', '*.json'))


# ---- Discord ----

def count_discord(path):
    count = Count()
    export = load(path)
    for m in export['messages']:
        author = m['author']
        gone = author['name'] == 'Deleted User' and author['discriminator'] == '0000'
        count.add(export['channel']['id'], m['id'], at=of_text(m['timestamp']), by=None if gone else author['id'],
                  reactions=sum(r['count'] for r in m['reactions']), edited=m['timestampEdited'],
                  files=len(m['attachments']), join=m['type'] == 'GuildMemberJoin')
    return count


def discord(home):
    for path in files('discord', 'chat-analytics', '*.json') + files('discord', 'dcef', '**', '*.json') + files('discord', 'twiingg', '*.json'):
        _, all_ = compare(home, path, count_discord(path), '--direct')
        equal(sum(1 for i in all_ if i['reply_to']), sum(1 for m in load(path)['messages'] if 'reference' in m))
    refused(home, files('discord', 'vercel-chat-gateway', '**', '*.json'))
    refused(home, files('discord', 'chat-analytics', 'DM_*.json'))


def discord_tables(home):
    for path in files('discord', 'komodo-csv-txt', '**', '*.csv'):
        count = Count()
        with open(path, encoding='utf-8-sig', newline='') as f:
            for n, row in enumerate(list(csv.reader(f, delimiter=';'))[1:]):
                at = datetime.strptime(row[2], '%d-%b-%y %I:%M %p').replace(tzinfo=timezone.utc)
                count.add('one', n, at=written(at), by=row[0], files=1 if row[4] else 0)
        compare(home, path, count, '--time-zone', 'UTC')
        refused(home, [path])


# ---- Mattermost ----

def count_mattermost(paths, direct):
    count = Count()

    def take(channel, post, root=None):
        # No posts of one channel share a millisecond and an author in these files.
        ident = post.get('id') or (post['create_at'], post.get('user'), post['message'])
        metadata = post.get('metadata') or {}
        count.add(channel, ident, at=of_ms(post['create_at']), by=post.get('user_id') or post.get('user'),
                  root=post.get('root_id') or root, reactions=len(post.get('reactions') or metadata.get('reactions') or []),
                  edited=post.get('edit_at'), files=len(post.get('attachments') or post.get('file_ids') or []),
                  join=post.get('type') in ('system_join_team', 'system_join_channel', 'system_add_to_channel'))
        for reply in post.get('replies') or []:
            take(channel, reply, ident)

    for path in paths:
        with open(path, encoding='utf-8') as f:
            text = f.read()
        if '"type":"version"' in text[:40]:
            for line in map(json.loads, filter(None, text.splitlines())):
                if line['type'] == 'post':
                    take((line['post']['team'], line['post']['channel']), line['post'])
                elif line['type'] == 'direct_post' and direct:
                    take(tuple(sorted(line['direct_post']['channel_members'])), line['direct_post'])
            continue
        value = json.loads(text)
        posts = [v['data'] for v in value] if isinstance(value, list) else value.get('posts', {}).values()
        for post in posts:
            take(post['channel_id'], post)
    return count


def mattermost(home):
    for path in files('mattermost', 'zulip-20*', '**', '*xport.json'):
        compare(home, path, count_mattermost([path], False))
        compare(home, path, count_mattermost([path], True), '--direct')
    for path in files('mattermost', 'grimoirelab-elk', '*.json') + files('mattermost', 'perceval-api', 'mattermost_posts.json') + \
            files('mattermost', 'perceval-api', 'mattermost_posts_next.json'):
        compare(home, path, count_mattermost([path], False))
    folder, = files('mattermost', 'perceval-api')
    compare(home, folder, count_mattermost(files('mattermost', 'perceval-api', 'mattermost_posts*.json'), False))
    refused(home, files('mattermost', 'perceval-api', 'mattermost_[ceu]*.json') + files('mattermost', 'perceval-api', '*_empty.json'))


# ---- Zulip ----

def zulip(home):
    folder, = files('zulip', 'dev-realm')
    realm = load(os.path.join(folder, 'realm.json'))
    attached = [i for a in load(os.path.join(folder, 'attachment.json'))['zerver_attachment'] for i in a['messages']]
    streams = {r['id']: r['type_id'] for r in realm['zerver_recipient'] if r['type'] == 2}
    for direct in (False, True):
        count, roots = Count(), {}
        for m in sorted(load(os.path.join(folder, 'messages-000001.json'))['zerver_message'], key=lambda m: m['id']):
            stream = streams.get(m['recipient'])
            if stream is None and not direct:
                continue
            root = roots.setdefault((stream, m['subject'].casefold()), m['id']) if m['subject'] else m['id']
            count.add(stream, m['id'], at=written(EPOCH + timedelta(microseconds=round(m['pub_date'] * 1000000))), by=m['sender'],
                      root=None if root == m['id'] else root, files=attached.count(m['id']), edited=m['last_edit_time'])
        compare(home, folder, count, *(['--direct'] if direct else []))
    refused(home, [os.path.join(folder, 'realm.json'), os.path.join(folder, 'attachment.json')])


def zulip_in_parts(home):
    folder, = files('zulip', 'zulip')
    count = Count()
    for path in files('zulip', 'zulip', '*.json'):
        for m in load(path)['zerver_message']:
            count.add('unknown', m['id'], at=written(EPOCH + timedelta(seconds=m['date_sent'])))
    made, _ = compare(home, folder, count)
    holds(not made['complete'], 'it is said that the tables are missing')


# ---- Google Chat ----

def events_of_google_chat(home):
    refused(home, files('google-chat', '**', '*.json'))


ctl.main('end-to-end/real-team-chats', [teams, discord, discord_tables, mattermost, zulip, zulip_in_parts, events_of_google_chat])
