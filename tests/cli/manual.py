#!/usr/bin/env python3
"""The manual page says what the program says, and is set without a warning."""

import os
import re
import shutil
import subprocess

import ctl
from ctl import SOURCE, Skip, equal, holds

PAGE = os.path.join(SOURCE, 'data', 'man', 'vantagectl.1')


def plain(text):
    return re.sub(r'\\f[BIR]', '', text).replace('\\-', '-').replace('\\(aq', "'").replace('\\e', '\\')


def read_page():
    """Command → (usage, first line after it), of the sections on commands."""
    with open(PAGE, encoding='utf-8') as f:
        lines = f.read().splitlines()
    begin = next(i for i, line in enumerate(lines) if line == '.SH REVIEWS')
    end = next(i for i, line in enumerate(lines) if line == '.SH EXIT STATUS')
    said = {}
    for i in range(begin, end):
        if lines[i] == '.TP':
            name = re.match(r'\\fB(.*?)\\fR', lines[i + 1]).group(1)
            said[plain(name)] = (plain(lines[i + 1]), plain(lines[i + 2]))
    return said


def usage_is_that_of_the_program(home):
    said = read_page()
    listed = [line[2:].split('  ')[0].strip() for line in home.run('--help').out.splitlines() if line.startswith('  ')]
    equal(sorted(said), sorted(listed), 'every command has its place')
    for command in listed:
        lines = home.run(*command.split(), '--help').out.splitlines()
        usage, first = said[command]
        equal('vantagectl ' + usage, lines[0])
        equal(first, lines[2][0].upper() + lines[2][1:] + '.', command)


def page_is_set_without_a_warning(home):
    if not shutil.which('man'):
        raise Skip('man is not installed')
    done = subprocess.run(['man', '--warnings', '-l', PAGE], capture_output=True,
                          env=home.env(MANWIDTH='80', MANPAGER='cat', PAGER='cat'))
    equal((done.returncode, done.stderr.decode()), (0, ''))
    holds(len(done.stdout.splitlines()) > 300, 'all of it is there')


ctl.main('cli/manual', [usage_is_that_of_the_program, page_is_set_without_a_warning])
