#!/usr/bin/env python3
"""vantagectl beside a straightforward program, on the same bytes, turn by turn.

compare.py VANTAGECTL [--size N] [--rounds N]   → medians and their ratio, as JSON

With --check only the counts are compared, printed as TAP: that both read the same, whatever the speed.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


def run_vantage(program, export, size):
    done = subprocess.run([program, '--json', 'bench', 'import', '--size', str(size), '--export', export],
                          capture_output=True, check=True)
    return json.loads(done.stdout)


def run_plain(export, folder, turn):
    database = os.path.join(folder, f'plain-{turn}.db')
    done = subprocess.run([sys.executable, os.path.join(HERE, 'plain-import.py'), export, database], capture_output=True,
                          check=True)
    for suffix in ('', '-wal', '-shm'):
        if os.path.exists(database + suffix):
            os.remove(database + suffix)
    return json.loads(done.stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('vantagectl')
    parser.add_argument('--size', type=int, default=200000)
    parser.add_argument('--rounds', type=int, default=5)
    parser.add_argument('--check', action='store_true')
    args = parser.parse_args()
    program = os.path.abspath(args.vantagectl)

    with tempfile.TemporaryDirectory(prefix='vantage-compare-') as folder:
        os.environ.setdefault('VANTAGE_KEYRING', 'no')
        export = os.path.join(folder, 'export.zip')
        first = run_vantage(program, export, args.size)  # makes the export; not counted
        ours, plain = [], []
        for turn in range(1 if args.check else args.rounds):
            ours.append(run_vantage(program, export, args.size))
            plain.append(run_plain(export, folder, turn))
        if args.check:
            same = first['drawn'] == ours[0]['drawn'] == plain[0]['messages'] == args.size and plain[0]['found'] == 1
            print('1..1')
            print(('ok' if same else 'not ok') + ' 1 - /bench/compare/both-read-the-same')
            sys.exit(0 if same else 1)
        median = statistics.median(run['median'] for run in ours) / 1000
        other = statistics.median(run['seconds'] for run in plain)
        print(json.dumps({
            'size': args.size, 'rounds': args.rounds, 'zip_bytes': os.path.getsize(export),
            'vantage_seconds': round(median, 3), 'plain_seconds': round(other, 3), 'ratio': round(other / median, 2),
            'vantage_peak_rss_bytes': max(run['peak_rss_bytes'] for run in ours),
            'plain_peak_rss_bytes': max(run['peak_rss_bytes'] for run in plain)}, indent=1))


main()
