"""The masked words of false alarms: read and confirmed by a nurse, kept to mend the lexicon.

ung:false-alarms:<municipality>    hash: case → Excerpt as JSON

They are written, and taken out when the youth deletes, together with the case: see commit.lua.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from pydantic import Field
from redis.asyncio import Redis

from bot.handoff.contents import Lenient, Reason
from bot.handoff.link import reach
from bot.handoff.masking import mask
from bot.handoff.roster import Keep
from bot.turn import Message

LONGEST = 600


class Excerpt(Lenient):
    """One false alarm. `grounds` are names of patterns and models; `kept` is a Unix time."""

    text: str
    flags: list[str] = Field(default_factory=list)
    grounds: list[str] = Field(default_factory=list)
    language: str = "nb"
    kept: int


class FalseAlarms:
    """Reads the list. Raises StoreUnavailable when Redis is gone."""

    def __init__(self, redis: Redis[str], keep: Keep) -> None:
        self._redis = redis
        self._keep = keep

    async def of(self, municipality: str) -> list[Excerpt]:
        """Return what is kept of a municipality, the newest first; what is too old is removed."""
        name = name_of_excerpts(municipality)
        found = await reach(lambda: self._redis.hgetall(name))
        excerpts = {case: Excerpt.parse_raw(one) for case, one in found.items()}
        oldest = time.time() - self._keep.false_alarms
        old = [case for case, one in excerpts.items() if one.kept < oldest]
        if old:
            await reach(lambda: self._redis.hdel(name, *old))
        fresh = [one for case, one in excerpts.items() if case not in old]
        return sorted(fresh, key=lambda one: -one.kept)


def suggested(messages: Sequence[Message], reasons: Sequence[Reason]) -> str:
    """Return what the youth wrote around the evidence, masked, for a nurse to read and shorten."""
    signs = [sign for reason in reasons for sign in reason.evidence]
    words = [word.lower() for sign in signs for word in sign.words if word]
    said = [message.text for message in messages if message.from_ == "youth"]
    lines = [text for text in said if any(word in text.lower() for word in words)]
    return mask("\n".join(lines or said[-1:]))[:LONGEST]


def name_of_excerpts(municipality: str) -> str:
    """Return the name under which the false alarms of a municipality lie in Redis."""
    return f"ung:false-alarms:{municipality}"
