#!/usr/bin/env python3
"""A review from its first line to a report that is taken away, by command line alone."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'cli'))
import ctl  # noqa: E402
from ctl import EXPORTS, SAMPLE, equal, holds  # noqa: E402

CANARY = 'the heron stood where the lamp was'
TITLE = 'The night of the broker'




def from_a_title_to_a_report(home):
    home.run('profile', 'name=Mika Sandberg', 'email=mika@example.org')
    home.run('review', 'new', TITLE)
    home.run('review', 'set', TITLE, 'zone=Europe/Berlin', 'investigator=Mika Sandberg',
             'purpose=To see what the night looked like from inside.')
    equal(home.json('intake', TITLE, '--answer', 'surprise=yes', '--answer', 'teams=yes', '--answer',
                    'thought-fixed=no', '--answer', 'new-teams=yes')['advice'], 'full')
    home.run('review', 'stage', TITLE, 'sources')
    made = home.json('import', TITLE, *EXPORTS)['sources']
    equal([s['skipped_total'] for s in made], [0, 0, 0, 0])

    # Several accounts are one person.
    for account in ('dana', 'dana-okafor'):
        home.run('person', 'merge', TITLE, 'Dana Okafor', account)
    home.run('person', 'merge', TITLE, 'Ilse Brandt', 'ilse')
    home.run('person', 'set', TITLE, 'Ilse Brandt', 'team=Storage', 'role=storage engineer')
    people = {p['name']: p for p in home.json('people', TITLE)['people']}
    equal(len(people['Dana Okafor']['identities']), 3)
    equal(people['Søren Aagaard']['part'], 'observer')
    wanted = [c['person'] for c in home.json('candidates', TITLE)['candidates']]
    holds(people['Søren Aagaard']['id'] in wanted, 'who only watched is somebody to talk to')

    # What was found on the way to a timeline.
    asked = home.json('items', TITLE, '--query', 'restart', '--person', 'ravi')['items']
    holds(asked, 'Ravi asks whether it is the restart')
    first = home.json('event', 'add', TITLE, '--title', 'Asks whether it is the restart', '--kind', 'asked',
                      '--item', asked[0]['id'], '--actor', 'ravi', '--at', asked[0]['time'])['id']
    second = home.json('event', 'add', TITLE, '--title', 'Sees the lag falling', '--kind', 'noticed', '--account',
                       'Dana Okafor', '--at', '2025-03-14T02:22:00+01:00', '--plus-minus', '300')['id']
    home.run('link', TITLE, first, 'asked', second)
    home.run('constrain', TITLE, second, 'before', first, '--account', 'Dana Okafor')
    told = home.run('times', TITLE, status=None)
    holds(told.status in (0, 4))

    # A conversation, and what may be given away of it.
    interview = home.json('interview', 'new', TITLE, 'Ilse Brandt')['id']
    home.run('interview', 'note', TITLE, interview, CANARY, '--mark', 'feeling')
    line = home.json('interview', 'note', TITLE, interview, 'Nine dashes told me what it was.')['id']
    passage = home.json('interview', 'annotate', TITLE, line, '--code', 'recognised')['id']
    shared = home.json('interview', 'release', TITLE, passage, '--form', 'name', '--agreed')['id']

    finding = home.json('finding', 'add', TITLE, '--title', 'Nobody on call had seen the nine dashes before')['id']
    home.run('finding', 'set', TITLE, finding, f'events=+{first}', f'passages=+{shared}', 'kinds=+few-know',
             'text=What to read in that column is known by one person, who had moved on.')
    home.run('experiment', 'add', TITLE, '--title', 'A second pair of eyes reads the dashes within ten minutes',
             'revisit=2025-04-01T08:00:00Z')
    home.run('undo', TITLE)
    home.run('redo', TITLE)
    equal(len(home.json('due')['due']), 1)

    report = home.path('report.md')
    home.run('report', TITLE, '--format', 'md', '--for', 'team', '-o', report)
    with open(report, encoding='utf-8') as f:
        text = f.read()
    for words in (TITLE, 'Nobody on call had seen the nine dashes before', 'Nine dashes told me what it was.',
                  'To see what the night looked like from inside.', 'Asks whether it is the restart'):
        holds(words in text, f'{words} is in the report')
    page = home.run('report', TITLE, '--format', 'html', '--for', 'everyone').out
    holds('Ilse' not in page and '<script' not in page, 'no name and no script for everyone')
    equal(home.json('verify'), home.json('verify'))
    equal(home.json('verify')['problems'], [])

    everything = text + page + home.run('export', TITLE, '--format', 'json').out + \
        home.run('--json', 'history', TITLE).out + home.run('export', TITLE, '--format', 'csv').out
    holds(CANARY not in everything, 'a private line is in nothing that leaves')
    for folder, _, files in os.walk(home.folder):
        for name in files:
            with open(os.path.join(folder, name), 'rb') as f:
                holds(CANARY.encode() not in f.read(), f'a private line is readable in {name}')


def a_second_import_adds_nothing(home):
    review = home.with_sample()
    before = home.json('items', review)
    sources = home.json('sources', review)
    for made in home.json('import', review, *EXPORTS)['sources']:
        equal((made['new_items'], made['id']), (0, None))
    equal(home.json('items', review), before)
    equal(home.json('sources', review), sources)


def ids_are_the_same_as_folder_as_archive_and_elsewhere(home):
    def told(library, path, zone):
        review = home.json('review', 'new', 'R', library=library)['id']
        home.run('review', 'set', review, 'zone=' + zone, library=library)
        home.json('import', review, path, library=library)
        return {i['id']: (i['time'], i['text'], i['thread'], i['sha256'])
                for i in home.json('items', review, library=library)['items']}
    archive = told(home.path('a'), EXPORTS[0], 'UTC')
    equal(len(archive), 185)
    equal(told(home.path('b'), os.path.join(SAMPLE, 'export'), 'Asia/Tokyo'), archive)
    equal(told(home.path('a'), os.path.join(SAMPLE, 'export'), 'UTC'), archive)


def the_same_edits_give_the_same_export(home):
    review = home.with_sample()
    event = home.json('event', 'add', review, '--title', 'One')['id']
    home.run('event', 'set', review, event, 'title=Two', 'body=In two\n\nparagraphs')
    home.run('finding', 'add', review, '--title', 'A thing')
    home.run('undo', review)
    home.run('person', 'merge', review, 'Dana Okafor', 'dana')
    home.run('backup', home.path('copies'))
    copy = home.path('copies', os.listdir(home.path('copies'))[0])
    other = home.path('other')
    home.run('restore', copy, library=other)
    equal(home.run('export', review, '--format', 'json', library=other).out,
          home.run('export', review, '--format', 'json').out)
    equal(home.json('items', review, library=other), home.json('items', review))
    equal(home.json('verify', library=other)['problems'], [])
    home.run('event', 'add', review, '--title', 'Only there', library=other)
    holds(home.run('export', review, '--format', 'json', library=other).out !=
          home.run('export', review, '--format', 'json').out)


def a_source_can_be_taken_out_and_back(home):
    review = home.with_sample()
    before = home.json('items', review)
    source = home.json('sources', review)['sources'][0]['id']
    home.run('source', 'remove', review, source)
    equal(home.json('items', review)['total'], before['total'] - 185)
    home.run('undo', review)
    equal(home.json('items', review), before)
    home.run('source', 'set', review, source, 'zone=America/New_York', 'shift=90')
    moved = home.json('items', review)
    equal({i['id'] for i in moved['items']}, {i['id'] for i in before['items']})
    home.run('undo', review)
    equal(home.json('items', review), before)


ctl.main('end-to-end/night', [from_a_title_to_a_report, a_second_import_adds_nothing,
                              ids_are_the_same_as_folder_as_archive_and_elsewhere,
                              the_same_edits_give_the_same_export, a_source_can_be_taken_out_and_back])
