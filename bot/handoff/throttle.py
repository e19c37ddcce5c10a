"""Slows down who guesses at passwords. An address is never kept: it is hashed by the day."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timezone
from typing import Any

from redis.asyncio import Redis

from bot.handoff.link import reach

WINDOW_SECONDS = 900
# Tries in vain within the window: for one account from one address, and from one address.
# An account is never closed for everybody: that would let a stranger keep the nurse out.
PER_ACCOUNT = 5
PER_ADDRESS = 30


class Throttle:
    """Counts tries that did not succeed."""

    def __init__(self, redis: Redis[str], secret: str) -> None:
        self._redis = redis
        self._secret = secret

    async def attempt(self, user: str, address: str) -> int:
        """Count a try before the password is looked at; return seconds to wait, 0 when it may be.

        Counting first, so that a hundred tries at once are a hundred tries.
        """
        counters = self._counters(user, address)

        async def count() -> list[Any]:
            async with self._redis.pipeline(transaction=True) as pipe:
                for name, _ in counters:
                    pipe.set(name, 0, ex=WINDOW_SECONDS, nx=True)
                    pipe.incr(name)
                    pipe.ttl(name)
                answers: list[Any] = await pipe.execute()
            return answers

        found = await reach(count)
        waits = [
            max(1, int(left))
            for (_, most), tries, left in zip(counters, found[1::3], found[2::3], strict=True)
            if int(tries) > most
        ]
        return max(waits, default=0)

    async def succeeded(self, user: str, address: str) -> None:
        """Forget the tries of an account, and this one of the address."""
        (account, _), (everybody, _) = self._counters(user, address)

        async def forget() -> None:
            async with self._redis.pipeline(transaction=True) as pipe:
                pipe.delete(account)
                pipe.decr(everybody)
                await pipe.execute()

        await reach(forget)

    def _counters(self, user: str, address: str) -> list[tuple[str, int]]:
        return [
            (f"ung:staff:failed:{self._hash(user, address)}", PER_ACCOUNT),
            (f"ung:staff:failed:{self._hash('', address)}", PER_ADDRESS),
        ]

    def _hash(self, *values: str) -> str:
        today = datetime.now(timezone.utc).date().isoformat()
        key = f"throttle:{today}:{self._secret}".encode()
        return hmac.new(key, "\0".join(values).encode(), hashlib.sha256).hexdigest()[:24]
