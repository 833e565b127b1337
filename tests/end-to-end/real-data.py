#!/usr/bin/env python3
"""Real exports, counted by a second program that shares nothing with the first, to the last one.

Read where $VANTAGE_SHARED_DATA says they lie; without them, and without the maker of synthetic
exports beside them, the cases are skipped. Nothing of what they hold is printed: numbers alone.
"""

import gzip
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'cli'))
import ctl  # noqa: E402
from ctl import Skip, equal, holds  # noqa: E402

DATA = os.environ.get('VANTAGE_SHARED_DATA', '')
SLACK = os.path.join(DATA, 'slack')
MAKER = os.path.join(os.path.dirname(DATA.rstrip('/')), 'tools', 'make-slack-export.py')
JOINS = {'channel_join', 'group_join'}


def the_file(*names):
    path = os.path.join(DATA, *names)
    if not DATA or not os.path.exists(path):
        raise Skip('that file is not beside this repository')
    return path


def stamp(seconds):
    whole, _, rest = str(seconds).partition('.')
    at = datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(seconds=int(whole), microseconds=int((rest + '000000')[:6]))
    return at.strftime('%Y-%m-%dT%H:%M:%S.%fZ')


class Count:
    """What one export holds, each message once by its channel and its time stamp."""

    def __init__(self):
        self.messages = {}

    def add(self, channel, message):
        if not isinstance(message, dict) or 'ts' not in message:
            return
        key = (channel, str(message['ts']))
        known = self.messages.get(key)
        if known is None or len(message) > len(known):
            self.messages[key] = message
        for reply in message.get('slackdump_thread_replies') or []:
            self.add(channel, reply)

    def summary(self):
        all_ = self.messages.items()
        authors = set()
        for (_, _), m in all_:
            who = m.get('user') or m.get('bot_id') or (m.get('comment') or {}).get('user') or m.get('username')
            if who:
                authors.add(who)
        return {
            'items': len(self.messages),
            'channels': len({c for c, _ in self.messages}),
            'authors': len(authors),
            'replies': sum(1 for (_, ts), m in all_ if m.get('thread_ts') not in (None, ts)),
            'threads': len({(c, m['thread_ts']) for (c, ts), m in all_ if m.get('thread_ts') not in (None, ts)}),
            'reactions': sum(r.get('count', len(r.get('users', []))) for _, m in all_ for r in m.get('reactions') or []),
            'edited': sum(1 for _, m in all_ if m.get('edited')),
            'joins': sum(1 for _, m in all_ if m.get('subtype') in JOINS),
            'files': sum(len(m.get('files') or []) for _, m in all_),
            'first': min(stamp(ts) for _, ts in self.messages),
            'last': max(stamp(ts) for _, ts in self.messages),
        }


def is_day(name):
    return len(name) == 15 and name.endswith('.json') and name[:4].isdigit()


def read_tree(names, read):
    """A workspace export or a dump: day files in folders of channels, or a file a channel."""
    count = Count()
    for name in sorted(names):
        parts = name.split('/')
        if '__MACOSX' in parts or not name.endswith('.json'):
            continue
        if is_day(parts[-1]) and len(parts) > 1:
            for message in json.loads(read(name)):
                count.add(parts[-2], message)
        else:
            value = json.loads(read(name))
            if isinstance(value, dict) and isinstance(value.get('messages'), list):
                for message in value['messages']:
                    count.add(value.get('channel_id', ''), message)
    return count


def read_chunks(streams):
    """slackdump's archive: lines of messages and of threads, the same ones more than once."""
    count = Count()
    for stream in streams:
        for line in io.TextIOWrapper(gzip.open(stream), encoding='utf-8'):
            chunk = json.loads(line)
            if chunk.get('t') in (0, 1):
                for message in chunk.get('m') or []:
                    count.add(chunk.get('id', ''), message)
    return count


def count_independently(path):
    if path.endswith('.zip'):
        with zipfile.ZipFile(path) as z:
            return read_tree(z.namelist(), z.read)
    if path.endswith('.jsonl.gz'):
        return read_chunks([path])
    if os.path.isdir(path):
        names = [os.path.relpath(os.path.join(d, f), path) for d, _, files in os.walk(path) for f in files]
        if any(n.endswith('.json.gz') for n in names):
            return read_chunks([os.path.join(path, n) for n in names if n.endswith('.json.gz')])
        return read_tree(names, lambda n: open(os.path.join(path, n), 'rb').read())
    with open(path, 'rb') as f:
        return read_tree([os.path.basename(path)], lambda n: f.read())


def count_by_vantage(home, path, review):
    made = home.json('import', review, path, status=None)['sources'][0]
    items = home.json('items', review)
    equal(items['total'], len(items['items']))
    all_ = items['items']
    equal(len({i['id'] for i in all_}), len(all_), 'ids are of one item each')
    replies = [i for i in all_ if i['thread'] not in (None, i['id'])]
    got = {
        'items': made['items'],
        'channels': len({i['id'].rsplit('.', 2)[0] for i in all_}),
        'authors': len({i['identity'] for i in all_ if i['identity']}),
        'replies': len(replies),
        'threads': len({i['thread'] for i in replies}),
        'reactions': sum(r['count'] for i in all_ for r in i['reactions']),
        'edited': sum(1 for i in all_ if i['edited']),
        'joins': sum(1 for i in all_ if i['kind'] == 'join'),
        'files': sum(len(i['attachments']) for i in all_),
        'first': made['first'],
        'last': made['last'],
    }
    equal(made['items'], items['total'])
    equal(sum(made['kinds'].values()), made['items'])
    equal((all_[0]['time'], all_[-1]['time']), (made['first'], made['last']), 'items come by time')
    return got, all_


def compare(home, *names):
    path = os.path.join(SLACK, *names)
    if not DATA or not os.path.exists(path):
        raise Skip('that export is not beside this repository')
    review = home.review()
    got, _ = count_by_vantage(home, path, review)
    equal(got, count_independently(path).summary(), names[-1])
    again = home.json('import', review, path, status=None)['sources'][0]
    equal((again['id'], again['new_items']), (None, 0), 'a second time adds nothing')


def a_workspace_of_many_channels(home):
    compare(home, 'bcneng-2020')


def an_archive_of_an_export(home):
    compare(home, 'slackdump', 'source_export.zip')


def an_archive_of_a_dump(home):
    compare(home, 'slackdump', 'source_dump.zip')


def lines_that_repeat_themselves(home):
    compare(home, 'slackdump', 'source_archive')
    compare(home, 'slackdump', 'chunks.jsonl.gz')


def the_same_channel_in_two_containers_is_the_same(home):
    folder = os.path.join(SLACK, 'slackdump')
    if not DATA or not os.path.isdir(folder):
        raise Skip('those exports are not beside this repository')
    for pair in (('source_export.zip', 'source_archive'), ('source_dump.zip', 'CHY5HUESG.json')):
        ids = []
        for name in pair:
            review = home.review(name)
            _, items = count_by_vantage(home, os.path.join(folder, name), review)
            ids.append({(i['id'], i['time'], i['thread']) for i in items})
        equal(ids[0], ids[1], pair)
        equal(home.json('import', review, os.path.join(folder, pair[0]))['sources'][0]['new_items'], 0)


def issues_of_ten_years(home):
    path = os.path.join(DATA, 'github', 'ietf-archive-load-balancers', 'archive.json')
    if not DATA or not os.path.exists(path):
        raise Skip('that archive is not beside this repository')
    with open(path, encoding='utf-8') as f:
        archive = json.load(f)
    threads = archive['issues'] + archive['pulls']
    comments = [c for t in threads for c in t['comments']]
    reviews = [r for t in archive['pulls'] for r in t['reviews']]
    times = [t[k] for t in threads for k in ('createdAt',)] + [c['createdAt'] for c in comments]
    review = home.review()
    made = home.json('import', review, path)['sources'][0]
    items = home.json('items', review)['items']
    remarks = [c for r in reviews for c in r['comments']]
    said = len(comments) + len(remarks) + len(reviews)
    equal((made['kinds'].get('ticket'), made['threads']), (len(threads), len(threads)))
    equal(made['kinds'].get('comment'), said)
    equal(len(items), made['items'])
    holds(made['first'] <= min(times).replace('Z', '.000000Z'))
    holds(made['last'] >= max(times).replace('Z', '.000000Z'))
    titles = sorted(t['title'] for t in threads)
    equal(len([i for i in items if i['kind'] == 'ticket' and any(i['text'].startswith(t) for t in titles)]), len(titles))
    equal(home.json('import', review, path)['sources'][0]['new_items'], 0)


def twelve_thousand_messages_of_thirty_channels(home):
    if not DATA or not os.path.exists(MAKER):
        raise Skip('the maker of exports is not beside this repository')
    out = home.path('export.zip')
    told = json.loads(subprocess.run([sys.executable, MAKER, '--messages', '12000', '--channels', '30', '--users', '80',
                                      '--days', '900', '--seed', '5', '--out', out], capture_output=True,
                                     check=True).stdout)
    review = home.review()
    got, items = count_by_vantage(home, out, review)
    own = count_independently(out).summary()
    left_out = [n for n in home.json('sources', review)['sources'][0]['notes'] if n['code'] == 'direct-left-out']
    if not left_out:
        equal(got, own)
        equal((got['items'], got['replies'], got['joins'], got['edited'], got['reactions'], got['files']),
              (told['messages'], told['replies'], told['joins'], told['edited'], told['reactions'], told['files']))
    all_of_it = home.review('with direct messages')
    made = home.json('import', all_of_it, out, '--direct', status=None)['sources'][0]
    equal((made['items'], made['first'], made['last']), (told['messages'], told['first_ts_utc'], told['last_ts_utc']))
    folder = home.path('unpacked')
    with zipfile.ZipFile(out, metadata_encoding='utf-8') as z:
        z.extractall(folder)
    other = home.review('as folder')
    equal(home.json('import', other, folder, '--direct', status=None)['sources'][0]['items'], told['messages'])
    ids = [{i['id'] for i in home.json('items', r)['items']} for r in (all_of_it, other)]
    equal(ids[0], ids[1], 'as folder and as archive the ids are the same')
    elsewhere = home.path('elsewhere')
    third = home.json('review', 'new', 'Elsewhere', library=elsewhere)['id']
    home.run('import', third, out, '--direct', library=elsewhere, status=None)
    equal({i['id'] for i in home.json('items', third, library=elsewhere)['items']}, ids[0], 'and in another library')


# ---- paging, alerts, calls ----

TIMING = re.compile(r'\s*(\d+(?::\d+)+)(?:[.,](\d+))?\s*-->\s*(\d+(?::\d+)+)(?:[.,](\d+))?(?:\s|$)')


def read_cues(path):
    """Cues with words in them: (start in seconds and microseconds, speakers)."""
    text = open(path, encoding='utf-8-sig').read().replace('\r\n', '\n').replace('\r', '\n')
    found = []
    for block in re.split(r'\n[ \t]*\n', text):
        lines = block.split('\n')
        starts = [i for i, line in enumerate(lines) if TIMING.match(line)]
        for at, following in zip(starts, starts[1:] + [len(lines)]):
            found.append((TIMING.match(lines[at]), '\n'.join(lines[at + 1:following])))
    short = any(re.search(r'(^|:)\d(:|$)', m.group(1)) for m, _ in found)
    cues = []
    for match, words in found:
        clock = 0
        for part in match.group(1).split(':'):
            clock = clock * 60 + int(part)
        digits = match.group(2) or ''
        us = int(digits) * 1000 if short and digits else int((digits + '000000')[:6])
        if re.sub(r'<[^>]*>', '', words).strip():
            cues.append((clock * 1000000 + us, re.findall(r'<v(?:\.\S*)? ([^>]+)>', words), words))
    return cues


def transcripts_of_calls(home):
    start = '2024-03-04T14:00:00Z'
    base = datetime(2024, 3, 4, 14, tzinfo=timezone.utc)
    names = ('teams-2022/transcript1.vtt', 'zoom-cip/transcript.vtt', 'meeting-intelligence/teams_sample.vtt',
             'webvtt-py/sample.vtt', 'webvtt-py/sample.srt', 'webvtt-py/missing_caption_text.vtt')
    for name in names:
        path = the_file('vtt-srt', name)
        review = home.review(name)
        made = home.json('import', review, path, '--start', start, status=None)['sources'][0]
        cues = read_cues(path)
        voices = {v for _, who, _ in cues for v in who}
        if not voices:
            heads = [m.group(1) for m in (re.match(r'([^:\n]{1,60}): ', words) for _, _, words in cues) if m]
            voices = {h for h in heads if heads.count(h) > 1}
        equal((made['items'], made['people']), (len(cues), len(voices)), name)
        times = sorted(base + timedelta(microseconds=us) for us, _, _ in cues)
        equal([i['time'] for i in home.json('items', review)['items']],
              [t.strftime('%Y-%m-%dT%H:%M:%S.%fZ') for t in times], name)
        equal(home.json('import', review, path, '--start', start, status=None)['sources'][0]['new_items'], 0)


def instant(text):
    at = datetime.fromisoformat(re.sub(r'(\.\d{6})\d+', r'\1', re.sub(r'\.(\d+)', lambda m: '.' + m.group(1).ljust(6, '0'), text)).replace('Z', '+00:00'))
    return at.astimezone(timezone.utc).strftime('%Y-%m-%dT%H:%M:%S.%fZ')


def files_below(*names):
    top = the_file(*names)
    return sorted(os.path.join(d, f) for d, _, files in os.walk(top) for f in files)


def compare_records(home, path, records, *options):
    """records: (time, account or None, thread or None) of each item that there should be."""
    review = home.review(os.path.basename(path))
    made = home.json('import', review, path, *options, status=None)['sources'][0]
    times = sorted(instant(r[0]) for r in records)
    name = os.path.basename(path)
    equal((made['items'], made['first'], made['last']), (len(records), times[0], times[-1]), name)
    equal([i['time'] for i in home.json('items', review)['items']], times, name)
    equal(made['people'], len({r[1] for r in records if r[1]}), name)
    equal(made['threads'], len({r[2] for r in records if r[2] is not None}), name)
    equal(home.json('import', review, path, *options, status=None)['sources'][0]['new_items'], 0, name)
    return made


def refused(home, path, *options):
    review = home.review(os.path.basename(path))
    home.run('import', review, path, *options, status=1)


def pagerduty_records(value):
    if isinstance(value, list):
        return [r for v in value for r in pagerduty_records(v)]
    if 'messages' in value:
        found = []
        for message in value['messages']:
            incident = message.get('incident') or message['data']['incident']
            entries = message.get('log_entries') or []
            who = incident.get('resolved_by_user') or incident.get('last_status_change_by')
            does = message.get('type', '').split('.')[-1] not in ('trigger', 'assign')
            found += [(e['created_at'], e['agent']['id'], incident['id']) for e in entries] or \
                [(message['created_on'], who['id'] if who and does else None, incident['id'])]
        return found
    if 'event' in value:
        event = value['event']
        return [(event['occurred_at'], event['agent']['id'], event['data']['id'])]
    if 'note' in value:
        return [(value['note']['created_at'], value['note']['user']['id'], None)]
    if 'incidents' in value or isinstance(value.get('incident'), dict) and 'type' not in value:
        return pagerduty_records(value.get('incidents') or [value['incident']])
    if value['type'] == 'incident':
        return [(value['created_at'], None, value['id'])]
    if value['type'] == 'alert':
        return [(value['created_at'], value['integration']['id'], value['incident']['id'])]
    return [(value['created_at'], value['agent']['id'], value['incident']['id'])]


def pages_and_webhooks_of_pagerduty(home):
    n = 0
    for path in files_below('pagerduty'):
        if os.path.basename(path) in ('services.json', 'teams.json', 'prioritiesResource.json'):
            refused(home, path)
            continue
        with open(path, encoding='utf-8') as f:
            compare_records(home, path, pagerduty_records(json.load(f)))
        n += 1
    holds(n > 20)


def alert_records(value):
    found = {}
    for alert in value['alerts']:
        found[(alert['fingerprint'], 'f', alert['startsAt'])] = alert['startsAt']
        if alert['status'] == 'resolved' and not alert['endsAt'].startswith('0001'):
            found[(alert['fingerprint'], 'r', alert['endsAt'])] = alert['endsAt']
    return [(at, value['receiver'] or 'the program', key[0]) for key, at in found.items()]


def alerts_of_alertmanager_and_grafana(home):
    n = 0
    for path in files_below('alertmanager') + files_below('grafana'):
        with open(path, encoding='utf-8') as f:
            value = json.load(f)
        if 'alerts' in value:
            compare_records(home, path, alert_records(value))
        else:
            refused(home, path)
            start = '2024-03-04T14:00:00Z'
            compare_records(home, path, [(start, 'Grafana', value['ruleId'])], '--start', start)
        n += 1
    holds(n == 12)


def calendar_events(path):
    text = open(path, encoding='utf-8').read().replace('\r\n', '\n').replace('\n ', '').replace('\n\t', '')
    zone = re.search(r'^X-WR-TIMEZONE:(.*)$', text, re.M).group(1)
    for block in re.findall(r'BEGIN:VEVENT\n(.*?)END:VEVENT', text, re.S):
        event = {}
        for line in block.splitlines():
            head, _, value = line.partition(':')
            name, _, params = head.partition(';')
            event[name] = (value, params)
        yield event, zone


def clock(value, params, zone):
    """(instant, wall clock) of a time in a calendar."""
    named = re.search(r'TZID=([^;:]+)', params)
    wall = datetime.strptime(value.rstrip('Z'), '%Y%m%dT%H%M%S' if 'T' in value else '%Y%m%d')
    at = timezone.utc if value.endswith('Z') else ZoneInfo(named.group(1) if named else zone)
    return wall.replace(tzinfo=at), wall


def shifts(path, since, until):
    """Begins of all shifts that meet the range, for rules of days and weeks alone."""
    events = list(calendar_events(path))
    moved = {(e['UID'][0], clock(*e['RECURRENCE-ID'], z)[0]) for e, z in events if 'RECURRENCE-ID' in e}
    found = []
    for event, zone in events:
        begin, wall = clock(*event['DTSTART'], zone)
        length = clock(*event['DTEND'], zone)[1] - wall
        rule = dict(p.split('=') for p in event.get('RRULE', ('', ''))[0].split(';') if p)
        step = timedelta(days=int(rule.get('INTERVAL', 1)) * (7 if rule.get('FREQ') == 'WEEKLY' else 1))
        last = datetime.strptime(rule['UNTIL'], '%Y%m%d').date() if 'UNTIL' in rule else None
        while begin < until and not (last and wall.date() > last):
            if begin + length > since and ('RECURRENCE-ID' in event or (event['UID'][0], begin) not in moved):
                found.append((begin.isoformat(), event['SUMMARY'][0].lower(), None))
            if not rule:
                break
            wall += step
            begin = wall.replace(tzinfo=begin.tzinfo)
    return found


def rotations(home):
    since, until = datetime(2021, 1, 20, tzinfo=timezone.utc), datetime(2023, 10, 20, tzinfo=timezone.utc)
    paths = files_below('ics', 'grafana-oncall')
    for path in paths:
        compare_records(home, path, shifts(path, since, until), '--since', since.strftime('%Y-%m-%dT%H:%M:%SZ'),
                        '--until', until.strftime('%Y-%m-%dT%H:%M:%SZ'))
    equal(len(paths), 6)


def epoch(number):
    digits = str(number)
    us = int(digits) * 1000 if len(digits) == 13 else int(digits) // 1000
    return (datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(microseconds=us)).isoformat()


def alerts_of_opsgenie(home):
    for path in files_below('opsgenie'):
        name = os.path.basename(path)
        with open(path, encoding='utf-8') as f:
            value = json.load(f)
        if name in ('users.json', 'teams.json', 'escalate.json'):
            refused(home, path)
        elif isinstance(value, list):
            compare_records(home, path, [(a['createdAt'], a['owner'] or None, a['id']) for a in value])
        else:
            alert = value['alert']
            at = alert['createdAt'] if value['action'] == 'Create' else alert['updatedAt']
            compare_records(home, path, [(epoch(at), alert['username'], alert['alertId'])])


def updates_of_a_status_page(home):
    for path in files_below('statuspage'):
        with open(path, encoding='utf-8') as f:
            value = json.load(f)
        page = value['page']['id']
        if 'incident' in value:
            updates = value['incident']['incident_updates']
            compare_records(home, path, [(u['display_at'], page, u['incident_id']) for u in updates])
        else:
            compare_records(home, path, [(value['component_update']['created_at'], page, None)])


ctl.main('end-to-end/real-data', [
    a_workspace_of_many_channels, an_archive_of_an_export, an_archive_of_a_dump, lines_that_repeat_themselves,
    the_same_channel_in_two_containers_is_the_same, issues_of_ten_years, twelve_thousand_messages_of_thirty_channels,
    transcripts_of_calls, pages_and_webhooks_of_pagerduty,
    alerts_of_alertmanager_and_grafana, rotations, alerts_of_opsgenie,
    updates_of_a_status_page])
