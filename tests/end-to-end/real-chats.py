#!/usr/bin/env python3
"""Real logs of chats, counted by a second program that shares nothing with the first.

Read where $VANTAGE_SHARED_DATA says they lie; without them the cases are skipped. Nothing of what
they hold is printed: numbers alone.
"""

import json
import os
import re
import sys
import zipfile
from datetime import datetime, timezone

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'cli'))
import ctl  # noqa: E402
from ctl import Skip, equal, holds  # noqa: E402

DATA = os.environ.get('VANTAGE_SHARED_DATA', '')


def find(*names):
    path = os.path.join(DATA, *names)
    if not DATA or not os.path.exists(path):
        raise Skip('those files are not beside this repository')
    return path


def files_of(folder):
    return sorted(os.path.join(d, f) for d, _, files in os.walk(folder) for f in files)


def imported(home, path, *more):
    review = home.review()
    made = home.json('import', review, path, '--time-zone', 'UTC', *more, status=None)['sources'][0]
    items = home.json('items', review)['items']
    equal(len(items), made['items'])
    equal(len({i['id'] for i in items}), len(items), 'ids are of one item each')
    again = home.json('import', review, path, '--time-zone', 'UTC', *more, status=None)['sources'][0]
    equal(again['new_items'], 0, 'a second time adds nothing')
    return made, items


# ---- IRC ----

def lines_of(path):
    with open(path, 'rb') as f:
        for line in f.read().split(b'\n'):
            line = line.rstrip(b'\r')
            if not line.strip():
                continue
            try:
                yield line.decode('utf-8')
            except UnicodeDecodeError:
                yield line.decode('cp1252', 'replace')


KINDS = (('join', r'(Joins: \S+|\S+ .*\bhas joined #|\S+ \(.*\) joined the channel)'),
         ('leave', r'(Quits: |Parts: |\S+ (\S+ )?has quit|\S+ (\S+ )?has left|\S+ was kicked|\S+ quit)'),
         ('topic', r'\S+ (changes topic|changed the topic)'))


def count_irc(paths, stamp):
    """Messages, joins, leaves, topics, others; nicks that spoke; first and last time as written."""
    kinds, spoke, times, renamed = {}, set(), [], 0
    for path in paths:
        name = re.search(r'(\d{4})-?(\d\d)-?(\d\d)', path.replace('_', '-', 0))
        day = '-'.join(name.groups()) if name else ''
        for line in lines_of(path):
            line = re.sub(r'\x03(\d{1,2}(,\d{1,2})?)?|[\x02\x0f\x16\x1d\x1f\x11\x1e]', '', line)
            at = re.match(stamp, line)
            said = line[at.end():].lstrip(' ') if at else line
            if at and len(at.groups()) and at.group(1):
                clock = at.group(1)
                times.append(clock.replace('T', ' ')[:19] if len(clock) > 10 else f'{day} {clock}')
            elif not line.startswith('==='):
                continue
            message = re.match(r'<[@+%&~ ]?([^>\s!]+)(!\S+)?>( |\t|$)', said)
            action = re.match(r'\* (\S+)', said)
            notice = re.match(r'-(\S+?)-( |$)', said)
            if message or action or notice:
                kind = 'message'
                spoke.add((message or action or notice).group(1))
            else:
                event = re.sub(r'^(\*\*\*|===|-->|<--|-!-) ', '', said)
                kind = next((k for k, form in KINDS if event != said and re.match(form, event)), 'other')
                renamed += ' is now known as ' in event
            kinds[kind] = kinds.get(kind, 0) + 1
    return kinds, spoke, times, renamed


def compare_irc(home, paths, given, stamp, width=19):
    kinds, spoke, times, renamed = count_irc(paths, stamp)
    made, items = imported(home, given)
    equal(made['format'], 'irc')
    equal(made['kinds'], kinds, os.path.basename(given))
    people = {p['id']: p for p in home.json('people', home.json('review', 'list')['reviews'][0]['id'])['people']}
    names = {i['name'] for p in people.values() for i in p['identities']}
    equal({people[i['person']]['name'] for i in items if i['kind'] == 'message'}, spoke)
    equal(spoke - names, set())
    equal((made['first'][:width].replace('T', ' '), made['last'][:width].replace('T', ' ')),
          (min(times)[:width], max(times)[:width]))
    equal(sum(' is now known as ' in i['text'] for i in items if i['kind'] == 'other'), renamed)


def logs_of_irssi_with_the_day_in_their_names(home):
    folder = find('irc', 'irssi-teeworlds', 'ddnet')
    compare_irc(home, files_of(folder), folder, r'(\d\d:\d\d) ', 16)


def a_folder_of_two_channels(home):
    folder = find('irc', 'irssi-teeworlds')
    compare_irc(home, files_of(folder), folder, r'(\d\d:\d\d) ', 16)
    channels = {i['channel'] for i in home.json('items', home.json('review', 'list')['reviews'][0]['id'])['items']}
    equal(channels, {'ddnet', 'teeworlds'})


def logs_of_znc(home):
    folder = find('irc', 'qtox')
    compare_irc(home, files_of(folder), folder, r'\[(\d\d:\d\d:\d\d)\] ')


def logs_of_ubuntu(home):
    folder = find('irc', 'ubuntu')
    compare_irc(home, files_of(folder), folder, r'\[(\d\d:\d\d)\] ', 16)


def a_log_of_supybot(home):
    path = find('irc', 'supybot', 'supybot_valid.log')
    compare_irc(home, [path], path, r'(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\+0000)?  ')


def logs_of_irclog2html_and_of_two_charsets(home):
    for name in ('2005-01-08-test1.log', '2005-01-09-test2.log', '2011-01-16-hybrid-charset.log'):
        path = find('irc', 'irclog2html', name)
        compare_irc(home, [path], path, r'(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)  ')


def logs_of_dircproxy(home):
    for name in ('2009-01-14-dircproxy.log', '2009-01-15-dircproxy.log', '2009-01-16-dircproxy.log'):
        path = find('irc', 'irclog2html', name)
        compare_irc(home, [path], path, r'\[\d\d Jan (\d\d:\d\d)\] ', 16)


# ---- Rocket.Chat ----

def load(path):
    with open(path, encoding='utf-8') as f:
        return json.load(f)


def check_rocketchat(home, messages, given):
    """Each message once, without the earlier wordings that the server keeps beside it."""
    kept = {m['_id']: m for m in messages if not m.get('_hidden')}
    sorts = {'uj': 'join', 'ul': 'leave', 'rm': 'delete'}
    kinds = {}
    for m in kept.values():
        kind = sorts.get(m.get('t'), 'message')
        kinds[kind] = kinds.get(kind, 0) + 1
    made, items = imported(home, given)
    equal((made['format'], made['kinds']), ('rocketchat', kinds))
    equal({i['id'].split('.', 1)[1] for i in items}, set(kept))
    stamps = {k: m['ts'].replace('Z', '000Z') for k, m in kept.items()}
    equal({i['id'].split('.', 1)[1]: i['time'] for i in items}, stamps)
    equal((made['first'], made['last']), (min(stamps.values()), max(stamps.values())))
    authors = {(m.get('alias') if m.get('bot') else m['u']['_id']) for m in kept.values() if m.get('u')}
    equal(len({i['identity'] for i in items if i['identity']}), len(authors))
    equal(sum(r['count'] for i in items for r in i['reactions']),
          sum(len(r['usernames']) for m in kept.values() for r in (m.get('reactions') or {}).values()))
    equal(sum(1 for i in items if i['edited'] and i['kind'] == 'message'),
          sum(1 for m in kept.values() if m.get('editedAt') and 't' not in m))
    equal(sum(1 for i in items if i['thread'] not in (None, i['id'])), sum(1 for m in kept.values() if m.get('tmid')))


def pages_of_rocketchat(home):
    folder = find('rocketchat', 'perceval-api')
    names = [n for n in sorted(os.listdir(folder)) if n.startswith('message_')]
    check_rocketchat(home, [m for n in names for m in load(os.path.join(folder, n))['messages']], folder)


def messages_of_rocketchat_that_a_collector_wrapped(home):
    path = find('rocketchat', 'grimoirelab-elk', 'rocketchat.json')
    check_rocketchat(home, [r['data'] for r in load(path)], path)


def a_dump_of_a_database_is_refused(home):
    folder = find('rocketchat', 'zulip-mongodump')
    holds('bsondump' in home.run('import', home.review(), folder, status=1).err)


# ---- Telegram ----

def a_chat_of_telegram(home):
    path = find('telegram', 'chat-analytics', 'DM_2A_7M.json')
    messages = load(path)['messages']
    made, items = imported(home, path, '--direct')
    equal((made['format'], made['items'], made['kinds'].get('message')),
          ('telegram', len(messages), sum(m['type'] == 'message' for m in messages)))
    times = sorted(datetime.fromtimestamp(int(m['date_unixtime']), timezone.utc).strftime('%Y-%m-%dT%H:%M:%S.000000Z')
                   if 'date_unixtime' in m else m['date'] + '.000000Z' for m in messages)
    equal(sorted(i['time'] for i in items), times)
    equal((made['first'], made['last']), (times[0], times[-1]))
    equal(len({i['identity'] for i in items}), len({m.get('from_id') or m.get('actor_id') for m in messages}))
    equal(sum(len(i['attachments']) for i in items), sum('photo' in m for m in messages))
    flat = [m['text'] if isinstance(m['text'], str) else ''.join(p if isinstance(p, str) else p['text'] for p in m['text'])
            for m in messages if m['type'] == 'message']
    equal([i['text'] for i in items if i['kind'] == 'message'], flat)
    home.run('import', home.review('without'), path, '--time-zone', 'UTC', status=1)


def updates_for_bots_are_refused(home):
    folder = find('telegram', 'perceval-botapi')
    for name in sorted(os.listdir(folder)):
        holds('result.json' in home.run('import', home.review(name), os.path.join(folder, name), status=1).err)


# ---- WhatsApp ----

def chats_of_whatsapp(home):
    for name in ('2A_5M.txt', '4A_11M.txt', '4A_11M.zip'):
        path = find('whatsapp', 'chat-analytics', name)
        if name.endswith('.zip'):
            with zipfile.ZipFile(path) as z:
                text = z.read('_chat.txt').decode('utf-8')
        else:
            with open(path, encoding='utf-8', newline='') as f:
                text = f.read()
        found = re.findall(r'^(\d+)/(\d+)/(\d\d), (\d\d:\d\d) - (.*?)\r?$', text, re.M)
        times = sorted(f'20{y}-{int(m):02}-{int(d):02}T{clock}:00.000000Z' for m, d, y, clock, _ in found)
        said = [rest.split(': ', 1) for *_, rest in found if ': ' in rest]
        made, items = imported(home, path, '--map', 'order=mdy')
        equal((made['format'], made['items'], made['kinds'].get('message')), ('whatsapp', len(found), len(said)))
        equal((sorted(i['time'] for i in items), made['first'], made['last']), (times, times[0], times[-1]))
        messages = [i for i in items if i['kind'] == 'message']
        equal(len({i['identity'] for i in messages}), len({who for who, _ in said}))
        equal(sum(1 for i in messages if not i['attachments']), sum('omitted>' not in t for _, t in said))
        equal(made['kinds'].get('join', 0), sum(' added ' in rest for *_, rest in found))


CASES = [
    logs_of_irssi_with_the_day_in_their_names, a_folder_of_two_channels, logs_of_znc, logs_of_ubuntu, a_log_of_supybot,
    logs_of_irclog2html_and_of_two_charsets, logs_of_dircproxy, pages_of_rocketchat,
    messages_of_rocketchat_that_a_collector_wrapped, a_dump_of_a_database_is_refused, a_chat_of_telegram,
    updates_for_bots_are_refused, chats_of_whatsapp]
ctl.main('end-to-end/real-chats', CASES)
