"""What tests of the whole command share: a home of its own, runs of vantagectl, TAP.

A test is a function whose name says what holds; main () runs those of a module, each with a
folder of its own that is gone afterwards. Standard library only.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import traceback

PROGRAM = os.path.abspath(sys.argv[1])
SOURCE = os.path.abspath(sys.argv[2])
SAMPLE = os.path.join(SOURCE, 'data', 'sample')
EXPORTS = [os.path.join(SAMPLE, n) for n in ('slack-export.zip', 'tickets.json', 'alerts.jsonl', 'bridge-call.jsonl')]

TIME = re.compile(r'^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$')


class Skip(Exception):
    """Something that is not on this machine is needed."""


class Run:
    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err

    @property
    def json(self):
        return json.loads(self.out)


class Home:
    """One isolated home: a library, settings and keys that nothing else sees."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix='vantage-cli-')
        self.library = os.path.join(self.folder, 'library')

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def env(self, **more):
        env = {k: v for k, v in os.environ.items() if not k.startswith(('VANTAGE_', 'XDG_'))}
        env.update(HOME=self.folder, XDG_DATA_HOME=self.path('data'), XDG_CONFIG_HOME=self.path('config'),
                   XDG_CACHE_HOME=self.path('cache'), VANTAGE_KEYRING='no', LC_ALL='C.UTF-8', LANGUAGE='C',
                   TZ='UTC', VANTAGE_DATA=os.path.join(SOURCE, 'data'))
        for key, value in more.items():
            env[key] = value
        return env

    def start(self, *args, library=None, **more):
        return subprocess.Popen([PROGRAM, '--library', library or self.library, *args], stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.env(**more))

    def run(self, *args, library=None, status=0, given=b'', env=None, bare=False):
        """A run that must end with @status (None: any). @bare: no --library."""
        words = [PROGRAM] + ([] if bare else ['--library', library or self.library]) + list(args)
        done = subprocess.run(words, input=given, capture_output=True, env=self.env(**(env or {})), timeout=300)
        run = Run(done.returncode, done.stdout.decode(), done.stderr.decode())
        if status is not None and run.status != status:
            raise AssertionError(f'{args} ended with {run.status}, not {status}\n{run.out[-2000:]}{run.err[-2000:]}')
        return run

    def json(self, *args, **more):
        """The one document of a --json run; nothing but it on standard output."""
        return self.run('--json', *args, **more).json

    def review(self, title='A night'):
        return self.json('review', 'new', title)['id']

    def with_sample(self, title='A night', zone='Europe/Berlin'):
        review = self.review(title)
        self.run('review', 'set', review, 'zone=' + zone)
        self.json('import', review, *EXPORTS)
        return review

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def equal(a, b, what=''):
    if a != b:
        raise AssertionError(f'{what}: {a!r} is not {b!r}'[:3000])


def holds(truth, what=''):
    if not truth:
        raise AssertionError(str(what)[:3000])


def main(room, tests):
    print(f'1..{len(tests)}', flush=True)
    bad = 0
    for number, test in enumerate(tests, 1):
        name = f'/{room}/' + test.__name__.replace('_', '-')
        home = Home()
        try:
            test(home)
            print(f'ok {number} - {name}', flush=True)
        except Skip as why:
            print(f'ok {number} - {name} # SKIP {why}', flush=True)
        except Exception:
            bad += 1
            print(f'not ok {number} - {name}', flush=True)
            for line in traceback.format_exc().splitlines():
                print(f'# {line}', flush=True)
        finally:
            home.close()
    sys.exit(1 if bad else 0)
