#!/usr/bin/env python3
"""count-tests.py JUNIT…: adds up the test cases that ran and prints `N passed, N failed`."""

import sys
import xml.etree.ElementTree as ElementTree

passed = failed = skipped = 0
for name in sys.argv[1:]:
    for case in ElementTree.parse(name).getroot().iter('testcase'):
        if case.find('skipped') is not None:
            skipped += 1
        elif case.find('failure') is not None or case.find('error') is not None:
            failed += 1
            print(f'failed: {case.get("classname") or ""} {case.get("name")}')
        else:
            passed += 1

print(f'{passed} passed, {failed} failed' + (f', {skipped} skipped' if skipped else ''))
sys.exit(1 if failed or not passed else 0)
