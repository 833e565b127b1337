"""When the events can have happened: a second, slow opinion on the statements about time."""

from datetime import datetime, timezone

INFINITY = float("inf")


def us(text):
    when = datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=timezone.utc)
    return int(when.timestamp() * 1_000_000)


class Network:
    """Difference constraints x - y <= w; "z" is the epoch."""

    def __init__(self):
        self.edges = []

    def fits(self, more):
        edges = self.edges + more
        nodes = {n for x, y, _ in edges for n in (x, y)}
        far = dict.fromkeys(nodes, 0)
        for _ in range(len(nodes) + 1):
            changed = False
            for x, y, w in edges:
                if far[y] + w < far[x]:
                    far[x] = far[y] + w
                    changed = True
            if not changed:
                return True
        return False

    def add(self, more):
        if not self.fits(more):
            return False
        self.edges += more
        return True

    def window(self, node):
        return -self.shortest(node, "z"), self.shortest("z", node)

    def shortest(self, start, goal):
        """Length of the shortest way from start to goal: x - y <= w leads from y to x."""
        far = {start: 0}
        for _ in range(len(self.edges)):
            changed = False
            for x, y, w in self.edges:
                if y in far and far[y] + w < far.get(x, INFINITY):
                    far[x] = far[y] + w
                    changed = True
            if not changed:
                break
        return far.get(goal, INFINITY)


def bounds(when, record):
    if when is None:
        return -INFINITY, INFINITY
    if "item" in when:
        key = next(k for k, item in record.items.items() if item == when["item"])
        at = int(record.when(key).timestamp()) * 1_000_000
        return at, at + 1_000_000
    if "at" in when:
        return us(when["at"]) - when["pm"], us(when["at"]) + when["pm"]
    return us(when["between"][0]), us(when["between"][1])


def within(node, low, high):
    out = []
    if high < INFINITY:
        out.append((node, "z", high))
    if low > -INFINITY:
        out.append(("z", node, -low))
    return out


def own(event, fields, record):
    """What an event says of itself, and that it does not end before it begins."""
    start, end = ("s", event), ("t", event)
    out = [(start, end, 0)]
    low, high = bounds(fields.get("start"), record)
    out += within(start, low, high)
    if fields.get("end"):
        out += within(end, *bounds(fields["end"], record))
    else:
        out.append((end, start, 0))
    return out


def told(fields, record):
    subject, other = fields["subject"], fields.get("object")
    s, t = ("s", subject), ("t", subject)
    low, high = fields.get("min", 0), fields.get("max", INFINITY)
    rel = fields["rel"]
    if rel in ("at", "between"):
        a, b = bounds(fields["value"], record)
        return within(s, a, b) + ([] if rel == "at" else within(t, a, b))
    if rel == "lasts":
        return apart(t, s, low, high)
    x, y = ("s", other), ("t", other)
    if rel == "before":
        return apart(x, t, low, high)
    if rel == "after":
        return apart(s, y, low, high)
    if rel == "during":
        return [(x, s, 0), (t, y, 0)]
    raise ValueError(rel)


def apart(later, earlier, low, high):
    out = [(earlier, later, -low)]
    if high < INFINITY:
        out.append((later, earlier, high))
    return out


def solve(entities, record):
    """Statements set aside, in the order of authority, and the network of the rest."""
    events = {e: f for (kind, e), f in entities.items() if kind == "event"}
    said = [(e, f) for (kind, e), f in entities.items() if kind == "statement"]
    rank = {"certain": 1, "likely": 2, "unsure": 3}
    rows = []
    for event in sorted({f[k] for _, f in said for k in ("subject", "object") if k in f}):
        f = events[event]
        order = 0 if f["claim"] == "record" else rank.get(f.get("confidence"), 4)
        rows.append((order, event, own(event, f, record)))
    for entity, f in said:
        order = rank.get(f.get("confidence"), 4) if "account" in f else 0
        rows.append((order, entity, told(f, record)))
    network, aside = Network(), []
    for _, entity, edges in sorted(rows):
        if not network.add(edges):
            aside.append(entity)
    return aside, network
