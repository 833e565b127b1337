#!/usr/bin/env python3
"""Every answer of --json has the keys, types and forms that it promises, and no others."""

import ctl
from ctl import TIME, equal, holds

# ---- shapes: a type, a set of words, a list of one shape, a dict of members ----

ID = 'id'                # hex, or a part.local id of evidence
WHEN_TIME = 'time'       # RFC 3339, UTC, six decimals
ANY = 'any'


class Or:
    def __init__(self, *shapes):
        self.shapes = shapes


def null_or(shape):
    return Or(None, shape)


class Maybe:
    """A member that may be absent."""

    def __init__(self, shape):
        self.shape = shape


class Map:
    """An object whose names are data."""

    def __init__(self, shape, names=None):
        self.shape, self.names = shape, names


def check(value, shape, at='$'):
    if isinstance(shape, Or):
        problems = []
        for one in shape.shapes:
            try:
                return check(value, one, at)
            except AssertionError as e:
                problems.append(str(e))
        raise AssertionError(' | '.join(problems))
    if isinstance(shape, Map):
        holds(isinstance(value, dict), f'{at} is no object')
        for name, member in value.items():
            holds(shape.names is None or name in shape.names, f'{at}.{name} is not one of {shape.names}')
            check(member, shape.shape, f'{at}.{name}')
        return None
    if shape is None:
        holds(value is None, f'{at} is {value!r}, not null')
    elif shape == ANY:
        pass
    elif shape == ID:
        holds(isinstance(value, str) and value and ' ' not in value, f'{at} is no id: {value!r}')
    elif shape == WHEN_TIME:
        holds(isinstance(value, str) and TIME.match(value), f'{at} is no time: {value!r}')
    elif isinstance(shape, type):
        number = shape is float and isinstance(value, int)
        holds((isinstance(value, shape) or number) and (shape is bool or not isinstance(value, bool)),
              f'{at} is {value!r}, no {shape.__name__}')
    elif isinstance(shape, (set, frozenset)):
        holds(value in shape, f'{at} is {value!r}, none of {sorted(shape)}')
    elif isinstance(shape, list):
        holds(isinstance(value, list), f'{at} is no list')
        for i, element in enumerate(value):
            check(element, shape[0], f'{at}[{i}]')
    elif isinstance(shape, dict):
        holds(isinstance(value, dict), f'{at} is no object: {value!r}')
        for name in value:
            holds(name in shape, f'{at}.{name} is one too many')
        for name, member in shape.items():
            if isinstance(member, Maybe):
                if name in value:
                    check(value[name], member.shape, f'{at}.{name}')
                continue
            holds(name in value, f'{at}.{name} is missing')
            check(value[name], member, f'{at}.{name}')
    else:
        raise TypeError(shape)
    return None


ITEM_KINDS = set('message edit delete join leave topic reaction file ticket comment status assignment field link alert '
                 'acknowledge resolve page shift commit deploy call utterance other'.split())
REASONS = set('first-to-act joined-late only-watched asked-unanswered handed-over new-to-team surprised '
              'contradicts-record absent-but-affected chosen'.split())
WHEN = Or({'item': ID}, {'at': WHEN_TIME, 'plus_minus': float}, {'between': [WHEN_TIME]})


def entity(kind, **fields):
    """Every entity prints alike: the fields that are set, and these."""
    shape = {'id': ID, 'kind': kind, 'created': WHEN_TIME, 'changed': WHEN_TIME, 'by': ID, 'conflicts': [str],
             'deleted': Maybe(bool), 'tags': Maybe([ID])}
    for name, field in fields.items():
        shape[name] = Maybe(field)
    return shape


EVENT = entity(str, entity={'event'}, title=str, body=str, claim=str, actors=[ID], value=str, tools=[str], account=ID,
               interview=ID, passage=ID, start=WHEN, end=WHEN, placed=WHEN_TIME, confidence=str, cites=[str],
               quotes=Map({'quote': Maybe(str), 'version': Maybe(str)}), group=ID, helped=bool, pos=str)
LINK = entity(str, entity={'link'}, **{'from': ID, 'to': ID, 'label': str, 'account': ID, 'passage': ID, 'cites': [str]})
REVIEW = entity(str, entity={'review'}, title=str, stage=str, depth=str, purpose=str, audience=str, summary=str,
                story_start=WHEN, story_why=str, zone=str, until=WHEN_TIME, investigator=str, facilitator=str,
                services=[str], label=str, intake=Map(str), due=Map(WHEN_TIME), answers_version=str, sample=bool,
                **{'from': WHEN_TIME})
FINDING = entity({'finding'}, title=str, text=str, kinds=[str], themes=[str], events=[ID], passages=[ID], models=[ID],
                 cites=[str], quotes=Map(ANY), discomfort=str, earlier=[ID], status=str, pos=str)
STATEMENT = entity({'statement'}, subject=ID, rel=str, object=ID, value=WHEN, min=float, max=float, words=str,
                   account=ID, interview=ID, passage=ID, confidence=str, cites=[str], quotes=Map(ANY))
INTERVIEW = entity({'interview'}, person=ID, planned=WHEN_TIME, held=WHEN_TIME, minutes=int, state=str,
                   reasons=[str], expectations=str)
PASSAGE = entity({'passage'}, interview=ID, person=ID, words=str, form=str, shown_as=str, claim=str, codes=[ID],
                 about=[ID])
SOURCE = {'id': null_or(ID), 'path': str, 'format': null_or(str), 'sha256': null_or(str), 'items': int,
          'new_items': int, 'people': int, 'channels': int, 'threads': int, 'first': null_or(WHEN_TIME),
          'last': null_or(WHEN_TIME), 'kinds': Map(int, ITEM_KINDS),
          'skipped': [{'path': str, 'line': null_or(int), 'offset': int, 'reason': str}], 'skipped_total': int,
          'complete': bool, 'notes': [{'code': str, 'text': str}]}
ITEM = {'id': ID, 'source': ID, 'kind': ITEM_KINDS, 'time': null_or(WHEN_TIME), 'edited': null_or(WHEN_TIME),
        'person': null_or(ID), 'identity': null_or(ID), 'channel': null_or(str), 'thread': null_or(ID),
        'reply_to': null_or(ID), 'text': null_or(str), 'url': null_or(str),
        'reactions': [{'name': str, 'count': int, 'by': [str]}],
        'attachments': [{'name': null_or(str), 'type': null_or(str), 'url': null_or(str)}], 'mentions': [str],
        'origin': {'path': null_or(str), 'line': null_or(int), 'offset': int}, 'sha256': str}
PEOPLE = {'people': [{'id': ID, 'name': str, 'identities': [{'source': str, 'key': str, 'handle': null_or(str),
                                                             'email': null_or(str), 'name': null_or(str),
                                                             'bot': bool}],
                      'team': null_or(str), 'role': null_or(str), 'part': {'participant', 'observer', 'absent'},
                      'items': int, 'first': null_or(WHEN_TIME), 'last': null_or(WHEN_TIME),
                      'joined': [{'time': null_or(WHEN_TIME),
                                  'how': {'joined', 'added', 'mentioned', 'paged', 'called', 'unknown'}}]}]}
REVIEWS = {'reviews': [{'id': ID, 'title': str, 'kind': str, 'stage': str, 'investigator': null_or(str),
                        'created': WHEN_TIME, 'due': [{'what': str, 'date': WHEN_TIME}], 'items': int, 'people': int,
                        'events': int}]}
HISTORY = {'edits': [{'id': ID, 'time': WHEN_TIME, 'by': str, 'what': str,
                      'changes': [{'entity': ID, 'kind': str, 'field': str, 'before': ANY, 'after': ANY}],
                      'undone': bool}]}
PROPOSAL = {'people': [ID], 'reason': str, 'text': str}
ONLY_ID = {'id': ID}
CODE_TEXT = {'code': str, 'text': str}


def reviews_and_their_fields(home):
    check(home.json('review', 'list'), REVIEWS)
    new = home.json('review', 'new', 'Night', '--kind', 'near-miss')
    check(new, {'id': ID, 'title': {'Night'}})
    review = new['id']
    check(home.json('review', 'set', review, 'zone=Europe/Berlin', 'investigator=Mika', 'services=+ledger',
                    'due/checkpoint=2025-04-01T09:00:00Z', 'purpose=To learn.'), ONLY_ID)
    check(home.json('review', 'stage', 'Night', 'sources'), ONLY_ID)
    shown = home.json('review', 'show', review[:12])
    check(shown, REVIEW)
    equal(shown['kind'], 'near-miss')
    equal(shown['purpose'], 'To learn.')
    equal(shown['due'], {'checkpoint': '2025-04-01T09:00:00.000000Z'})
    listed = home.json('review', 'list')
    check(listed, REVIEWS)
    equal(listed['reviews'][0]['due'], [{'what': 'checkpoint', 'date': '2025-04-01T09:00:00.000000Z'}])
    check(home.json('due'), {'due': [{'review': ID, 'title': str, 'what': str, 'date': WHEN_TIME}]})
    check(home.json('intake', review, '--answer', 'surprise=yes', '--answer', 'teams=no'),
          {'advice': {'full', 'short', 'note'}, 'because': [CODE_TEXT]})
    check(home.json('review', 'delete', review, '--yes'), ONLY_ID)
    equal(home.json('review', 'list'), {'reviews': []})


def evidence_and_what_is_in_it(home):
    check(home.json('formats'), {'formats': [{'name': str, 'title': str, 'extensions': [str]}]})
    review = home.review()
    check(home.json('import', review, '--dry-run', *ctl.EXPORTS), {'sources': [SOURCE]})
    equal(home.json('items', review)['total'], 0, 'a dry run keeps nothing')
    made = home.json('import', review, *ctl.EXPORTS)
    check(made, {'sources': [SOURCE]})
    sources = home.json('sources', review)
    check(sources, {'sources': [SOURCE]})
    equal(sources, made, 'a source prints as its import did')
    items = home.json('items', review)
    check(items, {'total': int, 'items': [ITEM]})
    equal(items['total'], len(items['items']))
    equal(items['total'], sum(s['items'] for s in made['sources']))
    page = home.json('items', review, '--limit', '7', '--offset', '5')
    equal(page['items'], items['items'][5:12])
    equal(home.json('items', review, '--limit', '0'), {'total': items['total'], 'items': []})
    lines = home.run('items', review, '--as', 'ndjson').out.splitlines()
    equal([ctl.json.loads(line) for line in lines], items['items'])
    check(home.json('source', 'set', review, made['sources'][0]['id'], 'shift=60'), ONLY_ID)
    moved = {i['id']: i['time'] for i in home.json('items', review)['items']}
    before = {i['id']: i['time'] for i in items['items']}
    holds(moved != before and set(moved) == set(before), 'a shift moves times and nothing else')
    home.run('source', 'set', review, made['sources'][0]['id'], 'shift=0')
    equal({i['id']: i['time'] for i in home.json('items', review)['items']}, before)
    check(home.json('source', 'remove', review, made['sources'][1]['id'][:20]), ONLY_ID)
    equal(len(home.json('sources', review)['sources']), 3)


def people_and_what_they_did(home):
    review = home.with_sample()
    people = home.json('people', review)
    check(people, PEOPLE)
    names = [p['name'] for p in people['people']]
    check(home.json('person', 'add', review, '--name', 'Somebody Else'), ONLY_ID)
    check(home.json('person', 'set', review, 'Somebody Else', 'team=Search', 'role=reader'), ONLY_ID)
    merged = home.json('person', 'merge', review, 'Ilse Brandt', 'ilse')
    check(merged, ONLY_ID)
    after = home.json('people', review)
    check(after, PEOPLE)
    equal(len(after['people']), len(names), 'one more, and two made one')
    ilse = [p for p in after['people'] if p['id'] == merged['id']][0]
    equal(len(ilse['identities']), 2)
    check(home.json('person', 'split', review, merged['id'], ilse['identities'][1]['key']), ONLY_ID)
    equal(len(home.json('people', review)['people']), len(names) + 1)
    for by in ('minute', 'hour', 'day'):
        check(home.json('stats', review, '--by', by), {
            'volume': [{'start': WHEN_TIME, 'channel': str, 'count': int}],
            'quiet': [{'start': WHEN_TIME, 'end': WHEN_TIME}],
            'teams': [{'team': str, 'people': int, 'items': int, 'first': WHEN_TIME, 'last': WHEN_TIME}],
            'people': [{'person': ID, 'items': int, 'share': float, 'night': float, 'weekend': float,
                        'longest_stretch': float}]})
    check(home.json('person', 'proposals', review), {'proposals': [PROPOSAL]})
    check(home.json('candidates', review), {'candidates': [{'person': ID, 'reasons': [
        {'code': REASONS, 'text': str, 'items': [ID]}]}]})
    cues = home.json('cues', review, '--person', 'Ilse Brandt')
    check(cues, {'cues': [{'item': ID, 'person': ID, 'question': str, 'reason': str}]})
    holds(cues['cues'] and all(c['person'] == merged['id'] and '{' not in c['question'] for c in cues['cues']), cues)
    check(home.json('rotation', '--review', review),
          {'candidates': [{'person': ID, 'last': null_or(WHEN_TIME), 'why_not': [CODE_TEXT]}]})
    check(home.json('patterns'), {'patterns': [{'sort': str, 'text': str, 'reviews': int,
                                                'shown_by': [{'review': ID, 'id': ID}]}]})


def timeline_and_when_things_were(home):
    review = home.with_sample()
    item = home.json('items', review, '--limit', '1')['items'][0]
    first = home.json('event', 'add', review, '--title', 'Saw it', '--item', item['id'], '--actor', 'Ilse Brandt')
    check(first, ONLY_ID)
    second = home.json('event', 'add', review, '--title', 'A while', '--from', '2025-03-14T02:00:00Z', '--until',
                       '2025-03-14T02:10:00Z')
    third = home.json('event', 'add', review, '--title', 'Somewhen', '--earliest', '2025-03-14T01:00:00Z', '--latest',
                      '2025-03-14T03:00:00+01:00', '--kind', 'noticed', '--account', 'Ilse Brandt')
    fourth = home.json('event', 'add', review, '--title', 'About then', '--at', '2025-03-14T02:04:00Z',
                       '--plus-minus', '90.5')
    check(home.json('event', 'set', review, first['id'], 'body=Two lines.\n\nAnd a third.'), ONLY_ID)
    check(home.json('link', review, first['id'], 'told', second['id']), ONLY_ID)
    said = home.json('constrain', review, first['id'], 'before', second['id'], '--by', '60..', '--account',
                     'Ilse Brandt')
    check(said, ONLY_ID)
    shown = home.json('events', review)
    check(shown, {'events': [EVENT], 'links': [LINK]})
    by_id = {e['id']: e for e in shown['events']}
    holds('start' not in by_id[first['id']], 'an event without a time has none')
    equal(by_id[first['id']]['cites'], [item['id']])
    equal(by_id[second['id']]['end'], {'at': '2025-03-14T02:10:00.000000Z', 'plus_minus': 0})
    equal(by_id[third['id']]['start'],
          {'between': ['2025-03-14T01:00:00.000000Z', '2025-03-14T02:00:00.000000Z']})
    equal(by_id[fourth['id']]['start'], {'at': '2025-03-14T02:04:00.000000Z', 'plus_minus': 90.5})
    check(home.json('get', review, said['id'][:18]), STATEMENT)
    times = {'events': [{'id': ID, 'earliest': null_or(WHEN_TIME), 'latest': null_or(WHEN_TIME),
                         'end_earliest': null_or(WHEN_TIME), 'end_latest': null_or(WHEN_TIME), 'given': bool}],
             'contradictions': [{'statements': [{'id': ID, 'text': str}], 'text': str}]}
    found = home.json('times', review)
    check(found, times)
    windows = {e['id']: e for e in found['events']}
    equal(windows[first['id']]['latest'], '2025-03-14T01:59:00.000000Z', 'a minute before the other at the latest')
    home.run('constrain', review, second['id'], 'before', fourth['id'], '--by', '600..')
    found = home.json('times', review, status=4)
    check(found, times)
    equal(len(found['contradictions']), 1)
    view = {'id': ID, 'why': str}
    seen = home.json('vantage-point', review, 'Ilse Brandt', '2025-03-14T02:30:00Z')
    check(seen, {'knew': [view], 'could_have_seen': [view], 'could_not_have_known': [view]})
    ids = [v['id'] for part in seen.values() for v in part]
    equal(len(ids), len(set(ids)), 'each thing is in one class')
    every = {i['id'] for i in home.json('items', review)['items']} | set(by_id)
    equal(set(ids), every, 'every item and event is in a class')


def entities_of_any_kind(home):
    review = home.review()
    event = home.json('event', 'add', review, '--title', 'One')['id']
    check(home.json('get', review, event), EVENT)
    check(home.json('set', review, event, 'title=Two', 'tools=+dashboard'), ONLY_ID)
    check(home.json('list', review, 'event'), {'events': [EVENT]})
    check(home.json('delete', review, event), ONLY_ID)
    equal(home.json('list', review, 'event'), {'events': []})
    check(home.json('bin', review, 'list'), {'bin': [EVENT]})
    check(home.json('undelete', review, event), ONLY_ID)
    check(home.json('history', review), HISTORY)
    history = home.json('history', review, event[:20])
    check(history, HISTORY)
    equal([c['after'] for e in history['edits'] for c in e['changes'] if c['field'] == 'title'], ['Two', 'One'])
    check(home.json('undo', review), {'undone': str, 'entities': [ID]})
    check(home.json('redo', review), {'redone': str, 'entities': [ID]})
    home.json('delete', review, event)
    equal(home.json('bin', review, 'empty'), {})
    for kind, fields in (('finding', FINDING), ('wonder', None), ('experiment', None), ('readiness', None)):
        made = home.json(kind, 'add', review, '--title', 'Something about ' + kind)
        check(made, ONLY_ID)
        listed = home.json(kind, 'list', review)
        equal(list(listed), [kind + 's'])
        if fields is not None:
            check(listed, {kind + 's': [fields]})
        check(home.json(kind, 'delete', review, made['id']), ONLY_ID)
        equal(home.json(kind, 'list', review)[kind + 's'], [])


def interviews_and_what_is_given_away(home):
    review = home.with_sample()
    interview = home.json('interview', 'new', review, 'Ilse Brandt', '--planned', '2025-03-17T10:00:00+01:00')
    check(interview, ONLY_ID)
    check(home.json('interview', 'list', review), {'interviews': [INTERVIEW]})
    home.run('set', review, interview['id'], 'by=+Mika Sandberg')
    listed = home.json('interview', 'list', review)['interviews'][0]
    equal(listed['by'], ['Mika Sandberg'])
    check(listed.pop('author'), ID)
    check(dict(listed, by='mika'), INTERVIEW)
    home.run('undo', review)
    check(home.json('interview', 'guide', review, interview['id']), {'minutes': int, 'phases': [
        {'phase': str, 'minutes': int, 'questions': [
            {'question': Maybe(str), 'text': str, 'follow_ups': Maybe([str]), 'item': Maybe(null_or(ID)), 'asked': Maybe(bool)}]}]})
    line = home.json('interview', 'note', review, interview['id'], 'Nine dashes told me what it was.', '--mark',
                     'quote', '--sort', 'answer')
    check(line, ONLY_ID)
    check(home.json('interview', 'show', review, interview['id']), {'interview': INTERVIEW, 'lines': [
        {'id': ID, 'begun': WHEN_TIME, 'sort': {'question', 'answer', 'observation'}, 'phase': null_or(str),
         'text': str, 'marks': [str]}]})
    passage = home.json('interview', 'annotate', review, line['id'], '--from', '0', '--to', '11', '--code',
                        'recognised', '--claim', 'recall')
    check(passage, ONLY_ID)
    codes = {'codes': [{'id': ID, 'name': str, 'passages': [
        {'id': ID, 'interview': ID, 'words': str, 'claim': str, 'released': null_or(ID)}]}]}
    found = home.json('codes', review, '--code', 'recognised')
    check(found, codes)
    equal(found['codes'][0]['passages'][0]['words'], 'Nine dashes')
    home.run('interview', 'release', review, passage['id'], '--form', 'name', status=1)
    equal(home.json('list', review, 'passage'), {'passages': []}, 'nothing without a yes')
    given = home.json('interview', 'release', review, passage['id'], '--form', 'role', '--as', 'an engineer',
                      '--agreed')
    check(given, ONLY_ID)
    shared = home.json('list', review, 'passage')
    check(shared, {'passages': [PASSAGE]})
    equal(shared['passages'][0]['words'], 'Nine dashes')
    equal(shared['passages'][0]['shown_as'], 'an engineer')
    check(home.json('interview', 'withdraw', review, given['id']), ONLY_ID)
    equal(home.json('list', review, 'passage'), {'passages': []})
    holds('Nine dashes' not in home.run('--json', 'history', review).out, 'withdrawn words are in no history')
    equal(home.json('codes', review)['codes'][0]['passages'][0]['released'], None)
    equal(home.json('verify')['problems'], [])


def what_leaves_and_upkeep(home):
    review = home.with_sample()
    home.run('finding', 'add', review, '--title', 'Known by few')
    check(home.json('report', review, '--format', 'md', '--for', 'team'), {'text': str})
    equal(home.json('report', review, '--format', 'html', '-o', home.path('report.html')), {})
    holds(home.run('export', review, '--format', 'csv').out.startswith('id,'), 'events as a table')
    export = home.json('export', review, '--format', 'json')
    holds({'format', 'version', 'review'} <= set(export), list(export))
    equal(export, home.run('export', review, '--format', 'json').json)
    check(home.json('export', review, '--format', 'ics'), {'text': str})
    check(home.json('check-language', '-', given=b'They should have known the root cause.', status=4), {'hits': [
        {'start': int, 'end': int, 'text': str, 'category': str, 'why': str, 'suggestions': [str]}]})
    equal(home.json('check-language', '-', given=b'Dana saw the chart at two.'), {'hits': []})
    profile = {'name': null_or(str), 'email': null_or(str), 'handles': null_or(str)}
    check(home.json('profile', 'name=Mika Sandberg', 'email=mika@example.org'), profile)
    equal(home.json('profile')['name'], 'Mika Sandberg')
    check(home.json('backup', home.path('copies')), {'path': str})
    check(home.json('verify'), {'ok': bool, 'items': int, 'changes': int, 'problems': [str]})
    check(home.json('verify', review), {'ok': bool, 'items': int, 'changes': int, 'problems': [str]})
    made = [f for f in ctl.os.listdir(home.path('copies'))]
    equal(len(made), 1)
    before = home.json('review', 'list')
    home.run('review', 'new', 'Later')
    equal(home.json('restore', home.path('copies', made[0])), {})
    equal(home.json('review', 'list'), before)


ctl.main('cli/schema', [reviews_and_their_fields, evidence_and_what_is_in_it, people_and_what_they_did,
                        timeline_and_when_things_were, entities_of_any_kind, interviews_and_what_is_given_away,
                        what_leaves_and_upkeep])
