#!/usr/bin/env python3
"""vantagectl beside two straightforward programs, on the same bytes, turn by turn.

compare.py VANTAGECTL [--size N] [--rounds N] [--export ZIP]   → medians and ratios, as JSON

The others are plain-import.py (Python's zipfile, json, sqlite3 and FTS5) and shell-import.sql (the sqlite3 shell with
zipfile() and json_each(); left out where the shell has no zipfile). Seconds are of the clock; processor seconds are of
all threads together, and say more on a machine on which others work. With --check only the counts are compared,
printed as TAP: that all read the same, whatever the speed.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))


def run(command, **more):
    """Output, seconds, processor seconds and peak bytes of a program."""
    begun = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **more) as program:
        out = program.stdout.read()
        _, status, usage = os.wait4(program.pid, 0)
        program.returncode = os.waitstatus_to_exitcode(status)
    if program.returncode != 0:
        raise subprocess.CalledProcessError(program.returncode, command, out)
    return out, time.monotonic() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def remove(database):
    for suffix in ('', '-wal', '-shm'):
        if os.path.exists(database + suffix):
            os.remove(database + suffix)


def run_vantage(program, export, size):
    out, _, _, peak = run([program, '--json', 'bench', 'import', '--size', str(size), '--export', export])
    told = json.loads(out)
    return {'seconds': told['median'] / 1000, 'processor': told['processor_ms'] / 1000, 'peak': peak,
            'kept_share': told['kept_share'], 'messages': told['drawn']}


def run_plain(export, database):
    out, _, processor, peak = run([sys.executable, os.path.join(HERE, 'plain-import.py'), export, database])
    remove(database)
    told = json.loads(out)
    return {'seconds': told['seconds'], 'processor': processor, 'peak': peak, 'messages': told['messages'],
            'found': told['found']}


def has_shell():
    if shutil.which('sqlite3') is None:
        return False
    known = subprocess.run(['sqlite3', ':memory:', "SELECT 1 FROM pragma_module_list WHERE name = 'zipfile'"],
                           capture_output=True, text=True, check=False)
    return known.stdout.strip() == '1'


def run_shell(export, database):
    quoted = "'" + export.replace("'", "''") + "'"
    out, seconds, processor, peak = run(['sqlite3', '-batch', database, '-cmd', f'.parameter set :export "{quoted}"',
                                         '.read ' + os.path.join(HERE, 'shell-import.sql')])
    remove(database)
    messages, found = out.strip().splitlines()[-1].split('|')
    return {'seconds': seconds, 'processor': processor, 'peak': peak, 'messages': int(messages), 'found': int(found)}


def middle(runs, key):
    return statistics.median(run[key] for run in runs)


def report(size, rounds, export, ours, others):
    told = {'size': size, 'messages': ours[0]['messages'], 'rounds': rounds, 'zip_bytes': os.path.getsize(export),
            'vantage': {'seconds': round(middle(ours, 'seconds'), 3), 'processor_seconds': round(middle(ours, 'processor'), 3),
                        'peak_rss_bytes': max(run['peak'] for run in ours),
                        'kept_share': round(middle(ours, 'kept_share'), 3)}}
    for name, runs in others.items():
        told[name] = {'seconds': round(middle(runs, 'seconds'), 3), 'processor_seconds': round(middle(runs, 'processor'), 3),
                      'peak_rss_bytes': max(run['peak'] for run in runs),
                      'ratio': round(middle(runs, 'seconds') / middle(ours, 'seconds'), 2),
                      'processor_ratio': round(middle(runs, 'processor') / middle(ours, 'processor'), 2)}
    print(json.dumps(told, indent=1))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('vantagectl')
    parser.add_argument('--size', type=int, default=200000)
    parser.add_argument('--rounds', type=int, default=5)
    parser.add_argument('--export', help='a Slack export to read; else one is made')
    parser.add_argument('--check', action='store_true')
    args = parser.parse_args()
    program = os.path.abspath(args.vantagectl)

    with tempfile.TemporaryDirectory(prefix='vantage-compare-') as folder:
        os.environ.setdefault('VANTAGE_KEYRING', 'no')
        export = os.path.abspath(args.export) if args.export else os.path.join(folder, 'export.zip')
        database = os.path.join(folder, 'other.db')
        programs = {'plain': run_plain}
        if has_shell():
            programs['shell'] = run_shell
        if not args.export:
            run_vantage(program, export, args.size)  # makes the export; not counted
        ours, others = [], {name: [] for name in programs}
        for _ in range(1 if args.check else args.rounds):
            ours.append(run_vantage(program, export, args.size))
            for name, other in programs.items():
                others[name].append(other(export, database))
        if args.check:
            same = ours[0]['messages'] == args.size and all(
                runs[0]['messages'] == args.size and runs[0]['found'] == 1 for runs in others.values())
            print('1..1')
            print(('ok' if same else 'not ok') + ' 1 - /bench/compare/all-read-the-same')
            sys.exit(0 if same else 1)
        report(args.size, args.rounds, export, ours, others)


main()
