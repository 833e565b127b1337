#!/usr/bin/env python3
"""Ended without warning at any moment: what was answered is there, nothing is half there."""

import os
import random
import signal
import time
import zipfile

import ctl
from ctl import equal, holds

N_MESSAGES = 40000


def make_export(path):
    """A Slack export large enough to be interrupted."""
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as z:
        z.writestr('users.json', ctl.json.dumps([{'id': f'U{i}', 'name': f'user{i}', 'profile': {}} for i in range(9)]))
        z.writestr('channels.json', ctl.json.dumps([{'id': 'C1', 'name': 'ops', 'members': []}]))
        day = [{'type': 'message', 'user': f'U{i % 9}', 'text': f'message number {i}', 'ts': f'{1741910000 + i}.000100'}
               for i in range(N_MESSAGES)]
        z.writestr('ops/2025-03-14.json', ctl.json.dumps(day))


def an_import_is_there_whole_or_not_at_all(home):
    review = home.review()
    export = home.path('export.zip')
    make_export(export)
    rng = random.Random(7)
    seen = set()
    for _ in range(10):
        process = home.start('import', review, export)
        time.sleep(rng.uniform(0.01, 0.6))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        total = home.json('items', review)['total']
        holds(total in (0, N_MESSAGES), total)
        equal(len(home.json('sources', review)['sources']), 1 if total else 0)
        seen.add(total)
        if total:
            break
    holds(0 in seen, 'it was interrupted at least once')
    home.run('import', review, export)
    equal(home.json('items', review, '--limit', '0')['total'], N_MESSAGES)
    equal(home.json('items', review, '--query', 'number 39999', '--limit', '0')['total'], 1)
    equal(home.json('verify')['problems'], [])


def what_was_answered_is_there(home):
    review = home.review()
    rng = random.Random(11)
    answered, begun = set(), set()
    for i in range(40):
        title = f'edit {i}'
        begun.add(title)
        process = home.start('event', 'add', review, '--title', title)
        if i % 2:
            time.sleep(rng.uniform(0, 0.05))
            process.send_signal(signal.SIGKILL)
        out, _ = process.communicate(timeout=60)
        if out.strip():
            answered.add(title)
    there = [e['title'] for e in home.json('list', review, 'event')['events']]
    equal(len(there), len(set(there)))
    holds(answered <= set(there) <= begun, (answered - set(there), set(there) - begun))
    equal(home.json('verify')['problems'], [])


def a_restore_that_was_cut_off_is_finished(home):
    review = home.with_sample()
    home.run('backup', home.path('copies'))
    copy = home.path('copies', os.listdir(home.path('copies'))[0])
    home.run('event', 'add', review, '--title', 'after the copy')
    rng = random.Random(3)
    for _ in range(8):
        process = home.start('restore', copy)
        time.sleep(rng.uniform(0, 0.06))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        titles = [e['title'] for e in home.json('list', review, 'event')['events']]
        holds(titles in ([], ['after the copy']), titles)
        equal(home.json('verify')['problems'], [])
    home.run('restore', copy)
    equal(home.json('list', review, 'event')['events'], [])


ctl.main('cli/kill', [an_import_is_there_whole_or_not_at_all, what_was_answered_is_there,
                      a_restore_that_was_cut_off_is_finished])
