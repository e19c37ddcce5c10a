"""What is kept, where, for how long and why: the one list of every store.

The page for youth (`/personvern`), the table of docs/privacy.md and a test that looks at every key
in Redis are made from it. What is not in this list must not be kept.

    python -m bot.keeping      # prints the table of docs/privacy.md
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Optional

from bot.handoff.roster import Keep
from bot.settings import section

Where = Literal["Redis", "Redis, memory", "disk", "tab", "log", "booking server"]


@dataclass(frozen=True)
class Times:
    """The settings that say how long. `keep` has those of the cases."""

    keep: Keep
    chat_hours: int
    token_hours: int
    resume_minutes: int
    session_hours: int
    unattended_minutes: int
    return_hours: int

    @classmethod
    def load(cls) -> Times:
        """Read the settings. Raises BadSetting."""
        bot, handoff = section("bot"), section("handoff")
        return cls(
            keep=Keep.load(),
            chat_hours=int(bot.get("retention_hours", 24)),
            token_hours=int(bot.get("token_hours", 168)),
            resume_minutes=int(section("page").get("resume_minutes", 15)),
            session_hours=int(handoff.get("session_hours", 12)),
            unattended_minutes=int((handoff.get("alerts") or {}).get("unattended_minutes", 15)),
            return_hours=int(bot.get("return_hours", 168)),
        )

    @property
    def open_days(self) -> int:
        return self.keep.open // 86400

    @property
    def closed_days(self) -> int:
        return self.keep.closed // 86400

    @property
    def false_alarm_days(self) -> int:
        return self.keep.false_alarms // 86400

    @property
    def audit_days(self) -> int:
        return self.keep.audit // 86400


@dataclass(frozen=True)
class Kept:
    """One thing that is kept. `keys`: names in Redis, `<…>` standing for one part without a colon.

    `words`: it holds what a young person wrote. `lasts` tells how long, `most` how many seconds
    at most (None: it is not in Redis).
    """

    what: str
    where: Where
    lasts: Callable[[Times], str]
    why: str
    reads: str
    keys: tuple[str, ...] = ()
    words: bool = False
    most: Optional[Callable[[Times], int]] = None

    def knows(self, key: str) -> bool:
        """Say whether a name in Redis belongs to it."""
        return any(_pattern(name).fullmatch(key) for name in self.keys)


LIST: tuple[Kept, ...] = (
    Kept(
        "the conversation: messages, what was understood, state of the safety dialogue; the events "
        "that its page follows",
        "Redis, memory",
        lambda t: (
            f"{t.chat_hours} hours after the last message (`retention_hours`; a municipality may "
            f"set its own); with an open case up to {t.token_hours} (`token_hours`), and from the "
            f"end of the case as any other; with a case and a return code {t.return_hours} "
            "(`return_hours`); or until the young person deletes it"
        ),
        "so that one can go on after a break",
        "a machine; a person only in a case",
        ("ung:conv:<id>", "ung:conv:<id>:events"),
        words=True,
        most=lambda t: max(t.token_hours * 3600, t.return_hours * 3600, t.keep.open),
    ),
    Kept(
        "a return code: a hash keyed with the gateway's secret; never the code itself",
        "Redis",
        lambda t: "as long as the conversation; gone with it, or when a new one is made",
        "so that one can come back and read an answer",
        "nobody",
        ("ung:return:<hash>",),
        most=lambda t: max(t.token_hours, t.return_hours) * 3600,
    ),
    Kept(
        "a conversation that Redis could not take, until it can",
        "disk",
        lambda t: "until Redis is back, at most as long as the conversation",
        "so that nothing answered is lost when two parts fail at once",
        "nobody",
        words=True,
    ),
    Kept(
        "that a turn of a conversation is under way",
        "Redis",
        lambda t: "15 seconds",
        "so that two turns do not mix",
        "nobody",
        ("ung:conv:<id>:lock",),
        most=lambda t: 60,
    ),
    Kept(
        "an appointment: time, service, the booking's name (a hash)",
        "Redis, memory",
        lambda t: "with the conversation, in which it lies; cancelled: forgotten at once",
        "so that one can ask when it is, and cancel it",
        "a machine",
    ),
    Kept(
        "a first name, when they choose to give one",
        "booking server",
        lambda t: (
            "as the municipality's booking system keeps it; with us until the booking is made, "
            "never in the messages"
        ),
        "so that they can be called in",
        "who runs the booking system",
    ),
    Kept(
        "that one of the two in a chat is writing; the last message that has reached the other's "
        "page, and that was read there: ids, no text",
        "Redis",
        lambda t: "6 seconds (writing); otherwise a day, or as the conversation is deleted",
        "so that neither waits in vain",
        "the two in the chat",
        (
            "ung:conv:<id>:typing:<who>",
            "ung:conv:<id>:seen",
        ),
        most=lambda t: 86400,
    ),
    Kept(
        "which conversations have words that their case has not got yet: ids, no text",
        "Redis",
        lambda t: "until the case has them",
        "so that they arrive, whichever gateway dies",
        "nobody",
        ("ung:owing",),
        most=lambda t: t.token_hours * 3600,
    ),
    Kept(
        "that a conversation was deleted: a keyed hash, no id",
        "Redis",
        lambda t: f"{t.token_hours} hours (`token_hours`)",
        "so that its key opens nothing any more",
        "nobody",
        ("ung:gone:<mark>",),
        most=lambda t: t.token_hours * 3600,
    ),
    Kept(
        "that a conversation is still to be erased: its id, no text",
        "disk",
        lambda t: "until it is erased",
        "so that a deletion survives a fault",
        "nobody",
    ),
    Kept(
        "a case: why it opened, the messages, where and on which number somebody in danger can be "
        "found, who claimed it, how it ended",
        "Redis",
        lambda t: (
            f"open: {t.open_days} days after the last change (`open_days`); closed: "
            f"{t.closed_days} days (`closed_days`; a municipality may set its own); the messages "
            "go at once when the young person deletes"
        ),
        "so that a human can help and answer for it",
        "who serves the municipality; names masked unless she has claimed it",
        ("ung:case:<id>", "ung:case:<id>:lines", "ung:case:<id>:done"),
        words=True,
        most=lambda t: t.keep.longest,
    ),
    Kept(
        "private notes of staff, the times at which something was done, what was settled, whether "
        "care was given and journalled",
        "Redis",
        lambda t: "in the case, and as the case; notes go at once when the young person deletes",
        "so that the next one on duty knows",
        "who serves the municipality; never the young person",
    ),
    Kept(
        "the words of a false alarm: masked, read and confirmed by a nurse, with the red flag and "
        "its grounds; no id",
        "Redis",
        lambda t: (
            f"{t.false_alarm_days} days (`false_alarm_days`), or until the young person deletes "
            "while the case is kept"
        ),
        "so that the lexicon can be improved",
        "who leads the service, and its administrator",
        ("ung:false-alarms:<municipality>",),
        most=lambda t: t.keep.false_alarms,
    ),
    Kept(
        "the trace of a deleted conversation with a case: when, which municipality, which danger, "
        "how it ended, no text (the same record, emptied)",
        "Redis",
        lambda t: "as a case",
        "so that it can be told what was done",
        "who serves the municipality",
    ),
    Kept(
        "which case a conversation has, and which cases a municipality and a nurse have open",
        "Redis",
        lambda t: "as a case",
        "to find the case",
        "nobody by itself",
        ("ung:case-of:<conversation>", "ung:cases:<municipality>", "ung:staff:cases:<account>"),
        most=lambda t: t.keep.longest,
    ),
    Kept(
        "which alerts of a case were sent, and whether the channels work: when, which kind; no "
        "text, no address",
        "Redis",
        lambda t: f"as a case; the channels {t.closed_days} days",
        "so that each alert is sent once, and a dead channel is seen",
        "staff (channels)",
        ("ung:case:<id>:alerts", "ung:alerts:<municipality>"),
        most=lambda t: t.keep.longest,
    ),
    Kept(
        "what staff looked at and did: who, which case, when; no text",
        "Redis",
        lambda t: f"{t.audit_days} days (`audit_days`)",
        "so that misuse can be found",
        "the operator",
        ("ung:staff:audit",),
        most=lambda t: t.keep.audit,
    ),
    Kept(
        "how long young people waited for a human's first word: seconds, by municipality, the "
        "newest 200",
        "Redis",
        lambda t: f"{t.audit_days} days after the last (`audit_days`)",
        "to tell honestly how long it may take",
        "who serves the municipality",
        ("ung:waits:<municipality>",),
        most=lambda t: t.keep.audit,
    ),
    Kept(
        "unmet needs: how many conversations got help at a level where the catalog of their "
        "municipality has nothing, by ISO week, municipality, level and age band (12, 13–15, "
        "16–17, 18–20, unknown); no text, no id, no time of day",
        "Redis",
        lambda t: "26 weeks after the week ended",
        "so that a municipality sees what is missing",
        "who serves the municipality, from five on",
        ("ung:unmet:<municipality>:<week>",),
        most=lambda t: 28 * 7 * 86400,
    ),
    Kept(
        "whether help was had, of who came back with a code and had said yes to being asked: yes, "
        "a little or no, by ISO week and municipality; no text, no id",
        "Redis",
        lambda t: "26 weeks after the week ended",
        "so that a municipality sees whether it helps",
        "who serves the municipality, from five on",
        ("ung:helped:<municipality>:<week>",),
        most=lambda t: 28 * 7 * 86400,
    ),
    Kept(
        "how the cases of a municipality ended: numbers by month and outcome",
        "Redis",
        lambda t: f"{t.audit_days} days after the last (`audit_days`)",
        "to see what becomes of the cases",
        "who serves the municipality",
        ("ung:outcomes:<municipality>",),
        most=lambda t: t.keep.audit,
    ),
    Kept(
        "who of the staff is logged in, for their colleagues alone",
        "Redis",
        lambda t: f"{t.unattended_minutes} minutes (`unattended_minutes`), or until they log out",
        "so that a case can be handed over to somebody who is there",
        "who serves the municipality",
        ("ung:staff:colleagues:<municipality>",),
        most=lambda t: t.unattended_minutes * 60,
    ),
    Kept(
        "a log-in under way at the provider: random values",
        "Redis",
        lambda t: "minutes",
        "so that nobody else can end it",
        "nobody",
        ("ung:staff:flow:<hash>",),
        most=lambda t: 3600,
    ),
    Kept(
        "who of the staff is logged in: account, name, roles; the provider's ID token, to log out "
        "there",
        "Redis",
        lambda t: f"until they log out, at most {t.session_hours} hours (`session_hours`)",
        "to let in nobody else",
        "nobody",
        ("ung:staff:session:<hash>",),
        most=lambda t: t.session_hours * 3600,
    ),
    Kept(
        "that somebody who serves a municipality is logged in; never who",
        "Redis",
        lambda t: f"{t.unattended_minutes} minutes (`unattended_minutes`)",
        "so that no human is promised who is not there",
        "nobody",
        ("ung:staff:present:<municipality>",),
        most=lambda t: t.unattended_minutes * 60,
    ),
    Kept(
        "counters for limits, and for tries to log in: a keyed hash of the address, its key "
        "changes daily",
        "Redis",
        lambda t: "minutes",
        "against floods and guessing",
        "nobody",
        ("ung:limit/<of>", "ung:staff:failed:<hash>"),
        most=lambda t: 3600,
    ),
    Kept(
        "the key to a conversation",
        "tab",
        lambda t: f"{t.resume_minutes} minutes (`resume_minutes`), or until the tab is closed",
        "so that a reload does not lose the chat",
        "whoever has the device",
    ),
    Kept(
        "times, kinds of faults, names of parts; no message text, no address",
        "log",
        lambda t: "as the operator keeps them",
        "to mend faults",
        "the operator",
    ),
)


def keeper_of(key: str) -> Optional[Kept]:
    """Return what a name in Redis belongs to; None when nobody knows it."""
    return next((kept for kept in LIST if kept.knows(key)), None)


def table(times: Times) -> str:
    """Return the table of docs/privacy.md."""
    rows = [
        f"| {kept.what} | {_where(kept)} | {kept.lasts(times)} | {kept.why} | {kept.reads} |"
        for kept in LIST
    ]
    head = ["| what | where | for how long | why | who reads it |", "|---|---|---|---|---|"]
    return "\n".join([*head, *rows])


def own_terms(times: Times) -> list[tuple[str, int, int, str]]:
    """Return what municipalities have set: number, hours of a chat, days of a case, reason."""
    keep = times.keep
    return [
        (
            number,
            keep.chat_in(number, times.chat_hours * 3600) // 3600,
            keep.closed_in(number) // 86400,
            term.reason,
        )
        for number, term in sorted(keep.own.items())
    ]


def _where(kept: Kept) -> str:
    names = ", ".join(f"`{name}`" for name in kept.keys)
    place = {"tab": "the tab's `sessionStorage`", "log": "standard error"}.get(
        kept.where, kept.where
    )
    return f"{place}: {names}" if names else place


def _pattern(name: str) -> re.Pattern[str]:
    parts = re.split(r"<\w+>", name)
    # A counter of the limits library has slashes and colons in what it counts.
    whatever = ".+" if name.startswith("ung:limit") else "[^:]+"
    return re.compile(whatever.join(re.escape(part) for part in parts))


if __name__ == "__main__":
    sys.stdout.write(f"{table(Times.load())}\n")
