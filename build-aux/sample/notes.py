"""The private notes of the interviews: what is read into the vault, never into ops."""

import json
import re

from . import ids

FORMAT = "vantage-sample-interviews"


class Notes:
    def __init__(self, path):
        self.interviews, one = {}, None
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.strip() or line.startswith("#"):
                continue
            if line.startswith("== "):
                who, day, minutes = re.match(r"== (\w+) (\S+) minutes=(\d+)", line).groups()
                one = {"day": day, "minutes": int(minutes), "guide": [], "moments": [], "cues": [], "reason": "",
                       "known": {},
                       "lines": {}, "passages": [], "tellings": {}}
                self.interviews[who] = one
            elif line.startswith("  "):
                self.add_to_passage(one, line.strip())
            else:
                self.add(one, *line.split(" ", 1))

    def add(self, one, word, rest):
        if word == "guide":
            one["guide"] = rest.split()
        elif word in ("moment", "cue"):
            one[word + "s"].append(rest)
        elif word == "known":
            place, _, words = rest.partition("=")
            one["known"][place] = words
        elif word == "reason":
            one["reason"] = rest
        elif word == "telling":
            way, *keys = rest.split()
            one["tellings"][way] = keys
        elif word == "passage":
            key, claim = rest.split()
            one["passages"].append({"key": key, "claim": claim, "anchors": [], "codes": [], "released": None,
                                    "made": []})
        else:
            clock, sort, phase, question, marks, text = re.match(
                r"(\S+) (\w+) (\w+) (\S+) (\S+) \| (.*)", rest).groups()
            one["lines"][word] = {"clock": clock, "sort": sort, "phase": phase,
                                  "question": "" if question == "-" else question,
                                  "marks": [] if marks == "-" else marks.split(","), "text": text}

    def add_to_passage(self, one, text):
        passage = one["passages"][-1]
        word, _, rest = text.partition(" ")
        if word == "code":
            name, _, memo = rest.partition(": ")
            passage["codes"].append((name, "" if memo == "-" else memo))
        elif word == "released":
            form, _, shown = rest.partition(": ")
            passage["released"] = (form, shown)
        elif word == "made":
            passage["made"] += [tuple(m.split(":")) for m in rest.split()]
        else:
            words = text.partition(": ")[2]
            start = one["lines"][word[:-1]]["text"].index(words)
            passage["anchors"].append((word[:-1], start, start + len(words), words))

    def released(self):
        """What leaves the vault: key, words, form, shown as, claim, person, codes."""
        return [(p["key"], p["anchors"][0][3], *p["released"], p["claim"], who, [c for c, _ in p["codes"]])
                for who, one in self.interviews.items() for p in one["passages"] if p["released"]]

    def json_bytes(self, story, coder, questions):
        out = {"format": FORMAT, "version": 1, "review": story.log.review,
               "interviews": [self.interview(story, coder, questions, who, one)
                              for who, one in self.interviews.items()]}
        return (json.dumps(out, indent=1, ensure_ascii=False) + "\n").encode()

    def interview(self, story, coder, questions, who, one):
        def line_id(key):
            return ids.made_id(ids.local(f"{one['day']} {one['lines'][key]['clock']}"), f"line {key}")

        lines = [{"id": line_id(key), "begun": ids.utc(ids.local(f"{one['day']} {row['clock']}")), "sort": row["sort"],
                  "phase": row["phase"], "question": row["question"], "marks": row["marks"], "text": row["text"]}
                 for key, row in one["lines"].items()]
        passages = [{"id": ids.made_id(ids.local(f"{one['day']} 18:00"), f"private {p['key']}"), "claim": p["claim"],
                     "anchors": [{"line": line_id(k), "from": a, "to": b, "words": w} for k, a, b, w in p["anchors"]],
                     "codes": [{"code": story.of("code", name), "coder": coder, "memo": memo}
                               for name, memo in p["codes"]],
                     "released": story.ids.get(("passage", p["key"])) if p["released"] else None,
                     "form": p["released"][0] if p["released"] else None,
                     "made_us": str(int(ids.local(f"{one['day']} 18:00").timestamp()) * 1_000_000),
                     "made": [{"kind": kind, "id": story.of(kind, name)} for kind, name in p["made"]]}
                    for p in one["passages"]]
        return {"interview": story.of("interview", who), "person": story.person(who),
                "prep": prep(story, questions, one),
                "lines": lines, "passages": passages,
                "tellings": [{"id": ids.made_id(ids.local(f"{one['day']} 18:10"), f"telling {who} {way}"),
                              "way": way, "steps": [story.of("event", k) for k in keys]}
                             for way, keys in one["tellings"].items()]}


def prep(story, questions, one):
    """The guide by phases, moments to come back to, cues from the record, and the private reasons."""
    phases = []
    for question in one["guide"]:
        phase, text, minutes = questions[question]
        if not phases or phases[-1]["phase"] != phase:
            phases.append({"phase": phase, "minutes": minutes, "questions": []})
        phases[-1]["questions"].append({"question": question, "text": text.format(**one["known"]),
                                        "follow_ups": [],
                                        "asked": any(r["question"] == question for r in one["lines"].values())})
    moments, cues = ([story.item(k) for k in one[name]] for name in ("moments", "cues"))
    return {"guide": {"minutes": one["minutes"], "phases": phases}, "moments": moments, "cues": cues,
            "reasons": one["reason"], **started(one)}


def started(one):
    """When the first line was begun, of an interview that was held."""
    if not one["lines"]:
        return {}
    first = next(iter(one["lines"].values()))
    return {"started_us": int(ids.local(f"{one['day']} {first['clock']}").timestamp()) * 1_000_000}
