"""Deleting a conversation: from the process at once, from every store as soon as it can be had.

What could not be reached is written down (a conversation id in a file name, no
more) and tried again until it is done, also after a restart.
"""

from __future__ import annotations

import contextlib
import logging
import time
from pathlib import Path

from bot.gateway.conversations import Conversations
from bot.gateway.engine import Engine, EngineUnavailable
from bot.gateway.errors import log_fault
from bot.gateway.events import Events
from bot.gateway.humans import Humans, NotDelivered
from bot.gateway.redis_link import RedisLink, StoreDown

log = logging.getLogger(__name__)
STEPS = ("case", "engine", "redis")
# Deleted text stays in Redis' append-only file until it is rewritten: at most this long.
REWRITE_AT_MOST_EVERY = 10.0
# So does text whose time is over: Redis by itself rewrites a small file never.
REWRITE_AT_LEAST_EVERY = 600.0


class Erasure:
    """Erases conversations; `retry` is called every few seconds."""

    def __init__(
        self,
        store: Conversations,
        engine: Engine,
        humans: Humans,
        events: Events,
        link: RedisLink,
        folder: Path,
    ) -> None:
        self._store = store
        self._engine = engine
        self._humans = humans
        self._events = events
        self._link = link
        self._folder = folder
        self._pending: dict[str, set[str]] = {name: set(STEPS) for name in self._written_down()}
        # A gateway that died may have owed one.
        self._rewrite_wanted = True
        self._rewriting = False
        self._rewritten = 0.0

    @property
    def pending(self) -> int:
        """How many conversations are not erased everywhere yet."""
        return len(self._pending)

    async def erase(self, conversation: str) -> None:
        """Erase a conversation. From now on its key opens nothing.

        `rewrite` then takes it off the disk; before it the lock is to be given back, whose name
        holds the id.
        """
        self._store.mark_gone(conversation)
        self._events.end(conversation)
        self._pending[conversation] = set(STEPS)
        self._write_down(conversation)
        await self._try(conversation)

    async def retry(self) -> None:
        """Try again what did not succeed."""
        for conversation in list(self._pending):
            await self._try(conversation)
        await self.rewrite()

    async def _try(self, conversation: str) -> None:
        steps = self._pending.get(conversation, set())
        for step in [step for step in STEPS if step in steps]:
            try:
                await self._take(step, conversation)
            except (NotDelivered, EngineUnavailable, StoreDown):
                continue
            steps.discard(step)
            self._rewrite_wanted = True
        if not steps:
            self._pending.pop(conversation, None)
            self._cross_out(conversation)

    async def _take(self, step: str, conversation: str) -> None:
        if step == "case":
            await self._humans.deleted(conversation)
        elif step == "engine":
            await self._engine.forget(conversation)
        else:
            await self._store.erase(conversation)

    async def rewrite(self) -> None:
        """Have Redis write its file anew, so that what is gone is off the disk."""
        since = time.monotonic() - self._rewritten
        if since < REWRITE_AT_MOST_EVERY:
            return
        try:
            if self._rewriting:
                await self._look_at_the_last()
            if not self._rewrite_wanted and since < REWRITE_AT_LEAST_EVERY:
                return
            await self._link.call(lambda client: client.bgrewriteaof())
        except StoreDown as error:
            if _is_forbidden(error):
                log.warning("Redis forbids BGREWRITEAOF: its operator must keep deletions off disk")
                self._rewrite_wanted = False
            return  # a rewrite that is under way may have begun too early: try again
        self._rewrite_wanted, self._rewriting = False, True
        self._rewritten = time.monotonic()

    async def _look_at_the_last(self) -> None:
        """Ask for another rewrite when the last one failed, for want of memory or disk."""
        state = await self._link.call(lambda client: client.info("persistence"))
        if state.get("aof_rewrite_in_progress"):
            return
        self._rewriting = False
        if state.get("aof_last_bgrewrite_status", "ok") != "ok":
            log.warning("Redis could not rewrite its file: deleted text may still be on its disk")
            self._rewrite_wanted = True

    def _written_down(self) -> list[str]:
        try:
            return [path.name for path in self._folder.iterdir()]
        except OSError:
            return []

    def _write_down(self, conversation: str) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / conversation).touch()
        except OSError as error:
            log_fault("list of erasures", error)

    def _cross_out(self, conversation: str) -> None:
        with contextlib.suppress(OSError):
            (self._folder / conversation).unlink(missing_ok=True)


def _is_forbidden(error: StoreDown) -> bool:
    text = str(error.__cause__).lower()
    return "unknown command" in text or "noperm" in text or "no permissions" in text
