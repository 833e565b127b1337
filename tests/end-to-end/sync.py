#!/usr/bin/env python3
"""A server and several libraries, as whole programs: share, edit apart, merge. Printed as TAP.

Arguments: vantagectl, vantage-server, an export to import.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request

CTL, SERVER, EXPORT = (os.path.abspath(word) for word in sys.argv[1:4])


class World:
    """A folder with a server's data and the libraries of several people."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix='vantage-sync-')
        self.env = dict(os.environ, XDG_CONFIG_HOME=self.folder + '/config',
                        XDG_DATA_HOME=self.folder + '/data', XDG_RUNTIME_DIR=self.folder,
                        LC_ALL='C.UTF-8')
        self.env.pop('DBUS_SESSION_BUS_ADDRESS', None)
        self.port = 0
        self.server = None
        self.tokens = {}
        self.start()

    def start(self):
        with open(self.folder + '/server.conf', 'w') as f:
            f.write(f'[server]\nlisten=127.0.0.1:{self.port}\ndata={self.folder}/server\n')
        self.server = subprocess.Popen([SERVER, '--config', self.folder + '/server.conf'],
                                       stdout=subprocess.PIPE, text=True, env=self.env)
        line = self.server.stdout.readline()
        self.url = line.split()[1]
        self.port = int(self.url.rsplit(':', 1)[1])

    def stop(self, how=signal.SIGTERM):
        self.server.send_signal(how)
        self.server.stdout.close()
        return self.server.wait()

    def operator(self, *words):
        done = subprocess.run([SERVER, '--config', self.folder + '/server.conf', *words],
                              capture_output=True, text=True, env=self.env)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def user(self, name, role='investigator'):
        self.operator('user', 'add', name, '--role', role)
        self.tokens[name] = self.operator('token', 'new', name).split()[-1]

    def library(self, name, user=None):
        user = user or name
        if user not in self.tokens:
            self.user(user)
        path = f'{self.folder}/{name}.token'
        with open(path, 'w') as f:
            f.write(self.tokens[user] + '\n')
        self.ctl(name, 'server', 'set', self.url, '--token-file', path)

    def command(self, name, *words):
        return [CTL, '--library', f'{self.folder}/lib-{name}', '--json', *words]

    def ctl(self, name, *words, ok=(0,)):
        done = subprocess.run(self.command(name, *words), capture_output=True, text=True,
                              env=self.env)
        assert done.returncode in ok, (words, done.returncode, done.stdout, done.stderr)
        return json.loads(done.stdout) if done.stdout.strip() else {}

    def export(self, name, review):
        return self.ctl(name, 'export', review, '--format', 'json')

    def get(self, path, token=None, method='GET', body=None, kind='application/json'):
        request = urllib.request.Request(self.url + path, method=method, data=body)
        if token:
            request.add_header('Authorization', 'Bearer ' + token)
        if body is not None:
            request.add_header('Content-Type', kind)
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def close(self):
        if self.server.poll() is None:
            self.stop()
        shutil.rmtree(self.folder)


def shared_world():
    """Dana's review with one event, which Eli edits too."""
    world = World()
    world.library('dana')
    world.library('eli')
    review = world.ctl('dana', 'review', 'new', 'Checkout held payments')['id']
    event = world.ctl('dana', 'event', 'add', review, '--title', 'The pager rang',
                      '--at', '2024-03-01T02:14:07Z')['id']
    world.ctl('dana', 'share', review)
    world.ctl('dana', 'sync')
    world.operator('review', 'member', review, 'eli', '--role', 'editor')
    return world, review, event


def a_review_arrives_and_a_second_sync_moves_nothing():
    world, review, event = shared_world()
    first = world.ctl('eli', 'sync')
    assert first['pulled'] > 0 and first['pushed'] == 0, first
    assert world.export('eli', review) == world.export('dana', review)
    for name in ('dana', 'eli', 'dana', 'eli'):
        again = world.ctl(name, 'sync')
        assert again['pushed'] == again['pulled'] == 0, again
        assert again['bytes_up'] + again['bytes_down'] < 4000, again
    world.close()


def edits_made_apart_merge_and_a_conflict_is_settled():
    world, review, event = shared_world()
    world.ctl('eli', 'sync')
    world.ctl('dana', 'event', 'set', review, event, 'title=The pager rang once')
    world.ctl('eli', 'event', 'set', review, event, 'title=The pager rang twice')
    world.ctl('dana', 'event', 'add', review, '--title', 'Dana saw the graph')
    world.ctl('eli', 'event', 'add', review, '--title', 'Eli called support')
    for name in ('eli', 'dana', 'eli'):
        world.ctl(name, 'sync')
    assert world.export('eli', review) == world.export('dana', review)
    titles = {e['title'] for e in world.ctl('eli', 'events', review)['events']}
    assert {'Dana saw the graph', 'Eli called support'} <= titles, titles
    conflicts = world.ctl('eli', 'conflicts', review, ok=(4,))['conflicts']
    assert [c['field'] for c in conflicts] == ['title'], conflicts
    assert {v['value'] for v in conflicts[0]['values']} == {'The pager rang once',
                                                            'The pager rang twice'}
    world.ctl('dana', 'conflict', 'resolve', review, conflicts[0]['id'], '--take', 'theirs')
    for name in ('dana', 'eli'):
        world.ctl(name, 'sync')
        assert world.ctl(name, 'conflicts', review) == {'conflicts': []}
    assert world.export('eli', review) == world.export('dana', review)
    titles = {e['title'] for e in world.ctl('eli', 'events', review)['events']}
    assert 'The pager rang twice' in titles
    world.close()


def killed_at_any_moment_nothing_is_lost():
    world, review, event = shared_world()
    world.ctl('eli', 'sync')
    dice = random.Random(7)
    written = set()
    for turn in range(8):
        name = dice.choice(('dana', 'eli'))
        title = f'{name} wrote number {turn}'
        world.ctl(name, 'event', 'add', review, '--title', title)
        written.add(title)
        client = subprocess.Popen(world.command(name, 'sync'), stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL, env=world.env)
        try:
            client.wait(timeout=dice.uniform(0.0, 0.12))
        except subprocess.TimeoutExpired:
            if dice.random() < 0.5:
                client.kill()
            else:
                world.stop(signal.SIGKILL)
                world.start()
            client.wait()
    for name in ('dana', 'eli', 'dana', 'eli'):
        world.ctl(name, 'sync')
    assert world.export('eli', review) == world.export('dana', review)
    titles = {e['title'] for e in world.ctl('eli', 'events', review)['events']}
    assert written <= titles, written - titles
    for name in ('dana', 'eli'):
        assert world.ctl(name, 'verify')['ok']
        again = world.ctl(name, 'sync')
        assert again['pushed'] == again['pulled'] == 0, again
    world.close()


def another_account_sees_nothing():
    world, review, event = shared_world()
    world.library('fay')
    assert world.ctl('fay', 'sync')['pulled'] == 0
    assert world.ctl('fay', 'review', 'list') == {'reviews': []}
    missing = '0' * 31 + '1'
    for method, path, body in (('GET', 'ops', None), ('GET', 'vector', None),
                               ('POST', 'ops', b'{}'), ('POST', 'blobs/missing', b'{"chunks":[]}'),
                               ('GET', 'chunks/' + 'a' * 64, None),
                               ('GET', 'blobs/' + 'a' * 64, None)):
        foreign = world.get(f'/v1/streams/{review}/{path}', world.tokens['fay'], method, body)
        absent = world.get(f'/v1/streams/{missing}/{path}', world.tokens['fay'], method, body)
        assert foreign == absent and foreign[0] == 404, (path, foreign, absent)
    assert world.get('/v1/streams')[0] == 401
    assert world.get('/v1/streams', 'no such token')[0] == 401
    assert world.get('/v1/reviews', world.tokens['fay'], 'POST',
                     json.dumps({'id': review}).encode())[0] == 404
    world.operator('token', 'revoke', 'dana')
    assert world.get('/v1/streams', world.tokens['dana'])[0] == 401
    world.close()


def who_only_looks_cannot_write():
    world, review, event = shared_world()
    world.operator('review', 'member', review, 'eli', '--role', 'viewer')
    world.ctl('eli', 'sync')
    world.ctl('eli', 'event', 'set', review, event, 'title=Not mine to say')
    world.ctl('eli', 'sync', ok=(3,))
    world.ctl('dana', 'sync')
    titles = {e['title'] for e in world.ctl('dana', 'events', review)['events']}
    assert titles == {'The pager rang'}, titles
    kinds = {s['kind'] for s in json.loads(world.get('/v1/streams', world.tokens['eli'])[1])['streams']}
    assert kinds == {'team'}, kinds
    world.operator('review', 'member', review, 'eli', '--role', 'editor')
    world.ctl('eli', 'sync')
    world.ctl('dana', 'sync')
    assert world.export('eli', review) == world.export('dana', review)
    world.close()


def a_restored_server_gets_back_what_it_lost():
    world, review, event = shared_world()
    world.ctl('eli', 'sync')
    world.stop()
    shutil.copytree(world.folder + '/server', world.folder + '/backup')
    world.start()
    world.ctl('dana', 'event', 'add', review, '--title', 'Written after the backup')
    world.ctl('dana', 'sync')
    world.ctl('eli', 'sync')
    world.stop()
    shutil.rmtree(world.folder + '/server')
    shutil.move(world.folder + '/backup', world.folder + '/server')
    world.operator('restored')
    world.start()
    world.ctl('eli', 'event', 'add', review, '--title', 'Written after the restore')
    for name in ('eli', 'dana', 'eli'):
        world.ctl(name, 'sync')
    assert world.export('eli', review) == world.export('dana', review)
    titles = {e['title'] for e in world.ctl('eli', 'events', review)['events']}
    assert {'Written after the backup', 'Written after the restore'} <= titles
    for name in ('dana', 'eli'):
        again = world.ctl(name, 'sync')
        assert again['pushed'] == again['pulled'] == 0, again
    world.close()


def bad_requests_are_refused_and_the_server_goes_on():
    world, review, event = shared_world()
    token = world.tokens['dana']
    ops = f'/v1/streams/{review}/ops'
    for body in (b'', b'{', b'[]', b'{"epoch":1}', b'{"epoch":"x","device":"y","ops":[]}',
                 b'[' * 100000, b'{"a":1,"a":2}', '"\ud800"'.encode('utf-8', 'surrogatepass')):
        assert world.get(ops, token, 'POST', body)[0] == 400, body[:40]
    assert world.get(ops, token, 'POST', b'{}', 'text/plain')[0] == 415
    assert world.get(ops + '?after=x', token)[0] == 400
    assert world.get(ops + '?limit=0', token)[0] == 400
    assert world.get(ops + '?limit=100000', token)[0] == 400
    assert world.get('/v1/streams/../../etc/passwd', token)[0] == 404
    assert world.get('/v1/nothing', token)[0] == 404
    assert world.get('/v1/heads', token)[0] == 405
    assert world.get('/v1/hello', token, 'PUT', b'{}')[0] == 405
    assert world.get(f'/v1/streams/{review}/chunks/{"a" * 64}', token, 'PUT', b'other bytes',
                     'application/octet-stream')[0] == 422
    assert world.get('/healthz')[0] == 200
    assert world.ctl('dana', 'sync')['pushed'] == 0
    assert world.stop() == 0
    world.close()


def by_id(world, name, review):
    return {item['id']: item for item in world.ctl(name, 'items', review)['items']}


def cited_evidence_comes_and_a_later_import_doubles_nothing():
    world, review, event = shared_world()
    source = world.ctl('dana', 'import', review, EXPORT)['sources'][0]['id']
    here = by_id(world, 'dana', review)
    cited = [i for i in here.values() if i['kind'] == 'message' and i['thread'] is None][:3]
    for item in cited:
        world.ctl('dana', 'event', 'add', review, '--title', 'It was said', '--item', item['id'])
    for name in ('dana', 'eli'):
        world.ctl(name, 'sync')
    there = by_id(world, 'eli', review)
    assert there == {i['id']: i for i in cited}, (there, cited)
    assert world.export('eli', review) == world.export('dana', review)

    # What is chosen about the source holds for what came of it.
    world.ctl('dana', 'source', 'set', review, source, 'shift=60')
    for name in ('dana', 'eli'):
        world.ctl(name, 'sync')
    moved = by_id(world, 'dana', review)
    for item in by_id(world, 'eli', review).values():
        assert item['time'] == moved[item['id']]['time'] != here[item['id']]['time'], item
    world.ctl('dana', 'source', 'set', review, source, 'shift=0')
    for name in ('dana', 'eli'):
        world.ctl(name, 'sync')

    # The same export, imported where some of it is: each item once.
    world.ctl('eli', 'import', review, EXPORT)
    assert set(by_id(world, 'eli', review)) == set(here)
    for name in ('eli', 'dana', 'eli'):
        world.ctl(name, 'sync')
    for name in ('dana', 'eli'):
        assert world.ctl(name, 'verify')['ok']
        again = world.ctl(name, 'sync')
        assert again['pushed'] == again['pulled'] == 0, again
    assert set(by_id(world, 'dana', review)) == set(here)
    world.close()


def all_evidence_comes_when_asked_for():
    world, review, event = shared_world()
    world.ctl('dana', 'import', review, EXPORT)
    world.ctl('eli', 'sync')
    assert by_id(world, 'eli', review) == {}
    world.ctl('dana', 'share', review, '--evidence', 'all')
    for name in ('dana', 'eli'):
        world.ctl(name, 'sync')
    here, there = by_id(world, 'dana', review), by_id(world, 'eli', review)
    assert here == there and here
    again = world.ctl('dana', 'sync')
    assert again['pushed'] == 0 and again['bytes_up'] < 2000, again
    # A copy of what was sent is no edit of Dana's to take back.
    undone = world.ctl('dana', 'undo', review)
    assert undone['undone'] != '', undone
    assert by_id(world, 'dana', review) == {}
    world.close()


def holds(folder, needle):
    for place, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(place, name), 'rb') as f:
                if needle in f.read():
                    yield os.path.join(place, name)


def private_notes_never_leave():
    world, review, event = shared_world()
    canary = 'The canary sang in the fourth shaft'
    world.ctl('dana', 'import', review, EXPORT)
    person = world.ctl('dana', 'people', review)['people'][0]['id']
    interview = world.ctl('dana', 'interview', 'new', review, person)['id']
    world.ctl('dana', 'interview', 'note', review, interview, canary)
    shared = 'The shared sentence about the shaft'
    world.ctl('dana', 'event', 'add', review, '--title', shared)
    world.ctl('dana', 'share', review, '--evidence', 'all')
    for name in ('dana', 'eli'):
        world.ctl(name, 'sync')
    # A sentence that is shared is found where it should be: the search works.
    assert list(holds(world.folder + '/server', shared.encode()))
    assert list(holds(world.folder + '/lib-eli', shared.encode()))
    for folder in ('server', 'lib-eli', 'lib-dana'):
        found = list(holds(world.folder + '/' + folder, canary.encode()))
        assert not found, found
    world.close()


def a_copied_library_writes_under_another_name():
    world, review, event = shared_world()
    world.ctl('eli', 'sync')
    world.ctl('dana', 'event', 'add', review, '--title', 'Before the copy')
    shutil.copytree(world.folder + '/lib-dana', world.folder + '/lib-twin')
    world.library('twin', 'dana')
    world.ctl('dana', 'event', 'add', review, '--title', 'Dana after the copy')
    world.ctl('twin', 'event', 'add', review, '--title', 'Twin after the copy')
    for name in ('twin', 'dana', 'eli', 'twin'):
        world.ctl(name, 'sync')
    titles = sorted(e['title'] for e in world.ctl('eli', 'events', review)['events'])
    assert titles == ['Before the copy', 'Dana after the copy', 'The pager rang',
                      'Twin after the copy'], titles
    for name in ('twin', 'dana', 'eli'):
        assert world.export(name, review) == world.export('eli', review)
        again = world.ctl(name, 'sync')
        assert again['pushed'] == again['pulled'] == 0, again
    world.close()


CASES = [a_copied_library_writes_under_another_name,
         cited_evidence_comes_and_a_later_import_doubles_nothing,
         all_evidence_comes_when_asked_for,
         private_notes_never_leave,
         a_review_arrives_and_a_second_sync_moves_nothing,
         edits_made_apart_merge_and_a_conflict_is_settled,
         killed_at_any_moment_nothing_is_lost,
         another_account_sees_nothing,
         who_only_looks_cannot_write,
         a_restored_server_gets_back_what_it_lost,
         bad_requests_are_refused_and_the_server_goes_on]

print(f'1..{len(CASES)}')
failed = False
for number, case in enumerate(CASES, 1):
    name = case.__name__.replace('_', '-')
    try:
        case()
        print(f'ok {number} /end-to-end/sync/{name}', flush=True)
    except Exception as error:  # one case must not hide the others
        failed = True
        print(f'not ok {number} /end-to-end/sync/{name}', flush=True)
        print('# ' + repr(error).replace('\n', '\n# '), flush=True)
sys.exit(1 if failed else 0)
