"""Who saw and did what: a stream that is only ever added to and holds no text."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from redis.asyncio import Redis

from bot.handoff.link import reach
from bot.handoff.roster import Keep

# How many entries are read at once.
PAGE = 1000
AUDIT = "ung:staff:audit"

What = Literal[
    "login",
    "login_failed",
    "login_throttled",
    "login_refused",
    "login_down",
    "logout",
    "list",
    "view",
    "view_names",
    "coverage",
    "numbers",
    "record",
    "record_export",
    "shift",
    "denied",
    "open",
    "flag",
    "claim",
    "unanswered",
    "reply",
    "transfer",
    "hand_back",
    "close",
    "note",
    "done",
    "journal",
    "journalled",
    "false_alarm",
    "false_alarms",
    "deleted_by_youth",
    "taken_back_by_youth",
]


@dataclass(frozen=True)
class Act:
    """One entry. `who` is an account, or "youth" or "bot"; its time is the entry's own.

    `municipality`: that of the case, or those that `who` serves, with commas between.
    `why` is one word of ours on what was refused.
    """

    what: What
    who: str
    case: str = ""
    municipality: str = ""
    why: str = ""

    def fields(self) -> list[str]:
        """Return the entry as Redis takes it."""
        return [
            "what",
            self.what,
            "who",
            self.who,
            "case",
            self.case,
            "municipality",
            self.municipality,
            *(("why", self.why) if self.why else ()),
        ]


class Audit:
    """The record of every view and act. Changes of a case are noted together with the change."""

    def __init__(self, redis: Redis[str], keep: Keep) -> None:
        self._redis = redis
        self._keep = keep

    async def note(self, act: Act) -> None:
        """Write an entry. Raises StoreUnavailable: what cannot be noted must not be shown."""
        names_and_values = act.fields()
        fields: Any = dict(zip(names_and_values[::2], names_and_values[1::2], strict=True))
        oldest = f"{int(time.time() - self._keep.audit) * 1000}-0"

        async def write() -> None:
            async with self._redis.pipeline(transaction=True) as pipe:
                pipe.xadd(AUDIT, fields, minid=oldest, approximate=True)
                pipe.expire(AUDIT, self._keep.audit)
                await pipe.execute()

        await reach(write)

    async def between(
        self, since: datetime, until: datetime
    ) -> AsyncIterator[tuple[str, dict[str, str]]]:
        """Yield the entries from `since` on and before `until`, (id, fields) each, oldest first."""
        start, end = f"{int(since.timestamp() * 1000)}", f"({int(until.timestamp() * 1000)}-0"
        while True:
            found = await self._page(start, end)
            for entry in found:
                yield entry
            if len(found) < PAGE:
                return
            start = f"({found[-1][0]}"

    async def _page(self, start: str, end: str) -> list[tuple[str, dict[str, str]]]:
        return await reach(lambda: self._redis.xrange(AUDIT, start, end, count=PAGE))

    async def entries(self, count: int = 100) -> list[tuple[str, dict[str, str]]]:
        """Return the newest entries, (id, fields) each, newest first."""
        return await reach(lambda: self._redis.xrevrange(AUDIT, count=count))
