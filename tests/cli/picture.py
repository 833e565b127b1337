#!/usr/bin/env python3
"""The timeline leaves as pictures and as a JSON Canvas, with no display, the same twice."""

import json
import os
import xml.etree.ElementTree as xml

import ctl
from ctl import equal, holds

SVG = '{http://www.w3.org/2000/svg}'
TITLES = ['Page for the broker', 'שלום לכולם', 'A title that is longer than any card has room for, and then some more of it']


def night(home):
    review = home.with_sample()
    person = home.json('people', review)['people'][0]['id']
    for n, title in enumerate(TITLES):
        home.json('event', 'add', review, '--title', title, '--actor', person, '--at', f'2025-03-14T01:0{n}:00Z')
    home.json('event', 'add', review, '--title', 'Somewhere later', '--actor', person,
              '--earliest', '2025-03-14T05:00:00Z', '--latest', '2025-03-14T06:00:00Z')
    return review


def draw(home, review, name, *options):
    path = home.path(name)
    home.run('picture', review, '-o', path, '--format', name.split('.')[-1], *options)
    with open(path, 'rb') as f:
        return f.read()


def an_svg_holds_every_event_by_name(home):
    review = night(home)
    root = xml.fromstring(draw(home, review, 'a.svg'))
    items = [g for g in root.iter(SVG + 'g') if g.get('role') == 'listitem' and g.get('id')]
    titles = [g.find(SVG + 'title').text for g in items]
    equal(sorted(titles), sorted(TITLES + ['Somewhere later']))
    holds(all(g.find(SVG + 'desc').text for g in items), 'each says what is known of it')
    holds(root.find(SVG + 'title').text and root.get('aria-labelledby'), 'the picture has a name')


def a_stretch_holds_what_meets_it(home):
    review = night(home)
    svg = draw(home, review, 'a.svg', '--since', '2025-03-14T01:00:00Z', '--until', '2025-03-14T02:00:00Z').decode()
    holds(TITLES[0] in svg and 'Somewhere later' not in svg, svg[:2000])


def the_same_review_gives_the_same_bytes(home):
    review = night(home)
    for name in ('a.svg', 'a.png'):
        equal(draw(home, review, name), draw(home, review, name))


def every_form_is_what_it_says(home):
    review = night(home)
    holds(draw(home, review, 'a.png').startswith(b'\x89PNG'), 'PNG')
    pdf = draw(home, review, 'a.pdf', '--print')
    holds(pdf.startswith(b'%PDF') and b'/StructTreeRoot' in pdf and b'/Outlines' in pdf, 'PDF')
    wide = draw(home, review, 'b.png', '--width', '1500')
    equal(int.from_bytes(wide[16:20], 'big'), 1500)
    home.run('picture', review, '--format', 'gif', status=2)
    home.run('picture', review, '--format', 'svg', '--width', '-4', status=2)
    holds(not os.path.exists(home.path('c.svg')), 'nothing is left of a wrong call')


def a_json_canvas_holds_together(home):
    review = night(home)
    canvas = json.loads(home.run('export', review, '--format', 'canvas').out)
    ids = [node['id'] for node in canvas['nodes']]
    equal(len(ids), len(set(ids)))
    holds(all(isinstance(node[k], int) for node in canvas['nodes'] for k in ('x', 'y', 'width', 'height')), canvas)
    equal(len([n for n in canvas['nodes'] if n['type'] == 'text']), len(TITLES) + 1)
    holds(all(e['fromNode'] in ids and e['toNode'] in ids for e in canvas['edges']), canvas['edges'])


ctl.main('cli/picture', [an_svg_holds_every_event_by_name, a_stretch_holds_what_meets_it, the_same_review_gives_the_same_bytes,
                         every_form_is_what_it_says, a_json_canvas_holds_together])
