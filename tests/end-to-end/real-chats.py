#!/usr/bin/env python3
"""Real logs of chats, counted by a second program that shares nothing with the first.

Read where $VANTAGE_SHARED_DATA says they lie; without them the cases are skipped. Nothing of what
they hold is printed: numbers alone.
"""

import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'cli'))
import ctl  # noqa: E402
from ctl import Skip, equal  # noqa: E402

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


CASES = [
    logs_of_irssi_with_the_day_in_their_names, a_folder_of_two_channels, logs_of_znc, logs_of_ubuntu, a_log_of_supybot,
    logs_of_irclog2html_and_of_two_charsets, logs_of_dircproxy]
ctl.main('end-to-end/real-chats', CASES)
