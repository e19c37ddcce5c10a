"""Small signs between two people in a chat: who is writing, what has arrived, what has been read.

    ung:conv:<id>:typing:youth, :human   there for some seconds after a key was pressed
    ung:conv:<id>:seen                   hash: "<who>:<stage>" → the id of the last message;
                                         "youth:here", "youth:left" → when the page of the youth
                                         was last open, and when it was left in haste

None of it is said, counted or kept: it goes with the conversation.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Literal, NamedTuple

from redis.asyncio import Redis

from bot.handoff.link import reach
from bot.handoff.steps import age, now

Who = Literal["youth", "human"]
Stage = Literal["delivered", "read"]
# Longer than the pages' pause between two signs, so that "skriver …" does not flicker.
TYPING_SECONDS = 6
# An open page says so every ten seconds, and may lose its line for a moment.
AWAY_AFTER = timedelta(seconds=25)


class Presence(NamedTuple):
    """Whether the page of the youth is open. `at`: since when it is not, as the store writes it.

    `left`: they pressed the way out, so somebody may have come in.
    """

    state: Literal["here", "away", "left", "unknown"]
    at: str = ""


class Signs:
    """Writes and reads signs. Everything raises StoreUnavailable when Redis is gone."""

    def __init__(self, redis: Redis[str], keep_seconds: int = 86400) -> None:
        self._redis = redis
        self._keep = keep_seconds

    async def typing(self, conversation: str, who: Who) -> None:
        """Note that somebody is writing now."""
        name = name_of_typing(conversation, who)
        await reach(lambda: self._redis.set(name, 1, ex=TYPING_SECONDS))

    async def is_typing(self, conversation: str, who: Who) -> bool:
        """Say whether somebody has been writing in the last seconds."""
        return bool(await reach(lambda: self._redis.exists(name_of_typing(conversation, who))))

    async def note(self, conversation: str, who: Who, stage: Stage, message: str) -> None:
        """Note the last message that has reached somebody's page, or been seen there."""
        if (await self.last(conversation, who)).get(stage) == message:
            return
        await self._write(conversation, f"{who}:{stage}", message)

    async def last(self, conversation: str, who: Who) -> dict[Stage, str]:
        """Return the last message delivered to somebody and the last one read, by their ids."""
        found = await reach(lambda: self._redis.hgetall(name_of_seen(conversation)))
        stages: tuple[Stage, ...] = ("delivered", "read")
        return {stage: found[f"{who}:{stage}"] for stage in stages if f"{who}:{stage}" in found}

    async def here(self, conversation: str, again: bool) -> None:
        """Note that the page of the youth is open; `again`: it has just been opened."""
        name = name_of_seen(conversation)

        async def write() -> None:
            async with self._redis.pipeline(transaction=True) as pipe:
                pipe.hset(name, "youth:here", now())
                if again:
                    pipe.hdel(name, "youth:left")
                pipe.expire(name, self._keep)
                await pipe.execute()

        await reach(write)

    async def left(self, conversation: str) -> None:
        """Note that the youth pressed the way out."""
        await self._write(conversation, "youth:left", now())

    async def presence(self, conversation: str) -> Presence:
        """Return whether the page of the youth is open."""
        fields = ["youth:left", "youth:here"]
        left, here = await reach(lambda: self._redis.hmget(name_of_seen(conversation), fields))
        if left:
            return Presence("left", left)
        if not here:
            return Presence("unknown")
        return Presence("away", here) if age(here) > AWAY_AFTER else Presence("here")

    async def _write(self, conversation: str, field: str, value: str) -> None:
        async def write() -> None:
            async with self._redis.pipeline(transaction=True) as pipe:
                pipe.hset(name_of_seen(conversation), field, value)
                pipe.expire(name_of_seen(conversation), self._keep)
                await pipe.execute()

        await reach(write)


def name_of_typing(conversation: str, who: Who) -> str:
    """Return the name under which it lies that somebody is writing."""
    return f"ung:conv:{conversation}:typing:{who}"


def name_of_seen(conversation: str) -> str:
    """Return the name under which the last messages seen lie."""
    return f"ung:conv:{conversation}:seen"
