#!/usr/bin/env python3
"""Many at once on one library: nothing that was answered is missing, and it is whole afterwards."""

import json

import ctl
from ctl import equal, holds


def ten_edit_while_another_imports(home):
    review = home.review()
    n, each = 10, 6
    importing = home.start('--json', 'import', review, *ctl.EXPORTS)
    made, failed = [], []
    for turn in range(each):
        running = [home.start('--json', 'event', 'add', review, '--title', f'{turn}-{i}') for i in range(n)]
        for process in running:
            out, err = process.communicate(timeout=120)
            (made if process.returncode == 0 else failed).append(out if process.returncode == 0 else err)
    out, err = importing.communicate(timeout=120)
    equal(importing.returncode, 0, err)
    equal(failed, [], 'each of them was let through')
    ids = {json.loads(m)['id'] for m in made}
    equal(len(ids), n * each)
    listed = home.json('list', review, 'event')['events']
    equal({e['id'] for e in listed}, ids)
    equal({e['title'] for e in listed}, {f'{t}-{i}' for t in range(each) for i in range(n)})
    equal(home.json('items', review)['total'], sum(s['items'] for s in json.loads(out)['sources']))
    equal(home.json('verify')['problems'], [])


def two_imports_of_one_file_keep_it_once(home):
    review = home.review()
    running = [home.start('--json', 'import', review, ctl.EXPORTS[0]) for _ in range(3)]
    for process in running:
        out, err = process.communicate(timeout=120)
        equal(process.returncode, 0, err)
    items = home.json('items', review)
    equal(items['total'], 185)
    equal(len({i['id'] for i in items['items']}), 185)
    equal(home.json('verify')['problems'], [])


def edits_of_one_field_all_stand_in_the_history(home):
    review = home.review()
    event = home.json('event', 'add', review, '--title', 'start')['id']
    running = [home.start('event', 'set', review, event, f'title=by {i}') for i in range(10)]
    for process in running:
        out, err = process.communicate(timeout=120)
        equal(process.returncode, 0, err)
    after = {c['after'] for e in home.json('history', review, event)['edits'] for c in e['changes']
             if c['field'] == 'title'}
    equal(after, {'start'} | {f'by {i}' for i in range(10)})
    holds(home.json('get', review, event)['title'] in after)
    for _ in range(10):
        home.run('undo', review)
    equal(home.json('get', review, event)['title'], 'start', 'undo goes through what all of them did')
    equal(home.json('verify')['problems'], [])


def a_new_library_may_be_made_by_many_at_once(home):
    running = [home.start('--json', 'review', 'new', f'Review {i}') for i in range(8)]
    for process in running:
        out, err = process.communicate(timeout=120)
        equal(process.returncode, 0, err)
    equal({r['title'] for r in home.json('review', 'list')['reviews']}, {f'Review {i}' for i in range(8)})
    equal(home.json('verify')['problems'], [])


ctl.main('cli/many', [ten_edit_while_another_imports, two_imports_of_one_file_keep_it_once,
                      edits_of_one_field_all_stand_in_the_history, a_new_library_may_be_made_by_many_at_once])
