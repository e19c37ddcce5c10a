"""The event stream of a conversation: what a human wrote, and changes of state.

Events lie in one Redis stream per conversation and keep their stream ids all
the way to the client, so that `Last-Event-ID` resumes with nothing lost.

    {"type": "message", "message": {… a Message …}}
    {"type": "state", "state": "waiting"}
    {"type": "typing", "from": "human"}          # not kept, without an id
    {"type": "read", "from": "human", "message": "…"}    # the last one that they have read; same
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from typing import Any, Optional

from bot.gateway.conversation import key
from bot.gateway.redis_link import RedisLink, StoreDown
from bot.handoff.errors import StoreUnavailable
from bot.handoff.signs import Signs, name_of_seen, name_of_typing
from bot.handoff.store import pointer_of

START = "0-0"
EVENTS_KEPT = 2000
_ID = re.compile(r"\d{1,19}-\d{1,19}")

Words = dict[str, Any]
Event = tuple[str, Words]
# The page lets "skriver …" stand for six seconds.
TYPING_AGAIN = 3.0
# How often a human is told that the page is still open.
HERE_AGAIN = 10.0


class Events:
    """Writes and follows the events of every conversation. Times in seconds."""

    def __init__(self, link: RedisLink, *, lifetime: int, poll: float = 1.0) -> None:
        self._link = link
        self._lifetime = lifetime
        self._poll = poll
        self._bells: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        self._ended: set[str] = set()

    async def publish(self, conversation: str, event: dict[str, Any]) -> str:
        """Write an event and wake whoever follows; return its id.

        Raises StoreDown: an event that is not in the stream was not published.
        """
        name = key(conversation, "events")
        fields: Any = {"json": json.dumps(event, ensure_ascii=False)}

        async def work(client: Any) -> str:
            async with client.pipeline(transaction=True) as pipe:
                pipe.xadd(name, fields, maxlen=EVENTS_KEPT, approximate=True)
                pipe.expire(name, self._lifetime)
                answers: list[Any] = await pipe.execute()
            return str(answers[0])

        event_id = await self._link.call(work)
        self.ring(conversation)
        return event_id

    async def after(self, conversation: str, event_id: str) -> list[Event]:
        """Return the events that came after `event_id`, oldest first. Raises StoreDown."""
        found = await self._link.call(
            lambda client: client.xrange(key(conversation, "events"), min=f"({event_id}")
        )
        return [(one, json.loads(fields["json"])) for one, fields in found]

    async def follow(self, conversation: str, event_id: str) -> AsyncIterator[Event]:
        """Yield events as they come, until the conversation is deleted.

        With Redis away it waits and tries again.
        """
        bell = asyncio.Event()
        told: dict[str, Any] = {}
        self._bells[conversation].add(bell)
        try:
            while conversation not in self._ended:
                bell.clear()
                for one, event in await self._news(conversation, event_id):
                    event_id = one
                    yield one, event
                async for sign in self._signs(conversation, told):
                    yield "", sign
                await self._wait(bell)
        finally:
            self._bells[conversation].discard(bell)
            if not self._bells[conversation]:
                del self._bells[conversation]
                self._ended.discard(conversation)

    def followers(self, conversation: str) -> int:
        """Return how many streams are open in a conversation."""
        return len(self._bells[conversation]) if conversation in self._bells else 0

    def end(self, conversation: str) -> None:
        """Close the streams of a deleted conversation."""
        if conversation in self._bells:
            self._ended.add(conversation)
            self.ring(conversation)

    async def _news(self, conversation: str, event_id: str) -> list[Event]:
        try:
            return await self.after(conversation, event_id)
        except StoreDown:
            return []

    async def _signs(self, conversation: str, told: dict[str, Any]) -> AsyncIterator[Words]:
        """Yield what the human does besides writing, and let them know that the page is open.

        `told`: what this stream has said already.
        """

        async def work(client: Any) -> list[Any]:
            async with client.pipeline(transaction=False) as pipe:
                pipe.exists(name_of_typing(conversation, "human"))
                pipe.hget(name_of_seen(conversation), "human:read")
                pipe.exists(pointer_of(conversation))
                answers: list[Any] = await pipe.execute()
            if answers[2] and time.monotonic() - told.get("here", -HERE_AGAIN) >= HERE_AGAIN:
                await Signs(client).here(conversation, again="here" not in told)
                told["here"] = time.monotonic()
            return answers

        try:
            typing, read, _ = await self._link.call(work)
        except (StoreDown, StoreUnavailable):
            return
        if typing and time.monotonic() - told.get("typing", 0.0) > TYPING_AGAIN:
            told["typing"] = time.monotonic()
            yield {"type": "typing", "from": "human"}
        if read and read != told.get("read"):
            told["read"] = read
            yield {"type": "read", "from": "human", "message": read}

    async def _wait(self, bell: asyncio.Event) -> None:
        try:
            await asyncio.wait_for(bell.wait(), self._poll)
        except asyncio.TimeoutError:
            return

    def ring(self, conversation: str) -> None:
        """Wake whoever follows: something was written to the stream in this process."""
        for bell in self._bells.get(conversation, ()):
            bell.set()


def resume_from(last_event_id: Optional[str]) -> str:
    """Return where to go on from a `Last-Event-ID` header; from the start when it is none."""
    if last_event_id and _ID.fullmatch(last_event_id.strip()):
        return last_event_id.strip()
    return START
