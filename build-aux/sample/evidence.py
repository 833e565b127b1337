"""Reads the story files and writes the evidence: Slack export, ticket, alerts, call."""

import hashlib
import io
import json
import re
import zipfile

from . import ids

TEAM = "T02HOLLYHK7"
REPO = "hollyhock-market/payments"

# key: Slack id, handle, name, zone, title, GitHub login
PEOPLE = {
    "dana": ("U07DK4F0R2D", "dana", "Dana Okafor", "Europe/Berlin", "Engineer, Payments", "dana-okafor"),
    "noor": ("U05NH2D8A1Q", "noor", "Noor Haddad", "Europe/Berlin", "Lead, Payments", "nhaddad"),
    "ilse": ("U03LSE9BRT7", "ilse", "Ilse Brandt", "Europe/Berlin", "Database engineer, Storage", "ilsebrandt"),
    "soren": ("U06SRN4AGD3", "soren", "Søren Aagaard", "Europe/Copenhagen", "Engineer, Storage", None),
    "marek": ("U02MRK7DVR1", "marek", "Marek Dvořák", "Europe/Prague", "Engineer, Storage (on leave)", None),
    "ravi": ("U06RVM3NN5K", "ravi", "Ravi Menon", "Asia/Kolkata", "Customer support, night", "ravi-menon"),
    "li": ("U04LJN8UN2B", "li.jun", "Li Jun", "America/Vancouver", "Customer support, lead", None),
}
BOTS = {
    # An application with a user of its own, and an old integration that has none.
    "lagwatch": ("U05LAGW4TCH", "B05LAGW4TCX", "lagwatch"),
    "deploybot": (None, "B04DPLYB0T9", "deploybot"),
}
CHANNELS = {
    "payments-ops": ("C07PAY0PS41", ["dana", "noor", "ilse", "soren", "li"],
                     "pager: Dana until Monday 09:00 · second: Noor",
                     "Payments at work: checkout, workers, broker consumers"),
    "support": ("C07SUPP0R72", ["ravi", "li", "noor", "dana"],
                "Questions from customers and sellers · nights: Ravi",
                "Support talks to everybody else"),
}


def numbers(name, digits):
    return int(hashlib.sha256(name.encode()).hexdigest()[:12], 16) % 10**digits


class Message:
    def __init__(self, key, channel, when, who, text):
        self.key, self.channel, self.when, self.who, self.text = key, channel, when, who, text
        self.reply = self.kind = self.edited = self.file = None
        self.broadcast, self.reactions = False, []
        self.ts = f"{int(when.timestamp())}.{numbers(channel + key, 6):06d}"

    def plain(self):
        """Text as an item shows it; words are only cited from messages that hold no markup."""
        assert not re.search(r"[<*_~`]|:\w+:", self.text), f"{self.key} holds markup"
        return self.text


def read_slack(path):
    messages, channel, day = {}, None, None
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("== "):
            channel = line[3:]
        elif line.startswith("-- "):
            day = line[3:]
        elif line.startswith("    ."):
            word, _, rest = line[5:].partition(" ")
            attribute(last, word, rest, messages, day)
        elif line.startswith("    "):
            last.text += "\n" + line[4:]
        else:
            key, clock, who, text = re.match(r"(\w+) (\S+) (\w+): (.*)", line).groups()
            assert key not in messages, key
            last = messages[key] = Message(key, channel, ids.local(f"{day} {clock}"), who, text)
    return messages


def attribute(message, word, rest, messages, day):
    if word == "react":
        name, who = rest.split()
        message.reactions.append((name, who.split(",")))
    elif word == "edited":
        message.edited = ids.local(f"{day} {rest}")
    elif word == "reply":
        message.reply = messages[rest]
        assert message.reply.channel == message.channel, message.key
    elif word == "broadcast":
        message.broadcast = True
    elif word == "file":
        message.file = rest.split()
    elif word == "kind":
        message.kind = rest
    else:
        raise ValueError(word)


def slack_markup(text):
    parts = re.split(r"(<@\w+>|<#[\w-]+>|<!here>|<https:[^>]*>)", text)
    for i, part in enumerate(parts):
        if i % 2 == 0:
            parts[i] = part.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        elif part.startswith("<@"):
            parts[i] = f"<@{PEOPLE[part[2:-1]][0]}>"
        elif part.startswith("<#"):
            parts[i] = f"<#{CHANNELS[part[2:-1]][0]}|{part[2:-1]}>"
    return "".join(parts)


def user_profile(who):
    _, handle, name, _, title, _ = PEOPLE[who]
    return {"avatar_hash": "g" + ids.compute(11, who), "image_72": "", "first_name": name.split()[0],
            "real_name": name, "display_name": handle, "team": TEAM, "name": handle,
            "is_restricted": False, "is_ultra_restricted": False}


def slack_message(message, replies):
    out = {}
    if message.who in BOTS:
        user, bot, name = BOTS[message.who]
        if user is None:
            out.update({"subtype": "bot_message", "text": slack_markup(message.text),
                        "username": name, "type": "message", "ts": message.ts, "bot_id": bot})
        else:
            out.update({"user": user, "type": "message", "ts": message.ts, "bot_id": bot,
                        "app_id": "A05LAGW4TC1", "text": slack_markup(message.text), "team": TEAM,
                        "bot_profile": {"id": bot, "app_id": "A05LAGW4TC1", "name": name,
                                        "deleted": False, "updated": 1717405200, "team_id": TEAM}})
    elif message.kind is not None:
        out.update(system_message(message))
    else:
        out.update({"user": PEOPLE[message.who][0], "type": "message", "ts": message.ts,
                    "client_msg_id": uuid(message), "text": slack_markup(message.text),
                    "team": TEAM, "user_team": TEAM, "source_team": TEAM,
                    "user_profile": user_profile(message.who)})
    add_thread(out, message, replies)
    if message.edited:
        out["edited"] = {"user": PEOPLE[message.who][0], "ts": f"{int(message.edited.timestamp())}.000000"}
    if message.file:
        out["files"] = [slack_file(message)]
        out["upload"] = False
    if message.reactions:
        out["reactions"] = [{"name": name, "users": [PEOPLE[w][0] for w in who], "count": len(who)}
                            for name, who in message.reactions]
    return out


def uuid(message):
    h = ids.compute(32, message.channel, message.key)
    return f"{h[:8]}-{h[8:12]}-4{h[13:16]}-8{h[17:20]}-{h[20:]}"


def system_message(message):
    user = PEOPLE[message.who][0]
    out = {"subtype": {"join": "channel_join", "topic": "channel_topic", "pin": "pinned_item"}[message.kind],
           "user": user, "text": slack_markup(message.text), "type": "message", "ts": message.ts}
    if message.kind == "topic":
        out["topic"] = message.text.partition(": ")[2]
    if message.kind == "pin":
        out["item_type"] = "C"
    return out


def slack_file(message):
    name, sort, size = message.file
    mime = {"png": "image/png", "text": "text/plain", "csv": "text/csv"}[sort]
    file_id = "F07" + ids.compute(8, message.key).upper()
    return {"id": file_id, "created": int(message.when.timestamp()),
            "timestamp": int(message.when.timestamp()), "name": name, "title": name, "mimetype": mime,
            "filetype": sort, "pretty_type": sort.upper(), "user": PEOPLE[message.who][0],
            "mode": "hosted", "size": int(size), "is_external": False, "is_public": True,
            "url_private": f"https://files.slack.com/files-pri/{TEAM}-{file_id}/{name}"}


def add_thread(out, message, replies):
    if message.reply:
        out["thread_ts"] = message.reply.ts
        out["parent_user_id"] = PEOPLE[message.reply.who][0]
        if message.broadcast:
            out["subtype"] = "thread_broadcast"
            out["root"] = {"user": PEOPLE[message.reply.who][0], "type": "message",
                           "ts": message.reply.ts, "text": slack_markup(message.reply.text),
                           "thread_ts": message.reply.ts}
    mine = replies.get(message.key)
    if mine:
        users = list(dict.fromkeys(PEOPLE[m.who][0] for m in mine))
        out.update({"thread_ts": message.ts, "reply_count": len(mine), "reply_users_count": len(users),
                    "latest_reply": mine[-1].ts, "reply_users": users,
                    "replies": [{"user": PEOPLE[m.who][0], "ts": m.ts} for m in mine],
                    "is_locked": False, "subscribed": False})


def slack_json(value):
    """As Slack writes it: four spaces, other scripts and slashes escaped."""
    return (json.dumps(value, indent=4, ensure_ascii=True).replace("/", "\\/") + "\n").encode()


def slack_files(messages):
    """Name inside the export → bytes, in the order of the archive."""
    replies = {}
    for message in messages.values():
        if message.reply:
            replies.setdefault(message.reply.key, []).append(message)
    files = {"channels.json": slack_json([slack_channel(n) for n in CHANNELS]),
             "users.json": slack_json([slack_user(w) for w in PEOPLE] + [slack_bot("lagwatch")]),
             "integration_logs.json": slack_json([])}
    days = {}
    for message in messages.values():
        day = message.when.astimezone(ids.PACIFIC).strftime("%Y-%m-%d")
        days.setdefault((message.channel, day), []).append(message)
    for (channel, day), some in sorted(days.items()):
        some.sort(key=lambda m: m.ts)
        files[f"{channel}/{day}.json"] = slack_json([slack_message(m, replies) for m in some])
    return files


def slack_channel(name):
    native, members, topic, purpose = CHANNELS[name]
    return {"id": native, "name": name, "created": 1719388800, "creator": PEOPLE["marek"][0],
            "is_archived": False, "is_general": False, "members": [PEOPLE[w][0] for w in members],
            "topic": {"value": topic, "creator": PEOPLE["noor"][0], "last_set": 1741593600},
            "purpose": {"value": purpose, "creator": PEOPLE["marek"][0], "last_set": 1719388800}}


def slack_user(who):
    native, handle, name, zone, title, _ = PEOPLE[who]
    offset = int(ids.local("2025-03-14 02:00").astimezone(ids.ZoneInfo(zone)).utcoffset().total_seconds())
    first = name.split()[0].lower().replace("ø", "o")
    return {"id": native, "team_id": TEAM, "name": handle, "deleted": False, "color": ids.compute(6, who),
            "real_name": name, "tz": zone, "tz_label": zone, "tz_offset": offset,
            "profile": {"title": title, "phone": "", "skype": "", "real_name": name,
                        "real_name_normalized": name, "display_name": handle,
                        "display_name_normalized": handle, "fields": {}, "status_text": "",
                        "email": f"{first}@hollyhock.example", "team": TEAM},
            "is_admin": who == "noor", "is_owner": False, "is_restricted": False,
            "is_ultra_restricted": False, "is_bot": False, "is_app_user": False, "updated": 1741593600}


def slack_bot(who):
    user, bot, name = BOTS[who]
    return {"id": user, "team_id": TEAM, "name": name, "deleted": False, "color": "757575",
            "real_name": name, "tz": "Europe/Berlin", "tz_label": "Europe/Berlin", "tz_offset": 3600,
            "profile": {"title": "", "real_name": name, "display_name": "", "bot_id": bot,
                        "api_app_id": "A05LAGW4TC1", "always_active": True, "team": TEAM},
            "is_admin": False, "is_owner": False, "is_restricted": False, "is_ultra_restricted": False,
            "is_bot": True, "is_app_user": False, "updated": 1741593600}


def zip_bytes(files):
    """The same bytes on every machine: fixed times and modes, nothing left to a compressor."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, (2025, 3, 17, 9, 0, 0))
            info.create_system, info.external_attr = 3, 0o644 << 16
            archive.writestr(info, data)
    return out.getvalue()


class Ticket:
    """Issue, comments and events, each with the id by which it is cited."""

    def __init__(self, path):
        self.parts, part = [], None
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("#") or not line.strip() and part is None:
                continue
            head = re.match(r"(issue|comment|event) (\S+ \S+) (\w+) ?(.*)", line)
            if head:
                part = {"sort": head[1], "when": ids.local(head[2]), "who": head[3], "rest": head[4],
                        "lines": [], "reactions": {}, "edited": None}
                self.parts.append(part)
            elif line.startswith("    + "):
                name, count = line[6:].split()
                part["reactions"][name] = int(count)
            elif line.startswith("    ~ "):
                part["edited"] = ids.local(line[6:])
            else:
                part["lines"].append(line[4:])
        self.locals = {"gh": "4471"}
        base = {"comment": 2723140000, "event": 16741220000}
        for sort, letter in (("comment", "c"), ("event", "e")):
            for i, each in enumerate((p for p in self.parts if p["sort"] == sort), 1):
                each["id"] = base[sort] + numbers(f"{sort}{i}", 4) + i * 10000
                self.locals[f"gh.{letter}{i}"] = f"4471.{letter}{each['id']}"

    def user(self, who):
        if who == "finance":
            return None  # an account that was closed since
        if who == "deploybot":
            return {"login": "deploybot[bot]", "id": 41790214, "type": "Bot", "site_admin": False,
                    "html_url": "https://github.com/apps/deploybot"}
        login = PEOPLE[who][5]
        return {"login": login, "id": 20000000 + numbers(login, 7), "type": "User", "site_admin": False,
                "html_url": f"https://github.com/{login}"}

    def reactions(self, part):
        names = ["+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes"]
        out = {"total_count": sum(part["reactions"].values())}
        out.update({n: part["reactions"].get(n, 0) for n in names})
        return out

    def json_bytes(self):
        """Three answers of the service one after the other: the issue, its comments, its events."""
        issue = next(p for p in self.parts if p["sort"] == "issue")
        comments = [p for p in self.parts if p["sort"] == "comment"]
        events = [p for p in self.parts if p["sort"] == "event"]
        pages = [[self.issue(issue, comments, events)], [self.comment(p) for p in comments],
                 [self.event(p) for p in events]]
        return "".join(json.dumps(p, indent=2, ensure_ascii=False) + "\n" for p in pages).encode()

    def issue(self, part, comments, events):
        url = f"https://api.github.com/repos/{REPO}/issues/4471"
        closed = events[-1]
        return {"url": url, "html_url": f"https://github.com/{REPO}/issues/4471", "id": 2918004471,
                "number": 4471, "title": "Checkout held payments, 14 March", "user": self.user("ravi"),
                "labels": [{"name": "support", "color": "fbca04"}, {"name": "incident", "color": "b60205"}],
                "state": "closed", "state_reason": "completed", "locked": False,
                "assignees": [self.user("noor")], "milestone": None, "comments": len(comments),
                "created_at": ids.utc(part["when"], "seconds"), "updated_at": ids.utc(closed["when"], "seconds"),
                "closed_at": ids.utc(closed["when"], "seconds"), "closed_by": self.user("noor"),
                "author_association": "MEMBER", "body": "\r\n".join(part["lines"][1:]),
                "reactions": self.reactions(part)}

    def comment(self, part):
        url = f"https://api.github.com/repos/{REPO}/issues"
        return {"url": f"{url}/comments/{part['id']}",
                "html_url": f"https://github.com/{REPO}/issues/4471#issuecomment-{part['id']}",
                "issue_url": f"{url}/4471", "id": part["id"], "user": self.user(part["who"]),
                "created_at": ids.utc(part["when"], "seconds"),
                "updated_at": ids.utc(part["edited"] or part["when"], "seconds"),
                "author_association": "NONE" if part["who"] == "finance" else "MEMBER",
                "body": "\r\n".join(part["lines"]).rstrip(), "reactions": self.reactions(part)}

    def event(self, part):
        name, _, rest = part["rest"].partition(" ")
        out = {"id": part["id"], "url": f"https://api.github.com/repos/{REPO}/issues/events/{part['id']}",
               "actor": self.user(part["who"]), "event": name, "commit_id": None, "commit_url": None,
               "created_at": ids.utc(part["when"], "seconds"),
               "issue": {"url": f"https://api.github.com/repos/{REPO}/issues/4471", "number": 4471,
                         "html_url": f"https://github.com/{REPO}/issues/4471"}}
        if name == "labeled":
            out["label"] = {"name": rest}
        elif name == "assigned":
            out["assignee"], out["assigner"] = self.user(rest), self.user(part["who"])
        elif name == "renamed":
            before, after = rest.split(" -> ")
            out["rename"] = {"from": before, "to": after}
        elif name == "closed":
            out["state_reason"] = rest
        return out


ALERT_COLUMNS = ["id", "time", "kind", "author", "channel", "text"]
ALERT_CHANNEL = "pager log"
CALL_COLUMNS = ["time", "author", "kind", "channel", "text"]
CALL_CHANNEL = "payments-0314"


def read_alerts(path):
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            native, clock, kind, who, text = line.split("|")
            rows.append({"id": native, "time": ids.local(clock).isoformat(), "kind": kind,
                         "author": who, "channel": ALERT_CHANNEL, "text": text})
    return rows


def read_call(path):
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        clock, rest = line.split(" ", 1)
        presence = re.match(r"(.*) ([+-]) (joined|left)$", rest)
        who, text = (presence[1], presence[3] + " the call") if presence else rest.split(": ", 1)
        kind = {"joined": "join", "left": "leave"}[presence[3]] if presence else "utterance"
        rows.append({"time": ids.local(f"2025-03-14 {clock}").isoformat(), "author": who, "kind": kind,
                     "channel": CALL_CHANNEL, "text": text})
    return rows


def lines_bytes(rows):
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
