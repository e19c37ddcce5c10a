"""What is kept of a case, which a human reads."""

from __future__ import annotations

from bot.keeping.kept import Kept

CASES: tuple[Kept, ...] = (
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
)
