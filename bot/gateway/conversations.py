"""Where conversations are kept: in the process, and written through to Redis.

With Redis away the process alone carries them; what Redis missed is written
when it is back. A deleted conversation leaves a mark (a keyed hash, no id), so
that its key opens nothing any more.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any, Optional

from pydantic import ValidationError

from bot.gateway.config import Config as Settings
from bot.gateway.conversation import Conversation, key
from bot.gateway.errors import log_fault
from bot.gateway.journal import Journal
from bot.gateway.locks import Locks
from bot.gateway.redis_link import RedisLink, StoreDown
from bot.gateway.return_codes import key_of
from bot.handoff.signs import name_of_seen, name_of_typing

_SAVE = Path(__file__).with_name("save.lua").read_text("utf-8")
# Two processes that write the same conversation at once give way so often.
_TRIES = 8
# Conversations with words that their case has not got: whichever gateway lives brings them.
OWING = "ung:owing"


class ConversationGone(Exception):
    """The conversation was deleted by the young person."""


class Conversations:
    """The store. Load and save under `lock(id)` only.

    `kept`: for how many seconds a municipality (None: unknown) keeps a chat.
    """

    def __init__(
        self,
        link: RedisLink,
        config: Settings,
        kept: Optional[Callable[[Optional[str]], int]] = None,
        journal: Optional[Journal] = None,
    ) -> None:
        self._link = link
        self._config = config
        self._kept = kept or (lambda _: config.retention_seconds)
        self._held: OrderedDict[str, tuple[float, Conversation]] = OrderedDict()
        self._gone: OrderedDict[str, float] = OrderedDict()
        self._locks = Locks(link)
        self._script = link.client.register_script(_SAVE) if link.client else None
        self.unsaved: set[str] = set()
        self._journal = journal or Journal(Path(config.var, "unsaved"))
        for seconds, conversation in self._journal.left():
            self._held[conversation.id] = (time.monotonic() + seconds, conversation)
            self.unsaved.add(conversation.id)

    def lock(self, conversation: str) -> AbstractAsyncContextManager[None]:
        """One turn at a time in a conversation: in this process, and across processes."""
        return self._locks.hold(conversation, key(conversation, "lock"))

    async def load(self, conversation: str) -> Optional[Conversation]:
        """Return the newest version of a conversation, or None when there is none.

        Raises ConversationGone.
        """
        if self.is_gone(conversation):
            raise ConversationGone(conversation)
        held = self._from_process(conversation)
        try:
            stored = await self._from_redis(conversation, held.written if held else 0)
        except StoreDown:
            return held
        if stored is not None and held is not None and held.unwritten:
            held.take_in(stored)
            stored = held
        newest = stored or held
        if newest is not None:
            self._hold(newest)
        return newest

    async def save(self, conversation: Conversation) -> None:
        """Keep a conversation. With Redis away it is kept in the process and written later."""
        if self.is_gone(conversation.id):
            return
        conversation.version += 1
        del conversation.messages[: -self._config.messages_kept]
        self._hold(conversation)
        try:
            await self._to_redis(conversation)
        except StoreDown:
            self.unsaved.add(conversation.id)
            if self._link.client is not None:
                self._journal.keep(conversation, self.kept_seconds(conversation))

    async def save_unsaved(self) -> None:
        """Write to Redis what it missed. Raises StoreDown when it is still away."""
        for name in list(self.unsaved):
            async with self.lock(name):
                held = self._from_process(name)
                if held is not None and not self.is_gone(name):
                    await self._to_redis(held)
                self._saved(name)

    async def owing(self) -> set[str]:
        """Return the conversations with words that their case has not got. Raises StoreDown."""
        return set(await self._link.call(lambda client: client.smembers(OWING)))

    def mark_gone(self, conversation: str) -> None:
        """Make a conversation unreachable in this process, at once."""
        self._held.pop(conversation, None)
        self._saved(conversation)
        self._gone[self.mark(conversation)] = time.monotonic() + self._config.token_seconds
        while self._gone and next(iter(self._gone.values())) < time.monotonic():
            self._gone.popitem(last=False)

    async def erase(self, conversation: str) -> None:
        """Erase a conversation from Redis and leave its mark there. Raises StoreDown."""

        async def work(client: Any) -> None:
            code = await client.hget(key(conversation), "code")
            codes = [key_of(code)] if code else []
            async with client.pipeline(transaction=True) as pipe:
                pipe.set(self._mark_key(conversation), "1", ex=self._config.token_seconds)
                pipe.delete(
                    key(conversation),
                    key(conversation, "events"),
                    name_of_seen(conversation),
                    name_of_typing(conversation, "youth"),
                    name_of_typing(conversation, "human"),
                    *codes,
                )
                pipe.srem(OWING, conversation)
                await pipe.execute()

        await self._link.call(work)

    def is_gone(self, conversation: str) -> bool:
        """Say whether it is known in this process that a conversation was deleted."""
        return self.mark(conversation) in self._gone

    def mark(self, conversation: str) -> str:
        """Return the keyed hash that stands for a deleted conversation."""
        secret = f"gone:{self._config.secret}".encode()
        return hmac.new(secret, conversation.encode(), hashlib.sha256).hexdigest()[:32]

    def _from_process(self, conversation: str) -> Optional[Conversation]:
        until, held = self._held.get(conversation, (0.0, None))
        if held is None or until < time.monotonic():
            self._held.pop(conversation, None)
            return None
        return held

    def _hold(self, conversation: Conversation) -> None:
        until = time.monotonic() + self._kept(conversation.place)
        self._held[conversation.id] = (until, conversation)
        self._held.move_to_end(conversation.id)
        while len(self._held) > self._config.conversations_in_process:
            self._held.popitem(last=False)

    def drop_expired(self) -> None:
        """Forget what has been in the process longer than it may be kept."""
        now = time.monotonic()
        for name in [name for name, (until, _) in self._held.items() if until < now]:
            self._held.pop(name, None)
            self._saved(name)

    def _saved(self, conversation: str) -> None:
        """Note that nothing of a conversation waits for Redis any more."""
        if conversation in self.unsaved:
            self.unsaved.discard(conversation)
            self._journal.drop(conversation)

    async def _from_redis(self, conversation: str, known: int) -> Optional[Conversation]:
        async def work(client: Any) -> Optional[str]:
            async with client.pipeline(transaction=False) as pipe:
                pipe.exists(self._mark_key(conversation))
                pipe.hget(key(conversation), "version")
                gone, version = await pipe.execute()
            if gone:
                self.mark_gone(conversation)
                raise ConversationGone(conversation)
            if version is None or int(version) == known:
                return None
            found: Optional[str] = await client.hget(key(conversation), "json")
            return found

        stored = await self._link.call(work)
        return _read(stored) if stored else None

    async def _to_redis(self, conversation: Conversation) -> None:
        """Write a conversation; what another process wrote meanwhile is taken in first."""
        for _ in range(_TRIES):
            answer = await self._link.call(lambda _: self._write(conversation))
            if answer == "gone":
                self.mark_gone(conversation.id)
                return
            if answer == "ok":
                conversation.written_as(conversation.version)
                self._saved(conversation.id)
                return
            stored = _read(answer)
            if stored is None:
                conversation.written_as(int(await self._stored_version(conversation.id)))
            else:
                conversation.take_in(stored)

    async def _write(self, conversation: Conversation) -> str:
        assert self._script is not None
        answer: str = await self._script(
            keys=[
                key(conversation.id),
                key(conversation.id, "events"),
                self._mark_key(conversation.id),
                key_of(conversation.code),
                OWING,
            ],
            args=[
                conversation.written,
                conversation.version,
                conversation.json(by_alias=True, ensure_ascii=False),
                self.kept_seconds(conversation),
                conversation.code,
                key_of(""),
                conversation.id,
                "1" if conversation.undelivered else "0",
                self._config.token_seconds,
            ],
        )
        return answer

    def kept_seconds(self, conversation: Conversation) -> int:
        """Return how long a conversation, and its return code, are kept after its last message."""
        open_case = self._config.token_seconds if conversation.with_human else 0
        answered = self._config.return_seconds if conversation.code and conversation.case else 0
        return max(self._kept(conversation.place), open_case, answered)

    async def _stored_version(self, conversation: str) -> str:
        version = await self._link.call(lambda client: client.hget(key(conversation), "version"))
        return str(version or 0)

    def _mark_key(self, conversation: str) -> str:
        return f"ung:gone:{self.mark(conversation)}"


def _read(stored: str) -> Optional[Conversation]:
    try:
        found = Conversation.parse_raw(stored)
    except ValidationError as error:  # written by another version of the gateway
        log_fault("stored conversation", error)
        return None
    found.written_as(found.version)
    return found
