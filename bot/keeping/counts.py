"""What is kept to answer for the service: the audit log, and numbers without names."""

from __future__ import annotations

from bot.keeping.kept import Kept

COUNTS: tuple[Kept, ...] = (
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
)
