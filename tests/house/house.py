#!/usr/bin/env python3
"""The sentences that hold the house together, as tests.

One case a sentence, printed as TAP. Arguments: the source folder, the build folder.
"""

import os
import re
import subprocess
import sys
import tempfile

SRC, BUILD = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])

# Which rooms a room may use. Everything not named is forbidden.
MAY_INCLUDE = {
    'base': [],
    'evidence': ['base'],
    'record': ['base'],
    'timeline': [],
    'sense': ['base', 'evidence', 'record'],
    'interview': ['base', 'record'],
    'import': ['base', 'evidence'],
    'db': ['base'],
    'store': ['base', 'evidence', 'record', 'db'],
    'vault': ['base', 'record', 'db'],
    'report': ['base', 'evidence', 'record', 'timeline', 'sense'],
    'desk': ['base', 'evidence', 'record', 'timeline', 'sense', 'import', 'store', 'report'],
    'wire': ['base', 'evidence', 'record'],
    'sync': ['base', 'evidence', 'record', 'store', 'wire'],
    'words': ['base', 'evidence', 'record', 'sense', 'timeline', 'import', 'store', 'sync'],
    'server': ['base', 'record', 'wire', 'db'],
}
ALL = list(MAY_INCLUDE) + ['cli', 'ui']
MAY_INCLUDE['cli'] = [r for r in ALL if r not in ('ui', 'server')]
MAY_INCLUDE['ui'] = [r for r in ALL if r not in ('server', 'cli')]

SPEAKING = {'ui', 'cli', 'words', 'report'}
TOP_LEVEL = {'app', 'data', 'po', 'tests', 'build-aux', 'meson.build', 'README.md', 'meson_options.txt',
             'LICENSE', 'NEWS.md', 'CONTRIBUTING.md'}


def tracked():
    """Files of the repository; of the folder, where there is no git (a source archive)."""
    try:
        out = subprocess.run(['git', '-c', 'safe.directory=*', '-C', SRC, 'ls-files', '-z'],
                             capture_output=True, check=True).stdout
        names = [n for n in out.decode().split('\0') if n]
        if names:
            return [n for n in names if os.path.exists(os.path.join(SRC, n))]
    except (OSError, subprocess.CalledProcessError):
        pass
    names = []
    for folder, folders, files in os.walk(SRC):
        folders[:] = [f for f in folders if not f.startswith(('.', '_build', 'build'))
                      or f == 'build-aux']
        names += [os.path.relpath(os.path.join(folder, f), SRC) for f in files]
    return names


FILES = sorted(tracked())


def read(name):
    with open(os.path.join(SRC, name), encoding='utf-8', errors='replace') as f:
        return f.read()


def code(*suffixes):
    for name in FILES:
        if name.startswith('app/') and name.endswith(suffixes):
            yield name, name.split('/')[1], read(name)


def home_of_headers():
    return {os.path.basename(n): n.split('/')[1] for n in FILES
            if n.startswith('app/') and n.endswith('.h')}


def includes_stay_in_their_row():
    homes = home_of_headers()
    for name, room, text in code('.c', '.h'):
        for header in re.findall(r'^#include "([^"]+)"', text, re.M):
            home = homes.get(os.path.basename(header))
            if home and home != room and home not in MAY_INCLUDE[room]:
                yield f'{name} includes {header} of {home}/'


def includes_have_no_circle():
    homes = {os.path.basename(n): n for n in FILES if n.startswith('app/') and n.endswith('.h')}
    graph = {}
    for base, name in homes.items():
        graph[base] = [os.path.basename(h) for h in re.findall(r'^#include "([^"]+)"', read(name), re.M)
                       if os.path.basename(h) in homes]
    state = {}

    def visit(node, path):
        if state.get(node) == 1:
            yield ' → '.join(path[path.index(node):] + [node])
        if node in state:
            return
        state[node] = 1
        for other in graph[node]:
            yield from visit(other, path + [node])
        state[node] = 2

    for node in list(graph):
        yield from visit(node, [])


def gtk_lives_in_ui():
    for name, room, text in code('.c', '.h'):
        if room != 'ui' and re.search(r'#include <(gtk|gdk|gsk|adwaita)', text):
            yield f'{name} includes GTK'


def sql_lives_with_the_databases():
    pattern = r'"\s*(SELECT|INSERT (OR \w+ )?INTO|UPDATE \w|DELETE FROM|CREATE (VIRTUAL )?TABLE|PRAGMA)\s'
    for name, room, text in code('.c', '.h'):
        if room not in ('db', 'store', 'server', 'vault') and re.search(pattern, text):
            yield f'{name} holds SQL'


def http_lives_in_sync_and_server():
    for name, room, text in code('.c', '.h'):
        if room not in ('sync', 'server') and '#include <libsoup/' in text:
            yield f'{name} includes libsoup'


def nothing_below_ui_asks_for_a_default():
    for name, room, text in code('.c', '.h'):
        if room != 'ui' and re.search(r'g_application_get_default|gtk_application_|gdk_display_get_default', text):
            yield f'{name} asks for the application or a default instance'


def sentences_for_people_live_where_they_are_translated():
    for name, room, text in code('.c', '.h'):
        if room not in SPEAKING and re.search(r'(?<![\w])(_|C_|N_|ngettext|gettext) \("', text):
            yield f'{name} translates text'


def every_spoken_file_is_listed_for_translators():
    listed = set(read('po/POTFILES.in').split()) if 'po/POTFILES.in' in FILES else set()
    for name in FILES:
        if not name.startswith('app/') or name in listed:
            continue
        if name.endswith(('.c', '.h')) and re.search(r'(?<![\w])(_|C_|N_|ngettext) \("', read(name)):
            yield f'{name} is not in po/POTFILES.in'
        if name.endswith('.ui') and 'translatable="yes"' in read(name):
            yield f'{name} is not in po/POTFILES.in'
    for name in sorted(listed):
        if name not in FILES:
            yield f'po/POTFILES.in names {name}, which is not there'


def only_pages_and_the_command_line_know_the_vault():
    """No object of another room refers to a symbol that the vault defines."""
    libs = {}
    for folder, _, files in os.walk(os.path.join(BUILD, 'app')):
        for f in files:
            match = re.fullmatch(r'libvantage-([a-z]+)\.a', f)
            if match:
                libs[match.group(1)] = os.path.join(folder, f)
    if 'vault' not in libs:
        yield 'the vault library was not built'
        return

    def symbols(lib, undefined):
        out = subprocess.run(['nm', '-u' if undefined else '--defined-only', '-A', lib],
                             capture_output=True, text=True).stdout
        return {line.split()[-1] for line in out.splitlines() if line.split()}

    own = {s for s in symbols(libs['vault'], False) if s.startswith('vantage_')}
    for room, lib in sorted(libs.items()):
        if room not in ('vault', 'ui', 'cli'):
            for symbol in sorted(own & symbols(lib, True)):
                yield f'{room}/ refers to {symbol}'


def functions_and_files_stay_short():
    for name in FILES:
        if not name.startswith(('app/', 'tests/')) or not name.endswith(('.c', '.h')):
            continue
        lines = read(name).split('\n')
        if len(lines) > 701 and name.startswith('app/'):
            yield f'{name} has {len(lines)} lines'
        start = None
        for i, line in enumerate(lines):
            if line == '{':
                start = i
            elif line.startswith('}') and start is not None:
                if line.rstrip() == '}' and i - start - 1 > 80 and name.startswith('app/'):
                    yield f'{name}:{start + 1} a function of {i - start - 1} lines'
                start = None


def a_room_is_not_crowded():
    count = {}
    for name in FILES:
        if name.startswith('app/') and name.endswith('.c'):
            folder = os.path.dirname(name)
            count[folder] = count.get(folder, 0) + 1
    for folder, n in sorted(count.items()):
        if n > 25:
            yield f'{folder}/ has {n} modules'


def nothing_is_left_for_later():
    words = r'\b(TODO|FIXME|XXX|not implemented|for now|stub(bed)?|dummy|mock(ed)?)\b'
    for name in FILES:
        if name == 'tests/house/house.py':
            continue
        if name == 'README.md' or (name.startswith(('app/', 'tests/', 'build-aux/', 'data/')) and
                                   name.endswith(('.c', '.h', '.py', '.sh', '.ui', '.build', '.sql', '.css'))):
            for i, line in enumerate(read(name).split('\n'), 1):
                if re.search(words, line, re.I):
                    yield f'{name}:{i} {line.strip()[:60]}'


def no_path_of_a_machine():
    pattern = r'(/home/\w+/|/root/|\.\./shared|shared/(design|data|formats|content|tools))'
    for name in FILES:
        if name in ('tests/house/house.py', 'build-aux/check') or name.endswith(('.png', '.zip', '.gz', '.svg')):
            continue
        for i, line in enumerate(read(name).split('\n'), 1):
            if re.search(pattern, line):
                yield f'{name}:{i} {line.strip()[:80]}'


def the_top_level_is_as_agreed():
    for top in sorted({n.split('/')[0] for n in FILES}):
        if not top.startswith('.') and top not in TOP_LEVEL:
            yield f'{top} does not belong at the top'


def formatting_is_the_formatters():
    sources = [os.path.join(SRC, n) for n in FILES
               if n.startswith(('app/', 'tests/')) and n.endswith(('.c', '.h'))]
    for i in range(0, len(sources), 100):
        run = subprocess.run(['clang-format', '--dry-run', '--ferror-limit=1'] + sources[i:i + 100],
                             capture_output=True, text=True)
        for line in run.stderr.split('\n'):
            if 'code should be clang-formatted' in line:
                yield os.path.relpath(line.split(':')[0], SRC) + ' is not formatted'


def public_headers_compile_alone():
    packages = ['gtk4', 'pangocairo', 'libadwaita-1', 'json-glib-1.0', 'sqlite3', 'libsoup-3.0', 'libarchive', 'libsodium', 'libxml-2.0']
    flags = subprocess.run(['pkg-config', '--cflags'] + packages, capture_output=True,
                           text=True, check=True).stdout.split()
    headers = [(n, r) for n, r, _ in code('.h') if r not in ('ui', 'cli', 'server')]
    for name, room in headers:
        # The rooms inside a library see one another, as its build lets them.
        inside = [d for d, _, _ in os.walk(f'{SRC}/app/{room}')]
        seen = [f'-I{SRC}/app/{r}' for r in MAY_INCLUDE[room]] + [f'-I{d}' for d in inside]
        with tempfile.NamedTemporaryFile('w', suffix='.c') as f:
            f.write(f'#include "{os.path.basename(name)}"\nint nothing;\n')
            f.flush()
            run = subprocess.run(['gcc', '-fsyntax-only', '-std=gnu11', '-Wall', '-Werror', *seen, *flags,
                                  f.name], capture_output=True, text=True)
        if run.returncode != 0:
            yield f'{name}: {run.stderr.splitlines()[0] if run.stderr else "does not compile"}'


CHECKS = [
    includes_stay_in_their_row, includes_have_no_circle, gtk_lives_in_ui, sql_lives_with_the_databases,
    http_lives_in_sync_and_server, nothing_below_ui_asks_for_a_default,
    sentences_for_people_live_where_they_are_translated, every_spoken_file_is_listed_for_translators,
    only_pages_and_the_command_line_know_the_vault, functions_and_files_stay_short, a_room_is_not_crowded,
    nothing_is_left_for_later, no_path_of_a_machine, the_top_level_is_as_agreed,
    formatting_is_the_formatters, public_headers_compile_alone,
]

print(f'1..{len(CHECKS)}')
bad = 0
for number, check in enumerate(CHECKS, 1):
    problems = list(check())
    bad += bool(problems)
    print(f'{"not ok" if problems else "ok"} {number} - /house/{check.__name__.replace("_", "-")}')
    for problem in problems[:40]:
        print(f'# {problem}')
sys.exit(1 if bad else 0)
