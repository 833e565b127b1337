"""Computed ids: the same recipes as the program's, so that citations of the ops hold."""

import hashlib
import unicodedata
from datetime import datetime, timezone
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
PACIFIC = ZoneInfo("America/Los_Angeles")  # day files of a Slack export are named by it
GITHUB_HOST = "github.com"


def compute(n_hex, *parts):
    text = "\n".join(unicodedata.normalize("NFC", part) for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()[:n_hex]


def channel_id(family, system, key):
    return compute(16, "channel-1", family, system, key)


def identity_id(family, system, key):
    return compute(32, "identity-1", family, system, key)


def person_id(review, identity):
    return compute(32, "person-1", review, identity)


def author_id(device):
    return compute(32, "author-1", device)


def made_id(when, name):
    """An entity id: six bytes of time, ten that stand for randomness and follow from a name."""
    ms = int(when.timestamp() * 1000)
    return f"{ms:012x}" + hashlib.sha256(f"sample\n{name}".encode()).hexdigest()[:20]


def table_channel_id(columns, channel):
    """The channel of a table or of JSON lines: header signature, series (none), channel column."""
    signature = hashlib.sha256("\n".join(sorted(columns)).encode()).hexdigest()[:16]
    return channel_id("csv", "", f"{signature}\n\n{channel}")


def table_local_id(native, raw_time):
    return f"{native}-" + hashlib.sha256(raw_time.encode()).hexdigest()[:8]


def local(text):
    """Berlin wall time in a story file: "YYYY-MM-DD HH:MM[:SS]"."""
    if len(text) == 16:
        text += ":00"
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=BERLIN)


def utc(when, spec="microseconds"):
    text = when.astimezone(timezone.utc).isoformat(timespec=spec)
    return text.replace("+00:00", "Z")


def content_id(raw_time, author, text, thread=""):
    """The local id of a record that has none of its own; accounts of a table go by shown name."""
    joined = "\n".join((thread, raw_time, "name:" + author, text))
    return "x" + hashlib.sha256(unicodedata.normalize("NFC", joined).encode()).hexdigest()[:16]


def github_account(login):
    return login
