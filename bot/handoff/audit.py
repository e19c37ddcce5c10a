"""Who saw and did what: a stream that is only ever added to and holds no text."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, Literal

from redis.asyncio import Redis

from bot.handoff.link import reach
from bot.handoff.roster import Keep

AUDIT = "ung:staff:audit"

What = Literal[
    "login",
    "login_failed",
    "login_throttled",
    "logout",
    "list",
    "view",
    "view_names",
    "coverage",
    "numbers",
    "denied",
    "open",
    "flag",
    "claim",
    "unanswered",
    "reply",
    "hand_back",
    "close",
    "deleted_by_youth",
]


@dataclass(frozen=True)
class Act:
    """One entry. `who` is an account, or "youth" or "bot"; its time is the entry's own."""

    what: What
    who: str
    case: str = ""
    municipality: str = ""

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

    async def entries(self, count: int = 100) -> list[tuple[str, dict[str, str]]]:
        """Return the newest entries, (id, fields) each, newest first."""
        return await reach(lambda: self._redis.xrevrange(AUDIT, count=count))
