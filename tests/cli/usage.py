#!/usr/bin/env python3
"""How it ends, what it says when called in a way that means nothing, and what a person reads."""

import os
import re
import sqlite3
import subprocess
import unicodedata

import ctl
from ctl import PROGRAM, equal, holds


def every_command_explains_itself(home):
    listed = [line.split('  ')[1].strip() for line in home.run('--help').out.splitlines() if line.startswith('  ')]
    holds(len(listed) > 50, listed)
    for command in listed:
        run = home.run(*command.split(), '--help')
        first, empty, summary = run.out.splitlines()[:3]
        holds(first.startswith(f'vantagectl {command}'), first)
        holds(empty == '' and summary, run.out)
        holds(not os.path.exists(home.library), 'help opens nothing')


def wrong_usage_ends_with_2_and_changes_nothing(home):
    review = home.review()
    before = home.json('history', review)
    wrong = [
        [], ['no-such-command'], ['review'], ['review', 'new'], ['review', 'new', 'A', 'B'],
        ['review', 'new', 'A', '--kind', 'disaster'], ['review', 'list', '--no-such-option'],
        ['review', 'stage', review, 'nowhere'], ['review', 'delete', review], ['import', review],
        ['items', review, '--limit', 'many'], ['items', review, '--limit', '-3'], ['items', review, '--as', 'xml'],
        ['event', 'add', review], ['event', 'add', review, '--title', 'x', '--from', '2025-01-01T00:00:00Z'],
        ['event', 'add', review, '--title', 'x', '--earliest', '2025-01-01T00:00:00Z'],
        ['event', 'add', review, '--title', 'x', '--plus-minus', '-1'], ['event', 'set', review, 'x'],
        ['link', review, 'a', 'hates', 'b'], ['constrain', review, 'a', 'beside', 'b'], ['list', review, 'cats'],
        ['bin', review, 'burn'], ['stats', review, '--by', 'year'], ['report', review, '--format', 'docx'],
        ['report', review, '--for', 'nobody'], ['export', review], ['export', review, '--format', 'xls'],
        ['finding', 'add', review], ['intake', review, '--answer', 'surprise=perhaps'],
        ['intake', review, '--answer', 'colour=yes'], ['profile', 'age=9'], ['due', '--until', 'soon'],
        ['interview', 'note', review, 'x', 'text', '--mark', 'loud'], ['interview', 'release', review, 'x'],
        ['verify', review, 'and', 'more'], ['person', 'add', review], ['--library'], ['undo'], ['check-language', 'a', 'b'],
    ]
    for words in wrong:
        run = home.run(*words, status=None) if words != ['--library'] else home.run('--library', status=None, bare=True)
        equal(run.status, 2, words)
        equal(run.out, '', words)
        holds(run.err.startswith('vantagectl: ') and run.err.endswith('\n'), run.err)
        holds('ERROR' not in run.err and 'CRITICAL' not in run.err, run.err)
    equal(home.json('history', review), before)


def what_cannot_be_done_ends_with_1(home):
    review = home.review()
    event = home.json('event', 'add', review, '--title', 'One')['id']
    with open(home.path('notes.txt'), 'w', encoding='utf-8') as f:
        f.write('nothing that is known\n')
    failing = [
        ['review', 'show', 'no such review'], ['items', review, '--person', 'Nobody'], ['items', review, '--kind', 'cat'],
        ['items', review, '--since', 'yesterday'], ['items', review, '--source', 'ffffffff'],
        ['import', review, home.path('missing.zip')], ['import', review, home.path('notes.txt')],
        ['event', 'add', review, '--title', 'x', '--item', 'a.b'], ['event', 'set', review, event, 'colour=red'],
        ['event', 'set', review, event, 'claim=imagined'], ['event', 'set', review, event, 'kind=sneezed'],
        ['event', 'set', review, event, 'title'], ['get', review, 'ffffffffffff'], ['redo', review],
        ['event', 'delete', review, 'ffffffff'], ['history', review, 'ffffffff'], ['restore', home.path('missing')],
        ['person', 'set', review, 'Nobody', 'team=x'], ['vantage-point', review, 'Nobody', '2025-01-01T00:00:00Z'],
        ['interview', 'show', review, 'ffffffff'], ['check-language', home.path('missing.txt')],
        ['report', review, '-o', home.path('no', 'such', 'folder.md')], ['codes', review, '--code', 'none'],
    ]
    before = home.json('history', review)
    for words in failing:
        run = home.run(*words, status=None)
        equal(run.status, 1, (words, run.err))
        holds(run.err.startswith('vantagectl: ') and len(run.err) > 20, run.err)
        equal(run.out, '', words)
        equal(home.run('--json', *words, status=1).out, '', words)
    equal(home.json('history', review), before, 'nothing changed')


def skipped_records_end_with_3_and_are_listed(home):
    review = home.review()
    with open(home.path('log.jsonl'), 'w', encoding='utf-8') as f:
        f.write('{"time":"2025-03-14T02:00:00Z","author":"a","text":"one"}\n'
                '{"time":"never","author":"a","text":"two"}\n'
                '{"time":"2025-03-14T02:00:02Z","author":"b","text":"three"}\n')
    made = home.json('import', review, home.path('log.jsonl'), status=3)['sources'][0]
    equal((made['items'], made['skipped_total'], len(made['skipped'])), (2, 1, 1))
    equal(made['skipped'][0]['offset'], 58, 'where it stands')
    equal(home.json('sources', review)['sources'], [made])
    both = home.json('import', review, home.path('missing.jsonl'), ctl.EXPORTS[2], status=3)['sources']
    equal([s['items'] for s in both], [0, 33], 'one that is not there keeps no other out')
    holds(both[0]['skipped'][0]['path'].endswith('missing.jsonl'), both[0])


def what_was_looked_for_and_found_ends_with_4(home):
    review = home.review()
    ids = [home.json('event', 'add', review, '--title', t, '--at', f'2025-03-14T0{i}:00:00Z')['id']
           for i, t in enumerate(('first', 'second'))]
    home.run('times', review)
    home.run('constrain', review, ids[1], 'before', ids[0])
    holds('first' in home.run('times', review, status=4).out, 'it is named')
    home.run('check-language', '-', given=b'Human error was the root cause.', status=4)
    home.run('verify')
    with sqlite3.connect(os.path.join(home.library, 'library.db')) as db:
        changed = db.execute("UPDATE entity SET registers = replace (registers, 'second', 'another')").rowcount
    db.close()
    holds(changed > 0)
    damaged = home.json('verify', status=4)
    holds(not damaged['ok'] and damaged['problems'], damaged)


def arguments_that_are_no_text_are_refused(home):
    for words in ([b'review', b'new', b'caf\xe9'], [b'--library', b'\xff\xfe', b'review', b'list']):
        done = subprocess.run([PROGRAM.encode()] + words, capture_output=True, env=home.env())
        equal(done.returncode, 2)
        holds(b'UTF-8' in done.stderr and not done.stdout, done.stderr)


def the_library_may_be_named_anywhere(home):
    other = home.path('another', 'place')
    home.run('review', 'new', 'There', '--library', other, bare=True)
    equal(oct(os.stat(other).st_mode & 0o777), '0o700')
    for words in (['--library', other, 'review', 'list'], ['review', '--library', other, 'list'],
                  ['review', 'list', '--library=' + other], ['--quiet', 'review', 'list', '--json', '--library', other]):
        holds('There' in home.run(*words, bare=True).out, words)
    holds('There' in home.run('review', 'list', bare=True, env={'VANTAGE_LIBRARY': other}).out, 'by the environment')
    equal(home.run('review', 'list', bare=True).out, '', 'the usual place is another one')
    holds(os.path.isdir(home.path('data', 'vantage', 'library')), 'and is made')
    home.run('review', 'new', '--json', '--library', other, '--', '--odd title', bare=True)
    holds('--odd title' in home.run('review', 'list', '--library', other, bare=True).out, 'after -- all is text')


def width(text):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in 'WF' else 1 for c in text)


def columns_stand_under_each_other(home):
    home.run('review', 'new', 'Night shift')
    home.run('review', 'new', '夜間の障害と長い題名')
    home.run('review', 'new', 'Überraschung\nmit\x1b[31m Umbruch')
    lines = home.run('review', 'list').out.splitlines()
    equal(len(lines), 3, 'line breaks of a title do not break the table')
    holds(not any(unicodedata.category(c) == 'Cc' for line in lines for c in line), 'nothing drives the terminal')
    starts = set()
    for line in lines:
        at = line.index('Intake')
        starts.add(width(line[:at]))
        equal(line, line.rstrip())
    equal(len(starts), 1, lines)


def times_in_text_stand_in_the_zone_of_the_review(home):
    review = home.with_sample(zone='Asia/Kolkata')
    line = home.run('items', review, '--limit', '1').out
    holds(re.match(r'^2025-03-\d\d \d\d:\d\d:\d\d(\.\d+)? \+05:30  ', line), line)
    event = home.json('event', 'add', review, '--title', 'x', '--at', '2025-03-14 07:30')['id']
    equal(home.json('get', review, event)['start']['at'], '2025-03-14T02:00:00.000000Z',
          'a time without offset is the clock of the review')
    holds('2025-03-14 07:30:00 +05:30' in home.run('get', review, event).out, 'shown so too')
    holds('2025-03-14 07:30:00 +05:30' in home.run('events', review).out)


def things_are_found_by_the_start_of_an_id(home):
    review = home.review()
    a, b = (home.json('event', 'add', review, '--title', t)['id'] for t in 'ab')
    n = len(os.path.commonprefix([a, b]))
    more = max(n, len(os.path.commonprefix([a, review])), len(os.path.commonprefix([b, review]))) + 1
    equal(home.json('get', review[:10], a[:more])['title'], 'a')
    equal(home.json('get', review, b[:more])['title'], 'b')
    holds('more than one' in home.run('get', review, a[:n], status=1).err.lower())
    home.run('review', 'new', 'Twin')
    home.run('review', 'new', 'Twin')
    home.run('review', 'show', 'Twin', status=1)


ctl.main('cli/usage', [every_command_explains_itself, wrong_usage_ends_with_2_and_changes_nothing,
                       what_cannot_be_done_ends_with_1, skipped_records_end_with_3_and_are_listed,
                       what_was_looked_for_and_found_ends_with_4, arguments_that_are_no_text_are_refused,
                       the_library_may_be_named_anywhere, columns_stand_under_each_other,
                       times_in_text_stand_in_the_zone_of_the_review, things_are_found_by_the_start_of_an_id])
