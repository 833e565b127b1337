"""The interpretation of the sample, told as the investigator's edits over one week."""

import re
from functools import partial

from . import ids
from .ops import DEVICE, Log

REVIEW = "0195940000005a6d706c650000000001"  # the same in every library
NIGHT = "2025-03-14"

TEAMS = {"dana": "Payments", "noor": "Payments", "ilse": "Storage", "soren": "Storage", "marek": "Storage",
         "ravi": "Support", "li": "Support"}
ROLES = {"dana": "Engineer on call", "noor": "Lead", "ilse": "Database engineer", "soren": "Engineer",
         "marek": "Engineer, on leave", "ravi": "Customer support, alone on shift", "li": "Support lead"}
LABELS = {"dana": "Responder 1", "ilse": "Responder 2", "noor": "Responder 3", "ravi": "Supporter 1",
          "li": "Onlooker 1", "soren": "Onlooker 2", "marek": "Absent 1"}
GROUPS = [("before", "Before that night"), ("evening", "22:00, the restart that went by itself"),
          ("quiet", "A quiet hour"), ("wait", "Waiting, as at ten"), ("callers", "In the other room: Support"),
          ("turn", "Not the chef thing"), ("found", "The dashes"), ("back", "One worker, then the others"),
          ("after", "Telling people, and the morning")]
TAGS = [("dashboard", "blue", "What people looked at, and what it showed."),
        ("handover", "purple", "Where work, knowledge or a pager changed hands."),
        ("normal", "green", "What somebody calls normal."),
        ("silent change", "orange", "A change that told nobody."),
        ("held", "yellow", "What kept it from being worse.")]
CODES = [("looks the same", "A thing met before, and what that made visible or hid."),
         ("numbers that disagree", "Two displays of one thing."),
         ("times that differ", "Recall against recall, or against the record."),
         ("may one wake them", "Weighing the cost of asking."),
         ("asking and not being heard", "Questions, and rooms without anybody in them."),
         ("handover", "What went along and what stayed."),
         ("what normal is", "A personal picture of ordinary."),
         ("being tired", "Hours, sleep, load."),
         ("what held", "What made it less bad.")]


class Story:
    """Everything by the short name it has in the story files."""

    def __init__(self, evidence):
        self.evidence, self.log = evidence, Log(REVIEW)
        self.ids = {}

    def of(self, kind, name):
        return self.ids[(kind, name)]

    def new(self, edit, kind, name, /, **fields):
        entity = edit.new(kind, name, **fields)
        self.ids[(kind, name)] = entity
        return entity

    def person(self, name):
        return self.of("person", name)

    def people(self, names):
        return [self.person(n) for n in names.split(",")] if names and names != "-" else []

    def item(self, key):
        return self.evidence.item(key)

    def cites(self, keys):
        """Keys, each with the words it is about or without → registers."""
        out = {}
        for key in keys if isinstance(keys, list) else keys.split(","):
            key, _, words = key.partition('"')
            item = self.item(key)
            if words:
                words = words.rstrip('"')
                plain = self.evidence.plain(key)
                start = plain.index(words)
                out[f"{item}@{start}-{start + len(words)}"] = {"q": words}
            else:
                out[item] = True
        return out

    # Times of the story files, as values.

    def moment(self, text):
        """"2025-03-10 09:00", "13/22:45" or "02:03:40" → aware datetime."""
        if text.startswith("13/"):
            text = "2025-03-13 " + text[3:]
        elif "-" not in text:
            text = f"{NIGHT} {text}"
        return ids.local(text)

    def when(self, text):
        if text in ("?", "-", ""):
            return None
        if text.startswith("@"):
            at, _, pm = text[1:].partition("±")
            return {"at": ids.utc(self.moment(at)), "pm": int(float(pm or 0) * 1_000_000)}
        if "~" in text:
            a, b = text.split("~")
            return {"between": [ids.utc(self.moment(a)), ids.utc(self.moment(b))]}
        return {"item": self.item(text)}


def seconds(value):
    return None if value is None else int(value * 1_000_000)


def berlin(text):
    return ids.utc(ids.local(text))


def quoted(text):
    """Straight quotation marks of the story files as those of print."""
    return re.sub(r'"([^"]*)"', "“\\1”", text)


def more(text):
    out = {}
    for part in filter(None, (p.strip() for p in text.split(";"))):
        key, _, value = part.partition("=")
        out[key] = value
    return out


def open_review(story):
    log = story.log
    log.begin("2025-03-17 07:40")
    author = ids.author_id(DEVICE)
    story.ids[("author", "mika")] = author
    with log.edit() as edit:
        edit.set("author", author, name="Mika Sandberg")
        edit.set("review", REVIEW, title="Checkout held payments, 14 March", kind="incident", stage="intake",
                 sample=True, zone="Europe/Berlin", from_=berlin("2025-03-13 21:30"),
                 until=berlin("2025-03-14 04:00"))
    with log.edit() as edit:
        edit.set("review", REVIEW, intake={"teams": "yes", "new-teams": "yes", "trivial": "yes", "near-miss": "no",
                                           "big-day": "no", "new-service": "yes", "crowd": "no", "surprise": "yes",
                                           "thought-fixed": "yes"}, depth="full")
    with log.edit() as edit:
        edit.set("review", REVIEW, investigator="Mika Sandberg", facilitator="Ada Lindqvist", stage="assigned",
                 services=["checkout", "capture workers", "broker relay-prod"], label="learning-review",
                 audience="Engineering and Support; later everybody in the house",
                 due={"conversations": berlin("2025-03-20 18:00"), "meeting": berlin("2025-03-27 14:00"),
                      "checkpoint": berlin("2025-04-11 10:00")})
        edit.set("review", REVIEW, purpose=[
            "To understand how this night looked from where each person sat, and what made each step a sensible one.",
            "To find out what Payments, Storage and Support know of each other's work now that the broker has moved."])
    with log.edit() as edit:
        edit.set("review", REVIEW, stage="sources")


def people(story):
    log, evidence = story.log, story.evidence
    log.begin("2025-03-17 08:00", 40)
    for name in list(TEAMS) + ["deploybot", "lagwatch"]:
        story.ids[("person", name)] = ids.person_id(REVIEW, evidence.identity(name))
    with log.edit() as edit:
        edit.set("review", REVIEW, stage="people")
    for index, name in enumerate(["dana", "noor", "ilse", "soren", "marek", "ravi", "li"]):
        with log.edit() as edit:
            edit.set("person", story.person(name), sort="human", team=TEAMS[name], role=ROLES[name],
                     zone=evidence.zone(name), label=LABELS[name], pos=log.key(index))
            edit.set("particulars", story.person(name), name=evidence.name(name), email=evidence.email(name))
    with log.edit() as edit:
        for index, name in enumerate(["lagwatch", "deploybot"], 7):
            edit.set("person", story.person(name), sort="automation", pos=log.key(index),
                     role={"lagwatch": "alerts", "deploybot": "deploys and chef runs"}[name])
            edit.set("particulars", story.person(name), name=name)
        broker = story.new(edit, "person", "broker", sort="system", role="message broker", label="Broker",
                           pos=log.key(9))
        edit.set("particulars", broker, name="Broker relay-prod")
    # One person, several accounts: chat, tickets, pager and call.
    for name in list(TEAMS) + ["deploybot", "lagwatch"]:
        others = evidence.other_identities(name)
        if others:
            with log.edit() as edit:
                for identity in others:
                    edit.set("person", ids.person_id(REVIEW, identity), into=story.person(name))


def conditions(story):
    log = story.log
    log.begin("2025-03-18 15:15", 55)
    rows = [
        ("dana", "tenure", "5 months here", "record", "confirmed", None, None, ""),
        ("dana", "owned_for", "broker consumers, since 10 February", "account", "confirmed",
         "@2025-02-10 09:00:00±86400", None, ""),
        ("dana", "awake_since", "up since about 05:20 on Thursday", "account", "confirmed", "@13/05:20±600",
         "@13/05:20±600", "b71"),
        ("dana", "slept", "about half an hour, 01:30 to 02:03", "account", "confirmed", "@01:30:00±300",
         "@02:03:21±0", "b71"),
        ("dana", "on_call_since", "for two systems", "record", "confirmed", "@2025-03-10 09:00:00±0",
         "@2025-03-17 09:00:00±0", "a01,al.20771"),
        ("dana", "pages", "three that night: 22:04, 02:03, 02:36", "record", "confirmed", None, None, "a15,b02,b22"),
        ("dana", "familiarity", "this alarm once before, four hours earlier", "account", "confirmed", None, None, ""),
        ("dana", "equipment", "laptop busy with updates until about 02:10", "record", "confirmed", None, None, "b05"),
        ("dana", "confidence", "low at 02:30, did not know whether one may call", "account", "hidden", None, None, ""),
        ("ilse", "owned_for", "the broker, until 10 February", "account", "confirmed", None,
         "@2025-02-10 09:00:00±86400", ""),
        ("ilse", "tenure", "9 years here", "account", "confirmed", None, None, ""),
        ("ilse", "slept", "since about half past eleven", "account", "confirmed", "@13/23:30:00±1800",
         "@02:41:00±60", ""),
        ("ilse", "familiarity", "saw this shape once, two years ago", "record", "confirmed", None, None, "b45"),
        ("ilse", "equipment", "dashboards had moved to Payments", "record", "confirmed", None, None, "b34"),
        ("ravi", "on_call_since", "alone on shift from 01:30 to 09:30 Berlin", "record", "confirmed", "t01", "t33", "t01"),
        ("ravi", "distance", "Pune, four and a half hours ahead", "record", "confirmed", None, None, ""),
        ("ravi", "tenure", "2 years here, nights alone since January", "account", "confirmed", None, None, ""),
        ("noor", "pages", "two in the application, phone in the kitchen", "record", "estimate", None, None,
         "b60,al.20820"),
        ("noor", "awake_since", "wrote at 05:20 on Thursday, to bed about 23:00", "estimate", "estimate", None, None,
         "s04,a29"),
        ("li", "distance", "on a bus in Vancouver, end of her day", "account", "estimate", None, None, ""),
    ]
    for i, (who, key, value, by, state, start, end, cite) in enumerate(rows):
        with log.edit() as edit:
            story.new(edit, "condition", f"{who} {key} {i}", person=story.person(who), key=key, value=value, by=by,
                      state=state, from_=story.when(start) if start else None,
                      until=story.when(end) if end else None, cites=story.cites(cite) if cite else None)


def timeline(story, events, links):
    log = story.log
    log.begin("2025-03-18 15:36", 20)
    with log.edit() as edit:
        for index, (name, title) in enumerate(GROUPS):
            story.new(edit, "group", name, title=title, pos=log.key(index))
        for name, colour, about in TAGS:
            story.new(edit, "tag", name, name=name, colour=colour, about=about)
    log.begin("2025-03-18 15:40", 45)
    for index, row in enumerate(events):
        event(story, index, *row)
    with log.edit() as edit:
        start = story.of("event", "merge")
        edit.set("review", REVIEW, story_start=story.when("@01:08:22±0"),
                 story_why="Here something changed and told nobody. The hand-over in February is as good a beginning; "
                           "this one is where the record and every account can agree. See [[event:%s]]." % start)
    statements(story)
    log.begin("2025-03-18 17:45", 25)
    for index, (a, kind, b, label, extra) in enumerate(links):
        with log.edit() as edit:
            story.new(edit, "link", f"{index} {a} {b}", from_=story.of("event", a), to=story.of("event", b), kind=kind,
                      label=None if label == "-" else quoted(label),
                      account=story.person(extra["account"]) if "account" in extra else None,
                      cites=story.cites(extra["cite"]) if "cite" in extra else None)


def event(story, index, key, kind, who, start, end, claim, title, extra):
    fields = more(extra)
    cite = fields.get("cite")
    if cite is None and start not in ("?", "-") and story.evidence.has(start):
        cite = start
    account = fields.get("account")
    with story.log.edit() as edit:
        story.new(edit, "event", key, title=quoted(title), kind=kind, claim=claim, actors=story.people(who),
                  start=story.when(start), end=story.when(end), value=fields.get("value"),
                  tools=fields["tools"].split(",") if "tools" in fields else None,
                  account=story.person(account) if account else None,
                  interview=story.of("interview", account) if account else None,
                  passage=story.ids.get(("passage", PASSAGE_OF_EVENT.get(key))),
                  confidence=fields.get("conf"), cites=story.cites(cite) if cite else None,
                  group=story.of("group", fields["group"]), helped=True if "helped" in fields else None,
                  tags=[story.of("tag", t) for t in fields["tags"].split(",")] if "tags" in fields else None,
                  body=BODIES.get(key), pos=story.log.key(index))


PASSAGE_OF_EVENT = {"seesfall": "dfall", "maywake": "dnumber", "knows": "idashes", "theorychef": "dsame"}
BODIES = {
    "merge": "The queue merges what is approved, oldest first, once a freeze ends. This was the oldest. Nobody's hand "
             "was on it, and nobody was awake to be told.",
    "seesfall": "Dana remembers the line bending. The alarm's own number did not fall before 02:51. The chart she had "
                "open averages six workers over fifteen minutes, and is six hours wide.",
    "noanswer": "Dana had muted the channel after telling it that all was done. Noor was asleep until 02:57. Li "
                "reads it "
                "in the daytime of Vancouver. Three good reasons, one silent room.",
    "guard": "Written three years ago for another purpose: a bank that answered twice.",
    "cache": "Ravi passed it on without judging it. Nobody has found the post since.",
    "runbook": "The page is of last spring. That its link was old when Payments got it is inferred from its history.",
}


def statements(story):
    log = story.log
    log.begin("2025-03-18 17:15", 60)
    rows = [
        ("danabefore", "seesfall", "before", "caller3", None, None, "dana", "dfall", "likely",
         "already going down before Ravi's third call", ""),
        ("danafalling", "firstfall", "before", "goingdown", None, None, "dana", "dbend", "likely",
         "the line bent before I wrote it", "b13"),
        ("ilsenot", "firstfall", "after", "phones", None, None, "ilse", "inot", "certain",
         "when she rang, lag had not moved at all", "call.02:43:11"),
        ("ravithird", "caller3", "at", None, "@02:10:00±60", None, "ravi", "rthird", "certain",
         "ten past two, I looked at the clock", ""),
        ("knowsafter", "knows", "after", "ilsejoins", (60, 360), None, "ilse", "idashes", "certain",
         "three, four minutes after I was in the channel", ""),
        ("knowsbefore", "knows", "before", "explains", (0, 120), None, "ilse", "idashes", "certain",
         "I typed as fast as I knew it", ""),
        ("cachebefore", "cache", "before", "payagain", None, None, "ravi", None, "unsure",
         "before the man who wanted to pay again", ""),
        ("cacheafter", "cache", "after", "caller1", None, None, None, None, None,
         "the post speaks of payments that hang", "t15"),
        ("wakelong", "maywake", "before", "indoubt", (0, 600), None, "dana", "dnumber", "likely",
         "maybe ten minutes with her number open", ""),
        ("mutedafter", "muted", "after", "tell22", (0, 5400), None, "dana", None, "unsure",
         "muted it since I told them all done", ""),
        ("handoverlasts", "lihandover", "lasts", None, (240, 420), None, "ravi", None, "certain", "five minutes", ""),
        ("wakessame", "ilsewakes", "during", "phones", None, None, "ilse", None, "likely",
         "awake before I had read the name", ""),
        ("floorbefore", "floor", "before", "updates", None, None, "dana", None, "likely",
         "kitchen first, then the laptop", ""),
        ("expirebefore", "expire", "before", "reread", None, None, None, None, None,
         "the workers found no place when they asked", "b39"),
    ]
    for key, subject, rel, obj, span, _, who, passage, conf, words, cite in rows:
        value = story.when(span) if isinstance(span, str) else None
        low, high = span if isinstance(span, tuple) else (None, None)
        with log.edit() as edit:
            story.new(edit, "statement", key, subject=story.of("event", subject), rel=rel,
                      object=story.of("event", obj) if obj else None, value=value, min=seconds(low),
                      max=seconds(high), words=words, account=story.person(who) if who else None,
                      interview=story.of("interview", who) if who else None,
                      passage=story.of("passage", passage) if passage else None, confidence=conf,
                      cites=story.cites(cite) if cite else None)


def interviews(story):
    log = story.log
    log.begin("2025-03-17 08:20", 50)
    with log.edit() as edit:
        edit.set("review", REVIEW, stage="interviews")
    plan = [
        ("ravi", "2025-03-17 09:00", "held", 50, ["asked-unanswered", "chosen"],
         "Your part: the first three quarters of an hour, from the other side of the phone. You saw it first."),
        ("dana", "2025-03-18 10:00", "held", 62, ["first-to-act", "new-to-team", "surprised", "contradicts-record"],
         "Your part: what you had in front of you from 22:00 on. Nothing is asked about what one might do instead."),
        ("ilse", "2025-03-18 14:00", "held", 45, ["joined-late", "handed-over"],
         "Your part: what you recognised and how, and what went with the broker when it moved."),
        ("noor", "2025-03-20 15:00", "planned", 45, ["joined-late", "handed-over"],
         "Your part: coming into a running call, and telling Support."),
    ]
    for who, when, state, minutes, reasons, expect in plan:
        with log.edit() as edit:
            story.new(edit, "interview", who, person=story.person(who), planned=berlin(when), minutes=minutes,
                      by=["Mika Sandberg"], state="planned", reasons=reasons, expectations=expect)
    consents = {"ravi": ("ask", ["name"]), "dana": ("ask", ["role", "paraphrase"]), "ilse": ("yes", ["name"])}
    noted = {"ravi": "2025-03-17 09:07", "dana": "2025-03-18 10:05", "ilse": "2025-03-18 14:03"}
    held = {"ravi": "2025-03-17 09:05", "dana": "2025-03-18 10:02", "ilse": "2025-03-18 14:00"}
    for who in held:
        log.begin(noted[who], 70)
        with log.edit() as edit:
            edit.set("interview", story.of("interview", who), held=berlin(held[who]), state="held")
            edit.set("consent", story.of("interview", who), notes="yes", sound="no", words=consents[who][0],
                     forms=consents[who][1], noted=berlin(noted[who]))
    log.begin("2025-03-18 14:58", 40)
    with log.edit() as edit:
        for name, about in CODES:
            story.new(edit, "code", name, name=name, about=about)
    for key, words, form, shown, claim, who, codes in story.released:
        with log.edit() as edit:
            story.new(edit, "passage", key, person=story.person(who), interview=story.of("interview", who), words=words,
                      form=form, shown_as=shown or None, claim=claim, codes=[story.of("code", c) for c in codes])


def learning(story):
    """Models, impact, findings, experiments and the rest that rests on the timeline."""
    log, e, p = story.log, lambda k: story.of("event", k), story.person
    log.begin("2025-03-19 09:05", 150)
    with log.edit() as edit:
        story.new(edit, "model", "danachart", person=p("dana"), subject="A worker restart",
                  text="Restart, the workers come back, read the last bit again, lag, and gone. Fifteen minutes. The "
                       "runbook says so, Noor said so, 22:00 did so.", passage=story.of("passage", "dbend"))
        story.new(edit, "model", "ilseplace", person=p("ilse"), subject="A worker restart",
                  text="A worker asks the broker for its place. The place is kept for a while after it was last told; "
                       "after that there is none, and the worker begins with the oldest there is.",
                  passage=story.of("passage", "iexpires"))
        story.new(edit, "model", "ravimoney", person=p("ravi"), subject="A held payment",
                  text="The money is taken and the shop does not know it yet.")
        story.new(edit, "model", "danamoney", person=p("dana"), subject="A held payment",
                  text="The money is promised by the bank; it is taken only when a worker captures it, and the guard "
                       "lets that happen once.")
    impact(story)
    wonders(story)
    findings(story)
    experiments(story)
    log.begin("2025-03-19 15:10", 120)
    answers = [
        ("group-06", "yes", 195, "From the restart of 02:00 to the page three minutes. From the first caller to "
                                 "somebody "
                                "who read it, 55."),
        ("group-07", "no", 72 * 60, "72 minutes from page to resolved. In them: 17 to wake, get a laptop and "
                                    "compare, 15 of "
                                    "waiting as the runbook advises, four for the bank, two to phone, eight to see the "
                                    "dashes, 26 to put the workers back and let them catch up."),
        ("group-08", "yes", None, "Two things are worth trying; see the experiments."),
        ("context-09", "unknown", None, "Quiet topics elsewhere: refunds and the search indexer. Being looked at."),
    ]
    for question, value, after, text in answers:
        with log.edit() as edit:
            story.new(edit, "answer", question, question=question, version="1", value=value, after=seconds(after),
                      text=text)
    ideas_and_lines(story)
    meeting(story)
    report(story)


def impact(story):
    with story.log.edit() as edit:
        held = story.new(edit, "impact", "held", name="Held payments", unit="%", cites=story.cites("gh.c7"))
        lag = story.new(edit, "impact", "lag", name="Consumer lag", unit="messages")
    points = {
        held: [("a18", "0.9"), ("@22:16", None), ("b14", 4), ("b22", "7.1"), ("b56", "11.8"), ("b75", "2.2"),
               ("b83", "0.3"), ("@03:15:08±0", "0.1")],
        lag: [("a15", 61200), ("a21", 9800), ("b02", 64900), ("b06", 212000), ("b17", 655000), ("@02:40:00±0", 1180000),
              ("@02:49:30±0", 1410000), ("b48", 1360000), ("b68", 702000), ("b85", 8400)],
    }
    for series, rows in points.items():
        with story.log.edit() as edit:
            for i, (at, value) in enumerate(rows):
                if value is not None:
                    story.new(edit, "impact_point", f"{series} {i}", impact=series, at=story.when(at), value=value,
                              cites=story.cites(at) if story.evidence.has(at) else None)


def wonders(story):
    e, p = lambda k: story.of("event", k), story.person
    rows = [
        ("What was on the Relay overview at 02:22, and is it possible to draw it again?", ["seesfall", "goingdown"],
         None, "open", "c08,c10", None),
        ("How does a team learn that a setting of the broker has changed, now that it has the pager?",
         ["nopost", "notseen"], "ilse", "open", "b63", None),
        ("What did Søren make of what he heard on the bridge?", ["sorenwatch"], "soren", "open", "b33", None),
        ("What do people in Payments and in Storage understand by \"ask Storage if in doubt\"?", ["maywake", "notsilence"],
         None, "open", "a05,b89", None),
        ("Who reads #support between 01:30 and 08:00?", ["noanswer"], None, "answered", "s11",
         "Nobody is asked to. Li reads it in Vancouver until half past one, Noor when she gets up."),
        ("How did there come to be two different pages for the same held payment?", ["twopages"], "noor", "open",
         "s07,t14", None),
        ("Which other consumers read topics that are quiet for an hour?", ["quietparts"], "ilse", "open", "gh.c5", None),
        ("Was the cache mentioned on the seller forum the browser's or ours?", ["cache"], None, "set-aside", "t15", None),
    ]
    for i, (text, about, to, status, cite, answer) in enumerate(rows):
        with story.log.edit() as edit:
            story.new(edit, "wonder", f"w{i}", text=quoted(text), about=[e(a) for a in about], to=p(to) if to else None,
                      status=status, cites=story.cites(cite), answer=answer, pos=story.log.key(i))
    remarks = [("seesfall", "The chart is six hours wide. Both humps, the one of 22:00 and this one, are in one "
                            "picture."),
               ("theorychef", "Three things said the same at 02:17: the shape, the runbook and deploybot. All three "
                              "were "
                              "true."),
               ("noanswer", "Set this beside [[event:%s]]: the busiest five minutes of the other channel." % e("dashes")),
               ("youtype", "Dana says it was Ilse's idea, Ilse says it was Dana's."),
               ("merge", "Told here as a queue and a default block, not as a person. The log has no other actor.")]
    first = None
    for i, (about, text) in enumerate(remarks):
        with story.log.edit() as edit:
            made = story.new(edit, "remark", f"r{i}", about=e(about), text=text)
            first = first or made
    with story.log.edit() as edit:
        story.new(edit, "remark", "answer", about=e("seesfall"), answers=first,
                  text="Asked Storage for the chart's settings: average of six workers, smoothed over 15 minutes.")
    with story.log.edit() as edit:
        gone = story.new(edit, "remark", "gone", about=e("cache"), text="Look for the forum post.")
    with story.log.edit() as edit:
        edit.delete("remark", gone)


def findings(story):
    e, passage, model = (partial(story.of, kind) for kind in ("event", "passage", "model"))
    story.log.begin("2025-03-19 11:20", 240)
    rows = [
        ("same", "The same alarm, the same text, the same chart, and another thing",
         ["blind-spot", "practice-gap"],
         ["At 22:00 and at 02:00 the alarm had one wording and the chart one shape. The first went by itself in twelve "
          "minutes; Dana had [[item:%s|written it down]] for the next person. Four hours later she was the next "
          "person, "
          "and what she had written fitted." % story.item("a26"),
          "Two displays carry the word lag. The alarm counts messages of the whole group; the overview averages six "
          "workers and smooths over fifteen minutes. While one rose by a million, the other bent: [[passage:%s]]."
          % passage("dbend"),
          "The size did not fit, and Dana wrote so at the time: “[[item:%s|bigger though]]”. Then a message that "
          "was true in every word "
          "arrived and matched the restart." % story.item("b10")],
         ["chef22", "clear22", "chefq", "bigger", "same", "goingdown", "disagree", "firstfall"], ["dsame", "dbend"],
         ["danachart"], 'a26,b07,b10,b18"that number and my chart don\'t agree",c10', None),
        ("place", "A place is a thing that expires, and three people know it", ["few-know", "training"],
         ["For most who work with it, a consumer's place in a topic is a thing that stays. For the few who ran the "
          "broker it "
          "is kept only for a while after it was last told: [[passage:%s]]." % passage("iexpires"),
          "The only earlier case was repaired at Christmas two years ago and lives in two people's memory. One of "
          "them was "
          "on leave. The other had the phone beside her bed."],
         ["twoyears", "dashes", "knows", "explains", "marekleave"], ["iexpires", "idashes"], ["danachart", "ilseplace"],
         "b39,b45,gh.c5", None),
        ("wake", "A permission to call that was given in a corridor", ["ownership", "coordination"],
         ["Storage said that a call is welcome at any hour, in a thread (“[[item:%s|we gave you the pager, not the "
          "silence]]”) and in a corridor: [[passage:%s]]. Payments heard "
          "that Storage is out of it from February. Both are true of the same hand-over." % (story.item("a05"),
                                                                                           passage("icorridor")),
          "Between the two lies the time with a number open on the screen: [[passage:%s]]. How long it was is not "
          "known; the "
          "account says about ten minutes, the record leaves at most that." % passage("dnumber")],
         ["handover", "notsilence", "maywake", "indoubt", "phones"], ["dnumber", "icorridor"], [], "a05,b89,b88",
         "Touches both leads. Shown to Noor and to Storage's lead before the draft goes round."),
        ("room", "Support asked in a room with the light off", ["coordination", "response-plan"],
         ["Ravi asked five times, in the channel and in the ticket, between 02:14 and 02:53. The answer came at "
          "03:01. The one "
          "sentence he needed, that nobody is charged twice, was known in the other channel from 02:49: [[passage:%s]]."
          % passage("rtwice"),
          "Each reader of that channel had a reason not to be there. No part of the plan says who reads it at night."],
         ["asks", "noanswer", "whophone", "muted", "guardzero", "twiceno", "answer"], ["rroom", "rtwice"],
         ["ravimoney", "danamoney"], "t07,t09,t11,gh.c2,gh.c3,gh.c6,t35", None),
        ("held", "What held: a guard, a snapshot, a list, one worker first", ["went-well"],
         ["Six million old messages went through the guard and no payment was captured twice. The hourly snapshot, "
          "kept by "
          "Storage for another purpose, made it a matter of minutes to put the workers back; it was on the list to "
          "be deleted "
          "on the Monday after: [[passage:%s]]." % passage("imonday"),
          "Dana had the right counter in front of her within half a minute; she had used it at midnight, for 37 "
          "payments by hand. Ravi's list closed the "
          "books in ten minutes. And one worker was tried before the others; each of the two says that it was the "
          "other's "
          "idea."],
         ["guard", "snapshot", "list", "reconcile", "restart3", "youtype", "payagain"], ["imonday", "done"], [],
         "b43,b46,b53,t12,gh.c7,c04", None),
        ("freeze", "When a freeze ends, its whole queue moves in one night", ["automation", "incentives"],
         ["Eleven changes were waiting, and the queue took them oldest first after midnight. Whether that is usual, "
          "and who "
          "looks at what it merged, we do not know yet."],
         [], [], [], "", None),
    ]
    for i, (key, title, kinds, text, about, passages, models, cite, discomfort) in enumerate(rows):
        with story.log.edit() as edit:
            story.new(edit, "finding", key, title=title, kinds=kinds, text=text, events=[e(a) for a in about],
                      passages=[passage(a) for a in passages], models=[model(a) for a in models],
                      cites=story.cites(split_cites(cite)) if cite else None, status="draft", discomfort=discomfort,
                      pos=story.log.key(i))
    with story.log.edit() as edit:
        edit.set("finding", story.of("finding", "room"), status="shared")
        edit.set("finding", story.of("finding", "held"), status="agreed")
    with story.log.edit() as edit:
        edit.set("finding", story.of("finding", "place"), title="A place is a thing that expires; three people knew")
    replies = [("ravi", "room", "agree", "Yes. I would add that the list was not only mine, Li taught me to keep one."),
               ("ilse", "held", "differ", "The one worker first was Dana's. I know because I was about to do all six."),
               ("dana", "wake", "add", "It was also that I had already had one page go away by itself. Calling felt "
                                       "like "
                                       "crying wolf.")]
    for who, key, verdict, text in replies:
        with story.log.edit() as edit:
            story.new(edit, "response", f"{who} {key}", person=story.person(who), about=story.of("finding", key),
                      verdict=verdict, text=text)


def split_cites(text):
    """Commas inside quoted words do not part."""
    out, inside, word = [], False, ""
    for c in text:
        if c == '"':
            inside = not inside
        if c == "," and not inside:
            out.append(word)
            word = ""
        else:
            word += c
    return out + [word]


def experiments(story):
    finding = partial(story.of, "finding")
    story.log.begin("2025-03-19 14:10", 300)
    with story.log.edit() as edit:
        story.new(edit, "experiment", "sentence",
                  hypothesis="If whoever has the pager writes one sentence to Support in the first ten minutes, "
                             "even “we "
                             "do not know yet”, callers hear the same thing and Support asks less into the dark.",
                  probe="For four weeks the page itself asks for that sentence and offers a place to write it.",
                  signal="Time from page to the first line in #support; what Ravi and Li say of it after four weeks.",
                  stop_rule="It takes longer than a minute, or people write it for the form's sake.",
                  owner="Noor Haddad and Ravi Menon", revisit=berlin("2025-04-11 10:00"), nature=["social"],
                  from_=[finding("room")], outcome="open")
        story.new(edit, "experiment", "partitions",
                  hypothesis="If the alarm says how many partitions have no committed offset, a restart that "
                             "catches up and a "
                             "restart that begins a week back look different within a minute.",
                  probe="lagwatch adds that one number to its message on relay-prod, from Monday.",
                  signal="At the next chef window: do people say which of the two it is without asking Storage?",
                  stop_rule="The number stays above zero in ordinary weeks.", owner="Dana Okafor",
                  revisit=berlin("2025-04-04 10:00"), nature=["technical"], from_=[finding("same"), finding("place")],
                  outcome="open", immediate=True, url="https://github.com/hollyhock-market/payments/issues/4488")
    with story.log.edit() as edit:
        edit.set("experiment", story.of("experiment", "partitions"),
                 result="First window, Wednesday: zero of 24. The new number drew no attention, which is as it is "
                        "meant to be.")


def ideas_and_lines(story):
    p, finding = story.person, partial(story.of, "finding")
    story.log.begin("2025-03-19 15:40", 90)
    with story.log.edit() as edit:
        story.new(edit, "idea", "deploys", text="Post every broker change in the channel of whoever has the pager",
                  sort="fix", by=p("dana"), votes=["Ilse Brandt", "Noor Haddad"])
        story.new(edit, "idea", "sentence", text="One sentence to Support with every page", sort="fix", by=p("ravi"),
                  votes=["Li Jun"], became=story.of("experiment", "sentence"))
        story.new(edit, "idea", "queue", text="Talk about how the queue empties after a freeze", sort="topic", by=p("ilse"))
    with story.log.edit() as edit:
        lines = [
            ("lines", "Before a system changes hands: call each other once at night, as an exercise", ["wake"],
             "A permission to call travels badly in words. Once tried, it is known.", ["Ilse Brandt", "Noor Haddad"]),
            ("guard", "A consumer that may re-read has a guard, and somebody who knows its counter", ["held"],
             "That nobody was charged twice was luck only in that Dana had read the counter at midnight.",
             ["Dana Okafor"]),
        ]
        for i, (key, text, origin, why, tellers) in enumerate(lines):
            story.new(edit, "readiness", key, text=text, origin=[finding(o) for o in origin], why=why, tellers=tellers,
                      confirmed=berlin("2025-03-19 16:00"), status="live", pos=story.log.key(i))
        story.new(edit, "reading_of", "lines", of=story.of("readiness", "lines"), who="Li Jun",
                  text="So that it is no surprise who picks up?")


def meeting(story):
    """A meeting that is planned, and three places on the timeline to stand at in it."""
    story.log.begin("2025-03-19 15:55", 60)
    with story.log.edit() as edit:
        planned = story.new(edit, "meeting", "review", title="Learning review", planned=berlin("2025-03-27 14:00"),
                            opening="We look at one night from several seats. Nobody is asked to defend anything, "
                                    "and nothing "
                                    "has to be fixed in this hour.")
        rows = [(story.of("event", "seesfall"), "What was on the screen at 02:22?"),
                (story.of("finding", "wake"), "Asking Storage, heard from both sides"),
                (story.of("finding", "room"), "Two rooms, one night"),
                (story.of("wonder", "w6"), "Where else are there quiet topics?")]
        for i, (about, text) in enumerate(rows):
            story.new(edit, "agenda", f"agenda {i}", meeting=planned, about=about, text=text, pos=story.log.key(i))
        views = [("dana", "02:22:03", "With Dana, as the line bends", "02:00", "02:40"),
                 ("ravi", "02:33:12", "With Ravi, asking", "02:00", "03:05"),
                 ("ilse", "02:48:26", "With Ilse, as she knows", "02:40", "02:53")]
        for i, (who, moment, title, start, end) in enumerate(views, 1):
            story.new(edit, "view", f"view {i}", title=title, person=story.person(who), step=i,
                      moment=berlin(f"{NIGHT} {moment}"), from_=berlin(f"{NIGHT} {start}"),
                      until=berlin(f"{NIGHT} {end}"), pos=story.log.key(i))


def report(story):
    e, f, p, x = (partial(story.of, kind) for kind in ("event", "finding", "passage", "experiment"))
    i = story.item
    story.log.begin("2025-03-19 16:20", 400)
    with story.log.edit() as edit:
        edit.set("review", REVIEW, summary=[
            "For 72 minutes in the night of 14 March, payments at checkout were held and confirmed late. 3,184 were "
            "held, 61 "
            "carts were left, nobody was charged twice.",
            "Four hours earlier a restart had set off the same alarm and gone by itself. This one had another story: a "
            "setting merged at 01:08 let the broker drop the place of nine quiet partitions, and the next restart sent "
            "the workers a week back."])
    body = [
        ("heading", "What it was like"),
        ("text", "Dana had the pager of two systems, one of them for four weeks. She had been up since twenty past "
                 "five the "
                 "day before, and asleep for half an hour when the phone rang ([[event:%s]])." % e("ack02")),
        ("text", "What she saw matched what she had seen at ten, down to the words of the alarm, and she asked so "
                 "at once: "
                 "“[[item:%s|is this the chef thing from tonight?]]” The runbook advises fifteen minutes of waiting "
                 "after a restart; at 22:00 that had been right. "
                 "deploybot confirmed the restart a minute later ([[event:%s]])." % (i("b07"), e("chefdone"))),
        ("quote", "[[passage:%s]]" % p("dsame")),
        ("text", "In another channel Ravi, alone on shift in Pune, counted callers. At the third he opened a ticket "
                 "([[item:%s|three callers, same error]]). He asked whether it was the restart of the pinned note, "
                 "used its wording, and asked again "
                 "([[event:%s]]). Nobody was in that room." % (i("gh"), e("asks"))),
        ("text", "At 02:34 Dana set the first explanation aside, tried the bank by hand, set that aside too, and "
                 "phoned Ilse, "
                 "who had run the broker until February ([[event:%s]]). Eight minutes later nine dashes in a column "
                 "told Ilse "
                 "what it was ([[event:%s]])." % (e("phones"), e("knows"))),
        ("heading", "Where accounts differ"),
        ("text", "Dana remembers the lag falling before the third call and at 02:22. The ticket has the third call "
                 "at 02:10, "
                 "Ilse remembers that nothing had moved at 02:41, and the alarm's number fell first at 02:51 "
                 "([[event:%s]]). "
                 "The chart Dana had open shows another quantity under the same name. All of them may be right "
                 "about what was "
                 "in front of them ([[event:%s]])." % (e("firstfall"), e("seesfall"))),
        ("heading", "What we learnt"),
        ("list", "[[finding:%s]]" % f("same")),
        ("list", "[[finding:%s]]" % f("place")),
        ("list", "[[finding:%s]]" % f("wake")),
        ("list", "[[finding:%s]]" % f("room")),
        ("heading", "What held"),
        ("text", "[[finding:%s]] The guard, the snapshot, the list and the one worker first are told there with their "
                 "evidence." % f("held")),
        ("code", "2025-03-14 01:08:22 broker-config 311 applied by merge queue\n- offsets.idle_expiry: 14d\n+ "
                 "offsets.idle_expiry: 60m"),
        ("heading", "What we try"),
        ("list", "[[experiment:%s]]" % x("sentence")),
        ("list", "[[experiment:%s]]" % x("partitions")),
        ("heading", "What we still wonder"),
        ("text", "Noor's side of the night is not in here yet: the conversation is on Thursday. The freeze and its "
                 "queue "
                 "([[finding:%s]]) rest on nothing but a remark so far." % f("freeze")),
    ]
    with story.log.edit() as edit:
        story.new(edit, "report", "team", audience="team", title="Checkout held payments: how one night looked from "
                                                                 "three "
                                                                 "rooms", body=body, pos=story.log.key(0))
    short = [
        ("text", "In the night of 14 March some card payments were confirmed up to 49 minutes late. Nobody was charged "
                 "twice."),
        ("text", "A restart at ten in the evening and one at two in the morning set off the same alarm. The first was "
                 "ordinary. The second met a setting that had changed an hour earlier without telling the people "
                 "who look "
                 "after the system at night."),
        ("text", "The first to see it was a colleague in Support. We are trying a small change so that what Support "
                 "sees "
                 "reaches the people with the pager, and the other way round."),
    ]
    with story.log.edit() as edit:
        story.new(edit, "report", "everyone", audience="everyone", title="A night of late confirmations", body=short,
                  pos=story.log.key(1))


def write(evidence, events, links, released):
    story = Story(evidence)
    story.released = released
    open_review(story)
    people(story)
    interviews(story)
    conditions(story)
    timeline(story, events, links)
    learning(story)
    return story
