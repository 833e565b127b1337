"""Whether the sample holds together: every sentence that does not, as a line."""

import json
import re
from datetime import datetime

from . import ops, times

MESSAGES = (150, 250)
HEX32 = re.compile(r"[0-9a-f]{32}$")
# Wordings that measure people against a world that did not happen, or hold them up as the reason.
BLAMING = [
    r"\b(?:should|could|would|might)(?:n['’]t| not)?(?:['’]ve| have)\b", r"\bif only\b", r"\bfail(?:ed|ure|s|ing)?\b",
    r"\bmistake", r"\berrors? by\b", r"\bhuman error\b", r"\bfault\b", r"\bblame\b", r"\bcareless", r"\bneglect",
    r"\bignored\b", r"\boverlooked\b", r"\bmissed\b", r"\bforgot\b", r"\btoo (?:late|slow|long)\b", r"\broot cause",
    r"\bcaused by\b", r"\bthe cause\b", r"\bsimply\b", r"\bjust had to\b", r"\bobvious(?:ly)?\b", r"\bproperly\b",
    r"\bwrong(?:ly)?\b", r"\binadequate", r"\bpoor(?:ly)?\b", r"\black of\b", r"\bnever again\b", r"\bfinally\b",
    r"\bpostmortem", r"\bviolat", r"\bdid not follow\b", r"\bwhy did\b", r"\bcould have\b", r"\bneeded to have\b",
]
OWN_WORDS = {"finding", "experiment", "readiness", "report", "block", "review", "event", "wonder", "remark"}


def run(story, record, private, files):
    problems = []
    say = problems.append
    check_counts(story, record, private, say)
    check_ops(story, record, say)
    check_references(story, record, say)
    check_language(story, record, say)
    check_notes(story, files, say)
    check_evidence(record, say)
    check_times(story, record, say)
    return problems


def live(story):
    """(kind, id) → register → value, of what is not deleted."""
    entities = {}
    for op in story.log.ops:
        entities.setdefault((op["k"], op["e"]), {})[op["f"]] = op["v"]
    return {key: fields for key, fields in entities.items() if not fields.get("#del")}


def check_counts(story, record, private, say):
    count = {}
    entities = live(story)
    for kind, _ in entities:
        count[kind] = count.get(kind, 0) + 1
    for kind, n in (("event", 120), ("finding", 6), ("experiment", 2), ("report", 2), ("interview", 4)):
        if count.get(kind) != n:
            say(f"{count.get(kind)} of kind {kind}, not {n}")
    if not MESSAGES[0] <= len(record.messages) <= MESSAGES[1]:
        say(f"{len(record.messages)} messages")
    if not 38 <= count["link"] <= 52 or count["wonder"] < 6:
        say(f"{count['link']} links, {count['wonder']} wonders")
    held = [f for (kind, _), f in entities.items() if kind == "interview" and f["state"] == "held"]
    if len(held) != 3 or len(private.interviews) != 4:
        say(f"{len(held)} interviews held")
    bare = [f for (kind, _), f in entities.items()
            if kind == "finding" and not any(r.split("/")[0] in ("cites", "events", "passages") for r in f)]
    if len(bare) != 1:
        say(f"{len(bare)} findings without ground, not one")


def check_ops(story, record, say):
    counted, heads, stamps = {"team": 0, "core": 0}, {}, {"team": "", "core": ""}
    for op in story.log.ops:
        where = f"{op['k']} {op['e']} {op['f']}"
        stream, fields = ops.TABLE[op["k"]]
        counted[stream] += 1
        if op["n"] != counted[stream] or op["d"] != ops.DEVICE or op["sv"] != ops.VOCABULARY:
            say(f"{where}: numbered {op['n']}")
        if not re.fullmatch(r"[0-9a-f]{16}", op["t"]) or op["t"] <= stamps[stream]:
            say(f"{where}: stamp {op['t']} after {stamps[stream]}")
        stamps[stream] = op["t"]
        first, n = op["g"]
        if not first <= op["n"] < first + n or n > ops.GROUP_MAX:
            say(f"{where}: outside its group {op['g']}")
        slot = (op["k"], op["e"], op["f"])
        if op["p"] != heads.get(slot, []):
            say(f"{where}: replaces {op['p']}, heads are {heads.get(slot, [])}")
        heads[slot] = [f"{op['d']}:{op['n']}"]
        if not HEX32.match(op["e"]):
            say(f"{where}: no id")
        if op["f"] != "#del":
            check_value(op, fields, where, say)
        if len(json.dumps(op, ensure_ascii=False).encode()) > 64 * 1024:
            say(f"{where}: larger than an op may be")


def check_value(op, fields, where, say):
    base, _, element = op["f"].partition("/")
    if base not in fields:
        say(f"{where}: no such field")
        return
    sort, extra = fields[base]
    v = op["v"]
    good = {
        "text": lambda: isinstance(v, str) and v and len(v.encode()) <= ops.MAX_TEXT,
        "choice": lambda: v in extra.split(","),
        "yesno": lambda: isinstance(v, bool),
        "number": lambda: isinstance(v, int) and abs(v) < 2**53 or isinstance(v, str) and float(v) is not None,
        "time": lambda: is_time(v),
        "duration": lambda: isinstance(v, int),
        "when": lambda: is_when(v),
        "ref": lambda: isinstance(v, str) and HEX32.match(v),
        "refs": lambda: HEX32.match(element) and v is True,
        "texts": lambda: element and v is True,
        "choices": lambda: element in extra.split(",") and v is True,
        "cites": lambda: element and (v is True or set(v) <= {"q", "h"}),
        "keyed": lambda: element in ops.INTAKE_KEYS and v in ops.INTAKE,
        "keyedtime": lambda: element and is_time(v),
        "pos": lambda: re.fullmatch(r"[0-9A-Za-z]{5,64}", v) and not v.endswith("0"),
    }[sort]()
    if not good:
        say(f"{where}: {v!r} is no {sort} {extra}")


def is_time(v):
    return isinstance(v, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", v) is not None


def is_when(v):
    if "item" in v:
        return set(v) == {"item"}
    if "at" in v:
        return set(v) == {"at", "pm"} and is_time(v["at"]) and isinstance(v["pm"], int) and v["pm"] >= 0
    return set(v) == {"between"} and all(map(is_time, v["between"])) and v["between"][0] <= v["between"][1]


def check_references(story, record, say):
    entities = live(story)
    kinds = {}
    # What points at something deleted is hidden with it, so that is allowed.
    for op in story.log.ops:
        kinds.setdefault(op["e"], set()).add(op["k"])
    items = set(record.items.values())
    for (kind, entity), registers in entities.items():
        for register, value in registers.items():
            base, _, element = register.partition("/")
            sort, want = ops.TABLE[kind][1].get(base, ("", ""))
            where = f"{kind} {entity} {register}"
            if sort == "ref":
                check_reference(value, want, kinds, where, say)
            elif sort == "refs":
                check_reference(element, want, kinds, where, say)
            elif sort == "cites":
                check_cite(element, value, items, record, where, say)
            elif sort == "when" and "item" in value and value["item"] not in items:
                say(f"{where}: no item {value['item']}")
            elif sort == "text":
                check_inline(value, kinds, items, where, say)


def check_reference(value, want, kinds, where, say):
    if value not in kinds or want and want not in kinds[value]:
        say(f"{where}: points at no {want or 'entity'} {value}")


def check_cite(element, value, items, record, where, say):
    item, _, span = element.partition("@")
    if item not in items:
        say(f"{where}: no item")
    if span:
        key = next(k for k, i in record.items.items() if i == item)
        start, end = map(int, span.split("-"))
        if record.plain(key)[start:end] != value["q"]:
            say(f"{where}: the words are others")


def check_inline(text, kinds, items, where, say):
    for kind, target in re.findall(r"\[\[(\w+):([^\]|]+)", text):
        if kind == "item" and target not in items or kind != "item" and kind not in kinds.get(target, ()):
            say(f"{where}: [[{kind}:{target}]] points nowhere")


def check_language(story, record, say):
    for op in story.log.ops:
        if op["k"] not in OWN_WORDS or not isinstance(op["v"], str) or op["f"] in ("kind", "value"):
            continue
        own = re.sub(r"\[\[[^\]]*\]\]|\"[^\"]*\"|“[^”]*”", "", op["v"])
        for pattern in BLAMING:
            found = re.search(pattern, own, re.IGNORECASE)
            if found:
                say(f"{op['k']} {op['f']}: “{found[0]}” in “{op['v'][:80]}”")


def check_notes(story, files, say):
    notes = json.loads(files["interviews.json"])
    for one in notes["interviews"]:
        lines = {line["id"]: line["text"] for line in one["lines"]}
        if len(lines) != len(one["lines"]):
            say("two lines with one id")
        for passage in one["passages"]:
            for a in passage["anchors"]:
                if lines[a["line"]][a["from"]:a["to"]] != a["words"]:
                    say(f"anchor of {passage['id']} does not hold its words")
    # What was not released stands in no op.
    shared = files["ops.jsonl"].decode()
    for one in notes["interviews"]:
        for line in one["lines"]:
            if len(line["text"]) > 60 and json.dumps(line["text"], ensure_ascii=False)[1:-1] in shared:
                say(f"a whole private line in the ops: {line['text'][:60]}")


def check_evidence(record, say):
    seen = {}
    for key, item in record.items.items():
        if item in seen:
            say(f"{key} and {seen[item]} have one id")
        seen[item] = key
    for message in record.messages.values():
        if message.reply and message.reply.when >= message.when:
            say(f"{message.key} replies to something later")
    for one, two in zip(record.alerts, record.alerts[1:]):
        if datetime.fromisoformat(one["time"]) > datetime.fromisoformat(two["time"]):
            say(f"{two['id']} is out of order")


def check_times(story, record, say):
    """Two statements of Dana's stand against record and Ilse; every other one fits."""
    aside, network = times.solve(live(story), record)
    wanted = {story.of("statement", "danabefore"), story.of("statement", "danafalling")}
    if set(aside) != wanted:
        names = [name for (_, name), entity in story.ids.items() if entity in aside]
        say(f"set aside: {', '.join(names)}")
    low, high = network.window(("s", story.of("event", "knows")))
    if not 0 < high - low < 600_000_000:
        say(f"“knows” can be anywhere in {(high - low) / 60e6:.0f} minutes")


def summary(files):
    lines = files["ops.jsonl"].decode().splitlines()
    kinds = {}
    for line in lines:
        op = json.loads(line)
        kinds.setdefault(op["k"], set()).add(op["e"])
    return f"{len(files)} files, {len(lines)} ops: " + ", ".join(f"{k} {len(v)}" for k, v in sorted(kinds.items()))
