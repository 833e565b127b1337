#!/usr/bin/env python3
"""count-tests.py FOLDER…: adds up the test cases that ran in these folders of logs, and prints
`N passed, N failed`. A program that died in the middle of its cases counts as one that failed."""

import json
import os
import sys
import xml.etree.ElementTree as ElementTree

passed = failed = skipped = 0
for folder in sys.argv[1:]:
    named = set()
    for suite in ElementTree.parse(os.path.join(folder, 'testlog.junit.xml')).getroot().iter('testsuite'):
        for case in suite.iter('testcase'):
            if case.find('skipped') is not None:
                skipped += 1
            elif case.find('failure') is not None or case.find('error') is not None:
                failed += 1
                named.add(suite.get('name').split(' / ', 1)[-1])
                print(f'failed: {suite.get("name")} {case.get("name")}')
            else:
                passed += 1
    with open(os.path.join(folder, 'testlog.json'), encoding='utf-8') as log:
        for line in log:
            program = json.loads(line)
            name = program['name'].split(' / ', 1)[-1]
            if program['result'] not in ('OK', 'SKIP', 'EXPECTEDFAIL') and name not in named:
                failed += 1
                print(f'failed: {program["name"]} ({program["result"].lower()})')

print(f'{passed} passed, {failed} failed' + (f', {skipped} skipped' if skipped else ''))
sys.exit(1 if failed or not passed else 0)
