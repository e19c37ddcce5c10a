"""Small signs between two people in a chat: who is writing, what has arrived, what has been read.

    ung:conv:<id>:typing:youth, :human   there for some seconds after a key was pressed
    ung:conv:<id>:seen                   hash: "<who>:<stage>" → the id of the last message

None of it is said, counted or kept: it goes with the conversation.
"""

from __future__ import annotations

from typing import Literal

from redis.asyncio import Redis

from bot.handoff.link import reach

Who = Literal["youth", "human"]
Stage = Literal["delivered", "read"]
# Longer than the pages' pause between two signs, so that "skriver …" does not flicker.
TYPING_SECONDS = 6


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

        async def write() -> None:
            async with self._redis.pipeline(transaction=True) as pipe:
                pipe.hset(name_of_seen(conversation), f"{who}:{stage}", message)
                pipe.expire(name_of_seen(conversation), self._keep)
                await pipe.execute()

        await reach(write)

    async def last(self, conversation: str, who: Who) -> dict[Stage, str]:
        """Return the last message delivered to somebody and the last one read, by their ids."""
        found = await reach(lambda: self._redis.hgetall(name_of_seen(conversation)))
        stages: tuple[Stage, ...] = ("delivered", "read")
        return {stage: found[f"{who}:{stage}"] for stage in stages if f"{who}:{stage}" in found}


def name_of_typing(conversation: str, who: Who) -> str:
    """Return the name under which it lies that somebody is writing."""
    return f"ung:conv:{conversation}:typing:{who}"


def name_of_seen(conversation: str) -> str:
    """Return the name under which the last messages seen lie."""
    return f"ung:conv:{conversation}:seen"
