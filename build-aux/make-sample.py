#!/usr/bin/env python3
"""Writes data/sample from the story in build-aux/sample, and checks that it holds together.

    build-aux/make-sample.py [--check]

Without an option: writes the files. With --check: writes nothing; says which files are not what the
story gives, and every sentence of the check that does not hold. Exit 1 if there is any.

The story is written by hand: slack.txt, call.txt, alerts.txt, ticket.txt (what was said that night),
events.txt, links.txt and interpretation.py (what the investigator made of it), interviews.txt (private
notes). Only what is mechanical is made here: ids, times, the makers' JSON, ops. Needs Python 3.9 and
a time zone database, nothing else; equal story, equal bytes.
"""

import json
import sys
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from sample import check, evidence, ids, interpretation, notes  # noqa: E402

STORY = HERE / "sample"
OUT = HERE.parent / "data" / "sample"
# What the guide's questions say and where they stand in the bank.
QUESTIONS = STORY / "questions.txt"


class Evidence:
    """What was imported, by the short keys of the story."""

    def __init__(self):
        self.messages = evidence.read_slack(STORY / "slack.txt")
        self.ticket = evidence.Ticket(STORY / "ticket.txt")
        self.alerts = evidence.read_alerts(STORY / "alerts.txt")
        self.call = evidence.read_call(STORY / "call.txt")
        self.items, self.times = {}, {}
        for key, message in self.messages.items():
            channel = ids.channel_id("slack", "", evidence.CHANNELS[message.channel][0])
            self.items[key], self.times[key] = f"{channel}.{message.ts}", message.when
        channel = ids.channel_id("github", ids.GITHUB_HOST, evidence.REPO)
        for key, local in self.ticket.locals.items():
            self.items[key] = f"{channel}.{local}"
        self.add_tables()

    def add_tables(self):
        channel = ids.table_channel_id(evidence.ALERT_COLUMNS, evidence.ALERT_CHANNEL)
        for row in self.alerts:
            key = "al." + row["id"].partition("-")[2]
            self.items[key] = f"{channel}.{ids.table_local_id(row['id'], row['time'])}"
        channel = ids.table_channel_id(evidence.CALL_COLUMNS, evidence.CALL_CHANNEL)
        for row in self.call:
            key = "call." + row["time"][11:19]
            self.items[key] = f"{channel}.{ids.content_id(row['time'], row['author'], row['text'])}"

    def has(self, key):
        return key in self.items

    def item(self, key):
        return self.items[key]

    def plain(self, key):
        return self.messages[key].plain()

    def when(self, key):
        return self.times[key]

    def identity(self, who):
        if who in evidence.BOTS:
            user, bot, _ = evidence.BOTS[who]
            return ids.identity_id("slack", "", user or bot)
        return ids.identity_id("slack", "", evidence.PEOPLE[who][0])

    def other_identities(self, who):
        """Accounts of the same person in ticket, pager and call."""
        out = []
        name = evidence.BOTS[who][2] if who in evidence.BOTS else evidence.PEOPLE[who][2]
        login = "deploybot[bot]" if who == "deploybot" else (who in evidence.PEOPLE and evidence.PEOPLE[who][5])
        if login and any(part["who"] == who for part in self.ticket.parts):
            out.append(ids.identity_id("github", ids.GITHUB_HOST, ids.github_account(login)))
        if any(row["author"] == name for row in self.alerts + self.call):
            out.append(ids.identity_id("csv", "", "name:" + name))
        return out

    def zone(self, who):
        return evidence.PEOPLE[who][3]

    def name(self, who):
        return evidence.PEOPLE[who][2]

    def email(self, who):
        return evidence.slack_user(who)["profile"]["email"]


def read_rows(path, n):
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            row = [part.strip() for part in line.split(" | ", n)]
            yield row + [""] * (n + 1 - len(row))


def read_links(path):
    for a, kind, b, label, extra in read_rows(path, 4):
        yield a, kind, b, label, interpretation.more(extra)


def read_questions():
    return {row[0]: (row[1], row[3], int(row[2])) for row in read_rows(QUESTIONS, 3)}


def build():
    """Path below data/sample → bytes; and the sentences that do not hold."""
    record = Evidence()
    private = notes.Notes(STORY / "interviews.txt")
    events = list(read_rows(STORY / "events.txt", 7))
    story = interpretation.write(record, events, list(read_links(STORY / "links.txt")), private.released())
    slack = evidence.slack_files(record.messages)
    files = {f"export/{name}": data for name, data in slack.items()}
    files["slack-export.zip"] = evidence.zip_bytes(slack)
    files["tickets.json"] = record.ticket.json_bytes()
    files["alerts.jsonl"] = evidence.lines_bytes(record.alerts)
    files["bridge-call.jsonl"] = evidence.lines_bytes(record.call)
    files["ops.jsonl"] = story.log.lines().encode()
    files["interviews.json"] = private.json_bytes(story, ids.author_id(interpretation.DEVICE), read_questions())
    return files, check.run(story, record, private, files)


def main():
    files, problems = build()
    for problem in problems:
        print(problem, file=sys.stderr)
    kept = {str(p.relative_to(OUT)) for p in (OUT / "export").rglob("*") if p.is_file()}
    stale = sorted(name for name, data in files.items()
                   if not (OUT / name).is_file() or (OUT / name).read_bytes() != data)
    extra = sorted(kept - set(files))
    if sys.argv[1:] == ["--check"]:
        for name in stale + extra:
            print(f"data/sample/{name} is not what the story gives; run build-aux/make-sample.py", file=sys.stderr)
        return 1 if problems or stale or extra else 0
    for name in extra:
        (OUT / name).unlink()
    for name in stale:
        (OUT / name).parent.mkdir(parents=True, exist_ok=True)
        (OUT / name).write_bytes(files[name])
    print(check.summary(files))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
