"""What is kept, where, for how long and why: the one list of every store.

The page for youth (`/personvern`), the table of docs/privacy.md and a test that looks at every key
in Redis are made from it. What is not in this list must not be kept.

    python -m bot.keeping      # prints the table of docs/privacy.md
"""

from __future__ import annotations

from typing import Optional

from bot.keeping.access import ACCESS
from bot.keeping.cases import CASES
from bot.keeping.chats import CHATS
from bot.keeping.counts import COUNTS
from bot.keeping.kept import Kept, Times

__all__ = ["LIST", "Kept", "Times", "keeper_of", "own_terms", "table"]

LIST: tuple[Kept, ...] = (*CHATS, *CASES, *COUNTS, *ACCESS)


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
