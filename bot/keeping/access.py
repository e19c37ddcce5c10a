"""What is kept of who is let in, by the staff and by the page; and the log."""

from __future__ import annotations

from bot.keeping.kept import Kept

ACCESS: tuple[Kept, ...] = (
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
