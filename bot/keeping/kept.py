"""One thing that is kept, and the settings that say for how long."""

from __future__ import annotations

import re
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


def _pattern(name: str) -> re.Pattern[str]:
    parts = re.split(r"<\w+>", name)
    # A counter of the limits library has slashes and colons in what it counts.
    whatever = ".+" if name.startswith("ung:limit") else "[^:]+"
    return re.compile(whatever.join(re.escape(part) for part in parts))
