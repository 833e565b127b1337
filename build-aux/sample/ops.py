"""Writes the interpretation as ops, and checks each against the table of kinds."""

import json
from datetime import timedelta

from . import ids

DEVICE = "73616d706c650001"
VOCABULARY = 1
GROUP_MAX = 500
MAX_TEXT = 16 * 1024

CLAIMS = "record recall inference judgement imagined unknown".split()
CONFIDENCES = "certain likely unsure".split()
EVENT_KINDS = ("did said noticed knew believed expected felt decided joined left watched asked alert changed "
               "system tool theory attention call shift silence interplay situation other").split()
LINK_KINDS = ("told asked prompted informed influenced blocked led-to expected surprised assumed contradicts "
              "same-moment feedback helped other").split()
STAGES = ("intake assigned sources people interviews calibration meeting report published checkpoint "
          "closed").split()
FINDING_KINDS = ("practice-gap few-know coordination ownership training staffing incentives blind-spot "
                 "response-plan automation went-well").split()
REASONS = ("first-to-act joined-late only-watched asked-unanswered handed-over new-to-team surprised "
           "contradicts-record absent-but-affected chosen").split()
INTAKE = ["yes", "no", "unknown"]

# kind → field → (type, choices or kind pointed at). A trailing "@core" puts a kind in that stream.
KINDS = {
    "review": "title text; kind choice:incident,near-miss,release,success,exercise; stage choice:%s; "
              "depth choice:full,short,note; story_start when; story_why text; zone text; from time; until time; "
              "investigator text; facilitator text; services texts; label text; intake keyed; due keyedtime; "
              "answers_version text; sample yesno; audience text" % ",".join(STAGES),
    "author": "name text; account text",
    "person": "label text; sort choice:human,automation,system,vendor,group; into ref:person; team text; role text; "
              "zone text; part choice:participant,observer,absent; pos pos",
    "particulars@core": "name text; email text; handles texts; colleague text",
    "condition@core": "person ref:person; key text; value text; from when; until when; "
                      "by choice:record,account,estimate; state choice:estimate,confirmed,hidden; cites cites; "
                      "passage ref:passage",
    "event": "title text; kind choice:%s; claim choice:%s; actors refs:person; value text; tools texts; "
             "account ref:person; interview ref:interview; passage ref:passage; start when; end when; placed time; "
             "confidence choice:%s; cites cites; group ref:group; helped yesno; pos pos; tags refs:tag"
             % (",".join(EVENT_KINDS), ",".join(CLAIMS), ",".join(CONFIDENCES)),
    "statement": "subject ref:event; rel choice:at,between,before,after,during,same,lasts; object ref:event; "
                 "value when; min duration; max duration; words text; account ref:person; interview ref:interview; "
                 "passage ref:passage; confidence choice:%s; cites cites" % ",".join(CONFIDENCES),
    "link": "from ref:event; to ref:event; kind choice:%s; label text; account ref:person; passage ref:passage; "
            "cites cites" % ",".join(LINK_KINDS),
    "group": "title text; parent ref:group; pos pos",
    "remark": "about ref; text text; answers ref:remark",
    "wonder": "text text; about refs; to ref:person; status choice:open,answered,set-aside; cites cites; pos pos",
    "tag": "name text; colour text; mark text",
    "code": "name text; parent ref:code; colour text",
    "interview": "person ref:person; planned time; held time; minutes number; by texts; "
                 "state choice:proposed,invited,planned,held,declined,not-needed; reasons choices:%s"
                 % ",".join(REASONS),
    "consent@core": "notes choice:yes,no; sound choice:unasked,yes,no; words choice:unasked,never,ask,yes; "
                    "forms choices:name,role,pseudonym,paraphrase; noted time; sound_until time",
    "passage": "person ref:person; interview ref:interview; words text; form choice:name,role,pseudonym,paraphrase; "
               "shown_as text; claim choice:%s; codes refs:code; about refs" % ",".join(CLAIMS),
    "model": "person ref:person; subject text; text text; passage ref:passage; sealed yesno",
    "finding": "title text; kinds choices:%s; themes texts; events refs:event; passages refs:passage; "
               "models refs:model; cites cites; earlier refs:finding; status choice:draft,shared,agreed; pos pos; "
               "tags refs:tag" % ",".join(FINDING_KINDS),
    "response": "person ref:person; about ref:finding; verdict choice:agree,differ,add",
    "experiment": "hypothesis text; probe text; signal text; stop_rule text; owner text; revisit time; "
                  "nature choices:technical,social; from refs:finding; outcome choice:open,keep,adapt,stop,found-more; "
                  "url text; immediate yesno; offspring refs:finding",
    "idea": "text text; sort choice:fix,blame,topic; by ref:person; votes texts; became ref",
    "readiness": "text text; origin refs; tellers texts; confirmed time; status choice:live,questioned,retired; "
                 "pos pos",
    "reading_of": "of ref:readiness; who text",
    "impact": "name text; unit text; column text; cites cites",
    "impact_point": "impact ref:impact; at when; value number; cites cites",
    "answer": "question text; version text; value choice:yes,no,unknown; after duration",
    "meeting": "title text; planned time; held time",
    "agenda": "meeting ref:meeting; about ref; text text; pos pos",
    "view": "title text; from time; until time; person ref:person; moment time; step number; pos pos",
    "report": "audience choice:team,everyone,customer; title text; pos pos",
    "block": "of ref; slot text; text text; style choice:text,heading,quote,list,code,picture; parent ref:block; "
             "pos pos",
}
PROSE = {
    "review": ["purpose", "summary"], "event": ["body"], "wonder": ["answer"], "interview": ["expectations"],
    "model": ["text"], "finding": ["text", "discomfort"], "response": ["text"], "experiment": ["result"],
    "readiness": ["why"], "reading_of": ["text"], "answer": ["text"], "report": ["body"],
    "meeting": ["opening"], "remark": ["text"],
    "tag": ["about"], "code": ["about"],
}
SETS = ("texts", "refs", "choices", "cites")
INTAKE_KEYS = "teams new-teams trivial near-miss big-day new-service crowd surprise thought-fixed".split()


def parse_kinds():
    table = {}
    for name, fields in KINDS.items():
        name, _, stream = name.partition("@")
        rows = {}
        for field in fields.split("; "):
            field_name, _, sort = field.partition(" ")
            sort, _, extra = sort.partition(":")
            rows[field_name] = (sort, extra)
        # A prose field is no register: its words are blocks.
        for slot in PROSE.get(name, []):
            rows.pop(slot, None)
        table[name] = (stream or "team", rows)
    return table


TABLE = parse_kinds()


class Log:
    """The ops of one device, in the order they were made."""

    def __init__(self, review):
        self.review, self.ops, self.kind_of, self.heads = review, [], {}, {}
        self.n = {"team": 0, "core": 0}
        self.now, self.pending, self.last_of = None, None, {}
        self.blocks = {}

    def begin(self, when, step_s=95):
        """Edits from here on were made from this Berlin wall time, one every step."""
        self.now, self.step = ids.local(when), step_s

    def edit(self):
        return Edit(self)

    def key(self, index):
        """Order keys with room between them; the last three characters keep equal ones apart."""
        digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
        noise = ids.compute(3, "order", str(len(self.ops)), str(index))
        return digits[10 + index // 31] + digits[index % 31 * 2] + noise + "V"

    def write(self, entity, kind, field, value):
        stream, _ = TABLE[kind]
        self.kind_of.setdefault((entity, kind), None)
        self.pending[stream].append((entity, kind, field, value))

    def commit(self):
        counter = 0
        ms = int(self.now.timestamp() * 1000)
        for stream, rows in self.pending.items():
            for at in range(0, len(rows), GROUP_MAX):
                some = rows[at:at + GROUP_MAX]
                first = self.n[stream] + 1
                for entity, kind, field, value in some:
                    self.emit(stream, ms, counter, entity, kind, field, value, [first, len(some)])
                    counter += 1
        self.now += timedelta(seconds=self.step)

    def emit(self, stream, ms, counter, entity, kind, field, value, group):
        self.n[stream] += 1
        n = self.n[stream]
        slot = (kind, entity, field)
        op = {"d": DEVICE, "n": n, "t": f"{ms:012x}{counter:04x}", "e": entity, "k": kind, "f": field, "v": value,
              "p": self.heads.get(slot, []), "g": group}
        if field == "#del":
            op["seen"] = {DEVICE: self.last_of[(kind, entity)]}
        op["sv"] = VOCABULARY
        self.heads[slot] = [f"{DEVICE}:{n}"]
        self.last_of[(kind, entity)] = n
        self.ops.append(op)

    def lines(self):
        return "".join(json.dumps(op, ensure_ascii=False, separators=(",", ":")) + "\n" for op in self.ops)


class Edit:
    """One action of a person: what it writes is one group a stream."""

    def __init__(self, log):
        self.log, self.made = log, 0

    def __enter__(self):
        self.log.pending = {"team": [], "core": []}
        return self

    def __exit__(self, kind, *rest):
        if kind is None:
            self.log.commit()

    def new(self, kind, name, /, **fields):
        # Things made together are a millisecond apart, so that they keep their order.
        entity = ids.made_id(self.log.now + timedelta(milliseconds=self.made), f"{kind} {name}")
        self.made += 1
        self.set(kind, entity, **fields)
        return entity

    def set(self, kind, entity, /, **fields):
        for field, value in fields.items():
            field = field.rstrip("_")
            if value is None:
                continue
            if field in PROSE.get(kind, []):
                self.prose(entity, field, value)
                continue
            sort = TABLE[kind][1][field][0]
            if sort in SETS and sort != "cites":
                for element in value:
                    self.log.write(entity, kind, f"{field}/{element}", True)
            elif sort == "cites":
                for register, member in value.items():
                    self.log.write(entity, kind, f"cites/{register}", member)
            elif sort.startswith("keyed"):
                for key, one in value.items():
                    self.log.write(entity, kind, f"{field}/{key}", one)
            else:
                self.log.write(entity, kind, field, value)

    def prose(self, entity, slot, value):
        """Paragraphs: text, or (style, text)."""
        for paragraph in [value] if isinstance(value, str) else value:
            style, text = paragraph if isinstance(paragraph, tuple) else ("text", paragraph)
            index = self.log.blocks.setdefault((entity, slot), 0)
            self.log.blocks[(entity, slot)] += 1
            self.new("block", f"{entity} {slot} {index}", of=entity, slot=slot, text=text,
                     style=style, pos=self.log.key(index))

    def delete(self, kind, entity):
        self.log.write(entity, kind, "#del", True)
