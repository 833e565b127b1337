#!/usr/bin/env python3
"""Real exports of ticket trackers, counted by a second program that shares nothing with the first.

Read where $VANTAGE_SHARED_DATA says they lie; without them the cases are skipped. Nothing of what
they hold is printed: numbers alone.
"""

import csv
import json
import os
import subprocess
import sys
from datetime import datetime, timezone

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'cli'))
import ctl  # noqa: E402
from ctl import Skip, equal, holds  # noqa: E402

DATA = os.environ.get('VANTAGE_SHARED_DATA', '')


def real(*names):
    path = os.path.join(DATA, *names)
    if not DATA or not os.path.exists(path):
        raise Skip('that export is not beside this repository')
    return path


def load(*names):
    with open(real(*names), encoding='utf-8') as f:
        return json.load(f)


def kinds_of(home, path, *options):
    """What was kept by kind, and the first and last moment; a second time adds nothing."""
    review = home.review(os.path.basename(path) + ' '.join(options))
    made = home.json('import', review, path, *options, status=None)['sources'][0]
    items = home.json('items', review)['items']
    equal(len({i['id'] for i in items}), made['items'], 'ids are of one item each')
    equal(home.json('import', review, path, *options, status=None)['sources'][0]['new_items'], 0)
    return made, items


def utc(text):
    at = datetime.fromisoformat(text.replace('Z', '+00:00')).astimezone(timezone.utc)
    return at.strftime('%Y-%m-%dT%H:%M:%S.%fZ')


def said(made, **counts):
    for kind, n in counts.items():
        equal(made['kinds'].get(kind, 0), n, kind)


def issues_of_jira(home):
    issues = load('jira', 'faros', 'issues.json')
    made, _ = kinds_of(home, real('jira', 'faros', 'issues.json'))
    changes = [c for i in issues for h in i['changelog']['histories'] for c in h['items']]
    comments = [c for i in issues for c in (i['fields'].get('comment') or {}).get('comments', [])]
    said(made, ticket=len(issues), comment=len(comments), status=sum(c['field'] == 'status' for c in changes))
    equal(made['items'], len(issues) + len(changes) + len(comments))
    short = [i for i in issues if i['changelog']['total'] > len(i['changelog']['histories'])]
    pages = [i['fields'].get('comment') or {} for i in issues] + [i['fields'].get('worklog') or {} for i in issues]
    short += [p for p in pages if p.get('total', 0) > len(p.get('comments') or p.get('worklogs') or [])]
    equal(made['complete'], not short)
    equal(sum(n['code'] == 'more-pages' for n in made['notes']), len(short))
    equal(made['first'], min(utc(i['fields']['created'][:-2] + ':' + i['fields']['created'][-2:]) for i in issues))
    pages = [load('jira', 'perceval', f'jira_comments_issue_page_{n}.json') for n in (1, 2)]
    made, _ = kinds_of(home, real('jira', 'perceval'))
    said(made, comment=len({c['id'] for p in pages for c in p['comments']}))
    made, _ = kinds_of(home, real('jira', 'xml-sergeMMikh', 'SearchRequest.xml'))
    with open(real('jira', 'xml-sergeMMikh', 'SearchRequest.xml'), encoding='utf-8') as f:
        text = f.read()
    said(made, ticket=text.count('<item>'), comment=text.count('<comment '))


def jira_in_three_containers(home):
    maker = os.path.join(os.path.dirname(DATA.rstrip('/')), 'tools', 'make-jira-export.py')
    if not DATA or not os.path.exists(maker):
        raise Skip('the maker of exports is not beside this repository')
    out = home.path('jira')
    told = json.loads(subprocess.run([sys.executable, maker, '--issues', '200', '--seed', '4', '--changelog-cap', '9', '--page',
                                      '50', '--out', out], capture_output=True, check=True).stdout)
    pages = home.path('pages')
    os.mkdir(pages)
    for name in os.listdir(out):
        if name.endswith('.json'):
            os.rename(os.path.join(out, name), os.path.join(pages, name))
    answers, of_answers = kinds_of(home, pages)
    said(answers, ticket=told['issues'], comment=told['comments'], status=told['status_changes'], file=told['attachments'])
    equal(answers['items'], told['issues'] + told['comments'] + told['change_items'] + told['attachments'])
    equal(sum(n['code'] == 'more-pages' for n in answers['notes']), told['issues_with_truncated_changelog'])
    equal(answers['first'], told['first_created_utc'].replace('Z', '000Z'))
    equal(len({i['identity'] for i in of_answers if i['identity']}), told['authors'])
    table, of_table = kinds_of(home, os.path.join(out, 'jira.csv'), '--time-zone', told['csv_time_zone_is'][:3] + ':00')
    said(table, ticket=told['issues'], comment=told['comments'], file=told['attachments'])
    feed, of_feed = kinds_of(home, os.path.join(out, 'search.xml'))
    said(feed, ticket=told['xml_items'], comment=told['comments'])
    holds({i['id'] for i in of_feed} <= {i['id'] for i in of_answers}, 'XML has the ids of the answers')
    has_id = ('ticket', 'file')
    equal({i['id'] for i in of_table if i['kind'] in has_id}, {i['id'] for i in of_answers if i['kind'] in has_id})


def tickets_of_gitlab(home):
    collected = load('gitlab', 'grimoirelab-elk', 'gitlab.json')
    notes = [n for c in collected for n in c['data']['notes_data']]
    made, _ = kinds_of(home, real('gitlab', 'grimoirelab-elk', 'gitlab.json'))
    said(made, ticket=len(collected), comment=sum(not n['system'] for n in notes))
    equal(made['items'], len(collected) + len(notes))
    times = [x['created_at'] for x in notes + [c['data'] for c in collected]]
    equal((made['first'], made['last']), (min(map(utc, times)), max(map(utc, times))))
    tickets = []
    for relation in ('issues', 'merge_requests'):
        with open(real('gitlab', 'project-export-handbook', 'tree', 'project', relation + '.ndjson'), encoding='utf-8') as f:
            tickets += [json.loads(line) for line in f]
    notes = [n for t in tickets for n in t['notes']]
    made, _ = kinds_of(home, real('gitlab', 'project-export-handbook'))
    said(made, ticket=len(tickets), comment=sum(not n['system'] for n in notes))
    equal(made['items'], len(tickets) + len(notes))


def a_history_of_servicenow(home):
    path = real('servicenow', 'uci-event-log', 'incident_event_log.csv')
    made, items = kinds_of(home, path, '--time-zone', 'UTC')
    by_number = {}
    with open(path, encoding='utf-8') as f:
        for row in csv.DictReader(f):
            by_number.setdefault(row['number'], []).append(row)
    status = assignment = 0
    for rows in by_number.values():
        rows.sort(key=lambda r: int(r['sys_mod_count']))
        for before, after in zip(rows, rows[1:]):
            status += before['incident_state'] != after['incident_state']
            assignment += sum(before[c] != after[c] for c in ('assigned_to', 'assignment_group'))
        if len(rows) == 1:
            status += sum(rows[0][c] != '?' for c in ('resolved_at', 'closed_at'))
    said(made, ticket=len(by_number), status=status, assignment=assignment)
    opened = [datetime.strptime(r[0]['opened_at'], '%d-%m-%Y %H:%M') for r in by_number.values()]
    equal(made['first'], min(opened).strftime('%Y-%m-%dT%H:%M:00.000000Z'))


def bugs_of_bugzilla(home):
    for name in ('bugzilla_bug.xml', 'bugzilla_bugs_details.xml', 'bugzilla_bugs_invalid_chars.xml'):
        with open(real('bugzilla', 'perceval', name), encoding='latin-1') as f:
            text = f.read()
        made, _ = kinds_of(home, real('bugzilla', 'perceval', name))
        bugs = text.count('<bug>')
        said(made, ticket=bugs, comment=text.count('<long_desc') - bugs, file=text.count('<attachment '))
    comments = load('bugzilla', 'perceval', 'bugzilla_rest_bugs_comments.json')['bugs']
    made, _ = kinds_of(home, real('bugzilla', 'perceval', 'bugzilla_rest_bugs_comments.json'))
    said(made, comment=sum(len(b['comments']) for b in comments.values()))
    history = load('bugzilla', 'perceval', 'bugzilla_rest_bugs_history.json')['bugs']
    made, _ = kinds_of(home, real('bugzilla', 'perceval', 'bugzilla_rest_bugs_history.json'))
    equal(made['items'], sum(len(h['changes']) for b in history for h in b['history']))


def issues_of_redmine(home):
    issue = load('redmine', 'perceval', 'redmine_issue_7311.json')['issue']
    made, _ = kinds_of(home, real('redmine', 'perceval', 'redmine_issue_7311.json'))
    details = [d for j in issue['journals'] for d in j['details']]
    notes = [j for j in issue['journals'] if (j.get('notes') or '').strip()]
    said(made, ticket=1, comment=len(notes), status=sum(d['name'] == 'status_id' for d in details))
    equal(made['items'], 1 + len(notes) + len(details))
    times = [utc(x['created_on']) for x in issue['journals']] + [utc(issue['created_on'])]
    equal((made['first'], made['last']), (min(times), max(times)))


def messages_of_webhooks_are_no_export(home):
    for folder in (('jira', 'zulip-webhooks'), ('gitlab', 'go-gitlab', 'webhooks'), ('linear', 'zulip-webhooks')):
        for name in sorted(os.listdir(real(*folder))):
            review = home.review(name + folder[0])
            done = home.run('import', review, real(*folder, name), status=1)
            holds('webhook message' in done.err, name)


ctl.main('end-to-end/real-trackers', [
    issues_of_jira, jira_in_three_containers, tickets_of_gitlab, a_history_of_servicenow, bugs_of_bugzilla,
    issues_of_redmine, messages_of_webhooks_are_no_export])
